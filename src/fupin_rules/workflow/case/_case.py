"""
Cases, and what happens to them: who acts, with what evidence, what is remembered.

A case is what its journal adds up to; nothing else moves it. All values are frozen, and none holds what identifies a
person: people are told apart by ids that only the caller can resolve, documents enter as salted digests.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal import FIRST
from fupin_rules.markup import Drawing, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.quantities import plain
from fupin_rules.workflow.case._drawing import draw_case

EventValue = bool | int | str | date
FactValue = bool | int | str | date

CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\Z")
# As long as the number of a person, a card or a telephone; nothing that is written here needs so many.
PERSONAL: Final = re.compile(r"\d{14}[0-9Xx]|(?<!\d)1[3-9]\d{9}(?!\d)")
SALTED_DIGEST = re.compile(r"hmac-sha256:[0-9a-f]{64}\Z")
AREA = re.compile(r"[0-9]{2,12}\Z")
_LONG: Final = 10**14
_VALUES: Final = (bool, int, str, date, type(None))

_K = TypeVar("_K")
_V = TypeVar("_V")


# `Any`: the types of a converter replace those of the field, and a generic one tells none.
def _frozen(table: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return table if type(table) is MappingProxyType else MappingProxyType(dict(table))


def _tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(values)


def _data(values: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Keep what an event carries; None is how a caller says that it is not known."""
    for name, value in values.items():
        if type(name) is not str or type(value) not in _VALUES:
            what = f"an event carries no `{type(value).__name__}`"
            raise WorkflowError(Fault("$.data", what, "give a truth value, a whole number, text or a day", "value"))
    return MappingProxyType({name: value for name, value in values.items() if value is not None})


def _day(at: Any) -> Any:
    return at.date() if isinstance(at, datetime) else at


def _names(table: Mapping[str, object]) -> str:
    """Show what a mapping holds by name only: its values may be words about somebody."""
    return f"<{', '.join(map(shown, table))}>"


def shown(text: str) -> str:
    """Give a name that somebody brought as messages may show it."""
    return text[:40] if text.isprintable() and PERSONAL.search(text) is None else "…"


def shown_number(value: int | Fraction) -> str:
    """Give a number as messages may show it; one too long for a count may be that of a person."""
    return shown(plain(value)) if -_LONG < value < _LONG else "…"


def kept(value: Any) -> dict[str, Any]:
    """Give the fields of a value to be pickled; a read-only view of a mapping has no pickle."""
    held = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    return {name: dict(each) if type(each) is MappingProxyType else each for name, each in held.items()}


def take_up(value: Any, state: dict[str, Any]) -> None:
    """Fill a value with what was pickled."""
    for name, each in state.items():
        object.__setattr__(value, name, MappingProxyType(each) if type(each) is dict else each)


# A case keeps its id from step to step.
@functools.lru_cache(maxsize=4096)
def _fits(value: str) -> bool:
    return CASE_ID.match(value) is not None and PERSONAL.search(value) is None


