"""
The meaning of the rule language as one table, for every reader to be held against.

A member has a claim `p` and a number `x`; `U` is not known. A row: expression, members, whether the roster is complete,
and the value.
"""

from typing import Any

U = None  # not known
OPEN = "open"

# (kind of quantifier over `m.p`, values of p, roster complete, expected)
CLAIMS: list[tuple[str, list[bool | None], bool, object]] = [
    ("any", [], True, False),
    ("any", [], False, OPEN),
    ("any", [True], True, True),
    ("any", [True], False, True),
    ("any", [False], True, False),
    ("any", [False], False, OPEN),
    ("any", [U], True, OPEN),
    ("any", [False, U], True, OPEN),
    ("any", [True, U], True, True),
    ("any", [True, U], False, True),
    ("all", [], True, True),
    ("all", [], False, OPEN),
    ("all", [True], True, True),
    ("all", [True], False, OPEN),
    ("all", [False], True, False),
    ("all", [False], False, False),
    ("all", [U], True, OPEN),
    ("all", [True, U], True, OPEN),
    ("all", [False, U], True, False),
    ("all", [False, U], False, False),
]

# (expression over members with p and x, members as (p, x), roster complete, expected)
NUMBERS: list[tuple[str, list[tuple[bool | None, int | None]], bool, object]] = [
    ("count(m for m in members)", [], True, 0),
    ("count(m for m in members)", [(U, U)], True, 1),
    ("count(m for m in members)", [(U, U)], False, OPEN),
    ("count(m for m in members) >= 1", [(U, U)], False, True),
    ("count(m for m in members) == 0", [(U, U)], False, False),
    ("count(m for m in members) >= 2", [(U, U)], False, OPEN),
    ("count(m for m in members) < 2", [(U, U)], False, OPEN),
    ("count(m for m in members if m.p)", [(True, U), (False, U)], True, 1),
    ("count(m for m in members if m.p)", [(True, U), (U, U)], True, OPEN),
    ("count(m for m in members if m.p) >= 1", [(True, U), (U, U)], True, True),
    ("count(m for m in members if m.p) >= 2", [(True, U), (U, U)], True, OPEN),
    ("count(m for m in members if m.p) >= 3", [(True, U), (U, U)], True, False),
    ("count(m for m in members if m.p) <= 2", [(True, U), (U, U)], True, True),
    ("count(m for m in members if m.p) < 1", [(True, U), (U, U)], True, False),
    ("count(m for m in members if m.p) > 2", [(True, U), (U, U)], True, False),
    ("count(m for m in members if m.p) > 0", [(True, U), (U, U)], True, True),
    ("count(m for m in members if m.p) == 3", [(True, U), (U, U)], True, False),
    ("count(m for m in members if m.p) != 3", [(True, U), (U, U)], True, True),
    ("count(m for m in members if m.p) == 2", [(True, U), (U, U)], True, OPEN),
    ("count(m for m in members if m.p) == 1.5", [(True, U), (U, U)], True, False),
    # Chosen by a claim, a count is no longer compared itself: its bounds decide nothing.
    ("(count(m for m in members if m.p) if True else 0) >= 1", [(True, U), (U, U)], True, OPEN),
    ("2 <= count(m for m in members if m.p)", [(True, U), (True, U), (U, U)], True, True),
    ("3 > count(m for m in members if m.p)", [(True, U), (U, U)], True, True),
    ("count(m for m in members if m.p) + 0 >= 1", [(True, U), (U, U)], True, OPEN),
    ("sum(m.x for m in members)", [], True, 0),
    ("sum(m.x for m in members)", [(U, 2), (U, 3)], True, 5),
    ("sum(m.x for m in members)", [(U, 2), (U, U)], True, OPEN),
    ("sum(m.x for m in members)", [(U, 2)], False, OPEN),
    ("sum(m.x for m in members if m.p)", [(True, 2), (False, U)], True, 2),
    ("sum(m.x for m in members if m.p)", [(True, 2), (U, 0)], True, OPEN),
    ("min(m.x for m in members)", [(U, 2), (U, 3)], True, 2),
    ("max(m.x for m in members)", [(U, 2), (U, 3)], True, 3),
    ("min(m.x for m in members)", [], True, OPEN),
    ("max(m.x for m in members)", [(U, U), (U, 3)], True, OPEN),
    ("any(m.x > 2 for m in members if m.p)", [(U, 1)], True, False),
    ("any(m.x > 2 for m in members if m.p)", [(U, 3)], True, OPEN),
    ("all(m.x > 2 for m in members if m.p)", [(U, 3)], True, True),
    ("all(m.x > 2 for m in members if m.p)", [(U, 1)], True, OPEN),
    ("all(m.x > 2 for m in members if m.p)", [(False, 1)], True, True),
]

# (expression over a, b (claims), x, y (numbers), the known ones, expected)
SCALARS: list[tuple[str, dict[str, Any], object]] = [
    ("x + y", {"x": 1}, OPEN),
    ("x * 0", {}, OPEN),
    ("0 * x == 0", {}, OPEN),
    ("x / y", {"x": 1, "y": 0}, OPEN),
    ("x / y < 1", {"x": 1, "y": 3}, True),
    ("x / y * 3 == x", {"x": 1, "y": 3}, True),
    ("x < 3 < y", {"x": 5}, False),
    ("x < 3 < y", {"x": 1}, OPEN),
    ("1 if a else 1", {}, 1),
    ("1 if a else 2", {}, OPEN),
    ("x if a else y", {"a": True, "x": 7}, 7),
    ("x if a else 7", {"x": 7}, 7),
    ("is_known(x)", {}, False),
    ("is_known(x + y)", {"x": 1}, False),
    ("is_known(x)", {"x": 1}, True),
    ('or_else(x, 5, because="src:A")', {}, 5),
    ('or_else(x, 5, because="src:A")', {"x": 3}, 3),
    ("a or not a", {}, OPEN),
    ("a == b", {"a": True}, OPEN),
    ("round_half_up(x / y, 2)", {"x": 1, "y": 8}, "0.13"),
    ("round_half_up(-x / y, 2)", {"x": 1, "y": 8}, "-0.13"),
    ("x in {1, 2}", {}, OPEN),
    ("x in {1, 2}", {"x": 2}, True),
    ("x not in {1, 2}", {"x": 2}, False),
]
