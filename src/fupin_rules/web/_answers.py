"""What each endpoint answers: the verbs of the library, asked with what came in a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import attrs

from fupin_rules.comparison import compare as compare_policies
from fupin_rules.engine import (
    LIBRARY_VERSION,
    Assessment,
    ExitAssessment,
    assess,
    assess_exit,
    explain_change,
    rank,
)
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.interview import Interview
from fupin_rules.model import AnySubject, Household, from_plain
from fupin_rules.policy import ParameterValue, Policy, RuleKind, Snapshot, Subject, policy_plain, value_plain
from fupin_rules.schemas import json_schema
from fupin_rules.web._asked import Asked, class_of, days_plain
from fupin_rules.web._examples import EXAMPLES
from fupin_rules.web._problems import Problem, problem_of, refuse, told

Of = Literal["eligibility", "exit"]
Verdict = Assessment | ExitAssessment


@attrs.frozen
class Text:
    """An answer in words."""

    text: str
    media_type: str


def policies(asked: Asked) -> dict[str, Any]:
    """List the policies that are served."""
    named = [_named(name, policy) for name, policy in asked.shelf.policies.items()]
    return {"library_version": LIBRARY_VERSION, "policies": named}


def policy(asked: Asked) -> dict[str, Any]:
    """Give all that a policy says."""
    return {**policy_plain(asked.served), **_named(asked.policy, asked.served)}


def _named(name: str, held: Policy) -> dict[str, Any]:
    return {
        "name": name,
        "id": held.id,
        "version": held.version,
        "zh": held.zh,
        "en": held.en,
        "covered": days_plain(held.days),
        "subjects": [each.value for each in held.subjects],
    }


def snapshot(asked: Asked) -> dict[str, Any]:
    """Give a policy on a day: its fingerprint, and the values in force with their sources."""
    rules = asked.snapshot()
    asked.demand()
    assert rules is not None
    known_at = asked.values["known_at"]
    in_force = {name: _in_force(rules, name) for name in rules.parameters}
    sources = policy_plain(rules.policy)["sources"]
    return {
        "policy": rules.policy_id,
        "policy_version": rules.policy.version,
        "on": rules.on.isoformat(),
        "known_at": None if known_at is None else known_at.isoformat(),
        "fingerprint": rules.fingerprint,
        "library_version": LIBRARY_VERSION,
        "parameters": in_force,
        "sources": {key: sources[key] for key in sorted({each["source"] for each in in_force.values()})},
    }


def _in_force(rules: Snapshot, name: str) -> dict[str, Any]:
    held = rules.parameters[name]
    parameter, dated = held.parameter, held.dated
    value: ParameterValue = dated.value
    return {
        "zh": parameter.zh,
        "en": parameter.en,
        "value": value_plain(value),
        "unit": str(parameter.unit or ""),
        "period": str(dated.period),
        "source": dated.citation.source.id,
        "locator": dated.citation.locator,
        "standing": dated.citation.standing.value,
    }


def verdict(asked: Asked, about: Subject, of: Of) -> dict[str, Any]:
    """Assess one subject, for being identified or for leaving."""
    return _verdict(asked, about, of).to_plain()


def _verdict(asked: Asked, about: Subject, of: Of) -> Verdict:
    return _judged(*_one(asked, about, of), of)


def _judged(subject: AnySubject, rules: Snapshot, of: Of) -> Verdict:
    return assess(subject, rules) if of == "eligibility" else assess_exit(subject, rules)


def _one(asked: Asked, about: Subject, of: Of | None) -> tuple[AnySubject, Snapshot]:
    """Take the subject and the rules of a request; where `of` is at fault, the rest is read all the same."""
    rules = asked.snapshot()
    if of is not None:
        asked.demand_rules(rules, about, of)
    subject = asked.subject(class_of(about), asked.body)
    asked.demand()
    assert rules is not None
    assert subject is not None
    return subject, rules


def explain(asked: Asked, about: Subject) -> dict[str, Any] | Text:
    """Explain an assessment in words, or as the tree that words are drawn from."""
    of, language, level, form = (asked.values[name] for name in ("of", "language", "level", "form"))
    explanation = _verdict(asked, about, of).explanation(language, level=level)
    match form:
        case "text":
            return Text(explanation.as_text(), "text/plain")
        case "markdown":
            return Text(explanation.as_markdown(), "text/markdown")
        case _:
            return explanation.to_plain()


def next_question(asked: Asked, about: Subject) -> dict[str, Any]:
    """Tell what to ask next, or why nothing is left to ask; all that is known comes with the request."""
    subject, rules = _one(asked, about, asked.values["of"])
    talk = Interview.begin(subject, rules, goal=asked.values["of"])
    return {
        "state": talk.state.value,
        "said": dict(talk.said),
        "outcome": talk.assessment.outcome.value,
        "missing": list(talk.assessment.missing),
        "provisional": list(talk.assessment.provisional),
        "question": None if talk.question is None else talk.question.to_plain(),
        "needs": [{"fact": each.fact, "why": each.why.value, "text": dict(each.text)} for each in talk.needs],
    }


def change(asked: Asked) -> dict[str, Any]:
    """Tell what another policy, another day or another value of a parameter would change for one household."""
    of = asked.values["of"]
    rules = asked.snapshot()
    if of is not None:
        asked.demand_rules(rules, Subject.HOUSEHOLD, of)
    data = asked.table("household", "other")
    home = asked.subject(Household, data["household"], "$.household") if "household" in data else None
    other = asked.other(data["other"], rules) if "other" in data else None
    asked.demand()
    assert rules is not None
    assert home is not None
    assert other is not None
    asked.demand_rules(other, Subject.HOUSEHOLD, of)
    before, after = _judged(home, rules, of), _judged(home, other, of)
    return {
        "before": before.to_plain(),
        "after": after.to_plain(),
        "changes": [each.to_plain() for each in explain_change(before, after)],
    }


def verdicts(asked: Asked) -> dict[str, Any]:
    """Assess many households, each on its own: what is wrong with one harms no other."""
    of = asked.values["of"]
    rules = asked.snapshot()
    if of is not None:
        asked.demand_rules(rules, Subject.HOUSEHOLD, of)
    rows = asked.households()
    asked.demand()
    assert rules is not None
    answers = [_answer(place, row, rules, of) for place, row in rows]
    refused = sum("problem" in each for each in answers)
    return {"assessed": len(answers) - refused, "refused": refused, "answers": answers}


def _answer(place: int, row: Any, rules: Snapshot, of: Of) -> dict[str, Any]:
    try:
        home = from_plain(Household, row, where=f"$.households[{place}]")
        return {"place": place, "assessment": _judged(home, rules, of).to_plain()}
    except FupinRulesError as error:
        problem: Problem = problem_of(told(error))
        return {"place": place, "problem": problem.to_plain()}


def ranked(asked: Asked) -> dict[str, Any]:
    """Rank households under a quota; one that cannot be read refuses all, for it might have gone before the others."""
    rules = asked.snapshot()
    asked.demand_rules(rules, Subject.HOUSEHOLD, "eligibility")
    if rules is not None:
        _demand_ranking(rules)
    homes = [
        home
        for place, row in asked.households()
        if (home := asked.subject(Household, row, f"$.households[{place}]")) is not None
    ]
    asked.faults += _doubles(homes)
    asked.demand()
    assert rules is not None
    found = rank((assess(home, rules) for home in homes), asked.values["quota"])
    return found.to_plain()


def _demand_ranking(rules: Snapshot) -> None:
    if Subject.HOUSEHOLD in rules.policy.no_quota:
        raise refuse("no_quota", "{policy}", "forbids a quota", "take in everybody who is eligible")
    if rules.ranking(Subject.HOUSEHOLD) is None:
        raise refuse("no_ranking", "{policy}", "does not say how to rank", "ask a policy that does")


def _doubles(homes: Iterable[AnySubject]) -> list[Fault]:
    """Find households whose id another one has: of two with one id, nobody could tell which was taken."""
    seen: set[str] = set()
    faults = []
    for home in homes:
        if home.id in seen:
            faults.append(Fault("$.households", "two have one id", "give each an id of its own", "double"))
        seen.add(home.id)
    return faults


def comparison(asked: Asked, seconds: float) -> dict[str, Any]:
    """Compare two policies over all households within bounds; what takes longer than is given is undecided."""
    rules = asked.snapshot()
    data = asked.table("other")
    other = asked.other(data["other"], rules) if "other" in data else None
    asked.demand()
    assert rules is not None
    assert other is not None
    has_common = any(
        rules.rules_of(Subject.HOUSEHOLD, kind) and other.rules_of(Subject.HOUSEHOLD, kind)
        for kind in (RuleKind.ELIGIBILITY, RuleKind.EXIT)
    )
    if not has_common:
        what = "has neither eligibility nor exit rules about a household in common with the other"
        raise refuse("no_rule", "{policy}", what, "compare policies that both have some")
    return compare_policies(rules, other, seconds=seconds).to_plain()


def schema(about: Subject) -> Mapping[str, Any]:
    """Give the JSON Schema of a subject."""
    return json_schema(class_of(about))


def example(about: Subject) -> dict[str, Any]:
    """Give somebody made up, in plain form."""
    return EXAMPLES[about]
