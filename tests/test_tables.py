"""Text in columns: Chinese characters take two, nothing is lost in folding, and no line begins with a closing mark."""

from hypothesis import example, given
from hypothesis import strategies as st

from fupin_rules.tables import fold, fold_line, table, table_within, width

WORDS = st.text(st.sampled_from("收入ab1 ，。（）「」,()"), max_size=60)


def test_tables_line_up_with_wide_characters() -> None:
    assert width("收入a") == 5
    assert table([("收入", "1"), ("ab", "22")], numbers=(1,)) == "  收入   1\n  ab    22"
    assert table([]) == ""


@given(st.lists(st.tuples(WORDS, WORDS, st.just("|")), min_size=1))
def test_the_same_column_begins_at_the_same_place_in_every_row(rows: list[tuple[str, ...]]) -> None:
    assert len({width(line) for line in table(rows).split("\n")}) == 1


@given(WORDS, st.integers(8, 40))
def test_folding_loses_nothing_but_blanks_at_the_ends_of_lines(text: str, columns: int) -> None:
    assert "".join(fold(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.sampled_from("收入农户评议"), max_size=60), st.integers(8, 40))
def test_folded_lines_are_no_wider_than_told_and_no_shorter_than_they_could_be(text: str, columns: int) -> None:
    lines = fold(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert all(width(line) >= columns - 1 for line in lines[:-1])


@given(WORDS, st.integers(8, 40))
def test_closing_marks_stay_with_what_is_before_them_and_opening_marks_with_what_is_behind(
    text: str, columns: int
) -> None:
    lines = fold(text, columns)
    assert not any(line[:1] in "，。）」,)" and line for line in lines[1:])
    assert not any(line[-1:] in "（「(" and line for line in lines[:-1])


def test_a_word_is_never_broken() -> None:
    assert fold("people present is at least two", 14) == ("people present", "is at least", "two")
    assert fold("unbreakable", 4) == ("unbreakable",)
    assert fold("", 4) == ("",)
    assert fold("实到（人数）低", 6) == ("实到", "（人", "数）低")


# -- within a width ----------------------------------------------------------------------------------------------------

CELLS = st.text(st.sampled_from("收入户ab1 ，（）-"), max_size=40)
NUMBERS = st.integers(0, 99_999).map(lambda number: f"{number:,}")


@st.composite
def tables_of(draw: st.DrawFn) -> list[tuple[str, ...]]:
    texts = draw(st.integers(1, 3))
    return draw(st.lists(st.tuples(*[CELLS] * texts, NUMBERS), min_size=1, max_size=5))


def letters(text: str) -> list[str]:
    return sorted(text.replace(" ", ""))


@given(tables_of(), st.integers(12, 100), st.booleans())
@example([("11", "（（", "0")], 12, False)
def test_a_table_within_a_width_loses_nothing_and_keeps_to_it(
    rows: list[tuple[str, ...]], columns: int, headed: bool
) -> None:
    place = len(rows[0]) - 1
    laid = table_within(rows, columns, numbers=(place,), headed=headed)
    assert len(laid) == len(rows)
    in_paragraphs = headed and not laid[0]
    for row, lines in zip(rows, laid, strict=True):
        if not in_paragraphs:
            assert letters("".join(lines)) == letters("".join(row))
        elif row is not rows[0]:
            told = [title + cell for title, cell in zip(rows[0], row, strict=True) if cell]
            assert letters("".join(lines)) == letters("".join([row[0], *told[1 if row[0] else 0 :]]))
    # A word that is longer than the whole width is never broken; everything else keeps to it. An opening mark at the
    # end of a cell holds on to the cell behind it, where the two share a line.
    texts = [text for row in rows for text in (*row, "  ".join(cell for cell in row[1:] if cell))]
    words = [word for text in texts for word in fold(text, 1)]
    if max(map(width, [*words, ""])) + 8 <= columns and not in_paragraphs:
        assert all(width(line) <= columns for lines in laid for line in lines)


def test_what_fits_is_laid_out_as_it_always_is() -> None:
    rows = [("rule", "hit"), ("owns a car", "3"), ("在城镇购房", "1,152")]
    laid = table_within(rows, 80, numbers=(1,), headed=True)
    assert "\n".join(line for lines in laid for line in lines) == table(rows, numbers=(1,))
    assert table_within([], 80) == ()


def test_the_widest_column_gives_way_first_and_numbers_never_do() -> None:
    rows = [("condition", "not met", "standing"), ("net income per person is below the line", "1,152", "found")]
    assert [line for lines in table_within(rows, 44, numbers=(1,), headed=True) for line in lines] == [
        "  condition                not met  standing",
        "  net income per person      1,152  found",
        "  is below the line",
    ]


def test_where_words_do_not_fit_beside_each_other_rows_become_paragraphs() -> None:
    rows = [("pack", "days", "rules"), ("exclusions-chongqing-type", "2017-01-01 to 2020-12-31", "6")]
    assert table_within(rows, 38, numbers=(2,), headed=True) == (
        (),
        ("  exclusions-chongqing-type", "      days   2017-01-01 to 2020-12-31", "      rules  6"),
    )
    assert table_within(rows[1:], 36, numbers=(2,)) == (
        ("  exclusions-chongqing-type", "      2017-01-01 to 2020-12-31  6"),
    )


@given(st.integers(0, 6), WORDS, st.integers(24, 60))
def test_a_folded_line_keeps_its_place_and_goes_on_further_in(indent: int, text: str, columns: int) -> None:
    line = " " * indent + text.strip()
    first, *rest = fold_line(line, columns)
    assert letters(first + "".join(rest)) == letters(text)
    assert all(each.startswith(" " * (len(line) - len(line.lstrip()) + 2)) for each in rest)
    assert all(width(each) <= columns for each in (first, *rest))
