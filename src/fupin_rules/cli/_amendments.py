"""`--amend FILE` and `fupin pack amend`: whether amendments fit a pack, what they change, where two touch the same."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, assert_never

from fupin_rules.cli._arguments import add_common, day, pack, whole_number
from fupin_rules.cli._output import say, say_json
from fupin_rules.comparison import Order, order_matters
from fupin_rules.errors import Fault, PolicyError, UncoveredDateError
from fupin_rules.expr import Expr, render
from fupin_rules.policy import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    Amendment,
    ChangeDefinition,
    ChangeRule,
    Conflict,
    Definition,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Parameter,
    Patch,
    Policy,
    Ranking,
    RankingMethod,
    Rule,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
    Snapshot,
    Subject,
    find_conflicts,
    load_amendment,
    load_policy,
    parameter_words,
)
from fupin_rules.quantities import plain


def add_amend(parser: argparse.ArgumentParser, what: str = "the pack") -> None:
    """Declare which amendments are laid over a pack."""
    parser.add_argument(
        "--amend",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help=f"an amendment of {what}; may be given several times",
    )


def add_known_at(parser: argparse.ArgumentParser) -> None:
    """Declare as of which day the law is taken."""
    parser.add_argument(
        "--known-at", type=day, metavar="DATE", help="take the law as it was known on that day, YYYY-MM-DD"
    )


def policy_of(name: str | Path, amend: Sequence[Path]) -> Policy:
    """
    Load a pack with amendments laid over it.

    Raises:
        PolicyError: The pack or an amendment does not load, or does not fit; all faults of all files are listed.
    """
    policy = load_policy(name)
    return policy.amend(*_read(amend)) if amend else policy


def _read(files: Sequence[Path]) -> list[Amendment]:
    read: list[Amendment] = []
    faults: list[Fault] = []
    for file in files:
        try:
            read.append(load_amendment(file))
        except PolicyError as error:
            faults += error.faults
    if faults:
        raise PolicyError(faults)
    return read


# -- fupin pack amend --------------------------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `fupin pack amend`."""
    parser.add_argument("pack", type=pack, metavar="PACK", help="id of an installed pack, or a pack folder")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="amendments, in any order")
    parser.add_argument(
        "--deep", action="store_true", help="prove for whom the order of two matters that touch the same thing"
    )
    parser.add_argument("--subject", choices=("household", "village"), default="household", help="of whom it is proved")
    parser.add_argument("--members", type=whole_number, default=12, metavar="N", help="largest household looked at")
    parser.add_argument("--seconds", type=float, default=10.0, metavar="S", help="time for each region")
    add_common(parser)


_NO_ORDER: Final = (
    "没有两份修订涉及同一事项，先后次序无关紧要，无须证明",
    "no two of them touch the same thing: their order does not matter, and nothing is to be proved",
)


