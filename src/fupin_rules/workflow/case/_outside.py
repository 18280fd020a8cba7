"""
What lies outside a case: holidays, and what a policy says of the household.

All of it is passed in. What a step asked is recorded in its entry, so that a journal can be replayed by anybody,
without the calendar and without the household.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Protocol

import attrs

from fupin_rules.engine import Assessment, ExitAssessment, assess, assess_exit
from fupin_rules.errors import Fault, UncoveredDateError, WorkflowError
from fupin_rules.journal import salted_digest
from fupin_rules.model import Household, Village, to_plain
from fupin_rules.policy import ExitOutcome, Outcome, Policy
from fupin_rules.truth import Unknown, Why
from fupin_rules.workflow.case._case import is_digest
from fupin_rules.workflow.procedure._days import Calendar, DayCount, last_day

ASSESSMENT = "assessment.outcome"
EXIT = "exit.outcome"
OUTCOMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {ASSESSMENT: frozenset(each.value for each in Outcome), EXIT: frozenset(each.value for each in ExitOutcome)}
)

POLICY = re.compile(r"[a-z0-9-]{0,64}\Z")
FINGERPRINT = re.compile(r"[0-9a-f]{0,64}\Z")
_DAY = timedelta(days=1)


@attrs.frozen
class Verdict:
    """
    What a policy says of the subject of a case.

    Attributes:
        policy: Id of the policy.
        fingerprint: SHA-256 of the snapshot.
        on: Day of the assessment.
        outcome: `eligible`, `ineligible`, `undetermined`; for exit `met`, `not_met`, `undetermined`.
        facts: Salted digest of the facts it was worked out from; empty where it was told by somebody.
        because: Rules that failed or are open, and facts that are missing; not recorded.
    """

    policy: str
    fingerprint: str
    on: date
    outcome: str
    facts: str = ""
    because: tuple[str, ...] = attrs.field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what an entry should not keep: it is written into the journal as it stands."""
        if not any(self.outcome in known for known in OUTCOMES.values()):
            listed = ", ".join(sorted(frozenset().union(*OUTCOMES.values())))
            raise WorkflowError(Fault("$.outcome", "is no outcome", f"give one of: {listed}", "outcome"))
        if not POLICY.match(self.policy):
            raise WorkflowError(Fault("$.policy", "is no id of a policy", "use a-z, 0-9 and -", "policy"))
        if not FINGERPRINT.match(self.fingerprint):
            raise WorkflowError(Fault("$.fingerprint", "is no fingerprint", "give that of the snapshot", "fingerprint"))
        if self.facts and not is_digest(self.facts):
            what = "facts enter as a salted digest"
            raise WorkflowError(Fault("$.facts", what, "give `salted_digest(…)` of them, or nothing", "digest"))

    @classmethod
    def of(cls, assessment: Assessment | ExitAssessment, salt: str) -> Verdict:
        """Take it from an assessment; the salt stays with whoever keeps the household."""
        failed = (
            (*assessment.failed, *assessment.excluded_by)
            if isinstance(assessment, Assessment)
            else tuple(gap.rule for gap in assessment.failed)
        )
        return cls(
            assessment.policy_id,
            assessment.fingerprint,
            assessment.on,
            assessment.outcome.value,
            salted_digest(to_plain(assessment.subject), salt),
            (*failed, *assessment.missing),
        )

    def to_plain(self) -> dict[str, str]:
        """Give what is recorded."""
        return {
            "policy": self.policy,
            "fingerprint": self.fingerprint,
            "on": self.on.isoformat(),
            "outcome": self.outcome,
            "facts": self.facts,
        }


@attrs.frozen
class Dossier:
    """
    What the caller holds on the subject of one case.

    Attributes:
        subject: The household or village, assessed when a guard asks; None if it is not at hand.
        salt: Hexadecimal, at least 16 random bytes, kept with the subject and erased with it.
        assessment: What was assessed elsewhere, taken as told.
        exit: The same for exit.
    """

    subject: Household | Village | None = attrs.field(default=None, repr=False)
    salt: str = attrs.field(default="", repr=False)
    assessment: Verdict | None = None
    exit: Verdict | None = None


@attrs.frozen
class Context:
    """
    All that lies outside a case.

    Attributes:
        calendar: Holidays; None if they are not known.
        policy: The policy that the procedure names; its snapshot on the day of an event is applied.
        dossiers: Case to what is held on its subject.
    """

    calendar: Calendar | None = None
    policy: Policy | None = attrs.field(default=None, repr=False)
    dossiers: Mapping[str, Dossier] = attrs.field(factory=dict, hash=False, repr=False)


