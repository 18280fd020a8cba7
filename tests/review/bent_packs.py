"""The catalogue of bad packs: a small good pack, bent in one place at a time, with all that a review must find."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.review import Memory

# Most of a bent pack reads as the good one does: what is the same is asked once.
MEMORY = Memory()
HOME = Path(__file__).parent / "bad_packs"


@attrs.frozen
class Bad:
    """One bad pack."""

    id: str
    of: str
    finds: frozenset[tuple[str, str]]
    patches: tuple[tuple[str, str, str], ...]
    related: tuple[str, ...] = ()
    says: str = ""
    start: str = ""


def _bad(row: dict[str, Any]) -> Bad:
    return Bad(
        row["id"],
        row.get("of", "relief"),
        frozenset((code, name) for code, name in row["finds"]),
        tuple((patch["file"], patch.get("old", ""), patch["put"]) for patch in row["patch"]),
        tuple(row.get("related", ())),
        row.get("says", ""),
        row.get("from", ""),
    )


CATALOGUE = tuple(_bad(row) for row in tomllib.loads((HOME / "catalogue.toml").read_text(encoding="utf-8"))["bad"])


def bent(bad: Bad, place: Path) -> Path:
    """Write a bad pack into a folder, beside what it builds on; give its folder."""
    for name in ("relief", "relief-above"):
        shutil.copytree(HOME / name, place / name)
    for file, old, put in bad.patches:
        path = place / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert not old or text.count(old) == 1, f"{bad.id}: `{old}` stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, put) if old else f"{text}{put}", encoding="utf-8")
    return place / bad.of
