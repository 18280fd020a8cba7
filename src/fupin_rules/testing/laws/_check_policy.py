"""Trying the laws on drawn subjects: near every threshold, with much known and with little."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import attrs
import hypothesis
import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, given, settings

from fupin_rules.engine import assess, assess_exit
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.expr import And, Literal
from fupin_rules.model import AnySubject, Field, Sort, all_facts, catalogue, with_fact
from fupin_rules.policy import (
    SUBJECT_CLASSES,
    ExitOutcome,
    Outcome,
    Rule,
    RuleKind,
    Snapshot,
    Subject,
    judge,
)
from fupin_rules.testing.laws._report import LAWS, LawResult, LawStatus, PolicyCheck
from fupin_rules.testing.strategies._reads import OUTCOMES, outcome_claim, read_by, read_of
from fupin_rules.testing.strategies._subjects import near_policy
from fupin_rules.testing.strategies._values import known_values
from fupin_rules.truth import NotKnown

_LEARNT: Final = 6
_POORER_BY: Final = (Decimal("0.01"), Decimal(1), Decimal(500), Decimal(20_000))
# Calls that are spent on making a counterexample smaller.
_MOST_SHRINKS: Final = 150
_NAMED: Final = 8
# Subjects drawn toward what was not seen of a rule; the first that shows it ends the search.
_TOWARD: Final = 400
_SEEN: Final = {True: ("成立", "true"), False: ("不成立", "false"), None: ("未知", "unknown")}


class _BrokenError(Exception):
    """Found what was looked for."""


class _EnoughError(BaseException):
    """Small enough: nothing that Hypothesis would take for another finding."""


@attrs.frozen
class _Trial:
    """
    How a law is tried.

    Attributes:
        drawn: What is drawn, in turn: subjects, or subjects each with what is changed in them. Each way gets its share
            of the examples: left to choose by itself, Hypothesis stays for long where it began.
        breaks: Says in Chinese and English how it breaks the law; None where it does not.
    """

    drawn: tuple[st.SearchStrategy[Any], ...]
    breaks: Callable[[Any], tuple[str, str] | None]


def check_policy(
    rules: Snapshot,
    *,
    examples: int = 200,
    seed: int = 0,
    laws: Iterable[str] = tuple(LAWS),
    waive: Mapping[str, str] = MappingProxyType({}),
) -> PolicyCheck:
    """
    Try the laws that an adopter wants of any policy, for households, villages and areas.

    Each law is tried on so many drawn subjects, near every threshold; a counterexample is shrunk toward the empty
    household. That a law held is no proof: it means that nothing drawn breaks it.

    Args:
        rules: The policy on a day.
        examples: How many subjects each law is tried on.
        seed: The same seed tries the same subjects, with one version of Hypothesis installed in one way: it also tries
            constants of code that it takes for local.
        laws: Which laws are tried; all by default.
        waive: Laws that the policy breaks on purpose, by name, each with the reason. What is poorer and all the same
            not eligible, or eligible and ready to exit at once, must be said.

    Returns:
        Every law with what became of it; `assert_clean()` fails a test where that is not as it should be.

    Raises:
        PolicyError: `waive` names no law, or gives no reason.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> check = check_policy(load_policy("exclusions-suibin-2016").on(date(2017, 1, 1)), examples=10)
    >>> [each.status.value for each in check.laws[:2]]
    ['not_applicable', 'not_applicable']
    """
    for law, reason in waive.items():
        if law not in LAWS or not reason.strip():
            what = f"`{law}` is no law" if law not in LAWS else f"`{law}` is waived without a reason"
            raise PolicyError(Fault("waive", what, f"give a reason for one of {', '.join(LAWS)}", "waive"))
    wanted = frozenset(laws)
    results: list[LawResult] = []
    for subject in Subject:
        if rules.rules_of(subject):
            results += [_tried(law, subject, rules, examples, seed) for law in LAWS if law in wanted]
    judged = tuple(_waived(each, waive) for each in results)
    broken = {each.law for each in judged if each.status is LawStatus.WAIVED}
    return PolicyCheck(rules, judged, tuple(law for law in waive if law not in broken))


def _waived(result: LawResult, waive: Mapping[str, str]) -> LawResult:
    if result.status is not LawStatus.FAILED or result.law not in waive:
        return result
    reason = waive[result.law]
    return attrs.evolve(result, status=LawStatus.WAIVED, zh=reason, en=reason)


def _tried(law: str, subject: Subject, rules: Snapshot, examples: int, seed: int) -> LawResult:
    if law == "every_rule_can_be_true_false_and_unknown":
        return _every_rule(law, subject, rules, examples, seed)
    made = _TRIALS[law](rules, subject)
    if isinstance(made, tuple):
        return LawResult(law, subject, LawStatus.NOT_APPLICABLE, *made)
    found = _search(made, examples, seed)
    if found is None:
        return LawResult(law, subject, LawStatus.HELD)
    drawn, words = found
    return LawResult(law, subject, LawStatus.FAILED, *words, drawn[0] if isinstance(drawn, tuple) else drawn)


_QUIET: Final = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


def _search(trial: _Trial, examples: int, seed: int, *, shrinks: bool = True) -> tuple[Any, tuple[str, str]] | None:
    share = -(-examples // len(trial.drawn))
    each = (_search_in(drawn, trial.breaks, share, seed, shrinks=shrinks) for drawn in trial.drawn)
    return next((found for found in each if found is not None), None)


def _search_in(
    drawn: st.SearchStrategy[Any],
    breaks: Callable[[Any], tuple[str, str] | None],
    examples: int,
    seed: int,
    *,
    shrinks: bool,
) -> tuple[Any, tuple[str, str]] | None:
    found: dict[int, tuple[Any, tuple[str, str]]] = {}
    left = _MOST_SHRINKS
    phases = _QUIET.phases if shrinks else [Phase.generate]

    @hypothesis.seed(seed)
    @settings(_QUIET, max_examples=examples, phases=phases)
    @given(drawn)
    def tried(example: Any) -> None:
        nonlocal left
        left -= bool(found)
        if left == 0:
            raise _EnoughError
        words = breaks(example)
        if words is not None:
            found.setdefault(_size(example), (example, words))
            raise _BrokenError

    try:
        tried()
    except (_BrokenError, _EnoughError):
        return found[min(found)]
    return None


def _size(drawn: Any) -> int:
    """Measure how much there is to look at in what was drawn."""
    return len(repr(drawn))


def _outcomes_of(subject: AnySubject, rules: Snapshot) -> Iterator[tuple[str, Outcome | ExitOutcome, bool]]:
    """Give the outcomes there are, and whether each rests on a default that stood in."""
    about = next(each for each, cls in SUBJECT_CLASSES.items() if cls is type(subject))
    if rules.rules_of(about, RuleKind.ELIGIBILITY):
        assessed = assess(subject, rules)
        yield "eligible", assessed.outcome, bool(assessed.provisional)
    if rules.rules_of(about, RuleKind.EXIT):
        leaving = assess_exit(subject, rules)
        yield "exit", leaving.outcome, bool(leaving.provisional)


# -- the laws ---------------------------------------------------------------------------------------------------------

_NO_OUTCOME: Final = ("没有识别或退出规则", "no rule decides an outcome")


def _lacks(rules: Snapshot, subject: Subject, *kinds: RuleKind) -> tuple[str, str] | None:
    lacking = [kind.value for kind in kinds if not rules.rules_of(subject, kind)]
    if not lacking:
        return None
    return f"没有此类规则：{'、'.join(lacking)}", f"there is no rule of the kind {' or '.join(lacking)}"


def _without(rules: Snapshot, kind: RuleKind) -> Snapshot:
    """Give the policy with no rule of a kind ever met; others may still name them."""

    def idle(rule: Rule) -> Rule:
        if rule.kind is not kind:
            return rule
        return attrs.evolve(rule, when=Literal(False), unless=())

    return Snapshot(attrs.evolve(rules.policy, rules=tuple(map(idle, rules.rules))), rules.on, rules.parameters)


def _toward(rules: Snapshot, subject: Subject, kind: RuleKind) -> st.SearchStrategy[Any]:
    """Draw subjects most of whose facts make the outcome hold."""
    return near_policy(SUBJECT_CLASSES[subject], rules, toward=(outcome_claim(rules, subject, kind), True))


def _settled(rules: Snapshot, subject: Subject) -> _Trial | tuple[str, str]:
    decided = [kind for kind in OUTCOMES if rules.rules_of(subject, kind)]
    if not decided:
        return _NO_OUTCOME
    cls = SUBJECT_CLASSES[subject]
    toward = [_toward(rules, subject, kind) for kind in decided]

    @st.composite
    def learnt(draw: st.DrawFn, drawn: st.SearchStrategy[Any]) -> tuple[AnySubject, AnySubject, str]:
        before = after = draw(drawn)
        read = read_by(rules, cls)
        wanted = {*read.fields, *(path for path, _ in all_facts(before) if catalogue(cls).member_id(path) is not None)}
        told = [path for path, value in all_facts(before) if path in wanted and _is_open(value)]
        some = st.lists(st.sampled_from(told), max_size=_LEARNT, unique=True) if told else st.just([])
        # The last visit brings all that was still open, and is where a conclusion drawn too early comes to light.
        chosen = draw(some | st.just(told))
        for path in chosen:
            field = catalogue(cls).field(path)
            assert field is not None
            after = with_fact(after, path, draw(known_values(field, on=rules.on)))
        return before, after, ", ".join(chosen)

    def breaks(drawn: tuple[AnySubject, AnySubject, str]) -> tuple[str, str] | None:
        one, other, told = drawn
        pairs = zip(_outcomes_of(one, rules), _outcomes_of(other, rules), strict=True)
        for (_, before, provisional), (_, after, _) in pairs:
            if not provisional and before not in {"undetermined", after}:
                words = before.value, after.value
                return "补充{}后由{}变为{}".format(told, *words), "learning {} turns {} into {}".format(told, *words)
        return None

    return _Trial(tuple(learnt(each) for each in (near_policy(cls, rules), *toward)), breaks)


def _is_open(value: object) -> bool:
    return value is None or isinstance(value, NotKnown)


def is_poorer_with(field: Field) -> int:
    """Tell which way a fact makes somebody poorer: -1 with less of it, 1 with more of it, 0 neither."""
    name = field.path.rpartition(".")[2]
    if field.spec.sort is not Sort.NUMBER or "yuan" not in str(field.spec.unit) or name.startswith("stated_"):
        return 0
    if field.path.startswith("income.") and name.endswith(("_cost_yuan", "_expense_yuan")):
        return 1
    own = name.startswith(("net_income", "disposable_income", "collective_income"))
    return -1 if own or field.path.startswith("income.") else 0


def _poorer(rules: Snapshot, subject: Subject) -> _Trial | tuple[str, str]:
    lacking = _lacks(rules, subject, RuleKind.ELIGIBILITY)
    if lacking is not None:
        return lacking
    cls = SUBJECT_CLASSES[subject]
    read = read_of(outcome_claim(rules, subject, RuleKind.ELIGIBILITY), cls)
    fields = [field for field in read.fields.values() if is_poorer_with(field)]
    if not fields:
        return "识别不看收入", "nobody's income is asked about"

    def breaks(drawn: tuple[AnySubject, Decimal]) -> tuple[str, str] | None:
        one, by = drawn
        if assess(one, rules).outcome is not Outcome.ELIGIBLE:
            return None
        held = dict(all_facts(one))
        for field in fields:
            value = held[field.path]
            if isinstance(value, Decimal):
                poorer = with_fact(one, field.path, _within(field, value + by * is_poorer_with(field)))
                if assess(poorer, rules).outcome is Outcome.INELIGIBLE:
                    return f"{field.path}变差后失去资格", f"becoming poorer in {field.path} makes it ineligible"
        return None

    ways = near_policy(cls, rules), _toward(rules, subject, RuleKind.ELIGIBILITY)
    return _Trial(tuple(st.tuples(each, st.sampled_from(_POORER_BY)) for each in ways), breaks)


def _within(field: Field, value: Decimal) -> Decimal:
    assert field.spec.low is not None and field.spec.high is not None
    return min(max(value, field.spec.low), field.spec.high)


def _narrows(rules: Snapshot, subject: Subject) -> _Trial | tuple[str, str]:
    lacking = _lacks(rules, subject, RuleKind.ELIGIBILITY, RuleKind.EXCLUSION)
    if lacking is not None:
        return lacking
    without = _without(rules, RuleKind.EXCLUSION)

    def breaks(drawn: AnySubject) -> tuple[str, str] | None:
        here, bare = assess(drawn, rules).outcome, assess(drawn, without).outcome
        if here is Outcome.ELIGIBLE and bare is not Outcome.ELIGIBLE:
            return f"去掉排除规则后变为{bare.value}", f"without the exclusions it is {bare.value}"
        if bare is Outcome.INELIGIBLE and here is not Outcome.INELIGIBLE:
            return f"有排除规则反而为{here.value}", f"with the exclusions it is {here.value}"
        return None

    return _Trial((near_policy(SUBJECT_CLASSES[subject], rules),), breaks)


def _at_once(rules: Snapshot, subject: Subject) -> _Trial | tuple[str, str]:
    lacking = _lacks(rules, subject, RuleKind.ELIGIBILITY, RuleKind.EXIT)
    if lacking is not None:
        return lacking

    def breaks(drawn: AnySubject) -> tuple[str, str] | None:
        if assess(drawn, rules).outcome is not Outcome.ELIGIBLE:
            return None
        if assess_exit(drawn, rules).outcome is not ExitOutcome.MET:
            return None
        return "既符合识别条件又达到退出条件", "it is eligible and meets every guarantee of exit"

    cls = SUBJECT_CLASSES[subject]
    both = And(tuple(outcome_claim(rules, subject, kind) for kind in OUTCOMES))
    known = near_policy(cls, rules, max_unknown=0)
    return _Trial((known, near_policy(cls, rules, max_unknown=0, toward=(both, True))), breaks)


def _never_admits(rules: Snapshot, subject: Subject) -> _Trial | tuple[str, str]:
    lacking = _lacks(rules, subject, RuleKind.ELIGIBILITY, RuleKind.PRIORITY)
    if lacking is not None:
        return lacking
    without = _without(rules, RuleKind.PRIORITY)

    def breaks(drawn: AnySubject) -> tuple[str, str] | None:
        here, bare = assess(drawn, rules).outcome, assess(drawn, without).outcome
        words = f"去掉优先规则后变为{bare.value}", f"without the priorities it is {bare.value}"
        return None if here is bare else words

    return _Trial((near_policy(SUBJECT_CLASSES[subject], rules),), breaks)


_TRIALS: Final[Mapping[str, Callable[[Snapshot, Subject], _Trial | tuple[str, str]]]] = MappingProxyType(
    {
        "settled_outcomes_stay_settled": _settled,
        "poorer_is_never_less_eligible": _poorer,
        "exclusion_only_narrows": _narrows,
        "nobody_is_eligible_and_ready_to_exit": _at_once,
        "priority_never_admits": _never_admits,
    }
)


def _every_rule(law: str, subject: Subject, rules: Snapshot, examples: int, seed: int) -> LawResult:
    """Draw as always; then, for what was not seen of a rule, toward it."""
    cls = SUBJECT_CLASSES[subject]
    lacking = {(rule.id, value) for rule in rules.rules_of(subject) for value in _SEEN}

    def look(drawn: AnySubject) -> None:
        for rule_id, value in judge(drawn, rules).values.items():
            lacking.discard((rule_id, value if isinstance(value, bool) else None))

    _search(_Trial((near_policy(cls, rules),), look), examples, seed)
    for rule in rules.rules_of(subject):
        for value in (True, False):
            wanted = (rule.id, value)
            if wanted in lacking:
                toward = near_policy(cls, rules, toward=(rules.inline(rule.effective), value))
                _search(_Trial((toward,), _until(look, lacking, wanted)), max(examples, _TOWARD), seed, shrinks=False)
    if not lacking:
        return LawResult(law, subject, LawStatus.HELD)
    named = sorted(lacking, key=lambda each: (each[0], str(each[1])))
    told = [[f"{rule_id} {_SEEN[value][language]}" for rule_id, value in named[:_NAMED]] for language in (0, 1)]
    rest = len(named) - _NAMED
    zh = "未见：" + "、".join(told[0]) + (f"等（另有{rest}项）" if rest > 0 else "")
    en = "never seen: " + ", ".join(told[1]) + (f" and {rest} more" if rest > 0 else "")
    return LawResult(law, subject, LawStatus.FAILED, zh, en)


def _until(
    look: Callable[[AnySubject], None], lacking: Container[tuple[str, bool | None]], wanted: tuple[str, bool]
) -> Callable[[AnySubject], tuple[str, str] | None]:
    def seen(drawn: AnySubject) -> tuple[str, str] | None:
        look(drawn)
        return None if wanted in lacking else wanted_words

    wanted_words = ("见到", "seen")
    return seen
