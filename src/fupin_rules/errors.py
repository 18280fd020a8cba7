"""
The errors of the library: one tree, one root; each leaf carries what a caller needs.

A missing fact is not an error (it is `Unknown`), nor is a "no". Errors are for what somebody must mend. Messages read
*where: what; what to do*. Many faults of one input travel together, as `Fault` values in `faults`.
"""

from collections.abc import Iterable
from typing import Self

import attrs

# More faults than a person mends in one sitting; the number left out is always said.
SHOWN_FAULTS = 100


@attrs.frozen
class Fault:
    """
    One thing to mend in one input.

    Attributes:
        where: File with line and column, sheet with row and column, or `$.path`; empty when there is only one place.
        what: What is wrong, without any personal data.
        mend: What to do about it.
        code: Stable name of the fault, for programs.
    """

    where: str
    what: str
    mend: str = ""
    code: str = ""

    def __str__(self) -> str:
        """Say where, what and what to do, on one line."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.mend}" if self.mend else text


class FupinRulesError(Exception):
    """
    The root of all errors of this library.

    Attributes:
        faults: Everything found wrong with the input, in input order; at least one.
    """

    faults: tuple[Fault, ...]

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        assert self.faults, "an error names at least one fault"
        super().__init__(self.faults)

    def __str__(self) -> str:
        """List the faults, one a line, up to a limit that is said."""
        lines = [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(f"... and {len(self.faults) - SHOWN_FAULTS} more")
        return "\n".join(lines)


class ModelError(FupinRulesError):
    """A fact that cannot be true, or plain data that does not fit the model."""


class ExpressionError(FupinRulesError):
    """A rule text that cannot be read, or whose names, types or units do not fit."""


class LimitError(FupinRulesError):
    """An input larger or deeper than the library reads."""


class BudgetExceededError(LimitError):
    """An evaluation that took more steps than a household is given; never an answer."""


class PolicyError(FupinRulesError):
    """A malformed pack, a gap or overlap in time, a missing citation, a date no value covers."""


class UncoveredDateError(PolicyError):
    """A date outside the days a policy covers."""


class RegisterError(FupinRulesError):
    """A register, sheet or file that cannot be read at all."""


class MissingExtraError(FupinRulesError):
    """An optional dependency is not installed; the fault names the extra to install."""

    @classmethod
    def of(cls, extra: str, what: str, where: str = "") -> Self:
        """Say what needs which extra, and how it is installed: by its name, or in the folder of the project."""
        way = f'pip install "fupin-rules[{extra}]", or in a clone pip install ".[{extra}]"'
        return cls(Fault(where, what, way, "extra"))


class LoweringError(FupinRulesError):
    """A node, a column or a version of an engine that a reader cannot work with."""


class DisagreementError(LoweringError):
    """Two readers of one rule give two answers: a fault of this library, never of a policy."""


class WorkflowError(FupinRulesError):
    """A broken journal or a mismatched procedure; an illegal move is a refusal, not an error."""


class OpenClaimError(TypeError):
    """The truth of an open claim was asked for as if it were settled."""
