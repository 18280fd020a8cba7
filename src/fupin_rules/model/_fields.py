"""
How a field of a model class is declared: one line that says everything about a fact.

    wage_income_yuan: Yuan = money("AAC073", "工资性收入", "wage income")

The name carries the path, the annotation the type, the call the national code, both labels, unit, bounds and
sensitivity. Converters and validators come from that one line (`derive`), so every way to build an object, by hand or
from plain data, a sheet or JSON, gives equal objects or the same refusal.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from fupin_rules.errors import Fault, ModelError
from fupin_rules.model._codes import CodeList
from fupin_rules.model._identity import certificate_problems
from fupin_rules.model._private import Private
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.quantities import PLAIN, Unit, exact, plain
from fupin_rules.truth import NotKnown

# What a fact may hold. Readers see the first type of each; the others are taken at the door and converted.
Yuan = Decimal | int | NotKnown | None
Number = Decimal | int | NotKnown | None
Flag = bool | NotKnown | None
Day = date | NotKnown | None
Text = str | NotKnown | None


class Sort(enum.Enum):
    """The sorts of facts."""

    FLAG = "flag"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    PRIVATE = "private"


class Sensitivity(enum.Enum):
    """What kind of personal information a fact is (PIPL article 28)."""

    NONE = "none"
    IDENTITY = "identity"
    CONTACT = "contact"
    FINANCE = "finance"
    HEALTH = "health"


@attrs.frozen
class FieldSpec:
    """
    All that is declared of one field.

    Attributes:
        sort: The sort of fact.
        zh: Chinese label, as on the form.
        en: English label.
        national_code: Field code of the national system (`AAC073`); empty where there is none.
        unit: Unit of a number.
        places: Decimal places of a number: 2 for money, 0 for a count.
        low: Lowest value a number can have.
        high: Highest value a number can have.
        code_list: Code list of a code or a set of codes.
        older: Older lists that a sheet may say it holds; their codes are read as those of today.
        private: Masking type of a private text.
        most: Most codes of a many-valued fact.
        aliases: Other headers under which the fact is found on sheets.
        sensitivity: Kind of personal information.
        fixed: Nobody can change it, or may be asked to: what a person is, whose kin, how healthy; where a place lies;
            what has happened; what a form or the record says. Days are what has happened, texts are never read.
        note: What a reader of the catalogue should know.
    """

    sort: Sort
    zh: str
    en: str
    national_code: str = ""
    unit: Unit = PLAIN
    places: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    code_list: type[CodeList] | None = None
    older: tuple[type[CodeList], ...] = ()
    private: type[Private] | None = None
    most: int | None = None
    aliases: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.NONE
    fixed: bool = False
    note: str = ""


SPEC = "fupin_rules.spec"
MAX_TEXT = 500
MAX_ID = 64
NOT_IN_ID = re.compile(r"[\[\]\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _fact(spec: FieldSpec) -> Any:
    return attrs.field(default=None, metadata={SPEC: spec})


def flag(national_code: str, zh: str, en: str, **more: Any) -> Any:
    """Declare a yes or no."""
    return _fact(FieldSpec(Sort.FLAG, zh, en, national_code, **more))


def number(
    national_code: str,
    zh: str,
    en: str,
    *,
    unit: str,
    low: int | str = 0,
    high: int | str = 10_000_000,
    places: int = 0,
    **more: Any,
) -> Any:
    """Declare a number with its unit, bounds (inclusive) and decimal places."""
    spec = FieldSpec(Sort.NUMBER, zh, en, national_code, Unit.parse(unit), places, Decimal(low), Decimal(high), **more)
    return _fact(spec)


def money(
    national_code: str,
    zh: str,
    en: str,
    *,
    unit: str = "yuan / year",
    low: int = 0,
    high: int = 100_000_000,
    **more: Any,
) -> Any:
    """Declare an amount of yuan to the fen; a year's amount unless the unit says otherwise."""
    return number(national_code, zh, en, unit=unit, low=low, high=high, places=2, **more)


def day(national_code: str, zh: str, en: str, **more: Any) -> Any:
    """Declare a day."""
    return _fact(FieldSpec(Sort.DAY, zh, en, national_code, fixed=True, **more))


def text(national_code: str, zh: str, en: str, **more: Any) -> Any:
    """Declare a free text, never read by a rule and never copied into an explanation."""
    return _fact(FieldSpec(Sort.TEXT, zh, en, national_code, fixed=True, **more))


def code(national_code: str, zh: str, en: str, code_list: type[CodeList], **more: Any) -> Any:
    """Declare one code of a code list."""
    return _fact(FieldSpec(Sort.CODE, zh, en, national_code, code_list=code_list, **more))


def codes(
    national_code: str, zh: str, en: str, code_list: type[CodeList], *, most: int | None = None, **more: Any
) -> Any:
    """Declare a set of codes of one list; an empty set is known to be empty."""
    return _fact(FieldSpec(Sort.CODES, zh, en, national_code, code_list=code_list, most=most, **more))


