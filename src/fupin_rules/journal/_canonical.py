"""
One value, one run of bytes: the part of RFC 8785 (JCS) that a journal needs.

Objects, lists, text, truth values, null, and whole numbers that every reader of JSON keeps exact. No other numbers: a
journal has no use for them, and their text is where implementations of RFC 8785 differ.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, Never

from fupin_rules.errors import Fault, LimitError, WorkflowError
from fupin_rules.journal._faults import JournalCorruptError

MAX_BYTES: Final = 1 << 20
MAX_NESTING: Final = 64
# Beyond it a reader that holds numbers as binary64 rounds silently (RFC 8785, 3.2.2.3).
MAX_WHOLE: Final = 2**53 - 1
MAX_DIGITS: Final = len(str(MAX_WHOLE))
# A path in a message names fields; a field name of a thousand characters is no help to anybody.
SHOWN_KEY: Final = 40

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))
_BRACKETED: Final = frozenset({dict, list, tuple})
_SORTING = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"), sort_keys=True
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_LONG_NUMBER = re.compile(rf"[0-9]{{{MAX_DIGITS + 1}}}")


def canonical(value: object) -> bytes:
    r"""
    Write a plain value as the only bytes that stand for it.

    Args:
        value: Mappings with text keys, lists or tuples, text, truth values, None, whole numbers within ±(2^53 - 1).
            Subclasses of text and numbers are refused: a text that masks itself must not be written in clear.

    Returns:
        UTF-8, keys in the order of their UTF-16 code units, no spaces, at most 1 MiB; `read_canonical` reads it back.

    Raises:
        WorkflowError: A value of another kind, or a lone surrogate; the fault names the `$.path`, never the value.
        LimitError: Nested deeper than 64, or longer than 1 MiB.

    Source:
        RFC 8785, 3.2.

    >>> canonical({"village": "柳树屯", "members": [3, None, True]})
    b'{"members":[3,null,true],"village":"\xe6\x9f\xb3\xe6\xa0\x91\xe5\xb1\xaf"}'
    """
    # The encoder of the standard library escapes as 3.2.2.2 asks; only the order and the kinds are ours.
    try:
        data = _SORTING.encode(value).encode() if _is_simple(value) else _written(value)
    except UnicodeEncodeError:
        data = _written(value)  # Tells where the lone surrogate is.
    if len(data) > MAX_BYTES:
        raise LimitError(
            Fault("$", f"longer than {MAX_BYTES} bytes", "keep documents elsewhere, enter digests", "size")
        )
    return data


def read_canonical(data: bytes, *, where: str = "") -> object:
    """
    Read bytes that `canonical` wrote, and nothing else.

    Args:
        data: Limits on size, nesting and digits are counted on the text, before anything is built from it.
        where: Named in the fault.

    Returns:
        Dictionaries, lists, text, whole numbers, truth values, None.

    Raises:
        JournalCorruptError: Any other bytes, among them spaces, unsorted or repeated keys, escapes that need not be.

    >>> read_canonical(b'{"seq":1}')
    {'seq': 1}
    >>> read_canonical(b'{"seq": 1}', where="line 7")
    Traceback (most recent call last):
    fupin_rules.journal._faults.JournalCorruptError: line 7: is not in canonical form; restore it from a copy
    """
    if len(data) > MAX_BYTES:
        _refuse(where, f"longer than {MAX_BYTES} bytes", "size")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        _refuse(where, "is not UTF-8", "encoding")
    _check_limits(text, where)
    try:
        value = json.loads(text, parse_float=_never, parse_constant=_never, object_pairs_hook=_object)
        written = canonical(value)
    except (ValueError, RecursionError):
        _refuse(where, "is no JSON, or has a key twice or a number that is not whole", "json")
    except (WorkflowError, LimitError):
        _refuse(where, "holds a value that is never written", "value")
    if written != data:
        _refuse(where, "is not in canonical form", "form")
    return value


def _written(value: object) -> bytes:
    return _ENCODER.encode(_ordered(value, ())).encode()


def _is_simple(value: object) -> bool:
    """
    Tell whether the encoder may sort by itself: no kind to refuse, few brackets, and keys of ASCII.

    Most entries are so, and writing them is what takes time; for ASCII the order of UTF-16 units is that of the text.
    """
    if type(value) not in _BRACKETED:
        return False
    waiting: list[Any] = [value]  # `Any`: of a kind in _BRACKETED, each
    brackets = 0
    while waiting:
        held = waiting.pop()
        brackets += 1
        if brackets > MAX_NESTING:
            return False
        if type(held) is dict:
            for key in held:
                if type(key) is not str or not key.isascii():
                    return False
            held = held.values()
        for each in held:
            kind = type(each)
            if kind is str or each is None or kind is bool:
                continue
            if kind in _BRACKETED:
                waiting.append(each)
            elif kind is not int or not -MAX_WHOLE <= each <= MAX_WHOLE:
                return False
    return True


def _ordered(value: object, trail: tuple[str | int, ...]) -> object:
    if value is None or type(value) is bool:
        return value
    if type(value) is str:
        if not _is_text(value):
            raise _unfit(trail, "a lone surrogate", "write whole characters")
        return value
    if type(value) is int:
        if not -MAX_WHOLE <= value <= MAX_WHOLE:
            raise _unfit(trail, "a number beyond 2^53 - 1", "write it as text")
        return value
    if isinstance(value, (Mapping, list, tuple)) and len(trail) >= MAX_NESTING:
        raise LimitError(Fault(_path(trail[:3]) + "…", f"nested deeper than {MAX_NESTING}", "flatten it", "nesting"))
    if isinstance(value, Mapping):
        if not all(type(key) is str and _is_text(key) for key in value):
            raise _unfit(trail, "a key that is not plain text", "name fields by whole characters")
        return {key: _ordered(value[key], (*trail, key)) for key in sorted(value, key=_utf16)}
    if isinstance(value, (list, tuple)):
        return [_ordered(item, (*trail, index)) for index, item in enumerate(value)]
    raise _unfit(
        trail, f"a value of kind `{type(value).__name__}`", "use text, whole numbers, true, false, null, lists, objects"
    )


def _is_text(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _utf16(key: str) -> bytes:
    # Not the order of code points: U+FB33 sorts after U+1F602, whose first unit is 0xD83D.
    return key.encode("utf-16-be")


def _path(trail: tuple[str | int, ...]) -> str:
    text = "$"
    for part in trail:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            key = part if len(part) <= SHOWN_KEY else part[:SHOWN_KEY] + "…"
            text += f".{key}" if key.isidentifier() else f"[{json.dumps(key, ensure_ascii=False)}]"
    return text


def _unfit(trail: tuple[str | int, ...], what: str, mend: str) -> WorkflowError:
    return WorkflowError(Fault(_path(trail), what, mend, "value"))


def _refuse(where: str, what: str, code: str) -> Never:
    raise JournalCorruptError(Fault(where, what, "restore it from a copy", code)) from None


def _check_limits(text: str, where: str) -> None:
    # Most entries pass on counts alone; only a suspicious one pays for taking its strings out.
    if text.count("[") + text.count("{") <= MAX_NESTING and not _LONG_NUMBER.search(text):
        return
    bare = _STRING.sub("", text)
    if _LONG_NUMBER.search(bare):
        _refuse(where, f"a number of more than {MAX_DIGITS} digits", "digits")
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_NESTING:
            _refuse(where, f"nested deeper than {MAX_NESTING}", "nesting")


def _never(_: str) -> Never:
    raise ValueError


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError
    return table
