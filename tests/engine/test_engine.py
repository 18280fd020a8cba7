"""Ranks, gaps, questions, standings, explanations: examples and laws."""

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.engine import Ranked
from fupin_rules.errors import ModelError, PolicyError
from fupin_rules.policy import load_policy
from fupin_rules.testing import households

DAY = date(2016, 1, 31)
YUCHENG = fr.load_policy("yucheng-2016").on(DAY)
SUMMER = date(2016, 6, 1)
RELIEF: fr.Snapshot


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> fr.Snapshot:
    return load_policy(write_pack(tmp_path_factory.mktemp("packs"))).on(SUMMER)


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> fr.Snapshot:
    rules = """
[[rule]]
id = "alone"
kind = "priority"
label = { zh = "单亲", en = "alone" }
when = "is_single_parent_family"
source = "order"
weight = 5
"""
    folder = tmp_path_factory.mktemp("packs")
    pack = write_pack(
        folder, {"pack.toml": {'method = "weights"': 'method = "lexicographic"\norder = ["alone", "unsafe"]'}}
    )
    (pack / "rules.toml").write_text((pack / "rules.toml").read_text(encoding="utf-8") + rules, encoding="utf-8")
    return load_policy(pack).on(SUMMER)


def home(name: str, *, grade: str | None = "A", wage: int | None = 1, car: bool | None = False) -> fr.Household:
    return fr.Household(
        id=name,
        members_complete=True,
        members=(fr.Member(id="1", on_dibao=True),),
        income=fr.Income(wage_income_yuan=wage),
        living=fr.Living(house_grade=grade),
        assets=fr.Assets(owns_car=car, car_is_for_disabled_or_livelihood=False),
    )


def ranked(rules: fr.Snapshot, homes: list[fr.Household], quota: int) -> Ranked:
    return fr.rank([fr.assess(each, rules) for each in homes], quota)


def test_the_better_score_goes_first_and_the_lower_income_breaks_the_tie(relief: fr.Snapshot) -> None:
    homes = [home("safe"), home("unsafe-1", grade="C", wage=100), home("unsafe-2", grade="D", wage=50)]
    assert ranked(relief, homes, 2) == Ranked(2, ("unsafe-2", "unsafe-1"), (), (), ("safe",))


def test_a_tie_that_the_policy_does_not_break_stays_a_tie(relief: fr.Snapshot) -> None:
    homes = [home("a", grade="C"), home("b", wage=2), home("c", wage=2)]
    assert ranked(relief, homes, 2) == Ranked(2, ("a",), (), ("b", "c"), ())
    assert ranked(relief, homes, 3) == Ranked(3, ("a", "b", "c"), (), (), ())
    assert ranked(relief, homes, 1) == Ranked(1, ("a",), (), (), ("b", "c"))


def test_missing_facts_make_places_possible(relief: fr.Snapshot) -> None:
    homes = [home("known", grade="C"), home("open", grade=None), home("undecided", car=None), home("out", car=True)]
    assert ranked(relief, homes, 1) == Ranked(1, (), ("known", "open"), (), ("undecided",))
    assert ranked(relief, homes, 3) == Ranked(3, ("known", "open"), ("undecided",), (), ())


def test_an_unknown_income_may_break_a_tie_either_way(relief: fr.Snapshot) -> None:
    assert ranked(relief, [home("a", wage=None), home("b", wage=5)], 1) == Ranked(1, (), ("b", "a"), (), ())


def test_a_lexicographic_order_looks_at_the_first_rule_first(ordered: fr.Snapshot) -> None:
    alone = attrs.evolve(home("alone"), is_single_parent_family=True)
    unsafe = attrs.evolve(home("unsafe", grade="D"), is_single_parent_family=False)
    unknown = home("unknown", grade="D")
    assert ranked(ordered, [unsafe, alone], 1).certain == ("alone",)
    answer = fr.assess(unknown, ordered)
    assert answer.priority is not None
    assert (answer.priority.low, answer.priority.high) == ((Fraction(0), Fraction(1)), (Fraction(1), Fraction(1)))
    assert answer.missing_for_score == ("is_single_parent_family",)


