"""Laws of interviews, as a case worker would sign them."""

import json
from collections.abc import Callable
from datetime import date

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.interview import Goal
from fupin_rules.interview._told import stored
from fupin_rules.model import all_facts
from fupin_rules.policy import Snapshot
from fupin_rules.testing import households, policies

YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
MONITORING = fr.load_policy("monitoring-henan-linzhou").on(date(2023, 6, 1))
CASES = st.one_of(
    st.tuples(st.just(YUCHENG), households(near=YUCHENG, min_members=1, max_members=3), st.sampled_from(Goal)),
    st.tuples(
        st.just(MONITORING),
        households(near=MONITORING, min_members=1, max_members=3),
        st.sampled_from(Goal),
    ),
    st.tuples(policies(min_rules=3), households(min_members=1, max_members=3), st.sampled_from(Goal)),
)
GAPS = st.sampled_from([why for why in fr.Why if why is not fr.Why.ZERO_DIVISOR])


def blank(home: fr.Household) -> fr.Household:
    """The same household, of which nothing is known but who is listed."""
    members = tuple(fr.Member(id=member.id) for member in home.members)
    return fr.Household(id=home.id, members=members)


def said_by(home: fr.Household) -> Callable[[fr.Interview], fr.Interview]:
    """Somebody who answers every question with what is known of a household."""

    def step(talk: fr.Interview) -> fr.Interview:
        assert talk.question is not None
        fact = talk.question.fact
        value = len(home.members) if fact == "members" and home.members_complete is True else None
        if fact != "members":
            value = stored(home, fact)
        if value is None:
            return talk.skip("not_collected")
        return talk.answer(value)

    return step


def ended(talk: fr.Interview, step: Callable[[fr.Interview], fr.Interview]) -> fr.Interview:
    """The interview when there is no more to ask; on the way, it is held to what it promises of every question."""
    bound = 2 + sum(1 for _ in all_facts(talk.subject)) + 60 * 60
    while talk.state is fr.InterviewState.ASKING:
        assert talk.question is not None
        before, fact = talk.assessment, talk.question.fact
        roster = {"members_complete"} if fact == "members" else set()
        assert ({fact} | roster) & {*before.missing, *before.provisional}, fact
        assert fact not in [each for each, _ in talk.asked]
        talk = step(talk)
        assert len(talk.asked) < bound
    assert talk.question is None
    return talk


@given(CASES)
def test_answering_everything_gives_the_assessment_of_the_whole_household(
    case: tuple[Snapshot, fr.Household, Goal],
) -> None:
    rules, home, goal = case
    talk = ended(fr.Interview.begin(blank(home), rules, goal=goal), said_by(home))
    whole = (fr.assess if goal is Goal.ELIGIBILITY else fr.assess_exit)(home, rules)
    assert talk.assessment.outcome == whole.outcome
    if whole.claim is None:
        assert set(talk.assessment.missing) == set(whole.missing)


@given(CASES, st.data())
def test_it_does_not_matter_what_was_known_before(
    case: tuple[Snapshot, fr.Household, Goal], data: st.DataObject
) -> None:
    rules, home, goal = case
    begun = home
    for fact, value in all_facts(home):
        if value is not None and data.draw(st.booleans()):
            begun = fr.with_fact(begun, fact, None)
    talk = ended(fr.Interview.begin(begun, rules, goal=goal), said_by(home))
    whole = (fr.assess if goal is Goal.ELIGIBILITY else fr.assess_exit)(home, rules)
    assert talk.assessment.outcome == whole.outcome


@given(CASES)
def test_a_household_of_which_nobody_is_listed_is_asked_how_many_it_has(
    case: tuple[Snapshot, fr.Household, Goal],
) -> None:
    rules, home, goal = case
    listed = tuple(attrs.evolve(member, id=str(place)) for place, member in enumerate(home.members, start=1))
    home = attrs.evolve(home, members=listed, members_complete=True)
    talk = ended(fr.Interview.begin(fr.Household(id=home.id), rules, goal=goal), said_by(home))
    whole = (fr.assess if goal is Goal.ELIGIBILITY else fr.assess_exit)(home, rules)
    assert talk.assessment.outcome == whole.outcome


@given(CASES, st.data())
def test_every_interview_ends_where_it_says(case: tuple[Snapshot, fr.Household, Goal], data: st.DataObject) -> None:
    rules, home, goal = case
    answer = said_by(home)

    def step(talk: fr.Interview) -> fr.Interview:
        return talk.skip(data.draw(GAPS)) if data.draw(st.booleans()) else answer(talk)

    talk = ended(fr.Interview.begin(blank(home), rules, goal=goal), step)
    reasons = {need.why for need in talk.needs}
    evidence = {fr.Why.NOT_COLLECTED, fr.Why.EXPIRED, fr.Why.CONFLICTING}
    assert (talk.state is fr.InterviewState.DECIDED) is (talk.assessment.claim is not None) is (not reasons)
    assert (talk.state is fr.InterviewState.NEEDS_EVIDENCE) is (bool(reasons) and reasons <= evidence)
    assert [need.fact for need in talk.needs] == list(talk.assessment.missing)


@given(CASES, st.data())
def test_going_back_undoes_a_step_and_plain_data_keeps_everything(
    case: tuple[Snapshot, fr.Household, Goal], data: st.DataObject
) -> None:
    rules, home, goal = case
    answer = said_by(home)

    def step(talk: fr.Interview) -> fr.Interview:
        told = talk.skip(data.draw(GAPS)) if data.draw(st.booleans()) else answer(talk)
        assert told.back() == talk
        assert fr.Interview.from_plain(json.loads(json.dumps(told.to_plain())), rules) == told
        return told

    first = fr.Interview.begin(blank(home), rules, goal=goal)
    talk = ended(first, step)
    for _ in talk.asked:
        talk = talk.back()
    assert talk == first.back() == first


@given(CASES)
def test_what_was_skipped_is_asked_only_by_those_who_begin_again(case: tuple[Snapshot, fr.Household, Goal]) -> None:
    rules, home, goal = case
    talk = ended(fr.Interview.begin(blank(home), rules, goal=goal), lambda talk: talk.skip("not_collected"))
    assume(talk.needs)
    kept = fr.Interview.begin(talk.subject, rules, goal=goal)
    assert kept.state is talk.state or "members" in [fact for fact, _ in talk.asked]
    assert fr.Interview.begin(talk.subject, rules, goal=goal, again=True).state is fr.InterviewState.ASKING
