"""`fupin case verify` and `checkpoint`: what can be held against a journal, and a text that bounds its rewriting."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli._output import counted, say, say_json, tell, watched
from fupin_rules.cli.case._journal import Entry, read_journal
from fupin_rules.cli.case._outside import calendar_of, salt_of, subjects_of
from fupin_rules.cli.case._procedures import Brought, bring
from fupin_rules.errors import Fault, FupinRulesError, WorkflowError
from fupin_rules.journal import Checkpoint, Finding, FindingKind, check_chain, read_checkpoint
from fupin_rules.registry import read_register
from fupin_rules.workflow import Context, Dossier, Procedure, Verified, verify

_KINDS = {
    FindingKind.EDITED: "改动",
    FindingKind.MISSING: "缺失",
    FindingKind.INSERTED: "插入",
    FindingKind.REORDERED: "颠倒",
    FindingKind.TRUNCATED: "截断",
    FindingKind.FORKED: "分叉",
    FindingKind.INADMISSIBLE: "不应受理",
    FindingKind.UNKNOWN_PROCEDURE: "规程不明",
    FindingKind.DISPROVED: "重算不符",
}


def run_verify(arguments: argparse.Namespace) -> int:
    """Run `fupin case verify`; 1 if anything was found."""
    entries = read_journal(arguments.journal, arguments.lang)
    brought = bring(arguments.procedure)
    procedures = brought.of_entries(entries)
    marks = [_checkpoint(each) for each in arguments.checkpoint]
    contexts = _contexts(arguments, brought, list(procedures.values()), entries) or [Context()]
    # Days are counted again once, whatever the number of policies.
    contexts[0] = attrs.evolve(contexts[0], calendar=calendar_of(arguments))
    checks = [
        verify(
            procedures.values(),
            entries,
            marks,
            context=context,
            watch=lambda chains: watched(chains, "cases" if arguments.lang == "en" else "案件"),
        )
        for context in contexts
    ]
    first, again = checks[0], sum(each.assessed_again for each in checks)
    changed = sum(each.other_facts for each in checks)
    recorded = first.as_recorded + first.assessed_again - again
    others = [finding for each in checks[1:] for finding in each.findings if finding.kind is FindingKind.DISPROVED]
    findings = sorted((*first.findings, *others), key=lambda finding: finding.position)
    if arguments.json:
        say_json(_plain(first, findings, recorded=recorded, again=again, changed=changed, marks=len(marks)))
    else:
        _say_found(first, findings, arguments.lang)
        _say_limits(first, arguments.lang, recorded=recorded, again=again, changed=changed, marks=len(marks))
    return 1 if findings else 0


def _checkpoint(path: Path) -> Checkpoint:
    try:
        # As bytes: a checkpoint has one way to be written, line ends included.
        return read_checkpoint(path.read_bytes().decode())
    except (WorkflowError, UnicodeDecodeError) as error:
        fault = error.faults[0] if isinstance(error, WorkflowError) else None
        what, mend = ("is no text", "give a checkpoint") if fault is None else (fault.what, fault.mend)
        raise WorkflowError(Fault(path.name, what, mend, "checkpoint")) from None


def _contexts(
    arguments: argparse.Namespace, brought: Brought, procedures: Sequence[Procedure], entries: Iterable[Entry]
) -> list[Context]:
    """Gather what assessments are made again with: for each policy, the households whose salt is at hand."""
    if arguments.register is None:
        return []
    if arguments.salt_file is None:
        from_where = "give `--salt-file`, best a folder with CASE_ID.salt for each case"
        raise FupinRulesError(Fault("--register", "assessments are compared by salted digests", from_where, USAGE))
    reading = read_register(arguments.register)
    cases = {str(entry.get("case")): str(entry.get("proc")) for entry in entries}
    asking: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        if procedure.policy:
            asking.setdefault(procedure.policy, []).append(procedure)
    found = []
    for held in asking.values():
        subjects = subjects_of(reading, held[0])
        pinned = {each.reference for each in held}
        dossiers = {}
        for case, reference in cases.items():
            salt = _salt_if_any(arguments.salt_file, case) if case in subjects and reference in pinned else ""
            if salt:
                dossiers[case] = Dossier(subjects[case], salt)
        found.append(Context(None, brought.policy_of(held[0]), dossiers))
    return found


def _salt_if_any(path: Path, case: str) -> str:
    """Read the salt of a case; empty where it was erased together with the household."""
    if path.is_dir() and not (path / f"{case}.salt").is_file():
        return ""
    return salt_of(path, case)


def _plain(
    verified: Verified, findings: Sequence[Finding], *, recorded: int, again: int, changed: int, marks: int
) -> dict[str, Any]:
    return {
        "ok": not findings,
        "entries": verified.size,
        "cases": len(verified.cases),
        "root": verified.root,
        "findings": [
            {
                "kind": each.kind.value,
                "entry": each.position + 1,
                "case": each.case,
                "seq": each.seq,
                "zh": each.what_zh,
                "en": each.what_en,
            }
            for each in findings
        ],
        "checkpoints": marks,
        "after_last_checkpoint": verified.unanchored,
        "not_judged": verified.unjudged,
        "assessments_as_recorded": recorded,
        "assessments_made_again": again,
        "assessments_of_other_facts": changed,
    }


def _say_found(verified: Verified, findings: Sequence[Finding], language: str) -> None:
    zh = language == "zh"
    if zh:
        held, found = f"{verified.size:,}条，{len(verified.cases):,}件", f"发现{len(findings):,}处问题"
        say(f"{held}：{found if findings else '没有发现问题'}。")
    else:
        held = f"{counted(verified.size, 'entry', 'entries')}, {counted(len(verified.cases), 'case')}"
        say(f"{held}: {counted(len(findings), 'finding') if findings else 'nothing was found'}.")
    for each in findings:
        say(f"  {_where(each, language)}{_kind(each, language)}{'：' if zh else ': '}{_what(each, language)}")
    if any(each.kind is FindingKind.UNKNOWN_PROCEDURE for each in findings):
        zh_mend, en_mend = "用 --procedure 提供立案时的规程文件", "give the file that the cases began with: --procedure"
        tell(zh_mend if zh else en_mend)


def _where(finding: Finding, language: str) -> str:
    entry = f"{finding.position + 1:,}"
    if not finding.case:
        return f"第{entry}条 " if language == "zh" else f"entry {entry}, "
    if language == "zh":
        return f"第{entry}条（{finding.case} 第{finding.seq}条）"
    return f"entry {entry} ({finding.case}, no. {finding.seq}), "


def _kind(finding: Finding, language: str) -> str:
    return _KINDS.get(finding.kind, finding.kind.value) if language == "zh" else finding.kind.value.replace("_", " ")


def _what(finding: Finding, language: str) -> str:
    return finding.what_zh if language == "zh" else finding.what_en


def _say_limits(verified: Verified, language: str, *, recorded: int, again: int, changed: int, marks: int) -> None:
    """Say on one line what the check could not tell."""
    zh = language == "zh"
    if zh:
        after = f"{verified.unanchored:,}条无从证明不是整个重写的"
        after = f"最后一个检查点之后有{after}" if marks else f"没有检查点，{after}"
        parts = [after if verified.unanchored else "检查点覆盖全部记录"]
        parts += [f"{verified.unjudged:,}条排在无法认定的一条之后，未作判断"] if verified.unjudged else []
        parts += [f"{recorded:,}次评估照记录采信"] if recorded else []
        parts += [f"其中{changed:,}次所据资料与现有的不同"] if changed else []
        parts += [f"{again:,}次评估已重新作出"] if again else []
        parts.append("记入时就不真实的，核对不出来")
        say(f"限度：{'；'.join(parts)}。")
        return
    after = counted(verified.unanchored, "entry", "entries")
    after += " after the last checkpoint" if marks else " and no checkpoint"
    after += ": nothing shows they were not written anew"
    parts = [after if verified.unanchored else "the checkpoints cover all entries"]
    if verified.unjudged:
        behind = counted(verified.unjudged, "entry", "entries")
        parts.append(f"{behind} behind one that could not be taken, not judged")
    parts += [f"{counted(recorded, 'assessment')} taken as recorded"] if recorded else []
    parts += [f"{changed:,} of them of other facts than those at hand"] if changed else []
    parts += [f"{counted(again, 'assessment')} made again"] if again else []
    parts.append("what was untrue when it was entered no check can find")
    say(f"limits: {'; '.join(parts)}.")


def run_checkpoint(arguments: argparse.Namespace) -> int:
    """Run `fupin case checkpoint`; 1 if the chain does not hold."""
    checked = check_chain(read_journal(arguments.journal, arguments.lang))
    zh = arguments.lang == "zh"
    if checked.findings:
        if arguments.json:
            say_json({"ok": False, "entries": checked.size, "findings": len(checked.findings)})
        tell(
            f"记录之间不相衔接（{len(checked.findings)}处），不出具检查点；先用 `fupin case verify` 核对"
            if zh
            else f"the entries do not follow each other ({len(checked.findings)} found), so there is no checkpoint; "
            "see `fupin case verify`"
        )
        return 1
    try:
        mark = Checkpoint(arguments.origin, checked.size, checked.root)
    except WorkflowError:
        raise FupinRulesError(Fault("--origin", "is no line of text", "give a name", USAGE)) from None
    if arguments.json:
        say_json({"ok": True, "origin": mark.origin, "size": mark.size, "root": mark.root, "text": mark.text()})
    else:
        say(mark.text().rstrip("\n"))
    return 0
