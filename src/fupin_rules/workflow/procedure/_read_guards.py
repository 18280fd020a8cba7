"""Guards and the values of effects, checked against what their events carry; a guard acts on no default and no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from fupin_rules.documents import RawExpr
from fupin_rules.errors import SHOWN_FAULTS, ExpressionError, Fault, LimitError
from fupin_rules.expr import Expr, IsKnown, Kind, Name, OrElse, Scope, Type, check, walk
from fupin_rules.workflow.procedure._parts import Field, FieldKind
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.procedure._read_moves import WrittenMove
from fupin_rules.workflow.procedure._scope import guard_scopes

_ASSESSED = frozenset({"assessment.outcome", "exit.outcome"})
_KINDS = {
    FieldKind.CLAIM: Kind.CLAIM,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DAY: Kind.DAY,
    FieldKind.CODE: Kind.CODE,
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.DIGEST: Kind.TEXT,
}


def check_guards(procedure: Procedure, moves: tuple[WrittenMove, ...]) -> list[Fault]:
    """
    Check all expressions of a procedure whose parts are whole.

    Args:
        procedure: The procedure, with its guards unchecked.
        moves: Its moves as written; those of unknown events are left out.

    Returns:
        The faults; once there are more than are ever shown, further moves are not looked at.
    """
    scopes = guard_scopes(procedure)
    faults: list[Fault] = []
    for written in moves:
        if len(faults) > SHOWN_FAULTS:
            break
        event = procedure.event.get(written.move.event)
        if event is None:
            continue
        texts = {f"facts.{each.id}": each.kind for each in procedure.facts if _is_text(each)}
        texts |= {f"event.{each.id}": each.kind for each in event.fields if _is_text(each)}
        checker = _Checker(procedure, scopes[event.id], texts, faults)
        if written.guard is not None:
            checker.guard(written.guard)
        for fact, value in written.values:
            if len(faults) <= SHOWN_FAULTS:
                checker.value(value, procedure.fact[fact])
    return faults


def _is_text(field: Field) -> bool:
    return field.kind in (FieldKind.TEXT, FieldKind.DIGEST)


@attrs.frozen
class _Checker:
    """The expressions of one move."""

    procedure: Procedure
    scope: Scope
    texts: Mapping[str, FieldKind]
    faults: list[Fault]

    def guard(self, raw: RawExpr) -> None:
        self.typed(raw, Kind.CLAIM)
        self.faults.extend(self.restricted(raw, frozenset()))

    def value(self, raw: RawExpr, fact: Field) -> None:
        is_copy = isinstance(raw.expr, Name) and self.texts.get(raw.expr.path) is fact.kind
        self.faults.extend(self.restricted(raw, frozenset({id(raw.expr)}) if is_copy else frozenset()))
        found = self.typed(raw, None)
        if found is None:
            return
        wrong = self.misfit(found, fact, is_copy=is_copy)
        if wrong is not None:
            self.fault(raw, raw.expr, f"`facts.{fact.id}` {wrong[0]}", wrong[1], "type")

    def misfit(self, found: Type, fact: Field, *, is_copy: bool) -> tuple[str, str] | None:
        """Say why a value does not fit a fact, and what to do."""
        is_literal = found.kind is Kind.TEXT and bool(found.codes)
        if fact.kind is FieldKind.CODE and (found.kind is Kind.CODE or is_literal):
            return self.misfit_code(found, fact)
        if fact.kind is FieldKind.DIGEST and not is_copy:
            return "is a digest", "set it to a field of the event that is one"
        if found.kind is not _KINDS[fact.kind] or found.is_set:
            return f"is a {fact.kind}, this is a {found.kind.value}", "set it to what it holds"
        if fact.kind is FieldKind.NUMBER:
            return _misfit_number(found, fact)
        return None

    def misfit_code(self, found: Type, fact: Field) -> tuple[str, str] | None:
        lists = self.procedure.list
        if found.kind is Kind.CODE and found.code_list in lists and found.code_list != fact.list:
            return f"holds codes of `{fact.list}`, this is one of `{found.code_list}`", "keep to one list"
        strange = sorted(found.codes - {code.id for code in lists[fact.list].codes})
        if strange:
            known = ", ".join(code.id for code in lists[fact.list].codes[:12])
            return f"could become `{strange[0][:60]}`, which is not in the list `{fact.list}`", f"known: {known}"
        return None

    def typed(self, raw: RawExpr, expect: Kind | None) -> Type | None:
        try:
            return check(raw.expr, self.scope, expect=expect)
        except (ExpressionError, LimitError) as error:
            self.faults.extend(attrs.evolve(fault, where=raw.place(fault.where)) for fault in error.faults)
            return None

    def restricted(self, raw: RawExpr, allowed: frozenset[int]) -> Iterator[Fault]:
        asked = {id(node.operand) for node in walk(raw.expr) if isinstance(node, IsKnown)} | allowed
        for node in walk(raw.expr):
            if isinstance(node, OrElse):
                what = "`or_else` stands in a guard, and nobody acts on a default"
                yield _fault(raw, node, what, "read the value alone: not known, the move waits for it", "or_else")
            if isinstance(node, Name) and node.path in self.texts and id(node) not in asked:
                what = f"`{node.path}` is a {self.texts[node.path]}, which no guard reads"
                mend = f"ask `is_known({node.path})`, or declare a code or a claim"
                yield _fault(raw, node, what, mend, "text")
            if isinstance(node, Name) and node.path in _ASSESSED and not self.procedure.policy:
                what = f"`{node.path}` is read, but the procedure names no policy"
                yield _fault(raw, node, what, "add `policy` to its head", "no_policy")

    def fault(self, raw: RawExpr, node: Expr, what: str, mend: str, code: str) -> None:
        self.faults.append(_fault(raw, node, what, mend, code))


def _misfit_number(found: Type, fact: Field) -> tuple[str, str] | None:
    unit = None if found.unit is None else str(found.unit)
    if unit is not None and unit != (fact.unit or "1"):
        return f"is in `{fact.unit or '1'}`, this is in `{unit}`", "bring both to one unit"
    if found.places != 0:
        return "is a whole number, this may have a fraction", "round it: `round_half_up(…, 0)`"
    assert found.low is not None and found.high is not None and fact.low is not None and fact.high is not None
    # A counter may reach its end, `facts.n + 1`; a value that never fits is a slip.
    if found.high < fact.low or found.low > fact.high:
        return f"is from {fact.low} to {fact.high}, this never is", "mend the value or the range"
    return None


def _fault(raw: RawExpr, node: Expr, what: str, mend: str, code: str) -> Fault:
    line, column = node.at or (1, 1)
    return Fault(raw.place(f"line {line}, column {column}"), what, mend, code)
