"""Finding what a case is pinned to: the very text it began with, wherever it lies, and never another one."""

from pathlib import Path

import pytest
from small_pack import write_pack
from small_procedure import small_procedure, write_small

from fupin_rules.errors import PolicyError
from fupin_rules.workflow import installed_procedures, load_procedure, pinned_procedure, pinned_procedures

NOWHERE = "yucheng-2016/1@" + "0" * 64


@pytest.mark.parametrize("name", [each for each in installed_procedures() if ":" not in each])
def test_every_installed_procedure_is_found_by_what_its_cases_are_pinned_to(name: str) -> None:
    procedure = load_procedure(name)
    assert pinned_procedure(procedure.reference) == procedure
    assert pinned_procedures([procedure.reference, NOWHERE]) == {procedure.reference: procedure}


def test_one_that_is_brought_is_found_without_being_installed() -> None:
    procedure = small_procedure()
    assert pinned_procedure(procedure.reference, [procedure]) is procedure
    other = small_procedure({"version = 1\nfrom": "version = 2\nfrom"})
    assert pinned_procedures([other.reference], [procedure, other]) == {other.reference: other}


def test_another_text_of_the_same_procedure_is_never_taken_instead() -> None:
    assert pinned_procedures([NOWHERE]) == {}
    installed = load_procedure("yucheng-2016").reference
    with pytest.raises(PolicyError) as refused:
        pinned_procedure(NOWHERE)
    assert str(refused.value) == (
        f"procedure `{NOWHERE}`: is not at hand, only another text of it: `{installed}`; "
        "bring the file that the case began with"
    )
    procedure = small_procedure()
    with pytest.raises(PolicyError, match=f"only another text of it: `{procedure.reference}`"):
        pinned_procedure("small-procedure/1@" + "0" * 64, [procedure])


@pytest.mark.parametrize(
    ("reference", "what"),
    [
        ("yuceng-2016/1@" + "0" * 64, "is not installed; the nearest name is `yucheng-2016`"),
        ("", "is not installed"),
        ("None", "is not installed"),
        ("../../secret/1@" + "0" * 64, "is not installed"),
    ],
)
def test_one_that_is_nowhere_is_said_to_be_nowhere(reference: str, what: str) -> None:
    with pytest.raises(PolicyError) as refused:
        pinned_procedure(reference)
    assert str(refused.value) == f"procedure `{reference}`: {what}; bring the file that the case began with"
    assert [fault.code for fault in refused.value.faults] == ["no_procedure"]
    assert pinned_procedures([reference]) == {}


def test_one_that_would_open_no_case_today_is_found_for_the_cases_it_has(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {})
    (folder / "procedures").mkdir()
    path = write_small(folder / "procedures")
    with pytest.raises(PolicyError, match="the move `survey` has no label"):
        load_procedure(path)
    reference = small_procedure().reference
    assert pinned_procedures([reference]) == {}
    assert pinned_procedure(reference, search=[tmp_path]).reference == reference
    write_small(folder / "procedures", {"days = { n = 7 }": "days = { n = 6 }"})
    with pytest.raises(PolicyError, match="only another text of it: `small-procedure/1@"):
        pinned_procedure(reference, search=[tmp_path])
