"""An expression as written: its tree, with the place of its text, so that its faults are told by line of the file."""

from __future__ import annotations

import re

import attrs

from fupin_rules.expr import Expr


@attrs.frozen
class RawExpr:
    """An expression with the place where its text starts, to turn its positions into places of the file."""

    expr: Expr
    file: str
    start: tuple[int, int]

    def place(self, where: str) -> str:
        """Turn a place within the expression (`line 1, column 5`) into one of the file."""
        match = re.fullmatch(r"line (\d+), column (\d+)", where)
        line, column = (int(match[1]), int(match[2])) if match else (1, 1)
        first, indent = self.start
        return f"{self.file}, line {first + line - 1}, column {column + (indent - 1 if line == 1 else 0)}"
