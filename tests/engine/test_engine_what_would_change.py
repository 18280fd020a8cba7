"""What would change an outcome: whatever is found holds by the reference, is least, and touches nothing that is fixed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.engine import Completions, FactValues, Of, Turn
from fupin_rules.errors import DisagreementError
from fupin_rules.model import AnySubject, Sort, catalogue, read_fact
from fupin_rules.policy import judge
from fupin_rules.testing import households, villages

SUMMER = date(2016, 6, 1)
FEN = Decimal("0.01")
NOBODY_CAN_CHANGE = [
    "members.sex",
    "members.birth_date",
    "members.ethnicity",
    "members.relation",
    "members.is_orphan",
    "members.health",
    "members.disability_grade",
    "members.survival_status",
    "members.id_type",
    "is_single_parent_family",
    "is_two_daughter_family",
    "is_one_child_family",
    "is_martyr_or_soldier_family",
    "members_complete",
    "main_cause",
    "other_causes",
]
YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
KNOWN = households(near=YUCHENG, min_members=1, max_members=3, max_unknown=3)


def bent(folder: Path, when: str) -> fr.Snapshot:
    """The small policy with another exclusion."""
    return fr.load_policy(write_pack(folder, {"rules.toml": {'when = "assets.owns_car"': f"when = {when!r}"}})).on(
        SUMMER
    )


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> fr.Snapshot:
    return fr.load_policy(write_pack(tmp_path_factory.mktemp("packs"))).on(SUMMER)


@pytest.fixture(scope="module")
def sorts(tmp_path_factory: pytest.TempPathFactory) -> fr.Snapshot:
    return bent(tmp_path_factory.mktemp("packs"), " ".join(SORTS.split()))


def home(
    wage: str = "6000", *, car: bool | None = False, livelihood: bool = False, dibao: bool = False
) -> fr.Household:
    """Two people, on the line of 3000 yuan a person unless told otherwise."""
    return fr.Household(
        id="1",
        members=[fr.Member(id="1", on_dibao=dibao), fr.Member(id="2", on_dibao=False)],
        members_complete=True,
        income=fr.Income(wage_income_yuan=Decimal(wage)),
        assets=fr.Assets(owns_car=car, car_is_for_disabled_or_livelihood=livelihood),
    )


def made(subject: Any, alternative: fr.Alternative) -> Any:  # a household or a village
    for path, (before, after) in alternative.changes.items():
        match = path.startswith("members[")
        assert match or read_fact(subject, path) == before
        subject = fr.with_fact(subject, path, after)
    return subject


def told(subject: Any, rules: fr.Snapshot, towards: fr.Outcome | fr.ExitOutcome | None) -> object:
    judged = judge(subject, rules)
    if isinstance(towards, fr.Outcome):
        assert judged.eligible is not None
        return fr.Outcome.of(judged.eligible)
    assert judged.exit is not None
    return fr.ExitOutcome.of(judged.exit)


# -- laws ------------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(KNOWN, st.sampled_from(["eligibility", "exit"]))
def test_every_alternative_gives_what_it_promises_and_changes_nothing_that_nobody_can_change(
    subject: fr.Household, of: Any
) -> None:
    answer = fr.what_would_change(subject, YUCHENG, of=of, tries=300)
    for each in answer.alternatives:
        after = made(subject, each)
        assert told(after, YUCHENG, answer.towards) is answer.towards is each.after.outcome
        assert set(each.changes) <= set(answer.searched)
        for path, (before, _) in each.changes.items():
            field = catalogue(fr.Household).field(path)
            assert field is not None
            assert not field.spec.fixed
            assert before is not None
        for rule in each.rules:
            assert answer.before.values[rule] is not each.after.values[rule]
    if answer.outcome_before.value == "undetermined":
        assert answer.alternatives == ()
        assert answer.missing


@settings(max_examples=25)
@given(KNOWN)
def test_one_smallest_unit_less_of_one_number_turns_nothing(subject: fr.Household) -> None:
    answer = fr.what_would_change(subject, YUCHENG, most=20, tries=300)
    for each in answer.alternatives:
        if len(each.changes) == len(each.margin) == 1:
            ((path, margin),) = each.margin.items()
            field = catalogue(fr.Household).field(path)
            assert field is not None
            unit = Decimal(1).scaleb(-field.spec.places)
            nearer = each.changes[path][1] - unit.copy_sign(margin)
            assert told(fr.with_fact(subject, path, nearer), YUCHENG, answer.towards) is not answer.towards


@settings(max_examples=20)
@given(villages(near=YUCHENG, max_unknown=0))
def test_a_village_is_searched_as_a_household_is(village: fr.Village) -> None:
    answer = fr.what_would_change(village, YUCHENG)
    for each in answer.alternatives:
        assert told(made(village, each), YUCHENG, answer.towards) is answer.towards


WAGES = ("0", "5999.99", "6000", "6000.01", "100000000")
FLAGS = (
    "assets.owns_car",
    "assets.car_is_for_disabled_or_livelihood",
    "members[1].on_dibao",
    "members[2].on_dibao",
)


def every_change() -> Iterator[Mapping[str, Any]]:
    """All changes of facts that the small policy reads, the wage on and beside the line and at its bounds."""
    ways: list[list[tuple[str, Any]]] = [[(path, None), (path, True), (path, False)] for path in FLAGS]
    ways.append([("income.wage_income_yuan", each) for each in (None, *map(Decimal, WAGES))])
    for way in itertools.product(*ways):
        yield {path: value for path, value in way if value is not None}


@pytest.mark.parametrize("wage", WAGES)
@pytest.mark.parametrize("flags", list(itertools.product([True, False], repeat=3)))
def test_plain_counting_finds_nothing_with_fewer_facts(
    relief: fr.Snapshot, wage: str, flags: tuple[bool, bool, bool]
) -> None:
    subject = home(wage, car=flags[0], livelihood=flags[1], dibao=flags[2])
    answer = fr.what_would_change(subject, relief, most=20)
    fewest: set[frozenset[str]] = set()
    size = len(FLAGS) + 2
    now = dict(zip(FLAGS, (*flags, False), strict=True))
    for changes in every_change():
        moved = {path: value for path, value in changes.items() if now.get(path, Decimal(wage)) != value}
        after = subject
        for path, value in moved.items():
            after = fr.with_fact(after, path, value)
        if len(moved) <= size and fr.assess(after, relief).outcome is answer.towards:
            fewest = {frozenset(moved)} | (fewest if len(moved) == size else set())
            size = len(moved)
    assert {frozenset(each.changes) for each in answer.alternatives} == fewest
    # Everything is known, and every combination of fewer facts leaves the outcome as it is whatever they become.
    assert answer.is_fewest
    assert not answer.is_proved


def test_what_nobody_can_change_is_marked() -> None:
    known = catalogue(fr.Household)
    for path in NOBODY_CAN_CHANGE:
        owner, _, name = path.rpartition(".")
        assert (known.members[name] if owner else known.fields[path]).spec.fixed, path
    for field in (*known.fields.values(), *known.members.values()):
        assert field.spec.fixed or field.spec.sort not in {Sort.DAY, Sort.TEXT, Sort.PRIVATE}
    assert not known.fields["hukou"].spec.fixed


SORTS = """
    (living.house_grade in dangerous or hukou == "urban" or "straw" in living.fuel)
    and (income_stable or production.arable_mu > 3 or any(m.birth_date > date(1990, 1, 1) for m in members))
