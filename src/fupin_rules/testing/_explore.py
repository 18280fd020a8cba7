"""
Looking everywhere a procedure can lead: every kind of case it can bring about, and every event made from its guards.

Breadth first over shapes of cases, each with one journal that leads there. At each, every move is tried by all who may
make it, on every day that a guard turns on, with every assessment; and, once for all that a move can tell apart, with
every event that is wrong in one thing. What must be so is judged on the journals; every refusal is mended, in each way
it names.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from fupin_rules.expr import Expr, to_text
from fupin_rules.journal import JournalCorruptError
from fupin_rules.testing._events import OUTCOMES, Maker, Trial, opened, supposing
from fupin_rules.testing._fits import given
from fupin_rules.testing._functions import check_options, check_plan, check_round_trip, walked
from fupin_rules.testing._invariants import INVARIANTS, Breach, Invariant, Promises, invariants_of
from fupin_rules.testing._leaves import leaves
from fupin_rules.testing._mend import Mender
from fupin_rules.testing._shape import Shapes, skips_a_slot
from fupin_rules.testing._story import Entry, Told
from fupin_rules.truth import Unknown
from fupin_rules.workflow import (
    Accepted,
    AmbiguousProcedureError,
    Amend,
    Calendar,
    Case,
    Context,
    Delegate,
    Duplicate,
    Move,
    Procedure,
    Refused,
    StateKind,
    Waive,
    look,
    plan,
    replay,
    step,
)

_DAY = timedelta(days=1)
WEEKDAYS: Final = Calendar("every weekday", date(1990, 1, 1), date(2100, 12, 31))
_DETOURS = (Amend, Delegate, Waive)
# Variants that no guard looks at.
_BLIND = ("evidence", "place", "level", "id", "version", "kind", "long", "personal", "field", "backwards", "state")


@attrs.frozen
class Bounds:
    """
    How far is looked.

    Attributes:
        rounds: Rounds of one case.
        objections: Objections to one notice.
        detours: Waived, delegated and added signatures in one round.
        nodes: Shapes of cases; beyond them the exploration is told to be cut short.
        start: Day on which cases begin; None for some weeks into the procedure.
        place: Area code of the village, twelve digits; cut to what the procedure needs.
        calendar: Holidays.
        mends: Whether every kind of refusal is mended in each way it names.
        each_mends: Whether every single refusal is, and not one of each kind; that takes many times as long.
        options: Whether options are compared with what is accepted.
        plans: How many goals are planned for from each state.
    """

    rounds: int = 3
    objections: int = 2
    detours: int = 1
    nodes: int = 5_000
    start: date | None = None
    place: str = "371482100200"
    calendar: Calendar | None = WEEKDAYS
    mends: bool = True
    each_mends: bool = False
    options: bool = True
    plans: int = 1


BOUNDS: Final = Bounds()
"""As far as is looked where nobody says how far."""


@attrs.frozen(eq=False)
class Node:
    """
    One kind of case, and a journal that leads there.

    Attributes:
        case: The case.
        day: The day it got there.
        told: Its last entry, told; None before the first.
        parent: Number of the node it came from; None for the first.
        detours: Detours taken in this round.
    """

    case: Case
    day: date
    told: Told | None
    parent: int | None
    detours: int = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The journal."""
        return self.told.so_far() if self.told is not None else ()


@attrs.frozen(eq=False)
class Tried:
    """
    One event that was tried.

    Attributes:
        node: Number of the node.
        trial: The event.
        accepted: What came of it; None if it was refused.
        is_first: Whether its move met for the first time what it can tell apart.
    """

    node: int
    trial: Trial
    accepted: Accepted | None
    is_first: bool


@attrs.frozen
class LeafSeen:
    """
    What was seen of one leaf of a guard.

    Attributes:
        move: Id of the move.
        leaf: The leaf, in the rule language.
        true: Events with which it was true.
        false: Events with which it was false.
        unknown: Events with which it was not known.
        lets: Events that would not have been accepted, had it been otherwise.
        keeps: Events for which the guard would have held, had it been otherwise.
    """

    move: str
    leaf: str
    true: int
    false: int
    unknown: int
    lets: int
    keeps: int


