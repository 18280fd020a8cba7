"""`fupin pack list|show|check|test`: what packs there are, what they say, whether they load, and their own cases."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import Any

from fupin_rules.cli._output import say, say_json, table
from fupin_rules.engine import assess, assess_exit
from fupin_rules.errors import FupinRulesError
from fupin_rules.expr import render
from fupin_rules.periods import Period
from fupin_rules.policy import (
    Case,
    CaseResult,
    Parameter,
    ParameterValue,
    Policy,
    RuleKind,
    find_pack,
    installed_packs,
    load_cases,
    load_policy,
    run_case,
)
from fupin_rules.quantities import plain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    commands = parser.add_subparsers(dest="pack_command", required=True, metavar="COMMAND")
    listed = commands.add_parser("list", help="list the installed packs")
    shown = commands.add_parser("show", help="show what a pack says, with every source")
    checked = commands.add_parser("check", help="load a pack and list every fault")
    tested = commands.add_parser("test", help="run the cases of a pack")
    for each in (shown, checked, tested):
        each.add_argument("pack", help="id of an installed pack, or the path of a pack folder")
    for each in (listed, shown, checked, tested):
        each.add_argument("--lang", choices=("zh", "en"), default="en")
        each.add_argument("--json", action="store_true", help="print the result as JSON")
    tested.add_argument("-k", metavar="TEXT", default="", help="only cases whose id holds the text")
    tested.add_argument("-v", "--verbose", action="store_true", help="show the explanation of every case")


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen sub-command."""
    return {"list": _list, "show": _show, "check": _check, "test": _test}[arguments.pack_command](arguments)


def _list(arguments: argparse.Namespace) -> int:
    policies = [load_policy(folder) for folder in installed_packs().values()]
    if arguments.json:
        say_json(
            [
                {
                    "id": each.id,
                    "version": each.version,
                    "zh": each.zh,
                    "en": each.en,
                    "days": str(each.days),
                    "rules": len(each.rules),
                }
                for each in policies
            ]
        )
        return 0
    say(
        table(
            [
                (
                    each.id,
                    each.version,
                    str(each.days),
                    f"{len(each.rules)} rules",
                    each.zh if arguments.lang == "zh" else each.en,
                )
                for each in policies
            ]
        )
    )
    return 0


def _check(arguments: argparse.Namespace) -> int:
    try:
        policy = load_policy(arguments.pack)
        cases = load_cases(find_pack(arguments.pack))
    except FupinRulesError as error:
        if arguments.json:
            say_json(
                {
                    "ok": False,
                    "faults": [
                        {"where": f.where, "what": f.what, "mend": f.mend, "code": f.code} for f in error.faults
                    ],
                }
            )
        else:
            say(str(error))
        return 1
    counts = {kind.value: sum(1 for rule in policy.rules if rule.kind is kind) for kind in RuleKind}
    snapshot = policy.on(policy.days.start)
    result = {
        "ok": True,
        "id": policy.id,
        "rules": counts,
        "cases": len(cases),
        "fingerprint": snapshot.fingerprint,
    }
    if arguments.json:
        say_json(result)
    else:
        listed = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
        head = f"{policy.id} {policy.version}: no faults; {listed or 'definitions only'}; {len(cases)} cases"
        say(f"{head}; {snapshot.fingerprint}")
    return 0


