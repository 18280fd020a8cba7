"""
A Hypothesis state machine for a procedure: cases on their way, chosen and shrunk by Hypothesis.

Needs the extra `testing`; nothing else in this room does.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fupin_rules.errors import MissingExtraError
from fupin_rules.testing._case_walk import CaseWalk, Choose
from fupin_rules.workflow import Context, Procedure

_NOTHING = Context()


def case_machine(procedure: Procedure, *, context: Context = _NOTHING) -> type[Any]:
    """
    Give a state machine that takes cases through a procedure, one after the other, and checks every step.

    Most of its events are drafted from the guards and must be accepted: what options call ready. Others are spoiled in
    one place and must be refused for it, sent twice, made by anybody, or waited for. After each, the entry continues
    the chain, replay gives the same case, a refusal has reasons and has changed nothing; now and then the journal is
    stored and verified against all checkpoints so far; at the end the invariants are judged.

    Args:
        procedure: The procedure.
        context: Holidays; a policy with households for cases `H-1`, `H-2` …, or else assessments are made up.

    Returns:
        A subclass of `hypothesis.stateful.RuleBasedStateMachine`: run it with `run_state_machine_as_test`, or collect
        its `TestCase`. Its `tally` counts what was accepted and refused over all runs. Failures shrink toward few
        steps, the first moves of the procedure, and no time passing.

    Raises:
        MissingExtraError: The extra `testing` is not installed.
    """
    try:
        from hypothesis import stateful, strategies  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        raise MissingExtraError.of("testing", "case machines need the extra `testing`") from None
    data = strategies.data()
    counted: Counter[str] = Counter()

    def chosen(drawn: Any) -> Choose:
        return lambda items: drawn.draw(strategies.sampled_from(items))

    class CaseMachine(stateful.RuleBasedStateMachine):
        """Cases on their way."""

        tally = counted

        def __init__(self) -> None:
            super().__init__()
            self.walk = CaseWalk(procedure, context, counted)

        @stateful.initialize(drawn=data)
        def open(self, drawn: Any) -> None:
            self.walk.open(chosen(drawn))

        # One rule, not one for each: Hypothesis leaves some out of a run, and without going on nothing is reached.
        @stateful.rule(drawn=data)
        def happen(self, drawn: Any) -> None:
            self.walk.happen(chosen(drawn))

        def teardown(self) -> None:
            if self.walk.cases:
                self.walk.end()

    CaseMachine.__name__ = CaseMachine.__qualname__ = f"CaseMachine[{procedure.id}]"
    return CaseMachine
