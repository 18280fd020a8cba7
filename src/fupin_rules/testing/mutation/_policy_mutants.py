"""
Policies changed in one small thing each, as a slip of the pen or of the mind would change them.

Cases of a pack are worth as much as the changes they notice: a threshold moved by its smallest unit or by much, a
comparison turned or loosened, "and" for "or", a condition, exception or rule dropped, a code taken out of a list.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, assert_never
from typing import Literal as OneOf

import attrs

from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import (
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
    check,
    names,
    to_text,
)
from fupin_rules.policy import Definition, Parameter, Policy, Rule, Subject, Unless
from fupin_rules.quantities import Unit, plain

Comparator = OneOf["<", "<=", ">", ">=", "==", "!="]
_TURNED: Final[dict[str, Comparator]] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_EDGED: Final[dict[str, Comparator]] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_MUCH: Final = Fraction(1, 2)


@attrs.frozen(eq=False)
class PolicyMutant:
    """
    A policy with one change.

    Attributes:
        id: Stable name: the part, the kind of change, and what it was applied to.
        operator: Kind of change.
        zh: What was changed, in Chinese.
        en: The same in English.
        touched: Rules whose value the change can alter, by id.
        policy: The changed policy.
    """

    id: str
    operator: str
    zh: str
    en: str
    touched: frozenset[str]
    policy: Policy = attrs.field(repr=False)

    def text(self, language: str) -> str:
        """Say what was changed, in `zh` or `en`."""
        return f"{self.id}：{self.zh}" if language == "zh" else f"{self.id}: {self.en}"


def policy_mutants(policy: Policy, *, pack: str | None = None) -> Iterator[PolicyMutant]:
    """
    Change a policy in one thing after another.

    Args:
        policy: The original; open parameters have values, or are left alone.
        pack: Only what this pack of its lineage declares; by default everything.

    Returns:
        Changed policies that load, each with an id that is the same from run to run, in the order of the pack.

    >>> from fupin_rules.policy import load_policy
    >>> made = policy_mutants(load_policy("exclusions-suibin-2016"))
    >>> next(made).text("en")
    'parameters.suibin_motorcycle_yuan.higher 2016-12-01: 3000 becomes 3000.01'
    """
    seen: Counter[str] = Counter()
    for mutant in _made(policy, pack):
        seen[mutant.id] += 1
        # The same may stand in a rule twice.
        again = f" #{seen[mutant.id]}" if seen[mutant.id] > 1 else ""
        yield attrs.evolve(mutant, id=mutant.id + again)


def _made(policy: Policy, pack: str | None) -> Iterator[PolicyMutant]:
    maker = _Maker(policy)
    for parameter in policy.parameters.values():
        if pack in (None, parameter.pack):
            yield from maker.parameter(parameter)
    for definition in policy.definitions.values():
        if pack in (None, definition.pack):
            yield from maker.definition(definition)
    for rule in policy.rules:
        if pack in (None, rule.pack):
            yield from maker.rule(rule)


_Told = tuple[str, str, str]


class _Maker:
    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.scopes = policy.scopes()
        self.read = {each.name: names(each.expr) for each in policy.definitions.values()}
        self.read |= {rule.id: _names_of(rule) for rule in policy.rules}

    def _mutant(self, part: str, change: _Told, touched: frozenset[str], **changes: Any) -> PolicyMutant:
        name, zh, en = change
        operator = name.partition(" ")[0]
        return PolicyMutant(f"{part}.{name}", operator, zh, en, touched, attrs.evolve(self.policy, **changes))

    def _reading(self, name: str) -> frozenset[str]:
        """Name the rules that read a name, through whatever lies between."""
        found, before = {name}, 0
        while len(found) != before:
            before = len(found)
            found |= {reader for reader, read in self.read.items() if read & found}
        return frozenset(found & {rule.id for rule in self.policy.rules})

    # -- parameters ----------------------------------------------------------------------------------------------

    def parameter(self, parameter: Parameter) -> Iterator[PolicyMutant]:
        touched = self._reading(parameter.name)
        if not touched:
            return
        for place, dated in enumerate(parameter.values):
            if not dated.period.overlaps(self.policy.days):
                continue
            for name, value in _moved(dated.value, parameter.unit):
                values = (*parameter.values[:place], attrs.evolve(dated, value=value), *parameter.values[place + 1 :])
                changed = attrs.evolve(parameter, values=values, bounds=None, is_open=False)
                parameters = MappingProxyType({**self.policy.parameters, parameter.name: changed})
                shown, now = _shown(dated.value), _shown(value)
                told = (f"{name} {dated.period.start}", f"由{shown}改为{now}", f"{shown} becomes {now}")
                yield self._mutant(f"parameters.{parameter.name}", told, touched, parameters=parameters)

    # -- definitions and rules -----------------------------------------------------------------------------------

    def definition(self, definition: Definition) -> Iterator[PolicyMutant]:
        touched = self._reading(definition.name)
        if not touched:
            return
        for told, expr in self._changed(definition.expr, definition.subject):
            changed = attrs.evolve(definition, expr=expr)
            definitions = MappingProxyType({**self.policy.definitions, definition.name: changed})
            yield self._mutant(f"definitions.{definition.name}", told, touched, definitions=definitions)

    def rule(self, rule: Rule) -> Iterator[PolicyMutant]:
        part, touched = f"rules.{rule.id}", self._reading(rule.id)
        yield self._with(rule, part, ("drop", "删去规则", "the rule is dropped"), touched, None)
        for told, expr in self._changed(rule.when, rule.subject):
            yield self._with(rule, part, told, touched, attrs.evolve(rule, when=expr))
        for place, exception in enumerate(rule.unless):
            here = f"{part}.unless.{exception.id}"
            others = (*rule.unless[:place], *rule.unless[place + 1 :])
            dropped = attrs.evolve(rule, unless=others)
            yield self._with(rule, here, ("drop", "删去例外", "the exception is dropped"), touched, dropped)
            for told, expr in self._changed(exception.when, rule.subject):
                unless: tuple[Unless, ...] = (
                    *rule.unless[:place],
                    attrs.evolve(exception, when=expr),
                    *rule.unless[place + 1 :],
                )
                yield self._with(rule, here, told, touched, attrs.evolve(rule, unless=unless))

    def _with(self, rule: Rule, part: str, told: _Told, touched: frozenset[str], changed: Rule | None) -> PolicyMutant:
        # Dropped, a rule says what it says of whoever it does not concern: nothing is met by it, or barred.
        idle = attrs.evolve(rule, when=Literal(_IDLE[rule.kind.value]), unless=())
        rules = tuple((changed or idle) if each is rule else each for each in self.policy.rules)
        return self._mutant(part, told, touched, rules=rules)

    def _changed(self, expr: Expr, subject: Subject) -> Iterator[tuple[_Told, Expr]]:
        """Change an expression in one place after another; what would not load, or says the same, is left out."""
        was = check(expr, self.scopes[subject])
        seen = {expr}
        for name, here, there, changed in _changes(expr):
            if changed in seen:
                continue
            seen.add(changed)
            try:
                now = check(changed, self.scopes[subject], expect=was.kind)
            except (ExpressionError, LimitError):
                continue
            if now.unit == was.unit:
                yield (f"{name} {here} -> {there}", f"由{here}改为{there}", f"`{here}` becomes `{there}`"), changed


# What a rule says of somebody whom it does not concern.
_IDLE: Final = {"eligibility": True, "exit": True, "exclusion": False, "priority": False, "check": False}


def _names_of(rule: Rule) -> frozenset[str]:
    return names(rule.when).union(*(names(each.when) for each in rule.unless))


def _smallest(value: Fraction, unit: Unit | None) -> Fraction:
    """Give the least by which such a number is moved: a fen, a hundredth of a percent, one of what is counted."""
    if unit is not None and "yuan" in str(unit):
        return Fraction(1, 100)
    return Fraction(1) if value.denominator == 1 else Fraction(1, 10_000) if abs(value) < 1 else Fraction(1, 100)


def _moved(value: object, unit: Unit | None) -> Iterator[tuple[str, Any]]:
    match value:
        case Fraction():
            step = _smallest(value, unit)
            yield "higher", value + step
            yield "lower", value - step
            yield "much_higher", value + max(abs(value) * _MUCH, Fraction(1))
            yield "much_lower", value - max(abs(value) * _MUCH, Fraction(1))
        case frozenset():
            for code in sorted(value):
                if len(value) > 1:
                    yield f"without_{code}", value - {code}
        case date():
            yield "later", value + timedelta(days=1)
            yield "earlier", value - timedelta(days=1)
        case _:
            pass


def _shown(value: object) -> str:
    if isinstance(value, Fraction):
        return plain(value)
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


# -- expressions ------------------------------------------------------------------------------------------------------

_Change = tuple[str, str, str, Expr]


def _changes(expr: Expr) -> Iterator[_Change]:
    """Give the kind of each change, what stood there, what stands there now, and the whole."""
    for name, now in _here(expr):
        yield name, to_text(expr), to_text(now), now
    for put, child in _children(expr):
        for name, here, there, changed in _changes(child):
            yield name, here, there, put(changed)


def _here(expr: Expr) -> Iterator[tuple[str, Expr]]:
    match expr:
        case And(operands):
            yield "and_or", Or(operands)
            yield from (("drop_part", _joined(expr, place)) for place in range(len(operands)))
        case Or(operands):
            yield "or_and", And(operands)
            yield from (("drop_part", _joined(expr, place)) for place in range(len(operands)))
        case Not(operand):
            yield "negate", operand
        case Compare(_, comparators):
            for place, comparator in enumerate(comparators):
                for name, table in (("flip", _TURNED), ("edge", _EDGED)):
                    if comparator in table:
                        changed = (*comparators[:place], table[comparator], *comparators[place + 1 :])
                        yield name, attrs.evolve(expr, comparators=changed)
        case In(_, SetOf(elements)):
            yield "negate", Not(expr)
            for element in elements if len(elements) > 1 else ():
                kept = SetOf(tuple(each for each in elements if each != element))
                yield f"without_{element.value}", attrs.evolve(expr, collection=kept)
        case In() | IsKnown():
            yield "negate", Not(expr)
        case Name() | Item():
            # Whether it is a claim is told by the check; a number that is denied does not load.
            yield "negate", Not(expr)
        case Literal(Decimal() as number):
            yield "higher", attrs.evolve(expr, value=number + 1)
            yield "lower", attrs.evolve(expr, value=number - 1)
        case Arithmetic(operator, left, right):
            if operator in {"+", "-"}:
                yield "plus_minus", attrs.evolve(expr, operator="-" if operator == "+" else "+")
                yield "drop_part", left
                yield "drop_part", right
            elif operator == "/":
                yield "drop_part", left
        case Quantifier(kind, _, _, where):
            if kind in {"any", "all"}:
                yield "any_all", attrs.evolve(expr, kind="all" if kind == "any" else "any")
            if where is not None:
                yield "drop_where", attrs.evolve(expr, where=None)
        case OrElse(operand, _):
            yield "drop_default", operand
        case IfElse(_, then, otherwise):
            yield "then", then
            yield "otherwise", otherwise
        case Literal() | Negative() | Call() | SetOf():
            pass
        case never:
            assert_never(never)


def _joined(expr: And | Or, place: int) -> Expr:
    kept = (*expr.operands[:place], *expr.operands[place + 1 :])
    return kept[0] if len(kept) == 1 else attrs.evolve(expr, operands=kept)


def _children(expr: Expr) -> Iterator[tuple[Any, Expr]]:
    """Give the parts in which there is something to change, each with how to put another in its place."""
    # `Any`: which parts a node has is told by its class, and not by the union.
    evolve: Any = functools.partial(attrs.evolve, expr)

    def at(name: str) -> Any:
        return lambda new: evolve(**{name: new})

    def among(name: str, place: int) -> Any:
        held = getattr(expr, name)
        return lambda new: evolve(**{name: (*held[:place], new, *held[place + 1 :])})

    match expr:
        case And(operands) | Or(operands) | Compare(operands):
            yield from ((among("operands", place), each) for place, each in enumerate(operands))
        case Call(_, arguments):
            yield from ((among("arguments", place), each) for place, each in enumerate(arguments))
        case Not(operand) if not isinstance(operand, (Name, Item, In, IsKnown)):
            yield at("operand"), operand
        case Not(In() as operand):
            yield at("operand"), operand
        case Negative(operand) | OrElse(operand, _):
            yield at("operand"), operand
        case Arithmetic(_, left, right):
            yield at("left"), left
            yield at("right"), right
        case IfElse(condition, then, otherwise):
            yield at("condition"), condition
            yield at("then"), then
            yield at("otherwise"), otherwise
        case Quantifier(_, _, item, where):
            if item is not None:
                yield at("item"), item
            if where is not None:
                yield at("where"), where
        case Literal() | Name() | Item() | Not() | In() | IsKnown() | SetOf():
            pass
        case never:
            assert_never(never)
