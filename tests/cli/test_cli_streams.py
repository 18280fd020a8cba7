"""The command at a terminal, in a pipe, on a full disk: words where people read them, and never half an answer."""

import fcntl
import io
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from fupin_rules.cli import main
from fupin_rules.cli._output import say, show, watched
from fupin_rules.tables import table, width

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "yucheng-2016")
YUCHENG = ["--policy", "yucheng-2016", "--on", "2016-01-31"]
FUPIN = [sys.executable, "-m", "fupin_rules"]
HEADS = ("rule", "hit", "open")
ROWS = [HEADS, ("在城镇购买商品房或商铺，并且自己不住在那里" * 4, "1,152", "2"), ("[bold]owns a car[/bold]", "3", "40")]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def process(*arguments: str, to: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONUTF8": "1"} | {name: text for name, text in os.environ.items() if name != "PYTHONUTF8"}
    command = [*FUPIN, *arguments]
    if not to:
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment | more)
    with Path(to).open("w") as out:
        return subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, text=True, check=False, env=environment | more
        )


def test_a_terminal_gets_tables_folded_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", out := Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    show(ROWS, numbers=(1, 2), headed=True)
    show(ROWS[1:], numbers=(1, 2))
    show([])
    lines = out.getvalue().splitlines()
    assert max(width(line) for line in lines) <= 60
    assert [line.split()[1:] for line in lines if "1,152" in line] == [["1,152", "2"]] * 2
    assert len([line for line in lines if "购买" in line]) > 2
    # What looks like markup is nothing but text, and nothing is coloured.
    assert "[bold]owns a car[/bold]" in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_without_the_extra_a_terminal_gets_the_same_but_for_looks_and_a_pipe_gets_whole_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", looks := Terminal())
    show(ROWS, numbers=(1, 2), headed=True)
    monkeypatch.setattr(sys, "stdout", out := Terminal())
    monkeypatch.setitem(sys.modules, "rich.console", None)
    show(ROWS, numbers=(1, 2), headed=True)
    assert looks.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "") == out.getvalue()
    assert "\x1b[1m" in looks.getvalue()
    monkeypatch.setattr(sys, "stdout", pipe := io.StringIO())
    show(ROWS, numbers=(1, 2), headed=True)
    assert pipe.getvalue() == table(ROWS, numbers=(1, 2)) + "\n"


def at_a_terminal(*arguments: str, columns: int = 80, **more: str) -> str:
    """Run the command at a terminal of its own and give what stands there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: text for name, text in os.environ.items() if name not in {"COLUMNS", "NO_COLOR", "LINES"}}
    with subprocess.Popen(
        [*FUPIN, *arguments],
        stdout=theirs,
        stderr=theirs,
        env=environment | {"PYTHONUTF8": "1", "TERM": "xterm"} | more,
    ) as running:
        os.close(theirs)
        shown = b""
        # Linux ends the reading of a terminal whose other end is closed with an error.
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass
    os.close(ours)
    assert running.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def test_a_real_terminal_shows_headings() -> None:
    text = at_a_terminal("assess", EXAMPLE, *YUCHENG, "--lang", "zh")
    assert "\x1b[1m  识别条件" in text
    assert "全部结论：out/decisions.csv" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_runs_over_the_edge_of_a_narrow_terminal_nor_is_coloured_where_that_is_not_wanted(
    language: str,
) -> None:
    wanted = {"TERM": "dumb"} if language == "en" else {"NO_COLOR": "1"}
    text = at_a_terminal("assess", EXAMPLE, *YUCHENG, "--lang", language, columns=60, **wanted)
    assert "\x1b" not in text
    lines = text.split("\n")
    assert len(lines) > 40
    assert max(map(width, lines)) <= 60
    assert not any(line.endswith(" ") for line in lines)
    # Names of facts are never broken, so that they can be copied.
    assert "(assets.town_housing_from_relocation_or_disaster)" in text


def test_progress_shows_on_a_terminal_and_never_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", err := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert list(watched(range(1001), "households")) == list(range(1001))
    assert "households" in err.getvalue()
    assert "1001/1001" in err.getvalue()
    monkeypatch.setattr(sys, "stderr", err := Terminal())
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert list(watched(range(1001), "households")) == list(range(1001))
    assert "\rhouseholds 500/1,001" in err.getvalue()
    monkeypatch.setattr(sys, "stderr", err := Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert list(watched(range(1001), "households")) == list(range(1001))
    assert err.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", pipe := io.StringIO())
    assert len(list(watched(range(1001), "households"))) == 1001
    assert pipe.getvalue() == ""


def test_nothing_of_the_data_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2Jb\u202ec\n户")
    assert capsys.readouterr().out == "a\ufffd[2Jb\ufffdc\n户\n"


def test_an_encoding_without_chinese_gets_escapes_and_json_stays_json() -> None:
    done = process("pack", "list", "--lang", "zh", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u79b9\\u57ce" in done.stdout
    done = process("pack", "list", "--json", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"zh": "\\u' in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_told_and_not_taken_for_a_refusal() -> None:
    done = process("pack", "list", to="/dev/full")
    assert done.returncode == 3
    assert done.stderr == "input or output: no space left on device; check path, rights and space\n"


def test_a_file_that_fails_is_named_without_its_folders(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/deep/members.csv")

    monkeypatch.setattr("fupin_rules.cli._assess.read_register", fail)
    assert main(["assess", EXAMPLE, *YUCHENG]) == 3
    assert capsys.readouterr().err == "members.csv: permission denied; check path, rights and space\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f'"{sys.executable}" -m fupin_rules pack show yucheng-2016 --json | head -c 10'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_fault_of_the_program_shows_its_kind_and_nothing_it_held(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ValueError("370099195104020016")

    monkeypatch.setattr("fupin_rules.cli._assess.read_register", stumble)
    assert main(["assess", EXAMPLE, *YUCHENG]) == 3
    err = capsys.readouterr().err
    assert err == (
        "fupin: `ValueError`, a fault of this program; run it again with `--debug`, and report where it comes from\n"
    )
    with pytest.raises(ValueError, match="3700"):
        main(["assess", EXAMPLE, *YUCHENG, "--debug"])


def test_an_interrupted_run_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fupin_rules.cli._decisions._row", interrupt)
    assert main(["assess", EXAMPLE, *YUCHENG]) == 130
    assert list(Path().glob("**/*")) == []


def test_a_debugger_sees_where_an_error_comes_from() -> None:
    for arguments in (["--debug", "assess", "nowhere", *YUCHENG], ["assess", "nowhere", *YUCHENG, "--debug"]):
        assert "Traceback" in process(*arguments).stderr
