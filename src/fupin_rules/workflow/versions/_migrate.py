"""
Bringing a running case under another procedure: an entry like any other, accepted or refused with every reason.

By default a case ends under the procedure it began with (老案老办法). A procedure that names `migrators` lets them
bring over cases of the one it follows. The entry names the new procedure, and under `migrated` the old one and the
names that changed, so that whoever holds both procedures can do it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal import Written, canonical
from fupin_rules.workflow.case._case import Actor, Case, Event, Moment, day_of, moment_text
from fupin_rules.workflow.case._circumstances import not_in_force, succession
from fupin_rules.workflow.case._entry import write_entry
from fupin_rules.workflow.case._judge import actor_reasons
from fupin_rules.workflow.case._outcome import Accepted, Duplicate, Refused, Result
from fupin_rules.workflow.case._outside import NOTHING, Asked, Context, Outside
from fupin_rules.workflow.case._reasons import Mend, Reason
from fupin_rules.workflow.case._step import ProcedureMismatchError, case_of, running, token_of
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import MIGRATE, Move
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.versions._carry import carry
from fupin_rules.workflow.versions._images import Images, image_reasons

_VERSION: Final = 1
_AS_IT_IS: Final = Images()


@attrs.frozen
class Migration:
    """
    From what, and by which names, a case is brought under a procedure.

    Attributes:
        old: What it is pinned to.
        new: What it is to be pinned to.
        images: Names that change.
        anyway: Whether it is done although the new procedure does not say that it follows the old one.
    """

    old: Procedure
    new: Procedure
    images: Images = _AS_IT_IS
    anyway: bool = False

    def to_plain(self) -> dict[str, Any]:
        """Give what the entry keeps beside the new procedure."""
        return {
            "from": self.old.reference,
            **({"anyway": True} if self.anyway else {}),
            **self.images.to_plain(),
        }


def migrate(
    case: Case | Accepted,
    old: Procedure,
    new: Procedure,
    mapping: Images,
    by: Actor,
    at: Moment,
    *,
    event_id: str,
    anyway: bool = False,
    expect: int | None = None,
    context: Context = NOTHING,
) -> Result:
    """
    Bring a case under another procedure, or say why not.

    State, round, signatures, notices and facts are carried over; what was signed and shown counts on. A notice that is
    up runs for the time that the new procedure asks for, and deadlines are counted by it, from the days they began.

    Args:
        case: Where it stands.
        old: What it is pinned to.
        new: What it is to be pinned to.
        mapping: Names that change; what keeps its name is not named.
        by: Who does it, in a role that the new procedure lets do it.
        at: When.
        event_id: Id of the event.
        anyway: Do it although the new procedure does not follow the old one; kept in the entry.
        expect: Number of the entry that it was decided on; refused if there are newer ones.
        context: What lies outside.

    Returns:
        As `step`. It is refused where a state, signature, notice or fact has no image, and where the change of names
        would decide something.

    Raises:
        ProcedureMismatchError: The case is pinned to another procedure than the old one.
        WorkflowError: The case has no entry yet, or a time that cannot be.
    """
    now = case_of(case)
    outside = Asked(context, new.policy, now.id, day_of(at))
    migration = Migration(old, new, mapping, anyway)
    return take_over(now, migration, event_id, by, at, expect=expect, outside=outside)


def take_over(
    case: Case, migration: Migration, event_id: str, by: Actor, at: Moment, *, expect: int | None, outside: Outside
) -> Result:
    """Migrate with whatever answers for the outside."""
    old, new = migration.old, migration.new
    event = Event(event_id, MIGRATE, by, version=_VERSION)
    token = token_of(attrs.evolve(event, data=_content(migration)))
    if event.id in case.seen and token in case.seen:
        return Duplicate(case, event.id)
    if case.procedure != old.reference:
        what = f"is pinned to `{case.procedure}`, not to `{old.reference}`"
        raise ProcedureMismatchError(Fault(f"case `{case.id}`", what, "bring the one it is pinned to", "procedure"))
    if case.seq == 0:
        what = "has no entry that could be carried over"
        raise WorkflowError(Fault(f"case `{case.id}`", what, "open it under the new procedure", "no_entry"))
    text, day = moment_text(at), day_of(at)
    changes, told = carry(case, old, new, migration.images, outside)
    named = tuple(image_reasons(migration.images, old, new))
    moved = attrs.evolve(case, **changes)
    view = View(new, moved, event, {}, day, outside)
    # Names that are wrong make nonsense of all that is carried over by them.
    reasons = (*succession(view, at, expect), *_admitted(migration, view), *(named or told))
    if reasons:
        return Refused(case, event, View(old, case, event, {}, day, outside), at, expect, tuple(dict.fromkeys(reasons)))
    clock = text if isinstance(at, datetime) else case.clock
    seen = case.seen.add(event.id, token)
    moved = attrs.evolve(moved, at=text, clock=clock, seq=case.seq + 1, seen=seen)
    return _record(case, moved, migration, view)


def _content(migration: Migration) -> dict[str, str]:
    """Tell a migration from another one of the same id."""
    return {"proc": migration.new.reference, "migrated": canonical(migration.to_plain()).decode()}


def _record(before: Case, moved: Case, migration: Migration, view: View) -> Accepted:
    due = running(migration.new, moved, view)
    entry = write_entry(
        before,
        moved,
        view.event,
        _VERSION,
        MIGRATE,
        outside=view.outside.record(),
        due={each.deadline.id: None if each.until is None else each.until.isoformat() for each in due},
    )
    written = Written(entry | {"migrated": migration.to_plain()})
    return Accepted(attrs.evolve(moved, head=written.digest), written, due)


def _admitted(migration: Migration, view: View) -> Iterator[Reason]:
    """Tell what keeps any case from being brought over by this actor on this day."""
    old, new = migration.old, migration.new
    if old.reference == new.reference:
        zh, en = "本案已依此规程办理", "the case is under this procedure already"
        yield Reason("same_procedure", "proc", "", "", zh, en, Mend.FINAL)
        return
    if view.day < new.start:
        yield not_in_force(view)
    if old.subject is not new.subject:
        zh, en = "两规程所办对象不同", "the two procedures are not about the same"
        yield Reason("other_subject", "proc", new.subject.value, old.subject.value, zh, en, Mend.FINAL)
    if new.follows != old.reference and not migration.anyway:
        zh = "新规程未载明替换本案所依据的规程，须另行说明仍要迁移"
        en = "the new procedure does not say that it follows the one of the case; say that it is to be done anyway"
        yield Reason("does_not_follow", "proc", old.reference, new.follows, zh, en, law=new.citation)
    if not new.migrators:
        zh = "新规程未规定由谁迁移案件，本案依原规程办结"
        en = "the new procedure lets nobody bring cases over; the case ends under the one it began with"
        yield Reason("no_migrators", "proc", "", "", zh, en, Mend.FINAL, law=new.citation)
    else:
        yield from actor_reasons(_move(new, view.case.state), view)


def _move(new: Procedure, state: str) -> Move:
    return Move(
        id=MIGRATE,
        event=MIGRATE,
        source=(state,),
        target=None,
        roles=new.migrators,
        zh="规程迁移",
        en="change of procedure",
        citation=new.citation,
        impartial=True,
    )


def read_migration(told: Mapping[str, Any]) -> tuple[str, Images, bool]:
    """
    Read what an entry tells of a migration.

    Returns:
        What the case was pinned to, the names that changed, and whether it was done anyway.

    Raises:
        WorkflowError: The names are none.
        KeyError, TypeError, ValueError, AttributeError: It tells of no migration.
    """
    held = dict(told)
    reference, anyway = held.pop("from"), held.pop("anyway", False)
    return str(reference), Images(**held), bool(anyway)
