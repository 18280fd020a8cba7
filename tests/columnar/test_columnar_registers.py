"""What people are told of a register in frames is what they would be told of each household by itself."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from frames import ENGINES, Rows, on
from held_to_reference import differing

import fupin_rules as fr
from fupin_rules.columnar import ANSWERS, Frames, assess_frame, frames_of
from fupin_rules.engine import find
from fupin_rules.errors import LoweringError, MissingExtraError, PolicyError, UncoveredDateError
from fupin_rules.policy import Snapshot, Subject, installed_packs, judge, load_policy
from fupin_rules.registry import simulate

MADE = simulate(seed=2014, households=300, people=600)
ON = date(2016, 1, 31)
KINDS = ["duckdb", "pyarrow", "pandas with classic dtypes"]


@functools.cache
def rules_of(pack: str) -> Snapshot | None:
    """Give the rules of a pack on its first day since the register was made; None where it leaves lines open."""
    policy = load_policy(pack)
    try:
        return policy.on(max(policy.days.start, ON))
    except UncoveredDateError:
        return None


def packs_about(about: Subject) -> list[str]:
    return [
        pack for pack in sorted(installed_packs()) if (rules := rules_of(pack)) is not None and rules.rules_of(about)
    ]


@functools.cache
def frames() -> Frames:
    return frames_of(MADE.households, engine="pyarrow")


def rows_on(engine: str, held: Frames, rules: Snapshot) -> Rows:
    subjects, members = on(engine, held)
    return ENGINES[engine].back(assess_frame(subjects, rules, members=members))


def hold(rows: Rows, subjects: Sequence[Any], rules: Snapshot, key: str) -> None:
    """Hold every row to the reference."""
    by_id = {row[key]: row for row in rows}
    assert len(rows) == len(by_id) == len(subjects)
    for each in subjects:
        row = by_id[each.id]
        assert differing(each, rules, judge(each, rules), row) == [], each.id
        assert row.get("findings", 0) == len(find(each, rules) if "findings" in row else ()), each.id


def test_every_pack_with_rules_about_households_is_asked() -> None:
    assert set(installed_packs()) - set(packs_about(Subject.HOUSEHOLD)) == {
        "measures-2014",  # only definitions
        "monitoring-2021",  # its lines are those of the packs that take it in
        "two-two-one-one-2018",  # only a procedure
    }


@pytest.mark.parametrize("pack", packs_about(Subject.HOUSEHOLD))
def test_a_household_in_a_frame_is_told_what_it_would_be_told_by_itself(pack: str) -> None:
    rules = rules_of(pack)
    assert rules is not None
    hold(rows_on("polars", frames(), rules), MADE.households, rules, "household_id")


@pytest.mark.parametrize("pack", ["yucheng-2016", "quality-guizhou-2024"])
@pytest.mark.parametrize("engine", KINDS)
def test_so_it_is_whatever_the_engine(engine: str, pack: str) -> None:
    rules = rules_of(pack)
    assert rules is not None
    hold(rows_on(engine, frames(), rules), MADE.households, rules, "household_id")


@pytest.mark.parametrize("pack", packs_about(Subject.VILLAGE))
@pytest.mark.parametrize("engine", ["polars", *KINDS])
def test_a_village_in_a_frame_is_told_what_it_would_be_told_by_itself(engine: str, pack: str) -> None:
    rules = rules_of(pack)
    assert rules is not None
    held = frames_of(MADE.villages, engine="pyarrow", cls=fr.Village)
    assert held.members is None
    there = ENGINES[engine].there(held.subjects)
    rows = ENGINES[engine].back(assess_frame(there, rules, about="village"))
    hold(rows, MADE.villages, rules, "village_id")


def test_the_rows_of_two_registers_of_one_content_say_the_same_whatever_their_order() -> None:
    rules = rules_of("yucheng-2016")
    assert rules is not None
    wanted = {row["household_id"]: row for row in rows_on("pyarrow", frames(), rules)}
    turned = Frames(
        *(table.take(pa.array(range(len(table) - 1, -1, -1))) for table in (frames().subjects, frames().members))
    )
    chunks = pa.concat_tables([turned.members[300:], turned.members[:300]])
    for held in (turned, Frames(turned.subjects, chunks)):
        assert {row["household_id"]: row for row in rows_on("pyarrow", held, rules)} == wanted


def _written(table: pa.Table, write: Callable[[int], Any]) -> pa.Table:
    """Write amounts that stand in fen otherwise, in yuan."""
    columns = {}
    for name in table.column_names:
        if name.endswith("_fen"):
            values = table[name].to_pylist()
            columns[name.removesuffix("_fen") + "_yuan"] = pa.array([None if v is None else write(v) for v in values])
        else:
            columns[name] = table[name]
    return pa.table(columns)


@pytest.mark.parametrize("engine", ["polars", "pyarrow"])
def test_an_amount_decides_alike_in_fen_as_a_decimal_or_as_a_float(engine: str) -> None:
    rules = rules_of("yucheng-2016")
    assert rules is not None
    # The first penny after a round amount, so that no float is a whole number.
    odd = frames().subjects.set_column(
        frames().subjects.column_names.index("income.wage_income_fen"),
        "income.wage_income_fen",
        pa.array([place * 1_357 + 1 for place in range(300)], pa.int64()),
    )
    there, answers = ENGINES[engine].there, ("outcome", "rules")
    results = []
    for subjects in (odd, _written(odd, lambda fen: Decimal(fen) / 100), _written(odd, lambda fen: fen / 100)):
        rows = ENGINES[engine].back(
            assess_frame(there(subjects), rules, members=there(frames().members), answers=answers)
        )
        results.append(sorted(rows, key=lambda row: row["household_id"]))
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_asked_for_by_itself_is_that_of_all(answer: str) -> None:
    rules = rules_of("yucheng-2016")
    assert rules is not None
    subjects, members = on("polars", frames())
    whole = assess_frame(subjects, rules, members=members).sort("household_id")
    alone = assess_frame(subjects, rules, members=members, answers=[answer]).sort("household_id")
    assert len(alone.columns) > 1
    assert alone.equals(whole.select(alone.columns))


def test_a_lazy_frame_stays_lazy_and_a_frame_of_nobody_gives_no_rows() -> None:
    rules = rules_of("yucheng-2016")
    assert rules is not None
    nobody = frames_of([])
    lazy = assess_frame(nobody.subjects.lazy(), rules, members=nobody.members.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect().is_empty()
    assert assess_frame(nobody.subjects, rules, members=nobody.members).is_empty()


def test_a_policy_without_rules_about_such_a_subject_is_refused() -> None:
    rules = rules_of("quality-guizhou-2024")
    assert rules is not None
    villages = frames_of([], cls=fr.Village)
    with pytest.raises(PolicyError) as refused:
        assess_frame(villages.subjects, rules, about="village")
    assert str(refused.value) == (
        "policy `quality-guizhou-2024`: has no rule about a village; load a pack that has one"
    )
    areas = frames_of([], cls=fr.Area)
    with pytest.raises(PolicyError, match="has no rule about an area"):
        assess_frame(areas.subjects, rules, about="area")


def test_frames_are_made_for_polars_and_arrow() -> None:
    with pytest.raises(LoweringError) as refused:
        frames_of([], engine="duckdb")
    assert str(refused.value) == "engine: `duckdb` makes no frames; give `polars` or `pyarrow`"
    assert refused.value.faults[0].code == "engine"


def test_an_area_has_a_frame_and_no_members() -> None:
    areas = frames_of([fr.Area(id="1")], cls=fr.Area)
    assert areas.members is None
    assert areas.subjects["id"].to_list() == ["1"]


def test_of_personal_texts_frames_say_only_that_there_are_some() -> None:
    home = fr.Household(id="1", head_name="张三", phone="13800138000", bank_name="某行", village="甲村", members=[fr.Member(id="1", name="张三", disease="某病")])  # fmt: skip
    held = frames_of([home])
    texts = [str(value) for frame in (held.subjects, held.members) for row in frame.rows() for value in row if value]
    assert set(texts) == {"1", "entered", "甲村"}


def test_an_engine_that_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError) as refused:
        frames_of([fr.Household(id="1")])
    assert (
        str(refused.value)
        == 'such frames need `polars`; pip install "fupin-rules[polars]", or in a clone pip install ".[polars]"'
    )
