"""Questions about all households: what is proved, who shows the contrary, what is refused, what stays undecided."""

import gc
import json
import subprocess
import sys
import weakref
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from edits import with_exceptions, with_number, with_rule, without_rule
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules import comparison
from fupin_rules.comparison import (
    Comparison,
    Proved,
    Refuted,
    Undecided,
    WhyUndecided,
    Witness,
    always,
    compare,
    disjoint,
    equivalent,
    implies,
    monotone,
    never,
)
from fupin_rules.comparison import _search as search_file
from fupin_rules.comparison._terms import Terms
from fupin_rules.errors import DisagreementError, ExpressionError, MissingExtraError, PolicyError
from fupin_rules.expr import parse
from fupin_rules.policy import Judgement, RuleKind, Subject, judge, load_policy

RULES = load_policy("yucheng-2016").on(date(2016, 1, 31))
HIGHER = with_number(RULES, "income_line", 3500)

# Three cubes, none of them of nothing, of which two make the third: nobody has such land, and no search ends soon.
CUBES = (
    "production.arable_mu * production.arable_mu * production.arable_mu"
    " + production.forest_mu * production.forest_mu * production.forest_mu"
    " == production.water_mu * production.water_mu * production.water_mu"
    " and production.arable_mu > 0 and production.forest_mu > 0"
)


# -- what is proved, and what is not ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "claims", "more"),
    [
        (implies, ("exit_income", "not income_below_line"), {}),
        (implies, ("income_below_line", "net_income_yuan < income_line * member_count"), {}),
        (implies, ("priority_disability", 'not all(not "disability" in m.health for m in members)'), {}),
        (equivalent, ("excluded_away", "assets.whole_family_away_over_one_year and not assets.away_for_work_or_treatment"), {}),
        (equivalent, ("not not income_stable", "income_stable"), {}),
        (disjoint, ("income_below_line", "exit_income"), {}),
        (disjoint, ('living.house_grade == "C"', 'living.house_grade == "D"'), {}),
        (always, ("member_count >= 0",), {}),
        (always, ("income_stable or not income_stable",), {"known": "all"}),
        (always, ("income_stable or not income_stable",), {"known": ["income_stable"]}),
        (always, ("member_count < 13",), {"known": "all"}),
        (never, ("member_count > 12",), {}),
        (never, ('"illness" in other_causes and "schooling" in other_causes and "disaster" in other_causes',), {}),
        (never, ("age(relocation.moved_in) > 150",), {}),
    ],
)  # fmt: skip
def test_what_holds_for_everybody_is_proved(
    question: Callable[..., Any], claims: tuple[str, ...], more: dict[str, Any]
) -> None:
    answer = question(RULES, *claims, **more)
    assert isinstance(answer, Proved)
    assert answer.within.members == 12
    assert answer.within.fingerprints == (RULES.fingerprint,)


@pytest.mark.parametrize(
    ("question", "claims", "more", "values"),
    [
        (implies, ("exit_housing", "not priority_unsafe_house"), {}, [True, False]),
        (implies, ("income_stable", "living.water_safe"), {"known": "all"}, [True, False]),
        (equivalent, ("excluded_vehicle", "assets.owns_car"), {}, [True, False]),
        (equivalent, ("pupils >= 1", "pupils > 1"), {}, [True, False]),
        (disjoint, ("priority_students", "priority_unsafe_house"), {}, [True, True]),
        (always, ("income_stable",), {}, [False]),
        (never, ("excluded_vehicle",), {}, [True]),
        (never, ("member_count > 12",), {"members": 13}, [True]),
    ],
)
def test_what_does_not_hold_is_shown_by_somebody(
    question: Callable[..., Any], claims: tuple[str, ...], more: dict[str, Any], values: list[bool]
) -> None:
    answer = question(RULES, *claims, **more)
    assert isinstance(answer, Refuted)
    ((_, seen),) = [(each.subject, each.claims) for each in answer.seen]
    assert [value for _, value in seen] == values
    assert [text for text, _ in seen] == list(claims)


