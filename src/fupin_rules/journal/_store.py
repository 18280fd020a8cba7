"""What a journal store promises, and the one rule by which entries follow each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol, runtime_checkable

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal._digest import FIRST, is_digest, leaf_digest
from fupin_rules.journal._faults import ConflictError
from fupin_rules.journal._written import bytes_of


# A pair, not an attrs class: whoever continues a case unpacks it, `seq, prev = heads[case]`.
class Head(NamedTuple):
    """
    The end of the chain of one case.

    Attributes:
        seq: Number of its last entry; 0 before the first.
        digest: Leaf digest of that entry, the `prev` of the next; 64 zeros before the first.
    """

    seq: int
    digest: str


START: Final = Head(0, FIRST)


@runtime_checkable
class Store(Protocol):
    """
    Keep entries.

    An entry is a plain mapping with at least `case` (text), `seq` (from 1 in each case, no holes) and `prev` (digest of
    the entry before it in its case, 64 zeros for the first). What else it says is not the store's business.
    """

    def read(self, case: str | None = None) -> Iterator[Mapping[str, object]]:
        """Give the entries, of all cases or of one, in the order they were appended."""
        ...

    def append(self, entries: Sequence[Mapping[str, object]]) -> None:
        """
        Add entries, all or none; when it returns they are kept.

        Raises:
            ConflictError: One does not follow the last of its case. Nothing is written.
            WorkflowError: One cannot be an entry. Nothing is written.
        """
        ...


def place_of(entry: Mapping[str, object]) -> tuple[str, int, str]:
    """
    Give case, number and predecessor of an entry.

    Raises:
        WorkflowError: One of the three is missing or cannot be.
    """
    case, seq, prev = entry.get("case"), entry.get("seq"), entry.get("prev")
    if type(case) is not str or not case:
        raise WorkflowError(Fault("$.case", "expected the name of a case", "give text", "entry"))
    if type(seq) is not int or seq < 1:
        raise WorkflowError(Fault("$.seq", "expected a number from 1", "count the entries of the case", "entry"))
    if type(prev) is not str or not is_digest(prev):
        raise WorkflowError(Fault("$.prev", "expected a digest", "give that of the entry before, or zeros", "entry"))
    return case, seq, prev


def link(
    entries: Iterable[Mapping[str, object]], head_of: Callable[[str], Head | None]
) -> tuple[list[tuple[str, int, bytes]], dict[str, Head]]:
    """
    Check that entries follow, in each case, what is stored and one another.

    Args:
        entries: In the order to be appended.
        head_of: The end of a case as stored; None for a new case.

    Returns:
        Case, number and canonical bytes of each entry; and the ends of the cases afterwards.

    Raises:
        ConflictError: An entry does not follow.
        WorkflowError: It cannot be an entry.
        LimitError: It is too long or too deep.
    """
    records: list[tuple[str, int, bytes]] = []
    heads: dict[str, Head] = {}
    for entry in entries:
        case, seq, prev = place_of(entry)
        head = heads.get(case) or head_of(case) or START
        if seq != head.seq + 1:
            what = f"entry {seq} cannot follow entry {head.seq}"
            raise ConflictError(Fault(f"case `{case}`", what, "read the case again and decide again", "seq"))
        if prev != head.digest:
            what = f"entry {seq} names another predecessor than entry {head.seq} as stored"
            raise ConflictError(Fault(f"case `{case}`", what, "read the case again and decide again", "prev"))
        data = bytes_of(entry)
        records.append((case, seq, data))
        heads[case] = Head(seq, leaf_digest(data))
    return records, heads
