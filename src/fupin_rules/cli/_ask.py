"""`fupin ask`: one household, question by question, until its outcome is settled or somebody else is needed."""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.cli._arguments import USAGE, add_common, day, pack
from fupin_rules.cli._ask_talk import Stopped, Talk
from fupin_rules.cli._output import say, say_json, tell
from fupin_rules.engine import NEXT_QUESTION, Explanation, Level
from fupin_rules.errors import Fault, FupinRulesError, ModelError
from fupin_rules.interview import Goal, Interview, InterviewState
from fupin_rules.model import AnySubject, from_plain, to_plain
from fupin_rules.policy import SUBJECT_CLASSES, Subject, load_policy
from fupin_rules.registry import read_json, write_json_lines

_KEPT = Path("out")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--policy", required=True, type=pack, metavar="PACK", help="id of an installed pack, or a pack folder"
    )
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="day of the assessment, YYYY-MM-DD")
    parser.add_argument("--exit", action="store_true", help="ask about the guarantees of exit")
    parser.add_argument(
        "--subject", choices=[each.value for each in Subject], default="household", help="whom to ask about"
    )
    parser.add_argument("--id", default="", metavar="ID", help="id by which the result names it; 1 by default")
    parser.add_argument(
        "--from", type=Path, dest="known", metavar="FILE", help="what is known already, as JSON; only the rest is asked"
    )
    parser.add_argument("--again", action="store_true", help="ask once more for what FILE says why it is not known")
    parser.add_argument(
        "--level",
        choices=("value", "reasons", "facts"),
        default="reasons",
        help="how much is explained at the end: the outcome, its rules, or all facts they read",
    )
    parser.add_argument("--out", type=_json_file, metavar="FILE", help="write what is known at the end, as JSON")
    add_common(parser)


def _json_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".json" or path.is_dir():
        raise argparse.ArgumentTypeError(f"`{path.name}` is no file that ends in .json")
    return path


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin ask`."""
    rules = load_policy(arguments.policy).on(arguments.on)
    goal = Goal.EXIT if arguments.exit else Goal.ELIGIBILITY
    begun = Interview.begin(_begun(arguments), rules, goal=goal, again=arguments.again)
    talk = Talk(begun, arguments.lang)
    # A pipe holds its answers still; what was typed at a terminal would be lost.
    is_typed = sys.stdin.isatty()
    try:
        talk.hold()
    except Stopped:
        _keep(talk.interview, arguments, anyhow=is_typed)
    except KeyboardInterrupt:
        tell("")
        _keep(talk.interview, arguments, anyhow=True)
        raise
    else:
        _keep(talk.interview, arguments, anyhow=False)
    if arguments.json:
        say_json(_plain(talk.interview))
    else:
        _print(talk.interview, arguments.lang, arguments.level)
    return 0


def _begun(arguments: argparse.Namespace) -> AnySubject:
    cls = SUBJECT_CLASSES[Subject(arguments.subject)]
    if arguments.known is None:
        subject: AnySubject = from_plain(cls, {"id": arguments.id or "1"}, where="--id")
        return subject
    if arguments.id:
        raise FupinRulesError(Fault("--id", "cannot go with `--from`", "the file has an id", USAGE))
    where = arguments.known.name
    try:
        known: AnySubject = from_plain(cls, read_json(arguments.known))
    except ModelError as error:
        raise ModelError(
            Fault(f"{where}, {each.where}", each.what, each.mend, each.code) for each in error.faults
        ) from None
    return known


def _keep(talk: Interview, arguments: argparse.Namespace, *, anyhow: bool) -> None:
    """Write what is known where it was told to, or where there is room if it would be lost otherwise."""
    path = arguments.out
    if path is None and anyhow and talk.asked:
        names = (
            f"{arguments.subject}{each}.json" for each in itertools.chain([""], map("-{}".format, itertools.count(2)))
        )
        path = next(each for each in (_KEPT / name for name in names) if not each.exists())
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What was known of persons at the beginning is in the file that was read, and must not be lost in this one.
        write_json_lines(path, [to_plain(talk.subject, reveal=True)])
        tell(
            f"已知事实存于 {path}，可用 --from 继续"
            if arguments.lang == "zh"
            else f"what is known: {path}; go on with --from"
        )


def _plain(talk: Interview) -> dict[str, Any]:
    return {
        "state": talk.state.value,
        "said": dict(talk.said),
        "needs": [{"fact": need.fact, "why": need.why.value, "text": dict(need.text)} for need in talk.needs],
        "question": None if talk.question is None else talk.question.to_plain(),
        "assessment": talk.assessment.to_plain(),
        "interview": talk.to_plain(),
    }


def _print(talk: Interview, language: str, level: Level) -> None:
    if sys.stderr.isatty():
        tell("")
    say(talk.said[language])
    for need in talk.needs if talk.state is not InterviewState.ASKING else ():
        say(f"  {need.text[language]}")
    say(_explained(talk, language, level).as_text())


def _explained(talk: Interview, language: str, level: Level) -> Explanation:
    """Explain the assessment, with the question of the talk in the place of its own: it asks for nothing twice."""
    told, title = talk.assessment.explanation(language, level=level), NEXT_QUESTION[0 if language == "zh" else 1]
    asked = () if talk.question is None else (f"{talk.question.text[language]} {talk.question.why[language]}",)
    sections = (attrs.evolve(each, lines=asked) if each.title == title else each for each in told.sections)
    return attrs.evolve(told, sections=tuple(sections))