def _is_id(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if not _fits(value):
        what = "is no id: 1 to 64 of a-z, A-Z, 0-9 and . _ : -, and not the number of a person"
        raise WorkflowError(Fault(f"$.{attribute.name}", what, "give an id that only you can resolve", "id"))


def is_id(text: object) -> bool:
    """Tell whether a text is an id as persons, events and cases have them."""
    return isinstance(text, str) and _fits(text)


def _is_batch(owner: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value:
        _is_id(owner, attribute, value)


def _are_ids(owner: object, attribute: attrs.Attribute[tuple[str, ...]], values: tuple[str, ...]) -> None:
    for value in values:
        _is_id(owner, attribute, value)  # type: ignore[arg-type]  # only the name of the attribute is read


def is_area(text: object) -> bool:
    """Tell whether a text is the code of an area."""
    return isinstance(text, str) and AREA.match(text) is not None


def _is_area(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value and not is_area(value):
        what = "is no area code of 2 to 12 digits"
        raise WorkflowError(
            Fault(f"$.{attribute.name}", what, "give the code of a village, township or county", "area")
        )


def is_digest(text: object) -> bool:
    """Tell whether a text is a salted digest."""
    return isinstance(text, str) and SALTED_DIGEST.match(text) is not None


@attrs.frozen
class Evidence:
    """
    A document or picture that somebody keeps elsewhere.

    Attributes:
        kind: Sort of evidence.
        digest: Its salted digest, as `journal.salted_digest` gives it.
        on: The day it was taken or drawn up.
    """

    kind: str
    digest: str
    on: date = attrs.field(converter=_day)

    def __attrs_post_init__(self) -> None:
        """Refuse what could be the thing itself."""
        if not is_digest(self.digest):
            what = "evidence enters as a salted digest"
            raise WorkflowError(Fault("$.digest", what, "give `salted_digest(…)` of it", "digest"))
        _check_day(self.on, "$.on")


@attrs.frozen
class Actor:
    """
    Who acts. That it is so is for the caller to make sure.

    Attributes:
        id: Tells people apart; means nothing to others.
        role: Role taken here.
        level: Level acted at; empty for that of the role.
        place: Area code of where the role is held, twelve digits for a village, nine for a township, six for a county.
        kin_of: Cases whose household the actor is related to.
    """

    id: str = attrs.field(validator=_is_id)
    role: str
    level: str = ""
    place: str = attrs.field(default="", validator=_is_area)
    kin_of: tuple[str, ...] = attrs.field(default=(), converter=_tuple, validator=_are_ids)


@attrs.frozen
class Event:
    """
    Something that is said to have happened, to be accepted or refused.

    Attributes:
        id: Tells events apart: the same id is taken once.
        type: Which event of the procedure.
        by: Who acts.
        data: What it carries, by field; a field given as None is not given.
        evidence: What is kept elsewhere for it.
        batch: Common id of events of one meeting or notice; empty for none.
        version: Version of the event type; None for the newest.
    """

    id: str = attrs.field(validator=_is_id)
    type: str
    by: Actor
    data: Mapping[str, EventValue] = attrs.field(factory=dict, converter=_data, hash=False, repr=_names)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_tuple)
    batch: str = attrs.field(default="", validator=_is_batch)
    version: int | None = None

    __getstate__ = kept
    __setstate__ = take_up


@attrs.frozen
class Seen:
    """
    Ids that were taken already, in sets of growing size, so that adding one stays cheap however many there are.

    >>> "a" in Seen().add("a"), "b" in Seen().add("a")
    (True, False)
    """

    sets: tuple[frozenset[str], ...] = attrs.field(default=(), eq=False, repr=False)
    size: int = 0

    def __contains__(self, text: str) -> bool:
        """Tell whether it was added."""
        for held in self.sets:  # noqa: SIM110  asked three times a step; a generator costs more than the look
            if text in held:
                return True
        return False

    def add(self, *texts: str) -> Seen:
        """Add some; like counting in binary, a set is merged with the one before it once it is as large."""
        last = frozenset(texts)
        sets = self.sets
        while sets and len(sets[-1]) <= len(last):
            last |= sets[-1]
            sets = sets[:-1]
        return Seen((*sets, last), self.size + len(texts))

    def __eq__(self, other: object) -> bool:
        """Compare what is held, not how it is arranged."""
        return isinstance(other, Seen) and self.all() == other.all()

    def __hash__(self) -> int:
        """Hash what is held."""
        return hash(self.all())

    def all(self) -> frozenset[str]:
        """Give everything that was added."""
        return frozenset().union(*self.sets)


@attrs.frozen
class Mark:
    """
    What stands in a slot.

    Attributes:
        person: Who signed, or who waived it.
        role: In which role.
        waived: Whether the slot is done without.
    """

    person: str
    role: str
    waived: bool = False


@attrs.frozen
class Signatures:
    """
    The signatures of one review in this round.

    Attributes:
        marks: By slot.
        extra: Slots asked for in this round only: id and role.
        delegates: Slot to the person who signs it instead.
    """

    marks: Mapping[str, Mark] = attrs.field(factory=dict, converter=_frozen, hash=False)
    extra: tuple[tuple[str, str], ...] = ()
    delegates: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen, hash=False)

    __getstate__ = kept
    __setstate__ = take_up


@attrs.frozen
class NoticeMark:
    """
    A notice or announcement in this round.

    Attributes:
        posted: The day it went up, or its days began anew.
        until: Its last day; None for an announcement, and where holidays were not known when it went up.
        closed: The day it was taken down; None while it is up.
        objections: Id to outcome; empty while there is none.
    """

    posted: date
    until: date | None = None
    closed: date | None = None
    objections: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen, hash=False)

    __getstate__ = kept
    __setstate__ = take_up