@attrs.frozen
class Flaw:
    """
    Something that is not as it must be.

    Attributes:
        invariant: Id of the invariant that is broken.
        zh: What is wrong, in Chinese.
        en: The same in English.
        entries: A journal that shows it.
        label: What was special about the event.
    """

    invariant: str
    zh: str
    en: str
    entries: tuple[Entry, ...] = attrs.field(default=(), repr=False, hash=False)
    label: str = ""

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        return f"{self.invariant}：{self.zh}" if language == "zh" else f"{self.invariant}: {self.en}"


@attrs.frozen(eq=False, repr=False)
class Exploration:
    """
    What an exploration came to.

    Attributes:
        procedure: What was explored.
        bounds: How far.
        nodes: Kinds of cases, in the order they were found.
        tried: Every event that was tried.
        states: State to the number of its nodes.
        moves: Move to the number of events that made it.
        seen: What was seen of each leaf of each guard.
        refusals: How many events were refused.
        kinds: How many kinds of refusal there were: same event, state and reasons.
        ways: How many ways they named, each of which was mended.
        flaws: What is not as it must be.
        is_complete: Whether everything within the bounds was looked at.
    """

    procedure: Procedure
    bounds: Bounds
    nodes: tuple[Node, ...]
    tried: tuple[Tried, ...]
    states: Mapping[str, int]
    moves: Mapping[str, int]
    seen: tuple[LeafSeen, ...]
    refusals: int
    kinds: int
    ways: int
    flaws: tuple[Flaw, ...]
    is_complete: bool

    @property
    def unreached(self) -> tuple[str, ...]:
        """States that no case reached."""
        return tuple(state.id for state in self.procedure.states if not self.states.get(state.id))

    @property
    def untaken(self) -> tuple[str, ...]:
        """Moves that no event made."""
        return tuple(move.id for move in self.procedure.moves if not self.moves.get(move.id))

    @property
    def vacuous(self) -> tuple[LeafSeen, ...]:
        """Leaves of guards that never decided: no event was accepted because of them, or none refused."""
        return tuple(each for each in self.seen if not each.lets or not each.keeps)

    def text(self, language: str) -> str:
        """Say what was found, for a person, in `zh` or `en`."""
        zh = language == "zh"
        procedure = self.procedure
        reached, taken = len(procedure.states) - len(self.unreached), len(procedure.moves) - len(self.untaken)
        version = f"{procedure.id}/{procedure.version}"
        states, moves = len(procedure.states), len(procedure.moves)
        if zh:
            head = f"{procedure.zh}（{version}）"
            looked = (
                f"环节{reached}/{states}，步骤{taken}/{moves}，案件形态{len(self.nodes)}种，事项{len(self.tried)}件"
            )
            refused = f"不予受理{self.refusals}件（{self.kinds}类，补正途径{self.ways}条）"
        else:
            head = f"{procedure.en} ({version})"
            looked = f"states {reached}/{states}, moves {taken}/{moves}, {len(self.nodes)} kinds of case"
            refused = f"{len(self.tried)} events, {self.refusals} refused ({self.kinds} kinds, {self.ways} ways mended)"
        lines = [head, looked, refused]
        if not self.is_complete:
            lines.append("已到上限，未看完" if zh else "cut short at the bounds")
        lines += [f"未到达的环节：{each}" if zh else f"state not reached: {each}" for each in self.unreached]
        lines += [f"未走过的步骤：{each}" if zh else f"move not taken: {each}" for each in self.untaken]
        lines += [
            f"条件从不起作用：{each.move}：{each.leaf}" if zh else f"never decides: {each.move}: {each.leaf}"
            for each in self.vacuous
        ]
        lines += [flaw.text(language) for flaw in self.flaws]
        if not self.flaws:
            lines.append("没有发现违反" if zh else "nothing is broken")
        return "\n".join(lines)


