"""The endpoints of a service, as one table: address, parameters, body, answer, and what can go wrong."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from fupin_rules.policy import RuleKind, Subject
from fupin_rules.web import _answers as answers
from fupin_rules.web._asked import PARAMETER_PATTERN, Asked
from fupin_rules.web._components import Schema, ref, subject_name
from fupin_rules.web._days import days_pattern
from fupin_rules.web._limits import Limits
from fupin_rules.web._parameters import DAY_SCHEMA, FORM, KNOWN_AT, LANGUAGE, LEVEL, OF, ON, QUOTA, Parameter
from fupin_rules.web._shelf import Shelf

_PLURAL: Final = {Subject.HOUSEHOLD: "households", Subject.VILLAGE: "villages", Subject.AREA: "areas"}
_WORDS: Final = {
    Subject.HOUSEHOLD: ("户", "household"),
    Subject.VILLAGE: ("村", "village"),
    Subject.AREA: ("区域", "area"),
}
_POLICY: Final = ("政策", "policies")
_MANY: Final = ("多户", "many households")


@attrs.frozen
class Endpoint:
    """
    One thing that can be asked.

    Attributes:
        name: Unique name.
        method: `GET` or `POST`.
        path: Address, with `{policy}` where a policy is named.
        group: What it is listed under, in Chinese and English.
        zh: What it answers, in Chinese.
        en: The same in English.
        answers: Schema of the answer, by media type.
        answer: Answers a request.
        parameters: What can be said in the address.
        body: Schema of the body; None where there is none.
        example: An example of the body.
        is_exclusive: Whether only one request is answered at a time.
    """

    name: str
    method: str
    path: str
    group: tuple[str, str]
    zh: str
    en: str
    answers: Mapping[str, Schema]
    answer: Callable[[Asked], Any]
    parameters: tuple[Parameter, ...] = ()
    body: Schema | None = None
    example: Any = None
    is_exclusive: bool = False

    @property
    def names_policy(self) -> bool:
        """Whether the address names a policy."""
        return "{policy}" in self.path


def endpoints(shelf: Shelf, limits: Limits, proof_seconds: float | None) -> Iterator[Endpoint]:
    """Give all endpoints of a service; what no policy could ever answer is not offered."""
    yield from _about_policies(shelf)
    for about in shelf.subjects:
        yield from _about_one(about, shelf)
    if Subject.HOUSEHOLD in shelf.subjects:
        yield from _about_many(shelf, limits)
    if proof_seconds is not None:
        yield _comparison(shelf, proof_seconds)
    for about in shelf.subjects:
        yield from _about_data(about)


def _json(schema: Schema) -> Mapping[str, Schema]:
    return {"application/json": schema}


def _about_policies(shelf: Shelf) -> Iterator[Endpoint]:
    yield Endpoint(
        "policies",
        "GET",
        "/policies",
        _POLICY,
        "所提供的政策",
        "the policies that are served",
        _json(ref("Policies")),
        answers.policies,
    )
    yield Endpoint(
        "policy",
        "GET",
        "/policies/{policy}",
        _POLICY,
        "一项政策的全部参数、口径、规则和出处",
        "all parameters, definitions, rules and sources of a policy",
        _json(ref("Policy")),
        answers.policy,
    )
    yield Endpoint(
        "snapshot",
        "GET",
        "/policies/{policy}/snapshot",
        _POLICY,
        "某日有效的参数值及政策指纹",
        "the values in force on a day, and the fingerprint of the policy",
        _json(ref("PolicyOnADay")),
        answers.snapshot,
        (_on(shelf), KNOWN_AT),
    )


def _about_one(about: Subject, shelf: Shelf) -> Iterator[Endpoint]:
    component = subject_name(about)
    zh, en = _WORDS[about]
    of_both = shelf.has(about, RuleKind.ELIGIBILITY), shelf.has(about, RuleKind.EXIT)
    made = functools.partial(
        Endpoint, method="POST", group=_WORDS[about], body=ref(component), example=answers.example(about)
    )
    at = f"/policies/{{policy}}/{_PLURAL[about]}"
    if of_both[0]:
        yield made(
            name=f"assess_{about}",
            path=f"{at}/assess",
            zh=f"评估一{zh}是否符合识别条件",
            en=f"assess whether {about.one} is to be identified",
            answers=_json(ref("Assessment")),
            answer=functools.partial(answers.verdict, about=about, of="eligibility"),
            parameters=(_on(shelf), KNOWN_AT),
        )
    if of_both[1]:
        yield made(
            name=f"exit_{about}",
            path=f"{at}/exit",
            zh=f"评估一{zh}是否达到退出条件",
            en=f"assess whether {about.one} meets every guarantee needed to leave",
            answers=_json(ref("ExitAssessment")),
            answer=functools.partial(answers.verdict, about=about, of="exit"),
            parameters=(_on(shelf), KNOWN_AT),
        )
    yield made(
        name=f"explain_{about}",
        path=f"{at}/explain",
        zh="用文字或树说明评估的理由",
        en=f"explain an assessment of this {en}, in words or as a tree",
        answers={**_json(ref("Explanation")), "text/plain": {"type": "string"}, "text/markdown": {"type": "string"}},
        answer=functools.partial(answers.explain, about=about),
        parameters=(_on(shelf), KNOWN_AT, _of(of_both), LANGUAGE, LEVEL, FORM),
    )
    yield made(
        name=f"next_question_{about}",
        path=f"{at}/next-question",
        zh="下一个最值得问的问题",
        en="what is most worth asking next; all that is known comes with each request",
        answers=_json(ref("NextQuestion")),
        answer=functools.partial(answers.next_question, about=about),
        parameters=(_on(shelf), KNOWN_AT, _of(of_both)),
    )


def _on(shelf: Shelf) -> Parameter:
    """Ask for a day that some policy covers; whether it is the one asked is seen later."""
    covered = "; ".join(f"{name}: {each.days}" for name, each in shelf.policies.items())
    schema = {**ON.schema, "pattern": _pattern(shelf), "description": covered}
    return attrs.evolve(ON, schema=schema)


def _pattern(shelf: Shelf) -> str:
    return days_pattern(each.days for each in shelf.policies.values())


def _of(of_both: tuple[bool, bool]) -> Parameter:
    """Ask for one of two kinds of rules, or for the one that there is."""
    offered = [name for name, has in zip(("eligibility", "exit"), of_both, strict=True) if has]
    schema = {"enum": offered, "default": offered[0]}
    return attrs.evolve(OF, schema=schema, default=offered[0], read=functools.partial(_read_of, tuple(offered)))


def _read_of(offered: tuple[str, ...], text: str) -> str:
    if text not in offered:
        raise ValueError("expected one of " + ", ".join(f"`{each}`" for each in offered))
    return text


def _about_many(shelf: Shelf, limits: Limits) -> Iterator[Endpoint]:
    about = Subject.HOUSEHOLD
    of_both = shelf.has(about, RuleKind.ELIGIBILITY), shelf.has(about, RuleKind.EXIT)
    example = answers.example(about)
    other = {"on": next(iter(shelf.policies.values())).days.start.isoformat()}
    yield Endpoint(
        "change_household",
        "POST",
        "/policies/{policy}/households/compare",
        _WORDS[about],
        "换一项政策、换一天或换一个参数值，这一户的结论有何变化",
        "what another policy, day or value of a parameter changes for this household",
        _json(ref("Effect")),
        answers.change,
        (_on(shelf), KNOWN_AT, _of(of_both)),
        _envelope({"household": ref("Household"), "other": _other(shelf)}),
        {"household": example, "other": other},
    )
    many = {"households": {"type": "array", "items": ref("Household"), "maxItems": limits.households}}
    yield Endpoint(
        "assess_many_households",
        "POST",
        "/policies/{policy}/households/assess-many",
        _MANY,
        "逐户评估多户，一户有误不影响其他户",
        "assess many households, each on its own: what is wrong with one harms no other",
        _json(ref("Answers")),
        answers.verdicts,
        (_on(shelf), KNOWN_AT, _of(of_both)),
        _envelope(many),
        {"households": [example]},
    )
    if any(about in each.rankings for each in shelf.policies.values()):
        yield Endpoint(
            "rank_households",
            "POST",
            "/policies/{policy}/households/rank",
            _MANY,
            "在名额内排序：确定、可能、并列、落选",
            "rank households under a quota: certain, possible, tied, out",
            _json(ref("Ranked")),
            answers.ranked,
            (_on(shelf), KNOWN_AT, QUOTA),
            _envelope(many),
            {"households": [example]},
        )


def _comparison(shelf: Shelf, seconds: float) -> Endpoint:
    return Endpoint(
        "compare_policies",
        "POST",
        "/policies/{policy}/compare",
        _POLICY,
        "对所有农户比较两项政策：证明无人受影响，或举出一户",
        "compare two policies over all households: proved that nobody is affected, or shown on somebody",
        _json(ref("Comparison")),
        functools.partial(answers.comparison, seconds=seconds),
        (_on(shelf), KNOWN_AT),
        _envelope({"other": _other(shelf)}),
        {"other": {"on": next(iter(shelf.policies.values())).days.start.isoformat()}},
        is_exclusive=True,
    )


def _about_data(about: Subject) -> Iterator[Endpoint]:
    zh, _ = _WORDS[about]
    group = ("数据", "data")
    yield Endpoint(
        f"schema_{about}",
        "GET",
        f"/schemas/{about}",
        group,
        f"{zh}的 JSON Schema",
        f"the JSON Schema of {about.one}",
        {"application/schema+json": {"type": "object"}},
        lambda _: answers.schema(about),
    )
    yield Endpoint(
        f"example_{about}",
        "GET",
        f"/examples/{about}",
        group,
        f"虚构的一{zh}",
        f"{about.one} made up",
        _json(ref(subject_name(about))),
        lambda _: answers.example(about),
    )


def _envelope(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _other(shelf: Shelf) -> Schema:
    """Describe what is compared with; values can be tried for parameters that are numbers or days."""
    return {
        "title": "Other",
        "type": "object",
        "properties": {
            "policy": {"enum": list(shelf.policies)},
            "on": {**DAY_SCHEMA, "pattern": _pattern(shelf)},
            "known_at": DAY_SCHEMA,
            "parameters": {
                "type": "object",
                "properties": dict(_tried(shelf)),
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    }


def _tried(shelf: Shelf) -> Iterator[tuple[str, Schema]]:
    for policy in shelf.policies.values():
        for name, parameter in policy.parameters.items():
            described = {"title": f"{parameter.zh} · {parameter.en}", "x-unit": str(parameter.unit or "")}
            if parameter.unit is not None:
                yield name, {**described, "type": "string", "pattern": PARAMETER_PATTERN}
            elif not parameter.code_list:
                yield name, {**described, **DAY_SCHEMA}
