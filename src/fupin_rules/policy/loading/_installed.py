"""
Where packs are found: inside the library, in data folders of other distributions, or at a path the caller gives.

Another distribution names its folder in the entry-point group `fupin_rules.packs`; the folder is located and read,
never imported, so that installing a pack runs no code of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path

from fupin_rules.errors import Fault, PolicyError
from fupin_rules.policy.loading._pack_files import PACK_ID

GROUP = "fupin_rules.packs"
_OURS = Path(__file__).resolve().parents[2] / "packs"


def installed_packs() -> Mapping[str, Path]:
    """
    List the packs that can be loaded by id, with their folders.

    >>> "yucheng-2016" in installed_packs()
    True
    """
    found = {folder.name: folder for folder in sorted(_OURS.iterdir()) if (folder / "pack.toml").is_file()}
    for entry in entry_points(group=GROUP):
        if entry.dist is not None:
            folder = Path(str(entry.dist.locate_file(entry.value.replace(".", "/"))))
            found.setdefault(entry.name, folder)
    return found


def find_pack(pack: str | Path, search: Sequence[Path] = ()) -> Path:
    """
    Find the folder of a pack.

    Args:
        pack: Id of an installed pack, or the path of a folder.
        search: Folders that hold further packs, looked through first.

    Raises:
        PolicyError: There is no such pack; the nearest id is offered.
    """
    if isinstance(pack, Path) or not PACK_ID.match(pack):
        folder = Path(pack)
        if (folder / "pack.toml").is_file():
            return folder.resolve()
        raise PolicyError(Fault(str(pack)[:200], "is no pack folder", "give a folder with a pack.toml", "no_pack"))
    # No pack of another distribution goes before one of the library, so the others are asked for only after it.
    for parent in (*search, _OURS):
        if (parent / pack / "pack.toml").is_file():
            return (parent / pack).resolve()
    installed = installed_packs()
    if pack in installed:
        return installed[pack]
    near = difflib.get_close_matches(pack, installed, 1)
    mend = f"did you mean `{near[0]}`?" if near else f"installed: {', '.join(installed)}"
    raise PolicyError(Fault(f"pack `{pack}`", "is not installed", mend, "no_pack"))
