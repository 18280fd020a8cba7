"""A quota that a text forbids: said in the pack, refused by ranking and by the command, and not brought back above."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.errors import PolicyError
from fupin_rules.policy import Subject, load_policy

SUMMER = date(2016, 6, 1)
RANKING = """\

[ranking.household]
method = "weights"
source = "order"

[[ranking.household.tie_break]]
by = "wage"
prefer = "lower"
source = "order"
"""
NO_QUOTA = '\n[no_quota.household]\nsource = "order#art-5"\n'
FORBIDDEN = {"pack.toml": {RANKING: NO_QUOTA}}
SENTENCE = (
    "policy `relief`: forbids a quota of households"
    " (某县, order of a county (invented), 2015-12-31, art-5 (text held with the pack));"
    " take in everybody who is eligible, and rank nobody"
)


def told(pack: Path, *search: Path) -> str:
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack, search=search)
    return str(refusal.value)


@pytest.mark.parametrize("quota", [0, 1, 1000])
def test_where_a_quota_is_forbidden_nobody_is_ranked_and_the_text_is_cited(tmp_path: Path, quota: int) -> None:
    rules = load_policy(write_pack(tmp_path, FORBIDDEN)).on(SUMMER)
    answers = [fr.assess(fr.Household(id=str(number)), rules) for number in range(2)]
    with pytest.raises(PolicyError) as refusal:
        fr.rank(answers, quota)
    assert str(refusal.value) == SENTENCE
    with pytest.raises(PolicyError, match="forbids a quota of households"):
        fr.rank(answers, {"": quota}, within=lambda _: "")


def test_of_others_a_quota_is_not_forbidden(tmp_path: Path) -> None:
    rules = load_policy(write_pack(tmp_path, FORBIDDEN)).on(SUMMER)
    rules.check_quota(Subject.VILLAGE)
    allowed = load_policy(write_pack(tmp_path / "other")).on(SUMMER)
    allowed.check_quota(Subject.HOUSEHOLD)
    assert allowed.policy.no_quota == {}
    citation = rules.policy.no_quota[Subject.HOUSEHOLD]
    assert (citation.source.id, citation.locator) == ("order", "art-5")


def test_forbidding_a_quota_changes_no_assessment(tmp_path: Path) -> None:
    without = {"pack.toml": {RANKING: ""}}
    prints = [
        load_policy(write_pack(tmp_path / name, changes)).on(SUMMER).fingerprint
        for name, changes in (("a", FORBIDDEN), ("b", without))
    ]
    assert prints[0] == prints[1]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            '\n[no_quota.household]\nsource = "hearsay"\n',
            "relief/pack.toml, line 13, column 1: cites `hearsay`, which no sources.toml names; add the source",
        ),
        ("\n[no_quota.household]\n", "relief/pack.toml, line 13, column 1: `source` is missing; add a text"),
        ('\n[no_quota.town]\nsource = "order"\n', "relief/pack.toml, line 13, column 1: `town` is no subject; give one of "),
        (
            '\n[no_quota.household]\nsource = "order"\namount = 3\n',
            "relief/pack.toml, line 15, column 1: `amount` is not known here; remove it",
        ),
        (
            RANKING + NO_QUOTA,
            ("relief/pack.toml, line 13, column 1: ranks under a quota, which `order` forbids;"
            " drop the ranking, or leave `no_quota` out"),
        ),
    ],
)  # fmt: skip
def test_a_misuse_is_refused_at_its_place(tmp_path: Path, new: str, message: str) -> None:
    assert message in told(write_pack(tmp_path, {"pack.toml": {RANKING: new}}))


def county(folder: Path, more: str) -> Path:
    pack = folder / "county"
    pack.mkdir()
    (pack / "pack.toml").write_text(
        'format = 1\nid = "county"\nversion = "1.0.0"\ntitle = { zh = "县", en = "county" }\nextends = ["relief"]\n'
        f'from = 2016-01-01\nuntil = 2017-01-01\nsubjects = ["household"]\n{more}',
        encoding="utf-8",
    )
    return pack


def test_a_county_does_not_bring_a_forbidden_quota_back(tmp_path: Path) -> None:
    write_pack(tmp_path, FORBIDDEN)
    assert told(county(tmp_path, RANKING), tmp_path) == (
        "county/pack.toml, line 10, column 1: ranks under a quota, which `order` forbids;"
        " drop the ranking, or leave `no_quota` out"
    )


def test_a_county_may_forbid_a_quota_that_a_pack_below_had(tmp_path: Path) -> None:
    write_pack(tmp_path)
    rules = load_policy(county(tmp_path, NO_QUOTA), search=[tmp_path]).on(SUMMER)
    with pytest.raises(PolicyError, match="policy `county`: forbids a quota of households"):
        fr.rank([fr.assess(fr.Household(id="1"), rules)], 1)
