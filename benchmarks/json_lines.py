"""
What a household costs from a line of JSON, as ratios to decoding the line to a dict, measured in one run.

The lines are those of a simulated register. Each is decoded to a dict by `json` and by `msgspec` (the floor, which
neither checks nor converts anything), read as a `Household` with the extra `fast` and without it, and assessed; the
assessment alone stands beside them. All ways are checked to agree before they are timed.

Every figure is the least of several rounds, taken in turns, with the collector paused as in bulk loops.

    python benchmarks/json_lines.py
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from unittest import mock

import msgspec

from fupin_rules.bulk import collector_paused
from fupin_rules.engine import Assessment, assess
from fupin_rules.model import to_plain
from fupin_rules.policy import load_policy
from fupin_rules.registry import _json_lines, simulate

ON = date(2016, 1, 31)
FLOOR = "a dict, by msgspec (the floor)"


def written(count: int, seed: int = 2016) -> list[str]:
    """Write simulated households as lines."""
    made = simulate(seed=seed, households=count, people=count * 13_672 // 5_000, townships=12).households
    return [json.dumps(to_plain(home, reveal=True), ensure_ascii=False, separators=(",", ":")) for home in made]


def ways(lines: Sequence[str]) -> dict[str, tuple[Callable[[Any], object], Sequence[object]]]:
    """Give each way with what it is timed on."""
    rules = load_policy("yucheng-2016").on(ON)
    decoders = {"with the extra": _json_lines._decoder()}
    with mock.patch.dict(sys.modules, {"msgspec": None}):
        decoders["without it"] = _json_lines._decoder.__wrapped__()

    def reading(decoder: Callable[[str], Any]) -> Callable[[str], Any]:
        def give() -> Callable[[str], Any]:
            return decoder

        def read(line: str) -> Any:
            _json_lines._decoder = give  # type: ignore[assignment]  # the cache of it is not asked for
            return _json_lines.read_household(line)

        return read

    def deciding(decoder: Callable[[str], Any]) -> Callable[[str], Assessment]:
        read = reading(decoder)
        return lambda line: assess(read(line), rules)

    homes = [_json_lines.read_household(line) for line in lines]
    found: dict[str, tuple[Callable[[Any], object], Sequence[object]]] = {
        FLOOR: (msgspec.json.Decoder().decode, lines),
        "a dict, by json": (json.loads, lines),
    }
    for name, decoder in decoders.items():
        assert [reading(decoder)(line) for line in lines] == homes
        found[f"a household, {name}"] = (reading(decoder), lines)
    found["a decision about a household that is read already"] = (lambda home: assess(home, rules), homes)
    for name, decoder in decoders.items():
        found[f"a decision, {name}"] = (deciding(decoder), lines)
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    tasks = ways(written(arguments.households))
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(arguments.rounds):
        for name, (way, given) in tasks.items():
            with collector_paused():
                start = time.process_time()
                for each in given:
                    way(each)
                best[name] = min(best[name], (time.process_time() - start) / len(given) * 1e6)
    ratios = {name: value / best[FLOOR] for name, value in best.items()}
    if arguments.json:
        print(json.dumps({"microseconds": best, "ratios": ratios}, indent=2))
        return 0
    wide = max(map(len, best))
    print(f"{'':{wide}}  {'µs':>8}  {'ratio':>7}")
    for name, value in best.items():
        print(f"{name:{wide}}  {value:8.2f}  {ratios[name]:6.2f}×")
    return 0


if __name__ == "__main__":
    sys.exit(main())
