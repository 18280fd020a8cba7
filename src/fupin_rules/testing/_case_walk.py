"""
Cases on a way that chance chooses, one after the other in one journal, checked at every step.

Events are drafted from the guards, so most of them are accepted; some are spoiled in one place, and must be refused for
that reason. Whatever chooses is handed in: Hypothesis, or a generator of random numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import attrs

from fupin_rules.expr import names
from fupin_rules.journal import Checkpoint, MemoryStore, canonical, leaf_digest
from fupin_rules.testing._invariants import invariants_of
from fupin_rules.testing._spoiled import Spoiled, spoiled
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Amend,
    Asked,
    Case,
    Context,
    Delegate,
    Dossier,
    Duplicate,
    Event,
    Move,
    NewRound,
    Object,
    Option,
    Procedure,
    Refused,
    Result,
    SetFact,
    Sign,
    StateKind,
    Status,
    Verdict,
    Waive,
    actor_for,
    draft,
    open_slots,
    options,
    replay,
    step,
    verify,
)

# `Any`: it takes a sequence of anything and gives one of its items, which no type variable says of an attribute.
Choose = Callable[[Sequence[Any]], Any]

# Of nobody: there is no such area.
PLACE: Final = "990101001001"
_DAY = timedelta(days=1)
_LAST_HOUR: Final = 23
# With somebody else, one of these would not be in the way.
_BY_ANOTHER: Final = {"signed_already", "incompatible_role"}
# What makes a round longer.
_DETOURS: Final = (Amend, Delegate, Object, Waive)
_NEVER: Final = 1_000
_OUTCOMES: Final = ("eligible", "eligible", "eligible", "ineligible", "undetermined")
_LEAVES: Final = ("met", "met", "met", "not_met", "undetermined")
_HAPPENINGS: Final = (*("go on",) * 24, "turn", "anybody", "spoil", "spoil", "spoil", "repeat", "tell", "journal")


class WalkError(AssertionError):
    """Something that must be so at every step is not so."""


def _must(claim: bool, what: str) -> None:
    if not claim:
        raise WalkError(what)


@attrs.define
class CaseWalk:
    """
    A case on its way, and those that came before it.

    Attributes:
        procedure: The procedure.
        context: What lies outside; where it holds nothing on a case, outcomes of assessments are made up. Cases are
            called `H-1`, `H-2` and so on.
        tally: Counts what was tried and how it came out: `accepted`, `refused`, `reached: …`, `spoiled: …`.
        cases: Those that were opened, as they stand; the last one is on its way.
        day: Of the next event.
        entries: The journal of all.
        events: What was accepted for the last case.
    """

    procedure: Procedure
    context: Context
    tally: Counter[str] = attrs.field(factory=Counter)
    cases: dict[str, Case] = attrs.field(factory=dict)
    day: date = date.min
    entries: list[Mapping[str, Any]] = attrs.field(factory=list)
    events: list[Event] = attrs.field(factory=list)
    _drafted: int = 0
    _store: MemoryStore = attrs.field(factory=MemoryStore)
    _checkpoints: list[Checkpoint] = attrs.field(factory=list)
    _far: Mapping[str, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Count how far each state is from the next goal."""
        self._far = _distances(self.procedure)

    # -- what can be done ------------------------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        """Whether no case is on its way: there is none yet, or nothing more can happen to the last."""
        return not self.cases or not self._moves()

    def open(self, choose: Choose) -> None:
        """Open a case by one of the moves that begin one."""
        self.day = max(self.day, self.procedure.start) + choose((0, 1, 40)) * _DAY
        blank = self._blank()
        self.cases[blank.id] = blank
        self.events = []
        self.tell(choose)
        opened = []
        for move in self._moves():
            for role in move.roles:
                event = self._draft(move, self._actor(role))
                result = self.procedure.open(blank.id, event, self.day, context=self.context)
                opened += [(result, event)] if isinstance(result, Accepted) else []
        _must(bool(opened), f"{self.procedure.reference}: no case can be opened")
        self._accept(*choose(opened))

    def happen(self, choose: Choose) -> None:
        """Let one thing happen; mostly, that somebody does what is to be done. A case that has ended gives way."""
        if self.is_over:
            self.open(choose)
        match choose(_HAPPENINGS):
            case "go on":
                self.go_on(choose)
            case "turn":
                self.turn(choose)
            case "anybody":
                self.try_anybody(choose)
            case "spoil":
                self.spoil(choose)
            case "repeat":
                self.repeat(choose)
            case "tell":
                self.tell(choose)
            case _:
                self.keep_journal()

    def go_on(self, choose: Choose) -> None:
        """Make a move that is ready for somebody, or wait for one that is not yet: it must be accepted."""
        self.day += choose((0, 0, 0, 1, 8)) * _DAY
        found = self._found(Status.READY, Status.NOT_YET)
        # A case that ends or begins anew all the time shows little: here it goes on, and most choices take it further.
        kept = [pair for pair in found if not self._turns(pair[0].move)]
        further = [pair for pair in kept if self._goes_further(pair[0].move)]
        plain = [pair for pair in kept if not any(isinstance(each, _DETOURS) for each in pair[0].move.effects)]
        if not kept:
            self.turn(choose)
        else:
            option, actor = choose([*further * 8, *plain * 2, *kept])
            if option.until is None:
                self._make(option, actor, self._moment(choose))
            else:
                before = self._option(option.move, actor, option.until - _DAY)
                _must(before.status is not Status.READY, f"`{option.move.id}` is ready before {option.until}")
                self.day = option.until
                self._make(option, actor, self.day)

    def turn(self, choose: Choose) -> None:
        """End the case, or begin it anew, by a move that is ready: it must be accepted; tell something if none is."""
        ready = [pair for pair in self._found(Status.READY) if self._turns(pair[0].move)]
        if not ready:
            # Nothing is left but that something becomes known.
            self.tell(choose)
        else:
            option, actor = choose(ready)
            self._make(option, actor, self.day)

    def try_anybody(self, choose: Choose) -> None:
        """Have anybody make any move from here: accepted if options call it ready, and refused if not."""
        moves = self._moves()
        if moves:
            move, actor = choose(moves), self._actor(choose(self.procedure.roles).id)
            option = self._option(move, actor, self.day)
            event = self._draft(move, actor)
            result = self._take(event, self.day)
            made = isinstance(result, Accepted) and result.entry["move"] == move.id
            is_ready = option.status is Status.READY
            _must(made is is_ready, f"`{move.id}` is called {option.status.value}: {_said(result)}")
            if isinstance(result, Accepted):
                self._accept(result, event)

    def spoil(self, choose: Choose) -> None:
        """Spoil an event in one place: it must be refused, for that among its reasons."""
        ready = self._found(Status.READY)
        if ready:
            option, actor = choose(ready)
            event = self._draft(option.move, actor)
            bad: Spoiled = choose(list(spoiled(self.procedure, self._now(), event, self.events, self.day)))
            result = self._take(bad.event, bad.at, expect=bad.expect)
            self.tally[f"spoiled: {bad.name}"] += 1
            where = f"`{option.move.id}`, spoiled: {bad.name}"
            _must(isinstance(result, Refused), f"{where}: is accepted")
            assert isinstance(result, Refused)
            codes = [reason.code for reason in result.reasons]
            _must(bad.code in codes, f"{where}: `{bad.code}` is not among {codes}")

    def repeat(self, choose: Choose) -> None:
        """Send an event that was taken once more: nothing happens."""
        before = self._now()
        result = step(self.procedure, before, choose(self.events), self.day, context=self.context)
        _must(isinstance(result, Duplicate) and result.case is before, f"an event is taken twice: {_said(result)}")

    def tell(self, choose: Choose) -> None:
        """Let assessments of the household come out otherwise, unless somebody holds it."""
        case_id = self._now().id
        held = self.context.dossiers.get(case_id)
        if self.procedure.policy and (held is None or held.subject is None):
            said = [Verdict(self.procedure.policy, "", self.day, choose(each)) for each in (_OUTCOMES, _LEAVES)]
            dossiers = {**self.context.dossiers, case_id: Dossier(assessment=said[0], exit=said[1])}
            self.context = attrs.evolve(self.context, dossiers=dossiers)

    def keep_journal(self) -> None:
        """Write what is new into a store, and check all that is there against every checkpoint so far."""
        stored = sum(1 for _ in self._store.read())
        self._store.append(self.entries[stored:])
        verified = verify(self.procedure, self._store.read(), self._checkpoints)
        _must(verified.is_clean, "; ".join(finding.what_en for finding in verified.findings))
        _must(dict(verified.cases) == self.cases, "the journal gives another case")
        self._checkpoints.append(Checkpoint("case machine", verified.size, verified.root))

    def end(self) -> None:
        """Check the journal once more, and what must be so whatever happened."""
        self.keep_journal()
        promises = invariants_of(self.procedure, calendar=self.context.calendar)
        for case_id in self.cases:
            breaches = promises.judge(entry for entry in self.entries if entry["case"] == case_id)
            _must(not breaches, "\n".join(f"{case_id}, {breach.text('en')}" for breach in breaches))

    # -- every step ------------------------------------------------------------------------------------------------

    def _make(self, option: Option, actor: Actor, at: date | datetime) -> None:
        event = self._draft(option.move, actor)
        result = self._take(event, at)
        where = f"`{option.move.id}` by `{actor.role}` is called {option.status.value}"
        _must(isinstance(result, Accepted), f"{where} and is refused on {at}: {_said(result)}")
        assert isinstance(result, Accepted)
        _must(result.entry["move"] == option.move.id, f"{where}, and `{result.entry['move']}` is made")
        self._accept(result, event)

    def _take(self, event: Event, at: date | datetime, *, expect: int | None = None) -> Result:
        before = self._now()
        kept = attrs.asdict(before, recurse=False)
        result = step(self.procedure, before, event, at, expect=expect, context=self.context)
        self.tally["accepted" if isinstance(result, Accepted) else "refused"] += 1
        _must(attrs.asdict(before, recurse=False) == kept, "a step changes the case it is given")
        if isinstance(result, Refused):
            _must(result.case is before, "a refused event changes the case")
            _must(bool(result.reasons), "an event is refused without a reason")
            told = set(result.reasons)
            _must(all(set(way) <= told for way in result.ways), "a way names a reason that is not told")
        return result

    def _accept(self, accepted: Accepted, event: Event) -> None:
        entry, before = accepted.entry, self._now()
        _must((entry["prev"], entry["seq"]) == (before.head, before.seq + 1), "an entry does not continue the chain")
        _must(accepted.case.head == leaf_digest(canonical(entry)), "a case does not name its last entry")
        self.cases[before.id] = accepted.case
        self.tally[f"reached: {accepted.case.state}"] += 1
        self.entries.append(entry)
        self.events.append(event)
        mine = [each for each in self.entries if each["case"] == before.id]
        _must(dict(replay(self.procedure, mine)) == {before.id: accepted.case}, "replay gives another case")

    # -- who and what ----------------------------------------------------------------------------------------------

    def _now(self) -> Case:
        return list(self.cases.values())[-1]

    def _blank(self) -> Case:
        return Case(
            id=f"H-{len(self.cases) + 1}",
            procedure=self.procedure.reference,
            place=PLACE[: max(level.digits for level in self.procedure.levels)],
            state=self.procedure.initial,
            entered=self.day,
            round_began=self.day,
        )

    def _moves(self) -> list[Move]:
        return [move for move in self.procedure.moves if self._now().state in move.source]

    def _turns(self, move: Move) -> bool:
        """Tell whether a move ends the case or begins a new round of it."""
        ends = move.target is not None and self.procedure.state[move.target].kind is StateKind.CLOSED
        return ends or any(isinstance(effect, NewRound) for effect in move.effects)

    def _goes_further(self, move: Move) -> bool:
        """Tell whether a move takes the case nearer to a goal, or brings what the next one needs."""
        here = self._now().state
        if move.target in {None, here}:
            return any(isinstance(effect, Sign) for effect in move.effects) or self._is_asked_for(move)
        return self._far.get(move.target or "", _NEVER) < self._far.get(here, _NEVER)

    def _is_asked_for(self, move: Move) -> bool:
        asked = {f"last.{move.event}", f"days_since.{move.event}"}
        asked |= {f"facts.{effect.fact}" for effect in move.effects if isinstance(effect, SetFact)}
        happened = self._now().last.get(move.event) == self.day
        return not happened and any(asked & names(other.guard) for other in self._moves() if other.guard is not None)

    def _actor(self, role: str, number: int = 1) -> Actor:
        return actor_for(self.procedure, self._now(), role, number)

    def _draft(self, move: Move, actor: Actor) -> Event:
        self._drafted += 1
        outside = Asked(self.context, self.procedure.policy, self._now().id, self.day)
        return draft(self.procedure, move, self._now(), actor, f"e{self._drafted}", day=self.day, outside=outside)

    def _moment(self, choose: Choose) -> date | datetime:
        """Give the day, or a time of it that is not before any told."""
        clock = self._now().clock
        last = datetime.fromisoformat(clock) if clock else None
        hour = last.hour + 1 if last is not None and last.date() == self.day else 0
        return self.day if hour > _LAST_HOUR or choose((True, True, False)) else datetime.combine(self.day, time(hour))

    def _found(self, *wanted: Status) -> list[tuple[Option, Actor]]:
        """Give what stands so to somebody, in the order of the procedure."""
        found = [(option, actor) for actor, given in self._options(self.day) for option in given]
        place = {move.id: number for number, move in enumerate(self.procedure.moves)}
        fitting = [pair for pair in found if pair[0].status in wanted]
        return sorted(fitting, key=lambda pair: (place[pair[0].move.id], pair[1].role, pair[1].id))

    def _options(self, day: date) -> Iterator[tuple[Actor, tuple[Option, ...]]]:
        case = self._now()
        for role in dict.fromkeys(role for move in self._moves() for role in move.roles):
            for number in range(1, 4):
                actor = self._actor(role, number)
                given = options(self.procedure, case, actor, day, context=self.context)
                yield actor, given
                if not any(reason.code in _BY_ANOTHER for option in given for reason in option.reasons):
                    break
        for review, signed in case.reviews.items():
            for slot in open_slots(self.procedure.review[review], signed):
                if slot.id in signed.delegates:
                    actor = attrs.evolve(self._actor(slot.role), id=signed.delegates[slot.id])
                    yield actor, options(self.procedure, case, actor, day, context=self.context)

    def _option(self, move: Move, actor: Actor, day: date) -> Option:
        given = options(self.procedure, self._now(), actor, day, context=self.context)
        return next(option for option in given if option.move is move)


def _distances(procedure: Procedure) -> dict[str, int]:
    """Count the fewest moves from each state to a goal that is not itself."""
    ways = {(source, move.target) for move in procedure.moves for source in move.source if move.target is not None}
    far: dict[str, int] = {}
    goals = {state.id for state in procedure.states if state.kind is StateKind.GOAL}
    for steps in range(1, len(procedure.states) + 1):
        near = {state for state, count in far.items() if count == steps - 1 and state not in goals}
        reached = {source for source, target in ways if target in (goals if steps == 1 else near) and source != target}
        far |= dict.fromkeys(reached - far.keys(), steps)
    return far


def _said(result: Result) -> str:
    return result.explain("en") if isinstance(result, Refused) else type(result).__name__
