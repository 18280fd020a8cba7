"""
Decisions that a retroactive amendment reopens: taken under the law as then known, and otherwise under it as it is now.

Nothing is dropped: what the amendments leave as it was is counted, and what cannot be judged again is listed with why.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import attrs

from fupin_rules.engine._assess import assess, assess_exit
from fupin_rules.engine._assessment import EXIT_WORDS, FORMAT, OUTCOME_WORDS, Assessment, ExitAssessment
from fupin_rules.engine._recheck import Change, Stored, explain_change
from fupin_rules.errors import Fault, ModelError, PolicyError, UncoveredDateError
from fupin_rules.model import AnySubject
from fupin_rules.policy import ExitOutcome, Outcome, Policy, RuleKind, Snapshot, subject_of


class WhyUnjudged(enum.StrEnum):
    """Why a stored decision cannot be held against the amended law."""

    UNREADABLE = "unreadable"
    """It is no stored assessment."""
    UNCOVERED = "uncovered"
    """The policy says nothing about its day."""
    OTHER_LAW = "other_law"
    """It was taken under no text that this policy ever had on that day."""
    OLD_LAW = "old_law"
    """It was taken under a text that was known to be amended on that very day: it was late, not retroactively wrong."""
    NO_SUBJECT = "no_subject"
    """The facts of its subject are not given."""
    NO_RULE = "no_rule"
    """The law as it is now does not decide about such a subject any more."""
    OTHER_FACTS = "other_facts"
    """The facts given do not lead to its outcome under the law it was taken under: they are not those of the time."""

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        return _WHY[self][0 if language == "zh" else 1]


_WHY: Final[Mapping[WhyUnjudged, tuple[str, str]]] = {
    WhyUnjudged.UNREADABLE: ("不是本库存下的评估", "is no stored assessment"),
    WhyUnjudged.UNCOVERED: ("政策不涵盖该评估日", "the policy gives no answer on its day"),
    WhyUnjudged.OTHER_LAW: (
        "作出时所依据的不是本政策在该日的任何文本",
        "was taken under no text that this policy had on its day",
    ),
    WhyUnjudged.OLD_LAW: (
        "作出时所依据的文本在评估日已经公布修订",
        "was taken under a text that was known to be amended on its day",
    ),
    WhyUnjudged.NO_SUBJECT: ("没有提供其事实", "the facts of its subject are not given"),
    WhyUnjudged.NO_RULE: ("现行文本不再对此作出评估", "the law as it is now decides nothing about such a subject"),
    WhyUnjudged.OTHER_FACTS: (
        "按当时文本，所提供的事实得不出当时的结论",
        "the facts given do not lead to its outcome under the text it was taken under",
    ),
}


@attrs.frozen
class Reopening:
    """
    A decision that comes out otherwise under the law as it is now.

    Attributes:
        place: Which of the decisions given, from 0.
        subject_id: Whom it is about.
        on: Day it was taken for.
        before: Outcome under the law as then known.
        after: Outcome under the law as it is now.
        amendments: Ids of the amendments that were not known when it was taken, and are in force on its day.
        turned: The rules deciding on such an outcome that say otherwise now, and those that came or went.
        missing: Facts that are missing now.
        changed_since: Ids of rules of which the facts given say otherwise than the stored decision, under the law that
            it was taken under: the record has changed since, though not in its outcome.
        now: The assessment under the law as it is now.
    """

    place: int
    subject_id: str
    on: date
    before: Outcome | ExitOutcome
    after: Outcome | ExitOutcome
    amendments: tuple[str, ...]
    turned: tuple[Change, ...]
    missing: tuple[str, ...]
    changed_since: tuple[str, ...]
    now: Assessment | ExitAssessment = attrs.field(repr=False)

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        turned = ("；" if zh else "; ").join(each.zh if zh else each.en for each in self.turned)
        outcomes = f"{_outcome(self.before, language)} → {_outcome(self.after, language)}"
        if zh:
            return f"{self.subject_id}（{self.on}）：{outcomes}" + (f"（{turned}）" if turned else "")
        return f"{self.subject_id} on {self.on}: {outcomes}" + (f" ({turned})" if turned else "")

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "place": self.place,
            "subject_id": self.subject_id,
            "on": self.on.isoformat(),
            "before": self.before.value,
            "after": self.after.value,
            "amendments": list(self.amendments),
            "turned": [attrs.asdict(each) for each in self.turned],
            "missing": list(self.missing),
            "changed_since": list(self.changed_since),
            "now": self.now.to_plain(),
        }


@attrs.frozen
class Unjudged:
    """
    A decision that cannot be held against the amended law.

    Attributes:
        place: Which of the decisions given, from 0.
        subject_id: Whom it is about; empty where that cannot be read.
        on: Day it was taken for; None where that cannot be read.
        why: Why it cannot.
    """

    place: int
    subject_id: str
    on: date | None
    why: WhyUnjudged

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        day = "" if self.on is None else self.on.isoformat()
        name = self.subject_id or f"#{self.place + 1}"
        if language == "zh":
            return f"{name}{f'（{day}）' if day else ''}：{self.why.words(language)}"
        return f"{name}{f' on {day}' if day else ''}: {self.why.words(language)}"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        day = None if self.on is None else self.on.isoformat()
        return {"place": self.place, "subject_id": self.subject_id, "on": day, "why": self.why.value}


@attrs.frozen
class Reopened:
    """
    What amendments do to decisions that were taken before they were known.

    Attributes:
        decisions: Those that come out otherwise, in the order given.
        untouched: How many come out as before.
        unjudged: Those that cannot be judged again, each with why, in the order given.
    """

    decisions: tuple[Reopening, ...]
    untouched: int
    unjudged: tuple[Unjudged, ...]

    @property
    def total(self) -> int:
        """How many decisions were looked at."""
        return len(self.decisions) + self.untouched + len(self.unjudged)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "total": self.total,
            "reopened": [each.to_plain() for each in self.decisions],
            "untouched": self.untouched,
            "unjudged": [each.to_plain() for each in self.unjudged],
        }


def reopened(policy: Policy, stored: Iterable[Stored], subjects: Iterable[AnySubject]) -> Reopened:
    """
    Find the decisions that amendments with retroactive effect would change.

    A decision counts as taken under the law as then known when its fingerprint is that of a text which this policy had
    on its day, as it was known then or later; so a decision that was taken again in between is held against the text of
    that time. Both outcomes are worked out on the facts given now, exactly where the decision was asked exactly.

    Args:
        policy: The policy as amended.
        stored: Assessments and exit assessments, or their plain forms as stored.
        subjects: What is known of those they are about.

    Raises:
        ModelError: Two subjects of one kind have one id.

    >>> from fupin_rules.policy import load_policy
    >>> reopened(load_policy("yucheng-2016"), [], [])
    Reopened(decisions=(), untouched=0, unjudged=())
    """
    known = _by_id(subjects)
    laws = _Laws(policy)
    decisions: list[Reopening] = []
    unjudged: list[Unjudged] = []
    untouched = 0
    for place, each in enumerate(stored):
        match _judged(place, _plain(each), laws, known):
            case Reopening() as decision:
                decisions.append(decision)
            case Unjudged() as left:
                unjudged.append(left)
            case None:
                untouched += 1
    return Reopened(tuple(decisions), untouched, tuple(unjudged))


def _judged(
    place: int, stored: Mapping[str, Any] | None, laws: _Laws, known: Mapping[str, list[AnySubject]]
) -> Reopening | Unjudged | None:
    """Judge one decision again; None where it comes out as before."""
    if stored is None:
        return Unjudged(place, "", None, WhyUnjudged.UNREADABLE)
    name, day = stored["subject_id"], date.fromisoformat(stored["on"])

    def left(why: WhyUnjudged) -> Unjudged:
        return Unjudged(place, name, day, why)

    now = laws.current(day)
    if now is None:
        return left(WhyUnjudged.UNCOVERED)
    if stored["fingerprint"] == now.fingerprint:
        return None
    then = laws.then(day, stored["fingerprint"])
    if not isinstance(then, Snapshot):
        return left(then)
    found = [each for each in known.get(name, []) if stored.get("subject") in (None, subject_of(each).value)]
    if len(found) != 1:
        return left(WhyUnjudged.NO_SUBJECT)
    ask = assess if stored["kind"] == "assessment" else assess_exit
    # One that was asked exactly is asked exactly again.
    exact = "exact" in stored
    try:
        before = ask(found[0], then, exact=exact)
        after = ask(found[0], now, exact=exact)
    except PolicyError:
        return left(WhyUnjudged.NO_RULE)
    if before.outcome.value != stored["outcome"]:
        return left(WhyUnjudged.OTHER_FACTS)
    if after.outcome == before.outcome:
        return None
    held = {each.id for each in then.amended_by}
    return Reopening(
        place,
        name,
        day,
        before.outcome,
        after.outcome,
        tuple(each.id for each in now.amended_by if each.id not in held),
        tuple(_turned(before, after, _DECISIVE[stored["kind"]])),
        after.missing,
        tuple(rule for rule, value in before.values.items() if stored["rules"].get(rule, value) is not value),
        after,
    )


_DECISIVE: Final[Mapping[str, tuple[RuleKind, ...]]] = {
    "assessment": (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION),
    "exit": (RuleKind.EXIT,),
}


def _turned(
    before: Assessment | ExitAssessment, after: Assessment | ExitAssessment, kinds: tuple[RuleKind, ...]
) -> Iterator[Change]:
    """Give the rules of the kinds that decide which say otherwise, come or go."""
    decisive = {rule.id for each in (before, after) for rule in each.snapshot.rules if rule.kind in kinds}
    return (each for each in explain_change(before, after) if each.what == "rule" and each.name in decisive)


class _Laws:
    """The texts that a policy had on each day, by what was known."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        published = {each.published for each in policy.amendments}
        published |= {
            dated.published
            for parameter in policy.parameters.values()
            for dated in parameter.values
            if dated.published is not None
        }
        # On these days more came to be known; before the first, nothing of it was.
        self._turns = sorted(published)
        self._now: dict[date, Snapshot | None] = {}
        self._then: dict[date, list[tuple[bool, Snapshot]]] = {}

    def current(self, day: date) -> Snapshot | None:
        """Give the text in force on a day, with all that is known now; None where there is none."""
        if day not in self._now:
            self._now[day] = self._on(day, None)
        return self._now[day]

    def then(self, day: date, fingerprint: str) -> Snapshot | WhyUnjudged:
        """Give the text that a decision was taken under, as known on its day or later; or why there is none."""
        if day not in self._then:
            self._then[day] = list(self._stages(day))
        late = False
        for is_late, text in reversed(self._then[day]):
            if text.fingerprint == fingerprint:
                if not is_late:
                    return text
                late = True
        return WhyUnjudged.OLD_LAW if late else WhyUnjudged.OTHER_LAW

    def _stages(self, day: date) -> Iterator[tuple[bool, Snapshot]]:
        """Give the text of a day at each stage of what was known, and whether that stage was over on the day itself."""
        starts = [self._turns[0] - timedelta(days=1), *self._turns] if self._turns else []
        for number, known_at in enumerate(starts):
            text = self._on(day, known_at)
            if text is not None:
                yield any(turn <= day for turn in starts[number + 1 : number + 2]), text

    def _on(self, day: date, known_at: date | None) -> Snapshot | None:
        try:
            return self._policy.on(day, known_at)
        except UncoveredDateError:
            return None


