"""How much a check of one procedure may take: a procedure comes from a stranger, and some would take for ever."""

from __future__ import annotations

from typing import Final

from fupin_rules.errors import Fault, LimitError

# One step is a microsecond or two; the largest procedure that is packed takes a twentieth of these.
MAX_STEPS: Final = 3_000_000


class Steps:
    """The steps that are left to one check."""

    def __init__(self, name: str, steps: int = MAX_STEPS) -> None:
        self._name = name
        self._steps = steps
        self.left = steps

    def spend(self, steps: int) -> None:
        """
        Take some steps.

        Raises:
            LimitError: There are not so many left.
        """
        self.left -= steps
        if self.left < 0:
            what = f"checking it takes more than {self._steps} steps"
            raise LimitError(Fault(self._name, what, "split the procedure, or read it with `checked=False`", "checks"))
