"""Events as they are typed: data by the kinds of their fields, evidence by its digest or by the file it is of."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli.case._named import named, plain_text, shown
from fupin_rules.errors import Fault, FupinRulesError, WorkflowError
from fupin_rules.journal import salted_digest
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.workflow import (
    Actor,
    Event,
    EventType,
    Evidence,
    Field,
    FieldKind,
    Procedure,
)

_DIGEST = "hmac-sha256:"
_YES = {"true", "yes", "是"}
_NO = {"false", "no", "否"}
# A whole number of twelve digits; more would be the number of a person or a card.
_WHOLE = re.compile(r"-?\d{1,12}\Z")
_BLOCK: Final = 1 << 20

EventData = dict[str, bool | int | str | date]


def add_actor(parser: argparse.ArgumentParser, *, place: bool) -> None:
    """Declare who acts."""
    parser.add_argument("--role", required=True, help="the role taken: its id, or its label")
    parser.add_argument("--actor", required=True, metavar="ID", help="who: an id that only you can resolve, no name")
    text = "area code of where the role is held" + ("" if place else " (default: that of the case)")
    parser.add_argument("--place", required=place, metavar="CODE", help=text)
    parser.add_argument("--kin", action="store_true", help="the actor is a relative of the household")
    add_moment(parser)


def add_moment(parser: argparse.ArgumentParser, default: str = "") -> None:
    """Declare when, for nothing reads the clock; needed unless there is a default, which is told."""
    text = default or "when: 2016-01-31, or 2016-01-31T09:30"
    parser.add_argument("--at", required=not default, type=moment, metavar="DATE", help=text)


def add_event(parser: argparse.ArgumentParser) -> None:
    """Declare what happened, and what it brings."""
    parser.add_argument("--event", required=True, metavar="EVENT", help="what happened: its id, or its label")
    parser.add_argument(
        "--data", nargs="+", action="extend", default=[], metavar="FIELD=VALUE", help="what the event carries"
    )
    parser.add_argument(
        "--evidence",
        nargs="+",
        action="extend",
        default=[],
        metavar="SORT=DIGEST@DAY",
        help="what is kept elsewhere: its salted digest, or SORT=FILE@DAY to have it worked out",
    )
    parser.add_argument(
        "--event-id",
        default="",
        metavar="ID",
        help="tells events apart, so that one sent twice is taken once (default: the case and the number of the entry)",
    )
    parser.add_argument("--batch", default="", metavar="ID", help="common id of the events of one meeting or notice")


def moment(text: str) -> date | datetime:
    """Read when something happened: a day, or a time of it."""
    try:
        at = date.fromisoformat(text) if len(text) <= len("2016-01-31") else datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("is no day; write it as 2016-01-31, with a time as 2016-01-31T09:30") from None
    if not FIRST_DAY <= (at.date() if isinstance(at, datetime) else at) <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"is no day from {FIRST_DAY} to {LAST_DAY}")
    return at


def made_id(case_id: str, seq: int) -> str:
    """Give the id of an event that was given none: the case, and the number of the entry that it would be."""
    # An id has 64 characters at most, and is the case's own affair.
    return f"{case_id[: 64 - len(f'-{seq}')]}-{seq}"


@contextlib.contextmanager
def typed(where: str) -> Iterator[None]:
    """Tell a value that cannot be by the option it was typed for."""
    try:
        yield
    except WorkflowError as error:
        raise FupinRulesError(Fault(where, error.faults[0].what, error.faults[0].mend, USAGE)) from None


def check_case_id(case_id: str) -> None:
    """Refuse what cannot be the id of a case, the number of a person above all."""
    with typed("CASE_ID"):
        # Ids of cases and of people are of one form.
        Actor(case_id, "")


def actor_of(arguments: argparse.Namespace, procedure: Procedure, case_id: str, case_place: str = "") -> Actor:
    """Take who acts from the arguments; without a place, from where the case is."""
    role = named(arguments.role, procedure.roles, "--role", f"role of `{procedure.id}`")
    place = arguments.place or case_place[: procedure.level[role.level].digits]
    with typed("--actor"):
        Actor(arguments.actor, role.id)
    with typed("--place"):
        return Actor(arguments.actor, role.id, place=place, kin_of=(case_id,) if arguments.kin else ())


def event_of(arguments: argparse.Namespace, procedure: Procedure, case_id: str, event_id: str, salt: str) -> Event:
    """
    Take an event from the arguments.

    Args:
        arguments: As parsed.
        procedure: The one that the case is pinned to.
        case_id: The case.
        event_id: Its id.
        salt: For files given as evidence; empty for none.

    Raises:
        FupinRulesError: A name or a value that cannot be; it is told by the option it was typed for.
    """
    kind = named(arguments.event, procedure.events, "--event", f"event of `{procedure.id}`")
    actor = actor_of(arguments, procedure, case_id)
    data = _data(arguments.data, procedure, kind, salt)
    evidence = tuple(_evidence(text, procedure, salt) for text in arguments.evidence)
    with typed("--event-id"):
        return Event(event_id, kind.id, actor, data, evidence, arguments.batch)


def _data(texts: Sequence[str], procedure: Procedure, kind: EventType, salt: str) -> EventData:
    found: EventData = {}
    for text in texts:
        name, value = _pair(text, "--data", "FIELD=VALUE")
        field = named(name, kind.fields, "--data", f"field of the event `{kind.id}`")
        if field.id in found:
            raise FupinRulesError(Fault("--data", f"`{field.id}` is given twice", "give it once", USAGE))
        found[field.id] = _value(value, procedure, field, salt)
    return found


def _pair(text: str, where: str, form: str) -> tuple[str, str]:
    name, sign, value = text.replace("＝", "=", 1).partition("=")
    if not sign or not name or not value:
        mend = f"write {form}; options come after JOURNAL and CASE_ID"
        raise FupinRulesError(Fault(where, f"{shown(text)} is not of that form", mend, USAGE))
    return name, value


def _value(text: str, procedure: Procedure, field: Field, salt: str) -> bool | int | str | date:
    where, plain = f"--data {field.id}", plain_text(text)
    match field.kind:
        case FieldKind.CLAIM:
            if plain.lower() in _YES | _NO:
                return plain.lower() in _YES
            raise FupinRulesError(Fault(where, "is neither yes nor no", "write yes or no, 是 or 否", USAGE))
        case FieldKind.NUMBER:
            if _WHOLE.match(plain):
                return int(plain)
            raise FupinRulesError(Fault(where, "is no whole number", f"give {field.low} to {field.high}", USAGE))
        case FieldKind.DAY:
            try:
                return date.fromisoformat(plain)
            except ValueError:
                raise FupinRulesError(Fault(where, "is no day", "write it as 2016-01-31", USAGE)) from None
        case FieldKind.CODE:
            codes = procedure.list[field.list].codes
            return named(text, codes, where, "code of it").id
        case FieldKind.DIGEST:
            return text if text.startswith(_DIGEST) else _file_digest(Path(text), salt, where)
        case FieldKind.TEXT:
            return text


def _evidence(text: str, procedure: Procedure, salt: str) -> Evidence:
    name, rest = _pair(text, "--evidence", "SORT=DIGEST@DAY or SORT=FILE@DAY")
    kind = named(name, procedure.evidence, "--evidence", f"sort of evidence of `{procedure.id}`")
    where = f"--evidence {kind.id}"
    what, _, on = rest.replace("＠", "@").rpartition("@")
    try:
        day = date.fromisoformat(plain_text(on))
    except ValueError:
        mend = f"end it with the day it was taken or drawn up: {kind.id}=…@2016-01-31"
        raise FupinRulesError(Fault(where, "has no day", mend, USAGE)) from None
    digest = what if what.startswith(_DIGEST) else _file_digest(Path(what), salt, where)
    with typed(where):
        return Evidence(kind.id, digest, day)


def _file_digest(path: Path, salt: str, where: str) -> str:
    """Give the salted digest of the SHA-256, in lower-case hexadecimal, of what a file holds."""
    if not path.is_file():
        raise FupinRulesError(Fault(where, "is no salted digest and no file", "give `hmac-sha256:…` or a file", USAGE))
    if not salt:
        mend = "give `--salt-file`: without a salt, whoever has the same picture could tell whose it is"
        raise FupinRulesError(Fault(where, "the digest of a file needs a salt", mend, USAGE))
    plain = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            plain.update(block)
    return salted_digest(plain.hexdigest(), salt)