def _by_id(subjects: Iterable[AnySubject]) -> Mapping[str, list[AnySubject]]:
    found: dict[str, list[AnySubject]] = {}
    for each in subjects:
        held = found.setdefault(each.id, [])
        if any(type(other) is type(each) for other in held):
            what = f"two of the {subject_of(each).value}s have one id"
            raise ModelError(Fault("subjects", what, "give each of them once", "double"))
        held.append(each)
    return found


def _plain(stored: Stored) -> Mapping[str, Any] | None:
    """Give a decision in plain form; None where it is none."""
    if isinstance(stored, (Assessment, ExitAssessment)):
        return stored.to_plain()
    texts = ("subject_id", "on", "fingerprint", "outcome")
    if stored.get("format") != FORMAT or not all(isinstance(stored.get(key), str) for key in texts):
        return None
    names = {"assessment": Outcome, "exit": ExitOutcome}.get(str(stored.get("kind")))
    if names is None or stored["outcome"] not in set(names) or not isinstance(stored.get("rules"), Mapping):
        return None
    try:
        date.fromisoformat(stored["on"])
    except ValueError:
        return None
    return stored


def _outcome(outcome: Outcome | ExitOutcome, language: str) -> str:
    words = OUTCOME_WORDS[outcome] if isinstance(outcome, Outcome) else EXIT_WORDS[outcome]
    return words[0 if language == "zh" else 1]
