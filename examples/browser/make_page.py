"""
Make the page: one folder of files that any web server can hand out, with nothing to fetch from anywhere else.

    python examples/browser/make_page.py [OUT] [--pack FOLDER …] [--kept FOLDER]

In it are a Python for the browser (Pyodide), the library as a wheel with the few wheels it needs, packs of one's own,
and the page. What comes from registries is pinned by digest, kept in a folder, and taken from there the next time: with
that folder the page is made without a network.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import bridge

from fupin_rules.policy import installed_packs

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
PAGE: Final = ("index.html", "style.css", "icon.svg", "words.json", "*.mjs", "bridge.py", "fault_words.py")


@attrs.frozen
class Package:
    """
    A package of the npm registry, pinned.

    Attributes:
        name: Its name.
        version: Its version.
        sha512: Digest of its archive, as the registry writes it (base64).
    """

    name: str
    version: str
    sha512: str

    def archive(self, kept: Path) -> Path:
        """
        Give the archive, fetched if it is not kept yet.

        Raises:
            SystemExit: npm is not there, or what came is not what was pinned.
        """
        path = kept / f"{self.name}-{self.version}.tgz"
        if not path.exists():
            _run([_npm(), "pack", "--silent", f"{self.name}@{self.version}", "--pack-destination", str(kept)])
        if base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode() != self.sha512:
            raise SystemExit(f"{path}: is not the archive that was pinned; delete it, and run this again")
        return path


PYODIDE: Final = Package(
    "pyodide", "314.0.7", "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
# What a browser loads; the rest is for other places, or for finding faults.
RUNTIME: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "package.json")


def make_page(out: Path, packs: Sequence[Path] = (), *, kept: Path) -> Path:
    """
    Make the page in a folder, which is emptied first.

    Args:
        out: The folder; one that holds something else than a page is refused.
        packs: Folders of packs to offer besides those of the library.
        kept: Where downloads are kept.

    Raises:
        SystemExit: Something is missing, or a pack does not load.
    """
    if out.exists() and any(out.iterdir()) and not (out / "page.json").is_file():
        raise SystemExit(f"{out}: holds something else than a page; give another folder")
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        page = Path(made, "page")
        page.mkdir()
        for pattern in PAGE:
            for path in HERE.glob(pattern):
                shutil.copy(path, page)
        runtime = _take_runtime(page / "pyodide", kept)
        wheels = _take_wheels(page / "wheels", kept)
        about = {"python": runtime, "wheels": wheels, "packs": _take_packs(page, packs), "policies": _policies(packs)}
        (page / "page.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(page, out)
    return out


def _take_runtime(folder: Path, kept: Path) -> dict[str, Any]:
    """Unpack what a browser loads; the index of packages that could be fetched as well is left empty."""
    folder.mkdir()
    with tarfile.open(PYODIDE.archive(kept)) as archive:
        for name in RUNTIME:
            (folder / name).write_bytes(_member(archive, name))
        index = json.loads(_member(archive, "pyodide-lock.json"))
    return {"info": index["info"], "packages": {}}


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    held = archive.extractfile(f"package/{name}")
    assert held is not None, name
    return held.read()


def _take_wheels(folder: Path, kept: Path) -> list[str]:
    """Build our wheel, and put it beside those it needs."""
    folder.mkdir()
    pinned = HERE / "wheels.txt"
    options = ("--quiet", "--no-deps", "--only-binary", ":all:", "--python-version", "3.14", "--require-hashes")
    # Wheels are taken from what is kept where all are there, so that a folder brought by hand is enough.
    download = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), "--requirement", str(pinned)]
    if not _does([*download, "--no-index", "--find-links", str(kept)]):
        _run(download)
        for path in folder.glob("*.whl"):
            shutil.copy(path, kept)
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)])
    return sorted(path.name for path in folder.glob("*.whl"))


def _take_packs(page: Path, packs: Iterable[Path]) -> str | None:
    """Pack further packs into one archive; None where there are none."""
    paths = [(pack, path) for pack in packs for path in sorted(pack.rglob("*")) if path.is_file()]
    if not paths:
        return None
    with zipfile.ZipFile(page / "packs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for pack, path in paths:
            # One date for all, so that the same packs give the same bytes.
            entry = zipfile.ZipInfo((Path(pack.name) / path.relative_to(pack)).as_posix())
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return "packs.zip"


def _policies(packs: Iterable[Path]) -> list[dict[str, Any]]:
    """Describe the policies that the page offers: one's own first, then that of the article, then the others."""
    search = tuple(dict.fromkeys(pack.resolve().parent for pack in packs))
    ids = dict.fromkeys([*(pack.resolve().name for pack in packs), "yucheng-2016", *installed_packs()])
    described = (bridge.offered(each, search) for each in ids)
    return [each for each in described if each is not None]


def _npm() -> str:
    found = shutil.which("npm")
    if found is None:
        raise SystemExit("npm: is not installed; install it, or bring the folder of downloads from another machine")
    return found


def _run(command: list[str]) -> None:
    done = _done(command)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def _does(command: list[str]) -> bool:
    return _done(command).returncode == 0


def _done(command: list[str]) -> subprocess.CompletedProcess[str]:
    # Every command is made here; of what a caller gives, they hold paths of folders alone.
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def main() -> None:
    """Read the arguments, make the page, and tell what it weighs."""
    parser = argparse.ArgumentParser(description="make the page that tries a policy on a household")
    parser.add_argument("out", type=Path, nargs="?", default=Path("build/page"), help="folder of the page")
    parser.add_argument("--pack", type=Path, action="append", default=[], help="folder of a pack of one's own")
    parser.add_argument("--kept", type=Path, default=ROOT / "build/kept", help="folder of downloads")
    given = parser.parse_args()
    out = make_page(given.out, given.pack, kept=given.kept.resolve())
    weight = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{out}: {weight / 1_000_000:.1f} MB; python -m http.server --bind 127.0.0.1 --directory {out}")  # noqa: T201


if __name__ == "__main__":
    main()
