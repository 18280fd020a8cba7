"""Strategies in the style of Hypothesis: people, households, villages, registers, expressions, policies, journals."""

from fupin_rules.testing.strategies._expressions import expressions
from fupin_rules.testing.strategies._journals import journals
from fupin_rules.testing.strategies._people import members
from fupin_rules.testing.strategies._policies import policies
from fupin_rules.testing.strategies._subjects import areas, households, registers, villages
from fupin_rules.testing.strategies._values import facts

__all__ = ["areas", "expressions", "facts", "households", "journals", "members", "policies", "registers", "villages"]
