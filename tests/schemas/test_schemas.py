"""What the library writes fits its schemas; what fits a schema is read, or refused by a code that is listed."""

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import fupin_rules as fr
from fupin_rules import comparison, engine, model, policy, registry, workflow
from fupin_rules.columnar import frames_of
from fupin_rules.comparison import Comparison, Impact, Refuted, compare, impact, implies, never
from fupin_rules.errors import ModelError, PolicyError
from fupin_rules.model import AnySubject, catalogue
from fupin_rules.policy import Case, Snapshot, find_pack, load_cases, policy_of_case
from fupin_rules.registry import simulate
from fupin_rules.schemas import components, schema_names
from fupin_rules.testing import areas, households, villages
from fupin_rules.testing.strategies._values import known_values

# Some packs have parameters and procedures alone, and judge nobody.
PACKS = [pack for pack in fr.installed_packs() if load_cases(find_pack(pack, ()))]


@functools.cache
def validator(form: type | str) -> Draft202012Validator:
    return Draft202012Validator(fr.json_schema(form))


def fits(form: type | str, plain: object) -> None:
    """Hold plain data, as JSON carries it, against a schema."""
    carried = json.loads(json.dumps(plain, allow_nan=False))
    assert carried == plain
    faults = [f"{each.json_path}: {each.message[:300]}" for each in validator(form).iter_errors(carried)]
    assert not faults, "\n".join(faults)


# -- the schemas themselves ------------------------------------------------------------------------------------------


def test_all_schemas_are_ones_of_their_dialect() -> None:
    Draft202012Validator.check_schema({"$defs": components("#/$defs/")})


@pytest.mark.parametrize("name", schema_names())
def test_each_schema_says_what_it_is(name: str) -> None:
    schema = fr.json_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:fupin-rules:schema:{name}:1"
    zh, _, en = schema["description"].partition(" · ")
    assert zh.isascii() is False and en.isascii()


def tables_in(shape: object, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(shape, dict):
        if shape.get("type") == "object":
            yield path, shape
        for key, value in shape.items():
            yield from tables_in(value, f"{path}.{key}")
    elif isinstance(shape, list):
        for place, value in enumerate(shape):
            yield from tables_in(value, f"{path}[{place}]")


def test_every_table_is_closed_and_every_key_is_told_in_both_languages() -> None:
    for path, shape in tables_in(components()):
        assert "additionalProperties" in shape, path
        for key, value in shape.get("properties", {}).items():
            zh, dot, en = (value.get("title") or value["description"]).partition(" · ")
            assert zh and dot and en, f"{path}.{key}"


def test_a_schema_is_given_by_class_and_by_name_and_nobody_can_change_it() -> None:
    one, other = fr.json_schema(fr.Household), fr.json_schema("household")
    assert one == other == fr.json_schema("Household")
    one["properties"]["income"]["anyOf"].clear()
    assert fr.json_schema(fr.Household) == other


def test_a_form_that_holds_itself_leads_to_itself() -> None:
    schema = fr.json_schema("Reason")
    assert schema["properties"]["because"]["items"] == {"$ref": "#"}
    assert "Reason" not in schema["$defs"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("houshold", "`houshold`: is no name of a schema; did you mean `household`?"),
        (fr.Snapshot, "`Snapshot`: has no plain form; ask `fupin schema` for those there are"),
    ],
)
def test_what_has_no_schema_is_refused_with_the_nearest(asked: type | str, message: str) -> None:
    with pytest.raises(ModelError) as refusal:
        fr.json_schema(asked)
    assert str(refusal.value) == message
    assert refusal.value.faults[0].code == "no_schema"


# -- what is written fits --------------------------------------------------------------------------------------------


@given(st.one_of(households(), villages(), areas()), st.booleans())
def test_whatever_is_known_of_a_subject_fits_its_schema(subject: AnySubject, reveal: bool) -> None:
    fits(type(subject), fr.to_plain(subject, reveal=reveal))


EVERY_FACT = [
    (cls, path)
    for cls in (fr.Household, fr.Village, fr.Area)
    for path in (*catalogue(cls).fields, *(f"members[1].{each}" for each in catalogue(cls).members))
]


@given(st.data(), st.sampled_from(EVERY_FACT))
def test_whatever_a_fact_may_be_fits_its_schema(data: st.DataObject, fact: tuple[type[Any], str]) -> None:
    cls, path = fact
    field = catalogue(cls).field(path)
    assert field is not None
    blank = fr.Household(id="1", members=(fr.Member(id="1"),)) if cls is fr.Household else cls(id="1")
    subject = fr.with_fact(blank, path, data.draw(known_values(field, realistic=False)))
    fits(cls, fr.to_plain(subject, reveal=True))


@functools.cache
def snapshot_of(pack: str) -> Snapshot:
    """A pack on the day of one of its cases, with what the cases give for parameters that it leaves open."""
    (case, *_) = load_cases(find_pack(pack, ()))
    return policy_of_case(fr.load_policy(pack), case).on(case.on)


