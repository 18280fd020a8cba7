"""
The page at `api`: what there is to ask, drawn from the OpenAPI document, with a form to try it; nothing from elsewhere.

The files lie in `page/`: markup, style and one script, which write what they are told as text and never as markup. The
policy of content lets them fetch from their own service and from nowhere else.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.web._problems import CODES, KINDS
from fupin_rules.web._service import Reply

PAGE: Final = "/api"
DOCUMENT: Final = f"{PAGE}/openapi.json"
_FOLDER: Final = Path(__file__).with_name("page")
_HEADERS: Final = MappingProxyType(
    {
        "cache-control": "no-cache",
        "content-security-policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
)


@attrs.frozen
class Asset:
    """
    A file of the page.

    Attributes:
        name: Unique name.
        path: Its address.
        reply: What is sent.
    """

    name: str
    path: str
    reply: Reply


@functools.cache
def page_assets() -> tuple[Asset, ...]:
    """Give the files of the page."""
    problems = {
        "kinds": {name: attrs.asdict(kind) for name, kind in KINDS.items()},
        "codes": {name: attrs.asdict(code) for name, code in CODES.items()},
    }
    return (
        _asset("page", PAGE, "text/html; charset=utf-8", _read("page.html")),
        _asset("page_style", f"{PAGE}/page.css", "text/css; charset=utf-8", _read("page.css")),
        _asset("page_script", f"{PAGE}/page.js", "text/javascript; charset=utf-8", _read("page.js")),
        _asset("page_problems", f"{PAGE}/problems.json", "application/json", _json(problems)),
    )


def openapi_reply(document: dict[str, Any], base: str) -> Reply:
    """Send the OpenAPI document of the router, which is served under `base`."""
    return Reply(200, _json({**document, "servers": [{"url": base or "/"}]}), "application/json", _HEADERS)


def _asset(name: str, path: str, media_type: str, body: bytes) -> Asset:
    return Asset(name, path, Reply(200, body, media_type, _HEADERS))


def _read(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


def _json(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
