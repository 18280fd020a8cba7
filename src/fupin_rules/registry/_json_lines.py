"""Households as JSON lines, read within limits: a line is one household, and a bad line harms no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from fupin_rules.errors import Fault, FupinRulesError, LimitError, ModelError
from fupin_rules.model import Household, from_plain
from fupin_rules.quantities import MAX_DIGITS
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._tables import read_text

MAX_LINE = 1 << 20
MAX_DEPTH = 64


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
            yield number, from_plain(Household, read_line(line))
        except FupinRulesError as error:
            for fault in error.faults:
                what = f"{fault.where}: {fault.what}" if fault.where else fault.what
                problems.append(
                    RowProblem(path.name, number, "", fault.code or "line", what, fault.mend, sets_aside=True)
                )


def read_line(line: str) -> Any:
    """
    Read one line of JSON within limits: depth, length, digits, no double keys, no NaN.

    Raises:
        ModelError: It is no JSON.
        LimitError: It is longer or deeper than is read.
    """
    if len(line) > MAX_LINE:
        raise LimitError(Fault("$", f"a line of more than {MAX_LINE} characters", "one household a line", "line_size"))
    _check_depth(line)
    try:
        return json.loads(
            line,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_refuse,
            object_pairs_hook=_table,
        )
    except (ValueError, RecursionError, ArithmeticError):
        raise ModelError(
            Fault(
                "$",
                "is no JSON, or has a key twice or a number that is none",
                "write one household a line",
                "json",
            )
        ) from None


def _check_depth(line: str) -> None:
    if line.count("[") + line.count("{") <= MAX_DEPTH:
        return
    depth = 0
    in_text = escaped = False
    for character in line:
        if in_text:
            in_text = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_text = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise LimitError(Fault("$", f"nested deeper than {MAX_DEPTH}", "write one household a line", "depth"))
        elif character in "]}":
            depth -= 1


def _decimal(text: str) -> Decimal:
    if len(text) > 2 * MAX_DIGITS:
        raise ValueError
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS + 1:
        raise ValueError
    return int(text)


def _refuse(_: str) -> Any:
    raise ValueError


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError
    return table
