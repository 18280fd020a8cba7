"""Registers as the five forms hold them, for laws: every fact of the catalogue, consistent within each household."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.model import GROUPS, Field, IdNumber, PersonName, Sort, catalogue, check_character, sex_of
from fupin_rules.testing.strategies._values import known_or_not, known_values

# Texts that have more than one width, look like a formula, a flag, a mark or a number.
TEXTS = st.sampled_from(["河东村", "（新）村", "Ａ村", "=1+1", "-3+A1", "@甲", "是", "无", "0012", "1e5", "a,b", 'q"q'])
NAMES = st.sampled_from(["甲某", "乙某", "丙某", "丁某"])
IDS = st.sampled_from(["H-1", "H-2", "371482102207-0031", "０３", "户.四", "=5", "00012"])
WHYS = st.sampled_from([why for why in fr.Why if why is not fr.Why.ZERO_DIVISOR])
# What a household says of its people, and what is drawn from the row of its head.
_APART = {"members_complete", "stated_member_count", "head_id_no", "head_name"}
_MEMBER_APART = {"id_no", "birth_date", "sex", "relation", "name"}


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Any value of a fact, or why it is not known."""
    if field.spec.sort is Sort.TEXT:
        return st.one_of(TEXTS, WHYS.map(fr.NotKnown))
    return known_or_not(known_values(field, realistic=False))


def certificate(number: int, born: date) -> str:
    """Make up a valid certificate number of a region that does not exist."""
    first = f"370099{born:%Y%m%d}{number:03d}"
    return first + check_character(first)


@st.composite
def some(draw: st.DrawFn, fields: dict[str, Field], most: int = 10) -> dict[str, Any]:
    """Some of the facts."""
    paths = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=most))
    return {path: draw(value_of(fields[path])) for path in paths}


@st.composite
def member(draw: st.DrawFn, number: int, member_id: str, *, is_head: bool) -> fr.Member:
    """A member whose number, birth date and sex agree."""
    known = {path: field for path, field in catalogue(fr.Household).members.items() if path not in _MEMBER_APART}
    born = draw(st.dates(date(1925, 1, 1), date(2015, 12, 31)))
    told: dict[str, Any] = {"relation": "head" if is_head else draw(st.sampled_from(["spouse", "son", "mother", None]))}
    told["name"] = draw(st.one_of(NAMES, st.none(), WHYS.map(fr.NotKnown)))
    if draw(st.booleans()):
        told["id_no"] = certificate(number, born)
        told["birth_date"] = draw(st.sampled_from([born, None, fr.NotKnown(fr.Why.REFUSED)]))
        told["sex"] = draw(st.sampled_from([sex_of(told["id_no"]), "not_stated", None]))
    else:
        told["id_no"] = draw(st.one_of(st.none(), WHYS.map(fr.NotKnown)))
        told["birth_date"] = draw(st.sampled_from([born, None]))
        told["sex"] = draw(st.sampled_from(["male", "female", None]))
    return fr.Member(id=member_id, **told, **draw(some(known)))


@st.composite
def household(draw: st.DrawFn, household_id: str, first: int, most: int) -> fr.Household:
    """A household with a head, or without a row."""
    known = {path: field for path, field in catalogue(fr.Household).fields.items() if path not in _APART}
    size = draw(st.integers(0, most))
    ids = draw(st.permutations([str(place) for place in range(1, size + 1)]))
    head = draw(st.integers(0, max(size - 1, 0)))
    members = tuple(draw(member(first + place, each, is_head=place == head)) for place, each in enumerate(ids))
    flat: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    for path, value in draw(some(known, 20)).items():
        name, dot, inner = path.partition(".")
        if dot:
            groups.setdefault(name, {})[inner] = value
        else:
            flat[path] = value
    stated, complete = draw(
        st.sampled_from(
            [
                (None, None),
                (None, True),
                (None, False),
                (fr.NotKnown(fr.Why.REFUSED), None),
                (size, True),
                (size, None),
                (size, fr.NotKnown(fr.Why.EXPIRED)),
                (size + 2, False),
                (size + 1, None),
            ]
        )
    )
    return fr.Household(
        id=household_id,
        members=members,
        members_complete=complete,
        stated_member_count=stated,
        head_name=None if members else draw(st.one_of(NAMES, st.none())),
        **flat,
        **{name: GROUPS[name](**held) for name, held in groups.items()},
    )


@st.composite
def registers(
    draw: st.DrawFn, max_households: int = 4, max_members: int = 3
) -> tuple[tuple[fr.Household, ...], tuple[fr.Village, ...]]:
    """Households and villages, each with an id of its own."""
    ids = draw(st.lists(IDS, unique=True, min_size=1, max_size=max_households))
    homes = tuple(draw(household(each, 1 + place * (max_members + 1), max_members)) for place, each in enumerate(ids))
    known = dict(catalogue(fr.Village).fields)
    villages = tuple(fr.Village(id=each, **draw(some(known))) for each in draw(st.lists(IDS, unique=True, max_size=2)))
    return homes, villages


def drawn(home: fr.Household) -> fr.Household:
    """Complete a household by what a filled form leaves to be drawn: birth dates, and the head's name and number."""
    for each in home.members:
        if each.birth_date is None and isinstance(each.id_no, IdNumber):
            number = each.id_no.reveal()
            born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
            home = fr.with_fact(home, f"members[{each.id}].birth_date", born)
        if each.relation == "head":
            if home.head_id_no is None and isinstance(each.id_no, IdNumber):
                home = fr.with_fact(home, "head_id_no", each.id_no)
            if home.head_name is None and isinstance(each.name, PersonName):
                home = fr.with_fact(home, "head_name", each.name)
    return home
