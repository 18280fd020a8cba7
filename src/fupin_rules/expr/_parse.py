"""
Rule text to tree: a small subset of Python expressions, read with `ast` and never evaluated as Python.

Whatever is outside the subset is refused with its place and, where there is one, the way to say it.
"""

from __future__ import annotations

import ast
import difflib
import io
import tokenize
import warnings
from datetime import date
from typing import Any

from fupin_rules.errors import ExpressionError, Fault, LimitError
from fupin_rules.expr._functions import FUNCTIONS, MAX_PLACES
from fupin_rules.expr._limits import check_text, check_tree
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
    Position,
    Quantifier,
    QuantifierKind,
    SetOf,
)
from fupin_rules.expr._slips import find_slip
from fupin_rules.expr._text import tidy, to_text
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.quantities import exact

_COMPARATORS: dict[type[ast.cmpop], Any] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OPERATORS: dict[type[ast.operator], Any] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_QUANTIFIERS: tuple[QuantifierKind, ...] = ("any", "all", "count", "sum", "min", "max")
_FORMS = (*FUNCTIONS, *_QUANTIFIERS, "is_known", "or_else", "date")
_ADVICE: dict[type[ast.AST], tuple[str, str]] = {
    ast.BitAnd: ("`&`", "write `and`"),
    ast.BitOr: ("`|`", "write `or`"),
    ast.Mod: ("`%`", "no remainders are needed"),
    ast.Pow: ("`**`", "multiply"),
    ast.FloorDiv: ("`//`", "divide exactly with `/`"),
    ast.Is: ("`is`", "write `==`"),
    ast.IsNot: ("`is not`", "write `!=`"),
    ast.Invert: ("`~`", "write `not`"),
    ast.Lambda: ("a lambda", "name it as a definition"),
    ast.Subscript: ("an index", "ask of the members with `any`, `all` or `count`"),
    ast.ListComp: ("a list", "ask of the members with `any`, `all` or `count`"),
    ast.List: ("a list", "write a set, `{…}`"),
    ast.Tuple: ("a tuple", "write a set, `{…}`"),
    ast.Dict: ("a mapping", "write a set, `{…}`"),
    ast.JoinedStr: ("a formatted text", "write a plain text"),
    ast.NamedExpr: ("`:=`", "name it as a definition"),
    ast.Starred: ("`*`", "name each part"),
    ast.GeneratorExp: ("a generator", "put it into `any`, `all`, `count`, `sum`, `min` or `max`"),
    ast.Set: ("a set", "a set stands only on the right of `in`"),
}


def _too_deep() -> LimitError:
    return LimitError(Fault("line 1, column 1", "nested too deeply", "split it by definitions", "depth"))


def parse(text: str) -> Expr:
    """
    Read a rule text.

    Args:
        text: At most 10,000 characters; line breaks are spaces.

    Raises:
        ExpressionError: It is outside the language; with line and column.
        LimitError: It is longer, deeper or larger than is read.

    >>> to_text(parse("not (a.b < 3) or c in {'y', 'x'}"))
    'not a.b < 3 or c in {"x", "y"}'
    """
    check_text(text)
    if not text.strip():
        raise ExpressionError(Fault("line 1, column 1", "is empty", "write a claim or a number", "syntax"))
    # Within brackets a line break is a space; the bracket shifts the columns of the first line only.
    wrapped = f"({text}\n)"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(wrapped, mode="eval")
    except SyntaxError as error:
        raise _syntax(error, text) from None
    except (RecursionError, MemoryError, ValueError):
        raise _too_deep() from None
    _check_brackets(wrapped)
    try:
        expr = _Parser(wrapped).expression(tree.body)
    except RecursionError:
        raise _too_deep() from None
    check_tree(expr)
    return expr


