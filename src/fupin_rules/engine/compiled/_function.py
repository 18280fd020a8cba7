"""
Source to function: compiled once, shown by tracebacks and debuggers, with a careful twin.

The quick function takes it for granted that what is not known is None, and that decimals keep all their digits. Where a
fact holds the reason why it is not known, or the caller's decimals are set to fewer digits, its twin is asked.
"""

from __future__ import annotations

import decimal
import linecache
from collections.abc import Callable, Mapping
from typing import Any, Final

from fupin_rules.engine.compiled._source import Writer
from fupin_rules.expr import Expr
from fupin_rules.policy import Meaning

Claims = tuple[bool | None, ...]

# No number of a checked tree has more than nineteen digits in its smallest unit, no product of two more than this.
_DIGITS: Final = 28
_EXACT: Final = decimal.Context(prec=64, traps=[decimal.InvalidOperation, decimal.Inexact, decimal.Overflow])


def compile_claims(meaning: Meaning, claims: Mapping[str, Expr], where: str) -> Callable[[Any], Claims]:
    """
    Compile claims into one function of a subject.

    Args:
        meaning: What names stand for.
        claims: Checked trees, by any name.
        where: Shown by tracebacks in the place of a file.

    Returns:
        A function that gives each claim, in order: True, False, or None where it is not known.
    """
    careful = _built(Writer(meaning, careful=True), claims, f"<{where}, careful>", {})

    def again(subject: Any) -> Claims:
        with decimal.localcontext(_EXACT):
            return careful(subject)

    asked = {"again": again, "context": decimal.getcontext, "digits": _DIGITS}
    return _built(Writer(meaning, careful=False), claims, f"<{where}>", asked)


def _built(
    writer: Writer, claims: Mapping[str, Expr], name: str, asked: Mapping[str, object]
) -> Callable[[Any], Claims]:
    source = writer.write("judge", claims)
    # The source is text of our own: names made by the writer, attributes of the model, constants beside it.
    code = compile(source, name, "exec")
    names: dict[str, Any] = {**writer.paper.constants, **asked}
    exec(code, names)  # noqa: S102  see above
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    built: Callable[[Any], Claims] = names["judge"]
    return built
