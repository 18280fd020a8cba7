"""The example runs as it is printed, on a real socket; the reference names every endpoint, parameter and code."""

import http.client
import json
import re
import runpy
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastapi
import pytest
import uvicorn

import fupin_rules as fr
from fupin_rules.web import CODES, KINDS, Limits
from fupin_rules.web._endpoints import endpoints
from fupin_rules.web._shelf import shelf_of

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/reference/http.md").read_text(encoding="utf-8")


def test_the_page_prints_the_example_as_it_is() -> None:
    page = (ROOT / "docs/how-to/serve-over-http.md").read_text(encoding="utf-8")
    printed = re.findall(r"<!-- the-service -->\n```python\n(.*?)```", page, re.DOTALL)
    program = (ROOT / "examples/service.py").read_text(encoding="utf-8")
    assert [program.partition('"""\n\n')[2]] == printed


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app: fastapi.FastAPI = runpy.run_path(str(ROOT / "examples" / "service.py"))["app"]
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    held.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    yield held.getsockname()[1]
    server.should_exit = True
    thread.join(30)
    held.close()


def ask(port: int, method: str, target: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request(method, target, body, headers, encode_chunked=not isinstance(body, bytes | None))
    answer = link.getresponse()
    text = answer.read()
    link.close()
    return answer.status, json.loads(text) if "json" in str(answer.getheader("content-type")) else text.decode()


ASSESS = "/rules/policies/yucheng-2016/households/assess?on=2016-01-31"
JSON = {"content-type": "application/json"}


def test_the_example_answers_over_a_socket(port: int) -> None:
    status, told = ask(port, "POST", ASSESS, b'{"id": "0031", "hukou": "urban"}', **JSON)
    assert (status, told["outcome"]) == (200, "ineligible")
    status, told = ask(port, "POST", ASSESS, b'{"id": "0031", "hukou": "city"}', **JSON)
    page = (ROOT / "docs/how-to/serve-over-http.md").read_text(encoding="utf-8")
    (printed,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert (status, told) == (422, json.loads(printed))
    assert "<h1" in ask(port, "GET", "/rules/api")[1]
    assert ask(port, "GET", "/docs")[0] == 404


def test_chunks_are_counted_over_a_socket(port: int) -> None:
    chunked = {**JSON, "transfer-encoding": "chunked"}
    status, told = ask(port, "POST", ASSESS, iter([b'{"id":', b' "1"}']), **chunked)
    assert (status, told["outcome"]) == (200, "undetermined")
    status, told = ask(port, "POST", ASSESS, iter([b" " * 65_536] * 33), **chunked)
    assert (status, told["faults"][0]["code"]) == (413, "size")


def test_the_reference_lists_every_endpoint_there_is_and_no_other() -> None:
    names = ("yucheng-2016", "national-2014", "exit-2016", "shaanxi-577")
    held = endpoints(shelf_of([fr.load_policy(each) for each in names]), Limits(), 1.0)
    found = [(each.method, each.path, each.parameters) for each in held]
    about_all = {(method, re.sub("villages|areas", "households", path)) for method, path, _ in found}
    offered = {(method, re.sub("(schemas|examples)/.*", r"\1/household", path)) for method, path in about_all}
    listed = set(re.findall(r"^\| `(GET|POST) (\S+)` \|", REFERENCE, re.MULTILINE))
    assert listed - {("GET", "/api")} == offered
    table = REFERENCE.partition("## Parameters")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {one.name for *_, each in found for one in each}


def test_the_reference_lists_every_code_as_it_is_told() -> None:
    table = REFERENCE.partition("## Problems")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| `(\w+)` \| (.*) \| (.*) \|$", table, re.MULTILINE)
    assert rows == [(str(KINDS[code.kind].status), code.kind, name, code.zh, code.en) for name, code in CODES.items()]
