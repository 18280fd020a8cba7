"""What is asked of the rules of a policy, as trees, and the columns that answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import both, by_row, column, is_open, negated, surely
from fupin_rules.columnar._plan import Plan
from fupin_rules.columnar._score import score_bounds
from fupin_rules.errors import Fault, LoweringError, PolicyError
from fupin_rules.expr import Expr, Name
from fupin_rules.policy import ExitOutcome, Outcome, Rule, RuleKind, Snapshot, Subject

# Groups of columns: `outcome` with `exit`, the rest as they are named.
ANSWERS: Final = ("outcome", "provisional", "standing", "missing", "score", "findings", "rules", "hits")


@attrs.frozen
class _Outcome:
    """An outcome that a policy may have rules for: its column, the prefix of what goes with it, and its words."""

    name: str
    prefix: str
    kind: RuleKind
    words: tuple[str, str, str]
    composed: Callable[[Snapshot, Subject], Expr]


_OUTCOMES: Final = (
    _Outcome(
        "outcome",
        "",
        RuleKind.ELIGIBILITY,
        (Outcome.ELIGIBLE, Outcome.INELIGIBLE, Outcome.UNDETERMINED),
        Snapshot.eligible_expr,
    ),
    _Outcome(
        "exit",
        "exit_",
        RuleKind.EXIT,
        (ExitOutcome.MET, ExitOutcome.NOT_MET, ExitOutcome.UNDETERMINED),
        Snapshot.exit_expr,
    ),
)


@attrs.frozen
class Asked:
    """
    What is asked of the rules, as trees, and the columns that answer it.

    Attributes:
        rules: A policy on a day.
        about: Whom the rules are about.
        answers: Names of groups of columns.
    """

    rules: Snapshot
    about: Subject
    answers: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        """
        Refuse what cannot be answered.

        Raises:
            LoweringError: A group of columns has no such name.
            PolicyError: The policy has no rule about such a subject.
        """
        for answer in self.answers:
            if answer not in ANSWERS:
                what, mend = f"`{answer[:40]}` is no answer", f"known: {', '.join(ANSWERS)}"
                raise LoweringError(Fault("answers", what, mend, "answer"))
        if not self._of():
            what, mend = f"has no rule about {self.about.one}", "load a pack that has one"
            raise PolicyError(Fault(f"policy `{self.rules.policy_id}`", what, mend, "no_rule"))

    def _of(self, kind: RuleKind | None = None) -> tuple[Rule, ...]:
        return self.rules.rules_of(self.about, kind)

    @property
    def composed(self) -> tuple[Expr, ...]:
        """The claims of the outcomes that the policy has rules for."""
        return tuple(each.composed(self.rules, self.about) for each in _OUTCOMES if self._of(each.kind))

    @property
    def roots(self) -> tuple[Expr, ...]:
        """The trees that must be worked out."""
        hits = (rule.when for rule in self._of(RuleKind.EXCLUSION)) if "hits" in self.answers else ()
        told = self._of() if "rules" in self.answers else self._asked_apart()
        return (*self.composed, *(Name(rule.id) for rule in told), *hits)

    def _asked_apart(self) -> tuple[Rule, ...]:
        kinds = {"score": RuleKind.PRIORITY, "findings": RuleKind.CHECK}
        return tuple(rule for answer, kind in kinds.items() if answer in self.answers for rule in self._of(kind))

    def answered(
        self, frame: Any, plan: Plan, without_defaults: Plan, order: Callable[[str], Any]
    ) -> tuple[Any, dict[str, Any]]:
        """
        Give the columns of the answer, in order.

        Args:
            frame: Where the plans have worked out the trees.
            plan: The plan.
            without_defaults: One for the claims of the outcomes once more, with no default standing in.
            order: Sort key of a fact's path.

        Returns:
            The frame with more columns, and the answer as expressions of it.
        """
        lowering, about = plan.lowering, self.about
        answer: dict[str, Any] = {}
        for outcome in _OUTCOMES:
            if not self._of(outcome.kind):
                continue
            composed = outcome.composed(self.rules, about)
            claim = lowering.claim(composed)
            if "outcome" in self.answers:
                answer[outcome.name] = _named(claim, *outcome.words)
            if "provisional" in self.answers:
                bare = without_defaults.lowering.claim(composed)
                answer[f"{outcome.prefix}provisional"] = _flag(both([negated(is_open(claim)), is_open(bare)]))
            if "standing" in self.answers:
                frame, answer[f"{outcome.prefix}standing"] = plan.standing(frame, composed, self.rules)
            if "missing" in self.answers:
                frame, answer[f"{outcome.prefix}missing"] = plan.missing(frame, composed, order)
        ranking, priorities = self.rules.ranking(about), self._of(RuleKind.PRIORITY)
        if "score" in self.answers and ranking is not None and priorities:
            answer["score_low"], answer["score_high"] = score_bounds(ranking, priorities, lowering)
        if "findings" in self.answers and self._of(RuleKind.CHECK):
            answer["findings"] = _counted(surely(lowering.claim(Name(rule.id))) for rule in self._of(RuleKind.CHECK))
        if "rules" in self.answers:
            answer |= {f"rule.{rule.id}": _flag(lowering.claim(Name(rule.id))) for rule in self._of()}
        if "hits" in self.answers:
            answer |= {f"hit.{rule.id}": _flag(lowering.claim(rule.when)) for rule in self._of(RuleKind.EXCLUSION)}
        return frame, answer


def _named(claim: Any, yes: str, no: str, still_open: str) -> Any:
    if isinstance(claim, bool):
        return column(str(yes if claim else no))
    return by_row(claim, str(yes), by_row(~claim, str(no), str(still_open)))


def _flag(claim: Any) -> Any:
    return column(claim).cast(narwhals().Boolean)


def _counted(claims: Iterable[Any]) -> Any:
    layer = narwhals()
    total = layer.lit(0)
    for claim in claims:
        total = total + column(claim).cast(layer.Int32)
    return total.cast(layer.Int32)
