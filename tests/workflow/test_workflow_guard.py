"""Guards that do not hold: which parts are told, which sets of them help, when waiting helps, and that nothing is hidden."""

from __future__ import annotations

import functools
import itertools
from datetime import date
from typing import Any

import attrs
import pytest
from casework import AGREED, DAY, FIRST, bent, small_case, told
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.expr import check, parse
from fupin_rules.workflow import Accepted, Calendar, Context, Mend, Procedure, Refused, Result, guard_scope, step
from fupin_rules.workflow.case._look import look
from fupin_rules.workflow.case._reasons import first_day, least

FIELDS = """fields = [
  { id = "a", kind = "claim", label = { zh = "甲", en = "a" }, required = false },
  { id = "b", kind = "claim", label = { zh = "乙", en = "b" }, required = false },
  { id = "n", kind = "number", low = 0, high = 4, label = { zh = "数", en = "n" }, required = false },
  { id = "c", kind = "code", list = "decision", label = { zh = "码", en = "c" }, required = false },
  { id = "on", kind = "day", label = { zh = "日", en = "on" }, required = false },
  { id = "said", kind = "text", label = { zh = "话", en = "said" }, required = false },
]"""
OPEN = bent(
    {
        'id = "withdraw"\nlabel = { zh = "撤回", en = "withdraw" }': 'id = "withdraw"\n'
        f'label = {{ zh = "撤回", en = "withdraw" }}\n{FIELDS}',
    }
)


def guarded(text: str, move: str = "withdraw") -> Procedure:
    """Give the small procedure with another guard on a move; `withdraw` carries a, b, n, c, on and said."""
    made = OPEN.move[move]
    guard = parse(text)
    check(guard, guard_scope(OPEN, made.event))
    moves = tuple(attrs.evolve(each, guard=guard) if each is made else each for each in OPEN.moves)
    return attrs.evolve(OPEN, moves=moves)


def ask(text: str, data: dict[str, Any], *, stage: str = "applied", day: date = FIRST) -> Refused:
    """Give the refusal of a withdrawal under a guard."""
    work = small_case(guarded(text), stage)
    work.day = day
    return work.refused("withdraw", "household", data)


def wanted(refused: Refused) -> tuple[list[str], list[set[str]]]:
    """Give what the reasons want, and what each way is made of."""
    return [each.wanted for each in refused.reasons], [{each.wanted for each in way} for way in refused.ways]


