"""
The paper a function is written on: blocks of lines, locals that hold what was worked out already, constants beside it.

Whatever is written is worked out once where it stands; what is worked out at the top is there for the members too.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Final

import attrs

from fupin_rules.expr import FUNCTIONS
from fupin_rules.truth import NotKnown

SUBJECT: Final = "subject"
MEMBER: Final = "member"
_SMALL: Final = 1 << 31


@attrs.define
class Block:
    """
    Lines at one place of the source.

    Attributes:
        indent: How deep it stands.
        lines: As written.
        held: What has been worked out there, by any key.
        around: The block it stands in; None at the top.
    """

    indent: int
    lines: list[str] = attrs.field(factory=list)
    held: dict[object, Any] = attrs.field(factory=dict)
    around: Block | None = None

    def add(self, *lines: str) -> None:
        """Write lines."""
        self.lines += ["    " * self.indent + line for line in lines]

    def find(self, key: object) -> str:
        """Give the local that holds what was worked out here or around; empty if nothing was."""
        block: Block | None = self
        while block is not None:
            if key in block.held:
                return str(block.held[key])
            block = block.around
        return ""


class Paper:
    """
    What one function is written on.

    Args:
        careful: Whether facts are read as None where they hold the reason why they are not known; otherwise the whole
            stands one step deeper, in a `try`.
    """

    def __init__(self, *, careful: bool) -> None:
        self.top = self.here = Block(1 if careful else 2)
        self.constants: dict[str, object] = {}
        self.careful = careful
        self._names: dict[object, str] = {}
        self._count = 0

    @contextmanager
    def writing(self, block: Block) -> Iterator[Block]:
        """Write to another block for a while."""
        before, self.here = self.here, block
        yield block
        self.here = before

    @contextmanager
    def under(self, condition: str) -> Iterator[None]:
        """Write under a condition for a while; what is worked out there is not there afterwards."""
        if condition == "True":
            yield
            return
        with self.writing(Block(self.here.indent + 1, around=self.here)) as block:
            yield
        self.here.add(f"if {condition}:")
        self.here.lines += block.lines

    def new(self, letter: str) -> str:
        """Give a name that nothing has."""
        self._count += 1
        return f"{letter}{self._count}"

    def constant(self, value: object) -> str:
        """Give the text of a constant; whatever is no small number is kept beside the source, never in it."""
        if value is True or value is False or (type(value) is int and abs(value) < _SMALL):
            return repr(value)
        key = (type(value), value)
        if key not in self._names:
            name = self._names[key] = self.new("k")
            self.constants[name] = value
        return self._names[key]

    def fact(self, path: str, *, of: str) -> str:
        """Give the local that holds a fact of the subject or the member; it is read once."""
        block = self.here if of == MEMBER else self.top
        key = (of, path)
        if block.find(key) == "":
            owner, _, last = path.rpartition(".")
            assert all(part.isidentifier() and not keyword.iskeyword(part) for part in path.split(".")), path
            place = f"{self._group(owner) if owner else of}.{last}"
            local = block.held[key] = self.new("f")
            block.add(f"{local} = {self._as_read(place)}")
        return block.find(key)

    def _as_read(self, place: str) -> str:
        if not self.careful:
            return place
        self.constants["known"] = known
        return f"known({place})"

    def _group(self, owner: str) -> str:
        key = ("group", owner)
        if key not in self.top.held:
            local = self.top.held[key] = self.new("g")
            self.top.add(f"{local} = {SUBJECT}.{owner}")
        return str(self.top.held[key])

    def held(self, key: object) -> str:
        """Give the local that holds what was worked out already, here or around; empty if nothing was."""
        return self.here.find(key)

    def local(self, value: str) -> str:
        """Give a local that holds a value, so that its text can be written down again."""
        if value.isidentifier() or value.isdigit():
            return value
        key = ("local", value)
        if self.held(key) == "":
            local = self.here.held[key] = self.new("n")
            self.here.add(f"{local} = {value}")
        return self.held(key)

    def tried(self, value: str) -> str:
        """Give a local for what fails where a part is not known, or a divisor zero: it is then None."""
        key = ("tried", value)
        if self.held(key) == "":
            local = self.here.held[key] = self.new("n")
            self.constants |= {"fraction": Fraction, "rounded": FUNCTIONS["round_half_up"].apply}
            fails = "except (TypeError, ZeroDivisionError):"
            self.here.add("try:", f"    {local} = {value}", fails, f"    {local} = None")
        return self.held(key)


def known(value: object) -> object:
    """Take the reason why a fact is not known for nothing but that."""
    return None if isinstance(value, NotKnown) else value
