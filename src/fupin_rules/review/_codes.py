"""What each finding is called, how heavy it weighs, and what to do about it, in Chinese and English."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from fupin_rules.policy import FindingCode

Both = tuple[str, str]


class Severity(enum.StrEnum):
    """How heavy a finding weighs."""

    FAULT = "fault"
    """The pack does not do what its text says."""
    DOUBT = "doubt"
    """It may be meant so; somebody has to say that it is."""

    def words(self, language: str) -> str:
        """Name it in `zh` or `en`."""
        return {"fault": ("错误", "fault"), "doubt": ("疑点", "doubt")}[self.value][0 if language == "zh" else 1]


@attrs.frozen
class About:
    """
    What is said of a code.

    Attributes:
        severity: How heavy it weighs.
        title: What it is called, in Chinese and English.
        mend: What to do about it, in Chinese and English.
    """

    severity: Severity
    title: Both
    mend: Both


_FAULT: Final = Severity.FAULT
_DOUBT: Final = Severity.DOUBT

CODES: Final[Mapping[FindingCode, About]] = MappingProxyType(
    {
        FindingCode.NEVER_FIRES: About(
            _FAULT,
            ("规则从不成立", "a rule never holds"),
            ("更正条件或其数值，或删去该规则", "mend its condition or its numbers, or drop it"),
        ),
        FindingCode.ALWAYS_HOLDS: About(
            _FAULT,
            ("规则总是成立", "a rule always holds"),
            ("更正条件或其数值，或删去该规则", "mend its condition or its numbers, or drop it"),
        ),
        FindingCode.NEVER_SETTLED: About(
            _FAULT,
            ("规则永远不能确定", "a rule can never be settled"),
            ("找出总是未知的部分（如除数为零）并更正", "look for what is always unknown, such as a divisor zero"),
        ),
        FindingCode.NOBODY_ELIGIBLE: About(
            _FAULT,
            ("无人可能符合", "nobody can be eligible"),
            ("更正相互抵触的规则", "mend the rules that contradict each other"),
        ),
        FindingCode.NOBODY_EXITS: About(
            _FAULT,
            ("无人可能达到退出标准", "nobody can meet the guarantees of exit"),
            ("更正相互抵触的规则", "mend the rules that contradict each other"),
        ),
        FindingCode.WRONG_DIRECTION: About(
            _FAULT,
            ("声明的方向不对", "an override declares the wrong direction"),
            ("改正 `direction`，或更正改写的内容", "correct `direction`, or what is overridden"),
        ),
        FindingCode.NOT_MONOTONE: About(
            _FAULT,
            ("收入多一分，结果反向变化", "a fen more turns an outcome the wrong way"),
            ("核对比较的方向和区间", "look at the signs of comparisons, and at both ends of ranges"),
        ),
        FindingCode.IDLE_EXCEPTION: About(
            _FAULT,
            ("例外从不起作用", "an exception never rebuts a hit"),
            ("更正例外的条件，或删去", "mend the exception, or drop it"),
        ),
        FindingCode.DEAD_CONDITION: About(
            _FAULT,
            ("条件的一部分不起作用", "a part of a text makes no difference"),
            ("更正或删去这一部分", "mend that part, or leave it out"),
        ),
        FindingCode.VALUE_NEVER_IN_FORCE: About(
            _FAULT,
            ("数值在政策包所涵盖的日期内从不生效", "a value is in force on no day of the pack"),
            ("更正日期，或删去该数值", "correct its days, or drop it"),
        ),
        FindingCode.VALUE_CARRIED_OVER: About(
            _FAULT,
            ("数值沿用到其政策包所涵盖的日期之外", "a value is used beyond the days of the pack that gives it"),
            (
                "在本包给出这些日期的数值，或缩短本包的日期",
                "give values for those days in this pack, or cover fewer days",
            ),
        ),
        FindingCode.IDLE_RULE: About(
            _DOUBT,
            ("去掉该规则，结果不变", "a rule decides nothing"),
            ("与其他规则合并，或写明保留的原因", "merge it with the others, or say why it stands"),
        ),
        FindingCode.SAME_RULE: About(
            _DOUBT,
            ("两条规则相同", "two rules are the same"),
            ("删去一条，或写明保留的原因", "drop one, or say why both stand"),
        ),
        FindingCode.IDLE_PRIORITY: About(
            _DOUBT,
            ("优先规则不起作用", "a priority ranks nobody before anybody"),
            ("更正条件、权重或排序，或删去", "mend its condition, its weight or the ranking, or drop it"),
        ),
        FindingCode.ELIGIBLE_AND_EXITS: About(
            _DOUBT,
            ("可能同时符合识别条件并达到退出标准", "somebody is eligible and may exit at once"),
            ("核对两套标准是否衔接，或写明原因", "see that the two standards fit, or say why they need not"),
        ),
        FindingCode.DOUBLE_TURN: About(
            _DOUBT,
            ("相差一分，两条规则同时变化", "one fen turns two rules at once"),
            ("核对边界（低于、高于、等于），或写明原因", "look at the edge (below, above, exactly on), or say why"),
        ),
        FindingCode.TURN_OFF_LINE: About(
            _DOUBT,
            ("结果在没有参数的数值上变化", "an outcome turns where no parameter draws a line"),
            (
                "把数值写成注明来源和日期的参数，或写明原因",
                "make the number a dated parameter with a source, or say why",
            ),
        ),
        FindingCode.SOURCE_LATER: About(
            _DOUBT,
            ("早于其来源的日期生效", "something is in force before its source"),
            ("更正日期，注明 `published`，或写明原因", "correct the days, give `published`, or say why"),
        ),
        FindingCode.UNUSED_PARAMETER: About(
            _DOUBT,
            ("参数未被使用", "nothing reads a parameter"),
            ("删去，或在规则中使用", "drop it, or use it in a rule"),
        ),
        FindingCode.UNUSED_DEFINITION: About(
            _DOUBT,
            ("口径未被使用", "nothing reads a definition"),
            ("删去，或在规则中使用", "drop it, or use it in a rule"),
        ),
        FindingCode.UNUSED_SOURCE: About(
            _DOUBT,
            ("来源未被引用", "nothing cites a source"),
            ("删去，或在所依据之处引用", "drop it, or cite it where it is relied on"),
        ),
        FindingCode.IDLE_WAIVER: About(
            _FAULT,
            ("豁免没有对象", "a waiver waives nothing"),
            ("删去该豁免，或更正所指", "drop it, or correct what it names"),
        ),
    }
)
