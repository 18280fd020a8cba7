"""Amendments read, laid over a small pack and refused: what fits, what does not, and every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from small_pack import write_pack

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.errors import LimitError, PolicyError, UncoveredDateError
from fupin_rules.expr import parse, to_text
from fupin_rules.periods import Period
from fupin_rules.policy import (
    AddRule,
    Amendment,
    ChangeRule,
    ConflictKind,
    EndParameter,
    Policy,
    Rule,
    RuleKind,
    SetParameter,
    Subject,
    find_conflicts,
    load_amendment,
    load_policy,
)

HEAD = """\
format = 1
id = "raise"
policy = "relief"
title = { zh = "提高", en = "raise" }
source = "notice"
published = 2016-05-20
from = 2016-04-01

[sources.notice]
title = "某县通知"
title_en = "notice of a county (invented)"
issuer = "某县"
standing = "stated"
"""
RAISE = """
[[parameter]]
action = "set"
name = "line"
amount = 3500
source = "notice#art-1"
"""


@pytest.fixture
def relief(tmp_path: Path) -> Policy:
    return load_policy(write_pack(tmp_path))


def read(tmp_path: Path, text: str, head: Mapping[str, str] | None = None, name: str = "raise.toml") -> Amendment:
    """Write an amendment and read it, with pieces of its head replaced."""
    bent = HEAD
    for old, new in (head or {}).items():
        assert bent.count(old) == 1, old
        bent = bent.replace(old, new)
    path = tmp_path / name
    path.write_text(bent + text, encoding="utf-8")
    return load_amendment(path)


def refusal(tmp_path: Path, policy: Policy, text: str, head: Mapping[str, str] | None = None) -> list[str]:
    """Everything that is said against an amendment, by its reading or by the policy."""
    with pytest.raises(PolicyError) as refused:
        policy.amend(read(tmp_path, text, head))
    return str(refused.value).splitlines()


# -- what each patch does ----------------------------------------------------------------------------------------------


def test_a_value_is_set_from_its_day_on_and_the_old_one_stands_before(relief: Policy, tmp_path: Path) -> None:
    policy = relief.amend(read(tmp_path, RAISE))
    line = [policy.on(day).parameters["line"].value for day in (date(2016, 3, 31), date(2016, 4, 1), date(2017, 6, 1))]
    assert line == [3000, 3500, 3500]
    dated = policy.on(date(2016, 4, 1)).parameters["line"].dated
    assert (dated.citation.key, dated.published) == ("notice#art-1", date(2016, 5, 20))
    assert policy.on(date(2016, 4, 1)).sources["notice"].issuer == "某县"


def test_an_amendment_that_ends_gives_way_to_what_was_there(relief: Policy, tmp_path: Path) -> None:
    until = {"from = 2016-04-01": "from = 2016-04-01\nuntil = 2017-03-01"}
    policy = relief.amend(read(tmp_path, RAISE, until))
    line = [
        policy.on(day).parameters["line"].value for day in (date(2016, 12, 31), date(2017, 2, 28), date(2017, 3, 1))
    ]
    assert line == [3500, 3500, Fraction("3200.5")]


def test_a_patch_may_have_days_of_its_own(relief: Policy, tmp_path: Path) -> None:
    text = (
        RAISE + "from = 2016-07-01\nuntil = 2016-09-01\n" + '[[rule]]\naction = "drop"\nid = "car"\nsource = "notice"\n'
    )
    policy = relief.amend(read(tmp_path, text))
    assert [str(era) for era in policy.eras()] == [
        "2016-01-01 to 2016-03-31",
        "2016-04-01 to 2016-06-30",
        "2016-07-01 to 2016-08-31",
        "2016-09-01 to 2017-12-31",
    ]
    assert [policy.on(era.start).parameters["line"].value for era in policy.eras()] == [3000, 3000, 3500, 3000]
    assert ["car" in policy.on(era.start).rules_by_id for era in policy.eras()] == [True, False, False, False]


def test_rules_and_exceptions_are_added_changed_and_dropped(relief: Policy, tmp_path: Path) -> None:
    text = """
[[rule]]
action = "add"
id = "town_flat"
kind = "exclusion"
label = { zh = "城镇购房", en = "owns a flat in town" }
when = "assets.owns_town_housing and not tiny"
source = "notice"

