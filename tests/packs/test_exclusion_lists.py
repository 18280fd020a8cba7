"""The exclusion lists of four places: optional, named, and never more than a narrowing."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.citations import Standing
from fupin_rules.errors import PolicyError
from fupin_rules.expr import Literal, walk
from fupin_rules.model import FieldSpec, Sort, catalogue
from fupin_rules.policy import Policy, Rule, RuleKind, installed_packs, load_policy

LISTS = {
    "exclusions-shaanxi-2017": "shaanxi_",
    "exclusions-chongqing-type": "chongqing_",
    "exclusions-ten-principles": "ten_principles_",
    "exclusions-suibin-2016": "suibin_",
}
POLICIES = {name: load_policy(name) for name in LISTS}
EVERY_CHOICE = [chosen for size in range(1, 5) for chosen in itertools.combinations(LISTS, size)]
DAY = date(2018, 6, 1)

every_list = pytest.mark.parametrize("name", LISTS)


def own(policy: Policy, name: str) -> list[Rule]:
    return [rule for rule in policy.rules if rule.pack == name]


def county(
    folder: Path, lists: tuple[str, ...], *, start: str = "2018-01-01", until: str = "2019-01-01", more: str = ""
) -> Path:
    """Write a county's pack over the provincial one and some of the lists, with a line of its own."""
    pack = folder / "county"
    pack.mkdir()
    below = ", ".join(f'"{each}"' for each in ("shandong-2014", *lists))
    (pack / "pack.toml").write_text(
        f'format = 1\nid = "county"\nversion = "1.0.0"\ntitle = {{ zh = "某县", en = "a county" }}\nextends = [{below}]\n'
        f'from = {start}\nuntil = {until}\nsubjects = ["household", "village"]\n',
        encoding="utf-8",
    )
    (pack / "parameters.toml").write_text(
        '[income_line]\nmeaning = { zh = "县定收入线", en = "the county\'s line" }\nunit = "yuan / person / year"\n'
        f'overrides = true\ndirection = "changes"\n\n[[income_line.value]]\nfrom = {start}\namount = 3700\n'
        f'source = "notice"\n{more}',
        encoding="utf-8",
    )
    (pack / "sources.toml").write_text(
        '[notice]\ntitle = "某县通知"\ntitle_en = "notice of a county (invented)"\nstanding = "stated"\n',
        encoding="utf-8",
    )
    return pack


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], fr.Snapshot]:
    """The county without a list, and with every choice of lists."""
    made = {}
    for chosen in [(), *EVERY_CHOICE]:
        made[chosen] = load_policy(county(tmp_path_factory.mktemp("packs"), chosen)).on(DAY)
    return made


POOR = fr.Household(
    id="h",
    hukou="rural",
    members_complete=True,
    members=(fr.Member(id="1"), fr.Member(id="2")),
    income=fr.Income(
        **dict.fromkeys((n for n in fr.Income.__annotations__ if not n.startswith("stated")), 0)
        | {"wage_income_yuan": 5000}
    ),
)

# What the lists read of a household or a member: seldom in its way, sometimes not known.
_FLAG = st.sampled_from([False, False, False, False, False, False, True, None])


def _seldom(name: str, spec: FieldSpec) -> st.SearchStrategy[Any]:
    if name.endswith("fitted_year"):
        return st.sampled_from([2013, 2014, None])
    if spec.sort is Sort.FLAG:
        return _FLAG
    assert spec.high is not None
    return st.sampled_from([0, 0, 0, 0, 0, 0, min(100_000, int(spec.high)), None])


_ASSETS = {
    path.partition(".")[2]: field.spec for path, field in catalogue(fr.Household).fields.items() if "assets." in path
}
_PERSONAL = (
    "is_public_employee",
    "is_village_post_holder",
    "post_holder_cause_is_major",
    "has_steady_soe_wages",
    "is_state_farm_or_forest_staff",
    "studies_abroad_self_paid",
    "has_unreformed_offence",
    "shares_costs",
)


@st.composite
def homes(draw: st.DrawFn) -> fr.Household:
    assets: dict[str, Any] = {name: draw(_seldom(name, spec)) for name, spec in _ASSETS.items()}
    people = []
    for number in (1, 2):
        flags: dict[str, Any] = {name: draw(_FLAG) for name in _PERSONAL}
        survival = draw(st.sampled_from(["normal", "normal", "dead", None]))
        people.append(fr.Member(id=str(number), survival_status=survival, **flags))
    return attrs.evolve(
        POOR,
        assets=fr.Assets(**assets),
        members=tuple(people),
        members_complete=draw(st.sampled_from([True, None])),
        hukou=draw(st.sampled_from(["rural", "rural", None, "urban"])),
    )


