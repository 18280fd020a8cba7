"""
What a step of the workflow costs, as ratios to a bare transition over a dict, measured in one run.

Nine states from draft to registered, with a quorum, a notice of seven days and an assessment among the guards: once as
a bare table (the floor: look up, check the role, ask the guard, make the next record), once on `fupin_rules`, once on
`transitions` and `python-statemachine`. The peers keep no journal, give no reasons and check no evidence.

Every figure is the least of many rounds, taken in turns, so that the machine is the same for all. In each turn a task
makes as many steps as the case has states, as a program does that has other things to do between two cases;
`--operations 64` shows them in a row, where the floor, which is in the cache by then, gains most.

    pip install ".[benchmark]" && python benchmarks/workflow.py
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import attrs
from statemachine import State, StateMachine
from transitions import Machine

from fupin_rules.journal import MemoryStore
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Case,
    Context,
    Dossier,
    Event,
    Evidence,
    Procedure,
    Refused,
    Verdict,
    actor_for,
    read_procedure,
    step,
)

DAY = date(2016, 1, 13)
CASE = "371482102207-0001"
PLACE = "371482102207"
STATES = ("draft", "applied", "surveyed", "evaluated", "noticed", "reviewed", "decided", "announced", "registered")
EVENTS = ("apply", "survey", "evaluate", "post", "close", "review", "announce", "register")
ROLES = ("head", "surveyor", "assembly", "committee", "committee", "township", "county", "county")
QUORUM = "event.present * 3 >= event.entitled * 2"
GUARDS = {
    "evaluate": QUORUM,
    "close": "notice.village.elapsed and notice.village.open_objections == 0",
    "register": 'assessment.outcome == "eligible"',
}
EFFECTS = {
    "post": [{"do": "open_notice", "notice": "village"}],
    "close": [{"do": "close_notice", "notice": "village"}],
}


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def nine_states() -> Procedure:
    """Give the procedure, as plain data read like any other."""
    number = {"kind": "number", "low": 0, "high": 1000}
    fields = [
        {"id": "present", "label": words("present"), **number},
        {"id": "entitled", "label": words("all"), **number},
    ]
    moves: list[dict[str, Any]] = [
        {
            "id": event,
            "event": event,
            "from": [source],
            "to": target,
            "roles": [role],
            "evidence": ["image"],
            "source": "bench",
            **({"when": GUARDS[event]} if event in GUARDS else {}),
            **({"effects": EFFECTS[event]} if event in EFFECTS else {}),
        }
        for event, source, target, role in zip(EVENTS, STATES, STATES[1:], ROLES, strict=False)
    ]
    moves.append({"id": "note", "event": "note", "from": ["applied"], "roles": ["head"], "source": "bench"})
    return read_procedure(
        {
            "format": 1,
            "id": "nine-states",
            "version": 1,
            "from": "2016-01-01",
            "title": words("nine states"),
            "policy": "yucheng-2016",
            "initial": "draft",
            "source": "bench",
            "sources": {
                "bench": {"title": "bench", "title_en": "bench", "standing": "assumption", "note": "for measuring"}
            },
            "levels": [{"id": "village", "label": words("village"), "digits": 12}],
            "roles": [
                {"id": role, "level": "village", "label": words(role), "source": "bench"}
                for role in dict.fromkeys(ROLES)
            ],
            "evidence": [{"id": "image", "label": words("image")}],
            "events": [
                {"id": event, "label": words(event), **({"fields": fields} if event == "evaluate" else {})}
                for event in (*EVENTS, "note")
            ],
            "states": [
                {"id": state, "label": words(state), "kind": "goal" if state == "registered" else "open"}
                for state in STATES
            ],
            "notices": [
                {
                    "id": "village",
                    "kind": "notice",
                    "level": "village",
                    "label": words("notice"),
                    "source": "bench",
                    "days": {"n": 7},
                    "days_source": "bench",
                    "objectors": ["head"],
                }
            ],
            "moves": moves,
        },
        checked=False,  # The bare minimum: no route for objections, no labels.
    )


# -- the floor -------------------------------------------------------------------------------------------------------


class Record(NamedTuple):
    """Where a case stands, in the floor."""

    state: str
    facts: Mapping[str, Any]
    day: date


Guard = Callable[[Record, Mapping[str, Any], date], bool]
TABLE: dict[tuple[str, str], tuple[str, str, Guard]] = {
    (source, event): (target, role, lambda record, data, day: True)
    for event, source, target, role in zip(EVENTS, STATES, STATES[1:], ROLES, strict=False)
}
TABLE["surveyed", "evaluate"] = (
    "evaluated",
    "assembly",
    lambda record, data, day: data["present"] * 3 >= data["entitled"] * 2,
)
TABLE["noticed", "close"] = (
    "reviewed",
    "committee",
    lambda record, data, day: day > record.day + timedelta(days=7) and record.facts["objections"] == 0,
)
TABLE["announced", "register"] = (
    "registered",
    "county",
    lambda record, data, day: bool(record.facts["outcome"] == "eligible"),
)


def transition(record: Record, event: str, role: str, data: Mapping[str, Any], day: date) -> Record | None:
    """Take an event in the barest way that still checks the role and the guard and changes nothing in place."""
    found = TABLE.get((record.state, event))
    if found is None:
        return None
    target, wanted, guard = found
    if role != wanted or not guard(record, data, day):
        return None
    return Record(target, record.facts, day)


# -- the peers -------------------------------------------------------------------------------------------------------


class OnTransitions:
    """The nine states on `transitions`."""

    def __init__(self) -> None:
        self.machine = Machine(self, states=list(STATES), initial="draft", auto_transitions=False, send_event=True)
        for event, source, target in zip(EVENTS, STATES, STATES[1:], strict=False):
            self.machine.add_transition(event, source, target, conditions=["may"])

    def may(self, event: Any) -> bool:
        data, day, role = event.kwargs["data"], event.kwargs["day"], event.kwargs["role"]
        _, wanted, guard = TABLE[event.transition.source, event.event.name]
        return role == wanted and guard(Record(event.transition.source, FACTS, DAY), data, day)


def machine_class() -> type[Any]:
    """Build the nine states on `python-statemachine`."""
    states = {name: State(name, initial=name == "draft") for name in STATES}

    def may(self: Any, data: Any, day: date, role: str, source: Any, event: Any) -> bool:  # noqa: ARG001
        _, wanted, guard = TABLE[source.id, str(event)]
        return role == wanted and guard(Record(source.id, FACTS, DAY), data, day)

    body: dict[str, Any] = dict(states)
    body["may"] = may
    for event, source, target in zip(EVENTS, STATES, STATES[1:], strict=False):
        body[event] = states[source].to(states[target], cond="may")
    # A machine that has ended takes nothing more; this one begins again.
    body["again"] = states["registered"].to(states["draft"])
    return type("OnStateMachine", (StateMachine,), body)


FACTS: Mapping[str, Any] = {"objections": 0, "outcome": "eligible"}


# -- what is measured ------------------------------------------------------------------------------------------------


def walk(procedure: Procedure, context: Context) -> list[tuple[Case, Event, date]]:
    """Take the case through all states once; give each case with its event and day."""
    case = Case(id=CASE, procedure=procedure.reference, place=PLACE, state="draft", entered=DAY, round_began=DAY)
    taken = []
    day = DAY
    for number, (name, role) in enumerate(zip(EVENTS, ROLES, strict=True)):
        if name == "close":
            day += timedelta(days=8)
        data = {"present": 20, "entitled": 30} if name == "evaluate" else {}
        proof = Evidence("image", "hmac-sha256:" + f"{number:064x}", day)
        event = Event(f"e-{number}", name, actor_for(procedure, case, role), data, (proof,))
        taken.append((case, event, day))
        found = step(procedure, case, event, day, context=context)
        assert isinstance(found, Accepted), found
        case = found.case
    return taken


def least(rounds: int, operations: int, tasks: Mapping[str, Task]) -> dict[str, float]:
    """
    Time tasks in turns; give the least time of each per operation, in microseconds.

    All are timed over as many operations, so that none pays more than another for coming to a cold cache.
    """
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, (task, each) in tasks.items():
            turns = max(1, operations // each)
            start = time.perf_counter()
            for _ in range(turns):
                task()
            best[name] = min(best[name], (time.perf_counter() - start) / each / turns * 1e6)
    return best


Taken = list[tuple[Case, Event, date]]
Task = tuple[Callable[[], object], int]


def floors(taken: Taken) -> dict[str, Task]:
    """Walk the bare table, and be refused by it."""

    def accepted() -> None:
        record = Record("draft", FACTS, DAY)
        for _, event, day in taken:
            found = transition(record, event.type, event.by.role, event.data, day)
            assert found is not None
            record = found

    def refused() -> None:
        for case, event, day in taken:
            assert transition(Record(case.state, FACTS, DAY), event.type, "nobody", event.data, day) is None

    return {"floor": (accepted, len(taken)), "floor, refused": (refused, len(taken))}


def ours(procedure: Procedure, context: Context, taken: Taken) -> dict[str, Task]:
    """Step, append, and be refused for three kinds of reason: wrong state, wrong role, a guard that does not hold."""
    shifted = list(zip([case for case, _, _ in taken], [event for _, event, _ in taken][1:], strict=False))
    strangers = [(case, attrs.evolve(event, by=Actor("x-1", "nobody", place=PLACE))) for case, event, _ in taken]
    # On the day the notice was posted, with evidence of that day: nothing but the guard is in the way.
    early = [
        (case, attrs.evolve(event, evidence=[attrs.evolve(each, on=case.entered) for each in event.evidence]))
        for case, event, _ in taken
        if event.type == "close"
    ]
    short = [
        (case, attrs.evolve(event, data={"present": 19, "entitled": 30})) for case, event, _ in taken if event.data
    ]
    refused = {"state": shifted, "role": strangers, "guard": early + short}

    def accept() -> None:
        for case, event, day in taken:
            step(procedure, case, event, day, context=context)

    def keep() -> None:
        store = MemoryStore()
        for case, event, day in taken:
            found = step(procedure, case, event, day, context=context)
            assert isinstance(found, Accepted)
            store.append([found.entry])

    def refuse(pairs: list[tuple[Case, Event]], *, explained: bool) -> Callable[[], None]:
        days = [date.fromisoformat(case.at) if case.at else DAY for case, _ in pairs]

        def run() -> None:
            for (case, event), day in zip(pairs, days, strict=True):
                found = step(procedure, case, event, day, context=context)
                assert isinstance(found, Refused)
                if explained:
                    assert found.reasons and found.ways is not None

        return run

    tasks: dict[str, Task] = {
        "step, accepted with its entry": (accept, len(taken)),
        "step, accepted and appended to a store": (keep, len(taken)),
    }
    for explained, words_after in ((False, ""), (True, ", reasons and ways")):
        for kind, pairs in refused.items():
            tasks[f"step, refused by {kind}{words_after}"] = (refuse(pairs, explained=explained), len(pairs))
    return tasks


def peers(taken: Taken) -> dict[str, Task]:
    """Walk the same states on other libraries."""
    theirs = OnTransitions()
    other = machine_class()()

    def on_transitions() -> None:
        theirs.machine.set_state("draft")
        for _, event, day in taken:
            getattr(theirs, event.type)(data=event.data, day=day, role=event.by.role)
        assert theirs.state == "registered"  # type: ignore[attr-defined]  # `Machine` sets it

    def on_statemachine() -> None:
        for _, event, day in taken:
            other.send(event.type, data=event.data, day=day, role=event.by.role)
        assert other.current_state_value == "registered"
        other.send("again")

    return {
        "transitions": (on_transitions, len(taken)),
        "python-statemachine": (on_statemachine, len(taken) + 1),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--operations", type=int, default=len(EVENTS), help="at the least, in one turn of one task")
    arguments = parser.parse_args()
    procedure = nine_states()
    context = Context(dossiers={CASE: Dossier(assessment=Verdict("yucheng-2016", "0" * 64, DAY, "eligible"))})
    taken = walk(procedure, context)
    best = least(
        arguments.rounds,
        arguments.operations,
        {**floors(taken), **ours(procedure, context, taken), **peers(taken), **lengths(procedure)},
    )
    ratios = {name: value / best["floor"] for name, value in best.items()}
    if arguments.json:
        print(json.dumps({"microseconds": best, "ratios": ratios}, indent=2))
        return 0
    wide = max(map(len, best))
    print(f"{'':{wide}}  {'µs':>8}  {'ratio':>7}")
    for name, value in best.items():
        print(f"{name:{wide}}  {value:8.2f}  {ratios[name]:6.1f}×")
    return 0


def lengths(procedure: Procedure) -> dict[str, tuple[Callable[[], object], int]]:
    """Step a case whose history has 10, 1,000 and 10,000 entries."""
    case: Case = Case(
        id=CASE, procedure=procedure.reference, place=PLACE, state="applied", entered=DAY, round_began=DAY
    )
    actor = actor_for(procedure, case, "head")
    tasks: dict[str, tuple[Callable[[], object], int]] = {}
    for number in range(10_001):
        event = Event(f"n-{number}", "note", actor)
        if number in {10, 1_000, 10_000}:
            tasks[f"step after {number:,} entries"] = (_steps(procedure, case, actor), 20)
        found = step(procedure, case, event, DAY)
        assert isinstance(found, Accepted), found
        case = found.case
    return tasks


def _steps(procedure: Procedure, case: Case, actor: Actor) -> Callable[[], object]:
    events = [Event(f"t-{number}", "note", actor) for number in range(20)]

    def run() -> None:
        for event in events:
            assert isinstance(step(procedure, case, event, DAY), Accepted)

    return run


if __name__ == "__main__":
    sys.exit(main())
