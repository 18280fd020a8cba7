"""
The task that frames are measured on: one policy, a register drawn at random, and the same rules written by hand.

Nineteen rules (`register-task/`) about a household of seventeen facts and on average three members of six: an income
line per person, five exclusions of which one has an exception, six weighted priorities, five guarantees, two of them
about every member. Of every other household something is not known. By hand in Polars and in SQL, in three values, as
somebody would write them who knows the engine well.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import fupin_rules as fr
from fupin_rules.policy import Snapshot

ON = date(2016, 1, 31)
LINE_FEN = 273_600
PACK = Path(__file__).parent / "register-task"
CHUNK = 1_000_000
MONEY = {"wage_income": 7.4, "operating_income": 6.6, "other_transfer": 5.5, "property_income": 3.0}
FLAGS = {
    "assets.owns_car": 0.08,
    "assets.car_is_for_disabled_or_livelihood": 0.3,
    "assets.owns_town_housing": 0.03,
    "assets.runs_registered_business": 0.02,
    "assets.hires_long_term": 0.03,
    "assets.owns_large_machine": 0.04,
    "is_single_parent_family": 0.08,
    "is_martyr_or_soldier_family": 0.01,
    "living.water_safe": 0.8,
}
MEMBER_FLAGS = {"is_orphan": 0.04, "on_dibao": 0.05, "speaks_mandarin": 0.95, "medical_residents": 0.97}
LABOUR = ("none", "lost", "weak", "ordinary", "skilled")
# Last days of birth of those who are six, sixteen and sixty-one on the day.
SIX, SIXTEEN, OVER_SIXTY = date(2010, 1, 31), date(2000, 1, 31), date(1955, 1, 31)


def policy() -> Snapshot:
    """Load the task's own pack."""
    return fr.load_policy(PACK).on(ON)


# -- a register at random --------------------------------------------------------------------------------------------


def register(count: int, *, first: int = 0, text_keys: bool = False) -> tuple[pa.Table, pa.Table]:
    """Draw a part of a register, the same for the same numbers; amounts in fen."""
    chance = np.random.default_rng(20160131 + first)
    people = chance.choice(7, count, p=[0.002, 0.12, 0.25, 0.28, 0.20, 0.10, 0.048])
    poor = chance.random(count) < 0.35
    keys = np.arange(first, first + count)

    def some(values: Any, share: float, size: int) -> pa.Array:
        return pa.array(values, mask=chance.random(size) < share)

    def amount(mean: float) -> Any:
        drawn = chance.lognormal(mean, 0.8, count) * np.maximum(people, 1) * np.where(poor, 45, 200)
        return np.round(drawn).astype("i8")

    columns = {"id": _keys(keys, text=text_keys), "members_complete": some(np.ones(count, bool), 0.01, count)}
    for name, mean in MONEY.items():
        columns[f"income.{name}_fen"] = some(amount(mean), 0.01, count)
    columns["income.operating_cost_fen"] = some(amount(5.5), 0.01, count)
    columns["stated_member_count"] = some(people, 0.005, count)
    grades = np.array(["A", "B", "C", "D"])[chance.choice(4, count, p=[0.3, 0.4, 0.2, 0.1])]
    columns["living.house_grade"] = some(grades, 0.02, count)
    for name, share in FLAGS.items():
        columns[name] = some(chance.random(count) < share, 0.015, count)
    owners = np.repeat(keys, people)
    size = len(owners)
    ages = np.clip(chance.normal(38, 22, size), 0, 99)
    born = np.datetime64(ON) - (ages * 365.25).astype("i8")
    labour = np.array(LABOUR)[chance.choice(5, size, p=[0.14, 0.03, 0.2, 0.53, 0.1])]
    members = {
        "household_id": _keys(owners, text=text_keys),
        "birth_date": some(born.astype("datetime64[D]"), 0.005, size),
        "labour": some(labour, 0.02, size),
        "work_months": some(np.where(chance.random(size) < 0.3, chance.integers(1, 13, size), 0), 0.03, size),
    }
    for name, share in MEMBER_FLAGS.items():
        members[name] = some(chance.random(size) < share, 0.015, size)
    return pa.table(columns), pa.table(members)


def _keys(numbers: Any, *, text: bool) -> pa.Array:
    return pa.array(np.char.add("37148210220", np.char.zfill(numbers.astype(str), 10)) if text else numbers)


