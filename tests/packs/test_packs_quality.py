"""
The rules of `quality-guizhou-2024` against oracles, and what went wrong in the programs they were read from.

Every mistake that was seen there has a law here that forbids it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import ExpressionError, UncoveredDateError
from fupin_rules.expr import Literal, Name, check, parse, walk
from fupin_rules.model import (
    SEX_OF_RELATION,
    Education,
    HelpMeasure,
    Labour,
    MonitoringRisk,
    Relation,
    Sex,
    StudentStatus,
    catalogue,
)
from fupin_rules.policy import Reading, Subject, find_pack, judge, load_cases, load_policy
from fupin_rules.policy._scope import facts_scope
from fupin_rules.registry import read_register
from fupin_rules.registry._cells import read_cell
from fupin_rules.testing import households
from fupin_rules.truth import Truth, Unknown

PACK = "quality-guizhou-2024"
TODAY = date(2024, 1, 31)
POLICY = load_policy(PACK)
RULES = POLICY.on(TODAY)
IDS = [rule.id for rule in POLICY.rules]
CASES = load_cases(find_pack(PACK))
BASES = {case.id.removesuffix("-nothing-to-ask"): case.subject for case in CASES if case.id.endswith("-nothing-to-ask")}
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "quality-rules.md"

LABOURS = st.sampled_from([*Labour])
ROSTERS = st.lists(LABOURS, min_size=1, max_size=60)
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _base(name: str, **facts: object) -> fr.Household:
    """Give the household `family`, `monitored` or `removed`, with facts set; `__` stands for the point of a path."""
    home = BASES[name]
    assert isinstance(home, fr.Household)
    for path, value in facts.items():
        home = fr.with_fact(home, path.replace("__", "."), value)
    return home


def _says(home: fr.Household, rule: str, on: date = TODAY) -> Truth:
    return Reading(home, POLICY.on(on)).claim(Name(rule))


def _found(home: fr.Household) -> set[str]:
    return {rule for rule, value in judge(home, RULES).values.items() if value is True}


def _people(labours: list[Labour], **facts: object) -> tuple[fr.Member, ...]:
    made: Any = facts
    return tuple(fr.Member(id=str(place), labour=each, **made) for place, each in enumerate(labours, start=1))


# -- the pack as a whole ---------------------------------------------------------------------------------------------


def test_no_rule_is_dead_each_is_seen_true_false_and_open() -> None:
    # One rule read a key that no record has, and another a chain of conditions that never meet: neither could ever fire.
    seen: dict[str, set[bool | None]] = {rule: set() for rule in IDS}
    for case in CASES:
        for rule, value in judge(case.subject, POLICY.on(case.on)).values.items():
            seen[rule].add(None if isinstance(value, Unknown) else value)
    assert {rule: held for rule, held in seen.items() if held != {True, False, None}} == {}


def test_each_rule_has_its_number_once_and_the_page_tells_where_each_number_went() -> None:
    # Programs raised other numbers than their files bear: here the number stands in the rule alone.
    numbers = re.compile(r"\d{1,4}_\d{2}(?:_\d{3})?(?:–\d{3})?")
    cited: dict[str, list[str]] = {}
    for rule in POLICY.rules:
        if rule.citation.source.id == "C3":
            held = rule.citation.locator.split("、")
            assert held and all(numbers.fullmatch(each) for each in held), rule.id
            for each in held:
                cited.setdefault(each, []).append(rule.id)
        else:
            assert rule.citation.source.id == "C10"
    page = PAGE.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and "`" in line]
    for number, rules in cited.items():
        (row,) = [line for line in rows if number in line.split("|")[1].strip().split(", ")]
        assert [rule for rule in rules if f"`{rule}`" not in row] == [], number
    assert set(re.findall(r"`([a-z_]+)`", "".join(rows))) & set(IDS) == set(IDS)


def test_every_number_that_a_rule_compares_with_is_a_dated_parameter() -> None:
    # 4000 and 7300 stood in several rules; only nothing, one (some) and two (double) may stand in a rule.
    written = {
        (rule.id, node.value)
        for rule in POLICY.rules
        for node in walk(RULES.inline(rule.effective))
        if isinstance(node, Literal) and isinstance(node.value, Decimal) and node.value > 2
    }
    assert written == set()
    read = {name for rule in POLICY.rules for name in _names(rule.when)}
    assert set(POLICY.parameters) <= read


def _names(expr: Any) -> Iterator[str]:
    yield from (node.path for node in walk(expr) if hasattr(node, "path"))


def test_the_line_of_one_year_is_not_taken_for_another() -> None:
    assert RULES.parameters["monitoring_line"].value == 7300
    for day in (date(2023, 12, 31), date(2024, 2, 1)):
        with pytest.raises(UncoveredDateError):
            POLICY.on(day)


@few
@given(households(), st.booleans())
def test_every_rule_answers_of_every_household_whoever_is_missing_in_it(home: fr.Household, monitored: bool) -> None:
    # Households without a head crashed at least six rules; blanks fell out of lists without a word.
    home = fr.with_fact(home, "monitoring.is_monitored", monitored)
    assert list(judge(home, RULES).values) == IDS


def test_a_household_of_nobody_and_one_of_one_are_answered() -> None:
    empty = fr.Household(id="H-1", members_complete=True)
    alone = fr.Household(id="H-2", members=(fr.Member(id="1", labour="none"),), members_complete=True)
    assert _says(empty, "no_head") is True
    assert _says(empty, "no_labour_without_dibao") is False
    assert isinstance(_says(alone, "no_head"), Unknown)
    assert isinstance(_says(alone, "no_labour_without_dibao"), Unknown)


@few
@given(households(), households(), st.randoms(use_true_random=False))
def test_nothing_is_kept_between_runs_and_order_does_not_matter(
    home: fr.Household, other: fr.Household, chance: Any
) -> None:
    before = judge(home, RULES).values
    judge(other, RULES)
    shuffled = list(home.members)
    chance.shuffle(shuffled)
    assert judge(home, RULES).values == before
    assert {
        rule: _settled(value) for rule, value in judge(attrs.evolve(home, members=shuffled), RULES).values.items()
    } == {rule: _settled(value) for rule, value in before.items()}


def _settled(value: Truth) -> bool | None:
    return None if isinstance(value, Unknown) else value


def test_all_findings_are_told_and_none_overwrites_another() -> None:
    # One flag held the last check only.
    home = _base(
        "family",
        income__wage_income_yuan=1,
        income__operating_cost_yuan=0,
        production__arable_mu=None,
        living__water_safe=False,
    )
    home = fr.with_fact(home, "members[3].sex", "female")
    assert _found(home) == {
        "wages_odd",
        "operating_income_without_cost",
        "arable_land_blank",
        "unsafe_water_not_monitored",
        "relation_against_sex",
    }


def test_a_finding_is_told_once_for_a_household_however_many_members_show_it(tmp_path: Path) -> None:
    # Loops over members raised the finding of a household once for each of them.
    folder = tmp_path / "checked"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        'format = 1\nid = "checked"\nversion = "1"\ntitle = { zh = "核查", en = "checked" }\n'
        f'extends = ["{PACK}"]\nfrom = 2024-01-01\nuntil = 2024-02-01\nsubjects = ["household"]\n',
        "utf-8",
    )
    (folder / "sources.toml").write_text(
        '[ours]\ntitle = "示例"\ntitle_en = "example"\nstanding = "assumption"\nnote = "for a test"\n', "utf-8"
    )
    (folder / "rules.toml").write_text(
        '[[rule]]\nid = "low"\nkind = "eligibility"\nlabel = { zh = "收入低", en = "income is low" }\n'
        'when = "monitoring.disposable_income_per_person_yuan < monitoring_line"\nsource = "ours"\n',
        "utf-8",
    )
    people = tuple(
        fr.Member(
            id=str(place), relation="head" if place == 1 else "other", medical_residents=False, medical_workers=False
        )
        for place in range(1, 7)
    )
    answer = fr.assess(attrs.evolve(_base("family"), members=people), load_policy(folder).on(TODAY))
    told = Counter(finding.rule for finding in answer.findings)
    assert told["medical_insurance_neither"] == 1
    assert max(told.values()) == 1
    assert answer.snapshot.rule("medical_insurance_neither").citation.locator == "2_01_008"


# -- names, types and blanks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "monitoring.is_monitored and not is_known(monitoring.monitored_clas)",
            "line 1, column 42: `monitoring.monitored_clas` is not known; did you mean `monitoring.monitored_class`?",
        ),
        (
            'any(m.gender == "male" for m in members)',
            "line 1, column 5: `m.gender` is not known; see the facts of a member",
        ),
        (
            'any(m.birth_date >= "2007-09-30" for m in members)',
            "line 1, column 21: both sides of a comparison differ: a day and a text; compare like with like",
        ),
        (
            "any(m.sex == 1 for m in members)",
            "line 1, column 14: both sides of a comparison differ: a code and a number; compare like with like",
        ),
        (
            'any(m.health == "disability" for m in members)',
            (
                "line 1, column 17: both sides of a comparison differ: a fact with several codes and a text;"
                " compare like with like"
            ),
        ),
        (
            'any(m.labour == "skiled" for m in members)',
            "line 1, column 17: `skiled` is not in the list Labour; did you mean `skilled`?",
        ),
    ],
)
def test_a_slip_in_a_name_a_code_or_a_type_cannot_be_silent(rule: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        check(parse(rule), facts_scope(Subject.HOUSEHOLD))
    assert str(refusal.value) == message


BLANKS = {
    "arable_land_blank": ("family", "production.arable_mu"),
    "forest_land_blank": ("family", "production.forest_mu"),
    "returned_forest_land_blank": ("family", "production.returned_forest_mu"),
    "orchard_land_blank": ("family", "production.orchard_mu"),
    "pasture_land_blank": ("family", "production.pasture_mu"),
    "water_surface_blank": ("family", "production.water_mu"),
    "road_distance_blank": ("family", "living.distance_to_main_road_km"),
    "certificate_number_blank": ("family", "members[1].id_no"),
    "monitored_class_blank": ("monitored", "monitoring.monitored_class"),
    "removal_facts_blank": ("removed", "monitoring.removed_on"),
}


@pytest.mark.parametrize("why", [None, *(fr.NotKnown(why) for why in fr.Why if why is not fr.Why.ZERO_DIVISOR)])
@pytest.mark.parametrize("rule", BLANKS)
def test_a_blank_is_found_whatever_the_reason_and_only_a_blank(rule: str, why: Any) -> None:
    # `str(None)` has four letters: blanks were never found. And one rule for blanks found “yes” as well.
    base, path = BLANKS[rule]
    assert _says(fr.with_fact(_base(base), path, why), rule) is True
    assert _says(_base(base), rule) is False


YES, NO, BLANK = True, False, None


@pytest.mark.parametrize(
    ("residents", "workers", "neither", "twice", "both_blank"),
    [
        (YES, YES, False, True, False),
        (YES, NO, False, False, False),
        (YES, BLANK, False, None, False),
        (NO, YES, False, False, False),
        (NO, NO, True, False, False),
        (NO, BLANK, None, False, False),  # the blank one may be there
        (BLANK, YES, False, None, False),
        (BLANK, NO, None, False, False),
        (BLANK, BLANK, True, None, True),
    ],
)
def test_both_blank_is_and_and_blank_is_not_no(
    residents: bool | None, workers: bool | None, neither: bool | None, twice: bool | None, both_blank: bool
) -> None:
    home = fr.with_fact(_base("monitored"), "members[2].medical_residents", residents)
    home = fr.with_fact(home, "members[2].medical_workers", workers)
    assert _settled(_says(home, "medical_insurance_neither")) is neither
    assert _says(home, "monitored_medical_insurance_blank") is both_blank
    assert _settled(_says(home, "medical_insurance_twice")) is twice


def test_a_blank_in_a_column_of_numbers_is_read_as_not_known(tmp_path: Path) -> None:
    # `int(float(''))` stopped the whole run.
    for cell in ("", " ", None, "　"):
        assert read_cell(catalogue(fr.Household).members["work_months"].spec, cell) is None
    (tmp_path / "members.csv").write_text("姓名,证件号码,人数,与户主关系,务工时间（月）\n甲,,1,户主,\n", "utf-8")
    reading = read_register(tmp_path)
    assert reading.problems == ()
    assert reading.households[0].members[0].work_months is None
    assert _says(reading.households[0], "certificate_number_blank") is True


@pytest.mark.parametrize(
    ("field", "labels"),
    [
        ("labour", ("技能劳动力", "技能劳动能力")),
        ("labour", ("普通劳动力", "普通劳动")),
        ("labour", ("无劳动力", "无劳动能力")),
        ("labour", ("弱劳动力或半劳动力", "弱劳动力", "半劳动力")),
        ("relation", ("本人或户主", "户主", "本人")),
    ],
)
def test_labels_that_drifted_read_alike(field: str, labels: tuple[str, ...]) -> None:
    spec = catalogue(fr.Household).members[field].spec
    assert len({read_cell(spec, label) for label in labels}) == 1


# -- people ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sex", [*Sex])
@pytest.mark.parametrize("relation", [*Relation])
def test_every_relation_is_held_against_the_sex_it_implies_and_the_head_implies_none(
    relation: Relation, sex: Sex
) -> None:
    home = fr.Household(id="H-1", members=(fr.Member(id="1", relation=relation, sex=sex),), members_complete=True)
    implied = SEX_OF_RELATION[relation]
    wrong = implied is not None and sex is not Sex.NOT_STATED and sex is not implied
    assert _says(home, "relation_against_sex") is wrong


@given(st.dates(date(1920, 1, 1), TODAY))
def test_each_age_belongs_to_one_group_exactly(born: date) -> None:
    # Groups “10 to below 26” and “25 and above” counted the same people twice.
    home = fr.Household(id="H-1", members=(fr.Member(id="1", birth_date=born),), members_complete=True)
    reading = Reading(home, RULES)
    groups = [
        "age(m.birth_date) < working_age_from",
        "working_age_from <= age(m.birth_date) < elderly_age",
        "age(m.birth_date) >= elderly_age",
    ]
    written = "".join((find_pack(PACK) / "rules.toml").read_text("utf-8"))
    assert all(group in written for group in groups)
    held = [reading.claim(parse(f"any({group} for m in members)")) for group in groups]
    assert sorted(map(bool, held)) == [False, False, True]


SENIOR = ("senior_1", "senior_2", "senior_3", "vocational_1", "vocational_2", "vocational_3")
SCHOOLS = {
    "primary_age_odd": (("primary",), 6, 14),
    "junior_age_odd": (("grade_7", "grade_8", "grade_9"), 12, 17),
    "senior_age_odd": (SENIOR, 15, 20),
    "college_too_young": (("higher_vocational_1", "higher_vocational_2", "higher_vocational_3", "college"), 18, 200),
    "master_too_young": (("master",), 20, 200),
}


@given(born=st.dates(date(1990, 1, 1), TODAY), status=st.sampled_from([*StudentStatus]))
def test_an_age_at_school_is_counted_in_whole_years_on_the_day_that_is_passed(
    born: date, status: StudentStatus
) -> None:
    home = fr.with_fact(_base("family"), "members[3].student_status", status)
    home = fr.with_fact(home, "members[3].birth_date", born)
    years = relativedelta(TODAY, born).years
    for rule, (schools, least, most) in SCHOOLS.items():
        assert _says(home, rule) is (status in schools and not least <= years <= most), rule


@pytest.mark.parametrize("status", [each for each in StudentStatus if each not in ("not_in_school", "preschool")])
def test_every_school_has_an_age(status: StudentStatus) -> None:
    home = fr.with_fact(_base("family"), "members[3].student_status", status)
    home = fr.with_fact(home, "members[3].birth_date", date(2021, 1, 1))
    assert len(_found(home)) == 1


@pytest.mark.parametrize("education", [*Education])
def test_little_schooling_is_primary_or_less(education: Education) -> None:
    home = fr.with_fact(_base("family"), "members[2].education", education)
    home = fr.with_fact(home, "members[2].birth_date", date(2004, 1, 1))
    little = education in ("illiterate", "primary", "preschool")
    assert _says(home, "school_leaver_little_schooling") is little


def test_ages_are_of_the_day_that_is_passed_and_of_no_clock() -> None:
    home = fr.with_fact(_base("family"), "members[3].birth_date", date(2008, 1, 15))
    home = fr.with_fact(home, "members[3].labour", "ordinary")
    days = [date(2024, 1, 1) + timedelta(days=shift) for shift in range(31)]
    assert [_says(home, "child_with_labour", day) for day in days] == [day < date(2024, 1, 15) for day in days]


@pytest.mark.parametrize(("posts", "found"), [(0, False), (1, False), (2, False), (3, True), (4, True), (20, True)])
def test_three_or_more_is_three(posts: int, found: bool) -> None:
    home = fr.with_fact(_base("family"), "members[1].public_job_posts", posts)
    assert _says(home, "too_many_public_posts") is found


# -- labour ----------------------------------------------------------------------------------------------------------


@calm
@given(ROSTERS)
def test_a_share_of_workers_is_exact_and_lost_labour_is_no_labour(labours: list[Labour]) -> None:
    # Counting began at one, those who had lost the capacity to work were counted, and ratios were cut off.
    home = attrs.evolve(_base("monitored", monitoring__risks=["lack_labour"]), members=_people(labours))
    share = Fraction(sum(each in (Labour.ORDINARY, Labour.SKILLED) for each in labours), len(labours))
    assert _says(home, "lack_labour_with_some_workers") is (share >= Fraction(1, 4))
    assert _says(home, "lack_labour_with_many_workers") is (share >= Fraction(1, 2))


@calm
@given(ROSTERS, st.booleans())
def test_wholly_without_labour_means_everybody_whoever_comes_last(labours: list[Labour], allowance: bool) -> None:
    # A test for “the last of them” never came true, so the rule never fired.
    nobody_works = all(each in (Labour.NONE, Labour.LOST) for each in labours)
    people = (*_people(labours[1:], on_dibao=False), fr.Member(id="last", labour=labours[0], on_dibao=allowance))
    for home in (attrs.evolve(_base("family"), members=people), attrs.evolve(_base("family"), members=people[::-1])):
        assert _says(home, "no_labour_without_dibao") is (nobody_works and not allowance)
    removed = attrs.evolve(_base("removed"), members=people)
    assert _says(removed, "removed_without_labour") is nobody_works


# -- monitoring ------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2020, 1, 1), TODAY)


@settings(max_examples=300, deadline=None)
@given(DAYS, DAYS)
def test_months_of_monitoring_are_counted_over_the_turn_of_the_year(taken_in: date, removed: date) -> None:
    # Month and year were tested apart, so that January 2023 was “before” April 2022; and half a year was two months.
    home = _base("removed", monitoring__identified_on=taken_in, monitoring__removed_on=removed)
    assert _says(home, "removed_too_soon") is _within(taken_in, removed, months=6)
    assert _says(home, "removed_in_haste") is _within(taken_in, removed, months=2)


def _within(taken_in: date, removed: date, *, months: int) -> bool:
    over = relativedelta(removed, taken_in)
    return over.years * 12 + over.months < months


@settings(max_examples=200, deadline=None)
@given(DAYS)
def test_a_removal_in_the_same_or_the_next_calendar_month_is_always_found(taken_in: date) -> None:
    last = (taken_in.replace(day=1) + relativedelta(months=2)) - timedelta(days=1)
    for removed in {taken_in, last}:
        home = _base("removed", monitoring__identified_on=taken_in, monitoring__removed_on=removed)
        assert _says(home, "removed_in_haste") is True


RISKS = st.sets(st.sampled_from([*MonitoringRisk]), max_size=5)
MEASURES = st.sets(st.sampled_from([*HelpMeasure]), max_size=6)
PAIRS = {
    "illness_risk_without_measure": ("illness", {"health", "social_help"}),
    "schooling_risk_without_measure": ("schooling", {"compulsory_education", "education", "social_help"}),
    "disability_risk_without_measure": ("disability", {"social_protection", "social_help"}),
    "house_risk_without_measure": ("unsafe_house", {"safe_housing", "relocation"}),
    "water_risk_without_measure": ("unsafe_water", {"safe_water"}),
}


@calm
@given(RISKS, MEASURES)
def test_help_is_lacking_only_where_none_of_its_measures_is_there(
    risks: set[MonitoringRisk], measures: set[HelpMeasure]
) -> None:
    # “Neither house nor relocation” was written with “or”, and found everybody who lacked one of the two.
    home = _base("monitored", monitoring__risks=sorted(risks), monitoring__measures=sorted(measures))
    for rule, (risk, pair) in PAIRS.items():
        assert _says(home, rule) is (risk in risks and not pair & measures), rule
    developmental = {"industry", "employment", "finance", "public_job"}
    for labours in (["none"], ["ordinary"], ["none", "lost", "weak"], ["lost", "skilled", "none"]):
        housed = attrs.evolve(home, members=_people([Labour.read(each) for each in labours]))
        can_work = {"ordinary", "skilled"} & set(labours)
        assert _says(housed, "workers_without_developmental_measure") is bool(can_work and not developmental & measures)


HEALTHS = st.lists(st.sets(st.sampled_from(["healthy", "chronic_illness", "major_illness", "disability"])), min_size=1)


@calm
@given(RISKS, HEALTHS)
def test_all_five_risks_are_read_and_health_may_have_several_codes(
    risks: set[MonitoringRisk], healths: list[set[str]]
) -> None:
    # Four of the five places were read, and somebody both ill and disabled was not disabled.
    people = tuple(fr.Member(id=str(place), health=tuple(sorted(each))) for place, each in enumerate(healths[:8]))
    home = attrs.evolve(_base("monitored", monitoring__risks=sorted(risks)), members=people)
    codes = set().union(*healths[:8])
    assert _says(home, "disability_risk_without_disabled") is ("disability" in risks and "disability" not in codes)
    assert _says(home, "illness_risk_without_patient") is (
        "illness" in risks and not codes & {"chronic_illness", "major_illness"}
    )


def test_a_household_that_is_not_monitored_has_no_finding_about_monitoring() -> None:
    home = _base("monitored", monitoring__is_monitored=False, monitoring__risks=["other", "disability", "illness"])
    about_monitoring = {"2_11", "4_11", "5_11", "5_12", "5_15_015", "5_15_020", "5_18", "1_11", "1_12", "2_12_012"}
    asked = {
        each.id for each in POLICY.rules if any(each.citation.locator.startswith(start) for start in about_monitoring)
    }
    assert len(asked) > 25
    assert _found(home) & asked == set()


# -- amounts ---------------------------------------------------------------------------------------------------------

LINES = {
    "low_income_not_monitored": ("family", "monitoring.disposable_income_per_person_yuan", 7300),
    "removed_below_line": ("removed", "monitoring.removal_income_per_person_yuan", 7300),
    "exited_with_low_income": ("family", "income.stated_net_income_per_capita_yuan", 4000),
}


@pytest.mark.parametrize("rule", LINES)
@given(fen=st.integers(-300, 300))
def test_a_fen_decides_at_a_line_and_on_it_nobody_is_below(rule: str, fen: int) -> None:
    base, path, line = LINES[rule]
    home = fr.with_fact(_base(base), path, Decimal(line) + Decimal(fen) / 100)
    assert _says(home, rule) is (fen < 0)


@pytest.mark.parametrize("lifted_out", [{"poverty_status": "exited"}, {"monitoring__was_registered": True}])
def test_either_register_can_tell_that_a_household_was_lifted_out(lifted_out: dict[str, object]) -> None:
    told = {"poverty_status": "poor", "monitoring__was_registered": False} | lifted_out
    home = _base("family", income__stated_net_income_per_capita_yuan=3000, **told)
    assert _says(home, "exited_with_low_income") is True


FLOORS = {
    "dibao_below_floor": ("income.dibao_benefit_yuan", 200),
    "family_planning_below_floor": ("income.family_planning_benefit_yuan", 100),
    "pension_below_floor": ("income.pension_yuan", 88),
    "wubao_below_floor": ("income.wubao_benefit_yuan", 200),
}


@pytest.mark.parametrize("rule", FLOORS)
@given(fen=st.integers(0, 30_000))
def test_a_benefit_is_too_little_between_nothing_and_its_least(rule: str, fen: int) -> None:
    path, floor = FLOORS[rule]
    home = fr.with_fact(_base("family"), path, Decimal(fen) / 100)
    assert _says(home, rule) is (0 < fen < floor * 100)


def test_a_total_that_a_form_states_does_not_stand_in_for_its_parts() -> None:
    # A form showed gross income as net income: what can be worked out is worked out.
    parts = list(_names(POLICY.definitions["transfer_income_yuan"].expr))
    assert len(parts) == 6
    home = _base("monitored", income__stated_transfer_total_yuan=5000)
    for path in parts:
        home = fr.with_fact(home, path, 0)
    assert _says(home, "monitored_without_transfers") is True
    stated_nothing = _base("monitored", income__stated_transfer_total_yuan=0)
    assert _says(stated_nothing, "monitored_without_transfers") is False
