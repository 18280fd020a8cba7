"""Twenty edits planted one by one in `yucheng-2016`: each is found, with somebody who shows it; an empty one is proved so."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from edits import (
    with_definition,
    with_exception,
    with_exceptions,
    with_number,
    with_rule,
    with_rules,
    without_rule,
)

from fupin_rules.comparison import Comparison, Proved, Witness, compare
from fupin_rules.model import all_facts
from fupin_rules.policy import ExitOutcome, Outcome, Snapshot, judge, load_policy
from fupin_rules.truth import Unknown

RULES = load_policy("yucheng-2016").on(date(2016, 1, 31))
Edit = Callable[[Snapshot], Snapshot]

# What was edited, how, and in which regions somebody must be found.
EDITS: dict[str, tuple[Edit, set[str]]] = {
    "a higher line": (
        lambda rules: with_number(rules, "income_line", 3500),
        {"became_eligible", "became_undetermined", "exit_lost", "exit_settled"},
    ),
    "a line that is a fen lower": (
        lambda rules: with_number(rules, "income_line", Decimal("3401.99")),
        {"lost_eligibility", "settled", "exit_became_met", "exit_became_undetermined"},
    ),
    "on the line is below the line": (
        lambda rules: with_rule(rules, "income_below_line", "net_income_per_person <= income_line"),
        {"became_eligible", "became_undetermined"},
    ),
    "the comparison turned round": (
        lambda rules: with_rule(rules, "income_below_line", "net_income_per_person > income_line"),
        {"became_eligible", "lost_eligibility"},
    ),
    "townspeople are taken in": (
        lambda rules: without_rule(rules, "rural_household"),
        {"became_eligible", "became_undetermined", "settled"},
    ),
    "a car no longer excludes": (
        lambda rules: without_rule(rules, "excluded_vehicle"),
        {"became_eligible", "became_undetermined", "settled"},
    ),
    "a car excludes, whatever it is for": (
        lambda rules: with_exceptions(rules, "excluded_vehicle", ()),
        {"lost_eligibility", "became_undetermined", "settled"},
    ),
    "a large machine may earn a living too": (
        lambda rules: with_exception(rules, "excluded_vehicle", "assets.car_is_for_disabled_or_livelihood"),
        {"became_eligible", "became_undetermined", "settled"},
    ),
    "hiring for long is forgotten": (
        lambda rules: with_rule(rules, "excluded_business", "assets.runs_registered_business"),
        {"became_eligible", "became_undetermined", "settled"},
    ),
    "or has become and": (
        lambda rules: with_rule(
            rules, "excluded_payroll", "any(m.is_public_employee and m.is_village_post_holder for m in members)"
        ),
        {"became_eligible", "became_undetermined", "settled"},
    ),
    "any has become all": (
        lambda rules: with_rule(
            rules, "excluded_payroll", "all(m.is_public_employee or m.is_village_post_holder for m in members)"
        ),
        {"became_eligible", "became_undetermined", "settled"},
    ),
    "a benefit is left out of the income": (
        lambda rules: with_definition(
            rules,
            "transfer_income_yuan",
            "income.family_planning_benefit_yuan + income.ecology_compensation_yuan"
            " + income.wubao_benefit_yuan + income.pension_yuan + income.other_transfer_yuan",
        ),
        {"became_eligible", "settled", "exit_lost", "exit_settled", "tie_break"},
    ),
    "costs are no longer taken off": (
        lambda rules: with_definition(rules, "net_income_yuan", "gross_income_yuan"),
        {"lost_eligibility", "settled", "exit_became_met", "tie_break"},
    ),
    "one pupil is not enough": (lambda rules: with_rule(rules, "priority_students", "pupils > 1"), {"score"}),
    "a priority is dropped": (lambda rules: without_rule(rules, "priority_unsafe_house"), {"score"}),
    "a grade of house is forgotten": (
        lambda rules: with_rule(
            rules, "priority_unsafe_house", 'living.is_unsafe_house or living.house_grade in {"D", "B"}'
        ),
        {"score"},
    ),
    "old age begins a year later": (
        lambda rules: with_number(rules, "elderly_age", 61),
        {"score"},
    ),
    "schooling is due from seven": (
        lambda rules: with_number(rules, "schooling_age_from", 7),
        {"exit_became_met"},
    ),
    "who is excused from insurance is forgotten": (
        lambda rules: with_definition(
            rules,
            "medical_guaranteed",
            "all((m.medical_residents or m.medical_workers) and m.major_illness_insurance for m in members)",
        ),
        {"exit_lost"},
    ),
    "a house of grade C is safe": (
        lambda rules: with_definition(
            rules, "housing_guaranteed", 'living.house_grade != "D" or living.lives_in_other_safe_housing'
        ),
        {"exit_became_met", "exit_settled"},
    ),
    "income need not be stable": (
        lambda rules: with_rule(rules, "exit_income", "net_income_per_person > income_line"),
        {"exit_became_met", "exit_settled"},
    ),
    "a guarantee is dropped": (lambda rules: without_rule(rules, "exit_housing"), {"exit_became_met", "exit_settled"}),
}

NOTHING: dict[str, Edit] = {
    "the same again": lambda rules: rules,
    "the sides of a comparison changed": lambda rules: with_rule(
        rules, "income_below_line", "income_line > net_income_per_person"
    ),
    "the quotient multiplied out": lambda rules: with_rule(
        rules, "income_below_line", "net_income_per_person * 2 < income_line * 2"
    ),
    "not any of them": lambda rules: with_rule(
        rules, "excluded_payroll", "not all(not m.is_public_employee and not m.is_village_post_holder for m in members)"
    ),
    "one count for another": lambda rules: with_rule(rules, "priority_students", "not pupils < 1"),
    "codes one by one": lambda rules: with_rule(
        rules,
        "priority_unsafe_house",
        'living.is_unsafe_house or living.house_grade == "D" or living.house_grade == "C"',
    ),
    "other words": lambda rules: with_rules(rules, lambda rule: rule),
}


def replayed(found: Comparison) -> None:
    """Judge every witness again, by hand."""
    for region in found.regions:
        if isinstance(region.answer, Witness):
            one, other = (judge(region.answer.subject, rules) for rules in (found.old, found.new))
            assert (one.values, other.values) == (region.answer.before.values, region.answer.after.values)
            held = [_said(each, region.id) for each in (one, other)]
            match region.id.removeprefix("exit_"):
                case "became_eligible" | "became_met":
                    assert held == [False, True]
                case "lost_eligibility" | "lost":
                    assert held == [True, False]
                case "became_undetermined":
                    assert held[1] is None is not held[0]
                case "settled":
                    assert held[0] is None is not held[1]
                case "score" | "tie_break":
                    assert held[0] is not False
                    assert held[1] is not False
                case _:
                    raise AssertionError(region.id)


def _said(judgement: object, region: str) -> bool | None:
    value = judgement.exit if region.startswith("exit_") else judgement.eligible  # type: ignore[attr-defined]
    return None if isinstance(value, Unknown) else value


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_found_with_somebody_who_shows_it(name: str) -> None:
    edit, regions = EDITS[name]
    found = compare(RULES, edit(RULES))
    assert regions <= found.witnesses.keys()
    assert not found.is_equal
    replayed(found)
    # What is not shown is proved: nothing is left open.
    assert all(isinstance(region.answer, (Proved, Witness)) for region in found.regions)


@pytest.mark.parametrize("name", NOTHING)
def test_an_edit_that_changes_nothing_is_proved_to_change_nothing(name: str) -> None:
    found = compare(RULES, NOTHING[name](RULES))
    assert found.is_equal
    assert found.witnesses == {}


def test_twenty_edits_are_planted() -> None:
    assert len(EDITS) >= 20


def test_a_witness_is_small_and_ordinary() -> None:
    found = compare(RULES, with_number(RULES, "income_line", 3500))
    home = found.witnesses["became_eligible"]
    assert [member.id for member in home.members] == ["1"]  # type: ignore[union-attr]  # a household
    assert home.income.wage_income_yuan == 3410  # type: ignore[union-attr]
    assert home.income.pension_yuan == 0  # type: ignore[union-attr]
    assert home.living.house_grade is None  # type: ignore[union-attr]  # it plays no part


def test_what_plays_no_part_is_left_not_known() -> None:
    home = compare(RULES, with_exceptions(RULES, "excluded_vehicle", ())).witnesses["settled"]
    # Old: what the car is for is not known, so that it may excuse. New: nothing excuses. All else is as unknown as before.
    assert {path: value for path, value in all_facts(home) if value is not None} == {"assets.owns_car": True}


def test_an_answer_says_the_outcomes_before_and_after() -> None:
    found = compare(RULES, with_number(RULES, "income_line", 3500))["became_eligible"]
    assert isinstance(found, Witness)
    assert found.before.eligible is False
    assert found.after.eligible is True
    assert found.differing == {"income_below_line": (False, True), "exit_income": (None, False)}
    assert Outcome.of(found.after.eligible) is Outcome.ELIGIBLE
    assert found.after.exit is not None
    assert ExitOutcome.of(found.after.exit) is ExitOutcome.NOT_MET


def test_a_comparison_says_which_values_differ() -> None:
    found = compare(RULES, with_number(RULES, "income_line", 3500))
    assert "income line (provincial) (income_line): 3402 yuan/person/year → 3500 yuan/person/year" in found.as_text(
        "en"
    )
    assert "收入线（省定） (income_line)：3402元/人/年 → 3500元/人/年" in found.as_text("zh")
    assert "income_line" not in compare(RULES, RULES).as_text("en")
