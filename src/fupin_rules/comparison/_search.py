"""
One solver with one question: is there anybody of whom a formula holds?

The decisive look has the time limit; all later looks, which only make a found case more ordinary, are limited by effort
instead of time, so that the same question gives the same case on a slow machine too.
"""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from fupin_rules.comparison._terms import Formula, Handle, Terms

_EFFORT: Final = 400_000
"""Steps of the solver for a look that only makes a case more ordinary; some tenths of a second."""


class WhyUndecided(enum.StrEnum):
    """Why a question stays undecided."""

    TIME = "time"
    """The time limit was reached."""
    ARITHMETIC = "arithmetic"
    """Products or quotients of facts, which cannot be decided in every case."""


class Search:
    """
    Looks for cases.

    Args:
        terms: Of the question, all of which are made.
        domain: What facts can be.
        seconds: Time limit of the decisive look.
    """

    def __init__(self, terms: Terms, domain: Iterable[Formula], *, seconds: float) -> None:
        self.terms = terms
        self._z3: Any = terms.z3
        self._ref = terms.context.ref()
        self._solver = self._z3.SimpleSolver(ctx=terms.context)
        self._solver.set("core.minimize", True)
        self._solver.set("random_seed", 0)
        self._milliseconds = max(1, round(seconds * 1000))
        self._marks = 0
        self.model: Any = None
        for each in (*domain, *terms.axioms):
            self.demand(each)

    def demand(self, formula: Formula) -> None:
        """Hold to a formula from now on."""
        handle = self._handle(formula)
        self._z3.Z3_solver_assert(self._ref, self._solver.solver, handle)

    def _handle(self, formula: Formula) -> Any:
        if isinstance(formula, bool):
            return self._z3.BoolVal(formula, self.terms.context).as_ast()
        return formula

    @contextlib.contextmanager
    def holding(self, formula: Formula) -> Iterator[None]:
        """Hold to a formula, and take it back at the end with all that was demanded since."""
        self._solver.push()
        try:
            self.demand(formula)
            yield
        finally:
            self._solver.pop()

    def mark(self, formula: Formula) -> Handle:
        """Give a variable that stands for a formula wherever it is assumed."""
        self._marks += 1
        made = self.terms.claim(f"!{self._marks}")
        self.demand(self.terms.implied(made, formula))
        return made

    # -- looking -----------------------------------------------------------------------------------------------------

    def decide(self) -> bool | WhyUndecided:
        """Tell whether there is a case, or why that cannot be told."""
        self._solver.set("timeout", self._milliseconds)
        self._solver.set("rlimit", 0)
        found = self._look(())
        if found is not None:
            return found
        return WhyUndecided.TIME if self._reason() in ("timeout", "canceled") else WhyUndecided.ARITHMETIC

    def _reason(self) -> str:
        return str(self._z3.Z3_solver_get_reason_unknown(self._ref, self._solver.solver))

    def can(self, assumed: Sequence[Handle]) -> bool:
        """Tell whether there is a case under assumptions; one that is not found with little effort counts for none."""
        self._solver.set("timeout", 4_294_967_295)
        self._solver.set("rlimit", _EFFORT)
        return self._look(assumed) is True

    def _look(self, assumed: Sequence[Handle]) -> bool | None:
        handles = (self._z3.Ast * len(assumed))(*assumed)
        found = self._z3.Z3_solver_check_assumptions(self._ref, self._solver.solver, len(assumed), handles)
        if found == 1:
            self.model = self._solver.model()
        return None if found == 0 else found == 1

    def to_blame(self, assumed: Sequence[Handle]) -> list[int]:
        """Give the places of assumptions that do not go together, after a look that found nothing."""
        core = {each.as_ast().value for each in self._solver.unsat_core()}
        return [place for place, each in enumerate(assumed) if each.value in core]

    # -- the case that was found -------------------------------------------------------------------------------------

    def holds(self, formula: Formula) -> bool:
        """Tell whether a formula holds in the case found last."""
        if isinstance(formula, bool):
            return formula
        return bool(self._z3.Z3_get_bool_value(self._ref, self._value(formula)) == 1)

    def number(self, handle: Handle) -> int:
        """Tell what a number is in the case found last."""
        return int(self._z3.Z3_get_numeral_string(self._ref, self._value(handle)))

    def _value(self, handle: Handle) -> Any:
        found = (self._z3.Ast * 1)()
        # What the case leaves open may be anything, and is given a value.
        self._z3.Z3_model_eval(self._ref, self.model.model, handle, True, found)
        return found[0]
