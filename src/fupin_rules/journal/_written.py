"""An entry together with the bytes that stand for it, so that they are worked out once on its way to a store."""

from collections.abc import Iterator, Mapping

from fupin_rules.journal._canonical import canonical
from fupin_rules.journal._digest import leaf_digest


class Written(Mapping[str, object]):
    """
    An entry that reads like the mapping it was made of; what a store keeps of it are its bytes.

    Attributes:
        data: Its canonical bytes.
        digest: Its leaf digest.

    >>> entry = Written({"case": "H-017", "seq": 1, "prev": "0" * 64})
    >>> entry["seq"], entry.data[:15]
    (1, b'{"case":"H-017"')
    """

    __slots__ = ("_entry", "data", "digest")

    def __init__(self, entry: Mapping[str, object]) -> None:
        self._entry = entry
        self.data = canonical(entry)
        self.digest = leaf_digest(self.data)

    def __getitem__(self, key: str) -> object:
        """Give what stands under a key."""
        return self._entry[key]

    def __iter__(self) -> Iterator[str]:
        """Give the keys."""
        return iter(self._entry)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._entry)

    def __repr__(self) -> str:
        """Show where it stands, not what it says."""
        return f"<Written {self._entry.get('case')} {self._entry.get('seq')}>"


def bytes_of(entry: Mapping[str, object]) -> bytes:
    """Give the canonical bytes of an entry, at hand or worked out."""
    return entry.data if type(entry) is Written else canonical(entry)
