"""Text in columns: Chinese characters take two, nothing is lost in folding, and no line begins with a closing mark."""

from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.tables import fold, table, width

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
