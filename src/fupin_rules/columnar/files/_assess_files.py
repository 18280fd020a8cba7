"""
A register in parquet files to decisions in parquet files, slice by slice, to be gone on with where it was broken off.

A part is written beside its place and moved there whole, after what is told of it; so a part that is there is done. A
file says what was asked: another question has to be answered in another folder.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import attrs

from fupin_rules.columnar._answers import ANSWERS
from fupin_rules.columnar._assess_frame import assess_frame, facts_read
from fupin_rules.columnar._check_frame import FrameFinding, check_frame
from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._frames_of import Frames
from fupin_rules.columnar.files._parquet import NAMES, DuckDB, Engine, Polars, Spark
from fupin_rules.columnar.files._slices import SAMPLED, Slice, bounds_of, slices_between
from fupin_rules.errors import Fault, LoweringError, RegisterError
from fupin_rules.policy import Snapshot, Subject

QUESTION: Final = "question.json"
_FORMAT: Final = 1
_TOLD: Final = ("outcome", "exit")


@attrs.frozen
class FilesAssessed:
    """
    What came of a register in files.

    Attributes:
        out: Folder of the parts.
        parts: How many there are.
        done_before: How many of them were there already.
        rows: Subjects assessed.
        outcomes: By outcome, how many subjects.
        exits: By exit outcome, how many; empty where the policy has no exit rules.
        findings: What the register holds that no household could.
    """

    out: Path
    parts: int
    done_before: int
    rows: int
    outcomes: Mapping[str, int]
    exits: Mapping[str, int]
    findings: tuple[FrameFinding, ...]


def assess_files(
    register: str | Path,
    rules: Snapshot,
    out: str | Path,
    *,
    engine: str = "polars",
    session: Any = None,
    answers: Collection[str] = ANSWERS,
    absent: Collection[str] = (),
    slice_rows: int = 1_000_000,
    memory: str = "1GB",
    key: str = "id",
    member_key: str = "household_id",
    progress: Callable[[int, int], None] | None = None,
) -> FilesAssessed:
    """
    Assess the households of a register in parquet files, and write the decisions as parquet files.

    Memory stays bounded by the size of a slice, whatever the register's. After an interruption the same call goes on:
    parts that are there are not worked out again, and none is left out.

    Args:
        register: Folder with `households.parquet` and `members.parquet`, or folders `households` and `members` of
            parquet files; columns as `assess_frame` takes them. Sorted by key, each slice reads its own rows alone.
        rules: A policy on a day.
        out: Folder for the parts, `part-00000.parquet` and so on.
        engine: `polars`, `duckdb` or `spark`.
        session: For Spark: the session to work on; left out, one is started on this machine.
        answers: Groups of columns, as for `assess_frame`.
        absent: Facts that the register does not hold, as for `assess_frame`.
        slice_rows: Households in a slice, about.
        memory: Most memory that DuckDB takes.
        key: Column that tells households apart: whole numbers or texts.
        member_key: Column of the members that tells whose they are.
        progress: Told how many slices are done, of how many.

    Raises:
        RegisterError: The files are not there, or the folder holds answers to another question.
        LoweringError: As `assess_frame`; or the engine is none that reads files, or `slice_rows` is less than 1.
    """
    if slice_rows < 1:
        what = "is less than 1"
        raise LoweringError(Fault("slice_rows", what, "give a number of households", "slice_rows"))
    register, out = Path(register), Path(out)
    worker = _engine(engine, session, memory)
    households, members = _scanned(worker, register)
    question = {
        "format": _FORMAT,
        "library": _library(),
        "policy": rules.policy_id,
        "on": rules.on.isoformat(),
        "fingerprint": rules.fingerprint,
        "register": _stamp(register),
        "answers": sorted(answers),
        "absent": sorted(absent),
        "slice_rows": slice_rows,
        "keys": [key, member_key],
    }
    # What cannot be answered is refused before anything is written.
    asked = {"members": members, "answers": answers, "absent": absent, "key": key, "member_key": member_key}
    assess_frame(households, rules, **asked)
    bounds = _begun(out, question)
    if bounds is None:
        bounds = _bounds(worker, households, key, slice_rows)
        _begin(out, question, bounds)
    slices = slices_between(bounds)
    before = sum(_part(out, each).exists() for each in slices)
    for done, each in enumerate(slices):
        if progress is not None:
            progress(done, len(slices))
        if not _part(out, each).exists():
            part = {**asked, "members": each.of(members, member_key)}
            _do(worker, each, each.of(households, key), rules, part, out)
    if progress is not None:
        progress(len(slices), len(slices))
    without = {
        ("households", key, "no_key"): _without_key(households, key),
        ("members", member_key, "no_key"): _without_key(members, member_key),
    }
    return _summed(out, slices, before, without)


def scan_files(register: str | Path) -> Frames:
    """
    Open a register in parquet files as lazy Polars frames.

    Args:
        register: Folder as for `assess_files`.

    Raises:
        RegisterError: The files are not there.
        MissingExtraError: Polars is not installed.
    """
    return Frames(*_scanned(Polars(), Path(register)))


def is_in_files(register: Path) -> bool:
    """Tell whether a folder holds a register in parquet files."""
    return any((register / name).exists() for name in ("households.parquet", "households"))


def _scanned(worker: Engine, register: Path) -> tuple[Any, Any]:
    households, members = (worker.scan(_source(register, name)) for name in ("households", "members"))
    return households, members


def _library() -> str:
    """Tell the version of this library: another may word or count otherwise."""
    try:
        return version("fupin-rules")
    except PackageNotFoundError:
        return ""


def _engine(name: str, session: Any, memory: str) -> Engine:
    match name:
        case "polars":
            return Polars()
        case "duckdb":
            return DuckDB(memory)
        case "spark":
            return Spark(session)
        case _:
            what, mend = f"`{name[:40]}` reads no files here", f"give one of: {', '.join(NAMES)}"
            raise LoweringError(Fault("engine", what, mend, "engine"))


def _source(register: Path, name: str) -> Path:
    for place in (register / f"{name}.parquet", register / name):
        if place.is_file() or any(place.glob("*.parquet")):
            return place
    what = f"holds no `{name}.parquet`, nor a folder `{name}` of parquet files"
    raise RegisterError(Fault(register.name, what, "give the folder of a register in parquet", "no_file"))


def _stamp(register: Path) -> list[list[Any]]:
    """Tell files apart by name, size and time of change: other files are another register."""
    files = sorted(each for name in ("households", "members") for each in _files(_source(register, name)))
    return [[each.relative_to(register).as_posix(), each.stat().st_size, each.stat().st_mtime_ns] for each in files]


def _files(source: Path) -> list[Path]:
    return [source] if source.is_file() else sorted(source.glob("*.parquet"))


def _begun(out: Path, question: Mapping[str, Any]) -> list[Any] | None:
    """Give the bounds of the slices, where this question was begun to be answered in the folder."""
    path = out / QUESTION
    held = _read_question(path) if path.is_file() else None
    if held is None:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            what = "is no empty folder, nor one with answers begun"
            raise RegisterError(Fault(out.name, what, "name an empty folder, or a new one", "out_taken"))
        return None
    bounds: list[Any] = held.pop("bounds", [])
    if held != question:
        others = ", ".join(sorted(name for name in question if held.get(name) != question[name]))
        what, mend = f"holds answers to another question ({others})", "name another folder, or remove this one"
        raise RegisterError(Fault(out.name, what, mend, "other_question"))
    return bounds


def _read_question(path: Path) -> dict[str, Any] | None:
    """Give what was asked; None where the file is another's."""
    try:
        held = json.loads(path.read_bytes())
    except ValueError:
        return None
    return held if isinstance(held, dict) else None


