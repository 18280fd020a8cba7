"""The figures of a report: the numbers of `fupin assess`, nobody's own, and nothing that leads to single people."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.errors import PolicyError
from fupin_rules.registry import simulate, write_json_lines
from fupin_rules.report import LEAST, Figure, Report, draw_up
from fupin_rules.report._coarse import is_small

YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
EXAMPLE = str(Path(__file__).parents[2] / "examples" / "yucheng-2016")
MADE = simulate(seed=7, households=900, people=1700, townships=4).households
ANSWERS = tuple(fr.assess_many(MADE, YUCHENG))
REPORT = draw_up(ANSWERS)


def home(number: int, **more: Any) -> fr.Household:
    """A household of which little is known; the more, the more it differs."""
    told: dict[str, Any] = {"hukou": "rural", "members_complete": True, "township": "甲镇", "village": "一村"}
    person = fr.Member(id="1", relation="head", sex="male", birth_date=date(1950, 1, 1))
    return fr.Household(**({"id": f"H-{number}", "members": (person,)} | told | more))


def drawn(homes: Sequence[fr.Household], *, least: int = LEAST) -> Report:
    return draw_up(fr.assess_many(homes, YUCHENG), least=least)


# -- the numbers of assess ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What `fupin assess` counts, and two reports by the command: one that shows all, and one as it is by default."""
    folder = tmp_path_factory.mktemp("report")
    register = folder / "register.jsonl"
    write_json_lines(register, (fr.to_plain(each) for each in MADE))
    asked = [str(register), "--policy", "yucheng-2016", "--on", "2016-01-31", "--json"]

    def run(command: str, *more: str) -> dict[str, Any]:
        with pytest.MonkeyPatch.context() as patch:
            written: list[Any] = []
            patch.setattr(f"fupin_rules.cli._{command}.say_json", written.append)
            assert main([command, *asked, *more]) == 0
        plain: dict[str, Any] = json.loads(json.dumps(written[0]))
        return plain

    page = str(folder / "page.html")
    return (
        run("assess", "--out", str(folder / "out.csv"))["subjects"]["household"],
        run("report", "--out", page, "--least", "1"),
        run("report", "--out", page),
    )


def numbers(report: dict[str, Any], figure: str) -> dict[str, list[int | None]]:
    return {row["id"]: row["counts"] for row in report["figures"][figure]["rows"]}


def test_with_nothing_held_back_all_numbers_are_those_of_assess(
    assessed: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
) -> None:
    counts, report, _ = assessed
    assert report["households"] == counts["total"] == 900
    assert report["people"] == 1700
    assert {name: row[0] for name, row in numbers(report, "outcomes").items()} == counts["outcomes"]
    for figure, sign in (("eligibility", "false"), ("exclusion", "true"), ("check", "true")):
        for rule, row in numbers(report, figure).items():
            assert row == [counts["rules"][rule][sign], counts["rules"][rule]["unknown"]]
    missing = {fact: row[0] for fact, row in numbers(report, "missing").items()}
    assert missing == counts["missing"]
    places = ("eligible", "ineligible", "undetermined")
    for place, name in enumerate(places):
        for standing, row in numbers(report, "standings").items():
            assert row[place] == counts["standings"][name].get(standing, 0)


def test_what_is_held_back_by_default_changes_no_number_that_is_shown(
    assessed: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
) -> None:
    _, everything, report = assessed
    for figure in ("outcomes", "eligibility", "exclusion", "check", "missing"):
        told = numbers(everything, figure)
        for name, row in numbers(report, figure).items():
            assert all(shown in (None, count) for shown, count in zip(row, told[name], strict=True))


def test_figures_whose_rows_are_a_whole_add_up_to_all_households_or_people() -> None:
    outcomes = [row.total for row in REPORT.figures["outcomes"].rows]
    for figure in REPORT.figures.values():
        if figure.is_whole:
            assert sum(row.total or 0 for row in figure.rows) == (REPORT.people if figure.id == "ages" else 900)
            assert sum(row.share or 0 for row in figure.rows) == 1000
        if figure.is_whole and len(figure.columns) == 3 and figure.id != "ages":
            for place, whole in enumerate(outcomes):
                assert sum(row.counts[place] or 0 for row in figure.rows) == whole


def test_villages_add_up_to_their_township() -> None:
    towns = {row.said.zh: row.counts for row in REPORT.figures["townships"].rows}
    found: dict[str, list[int]] = {}
    for row in REPORT.figures["villages"].rows:
        held = found.setdefault(row.within.zh, [0] * len(row.counts))
        for place, count in enumerate(row.counts):
            held[place] += count or 0
    assert {name: tuple(counts) for name, counts in found.items()} == towns


