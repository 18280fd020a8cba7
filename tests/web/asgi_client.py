"""A client that speaks ASGI to an app in this process, piece by piece where a test wants it so."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import attrs
import fastapi

import fupin_rules as fr
from fupin_rules.web import Limits, router

JSON = {"content-type": "application/json"}


@attrs.frozen
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def plain(self) -> Any:
        return json.loads(self.body)

    @property
    def codes(self) -> list[tuple[str, str]]:
        """Code and place of each fault of a problem."""
        assert self.headers["content-type"] == "application/problem+json"
        return [(each["code"], each["path"]) for each in self.plain["faults"]]


@attrs.frozen
class Client:
    app: Any

    def get(self, target: str) -> Answer:
        return self.send("GET", target)

    def post(self, target: str, body: object, headers: Mapping[str, str] = JSON) -> Answer:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.send("POST", target, [raw], {**headers, "content-length": str(len(raw))})

    def send(
        self,
        method: str,
        target: str,
        parts: Sequence[bytes] = (b"",),
        headers: Mapping[str, str] | None = None,
        *,
        breaks_off: bool = False,
    ) -> Answer:
        return asyncio.run(self.ask(method, target, parts, headers or {}, breaks_off=breaks_off))

    async def ask(
        self, method: str, target: str, parts: Sequence[bytes], headers: Mapping[str, str], *, breaks_off: bool = False
    ) -> Answer:
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": quote(path).encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        waiting = [
            {"type": "http.request", "body": part, "more_body": place < len(parts) - 1 or breaks_off}
            for place, part in enumerate(parts)
        ]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:]))


def app_of(policies: Any, prefix: str = "/rules", **options: Any) -> fastapi.FastAPI:
    app = fastapi.FastAPI()
    app.include_router(router(policies, **options), prefix=prefix)
    return app


LIMITS = Limits(body_bytes=100_000, households=20)


@functools.cache
def served() -> Client:
    """Give one service for all tests: nothing is kept between requests."""
    names = ("yucheng-2016", "national-2014", "exit-2016", "monitoring-2021")
    return Client(app_of([fr.load_policy(each) for each in names], limits=LIMITS, proof_seconds=2))
