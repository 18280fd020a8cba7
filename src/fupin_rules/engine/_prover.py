"""
Whoever can tell of all values at once what the searches of this room try one by one.

No search needs one. What a prover says is replayed by the reference where it names somebody; where it says that there
is nobody, the answer is one that is proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from fupin_rules.engine.counterfactual._question import FactValues, Of, Turn
from fupin_rules.engine.exact._completions import Completions
from fupin_rules.model import AnySubject
from fupin_rules.policy import Snapshot


class Prover(Protocol):
    """Tells what holds of all values that facts can have; `fupin_rules.comparison.prover` gives one."""

    def smaller_change(self, turn: Turn, facts: tuple[str, ...], *, than: FactValues | None) -> FactValues | bool:
        """
        Look for a smaller change that turns an outcome: of fewer facts, or of as many that move less (`distance`).

        Args:
            turn: The outcome to turn.
            facts: The facts that may be changed, by path.
            than: The smallest change that is known; None if none is.

        Returns:
            True: it is proved that there is none. False: it could not be told. Values: here is one.
        """
        ...

    def completions(self, subject: AnySubject, rules: Snapshot, of: Of) -> Completions:
        """Tell whether an outcome is the same in every completion of a subject, and show two where it is not."""
        ...

    def mattering(self, subject: AnySubject, rules: Snapshot, of: Of, facts: Iterable[str]) -> frozenset[str]:
        """Give those of some missing facts that turn the outcome of some completion, or of which it is not told."""
        ...
