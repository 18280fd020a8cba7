"""What could not be read of a register, row by row: nothing is dropped, everything is listed and counted."""

from __future__ import annotations

import attrs

from fupin_rules.errors import Fault


@attrs.frozen
class RowProblem:
    """
    One thing that could not be read as it stands.

    Attributes:
        sheet: File, and sheet of a workbook.
        row: Number of the row as a person sees it, from 1; the header is row 1.
        column: Header of the column; empty when the whole row is meant.
        code: Stable name of the problem.
        what: What is wrong, never with a personal value.
        mend: The way out.
        sets_aside: Whether the whole household (or row) is set aside until it is mended; otherwise the one fact is
            held as conflicting.
    """

    sheet: str
    row: int
    column: str
    code: str
    what: str
    mend: str
    sets_aside: bool

    def __str__(self) -> str:
        """Say where, what and the way out, on one line."""
        place = f"{self.sheet}, row {self.row}" + (f", column `{self.column}`" if self.column else "")
        return str(Fault(place, self.what, self.mend))
