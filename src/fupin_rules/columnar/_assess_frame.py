"""A register in a frame to a frame of answers: the caller's engine does the work, with one row for each subject."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, TypeVar

import attrs

from fupin_rules.columnar._columns import KEY, open_frame
from fupin_rules.columnar._engines import arrow_to_pandas, narwhals
from fupin_rules.columnar._kleene import by_row, only_where, surely
from fupin_rules.columnar._lower import Lowering
from fupin_rules.columnar._plan import Plan, reads_of
from fupin_rules.columnar._rosters import ALL_LISTED
from fupin_rules.errors import Fault, LoweringError
from fupin_rules.expr import Expr, Name
from fupin_rules.model import catalogue
from fupin_rules.policy import SUBJECT_CLASSES, ExitOutcome, Outcome, Rule, RuleKind, Snapshot, Subject, meaning_of

ANSWERS: Final = ("outcome", "exit", "rules", "hits", "findings")
_Frame = TypeVar("_Frame")


def assess_frame(
    subjects: _Frame,
    rules: Snapshot,
    *,
    members: _Frame | None = None,
    answers: Collection[str] = ANSWERS,
    about: Subject | str = Subject.HOUSEHOLD,
    absent: Collection[str] = (),
    checked: bool = True,
    key: str = "id",
    member_key: str = "household_id",
) -> _Frame:
    """
    Assess every subject of a register that stands in a frame.
    """
    about = Subject(about)
    asked = Asked(rules, about, tuple(answers))
    meaning = meaning_of(rules, about)
    reads = reads_of(meaning, asked.roots)
    known = catalogue(SUBJECT_CLASSES[about])
    side = open_frame(
        subjects,
        f"{about}s",
        key=key,
        fields={path: known.fields[path] for path in reads.facts},
        codes=reads.fact_codes,
        absent=absent,
        checked=checked,
        prefix="f",
    )
    plan = Plan(meaning, asked.roots)
    frame, roster = side.frame, None
    if reads.members:
        if members is None:
            what, mend = "ask about members", "give their frame as `members`"
            raise LoweringError(Fault(f"the rules of `{rules.policy_id}`", what, mend, "no_members"))
        roster = open_frame(
            members,
            "members",
            key=member_key,
            fields={path: known.members[path] for path in reads.items},
            codes=reads.item_codes,
            absent=absent,
            checked=checked,
            prefix="m",
        )
        listed = narwhals().col(side.columns[meaning.complete])
        frame = frame.with_columns(only_where(listed, listed).alias(ALL_LISTED))
    worked = plan.worked_out(frame, side.columns, roster and roster.frame, roster and roster.columns)
    out = {f"{about}_id": narwhals().col(KEY), **dict(asked.columns(plan.lowering))}
    return _as_it_came(worked, out, subjects, side.engine)


def _as_it_came(worked: Any, out: Mapping[str, Any], subjects: Any, engine: str) -> Any:
    """Give the answers in a frame of the caller's kind."""
    layer = narwhals()
    if engine == "pyspark":
        # No dots while it is worked on.
        plain = worked.select(**{f"c{place}": value for place, value in enumerate(out.values())})
        return layer.to_native(plain).toDF(*out)
    done = worked.select(**out)
    if engine == "polars" and isinstance(layer.from_native(subjects), layer.DataFrame):
        return layer.to_native(done.collect())
    return arrow_to_pandas(layer.to_native(done)) if engine == "pandas" else layer.to_native(done)


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

    def _of(self, kind: RuleKind | None = None) -> tuple[Rule, ...]:
        return self.rules.rules_of(self.about, kind)

    def _has(self, kind: RuleKind) -> bool:
        return bool(self._of(kind))

    @property
    def roots(self) -> tuple[Expr, ...]:
        """The trees that must be worked out."""
        return (*(Name(rule.id) for rule in self._of()), *(rule.when for rule in self._of(RuleKind.EXCLUSION)))

    def columns(self, lowering: Lowering) -> Iterator[tuple[str, Any]]:
        """Give the columns of the answer, in order."""
        if "outcome" in self.answers and self._has(RuleKind.ELIGIBILITY):
            claim = lowering.claim(self.rules.eligible_expr(self.about))
            yield "outcome", _named(claim, Outcome.ELIGIBLE, Outcome.INELIGIBLE, Outcome.UNDETERMINED)
        if "exit" in self.answers and self._has(RuleKind.EXIT):
            claim = lowering.claim(self.rules.exit_expr(self.about))
            yield "exit", _named(claim, ExitOutcome.MET, ExitOutcome.NOT_MET, ExitOutcome.UNDETERMINED)
        if "rules" in self.answers:
            for rule in self._of():
                yield f"rule.{rule.id}", _flag(lowering.claim(Name(rule.id)))
        if "hits" in self.answers:
            for rule in self._of(RuleKind.EXCLUSION):
                yield f"hit.{rule.id}", _flag(lowering.claim(rule.when))
        if "findings" in self.answers and self._has(RuleKind.CHECK):
            layer = narwhals()
            found = [surely(lowering.claim(Name(rule.id))) for rule in self._of(RuleKind.CHECK)]
            counted = [each.cast(layer.Int32) for each in found if not isinstance(each, bool)]
            yield "findings", sum(counted, layer.lit(sum(each is True for each in found))).cast(layer.Int32)


def _named(claim: Any, yes: str, no: str, still_open: str) -> Any:
    layer = narwhals()
    if isinstance(claim, bool):
        return layer.lit(str(yes if claim else no))
    return by_row(claim, str(yes), by_row(~claim, str(no), str(still_open)))


def _flag(claim: Any) -> Any:
    layer = narwhals()
    return layer.lit(claim) if isinstance(claim, bool) else claim.cast(layer.Boolean)
