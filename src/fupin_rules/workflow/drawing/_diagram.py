"""
Drawing a procedure: for Mermaid, for Graphviz, or as a table in plain text; with one case laid over it where wanted.

Guards are in words, the same in every form and the same that a refusal gives; what they say is never shortened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, NoReturn

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.workflow.case._case import Case, Moment
from fupin_rules.workflow.case._outcome import Accepted
from fupin_rules.workflow.case._outside import NOTHING, Context
from fupin_rules.workflow.case._step import case_of
from fupin_rules.workflow.drawing._dot import write_dot
from fupin_rules.workflow.drawing._mermaid import write_mermaid
from fupin_rules.workflow.drawing._overlay import Overlay, lay_over
from fupin_rules.workflow.drawing._picture import Picture, draw
from fupin_rules.workflow.drawing._table import move_rows, write_table
from fupin_rules.workflow.drawing._words import LANGUAGES, label_of, one_line
from fupin_rules.workflow.procedure._procedure import Procedure

Form = Literal["mermaid", "dot", "text"]
Language = Literal["zh", "en"]

_WRITERS: Final[Mapping[str, Callable[[Picture], str]]] = MappingProxyType({"mermaid": write_mermaid, "dot": write_dot})


def diagram(
    procedure: Procedure,
    *,
    form: Form = "mermaid",
    language: Language = "zh",
    case: Case | Accepted | None = None,
    at: Moment | None = None,
    entries: Iterable[Mapping[str, Any]] = (),
    context: Context = NOTHING,
) -> str:
    """
    Draw a procedure.

    Args:
        procedure: The procedure; for a case, the one it is pinned to.
        form: `mermaid` (a state diagram), `dot` (for Graphviz), `text` (tables that line up).
        language: `zh` or `en`.
        case: One case, laid over it: where it is and was, what is ready, from when, or blocked by what.
        at: For a case: when it is looked at.
        entries: For a case: its journal, which tells where it was; those of other cases are left aside.
        context: For a case: what lies outside.

    Returns:
        The text of the drawing, legend and notes included.

    Raises:
        ProcedureMismatchError: The case is pinned to another procedure.
        WorkflowError: No such form or language, or a case without `at`.

    >>> from fupin_rules.workflow import load_procedure
    >>> drawn = diagram(load_procedure("exit-2016"), language="en").splitlines()
    >>> [line for line in drawn if line.startswith(("title", "state"))]
    ['title: "the exit procedure of households of 2016 (exit-2016/1)"', 'stateDiagram-v2']
    """
    overlay = _overlay(procedure, language, case=case, at=at, entries=entries, context=context)
    title = _title(procedure, overlay, language)
    if form == "text":
        return write_table(procedure, overlay, language, title)
    if form not in _WRITERS:
        _refuse("form", form, "give `mermaid`, `dot` or `text`")
    return _WRITERS[form](draw(procedure, overlay, language, title))


def procedure_table(
    procedure: Procedure,
    *,
    language: Language = "zh",
    case: Case | Accepted | None = None,
    at: Moment | None = None,
    entries: Iterable[Mapping[str, Any]] = (),
    context: Context = NOTHING,
) -> tuple[tuple[str, ...], ...]:
    """
    Give a procedure as rows for a table of the caller's own, one for each move.

    Args:
        procedure: As for `diagram`, like everything else.
        language: `zh` or `en`.
        case: One case, laid over it.
        at: For a case: when it is looked at.
        entries: For a case: its journal.
        context: For a case: what lies outside.

    Returns:
        A row of headings, then: number, from, event, move, who, evidence, condition, to, legal basis; with a case, how
        the move stands.

    Raises:
        ProcedureMismatchError: The case is pinned to another procedure.
        WorkflowError: No such language, or a case without `at`.
    """
    overlay = _overlay(procedure, language, case=case, at=at, entries=entries, context=context)
    return move_rows(procedure, overlay, language)


def _overlay(
    procedure: Procedure,
    language: str,
    *,
    case: Case | Accepted | None,
    at: Moment | None,
    entries: Iterable[Mapping[str, Any]],
    context: Context,
) -> Overlay | None:
    if language not in LANGUAGES:
        _refuse("language", language, "give `zh` or `en`")
    if case is None:
        return None
    if at is None:
        what = "a case is looked at on a day, and none is given"
        raise WorkflowError(Fault("at", what, "give the day or moment", "no_moment"))
    return lay_over(procedure, case_of(case), at, entries, context)


def _title(procedure: Procedure, overlay: Overlay | None, language: str) -> str:
    zh = language == "zh"
    title = one_line(procedure.zh if zh else procedure.en)
    named = f"{title}（{procedure.id}/{procedure.version}）" if zh else f"{title} ({procedure.id}/{procedure.version})"
    if overlay is None:
        return named
    case = overlay.case
    state = label_of(procedure.state[case.state], language)
    if zh:
        return f"{named}——本案{case.id}，{overlay.day}：第{case.round}轮，{state}（{case.entered}起）"
    return f"{named} — case {case.id} on {overlay.day}: round {case.round}, {state} (since {case.entered})"


def _refuse(code: str, given: object, mend: str) -> NoReturn:
    raise WorkflowError(Fault(code, f"`{str(given)[:40]}` is not known here", mend, code))
