"""
Write the files of `docs/reference/schemas`: every JSON Schema, and the declarations for TypeScript made of them.

`nox -s schemas` runs it, with Node.js and npm installed; a test in plain Python tells when the files are out of date.
"""

import json
import subprocess
from pathlib import Path

from fupin_rules import schemas

ROOT = Path(__file__).parents[1]
MADE_BY = ROOT / "tools" / "typescript"
FOLDER = ROOT / "docs" / "reference" / "schemas"


def declare() -> str:
    """Make the declarations of the forms as they are now."""
    forms = {
        "digest": schemas.digest_of_schemas(),
        "index": schemas.types_by_schema(),
        "forms": schemas.components("#/$defs/"),
    }
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=MADE_BY, check=True)  # noqa: S607  the npm of the developer
    made = subprocess.run(
        ["node", "declare.mjs"],  # noqa: S607  likewise
        cwd=MADE_BY,
        check=True,
        input=json.dumps(forms),
        capture_output=True,
        encoding="utf-8",
    )
    return made.stdout


if __name__ == "__main__":
    text = declare()
    (ROOT / "src" / "fupin_rules" / "schemas" / schemas.DECLARATIONS).write_text(text, encoding="utf-8")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, held in {**schemas.schema_files(), schemas.DECLARATIONS: text}.items():
        (FOLDER / name).write_text(held, encoding="utf-8")
