"""The one call for whoever writes a procedure: is it whole, and does it keep what it promises, wherever it can lead."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from fupin_rules.testing._explore import BOUNDS, Bounds, Exploration, explore
from fupin_rules.testing._invariants import INVARIANTS, Invariant
from fupin_rules.workflow import Procedure, ProcedureFinding, validate


@attrs.frozen(eq=False, repr=False)
class Check:
    """
    What a check of a procedure found.

    Attributes:
        procedure: What was checked.
        findings: What cannot be meant, told by the procedure alone.
        exploration: Where it can lead, and what is broken there.
    """

    procedure: Procedure
    findings: tuple[ProcedureFinding, ...]
    exploration: Exploration

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found, every state was reached and every move was taken, within the bounds."""
        explored = self.exploration
        is_whole = explored.is_complete and not explored.unreached and not explored.untaken
        return is_whole and not self.findings and not explored.flaws

    def text(self, language: str) -> str:
        """Say what was found, for a person, in `zh` or `en`."""
        lines = [finding.text(language) for finding in self.findings]
        lines.append(self.exploration.text(language))
        judged = ", ".join(each.id for each in INVARIANTS if each.where.startswith("tests/"))
        lines.append(f"另由测试检查：{judged}" if language == "zh" else f"checked by tests, not here: {judged}")
        return "\n".join(lines)


def check_procedure(
    procedure: Procedure,
    *,
    invariants: Sequence[Invariant] = INVARIANTS,
    bounds: Bounds = BOUNDS,
) -> Check:
    """
    Check a procedure: by itself, then by exploring everywhere it can lead, with everything that must be so.

    Args:
        procedure: As `read_procedure` gives it, with `checked=False` where its findings are to be told here.
        invariants: What must be so.
        bounds: How far is looked.

    Returns:
        What was found; `is_clean` says whether that is nothing, `text("zh")` and `text("en")` say it in words.
    """
    return Check(procedure, validate(procedure), explore(procedure, invariants, bounds))
