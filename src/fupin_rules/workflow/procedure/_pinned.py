"""
Finding what a case is pinned to: among procedures that are brought, and those that installed packs hold.

A pin names id, version and digest, so only the very procedure under which a case began is found, never a later one; it
is read as it is, for its cases go on whatever would be found wrong with it today.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from fupin_rules.errors import Fault, PolicyError
from fupin_rules.workflow.procedure._installed import installed_procedures, load_procedure
from fupin_rules.workflow.procedure._procedure import Procedure

_SHOWN = 140


def pinned_procedures(
    references: Iterable[str], brought: Iterable[Procedure] = (), *, search: Sequence[Path] = ()
) -> Mapping[str, Procedure]:
    """
    Find the procedures that cases are pinned to; those that are nowhere are left out.

    Args:
        references: `id/version@digest` of each.
        brought: Looked through first.
        search: Folders that hold further packs, looked through before the installed ones.

    Returns:
        By reference.

    Raises:
        PolicyError: A file that could be one of them has faults.
    """
    known = {procedure.reference: procedure for procedure in brought}
    paths = installed_procedures(search)
    loaded: set[Path] = set()
    found = {}
    for reference in references:
        if reference not in known:
            for path in _files(reference, paths):
                if path not in loaded:
                    loaded.add(path)
                    procedure = load_procedure(path, search=search, checked=False)
                    known.setdefault(procedure.reference, procedure)
        if reference in known:
            found[reference] = known[reference]
    return MappingProxyType(found)


def pinned_procedure(reference: str, brought: Iterable[Procedure] = (), *, search: Sequence[Path] = ()) -> Procedure:
    """
    Find the procedure that a case is pinned to.

    Args:
        reference: `id/version@digest`.
        brought: Looked through first.
        search: Folders that hold further packs, looked through before the installed ones.

    Raises:
        PolicyError: It is nowhere, or a file that could be it has faults.

    >>> pinned_procedure(load_procedure("yucheng-2016").reference).id
    'yucheng-2016'
    """
    held = tuple(brought)
    found = pinned_procedures([reference], held, search=search)
    if reference in found:
        return found[reference]
    where = f"procedure `{reference[:_SHOWN]}`"
    paths = installed_procedures(search)
    others = [load_procedure(path, search=search, checked=False) for path in dict.fromkeys(_files(reference, paths))]
    others += [each for each in held if each.id == _id_of(reference)]
    if others:
        listed = ", ".join(f"`{each.reference}`" for each in others)
        what = f"is not at hand, only another text of it: {listed}"
    else:
        near = difflib.get_close_matches(_id_of(reference)[:_SHOWN], [each for each in paths if ":" not in each], 1)
        what = f"is not installed; the nearest name is `{near[0]}`" if near else "is not installed"
    raise PolicyError(Fault(where, what, "bring the file that the case began with", "no_procedure"))


def _id_of(reference: str) -> str:
    return reference.partition("/")[0]


def _files(reference: str, paths: Mapping[str, Path]) -> list[Path]:
    return [path for name, path in paths.items() if name.endswith(f":{_id_of(reference)}")]
