"""
The parts of a procedure: states, roles, fields, reviews, notices, deadlines, effects, moves. All are data.

What a case needs before it may move is written in guards, expressions of the rule language; what a move does to a case
is one of a closed set of effects. There are no callbacks, so that a procedure can be shown, compared, changed and kept.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import Expr
from fupin_rules.workflow.procedure._days import DayCount

MIGRATE: Final = "migrate"
"""The event that changes the procedure of a case; no procedure has one of this name."""


class StateKind(enum.StrEnum):
    """What it means for a case to be in a state."""

    OPEN = "open"
    """Somebody is to act."""
    WAITING = "waiting"
    """Time has to pass, or somebody outside is to answer."""
    GOAL = "goal"
    """What the procedure is for; it may be left again."""
    CLOSED = "closed"
    """The end; nothing leaves it."""


class NoticeKind(enum.StrEnum):
    """Two acts that are not the same."""

    NOTICE = "notice"
    """公示: open to objection, for a minimum length."""
    ANNOUNCEMENT = "announcement"
    """公告: tells what was decided."""


class FieldKind(enum.StrEnum):
    """What an event or a case holds in one field."""

    CLAIM = "claim"
    NUMBER = "number"
    DAY = "day"
    CODE = "code"
    TEXT = "text"
    """Short words for the record; never about a person by name or number."""
    DIGEST = "digest"
    """The salted digest of what must not stand in a journal."""


class OnObjection(enum.StrEnum):
    """What an objection does to the clock of a notice."""

    SUSPEND = "suspend"
    """The notice cannot be closed until the objection has an outcome; the days go on."""
    RESTART = "restart"
    """The days begin again when the objection is dismissed."""


class Then(enum.StrEnum):
    """What follows when a deadline has passed."""

    REMIND = "remind"
    ESCALATE = "escalate"
    MAY = "may"
    """A way opens: an event whose guard reads `overdue.<deadline>`."""


class Subject(enum.StrEnum):
    """Whom cases are about."""

    HOUSEHOLD = "household"
    VILLAGE = "village"


@attrs.frozen
class Level:
    """
    A level of the administration.

    Attributes:
        id: Name.
        zh: Chinese label.
        en: English label.
        digits: Digits of the area code of somebody who acts there; a county has six.
    """

    id: str
    zh: str
    en: str
    digits: int


@attrs.frozen
class Code:
    """One code of a list, with both labels."""

    id: str
    zh: str
    en: str


@attrs.frozen
class CodeList:
    """
    Codes that events and facts hold.

    Attributes:
        id: Name.
        codes: The codes, in order.
    """

    id: str
    codes: tuple[Code, ...]


@attrs.frozen
class Needs:
    """
    What must have been done, in the same round, before a state may be entered.

    Attributes:
        reviews: Reviews that are complete.
        notices: Notices that ran their full time and were closed, announcements that were made.
        events: Events that happened.
    """

    reviews: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@attrs.frozen
class State:
    """
    Where a case can be.

    Attributes:
        id: Name, as events and guards write it.
        kind: What being there means.
        zh: Chinese label.
        en: English label.
        level: Level that has decided once a case is here; empty where none has.
        protected: Whether nobody may get here without what `needs` lists.
        needs: What must have been done in the round before it is entered.
    """

    id: str
    kind: StateKind
    zh: str
    en: str
    level: str = ""
    protected: bool = False
    needs: Needs = Needs()


@attrs.frozen
class Role:
    """
    Who acts.

    Attributes:
        id: Name.
        level: Level the role belongs to.
        zh: Chinese label.
        en: English label.
        citation: The text that gives the role its part.
    """

    id: str
    level: str
    zh: str
    en: str
    citation: Citation


@attrs.frozen
class Field:
    """
    What an event carries, or a case remembers.

    Attributes:
        id: Name, `event.<id>` or `facts.<id>` in guards.
        kind: What it holds.
        zh: Chinese label.
        en: English label.
        list: For codes: the code list.
        low: For numbers: the lowest.
        high: For numbers: the highest.
        unit: For numbers: the unit; empty for a plain number.
        required: For events: whether the event must carry it.
        keep: For facts: whether it outlives the round it was set in.
    """

    id: str
    kind: FieldKind
    zh: str
    en: str
    list: str = ""
    low: int | None = None
    high: int | None = None
    unit: str = ""
    required: bool = True
    keep: bool = False


@attrs.frozen
class Upcast:
    """
    How an entry of an older version of an event type is read: renamed, completed, dropped.

    Attributes:
        version: The older version; it becomes one higher.
        rename: Pairs of old and new field.
        set: Pairs of field and value for fields that were not asked for then.
        drop: Fields that are no longer asked for.
    """

    version: int
    rename: tuple[tuple[str, str], ...] = ()
    set: tuple[tuple[str, bool | int | str], ...] = ()
    drop: tuple[str, ...] = ()


@attrs.frozen
class EventType:
    """
    Something that happens.

    Attributes:
        id: Name, in the past or as an act.
        zh: Chinese label.
        en: English label.
        fields: What it carries.
        version: Version of its fields.
        upcasts: How older versions are read, oldest first.
    """

    id: str
    zh: str
    en: str
    fields: tuple[Field, ...] = ()
    version: int = 1
    upcasts: tuple[Upcast, ...] = ()


@attrs.frozen
class EvidenceKind:
    """
    A sort of evidence: minutes, photograph, form.

    Attributes:
        id: Name.
        zh: Chinese label.
        en: English label.
    """

    id: str
    zh: str
    en: str


@attrs.frozen
class Slot:
    """
    One signature of a review.

    Attributes:
        id: Name within the review.
        role: Who signs there.
        waivable: Whether it can be waived with a reason, where nobody holds the post.
    """

    id: str
    role: str
    waivable: bool = False


@attrs.frozen
class Review:
    """
    Signatures that belong together, as the seven on one form.

    Attributes:
        id: Name.
        slots: The signatures.
        need: How many are needed; None for all of them.
        zh: Chinese label.
        en: English label.
        citation: The text that asks for it.
        distinct: Whether one person may fill one slot only.
        may_share: Slots that one person may fill together all the same, where one person holds both posts.
        incompatible: Slots that one person may never fill together.
    """

    id: str
    slots: tuple[Slot, ...]
    need: int | None
    zh: str
    en: str
    citation: Citation
    distinct: bool = True
    may_share: tuple[tuple[str, ...], ...] = ()
    incompatible: tuple[tuple[str, ...], ...] = ()


@attrs.frozen
class NoticeRule:
    """
    How something is made public.

    Attributes:
        id: Name.
        kind: Notice or announcement.
        level: Level at which it hangs.
        zh: Chinese label.
        en: English label.
        citation: The text that asks for it.
        days: Its minimum length; None for an announcement.
        days_citation: The text that gives the length, which is often another one.
        objectors: Roles that may object.
        on_objection: What an objection does to the clock.
        on_upheld: State to which an upheld objection returns the case; empty where there is none.
    """

    id: str
    kind: NoticeKind
    level: str
    zh: str
    en: str
    citation: Citation
    days: DayCount | None = None
    days_citation: Citation | None = None
    objectors: tuple[str, ...] = ()
    on_objection: OnObjection = OnObjection.SUSPEND
    on_upheld: str = ""


@attrs.frozen
class Deadline:
    """
    Until when something is due.

    Attributes:
        id: Name.
        states: It runs while the case is in one of these.
        within: How long.
        then: What follows when it has passed.
        zh: Chinese label.
        en: English label.
        citation: The text that sets it.
        since: The day it counts from: `entered`, `last.<event>` or `facts.<id>`.
        role: For escalation: to whom.
        event: For a way that opens: which.
    """

    id: str
    states: tuple[str, ...]
    within: DayCount
    then: Then
    zh: str
    en: str
    citation: Citation
    since: str = "entered"
    role: str = ""
    event: str = ""


@attrs.frozen
class Sign:
    """Fill the slot of a review that the actor's role, or a delegation, opens to the actor."""

    review: str


