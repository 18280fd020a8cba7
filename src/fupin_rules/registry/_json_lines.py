"""
Households as JSON lines, read within limits: a line is one household, and a bad line harms no other.

A line without a fault is decoded at speed, by the extra `fast` where it is installed. What that leaves in doubt is
decoded again by the careful reader, which alone refuses: so a line reads the same with the extra and without it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fupin_rules.documents import exact_decimal, no_number
from fupin_rules.documents import read_json as read_document
from fupin_rules.errors import Fault, FupinRulesError, LimitError, ModelError
from fupin_rules.model import Household, from_plain, take_plain
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._tables import read_text

MAX_LINE = 1 << 20
# More than a household of sixty members has, and fewer than the stack of any decoder bears: where Python runs in a
# browser, a deeper line would end it.
_FEW_BRACKETS = 500


def read_json_lines(path: Path, problems: list[RowProblem]) -> Iterator[tuple[int, Household]]:
    """
    Read households, each with the number of its line; lines that cannot be read are added to `problems`.

    Raises:
        RegisterError: The file cannot be read as text.
        LimitError: The file is too large.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, read_household(line)
        except FupinRulesError as error:
            for fault in error.faults:
                what = f"{fault.where}: {fault.what}" if fault.where else fault.what
                problems.append(
                    RowProblem(path.name, number, "", fault.code or "line", what, fault.mend, sets_aside=True)
                )


def read_household(line: str) -> Household:
    """
    Read the household of one line.

    Raises:
        ModelError: It is no JSON, or the facts do not fit; every fault is listed with its path.
        LimitError: It is longer or deeper than is read.
    """
    household = _read_at_once(line)
    return from_plain(Household, read_line(line)) if household is None else household


def _read_at_once(line: str) -> Household | None:
    """Read a line in which nothing is doubtful; None for any other."""
    # Half a character is read by one decoder and not by another.
    is_odd = "\\ud" in line or "\\uD" in line
    if len(line) > MAX_LINE or is_odd or line.count("[") + line.count("{") > _FEW_BRACKETS:
        return None
    try:
        data = _decoder()(line)
        is_whole = _holds_every_key(data, line)
    except Exception:  # noqa: BLE001  decoders fail in many ways, and the careful reader says what is wrong
        return None
    return take_plain(Household, data) if is_whole else None


@functools.cache
def _decoder() -> Callable[[str], Any]:
    """Give the fastest decoder that keeps numbers exact and takes nothing that the careful reader refuses."""
    try:
        import msgspec  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        return json.JSONDecoder(parse_float=exact_decimal, parse_constant=no_number).decode
    return msgspec.json.Decoder(float_hook=exact_decimal).decode


def _holds_every_key(data: dict[str, Any], line: str) -> bool:
    """Tell whether no key of the line was lost: of a key that stands twice, decoders keep the last."""
    # Each table has a brace in the line, each key a colon: fewer are not written. As many tables as braces are all
    # tables, so that the values of most need not be gone through; as many keys as colons are all keys.
    braces = line.count("{")
    tables = [data]
    for table in tables:
        if len(tables) == braces:
            break
        for value in table.values():
            if type(value) is dict:
                tables.append(value)
            elif type(value) is list:
                tables.extend(each for each in value if type(each) is dict)
    return sum(map(len, tables)) == line.count(":")


def read_json(path: Path) -> Any:
    """
    Read a file that holds one JSON value, within the limits of a line.

    Raises:
        RegisterError: The file cannot be read as text.
        ModelError: It is no JSON.
        LimitError: It is longer or deeper than is read.
    """
    return read_line(read_text(path))


def read_line(line: str) -> Any:
    """
    Read one line of JSON within limits: depth, length, digits, no double keys, no NaN.

    Raises:
        ModelError: It is no JSON.
        LimitError: It is longer or deeper than is read.
    """
    if len(line) > MAX_LINE:
        raise LimitError(Fault("$", f"a line of more than {MAX_LINE} characters", "one household a line", "line_size"))
    try:
        return read_document(line, most=MAX_LINE, mend="write one household a line")
    except ModelError:
        raise ModelError(
            Fault(
                "$",
                "is no JSON, or has a key twice or a number that is none",
                "write one household a line",
                "json",
            )
        ) from None
