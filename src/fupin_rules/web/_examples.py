"""Somebody made up for each subject, in plain form: what a first request can be tried with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fupin_rules.policy import Subject

EXAMPLES: Final[Mapping[Subject, dict[str, Any]]] = MappingProxyType(
    {
        Subject.HOUSEHOLD: {
            "id": "371482102207-0031",
            "members": [
                {
                    "id": "1",
                    "relation": "head",
                    "birth_date": "1951-04-02",
                    "labour": "none",
                    "health": ["chronic_illness"],
                },
                {"id": "2", "relation": "spouse", "birth_date": "1953-09-09"},
            ],
            "members_complete": True,
            "hukou": "rural",
            "income": {
                "wage_income_yuan": "0.00",
                "operating_income_yuan": "2400.00",
                "operating_cost_yuan": "900.00",
                "property_income_yuan": {"not_known": "refused"},
            },
            "living": {"house_grade": "C"},
        },
        Subject.VILLAGE: {
            "id": "371482102207",
            "households": 312,
            "poor_households": 41,
            "population": 1080,
            "poor_people": 96,
            "arable_mu": "1650.00",
        },
        Subject.AREA: {
            "id": "371482102",
            "level": "township",
            "villages": 56,
            "poor_villages": 9,
            "population": 38120,
            "poor_people": 1204,
        },
    }
)