def explore(
    procedure: Procedure,
    invariants: Sequence[Invariant] = INVARIANTS,
    bounds: Bounds = BOUNDS,
    *,
    reference: Procedure | None = None,
) -> Exploration:
    """
    Look everywhere a procedure can lead, and judge what must be so.

    Args:
        procedure: What is explored.
        invariants: What must be so; fewer are quicker.
        bounds: How far to look.
        reference: The procedure whose promises count, and which must take every event that is taken; None for itself.

    Returns:
        What was reached, taken and seen, and what is broken, with a journal for each.
    """
    return _Explorer(procedure, invariants, bounds, reference).run()


def first_case(procedure: Procedure, bounds: Bounds) -> Case:
    """Give a case before its first event."""
    day = bounds.start or procedure.start + _DAY * 40
    digits = max(level.digits for level in procedure.levels)
    return Case(
        id="case",
        procedure=procedure.reference,
        place=(bounds.place + "0" * digits)[:digits],
        state=procedure.initial,
        entered=day,
        round_began=day,
    )


class _Seen:
    """Counts what leaves of guards came to, with everything else good."""

    def __init__(self, procedure: Procedure) -> None:
        self.leaves = {move.id: leaves(move.guard) for move in procedure.moves}
        self.counts: dict[tuple[str, Expr], list[int]] = {
            (move.id, leaf): [0, 0, 0, 0, 0] for move in procedure.moves for leaf in self.leaves[move.id]
        }

    def note(self, procedure: Procedure, case: Case, trial: Trial, accepted: Accepted | None) -> None:
        if trial.move is None or trial.wrong.startswith(_BLIND):
            return
        for move in procedure.moves_on.get((case.state, trial.event.type), ()):
            if not self.leaves[move.id]:
                continue
            assert move.guard is not None
            view = look(procedure, case, trial.event, trial.at, context=trial.context)
            holds = view.claim(move.guard) is True
            if holds and (accepted is None or accepted.entry["move"] != move.id):
                continue
            for leaf in self.leaves[move.id]:
                truth = view.claim(leaf)
                count = self.counts[move.id, leaf]
                count[2 if isinstance(truth, Unknown) else 0 if truth else 1] += 1
                if any(
                    (view.claim(given(move.guard, leaf, truth=other)) is True) is not holds
                    for other in (True, False)
                    if truth is not other
                ):
                    count[3 if holds else 4] += 1

    def told(self) -> Iterator[LeafSeen]:
        for (move, leaf), counts in self.counts.items():
            yield LeafSeen(move, to_text(leaf), *counts)


