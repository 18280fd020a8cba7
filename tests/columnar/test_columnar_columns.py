"""The door of frames: what the model takes of one household is taken of a column, and what it refuses is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames import ENGINES
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.columnar import assess_frame, check_frame, frames_of
from fupin_rules.columnar._columns import find_columns, open_frame
from fupin_rules.errors import LoweringError
from fupin_rules.model import Field, Household, Sort, catalogue
from fupin_rules.model._fields import hold_value
from fupin_rules.policy import Snapshot, load_policy

LOCAL = [engine for engine in ENGINES if engine != "spark"]
KINDS = ["polars", "duckdb", "pyarrow", "pandas with classic dtypes"]
HOUSEHOLD = catalogue(Household).fields
FACTS = {**catalogue(Household).members, **HOUSEHOLD}
WAGE, WAGE_FEN = "income.wage_income_yuan", "income.wage_income_fen"
ADD = "add it, or name it in `absent` (`--absent`) where the register does not hold it"
YEAR, COST = "change_year", "income.stated_net_income_yuan"


def opened(frame: Any, path: str, *, codes: Sequence[str] = (), checked: bool = True) -> list[Any]:
    """Take one column through the door; give its values in the order of their keys."""
    fields = {path: FACTS[path]}
    found = find_columns(frame, "households", key="id", fields=fields, absent=())
    parts = {path: codes} if codes else {}
    side = open_frame(found, fields, parts, date(2016, 1, 31), checked=checked, with_numbers=False, prefix="f")
    held = side.frame.collect("pyarrow") if isinstance(side.frame, nw.LazyFrame) else side.frame
    rows = sorted(held.to_arrow().to_pylist(), key=lambda row: row["key"])
    columns = [name for of, name in side.columns.items() if not codes or of != path]
    return [row[columns[0]] if len(columns) == 1 else tuple(row[name] for name in columns) for row in rows]


def column(values: Sequence[Any], dtype: pa.DataType, name: str) -> pa.Table:
    return pa.table({"id": list(range(len(values))), name: pa.array(values, dtype)})


def door(engine: str, path: str, values: Sequence[Any], dtype: pa.DataType, name: str = "", **how: Any) -> list[Any]:
    return opened(ENGINES[engine].there(column(values, dtype, name or path)), path, **how)


def refusal(engine: str, path: str, values: Sequence[Any], dtype: pa.DataType, name: str = "") -> tuple[str, str]:
    with pytest.raises(LoweringError) as refused:
        door(engine, path, values, dtype, name)
    (fault,) = refused.value.faults
    return fault.code, str(fault)


def model_takes(field: Field, value: Any) -> Any:
    """Give what the model holds of a value, as rules read it in columns."""
    try:
        held = None if value is None else hold_value(field.spec, value)
    except ValueError:
        held = None
    match field.spec.sort:
        case Sort.NUMBER:
            return None if held is None else int(held * 10**field.spec.places)
        case Sort.CODE:
            return None if held is None else held.value
        case Sort.CODES:
            return None if held is None else True
        case Sort.TEXT | Sort.PRIVATE:
            return held is not None
        case _:
            return held


# What is known of a fact of each sort, and what no household could have; by dtype.
TAKEN: Sequence[tuple[str, pa.DataType, Sequence[Any]]] = [
    ("income_stable", pa.bool_(), [True, False, None]),
    (YEAR, pa.int64(), [1948, 1949, 2016, 2199, 2200, None]),
    (YEAR, pa.int16(), [1948, 1949, 2016, -5, None]),
    (YEAR, pa.uint64(), [2016, 2**64 - 1, None]),
    (YEAR, pa.decimal128(10, 0), [Decimal(2016), Decimal(1), None]),
    (YEAR, pa.float64(), [2016.0, 2016.5, math.inf, None]),
    (WAGE, pa.int64(), [0, -1, 100_000_000, 100_000_001, 2**62, None]),
    (WAGE, pa.uint64(), [7, 2**64 - 1]),
    (WAGE, pa.int32(), [7, 2**31 - 1, None]),
    (WAGE, pa.decimal128(18, 2), [Decimal("0.01"), Decimal("100000000.00"), Decimal("100000000.01"), None]),
    (WAGE, pa.decimal128(12, 1), [Decimal("2736.5"), Decimal("-0.1"), None]),
    (WAGE, pa.decimal128(38, 2), [Decimal("2736.01"), Decimal("1e30"), Decimal("-1e30"), None]),
    (WAGE, pa.decimal128(38, 0), [Decimal(2736), Decimal("1e36"), None]),
    (WAGE, pa.float64(), [2736.01, 0.1 + 0.2, -0.0, 1e8, 100_000_000.01, 1e10, math.inf, -math.inf, math.nan, None]),
    (COST, pa.uint64(), [7, 2**64 - 1]),
    (COST, pa.float64(), [-7.25, None]),
    ("production.arable_mu", pa.float64(), [1.25, 1.255, None]),
    ("birth_date", pa.date32(), [date(1899, 12, 31), date(1900, 1, 1), date(2199, 12, 31), date(2200, 1, 1), None]),
    ("hukou", pa.string(), ["urban", "nonsense", "", None]),
    ("hukou", pa.large_string(), ["urban", None]),
    ("hukou", pa.dictionary(pa.int32(), pa.string()), ["urban", "nonsense", None]),
    ("education", pa.string(), [*(each.value for each in fr.model.Education), "nonsense", None]),
    ("relation", pa.string(), [*(each.value for each in fr.model.Relation), "nonsense", None]),
    ("other_causes", pa.list_(pa.string()), [["illness"], ["illness", "disaster"], [], ["nonsense"], ["illness", None], None]),
    ("other_causes", pa.list_(pa.string()), [["illness", "disaster", "schooling"]]),
    ("village", pa.string(), ["甲村", "", " \t\n", "\u3000", "\u00a0 \u2003", " 甲 ", None]),
    ("phone", pa.string(), ["", " \u3000", None]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "dtype", "values"), TAKEN, ids=lambda each: str(each)[:40])
@pytest.mark.parametrize("engine", LOCAL)
def test_a_column_is_taken_as_the_model_takes_each_of_its_values(
    engine: str, path: str, dtype: pa.DataType, values: Sequence[Any]
) -> None:
    field = FACTS[path]
    assert door(engine, path, values, dtype) == [model_takes(field, value) for value in values]


@pytest.mark.parametrize("engine", LOCAL)
def test_fen_are_whole_numbers_of_any_width_or_floats_without_a_broken_part(engine: str) -> None:
    for dtype in (pa.int64(), pa.uint64(), pa.float64()):
        values = [0, 273_601, 10_000_000_000, 10_000_000_001, None]
        assert door(engine, WAGE, values, dtype, WAGE_FEN) == [0, 273_601, 10_000_000_000, None, None]
    assert door(engine, WAGE, [0.5, math.nan, -1.0], pa.float64(), WAGE_FEN) == [None] * 3
    assert door(engine, WAGE, [1, -1], pa.int8(), WAGE_FEN) == [1, None]


@given(st.lists(st.integers(0, 10_000_000_000), min_size=1, max_size=60))
@settings(max_examples=25)
def test_the_float_nearest_to_an_amount_is_that_amount(fen: list[int]) -> None:
    for engine in ("polars", "duckdb", "pyarrow", "pandas with classic dtypes"):
        assert door(engine, WAGE, [each / 100 for each in fen], pa.float64()) == fen


@given(st.lists(st.floats() | st.integers(0, 10**10).map(lambda fen: math.nextafter(fen / 100, math.inf)), min_size=1))
@settings(max_examples=40)
def test_of_any_float_a_column_knows_what_the_model_knows(values: list[float]) -> None:
    wanted = [model_takes(HOUSEHOLD[WAGE], value) for value in values]
    for engine in ("polars", "duckdb", "pyarrow", "pandas with Arrow dtypes"):
        assert door(engine, WAGE, values, pa.float64()) == wanted


@pytest.mark.parametrize("engine", LOCAL)
def test_a_time_without_a_zone_is_its_day(engine: str) -> None:
    times = [datetime(2016, 1, 31, 15, 2), datetime(1850, 1, 1), None]  # noqa: DTZ001  no zone is the point
    for unit in ("s", "ms", "us", "ns"):
        assert door(engine, "birth_date", times, pa.timestamp(unit)) == [date(2016, 1, 31), None, None]


@pytest.mark.parametrize("engine", LOCAL)
def test_codes_are_lists_or_texts_with_commas_and_each_code_is_asked_for_by_itself(engine: str) -> None:
    asked: dict[str, Any] = {"codes": ("disaster", "illness")}
    lists = [["illness"], [], None, ["illness", "nonsense"]]
    wanted = [(False, True), (False, False), (None, None), (None, None)]
    assert door(engine, "other_causes", lists, pa.list_(pa.string()), **asked) == wanted
    texts = ["illness,disaster", "illness", None, "", " ", "illness, disaster", "nonsense"]
    wanted = [(True, True), (False, True), *[(None, None)] * 5]
    assert door(engine, "other_causes", texts, pa.string(), **asked) == wanted


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("path", ["income_stable", YEAR, WAGE, "birth_date", "hukou", "other_causes"])
def test_a_column_of_nothing_is_not_known_whatever_the_fact(engine: str, path: str) -> None:
    assert door(engine, path, [None, None], pa.null()) == [None, None]


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("path", ["village", "phone"])
def test_of_a_text_that_nobody_wrote_it_is_known_that_there_is_none(engine: str, path: str) -> None:
    assert door(engine, path, [None, None], pa.null()) == [False, False]


@pytest.mark.parametrize("engine", LOCAL)
def test_unchecked_values_are_taken_as_they_are(engine: str) -> None:
    how: dict[str, Any] = {"checked": False}
    assert door(engine, WAGE, [-1, 7], pa.int64(), **how) == [-100, 700]
    assert door(engine, WAGE, [Decimal("-1.50")], pa.decimal128(18, 2), **how) == [-150]
    assert door(engine, WAGE, [Decimal("-1.50")], pa.decimal128(38, 2), **how) == [-150]
    assert door(engine, "hukou", ["nonsense"], pa.string(), **how) == ["nonsense"]
    assert door(engine, "birth_date", [date(1850, 1, 1)], pa.date32(), **how) == [date(1850, 1, 1)]
    assert door(engine, "other_causes", [["nonsense"]], pa.list_(pa.string()), codes=("illness",), **how) == [False]


REFUSED: Sequence[tuple[str, pa.DataType, Any, str, str]] = [
    ("income_stable", pa.int64(), 1, "holds int64", "give true or false"),
    ("income_stable", pa.string(), "yes", "holds string", "give true or false"),
    (WAGE, pa.float32(), 1.0, "holds float32", "give whole numbers, decimals or 64-bit floats"),
    (WAGE, pa.string(), "1", "holds string", "give whole numbers, decimals or 64-bit floats"),
    (WAGE, pa.bool_(), True, "holds boolean", "give whole numbers, decimals or 64-bit floats"),
    (WAGE, pa.decimal128(18, 3), Decimal("1.005"), "scale=3)", "give whole numbers, decimals or 64-bit floats"),
    (YEAR, pa.decimal128(18, 1), Decimal("2016.5"), "scale=1)", "give whole numbers, decimals or 64-bit floats"),
    ("birth_date", pa.string(), "2016-01-31", "holds string", "give dates"),
    ("birth_date", pa.timestamp("us", "UTC"), datetime(2016, 1, 31, tzinfo=UTC), "holds datetime(", "give dates"),
    ("hukou", pa.int64(), 1, "holds int64", "give texts"),
    ("other_causes", pa.int64(), 1, "holds int64", "give lists of texts, or texts with commas between the codes"),
    ("other_causes", pa.list_(pa.int64()), [1], "holds list(int64)", "give lists of texts, or texts with commas between the codes"),
    ("village", pa.int64(), 1, "holds int64", "give texts"),
    ("phone", pa.int64(), 12, "holds int64", "give texts"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "dtype", "value", "what", "mend"), REFUSED, ids=lambda each: str(each)[:40])
@pytest.mark.parametrize("engine", ["polars", "polars lazy", "duckdb", "pyarrow", "pandas with Arrow dtypes"])
def test_a_type_that_a_fact_cannot_have_is_refused(
    engine: str, path: str, dtype: pa.DataType, value: Any, what: str, mend: str
) -> None:
    code, words = refusal(engine, path, [value], dtype)
    assert code == "column_type"
    assert words.startswith(f"households, column `{path}`: holds ")
    assert what in words
    assert words.endswith(f"; {mend}")


@pytest.mark.parametrize("engine", LOCAL)
def test_fen_are_no_decimals(engine: str) -> None:
    code, words = refusal(engine, WAGE, [Decimal(1)], pa.decimal128(18, 0), WAGE_FEN)
    assert code == "column_type"
    assert words.startswith(f"households, column `{WAGE_FEN}`: holds decimal(")


# -- the columns of a frame --------------------------------------------------------------------------------------------

RULES = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
HOME = Household(id="1", members=(fr.Member(id="1"),), members_complete=True)


def asked(engine: str, subjects: pa.Table | None = None, members: pa.Table | None = None, **how: Any) -> Any:
    frames = frames_of([HOME], engine="pyarrow")
    there = ENGINES[engine].there
    subjects, members = (
        (frames.subjects if subjects is None else subjects),
        (frames.members if members is None else members),
    )
    return ENGINES[engine].back(assess_frame(there(subjects), RULES, members=there(members), **how))  # fmt: skip


def faults(engine: str, **how: Any) -> Mapping[str, str]:
    with pytest.raises(LoweringError) as refused:
        asked(engine, **how)
    return {str(fault): fault.code for fault in refused.value.faults}


@pytest.mark.parametrize("engine", LOCAL)
def test_all_missing_columns_are_told_at_once_with_the_slip_of_the_pen(engine: str) -> None:
    subjects = frames_of([HOME], engine="pyarrow").subjects
    renamed = subjects.rename_columns(
        ["assets.own_car" if name == "assets.owns_car" else name for name in subjects.column_names]
    ).drop_columns(["members_complete", "income.wage_income_fen"])
    assert faults(engine, subjects=renamed.drop_columns(["id"])) == {
        "households, column `id`: is missing; name the column that tells households apart": "no_key",
        f"households, column `members_complete`: is missing; {ADD}": "no_column",
        f"households, column `{WAGE}`: is missing; {ADD}": "no_column",
        f"households, column `assets.owns_car`: is missing; there is `assets.own_car`; {ADD}": "no_column",
    }


@pytest.mark.parametrize("engine", LOCAL)
def test_a_fact_that_the_register_does_not_hold_is_not_known_of_anybody(engine: str) -> None:
    frames = frames_of([HOME], engine="pyarrow")
    subjects = frames.subjects.drop_columns([WAGE_FEN, "phone"])
    members = frames.members.drop_columns(["birth_date"])
    how = {"subjects": subjects, "members": members}
    assert len(faults(engine, **how)) == 1  # the frame of members is looked at after that of households
    (row,) = asked(engine, **how, absent=[WAGE, "birth_date"])
    assessed = fr.assess(HOME, RULES)
    assert row["outcome"] == assessed.outcome.value
    assert WAGE in row["missing"].split(", ")


@pytest.mark.parametrize("engine", LOCAL)
def test_an_amount_stands_in_yuan_or_in_fen_and_not_in_both(engine: str) -> None:
    subjects = frames_of([HOME], engine="pyarrow").subjects.append_column(WAGE, pa.array([1], pa.int64()))
    assert faults(engine, subjects=subjects) == {
        f"households, column `{WAGE}`: and `{WAGE_FEN}` are there both; keep one of the two": "column_twice"
    }


def test_all_columns_of_a_wrong_type_are_told_at_once() -> None:
    subjects = frames_of([HOME]).subjects.with_columns(
        pl.lit("yes").alias("assets.owns_car"), pl.lit(1).alias("living.house_grade")
    )
    with pytest.raises(LoweringError) as refused:
        assess_frame(subjects, RULES, members=frames_of([HOME]).members)
    assert [(fault.where, fault.code) for fault in refused.value.faults] == [
        ("households, column `living.house_grade`", "column_type"),
        ("households, column `assets.owns_car`", "column_type"),
    ]


def test_a_pandas_column_of_several_sorts_is_refused_by_name() -> None:
    frames = frames_of([HOME, Household(id="2")], engine="pyarrow")
    subjects = frames.subjects.to_pandas()
    subjects["assets.owns_car"] = pd.Series([True, "no"], dtype=object)
    with pytest.raises(LoweringError) as refused:
        assess_frame(subjects, RULES, members=frames.members.to_pandas())
    assert str(refused.value) == (
        "households, column `assets.owns_car`: holds values of several sorts;"
        " give it one dtype, with `pd.NA` for what is not known"
    )


@pytest.mark.parametrize("answers", [["outcom"], ["outcome", "x" * 60]])
def test_an_answer_that_there_is_none_of_is_refused(answers: list[str]) -> None:
    with pytest.raises(LoweringError) as refused:
        asked("polars", answers=answers)
    (fault,) = refused.value.faults
    assert (fault.where, fault.code) == ("answers", "answer")
    assert fault.what == f"`{answers[-1][:40]}` is no answer"
    assert fault.mend == "known: outcome, provisional, standing, missing, score, findings, rules, hits"


def test_rules_about_members_need_their_frame() -> None:
    with pytest.raises(LoweringError) as refused:
        assess_frame(frames_of([HOME]).subjects, RULES)
    assert str(refused.value) == "the rules of `yucheng-2016`: ask about members; give their frame as `members`"
    assert refused.value.faults[0].code == "no_members"


@pytest.mark.parametrize("given", [[{"id": "1"}], "households.parquet", None, 7])
def test_what_is_no_frame_is_refused_by_its_type(given: object) -> None:
    with pytest.raises(LoweringError) as refused:
        check_frame(given)
    assert str(refused.value) == (
        f"households: is no frame, but `{type(given).__name__}`; give one of: polars, duckdb, pyarrow, pandas, pyspark"
    )
    assert refused.value.faults[0].code == "no_frame"


# -- keys --------------------------------------------------------------------------------------------------------------


PAIR = [
    Household(id="1", members=(fr.Member(id="1"), fr.Member(id="2", on_dibao=True)), members_complete=True),
    Household(id="2", members=(fr.Member(id="1", on_dibao=False),), members_complete=True),
]


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return load_policy(write_pack(tmp_path_factory.mktemp("packs"))).on(date(2016, 6, 1))


def keyed(engine: str, relief: Snapshot, keys: pa.Array, owners: pa.Array) -> dict[Any, bool | None]:
    """Assess two households under other keys; tell of each whether somebody in it is on the allowance."""
    frames, there = frames_of(PAIR, engine="pyarrow"), ENGINES[engine].there
    subjects = there(frames.subjects.set_column(0, "id", keys))
    members = there(frames.members.set_column(0, "household_id", owners))
    rows = ENGINES[engine].back(assess_frame(subjects, relief, members=members, answers=["rules"]))
    return {row["household_id"]: row["rule.on_allowance"] for row in rows}


@pytest.mark.parametrize("engine", KINDS)
def test_keys_of_two_frames_meet_whatever_the_width_of_a_number_or_the_kind_of_text(
    engine: str, relief: Snapshot
) -> None:
    for one in (pa.int64(), pa.int32(), pa.uint16()):
        for other in (pa.int64(), pa.int16()):
            assert keyed(engine, relief, pa.array([1, 2], one), pa.array([1, 1, 2], other)) == {1: True, 2: False}
    listed = pa.dictionary(pa.int32(), pa.string())
    for one in (pa.string(), pa.large_string(), listed):
        for other in (pa.string(), pa.large_string(), listed):
            assert keyed(engine, relief, pa.array("ab", one), pa.array("aab", other)) == {"a": True, "b": False}


@pytest.mark.parametrize("engine", KINDS)
def test_a_member_without_a_key_is_of_nobody(engine: str, relief: Snapshot) -> None:
    for dtype, known in ((pa.int64(), [1, 2]), (pa.string(), ["a", "b"])):
        one, two = known
        assert keyed(engine, relief, pa.array(known, dtype), pa.array([one, None, two], dtype)) == {
            one: None,
            two: False,
        }
    assert keyed(engine, relief, pa.array([1, 2]), pa.array([None] * 3, pa.null())) == {1: False, 2: False}


@pytest.mark.parametrize("engine", KINDS)
def test_a_household_without_a_key_has_no_members(engine: str, relief: Snapshot) -> None:
    assert keyed(engine, relief, pa.array([1, None], pa.int64()), pa.array([1, 1, None], pa.int64())) == {
        1: True,
        None: False,
    }
    assert keyed(engine, relief, pa.array([None, None], pa.null()), pa.array([None] * 3, pa.null())) == {None: False}


@pytest.mark.parametrize("engine", KINDS)
def test_numbers_and_texts_are_no_keys_of_each_other(engine: str, relief: Snapshot) -> None:
    with pytest.raises(LoweringError) as refused:
        keyed(engine, relief, pa.array([1, 2]), pa.array(["1", "1", "2"]))
    assert str(refused.value) == (
        "members, column `household_id`: holds string, and `id` of households int64;"
        " give both as 64-bit whole numbers, or both as texts"
    )
    assert refused.value.faults[0].code == "column_type"


@pytest.mark.parametrize("engine", KINDS)
def test_a_key_is_a_whole_number_or_a_text(engine: str, relief: Snapshot) -> None:
    for keys in (pa.array([1.5, 2.0]), pa.array([True, False]), pa.array([date(2016, 1, 31)] * 2)):
        with pytest.raises(LoweringError) as refused:
            keyed(engine, relief, keys, pa.array([1, 1, 2]))
        (fault,) = refused.value.faults
        assert (fault.where, fault.code) == ("households, column `id`", "column_type")


def test_pandas_may_write_whole_numbers_as_floats_where_one_is_not_known(relief: Snapshot) -> None:
    members = frames_of(PAIR, engine="pyarrow").members.set_column(0, "household_id", pa.array([1, None, 2]))
    assert members.to_pandas()["household_id"].dtype == "float64"
    assert keyed("pandas with classic dtypes", relief, pa.array([1, 2]), pa.array([1, None, 2])) == {1: None, 2: False}
    with pytest.raises(LoweringError) as refused:
        keyed("pandas with classic dtypes", relief, pa.array([1, 2]), pa.array([1, None, 2.5]))
    assert refused.value.faults[0].where == "members, column `household_id`"
