"""Registers on every engine, and rows of answers back from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from fupin_rules.columnar import Frames

Rows = list[dict[str, Any]]


@attrs.frozen
class Engine:
    """How frames come to an engine, and rows come back."""

    there: Callable[[pa.Table], Any]
    back: Callable[[Any], Rows]


def _spark_frame(table: pa.Table) -> Any:
    return spark().createDataFrame(table)


def _pandas_rows(frame: pd.DataFrame) -> Rows:
    rows: Rows = pa.Table.from_pandas(frame).to_pylist()
    return rows


ENGINES = {
    "polars": Engine(pl.from_arrow, lambda frame: frame.to_dicts()),
    "polars lazy": Engine(lambda table: pl.from_arrow(table).lazy(), lambda frame: frame.collect().to_dicts()),  # type: ignore[union-attr]
    "duckdb": Engine(duckdb.from_arrow, lambda relation: relation.to_arrow_table().to_pylist()),
    "pyarrow": Engine(lambda table: table, lambda table: table.to_pylist()),
    "pandas with Arrow dtypes": Engine(lambda table: table.to_pandas(types_mapper=pd.ArrowDtype), _pandas_rows),
    "pandas with nullable dtypes": Engine(lambda table: table.to_pandas().convert_dtypes(), _pandas_rows),
    "pandas with classic dtypes": Engine(lambda table: table.to_pandas(), _pandas_rows),
    "spark": Engine(_spark_frame, lambda frame: frame.toArrow().to_pylist()),
}


def spark() -> Any:
    """Give the session of a local Spark, started when it is first asked for."""
    from pyspark.sql import SparkSession

    settings: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.log.level": "OFF",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        # Each policy is a plan of its own on forty rows: compiling it would take longer than all the rest.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    return SparkSession.builder.master("local[2]").appName("fupin-rules").config(map=settings).getOrCreate()


def on(engine: str, frames: Frames) -> tuple[Any, Any]:
    """Bring frames of a register to an engine."""
    there = ENGINES[engine].there
    return there(frames.subjects), there(frames.members)
