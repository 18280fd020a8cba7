"""
The cases of a pack: subjects with what is expected of them, as data beside the rules.

A case tells one subject, a day, and any of: the outcome, the exit outcome, what is missing, the value of single rules.
Where the pack leaves a parameter open, the file gives the value that its cases are tried with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.documents import Table, read_toml
from fupin_rules.errors import Fault, FupinRulesError, PolicyError
from fupin_rules.model import AnySubject, from_plain, with_fact
from fupin_rules.policy._judge import judge
from fupin_rules.policy._outcome import ExitOutcome, Outcome
from fupin_rules.policy._policy import Policy
from fupin_rules.policy._rules import Subject
from fupin_rules.policy._scope import SUBJECT_CLASSES
from fupin_rules.policy.loading._pack_files import read_amount, refuse
from fupin_rules.truth import Truth, Unknown


@attrs.frozen
class GivenValue:
    """
    The value that an open parameter has in the cases of a pack.

    Attributes:
        name: Name of the parameter.
        amount: In the parameter's own unit.
        source: Key of the source that says what it is.
    """

    name: str
    amount: Fraction
    source: str


@attrs.frozen
class Case:
    """
    One subject with what is expected of it.

    Attributes:
        id: Unique within the pack.
        where: File, line and column.
        subject: The household, village or area.
        on: Day of the assessment.
        zh: Why it is expected, in Chinese.
        en: Why it is expected, in English.
        rules: Expected value by rule id; None for "open".
        outcome: Expected outcome, where one is told.
        exit: Expected exit outcome, where one is told.
        missing: Facts expected to be missing for the outcome, where they are told.
        given: Values of open parameters, the same for all cases of a file.
    """

    id: str
    where: str
    subject: AnySubject = attrs.field(repr=False)
    on: date
    zh: str
    en: str
    rules: Mapping[str, bool | None]
    outcome: Outcome | None = None
    exit: ExitOutcome | None = None
    missing: frozenset[str] | None = None
    given: tuple[GivenValue, ...] = ()


@attrs.frozen
class CaseResult:
    """
    What became of a case.

    Attributes:
        case: The case.
        differences: What came out otherwise than expected, one sentence each; empty when it passed.
    """

    case: Case
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


def load_cases(folder: str | Path) -> tuple[Case, ...]:
    """
    Read the cases of a pack folder; none when it has no `cases.toml`.

    Raises:
        PolicyError: The file has faults; all of them are listed.
    """
    folder = Path(folder)
    path = folder / "cases.toml"
    if not path.is_file():
        return ()
    faults: list[Fault] = []
    document = read_toml(path, f"{folder.name}/cases.toml")
    top = Table(document, document.data, (), faults)
    bases = dict(_bases(top))
    given = tuple(_given(top.table("given")))
    cases = [
        attrs.evolve(case, given=given) for entry in top.tables("case") if (case := _case(entry, bases)) is not None
    ]
    top.close()
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            faults.append(Fault(case.where, f"`{case.id}` stands twice", "give each case an id of its own", "double"))
        seen.add(case.id)
    refuse(faults)
    return tuple(cases)


def policy_of_case(policy: Policy, case: Case) -> Policy:
    """
    Give the policy that a case is judged under: open parameters have the values that the file of the case gives.

    Raises:
        PolicyError: The policy has no such open parameter, no such source, or the value is outside the bounds.
    """
    for each in case.given:
        if each.source not in policy.sources:
            what = f"`given.{each.name}` cites `{each.source[:60]}`, which no sources.toml names"
            raise PolicyError(Fault(case.where, what, "add the source", "no_source"))
        values = {each.name: each.amount}
        policy = policy.with_parameter(source=policy.sources[each.source], days=policy.days, **values)
    return policy


def run_case(policy: Policy, case: Case) -> CaseResult:
    """Judge a case and tell what came out otherwise than expected."""
    snapshot = policy_of_case(policy, case).on(case.on)
    judgement = judge(case.subject, snapshot)
    differences = []
    for rule_id, expected in case.rules.items():
        if rule_id not in judgement.values:
            differences.append(f"there is no rule `{rule_id}` about this subject")
        elif (found := _shown(judgement.values[rule_id])) != _shown(expected):
            differences.append(f"rule `{rule_id}`: expected {_shown(expected)}, got {found}")
    if case.outcome is not None:
        differences += _differ("outcome", case.outcome, judgement.eligible, Outcome)
    if case.exit is not None:
        differences += _differ("exit", case.exit, judgement.exit, ExitOutcome)
    if case.missing is not None:
        open_claim = judgement.eligible if judgement.eligible is not None else judgement.exit
        found_missing = open_claim.missing if isinstance(open_claim, Unknown) else frozenset[str]()
        if found_missing != case.missing:
            differences.append(f"missing: expected {sorted(case.missing)}, got {sorted(found_missing)}")
    return CaseResult(case, tuple(differences))


def _shown(truth: Truth | None) -> str:
    return str(truth).lower() if isinstance(truth, bool) else "unknown"


def _differ(
    what: str, expected: Outcome | ExitOutcome, found: Truth | None, names: type[Outcome | ExitOutcome]
) -> Iterator[str]:
    if found is None:
        yield f"{what}: expected {expected.value}, but no rule decides it"
    elif (got := names.of(found)) != expected:
        yield f"{what}: expected {expected.value}, got {got.value}"


def _bases(top: Table) -> Iterator[tuple[str, tuple[Subject, Any]]]:
    for entry in top.tables("base"):
        name, subject = entry.text("id"), entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
        facts = entry.get("facts", dict, "a table of facts")
        entry.close()
        if subject is not None and facts is not None:
            yield name, (subject, facts)


def _given(table: Table | None) -> Iterator[GivenValue]:
    for name, entry in table.subtables() if table else ():
        amount, source = read_amount(entry, "amount"), entry.text("source")
        entry.close()
        if amount is not None:
            yield GivenValue(name, amount, source)


def _case(entry: Table, bases: Mapping[str, tuple[Subject, Any]]) -> Case | None:
    name = entry.text("id")
    subject_name = entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
    on = entry.day("on")
    base = entry.text("base", required=False)
    facts = entry.get("facts", dict, "a table of facts", required=not base)
    changes = entry.get("set", dict, "a table of facts by path", required=False) or {}
    forgotten = entry.texts("forget")
    zh, en = entry.words("reason")
    expected = _expect(entry)
    entry.close()
    if base and base not in bases:
        entry.fault(f"no base `{base}`", f"known: {', '.join(bases)}", "base", code="base")
        return None
    if on is None or subject_name is None or (facts is None and not base):
        return None
    if base:
        subject_name, facts = bases[base]
    try:
        subject = from_plain(SUBJECT_CLASSES[subject_name], facts)
        for path, value in changes.items():
            subject = with_fact(subject, path, value)
        for path in forgotten:
            subject = with_fact(subject, path, None)
    except FupinRulesError as error:
        entry.faults.extend(attrs.evolve(each, where=f"{entry.where()}: {each.where}") for each in error.faults)
        return None
    return Case(name, entry.where(), subject, on, zh, en, **expected)


def _expect(entry: Table) -> dict[str, Any]:
    expect = entry.table("expect")
    if expect is None:
        entry.fault("expects nothing", "add `[case.expect]`", code="expect")
        return {"rules": {}}
    values = expect.get("rules", dict, "a table of rule ids", required=False) or {}
    rules = {}
    for rule_id, value in values.items():
        if not isinstance(value, bool) and value != "unknown":
            expect.fault(f'`{rule_id}` is not true, false or "unknown"', "give one", "rules", code="expect")
        rules[rule_id] = value if isinstance(value, bool) else None
    outcome, exit_ = expect.text("outcome", required=False), expect.text("exit", required=False)
    missing = frozenset(expect.texts("missing")) if "missing" in expect.data else None
    expect.texts("missing")
    expect.close()
    if (outcome and outcome not in set(Outcome)) or (exit_ and exit_ not in set(ExitOutcome)):
        expect.fault("is no outcome", f"give one of {', '.join((*Outcome, *ExitOutcome))}", code="expect")
        return {"rules": rules}
    return {
        "rules": rules,
        "outcome": Outcome(outcome) if outcome else None,
        "exit": ExitOutcome(exit_) if exit_ else None,
        "missing": missing,
    }
