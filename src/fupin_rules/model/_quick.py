"""
Plain data without a fault, read at speed: every value by its exact type, every object made at one stroke.

What is taken here is a part of what `from_plain` takes, and gives equal objects; a law holds the two together. Faults,
rare ways to write a value and whatever comes near a limit are left to the reader that names every fault.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, TypeVar

import attrs

from fupin_rules.model._area import Area
from fupin_rules.model._catalogue import GROUPS
from fupin_rules.model._codes import CodeList
from fupin_rules.model._fields import MAX_TEXT, SPEC, FieldSpec, Sort, check_id, hold_value, read_day
from fupin_rules.model._household import MAX_MEMBERS, Household
from fupin_rules.model._member import Member
from fupin_rules.model._private import MAX_PRIVATE, Private
from fupin_rules.model._village import Village
from fupin_rules.truth import NotKnown, Why

NOT_KNOWN = "not_known"
CLASSES: tuple[type, ...] = (*GROUPS.values(), Member, Household, Village, Area)
REASONS = frozenset(Why) - {Why.ZERO_DIVISOR}
# With lists no longer than this, the longest household is within the limits of what `from_plain` reads.
MAX_CODES = 64
# Numbers of one fact that are kept with their texts.
MAX_SEEN = 256
# An identity card has more characters, so that no shorter id can be the number of one.
_SHORT_ID = 17

_Model = TypeVar("_Model", bound=attrs.AttrsInstance)
# How a value is read, by its exact type; None takes it as it stands. A type that is not named is not read here.
_Readers = Mapping[type, Callable[[Any], Any] | None]


def take_plain(cls: type[_Model], data: object) -> _Model | None:
    """
    Build an object of the model from plain data in which nothing is doubtful.

    Args:
        cls: `Household`, `Village`, `Area`, `Member`, `Income`, …
        data: As `from_plain` takes it.

    Returns:
        What `from_plain` gives; None where a closer look has to tell whether it is taken.

    >>> take_plain(Household, {"id": "1", "hukou": "rural"})
    Household(id='1', hukou=<Hukou.RURAL: 'rural'>)
    >>> take_plain(Household, {"id": "1", "hukou": "city"})
    """
    if cls not in CLASSES:
        return None
    read = _table(cls)
    try:
        taken: _Model = read(data)
    except Exception:  # noqa: BLE001  whatever is not as it should be is looked at again by the reader that names faults
        return None
    return taken


@functools.cache
def _table(cls: type) -> Callable[[Any], Any]:
    """Make the reader of a class out of the declarations of its fields."""
    fields = attrs.fields(cls)
    blank: dict[str, Any] = {field.name: None for field in fields}
    readers: dict[str, _Readers] = {
        field.name: _fact(field.metadata[SPEC]) for field in fields if SPEC in field.metadata
    }
    needed = "id" if "id" in blank else None
    if needed is not None:
        readers[needed] = {str: _read_id}
    if cls is Household:
        blank["members"] = ()
        readers["members"] = dict.fromkeys((list, tuple), _read_members) | {NoneType: lambda _: ()}
        for name, group in GROUPS.items():
            # Nobody can change it, so one object says for all households that nothing is known.
            empty = blank[name] = group()
            readers[name] = {dict: _table(group), NoneType: functools.partial(_same, empty)}
    twin = attrs.make_class(cls.__name__, list(blank), eq=False, repr=False, slots=True, weakref_slot=False)

    def read(data: Any) -> Any:
        if type(data) is not dict or (needed is not None and needed not in data):
            raise ValueError
        told = blank | data
        for name, value in data.items():
            reader = readers[name][type(value)]
            if reader is not None:
                told[name] = reader(value)
        # Every value is read already. The class itself would convert each once more, the many that are not told as
        # well, and set them one by one past its own refusal to be changed: that takes longer than all the rest.
        made = twin(*told.values())
        made.__class__ = cls
        return made

    return read


def _same(value: Any, _: object) -> Any:
    return value


def _fact(spec: FieldSpec) -> _Readers:
    return {NoneType: None, NotKnown: None, dict: _read_not_known, **_known(spec)}


def _known(spec: FieldSpec) -> _Readers:
    hold = functools.partial(hold_value, spec)
    match spec.sort:
        case Sort.FLAG:
            return {bool: None}
        case Sort.NUMBER:
            return {int: _whole_reader(spec), str: _digits_reader(spec), Decimal: hold, float: hold}
        case Sort.DAY:
            return {str: read_day, date: read_day}
        case Sort.TEXT:
            return {str: functools.partial(_read_text, spec)}
        case Sort.CODE:
            assert spec.code_list is not None
            return {str: _by_value(spec.code_list).__getitem__, spec.code_list: None}
        case Sort.CODES:
            return dict.fromkeys((list, tuple), _codes_reader(spec))
        case Sort.PRIVATE:
            assert spec.private is not None
            return {str: functools.partial(_read_private, spec.private), spec.private: None}


def _by_value(code_list: type[CodeList]) -> dict[str, CodeList]:
    return {each.value: each for each in code_list}


def _codes_reader(spec: FieldSpec) -> Callable[[Any], Any]:
    assert spec.code_list is not None
    codes = _by_value(spec.code_list)
    most = len(codes) if spec.most is None else spec.most

    def read(value: Any) -> Any:
        if len(value) > MAX_CODES:
            raise ValueError
        held = set()
        for each in value:
            # A code of another list equals its text, and is none of this list.
            if type(each) is not str:
                raise ValueError
            held.add(codes[each])
        if len(held) > most:
            raise ValueError
        return frozenset(held)

    return read


def _whole_reader(spec: FieldSpec) -> Callable[[Any], Any]:
    assert spec.low is not None
    assert spec.high is not None
    low, high = math.ceil(spec.low), math.floor(spec.high)
    step = Decimal(1).scaleb(-spec.places)

    def read(value: int) -> Any:
        if not low <= value <= high:
            raise ValueError
        return Decimal(value).quantize(step) if spec.places else Decimal(value)

    return read


def _digits_reader(spec: FieldSpec) -> Callable[[Any], Any]:
    """
    Read digits with just the places of the fact, fewer than its highest value has; look closer at other texts.

    Most amounts of a register are nothing, or a rate that many are paid: what was read once is looked up.
    """
    assert spec.low is not None
    assert spec.high is not None
    hold = functools.partial(hold_value, spec)
    fewer = len(str(math.floor(spec.high))) - 1
    if spec.low > 0 or not fewer:
        return hold
    fits = re.compile(f"[0-9]{{1,{fewer}}}" + (f"[.][0-9]{{{spec.places}}}" if spec.places else "")).fullmatch
    return _Seen(lambda text: Decimal(text) if fits(text) else hold(text)).__getitem__


class _Seen(dict[str, Decimal]):
    """Numbers by the texts they were read from, as many as come first."""

    def __init__(self, read: Callable[[str], Decimal]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Decimal:
        number = self.read(text)
        if len(self) < MAX_SEEN:
            self[text] = number
        return number


def _read_text(spec: FieldSpec, value: str) -> str | None:
    if len(value) <= MAX_TEXT and value.isprintable() and value.strip():
        return value
    held: str | None = hold_value(spec, value)
    return held


def _read_id(value: str) -> str:
    if len(value) <= _SHORT_ID and value.isascii() and value.replace("-", "").isalnum():
        return value
    return check_id(value)


def _read_private(masking: type[Private], value: str) -> Private:
    if len(value) > MAX_PRIVATE:
        raise ValueError
    return masking(value)


_REASONS = {(NOT_KNOWN, why): NotKnown(why) for why in REASONS}


def _read_not_known(value: dict[Any, Any]) -> NotKnown:
    (told,) = value.items()
    return _REASONS[told]


def _read_members(value: Any) -> tuple[Member, ...]:
    if len(value) > MAX_MEMBERS:
        raise ValueError
    members = tuple(map(_table(Member), value))
    if len({each.id for each in members}) < len(members):
        raise ValueError
    return members
