"""
What a public notice (公示) shows of households: a view of its own, with the minimum of personal data.

Only facts that a notice needs can be shown at all; numbers of certificates, telephones and banks, and whatever tells of
health, never. A masked name hides nobody whose row no one else shares: such a notice is refused, with what to leave
out.
"""

from __future__ import annotations

import enum
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault, RegisterError
from fupin_rules.model import Household, PersonName, Sensitivity, catalogue, read_fact
from fupin_rules.registry._cells import write_cell
from fupin_rules.tables import table

# Ours: no text gives a number. Two would let each of the two find out the other.
LEAST_ALIKE: Final = 3
UNKNOWN: Final = "（未填）"
HEAD: Final = "head_name"
PEOPLE: Final = "stated_member_count"
_NUMBER = re.compile(r"\d{7}")
_PARTING = re.compile(r"[\s\-–—._·]")

SHOWABLE: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        HEAD: ("户主", "head of household"),
        PEOPLE: ("人口", "people"),
        "villagers_group": ("所在组", "villagers' group"),
        "natural_village": ("自然村", "natural village"),
        "identification_standard": ("识别标准", "standard"),
        "poverty_status": ("脱贫属性", "status"),
        "monitoring.monitored_class": ("监测对象类别", "class under monitoring"),
    }
)
USUAL: Final = (HEAD, PEOPLE)

_KEPT_BACK: Final[Mapping[Sensitivity, str]] = MappingProxyType(
    {
        Sensitivity.IDENTITY: "identifies a person",
        Sensitivity.CONTACT: "is a way to reach a person",
        Sensitivity.FINANCE: "is about money in the bank",
        Sensitivity.HEALTH: "is about health",
    }
)
_MAY_TELL_OF_ILLNESS: Final = frozenset({"main_cause", "other_causes", "monitoring.risks", "monitoring.measures"})


class Names(enum.StrEnum):
    """How heads of household are named."""

    MASKED = "masked"
    """By the family name; every row must be shared by enough households."""
    FULL = "full"
    """In full: whoever is to object must know against whom. Nothing beside the name is masked then."""


@attrs.frozen
class PublicNotice:
    """
    A notice as it is put up.

    Attributes:
        place: Township and village.
        posted: Day it is put up.
        until: Last day on which objections are taken.
        columns: Paths of the facts shown, in order.
        rows: Cells of each household, in Chinese, as on the register; no row tells its household's id.
        names: How heads are named.
        least_alike: How many households share the rarest row; with full names, not counted.
        contact: Where objections go, as the caller words it.
    """

    place: str
    posted: date
    until: date
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(repr=False)
    names: Names
    least_alike: int | None
    contact: str = ""

    def headers(self, language: str = "zh") -> tuple[str, ...]:
        """Give the headers in `zh` or `en`, a running number first."""
        zh = language == "zh"
        return ("序号" if zh else "no.", *(SHOWABLE[path][0 if zh else 1] for path in self.columns))

    def table(self) -> tuple[tuple[str, ...], ...]:
        """Give the rows with their running numbers."""
        return tuple((str(number), *row) for number, row in enumerate(self.rows, start=1))

    def lines(self, language: str = "zh") -> tuple[str, ...]:
        """Say what the notice is and how to object, in `zh` or `en`."""
        zh = language == "zh"
        count, until = len(self.rows), self.until
        homes = "household" if count == 1 else "households"
        said = [
            f"公示：{self.place}，{count}户" if zh else f"public notice: {self.place}, {count} {homes}",
            f"公示期：{self.posted}至{until}（含）。" if zh else f"from {self.posted} to {until}, both days included",
            "有异议者，请在公示期内提出。" if zh else "whoever objects says so by the last day",
        ]
        if self.contact:
            said.append(f"受理：{self.contact}" if zh else f"objections to: {self.contact}")
        if self.least_alike is not None:
            said.append(
                f"姓名已隐去；每一行至少有{self.least_alike}户相同。"
                if zh
                else f"names are masked; every row is shared by at least {self.least_alike} households"
            )
        return tuple(said)

    def text(self, language: str = "zh") -> str:
        """Write the whole notice as text."""
        return "\n".join((*self.lines(language), "", table([self.headers(language), *self.table()], numbers=(0,))))

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "place": self.place,
            "posted": self.posted.isoformat(),
            "until": self.until.isoformat(),
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "names": self.names.value,
            "least_alike": self.least_alike,
            "contact": self.contact,
        }


