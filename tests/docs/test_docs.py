"""The docs: every Python block runs and prints what stands there, every link leads somewhere, tables name what is."""

import ast
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
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
FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
# Their code blocks are those of the English pages, to the letter: `test_two_languages.py` says so, and once is enough.
CHINESE = ROOT / "docs" / "zh"


def blocks(page: Path, language: str) -> list[str]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [re.sub(f"^{each[1]}", "", each[3], flags=re.MULTILINE) for each in found if each[2] == language]


def programs(page: Path) -> Iterator[tuple[str, str | None]]:
    """Give the Python blocks of a page, each with the block of text right below it: what it prints."""
    text = page.read_text(encoding="utf-8")
    found = list(FENCE.finditer(text))
    for block, after in zip(found, [*found[1:], None], strict=True):
        if block[2] == "python":
            is_shown = after is not None and after[2] == "text" and not text[block.end() : after.start()].strip()
            code, shown = (re.sub(f"^{each[1]}", "", each[3], flags=re.MULTILINE) for each in (block, after or block))
            yield code, shown if is_shown else None


# Spark warns of versions of its neighbours, and needs a machine of its own.
SPARK = (
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none"),
    pytest.mark.filterwarnings("ignore"),
)
PROGRAMS = [
    pytest.param(page, id=str(page.relative_to(ROOT)), marks=SPARK if "pyspark" in "".join(code) else ())
    for page in PAGES
    if CHINESE not in page.parents and (code := blocks(page, "python"))
]


@pytest.mark.parametrize("page", PROGRAMS)
def test_the_code_of_a_page_runs_from_top_to_bottom_and_prints_what_stands_there(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names: dict[str, object] = {}
    for code, shown in programs(page):
        exec(compile(code, str(page), "exec"), names)
        printed = capsys.readouterr().out
        if shown is not None:
            assert printed == shown


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
        for line in block.replace("\\\n", " ").splitlines():
            verbs = "assess|ask|exit|compare|reopen|report|pack|register|forms|case|schema"
            match = re.search(rf"\bfupin ((?:{verbs}) [^>|]*)", line)
            if match:
                _parser().parse_args(shlex.split(match[1], comments=True))


def test_the_drawn_pages_of_the_reference_are_those_of_the_data() -> None:
    import runpy

    drawn = runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]()
    for name, text in drawn.items():
        held = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert held == text, f"{name} is out of date: run `python docs/generate.py`"


def test_the_reference_of_frames_names_all_that_is_public_and_the_oldest_engines() -> None:
    from fupin_rules import columnar
    from fupin_rules.columnar._engines import OLDEST

    page = (ROOT / "docs/reference/frames.md").read_text(encoding="utf-8")
    assert set(columnar.__all__) <= set(re.findall(r"`(\w+)", page))
    told = re.findall(r"^\| (\w+) \| `.* \| ([\d.]+) \|$", page, re.MULTILINE)
    layer = re.findall(r"(Narwhals)\]\(.*\) ([\d.]+) or newer", page)
    assert {name.lower(): version for name, version in (*told, *layer)} == dict(OLDEST)


def codes_of_reasons() -> set[str]:
    """Collect the codes that reasons are made with, from the source."""
    found: set[str] = set()
    for path in ROOT.glob("src/fupin_rules/workflow/**/*.py"):
        found |= codes_in(ast.parse(path.read_text(encoding="utf-8")))
    return found


def codes_in(module: ast.Module) -> set[str]:
    """Collect the codes of one file: given to `Reason`, or to a function that hands its own argument on as the code."""
    makers, found = {"Reason": 0}, set[str]()
    functions = [each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)]
    while True:
        known = dict(makers)
        for function in functions:
            arguments = [each.arg for each in function.args.args if each.arg != "self"]
            for code in codes_given(function, known):
                match code:
                    case ast.Constant(str() as text):
                        found.add(text)
                    case ast.Name(name) if name in arguments:
                        makers[function.name] = arguments.index(name)
                    case _:
                        raise AssertionError(f"{function.name}: a code that this test cannot read")
        if makers == known:
            return found


def codes_given(function: ast.FunctionDef, makers: Mapping[str, int]) -> Iterator[ast.expr]:
    """Give what stands for the code in each call of a maker of reasons."""
    for call in ast.walk(function):
        match call:
            case ast.Call(ast.Name(name) | ast.Attribute(attr=name)) if name in makers:
                named = [each.value for each in call.keywords if each.arg == "code"]
                code = named[0] if named else call.args[makers[name]]
                yield from (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
            case _:
                pass


def test_the_reference_lists_every_reason_there_is_and_no_other() -> None:
    page = (ROOT / "docs/reference/workflow.md").read_text(encoding="utf-8")
    table = page.partition("## Reasons of a refusal")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == codes_of_reasons()


def test_every_kind_of_finding_in_a_journal_is_explained() -> None:
    from fupin_rules.journal import FindingKind

    page = (ROOT / "docs/explanation/integrity.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [kind.value for kind in FindingKind]


def test_the_reference_names_everything_public_of_the_workflow_and_the_journal() -> None:
    from fupin_rules import journal, workflow

    page = (ROOT / "docs/reference/workflow.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)", page))
    assert [name for room in (workflow, journal) for name in room.__all__ if name not in named] == []


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    for path in (*ROOT.glob("src/**/*.py"), *ROOT.glob("src/**/*.toml"), *PAGES):
        assert not re.search(r"(^|[\"' (=])/(home|work|root|tmp|Users)/", path.read_text(encoding="utf-8")), path
