"""
Procedures changed in one small thing each, as a slip or a loosening would change them.

A check of a procedure is worth as much as the changes it notices. Every change here is one that matters, or is told to
be none: a condition gone, a comparison turned or off by one, somebody more who may, a day less, a signature less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import attrs

from fupin_rules.expr import And, Arithmetic, Call, Compare, Expr, In, Literal, Negative, Not, Or, SetOf, to_text
from fupin_rules.testing._leaves import Spot, spots
from fupin_rules.workflow import (
    Amend,
    Deadline,
    Move,
    NewRound,
    NoticeRule,
    Object,
    OnObjection,
    Procedure,
    Review,
    Sign,
    StateKind,
    Waive,
)

_TURNED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_EDGED: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


@attrs.frozen(eq=False)
class Mutant:
    """
    A procedure with one change.

    Attributes:
        id: Stable name: the part, the operator, and what it was applied to.
        zh: What was changed, in Chinese.
        en: The same in English.
        operator: Kind of change.
        moves: Moves that may go otherwise because of it.
        procedure: The changed procedure.
    """

    id: str
    zh: str
    en: str
    operator: str
    moves: frozenset[str]
    procedure: Procedure

    def text(self, language: str) -> str:
        """Say what was changed, in `zh` or `en`."""
        return f"{self.id}：{self.zh}" if language == "zh" else f"{self.id}: {self.en}"


def mutants(procedure: Procedure) -> Iterator[Mutant]:
    """
    Change a procedure in one thing after another.

    Returns:
        Each with an id that is the same from run to run; in the order of the file.
    """
    for group in procedure.incompatible:
        kept = tuple(each for each in procedure.incompatible if each != group)
        roles = ", ".join(group)
        touched = (move.id for move in procedure.moves if set(move.roles) & set(group))
        yield _mutant(
            procedure,
            f"incompatible.{'+'.join(group)}.drop",
            (f"{roles}不再互斥", f"{roles} exclude each other no more"),
            touched,
            incompatible=kept,
        )
    for review in procedure.reviews:
        for name, words, changed in _reviews(procedure, review):
            yield _part(procedure, "reviews", review, name, words, changed, _touching(procedure, f"review.{review.id}"))
    for notice in procedure.notices:
        for name, words, changed_notice in _notices(procedure, notice):
            reading = _touching(procedure, f"notice.{notice.id}")
            yield _part(procedure, "notices", notice, name, words, changed_notice, reading)
    for deadline in procedure.deadlines:
        if deadline.within.n > 1:
            changed_deadline = attrs.evolve(deadline, within=attrs.evolve(deadline.within, n=deadline.within.n - 1))
            reading = _touching_deadline(procedure, deadline)
            words = ("期限少一日", "due a day earlier")
            yield _part(procedure, "deadlines", deadline, "shorter", words, changed_deadline, reading)
    for move in procedure.moves:
        for name, words, changed_move in _moves(procedure, move):
            yield _part(procedure, "moves", move, name, words, changed_move, [move.id, *_asking(procedure, move)])


Change = tuple[str, tuple[str, str], Any]


def _mutant(procedure: Procedure, name: str, words: tuple[str, str], touched: Iterable[str], **changes: Any) -> Mutant:
    operator = name.split(".")[2].partition(" ")[0]
    return Mutant(name, *words, operator, frozenset(touched), attrs.evolve(procedure, **changes))


def _part(
    procedure: Procedure,
    array: str,
    part: Review | NoticeRule | Deadline | Move,
    name: str,
    words: tuple[str, str],
    changed: Any,
    moves: Iterable[str],
) -> Mutant:
    parts = tuple(changed if each is part else each for each in getattr(procedure, array))
    told = f"“{part.zh}”{words[0]}", f"“{part.en}”: {words[1]}"
    return _mutant(procedure, f"{array}.{part.id}.{name}", told, moves, **{array: parts})


# -- reviews, notices, deadlines -------------------------------------------------------------------------------------


def _reviews(procedure: Procedure, review: Review) -> Iterator[Change]:
    effects = [effect for move in procedure.moves for effect in move.effects]
    if len(review.slots) > 1:
        for slot in review.slots:
            slots = tuple(each for each in review.slots if each != slot)
            kept = {each.id for each in slots}
            need = None if review.need is None else min(review.need, len(slots))
            changed = attrs.evolve(
                review,
                slots=slots,
                need=need,
                may_share=_within(review.may_share, kept),
                incompatible=_within(review.incompatible, kept),
            )
            yield f"drop_slot {slot.id}", (f"少了{slot.id}的签字", f"without the slot {slot.id}"), changed
        need = (len(review.slots) if review.need is None else review.need) - 1
        if need:
            yield "need_less", ("少要一个签字", "one signature less is needed"), attrs.evolve(review, need=need)
        if review.distinct:
            changed = attrs.evolve(review, distinct=False)
            yield "not_distinct", ("可由同一人签", "one person may sign twice"), changed
    for group in review.incompatible:
        kept_groups = tuple(each for each in review.incompatible if each != group)
        words = (f"{'、'.join(group)}可由同一人签", f"one person may sign {' and '.join(group)}")
        yield f"compatible {'+'.join(group)}", words, attrs.evolve(review, incompatible=kept_groups)
    if Waive(review.id) in effects:
        for slot in review.slots:
            if not slot.waivable:
                slots = tuple(attrs.evolve(each, waivable=True) if each == slot else each for each in review.slots)
                words = (f"{slot.id}可以免签", f"the slot {slot.id} can be waived")
                yield f"waivable {slot.id}", words, attrs.evolve(review, slots=slots)


def _within(groups: tuple[tuple[str, ...], ...], kept: set[str]) -> tuple[tuple[str, ...], ...]:
    left = (tuple(each for each in group if each in kept) for group in groups)
    return tuple(group for group in left if len(group) > 1)


def _notices(procedure: Procedure, notice: NoticeRule) -> Iterator[Change]:
    if notice.days is not None and notice.days.n > 1:
        days = attrs.evolve(notice.days, n=notice.days.n - 1)
        yield "shorter", ("少公示一日", "up a day less"), attrs.evolve(notice, days=days)
    if len(notice.objectors) > 1:
        for role in notice.objectors:
            kept = tuple(each for each in notice.objectors if each != role)
            yield (
                f"drop_objector {role}",
                (f"{role}不得异议", f"{role} may not object"),
                attrs.evolve(notice, objectors=kept),
            )
    # A role is asked for twice where somebody objects: by the move and by the notice.
    for move in procedure.moves:
        if Object(notice.id) in move.effects:
            for role in [each for each in move.roles if each not in notice.objectors][:1]:
                words = (f"{role}也可异议", f"{role} may object too")
                yield f"widen_objector {role}", words, attrs.evolve(notice, objectors=(*notice.objectors, role))
    if notice.on_objection is OnObjection.RESTART:
        changed = attrs.evolve(notice, on_objection=OnObjection.SUSPEND)
        yield "no_restart", ("异议后不重新计日", "its days do not begin anew"), changed


# -- moves -----------------------------------------------------------------------------------------------------------


def _moves(procedure: Procedure, move: Move) -> Iterator[Change]:
    for spot in spots(move.guard) if move.guard is not None else ():
        for name, new in _claims(spot):
            text = "—" if new is None else to_text(new)
            was = to_text(spot.claim)
            words = (f"条件由{was}改为{text}", f"the condition `{was}` becomes `{text}`")
            yield f"{name} {was} -> {text}", words, attrs.evolve(move, guard=spot.put(new))
    yield from _people(procedure, move)
    for kind in move.evidence:
        kept = tuple(each for each in move.evidence if each != kind)
        yield f"drop_evidence {kind}", (f"不要{kind}", f"without {kind}"), attrs.evolve(move, evidence=kept)
    for place, effect in enumerate(move.effects):
        effects = (*move.effects[:place], *move.effects[place + 1 :])
        what = _named(effect)
        name = "drop_new_round" if isinstance(effect, NewRound) else f"drop_effect {what}"
        yield name, (f"不再{what}", f"does not {what}"), attrs.evolve(move, effects=effects)
    goals = [state.id for state in procedure.states if state.kind is StateKind.GOAL]
    for target in [None, *goals]:
        if target != move.target and not (target is not None and target in move.source):
            where = target or "where it is"
            words = (f"改为到{target or '原处'}", f"leads to {where}")
            yield f"retarget {where}", words, attrs.evolve(move, target=target)


def _people(procedure: Procedure, move: Move) -> Iterator[Change]:
    levels = {procedure.role[role].level for role in move.roles}
    others = [role for role in procedure.roles if role.id not in move.roles and _can_act(procedure, move, role.id)]
    others.sort(key=lambda role: role.level not in levels)
    for role in others[:1]:
        words = (f"{role.zh}也可办理", f"the {role.en} may do it too")
        yield f"widen_role {role.id}", words, attrs.evolve(move, roles=(*move.roles, role.id))
    if len(move.roles) > 1:
        for each in move.roles:
            roles = tuple(role for role in move.roles if role != each)
            yield f"drop_role {each}", (f"{each}不得办理", f"{each} may not do it"), attrs.evolve(move, roles=roles)
    if move.impartial:
        yield "not_impartial", ("亲属可以办理", "a relative may do it"), attrs.evolve(move, impartial=False)


def _can_act(procedure: Procedure, move: Move, role: str) -> bool:
    """Tell whether somebody in a role could make a move if its roles allowed it: no slot, no signature."""
    effects = [effect for each in procedure.moves for effect in each.effects]
    for effect in move.effects:
        if isinstance(effect, Sign) and Amend(effect.review) not in effects:
            slots = procedure.review[effect.review].slots
            if role not in {slot.role for slot in slots}:
                return False
        if isinstance(effect, Object) and role not in procedure.notice[effect.notice].objectors:
            return False
    return True


def _named(effect: object) -> str:
    values = attrs.astuple(effect, recurse=False) if attrs.has(type(effect)) else ()  # type: ignore[arg-type]  # attrs
    return " ".join([type(effect).__name__, *(str(each) for each in values if isinstance(each, str))])


def _claims(spot: Spot) -> Iterator[tuple[str, Expr | None]]:
    claim = spot.claim
    yield "delete", None
    match claim:
        case And(operands):
            yield "and_or", Or(operands)
        case Or(operands):
            yield "or_and", And(operands)
        case Compare(operands, comparators):
            for place, comparator in enumerate(comparators):
                turned, edged = _TURNED[comparator], _EDGED.get(comparator)
                yield "flip", attrs.evolve(claim, comparators=_put(comparators, place, turned))
                if edged is not None:
                    yield "edge", attrs.evolve(claim, comparators=_put(comparators, place, edged))
            for place, operand in enumerate(operands):
                for new in _numbers(operand):
                    yield "number", attrs.evolve(claim, operands=_put(operands, place, new))
        case Not(operand):
            yield "negate", operand
        case In(_, SetOf(elements)):
            yield "negate", Not(claim)
            for element in elements if len(elements) > 1 else ():
                kept = tuple(each for each in elements if each != element)
                yield "drop_element", attrs.evolve(claim, collection=SetOf(kept))
        case _:
            yield "negate", Not(claim)


def _put(values: tuple[Any, ...], place: int, value: Any) -> tuple[Any, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _numbers(expr: Expr) -> Iterator[Expr]:
    """Give an expression with one number one higher, one lower."""
    match expr:
        case Literal(Decimal() as number):
            yield from (attrs.evolve(expr, value=number + change) for change in (1, -1))
        case Arithmetic(_, left, right):
            yield from (attrs.evolve(expr, left=new) for new in _numbers(left))
            yield from (attrs.evolve(expr, right=new) for new in _numbers(right))
        case Negative(operand):
            yield from (attrs.evolve(expr, operand=new) for new in _numbers(operand))
        case Call(_, arguments):
            for place, each in enumerate(arguments):
                yield from (attrs.evolve(expr, arguments=_put(arguments, place, new)) for new in _numbers(each))
        case _:
            pass


# -- what a change can touch -----------------------------------------------------------------------------------------


def _asking(procedure: Procedure, move: Move) -> Iterator[str]:
    """Name the moves that ask for one more signature of those that a move gives."""
    for effect in move.effects:
        if isinstance(effect, Sign):
            yield from (each.id for each in procedure.moves if Amend(effect.review) in each.effects)


def _touching(procedure: Procedure, start: str) -> list[str]:
    """Name the moves that read or change a review or notice."""
    head, _, part = start.partition(".")
    return [
        move.id
        for move in procedure.moves
        if (move.guard is not None and f"{start}." in to_text(move.guard))
        or any(getattr(effect, head, None) == part for effect in move.effects)
    ]


def _touching_deadline(procedure: Procedure, deadline: Deadline) -> list[str]:
    """Name the moves that read whether a deadline has passed, and those after which it runs."""
    return [
        move.id
        for move in procedure.moves
        if (move.guard is not None and f"overdue.{deadline.id}" in to_text(move.guard))
        or move.target in deadline.states
        or set(move.source) & set(deadline.states)
    ]
