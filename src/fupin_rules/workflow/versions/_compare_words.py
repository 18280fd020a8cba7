"""Words for what stands in a procedure: arrays, keys, and values with the labels of the procedure they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fupin_rules.citations import Standing
from fupin_rules.expr import Expr, render
from fupin_rules.workflow.procedure._days import DayCount
from fupin_rules.workflow.procedure._parts import SetFact
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.procedure._scope import guard_scope

ARRAY_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "head": ("规程", "procedure"),
        "sources": ("依据", "source"),
        "levels": ("层级", "level"),
        "roles": ("角色", "role"),
        "lists": ("代码表", "code list"),
        "evidence": ("证据", "evidence"),
        "facts": ("事实", "fact"),
        "events": ("事项", "event"),
        "states": ("环节", "state"),
        "reviews": ("签字", "review"),
        "notices": ("公示公告", "notice"),
        "deadlines": ("期限", "deadline"),
        "moves": ("办理", "move"),
    }
)
_KEYS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "address": ("网址", "address"),
        "codes": ("代码", "codes"),
        "date": ("日期", "date"),
        "days": ("天数", "days"),
        "days_source": ("天数依据", "basis of the days"),
        "digits": ("区划代码位数", "digits of the area code"),
        "distinct": ("一人一签", "one person, one signature"),
        "drop": ("删去", "drop"),
        "effects": ("作用", "effects"),
        "event": ("事项", "event"),
        "evidence": ("证据", "evidence"),
        "fields": ("内容", "fields"),
        "follows": ("替换", "follows"),
        "format": ("格式", "format"),
        "from": ("自", "from"),
        "high": ("上限", "highest"),
        "id": ("名称", "id"),
        "impartial": ("亲属回避", "not by a relative"),
        "incompatible": ("不容兼任", "incompatible"),
        "initial": ("起始环节", "first state"),
        "issuer": ("发文机关", "issuer"),
        "keep": ("跨轮保留", "kept over rounds"),
        "key_step": ("重点环节", "key step"),
        "kind": ("性质", "kind"),
        "label": ("名称", "label"),
        "level": ("层级", "level"),
        "list": ("代码表", "code list"),
        "low": ("下限", "lowest"),
        "may_share": ("可兼签", "may share"),
        "migrators": ("可迁移案件者", "who may bring cases over"),
        "need": ("所需签字数", "signatures needed"),
        "needs": ("须先有", "needs"),
        "note": ("说明", "note"),
        "number": ("文号", "number"),
        "objectors": ("可提异议者", "who may object"),
        "on_objection": ("提出异议时", "on an objection"),
        "on_upheld": ("异议成立时退回", "when upheld, back to"),
        "policy": ("政策", "policy"),
        "protected": ("受保护", "protected"),
        "rename": ("改名", "rename"),
        "required": ("必填", "required"),
        "role": ("角色", "role"),
        "roles": ("办理人", "who"),
        "set": ("补入", "set"),
        "since": ("起算", "counted from"),
        "slots": ("签字处", "slots"),
        "source": ("依据", "basis"),
        "standing": ("依据效力", "standing"),
        "states": ("环节", "states"),
        "subject": ("对象", "subject"),
        "then": ("逾期后", "then"),
        "title": ("标题", "title"),
        "title_en": ("英文标题", "English title"),
        "to": ("至", "to"),
        "unit": ("单位", "unit"),
        "upcasts": ("旧版读法", "upcasts"),
        "version": ("版本", "version"),
        "waivable": ("可免签", "may be waived"),
        "when": ("条件", "condition"),
    }
)
_EFFECTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "sign": ("签字", "sign"),
        "waive": ("免签", "waive"),
        "delegate": ("委派签字", "delegate"),
        "amend": ("加签", "amend"),
        "open_notice": ("张贴", "post"),
        "close_notice": ("结束", "take down"),
        "object": ("提出异议", "object to"),
        "resolve": ("处理异议", "resolve"),
        "set": ("记下", "set"),
        "new_round": ("开始新一轮", "begin a new round"),
    }
)
# What some keys may hold, by key or kind.
_VALUES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "open": ("待办", "open"),
        "waiting": ("等待", "waiting"),
        "goal": ("目标", "goal"),
        "closed": ("终结", "closed"),
        "notice": ("公示", "notice"),
        "announcement": ("公告", "announcement"),
        "claim": ("是非", "claim"),
        "number": ("数", "number"),
        "day": ("日期", "day"),
        "code": ("代码", "code"),
        "text": ("文字", "text"),
        "digest": ("摘要", "digest"),
        "suspend": ("暂停结束", "suspend"),
        "restart": ("重新起算", "restart"),
        "remind": ("提醒", "remind"),
        "escalate": ("上报", "escalate"),
        "may": ("可另行办理", "another way opens"),
        "household": ("农户", "household"),
        "village": ("村", "village"),
        **{each.value: (each.words("zh"), each.words("en")) for each in Standing},
    }
)
# What is so where a key is left out.
_OTHERWISE: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **dict.fromkeys(("impartial", "keep", "key_step", "protected", "waivable"), ("否", "no")),
        **dict.fromkeys(("distinct", "required"), ("是", "yes")),
        "need": ("全部", "all"),
        "on_objection": _VALUES["suspend"],
        "since": ("进入该环节", "the state was entered"),
        "subject": _VALUES["household"],
        "version": ("1", "1"),
    }
)
_NOTHING: Final = ("（无）", "(none)")
_CHOSEN: Final = ("kind", "then", "on_objection", "subject", "standing")
# What the names under a key are names of.
_LEADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "event": "event",
        "evidence": "evidence_kind",
        "initial": "state",
        "level": "level",
        "list": "list",
        "migrators": "role",
        "objectors": "role",
        "on_upheld": "state",
        "role": "role",
        "roles": "role",
        "states": "state",
        "to": "state",
    }
)


def field_words(name: str, language: str) -> str:
    """Say a key, or a path of keys and names."""
    parts = [_KEYS[part][language != "zh"] if part in _KEYS else part for part in name.split(".")]
    return (" · ").join(parts)


class Namer:
    """Says values of a procedure with its labels."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure

    def say(self, array: str, part: str, key: str, value: Any, language: str) -> str:
        """Say the value of a key of a part; what is left out is nothing."""
        zh = language == "zh"
        match key, value:
            case _, None:
                return _OTHERWISE.get(key, _NOTHING)[not zh]
            case (("label" | "title" | "note"), {"zh": str() as one, "en": str() as other}):
                return one if zh else other
            case "when", str():
                move = self._procedure.move[part]
                return self._guard(move.guard, move.event, language) if move.guard is not None else value
            case "effects", list():
                return self._join((self._effect(part, each, language) for each in value), language)
            case "days", dict():
                return DayCount(**value).words(language)
            case _, bool():
                return ("是" if value else "否") if zh else ("yes" if value else "no")
            case _, list() if array != "lists" and all(isinstance(each, str) for each in value):
                return self._join((self._name(array, key, each, language) for each in value), language)
            case _, str() if key in _CHOSEN and value in _VALUES:
                return _VALUES[value][not zh]
            case _, str():
                return self._name(array, key, value, language)
            case _:
                return self.say_part(value, language)

    def say_part(self, value: Any, language: str) -> str:
        """Say a value that has no words of its own: keys and values, one after the other."""
        zh = language == "zh"
        match value:
            case None:
                return _NOTHING[not zh]
            case {"zh": str() as one, "en": str() as other}:
                return one if zh else other
            case dict():
                told = (
                    (field_words(key, language), self.say_part(each, language))
                    for key, each in value.items()
                    if key != "id"
                )
                return ("，" if zh else ", ").join(f"{key} {each}" for key, each in told)
            case list():
                return "[" + self._join((self.say_part(each, language) for each in value), language) + "]"
            case bool():
                return ("是" if value else "否") if zh else ("yes" if value else "no")
            case _:
                return str(value)

    def _name(self, array: str, key: str, name: str, language: str) -> str:
        index = "state" if (array, key) == ("moves", "from") else _LEADS.get(key, "")
        part = getattr(self._procedure, index, {}).get(name) if index else None
        return name if part is None else str(part.zh if language == "zh" else part.en)

    def _effect(self, move: str, effect: Mapping[str, str], language: str) -> str:
        zh = language == "zh"
        said = _EFFECTS[effect["do"]][not zh]
        for key, index in (("review", "review"), ("notice", "notice"), ("fact", "fact")):
            if key in effect:
                part = getattr(self._procedure, index)[effect[key]]
                said += f"“{part.zh}”" if zh else f" “{part.en}”"
        if "to" in effect:
            held = self._procedure.move[move]
            to = next(each.to for each in held.effects if isinstance(each, SetFact) and each.fact == effect["fact"])
            said += ("为" if zh else " to ") + self._guard(to, held.event, language)
        return said

    def _guard(self, expr: Expr, event: str, language: str) -> str:
        return render(expr, guard_scope(self._procedure, event), language)

    @staticmethod
    def _join(texts: Any, language: str) -> str:
        return ("、" if language == "zh" else ", ").join(texts)
