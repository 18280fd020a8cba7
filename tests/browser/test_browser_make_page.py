"""What makes the page: what is pinned is what is taken, nothing else is overwritten, and packs come out the same."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "examples/browser"))

import make_page  # noqa: E402

import fupin_rules as fr  # noqa: E402


def test_a_download_that_is_not_what_was_pinned_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"pyodide-{make_page.PYODIDE.version}.tgz").write_bytes(b"something else")
    with pytest.raises(SystemExit, match=r"is not the archive that was pinned; delete it, and run this again$"):
        make_page.PYODIDE.archive(tmp_path)


def test_without_npm_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"^npm: is not installed; install it, or bring the folder of downloads"):
        make_page.PYODIDE.archive(tmp_path)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"holds something else than a page; give another folder$"):
        make_page.make_page(tmp_path, kept=tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_packs_come_out_the_same_whenever_they_are_packed(tmp_path: Path) -> None:
    packs = [fr.installed_packs()["monitoring-yunnan"], fr.installed_packs()["shaanxi-577"]]
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        assert make_page._take_packs(tmp_path / name, packs) == "packs.zip"
        made.append((tmp_path / name / "packs.zip").read_bytes())
    assert made[0] == made[1]
    assert make_page._take_packs(tmp_path, []) is None


def test_policies_stand_with_ones_own_first_and_none_twice() -> None:
    own = fr.installed_packs()["shaanxi-577"]
    ids = [each["id"] for each in make_page._policies([own])]
    assert ids[:2] == ["shaanxi-577", "yucheng-2016"]
    assert len(ids) == len(set(ids))
    assert "measures-2014" not in ids


def test_the_page_is_bound_to_its_own_place() -> None:
    page = (make_page.HERE / "index.html").read_text(encoding="utf-8")
    assert (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self';"
        " style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    ) in page
    for path in make_page.HERE.iterdir():
        if path.suffix in {".html", ".mjs", ".css", ".json"}:
            text = path.read_text(encoding="utf-8")
            assert "http" not in text.replace("http-equiv", "").replace("http.server", ""), path.name
            assert "innerHTML" not in text, path.name
