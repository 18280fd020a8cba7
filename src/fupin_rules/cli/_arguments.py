"""What the arguments of several sub-commands have in common, and how their values are read."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.policy import installed_packs

# The code of what is asked for in a way that nothing can answer; the command ends with 2.
USAGE = "usage"

_SUFFIXES = (".csv", ".xlsx", ".jsonl")


def add_common(parser: argparse.ArgumentParser, *, language: bool = True) -> None:
    """Declare what every sub-command takes."""
    if language:
        parser.add_argument("--lang", choices=("zh", "en"), default="en", help="language of what is shown")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    # Suppressed, so that it does not undo the one before the name of the command.
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def add_register(parser: argparse.ArgumentParser) -> None:
    """Declare the register that is read."""
    parser.add_argument("register", metavar="REGISTER", help="a .csv, .xlsx or .jsonl file, or a folder of them")


def day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no day; write it as 2016-01-31") from None


def whole_number(text: str) -> int:
    """Read a whole number, zero or more."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"`{text}` is no whole number, zero or more")
    return int(text)


def decisions_file(text: str) -> Path:
    """Read where decisions go; what cannot be written is refused before anybody is assessed."""
    path = Path(text)
    if misfit := no_decisions_file(path):
        raise argparse.ArgumentTypeError(f"`{path.name}` {misfit}")
    return path


def no_decisions_file(path: Path) -> str:
    """Say why decisions cannot be written to a file; empty where they can."""
    if path.suffix.lower() not in _SUFFIXES:
        return f"ends in none of {', '.join(_SUFFIXES)}"
    return "is a folder" if path.is_dir() else ""


def pack(text: str) -> str | Path:
    """Read the id of an installed pack or the path of a pack folder; an installed pack goes first."""
    folder = Path(text)
    return folder if text not in installed_packs() and (folder / "pack.toml").is_file() else text


def keep_register(register: str, written: Iterable[Path], *, option: str = "--out") -> None:
    """Refuse to write over or among the sheets that are read: the next reading would take decisions for facts."""
    place = Path(register).resolve()
    for path in written:
        if place in (path.resolve(), path.resolve().parent):
            raise FupinRulesError(
                Fault(f"{option} {path.name}", "lies in the register itself", "name a file in another folder", USAGE)
            )
