"""The plain forms of answers: assessments and what is in them, questions, gaps, ranks, and what would change."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final, get_args

from fupin_rules.documents import NAMED
from fupin_rules.engine._assessment import (
    EXIT_WORDS,
    FORMAT,
    OUTCOME_WORDS,
    Assessment,
    ExitAssessment,
    Finding,
)
from fupin_rules.engine._explain import Explanation
from fupin_rules.engine._gaps import Gap
from fupin_rules.engine._questions import Question
from fupin_rules.engine._rank import Ranked
from fupin_rules.engine._reasons import Reason, ReasonRole
from fupin_rules.engine._recheck import Change, Recheck
from fupin_rules.engine.counterfactual._answer import Alternative, Counterfactual
from fupin_rules.engine.exact._completions import Completions, How, how_words
from fupin_rules.model import SUBJECT_ID, Sort
from fupin_rules.policy import ExitOutcome, Outcome
from fupin_rules.shapes import (
    DECIMAL,
    DIGEST,
    FRACTION,
    Form,
    Shape,
    always,
    by_name,
    codes,
    day,
    either,
    flag,
    forms,
    in_words,
    listed,
    named,
    nullable,
    record,
    text,
    told,
    whole,
)
from fupin_rules.truth import Why

# `members`, `income.pension_yuan`, `members[2].birth_date`.
FACT: Final[Shape] = text(r"^(members\[[^\[\]]{1,64}\]\.)?[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")
_FACTS: Final = listed(FACT, unique=True)
_RULES: Final = listed(NAMED, unique=True)
_LANGUAGE: Final = codes(("zh", "en"), {"zh": ("中文", "Chinese"), "en": ("英文", "English")}.__getitem__)
_SAID: Final = {"zh": told(text(), "中文", "in Chinese"), "en": told(text(), "英文", "in English")}


def _answer(kind: str, more: Mapping[str, Shape]) -> Shape:
    """Give what assessments of eligibility and of exit have in common, with what one of them has besides."""
    return record(
        {
            "format": told(always(FORMAT), "格式号", "number of this format"),
            "kind": told(always(kind), "评估的种类", "which assessment it is"),
            "subject": told(named("Subject"), "评估对象的种类", "what was assessed"),
            "subject_id": told(SUBJECT_ID, "评估对象的编号", "id of what was assessed"),
            "policy": told(text(least=1), "政策包", "id of the policy"),
            "policy_version": told(text(), "政策包版本", "version of its pack"),
            "fingerprint": told(text(DIGEST), "政策指纹", "SHA-256 of all of the policy that can change an answer"),
            "on": told(day(), "评估日", "day of the assessment"),
            "library_version": told(text(least=1), "程序版本", "version of the library"),
            "rules": told(
                by_name(nullable(flag()), names=NAMED["pattern"]),
                "各条规则的结果，null为未知",
                "value of every rule, none skipped; null is not known",
            ),
            "open": told(_RULES, "影响结论而待定的规则", "rules that count for the outcome and are open"),
            "missing": told(_FACTS, "仍可能影响结论的未知事实", "facts that can still matter for the outcome"),
            "why": told(
                by_name(named("Why"), names=FACT["pattern"]),
                "未知的原因，凡有说明的",
                "why a missing fact is not known, where somebody said so",
            ),
            "standing": told(named("Standing"), "结论依据的最弱等级", "weakest standing that the outcome rests on"),
            "provisional": told(_FACTS, "以所引默认值代替的事实", "facts for which a cited default stood in"),
            "findings": told(listed(named("Finding")), "数据疑点", "checks that found something"),
            **more,
            "exact": told(
                nullable(named("Completions")),
                "所缺事实各种可能的比对；仅在要求时有，无所缺则为null",
                "what completions of the missing facts say; there only when asked for, null where nothing was open",
            ),
        },
        optional=("exact",),
    )


_ASSESSMENT: Final = _answer(
    "assessment",
    {
        "outcome": told(named("Outcome"), "识别结论", "the outcome"),
        "failed": told(_RULES, "不符合的识别条件", "conditions that do not hold"),
        "excluded_by": told(_RULES, "成立的排除情形", "exclusions that are hit and not rebutted"),
        "rebutted": told(
            by_name(_RULES, names=NAMED["pattern"]),
            "命中而属例外的排除情形，及所属例外",
            "exclusions that are hit and rebutted, with the exceptions that hold",
        ),
        "priority": told(nullable(named("Priority")), "优先得分", "score; null where the policy ranks nobody"),
        "missing_for_score": told(_FACTS, "只影响得分的未知事实", "facts that can move the score alone"),
    },
)
_EXIT: Final = _answer(
    "exit",
    {
        "outcome": told(named("ExitOutcome"), "退出结论", "the outcome"),
        "met": told(_RULES, "已达到的保障", "guarantees that are met"),
        "failed": told(listed(named("Gap")), "未达到的保障及差距", "guarantees that are not met, each with its gap"),
    },
)
_COMPLETIONS: Final = record(
    {
        "how": told(codes(How, how_words), "各种可能是否一致", "whether they say the same"),
        "is_proved": told(flag(), "是否已证明", "whether a prover has looked at all of them"),
        "members": told(nullable(whole(0)), "最多看到几名成员", "most members looked at; null where it plays no part"),
    }
)
_FINDING: Final = record(
    {
        "rule": told(NAMED, "核查规则", "id of the check"),
        "zh": told(text(), "发现，中文", "what was found, in Chinese"),
        "en": told(text(), "发现，英文", "what was found, in English"),
        "source": told(text(), "核查的出处", "where the check comes from"),
    }
)
_GAP: Final = record(
    {
        "rule": told(NAMED, "退出条件", "id of the exit rule"),
        **_SAID,
        "amount": told(
            nullable(text(FRACTION)), "所差数量，精确数", "how much is short, exact; null where no number is"
        ),
        "unit": told(nullable(text()), "数量的单位", "unit of the amount"),
        "members": told(listed(SUBJECT_ID, unique=True), "未达到的成员", "members for whom it is not met"),
    }
)
_QUESTION: Final = record(
    {
        "fact": told(FACT, "所问的事实", "the fact asked for"),
        "text": told(named("Words"), "问题", "the question"),
        "why": told(named("Words"), "为何要问", "what it is asked for"),
        "rule": told(
            either(NAMED, always("")), "所关规则，没有则为空", "rule that it is asked for; empty where none is"
        ),
        "sort": told(
            codes([each.value for each in Sort if each is not Sort.PRIVATE]), "回答的种类", "what an answer is"
        ),
        "choices": told(
            listed(record({"value": told(either(flag(), text()), "选项的值", "what is answered"), **_SAID})),
            "可选的回答；数字、日期、文字没有",
            "values to choose from; none for a number, a day or a text",
        ),
        "unit": told(text(), "数字的单位，没有则为空", "unit of the number; empty otherwise"),
        "low": told(nullable(text(DECIMAL)), "最小值", "lowest number that is taken; null for what is no number"),
        "high": told(nullable(text(DECIMAL)), "最大值，或最多几项", "highest number, or most codes, that are taken"),
        "places": told(whole(0), "小数位数", "decimal places of a number"),
        "member": told(nullable(SUBJECT_ID), "所问的成员", "member it is about; null where it is about all"),
    }
)
_IDS: Final = listed(SUBJECT_ID)
_RANKED: Final = record(
    {
        "quota": told(whole(0), "名额", "how many can be taken"),
        "certain": told(_IDS, "必定入选", "taken, whatever the missing facts turn out to be, best first"),
        "possible": told(_IDS, "可能入选", "taken or not, depending on missing facts"),
        "tied": told(_IDS, "并列，政策未定先后", "level with others at the cut, which the policy does not decide"),
        "out": told(_IDS, "必定不入选", "not taken, whatever the missing facts turn out to be"),
    }
)
_VALUE: Final = either(listed(text()), flag(), text())
_ALTERNATIVE: Final = record(
    {
        "changes": told(
            by_name(
                record({"before": told(_VALUE, "现值", "its value"), "after": told(_VALUE, "改后", "its new value")}),
                names=FACT["pattern"],
            ),
            "要改变的事实",
            "facts to change, by path",
        ),
        "margin": told(
            by_name(text(DECIMAL), names=FACT["pattern"]), "数字的变动量", "by how much each number among them moves"
        ),
        "rules": told(_RULES, "随之改变的规则", "rules that count for the outcome and turn with it"),
        "outcome": told(either(named("Outcome"), named("ExitOutcome")), "改变后的结论", "the outcome after it"),
    }
)
_COUNTERFACTUAL: Final = record(
    {
        "before": told(either(named("Assessment"), named("ExitAssessment")), "现在的评估", "the assessment today"),
        "towards": told(
            either(named("Outcome"), named("ExitOutcome"), {"type": "null"}),
            "所求的结论；尚缺事实时为null",
            "the outcome looked for; null where facts are missing and none was named",
        ),
        "alternatives": told(listed(named("Alternative")), "各种改变，最小的在前", "changes, the smallest first"),
        "searched": told(_FACTS, "可以改变的事实", "facts that might be changed"),
        "at_once": told(whole(0), "同时试改的事实数", "how many facts at once were tried in every combination"),
        "tried": told(whole(0), "试过的次数", "how many changed subjects were judged"),
        "is_cut": told(flag(), "是否因次数已满而停", "whether the search stopped at its bound"),
        "is_fewest": told(flag(), "是否已知不能改得更少", "whether fewer facts are shown not to do"),
        "is_proved": told(flag(), "是否已证明最小", "whether it is proved that no smaller change does"),
        "note": told(named("Words"), "说明", "how far the answer goes"),
    }
)
_REASON: Final = record(
    {
        "role": told(codes(get_args(ReasonRole)), "理由的种类", "what sort of ground it is"),
        "name": told(text(least=1), "名称", "id of the rule, path of the fact, name of the definition or parameter"),
        "label": told(named("Words"), "标签", "words for it"),
        "value": told(named("Words"), "取值", "its value, in words"),
        "text": told(named("Words"), "内容", "the claim in words"),
        "note": told(named("Words"), "说明", "what a reader should know"),
        "missing": told(_FACTS, "使其未知的事实", "facts that keep it open; there only when it is"),
        "source": told(
            record(
                {
                    "id": told(text(least=1), "出处", "key of the source"),
                    "locator": told(text(), "出处中的位置", "place in the source"),
                    "standing": told(named("Standing"), "等级", "how firm it is"),
                    "text": told(named("Words"), "出处全称", "the citation in words"),
                }
            ),
            "出处",
            "where it comes from",
        ),
        "because": told(listed(named("Reason"), least=1), "理由的理由", "grounds of this ground"),
    },
    optional=("text", "note", "missing", "source", "because"),
)
_EXPLANATION: Final = record(
    {
        "language": told(_LANGUAGE, "语言", "its language"),
        "headline": told(text(least=1), "结论", "the outcome, in one line"),
        "remarks": told(listed(text()), "政策、评估日、依据等级", "policy, day, standing: one line each"),
        "sections": told(
            listed(
                record(
                    {
                        "title": told(text(), "小标题", "title"),
                        "lines": told(listed(text()), "各行", "plain lines"),
                        "reasons": told(listed(named("Reason")), "理由", "grounds, in order"),
                    }
                )
            ),
            "各部分",
            "grounds and lists",
        ),
    }
)
_CHANGE: Final = record(
    {
        "what": told(
            codes(("outcome", "fingerprint", "on", "library_version", "standing", "rule")),
            "不同之处",
            "what differs",
        ),
        "name": told(either(NAMED, always("")), "规则，其余为空", "id of the rule; empty otherwise"),
        "before": told(text(), "原来", "as it was"),
        "after": told(text(), "现在", "as it is"),
        **_SAID,
    }
)
_RECHECK: Final = record(
    {
        "holds": told(flag(), "结论是否不变", "whether the outcome is the same"),
        "changes": told(listed(named("Change")), "不同之处", "what differs, the outcome first"),
    }
)


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of answers by name."""
    return forms(
        Form("Outcome", "识别结论", "whether a subject is to be identified", codes(Outcome, OUTCOME_WORDS.__getitem__)),
        Form(
            "ExitOutcome",
            "退出结论",
            "whether a subject meets every guarantee needed to leave",
            codes(ExitOutcome, EXIT_WORDS.__getitem__),
        ),
        Form(
            "Why",
            "未知的原因",
            "why a fact is not known",
            codes(Why, in_words),
        ),
        Form(
            "Assessment",
            "识别评估",
            "whether a subject is to be identified, with what led there",
            _ASSESSMENT,
            Assessment,
            "assessment",
        ),
        Form(
            "ExitAssessment",
            "退出评估",
            "whether a subject may leave, with what led there",
            _EXIT,
            ExitAssessment,
            "exit-assessment",
        ),
        Form(
            "Completions",
            "所缺事实的各种可能",
            "what the completions of a subject say of an outcome",
            _COMPLETIONS,
            Completions,
        ),
        Form("Finding", "数据疑点", "a check that found something", _FINDING, Finding, "finding"),
        Form("Gap", "未达到的保障及差距", "a guarantee that is not met, with what it is short of", _GAP, Gap, "gap"),
        Form("Question", "下一个问题", "one question that brings an outcome nearer", _QUESTION, Question, "question"),
        Form("Ranked", "名额内的排序", "the places of one group under its quota", _RANKED, Ranked, "ranked"),
        Form("Alternative", "一种会改变结论的改变", "one change that turns an outcome", _ALTERNATIVE, Alternative),
        Form(
            "Counterfactual",
            "怎样会改变结论",
            "what would turn an outcome",
            _COUNTERFACTUAL,
            Counterfactual,
            "counterfactual",
        ),
        Form("Reason", "一条理由", "one ground of an answer", _REASON, Reason),
        Form("Explanation", "解释", "an explanation in one language", _EXPLANATION, Explanation, "explanation"),
        Form("Change", "两次评估的一处不同", "one thing that differs between two assessments", _CHANGE, Change),
        Form("Recheck", "复核", "whether a stored assessment still holds", _RECHECK, Recheck, "recheck"),
    )