def test_each_village_has_its_own_quota(relief: fr.Snapshot) -> None:
    homes = [attrs.evolve(home(f"{village}{n}", wage=n), village=village) for village in ("x", "y") for n in (1, 2)]
    answers = [fr.assess(each, relief) for each in homes]

    def village(answer: fr.Assessment) -> str:
        assert isinstance(answer.subject, fr.Household)
        return str(answer.subject.village)

    found = fr.rank(answers, {"x": 1, "y": 2}, within=village)
    assert {name: each.certain for name, each in found.items()} == {"x": ("x1",), "y": ("y1", "y2")}
    with pytest.raises(PolicyError, match="no quota for `y`"):
        fr.rank(answers, {"x": 1}, within=village)


def test_what_cannot_be_ranked_together_is_refused(relief: fr.Snapshot) -> None:
    one, other = fr.assess(home("a"), relief), fr.assess(home("a"), relief.policy.on(date(2016, 7, 1)))
    with pytest.raises(PolicyError, match="several policies or days"):
        fr.rank([one, other], 1)
    national = fr.load_policy("national-2014").on(SUMMER)
    with pytest.raises(PolicyError, match="does not say how to rank"):
        fr.rank([fr.assess(home("a"), national)], 1)


@st.composite
def candidates(draw: st.DrawFn) -> list[fr.Household]:
    return [
        home(
            str(number),
            grade=draw(st.sampled_from(["A", "C", None])),
            wage=draw(st.sampled_from([1, 2])),
            car=draw(st.sampled_from([True, False, False, None])),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


@given(candidates(), st.integers(0, 4))
@settings(max_examples=60)
def test_ranks_hold_in_every_completion(homes: list[fr.Household], quota: int) -> None:
    told = ranked(RELIEF, homes, quota)
    chosen: dict[str, set[str]] = {each.id: set() for each in homes}
    options = [
        [
            attrs.evolve(each, living=fr.Living(house_grade=grade), assets=attrs.evolve(each.assets, owns_car=car))
            for grade in ([each.living.house_grade] if each.living.house_grade else ["A", "C"])
            for car in ([each.assets.owns_car] if each.assets.owns_car is not None else [True, False])
        ]
        for each in homes
    ]
    for completion in itertools.product(*options):
        keys = {
            each.id: (each.living.house_grade == "C", -_wage(each))
            for each in completion
            if each.assets.owns_car is False
        }
        for each in completion:
            if each.id not in keys:
                chosen[each.id].add("out")
                continue
            ahead = sum(1 for key in keys.values() if key > keys[each.id])
            level = sum(1 for key in keys.values() if key == keys[each.id])
            if ahead + level <= quota:
                chosen[each.id].add("in")
            elif ahead >= quota:
                chosen[each.id].add("out")
            else:
                chosen[each.id].add("tied")
    eligible = {each.id for each in homes if each.assets.owns_car is not True}
    assert set(told.certain) == {name for name in eligible if chosen[name] == {"in"}}
    assert set(told.out) == {name for name in eligible if chosen[name] == {"out"}}
    assert set(told.tied) <= {name for name in eligible if chosen[name] == {"tied"}}
    assert set(told.certain) | set(told.out) | set(told.tied) | set(told.possible) == eligible


def _wage(each: fr.Household) -> Decimal:
    wage = each.income.wage_income_yuan
    assert isinstance(wage, Decimal)
    return wage


@pytest.fixture(scope="module", autouse=True)
def _relief_for_laws(relief: fr.Snapshot) -> None:
    # A law is no place for a fixture: Hypothesis runs it many times.
    global RELIEF  # noqa: PLW0603
    RELIEF = relief


# -- gaps ------------------------------------------------------------------------------------------------------------


def leaving(**facts: object) -> fr.ExitAssessment:
    return fr.assess_exit(fr.from_plain(fr.Household, {"id": "1", "members_complete": True, **facts}), YUCHENG)


def income(wage: str) -> dict[str, str]:
    parts = {name: "0" for name in fr.Income.__annotations__ if not name.startswith("stated")}
    return parts | {"wage_income_yuan": wage}


@pytest.mark.parametrize(
    ("wage", "zh", "en", "amount"),
    [
        ("3089.50", "还差312.50元/人/年", "312.50 yuan/person/year short", Fraction("312.5")),
        ("3402", "恰在线上，须超出", "exactly on the line; it must be passed", Fraction(0)),
        ("3401.99", "还差0.01元/人/年", "0.01 yuan/person/year short", Fraction("0.01")),
    ],
)
def test_a_gap_of_income_is_told_to_the_fen(wage: str, zh: str, en: str, amount: Fraction) -> None:
    answer = leaving(members=[{"id": "1"}], income=income(wage), income_stable=True)
    (gap,) = answer.failed
    assert (gap.rule, gap.zh, gap.en, gap.amount) == ("exit_income", zh, en, amount)


def test_a_gap_of_members_names_them_by_number() -> None:
    child = {"birth_date": "2006-03-01", "student_status": "not_in_school", "non_attendance_excused": False}
    members = [{"id": "1", "birth_date": "1980-01-01"}, {"id": "2", **child}, {"id": "3", **child}]
    gap = next(each for each in leaving(members=members).failed if each.rule == "exit_education")
    assert (gap.members, gap.en) == (("2", "3"), "not so for member 2, 3")


def test_a_gap_of_a_plain_fact_says_what_is_not_so() -> None:
    gap = next(each for each in leaving(living={"clothing_secure": False}).failed)
    assert gap.zh == "未达到：是否不愁穿"


# -- questions -------------------------------------------------------------------------------------------------------


def test_the_roster_is_asked_for_before_what_is_divided_by_its_members() -> None:
    home_ = fr.Household(id="1", hukou="rural", income=fr.from_plain(fr.Income, income("1")))
    home_ = attrs.evolve(home_, assets=fr.Assets(owns_town_housing=False, whole_family_away_over_one_year=False))
    question = fr.assess(home_, YUCHENG).next_question()
    assert question is not None
    assert question.fact == "members_complete"
    assert question.choices[0] == (True, {"zh": "是", "en": "yes"})
    incomplete = fr.assess(fr.with_fact(home_, "members_complete", value=False), YUCHENG).next_question()
    assert incomplete is not None
    assert (incomplete.fact, incomplete.text["en"], incomplete.choices) == (
        "members",
        "How many people live together and share costs?",
        (),
    )


def test_a_member_is_asked_first_for_what_tells_whether_a_rule_is_about_them() -> None:
    living = {"food_secure": True, "clothing_secure": True}
    known = {"id": "1", "members_complete": True, "members": [{"id": "1"}], "income": income("9000"), "living": living}
    asked = []
    home_ = fr.from_plain(fr.Household, known)
    while (question := fr.assess_exit(home_, YUCHENG).next_question()) is not None:
        asked.append(question.fact)
        value: object = date(1950, 1, 1) if question.sort == "day" else question.choices[0][0]
        home_ = fr.with_fact(home_, question.fact, value)
        assert len(asked) < 20
    # Nobody past the age of schooling is asked about school, though a day of birth tells more of a person.
    assert "members[1].birth_date" in asked
    assert not [fact for fact in asked if "student" in fact or "attendance" in fact]


def test_a_question_tells_unit_and_ground() -> None:
    known = {"id": "1", "members_complete": True, "members": [{"id": "1"}], "income": income("1")}
    del known["income"]["pension_yuan"]  # type: ignore[attr-defined]
    home_ = fr.from_plain(fr.Household, known | {"hukou": "rural"})
    while (question := fr.assess(home_, YUCHENG).next_question()) is not None and question.choices:
        home_ = fr.with_fact(home_, question.fact, value=False)
    assert question is not None
    assert question.fact == "income.pension_yuan"
    assert question.text == {"zh": "养老保险金（单位：元/年）？", "en": "Pension (in yuan/year)?"}
    assert question.why["en"] == "to decide “net income per person is below the income line”"
    assert question.unit == "yuan / year"


# -- standing --------------------------------------------------------------------------------------------------------


def test_a_refusal_rests_on_its_firmest_single_reason(relief: fr.Snapshot) -> None:
    rich = attrs.evolve(home("a", wage=9000), members=(fr.Member(id="1", on_dibao=False),))
    assert fr.assess(rich, relief).standing is fr.Standing.STATED
    assert fr.assess(home("a", car=True), relief).standing is fr.Standing.ASSUMPTION
    both = attrs.evolve(rich, assets=fr.Assets(owns_car=True, car_is_for_disabled_or_livelihood=False))
    assert fr.assess(both, relief).standing is fr.Standing.STATED


def test_an_admission_rests_on_all_that_counts(relief: fr.Snapshot) -> None:
    # No car: the exclusion is false by its own condition, which rests on memory; the exception is not needed.
    no_car = attrs.evolve(home("a"), assets=fr.Assets(owns_car=False))
    assert fr.assess(no_car, relief).standing is fr.Standing.UNVERIFIED
    # A rebutted exclusion rests on the exception, which is a guess.
    rebutted = attrs.evolve(home("a"), assets=fr.Assets(owns_car=True, car_is_for_disabled_or_livelihood=True))
    answer = fr.assess(rebutted, relief)
    assert (answer.outcome, dict(answer.rebutted)) == (fr.Outcome.ELIGIBLE, {"car": ("livelihood",)})
    assert answer.standing is fr.Standing.ASSUMPTION


def test_either_ground_of_an_admission_is_enough_and_the_firmer_counts(tmp_path: Path) -> None:
    weaker = {
        "rules.toml": {
            'when = "any(m.on_dibao for m in members)"\nsource = "order"': 'when = "any(m.on_dibao for m in members)"\nsource = "guess"'
        }
    }
    rules = load_policy(write_pack(tmp_path, weaker)).on(SUMMER)
    rules = attrs.evolve(rules, policy=attrs.evolve(rules.policy, rules=tuple(r for r in rules.rules if r.id != "car")))
    by_income = attrs.evolve(home("a"), members=(fr.Member(id="1", on_dibao=False),))
    by_allowance, by_both, by_neither = (
        home("a", wage=9000),
        home("a"),
        attrs.evolve(by_income, income=fr.Income(wage_income_yuan=9000)),
    )
    standings = [fr.assess(each, rules).standing for each in (by_income, by_allowance, by_both, by_neither)]
    assert standings == [fr.Standing.STATED, fr.Standing.ASSUMPTION, fr.Standing.STATED, fr.Standing.ASSUMPTION]
    assert [fr.assess(each, rules).outcome.value for each in (by_income, by_neither)] == ["eligible", "ineligible"]


def test_a_branch_that_was_not_taken_does_not_count() -> None:
    day = date(2017, 6, 1)
    rules = fr.load_policy("exit-2016").on(day)
    guess = fr.Source("g", "猜测", "guess", fr.Standing.ASSUMPTION)
    rules = rules.with_parameter(exit_incidence_west="0.03", source=guess)
    facts = {"id": "v", "remaining_poor_people": 1, "rural_population": 1000}
    assert fr.assess_exit(fr.from_plain(fr.Village, facts | {"region": "other"}), rules).standing is fr.Standing.FOUND
    assert (
        fr.assess_exit(fr.from_plain(fr.Village, facts | {"region": "west"}), rules).standing is fr.Standing.ASSUMPTION
    )
    assert fr.assess_exit(fr.from_plain(fr.Village, facts), rules).standing is fr.Standing.ASSUMPTION


# -- explanations ----------------------------------------------------------------------------------------------------


def test_an_explanation_in_both_languages_as_an_applicant_reads_it(relief: fr.Snapshot) -> None:
    answer = fr.assess(home("H-1", grade="C", wage=100, car=True), relief)
    assert answer.explain("zh", level="value") == (
        "户 H-1：不符合条件\n  政策：救助（relief 1.0.0），评估日 2016-06-01\n  依据的最弱等级：本库的假设\n  优先得分：2"
    )
    text = answer.explain("en")
    assert text.startswith("household H-1: not eligible\n")
    for line in (
        "  ✓ income is low: met",
        "    wage per person: 100 yuan/person/year",
        "    income line: 3000 yuan/person/year",
        "      source: 某县, order of a county (invented), 2015-12-31, art-2 (text held with the pack)",
        "  ✓ owns a car: excludes",
        "    ✗ for a living: does not hold",
        "    vehicle is for a disabled person or to earn a living: no",
    ):
        assert line in text


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(households(near=YUCHENG, min_members=1, max_members=3, max_unknown=6))
@settings(max_examples=25)
def test_a_notebook_draws_well_formed_html_that_fetches_nothing(each: fr.Household) -> None:
    for answer in (fr.assess(each, YUCHENG), fr.assess_exit(each, YUCHENG)):
        page = answer._repr_html_()
        parser = _Balanced()
        parser.feed(page)
        assert parser.open == []
        assert "http" not in page
        assert "<script" not in page
        assert answer._repr_markdown_()
        assert (
            len(answer.explain("en", level="value"))
            < len(answer.explain("en", level="reasons"))
            < len(answer.explain("en"))
        )


def test_labels_of_a_strangers_pack_are_escaped(tmp_path: Path) -> None:
    hostile = {"rules.toml": {'en = "income is low"': 'en = "<script>alert(1)</script> [x](y)"'}}
    rules = load_policy(write_pack(tmp_path, hostile)).on(SUMMER)
    answer = fr.assess(home("<b>"), rules)
    assert "<script>" not in answer._repr_html_()
    assert "&lt;b&gt;" in answer._repr_html_()
    assert "[x](y)" not in answer._repr_markdown_()


def test_what_an_assessment_holds_cannot_be_set(relief: fr.Snapshot) -> None:
    answer = fr.assess(fr.Household(id="1"), relief)
    for name in ("subject", "snapshot", "claim", "library_version"):
        with pytest.raises(AttributeError):
            setattr(answer, name, None)
    assert (answer.subject.id, answer.snapshot, answer.claim) == ("1", relief, None)


def test_a_stored_assessment_of_another_kind_or_subject_is_refused(relief: fr.Snapshot) -> None:
    answer = fr.assess(home("a"), relief)
    with pytest.raises(ModelError, match="is another subject's"):
        fr.recheck(answer, home("b"), relief)
    with pytest.raises(ModelError, match="is no stored assessment of format 1"):
        fr.recheck({"format": 9}, home("a"), relief)
    with pytest.raises(ModelError, match="of different kinds"):
        fr.explain_change(answer, fr.assess_exit(home("a"), relief))


def test_a_changed_line_is_told_when_an_assessment_is_checked_again(relief: fr.Snapshot) -> None:
    poor = attrs.evolve(home("a", wage=2999), members=(fr.Member(id="1", on_dibao=False),))
    stored = fr.assess(poor, relief).to_plain()
    source = fr.Source("n", "通知", "notice", fr.Standing.FOUND)
    again = fr.recheck(stored, poor, relief.with_parameter(line=2000, source=source))
    assert not again.holds
    assert [(c.what, c.name) for c in again.changes] == [
        ("outcome", ""),
        ("fingerprint", ""),
        ("standing", ""),
        ("rule", "poor"),
        ("rule", "above"),
    ]
    assert again.changes[-2].en == "income is low: yes → no"
    outcome, _, standing = again.changes[:3]
    assert (outcome.before, outcome.after, outcome.zh) == ("eligible", "ineligible", "结论：符合条件 → 不符合条件")
    assert outcome.en == "outcome: eligible → not eligible"
    assert standing.zh == "依据等级：凭记忆，待核实 → 有公开可读文本"


def test_a_divisor_of_zero_is_asked_for_by_the_facts_behind_it() -> None:
    nobody = fr.from_plain(fr.Household, {"id": "1", "members_complete": True, "income": income("5"), "hukou": "rural"})
    answer = fr.assess(fr.with_fact(nobody, "assets.owns_car", value=False), YUCHENG)
    open_income = answer.rules["income_below_line"]
    assert open_income == fr.Unknown({"members"}, {("members", fr.Why.ZERO_DIVISOR)})
    assert "members" in answer.missing
    assert answer.why["members"] is fr.Why.ZERO_DIVISOR
    facts = {"poor_people": 1, "rural_population": 0, "province_poor_people": 1, "province_rural_population": 5}
    village = fr.from_plain(fr.Village, {"id": "v", **facts})
    national = fr.load_policy("national-2014").on(SUMMER)
    high = fr.assess(village, national).rules["village_high_incidence"]
    assert high == fr.Unknown({"rural_population"}, {("rural_population", fr.Why.ZERO_DIVISOR)})


@pytest.mark.parametrize("day", ["2016-01-31", datetime(2016, 1, 31, tzinfo=UTC), 2016])
def test_a_day_is_a_day(day: object) -> None:
    with pytest.raises(PolicyError, match=r"expected a day \(`datetime.date`\), got"):
        YUCHENG.policy.on(day)  # type: ignore[arg-type]


def test_the_likeliest_slips_are_told_as_such(relief: fr.Snapshot) -> None:
    with pytest.raises(
        PolicyError, match=r"expected a policy on a day, got `Policy`; call `.on\(date\)` of the policy"
    ):
        fr.assess(home("a"), relief.policy)  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="expected a household, a village or an area, got `dict`; see `from_plain`"):
        fr.assess_exit({"id": "1"}, relief)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=r"\$.members\[1\]: expected a member, got `dict`; give a `Member`"):
        fr.Household(id="1", members=(fr.Member(id="1"), {"id": "2"}))  # type: ignore[arg-type]


