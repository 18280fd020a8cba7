"""What an entry of a pack says about replacing one of a pack below."""

from __future__ import annotations

from fupin_rules.documents import Table
from fupin_rules.policy._rules import Direction
from fupin_rules.policy.loading._raw import Override


def read_override(entry: Table) -> Override:
    """Read `overrides` and `direction`; who says the one says the other."""
    is_said = bool(entry.get("overrides", bool, "true or false", required=False))
    direction = entry.choice("direction", Direction) if is_said or "direction" in entry.data else None
    if direction is not None and not is_said:
        entry.fault("belongs to no override", "say `overrides = true`, or drop it", "direction", code="override")
    return Override(is_said, direction)