# -- laws -------------------------------------------------------------------------------------------------------------

_FIRMNESS = {fr.Outcome.INELIGIBLE: 0, fr.Outcome.UNDETERMINED: 1, fr.Outcome.ELIGIBLE: 2}


@given(home=homes(), chosen=st.sampled_from(EVERY_CHOICE))
@settings(max_examples=150, deadline=None)
def test_taking_in_a_list_never_makes_anybody_eligible(
    counties: dict[tuple[str, ...], fr.Snapshot], home: fr.Household, chosen: tuple[str, ...]
) -> None:
    without, with_it = (fr.assess(home, counties[each]).outcome for each in ((), chosen))
    assert _FIRMNESS[with_it] <= _FIRMNESS[without]


@given(home=homes(), chosen=st.sampled_from([each for each in EVERY_CHOICE if len(each) > 1]))
@settings(max_examples=100, deadline=None)
def test_of_two_lists_each_excludes_as_it_does_alone(
    counties: dict[tuple[str, ...], fr.Snapshot], home: fr.Household, chosen: tuple[str, ...]
) -> None:
    together = fr.assess(home, counties[chosen])
    alone = [fr.assess(home, counties[(each,)]) for each in chosen]
    assert set(together.excluded_by) == {rule for each in alone for rule in each.excluded_by}
    assert dict(together.rebutted) == {rule: held for each in alone for rule, held in each.rebutted.items()}


@pytest.mark.parametrize("chosen", EVERY_CHOICE)
def test_what_was_not_asked_leaves_open_and_excludes_nobody(
    counties: dict[tuple[str, ...], fr.Snapshot], chosen: tuple[str, ...]
) -> None:
    assert fr.assess(POOR, counties[()]).outcome is fr.Outcome.ELIGIBLE
    answer = fr.assess(POOR, counties[chosen])
    assert answer.outcome is fr.Outcome.UNDETERMINED
    assert (answer.excluded_by, dict(answer.rebutted)) == ((), {})


@pytest.mark.parametrize(
    ("name", "facts", "rule", "exception"),
    [
        (
            "exclusions-shaanxi-2017",
            {"assets.was_reported": True, "assets.report_is_explained": True},
            "shaanxi_unexplained_report",
            "explained",
        ),
        (
            "exclusions-chongqing-type",
            {
                "assets.bought_built_or_fitted_house": True,
                "assets.house_bought_built_or_fitted_year": 2015,
                "assets.house_from_disaster_relocation_or_demolition": True,
            },
            "chongqing_housing",
            "disaster_relocation_or_demolition",
        ),
        (
            "exclusions-chongqing-type",
            {"members[1].is_village_post_holder": True, "members[1].post_holder_cause_is_major": True,
             "members[2].is_village_post_holder": False},
            "chongqing_village_post",
            "major_cause",
        ),
        (
            "exclusions-ten-principles",
            {"assets.runs_registered_business": True, "assets.business_is_in_name_only": True},
            "ten_principles_company",
            "no_actual_business",
        ),
    ],
)  # fmt: skip
def test_a_rebutted_hit_excludes_nobody_and_stays_on_record(
    counties: dict[tuple[str, ...], fr.Snapshot], name: str, facts: dict[str, Any], rule: str, exception: str
) -> None:
    home = POOR
    for path, value in facts.items():
        home = fr.with_fact(home, path, value)
    answer = fr.assess(home, counties[(name,)])
    assert rule not in answer.excluded_by
    assert dict(answer.rebutted) == {rule: (exception,)}
    words = counties[(name,)].rule(rule)
    assert words.zh in answer.explain("zh")
    assert words.en in answer.explain("en")


# -- what a list is ---------------------------------------------------------------------------------------------------


def test_no_two_lists_share_a_name() -> None:
    names = [
        {rule.id for rule in own(policy, name)} | {p.name for p in policy.parameters.values() if p.pack == name}
        for name, policy in POLICIES.items()
    ]
    assert sum(map(len, names)) == len(set().union(*names))
    for held, prefix in zip(names, LISTS.values(), strict=True):
        assert [each for each in held if not each.startswith(prefix)] == []


@every_list
def test_a_list_only_excludes_and_is_about_households(name: str) -> None:
    rules = own(POLICIES[name], name)
    assert {rule.kind for rule in rules} == {RuleKind.EXCLUSION}
    assert {rule.subject.value for rule in rules} == {"household"}
    with pytest.raises(PolicyError, match="has no eligibility rule about a household"):
        fr.assess(POOR, POLICIES[name].on(date(2018, 6, 1)))


