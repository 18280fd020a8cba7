"""
`fupin register rollup`: the poor of a register by township and all together, with their incidence and its base named.

The poor are counted from the households, the bases from the forms of the villages; what is not known stays open.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.cli._arguments import add_common, add_register, decisions_file, keep_register
from fupin_rules.cli._output import counted, say, say_json, show, tell, tell_notes, tell_problems
from fupin_rules.errors import ModelError
from fupin_rules.model import Area, Household, Village, catalogue
from fupin_rules.policy import (
    INCIDENCE_BASES,
    FigureFinding,
    Incidence,
    RollUp,
    Tally,
    compare_figures,
    count_words,
    incidence,
    incidence_bounds,
    roll_up_households,
    roll_up_parts,
)
from fupin_rules.quantities import plain
from fupin_rules.registry import Register, read_register, write_json_lines, write_table
from fupin_rules.truth import Unknown

SHOWN_FINDINGS = 10
_POOR = ("poor_people", "remaining_poor_people")
_SHOWN = ("poor_households", "poor_people", "remaining_poor_households", "remaining_poor_people")
_HEADERS = {
    "level": "层级 level",
    "township": "乡镇 township",
    "village": "行政村 village",
    "villages": "行政村个数 villages",
    "incidence": "贫困发生率 incidence",
    "poor": "分子 counted above",
    "base": "分母 base",
    "missing": "尚缺事实 missing",
}


@attrs.frozen
class _Place:
    """A village, a township or all: the poor counted from households, the rest from forms."""

    level: str
    township: str
    village: str
    homes: RollUp
    forms: RollUp
    findings: tuple[FigureFinding, ...] = ()

    def tallies(self) -> Mapping[str, Tally]:
        return {**self.forms.counts, **self.homes.counts}

    def incidence(self, arguments: argparse.Namespace) -> Incidence | Unknown:
        return incidence(self.tallies(), poor=arguments.poor, base=arguments.base)

    def bounds(self, arguments: argparse.Namespace) -> tuple[Fraction, Fraction | None]:
        return incidence_bounds(self.tallies(), poor=arguments.poor, base=arguments.base)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_register(parser)
    parser.add_argument(
        "--poor", choices=_POOR, default="remaining_poor_people", help="whose incidence (default: not yet lifted out)"
    )
    parser.add_argument(
        "--base", choices=INCIDENCE_BASES, default="rural_population", help="of whom (default: the rural register)"
    )
    parser.add_argument(
        "--out", type=decisions_file, metavar="FILE", help="file for every village, township and the total"
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 1 when figures do not fit")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Roll a register up."""
    if arguments.out is not None:
        keep_register(arguments.register, [arguments.out])
    reading = read_register(arguments.register)
    villages = _villages(reading)
    townships = _townships(villages)
    total = _joined("total", "", townships)
    findings = [finding for village in villages for finding in village.findings]
    if arguments.out is not None:
        _write(arguments.out, [*villages, *townships, total], arguments)
    if arguments.json:
        say_json(
            {
                "poor": arguments.poor,
                "base": arguments.base,
                "unmarked": total.homes.unmarked,
                "total": _plain(total, arguments),
                "townships": [_plain(each, arguments) for each in townships],
                "findings": [attrs.asdict(each) | {"paths": list(each.paths)} for each in findings],
                "rows_set_aside": reading.rows_set_aside,
            }
        )
    else:
        _print(townships, total, findings, arguments)
    _tell_problems(reading, total, arguments.lang)
    return 1 if reading.rows_set_aside or (arguments.exit_code and findings) else 0


# -- by village, by township, all --------------------------------------------------------------------------------------


def _told(name: object) -> str:
    return name.strip() if isinstance(name, str) else ""


def _villages(reading: Register) -> list[_Place]:
    """Put households to the form of their village; a village without a form leaves its bases open."""
    forms: dict[tuple[str, str], list[Village]] = {}
    homes: dict[tuple[str, str], list[Household]] = {}
    for village in reading.villages:
        forms.setdefault((_told(village.township), _told(village.name) or village.id), []).append(village)
    for home in reading.households:
        homes.setdefault((_told(home.township), _told(home.village)), []).append(home)
    return [
        _village(place, homes.get(place, []), forms.get(place) or [_without_form(place)])
        for place in sorted(forms.keys() | homes.keys())
    ]


def _village(place: tuple[str, str], homes: Sequence[Household], forms: Sequence[Village]) -> _Place:
    # A register on sheets holds who is on it: nothing else is exported, and the mark is left out. It is told.
    rolled = roll_up_households(homes, unmarked_are_listed=True)
    # Households of two villages of one name cannot be told apart, so nothing is held against either form.
    findings = compare_figures(forms[0], rolled) if len(forms) == 1 else ()
    return _Place("village", *place, rolled, roll_up_parts(forms), findings)


def _without_form(place: tuple[str, str]) -> Village:
    try:
        return Village(id=" ".join(place).strip() or "–")
    except ModelError:
        return Village(id="–")


def _townships(villages: Iterable[_Place]) -> list[_Place]:
    found: dict[str, list[_Place]] = {}
    for village in villages:
        found.setdefault(village.township, []).append(village)
    return [_joined("township", name, places) for name, places in found.items()]


def _joined(level: str, township: str, places: Sequence[_Place]) -> _Place:
    homes, forms = roll_up_households(()), roll_up_parts(())
    for place in places:
        homes, forms = homes + place.homes, forms + place.forms
    return _Place(level, township, "", homes, forms)


# -- in words ----------------------------------------------------------------------------------------------------------


