"""The files that other programs take: what is committed is what the library gives now."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fupin_rules.schemas import (
    DECLARATIONS,
    components,
    declarations,
    digest_of_schemas,
    schema_files,
    types_by_schema,
)

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference" / "schemas"
MEND = "run `nox -s schemas`"


def test_the_schemas_in_the_docs_are_those_of_the_library() -> None:
    held = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    given = schema_files()
    assert sorted(held) == sorted(given), MEND
    for name, text in given.items():
        assert held[name] == text, f"{name} is out of date: {MEND}"


def test_the_declarations_were_made_of_the_schemas_as_they_are_now() -> None:
    text = declarations()
    (digest,) = re.findall(r"^ \* Schemas: sha256 ([0-9a-f]{64})$", text, re.MULTILINE)
    assert digest == digest_of_schemas(), f"{DECLARATIONS} is out of date: {MEND}"
    assert (FOLDER / DECLARATIONS).read_text(encoding="utf-8") == text, f"the copy in the docs differs: {MEND}"


def test_the_declarations_export_each_form_by_its_name_and_nothing_that_may_be_anything() -> None:
    text = declarations()
    exported = re.findall(r"^export (?:interface|type) (\w+)", text, re.MULTILINE)
    assert sorted(exported) == sorted([*components(), "PlainForms"])
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert not re.search(r"\b(any|unknown|object)\b", re.sub(r'"[^"\n]*"', "", code))
    for schema, type_ in types_by_schema().items():
        assert re.search(rf'^  "?{schema}"?: {type_};$', text, re.MULTILINE), schema


USE = """
import type { Assessment, Household, Outcome, PlainForms } from "./fupin-rules";

export const home: Household = {
  id: "0031",
  hukou: "rural",
  income: { pension_yuan: "1200.50", wage_income_yuan: { not_known: "refused" } },
  members: [{ id: "1", health: ["chronic_illness"], birth_date: null }],
};
export function conditions(assessment: Assessment): boolean {
  const outcome: Outcome = assessment.outcome;
  return outcome === "eligible" && assessment.failed.length === 0;
}
export const name: keyof PlainForms = "exit-assessment";
// @ts-expect-error  no code of the list
export const city: Household = { id: "1", hukou: "city" };
// @ts-expect-error  no fact
export const slip: Household = { id: "1", hukuo: "rural" };
// @ts-expect-error  the id is missing
export const nobody: Household = { hukou: "rural" };
"""


def test_the_declarations_compile_strictly(tmp_path: Path) -> None:
    compiler = ROOT / "tools" / "typescript" / "node_modules" / ".bin" / "tsc"
    if shutil.which("node") is None or not compiler.exists():
        pytest.skip("needs Node.js and the compiler that `nox -s schemas` installs")
    (tmp_path / DECLARATIONS).write_text(declarations(), encoding="utf-8")
    (tmp_path / "use.ts").write_text(USE, encoding="utf-8")
    done = subprocess.run(
        [compiler, "--strict", "--noEmit", "use.ts"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
