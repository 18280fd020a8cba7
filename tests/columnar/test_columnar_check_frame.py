"""What a register in frames holds and no household could is counted, each by its own code, on every engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from frames import ENGINES
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.columnar import FrameFinding, check_frame
from fupin_rules.errors import LoweringError

LOCAL = [engine for engine in ENGINES if engine != "spark"]
KINDS = ["polars", "duckdb", "pyarrow", "pandas with classic dtypes"]


def found(
    engine: str, subjects: Mapping[str, Any], members: Mapping[str, Any] | None = None, **how: Any
) -> list[tuple[str, str, str, int]]:
    there = ENGINES[engine].there
    tables = [None if each is None else there(pa.table(dict(each))) for each in (subjects, members)]
    findings = check_frame(tables[0], members=tables[1], **how)
    return [(each.frame, each.column, each.code, each.count) for each in findings]


@pytest.mark.parametrize("engine", LOCAL)
def test_everything_that_no_household_could_be_is_counted(engine: str) -> None:
    subjects = {
        "id": pa.array(["a", "b", "b", "b", None, None, "c"]),
        "stated_member_count": pa.array([3, 999, None, -1, 2, 2, 2], pa.int64()),
        "income.wage_income_fen": pa.array([1, 2, 3, -4, None, 10**10, 10**10 + 1], pa.int64()),
        "hukou": pa.array(["urban", "rural", "nonsense", None, None, None, ""]),
        "other_causes": pa.array([["illness"], [], ["nonsense"], None, None, None, None], pa.list_(pa.string())),
        "village": pa.array(["甲村", "", None, None, None, None, None]),
        "no such fact": pa.array([1] * 7),
    }
    members = {
        "household_id": pa.array([*["a"] * 61, *["c"] * 60, "x", "x", None]),
        "birth_date": pa.array([date(1899, 1, 1), *[date(1960, 1, 1)] * 123]),
    }
    assert found(engine, subjects, members) == [
        ("households", "id", "no_key", 2),
        ("households", "id", "same_key", 2),
        ("households", "income.wage_income_fen", "value", 2),
        ("households", "stated_member_count", "value", 2),
        ("households", "hukou", "value", 2),
        ("households", "other_causes", "value", 1),
        ("members", "household_id", "no_key", 1),
        ("members", "household_id", "too_many", 1),
        ("members", "household_id", "no_household", 2),
        ("members", "birth_date", "value", 1),
    ]


@pytest.mark.parametrize("engine", LOCAL)
def test_nothing_is_found_where_nothing_is_wrong_or_nobody_is_there(engine: str) -> None:
    good = {"id": pa.array([1, 2]), "hukou": pa.array(["urban", None])}
    assert found(engine, good) == []
    assert found(engine, good, {"household_id": pa.array([1, 2, 2])}) == []
    nobody = {"id": pa.array([], pa.int64()), "hukou": pa.array([], pa.string())}
    assert found(engine, nobody, {"household_id": pa.array([], pa.int64())}) == []
    assert found(engine, {"id": pa.array([1]), "hukou": pa.array([None], pa.null())}) == []


@pytest.mark.parametrize("engine", KINDS)
def test_only_the_facts_asked_for_are_looked_at(engine: str) -> None:
    subjects = {"id": pa.array([1]), "stated_member_count": pa.array([999]), "change_year": pa.array([1])}
    members = {"household_id": pa.array([1]), "public_job_months": pa.array([-1])}
    assert found(engine, subjects, members, columns=["change_year"]) == [("households", "change_year", "value", 1)]
    assert found(engine, subjects, members, columns=[]) == []


@pytest.mark.parametrize("engine", KINDS)
def test_villages_and_areas_are_looked_at_by_their_own_facts(engine: str) -> None:
    keys = {"村": pa.array([1, 1, None], pa.int64())}
    assert found(engine, keys, about="village", key="村") == [
        ("villages", "村", "no_key", 1),
        ("villages", "村", "same_key", 1),
    ]
    assert found(engine, {"id": pa.array(["a", "a"])}, about="area") == [("areas", "id", "same_key", 1)]


@pytest.mark.parametrize("engine", KINDS)
def test_without_a_key_or_with_a_wrong_type_a_frame_is_refused(engine: str) -> None:
    for subjects, code in (
        ({"no": pa.array([1])}, "no_key"),
        ({"id": pa.array([1]), "hukou": pa.array([1])}, "column_type"),
    ):
        with pytest.raises(LoweringError) as refused:
            found(engine, subjects)
        assert refused.value.faults[0].code == code
    with pytest.raises(LoweringError) as refused:
        found(engine, {"id": pa.array([1])}, {"household_id": pa.array(["1"])})
    assert refused.value.faults[0].where == "members, column `household_id`"


_KEYS = st.lists(st.none() | st.integers(0, 4), max_size=12)


@given(homes=_KEYS, owners=_KEYS)
@settings(max_examples=30)
def test_every_row_is_somebodys_or_counted(homes: list[int | None], owners: list[int | None]) -> None:
    known = [each for each in homes if each is not None]
    wanted = [
        ("households", "id", "no_key", homes.count(None)),
        ("households", "id", "same_key", len(known) - len(set(known))),
        ("members", "household_id", "no_key", owners.count(None)),
        (
            "members",
            "household_id",
            "no_household",
            len([each for each in owners if each is not None and each not in known]),
        ),
    ]
    wanted = [each for each in wanted if each[-1]]
    for engine in KINDS:
        there = {"id": pa.array(homes, pa.int64())}, {"household_id": pa.array(owners, pa.int64())}
        assert found(engine, *there) == wanted


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("no_key", "没有编号的行，不对应任何对象", "rows without a key, which are of nobody"),
        ("same_key", "编号与别的行相同的行", "rows with the key of another row"),
        ("no_household", "成员所属的户不在名册中", "members of households that are not in the register"),
        ("too_many", "成员多于60人的户", "households of more than 60 members"),
        ("value", "超出范围或不在代码表中的值，按未知处理", "values out of bounds or in no list, taken for not known"),
    ],
)
def test_a_finding_says_itself_in_either_language(code: str, zh: str, en: str) -> None:
    finding = FrameFinding("members", "household_id", code, 7)
    assert finding.words("zh") == f"members，列“household_id”：7 × {zh}"
    assert finding.words("en") == f"members, column `household_id`: 7 × {en}"
