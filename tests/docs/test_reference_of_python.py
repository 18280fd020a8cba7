"""The reference from docstrings names every room and every public name."""

import re
import runpy
from pathlib import Path

import fupin_rules

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "reference" / "python"
SOURCE = Path(fupin_rules.__file__).parent
# A command, a plugin and a package of data have pages of another kind; nobody needs the last one but the library.
NO_ROOMS = {"cli", "__main__", "pytest_plugin", "packs", "bulk"}


def test_the_first_page_names_everything_that_the_facade_gives() -> None:
    page = (PAGES / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^   (\w+)$", page, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) | {"Truth", "__version__"} == set(fupin_rules.__all__)
    assert all(f"`{name}`" in page or f".{name}`" in page for name in ("Truth", "__version__"))


def test_every_room_has_a_page_and_every_page_a_room() -> None:
    rooms = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    rooms = {room for room in rooms if not room.startswith("_")} - NO_ROOMS
    assert {page.stem for page in PAGES.glob("*.md")} - {"index"} == rooms
    listed = runpy.run_path(str(ROOT / "docs" / "_site" / "public_names.py"))["ROOMS"]
    assert set(listed) == rooms
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    assert all(f"({room}.md)" in index for room in rooms)
