"""What the rule language means, form by form, in columns as in the reference evaluator."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from frames import ENGINES, on
from held_to_reference import differing, told
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.columnar import assess_frame, frames_of
from fupin_rules.policy import Snapshot, judge, load_policy

CAR, GRADE, COUNT, PENSION = "assets.owns_car", "living.house_grade", "stated_member_count", "income.pension_yuan"
SINCE, UNTIL = "monitoring.removed_on", "relocation.keys_handed_over"
SOME = "count(m for m in members if m.on_dibao)"
DEFINITIONS = {
    "year_or_day": f"{SINCE} if {CAR} else date(2015, 3, 1)",
    "read_once": f'{GRADE} if {CAR} else "C"',
    "read_twice": f'{GRADE} if income_stable else "D"',
}
CLAIMS: Sequence[str] = [
    f"{CAR} == income_stable",
    f"{CAR} != income_stable",
    f"{CAR} == True",
    f"False == {CAR}",
    f"True != {CAR}",
    f'"C" == {GRADE}',
    f"{GRADE} in dangerous",
    f'{GRADE} in {{"A", "B"}}',
    '"illness" in other_causes',
    f"{COUNT} in {{1, 2, 1.5}}",
    f"1 < {COUNT} <= 3",
    f"3 >= {COUNT} > 1",
    f'("C" if {CAR} else "D") == {GRADE}',
    f'("C" if {CAR} else "C") == {GRADE}',
    f'({GRADE} if {CAR} else "D") == "D"',
    f'("D" if {CAR} else {GRADE}) == "D"',
    f'or_else({GRADE}, "C", because="src:order") == "C"',
    f'or_else({COUNT}, 3, because="src:order") > 2',
    f'or_else({PENSION} / {COUNT}, 50, because="src:order") >= 50',
    'or_else(income_stable, False, because="src:order")',
    f"({COUNT} if {CAR} else 2) > 1",
    f"(2 if {CAR} else 2) < {COUNT}",
    f"(2 if {CAR} else 3.5) < {COUNT}",
    f"({PENSION} / {COUNT} if {CAR} else 50) >= 50",
    f"(50 if {CAR} else {PENSION} / {COUNT}) >= 50",
    f"income_stable if {CAR} else {COUNT} > 1",
    f"round_half_up({PENSION} / {COUNT}, 1) == 33.3",
    f"round_half_up(-{PENSION}, 0) < -99",
    f"round_half_up(7 / {COUNT}, 0) > 2",
    f"round_half_up(-7 / {COUNT}, 0) < -2",
    f"({PENSION} - 50) / {COUNT} > 0",
    f"{PENSION} / 3 + {PENSION} * 2 > 200",
    f"years_between({SINCE}, {UNTIL}) >= 1",
    f"years_between({SINCE}, {UNTIL}) == 0 - 1",
    f"months_between({SINCE}, {UNTIL}) * 2 > 3",
    f"months_since({SINCE}) > 6",
    f"months_since({SINCE}) + 1 > 6",
    f"{SINCE} < {UNTIL}",
    f"{SOME} == count(m for m in members)",
    f"{SOME} > {COUNT}",
    f"{COUNT} <= {SOME}",
    f"{SOME} == {COUNT}",
    f"{SOME} != {COUNT}",
    f"{SOME} == {COUNT} / 2",
    f"{SOME} + 1 > 1",
    f"any(m.on_dibao and {CAR} for m in members)",
    f"all(m.on_dibao or {CAR} for m in members)",
    "sum(m.public_job_months for m in members if m.on_dibao) > 5",
    "max(m.public_job_months for m in members) < 5",
    "all(True for m in members)",
    "any(m.on_dibao for m in members if False)",
    f"round_half_up(7 / 2, 0) > {COUNT}",
    f"round_half_up(-7 / 2, 0) + 6 > {COUNT}",
    f"years_between(date(2010, 1, 31), date(2011, 1, 30)) < years_between({SINCE}, {UNTIL})",
    f"months_between(date(2016, 3, 31), date(2016, 1, 1)) + 4 > months_between({SINCE}, {UNTIL})",
    f"years_between(date(2016, 3, 31), date(2014, 1, 1)) + 2 > years_between({SINCE}, {UNTIL})",
    f"months_between(date(2016, 1, 1), {UNTIL}) > 3",
    f"months_since(date(2016, 4, 30)) > months_between({SINCE}, {UNTIL})",
    f"months_since(date(2017, 1, 1)) > months_between({SINCE}, {UNTIL}) or {CAR}",
    f'("C" if True else {GRADE}) == {GRADE}',
    f"(2 if 1 < 2 else 3) < {COUNT}",
    f"{SOME} == 1.5 or {CAR}",
    f"{SOME} != 1.5 and {CAR}",
    f"year_or_day < {UNTIL}",
    'read_once == "C"',
    'read_twice == "C"',
    'read_twice in {"D", "C"}',
    f"3 > (2 if {CAR} else {COUNT})",
    f'"C" in {{"C", "D"}} and {CAR}',
    "is_known(village)",
    f"not is_known({GRADE})",
    f"is_known({PENSION} / {COUNT})",
    f"is_known({COUNT} == 1)",
    f'is_known("C" if {CAR} else {GRADE})',
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Load a pack with a check for each claim."""
    pack: Path = write_pack(tmp_path_factory.mktemp("packs"))
    written = (pack / "rules.toml").read_text(encoding="utf-8")
    for place, claim in enumerate(CLAIMS):
        written += f"""
[[rule]]
id = "claim_{place}"
kind = "check"
label = {{ zh = "查", en = "check" }}
when = '''{claim}'''
source = "order"
"""
    (pack / "rules.toml").write_text(written, encoding="utf-8")
    with (pack / "definitions.toml").open("a", encoding="utf-8") as definitions:
        for name, value in DEFINITIONS.items():
            definitions.write(
                f"""
[{name}]
label = {{ zh = "名", en = "name" }}
value = '''{value}'''
source = "order"
"""
            )
    return load_policy(pack).on(date(2016, 6, 1))