@attrs.frozen
class Waive:
    """Do without a slot that can be waived; the event gives `slot` and `reason`."""

    review: str


@attrs.frozen
class Delegate:
    """Let another person sign a slot; the event gives `slot` and `to` (转办, 委派)."""

    review: str


@attrs.frozen
class Amend:
    """Ask for one more signature in this round; the event gives `slot` and `role` (加签)."""

    review: str


@attrs.frozen
class OpenNotice:
    """Post a notice or announcement; its days begin."""

    notice: str


@attrs.frozen
class CloseNotice:
    """Take a notice down."""

    notice: str


@attrs.frozen
class Object:
    """Raise an objection to a notice; the id of the event is the id of the objection."""

    notice: str


@attrs.frozen
class Resolve:
    """Give an objection its outcome; the event gives `objection`, `outcome` (upheld, dismissed) and `reason`."""

    notice: str


@attrs.frozen
class SetFact:
    """
    Remember something of the case.

    Attributes:
        fact: Which.
        to: The value, an expression over the names that guards read.
    """

    fact: str
    to: Expr


@attrs.frozen
class NewRound:
    """Begin a new round, in which no signature, notice or review of the old one counts."""


Effect = Sign | Waive | Delegate | Amend | OpenNotice | CloseNotice | Object | Resolve | SetFact | NewRound


@attrs.frozen
class Move:
    """
    One way on from one or several states.

    Attributes:
        id: Name.
        event: Type of the event that makes it.
        source: States it starts from.
        target: State it leads to; None when the case stays where it is.
        roles: Who may make it.
        zh: Chinese label.
        en: English label.
        citation: Its legal basis.
        guard: What must hold; None where nothing must.
        evidence: Kinds of evidence that the event brings.
        effects: What it does to the case, in order.
        impartial: Whether a relative of the household may not make it.
        key_step: Whether it is a key step (重点环节), where evidence is always kept.
    """

    id: str
    event: str
    source: tuple[str, ...]
    target: str | None
    roles: tuple[str, ...]
    zh: str
    en: str
    citation: Citation
    guard: Expr | None = None
    evidence: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    impartial: bool = False
    key_step: bool = False
