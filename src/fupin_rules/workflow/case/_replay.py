"""
Taking cases from their beginning out of a journal, and checking what an outsider can check.

Replaying is stepping again, with what the entries recorded of the outside: what comes out must be the entry that stands
there, key for key. So an entry that was hashed well and yet never could have been accepted is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault, LimitError, WorkflowError
from fupin_rules.journal import (
    Checkpoint,
    Finding,
    FindingKind,
    Head,
    JournalCorruptError,
    canonical,
    check_chain,
    leaf_digest,
)
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._apply import apply
from fupin_rules.workflow.case._case import Case, day_of, moment_text, read_moment
from fupin_rules.workflow.case._entry import read_event
from fupin_rules.workflow.case._judge import read_fields
from fupin_rules.workflow.case._outcome import Accepted, Duplicate, Refused, Result
from fupin_rules.workflow.case._outside import ASSESSMENT, EXIT, NOTHING, Asked, Context, Recorded, Verdict
from fupin_rules.workflow.case._step import begin, take
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._days import Calendar, DayCount, last_day
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.versions._migrate import Migration, read_migration, take_over

_NOTHING_RECORDED: Final[Mapping[str, Any]] = MappingProxyType({})
# Keys that say where an entry stands in its chain; the chain is checked apart.
_LINKS: Final = {"prev"}
# A case, and the positions of its entries along its chain.
_Chain = tuple[str, tuple[int, ...]]


@attrs.frozen
class Misfit:
    """
    Why an entry could not have been accepted.

    Attributes:
        kind: Inadmissible, or of a procedure that was not brought.
        zh: In Chinese.
        en: In English.
        case: The case after it, if it is taken for what it says all the same; None if that cannot be.
    """

    kind: FindingKind
    zh: str
    en: str
    case: Case | None = None


def replay(procedures: Procedure | Iterable[Procedure], entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Case]:
    """
    Take all cases of a journal from their beginning.

    Args:
        procedures: Every one that an entry is pinned to.
        entries: In the order they were appended; those of several cases may stand between each other.

    Returns:
        Case id to the case as its entries leave it.

    Raises:
        JournalCorruptError: An entry does not follow, or could not have been accepted; the fault names case and number.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> replay(procedure, [opened.entry])["H-017"] == opened.case
    True
    """
    known = by_reference(procedures)
    cases: dict[str, Case] = {}
    for entry in entries:
        case_id = str(entry.get("case", ""))
        cases[case_id] = taken_on(known, cases.get(case_id), entry)
    return MappingProxyType(cases)


def taken_on(procedures: Mapping[str, Procedure], case: Case | None, entry: Mapping[str, Any]) -> Case:
    """
    Take the next entry of a case again.

    Raises:
        JournalCorruptError: It does not follow, or could not have been accepted.
    """
    before = Head(0, "0" * 64) if case is None else Head(case.seq, case.head)
    where = f"case `{entry.get('case', '')}`, entry {before.seq + 1}"
    if (entry.get("seq"), entry.get("prev")) != (before.seq + 1, before.digest):
        raise JournalCorruptError(Fault(where, "does not follow the one before", "run `verify` on it", "chain"))
    found = retake(procedures, case, entry)
    if isinstance(found, Misfit):
        raise JournalCorruptError(Fault(where, found.en, "run `verify` on it", found.kind.value))
    return found


def by_reference(procedures: Procedure | Iterable[Procedure]) -> Mapping[str, Procedure]:
    """Give procedures by what cases are pinned to."""
    brought = (procedures,) if isinstance(procedures, Procedure) else procedures
    return {procedure.reference: procedure for procedure in brought}


def retake(procedures: Mapping[str, Procedure], case: Case | None, entry: Mapping[str, Any]) -> Case | Misfit:
    """
    Take one entry again.

    Args:
        procedures: By reference.
        case: The case before it; None for its first entry.
        entry: What the journal holds.
    """
    reference = entry.get("proc")
    procedure = procedures.get(reference) if isinstance(reference, str) else None
    if procedure is None:
        told = str(reference)[:140]
        return Misfit(
            FindingKind.UNKNOWN_PROCEDURE,
            f"所依据的规程未提供：{told}",
            f"the procedure it is pinned to was not brought: {told}",
        )
    # Whatever was written into an entry, reading it ends in a finding.
    try:
        return _retaken(procedures, procedure, case, entry)
    except (WorkflowError, LimitError) as error:
        return Misfit(FindingKind.INADMISSIBLE, "不是有效的记录", f"is no entry: {error.faults[0].what}")
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return Misfit(FindingKind.INADMISSIBLE, "不是有效的记录", "is no entry: what it recorded cannot be read")


def _retaken(
    procedures: Mapping[str, Procedure], procedure: Procedure, case: Case | None, entry: Mapping[str, Any]
) -> Case | Misfit:
    digest = leaf_digest(canonical(entry))
    event, at = read_event(entry), read_moment(str(entry.get("at")))
    before = begin(procedure, entry["case"], event, day_of(at)) if case is None else case
    recorded = Recorded(entry.get("outside", _NOTHING_RECORDED))
    if "migrated" in entry:
        result = _migrated(procedures, procedure, before, entry, recorded)
    elif before.procedure == procedure.reference:
        result = take(procedure, before, event, at, expect=None, outside=recorded)
    else:
        zh, en = "更换了规程而没有迁移记录", "it changes the procedure without a migration"
        return _inadmissible(zh, en, before, entry, procedure)
    match result:
        case Misfit():
            return result
        case Accepted(moved, accepted):
            # The link is that of the chain as it stands, so that one broken link is one finding.
            linked = attrs.evolve(moved, head=digest)
            differing = [] if moved.head == digest else _differing(accepted, entry)
            if not differing:
                return linked
            listed = ", ".join(differing)
            zh, en = f"与规程所得不符：{listed}", f"is not what its procedure makes of the event: {listed}"
            return Misfit(FindingKind.INADMISSIBLE, zh, en, linked)
        case Duplicate():
            return _inadmissible("同一事项记录了两次", "the event was taken before", before, entry, procedure)
        case Refused():
            zh = "；".join(reason.zh for reason in result.reasons)
            en = "; ".join(reason.en for reason in result.reasons)
            return _inadmissible(f"规程不予受理：{zh}", f"its procedure refuses it: {en}", before, entry, procedure)


def _migrated(
    procedures: Mapping[str, Procedure], new: Procedure, case: Case, entry: Mapping[str, Any], recorded: Recorded
) -> Result | Misfit:
    """Do a migration again."""
    reference, images, anyway = read_migration(entry["migrated"])
    if case.procedure != reference:
        zh, en = "迁移前的规程不是本案所依据的规程", "it migrates from a procedure that the case is not under"
        return Misfit(FindingKind.INADMISSIBLE, zh, en)
    migration = Migration(procedures[reference], new, images, anyway)
    event, at = read_event(entry), read_moment(str(entry["at"]))
    return take_over(case, migration, event.id, event.by, at, expect=None, outside=recorded)


def _differing(accepted: Mapping[str, Any], entry: Mapping[str, Any]) -> list[str]:
    """Name the keys that differ in bytes: 1 and true are equal in Python and nowhere else."""
    keys = (accepted.keys() | entry.keys()) - _LINKS
    both = accepted.keys() & entry.keys()
    return sorted(key for key in keys if key not in both or canonical(accepted[key]) != canonical(entry[key]))


def _inadmissible(zh: str, en: str, before: Case, entry: Mapping[str, Any], procedure: Procedure) -> Misfit:
    return Misfit(FindingKind.INADMISSIBLE, zh, en, _taken_all_the_same(before, entry, procedure))


def _taken_all_the_same(before: Case, entry: Mapping[str, Any], procedure: Procedure) -> Case | None:
    """Take an entry for what it says, so that what follows it can be judged for itself; None if that cannot be."""
    move = procedure.move.get(str(entry.get("move")))
    if move is None or before.state not in move.source or before.procedure != procedure.reference:
        return None
    event, at = read_event(entry), read_moment(str(entry["at"]))
    kind = procedure.event[move.event]
    outside = Recorded(entry.get("outside", _NOTHING_RECORDED))
    view = View(procedure, before, event, MappingProxyType(read_fields(kind, event)), day_of(at), outside)
    try:
        seen = before.seen.add(event.id, *(each.digest for each in event.evidence))
        clock = moment_text(at) if isinstance(at, datetime) else before.clock
        moved = apply(move, view, {"at": moment_text(at), "clock": clock, "seq": before.seq + 1, "seen": seen})
    except (WorkflowError, AssertionError, KeyError, AttributeError, TypeError, ValueError):
        return None
    return attrs.evolve(moved, head=leaf_digest(canonical(entry)))


# -- verifying -------------------------------------------------------------------------------------------------------


@attrs.frozen
class Verified:
    """
    What a check of a journal found.

    Attributes:
        findings: In file order; empty if nothing can be held against it.
        size: Number of entries.
        root: Root of the tree over them, for the next checkpoint.
        cases: Case to where it stands, as far as its entries can be taken.
        unanchored: Number of entries that no verified checkpoint covers.
        unjudged: Number of entries behind one that could not be taken at all.
        as_recorded: Number of assessments taken as recorded.
        assessed_again: Number of assessments made again, with the households that were brought.
        other_facts: Number of those taken as recorded although a household was brought: its facts are others than those
            recorded, as they may well be after a year, and tell nothing of what was assessed then.
    """

    findings: tuple[Finding, ...]
    size: int
    root: str
    cases: Mapping[str, Case]
    unanchored: int
    unjudged: int
    as_recorded: int
    assessed_again: int
    other_facts: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found; entries that no checkpoint covers are no finding."""
        return not self.findings


