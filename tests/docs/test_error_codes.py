"""Every fault has a code, and the reference lists every code with what it says."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]
DRAWN = runpy.run_path(str(ROOT / "docs" / "error_codes.py"))


def test_no_fault_that_somebody_may_meet_is_without_a_code() -> None:
    assert [f"{each.file}, line {each.line}: {each.what}" for each in DRAWN["said"](nameless=True)] == []


def test_the_reference_lists_every_code_that_the_source_has() -> None:
    held = (ROOT / "docs" / "reference" / "error-codes.md").read_text(encoding="utf-8")
    assert held == DRAWN["page"](), "error-codes.md is out of date: run `python docs/error_codes.py`"


def test_the_codes_are_found_however_they_are_told() -> None:
    codes = {each.code for each in DRAWN["said"]()}
    # Written out, as a keyword, by a helper of the file, by a helper's default, by a name, by one of two.
    assert {"id_personal", "missing_key", "unknown_name", "pack", "usage", "depth", "size"} <= codes
