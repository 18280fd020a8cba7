"""How far households are from the income line: income per person less the line, in classes of equal width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from fupin_rules.citations import Standing
from fupin_rules.engine import Assessment
from fupin_rules.expr import Compare, Expr, Name, walk
from fupin_rules.policy import RuleKind, Snapshot, Subject
from fupin_rules.quantities import Unit, plain
from fupin_rules.report._coarse import join_rows
from fupin_rules.report._figures import Figure, Said
from fupin_rules.report._pen import grouped
from fupin_rules.report._rows import Column, Counted, Home, by_class, in_order
from fupin_rules.truth import Unknown

_PER_PERSON: Final = Unit.parse("yuan / person / year")
_NICE: Final = (50, 100, 200, 500, 1000, 2000, 5000)
# Classes from nothing to the line, at most; above it, twice as far is told.
_BELOW: Final = 8
_NOT_KNOWN: Final[Column] = ("not_known", Said("收入不详", "income not known"))


@attrs.frozen
class IncomeLine:
    """
    A line in yuan per person and year that a condition compares with.

    Attributes:
        said: Its label.
        measured: What is compared with it, by name.
        amount: How much it is.
        standing: How firm its source is.
    """

    said: Said
    measured: str
    amount: Fraction
    standing: Standing

    @property
    def words(self) -> str:
        """The amount as text."""
        return plain(self.amount)


def line_of(snapshot: Snapshot) -> IncomeLine | None:
    """Find the line: the first parameter in yuan per person and year that a condition compares something with."""
    for rule in snapshot.rules_of(Subject.HOUSEHOLD, RuleKind.ELIGIBILITY):
        for measured, name in _compared(rule.when, snapshot):
            held = snapshot.parameters.get(name)
            if held is not None and held.parameter.unit == _PER_PERSON and isinstance(held.value, Fraction):
                said = Said(held.parameter.zh, held.parameter.en)
                return IncomeLine(said, measured, held.value, held.dated.citation.standing)
    return None


def _compared(claim: Expr, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Give the pairs of names that a claim compares, itself or in what it reads."""
    for node in walk(claim):
        match node:
            case Compare((Name(one), Name(other))):
                yield one, other
                yield other, one
            case Name(path) if path in snapshot.definitions:
                yield from _compared(snapshot.definitions[path].expr, snapshot)
            case Name(path) if path in snapshot.rules_by_id:
                yield from _compared(snapshot.rules_by_id[path].when, snapshot)
            case _:
                pass


@attrs.frozen
class _Classes:
    """Amounts less the line: below the lowest, classes of one width, above the highest, not known."""

    width: int
    below: int
    above: int

    @classmethod
    def around(cls, line: Fraction) -> _Classes:
        width = next((each for each in _NICE if line <= each * _BELOW), 10_000)
        steps = -(-line.numerator // (line.denominator * width))
        return cls(width, max(steps, 1), 2 * max(steps, 1))

    @property
    def spans(self) -> tuple[tuple[int | None, int | None], ...]:
        edges = [step * self.width for step in range(-self.below, self.above + 1)]
        return ((None, edges[0]), *pairwise(edges), (edges[-1], None), (None, None))

    def place(self, amount: Fraction) -> int:
        step = amount // self.width
        return min(max(step + self.below + 1, 0), self.below + self.above + 1)


def distance_of(homes: Sequence[Home], line: IncomeLine, columns: Sequence[Column], least: int) -> Counted:
    """Count households by distance to the line, and by outcome."""
    classes = _Classes.around(line.amount)
    spans = classes.spans

    def place_of(answer: Assessment) -> int:
        value = answer.reading.value(line.measured)
        if isinstance(value, Unknown):
            return len(spans) - 1
        assert isinstance(value, int | Fraction), "what is compared with an amount is one"
        return classes.place(Fraction(value) - line.amount)

    counts, cells = by_class(homes, [place_of(answer) for answer, _ in homes], len(spans), columns, least)
    parts = [(_name(span), _words(span)) for span in spans[:-1]] + [_NOT_KNOWN]
    rows = in_order(parts, counts, least, _joint)
    told = {_joint([parts[at] for at in group])[0]: _span(spans, group) for group in join_rows(counts, least)}
    rows = tuple(attrs.evolve(row, span=told[row.id]) for row in rows)
    said = Said("距收入线多远", "how far from the line")
    amount = grouped(line.words)
    note = Said(
        f"人均纯收入减{line.said.zh}{amount}元；每级{classes.width}元，含下限，不含上限。",
        f"Income per person less the {line.said.en} of {amount} yuan; classes of {classes.width} yuan, "
        "the lower end included, the upper left out.",
    )
    return Counted(Figure("distance", said, tuple(columns), rows, is_whole=True, note=note), cells)


def _amount(value: int) -> str:
    return f"{'−' if value < 0 else '+' if value else ''}{abs(value):,}"


def _name(span: tuple[int | None, int | None]) -> str:
    low, high = span
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _words(span: tuple[int | None, int | None]) -> Said:
    low, high = span
    if low is None:
        return Said(f"低于{_amount(high or 0)}", f"below {_amount(high or 0)}")
    if high is None:
        return Said(f"{_amount(low)}以上", f"{_amount(low)} and over")
    return Said(f"{_amount(low)} 至 {_amount(high)}", f"{_amount(low)} to {_amount(high)}")


def _joint(parts: Sequence[Column]) -> Column:
    if len(parts) == 1:
        return parts[0]
    if parts[-1] == _NOT_KNOWN:
        name, known = _joint(parts[:-1])
        return f"{name}+not_known", Said(f"{known.zh}，或收入不详", f"{known.en}, or income not known")
    low, high = parts[0][0].partition("..")[0], parts[-1][0].partition("..")[2]
    span = (int(low) if low else None, int(high) if high else None)
    if span == (None, None):
        return _name(span), Said("任何收入", "any income")
    return _name(span), _words(span)


def _span(spans: Sequence[tuple[int | None, int | None]], group: Sequence[int]) -> tuple[int | None, int | None] | None:
    """Give the ends of what is shown as one; None where incomes that are not known are among it."""
    return None if len(spans) - 1 in group else (spans[group[0]][0], spans[group[-1]][1])
