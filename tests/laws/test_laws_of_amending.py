"""Laws of amended policies, as the owner of a policy and a case worker would sign them."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta

import attrs
import hypothesis.strategies as st
from hypothesis import given, settings

import fupin_rules as fr
from amendment_strategies import DAYS, YUCHENG, amendments
from fupin_rules.engine import reopened
from fupin_rules.errors import PolicyError
from fupin_rules.periods import gaps
from fupin_rules.policy import Amendment, Policy, Snapshot, find_conflicts, judge, load_amendment
from fupin_rules.registry import simulate

LATER = date(2018, 1, 1)
_KNOWN = simulate(seed=16, households=60, people=120).households
# Fixed, for drawing households takes longer than amending a policy: known ones, and the same with some facts not told.
HOMES = st.sampled_from(
    [*_KNOWN, *(fr.with_fact(home, path, None) for home in _KNOWN[:20] for path in ("hukou", "assets.owns_car"))]
)


def amended(*given_: Amendment) -> Policy | None:
    """The amended policy, where the amendments fit together."""
    try:
        return YUCHENG.amend(*given_)
    except PolicyError:
        return None


def texts(policy: Policy, known_at: date | None = None) -> list[str]:
    return [policy.on(day, known_at).fingerprint for day in DAYS]


def outcomes(home: fr.Household, rules: Snapshot) -> tuple[str, str]:
    return fr.assess(home, rules).outcome.value, fr.assess_exit(home, rules).outcome.value


@given(amendments())
def test_an_amendment_written_and_read_is_the_same_amendment(amendment: Amendment) -> None:
    plain = json.loads(json.dumps(amendment.to_plain()))
    assert load_amendment(plain) == amendment
    assert load_amendment(plain).fingerprint == amendment.fingerprint
    assert load_amendment(plain).to_plain() == amendment.to_plain()


@given(amendments(), amendments())
def test_amendments_have_one_fingerprint_where_they_say_the_same_and_two_where_they_do_not(
    one: Amendment, other: Amendment
) -> None:
    assert (one == other) is (one.fingerprint == other.fingerprint)
    renamed = attrs.evolve(one, zh=f"{one.zh}。")
    assert renamed.fingerprint != one.fingerprint


@given(amendments(), st.randoms())
def test_the_order_in_which_patches_are_written_does_not_matter(amendment: Amendment, random: object) -> None:
    shuffled = list(amendment.patches)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert attrs.evolve(amendment, patches=shuffled) == amendment
    assert attrs.evolve(amendment, patches=shuffled).fingerprint == amendment.fingerprint


@settings(max_examples=25)
@given(amendments())
def test_amending_leaves_the_old_policy_as_it_was_and_days_outside_the_amendment_as_they_were(
    amendment: Amendment,
) -> None:
    old, before = texts(YUCHENG), YUCHENG.fingerprint
    policy = amended(amendment)
    assert (texts(YUCHENG), YUCHENG.fingerprint) == (old, before)
    if policy is None:
        return
    assert policy.fingerprint != YUCHENG.fingerprint
    for day, was in zip(DAYS, old, strict=True):
        in_force = [each for each in amendment.patches if day in amendment.days_of(each)]
        assert policy.on(day).amended_by == ((amendment,) if in_force else ())
        if not in_force:
            assert policy.on(day).fingerprint == was
            assert policy.on(day) == YUCHENG.on(day)


@settings(max_examples=40)
@given(amendments("a"), amendments("b"))
def test_every_covered_day_is_in_one_era_and_within_an_era_only_dated_values_turn(
    one: Amendment, other: Amendment
) -> None:
    policy = amended(one, other)
    if policy is None:
        return
    eras = policy.eras()
    assert gaps(policy.days, eras) == ()
    assert all(not a.overlaps(b) for a, b in itertools.combinations(eras, 2))
    for day in DAYS:
        (era,) = (each for each in eras if day in each)
        assert policy.on(day).policy.days == era
        assert policy.on(era.start).amended_by == policy.on(day).amended_by
        # The text of a day covers the days of that text and no others.
        assert texts_of(policy.on(day)) == texts_of(policy.on(era.start))
        for name in YUCHENG.parameters:
            values = [dated.period for dated in policy.on(day).policy.parameters[name].values]
            assert gaps(YUCHENG.days, values) == ()
            assert all(not a.overlaps(b) for a, b in itertools.pairwise(values))


def texts_of(rules: Snapshot) -> tuple[object, ...]:
    return rules.rules, dict(rules.definitions), dict(rules.policy.eligible_when), dict(rules.policy.rankings)


@settings(max_examples=25)
@given(amendments("a"), amendments("b"))
def test_what_was_known_late_enough_is_everything_and_before_the_first_publication_nothing(
    one: Amendment, other: Amendment
) -> None:
    policy = amended(one, other)
    if policy is None:
        return
    published = sorted(each.published for each in (one, other))
    assert texts(policy, published[-1]) == texts(policy, LATER) == texts(policy)
    assert texts(policy, published[0] - timedelta(days=1)) == texts(YUCHENG)


@settings(max_examples=40)
@given(amendments("a"), amendments("b"), st.sampled_from(DAYS))
def test_the_later_one_looks_the_more_is_known_and_nothing_before_it_was_published(
    one: Amendment, other: Amendment, day: date
) -> None:
    policy = amended(one, other)
    if policy is None:
        return
    looks = sorted({each + timedelta(days=shift) for each in (one.published, other.published) for shift in (-1, 0)})
    known = [policy.on(day, look).amended_by for look in looks]
    assert all(set(map(id, few)) <= set(map(id, many)) for few, many in itertools.pairwise(known))
    for look, held in zip(looks, known, strict=True):
        assert all(each.published <= look for each in held)
        assert held == tuple(each for each in policy.on(day).amended_by if each.published <= look)


@settings(max_examples=40)
@given(amendments("a"), amendments("b"))
def test_the_order_of_amending_does_not_matter_and_each_pair_may_be_given_at_once_or_one_by_one(
    one: Amendment, other: Amendment
) -> None:
    at_once, turned = amended(one, other), amended(other, one)
    assert at_once == turned
    if at_once is None:
        return
    assert turned is not None and at_once.fingerprint == turned.fingerprint
    first, second = sorted((one, other), key=lambda each: (each.published, each.days.start, each.id))
    step = amended(first)
    assert step is not None and step.amend(second) == at_once


@settings(max_examples=40)
@given(amendments("a"), amendments("b"), HOMES)
def test_between_amendments_without_a_conflict_the_order_of_publication_does_not_matter(
    one: Amendment, other: Amendment, home: fr.Household
) -> None:
    if any(each.kind.is_ordered for each in find_conflicts(one, other)):
        return
    early, late = date(2016, 2, 1), date(2016, 2, 2)
    straight = amended(attrs.evolve(one, published=early), attrs.evolve(other, published=late))
    turned = amended(attrs.evolve(one, published=late), attrs.evolve(other, published=early))
    assert (straight is None) is (turned is None)
    if straight is None or turned is None:
        return
    assert texts(straight) == texts(turned)
    for day in (DAYS[0], DAYS[-1]):
        assert outcomes(home, straight.on(day)) == outcomes(home, turned.on(day))


@settings(max_examples=100)
@given(amendments("a"), amendments("b"))
def test_a_conflict_is_seen_from_both_sides_on_days_that_both_have(one: Amendment, other: Amendment) -> None:
    seen, turned = find_conflicts(one, other), find_conflicts(other, one)
    assert sorted((each.kind, each.name, each.days) for each in seen) == sorted(
        (each.kind, each.name, each.days) for each in turned
    )
    assert find_conflicts(one) == ()
    for each in seen:
        assert (each.first, each.second) == (one.id, other.id)
        assert any(each.days.start in one.days_of(patch) for patch in one.patches)
        assert any(each.days.start in other.days_of(patch) for patch in other.patches)


@settings(max_examples=40)
@given(amendments(), HOMES, st.sampled_from(DAYS))
def test_the_compiled_reader_and_the_reference_agree_on_every_amended_text(
    amendment: Amendment, home: fr.Household, day: date
) -> None:
    policy = amended(amendment)
    if policy is None:
        return
    rules = policy.on(day)
    wanted = judge(home, rules)
    assert fr.assess(home, rules).outcome is fr.Outcome.of(wanted.eligible)  # type: ignore[arg-type]
    assert fr.assess_exit(home, rules).outcome is fr.ExitOutcome.of(wanted.exit)  # type: ignore[arg-type]
    assert dict(fr.assess(home, rules).values) == {
        name: value if isinstance(value, bool) else None for name, value in wanted.values.items()
    }


@settings(max_examples=40)
@given(st.lists(HOMES, min_size=1, max_size=4), amendments("a"), amendments("b"), st.sampled_from(DAYS))
def test_the_decisions_reopened_are_those_that_come_out_otherwise_and_no_decision_is_lost(
    homes: list[fr.Household], one: Amendment, other: Amendment, day: date
) -> None:
    policy = amended(one, other)
    if policy is None:
        return
    homes = [attrs.evolve(home, id=f"h{number}") for number, home in enumerate(homes)]
    then, now = policy.on(day, known_at=day), policy.on(day)
    stored = [ask(home, then) for home in homes for ask in (fr.assess, fr.assess_exit)]
    found = reopened(policy, [each.to_plain() for each in stored], homes)
    assert found.total == len(stored) and found.unjudged == ()
    again = [ask(home, now) for home in homes for ask in (fr.assess, fr.assess_exit)]
    wanted = [place for place, pair in enumerate(zip(stored, again, strict=True)) if pair[0].outcome != pair[1].outcome]
    assert [each.place for each in found.decisions] == wanted
    for each in found.decisions:
        assert set(each.amendments) <= {amendment.id for amendment in (one, other) if amendment.published > day}
        assert each.amendments and each.changed_since == ()
        assert each.missing == again[each.place].missing


@settings(max_examples=20)
@given(st.lists(HOMES, min_size=1, max_size=3), amendments("a"), st.sampled_from(DAYS))
def test_what_was_decided_under_the_law_as_it_is_now_is_never_reopened(
    homes: list[fr.Household], amendment: Amendment, day: date
) -> None:
    policy = amended(amendment)
    if policy is None:
        return
    stored = [fr.assess(home, policy.on(day)) for home in homes]
    assert reopened(policy, stored, []) == fr.engine.Reopened((), len(stored), ())
