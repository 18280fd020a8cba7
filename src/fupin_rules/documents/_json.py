"""JSON from strangers: size, depth, digits and double keys are looked at, and numbers stay exact."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from fupin_rules.errors import Fault, LimitError, ModelError
from fupin_rules.quantities import MAX_DIGITS

MAX_DEPTH: Final = 64
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
# A text, closed or not, or a bracket. A text that nobody closes is taken to the end at once: looking for its end again
# at every quotation mark behind it would take the square of its length.
_TEXT_OR_BRACKET: Final = re.compile(r'"(?:[^"\\]+|\\.)*+\\?(?:"|\Z)|[\[{\]}]', re.DOTALL)


def read_json(data: str | bytes, *, most: int, mend: str = "write one JSON document") -> Any:
    """
    Read one JSON document within limits; what reads it later knows nothing of floats, double keys or NaN.

    Args:
        data: Text, or bytes in UTF-8.
        most: Most characters (or bytes) that are read.
        mend: What to do about a document that is none, for messages.

    Returns:
        Tables, lists, texts, whole numbers, decimals, truth values and None.

    Raises:
        ModelError: It is no UTF-8 or holds half a character (`encoding`), is no JSON (`json`), has a key twice
            (`duplicate_key`), or a number that is none or too long (`number`).
        LimitError: It is longer (`size`) or deeper (`depth`) than is read.

    >>> read_json('{"income": 1200.50}', most=100)
    {'income': Decimal('1200.50')}
    """
    if len(data) > most:
        raise LimitError(Fault("$", f"longer than {most}", "send less at a time", "size"))
    text = data if isinstance(data, str) else _decoded(data, mend)
    _check_depth(text, mend)
    try:
        value = json.loads(
            text,
            parse_float=exact_decimal,
            parse_int=_whole,
            parse_constant=no_number,
            object_pairs_hook=_table,
        )
    except _DoubleKeyError:
        raise ModelError(Fault("$", "has a key twice in one table", "give every key once", "duplicate_key")) from None
    except (_NoNumberError, ArithmeticError):
        what = f"holds a number that is none, or has more than {MAX_DIGITS} digits"
        raise ModelError(Fault("$", what, "give whole numbers, or decimals as texts", "number")) from None
    except (ValueError, RecursionError):
        raise ModelError(Fault("$", "is no JSON", mend, "json")) from None
    if _HALF.search(text):
        _demand_whole_characters(value)
    return value


class _DoubleKeyError(ValueError):
    """A key stands twice."""


class _NoNumberError(ValueError):
    """A number is none, or longer than is read."""


def _decoded(data: bytes, mend: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ModelError(Fault("$", "is no text in UTF-8", mend, "encoding")) from None


def _demand_whole_characters(value: Any) -> None:
    """Refuse texts that hold a lone surrogate: nobody could write them down again."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError:
        what = "holds half of a character that takes two escapes (`\\ud83c\\udf3e`)"
        raise ModelError(Fault("$", what, "write characters as they are", "encoding")) from None


def _check_depth(text: str, mend: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for found in _TEXT_OR_BRACKET.finditer(text):
        sign = text[found.start()]
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise LimitError(Fault("$", f"nested deeper than {MAX_DEPTH}", mend, "depth"))
        elif sign in "]}":
            depth -= 1


def exact_decimal(text: str) -> Decimal:
    """
    Take a number with a point or an exponent as it is written.

    Raises:
        ValueError: It has more digits than any amount.
        ArithmeticError: Its exponent is beyond all bounds.
    """
    if len(text) > 2 * MAX_DIGITS:
        raise _NoNumberError
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS + 1:
        raise _NoNumberError
    return int(text)


def no_number(_: str) -> Any:
    """
    Refuse `NaN` and the infinities, which are no JSON.

    Raises:
        ValueError: Always.
    """
    raise _NoNumberError


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise _DoubleKeyError
    return table
