"""What the names of a rule stand for, where a reader turns it into something else: facts, constants, other rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from fupin_rules.expr import Declared, Expr, Role, Value
from fupin_rules.policy._policy import Snapshot
from fupin_rules.policy._rules import Subject


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


def meaning_of(snapshot: Snapshot, about: Subject) -> Meaning:
    """Tell what names stand for in the rules of a snapshot about one sort of subject."""
    scope = snapshot.scope(about)
    members = scope.relations.get("members")
    named = {name: each.expr for name, each in snapshot.definitions.items() if each.subject == about}
    named |= {rule.id: rule.effective for rule in snapshot.rules_of(about)}
    return Meaning(
        facts={path: each for path, each in scope.names.items() if each.role is Role.FACT},
        items={} if members is None else members.items,
        constants={name: held.value for name, held in snapshot.parameters.items()},
        named=named,
        on=snapshot.on,
    )