def test_a_claim_may_be_a_tree() -> None:
    assert isinstance(equivalent(RULES, parse("excluded_away"), "excluded_away"), Proved)
    assert isinstance(never(RULES, RULES.eligible_expr(Subject.HOUSEHOLD)), Refuted)


def test_to_hold_is_to_hold_surely() -> None:
    open_claim = always(RULES, "income_stable or not income_stable")
    assert isinstance(open_claim, Refuted)
    assert open_claim.witness == fr.Household(id="witness", members=(fr.Member(id="1"),))


# -- monotone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "more", "words"),
    [
        ("income.wage_income_yuan", {}, "with more of `income.wage_income_yuan`, `eligible` does not come to hold"),
        ("income.operating_cost_yuan", {}, "with more of `income.operating_cost_yuan`, `eligible` does not come to fail"),
        ("assets.owns_car", {"direction": "down"}, "with more of `assets.owns_car`, `eligible` does not come to hold"),
        ("production.arable_mu", {"direction": "up"}, "with more of `production.arable_mu`, `eligible` does not come to fail"),
        ("members[].is_public_employee", {}, "with more of `members[].is_public_employee`, `eligible` does not come to hold"),
        ("relocation.moved_in", {"of": "age(relocation.moved_in) >= 2", "known": "all"},
         "with more of `relocation.moved_in`, `age(relocation.moved_in) >= 2` does not come to hold"),
    ],
)  # fmt: skip
def test_a_fact_moves_an_outcome_one_way(fact: str, more: dict[str, Any], words: str) -> None:
    answer = monotone(RULES, fact, **more)
    if more.get("known") == "all":
        # A day later than that of the assessment has no age.
        assert isinstance(answer, Refuted)
    else:
        assert isinstance(answer, Proved)
        assert answer.statement[1] == words


def test_two_households_that_differ_in_one_fact_show_that_it_moves_an_outcome() -> None:
    answer = monotone(RULES, "income.wage_income_yuan", direction="up")
    assert isinstance(answer, Refuted)
    less, more = (each.subject for each in answer.seen)
    assert isinstance(less, fr.Household)
    assert isinstance(more, fr.Household)
    assert isinstance(less.income.wage_income_yuan, Decimal)
    assert isinstance(more.income.wage_income_yuan, Decimal)
    assert less.income.wage_income_yuan < more.income.wage_income_yuan
    wage = more.income.wage_income_yuan
    assert fr.with_fact(less, "income.wage_income_yuan", wage) == more
    assert fr.assess(less, RULES).outcome is fr.Outcome.ELIGIBLE
    assert fr.assess(more, RULES).outcome is fr.Outcome.INELIGIBLE


def test_a_fact_that_moves_an_outcome_both_ways_is_shown_by_two_and_two() -> None:
    answer = monotone(RULES, "members[].birth_date", of=parse("exit_education"))
    assert isinstance(answer, Refuted)
    assert len(answer.seen) == 4
    assert "; " in answer.statement[1]


def test_a_fact_has_to_be_one_and_to_have_an_order() -> None:
    with pytest.raises(PolicyError, match=r"`income.wages` is no fact of households; name a fact of the catalogue"):
        monotone(RULES, "income.wages")
    with pytest.raises(PolicyError, match=r"`living.house_grade` has no order; name a number, a day, or a yes or no"):
        monotone(RULES, "living.house_grade")


# -- bounds and limits -------------------------------------------------------------------------------------------------


def test_a_bounded_roster_is_stated_and_nobody_beyond_it_is_spoken_of() -> None:
    crowd = with_rule(RULES, "excluded_away", "assets.whole_family_away_over_one_year or member_count >= 13")
    within = compare(RULES, crowd)
    assert isinstance(within["lost_eligibility"], Proved)
    assert within.within.words("en") == "households of at most 12 members, time limit 10 s"
    assert within.within.words("zh") == "成员不超过12人的农户，时限10秒"
    beyond = compare(RULES, crowd, members=13)["lost_eligibility"]
    assert isinstance(beyond, Witness)
    assert len(beyond.subject.members) == 13  # type: ignore[union-attr]  # a household


