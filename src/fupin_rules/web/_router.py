"""The router: FastAPI finds the endpoint, the body is read within limits, the work is done beside the event loop."""

import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from fupin_rules.comparison import prover
from fupin_rules.engine import LIBRARY_VERSION
from fupin_rules.errors import Fault, LimitError, MissingExtraError
from fupin_rules.policy import Policy
from fupin_rules.web._components import PREFIX
from fupin_rules.web._endpoints import Endpoint, endpoints
from fupin_rules.web._limits import Limits
from fupin_rules.web._models import models
from fupin_rules.web._operations import DESCRIPTION, TITLE, operation_of, responses_of, summary_of, tag_of
from fupin_rules.web._page import DOCUMENT, Asset, openapi_reply, page_assets
from fupin_rules.web._problems import RefusalError
from fupin_rules.web._service import (
    Reply,
    Service,
    busy,
    check_content_type,
    refused,
    too_large,
    unfinished,
    wrong_method,
)
from fupin_rules.web._shelf import shelf_of

if TYPE_CHECKING:
    import fastapi

_DEFAULT: Final = Limits()


def router(
    policies: Policy | Iterable[Policy] | Mapping[str, Policy],
    *,
    limits: Limits = _DEFAULT,
    proof_seconds: float | None = None,
    page: bool = True,
) -> "fastapi.APIRouter":
    """
    Make a router that answers for policies over HTTP.

    Days are given by whoever asks; nothing of a request is kept, and nothing of its values stands in a problem.

    Args:
        policies: A policy, several under their own ids, or several under names of yours.
        limits: What one request may ask at most.
        proof_seconds: Time for each region when two policies are compared over all households, one comparison at a
            time (extra `proof`); None offers no such comparison.
        page: Whether to serve the page at `api` that shows all this and tries it, in Chinese and English.

    Returns:
        A `fastapi.APIRouter`; take it in with `app.include_router(router(policy), prefix="/rules")`.

    Raises:
        MissingExtraError: The extra `fastapi` (or `proof`) is not installed.
        PolicyError: No policy is given, or two have one name.
        LimitError: `proof_seconds` is no time.

    >>> from fupin_rules.policy import load_policy
    >>> len(router(load_policy("yucheng-2016"), page=False).routes)
    18
    """
    shelf = shelf_of(policies)
    if proof_seconds is not None:
        _demand_prover(proof_seconds)
    api_router = _api_router()
    service = Service(shelf, limits)
    made: fastapi.APIRouter = api_router(route_class=_route_class())
    for endpoint in endpoints(shelf, limits, proof_seconds):
        _add(made, endpoint, service)
    if page:
        _add_page(made)
    return made


def _api_router() -> Any:
    try:
        from fastapi import APIRouter  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        raise MissingExtraError.of("fastapi", "a router needs `fastapi`") from None
    return APIRouter


def _demand_prover(seconds: float) -> None:
    if not seconds > 0:
        raise LimitError(Fault("`proof_seconds`", "is no time", "give seconds, or None", "limit"))
    prover(seconds=seconds)


def _route_class() -> Any:
    """Give a route that refuses other methods as all else is refused."""
    from fastapi.routing import APIRoute  # noqa: PLC0415  an extra

    class Route(APIRoute):
        async def handle(self, scope: Any, receive: Any, send: Any) -> None:
            if self.methods and scope["method"] not in self.methods:
                await _response(wrong_method(self.methods))(scope, receive, send)
            else:
                await super().handle(scope, receive, send)

    return Route


def _response(reply: Reply) -> Any:
    from fastapi import Response  # noqa: PLC0415  an extra

    return Response(reply.body, reply.status, dict(reply.headers), reply.media_type)


def _add(made: "fastapi.APIRouter", endpoint: Endpoint, service: Service) -> None:
    from fastapi.responses import JSONResponse, Response  # noqa: PLC0415  an extra

    responses = responses_of(endpoint)
    content = responses[200]["content"]
    # An answer that is a component is described by its model, and so brings the component along.
    name = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    if name:
        del content["application/json"]
        responses[200]["model"] = models()[name.removeprefix(PREFIX)]
    made.add_api_route(
        endpoint.path,
        _handler(endpoint, service),
        methods=[endpoint.method],
        name=endpoint.name,
        summary=summary_of(endpoint),
        tags=[tag_of(endpoint.group)],
        response_model=None,
        # The class tells the document a type of content; one that tells none leaves it to `responses`.
        response_class=JSONResponse if name else Response,
        responses=responses,
        openapi_extra=operation_of(endpoint, service.shelf.policies),
    )


def _handler(endpoint: Endpoint, service: Service) -> Callable[..., Awaitable[Any]]:
    """Make what FastAPI calls; it declares the request alone, so that FastAPI neither reads nor checks anything."""
    from fastapi import Request  # noqa: PLC0415  an extra
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415  comes with the extra

    lock = threading.Lock()

    async def handle(request: Any) -> Any:
        try:
            raw = None if endpoint.body is None else await _body(request, service.limits.body_bytes)
        except RefusalError as refusal:
            return _response(refused(refusal.problem))
        if endpoint.is_exclusive and not lock.acquire(blocking=False):
            return _response(busy())
        try:
            policy, parameters = request.path_params.get("policy", ""), request.query_params.multi_items()
            # Even the smallest answer takes a millisecond or so, and the largest seconds: others are served meanwhile.
            return _response(await run_in_threadpool(service.reply, endpoint, policy, parameters, raw))
        finally:
            if endpoint.is_exclusive:
                lock.release()

    handle.__annotations__["request"] = Request
    return handle


async def _body(request: Any, most: int) -> bytes:
    """
    Read a body within limits, whatever length it is told to have.

    Raises:
        RefusalError: It is no JSON by its type, or longer than is read.
    """
    from starlette.requests import ClientDisconnect  # noqa: PLC0415  comes with the extra

    check_content_type(request.headers.get("content-type"))
    told = request.headers.get("content-length", "")
    # A length of many digits is not read as a number at all.
    if told.isdecimal() and (len(told) > len(str(most)) or int(told) > most):
        raise too_large(most)
    parts: list[bytes] = []
    left = most
    try:
        async for part in request.stream():
            left -= len(part)
            if left < 0:
                raise too_large(most)
            parts.append(part)
    except ClientDisconnect:
        raise unfinished() from None
    return b"".join(parts)


def _add_page(made: "fastapi.APIRouter") -> None:
    from fastapi import Request  # noqa: PLC0415  an extra

    # A service that is taken in under several addresses has a document for each.
    async def document(request: Any) -> Any:
        base = request.url.path.removesuffix(DOCUMENT)
        return _response(openapi_reply(_described(made), base))

    document.__annotations__["request"] = Request
    for asset in page_assets():
        made.add_api_route(asset.path, _serve(asset), methods=["GET"], include_in_schema=False, name=asset.name)
    made.add_api_route(DOCUMENT, document, methods=["GET"], include_in_schema=False, name="openapi")


def _serve(asset: Asset) -> Callable[[], Awaitable[Any]]:
    async def serve() -> Any:
        return _response(asset.reply)

    return serve


def _described(made: "fastapi.APIRouter") -> dict[str, Any]:
    from fastapi.openapi.utils import get_openapi  # noqa: PLC0415  an extra

    return get_openapi(title=TITLE, version=LIBRARY_VERSION, description=DESCRIPTION, routes=made.routes)
