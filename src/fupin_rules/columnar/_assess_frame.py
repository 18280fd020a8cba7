"""A register in a frame to a frame of answers: the caller's engine does the work, with one row for each subject."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import attrs

from fupin_rules.columnar._answers import ANSWERS, Asked
from fupin_rules.columnar._columns import Side, find_columns, open_frame, with_keys_alike
from fupin_rules.columnar._engines import arrow_to_pandas, narwhals
from fupin_rules.columnar._plan import Plan, reads_of
from fupin_rules.errors import Fault, LoweringError
from fupin_rules.expr import Kind, OrElse, uses
from fupin_rules.model import Catalogue, catalogue
from fupin_rules.policy import SUBJECT_CLASSES, Snapshot, Subject, meaning_of

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
    given = Given(subjects, members, Subject(about), absent, checked, key, member_key)
    return _as_it_came(answered(given, rules, answers), subjects)  # type: ignore[no-any-return]


@attrs.frozen(eq=False)
class Given:
    """
    A register as the caller gave it.

    Attributes:
        subjects: Its frame.
        members: The frame of members; None where there is none.
        about: Whom the subjects' frame holds.
        absent: Paths of facts that it does not hold.
        checked: Whether values that the model would refuse are taken for not known.
        key: Column that tells subjects apart.
        member_key: Column of the members' frame that tells whose they are.
    """

    subjects: Any
    members: Any
    about: Subject
    absent: Collection[str]
    checked: bool
    key: str
    member_key: str


@attrs.frozen(eq=False)
class Answered:
    """
    The answers, before they are given in a frame of the caller's kind.

    Attributes:
        engine: Package that does the work.
        frame: Where they are worked out.
        columns: By name of the answer, as an expression of the frame; the key comes first.
    """

    engine: str
    frame: Any
    columns: Mapping[str, Any]


def answered(given: Given, rules: Snapshot, answers: Collection[str], *, keep: str = "") -> Answered:
    """
    Work out the answers that `assess_frame` gives.

    Args:
        given: The register.
        rules: A policy on a day.
        answers: Groups of columns that are wanted.
        keep: Name of a column of the subjects that the frame keeps; empty for none.
    """
    about, members = given.about, given.members
    asked = Asked(rules, about, tuple(answers))
    meaning = meaning_of(rules, about)
    reads = reads_of(meaning, asked.roots)
    known = catalogue(SUBJECT_CLASSES[about])
    fields = {path: known.fields[path] for path in reads.facts}
    found = find_columns(given.subjects, f"{about}s", key=given.key, fields=fields, absent=given.absent, keep=keep)
    # A definition that stands for a code would have to say of which list.
    with_numbers = found.engine in ("pyarrow", "pandas") and not any(
        meaning.kind(expr) in (Kind.CODE, Kind.TEXT) for expr in meaning.named.values()
    )
    door = {"checked": given.checked, "with_numbers": with_numbers}
    roster = Side("", None, {})
    if reads.members:
        if members is None:
            what, mend = "ask about members", "give their frame as `members`"
            raise LoweringError(Fault(f"the rules of `{rules.policy_id}`", what, mend, "no_members"))
        items = {path: known.members[path] for path in reads.items}
        listed = find_columns(members, "members", key=given.member_key, fields=items, absent=given.absent)
        found, listed = with_keys_alike(found, listed, key=given.key, member_key=given.member_key)
        roster = open_frame(listed, items, reads.item_parts, rules.on, **door, prefix="m")
    side = open_frame(found, fields, reads.fact_parts, rules.on, **door, prefix="f")
    frame = side.frame
    blamed = asked.composed if "missing" in answers else ()
    plans = [Plan(meaning, asked.roots, blamed=blamed, numbered=with_numbers)]
    if "provisional" in answers and any(uses(expr, OrElse) for expr in meaning.reached(asked.composed)):
        plans.append(
            Plan(attrs.evolve(meaning, with_defaults=False), asked.composed, numbered=with_numbers, letter="w")
        )
    for plan in plans:
        frame = plan.worked_out(frame, side.columns, roster.frame, roster.columns)
    frame, answer = asked.answered(frame, plans[0], plans[-1], _order(known))
    return Answered(side.engine, frame, {f"{about}_id": narwhals().col(side.given_key), **answer})


def facts_read(rules: Snapshot, about: Subject, answers: Collection[str] = ANSWERS) -> frozenset[str]:
    """Name the facts that the rules read for the answers wanted, those of members by their own paths."""
    reads = reads_of(meaning_of(rules, about), Asked(rules, about, tuple(answers)).roots)
    return frozenset({*reads.facts, *reads.items})


def _order(known: Catalogue) -> Callable[[str], Any]:
    """Give a sort key of paths: the roster, facts of the subject, then facts of members."""
    members = {f"members[].{path}": place for place, path in enumerate(known.members)}
    return lambda path: (1, "", members[path]) if path in members else known.order(path)


def _as_it_came(answers: Answered, subjects: Any) -> Any:
    """Give the answers in a frame of the caller's kind."""
    layer, engine = narwhals(), answers.engine
    if engine == "pyspark":
        # No dots while it is worked on.
        plain = {f"c{place}": value for place, value in enumerate(answers.columns.values())}
        return layer.to_native(answers.frame.select(**plain)).toDF(*answers.columns)
    done = answers.frame.select(**answers.columns)
    if engine == "polars" and isinstance(layer.from_native(subjects), layer.DataFrame):
        return layer.to_native(done.collect())
    return arrow_to_pandas(layer.to_native(done)) if engine == "pandas" else layer.to_native(done)
