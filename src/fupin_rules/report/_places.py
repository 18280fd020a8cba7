"""Where households live: by township, and by village within it; places with few are shown together."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_rules.engine import Assessment
from fupin_rules.model import Household
from fupin_rules.report._coarse import Cells, added, set_apart, shares
from fupin_rules.report._figures import Figure, Row, Said
from fupin_rules.report._rows import Column, Counted, Home

_NOWHERE = Said("未填", "not told")
_Place = tuple[str, str]


def place_of(answer: Assessment) -> _Place:
    """Name township and village; empty where they are not told."""
    home = answer.subject
    assert isinstance(home, Household)
    township, village = home.township, home.village
    return (
        township.strip() if isinstance(township, str) else "",
        village.strip() if isinstance(village, str) else "",
    )


def _counted(homes: Sequence[Home], width: int) -> dict[_Place, Cells]:
    found: dict[_Place, list[int]] = {}
    for answer, column in homes:
        found.setdefault(place_of(answer), [0] * width)[column] += 1
    return {place: tuple(found[place]) for place in sorted(found)}


def _of_townships(villages: dict[_Place, Cells], width: int) -> dict[str, Cells]:
    held: dict[str, list[Cells]] = {}
    for (township, _), cells in villages.items():
        held.setdefault(township, []).append(cells)
    return {name: added(cells, width) for name, cells in held.items()}


def _named(name: str) -> Said:
    return Said(name, name) if name else _NOWHERE


def _others(count: int, zh: str, one: str, many: str, *, beside: bool) -> Said:
    """Name places that are put together, beside others or alone."""
    noun = one if count == 1 else many
    other_zh, other_en = ("其他", "other ") if beside else ("", "")
    return Said(f"{other_zh}{count}个{zh}合计", f"{count} {other_en}{noun} together")


def _with_shares(rows: Sequence[Row]) -> tuple[Row, ...]:
    told = shares([row.total or 0 for row in rows])
    return tuple(
        Row(row.id, row.said, row.counts, row.within, share=share) for row, share in zip(rows, told, strict=True)
    )


def townships(homes: Sequence[Home], columns: Sequence[Column], least: int) -> Counted:
    """Count households by township and outcome."""
    held = _of_townships(_counted(homes, len(columns)), len(columns))
    names, cells = list(held), list(held.values())
    shown, others = set_apart(cells, least)
    rows = [Row(names[at] or "not_told", _named(names[at]), cells[at]) for at in shown]
    if others:
        said = _others(len(others), "乡镇", "township", "townships", beside=bool(shown))
        rows.append(Row("others", said, added((cells[at] for at in others), len(columns))))
    row_of = {names[at]: place for place, at in enumerate(shown)}
    figure = Figure("townships", Said("各乡镇", "townships"), tuple(columns), _with_shares(rows), is_whole=True)
    return Counted(figure, tuple((row_of.get(place_of(answer)[0], -1), column) for answer, column in homes))


def villages(homes: Sequence[Home], columns: Sequence[Column], least: int) -> Counted:
    """
    Count households by village and outcome.

    Villages of townships that are shown together are put together across them: by township, their sum would tell what
    the townships do not.
    """
    width = len(columns)
    held = _counted(homes, width)
    towns = _of_townships(held, width)
    names = list(towns)
    shown, others = set_apart(list(towns.values()), least)
    pools = [({names[at]}, _named(names[at])) for at in shown]
    if others:
        said = _others(len(others), "乡镇", "township", "townships", beside=bool(shown))
        pools.append(({names[at] for at in others}, said))
    rows: list[Row] = []
    row_of: dict[_Place, int] = {}
    for towns_of, within in pools:
        places = [place for place in held if place[0] in towns_of]
        cells = [held[place] for place in places]
        alone, together = set_apart(cells, least)
        for at in alone:
            row_of[places[at]] = len(rows)
            rows.append(Row("/".join(places[at]) or "not_told", _named(places[at][1]), cells[at], within))
        if together:
            row_of |= {places[at]: len(rows) for at in together}
            said = _others(len(together), "村", "village", "villages", beside=bool(alone))
            rows.append(Row("others", said, added((cells[at] for at in together), width), within))
    figure = Figure("villages", Said("各村", "villages"), tuple(columns), _with_shares(rows), is_whole=True)
    return Counted(figure, tuple((row_of[place_of(answer)], column) for answer, column in homes))
