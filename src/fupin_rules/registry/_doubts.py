"""
What to look at again in a register: numbers and codes that agree neither with their form nor with each other.

A doubt is a warning: it leaves every fact as it stands, sets nobody aside, and never shows a number or a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from fupin_rules.errors import Fault
from fupin_rules.model import (
    SEX_OF_RELATION,
    Household,
    IdNumber,
    Member,
    Phone,
    Relation,
    Village,
    area_digits,
    certificate_problems,
    is_mobile_number,
    lies_in,
    region_of,
    sex_of,
)

# Number of the rule (Guizhou, January 2024), what is doubtful, the way out, and both in Chinese.
_DOUBTS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {
        "phone": (
            "5_13_003",
            "is no mobile number",
            "ask for the number again",
            "不是手机号码（1、3至9、再加9位数字）；请重新询问",
        ),
        "relation": (
            "2_01_004",
            "tells another sex than the relation to the head",
            "check the relation, and the number on the card",
            "证件号码的性别与其和户主的关系不符；请核对关系和证件",
        ),
        "region": (
            "",
            "was given in another county",
            "no mistake where the person has moved or the county was renamed",
            "证件号码的前六位不是本县；迁入或区划调整的属正常",
        ),
        "area": (
            "",
            "does not lie in the village that the household is entered under",
            "correct the area code of the household or of the village",
            "行政区划代码不在所填行政村之下；请更正户或村的代码",
        ),
    }
)


@attrs.frozen
class Doubt:
    """
    One thing to look at again.

    Attributes:
        household: Id of the household.
        fact: Path of the fact, never its value.
        code: Stable name: `phone`, `relation`, `region` or `area`.
    """

    household: str
    fact: str
    code: str

    @property
    def rule_number(self) -> str:
        """Number of the rule it is ported from; empty where it is ours."""
        return _DOUBTS[self.code][0]

    @property
    def zh(self) -> str:
        """What is doubtful and the way out, in Chinese."""
        return _DOUBTS[self.code][3]

    def __str__(self) -> str:
        """Say where, what and the way out, on one line."""
        _, what, mend, _ = _DOUBTS[self.code]
        return str(Fault(f"household `{self.household}`, {self.fact}", what, mend))


def find_doubts(households: Iterable[Household], villages: Iterable[Village] = ()) -> tuple[Doubt, ...]:
    """
    Look over households once they are read, whatever door they came through.

    Args:
        households: In the order in which doubts are told.
        villages: Whose area codes those of the households are held against.

    >>> find_doubts([Household(id="H-1", phone="010-1234567")])
    (Doubt(household='H-1', fact='phone', code='phone'),)
    """
    codes = _village_codes(villages)
    return tuple(
        Doubt(household.id, fact, code)
        for household in households
        for fact, code in (*_of_household(household, codes), *_of_members(household))
    )


def _of_household(household: Household, codes: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    if _is_odd_phone(household.phone):
        yield "phone", "phone"
    code, village = household.area_code, household.village
    known = codes.get(village, frozenset()) if isinstance(village, str) else frozenset()
    # Villages of one name are told apart by their codes only, so lying in any of them will do.
    if isinstance(code, str) and known and not any(lies_in(code, each) is not False for each in known):
        yield "area_code", "area"


def _of_members(household: Household) -> Iterator[tuple[str, str]]:
    county = _county(household.area_code)
    for member in household.members:
        if _is_odd_phone(member.phone):
            yield f"members[{member.id}].phone", "phone"
        if isinstance(member.id_no, IdNumber):
            number = member.id_no.reveal()
            if _contradicts_relation(member, number):
                yield f"members[{member.id}].id_no", "relation"
            if county is not None and region_of(number) not in (None, county):
                yield f"members[{member.id}].id_no", "region"


def _is_odd_phone(phone: object) -> bool:
    return isinstance(phone, Phone) and not is_mobile_number(phone.reveal())


def _contradicts_relation(member: Member, number: str) -> bool:
    relation = member.relation
    implied = SEX_OF_RELATION[relation] if isinstance(relation, Relation) else None
    return implied is not None and not certificate_problems(number) and sex_of(number) is not implied


def _county(code: object) -> str | None:
    digits = area_digits(code) if isinstance(code, str) else None
    return digits[:6] if digits is not None and len(digits) >= 6 else None


def _village_codes(villages: Iterable[Village]) -> Mapping[str, frozenset[str]]:
    """Gather the area codes of the villages of each name."""
    codes: dict[str, set[str]] = {}
    for village in villages:
        if isinstance(village.name, str) and isinstance(village.area_code, str):
            codes.setdefault(village.name, set()).add(village.area_code)
    return {name: frozenset(held) for name, held in codes.items()}
