"""A snapshot's claims about one sort of subject, compiled when they are first asked for, and kept with the snapshot."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from fupin_rules.engine.compiled._function import Claims, compile_claims
from fupin_rules.expr import Expr, Name, OrElse, walk
from fupin_rules.policy import RuleKind, Snapshot, Subject, meaning_of


class Compiled:
    """
    The rules of a snapshot about one sort of subject, as functions.

    Args:
        snapshot: A policy on a day.
        about: Whom the rules are about.
        with_defaults: Whether a cited default may stand in for a fact.
    """

    def __init__(self, snapshot: Snapshot, about: Subject, *, with_defaults: bool = True) -> None:
        self._snapshot = snapshot
        self._about = about
        self._with_defaults = with_defaults

    @functools.cached_property
    def eligible(self) -> Callable[[Any], bool | None]:
        """Judge whether a subject is to be identified; None is not known."""
        return self._one("eligible", self._snapshot.eligible_expr(self._about))

    @functools.cached_property
    def exit(self) -> Callable[[Any], bool | None]:
        """Judge whether a subject meets every guarantee; None is not known."""
        return self._one("exit", self._snapshot.exit_expr(self._about))

    @functools.cached_property
    def rules(self) -> Callable[[Any], Claims]:
        """Judge all rules, in pack order, by their effective value; None is not known."""
        rules = self._snapshot.rules_of(self._about)
        return self._compiled("rules", {rule.id: Name(rule.id) for rule in rules})

    @functools.cached_property
    def hits(self) -> Callable[[Any], Claims]:
        """Judge whether exclusions are hit, whatever their exceptions say, in pack order."""
        rules = self._snapshot.rules_of(self._about, RuleKind.EXCLUSION)
        return self._compiled("hits", {rule.id: rule.when for rule in rules})

    @functools.cached_property
    def has_defaults(self) -> bool:
        """Whether a cited default may stand in for a fact anywhere in the rules."""
        named = meaning_of(self._snapshot, self._about).named.values()
        return any(isinstance(node, OrElse) for expr in named for node in walk(expr))

    @functools.cached_property
    def without_defaults(self) -> Compiled:
        """The same rules with no default standing in, so that what is not known stays so."""
        return Compiled(self._snapshot, self._about, with_defaults=False) if self.has_defaults else self

    def _one(self, what: str, claim: Expr) -> Callable[[Any], bool | None]:
        judge = self._compiled(what, {what: claim})

        def ask(subject: Any) -> bool | None:
            return judge(subject)[0]

        return ask

    def _compiled(self, what: str, claims: Mapping[str, Expr]) -> Callable[[Any], Claims]:
        snapshot = self._snapshot
        where = f"{what} of {snapshot.policy_id} on {snapshot.on}, {snapshot.fingerprint[:12]}"
        meaning = attrs.evolve(meaning_of(snapshot, self._about), with_defaults=self._with_defaults)
        return compile_claims(meaning, claims, where)


def compiled(snapshot: Snapshot, about: Subject) -> Compiled:
    """Give the rules of a snapshot about one sort of subject as functions; they are kept with the snapshot."""
    key = ("compiled", about)
    if key not in snapshot.kept:
        snapshot.kept[key] = Compiled(snapshot, about)
    found: Compiled = snapshot.kept[key]
    return found
