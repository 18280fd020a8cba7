"""`fupin case options` and `plan`: what somebody can do with a case now, and how it gets to a goal."""

from __future__ import annotations

import argparse
import itertools

from fupin_rules.cli._output import counted, say, say_json
from fupin_rules.cli.case._events import actor_of
from fupin_rules.cli.case._found import Found, find_case, say_place
from fupin_rules.cli.case._named import label, named
from fupin_rules.cli.case._outside import context_of
from fupin_rules.cli.case._words import brought_words, joined_words, verdict_words, words_of
from fupin_rules.registry import read_register
from fupin_rules.workflow import (
    Context,
    Option,
    PlannedStep,
    Procedure,
    Reason,
    Status,
    options,
    plan,
)

_ORDER = (Status.READY, Status.NOT_YET, Status.BLOCKED, Status.NOT_YOURS)
_STATUSES = {
    Status.READY: ("可办", "ready"),
    Status.NOT_YET: ("未到时间", "not yet"),
    Status.BLOCKED: ("暂不可办", "blocked"),
    Status.NOT_YOURS: ("由他人办", "not yours"),
}


def _context(arguments: argparse.Namespace, found: Found) -> Context:
    reading = None if arguments.register is None else read_register(arguments.register)
    return context_of(arguments, found.brought, found.procedure, arguments.case, reading)


def run_options(arguments: argparse.Namespace) -> int:
    """Run `fupin case options`."""
    found = find_case(arguments)
    procedure, case = found.procedure, found.case
    actor = actor_of(arguments, procedure, case.id, case.place)
    listed: tuple[Option, ...] = options(procedure, case, actor, arguments.at, context=_context(arguments, found))
    listed = tuple(sorted(listed, key=lambda each: _ORDER.index(each.status)))
    if arguments.json:
        say_json(
            {"case": case.id, "seq": case.seq, "state": case.state, "options": [each.to_plain() for each in listed]}
        )
        return 0
    say_place(found, arguments.lang)
    for status, each in itertools.groupby(listed, lambda option: option.status):
        say(_STATUSES[status][0 if arguments.lang == "zh" else 1])
        for option in each:
            _say_option(procedure, option, actor.role, arguments.lang)
    return 0


def _say_option(procedure: Procedure, option: Option, role: str, language: str) -> None:
    """Print what it is, and below it what it takes or what keeps it; in lines, which a narrow terminal breaks best."""
    text = _option_words(procedure, option, role, language)
    say(f"  {option.move.event}  {words_of(procedure.move, option.move.id, language)}")
    if text:
        say(f"      {text}")


def _option_words(procedure: Procedure, option: Option, role: str, language: str) -> str:
    """Say what is to be brought, from when, who else may, or what stands in the way."""
    zh = language == "zh"
    brings = brought_words(option.fields, option.evidence, language)
    match option.status:
        case Status.READY:
            return brings
        case Status.NOT_YET:
            since = f"{option.until}起可办" if zh else f"from {option.until}"
            return ("；" if zh else "; ").join(each for each in (since, brings) if each)
        case Status.BLOCKED:
            return ("；" if zh else "; ").join(_short(reason, language) for reason in option.reasons)
        case Status.NOT_YOURS:
            roles = joined_words([words_of(procedure.role, each, language) for each in option.move.roles], language)
            if role in option.move.roles:
                return ("；" if zh else "; ").join(_short(reason, language) for reason in option.reasons)
            return f"由{roles}办" if zh else f"for: {roles}"


def _short(reason: Reason, language: str) -> str:
    text = label(reason, language)
    if reason.until is not None:
        text += f"（{reason.until}起可行）" if language == "zh" else f" (possible from {reason.until})"
    if reason.because:
        text += f"（{'、'.join(reason.because)}）" if language == "zh" else f" ({', '.join(reason.because)})"
    return text


def run_plan(arguments: argparse.Namespace) -> int:
    """Run `fupin case plan`."""
    found = find_case(arguments)
    procedure, case = found.procedure, found.case
    goal = named(arguments.goal, procedure.states, "--goal", f"state of `{procedure.id}`")
    way = plan(procedure, case, goal.id, arguments.at, context=_context(arguments, found))
    if arguments.json:
        say_json({"case": case.id, "seq": case.seq, "state": case.state} | way.to_plain())
        return 0
    zh = arguments.lang == "zh"
    say_place(found, arguments.lang)
    if not way.reachable:
        say(way.text(arguments.lang, procedure))
    elif not way.steps:
        say("已经到达。" if zh else "it is there.")
    else:
        say(
            f"最早{way.until}到「{goal.zh}」，共{len(way.steps)}步："
            if zh
            else f"“{goal.en}” by {way.until} at the earliest, in {counted(len(way.steps), 'step')}:"
        )
        for number, step in enumerate(way.steps, 1):
            _say_step(procedure, f"{number:>{len(str(len(way.steps)))}}", step, arguments.lang)
    return 0


def _say_step(procedure: Procedure, number: str, step: PlannedStep, language: str) -> None:
    zh = language == "zh"
    who = words_of(procedure.role, step.role, language)
    # Delegated, it is for one person and no other.
    who += f" {step.person}" if step.person else ""
    what = words_of(procedure.move, step.move.id, language)
    what = f"：{what}（{step.move.event}）" if zh else f": {what} ({step.move.event})"
    say(f"  {number}. {step.on} {who}{what}")
    brings = [brought_words([each for each in step.fields if each.required], step.evidence, language)]
    for each in step.supposing:
        # `assessment.outcome == "eligible"`, the one form there is.
        verdict = verdict_words(each.rpartition(" == ")[2].strip('"'), language)
        brings.append(f"假定评估结论为“{verdict}”" if zh else f"supposing the assessment says “{verdict}”")
    text = ("；" if zh else "; ").join(each for each in brings if each)
    if text:
        say(f"  {' ' * len(number)}  {text}")