def test_a_question_that_takes_too_long_is_undecided() -> None:
    answer = never(RULES, CUBES, seconds=0.05)
    assert isinstance(answer, Undecided)
    assert answer.as_text("en").startswith("undecided, ")
    moved = monotone(RULES, "production.arable_mu", of=CUBES, seconds=0.05, direction="up")
    assert isinstance(moved, Undecided)
    changed = compare(RULES, with_rule(RULES, "excluded_away", CUBES), seconds=0.05)
    assert not changed.is_equal
    assert [region.id for region in changed.regions if isinstance(region.answer, Undecided)]
    assert "undecided" in changed.as_text("en")
    assert "未能判定" in changed.as_text("zh")


@pytest.mark.parametrize(
    ("reason", "why", "words"),
    [
        ("timeout", WhyUndecided.TIME, "undecided, the time limit was reached: "),
        ("canceled", WhyUndecided.TIME, "undecided, the time limit was reached: "),
        (
            "(incomplete (theory arithmetic))",
            WhyUndecided.ARITHMETIC,
            "undecided, facts are multiplied or divided by each other: ",
        ),
    ],
)
def test_an_undecided_answer_says_why(
    reason: str, why: WhyUndecided, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_file.Search, "_look", lambda self, assumed: None)
    monkeypatch.setattr(search_file.Search, "_reason", lambda self: reason)
    answer = always(RULES, "income_stable")
    assert isinstance(answer, Undecided)
    assert answer.why is why
    assert answer.as_text("en").startswith(words)


def test_a_witness_that_cannot_be_made_more_ordinary_is_still_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_file, "_EFFORT", 1)
    found = compare(RULES, HIGHER)
    assert found.witnesses.keys() == compare(RULES, HIGHER).witnesses.keys()
    assert {"became_eligible", "exit_lost"} <= found.witnesses.keys()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"members": 0}, r"a roster of at most 0 members; give a number from 1 to 60"),
        ({"members": 61}, r"a roster of at most 61 members; give a number from 1 to 60"),
        ({"seconds": 0}, r"a time limit of 0 seconds; give more than none"),
        ({"known": ["members[].age"]}, r"`members\[\].age` is no fact of households; name a fact of the catalogue"),
    ],
)
def test_an_argument_that_cannot_be_is_refused(more: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        compare(RULES, HIGHER, **more)


def test_a_policy_without_a_day_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"expected a policy on a day, got `Policy`; call `.on\(date\)`"):
        compare(RULES, RULES.policy)  # type: ignore[arg-type]  # the likeliest slip
    with pytest.raises(PolicyError, match="expected a policy on a day"):
        never(RULES.policy, "income_stable")  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="expected a policy on a day"):
        monotone(RULES.policy, "income_stable")  # type: ignore[arg-type]


def test_a_claim_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ExpressionError, match="`wages` is not known"):
        never(RULES, "wages > 0")
    with pytest.raises(ExpressionError, match="a claim is due here"):
        never(RULES, "income.wage_income_yuan")


def test_a_missing_solver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(MissingExtraError, match=r'needs a solver; pip install "fupin-rules\[proof\]"'):
        compare(RULES, HIGHER)


def test_nothing_is_compared_without_rules_about_such_a_subject() -> None:
    quality = load_policy("quality-guizhou-2024").on(date(2024, 1, 15))
    with pytest.raises(PolicyError, match="has no eligibility rule about a household"):
        compare(quality, quality)
    with pytest.raises(PolicyError, match="has no eligibility rule about a household"):
        compare(RULES, quality)


def test_only_what_both_have_is_compared() -> None:
    exits = load_policy("exit-2016").on(date(2016, 5, 1))
    found = compare(exits, RULES)
    assert {region.id.partition("_")[0] for region in found.regions} == {"exit"}
    assert (found.only_in_old, found.only_in_new) == ((), ("eligibility", "ranking"))
    assert "only in new: eligibility, ranking\n" in found.as_text("en")
    assert "仅新政策有：识别条件、排序\n" in found.as_text("zh")


