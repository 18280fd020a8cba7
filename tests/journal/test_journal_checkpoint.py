"""Checkpoints: the text of C2SP, read strictly and written back as it was."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.errors import LimitError, WorkflowError
from fupin_rules.journal import Checkpoint, read_checkpoint

# The example of the specification.
EXAMPLE = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""
ROOT = "11" * 32
BODY = "a\n1\n" + base64.b64encode(b"\x11" * 32).decode() + "\n"
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)


def test_the_example_of_the_specification() -> None:
    checkpoint = read_checkpoint(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root == base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=").hex()
    assert checkpoint.extensions == ()
    assert len(checkpoint.signatures) == 1
    assert checkpoint.text() == EXAMPLE


def test_it_is_written_in_three_lines() -> None:
    assert Checkpoint("a", 1, ROOT).text() == BODY


@given(
    LINE,
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(LINE, max_size=2),
    st.lists(LINE.map(lambda line: "— " + line), max_size=2),
)
def test_what_is_written_is_read_back(origin: str, size: int, top: bytes, more: list[str], signed: list[str]) -> None:
    checkpoint = Checkpoint(origin, size, top.hex(), tuple(more), tuple(signed))
    assert read_checkpoint(checkpoint.text()) == checkpoint


def test_extensions_and_signatures_are_kept_apart() -> None:
    read = read_checkpoint(BODY + "more\nand more\n\n— one x\n— two y\n")
    assert (read.extensions, read.signatures) == (("more", "and more"), ("— one x", "— two y"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n1\n",
        BODY[:-1],
        BODY.replace("\n", "\r\n"),
        "\n" + BODY,
        BODY.replace("1\n", "01\n", 1),
        BODY.replace("1\n", "+1\n", 1),
        BODY.replace("1\n", "-1\n", 1),
        BODY.replace("1\n", "1 \n", 1),
        BODY.replace("1\n", "１\n", 1),
        BODY.replace("1\n", "9223372036854775808\n", 1),
        BODY.replace("1\n", "99999999999999999999\n", 1),
        BODY.replace("=", ""),
        BODY.replace("E=", "F="),
        BODY.replace("ERER", "ER ER"),
        BODY.replace("ERER", "ER-_"),
        BODY.replace("ERER", "ER张"),
        "a\n1\n" + base64.b64encode(b"\x11" * 31).decode() + "\n",
        "a\n1\n" + base64.b64encode(b"\x11" * 33).decode() + "\n",
        "a\tb" + BODY[1:],
        BODY + "\n",
        BODY + "\n\n",
        BODY + "\nunsigned\n",
        BODY + "\n- a b\n",
        BODY + "\n— a b\n\n",
        BODY + "\n— a b\n\n— a b\n",
        BODY + "\n\n— a b\n",
        BODY + "x\x00\n",
        "\ud800" + BODY,
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(WorkflowError) as refused:
        read_checkpoint(text)
    assert refused.value.faults[0].code == "checkpoint"


def test_a_very_long_text_is_not_looked_at() -> None:
    with pytest.raises(LimitError, match="more than 65536 characters"):
        read_checkpoint(BODY * 2000)


@given(st.text(st.sampled_from("a1\n= —EREE\r"), max_size=80) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        checkpoint = read_checkpoint(text)
    except WorkflowError:
        return
    assert checkpoint.text() == text


@pytest.mark.parametrize(
    ("origin", "size", "top", "more", "signed"),
    [
        ("", 1, ROOT, (), ()),
        ("a\nb", 1, ROOT, (), ()),
        ("a", -1, ROOT, (), ()),
        ("a", 2**63, ROOT, (), ()),
        ("a", True, ROOT, (), ()),
        ("a", 1, ROOT[:-2], (), ()),
        ("a", 1, "é" * 64, (), ()),
        ("a", 1, ROOT, ("",), ()),
        ("a", 1, ROOT, (), ("a b",)),
        ("a", 1, ROOT, (), ("— a\n",)),
    ],
)
def test_a_checkpoint_that_could_not_be_read_back_cannot_be_made(
    origin: str, size: int, top: str, more: tuple[str, ...], signed: tuple[str, ...]
) -> None:
    with pytest.raises(WorkflowError):
        Checkpoint(origin, size, top, more, signed)
