"""What is given to users: the wheel holds the library and its data and nothing else, and is the same whoever builds it."""

import configparser
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fupin_rules"
CORE = {"attrs", "cattrs", "python-dateutil"}


def build(folder: Path, target: str) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (built,) = (each for each in folder.iterdir() if each.is_file())
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"), "wheel")


def test_the_wheel_holds_the_library_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = set(held.namelist())
    ours = {name for name in names if name.startswith("fupin_rules/")}
    wanted = {
        f"fupin_rules/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and path.suffix in {".py", ".toml", ".typed", ".ts", ".css", ".html", ".js"}
    }
    assert ours == wanted
    assert {"fupin_rules/py.typed", "fupin_rules/packs/yucheng-2016/pack.toml"} <= ours
    assert all(".dist-info/" in name for name in names - ours)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_what_the_wheel_asks_for_is_the_core_and_its_extras(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        folder = next(name.split("/")[0] for name in held.namelist() if ".dist-info/" in name)
        told = Parser().parsestr(held.read(f"{folder}/METADATA").decode())
        points = configparser.ConfigParser()
        points.read_string(held.read(f"{folder}/entry_points.txt").decode())
    needed = told.get_all("Requires-Dist", [])
    assert {each.split(">=")[0] for each in needed if "extra ==" not in each} == CORE
    assert set(told.get_all("Provides-Extra", [])) >= {"excel", "cli", "testing", "dev"}
    assert told["Requires-Python"] == ">=3.11"
    assert points["console_scripts"]["fupin"] == "fupin_rules.cli:main"


def test_two_builds_give_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path, "wheel").read_bytes() == wheel.read_bytes()


def test_the_source_archive_holds_all_that_is_needed_to_test_it(tmp_path: Path) -> None:
    with tarfile.open(build(tmp_path, "sdist")) as held:
        names = {name.partition("/")[2] for name in held.getnames()}
    for needed in (".ci/run", "noxfile.py", "pyproject.toml", "tests/conftest.py", "docs/generate.py", "README.md"):
        assert needed in names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "out/"))]
