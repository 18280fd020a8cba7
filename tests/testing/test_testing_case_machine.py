"""Case machines: most of what they do is accepted, all of it is checked, and what is wrong does not pass."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from casework import bent, held, household
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from fupin_rules import workflow
from fupin_rules.errors import MissingExtraError
from fupin_rules.testing import CaseWalk, WalkError, case_machine
from fupin_rules.testing import _case_walk as walk_module
from fupin_rules.testing._spoiled import spoiled
from fupin_rules.workflow import Calendar, Context, Duplicate, Procedure, Refused, Status, load_procedure
from fupin_rules.workflow.case import _judge as judge_module

SMALL = bent()
BRIEF = settings(
    max_examples=5, stateful_step_count=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def walked(procedure: Procedure, *, seeds: int = 4, steps: int = 60, context: Context | None = None) -> Counter[str]:
    """Give what was counted on a few walks that chance chose."""
    tally: Counter[str] = Counter()
    for seed in range(seeds):
        choose = random.Random(seed).choice
        walk = CaseWalk(procedure, context or Context(), tally)
        walk.open(choose)
        for _ in range(steps):
            walk.happen(choose)
        walk.end()
    return tally


@pytest.mark.parametrize("name", ["small", "yucheng-2016", "exit-2016", "village-2014"])
def test_a_machine_built_from_the_guards_goes_through_and_most_of_its_events_are_accepted(name: str) -> None:
    machine = case_machine(SMALL if name == "small" else load_procedure(name))
    run_state_machine_as_test(machine, settings=BRIEF)
    tally = machine.tally
    assert tally["accepted"] >= 3 * tally["refused"]
    assert tally["accepted"] > 40
    assert machine.__name__.startswith("CaseMachine[")


@pytest.mark.parametrize("name", ["national-2014", "two-two-one-one-2018", "monitoring-2021"])
def test_chance_alone_takes_a_walk_as_far(name: str) -> None:
    tally = walked(load_procedure(name), seeds=3)
    share = tally["accepted"] / (tally["accepted"] + tally["refused"])
    assert share > 0.75
    assert sum(key.startswith("reached: ") for key in tally) > 6


def test_walks_reach_every_state_of_a_small_procedure_and_spoil_what_can_be_spoiled() -> None:
    tally = walked(SMALL, seeds=6, steps=80)
    assert {f"reached: {state.id}" for state in SMALL.states if state.id != "draft"} <= tally.keys()
    assert sum(key.startswith("spoiled: ") for key in tally) > 15


def test_a_walk_takes_a_household_and_holidays_that_are_brought() -> None:
    calendar = Calendar("test", SMALL.start, SMALL.start.replace(year=2030))
    context = held(household("poor-family"), calendar=calendar)
    machine = case_machine(SMALL, context=context)
    run_state_machine_as_test(machine, settings=BRIEF)
    assert machine.tally["accepted"]


def test_every_event_that_is_spoiled_is_refused_for_that() -> None:
    # Once through all of them, where a walk takes one here and one there.
    choose = random.Random(5).choice
    walk = CaseWalk(SMALL, Context())
    walk.open(choose)
    names = set()
    for _ in range(60):
        for option, actor in walk._found(Status.READY):
            event = walk._draft(option.move, actor)
            for bad in spoiled(SMALL, walk._now(), event, walk.events, walk.day):
                result = walk._take(bad.event, bad.at, expect=bad.expect)
                assert isinstance(result, Refused), (option.move.id, bad)
                assert bad.code in [reason.code for reason in result.reasons], (option.move.id, bad)
                names.add(bad.code)
        walk.go_on(choose)
    assert names == {
        "role_unknown", "role", "place", "level", "kin", "field_unknown", "field_missing", "field_personal", "field_range",
        "field_code", "field_kind", "evidence_unknown", "evidence_missing", "evidence_day", "evidence_reused", "id_reused",
        "event_version", "unknown_event", "wrong_state", "stale", "at_backwards",
    }  # fmt: skip


# -- what is wrong does not pass -------------------------------------------------------------------------------------


def _forgets_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_module, "brought_reasons", lambda move, view: iter(()))


def _forgets_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Refused, "reasons", property(lambda self: ()))


def _names_strange_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Refused, "ways", property(lambda self: (("else",),)))


def _replays_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_module, "replay", lambda procedure, entries: {})


def _calls_all_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    given = workflow.options

    def options(*args: Any, **more: Any) -> Any:
        return tuple(attrs.evolve(each, status=Status.READY, until=None) for each in given(*args, **more))

    monkeypatch.setattr(walk_module, "options", options)


def _calls_none_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    given = workflow.options

    def options(*args: Any, **more: Any) -> Any:
        return tuple(attrs.evolve(each, status=Status.BLOCKED) for each in given(*args, **more))

    monkeypatch.setattr(walk_module, "options", options)


def _takes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    given = workflow.step

    def step(procedure: Any, case: Any, event: Any, *args: Any, **more: Any) -> Any:
        result = given(procedure, case, event, *args, **more)
        again = attrs.evolve(event, id=f"{event.id}-again")
        return given(procedure, case, again, *args, **more) if isinstance(result, Duplicate) else result

    monkeypatch.setattr(walk_module, "step", step)


def _loses_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    given = workflow.verify

    def verify(procedure: Any, entries: Any, checkpoints: Any) -> Any:
        return given(procedure, list(entries)[:-1], [])

    monkeypatch.setattr(walk_module, "verify", verify)


@pytest.mark.parametrize(
    ("break_it", "what"),
    [
        (_forgets_evidence, "spoiled: without `.*`: is accepted"),
        (_forgets_reasons, "an event is refused without a reason"),
        (_names_strange_ways, "a way names a reason that is not told"),
        (_replays_otherwise, "replay gives another case"),
        (_calls_all_ready, "is called ready"),
        (_calls_none_ready, "is called blocked: Accepted"),
        (_takes_twice, "an event is taken twice"),
        (_loses_the_end, "the journal gives another case"),
    ],
)
def test_a_core_that_breaks_a_promise_does_not_get_through(
    break_it: Callable[[pytest.MonkeyPatch], None], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it(monkeypatch)
    with pytest.raises(WalkError, match=what):
        walked(SMALL, seeds=20, steps=30)


def test_a_procedure_that_lets_somebody_in_without_signatures_does_not_get_through() -> None:
    careless = bent({'"eligible\\" and review.county.complete"': '"eligible\\""'})
    with pytest.raises(WalkError, match="breaks `signatures`"):
        walked(careless, seeds=20)


def test_a_procedure_whose_guards_leave_no_way_in_says_so() -> None:
    closed = bent(
        {
            'label = { zh = "提出申请", en = "apply" }\nevidence': 'label = { zh = "提出申请", en = "apply" }\nwhen = "round > 1"\nevidence'
        }
    )
    with pytest.raises(WalkError, match="no case can be opened"):
        walked(closed)


def test_without_its_extra_a_machine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(MissingExtraError) as error:
        case_machine(SMALL)
    assert (
        str(error.value)
        == 'case machines need the extra `testing`; pip install "fupin-rules[testing]", or in a clone pip install ".[testing]"'
    )


def test_the_room_of_tests_loads_no_test_tool() -> None:
    code = "import fupin_rules.testing, sys; print('hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
