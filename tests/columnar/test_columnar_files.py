"""Registers in files: every household in exactly one part, none done twice, none lost, whatever interrupts the work."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frames import spark
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.columnar import FilesAssessed, assess_files, assess_frame, frames_of, write_files
from fupin_rules.columnar.files import _assess_files as work
from fupin_rules.columnar.files._slices import bounds_of, slices_between
from fupin_rules.errors import LoweringError, RegisterError
from fupin_rules.policy import Snapshot, load_policy
from fupin_rules.registry import simulate

YUCHENG = load_policy("yucheng-2016").on(date(2016, 1, 31))
MADE = simulate(seed=21, households=240, people=480).households
LOCAL = ["polars", "duckdb"]
ROWS = 50
PARTS = 5


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return load_policy(write_pack(tmp_path_factory.mktemp("packs"))).on(date(2016, 6, 1))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    write_files(tmp_path / "register", MADE)
    return tmp_path / "register"


def parts(out: Path) -> pl.DataFrame:
    return pl.read_parquet(out / "part-*.parquet").sort("household_id")


def at_once(register: Path, rules: Snapshot) -> pl.DataFrame:
    subjects, members = (pl.read_parquet(register / f"{name}.parquet") for name in ("households", "members"))
    return assess_frame(subjects, rules, members=members).sort("household_id")


def rewritten(register: Path, change: Callable[[pl.DataFrame, str], pl.DataFrame]) -> None:
    """Write both files again, given the column of their key."""
    for name, key in (("households", "id"), ("members", "household_id")):
        place = register / f"{name}.parquet"
        change(pl.read_parquet(place), key).write_parquet(place)


# -- slices --------------------------------------------------------------------------------------------------------------

_NUMBERS = st.lists(st.integers(-(10**9), 10**9), max_size=60)
_TEXTS = st.lists(st.text("abz甲乙0", max_size=3), max_size=60)


@given(keys=_NUMBERS | _TEXTS, slices=st.integers(1, 12))
def test_every_key_is_in_exactly_one_slice(keys: list[Any], slices: int) -> None:
    made = slices_between(bounds_of(keys[::2], slices))
    assert len(made) <= max(slices, 1)
    assert [each.number for each in made] == list(range(len(made)))
    frame = pl.DataFrame({"key": keys}, schema={"key": pl.Int64 if not keys or isinstance(keys[0], int) else pl.String})
    held = [each.of(frame, "key")["key"].to_list() for each in made]
    assert Counter(key for each in held for key in each) == Counter(keys)
    assert all(set(one).isdisjoint(other) for place, one in enumerate(held) for other in held[:place])


@given(keys=st.lists(st.integers(), unique=True, min_size=1, max_size=200), slices=st.integers(1, 12))
def test_slices_of_keys_that_are_all_known_come_out_even(keys: list[int], slices: int) -> None:
    made = slices_between(bounds_of(keys, slices))
    sizes = Counter(
        next(
            each.number
            for each in made
            if (each.start is None or key >= each.start) and (each.end is None or key < each.end)
        )
        for key in keys
    )
    assert len(made) == min(slices, len(keys))
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_rows_without_a_key_are_in_no_slice() -> None:
    frame = pl.DataFrame({"key": [1, None, 2]})
    assert [each.of(frame, "key")["key"].to_list() for each in slices_between([])] == [[1, 2]]
    assert [each.of(frame, "key")["key"].to_list() for each in slices_between([2])] == [[1], [2]]


# -- parts are the answers of the whole ----------------------------------------------------------------------------------


def test_parts_hold_the_answers_of_the_register_at_once(register: Path, tmp_path: Path) -> None:
    done = assess_files(register, YUCHENG, tmp_path / "out", slice_rows=ROWS)
    wanted = at_once(register, YUCHENG)
    held = parts(done.out)
    assert held.select(wanted.columns).rows() == wanted.rows()
    assert (done.parts, done.done_before, done.rows, done.findings) == (PARTS, 0, 240, ())
    assert done.outcomes == dict(sorted(Counter(wanted["outcome"]).items()))
    assert done.exits == dict(sorted(Counter(wanted["exit"]).items()))


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("kind", ["numbers", "texts"])
@pytest.mark.parametrize("order", ["sorted", "shuffled"])
def test_so_it_is_for_keys_of_either_kind_in_any_order(
    engine: str, kind: str, order: str, register: Path, tmp_path: Path, relief: Snapshot
) -> None:
    def change(frame: pl.DataFrame, key: str) -> pl.DataFrame:
        if kind == "numbers":
            frame = frame.with_columns(pl.col(key).str.split("-").list.last().cast(pl.Int64))
        return frame.sample(fraction=1.0, shuffle=True, seed=4) if order == "shuffled" else frame.sort(key)

    rewritten(register, change)
    done = assess_files(register, relief, tmp_path / "out", engine=engine, slice_rows=ROWS)
    wanted = at_once(register, relief)
    assert parts(done.out).select(wanted.columns).rows() == wanted.rows()
    assert done.parts == PARTS
    assert done.rows == 240


@pytest.mark.parametrize("engine", LOCAL)
def test_a_register_may_lie_in_folders_of_files(engine: str, register: Path, tmp_path: Path, relief: Snapshot) -> None:
    wanted = at_once(register, relief)
    for name in ("households", "members"):
        whole = pl.read_parquet(register / f"{name}.parquet")
        (register / name).mkdir()
        for place in range(3):
            whole[place::3].write_parquet(register / name / f"{place}.parquet")
        (register / f"{name}.parquet").unlink()
    done = assess_files(register, relief, tmp_path / "out", engine=engine, slice_rows=100)
    assert parts(done.out).select(wanted.columns).rows() == wanted.rows()


@pytest.mark.parametrize("engine", LOCAL)
def test_a_register_of_nobody_gives_one_part_without_rows(engine: str, tmp_path: Path, relief: Snapshot) -> None:
    write_files(tmp_path / "register", [])
    done = assess_files(tmp_path / "register", relief, tmp_path / "out", engine=engine)
    assert (done.parts, done.rows, done.outcomes, done.findings) == (1, 0, {}, ())
    assert parts(done.out).is_empty()


def test_answers_without_an_outcome_count_none(register: Path, tmp_path: Path, relief: Snapshot) -> None:
    done = assess_files(register, relief, tmp_path / "out", answers=["rules"], slice_rows=ROWS)
    assert (done.rows, done.outcomes, done.exits) == (240, {}, {})


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none")
@pytest.mark.filterwarnings("ignore")
def test_on_spark_parts_hold_the_answers_of_the_register_at_once(tmp_path: Path, relief: Snapshot) -> None:
    register = tmp_path / "register"
    write_files(register, MADE[:20])
    how: dict[str, Any] = {"engine": "spark", "session": spark(), "answers": ["outcome"], "slice_rows": 10}
    done = assess_files(register, relief, tmp_path / "out", **how)
    wanted = at_once(register, relief).select("household_id", "outcome", "exit")
    held = pl.concat(pl.read_parquet(each / "*.parquet") for each in done.out.glob("part-*.parquet")).sort(
        "household_id"
    )
    assert held.select(wanted.columns).rows() == wanted.rows()
    assert done.rows == 20
    again = assess_files(register, relief, tmp_path / "out", **how)
    assert again.done_before == done.parts
    assert again.outcomes == done.outcomes


# -- interruptions -------------------------------------------------------------------------------------------------------


class Interrupted(Exception):  # noqa: N818  no error of the library
    pass


@pytest.mark.parametrize(("engine", "after"), [*(("polars", after) for after in range(PARTS + 1)), ("duckdb", 2)])
def test_whatever_interrupts_the_same_call_goes_on_and_no_part_is_done_twice(
    engine: str, after: int, register: Path, tmp_path: Path, relief: Snapshot
) -> None:
    out = tmp_path / "out"

    def interrupt(done: int, total: int) -> None:
        assert total == PARTS
        if done == after:
            raise Interrupted

    with pytest.raises(Interrupted):
        assess_files(register, relief, out, engine=engine, slice_rows=ROWS, progress=interrupt)
    there = {each: each.stat().st_mtime_ns for each in out.glob("part-*")}
    assert len(there) == 2 * after  # each with what is told of it
    told: list[tuple[int, int]] = []
    done = assess_files(register, relief, out, engine=engine, slice_rows=ROWS, progress=lambda *how: told.append(how))
    assert {each: each.stat().st_mtime_ns for each in there} == there
    assert done.done_before == after
    assert told == [(place, PARTS) for place in range(PARTS + 1)]
    wanted = at_once(register, relief)
    assert parts(out).select(wanted.columns).rows() == wanted.rows()
    assert (done.rows, done.outcomes) == (240, dict(sorted(Counter(wanted["outcome"]).items())))


@pytest.mark.parametrize("engine", LOCAL)
def test_a_part_that_was_torn_while_it_was_written_is_written_anew(
    engine: str, register: Path, tmp_path: Path, relief: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def tear(part: Any) -> dict[str, Any]:
        (torn,) = out.glob(".part-*.parquet")
        torn.write_bytes(torn.read_bytes()[:50])
        raise Interrupted

    with monkeypatch.context() as torn:
        torn.setattr(work, "_outcomes", tear)
        with pytest.raises(Interrupted):
            assess_files(register, relief, out, engine=engine, slice_rows=ROWS)
    assert [each.name for each in out.glob(".part-*")] == [".part-00000.parquet"]
    done = assess_files(register, relief, out, engine=engine, slice_rows=ROWS)
    assert (done.done_before, done.rows) == (0, 240)
    assert list(out.glob(".*")) == []
    # What another engine left beside its place is a folder.
    (out / "part-00001.parquet").unlink()
    (out / ".part-00001.parquet").mkdir()
    (out / ".part-00001.parquet" / "torn").touch()
    done = assess_files(register, relief, out, engine=engine, slice_rows=ROWS)
    assert (done.done_before, done.rows) == (PARTS - 1, 240)
    assert list(out.glob(".*")) == []


# -- refusals ------------------------------------------------------------------------------------------------------------


def refusal(*arguments: Any, **how: Any) -> tuple[str, str]:
    with pytest.raises((RegisterError, LoweringError)) as refused:
        assess_files(*arguments, **how)
    (fault,) = refused.value.faults
    return fault.code, str(fault)


def test_another_question_is_answered_in_another_folder(register: Path, tmp_path: Path, relief: Snapshot) -> None:
    out = tmp_path / "out"
    assess_files(register, relief, out, slice_rows=ROWS)
    other_day = load_policy("yucheng-2016").on(date(2016, 2, 1))
    for how, others in (
        ({"slice_rows": 60}, "slice_rows"),
        ({"slice_rows": ROWS, "answers": ["rules"]}, "answers"),
        ({"slice_rows": ROWS, "absent": ["phone"]}, "absent"),
    ):
        assert refusal(register, relief, out, **how) == (
            "other_question",
            f"out: holds answers to another question ({others}); name another folder, or remove this one",
        )
    code, words = refusal(register, other_day, out, slice_rows=ROWS)
    assert (code, "(fingerprint, on, policy)" in words) == ("other_question", True)
    rewritten(register, lambda frame, key: frame.head(7))
    assert "(register)" in refusal(register, relief, out, slice_rows=ROWS)[1]
    rewritten(register, lambda frame, key: frame.rename({key: "key"}))
    assert "(keys, register)" in refusal(register, relief, out, slice_rows=ROWS, key="key", member_key="key")[1]


@pytest.mark.parametrize("there", ["file", "folder", "question of another", "list"])
def test_a_folder_that_is_taken_is_left_alone(there: str, register: Path, tmp_path: Path, relief: Snapshot) -> None:
    out = tmp_path / "out"
    if there == "file":
        out.write_text("kept", encoding="utf-8")
    else:
        out.mkdir()
        name = "report.txt" if there == "folder" else "question.json"
        (out / name).write_text("[1]" if there == "list" else "kept", encoding="utf-8")
    held = {each: each.read_bytes() for each in (tmp_path / "out").rglob("*")}
    assert refusal(register, relief, out) == (
        "out_taken",
        "out: is no empty folder, nor one with answers begun; name an empty folder, or a new one",
    )
    assert {each: each.read_bytes() for each in (tmp_path / "out").rglob("*")} == held


def test_an_empty_folder_is_as_good_as_none(register: Path, tmp_path: Path, relief: Snapshot) -> None:
    (tmp_path / "out").mkdir()
    assert assess_files(register, relief, tmp_path / "out").rows == 240


@pytest.mark.parametrize("missing", ["households", "members"])
def test_files_that_are_not_there_are_named(missing: str, register: Path, tmp_path: Path, relief: Snapshot) -> None:
    (register / f"{missing}.parquet").unlink()
    words = (
        f"register: holds no `{missing}.parquet`, nor a folder `{missing}` of parquet files;"
        " give the folder of a register in parquet"
    )
    assert refusal(register, relief, tmp_path / "out") == ("no_file", words)
    (register / missing).mkdir()
    assert refusal(register, relief, tmp_path / "out") == ("no_file", words)
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_answered_is_refused_before_anything_is_written(
    register: Path, tmp_path: Path, relief: Snapshot
) -> None:
    out = tmp_path / "out"
    assert refusal(register, relief, out, engine="dask") == (
        "engine",
        "engine: `dask` reads no files here; give one of: polars, duckdb, spark",
    )
    assert refusal(register, relief, out, slice_rows=0)[0] == "slice_rows"
    assert refusal(register, relief, out, answers=["outcom"])[0] == "answer"
    assert refusal(register, relief, out, key="number")[0] == "no_key"
    rewritten(register, lambda frame, key: frame.with_columns(pl.lit(date(2016, 1, 31)).alias(key)))
    for engine in LOCAL:
        assert refusal(register, relief, out, engine=engine, slice_rows=ROWS) == (
            "column_type",
            "households, column `id`: holds date; give whole numbers or texts",
        )
    assert not out.exists()


@pytest.mark.parametrize("engine", LOCAL)
def test_what_no_household_could_be_is_counted_over_all_slices(
    engine: str, register: Path, tmp_path: Path, relief: Snapshot
) -> None:
    def spoil(frame: pl.DataFrame, key: str) -> pl.DataFrame:
        ids = frame[key].unique(maintain_order=True)
        if key == "id":
            frame = frame.with_columns(
                pl.when(pl.col(key).is_in(ids[100:103].implode()))
                .then(pl.lit(-1))
                .otherwise(pl.col("income.wage_income_fen"))
                .alias("income.wage_income_fen")
            )
        doubled = frame.filter(pl.col(key).is_in(ids[:2].implode()))
        nobody = frame.head(4).with_columns(pl.lit(None).cast(frame.schema[key]).alias(key))
        stranger = frame.head(3).with_columns(pl.lit("nobody").alias(key)) if key != "id" else frame.head(0)
        return pl.concat([frame, doubled if key == "id" else frame.head(0), nobody, stranger])

    rewritten(register, spoil)
    for rows in (ROWS, 1000):
        done = assess_files(register, relief, tmp_path / f"out{rows}", engine=engine, slice_rows=rows)
        assert {(each.frame, each.column, each.code): each.count for each in done.findings} == {
            ("households", "id", "no_key"): 4,
            ("households", "id", "same_key"): 2,
            ("households", "income.wage_income_fen", "value"): 3,
            ("members", "household_id", "no_key"): 4,
            ("members", "household_id", "no_household"): 3,
        }
        assert done.rows == 242


# -- from households to files and back -----------------------------------------------------------------------------------


def test_households_written_and_read_are_assessed_as_they_were(register: Path) -> None:
    frames = frames_of(MADE)
    wanted = assess_frame(frames.subjects, YUCHENG, members=frames.members).sort("household_id")
    assert at_once(register, YUCHENG).equals(wanted)
    assert pl.read_parquet(register / "households.parquet")["id"].is_sorted()
    assert sorted(each.name for each in register.iterdir()) == ["households.parquet", "members.parquet"]


def test_no_personal_text_stands_in_the_files(tmp_path: Path) -> None:
    write_files(tmp_path, MADE[:60])
    secrets = {
        held.reveal()
        for home in MADE[:60]
        for owner in (home, *home.members)
        for held in (
            getattr(owner, name, None) for name in ("name", "id_no", "phone", "head_name", "head_id_no", "bank_account")
        )
        if held is not None and not isinstance(held, fr.NotKnown)
    }
    assert len(secrets) > 100
    for name in ("households", "members"):
        frame = pl.read_parquet(tmp_path / f"{name}.parquet")
        assert secrets.isdisjoint(str(value) for row in frame.drop("id").rows() for value in row)
        assert not [each for each in secrets if each.encode() in (tmp_path / f"{name}.parquet").read_bytes()]


def test_what_is_told_of_a_part_is_plain(register: Path, tmp_path: Path, relief: Snapshot) -> None:
    done: FilesAssessed = assess_files(register, relief, tmp_path / "out", slice_rows=ROWS)
    told = [json.loads(each.read_text(encoding="utf-8")) for each in sorted(done.out.glob("part-*.json"))]
    assert sum(each["rows"] for each in told) == done.rows
    assert json.loads((done.out / "question.json").read_text(encoding="utf-8"))["policy"] == "relief"