def test_the_distance_to_the_line_is_income_per_person_less_the_line() -> None:
    figure = REPORT.figures["distance"]
    assert REPORT.line is not None
    assert REPORT.line.amount == "3402"
    line = Fraction(3402)
    incomes = [answer.reading.value("net_income_per_person") for answer in ANSWERS]
    known = [value - line for value in incomes if isinstance(value, int | Fraction)]
    assert len(known) > 400
    for row in figure.rows:
        if row.span is not None:
            low, high = row.span
            inside = [each for each in known if (low is None or low <= each) and (high is None or each < high)]
            assert row.total == len(inside)
    # The line itself is a border: whoever stands on it is not below it.
    assert all(0 in row.span or (row.span[0] or -1) > 0 or (row.span[1] or 1) < 0 for row in figure.rows if row.span)


def test_ages_are_counted_in_completed_years_on_the_day() -> None:
    born = [date(1950, 1, 31), date(1950, 2, 1)]  # 66, and 65 until tomorrow
    homes = [
        home(at, members=[fr.Member(id="1", sex="female", birth_date=born[at % 2])]) for at in range(2 * LEAST)
    ] + [home(99 + at, members=[fr.Member(id="1", sex="female", birth_date=date(1996, 1, 31))]) for at in range(6)]
    rows = {row.id: row.counts for row in drawn(homes).figures["ages"].rows}
    assert rows["65-69"] == (10,)
    assert rows["20-24"] == (6,)


# -- small numbers -----------------------------------------------------------------------------------------------------


def shown_small(report: Report) -> list[tuple[str, str, int]]:
    return [
        (figure.id, row.id, count)
        for figure in report.figures.values()
        for row in figure.rows
        for count in (*row.counts, *([row.total] if figure.is_whole else []))
        if count is not None and is_small(count, report.least)
    ]


HOMES = st.lists(
    st.tuples(
        st.sampled_from(["甲镇", "乙镇", "丙镇", ""]),
        st.sampled_from(["一村", "二村", "三村"]),
        st.sampled_from(["rural", "rural", "urban", None]),
        st.sampled_from([0, 2_000, 3_402, 9_000, None]),
        st.booleans(),
        st.integers(0, 3),
    ),
    min_size=LEAST,
    max_size=60,
)


def homes_of(told: Sequence[tuple[Any, ...]]) -> list[fr.Household]:
    settled = dict.fromkeys(("operating_income_yuan", "operating_cost_yuan", "property_income_yuan", "pension_yuan"), 0)
    others = ("family_planning_benefit_yuan", "dibao_benefit_yuan", "ecology_compensation_yuan", "wubao_benefit_yuan")
    settled |= dict.fromkeys((*others, "other_transfer_yuan"), 0)
    assets = dict.fromkeys(
        (
            *("owns_town_housing", "owns_large_machine", "runs_registered_business", "hires_long_term"),
            "whole_family_away_over_one_year",
        ),
        False,
    )
    return [
        home(
            number,
            township=township or None,
            village=village,
            hukou=hukou,
            income=fr.Income(wage_income_yuan=wage, **settled),
            assets=fr.Assets(owns_car=car, **assets),
            members=tuple(
                fr.Member(id=str(at), sex="male", is_public_employee=False, is_village_post_holder=False)
                for at in range(people)
            ),
        )
        for number, (township, village, hukou, wage, car, people) in enumerate(told)
    ]


@given(HOMES)
@settings(max_examples=30)
def test_no_number_of_a_few_is_shown_and_all_are_counted(told: list[tuple[Any, ...]]) -> None:
    report = drawn(homes_of(told))
    assert shown_small(report) == []
    for figure in report.figures.values():
        if figure.is_whole and figure.rows and figure.id != "ages":
            assert sum(row.total or 0 for row in figure.rows) == len(told)


