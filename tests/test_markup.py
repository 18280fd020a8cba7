"""Drawings: hostile texts stay texts in HTML, Markdown and plain text; colours can be read; styles stay at home."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fupin_rules.citations import Standing
from fupin_rules.markup import (
    DARK,
    LIGHT,
    STYLE,
    Badge,
    Drawing,
    Grid,
    Node,
    Part,
    Tone,
    draw_html,
    draw_markdown,
    draw_text,
    html,
    listed,
    markdown,
    mimebundle,
    one_line,
    standing_badge,
)

PIECES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table></details></div><style>*{display:none}</style>",
    "\" onmouseover='alert(1)' ",
    "&lt;b&gt; &amp; &#36;",
    "`code` ``` fence",
    "a | b | c",
    "[link](javascript:alert(1)) ![picture](https://example.org/x.png)",
    "**bold** _it_ ~~gone~~ \\ \\( x \\) $x$ $$y$$",
    "https://example.org www.example.org a@example.org",
    "# heading",
    "- item",
    "+ item",
    "12. item",
    "3) item",
    "> quote",
    "---",
    "===",
    "| --- |",
    "\n\n<b>\r\n# new line",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{ZERO WIDTH SPACE}\x00\x1b[31m",
    "户主（甲）",
)
HOSTILE = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join),
    st.text(alphabet="`*_[]()<>|\\#-+=.~$&!:\"'/@ 1a\n\t户", max_size=12),
    st.text(max_size=12),
)
TONES = st.sampled_from(Tone)
NODES = st.recursive(
    st.builds(Node, HOSTILE, tone=TONES),
    lambda inner: st.builds(Node, HOSTILE, st.lists(inner, max_size=3).map(tuple), TONES),
    max_leaves=6,
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 4))
    row = st.tuples(*[st.one_of(HOSTILE, st.builds(Badge, HOSTILE, TONES))] * width)
    head = draw(st.tuples(*[HOSTILE] * width))
    return Grid(head, tuple(draw(st.lists(row, max_size=3))), tuple(draw(st.sets(st.integers(0, width - 1)))))


PARTS = st.builds(
    Part, HOSTILE, st.lists(NODES, max_size=3).map(tuple), st.one_of(st.none(), grids()), folded=st.booleans()
)
DRAWINGS = st.builds(
    Drawing,
    st.sampled_from(["zh", "en"]),
    HOSTILE,
    TONES,
    st.lists(st.builds(Badge, HOSTILE, TONES), max_size=2).map(tuple),
    st.lists(HOSTILE, max_size=3).map(tuple),
    st.lists(PARTS, max_size=3).map(tuple),
)


def nodes_of(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from nodes_of(node.inner)


def texts_of(drawing: Drawing) -> Iterator[str]:
    """All texts that a drawing shows in HTML, in order."""
    yield drawing.title
    yield from (each.text for each in drawing.badges)
    yield from drawing.remarks
    for part in drawing.parts:
        if part.is_empty:
            continue
        yield part.title
        if part.grid is not None:
            for row in (part.grid.head, *part.grid.rows):
                yield from (cell.text if isinstance(cell, Badge) else cell for cell in row)
        yield from (node.text for node in nodes_of(part.nodes))


def squeezed(texts: Iterator[str]) -> str:
    return "".join("".join(one_line(each) for each in texts).split())


class Page(HTMLParser):
    """Reads a page; demands that tags nest, and that there are none but those of a drawing."""

    TAGS = frozenset(
        ["style", "div", "p", "span", "ul", "li", "details", "summary", "table", "thead", "tbody", "tr", "th", "td"]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.TAGS
        for name, value in attrs:
            assert name in {"class", "lang", "scope"}
            assert re.fullmatch(r"[a-z0-9_ -]+", value or "")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] != "style" and not (self.open[-1] == "span" and data in "✓✗?"):
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def read_page(text: str) -> str:
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return "".join("".join(page.texts).split())


@given(DRAWINGS)
def test_no_text_of_a_stranger_is_read_as_html(drawing: Drawing) -> None:
    # Marks are drawn in a span of their own, and a badge of one such sign alone would be taken for one.
    shown = (text for text in texts_of(drawing))
    badges = {one_line(each.text) for each in drawing.badges} | {
        one_line(cell.text)
        for part in drawing.parts
        if part.grid is not None
        for row in part.grid.rows
        for cell in row
        if isinstance(cell, Badge)
    }
    if not badges & {"?", "✓", "✗"}:
        assert read_page(drawing.as_html()) == squeezed(shown)


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
BLOCKS = {
    *("paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close"),
    *("list_item_open", "list_item_close"),
    *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
}
INLINES = {"text", "text_special", "strong_open", "strong_close", "softbreak", "hardbreak"}


def read_markdown(text: str) -> str:
    """Read Markdown with a program that others use; demands that there is no markup but that of a drawing."""
    tokens: list[Token] = MARKDOWN.parse(text)
    assert {token.type for token in tokens} <= BLOCKS
    inlines = [each for token in tokens for each in token.children or ()]
    assert {each.type for each in inlines} <= INLINES
    return "".join("".join(each.content for each in inlines).split())


def marked(drawing: Drawing) -> Iterator[str]:
    """All texts that a drawing shows in Markdown, in order."""
    yield drawing.title
    yield from drawing.remarks
    for part in drawing.parts:
        if part.is_empty:
            continue
        yield part.title
        if part.grid is not None:
            for row in (part.grid.head, *part.grid.rows):
                yield from (cell.text if isinstance(cell, Badge) else cell for cell in row)
        yield from (one_line(node.line) or "–" for node in nodes_of(part.nodes))


@given(DRAWINGS)
def test_no_text_of_a_stranger_is_read_as_markdown(drawing: Drawing) -> None:
    assert read_markdown(drawing.as_markdown()) == squeezed(marked(drawing))


@given(HOSTILE)
def test_markdown_makes_no_link_of_an_address_and_no_formula_of_a_dollar(text: str) -> None:
    written = markdown(text)
    assert "://" not in written
    assert "www." not in written.lower()
    assert not set("$@") & set(written)
    assert "\\\\" not in written  # before a bracket, two of them open a formula in a notebook


@given(DRAWINGS)
def test_text_has_one_line_for_each_thing_and_nothing_that_steers_a_terminal(drawing: Drawing) -> None:
    lines = drawing.as_text().split("\n")
    parts = [part for part in drawing.parts if not part.is_empty]
    rows = sum(1 + len(part.grid.rows) for part in parts if part.grid is not None)
    trees = sum(1 for part in parts for _ in nodes_of(part.nodes))
    titles = sum(2 if part.title else 1 for part in parts)
    assert len(lines) == 1 + len(drawing.remarks) + titles + rows + trees
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "".join(lines))


@pytest.mark.parametrize(
    ("text", "as_html", "as_markdown"),
    [
        ("a < b & c", "a &lt; b &amp; c", "a &lt; b &amp; c"),
        ("\"quoted\" 'so'", "&quot;quoted&quot; &#x27;so&#x27;", "\"quoted\" 'so'"),
        ("living.house_grade", "living.house_grade", "living.house\\_grade"),
        ("members[2].sex", "members[2].sex", "members\\[2\\].sex"),
        ("# not a heading", "# not a heading", "\\# not a heading"),
        ("1. not a list", "1. not a list", "1\\. not a list"),
        ("costs $5", "costs $5", "costs &#36;5"),
        ("two\nlines", "two lines", "two lines"),
        ("户：是", "户：是", "户：是"),
    ],
)
def test_each_sign_is_written_as_its_form_asks(text: str, as_html: str, as_markdown: str) -> None:
    assert html(text) == as_html
    assert markdown(text) == as_markdown


# -- forms -------------------------------------------------------------------------------------------------------------


class Sample:
    """Something that draws itself."""

    def drawing(self, language: str = "zh") -> Drawing:
        words = ("示例", "符合") if language == "zh" else ("sample", "eligible")
        tree = Node("one", (Node("two", tone=Tone.NO),), Tone.OPEN)
        grid = Grid(("name", "number"), (("a", "1,000"), (Badge("b"), "2")), numbers=(1,))
        return Drawing(
            language, words[0], Tone.YES, (Badge(words[1], Tone.YES),), ("a remark",), (Part("part", (tree,), grid),)
        )

    as_html = draw_html
    as_markdown = draw_markdown
    as_text = draw_text
    _repr_mimebundle_ = mimebundle


def test_a_drawing_as_text() -> None:
    assert Sample().as_text("en").split("\n") == [
        "sample",
        "  a remark",
        "",
        "part",
        "  name  number",
        "  a      1,000",
        "  b          2",
        "  ? one",
        "    ✗ two",
    ]


def test_a_drawing_as_markdown() -> None:
    assert Sample().as_markdown("en").split("\n") == [
        "**sample**",
        "",
        "a remark  ",
        "",
        "**part**",
        "",
        "| name | number |",
        "| --- | --: |",
        "| a | 1,000 |",
        "| b | 2 |",
        "",
        "- ? one",
        "  - ✗ two",
    ]


def test_a_notebook_gets_three_forms_in_both_languages_or_those_it_asks_for() -> None:
    bundle = Sample()._repr_mimebundle_()
    assert list(bundle) == ["text/plain", "text/html", "text/markdown"]
    for drawn in bundle.values():
        assert "示例" in drawn
        assert "sample" in drawn
    read_page(bundle["text/html"])
    assert list(Sample()._repr_mimebundle_(include={"text/html"})) == ["text/html"]
    assert list(Sample()._repr_mimebundle_(exclude=["text/html"])) == ["text/plain", "text/markdown"]
    assert "示例" not in Sample().as_html("en")


def test_a_part_without_content_is_not_drawn() -> None:
    for empty in (Part("left out"), Part("left out", grid=Grid(("head",), ())), listed("left out", ())):
        drawing = Drawing("en", "title", parts=(empty,))
        assert "left out" not in drawing.as_text() + drawing.as_markdown() + drawing.as_html()


def test_at_a_prompt_what_is_folded_is_told_by_its_title() -> None:
    drawing = Drawing(
        "en", "title", parts=(listed("long (2)", ("one", "two"), folded=True), listed("short", ("three",)))
    )
    assert drawing.as_text(whole=False) == "title\n\nlong (2)\n\nshort\n  three"
    assert "  one" in drawing.as_text()


def test_a_claim_has_the_same_mark_in_every_form() -> None:
    assert [Tone.of(value).mark for value in (True, False, None)] == ["✓", "✗", "?"]
    assert Tone.PLAIN.mark == ""


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_its_badge_and_only_a_text_that_can_be_read_is_firm(standing: Standing) -> None:
    badge = standing_badge(standing, "en")
    assert badge.text == standing.value
    assert (badge.tone is Tone.YES) is (standing in {Standing.STATED, Standing.FOUND})


# -- looks -------------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_words_can_be_read_in_light_and_in_dark(colours: dict[str, str]) -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(colours["ink"], colours["page"]) >= 7
    assert contrast(colours["dim"], colours["page"]) >= 4.5
    for tone in Tone:
        assert contrast(colours[tone], colours[f"{tone}-ground"]) >= 4.5, tone
        assert contrast(colours[tone], colours["page"]) >= 4.5, tone


def test_light_and_dark_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", each) for each in (*LIGHT.values(), *DARK.values()))


def test_no_rule_of_the_style_reaches_outside_and_nothing_is_fetched() -> None:
    held = STYLE.removeprefix("<style>").removesuffix("</style>")
    flat = re.sub(r"@media\([^)]*\)\{(.*?\})\}", r"\1", held)
    selectors = [each for rule in re.findall(r"([^{}]+)\{", flat) for each in rule.split(",")]
    assert len(selectors) > 20
    for selector in selectors:
        assert ".fupin" in selector, selector
        # Whatever stands around is named only to tell light from dark.
        assert re.match(r"(\[data-[a-z-]+=\"[a-z]+\"\] |\.(vscode-)?(light|dark) )?\.fupin", selector), selector
    assert not re.search(r"url\(|@import|http|expression", held)
    used = set(re.findall(r"var\(--fupin-([a-z-]+)\)", held))
    assert used <= LIGHT.keys()