[[rule.unless]]
id = "relocated"
label = { zh = "搬迁", en = "relocated" }
when = "assets.town_housing_from_relocation_or_disaster"
source = "notice"

[[rule]]
action = "change"
id = "unsafe"
when = 'living.house_grade == "D"'
weight = 2.5
source = "notice#art-3"

[[definition]]
action = "add"
name = "tiny"
label = { zh = "独居", en = "alone" }
value = "count(m for m in members) == 1"
source = "notice"

[[exception]]
action = "drop"
rule = "car"
id = "livelihood"
source = "notice"

[[exception]]
action = "add"
rule = "car"
id = "alone"
label = { zh = "独居", en = "alone" }
when = "tiny"
source = "notice"

[[eligible_when]]
when = "poor and on_allowance"
source = "notice"

[[ranking]]
method = "lexicographic"
order = ["unsafe"]
source = "notice"

[[label]]
of = "car"
exception = "alone"
label = { zh = "一人户", en = "lives alone" }
source = "notice"
"""
    rules = relief.amend(read(tmp_path, text)).on(date(2016, 4, 1))
    assert [each.id for each in rules.rule("town_flat").unless] == ["relocated"]
    assert (to_text(rules.rule("unsafe").when), rules.rule("unsafe").weight) == (
        'living.house_grade == "D"',
        Decimal("2.5"),
    )
    assert rules.rule("unsafe").en == "unsafe house"
    assert rules.rule("unsafe").citation.key == "notice#art-3"
    assert [(each.id, each.en) for each in rules.rule("car").unless] == [("alone", "lives alone")]
    assert (rules.rule("town_flat").pack, rules.definitions["tiny"].pack) == ("raise", "raise")
    assert to_text(rules.policy.eligible_when[Subject.HOUSEHOLD].expr) == "poor and on_allowance"
    ranking = rules.ranking(Subject.HOUSEHOLD)
    assert ranking is not None and ranking.order == ("unsafe",)


def test_a_parameter_ends_where_nothing_reads_it_any_more(relief: Policy, tmp_path: Path) -> None:
    text = """
[[parameter]]
action = "end"
name = "dangerous"
source = "notice"

[[parameter]]
action = "add"
name = "worst"
meaning = { zh = "最差等级", en = "worst grade" }
list = "HouseGrade"
codes = ["D"]
source = "notice"

