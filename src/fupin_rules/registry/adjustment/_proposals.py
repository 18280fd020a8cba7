"""
What the rules propose for one household, given how it stands on the register.

The table is written once, for settled claims; what is open is tried both ways, and only what comes out the same
whatever the open facts turn out to be is proposed. Everything else is asked. So nobody is cleared out or let go on a
guess, and learning a fact never turns a proposal into another.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from decimal import Decimal
from types import MappingProxyType

import attrs

from fupin_rules.engine import Assessment, ExitAssessment, Question, assess, assess_exit, question_about
from fupin_rules.model import AnySubject, Household, PovertyStatus, catalogue
from fupin_rules.policy import ExitOutcome, Outcome, RuleKind, Snapshot, Subject
from fupin_rules.registry.adjustment._words import WorkReason, reason
from fupin_rules.registry.adjustment._work import RegisterStatus, WorkKind
from fupin_rules.truth import Truth, Unknown, any_of

_STATUSES = {
    PovertyStatus.POOR: RegisterStatus.REGISTERED,
    PovertyStatus.PRE_EXIT: RegisterStatus.REGISTERED,
    PovertyStatus.RETURNED: RegisterStatus.REGISTERED,
    PovertyStatus.EXITED: RegisterStatus.EXITED,
}
_UNHEARD_OF = {
    PovertyStatus.PRE_EXIT: (RegisterStatus.NOT_REGISTERED, RegisterStatus.REGISTERED),
    PovertyStatus.EXITED: (RegisterStatus.NOT_REGISTERED, RegisterStatus.EXITED),
    PovertyStatus.RETURNED: (RegisterStatus.NOT_REGISTERED, RegisterStatus.EXITED),
}
_ON_REGISTER = (RegisterStatus.REGISTERED, RegisterStatus.EXITED)
# Their year of change is that of the exit.
_LEAVING = frozenset({PovertyStatus.PRE_EXIT, PovertyStatus.EXITED})

_STATUS, _YEAR = "poverty_status", "change_year"


@attrs.frozen(eq=False)
class Proposal:
    """
    What is proposed for a household as a whole.

    Attributes:
        kind: What.
        reasons: Why.
        missing: Facts that would settle it.
        question: What to ask first.
        finding: Code of what does not fit together, or empty.
        outcome: Whether it is eligible by the facts of NEW.
        exit: Whether it meets the standard of exit by them; None where the policy has none.
    """

    kind: WorkKind
    reasons: tuple[WorkReason, ...]
    missing: tuple[str, ...]
    question: Question | None
    finding: str
    outcome: Outcome
    exit: ExitOutcome | None


def settled(status: RegisterStatus, *, eligible: bool, excluded: bool, leaves: bool) -> WorkKind:
    """
    Propose for a household of which everything is known.

    Who meets the standard of exit leaves by exit, for support goes on after it; but who is excluded should never have
    been entered, however well off by now. Who is still eligible stays, whatever the guarantees say.
    """
    match status:
        case RegisterStatus.NOT_REGISTERED:
            return WorkKind.TAKE_IN_MISSED if eligible else WorkKind.KEEP
        case RegisterStatus.EXITED:
            return WorkKind.TAKE_IN_RETURNED if eligible else WorkKind.KEEP
        case RegisterStatus.REGISTERED:
            if eligible:
                return WorkKind.KEEP
            return WorkKind.EXIT_STANDARD_MET if leaves and not excluded else WorkKind.CLEAR_UNTRUE


def kinds(
    statuses: Iterable[RegisterStatus], *, eligible: Truth, excluded: Truth, leaves: Truth
) -> frozenset[WorkKind]:
    """Give every proposal that is possible while claims are open."""
    return frozenset(
        settled(status, eligible=one, excluded=other, leaves=third)
        for status, one, other, third in itertools.product(statuses, _both(eligible), _both(excluded), _both(leaves))
    )


def _both(claim: Truth) -> tuple[bool, ...]:
    return (True, False) if isinstance(claim, Unknown) else (claim,)


def statuses_of(old: Household | None, new: Household | None) -> tuple[RegisterStatus, ...]:
    """
    Tell how a household stands on the register: as OLD says, and where OLD does not say, as NEW does.

    A household that OLD does not have is not on the register, unless NEW itself says that it was: an old register that
    leaves out who had exited would make every return (返贫) look like a new case. Low allowance and five guarantees
    (低保、五保) tell nothing here: civil affairs decide them.
    """
    told = None if new is None else new.poverty_status
    if old is None and isinstance(told, PovertyStatus) and told in _UNHEARD_OF:
        return _UNHEARD_OF[told]
    if old is None or old.is_valid is False:
        return (RegisterStatus.NOT_REGISTERED,)
    for home in (old, new):
        if home is not None and isinstance(home.poverty_status, PovertyStatus):
            return (_STATUSES[home.poverty_status],)
    return _ON_REGISTER


def propose(
    new: Household,
    old: Household | None,
    statuses: tuple[RegisterStatus, ...],
    rules: Snapshot,
    *,
    hold_same_year: bool = False,
) -> Proposal:
    """
    Propose for a household that NEW has.

    Args:
        new: By its facts it is assessed.
        old: The same household in OLD; None where it is not there.
        statuses: How it can stand on the register.
        rules: The policy on the day.
        hold_same_year: Whether who was identified or returned this year may not exit.
    """
    has_exit = bool(rules.rules_of(Subject.HOUSEHOLD, RuleKind.EXIT))
    claims = _Claims(assess(new, rules), assess_exit(new, rules) if has_exit else None)
    possible = kinds(statuses, eligible=claims.eligible, excluded=claims.excluded, leaves=claims.leaves)
    kind = next(iter(possible)) if len(possible) == 1 else WorkKind.ASK
    finding = _contradiction(new, statuses, claims)
    reasons: tuple[WorkReason, ...] = ()
    missing: tuple[str, ...] = ()
    question: Question | None = None
    is_new = _is_of_this_year(old or new, new, rules) if hold_same_year else False
    if kind is WorkKind.EXIT_STANDARD_MET and is_new is True:
        kind, finding = WorkKind.KEEP, "held_same_year"
    elif kind is WorkKind.EXIT_STANDARD_MET and isinstance(is_new, Unknown):
        kind, reasons, missing, question = WorkKind.ASK, (reason("year_open"),), (_YEAR,), _asked(_YEAR, new)
    elif kind is WorkKind.ASK:
        reasons, missing, question = _open(statuses, claims)
    else:
        reasons = _grounds(kind, claims, old)
    return Proposal(kind, reasons, missing, question, finding, claims.assessment.outcome, claims.exit)


@attrs.frozen(eq=False)
class _Claims:
    """
    What the policy says of a household, as claims; the names of what is missing are worked out for open ones only.

    Attributes:
        assessment: By the facts of NEW.
        leaving: Whether the standard of exit is met; None where the policy has none.
    """

    assessment: Assessment
    leaving: ExitAssessment | None

    @property
    def eligible(self) -> Truth:
        found = self.assessment
        claim = found.judgement.eligible if found.claim is None else found.claim
        assert claim is not None, "an assessment has a condition to assess"
        return claim

    @property
    def excluded(self) -> Truth:
        exclusions = self.ids(RuleKind.EXCLUSION)
        values = [self.assessment.values[each] for each in exclusions]
        if None not in values or True in values:
            return True in values
        return any_of(self.assessment.rules[each] for each in exclusions)

    @property
    def leaves(self) -> Truth:
        """Whether the standard of exit is met; False where the policy has none, so that nobody leaves by it."""
        if self.leaving is None:
            return False
        claim = self.leaving.judgement.exit if self.leaving.claim is None else self.leaving.claim
        assert claim is not None, "an assessment of exit has a guarantee to assess"
        return claim

    @property
    def exit(self) -> ExitOutcome | None:
        return None if self.leaving is None else self.leaving.outcome

    def ids(self, kind: RuleKind) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.assessment.snapshot.rules_of(Subject.HOUSEHOLD, kind))

    def said(self, rules: Iterable[str]) -> tuple[WorkReason, ...]:
        """Name rules with what they say of the household, each with its own source."""
        found, said = self.assessment, []
        for each in rules:
            rule = found.snapshot.rule(each)
            zh, en = _VERDICTS[found.values[each]]
            said.append(WorkReason(each, f"{rule.zh}：{zh}", f"{rule.en}: {en}", rule.citation))
        return tuple(said)


_VERDICTS = {True: ("成立", "holds"), False: ("不成立", "does not hold"), None: ("待定", "open")}


def _contradiction(new: Household, statuses: tuple[RegisterStatus, ...], claims: _Claims) -> str:
    """Name what does not fit together in a household that is on the register; empty for nothing."""
    if statuses != (RegisterStatus.REGISTERED,):
        return ""
    if new.poverty_status is PovertyStatus.EXITED:
        if claims.eligible is True:
            return "exited_but_eligible"
        return "exited_but_not_met" if claims.exit is ExitOutcome.NOT_MET else ""
    return "eligible_and_met" if claims.eligible is True and claims.leaves is True else ""


def _is_of_this_year(before: Household, after: Household, rules: Snapshot) -> Truth:
    """Tell whether a household was identified or returned in the year of the assessment, as either register has it."""
    if before.poverty_status is PovertyStatus.PRE_EXIT:
        # The year is then that of the exit under way.
        return False
    years = [each.change_year for each in (before, after) if each.poverty_status not in _LEAVING]
    if any(isinstance(each, Decimal) and each == rules.on.year for each in years):
        return True
    return False if all(isinstance(each, Decimal) for each in years) else Unknown({_YEAR})


def _open(
    statuses: tuple[RegisterStatus, ...], claims: _Claims
) -> tuple[tuple[WorkReason, ...], tuple[str, ...], Question | None]:
    """Tell what keeps a proposal open: the outcome first, then what divides clearing out from exit, then the status."""
    found = claims.assessment
    reasons: list[WorkReason] = []
    missing: list[str] = []
    question: Question | None = None
    if isinstance(claims.eligible, Unknown):
        reasons = [reason("undetermined"), *claims.said(found.open)]
        missing.extend(found.missing)
        question = found.next_question()
    elif claims.eligible is False and RegisterStatus.REGISTERED in statuses:
        reasons.extend(claims.said((*found.failed, *found.excluded_by)))
        if isinstance(claims.leaves, Unknown) and claims.excluded is not True:
            exits = assess_exit(found.subject, found.snapshot)
            reasons.extend((reason("exit_open"), *claims.said(exits.open)))
            missing.extend(exits.missing)
            question = exits.next_question()
        if isinstance(claims.excluded, Unknown) and claims.leaves is not False:
            reasons.append(reason("exclusion_open"))
            missing.extend(sorted(claims.excluded.missing, key=catalogue(Household).order))
    if len(statuses) > 1:
        is_stranger = len(statuses) == len(RegisterStatus)
        reasons.append(reason("people_open" if is_stranger else "status_open"))
        missing.extend(() if is_stranger else (_STATUS,))
    facts = tuple(dict.fromkeys(missing))
    return tuple(reasons), facts, question or (_asked(facts[0], found.subject) if facts else None)


def _asked(fact: str, household: AnySubject) -> Question:
    """Ask for a fact of which no rule asks first."""
    known = catalogue(Household)
    text = {"zh": f"请查明：{known.label(fact, 'zh')}。", "en": f"find out: {known.label(fact, 'en')}."}
    return attrs.evolve(question_about(household, fact), text=MappingProxyType(text))


def _grounds(kind: WorkKind, claims: _Claims, old: Household | None) -> tuple[WorkReason, ...]:
    found = claims.assessment
    match kind:
        case WorkKind.TAKE_IN_MISSED | WorkKind.TAKE_IN_RETURNED:
            opening = reason("missed" if kind is WorkKind.TAKE_IN_MISSED else "returned")
            held = [each for each in claims.ids(RuleKind.ELIGIBILITY) if found.values[each] is True]
            return (opening, *claims.said(held))
        case WorkKind.CLEAR_UNTRUE:
            # With the same facts the answer is the same; it is worked out again only where they changed.
            moved = old not in (None, found.subject) and _was_eligible(old, found.snapshot)
            unmet = [each for each in claims.ids(RuleKind.EXIT) if found.values[each] is False]
            return (
                reason("untrue"),
                *claims.said((*found.failed, *found.excluded_by)),
                *((reason("facts_moved"),) if moved else ()),
                *((reason("guarantees_open"), *claims.said(unmet)) if unmet and not found.excluded_by else ()),
            )
        case WorkKind.EXIT_STANDARD_MET:
            return (reason("standard_met"), *claims.said(claims.ids(RuleKind.EXIT)))
        case _:
            return ()


def _was_eligible(old: Household | None, rules: Snapshot) -> bool:
    return old is not None and assess(old, rules).outcome is Outcome.ELIGIBLE
