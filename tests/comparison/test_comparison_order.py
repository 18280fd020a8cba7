"""Whether the order of two amendments matters: told from the texts where they agree, by the solver where they do not."""

from __future__ import annotations

from datetime import date

import pytest

import fupin_rules as fr
from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.comparison import Undecided, order_matters
from fupin_rules.periods import Period
from fupin_rules.policy import (
    AddException,
    Amendment,
    ChangeRule,
    DropRule,
    Patch,
    SetParameter,
    Unless,
    judge,
)

YUCHENG = fr.load_policy("yucheng-2016")
NOTICE = Citation(Source("notice", "县通知", "notice of the county", Standing.STATED))


def amendment(key: str, *patches: Patch, days: Period | None = None) -> Amendment:
    held = days or Period(date(2016, 4, 1))
    return Amendment(key, YUCHENG.id, f"修订{key}", f"change {key}", NOTICE, date(2016, 3, 1), held, patches)


RAISED = amendment("raised", SetParameter("income_line", 3700, NOTICE))
LOWERED = amendment("lowered", SetParameter("income_line", 3300, NOTICE), days=Period(date(2016, 7, 1)))


def test_two_values_of_one_parameter_are_shown_on_a_household_that_fares_by_their_order() -> None:
    found = order_matters(YUCHENG, RAISED, LOWERED, members=2)
    assert (found.matters, found.fits, found.refused, found.refused_turned) == (True, True, (), ())
    # The day on which school begins turns in September, so the texts of both are others then.
    assert [each.on for each in found.days] == [date(2016, 7, 1), date(2016, 9, 1)]
    witness = found.witnesses[0]
    shown = found.days[0]
    old, new = shown.comparison.old, shown.comparison.new
    assert judge(witness.subject, old).eligible is not judge(witness.subject, new).eligible
    text = found.as_text("zh")
    assert text.startswith("raised, lowered：先后次序有影响\n  “raised”与“lowered”：`income_line`（自2016-07-01起）")
    assert found.as_text("en").startswith("raised, lowered: their order matters\n")
    assert found.to_plain()["days"][0]["on"] == "2016-07-01"


def test_the_same_in_other_words_is_proved_not_to_matter() -> None:
    one = amendment("one", ChangeRule("excluded_vehicle", NOTICE, "assets.owns_car or assets.owns_large_machine"))
    other = amendment("other", ChangeRule("excluded_vehicle", NOTICE, "assets.owns_large_machine or assets.owns_car"))
    found = order_matters(YUCHENG, one, other, members=2)
    assert found.conflicts and found.days and found.matters is False
    assert found.witnesses == ()


def test_what_touches_different_things_is_told_without_a_solver() -> None:
    other = amendment("dropped", DropRule("excluded_payroll", NOTICE))
    found = order_matters(YUCHENG, RAISED, other)
    assert (found.matters, found.conflicts, found.days) == (False, (), ())


def test_what_is_possible_in_one_order_only_matters() -> None:
    excuse = Unless("sick", "患病", "ill", fr.expr.parse('any("major_illness" in m.health for m in members)'), NOTICE)
    one = amendment("excuse", AddException("excluded_payroll", excuse))
    other = amendment("dropped", DropRule("excluded_payroll", NOTICE))
    found = order_matters(YUCHENG, one, other)
    assert (found.matters, found.fits) == (True, True)
    assert found.refused == () and [fault.code for fault in found.refused_turned] == ["no_name"]
    assert "`excuse` cannot follow `dropped`" in found.as_text("en")


def test_what_is_possible_in_no_order_does_not_fit_at_all() -> None:
    one = amendment("one", DropRule("excluded_payroll", NOTICE))
    other = amendment("other", DropRule("excluded_payroll", NOTICE))
    found = order_matters(YUCHENG, one, other)
    assert (found.fits, found.matters) == (False, False)


def test_without_time_it_is_undecided_and_no_error() -> None:
    found = order_matters(YUCHENG, RAISED, LOWERED, members=2, seconds=0.000001)
    answers = [region.answer for each in found.days for region in each.comparison.regions]
    if not any(isinstance(each, Undecided) for each in answers):
        pytest.skip("the solver was faster than its limit")
    assert found.matters in (None, True)
