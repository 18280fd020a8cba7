"""`fupin register compare`: what two registers propose to adjust, as a work list, ready for a procedure to take up."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from fupin_rules.bulk import collector_paused
from fupin_rules.cli._arguments import USAGE, add_common, day, decisions_file, keep_register, pack
from fupin_rules.cli._output import SHOWN_PROBLEMS, joined, problem_words, say, say_json, show, tell
from fupin_rules.cli.case._procedures import bring
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.model import Household, catalogue
from fupin_rules.policy import Snapshot, load_policy
from fupin_rules.registry import (
    Adjustment,
    Place,
    Register,
    RegisterFinding,
    WorkItem,
    WorkKind,
    compare_registers,
    read_register,
    write_json_lines,
    write_table,
)
from fupin_rules.workflow import Field, FieldKind, Procedure

SHOWN_ITEMS = 3

# The events of the shipped procedures that take work up; `--event` names others.
_EVENTS: Final[Mapping[WorkKind, str]] = {
    WorkKind.TAKE_IN_MISSED: "reinclude",
    WorkKind.TAKE_IN_RETURNED: "reinclude",
    WorkKind.CLEAR_UNTRUE: "find_untrue",
    WorkKind.EXIT_STANDARD_MET: "evaluate_exit",
    WorkKind.NATURAL_INCREASE: "natural_change",
    WorkKind.NATURAL_DECREASE: "natural_change",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", metavar="OLD", help="the register as it stands: a file, or a folder")
    parser.add_argument("new", metavar="NEW", help="households as they were found since")
    parser.add_argument(
        "--policy", required=True, type=pack, metavar="PACK", help="id of an installed pack, or a pack folder"
    )
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="day of the adjustment, YYYY-MM-DD")
    parser.add_argument(
        "--since", type=day, metavar="DATE", help="day of OLD; without it nobody is told to be born since"
    )
    parser.add_argument(
        "--hold-same-year",
        action="store_true",
        help="hold back from exit who was identified or returned this year (a rule of single places)",
    )
    parser.add_argument("--procedure", metavar="PROCEDURE", help="id or file of the procedure that takes the work up")
    parser.add_argument(
        "--event",
        nargs="+",
        action="extend",
        default=[],
        metavar="KIND=EVENT",
        help="the event of the procedure that takes up a kind of work",
    )
    parser.add_argument("--out", type=decisions_file, metavar="FILE", help="the work list: .jsonl, .csv or .xlsx")
    parser.add_argument("--exit-code", action="store_true", help="end with 1 when there is anything to do")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin register compare`."""
    if arguments.out is not None:
        keep_register(arguments.old, [arguments.out])
        keep_register(arguments.new, [arguments.out])
    if arguments.since is not None and arguments.since > arguments.on:
        mend = "give the older register first, and its day"
        raise FupinRulesError(Fault("--since", f"is after the day of the adjustment, {arguments.on}", mend, USAGE))
    rules = load_policy(arguments.policy).on(arguments.on)
    desk = _Desk.of(arguments)
    old, new = read_register(arguments.old), read_register(arguments.new)
    with collector_paused():
        found = compare_registers(
            old.households,
            new.households,
            rules,
            since=arguments.since,
            events=desk.events,
            hold_same_year=arguments.hold_same_year,
        )
    if arguments.out is not None:
        _write(arguments.out, found, desk, arguments.lang)
    if arguments.json:
        say_json(found.to_plain() | {"file": None if arguments.out is None else str(arguments.out)})
    else:
        _print(found, rules, arguments)
    _tell_untaken(found, desk, arguments.lang)
    _tell_problems((("OLD", old), ("NEW", new)), arguments.lang)
    set_aside = old.rows_set_aside or new.rows_set_aside
    return 1 if set_aside or (arguments.exit_code and (found.items or found.findings)) else 0


# -- what a procedure takes ------------------------------------------------------------------------------------------


