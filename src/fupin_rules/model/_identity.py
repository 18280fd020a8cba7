"""
Certificate and telephone numbers: what can be told from a number alone, without asking any register.

Identity cards have 18 characters, disability cards 20 (the 18 with class and grade) or 22 when issued again. The check
character is ISO 7064 MOD 11-2. The region is never an error: codes change, and a number keeps the region of the day on
which it was given, so that 45 % of the county codes that older people carry are in no list of today.
"""

from __future__ import annotations

import re
from datetime import date

from fupin_rules.model._member_codes import Sex

_LENGTHS = {18: "identity card", 20: "disability card", 22: "disability card issued again"}
_FORM = re.compile(r"[0-9]{17}[0-9X]([1-7][1-4]([0-9A-Z]{2})?)?\Z", re.ASCII)
_CHECK = "10X98765432"
_MOBILE = re.compile(r"1[3-9][0-9]{9}\Z", re.ASCII)
# What is entered for people whose number is not known; there is no such region.
PLACEHOLDER = "999999"
FIRST_BIRTH = date(1900, 1, 1)


def check_character(first_17: str) -> str:
    """
    Work out the check character of the first 17 digits (ISO 7064 MOD 11-2).

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first_17))
    return _CHECK[total % 11]


def certificate_problems(number: str) -> tuple[str, ...]:
    """
    Name what is wrong with a certificate number: `placeholder`, `length`, `form`, `date`, `check`; nothing when all is
    well.

    Date and check character are those of the first 18 characters, whatever follows them.

    >>> certificate_problems("11010519491231002X"), certificate_problems("110105194912310021")
    ((), ('check',))
    """
    if is_placeholder(number):
        return ("placeholder",)
    if len(number) not in _LENGTHS:
        return ("length",)
    if not _FORM.match(number):
        return ("form",)
    problems = []
    if birth_date_of(number) is None:
        problems.append("date")
    if check_character(number[:17]) != number[17]:
        problems.append("check")
    return tuple(problems)


def is_placeholder(number: str) -> bool:
    """
    Tell whether a number was only entered because there is none: it begins with 999999.

    >>> is_placeholder("999999194912310020"), is_placeholder("11010519491231002X")
    (True, False)

    Source:
        Data quality rules of Guizhou, January 2024, 4_01_003; local.
    """
    return number.startswith(PLACEHOLDER)


def region_of(number: str) -> str | None:
    """
    Read the region out of a certificate number, the code of the county that gave it; None when there is none.

    >>> region_of("11010519491231002X")
    '110105'
    """
    digits = number[:6]
    is_code = len(digits) == 6 and digits.isascii() and digits.isdigit()
    return digits if is_code and not is_placeholder(number) else None


def is_mobile_number(number: str) -> bool:
    """
    Tell whether a telephone number has the form of a mobile one: 1, then 3 to 9, then nine digits.

    >>> is_mobile_number("13800000000"), is_mobile_number("12800000000")
    (True, False)

    Source:
        Data quality rules of Guizhou, January 2024, 5_13_003; local.
    """
    return _MOBILE.match(number) is not None


def birth_date_of(number: str) -> date | None:
    """
    Read the date of birth out of a certificate number; None when there is none.

    >>> birth_date_of("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    digits = number[6:14]
    if not (len(digits) == 8 and digits.isascii() and digits.isdigit()):
        return None
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born >= FIRST_BIRTH else None


def sex_of(number: str) -> Sex | None:
    """
    Read the sex out of a certificate number: the 17th digit is odd for men; None when there is none.

    >>> sex_of("11010519491231002X")
    <Sex.FEMALE: 'female'>
    """
    digit = number[16:17]
    if not (digit.isascii() and digit.isdigit()):
        return None
    return Sex.MALE if int(digit) % 2 else Sex.FEMALE
