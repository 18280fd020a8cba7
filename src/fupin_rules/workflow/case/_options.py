"""What one actor can do with a case now: ready, not yet, blocked, or somebody else's to do."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from fupin_rules.markup import Drawing, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.workflow.case._case import Actor, Case, Moment, day_of
from fupin_rules.workflow.case._draft import draft
from fupin_rules.workflow.case._drawing import draw_options
from fupin_rules.workflow.case._outcome import Accepted, Refused
from fupin_rules.workflow.case._outside import NOTHING, Asked, Context
from fupin_rules.workflow.case._reasons import Reason, first_day
from fupin_rules.workflow.case._step import case_of, take_by
from fupin_rules.workflow.procedure._parts import EvidenceKind, Field, Move

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

# Reasons that another actor would do away with.
_WHO = {"role", "role_unknown", "level", "place", "kin", "incompatible_role", "signed_already", "objector"}


class Status(enum.StrEnum):
    """How a move stands to an actor."""

    READY = "ready"
    """Accepted, with what it asks for."""
    NOT_YET = "not_yet"
    """Nothing but time keeps it."""
    BLOCKED = "blocked"
    """Something else has to be done or known first."""
    NOT_YOURS = "not_yours"
    """For somebody else to do."""


@attrs.frozen
class Option:
    """
    One move, for one actor, now.

    Attributes:
        move: The move.
        status: How it stands.
        until: For not yet: the first day on which it is ready.
        reasons: What keeps it, other than what the actor brings.
        fields: What the event carries.
        evidence: What it has to bring.
    """

    move: Move
    status: Status
    until: date | None
    reasons: tuple[Reason, ...]
    fields: tuple[Field, ...]
    evidence: tuple[EvidenceKind, ...]

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        label = (self.move.zh if zh else self.move.en) or self.move.event
        match self.status:
            case Status.READY:
                return f"{label}：可办" if zh else f"{label}: ready"
            case Status.NOT_YET:
                return f"{label}：{self.until}起可办" if zh else f"{label}: not yet, from {self.until}"
            case Status.BLOCKED:
                why = ("；" if zh else "; ").join(reason.text(language) for reason in self.reasons)
                return f"{label}：暂不可办，{why}" if zh else f"{label}: blocked, {why}"
            case Status.NOT_YOURS:
                why = ("；" if zh else "; ").join(
                    (reason.zh if zh else reason.en) for reason in self.reasons if reason.code in _WHO
                )
                return f"{label}：不由您办理，{why}" if zh else f"{label}: not yours, {why}"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "move": self.move.id,
            "event": self.move.event,
            "to": self.move.target,
            "status": self.status.value,
            "until": None if self.until is None else self.until.isoformat(),
            "reasons": [reason.to_plain() for reason in self.reasons],
            "fields": [field.id for field in self.fields],
            "evidence": [kind.id for kind in self.evidence],
        }


class Options(tuple[Option, ...]):
    """The moves that one actor has, as a tuple that draws itself."""

    __slots__ = ()

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of them, in `zh` or `en`."""
        return draw_options(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


def options(
    procedure: Procedure, case: Case | Accepted, actor: Actor, at: Moment, *, context: Context = NOTHING
) -> Options:
    """
    Tell, for each way on from where a case stands, how it stands to an actor.

    What the actor would bring (fields, evidence) is taken as brought; what else is asked for must be there.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> surveyor = Actor("p-2", "surveyor", place="371482102207")
    >>> [(each.move.id, each.status.value) for each in options(procedure, opened, surveyor, date(2016, 1, 14))][:2]
    [('withdraw', 'not_yours'), ('survey', 'ready')]
    """
    now = case_of(case)
    return Options(_option(procedure, move, now, actor, at, context) for move in ways_on(procedure, now))


def ways_on(procedure: Procedure, case: Case) -> Iterator[Move]:
    """Give the moves that start where a case stands, in the order of the procedure."""
    return (move for move in procedure.moves if case.state in move.source)


def try_draft(
    procedure: Procedure, move: Move, case: Case, actor: Actor, at: Moment, context: Context
) -> Accepted | Refused:
    """Draft the event of one move and take it by that move."""
    day = day_of(at)
    outside = Asked(context, procedure.policy, case.id, day)
    event = draft(procedure, move, case, actor, f"draft-{case.seq + 1}", day=day, outside=outside)
    return take_by(procedure, move, case, event, at, outside)


def _option(procedure: Procedure, move: Move, case: Case, actor: Actor, at: Moment, context: Context) -> Option:
    fields = procedure.event[move.event].fields
    evidence = tuple(procedure.evidence_kind[each] for each in move.evidence)
    result = try_draft(procedure, move, case, actor, at, context)
    if isinstance(result, Accepted):
        return Option(move, Status.READY, None, (), fields, evidence)
    reasons, ways = result.of_move(move)
    if any(reason.code in _WHO for reason in reasons):
        return Option(move, Status.NOT_YOURS, None, reasons, fields, evidence)
    until = first_day(ways)
    if until is not None:
        return Option(move, Status.NOT_YET, until, reasons, fields, evidence)
    return Option(move, Status.BLOCKED, None, reasons, fields, evidence)
