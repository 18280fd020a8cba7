"""The tree: against the recursion of RFC 6962 written out, and against its known vectors."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.errors import WorkflowError
from fupin_rules.journal import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_digest,
    root,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that the projects of certificate transparency share.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_digest(bytes.fromhex(text)) for text in INPUTS]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def digests(min_size: int = 0, max_size: int = 40) -> st.SearchStrategy[list[str]]:
    """Give leaf digests, shrinking to few."""
    return st.integers(min_size, max_size).map(lambda n: [leaf_digest(b"%d" % i) for i in range(n)])


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it stands; of leaf hashes."""
    if not d:
        return sha(b"")
    if len(d) == 1:
        return d[0]
    k = largest_power_below(len(d))
    return sha(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m: int, d: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1, as it stands."""
    if len(d) == 1:
        return []
    k = largest_power_below(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    """RFC 6962, 2.1.2, as it stands."""
    if m == len(d):
        return [] if b else [mth(d)]
    k = largest_power_below(len(d))
    return [*subproof(m, d[:k], b), mth(d[k:])] if m <= k else [*subproof(m - k, d[k:], False), mth(d[:k])]


def raw(leaves: list[str]) -> list[bytes]:
    return [bytes.fromhex(leaf) for leaf in leaves]


def flips(digest: str) -> list[str]:
    """Give a digest with each of its bits turned over."""
    value = int(digest, 16)
    return [f"{value ^ (1 << bit):064x}" for bit in range(256)]


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    assert root(LEAVES[:size]) == ROOTS[size]


@given(digests())
def test_the_tree_is_that_of_the_recursion(leaves: list[str]) -> None:
    assert root(leaves) == mth(raw(leaves)).hex()
    for index in range(len(leaves)):
        assert list(inclusion_proof(leaves, index)) == [step.hex() for step in path(index, raw(leaves))]
    for old in range(1, len(leaves) + 1):
        assert list(consistency_proof(leaves, old)) == [step.hex() for step in subproof(old, raw(leaves), True)]


@given(digests(max_size=200))
@settings(max_examples=20)
def test_a_frontier_keeps_one_hash_for_each_binary_one(leaves: list[str]) -> None:
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    assert len(frontier.hashes) == len(leaves).bit_count()
    assert frontier.root() == root(leaves)
    assert Frontier(frontier.size, frontier.hashes) == frontier


@pytest.mark.parametrize(
    ("size", "hashes"), [(1, ()), (0, ("0" * 64,)), (-1, ("0" * 64,)), (1, ("x",)), (3, ("0" * 64,))]
)
def test_a_frontier_of_no_tree_is_refused(size: int, hashes: tuple[str, ...]) -> None:
    with pytest.raises(WorkflowError, match="a frontier that belongs to no tree"):
        Frontier(size, hashes)


def test_only_digests_are_leaves() -> None:
    with pytest.raises(WorkflowError):
        Frontier().append("leaf")


@pytest.mark.parametrize("size", range(1, 18))
def test_each_leaf_is_proved_and_at_its_index_only(size: int) -> None:
    leaves = [leaf_digest(b"%d" % i) for i in range(size)]
    top = root(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        for other in range(-1, size + 2):
            assert verify_inclusion(leaf, other, size, proof, top) is (other == index)
        assert not verify_inclusion(leaf, index, size, (*proof, top), top)
        assert not proof or not verify_inclusion(leaf, index, size, proof[:-1], top)


@pytest.mark.parametrize(("size", "index"), [(1, 0), (7, 3), (8, 7)])
def test_no_bit_of_a_proof_can_be_turned(size: int, index: int) -> None:
    leaves = LEAVES[:size]
    proof, top, leaf = inclusion_proof(leaves, index), root(leaves), leaves[index]
    assert verify_inclusion(leaf, index, size, proof, top)
    assert not any(verify_inclusion(other, index, size, proof, top) for other in flips(leaf))
    assert not any(verify_inclusion(leaf, index, size, proof, other) for other in flips(top))
    for at, step in enumerate(proof):
        for other in flips(step):
            assert not verify_inclusion(leaf, index, size, (*proof[:at], other, *proof[at + 1 :]), top)


@pytest.mark.parametrize("size", range(18))
def test_each_earlier_tree_is_proved_to_have_grown(size: int) -> None:
    leaves = [leaf_digest(b"%d" % i) for i in range(size)]
    for old in range(size + 1):
        proof = consistency_proof(leaves, old)
        assert verify_consistency(old, root(leaves[:old]), size, root(leaves), proof)
        assert not verify_consistency(old, root(leaves[:old]), size, root(leaves), (*proof, "0" * 64))
        if proof:
            assert not verify_consistency(old, root(leaves[:old]), size, root(leaves), proof[:-1])
            assert not verify_consistency(old, root(leaves[:old]), size, root(leaves), ())


@pytest.mark.parametrize(("old", "size"), [(0, 3), (1, 2), (3, 7), (4, 7), (6, 8), (8, 8)])
def test_no_bit_of_a_proof_of_growth_can_be_turned(old: int, size: int) -> None:
    leaves = LEAVES[:size]
    before, after, proof = root(leaves[:old]), root(leaves), consistency_proof(leaves, old)
    assert verify_consistency(old, before, size, after, proof)
    assert not any(verify_consistency(old, other, size, after, proof) for other in flips(before))
    # Whatever it is now, it has grown from nothing.
    assert any(verify_consistency(old, before, size, other, proof) for other in flips(after)) is (old == 0)
    for at, step in enumerate(proof):
        for other in flips(step):
            assert not verify_consistency(old, before, size, after, (*proof[:at], other, *proof[at + 1 :]))


@given(digests(min_size=2), st.data())
def test_a_tree_whose_past_was_changed_has_not_grown_from_it(leaves: list[str], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    at = data.draw(st.integers(0, old - 1))
    changed = [*leaves]
    changed[at] = leaf_digest(b"changed")
    assert not verify_consistency(old, root(leaves[:old]), len(leaves), root(changed), consistency_proof(changed, old))


BAD = st.sampled_from(["", "xyz", "A" * 64, "0" * 63]) | st.text(max_size=3)


@given(st.integers(-3, 9), st.integers(-3, 9), st.lists(BAD | st.sampled_from(LEAVES), max_size=4), BAD, BAD)
def test_nonsense_proves_nothing_and_raises_nothing(a: int, b: int, proof: list[str], one: str, two: str) -> None:
    assert verify_inclusion(one, a, b, proof, two) is False
    assert verify_consistency(a, one, b, two, proof) is False


@given(st.integers(-3, 20), st.integers(-3, 20), st.lists(st.sampled_from(LEAVES + ROOTS), max_size=6))
@settings(max_examples=300)
def test_made_up_proofs_prove_nothing(a: int, b: int, proof: list[str]) -> None:
    stranger = leaf_digest(b"stranger")
    assert verify_inclusion(stranger, a, b, proof, ROOTS[8]) is False
    assert verify_consistency(a, stranger, b, ROOTS[8], proof) is False
    assert verify_consistency(0, stranger, 0, stranger, ()) is False


@pytest.mark.parametrize("index", [-1, 3])
def test_what_is_not_in_the_tree_has_no_proof(index: int) -> None:
    with pytest.raises(WorkflowError, match="no leaf"):
        inclusion_proof(LEAVES[:3], index)


@pytest.mark.parametrize("old", [-1, 4])
def test_a_size_the_tree_never_had_has_no_proof(old: int) -> None:
    with pytest.raises(WorkflowError, match="no size"):
        consistency_proof(LEAVES[:3], old)
