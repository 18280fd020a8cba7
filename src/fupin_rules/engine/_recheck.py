"""Stored assessments: whether they still hold, and what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from fupin_rules.citations import Standing
from fupin_rules.engine._assess import assess, assess_exit
from fupin_rules.engine._assessment import EXIT_WORDS, FORMAT, OUTCOME_WORDS, Assessment, ExitAssessment
from fupin_rules.engine._version import LIBRARY_VERSION
from fupin_rules.errors import Fault, ModelError
from fupin_rules.model import AnySubject
from fupin_rules.policy import Snapshot

Stored = Assessment | ExitAssessment | Mapping[str, Any]


@attrs.frozen
class Change:
    """
    One thing that differs.

    Attributes:
        what: What differs: a key of the plain form (`outcome`, `fingerprint`, `on`, …), or `rule`.
        name: Id of the rule, for rules; empty otherwise.
        before: As it was, as text.
        after: As it is, as text.
        zh: Said in Chinese.
        en: Said in English.
    """

    what: str
    name: str
    before: str
    after: str
    zh: str
    en: str

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "what": self.what,
            "name": self.name,
            "before": self.before,
            "after": self.after,
            "zh": self.zh,
            "en": self.en,
        }


@attrs.frozen
class Recheck:
    """
    Whether a stored assessment still holds.

    Attributes:
        holds: The outcome is the same.
        changes: What differs, the outcome first.
    """

    holds: bool
    changes: tuple[Change, ...]

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {"holds": self.holds, "changes": [each.to_plain() for each in self.changes]}


_SAID = {
    "outcome": ("结论", "outcome"),
    "fingerprint": ("政策指纹", "policy fingerprint"),
    "on": ("评估日", "day of assessment"),
    "library_version": ("程序版本", "version of the library"),
    "standing": ("依据等级", "standing"),
}


def recheck(stored: Stored, subject: AnySubject, rules: Snapshot) -> Recheck:
    """
    Assess again and tell whether a stored assessment still holds, and what differs; an exact one is asked exactly.

    Args:
        stored: An assessment, or its plain form as stored.
        subject: What is known today.
        rules: The policy to hold it against.

    Raises:
        ModelError: The plain form is of another format, or of another subject.
        PolicyError: The policy has no rule about such a subject.
    """
    before = _plain(stored)
    if before["subject_id"] != subject.id:
        raise ModelError(Fault("$.subject_id", "is another subject's", "give the subject it was made for", "subject"))
    judged = assess if before["kind"] == "assessment" else assess_exit
    again = judged(subject, rules, exact="exact" in before)
    changes = explain_change(before, again)
    return Recheck(not any(change.what == "outcome" for change in changes), changes)


def explain_change(before: Stored, after: Stored) -> tuple[Change, ...]:
    """
    Tell what differs between two assessments of one kind.

    Args:
        before: An assessment, or its plain form as stored.
        after: Another.

    Raises:
        ModelError: A plain form is of another format, or the two are of different kinds.
    """
    old, new = _plain(before), _plain(after)
    if old["kind"] != new["kind"]:
        raise ModelError(Fault("$.kind", "the two are of different kinds", "compare like with like", "kind"))
    changes = [_change(key, "", old[key], new[key], *_SAID[key]) for key in _SAID if old[key] != new[key]]
    labels = _labels(after if isinstance(after, (Assessment, ExitAssessment)) else before)
    for rule in dict.fromkeys([*old["rules"], *new["rules"]]):
        one, other = old["rules"].get(rule, "—"), new["rules"].get(rule, "—")
        if one != other:
            changes.append(_change("rule", rule, one, other, *labels.get(rule, (rule, rule))))
    return tuple(changes)


def _labels(held: Stored) -> Mapping[str, tuple[str, str]]:
    if not isinstance(held, (Assessment, ExitAssessment)):
        return {}
    return {rule.id: (rule.zh, rule.en) for rule in held.snapshot.rules}


_SHOWN = {True: ("是", "yes"), False: ("否", "no"), None: ("未知", "not known")}
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "outcome": {outcome.value: words for outcome, words in (*OUTCOME_WORDS.items(), *EXIT_WORDS.items())},
    "standing": {each.value: (each.words("zh"), each.words("en")) for each in Standing},
}


def _change(what: str, name: str, before: object, after: object, zh: str, en: str) -> Change:
    def shown(value: object, place: int) -> str:
        return _SHOWN[value][place] if value is None or isinstance(value, bool) else str(value)

    def said(value: object, place: int) -> str:
        words = _WORDS.get(what, {}).get(value) if isinstance(value, str) else None
        return shown(value, place) if words is None else words[place]

    return Change(
        what,
        name,
        shown(before, 1),
        shown(after, 1),
        f"{zh}：{said(before, 0)} → {said(after, 0)}",
        f"{en}: {said(before, 1)} → {said(after, 1)}",
    )


_KEYS = ("kind", "subject_id", "rules", *_SAID)


def _plain(stored: Stored) -> Mapping[str, Any]:
    if isinstance(stored, (Assessment, ExitAssessment)):
        return stored.to_plain()
    if stored.get("format") != FORMAT or any(key not in stored for key in _KEYS):
        what = f"is no stored assessment of format {FORMAT} (library {LIBRARY_VERSION})"
        raise ModelError(Fault("$", what, "give what `to_plain` gave", "format"))
    return stored