@attrs.frozen
class _Desk:
    """
    Where the work goes.

    Attributes:
        procedure: The procedure that takes it up; None where none was given.
        events: Its event for each kind of work that it has one for.
    """

    procedure: Procedure | None
    events: Mapping[WorkKind, str]

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> _Desk:
        if arguments.procedure is None:
            if arguments.event:
                mend = "give the procedure as well, `--procedure yucheng-2016`"
                raise FupinRulesError(Fault("--event", "is an event of no procedure", mend, USAGE))
            return cls(None, {})
        (procedure,) = bring([arguments.procedure], checked=True).procedures
        wanted = {**_EVENTS, **dict(_told(text, procedure) for text in arguments.event)}
        return cls(procedure, {kind: event for kind, event in wanted.items() if event in procedure.event})

    def line(self, item: WorkItem, language: str) -> dict[str, Any]:
        """Write one item as an event to be: what it carries, and what whoever takes it up has to add."""
        data = item.event_data(language)
        to_add: list[str] = []
        if self.procedure is not None and item.event is not None:
            fields = self.procedure.event[item.event].fields
            data = {field.id: data[field.id] for field in fields if field.id in data and self._fits(field, data)}
            to_add = [field.id for field in fields if field.id not in data and _is_needed(item, field)]
        return {"case": item.case, "event": item.event, "data": data, "to_add": to_add, **item.to_plain()}

    def _fits(self, field: Field, data: Mapping[str, str | int]) -> bool:
        """Tell whether a field of an event takes the value proposed for it."""
        assert self.procedure is not None
        value = data[field.id]
        match field.kind:
            case FieldKind.CODE:
                return value in {code.id for code in self.procedure.list[field.list].codes}
            case FieldKind.NUMBER if isinstance(value, int):
                return (field.low is None or field.low <= value) and (field.high is None or value <= field.high)
            case FieldKind.TEXT:
                return isinstance(value, str)
            case _:
                return False


def _is_needed(item: WorkItem, field: Field) -> bool:
    """Tell whether an empty field is to be filled: one that is asked for, and the cause of a return to poverty."""
    return field.required or (item.kind is WorkKind.TAKE_IN_RETURNED and field.id == "cause")


def _told(text: str, procedure: Procedure) -> tuple[WorkKind, str]:
    kind, sign, event = text.partition("=")
    if not sign or kind not in {each.value for each in WorkKind}:
        mend = f"write KIND=EVENT, with one of {', '.join(each.value for each in WorkKind)}"
        raise FupinRulesError(Fault("--event", f"`{text[:60]}` is not of that form", mend, USAGE))
    if event not in procedure.event:
        mend = f"known: {', '.join(procedure.event)}"
        raise FupinRulesError(Fault("--event", f"`{procedure.id}` has no event `{event[:60]}`", mend, USAGE))
    return WorkKind.read(kind), event


# -- files -----------------------------------------------------------------------------------------------------------

_HEADERS: Final = (
    "事项 kind",
    "乡镇 township",
    "行政村 village",
    "户编号 household",
    "案号 case",
    "成员 member",
    "理由 reasons",
    "依据 sources",
    "依据等级 standing",
    "尚缺事实 missing",
    "先问 first question",
    "办理环节 event",
    "可带数据 data",
    "须补 to add",
)


def _write(path: Path, found: Adjustment, desk: _Desk, language: str) -> None:
    if path.suffix.lower() == ".jsonl":
        write_json_lines(path, (desk.line(item, language) for item in found.items))
    else:
        write_table(path, _HEADERS, (_cells(item, desk, language) for item in found.items), sheet="work")


def _cells(item: WorkItem, desk: _Desk, language: str) -> list[str]:
    line = desk.line(item, language)
    citations = [each.citation for each in item.reasons]
    return [
        f"{item.kind.zh} {item.kind.value}",
        item.township,
        item.village,
        item.household,
        item.case,
        item.member,
        joined(each.words(language) for each in item.reasons),
        joined(dict.fromkeys(each.words(language) for each in citations)),
        joined(dict.fromkeys(each.standing.short(language) for each in citations)),
        joined(item.missing),
        "" if item.question is None else item.question.text[language],
        item.event or "",
        joined(f"{name}={value}" for name, value in line["data"].items()),
        joined(line["to_add"]),
    ]


# -- words -----------------------------------------------------------------------------------------------------------


