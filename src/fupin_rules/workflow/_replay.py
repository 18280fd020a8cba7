"""
Taking cases from their beginning out of a journal, and checking what an outsider can check.

Replaying is stepping again, with what the entries recorded of the outside: what comes out must be the entry that stands
there, key for key. So an entry that was hashed well and yet never could have been accepted is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from fupin_rules.workflow._apply import apply
from fupin_rules.workflow._case import Case, Moment, day_of, read_moment
from fupin_rules.workflow._entry import read_event
from fupin_rules.workflow._judge import read_fields
from fupin_rules.workflow._outcome import Accepted, Duplicate, Refused
from fupin_rules.workflow._outside import ASSESSMENT, EXIT, NOTHING, Asked, Context, Recorded, Verdict
from fupin_rules.workflow._procedure import Procedure
from fupin_rules.workflow._step import take
from fupin_rules.workflow._view import View

_NOTHING_RECORDED: Final[Mapping[str, Any]] = MappingProxyType({})
# Keys that say where an entry stands in its chain; the chain is checked apart.
_LINKS: Final = {"prev"}


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
    """
    known = by_reference(procedures)
    cases: dict[str, Case] = {}
    for entry in entries:
        case_id = str(entry.get("case", ""))
        case = cases.get(case_id)
        before = Head(0, "0" * 64) if case is None else Head(case.seq, case.head)
        where = f"case `{case_id}`, entry {before.seq + 1}"
        if (entry.get("seq"), entry.get("prev")) != (before.seq + 1, before.digest):
            raise JournalCorruptError(Fault(where, "does not follow the one before", "run `verify` on it", "chain"))
        found = retake(known, case, entry)
        if isinstance(found, Misfit):
            raise JournalCorruptError(Fault(where, found.en, "run `verify` on it", found.kind.value))
        cases[case_id] = found
    return MappingProxyType(cases)


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
        shown = str(reference)[:140]
        return Misfit(
            FindingKind.UNKNOWN_PROCEDURE,
            f"所依据的规程未提供：{shown}",
            f"the procedure it is pinned to was not brought: {shown}",
        )
    try:
        event, at = read_event(entry), read_moment(str(entry.get("at")))
        record = entry.get("outside", _NOTHING_RECORDED)
        before = _begin(procedure, entry, at) if case is None else case
        if before.procedure != reference:
            return _inadmissible(
                "更换了规程而没有迁移记录", "it changes the procedure without a migration", before, entry, procedure
            )
        result = take(procedure, before, event, at, expect=None, outside=Recorded(record))
    except (WorkflowError, LimitError) as error:
        return Misfit(FindingKind.INADMISSIBLE, "不是有效的记录", f"is no entry: {error.faults[0].what}")
    except (KeyError, TypeError, ValueError, AttributeError):
        return Misfit(FindingKind.INADMISSIBLE, "不是有效的记录", "is no entry: what it recorded cannot be read")
    match result:
        case Accepted(moved, accepted):
            differing = sorted(
                key for key in (accepted.keys() | entry.keys()) - _LINKS if accepted.get(key) != entry.get(key)
            )
            if not differing:
                # The link is that of the chain as it stands, so that one broken link is one finding.
                return attrs.evolve(moved, head=leaf_digest(canonical(entry)))
            listed = ", ".join(differing)
            zh, en = f"与规程所得不符：{listed}", f"is not what its procedure makes of the event: {listed}"
            return Misfit(FindingKind.INADMISSIBLE, zh, en, attrs.evolve(moved, head=leaf_digest(canonical(entry))))
        case Duplicate():
            return _inadmissible("同一事项记录了两次", "the event was taken before", before, entry, procedure)
        case Refused():
            zh = "；".join(reason.zh for reason in result.reasons)
            en = "; ".join(reason.en for reason in result.reasons)
            return _inadmissible(f"规程不予受理：{zh}", f"its procedure refuses it: {en}", before, entry, procedure)


def _begin(procedure: Procedure, entry: Mapping[str, Any], at: Moment) -> Case:
    day = day_of(at)
    return Case(
        id=entry["case"],
        procedure=procedure.reference,
        place=str(entry.get("place", "")),
        state=procedure.initial,
        entered=day,
        round_began=day,
    )


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
        moved = apply(move, view, {"at": str(entry["at"]), "seq": before.seq + 1, "seen": seen})
    except (WorkflowError, AssertionError, KeyError):
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
    """

    findings: tuple[Finding, ...]
    size: int
    root: str
    cases: Mapping[str, Case]
    unanchored: int
    unjudged: int
    as_recorded: int
    assessed_again: int

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
) -> Verified:
    """
    Check a journal: its chain, its checkpoints, and whether each entry could have been accepted.

    Args:
        procedures: Every one that an entry is pinned to.
        entries: All of them, in file order.
        checkpoints: Of this journal, from wherever they were published.
        context: Households and policy, to make recorded assessments again; without them they are taken as recorded.

    Returns:
        One finding for one act, as far as it can be told apart. What no check can find is told in the documentation.
    """
    held = tuple(entries)
    checked = check_chain(held, checkpoints=checkpoints)
    known = by_reference(procedures)
    edited = {finding.position for finding in checked.findings if finding.kind is FindingKind.EDITED}
    findings = list(checked.findings)
    cases: dict[str, Case] = {}
    tally = {"unjudged": 0, "recorded": 0, "again": 0}
    for case_id, chain in checked.chains.items():
        case: Case | None = None
        for place, position in enumerate(chain):
            entry = held[position]
            findings += _assessed(entry, position, context, tally)
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
        dossier = context.dossiers.get(str(entry.get("case")))
        if dossier is None or dossier.subject is None or context.policy is None:
            tally["recorded"] += 1
            continue
        tally["again"] += 1
        try:
            day = day_of(read_moment(str(told["on"])))
        except (KeyError, ValueError):
            continue
        again = Asked(context, str(told.get("policy")), str(entry.get("case")), day).verdict(path)
        if isinstance(again, Verdict) and again.to_plain() != dict(told):
            differing = ", ".join(key for key, value in again.to_plain().items() if told.get(key) != value)
            yield Finding(
                FindingKind.DISPROVED,
                position,
                str(entry.get("case", "")),
                int(entry["seq"]),
                f"the assessment comes out otherwise when it is made again: {differing}",
                f"重新评估的结果与记录不符：{differing}",
            )
