"""Laws of assessments, as a case worker would sign them."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.model import Sort, all_facts, catalogue
from fupin_rules.policy import Policy, RuleKind, Snapshot, Subject, judge
from fupin_rules.testing import facts, households
from fupin_rules.testing.strategies._values import known_values

DAY = date(2016, 1, 31)
YUCHENG = fr.load_policy("yucheng-2016").on(DAY)
EXIT = fr.load_policy("exit-2016").on(date(2017, 6, 1))
KNOWN = households(near=YUCHENG, min_members=1, max_members=3, max_unknown=6)
HOMES = st.one_of(KNOWN, households(near=YUCHENG), households())


def outcomes(home: fr.Household) -> tuple[str, str]:
    return fr.assess(home, YUCHENG).outcome.value, fr.assess_exit(home, YUCHENG).outcome.value


def unknown_paths(home: fr.Household) -> list[str]:
    return [path for path, value in all_facts(home) if value is None or isinstance(value, fr.NotKnown)]


def learnt(data: st.DataObject, home: fr.Household, path: str) -> fr.Household:
    """The household with a fact of which it may be anything."""
    field = catalogue(fr.Household).field(path)
    assert field is not None
    return fr.with_fact(home, path, data.draw(known_values(field, realistic=data.draw(st.booleans()))))


@given(st.data(), HOMES)
def test_learning_a_fact_never_overturns_a_settled_outcome(data: st.DataObject, home: fr.Household) -> None:
    before = outcomes(home)
    path = data.draw(st.sampled_from(unknown_paths(home)))
    after = outcomes(learnt(data, home, path))
    for one, other in zip(before, after, strict=True):
        assert one in ("undetermined", other)


@given(st.data(), HOMES)
def test_a_missing_fact_that_is_not_named_never_matters(data: st.DataObject, home: fr.Household) -> None:
    eligible, leaving = fr.assess(home, YUCHENG), fr.assess_exit(home, YUCHENG)
    for answer in (eligible, leaving):
        completed = home
        unnamed = [path for path in unknown_paths(home) if path not in answer.missing]
        for path in data.draw(st.lists(st.sampled_from(unnamed), max_size=8, unique=True)):
            completed = learnt(data, completed, path)
        again = (fr.assess if answer is eligible else fr.assess_exit)(completed, YUCHENG)
        assert again.outcome == answer.outcome


@given(HOMES, st.randoms(use_true_random=False))
def test_order_of_members_does_not_matter(home: fr.Household, chance: random.Random) -> None:
    mixed = list(home.members)
    chance.shuffle(mixed)
    one, other = judge(home, YUCHENG), judge(attrs.evolve(home, members=mixed), YUCHENG)
    assert (one.values, one.eligible, one.exit) == (other.values, other.eligible, other.exit)


@given(HOMES, st.randoms(use_true_random=False))
def test_order_of_rules_does_not_matter(home: fr.Household, chance: random.Random) -> None:
    mixed = list(YUCHENG.rules)
    chance.shuffle(mixed)
    policy = attrs.evolve(YUCHENG.policy, rules=tuple(mixed))
    shuffled = Snapshot(policy, DAY, YUCHENG.parameters)
    one, other = judge(home, YUCHENG), judge(home, shuffled)
    assert (one.values, one.eligible, one.exit) == (other.values, other.eligible, other.exit)
    assert shuffled.fingerprint == YUCHENG.fingerprint
    assert fr.assess(home, YUCHENG).standing == fr.assess(home, shuffled).standing


@given(HOMES)
def test_every_rule_is_judged_and_none_is_skipped(home: fr.Household) -> None:
    assessment = fr.assess(home, YUCHENG)
    assert set(assessment.rules) == {rule.id for rule in YUCHENG.rules_of(Subject.HOUSEHOLD)}


@given(HOMES)
def test_an_outcome_follows_from_its_rules(home: fr.Household) -> None:
    assessment = fr.assess(home, YUCHENG)
    match assessment.outcome:
        case fr.Outcome.ELIGIBLE:
            assert not (assessment.failed or assessment.excluded_by or assessment.open or assessment.missing)
        case fr.Outcome.INELIGIBLE:
            assert assessment.failed or assessment.excluded_by
            assert not assessment.missing
        case fr.Outcome.UNDETERMINED:
            assert assessment.open
            assert assessment.missing
            assert not (assessment.failed or assessment.excluded_by)


@given(KNOWN)
@settings(max_examples=60)
def test_answering_the_next_question_again_and_again_settles_the_outcome(home: fr.Household) -> None:
    answers = 0
    fields = len(catalogue(fr.Household).fields) + len(home.members) * len(catalogue(fr.Household).members)
    chance = random.Random(answers)
    while (question := fr.assess(home, YUCHENG).next_question()) is not None:
        answers += 1
        assert answers <= 10 < fields / 10
        if question.fact == "members":
            home = attrs.evolve(home, members_complete=True)  # Whoever was left out has been asked after.
            continue
        field = catalogue(fr.Household).field(question.fact)
        assert field is not None
        value = chance.choice(question.choices)[0] if question.choices else Decimal(chance.randrange(5000))
        home = fr.with_fact(home, question.fact, value)


@given(HOMES)
def test_the_next_question_asks_for_a_missing_fact(home: fr.Household) -> None:
    assessment = fr.assess(home, YUCHENG)
    question = assessment.next_question()
    assert (question is None) is (assessment.outcome is not fr.Outcome.UNDETERMINED)
    assert question is None or question.fact in assessment.missing


def without(kind: RuleKind) -> Snapshot:
    policy = attrs.evolve(
        YUCHENG.policy, rules=tuple(rule for rule in YUCHENG.rules if rule.kind is not kind), rankings={}
    )
    return Snapshot(policy, DAY, YUCHENG.parameters)


NO_EXCLUSIONS, NO_PRIORITIES = without(RuleKind.EXCLUSION), without(RuleKind.PRIORITY)


@given(HOMES)
def test_an_exclusion_only_narrows(home: fr.Household) -> None:
    if fr.assess(home, YUCHENG).outcome is fr.Outcome.ELIGIBLE:
        assert fr.assess(home, NO_EXCLUSIONS).outcome is fr.Outcome.ELIGIBLE
    if fr.assess(home, NO_EXCLUSIONS).outcome is fr.Outcome.INELIGIBLE:
        assert fr.assess(home, YUCHENG).outcome is fr.Outcome.INELIGIBLE


@given(HOMES)
def test_a_priority_never_admits(home: fr.Household) -> None:
    assert fr.assess(home, YUCHENG).outcome is fr.assess(home, NO_PRIORITIES).outcome


@given(KNOWN, st.integers(1, 500_000))
def test_more_income_never_makes_a_household_eligible(home: fr.Household, fen: int) -> None:
    wage = home.income.wage_income_yuan
    if not isinstance(wage, Decimal):
        return
    richer = fr.with_fact(home, "income.wage_income_yuan", wage + Decimal(fen) / 100)
    if fr.assess(home, YUCHENG).outcome is fr.Outcome.INELIGIBLE:
        assert fr.assess(richer, YUCHENG).outcome is fr.Outcome.INELIGIBLE


@given(households(near=YUCHENG, min_members=1, max_members=3, max_unknown=0))
def test_nobody_is_eligible_and_ready_to_leave_at_once(home: fr.Household) -> None:
    ready = fr.assess_exit(home, YUCHENG).outcome is fr.ExitOutcome.MET
    assert not (ready and fr.assess(home, YUCHENG).outcome is fr.Outcome.ELIGIBLE)


def unposted(member_id: str) -> fr.Member:
    return fr.Member(
        id=member_id, is_public_employee=False, is_village_post_holder=False, post_holder_cause_is_major=False
    )


def on_the_line(fen: int, people: int) -> fr.Household:
    """A household `fen` away from the line, all other facts known and in its favour."""
    line = YUCHENG.parameters["income_line"].value
    assert isinstance(line, Fraction)
    income = {name: 0 for name in fr.Income.__annotations__ if not name.startswith("stated")}
    assets = catalogue(fr.Household).fields.items()
    flags = {
        path.removeprefix("assets."): False
        for path, field in assets
        if path.startswith("assets.") and field.spec.sort is Sort.FLAG
    }
    wage = Decimal(line.numerator * people) / line.denominator + Decimal(fen) / 100
    return fr.Household(
        id="h",
        members_complete=True,
        members=tuple(unposted(str(number)) for number in range(people)),
        hukou="rural",
        income=fr.Income(**(income | {"wage_income_yuan": wage})),
        income_stable=True,
        assets=fr.Assets(**flags),
        living=fr.Living(house_grade="A"),
    )


@pytest.mark.parametrize("people", [1, 2, 3, 7])
@pytest.mark.parametrize(
    ("fen", "outcome", "leaves"),
    [
        (-1, fr.Outcome.ELIGIBLE, False),
        # Exactly on the line: neither poor by income (低于) nor above it (超过).
        (0, fr.Outcome.INELIGIBLE, False),
        (1, fr.Outcome.INELIGIBLE, True),
    ],
)
def test_a_household_on_the_line_is_decided_by_the_fen(
    people: int, fen: int, outcome: fr.Outcome, leaves: bool
) -> None:
    home = on_the_line(fen, people)
    assert fr.assess(home, YUCHENG).outcome is outcome
    assert judge(home, YUCHENG).values["exit_income"] is leaves


@given(st.lists(st.integers(0, 400_000), min_size=4, max_size=4), st.integers(1, 6))
def test_money_that_floats_misjudge_is_judged_exactly(fens: list[int], people: int) -> None:
    names = ["wage_income_yuan", "operating_income_yuan", "property_income_yuan", "pension_yuan"]
    income: dict[str, Decimal | int] = {name: 0 for name in fr.Income.__annotations__ if not name.startswith("stated")}
    income |= {name: Decimal(fen) / 100 for name, fen in zip(names, fens, strict=True)}
    home = attrs.evolve(on_the_line(0, people), income=fr.Income(**income))
    below = sum(fens) < 340_200 * people
    assert judge(home, YUCHENG).values["income_below_line"] is below


@given(HOMES)
def test_the_same_household_gives_the_same_answer_twice(home: fr.Household) -> None:
    assert fr.assess(home, YUCHENG).to_plain() == fr.assess(home, YUCHENG).to_plain()


@given(HOMES)
def test_a_stored_assessment_of_the_same_facts_still_holds(home: fr.Household) -> None:
    for answer in (fr.assess(home, YUCHENG), fr.assess_exit(home, YUCHENG)):
        again = fr.recheck(answer.to_plain(), home, YUCHENG)
        assert again.holds
        assert again.changes == ()


@given(st.data(), HOMES)
def test_what_differs_between_two_assessments_is_told(data: st.DataObject, home: fr.Household) -> None:
    fact = data.draw(facts("hukou", "assets.owns_car", "income.wage_income_yuan"))
    changed = fr.with_fact(home, *fact)
    before, after = fr.assess(home, YUCHENG), fr.assess(changed, YUCHENG)
    told = {change.name for change in fr.explain_change(before, after) if change.what == "rule"}
    assert told == {rule for rule in before.rules if _shown(before.rules[rule]) != _shown(after.rules[rule])}


def _shown(value: fr.Truth) -> bool | None:
    return None if isinstance(value, fr.Unknown) else value


@given(st.dates(date(2016, 5, 1), date(2019, 12, 31)), HOMES)
@settings(max_examples=30)
def test_on_every_covered_day_there_is_one_answer(day: date, home: fr.Household) -> None:
    policy: Policy = EXIT.policy
    assert fr.assess_exit(home, policy.on(day)).on == day


def test_nothing_is_vacuously_eligible_or_ready() -> None:
    with pytest.raises(fr.FupinRulesError, match="has no eligibility rule about a household"):
        fr.assess(fr.Household(id="1"), EXIT)
    national = fr.load_policy("national-2014").on(date(2014, 6, 1))
    with pytest.raises(fr.FupinRulesError, match="has no exit rule about a village"):
        fr.assess_exit(fr.Village(id="1"), national)
