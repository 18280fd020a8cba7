"""`fupin pack check --deep`: a pack reviewed, as a table of what was found and then each finding whole."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from fupin_rules.cli._output import counted, say, show, tell
from fupin_rules.review import Finding, OpenQuestion, Review, review_pack

# Findings shown whole; a table lists all of them.
SHOWN_FINDINGS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a review."""
    parser.add_argument(
        "--deep", action="store_true", help="review it: rules that can never matter, contradict, or do something else"
    )
    parser.add_argument("--seconds", type=_positive, default=5.0, metavar="S", help="time for each question (5)")
    parser.add_argument("--total", type=_positive, default=600.0, metavar="S", help="time for all questions (600)")
    parser.add_argument("--waived", action="store_true", help="show what waivers let stand as well")
    parser.add_argument("--exit-code", action="store_true", help="end with 1 where something could not be told, too")


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds above 0")
    return number


def reviewed(arguments: argparse.Namespace) -> Review:
    """Review the pack of the arguments, showing how far it is on a terminal."""
    review = review_pack(arguments.pack, seconds=arguments.seconds, go_on=_watch(arguments))
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 40 + "\r")
    return review


def _watch(arguments: argparse.Namespace) -> Callable[[int, int], bool]:
    end: float = time.monotonic() + arguments.total
    label = "审查" if arguments.lang == "zh" else "reviewing"
    shown = sys.stderr.isatty() and not arguments.json
    last = -1

    def go_on(done: int, steps: int) -> bool:
        nonlocal last
        if shown and done != last:
            last = done
            sys.stderr.write(f"\r{label} {done:,}/{steps:,}")
            sys.stderr.flush()
        return time.monotonic() < end

    return go_on


def status_of(review: Review, *, strict: bool) -> int:
    """Give the exit status of a review."""
    return 1 if review.raised or (strict and review.open) else 0


def print_review(review: Review, arguments: argparse.Namespace) -> None:
    """Print what was found: a table of all, then each whole; what could not be told goes beside."""
    language = arguments.lang
    findings = review.findings if arguments.waived else review.raised
    say(review.headline(language))
    if findings:
        say()
        show([_HEAD[language], *(_row(each, language) for each in findings)], headed=True)
    for each in findings[:SHOWN_FINDINGS]:
        say()
        for line in each.lines(language):
            say(line)
    if len(findings) > SHOWN_FINDINGS:
        more = len(findings) - SHOWN_FINDINGS
        say()
        say(f"……另有{more:,}处，见 `--json`" if language == "zh" else f"... and {more:,} more, see `--json`")
    _tell_open(review.open, language)


_HEAD = {"zh": ("轻重", "发现", "所指", "位置"), "en": ("weight", "finding", "of", "place")}


def _row(finding: Finding, language: str) -> tuple[str, str, str, str]:
    waived = {"zh": "已豁免", "en": "waived"}[language]
    weight = finding.severity.words(language) if finding.waiver is None else waived
    return weight, finding.code.value, finding.concerns, finding.where


def _tell_open(questions: tuple[OpenQuestion, ...], language: str) -> None:
    zh = language == "zh"
    by_why: dict[str, list[str]] = {}
    for each in questions:
        by_why.setdefault(each.why.words(language), []).append(f"{each.code} {each.concerns}")
    for why, names in by_why.items():
        listed = ("、" if zh else ", ").join(names[:10]) + (" …" if len(names) > 10 else "")
        count = f"{len(names):,}问" if zh else counted(len(names), "question")
        tell(f"未决（{why}）：{count}：{listed}" if zh else f"undecided ({why}): {count}: {listed}")
