"""Area codes (行政区划代码): every level adds digits, so that a place lies in another when its code begins so."""

from __future__ import annotations

# Digits of province, city, county, township, village; a code of 12 digits fills what it leaves open with zeros.
_LEVELS = (2, 4, 6, 9, 12)


def area_digits(code: str) -> str | None:
    """
    Give the digits of an area code that tell a place, without the zeros that only fill it up; None when it is none.

    >>> area_digits("520115000000"), area_digits("520115"), area_digits("52011")
    ('520115', '520115', None)
    """
    if len(code) not in _LEVELS or not (code.isascii() and code.isdigit()) or not int(code[:2]):
        return None
    fits = (level for level in _LEVELS if level <= len(code) and not code[level:].strip("0"))
    return code[: next(fits)]


def lies_in(inner: str, outer: str) -> bool | None:
    """
    Tell whether one area lies in another, or is it; None when one of the codes is none.

    >>> lies_in("520115102003", "520115102000"), lies_in("520115102003", "520111"), lies_in("甲村", "520111")
    (True, False, None)
    """
    one, other = area_digits(inner), area_digits(outer)
    return None if one is None or other is None else one.startswith(other)
