"""
Findings on guards: one that always or never holds, parts of one that change nothing, names that nobody writes.

"Never" and "always" are told after a search through the values that the guard can tell apart; where the search had to
be cut short, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from fupin_rules.expr import And, Expr, IfElse, Not, Or, names, to_text
from fupin_rules.workflow.case._solve import conjuncts, inward
from fupin_rules.workflow.procedure._parts import Deadline, Move, OpenNotice, SetFact, Sign
from fupin_rules.workflow.validation._finding import ProcedureFinding, zh
from fupin_rules.workflow.validation._guard_search import GuardSearch, needed, situation_of
from fupin_rules.workflow.validation._people import able_roles, nobody

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def check_guards(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    """Tell of guards and parts of them that decide nothing, and of names that nobody writes."""
    yield from _unwritten(procedure)
    for move in procedure.moves:
        roles = able_roles(move, search)
        if move.guard is not None and roles:
            yield from _idle(move, move.guard, search, roles)


def _unwritten(procedure: Procedure) -> Iterator[ProcedureFinding]:
    effects = [effect for move in procedure.moves for effect in move.effects]
    written = {
        "facts": {e.fact for e in effects if isinstance(e, SetFact)},
        "review": {e.review for e in effects if isinstance(e, Sign)},
        "notice": {e.notice for e in effects if isinstance(e, OpenNotice)},
        "last": {move.event for move in procedure.moves},
    }
    written["days_since"] = written["last"]
    words = {
        "facts": ("没有步骤记录它", "which no move sets"),
        "review": ("没有步骤签署它", "which no move signs"),
        "notice": ("没有步骤发布它", "which no move posts"),
        "last": ("没有步骤属于这一事项", "an event that no move takes"),
    }
    words["days_since"] = words["last"]
    for where, part, read in _readings(procedure):
        for path in read:
            head, _, rest = path.partition(".")
            if head in written and rest.partition(".")[0] not in written[head]:
                yield ProcedureFinding(
                    "P007",
                    where,
                    f"{zh(part)}读取 `{path}`，但{words[head][0]}",
                    f"`{part.id}` reads `{path}`, {words[head][1]}",
                    "改正名称，或增加写入它的步骤",
                    "mend the name, or add a move that writes it",
                )


def _readings(procedure: Procedure) -> Iterator[tuple[str, Move | Deadline, list[str]]]:
    for deadline in procedure.deadlines:
        yield f"deadlines.{deadline.id}.since", deadline, [deadline.since]
    for move in procedure.moves:
        if move.guard is not None:
            yield f"moves.{move.id}.when", move, sorted(names(move.guard))
        for effect in move.effects:
            if isinstance(effect, SetFact):
                yield f"moves.{move.id}.effects", move, sorted(names(effect.to))


# -- guards and parts of them that decide nothing -----


def _idle(move: Move, guard: Expr, search: GuardSearch, roles: tuple[str, ...]) -> Iterator[ProcedureFinding]:
    situation = situation_of(move, roles)
    found = search.find(situation, guard)
    if found.values is None:
        by_anybody = search.find(situation_of(move, search.procedure.role), guard)
        if by_anybody.values is not None:
            listed = ", ".join(f"`{role}`" for role in move.roles)
            yield nobody(
                move, f"条件排除了所列的全部角色（{listed}）", f"its guard holds for none of its roles: {listed}"
            )
        elif found.is_complete and by_anybody.is_complete:
            yield _whole(move, "永不成立", "never holds", "改正它，或删去此步骤", "mend it, or remove the move")
        return
    found = search.find(situation, guard, *needed(move, search.procedure))
    if found.values is None:
        if found.is_complete:
            told = (
                "与其效果所需相矛盾",
                "contradicts what its effects need",
                "改正条件或效果",
                "mend it, or the effects",
            )
            yield _whole(move, *told)
        return
    doubts = (search.doubt(situation, (), part) for part in conjuncts(guard))
    if all(each.values is None and each.is_complete for each in doubts):
        yield _whole(move, "总是成立", "always holds", "改正它，或删去 `when`", "mend it, or leave `when` out")
        return
    for part in parts(inward(guard)):
        found = search.doubt(situation, part.sure, part.doubtful)
        if found.values is None and found.is_complete:
            text = _as_written(part.expr, guard)
            yield ProcedureFinding(
                "P015",
                f"moves.{move.id}.when",
                f"步骤{zh(move)}的条件中，`{text}` 有无都一样",
                f"in the guard of the move `{move.id}`, `{text}` changes nothing",
                "改正或删去这一部分",
                "mend this part, or remove it",
            )


def _as_written(part: Expr, guard: Expr) -> str:
    text = to_text(part)
    is_moved = isinstance(part, Not) and text not in to_text(guard)
    return to_text(part.operand) if is_moved and isinstance(part, Not) else text


def _whole(move: Move, zh_what: str, en_what: str, zh_mend: str, en_mend: str) -> ProcedureFinding:
    return ProcedureFinding(
        "P015",
        f"moves.{move.id}.when",
        f"步骤{zh(move)}的条件{zh_what}",
        f"the guard of the move `{move.id}` {en_what}",
        zh_mend,
        en_mend,
    )


@attrs.frozen
class Part:
    """
    A part of a guard that "and" or "or" joins to others.

    Attributes:
        expr: The part.
        sure: What must hold for it to decide: the others of an "and"; of an "or", the part itself.
        doubtful: What must not hold for it to decide: of an "and", the part itself; the others of an "or".
    """

    expr: Expr
    sure: tuple[Expr, ...]
    doubtful: Expr


def parts(guard: Expr) -> Iterator[Part]:
    """Give the smallest parts of a guard whose every "not" stands before what it is about."""
    yield from _parts(guard, (), ())


def _parts(expr: Expr, sure: tuple[Expr, ...], doubtful: tuple[Expr, ...]) -> Iterator[Part]:
    match expr:
        case And(operands):
            for place, operand in enumerate(operands):
                others = (*operands[:place], *operands[place + 1 :])
                if isinstance(operand, And | Or | IfElse):
                    yield from _parts(operand, (*sure, *others), doubtful)
                else:
                    yield Part(operand, (*sure, *others), _any((*doubtful, operand)))
        case Or(operands):
            for place, operand in enumerate(operands):
                others = (*operands[:place], *operands[place + 1 :])
                if isinstance(operand, And | Or | IfElse):
                    yield from _parts(operand, sure, (*doubtful, *others))
                else:
                    yield Part(operand, (*sure, operand), _any((*doubtful, *others)))
        case IfElse(condition, then, otherwise):
            yield from _parts(then, (*sure, condition), doubtful)
            yield from _parts(otherwise, (*sure, Not(condition)), doubtful)
        case _:
            pass


def _any(claims: tuple[Expr, ...]) -> Expr:
    return claims[0] if len(claims) == 1 else Or(claims)
