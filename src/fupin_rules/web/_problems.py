"""
Problems: what a refused request is told, in the form of RFC 9457: every fault with its place, nothing of its values.

A place in a body is a path (`$.members[0].birth_date`) made of names of facts and numbers only: a key that is no fact
is told by the table it stands in, for it may be the number of a person. Parameters stand as `?on` and `{policy}`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.errors import SHOWN_FAULTS, BudgetExceededError, Fault, FupinRulesError, LimitError
from fupin_rules.model import GROUPS, Area, Household, Member, Village

MEDIA_TYPE: Final = "application/problem+json"
_TYPE: Final = "urn:fupin-rules:problem:"


@attrs.frozen
class Kind:
    """
    A kind of problem.

    Attributes:
        status: Status of the answer.
        zh: Title in Chinese.
        en: Title in English.
    """

    status: int
    zh: str
    en: str


@attrs.frozen
class Code:
    """
    A code of a fault.

    Attributes:
        kind: The kind of problem it is told in.
        zh: What it says, in Chinese.
        en: What it says, in English.
    """

    kind: str
    zh: str
    en: str


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "unreadable": Kind(400, "请求体无法读取", "the body cannot be read"),
        "not_found": Kind(404, "没有这项政策", "there is no such policy"),
        "not_offered": Kind(404, "该政策不提供此项", "the policy does not offer this"),
        "method_not_allowed": Kind(405, "请求方法不适用", "the method does not apply here"),
        "too_large": Kind(413, "请求超出限度", "the request is over a limit"),
        "unsupported_media_type": Kind(415, "请求体不是 JSON", "the body is not told to be JSON"),
        "invalid": Kind(422, "请求内容不符", "the request does not fit"),
        "busy": Kind(503, "正在进行另一项比较", "another comparison is under way"),
    }
)

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "json": Code("unreadable", "不是合格的 JSON", "no JSON"),
        "encoding": Code("unreadable", "不是 UTF-8 文本", "no text in UTF-8"),
        "duplicate_key": Code("unreadable", "同一表中一个键出现两次", "a key stands twice in one table"),
        "number": Code("unreadable", "不是数，或位数过多", "a number that is none (`NaN`), or has too many digits"),
        "unknown_policy": Code("not_found", "本服务没有这项政策", "no policy of this service"),
        "no_rule": Code(
            "not_offered", "该政策没有关于此类对象的此类规则", "the policy has no such rule about such a subject"
        ),
        "no_ranking": Code("not_offered", "该政策未规定如何排序", "the policy does not say how to rank"),
        "no_quota": Code("not_offered", "该政策不允许设置规模限制", "the policy forbids a quota"),
        "method": Code("method_not_allowed", "请求方法不适用", "another method than the one offered"),
        "content_type": Code("unsupported_media_type", "请求体不是 JSON", "a body of another type than JSON"),
        "size": Code("too_large", "请求体过大", "more bytes than are read"),
        "depth": Code("too_large", "嵌套过深，或值过多", "nested deeper, or more values, than is read"),
        "text": Code("too_large", "文本过长", "a text longer than is read"),
        "digits": Code("too_large", "位数过多", "a number of more digits than are read"),
        "members": Code("too_large", "家庭成员过多", "more members than one household has"),
        "many": Code("too_large", "户数过多", "more households than are taken at a time"),
        "missing": Code("invalid", "缺少必填项", "something that has to be given is missing"),
        "unknown_parameter": Code("invalid", "没有这个参数", "a parameter that is none"),
        "parameter": Code("invalid", "参数的值不符", "a value that a parameter cannot have"),
        "repeated": Code("invalid", "参数出现不止一次", "a parameter given more than once"),
        "uncovered_date": Code("invalid", "政策不涵盖该日", "a day that the policy does not cover"),
        "open_parameter": Code("invalid", "政策的一个参数待定", "a parameter of the policy is open and has no value"),
        "no_value": Code("invalid", "该日尚无已知的参数值", "no value of a parameter was known on that day"),
        "shape": Code("invalid", "应为表或列表", "something else than the table or list that is due"),
        "unknown_fact": Code("invalid", "没有这个字段", "a name that is no fact"),
        "value": Code("invalid", "值不符合该字段", "a value that the fact cannot have"),
        "id": Code("invalid", "编号不符", "an id that is none"),
        "id_personal": Code("invalid", "编号是证件号码", "an id that is the number of a certificate"),
        "double": Code("invalid", "同一编号出现两次", "an id that stands twice"),
        "budget": Code("invalid", "规则步骤过多", "rules that take too many steps on this subject"),
        "busy": Code("busy", "正在进行另一项比较", "one comparison at a time"),
    }
)


class RefusalError(Exception):
    """A request is not answered, but told what is wrong with it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


