"""
The check for outsiders: what was done to a journal, told from its entries and the checkpoints issued of it.

Everything is told as data, and one act is told once, where it happened. The parts of the diagnosis:

1. Which entry stands where. An entry names its case, its number and its predecessor. Where the predecessor is known and
   waits for a successor, it is believed over a case or number that do not fit: those were edited.
2. The chain of each case. Where several entries claim one number, the chain is the one with the most intact links; the
   others were inserted, or are a second continuation.
3. Along the chain: numbers that nobody claims (missing), links that do not hold (edited), entries that stand behind
   their successors (reordered).
4. The checkpoints. A root that does not fit, or a size that is not reached, is told only if nothing told before
   explains it.

What no check can find: entries after the last checkpoint that were cut off or replaced with all digests recomputed, and
what was untrue when it was entered.
"""

import bisect
import enum
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from fupin_rules.errors import LimitError, WorkflowError
from fupin_rules.journal._canonical import canonical
from fupin_rules.journal._checkpoint import Checkpoint
from fupin_rules.journal._digest import FIRST, leaf_digest
from fupin_rules.journal._store import Head
from fupin_rules.journal._tree import Frontier


class FindingKind(enum.StrEnum):
    """What was done."""

    EDITED = "edited"
    """The digest of an entry is not what its successor names."""
    MISSING = "missing"
    """A number that no entry of the case claims, below one that is claimed."""
    INSERTED = "inserted"
    """A second entry for one number, which the chain does not continue over."""
    REORDERED = "reordered"
    """An entry stands behind its successors; all are there."""
    TRUNCATED = "truncated"
    """Fewer entries than a checkpoint says."""
    FORKED = "forked"
    """Two valid continuations of one entry, or another root than a checkpoint says."""
    INADMISSIBLE = "inadmissible"
    """Well chained, but not what its procedure accepts; told by those who know what entries mean."""
    UNKNOWN_PROCEDURE = "unknown_procedure"
    """It names a procedure that was not brought; told likewise."""
    DISPROVED = "disproved"
    """An assessment that comes out otherwise when it is made again; told likewise."""


@attrs.frozen
class Finding:
    """
    One thing done to a journal.

    Attributes:
        kind: What was done.
        position: Index of the entry, from 0, in file order: the one edited, inserted or out of place; the first of a
            second continuation; the one after a gap; the number of entries there are, if the rest was cut off; the last
            one a checkpoint covers, if its root differs.
        case: Its case; empty if a checkpoint is all that tells.
        seq: Its number in the case, the first missing one for a gap; 0 if a checkpoint is all that tells.
        what_en: The finding in English.
        what_zh: The finding in Chinese.
    """

    kind: FindingKind
    position: int
    case: str
    seq: int
    what_en: str
    what_zh: str


@attrs.frozen
class Checked:
    """
    What a check found.

    Attributes:
        findings: In file order; empty if nothing can be held against the journal.
        size: Number of entries.
        root: Root of the tree over them, for the next checkpoint.
        heads: The end of each case, as far as its chain can be told.
        chains: Positions of the entries of each case, along its chain.
        unanchored: Number of entries that no verified checkpoint covers: of these, nothing shows that they were not all
            written anew.
    """

    findings: tuple[Finding, ...]
    size: int
    root: str
    heads: Mapping[str, Head]
    chains: Mapping[str, tuple[int, ...]]
    unanchored: int


def check_chain(entries: Iterable[Mapping[str, object]], *, checkpoints: Sequence[Checkpoint] = ()) -> Checked:
    """
    Check the entries of a journal against each other and against its checkpoints.

    Args:
        entries: All of them, in file order, as a store or `read_lines` gives them.
        checkpoints: Of this journal, from wherever they were published; their signatures are the caller's to check.

    Returns:
        One finding for one act, as far as the entries let them be told apart.

    >>> store = [{"case": "H-017", "seq": 1, "prev": "0" * 64, "said": "poor"}]
    >>> store.append({"case": "H-017", "seq": 2, "prev": leaf_digest(canonical(store[0]))})
    >>> check_chain(store).findings
    ()
    >>> store[0]["said"] = "not poor"
    >>> [(finding.kind.value, finding.position) for finding in check_chain(store).findings]
    [('edited', 0)]
    """
    marks = sorted(checkpoints, key=lambda mark: mark.size)
    claims, roots = _read(entries, {mark.size for mark in marks})
    acts: list[_Act] = []
    heads: dict[str, Head] = {}
    chains: dict[str, tuple[int, ...]] = {}
    for case, stands in _places(claims, acts).items():
        chain = _chain(stands)
        heads[case] = Head(chain[-1].seq, chain[-1].digest)
        chains[case] = tuple(claim.position for claim in chain)
        acts += [*_extras(stands, chain), *_gaps(chain), *_edits(chain), *_backwards(chain)]
    acts = _once(acts)
    size = len(claims)
    # As many entries as there would be, had nothing been taken out or put in.
    due = sum(head.seq for head in heads.values())
    anchored = max((mark.size for mark in marks if roots.get(mark.size) == mark.root), default=0)
    acts += _unmet(marks, roots, size, due, acts)
    return Checked(
        tuple(act.finding for act in sorted(acts, key=lambda act: act.finding.position)),
        size,
        roots[size],
        MappingProxyType(heads),
        MappingProxyType(chains),
        size - anchored,
    )


