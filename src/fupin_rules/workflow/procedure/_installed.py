"""
Where procedures are found: in the folder `procedures` of packs, installed or at a path the caller gives.

A procedure has the name of its file. Where two packs have one of the same name, each is reached as `pack:id`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from fupin_rules.errors import Fault, PolicyError
from fupin_rules.policy import installed_packs, pack_sources
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.procedure._read import PROCEDURE_ID, read_procedure_file


def installed_procedures(search: Sequence[Path] = ()) -> Mapping[str, Path]:
    """
    List the procedures that can be loaded by id, with their files.

    Args:
        search: Folders that hold further packs; a pack there goes before an installed one of its name.

    Returns:
        Every procedure by its pack and its id, a colon between; those whose id no two packs share by their id too.

    >>> "yucheng-2016" in installed_procedures(), "yucheng-2016:yucheng-2016" in installed_procedures()
    (True, True)
    """
    packs: dict[str, Path] = {}
    for parent in search:
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if (folder / "pack.toml").is_file():
                packs.setdefault(folder.name, folder)
    for pack, folder in installed_packs().items():
        packs.setdefault(pack, folder)
    full: dict[str, Path] = {}
    holders: dict[str, list[Path]] = {}
    for pack, folder in packs.items():
        for path in sorted((folder / "procedures").glob("*.toml")):
            if PROCEDURE_ID.match(path.stem):
                full[f"{pack}:{path.stem}"] = path
                holders.setdefault(path.stem, []).append(path)
    single = {name: paths[0] for name, paths in holders.items() if len(paths) == 1}
    return MappingProxyType(single | full)


def load_procedure(procedure: str | Path, *, search: Sequence[Path] = (), checked: bool = True) -> Procedure:
    """
    Load a procedure, checked whole.

    Args:
        procedure: Id of an installed procedure, `pack:id`, or the path of a TOML file; in the folder `procedures` of a
            pack it cites the sources of that pack and of those it extends.
        search: Folders that hold further packs, looked through before the installed ones.
        checked: Whether what `validate` finds is a fault; not where cases are pinned to it already.

    Raises:
        PolicyError: It is not found, or it or its pack has faults; all of them are listed, with file, line and column.
        LimitError: It is larger or deeper than is read.

    >>> load_procedure("yucheng-2016").initial
    'draft'
    """
    path = _find(procedure, search)
    pack = path.parent.parent
    is_in_pack = path.parent.name == "procedures" and (pack / "pack.toml").is_file()
    sources = pack_sources(pack, search=search) if is_in_pack else {}
    return read_procedure_file(path, sources, checked=checked)


def _find(procedure: str | Path, search: Sequence[Path]) -> Path:
    if isinstance(procedure, Path) or procedure.endswith(".toml"):
        path = Path(procedure)
        if path.is_file():
            return path.resolve()
        raise PolicyError(Fault(str(procedure)[:200], "is no file", "give a procedure as a TOML file", "no_procedure"))
    installed = installed_procedures(search)
    if procedure in installed:
        return installed[procedure]
    where = f"procedure `{procedure[:130]}`"
    sharing = [each for each in installed if each.endswith(f":{procedure}")]
    if sharing:
        mend = f"say which: {', '.join(f'`{each}`' for each in sharing)}"
        raise PolicyError(Fault(where, "is in more than one pack", mend, "no_procedure"))
    near = difflib.get_close_matches(procedure[:130], installed, 1)
    known = ", ".join(each for each in installed if ":" not in each) or "none"
    raise PolicyError(
        Fault(
            where, "is not installed", f"did you mean `{near[0]}`?" if near else f"installed: {known}", "no_procedure"
        )
    )
