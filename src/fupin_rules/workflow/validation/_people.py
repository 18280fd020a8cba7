"""Findings on who acts: a move that nobody may make, a signature that nobody can give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fupin_rules.expr import names
from fupin_rules.workflow.procedure._parts import Move, Object, Sign
from fupin_rules.workflow.validation._finding import ProcedureFinding, zh
from fupin_rules.workflow.validation._guard_search import GuardSearch, situation_of

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def check_people(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    """Tell of moves that nobody may make, and of slots that nobody can sign."""
    for move in procedure.moves:
        listed = ", ".join(f"`{role}`" for role in move.roles)
        if not move.roles:
            yield nobody(move, "没有列出角色", "it names no role")
        elif not able_roles(move, search):
            words = (
                f"所列角色（{listed}）没有可签之处，或无权提出异议",
                f"none of its roles has a slot to sign or may object: {listed}",
            )
            yield nobody(move, *words)
    yield from _unsigned(procedure, search)


def nobody(move: Move, zh_why: str, en_why: str) -> ProcedureFinding:
    """Tell that nobody may make a move, and why."""
    return ProcedureFinding(
        "P006",
        f"moves.{move.id}.roles",
        f"步骤{zh(move)}无人可办：{zh_why}",
        f"nobody may make the move `{move.id}`: {en_why}",
        "改正 `roles`，或改正与之矛盾之处",
        "mend `roles`, or what contradicts them",
    )


def able_roles(move: Move, search: GuardSearch) -> tuple[str, ...]:
    """Give the roles that effects leave able to make a move, whatever its guard says; by delegation, all."""
    procedure = search.procedure
    roles = list(move.roles)
    for effect in move.effects:
        match effect:
            case Sign(review) if review in search.delegated:
                roles = list(procedure.role)
            case Sign(review) if review not in search.amended:
                slots = {slot.role for slot in procedure.review[review].slots}
                roles = [role for role in roles if role in slots]
            case Object(notice):
                roles = [role for role in roles if role in procedure.notice[notice].objectors]
            case _:
                pass
    return tuple(roles)


def _unsigned(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    signing: dict[str, list[Move]] = {}
    for move in procedure.moves:
        for effect in dict.fromkeys(move.effects):
            if isinstance(effect, Sign):
                signing.setdefault(effect.review, []).append(move)
    for review in procedure.reviews:
        # That nobody signs at all is told where it is read, or needed, or as a part that nobody uses.
        for slot in review.slots if review.id in signing else ():
            search.steps.spend(len(signing[review.id]))
            if any(_admits(move, slot.role, search) for move in signing[review.id]):
                continue
            role = procedure.role[slot.role]
            yield ProcedureFinding(
                "P010",
                f"reviews.{review.id}.slots.{slot.id}",
                f"{zh(review)}的签字处 `{slot.id}` 无人可签：没有签字步骤接受角色{zh(role)}",
                f"nobody can sign the slot `{slot.id}` of `{review.id}`: no move that signs takes the role `{role.id}`",
                "在签字步骤的 `roles` 中加上该角色",
                "add the role to the `roles` of a move that signs",
            )


def _admits(move: Move, role: str, search: GuardSearch) -> bool:
    if role not in move.roles:
        return False
    if move.guard is None or not {"actor.role", "actor.level"} & names(move.guard):
        return True
    found = search.find(situation_of(move, [role]), move.guard)
    return found.values is not None or not found.is_complete
