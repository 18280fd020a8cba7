"""
An interview: a subject, the rules of a day, and the trail of what was asked and told.

It holds no state but these: the next question and where the talk stands are worked out from them. So every step gives a
new interview, going back is leaving out the last step, and a server can hand the whole to a page and take it back.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

import attrs

from fupin_rules.engine import Assessment, ExitAssessment, Question, assess, assess_exit, question_about
from fupin_rules.errors import Fault, ModelError
from fupin_rules.interview._plain import plain_of, read_plain
from fupin_rules.interview._state import InterviewState, Need, said_of, state_of
from fupin_rules.interview._told import COMPLETE, ROSTER, held_of, reasons_dropped, stored, told
from fupin_rules.model import AnySubject, Household, catalogue
from fupin_rules.policy import Snapshot
from fupin_rules.truth import NotKnown, Why


class Goal(enum.StrEnum):
    """What an interview is to settle."""

    ELIGIBILITY = "eligibility"
    """Whether the subject is to be identified."""
    EXIT = "exit"
    """Whether it meets every guarantee needed to leave."""


# Slots would leave no room for what is worked out once and kept.
@attrs.frozen(slots=False, repr=False)
class Interview:
    """
    A talk about one subject; frozen, every step gives a new one. `begin` and `from_plain` make it.

    Its state is one of four. `ASKING`: `question` is what to ask. `DECIDED`: the outcome is settled. `NEEDS_EVIDENCE`:
    it is open, and everything that keeps it open was skipped as not collected, expired or in dispute. `NEEDS_A_PERSON`:
    it is open, and something that keeps it open was refused or needs a judgement, or is known and makes a divisor zero.
    In the last two, `needs` lists what keeps it open, each with its reason, and `said` says it in a sentence.

    A fact is asked for only while it can still matter (it is in `assessment.missing`, or a cited default stands in for
    it), and once: what was skipped, here or by whoever collected the facts, is not asked again. So every talk ends.
    A household of which nobody is listed is asked how many members it has (fact `members`); one with members, whether
    they are all. Members that are added have the next free numbers as ids, and are asked about one by one.

    Attributes:
        begun: What was known at the beginning.
        snapshot: The policy on a day.
        goal: What is to be settled.
        asked: The trail: facts in the order they were asked for, each with the value told, as the model holds it, or
            `NotKnown` with the reason it was skipped for; for `members`, how many there are.
        subject: What is known so far.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> talk = Interview.begin(Household(id="0031"), rules)
    >>> talk.question.fact, talk.question.sort, [value for value, words in talk.question.choices]
    ('hukou', 'code', ['rural', 'urban'])
    >>> talk.answer("urban").state
    <InterviewState.DECIDED: 'decided'>
    """

    begun: AnySubject
    snapshot: Snapshot = attrs.field(eq=lambda snapshot: snapshot.fingerprint)
    goal: Goal = attrs.field(converter=Goal)
    asked: tuple[tuple[str, Any], ...] = ()
    subject: AnySubject = attrs.field(kw_only=True)

    @classmethod
    def begin(
        cls, subject: AnySubject, rules: Snapshot, *, goal: Goal | str = Goal.ELIGIBILITY, again: bool = False
    ) -> Self:
        """
        Begin an interview with what is known already.

        Args:
            subject: A household, a village or an area; with nothing but an id, everything is asked for.
            rules: A policy on a day.
            goal: `eligibility` or `exit`.
            again: Whether to ask once more for what somebody said why it is not known of.

        Raises:
            PolicyError: The policy has no rule towards that goal about such a subject.
            ModelError: There is no such goal.
        """
        begun = reasons_dropped(subject) if again else subject
        talk = cls(begun, rules, _read_goal(goal), subject=begun)
        # Whoever asks in vain is told at once, not at the first question.
        talk.assessment.claim  # noqa: B018
        return talk

    @functools.cached_property
    def assessment(self) -> Assessment | ExitAssessment:
        """What the rules say of what is known so far."""
        return (assess if self.goal is Goal.ELIGIBILITY else assess_exit)(self.subject, self.snapshot)

    @functools.cached_property
    def question(self) -> Question | None:
        """The question to ask now; None where there is no more to ask."""
        answer = self.assessment
        besides = [fact for fact in (*answer.missing, *answer.provisional) if not self._may_be_asked(fact)]
        question = answer.next_question(besides=besides, firmly=True)
        if question is not None and question.fact == COMPLETE and not self._is_anybody_listed:
            return question_about(self.subject, ROSTER, self.snapshot.rule(question.rule))
        return question

    @functools.cached_property
    def state(self) -> InterviewState:
        """Where the interview stands."""
        is_settled = self.assessment.claim is not None
        return state_of(is_asking=self.question is not None, is_settled=is_settled, needs=self.needs)

    @functools.cached_property
    def needs(self) -> tuple[Need, ...]:
        """What keeps the outcome open though it was asked for, in catalogue order."""
        known = catalogue(type(self.subject))
        found = []
        for fact in self.assessment.missing:
            value = self._stored(fact)
            if not self._may_be_asked(fact):
                why = value.why if isinstance(value, NotKnown) else Why.ZERO_DIVISOR
                text = {each: f"{known.label(fact, each)} — {why.words(each)}" for each in ("zh", "en")}
                found.append(Need(fact, why, MappingProxyType(text)))
        return tuple(found)

    @property
    def said(self) -> Mapping[str, str]:
        """Where the interview stands and why, in a sentence of each language."""
        return said_of(self.state, self.needs, is_provisional=bool(self.assessment.provisional))

    def answer(self, value: object) -> Self:
        """
        Answer the question.

        Args:
            value: As `from_plain` takes it: a truth value, a number or its text, a day as `YYYY-MM-DD`, a code, a list
                of codes; `{"not_known": reason}` skips. For `members`, how many there are.

        Raises:
            ModelError: The value cannot be one of that fact, or nothing is asked; the interview is as it was.
        """
        if isinstance(value, NotKnown):
            return self.skip(value.why)
        if isinstance(value, Mapping) and value.keys() == {"not_known"}:
            return self.skip(value["not_known"])
        fact = self._asked_now.fact
        if value is None:
            raise ModelError(Fault(f"$.{fact}", "expected a value", "skip the question with a reason", "value"))
        return self._with(fact, value)

    def skip(self, why: Why | str) -> Self:
        """
        Leave the question without a value; it is not asked again.

        Args:
            why: `not_collected`, `refused`, `needs_judgement`, `expired` or `conflicting`.

        Raises:
            ModelError: There is no such reason, or nothing is asked.
        """
        fact = self._asked_now.fact
        reasons = [each.value for each in Why if each is not Why.ZERO_DIVISOR]
        if why not in reasons:
            what = f"expected a reason, one of {', '.join(reasons)}"
            raise ModelError(Fault(f"$.{fact}", what, "say why it is not known", "why"))
        return self._with(fact, NotKnown(Why(why)))

    def back(self) -> Self:
        """Go back one step, to before the last question was answered; at the beginning there is none to go back."""
        return self._at(self.asked[:-1])

    def to_plain(self, *, reveal: bool = False) -> dict[str, Any]:
        """
        Give the whole interview as plain data that JSON can hold; `from_plain` takes it back.

        Args:
            reveal: Whether to write names and numbers of persons that were known at the beginning.
        """
        return plain_of(self.begun, self.snapshot, self.goal.value, self.asked, reveal=reveal)

    @classmethod
    def from_plain(cls, data: object, rules: Snapshot) -> Self:
        """
        Take an interview up where it was left.

        Args:
            data: What `to_plain` gave.
            rules: The same policy on the same day.

        Raises:
            ModelError: It is no interview, or one under other rules, or holds what cannot be true.
            LimitError: It is deeper or longer than is read.
            PolicyError: The policy has no rule towards that goal about such a subject.
        """
        begun, goal, asked = read_plain(data, rules)
        talk = cls.begin(begun, rules, goal=goal)
        for place, (fact, value) in enumerate(asked):
            try:
                talk = talk._with(fact, value)  # noqa: SLF001  a step of its own kind
            except ModelError as error:
                where = f"$.asked[{place}]"
                raise ModelError(attrs.evolve(fault, where=where + fault.where[1:]) for fault in error.faults) from None
        return talk

    def __repr__(self) -> str:
        """Name subject, goal, policy, day, and how many questions were asked; nothing that was told."""
        return (
            f"<Interview {self.subject.id!r} towards {self.goal.value} under {self.snapshot.policy_id} "
            f"on {self.snapshot.on}, {len(self.asked)} asked>"
        )

    @property
    def _asked_now(self) -> Question:
        if self.question is None:
            raise ModelError(Fault("$", "nothing is asked", "see `state`, or go back", "not_asked"))
        return self.question

    @property
    def _is_anybody_listed(self) -> bool:
        return isinstance(self.subject, Household) and bool(self.subject.members)

    def _stored(self, fact: str) -> Any:
        if fact != ROSTER:
            return stored(self.subject, fact)
        assert isinstance(self.subject, Household)
        if self.subject.members_complete is True:
            return len(self.subject.members)
        # Nothing is stored that could say why it is not known how many there are: the trail does.
        told_of = [value for each, value in self.asked if each == ROSTER]
        return told_of[-1] if told_of else None

    def _may_be_asked(self, fact: str) -> bool:
        return self._stored(fact) is None

    def _with(self, fact: str, value: object) -> Self:
        subject = told(self.subject, fact, value)
        held = value if isinstance(value, NotKnown) else held_of(subject, fact)
        return attrs.evolve(self, asked=(*self.asked, (fact, held)), subject=subject)

    def _at(self, asked: tuple[tuple[str, Any], ...]) -> Self:
        subject = functools.reduce(lambda each, step: told(each, *step), asked, self.begun)
        return attrs.evolve(self, asked=asked, subject=subject)


def _read_goal(goal: Any) -> Goal:
    try:
        return Goal(goal)
    except ValueError:
        names = " or ".join(each.value for each in Goal)
        raise ModelError(Fault("$.goal", f"expected {names}", "say what is to be settled", "goal")) from None