_ALONE: Final = ("只有一份修订，没有先后次序", "one amendment alone: there is no order to be proved")


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin pack amend`: 0 when the amendments fit, 1 when they do not."""
    policy = load_policy(arguments.pack)
    faults: tuple[Fault, ...] = ()
    amendments: list[Amendment] = []
    amended: Policy | None = None
    try:
        amendments = _read(arguments.files)
        amended = policy.amend(*amendments)
    except PolicyError as error:
        faults = error.faults
    conflicts = find_conflicts(*amendments)
    orders = _orders(policy, amendments, conflicts, arguments) if arguments.deep else []
    if arguments.json:
        say_json(_plain(amended, amendments, faults, conflicts, orders))
    else:
        _show(policy, amended, faults, conflicts, orders, arguments.lang)
        if arguments.deep and not (orders or faults):
            say()
            say((_NO_ORDER if len(amendments) > 1 else _ALONE)[arguments.lang != "zh"])
    return 1 if faults else 0


def _orders(
    policy: Policy, amendments: Sequence[Amendment], conflicts: Sequence[Conflict], arguments: argparse.Namespace
) -> list[Order]:
    touching = {(each.first, each.second) for each in conflicts if each.kind.is_ordered}
    return [
        order_matters(
            policy,
            one,
            other,
            about=Subject(arguments.subject),
            members=arguments.members,
            seconds=arguments.seconds,
        )
        for one, other in itertools.combinations(amendments, 2)
        if (one.id, other.id) in touching
    ]


def _plain(
    amended: Policy | None,
    amendments: Sequence[Amendment],
    faults: Sequence[Fault],
    conflicts: Sequence[Conflict],
    orders: Sequence[Order],
) -> dict[str, Any]:
    held = amendments if amended is None else amended.amendments
    return {
        "ok": amended is not None,
        "fingerprint": None if amended is None else amended.fingerprint,
        "amendments": [each.to_plain() | {"fingerprint": each.fingerprint} for each in held],
        "faults": [{"where": f.where, "what": f.what, "mend": f.mend, "code": f.code} for f in faults],
        "conflicts": [each.to_plain() for each in conflicts],
        "orders": [each.to_plain() for each in orders],
    }


def _show(
    policy: Policy,
    amended: Policy | None,
    faults: Sequence[Fault],
    conflicts: Sequence[Conflict],
    orders: Sequence[Order],
    language: str,
) -> None:
    zh = language == "zh"
    if amended is not None:
        say(f"{policy.id} {policy.version}: {amended.fingerprint}")
        before = policy
        for amendment in amended.amendments:
            say()
            for line in _amendment_lines(amendment, before, before.amend(amendment), language):
                say(line)
            before = before.amend(amendment)
    for title, lines in (
        (("不能适用", "does not fit"), [str(fault) for fault in faults]),
        (("修订之间的冲突", "conflicts"), [each.words(language) for each in conflicts]),
        (("先后次序", "the order of two"), [line for each in orders for line in each.as_text(language).splitlines()]),
    ):
        if lines:
            say()
            say(title[0 if zh else 1])
            for line in lines:
                say(f"  {line}" if line else "")


def _amendment_lines(amendment: Amendment, before: Policy, after: Policy, language: str) -> Iterator[str]:
    zh = language == "zh"
    yield f"{amendment.zh}（{amendment.id}）" if zh else f"{amendment.en} ({amendment.id})"
    days = amendment.days.words(language)
    back = ("，有溯及力" if zh else ", retroactive") if amendment.is_retroactive else ""
    yield f"  {amendment.published} 公布，{days}{back}" if zh else f"  published {amendment.published}, {days}{back}"
    yield f"  {amendment.citation.words(language)}"
    note = amendment.note_zh if zh else amendment.note_en
    if note:
        yield f"  {note}"
    for patch in amendment.patches:
        first = max(amendment.days_of(patch).start, before.days.start)
        own = "" if patch.days is None else f"{'，' if zh else ', '}{patch.days.words(language)}"
        yield from _patch_lines(patch, _on(before, first), _on(after, first), language, own)
        if patch.citation != amendment.citation:
            yield f"      {patch.citation.words(language)}"


def _on(policy: Policy, first: date) -> Snapshot | None:
    """Take a policy on a day; None where a parameter is still open then."""
    try:
        return policy.on(first)
    except UncoveredDateError:
        return None


_VERBS = {
    "add": ("新增", "add"),
    "change": ("修改", "change"),
    "drop": ("废止", "drop"),
    "set": ("定为", "set"),
    "call": ("改称", "call"),
}


def _patch_lines(
    patch: Patch, before: Snapshot | None, after: Snapshot | None, language: str, own: str
) -> Iterator[str]:
    """Say what a patch does: what it is about, and what stood and stands there."""
    verb, name, old, new = _told(patch, before, after, language)
    said = _VERBS[verb][0 if language == "zh" else 1]
    yield f"  {said} {name}{own}"
    if old and new:
        yield f"      {old}"
        yield f"    → {new}"
    elif old or new:
        yield f"      {old or new}"


def _told(patch: Patch, before: Snapshot | None, after: Snapshot | None, language: str) -> tuple[str, str, str, str]:
    match patch:
        case SetParameter(name, value):
            held = None if before is None else before.parameters.get(name)
            old = "" if held is None else parameter_words(held.value, held.parameter.unit, language)
            unit = None if held is None else held.parameter.unit
            return (
                "set",
                _named(name, None if held is None else held.parameter, language),
                old,
                parameter_words(value, unit, language),
            )
        case AddParameter(name, zh, en, value, _, unit):
            label = zh if language == "zh" else en
            return "add", f"{name}: {label}", "", parameter_words(value, unit, language)
        case EndParameter(name):
            held = None if before is None else before.parameters.get(name)
            return "drop", _named(name, None if held is None else held.parameter, language), "", ""
        case AddDefinition() | ChangeDefinition() | DropDefinition():
            return _told_definition(patch, before, after, language)
        case AddRule() | ChangeRule() | DropRule():
            return _told_rule(patch, before, after, language)
        case AddException(rule, unless):
            name = f"{rule}.{unless.id}: {unless.zh if language == 'zh' else unless.en}"
            return "add", name, "", _rendered(unless.when, after, _subject(rule, after), language)
        case DropException(rule, name):
            unless = _exception(before, rule, name)
            label = "" if unless is None else f": {unless.zh if language == 'zh' else unless.en}"
            return "drop", f"{rule}.{name}{label}", "", ""
        case SetEligibleWhen(subject, eligible_when):
            held_when = None if before is None else before.policy.eligible_when.get(subject)
            old = "" if held_when is None else _rendered(held_when.expr, before, subject, language)
            what = "识别条件的组合方式" if language == "zh" else "how the conditions combine"
            return (
                "set",
                f"eligible_when.{subject}: {what}",
                old,
                _rendered(eligible_when.expr, after, subject, language),
            )
        case SetRanking(subject, ranking):
            held_ranking = None if before is None else before.ranking(subject)
            old = "" if held_ranking is None else _ranking(held_ranking, before, subject, language)
            what = "优先排序方式" if language == "zh" else "how the eligible are ranked"
            return "set", f"ranking.{subject}: {what}", old, _ranking(ranking, after, subject, language)
        case SetLabel(name, zh, en, _, exception):
            label = zh if language == "zh" else en
            return (
                "call",
                f"{name}.{exception}" if exception else name,
                _label(name, exception, before, language),
                label,
            )
        case _ as never:
            assert_never(never)


def _told_definition(
    patch: AddDefinition | ChangeDefinition | DropDefinition,
    before: Snapshot | None,
    after: Snapshot | None,
    language: str,
) -> tuple[str, str, str, str]:
    old = None if before is None else before.definitions.get(patch.name)
    new = None if after is None else after.definitions.get(patch.name)
    old_text = "" if old is None else _rendered(old.expr, before, old.subject, language)
    new_text = "" if new is None else _rendered(new.expr, after, new.subject, language)
    match patch:
        case AddDefinition():
            return "add", _named(patch.name, new, language), "", new_text
        case ChangeDefinition():
            return "change", _named(patch.name, new or old, language), old_text, new_text
        case DropDefinition():
            return "drop", _named(patch.name, old, language), "", ""


def _told_rule(
    patch: AddRule | ChangeRule | DropRule, before: Snapshot | None, after: Snapshot | None, language: str
) -> tuple[str, str, str, str]:
    old = None if before is None else before.rules_by_id.get(patch.name)
    new = None if after is None else after.rules_by_id.get(patch.name)
    match patch:
        case AddRule():
            return "add", _named(patch.name, new, language), "", _claim(new, after, language)
        case ChangeRule():
            return (
                "change",
                _named(patch.name, new or old, language),
                _claim(old, before, language),
                _claim(new, after, language),
            )
        case DropRule():
            return "drop", _named(patch.name, old, language), "", ""


def _claim(rule: Rule | None, rules: Snapshot | None, language: str) -> str:
    if rule is None:
        return ""
    said = _rendered(rule.when, rules, rule.subject, language)
    if rule.weight is None:
        return said
    return f"{said}（权重{plain(rule.weight)}）" if language == "zh" else f"{said} (weight {plain(rule.weight)})"


def _rendered(expr: Expr, rules: Snapshot | None, subject: Subject, language: str) -> str:
    return "" if rules is None else render(expr, rules.scope(subject), language)


_METHODS = {
    RankingMethod.COUNT: ("按符合的优先情形数", "by the number of priorities"),
    RankingMethod.WEIGHTS: ("按权重", "by weights"),
    RankingMethod.LEXICOGRAPHIC: ("按先后", "by the first priority that tells"),
}
_PREFERRED = {"lower": ("低者优先", "lower first"), "higher": ("高者优先", "higher first")}


def _ranking(ranking: Ranking, rules: Snapshot | None, subject: Subject, language: str) -> str:
    """Say how the eligible are ranked, and what decides between equal ones."""
    zh = language == "zh"
    order = f"{'：' if zh else ': '}{', '.join(ranking.order)}" if ranking.order else ""
    parts = [_METHODS[ranking.method][0 if zh else 1] + order]
    for tie in ranking.tie_breaks:
        preferred = _PREFERRED[tie.prefer][0 if zh else 1]
        parts.append(f"{_rendered(tie.by, rules, subject, language)}{'，' if zh else ', '}{preferred}")
    return ("；" if zh else "; ").join(parts)


def _named(name: str, held: Parameter | Definition | Rule | None, language: str) -> str:
    return name if held is None else f"{name}: {held.zh if language == 'zh' else held.en}"


def _subject(rule: str, rules: Snapshot | None) -> Subject:
    held = None if rules is None else rules.rules_by_id.get(rule)
    return Subject.HOUSEHOLD if held is None else held.subject


def _exception(rules: Snapshot | None, rule: str, name: str) -> Any:
    held = None if rules is None else rules.rules_by_id.get(rule)
    return None if held is None else next((each for each in held.unless if each.id == name), None)


def _label(name: str, exception: str, rules: Snapshot | None, language: str) -> str:
    """Give the label that something has before it gets another."""
    if rules is None:
        return ""
    held = (
        _exception(rules, name, exception) if exception else rules.rules_by_id.get(name) or rules.definitions.get(name)
    )
    if held is None and name in rules.parameters:
        held = rules.parameters[name].parameter
    if held is None:
        return ""
    label: str = held.zh if language == "zh" else held.en
    return label
