"""
Which node each reader can express; the checked language is what all of them can.

A rule with a node that some reader lacks would have two answers, or none, so such a node is refused at loading. The
table is total over the nodes: a new node without a row fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from fupin_rules.expr._nodes import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
)


@attrs.frozen
class Capability:
    """
    How readers express one node.

    Attributes:
        row: How it reads one household.
        frame: How it becomes columns: both rails, "surely" and "possibly", never null.
        solver: How it becomes a term with an "is known" flag.
    """

    row: str
    frame: str
    solver: str


CAPABILITIES: Mapping[type[Expr], Capability] = MappingProxyType(
    {
        Literal: Capability("value", "literal", "constant"),
        Name: Capability("fact, parameter, definition, rule", "column or literal", "variable with a known flag"),
        Item: Capability("fact of the member", "column of the members frame", "variable for each place of the roster"),
        Not: Capability("Kleene", "rails swapped", "negation, rails swapped"),
        And: Capability("Kleene", "and of both rails", "conjunction of both rails"),
        Or: Capability("Kleene", "or of both rails", "disjunction of both rails"),
        Compare: Capability("exact", "whole smallest units, cross-multiplied", "linear or cross-multiplied terms"),
        In: Capability("membership", "or of equalities", "disjunction of equalities"),
        SetOf: Capability("set", "literals", "constants"),
        Arithmetic: Capability(
            "exact rationals", "whole smallest units; quotients as pairs", "integers; quotients as pairs"
        ),
        Negative: Capability("exact", "minus", "minus"),
        IfElse: Capability(
            "both branches where the claim is open", "when/then on both rails", "if-then-else on both rails"
        ),
        Call: Capability("completed years and months", "comparison of days with shifted days", "comparison of days"),
        IsKnown: Capability("known or not", "is_null", "known flag"),
        OrElse: Capability(
            "default, or first operand", "fill_null; a second reading without", "if-then-else on the flag"
        ),
        Quantifier: Capability("member by member", "one grouped aggregation", "bounded roster, unrolled"),
    }
)
