"""Checklists: what an item counts for, open slots that decide nothing, and every misuse with its whole message."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import fupin_rules as fr
from fupin_rules.errors import PolicyError
from fupin_rules.expr import to_text
from fupin_rules.policy import Counts, Policy, RuleKind, Subject, find_pack, load_policy

SUMMER = date(2016, 6, 1)

PACK = """\
format = 1
id = "{id}"
version = "1.0.0"
title = {{ zh = "村清单", en = "list of villages" }}
extends = [{below}]
from = 2016-01-01
until = 2018-01-01
subjects = ["village"]
"""
SOURCES = """\
[order]
title = "某县通知"
title_en = "order of a county (invented)"
standing = "stated"

[guess]
title = "空项"
title_en = "open slots"
standing = "assumption"
note = "no text was found"
"""
GOOD = """\
[[checklist]]
id = "links"
label = { zh = "三通一无", en = "three links, one none" }
subject = "village"
source = "order#art-1"

[[checklist.item]]
id = "road"
label = { zh = "通路", en = "hard road" }
counts = "having"
when = "hard_road_to_township"
source = "order#art-1"

[[checklist.item]]
id = "bare_of_income"
label = { zh = "集体经济收入", en = "collective income" }
counts = "lacking"
when = "collective_income_wan_yuan > 0"
source = "order#art-2"
note = { zh = "空白不等于零", en = "a blank is not zero" }

[[checklist.item]]
id = "third_link"
label = { zh = "第三通", en = "third link" }
counts = "having"
source = "guess"
"""
MORE = """\
[[checklist]]
id = "links"
continues = true

[[checklist.item]]
id = "third_link"
label = { zh = "通宽带", en = "broadband" }
counts = "having"
when = "has_broadband"
source = "order#art-3"

