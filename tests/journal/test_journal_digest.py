"""Digests: known values, and what a salt is for."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.errors import WorkflowError
from fupin_rules.journal import FIRST, leaf_digest, node_digest, salted_digest

SALT = "000102030405060708090a0b0c0d0e0f"


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_leaves_and_nodes_are_hashed_apart(left: bytes, right: bytes) -> None:
    a, b = leaf_digest(left), leaf_digest(right)
    assert a == hashlib.sha256(bytes([0]) + left).hexdigest()
    assert node_digest(a, b) == hashlib.sha256(bytes([1]) + bytes.fromhex(a + b)).hexdigest()
    assert node_digest(a, b) != leaf_digest(bytes.fromhex(a + b))


def test_the_first_entry_has_a_predecessor_of_zeros() -> None:
    assert FIRST == 64 * "0"


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_a_node_needs_two_digests(text: str) -> None:
    with pytest.raises(WorkflowError, match="a node of the tree is no digest"):
        node_digest(FIRST, text)
    with pytest.raises(WorkflowError, match="a node of the tree is no digest"):
        node_digest(text, FIRST)


def test_a_salted_digest_is_an_hmac_over_the_canonical_bytes() -> None:
    value = {"b": "张三", "a": 1}
    written = json.dumps({"a": 1, "b": "张三"}, ensure_ascii=False, separators=(",", ":")).encode()
    expected = hmac.digest(bytes(range(16)), written, "sha256").hex()
    assert salted_digest(value, SALT) == f"hmac-sha256:{expected}"


def test_another_salt_or_value_gives_another_digest() -> None:
    assert len({salted_digest(v, s) for v in ("a", "b") for s in (SALT, SALT.replace("0f", "10"))}) == 4


@pytest.mark.parametrize("salt", ["", "00" * 15, "00" * 16 + "0", "zz" * 16, " " + "00" * 16, "00" * 16 + "\n"])
def test_a_short_or_malformed_salt_is_refused_and_not_repeated(salt: str) -> None:
    with pytest.raises(WorkflowError) as refused:
        salted_digest("x", salt)
    assert str(refused.value) == "a salt that is not hexadecimal or too short; give 16 random bytes or more"