def _print(
    townships: Sequence[_Place], total: _Place, findings: Sequence[FigureFinding], arguments: argparse.Namespace
) -> None:
    language = arguments.lang
    zh = language == "zh"
    words = catalogue(Area).label
    share = _incidence_head(arguments)
    head = ("乡镇" if zh else "township", "行政村" if zh else "villages", *(words(each, language) for each in _SHOWN))
    rows = [(*head, words(arguments.base, language), "发生率" if zh else "incidence")]
    for place in (*townships, total):
        name = ("合计" if zh else "total") if place is total else place.township or ("乡镇未知" if zh else "not told")
        rows.append(_cells(name, place, arguments))
    say(share)
    show(rows, numbers=tuple(range(1, len(rows[0]))), headed=True)
    if findings:
        say()
        say(
            f"{len(findings)}处数字不相符"
            if zh
            else counted(len(findings), "figure does not fit", "figures do not fit")
        )
        for each in findings[:SHOWN_FINDINGS]:
            say(f"  {each.subject_id}{'：' if zh else ': '}{each.zh if zh else each.en}")
        more = len(findings) - SHOWN_FINDINGS
        if more > 0:
            say(f"  ……另有{more}处" if zh else f"  ... and {more:,} more")


def _incidence_head(arguments: argparse.Namespace) -> str:
    poor, base = (catalogue(Area).label(path, arguments.lang) for path in (arguments.poor, arguments.base))
    return f"发生率＝{poor}／{base}" if arguments.lang == "zh" else f"incidence = {poor} / {base}"


def _cells(name: str, place: _Place, arguments: argparse.Namespace) -> tuple[str, ...]:
    tallies = place.tallies()
    shown = (count_words(tallies[each], arguments.lang) for each in ("villages", *_SHOWN, arguments.base))
    return (name, *shown, _incidence_words(place, arguments))


def _incidence_words(place: _Place, arguments: argparse.Namespace) -> str:
    found, zh = place.incidence(arguments), arguments.lang == "zh"
    if not isinstance(found, Unknown):
        return f"{found.poor:,}/{found.base:,}: {plain(100 * found.share)} %"
    low, high = place.bounds(arguments)
    least = plain(100 * low)
    if high is None and low > 0:
        return f"至少{least} %" if zh else f"at least {least} %"
    if high is None:
        return "未知" if zh else "not known"
    most = plain(100 * high)
    return f"{least}至{most} %" if zh else f"{least} to {most} %"


def _tell_problems(reading: Register, total: _Place, language: str) -> None:
    zh = language == "zh"
    if total.homes.unmarked:
        zh_note = f"{total.homes.unmarked:,}户没有有效标志（AAR100），按列入名册计"
        listed = counted(total.homes.unmarked, "household is", "households are")
        tell(f"说明：{zh_note}" if zh else f"note: {listed} not marked as valid or not (AAR100) and counted as listed")
    open_ones = [path for path, tally in total.homes.counts.items() if isinstance(tally, Unknown)]
    if open_ones:
        tell(
            "说明：名册不全、状态或类别未知的户，其所涉各数只给出范围"
            if zh
            else "note: where a roster may be incomplete, or a status or class is not known, a count has bounds"
        )
    tell_notes(reading.notes, language)
    tell_problems(reading.problems, language, see="fupin register check")


# -- as data -----------------------------------------------------------------------------------------------------------


def _plain(place: _Place, arguments: argparse.Namespace, *, named: bool = False) -> dict[str, Any]:
    found = place.incidence(arguments)
    low, high = place.bounds(arguments)
    return {
        "level": place.level,
        "township": place.township,
        "village": place.village,
        "counts": {path: _plain_tally(tally, named=named) for path, tally in place.tallies().items()},
        "incidence": {
            "poor_name": arguments.poor,
            "base_name": arguments.base,
            "share": None if isinstance(found, Unknown) else str(found.share),
            "low": str(low),
            "high": None if high is None else str(high),
        },
    }


def _plain_tally(tally: Tally, *, named: bool) -> object:
    if not isinstance(tally, Unknown):
        return tally
    missing: object = sorted(tally.missing) if named else len(tally.missing)
    return {"low": tally.low or 0, "high": tally.high, "missing": missing}


def _write(out: Path, places: Sequence[_Place], arguments: argparse.Namespace) -> None:
    if out.suffix.lower() == ".jsonl":
        # Only villages name what is missing: above them the names would be told once more at each level.
        write_json_lines(out, (_plain(each, arguments, named=each.level == "village") for each in places))
        return
    paths = tuple(dict.fromkeys((*places[-1].homes.counts, *INCIDENCE_BASES)))
    label = catalogue(Area).label
    headers = [_HEADERS[each] for each in ("level", "township", "village", "villages")]
    headers += [f"{label(path, 'zh')} {path}" for path in paths]
    headers += [_HEADERS[each] for each in ("incidence", "poor", "base", "missing")]
    write_table(out, headers, (_row(each, paths, arguments) for each in places), sheet="rollup")


def _row(place: _Place, paths: Sequence[str], arguments: argparse.Namespace) -> list[str]:
    tallies, found = place.tallies(), place.incidence(arguments)
    missing = found.missing if isinstance(found, Unknown) and place.level == "village" else ()
    return [
        place.level,
        place.township,
        place.village,
        _cell(tallies["villages"]),
        *(_cell(tallies[path]) for path in paths),
        "" if isinstance(found, Unknown) else str(found.share),
        arguments.poor,
        arguments.base,
        "; ".join(sorted(missing)),
    ]


def _cell(tally: Tally) -> str:
    """Write a count; an open one as `3..4` or `3..`, which nobody adds up by mistake."""
    if not isinstance(tally, Unknown):
        return str(tally)
    return f"{tally.low or 0}..{'' if tally.high is None else tally.high}"
