"""
Loading a policy: a pack read with the packs below it, joined and checked whole, or refused with every fault found.

A pack is data from a stranger: loading runs nothing of it, reads nothing outside its folder and the packs it extends,
and keeps every limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import attrs

from fupin_rules.citations import Source
from fupin_rules.errors import Fault, LimitError, PolicyError
from fupin_rules.policy._policy import Policy
from fupin_rules.policy.loading._assemble import join
from fupin_rules.policy.loading._installed import find_pack
from fupin_rules.policy.loading._pack_files import read_pack, refuse
from fupin_rules.policy.loading._raw import PackFiles

MAX_LINEAGE = 16


def load_policy(pack: str | Path, *, search: Sequence[Path] = ()) -> Policy:
    """
    Load a pack and the packs below it, checked whole.

    Args:
        pack: Id of an installed pack, or the path of a pack folder.
        search: Folders that hold further packs, looked through before the installed ones.

    Raises:
        PolicyError: The pack is not found or has faults; all of them are listed, with file, line and column.
        LimitError: It is larger or deeper than is read.

    >>> load_policy("yucheng-2016").lineage[-1]
    'yucheng-2016'
    """
    return join(lineage_of(pack, search))


def pack_sources(pack: str | Path, *, search: Sequence[Path] = ()) -> Mapping[str, Source]:
    """
    Give the sources that a pack and the packs below it name, by key; a nearer pack goes before one below.

    Args:
        pack: Id of an installed pack, or the path of a pack folder.
        search: Folders that hold further packs, looked through before the installed ones.

    Raises:
        PolicyError: The pack is not found, or a file of it cannot be read; all faults are listed.
        LimitError: It is larger or deeper than is read.

    >>> pack_sources("yucheng-2016")["article"].standing.value
    'stated'
    """
    packs = lineage_of(pack, search)
    return MappingProxyType({key: source for files in packs for key, source in files.sources.items()})


def lineage_of(pack: str | Path, search: Sequence[Path]) -> list[PackFiles]:
    """
    Read the files of a pack and of all below it, each once, the lowest first.

    Raises:
        PolicyError: A pack is not found, or a file of it cannot be read; all faults are listed.
        LimitError: One is larger or deeper than is read.
    """
    packs, faults = _lineage(pack, search)
    refuse(faults)
    return packs


def _lineage(pack: str | Path, search: Sequence[Path]) -> tuple[list[PackFiles], list[Fault]]:
    order: list[PackFiles] = []
    faults: list[Fault] = []
    done: set[str] = set()

    def visit(folder: Path, above: tuple[str, ...]) -> None:
        if folder.name in above:
            faults.append(
                Fault(
                    f"pack `{folder.name}`",
                    f"extends itself: {' → '.join((*above, folder.name))}",
                    "drop one",
                    "cycle",
                )
            )
            return
        if folder.name in done:
            return
        if len(above) >= MAX_LINEAGE:
            raise LimitError(
                Fault(f"pack `{folder.name}`", f"more than {MAX_LINEAGE} packs deep", "extend fewer", "lineage")
            )
        done.add(folder.name)
        files, found = read_pack(folder)
        faults.extend(found)
        for below in files.extends if files else ():
            try:
                visit(find_pack(below, search), (*above, folder.name))
            except PolicyError as error:
                faults.extend(
                    attrs.evolve(each, where=f"{files.where if files else ''}: {each.where}") for each in error.faults
                )
        if files is not None:
            order.append(files)

    visit(find_pack(pack, search), ())
    return order, faults
