"""
What the page asks of the library: one request as a line of JSON in, one answer as a line of JSON out.

It runs in the browser's Python and is tested in any other. It keeps nothing between requests but policies, which are
the same for everybody: the household comes with each request, so nothing that a person tells stays here. What a
stranger wrote, a file with a household, comes as one text and is read by the library within its limits.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Self

import attrs
from fault_words import fault_words

import fupin_rules as fr
from fupin_rules.engine import Change, Reason
from fupin_rules.errors import PolicyError
from fupin_rules.expr import Expr, Item, Name, walk
from fupin_rules.model import MAX_MEMBERS, Field, Sort, all_facts, catalogue
from fupin_rules.periods import Period
from fupin_rules.policy import Parameter, RuleKind, Subject
from fupin_rules.quantities import PLAIN, Unit, plain, said

# Packs put beside the page: the build packs them, the browser unpacks them into this folder.
PACKS: Final = Path("packs")
# The browser's Python takes some three times as long as others; an answer that was cut says so.
TRIES: Final = 3000

_KINDS: Final = {
    "eligibility": (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION, RuleKind.PRIORITY),
    "exit": (RuleKind.EXIT,),
}
_KNOWN: Final = catalogue(fr.Household)
_ENTERED: Final = fr.Source("page", "本页填入的值", "value entered on this page", fr.Standing.UNVERIFIED)


def answer(request: str) -> str:
    """
    Answer one request, `{"ask": NAME, …}`, with `{"ok": …}` or `{"faults": […]}`.

    What the library refuses comes back as faults, each with the place it belongs to, in both languages.
    """
    asked = json.loads(request)
    try:
        told = {"ok": _REQUESTS[asked.pop("ask")](**asked)}
    except fr.FupinRulesError as error:
        told = {"faults": [fault_words(fault) for fault in error.faults]}
    return json.dumps(told, ensure_ascii=False)


# -- policies ----------------------------------------------------------------------------------------------------------


@attrs.frozen
class _About:
    """
    What is asked of a household: whether it enters or leaves, under which policy, on which day.

    Attributes:
        pack: Id of the pack.
        on: The day.
        goal: `eligibility` or `exit`.
        given: Values entered on the page, by parameter: for what the policy leaves open, or in place of its own.
    """

    pack: str
    on: date
    goal: str
    given: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Take what the page tells: `{"pack": …, "on": "2016-01-31", "goal": "exit", "given": {…}}`."""
        try:
            day = date.fromisoformat(told["on"])
        except ValueError:
            raise PolicyError(fr.Fault("$.on", "expected a day, YYYY-MM-DD", "give a day", "day")) from None
        return cls(told["pack"], day, told.get("goal", "eligibility"), tuple(told.get("given", {}).items()))

    def with_given(self, values: Mapping[str, str]) -> Self:
        """Give the same with more values entered."""
        return attrs.evolve(self, given=tuple((dict(self.given) | dict(values)).items()))

    @property
    def rules(self) -> fr.Snapshot:
        """The policy on the day, with the values entered."""
        return _snapshot(self.pack, self.on, self.given)

    def assess(self, home: fr.Household) -> fr.Assessment | fr.ExitAssessment:
        """Judge a household."""
        return fr.assess(home, self.rules) if self.goal == "eligibility" else fr.assess_exit(home, self.rules)


@functools.cache
def _policy(pack: str, search: tuple[Path, ...] = (PACKS,)) -> fr.Policy:
    return fr.load_policy(pack, search=search)


@functools.lru_cache(maxsize=32)
def _snapshot(pack: str, day: date, given: tuple[tuple[str, str], ...]) -> fr.Snapshot:
    policy, values = _policy(pack), dict(given)
    for name in [name for name in values if _is_open(policy.parameter(name), day)]:
        # For that day alone: the value of one year is never taken for another.
        alone = Period(day, day + timedelta(days=1))
        policy = policy.with_parameter(source=_ENTERED, days=alone, **{name: values.pop(name)})
    rules = policy.on(day)
    return rules.with_parameter(source=_ENTERED, **values) if values else rules


def _is_open(parameter: Parameter, day: date) -> bool:
    return parameter.is_open and not any(day in dated.period for dated in parameter.values)


def offered(pack: str, search: tuple[Path, ...] = (PACKS,)) -> dict[str, Any] | None:
    """
    Describe a pack for the list of policies; None where it says nothing of whether a household enters or leaves.

    Args:
        pack: Its id.
        search: Folders that hold packs besides those of the library.
    """
    policy = _policy(pack, search)
    kinds = {rule.kind for rule in policy.rules if rule.subject is Subject.HOUSEHOLD}
    goals = [goal for goal, (decides, *_) in _KINDS.items() if decides in kinds]
    if not goals:
        return None
    until = policy.days.until
    return {
        "id": policy.id,
        "version": policy.version,
        "title": _both(policy.zh, policy.en),
        "note": _both(policy.note_zh, policy.note_en),
        "first": policy.days.start.isoformat(),
        "last": None if until is None else (until - timedelta(days=1)).isoformat(),
        "goals": goals,
    }