def verify(
    procedures: Procedure | Iterable[Procedure],
    entries: Iterable[Mapping[str, Any]],
    checkpoints: Sequence[Checkpoint] = (),
    *,
    context: Context = NOTHING,
    watch: Callable[[Sequence[_Chain]], Iterable[_Chain]] = iter,
) -> Verified:
    """
    Check a journal: its chain, its checkpoints, and whether each entry could have been accepted.

    Args:
        procedures: Every one that an entry is pinned to.
        entries: All of them, in file order.
        checkpoints: Of this journal, from wherever they were published.
        context: Households and policy, to make recorded assessments again, and the calendar, to count recorded days
            again; without them they are taken as recorded.
        watch: Gives the chains of the cases one by one, to show how far it is.

    Returns:
        One finding for one act, as far as it can be told apart. What no check can find is told in the documentation.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> verify(procedure, [opened.entry]).findings, verify(procedure, [opened.entry]).unanchored
    ((), 1)
    >>> [each.kind.value for each in verify(procedure, [{**opened.entry, "to": "registered"}]).findings]
    ['inadmissible']
    """
    held = tuple(entries)
    checked = check_chain(held, checkpoints=checkpoints)
    known = by_reference(procedures)
    edited = {finding.position for finding in checked.findings if finding.kind is FindingKind.EDITED}
    findings = list(checked.findings)
    cases: dict[str, Case] = {}
    tally = {"unjudged": 0, "recorded": 0, "again": 0, "other_facts": 0}
    calendar = None if context.calendar is None else (context.calendar, context.calendar.digest)
    for case_id, chain in watch(tuple(checked.chains.items())):
        case: Case | None = None
        for place, position in enumerate(chain):
            entry = held[position]
            findings += _assessed(entry, position, context, tally)
            findings += _counted(entry, position, known, calendar)
            found = retake(known, case, _in_chain(entry, case))
            if isinstance(found, Misfit):
                # An edited entry is told once, as edited; what it now says is judged no further.
                if position not in edited:
                    findings.append(_finding(found, position, entry))
                if found.case is None:
                    tally["unjudged"] += len(chain) - place - 1
                    break
                case = found.case
            else:
                case = found
        if case is not None:
            cases[case_id] = case
    return Verified(
        tuple(sorted(findings, key=lambda finding: finding.position)),
        checked.size,
        checked.root,
        MappingProxyType(cases),
        checked.unanchored,
        tally["unjudged"],
        tally["recorded"],
        tally["again"],
        tally["other_facts"],
    )


