"""Households to a register in parquet files, as engines read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fupin_rules.columnar._frames_of import frames_of
from fupin_rules.model import Household


def write_files(folder: str | Path, households: Iterable[Household]) -> None:
    """
    Write households as `households.parquet` and `members.parquet`, sorted by id, each file whole or not at all.

    Of personal texts the files say only that there is one, as `frames_of` does.

    Args:
        folder: Made where it is not there.
        households: The register.

    Raises:
        MissingExtraError: Polars is not installed.
    """
    frames = frames_of(sorted(households, key=lambda home: home.id))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in (("households", frames.subjects), ("members", frames.members)):
        beside = folder / f".{name}.parquet"
        frame.write_parquet(beside, compression="zstd")
        beside.replace(folder / f"{name}.parquet")
