"""
What is missing, in columns: where an answer is open, the facts whose absence keeps it so.

The same recursion as the reference evaluator's, but for all rows at once: a part of a tree counts where it is open
itself, within a whole that is open. A fact of members is named without the member, `members[].birth_date`: one row is
one household here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

import attrs

from fupin_rules.columnar import _numbers as numbers
from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import Claim, both, either, is_open, negated, surely
from fupin_rules.columnar._lower import Lowering
from fupin_rules.columnar._numbers import Number
from fupin_rules.expr import (
    FUNCTIONS,
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
    walk,
)

MEMBERS = "members"
_ZERO = Number(0)


@attrs.define(eq=False)
class Blame:
    """
    Finds out what keeps trees open, where one frame is at hand.

    Attributes:
        lowering: Lowers trees on that frame.
        of_members: For a quantifier, the columns that tell where a name, or a fact of a member, keeps its members
            open. None where members are at hand themselves; names are then blamed as they stand.
        found: Where each fact is missing, two-valued; where members are at hand, names of their household too.
        named: Where each definition or rule keeps something open; they are not gone into by themselves.
    """

    lowering: Lowering
    of_members: Mapping[Quantifier, Mapping[Name | Item, str]] | None = None
    found: dict[Name | Item, list[Claim]] = attrs.field(factory=dict)
    named: dict[str, list[Claim]] = attrs.field(factory=dict)

    def add(self, expr: Expr, where: Claim) -> None:
        """
        Find out what keeps a tree open.

        Args:
            expr: A checked tree.
            where: On which rows to ask, two-valued; it is open on all of them.
        """
        if where is False:
            return
        lowering = self.lowering
        match expr:
            case Literal() | SetOf() | IsKnown():
                pass
            case Name(path):
                self._name(expr, path, where)
            case Item():
                self._missing(expr, where)
            case Not(operand) | Negative(operand):
                self.add(operand, where)
            case And(operands) | Or(operands):
                self._open_parts(operands, where)
            case Compare(operands, comparators) if len(comparators) > 1:
                pairs = zip(operands, comparators, operands[1:], strict=False)
                for one, sign, other in pairs:
                    pair = Compare((one, other), (sign,))
                    self.add(pair, both([where, is_open(lowering.claim(pair))]))
            case Compare(operands):
                self._open_parts(operands, where)
            case In(element, collection):
                self._open_parts((element, collection), where)
            case Arithmetic("/", left, right):
                is_zero = surely(numbers.compared(attrs.evolve(lowering.number(right), bounds=None), "==", _ZERO))
                self._read_by(right, both([where, is_zero]))
                self._open_parts((left, right), both([where, negated(is_zero)]))
            case Arithmetic(_, left, right):
                self._open_parts((left, right), where)
            case IfElse(condition, then, otherwise):
                claim = lowering.claim(condition)
                self.add(condition, both([where, is_open(claim)]))
                for branch, passed in ((then, negated(claim)), (otherwise, claim)):
                    # A branch counts unless it is surely the other that is taken.
                    self._open_parts((branch,), both([where, negated(surely(passed))]))
            case OrElse(operand, default):
                self.add(operand, where)
                if lowering.meaning.with_defaults:
                    self.add(default, where)
            case Call(function, arguments):
                self._open_parts(arguments, where)
                if FUNCTIONS[function].to_assessment:
                    late = lowering.value(arguments[0]) > lowering.meaning.on
                    self._read_by(arguments[0], both([where, surely(late)]))
            case Quantifier():
                self._quantifier(expr, where)
            case never:
                assert_never(never)

    def _open_parts(self, parts: Iterable[Expr], where: Claim) -> None:
        for part in parts:
            if not isinstance(part, (Literal, SetOf)):
                self.add(part, both([where, self.lowering.open(part)]))

    def _missing(self, node: Name | Item, where: Claim) -> None:
        if where is not False:
            self.found.setdefault(attrs.evolve(node, at=None), []).append(where)

    def _name(self, expr: Name, path: str, where: Claim) -> None:
        if path in self.lowering.meaning.constants:
            return
        if path == MEMBERS or path in self.lowering.meaning.facts or self.of_members is None:
            self._missing(expr, where)
        else:
            self.named.setdefault(path, []).append(where)

    def _read_by(self, expr: Expr, where: Claim) -> None:
        """Name all that an impossible value was read from: one of them must be otherwise."""
        for tree in self.lowering.meaning.reached([expr]):
            for node in walk(tree):
                match node:
                    case Name(path) if path in self.lowering.meaning.facts:
                        self._missing(node, where)
                    case Item() if self.of_members is None and tree is expr:
                        self._missing(node, where)
                    case Quantifier():
                        self._missing(Name(MEMBERS), where)
                    case _:
                        pass

    def _quantifier(self, expr: Quantifier, where: Claim) -> None:
        assert self.of_members is not None, "no quantifier stands in another"
        layer = narwhals()
        for node, lacks in self.of_members[expr].items():
            there = both([where, layer.col(lacks).fill_null(0) == 1])
            self._missing(node, there) if isinstance(node, Item) else self.add(node, there)
        meaning = self.lowering.meaning
        complete = meaning.complete
        listed = self.lowering.names[complete]
        self._missing(Name(complete), both([where, listed.is_null()]))
        self._missing(Name(MEMBERS), both([where, surely(~listed)]))
        if expr.kind in ("min", "max"):
            # Of nobody there is no least and no greatest.
            lacking = [layer.col(each).fill_null(0) == 1 for each in self.of_members[expr].values()]
            self._missing(Name(MEMBERS), both([where, surely(listed), negated(either(lacking))]))


def blame_in_roster(quantifier: Quantifier, lowering: Lowering) -> dict[Name | Item, Claim]:
    """
    Tell, for each member, what keeps it open in a quantifier.

    Args:
        quantifier: A quantifier.
        lowering: Where the members' frame is at hand.
    """
    blame = Blame(lowering)
    where, item = quantifier.where, quantifier.item
    keep = True if where is None else lowering.claim(where)
    match quantifier.kind:
        case "any" | "all":
            assert item is not None
            value = lowering.claim(item)
            joined = both([keep, value]) if quantifier.kind == "any" else either([negated(keep), value])
            concerned = is_open(joined)
            for part, claim in ((where, keep), (item, value)):
                if part is not None:
                    blame.add(part, both([concerned, is_open(claim)]))
        case _:
            if where is not None:
                blame.add(where, is_open(keep))
            if item is not None:
                blame.add(item, both([negated(surely(negated(keep))), lowering.open(item)]))
    return {node: either(found) for node, found in blame.found.items()}


def missing_text(found: Mapping[Name | Item, list[Claim]], order: Callable[[str], Any]) -> Any:
    """
    Write what is missing as one text: paths, in the order of the catalogue, with commas between them.

    Args:
        found: Where each name or fact is missing.
        order: Sort key of a path.
    """
    layer = narwhals()
    paths = {f"{MEMBERS}[].{node.path}" if isinstance(node, Item) else node.path: found[node] for node in found}
    words = []
    for path in sorted(paths, key=order):
        where = either(paths[path])
        assert not isinstance(where, bool), "what is open is open on some rows"
        words.append(layer.when(where).then(layer.lit(path)))
    if not words:
        return layer.lit("")
    return layer.concat_str(words, separator=", ", ignore_nulls=True)
