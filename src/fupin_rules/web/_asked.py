"""One request as it is answered: its parameters and its body read, and all of their faults in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import attrs

from fupin_rules.citations import Source, Standing
from fupin_rules.errors import Fault, FupinRulesError, PolicyError, UncoveredDateError
from fupin_rules.model import AnySubject, from_plain
from fupin_rules.periods import Period
from fupin_rules.policy import SUBJECT_CLASSES, Policy, RuleKind, Snapshot, Subject
from fupin_rules.web._limits import Limits
from fupin_rules.web._parameters import day_of
from fupin_rules.web._problems import RefusalError, problem_of, refuse, told
from fupin_rules.web._shelf import Shelf

# What stands behind a number that is only tried.
TRIED: Final = Source("tried", "请求中试用的数值", "a value tried in a request", Standing.ASSUMPTION)
_KINDS: Final = {
    "eligibility": (RuleKind.ELIGIBILITY, "eligibility"),
    "exit": (RuleKind.EXIT, "exit"),
}


@attrs.define
class Asked:
    """
    One request.

    Attributes:
        shelf: The policies that are served.
        limits: What a request may ask at most.
        policy: Name of the policy asked; empty where none is.
        values: Values of the parameters, by name; None where one is at fault.
        body: The body as plain data; None where there is none.
        faults: What was found wrong so far.
        more: What a refusal tells beside its faults.
    """

    shelf: Shelf
    limits: Limits
    policy: str
    values: Mapping[str, Any]
    body: Any
    faults: list[Fault] = attrs.field(factory=list)
    more: dict[str, Any] = attrs.field(factory=dict)

    def demand(self) -> None:
        """
        Go on only where nothing is wrong.

        Raises:
            RefusalError: Something is; every fault is listed.
        """
        if self.faults:
            raise RefusalError(problem_of(self.faults, **self.more))

    @property
    def served(self) -> Policy:
        """The policy asked."""
        return self.shelf.policies[self.policy]

    def snapshot(self) -> Snapshot | None:
        """Give the policy on the day asked; None where that is at fault."""
        on = self.values["on"]
        return None if on is None else self.snapshot_of(self.policy, on, self.values["known_at"], "?on")

    def snapshot_of(self, name: str, on: date, known_at: date | None, where: str) -> Snapshot | None:
        """Give a policy on a day; a day that it does not cover is a fault."""
        try:
            return self.shelf.on(name, on, known_at)
        except UncoveredDateError as error:
            policy = self.shelf.policies[name]
            self.faults += [_uncovered(each, policy, where) for each in error.faults]
            self.more["covered"] = days_plain(policy.days)
            return None

    def subject(self, cls: type[AnySubject], data: Any, where: str = "$") -> AnySubject | None:
        """Read one subject; None where it is at fault."""
        try:
            return from_plain(cls, data, where=where)
        except FupinRulesError as error:
            self.faults += told(error)
            return None

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Take the body as a table with certain keys, all of which have to be there."""
        return self.table_at("$", self.body, needed=keys)

    def table_at(
        self, where: str, data: Any, *, needed: tuple[str, ...] = (), allowed: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        """Take plain data as a table with certain keys; an empty one where it is none."""
        if not isinstance(data, Mapping):
            self.faults.append(Fault(where, "expected a table", "give an object", "shape"))
            return {}
        known = (*needed, *allowed)
        if not set(data) <= set(known):
            listed = ", ".join(f"`{each}`" for each in known)
            self.faults.append(Fault(where, "holds a name that is none", f"known here: {listed}", "unknown_fact"))
        self.faults += [
            Fault(f"{where}.{key}", "is missing", "give it", "missing") for key in needed if key not in data
        ]
        return data

    def households(self) -> Iterator[tuple[int, Any]]:
        """
        Go through the households of the body, each with its place.

        Raises:
            RefusalError: They are more than are taken at a time.
        """
        data = self.table("households")
        rows = data.get("households", [])
        if not isinstance(rows, list):
            self.faults.append(Fault("$.households", "expected a list", "give a list of households", "shape"))
            rows = []
        most = self.limits.households
        if len(rows) > most:
            raise refuse("many", "$.households", f"more than {most} households", "send them in parts", most=most)
        return enumerate(rows)

    def demand_rules(self, rules: Snapshot | None, about: Subject, of: str) -> None:
        """
        Go on only where the policy has rules of a kind about such a subject.

        Raises:
            RefusalError: It has none; nothing is vacuously so.
        """
        kind, name = _KINDS[of]
        if rules is not None and not rules.rules_of(about, kind):
            what = f"has no {name} rule about {about.one}"
            raise refuse("no_rule", "{policy}", what, "ask a policy that has one")

    def other(self, data: Any, rules: Snapshot | None) -> Snapshot | None:
        """
        Read the policy to compare with: another one, another day, other values of parameters; the rest stays.

        Args:
            data: `{"policy": …, "on": …, "known_at": …, "parameters": {…}}`, all of which may be left out.
            rules: What it is compared with.
        """
        where = "$.other"
        held = self.table_at(where, data, allowed=("policy", "on", "known_at", "parameters"))
        name = held.get("policy", self.policy)
        if not isinstance(name, str) or name not in self.shelf.policies:
            what, listed = "is no policy of this service", ", ".join(f"`{each}`" for each in self.shelf.policies)
            self.faults.append(Fault(f"{where}.policy", what, f"known: {listed}", "parameter"))
            return None
        on = self._day(held, "on", None if rules is None else rules.on)
        known_at = self._day(held, "known_at", self.values["known_at"])
        if on is None:
            return None
        found = self.snapshot_of(name, on, known_at, f"{where}.on")
        return None if found is None else self._tried(found, held.get("parameters", {}))

    def _day(self, held: Mapping[str, Any], key: str, otherwise: date | None) -> date | None:
        if key not in held:
            return otherwise
        try:
            return day_of(held[key])
        except ValueError as error:
            self.faults.append(Fault(f"$.other.{key}", str(error), "give it as told", "parameter"))
            return None

    def _tried(self, found: Snapshot, data: Any) -> Snapshot | None:
        where = "$.other.parameters"
        if not isinstance(data, Mapping):
            self.faults.append(Fault(where, "expected a table", "give an object", "shape"))
            return None
        before = len(self.faults)
        for name, value in data.items():
            if name not in found.parameters:
                listed = ", ".join(f"`{each}`" for each in found.parameters)
                what = "holds a name that is no parameter of the policy"
                self.faults.append(Fault(where, what, f"known: {listed}", "unknown_parameter"))
                continue
            try:
                given = _given(found, name, value)
                found = found.with_parameter(source=TRIED, **{name: given})
            except (PolicyError, ValueError, ArithmeticError):
                what = "is no value that the parameter can have"
                mend = "give a number as text, or a day, as the policy has it"
                self.faults.append(Fault(f"{where}.{name}", what, mend, "parameter"))
        return found if len(self.faults) == before else None


# More digits are no amount, share or age of any policy.
PARAMETER_PATTERN: Final = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?$"


def _given(rules: Snapshot, name: str, value: Any) -> Any:
    """Read the value tried for a parameter."""
    if isinstance(rules.parameters[name].value, date):
        return day_of(value)
    if not isinstance(value, str) or not _is_number(value):
        raise ValueError
    return value


def _is_number(text: str) -> bool:
    whole, _, places = text.removeprefix("-").partition(".")
    fits = whole.isascii() and whole.isdecimal() and len(whole) <= 12 and (len(whole) == 1 or whole[0] != "0")
    return fits and ("." not in text or (places.isascii() and places.isdecimal() and len(places) <= 4))


def days_plain(days: Period) -> dict[str, str | None]:
    """Write days as plain data, first and last day included; no last one where they have no end."""
    _, _, last = str(days).partition(" to ")
    return {"first": days.start.isoformat(), "last": last or None}


def _uncovered(fault: Fault, policy: Policy, where: str) -> Fault:
    match fault.code:
        case "open_parameter":
            what = "has no value of a parameter that the policy leaves open"
            return Fault(where, what, "serve the policy with a value for that day", "open_parameter")
        case "no_value":
            what = "has no value of a parameter that was known on the day of `known_at`"
            return Fault(where, what, "ask without `known_at`, or for another day", "no_value")
        case _:
            what = f"is a day that the policy does not cover (covered: {policy.days})"
            return Fault(where, what, "ask for a covered day", "uncovered_date")


def class_of(about: Subject) -> type[AnySubject]:
    """Give the class of a subject."""
    found: type[AnySubject] = SUBJECT_CLASSES[about]
    return found
