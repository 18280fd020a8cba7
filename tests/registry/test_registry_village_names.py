"""Which names may be of one village: the last part the same, no other part different, found without trying each."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fupin_rules as fr
from filled_forms import FORMS
from fupin_rules.registry._layouts import fold
from fupin_rules.registry.forms._areas import AreaIndex
from fupin_rules.registry.forms._summaries import Summariser

PARTS = st.sampled_from([None, "甲", "乙", "Ａ", "A", " a"])
AREAS = st.tuples(PARTS, PARTS, PARTS)


def may_be_one(one: Sequence[str | None], other: Sequence[str | None]) -> bool:
    pairs = [(a and fold(a), b and fold(b)) for a, b in zip(one, other, strict=True)]
    return pairs[-1][0] == pairs[-1][1] and all(a is None or b is None or a == b for a, b in pairs)


@given(st.lists(AREAS, max_size=8), st.lists(st.tuples(st.booleans(), AREAS), max_size=8))
def test_a_village_is_found_by_what_is_known_of_its_name_whenever_it_was_entered(
    first: list[tuple[str | None, ...]], steps: list[tuple[bool, tuple[str | None, ...]]]
) -> None:
    index, held = AreaIndex(first), list(first)
    for is_added, area in steps:
        if is_added:
            index.add(area)
            held.append(area)
        expected = [each for each in held if may_be_one(area, each)]
        assert sorted(index.alike(area), key=repr) == sorted(expected, key=repr)
        assert index.has_alike(area) is bool(expected)
        folded = [part and fold(part) for part in area]
        same = [each for each in held if [part and fold(part) for part in each] == folded]
        assert list(index.exactly(area)) == same


@pytest.mark.parametrize("count", [50, 100])
def test_villages_are_folded_once_each_however_many_there_are(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    folded: list[object] = []

    def counting(part: object) -> str:
        folded.append(part)
        return fold(part)

    monkeypatch.setattr("fupin_rules.registry.forms._areas.folded", counting)
    form = FORMS.by_id["village-summary"]
    villages = [
        fr.Village(id=f"V-{each}", county="甲县", township=f"乙镇{each}", name="河东村") for each in range(count)
    ]
    assert len(Summariser(FORMS, (), villages).rows(form)) == count
    # Once when it is sought, once when it is laid up; three parts each.
    assert len(folded) == 6 * count
