"""`fupin ask`: a household asked question by question, by a person at a terminal or out of a pipe."""

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.cli._ask_answers import Typed, Wish, expected_words, read_reason, read_typed
from fupin_rules.cli._ask_talk import Talk
from fupin_rules.engine import Question, question_about
from fupin_rules.tables import width

YUCHENG = ["ask", "--policy", "yucheng-2016", "--on", "2016-01-31"]
HOME = fr.Household(id="1", members=(fr.Member(id="1"),))


class Typing(io.StringIO):
    """Somebody at a terminal, who types line after line."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ask(monkeypatch: pytest.MonkeyPatch, lines: str, *more: str, typed: bool = False) -> int:
    monkeypatch.setattr(sys, "stdin", (Typing if typed else io.StringIO)(lines))
    return main([*YUCHENG, *more])


def test_a_pipe_has_an_answer_a_line_and_gets_the_result_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, "rural\nyes\nno\n") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == [
        "the outcome is settled; nothing more need be asked",
        "household 1: not eligible",
    ]
    assert err == (
        "Yucheng city, re-identification of 2016 (yucheng-2016), on 2016-01-31\n"
        "type an answer or its number; ? why, - or nothing: not known, < back, q stop and keep\n"
        "\n"
        "1. Register of the head?\n"
        "   to decide “the head is on the rural register”\n"
        "   1 rural   2 urban\n"
        "\n"
        "2. Bought a flat or shop in a town?\n"
        "   to decide “bought a flat or shop in a town”\n"
        "   1 yes   2 no\n"
        "\n"
        "3. Town housing from relocation, disaster or land taken?\n"
        "   to decide “bought a flat or shop in a town”\n"
        "   1 yes   2 no\n"
    )


def test_a_line_of_a_pipe_that_is_no_answer_stops_it_before_later_lines_answer_the_wrong_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, "rural\nmaybe\nno\n") == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == (
        "standard input, line 2: is no answer about `assets.owns_town_housing`; "
        "answer yes or no, or the number before it"
    )


def test_a_pipe_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8"))
    assert main(YUCHENG) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("standard input: is no text in UTF-8; type or send text\n")


def test_where_everything_is_settled_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("urban.json").write_text('{"id": "1", "hukou": "urban"}')
    assert ask(monkeypatch, "rural\n", "--from", "urban.json", "--level", "value") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["the outcome is settled; nothing more need be asked", "household 1: not eligible"]
    assert err == ""


def test_an_amount_that_cannot_be_is_asked_for_again_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = ("--policy", "monitoring-henan-linzhou", "--on", "2023-06-01", "--exit", "--level", "value")
    assert ask(monkeypatch, "12.345\n9000\nq\n", *pack, "--out", "kept.json", typed=True) == 0
    assert "answer a number from" in capsys.readouterr().err
    assert json.loads(Path("kept.json").read_text())["monitoring"] == {"disposable_income_per_person_yuan": "9000.00"}


def test_when_the_answers_of_a_pipe_run_out_the_result_says_so_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert ask(monkeypatch, "1\n-\n- refused\n", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["state"] == "asking"
    assert told["question"]["fact"] == "assets.owns_car"
    assert told["interview"]["asked"] == [
        {"fact": "hukou", "value": "rural"},
        {"fact": "assets.owns_town_housing", "value": {"not_known": "not_collected"}},
        {"fact": "assets.whole_family_away_over_one_year", "value": {"not_known": "refused"}},
    ]
    assert not list(tmp_path.iterdir())


def test_a_person_is_told_what_to_answer_why_and_can_go_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "？\n<\n农村\n1\n\n9\n4\n<\n否\nq\n"
    assert ask(monkeypatch, lines, "--lang", "zh", "--level", "value", typed=True) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["尚有问题要问", "户 1：尚不能确定"]
    assert err == (
        "禹城市建档立卡再识别（2016年）（yucheng-2016），评估日 2016-01-31\n"
        "输入答案或序号；? 为何问，- 或直接回车 不知道，< 上一题，q 停止并保存\n"
        "\n"
        "1. 户主户籍类型？\n"
        "   用于判断「户主为农村户籍」\n"
        "   1 农业户口   2 非农业户口\n"
        ">    用于判断「户主为农村户籍」\n"
        "   出处：《温泉县2018年识别工作方案》（个别地方的文本，仅作示例）\n"
        "   字段：hukou\n"
        "   请答1到2之间的序号\n"
        ">    这是第一个问题\n"
        ">    请答1到2之间的序号\n"
        "> \n"
        "2. 是否在城镇购买商品房或商铺？\n"
        "   用于判断「在城镇购买商品房或商铺」\n"
        "   1 是   2 否\n"
        ">    为何不知？（直接回车即尚未采集）\n"
        "   1 尚未采集  2 已过期  3 互相矛盾  4 拒绝提供  5 有待判断\n"
        ">    请答1到5之间的序号\n"
        "> \n"
        "3. 是否举家外出一年以上？\n"
        "   用于判断「举家外出一年以上」\n"
        "   1 是   2 否\n"
        "> \n"
        "2. 是否在城镇购买商品房或商铺？\n"
        "   用于判断「在城镇购买商品房或商铺」\n"
        "   1 是   2 否\n"
        "> \n"
        "3. 是否举家外出一年以上？\n"
        "   用于判断「举家外出一年以上」\n"
        "   1 是   2 否\n"
        "> 已知事实存于 out/household.json，可用 --from 继续\n"
    )


def test_what_is_kept_is_gone_on_with(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Path("known.json").write_text('{"id": "0031", "head_name": "测试", "hukou": "rural"}')
    more = ("--from", "known.json", "--out", "kept/0031.json")
    assert ask(monkeypatch, "n\n- expired\nq\n", *more, typed=True) == 0
    kept = json.loads(Path("kept/0031.json").read_text())
    assert kept == {
        "id": "0031",
        "head_name": "测试",
        "hukou": "rural",
        "assets": {"owns_town_housing": False, "whole_family_away_over_one_year": {"not_known": "expired"}},
    }
    capsys.readouterr()
    assert ask(monkeypatch, "", "--from", "kept/0031.json") == 0
    assert "1. Owns a car?" in capsys.readouterr().err
    assert ask(monkeypatch, "", "--from", "kept/0031.json", "--again") == 0
    out, err = capsys.readouterr()
    assert "1. Whole family away for over a year?" in err
    assert "测试" not in out + err


def test_where_nothing_was_said_about_keeping_no_earlier_file_is_written_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert ask(monkeypatch, "rural\nq\n", typed=True) == 0
    assert sorted(each.name for each in Path("out").iterdir()) == ["household-2.json", "household.json"]
    assert capsys.readouterr().err.endswith("what is known: out/household-2.json; go on with --from\n")


def test_the_end_of_a_talk_says_what_is_to_be_brought_or_that_somebody_must_look(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = ("--policy", "monitoring-henan-linzhou", "--on", "2023-06-01", "--exit", "--level", "value")
    # Secure in every way, no new risk, spending under control, and stable for long: but what do they earn?
    others = "y\n" * 5 + "n\n" + "y\n" + "2022-01-01\n" + "n\n"
    assert ask(monkeypatch, "- not_collected\n" + others, *pack) == 0
    brought = capsys.readouterr().out.splitlines()
    assert ask(monkeypatch, "- refused\n" + others, *pack) == 0
    looked_at = capsys.readouterr().out.splitlines()
    assert brought[0] == "open: what is missing is still to be brought"
    assert looked_at[0] == "open, for a person to look at: a fact was refused"
    assert brought[1].endswith(" — not collected")
    assert looked_at[1].endswith(" — refused")


@pytest.mark.parametrize(
    ("more", "message", "status"),
    [
        (("--from", "none.json"), "none.json: cannot be read (No such file or directory); check path and rights", 3),
        (
            ("--from", "bad.json"),
            "bad.json, $.hukou: expected one of rural, urban; give it as told, or leave it out",
            3,
        ),
        (("--from", "bad.json", "--id", "2"), "--id: cannot go with `--from`; the file has an id", 2),
        (("--id", "a[1]"), "--id", 3),
        (("--out", "kept.csv"), "`kept.csv` is no file that ends in .json", 2),
        (("--subject", "area"), "policy `yucheng-2016`: has no eligibility rule about an area", 2),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anybody_is_asked(
    more: tuple[str, ...],
    message: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("bad.json").write_text('{"id": "1", "hukou": "city"}')
    assert ask(monkeypatch, "", *more) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert "Register of the head" not in err


def test_a_village_is_asked_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(monkeypatch, "", "--subject", "village", "--id", "V-7", "--level", "value") == 0
    assert capsys.readouterr().out.splitlines()[1] == "village V-7: undetermined: facts are missing"


def test_an_interrupt_loses_nothing(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONUTF8": "1", "TERM": "xterm", "COLUMNS": "60"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "fupin_rules", *YUCHENG, "--lang", "zh"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as running:
        os.close(theirs)
        try:
            until(ours, "> ")
            os.write(ours, "农业户口\n".encode())
            shown = until(ours, "> ")
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 130
        finally:
            running.kill()
            os.close(ours)
    assert "\x1b[1m2. 是否在城镇购买商品房或商铺？\x1b[0m" in shown
    assert max(width(line) for line in shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()) <= 60
    assert json.loads((tmp_path / "out" / "household.json").read_text()) == {"id": "1", "hukou": "rural"}


def until(terminal: int, end: str) -> str:
    """Read what a terminal shows until it waits, its last line ending as it should."""
    shown = b""
    while not shown.decode(errors="replace").endswith(end):
        assert select.select([terminal], [], [], 60)[0], shown
        shown += os.read(terminal, 4096)
    return shown.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_terminal_gets_lines_of_its_width_and_colour_only_if_wanted(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = ("--policy", "national-2014", "--subject", "village", "--lang", language)
    shown = []
    for plain in ("", "1"):
        monkeypatch.setattr(sys, "stderr", err := Typing())
        monkeypatch.setenv("COLUMNS", "50")
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("NO_COLOR", plain)
        assert ask(monkeypatch, "?\n", *pack, typed=True) == 0
        shown.append(err.getvalue())
    coloured, bare = shown
    assert "\x1b[1m1. " in coloured
    assert bare == coloured.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert max(width(line) for line in bare.splitlines()) <= 50


def test_a_long_list_stands_in_columns_that_line_up_and_are_read_downwards(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    Talk(fr.Interview.begin(HOME, fr.load_policy("yucheng-2016").on(date(2016, 1, 31))), "zh")._show(CAUSES)
    lines = capsys.readouterr().err.splitlines()
    rows = [line for line in lines if re.match(r" {3}\d", line)]
    seen = [re.findall(r"(\d+) (\S+)", row) for row in rows]
    assert sorted(int(number) for row in seen for number, _ in row) == list(range(1, len(CAUSES.choices) + 1))
    assert [int(row[0][0]) for row in seen] == list(range(1, len(rows) + 1))
    # A Chinese character takes two columns: what stands below another begins in the same column.
    second = {width(row[: row.index(f"{cells[1][0]} {cells[1][1]}")]) for row, cells in zip(rows, seen, strict=True)}
    assert len(second) == 1


# -- what is typed ---------------------------------------------------------------------------------------------------

FLAG = question_about(HOME, "assets.owns_car")
CODE = question_about(HOME, "living.house_grade")
CODES = question_about(HOME, "members[1].health")
CAUSES = question_about(HOME, "other_causes")
DAY = question_about(HOME, "members[1].birth_date")
MONEY = question_about(HOME, "income.pension_yuan")
COUNT = question_about(HOME, "members")


@pytest.mark.parametrize(
    ("question", "line", "meant"),
    [
        (FLAG, "y", Typed(value=True)),
        (FLAG, "２", Typed(value=False)),
        (FLAG, "没有", Typed(value=False)),
        (FLAG, "3", None),
        (CODE, "3", Typed("C")),
        (CODE, "c", Typed("C")),
        (CODE, "0", None),
        (CODES, "0", Typed([])),
        (CODES, "1，2", Typed([CODES.choices[0][0], CODES.choices[1][0]])),
        (CODES, "1 99", None),
        (DAY, "1951年4月2日", Typed("1951-04-02")),
        (DAY, "1951.4.2", Typed("1951-04-02")),
        (DAY, "19510402", Typed("1951-04-02")),
        (DAY, "yesterday", None),
        (MONEY, " 1200.50 ", Typed("1200.50")),
        (MONEY, "-500", Typed("-500")),
        (COUNT, "３", Typed("3")),
        (FLAG, "？", Typed(wish=Wish.WHY)),
        (FLAG, "＜", Typed(wish=Wish.BACK)),
        (FLAG, "Q", Typed(wish=Wish.STOP)),
        (FLAG, "", Typed(wish=Wish.NOT_KNOWN)),
        (FLAG, "-", Typed(wish=Wish.NOT_KNOWN)),
        (FLAG, "- refused", Typed(wish=Wish.NOT_KNOWN, reason=fr.Why.REFUSED)),
        (FLAG, "- 拒绝提供", Typed(wish=Wish.NOT_KNOWN, reason=fr.Why.REFUSED)),
        (FLAG, "- perhaps", None),
    ],
)
def test_a_line_is_read_as_it_was_meant(question: Question, line: str, meant: Typed | None) -> None:
    assert read_typed(line, question) == meant


def test_nothing_typed_for_a_reason_says_not_collected() -> None:
    assert read_reason(" ") is fr.Why.NOT_COLLECTED
    assert read_reason("5") is fr.Why.NEEDS_JUDGEMENT
    assert read_reason("zero_divisor") is None


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        (FLAG, "请答“是”或“否”，或其序号", "answer yes or no, or the number before it"),
        (CODE, "请答1到4之间的序号", "answer a number from 1 to 4"),
        (
            CAUSES,
            f"请答1到{len(CAUSES.choices)}之间的序号，可答多个（至多2个）；0表示都没有",
            f"answer numbers from 1 to {len(CAUSES.choices)}, several (at most 2) or none (0)",
        ),
        (DAY, "请答日期，如 1951-04-02", "answer a day, such as 1951-04-02"),
        (
            MONEY,
            "请答0到100,000,000之间的数，至多2位小数",
            "answer a number from 0 to 100,000,000, with at most 2 decimal places",
        ),
        (COUNT, "请答1到60之间的整数", "answer a whole number from 1 to 60"),
    ],
)
def test_it_is_told_what_an_answer_may_be(question: Question, zh: str, en: str) -> None:
    assert expected_words(question, "zh") == zh
    assert expected_words(question, "en") == en


def test_what_was_refused_is_not_the_next_question_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("rural\nno\n- refused\n"))
    assert main(["ask", "--policy", "yucheng-2016", "--on", "2016-01-31", "--lang", "en", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    refused, asked = [fact for fact, _ in told["interview"]["asked"]][-1], told["question"]["text"]["en"]
    monkeypatch.setattr("sys.stdin", io.StringIO("rural\nno\n- refused\n"))
    assert main(["ask", "--policy", "yucheng-2016", "--on", "2016-01-31", "--lang", "en"]) == 0
    end = capsys.readouterr().out.rpartition("next question")[2]
    assert refused != told["question"]["fact"]
    assert end.strip().startswith(asked)