def describe(about: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what the rules of a policy read: facts of the household and of its members, and parameters on the day."""
    asked = _About.of(about)
    policy = _policy(asked.pack)
    named, of_members = _read(policy, asked.goal)
    parameters = [each for name, each in policy.parameters.items() if name in named]
    return {
        "facts": [path for path in _KNOWN.fields if path in named],
        "member_facts": [path for path in _KNOWN.members if path in of_members],
        "parameters": [_parameter(each, asked.on) for each in parameters],
        "open": [each.name for each in parameters if _is_open(each, asked.on)],
    }


def _read(policy: fr.Policy, goal: str) -> tuple[set[str], set[str]]:
    """Follow names through definitions and rules: what is named in the end, of the household and of members."""
    behind = {name: each.expr for name, each in policy.definitions.items()}
    behind |= {rule.id: rule.effective for rule in policy.rules}
    waiting: list[Expr] = [
        rule.effective for rule in policy.rules if rule.subject is Subject.HOUSEHOLD and rule.kind in _KINDS[goal]
    ]
    named: set[str] = set()
    of_members: set[str] = set()
    while waiting:
        for node in walk(waiting.pop()):
            if isinstance(node, Item):
                of_members.add(node.path)
            elif isinstance(node, Name) and node.path not in named:
                named.add(node.path)
                waiting.extend([behind[node.path]] if node.path in behind else [])
    return named, of_members


def _parameter(parameter: Parameter, day: date) -> dict[str, Any]:
    dated = next((each for each in reversed(parameter.values) if day in each.period), None)
    told = {
        "name": parameter.name,
        "label": _both(parameter.zh, parameter.en),
        "unit": _unit(parameter.unit or PLAIN),
        "value": None,
        "shown": _both("", ""),
        "source": _both("", ""),
    }
    # A set of codes or a day is no line that one moves; only numbers are shown.
    if dated is None or not isinstance(dated.value, Fraction):
        return told | {"is_number": dated is None}
    value, unit = dated.value, parameter.unit or PLAIN
    return told | {
        "is_number": True,
        "value": plain(value),
        "shown": _both(said(value, unit, "zh"), said(value, unit, "en")),
        "source": _both(dated.citation.words("zh"), dated.citation.words("en")),
    }


# -- facts -------------------------------------------------------------------------------------------------------------


def fields() -> dict[str, Any]:
    """
    Describe the facts of the catalogue that a form can ask for.

    Names, numbers and free texts of persons are left out: no rule reads them, so nobody needs to type them.
    """
    return {
        "household": [_field(each) for each in _KNOWN.fields.values() if _is_asked(each)],
        "member": [_field(each) for each in _KNOWN.members.values() if _is_asked(each)],
        "most_members": MAX_MEMBERS,
        "why": [why.value for why in fr.Why if why is not fr.Why.ZERO_DIVISOR],
    }


def _is_asked(field: Field) -> bool:
    return field.spec.sort not in (Sort.PRIVATE, Sort.TEXT)


def _field(field: Field) -> dict[str, Any]:
    spec = field.spec
    codes = () if spec.code_list is None else tuple(spec.code_list)
    return {
        "path": field.path,
        "label": _both(spec.zh, spec.en),
        "sort": spec.sort.value,
        "unit": _unit(spec.unit),
        "places": spec.places,
        "low": None if spec.low is None else plain(spec.low),
        "high": None if spec.high is None else plain(spec.high),
        "options": [{"value": each.value, "label": _both(each.zh, each.en)} for each in codes],
        "most": spec.most,
    }


def read(text: str) -> dict[str, Any]:
    """Read a household from a file; names and numbers of persons are left out and counted."""
    home = fr.registry.read_household(text)
    private = (path for path, value in all_facts(home) if value is not None and _is_private(path))
    return {"household": fr.to_plain(home), "left_out": sum(1 for _ in private)}


def _is_private(path: str) -> bool:
    field = _KNOWN.field(path)
    return field is not None and field.spec.sort is Sort.PRIVATE


def written(household: Mapping[str, Any]) -> str:
    """Write a household as one line, as registers of JSON lines hold it."""
    return json.dumps(fr.to_plain(fr.from_plain(fr.Household, household)), ensure_ascii=False) + "\n"


# -- answers -----------------------------------------------------------------------------------------------------------


def look(
    about: Mapping[str, Any], household: Mapping[str, Any], language: str, before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """
    Assess a household, with everything that led there.

    Args:
        about: Pack, day, goal, and the values entered.
        household: In plain form, as typed.
        language: `zh` or `en`.
        before: The household as it was, to tell what a change of facts has changed.
    """
    asked = _About.of(about)
    a = asked.assess(fr.from_plain(fr.Household, household))
    explanation = a.explanation(language)
    return {
        "outcome": a.outcome.value,
        "headline": explanation.headline,
        "remarks": list(explanation.remarks),
        "sections": [
            {"title": each.title, "reasons": [_reason(reason, a.snapshot) for reason in each.reasons]}
            for each in explanation.sections
            if each.reasons
        ],
        "gaps": [_both(f"{g.label_zh}：{g.zh}", f"{g.label_en}: {g.en}") for g in _gaps(a)],
        "missing": [
            {"fact": fact, "label": _label(fact), "why": a.why[fact].value if fact in a.why else None}
            for fact in a.missing
        ],
        "findings": [_both(each.zh, each.en) for each in a.findings],
        "fingerprint": a.fingerprint,
        "library": a.library_version,
        "changes": [] if before is None else _changes(asked.assess(fr.from_plain(fr.Household, before)), a, language),
    }


def _gaps(a: fr.Assessment | fr.ExitAssessment) -> Iterable[fr.Gap]:
    return a.failed if isinstance(a, fr.ExitAssessment) else ()


def _reason(reason: Reason, rules: fr.Snapshot) -> dict[str, Any]:
    told = reason.to_plain()
    kind = rules.rules_by_id[reason.name].kind.value if reason.role == "rule" else ""
    holds = reason.value if isinstance(reason.value, bool) else None
    because = [_reason(each, rules) for each in reason.because]
    return told | {"kind": kind, "holds": holds, "because": because}


# What a person wants to know of a change; that the policy's fingerprint differs says nothing more.
_TOLD: Final = ("outcome", "rule", "standing")


def _changes(
    before: fr.Assessment | fr.ExitAssessment, after: fr.Assessment | fr.ExitAssessment, language: str
) -> list[dict[str, Any]]:
    changes: list[Change] = [each for each in fr.explain_change(before, after) if each.what in _TOLD]
    return [{"what": each.what, "text": each.zh if language == "zh" else each.en} for each in changes]


def interview(
    about: Mapping[str, Any],
    talk: Mapping[str, Any] | None = None,
    household: Mapping[str, Any] | None = None,
    move: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """
    Take one step of an interview, or begin one.

    Args:
        about: Pack, day, goal, and the values entered.
        talk: The interview as this function gave it; left out to begin one.
        household: What is known at the beginning.
        move: `{"answer": VALUE}`, `{"skip": WHY}` or `{"back": true}`; left out to take no step.
    """
    asked = _About.of(about)
    held = (
        fr.Interview.begin(fr.from_plain(fr.Household, household), asked.rules, goal=asked.goal)
        if talk is None
        else fr.Interview.from_plain(talk, asked.rules)
    )
    match move:
        case {"answer": value}:
            held = held.answer(value)
        case {"skip": why}:
            held = held.skip(why)
        case {"back": _}:
            held = held.back()
    assert isinstance(held.subject, fr.Household)
    question = held.question
    return {
        "talk": held.to_plain(),
        "household": fr.to_plain(held.subject),
        "state": held.state.value,
        "said": dict(held.said),
        "answered": len(held.asked),
        "open": len(held.assessment.missing),
        "needs": [{"fact": each.fact, "text": dict(each.text)} for each in held.needs],
        "question": None if question is None else question.to_plain(),
    }


def turn(about: Mapping[str, Any], household: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Look for what would turn the outcome; each way comes with the household that it makes."""
    asked = _About.of(about)
    home = fr.from_plain(fr.Household, household)
    found = fr.what_would_change(home, asked.rules, of=_goal(asked.goal), tries=TRIES)
    told = found.explanation(language)
    return {
        "headline": told.headline,
        # The first names the policy, which stands above already.
        "remarks": list(told.remarks[1:]),
        "ways": [
            {"lines": list(section.lines), "household": fr.to_plain(each.after.subject)}
            for section, each in zip(told.sections, found.alternatives, strict=False)
        ],
        "missing": [{"fact": fact, "label": _label(fact)} for fact in found.missing],
    }


def compare(
    about: Mapping[str, Any], household: Mapping[str, Any], values: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Tell what other values of parameters do to this household: its outcome under each, and the rules that turn."""
    asked = _About.of(about)
    home = fr.from_plain(fr.Household, household)
    old, new = asked.assess(home), asked.with_given(values).assess(home)
    return {
        "before": {"outcome": old.outcome.value, "headline": old.explanation(language, level="value").headline},
        "after": {"outcome": new.outcome.value, "headline": new.explanation(language, level="value").headline},
        "changes": _changes(old, new, language),
    }


def judge(about: Mapping[str, Any], household: Mapping[str, Any]) -> dict[str, Any]:
    """Give an assessment as a program stores it."""
    return _About.of(about).assess(fr.from_plain(fr.Household, household)).to_plain()


def _goal(goal: str) -> Any:
    # `Any`: the library takes one of two literals, and refuses any other word itself.
    return goal


def _label(fact: str) -> dict[str, str]:
    return _both(_KNOWN.label(fact, "zh"), _KNOWN.label(fact, "en"))


def _unit(unit: Unit) -> dict[str, str]:
    return _both(unit.words("zh"), unit.words("en"))


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


_REQUESTS: Final[Mapping[str, Callable[..., Any]]] = {
    "describe": describe,
    "fields": fields,
    "read": read,
    "written": written,
    "look": look,
    "interview": interview,
    "turn": turn,
    "compare": compare,
    "judge": judge,
}
