"""The pytest plugin: cases of a pack become tests, say why, and are measured; without a pack it does nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import fupin_rules as fr

# Where the library under test is, whatever else is installed.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(fr.__file__).parents[1])}
PACK = fr.installed_packs()["exclusions-suibin-2016"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a pack in which one case expects what is not so, and a test beside it."""
    shutil.copytree(PACK, tmp_path / "county")
    for name, old, new in (
        ("pack.toml", 'id = "exclusions-suibin-2016"', 'id = "county"'),
        ("cases.toml", "suibin_payroll = false", "suibin_payroll = true"),
    ):
        file = tmp_path / "county" / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    (tmp_path / "test_own.py").write_text("def test_own() -> None:\n    assert True\n", encoding="utf-8")
    return tmp_path


def run(place: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "fupin_rules.pytest_plugin", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=place, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_without_a_pack_nothing_is_collected_and_next_to_nothing_is_loaded(place: Path) -> None:
    code, shown = run(place, "-q")
    assert code == 0
    assert "1 passed" in shown
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, fupin_rules.pytest_plugin; print(*sorted(sys.modules))"],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    ours = {name for name in loaded if name.startswith("fupin_rules")}
    assert ours == {"fupin_rules", "fupin_rules.pytest_plugin"}
    assert not {"hypothesis", "attrs", "pytest"} & set(loaded)


def test_cases_are_tests_beside_the_others_and_a_wrong_one_fails_with_the_reason(place: Path) -> None:
    code, shown = run(place, "--fupin-pack", "./county", "test_own.py")
    assert code == 1
    assert re.search(r"1 failed, \d+ passed", shown)
    assert "test_own.py ." in shown
    assert "nothing-found: all was looked into and nothing was found" in shown
    assert "rule `suibin_payroll`: expected true, got false" in shown
    assert "a member is on the public payroll: false" in shown
    assert "county: coverage of rules" in shown
    assert "21 smallest claims, 21 seen true, false and unknown" in shown
    assert "Traceback" not in shown


def test_with_v_a_case_that_passed_is_explained_in_either_language(place: Path) -> None:
    _, shown = run(place, "--fupin-pack", "yucheng-2016", "-v", "-m", "fupin_case", "-k", "nothing-known")
    assert "yucheng-2016/cases.toml::nothing-known PASSED" in shown
    assert "    household" in shown
    assert "undetermined" in shown
    _, shown = run(place, "--fupin-pack", "./county", "--fupin-lang", "zh", "-v", "-k", "all-found")
    assert "    有财政供养人员：成立" in shown
    assert "county: 规则覆盖" in shown


def test_the_score_is_told_and_can_fail_the_run(place: Path) -> None:
    few = place / "county" / "cases.toml"
    kept = few.read_text(encoding="utf-8").split("[[case]]")[:2]
    few.write_text("[[case]]".join(kept), encoding="utf-8")
    code, shown = run(place, "--fupin-pack", "./county", "--fupin-mutants")
    assert code == 0
    assert re.search(r"county: 77 changes, \d+ noticed by its cases", shown)
    assert "never true" in shown
    code, shown = run(place, "--fupin-pack", "./county", "--fupin-least-score", "95", "--fupin-lang", "zh", "-n", "1")
    assert code == 1
    assert "低于要求的95%" in shown


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        ("yucheng-2061", "did you mean `yucheng-2016`?"),
        ("measures-2014", "--fupin-pack measures-2014: it has no cases; add a cases.toml"),
    ],
)
def test_a_pack_that_cannot_be_tried_is_refused_before_anything_runs(place: Path, pack: str, told: str) -> None:
    code, shown = run(place, "--fupin-pack", pack)
    assert code == 4
    assert told in shown