def _print(found: Adjustment, rules: Snapshot, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    zh = language == "zh"
    title = rules.title(language)
    where = "（{}），调整日 {}，指纹 {}" if zh else " ({}), on {}, fingerprint {}"
    say(title + where.format(found.policy_id, found.on, found.fingerprint[:12]))
    say()
    say(f"共{len(found.rows):,}户" if zh else f"{len(found.rows):,} households")
    rows = [(kind.label(language), f"{count:,}") for kind, count in found.counts.items() if count]
    show(rows, numbers=(1,))
    for kind, count in found.counts.items():
        listed = [item for item in found.items if item.kind is kind]
        if not listed:
            continue
        say()
        say(f"{kind.label(language)}（{count:,}）" if zh else f"{kind.label(language)} ({count:,})")
        for item in listed[:SHOWN_ITEMS]:
            _print_item(item, language)
        if count > SHOWN_ITEMS:
            more = count - SHOWN_ITEMS
            say(f"  ……另有{more:,}项" if zh else f"  ... and {more:,} more")
    _print_findings(found.findings, language)
    if arguments.out is not None:
        say()
        say(("全部事项：" if zh else "the whole work list: ") + str(arguments.out))
    elif any(count > SHOWN_ITEMS for kind, count in found.counts.items() if kind is not WorkKind.KEEP):
        say()
        say("用 `--out` 指定文件，可得全部事项" if zh else "for the whole work list, name a file with `--out`")
    _tell_limits(found, language)


def _print_item(item: WorkItem, language: str) -> None:
    zh = language == "zh"
    # Many a register writes the township into the name of the village.
    place = item.village if item.village.startswith(item.township) else f"{item.township} {item.village}".strip()
    head = item.household if item.case == item.household else f"{item.household} ({item.case})"
    say(f"  {head}" + (f"  {place}" if place else ""))
    for each in item.reasons:
        standing = each.citation.standing.short(language)
        say(f"    - {each.words(language)}" + (f"（{standing}）" if zh else f" ({standing})"))
    if item.question is not None:
        say(("    问：" if zh else "    ask: ") + item.question.text[language])
    elif item.missing:
        facts = ("、" if zh else ", ").join(_fact_words(each, language) for each in item.missing)
        say(("    缺：" if zh else "    missing: ") + facts)


def _fact_words(fact: str, language: str) -> str:
    """Say which fact of which register is missing."""
    if fact == "reason":
        return "变动原因" if language == "zh" else "the reason of the change"
    register, sign, path = fact.rpartition(":")
    label = catalogue(Household).label(path, language)
    return f"{_REGISTERS[register][0 if language == 'zh' else 1]} {label}" if sign else label


_REGISTERS: Final = {"old": ("原册", "OLD"), "new": ("新册", "NEW"), "": ("两册", "both")}


def _print_findings(findings: Sequence[RegisterFinding], language: str) -> None:
    if not findings:
        return
    zh = language == "zh"
    say()
    say(f"数据疑点（{len(findings):,}）" if zh else f"findings ({len(findings):,})")
    by_code: dict[str, list[RegisterFinding]] = {}
    for each in findings:
        by_code.setdefault(each.code, []).append(each)
    for held in by_code.values():
        for each in held[:SHOWN_ITEMS]:
            register = _REGISTERS[each.register][0 if zh else 1]
            places = ("、" if zh else ", ").join(_place_words(place, language) for place in each.places)
            say(f"  - {each.zh if zh else each.en}{'：' if zh else ': '}{register} {places}")
        if len(held) > SHOWN_ITEMS:
            more = len(held) - SHOWN_ITEMS
            say(f"    ……另有{more:,}处" if zh else f"    ... and {more:,} more of these")


def _place_words(place: Place, language: str) -> str:
    member = f" 成员{place.member}" if language == "zh" else f" member {place.member}"
    return place.household + (member if place.member else "")


def _tell_limits(found: Adjustment, language: str) -> None:
    """Say what could not be told for want of something that was not given."""
    zh = language == "zh"
    if found.since is None and any(item.kind is WorkKind.NATURAL_INCREASE for item in found.items):
        tell(
            "说明：未给原册日期（`--since`），不能推定出生"
            if zh
            else "note: without the day of OLD (`--since`) nobody is told to be born since"
        )
    if not found.has_exit:
        tell(
            "说明：该政策没有退出标准，不提出退出"
            if zh
            else "note: the policy has no standard of exit, so nobody is proposed for it"
        )


def _tell_untaken(found: Adjustment, desk: _Desk, language: str) -> None:
    """Say which kinds of work on the list the procedure has no event for."""
    if desk.procedure is None:
        return
    untaken = dict.fromkeys(item.kind for item in found.items if item.kind not in {*desk.events, WorkKind.ASK})
    if untaken:
        names = ("、" if language == "zh" else ", ").join(kind.label(language) for kind in untaken)
        tell(
            f"说明：程序 `{desk.procedure.id}` 没有办理下列事项的环节：{names}"
            if language == "zh"
            else f"note: `{desk.procedure.id}` has no event that takes up: {names}"
        )


def _tell_problems(readings: Iterable[tuple[str, Register]], language: str) -> None:
    for name, reading in readings:
        for problem in reading.problems[:SHOWN_PROBLEMS]:
            tell(f"{name}: {problem_words(problem, language)}")
        if len(reading.problems) > SHOWN_PROBLEMS:
            more = len(reading.problems) - SHOWN_PROBLEMS
            tell(f"{name}：……另有{more:,}处" if language == "zh" else f"{name}: ... and {more:,} more")
        if reading.rows_set_aside:
            tell(
                f"{name}：搁置{reading.rows_set_aside:,}行；其户按不在册比对，请先更正"
                if language == "zh"
                else f"{name}: {reading.rows_set_aside:,} rows set aside; their households count as absent: mend them"
            )