[[rule]]
action = "change"
id = "unsafe"
when = "living.house_grade in worst"
source = "notice"
"""
    policy = relief.amend(read(tmp_path, text))
    assert list(policy.on(date(2016, 3, 31)).parameters) == ["line", "dangerous"]
    assert list(policy.on(date(2016, 4, 1)).parameters) == ["line", "worst"]


def test_a_label_is_changed_without_a_change_of_any_fingerprint_but_that_of_the_policy(
    relief: Policy, tmp_path: Path
) -> None:
    text = '[[label]]\nof = "line"\nlabel = { zh = "线", en = "county line" }\nsource = "notice"\n'
    policy = relief.amend(read(tmp_path, text))
    day = date(2016, 4, 1)
    assert policy.on(day).parameters["line"].parameter.en == "county line"
    assert policy.on(day).fingerprint == relief.on(day).fingerprint
    assert policy.fingerprint != relief.fingerprint


# -- what was known ----------------------------------------------------------------------------------------------------


def test_retroactive_effect_is_seen_from_publication_on(relief: Policy, tmp_path: Path) -> None:
    amendment = read(tmp_path, RAISE)
    policy, day = relief.amend(amendment), date(2016, 4, 15)
    assert amendment.is_retroactive
    lines = [policy.on(day, known_at).parameters["line"].value for known_at in (date(2016, 5, 19), date(2016, 5, 20))]
    assert lines == [3000, 3500]


def test_a_value_of_a_pack_goes_on_until_the_next_one_is_known(tmp_path: Path) -> None:
    late = {"parameters.toml": {"from = 2017-01-01\n": "from = 2017-01-01\npublished = 2017-03-15\n"}}
    policy = load_policy(write_pack(tmp_path, late))
    day = date(2017, 2, 1)
    lines = [
        policy.on(day, known_at).parameters["line"].value for known_at in (date(2017, 3, 14), date(2017, 3, 15), None)
    ]
    assert lines == [3000, Fraction("3200.5"), Fraction("3200.5")]


def test_a_value_with_an_end_does_not_go_on_beyond_it(tmp_path: Path) -> None:
    late = {
        "parameters.toml": {
            "from = 2016-01-01\namount": "from = 2016-01-01\nuntil = 2017-01-01\namount",
            "from = 2017-01-01\n": "from = 2017-01-01\npublished = 2017-03-15\n",
        }
    }
    policy = load_policy(write_pack(tmp_path, late))
    with pytest.raises(UncoveredDateError) as refused:
        policy.on(date(2017, 2, 1), known_at=date(2017, 3, 14))
    assert str(refused.value) == (
        "policy `relief`: `line` has no value on 2017-02-01 known on 2017-03-14; add one, or assess on another day"
    )


def test_a_caller_gives_no_value_where_an_amendment_has_one() -> None:
    policy = load_policy("monitoring-2021")
    cited = Citation(Source("notice", "通知", "notice", Standing.STATED))
    year = Period(date(2023, 1, 1), date(2024, 1, 1))
    patch = SetParameter("monitoring_line", 7300, cited)
    amended = policy.amend(Amendment("line", policy.id, "线", "line", cited, date(2023, 1, 5), year, (patch,)))
    assert amended.on(date(2023, 6, 1)).parameters["monitoring_line"].value == 7300
    with pytest.raises(UncoveredDateError, match="is open and has no value on 2024-06-01"):
        amended.on(date(2024, 6, 1))
    with pytest.raises(PolicyError) as refused:
        amended.with_parameter(monitoring_line=7000, days=year, source=cited)
    assert str(refused.value) == (
        "parameter `monitoring_line`: has a value on 2023-01-01 to 2023-12-31 already, and is given one on 2023-01-01 "
        "to 2023-12-31; give one value for each day"
    )


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_a_policy_is_not_amended_with_nothing(relief: Policy, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refused:
        relief.amend()
    assert str(refused.value) == "policy `relief`: is amended with nothing; give an amendment"
    assert refusal(tmp_path, relief, "") == [
        "raise.toml: changes nothing; add a `[[parameter]]`, a `[[rule]]` or another patch"
    ]


def test_every_fault_of_reading_is_told_at_once_with_its_place(relief: Policy, tmp_path: Path) -> None:
    text = """
[[parameter]]
action = "raise"
name = "line"
amount = 3500
source = "notice"

[[parameter]]
action = "set"
name = "line"
amount = 3500
sauce = "notice"
until = 2017-01-01

[[rule]]
action = "change"
id = "unsafe"
source = "order"

[[rule]]
action = "change"
id = "poor"
when = "wage <"
source = "notice"
"""
    assert refusal(tmp_path, relief, text, {'id = "raise"': 'id = "Raise it"'}) == [
        "raise.toml, line 2, column 1: `id` is `Raise it`; use at most 64 of a-z, 0-9, -, _ and .",
        "raise.toml, line 16, column 1: `action` is `raise`; give one of set, add, end",
        "raise.toml, line 26, column 1: `until` stands without `from`; give both, or neither",
        "raise.toml, line 21, column 1: `source` is missing; add a text",
        "raise.toml, line 25, column 1: `sauce` is not known here; did you mean `source`?",
        "raise.toml, line 28, column 1: cites `order`, which `[sources]` does not name; add the source",
        "raise.toml, line 28, column 1: changes nothing; give `when`, or for a priority `weight`",
        "raise.toml, line 36, column 9: is no expression of the rule language; mend the syntax",
    ]


def test_a_fault_in_one_key_says_nothing_of_the_others(relief: Policy, tmp_path: Path) -> None:
    text = """
[[parameter]]
action = "add"
name = "second"
meaning = { zh = "第二线", en = "second line" }
unit = "yuan"
amount = 1e99
source = "notice"

[[definition]]
action = "add"
name = "in_need"
label = { zh = "困难", en = "in need" }
value = "wage <"
source = "notice"

