"""How an endpoint is described in an OpenAPI 3.1 document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fupin_rules.web._components import ref
from fupin_rules.web._endpoints import Endpoint
from fupin_rules.web._problems import KINDS, MEDIA_TYPE

TITLE: Final = "fupin_rules"
DESCRIPTION: Final = (
    "政策评估：某日的政策，是从已知事实到带理由的评估的函数。未知的事实不会被当作零或否。\n\n"
    "A policy on a date is a function from what is known to an assessment with its reasons. "
    "What is not known is never taken for zero or for no."
)


def tag_of(group: tuple[str, str]) -> str:
    """Name a group of endpoints."""
    return " · ".join(group)


def summary_of(endpoint: Endpoint) -> str:
    """Say what an endpoint answers, in both languages."""
    return f"{endpoint.zh} · {endpoint.en}"


def operation_of(endpoint: Endpoint, policies: Iterable[str]) -> dict[str, Any]:
    """Describe what goes in: parameters and body."""
    described: dict[str, Any] = {}
    parameters = [
        {
            "name": each.name,
            "in": "query",
            "required": each.is_required,
            "description": f"{each.zh} · {each.en}",
            "schema": dict(each.schema),
        }
        for each in endpoint.parameters
    ]
    if endpoint.names_policy:
        name = {"name": "policy", "in": "path", "required": True, "description": "政策 · policy"}
        parameters.insert(0, {**name, "schema": {"enum": list(policies)}})
    if parameters:
        described["parameters"] = parameters
    if endpoint.body is not None:
        content = {"application/json": {"schema": endpoint.body, "example": endpoint.example}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def responses_of(endpoint: Endpoint) -> dict[int | str, dict[str, Any]]:
    """Describe what comes out: the answer, and the problems that there can be."""
    answer = {kind: {"schema": schema} for kind, schema in endpoint.answers.items()}
    found: dict[int | str, dict[str, Any]] = {200: {"description": "答复 · the answer", "content": answer}}
    for name in _kinds_of(endpoint):
        kind = KINDS[name]
        told = f"{kind.zh} · {kind.en}"
        earlier = found.get(kind.status)
        if earlier is not None:
            earlier["description"] += f"; {told}"
            continue
        found[kind.status] = {"description": told, "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
    return found


def _kinds_of(endpoint: Endpoint) -> list[str]:
    kinds = ["method_not_allowed", "invalid"]
    if endpoint.names_policy:
        kinds += ["not_found"]
    if endpoint.body is not None:
        kinds += ["unreadable", "not_offered", "too_large", "unsupported_media_type"]
    if endpoint.is_exclusive:
        kinds.append("busy")
    return sorted(kinds, key=list(KINDS).index)
