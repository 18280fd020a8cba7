"""
The summaries worked out: folds of the households of a register, exact, and unknown where a part is unknown.

A count with a household that may or may not belong, and a sum with a part that is not known, are no numbers: the cell
stays blank, and the last column says what is missing. Nothing is rounded but the result, where its column says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from fupin_rules.expr import Expr, evaluate
from fupin_rules.model import Household, Village, catalogue, read_fact
from fupin_rules.policy import Reading, Snapshot
from fupin_rules.quantities import round_half_up
from fupin_rules.registry.forms._areas import AreaIndex
from fupin_rules.registry.forms._form import Fold, FoldSort, Form, FormRows, Forms
from fupin_rules.truth import Unknown, Why

MAX_REMARK = 240
# Facts of a household that name its village; a village has its name elsewhere.
_AREA_OF_VILLAGE = {"village": "name"}


@attrs.frozen
class Open:
    """
    A result that cannot be worked out.

    Attributes:
        households: How many households keep it open.
        missing: Paths of the facts that are missing, members without their number.
        is_disputed: Whether one of them is in dispute, so that it was listed already.
    """

    households: int
    missing: frozenset[str]
    is_disputed: bool


@attrs.frozen
class SummaryRow:
    """
    One row of a summary.

    Attributes:
        key: Id of the household, or what names the village, in column order; None where that is not known.
        values: A stored fact, a number or `Open` for each column, in order; a remark is None.
    """

    key: tuple[str | None, ...]
    values: tuple[Any, ...]


class Summariser:
    """
    Works out the summaries of one register; each household is read once.

    Args:
        forms: The forms, with the policy whose definitions they use.
        households: The households of the register.
        villages: Its villages; one without a household is a row of its own.
    """

    def __init__(self, forms: Forms, households: Sequence[Household], villages: Sequence[Village] = ()) -> None:
        self.households = tuple(households)
        self.villages = tuple(villages)
        self._readings = tuple(_Facts(home, forms.snapshot) for home in households)

    def rows(self, form: Form) -> tuple[SummaryRow, ...]:
        """Work out the rows of a summary."""
        if form.rows is FormRows.HOUSEHOLD_SUMMARY:
            return tuple(self._household(form, facts) for facts in self._readings)
        return tuple(self._village_rows(form))

    def _household(self, form: Form, facts: _Facts) -> SummaryRow:
        values = []
        for column in form.columns:
            if column.field is not None:
                values.append(read_fact(facts.home, column.field.path))
            else:
                values.append(_result(column.fold, [facts]) if column.fold else facts.home.id)
        return SummaryRow((facts.home.id,), tuple(values))

    def _village_rows(self, form: Form) -> Iterator[SummaryRow]:
        groups: dict[tuple[str | None, ...], list[_Facts]] = {}
        for facts in self._readings:
            groups.setdefault(area_of(form, facts.home), []).append(facts)
        named = AreaIndex(groups)
        for village in self.villages:
            key = area_of(form, village)
            if not named.has_alike(key):
                groups[key] = []
                named.add(key)
        for key, members in sorted(groups.items(), key=lambda pair: tuple(each or "" for each in pair[0])):
            names = iter(key)
            yield SummaryRow(
                key,
                tuple(_result(column.fold, members) if column.fold else next(names) for column in form.columns),
            )


class _Facts(Reading):
    """A household as its folds read it; an expression that several columns share is worked out once."""

    def __init__(self, home: Household, snapshot: Snapshot) -> None:
        super().__init__(home, snapshot)
        self.home = home
        self._results: dict[int, Any] = {}

    def result(self, expr: Expr) -> Any:
        """Work out an expression."""
        # By identity: the trees live as long as their forms do.
        if id(expr) not in self._results:
            self._results[id(expr)] = evaluate(expr, self)
        return self._results[id(expr)]


def area_of(form: Form, subject: Household | Village) -> tuple[str | None, ...]:
    """Give what names the village of a household, or a village itself, by the columns of a summary."""
    paths = [column.field.path for column in form.columns if column.field is not None]
    if isinstance(subject, Village):
        paths = [_AREA_OF_VILLAGE.get(path, path) for path in paths]
    known = [read_fact(subject, path) for path in paths]
    return tuple(each if isinstance(each, str) else None for each in known)


def area_of_facts(form: Form, facts: Mapping[str, Any]) -> tuple[str | None, ...]:
    """Give what names the village of a household that was not built, by the columns of a summary."""
    known = [facts.get(column.field.path) for column in form.columns if column.field is not None]
    return tuple(each if isinstance(each, str) else None for each in known)


def _result(fold: Fold, homes: Sequence[_Facts]) -> Fraction | Open | None:
    match fold.sort:
        case FoldSort.REMARK:
            return None
        case FoldSort.COUNT:
            assert fold.expr is not None
            return _sum(fold, [each.result(fold.expr) for each in homes])
        case FoldSort.VALUE | FoldSort.SUM:
            assert fold.expr is not None
            return _sum(fold, [_part(fold, each) for each in homes])


def _part(fold: Fold, facts: _Facts) -> Any:
    """Give what one household adds; nothing where it does not count."""
    assert fold.expr is not None
    counts = True if fold.where is None else facts.result(fold.where)
    if counts is False:
        return 0
    value = facts.result(fold.expr)
    if counts is True:
        return value
    # Whether it counts is not known; that does not matter where there is nothing to add.
    return 0 if value == 0 else counts


def _sum(fold: Fold, parts: Iterable[Any]) -> Fraction | Open:
    total = Fraction(0)
    unknown: list[Unknown] = []
    for part in parts:
        if isinstance(part, Unknown):
            unknown.append(part)
        else:
            total += part
    if unknown:
        missing = frozenset(_plain_path(name) for each in unknown for name in each.missing)
        is_disputed = any(why is Why.CONFLICTING for each in unknown for _, why in each.why)
        return Open(len(unknown), missing, is_disputed)
    return round_half_up(total, fold.places) if fold.places else total


def _plain_path(path: str) -> str:
    head, bracket, rest = path.partition("[")
    return head + rest.partition("]")[2] if bracket else path


def remark(form: Form, row: SummaryRow) -> str:
    """
    Say which columns of a row cannot be worked out, and why, in both languages; empty when all can.

    Returns:
        One line in Chinese and one in English, each of at most 240 characters.
    """
    held = [(column, value) for column, value in zip(form.columns, row.values, strict=True) if isinstance(value, Open)]
    if not held:
        return ""
    zh = "；".join(f"{column.zh}（{_words(value, 'zh')}）" for column, value in held)
    en = "; ".join(f"{column.en} ({_words(value, 'en')})" for column, value in held)
    return f"{_cut(zh)}\n{_cut(en)}"


def _words(value: Open, language: str) -> str:
    known = catalogue(Household)
    names = sorted(value.missing, key=lambda name: (known.order(name), name))
    labels = [
        known.members[name.removeprefix("members.")].label(language)
        if name.startswith("members.")
        else known.label(name, language)
        for name in names[:2]
    ]
    rest = len(names) > len(labels)
    if language == "zh":
        return f"{value.households}户缺{'、'.join(labels)}{'等' if rest else ''}"
    lack = "household lacks" if value.households == 1 else "households lack"
    return f"{value.households} {lack} {', '.join(labels)}{' and more' if rest else ''}"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_REMARK else text[: MAX_REMARK - 1] + "…"