def _begin(out: Path, question: Mapping[str, Any], bounds: list[Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    _write_whole(out / QUESTION, {**question, "bounds": bounds})


def _write_whole(path: Path, value: Any) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)


def _bounds(worker: Engine, households: Any, key: str, slice_rows: int) -> list[Any]:
    layer = narwhals()
    rows = _count(layer.from_native(households).select(rows=layer.len()))
    slices = -(-rows // slice_rows)
    if slices <= 1:
        return []
    sample = [each for each in worker.sample(households, key, rows, slices * SAMPLED) if each is not None]
    return bounds_of(sample, slices)


def _count(frame: Any) -> int:
    return int(frame.collect()["rows"].to_list()[0] or 0)


def _without_key(native: Any, key: str) -> int:
    """Count rows without a key: they are in no slice."""
    layer = narwhals()
    frame = layer.from_native(native).select(rows=layer.col(key).is_null().cast(layer.Int64).sum())
    return _count(frame)


def _part(out: Path, each: Slice) -> Path:
    return out / f"part-{each.number:05d}.parquet"


def _told(out: Path, each: Slice) -> Path:
    return out / f"part-{each.number:05d}.json"


def _do(worker: Engine, each: Slice, households: Any, rules: Snapshot, asked: Mapping[str, Any], out: Path) -> None:
    """Work out one slice, write its part, count what came of it, and move it to its place."""
    target = _part(out, each)
    beside = target.with_name(f".{target.name}")
    if beside.is_dir():
        shutil.rmtree(beside)
    worker.write(assess_frame(households, rules, **asked), beside)
    keys = {name: asked[name] for name in ("key", "member_key")}
    findings = check_frame(
        households, members=asked["members"], columns=facts_read(rules, Subject.HOUSEHOLD, asked["answers"]), **keys
    )
    told = {
        **_outcomes(worker.scan(beside)),
        "findings": [[found.frame, found.column, found.code, found.count] for found in findings],
    }
    _write_whole(_told(out, each), told)
    beside.replace(target)


def _outcomes(part: Any) -> dict[str, Any]:
    layer = narwhals()
    frame = layer.from_native(part)
    names = frame.collect_schema().names()
    told: dict[str, Any] = {"rows": _count(frame.select(rows=layer.len()))}
    for name in _TOLD:
        if name in names:
            counted = frame.group_by(name).agg(rows=layer.len()).collect()
            told[name] = dict(zip(counted[name].to_list(), map(int, counted["rows"].to_list()), strict=True))
    return told


def _summed(out: Path, slices: list[Slice], before: int, without: Mapping[tuple[str, str, str], int]) -> FilesAssessed:
    told = [json.loads(_told(out, each).read_text(encoding="utf-8")) for each in slices]
    counts: dict[str, Counter[str]] = {name: Counter() for name in _TOLD}
    found = Counter(without)
    for each in told:
        for name in _TOLD:
            counts[name].update(each.get(name, {}))
        for frame, column, code, count in each["findings"]:
            found[frame, column, code] += count
    return FilesAssessed(
        out,
        len(slices),
        before,
        sum(each["rows"] for each in told),
        dict(sorted(counts["outcome"].items())),
        dict(sorted(counts["exit"].items())),
        tuple(FrameFinding(*where, count) for where, count in found.items() if count),
    )
