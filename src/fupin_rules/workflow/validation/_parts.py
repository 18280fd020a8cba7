"""Findings on what a procedure declares: parts that nobody uses, doors without a lock, what a version replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fupin_rules.expr import names
from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    Delegate,
    Needs,
    NewRound,
    Object,
    OpenNotice,
    Resolve,
    SetFact,
    Sign,
    Waive,
)
from fupin_rules.workflow.validation._finding import ARRAYS, Part, ProcedureFinding, zh

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

_FOLLOWS = re.compile(r"([a-z0-9][a-z0-9-]{0,63}/[1-9]\d{0,15})@[0-9a-f]{64}\Z", re.ASCII)

_WORDS = {
    "levels": ("层级", "level"),
    "roles": ("角色", "role"),
    "lists": ("代码表", "code list"),
    "evidence": ("证据种类", "sort of evidence"),
    "facts": ("事实", "fact"),
    "events": ("事项", "event"),
    "reviews": ("审核", "review"),
    "notices": ("公示公告", "notice"),
}
# Guards name a part of these arrays after this head.
_HEADS = {"facts": "facts", "review": "reviews", "notice": "notices"}


def check_parts(procedure: Procedure) -> Iterator[ProcedureFinding]:
    """Tell of parts that nobody uses, reviews nobody waits for, needs that do not fit, and versions out of order."""
    used = _used(procedure)
    for array in ARRAYS:
        for part in getattr(procedure, array) if array in _WORDS else ():
            if (array, part.id) not in used:
                yield _unused(array, part)
    yield from _unasked(procedure)
    yield from _needs(procedure)
    yield from _version(procedure)


def _unused(array: str, part: Part) -> ProcedureFinding:
    zh_word, en_word = _WORDS[array]
    return ProcedureFinding(
        "P018",
        f"{array}.{part.id}",
        f"{zh_word}{zh(part)}没有用到",
        f"nothing uses the {en_word} `{part.id}`",
        "使用它，或删去它",
        "use it, or remove it",
    )


def _used(procedure: Procedure) -> frozenset[tuple[str, str]]:
    """Name the parts that something uses, by array and id; what a deadline or move alone uses is used."""
    found: set[tuple[str, str]] = set()
    for role in procedure.roles:
        found.add(("levels", role.level))
    for state in procedure.states:
        found.add(("levels", state.level))
        found |= {("reviews", each) for each in state.needs.reviews}
        found |= {("notices", each) for each in state.needs.notices}
    for field in (*procedure.facts, *(field for event in procedure.events for field in event.fields)):
        found.add(("lists", field.list))
    for review in procedure.reviews:
        found |= {("roles", slot.role) for slot in review.slots}
    for notice in procedure.notices:
        found |= {("levels", notice.level), *(("roles", each) for each in notice.objectors)}
    for deadline in procedure.deadlines:
        found.add(("roles", deadline.role))
    for move in procedure.moves:
        found.add(("events", move.event))
        found |= {("roles", each) for each in move.roles} | {("evidence", each) for each in move.evidence}
        for effect in move.effects:
            match effect:
                case Sign(signed) | Waive(signed) | Delegate(signed) | Amend(signed):
                    found.add(("reviews", signed))
                case OpenNotice(shown) | CloseNotice(shown) | Object(shown) | Resolve(shown):
                    found.add(("notices", shown))
                case SetFact(fact):
                    found.add(("facts", fact))
                case NewRound():
                    pass
    found |= {(_HEADS[head], rest.partition(".")[0]) for head, _, rest in _read(procedure) if head in _HEADS}
    return frozenset(found)


def _read(procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    """Give every name that guards, values and deadlines read, parted at its first point."""
    yield from (deadline.since.partition(".") for deadline in procedure.deadlines)
    for move in procedure.moves:
        values = [effect.to for effect in move.effects if isinstance(effect, SetFact)]
        for expr in (*values, *(() if move.guard is None else (move.guard,))):
            yield from (path.partition(".") for path in names(expr))


def _unasked(procedure: Procedure) -> Iterator[ProcedureFinding]:
    asked = {rest.partition(".")[0] for head, _, rest in _read(procedure) if head == "review"}
    asked |= {review for state in procedure.states for review in state.needs.reviews}
    signed = {effect.review for move in procedure.moves for effect in move.effects if isinstance(effect, Sign)}
    for review in procedure.reviews:
        if review.id in signed and review.id not in asked:
            yield ProcedureFinding(
                "P019",
                f"reviews.{review.id}",
                f"审核{zh(review)}有人签字，却没有步骤等待它签齐",
                f"the review `{review.id}` is signed, and nothing waits for it",
                f"在某个条件中要求 `review.{review.id}.complete`，或列入环节的 `needs`",
                f"ask for `review.{review.id}.complete` in a guard, or name it among the `needs` of a state",
            )


def _needs(procedure: Procedure) -> Iterator[ProcedureFinding]:
    for state in procedure.states:
        if state.protected is (state.needs != Needs()):
            continue
        what = (
            (f"环节{zh(state)}受保护，却没有写明 `needs`", f"the state `{state.id}` is protected, and needs nothing")
            if state.protected
            else (
                f"环节{zh(state)}写有 `needs`，却不受保护",
                f"the state `{state.id}` has `needs`, and is not protected",
            )
        )
        yield ProcedureFinding(
            "P022",
            f"states.{state.id}.{'needs' if state.protected else 'protected'}",
            *what,
            "写明 `needs` 并设 `protected = true`，或两者都删去",
            "give it `needs` and `protected = true`, or neither",
        )


# -- what a version replaces -----------------------------------------------------------------------------------------


def _version(procedure: Procedure) -> Iterator[ProcedureFinding]:
    wanted = f"{procedure.id}/{procedure.version - 1}"
    pinned = _FOLLOWS.match(procedure.follows)
    if procedure.version == 1 and procedure.follows:
        words = (
            "第 1 版没有可替换的版本，却写有 `follows`",
            "version 1 replaces nothing, and has `follows`",
            "删去 `follows`，或改正 `version`",
            "remove `follows`, or mend `version`",
        )
    elif procedure.version > 1 and (pinned is None or pinned[1] != wanted):
        given = f"`{pinned[1] if pinned else procedure.follows[:60]}`" if procedure.follows else ""
        words = (
            f"第 {procedure.version} 版的 `follows` 是{given}"
            if given
            else f"第 {procedure.version} 版没有写明 `follows`",
            f"version {procedure.version} follows {given}"
            if given
            else f"version {procedure.version} does not say what it follows",
            f"写为所替换版本的 `{wanted}@摘要`",
            f"give the version it replaces, `{wanted}@digest`",
        )
    else:
        return
    yield ProcedureFinding("P016", "follows", *words)