def _check_brackets(wrapped: str) -> None:
    """Refuse a text that closes the bracket we put around it, `a) or (b`."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(wrapped).readline):
        depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
        if depth == 0 and token.string == ")" and token.end[0] <= wrapped.count("\n"):
            line, column = token.start
            where = f"line {line}, column {column if line == 1 else column + 1}"
            raise ExpressionError(Fault(where, "a bracket closes that was not opened", "mend the brackets", "syntax"))


def _syntax(error: SyntaxError, text: str) -> ExpressionError:
    slip = find_slip(text)
    if slip is not None:
        (line, column), sign, meant = slip
        what = f"`{sign}` is not part of the rule language"
        return ExpressionError(Fault(f"line {line}, column {column}", what, f"write `{meant}`", "syntax"))
    line = min(error.lineno or 1, text.count("\n") + 1)
    column = max(1, (error.offset or 1) - (1 if line == 1 else 0))
    where = f"line {line}, column {column}"
    return ExpressionError(Fault(where, "is no expression of the rule language", "mend the syntax", "syntax"))


class _Parser:
    """One text; `item` is the name of the loop variable inside a quantifier, None outside."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.text = text
        self.item: str | None = None

    def at(self, node: ast.AST) -> Position:
        line: int = getattr(node, "lineno", 1)
        offset: int = getattr(node, "col_offset", 0)
        # `ast` counts bytes of UTF-8; people count characters.
        column = len(self.lines[line - 1].encode()[:offset].decode(errors="ignore")) + 1
        return (line, max(1, column - 1) if line == 1 else column)

    def refuse(self, node: ast.AST, what: str, mend: str, code: str = "syntax") -> ExpressionError:
        line, column = self.at(node)
        return ExpressionError(Fault(f"line {line}, column {column}", what, mend, code))

    def expression(self, node: ast.expr) -> Expr:
        at = self.at(node)
        match node:
            case ast.Constant():
                return self.literal(node)
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.expression(operand), at=at)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negative(self.expression(operand), at=at)
            case ast.BoolOp(op=op, values=values):
                operands = tuple(self.expression(value) for value in values)
                return And(operands, at=at) if isinstance(op, ast.And) else Or(operands, at=at)
            case ast.Compare():
                return self.comparison(node)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return Arithmetic(_OPERATORS[type(op)], self.expression(left), self.expression(right), at=at)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return IfElse(self.expression(test), self.expression(body), self.expression(orelse), at=at)
            case ast.Call():
                return self.call(node)
            case ast.BinOp(op=op) | ast.UnaryOp(op=op):
                raise self.outside(node, op)
            case _:
                raise self.outside(node, node)

    def outside(self, node: ast.AST, kind: ast.AST) -> ExpressionError:
        what, mend = _ADVICE.get(type(kind), ("this", "see the rule language"))
        return self.refuse(node, f"{what} is not part of the rule language", mend)

    def literal(self, node: ast.Constant) -> Literal:
        at = self.at(node)
        match node.value:
            case bool() | str():
                return Literal(node.value, at=at)
            case int() | float():
                source = ast.get_source_segment(self.text, node) or ""
                try:
                    # Written out in full, it may have more digits than it has here: `1e18`.
                    return Literal(exact(tidy(exact(source))), at=at)
                except ValueError as error:
                    raise self.refuse(node, f"`{source[:40]}`: {error}", "write an ordinary number", "digits") from None
            case _:
                raise self.refuse(
                    node, "this value is not part of the rule language", "give a number, text or truth value"
                )

    def name(self, node: ast.expr) -> Expr:
        parts: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if not isinstance(inner, ast.Name):
            raise self.refuse(node, "only names have parts", "write `group.fact`")
        path = ".".join(reversed([*parts, inner.id]))
        if not path.isascii():
            raise self.refuse(
                node, "a name with letters beyond a-z", "names are English; labels carry the Chinese", "name"
            )
        if inner.id == self.item:
            if not parts:
                raise self.refuse(node, f"`{inner.id}` is a member, not a fact", f"write `{inner.id}.fact`")
            return Item(".".join(reversed(parts)), at=self.at(node))
        if inner.id == "m":
            # Canonical text calls every member `m`, so nothing else may be called so.
            raise self.refuse(
                node,
                "`m` stands for a member",
                "name the fact otherwise, or write `for m in members`",
                "name",
            )
        return Name(path, at=self.at(node))

    def comparison(self, node: ast.Compare) -> Expr:
        operators = [type(operator) for operator in node.ops]
        if operators in ([ast.In], [ast.NotIn]):
            membership = self.membership(node.left, node.comparators[0], self.at(node))
            return membership if operators == [ast.In] else Not(membership, at=self.at(node))
        for operator in node.ops:
            if type(operator) not in _COMPARATORS:
                if isinstance(operator, (ast.In, ast.NotIn)):
                    raise self.refuse(node, "`in` cannot be chained", "join the parts with `and`")
                raise self.outside(node, operator)
        operands = tuple(self.expression(each) for each in (node.left, *node.comparators))
        return Compare(operands, tuple(_COMPARATORS[each] for each in operators), at=self.at(node))

    def membership(self, left: ast.expr, right: ast.expr, at: Position) -> In:
        element = self.expression(left)
        if isinstance(right, ast.Set):
            return In(element, self.set_of(right), at=at)
        collection = self.expression(right)
        if not isinstance(collection, (Name, Item)):
            raise self.refuse(right, "`in` needs a set, a set parameter or a fact with several codes", "write `in {…}`")
        return In(element, collection, at=at)

    def set_of(self, node: ast.Set) -> SetOf:
        elements = []
        for each in node.elts:
            element = self.expression(each)
            if isinstance(element, Negative) and isinstance(element.operand, Literal):
                raise self.refuse(each, "a negative number in a set", "compare with `==`")
            if not isinstance(element, Literal):
                raise self.refuse(each, "a set holds literals only", "join comparisons with `or`")
            elements.append(element)
        by_text = {to_text(element): element for element in elements}
        if len(by_text) < len(elements):
            raise self.refuse(node, "a value stands twice in the set", "write it once")
        return SetOf(tuple(by_text[text] for text in sorted(by_text)), at=self.at(node))

    def call(self, node: ast.Call) -> Expr:
        if not isinstance(node.func, ast.Name):
            raise self.refuse(node, "only registered functions are called", f"known: {', '.join(_FORMS)}")
        function, arguments, at = node.func.id, node.args, self.at(node)
        if function != "or_else" and node.keywords:
            raise self.refuse(node, f"`{function}` takes no named arguments", "remove them")
        if function in _QUANTIFIERS:
            return self.quantifier(function, node)
        if function == "or_else":
            return self.or_else(node)
        if function == "date":
            return self.day(node)
        if function == "is_known" and len(arguments) == 1:
            return IsKnown(self.expression(arguments[0]), at=at)
        if function in FUNCTIONS:
            return self.registered(function, node)
        if function == "is_known":
            raise self.refuse(node, "`is_known` takes one value", "write `is_known(fact)`")
        near = difflib.get_close_matches(function, _FORMS, 1)
        mend = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(_FORMS)}"
        raise self.refuse(node, f"`{function[:60]}` is no function", mend, "function")

    def registered(self, function: str, node: ast.Call) -> Call:
        wanted = len(FUNCTIONS[function].takes)
        if len(node.args) != wanted:
            what = f"`{function}` takes {wanted} value{'s' if wanted > 1 else ''}, not {len(node.args)}"
            raise self.refuse(node, what, "see the rule language")
        arguments = tuple(self.expression(each) for each in node.args)
        if function == "round_half_up":
            places = arguments[1]
            if not (isinstance(places, Literal) and str(places.value) in {str(n) for n in range(MAX_PLACES + 1)}):
                raise self.refuse(node.args[1], f"the places are no number from 0 to {MAX_PLACES}", "write it out")
        return Call(function, arguments, at=self.at(node))

    def or_else(self, node: ast.Call) -> OrElse:
        because = {each.arg: each.value for each in node.keywords}
        reason = because.get("because")
        is_whole = len(node.args) == 2 and len(node.keywords) == 1
        if not (is_whole and isinstance(reason, ast.Constant)):
            raise self.refuse(
                node,
                "`or_else` takes a value, a default and a cited reason",
                'write `or_else(x, d, because="src:KEY")`',
            )
        if not isinstance(reason.value, str) or not reason.value.startswith("src:"):
            raise self.refuse(node, "the reason of `or_else` is no citation", 'write `because="src:KEY#place"`')
        return OrElse(self.expression(node.args[0]), self.expression(node.args[1]), reason.value, at=self.at(node))

    def day(self, node: ast.Call) -> Literal:
        numbers = [each.value for each in node.args if isinstance(each, ast.Constant) and type(each.value) is int]
        try:
            day = date(*numbers) if len(numbers) == len(node.args) == 3 else None
        except (ValueError, OverflowError):
            day = None
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            raise self.refuse(node, f"is no day from {FIRST_DAY} to {LAST_DAY}", "write `date(2016, 1, 31)`", "day")
        return Literal(day, at=self.at(node))

    def quantifier(self, kind: QuantifierKind, node: ast.Call) -> Quantifier:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.GeneratorExp):
            raise self.refuse(node, f"`{kind}` ranges over members", f"write `{kind}(… for m in members)`")
        generator = node.args[0]
        if self.item is not None:
            raise self.refuse(node, "a quantifier inside a quantifier", "name the inner one as a definition")
        loop = generator.generators[0]
        simple = isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name) and not loop.is_async
        if len(generator.generators) != 1 or not simple:
            raise self.refuse(node, "ranges over more than members", f"write `{kind}(… for m in members if …)`")
        assert isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name)
        self.item = loop.target.id
        try:
            conditions = tuple(self.expression(each) for each in loop.ifs)
            item = self.counted(generator, kind)
        finally:
            self.item = None
        where = (
            None
            if not conditions
            else conditions[0]
            if len(conditions) == 1
            else And(conditions, at=self.at(loop.ifs[0]))
        )
        return Quantifier(kind, loop.iter.id, item, where, at=self.at(node))

    def counted(self, generator: ast.GeneratorExp, kind: QuantifierKind) -> Expr | None:
        is_variable = isinstance(generator.elt, ast.Name) and generator.elt.id == self.item
        if kind == "count":
            if not is_variable:
                raise self.refuse(generator.elt, "`count` counts members", "write `count(m for m in members if …)`")
            return None
        return self.expression(generator.elt)
