"""Limits on expressions from strangers, each with its own error."""

from __future__ import annotations

import unicodedata

from fupin_rules.errors import Fault, LimitError
from fupin_rules.expr._nodes import Expr
from fupin_rules.expr._walk import children

MAX_TEXT = 10_000
MAX_DEPTH = 64
MAX_NODES = 5_000
MAX_NAME_PARTS = 8


def check_text(text: str) -> None:
    """
    Refuse a text that is too long, too deep, or holds what no rule needs, before it is parsed.

    Raises:
        LimitError: It does.
    """
    if len(text) > MAX_TEXT:
        raise LimitError(
            Fault("line 1, column 1", f"more than {MAX_TEXT} characters", "split it by definitions", "length")
        )
    line, start, depth = 1, 0, 0
    dots = 0
    run = 0  # unary operators and attributes nest without brackets
    for place, character in enumerate(text):
        where = f"line {line}, column {place - start + 1}"
        if character == "\n":
            line, start = line + 1, place + 1
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character != "\t":
            raise LimitError(Fault(where, "a control character", "remove it", "character"))
        dots = dots + 1 if character == "." else dots if character.isalnum() or character == "_" else 0
        if dots >= MAX_NAME_PARTS:
            raise LimitError(Fault(where, f"a name of more than {MAX_NAME_PARTS} parts", "shorten it", "name_parts"))
        depth += (character in "([{") - (character in ")]}")
        run = run + 1 if character in "+-~.!*" else run if character in " \n\t" else 0
        if depth > MAX_DEPTH or run > MAX_DEPTH:
            raise LimitError(Fault(where, f"nested deeper than {MAX_DEPTH}", "split it by definitions", "depth"))


def check_tree(expr: Expr) -> None:
    """
    Refuse a tree that is too deep or has too many nodes; a shared node counts at each visit.

    Raises:
        LimitError: It does.
    """
    waiting = [(expr, 1)]
    visited = 0
    while waiting:
        node, depth = waiting.pop()
        visited += 1
        line, column = node.at or (1, 1)
        where = f"line {line}, column {column}"
        if visited > MAX_NODES:
            raise LimitError(Fault(where, f"more than {MAX_NODES} nodes", "split it by definitions", "nodes"))
        if depth > MAX_DEPTH:
            raise LimitError(Fault(where, f"nested deeper than {MAX_DEPTH}", "split it by definitions", "depth"))
        waiting.extend((child, depth + 1) for child in children(node))
