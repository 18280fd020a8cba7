"""What could not be read of a register, row by row: nothing is dropped, everything is listed and counted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from fupin_rules.errors import Fault

# By code; the English sentence has the particulars.
_ZH: Mapping[str, str] = MappingProxyType(
    {
        "cell": "单元格内容不合要求，按未知处理；请更正，或留空",
        "number_for_text": "该列应为文本，数字格式已丢失末位；请将该列设为文本格式后重新录入",
        "certificate": "证件号码有误（位数、日期或校验位），按未知处理；请核对证件",
        "placeholder": "以999999开头的号码不是证件号码，按没有号码处理；请填写证件号码，或留空",
        "sex": "性别与证件号码不符，按未知处理；请核对证件",
        "birth": "出生日期与证件号码不符，按未知处理；请核对证件",
        "count": "填写的人数与成员行数不一致，名册是否完整存疑；请补全缺行或更正人数",
        "members": "一户行数过多，整户搁置；请检查户主各行",
        "no_head": "该行之前没有户主，整户搁置；请将户主行放在首位",
        "double_person": "该证件号码已在前面出现，整户搁置；一人只能在一户",
        "double_id": "户编号重复，整户搁置；请每户使用不同编号",
        "split_household": "另一张名册中还有同一户编号的成员行，名册是否完整存疑；请将一户各行放在同一张表",
        "double": "编号重复，该行搁置；请每村（户、人）只留一行",
        "differs": "与其他行或其他表不一致，按未知处理（户编号以名册为准）；请统一",
        "no_household": "名册中没有这个户主，或该户已有一行；请核对户主证件号码",
        "no_member": "名册中没有这个成员；请核对证件号码",
        "two_heads": "一户有两个户主，与户主关系按未知处理；请核对",
        "headless": "该户成员中没有户主；请在与户主关系栏注明户主",
        "not_registered": "登记表中没有这个户编号，该行搁置；请补登记表或更正编号",
        "unknown_header": "表头不认识，全表未读；请更正表头",
        "double_header": "两列表头相同，全表未读；请删去其一",
        "layout": "表头不属于任何已知的表，全表未读；前5行中应有一行是表头",
        "no_header": "该行有单元格所在列没有表头，未读；请补表头，或清除",
        "double_member": "成员序号在户内重复，整户搁置；请更正或留空",
        "double_household": "户编号重复，相同编号各户均搁置；请每户使用不同编号",
        "summary": "与登记表、成员信息表汇总结果不一致；请更正，或留空由汇总得出",
        "summary_open": "登记表、成员信息表资料不全，此数无从得出；请补齐资料，或留空",
        "summary_row": "登记表中没有这一户（村），该行搁置；请核对编号或村名",
        "summary_gap": "登记表中有的户（村）汇总表中没有；请重新汇总",
        "id_personal": "编号是证件号码，该行搁置；请另行编号",
        "id": "编号缺失或不合要求，该行搁置；请填写编号，勿用证件号码",
        "json": "该行不是合格的 JSON，搁置；请每户一行",
        "line_size": "该行过长，搁置；请每户一行",
        "depth": "该行嵌套过深或内容过多，搁置；请每户一行",
        "unknown_fact": "有不认识的事实名称，该户搁置；请按目录更正",
        "value": "有事实的值不合要求，该户搁置；请更正，或按未知留空",
        "missing": "缺少编号，该户搁置；请填写编号，勿用证件号码",
        "shape": "结构不合要求，该户搁置；请按平面格式填写",
        "text": "文本过长，该户搁置；请缩短",
        "digits": "数字位数过多，该户搁置；请更正",
    }
)

# By code; the numbers that a rule set of Guizhou, January 2024 (local), gives to what is judged where rows are read.
_RULE_NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "certificate": "1_01_002、1_01_003、1_01_004",
        "double_person": "1_01_001",
        "placeholder": "4_01_003",
    }
)


@attrs.frozen
class RowProblem:
    """
    One thing that could not be read as it stands.

    Attributes:
        sheet: File, and sheet of a workbook.
        row: Number of the row as a person sees it, from 1; the header is row 1.
        column: Header of the column; empty when the whole row is meant.
        code: Stable name of the problem.
        what: What is wrong, never with a personal value.
        mend: The way out.
        sets_aside: Whether the whole household (or row) is set aside until it is mended; otherwise the one fact is
            held as conflicting.
    """

    sheet: str
    row: int
    column: str
    code: str
    what: str
    mend: str
    sets_aside: bool

    @property
    def zh(self) -> str:
        """What is wrong and the way out, in Chinese."""
        return _ZH.get(self.code, _ZH["cell"])

    @property
    def rule_number(self) -> str:
        """Number of the rule of Guizhou, January 2024, that asks the same; empty where none does."""
        return _RULE_NUMBERS.get(self.code, "")

    def __str__(self) -> str:
        """Say where, what and the way out, on one line."""
        place = f"{self.sheet}, row {self.row}" + (f", column `{self.column}`" if self.column else "")
        return str(Fault(place, self.what, self.mend))