def _in_chain(entry: Mapping[str, Any], case: Case | None) -> Mapping[str, Any]:
    """Number an entry as it stands: a gap is told by the chain, and is no fault of the entries behind it."""
    seq = 1 if case is None else case.seq + 1
    return entry if entry.get("seq") == seq else {**entry, "seq": seq}


def _finding(misfit: Misfit, position: int, entry: Mapping[str, Any]) -> Finding:
    seq = entry.get("seq")
    number = seq if type(seq) is int else 0
    return Finding(misfit.kind, position, str(entry.get("case", "")), number, misfit.en, misfit.zh)


def _assessed(entry: Mapping[str, Any], position: int, context: Context, tally: dict[str, int]) -> Iterator[Finding]:
    """Make the recorded assessments of an entry again, where the household is at hand."""
    record = entry.get("outside")
    if not isinstance(record, Mapping):
        return
    for path in (ASSESSMENT, EXIT):
        told = record.get(path.partition(".")[0])
        if not isinstance(told, Mapping):
            continue
        again = _again(told, path, str(entry.get("case")), context)
        has_other_facts = again is not None and told.get("facts") not in {"", again.facts}
        if again is None or has_other_facts:
            tally["recorded"] += 1
            tally["other_facts"] += has_other_facts
            continue
        tally["again"] += 1
        # What was told by hand has no facts and no fingerprint to compare.
        differing = ", ".join(
            key for key in ("policy", "fingerprint", "outcome") if told.get(key) not in {getattr(again, key), ""}
        )
        if differing:
            seq = entry.get("seq")
            yield Finding(
                FindingKind.DISPROVED,
                position,
                str(entry.get("case", "")),
                seq if type(seq) is int else 0,
                f"the assessment comes out otherwise when it is made again: {differing}",
                f"重新评估的结果与记录不符：{differing}",
            )