def test_every_item_is_one_places_text() -> None:
    for name, policy in POLICIES.items():
        cited = [(rule.id, rule.citation) for rule in own(policy, name)]
        cited += [(each.id, each.citation) for rule in own(policy, name) for each in rule.unless]
        cited += [(p.name, d.citation) for p in policy.parameters.values() if p.pack == name for d in p.values]
        assert [each for each, citation in cited if citation.standing is not Standing.LOCAL] == []


def test_no_threshold_is_written_into_a_rule() -> None:
    written = [
        (rule.id, str(node.value))
        for name, policy in POLICIES.items()
        for rule in own(policy, name)
        for expr in (rule.when, *(each.when for each in rule.unless))
        for node in walk(expr)
        if isinstance(node, Literal) and not isinstance(node.value, str)
    ]
    # That anybody is listed at all is no measure of a list.
    assert written == [("ten_principles_nobody_left", "1")]


def test_what_could_not_be_read_or_tested_is_no_rule() -> None:
    cited = {rule.citation.locator for rule in own(POLICIES["exclusions-chongqing-type"], "exclusions-chongqing-type")}
    assert cited == {f"七不进之{each}" for each in "二三四五六"}
    assert "读不到" in POLICIES["exclusions-chongqing-type"].note_zh


@pytest.mark.parametrize(
    ("name", "items", "several"),
    [
        ("exclusions-shaanxi-2017", 9, ["7"]),
        ("exclusions-ten-principles", 10, []),
        ("exclusions-suibin-2016", 11, ["6", "6"]),
    ],
)
def test_every_item_of_a_list_is_a_rule_in_the_order_of_its_text(name: str, items: int, several: list[str]) -> None:
    cited = [rule.citation.locator for rule in own(POLICIES[name], name)]
    assert cited == sorted([*map(str, range(1, items + 1)), *several], key=int)


def test_a_list_that_removes_the_listed_says_that_it_bars_identification_here() -> None:
    for name in ("exclusions-shaanxi-2017", "exclusions-ten-principles"):
        assert "本包用作识别时的排除" in POLICIES[name].note_zh
        assert "this pack uses it to bar identification" in POLICIES[name].note_en


def test_a_list_is_optional_no_other_pack_takes_one_in() -> None:
    for name in installed_packs():
        if name not in LISTS:
            assert LISTS.keys().isdisjoint(load_policy(name).lineage)


# -- days -------------------------------------------------------------------------------------------------------------


def test_a_county_of_2017_takes_in_a_list_of_2016(tmp_path: Path) -> None:
    pack = county(tmp_path, ("exclusions-suibin-2016",), start="2017-01-01", until="2018-01-01")
    policy = load_policy(pack)
    assert policy.lineage[-3:] == ("shandong-2014", "exclusions-suibin-2016", "county")
    home = fr.with_fact(POOR, "assets.farmed_mu", 60)
    assert fr.assess(home, policy.on(date(2017, 6, 1))).excluded_by == ("suibin_land",)


def test_days_on_which_a_list_has_no_values_are_refused(tmp_path: Path) -> None:
    pack = county(tmp_path, ("exclusions-shaanxi-2017",), start="2016-01-01", until="2018-01-01")
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack)
    assert str(refusal.value) == (
        "exclusions-shaanxi-2017/parameters.toml, line 1, column 1: `shaanxi_appliance_yuan` has no value on"
        " 2016-01-01 to 2016-12-31 inside the days of `county` (2016-01-01 to 2017-12-31); add one, or cover fewer days"
    )


def test_a_county_may_give_a_list_values_of_its_own(tmp_path: Path) -> None:
    more = (
        '\n[shaanxi_appliance_yuan]\nmeaning = { zh = "电器价格上限", en = "price of an appliance" }\nunit = "yuan"\n'
        'overrides = true\ndirection = "changes"\n\n[[shaanxi_appliance_yuan.value]]\nfrom = 2016-01-01\namount = 8000\n'
        'source = "notice"\n'
    )
    pack = county(tmp_path, ("exclusions-shaanxi-2017",), start="2016-01-01", until="2018-01-01", more=more)
    rules = load_policy(pack).on(date(2016, 6, 1))
    for price, hit in ((7999, ()), (8000, ("shaanxi_housing",))):
        assert fr.assess(fr.with_fact(POOR, "assets.dearest_appliance_yuan", price), rules).excluded_by == hit