def private(national_code: str, zh: str, en: str, masking: type[Private], sensitivity: Sensitivity, **more: Any) -> Any:
    """Declare a personal text that shows masked wherever it is not revealed on purpose."""
    spec = FieldSpec(Sort.PRIVATE, zh, en, national_code, private=masking, sensitivity=sensitivity, fixed=True, **more)
    return _fact(spec)


def check_id(value: object) -> str:
    """
    Take the id of a subject or member, which names it in answers.

    Raises:
        ModelError: It is no text of 1 to 64 characters without spaces at its ends, brackets or control characters, or
            it is the number of a person's certificate, which every answer would then show.
    """
    if isinstance(value, str) and 0 < len(value) <= MAX_ID and value == value.strip() and not _is_odd(value):
        if not certificate_problems(value.upper()):
            what = "is the number of a certificate, which an id would show in every answer"
            raise ModelError(Fault("$.id", what, "number households and members by themselves", "id_personal"))
        return value
    what = f"expected a text of 1 to {MAX_ID} characters without brackets or control characters"
    raise ModelError(Fault("$.id", what, "give an id that is no identity number", "id"))


def _is_odd(value: str) -> bool:
    # Half of a character, a lone surrogate, is a text that nobody could write down again.
    return NOT_IN_ID.search(value) is not None or any("\ud800" <= each <= "\udfff" for each in value)


def show_known(self: Any) -> str:
    """Show the facts that are known, and leave out the many that are not (`__repr__` of every model class)."""
    held = ((field.name, getattr(self, field.name)) for field in attrs.fields(type(self)))
    shown = (f"{name}={value!r}" for name, value in held if not _says_nothing(value))
    return f"{type(self).__name__}({', '.join(shown)})"


def _says_nothing(value: Any) -> bool:
    if value is None or value == ():
        return True
    is_group = attrs.has(type(value)) and not isinstance(value, NotKnown)
    return is_group and all(getattr(value, field.name) is None for field in attrs.fields(type(value)))


def derive(_cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Give every declared field the converter that its declaration implies (attrs `field_transformer`)."""
    return [
        field.evolve(converter=_converter(field.name, field.metadata[SPEC])) if SPEC in field.metadata else field
        for field in fields
    ]


def _converter(name: str, spec: FieldSpec) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        if value is None or isinstance(value, NotKnown):
            return value
        try:
            return hold_value(spec, value)
        except ValueError as error:
            # The value is never shown: it may be a person's number in the wrong place.
            mend = "give it as told, or leave it out as not known"
            raise ModelError(Fault(f"$.{name}", str(error), mend, "value")) from None

    return convert


def read_value(spec: FieldSpec, value: object) -> Any:
    """
    Convert one known value to the form the model holds.

    Raises:
        ValueError: The value does not fit; the message says what was expected, never the value.
    """
    match spec.sort:
        case Sort.FLAG:
            if not isinstance(value, bool):
                raise ValueError("expected true or false")
            return value
        case Sort.NUMBER:
            return _read_number(spec, value)
        case Sort.DAY:
            return read_day(value)
        case Sort.TEXT:
            if not isinstance(value, str) or len(value) > MAX_TEXT or "\0" in value:
                raise ValueError(f"expected a text of at most {MAX_TEXT} characters")
            return value
        case Sort.CODE:
            assert spec.code_list is not None
            return spec.code_list.read(value)
        case Sort.CODES:
            return _read_codes(spec, value)
        case Sort.PRIVATE:
            assert spec.private is not None
            return value if isinstance(value, spec.private) else spec.private.read(value)


def hold_value(spec: FieldSpec, value: object) -> Any:
    """
    Convert one value as a field does: a text of nothing but spaces tells as little as an empty cell, and is None.

    Raises:
        ValueError: The value does not fit; the message says what was expected, never the value.
    """
    held = read_value(spec, value)
    return None if spec.sort is Sort.TEXT and not held.strip() else held


def _read_number(spec: FieldSpec, value: object) -> Decimal:
    amount = exact(value)
    if spec.low is not None and amount < spec.low:
        raise ValueError(f"cannot be less than {plain(spec.low)}")
    if spec.high is not None and amount > spec.high:
        raise ValueError(f"cannot be more than {plain(spec.high)}")
    held = amount.quantize(Decimal(1).scaleb(-spec.places))
    if held != amount:
        raise ValueError(f"has more than {spec.places} decimal places" if spec.places else "is not a whole number")
    return held + 0  # no negative zero


def read_day(value: object) -> date:
    """
    Convert a day, or its text.

    Raises:
        ValueError: It is no day, or none that is read.
    """
    if isinstance(value, datetime) or not isinstance(value, (date, str)):
        raise ValueError("expected a day, YYYY-MM-DD")
    if isinstance(value, str):
        if len(value) != 10:
            raise ValueError("expected a day, YYYY-MM-DD")
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError("expected a day, YYYY-MM-DD") from None
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"expected a day from {FIRST_DAY} to {LAST_DAY}")
    return value


def _read_codes(spec: FieldSpec, value: object) -> frozenset[CodeList]:
    assert spec.code_list is not None
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        raise ValueError("expected a list of codes")
    held = frozenset(spec.code_list.read(each) for each in value)
    if spec.most is not None and len(held) > spec.most:
        raise ValueError(f"at most {spec.most} codes")
    return held
