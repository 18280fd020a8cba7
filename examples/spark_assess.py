"""
Assess the households of a register in parquet on Spark, and write the decisions as parquet, a folder for each township.

    spark-submit examples/spark_assess.py REGISTER PACK DAY OUT [--area township] [--answers outcome missing]

No row comes to the driver: each executor assesses its own households with their members. REGISTER and OUT are places
that every executor reaches; the library and the extra `spark` are installed where the program is started, for rules
are turned into columns there, and executors need no Python.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import date

from pyspark.sql import DataFrame, SparkSession

from fupin_rules.columnar import ANSWERS, assess_frame
from fupin_rules.policy import Snapshot, load_policy


def decisions(
    spark: SparkSession,
    register: str,
    rules: Snapshot,
    *,
    area: str = "township",
    answers: Collection[str] = ANSWERS,
    absent: Collection[str] = (),
) -> DataFrame:
    """
    Plan the decisions of a register, with the area of each household beside them where the register tells it.

    Nothing is read beyond the schemas until somebody writes the frame or counts it.
    """
    households, members = (_parquet(spark, register, name) for name in ("households", "members"))
    found = assess_frame(households, rules, members=members, answers=answers, absent=absent)
    if area not in households.columns:
        return found
    areas = households.select(households["id"].alias("household_id"), households[f"`{area}`"].alias("area"))
    # A key that stands twice must not make four rows of two.
    return found.join(areas.dropDuplicates(["household_id"]), on="household_id", how="left")


def _parquet(spark: SparkSession, register: str, name: str) -> DataFrame:
    """Open one file, or a folder of parts, as `assess_files` does; the glob finds whichever is there."""
    return spark.read.parquet(f"{register.rstrip('/')}/{name}{{,.parquet}}")


def main() -> None:
    """Read the arguments, and do it."""
    parser = argparse.ArgumentParser(description="decisions of a register in parquet, on Spark")
    parser.add_argument("register", help="place of households and members, each a .parquet file or a folder of them")
    parser.add_argument("pack", help="id of an installed pack, or the path of a pack folder")
    parser.add_argument("day", type=date.fromisoformat, help="day of the assessment")
    parser.add_argument("out", help="a new place for the decisions")
    parser.add_argument("--area", default="township", help="column of the households that parts the output")
    parser.add_argument("--answers", nargs="+", choices=ANSWERS, default=ANSWERS, help="groups of columns")
    parser.add_argument("--absent", action="append", default=[], help="path of a fact that the register does not hold")
    arguments = parser.parse_args()
    rules = load_policy(arguments.pack).on(arguments.day)
    builder = SparkSession.builder.appName(f"fupin {rules.policy_id} {rules.on}")
    # Below a join Spark would draw conclusions from each of so many columns about all others, and end without memory
    # before it has begun. Master, memory and executors are those of `spark-submit`.
    spark = builder.config("spark.sql.constraintPropagation.enabled", "false").getOrCreate()
    try:
        found = decisions(
            spark,
            arguments.register,
            rules,
            area=arguments.area,
            answers=arguments.answers,
            absent=arguments.absent,
        )
        writer = found.write.mode("error").option("compression", "zstd")
        (writer.partitionBy("area") if "area" in found.columns else writer).parquet(arguments.out)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
