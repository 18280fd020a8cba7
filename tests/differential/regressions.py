"""
Disagreements found once, made small, and kept: one rule, with everything it reads put in, and one household.

Each stands on a line of `regressions.jsonl`; a run with `FUPIN_KEEP=1` adds what it finds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from random_policies import rule_of, snapshot_of

import fupin_rules as fr
from fupin_rules.expr import Expr, children, from_json, to_json
from fupin_rules.policy import Snapshot

FILE = Path(__file__).parent / "regressions.jsonl"
Differs = Callable[[Snapshot, fr.Household], bool]


def kept() -> list[tuple[Snapshot, fr.Household]]:
    """Read the cases that are kept."""
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [(_alone(from_json(line["rule"])), fr.from_plain(fr.Household, line["household"])) for line in lines]


def shrunk(snapshot: Snapshot, rule_id: str, home: fr.Household, differs: Differs) -> str:
    """Make a disagreement small, and write it as the line to keep."""
    rule = snapshot.inline(snapshot.rule(rule_id).effective)
    while smaller := next((each for each in children(rule) if _differs(each, home, differs)), None):
        rule = smaller
    alone = _alone(rule)
    plain = fr.to_plain(home)
    # From the back, so that the places of a list still to be tried stay what they are; the largest parts first.
    backwards = _paths(plain)
    backwards.reverse()
    for path in sorted(backwards, key=len):
        try:
            without = _dropped(plain, path)
            if differs(alone, fr.from_plain(fr.Household, without)):
                plain = without
        except (fr.FupinRulesError, IndexError):
            continue  # What a household cannot do without, or what has gone with a larger part.
    return json.dumps({"rule": to_json(rule), "household": plain}, ensure_ascii=False)


def _alone(rule: Expr) -> Snapshot:
    return snapshot_of([rule_of(0, rule)], {})


def _differs(rule: Expr, home: fr.Household, differs: Differs) -> bool:
    try:
        return differs(_alone(rule), home)
    except (AssertionError, KeyError, TypeError, fr.FupinRulesError):
        return False  # A part that is no claim, or that stood inside a quantifier.


def _paths(value: Any, trail: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, part in parts for path in ((*trail, key), *_paths(part, (*trail, key)))]


def _dropped(value: Any, path: tuple[str | int, ...]) -> Any:
    """Give plain data without the part at a path."""
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {key: _dropped(part, rest) if key == first else part for key, part in value.items() if (key,) != path}
    if isinstance(value, list):
        held = enumerate(value)
        return [_dropped(part, rest) if place == first else part for place, part in held if (place,) != path]
    return value
