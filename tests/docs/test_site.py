"""
The documentation site as it is built: complete, and content with the disk it lies on.

`nox -s site` builds it and names the place in `FUPIN_SITE`; without it there is nothing to look at.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

ROOT = Path(__file__).parents[2]
SITE = ROOT / os.environ.get("FUPIN_SITE", "build/no-site")

pytestmark = pytest.mark.skipif("FUPIN_SITE" not in os.environ, reason="there is no site: `nox -s site` builds it")

# What makes a browser load something, or connect somewhere, without being asked. A link that is clicked is none of it.
LOADS = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "form": ("action",),
    "input": ("src",),
}
OUTSIDE = re.compile(r"^\s*(?:[a-z]+:)?//", re.IGNORECASE)


class Page(HTMLParser):
    """Collects what a page loads, where its links lead, and the names in it that links can lead to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.language = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.loads += [held[name] for name in LOADS.get(tag, ()) if name in held]
        self.links += [held["href"]] if tag == "a" and "href" in held else []
        self.ids |= {held[name] for name in ("id", "name") if name in held}
        self.language = held.get("lang", "") if tag == "html" else self.language


@pytest.fixture(scope="module")
def pages() -> dict[Path, Page]:
    found = {path: Page(path) for path in SITE.rglob("*.html")}
    assert len(found) > 70
    return found


def test_no_page_loads_anything_from_outside(pages: dict[Path, Page]) -> None:
    found = {f"{path.relative_to(SITE)}: {load}" for path, page in pages.items() for load in page.loads}
    assert [each for each in found if OUTSIDE.match(each.partition(": ")[2])] == []


def addresses(path: Path) -> Iterator[str]:
    """Give the addresses that a sheet of styles or a page loads by `url()` and `@import`."""
    text = path.read_text(encoding="utf-8")
    yield from re.findall(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", text)


def test_no_style_loads_anything_from_outside() -> None:
    sheets = [*SITE.rglob("*.css"), *SITE.rglob("*.html"), *SITE.rglob("*.svg")]
    found = [(path, each) for path in sheets for each in addresses(path)]
    assert len([path for path, _ in found if path.suffix == ".css"]) > 3  # it does find those there are
    assert [each for each in found if OUTSIDE.match(each[1])] == []


def test_everything_that_is_loaded_is_there(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for load in page.loads:
            file = unquote(load.partition("#")[0].partition("?")[0])
            assert not file or file.startswith("data:") or (path.parent / file).exists(), f"{path}: {load}"


def test_every_link_leads_to_a_page_and_a_place_in_it(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            file, _, place = link.partition("#")
            target = (path.parent / unquote(file)).resolve() if file else path
            assert target.exists(), f"{path}: {link}"
            if place and target in pages:
                assert unquote(place) in pages[target].ids, f"{path}: {link}"


def test_chinese_pages_say_that_they_are_chinese(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        chinese = path.relative_to(SITE).parts[0] == "zh"
        assert page.language == ("zh-CN" if chinese else "en"), path


def test_every_public_name_has_a_place_in_the_reference(pages: dict[Path, Page]) -> None:
    import runpy

    rooms = runpy.run_path(str(ROOT / "docs" / "_site" / "public_names.py"))
    homes = set(rooms["homes"]().values())
    assert len(homes) > 400
    places = {place for path, page in pages.items() if path.parent.name == "python" for place in page.ids}
    assert sorted(home for home in homes if home not in places) == []


def test_each_notebook_was_executed_and_can_be_had(pages: dict[Path, Page]) -> None:
    sources = [each for each in (ROOT / "docs" / "notebooks").glob("*.md") if each.stem != "index"]
    assert len(sources) >= 5
    for source in sources:
        page = (SITE / "notebooks" / source.name).with_suffix(".html")
        assert page in pages
        assert page.read_text(encoding="utf-8").count("cell_output") >= 5
        assert f"{source.stem}.ipynb" in pages[page].links
        notebook = json.loads(page.with_suffix(".ipynb").read_text(encoding="utf-8"))
        cells = [each for each in notebook["cells"] if each["cell_type"] == "code"]
        assert len(cells) == source.read_text(encoding="utf-8").count("```{code-cell}")
        assert all(cell["outputs"] == [] for cell in cells)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("公示期", "zh/how-to/post-a-notice.html"),
        ("fingerprint", "reference/glossary.html"),
        ("what_would_change", "reference/python/engine.html"),
    ],
)
def test_search_works_from_a_disk_without_a_network(asked: str, found: str, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    log = tmp_path / "net.json"
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
        "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND",
        "--virtual-time-budget=6000", f"--log-net-log={log}", "--dump-dom",
    ]  # fmt: skip
    address = f"{(SITE / 'search.html').as_uri()}?q={quote(asked)}"
    shown = subprocess.run([CHROMIUM, *options, address], capture_output=True, text=True, check=True, timeout=60).stdout
    results = shown.partition('id="search-results"')[2]
    assert found in results
    # Browsers ask their maker about themselves; a page would be the one who starts a request for something on it.
    wanted = re.findall(r'"url":"(https?://[^"]*)"', log.read_text(encoding="utf-8", errors="replace"))
    makers = ("google", "gstatic", "gvt1", "chromium")
    assert [each for each in wanted if not any(maker in each for maker in makers)] == []