def test_outcomes_and_open_claims_have_no_truth_value() -> None:
    for value in (fr.Outcome.ELIGIBLE, fr.ExitOutcome.MET, fr.Unknown({"a"}), fr.NotKnown(fr.Why.REFUSED)):
        with pytest.raises(TypeError, match=r"truth value|not known"):
            bool(value)


def test_questions_come_from_the_rule_nearest_to_being_settled_and_exceptions_come_last() -> None:
    known = {"id": "1", "members_complete": True, "members": [{"id": "1"}], "hukou": "rural", "income": income("1")}
    asked = []
    home_ = fr.from_plain(fr.Household, known)
    while (question := fr.assess(home_, YUCHENG).next_question()) is not None:
        asked.append(question.fact)
        home_ = fr.with_fact(home_, question.fact, value=question.fact == "assets.owns_car")
        assert len(asked) < 20
    # One missing fact each comes before two; a hit exclusion asks for its exception; members come after the household.
    assert asked == [
        "assets.owns_town_housing",
        "assets.whole_family_away_over_one_year",
        "assets.owns_car",
        "assets.car_is_for_disabled_or_livelihood",
    ]
    assert fr.assess(home_, YUCHENG).excluded_by == ("excluded_vehicle",)


def test_the_less_sensitive_fact_is_asked_for_first(tmp_path: Path) -> None:
    bent = {
        "rules.toml": {
            "any(m.on_dibao for m in members)": "any('disability' in m.health and m.is_orphan for m in members)"
        }
    }
    rules = load_policy(write_pack(tmp_path, bent)).on(SUMMER)
    rich = fr.Household(
        id="1",
        members_complete=True,
        members=(fr.Member(id="1"),),
        income=fr.Income(wage_income_yuan=9000),
        assets=fr.Assets(owns_car=False),
    )
    question = fr.assess(rich, rules).next_question()
    assert question is not None
    assert question.fact == "members[1].is_orphan"
    assert fr.assess(rich, rules).missing == ("members[1].health", "members[1].is_orphan")


def test_the_gap_of_a_branch_is_that_of_the_branch_taken() -> None:
    rules = fr.load_policy("exit-2016").on(date(2017, 6, 1))
    facts = {"id": "v", "remaining_poor_people": 25, "rural_population": 1000}
    (gap,) = fr.assess_exit(fr.from_plain(fr.Village, facts | {"region": "other"}), rules).failed
    assert (gap.amount, gap.zh) == (Fraction("0.005"), "超出0.005")
    assert fr.assess_exit(fr.from_plain(fr.Village, facts | {"region": "west"}), rules).failed == ()