def _test(arguments: argparse.Namespace) -> int:
    policy = load_policy(arguments.pack)
    cases = [case for case in load_cases(find_pack(arguments.pack)) if arguments.k in case.id]
    results = [run_case(policy, case) for case in cases]
    language = arguments.lang

    def reason(result: CaseResult) -> str:
        return result.case.zh if language == "zh" else result.case.en

    failed = [result for result in results if not result.passed]
    if arguments.json:
        say_json({"passed": len(results) - len(failed), "failed": [_plain(result) for result in failed]})
        return 1 if failed else 0
    for result in results:
        if arguments.verbose:
            say(f"{'passed' if result.passed else 'FAILED'}  {result.case.id}: {reason(result)}")
            say(_explained(policy, result.case, language))
            say()
    for result in failed:
        say(f"FAILED  {result.case.id} ({result.case.where}): {reason(result)}")
        for difference in result.differences:
            say(f"        {difference}")
    say(f"{policy.id}: {len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _explained(policy: Policy, case: Case, language: str) -> str:
    snapshot = policy.on(case.on)
    texts = []
    for kind, ask in ((RuleKind.ELIGIBILITY, assess), (RuleKind.EXIT, assess_exit)):
        if any(
            rule.kind is kind and (rule.subject == "household") == hasattr(case.subject, "members")
            for rule in snapshot.rules
        ):
            texts.append(ask(case.subject, snapshot).explain(language))
    return "\n\n".join(texts)


def _plain(result: CaseResult) -> dict[str, Any]:
    case = result.case
    return {
        "id": case.id,
        "where": case.where,
        "zh": case.zh,
        "en": case.en,
        "differences": list(result.differences),
    }


def _show(arguments: argparse.Namespace) -> int:
    policy = load_policy(arguments.pack)
    if arguments.json:
        say_json(_policy_plain(policy))
        return 0
    zh = arguments.lang == "zh"
    snapshot = policy.on(policy.days.start)
    say(f"{policy.zh if zh else policy.en} ({policy.id} {policy.version}), {policy.days}")
    say(f"{' → '.join(policy.lineage)}")
    if policy.note_en:
        say(policy.note_zh if zh else policy.note_en)
    if policy.parameters:
        say(f"\n{'参数' if zh else 'parameters'}")
        say(
            table(
                [
                    row
                    for parameter in policy.parameters.values()
                    for row in _parameter_rows(parameter, policy.days, arguments.lang)
                ],
                numbers=(2,),
            )
        )
    for kind in RuleKind:
        rules = [rule for rule in policy.rules if rule.kind is kind]
        if rules:
            say(f"\n{kind.value}")
        for rule in rules:
            say(f"  {rule.id}: {rule.label(arguments.lang)}")
            words = render(rule.when, snapshot.scope(rule.subject), arguments.lang)
            say(f"      {words}")
            for exception in rule.unless:
                say(f"      {'除非' if zh else 'unless'}: {exception.zh if zh else exception.en}")
            say(f"      {rule.citation.words(arguments.lang)}")
    return 0


def _parameter_rows(parameter: Parameter, days: Period, language: str) -> list[tuple[str, str, str, str, str]]:
    zh = language == "zh"
    unit = "" if parameter.unit is None else parameter.unit.words(language)
    return [
        (
            parameter.name,
            parameter.zh if zh else parameter.en,
            _value_words(dated.value),
            unit,
            f"{dated.period}; {dated.citation.words(language)}",
        )
        for dated in parameter.values
        if dated.period.overlaps(days)
    ]


def _value_words(value: ParameterValue) -> str:
    if isinstance(value, Fraction):
        return plain(value)
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _policy_plain(policy: Policy) -> dict[str, Any]:
    snapshot = policy.on(policy.days.start)
    return {
        "id": policy.id,
        "version": policy.version,
        "zh": policy.zh,
        "en": policy.en,
        "days": str(policy.days),
        "lineage": list(policy.lineage),
        "parameters": {
            name: [
                {
                    "period": str(dated.period),
                    "value": sorted(dated.value) if isinstance(dated.value, frozenset) else str(dated.value),
                    "unit": str(parameter.unit or ""),
                    "source": dated.citation.source.id,
                    "standing": dated.citation.standing.value,
                }
                for dated in parameter.values
            ]
            for name, parameter in policy.parameters.items()
        },
        "rules": [
            {
                "id": rule.id,
                "kind": rule.kind.value,
                "subject": rule.subject.value,
                "zh": rule.zh,
                "en": rule.en,
                "words_zh": render(rule.effective, snapshot.scope(rule.subject), "zh"),
                "words_en": render(rule.effective, snapshot.scope(rule.subject), "en"),
                "source": rule.citation.source.id,
                "standing": rule.citation.standing.value,
                "pack": rule.pack,
            }
            for rule in policy.rules
        ],
    }
