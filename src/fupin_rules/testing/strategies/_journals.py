"""Journals of cases that took only events that were accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import hypothesis.strategies as st

from fupin_rules.testing._case_walk import CaseWalk
from fupin_rules.testing.strategies._people import check_bounds
from fupin_rules.workflow import Context, Procedure

_NOTHING = Context()


@st.composite
def _walked(
    draw: st.DrawFn, procedure: Procedure, size: tuple[int, int], context: Context
) -> tuple[Mapping[str, Any], ...]:
    def choose(items: Sequence[Any]) -> Any:
        return draw(st.sampled_from(list(items)))

    wanted = draw(st.integers(*size))
    walk = CaseWalk(procedure, context)
    while len(walk.entries) < wanted:
        if walk.is_over:
            walk.open(choose)
        else:
            walk.go_on(choose)
    return tuple(walk.entries[:wanted])


def journals(
    procedure: Procedure, *, min_size: int = 1, max_size: int = 12, context: Context = _NOTHING
) -> st.SearchStrategy[tuple[Mapping[str, Any], ...]]:
    """
    Journals under a procedure: rows of accepted events, of one case, and of the next once that one has ended.

    Args:
        procedure: The procedure.
        min_size: Fewest rows.
        max_size: Most rows.
        context: Holidays, and what lies outside; where it holds nothing on a case, outcomes of assessments are made up.

    Returns:
        Rows as a store takes them, that `replay` and `verify` accept. They shrink toward few rows, the first moves of
        the procedure, and no time passing.

    Raises:
        InvalidArgument: There is nothing within the bounds.

    >>> from fupin_rules.workflow import load_procedure
    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> shortest = find(journals(load_procedure("exit-2016")), lambda _: True, settings=quick)
    >>> [(row["seq"], row["case"], row["move"]) for row in shortest]
    [(1, 'H-1', 'evaluate_exit_agreed')]
    """
    check_bounds(size=(min_size, max_size, 1_000))
    return _walked(procedure, (min_size, max_size), context)
