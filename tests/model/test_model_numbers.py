"""Certificate numbers, telephone numbers and area codes: what can be told from the digits alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.model import (
    area_digits,
    birth_date_of,
    certificate_problems,
    check_character,
    is_mobile_number,
    is_placeholder,
    lies_in,
    region_of,
    sex_of,
)

REGIONS = st.integers(110000, 659999).map(str)
BIRTHS = st.dates(date(1900, 1, 1), date(2024, 1, 31))
ENDS = st.sampled_from(["", "44", "11", "44B1", "7301"])
LENGTHS = {18, 20, 22}


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Numbers that pass every check, of 18, 20 or 22 characters, under any region; they belong to nobody known."""
    first = f"{draw(REGIONS)}{draw(BIRTHS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_character(first) + draw(ENDS)


# -- certificates ----------------------------------------------------------------------------------------------------


@given(numbers())
def test_what_follows_the_first_eighteen_characters_changes_nothing_that_is_read(number: str) -> None:
    first = number[:18]
    assert len(number) in LENGTHS
    assert certificate_problems(number) == certificate_problems(first) == ()
    assert (birth_date_of(number), sex_of(number), region_of(number)) == (
        birth_date_of(first),
        sex_of(first),
        first[:6],
    )


@given(numbers(), st.integers(0, 30))
def test_a_number_of_another_length_is_none(number: str, length: int) -> None:
    cut = (number + "1" * 30)[:length]
    assert (certificate_problems(cut) == ("length",)) is (length not in LENGTHS)


@given(numbers(), st.integers(1, 10))
def test_a_wrong_check_character_is_told_whatever_follows_it(number: str, shift: int) -> None:
    digits = "0123456789X"
    wrong = digits[(digits.index(number[17]) + shift) % 11]
    assert certificate_problems(number[:17] + wrong + number[18:]) == ("check",)


@given(numbers(), st.sampled_from(["0230", "0431", "1301", "0100", "0000"]))
def test_a_day_that_is_none_is_told(number: str, day: str) -> None:
    first = number[:10] + day + number[14:17]
    assert certificate_problems(first + check_character(first) + number[18:]) == ("date",)


@given(numbers())
def test_a_placeholder_is_told_as_such_and_nothing_is_read_from_its_region(number: str) -> None:
    stands_in = "999999" + number[6:]
    assert is_placeholder(stands_in) and certificate_problems(stands_in) == ("placeholder",)
    assert region_of(stands_in) is None
    assert not is_placeholder(number)


@given(numbers())
def test_the_region_is_never_an_error(number: str) -> None:
    # Codes change: 45 % of those that older people carry are in no list of today, so there is no list here.
    assert region_of(number) == number[:6]
    assert "region" not in certificate_problems(number)


@pytest.mark.parametrize("text", ["", "1101", "１１０１０５", "11010X"])
def test_without_six_digits_there_is_no_region(text: str) -> None:
    assert region_of(text) is None


# -- telephones ------------------------------------------------------------------------------------------------------


@given(st.text("0123456789", min_size=9, max_size=13))
def test_a_mobile_number_is_a_one_then_three_to_nine_then_nine_digits(digits: str) -> None:
    assert is_mobile_number(digits) is (len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789")


@pytest.mark.parametrize(
    ("number", "is_mobile"),
    [
        ("13000000000", True),
        ("19999999999", True),
        ("12999999999", False),
        ("23000000000", False),
        ("1300000000", False),
        ("130000000000", False),
        ("１３０００００００００", False),
        ("1300000000\n", False),
        ("+8613000000000", False),
        ("", False),
    ],
)
def test_the_edges_of_the_form_of_a_mobile_number(number: str, is_mobile: bool) -> None:
    assert is_mobile_number(number) is is_mobile


# -- areas -----------------------------------------------------------------------------------------------------------

TOWNSHIPS = st.tuples(st.integers(110101, 659999), st.integers(1, 999)).map(lambda each: f"{each[0]}{each[1]:03d}")
VILLAGES = st.tuples(TOWNSHIPS, st.integers(1, 999)).map(lambda each: f"{each[0]}{each[1]:03d}")


@given(VILLAGES, VILLAGES)
def test_a_village_lies_in_a_township_when_their_first_nine_digits_agree(village: str, other: str) -> None:
    for township in (village[:9], village[:9] + "000"):
        assert lies_in(village, township) is True
        assert lies_in(other, township) is (other[:9] == township[:9])


@given(VILLAGES.filter(lambda village: village[4:6] != "00"), VILLAGES)
def test_a_township_lies_in_a_county_when_their_first_six_digits_agree(village: str, other: str) -> None:
    for county in (village[:6], village[:6] + "000000"):
        for inner in (village, village[:9], village[:9] + "000"):
            assert lies_in(inner, county) is True
        assert lies_in(other, county) is (other[:6] == county[:6])


@given(VILLAGES)
def test_an_area_lies_in_itself_and_the_larger_never_in_the_smaller(village: str) -> None:
    assert lies_in(village, village) is True
    assert lies_in(village[:9], village) is False
    assert lies_in(village[:6], village[:9]) is False


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("52", "52"),
        ("520000000000", "52"),
        ("5201", "5201"),
        ("520100", "5201"),
        ("520115102", "520115102"),
        ("520115102000", "520115102"),
        ("520115102003", "520115102003"),
        ("52011", None),
        ("000000000000", None),
        ("52011510200X", None),
        ("５２", None),
        ("", None),
    ],
)
def test_the_zeros_that_fill_a_code_up_are_no_digits_of_it(code: str, digits: str | None) -> None:
    assert area_digits(code) == digits
    assert lies_in(code, "52") is (None if digits is None else True)
