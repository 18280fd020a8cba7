"""Townships and counties as a subject of rules: scope, packs, answers, and what they leave as it was."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.errors import PolicyError
from fupin_rules.model import catalogue
from fupin_rules.policy import Subject, judge, load_cases, load_policy, run_case, subject_of
from fupin_rules.policy._fingerprint import fingerprint
from fupin_rules.policy._scope import facts_scope

DAY = date(2016, 6, 1)
COUNTY = {
    "id": "C-1",
    "level": "county",
    "region": "other",
    "rural_population": 100_000,
    "remaining_poor_people": 1500,
    "estimated_wrongly_exited_people": 200,
    "estimated_missed_people": 300,
    "sample_exited_people": 1000,
    "sample_wrongly_exited_people": 19,
    "sample_unregistered_rural_people": 5000,
    "sample_missed_people": 99,
    "surveyed_households": 1000,
    "approving_households": 900,
}
RULES = (
    '\n[[rule]]\nid = "few"\nkind = "{kind}"\nsubject = "area"\nlabel = {{ zh = "少", en = "few" }}\n'
    'when = "poor_people < 5"\nsource = "order"\n'
)


def with_rule(folder: Path, kind: str, subjects: str = '["household", "area"]') -> Path:
    pack = write_pack(folder, {"pack.toml": {'["household"]': subjects}})
    rules = pack / "rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + RULES.format(kind=kind), encoding="utf-8")
    return pack


def test_every_number_flag_and_code_of_an_area_can_be_read_by_rules() -> None:
    assert subject_of(fr.Area(id="1")) is Subject.AREA
    scope = facts_scope(Subject.AREA)
    texts = {"province", "city", "county", "name", "area_code"}
    assert catalogue(fr.Area).fields.keys() - texts <= scope.names.keys() <= catalogue(fr.Area).fields.keys()
    assert scope.relations == {}


def test_a_pack_may_have_rules_about_areas(tmp_path: Path) -> None:
    rules = load_policy(with_rule(tmp_path, "eligibility")).on(DAY)
    found = [fr.assess(fr.Area(id="1", poor_people=people), rules).outcome for people in (4, 5, None)]
    assert found == [fr.Outcome.ELIGIBLE, fr.Outcome.INELIGIBLE, fr.Outcome.UNDETERMINED]
    assert fr.assess(fr.Area(id="1", poor_people=4), rules).explain("en").startswith("area 1: eligible")
    assert fr.assess(fr.Area(id="1", poor_people=4), rules).explain("zh").startswith("区域 1：符合条件")


def test_a_case_of_a_pack_may_be_about_an_area(tmp_path: Path) -> None:
    pack = with_rule(tmp_path, "exit")
    cases = pack / "cases.toml"
    more = (
        '\n[[case]]\nid = "five"\nsubject = "area"\non = 2016-06-01\nfacts = { id = "1", poor_people = 5 }\n'
        'reason = { zh = "五人", en = "five" }\n\n[case.expect]\nexit = "not_met"\nrules = { few = false }\n'
    )
    cases.write_text(cases.read_text(encoding="utf-8") + more, encoding="utf-8")
    (case,) = (each for each in load_cases(pack) if each.id == "five")
    assert isinstance(case.subject, fr.Area)
    assert run_case(load_policy(pack), case).passed


def test_a_rule_about_an_area_that_the_pack_does_not_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="is about an area, which `subjects` does not name; name it"):
        load_policy(with_rule(tmp_path, "exit", '["household"]'))


def test_a_policy_without_rules_about_areas_says_so() -> None:
    with pytest.raises(PolicyError) as refusal:
        fr.assess(fr.Area(id="1"), load_policy("exit-2016").on(DAY))
    assert str(refusal.value) == (
        "policy `exit-2016`: has no eligibility rule about an area;"
        " load a pack that has one, or ask something else of an area"
    )


def test_a_county_on_the_limit_is_told_what_it_is_short_of() -> None:
    answer = fr.assess_exit(fr.from_plain(fr.Area, COUNTY), load_policy("exit-2016").on(DAY))
    (gap,) = answer.failed
    assert (gap.rule, gap.amount) == ("county_exit_incidence", Fraction(0))
    assert (gap.zh, gap.en) == ("恰在线上，须超出", "exactly on the line; it must be passed")
    assert answer.standing is fr.Standing.UNVERIFIED
    assert answer.to_plain()["subject"] == "area"
    told = answer.explain("en")
    assert told.startswith("area C-1: a guarantee is not met")
    assert "composite incidence of poverty" in told
    assert "综合贫困发生率" in answer.explain("zh")


def test_a_county_of_which_little_is_known_is_asked_for_the_rest() -> None:
    rules = load_policy("exit-2016").on(DAY)
    area, asked = fr.Area(id="C-1"), []
    while (question := fr.assess_exit(area, rules).next_question()) is not None:
        asked.append(question.fact)
        area = fr.with_fact(area, question.fact, COUNTY[question.fact])
        assert len(asked) <= len(COUNTY)
    assert set(asked) == COUNTY.keys() - {"id"}
    assert asked[0] == "level"


def test_a_stored_answer_about_a_county_can_be_held_against_today() -> None:
    rules = load_policy("exit-2016").on(DAY)
    before = fr.from_plain(fr.Area, COUNTY | {"estimated_missed_people": 299})
    stored = fr.assess_exit(before, rules).to_plain()
    assert fr.recheck(stored, before, rules).holds
    assert not fr.recheck(stored, fr.from_plain(fr.Area, COUNTY), rules).holds


def test_what_an_area_has_no_part_in_reads_as_before() -> None:
    """The digests are those of the time before there were areas."""
    relief = load_policy("exit-2016")
    days = {
        date(2016, 5, 1): "451f457cabf6e0928a49bbca88a34d1b491a3c74fcc25c70a226b32407317da5",
        date(2017, 1, 1): "b596b088215775d1cf7518413b7323a35fa60761199646836591a1287b4a179f",
        date(2019, 12, 31): "ed6bdd49e12197bee604b382788b3a34d3fa9a2ba5c08d68221dde2c28ff5cbf",
    }
    for day, digest in days.items():
        on = relief.on(day)
        found = fingerprint(
            {name: each for name, each in on.parameters.items() if not name.startswith("county_")},
            {name: each for name, each in on.definitions.items() if each.subject is not Subject.AREA},
            [rule for rule in on.rules if rule.subject is not Subject.AREA],
            relief.eligible_when,
            relief.rankings,
        )
        assert found == digest, day


def test_households_and_villages_are_judged_without_a_look_at_areas() -> None:
    rules = load_policy("exit-2016").on(DAY)
    for subject in (fr.Household(id="1"), fr.Village(id="1")):
        assert not [rule for rule in judge(subject, rules).values if "county" in rule or "area" in rule]