@attrs.frozen
class Problem:
    """
    What a refused request is told.

    Attributes:
        faults: All that is wrong, in order; at least one. Its first fault, or the gravest, names the kind.
        more: Members of its own, such as the days that a policy covers.
    """

    faults: tuple[Fault, ...]
    more: Mapping[str, Any] = MappingProxyType({})

    @property
    def kind(self) -> str:
        """The kind of the problem: the first of its faults' kinds, in the order of `KINDS`."""
        found = {CODES[each.code].kind for each in self.faults}
        return next(name for name in KINDS if name in found)

    @property
    def status(self) -> int:
        """Status of the answer."""
        return KINDS[self.kind].status

    def to_plain(self) -> dict[str, Any]:
        """Give it as RFC 9457 has it, with `faults` beside."""
        kind, shown = KINDS[self.kind], self.faults[:SHOWN_FAULTS]
        many = len(self.faults)
        return {
            "type": _TYPE + self.kind,
            "title": f"{kind.zh} · {kind.en}",
            "status": kind.status,
            "detail": str(shown[0]) if many == 1 else f"{many} faults, the first: {shown[0]}",
            "faults": [
                {
                    "code": each.code,
                    "path": each.where,
                    "message": each.what,
                    "mend": each.mend,
                    "zh": CODES[each.code].zh,
                }
                for each in shown
            ],
            **({"faults_left_out": many - len(shown)} if many > len(shown) else {}),
            **self.more,
        }


def refuse(code: str, where: str, what: str, mend: str, **more: Any) -> RefusalError:
    """Make the refusal of one fault."""
    return RefusalError(Problem((Fault(where, what, mend, code),), more))


def told(error: FupinRulesError) -> tuple[Fault, ...]:
    """Take the faults of an error of the library, with places that show nothing of the body, each once."""
    if isinstance(error, BudgetExceededError):
        return (Fault("$", "takes more steps than one subject is given", "list fewer members", "budget"),)
    return tuple(dict.fromkeys(_told(each, is_limit=isinstance(error, LimitError)) for each in error.faults))


def problem_of(faults: Iterable[Fault], **more: Any) -> Problem:
    """Make a problem of faults that are told already."""
    return Problem(tuple(dict.fromkeys(faults)), more)


def _told(fault: Fault, *, is_limit: bool) -> Fault:
    code = fault.code if fault.code in CODES else "depth" if is_limit else "value"
    where = safe_path(fault.where)
    what = "holds a name that is no fact" if code == "unknown_fact" else fault.what
    return Fault(where, what, fault.mend, code)


# The names that bodies of ours hold beside facts.
_ENVELOPES: Final = frozenset({"household", "households", "other", "policy", "on", "known_at", "parameters", "about"})
_STEP: Final = re.compile(r"\.([a-z_]{1,60})(?=[.\[]|$)|\[(\d{1,6})\]")


@functools.cache
def _names() -> frozenset[str]:
    classes: tuple[type[attrs.AttrsInstance], ...] = (Household, Member, Village, Area, *GROUPS.values())
    return _ENVELOPES | {field.name for cls in classes for field in attrs.fields(cls)}


def safe_path(where: str) -> str:
    """
    Keep of a path what can be no personal text: names of facts and numbers of places, as far as they go.

    >>> safe_path("$.members[0].birth_date"), safe_path("$.members[0].371482199001011234")
    ('$.members[0].birth_date', '$.members[0]')
    """
    if not where.startswith("$"):
        return where
    place = 1
    while (step := _STEP.match(where, place)) and (step[1] is None or step[1] in _names()):
        place = step.end()
    return where[:place]
