"""A household that stands exactly on the income line of Yucheng, all of whose other facts are known."""

from typing import Any

YUCHENG = {"pack": "yucheng-2016", "on": "2016-01-31"}
_NO_INCOME = (
    "wage_income_yuan",
    "operating_income_yuan",
    "operating_cost_yuan",
    "property_income_yuan",
    "family_planning_benefit_yuan",
    "dibao_benefit_yuan",
    "ecology_compensation_yuan",
    "wubao_benefit_yuan",
    "other_transfer_yuan",
)
_HAS_NOT = (
    "owns_town_housing",
    "owns_car",
    "owns_large_machine",
    "runs_registered_business",
    "hires_long_term",
    "whole_family_away_over_one_year",
)
_HEAD = {
    "id": "1",
    "birth_date": "1951-04-02",
    "relation": "head",
    "is_public_employee": False,
    "is_village_post_holder": False,
}
POOR: dict[str, Any] = {
    "id": "H-1",
    "members": [_HEAD],
    "members_complete": True,
    "hukou": "rural",
    "income": dict.fromkeys(_NO_INCOME, "0.00") | {"pension_yuan": "3402.00"},
    "assets": dict.fromkeys(_HAS_NOT, False),
}
