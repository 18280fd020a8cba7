"""Limits on expressions from strangers, each with its own error."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from fupin_rules.errors import Fault, LimitError
from fupin_rules.expr._nodes import Expr, Literal, OrElse
from fupin_rules.expr._walk import children
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.quantities import exact

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
        elif _is_hidden(character) and character != "\t":
            raise LimitError(Fault(where, "a control character", "remove it", "character"))
        dots = dots + 1 if character == "." else dots if character.isalnum() or character == "_" else 0
        if dots >= MAX_NAME_PARTS:
            raise LimitError(Fault(where, f"a name of more than {MAX_NAME_PARTS} parts", "shorten it", "name_parts"))
        depth += (character in "([{") - (character in ")]}")
        run = run + 1 if character in "+-~.!*" else run if character in " \n\t" else 0
        if depth > MAX_DEPTH or run > MAX_DEPTH:
            raise LimitError(Fault(where, f"nested deeper than {MAX_DEPTH}", "split it by definitions", "depth"))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")


def check_tree(expr: Expr) -> None:
    """
    Refuse a tree that is too deep, has too many nodes, or holds what no text may; a shared node counts at each visit.

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
        match node:
            case Literal(str() as text) | OrElse(_, _, text):
                _check_characters(text, where)
            case Literal(Decimal() as number):
                _check_digits(number, where)
            case Literal(date() as day) if not FIRST_DAY <= day <= LAST_DAY:
                raise LimitError(Fault(where, f"is no day from {FIRST_DAY} to {LAST_DAY}", "give another", "day"))
            case _:
                pass
        waiting.extend((child, depth + 1) for child in children(node))


def _check_characters(text: str, where: str) -> None:
    # An escape, `"\\u202e"`, brings in what `check_text` cannot see.
    if len(text) > MAX_TEXT:
        raise LimitError(Fault(where, f"more than {MAX_TEXT} characters", "shorten it", "length"))
    if any(map(_is_hidden, text)):
        raise LimitError(Fault(where, "a control character in a text", "remove it", "character"))
    if not unicodedata.is_normalized("NFC", text):
        raise LimitError(Fault(where, "a text that is not in composed form (NFC)", "compose it", "character"))


def _check_digits(number: Decimal, where: str) -> None:
    try:
        exact(number)
    except ValueError as error:
        raise LimitError(Fault(where, f"a number: {error}", "write an ordinary number", "digits")) from None
