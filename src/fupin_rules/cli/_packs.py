"""`fupin pack list|show|check|test|amend|new`: what packs there are and say, whether they hold, and their own cases."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from fupin_rules.cli import _amendments, _new_pack, _review_pack
from fupin_rules.cli._arguments import USAGE, add_common, pack
from fupin_rules.cli._output import say, say_json, show, tell
from fupin_rules.cli._pack_words import policy_parts
from fupin_rules.engine import assess, assess_exit
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.policy import (
    Case,
    CaseResult,
    Policy,
    RuleKind,
    find_pack,
    installed_packs,
    load_cases,
    load_policy,
    policy_of_case,
    policy_plain,
    run_case,
)
from fupin_rules.registry import load_forms
from fupin_rules.workflow import load_procedure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    commands = parser.add_subparsers(dest="pack_command", required=True, metavar="COMMAND")
    listed = commands.add_parser("list", help="list the installed packs")
    shown = commands.add_parser("show", help="show what a pack says, with every source")
    checked = commands.add_parser("check", help="load a pack and list every fault")
    tested = commands.add_parser("test", help="run the cases of a pack")
    amended = commands.add_parser("amend", help="check that amendments fit a pack, and show what they change")
    _amendments.add_arguments(amended)
    _new_pack.add_arguments(commands.add_parser("new", help="write a small pack to begin with"))
    for each in (shown, checked, tested):
        each.add_argument("pack", type=pack, metavar="PACK", help="id of an installed pack, or a pack folder")
    for each in (listed, shown, checked, tested):
        add_common(each)
    _review_pack.add_arguments(checked)
    tested.add_argument("-k", metavar="TEXT", default="", help="only cases whose id holds the text")
    tested.add_argument("-v", "--verbose", action="store_true", help="show the explanation of every case")


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen sub-command."""
    commands = {
        "list": _list,
        "show": _show,
        "check": _check,
        "test": _test,
        "amend": _amendments.run,
        "new": _new_pack.run,
    }
    return commands[arguments.pack_command](arguments)


def _list(arguments: argparse.Namespace) -> int:
    policies: list[Policy] = []
    broken: list[str] = []
    for folder in installed_packs().values():
        try:
            policies.append(load_policy(folder))
        except FupinRulesError as error:
            # One broken pack must not hide the others.
            broken.append(str(error))
    if arguments.json:
        say_json([_listed(each) for each in policies])
    else:
        zh = arguments.lang == "zh"
        show(
            [
                (
                    each.id,
                    each.version,
                    each.days.words(arguments.lang),
                    f"{len(each.rules)} 条规则" if zh else f"{len(each.rules)} rules",
                    each.zh if zh else each.en,
                )
                for each in policies
            ]
        )
    for each in broken:
        tell(each)
    return 4 if broken else 0


def _listed(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "version": policy.version,
        "zh": policy.zh,
        "en": policy.en,
        "days": str(policy.days),
        "rules": len(policy.rules),
    }


def _check(arguments: argparse.Namespace) -> int:
    folder = find_pack(arguments.pack)
    procedures = sorted((folder / "procedures").glob("*.toml"))
    faults: list[Fault] = []
    policy: Policy | None = None
    cases: Sequence[Case] = ()
    try:
        policy, cases = load_policy(folder), load_cases(folder)
    except FupinRulesError as error:
        faults += error.faults
    for path in procedures:
        try:
            load_procedure(path)
        except FupinRulesError as error:
            faults += error.faults
    if (folder / "forms").is_dir():
        try:
            load_forms(folder)
        except FupinRulesError as error:
            faults += error.faults
    if policy is None or faults:
        # A procedure cannot be read where its pack cannot: the faults of the pack are told once.
        refusal = FupinRulesError(dict.fromkeys(faults))
        if arguments.json:
            say_json(
                {
                    "ok": False,
                    "faults": [
                        {"where": f.where, "what": f.what, "mend": f.mend, "code": f.code} for f in refusal.faults
                    ],
                }
            )
        else:
            say(str(refusal))
        return 1
    counts = {kind.value: sum(1 for rule in policy.rules if rule.kind is kind) for kind in RuleKind}
    # Without a value there is no snapshot, so nothing to take a fingerprint of.
    left_open = policy.open_parameters
    fingerprint = None if left_open else policy.on(policy.days.start).fingerprint
    result = {
        "ok": True,
        "id": policy.id,
        "rules": counts,
        "cases": len(cases),
        "procedures": len(procedures),
        "open": list(left_open),
        "fingerprint": fingerprint,
    }
    review = _review_pack.reviewed(arguments) if arguments.deep else None
    if arguments.json:
        say_json(result if review is None else {**result, "ok": not review.raised, "review": review.to_plain()})
    else:
        listed = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
        head = f"{policy.id} {policy.version}: no faults; {listed or 'definitions only'}; {len(cases)} cases"
        head += f"; {len(procedures)} procedure{'s' if len(procedures) > 1 else ''}" if procedures else ""
        say(f"{head}; {fingerprint or 'open: ' + ', '.join(left_open)}")
    if review is None:
        return 0
    if not arguments.json:
        _review_pack.print_review(review, arguments)
    return _review_pack.status_of(review, strict=arguments.exit_code)


def _test(arguments: argparse.Namespace) -> int:
    policy = load_policy(arguments.pack)
    held = load_cases(find_pack(arguments.pack))
    cases = [case for case in held if arguments.k in case.id]
    if held and not cases:
        raise FupinRulesError(Fault("-k", f"no case of `{policy.id}` has it in its id", "try a shorter text", USAGE))
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
    counts = "{}：{} 例通过，{} 例未通过" if language == "zh" else "{}: {} passed, {} failed"
    say(counts.format(policy.id, len(results) - len(failed), len(failed)))
    return 1 if failed else 0


def _explained(policy: Policy, case: Case, language: str) -> str:
    snapshot = policy_of_case(policy, case).on(case.on)
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
        say_json(policy_plain(policy))
        return 0
    zh = arguments.lang == "zh"
    days = policy.days.words(arguments.lang)
    name = f"{policy.id} {policy.version}"
    say(f"{policy.zh}（{name}），{days}" if zh else f"{policy.en} ({name}), {days}")
    say(" → ".join(policy.lineage))
    if policy.note_en:
        say(policy.note_zh if zh else policy.note_en)
    for title, lines in policy_parts(policy, arguments.lang):
        say()
        say(title)
        for line in lines:
            say(line)
    return 0