@attrs.frozen
class _Claim:
    """An entry as it describes itself; no case, and number 0, where it does not."""

    position: int
    case: str
    seq: int
    prev: str
    digest: str


@attrs.frozen
class _Act:
    """A finding, and from which position on it changes the tree."""

    finding: Finding
    since: int


_Stands = Mapping[int, list[_Claim]]


def _read(entries: Iterable[Mapping[str, object]], sizes: set[int]) -> tuple[list[_Claim], dict[int, str]]:
    claims: list[_Claim] = []
    frontier = Frontier()
    roots = {0: frontier.root()}
    for position, entry in enumerate(entries):
        try:
            digest = leaf_digest(canonical(entry))
        except (WorkflowError, LimitError):
            # No store wrote it; it still takes its place in the tree, where it fits nothing.
            digest = leaf_digest(b"")
        case, seq, prev = entry.get("case"), entry.get("seq"), entry.get("prev")
        claims.append(
            _Claim(
                position,
                case if type(case) is str else "",
                seq if type(seq) is int and case and type(case) is str and seq > 0 else 0,
                prev if type(prev) is str else "",
                digest,
            )
        )
        frontier = frontier.append(digest)
        if frontier.size in sizes:
            roots[frontier.size] = frontier.root()
    roots[frontier.size] = frontier.root()
    return claims, roots


