"""Whatever fits a schema is read, or refused at a path for one of the reasons that no schema can say."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from bodies import as_json, bodies
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

import fupin_rules as fr
from fupin_rules.documents import Table, plain_document, read_sources
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.policy.loading import _pack_files as reader
from fupin_rules.schemas import schema_names
from fupin_rules.workflow import read_procedure

SUBJECTS = (fr.Household, fr.Member, fr.Village, fr.Area)
# A longer search, of many minutes.
MORE = 50 if os.environ.get("FUPIN_SWEEP") else 1
# All that a subject can be refused for although it fits; the reference of schemas lists the same.
IN_SPITE = {"value", "double", "id_personal"}
# What a schema has said already: of a document that fits, no reader says it again.
SHAPE = {
    "missing_key",
    "wrong_sort",
    "unknown_key",
    "choice",
    "empty_text",
    "empty_list",
    "text_size",
    "format",
    "value",
}


def law(form: str, read: Callable[[Any], Iterable[Fault]], *, examples: int) -> set[str]:
    """Read bodies that fit; give the codes of what was refused."""
    fits = Draft202012Validator(fr.json_schema(form))
    seen: set[str] = set()

    @settings(max_examples=examples * MORE, suppress_health_check=list(HealthCheck))
    @given(bodies(form))
    def hold(body: Any) -> None:
        assert fits.is_valid(as_json(body))
        for fault in read(body):
            assert fault.where.startswith("$"), fault
            assert fault.code
            seen.add(fault.code)

    hold()
    return seen


def refused(read: Callable[[Any], object]) -> Callable[[Any], Iterable[Fault]]:
    def faults(body: Any) -> Iterable[Fault]:
        try:
            read(body)
        except FupinRulesError as error:
            return error.faults
        return ()

    return faults


@pytest.mark.parametrize("cls", SUBJECTS, ids=lambda cls: cls.__name__)
def test_a_subject_that_fits_is_read_or_refused_for_a_reason_that_is_listed(cls: type[Any]) -> None:
    assert law(cls.__name__, refused(lambda body: fr.from_plain(cls, body)), examples=40) <= IN_SPITE


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        (
            {"id": "1", "members": [{"id": "1"}, {"id": "1"}]},
            "$.members[1].id: stands twice in the household; number the members",
            "double",
        ),
        (
            {"id": "11010519491231002X"},
            "$.id: is the number of a certificate, which an id would show in every answer; number households and members by themselves",
            "id_personal",
        ),
        (
            {"id": "1", "members": [{"id": "1", "birth_date": "2015-02-30"}]},
            "$.members[0].birth_date: expected a day, YYYY-MM-DD; give it as told, or leave it out as not known",
            "value",
        ),
        (
            {"id": "1", "income": {"pension_yuan": 12.505}},
            "$.income.pension_yuan: has more than 2 decimal places; give it as told, or leave it out as not known",
            "value",
        ),
        (
            {"id": "1", "head_name": "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 64},
            "$.head_name: expected a text of 1 to 64 characters; give it as told, or leave it out as not known",
            "value",
        ),
    ],
)
def test_each_reason_that_is_listed_does_come_in_spite_of_the_schema(body: Any, message: str, code: str) -> None:
    assert Draft202012Validator(fr.json_schema(fr.Household)).is_valid(body)
    with pytest.raises(FupinRulesError) as refusal:
        fr.from_plain(fr.Household, body)
    assert str(refusal.value) == message
    assert [fault.code for fault in refusal.value.faults] == [code]


def read_head(top: Table) -> None:
    reader._read_head(top, top.data["id"])
    reader._read_eligible_when(top)
    reader._read_rankings(top)
    reader._read_no_quota(top)
    top.close()


READERS: dict[str, Callable[[Table], object]] = {
    "Pack": read_head,
    "PackParameters": reader._read_parameters,
    "PackDefinitions": reader._read_definitions,
    "PackRules": reader._read_rules,
    "Sources": read_sources,
}


@pytest.mark.parametrize("form", READERS)
def test_a_file_of_a_pack_that_fits_is_never_refused_for_its_shape(form: str) -> None:
    def read(body: Any) -> list[Fault]:
        document = plain_document(body)
        faults: list[Fault] = []
        READERS[form](Table(document, document.data, (), faults))
        return faults

    assert not law(form, read, examples=25) & SHAPE


def test_a_procedure_that_fits_is_never_refused_for_its_shape() -> None:
    assert not law("Procedure", refused(read_procedure), examples=5) & SHAPE


def test_the_reference_lists_the_same_reasons_and_all_schemas() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "schemas.md").read_text(encoding="utf-8")
    told, said = page.split("## What they say")[0], page.split("## What they cannot say")[1].split("## With")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", said, re.MULTILINE)) == IN_SPITE
    rows = re.findall(r"^\| [a-z ]+ \| (`.*`) \|$", told, re.MULTILINE)
    assert sorted(re.findall(r"`([a-z-]+)`", " ".join(rows))) == sorted(schema_names())