[[exception]]
action = "change"
rule = "car"
id = "work"
label = { zh = "工作", en = "work" }
when = "True"
source = "notice"
"""
    assert refusal(tmp_path, relief, text) == [
        "raise.toml, line 20, column 1: `amount`: the exponent is not between -12 and 18; give a number of ordinary size",
        "raise.toml, line 27, column 10: is no expression of the rule language; mend the syntax",
        "raise.toml, line 31, column 1: `action` is `change`; give one of add, drop",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[parameter]]\naction = "set"\nname = "lime"\namount = 1\nsource = "notice"\n',
            "raise.toml, line 14, column 1: there is no parameter `lime` on these days; did you mean `line`?",
        ),
        (
            '[[parameter]]\naction = "set"\nname = "line"\ncode = "C"\nsource = "notice"\n',
            "raise.toml, line 14, column 1: `line` is no number; give a value as the pack declares it",
        ),
        (
            '[[rule]]\naction = "change"\nid = "car"\nweight = 2\nsource = "notice"\n',
            "raise.toml, line 14, column 1: gives a weight to `car`, which is no priority; remove it",
        ),
        (
            '[[rule]]\naction = "change"\nid = "poor"\nwhen = "wage < lime"\nsource = "notice"\n',
            "raise.toml, line 17, column 16: `lime` is not known; did you mean `line`?",
        ),
        (
            '[[exception]]\naction = "drop"\nrule = "car"\nid = "fishing"\nsource = "notice"\n',
            "raise.toml, line 14, column 1: `car` has no exception `fishing`; known: `livelihood`",
        ),
        (
            '[[exception]]\naction = "drop"\nrule = "poor"\nid = "fishing"\nsource = "notice"\n',
            (
                "raise.toml, line 14, column 1: `poor` is no exclusion, so it has no exceptions; "
                'change its claim instead, with `action = "change"`'
            ),
        ),
        (
            (
                '[[definition]]\naction = "add"\nname = "car"\nlabel = { zh = "车", en = "car" }\nvalue = "1"\n'
                'source = "notice"\n'
            ),
            "raise.toml, line 14, column 1: there is a rule `car` already; change it, or rename yours",
        ),
        (
            '[[rule]]\naction = "drop"\nid = "poor"\nsource = "notice"\n',
            (
                "raise.toml: with it, policy `relief`, `eligible_when.household`, line 1, column 1 on 2016-04-01 to 2017-12-31: "
                "`poor` is not known; see the facts, parameters and definitions"
            ),
        ),
        (
            '[[definition]]\naction = "change"\nname = "wage"\nvalue = "wage + 1"\nsource = "notice"\n',
            "raise.toml, line 14, column 1: reads itself: wage → wage; break the circle",
        ),
        (
            '[[parameter]]\naction = "set"\nname = "dangerous"\namount = 1\nsource = "notice"\n',
            (
                "raise.toml, line 14, column 1: `dangerous` is given a number, and has none; "
                "give a value as the pack declares it"
            ),
        ),
        (
            '[[parameter]]\naction = "set"\nname = "dangerous"\ncode = "C"\nsource = "notice"\n',
            "raise.toml, line 14, column 1: `dangerous` is of another sort; give a value as the pack declares it",
        ),
        (
            (
                '[[parameter]]\naction = "add"\nname = "line"\nmeaning = { zh = "线", en = "line" }\n'
                'unit = "yuan"\namount = 1\nsource = "notice"\n'
            ),
            "raise.toml, line 14, column 1: there is a parameter `line` already; change it, or rename yours",
        ),
        (
            (
                '[[parameter]]\naction = "add"\nname = "worth"\nmeaning = { zh = "线", en = "line" }\n'
                'unit = "pounds"\namount = 1\nsource = "notice"\n'
            ),
            (
                "raise.toml, line 18, column 1: `pounds` is no unit; known units: yuan, wan_yuan, person, household, "
                "village, item, head, year, month, day, minute, mu, m2, m, km, litre, horsepower, degree, point; "
                "see the units of the reference"
            ),
        ),
        (
            '[[definition]]\naction = "drop"\nname = "wages"\nsource = "notice"\n',
            "raise.toml, line 14, column 1: there is no definition `wages` on these days; did you mean `wage`?",
        ),
        (
            '[[rule]]\naction = "drop"\nid = "boat"\nsource = "notice"\n',
            "raise.toml, line 14, column 1: there is no rule `boat` on these days; add it first, or name another",
        ),
        (
            (
                '[[exception]]\naction = "add"\nrule = "car"\nid = "livelihood"\nlabel = { zh = "谋", en = "living" }\n'
                'when = "assets.owns_car"\nsource = "notice"\n'
            ),
            (
                "raise.toml, line 14, column 1: `car` has an exception `livelihood` already; "
                "drop it first, or give the new one an id of its own"
            ),
        ),
        (
            '[[label]]\nof = "bar"\nlabel = { zh = "车", en = "car" }\nsource = "notice"\n',
            (
                "raise.toml, line 14, column 1: there is no rule, definition or parameter `bar` on these days; "
                "did you mean `car`?"
            ),
        ),
        (
            '[[label]]\nof = "poor"\nexception = "fishing"\nlabel = { zh = "渔", en = "fishing" }\nsource = "notice"\n',
            "raise.toml, line 14, column 1: `poor` has no exception `fishing`; it has none",
        ),
        (
            '[[label]]\nof = "car"\nexception = "a b"\nlabel = { zh = "渔", en = "fishing" }\nsource = "notice"\n',
            "raise.toml, line 16, column 1: `a b` is no name; use a-z, 0-9 and _",
        ),
        (
            (
                '[[rule]]\naction = "add"\nid = "boat"\nkind = "check"\nlabel = { zh = "船", en = "boat" }\n'
                'when = "True"\nsource = "notice"\noverrides = true\ndirection = "narrows"\n'
            ),
            'raise.toml, line 21, column 1: overrides nothing; say `action = "change"`, or drop `overrides`',
        ),
        (
            (
                '[[rule]]\naction = "add"\nid = "boat"\nkind = "check"\nlabel = { zh = "船", en = "boat" }\n'
                'when = "True"\nsource = "notice"\ndirection = "narrows"\n'
            ),
            "raise.toml, line 21, column 1: belongs to no override; say `overrides = true`, or drop it",
        ),
        (
            (
                '[[rule]]\naction = "add"\nid = "town"\nkind = "check"\nsubject = "village"\n'
                'label = { zh = "村", en = "village" }\nwhen = "True"\nsource = "notice"\n'
            ),
            "raise.toml, line 14, column 1: is about a village, which `subjects` does not name; name it",
        ),
        (
            (
                '[[rule]]\naction = "add"\nid = "boat"\nkind = "exclusion"\nlabel = { zh = "船", en = "boat" }\n'
                'when = "assets.owns_car"\nsource = "notice"\n[[rule.unless]]\nid = "small"\n'
                'label = { zh = "小", en = "small" }\nwhen = "assets.small"\nsource = "notice"\n'
            ),
            "raise.toml, line 24, column 9: `assets.small` is not known; did you mean `assets.owns_car`?",
        ),
        (
            (
                '[[ranking]]\nmethod = "count"\nsource = "notice"\n'
                '[[ranking.tie_break]]\nby = "car"\nprefer = "lower"\nsource = "notice"\n'
            ),
            "raise.toml, line 18, column 7: a tie is broken by a number or a day; give one",
        ),
        (
            RAISE.lstrip() + RAISE,
            (
                "raise.toml, line 20, column 1: `line` on from 2016-04-01: both set it, in raise.toml, line 14, column 1 "
                "and here; say one thing, or give the two other days"
            ),
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text: str, message: str, relief: Policy, tmp_path: Path) -> None:
    assert message in refusal(tmp_path, relief, text)


def test_an_amendment_is_of_its_own_policy_and_of_days_that_it_covers(relief: Policy, tmp_path: Path) -> None:
    assert refusal(tmp_path, relief, RAISE, {'policy = "relief"': 'policy = "alms"'}) == [
        "raise.toml: amends `alms`, and `relief` is not built on it; amend one of relief"
    ]
    assert refusal(tmp_path, relief, RAISE, {"from = 2016-04-01": "from = 2019-01-01"}) == [
        (
            "raise.toml, line 15, column 1: is in force on from 2019-01-01, on no day that `relief` covers "
            "(2016-01-01 to 2017-12-31); correct `from`, or amend a pack for those days"
        )
    ]


def test_an_amendment_of_a_pack_below_fits_what_is_built_on_it(tmp_path: Path) -> None:
    policy = load_policy("yucheng-2016")
    text = RAISE.replace('"line"', '"income_line"')
    amended = policy.amend(read(tmp_path, text, {'policy = "relief"': 'policy = "shandong-2014"'}))
    assert amended.on(date(2016, 6, 1)).parameters["income_line"].value == 3500


def test_a_ranking_is_refused_where_a_quota_is_forbidden_and_a_value_outside_its_bounds(tmp_path: Path) -> None:
    policy = load_policy("monitoring-2021")
    head = {'policy = "relief"': 'policy = "monitoring-2021"', "from = 2016-04-01": "from = 2022-01-01"}
    text = '[[ranking]]\nmethod = "count"\nsource = "notice"\n' + RAISE.replace('"line"', '"monitoring_line"').replace(
        "3500", "1"
    )
    found = refusal(tmp_path, policy, text, head)
    low = next(each for each in found if "`monitoring_line` is 1, outside" in each)
    assert low.startswith("raise.toml, line 18, column 1: ")
    assert low.endswith(" yuan / person / year; give a value as the pack declares it")
    assert any("ranks under a quota, which `" in each for each in found)


def test_the_format_and_the_head_are_read_as_closely(relief: Policy, tmp_path: Path) -> None:
    head = {"format = 1": "format = 2", "from = 2016-04-01": "from = 2016-04-01\nuntil = 2016-04-01"}
    assert refusal(tmp_path, relief, RAISE, head) == [
        "raise.toml, line 1, column 1: format 2 is not read; this version reads format 1",
        ("raise.toml, line 8, column 1: `until` is not after `from`; give the first day on which it no longer holds"),
    ]


def test_two_of_one_day_that_touch_the_same_are_refused_for_neither_is_later(relief: Policy, tmp_path: Path) -> None:
    other = RAISE.replace("3500", "3600").replace("notice", "letter")
    head = {
        'id = "raise"': 'id = "again"',
        'source = "notice"': 'source = "letter"',
        "[sources.notice]": "[sources.letter]",
    }
    first, second = read(tmp_path, RAISE), read(tmp_path, other, head, "again.toml")
    with pytest.raises(PolicyError) as refused:
        relief.amend(first, second)
    assert str(refused.value) == (
        "raise.toml, line 15, column 1: `again` and `raise`: `line`, from 2016-04-01: both set it, and both were "
        "published on one day; make one amendment of them, or say which was later"
    )


def test_one_name_is_given_to_one_amendment_and_one_source(relief: Policy, tmp_path: Path) -> None:
    amendment = read(tmp_path, RAISE)
    policy = relief.amend(amendment)
    with pytest.raises(PolicyError) as refused:
        policy.amend(amendment)
    assert "raise.toml: the policy has an amendment `raise` already; give it an id of its own, or amend once" in str(
        refused.value
    )
    keys = {'source = "notice"': 'source = "order"', "[sources.notice]": "[sources.order]"}
    assert refusal(tmp_path, relief, RAISE.replace("notice", "order"), keys) == [
        "raise.toml: `order` names another source in the policy or in an amendment before; give it a key of its own"
    ]


def test_what_is_built_by_hand_is_checked_as_what_is_read(relief: Policy) -> None:
    cited = Citation(Source("notice", "", "", Standing.ASSUMPTION))
    patches = (
        ChangeRule("poor", cited, "wage < lime"),
        AddRule(Rule("x y", RuleKind.CHECK, Subject.HOUSEHOLD, "", "x", parse("True"), cited, "")),
    )
    built = Amendment("raise", "relief", "提高", "", cited, date(2016, 5, 1), Period(date(2016, 4, 1)), patches)
    with pytest.raises(PolicyError) as refused:
        relief.amend(built)
    assert str(refused.value).splitlines() == [
        "amendment `raise`.title.en: `en` is empty; give a text",
        "amendment `raise`.sources.notice.title: `title` is empty; give a text",
        "amendment `raise`.sources.notice.title_en: `title_en` is empty; give a text",
        "amendment `raise`.sources.notice: an assumption gives no reason; say in `note` why it was assumed",
        "amendment `raise`.rule[0].id: `x y` is no name; use a-z, 0-9 and _, a letter first",
        "amendment `raise`.rule[0].label.zh: `zh` is empty; give a text",
    ]
    with pytest.raises(PolicyError) as refused:
        SetParameter("line", Fraction(1, 3), cited)
    assert str(refused.value) == "value: has no short decimal form; give an exact number"


def test_limits_are_kept(relief: Policy, tmp_path: Path) -> None:
    with pytest.raises(LimitError) as refused:
        read(tmp_path, '[[label]]\nof = "car"\n' * 501)
    assert str(refused.value) == "raise.toml: has 501 patches, more than 500; split it"
    cited = Citation(Source("notice", "通知", "notice", Standing.STATED))
    days = Period(date(2016, 4, 1))
    many = [
        Amendment(
            f"a{number}",
            "relief",
            "改",
            "change",
            cited,
            date(2016, 1, 1 + number % 28),
            days,
            (EndParameter("nothing", cited),),
        )
        for number in range(65)
    ]
    with pytest.raises(LimitError) as refused:
        relief.amend(*many)
    assert str(refused.value) == "policy `relief`: has 65 amendments, more than 64; make a pack of what they come to"


# -- conflicts ---------------------------------------------------------------------------------------------------------

DROP = '[[rule]]\naction = "drop"\nid = "car"\nsource = "notice"\n'
EXCUSE = (
    '[[exception]]\naction = "add"\nrule = "car"\nid = "alone"\nlabel = { zh = "独", en = "alone" }\n'
    'when = "tiny"\nsource = "notice"\n'
)
TINY = (
    '[[definition]]\naction = "add"\nname = "tiny"\nlabel = { zh = "独", en = "alone" }\n'
    'value = "count(m for m in members) == 1"\nsource = "notice"\n'
)
COMBINED = '[[eligible_when]]\nwhen = "poor"\nsource = "notice"\n'
CONDITION = (
    '[[rule]]\naction = "add"\nid = "rural"\nkind = "eligibility"\nlabel = { zh = "农", en = "rural" }\n'
    'when = \'hukou == "rural"\'\nsource = "notice"\n'
)
USED = '[[rule]]\naction = "change"\nid = "above"\nwhen = "wage > line and not car"\nsource = "notice"\n'


@pytest.mark.parametrize(
    ("one", "other", "kind", "name"),
    [
        (RAISE, RAISE, ConflictKind.SAME, "line"),
        (DROP, EXCUSE, ConflictKind.DROPPED, "car"),
        (DROP, USED, ConflictKind.DROPPED, "car"),
        (TINY, EXCUSE, ConflictKind.NEEDS, "tiny"),
        (COMBINED, CONDITION, ConflictKind.COMBINATION, "rural"),
        (COMBINED, COMBINED, ConflictKind.SAME, "eligible_when.household"),
    ],
)
def test_two_amendments_stand_in_each_others_way(
    one: str, other: str, kind: ConflictKind, name: str, tmp_path: Path
) -> None:
    head = {'id = "raise"': 'id = "again"', "from = 2016-04-01": "from = 2016-06-01\nuntil = 2016-08-01"}
    first, second = read(tmp_path, one), read(tmp_path, other, head)
    (found,) = find_conflicts(first, second)
    assert (found.kind, found.name, str(found.days)) == (kind, name, "2016-06-01 to 2016-07-31")
    assert (found.first, found.second) == ("raise", "again")


@pytest.mark.parametrize(("one", "other"), [(RAISE, DROP), (RAISE, USED), (EXCUSE, COMBINED), (TINY, CONDITION)])
def test_amendments_of_different_things_or_days_do_not(one: str, other: str, tmp_path: Path) -> None:
    head = {'id = "raise"': 'id = "again"'}
    assert find_conflicts(read(tmp_path, one), read(tmp_path, other, head)) == ()
    apart = head | {"from = 2016-04-01": "from = 2016-01-01\nuntil = 2016-04-01"}
    assert find_conflicts(read(tmp_path, one), read(tmp_path, one, apart)) == ()


def test_a_conflict_is_said_in_both_languages(tmp_path: Path) -> None:
    (found,) = find_conflicts(read(tmp_path, DROP), read(tmp_path, EXCUSE, {'id = "raise"': 'id = "again"'}))
    assert found.words("zh") == "“raise”与“again”：`car`（自2016-04-01起）：一者废止而另一者引用"
    assert found.words("en") == "`raise` and `again`: `car`, from 2016-04-01: one drops it, the other names it"
    assert found.to_plain()["places"] == ["raise.toml, line 14, column 1", "raise.toml, line 14, column 1"]
