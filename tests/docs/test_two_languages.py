"""The pages that stand in both languages say the same, show the same code, and lead to each other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CHINESE = DOCS / "zh"
PAIRS = [(DOCS / page.relative_to(CHINESE), page) for page in sorted(CHINESE.rglob("*.md"))]
FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```\n?", re.MULTILINE | re.DOTALL)

both = pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda page: str(page.relative_to(DOCS)))


def code(page: Path) -> list[tuple[str, str]]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [(each[2], each[3]) for each in found if each[2] != "{toctree}"]


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def levels(page: Path) -> list[int]:
    return [len(each) for each in re.findall(r"^(#+) ", prose(page), re.MULTILINE)]


def test_what_a_case_worker_or_an_analyst_needs_stands_in_both_languages() -> None:
    assert {str(english.relative_to(DOCS)) for english, _ in PAIRS} >= {
        "index.md",
        "tutorial/first-register.md",
        "tutorial/first-case.md",
        "explanation/unknown.md",
        "explanation/how-rules-combine.md",
        "explanation/limits-and-privacy.md",
        "how-to/adjust-a-register.md",
        "how-to/amend-a-policy.md",
        "how-to/ask-a-household.md",
        "how-to/ask-what-would-change.md",
        "how-to/assess-a-large-register.md",
        "how-to/fill-the-forms.md",
        "how-to/know-what-a-change-does.md",
        "how-to/make-a-report.md",
        "how-to/post-a-notice.md",
    }


@both
def test_both_pages_have_the_same_headings_and_the_same_code(english: Path, chinese: Path) -> None:
    assert levels(english) == levels(chinese)
    assert code(english) == code(chinese)


@both
def test_both_pages_have_as_many_points_and_rows(english: Path, chinese: Path) -> None:
    if english.name == "index.md":  # what there is to read differs
        return
    for begin in (r"- ", r"\d+\. ", r"\|"):
        mark = re.compile(rf"^{begin}", re.MULTILINE)
        assert len(mark.findall(prose(english))) == len(mark.findall(prose(chinese))), begin


@both
def test_each_page_leads_to_the_other_below_its_title(english: Path, chinese: Path) -> None:
    for here, there, name in ((english, chinese, "中文"), (chinese, english, "English")):
        title, _, link = here.read_text(encoding="utf-8").split("\n")[:3]
        assert title.startswith("# ")
        found = re.fullmatch(rf"\[{name}\]\((.*)\)", link)
        assert found is not None, here
        assert (here.parent / found[1]).resolve() == there.resolve()


@both
def test_the_chinese_page_is_in_chinese_and_the_english_one_in_english(english: Path, chinese: Path) -> None:
    told = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)", "", prose(chinese))
    for line in told.splitlines():
        assert re.search(r"[一-鿿]", line) or not re.search(r"[A-Za-z]{3,} +[A-Za-z]{3,}", line), line
    for line in re.sub(r"`[^`]*`|\[中文\]", "", prose(english)).splitlines():
        assert not re.search(r"[一-鿿]{8,}", line), line
