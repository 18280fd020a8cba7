"""
Amendments laid over a policy and checked whole: on every era, and at every stage of what was known.

So whoever asks for a day, as the law was known on another, gets a text that has been checked as a pack is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.documents import plain_document
from fupin_rules.errors import Fault, LimitError, PolicyError
from fupin_rules.periods import Period
from fupin_rules.policy.amending._apply import Active, active_on, amended_text, eras
from fupin_rules.policy.amending._as_files import as_files
from fupin_rules.policy.amending._clash import find_conflicts
from fupin_rules.policy.amending._read import read_amendment
from fupin_rules.policy.loading._join import Join
from fupin_rules.policy.loading._pack_files import refuse

if TYPE_CHECKING:
    from fupin_rules.policy._policy import Policy
    from fupin_rules.policy.amending._amendment import Amendment

MAX_AMENDMENTS: Final = 64
MAX_PATCHES: Final = 2_000
# Texts of one policy that are looked at: each is checked as a pack is.
MAX_TEXTS: Final = 200


def amended(policy: Policy, new: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """
    Take amendments into a policy.

    Returns:
        All amendments of it, in order of publication, whatever order they were given in.

    Raises:
        PolicyError: There is none, or something does not fit; all faults are listed.
        LimitError: There are more amendments, or more different texts, than are looked at.
    """
    if not new:
        raise PolicyError(Fault(f"policy `{policy.id}`", "is amended with nothing", "give an amendment", "no_patch"))
    new = [_as_read(each) for each in new]
    held = sorted((*policy.amendments, *new), key=lambda each: (each.published, each.days.start, each.id))
    if len(held) > MAX_AMENDMENTS:
        what = f"has {len(held)} amendments, more than {MAX_AMENDMENTS}"
        raise LimitError(Fault(f"policy `{policy.id}`", what, "make a pack of what they come to", "amendments"))
    if (patches := sum(len(each.patches) for each in held)) > MAX_PATCHES:
        what = f"has amendments of {patches} patches, more than {MAX_PATCHES}"
        raise LimitError(Fault(f"policy `{policy.id}`", what, "make a pack of what they come to", "patches"))
    refuse(itertools.chain(_misfits(policy, new), _doubles(policy, held), _ties(held)))
    refuse(dict.fromkeys(_faults_of_texts(policy, held, new)))
    return tuple(held)


def _as_read(amendment: Amendment) -> Amendment:
    """Read an amendment that was built by hand as one from a file is read, so that nothing of it goes unchecked."""
    if amendment.where:
        return amendment
    document = plain_document(amendment.to_plain())
    return read_amendment(attrs.evolve(document, name=f"amendment `{amendment.id[:64]}`"))


def _where(amendment: Amendment) -> str:
    return amendment.where


def _misfits(policy: Policy, new: Sequence[Amendment]) -> Iterator[Fault]:
    """Tell which amendments are for another policy, or for days that the policy does not cover."""
    for each in new:
        if each.policy not in policy.lineage:
            listed = ", ".join(policy.lineage)
            what, mend = f"amends `{each.policy}`, and `{policy.id}` is not built on it", f"amend one of {listed}"
            yield Fault(_where(each), what, mend, "other_policy")
        for patch in each.patches:
            days = each.days_of(patch)
            if not days.overlaps(policy.days):
                what = f"is in force on {days}, on no day that `{policy.id}` covers ({policy.days})"
                yield Fault(each.place_of(patch), what, "correct `from`, or amend a pack for those days", "days")


def _doubles(policy: Policy, held: Sequence[Amendment]) -> Iterator[Fault]:
    """Tell which amendments or sources have the name of another."""
    ids = set[str]()
    sources = dict(policy.sources)
    for each in held:
        if each.id in ids:
            what = f"the policy has an amendment `{each.id}` already"
            yield Fault(_where(each), what, "give it an id of its own, or amend once", "double")
        ids.add(each.id)
        for key, source in each.sources.items():
            if sources.setdefault(key, source) != source:
                what = f"`{key}` names another source in the policy or in an amendment before"
                yield Fault(_where(each), what, "give it a key of its own", "double")


def _ties(held: Sequence[Amendment]) -> Iterator[Fault]:
    """Refuse to choose between two that were published on one day and touch the same thing."""
    for _, same_day in itertools.groupby(held, key=lambda each: each.published):
        for conflict in find_conflicts(*same_day):
            if conflict.kind.is_ordered:
                what = f"{conflict.words('en')}, and both were published on one day"
                yield Fault(conflict.places[1], what, "make one amendment of them, or say which was later", "tie")


def _faults_of_texts(policy: Policy, held: Sequence[Amendment], new: Sequence[Amendment]) -> Iterator[Fault]:
    """Check each text that a new patch is part of, as a pack is checked."""
    # Listed before any is checked: too many are refused at once.
    for days, active in list(_texts(policy, held, {each.id for each in new})):
        text, faults = amended_text(policy, active, days)
        yield from faults
        if not faults:
            yield from _faults_of(text, active)


def _faults_of(text: Policy, active: Sequence[Active]) -> Iterator[Fault]:
    try:
        Join([as_files(text, active)]).check()
    except (PolicyError, LimitError) as error:
        whose = dict.fromkeys(_where(amendment) for amendment, _ in active)
        for fault in error.faults:
            # What stands in the pack was right before: say what made it wrong.
            at_pack = fault.where.startswith(f"policy `{text.id}`")
            where = f"{', '.join(whose)}: with it, {fault.where} on {text.days}" if at_pack else fault.where
            yield attrs.evolve(fault, where=where)


def _texts(policy: Policy, held: Sequence[Amendment], new: set[str]) -> Iterator[tuple[Period, tuple[Active, ...]]]:
    """Give each text that a new patch is part of, once, with the first days it is for."""
    seen = set[tuple[int, ...]]()
    for count in range(1, len(held) + 1):
        known = held[:count]
        for days in eras(policy.days, known):
            active = active_on(known, days.start)
            key = tuple(id(patch) for _, patch in active)
            if key in seen or not any(amendment.id in new for amendment, _ in active):
                continue
            seen.add(key)
            if len(seen) > MAX_TEXTS:
                what = f"has more than {MAX_TEXTS} different texts over time"
                raise LimitError(Fault(f"policy `{policy.id}`", what, "make a pack of what they come to", "texts"))
            yield days, active
