"""
Whether anything can happen under which guards hold: on what day, in which state, by whom, with what in event and case.

What the names of a guard stand for hangs together (no notice is up that was not posted), so the search is told so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.expr import (
    Arithmetic,
    Call,
    Compare,
    Expr,
    In,
    IsKnown,
    Kind,
    Literal,
    Name,
    Not,
    Or,
    Scope,
    names,
    uses,
    walk,
)
from fupin_rules.periods import LAST_DAY
from fupin_rules.workflow.case._case import Actor, Case, Event
from fupin_rules.workflow.case._outside import NOTHING, Asked
from fupin_rules.workflow.case._solve import Found, search
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    Delegate,
    Move,
    NewRound,
    NoticeKind,
    Object,
    OpenNotice,
    Resolve,
    Sign,
)
from fupin_rules.workflow.procedure._scope import FIRST_YEAR, LAST_YEAR, guard_scopes
from fupin_rules.workflow.validation._steps import Steps

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

# As many values are given to names in one question before it stays open.
MAX_TRIES: Final = 3_000
# As many names may be known or not in one question.
_MAX_OPEN: Final = 4
_DAY = timedelta(days=1)
# What stands in the view of a guard and is not chosen for it.
_SEEN = frozenset({"state", "today", "year", "actor.role", "actor.level"})
# What need not be known when a guard is read.
_CAN_MISS = ("event.", "facts.", "last.", "days_since.", "assessment.", "exit.")
_FIRST_TRIED = (Kind.CLAIM, Kind.CODE, Kind.CODES)


@attrs.frozen
class Situation:
    """
    Where and by whom a guard is read.

    Attributes:
        event: Type of the event, whose fields it reads.
        states: Where the case can be.
        roles: Roles the actor can have.
        impartial: Whether the actor is no relative.
    """

    event: str
    states: tuple[str, ...]
    roles: tuple[str, ...]
    impartial: bool = False


def situation_of(move: Move, roles: Iterable[str] | None = None) -> Situation:
    """Give where and by whom the guard of a move is read."""
    return Situation(move.event, move.source, move.roles if roles is None else tuple(roles), move.impartial)


def needed(move: Move, procedure: Procedure) -> Iterator[Expr]:
    """Give what the effects of a move ask for, as claims that guards can be held against."""
    # What follows a new round meets a clean table.
    for effect in itertools.takewhile(lambda each: not isinstance(each, NewRound), move.effects):
        match effect:
            case Sign(review) if procedure.review[review].need is None:
                yield Not(Name(f"review.{review}.complete"))
            case OpenNotice(notice):
                yield Not(Name(f"notice.{notice}.posted"))
            case CloseNotice(notice) | Object(notice):
                yield Name(f"notice.{notice}.open")
            case Resolve(notice):
                yield Name(f"notice.{notice}.open")
                yield Compare((Name(f"notice.{notice}.open_objections"), Literal(Decimal(0))), (">",))
            case _:
                pass


@attrs.frozen(eq=False)
class GuardSearch:
    """
    Questions about the guards of one procedure.

    Attributes:
        procedure: The procedure.
        scopes: What names mean, by event.
        amended: Reviews that one more signature can be asked for.
        delegated: Reviews whose slots can be delegated.
        steps: What the questions take.
    """

    procedure: Procedure
    scopes: Mapping[str, Scope]
    amended: frozenset[str]
    delegated: frozenset[str]
    steps: Steps

    @classmethod
    def of(cls, procedure: Procedure, steps: Steps) -> GuardSearch:
        """Prepare the questions."""
        effects = [effect for move in procedure.moves for effect in move.effects]
        amended = frozenset(effect.review for effect in effects if isinstance(effect, Amend))
        delegated = frozenset(effect.review for effect in effects if isinstance(effect, Delegate))
        return cls(procedure, guard_scopes(procedure), amended, delegated, steps)

    def find(
        self,
        situation: Situation,
        *goals: Expr,
        unknown: Iterable[str] = (),
        asked: frozenset[str] | None = None,
    ) -> Found:
        """
        Find something under which all goals hold.

        Args:
            situation: Where and by whom.
            goals: Claims that must hold together.
            unknown: Names that are not known.
            asked: Names that may be known or not; None for those of which the goals ask whether they are.

        Returns:
            Values by name, state and role among them; or none, and whether everything was tried.
        """
        read, scope = _in_order(goals), self.scopes[situation.event]
        read.sort(key=lambda path: scope.names[path].type.kind not in _FIRST_TRIED)
        ties = tuple(self._ties(read))
        size = sum(1 for goal in (*goals, *ties) for _ in walk(goal))
        is_complete = not any(_is_computed(goal) for goal in goals)
        for view in self._views(situation, read, goals):
            for missing in _misses(_asked(goals) if asked is None else asked, frozenset(unknown)):
                free = [path for path in read if path not in missing and self._is_free(path, view, situation)]
                # What hangs on a name that is not known is not known either, and ties nothing.
                tied = (each for each in ties if missing.isdisjoint(names(each)))
                found = search((*goals, *tied), free, view, scope, max_tries=MAX_TRIES)
                # A goal is walked some ten times before, and in part with every value tried.
                self.steps.spend(size * (10 + found.tries // 2))
                if found.values is not None:
                    seen = {path: view.value(path) for path in read if path in _SEEN}
                    return Found(MappingProxyType(dict(found.values) | seen))  # type: ignore[arg-type]  # seen is known
                is_complete &= found.is_complete
        return Found(None, is_complete)

    def doubt(self, situation: Situation, sure: tuple[Expr, ...], doubtful: Expr) -> Found:
        """Find something under which some claims hold and another does not, be it false or not known."""
        found = self.find(situation, *sure, Not(doubtful))
        if found.values is not None:
            return found
        is_complete = found.is_complete
        asked = _asked((*sure, doubtful))
        is_open = Or((Not(doubtful), Not(IsKnown(doubtful))))
        for path in _in_order([doubtful]):
            if path in asked or self.can_miss(situation.event, path):
                found = self.find(situation, *sure, is_open, unknown=[path], asked=asked)
                is_complete &= found.is_complete
                if found.values is not None:
                    return found
        return Found(None, is_complete)

    def can_miss(self, event: str, path: str) -> bool:
        """Tell whether a name can be not known when an event is accepted."""
        if path.startswith("event."):
            return any(f"event.{each.id}" == path and not each.required for each in self.procedure.event[event].fields)
        return path.startswith(_CAN_MISS) or path.endswith(".until")

    def view(self, situation: Situation, *, state: str, role: str, day: date) -> View:
        """Give what a guard sees of a case of which nothing is known."""
        case = Case(id="case", procedure="", place="", state=state, entered=day, round_began=day)
        event = Event("event", situation.event, Actor("actor", role))
        return View(self.procedure, case, event, {}, day, Asked(NOTHING, "", case.id, day))

    def _views(self, situation: Situation, read: list[str], goals: tuple[Expr, ...]) -> Iterator[View]:
        """Give the days, states and roles that the goals tell apart."""
        asks_state = any(path == "state" or path.startswith("overdue.") for path in read)
        asks_role = "actor.role" in read or "actor.level" in read
        states = situation.states if asks_state else situation.states[:1]
        roles = situation.roles if asks_role else situation.roles[:1] or ("",)
        for day, state, role in itertools.product(self._days(read, goals), states, roles):
            yield self.view(situation, state=state, role=role, day=day)

    def _days(self, read: list[str], goals: tuple[Expr, ...]) -> tuple[date, ...]:
        start = self.procedure.start
        nodes = [node for goal in goals for node in walk(goal)]
        asks = "today" in read or "year" in read or any(isinstance(node, Call) for node in nodes)
        found = [start]
        for node in nodes if asks else ():
            match node:
                case Literal(date() as day):
                    found += [day, day - _DAY, day + _DAY]
                case Literal(Decimal() as number) if FIRST_YEAR <= number <= LAST_YEAR:
                    found += [date(year, 1, 1) for year in range(int(number) - 1, int(number) + 2)]
                case _:
                    pass
        # Nothing happens under a procedure before it is in force.
        return tuple(dict.fromkeys(day for day in found if start <= day <= LAST_DAY))

    def _is_free(self, path: str, view: View, situation: Situation) -> bool:
        if path.startswith("overdue."):
            return view.case.state in self.procedure.deadline[path.partition(".")[2]].states
        return path not in _SEEN and not (path == "actor.is_kin" and situation.impartial)

    # -- how names hang together --------------------------------------------------------------------------------------

    def _ties(self, read: list[str]) -> Iterator[Expr]:
        for review in _parts_read("review.", read):
            yield from self._review_ties(review, read)
        for notice in _parts_read("notice.", read):
            yield from self._notice_ties(notice, read)
        for path in read:
            # A day on which something happened, or was remembered to have, is no later day.
            if path.startswith("last."):
                yield _compare(Name(path), "<=", Name("today"))

    def _review_ties(self, review_id: str, read: list[str]) -> Iterator[Expr]:
        review = self.procedure.review[review_id]
        complete, count, missing = (Name(f"review.{review_id}.{part}") for part in ("complete", "count", "missing"))
        need = len(review.slots) if review.need is None else review.need
        slots = [In(Literal(slot.id), missing) for slot in review.slots]
        if {complete.path, count.path} <= set(read):
            yield Or((Not(complete), _compare(count, ">=", _number(need))))
            if review_id not in self.amended:
                yield Or((complete, _compare(count, "<", _number(need))))
        if {complete.path, missing.path} <= set(read) and review.need is None:
            yield from (Or((Not(complete), Not(slot))) for slot in slots)
        if {count.path, missing.path} <= set(read):
            yield from (Or((_compare(count, ">", _number(0)), slot)) for slot in slots)

    def _notice_ties(self, notice_id: str, read: list[str]) -> Iterator[Expr]:
        start = f"notice.{notice_id}"
        posted, until = Name(f"{start}.posted"), Name(f"{start}.until")
        objections = [Name(f"{start}.{part}") for part in ("open_objections", "upheld")]
        claims = [Name(f"{start}.open"), Name(f"{start}.elapsed")]
        claims_read: list[Expr] = [each for each in claims if each.path in read]
        counts_read: list[Expr] = [_compare(each, ">", _number(0)) for each in objections if each.path in read]
        if posted.path in read:
            yield from (Or((Not(each), posted)) for each in (*claims_read, *counts_read))
        if self.procedure.notice[notice_id].kind is NoticeKind.ANNOUNCEMENT:
            yield from (Not(each) for each in counts_read)
        if {claims[1].path, until.path} <= set(read):
            is_over = _compare(until, "<", Name("today"))
            yield Or((Not(claims[1]), is_over))
            yield Or((claims[1], Not(is_over)))


def _parts_read(start: str, read: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path.split(".")[1] for path in read if path.startswith(start)))


def _compare(left: Expr, comparator: str, right: Expr) -> Compare:
    return Compare((left, right), (comparator,))  # type: ignore[arg-type]  # one of the comparators


def _number(value: int) -> Literal:
    return Literal(Decimal(value))


def _in_order(goals: Iterable[Expr]) -> list[str]:
    """Name what goals read, in reading order: that of a set would differ from run to run."""
    return list(dict.fromkeys(node.path for goal in goals for node in walk(goal) if isinstance(node, Name)))


def _is_computed(goal: Expr) -> bool:
    """Tell whether something computed is to be equal to something, which may be so for numbers that nothing names."""
    equal = (node for node in walk(goal) if isinstance(node, Compare) and {"==", "!="} & set(node.comparators))
    return any(uses(node, kind) for node in equal for kind in (Arithmetic, Call))


def _asked(goals: tuple[Expr, ...]) -> frozenset[str]:
    """Name what goals ask whether it is known."""
    asked = [node.operand for goal in goals for node in walk(goal) if isinstance(node, IsKnown)]
    return frozenset(path for operand in asked for path in names(operand))


def _misses(asked: frozenset[str], unknown: frozenset[str]) -> Iterator[frozenset[str]]:
    """Give the sets of names that are not known; the smallest first."""
    paths = sorted(asked - unknown)[:_MAX_OPEN]
    for size in range(len(paths) + 1):
        for missing in itertools.combinations(paths, size):
            yield unknown | frozenset(missing)