def households() -> list[fr.Household]:
    """Give households that differ in what the claims read, each fact not known of some."""
    rosters = [
        (True, ()),
        (None, (fr.Member(id="1", on_dibao=True, public_job_months=3),)),
        (False, (fr.Member(id="1", on_dibao=False, public_job_months=7), fr.Member(id="2"))),
        (True, (fr.Member(id="1", on_dibao=True, public_job_months=3), fr.Member(id="2", on_dibao=True))),
        (True, (fr.Member(id="1", on_dibao=True, public_job_months=6), fr.Member(id="2", public_job_months=1))),
    ]
    days = [None, date(2016, 5, 31), date(2015, 2, 28), date(2016, 8, 1), date(2012, 2, 29)]
    made = []
    for place, (car, grade, (complete, members)) in enumerate(
        itertools.product([True, False, None], ["C", "D", None], rosters)
    ):
        made.append(
            fr.Household(
                id=str(place),
                members=members,
                members_complete=complete,
                stated_member_count=[None, 1, 2, 3, 0][place % 5 if place % 7 else 0],
                income=fr.Income(pension_yuan=[Decimal(100), Decimal("99.99"), None, Decimal("33.35")][place % 4]),
                income_stable=[True, None, False][place % 3 if place % 5 else 1],
                assets=fr.Assets(owns_car=car),
                living=fr.Living(house_grade=grade),
                other_causes=[None, ("illness",), ()][place % 3],
                village=[None, "甲村"][place % 2],
                monitoring=fr.model.Monitoring(removed_on=days[place % 5]),
                relocation=fr.model.Relocation(keys_handed_over=days[place % 3 + 1] if place % 4 else None),
            )
        )
    return made


@pytest.mark.parametrize("engine", ["polars", "duckdb", "pyarrow"])
def test_each_form_means_in_a_column_what_it_means_by_itself(engine: str, rules: Snapshot) -> None:
    homes = households()
    subjects, members = on(engine, frames_of(homes, engine="pyarrow"))
    answers = ["outcome", "missing", "standing", "provisional", "rules", "hits", "findings"]
    rows = ENGINES[engine].back(assess_frame(subjects, rules, members=members, answers=answers))
    by_id = {row["household_id"]: row for row in rows}
    seen: dict[str, set[bool | None]] = {}
    for home in homes:
        judgement = judge(home, rules)
        for rule, value in judgement.values.items():
            seen.setdefault(rule, set()).add(told(value))
        names = differing(home, rules, judgement, by_id[home.id])
        assert [CLAIMS[int(name.split("_")[1])] if "claim_" in name else name for name in names] == [], home.id
    # No claim is one that is the same of everybody, but for those that are so in any household.
    alike = [claim for place, claim in enumerate(CLAIMS) if len(seen[f"claim_{place}"]) < 2]
    assert alike == []
