"""The waivers of a pack: which findings of a review it lets stand, why, and who can end that."""

from __future__ import annotations

from fupin_rules.documents import Table
from fupin_rules.policy._waivers import FindingCode, Waiver

MAX_WAIVERS = 500


def read_waivers(table: Table | None, pack: str) -> tuple[Waiver, ...]:
    """Read the waivers of a pack; what does not fit becomes a fault of the table."""
    found: list[Waiver] = []
    seen: set[tuple[FindingCode, str]] = set()
    for place, entry in enumerate(table.tables("waiver") if table else ()):
        if place >= MAX_WAIVERS:
            entry.fault(f"more than {MAX_WAIVERS} waivers", "mend the pack instead", code="waivers")
            break
        code, concerns = entry.choice("code", FindingCode), entry.texts("concerns")
        reason, ends = entry.words("reason"), entry.words("ends")
        entry.close()
        if not concerns:
            entry.fault("`concerns` names nothing", "list what the finding is about", "concerns", code="waiver")
        if code is FindingCode.IDLE_WAIVER:
            entry.fault(f"`{code}` cannot be waived", "drop the waiver that waives nothing", "code", code="waiver")
        if code is None:
            continue
        for name in concerns:
            if (code, name) in seen:
                what = f"`{code}` of `{name[:60]}` is waived twice"
                entry.fault(what, "keep one", "concerns", code="double")
            seen.add((code, name))
        found.append(Waiver(code, concerns, *reason, *ends, pack, entry.where()))
    if table is not None:
        table.close()
    return tuple(found)