def write_register(folder: Path, count: int, *, text_keys: bool = False) -> None:
    """Write a register as two parquet files, part by part."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: list[pq.ParquetWriter] = []
    for first in range(0, count, CHUNK):
        tables = register(min(CHUNK, count - first), first=first, text_keys=text_keys)
        if not writers:
            names = ("households", "members")
            writers = [
                pq.ParquetWriter(folder / f"{name}.parquet", table.schema, compression="zstd", compression_level=1)
                for name, table in zip(names, tables, strict=True)
            ]
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table, row_group_size=250_000)
    for writer in writers:
        writer.close()


# -- by hand in Polars -----------------------------------------------------------------------------------------------


def polars_by_hand(households: pl.LazyFrame, members: pl.LazyFrame) -> pl.LazyFrame:
    """Write the outcomes and the bounds of the score in Polars, the quickest way that was found."""
    born, labour = pl.col("birth_date"), pl.col("labour")
    apart = (born > SIXTEEN) | (born <= OVER_SIXTY)
    child = (born > SIXTEEN) & (born <= SIX)
    asked = members.select(
        "household_id",
        orphans=_code(pl.col("is_orphan")),
        works=_code((labour == "ordinary") | (labour == "skilled") | (pl.col("work_months") >= 6)),
        on_dibao=_code(child & pl.col("on_dibao")),
        schooled=_code(~child | (pl.col("speaks_mandarin") & ~pl.col("on_dibao"))),
        insured=_code(pl.col("medical_residents")),
        sure=apart.cast(pl.Int8),
        unsure=apart.is_null(),
    )
    grouped = asked.group_by("household_id").agg(
        pl.col("orphans", "works", "on_dibao").max(),
        pl.col("schooled", "insured").min(),
        pl.col("sure", "unsure").sum(),
    )
    joined = households.join(grouped, left_on="id", right_on="household_id", how="left")
    listed = pl.when(pl.col("members_complete")).then(True)
    low, most = pl.col("sure").fill_null(0), pl.col("sure").fill_null(0) + pl.col("unsure").fill_null(0)
    net = (
        pl.col("income.wage_income_fen")
        + pl.col("income.operating_income_fen")
        + pl.col("income.other_transfer_fen")
        + pl.col("income.property_income_fen")
        - pl.col("income.operating_cost_fen")
    )
    people = pl.col("stated_member_count")
    poor = pl.when(people > 0).then(net < people * LINE_FEN)
    car = pl.col("assets.owns_car") & ~pl.col("assets.car_is_for_disabled_or_livelihood")
    excluded = car | pl.any_horizontal(
        "assets.owns_town_housing",
        "assets.runs_registered_business",
        "assets.hires_long_term",
        "assets.owns_large_machine",
    )
    eligible = (poor | pl.col("is_single_parent_family") | pl.col("is_martyr_or_soldier_family")) & ~excluded

    def of_some(name: str) -> pl.Expr:
        return _claim(pl.col(name).fill_null(0)) | ~listed

    def of_all(name: str) -> pl.Expr:
        return _claim(pl.col(name).fill_null(2)) & listed

    house, water = pl.col("living.house_grade"), pl.col("living.water_safe")
    unsafe = house.is_in(["C", "D"])
    exits = ~poor & ~unsafe & water & of_all("schooled") & of_all("insured")
    many = pl.when(low >= 2).then(True).when((most < 2) & listed).then(False)
    weights = [
        (unsafe, 3),
        (~water, 2),
        (of_some("orphans"), 3),
        (~of_some("works"), 4),
        (of_some("on_dibao"), 2),
        (many, 1),
    ]
    return joined.select(
        household_id="id",
        outcome=_word(eligible, "eligible", "ineligible"),
        exit=_word(exits, "met", "not_met"),
        score_low=pl.sum_horizontal(claim.fill_null(value=False).cast(pl.Int64) * weight for claim, weight in weights),
        score_high=pl.sum_horizontal(claim.fill_null(value=True).cast(pl.Int64) * weight for claim, weight in weights),
    )


def _code(claim: pl.Expr) -> pl.Expr:
    """Write a claim as 2, 1 for not known, or 0: the highest and the lowest fold quicker than claims do."""
    return (claim.cast(pl.Int8) + claim.cast(pl.Int8)).fill_null(1)


def _claim(code: pl.Expr) -> pl.Expr:
    return pl.when(code != 1).then(code == 2)


def _word(claim: pl.Expr, yes: str, no: str) -> pl.Expr:
    return pl.when(claim).then(pl.lit(yes)).when(~claim).then(pl.lit(no)).otherwise(pl.lit("undetermined"))


# -- by hand in SQL --------------------------------------------------------------------------------------------------

SQL = """
WITH asked AS (
  SELECT household_id, is_orphan AS orphan,
         labour IN ('ordinary', 'skilled') OR work_months >= 6 AS works,
         (birth_date > DATE '2000-01-31' AND birth_date <= DATE '2010-01-31') AND on_dibao AS child_on_dibao,
         NOT (birth_date > DATE '2000-01-31' AND birth_date <= DATE '2010-01-31')
           OR (speaks_mandarin AND NOT on_dibao) AS schooled,
         medical_residents AS insured,
         birth_date > DATE '2000-01-31' OR birth_date <= DATE '1955-01-31' AS apart
  FROM members
), folded AS (
  SELECT household_id,
         CASE WHEN {some}(orphan) THEN TRUE WHEN count(*) > count(orphan) THEN NULL ELSE FALSE END AS orphans,
         CASE WHEN {some}(works) THEN TRUE WHEN count(*) > count(works) THEN NULL ELSE FALSE END AS works,
         CASE WHEN {some}(child_on_dibao) THEN TRUE WHEN count(*) > count(child_on_dibao) THEN NULL ELSE FALSE END
           AS child_on_dibao,
         CASE WHEN NOT {every}(schooled) THEN FALSE WHEN count(*) > count(schooled) THEN NULL ELSE TRUE END AS schooled,
         CASE WHEN NOT {every}(insured) THEN FALSE WHEN count(*) > count(insured) THEN NULL ELSE TRUE END AS insured,
         sum(CASE WHEN apart THEN 1 ELSE 0 END) AS sure,
         count(*) - count(apart) AS unsure, count(*) AS present
  FROM asked GROUP BY household_id
), known AS (
  SELECT h.id, h."living.house_grade" IN ('C', 'D') AS unsafe, h."living.water_safe" AS water,
         CASE WHEN h.stated_member_count > 0 THEN
           h."income.wage_income_fen" + h."income.operating_income_fen" + h."income.other_transfer_fen"
           + h."income.property_income_fen" - h."income.operating_cost_fen" < h.stated_member_count * 273600
         END AS poor,
         h.is_single_parent_family OR h.is_martyr_or_soldier_family AS listed_family,
         (h."assets.owns_car" AND NOT h."assets.car_is_for_disabled_or_livelihood")
           OR h."assets.owns_town_housing" OR h."assets.runs_registered_business"
           OR h."assets.hires_long_term" OR h."assets.owns_large_machine" AS excluded,
         CASE WHEN present IS NULL THEN FALSE ELSE orphans END OR NOT listed AS orphans,
         CASE WHEN present IS NULL THEN FALSE ELSE works END OR NOT listed AS works,
         CASE WHEN present IS NULL THEN FALSE ELSE child_on_dibao END OR NOT listed AS child_on_dibao,
         CASE WHEN present IS NULL THEN TRUE ELSE schooled END AND listed AS schooled,
         CASE WHEN present IS NULL THEN TRUE ELSE insured END AND listed AS insured,
         CASE WHEN coalesce(sure, 0) >= 2 THEN TRUE
              WHEN coalesce(sure, 0) + coalesce(unsure, 0) < 2 AND listed THEN FALSE END AS many
  FROM (SELECT *, CASE WHEN members_complete THEN TRUE END AS listed FROM households) h
  LEFT JOIN folded ON h.id = folded.household_id
), judged AS (
  SELECT *, (poor OR listed_family) AND NOT excluded AS eligible,
         NOT poor AND NOT unsafe AND water AND schooled AND insured AS ready
  FROM known
)
SELECT id AS household_id,
       CASE WHEN eligible THEN 'eligible' WHEN NOT eligible THEN 'ineligible' ELSE 'undetermined' END AS outcome,
       CASE WHEN ready THEN 'met' WHEN NOT ready THEN 'not_met' ELSE 'undetermined' END AS "exit",
       CASE WHEN unsafe THEN 3 ELSE 0 END + CASE WHEN NOT water THEN 2 ELSE 0 END + CASE WHEN orphans THEN 3 ELSE 0 END
         + CASE WHEN NOT works THEN 4 ELSE 0 END + CASE WHEN child_on_dibao THEN 2 ELSE 0 END
         + CASE WHEN many THEN 1 ELSE 0 END AS score_low,
       CASE WHEN NOT unsafe THEN 0 ELSE 3 END + CASE WHEN water THEN 0 ELSE 2 END
         + CASE WHEN NOT orphans THEN 0 ELSE 3 END + CASE WHEN works THEN 0 ELSE 4 END
         + CASE WHEN NOT child_on_dibao THEN 0 ELSE 2 END + CASE WHEN NOT many THEN 0 ELSE 1 END AS score_high
FROM judged
"""
DUCKDB_SQL = SQL.format(some="bool_or", every="bool_and")
SPARK_SQL = SQL.format(some="bool_or", every="bool_and").replace('"', "`")
