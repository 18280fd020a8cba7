"""
An oracle for `yucheng-2016` on 31 January 2016: what its rules say, written out by hand from their prose.

It reads nothing of the library but the values of the facts, and uses neither the rule language nor the reference
assessment, so that whoever reads rules (one household, a register, a solver) can be held against it. `None` is "not
known" throughout. It promises to be short and dull, never fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fupin_rules.model import Household, Member, Village
from fupin_rules.truth import NotKnown

TODAY = date(2016, 1, 31)
LAST_SCHOOLING_DAY = date(2015, 8, 31)
PROVINCIAL_LINE = 3402

Claim = bool | None
Amount = Fraction | None
Tally = tuple[int, int | None]
"""Fewest and most; None for "any number more"."""

_MEN = frozenset(
    {
        "son",
        "son_in_law",
        "grandson",
        "daughters_son",
        "father",
        "wifes_father",
        "husbands_father",
        "grandfather",
        "mothers_father",
        "great_grandson",
        "uncle",
        "nephew",
    }
)
_WOMEN = frozenset(
    {
        "daughter",
        "daughter_in_law",
        "granddaughter",
        "daughters_daughter",
        "mother",
        "wifes_mother",
        "husbands_mother",
        "grandmother",
        "mothers_mother",
        "great_granddaughter",
        "brothers_wife",
        "niece",
    }
)


# -- yes, no, not known -----------------------------------------------------------------------------------------------


def both(*claims: Claim) -> Claim:
    """One no is enough for no; without one, anything open keeps it open."""
    if any(claim is False for claim in claims):
        return False
    return None if None in claims else True


def either(*claims: Claim) -> Claim:
    """One yes is enough for yes; without one, anything open keeps it open."""
    if any(claim is True for claim in claims):
        return True
    return None if None in claims else False


def contrary(claim: Claim) -> Claim:
    """The other way round; open stays open."""
    return None if claim is None else not claim


def _known(value: Any) -> Any:
    return None if isinstance(value, NotKnown) else value


def _flag(value: Any) -> Claim:
    held = _known(value)
    return None if held is None else bool(held)


def _number(value: Any) -> Amount:
    held = _known(value)
    return None if held is None else Fraction(held)


def _sum(*amounts: Amount) -> Amount:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if len(known) == len(amounts) else None


def _is(value: Any, *wanted: str) -> Claim:
    held = _known(value)
    return None if held is None else str(held) in wanted


def _has(values: Any, wanted: str) -> Claim:
    held = _known(values)
    return None if held is None else wanted in {str(each) for each in held}


def _less(left: Amount, right: Amount) -> Claim:
    return None if left is None or right is None else left < right


def _differ(left: Amount, right: Amount) -> Claim:
    return None if left is None or right is None else left != right


def _zero(amount: Amount) -> Claim:
    return None if amount is None else amount == 0


# -- members ----------------------------------------------------------------------------------------------------------


def _complete(home: Household) -> bool:
    return _flag(home.members_complete) is True


def _some(home: Household, claims: Iterable[Claim]) -> Claim:
    """A roster that may go on can always hold one more."""
    return either(*claims, *(() if _complete(home) else (None,)))


def _every(home: Household, claims: Iterable[Claim]) -> Claim:
    return both(*claims, *(() if _complete(home) else (None,)))


def _tally(home: Household, claims: Iterable[Claim]) -> Tally:
    held = list(claims)
    sure, open_ = held.count(True), held.count(None)
    return sure, sure + open_ if _complete(home) else None


def _none_of(tally: Tally) -> Claim:
    fewest, most = tally
    if fewest > 0:
        return False
    return True if most == 0 else None


def _completed_years(born: date, day: date) -> int:
    """Whole years; who was born on 29 February is a year older on the 28th of a common year."""
    years = day.year - born.year
    try:
        birthday = born.replace(year=day.year)
    except ValueError:
        birthday = date(day.year, 2, 28)
    return years if day >= birthday else years - 1


def _age(member: Member) -> int | None:
    born = _known(member.birth_date)
    # A birth after today gives no age at all.
    return None if born is None or born > TODAY else _completed_years(born, TODAY)


def _at_least_aged(member: Member, years: int) -> Claim:
    age = _age(member)
    return None if age is None else age >= years


def _can_work(member: Member) -> Claim:
    """An ordinary or skilled worker, sixteen or more and not yet sixty."""
    of_age = both(_at_least_aged(member, 16), contrary(_at_least_aged(member, 60)))
    return both(_is(member.labour, "ordinary", "skilled"), of_age)


def _is_pupil(member: Member) -> Claim:
    return contrary(_is(member.student_status, "not_in_school", "preschool"))


def _is_of_school_age(member: Member) -> Claim:
    """Six to fifteen on the last 31 August before the school year."""
    born = _known(member.birth_date)
    return None if born is None else 6 <= _completed_years(born, LAST_SCHOOLING_DAY) <= 15


# -- income -----------------------------------------------------------------------------------------------------------


def _transfers(home: Household) -> Amount:
    income = home.income
    return _sum(
        _number(income.family_planning_benefit_yuan),
        _number(income.dibao_benefit_yuan),
        _number(income.wubao_benefit_yuan),
        _number(income.pension_yuan),
        _number(income.ecology_compensation_yuan),
        _number(income.other_transfer_yuan),
    )


def _gross(home: Household) -> Amount:
    income = home.income
    return _sum(
        _number(income.wage_income_yuan),
        _number(income.operating_income_yuan),
        _number(income.property_income_yuan),
        _transfers(home),
    )


def _net(home: Household) -> Amount:
    gross, cost = _gross(home), _number(home.income.operating_cost_yuan)
    return None if gross is None or cost is None else gross - cost


def _net_per_person(home: Household) -> Amount:
    net = _net(home)
    if net is None or not _complete(home) or not home.members:
        return None
    return net / len(home.members)


def _to_the_fen(amount: Amount) -> Amount:
    """Round to two places, halves away from zero."""
    if amount is None:
        return None
    fen = int(abs(amount) * 100 + Fraction(1, 2))
    return Fraction(fen if amount >= 0 else -fen, 100)


# -- households -------------------------------------------------------------------------------------------------------


def household_rules(home: Household) -> dict[str, Claim]:
    """Judge every rule about a household, inherited ones included; for an exclusion, whether it stands."""
    return {
        **_eligibility(home),
        **_exclusions(home),
        **_priorities(home),
        **_looks(home),
        **_guarantees(home),
        **_checks_of_members(home),
        **_checks_of_amounts(home),
    }


def household_eligible(home: Household) -> Claim:
    """Every condition holds and no exclusion stands."""
    return both(*_eligibility(home).values(), *(contrary(each) for each in _exclusions(home).values()))


def household_exit(home: Household) -> Claim:
    """Every guarantee is met."""
    return both(*_guarantees(home).values())


def _eligibility(home: Household) -> dict[str, Claim]:
    return {
        "rural_household": _is(home.hukou, "rural"),
        "income_below_line": _less(_net_per_person(home), Fraction(PROVINCIAL_LINE)),
    }


def _exclusions(home: Household) -> dict[str, Claim]:
    assets, members = home.assets, home.members
    machine, hires = _flag(assets.owns_large_machine), _flag(assets.hires_long_term)
    payroll = [_flag(member.is_public_employee) for member in members]
    posts = [_flag(member.is_village_post_holder) for member in members]
    causes = [_flag(member.post_holder_cause_is_major) for member in members]
    on_payroll, holds_post = _some(home, payroll), _some(home, posts)
    # Every holder of a post has a major cause, and nobody is on the payroll.
    pardoned = both(
        _every(home, (either(contrary(post), cause) for post, cause in zip(posts, causes, strict=True))),
        contrary(on_payroll),
    )

    def stands(hit: Claim, excuse: Claim) -> Claim:
        return both(hit, contrary(excuse))

    return {
        "excluded_town_housing": stands(
            _flag(assets.owns_town_housing), _flag(assets.town_housing_from_relocation_or_disaster)
        ),
        "excluded_vehicle": stands(
            either(_flag(assets.owns_car), machine),
            both(_flag(assets.car_is_for_disabled_or_livelihood), contrary(machine)),
        ),
        "excluded_payroll": stands(either(on_payroll, holds_post), pardoned),
        "excluded_business": stands(
            either(_flag(assets.runs_registered_business), hires),
            both(_flag(assets.business_is_in_name_only), contrary(hires)),
        ),
        "excluded_away": stands(
            _flag(assets.whole_family_away_over_one_year), _flag(assets.away_for_work_or_treatment)
        ),
    }


def _priorities(home: Household) -> dict[str, Claim]:
    members = home.members
    all_old = _every(home, (_at_least_aged(member, 60) for member in members))
    # Old people may be entered as workers and be old all the same, so age does not count here.
    nobody_works = contrary(_some(home, (_is(member.labour, "ordinary", "skilled") for member in members)))
    somebody_is_listed = True if members else (False if _complete(home) else None)
    return {
        "priority_disability": _some(home, (_has(member.health, "disability") for member in members)),
        "priority_major_illness": _some(home, (_has(member.health, "major_illness") for member in members)),
        "priority_students": _some(home, (_is_pupil(member) for member in members)),
        "priority_single_or_orphan": either(
            _flag(home.is_single_parent_family), _some(home, (_flag(member.is_orphan) for member in members))
        ),
        "priority_elderly_or_no_labour": both(somebody_is_listed, either(all_old, nobody_works)),
        "priority_unsafe_house": either(_flag(home.living.is_unsafe_house), _is(home.living.house_grade, "C", "D")),
    }


def _looks(home: Household) -> dict[str, Claim]:
    members, income = home.members, home.income
    unsafe, good = _flag(home.living.is_unsafe_house), _is(home.living.house_grade, "A", "B")
    wages, operating = _number(income.wage_income_yuan), _number(income.operating_income_yuan)
    land, property_ = _number(home.production.arable_mu), _number(income.property_income_yuan)
    workers = _tally(home, (_can_work(member) for member in members))

    def named(cause: str) -> Claim:
        return either(_is(home.main_cause, cause), _has(home.other_causes, cause))

    ill = _some(
        home, (either(_has(each.health, "chronic_illness"), _has(each.health, "major_illness")) for each in members)
    )
    disabled = _some(home, (_has(each.health, "disability") for each in members))
    nobody_at_school = _none_of(_tally(home, (_is_pupil(member) for member in members)))
    return {
        "look_house": either(both(unsafe, good), both(contrary(unsafe), contrary(good))),
        "look_land": both(_less(Fraction(0), land), _zero(operating), _zero(property_)),
        "look_labour": either(
            both(contrary(_none_of(workers)), _zero(wages), _zero(operating)),
            both(_none_of(workers), _less(Fraction(0), wages)),
        ),
        "look_students": both(named("schooling"), nobody_at_school),
        "look_health": either(both(named("illness"), contrary(ill)), both(named("disability"), contrary(disabled))),
    }


def _guarantees(home: Household) -> dict[str, Claim]:
    living, members = home.living, home.members
    schooled = (
        either(contrary(_is_of_school_age(each)), _is_pupil(each), _flag(each.non_attendance_excused))
        for each in members
    )
    insured = (
        either(
            both(
                either(_flag(each.medical_residents), _flag(each.medical_workers)),
                _flag(each.major_illness_insurance),
            ),
            _flag(each.medical_excused),
        )
        for each in members
    )
    return {
        "exit_income": both(_less(Fraction(PROVINCIAL_LINE), _net_per_person(home)), _flag(home.income_stable)),
        "exit_food": both(_flag(living.food_secure), _flag(living.protein_secure)),
        "exit_clothing": _flag(living.clothing_secure),
        "exit_education": _every(home, schooled),
        "exit_medical": _every(home, insured),
        "exit_housing": either(_is(living.house_grade, "A", "B"), _flag(living.lives_in_other_safe_housing)),
    }


def _checks_of_members(home: Household) -> dict[str, Claim]:
    members = home.members

    def wrong_sex(member: Member) -> Claim:
        return either(
            both(_is(member.sex, "female"), _is(member.relation, *_MEN)),
            both(_is(member.sex, "male"), _is(member.relation, *_WOMEN)),
        )

    def there_is(relation: str, sex: str) -> Claim:
        return _some(home, (both(_is(each.relation, relation), _is(each.sex, sex)) for each in members))

    stated = _number(home.stated_member_count)
    if stated is None:
        miscounted: Claim = None
    elif _complete(home):
        miscounted = stated != len(members)
    else:
        # There may be more than are listed, never fewer.
        miscounted = True if stated < len(members) else None
    return {
        "check_member_count": miscounted,
        "check_relation_and_sex": _some(home, (wrong_sex(each) for each in members)),
        "check_spouse_of_same_sex": either(
            both(there_is("head", "male"), there_is("spouse", "male")),
            both(there_is("head", "female"), there_is("spouse", "female")),
        ),
        "check_departed_member": _some(home, (_is(each.survival_status, "dead", "imprisoned") for each in members)),
        "check_child_labour": _some(
            home, (both(contrary(_at_least_aged(each, 16)), contrary(_is(each.labour, "none"))) for each in members)
        ),
        "check_work_without_labour": _some(
            home,
            (both(_less(Fraction(0), _number(each.work_months)), _is(each.labour, "none", "lost")) for each in members),
        ),
        "check_insured_twice": _some(
            home, (both(_flag(each.medical_residents), _flag(each.medical_workers)) for each in members)
        ),
    }


def _checks_of_amounts(home: Household) -> dict[str, Claim]:
    income, production, living = home.income, home.production, home.living
    main, others = _known(home.main_cause), _known(home.other_causes)
    if others is None:
        repeated: Claim = None
    elif main is None:
        repeated = None if others else False
    else:
        repeated = str(main) in {str(each) for each in others}
    parts = _sum(_number(income.asset_dividend_yuan), _number(income.other_property_yuan))
    forest = _sum(_number(production.forest_mu), _number(production.pasture_mu))
    return {
        "check_stated_transfers": _differ(_number(income.stated_transfer_total_yuan), _transfers(home)),
        "check_stated_gross_income": _differ(_number(income.stated_gross_income_yuan), _gross(home)),
        "check_stated_net_income": _differ(_number(income.stated_net_income_yuan), _net(home)),
        "check_stated_income": _differ(
            _number(income.stated_net_income_per_capita_yuan), _to_the_fen(_net_per_person(home))
        ),
        "check_property_parts": _differ(_number(income.property_income_yuan), parts),
        "check_income_without_cost": both(
            _less(Fraction(0), _number(income.operating_income_yuan)), _zero(_number(income.operating_cost_yuan))
        ),
        "check_house_grade_missing": both(_flag(living.is_unsafe_house), _known(living.house_grade) is None),
        "check_main_cause_repeated": repeated,
        "check_irrigated_land": _less(_number(production.arable_mu), _number(production.irrigated_mu)),
        "check_returned_forest": _less(forest, _number(production.returned_forest_mu)),
    }


# -- villages ---------------------------------------------------------------------------------------------------------


def village_rules(village: Village) -> dict[str, Claim]:
    """Judge every rule about a village; the national high incidence is not Yucheng's."""
    return {
        **_village_eligibility(village),
        **_village_links(village),
        "check_village_poor": either(
            _less(_number(village.population), _number(village.poor_people)),
            _less(_number(village.households), _number(village.poor_households)),
        ),
    }


def village_eligible(village: Village) -> Claim:
    """Low income and no collective income."""
    return both(*_village_eligibility(village).values())


def village_exit(village: Village) -> Claim:
    """All five links are there."""
    return both(*_village_links(village).values())


def _village_eligibility(village: Village) -> dict[str, Claim]:
    average = _number(village.province_net_income_per_capita_yuan)
    sixty_percent = None if average is None else average * Fraction(Decimal("0.6"))
    return {
        "village_low_income": _less(_number(village.net_income_per_capita_yuan), sixty_percent),
        "village_no_collective_income": _zero(_number(village.collective_income_wan_yuan)),
    }


def _village_links(village: Village) -> dict[str, Claim]:
    return {
        "village_road": _flag(village.hard_road_to_township),
        "village_power": _flag(village.has_power),
        "village_water": _flag(village.has_safe_water),
        "village_broadcast": _flag(village.has_broadcast),
        "village_broadband": _flag(village.has_broadband),
    }
