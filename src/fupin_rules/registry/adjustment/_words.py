"""What work items and findings say, in both languages, and what each sentence rests on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.citations import Citation, Source, Standing

_ARTICLE = Source(
    "article",
    "禹城市建档立卡再识别工作的文章",
    "article on the re-identification in Yucheng",
    Standing.STATED,
    note="2016. Its words: 對遺漏的、返貧的貧困戶重新納入，對不實的堅決清退，對達到脫貧標準的及時脫貧。",
)
_NATURAL = Source(
    "natural-change",
    "家庭成员自然增减的原因",
    "reasons of natural change",
    Standing.LOCAL,
    address="luozhuang.gov.cn/info/5875/10626.htm",
    note="Luozhuang 2018: birth, marriage and moving in; death, marriage and moving out, imprisonment.",
)
_SPLIT = Source(
    "L15",
    "错评剔除十原则",
    "Ten principles for removing the wrongly identified",
    Standing.LOCAL,
    address="m.2word.com/show.php?id=622166",
    note="One place's list; the place is not named. A household split on purpose is removed.",
)
_SAME_YEAR = Source(
    "L11",
    "四进七不进",
    "Four that come in, seven that do not",
    Standing.LOCAL,
    address="360online.cn/370139.html",
    note="Of the Chongqing type: who was identified or returned this year does not, in principle, exit this year.",
)
_OURS = Source(
    "adjustment",
    "两册比对的办法",
    "how two registers are compared",
    Standing.ASSUMPTION,
    note="Who is who, what counts as a split or a merger, and which proposal goes before which, is ours.",
)

TAKEN_IN = Citation(_ARTICLE, "遗漏的、返贫的重新纳入")
CLEARED = Citation(_ARTICLE, "不实的坚决清退")
LEAVES = Citation(_ARTICLE, "达到脱贫标准的及时脱贫")
NATURAL = Citation(_NATURAL)
OURS = Citation(_OURS)


@attrs.frozen
class WorkReason:
    """
    One ground of a work item.

    Attributes:
        code: Id of a rule of the policy, or a name of ours.
        zh: In Chinese.
        en: In English.
        citation: What it rests on.
    """

    code: str
    zh: str
    en: str
    citation: Citation

    def words(self, language: str) -> str:
        """Give the sentence in `zh` or `en`."""
        return self.zh if language == "zh" else self.en

    def to_plain(self) -> dict[str, Any]:
        """Give the reason as plain data that JSON can hold."""
        return {
            "code": self.code,
            "zh": self.zh,
            "en": self.en,
            "source": {
                "id": self.citation.source.id,
                "locator": self.citation.locator,
                "standing": self.citation.standing.value,
                "text": {language: self.citation.words(language) for language in ("zh", "en")},
            },
        }


# By code: the sentence in both languages, and what it rests on; in braces ids of households and members, counts, codes.
_REASONS: Mapping[str, tuple[str, str, Citation]] = MappingProxyType(
    {
        "missed": (
            "遗漏：未在册，按政策符合条件",
            "missed: not on the register, and eligible under the policy",
            TAKEN_IN,
        ),
        "returned": ("返贫：已脱贫退出，现又符合条件", "returned: had exited, and is eligible again", TAKEN_IN),
        "untrue": (
            "不实：在册，按政策不符合条件",
            "untrue: on the register, and not eligible under the policy",
            CLEARED,
        ),
        "facts_moved": (
            "按原册所载则符合条件：须查明是情况有变还是原册不实",
            "by the facts of OLD it was eligible: find out whether it fared better since, or these were untrue",
            OURS,
        ),
        "guarantees_open": (
            "退出标准中有未达到的：清退后是否仍须帮扶，须一并研究",
            "guarantees that are not met: decide with it what help goes on",
            OURS,
        ),
        "standard_met": ("在册，各项退出标准均已达到", "on the register, and every guarantee of exit is met", LEAVES),
        "undetermined": ("按政策尚不能确定", "undetermined under the policy", OURS),
        "exit_open": (
            "不符合识别条件；是否达到退出标准尚不能确定，不得径行清退",
            "not eligible; whether it meets the standard of exit is open, so it is not to be cleared out as it is",
            OURS,
        ),
        "exclusion_open": (
            "是否属排除情形尚不能确定，清退还是退出未定",
            "whether it is excluded is open, and with it whether it is to be cleared out or to exit",
            OURS,
        ),
        "status_open": (
            "原册是否在册、是否已脱贫不明",
            "whether it is on the register or has exited is not known",
            OURS,
        ),
        "people_open": (
            "户内有人身份不明，是否已在原册不明",
            "somebody in it cannot be identified, so whether it stands in OLD is not known",
            OURS,
        ),
        "year_open": (
            "当年识别、返贫的不得退出：年度不明",
            "identified or returned this year it may not exit: the year is not known",
            Citation(_SAME_YEAR, "一出三不出"),
        ),
        "gone": ("原册有此户，新册没有：须查明下落", "in OLD and not in NEW: find out where it is", OURS),
        "struck_off": ("新册记为无效：须查明原因", "struck off in NEW: find out why", OURS),
        "identity": (
            "原册 {old} 人、新册 {new} 人身份不明或名册不完整，增减不能确定",
            "{old} in OLD and {new} in NEW not identified, or not surely all listed: who came or left cannot be told",
            OURS,
        ),
        "came": ("新册增加成员 {member}", "member {member} of NEW came", NATURAL),
        "left": ("原册成员 {member} 减少", "member {member} of OLD left", NATURAL),
        "came_from": ("在原册中属户 {households}", "stood in household {households} of OLD", OURS),
        "left_for": ("在新册中属户 {households}", "stands in household {households} of NEW", OURS),
        "reason": ("原因：{zh}", "reason: {en}", NATURAL),
        "reason_to_be_told": ("原因待填：事实不足以推定", "reason to be told: the facts do not tell it", NATURAL),
        "split": (
            "分户：成员均来自原册户 {households}；须核实是否拆户冒充贫困",
            "split: its people all come from household {households} of OLD; check that it was not done to look poor",
            Citation(_SPLIT),
        ),
        "dissolved": (
            "分户：成员在新册中属户 {households}",
            "split: its people stand in household {households} of NEW",
            Citation(_SPLIT),
        ),
        "merged": (
            "合户：成员在新册中属户 {households}",
            "merged: its people stand in household {households} of NEW",
            OURS,
        ),
        "united": (
            "合户：成员均来自原册户 {households}，各户均已并入",
            "merged: its people all come from households {households} of OLD, which went into it whole",
            OURS,
        ),
        "partly_in": (
            "部分成员在新册中属户 {households}",
            "some of its people stand in household {households} of NEW",
            OURS,
        ),
        "not_found": ("{count} 人不在新册", "{count} of its people are not in NEW", OURS),
        "not_identifiable": (
            "{count} 人身份不明，是否在新册不能确定",
            "{count} of its people cannot be identified: whether they are in NEW cannot be told",
            OURS,
        ),
        "outcome": ("按新册事实：{zh}", "by the facts of NEW: {en}", OURS),
        "head_changed": (
            "户主由原册成员 {before} 变为新册成员 {after}；户编号不变，与户主关系须同时重填",
            "the head was member {before} of OLD and is member {after} of NEW; restate all relations, keep the id",
            OURS,
        ),
        "own_id": (
            "该户编号在原册属于他户：须先另给户编号，再行办理",
            "in OLD this id is another household's: give this one an id of its own first",
            OURS,
        ),
        "head_left": ("原户主已不在户内", "the old head no longer lives there", OURS),
    }
)

_FINDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "double_person": (
            "同一人在两个有效户中，或在一户中两次",
            "one person in two valid households, or twice in one",
        ),
        "person_id_contested": (
            "同一人编号对应不同证件号码，按身份不明处理",
            "one number of a person goes with different certificate numbers; taken as not identified",
        ),
        "id_reused": (
            "同一户编号在两册中没有共同成员，按不同户处理",
            "one id stands for households without a person in common; taken as two households",
        ),
        "several_heads": ("户主多于一人", "more than one head of household"),
        "no_head": ("没有户主", "no head of household"),
        "not_restated": (
            "户主已变更，与户主关系未重填",
            "the head is another person, and relations are still those to the old one",
        ),
        "exited_but_eligible": (
            "新册记为脱贫，按政策仍符合识别条件",
            "lifted out in NEW, and still eligible under the policy",
        ),
        "exited_but_not_met": (
            "新册记为脱贫，退出标准并未达到",
            "lifted out in NEW, though the standard of exit is not met",
        ),
        "eligible_and_met": (
            "既符合识别条件又达到退出标准，保留在册",
            "eligible and meeting the standard of exit at once; it stays on the register",
        ),
        "held_same_year": (
            "已达到退出标准，因当年识别或返贫暂不退出",
            "meets the standard of exit, and is held back: identified or returned this year",
        ),
    }
)


def reason(code: str, **particulars: object) -> WorkReason:
    """Make a reason of ours."""
    zh, en, citation = _REASONS[code]
    return WorkReason(code, zh.format(**particulars), en.format(**particulars), citation)


def finding_words(code: str) -> tuple[str, str]:
    """Say what a finding is, in Chinese and English."""
    return _FINDINGS[code]