@pytest.mark.parametrize(
    ("text", "data", "reasons", "ways"),
    [
        ("event.a", {"a": False}, ["event.a"], [{"event.a"}]),
        ("not event.a", {"a": True}, ["not event.a"], [{"not event.a"}]),
        ("event.a and event.b", {"a": False, "b": False}, ["event.a", "event.b"], [{"event.a", "event.b"}]),
        ("event.a and event.b", {"a": True, "b": False}, ["event.b"], [{"event.b"}]),
        ("event.a or event.b", {"a": False, "b": False}, ["event.a", "event.b"], [{"event.a"}, {"event.b"}]),
        # Of an "or" that holds, no part stands in the way.
        ("event.a and (event.b or event.n > 2)", {"a": False, "b": True, "n": 0}, ["event.a"], [{"event.a"}]),
        ("not (event.a or event.b)", {"a": True, "b": True}, ["not event.a", "not event.b"], [{"not event.a", "not event.b"}]),
        ("not (event.a and event.b)", {"a": True, "b": True}, ["not event.a", "not event.b"], [{"not event.a"}, {"not event.b"}]),
        ("1 <= event.n <= 3", {"n": 0}, ["1 <= event.n"], [{"1 <= event.n"}]),
        ("not 1 <= event.n <= 3", {"n": 2}, ["not 1 <= event.n", "not event.n <= 3"], [{"not 1 <= event.n"}, {"not event.n <= 3"}]),
        ("event.b if event.a else event.n > 1", {"a": True, "b": False, "n": 4}, ["event.b", "not event.a"], [{"event.b"}, {"not event.a"}]),
        ('event.c in {"agreed"}', {"c": "refused"}, ['event.c in {"agreed"}'], [{'event.c in {"agreed"}'}]),
        ("is_known(event.a) and event.b", {"b": True}, ["is_known(event.a)"], [{"is_known(event.a)"}]),
        # One set may not contain another: a alone does.
        ("event.a or event.a and event.b", {"a": False, "b": False}, ["event.a", "event.b"], [{"event.a"}]),
        # Together they cannot hold, so they help nobody.
        ("event.n > 2 and event.n < 2", {"n": 2}, ["event.n > 2", "event.n < 2"], []),
        ("event.n > 2 and event.n < 2 or event.b", {"n": 2, "b": False}, ["event.n > 2", "event.n < 2", "event.b"], [{"event.b"}]),
        # Nothing in this state can change them.
        ('state == "evaluated"', {}, ['state == "evaluated"'], []),
        ("round > 1 or event.a", {"a": False}, ["round > 1", "event.a"], [{"event.a"}]),
        ('facts.decision == "agreed"', {}, ['facts.decision == "agreed"'], []),
        # The survey may still happen, and sets it.
        ("facts.visited", {}, ["facts.visited"], [{"facts.visited"}]),
        ("is_known(last.survey)", {}, ["is_known(last.survey)"], [{"is_known(last.survey)"}]),
        ("days_since.survey >= 0", {}, ["days_since.survey >= 0"], [{"days_since.survey >= 0"}]),
        ("is_known(last.post)", {}, ["is_known(last.post)"], []),
        ("notice.village.elapsed", {}, ["notice.village.elapsed"], []),
        ("review.joint.complete", {}, ["review.joint.complete"], []),
        ('"head" in review.joint.missing and event.a', {"a": False}, ["event.a"], [{"event.a"}]),
    ],
)  # fmt: skip
def test_the_parts_that_fail_are_told_and_the_sets_that_help(
    text: str, data: dict[str, Any], reasons: list[str], ways: list[set[str]]
) -> None:
    assert wanted(ask(text, data)) == (reasons, ways)


# -- honest ways -----------------------------------------------------------------------------------------------------

LEAVES = st.sampled_from(
    ["event.a", "event.b", "event.n > 1", "event.n == 3", "event.n <= 0", 'event.c == "agreed"', "is_known(event.b)"]
)
GUARDS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)
DOMAINS: dict[str, list[Any]] = {
    "a": [None, True, False],
    "b": [None, True, False],
    "n": [None, 0, 1, 2, 3, 4],
    "c": [None, "agreed", "refused"],
}
EVENTS = [dict(zip(DOMAINS, values, strict=True)) for values in itertools.product(*DOMAINS.values())]


APPLIED = small_case(OPEN, "applied")


def fields_in(text: str) -> set[str]:
    return {name for name in DOMAINS if f"event.{name}" in text}


@settings(max_examples=200)
@given(GUARDS, st.sampled_from(EVENTS))
def test_mending_all_of_any_one_way_makes_it_accepted_and_where_there_is_none_nothing_does(
    text: str, data: dict[str, Any]
) -> None:
    result = withdraw(text, data)
    if isinstance(result, Accepted):
        return
    assert isinstance(result, Refused)
    for way in result.ways:
        free = set().union(*(fields_in(reason.wanted) for reason in way))
        varied = [each for each in EVENTS if all(each[name] == data[name] for name in DOMAINS if name not in free)]
        mended = [each for each in varied if all(holds(reason.wanted, each) for reason in way)]
        assert any(holds(text, each) for each in mended), (text, data, way)
        assert not any(set(other) < set(way) for other in result.ways)
    if not result.ways:
        assert not any(holds(text, each) for each in EVENTS), (text, data)
    # Each reason is false now, and told once.
    assert not any(holds(reason.wanted, data) for reason in result.reasons)


def withdraw(text: str, data: dict[str, Any]) -> Result:
    """Give what comes of a withdrawal under a guard."""
    procedure = guarded(text)
    case = attrs.evolve(APPLIED.now, procedure=procedure.reference)
    return step(procedure, case, APPLIED.event("withdraw", "household", data), FIRST)


@functools.cache
def _holding(text: str) -> frozenset[str]:
    expr = parse(text)
    views = {str(each): look(OPEN, APPLIED.now, APPLIED.event("withdraw", "household", each), FIRST) for each in EVENTS}
    return frozenset(told for told, view in views.items() if view.claim(expr) is True)