def public_notice(
    households: Iterable[Household],
    *,
    posted: date,
    until: date,
    columns: Sequence[str] = USUAL,
    names: Names = Names.MASKED,
    least_alike: int = LEAST_ALIKE,
    among: Iterable[Household] = (),
    contact: str = "",
) -> PublicNotice:
    """
    Draw up the notice of one village.

    Args:
        households: Those the notice is about, all of one village.
        posted: Day it is put up.
        until: Last day on which objections are taken.
        columns: Paths of facts, of those a notice may show (`SHOWABLE`).
        names: By the family name, or in full.
        least_alike: How many households must share every row where names are masked; 3 is ours, no text gives one.
        among: Other households a reader could take for one of those: of the same village, whatever came of them.
        contact: Where objections go.

    Raises:
        RegisterError: A column that a notice does not show; households of several villages, or none; a last day before
            the first; or rows that fewer than `least_alike` households share, with what to leave out.

    >>> from datetime import date
    >>> from fupin_rules import Household
    >>> homes = [Household(id=f"H-{n}", village="V", head_name=name) for n, name in enumerate(("甲一", "甲二", "甲三"))]
    >>> notice = public_notice(homes, posted=date(2016, 2, 1), until=date(2016, 2, 7), columns=["head_name"])
    >>> notice.rows
    (('甲*',), ('甲*',), ('甲*',))
    """
    noticed = tuple(households)
    shown = tuple(columns)
    _demand_showable(shown)
    if until < posted:
        raise RegisterError(Fault("notice", "ends before it is put up", "give a later last day", "notice_days"))
    place = _one_place(noticed)
    rows = tuple(_row(each, shown, names) for each in noticed)
    found: int | None = None
    if names is Names.MASKED:
        # Of two records of one household the one on the notice counts, for that is what is read.
        held = {each.id: each for each in (*(each for each in among if _place(each) == place), *noticed)}
        alike = Counter(_row(each, shown, names) for each in held.values())
        found = min(alike[row] for row in rows)
        if found < least_alike:
            raise RegisterError(_singled_out(rows, alike, shown, least_alike))
    return PublicNotice(_place_words(place), posted, until, shown, rows, names, found, contact)


def _demand_showable(columns: tuple[str, ...]) -> None:
    known = catalogue(Household).fields
    faults = []
    for path in columns:
        if path in SHOWABLE:
            continue
        field = known.get(path)
        kind = None if field is None else _KEPT_BACK.get(field.spec.sensitivity)
        kind = kind or ("may tell of an illness" if path in _MAY_TELL_OF_ILLNESS else None)
        why = kind or ("is nothing that a notice needs" if field is not None else "is no fact of a household")
        mend = f"a notice may show: {', '.join(SHOWABLE)}"
        faults.append(Fault("notice", f"`{path[:60]}` {why}", mend, "notice_column"))
    if len(set(columns)) < len(columns) or not columns:
        faults.append(Fault("notice", "columns are missing or stand twice", "name each once", "notice_column"))
    if faults:
        raise RegisterError(faults)


def _place(household: Household) -> tuple[str, ...]:
    """Name county, township and village; empty where one is not known."""
    parts = (read_fact(household, path) for path in ("county", "township", "village"))
    return tuple(part if isinstance(part, str) else "" for part in parts)


def _place_words(place: tuple[str, ...]) -> str:
    """Name a place once, where the name of a village already begins with its township's."""
    words = ""
    for part in reversed(place):
        words = words if words.startswith(part) else part + words
    return words


def _one_place(noticed: tuple[Household, ...]) -> tuple[str, ...]:
    places = {_place(each) for each in noticed}
    if len(places) != 1:
        what = "there is nobody to put on it" if not places else f"holds households of {len(places)} villages"
        raise RegisterError(Fault("notice", what, "put up one notice for each village", "notice_place"))
    place = places.pop()
    if not place[-1]:
        # Households of which nobody knows where they live may be of as many villages as there are households.
        what, mend = "holds households whose village is not known", "enter the village of each"
        raise RegisterError(Fault("notice", what, mend, "notice_place"))
    for part in place:
        _demand_no_number(part, "the name of the place")
    return place


def _row(household: Household, columns: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return tuple(_cell(household, path, names) for path in columns)


def _cell(household: Household, path: str, names: Names) -> str:
    value = read_fact(household, path)
    if isinstance(value, PersonName):
        cell = value.reveal() if names is Names.FULL else value.masked()
    elif path == PEOPLE and value is None and household.members_complete is True:
        cell = str(len(household.members))
    else:
        cell = write_cell(catalogue(Household).fields[path].spec, value)
    _demand_no_number(cell, f"`{path}` of a household")
    return cell or UNKNOWN


def _demand_no_number(cell: str, where: str) -> None:
    """Refuse a text with so many digits that it may be the number of a person; whatever parts them does not count."""
    if _NUMBER.search(_PARTING.sub("", unicodedata.normalize("NFKC", cell))):
        what = f"{where} holds what looks like the number of a person or a telephone"
        raise RegisterError(Fault("notice", what, "correct the register", "notice_number"))


def _singled_out(
    rows: tuple[tuple[str, ...], ...], alike: Mapping[tuple[str, ...], int], columns: tuple[str, ...], least: int
) -> Fault:
    """Say how many rows are too rare, and the least that must be left out for the others to be masked."""
    rare = sum(alike[row] < least for row in rows)
    what = f"{rare} of {len(rows)} rows are shared by fewer than {least} households, so masking hides nobody there"
    for left_out in range(1, len(columns)):
        for dropped in itertools.combinations(range(len(columns)), left_out):
            fewer: Counter[tuple[str, ...]] = Counter()
            for row, count in alike.items():
                fewer[_without(row, dropped)] += count
            if all(fewer[_without(row, dropped)] >= least for row in rows):
                named = ", ".join(f"`{columns[place]}`" for place in dropped)
                return Fault("notice", what, f"leave out {named}, or name the heads in full", "notice_alike")
    return Fault("notice", what, "name the heads in full, as those who may object need it", "notice_alike")


def _without(row: tuple[str, ...], dropped: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(cell for place, cell in enumerate(row) if place not in dropped)
