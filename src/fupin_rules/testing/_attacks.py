"""
The attacks on a journal: what somebody would do to its entries, how it should be told, and what it can be seen by.

Each makes the journal anew at every place where it can be made. What is forged is forged well: where an attack works
the links out anew, nothing but what the entries say gives it away.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import attrs

from fupin_rules.expr import names
from fupin_rules.journal import FIRST, FindingKind, canonical, leaf_digest
from fupin_rules.workflow import CloseNotice, Move, NewRound, Procedure, Sign

Entry = Mapping[str, Any]


class Sight(enum.StrEnum):
    """What an attack can be seen by."""

    ENTRIES = "entries"
    """By the entries alone."""
    CHECKPOINT = "checkpoint"
    """Only by a checkpoint that covers it."""
    GUARD = "guard"
    """By the entries where guards and dates forbid what they now say, else only by a checkpoint."""


@attrs.frozen
class Journal:
    """
    A journal to be attacked.

    Attributes:
        entries: In file order.
        procedures: By reference.
    """

    entries: tuple[Entry, ...]
    procedures: Mapping[str, Procedure]

    def move(self, position: int) -> Move:
        """Give the move that an entry made."""
        entry = self.entries[position]
        return self.procedures[entry["proc"]].move[entry["move"]]

    def chain(self, case: str) -> list[int]:
        """Give the positions of the entries of a case."""
        return [position for position, entry in enumerate(self.entries) if entry["case"] == case]

    def is_last(self, position: int) -> bool:
        """Tell whether nothing follows an entry in its case."""
        return self.chain(self.entries[position]["case"])[-1] == position

    def cases(self) -> list[str]:
        """Name the cases, in order."""
        return list(dict.fromkeys(entry["case"] for entry in self.entries))


@attrs.frozen
class Tampered:
    """
    A journal after an attack at one place.

    Attributes:
        position: Index of the first entry that is other than it was, or is gone.
        entries: What is left.
        kinds: How it should be told: one of these.
        sight: What it can be seen by, here.
    """

    position: int
    entries: tuple[Entry, ...]
    kinds: frozenset[FindingKind]
    sight: Sight


@attrs.frozen
class Attack:
    """
    One way to attack a journal.

    Attributes:
        id: Stable name.
        zh: What is done, in Chinese.
        en: What is done, in English.
        sight: What it can be seen by, at most places.
        make: Makes it, place after place.
    """

    id: str
    zh: str
    en: str
    sight: Sight
    make: Callable[[Journal], Iterator[Tampered]] = attrs.field(repr=False)


def _kinds(*kinds: FindingKind) -> frozenset[FindingKind]:
    return frozenset(kinds)


def relinked(entries: Sequence[Entry], case: str) -> tuple[Entry, ...]:
    """Give the entries with numbers and links of one case worked out anew."""
    head, seq = FIRST, 0
    found: list[Entry] = []
    for entry in entries:
        if entry["case"] == case:
            seq += 1
            written = {**entry, "seq": seq, "prev": head}
            head = leaf_digest(canonical(written))
            found.append(written)
        else:
            found.append(entry)
    return tuple(found)


def _put(entries: Sequence[Entry], position: int, *instead: Entry) -> tuple[Entry, ...]:
    return (*entries[:position], *instead, *entries[position + 1 :])


def _marked(entry: Entry, batch: str = "forged") -> Entry:
    """Say something else that any procedure accepts: that an event was one of a meeting."""
    return {**entry, "event": {**entry["event"], "batch": batch}}


# -- one entry ---------------------------------------------------------------------------------------------------------


def _edit(journal: Journal) -> Iterator[Tampered]:
    for position, entry in enumerate(journal.entries):
        sight = Sight.CHECKPOINT if journal.is_last(position) else Sight.ENTRIES
        edited = _put(journal.entries, position, _marked(entry))
        yield Tampered(position, edited, _kinds(FindingKind.EDITED), sight)


def _edit_and_rehash(journal: Journal) -> Iterator[Tampered]:
    for position, entry in enumerate(journal.entries):
        edited = relinked(_put(journal.entries, position, _marked(entry)), entry["case"])
        yield Tampered(position, edited, _kinds(FindingKind.FORKED), Sight.CHECKPOINT)


def _delete(journal: Journal) -> Iterator[Tampered]:
    for position in range(len(journal.entries)):
        sight = Sight.CHECKPOINT if journal.is_last(position) else Sight.ENTRIES
        yield Tampered(position, _put(journal.entries, position), _kinds(FindingKind.MISSING), sight)


def _insert(journal: Journal) -> Iterator[Tampered]:
    """Put a second version behind an entry; behind the last one of a case it is a second continuation."""
    for position, entry in enumerate(journal.entries):
        kind = FindingKind.FORKED if journal.is_last(position) else FindingKind.INSERTED
        inserted = _put(journal.entries, position, entry, _marked(entry))
        yield Tampered(position + 1, inserted, _kinds(kind), Sight.ENTRIES)
        # And the same once more, at the end.
        yield Tampered(len(journal.entries), (*journal.entries, entry), _kinds(FindingKind.INSERTED), Sight.ENTRIES)


def _swap(journal: Journal) -> Iterator[Tampered]:
    for position, entry in enumerate(journal.entries):
        for other in range(position + 1, len(journal.entries)):
            if other - position > 1 and journal.entries[other]["case"] != entry["case"]:
                continue
            swapped = list(journal.entries)
            swapped[position], swapped[other] = swapped[other], swapped[position]
            # Of two cases, each chain is whole: only their order in the file is another.
            is_one_case = journal.entries[other]["case"] == entry["case"]
            sight = Sight.ENTRIES if is_one_case else Sight.CHECKPOINT
            yield Tampered(position, tuple(swapped), _kinds(FindingKind.REORDERED), sight)


# -- the end of the file -------------------------------------------------------------------------------------------


def _truncate(journal: Journal) -> Iterator[Tampered]:
    for size in range(len(journal.entries)):
        yield Tampered(size, journal.entries[:size], _kinds(FindingKind.TRUNCATED), Sight.CHECKPOINT)


def _fork(journal: Journal) -> Iterator[Tampered]:
    """Let a case have two continuations from one entry on, both linked well."""
    for case in journal.cases():
        chain = journal.chain(case)
        held = [journal.entries[position] for position in chain]
        for place in range(len(held)):
            other = relinked([*held[:place], _marked(held[place]), *held[place + 1 :]], case)
            forked = (*journal.entries, *other[place:])
            yield Tampered(len(journal.entries), forked, _kinds(FindingKind.FORKED), Sight.ENTRIES)


# -- hashed well, and never acceptable -----------------------------------------------------------------------------


def _forge(journal: Journal) -> Iterator[Tampered]:
    for position, entry in enumerate(journal.entries):
        move = journal.move(position)
        if _is_needed(journal, position, move):
            yield _forged(journal, position)
        if move.impartial:
            kin = {**entry["by"], "kin_of": [entry["case"]]}
            yield _forged(journal, position, {**entry, "by": kin})
        if move.evidence:
            bare = {key: value for key, value in entry["event"].items() if key != "evidence"}
            yield _forged(journal, position, {**entry, "event": bare})
        before = _entry_before(journal, position)
        if before is not None and _is_early(journal, position, move, before["at"]):
            yield _forged(journal, position, _dated(entry, before["at"]))


def _forged(journal: Journal, position: int, *instead: Entry) -> Tampered:
    case = journal.entries[position]["case"]
    forged = relinked(_put(journal.entries, position, *instead), case)
    return Tampered(position, forged, _kinds(FindingKind.INADMISSIBLE), Sight.ENTRIES)


def _entry_before(journal: Journal, position: int) -> Entry | None:
    chain = journal.chain(journal.entries[position]["case"])
    place = chain.index(position)
    return journal.entries[chain[place - 1]] if place else None


def _is_needed(journal: Journal, position: int, move: Move) -> bool:
    """Tell whether an entry holds a signature without which a later move of its round is not open."""
    entry = journal.entries[position]
    procedure = journal.procedures[entry["proc"]]
    reviews = [each.review for each in move.effects if isinstance(each, Sign)]
    if not reviews or move.target is not None or procedure.review[reviews[0]].need is not None:
        return False
    asked = f"review.{reviews[0]}.complete"
    chain = journal.chain(entry["case"])
    for later in chain[chain.index(position) + 1 :]:
        made = journal.move(later)
        if made.guard is not None and asked in names(made.guard):
            return True
        if any(isinstance(effect, NewRound) for effect in made.effects):
            return False
    return False


def _is_early(journal: Journal, position: int, move: Move, at: str) -> bool:
    """Tell whether an entry takes a notice down, and the moment lies before its last day is over."""
    notices = [each.notice for each in move.effects if isinstance(each, CloseNotice)]
    if not notices or move.guard is None or f"notice.{notices[0]}.elapsed" not in names(move.guard):
        return False
    entry = journal.entries[position]
    procedure = journal.procedures[entry["proc"]]
    chain = journal.chain(entry["case"])
    posted = [
        journal.entries[each]["at"]
        for each in chain[: chain.index(position)]
        if any(getattr(effect, "notice", "") == notices[0] for effect in journal.move(each).effects)
    ]
    days = procedure.notice[notices[0]].days
    return days is not None and (date.fromisoformat(at[:10]) - date.fromisoformat(posted[0][:10])).days < days.n


def _dated(entry: Entry, at: str) -> Entry:
    """Say that something happened earlier, and its evidence with it."""
    event = dict(entry["event"])
    if "evidence" in event:
        event["evidence"] = [{**each, "on": min(each["on"], at[:10])} for each in event["evidence"]]
    return {**entry, "at": at, "event": event}


# -- from elsewhere, from earlier ----------------------------------------------------------------------------------


def _transplant(journal: Journal) -> Iterator[Tampered]:
    """Put an entry of one case at the end of another, numbered and linked well."""
    for case in journal.cases():
        last = journal.entries[journal.chain(case)[-1]]
        for entry in journal.entries:
            # Where both stand alike, it may be what the other case is waiting for.
            if entry["case"] != case and (entry["from"] != last["to"] or entry["proc"] != last["proc"]):
                moved = {**entry, "case": case, "seq": last["seq"] + 1, "prev": leaf_digest(canonical(last))}
                kinds = _kinds(FindingKind.INADMISSIBLE)
                yield Tampered(len(journal.entries), (*journal.entries, moved), kinds, Sight.ENTRIES)


def _back_date(journal: Journal) -> Iterator[Tampered]:
    for position, entry in enumerate(journal.entries):
        before = _entry_before(journal, position)
        if before is None or before["at"][:10] >= entry["at"][:10]:
            continue
        dated = relinked(_put(journal.entries, position, _dated(entry, before["at"])), entry["case"])
        yield Tampered(position, dated, _kinds(FindingKind.INADMISSIBLE), Sight.GUARD)
        too_far = relinked(_put(journal.entries, position, _dated(entry, "1999-12-31")), entry["case"])
        yield Tampered(position, too_far, _kinds(FindingKind.INADMISSIBLE), Sight.ENTRIES)


ATTACKS: Final = (
    Attack("edit", "改动一条", "edit an entry", Sight.ENTRIES, _edit),
    Attack(
        "edit_and_rehash",
        "改动一条并重算其后的链接",
        "edit an entry and work the links behind it out anew",
        Sight.CHECKPOINT,
        _edit_and_rehash,
    ),
    Attack("delete", "删去一条", "delete an entry", Sight.ENTRIES, _delete),
    Attack("insert", "插入一条", "insert an entry", Sight.ENTRIES, _insert),
    Attack("swap", "对调两条", "swap two entries", Sight.ENTRIES, _swap),
    Attack("truncate", "截去末尾", "cut off the end", Sight.CHECKPOINT, _truncate),
    Attack("fork", "另接一段", "let a case go on in two ways", Sight.ENTRIES, _fork),
    Attack(
        "forge",
        "伪造规程不会受理的一条，链接无误",
        "forge an entry that its procedure refuses, linked well",
        Sight.ENTRIES,
        _forge,
    ),
    Attack("transplant", "移来另一案的一条", "replay an entry of another case", Sight.ENTRIES, _transplant),
    Attack("back_date", "倒签日期", "back-date an entry", Sight.GUARD, _back_date),
)
