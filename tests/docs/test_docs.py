"""The docs: every Python block runs, every link leads somewhere, the README's commands are those that CI runs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "SECURITY.md",
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/**/*.md"),
    ]
)
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [re.sub(f"^{each[1]}", "", each[3], flags=re.MULTILINE) for each in found if each[2] == language]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_the_code_of_a_page_runs_from_top_to_bottom(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith("https://"):
            continue
        path, _, heading = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if heading:
            assert heading in headings(target), link


def headings(page: Path) -> set[str]:
    """List the headings of a page as links name them."""
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_ci_runs_the_commands_of_the_readme_as_they_stand() -> None:
    readme, script = (
        (ROOT / "README.md").read_text(encoding="utf-8"),
        (ROOT / ".ci" / "run").read_text(encoding="utf-8"),
    )
    for marker in ("run-the-example", "run-the-tests"):
        assert f"<!-- {marker} -->\n```bash\n" in readme
        assert marker in script
    assert len(blocks(ROOT / "README.md", "bash")) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_docs_are_known(page: Path) -> None:
    from fupin_rules.cli import _parser

    for block in blocks(page, "bash"):
        for line in block.splitlines():
            match = re.search(r"\bfupin ((?:assess|exit|pack|register) .*)", line)
            if match:
                _parser().parse_args(match[1].split())


def test_the_drawn_pages_of_the_reference_are_those_of_the_data() -> None:
    import runpy

    drawn = runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]()
    for name, text in drawn.items():
        held = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert held == text, f"{name} is out of date: run `python docs/generate.py`"


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    for path in (*ROOT.glob("src/**/*.py"), *ROOT.glob("src/**/*.toml"), *PAGES):
        assert not re.search(r"(^|[\"' (=])/(home|work|root|tmp|Users)/", path.read_text(encoding="utf-8")), path
