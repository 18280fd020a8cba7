"""A register in a frame to a frame of answers: the caller's engine does the work, with one row for each subject."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

import attrs

from fupin_rules.columnar._columns import KEY, Side, find_columns, open_frame, with_keys_alike
from fupin_rules.columnar._engines import arrow_to_pandas, narwhals
from fupin_rules.columnar._kleene import both, by_row, column, is_open, negated, only_where, surely
from fupin_rules.columnar._plan import Plan, reads_of
from fupin_rules.columnar._rosters import ALL_LISTED
from fupin_rules.columnar._score import score_bounds
from fupin_rules.errors import Fault, LoweringError, PolicyError
from fupin_rules.expr import Expr, Name, OrElse, uses
from fupin_rules.model import Catalogue, catalogue
from fupin_rules.policy import SUBJECT_CLASSES, ExitOutcome, Outcome, Rule, RuleKind, Snapshot, Subject, meaning_of

# Groups of columns: `outcome` with `exit`, the rest as they are named.
ANSWERS: Final = ("outcome", "provisional", "standing", "missing", "score", "findings", "rules", "hits")
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
    Assess every subject of a register that stands in a frame; the frame's own engine does the work.

    Columns are named by the paths of their facts (`income.wage_income_yuan`, `living.house_grade`), those of members
    without `members` (`birth_date`). An amount of yuan may stand in fen instead, as whole numbers, in a column named so
    (`income.wage_income_fen`); decimals and 64-bit floats are taken at their exact value to the fen. Codes are texts as
    in the code lists, several codes a list of texts. Null is not known, and stays so.

    Args:
        subjects: Polars (eager or lazy), DuckDB, PyArrow, pandas or Spark; one row for each subject.
        rules: A policy on a day.
        members: For households: one row for each member, of the same engine.
        answers: Which groups of columns are wanted, see below; each costs its share.
        about: Whom the rules are about: `household`, `village` or `area`.
        absent: Paths of facts that the register does not hold; they are then not known of anybody. Any other column
            that the rules read must be there.
        checked: Whether a value that the model would refuse (out of its bounds, a code of no list, too many codes), or
            a list that says a code twice, is taken for not known, as `check_frame` counts it. Without it such a value
            is taken as it is, somewhat faster.
        key: Column that tells subjects apart: whole numbers or texts.
        member_key: Column of the members' frame that tells whose they are.

    Returns:
        A frame of the same kind, lazy where it was; one row for each subject, in no order that is promised:
        `household_id` (`village_id`, `area_id`);
        `outcome`, `exit`: as `Assessment.outcome` and `ExitAssessment.outcome` are spelt;
        `provisional`, `standing`, `missing`, and the same with `exit_` before: whether a cited default stood in, the
        weakest standing, the paths of missing facts with commas between (`members[].birth_date`, without the member);
        `score_low`, `score_high`: the bounds of the score, of its first component where it has several;
        `findings`: how many checks found something;
        `rule.<id>`: true, false, or null for not known; `hit.<id>` likewise for an exclusion whatever its exceptions.
        Columns that the policy has no rules for are left out.

    Raises:
        LoweringError: A column is missing or of a wrong type, the keys of two frames cannot be compared, the engine is
            too old or was never tried, or the rules ask about members and there are none; before a row is read.
        MissingExtraError: `narwhals` is not installed, or an engine lacks what it needs.
        PolicyError: The policy has no rule about such a subject.

    >>> from datetime import date
    >>> from fupin_rules.columnar import frames_of
    >>> from fupin_rules.model import Assets, Household
    >>> from fupin_rules.policy import load_policy
    >>> homes = [Household(id="1", hukou="urban"), Household(id="2", assets=Assets(owns_car=False))]
    >>> frames = frames_of(homes)
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> assess_frame(frames.subjects, rules, members=frames.members, answers=["outcome"]).sort("household_id").rows()
    [('1', 'ineligible', 'undetermined'), ('2', 'undetermined', 'undetermined')]
    """
    about = Subject(about)
    unknown = [answer for answer in answers if answer not in ANSWERS]
    if unknown:
        what, mend = f"`{unknown[0][:40]}` is no answer", f"known: {', '.join(ANSWERS)}"
        raise LoweringError(Fault("answers", what, mend, "answer"))
    if not rules.rules_of(about):
        what = f"has no rule about {'an' if about is Subject.AREA else 'a'} {about}"
        raise PolicyError(Fault(f"policy `{rules.policy_id}`", what, "load a pack that has one", "no_rule"))
    asked = Asked(rules, about, tuple(answers))
    meaning = meaning_of(rules, about)
    reads = reads_of(meaning, asked.roots)
    known = catalogue(SUBJECT_CLASSES[about])
    fields = {path: known.fields[path] for path in reads.facts}
    found = find_columns(subjects, f"{about}s", key=key, fields=fields, absent=absent)
    roster = Side("", None, {})
    if reads.members:
        if members is None:
            what, mend = "ask about members", "give their frame as `members`"
            raise LoweringError(Fault(f"the rules of `{rules.policy_id}`", what, mend, "no_members"))
        items = {path: known.members[path] for path in reads.items}
        listed = find_columns(members, "members", key=member_key, fields=items, absent=absent)
        found, listed = with_keys_alike(found, listed, key=key, member_key=member_key)
        roster = open_frame(listed, items, reads.item_codes, checked=checked, prefix="m")
    side = open_frame(found, fields, reads.fact_codes, checked=checked, prefix="f")
    frame = side.frame
    if reads.members:
        complete = narwhals().col(side.columns[meaning.complete])
        frame = frame.with_columns(only_where(complete, complete).alias(ALL_LISTED))
    plans = [Plan(meaning, asked.roots, blamed=asked.composed if "missing" in answers else ())]
    if "provisional" in answers and any(uses(expr, OrElse) for expr in meaning.reached(asked.composed)):
        plans.append(Plan(attrs.evolve(meaning, with_defaults=False), asked.composed, letter="w"))
    for plan in plans:
        frame = plan.worked_out(frame, side.columns, roster.frame, roster.columns)
    frame, answer = asked.answered(frame, plans[0], plans[-1], _order(known))
    out = {f"{about}_id": narwhals().col(KEY), **answer}
    return _as_it_came(frame, out, subjects, side.engine)  # type: ignore[no-any-return]


