"""Types and units of rule expressions, and the scope that says what each name means."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

import attrs

from fupin_rules.quantities import Unit
from fupin_rules.truth import Truth, Unknown

# What an expression evaluates to: codes and texts are `str`, numbers are exact, a many-valued fact is a frozenset.
Value = bool | int | Fraction | str | date | frozenset[str]


class Kind(enum.Enum):
    """The sorts of values."""

    CLAIM = "claim"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    """Many-valued fact: a set of codes."""


@attrs.frozen
class Type:
    """
    The type of a value.

    Attributes:
        kind: The sort.
        unit: For numbers: the unit; None for a bare literal, which takes the unit of whatever it meets.
        low: For numbers: the lowest possible value, where one is known.
        high: For numbers: the highest possible value, where one is known.
        places: For numbers: decimal places, so that the value times `10**places` is whole; None for a quotient.
        ratio: For quotients: greatest numerator and denominator, as whole numbers; readers compare quotients by
            cross-multiplication, so these bound what they handle.
        codes: For codes: the permitted ones.
        is_set: A set parameter: several values of this type, for the right of `in`.
        code_list: For codes: name of the code list (`Relation`), for error messages and renderers.
        is_opaque: For texts: a rule may ask whether it is known, and never read it.
    """

    kind: Kind
    unit: Unit | None = None
    low: Decimal | Fraction | None = None
    high: Decimal | Fraction | None = None
    places: int | None = 0
    ratio: tuple[int, int] | None = None
    codes: frozenset[str] = frozenset()
    is_set: bool = False
    code_list: str = ""
    is_opaque: bool = False


class Role(enum.Enum):
    """What a name stands for."""

    FACT = "fact"
    DEFINITION = "definition"
    PARAMETER = "parameter"
    RULE = "rule"


@attrs.frozen
class Declared:
    """
    What the scope knows of one name.

    Attributes:
        role: Fact, definition, parameter or rule.
        type: Type of its value.
        zh: Chinese label, for the renderer.
        en: English label.
        code_labels: For codes: code to (zh, en).
        can_be_unknown: False for a parameter: its value is always there.
    """

    role: Role
    type: Type
    zh: str = ""
    en: str = ""
    code_labels: Mapping[str, tuple[str, str]] = attrs.field(factory=dict, hash=False)
    can_be_unknown: bool = True


@attrs.frozen
class Relation:
    """
    A relation that quantifiers range over.

    Attributes:
        unit: What `count` counts: person.
        items: Names of the facts of one item, by path.
        max_items: Most items one subject can have; the loading-time bound of `count`.
        zh: Chinese word for one item (成员).
        en: English word for one item.
    """

    unit: Unit
    items: Mapping[str, Declared] = attrs.field(hash=False)
    max_items: int
    zh: str = ""
    en: str = ""


@attrs.frozen
class Scope:
    """What names mean where an expression stands."""

    names: Mapping[str, Declared] = attrs.field(hash=False)
    relations: Mapping[str, Relation] = attrs.field(factory=dict, hash=False)


class ItemFacts(Protocol):
    """The facts of one member."""

    def value(self, path: str, /) -> Value | Unknown:
        """Give a fact of the member; unknown names it `members[<id>].<path>`."""
        ...

    def name(self, path: str, /) -> str:
        """Name a fact of the member, `members[<id>].<path>`."""
        ...


@attrs.frozen
class Roster:
    """
    The members known of one subject.

    Attributes:
        items: Members present, in order.
        complete: True when they are all; Unknown (naming `members_complete`, or `members` when the roster is known to
            be incomplete) otherwise.
    """

    items: tuple[ItemFacts, ...]
    complete: Truth


class Context(Protocol):
    """Everything that an expression reads: one subject under one snapshot on one day."""

    @property
    def on(self) -> date:
        """The day of the assessment; ages are counted on it."""
        ...

    @property
    def with_defaults(self) -> bool:
        """Whether `or_else` may use its default; False reads it as its first operand."""
        ...

    def value(self, path: str, /) -> Value | Unknown:
        """Give the value of a fact, definition, parameter or rule."""
        ...

    def facts_behind(self, path: str, /) -> frozenset[str]:
        """Name the facts that a name is worked out from; a fact is worked out from itself."""
        ...

    def roster(self, relation: str, /) -> Roster:
        """Give the members known of a relation."""
        ...

    def spend(self) -> None:
        """Count one step; raise `BudgetExceededError` when there are too many."""
        ...
