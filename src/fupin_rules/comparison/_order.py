"""
Whether the order of two amendments matters to anybody: both orders compared, each difference with a witness.

Two amendments that touch different things give one text in either order, and nothing has to be proved. Where they touch
the same thing, the texts differ; whether any outcome does is for the solver to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import attrs

from fupin_rules.comparison._answers import Witness
from fupin_rules.comparison._compare import Comparison, compare
from fupin_rules.comparison._words import colon, pick
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.policy import Amendment, Conflict, Policy, Subject, find_conflicts


@attrs.frozen
class OrderOnDay:
    """
    What the order changes from a day on.

    Attributes:
        on: The day: the first on which the two texts are as they are then.
        comparison: The two texts compared: as if the second had been published later, and as if the first had.
    """

    on: date
    comparison: Comparison


@attrs.frozen
class Order:
    """
    Whether the order of two amendments matters.

    Attributes:
        first: Id of the one.
        second: Id of the other.
        conflicts: What both touch, read off their patches.
        refused: Why the second cannot follow the first; empty when it can.
        refused_turned: Why the first cannot follow the second; empty when it can.
        days: Where the two texts differ, by day; nothing where they are the same on every day.
    """

    first: str
    second: str
    conflicts: tuple[Conflict, ...]
    refused: tuple[Fault, ...]
    refused_turned: tuple[Fault, ...]
    days: tuple[OrderOnDay, ...]

    @property
    def fits(self) -> bool:
        """Whether the two can be in force together, in at least one order."""
        return not (self.refused and self.refused_turned)

    @property
    def matters(self) -> bool | None:
        """
        Whether somebody fares differently by the order, or only one order is possible; None where that is undecided.

        False is proved, within the bounds of the comparison, for the days that were looked at.
        """
        if bool(self.refused) is not bool(self.refused_turned) or self.witnesses:
            return True
        return False if all(each.comparison.is_equal for each in self.days) else None

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """Whoever fares differently by the order."""
        return tuple(
            region.answer
            for each in self.days
            for region in each.comparison.regions
            if isinstance(region.answer, Witness)
        )

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "kind": "order",
            "amendments": [self.first, self.second],
            "matters": self.matters,
            "fits": self.fits,
            "conflicts": [each.to_plain() for each in self.conflicts],
            "refused": [str(each) for each in self.refused],
            "refused_turned": [str(each) for each in self.refused_turned],
            "days": [{"on": each.on.isoformat(), **each.comparison.to_plain()} for each in self.days],
        }

    def as_text(self, language: str = "zh") -> str:
        """Say it in `zh` or `en`, for a terminal or a letter."""
        return "\n".join(self._lines(language))

    def _lines(self, language: str) -> Iterator[str]:
        said = {
            True: ("先后次序有影响", "their order matters"),
            False: ("先后次序无影响", "their order does not matter"),
            None: ("先后次序有无影响，未能判定", "whether their order matters is undecided"),
        }[self.matters]
        yield f"{self.first}, {self.second}{colon(language)}{pick(said, language)}"
        for conflict in self.conflicts:
            yield f"  {conflict.words(language)}"
        for later, earlier, faults in (
            (self.second, self.first, self.refused),
            (self.first, self.second, self.refused_turned),
        ):
            if faults:
                yield pick((f"  “{later}”不能在“{earlier}”之后", f"  `{later}` cannot follow `{earlier}`"), language)
                yield from (f"    {each}" for each in faults)
        for each in self.days:
            yield ""
            yield pick((f"自{each.on}起", f"from {each.on}"), language)
            yield from (f"  {line}".rstrip() for line in each.comparison.as_text(language).splitlines())


def order_matters(
    policy: Policy,
    first: Amendment,
    second: Amendment,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
) -> Order:
    """
    Tell whether the order of two amendments matters to anybody.

    Both orders are compared on the first day of every period in which they give different texts.

    Args:
        policy: What both amend.
        first: The one.
        second: The other.
        about: Whom to compare.
        members: Most members of a household; larger ones are not looked at.
        seconds: Time limit for each region of a comparison.

    Raises:
        MissingExtraError: The texts differ, and the extra `proof` is not installed.

    >>> from fupin_rules.citations import Citation, Source, Standing
    >>> from fupin_rules.periods import Period
    >>> from fupin_rules.policy import SetLabel, SetParameter, load_policy
    >>> order = Citation(Source("order", "通知", "order", Standing.ASSUMPTION, note="an example"))
    >>> spring = date(2016, 4, 1)
    >>> one, other = (
    ...     Amendment(name, "yucheng-2016", "改", "change", order, spring, Period(spring), [patch])
    ...     for name, patch in (
    ...         ("raised", SetParameter("income_line", 3500, order)),
    ...         ("named", SetLabel("income_line", "县收入线", "county line", order)),
    ...     )
    ... )
    >>> order_matters(load_policy("yucheng-2016"), one, other).matters
    False
    """
    straight, refused = _in_order(policy, first, second)
    turned, refused_turned = _in_order(policy, second, first)
    days: tuple[OrderOnDay, ...] = ()
    if straight is not None and turned is not None:
        days = tuple(
            OrderOnDay(day, compare(straight.on(day), turned.on(day), about=about, members=members, seconds=seconds))
            for day in _differing(straight, turned)
        )
    return Order(first.id, second.id, find_conflicts(first, second), refused, refused_turned, days)


def _in_order(policy: Policy, earlier: Amendment, later: Amendment) -> tuple[Policy | None, tuple[Fault, ...]]:
    """Amend as if the two had been published in this order, after all others."""
    last = max(each.published for each in (*policy.amendments, earlier, later))
    given = (
        attrs.evolve(earlier, published=last + timedelta(days=1)),
        attrs.evolve(later, published=last + timedelta(days=2)),
    )
    try:
        return policy.amend(*given), ()
    except PolicyError as error:
        return None, error.faults


def _differing(straight: Policy, turned: Policy) -> Iterator[date]:
    """Give the first day of every period in which two policies have different texts."""
    turns = {each.start for policy in (straight, turned) for each in policy.eras()}
    turns |= {
        dated.period.start
        for parameter in straight.parameters.values()
        for dated in parameter.values
        if dated.period.start in straight.days
    }
    before = ("", "")
    for day in sorted(turns):
        prints = (straight.on(day).fingerprint, turned.on(day).fingerprint)
        if prints[0] != prints[1] and prints != before:
            yield day
        before = prints