"""
OPEN: dict[str, list[Any]] = {
    "living.house_grade": [None, "A", "C"],
    "hukou": [None, "urban", "rural"],
    "living.fuel": [None, [], ["straw"]],
    "income_stable": [None, True, False],
    "production.arable_mu": [None, 0, 4],
    "members[1].birth_date": [None, date(1950, 1, 1), date(2000, 1, 1)],
    "assets.car_is_for_disabled_or_livelihood": [None, True, False],
    "income.wage_income_yuan": [None, 10, 9000],
}


@settings(max_examples=150)
@given(st.data())
def test_what_is_said_to_be_out_of_reach_is_out_of_reach(sorts: fr.Snapshot, data: st.DataObject) -> None:
    """With facts missing: where no change is said to do, none does; and none of fewer facts than are said to be least."""
    subject = fr.with_fact(home(), "members[2].birth_date", date(1950, 1, 1))
    for path, values in OPEN.items():
        subject = fr.with_fact(subject, path, data.draw(st.sampled_from(values)))
    towards = data.draw(st.sampled_from([fr.Outcome.ELIGIBLE, fr.Outcome.INELIGIBLE]))
    if fr.assess(subject, sorts).outcome is towards:
        return
    answer = fr.what_would_change(subject, sorts, towards=towards)
    most = len(answer.alternatives[0].changes) - 1 if answer.alternatives else len(answer.searched)
    if not answer.is_fewest:
        return
    moved = [path for path in answer.searched if path in OPEN]
    for count in range(min(most, 3) + 1):
        for paths in itertools.combinations(moved, count):
            for chosen in itertools.product(*(OPEN[path][1:] for path in paths)):
                after = subject
                for path, value in zip(paths, chosen, strict=True):
                    after = fr.with_fact(after, path, value)
                assert fr.assess(after, sorts).outcome is not towards


# -- examples --------------------------------------------------------------------------------------------------------


def test_a_fen_above_the_line_is_a_fen_too_much(relief: fr.Snapshot) -> None:
    answer = fr.what_would_change(home("6000.00"), relief)
    first = answer.alternatives[0]
    assert answer.outcome_before is fr.Outcome.INELIGIBLE
    assert dict(first.changes) == {"income.wage_income_yuan": (Decimal(6000), Decimal("5999.99"))}
    assert first.margin == {"income.wage_income_yuan": -FEN}
    assert first.rules == ("poor",)
    assert answer.as_text("en").splitlines()[5:9] == [
        "way 1",
        "  wage income (income.wage_income_yuan): 6000 yuan/year → 5999.99 yuan/year (0.01 yuan/year less)",
        "  rules that turn: income is low",
        "",
    ]
    assert "工资性收入 (income.wage_income_yuan)：6000元/年 → 5999.99元/年（减少0.01元/年）" in answer.as_text("zh")


def test_a_car_may_go_or_be_for_a_living(relief: fr.Snapshot) -> None:
    answer = fr.what_would_change(home("1000", car=True), relief)
    assert [dict(each.changes) for each in answer.alternatives] == [
        {"assets.car_is_for_disabled_or_livelihood": (False, True)},
        {"assets.owns_car": (True, False)},
    ]
    assert answer.note("en") == "searched, not proved smallest; fewer facts are shown not to do"


def test_two_exclusions_at_once_take_two_facts() -> None:
    subject = fr.Household(
        id="1",
        hukou="rural",
        members=[fr.Member(id="1", is_public_employee=False, is_village_post_holder=False)],
        members_complete=True,
        income=fr.Income(
            **dict.fromkeys(
                (
                    "wage_income_yuan",
                    "operating_income_yuan",
                    "operating_cost_yuan",
                    "property_income_yuan",
                    "family_planning_benefit_yuan",
                    "dibao_benefit_yuan",
                    "ecology_compensation_yuan",
                    "wubao_benefit_yuan",
                    "pension_yuan",
                    "other_transfer_yuan",
                ),
                0,
            )
        ),
        assets=fr.Assets(
            owns_town_housing=True,
            town_housing_from_relocation_or_disaster=False,
            owns_car=True,
            owns_large_machine=False,
            car_is_for_disabled_or_livelihood=False,
            runs_registered_business=False,
            hires_long_term=False,
            whole_family_away_over_one_year=False,
        ),
    )
    answer = fr.what_would_change(subject, YUCHENG)
    assert [set(each.changes) for each in answer.alternatives] == [
        {"assets.owns_town_housing", "assets.car_is_for_disabled_or_livelihood"},
        {"assets.owns_town_housing", "assets.owns_car"},
    ]
    assert answer.alternatives[0].rules == ("excluded_town_housing", "excluded_vehicle")
    assert answer.is_fewest


def test_where_facts_are_missing_they_are_asked_for(relief: fr.Snapshot) -> None:
    subject = home("1000", car=None)
    answer = fr.what_would_change(subject, relief)
    assert (answer.towards, answer.alternatives, answer.tried) == (None, (), 0)
    assert answer.missing == ("assets.owns_car",)
    assert "owns a car (assets.owns_car)" in answer.as_text("en")
    assert answer.as_text("zh").splitlines()[0] == "户 1：尚不能确定"
    out = fr.what_would_change(subject, relief, towards=fr.Outcome.INELIGIBLE)
    assert dict(out.alternatives[0].changes) == {"income.wage_income_yuan": (Decimal(1000), Decimal(6000))}
    # A car that is for a living excludes nobody, whether there is one or not.
    into = fr.what_would_change(subject, relief, towards=fr.Outcome.ELIGIBLE)
    assert dict(into.alternatives[0].changes) == {"assets.car_is_for_disabled_or_livelihood": (False, True)}


def no_excuse(folder: Path, when: str) -> fr.Snapshot:
    """The small policy with another exclusion, which only an orphan is excused from."""
    changes = {
        'when = "assets.owns_car"': f"when = {when!r}",
        'when = "assets.car_is_for_disabled_or_livelihood"': "when = 'any(m.is_orphan for m in members)'",
    }
    return fr.load_policy(write_pack(folder, {"rules.toml": changes})).on(SUMMER)


def orphans(subject: fr.Household, *, known: bool) -> fr.Household:
    for path in ("members[1].is_orphan", "members[2].is_orphan"):
        subject = fr.with_fact(subject, path, False if known else None)
    return subject


def test_none_found_is_said(tmp_path: Path) -> None:
    # Always so; with the land left open that is not seen.
    rules = no_excuse(tmp_path, "production.arable_mu > 3 or production.arable_mu <= 3")
    subject = fr.with_fact(orphans(home("1000"), known=True), "production.arable_mu", 2)
    answer = fr.what_would_change(subject, rules)
    assert (answer.outcome_before, answer.alternatives) == (fr.Outcome.INELIGIBLE, ())
    assert not answer.is_fewest
    assert answer.note("en") == "none of up to 4 facts was found, which does not prove that there is none"
    assert answer.note("zh") == "4个事实以内没有找到会改变结论的改动，但不能证明没有"


@pytest.mark.parametrize("known", [True, False])
def test_where_only_what_is_fixed_or_not_known_counts_no_change_will_do(tmp_path: Path, known: bool) -> None:
    rules = no_excuse(tmp_path, 'any(m.sex == "female" for m in members)')
    subject = orphans(home("1000"), known=known)
    for number, sex in (("1", "female"), ("2", "male")):
        subject = fr.with_fact(subject, f"members[{number}].sex", sex)
    answer = fr.what_would_change(subject, rules, towards=fr.Outcome.ELIGIBLE)
    assert answer.outcome_before is (fr.Outcome.INELIGIBLE if known else fr.Outcome.UNDETERMINED)
    assert (answer.alternatives, answer.is_fewest) == ((), True)
    assert answer.note("en") == "no change of the facts that are known gives that outcome"
    assert answer.note("zh") == "只改变已知的事实，得不到这一结论"


def test_a_bound_that_is_met_is_said(relief: fr.Snapshot) -> None:
    answer = fr.what_would_change(home("9000", car=True), relief, tries=4)
    assert (answer.alternatives, answer.is_cut, answer.tried) == ((), True, 4)
    assert "stopped after 4 tries" in answer.note("en")
    assert "试满4次即停" in answer.note("zh")


def test_a_default_does_not_hide_what_would_change(tmp_path: Path) -> None:
    rules = bent(tmp_path, 'or_else(assets.owns_car, False, because="src:guess")')
    answer = fr.what_would_change(home("1000"), rules)
    assert {"assets.owns_car"} in [set(each.changes) for each in answer.alternatives]


@pytest.mark.parametrize(
    ("when", "path", "before", "after"),
    [
        ('"straw" in living.fuel', "living.fuel", ["straw", "coal"], frozenset({"coal"})),
        ("living.house_grade in dangerous", "living.house_grade", "D", "A"),
        ('hukou == "urban"', "hukou", "urban", "rural"),
        ("production.arable_mu == 5", "production.arable_mu", 5, Decimal("4.99")),
        ("any(m.work_months == 6 for m in members)", "members[1].work_months", 6, Decimal(5)),
        # Neither bound does: the way goes through a window.
        ("not (3 <= production.arable_mu <= 4)", "production.arable_mu", 9, Decimal(4)),
        ("not (production.arable_mu == line_of_land)", "production.arable_mu", 9, Decimal("2.5")),
    ],
)
def test_each_sort_of_fact_goes_where_the_rules_tell_it(
    tmp_path: Path, when: str, path: str, before: Any, after: Any
) -> None:
    changes = {
        "rules.toml": {'when = "assets.owns_car"': f"when = '''{when}'''"},
        "parameters.toml": {
            "[dangerous]": '[line_of_land]\nmeaning = { zh = "地", en = "land" }\nunit = "mu"\n\n'
            '[[line_of_land.value]]\nfrom = 2016-01-01\namount = 2.5\nsource = "memory"\n\n[dangerous]'
        },
    }
    rules = fr.load_policy(write_pack(tmp_path, changes)).on(SUMMER)
    subject = fr.with_fact(fr.with_fact(home("1000"), "members[2].work_months", 0), path, before)
    answer = fr.what_would_change(subject, rules, most=20)
    found = {each: value for alternative in answer.alternatives for each, (_, value) in alternative.changes.items()}
    assert found[path] == after
    assert answer.as_text("zh")
    assert answer.to_plain()["alternatives"]


def test_each_guarantee_that_is_not_met_has_its_gap(relief: fr.Snapshot) -> None:
    answer = fr.what_would_change(home("6000"), relief, of="exit")
    assert answer.towards is fr.ExitOutcome.MET
    assert [gap.rule for gap in answer.gaps] == ["above"]
    assert dict(answer.alternatives[0].changes) == {"income.wage_income_yuan": (Decimal(6000), Decimal("6000.01"))}
    assert "above the line: exactly on the line; it must be passed" in answer.as_text("en")
    assert fr.what_would_change(home("6000"), relief).gaps == ()


def test_the_answer_draws_itself_and_is_plain_data(relief: fr.Snapshot) -> None:
    answer = fr.what_would_change(home("6000"), relief)
    assert "<style>" in answer._repr_html_()
    assert "**way 1**" in answer._repr_markdown_()
    plain = answer.to_plain()
    assert plain["alternatives"][0] == {
        "changes": {"income.wage_income_yuan": {"before": "6000.00", "after": "5999.99"}},
        "margin": {"income.wage_income_yuan": "-0.01"},
        "rules": ["poor"],
        "outcome": "eligible",
    }
    assert fr.what_would_change(home("1", car=None), relief).to_plain()["towards"] is None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"of": "leaving"}, "of: `leaving` is no outcome; ask for `eligibility` or `exit`"),
        ({"towards": fr.Outcome.INELIGIBLE}, "towards: `ineligible` is no other settled outcome; ask for `eligible`"),
        ({"towards": fr.ExitOutcome.MET}, "towards: `met` is no other settled outcome; ask for `eligible`"),
        (
            {"of": "exit", "towards": fr.ExitOutcome.UNDETERMINED},
            "towards: `undetermined` is no other settled outcome; ask for `met`",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(relief: fr.Snapshot, asked: Any, message: str) -> None:
    with pytest.raises(fr.FupinRulesError) as caught:
        fr.what_would_change(home("6000"), relief, **asked)
    assert str(caught.value) == message


# -- the prover ------------------------------------------------------------------------------------------------------


class Told:
    """A prover that says what it is told to say, one after the other."""

    def __init__(self, *answers: FactValues | bool) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[Turn, tuple[str, ...], FactValues | None]] = []

    def smaller_change(self, turn: Turn, facts: tuple[str, ...], *, than: FactValues | None) -> FactValues | bool:
        self.asked.append((turn, facts, than))
        return self.answers.pop(0)

    def completions(self, subject: AnySubject, rules: fr.Snapshot, of: Of) -> Completions:
        raise AssertionError("nobody asks")

    def mattering(self, subject: AnySubject, rules: fr.Snapshot, of: Of, facts: Iterable[str]) -> frozenset[str]:
        raise AssertionError("nobody asks")


def test_a_prover_makes_it_proved_smallest(relief: fr.Snapshot) -> None:
    prover = Told(True)
    answer = fr.what_would_change(home("6000"), relief, prover=prover)
    assert answer.is_proved
    assert (answer.note("zh"), answer.note("en")) == ("已证明为最小的改动", "proved smallest")
    ((turn, facts, than),) = prover.asked
    assert (turn.of, turn.towards, facts) == ("eligibility", True, answer.searched)
    assert than == {"income.wage_income_yuan": Decimal("5999.99")}


def test_what_a_prover_finds_is_made_least_and_replayed(relief: fr.Snapshot) -> None:
    prover = Told({"income.wage_income_yuan": Decimal(7), "assets.owns_car": False}, False)
    answer = fr.what_would_change(home("6000"), relief, prover=prover, tries=0)
    assert [than is None for _, _, than in prover.asked] == [True, False]
    assert [dict(each.changes) for each in answer.alternatives] == [
        {"income.wage_income_yuan": (Decimal(6000), Decimal("5999.99"))}
    ]
    assert not answer.is_proved


@pytest.mark.parametrize("wrong", [{"assets.owns_car": True}, {"members[1].on_dibao": True}])
def test_a_prover_that_is_wrong_is_found_out(relief: fr.Snapshot, wrong: FactValues) -> None:
    with pytest.raises(DisagreementError):
        fr.what_would_change(home("6000"), relief, prover=Told(wrong))


def test_no_word_of_a_prover_is_taken_without_the_reference(relief: fr.Snapshot) -> None:
    with pytest.raises(DisagreementError, match="not by the reference"):
        fr.what_would_change(home("6000"), relief, prover=Told({"assets.owns_car": True}, True), tries=0)
