"""An interview as plain data: what was known at the beginning, the trail, and the fingerprint of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fupin_rules.errors import Fault, LimitError, ModelError
from fupin_rules.model import AnySubject, Area, Household, Village, catalogue, from_plain, to_plain, write_value
from fupin_rules.policy import Snapshot, Subject, subject_of
from fupin_rules.truth import NotKnown, Why

FORMAT = 1
KIND = "interview"
# More than all facts of a large household; whoever tells more repeats them.
MAX_ASKED = 4_000
_CLASSES: Mapping[str, type[AnySubject]] = {
    Subject.HOUSEHOLD.value: Household,
    Subject.VILLAGE.value: Village,
    Subject.AREA.value: Area,
}
# No set: what a stranger sends may be nothing that a set can look for.
_REASONS = tuple(why for why in Why if why is not Why.ZERO_DIVISOR)
_KEYS = ("format", "kind", "subject", "goal", "policy", "on", "fingerprint", "facts", "asked")


def plain_of(
    begun: AnySubject, snapshot: Snapshot, goal: str, asked: tuple[tuple[str, Any], ...], *, reveal: bool
) -> dict[str, Any]:
    """Write an interview; see `Interview.to_plain`."""
    return {
        "format": FORMAT,
        "kind": KIND,
        "subject": subject_of(begun).value,
        "goal": goal,
        "policy": snapshot.policy_id,
        "on": snapshot.on.isoformat(),
        "fingerprint": snapshot.fingerprint,
        "facts": to_plain(begun, reveal=reveal),
        "asked": [{"fact": fact, "value": _plain_value(begun, fact, value)} for fact, value in asked],
    }


def _plain_value(begun: AnySubject, fact: str, value: Any) -> Any:
    field = catalogue(type(begun)).field(fact)
    if isinstance(value, NotKnown):
        return {"not_known": value.why.value}
    # The number of members is no field.
    return value if field is None else write_value(field.spec, value)


def read_plain(data: object, rules: Snapshot) -> tuple[AnySubject, str, list[tuple[str, Any]]]:
    """
    Read what was known at the beginning, the goal, and the trail; whether its values are true is not looked at here.

    Raises:
        ModelError: It is no interview, or one under other rules.
        LimitError: The trail is longer than is read.
    """
    told = _mapping(data, "$")
    for key in _KEYS:
        if key not in told:
            raise ModelError(Fault(f"$.{key}", "is missing", "give what `to_plain` gave", "missing"))
    if (told["format"], told["kind"]) != (FORMAT, KIND) or told["format"] is True:
        what = f"expected an interview of format {FORMAT}"
        raise ModelError(Fault("$.format", what, "give what `to_plain` gave", "format"))
    if told["fingerprint"] != rules.fingerprint:
        what = "is that of other rules, or of another day"
        raise ModelError(Fault("$.fingerprint", what, "load the policy it was begun under, or begin again", "rules"))
    cls = _CLASSES.get(told["subject"]) if isinstance(told["subject"], str) else None
    if cls is None:
        raise ModelError(
            Fault("$.subject", f"expected one of {', '.join(_CLASSES)}", "say whom it is about", "subject")
        )
    begun: AnySubject = from_plain(cls, told["facts"], where="$.facts")
    return begun, told["goal"], _read_asked(told["asked"])


def _read_asked(steps: object) -> list[tuple[str, Any]]:
    if not isinstance(steps, (list, tuple)):
        raise ModelError(Fault("$.asked", "expected a list of answers", "give what `to_plain` gave", "shape"))
    if len(steps) > MAX_ASKED:
        raise LimitError(Fault("$.asked", f"more than {MAX_ASKED} answers", "begin again", "asked"))
    return [_read_step(step, f"$.asked[{place}]") for place, step in enumerate(steps)]


def _read_step(step: object, where: str) -> tuple[str, Any]:
    held = _mapping(step, where)
    if held.keys() != {"fact", "value"} or not isinstance(held["fact"], str) or held["value"] is None:
        raise ModelError(Fault(where, "expected a fact and its value", "give what `to_plain` gave", "shape"))
    fact, value = held["fact"], held["value"]
    if isinstance(value, Mapping):
        if value.keys() != {"not_known"} or value["not_known"] not in _REASONS:
            raise ModelError(Fault(where, "expected a value, or { not_known = reason }", "mend it", "shape"))
        value = NotKnown(value["not_known"])
    return fact, value


def _mapping(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ModelError(Fault(where, "expected a table", "give what `to_plain` gave", "shape"))
    return data
