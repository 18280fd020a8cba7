"""
A service that knows no web framework: a request in plain parts goes in, an answer in bytes comes out.

It reads no clock and keeps nothing of a request; whatever it is asked twice it answers twice alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.documents import read_json
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.web._answers import Text
from fupin_rules.web._asked import Asked
from fupin_rules.web._endpoints import Endpoint
from fupin_rules.web._limits import Limits
from fupin_rules.web._parameters import read_parameters
from fupin_rules.web._problems import MEDIA_TYPE, Problem, RefusalError, problem_of, refuse, told
from fupin_rules.web._shelf import Shelf

_JSON: Final = re.compile(r"application/json\s*(;\s*charset\s*=\s*\"?utf-8\"?\s*)?;?\s*", re.IGNORECASE)
# Answers are about people: nobody on the way keeps them.
_PRIVATE: Final = MappingProxyType({"cache-control": "no-store", "x-content-type-options": "nosniff"})


@attrs.frozen
class Reply:
    """
    An answer as it is sent.

    Attributes:
        status: Status.
        body: Its bytes.
        media_type: What they are.
        headers: Further headers.
    """

    status: int
    body: bytes
    media_type: str
    headers: Mapping[str, str] = _PRIVATE


@attrs.frozen(eq=False)
class Service:
    """
    Policies that are asked over HTTP.

    Attributes:
        shelf: The policies.
        limits: What one request may ask at most.
    """

    shelf: Shelf
    limits: Limits

    def reply(self, endpoint: Endpoint, policy: str, parameters: Iterable[tuple[str, str]], raw: bytes | None) -> Reply:
        """
        Answer one request.

        Args:
            endpoint: What is asked.
            policy: Name of the policy in the address; empty where none is named.
            parameters: Names and texts of the query, in order.
            raw: Bytes of the body; None where the endpoint has none.
        """
        try:
            return _sent(endpoint, self._answer(endpoint, policy, parameters, raw))
        except RefusalError as refusal:
            return refused(refusal.problem)
        except FupinRulesError as error:
            return refused(problem_of(told(error)))

    def _answer(self, endpoint: Endpoint, policy: str, parameters: Iterable[tuple[str, str]], raw: bytes | None) -> Any:
        if endpoint.names_policy and policy not in self.shelf.policies:
            listed = ", ".join(f"`{each}`" for each in self.shelf.policies)
            raise refuse("unknown_policy", "{policy}", "is no policy of this service", f"known: {listed}")
        faults: list[Fault] = []
        values = read_parameters(endpoint.parameters, parameters, faults)
        body = None if raw is None else read_json(raw, most=self.limits.body_bytes)
        asked = Asked(self.shelf, self.limits, policy, values, body, faults)
        answer = endpoint.answer(asked)
        asked.demand()
        return answer


def check_content_type(content_type: str | None) -> None:
    """
    Take a body that is told to be JSON in UTF-8.

    Raises:
        RefusalError: It is told to be something else, or nothing at all.
    """
    if content_type is None or not _JSON.fullmatch(content_type):
        mend = "send `content-type: application/json`"
        raise refuse("content_type", "", "the body is not told to be JSON in UTF-8", mend)


def too_large(most: int) -> RefusalError:
    """Refuse a body that is longer than is read."""
    return refuse("size", "$", f"longer than {most} bytes", "send less at a time", most=most)


def unfinished() -> RefusalError:
    """Refuse a body that breaks off; whoever sent it is gone, and nobody is told."""
    return refuse("json", "$", "breaks off", "send it again")


def wrong_method(allowed: Iterable[str]) -> Reply:
    """Refuse a method that does not apply."""
    listed = ", ".join(sorted(allowed))
    what = "the method does not apply here"
    problem = Problem((Fault("", what, f"use {listed}", "method"),))
    return attrs.evolve(refused(problem), headers={**_PRIVATE, "allow": listed})


def busy() -> Reply:
    """Ask to come back later."""
    fault = Fault("", "another comparison is under way", "ask again in a moment", "busy")
    return attrs.evolve(refused(Problem((fault,))), headers={**_PRIVATE, "retry-after": "5"})


def refused(problem: Problem) -> Reply:
    """Send a problem."""
    return Reply(problem.status, _bytes_of(problem.to_plain()), MEDIA_TYPE)


def _sent(endpoint: Endpoint, answer: Any) -> Reply:
    if isinstance(answer, Text):
        return Reply(200, answer.text.encode(), f"{answer.media_type}; charset=utf-8")
    return Reply(200, _bytes_of(answer), next(iter(endpoint.answers)))


def _bytes_of(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
