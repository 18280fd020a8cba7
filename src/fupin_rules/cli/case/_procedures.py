"""Procedures as the command finds them: given by id or as a file, or installed and named by a case."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.policy import Policy, load_policy
from fupin_rules.workflow import Procedure, load_procedure, pinned_procedure, pinned_procedures


def add_procedure(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Declare the procedure; beside a journal, those that are not installed."""
    if required:
        text = "id of an installed procedure, or the path of its file"
        parser.add_argument("--procedure", required=True, metavar="PROCEDURE", help=text)
    else:
        text = "file of a procedure that cases are pinned to and that is not installed; may be repeated"
        parser.add_argument("--procedure", action="append", default=[], metavar="FILE", help=text)


@attrs.frozen
class Brought:
    """
    Procedures that were given, and where packs lie beside them.

    Attributes:
        procedures: Those given.
        search: Folders that hold the packs of their files.
    """

    procedures: tuple[Procedure, ...]
    search: tuple[Path, ...]

    def pinned(self, reference: str) -> Procedure:
        """Find the procedure that a case is pinned to; PolicyError if it is nowhere."""
        return pinned_procedure(reference, self.procedures, search=self.search)

    def of_entries(self, entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Procedure]:
        """Find the procedures that entries name, as far as they are somewhere, by reference."""
        return pinned_procedures(
            dict.fromkeys(str(entry.get("proc")) for entry in entries), self.procedures, search=self.search
        )

    def policy_of(self, procedure: Procedure) -> Policy:
        """Load the policy that a procedure asks."""
        return load_policy(procedure.policy, search=self.search)


def bring(given: Sequence[str], *, checked: bool = False) -> Brought:
    """
    Load the procedures that were given; packs are also looked for beside the pack of a file.

    Args:
        given: Ids of installed ones, or paths.
        checked: Whether what is wrong with one is a fault; not where cases are pinned to it already.
    """
    search = []
    for each in given:
        path = Path(each).resolve()
        if path.is_file() and (path.parents[1] / "pack.toml").is_file():
            search.append(path.parents[2])
    return Brought(tuple(load_procedure(each, search=search, checked=checked) for each in given), tuple(search))
