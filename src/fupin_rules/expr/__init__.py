"""The rule language: nodes, text and JSON forms, checking, the reference evaluator, and words."""

from fupin_rules.expr._capabilities import CAPABILITIES, Capability
from fupin_rules.expr._check import check
from fupin_rules.expr._codec import from_json, to_json
from fupin_rules.expr._evaluate import evaluate
from fupin_rules.expr._functions import FUNCTIONS, Function
from fupin_rules.expr._nodes import (
    MIRRORED,
    And,
    Arithmetic,
    Call,
    Comparator,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    LiteralValue,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
)
from fupin_rules.expr._parse import parse
from fupin_rules.expr._render import render
from fupin_rules.expr._spans import span_as_days
from fupin_rules.expr._text import to_text
from fupin_rules.expr._types import (
    Context,
    Declared,
    ItemFacts,
    Kind,
    Relation,
    Role,
    Roster,
    Scope,
    Type,
    Value,
)
from fupin_rules.expr._walk import children, name_nodes, names, rebuilt, substitute, uses, walk

__all__ = [
    "CAPABILITIES",
    "FUNCTIONS",
    "MIRRORED",
    "And",
    "Arithmetic",
    "Call",
    "Capability",
    "Comparator",
    "Compare",
    "Context",
    "Declared",
    "Expr",
    "Function",
    "IfElse",
    "In",
    "IsKnown",
    "Item",
    "ItemFacts",
    "Kind",
    "Literal",
    "LiteralValue",
    "Name",
    "Negative",
    "Not",
    "Or",
    "OrElse",
    "Quantifier",
    "Relation",
    "Role",
    "Roster",
    "Scope",
    "SetOf",
    "Type",
    "Value",
    "check",
    "children",
    "evaluate",
    "from_json",
    "name_nodes",
    "names",
    "parse",
    "rebuilt",
    "render",
    "span_as_days",
    "substitute",
    "to_json",
    "to_text",
    "uses",
    "walk",
]
