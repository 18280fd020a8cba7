"""
Plain data in and out: dictionaries of texts, numbers and truth values, as JSON, forms and databases hold them.

Reading is strict (a text is no number of days, `1` is no `true`, an unknown key is a fault) and reports every fault at
once, each at its `$.members[2].birth_date`. No message shows a value: it may be a person's number in the wrong place.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from fupin_rules.errors import Fault, FupinRulesError, LimitError, ModelError
from fupin_rules.model._area import Area
from fupin_rules.model._catalogue import GROUPS
from fupin_rules.model._codes import CodeList
from fupin_rules.model._fields import SPEC, FieldSpec, read_value
from fupin_rules.model._household import Household
from fupin_rules.model._member import Member
from fupin_rules.model._private import Private
from fupin_rules.model._quick import CLASSES, NOT_KNOWN, REASONS, take_plain
from fupin_rules.model._village import Village
from fupin_rules.quantities import MAX_DIGITS
from fupin_rules.truth import NotKnown

MAX_DEPTH = 64
MAX_TEXT = 10_000
MAX_VALUES = 20_000
_LIKE_A_NAME_OF_A_FACT = re.compile(r"[A-Za-z_]{1,60}")
_PLAIN = frozenset({str, int, bool, Decimal, list, date, type(None)})  # surely no mapping, told without asking it

_Model = TypeVar("_Model", bound=attrs.AttrsInstance)


def from_plain(cls: type[_Model], data: object, *, where: str = "$") -> _Model:
    """
    Build a household, a village, an area or a part of one from plain data.

    Args:
        cls: `Household`, `Village`, `Area`, `Member`, `Income`, …
        data: A mapping; an absent key or `None` means not known, `{"not_known": "refused"}` tells why. Amounts are
            whole numbers, decimals or texts; a float is taken at its shortest decimal form. Days are `YYYY-MM-DD`.
        where: Path that messages start with.

    Raises:
        ModelError: The data does not fit; every fault is listed with its path.
        LimitError: It is deeper or longer than is read.

    >>> from_plain(Household, {"id": "1", "income": {"pension_yuan": "1200.50"}}).income.pension_yuan
    Decimal('1200.50')
    """
    # Most data has no fault: collecting all of them, each with its path, is worth its time only where there is one.
    taken = take_plain(cls, data)
    if taken is not None:
        return taken
    _keep_limits(data, where)
    try:
        return _converter().structure(data, cls)
    except (ClassValidationError, IterableValidationError) as group:
        faults = tuple(_faults(group, where))
    except FupinRulesError as error:
        faults = tuple(_at(error, where))
    except Exception:  # noqa: BLE001  whatever a stranger's data trips over becomes our own fault
        faults = (Fault(where, "expected a table of facts", "give a mapping", "shape"),)
    # Raised outside the handlers: the original carries the values.
    raise ModelError(faults)


def to_plain(obj: attrs.AttrsInstance, *, reveal: bool = False) -> dict[str, Any]:
    """
    Give a household, a village, an area or a part of one as plain data that JSON can hold; unknown facts are left out.

    Args:
        obj: An object of the model.
        reveal: Whether to write names and numbers of persons; otherwise they are left out.

    >>> to_plain(Household(id="1", hukou="rural", head_name="张三"))
    {'id': '1', 'hukou': 'rural'}
    """
    plain: dict[str, Any] = _converter(reveal=reveal).unstructure(obj)
    return plain


@functools.cache
def _converter(*, reveal: bool = False) -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for cls in CLASSES:
        converter.register_structure_hook(cls, _structure_hook(cls, converter))
        write: Any = make_dict_unstructure_fn(cls, converter, **_write_hooks(cls, reveal=reveal))
        converter.register_unstructure_hook(cls, functools.partial(_write, write))
    return converter


def _structure_hook(cls: type, converter: Converter) -> Any:
    # Every field converts what it is given; converting here as well names all faults of a table, not the first alone.
    hooks: dict[str, Any] = {
        field.name: override(struct_hook=functools.partial(_read, field.metadata[SPEC]))
        for field in attrs.fields(cls)
        if SPEC in field.metadata
    }
    if cls in (Household, Member, Village, Area):
        hooks["id"] = override(struct_hook=lambda value, _: value)
    if cls is Household:
        hooks["members"] = override(struct_hook=functools.partial(_read_members, converter))
    for name, group in GROUPS.items() if cls is Household else ():
        hooks[name] = override(struct_hook=functools.partial(_read_group, converter, group))
    build: Any = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **hooks)

    def structure(data: Any, target: Any) -> Any:
        if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
            raise ModelError(Fault("$", "expected a table of facts", "give a mapping with names of facts", "shape"))
        return build(dict(data), target)

    return structure


def _read(spec: FieldSpec, value: Any, _: Any) -> Any:
    held = _open(value)
    return held if held is None or isinstance(held, NotKnown) else read_value(spec, held)


def _open(value: Any) -> Any:
    """Take `{"not_known": reason}` for what it says, and leave every other value as it is."""
    if type(value) in _PLAIN or not isinstance(value, Mapping):
        return value
    if value.keys() == {NOT_KNOWN} and value[NOT_KNOWN] in REASONS:
        return NotKnown(value[NOT_KNOWN])
    raise ValueError("expected a value, or { not_known = reason }")


def _read_group(converter: Converter, group: type, data: Any, _: Any) -> Any:
    return group() if data is None else converter.structure(data, group)


def _read_members(converter: Converter, data: Any, _: Any) -> Any:
    if data is None:
        return ()
    if not isinstance(data, (list, tuple)):
        raise ModelError(Fault("$", "expected a list of members", "give a list", "shape"))
    members: list[Member] = []
    faults: list[Fault] = []
    for place, row in enumerate(data):
        try:
            members.append(converter.structure(row, Member))
        except (ClassValidationError, FupinRulesError) as error:
            faults.extend(_faults(error, f"$[{place}]"))
    if faults:
        raise ModelError(faults)
    return tuple(members)


def _write_hooks(cls: type, *, reveal: bool) -> dict[str, Any]:
    return {
        field.name: override(unstruct_hook=functools.partial(write_value, field.metadata[SPEC], reveal=reveal))
        for field in attrs.fields(cls)
        if SPEC in field.metadata
    }


def _write(write: Any, obj: Any) -> dict[str, Any]:
    # An empty group or roster says nothing; an empty set of codes says that there is none.
    parts = {*GROUPS, "members"}
    return {key: value for key, value in write(obj).items() if value is not None and (value or key not in parts)}


def write_value(spec: FieldSpec, value: Any, *, reveal: bool = False) -> Any:
    """
    Give one value, as the model holds it, as plain data that JSON can hold; `read_value` takes it back.

    Args:
        spec: The field that holds it.
        value: A known value, `None`, or `NotKnown`, which becomes `{"not_known": reason}`.
        reveal: Whether to write names and numbers of persons; otherwise they are None.
    """
    match value:
        case NotKnown(why):
            return {NOT_KNOWN: why.value}
        case Private():
            return value.reveal() if reveal else None
        case CodeList():
            return value.value
        case frozenset():
            return sorted(code.value for code in value)
        case Decimal():
            return format(value, "f") if spec.places else int(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _faults(error: BaseException, where: str) -> Iterator[Fault]:
    """Turn what the converter raised into faults with paths, without the values it holds."""
    match error:
        case ClassValidationError() | IterableValidationError():
            for inner in error.exceptions:
                # It stands in a frame that it remembers: a circle that holds the data until a collector comes by.
                inner.__traceback__ = None
                yield from _faults(inner, where + _step(inner))
        case ForbiddenExtraKeysError(cl=cls, extra_fields=extra):
            known = [field.name for field in attrs.fields(cls)]
            for key in sorted(extra):
                near = difflib.get_close_matches(key, known, 1)
                mend = f"did you mean `{near[0]}`?" if near else "see the catalogue of facts"
                # Names and numbers of people stand where keys are due, too.
                if _LIKE_A_NAME_OF_A_FACT.fullmatch(key):
                    yield Fault(f"{where}.{key}", "is no fact", mend, "unknown_fact")
                else:
                    yield Fault(where, "has a key that is no fact", mend, "unknown_fact")
        case FupinRulesError():
            yield from _at(error, where)
        case KeyError():
            yield Fault(f"{where}.id", "is missing", "give an id that is no identity number", "missing")
        case ValueError():
            yield Fault(where, str(error), "give it as told, or leave it out as not known", "value")
        case _:
            yield Fault(where, "cannot be read", "give it as told, or leave it out as not known", "value")


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            # A required key that is absent is named by the fault itself.
            return "" if isinstance(error, KeyError) else f".{note.name}"
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]"
    return ""


def _at(error: FupinRulesError, where: str) -> Iterator[Fault]:
    for fault in error.faults:
        rest = fault.where.removeprefix("$")
        # A fault of a field's own converter names the field, which the path may already end with.
        yield attrs.evolve(fault, where=where if rest and where.endswith(rest) else where + rest)


def _keep_limits(data: object, where: str) -> None:
    """Refuse data that is deeper, longer or larger than is read, without recursion."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    values = 0
    while waiting:
        value, depth = waiting.pop()
        values += 1
        if depth > MAX_DEPTH or values > MAX_VALUES:
            what = f"nested deeper than {MAX_DEPTH}" if depth > MAX_DEPTH else f"more than {MAX_VALUES} values"
            raise LimitError(Fault(where, what, "give one household at a time, as told", "depth"))
        if isinstance(value, str):
            if len(value) > MAX_TEXT:
                raise LimitError(Fault(where, f"a text of more than {MAX_TEXT} characters", "make it shorter", "text"))
        elif isinstance(value, int):
            if value.bit_length() > 4 * MAX_DIGITS:
                raise LimitError(Fault(where, f"a number of more than {MAX_DIGITS} digits", "mend it", "digits"))
        elif isinstance(value, (list, tuple, set, frozenset)):
            waiting.extend((each, depth + 1) for each in value)
        elif isinstance(value, Mapping):
            waiting.extend((each, depth + 1) for each in value)
            waiting.extend((each, depth + 1) for each in value.values())
