"""Every value that draws itself: in three forms and both languages, with texts of strangers, without personal data."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.columnar import frames_of
from fupin_rules.comparison import compare, impact, implies, never
from fupin_rules.journal import salted_digest
from fupin_rules.model import catalogue
from fupin_rules.workflow import Due, Mark, NoticeMark, Signatures
from test_markup import HOSTILE, PIECES, read_markdown, read_page

YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
SMALL = fr.load_policy("exit-2016").on(date(2016, 6, 1))
PROCEDURE = fr.load_procedure("yucheng-2016")
STEPS = fr.load_procedure("exit-2016")
PLACE = "371482102207"
DAY = date(2016, 1, 14)

# As a person's own; none of these may be seen in any drawing.
CANARIES = {
    "name": "金丝雀",
    "id_no": "110101199003074514",
    "phone": "13800138000",
    "birth_date": date(1951, 4, 2),
    "disease": "金丝雀病",
    "employer": "金丝雀厂",
    "person_id": "金丝雀编号",
    "work_area": "金丝雀区",
}


def member(number: int, **more: Any) -> fr.Member:
    known = catalogue(fr.Household).members
    told: dict[str, Any] = {name: value for name, value in CANARIES.items() if name in known}
    relation = "head" if number == 1 else "spouse"
    return fr.Member(id=str(number), relation=relation, health=("chronic_illness",), **told, **more)


def home(name: str = "H-1", **more: Any) -> fr.Household:
    known = catalogue(fr.Household).fields
    told: dict[str, Any] = {
        path: value
        for path, value in {
            "head_name": CANARIES["name"],
            "head_id_no": CANARIES["id_no"],
            "phone": CANARIES["phone"],
            "bank_account": "6222020200112233445",
            "bank_name": "金丝雀银行",
            "natural_village": "金丝雀庄",
            "villagers_group": "金丝雀组",
        }.items()
        if path in known
    }
    return fr.Household(
        id=name,
        members=(member(1), member(2)),
        members_complete=True,
        hukou="rural",
        township="某镇",
        income=fr.Income(wage_income_yuan=2000, operating_income_yuan=900),
        **told,
        **more,
    )


def cases(digest: str = "00" * 16) -> Iterator[Any]:
    """What comes of events, with people whose ids are canaries too."""
    head = fr.Actor("canary-1", "householder", place=PLACE)
    form = fr.Evidence("application", salted_digest("the scan", digest), date(2016, 1, 12))
    apply = fr.Event("e-1", "apply", head, evidence=[form])
    yield PROCEDURE.open("H-1", fr.Event("e-0", "apply", head), at=date(2016, 1, 13))
    taken = PROCEDURE.open("H-1", apply, at=date(2016, 1, 13))
    assert isinstance(taken, fr.Accepted)
    yield taken
    yield taken.case
    yield fr.step(PROCEDURE, taken, apply, at=date(2016, 1, 13))
    yield fr.options(PROCEDURE, taken, fr.Actor("canary-2", "surveyor", place=PLACE), DAY)
    yield fr.plan(PROCEDURE, taken, goal="registered", at=DAY)
    yield fr.plan(PROCEDURE, taken, goal=PROCEDURE.initial, at=DAY)


def drawn_of(subject: fr.Household, rules: fr.Snapshot) -> Iterator[Any]:
    answer = fr.assess(subject, rules)
    yield from (subject, *subject.members, answer, fr.assess_exit(subject, rules), fr.what_would_change(subject, rules))
    yield answer.explanation("zh")
    yield fr.rank([answer], quota=1)


def others() -> Iterator[Any]:
    yield from (YUCHENG, YUCHENG.policy, fr.load_policy("monitoring-2021"), PROCEDURE)
    yield from (fr.Village(id="V-1", township="某镇"), fr.Area(id="A-1"))
    old = fr.load_policy("national-2014")
    compared = compare(old.on(date(2014, 6, 1)), old.on(date(2015, 6, 1)), seconds=30)
    yield compared
    yield implies(YUCHENG, "exit_income", "not income_below_line")
    yield never(YUCHENG, "excluded_vehicle")
    frames = frames_of([home()])
    yield impact(YUCHENG, YUCHENG, frames.subjects, members=frames.members)


@pytest.fixture(scope="module")
def everything() -> list[Any]:
    return [*drawn_of(home(), YUCHENG), *cases(), *others()]


def test_everything_draws_itself_in_three_forms(everything: list[Any]) -> None:
    assert {type(each).__name__ for each in everything} >= {
        *("Household", "Member", "Village", "Area", "Assessment", "ExitAssessment", "Counterfactual", "Explanation"),
        *("Ranked", "Comparison", "Impact", "Proved", "Refuted", "Policy", "Snapshot", "Procedure"),
        *("Case", "Accepted", "Refused", "Duplicate", "Options", "Plan"),
    }
    for each in everything:
        bundle = each._repr_mimebundle_()
        assert list(bundle) == ["text/plain", "text/html", "text/markdown"]
        assert bundle["text/html"] == each._repr_html_()
        assert bundle["text/markdown"] == each._repr_markdown_()
        assert bundle["text/plain"].strip()
        assert read_page(bundle["text/html"])
        assert read_markdown(bundle["text/markdown"])
        assert "http" not in bundle["text/html"]


def test_each_is_drawn_in_one_language_where_one_is_asked_for(everything: list[Any]) -> None:
    for each in everything:
        if type(each).__name__ == "Explanation":  # is in one language, whichever it was asked in
            assert 'lang="zh"' in each.as_html()
            assert 'lang="en"' not in each.as_html()
            continue
        for language, other in (("zh", "en"), ("en", "zh")):
            assert f'<div class="fupin fupin-{each.drawing(language).tone} tex2jax_ignore' in each.as_html(language)
            assert f'lang="{language}"' in each.as_html(language)
            assert f'lang="{other}"' not in each.as_html(language)


def test_no_drawing_shows_what_is_a_persons_own(everything: list[Any]) -> None:
    secret = [str(each) for each in CANARIES.values()] + ["6222020200112233445", "金丝雀", "金*", "canary", "1951"]
    for each in everything:
        if type(each).__name__ in {"Village", "Area"}:
            continue
        for form, drawn in each._repr_mimebundle_().items():
            for canary in secret:
                assert canary not in drawn, (type(each).__name__, form)


def test_of_a_household_all_that_is_known_is_told_and_nothing_else() -> None:
    drawn = home().as_text("en")
    assert "wage income: 2000 yuan/year" in drawn
    assert "township: 某镇" in drawn
    assert "natural village: entered" in drawn
    assert "name of the head: held, not shown" in drawn
    assert "health: held, not shown" in drawn
    assert "pension" not in drawn
    assert fr.Household(id="H-2", hukou=fr.NotKnown("refused")).as_text("en") == (
        "household H-2\n  0 facts are known; personal ones are held, and not shown"
    )


@given(HOSTILE, st.from_regex(r"[<>\"'&`|*$_#a]{1,20}", fullmatch=True))
@example(" ".join(PIECES), "<b>|`*")
@settings(max_examples=8)
def test_texts_of_packs_and_households_stay_texts_in_every_drawing(text: str, name: str) -> None:
    rules = tuple(attrs.evolve(each, zh=text, en=text, note_zh=text, note_en=text) for each in SMALL.rules)
    policy = attrs.evolve(SMALL.policy, zh=text, en=text, note_zh=text, note_en=text, rules=rules)
    subject = home(name, village=text if len(text.strip()) and "\0" not in text else None)
    states = tuple(attrs.evolve(each, zh=text, en=text) for each in STEPS.states)
    procedure = attrs.evolve(STEPS, zh=text, en=text, states=states)
    answer = fr.assess_exit(subject, policy.on(SMALL.on))
    for each in (policy, policy.on(SMALL.on), procedure, subject, answer, fr.Ranked(1, (name,), (), (), ())):
        read_page(each._repr_html_())
        read_markdown(each._repr_markdown_())


def test_of_a_long_list_the_first_are_drawn_and_the_others_counted() -> None:
    ids = tuple(f"H-{number}" for number in range(1_205))
    drawn = fr.Ranked(3, ids[:3], (), (), ids[3:]).as_text("en")
    assert "... and 1,002 more" in drawn
    assert "out (1,202)" in drawn
    assert "H-204" not in drawn
    assert "……另有1,002个" in fr.Ranked(3, ids[:3], (), (), ids[3:]).as_text("zh")


def test_a_plan_that_leads_nowhere_says_why(everything: list[Any]) -> None:
    plans = [each for each in everything if type(each).__name__ == "Plan"]
    assert {each.reachable for each in plans} == {True, False}
    lost = next(each for each in plans if not each.reachable)
    assert lost.as_text("en").startswith("cannot be reached: ")
    assert lost.as_text("zh").startswith("不能到达：")


def test_what_stands_at_a_prompt_is_short(everything: list[Any]) -> None:
    for each in everything:
        if type(each).__name__ not in {"Procedure", "Explanation"}:
            assert each._repr_mimebundle_()["text/plain"].count("\n") <= 110, type(each).__name__


def test_a_case_tells_who_signed_by_role_what_was_shown_and_what_it_remembers() -> None:
    day = date(2016, 1, 20)
    case = fr.Case(
        id="H-1",
        procedure=f"yucheng-2016/1@{'0' * 64}",
        place=PLACE,
        state="noticed",
        entered=day,
        round_began=DAY,
        seq=9,
        facts={"agreed": True, "present": 12, "met_on": DAY, "minutes": "canary"},
        reviews={
            "form": Signatures({"head": Mark("canary-3", "householder"), "cadre": Mark("", "cadre", waived=True)})
        },
        notices={"village": NoticeMark(day, date(2016, 1, 27), objections={"canary-4": ""}), "county": NoticeMark(day)},
        last={"survey": day, "apply": DAY},
    )
    assert case.as_text("en").split("\n") == [
        "case H-1: noticed",
        "  procedure: yucheng-2016/1 (000000000000)",
        "  in this state since 2016-01-20, round 1 (since 2016-01-14)",
        f"  area code: {PLACE}",
        "  9 entries so far",
        "",
        "signatures",
        "  review  slot   role         how",
        "  form    head   householder  signed",
        "  form    cadre  cadre        waived",
        "",
        "notices",
        "  notice   posted      until       closed  objections",
        "  village  2016-01-20  2016-01-27  –       1",
        "  county   2016-01-20  –           –       0",
        "",
        "facts",
        "  fact     value",
        "  agreed   yes",
        "  present  12",
        "  met_on   2016-01-14",
        "  minutes  held",
        "",
        "done in this round",
        "  event   day",
        "  apply   2016-01-14",
        "  survey  2016-01-20",
    ]
    accepted = fr.Accepted(case, {}, (Due(PROCEDURE.deadlines[0], day), Due(PROCEDURE.deadlines[0], None)))
    assert f"{PROCEDURE.deadlines[0].zh}  2016-01-20" in accepted.as_text("zh")
    assert "canary" not in accepted.as_text("zh")


def test_codes_days_and_empty_lists_of_a_household_have_words() -> None:
    known = fr.Household(id="H-1", other_causes=(), main_cause="illness", data_year=2016)
    assert "other causes of poverty: none" in known.as_text("en")
    assert "其他致贫原因：无" in known.as_text("zh")
    several = fr.Household(id="H-1", other_causes=("illness", "disability"))
    assert "other causes of poverty: disability, illness" in several.as_text("en").replace("by ", "")
