"""
The likeliest slips of a rule text that is no expression: signs of other languages, and of a Chinese keyboard.

Looked for only after Python's own grammar has refused the text, so that nothing here can change what a text means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from fupin_rules.expr._nodes import Position

_MEANT: Mapping[str, str] = MappingProxyType(
    {
        "&&": "and",
        "||": "or",
        "<>": "!=",
        "=<": "<=",
        "=>": ">=",
        "=": "==",
        "!": "not",
        "＆": "and",
        "｜": "or",
        "＝": "==",
        "！": "not",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "×": "*",
        "÷": "/",
        "−": "-",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "、": ",",
        "。": ".",
    }
)
# Texts, comments and the one named argument are passed over; what is left is looked at sign by sign.
_SIGNS = re.compile(
    r"""(?P<over>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|\bbecause\s*=(?!=)|[<>=!]=|["'][^\n]*)"""
    r"""|(?P<slip>&&|\|\||<>|=<|=>|[=!≤≥≠×÷−“”‘’、。\uff01-\uff5e])""",
)
_WIDE = 0xFEE0  # from a full-width sign, as Chinese keyboards give it, to the ASCII one


def find_slip(text: str) -> tuple[Position, str, str] | None:
    """
    Find the first slip of a text: where it is, what stands there, what to write.

    >>> find_slip("x ≤ 3")
    ((1, 3), '≤', '<=')
    """
    for found in _SIGNS.finditer(text):
        sign = found["slip"]
        if sign is not None:
            start = found.start()
            place = (text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
            return place, sign, _MEANT.get(sign) or chr(ord(sign) - _WIDE)
    return None
