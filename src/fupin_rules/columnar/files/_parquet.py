"""How each engine reads parquet, draws a sample of keys, and writes a part; all else it does as in a frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Protocol

from fupin_rules.columnar._engines import demand, missing_extra, quoted


class Engine(Protocol):
    """What slicing asks of an engine."""

    def scan(self, source: Path) -> Any:
        """Open a parquet file, or a folder of them, without reading it."""
        ...

    def sample(self, frame: Any, key: str, rows: int, most: int) -> list[Any]:
        """Draw about so many keys, of so many rows, evenly."""
        ...

    def write(self, frame: Any, target: Path) -> None:
        """Work a frame out and write it as parquet."""
        ...


_SAMPLE: Final = "SELECT * FROM keys USING SAMPLE reservoir({most} ROWS) REPEATABLE (1)"


def _files(source: Path) -> str:
    return str(source / "*.parquet") if source.is_dir() else str(source)


class Polars:
    """Polars, lazily, in the streaming engine."""

    def __init__(self) -> None:
        try:
            import polars as pl  # noqa: PLC0415  an extra
        except ImportError:
            raise missing_extra("polars", "this engine needs") from None
        demand("polars")
        self._polars = pl

    def scan(self, source: Path) -> Any:
        """Open parquet without reading it."""
        return self._polars.scan_parquet(_files(source))

    def sample(self, frame: Any, key: str, rows: int, most: int) -> list[Any]:
        """Draw one key in so many."""
        keys: list[Any] = frame.select(key).gather_every(max(1, rows // most)).collect()[key].to_list()
        return keys

    def write(self, frame: Any, target: Path) -> None:
        """Work out and write."""
        frame.sink_parquet(target, compression="zstd", compression_level=1)


class DuckDB:
    """
    DuckDB, in a database of its own in memory.

    Args:
        memory: Most memory it takes, as DuckDB writes it.
    """

    def __init__(self, memory: str) -> None:
        try:
            import duckdb  # noqa: PLC0415  an extra
        except ImportError:
            raise missing_extra("duckdb", "this engine needs") from None
        demand("duckdb")
        self._database = duckdb.connect(":memory:", config={"memory_limit": memory, "preserve_insertion_order": False})

    def scan(self, source: Path) -> Any:
        """Open parquet without reading it."""
        return self._database.read_parquet(_files(source))

    def sample(self, frame: Any, key: str, rows: int, most: int) -> list[Any]:  # noqa: ARG002  the sample has a size here
        """Draw so many keys."""
        drawn = frame.project(quoted(key)).query("keys", _SAMPLE.format(most=int(most)))
        return [row[0] for row in drawn.fetchall()]

    def write(self, frame: Any, target: Path) -> None:
        """Work out and write."""
        frame.to_parquet(str(target), compression="zstd")


class Spark:
    """
    Spark, on the session of the caller.

    Args:
        session: A `SparkSession`; left out, one is started here, on this machine.
    """

    def __init__(self, session: Any = None) -> None:
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415  an extra
        except ImportError:
            raise missing_extra("pyspark", "this engine needs") from None
        demand("pyspark")
        self._session = session if session is not None else SparkSession.builder.appName("fupin").getOrCreate()

    def scan(self, source: Path) -> Any:
        """Open parquet without reading it."""
        return self._session.read.parquet(str(source))

    def sample(self, frame: Any, key: str, rows: int, most: int) -> list[Any]:
        """Draw about one key in so many; a sample is all that leaves the workers."""
        drawn = frame.select(key).sample(fraction=min(1.0, most / max(rows, 1)), seed=1)
        return [row[0] for row in drawn.collect()]

    def write(self, frame: Any, target: Path) -> None:
        """Work out and write; a part is a folder, as Spark writes it."""
        frame.write.mode("overwrite").option("compression", "zstd").parquet(str(target))


NAMES: tuple[str, ...] = ("polars", "duckdb", "spark")
