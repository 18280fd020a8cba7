"""
The Merkle tree over all entries of a journal: one root for any number of entries, short proofs for one or for growth.

Leaves are given as leaf digests, in the order the entries were appended.
"""

import hashlib
from collections.abc import Sequence
from typing import Final, Self

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal._digest import is_digest, node_digest

EMPTY_ROOT: Final = hashlib.sha256(b"").hexdigest()


@attrs.frozen
class Frontier:
    """
    What must be kept of a tree to make it grow.

    Attributes:
        size: Number of leaves.
        hashes: Roots of the full subtrees, largest first; one for each 1 in the binary digits of `size`.

    >>> Frontier().append("a" * 64).append("b" * 64).root() == root(["a" * 64, "b" * 64])
    True
    """

    size: int = 0
    hashes: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a frontier that no tree has."""
        if self.size < 0 or len(self.hashes) != self.size.bit_count() or not all(map(is_digest, self.hashes)):
            raise WorkflowError(Fault("", "a frontier that belongs to no tree", "build it from the leaves", "frontier"))

    def append(self, leaf_digest: str) -> Self:
        """Add one leaf; at most log2(size) nodes are computed."""
        hashes, node, size = self.hashes, leaf_digest, self.size
        while size & 1:
            hashes, node, size = hashes[:-1], node_digest(hashes[-1], node), size >> 1
        return attrs.evolve(self, size=self.size + 1, hashes=(*hashes, node))

    def root(self) -> str:
        """Give the root over all leaves; that of the empty tree is SHA-256 of nothing."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, node = self.hashes
        for left in reversed(rest):
            node = node_digest(left, node)
        return node


def root(leaves: Sequence[str]) -> str:
    """
    Give the root over leaf digests.

    Source:
        RFC 6962, 2.1.

    >>> root([])
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    """
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier.root()


def inclusion_proof(leaves: Sequence[str], index: int) -> tuple[str, ...]:
    """
    Give the digests that lead from one leaf to the root.

    Args:
        leaves: All leaf digests of the tree.
        index: From 0.

    Raises:
        WorkflowError: There is no such leaf.

    Source:
        RFC 6962, 2.1.1.

    >>> inclusion_proof(["a" * 64, "b" * 64], 0) == ("b" * 64,)
    True
    """
    if not 0 <= index < len(leaves):
        raise WorkflowError(Fault("", f"no leaf {index} among {len(leaves)}", "count from 0", "index"))
    if len(leaves) == 1:
        return ()
    cut = _split(len(leaves))
    if index < cut:
        return (*inclusion_proof(leaves[:cut], index), root(leaves[cut:]))
    return (*inclusion_proof(leaves[cut:], index - cut), root(leaves[:cut]))


def verify_inclusion(leaf: str, index: int, size: int, proof: Sequence[str], root: str) -> bool:
    """
    Tell whether a leaf stands at an index of the tree with that size and root.

    Returns:
        False for anything that does not prove it, malformed digests and impossible numbers among them.

    Source:
        RFC 9162, 2.1.3.2.

    >>> verify_inclusion("a" * 64, 0, 2, ["b" * 64], node_digest("a" * 64, "b" * 64))
    True
    """
    if not 0 <= index < size or not all(map(is_digest, (leaf, root, *proof))):
        return False
    fn, sn, node = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_digest(step, node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_digest(node, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def consistency_proof(leaves: Sequence[str], old_size: int) -> tuple[str, ...]:
    """
    Give the digests that show the tree to be the old one, grown.

    Args:
        leaves: All leaf digests of the tree.
        old_size: Number of leaves it had; from 0 and from all leaves the proof is empty.

    Raises:
        WorkflowError: The tree never had that size.

    Source:
        RFC 6962, 2.1.2.

    >>> consistency_proof(["a" * 64, "b" * 64], 1) == ("b" * 64,)
    True
    """
    if not 0 <= old_size <= len(leaves):
        raise WorkflowError(Fault("", f"no size {old_size} before {len(leaves)}", "give an earlier size", "size"))
    return _subproof(leaves, old_size, whole=True) if old_size else ()


def verify_consistency(old_size: int, old_root: str, size: int, root: str, proof: Sequence[str]) -> bool:
    """
    Tell whether a tree is an older one, grown: nothing before was changed, removed or inserted.

    Returns:
        False for anything that does not prove it. Every tree has grown from the empty one.

    Source:
        RFC 9162, 2.1.4.2; the empty tree, which it leaves open, as said above.

    >>> verify_consistency(1, "a" * 64, 2, node_digest("a" * 64, "b" * 64), ["b" * 64])
    True
    """
    if not 0 <= old_size <= size or not all(map(is_digest, (old_root, root, *proof))):
        return False
    if old_size == size:
        return not proof and root == old_root and (size > 0 or root == EMPTY_ROOT)
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    # A full subtree is its own first step, and is not sent.
    path = (old_root, *proof) if old_size & (old_size - 1) == 0 else tuple(proof)
    if not path:
        return False
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node_digest(step, old), node_digest(step, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_digest(new, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == old_root and new == root


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def _subproof(leaves: Sequence[str], old_size: int, *, whole: bool) -> tuple[str, ...]:
    if old_size == len(leaves):
        return () if whole else (root(leaves),)
    cut = _split(len(leaves))
    if old_size <= cut:
        return (*_subproof(leaves[:cut], old_size, whole=whole), root(leaves[cut:]))
    return (*_subproof(leaves[cut:], old_size - cut, whole=False), root(leaves[:cut]))
