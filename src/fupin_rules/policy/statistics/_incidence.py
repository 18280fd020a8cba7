"""Incidence of poverty (贫困发生率): poor people over a base of people that is named, as an exact fraction."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from fupin_rules.errors import Fault, ModelError
from fupin_rules.model import Area, catalogue
from fupin_rules.policy.statistics._roll_up import RollUp
from fupin_rules.policy.statistics._tally import Tally
from fupin_rules.quantities import plain
from fupin_rules.truth import Unknown, Why, merge

_POOR = ("poor_people", "remaining_poor_people", "disabled_poor")

INCIDENCE_BASES = ("rural_population", "population", "resident_population")
"""Of whom it can be told: on the rural register (户籍), all counted, residents (常住); never one for another."""


@attrs.frozen
class Incidence:
    """
    A share of people, with the names of both of its sides.

    Attributes:
        poor: People counted above the line of the fraction.
        base: People counted below it; never zero.
        poor_name: Path of the fact above.
        base_name: Path of the fact below.
    """

    poor: int
    base: int
    poor_name: str
    base_name: str

    @property
    def share(self) -> Fraction:
        """The share, exact; it may be more than one where a register and a census disagree."""
        return Fraction(self.poor, self.base)

    def words(self, language: str) -> str:
        """
        Write it for a person, in `zh` or `en`, both sides named; a rounded percentage is marked.

        >>> Incidence(17, 900, "remaining_poor_people", "rural_population").words("en")
        '17 of 900 people on the rural register: ≈1.89 %'
        >>> Incidence(18, 900, "remaining_poor_people", "rural_population").words("zh")
        '农业户籍人口900人中18人：2%'
        """
        base = catalogue(Area).label(self.base_name, language)
        percent = plain(100 * self.share)
        if language == "zh":
            return f"{base.removesuffix('数')}{self.base:,}人中{self.poor:,}人：{percent}%"
        return f"{self.poor:,} of {self.base:,} {base}: {percent} %"


def incidence(
    counted: RollUp | Mapping[str, Tally], *, poor: str = "remaining_poor_people", base: str = "rural_population"
) -> Incidence | Unknown:
    """
    Work out an incidence from counts.

    Args:
        counted: A roll-up, or counts by path, which may come from two of them: the poor from a register of households,
            the base from villages.
        poor: Who is counted above.
        base: Of whom; at exit the people on the rural register (K21 of the packs).

    Returns:
        Unknown with an open count, and with a base of zero, which it names: nothing is met by being empty.

    Raises:
        ModelError: There is no such count.

    >>> incidence({"remaining_poor_people": 17, "rural_population": 900}).share
    Fraction(17, 900)
    >>> incidence({"remaining_poor_people": 0, "rural_population": 0}).missing
    frozenset({'rural_population'})
    """
    above, below = _sides(counted, poor, base)
    if below == 0:
        return Unknown({base}, {(base, Why.ZERO_DIVISOR)})
    if isinstance(above, Unknown) or isinstance(below, Unknown):
        return merge(each for each in (above, below) if isinstance(each, Unknown))
    return Incidence(above, below, poor, base)


def incidence_bounds(
    counted: RollUp | Mapping[str, Tally], *, poor: str = "remaining_poor_people", base: str = "rural_population"
) -> tuple[Fraction, Fraction | None]:
    """
    Give the least and the greatest that an incidence can be, whatever is missing; None: no bound.

    Args:
        counted: As for `incidence`.
        poor: Who is counted above.
        base: Of whom.

    Raises:
        ModelError: There is no such count.

    >>> open_count = Unknown({"households[1].poverty_status"}, low=16, high=17)
    >>> incidence_bounds({"remaining_poor_people": open_count, "rural_population": 900})
    (Fraction(4, 225), Fraction(17, 900))
    """
    above, below = _sides(counted, poor, base)
    least, most = _bounds(above)
    fewest, all_of_them = _bounds(below)
    return (
        Fraction(least, all_of_them) if all_of_them else Fraction(0),
        Fraction(most, fewest) if most is not None and fewest else None,
    )


def _bounds(tally: Tally) -> tuple[int, int | None]:
    return (tally.low or 0, tally.high) if isinstance(tally, Unknown) else (tally, tally)


def _sides(counted: RollUp | Mapping[str, Tally], poor: str, base: str) -> tuple[Tally, Tally]:
    counts = counted.counts if isinstance(counted, RollUp) else counted
    for name, known in ((poor, _POOR), (base, INCIDENCE_BASES)):
        if name not in known or name not in counts:
            have = [each for each in known if each in counts]
            what = f"`{name[:60]}` is not counted"
            raise ModelError(Fault("incidence", what, f"counted: {', '.join(have) or 'none'}", "no_count"))
    return counts[poor], counts[base]
