"""What the names of a rule stand for, where a function is generated of it: attributes, constants, other rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from fupin_rules.expr import Declared, Expr, Value


@attrs.frozen
class Meaning:
    """
    What the names of an expression stand for.

    Attributes:
        facts: Facts of the subject, by path; the path is where the attribute is found.
        items: Facts of a member, likewise.
        constants: Parameters, by name, with their values.
        named: Definitions and rules, by name, with their expressions.
        on: Day of the assessment.
        members: Attribute that holds the members.
        complete: Attribute that tells whether they are all; empty where they always are.
        with_defaults: Whether `or_else` may use its default.
    """

    facts: Mapping[str, Declared]
    items: Mapping[str, Declared]
    constants: Mapping[str, Value]
    named: Mapping[str, Expr]
    on: date
    members: str = "members"
    complete: str = "members_complete"
    with_defaults: bool = True