class Outside(Protocol):
    """What a step may ask."""

    def last_day(self, key: str, start: date, count: DayCount) -> date | Unknown:
        """Count days; the key tells what for."""
        ...

    def verdict(self, path: str) -> Verdict | Unknown:
        """Give the assessment or exit assessment of the subject."""
        ...

    def record(self) -> dict[str, Any]:
        """Give what was asked and answered, for the entry; empty if nothing was."""
        ...


class Asked:
    """Answers from a context, kept."""

    def __init__(self, context: Context, policy: str, case: str, day: date) -> None:
        self._context = context
        self._policy = policy
        self._case = case
        self._day = day
        self._days: dict[str, str | None] = {}
        self._verdicts: dict[str, Verdict | Unknown] = {}

    def last_day(self, key: str, start: date, count: DayCount) -> date | Unknown:
        found = last_day(start, count, self._context.calendar)
        if count.needs_calendar:
            self._days[counted(key, start)] = None if isinstance(found, Unknown) else found.isoformat()
        return found

    def verdict(self, path: str) -> Verdict | Unknown:
        if path not in self._verdicts:
            self._verdicts[path] = self._judge(path)
        return self._verdicts[path]

    def _judge(self, path: str) -> Verdict | Unknown:
        dossier = self._context.dossiers.get(self._case)
        if dossier is None or not self._policy:
            return Unknown({path}, {(path, Why.NOT_COLLECTED)})
        told = dossier.assessment if path == ASSESSMENT else dossier.exit
        if told is not None:
            if told.policy != self._policy or told.on > self._day or told.outcome not in OUTCOMES[path]:
                return Unknown({path}, {(path, Why.CONFLICTING)})
            return told
        if dossier.subject is None:
            return Unknown({path}, {(path, Why.NOT_COLLECTED)})
        policy = self._context.policy
        if policy is None or policy.id != self._policy:
            what = f"the procedure asks for an assessment under `{self._policy}`"
            raise WorkflowError(Fault("context.policy", what, f"give `load_policy({self._policy!r})`", "policy"))
        try:
            rules = policy.on(self._day)
        except UncoveredDateError:
            # No rules on that day: nobody can say, and what does not ask goes on.
            return Unknown({path}, {(path, Why.EXPIRED)})
        return Verdict.of((assess if path == ASSESSMENT else assess_exit)(dossier.subject, rules), dossier.salt)

    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        calendar = self._context.calendar
        if self._days:
            found["days"] = self._days
            if calendar is not None:
                found["calendar"] = {"id": calendar.id, "digest": calendar.digest}
        for path, verdict in self._verdicts.items():
            found[path.partition(".")[0]] = None if isinstance(verdict, Unknown) else verdict.to_plain()
        return found


def counted(key: str, start: date) -> str:
    """Name one count of days: a step may ask for one deadline before its move and after it, from two days."""
    return f"{key}.{start.isoformat()}"


class Recorded:
    """Answers as an entry recorded them; what it did not record is not known, and what nobody asks is not kept."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._record = record
        self._days: dict[str, str | None] = {}
        self._verdicts: dict[str, Any] = {}

    def last_day(self, key: str, start: date, count: DayCount) -> date | Unknown:
        if not count.needs_calendar:
            return last_day(start, count)
        name = counted(key, start)
        told = self._record.get("days", {}).get(name)
        self._days[name] = told
        if told is None:
            return Unknown({f"calendar.{start.year}"})
        found = date.fromisoformat(told)
        if found < start + _DAY * (count.n - count.count_start):
            what = f"`{name}` ends before so many days are over"
            raise WorkflowError(Fault("$.outside.days", what, "count again", "days"))
        return found

    def verdict(self, path: str) -> Verdict | Unknown:
        head = path.partition(".")[0]
        told = self._record.get(head)
        self._verdicts[head] = told
        if told is None:
            return Unknown({path}, {(path, Why.NOT_COLLECTED)})
        found = Verdict(
            told["policy"], told["fingerprint"], date.fromisoformat(told["on"]), told["outcome"], told["facts"]
        )
        if found.outcome not in OUTCOMES[path]:
            what = f"`{head}` has an outcome of another kind of assessment"
            raise WorkflowError(Fault(f"$.outside.{head}", what, "assess again", "outcome"))
        return found

    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self._days:
            found["days"] = self._days
            calendar = self._record.get("calendar")
            if isinstance(calendar, Mapping) and calendar.keys() == {"id", "digest"}:
                found["calendar"] = calendar
        return found | self._verdicts


NOTHING = Context(dossiers=MappingProxyType({}))
