"""The policies that are served, each under its name, and their snapshots on the days lately asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault, PolicyError
from fupin_rules.policy import SUBJECT_CLASSES, Policy, RuleKind, Snapshot, Subject

# A snapshot and its compiled rules take less than a tenth of a megabyte, and some milliseconds to make.
_KEPT: Final = 128


@attrs.frozen(eq=False)
class Shelf:
    """
    Policies by the names they are asked for under.

    Attributes:
        policies: By name.
    """

    policies: Mapping[str, Policy]
    _snapshot: Callable[[str, date, date | None], Snapshot] = attrs.field(init=False)

    @_snapshot.default
    def _kept(self) -> Callable[[str, date, date | None], Snapshot]:
        return functools.lru_cache(maxsize=_KEPT)(lambda name, on, known_at: self.policies[name].on(on, known_at))

    def on(self, name: str, on: date, known_at: date | None = None) -> Snapshot:
        """
        Give a policy on a day; the same object for the same question, as long as it is kept.

        Raises:
            KeyError: There is no such policy.
            UncoveredDateError: The policy does not cover the day.
        """
        return self._snapshot(name, on, known_at)

    def has(self, subject: Subject, *kinds: RuleKind) -> bool:
        """Tell whether any policy has a rule of such a kind about such a subject."""
        return any(
            rule.subject is subject and rule.kind in kinds for each in self.policies.values() for rule in each.rules
        )

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Whom any policy identifies or lets leave."""
        return tuple(each for each in SUBJECT_CLASSES if self.has(each, RuleKind.ELIGIBILITY, RuleKind.EXIT))


def shelf_of(policies: Policy | Iterable[Policy] | Mapping[str, Policy]) -> Shelf:
    """
    Put policies on a shelf.

    Args:
        policies: One, several under their own ids, or several under names of the caller's.

    Raises:
        PolicyError: There is none, two have one id, a name is no name, or something is no policy.
    """
    given: Any = policies
    if isinstance(given, Policy):
        given = (given,)
    pairs = list(given.items()) if isinstance(given, Mapping) else [(getattr(each, "id", ""), each) for each in given]
    faults = [fault for name, each in pairs if (fault := _misfit(name, each))]
    names = [name for name, _ in pairs]
    faults += [
        Fault("router", f"two policies are named `{name}`", "give a mapping with a name for each", "double")
        for name in dict.fromkeys(each for each in names if names.count(each) > 1)
    ]
    if not pairs:
        faults.append(Fault("router", "serves no policy", "give one, or several", "missing"))
    if faults:
        raise PolicyError(faults)
    return Shelf(MappingProxyType(dict(pairs)))


def _misfit(name: object, policy: object) -> Fault | None:
    if not isinstance(policy, Policy):
        what = f"expected a policy, got `{type(policy).__name__}`"
        return Fault("router", what, "give what `load_policy` gave, without a day", "shape")
    if not isinstance(name, str) or not name or not name.replace("-", "").replace("_", "").isalnum():
        return Fault("router", "a name is none that an address can hold", "use letters, digits, `-` and `_`", "name")
    return None
