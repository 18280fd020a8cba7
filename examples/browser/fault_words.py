"""
Faults of the library in both languages, each with the place in the household that it belongs to.

The library words a fault in English. In Chinese the page says what a fact has to be, which the catalogue tells; a fault
of the whole has its words here, by its code.
"""

from __future__ import annotations

import re
from typing import Final

import fupin_rules as fr
from fupin_rules.model import MAX_MEMBERS, FieldSpec, Sort, catalogue
from fupin_rules.quantities import plain

_KNOWN: Final = catalogue(fr.Household)
_MEMBER: Final = re.compile(r"\$\.members\[[^\[\]]*\]\.([a-z0-9_]+)\Z")

_BY_CODE: Final = {
    "id": "编号应为1至64个字符，首尾无空格，不含方括号",
    "id_personal": "这是证件号码，会出现在每个结论里；请另行编号",
    "double": "同一户里编号重复；请另行编号",
    "missing": "缺少编号",
    "unknown_fact": "没有这一项事实",
    "shape": "应为一组事实",
    "json": "不是 JSON，或有重复的键、不成数字的数字",
    "depth": "嵌套过深，或内容过多",
    "line_size": "文件过大，一次只读一户",
    "text": "文字过长",
    "digits": "数字过长",
    "members": f"成员超过{MAX_MEMBERS}人；请核对如何分户",
    "uncovered_date": "政策不适用于这一天；请选适用期内的日期",
    "open_parameter": "政策未给出这一天的数值；请先填入",
    "bounds": "超出政策规定的范围",
    "day": "应为日期，如 2016-01-31",
}


def fault_words(fault: fr.Fault) -> dict[str, str]:
    """Tell a fault to a person: the path it belongs to, its code, and its words in Chinese and English."""
    spec = _spec(fault.where)
    zh = _BY_CODE.get(fault.code, "不能识别") if spec is None or fault.code in ("double", "id") else expected(spec)
    en = f"{fault.what}; {fault.mend}" if fault.mend else fault.what
    return {"path": fault.where, "code": fault.code, "zh": zh, "en": en}


def _spec(where: str) -> FieldSpec | None:
    of_member = _MEMBER.match(where)
    field = _KNOWN.members.get(of_member[1]) if of_member else _KNOWN.fields.get(where.removeprefix("$."))
    return None if field is None else field.spec


def expected(spec: FieldSpec) -> str:
    """
    Say in Chinese what a fact has to be.

    >>> expected(_KNOWN.fields["income.pension_yuan"].spec)
    '应为0至100000000元/年的数，至多2位小数；不知道就留空'
    """
    return f"{_expected(spec)}；不知道就留空"


def _expected(spec: FieldSpec) -> str:
    match spec.sort:
        case Sort.FLAG:
            return "应为是或否"
        case Sort.NUMBER:
            assert spec.low is not None and spec.high is not None
            kind = f"数，至多{spec.places}位小数" if spec.places else "整数"
            return f"应为{plain(spec.low)}至{plain(spec.high)}{spec.unit.words('zh')}的{kind}"
        case Sort.DAY:
            return "应为1900年至2199年间的日期，如 2016-01-31"
        case Sort.TEXT:
            return "应为不太长的文字"
        case Sort.CODE:
            return "应为所列各项之一"
        case Sort.CODES:
            return "应在所列各项之中" + ("" if spec.most is None else f"，至多{spec.most}项")
        case Sort.PRIVATE:
            return "格式不符"
