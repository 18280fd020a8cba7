"""The page of a report: stands alone, reads well, says everything twice or in one language, and can be sorted."""

import base64
import hashlib
import os
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.errors import PolicyError
from fupin_rules.markup import DARK, LIGHT
from fupin_rules.registry import simulate
from fupin_rules.report import Report, Said, draw_up, write_page
from fupin_rules.report._style import DARK_FILLS, LIGHT_FILLS, SCRIPT, style

YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
EXAMPLE = str(Path(__file__).parents[2] / "examples" / "yucheng-2016")
MOST = 2_000_000


def report_on(count: int, people: int, townships: int) -> Report:
    made = simulate(seed=3, households=count, people=people, townships=townships)
    return draw_up(fr.assess_many(made.households, YUCHENG))


REPORT = report_on(600, 1150, 3)
PAGES = {language: write_page(REPORT, language=language) for language in ("both", "zh", "en")}

VOID = {"meta", "input", "rect", "path"}


class Page(HTMLParser):
    """Reads the page; demands that tags nest, and keeps what tests ask about."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("style", "script"):
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def read(page: str) -> Page:
    reader = Page()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_well_formed_and_asks_nothing_of_the_world(language: str) -> None:
    page = PAGES[language]
    reader = read(page)
    assert page.startswith("<!doctype html>")
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)", page)
    for tag, held in reader.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "use", "a"}
        assert not {"src", "href", "srcset", "action"} & held.keys()
        assert not any(name.startswith("on") for name in held)
    # The page forbids it to itself too, and lets its one script run by its digest.
    policy = next(held["content"] for tag, held in reader.tags if held.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script == SCRIPT
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy


def test_in_one_language_nothing_is_said_in_the_other() -> None:
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"第\d+[镇村]", "", "".join(read(PAGES["en"]).text)))
    assert 'lang="en"' not in PAGES["zh"]
    assert 'type="radio"' not in PAGES["zh"]
    assert "eligible" not in "".join(read(PAGES["zh"]).text)


def test_in_both_every_text_stands_twice_and_one_switch_shows_one_of_them() -> None:
    reader = read(PAGES["both"])
    languages = [held.get("lang") for tag, held in reader.tags if tag in ("span", "text")]
    assert languages.count("zh") == languages.count("en") > 100
    assert [held["value"] for tag, held in reader.tags if tag == "input"] == ["zh", "en"]
    assert "#lang-zh:checked~* [lang=en]" in style()
    with pytest.raises(PolicyError) as caught:
        write_page(REPORT, language="fr")
    assert str(caught.value) == "language: `fr` is not known here; give `zh`, `en` or `both`"


@pytest.mark.parametrize("language", PAGES)
def test_every_picture_says_in_words_what_it_shows(language: str) -> None:
    page = PAGES[language]
    pictures = re.findall(r'<svg viewBox="0 0 440 [^>]*>', page)
    assert len(pictures) == 9
    for picture in pictures:
        name = re.search(r'role="img" aria-labelledby="(\w+)-t \1-d"', picture)
        assert name is not None
        assert re.search(rf'<title id="{name[1]}-t">[^<]+</title><desc id="{name[1]}-d">[^<]+</desc>', page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_table_can_be_sorted_by_each_of_its_columns_with_the_keys_too() -> None:
    for table in re.findall(r"<table>.*?</table>", PAGES["en"], re.DOTALL):
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)
        assert len(heads) >= 2
        assert all(head.startswith('<button type="button">') for head in heads)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("<tbody>")[2]):
            assert len(re.findall(r"<t[dh]\b", row)) == len(heads)
    assert "aria-sort" in SCRIPT
    assert PAGES["en"].count('<div class="wide" tabindex="0"><table>') == PAGES["en"].count("<table>")


def test_what_is_put_together_stays_last_when_a_table_is_sorted() -> None:
    assert any(row.id == "others" for row in REPORT.figures["villages"].rows)
    assert '<tr class="rest">' in PAGES["en"]
    assert 'contains("rest")' in SCRIPT


def test_texts_of_a_strangers_pack_and_register_stay_texts() -> None:
    hostile = "<script>alert(1)</script>\"'&"
    rules = tuple(attrs.evolve(each, zh=hostile, en=hostile) for each in YUCHENG.policy.rules)
    policy = attrs.evolve(YUCHENG.policy, zh=hostile, en=hostile, note_zh=hostile, note_en=hostile, rules=rules)
    homes = [fr.Household(id=f"H-{at}", township=hostile, village=hostile, hukou="urban") for at in range(9)]
    page = write_page(draw_up(fr.assess_many(homes, policy.on(YUCHENG.on))))
    reader = read(page)
    assert sum(tag == "script" for tag, _ in reader.tags) == 1
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") > 20


def test_a_small_register_gives_a_page_too(tmp_path: Path) -> None:
    homes = [fr.Household(id=f"H-{at}", hukou="urban") for at in range(5)]
    page = write_page(draw_up(fr.assess_many(homes, YUCHENG)))
    read(page)
    assert "No household is held up." in page


def test_numbers_are_grouped_and_a_dash_stands_for_what_is_not_shown() -> None:
    assert "3,402" in PAGES["en"]
    held = attrs.evolve(
        REPORT,
        figures={
            **REPORT.figures,
            "eligibility": attrs.evolve(
                REPORT.figures["eligibility"],
                rows=(attrs.evolve(REPORT.figures["eligibility"].rows[0], counts=(None, None)),),
            ),
        },
    )
    page = write_page(held, language="en")
    assert '<td class="num" data-v="">–</td>' in page
    # Of a figure with nothing that may be shown, the table says so, and there is no picture.
    assert 'id="eligibility-t"' not in page
    assert "set aside" not in page
    assert "12 more could not be read" in write_page(attrs.evolve(REPORT, set_aside=12), language="en")


def test_a_figure_that_is_left_out_says_so() -> None:
    note = Said("不显示。", "Not shown.")
    left_out = {name: attrs.evolve(REPORT.figures[name], rows=(), note=note) for name in ("distance", "standings")}
    page = write_page(attrs.evolve(REPORT, figures={**REPORT.figures, **left_out}), language="en")
    read(page)
    assert page.count("Not shown.") == 2
    assert 'id="distance-t"' not in page


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("page", "fills"), [(LIGHT, LIGHT_FILLS), (DARK, DARK_FILLS)], ids=["light", "dark"])
def test_every_filling_can_be_told_from_the_page(page: dict[str, str], fills: dict[str, str]) -> None:
    for name, colour in fills.items():
        low, high = sorted((luminance(colour), luminance(page["page"])))
        assert (high + 0.05) / (low + 0.05) >= 3, name
    assert len(set(fills.values())) == len(fills)


@pytest.mark.skipif(not os.environ.get("FUPIN_SWEEP"), reason="takes half a minute: FUPIN_SWEEP=1 runs it")
def test_the_register_of_the_article_gives_a_page_of_two_megabytes_at_most() -> None:
    report = report_on(7311, 13672, 12)
    assert len(write_page(report).encode()) <= MOST


def test_a_page_grows_with_places_and_never_with_households() -> None:
    sizes = [len(write_page(report_on(count, 2 * count, 2)).encode()) for count in (300, 1200)]
    assert sizes[1] < 2 * sizes[0] < MOST


# -- the command -------------------------------------------------------------------------------------------------------

ASKED = ["--policy", "yucheng-2016", "--on", "2016-01-31"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def ask(*arguments: str) -> tuple[int, str, str]:
        status = main(["report", *arguments])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return ask


def test_the_command_writes_one_page(tmp_path: Path, run: Any) -> None:
    out = tmp_path / "report.html"
    assert run(EXAMPLE, *ASKED, "--out", str(out))[:2] == (0, f"report on 24 households: {out}\n")
    read(out.read_text(encoding="utf-8"))
    assert run(EXAMPLE, *ASKED, "--out", str(out), "--lang", "zh")[1] == f"24户的报告：{out}\n"
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "report.pdf"], "`report.pdf` ends in neither .html nor .htm"),
        (["--out", "x.html", "--least", "-1"], "`-1` is no whole number, zero or more"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: list[str], said: str, run: Any) -> None:
    status, _, err = run(EXAMPLE, *ASKED, *arguments)
    assert status == 2
    assert said in err


def test_a_page_is_not_written_into_the_register(run: Any) -> None:
    status, _, err = run(EXAMPLE, *ASKED, "--out", f"{EXAMPLE}/report.html")
    assert (status, "lies in the register itself" in err) == (2, True)


def test_a_register_without_households_or_with_too_few_is_refused(tmp_path: Path, run: Any) -> None:
    register = tmp_path / "few.jsonl"
    register.write_text('{"id": "H-1"}\n', encoding="utf-8")
    status, out, err = run(str(register), *ASKED, "--out", str(tmp_path / "report.html"))
    assert (status, out) == (2, "")
    assert err.startswith("report: 1 household is too few")
    assert not (tmp_path / "report.html").exists()


def test_words_of_both_languages_are_there() -> None:
    for figure in REPORT.figures.values():
        for said in (figure.said, *(said for _, said in figure.columns), *(row.said for row in figure.rows)):
            assert isinstance(said, Said)
            assert said.zh
            assert said.en