def two_of(cases: Sequence[Case]) -> Sequence[Case]:
    return cases[:: max(1, len(cases) // 2)]


def answers(subject: AnySubject, rules: Snapshot) -> Iterator[Any]:
    """Everything that can be asked about one subject."""
    for assess in (fr.assess, fr.assess_exit):
        try:
            answer = assess(subject, rules)
        except PolicyError:
            continue  # the policy has no such rules about such a subject
        yield answer
        yield from answer.findings
        yield from () if answer.next_question() is None else [answer.next_question()]
        for language in ("zh", "en"):
            yield answer.explanation(language)
        if isinstance(answer, fr.ExitAssessment):
            yield from answer.failed
        elif answer.priority is not None:
            yield answer.priority


@pytest.mark.parametrize("pack", PACKS)
def test_whatever_is_answered_under_a_shipped_pack_fits_its_schema(pack: str) -> None:
    rules = snapshot_of(pack)
    homes: dict[str, Callable[..., st.SearchStrategy[Any]]] = {
        "household": households,
        "village": villages,
        "area": areas,
    }

    @settings(max_examples=6)
    @given(
        st.sampled_from([each.value for each in rules.policy.subjects]).flatmap(lambda each: homes[each](near=rules))
    )
    def law(subject: AnySubject) -> None:
        for answer in answers(subject, rules):
            fits(type(answer), answer.to_plain())

    law()


@pytest.mark.parametrize("pack", PACKS)
def test_whatever_the_cases_of_a_pack_come_to_fits_its_schema(pack: str) -> None:
    for case in two_of(load_cases(find_pack(pack, ()))):
        rules = policy_of_case(fr.load_policy(pack), case).on(case.on)
        fits(type(case.subject), fr.to_plain(case.subject))
        for answer in answers(case.subject, rules):
            fits(type(answer), answer.to_plain())


@pytest.mark.parametrize("case", two_of(load_cases(find_pack("yucheng-2016", ()))), ids=lambda case: case.id)
def test_what_would_change_and_places_and_second_looks_fit_their_schemas(case: Case) -> None:
    rules = fr.load_policy("yucheng-2016").on(case.on)
    home = case.subject
    assessment = fr.assess(home, rules)
    for assess in (fr.assess, fr.assess_exit):
        exactly = assess(home, rules, exact=True)
        fits(type(exactly), exactly.to_plain())
        if exactly.completions is not None:
            fits(type(exactly.completions), exactly.completions.to_plain())
    fits(fr.Ranked, fr.rank([assessment], quota=1).to_plain())
    # A stored assessment is the plain form, and a second look takes it as it stands.
    again = fr.recheck(assessment.to_plain(), fr.with_fact(home, "income.pension_yuan", 100_000), rules)
    fits(type(again), again.to_plain())
    turned = fr.what_would_change(home, rules)
    fits(type(turned), turned.to_plain())
    for each in turned.alternatives:
        fits(type(each), each.to_plain())


NOTICE = fr.Source("notice", "通知", "a notice", fr.Standing.ASSUMPTION)
OLD = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
NEW = OLD.with_parameter(income_line=4200, source=NOTICE)


def test_what_a_change_of_policy_does_fits_its_schema() -> None:
    for bounds in ({"members": 2, "seconds": 5.0}, {"members": 6, "seconds": 0.001}):
        found = compare(OLD, NEW, **bounds)  # type: ignore[arg-type]  # bounds of both sorts in one table
        fits(Comparison, found.to_plain())
        for region in found.regions:
            fits(type(region.answer), region.answer.to_plain())


def test_what_is_proved_or_refuted_fits_its_schema_and_so_does_a_head_count() -> None:
    proved = never(OLD, "member_count > 12")
    refuted = implies(OLD, "income_stable", "living.water_safe")
    undecided = never(OLD, "member_count > 12", seconds=0.000_001)
    for answer in (proved, refuted, undecided):
        fits(type(answer), answer.to_plain())
    assert isinstance(refuted, Refuted)
    for seen in refuted.seen:
        fits(type(seen), seen.to_plain())
    frames = frames_of(simulate(seed=7, households=40, people=80).households)
    for by in ("", "township"):
        fits(Impact, impact(OLD, NEW, frames.subjects, members=frames.members, by=by).to_plain())


# -- nothing is left out ---------------------------------------------------------------------------------------------

ROOMS = (comparison, engine, model, policy, registry, workflow)


def with_a_plain_form() -> Iterator[type[Any]]:
    for room in ROOMS:
        for name in room.__all__:
            thing = getattr(room, name)
            if isinstance(thing, type) and hasattr(thing, "to_plain"):
                yield thing


@pytest.mark.parametrize("cls", sorted(set(with_a_plain_form()), key=str))
def test_whatever_gives_a_plain_form_has_a_schema(cls: type) -> None:
    assert fr.json_schema(cls)["type"] == "object"
