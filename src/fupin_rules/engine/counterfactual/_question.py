"""A question: whose outcome is to turn, under which rules, and which way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from typing import Literal as OneOf

import attrs

from fupin_rules.engine.compiled._snapshot import Compiled, compiled
from fupin_rules.expr import Expr, names
from fupin_rules.model import AnySubject, with_fact
from fupin_rules.policy import Snapshot, subject_of

Of = OneOf["eligibility", "exit"]

# Facts by path, each with the value it is given.
FactValues = Mapping[str, Any]


def composed_of(subject: AnySubject, rules: Snapshot, of: Of) -> Expr:
    """Give the claim of an outcome of a subject, over ids of rules."""
    about = subject_of(subject)
    return rules.eligible_expr(about) if of == "eligibility" else rules.exit_expr(about)


@attrs.frozen
class Turn:
    """
    The outcome of one subject, to be turned one way.

    Attributes:
        subject: As it is known today.
        rules: A policy on a day.
        of: Which outcome: of eligibility, or of exit.
        towards: What the claim of the outcome is to become.
        composed: The claim, over ids of rules.
        ids: The rules that count for it.
    """

    subject: AnySubject
    rules: Snapshot
    of: Of
    towards: bool
    composed: Expr = attrs.field(init=False, repr=False)
    ids: frozenset[str] = attrs.field(init=False, repr=False)

    @composed.default
    def _composed(self) -> Expr:
        return composed_of(self.subject, self.rules, self.of)

    @ids.default
    def _ids(self) -> frozenset[str]:
        return names(self.composed)

    def is_made(self, subject: AnySubject) -> bool:
        """Tell whether the outcome of a changed subject is the one that is wanted."""
        return self.claim(subject) is self.towards

    def claim(self, subject: AnySubject) -> bool | None:
        """Judge a changed subject by the compiled rules; None is not known."""
        return self._asked(compiled(self.rules, subject_of(subject)), subject)

    def is_ruled_out(self, subject: AnySubject) -> bool:
        """
        Tell whether the outcome stays away from what is wanted, whatever becomes of the facts that are open.

        No default may stand in here: learning a fact never overturns what is settled without one, and may overturn what
        is settled with one.
        """
        return self._asked(compiled(self.rules, subject_of(subject)).without_defaults, subject) is (not self.towards)

    def _asked(self, judges: Compiled, subject: AnySubject) -> bool | None:
        return judges.eligible(subject) if self.of == "eligibility" else judges.exit(subject)

    def counted(self, subject: AnySubject) -> Mapping[str, bool | None]:
        """Give the value of each rule that counts for the outcome, by id."""
        about = subject_of(subject)
        rules = self.rules.rules_of(about)
        found = compiled(self.rules, about).rules(subject)
        return {rule.id: value for rule, value in zip(rules, found, strict=True) if rule.id in self.ids}


def changed(subject: AnySubject, changes: FactValues) -> AnySubject:
    """Give a subject with all changes made."""
    for path, value in changes.items():
        subject = with_fact(subject, path, value)
    return subject
