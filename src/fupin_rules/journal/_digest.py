"""
Digests: of an entry, of a node of the tree over all entries, and of what must not be guessed.

The digest of an entry is its RFC 6962 leaf hash, so one number links the entries of a case and is a leaf of the tree.
"""

import hashlib
import hmac
import re
from typing import Final

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal._canonical import canonical

FIRST: Final = "0" * 64
"""The `prev` of the first entry of a case."""

_DIGEST = re.compile("[0-9a-f]{64}")
# 16 bytes: fewer could be tried out together with the few values a fact can have.
_SALT = re.compile("(?:[0-9a-fA-F]{2}){16,}")


def leaf_digest(data: bytes) -> str:
    """
    Digest the canonical bytes of an entry.

    Returns:
        64 lower-case hexadecimal digits.

    Source:
        RFC 6962, 2.1: SHA-256(0x00 || data).

    >>> leaf_digest(b"")
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
    """
    return hashlib.sha256(b"\x00" + data).hexdigest()


def node_digest(left: str, right: str) -> str:
    r"""
    Digest two neighbours of the tree into the node above them.

    Raises:
        WorkflowError: One of the two is no digest.

    Source:
        RFC 6962, 2.1: SHA-256(0x01 || left || right).

    >>> node_digest(leaf_digest(b""), leaf_digest(b"\x00"))
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'
    """
    if not (is_digest(left) and is_digest(right)):
        raise WorkflowError(Fault("", "a node of the tree is no digest", "give 64 lower-case hex digits", "digest"))
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def is_digest(text: object) -> bool:
    """Tell whether a value is written as digests are."""
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None


def salted_digest(value: object, salt: str) -> str:
    """
    Digest a value that could be guessed, so that nobody without the salt can try guesses out.

    A plain hash of an identity number is no protection: all numbers of a county are tried in minutes. The salt stays
    with the payload; erasing both leaves the journal whole and the value gone.

    Args:
        value: Anything `canonical` writes.
        salt: Hexadecimal, at least 16 bytes, chosen at random by the caller, one for each payload.

    Returns:
        64 hexadecimal digits behind the name of the function, `hmac-sha256`, and a colon.

    Raises:
        WorkflowError: The salt is too short or not hexadecimal, or the value cannot be written.

    >>> salted_digest("张三", "00112233445566778899aabbccddeeff")
    'hmac-sha256:...'
    """
    if _SALT.fullmatch(salt) is None:
        raise WorkflowError(
            Fault("", "a salt that is not hexadecimal or too short", "give 16 random bytes or more", "salt")
        )
    return "hmac-sha256:" + hmac.new(bytes.fromhex(salt), canonical(value), hashlib.sha256).hexdigest()
