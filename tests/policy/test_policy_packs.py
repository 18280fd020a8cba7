"""Loading packs: a good one, and everything a pack from a stranger can get wrong, with the whole message."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.errors import LimitError, PolicyError, UncoveredDateError
from fupin_rules.expr import to_text
from fupin_rules.policy import RuleKind, Subject, find_pack, installed_packs, judge, load_cases, load_policy, run_case
from pace import within

SUMMER = date(2016, 6, 1)


def test_a_good_pack_loads_and_its_cases_pass(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    policy = load_policy(pack)
    assert [rule.id for rule in policy.rules] == ["poor", "on_allowance", "car", "unsafe", "above", "grade_unknown"]
    assert policy.lineage == ("relief",)
    results = [run_case(policy, case) for case in load_cases(pack)]
    assert [result.differences for result in results] == [(), ()]


def test_outcomes_are_composed_as_one_more_expression(tmp_path: Path) -> None:
    snapshot = load_policy(write_pack(tmp_path)).on(SUMMER)
    assert to_text(snapshot.eligible_expr(Subject.HOUSEHOLD)) == "(poor or on_allowance) and not car"
    assert to_text(snapshot.exit_expr(Subject.HOUSEHOLD)) == "above"
    assert to_text(snapshot.rule("car").effective) == "assets.owns_car and not assets.car_is_for_disabled_or_livelihood"


def test_a_parameter_has_the_value_of_the_day(tmp_path: Path) -> None:
    policy = load_policy(write_pack(tmp_path))
    values = [policy.on(day).parameters["line"].value for day in (date(2016, 12, 31), date(2017, 1, 1))]
    assert values == [Fraction(3000), Fraction("3200.50")]


def test_the_same_days_give_the_same_snapshot_and_a_changed_policy_its_own(tmp_path: Path) -> None:
    policy = load_policy(write_pack(tmp_path))
    days = [policy.days.start + timedelta(days=each) for each in range(200)]
    first = [policy.on(day) for day in days]
    assert policy.on(days[-1]) is first[-1]
    assert policy.on(days[-1], days[-1]) is policy.on(days[-1], days[-1]) is not first[-1]
    # Of many days a few are held, and the others are made again, alike.
    assert len(policy._snapshots) < 100
    assert [policy.on(day) for day in days] == first
    other = attrs.evolve(policy, rules=policy.rules[:1])
    assert other.on(SUMMER) != policy.on(SUMMER)


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2018, 1, 1)])
def test_a_day_outside_is_refused_with_the_covered_days(tmp_path: Path, day: date) -> None:
    policy = load_policy(write_pack(tmp_path))
    with pytest.raises(UncoveredDateError) as refusal:
        policy.on(day)
    assert str(refusal.value) == (
        f"policy `relief`: does not cover {day} (covered: 2016-01-01 to 2017-12-31);"
        " assess on a covered day, or load a pack for that day"
    )


def test_the_law_as_it_was_known(tmp_path: Path) -> None:
    changes = {
        "parameters.toml": {
            "from = 2017-01-01\n": "from = 2017-01-01\npublished = 2017-03-01\n",
            "from = 2016-01-01\namount": "from = 2016-01-01\nuntil = 2017-01-01\namount",
        }
    }
    policy = load_policy(write_pack(tmp_path, changes))
    day = date(2017, 2, 1)
    assert policy.on(day).parameters["line"].value == Fraction("3200.50")
    with pytest.raises(UncoveredDateError, match="`line` has no value on 2017-02-01 known on 2017-02-28"):
        policy.on(day, known_at=date(2017, 2, 28))


BAD: list[tuple[str, str, str, str]] = [
    # file, old text, new text, message
    (
        "pack.toml",
        "format = 1",
        "format = 2",
        "relief/pack.toml, line 1, column 1: format 2 is not read; this version reads format 1",
    ),
    (
        "pack.toml",
        'id = "relief"',
        'id = "other"',
        "relief/pack.toml, line 2, column 1: `id` is `other`, the folder `relief`; give both one name of a-z, 0-9 and -",
    ),
    ("pack.toml", 'version = "1.0.0"\n', "", "relief/pack.toml: `version` is missing; add a text"),
    (
        "pack.toml",
        "until = 2018-01-01",
        "until = 2016-01-01",
        "relief/pack.toml, line 6, column 1: `until` is not after `from`; give the first day that is no longer covered",
    ),
    (
        "pack.toml",
        'subjects = ["household"]',
        'subjects = ["person"]',
        "relief/pack.toml, line 7, column 1: `subjects` is not a list of household, village, area; name at least one",
    ),
    (
        "pack.toml",
        'subjects = ["household"]',
        'subjects = ["household"]\nsubjekts = 1',
        "relief/pack.toml, line 8, column 1: `subjekts` is not known here; did you mean `subjects`?",
    ),
    (
        "pack.toml",
        'when = "poor or on_allowance"',
        'when = "poor or car"',
        "relief/pack.toml, line 9, column 1: names `car`, no eligibility rules; name eligibility rules only",
    ),
    (
        "pack.toml",
        'when = "poor or on_allowance"',
        'when = "poor or ill"',
        "relief/pack.toml, line 10, column 17: `ill` is not known; see the facts, parameters and definitions",
    ),
    (
        "pack.toml",
        'method = "weights"',
        'method = "votes"',
        "relief/pack.toml, line 14, column 1: `method` is `votes`; give one of count, weights, lexicographic",
    ),
    (
        "pack.toml",
        'method = "weights"',
        'method = "lexicographic"',
        "relief/pack.toml, line 13, column 1: `order` does not list every priority rule once; list them",
    ),
    (
        "pack.toml",
        'prefer = "lower"',
        'prefer = "best"',
        "relief/pack.toml, line 19, column 1: `prefer` is not lower or higher; say which goes first",
    ),
    (
        "pack.toml",
        'by = "wage"',
        'by = "poor"',
        "relief/pack.toml, line 18, column 7: a tie is broken by a number or a day; give one",
    ),
    (
        "parameters.toml",
        'unit = "yuan / person / year"',
        'unit = "yuan / head / lightyear"',
        "relief/parameters.toml, line 3, column 1: `lightyear` is no unit; known units: ",
    ),
    (
        "parameters.toml",
        'unit = "yuan / person / year"\n',
        "",
        "relief/parameters.toml, line 1, column 1: mixes sorts of values, or a unit with none; a number needs a unit, nothing else has one",
    ),
    ("parameters.toml", "from = 2017-01-01", "from = 2017-02-30", "relief/parameters.toml: is no TOML: "),
    (
        "parameters.toml",
        "from = 2016-01-01\namount",
        "from = 2016-02-01\namount",
        "relief/parameters.toml, line 1, column 1: `line` has no value on 2016-01-01 to 2016-01-31 inside the days of `relief` (2016-01-01 to 2017-12-31); add one, or cover fewer days",
    ),
    (
        "parameters.toml",
        "from = 2016-01-01\namount",
        "from = 2016-01-01\nuntil = 2016-12-01\namount",
        "relief/parameters.toml, line 1, column 1: `line` has no value on 2016-12-01 to 2016-12-31 inside the days of `relief` (2016-01-01 to 2017-12-31); add one, or cover fewer days",
    ),
    (
        "parameters.toml",
        "from = 2016-01-01\namount",
        "from = 2016-01-01\nuntil = 2017-06-01\namount",
        "relief/parameters.toml, line 1, column 1: `line` has two values on 2017-01-01; end the first before the second begins",
    ),
    (
        "parameters.toml",
        "amount = 3000",
        "amount = 3000\nday = 2016-01-01",
        "relief/parameters.toml, line 5, column 1: gives not exactly one of amount, code, codes, day; give one",
    ),
    (
        "parameters.toml",
        "amount = 3000",
        "amount = 1e40",
        "relief/parameters.toml, line 7, column 1: `amount`: the exponent is not between -12 and 18; give a number of ordinary size",
    ),
    (
        "parameters.toml",
        "amount = 3000",
        "amount = nan",
        "relief/parameters.toml, line 7, column 1: `amount`: expected a finite number; give a number of ordinary size",
    ),
    (
        "parameters.toml",
        'source = "memory"',
        'source = ""',
        "relief/parameters.toml, line 22, column 1: `source` is empty; give a text",
    ),
    (
        "parameters.toml",
        'source = "memory"',
        'source = "hearsay"',
        "relief/parameters.toml, line 19, column 1: cites `hearsay`, which no sources.toml names; add the source",
    ),
    (
        "parameters.toml",
        'source = "memory"\n',
        "",
        "relief/parameters.toml, line 19, column 1: `source` is missing; add a text",
    ),
    (
        "definitions.toml",
        "income.wage_income_yuan",
        "income.wages",
        "relief/definitions.toml, line 3, column 10: `income.wages` is not known; ",
    ),
    (
        "definitions.toml",
        "[wage]",
        "[Wage]",
        "relief/definitions.toml, line 1, column 1: `Wage` is no name; use a-z, 0-9 and _, a letter first",
    ),
    (
        "definitions.toml",
        "[wage]",
        "[hukou]",
        "relief/definitions.toml, line 1, column 1: `hukou` is a fact already; rename it",
    ),
    (
        "definitions.toml",
        "[wage]",
        "[line]",
        "relief/definitions.toml, line 1, column 1: `line` is a parameter already; rename it",
    ),
    (
        "definitions.toml",
        "income.wage_income_yuan /",
        "wage /",
        "relief/definitions.toml, line 1, column 1: reads itself: wage → wage; break the circle",
    ),
    (
        "rules.toml",
        'id = "poor"',
        'id = "above"',
        "relief/rules.toml, line 36, column 1: `above` stands twice in this pack; rename one",
    ),
    (
        "rules.toml",
        'when = "wage < line"',
        'when = "wage < line and"',
        "relief/rules.toml, line 5, column 9: is no expression of the rule language; mend the syntax",
    ),
    (
        "rules.toml",
        'when = "wage < line"',
        'when = "income.wage_income_yuan < line"',
        "relief/rules.toml, line 5, column 35: both sides of a comparison differ in unit: `yuan / year` and `yuan / person / year`; bring both to one unit",
    ),
    (
        "rules.toml",
        'when = "wage < line"',
        'when = "wage"',
        "relief/rules.toml, line 5, column 9: a claim is due here, this is a number; see the types of the names",
    ),
    (
        "rules.toml",
        'when = "wage < line"',
        "when = '''\nwage\n  < lin\n'''",
        "relief/rules.toml, line 7, column 5: `lin` is not known; did you mean `line`?",
    ),
    (
        "rules.toml",
        'kind = "check"',
        'kind = "exit"',
        "relief/rules.toml, line 47, column 13: `grade_unknown` (exit) reaches an `is_known`; only checks may ask what is known",
    ),
    (
        "rules.toml",
        'kind = "check"',
        'kind = "hint"',
        "relief/rules.toml, line 45, column 1: `kind` is `hint`; give one of eligibility, exclusion, priority, exit, check",
    ),
    (
        "rules.toml",
        "weight = 2\n",
        "",
        "relief/pack.toml, line 13, column 1: a priority rule has no weight; give every one a weight",
    ),
    (
        "rules.toml",
        'kind = "priority"',
        'kind = "exit"',
        "relief/rules.toml, line 33, column 1: has a weight, but is no priority; remove it",
    ),
    (
        "rules.toml",
        'kind = "exclusion"',
        'kind = "eligibility"',
        "relief/rules.toml, line 15, column 1: has exceptions, but is no exclusion; write the exception into `when`",
    ),
    (
        "rules.toml",
        'when = "assets.owns_car"\nsource = "memory"',
        'when = "assets.owns_car"\nsource = "memory"\noverrides = true\ndirection = "widens"',
        "relief/rules.toml, line 15, column 1: `car` overrides nothing; no pack below has it: drop `overrides`",
    ),
    (
        "rules.toml",
        'when = "assets.owns_car"\nsource = "memory"',
        'when = "assets.owns_car"\nsource = "memory"\ndirection = "widens"',
        "relief/rules.toml, line 21, column 1: belongs to no override; say `overrides = true`, or drop it",
    ),
    (
        "rules.toml",
        'when = "assets.owns_car"\nsource = "memory"',
        'when = \'or_else(assets.owns_car, False, because="src:nobody")\'\nsource = "memory"',
        "relief/rules.toml, line 19, column 9: cites `nobody`, which no sources.toml names; add the source",
    ),
    (
        "rules.toml",
        'label = { zh = "收入低", en = "income is low" }',
        'label = "income is low"',
        "relief/rules.toml, line 4, column 1: `label` is not a text in both languages, { zh = …, en = … }; give a text in both languages, { zh = …, en = … }",
    ),
    (
        "rules.toml",
        'label = { zh = "收入低", en = "income is low" }',
        'label = { en = "income is low" }',
        "relief/rules.toml, line 4, column 1: `zh` is missing; add a text",
    ),
    (
        "sources.toml",
        'standing = "stated"',
        'standing = "official"',
        "relief/sources.toml, line 6, column 1: `standing` is `official`; give one of stated, found, local, unverified, assumption",
    ),
    (
        "sources.toml",
        "note = ",
        "remark = ",
        "relief/sources.toml, line 13, column 1: an assumption gives no reason; say in `note` why it was assumed",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD)
def test_a_fault_of_a_pack_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    pack = write_pack(tmp_path, {file: {old: new}})
    with within(1), pytest.raises((PolicyError, LimitError)) as refusal:
        load_policy(pack)
    assert any(line.startswith(message) for line in str(refusal.value).splitlines()), str(refusal.value)


def test_all_faults_of_a_stage_are_told_at_once(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        {
            "pack.toml": {"format = 1": "format = 3"},
            "rules.toml": {'kind = "check"': 'kind = "hint"', 'when = "wage > line"': 'when = "wage >"'},
            "sources.toml": {'standing = "stated"': 'standing = "good"'},
        },
    )
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack)
    assert len(refusal.value.faults) == 4


def test_a_pack_from_a_stranger_with_too_much_in_it_is_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    rule = '\n[[rule]]\nid = "r{}"\nkind = "check"\nlabel = {{ zh = "甲", en = "a" }}\nwhen = "{}"\nsource = "order"\n'
    long = " and ".join(["wage < line"] * 300)
    (pack / "rules.toml").write_text(
        (pack / "rules.toml").read_text(encoding="utf-8") + "".join(rule.format(n, long) for n in range(25)),
        encoding="utf-8",
    )
    with pytest.raises(LimitError, match="more than 20000; split the pack"):
        load_policy(pack)


def test_a_pack_of_too_many_files_is_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    for number in range(300):
        (pack / f"{number}.txt").write_text("x")
    with pytest.raises(LimitError, match="more than 256 files"):
        load_policy(pack)


def test_a_file_that_is_misnamed_is_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "rule.toml").write_text("")
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack)
    assert str(refusal.value) == "relief/rule.toml: is no file of a pack; did you mean `rules.toml`?"


@pytest.mark.parametrize("name", ["yucheng-2015", "../../etc", "nothing-like-it-at-all"])
def test_a_pack_that_is_not_there(name: str) -> None:
    with pytest.raises(PolicyError, match="is not installed|is no pack folder"):
        load_policy(name)
    with pytest.raises(PolicyError, match="did you mean `yucheng-2016`"):
        load_policy("yucheng-2015")


# -- extending -------------------------------------------------------------------------------------------------------


def county(folder: Path, rules: str = "", parameters: str = "", more: str = "") -> Path:
    pack = folder / "county"
    pack.mkdir()
    (pack / "pack.toml").write_text(
        'format = 1\nid = "county"\nversion = "1.0.0"\ntitle = { zh = "县", en = "county" }\nextends = ["relief"]\n'
        f'from = 2016-01-01\nuntil = 2017-06-01\nsubjects = ["household"]\n{more}',
        encoding="utf-8",
    )
    (pack / "rules.toml").write_text(rules, encoding="utf-8")
    (pack / "parameters.toml").write_text(parameters, encoding="utf-8")
    return pack


STRICTER = """
[[rule]]
id = "poor"
kind = "eligibility"
label = { zh = "更低", en = "lower" }
when = "wage < line / 2"
source = "order"
"""


def test_what_stands_below_keeps_its_kind_and_unit(tmp_path: Path) -> None:
    write_pack(tmp_path)
    said = 'overrides = true\ndirection = "changes"\n'
    rule = f'[[rule]]\nid = "wage"\nkind = "exit"\nlabel = {{ zh = "甲", en = "a" }}\nwhen = "wage > line"\nsource = "order"\n{said}'
    line = f'[line]\nmeaning = {{ zh = "线", en = "line" }}\nunit = "yuan / person"\n{said}[[line.value]]\nfrom = 2016-01-01\namount = 1\nsource = "order"\n'
    with pytest.raises(PolicyError) as refusal:
        load_policy(county(tmp_path, rule, line), search=[tmp_path])
    told = str(refusal.value)
    assert "county/rules.toml, line 1, column 1: `wage` is of another kind below; rename it" in told
    assert "county/parameters.toml, line 1, column 1: `line` has another unit below; keep the unit" in told


def test_a_rule_about_a_subject_that_the_pack_does_not_name_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path)
    rule = '[[rule]]\nid = "v"\nkind = "exit"\nsubject = "village"\nlabel = { zh = "甲", en = "a" }\nwhen = "has_power"\nsource = "order"\n'
    with pytest.raises(PolicyError, match="is about a village, which `subjects` does not name; name it"):
        load_policy(county(tmp_path, rule), search=[tmp_path])


def test_an_order_lists_every_priority_rule_once(tmp_path: Path) -> None:
    for n, order in enumerate(('["unsafe", "unsafe"]', '["unsafe", "poor"]', "[]")):
        bent = {"pack.toml": {'method = "weights"': f'method = "lexicographic"\norder = {order}'}}
        with pytest.raises(PolicyError, match="does not list every priority rule once"):
            load_policy(write_pack(tmp_path / str(n), bent))


def test_an_override_must_be_said_with_its_direction(tmp_path: Path) -> None:
    write_pack(tmp_path)
    pack = county(tmp_path, STRICTER)
    with pytest.raises(PolicyError) as refusal:
        load_policy(pack, search=[tmp_path])
    assert str(refusal.value) == (
        "county/rules.toml, line 2, column 1: `poor` is there already;"
        " say `overrides = true` with its direction, or rename it"
    )


def test_a_county_narrows_drops_and_inherits(tmp_path: Path) -> None:
    write_pack(tmp_path)
    said = (
        STRICTER
        + 'overrides = true\ndirection = "narrows"\n[[drop]]\nid = "unsafe"\nsource = "order"\ndirection = "changes"\n'
    )
    snapshot = load_policy(county(tmp_path, said), search=[tmp_path]).on(SUMMER)
    assert [rule.id for rule in snapshot.rules_of(Subject.HOUSEHOLD, RuleKind.PRIORITY)] == []
    assert snapshot.rule("poor").pack == "county"
    assert snapshot.policy.lineage == ("relief", "county")
    home = fr.Household(
        id="1", members_complete=True, members=(fr.Member(id="1"),), income=fr.Income(wage_income_yuan=1500)
    )
    assert judge(home, snapshot).values["poor"] is False


def test_what_cannot_be_dropped_or_is_a_circle_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path, {"pack.toml": {'subjects = ["household"]': 'subjects = ["household"]\nextends = ["county"]'}})
    pack = county(tmp_path, '[[drop]]\nid = "wage"\nsource = "order"\ndirection = "changes"\n')
    with pytest.raises(PolicyError, match="extends itself: county → relief → county"):
        load_policy(pack, search=[tmp_path])


def test_a_base_that_ends_before_the_county_leaves_a_gap(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        {
            "parameters.toml": {"from = 2017-01-01\n": "from = 2017-01-01\nuntil = 2017-03-01\n"},
            "pack.toml": {"until = 2018-01-01": "until = 2017-03-01"},
        },
    )
    with pytest.raises(
        PolicyError, match="`line` has no value on 2017-03-01 to 2017-05-31 inside the days of `county`"
    ):
        load_policy(county(tmp_path), search=[tmp_path])


# -- fingerprints and parameters -------------------------------------------------------------------------------------


def fingerprint(folder: Path, changes: dict[str, dict[str, str]] | None = None) -> str:
    return load_policy(write_pack(folder, changes)).on(SUMMER).fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("parameters.toml", "amount = 3000", "amount = 3000.01"),
        ("rules.toml", 'when = "wage < line"', 'when = "wage <= line"'),
        ("rules.toml", "weight = 2", "weight = 3"),
        ("sources.toml", 'standing = "unverified"', 'standing = "local"'),
        ("pack.toml", 'when = "poor or on_allowance"', 'when = "poor and on_allowance"'),
        ("pack.toml", 'prefer = "lower"', 'prefer = "higher"'),
        (
            "rules.toml",
            'when = "assets.car_is_for_disabled_or_livelihood"',
            'when = "not assets.car_is_for_disabled_or_livelihood"',
        ),
    ],
)
def test_what_can_change_an_assessment_changes_the_fingerprint(tmp_path: Path, file: str, old: str, new: str) -> None:
    assert fingerprint(tmp_path / "a", {file: {old: new}}) != fingerprint(tmp_path / "b")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules.toml", 'en = "income is low"', 'en = "income is very low"'),
        ("parameters.toml", "amount = 3000", "amount = 3000.00"),
        ("rules.toml", 'when = "wage < line"', 'when = "( wage<line )"'),
        ("parameters.toml", "amount = 3200.50", "amount = 3300"),
    ],
)
def test_wording_and_other_days_leave_the_fingerprint_alone(tmp_path: Path, file: str, old: str, new: str) -> None:
    assert fingerprint(tmp_path / "a", {file: {old: new}}) == fingerprint(tmp_path / "b")


def test_a_replaced_parameter_is_cited_and_changes_the_fingerprint(tmp_path: Path) -> None:
    rules = load_policy(write_pack(tmp_path)).on(SUMMER)
    notice = fr.Source("notice", "通知", "notice", fr.Standing.STATED)
    changed = rules.with_parameter(line="3500.25", source=notice)
    assert changed.parameters["line"].value == Fraction("3500.25")
    assert changed.parameters["line"].dated.citation.source is notice
    assert changed != rules
    assert rules.parameters["line"].value == Fraction(3000)
    with pytest.raises(PolicyError, match="has no parameter `lime`"):
        rules.with_parameter(lime=1, source=notice)
    with pytest.raises(PolicyError, match="parameter `line`: expected a number"):
        rules.with_parameter(line="many", source=notice)


def test_installed_packs_are_found_by_id() -> None:
    assert set(installed_packs()) >= {"national-2014", "exit-2016", "yucheng-2016"}
    assert find_pack("yucheng-2016").name == "yucheng-2016"


# -- or_else ---------------------------------------------------------------------------------------------------------


def test_a_default_that_stood_in_makes_the_outcome_provisional(tmp_path: Path) -> None:
    guarded = {
        "rules.toml": {'when = "assets.owns_car"': "when = 'or_else(assets.owns_car, False, because=\"src:guess\")'"}
    }
    rules = load_policy(write_pack(tmp_path, guarded)).on(SUMMER)
    home = fr.Household(
        id="1", members_complete=True, members=(fr.Member(id="1"),), income=fr.Income(wage_income_yuan=1)
    )
    answer = fr.assess(home, rules)
    assert answer.outcome is fr.Outcome.ELIGIBLE
    assert answer.provisional == ("assets.owns_car", "assets.car_is_for_disabled_or_livelihood")
    known = fr.assess(fr.with_fact(home, "assets.owns_car", value=False), rules)
    assert (known.outcome, known.provisional) == (fr.Outcome.ELIGIBLE, ())
    richer = fr.assess(
        fr.with_fact(fr.with_fact(home, "income.wage_income_yuan", 9000), "members[1].on_dibao", value=False), rules
    )
    assert (richer.outcome, richer.provisional) == (fr.Outcome.INELIGIBLE, ())


# -- cases -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'base = "poor"\nset',
            'base = "rich"\nset',
            "relief/cases.toml, line 12, column 1: no base `rich`; known: poor",
        ),
        (
            'on = 2016-06-01\nbase = "poor"\nset',
            'base = "poor"\nset',
            "relief/cases.toml, line 9, column 1: `on` is missing; add a day",
        ),
        (
            '"2999.99"',
            '"much"',
            "relief/cases.toml, line 9, column 1: $.income.wage_income_yuan: expected a number; give it as told, or leave it out as not known",
        ),
        (
            'id = "car-unknown"',
            'id = "below"',
            "relief/cases.toml, line 21, column 1: `below` stands twice; give each case an id of its own",
        ),
        (
            'outcome = "eligible"',
            'outcome = "good"',
            "relief/cases.toml, line 15, column 1: is no outcome; give one of eligible, ineligible, undetermined, met, not_met, undetermined",
        ),
        (
            'car = "unknown"',
            'car = "maybe"',
            'relief/cases.toml, line 28, column 1: `car` is not true, false or "unknown"; give one',
        ),
    ],
)
def test_a_case_with_a_fault_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    pack = write_pack(tmp_path, {"cases.toml": {old: new}})
    with pytest.raises(PolicyError) as refusal:
        load_cases(pack)
    assert str(refusal.value) == message


def test_a_case_that_fails_says_what_came_out(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        {
            "cases.toml": {
                "poor = true": "poor = false\nrich = true",
                'outcome = "eligible"': 'outcome = "undetermined"\nexit = "met"\nmissing = ["hukou"]',
            }
        },
    )
    policy = load_policy(pack)
    assert run_case(policy, load_cases(pack)[0]).differences == (
        "rule `poor`: expected false, got true",
        "there is no rule `rich` about this subject",
        "outcome: expected undetermined, got eligible",
        "exit: expected met, got not_met",
        "missing: expected ['hukou'], got []",
    )


def test_another_distribution_brings_a_pack_as_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path / "county_data")
    (tmp_path / "county_data" / "__init__.py").write_text("raise RuntimeError('a pack must run no code')")
    info = tmp_path / "county_data-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: county-data\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[fupin_rules.packs]\nrelief = county_data.relief\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert installed_packs()["relief"] == tmp_path / "county_data" / "relief"
    assert load_policy("relief").id == "relief"
