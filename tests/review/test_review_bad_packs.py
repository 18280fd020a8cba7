"""Every bad pack of the catalogue is found out, for what it is and for nothing else; whoever shows it is judged again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from bent_packs import CATALOGUE, HOME, MEMORY, Bad, bent

from fupin_rules.policy import FindingCode, Snapshot, judge, load_policy
from fupin_rules.review import Finding, review_pack
from fupin_rules.truth import Unknown


def replay(finding: Finding, rules: Snapshot) -> None:
    """Judge whoever shows a finding again, and hold the review to it."""
    for seen in finding.seen:
        judgement = judge(seen.subject, rules)
        values = {"eligible": judgement.eligible, "exit": judgement.exit, **judgement.values}
        for claim, value in seen.claims:
            told = values[claim]
            assert isinstance(told, Unknown) is isinstance(value, Unknown)
            assert isinstance(told, Unknown) or told is value
    said = [dict(seen.claims) for seen in finding.seen]
    match finding.code:
        case FindingCode.ELIGIBLE_AND_EXITS:
            assert said[0]["eligible"] is said[0]["exit"] is True
        case FindingCode.DOUBLE_TURN:
            assert all(said[0][rule] != said[1][rule] for rule in (finding.concerns, finding.related[0]))
        case FindingCode.NOT_MONOTONE | FindingCode.TURN_OFF_LINE:
            part = finding.concerns.partition(".")[2]
            assert said[0][part] != said[1][part]
        case _:
            pass


def check_grounds(findings: Iterable[Finding], rules: Snapshot) -> None:
    for finding in findings:
        assert all((finding.zh, finding.en, finding.mend("zh"), finding.mend("en")))
        if finding.periods and finding.code not in (FindingCode.SOURCE_LATER, FindingCode.VALUE_CARRIED_OVER):
            read_off = finding.code is FindingCode.IDLE_PRIORITY and ("ranking" in finding.en or "weighs" in finding.en)
            assert read_off or (finding.proof is None) is bool(finding.seen)
        replay(finding, rules)


@pytest.mark.parametrize("bad", CATALOGUE, ids=lambda bad: bad.id)
def test_a_bad_pack_is_found_out_for_what_it_is_and_for_nothing_else(bad: Bad, tmp_path: Path) -> None:
    folder = bent(bad, tmp_path)
    review = review_pack(folder, search=[tmp_path], seconds=60, memory=MEMORY)
    assert {(each.code.value, each.concerns) for each in review.raised} == bad.finds
    assert review.open == ()
    first = review.raised[0]
    named = {name for each in review.raised for name in each.related}
    assert set(bad.related) <= named
    assert bad.says in first.en
    days = first.periods[0].start if first.periods else review.days[0]
    assert days.isoformat().startswith(bad.start)
    policy = load_policy(folder, search=[tmp_path])
    check_grounds(review.findings, policy.on(days if days in policy.days else policy.days.start))


@pytest.mark.parametrize("name", ["relief", "relief-above"])
def test_in_a_good_pack_nothing_is_found(name: str) -> None:
    review = review_pack(HOME / name, search=[HOME], seconds=60, memory=MEMORY)
    assert review.findings == ()
    assert review.open == ()


def test_every_code_is_in_the_catalogue() -> None:
    assert {code for bad in CATALOGUE for code, _ in bad.finds} == set(FindingCode)
    assert len({bad.id for bad in CATALOGUE}) == len(CATALOGUE) >= 30


def test_a_finding_names_the_place_of_the_part_it_is_about(tmp_path: Path) -> None:
    (bad,) = (bad for bad in CATALOGUE if bad.id == "part-of-an-and-that-always-holds")
    folder = bent(bad, tmp_path)
    (found,) = review_pack(folder, seconds=60, memory=MEMORY).raised
    line, column = map(int, re.findall(r"\d+", found.where))
    text = (folder / "rules.toml").read_text(encoding="utf-8").splitlines()[line - 1]
    assert text[column - 1 :].startswith("income.wage_income_yuan >= 0")
