"""
Exact numbers and their units.

Numbers come in as whole numbers, decimals or text, and stay exact for good. A float is taken at its shortest decimal
form, which is what a person typed; NaN and the infinities are refused. Units multiply and divide, and never convert:
mu is not m², 万元 is not yuan, and a rule that mixes them is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import attrs

# A number from a stranger: `int(Decimal("1E+1000000"))` alone would take half a minute.
MAX_DIGITS = 30
MIN_EXPONENT = -12
MAX_EXPONENT = 18
MAX_SHOWN_PLACES = 6

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?\Z", re.ASCII)


def exact(value: object) -> Decimal:
    """
    Read a number exactly.

    Args:
        value: An int, a Decimal, a Fraction with a finite decimal form, a float (taken at its shortest decimal form)
            or a text of ASCII digits. Not a bool.

    Raises:
        ValueError: It is no number, not finite, or has more digits or a larger exponent than is read.

    >>> exact(0.1) + exact("0.2")
    Decimal('0.3')
    """
    if isinstance(value, bool):
        raise ValueError("expected a number, got a truth value")
    if isinstance(value, Fraction):
        number = _finite(value)
    elif isinstance(value, int):
        if value.bit_length() > 100:
            raise ValueError(f"more than {MAX_DIGITS} digits")
        number = Decimal(value)
    elif isinstance(value, float):
        number = Decimal(repr(value))
    elif isinstance(value, str):
        text = value.strip()
        if len(text) > 64 or not _NUMBER.match(text):
            raise ValueError("expected a number")
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValueError("expected a number") from None
    elif isinstance(value, Decimal):
        number = value
    else:
        raise ValueError("expected a number")
    if not number.is_finite():
        raise ValueError("expected a finite number")
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"more than {MAX_DIGITS} digits")
    if number and not MIN_EXPONENT <= exponent <= MAX_EXPONENT:
        raise ValueError(f"the exponent is not between {MIN_EXPONENT} and {MAX_EXPONENT}")
    return number


def _finite(value: Fraction) -> Decimal:
    for places in range(-MIN_EXPONENT + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            if abs(scaled.numerator) >= 10**MAX_DIGITS:
                raise ValueError(f"more than {MAX_DIGITS} digits")
            # Built from its digits: arithmetic would round to the 28 digits of the decimal context.
            digits = tuple(int(digit) for digit in str(abs(scaled.numerator)))
            return Decimal((int(scaled < 0), digits, -places))
    raise ValueError("has no short decimal form")


def round_half_up(value: Fraction, places: int) -> Fraction:
    """
    Round to a number of decimal places, halves away from zero.

    >>> round_half_up(Fraction("2.345"), 2)
    Fraction(47, 20)
    """
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def places_of(value: Fraction) -> int:
    """
    Count the decimal places of a number that has finitely many.

    >>> places_of(Fraction("2736.50")), places_of(Fraction(3))
    (1, 0)
    """
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places


def plain(value: Fraction | Decimal | int) -> str:
    """
    Write a number for a person: exact where it has a short decimal form, otherwise rounded to the fen and marked "≈".

    >>> plain(Fraction(2400)), plain(Fraction("312.50")), plain(Fraction("0.005")), plain(Fraction(1, 3))
    ('2400', '312.50', '0.005', '≈0.33')
    """
    number = Fraction(value)
    if number.denominator == 1:
        return str(number.numerator)
    for places in range(2, MAX_SHOWN_PLACES + 1):
        if (number * 10**places).denominator == 1:
            return _decimal(number, places)
    return f"≈{_decimal(round_half_up(number, 2), 2)}"


def _decimal(number: Fraction, places: int) -> str:
    whole, rest = divmod(abs(number.numerator) * 10**places // number.denominator, 10**places)
    return f"{'-' if number < 0 else ''}{whole}.{rest:0{places}d}"


# The measures of the forms, with the words of both languages. A unit of a rule is a product of powers of these.
BASES: Mapping[str, tuple[str, str]] = {
    "yuan": ("元", "yuan"),
    "wan_yuan": ("万元", "10,000 yuan"),
    "person": ("人", "person"),
    "household": ("户", "household"),
    "village": ("个", "village"),
    "item": ("个", "item"),
    "head": ("头", "head"),
    "year": ("年", "year"),
    "month": ("个月", "month"),
    "day": ("天", "day"),
    "minute": ("分钟", "minute"),
    "mu": ("亩", "mu"),
    "m2": ("平方米", "m²"),
    "m": ("米", "m"),
    "km": ("公里", "km"),
    "litre": ("升", "litre"),
    "horsepower": ("马力", "horsepower"),
    "degree": ("度", "degree"),
    "point": ("分", "point"),
}


@attrs.frozen
class Unit:
    """
    A product of powers of base units, `yuan / person / year`; the empty product is a plain number.

    Attributes:
        powers: Pairs of base and exponent, sorted by base, without zeros.
    """

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Unit:
        """
        Read `yuan / person / year`, `1` or `1 / year`.

        Raises:
            ValueError: A word is no base unit.

        >>> str(Unit.parse("yuan / year / person"))
        'yuan / person / year'
        """
        powers: dict[str, int] = {}
        for place, word in enumerate(part.strip() for part in text.split("/")):
            if place == 0 and word == "1":
                continue
            factors = [factor.strip() for factor in word.split("*")] if place == 0 else [word]
            for factor in factors:
                if factor not in BASES:
                    raise ValueError(f"`{factor}` is no unit; known units: {', '.join(BASES)}")
                powers[factor] = powers.get(factor, 0) + (-1 if place else 1)
        return cls._of(powers)

    @classmethod
    def _of(cls, powers: Mapping[str, int]) -> Unit:
        return cls(tuple(sorted((base, power) for base, power in powers.items() if power)))

    def __mul__(self, other: Unit) -> Unit:
        """Multiply."""
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, 0) + power
        return self._of(powers)

    def __truediv__(self, other: Unit) -> Unit:
        """Divide."""
        return self * Unit(tuple((base, -power) for base, power in other.powers))

    def __str__(self) -> str:
        """Write in the form `parse` reads."""
        above = " * ".join(base for base, power in self.powers for _ in range(power))
        below = "".join(f" / {base}" for base, power in self._below() for _ in range(-power))
        return (above or "1") + below

    def _below(self) -> list[tuple[str, int]]:
        # Per person before per year reads as people say it.
        order = {"person": 0, "household": 1, "year": 9}
        return sorted(((b, p) for b, p in self.powers if p < 0), key=lambda bp: (order.get(bp[0], 5), bp[0]))

    def words(self, language: str) -> str:
        """
        Write for a person, in `zh` or `en`; a plain number has no words.

        >>> Unit.parse("yuan / person / year").words("zh")
        '元/人/年'
        """
        pick = 0 if language == "zh" else 1
        above = "·".join(BASES[base][pick] for base, power in self.powers for _ in range(power))
        below = "".join(f"/{BASES[base][pick]}" for base, power in self._below() for _ in range(-power))
        return above + below if above else below.replace("/", "每" if language == "zh" else "per ", 1)


PLAIN = Unit()

_PLURALS = {
    "person": "people",
    "household": "households",
    "village": "villages",
    "item": "items",
    "year": "years",
    "month": "months",
    "day": "days",
    "minute": "minutes",
    "litre": "litres",
    "degree": "degrees",
    "point": "points",
}


def said(number: Fraction | Decimal | int, unit: Unit, language: str) -> str:
    """
    Write an amount with its unit for a person, in `zh` or `en`.

    >>> said(2, Unit.parse("person"), "en"), said(2400, Unit.parse("yuan / year"), "zh")
    ('2 people', '2400元/年')
    """
    words = unit.words(language)
    if language == "zh" or not words:
        return plain(number) + words
    if len(unit.powers) == 1 and unit.powers[0][1] == 1 and number != 1:
        words = _PLURALS.get(unit.powers[0][0], words)
    return f"{plain(number)} {words}"