def test_rules_that_are_given_up_altogether_are_no_proof_that_nothing_changes() -> None:
    fewer = RULES
    for rule in RULES.rules_of(Subject.HOUSEHOLD, RuleKind.EXIT):
        fewer = without_rule(fewer, rule.id)
    found = compare(RULES, fewer)
    assert all(isinstance(region.answer, Proved) for region in found.regions)
    assert found.only_in_old == ("exit",)
    assert not found.is_equal
    assert found.as_text("en").startswith("only partly the same: ")


# -- the reference has the last word -----------------------------------------------------------------------------------


def test_a_witness_that_does_not_replay_is_a_failure_and_is_never_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(subject: Any, snapshot: Any) -> Judgement:
        return attrs.evolve(judge(subject, snapshot), eligible=True, exit=True)

    monkeypatch.setattr("fupin_rules.comparison._compare.judge", other)
    with pytest.raises(
        DisagreementError, match="the solver and the reference assessment disagree on `became_eligible`"
    ):
        compare(RULES, HIGHER)


def test_a_refutation_that_does_not_replay_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Contrary(fr.policy.Reading):
        def claim(self, expr: Any) -> Any:
            return None

    monkeypatch.setattr("fupin_rules.comparison._questions.Reading", Contrary)
    with pytest.raises(DisagreementError, match="disagree on `excluded_vehicle` never holds"):
        never(RULES, "excluded_vehicle")
    monkeypatch.setattr("fupin_rules.comparison._monotone.Reading", Contrary)
    with pytest.raises(DisagreementError, match="with more of `income.wage_income_yuan`"):
        monotone(RULES, "income.wage_income_yuan", direction="up")


# -- villages, days, defaults ------------------------------------------------------------------------------------------


def test_villages_and_counties_are_compared_too() -> None:
    national = load_policy("national-2014").on(date(2014, 6, 1))
    found = compare(national, with_number(national, "village_income_share", Decimal("0.5")), about=Subject.VILLAGE)
    assert found.within.members == 0
    lost = found["lost_eligibility"]
    assert isinstance(lost, Witness)
    assert isinstance(lost.subject, fr.Village)
    assert found.within.words("en") == "all villages, time limit 10 s"
    county = load_policy("exit-2016").on(date(2016, 5, 1))
    dropped = compare(county, without_rule(county, "county_exit_missed"), about=Subject.AREA)
    assert {"exit_became_met", "exit_became_undetermined", "exit_settled"} == dropped.witnesses.keys()


def test_a_pack_of_ones_own_with_a_list_of_codes_is_read(tmp_path: Path) -> None:
    rules = load_policy(write_pack(tmp_path)).on(date(2016, 6, 1))
    assert isinstance(equivalent(rules, "living.house_grade in dangerous", 'living.house_grade in {"C", "D"}'), Proved)
    answer = never(rules, "living.house_grade in dangerous")
    assert isinstance(answer, Refuted)
    assert isinstance(answer.witness, fr.Household)
    assert answer.witness.living.house_grade == "C"
    assert "grade of the house: " in answer.as_text("en")


def test_days_and_lists_are_said_in_both_languages() -> None:
    answer = never(RULES, 'any(age(m.birth_date) >= 60 and "disability" in m.health for m in members)')
    assert isinstance(answer, Refuted)
    assert "member 1: date of birth: 1955-05-01" in answer.as_text("en")
    assert "成员1：健康状况：残疾" in answer.as_text("zh")


def test_one_policy_on_two_days_is_compared() -> None:
    policy = load_policy("national-2014")
    found = compare(policy.on(date(2014, 6, 1)), policy.on(date(2015, 6, 1)))
    home = found.witnesses["became_eligible"]
    assert isinstance(home, fr.Household)
    assert home.income.wage_income_yuan == 2740
    assert isinstance(found["lost_eligibility"], Proved)


def test_only_those_who_are_known_in_full_are_looked_at() -> None:
    found = compare(RULES, HIGHER, known="all")
    assert found.witnesses.keys() == {"became_eligible", "exit_lost"}
    assert found.within.known == ("all",)
    assert "全部事实已知" in found.within.words("zh")
    some = compare(RULES, HIGHER, known=["hukou", "members[].birth_date"])
    assert some.within.known == ("hukou", "members[].birth_date")
    assert "known: hukou, members[].birth_date" in some.within.words("en")


