"""
What a register in frames costs, as ratios to the same rules written by hand, measured in one run.

One register (`register_task.py`), every way in CPU time, best of several rounds, after all of them were held to each
other on every household. `--curve` goes on from ten thousand households to thirty million, from parquet to parquet,
each in a process of its own, with its time and its peak of memory.

    python benchmarks/frames.py                  a million households, three million members
    python benchmarks/frames.py --curve DIR      registers are made in DIR where they are not there yet
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import register_task as task

from fupin_rules.columnar import assess_files, assess_frame

ANSWERS = ("outcome", "score")
HAND_POLARS, HAND_SQL, HAND_SPARK = "by hand in Polars", "by hand in SQL, DuckDB", "by hand in SQL, Spark"
# How often the time by hand a way may take, and by hand in what.
GATES = {
    "Polars": (HAND_POLARS, 1.25),
    "DuckDB": (HAND_SQL, 1.25),
    "Spark": (HAND_SPARK, 1.25),
    "PyArrow": (HAND_POLARS, 2.0),
    "pandas": (HAND_POLARS, 1.6),
}
CURVE = (10_000, 100_000, 1_000_000, 10_000_000, 30_000_000)
MOST_SECONDS, MOST_MEBIBYTES = 60, 1024


@attrs.frozen
class Way:
    """
    One way to the answers.

    Attributes:
        run: Works them out, in a frame of its own kind.
        rows: Gives them as a Polars frame.
        clock: CPU seconds spent so far, by whatever does the work.
        base: By hand in what it is measured against.
        is_checked: Whether it gives the same answers, household by household.
    """

    run: Callable[[], Any]
    rows: Callable[[Any], pl.DataFrame]
    clock: Callable[[], float] = time.process_time
    base: str = HAND_POLARS
    is_checked: bool = True


def _from_arrow(table: Any) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def ways(households: pa.Table, members: pa.Table) -> dict[str, Way]:
    """Give every way that can be had here, by name."""
    rules = task.policy()
    homes, people = _from_arrow(households), _from_arrow(members)
    database = duckdb.connect()
    database.execute("SET threads = 2")
    for name, table in (("households", households), ("members", members)):
        database.register("given", table)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608  two names of our own
        database.unregister("given")

    def frame(subjects: Any, roster: Any, answers: tuple[str, ...] = ANSWERS, *, checked: bool = False) -> Any:
        return assess_frame(subjects, rules, members=roster, answers=answers, checked=checked)

    in_duckdb = (database.table("households"), database.table("members"))
    in_pandas = [table.to_pandas(types_mapper=pd.ArrowDtype) for table in (households, members)]
    same: Callable[[Any], pl.DataFrame] = lambda found: found  # noqa: E731
    found = {
        HAND_POLARS: Way(lambda: task.polars_by_hand(homes.lazy(), people.lazy()).collect(), same),
        "Polars": Way(lambda: frame(homes, people), same),
        "Polars, every rule as well": Way(lambda: frame(homes, people, (*ANSWERS, "rules")), same),
        "Polars, values checked": Way(lambda: frame(homes, people, checked=True), same),
        "PyArrow": Way(lambda: frame(households, members), _from_arrow),
        "pandas": Way(lambda: frame(*in_pandas), pl.from_pandas),
        HAND_SQL: Way(lambda: database.sql(task.DUCKDB_SQL).to_arrow_table(), _from_arrow, base=HAND_SQL),
        "DuckDB": Way(lambda: frame(*in_duckdb).to_arrow_table(), _from_arrow, base=HAND_SQL),
        "DuckDB, values checked": Way(
            lambda: frame(*in_duckdb, checked=True).to_arrow_table(), _from_arrow, base=HAND_SQL
        ),
    }
    return found | _spark(households, members, frame) | _openfisca(households, members)


def _spark(households: pa.Table, members: pa.Table, frame: Callable[..., Any]) -> dict[str, Way]:
    """Spark on this machine; absent where it or Java is not there."""
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        print("absent: Spark, for want of pyspark or Java", file=sys.stderr)
        return {}
    psutil = importlib.import_module("psutil")
    session_class = importlib.import_module("pyspark.sql").SparkSession
    settings = {
        "spark.ui.enabled": "false",
        "spark.log.level": "OFF",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "6g",
        "spark.sql.shuffle.partitions": "4",
    }
    session = session_class.builder.master("local[2]").config(map=settings).getOrCreate()
    tables = [session.createDataFrame(table).cache() for table in (households, members)]
    for name, table in zip(("households", "members"), tables, strict=True):
        table.count()
        table.createOrReplaceTempView(name)
    others = psutil.Process().children(recursive=True)

    def clock() -> float:
        times = [each.cpu_times() for each in others if each.is_running()]
        return time.process_time() + sum(each.user + each.system for each in times)

    def run(answer: Any) -> Any:
        # Every row is worked out, and none leaves Spark.
        answer.write.format("noop").mode("overwrite").save()
        return answer

    def rows(answer: Any) -> pl.DataFrame:
        return _from_arrow(answer.toArrow())

    return {
        HAND_SPARK: Way(lambda: run(session.sql(task.SPARK_SQL)), rows, clock, HAND_SPARK),
        "Spark": Way(lambda: run(frame(*tables)), rows, clock, HAND_SPARK),
        "Spark, values checked": Way(lambda: run(frame(*tables, checked=True)), rows, clock, HAND_SPARK),
    }


# -- OpenFisca -------------------------------------------------------------------------------------------------------

MONTH = "2016-01"


def _openfisca(households: pa.Table, members: pa.Table) -> dict[str, Way]:
    """OpenFisca over arrays; it knows two values, so whatever is not known is given as a no or as nothing."""
    if importlib.util.find_spec("openfisca_core") is None:
        print("absent: OpenFisca, for want of openfisca-core", file=sys.stderr)
        return {}
    numpy = importlib.import_module("numpy")
    builder_of = importlib.import_module("openfisca_core.simulations").SimulationBuilder
    people = _from_arrow(members)
    # A household without a member is beyond it as well.
    homes = _from_arrow(households).filter(pl.col("id").is_in(people["household_id"].unique().implode()))
    born = numpy.array(people["birth_date"].fill_null(task.SIX).to_numpy())
    day = numpy.datetime64(task.ON)
    inputs = {
        **{_plain(name): homes[name].fill_null(0).to_numpy() for name in _MONEY},
        "people": homes["stated_member_count"].fill_null(0).to_numpy(),
        "grade": homes["living.house_grade"].fill_null("A").to_numpy().astype("U1"),
        **{_plain(name): homes[name].fill_null(value=False).to_numpy() for name in task.FLAGS},
        "age": ((day - born).astype("i8") / 365.25).astype("i8"),
        "works": people["labour"].is_in(["ordinary", "skilled"]).fill_null(value=False).to_numpy(),
        "months": people["work_months"].fill_null(0).to_numpy(),
        **{name: people[name].fill_null(value=False).to_numpy() for name in task.MEMBER_FLAGS},
    }
    system = _openfisca_system(inputs)
    count, owner = homes.height, numpy.searchsorted(homes["id"].to_numpy(), people["household_id"].to_numpy())

    def run() -> Any:
        builder = builder_of()
        builder.create_entities(system)
        builder.declare_person_entity("person", numpy.arange(len(owner)))
        group = builder.declare_entity("home", numpy.arange(count))
        builder.join_with_persons(group, owner, numpy.repeat("member", len(owner)))
        simulation = builder.build(system)
        for name, values in inputs.items():
            simulation.set_input(name, MONTH, values)
        return [simulation.calculate(name, MONTH) for name in ("eligible", "leaves", "score")]

    return {"OpenFisca, two values": Way(run, lambda _: pl.DataFrame(), is_checked=False)}


_MONEY = (*(f"income.{name}_fen" for name in task.MONEY), "income.operating_cost_fen")


def _plain(name: str) -> str:
    return name.rpartition(".")[2]


def _openfisca_system(inputs: dict[str, Any]) -> Any:
    entities = importlib.import_module("openfisca_core.entities")
    periods = importlib.import_module("openfisca_core.periods")
    variables = importlib.import_module("openfisca_core.variables")
    systems = importlib.import_module("openfisca_core.taxbenefitsystems")
    person = entities.build_entity(key="person", plural="persons", label="a member", is_person=True)
    role = {"key": "member", "plural": "members"}
    home = entities.build_entity(key="home", plural="homes", label="a household", roles=[role])
    system = systems.TaxBenefitSystem([person, home])

    def variable(name: str, kind: type, entity: Any, formula: Callable[..., Any] | None = None) -> None:
        body = {"value_type": kind, "entity": entity, "definition_period": periods.DateUnit.MONTH, "label": name}
        system.add_variable(type(name, (variables.Variable,), body | ({"formula": formula} if formula else {})))

    of_members = {"age", "works", "months", *task.MEMBER_FLAGS}
    for name, values in inputs.items():
        kind = bool if values.dtype == bool else str if name == "grade" else float
        variable(name, kind, person if name in of_members else home)

    def poor(h: Any, month: str) -> Any:
        earned = [h(_plain(name), month) for name in _MONEY[:-1]]
        net = sum(earned[1:], earned[0]) - h(_plain(_MONEY[-1]), month)
        return net < h("people", month) * task.LINE_FEN

    def eligible(h: Any, month: str) -> Any:
        excluded = h("owns_car", month) & ~h("car_is_for_disabled_or_livelihood", month)
        for name in ("owns_town_housing", "runs_registered_business", "hires_long_term", "owns_large_machine"):
            excluded |= h(name, month)
        listed = h("is_single_parent_family", month) | h("is_martyr_or_soldier_family", month)
        return (h("poor", month) | listed) & ~excluded

    def child(p: Any, month: str) -> Any:
        return (p("age", month) >= 6) & (p("age", month) < 16)

    def leaves(h: Any, month: str) -> Any:
        m = h.members
        schooled = h.all(~m("child", month) | (m("speaks_mandarin", month) & ~m("on_dibao", month)))
        safe = (h("grade", month) < "C") & h("water_safe", month)
        return ~h("poor", month) & safe & schooled & h.all(m("medical_residents", month))

    def score(h: Any, month: str) -> Any:
        m = h.members
        age = m("age", month)
        return (
            3 * (h("grade", month) >= "C")
            + 2 * ~h("water_safe", month)
            + 3 * h.any(m("is_orphan", month))
            + 4 * ~h.any(m("works", month) | (m("months", month) >= 6))
            + 2 * h.any(m("child", month) & m("on_dibao", month))
            + (h.sum((age < 16) | (age > 60)) >= 2)
        )

    variable("child", bool, person, child)
    for name, kind, formula in (("poor", bool, poor), ("eligible", bool, eligible), ("leaves", bool, leaves)):
        variable(name, kind, home, formula)
    variable("score", float, home, score)
    return system


# -- in memory -------------------------------------------------------------------------------------------------------


def hold_to_each_other(found: dict[str, Way]) -> None:
    """Hold all ways to each other on every household."""
    columns = ["household_id", "outcome", "exit", "score_low", "score_high"]

    def answers(way: Way) -> pl.DataFrame:
        score = pl.col("score_low", "score_high").cast(pl.Int64)
        words = pl.col("outcome", "exit").cast(pl.String)
        return way.rows(way.run()).select(columns).with_columns(score, words).sort("household_id")

    wanted = answers(found[HAND_POLARS])
    for name, way in found.items():
        if way.is_checked:
            assert answers(way).equals(wanted), f"{name} gives other answers"


def measured(found: dict[str, Way], rounds: int) -> dict[str, float]:
    """Give the best CPU seconds of each way."""
    best = dict.fromkeys(found, float("inf"))
    for _ in range(rounds):
        for name, way in found.items():
            start = way.clock()
            way.run()
            best[name] = min(best[name], way.clock() - start)
    return best


def in_memory(count: int, rounds: int, *, as_json: bool) -> None:
    """Measure a register in memory, and print."""
    found = ways(*task.register(count))
    hold_to_each_other(found)
    best = measured(found, rounds)
    ratios = {name: best[name] / best[way.base] for name, way in found.items()}
    if as_json:
        print(json.dumps({"households": count, "seconds": best, "ratios": ratios}, indent=2))
        return
    wide = max(map(len, found))
    print(f"{count:,} households in memory{'':{wide - 8}}CPU s   ratio")
    for name, way in found.items():
        print(f"  {name:{wide}}  {best[name]:7.3f}  {ratios[name]:5.2f}×  {'' if name == way.base else way.base}")
    for name, (_, gate) in GATES.items():
        if name in ratios:
            print(f"{name}: {ratios[name]:.2f} <= {gate}, {'kept' if ratios[name] <= gate else 'MISSED'}")


# -- from parquet to parquet -----------------------------------------------------------------------------------------


def one_file(folder: Path, engine: str, *, rows: int) -> None:
    """Assess a register in files in this process, and print what it took."""
    out = folder.with_name(f"{folder.name}-{engine}")
    shutil.rmtree(out, ignore_errors=True)
    start = time.perf_counter()
    done = assess_files(folder, task.policy(), out, engine=engine, answers=ANSWERS, slice_rows=rows)
    told = {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time(),
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "outcomes": dict(done.outcomes) | {f"exit {name}": count for name, count in done.exits.items()},
    }
    shutil.rmtree(out)
    print(json.dumps(told))


def curve(place: Path, largest: int, *, text_keys: bool, rows: int) -> None:
    """Measure from small registers to large ones, on two engines that must agree, and print."""
    print(f"{'households':>12}  {'engine':8}{'s':>8}{'CPU s':>8}{'MiB':>8}")
    for count in (each for each in CURVE if each <= largest):
        folder = place / f"register-{count}{'-text' if text_keys else ''}"
        if not (folder / "members.parquet").exists():
            task.write_register(folder, count, text_keys=text_keys)
        outcomes = []
        for engine in ("polars", "duckdb"):
            command = [sys.executable, __file__, "--file", str(folder), "--engine", engine, "--slice-rows", str(rows)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  this file again
            told = json.loads(done.stdout)
            outcomes.append(told["outcomes"])
            figures = f"{told['seconds']:8.1f}{told['cpu']:8.1f}{told['mebibytes']:8.0f}"
            kept = told["seconds"] < MOST_SECONDS and told["mebibytes"] < MOST_MEBIBYTES
            gate = f"  < {MOST_SECONDS} s and {MOST_MEBIBYTES} MiB: {'kept' if kept else 'MISSED'}"
            print(f"{count:>12,}  {engine:8}{figures}{gate if count == CURVE[-1] and engine == 'polars' else ''}")
        assert outcomes[0] == outcomes[1], f"two engines count otherwise: {outcomes}"
        print(f"{'':14}both: {', '.join(f'{name} {n:,}' for name, n in outcomes[0].items())}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--curve", type=Path, metavar="DIR")
    parser.add_argument("--largest", type=int, default=CURVE[-1])
    parser.add_argument("--text-keys", action="store_true", help="keys of eighteen characters in the curve")
    parser.add_argument("--slice-rows", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--engine", default="polars", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.file is not None:
        one_file(arguments.file, arguments.engine, rows=arguments.slice_rows)
    elif arguments.curve is not None:
        curve(arguments.curve, arguments.largest, text_keys=arguments.text_keys, rows=arguments.slice_rows)
    else:
        in_memory(arguments.households, arguments.rounds, as_json=arguments.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