@attrs.frozen(kw_only=True)
class Case:
    """
    Where a case stands.

    Attributes:
        id: Of the case; for households, that of the household.
        procedure: What it is pinned to, `id/version@digest`.
        place: Area code of the village.
        state: State it is in.
        round: From 1; what was signed or shown in an earlier round counts no more.
        facts: What is remembered, by name.
        reviews: Signatures of this round.
        notices: Notices of this round.
        last: Event to the day it last happened in this round.
        entered: Day the state was entered.
        round_began: Day the round began.
        roles: Person to the roles held in the case, as far as one may exclude another.
        seq: Number of its last entry; 0 before the first.
        at: When that was, ISO text.
        clock: The last time of day that an entry told, ISO text with its day; empty if none did.
        head: Digest of its last entry.
        seen: Ids of events and digests of evidence taken.
    """

    id: str = attrs.field(validator=_is_id)
    procedure: str
    place: str
    state: str
    round: int = 1
    facts: Mapping[str, FactValue] = attrs.field(factory=dict, converter=_frozen, hash=False, repr=_names)
    reviews: Mapping[str, Signatures] = attrs.field(factory=dict, converter=_frozen, hash=False)
    notices: Mapping[str, NoticeMark] = attrs.field(factory=dict, converter=_frozen, hash=False)
    last: Mapping[str, date] = attrs.field(factory=dict, converter=_frozen, hash=False)
    entered: date
    round_began: date
    roles: Mapping[str, frozenset[str]] = attrs.field(factory=dict, converter=_frozen, hash=False)
    seq: int = 0
    at: str = ""
    clock: str = ""
    head: str = FIRST
    seen: Seen = Seen()

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_case(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    __getstate__ = kept
    __setstate__ = take_up


_NAMES: Final = tuple(field.name for field in attrs.fields(Case))


def changed(case: Case, changes: Mapping[str, Any]) -> Case:
    """Give a case with some fields changed; `attrs.evolve` does the same in twice the time."""
    return Case(**{name: changes[name] if name in changes else getattr(case, name) for name in _NAMES})


Moment = date | datetime


def moment_text(at: Moment) -> str:
    """
    Write when something happened.

    Raises:
        WorkflowError: No day that can be.
    """
    _check_day(at, "at")
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def read_moment(text: str) -> Moment:
    """
    Read what `moment_text` wrote.

    Raises:
        ValueError: It is no such text.
    """
    return date.fromisoformat(text) if len(text) == len("2016-01-31") else datetime.fromisoformat(text)


def day_of(at: Moment) -> date:
    """Give the day of a moment, by the clock of the place where it was told."""
    return at.date() if isinstance(at, datetime) else at


def is_before(at: Moment, earlier: Moment) -> bool:
    """Tell whether a moment lies before another one; within a day, only where both tell a time."""
    day, before = day_of(at), day_of(earlier)
    if day != before:
        return day < before
    if not isinstance(at, datetime) or not isinstance(earlier, datetime):
        return False
    if (at.tzinfo is None) is not (earlier.tzinfo is None):
        what = "times with and without a time zone in one case"
        raise WorkflowError(Fault("at", what, "tell all with their offset from UTC, or none", "moment"))
    return at < earlier


def _check_day(at: object, where: str) -> None:
    if not isinstance(at, date):
        raise WorkflowError(
            Fault(where, f"expected a day, got `{type(at).__name__}`", "give a date or datetime", "day")
        )
    if not FIRST_DAY <= day_of(at) <= LAST_DAY:
        raise WorkflowError(Fault(where, f"is no day from {FIRST_DAY} to {LAST_DAY}", "give another", "day"))


def with_item(table: Mapping[_K, _V], key: _K, value: _V) -> Mapping[_K, _V]:
    """Give a mapping with one more item."""
    return MappingProxyType({**table, key: value})


def without(table: Mapping[_K, _V], keys: Iterable[_K]) -> Mapping[_K, _V]:
    """Give a mapping without some items."""
    dropped = set(keys)
    return MappingProxyType({key: value for key, value in table.items() if key not in dropped})