def _again(told: Mapping[str, Any], path: str, case: str, context: Context) -> Verdict | None:
    """Make one recorded assessment again; None where household, policy or day are not those that were brought."""
    dossier = context.dossiers.get(case)
    policy = context.policy
    if dossier is None or dossier.subject is None or policy is None or told.get("policy") != policy.id:
        return None
    # What was told by hand is held against the household, not against itself.
    alone = Context(policy=policy, dossiers={case: attrs.evolve(dossier, assessment=None, exit=None)})
    try:
        again = Asked(alone, policy.id, case, date.fromisoformat(str(told.get("on")))).verdict(path)
    except ValueError:
        return None
    return again if isinstance(again, Verdict) else None


def _counted(
    entry: Mapping[str, Any],
    position: int,
    procedures: Mapping[str, Procedure],
    calendar: tuple[Calendar, str] | None,
) -> Iterator[Finding]:
    """Count the recorded days of an entry again, where the calendar they were counted by is at hand."""
    record = entry.get("outside")
    procedure = procedures.get(str(entry.get("proc")))
    if calendar is None or procedure is None or not isinstance(record, Mapping):
        return
    told, by = record.get("days"), record.get("calendar")
    if not isinstance(told, Mapping) or not isinstance(by, Mapping) or by.get("digest") != calendar[1]:
        return
    differing = [name for name, day in told.items() if _count_again(procedure, name, calendar[0]) not in ((), (day,))]
    if differing:
        listed = ", ".join(differing)
        en, zh = f"days come out otherwise when they are counted again: {listed}", f"重新计算的期限与记录不符：{listed}"
        yield _finding(Misfit(FindingKind.DISPROVED, zh, en), position, entry)


def _count_again(procedure: Procedure, name: str, calendar: Calendar) -> tuple[str | None, ...]:
    """Give the day that a recorded count should end on, None where it is not known; nothing if it is no such count."""
    counted = count_of(procedure, name)
    found = None if counted is None else last_day(*counted, calendar)
    return () if found is None else (None,) if isinstance(found, Unknown) else (found.isoformat(),)


def count_of(procedure: Procedure, name: str) -> tuple[date, DayCount] | None:
    """Give the first day and the rule of a recorded count, by its name; None if it is no such count."""
    key, _, start = name.rpartition(".")
    sort, _, part = key.partition(".")
    rule, deadline = procedure.notice.get(part), procedure.deadline.get(part)
    count = (rule.days if rule else None) if sort == "notice" else deadline.within if deadline else None
    try:
        return None if count is None else (date.fromisoformat(start), count)
    except ValueError:
        return None
