"""JSON lines: a line reads the same with the extra `fast` and without it, and as the careful reader reads it."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import attrs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import FupinRulesError, ModelError
from fupin_rules.model import GROUPS, MAX_MEMBERS, Private, Sort, all_facts, catalogue, take_plain
from fupin_rules.model import _plain as plain_data
from fupin_rules.model._quick import MAX_CODES, MAX_SEEN
from fupin_rules.registry import _json_lines as lines
from fupin_rules.registry import read_register, simulate, write_register
from fupin_rules.testing import households
from fupin_rules.testing.strategies._values import known_or_not, known_values

FIELDS = catalogue(fr.Household).fields
MEMBER_FIELDS = catalogue(fr.Household).members


@contextmanager
def without_the_extra() -> Iterator[None]:
    lines._decoder.cache_clear()
    try:
        with mock.patch.dict(sys.modules, {"msgspec": None}):
            yield
    finally:
        lines._decoder.cache_clear()


with without_the_extra():
    PLAIN = lines._decoder()
FAST = lines._decoder()


def exactly(home: fr.Household) -> object:
    """All that a household says, to the last zero of a number."""
    parts = [home, *home.members, *(getattr(home, name) for name in GROUPS)]
    told = [
        (path, type(value), value.as_tuple() if isinstance(value, Decimal) else getattr(value, "_text", value))
        for path, value in all_facts(home)
    ]
    return home, [type(part) for part in parts], told


def answer(read: Callable[[str], fr.Household], line: str) -> object:
    """The household, or the faults."""
    try:
        return exactly(read(line))
    except FupinRulesError as error:
        return type(error), error.faults


def answers(line: str) -> list[object]:
    """With the extra, without it, and by the careful reader alone."""
    found = []
    for decoder in (FAST, PLAIN):
        with mock.patch.object(lines, "_decoder", return_value=decoder):
            found.append(answer(lines.read_household, line))
    with mock.patch.object(plain_data, "take_plain", return_value=None):
        found.append(answer(lambda text: fr.from_plain(fr.Household, lines.read_line(text)), line))
    return found


def agreed(line: str) -> object:
    first, *others = answers(line)
    assert [other == first for other in others] == [True, True], line
    return first


# -- the laws --------------------------------------------------------------------------------------------------------

SPACED = st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "\t:  ")])


@st.composite
def valid_lines(draw: st.DrawFn) -> str:
    """A line as the library or another program writes it."""
    plain = fr.to_plain(draw(households(max_members=1, realistic=False)), reveal=True)
    if draw(st.booleans()):
        plain["income"] = {
            name: float(value) if isinstance(value, str) else value for name, value in plain.get("income", {}).items()
        }
    return json.dumps(plain, ensure_ascii=draw(st.booleans()), separators=draw(SPACED))


@given(valid_lines())
def test_a_line_reads_the_same_with_the_extra_and_without(line: str) -> None:
    agreed(line)


SCRAPS = st.sampled_from(
    [
        *[
            '"',
            ":",
            ",",
            "{",
            "}",
            "[",
            "]",
            "\\",
            "\\u003a",
            "\\ud800",
            "\\ude00",
            "\\x",
            "\t",
            "\x01",
            "\0",
            "\ufeff",
        ],
        *["0", "-", ".", "e9", "NaN", "null", "true", " ", "\u00a0", "\x0c", "：", '"id":"2",', '"a":1,', "{}", "[{}]"],
    ]
)


@given(line=valid_lines(), damage=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 2), SCRAPS), max_size=3))
@settings(max_examples=150)
def test_a_damaged_line_reads_or_fails_the_same(line: str, damage: list[tuple[int, int, str]]) -> None:
    for place, dropped, scrap in damage:
        at = place % (len(line) + 1)
        line = line[:at] + scrap + line[at + dropped :]
    agreed(line)


VALUES = [
    *["0.1", "1e400", "-1e400", "1e-400", "1E2", "12.50", "12.505", "-0", "-0.0", "0e5", "1e99999999999", "100000000"],
    *[
        "1" * 30,
        "1" * 31,
        "1" * 32,
        "-" + "1" * 31,
        "1" * 5000,
        "0." + "1" * 58,
        "0." + "1" * 59,
        "18446744073709551616",
    ],
    *["01", "1.", ".5", "+1", "-", "1e", "0x1", "NaN", "Infinity", "-Infinity", "nul", "tru", "'a'"],
    *["true", "null", '""', '" "', '"\\u3000"', '"rural"', '"2014-02-28"', '"2014-W09-5"', '"2014-02-30"', '"0.00"'],
    *['"12.5"', '"12.50"', '"+12.50"', '"1_0"', '"1e2"', '"0e99999"', '"007.00"', '"１２.00"', '"-0.00"', '" 12.50 "'],
    *[
        '"a:b"',
        '"a\\u003ab"',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '"\\udc00\\ud800"',
        '"a\\u0000"',
        '"\\n"',
        '"\t"',
        '"\x7f"',
    ],
    *['{"not_known":"refused"}', '{"not_known":"zero_divisor"}', '{"not_known":"refused","not_known":"expired"}'],
    *['{"not\\u005fknown":"refused"}', '{"not_known":"a:b"}', '{"not_known":1}', "{}", '{"a":{"b":{"c":1}}}'],
    *["[]", '["healthy"]', '["healthy","healthy"]', '["healthy",1]', "[[1]]", "[null]", '[{"a":1,"a":2}]'],
    *["[" * 70 + "]" * 70, "[" * 20_000 + "]" * 20_000, '{"a":' * 70 + "1" + "}" * 70, "[" * 70],
    *[
        '"' + "甲" * 501 + '"',
        '"' + "a" * 10_001 + '"',
        "[" + "1," * 20_001 + "1]",
        '["healthy"' + ',"healthy"' * 64 + "]",
    ],
    *['["lack_skill","illness"]', '["lack_skill","illness","other"]'],
    *['["healthy"' + ',"healthy"' * 20_000 + "]", '"100000000.00"', '"100000000.01"', '"999999999.99"'],
    *['"' + "甲" * 64 + '"', '"' + " " * 70 + '甲"', '"11010519491231002x"', '"999999194912310020"'],
]
PLACES = [
    *(
        "hukou",
        "village",
        "head_name",
        "head_id_no",
        "data_year",
        "other_causes",
        "members",
        "income",
        "members_complete",
    ),
    *("income.pension_yuan", "income.stated_net_income_yuan", "living.distance_to_main_road_km", "living.fuel"),
    *("relocation.moved_in", "production.arable_mu", "id", "no_such_fact", "income.no_such_fact"),
    *("members.birth_date", "members.health", "members.work_months", "members.id", "members.disease", "members.sex"),
]


def line_with(place: str, value: str) -> str:
    """A line in which one place says something, as it is spelt."""
    group, _, name = place.rpartition(".")
    told = f'"{name}":{value}'
    if group == "members":
        return '{"id":"1","members":[{"id":"1","name":"甲"},{"id":"2",' + told + "}]}"
    return '{"id":"1","hukou":"rural",' + (f'"{group}":{{{told}}}' if group else told) + "}"


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_value_reads_or_fails_the_same(place: str) -> None:
    for value in VALUES:
        agreed(line_with(place, value))


@pytest.mark.parametrize("path", [path for path, field in FIELDS.items() if field.spec.sort is Sort.NUMBER])
def test_a_number_at_its_bounds_reads_or_fails_the_same(path: str) -> None:
    spec = FIELDS[path].spec
    assert spec.low is not None
    assert spec.high is not None
    step = Decimal(1).scaleb(-spec.places)
    for bound in (spec.low, spec.high):
        for number in (bound - step, bound, bound + step, bound * 10, bound + step / 10):
            for text in (str(number), f"{number:f}", f"{number:.{spec.places}f}"):
                agreed(line_with(path, text))
                agreed(line_with(path, f'"{text}"'))


@pytest.mark.parametrize(
    "line",
    [
        *["", " ", "[]", "1", '"a"', "null", '{"id":"1"} ', '\ufeff{"id":"1"}', '{"id":"1"}{"id":"2"}', '{"id":"1",}'],
        *["{}", '{"hukou":"rural"}', '{"id":1}', '{"id":null}', '{"id":"a[b"}', '{"id":"\\u0061"}', '{"i\\u0064":"1"}'],
        '{"id":"1","income":{"pension_yuan":1},"income":{"pension_yuan":2}}',
        '{"id":"1","hukou":"rural","hukou":{"not_known":"refused"}}',
        '{"id":"1","hukou":{"not_known":"refused"},"hukou":"rural","village":"{"}',
        '{"id":"1","village":"{","hukou":{"not_known":"refused","not_known":"expired"}}',
        # A colon that is not seen and a key that is seen twice: the two must not make up for each other.
        '{"id":"1","village":"a\\u003ab","village":"c"}',
        '{"id":"1","village":"a:b","hukou":"rural","hukou":"rural"}',
        '{"id":"1","members":[{"id":"1"},{"id":"1"}]}',
        '{"id":"1","members":[{"id":"1","id":"2"}]}',
        '{"id":"1","members":[' + ",".join(f'{{"id":"{n}"}}' for n in range(MAX_MEMBERS + 1)) + "]}",
        '{"id":"1","village":"' + "a" * lines.MAX_LINE + '"}',
        '{"id":"1"' + " " * (lines.MAX_LINE - 10) + "}",
    ],
)
def test_a_line_on_the_edge_reads_or_fails_the_same(line: str) -> None:
    agreed(line)


def test_no_amount_passes_through_a_float() -> None:
    for text in ("0.1", "1200.50", "8208.29", "99999999.99", "0.30"):
        home = lines.read_household(line_with("income.pension_yuan", text))
        assert exactly(home) == agreed(line_with("income.pension_yuan", text))
        assert str(home.income.pension_yuan) == str(Decimal(text).quantize(Decimal("0.01")))
    # The float nearest to it is the amount itself: whoever decodes to floats does not see that this is none.
    line = line_with("income.pension_yuan", "0.10000000000000000001")
    with pytest.raises(ModelError, match="the exponent is not between") as refusal:
        lines.read_household(line)
    assert agreed(line) == (ModelError, refusal.value.faults)
    assert refusal.value.faults[0].where == "$.income.pension_yuan"


# -- speed is taken where it can be -----------------------------------------------------------------------------------


@given(households(max_members=2, realistic=False))
def test_what_the_library_writes_is_read_at_once(home: fr.Household) -> None:
    line = json.dumps(fr.to_plain(home, reveal=True), ensure_ascii=False, separators=(",", ":"))
    for decoder in (FAST, PLAIN):
        with mock.patch.object(lines, "_decoder", return_value=decoder):
            taken = lines._read_at_once(line)
        assert taken is not None
        assert (exactly(taken), hash(taken)) == (exactly(home), hash(home))
        assert attrs.evolve(taken, hukou="urban") == attrs.evolve(home, hukou="urban")


def test_a_household_that_was_taken_at_once_cannot_be_changed_either() -> None:
    taken = take_plain(fr.Household, {"id": "1", "income": {"pension_yuan": 5}, "members": [{"id": "1"}]})
    assert taken is not None
    for part in (taken, taken.income, *taken.members, taken.living):
        for name in ("id", "pension_yuan"):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(part, name, "2")


def test_the_extra_decodes_where_it_is_installed() -> None:
    assert isinstance(FAST.__self__, msgspec.json.Decoder)  # type: ignore[attr-defined]  # a bound method
    assert isinstance(PLAIN.__self__, json.JSONDecoder)  # type: ignore[attr-defined]  # a bound method


@given(data=st.data())
def test_any_object_of_the_model_is_taken_at_once(data: st.DataObject) -> None:
    cls: type[fr.Village | fr.Area] = data.draw(st.sampled_from([fr.Village, fr.Area]))
    fields = {path: known_or_not(known_values(field, realistic=False)) for path, field in catalogue(cls).fields.items()}
    place = cls(id="371482102207-0031", **data.draw(st.fixed_dictionaries({}, optional=fields)))
    assert take_plain(cls, fr.to_plain(place, reveal=True)) == place
    with mock.patch.object(plain_data, "take_plain", return_value=None):
        assert fr.from_plain(cls, fr.to_plain(place, reveal=True)) == place


def test_numbers_are_looked_up_and_read_alike_however_many_there_are() -> None:
    for _ in range(2):
        for fen in range(2 * MAX_SEEN):
            amount = f"{fen * 997 / 100:.2f}"
            taken = take_plain(fr.Income, {"pension_yuan": amount})
            assert taken is not None
            assert str(taken.pension_yuan) == amount


def test_a_class_of_ones_own_is_read_with_care_or_not_at_all() -> None:
    assert take_plain(type("Mine", (), {}), {"id": "1"}) is None


def test_the_longest_household_that_is_taken_at_once_is_within_the_limits_of_reading() -> None:
    def told(field: Any) -> Any:
        if field.spec.sort is Sort.CODES:
            return [next(iter(field.spec.code_list)).value] * MAX_CODES
        return {"not_known": "refused"}

    plain: dict[str, Any] = {"id": "1"}
    for path, field in FIELDS.items():
        group, _, name = path.rpartition(".")
        (plain.setdefault(group, {}) if group else plain)[name] = told(field)
    member = {name: told(field) for name, field in MEMBER_FIELDS.items()}
    plain["members"] = [{"id": str(number), **member} for number in range(MAX_MEMBERS)]
    taken = take_plain(fr.Household, plain)
    assert taken is not None
    with mock.patch.object(plain_data, "take_plain", return_value=None):
        assert fr.from_plain(fr.Household, plain) == taken


# -- files -----------------------------------------------------------------------------------------------------------


def test_a_file_reads_the_same_with_the_extra_and_without(tmp_path: Path) -> None:
    place = tmp_path / "r.jsonl"
    write_register(place, simulate(seed=7, households=30, people=80, townships=1).households)
    with place.open("a", encoding="utf-8") as file:
        file.write('{"id":"x","hukou":"city"}\n{"id":"y","id":"z"}\n\n{"id":"w","income":{"pension_yuan":NaN}}\n')
    with_it = read_register(place)
    with without_the_extra():
        without_it = read_register(place)
    assert with_it == without_it
    assert [(each.row, each.code) for each in with_it.problems] == [(31, "value"), (32, "json"), (34, "json")]


def test_no_message_about_a_line_shows_a_personal_text() -> None:
    for place in ("members.name", "members.id_no", "members.birth_date", "hukou"):
        found = agreed(line_with(place, '{"not_known":"11010519491231002X"}'))
        assert "11010519491231002X" not in repr(found)
    assert not any(isinstance(each, Private) for each in vars(lines).values())


# -- the collector ---------------------------------------------------------------------------------------------------


def test_the_collector_stands_still_while_a_register_is_read_and_goes_on_afterwards(tmp_path: Path) -> None:
    place = tmp_path / "r.jsonl"
    place.write_text('{"id":"1"}\n', encoding="utf-8")
    was_on: list[bool] = []

    def decode(line: str) -> object:
        was_on.append(gc.isenabled())
        return PLAIN(line)

    with mock.patch.object(lines, "_decoder", return_value=decode):
        read_register(place)
    assert was_on == [False]
    assert gc.isenabled()
    place.write_bytes(b"\xff\xff\xff")
    with pytest.raises(FupinRulesError):
        read_register(place)
    assert gc.isenabled()


def test_lines_that_cannot_be_read_leave_nothing_to_collect(tmp_path: Path) -> None:
    place = tmp_path / "r.jsonl"
    bad = ['{"id":"1","hukou":"city","members":[{"id":"1","sex":"m"},{}]}', "{", '{"id":"1","x":1}', "[" * 70]
    place.write_text("\n".join(bad * 50), encoding="utf-8")
    read_register(place)
    gc.collect()
    gc.disable()
    try:
        reading = read_register(place)
        left = gc.collect()
    finally:
        gc.enable()
    assert len(reading.problems) > 200
    assert left < 50  # of more than 200 faults: a circle for each would be thousands


@pytest.mark.parametrize("opened", ["[", '{"id":', '[{"id":'])
@pytest.mark.parametrize("times", [501, 20_000])
def test_no_decoder_is_given_a_line_nested_deeper_than_it_can_bear(opened: str, times: int) -> None:
    with (
        mock.patch.object(lines, "_decoder", side_effect=AssertionError("asked")),
        mock.patch.object(json, "loads", side_effect=AssertionError("asked")),
        pytest.raises(FupinRulesError, match=r"^\$: nested deeper than 64; write one household a line$"),
    ):
        lines.read_household('{"id": ' + opened * times)


def test_the_largest_household_is_still_read_at_once() -> None:
    members = [{"id": str(place), "health": ["healthy"]} for place in range(MAX_MEMBERS)]
    groups: dict[str, Any] = {name: {} for name in GROUPS}
    line = json.dumps({"id": "1", "members": members, "other_causes": ["illness"]} | groups)
    assert lines._read_at_once(line) == lines.read_household(line)
    assert lines._read_at_once(line) is not None
