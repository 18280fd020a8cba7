"""
A synthetic register: exact totals, seeded, skewed as the article's poor households are, and belonging to nobody.

Identity numbers pass their check digit under an area code that was never issued (370099), phones begin with 12, which
no mobile number does, and bank cards with 0000, which no issuer has. Names are numbers. The same seed gives the same
register on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import attrs

from fupin_rules.errors import Fault, RegisterError
from fupin_rules.model import (
    MAX_MEMBERS,
    Assets,
    Household,
    Income,
    Living,
    Member,
    Production,
    Village,
    check_character,
)
from fupin_rules.truth import NotKnown, Why

AREA = "370099"
REFERENCE_DAY = date(2016, 1, 31)
VILLAGES_PER_TOWNSHIP = 20
_ROOM = 8  # members of the largest household

# Of a hundred households, how many have all facts collected; the others miss some here and there.
_COMPLETE = 62
_MISSED = 0.12


@attrs.frozen
class Simulated:
    """
    A synthetic register.

    Attributes:
        households: Exactly as many as asked for.
        villages: The villages they live in.
    """

    households: tuple[Household, ...]
    villages: tuple[Village, ...]


def simulate(*, seed: int, households: int = 7311, people: int = 13672, townships: int = 12) -> Simulated:
    """
    Make a register; by default with the totals that the article gives for Yucheng.

    Args:
        seed: The same seed gives the same register.
        households: How many households.
        people: How many people in them, all together.
        townships: How many townships they are spread over.

    Raises:
        RegisterError: The numbers cannot go together.

    >>> made = simulate(seed=1, households=3, people=7, townships=2)
    >>> len(made.households), sum(len(each.members) for each in made.households)
    (3, 7)
    """
    if not (households >= townships >= 1 and households <= people <= households * min(_ROOM, MAX_MEMBERS)):
        what = f"{households} households of {people} people in {townships} townships cannot be"
        mend = f"give 1 to {_ROOM} people a household, and a household a township"
        raise RegisterError(Fault("simulate", what, mend, "totals"))
    made = _Simulation(random.Random(seed))  # noqa: S311  a seeded simulation, no secret
    sizes = made.sizes(households, people)
    homes = tuple(made.household(number, size, townships) for number, size in enumerate(sizes, start=1))
    return Simulated(homes, tuple(made.villages(homes)))


class _Simulation:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.numbers: set[str] = set()

    def sizes(self, households: int, people: int) -> list[int]:
        """Spread people over households one by one: most households stay at one or two."""
        sizes = [1] * households
        left = people - households
        while left:
            place = self.chance.randrange(households)
            if sizes[place] < _ROOM:
                sizes[place] += 1
                left -= 1
        return sizes

    def hit(self, share: float) -> bool:
        return self.chance.random() < share

    def maybe(self, value: Any, *, complete: bool) -> Any:
        """Give a fact, or leave it unknown where the household's facts are not all collected."""
        if complete or not self.hit(_MISSED):
            return value
        return NotKnown(self.chance.choice((Why.NOT_COLLECTED, Why.REFUSED, Why.EXPIRED))) if self.hit(0.3) else None

    def certificate(self, born: date, *, male: bool) -> str:
        while True:
            order = self.chance.randrange(1, 500) * 2 - (1 if male else 0)
            first = f"{AREA}{born:%Y%m%d}{order % 1000:03d}"
            if (int(first[16]) % 2 == 1) == male and first not in self.numbers:
                self.numbers.add(first)
                return first + check_character(first)

    # -- households --------------------------------------------------------------------------------------------

    def household(self, number: int, size: int, townships: int) -> Household:
        complete = self.chance.randrange(100) < _COMPLETE
        # The first ones fill the townships, so that none is empty.
        township = (number - 1) % townships + 1 if number <= townships else self.chance.randrange(townships) + 1
        village = self.chance.randrange(VILLAGES_PER_TOWNSHIP) + 1
        members = self.members(number, size, complete=complete)
        facts = {name: self.maybe(value, complete=complete) for name, value in self.status(members).items()}
        head = members[0]
        return Household(
            id=f"SIM-{township:02d}{village:02d}-{number:05d}",
            members=members,
            members_complete=True if complete or self.hit(0.85) else (False if self.hit(0.3) else None),
            province="模拟省",
            city="模拟市",
            county="模拟县",
            township=f"第{township:02d}镇",
            village=f"第{township:02d}镇第{village:02d}村",
            head_name=head.name,
            head_id_no=head.id_no,
            phone=f"12{self.chance.randrange(10**9):09d}",
            bank_name="模拟银行",
            bank_account=f"0000{self.chance.randrange(10**15):015d}",
            income=self.income(members, complete=complete),
            production=self.production(size, complete=complete),
            living=self.living(size, complete=complete),
            assets=self.assets(complete=complete),
            **facts,
        )

    def status(self, members: Sequence[Member]) -> dict[str, Any]:
        ill = {code for member in members if isinstance(member.health, frozenset) for code in member.health}
        causes = ["lack_capital", "lack_skill", "lack_labour", "schooling", "illness", "disability"]
        likely = [cause for cause, code in (("illness", "major_illness"), ("disability", "disability")) if code in ill]
        cause = likely[0] if likely and self.hit(0.8) else self.chance.choice(causes)
        # Now and then a form repeats the main cause among the others, as real ones do.
        others = tuple(each for each in self.chance.sample(causes, 2) if self.hit(0.4) and each != cause)
        others = (cause, *others[:1]) if self.hit(0.01) else others
        return {
            "hukou": "rural" if self.hit(0.95) else "urban",
            "stated_member_count": len(members) if self.hit(0.97) else self.miscounted(len(members)),
            "household_attribute": self.chance.choices(("ordinary_poor", "dibao_poor", "wubao"), (60, 30, 10))[0],
            "poverty_status": "poor",
            "main_cause": cause,
            "other_causes": others,
            "is_single_parent_family": len(members) > 1 and self.hit(0.05),
            "income_stable": self.hit(0.6),
        }

    def miscounted(self, size: int) -> int:
        return size - 1 if size > 1 and self.hit(0.5) else size + 1

    def income(self, members: Sequence[Member], *, complete: bool) -> Income:
        workers = sum(1 for member in members if member.labour in ("ordinary", "skilled"))
        elderly = sum(1 for member in members if isinstance(member.birth_date, date) and member.birth_date.year < 1956)
        wages = sum(self.chance.choice((0, 1200, 3000, 6000, 12000)) for _ in range(workers))
        amounts = {
            "wage_income_yuan": wages,
            "operating_income_yuan": 0 if self.hit(0.15) else round(self.chance.expovariate(1 / 2500), 2),
            "property_income_yuan": self.chance.choice((0, 0, 0, 400, 1200.5)),
            "family_planning_benefit_yuan": self.chance.choice((0, 0, 0, 960)),
            "dibao_benefit_yuan": self.chance.choice((0, 0, 1560, 2400)),
            "ecology_compensation_yuan": self.chance.choice((0, 0, 0, 125)),
            "wubao_benefit_yuan": self.chance.choice((0, 0, 0, 0, 3300)),
            "pension_yuan": elderly * self.chance.choice((0, 1020, 1200)),
            "other_transfer_yuan": self.chance.choice((0, 0, 360, 800)),
        }
        share = 0 if self.hit(0.02) else self.chance.uniform(0.2, 0.6)
        amounts["operating_cost_yuan"] = round(amounts["operating_income_yuan"] * share, 2)
        exact = {name: Decimal(str(amount)) for name, amount in amounts.items()}
        facts: dict[str, Any] = {
            name: self.maybe(amount, complete=complete or self.hit(0.5)) for name, amount in exact.items()
        }
        stated = self.stated(exact, len(members))
        return Income(**facts, **{name: self.maybe(amount, complete=complete) for name, amount in stated.items()})

    def stated(self, amounts: dict[str, Decimal], people: int) -> dict[str, Decimal]:
        """Work out what a form states beside the parts; now and then somebody adds up wrongly."""
        cost = amounts["operating_cost_yuan"]
        earned = sum(amounts[name] for name in ("wage_income_yuan", "operating_income_yuan", "property_income_yuan"))
        gross = sum(amounts.values(), Decimal(0)) - cost
        stated = {
            "asset_dividend_yuan": Decimal(0),
            "other_property_yuan": amounts["property_income_yuan"],
            "stated_transfer_total_yuan": gross - earned,
            "stated_gross_income_yuan": gross,
            "stated_net_income_yuan": gross - cost,
            "stated_net_income_per_capita_yuan": Decimal((gross - cost) / people).quantize(
                Decimal("0.01"), rounding=ROUND_HALF_UP
            ),
        }
        return {name: amount + (10 if self.hit(0.01) else 0) for name, amount in stated.items()}

    def production(self, size: int, *, complete: bool) -> Production:
        arable = Decimal(self.chance.randrange(30, 600) * min(size, 4)) / 100
        forest = Decimal(self.chance.choice((0, 0, 150, 400))) / 100
        facts = {
            "arable_mu": arable,
            "irrigated_mu": arable + 1 if self.hit(0.01) else round(arable * Decimal("0.7"), 2),
            "forest_mu": forest,
            "pasture_mu": Decimal(0),
            "returned_forest_mu": forest + 1 if self.hit(0.01) else forest,
        }
        return Production(**{name: self.maybe(value, complete=complete) for name, value in facts.items()})

    def living(self, size: int, *, complete: bool) -> Living:
        grade = self.chance.choices("ABCD", (45, 25, 18, 12))[0]
        facts = {
            "water_safe": self.hit(0.93),
            "has_power": self.hit(0.99),
            "dwelling_m2": f"{self.chance.uniform(20, 75) * min(size, 3):.2f}",
            "is_unsafe_house": (grade in "CD") != self.hit(0.02),
            "house_grade": grade,
            "lives_in_other_safe_housing": grade in "CD" and self.hit(0.2),
            "food_secure": self.hit(0.9),
            "protein_secure": self.hit(0.93),
            "clothing_secure": self.hit(0.92),
        }
        return Living(**{name: self.maybe(value, complete=complete) for name, value in facts.items()})

    def assets(self, *, complete: bool) -> Assets:
        shares = {
            "owns_town_housing": 0.03,
            "town_housing_from_relocation_or_disaster": 0.3,
            "owns_car": 0.04,
            "car_is_for_disabled_or_livelihood": 0.3,
            "owns_large_machine": 0.02,
            "runs_registered_business": 0.03,
            "business_is_in_name_only": 0.3,
            "hires_long_term": 0.01,
            "whole_family_away_over_one_year": 0.03,
            "away_for_work_or_treatment": 0.5,
        }
        return Assets(**{name: self.maybe(self.hit(share), complete=complete) for name, share in shares.items()})

    # -- members -----------------------------------------------------------------------------------------------

    def members(self, household: int, size: int, *, complete: bool) -> tuple[Member, ...]:
        relations = self.relations(size)
        return tuple(
            self.member(household, place, relation, complete=complete)
            for place, relation in enumerate(relations, start=1)
        )

    def relations(self, size: int) -> list[str]:
        others = ["spouse", "son", "daughter", "mother", "grandson", "granddaughter", "daughter_in_law"]
        chosen = ["head"]
        if size > 1:
            chosen.append(others.pop(0) if self.hit(0.7) else others.pop(self.chance.randrange(len(others))))
        while len(chosen) < size:
            chosen.append(others.pop(self.chance.randrange(len(others))))
        return chosen

    def member(self, household: int, place: int, relation: str, *, complete: bool) -> Member:
        age = self.age(relation)
        male = {"head": self.hit(0.85), "son": True, "grandson": True}.get(relation, False) != self.hit(0.01)
        born = REFERENCE_DAY - timedelta(days=age * 365 + age // 4 + self.chance.randrange(1, 365))
        health = self.health(age)
        labour = self.labour(age, health)
        able = labour in ("ordinary", "skilled")
        facts = {
            "ethnicity": "han",
            "education": self.chance.choice(("illiterate", "primary", "junior")) if age > 15 else "primary",
            "student_status": self.school(age),
            "non_attendance_excused": self.hit(0.3),
            "health": health,
            "labour": labour,
            "work_months": self.chance.randrange(1, 13) if able and self.hit(0.5) else int(self.hit(0.01)),
            "survival_status": "normal" if self.hit(0.995) else "dead",
            "is_public_employee": self.hit(0.008),
            "is_village_post_holder": age > 25 and self.hit(0.012),
            "post_holder_cause_is_major": self.hit(0.3),
            "is_orphan": age < 18 and self.hit(0.03),
            "medical_residents": self.hit(0.96),
            "medical_workers": self.hit(0.02),
            "medical_excused": self.hit(0.05),
            "major_illness_insurance": self.hit(0.96),
            "pension_residents": age >= 16 and self.hit(0.85),
            "pension_workers": self.hit(0.02),
        }
        return Member(
            id=str(place),
            relation=relation,
            sex="male" if male else "female",
            id_no=self.certificate(born, male=male),
            name=f"村民{household:05d}-{place}",
            birth_date=born,
            **{name: self.maybe(value, complete=complete) for name, value in facts.items()},
        )

    def age(self, relation: str) -> int:
        low, high = {
            "head": (38, 88),
            "spouse": (36, 85),
            "mother": (60, 92),
            "daughter_in_law": (20, 45),
        }.get(relation, (1, 40) if relation in ("son", "daughter") else (1, 17))
        return self.chance.randint(low, high)

    def school(self, age: int) -> str:
        if age < 6:
            return "preschool" if age > 3 else "not_in_school"
        if age < 12:
            return "primary" if self.hit(0.97) else "not_in_school"
        if age < 16:
            return self.chance.choice(("grade_7", "grade_8", "grade_9")) if self.hit(0.95) else "not_in_school"
        return "senior_1" if age < 19 and self.hit(0.5) else "not_in_school"

    def health(self, age: int) -> tuple[str, ...]:
        found = [
            code
            for code, share in (("chronic_illness", age / 160), ("major_illness", 0.06), ("disability", 0.1))
            if self.hit(share)
        ]
        return tuple(found) or ("healthy",)

    def labour(self, age: int, health: tuple[str, ...]) -> str:
        if age < 16:
            return "none" if self.hit(0.98) else "ordinary"
        if age >= 70 or "disability" in health:
            return self.chance.choice(("none", "lost", "weak"))
        return self.chance.choices(("ordinary", "skilled", "weak", "none"), (60, 8, 22, 10))[0]

    # -- villages ----------------------------------------------------------------------------------------------

    def villages(self, homes: Sequence[Household]) -> list[Village]:
        found: dict[str, list[Household]] = {}
        for home in homes:
            found.setdefault(str(home.village), []).append(home)
        return [self.village(name, here) for name, here in sorted(found.items())]

    def village(self, name: str, here: Sequence[Household]) -> Village:
        complete = self.hit(0.7)
        poor = sum(len(home.members) for home in here)
        population = 400 + self.chance.randrange(1200) if self.hit(0.97) else max(poor - 1, 1)
        facts = {
            "households": population // 3,
            "poor_households": len(here),
            "population": population,
            "poor_people": poor,
            "rural_population": population,
            "remaining_poor_people": self.chance.randrange(poor + 1),
            "region": "other",
            "net_income_per_capita_yuan": self.chance.randrange(3000, 14000),
            "province_net_income_per_capita_yuan": 12000,
            "province_poor_people": 2_400_000,
            "province_rural_population": 60_000_000,
            "collective_income_wan_yuan": self.chance.choice((0, 0, 1.5, 3, 12)),
            "hard_road_to_township": self.hit(0.9),
            "has_power": self.hit(0.98),
            "has_safe_water": self.hit(0.85),
            "has_broadcast": self.hit(0.9),
            "has_broadband": self.hit(0.75),
        }
        return Village(
            id=name,
            township=here[0].township,
            name=name,
            **{path: self.maybe(value, complete=complete) for path, value in facts.items()},
        )
