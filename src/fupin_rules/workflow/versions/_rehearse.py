"""
Trying a new procedure on cases that were decided under the old one: where each would first have gone otherwise.

Each case is taken again from its first entry, under both procedures side by side, by the same events. What the new one
asks of the outside is answered from what the entries recorded, and where they recorded nothing, by the caller.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.periods import FIRST_DAY
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._case import Case, Event, Moment, day_of, read_moment
from fupin_rules.workflow.case._entry import read_event
from fupin_rules.workflow.case._outcome import Accepted, Refused
from fupin_rules.workflow.case._outside import NOTHING, Asked, Context, Recorded, Verdict
from fupin_rules.workflow.case._reasons import Reason
from fupin_rules.workflow.case._replay import count_of, taken_on
from fupin_rules.workflow.case._step import begin, take
from fupin_rules.workflow.procedure._days import DayCount, last_day
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.versions._images import Images
from fupin_rules.workflow.versions._upcast import upcast

_AS_IT_IS: Final = Images()


class Difference(enum.StrEnum):
    """Where a case first goes otherwise."""

    SAME = "same"
    """Nowhere: every entry is accepted and leads to the same state and round."""
    REFUSED = "refused"
    OTHER_STATE = "other_state"
    UNKNOWN_EVENT = "unknown_event"
    """The new procedure has no such event."""

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        return _WORDS[self][language != "zh"]


_WORDS: Final[Mapping[Difference, tuple[str, str]]] = MappingProxyType(
    {
        Difference.SAME: ("相同", "the same"),
        Difference.REFUSED: ("不予受理", "refused"),
        Difference.OTHER_STATE: ("到达其他环节", "another state"),
        Difference.UNKNOWN_EVENT: ("没有这一事项", "no such event"),
    }
)


@attrs.frozen
class RehearsedCase:
    """
    One case, taken again under another procedure.

    Attributes:
        case: Its id.
        difference: What is different first.
        seq: Number of the entry; 0 if all are the same.
        event: Type of its event; empty if all are the same.
        at: When it happened, ISO text; empty if all are the same.
        reasons: For refused: all of them.
        old_state: State that it led to under the old procedure.
        new_state: State that it leads to under the new one; where it stays, if it is refused.
    """

    case: str
    difference: Difference
    seq: int = 0
    event: str = ""
    at: str = ""
    reasons: tuple[Reason, ...] = ()
    old_state: str = ""
    new_state: str = ""

    def text(self, language: str, old: Procedure, new: Procedure) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        if self.difference is Difference.SAME:
            return (
                f"{self.case}：{self.difference.words('zh')}" if zh else f"{self.case}: {self.difference.words('en')}"
            )
        kind = old.event[self.event]
        place = f"第{self.seq}条（{self.at}，{kind.zh}）" if zh else f"entry {self.seq} ({self.at}, {kind.en})"
        said = f"{self.case}：{place}" if zh else f"{self.case}: {place}"
        said += self.difference.words("zh") if zh else f" {self.difference.words('en')}"
        if self.difference is Difference.OTHER_STATE:
            one, other = old.state[self.old_state], new.state[self.new_state]
            return f"{said}：{one.zh}→{other.zh}" if zh else f"{said}: {one.en} → {other.en}"
        why = ("；" if zh else "; ").join(reason.text(language) for reason in self.reasons)
        return said + (f"：{why}" if zh else f": {why}") if why else said

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "case": self.case,
            "difference": self.difference.value,
            "seq": self.seq,
            "event": self.event,
            "at": self.at,
            "reasons": [reason.to_plain() for reason in self.reasons],
            "old_state": self.old_state,
            "new_state": self.new_state,
        }


@attrs.frozen
class Rehearsal:
    """
    A journal, taken again under another procedure.

    Attributes:
        old: Reference of the procedure that its cases are pinned to.
        new: Reference of the one they were tried under.
        cases: One result for each case that began under the old one, in the order they began.
        left_out: Cases that began under another one.
    """

    old: str
    new: str
    cases: tuple[RehearsedCase, ...]
    left_out: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Difference, int]:
        """How many cases go which way."""
        found = [each.difference for each in self.cases]
        return MappingProxyType({each: found.count(each) for each in Difference})

    def text(self, language: str, old: Procedure, new: Procedure) -> str:
        """Say it for a person, in `zh` or `en`: the counts, and a line for each case that goes otherwise."""
        zh = language == "zh"
        told = [
            f"{each.words(language)}{number}" if zh else f"{each.words(language)} {number}"
            for each, number in self.counts.items()
        ]
        if self.left_out:
            told.append(f"依其他规程{len(self.left_out)}" if zh else f"under another procedure {len(self.left_out)}")
        lines = [each.text(language, old, new) for each in self.cases if each.difference is not Difference.SAME]
        return "\n".join([("，" if zh else ", ").join(told), *lines])

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "old": self.old,
            "new": self.new,
            "counts": {each.value: number for each, number in self.counts.items()},
            "cases": [each.to_plain() for each in self.cases],
            "left_out": list(self.left_out),
        }


def rehearse(
    entries: Iterable[Mapping[str, Any]],
    old: Procedure,
    new: Procedure,
    *,
    mapping: Images = _AS_IT_IS,
    context: Context = NOTHING,
) -> Rehearsal:
    """
    Take the cases of a journal again under another procedure.

    Args:
        entries: In the order they were appended; those of several cases may stand between each other.
        old: What the cases are pinned to; of a case that was migrated, only what came before is taken.
        new: What is tried. The day it comes into force is left aside, as if it had always been.
        mapping: Events and states that the new procedure calls otherwise.
        context: What lies outside, for what the entries did not record: holidays, assessments.

    Returns:
        The first difference for each case. Behind it the case is followed no further.

    Raises:
        JournalCorruptError: An entry could not have been accepted under the old procedure; `verify` tells more.
        AmbiguousProcedureError: Two moves of the new procedure are open to one event.

    >>> from fupin_rules.workflow import load_procedure
    >>> procedure = load_procedure("exit-2016")
    >>> rehearse((), procedure, procedure).text("en", procedure, procedure)
    'the same 0, refused 0, another state 0, no such event 0'
    """
    tried = attrs.evolve(new, start=FIRST_DAY)
    tracks: dict[str, _Track] = {}
    left_out: dict[str, None] = {}
    for entry in entries:
        case_id = str(entry.get("case", ""))
        if case_id not in tracks and entry.get("proc") != old.reference:
            left_out[case_id] = None
        if case_id in left_out:
            continue
        track = tracks.setdefault(case_id, _Track(case_id, old, tried, mapping, context))
        track.follow(entry)
    return Rehearsal(old.reference, new.reference, tuple(each.result for each in tracks.values()), tuple(left_out))


class _Track:
    """One case, side by side under both procedures."""

    def __init__(self, case: str, old: Procedure, new: Procedure, mapping: Images, context: Context) -> None:
        self.case_id = case
        self.old = old
        self.new = new
        self.mapping = mapping
        self.context = context
        self.before: Case | None = None
        self.now: Case | None = None
        self.counted: dict[tuple[date, DayCount], date | None] = {}
        self.result = RehearsedCase(case, Difference.SAME)
        self.is_followed = True

    def follow(self, entry: Mapping[str, Any]) -> None:
        """Take one entry under both, up to the first difference or to a migration."""
        self.is_followed = self.is_followed and entry.get("proc") == self.old.reference
        if not self.is_followed:
            return
        self.before = taken_on({self.old.reference: self.old}, self.before, entry)
        event, at = read_event(entry), read_moment(str(entry["at"]))
        result = self.try_on(event, at, entry.get("outside", {}))
        if isinstance(result, Case):
            self.now = result
            if (self.mapping.of("states", self.before.state), self.before.round) == (result.state, result.round):
                return
            result = Difference.OTHER_STATE
        reasons = result.reasons if isinstance(result, Refused) else ()
        difference = Difference.REFUSED if isinstance(result, Refused) else result
        stays = self.new.initial if self.now is None else self.now.state
        self.is_followed = False
        self.result = RehearsedCase(
            self.case_id,
            difference,
            self.before.seq,
            event.type,
            str(entry["at"]),
            reasons,
            self.before.state,
            stays,
        )

    def try_on(self, event: Event, at: Moment, record: Mapping[str, Any]) -> Case | Refused | Difference:
        """Take an event under the new procedure, as one of the version that it has there."""
        name = str(self.mapping.of("events", event.type))
        kind = self.new.event.get(name)
        if kind is None:
            return Difference.UNKNOWN_EVENT
        version = event.version or 1
        told = attrs.evolve(event, type=name)
        if version <= kind.version:
            told = attrs.evolve(told, data=upcast(kind, version, event.data), version=None)
        for key, day in record.get("days", {}).items():
            count = count_of(self.old, key)
            if count is not None:
                self.counted[count] = None if day is None else date.fromisoformat(day)
        asked = Asked(self.context, self.new.policy, self.case_id, day_of(at))
        outside = _Remembered(asked, record, self.counted, self.new.policy)
        now = begin(self.new, self.case_id, told, day_of(at)) if self.now is None else self.now
        result = take(self.new, now, told, at, expect=None, outside=outside)
        if isinstance(result, Refused):
            return result
        assert isinstance(result, Accepted), "what is no duplicate under the old procedure is none under the new"
        return result.case


class _Remembered:
    """Answers as entries recorded them; what they did not record is asked of the caller."""

    def __init__(
        self,
        asked: Asked,
        record: Mapping[str, Any],
        counted: Mapping[tuple[date, DayCount], date | None],
        policy: str,
    ) -> None:
        self._asked = asked
        self._record = record
        self._counted = counted
        self._policy = policy

    def last_day(self, key: str, start: date, count: DayCount) -> date | Unknown:
        if not count.needs_calendar:
            return last_day(start, count)
        # What was counted from one day by one rule comes out the same whatever it was counted for.
        if (start, count) not in self._counted:
            return self._asked.last_day(key, start, count)
        told = self._counted[start, count]
        # That it was not known then is an answer too.
        return Unknown({f"calendar.{start.year}"}) if told is None else told

    def verdict(self, path: str) -> Verdict | Unknown:
        part = path.partition(".")[0]
        if part not in self._record:
            return self._asked.verdict(path)
        told = self._record[part]
        # What another policy said is no answer.
        if told is not None and told["policy"] != self._policy:
            return self._asked.verdict(path)
        return Recorded(self._record).verdict(path)

    def record(self) -> dict[str, Any]:
        return {}