def holds(text: str, data: dict[str, Any]) -> bool:
    """Tell whether a claim holds of an event, all else being as it is."""
    return str(data) in _holding(text)


# -- waiting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("today >= date(2016, 2, 1)", date(2016, 2, 1)),
        ("today > date(2016, 2, 1)", date(2016, 2, 2)),
        ("year > 2016", date(2017, 1, 1)),
        ("days_since.apply >= 30", FIRST + 30 * DAY),
        ("today >= date(2016, 2, 1) or days_since.apply >= 3", FIRST + 3 * DAY),
        ("today >= date(2016, 2, 1) and days_since.apply >= 3", date(2016, 2, 1)),
        ("event.on < today", FIRST + 5 * DAY),
    ],
)
def test_what_only_waits_says_from_when_and_is_open_on_that_day_and_not_before(text: str, until: date) -> None:
    data = {"on": FIRST + 4 * DAY}
    refused = ask(text, data)
    assert first_day(refused.ways) == until
    assert {reason.mend for way in refused.ways for reason in way} == {Mend.WAIT}
    ask(text, data, day=until - DAY)
    work = small_case(guarded(text), "applied")
    work.day = until
    work.do("withdraw", "household", data)


def _written(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_window_that_is_over_is_final_and_one_to_come_is_waited_for(start: int, length: int, now: int) -> None:
    first, last = FIRST + start * DAY, FIRST + (start + length) * DAY
    text = f"today >= {_written(first)} and today <= {_written(last)}"
    work = small_case(guarded(text), "applied")
    work.day = FIRST + now * DAY
    result = work.give(work.event("withdraw", "household"))
    assert isinstance(result, Accepted) is (first <= work.day <= last)
    if isinstance(result, Refused):
        assert first_day(result.ways) == (first if work.day < first else None)
        assert bool(result.ways) is (work.day < first)


def test_what_waits_for_a_day_on_which_something_else_ends_helps_nobody() -> None:
    refused = ask("days_since.apply >= 10 and today <= date(2016, 1, 20)", {})
    assert [reason.wanted for reason in refused.reasons] == ["days_since.apply >= 10"]
    assert refused.ways == ()


def test_holidays_that_nobody_told_are_named_and_not_waited_for() -> None:
    refused = ask("overdue.survey_due", {}, day=FIRST + 60 * DAY)
    assert [(each.code, each.mend, each.until) for each in refused.reasons] == [("guard_open", Mend.MENDABLE, None)]
    assert refused.reasons[0].zh == "须满足：“调查期限”已逾期；未知：“调查期限”已逾期（缺2016年放假安排）"
    assert refused.reasons[0].en == (
        "must hold: “survey due” is overdue; not known: “survey due” is overdue (the holidays of 2016 are not known)"
    )
    calendar = Calendar("test", date(2016, 1, 1), date(2016, 12, 31), {date(2016, 1, 18)})
    work = small_case(guarded("overdue.survey_due"), "applied")
    work.context = Context(calendar=calendar)
    # Ten working days from 13 January, one of them a holiday: 28 January is the last.
    early = work.refused("withdraw", "household")
    assert [each.until for each in early.reasons] == [date(2016, 1, 29)]
    work.day = date(2016, 1, 29)
    work.do("withdraw", "household")


# -- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "move", "law"),
    [
        ("event.a", "withdraw", "order#1"),
        ("review.joint.complete", "withdraw", "order#3"),
        ("notice.village.posted", "withdraw", "order#5"),
        ("notice.village.elapsed", "withdraw", "guess#"),
        ("notice.village.until < today", "withdraw", "guess#"),
        ("notice.final.elapsed", "withdraw", "order#6"),
        ("overdue.survey_due", "withdraw", "guess#"),
        ('assessment.outcome == "eligible"', "withdraw", "order#1"),
    ],
)
def test_a_part_cites_the_text_that_asks_for_it(text: str, move: str, law: str) -> None:
    work = small_case(guarded(text, move), "applied")
    work.context = Context()
    cited = work.refused(move, "household").reasons[0].law
    assert cited is not None
    assert f"{cited.source.id}#{cited.locator}" == law