def test_what_a_check_asks_of_texts_is_read() -> None:
    answer = never(RULES, "is_known(head_name) and any(is_known(m.id_no) for m in members)")
    assert isinstance(answer, Refuted)
    assert isinstance(answer.witness, fr.Household)
    assert answer.witness.head_name is not None
    assert "head" in answer.as_text("en")
    assert "entered" in answer.as_text("en")


# -- forms -------------------------------------------------------------------------------------------------------------


def forms(answer: Comparison | Proved | Refuted | Undecided) -> None:
    plain = answer.to_plain()
    assert json.loads(json.dumps(plain)) == plain
    html = answer._repr_html_()
    assert 'lang="zh"' in html
    assert 'lang="en"' in html
    assert "<script" not in html
    for language in ("zh", "en"):
        assert answer.as_text(language).strip()


def test_every_answer_is_text_plain_data_and_html() -> None:
    forms(compare(RULES, RULES))
    forms(compare(RULES, with_exceptions(HIGHER, "excluded_vehicle", ())))
    forms(implies(RULES, "exit_income", "not income_below_line"))
    forms(never(RULES, "excluded_vehicle"))
    forms(never(RULES, CUBES, seconds=0.05))


def test_a_comparison_reads_well_in_both_languages() -> None:
    found = compare(RULES, HIGHER)
    assert found.as_text("en").startswith("4 differences\n  old: ")
    assert found.as_text("zh").startswith("4处不同\n  原政策：禹城")
    assert "became eligible\n  not eligible → eligible\n  exit undetermined → exit not met\n" in found.as_text("en")
    assert "  工资性收入：3410元/年\n" in found.as_text("zh")
    assert "lost eligibility: nobody, proved" in found.as_text("en")
    assert compare(RULES, RULES).as_text("en").startswith("proved equal: nothing changes for anybody")


def test_a_region_is_found_by_its_name() -> None:
    found = compare(RULES, HIGHER)
    assert found["became_eligible"] is found.regions[0].answer
    with pytest.raises(KeyError):
        found["became_rich"]


def test_the_same_question_gives_the_same_witness_in_another_process() -> None:
    code = (
        "from datetime import date; from decimal import Decimal\n"
        "import fupin_rules as fr; from fupin_rules.comparison import compare\n"
        "from fupin_rules.citations import Source, Standing\n"
        "rules = fr.load_policy('yucheng-2016').on(date(2016, 1, 31))\n"
        "other = rules.with_parameter(income_line=3500, source=Source('n', 'n', 'n', Standing.STATED))\n"
        "print(sorted((name, repr(home)) for name, home in compare(rules, other).witnesses.items()))"
    )
    done = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in "12"]
    found = compare(RULES, HIGHER)
    here = sorted((name, repr(home)) for name, home in found.witnesses.items())
    assert done[0].stdout == done[1].stdout == f"{here}\n"


def test_a_question_gives_back_all_the_memory_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[weakref.ref[Terms]] = []

    class Watched(Terms):
        def __init__(self) -> None:
            super().__init__()
            seen.append(weakref.ref(self))

    monkeypatch.setattr("fupin_rules.comparison._room.Terms", Watched)
    gc.disable()  # What Python collects now and then is too late: the solver's memory is none that it counts.
    try:
        found = compare(RULES, HIGHER), never(RULES, "excluded_vehicle"), monotone(RULES, "income.wage_income_yuan")
    finally:
        gc.enable()
    assert len(found) == len(seen) == 3
    assert [ref() for ref in seen] == [None, None, None]


def test_the_facade_knows_nothing_of_the_solver() -> None:
    code = (
        "import fupin_rules as fr, sys; [getattr(fr, name) for name in fr.__all__]\n"
        "print(*[each for each in sys.modules if each.startswith(('z3', 'fupin_rules.comparison'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
    assert "compare" in comparison.__all__