[[checklist.item]]
id = "fourth_link"
label = { zh = "第四通", en = "fourth link" }
counts = "having"
source = "guess"
"""


def write(folder: Path, name: str, rules: str, *below: str, parameters: str = "") -> Path:
    pack = folder / name
    pack.mkdir(parents=True)
    listed = ", ".join(f'"{each}"' for each in below)
    (pack / "pack.toml").write_text(PACK.format(id=name, below=listed), encoding="utf-8")
    (pack / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (pack / "rules.toml").write_text(rules, encoding="utf-8")
    if parameters:
        (pack / "parameters.toml").write_text(parameters, encoding="utf-8")
    return pack


def bent(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} stands {GOOD.count(old)} times"
    return GOOD.replace(old, new)


def told(pack: Path) -> str:
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack, search=[pack.parent])
    return str(refusal.value)


@pytest.fixture
def links(tmp_path: Path) -> Policy:
    return load_policy(write(tmp_path, "links", GOOD))


# -- what an item counts for ------------------------------------------------------------------------------------------


def test_having_is_a_guarantee_of_exit_and_lacking_a_condition_of_being_identified(links: Policy) -> None:
    assert [(rule.id, rule.kind, to_text(rule.when), rule.zh, rule.en) for rule in links.rules] == [
        ("road", RuleKind.EXIT, "hard_road_to_township", "通路", "hard road"),
        (
            "bare_of_income",
            RuleKind.ELIGIBILITY,
            "not collective_income_wan_yuan > 0",
            "缺：集体经济收入",
            "lacking: collective income",
        ),
    ]


def test_lacking_what_is_to_be_had_identifies_nobody_and_having_what_is_lacked_lets_nobody_leave(links: Policy) -> None:
    rules = links.on(SUMMER)
    bare = fr.Village(id="v", hard_road_to_township=False, collective_income_wan_yuan=0)
    rich = fr.Village(id="v", hard_road_to_township=True, collective_income_wan_yuan=1)
    blank = fr.Village(id="v")
    asked = [
        (fr.assess(each, rules).outcome.value, fr.assess_exit(each, rules).outcome.value)
        for each in (bare, rich, blank)
    ]
    assert asked == [("eligible", "not_met"), ("ineligible", "met"), ("undetermined", "undetermined")]


def test_an_open_slot_is_listed_and_decides_nothing(links: Policy) -> None:
    checklist = links.checklists["links"]
    assert [(item.id, item.counts, item.is_open) for item in checklist.items] == [
        ("road", Counts.HAVING, False),
        ("bare_of_income", Counts.LACKING, False),
        ("third_link", Counts.HAVING, True),
    ]
    assert [item.id for item in checklist.open_items] == ["third_link"]
    assert {item.id for item in checklist.items if not item.is_open} == {rule.id for rule in links.rules}
    assert (checklist.label("zh"), checklist.label("en")) == ("三通一无", "three links, one none")
    assert (checklist.items[2].label("zh"), checklist.items[2].label("en")) == ("第三通", "third link")
    assert checklist.items[1].note_zh == links.rules[1].note_zh == "空白不等于零"


def test_an_item_is_the_same_rule_as_one_written_out(tmp_path: Path, links: Policy) -> None:
    written = (
        '[[rule]]\nid = "road"\nkind = "exit"\nsubject = "village"\nlabel = { zh = "通路", en = "road" }\n'
        'when = "hard_road_to_township"\nsource = "order#art-1"\n'
        '[[rule]]\nid = "bare_of_income"\nkind = "eligibility"\nsubject = "village"\n'
        'label = { zh = "无集体收入", en = "no income" }\n'
        'when = "not collective_income_wan_yuan > 0"\nsource = "order#art-2"\n'
    )
    other = load_policy(write(tmp_path / "other", "links", written))
    assert other.checklists == {}
    assert other.on(SUMMER).fingerprint == links.on(SUMMER).fingerprint


def test_yuchengs_five_links_are_the_rules_they_were(tmp_path: Path) -> None:
    shipped = load_policy("yucheng-2016")
    folder = tmp_path / "yucheng-2016"
    folder.mkdir()
    source = find_pack("yucheng-2016")
    for name in ("pack.toml", "sources.toml"):
        (folder / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    rules = (source / "rules.toml").read_text(encoding="utf-8")
    head = rules[: rules.index("[[checklist]]")]
    links = {
        "village_road": "hard_road_to_township",
        "village_power": "has_power",
        "village_water": "has_safe_water",
        "village_broadcast": "has_broadcast",
        "village_broadband": "has_broadband",
    }
    for rule, fact in links.items():
        head += (
            f'[[rule]]\nid = "{rule}"\nkind = "exit"\nsubject = "village"\nlabel = {{ zh = "通", en = "link" }}\n'
            f'when = "{fact}"\nsource = "five-links"\n'
        )
    (folder / "rules.toml").write_text(head, encoding="utf-8")
    for day in (date(2016, 1, 1), date(2016, 12, 31)):
        assert load_policy(folder).on(day).fingerprint == shipped.on(day).fingerprint
    checklist = shipped.checklists["five_links_ten_haves"]
    assert [item.id for item in checklist.items if not item.is_open] == list(links)
    assert [item.id for item in checklist.open_items] == [f"village_have_{number}" for number in range(1, 11)]
    assert {item.counts for item in checklist.items} == {Counts.HAVING}
    assert {item.citation.standing.value for item in checklist.items} == {"assumption"}
    assert not {item.id for item in checklist.open_items} & {rule.id for rule in shipped.rules}


# -- a county fills a template ----------------------------------------------------------------------------------------


def test_a_county_fills_a_slot_and_adds_one(tmp_path: Path) -> None:
    write(tmp_path, "links", GOOD)
    policy = load_policy(write(tmp_path, "county", MORE, "links"), search=[tmp_path])
    found = [(item.id, item.zh, item.is_open, item.pack) for item in policy.checklists["links"].items]
    assert found == [
        ("road", "通路", False, "links"),
        ("bare_of_income", "集体经济收入", False, "links"),
        ("third_link", "通宽带", False, "county"),
        ("fourth_link", "第四通", True, "county"),
    ]
    assert [rule.id for rule in policy.on(SUMMER).rules_of(Subject.VILLAGE, RuleKind.EXIT)] == ["road", "third_link"]
    assert policy.on(SUMMER).rule("third_link").pack == "county"


def test_a_county_replaces_an_item_only_when_it_says_so(tmp_path: Path) -> None:
    write(tmp_path, "links", GOOD)
    other = MORE.replace("third_link", "road")
    assert told(write(tmp_path, "county", other, "links")) == (
        "county/rules.toml, line 5, column 1: `road` is there already;"
        " say `overrides = true` with its direction, or rename it"
    )
    said = other.replace('source = "order#art-3"\n', 'source = "order"\noverrides = true\ndirection = "changes"\n')
    policy = load_policy(write(tmp_path / "said", "county", said, "links"), search=[tmp_path])
    assert to_text(policy.on(SUMMER).rule("road").when) == "has_broadband"
    assert [item.id for item in policy.checklists["links"].items] == [
        "road",
        "bare_of_income",
        "third_link",
        "fourth_link",
    ]


def test_a_pack_about_households_may_build_on_one_with_a_checklist_of_villages(tmp_path: Path) -> None:
    write(tmp_path, "links", GOOD)
    pack = write(tmp_path, "county", "", "links")
    head = (pack / "pack.toml").read_text(encoding="utf-8")
    (pack / "pack.toml").write_text(head.replace('"village"', '"household"'), encoding="utf-8")
    assert list(load_policy(pack, search=[tmp_path]).checklists) == ["links"]


def test_a_dropped_item_is_on_no_list(tmp_path: Path) -> None:
    write(tmp_path, "links", GOOD)
    drop = '[[drop]]\nid = "road"\nsource = "order"\ndirection = "changes"\n'
    policy = load_policy(write(tmp_path, "county", drop, "links"), search=[tmp_path])
    assert [item.id for item in policy.checklists["links"].items] == ["bare_of_income", "third_link"]


# -- misuse -----------------------------------------------------------------------------------------------------------

RULE = (
    '[[rule]]\nid = "{}"\nkind = "exit"\nsubject = "village"\nlabel = {{ zh = "甲", en = "a" }}\n'
    'when = "has_power"\nsource = "order"\n'
)

BAD = [
    # old, new, message
    ('id = "links"\n', "", "links/rules.toml, line 1, column 1: `id` is missing; add a text"),
    ('id = "links"', 'id = "Links"', "links/rules.toml, line 2, column 1: `Links` is no name; use a-z, 0-9 and _, a letter first"),
    ('subject = "village"\n', "", "links/rules.toml, line 1, column 1: `subject` is missing; add one of "),
    ('subject = "village"', 'subject = "town"', "links/rules.toml, line 4, column 1: `subject` is `town`; give one of "),
    ('subject = "village"', 'subject = "household"', "links/rules.toml, line 1, column 1: is about a household, which `subjects` does not name; name it"),
    ('subject = "village"', 'subject = "village"\nitems = 3', "links/rules.toml, line 5, column 1: `items` is not known here; did you mean `item`?"),
    ('subject = "village"\nsource = "order#art-1"', 'subject = "village"\nsource = "hearsay"', "links/rules.toml, line 1, column 1: cites `hearsay`, which no sources.toml names; add the source"),
    ('counts = "lacking"\n', "", "links/rules.toml, line 14, column 1: `counts` is missing; add one of having, lacking"),
    ('counts = "lacking"', 'counts = "maybe"', "links/rules.toml, line 17, column 1: `counts` is `maybe`; give one of having, lacking"),
    ('source = "guess"\n', "", "links/rules.toml, line 22, column 1: `source` is missing; add a text"),
    ('source = "guess"', 'source = "hearsay"', "links/rules.toml, line 22, column 1: cites `hearsay`, which no sources.toml names; add the source"),
    ('source = "guess"', 'source = "guess"\noverrides = true\ndirection = "changes"', "links/rules.toml, line 22, column 1: is an open slot, which replaces nothing; give it a `when`, or `[[drop]]` the item below"),
    ('source = "guess"', 'source = "guess"\nweight = 2', "links/rules.toml, line 27, column 1: `weight` is not known here; remove it"),
    ('when = "hard_road_to_township"', 'when = ""', "links/rules.toml, line 11, column 1: `when` is empty; give a text"),
    ('when = "hard_road_to_township"', 'when = "hard_road and"', "links/rules.toml, line 11, column 9: is no expression of the rule language; mend the syntax"),
    ('when = "hard_road_to_township"', 'when = "hard_road"', "links/rules.toml, line 11, column 9: `hard_road` is not known; "),
    ('when = "collective_income_wan_yuan > 0"', 'when = "collective_income_wan_yuan"', "links/rules.toml, line 18, column 9: a claim is due on `not`, this is a number"),
    ('when = "hard_road_to_township"', 'when = "hard_road_to_township"\noverrides = true\ndirection = "changes"', "links/rules.toml, line 7, column 1: `road` overrides nothing; no pack below has it: drop `overrides`"),
    ('id = "third_link"', 'id = "road"', "links/rules.toml, line 22, column 1: the item `road` stands twice in the checklist; rename one"),
    ('id = "third_link"', 'id = "has_power"', "links/rules.toml, line 22, column 1: `has_power` is a fact already; rename it"),
    ('id = "road"', 'id = "has_power"', "links/rules.toml, line 7, column 1: `has_power` is a fact already; rename it"),
    ('subject = "village"', 'subject = "village"\ncontinues = true', "links/rules.toml, line 3, column 1: `label` is not known here; remove it"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BAD)
def test_a_misuse_is_refused_at_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in told(write(tmp_path, "links", bent(old, new)))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            (
                '\n[[checklist]]\nid = "links"\ncontinues = true\n\n[[checklist.item]]\nid = "x"\n'
                'label = { zh = "甲", en = "x" }\ncounts = "having"\nsource = "guess"\n'
            ),
            "links/rules.toml, line 28, column 1: the checklist `links` stands twice in this pack; put its items together",
        ),
        (
            '\n[[checklist]]\nid = "empty"\nlabel = { zh = "空", en = "empty" }\nsubject = "village"\nsource = "guess"\n',
            (
                "links/rules.toml, line 28, column 1: has no item; add a `[[checklist.item]]`;"
                " without `when` it is an open slot"
            ),
        ),
        (
            (
                '\n[[checklist]]\nid = "other"\nlabel = { zh = "另", en = "other" }\nsubject = "village"\nsource = "guess"\n'
                '[[checklist.item]]\nid = "third_link"\nlabel = { zh = "甲", en = "x" }\ncounts = "having"\n'
                'source = "guess"\n'
            ),
            "links/rules.toml, line 33, column 1: `third_link` is an item of the checklist `links` already; rename it",
        ),
        (
            "\n" + RULE.format("third_link"),
            (
                "links/rules.toml, line 28, column 1: `third_link` is an open slot of the checklist `links`;"
                " fill it there, or rename this"
            ),
        ),
        (
            "\n" + RULE.format("road"),
            "links/rules.toml, line 7, column 1: `road` stands twice in this pack; rename one",
        ),
        (
            (
                '\n[[checklist]]\nid = "unknown"\ncontinues = true\n[[checklist.item]]\nid = "x"\n'
                'label = { zh = "甲", en = "x" }\ncounts = "having"\nsource = "guess"\n'
            ),
            (
                "links/rules.toml, line 28, column 1: continues a checklist `unknown`, which no pack below has;"
                " drop `continues`, and give it label, subject and source"
            ),
        ),
    ],
)
def test_a_second_entry_that_cannot_stand_is_refused(tmp_path: Path, more: str, message: str) -> None:
    assert told(write(tmp_path, "links", GOOD + more)) == message


def test_a_slot_has_a_name_that_no_parameter_has(tmp_path: Path) -> None:
    parameter = (
        '[third_link]\nmeaning = { zh = "数", en = "number" }\nunit = "1"\n\n'
        '[[third_link.value]]\nfrom = 2016-01-01\namount = 1\nsource = "order"\n'
    )
    assert told(write(tmp_path, "links", GOOD, parameters=parameter)) == (
        "links/rules.toml, line 22, column 1: `third_link` is a parameter already; rename it"
    )


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            GOOD,
            (
                "county/rules.toml, line 1, column 1: the checklist `links` is there already;"
                " say `continues = true` to fill its slots or add items, or rename it"
            ),
        ),
        (
            MORE.replace('counts = "having"\nwhen', 'counts = "lacking"\nwhen'),
            (
                "county/rules.toml, line 5, column 1: `third_link` is a slot where having it counts, not lacking;"
                ' say `counts = "having"`, or add an item of your own'
            ),
        ),
        (
            MORE.replace('when = "has_broadband"\n', ""),
            (
                "county/rules.toml, line 5, column 1: `third_link` is in the checklist `links` already;"
                " give it a `when`, or leave it out here"
            ),
        ),
        (
            RULE.format("road") + 'overrides = true\ndirection = "changes"\n',
            (
                "county/rules.toml, line 1, column 1: `road` is an item of the checklist `links`;"
                " replace it there, with `continues = true`"
            ),
        ),
        (
            RULE.format("third_link"),
            (
                "county/rules.toml, line 1, column 1: `third_link` is an open slot of the checklist `links`;"
                " fill it there, or rename this"
            ),
        ),
    ],
)
def test_what_a_county_cannot_do_to_a_template(tmp_path: Path, rules: str, message: str) -> None:
    write(tmp_path, "links", GOOD)
    assert told(write(tmp_path, "county", rules, "links")) == message
