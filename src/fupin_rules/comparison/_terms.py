"""
Formulas and whole numbers as the solver holds them; whatever is constant is worked out on the way.

Equal terms are one term: the solver keeps each shape once, so that what two policies share is shared in the question.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from fupin_rules.errors import MissingExtraError


class Handle(Protocol):
    """A term inside the solver; `value` is its address, the same for equal terms."""

    value: int | None


Formula = bool | Handle
Whole = int | Handle


def load_solver() -> Any:
    """
    Import z3.

    Raises:
        MissingExtraError: The extra `proof` is not installed.
    """
    try:
        import z3  # noqa: PLC0415  an extra
    except ImportError:
        raise MissingExtraError.of("proof", "comparing all households needs a solver") from None
    return z3


class Terms:
    """
    Makes the terms of one question, in a room of its own: no question sees what another left behind.

    The plain interface of z3 is called rather than its operators, which take ten times as long.
    """

    def __init__(self) -> None:
        self.z3: types.ModuleType = load_solver()
        self.context = self.z3.Context()
        self.axioms: list[Formula] = []
        """What holds of the variables that stand for intermediate values."""
        self._ref = self.context.ref()
        self._claim = self.z3.Z3_mk_bool_sort(self._ref)
        self._number = self.z3.Z3_mk_int_sort(self._ref)
        self._numbers: dict[int, Handle] = {}
        self._made = 0

    def _kept(self, handle: Any) -> Any:
        # Nothing is given back before the whole question is.
        self.z3.Z3_inc_ref(self._ref, handle)
        return handle

    def _joined(self, make: Any, handles: Sequence[Any]) -> Any:
        return self._kept(make(self._ref, len(handles), (self.z3.Ast * len(handles))(*handles)))

    def _pair(self, make: Any, one: Any, other: Any) -> Any:
        return self._kept(make(self._ref, one, other))

    # -- variables ---------------------------------------------------------------------------------------------------

    def claim(self, name: str) -> Handle:
        """Make a variable that is true or false."""
        return self._variable(name, self._claim)

    def number(self, name: str) -> Handle:
        """Make a variable that is a whole number."""
        return self._variable(name, self._number)

    def helper(self) -> Handle:
        """Make a variable for an intermediate number."""
        self._made += 1
        return self.number(f"#{self._made}")

    def _variable(self, name: str, sort: Any) -> Handle:
        symbol = self.z3.Z3_mk_string_symbol(self._ref, name)
        made: Handle = self._kept(self.z3.Z3_mk_const(self._ref, symbol, sort))
        return made

    # -- formulas ----------------------------------------------------------------------------------------------------

    def negated(self, formula: Formula) -> Formula:
        """Say the contrary."""
        if isinstance(formula, bool):
            return not formula
        made: Handle = self._kept(self.z3.Z3_mk_not(self._ref, formula))
        return made

    def all_of(self, formulas: Iterable[Formula]) -> Formula:
        """Join by "and"."""
        return self._reduced(formulas, absorbing=False, make=self.z3.Z3_mk_and)

    def any_of(self, formulas: Iterable[Formula]) -> Formula:
        """Join by "or"."""
        return self._reduced(formulas, absorbing=True, make=self.z3.Z3_mk_or)

    def _reduced(self, formulas: Iterable[Formula], *, absorbing: bool, make: Any) -> Formula:
        held: dict[int | None, Handle] = {}
        for each in formulas:
            if each is absorbing:
                return absorbing
            if not isinstance(each, bool):
                held.setdefault(each.value, each)
        if len(held) > 1:
            made: Handle = self._joined(make, tuple(held.values()))
            return made
        return next(iter(held.values()), not absorbing)

    def implied(self, condition: Formula, formula: Formula) -> Formula:
        """Say that one holds wherever the other does."""
        return self.any_of((self.negated(condition), formula))

    def chosen(self, condition: Formula, then: Formula, otherwise: Formula) -> Formula:
        """Give one of two formulas."""
        if isinstance(condition, bool):
            return then if condition else otherwise
        return self.all_of((self.implied(condition, then), self.any_of((condition, otherwise))))

    def is_one(self, one: Whole, other: Whole) -> bool:
        """Tell whether two terms are one and the same."""
        if isinstance(one, int) or isinstance(other, int):
            return one is other or (isinstance(one, int) and isinstance(other, int) and one == other)
        return one.value == other.value

    def same(self, one: Formula, other: Formula) -> Formula:
        """Say that both hold or neither."""
        if isinstance(one, bool):
            return other if one else self.negated(other)
        if isinstance(other, bool):
            return one if other else self.negated(one)
        made: Handle = self._pair(self.z3.Z3_mk_iff, one, other)
        return True if self.is_one(one, other) else made

    def few(self, formulas: Sequence[Handle], most: int) -> Formula:
        """Say that at most so many hold."""
        if len(formulas) <= most:
            return True
        handles = (self.z3.Ast * len(formulas))(*formulas)
        made: Handle = self._kept(self.z3.Z3_mk_atmost(self._ref, len(formulas), handles, most))
        return made

    def many(self, formulas: Sequence[Handle], least: int) -> Formula:
        """Say that at least so many hold."""
        if least <= 0:
            return True
        if least == 1 or least >= len(formulas):
            return least <= len(formulas) and (self.any_of if least == 1 else self.all_of)(formulas)
        handles = (self.z3.Ast * len(formulas))(*formulas)
        made: Handle = self._kept(self.z3.Z3_mk_atleast(self._ref, len(formulas), handles, least))
        return made

    # -- whole numbers -----------------------------------------------------------------------------------------------

    def _term(self, number: Whole) -> Handle:
        if not isinstance(number, int):
            return number
        if number not in self._numbers:
            made = self.z3.Z3_mk_numeral(self._ref, str(number), self._number)
            self._numbers[number] = self._kept(made)
        return self._numbers[number]

    def at_most(self, one: Whole, other: Whole) -> Formula:
        """Compare: `one <= other`."""
        if isinstance(one, int) and isinstance(other, int):
            return one <= other
        made: Handle = self._pair(self.z3.Z3_mk_le, self._term(one), self._term(other))
        return made

    def below(self, one: Whole, other: Whole) -> Formula:
        """Compare: `one < other`."""
        return self.negated(self.at_most(other, one))

    def equal(self, one: Whole, other: Whole) -> Formula:
        """Compare: `one == other`."""
        if isinstance(one, int) and isinstance(other, int):
            return one == other
        left, right = self._term(one), self._term(other)
        if left.value == right.value:
            return True
        made: Handle = self._pair(self.z3.Z3_mk_eq, left, right)
        return made

    def compared(self, one: Whole, sign: str, other: Whole) -> Formula:
        """Compare by one of the six signs of the rule language."""
        match sign:
            case "<":
                return self.below(one, other)
            case "<=":
                return self.at_most(one, other)
            case ">":
                return self.below(other, one)
            case ">=":
                return self.at_most(other, one)
            case "==":
                return self.equal(one, other)
            case _:
                return self.negated(self.equal(one, other))

    def picked(self, condition: Formula, then: Whole, otherwise: Whole) -> Whole:
        """Give one of two numbers."""
        if isinstance(condition, bool):
            return then if condition else otherwise
        one, other = self._term(then), self._term(otherwise)
        if one.value == other.value:
            return then
        made: Handle = self._kept(self.z3.Z3_mk_ite(self._ref, condition, one, other))
        return made

    def sum_of(self, numbers: Iterable[Whole]) -> Whole:
        """Add up."""
        constant, held = 0, list[Handle]()
        for each in numbers:
            if isinstance(each, int):
                constant += each
            else:
                held.append(each)
        if not held:
            return constant
        if constant:
            held.append(self._term(constant))
        if len(held) == 1:
            return held[0]
        made: Handle = self._joined(self.z3.Z3_mk_add, held)
        return made

    def times(self, factor: int, number: Whole) -> Whole:
        """Multiply by a constant."""
        if isinstance(number, int):
            return factor * number
        if factor in (0, 1):
            return number if factor else 0
        made: Handle = self._joined(self.z3.Z3_mk_mul, (self._term(factor), number))
        return made

    def product(self, one: Handle, other: Handle) -> Handle:
        """Multiply two variables, which leaves what is certain to be decided."""
        # One order for both, so that equal products are one term.
        first, second = sorted((one, other), key=lambda each: self.z3.Z3_get_ast_id(self._ref, each))
        made: Handle = self._joined(self.z3.Z3_mk_mul, (first, second))
        return made

    def wholly_divided(self, number: Whole, divisor: int) -> Whole:
        """Divide by a positive constant, rounding down."""
        if isinstance(number, int):
            return number // divisor
        made: Handle = self._pair(self.z3.Z3_mk_div, number, self._term(divisor))
        return made

    def divides(self, divisor: Whole, number: Whole) -> Formula:
        """Say that a positive number divides another without rest."""
        if isinstance(divisor, int) and isinstance(number, int):
            return number % divisor == 0
        if divisor == 1:
            return True
        return self.equal(self._pair(self.z3.Z3_mk_mod, self._term(number), self._term(divisor)), 0)
