"""`fupin assess` and `fupin exit`: a register to decisions, a summary to the terminal, every decision to a file."""

from __future__ import annotations

import argparse
import difflib
import functools
import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from fupin_rules.bulk import collector_paused
from fupin_rules.cli import _assess_files
from fupin_rules.cli._amendments import add_amend, add_known_at, policy_of
from fupin_rules.cli._arguments import (
    USAGE,
    add_common,
    add_register,
    day,
    keep_register,
    no_decisions_file,
    pack,
)
from fupin_rules.cli._decisions import Answer, beside, place_of, write_decisions, write_problems
from fupin_rules.cli._output import say, say_json, tell, tell_notes, tell_problems, watched
from fupin_rules.cli._quotas import name_of, quota, quotas_by_village, unused
from fupin_rules.cli._summary import print_summary, summary_of
from fupin_rules.engine import Assessment, Prover, Ranked, assess, assess_exit, rank
from fupin_rules.errors import Fault, FupinRulesError, MissingExtraError
from fupin_rules.model import AnySubject
from fupin_rules.policy import RuleKind, Snapshot, Subject
from fupin_rules.registry import Quota, Register, read_quotas, read_register

# With a subject and the rules; and what an exact answer takes.
_Ask = Callable[..., Answer]
_Held = Mapping[Subject, Sequence[AnySubject]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of both commands."""
    add_register(parser)
    parser.add_argument(
        "--policy", required=True, type=pack, metavar="PACK", help="id of an installed pack, or a pack folder"
    )
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="day of the assessment, YYYY-MM-DD")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="file for all decisions: .csv, .xlsx or .jsonl (default: out/decisions.csv, out/exits.csv);"
        " with an engine, a folder (default: out/decisions)",
    )
    add_amend(parser)
    add_known_at(parser)
    _assess_files.add_arguments(parser)
    parser.add_argument(
        "--exact",
        action="store_true",
        help="settle what is open wherever all that the missing facts could be agrees; proved with the extra `proof`",
    )
    parser.add_argument("--explain", metavar="ID", help="explain one household or village instead")
    parser.add_argument("--exit-code", action="store_true", help="end with 1 when anything is to be looked at")
    add_common(parser)


def add_assess(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of assessing: those of any assessment, and those of ranking."""
    add_arguments(parser)
    parser.add_argument(
        "--quota",
        type=quota,
        metavar="N|FILE",
        help="rank the eligible under a quota, or one for each village of a sheet",
    )
    parser.add_argument("--by-village", action="store_true", help="apply the quota to each village")


def run_assess(arguments: argparse.Namespace) -> int:
    """Run `fupin assess`."""
    if arguments.by_village and arguments.quota is None:
        raise FupinRulesError(Fault("--by-village", "there is no quota to apply", "give one with `--quota N`", USAGE))
    return _run(arguments, assess, "decisions", RuleKind.ELIGIBILITY)


def run_exit(arguments: argparse.Namespace) -> int:
    """Run `fupin exit`."""
    return _run(arguments, assess_exit, "exits", RuleKind.EXIT)


def _run(arguments: argparse.Namespace, ask: _Ask, name: str, needed: RuleKind) -> int:
    if arguments.engine != "python":
        return _assess_files.run(arguments)
    out = arguments.out or Path("out") / f"{name}.csv"
    if misfit := no_decisions_file(out):
        raise FupinRulesError(Fault("--out", f"`{out.name}` {misfit}", "name a file for the decisions", USAGE))
    keep_register(
        arguments.register, [out, beside(out, "villages"), beside(out, "areas"), beside(out, "problems", ".csv")]
    )
    if arguments.exact:
        ask = functools.partial(ask, exact=True, prover=_prover(arguments.lang))
    rules = policy_of(arguments.policy, arguments.amend).on(arguments.on, arguments.known_at)
    quotas = _quotas(arguments, rules)
    reading = read_register(arguments.register)
    register: _Held = {
        Subject.HOUSEHOLD: reading.households,
        Subject.VILLAGE: reading.villages,
        Subject.AREA: reading.areas,
    }
    if arguments.explain is not None:
        return _explain(arguments, ask, rules, [each for held in register.values() for each in held])
    with collector_paused():
        answers = _answers(register, ask, rules, needed)
    ranks = _ranks(answers.get(Subject.HOUSEHOLD, []), quotas, arguments)
    files = write_decisions(out, answers, rules, ranks or {})
    problems = write_problems(out, reading)
    summary = summary_of(answers, rules, reading, files=files, ranks=ranks)
    if arguments.json:
        say_json(summary)
    else:
        print_summary(summary, rules, arguments.lang)
    _tell_problems(reading, problems, arguments.lang)
    found = reading.problems or any(answer.findings for held in answers.values() for answer in held)
    return 1 if reading.rows_set_aside or (arguments.exit_code and found) else 0


def _prover(language: str) -> Prover | None:
    """Give the solver's, where it is installed; else what is found is searched for, and that is said."""
    try:
        # Its room is loaded for those who ask for it.
        made: Prover = importlib.import_module("fupin_rules.comparison").prover()
    except MissingExtraError as refusal:
        zh, en = (
            "说明：未安装附加组件 proof，只搜索，不证明",
            "note: the extra `proof` is not installed: searched, not proved",
        )
        tell(f"{zh if language == 'zh' else en}; {refusal.faults[0].mend}")
        return None
    return made


def _answers(register: _Held, ask: _Ask, rules: Snapshot, needed: RuleKind) -> dict[Subject, list[Answer]]:
    """Ask of each subject what the policy has rules about; when it has none about anybody, its refusal says so."""
    held = [each for each in register if register[each]]
    asked = [each for each in held if rules.rules_of(each, needed)] or held
    return {each: [ask(one, rules) for one in watched(register[each], f"{each.value}s")] for each in asked}


def _quotas(arguments: argparse.Namespace, rules: Snapshot) -> int | tuple[Quota, ...] | None:
    """Read the quota that was asked for, if any; where the policy forbids one, nobody is assessed under it."""
    asked: int | Path | None = getattr(arguments, "quota", None)
    if asked is None:
        return None
    rules.check_quota(Subject.HOUSEHOLD)
    return asked if isinstance(asked, int) else read_quotas(asked)


def _ranks(
    held: Sequence[Answer], quotas: int | tuple[Quota, ...] | None, arguments: argparse.Namespace
) -> Mapping[str, Ranked] | None:
    """Rank under the quota, all together under an empty name, or by village; None when no quota was asked for."""
    if quotas is None:
        return None
    assessments = [answer for answer in held if isinstance(answer, Assessment)]
    if not isinstance(quotas, int):
        places = {place_of(answer.subject) for answer in assessments}
        for each in unused(quotas, places):
            zh = f"说明：{each.where}：名册中没有“{each.village}”的农户，其名额未用"
            en = f"note: {each.where}: no household of the register is in `{each.village}`, its quota is not used"
            tell(zh if arguments.lang == "zh" else en)
        return rank(assessments, quotas_by_village(quotas, places), within=_village)
    return rank(assessments, quotas, within=_village) if arguments.by_village else {"": rank(assessments, quotas)}


def _village(answer: Assessment) -> str:
    return name_of(place_of(answer.subject))


def _explain(arguments: argparse.Namespace, ask: _Ask, rules: Snapshot, subjects: Sequence[AnySubject]) -> int:
    for each in subjects:
        if each.id == arguments.explain:
            answer = ask(each, rules)
            if arguments.json:
                say_json(answer.to_plain() | {"explanation": answer.explanation(arguments.lang).to_plain()})
            else:
                say(answer.explain(arguments.lang))
            return 0
    near = difflib.get_close_matches(arguments.explain[:100], [each.id for each in subjects], 1)
    mend = f"did you mean `{near[0]}`?" if near else "see the ids in the file of decisions"
    raise FupinRulesError(Fault("--explain", "there is no such id in the register", mend, USAGE))


def _tell_problems(reading: Register, path: Path | None, language: str) -> None:
    zh = language == "zh"
    tell_notes(reading.notes, language)
    tell_problems(reading.problems, language)
    if path is not None:
        counts = (
            "{}处问题，搁置{}户、{}行（共{}行）；全部列在 {}"
            if zh
            else "{} problems, {} households and {} of {} rows set aside; all listed in {}"
        )
        tell(
            counts.format(
                len(reading.problems), reading.households_set_aside, reading.rows_set_aside, reading.rows_read, path
            )
        )