class _Explorer:
    def __init__(
        self, procedure: Procedure, invariants: Sequence[Invariant], bounds: Bounds, reference: Procedure | None
    ) -> None:
        self.procedure = procedure
        self.bounds = bounds
        self.reference = reference
        self.context = Context(calendar=bounds.calendar)
        self.promises: Promises = invariants_of(reference or procedure, invariants, calendar=bounds.calendar)
        self.judged = {each.id for each in invariants}
        self.maker = Maker(procedure, self.context)
        self.shapes = Shapes(procedure, self.context)
        self.mender = Mender(procedure, self.context)
        self.nodes: list[Node] = []
        self.number: dict[Hashable, int] = {}
        self.edges: list[tuple[int, int]] = []
        self.tried: list[Tried] = []
        self.moves: dict[str, int] = {}
        self.seen = _Seen(procedure)
        self.looked: set[Hashable] = set()
        self.kinds: set[Hashable] = set()
        self.refusals = self.ways = 0
        self.flaws: dict[tuple[str, str], Flaw] = {}
        self.is_complete = True

    def run(self) -> Exploration:
        first = first_case(self.procedure, self.bounds)
        self._add(Node(first, first.entered, None, None), None)
        queue = deque([0])
        while queue:
            number = queue.popleft()
            for found in self._expand(number):
                if len(self.nodes) >= self.bounds.nodes:
                    self.is_complete = False
                    break
                queue.append(self._add(found, number))
        self._pairs()
        self._functions()
        states: dict[str, int] = {}
        for node in self.nodes:
            states[node.case.state] = states.get(node.case.state, 0) + 1
        return Exploration(
            self.procedure,
            self.bounds,
            tuple(self.nodes),
            tuple(self.tried),
            states,
            dict(self.moves),
            tuple(self.seen.told()),
            self.refusals,
            len(self.kinds),
            self.ways,
            tuple(self.flaws.values()),
            self.is_complete,
        )

    def _add(self, node: Node, parent: int | None) -> int:
        number = len(self.nodes)
        self.nodes.append(node)
        self.number[self.shapes.of(node.case, node.day)] = number
        if parent is not None:
            self.edges.append((parent, number))
        return number

    # -- one node ---------------------------------------------------------------------------------------------------

    def _expand(self, number: int) -> Iterator[Node]:
        node = self.nodes[number]
        before = repr(node.case)
        for move in self.procedure.moves:
            if node.case.state in move.source:
                key = (move.id, self.shapes.of_move(move, node.case, node.day))
                is_first = key not in self.looked
                self.looked.add(key)
                yield from self._move(number, move, is_first=is_first)
        if node.case.state not in self.looked:
            self.looked.add(node.case.state)
            for trial in self.maker.strays(node.case, node.day):
                self._try(number, trial, is_first=True)
        if repr(node.case) != before:
            self._flaw("refusals", "尝试改变了案件", "trying events changed the case", node)

    def _move(self, number: int, move: Move, *, is_first: bool) -> Iterator[Node]:
        """Try what ought to make a move; and what ought not to, where what it meets is met for the first time."""
        node = self.nodes[number]
        base: Trial | None = None
        for trial in self.maker.good(move, node.case, node.day):
            accepted = self._try(number, trial, is_first=is_first)
            if accepted is not None:
                yield from self._accepted(number, trial, accepted)
                is_made = accepted.entry["move"] == move.id
                base = trial if base is None and is_made else base
        # Of what is never accepted here, one thing more that is wrong tells nothing.
        for trial in self.maker.bad(move, node.case, node.day, base) if is_first and base is not None else ():
            accepted = self._try(number, trial, is_first=True)
            if accepted is not None:
                yield from self._accepted(number, trial, accepted)

    def _try(self, number: int, trial: Trial, *, is_first: bool) -> Accepted | None:
        node = self.nodes[number]
        case = opened(node.case, trial.event, trial.at)
        try:
            result = step(self.procedure, case, trial.event, trial.at, context=trial.context)
        except AmbiguousProcedureError as error:
            zh = f"一个事项有两步可走：{error.faults[0].what}"
            self._flaw("one_move", zh, error.faults[0].what, node, trial.label)
            return None
        accepted = result if isinstance(result, Accepted) else None
        self.tried.append(Tried(number, trial, accepted, is_first))
        self.seen.note(self.procedure, case, trial, accepted)
        if isinstance(result, Refused):
            self._refused(node, case, trial, result, is_first=is_first)
        return accepted

    def _accepted(self, number: int, trial: Trial, accepted: Accepted) -> Iterator[Node]:
        node = self.nodes[number]
        move = self.procedure.move[accepted.entry["move"]]
        self.moves[move.id] = self.moves.get(move.id, 0) + 1
        told = self.promises.next(node.told, accepted.entry)
        for breach in self.promises.breaches(told):
            self._breach(breach, told, trial)
        self._against(node, trial, accepted)
        detours = _detours(node, move, accepted.case)
        if not self._is_within(node, move, accepted.case, detours):
            return
        shape = self.shapes.of(accepted.case, trial.at)
        known = self.number.get(shape)
        if known is None:
            yield Node(accepted.case, trial.at, told, number, detours)
        else:
            self.edges.append((number, known))

    def _is_within(self, node: Node, move: Move, case: Case, detours: int) -> bool:
        if case.round > self.bounds.rounds or detours > self.bounds.detours:
            return False
        if any(len(mark.objections) > self.bounds.objections for mark in case.notices.values()):
            return False
        return not skips_a_slot(self.procedure, move, node.case, case)

    def _against(self, node: Node, trial: Trial, accepted: Accepted) -> None:
        if self.reference is None:
            return
        case = attrs.evolve(opened(node.case, trial.event, trial.at), procedure=self.reference.reference)
        result = step(self.reference, case, trial.event, trial.at, context=trial.context)
        if not isinstance(result, Accepted):
            what = f"`{accepted.entry['move']}` is refused by the procedure it was changed from"
            self._flaw("reference", f"原规程不予受理“{accepted.entry['move']}”", what, node, trial.label)

    def _pairs(self) -> None:
        """Let one person act in each pair of roles that exclude each other, the one first and then the other."""
        for group in self.procedure.incompatible:
            for first, second in itertools.permutations(group, 2):
                self._pair(first, second)

    def _pair(self, first: str, second: str) -> None:
        acted = next((each for each in self.tried if _is_by(each, first)), None)
        later = [move for move in self.procedure.moves if second in move.roles]
        if acted is None or acted.accepted is None:
            return
        case, person = acted.accepted.case, acted.trial.event.by.id
        told = self.promises.next(self.nodes[acted.node].told, acted.accepted.entry)
        for move, source in [(each, source) for each in later for source in each.source]:
            found = plan(self.procedure, case, source, acted.trial.at, context=self.context)
            if not found.reachable:
                continue
            for result in walked(self.procedure, case, found, self.context):
                case, told = result.case, self.promises.next(told, result.entry)
            number = len(self.nodes)
            self.nodes.append(Node(case, told.day, told, acted.node))
            for trial in self.maker.good(move, case, told.day):
                if trial.event.by.role == second and not trial.wrong:
                    same = attrs.evolve(trial.event, by=attrs.evolve(trial.event.by, id=person))
                    label = f"incompatible {first}+{second}"
                    for each in (trial, attrs.evolve(trial, event=same, label=label, wrong=label)):
                        accepted = self._try(number, each, is_first=True)
                        if accepted is not None:
                            list(self._accepted(number, each, accepted))
            return

    # -- refusals ---------------------------------------------------------------------------------------------------

    def _refused(self, node: Node, case: Case, trial: Trial, refused: Refused, *, is_first: bool) -> None:
        self.refusals += 1
        if refused.case is not case:
            self._flaw("refusals", "不予受理改变了案件", "a refusal changed the case", node, trial.label)
        # Where a move cannot tell two cases apart, it refuses alike.
        is_due = self.bounds.each_mends or (is_first and self.bounds.mends)
        if not is_due or "refusals" not in self.judged:
            return
        reasons = frozenset((each.code, each.path, each.wanted, each.mend) for each in refused.reasons)
        # What is not about the case is mended alike wherever the case stands.
        where = node.case.state if any(each.code.startswith("guard") for each in refused.reasons) else ""
        kind = (where, trial.event.type, reasons)
        if kind in self.kinds and not self.bounds.each_mends:
            return
        self.kinds.add(kind)
        if not refused.reasons:
            self._flaw("refusals", "不予受理而没有理由", "a refusal gives no reason", node, trial.label)
        for way in refused.ways:
            self.ways += 1
            if self.mender.mend(case, trial.event, way, trial.at, trial.context) is None:
                zh = "；".join(reason.zh for reason in way)
                en = "; ".join(f"{reason.code} {reason.path} {reason.wanted}" for reason in way)
                label = f"{trial.event.type} in {node.case.state}: {trial.label}"
                self._flaw("refusals", f"补正后仍不予受理：{zh}", f"mending does not help: {en}", node, label)

    # -- what is about functions ------------------------------------------------------------------------------------

    def _functions(self) -> None:
        if {"replay", "prefixes"} & self.judged:
            self._replay()
        if "once" in self.judged:
            self._again()
        if "goals" in self.judged:
            self._goals()
        if "round_trip" in self.judged:
            longest = max(self.nodes, key=lambda node: node.case.seq)
            for zh, en in check_round_trip(self.procedure, longest.entries):
                self._flaw("round_trip", zh, en, longest)
        if "options" in self.judged and self.bounds.options:
            self._options()
        if "plans" in self.judged and self.bounds.plans:
            self._plans()

    def _replay(self) -> None:
        """Replay the journal of every node; each is a prefix of those that go on from it."""
        for node in self.nodes[1:]:
            try:
                found = replay(self.procedure, node.entries)[node.case.id]
            except JournalCorruptError as error:
                self._flaw("replay", f"不能重放：{error}", f"cannot be replayed: {error}", node)
                continue
            if found != node.case:
                self._flaw("replay", "重放得到另一案件", "replay gives another case", node)

    def _again(self) -> None:
        """Take the last event of every node once more."""
        for tried in self.tried:
            if tried.accepted is None or self.nodes[tried.node].case.seq % 4:
                continue
            trial, case = tried.trial, tried.accepted.case
            if not isinstance(step(self.procedure, case, trial.event, trial.at, context=trial.context), Duplicate):
                node = self.nodes[tried.node]
                self._flaw("once", "同一事项受理两次", "an event is taken twice", node, trial.label)

    def _goals(self) -> None:
        """From each node a goal must be reached, by what was taken or, at the bounds, by a plan."""
        back: dict[int, list[int]] = {}
        for source, target in self.edges:
            back.setdefault(target, []).append(source)
        kinds = {state.id: state.kind for state in self.procedure.states}
        found = {number for number, node in enumerate(self.nodes) if kinds[node.case.state] is StateKind.GOAL}
        waiting = deque(found)
        while waiting:
            for source in back.get(waiting.popleft(), ()):
                if source not in found:
                    found.add(source)
                    waiting.append(source)
        for number, node in enumerate(self.nodes):
            if number in found or kinds[node.case.state] is StateKind.CLOSED:
                continue
            goals = [state for state, kind in kinds.items() if kind is StateKind.GOAL]
            if not any(
                plan(self.procedure, node.case, goal, node.day, context=self.context).reachable for goal in goals
            ):
                zh, en = f"从“{node.case.state}”到不了目标", f"no goal can be reached from `{node.case.state}`"
                self._flaw("goals", zh, en, node)

    def _options(self) -> None:
        looked: set[Hashable] = set()
        for node in self.nodes:
            key = (node.case.state, self.shapes.truths(node.case, node.day))
            if key not in looked:
                looked.add(key)
                context = self._supposing(node)
                for zh, en in check_options(self.procedure, node.case, node.day, context, self.maker):
                    self._flaw("options", zh, en, node)

    def _plans(self) -> None:
        goals = [state.id for state in self.procedure.states if state.kind is StateKind.GOAL]
        rota = itertools.cycle(goals)
        looked: set[str] = set()
        for node in self.nodes:
            if node.case.state in looked:
                continue
            looked.add(node.case.state)
            for goal in itertools.islice(rota, min(self.bounds.plans, len(goals))):
                for zh, en in check_plan(self.procedure, node.case, goal, node.day, self.context):
                    self._flaw("plans", zh, en, node)

    def _supposing(self, node: Node) -> Context:
        good = {path: outcomes[0] for path, outcomes in OUTCOMES.items()}
        return supposing(self.context, self.procedure, node.case, good, node.day)

    # -- what is found ----------------------------------------------------------------------------------------------

    def _breach(self, breach: Breach, told: Told, trial: Trial) -> None:
        flaw = Flaw(breach.invariant, breach.zh, breach.en, told.so_far(), trial.label)
        self.flaws.setdefault((breach.invariant, breach.en), flaw)

    def _flaw(self, invariant: str, zh: str, en: str, node: Node, label: str = "") -> None:
        self.flaws.setdefault((invariant, f"{en} {label}"), Flaw(invariant, zh, en, node.entries, label))


def _is_by(tried: Tried, role: str) -> bool:
    return tried.accepted is not None and tried.trial.event.by.role == role


def _detours(node: Node, move: Move, case: Case) -> int:
    if case.round > node.case.round:
        return 0
    return node.detours + any(isinstance(effect, _DETOURS) for effect in move.effects)