def independent(rows: list[list[Fraction]], wanted: list[Fraction]) -> bool:
    """Tell whether a row is no combination of others."""
    rows = [row[:] for row in rows]
    for column in range(len(wanted)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            if wanted[column]:
                return True
            continue
        rows.remove(pivot)
        for row in (*rows, wanted):
            factor = row[column] / pivot[column]
            for place in range(len(row)):
                row[place] -= factor * pivot[place]
    return any(wanted)


@given(HOMES)
@settings(max_examples=15)
def test_no_small_number_of_a_village_can_be_worked_out_from_all_that_is_shown_of_places(
    told: list[tuple[Any, ...]],
) -> None:
    homes = homes_of(told)
    answers = list(fr.assess_many(homes, YUCHENG))
    report = draw_up(answers)
    outcomes = ("eligible", "ineligible", "undetermined")
    true = Counter((each.township or "", each.village, a.outcome.value) for each, a in zip(homes, answers, strict=True))
    cells = sorted({(town, village, outcome) for town, village, _ in true for outcome in outcomes}, key=str)
    known = list(equations(report, cells, true))
    for cell in cells:
        if is_small(true[cell], LEAST):
            wanted = [Fraction(each == cell) for each in cells]
            assert independent(known, wanted), cell


def equations(report: Report, cells: list[tuple[Any, ...]], true: Counter[tuple[Any, ...]]) -> Iterator[list[Fraction]]:
    """Give each number that is shown as a sum of cells; a zero tells of each cell in it."""
    towns = {row.id for row in report.figures["townships"].rows}
    alone = {row.id for row in report.figures["villages"].rows}

    def row_of(cell: tuple[Any, ...], figure: Figure) -> tuple[str, str]:
        town = cell[0] or "not_told"
        if figure.id == "outcomes":
            return (next(row.id for row in figure.rows if cell[2] in row.id.split("+")), "")
        within = cell[0] or "未填" if town in towns else "others"
        if figure.id == "townships":
            return (town if town in towns else "others", "")
        name = f"{cell[0]}/{cell[1]}"
        return (name, within) if name in alone else ("others", within)

    for name in ("outcomes", "townships", "villages"):
        figure = report.figures[name]
        for row in figure.rows:
            within = "" if name != "villages" else row.within.zh if "合计" not in row.within.zh else "others"
            for place, (column, _) in enumerate(figure.columns):
                inside = [
                    row_of(cell, figure) == (row.id, within) and (name == "outcomes" or cell[2] in column.split("+"))
                    for cell in cells
                ]
                count = row.counts[place]
                assert count == sum(true[cell] for cell, held in zip(cells, inside, strict=True) if held)
                if count == 0:
                    yield from (
                        [Fraction(at == other) for other in range(len(cells))] for at, held in enumerate(inside) if held
                    )
                else:
                    yield [Fraction(held) for held in inside]


def test_a_rule_that_fails_all_but_a_few_is_not_shown() -> None:
    homes = [home(at, hukou="urban" if at > 1 else "rural") for at in range(30)]
    figure = drawn(homes).figures["eligibility"]
    assert {row.id: row.counts[0] for row in figure.rows}["rural_household"] is None
    assert {row.id: row.counts[0] for row in drawn(homes, least=1).figures["eligibility"].rows}["rural_household"] == 28


def test_fewer_households_than_may_be_shown_are_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        drawn([home(at) for at in range(LEAST - 1)])
    assert str(caught.value) == (
        "report: 4 households are too few: a report on fewer than 5 would show single people; "
        "explain each to whom it concerns"
    )


def test_policies_and_subjects_are_not_mixed() -> None:
    other = fr.load_policy("national-2014").on(date(2016, 1, 31))
    homes = [home(at) for at in range(5)]
    with pytest.raises(PolicyError, match="several policies or days cannot be counted together"):
        draw_up([*fr.assess_many(homes, YUCHENG), *fr.assess_many(homes, other)])
    village = fr.assess(fr.Village(id="V-1"), YUCHENG)
    with pytest.raises(PolicyError, match="report: counts households; leave out villages and areas"):
        draw_up([*fr.assess_many(homes, YUCHENG), village])


# -- nobody's own ------------------------------------------------------------------------------------------------------


def test_a_report_holds_no_name_and_no_id() -> None:
    homes = [
        home(at, id=f"canary-{at}", head_name="金丝雀", natural_village="金丝雀", phone="13800138000")
        for at in range(12)
    ]
    text = json.dumps(drawn(homes).to_plain(), ensure_ascii=False)
    assert "canary" not in text
    assert "金丝雀" not in text
    assert "138001" not in text


def test_a_report_under_a_policy_without_an_income_line_has_no_distance_to_it() -> None:
    rules = tuple(each for each in YUCHENG.policy.rules if each.id != "income_below_line")
    homes = [home(at) for at in range(8)]
    report = draw_up(fr.assess_many(homes, attrs.evolve(YUCHENG.policy, rules=rules).on(YUCHENG.on)))
    assert report.line is None
    assert "distance" not in report.figures
    line = draw_up(fr.assess_many(homes, fr.load_policy("monitoring-guizhou").on(date(2023, 6, 30)))).line
    assert line is not None
    assert line.said.zh == "贵州省收入监测范围"


def test_a_report_draws_itself_where_there_is_no_page() -> None:
    assert list(REPORT._repr_mimebundle_()) == ["text/plain", "text/html", "text/markdown"]
    text = REPORT.as_text("en")
    assert "  900 households, 1,700 people" in text
    assert "numbers from 1 to 4 are not shown" in text
    for figure in REPORT.figures.values():
        for row in figure.rows:
            assert row.said.en in text
            assert row.said.zh in REPORT.as_text("zh")
    assert "not shown" not in attrs.evolve(REPORT, least=1).as_text("en")


def test_the_report_is_plain_data() -> None:
    plain = REPORT.to_plain()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["least"] == 5
    assert plain["fingerprint"] == YUCHENG.fingerprint
    assert {each["standing"] for each in plain["sources"]} >= {"assumption", "unverified"}
    assert sum(each["rules"] for each in plain["sources"]) > 40
