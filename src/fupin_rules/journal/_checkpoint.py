"""
A checkpoint: three lines that say how many entries a journal had and what its root was.

Printed on a notice or handed to somebody outside, it bounds what can be rewritten unseen. The text is the public form
of C2SP tlog-checkpoint, so that others' programs can sign and witness it.
"""

import base64
import binascii
import re
from typing import Final, Never

import attrs

from fupin_rules.errors import Fault, LimitError, WorkflowError
from fupin_rules.journal._digest import is_digest

MAX_CHARACTERS: Final = 1 << 16
# What programs that hold sizes as signed 64-bit numbers can read.
MAX_SIZE: Final = 2**63 - 1
SIGNATURE_START: Final = "— "

_SIZE = re.compile("0|[1-9][0-9]{0,18}")
_UNPRINTABLE = re.compile("[\x00-\x1f\ud800-\udfff]")


@attrs.frozen
class Checkpoint:
    """
    What a journal was at one time.

    Attributes:
        origin: Which journal: one line, best a name like `county.example/register`.
        size: Number of entries.
        root: Root of the tree over them, 64 lower-case hexadecimal digits.
        extensions: Further lines of the text, not understood here, kept.
        signatures: Signature lines as they stand, not checked here: keys are the caller's.
    """

    origin: str
    size: int
    root: str
    extensions: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read back from its text."""
        if not self.origin or any(not line or _UNPRINTABLE.search(line) for line in (self.origin, *self.extensions)):
            _refuse("an origin or extension that is no line of text")
        if type(self.size) is not int or not 0 <= self.size <= MAX_SIZE:
            _refuse("a size that is no count")
        if not is_digest(self.root):
            _refuse("a root that is no digest")
        if any(not line.startswith(SIGNATURE_START) or _UNPRINTABLE.search(line) for line in self.signatures):
            _refuse("a signature line that does not begin with a dash and a space")

    def text(self) -> str:
        r"""
        Write it: origin, size, root and any extensions, each on a line; then, if signed, an empty line and signatures.

        >>> Checkpoint("county.example/register", 0, "0" * 64).text()
        'county.example/register\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
        """
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        lines = [self.origin, str(self.size), root, *self.extensions]
        if self.signatures:
            lines += ["", *self.signatures]
        return "".join(f"{line}\n" for line in lines)


def read_checkpoint(text: str) -> Checkpoint:
    r"""
    Read the text of a checkpoint, strictly: what is read is written back character by character.

    Raises:
        WorkflowError: It is no checkpoint.
        LimitError: It is longer than 65,536 characters.

    Source:
        C2SP tlog-checkpoint and signed-note, version 1.

    >>> read_checkpoint("county.example/register\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").size
    0
    """
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            Fault("", f"a checkpoint of more than {MAX_CHARACTERS} characters", "give the note alone", "size")
        )
    if not text.endswith("\n"):
        _refuse("its last line has no end")
    body, empty, note = text[:-1].partition("\n\n")
    origin, *lines = body.split("\n")
    if len(lines) < 2:
        _refuse("fewer than three lines")
    size, root, *extensions = lines
    if _SIZE.fullmatch(size) is None:
        _refuse("a size that is not written as a plain count")
    try:
        digest = base64.b64decode(root, validate=True)
    except (binascii.Error, ValueError):
        _refuse("a root that is not base64")
    checkpoint = Checkpoint(
        origin, int(size), digest.hex(), tuple(extensions), tuple(note.split("\n")) if empty else ()
    )
    # The spare bits of base64 can be set at will: two texts, one root.
    if checkpoint.text() != text:
        _refuse("not written the one way a checkpoint is")
    return checkpoint


def _refuse(what: str) -> Never:
    raise WorkflowError(Fault("checkpoint", what, "copy its lines as they were issued", "checkpoint")) from None
