"""Code lists are of an issue: each says where it was read, and an older one means what today's words mean."""

from __future__ import annotations

import pytest

from fupin_rules import model
from fupin_rules.model import Area, CodeList, Household, PovertyCause, PovertyCause2010, Village, catalogue

FIELDS = [
    field
    for fields in (
        catalogue(Household).fields,
        catalogue(Household).members,
        catalogue(Village).fields,
        catalogue(Area).fields,
    )
    for field in fields.values()
    if field.spec.code_list is not None
]

LISTS: set[type[CodeList]] = {
    each for field in FIELDS for each in (field.spec.code_list, *field.spec.older) if each is not None
}
BY_NAME: list[type[CodeList]] = sorted(LISTS, key=lambda each: each.__name__)
OLDER = [each for each in BY_NAME if each.today is not None]


@pytest.mark.parametrize("code_list", BY_NAME)
def test_every_list_says_where_it_was_read_and_no_number_stands_twice(code_list: type[CodeList]) -> None:
    assert code_list.source
    assert code_list.__doc__
    numbers = [code.national for code in code_list if code.national]
    assert len(numbers) == len(set(numbers))
    assert getattr(model, code_list.__name__) is code_list, "people import it from `fupin_rules.model`"


@pytest.mark.parametrize("code_list", OLDER)
def test_every_code_of_an_older_list_is_one_of_today_in_the_same_words(code_list: type[CodeList]) -> None:
    assert code_list.today is not None
    for code in code_list:
        now = code.current
        assert type(now) is code_list.today
        assert (now.value, now.en) == (code.value, code.en)
        assert code.zh in (now.zh, *now.aliases)
    assert len({code.current for code in code_list}) == len(code_list)


def test_a_code_of_today_stands_for_itself() -> None:
    for code in PovertyCause:
        assert code.current is code
    assert PovertyCause.today is None


def test_the_causes_of_2010_have_other_numbers_under_the_same_words() -> None:
    assert (PovertyCause2010.issue, PovertyCause.issue) == ("2010", "2014")
    moved = {
        code.zh: (code.national, code.current.national)
        for code in PovertyCause2010
        if int(code.national) != int(code.current.national)
    }
    assert moved == {
        "因灾": ("1", "04"),
        "因病": ("2", "01"),
        "因残": ("3", "02"),
        "因学": ("4", "03"),
        "缺技术": ("5", "07"),
        "缺劳力": ("6", "08"),
        "缺资金": ("7", "09"),
        "其它": ("8", "99"),
    }


def test_an_older_list_is_named_by_the_fields_that_may_hold_it() -> None:
    named = {field.path: field.spec.older for field in FIELDS if field.spec.older}
    assert named == {"main_cause": (PovertyCause2010,), "other_causes": (PovertyCause2010,)}
    for field in FIELDS:
        assert {each.today for each in field.spec.older} <= {field.spec.code_list}


@pytest.mark.parametrize("number", [1, "1", "01", "04", 4])
def test_a_bare_number_is_no_code(number: object) -> None:
    for code_list in (PovertyCause, PovertyCause2010):
        with pytest.raises(ValueError, match="expected one of"):
            code_list.read(number)
