"""
What a household costs over HTTP, on this machine's own loopback, against an endpoint that does nothing.

A server (uvicorn, one process) answers on a free port of 127.0.0.1; a few connections ask one request after the other,
for a bounded number of requests and a bounded time. Told are requests a second and latencies as the client sees them,
and the processor time that the server spends on each: that travels best from one machine to another, as a ratio to

* an endpoint of the same FastAPI that reads a body of the same length and answers with fixed bytes, and
* the same work in process: decode, read, assess, write, encode, without any HTTP.

    python benchmarks/over_http.py [--requests 600] [--seconds 20] [--connections 4] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import fastapi
import psutil
import uvicorn

import fupin_rules as fr
from fupin_rules.documents import read_json
from fupin_rules.registry import simulate
from fupin_rules.web import router

ON = date(2016, 1, 31)
MOST_BYTES = 2 << 20
ANSWER = b'{"answer":"' + b"x" * 2500 + b'"}'
DAY = f"on={ON.isoformat()}"
HOME = "/rules/policies/yucheng-2016/households"
FLOOR = "an endpoint that does nothing"


def make_app() -> fastapi.FastAPI:
    app = fastapi.FastAPI()

    async def nothing(request: fastapi.Request) -> fastapi.Response:
        await request.body()
        return fastapi.Response(ANSWER, media_type="application/json")

    app.add_api_route("/nothing", nothing, methods=["POST"], response_model=None)
    app.include_router(router(fr.load_policy("yucheng-2016")), prefix="/rules")
    return app


def bodies() -> list[bytes]:
    homes = simulate(seed=7, households=60, people=180, townships=1).households
    return [json.dumps(fr.to_plain(home), ensure_ascii=False).encode() for home in homes]


async def ask(
    port: int, target: str, given: list[bytes], requests: int, seconds: float, connections: int
) -> list[float]:
    """Send requests over a few connections that are kept; give the time each took."""
    until = time.perf_counter() + seconds
    waiting = iter(range(requests))
    taken: list[float] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in waiting:
            if time.perf_counter() > until:
                break
            body = given[number % len(given)]
            head = f"POST {target} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
            start = time.perf_counter()
            writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
            told = await reader.readuntil(b"\r\n\r\n")
            assert told.startswith(b"HTTP/1.1 200"), told
            length = next(line for line in told.decode().lower().split("\r\n") if line.startswith("content-length:"))
            await reader.readexactly(int(length.partition(":")[2]))
            taken.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return taken


def in_process(given: list[bytes], requests: int) -> tuple[float, float]:
    """Give the processor time of the same work, and of the assessment alone, for each household."""
    rules = fr.load_policy("yucheng-2016").on(ON)
    start = time.process_time()
    for number in range(requests):
        home = fr.from_plain(fr.Household, read_json(given[number % len(given)], most=MOST_BYTES))
        json.dumps(fr.assess(home, rules).to_plain(), ensure_ascii=False).encode()
    whole = time.process_time() - start
    homes = [fr.from_plain(fr.Household, json.loads(each)) for each in given]
    start = time.process_time()
    for number in range(requests):
        fr.assess(homes[number % len(homes)], rules).outcome  # noqa: B018
    return whole / requests, (time.process_time() - start) / requests


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    given = bodies()
    many = [json.dumps({"households": [json.loads(each) for each in given[:50]]}, ensure_ascii=False).encode()]
    ways = {
        FLOOR: ("/nothing", given, 1),
        "assess": (f"{HOME}/assess?{DAY}", given, 1),
        "next-question": (f"{HOME}/next-question?{DAY}", given, 1),
        "explain, every fact": (f"{HOME}/explain?{DAY}", given, 1),
        "assess-many, fifty households a body": (f"{HOME}/assess-many?{DAY}", many, 50),
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, str(Path(__file__)), "--serve", str(port)])  # noqa: S603  this program itself
    try:
        _await_port(port)
        found = {}
        watched = psutil.Process(server.pid)
        for name, (target, each, households) in ways.items():
            asyncio.run(ask(port, target, each, 40 // households + 2, arguments.seconds, 1))
            before, start = watched.cpu_times(), time.perf_counter()
            requests = max(arguments.requests // households, 8)
            taken = asyncio.run(ask(port, target, each, requests, arguments.seconds, arguments.connections))
            wall, after = time.perf_counter() - start, watched.cpu_times()
            spent = after.user + after.system - before.user - before.system
            cuts = statistics.quantiles(taken, n=100, method="inclusive")
            found[name] = {
                "requests": len(taken),
                "requests_a_second": len(taken) / wall,
                "households_a_second": len(taken) * households / wall,
                "milliseconds": {"p50": cuts[49] * 1e3, "p95": cuts[94] * 1e3, "p99": cuts[98] * 1e3},
                "cpu_microseconds_a_household": spent / len(taken) / households * 1e6,
            }
    finally:
        server.terminate()
        server.wait(10)
    whole, alone = in_process(given, arguments.requests)
    return {
        "connections": arguments.connections,
        "ways": found,
        "in_process_microseconds": whole * 1e6,
        "outcome_alone_microseconds": alone * 1e6,
    }


def _await_port(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--requests", type=int, default=600, help="requests to each endpoint, at most")
    parser.add_argument("--seconds", type=float, default=20.0, help="time for each endpoint, at most")
    parser.add_argument("--connections", type=int, default=4, help="connections that ask at the same time")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve is not None:
        uvicorn.run(make_app(), host="127.0.0.1", port=arguments.serve, log_level="warning", access_log=False)
        return 0
    found = measure(arguments)
    if arguments.json:
        print(json.dumps(found, indent=2))
        return 0
    floor, same = found["ways"][FLOOR]["cpu_microseconds_a_household"], found["in_process_microseconds"]
    wide = max(map(len, found["ways"]))
    heads = ("req/s", "homes/s", "p50 ms", "p95 ms", "p99 ms", "CPU µs", "× nothing", "× by library")
    print(f"{'':{wide}}" + "".join(f"  {each:>13}" for each in heads))
    for name, told in found["ways"].items():
        cpu, late = told["cpu_microseconds_a_household"], told["milliseconds"]
        row = (told["requests_a_second"], told["households_a_second"], late["p50"], late["p95"], late["p99"], cpu)
        print(f"{name:{wide}}" + "".join(f"  {each:13.1f}" for each in (*row, cpu / floor, cpu / same)))
    print(
        f"\nin process, from bytes to bytes: {same:.0f} µs; "
        f"the outcome alone: {found['outcome_alone_microseconds']:.1f} µs"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