def facts_read(rules: Snapshot, about: Subject, answers: Collection[str] = ANSWERS) -> frozenset[str]:
    """Name the facts that the rules read for the answers wanted, those of members by their own paths."""
    reads = reads_of(meaning_of(rules, about), Asked(rules, about, tuple(answers)).roots)
    return frozenset({*reads.facts, *reads.items})


def _order(known: Catalogue) -> Callable[[str], Any]:
    """Give a sort key of paths: the roster, facts of the subject, then facts of members."""
    members = {f"members[].{path}": place for place, path in enumerate(known.members)}
    return lambda path: (1, "", members[path]) if path in members else known.order(path)


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
    def composed(self) -> tuple[Expr, ...]:
        """The claims of the outcomes that the policy has rules for."""
        return tuple(each.composed(self.rules, self.about) for each in _OUTCOMES if self._of(each.kind))

    @property
    def roots(self) -> tuple[Expr, ...]:
        """The trees that must be worked out."""
        hits = (rule.when for rule in self._of(RuleKind.EXCLUSION)) if "hits" in self.answers else ()
        told = self._of() if "rules" in self.answers else self._counted()
        return (*self.composed, *(Name(rule.id) for rule in told), *hits)

    def _counted(self) -> tuple[Rule, ...]:
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


def _named(claim: Any, yes: str, no: str, still_open: str) -> Any:
    return narwhals().lit(str(yes if claim else no)) if isinstance(claim, bool) else _words(claim, yes, no, still_open)


def _words(claim: Any, yes: str, no: str, still_open: str) -> Any:
    return by_row(claim, str(yes), by_row(~claim, str(no), str(still_open)))


def _flag(claim: Any) -> Any:
    return column(claim).cast(narwhals().Boolean)


def _counted(claims: Iterable[Any]) -> Any:
    layer = narwhals()
    total = layer.lit(0)
    for claim in claims:
        total = total + column(claim).cast(layer.Int32)
    return total.cast(layer.Int32)