def _places(claims: Sequence[_Claim], acts: list[_Act]) -> dict[str, dict[int, list[_Claim]]]:
    known: dict[str, _Claim] = {}
    for claim in claims:
        known.setdefault(claim.digest, claim)
    taken = {(claim.case, claim.seq) for claim in claims}
    places: dict[str, dict[int, list[_Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        stand = claim
        before = known.get(claim.prev)
        place = (claim.case, 1) if claim.prev == FIRST else (before.case, before.seq + 1) if before else ("", 0)
        if place[0] and place != (claim.case, claim.seq) and place not in taken:
            taken.add(place)
            stand = attrs.evolve(claim, case=place[0], seq=place[1])
            acts.append(_edited(stand))
        if stand.seq:
            places[stand.case][stand.seq].append(stand)
        else:
            acts.append(_edited(stand))
    return places


def _chain(stands: _Stands) -> list[_Claim]:
    """Choose one entry for each number, so that as many links hold as can; the earlier one where it does not matter."""
    score: dict[int, int] = {}
    via: dict[int, _Claim | None] = {}
    best: _Claim | None = None
    last = 0
    by_digest: dict[str, _Claim] = {}
    for seq in sorted(stands):
        if seq != last + 1:
            by_digest = {}
        level: dict[str, _Claim] = {}
        for claim in stands[seq]:
            linked = by_digest.get(claim.prev)
            before = best
            gained = score[best.position] if best else 0
            if linked is not None and score[linked.position] + 1 >= gained:
                before, gained = linked, score[linked.position] + 1
            elif seq == 1 and claim.prev == FIRST:
                gained = 1
            score[claim.position], via[claim.position] = gained, before
            level.setdefault(claim.digest, claim)
        best = max(stands[seq], key=lambda claim: (score[claim.position], -claim.position))
        by_digest, last = level, seq
    chain: list[_Claim] = []
    while best is not None:
        chain.append(best)
        best = via[best.position]
    return chain[::-1]


def _extras(stands: _Stands, chain: Sequence[_Claim]) -> Iterator[_Act]:
    main = {claim.seq: claim for claim in chain}
    branch: set[str] = set()
    for seq in sorted(stands):
        before = main[seq - 1].digest if seq - 1 in main else FIRST if seq == 1 else ""
        followed = {claim.prev for claim in stands.get(seq + 1, ())}
        grown: set[str] = set()
        for claim in stands[seq]:
            if claim is main[seq]:
                continue
            if claim.digest == main[seq].digest:
                yield _act(
                    FindingKind.INSERTED, claim, f"entry {seq} stands here a second time", f"第{seq}条在此重复出现"
                )
                continue
            grown.add(claim.digest)
            if claim.prev in branch:
                continue
            if claim.prev == before and (claim.digest in followed or seq + 1 not in main):
                yield _act(
                    FindingKind.FORKED,
                    claim,
                    f"entry {seq} exists twice, and both continue the entry before",
                    f"第{seq}条有两个版本，均与前一条相接",
                )
            else:
                yield _act(
                    FindingKind.INSERTED,
                    claim,
                    f"a second entry {seq}; the chain goes on over the other one",
                    f"多出一个第{seq}条，后续各条承接的是另一个",
                )
        branch = grown


def _gaps(chain: Sequence[_Claim]) -> Iterator[_Act]:
    last, since = 0, 0
    for claim in chain:
        first, until = last + 1, claim.seq - 1
        if first <= until:
            en = f"entry {first} is missing" if first == until else f"entries {first} to {until} are missing"
            zh = f"缺少第{first}条" if first == until else f"缺少第{first}至{until}条"
            finding = Finding(FindingKind.MISSING, claim.position, claim.case, first, en, zh)
            yield _Act(finding, min(since, claim.position))
        last, since = claim.seq, claim.position + 1


def _edits(chain: Sequence[_Claim]) -> Iterator[_Act]:
    broken = [chain[0].seq == 1 and chain[0].prev != FIRST]
    broken += [
        claim.seq == before.seq + 1 and claim.prev != before.digest for before, claim in itertools.pairwise(chain)
    ]
    at = 0
    while at < len(chain):
        if broken[at]:
            # Two links in a row: the entry between them names a false predecessor and has another digest itself. That
            # is one edit; that both neighbours of one link were edited would take two.
            both = at + 1 < len(chain) and broken[at + 1]
            yield _edited(chain[at] if both or at == 0 else chain[at - 1])
            at += both
        at += 1


def _edited(claim: _Claim) -> _Act:
    return _act(
        FindingKind.EDITED,
        claim,
        f"entry {claim.seq} is not what it was when it was followed" if claim.seq else "no entry of a journal",
        f"第{claim.seq}条与后一条所承接的内容不符，已被改动" if claim.seq else "不是有效的记录，已被改动",
    )


def _backwards(chain: Sequence[_Claim]) -> Iterator[_Act]:
    ordered = sorted(chain, key=lambda claim: claim.position)
    if ordered == chain:
        return
    # The fewest entries whose moving restores the order are those outside a longest run that is in order.
    kept = _longest_run([claim.seq for claim in ordered])
    moved = next(claim for claim in ordered if claim.seq not in kept)
    right = next(index for index, (a, b) in enumerate(zip(ordered, chain, strict=True)) if a is not b)
    finding = Finding(
        FindingKind.REORDERED,
        moved.position,
        moved.case,
        moved.seq,
        f"entry {moved.seq} is out of its place, here first; all entries around it are there",
        f"第{moved.seq}条位置颠倒（首处），各条均在",
    )
    yield _Act(finding, ordered[right - 1].position + 1 if right else 0)


def _longest_run(numbers: Sequence[int]) -> set[int]:
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect.bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    run: set[int] = set()
    at: int | None = ends[-1]
    while at is not None:
        run.add(at)
        at = before[at]
    return run


def _act(kind: FindingKind, claim: _Claim, en: str, zh: str) -> _Act:
    return _Act(Finding(kind, claim.position, claim.case, claim.seq, en, zh), claim.position)


def _once(acts: Iterable[_Act]) -> list[_Act]:
    """Leave out what was told before: an edit seen from both sides, and one reordering seen in several cases."""
    told: dict[object, _Act] = {}
    for act in sorted(acts, key=lambda act: act.finding.position):
        kind = act.finding.kind
        key = kind if kind is FindingKind.REORDERED else (kind, act.finding.position)
        first = told.setdefault(key, act)
        if act.since < first.since:
            told[key] = attrs.evolve(first, since=act.since)
    return list(told.values())


def _unmet(
    marks: Sequence[Checkpoint], roots: Mapping[int, str], size: int, due: int, acts: Sequence[_Act]
) -> Iterator[_Act]:
    since = min((act.since for act in acts), default=size)
    wrong = next((mark.size for mark in marks if mark.size <= size and roots[mark.size] != mark.root), None)
    if wrong is not None and since >= wrong:
        right = max((mark.size for mark in marks if mark.size < wrong and roots[mark.size] == mark.root), default=0)
        finding = Finding(
            FindingKind.FORKED,
            max(wrong - 1, 0),
            "",
            0,
            f"the first {wrong} entries are not those of the checkpoint; the first {right} were verified",
            f"前{wrong}条与检查点不符（前{right}条已核实），已被另一套记录替换",
        )
        yield _Act(finding, right)
    if marks and marks[-1].size > max(size, due):
        finding = Finding(
            FindingKind.TRUNCATED,
            size,
            "",
            0,
            f"{size} entries, but a checkpoint says {marks[-1].size}",
            f"现有{size}条，检查点记载为{marks[-1].size}条，末尾已被删去",
        )
        yield _Act(finding, size)