def test_what_is_found_is_told_beside_what_is_wanted_but_never_what_somebody_wrote() -> None:
    refused = ask('event.n > 2 and event.c == "agreed" and not event.a', {"n": 1, "c": "refused", "a": True})
    assert [each.found for each in refused.reasons] == ["event.n = 1", "event.c = refused", "event.a = True"]
    refused = ask("event.on > today", {"on": FIRST})
    assert refused.reasons[0].found == "event.on = 2016-01-13, today = 2016-01-13"
    assert refused.reasons[0].path == "event.on"
    refused = ask('not ("head" in review.joint.missing)', {})
    assert refused.reasons[0].found == "review.joint.missing = {head, secretary, surveyor}"
    refused = ask("not is_known(event.said) and event.n > 2", {"said": "the neighbour told me", "n": 0})
    assert [each.found for each in refused.reasons] == ["", "event.n = 0"]
    assert "neighbour" not in refused.explain("en") + refused.explain("zh") + str(refused.to_plain())


def test_an_assessment_that_is_against_is_told_and_one_that_is_missing_is_not_known() -> None:
    text = 'assessment.outcome == "eligible"'
    work = small_case(guarded(text), "applied")
    work.context = told("yucheng-2016", FIRST, assessment="ineligible")
    against = work.refused("withdraw", "household")
    assert (against.reasons[0].code, against.reasons[0].found) == ("guard", "assessment.outcome = ineligible")
    work.context = Context()
    missing = work.refused("withdraw", "household")
    assert missing.reasons[0].zh == "须满足：该户的识别评估等于「符合」；未知：该户的识别评估"
    assert missing.reasons[0].en == (
        "must hold: assessment of the household is “eligible”; not known: assessment of the household"
    )
    assert missing.ways == (missing.reasons,)


def test_ways_of_several_moves_are_told_apart_and_together() -> None:
    work = small_case(OPEN, "applied")
    refused = work.refused("evaluate", "assembly", AGREED | {"outcome": "refused", "present": 1}, brings=["photograph"])
    agreed, ways = refused.of_move(OPEN.move["evaluate_agreed"])
    assert [each.code for each in agreed] == ["evidence_missing", "guard", "guard", "guard_open"]
    assert [len(way) for way in ways] == [4]
    assert [[each.code for each in way] for way in refused.ways] == [["evidence_missing"]]
    assert list(refused.reasons) == list(agreed)


def test_least_keeps_the_order_it_is_given() -> None:
    ways = [frozenset("ba"), frozenset("c"), frozenset("ac"), frozenset("d"), frozenset("ba")]
    assert least(ways) == (frozenset("c"), frozenset("d"), frozenset("ab"))  # type: ignore[arg-type, comparison-overlap]


def test_a_quorum_that_is_missed_can_be_mended() -> None:
    work = small_case(OPEN, "surveyed")
    refused = work.refused("evaluate", "assembly", AGREED | {"present": 3, "entitled": 9999})
    assert [each.wanted for way in refused.ways for each in way] == [
        "event.present * 3 >= event.entitled * 2",
        'event.outcome == "refused"',
    ]


def test_a_review_that_is_not_complete_names_whose_signatures_are_missing() -> None:
    work = small_case(OPEN, "evaluated")
    work.do("sign", "surveyor")
    (reason,) = work.refused("post", "head").reasons
    assert (reason.zh, reason.en) == (
        "须满足：“三方签字”已签齐；尚缺签字：村主任、第一书记",
        "must hold: “joint signatures” is complete; not signed: village head, first secretary",
    )


def test_an_announcement_is_over_when_its_day_is() -> None:
    procedure = guarded("notice.final.elapsed and notice.final.until < today", "send_back")
    work = small_case(procedure, "listed")
    early = work.refused("send_back", "county")
    assert {each.until for each in early.reasons} == {work.day + DAY}
    work.day += DAY
    work.do("send_back", "county")


def test_who_names_no_level_acts_at_that_of_the_role() -> None:
    work = small_case(guarded('actor.level == "village"'), "applied")
    work.do("withdraw", "household")
    other = ask('actor.level == "town"', {})
    assert [each.found for each in other.reasons] == ["actor.level = village"]
