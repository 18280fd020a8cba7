"""A parameter that a pack declares and leaves to others: who may give it, on which days, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_pack

from fupin_rules.citations import Source, Standing
from fupin_rules.errors import PolicyError, UncoveredDateError
from fupin_rules.periods import Period
from fupin_rules.policy import Policy, Subject, load_cases, load_policy, run_case

SUMMER = date(2016, 6, 1)
NOTICE = Source("notice", "通知", "notice", Standing.STATED)
YEAR_2016 = Period(date(2016, 1, 1), date(2017, 1, 1))
YEAR_2017 = Period(date(2017, 1, 1), date(2018, 1, 1))

VALUES = """
[[line.value]]
from = 2016-01-01
amount = 3000
source = "order#art-2"

[[line.value]]
from = 2017-01-01
amount = 3200.50
source = "order#art-2"
"""
OPEN = "open = true\nlow = 1000\nhigh = 20000\n"
GIVEN = '[given.line]\namount = 3000\nsource = "guess"\n\n[[base]]\nid = "poor"'


def relief(folder: Path, said: str = OPEN, values: str = "", cases: str = '[[base]]\nid = "poor"') -> Path:
    """Write the small pack with its line left open."""
    unit = 'unit = "yuan / person / year"\n'
    changes = {"parameters.toml": {unit + VALUES: unit + said + values}, "cases.toml": {'[[base]]\nid = "poor"': cases}}
    return write_pack(folder, changes)


def county(folder: Path, amount: str = "3000", more: str = "", start: str = "2016-01-01") -> Path:
    """Write a pack upon it that gives the line."""
    pack = folder / "county"
    pack.mkdir()
    (pack / "pack.toml").write_text(
        'format = 1\nid = "county"\nversion = "1.0.0"\ntitle = { zh = "县", en = "county" }\nextends = ["relief"]\n'
        'from = 2016-01-01\nuntil = 2017-01-01\nsubjects = ["household"]\n',
        encoding="utf-8",
    )
    (pack / "parameters.toml").write_text(
        f'[line]\nmeaning = {{ zh = "县线", en = "line of the county" }}\nunit = "yuan / person / year"\n{more}'
        f'[[line.value]]\nfrom = {start}\namount = {amount}\nsource = "order"\n',
        encoding="utf-8",
    )
    return pack


@pytest.fixture(scope="module")
def left_open(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load_policy(relief(tmp_path_factory.mktemp("open")))


# -- what can be done without the value ------------------------------------------------------------------------------


def test_a_pack_with_an_open_parameter_loads_and_says_what_is_open(left_open: Policy) -> None:
    assert left_open.open_parameters == ("line",)
    assert left_open.parameters["line"].values == ()
    assert left_open.scopes()[Subject.HOUSEHOLD].names["line"].type.high == 20000


def test_no_snapshot_is_taken_while_a_parameter_is_open(left_open: Policy) -> None:
    with pytest.raises(UncoveredDateError) as refusal:
        left_open.on(SUMMER)
    assert str(refusal.value) == (
        "policy `relief`: `line` is open and has no value on 2016-06-01 (missing on: 2016-01-01 to 2017-12-31);"
        " load a pack that extends `relief` and gives one,"
        " or give it with its source: `policy.with_parameter(line=…, days=…, source=…)`"
    )
    assert refusal.value.faults[0].code == "open_parameter"


def test_a_day_outside_is_refused_as_a_day_outside(left_open: Policy) -> None:
    with pytest.raises(UncoveredDateError, match="does not cover 2018-01-01"):
        left_open.on(date(2018, 1, 1))


@pytest.mark.parametrize(("high", "fits"), [("20000", True), ("40000000", False)])
def test_rules_are_checked_against_the_declared_range(tmp_path: Path, high: str, fits: bool) -> None:
    pack = relief(tmp_path, OPEN.replace("20000", high))
    path = pack / "rules.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count('when = "wage < line"') == 1
    path.write_text(text.replace('when = "wage < line"', 'when = "line * line > 0"'), encoding="utf-8")
    if fits:
        assert load_policy(pack).open_parameters == ("line",)
    else:
        with pytest.raises(PolicyError) as refusal:
            load_policy(pack)
        assert str(refusal.value) == (
            "relief/rules.toml, line 5, column 9: can grow beyond 2^63-1 in its smallest unit;"
            " use smaller bounds or fewer factors"
        )


# -- a pack gives it -------------------------------------------------------------------------------------------------


def test_a_pack_above_gives_the_value_and_overrides_nothing(tmp_path: Path) -> None:
    relief(tmp_path)
    policy = load_policy(county(tmp_path), search=[tmp_path])
    line = policy.parameters["line"]
    assert (line.pack, line.is_open, policy.open_parameters) == ("county", False, ())
    assert policy.on(SUMMER).parameters["line"].value == 3000


@pytest.mark.parametrize(
    ("amount", "more", "start", "message"),
    [
        (
            "999.99",
            "",
            "2016-01-01",
            "county/parameters.toml, line 4, column 1: `line` is 999.99, outside 1000 to 20000 yuan / person / year; correct it, or declare a wider range where it is open",
        ),
        (
            "20000.01",
            "",
            "2016-01-01",
            "county/parameters.toml, line 4, column 1: `line` is 20000.01, outside 1000 to 20000 yuan / person / year; correct it, or declare a wider range where it is open",
        ),
        (
            "3000.005",
            "",
            "2016-01-01",
            "county/parameters.toml, line 4, column 1: `line` is 3000.005, with more than 2 decimals; correct it, or declare a wider range where it is open",
        ),
        (
            "3000",
            'overrides = true\ndirection = "changes"\n',
            "2016-01-01",
            "county/parameters.toml, line 1, column 1: `line` overrides nothing; no pack below has it: drop `overrides`",
        ),
        (
            "3000",
            "",
            "2016-03-01",
            "county/parameters.toml, line 1, column 1: `line` has no value on 2016-01-01 to 2016-02-29 inside the days of `county` (2016-01-01 to 2016-12-31); add one, or cover fewer days",
        ),
    ],
)
def test_a_value_that_a_pack_may_not_give(tmp_path: Path, amount: str, more: str, start: str, message: str) -> None:
    relief(tmp_path)
    with pytest.raises(PolicyError) as refusal:
        load_policy(county(tmp_path, amount, more, start), search=[tmp_path])
    assert str(refusal.value) == message


def test_only_a_number_can_be_open_so_it_has_a_unit(tmp_path: Path) -> None:
    pack = relief(tmp_path)
    path = pack / "parameters.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('unit = "yuan / person / year"\n', ""), encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack)
    assert "relief/parameters.toml, line 1, column 1: is open, but has values, codes or no unit" in str(refusal.value)


@pytest.mark.parametrize("amount", ["1000", "20000"])
def test_the_bounds_themselves_are_allowed(tmp_path: Path, amount: str) -> None:
    relief(tmp_path)
    assert load_policy(county(tmp_path, amount), search=[tmp_path]).on(SUMMER).parameters["line"].value == int(amount)


def test_who_replaces_what_a_pack_gave_says_so_and_keeps_the_bounds(tmp_path: Path) -> None:
    relief(tmp_path)
    county(tmp_path)
    town = tmp_path / "town"
    town.mkdir()
    for name in ("pack.toml", "parameters.toml"):
        text = (tmp_path / "county" / name).read_text(encoding="utf-8")
        text = text.replace('"county"', '"town"').replace('["relief"]', '["county"]').replace("3000", "300000")
        (town / name).write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        load_policy(town, search=[tmp_path])
    assert [fault.code for fault in refusal.value.faults] == ["double", "bounds"]


def test_a_pack_may_not_open_again_what_is_open_or_given_below(tmp_path: Path) -> None:
    relief(tmp_path)
    pack = county(tmp_path)
    text = (pack / "parameters.toml").read_text(encoding="utf-8").partition("[[line.value]]")[0]
    (pack / "parameters.toml").write_text(text + OPEN, encoding="utf-8")
    with pytest.raises(PolicyError, match="`line` is there already; say `overrides = true`"):
        load_policy(pack, search=[tmp_path])


@pytest.mark.parametrize(
    ("said", "values", "message"),
    [
        (
            OPEN,
            VALUES,
            "relief/parameters.toml, line 1, column 1: is open, but has values, codes or no unit; only a number can be open",
        ),
        (
            OPEN + 'list = "HouseGrade"\n',
            "",
            "relief/parameters.toml, line 1, column 1: is open, but has values, codes or no unit; only a number can be open",
        ),
        ("open = true\nlow = 1\n", "", "relief/parameters.toml, line 1, column 1: `high` is missing; add a number"),
        ("open = true\nhigh = 1\n", "", "relief/parameters.toml, line 1, column 1: `low` is missing; add a number"),
        (
            "open = true\nlow = 2\nhigh = 1\n",
            "",
            "relief/parameters.toml, line 5, column 1: `low` and `high` are no range in numbers of at most 2 decimals; give the least and the greatest value",
        ),
        (
            "open = true\nlow = 0.001\nhigh = 1\n",
            "",
            "relief/parameters.toml, line 5, column 1: `low` and `high` are no range in numbers of at most 2 decimals; give the least and the greatest value",
        ),
        ("", "", "relief/parameters.toml, line 1, column 1: has no value; add a `[[….value]]`"),
        ("open = false\n", "", "relief/parameters.toml, line 1, column 1: has no value; add a `[[….value]]`"),
    ],
)
def test_what_is_wrong_with_an_open_parameter_is_said(tmp_path: Path, said: str, values: str, message: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        load_policy(relief(tmp_path, said, values))
    assert str(refusal.value) == message


# -- the caller gives it ---------------------------------------------------------------------------------------------


def test_the_caller_gives_a_value_with_its_source_for_the_days_it_names(left_open: Policy) -> None:
    given = left_open.with_parameter(line="3000.50", days=YEAR_2016, source=NOTICE)
    line = given.on(date(2016, 12, 31)).parameters["line"]
    assert (line.value, line.dated.citation.source) == (Fraction("3000.50"), NOTICE)
    assert left_open.open_parameters == given.open_parameters == ("line",)
    with pytest.raises(UncoveredDateError, match=r"no value on 2017-01-01 \(missing on: 2017-01-01 to 2017-12-31\)"):
        given.on(date(2017, 1, 1))


def test_years_are_given_one_by_one_in_any_order(left_open: Policy) -> None:
    forth = left_open.with_parameter(line=3000, days=YEAR_2016, source=NOTICE)
    forth = forth.with_parameter(line=3300, days=YEAR_2017, source=NOTICE)
    back = left_open.with_parameter(line=3300, days=YEAR_2017, source=NOTICE)
    back = back.with_parameter(line=3000, days=YEAR_2016, source=NOTICE)
    assert forth == back
    assert forth.open_parameters == ()
    days = (date(2016, 12, 31), date(2017, 1, 1))
    assert [forth.on(day).parameters["line"].value for day in days] == [3000, 3300]


@given(
    st.dates(date(2016, 1, 1), date(2017, 12, 31)), st.integers(1, 400), st.dates(date(2016, 1, 1), date(2017, 12, 31))
)
def test_a_value_holds_on_the_days_it_is_given_for_and_on_no_other(
    left_open: Policy, start: date, length: int, day: date
) -> None:
    days = Period(start, start + timedelta(days=length))
    policy = left_open.with_parameter(line=3000, days=days, source=NOTICE)
    if day in days:
        assert policy.on(day).parameters["line"].value == 3000
    else:
        with pytest.raises(UncoveredDateError):
            policy.on(day)


def test_the_source_of_the_caller_is_part_of_the_fingerprint(left_open: Policy) -> None:
    other = Source("memory", "口述", "from memory", Standing.UNVERIFIED)
    one, two = (left_open.with_parameter(line=3000, days=YEAR_2016, source=each).on(SUMMER) for each in (NOTICE, other))
    assert one.fingerprint != two.fingerprint


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lime": 3000}, "policy `relief`: has no parameter `lime`; known: line, dangerous"),
        (
            {"dangerous": 1},
            "parameter `dangerous`: has the values of its pack; replace one on a day with `policy.on(day).with_parameter`",
        ),
        ({"line": "many"}, "parameter `line`: expected a number; give an exact number"),
        (
            {"line": "0.73"},
            "parameter `line`: is 0.73, outside 1000 to 20000 yuan / person / year; give a value within the bounds its pack declares",
        ),
    ],
)
def test_what_the_caller_may_not_give_is_refused(left_open: Policy, values: dict[str, int | str], message: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        left_open.with_parameter(source=NOTICE, days=YEAR_2016, **values)
    assert str(refusal.value) == message


def test_no_day_is_given_two_values(left_open: Policy) -> None:
    given = left_open.with_parameter(line=3000, days=YEAR_2016, source=NOTICE)
    with pytest.raises(PolicyError) as refusal:
        given.with_parameter(line=3100, days=Period(date(2016, 12, 31), date(2018, 1, 1)), source=NOTICE)
    assert str(refusal.value) == (
        "parameter `line`: has a value on 2016-01-01 to 2016-12-31 already,"
        " and is given one on 2016-12-31 to 2017-12-31; give one value for each day"
    )


def test_what_stands_in_on_one_day_never_reaches_another_year(left_open: Policy) -> None:
    rules = left_open.with_parameter(line=3000, days=YEAR_2016, source=NOTICE).on(SUMMER)
    changed = rules.with_parameter(line=3500, source=NOTICE)
    assert changed.parameters["line"].value == 3500
    with pytest.raises(UncoveredDateError):
        changed.policy.on(date(2017, 1, 1))
    with pytest.raises(PolicyError, match="outside 1000 to 20000"):
        rules.with_parameter(line=1, source=NOTICE)


# -- the cases of the pack -------------------------------------------------------------------------------------------


def test_the_cases_of_a_pack_say_what_they_are_tried_with(tmp_path: Path) -> None:
    pack = relief(tmp_path, cases=GIVEN)
    policy = load_policy(pack)
    assert [run_case(policy, case).differences for case in load_cases(pack)] == [(), ()]
    assert policy.open_parameters == ("line",)


def test_a_case_without_the_value_cannot_be_judged(tmp_path: Path) -> None:
    pack = relief(tmp_path)
    with pytest.raises(UncoveredDateError, match="`line` is open"):
        run_case(load_policy(pack), load_cases(pack)[0])


@pytest.mark.parametrize(
    ("bent", "message"),
    [
        ('"guess"', "parameter `line`: is 300, outside 1000 to 20000 yuan / person / year;"),
        ('"gues"', "`given.line` cites `gues`, which no sources.toml names; add the source"),
    ],
)
def test_what_is_given_to_cases_is_held_to_the_same(tmp_path: Path, bent: str, message: str) -> None:
    pack = relief(tmp_path, cases=GIVEN.replace("3000", "300").replace('"guess"', bent))
    with pytest.raises(PolicyError) as refusal:
        run_case(load_policy(pack), load_cases(pack)[0])
    assert message in str(refusal.value)
