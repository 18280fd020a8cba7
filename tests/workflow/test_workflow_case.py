"""Cases, events, actors and evidence: what they refuse to hold, what they never show, that nobody can change them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from casework import AGREED, FIRST, VILLAGE, bent, small_case
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.errors import WorkflowError
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Case,
    Duplicate,
    Event,
    Evidence,
    Mark,
    NoticeMark,
    Seen,
    Signatures,
    Verdict,
    load_procedure,
    step,
)
from fupin_rules.workflow.case._case import PERSONAL, day_of, is_before, moment_text, read_moment, shown, shown_number
from fupin_rules.workflow.case._draft import digest_for

DIGEST = digest_for("x")
SOMEBODY = Actor("a", "head")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Actor("", "head"), "$.id: is no id: 1 to 64 of a-z, A-Z, 0-9 and . _ : -, and not the number of a person"),
        (lambda: Actor("张三", "head"), "$.id: is no id"),
        (lambda: Actor("a b", "head"), "$.id: is no id"),
        (lambda: Actor("a\n", "head"), "$.id: is no id"),
        (lambda: Actor("a" * 65, "head"), "$.id: is no id"),
        (lambda: Actor("13800000000", "head"), "$.id: is no id"),
        (lambda: Actor("99010119900101123X", "head"), "$.id: is no id"),
        (lambda: Actor("p-990101199001011230", "head"), "$.id: is no id"),
        (lambda: Actor("6222020200112233", "head"), "$.id: is no id"),
        (lambda: Actor("a", "head", place="3714820010011"), "$.place: is no area code of 2 to 12 digits"),
        (lambda: Actor("a", "head", place="village"), "$.place: is no area code of 2 to 12 digits"),
        (lambda: Actor("a", "head", kin_of=["张三家"]), "$.kin_of: is no id"),
        (lambda: Event("张三", "sign", SOMEBODY), "$.id: is no id"),
        (lambda: Event("e", "sign", SOMEBODY, batch="13800000000"), "$.batch: is no id"),
        (lambda: Event("e", "sign", SOMEBODY, {"x": 1.5}), "$.data: an event carries no `float`"),
        (lambda: Event("e", "sign", SOMEBODY, {"x": Decimal(1)}), "$.data: an event carries no `Decimal`"),
        (lambda: Event("e", "sign", SOMEBODY, {"x": ["a"]}), "$.data: an event carries no `list`"),
        (lambda: Event("e", "sign", SOMEBODY, {"x": datetime(2016, 1, 13)}), "$.data: an event carries no `datetime`"),  # noqa: DTZ001
        (lambda: Evidence("photograph", "holiday.jpg", FIRST), "$.digest: evidence enters as a salted digest"),
        (lambda: Evidence("photograph", "a" * 64, FIRST), "$.digest: evidence enters as a salted digest"),
        (lambda: Evidence("photograph", DIGEST, date(1899, 12, 31)), "$.on: is no day from 1900-01-01 to 2199-12-31"),
        (lambda: Evidence("photograph", DIGEST, "2016-01-13"), "$.on: expected a day, got `str`"),
        (lambda: Case(id="张三", procedure="p/1@0", place="", state="x", entered=FIRST, round_began=FIRST), "$.id: is no id"),
        (lambda: Verdict("yucheng-2016", "", FIRST, "poor"), "$.outcome: is no outcome; give one of: eligible, ineligible, met, not_met, undetermined"),
        (lambda: Verdict("禹城", "", FIRST, "met"), "$.policy: is no id of a policy"),
        (lambda: Verdict("y", "told by the clerk", FIRST, "met"), "$.fingerprint: is no fingerprint"),
        (lambda: Verdict("y", "", FIRST, "met", "two rooms"), "$.facts: facts enter as a salted digest"),
    ],
)  # fmt: skip
def test_what_could_name_a_person_or_cannot_be_written_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(WorkflowError) as error:
        make()
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("text", ["a", "H-001", "3714820010010012"[:12], "x.y_z:1-2", "A" * 64, "0", "12345678901234"])
def test_an_id_of_ones_own_is_taken(text: str) -> None:
    assert Actor(text, "head").id == text
    assert Event("e", "sign", SOMEBODY, batch=text).batch == text


@given(st.from_regex(r"[1-9]\d{16}[0-9Xx]", fullmatch=True), st.text(max_size=5), st.text(max_size=5))
def test_the_number_of_a_person_is_found_wherever_it_stands(number: str, before: str, behind: str) -> None:
    assert PERSONAL.search(before + number + behind)
    assert number not in shown(before + number + behind)
    assert shown_number(int(number[:17])) == "…"


@given(st.integers(-(10**10) + 1, 10**10 - 1))
def test_a_count_is_shown_as_it_is(number: int) -> None:
    assert shown_number(number) == str(number)


def test_a_telephone_is_found_and_longer_numbers_are_none() -> None:
    assert PERSONAL.search("call 13812345678")
    assert not PERSONAL.search("12345678901")
    assert not PERSONAL.search("138123456789")
    assert not PERSONAL.search("2016-01-13 to 2016-01-20")
    assert shown("x" * 50) == "x" * 40
    assert shown("a\nb") == "…"


def test_a_field_that_is_not_known_is_not_given() -> None:
    assert Event("e", "sign", SOMEBODY, {"x": None, "y": True}).data == {"y": True}


def test_evidence_of_a_moment_is_evidence_of_its_day() -> None:
    assert Evidence("photograph", DIGEST, datetime(2016, 1, 13, 9)).on == FIRST  # noqa: DTZ001


# -- nothing is shown, nothing is changed ----------------------------------------------------------------------------


def test_what_somebody_wrote_is_in_no_representation() -> None:
    work = small_case(bent(), "on_notice")
    words = "the widow by the well"
    event = work.event("object", "household", {"ground": words})
    accepted = work.give(event)
    assert isinstance(accepted, Accepted)
    assert repr(event).count("data=<ground>") == 1
    for value in (event, accepted, work.now, Duplicate(work.now, "e"), accepted.entry):
        assert words not in repr(value)
    facts = attrs.evolve(work.now, facts={"applied_on": FIRST, "noted": words})
    assert "facts=<applied_on, noted>" in repr(facts)
    assert words not in repr(facts)


def test_nobody_changes_a_value_that_somebody_else_holds() -> None:
    work = small_case(bent(), "checked")
    case = work.now
    tables: list[Mapping[str, Any]] = [
        case.facts, case.reviews, case.notices, case.last, case.roles,
        case.reviews["joint"].marks, case.reviews["joint"].delegates, case.notices["village"].objections,
    ]  # fmt: skip
    for table in tables:
        with pytest.raises(TypeError):
            table["x"] = 1  # type: ignore[index]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        case.state = "listed"  # type: ignore[misc]
    data = {"slot": "first"}
    event = work.event("sign", "panel", data)
    data["slot"] = "second"
    assert event.data == {"slot": "first"}
    accepted = work.give(event)
    assert isinstance(accepted, Accepted)
    with pytest.raises(TypeError):
        accepted.entry["seq"] = 7  # type: ignore[index]


def test_values_are_the_same_after_they_were_pickled() -> None:
    work = small_case(bent(), "on_notice")
    work.do("object", "household", {"ground": "x"}, id="doubt")
    event = work.event("resolve", "township", {"objection": "doubt", "outcome": "upheld", "reason": "x"})
    accepted = work.give(event)
    for value in (event, accepted, work.now, Seen().add("a", "b"), Duplicate(work.now, "e"), event.by, work.procedure):
        again = pickle.loads(pickle.dumps(value))
        assert again == value
        assert type(again) is type(value)
        assert repr(again) == repr(value)
    again = pickle.loads(pickle.dumps(work.now))
    assert all(type(table) is MappingProxyType for table in (again.facts, again.reviews, again.notices, again.last))
    # And goes on from there as if nothing had happened.
    more = work.event("withdraw", "household")
    assert step(work.procedure, again, more, FIRST) == step(work.procedure, work.now, more, FIRST)


def test_a_refusal_is_not_pickled_for_it_holds_the_household() -> None:
    refused = small_case(bent(), "applied").refused("post", "head")
    with pytest.raises(TypeError, match="a refusal is not pickled; keep what `to_plain` gives"):
        pickle.dumps(refused)


def test_a_procedure_is_the_same_after_it_was_pickled() -> None:
    procedure = load_procedure("yucheng-2016")
    assert procedure.digest
    again = pickle.loads(pickle.dumps(procedure))
    assert again == procedure
    assert again.reference == procedure.reference


def test_equal_values_are_equal_and_hash_alike() -> None:
    one, two = small_case(bent(), "checked").now, small_case(bent(), "checked").now
    assert one == two
    assert hash(one) == hash(two)
    assert one != small_case(bent(), "reviewed").now
    assert hash(Signatures({"a": Mark("p", "r")})) == hash(Signatures({"b": Mark("p", "r")}))
    assert Signatures({"a": Mark("p", "r")}) != Signatures({"b": Mark("p", "r")})
    assert NoticeMark(FIRST, objections={"a": ""}) != NoticeMark(FIRST)
    events = [Event("e", "evaluate", SOMEBODY, AGREED), Event("e", "evaluate", SOMEBODY, dict(AGREED))]
    assert events[0] == events[1]
    assert hash(events[0]) == hash(events[1])


# -- moments ---------------------------------------------------------------------------------------------------------

ZONES: Any = st.one_of(
    st.none(),
    st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59), timezones=ZONES)  # noqa: DTZ001


@given(st.one_of(DAYS, TIMES))
def test_a_moment_is_read_back_to_the_second(at: date) -> None:
    read = read_moment(moment_text(at))
    assert read == (at.replace(microsecond=0) if isinstance(at, datetime) else at)
    assert type(read) is type(at)
    assert moment_text(read) == moment_text(at)
    assert day_of(read) == day_of(at)


@given(st.one_of(DAYS, TIMES.map(lambda at: at.replace(tzinfo=None))), DAYS)
def test_a_day_is_before_another_only_as_a_whole(at: date, day: date) -> None:
    assert is_before(at, day) is (day_of(at) < day)
    assert is_before(day, at) is (day < day_of(at))
    assert not is_before(at, at)


def test_the_place_of_a_case_is_that_of_its_village() -> None:
    assert small_case(bent(), "applied").now.place == VILLAGE
