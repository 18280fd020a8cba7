"""Townships and counties as values: every fact in and out, and the names they share with villages."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import ModelError
from fupin_rules.model import AreaLevel, Field, Sensitivity, Sort, all_facts, catalogue, read_fact
from fupin_rules.testing.strategies._values import known_or_not, known_values

FIELDS = catalogue(fr.Area).fields
EVERY_FIELD = pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.path)


@given(
    st.fixed_dictionaries(
        {}, optional={path: known_or_not(known_values(field, realistic=False)) for path, field in FIELDS.items()}
    )
)
def test_an_area_comes_back_from_plain_data_as_it_was(held: dict[str, Any]) -> None:
    area = fr.Area(id="371482", **held)
    assert fr.from_plain(fr.Area, fr.to_plain(area)) == area
    assert dict(all_facts(area)) == {path: read_fact(area, path) for path in FIELDS}


@given(st.data())
def test_each_fact_of_an_area_can_be_set_and_taken_back(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(list(FIELDS.values())))
    area = fr.with_fact(fr.Area(id="1"), field.path, data.draw(known_values(field, realistic=False)))
    assert read_fact(area, field.path) is not None
    assert fr.with_fact(area, field.path, None) == fr.Area(id="1")


@EVERY_FIELD
def test_the_schema_of_an_area_knows_each_fact(field: Field) -> None:
    schema = fr.json_schema(fr.Area)["properties"][field.path]
    assert schema["title"] == f"{field.spec.zh} · {field.spec.en}"
    assert schema.get("x-unit") == (str(field.spec.unit) if field.spec.sort is Sort.NUMBER else None)


def test_what_an_area_shares_with_its_villages_bears_the_same_name_and_words() -> None:
    villages = catalogue(fr.Village).fields
    shared = [path for path in FIELDS if path in villages and FIELDS[path].spec.sort is Sort.NUMBER]
    assert len(shared) == 20
    for path in shared:
        one, other = FIELDS[path].spec, villages[path].spec
        assert (one.zh, one.en, one.unit) == (other.zh, other.en, other.unit), path


def test_of_an_area_nothing_is_personal() -> None:
    assert {field.spec.sensitivity for field in FIELDS.values()} == {Sensitivity.NONE}


def test_a_level_is_that_of_a_township_or_a_county() -> None:
    assert [each.value for each in AreaLevel] == ["township", "county"]
    with pytest.raises(ModelError) as refusal:
        fr.Area(id="1", level="village")
    assert str(refusal.value) == (
        "$.level: expected one of township, county; give it as told, or leave it out as not known"
    )


def test_a_misspelt_fact_of_an_area_is_told_with_the_nearest() -> None:
    with pytest.raises(ModelError) as refusal:
        fr.from_plain(fr.Area, {"id": "1", "vilages": 3})
    assert str(refusal.value) == "$.vilages: is no fact; did you mean `villages`?"
    with pytest.raises(ModelError, match=r"\$\.members\[1\]\.sex: is no fact; see the catalogue of facts"):
        fr.with_fact(fr.Area(id="1"), "members[1].sex", "male")
