"""Exploring procedures: everything reached, everything judged, every judgement able to fail, every refusal mended."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import attrs
import pytest
from small_procedure import small_procedure

from fupin_rules.errors import WorkflowError
from fupin_rules.expr import Literal, names, render, to_text
from fupin_rules.journal import JournalCorruptError, canonical
from fupin_rules.testing import (
    INVARIANTS,
    Bounds,
    Exploration,
    _explore,
    _functions,
    check_procedure,
    events_for,
    explore,
    invariants_of,
    leaves,
    mend,
    paths,
)
from fupin_rules.testing._explore import WEEKDAYS, first_case
from fupin_rules.workflow import (
    Accepted,
    Calendar,
    Context,
    Event,
    NewRound,
    Option,
    Plan,
    Procedure,
    Refused,
    Status,
    diagram,
    installed_procedures,
    load_procedure,
    options,
    plan,
    procedure_table,
    read_procedure,
    replay,
    step,
)
from fupin_rules.workflow.case import _guard

SHIPPED = sorted(name for name in installed_procedures() if ":" not in name)
SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
QUICK = Bounds(mends=False, options=False, plans=0)
CONTEXT = Context(calendar=WEEKDAYS)
DAY = timedelta(days=1)

Journal = list[dict[str, Any]]
# Two leaves of the small procedure cannot decide: nobody gets there without having agreed, a reason is always given.
NEVER_DECIDE = {("post", 'facts.decision == "agreed"')}


def bounds_of(name: str) -> Bounds:
    """Give the bounds for CI: of the largest procedures, mending and plans are left to the sweep."""
    return (
        Bounds(plans=2, each_mends=True)
        if SWEEP
        else Bounds(plans=0)
        if name in {"yucheng-2016", "two-two-one-one-2018"}
        else Bounds()
    )


@cache
def explored(name: str) -> Exploration:
    return explore(load_procedure(name), bounds=bounds_of(name))


@cache
def small() -> Procedure:
    return small_procedure()


@cache
def small_explored() -> Exploration:
    return explore(small(), bounds=Bounds(plans=3))


# -- the shipped procedures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_state_is_reached_every_move_is_taken_and_nothing_is_broken(name: str) -> None:
    found = explored(name)
    assert found.is_complete
    assert (found.unreached, found.untaken) == ((), ())
    assert [flaw.text("en") for flaw in found.flaws] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_condition_decides_both_ways(name: str) -> None:
    assert explored(name).vacuous == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_refusals_were_met_and_every_way_they_name_was_mended(name: str) -> None:
    found = explored(name)
    assert found.refusals > 1_000
    assert found.ways > 300


@pytest.mark.parametrize("name", SHIPPED)
def test_explanation_diagram_and_table_name_the_same_conditions(name: str) -> None:
    procedure = load_procedure(name)
    for language in ("zh", "en"):
        rows = {
            move.id: row
            for move, row in zip(procedure.moves, procedure_table(procedure, language=language)[1:], strict=True)
        }
        drawings = [diagram(procedure, form=form, language=language) for form in ("mermaid", "dot", "text")]
        plain = [_letters(each) for each in drawings]
        for move in procedure.moves:
            if move.guard is None:
                continue
            said = render(move.guard, procedure.scopes[move.event], language)
            assert said in rows[move.id], f"{move.id} in the table"
            for form, drawing in zip(("mermaid", "dot", "text"), plain, strict=True):
                assert _letters(said) in drawing, f"{move.id} in {form}"
    for tried in _refusals_of_guards(name):
        named = {reason.wanted for reason in tried.reasons if reason.code.startswith("guard")}
        moves = procedure.moves_on[tried.case.state, tried.event.type]
        known = {to_text(leaf) for move in moves for leaf in leaves(move.guard)}
        assert {each.removeprefix("not ").strip("()") for each in named} <= {each.strip("()") for each in known}


def _letters(text: str) -> str:
    """Leave out how a drawing breaks lines and escapes signs."""
    plain = re.sub(r"<br[^>]*>|[&#]#?\w+;", "", text, flags=re.IGNORECASE)
    return "".join(letter for letter in plain if letter.isalnum())


def _refusals_of_guards(name: str) -> Iterator[Refused]:
    found = explored(name)
    for tried in found.tried[:: max(1, len(found.tried) // 200)]:
        if tried.accepted is None and tried.trial.wrong in {"", "guard"}:
            case = found.nodes[tried.node].case
            if case.seq:
                trial = tried.trial
                result = step(found.procedure, case, trial.event, trial.at, context=trial.context)
                assert isinstance(result, Refused)
                yield result


def test_results_do_not_depend_on_locale_time_zone_or_hash_seed() -> None:
    code = (
        "from hashlib import sha256\n"
        "from fupin_rules.workflow import load_procedure\n"
        "from fupin_rules.testing import Bounds, explore\n"
        "found = explore(load_procedure('village-2014'), bounds=Bounds(plans=1))\n"
        "heads = ' '.join(node.case.head for node in found.nodes)\n"
        "words = found.text('zh') + found.text('en') + str([(t.trial.label, t.accepted is None) for t in found.tried])\n"
        "print(sha256((heads + words).encode()).hexdigest())\n"
    )
    told = set()
    for number, zone, language in ((0, "Asia/Shanghai", "C.UTF-8"), (1, "America/New_York", "C"), (77, "UTC", "POSIX")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": str(number),
            "TZ": zone,
            "LC_ALL": language,
            "PYTHONUTF8": "1",
        }
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        told.add(done.stdout)
    assert len(told) == 1


# -- the small procedure: what is looked at -----------------------------------------------------------------------------


def test_the_small_procedure_is_seen_whole() -> None:
    found = small_explored()
    assert (found.unreached, found.untaken, found.flaws) == ((), (), ())
    assert {(each.move, each.leaf) for each in found.vacuous} == NEVER_DECIDE


def test_an_assessment_is_seen_in_each_outcome_and_not_known() -> None:
    seen = next(each for each in small_explored().seen if each.move == "approve" and "assessment" in each.leaf)
    assert min(seen.true, seen.false, seen.unknown, seen.lets, seen.keeps) > 0


def test_what_is_wrong_is_wrong_in_one_thing_and_named() -> None:
    case = first_case(small(), QUICK)
    opened = next(
        result.case
        for trial in events_for(small(), case, case.entered, context=CONTEXT)
        if isinstance(result := step(small(), case, trial.event, trial.at, context=trial.context), Accepted)
    )
    tried: dict[str, set[str]] = {}
    for trial in events_for(small(), opened, opened.entered, context=CONTEXT):
        if trial.move is not None and trial.move.id == "survey":
            result = step(small(), opened, trial.event, trial.at, context=trial.context)
            codes = {reason.code for reason in result.reasons} if isinstance(result, Refused) else {"accepted"}
            tried.setdefault(trial.wrong or "good", set()).update(codes)
    assert tried["good"] == {"accepted"}
    assert tried["kin"] == {"kin"}
    assert tried["place"] == tried["place too wide"] == {"place"}
    assert tried["level"] == {"level"}
    assert tried["role head"] == {"role"}
    assert tried["evidence missing photograph"] == {"evidence_missing"}
    assert tried["evidence reused"] == tried["evidence twice"] == {"evidence_reused"}
    assert tried["evidence of an earlier round"] == tried["evidence of tomorrow"] == {"evidence_day"}
    assert tried["id reused"] == {"id_reused"}
    assert tried["version"] == {"event_version"}
    assert tried["field unknown"] == {"field_unknown"}
    assert tried["guard"] <= {"guard", "guard_open"}
    assert "at_backwards" in tried["backwards"]


def test_exploring_is_cut_short_at_its_bounds_and_says_so() -> None:
    found = explore(small(), (), Bounds(nodes=5, mends=False))
    assert len(found.nodes) == 5
    assert not found.is_complete
    assert "cut short at the bounds" in found.text("en")
    assert "已到上限，未看完" in found.text("zh")


def test_ways_pass_no_state_twice_and_come_shortest_first() -> None:
    ways = list(paths(small(), "listed"))
    assert [[move.id for move in way] for way in ways][:1] == [["apply", "evaluate_agreed", "post", "close", "approve"]]
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)
    assert list(paths(small(), "listed", limit=0)) == []
    with pytest.raises(WorkflowError) as caught:
        list(paths(small(), "nowhere"))
    assert str(caught.value).endswith(
        "has no state `nowhere`; give one of `draft`, `applied`, `evaluated`, `on_notice`, `checked`, `listed`, "
        "`refused`, `withdrawn`"
    )


def test_a_check_of_a_procedure_says_everything_in_two_languages() -> None:
    found = check_procedure(load_procedure("village-2014"), bounds=QUICK)
    assert found.is_clean
    assert "nothing is broken" in found.text("en")
    assert "没有发现违反" in found.text("zh")
    worse = attrs.evolve(small(), moves=tuple(move for move in small().moves if move.id != "approve"))
    broken = check_procedure(worse, bounds=QUICK)
    assert not broken.is_clean
    assert "state not reached: listed" in broken.text("en")
    assert "未到达的环节：listed" in broken.text("zh")


# -- every invariant can fail: those judged from the journal ------------------------------------------------------------


@cache
def _listed() -> bytes:
    """The shortest journal that leads to the register."""
    nodes = explore(small(), (), QUICK).nodes
    wanted = [node for node in nodes if node.case.state == "listed" and node.case.round == 1]
    shortest = min(wanted, key=lambda node: node.case.seq)
    return canonical([dict(entry) for entry in shortest.entries])


def listed() -> Journal:
    found: Journal = json.loads(_listed())
    return found


def of(journal: Journal, move: str, number: int = 0) -> dict[str, Any]:
    return [entry for entry in journal if entry["move"] == move][number]


def test_the_journal_itself_breaks_nothing() -> None:
    assert invariants_of(small(), calendar=WEEKDAYS).judge(listed()) == ()


def _one_signature_less(journal: Journal) -> None:
    journal.remove(of(journal, "sign", 1))


def _one_signature_less_above(journal: Journal) -> None:
    journal.remove(of(journal, "check", 1))


def _one_hand_for_two(journal: Journal) -> None:
    of(journal, "sign", 2)["by"]["id"] = of(journal, "sign", 0)["by"]["id"]


def _two_roles(journal: Journal) -> None:
    entry = json.loads(json.dumps(of(journal, "approve")))
    entry["by"] = {"id": "both", "role": "supervisor", "place": "371482"}
    journal.append(entry)
    other = json.loads(json.dumps(entry))
    other["by"] = {"id": "both", "role": "township", "place": "371482100"}
    journal.append(other)


def _kin(journal: Journal) -> None:
    of(journal, "survey")["by"]["kin_of"] = ["case"]


def _level_skipped(journal: Journal) -> None:
    of(journal, "approve")["from"] = "applied"


def _level_before_its_turn(journal: Journal) -> None:
    for number, move in ((0, "check"), (1, "check")):
        entry = of(journal, move, number)
        entry["seq"] = number - 5


def _closed_early(journal: Journal) -> None:
    close = of(journal, "close")
    close["at"] = (date.fromisoformat(close["at"]) - DAY).isoformat()


def _never_posted(journal: Journal) -> None:
    journal.remove(of(journal, "post"))


def _never_closed(journal: Journal) -> None:
    journal.remove(of(journal, "close"))


def _objected(journal: Journal, *, answered: dict[str, str] | None = None) -> None:
    close = of(journal, "close")
    place = journal.index(close)
    objection = {**close, "move": "object", "event": {"id": "objection", "type": "object", "v": 1, "data": {}}}
    objection = {**objection, "to": "on_notice", "by": {"id": "h", "role": "household", "place": close["by"]["place"]}}
    journal.insert(place, objection)
    if answered is not None:
        data = {"objection": "objection", **answered}
        resolved = {**objection, "move": "dismiss", "event": {"id": "answer", "type": "resolve", "v": 1, "data": data}}
        journal.insert(place + 1, {**resolved, "by": {"id": "t", "role": "township", "place": "371482100"}})


def _open_objection(journal: Journal) -> None:
    _objected(journal)


def _no_reason(journal: Journal) -> None:
    _objected(journal, answered={"outcome": "dismissed", "reason": ""})


def _upheld_and_went_on(journal: Journal) -> None:
    _objected(journal, answered={"outcome": "upheld", "reason": "so it is"})


def _no_evidence(journal: Journal) -> None:
    del of(journal, "evaluate_agreed")["event"]["evidence"]


def _old_evidence(journal: Journal) -> None:
    of(journal, "evaluate_agreed")["event"]["evidence"][0]["on"] = "2015-01-01"


def _wrong_role(journal: Journal) -> None:
    of(journal, "evaluate_agreed")["by"]["role"] = "surveyor"


def _wrong_place(journal: Journal) -> None:
    of(journal, "evaluate_agreed")["by"]["place"] = "371482100999"


def _wrong_level(journal: Journal) -> None:
    of(journal, "evaluate_agreed")["by"]["level"] = "county"


def _no_slot(journal: Journal) -> None:
    of(journal, "sign", 1)["by"]["role"] = of(journal, "sign", 0)["by"]["role"]


def _unknown_move(journal: Journal) -> None:
    of(journal, "post")["move"] = "shortcut"


def _wrong_round(journal: Journal) -> None:
    of(journal, "post")["round"] = 2


def _without_the_survey(journal: Journal) -> None:
    journal.remove(of(journal, "survey"))


def _hole(journal: Journal) -> None:
    journal[-1]["seq"] += 1


def _back_in_time(journal: Journal) -> None:
    journal[-1]["at"] = "2016-01-06"


def _elsewhere(journal: Journal) -> None:
    journal[-1]["from"] = "evaluated"


def _taken_twice(journal: Journal) -> None:
    journal[-1]["event"]["id"] = journal[0]["event"]["id"]


def _evidence_twice(journal: Journal) -> None:
    first = of(journal, "apply")["event"]["evidence"][0]
    of(journal, "evaluate_agreed")["event"]["evidence"][0]["digest"] = first["digest"]


def _another_procedure(journal: Journal) -> None:
    journal[-1]["proc"] = "small-procedure/2@" + "0" * 64


DOCTORED: list[tuple[str, Callable[[Journal], None]]] = [
    ("signatures", _one_signature_less),
    ("signatures", _one_signature_less_above),
    ("signatures", _one_hand_for_two),
    ("impartiality", _one_hand_for_two),
    ("impartiality", _two_roles),
    ("impartiality", _kin),
    ("levels", _level_skipped),
    ("levels", _level_before_its_turn),
    ("notices", _closed_early),
    ("notices", _never_posted),
    ("notices", _never_closed),
    ("open_objections", _open_objection),
    ("outcomes", _open_objection),
    ("outcomes", _no_reason),
    ("outcomes", _upheld_and_went_on),
    ("evidence", _no_evidence),
    ("evidence", _old_evidence),
    ("entitled", _wrong_role),
    ("entitled", _wrong_place),
    ("entitled", _wrong_level),
    ("entitled", _no_slot),
    ("entitled", _unknown_move),
    ("rounds", _wrong_round),
    ("rounds", _without_the_survey),
    ("order", _hole),
    ("order", _back_in_time),
    ("order", _elsewhere),
    ("once", _taken_twice),
    ("once", _evidence_twice),
    ("pinned", _another_procedure),
]


@pytest.mark.parametrize(("broken", "doctor"), DOCTORED, ids=lambda each: getattr(each, "__name__", each))
def test_a_doctored_journal_is_told(broken: str, doctor: Callable[[Journal], None]) -> None:
    journal = listed()
    doctor(journal)
    found = invariants_of(small(), calendar=WEEKDAYS).judge(journal)
    assert broken in {breach.invariant for breach in found}
    for breach in found:
        assert breach.text("zh") != breach.text("en")


def test_every_invariant_that_is_judged_from_the_journal_has_been_seen_to_fail() -> None:
    judged = {each.id for each in INVARIANTS if each.judge is not None}
    assert judged == {broken for broken, _ in DOCTORED}
    assert [each.number for each in INVARIANTS] == list(range(1, 23))
    assert all((each.judge is None) is bool(each.where) for each in INVARIANTS)


def test_a_migration_changes_the_procedure_only_if_it_names_the_one_before() -> None:
    journal = listed()
    _another_procedure(journal)
    journal[-1]["migrated"] = {"from": journal[0]["proc"]}
    promises = invariants_of(small(), calendar=WEEKDAYS)
    assert "pinned" not in {breach.invariant for breach in promises.judge(journal)}
    journal[-1]["migrated"] = {"from": journal[-1]["proc"]}
    assert "pinned" in {breach.invariant for breach in promises.judge(journal)}


def test_a_breach_says_what_where_and_by_whom() -> None:
    journal = listed()
    _closed_early(journal)
    (found,) = invariants_of(small(), calendar=WEEKDAYS).judge(journal)
    close = of(journal, "close")
    until = date.fromisoformat(close["at"])
    assert found.text("en") == (
        f"entry {close['seq']} breaks `notices`: “village notice” is closed on {close['at']} and had to be up until {until}"
    )
    assert found.text("zh") == f"第{close['seq']}条违反“notices”：“村内公示”于{close['at']}结束，应公示到{until}"


# -- every invariant can fail: those about functions --------------------------------------------------------------------


def flaws(procedure: Procedure, *wanted: str, bounds: Bounds = QUICK) -> set[str]:
    invariants = [each for each in INVARIANTS if each.id in wanted]
    return {flaw.invariant for flaw in explore(procedure, invariants, bounds).flaws}


def changed(move_id: str, **changes: Any) -> Procedure:
    moves = tuple(attrs.evolve(move, **changes) if move.id == move_id else move for move in small().moves)
    return attrs.evolve(small(), moves=moves)


def test_a_replay_that_gives_another_case_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(procedure: Procedure, entries: Any) -> Any:
        return {name: attrs.evolve(case, round=case.round + 1) for name, case in replay(procedure, entries).items()}

    monkeypatch.setattr(_explore, "replay", forgetful)
    assert flaws(small(), "replay") == {"replay"}


def test_a_journal_that_cannot_be_replayed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def corrupt(procedure: Procedure, entries: Any) -> Any:
        return replay(procedure, [*entries, *entries[:1]])

    monkeypatch.setattr(_explore, "replay", corrupt)
    with pytest.raises(JournalCorruptError):
        corrupt(small(), listed())
    assert flaws(small(), "prefixes") == {"replay"}


def test_a_way_that_cannot_be_mended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # An objection that was upheld stays upheld; a core that does not know it calls it mendable.
    village = load_procedure("village-2014")
    mending = Bounds(options=False, plans=0)
    assert flaws(village, "refusals", bounds=mending) == set()
    monkeypatch.setattr(_guard, "limits", lambda *_: ())
    assert flaws(village, "refusals", bounds=mending) == {"refusals"}


def test_options_that_call_everything_ready_or_nothing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = options
    for status in (Status.READY, Status.BLOCKED):

        def careless(*args: Any, status: Status = status, **context: Any) -> tuple[Option, ...]:
            return tuple(attrs.evolve(option, status=status) for option in told(*args, **context))

        monkeypatch.setattr(_functions, "options", careless)
        assert flaws(small(), "options", bounds=Bounds(mends=False, plans=0)) == {"options"}


def test_options_that_name_the_wrong_day_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = options

    def hasty(*args: Any, **context: Any) -> tuple[Option, ...]:
        found = told(*args, **context)
        return tuple(attrs.evolve(each, until=each.until - DAY) if each.until else each for each in found)

    monkeypatch.setattr(_functions, "options", hasty)
    assert flaws(small(), "options", bounds=Bounds(mends=False, plans=0)) == {"options"}


@pytest.mark.parametrize("kept", [slice(1, None), slice(0, -1)])
def test_a_plan_that_leaves_a_step_out_is_told(monkeypatch: pytest.MonkeyPatch, kept: slice) -> None:
    def short(*args: Any, **context: Any) -> Plan:
        found = plan(*args, **context)
        return attrs.evolve(found, steps=found.steps[kept])

    monkeypatch.setattr(_functions, "plan", short)
    assert flaws(small(), "plans", bounds=Bounds(mends=False, options=False, plans=1)) == {"plans"}


def test_a_state_from_which_no_goal_can_be_reached_is_told() -> None:
    stuck = changed("approve", guard=Literal(False))
    moves = tuple(move for move in stuck.moves if move.id != "send_back")
    assert flaws(attrs.evolve(stuck, moves=moves), "goals") == {"goals"}


def test_two_moves_that_are_open_to_one_event_are_told() -> None:
    assert "one_move" in flaws(changed("evaluate_agreed", guard=None), "one_move")


def test_an_event_that_is_taken_twice_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(procedure: Procedure, case: Any, event: Event, at: Any, **context: Any) -> Any:
        return step(procedure, attrs.evolve(case, seen=first_case(procedure, QUICK).seen), event, at, **context)

    monkeypatch.setattr(_explore, "step", forgetful)
    assert "once" in flaws(small(), "once")


def test_a_round_trip_that_loses_something_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_procedure

    def lossy(data: Any, **how: Any) -> Procedure:
        return attrs.evolve(read(data, **how), note_en="lost")

    monkeypatch.setattr(_functions, "read_procedure", lossy)
    assert flaws(small(), "round_trip") == {"round_trip"}


def test_a_procedure_that_forgets_to_begin_a_new_round_breaks_what_the_original_promised() -> None:
    uphold = small().move["uphold"]
    kept = tuple(effect for effect in uphold.effects if not isinstance(effect, NewRound))
    found = explore(changed("uphold", effects=kept), bounds=QUICK, reference=small())
    assert "rounds" in {flaw.invariant for flaw in found.flaws}
    assert all(flaw.entries or flaw.invariant == "one_move" for flaw in found.flaws)


def test_a_procedure_that_takes_what_the_original_refuses_is_told() -> None:
    found = explore(changed("survey", impartial=False), (), QUICK, reference=small())
    assert {flaw.invariant for flaw in found.flaws} == {"reference"}


# -- mending ----------------------------------------------------------------------------------------------------------


def test_a_refusal_is_mended_by_what_others_do_first_and_by_waiting() -> None:
    found = small_explored()
    tried = next(
        each
        for each in found.tried
        if each.trial.event.type == "close" and each.accepted is None and not each.trial.wrong
    )
    case, trial = found.nodes[tried.node].case, tried.trial
    refused = step(small(), case, trial.event, trial.at, context=trial.context)
    assert isinstance(refused, Refused)
    for way in refused.ways:
        mended = mend(small(), case, trial.event, way, trial.at, context=trial.context)
        assert mended is not None
        assert mended.at == max(reason.until or trial.at for reason in way)
        assert isinstance(step(small(), mended.case, mended.event, mended.at, context=mended.context), Accepted)


def test_what_is_final_is_not_mended() -> None:
    case = first_case(small(), QUICK)
    event = next(iter(events_for(small(), case, case.entered, context=CONTEXT))).event
    refused = step(small(), case, attrs.evolve(event, type="close", data={}, evidence=()), case.entered)
    assert isinstance(refused, Refused)
    assert refused.ways == ()
    assert mend(small(), case, event, refused.reasons, case.entered, context=CONTEXT) is None


def test_holidays_that_are_not_known_are_brought() -> None:
    found = explore(small(), bounds=Bounds(calendar=None, options=False, plans=0))
    assert found.flaws == ()
    assert isinstance(WEEKDAYS, Calendar)


def test_leaves_are_the_smallest_claims_in_reading_order() -> None:
    guard = small().move["evaluate_agreed"].guard
    assert [to_text(leaf) for leaf in leaves(guard)] == [
        'event.outcome == "agreed"',
        "event.present * 3 >= event.entitled * 2",
        "facts.visited",
    ]
    assert leaves(None) == ()
    assert all(names(leaf) for leaf in leaves(guard))
