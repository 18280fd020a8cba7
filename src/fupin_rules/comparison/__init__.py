"""All households at once: what a change of policy does to whom, proved or shown by a witness (extra `proof`)."""

from fupin_rules.comparison._answers import Proved, Refuted, Seen, Undecided, Within, Witness
from fupin_rules.comparison._compare import Comparison, Region, compare
from fupin_rules.comparison._impact import Count, Impact, impact
from fupin_rules.comparison._monotone import monotone
from fupin_rules.comparison._order import Order, OrderOnDay, order_matters
from fupin_rules.comparison._prover import prover
from fupin_rules.comparison._questions import always, disjoint, equivalent, implies, never
from fupin_rules.comparison._search import WhyUndecided
from fupin_rules.comparison._shapes import plain_forms

__all__ = [
    "Comparison",
    "Count",
    "Impact",
    "Order",
    "OrderOnDay",
    "Proved",
    "Refuted",
    "Region",
    "Seen",
    "Undecided",
    "WhyUndecided",
    "Within",
    "Witness",
    "always",
    "compare",
    "disjoint",
    "equivalent",
    "impact",
    "implies",
    "monotone",
    "never",
    "order_matters",
    "plain_forms",
    "prover",
]
