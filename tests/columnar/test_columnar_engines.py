"""Engines: which are taken, how old they may be, what is said where one is missing, and joins that keep no order."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.columnar import _engines as engines
from fupin_rules.columnar import assess_frame, check_frame, frames_of
from fupin_rules.columnar.files import _parquet as parquet
from fupin_rules.errors import LoweringError, MissingExtraError
from fupin_rules.model import Household
from fupin_rules.policy import load_policy


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Let the layer be looked for anew, before and after."""
    engines.narwhals.cache_clear()
    yield
    engines.narwhals.cache_clear()


def say(monkeypatch: pytest.MonkeyPatch, **versions: str) -> None:
    """Let packages say that they are of other versions; an empty one is of none."""

    def told_version(package: str) -> str:
        told = versions.get(package, version(package))
        if not told:
            raise PackageNotFoundError(package)
        return told

    monkeypatch.setattr(engines, "version", told_version)


@pytest.mark.parametrize(
    ("package", "held"), [("polars", "1.19.0"), ("polars", "0.20.31"), ("narwhals", "2.9.9"), ("narwhals", "1.48")]
)
def test_what_is_older_than_any_that_was_tried_is_refused(
    package: str, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, **{package: held})
    with pytest.raises(LoweringError) as refused:
        check_frame(pl.DataFrame({"id": [1]}))
    oldest = engines.OLDEST[package]
    assert str(refused.value) == (f'`{package}`: is {held}, older than {oldest}; pip install "{package}>={oldest}"')
    assert refused.value.faults[0].code == "too_old"


@pytest.mark.parametrize("held", ["1.20", "1.20.0rc1", "10.0", "2.1.0", ""])
def test_what_is_as_old_or_younger_or_tells_no_age_is_taken(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, polars=held)
    assert check_frame(pl.DataFrame({"id": [1]})) == ()


def test_pandas_goes_by_arrow_and_so_both_must_be_young_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"id": [1]})
    say(monkeypatch, pyarrow="16.1")
    with pytest.raises(LoweringError, match="`pyarrow`: is 16.1, older than 17"):
        check_frame(frame)
    say(monkeypatch, pyarrow="17", pandas="2.1.4")
    with pytest.raises(LoweringError, match="`pandas`: is 2.1.4, older than 2.2"):
        check_frame(frame)


def test_an_engine_that_was_never_tried_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        engines, "OLDEST", {name: oldest for name, oldest in engines.OLDEST.items() if name != "polars"}
    )
    with pytest.raises(LoweringError) as refused:
        check_frame(pl.DataFrame({"id": [1]}))
    assert str(refused.value) == (
        "households: is a frame of `polars`; give one of: polars, duckdb, pyarrow, pandas, pyspark"
    )
    assert refused.value.faults[0].code == "engine"


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"id": [1]})
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtraError) as refused:
            check_frame(frame)
    assert (
        str(refused.value)
        == 'pandas frames need `pyarrow`; pip install "fupin-rules[pandas]", or in a clone pip install ".[pandas]"'
    )
    engines.narwhals.cache_clear()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "narwhals.stable.v2", None)
        with pytest.raises(MissingExtraError) as refused:
            check_frame(frame)
    assert (
        str(refused.value)
        == 'frames need `narwhals`; pip install "fupin-rules[columnar]", or in a clone pip install ".[columnar]"'
    )


@pytest.mark.parametrize(
    ("module", "package", "extra", "engine"),
    [
        ("polars", "polars", "polars", parquet.Polars),
        ("duckdb", "duckdb", "duckdb", lambda: parquet.DuckDB("1GB")),
        ("pyspark.sql", "pyspark", "spark", parquet.Spark),
    ],
)
def test_an_engine_of_files_that_is_missing_is_named_with_its_extra(
    module: str, package: str, extra: str, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as refused:
        engine()
    assert (
        str(refused.value)
        == f'this engine needs `{package}`; pip install "fupin-rules[{extra}]", or in a clone pip install ".[{extra}]"'
    )
    assert refused.value.faults[0].code == "extra"


# -- joins ---------------------------------------------------------------------------------------------------------------


@given(
    keys=st.lists(st.integers(0, 9) | st.none(), max_size=30),
    found=st.lists(st.integers(0, 12), unique=True, max_size=13),
    seed=st.integers(0, 99),
)
@settings(max_examples=60)
def test_each_row_finds_its_own_partner_in_whatever_order_and_chunks(
    keys: list[int | None], found: list[int], seed: int
) -> None:
    random.Random(seed).shuffle(found)
    left = pa.table({"row": pa.array(range(len(keys)), pa.int64()), "key": pa.array(keys, pa.int64())})
    right = pa.table({"key": pa.array(found, pa.int64()), "value": pa.array([key * 11 for key in found], pa.int64())})
    half = len(found) // 2
    wanted = [(row, key, key * 11 if key in found else None) for row, key in enumerate(keys)]
    for other in (right, pa.concat_tables([right[:half], right[half:]])):
        arrow = engines.joined(nw.from_native(left), nw.from_native(other), "key").to_native()
        # Arrow keeps the order that it was given; the others need not.
        assert [tuple(row.values()) for row in arrow.to_pylist()] == wanted
    subjects = pl.DataFrame({"row": range(len(keys)), "key": keys}, schema={"row": pl.Int64, "key": pl.Int64})
    partners = pl.DataFrame(
        {"key": found, "value": [key * 11 for key in found]}, schema={"key": pl.Int64, "value": pl.Int64}
    )
    polars = engines.joined(nw.from_native(subjects), nw.from_native(partners), "key").to_native()
    assert sorted(polars.rows()) == wanted


def test_columns_by_other_names_and_an_order_of_their_own_change_nothing() -> None:
    rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    held = frames_of([Household(id="1"), Household(id="2", hukou="urban")])
    subjects = held.subjects.rename({"id": "编号"}).select(sorted(held.subjects.rename({"id": "编号"}).columns))
    members = held.members.rename({"household_id": "户"})
    out = assess_frame(subjects, rules, members=members, key="编号", member_key="户", answers=["outcome"])
    assert out.equals(assess_frame(held.subjects, rules, members=held.members, answers=["outcome"]))
