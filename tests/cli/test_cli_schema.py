"""`fupin schema`: schemas listed, shown and written."""

import json
from pathlib import Path

import pytest

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.schemas import declarations, schema_files, schema_names


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["schema", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_every_schema_is_listed_with_its_type_and_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(schema_names())
    assert "exit-assessment" in out and "whether a subject may leave" in out
    assert "退出评估" in run(capsys, "--lang", "zh")[1]
    listed = json.loads(run(capsys, "--json")[1])
    assert listed[0] == {
        "name": "household",
        "type": "Household",
        "id": "urn:fupin-rules:schema:household:1",
        "description": "一户 · what is known of a household",
    }


def test_one_schema_is_shown_as_the_library_gives_it(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("assessment", "Hukou"):
        status, out, _ = run(capsys, name)
        assert (status, json.loads(out)) == (0, fr.json_schema(name))


def test_the_declarations_are_shown_without_node(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--typescript")[1] == declarations()
    assert json.loads(run(capsys, "--typescript", "--json")[1])["text"] == declarations()


def test_schemas_and_declarations_are_written_into_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "forms"
    status, said, _ = run(capsys, "--out", str(out), "--typescript")
    assert (status, said) == (0, f"{len(schema_names()) + 1} files written to {out}\n")
    expected = schema_files() | {"fupin-rules.d.ts": declarations()}
    assert {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()} == expected


def test_one_schema_is_written_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, said, _ = run(capsys, "village", "--out", str(tmp_path), "--json")
    assert (status, json.loads(said)) == (0, {"files": [str(tmp_path / "village.json")]})
    assert [path.name for path in tmp_path.iterdir()] == ["village.json"]


@pytest.mark.parametrize("more", [(), ("--out", "nowhere")])
def test_a_schema_that_is_none_is_a_question_that_nothing_can_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "vilage", *more)
    assert (status, out, err) == (2, "", "`vilage`: is no name of a schema; did you mean `village`?\n")
    assert not list(tmp_path.iterdir())


def test_declarations_are_of_all_forms_and_not_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "village", "--typescript")
    assert status == 2
    assert "argument --typescript: not allowed with argument NAME" in err
