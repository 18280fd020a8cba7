"""Waivers of a pack and the pack as it is written: what is read, where it stands, and every misuse in its whole message."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pack import write_pack

from fupin_rules.errors import PolicyError
from fupin_rules.policy import Direction, FindingCode, load_policy, written_pack

GOOD = """\
[[waiver]]
code = "unused_source"
concerns = ["memory", "order"]
reason = { zh = "测试", en = "made for tests" }
ends = { zh = "测试结束", en = "the end of the tests" }
"""
ADD = "add a text in both languages, { zh = …, en = … }"
LIKE = "relief/waivers.toml, line 5, column 1: `end` is not known here; did you mean `ends`?"


def with_waivers(folder: Path, text: str) -> Path:
    pack = write_pack(folder)
    (pack / "waivers.toml").write_text(text, encoding="utf-8")
    return pack


def test_a_waiver_is_data_of_the_pack_and_no_part_of_what_decides(tmp_path: Path) -> None:
    plain = load_policy(write_pack(tmp_path / "plain"))
    pack = with_waivers(tmp_path / "waived", GOOD)
    (waiver,) = written_pack(pack).waivers
    assert waiver.code is FindingCode.UNUSED_SOURCE
    assert waiver.concerns == ("memory", "order")
    assert (waiver.zh, waiver.en) == ("测试", "made for tests")
    assert (waiver.ends_zh, waiver.ends_en) == ("测试结束", "the end of the tests")
    assert (waiver.pack, waiver.where) == ("relief", "relief/waivers.toml, line 1, column 1")
    day = plain.days.start
    assert load_policy(pack).on(day).fingerprint == plain.on(day).fingerprint


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'code = "unused_source"',
            'code = "unused_sauce"',
            f"relief/waivers.toml, line 2, column 1: `code` is `unused_sauce`; give one of {', '.join(FindingCode)}",
        ),
        (
            'code = "unused_source"',
            'code = "idle_waiver"',
            "relief/waivers.toml, line 2, column 1: `idle_waiver` cannot be waived; drop the waiver that waives nothing",
        ),
        (
            '["memory", "order"]',
            "[]",
            "relief/waivers.toml, line 3, column 1: `concerns` names nothing; list what the finding is about",
        ),
        (
            '["memory", "order"]',
            '["memory", "memory"]',
            "relief/waivers.toml, line 3, column 1: `unused_source` of `memory` is waived twice; keep one",
        ),
        (
            'reason = { zh = "测试", en = "made for tests" }\n',
            "",
            f"relief/waivers.toml, line 1, column 1: `reason` is missing; {ADD}",
        ),
        (
            'ends = { zh = "测试结束", en = "the end of the tests" }',
            'end = "never"',
            f"relief/waivers.toml, line 1, column 1: `ends` is missing; {ADD}\n{LIKE}",
        ),
    ],
)
def test_a_waiver_that_is_wrongly_written_is_refused_with_its_place(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(PolicyError) as refused:
        load_policy(with_waivers(tmp_path, GOOD.replace(old, new)))
    assert str(refused.value) == message


def test_more_waivers_than_a_pack_may_have_are_refused(tmp_path: Path) -> None:
    many = "\n".join(GOOD.replace("memory", f"memory-{number}").replace(', "order"', "") for number in range(501))
    with pytest.raises(PolicyError) as refused:
        load_policy(with_waivers(tmp_path, many))
    assert (
        str(refused.value) == "relief/waivers.toml, line 3001, column 1: more than 500 waivers; mend the pack instead"
    )


def test_a_pack_as_written_tells_what_it_replaces_where_and_what_it_cites() -> None:
    written = written_pack("yucheng-2016")
    assert [(each.name, each.what, each.direction) for each in written.overridings] == [
        ("village_low_income", "rule", Direction.CHANGES),
        ("village_no_collective_income", "rule", Direction.CHANGES),
        ("village_high_incidence", "drop", Direction.WIDENS),
    ]
    assert written.uncited == {}
    assert written.place("excluded_vehicle").startswith("yucheng-2016/rules.toml, line ")
    assert written.place("excluded_vehicle.livelihood") != written.place("excluded_vehicle")
    assert written.place("income_line").startswith("shandong-2014/parameters.toml")
    assert written.place("no-such-thing") == ""
    assert list(written.days) == list(written.policy.lineage)


def test_without_what_it_drops_a_pack_has_the_rule_of_the_pack_below() -> None:
    written = written_pack("yucheng-2016")
    (drop,) = (each for each in written.overridings if each.what == "drop")
    without = written.without(drop)
    assert {rule.id for rule in without.rules} - {rule.id for rule in written.policy.rules} == {drop.name}
