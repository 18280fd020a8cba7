"""
Makes the two hundred cases that the page and any other Python must decide alike: `python tests/browser/make_cases.py`.

Each is a household, what is asked of it, and what CPython answers; the same seed draws the same. To a simulated register
are added facts that the rules of a policy read, drawn near the numbers of that policy, so that answers of all kinds come
out. A change of packs or of answers shows as a change of this file, which is then made again and looked at.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "examples/browser"))

import bridge  # noqa: E402

import fupin_rules as fr  # noqa: E402
from fupin_rules.model import Field, Sort, catalogue  # noqa: E402
from fupin_rules.registry import simulate  # noqa: E402

FILE = HERE / "cases.jsonl"
ASKED: Sequence[dict[str, Any]] = (
    {"pack": "yucheng-2016", "on": "2016-01-31", "goal": "eligibility"},
    {"pack": "yucheng-2016", "on": "2016-12-31", "goal": "exit"},
    {"pack": "shandong-2014", "on": "2015-06-30", "goal": "eligibility"},
    {"pack": "national-2014", "on": "2014-06-01", "goal": "eligibility"},
    {"pack": "exit-2016", "on": "2018-12-31", "goal": "exit"},
    {"pack": "shaanxi-577", "on": "2017-06-30", "goal": "exit"},
    {"pack": "monitoring-2020", "on": "2020-06-30", "goal": "eligibility"},
    {"pack": "monitoring-yunnan", "on": "2025-12-31", "goal": "eligibility"},
    {"pack": "monitoring-guizhou", "on": "2023-06-30", "goal": "exit"},
    {"pack": "monitoring-2021", "on": "2022-12-31", "goal": "eligibility", "given": {"monitoring_line": "6500"}},
)
EACH = 20
# What a program would look at first; that all the rest is the same too is held by asking both for it.
EXPECTED = ("outcome", "failed", "met", "excluded_by", "open", "missing", "priority", "provisional", "standing")


def cases() -> Iterator[dict[str, Any]]:
    for seed, about in enumerate(ASKED, start=1):
        chance = random.Random(seed)
        read = bridge.describe(about)
        numbers = [Decimal(each["value"]) for each in read["parameters"] if each["value"] is not None]
        for home in simulate(seed=seed, households=EACH, people=44, townships=2).households:
            drawn = kept(fr.to_plain(draw(home, read, numbers, chance)), read)
            told = bridge.judge(about, drawn)
            yield {
                "about": about,
                "household": drawn,
                "expected": {name: told[name] for name in EXPECTED if name in told},
            }


def kept(household: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the rules do not read, so that the file stays one that can be looked at."""
    facts, of_members = {*read["facts"], "id", "members_complete"}, {*read["member_facts"], "id"}
    told: dict[str, Any] = {}
    for name, held in household.items():
        if name == "members":
            told[name] = [{each: fact for each, fact in member.items() if each in of_members} for member in held]
        elif name in facts:
            told[name] = held
        elif isinstance(held, dict) and (group := {k: v for k, v in held.items() if f"{name}.{k}" in facts}):
            told[name] = group
    return told


def draw(home: fr.Household, read: dict[str, Any], numbers: Sequence[Decimal], chance: random.Random) -> fr.Household:
    """Add facts that the rules read; how many are left open differs from household to household."""
    known = catalogue(fr.Household)
    share = chance.choice((0.3, 0.8, 1.0, 1.0))
    paths = [
        *read["facts"],
        *(f"members[{member.id}].{path}" for member in home.members for path in read["member_facts"]),
    ]
    stored = fr.to_plain(home)
    for path in paths:
        field = known.field(path)
        assert field is not None
        if chance.random() < share and not holds(stored, path):
            home = fr.with_fact(home, path, value(field, numbers, chance))
    return home


def holds(stored: dict[str, Any], path: str) -> bool:
    if path.startswith("members["):
        member_id, _, name = path.removeprefix("members[").partition("].")
        return any(name in member for member in stored["members"] if member["id"] == member_id)
    group, _, name = path.partition(".")
    return name in stored.get(group, {}) if name else group in stored


def value(field: Field, numbers: Sequence[Decimal], chance: random.Random) -> Any:
    spec = field.spec
    match spec.sort:
        case Sort.FLAG:
            return chance.random() < 0.6
        case Sort.NUMBER:
            assert spec.low is not None and spec.high is not None
            near = chance.choice([Decimal(0), Decimal(1), *numbers]) + chance.choice((-1, 0, 1))
            return min(max(near, spec.low), spec.high).quantize(Decimal(1))
        case Sort.DAY:
            return date(2014, 1, 1) + timedelta(days=chance.randrange(4000))
        case Sort.CODE | Sort.CODES:
            assert spec.code_list is not None
            code = chance.choice(list(spec.code_list))
            return code if spec.sort is Sort.CODE else (code,)
        case Sort.TEXT | Sort.PRIVATE:
            raise AssertionError("no rule reads the text of a person")


def main() -> None:
    lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in cases()]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
