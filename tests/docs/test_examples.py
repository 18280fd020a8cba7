"""The programs under `examples/` and the commands of a page do what the docs say of them."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import fupin_rules as fr
from fupin_rules.columnar import write_files
from fupin_rules.registry import simulate

ROOT = Path(__file__).parents[2]
# A household or two want no optimising: planning for a cluster would take longer than all the rest.
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none")
def test_the_spark_program_assesses_a_register_and_parts_it_by_township(tmp_path: Path) -> None:
    town = simulate(seed=1, households=12, people=30, townships=2).households
    write_files(tmp_path / "register", town)
    settings = " ".join(f"--conf {name}={value}" for name, value in LOCAL.items())
    done = subprocess.run(
        [
            sys.executable, "examples/spark_assess.py", str(tmp_path / "register"),
            "yucheng-2016", "2016-01-31", str(tmp_path / "out"), "--answers", "outcome",
        ],
        cwd=ROOT,
        env={**os.environ, "PYSPARK_SUBMIT_ARGS": f"--master local[1] {settings} pyspark-shell"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    parts = {each.name for each in (tmp_path / "out").glob("area=*")}
    assert parts == {f"area={home.township}" for home in town}
    found = pl.read_parquet(tmp_path / "out" / "*" / "*.parquet")
    rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    assert dict(found.select("household_id", "outcome").rows()) == {
        home.id: fr.assess(home, rules).outcome.value for home in town
    }


def test_the_commands_for_a_large_register_run_as_they_stand(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/assess-a-large-register.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```bash\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(commands) == 3
    script = 'fupin() { "$PYTHON" -m fupin_rules "$@"; }\n' + "".join(commands)
    subprocess.run(
        ["bash", "-uo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        check=True,
    )
    decided = [pl.read_parquet(tmp_path / name / "part-*.parquet") for name in ("decisions", "decisions-too")]
    assert decided[0].height == 300
    assert decided[0].sort("household_id").equals(decided[1].sort("household_id"))
    assert (tmp_path / "without-cars/question.json").is_file()
