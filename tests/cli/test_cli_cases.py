"""Cases from the shell: what a case worker types and reads, what a script gets, and what neither can do by mistake."""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from small_pack import write_pack
from small_procedure import small_procedure

from fupin_rules.cli import main
from fupin_rules.cli.case._named import named
from fupin_rules.cli.case._standing import review_row
from fupin_rules.engine import assess
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.journal import (
    FIRST,
    JournalLockedError,
    LinesFile,
    SqliteStore,
    canonical,
    leaf_digest,
    read_checkpoint,
    read_lines,
    salted_digest,
)
from fupin_rules.model import Household, to_plain
from fupin_rules.policy import load_policy
from fupin_rules.registry import read_register, simulate, write_register
from fupin_rules.workflow import Accepted, Actor, Case, Code, Event, Evidence, Mark, Signatures, load_procedure

OFFICE = Path(__file__).with_name("office.toml")
COMMAND = Path(__file__).parents[2] / "docs" / "reference" / "command.md"
VILLAGE = "371482102207"
SALT = "00112233445566778899aabbccddeeff"
ORDER = "某县，《某县通知》，1，2015-12-31，{}（原文随附）"
ORDER_EN = "某县, order of a county (invented), 1, 2015-12-31, {} (text held with the pack)"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `fupin case` with the procedure of the office."""

    def _run(command: str, *arguments: str, office: bool = True) -> tuple[int, str, str]:
        known = command == "checkpoint" or not office
        status = main(["case", command, *arguments, *([] if known else ["--procedure", str(OFFICE)])])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return _run


def digest(number: int) -> str:
    return f"hmac-sha256:{number:064x}"


def by(role: str, actor: str, at: str, place: str = VILLAGE) -> list[str]:
    return ["--role", role, "--actor", actor, "--place", place, "--at", at]


APPLY = [
    *["--event", "apply", *by("household", "h1", "2016-01-13")],
    *["--data", f"consent={digest(1)}", "--evidence", f"form={digest(2)}@2016-01-12"],
]
MET = ["outcome=agreed", "present=25", "entitled=30", "visited=yes", "met_on=2016-01-14"]
MEET = [
    *["--event", "meet", *by("assembly", "a1", "2016-01-14"), "--data", *MET],
    *["--evidence", f"minutes={digest(3)}@2016-01-14", f"photo={digest(4)}@2016-01-14", "--event-id", "meeting-7"],
]
SIGN = ["--event", "sign", *by("head", "v1", "2016-01-15")]
SIGN_TOO = ["--event", "sign", *by("secretary", "f1", "2016-01-15")]
POST = ["--event", "post", *by("head", "v1", "2016-01-15"), "--evidence", f"photo={digest(5)}@2016-01-15"]
OBJECT = ["--event", "object", *by("household", "h9", "2016-01-17"), "--data", "ground=有车"]
DISMISS = [
    *["--event", "resolve", *by("county", "c1", "2016-01-18", "371482")],
    *["--data", "objection=H-1-6", "outcome=dismissed", "reason=查无此车"],
]
CLOSE = ["--event", "close", *by("head", "v1", "2016-01-23")]
ENTER = ["--event", "enter", *by("county", "c1", "2016-01-25", "371482")]
ALL = [MEET, SIGN, SIGN_TOO, POST, OBJECT, DISMISS, CLOSE, [*ENTER, "--assessment", "eligible"]]


def opened(run: Run, *, steps: int = 0, journal: str = "j.jsonl", case: str = "H-1") -> None:
    """Open a case and take the first steps of the way to the list."""
    assert run("open", journal, case, *APPLY)[0] == 0
    for step in ALL[:steps]:
        status, out, err = run("step", journal, case, *step)
        assert status == 0, out + err


def entries(journal: str = "j.jsonl") -> list[dict[str, Any]]:
    return [json.loads(json.dumps(entry)) for entry in read_lines(journal).entries]


def rewrite(held: Sequence[Mapping[str, Any]], journal: str = "j.jsonl", *, linked: bool = True) -> None:
    """Write a journal anew, as a forger would: every checksum right, every digest if wanted."""
    lines, heads = b"", dict[object, str]()
    for entry in held:
        new = {**entry, "prev": heads.get(entry["case"], FIRST)} if linked else dict(entry)
        data = canonical(new)
        heads[entry["case"]] = leaf_digest(data)
        lines += b"%08x %b\n" % (zlib.crc32(data), data)
    Path(journal).write_bytes(lines)


# -- open and step ----------------------------------------------------------------------------------------------------


def test_a_case_is_opened_and_the_answer_says_all_that_was_kept(run: Run) -> None:
    assert run("open", "j.jsonl", "H-1", *APPLY, "--lang", "zh") == (
        0,
        """\
已记入第1条：提出申请
  办理      农户 h1，2016-01-13
  事项编号  H-1-1（未指定，自动编号）
  环节      待申请 → 已申请
  轮次      1
  期限      评议期限（10日）：2016-01-23
""",
        "",
    )
    assert run("open", "j.jsonl", "H-2", *APPLY, "--event-id", "form-8") == (
        0,
        """\
kept as entry 1: the household applies
  by        household h1, 2016-01-13
  event id  form-8
  state     draft → applied
  round     1
  due       meeting due (10 days): 2016-01-23
""",
        "",
    )
    assert [(each["case"], each["event"]["id"]) for each in entries()] == [("H-1", "H-1-1"), ("H-2", "form-8")]


def test_a_script_gets_the_entry_and_what_follows_from_it(run: Run) -> None:
    status, out, _ = run("open", "j.jsonl", "H-1", *APPLY, "--json")
    told = json.loads(out)
    assert status == 0
    assert told["entry"] == entries()[0]
    assert told["head"] == leaf_digest(canonical(entries()[0]))
    assert {key: told[key] for key in ("kind", "written", "case", "event", "seq", "from", "to", "round", "due")} == {
        "kind": "accepted",
        "written": True,
        "case": "H-1",
        "event": "H-1-1",
        "seq": 1,
        "from": "draft",
        "to": "applied",
        "round": 1,
        "due": {"meeting_due": "2016-01-23"},
    }


def test_a_step_tells_how_signatures_and_notices_stand(run: Run) -> None:
    opened(run, steps=1)
    assert run("step", "j.jsonl", "H-1", *SIGN, "--lang", "zh")[1] == (
        """\
已记入第3条：两方签字
  办理      村主任 v1，2016-01-15
  事项编号  H-1-3（未指定，自动编号）
  环节      评议通过
  轮次      1
  两方签字  1/2：村主任 v1；缺 第一书记
"""
    )
    assert run("step", "j.jsonl", "H-1", *SIGN_TOO)[1] == (
        """\
kept as entry 4: one of both signs
  by               first secretary f1, 2016-01-15
  event id         H-1-4 (made; give one with --event-id to send it again safely)
  state            agreed
  round            1
  both signatures  2/2: village head v1, first secretary f1
"""
    )
    assert run("step", "j.jsonl", "H-1", *POST, "--lang", "zh")[1].endswith(
        """\
  环节      评议通过 → 公示中
  轮次      1
  村内公示  2016-01-15张贴，至2016-01-22
  期限      公示期限（8个工作日）：待定，需节假日（--calendar）
"""
    )
    _, out, _ = run("step", "j.jsonl", "H-1", *OBJECT, "--calendar")
    assert (
        out.splitlines()[-2:]
        == """\
  village notice  posted 2016-01-15, until 2016-01-22, objection H-1-6 has no outcome yet
  due             notice due (8 working days): 2016-01-27
""".splitlines()
    )


REFUSED = [
    *["--event", "meet", *by("assembly", "a1", "2016-01-14")],
    *["--data", "outcome=同意", "present=11", "visited=yes", "--evidence", f"minutes={digest(3)}@2016-01-14"],
]


def test_a_refusal_gives_every_reason_the_law_the_ways_out_and_the_options_that_are_missing(run: Run) -> None:
    opened(run)
    before = Path("j.jsonl").read_bytes()
    law = ORDER.format(2)
    assert run("step", "j.jsonl", "H-1", *REFUSED, "--lang", "zh") == (
        1,
        f"""\
未受理：
1. 缺少“应到人数”
2. 缺少“会议日”
3. “评议同意”须附“照片”——{law}
4. 须满足：（到会人数 × 3）不低于（应到人数 × 2）；未知：应到人数——{law}
5. 须满足：结果等于「不同意」——{law}
补正以下各项即可受理：1、2、5；或1、2、3、4
   --data entitled=整数 met_on=日期
   --evidence photo=…@日期
""",
        "",
    )
    law = ORDER_EN.format(2)
    assert run("step", "j.jsonl", "H-1", *REFUSED) == (
        1,
        f"""\
refused:
1. “people entitled” is missing
2. “day of the meeting” is missing
3. “the assembly agrees” needs evidence: photo — {law}
4. must hold: (people present × 3) is at least (people entitled × 2); not known: people entitled — {law}
5. must hold: outcome is “refused” — {law}
mending these makes it accepted: 1, 2, 5; or 1, 2, 3, 4
   --data entitled=NUMBER met_on=DATE
   --evidence photo=…@DATE
""",
        "",
    )
    status, out, _ = run("step", "j.jsonl", "H-1", *REFUSED, "--json")
    told = json.loads(out)
    assert (status, told["kind"], told["written"], told["seq"]) == (1, "refused", False, 1)
    assert [reason["code"] for reason in told["reasons"]] == [
        "field_missing",
        "field_missing",
        "evidence_missing",
        "guard_open",
        "guard",
    ]
    assert told["ways"] == [[0, 1, 4], [0, 1, 2, 3]]
    assert Path("j.jsonl").read_bytes() == before


def test_a_refusal_over_signatures_or_objections_says_whose_and_which(run: Run) -> None:
    opened(run, steps=2)
    assert run("step", "j.jsonl", "H-1", *POST, "--lang", "zh")[1] == (
        f"""\
未受理：
1. 须满足：“两方签字”已签齐；尚缺签字：第一书记——{ORDER.format(3)}
    两方签字  1/2：村主任 v1；缺 第一书记
"""
    )
    for step in ALL[2:5]:
        assert run("step", "j.jsonl", "H-1", *step)[0] == 0
    status, out, _ = run("step", "j.jsonl", "H-1", *CLOSE)
    assert status == 1
    assert out.endswith(
        "    village notice  posted 2016-01-15, until 2016-01-22, objection H-1-6 has no outcome yet\n"
    ), out


def test_what_nothing_mends_names_no_options_to_add(run: Run) -> None:
    opened(run)
    status, out, _ = run("step", "j.jsonl", "H-1", "--event", "resolve", *by("county", "c1", "2016-01-14", "371482"))
    assert status == 1
    assert out.endswith("nothing mends it in this state.\n")


def test_an_option_that_several_ways_miss_is_named_once(run: Run) -> None:
    opened(run)
    _, out, _ = run("step", "j.jsonl", "H-1", "--event", "meet", *by("assembly", "a1", "2016-01-14"), "--lang", "zh")
    assert out.splitlines()[-2:] == [
        "   --data outcome=代码 present=整数 entitled=整数 visited=是|否 met_on=日期",
        "   --evidence minutes=…@日期 photo=…@日期",
    ]


def test_a_dry_run_judges_and_writes_nothing(run: Run) -> None:
    status, out, _ = run("open", "j.jsonl", "H-1", *APPLY, "--dry-run", "--lang", "zh")
    assert (status, out.splitlines()[0]) == (0, "可受理（试办，未记入）：提出申请")
    assert not Path("j.jsonl").exists()
    opened(run)
    before = Path("j.jsonl").read_bytes()
    status, out, _ = run("step", "j.jsonl", "H-1", *MEET, "--dry-run")
    assert (status, out.splitlines()[0]) == (0, "would be accepted (nothing was written): the assembly agrees")
    assert json.loads(run("step", "j.jsonl", "H-1", *MEET, "--dry-run", "--json")[1])["written"] is False
    assert run("step", "j.jsonl", "H-1", *REFUSED, "--dry-run")[0] == 1
    assert run("open", "j.jsonl", "H-2", *APPLY, "--dry-run")[0] == 0
    assert Path("j.jsonl").read_bytes() == before


def test_what_is_refused_makes_no_journal(run: Run) -> None:
    assert run("open", "j.jsonl", "H-1", "--event", "apply", *by("household", "h1", "2016-01-13"))[0] == 1
    assert run("open", "j.sqlite", "H-1", "--event", "apply", *by("household", "h1", "2016-01-13"))[0] == 1
    assert list(Path().iterdir()) == []


def test_what_is_sent_twice_is_taken_once(run: Run) -> None:
    opened(run)
    before = Path("j.jsonl").read_bytes()
    assert run("open", "j.jsonl", "H-1", *APPLY) == (
        0,
        "taken before (H-1, event id H-1-1); nothing was added.\n",
        "",
    )
    assert Path("j.jsonl").read_bytes() == before
    assert run("step", "j.jsonl", "H-1", *MEET)[0] == 0
    assert run("step", "j.jsonl", "H-1", *MEET, "--lang", "zh")[:2] == (
        0,
        "此前已记入（H-1，事项编号 meeting-7），本次未再记入。\n",
    )
    told = json.loads(run("step", "j.jsonl", "H-1", *MEET, "--json")[1])
    assert told == {"kind": "duplicate", "written": False, "case": "H-1", "event": "meeting-7", "seq": 2}
    assert len(entries()) == 2


def test_a_case_that_is_open_is_not_opened_again(run: Run) -> None:
    opened(run)
    other = [each.replace("h1", "h2") for each in APPLY]
    assert run("open", "j.jsonl", "H-1", *other, "--lang", "zh") == (
        1,
        "未受理：\n1. 本案已立案（现有1条），以后各步请用 `fupin case step`\n",
        "",
    )
    status, out, _ = run("open", "j.jsonl", "H-1", *other, "--json")
    assert (status, [each["code"] for each in json.loads(out)["reasons"]]) == (1, ["case_exists"])


def test_a_decision_made_on_an_older_look_is_told_to_look_again(run: Run) -> None:
    opened(run, steps=1)
    status, out, _ = run("step", "j.jsonl", "H-1", *SIGN, "--expect", "1", "--lang", "zh")
    assert (status, out) == (1, "未受理：\n1. 本案已有更新的记录（第2条，而非第1条），请重新查看\n")
    assert run("step", "j.jsonl", "H-1", *SIGN, "--expect", "2")[0] == 0


def test_a_relative_is_kept_out_where_it_is_told(run: Run) -> None:
    opened(run)
    status, out, _ = run("step", "j.jsonl", "H-1", *MEET, "--kin", "--lang", "zh")
    assert status == 1
    assert "该户亲属应回避" in out


# -- what is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field", "kept"),
    [
        ("visited=是", "visited", True),
        ("visited=TRUE", "visited", True),
        ("visited=yes", "visited", True),
        ("visited=否", "visited", False),
        ("visited=no", "visited", False),
        ("visited=False", "visited", False),
        ("已入户=是", "visited", True),
        ("present=25", "present", 25),
        ("present=２５", "present", 25),
        ("到会人数＝25", "present", 25),
        ("people present=25", "present", 25),
        ("outcome=agreed", "outcome", "agreed"),
        ("outcome=同意", "outcome", "agreed"),
        ("outcome=Agreed", "outcome", "agreed"),
        ("met_on=2016-01-14", "met_on", date(2016, 1, 14)),
        ("note=a=b ", "note", "a=b "),
    ],
)
def test_values_are_read_by_the_kind_of_their_field(run: Run, typed: str, field: str, kept: object) -> None:
    opened(run)
    others = [each for each in MET if not each.startswith(field)]
    arguments = [each for each in MEET if each not in MET]
    arguments[arguments.index("--data") + 1 : arguments.index("--data") + 1] = [*others, typed]
    status, out, err = run("step", "j.jsonl", "H-1", *arguments, "--dry-run", "--json")
    told = json.loads(out)
    if kept is False:
        assert (status, next(each["wanted"] for each in told["reasons"])) == (1, "event.visited"), err
        return
    assert status == 0, out + err
    assert told["entry"]["event"]["data"][field] == (kept.isoformat() if isinstance(kept, date) else kept)


WHO = by("assembly", "a1", "2016-01-14")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--event", "meat", *WHO], "--event: `meat` is no event of `office`; did you mean `meet`?"),
        (["--event", "会", *WHO], ("--event: `会` is no event of `office`; known: apply, meet, sign, post, object, resolve, "
         "close, enter")),
        (["--event", "meet", *by("assembley", "a1", "2016-01-14")],
         "--role: `assembley` is no role of `office`; did you mean `assembly`?"),
        (["--event", "meet", *WHO, "--data", "presant=2"],
         "--data: `presant` is no field of the event `meet`; did you mean `present`?"),
        (["--event", "meet", *WHO, "--data", "到会人=2"],
         "--data: `到会人` is no field of the event `meet`; did you mean `present`?"),
        (["--event", "meet", *WHO, "--data", "present=many"], "--data present: is no whole number; give 0 to 500"),
        (["--event", "meet", *WHO, "--data", "present=1234567890123"], "--data present: is no whole number; give 0 to 500"),
        (["--event", "meet", *WHO, "--data", "present=2.5"], "--data present: is no whole number; give 0 to 500"),
        (["--event", "meet", *WHO, "--data", "visited=2"],
         "--data visited: is neither yes nor no; write yes or no, 是 or 否"),
        (["--event", "meet", *WHO, "--data", "met_on=14 January"], "--data met_on: is no day; write it as 2016-01-31"),
        (["--event", "meet", *WHO, "--data", "outcome=agree"],
         "--data outcome: `agree` is no code of it; did you mean `agreed`?"),
        (["--event", "meet", *WHO, "--data", "present=2", "present=3"],
         "--data: `present` is given twice; give it once"),
        (["--event", "meet", *WHO, "--data", "present"],
         "--data: `present` is not of that form; write FIELD=VALUE; options come after JOURNAL and CASE_ID"),
        (["--event", "apply", *WHO, "--data", "consent=paper.pdf"],
         "--data consent: is no salted digest and no file; give `hmac-sha256:…` or a file"),
        (["--event", "meet", *WHO, "--evidence", f"minute={digest(3)}@2016-01-14"],
         "--evidence: `minute` is no sort of evidence of `office`; did you mean `minutes`?"),
        (["--event", "meet", *WHO, "--evidence", f"minutes={digest(3)}"],
         "--evidence minutes: has no day; end it with the day it was taken or drawn up: minutes=…@2016-01-31"),
        (["--event", "meet", *WHO, "--evidence", "minutes=hmac-sha256:12@2016-01-14"],
         "--evidence minutes: evidence enters as a salted digest; give `salted_digest(…)` of it"),
        (["--event", "meet", *WHO, "--evidence", "minutes=here.txt@2016-01-14"],
         ("--evidence minutes: the digest of a file needs a salt; give `--salt-file`: without a salt, whoever has the same "
         "picture could tell whose it is")),
        (["--event", "meet", *WHO, "--salt-file", "here.txt"],
         "--salt-file: a salt that is not hexadecimal or too short; give 16 random bytes or more"),
        (["--event", "meet", *by("assembly", "王五", "2016-01-14")],
         ("--actor: is no id: 1 to 64 of a-z, A-Z, 0-9 and . _ : -, and not the number of a person; "
         "give an id that only you can resolve")),
        (["--event", "meet", *by("assembly", "a1", "2016-01-14", "here")],
         "--place: is no area code of 2 to 12 digits; give the code of a village, township or county"),
        (["--event", "meet", *WHO, "--event-id", "no id"],
         ("--event-id: is no id: 1 to 64 of a-z, A-Z, 0-9 and . _ : -, and not the number of a person; "
         "give an id that only you can resolve")),
        (["--event", "meet", *WHO, "--register", "here.txt", "--assessment", "eligible"], "here.txt: is no register"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_to_write_instead(run: Run, arguments: list[str], message: str) -> None:
    opened(run)
    Path("here.txt").write_text("something\n")
    before = Path("j.jsonl").read_bytes()
    status, out, err = run("step", "j.jsonl", "H-1", *arguments)
    assert (status, out) == (3 if "is no register" in message else 2, "")
    assert err.startswith(message), err
    assert Path("j.jsonl").read_bytes() == before


def test_a_label_that_two_parts_share_names_neither() -> None:
    parts = [Code("first", "同意", "yes"), Code("second", "同意", "yes, later")]
    assert named("yes", parts, "--data", "code").id == "first"
    with pytest.raises(FupinRulesError, match="--data: `同意` is no code; did you mean `"):
        named("同意", parts, "--data", "code")
    with pytest.raises(FupinRulesError, match="--data: that is no code; known: first, second"):
        named("〇" * 41, parts, "--data", "code")


@pytest.mark.parametrize("at", ["tomorrow", "2016-02-30", "2016-01-14T25:00", "0016-01-14", "11010119900307123X"])
def test_a_day_that_is_none_is_told_without_being_repeated(run: Run, at: str) -> None:
    status, _, err = run("open", "j.jsonl", "H-1", "--event", "apply", *by("household", "h1", at))
    assert (status, "argument --at: is no day" in err) == (2, True)
    assert at not in err


def test_a_time_of_day_is_kept_and_not_mixed_with_another_clock(run: Run) -> None:
    assert run("open", "j.jsonl", "H-1", *APPLY, "--at", "2016-01-13T09:30:00+08:00")[0] == 0
    assert entries()[0]["at"] == "2016-01-13T09:30:00+08:00"
    status, out, err = run("step", "j.jsonl", "H-1", *MEET, "--at", "2016-01-13T10:00:00")
    assert (status, out) == (2, "")
    assert err == "at: times with and without a time zone in one case; tell all with their offset from UTC, or none\n"


def test_a_file_enters_as_the_salted_digest_of_its_sha_256(run: Run) -> None:
    Path("form.jpg").write_bytes(b"a picture" * 1000)
    Path("consent.pdf").write_bytes(b"a paper")
    Path("h.salt").write_text(SALT + "\n")
    arguments = [
        *["--event", "申请", *by("农户", "h1", "2016-01-13"), "--salt-file", "h.salt"],
        *["--data", "授权书=consent.pdf", "--evidence", "申请书=form.jpg＠2016-01-12"],
    ]
    status, out, err = run("open", "j.jsonl", "H-1", *arguments)
    assert status == 0, out + err
    event = entries()[0]["event"]
    picture = hashlib.sha256(b"a picture" * 1000).hexdigest()
    assert event["evidence"] == [{"kind": "form", "digest": salted_digest(picture, SALT), "on": "2016-01-12"}]
    assert event["data"] == {"consent": salted_digest(hashlib.sha256(b"a paper").hexdigest(), SALT)}
    assert SALT not in out + err + Path("j.jsonl").read_text(encoding="utf-8")
    # A folder holds a salt for each case, so that one can be erased alone.
    Path("salts").mkdir()
    Path("salts/H-2.salt").write_text(SALT.replace("0", "f"))
    arguments[arguments.index("h.salt")] = "salts"
    assert run("open", "j.jsonl", "H-2", *arguments)[0] == 0
    assert entries()[1]["event"]["evidence"][0]["digest"] == salted_digest(picture, SALT.replace("0", "f"))
    status, _, err = run("open", "j.jsonl", "H-3", *arguments)
    assert (status, err) == (3, "H-3.salt: no such file or directory; check path, rights and space\n")


# -- what lies ahead --------------------------------------------------------------------------------------------------


def test_options_say_what_is_ready_what_it_takes_what_waits_and_whose_the_rest_is(run: Run) -> None:
    opened(run)
    assert run(
        "options", "j.jsonl", "H-1", "--role", "村民会议", "--actor", "a1", "--at", "2016-01-14", "--lang", "zh"
    ) == (
        0,
        """\
H-1：已申请（第1条）
可办
  meet  评议同意
      数据：outcome（结果）、present（到会人数）、entitled（应到人数）、visited（已入户）、met_on（会议日）、note（备注，可不填）；证据：minutes（会议记录）、photo（照片）
  meet  评议不同意
      数据：outcome（结果）、present（到会人数）、entitled（应到人数）、visited（已入户）、met_on（会议日）、note（备注，可不填）；证据：minutes（会议记录）
""",
        "",
    )
    for step in ALL[:4]:
        assert run("step", "j.jsonl", "H-1", *step)[0] == 0
    head = ["--role", "head", "--actor", "v1", "--at", "2016-01-16"]
    assert run("options", "j.jsonl", "H-1", *head)[1] == (
        """\
H-1: on notice (entry 5)
not yet
  close  the notice is closed
      from 2016-01-23
not yours
  object  somebody objects
      for: household, assembly
  resolve  the objection is dismissed
      for: county office
  resolve  the objection is upheld
      for: county office
"""
    )
    county = ["--role", "county", "--actor", "c1", "--at", "2016-01-16", "--lang", "zh"]
    assert run("options", "j.jsonl", "H-1", *county)[1].splitlines()[1:4] == [
        "暂不可办",
        "  resolve  异议不成立",
        "      “村内公示”没有这项待处理的异议",
    ]


def test_options_for_a_program_and_for_somebody_who_is_kept_out(run: Run) -> None:
    opened(run)
    who = ["--role", "assembly", "--actor", "a1", "--at", "2016-01-14"]
    told = json.loads(run("options", "j.jsonl", "H-1", *who, "--json")[1])
    assert (told["case"], told["seq"], told["state"]) == ("H-1", 1, "applied")
    assert [(each["move"], each["status"]) for each in told["options"]] == [("agree", "ready"), ("refuse", "ready")]
    assert run("options", "j.jsonl", "H-1", *who, "--kin")[1].splitlines()[1:4] == [
        "not yours",
        "  meet  the assembly agrees",
        "      a relative of the household may not take part in “the assembly agrees”",
    ]


def test_a_plan_says_who_does_what_with_what_from_when(run: Run) -> None:
    opened(run, steps=5)
    assert run("plan", "j.jsonl", "H-1", "--goal", "已列入", "--at", "2016-01-18", "--lang", "zh") == (
        0,
        """\
H-1：公示中（第6条）
最早2016-01-23到「已列入」，共3步：
  1. 2016-01-18 县扶贫办：异议不成立（resolve）
     数据：objection（异议编号）、outcome（结果）、reason（理由）
  2. 2016-01-23 村主任：公示结束（close）
  3. 2016-01-23 县扶贫办：列入名册（enter）
     假定评估结论为“符合条件”
""",
        "",
    )
    assert run("plan", "j.jsonl", "H-1", "--goal", "listed", "--at", "2016-01-18")[1] == (
        """\
H-1: on notice (entry 6)
“listed” by 2016-01-23 at the earliest, in 3 steps:
  1. 2016-01-18 county office: the objection is dismissed (resolve)
     data: objection, outcome, reason
  2. 2016-01-23 village head: the notice is closed (close)
  3. 2016-01-23 county office: the county enters it (enter)
     supposing the assessment says “eligible”
"""
    )
    told = json.loads(run("plan", "j.jsonl", "H-1", "--goal", "listed", "--at", "2016-01-18", "--json")[1])
    assert (told["reachable"], told["until"], [each["move"] for each in told["steps"]]) == (
        True,
        "2016-01-23",
        ["dismiss", "close", "enter"],
    )


def test_a_plan_for_a_goal_that_is_reached_or_out_of_reach_or_none(run: Run) -> None:
    opened(run)
    where = ["plan", "j.jsonl", "H-1", "--at", "2016-01-14", "--goal"]
    assert run(*where, "applied")[:2] == (0, "H-1: applied (entry 1)\nit is there.\n")
    assert run(*where, "applied", "--lang", "zh")[1].endswith("已经到达。\n")
    status, out, _ = run(*where, "listed", "--assessment", "ineligible")
    assert (status, out.splitlines()[1]) == (0, "“listed” cannot be reached:")
    assert run(*where, "lost")[::2] == (2, "--goal: `lost` is no state of `office`; did you mean `listed`?\n")


def test_deadlines_of_a_case_say_until_when_by_which_rule_and_what_follows(run: Run) -> None:
    opened(run, steps=4)
    assert run("deadlines", "j.jsonl", "H-1", "--at", "2016-01-18", "--lang", "zh") == (
        0,
        f"""\
H-1：公示中（第5条）
  公示期限（8个工作日）：待定，需2016年放假安排（--calendar）
  逾期后  报县扶贫办
  依据    {ORDER.format(7)}
""",
        "",
    )
    _, out, _ = run("deadlines", "j.jsonl", "H-1", "--at", "2016-01-29", "--calendar", "--by-day")
    assert out.startswith(
        f"""\
H-1: on notice (entry 5)
  notice due (8 working days): was due 2016-01-27, overdue by 2 days
  then  it goes to the county office
  law   {ORDER_EN.format(7)}
  2016-01-15  the day it starts on does not count
  2016-01-16  no working day
  2016-01-17  no working day
  2016-01-18  day 1
"""
    )
    assert out.endswith("  2016-01-27  day 8\n")
    told = json.loads(run("deadlines", "j.jsonl", "H-1", "--at", "2016-01-29", "--calendar", "--json")[1])
    (running,) = told["deadlines"]
    assert (running["until"], running["days_left"], len(running["count"])) == ("2016-01-27", -2, 13)
    assert run("step", "j.jsonl", "H-1", *CLOSE)[0] == 0
    assert run("deadlines", "j.jsonl", "H-1", "--at", "2016-01-29")[1].endswith("no deadline runs.\n")


def test_deadlines_of_all_cases_stand_in_the_order_in_which_they_end(run: Run) -> None:
    opened(run, case="H-1")
    opened(run, case="H-2", steps=7 - 3)
    other = [each.replace("2016-01-13", "2016-01-10").replace("2016-01-12", "2016-01-09") for each in APPLY]
    assert run("open", "j.jsonl", "H-3", *other)[0] == 0
    assert run("deadlines", "j.jsonl", "--at", "2016-01-21", "--lang", "zh") == (
        0,
        """\
  案件  环节    期限      到期日      尚余天数
  H-3   已申请  评议期限  2016-01-20        -1
  H-1   已申请  评议期限  2016-01-23         2
  H-2   公示中  公示期限  待定               –
""",
        "",
    )
    told = json.loads(run("deadlines", "j.jsonl", "--at", "2016-01-21", "--json")[1])
    assert [(each["case"], each["deadline"], each["until"], each["days_left"]) for each in told] == [
        ("H-3", "meeting_due", "2016-01-20", -1),
        ("H-1", "meeting_due", "2016-01-23", 2),
        ("H-2", "notice_due", None, None),
    ]


# -- looking back -----------------------------------------------------------------------------------------------------


def test_one_case_is_shown_with_its_history_in_words_and_where_it_stands(run: Run) -> None:
    opened(run, steps=5)
    assert run("show", "j.jsonl", "H-1", "--lang", "zh") == (
        0,
        """\
案件 H-1：村办事程序，第1版
  1. 2016-01-13 农户 h1：提出申请 → 已申请
     授权书：hmac-sha256:00000000…；申请书 2016-01-12
  2. 2016-01-14 村民会议 a1：评议同意 → 评议通过
     结果：同意；到会人数：25；应到人数：30；已入户：是；会议日：2016-01-14；会议记录 2016-01-14；照片 2016-01-14；事项编号 meeting-7
  3. 2016-01-15 村主任 v1：两方签字
  4. 2016-01-15 第一书记 f1：两方签字
  5. 2016-01-15 村主任 v1：张贴公示 → 公示中
     照片 2016-01-15
  6. 2016-01-17 农户 h9：提出异议
     理由：有车

现在
  环节      公示中，2016-01-15起
  轮次      1（2016-01-13起）
  村内公示  2016-01-15张贴，至2016-01-22，异议 H-1-6 待处理
  两方签字  2/2：村主任 v1、第一书记 f1
  授权书    hmac-sha256:00000000…
  已入户    是
  会议日    2016-01-14
  公示期限  待定
""",
        "",
    )
    upheld = [each.replace("dismissed", "upheld") for each in DISMISS]
    assert run("step", "j.jsonl", "H-1", *upheld)[0] == 0
    again = [each.replace("01-14", "01-19").replace("meeting-7", "meeting-8") for each in MEET]
    again = [each.replace(digest(3), digest(13)).replace(digest(4), digest(14)) for each in again]
    assert run("step", "j.jsonl", "H-1", *again)[0] == 0
    _, out, _ = run("show", "j.jsonl", "H-1")
    assert (
        out.partition("  6. ")[2]
        == """\
2016-01-17 household h9: somebody objects
     ground: 有车
  -- round 2 --
  7. 2016-01-18 county office c1: the objection is upheld → applied
     objection: H-1-6; outcome: upheld; reason: 查无此车
  8. 2016-01-19 assembly a1: the assembly agrees → agreed
     outcome: agreed; people present: 25; people entitled: 30; visited: yes; day of the meeting: 2016-01-19; minutes 2016-01-19; photo 2016-01-19; event id meeting-8

now
  state               agreed, since 2016-01-19
  round               2 (since 2016-01-18)
  consent             hmac-sha256:00000000…
  visited             yes
  day of the meeting  2016-01-19
"""
    )


def test_one_case_for_a_program(run: Run) -> None:
    opened(run, steps=5)
    told = json.loads(run("show", "j.jsonl", "H-1", "--json")[1])
    assert told["entries"] == entries()
    assert (told["state"], told["round"], told["seq"], told["place"]) == ("on_notice", 1, 6, VILLAGE)
    assert told["facts"] == {"consent": digest(1), "visited": True, "met_on": "2016-01-14"}
    assert told["reviews"]["joint"]["marks"]["head"] == {"person": "v1", "role": "head", "waived": False}
    assert told["notices"]["village"] == {
        "posted": "2016-01-15",
        "until": "2016-01-22",
        "closed": None,
        "objections": {"H-1-6": ""},
    }
    assert told["due"] == {"notice_due": None}


def test_an_assessment_told_by_hand_is_shown_as_such(run: Run) -> None:
    opened(run, steps=8)
    assert entries()[-1]["outside"]["assessment"] == {
        "policy": "yucheng-2016",
        "fingerprint": "",
        "on": "2016-01-25",
        "outcome": "eligible",
        "facts": "",
    }
    _, out, _ = run("show", "j.jsonl", "H-1", "--lang", "zh")
    assert "     评估（yucheng-2016）：符合条件，人工告知\n" in out
    _, out, _ = run("show", "j.jsonl", "H-1")
    assert "     assessment (yucheng-2016): eligible, told by hand\n" in out


def test_all_cases_stand_in_one_table(run: Run) -> None:
    opened(run, case="H-1")
    opened(run, case="H-2", steps=4)
    opened(run, case="H-3", steps=2)
    assert run("show", "j.jsonl", "--lang", "zh") == (
        0,
        """\
  案件  环节      轮次  条数  最近一条    最近期限
  H-1   已申请       1     1  2016-01-13  2016-01-23  评议期限
  H-2   公示中       1     5  2016-01-15  待定        公示期限
  H-3   评议通过     1     3  2016-01-15

3件，9条：已申请 1、公示中 1、评议通过 1
以上照日志所记；是否真实可信，用 `fupin case verify` 核对。
""",
        "",
    )
    # Labels need the procedure; the table does not.
    assert run("show", "j.jsonl", office=False)[1] == (
        """\
  case  state      round  entries  last entry  next deadline
  H-1   applied        1        1  2016-01-13  2016-01-23     meeting_due
  H-2   on_notice      1        5  2016-01-15  not known      notice_due
  H-3   agreed         1        3  2016-01-15

3 cases, 9 entries: applied 1, on_notice 1, agreed 1
as recorded; `fupin case verify` checks it.
"""
    )
    told = json.loads(run("show", "j.jsonl", "--json")[1])
    assert [(each["case"], each["state"], each["seq"], each["due"]) for each in told] == [
        ("H-1", "applied", 1, {"meeting_due": "2016-01-23"}),
        ("H-2", "on_notice", 5, {"notice_due": None}),
        ("H-3", "agreed", 3, {}),
    ]


def test_a_case_is_drawn_and_so_is_an_installed_procedure(run: Run) -> None:
    opened(run, steps=4)
    status, out, _ = run("diagram", "j.jsonl", "H-1", "--lang", "zh")
    assert (status, "村办事程序" in out, "H-1" in out, "公示中" in out) == (0, True, True, True)
    told = json.loads(run("diagram", "j.jsonl", "H-1", "--form", "mermaid", "--at", "2016-01-30", "--json")[1])
    assert (told["form"], "stateDiagram-v2" in told["text"], "2016-01-30" in told["text"]) == ("mermaid", True, True)
    status, out, _ = run("diagram", "--procedure", "yucheng-2016", "--form", "dot", office=False)
    assert (status, out.startswith("digraph ")) == (0, True)
    assert run("diagram", office=False)[::2] == (
        2,
        "fupin case diagram: one procedure is drawn at a time; give one with `--procedure`, or JOURNAL and CASE_ID\n",
    )
    assert run("diagram", "j.jsonl")[::2] == (
        2,
        "CASE_ID: one case is drawn at a time; name it after the journal\n",
    )


# -- checking ---------------------------------------------------------------------------------------------------------


def test_a_clean_journal_is_said_to_be_clean_and_what_that_does_not_say(run: Run) -> None:
    opened(run, steps=8)
    assert run("verify", "j.jsonl", "--lang", "zh") == (
        0,
        (
            "9条，1件：没有发现问题。\n"
            "限度：没有检查点，9条无从证明不是整个重写的；1次评估照记录采信；记入时就不真实的，核对不出来。\n"
        ),
        "",
    )
    status, out, err = run("checkpoint", "j.jsonl", "--origin", "county.example/register")
    assert (status, err) == (0, "")
    mark = read_checkpoint(out)
    assert (mark.origin, mark.size) == ("county.example/register", 9)
    Path("mark.txt").write_text(out)
    assert run("verify", "j.jsonl", "--checkpoint", "mark.txt")[1] == (
        "9 entries, 1 case: nothing was found.\n"
        "limits: the checkpoints cover all entries; 1 assessment taken as recorded; "
        "what was untrue when it was entered no check can find.\n"
    )
    opened(run, case="H-2")
    assert run("verify", "j.jsonl", "--checkpoint", "mark.txt")[1] == (
        "10 entries, 2 cases: nothing was found.\n"
        "limits: 1 entry after the last checkpoint: nothing shows they were not written anew; "
        "1 assessment taken as recorded; what was untrue when it was entered no check can find.\n"
    )
    told = json.loads(run("verify", "j.jsonl", "--checkpoint", "mark.txt", "--json")[1])
    assert told == {
        "ok": True,
        "entries": 10,
        "cases": 2,
        "root": told["root"],
        "findings": [],
        "checkpoints": 1,
        "after_last_checkpoint": 1,
        "not_judged": 0,
        "assessments_as_recorded": 1,
        "assessments_made_again": 0,
        "assessments_of_other_facts": 0,
    }
    assert json.loads(run("checkpoint", "j.jsonl", "--origin", "x", "--json")[1])["root"] == told["root"]


def test_an_edited_entry_a_forged_one_and_a_rewritten_journal_are_found(run: Run) -> None:
    opened(run, steps=3)
    mark = run("checkpoint", "j.jsonl", "--origin", "county.example/register")[1]
    Path("mark.txt").write_text(mark)
    honest = entries()
    edited = [*honest[:1], {**honest[1], "by": {**honest[1]["by"], "id": "a2"}}, *honest[2:]]
    rewrite(edited, linked=False)
    assert run("verify", "j.jsonl", "--lang", "zh") == (
        1,
        (
            "4条，1件：发现1处问题。\n"
            "  第2条（H-1 第2条）改动：第2条与后一条所承接的内容不符，已被改动\n"
            "限度：没有检查点，4条无从证明不是整个重写的；记入时就不真实的，核对不出来。\n"
        ),
        "",
    )
    status, out, err = run("checkpoint", "j.jsonl", "--origin", "county.example/register", "--lang", "zh")
    assert (status, out) == (1, "")
    assert err == "记录之间不相衔接（1处），不出具检查点；先用 `fupin case verify` 核对\n"
    assert json.loads(run("checkpoint", "j.jsonl", "--origin", "x", "--json")[1]) == {
        "ok": False,
        "entries": 4,
        "findings": 1,
    }
    # Nobody was asked whether eleven of thirty are enough.
    event = {**honest[1]["event"], "data": {**honest[1]["event"]["data"], "present": 11}}
    rewrite([*honest[:1], {**honest[1], "event": event}, *honest[2:]])
    status, out, _ = run("verify", "j.jsonl")
    assert status == 1
    assert "  entry 2 (H-1, no. 2), inadmissible: its procedure refuses it: must hold: (people present × 3)" in out
    status, out, _ = run("verify", "j.jsonl", "--checkpoint", "mark.txt", "--json")
    told = json.loads(out)
    assert (status, told["ok"], [each["kind"] for each in told["findings"]]) == (1, False, ["inadmissible", "forked"])
    assert [(each["entry"], each["case"], each["seq"]) for each in told["findings"]] == [(2, "H-1", 2), (4, "", 0)]


def test_a_journal_that_was_cut_is_found_with_the_checkpoint_only(run: Run) -> None:
    opened(run, steps=3)
    Path("mark.txt").write_text(run("checkpoint", "j.jsonl", "--origin", "county.example/register")[1])
    rewrite(entries()[:2])
    assert run("verify", "j.jsonl")[0] == 0
    status, out, _ = run("verify", "j.jsonl", "--checkpoint", "mark.txt", "--lang", "zh")
    assert status == 1
    assert "  第3条 截断：现有2条，检查点记载为4条，末尾已被删去\n" in out


def test_a_checkpoint_that_is_none_is_told_by_its_file(run: Run) -> None:
    opened(run)
    Path("mark.txt").write_text("county.example/register\n1\n")
    status, _, err = run("verify", "j.jsonl", "--checkpoint", "mark.txt")
    assert (status, err) == (3, "mark.txt: fewer than three lines; copy its lines as they were issued\n")
    Path("mark.txt").write_bytes(b"\xff\xfe")
    assert run("verify", "j.jsonl", "--checkpoint", "mark.txt")[::2] == (
        3,
        "mark.txt: is no text; give a checkpoint\n",
    )
    assert run("checkpoint", "j.jsonl", "--origin", "a\nb")[::2] == (
        2,
        "--origin: is no line of text; give a name\n",
    )


def test_a_procedure_that_is_nowhere_is_asked_for(run: Run) -> None:
    opened(run)
    status, out, err = run("verify", "j.jsonl", office=False)
    assert (status, err) == (1, "give the file that the cases began with: --procedure\n")
    assert "  entry 1 (H-1, no. 1), unknown procedure: the procedure it is pinned to was not brought: office/1@" in out
    reference = load_procedure(OFFICE).reference
    for command in (
        ["show", "j.jsonl", "H-1"],
        ["step", "j.jsonl", "H-1", *MEET],
        ["options", "j.jsonl", "H-1", "--role", "head", "--actor", "v1", "--at", "2016-01-14"],
    ):
        status, out, err = run(command[0], *command[1:], office=False)
        assert (status, out) == (4, "")
        assert err == f"procedure `{reference}`: is not installed; bring the file that the case began with\n"
    changed = Path("office.toml")
    changed.write_text(OFFICE.read_text(encoding="utf-8").replace("days = { n = 7 }", "days = { n = 3 }"), "utf-8")
    status, _, err = run("show", "j.jsonl", "H-1", "--procedure", str(changed), office=False)
    assert status == 4
    assert "is not at hand, only another text of it: `office/1@" in err


# -- the register -----------------------------------------------------------------------------------------------------


RULES = load_policy("yucheng-2016").on(date(2016, 1, 25))
HOMES = {assess(home, RULES).outcome.value: home for home in simulate(seed=9, households=12, people=30).households}


def _household(run: Run, outcome: str = "undetermined") -> Household:
    """Take the case of a simulated household to where the county decides; its register lies in `made.jsonl`."""
    home = HOMES[outcome]
    write_register(Path("made.jsonl"), [home])
    Path("salts").mkdir()
    Path(f"salts/{home.id}.salt").write_text(SALT)
    opened(run, steps=4, case=home.id)
    assert run("step", "j.jsonl", home.id, *CLOSE)[0] == 0
    return home


OUTSIDE = ["--register", "made.jsonl", "--salt-file", "salts"]


@pytest.mark.parametrize("outcome", ["ineligible", "undetermined"])
def test_nobody_is_entered_whom_the_policy_does_not_find_eligible(run: Run, outcome: str) -> None:
    home = _household(run, outcome)
    status, out, _ = run("step", "j.jsonl", home.id, *ENTER, *OUTSIDE, "--lang", "zh")
    assert status == 1
    assert "1. 须满足：该户的识别评估等于「符合」" in out


def test_the_assessment_of_the_register_is_recorded_and_can_be_made_again(run: Run) -> None:
    home = _household(run, "eligible")
    status, out, err = run("step", "j.jsonl", home.id, *ENTER, *OUTSIDE)
    assert status == 0, out + err
    assert entries()[-1]["outside"]["assessment"] == {
        "policy": "yucheng-2016",
        "fingerprint": RULES.fingerprint,
        "on": "2016-01-25",
        "outcome": "eligible",
        "facts": salted_digest(to_plain(read_register("made.jsonl").households[0]), SALT),
    }
    _, out, _ = run("verify", "j.jsonl", *OUTSIDE)
    assert "7 entries, 1 case: nothing was found.\nlimits: 7 entries and no checkpoint: " in out
    assert "; 1 assessment made again; " in out
    # The register of another day: whoever keeps the one of the day can show that it was so.
    write_register(Path("made.jsonl"), [attrs.evolve(HOMES["ineligible"], id=home.id)])
    status, out, _ = run("verify", "j.jsonl", *OUTSIDE, "--lang", "zh")
    assert (status, "其中1次所据资料与现有的不同" in out) == (0, True)
    # Erased with its salt, a household leaves the journal as it is.
    Path(f"salts/{home.id}.salt").unlink()
    told = json.loads(run("verify", "j.jsonl", *OUTSIDE, "--json")[1])
    assert (told["ok"], told["assessments_as_recorded"], told["assessments_made_again"]) == (True, 1, 0)


def test_the_policy_of_a_pack_that_is_not_installed_lies_beside_its_procedure(run: Run, tmp_path: Path) -> None:
    home = _household(run, "eligible")
    folder = write_pack(tmp_path, {})
    (folder / "procedures").mkdir()
    path = folder / "procedures" / "office.toml"
    path.write_text(OFFICE.read_text(encoding="utf-8").replace("yucheng-2016", "relief"), "utf-8")
    Path("j.jsonl").unlink()
    for step in (["open", *APPLY], *(["step", *each] for each in (*ALL[:4], CLOSE))):
        status, out, err = run(step[0], "j.jsonl", home.id, *step[1:], "--procedure", str(path), office=False)
        assert status == 0, out + err
    status, out, _ = run("step", "j.jsonl", home.id, *ENTER, *OUTSIDE, "--procedure", str(path), "--json", office=False)
    assert (status, json.loads(out)["written"]) == (0, True)
    assert entries()[-1]["outside"]["assessment"]["policy"] == "relief"


def test_cases_of_two_policies_are_each_assessed_again_by_their_own(run: Run, tmp_path: Path) -> None:
    home, other = _household(run, "eligible"), HOMES["undetermined"]
    folder = write_pack(tmp_path, {})
    (folder / "procedures").mkdir()
    path = folder / "procedures" / "office.toml"
    path.write_text(OFFICE.read_text(encoding="utf-8").replace("yucheng-2016", "relief"), "utf-8")
    write_register(Path("made.jsonl"), [home, other])
    Path(f"salts/{other.id}.salt").write_text(SALT)
    assert run("step", "j.jsonl", home.id, *ENTER, *OUTSIDE)[0] == 0
    opened(run, steps=4, case="H-1")
    for step in (CLOSE, [*ENTER, "--assessment", "eligible"]):
        assert run("step", "j.jsonl", "H-1", *step)[0] == 0
    given = ["--procedure", str(path)]
    for step in (["open", *APPLY], *(["step", *each] for each in (*ALL[:4], CLOSE))):
        assert run(step[0], "j.jsonl", other.id, *step[1:], *given, office=False)[0] == 0
    status = run("step", "j.jsonl", other.id, *ENTER, *given, "--assessment", "eligible", office=False)[0]
    assert status == 0
    status, out, _ = run("verify", "j.jsonl", *given, *OUTSIDE, "--json")
    told = json.loads(out)
    assert (told["assessments_as_recorded"], told["assessments_made_again"]) == (1, 2)
    outcome = assess(other, load_policy(folder).on(date(2016, 1, 25))).outcome.value
    assert (status, [each["kind"] for each in told["findings"]]) == (
        (0, []) if outcome == "eligible" else (1, ["disproved"])
    )


@pytest.mark.parametrize(("outcome", "status"), [("eligible", 0), ("ineligible", 1)])
def test_what_was_told_by_hand_is_compared_in_its_outcome_only(run: Run, outcome: str, status: int) -> None:
    home = _household(run, outcome)
    assert run("step", "j.jsonl", home.id, *ENTER, "--assessment", "eligible")[0] == 0
    found, out, _ = run("verify", "j.jsonl", *OUTSIDE)
    assert found == status
    assert out.count("comes out otherwise when it is made again: outcome\n") == status
    assert "; 1 assessment made again; " in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--register", "made.jsonl"],
         ("--register: an assessment needs a salt; give `--salt-file`: the facts of an assessment are kept as a salted "
         "digest")),
        ([*OUTSIDE, "--assessment", "eligible"], "--assessment: the register is there to be asked; give one of the two"),
        ([*OUTSIDE, "--exit", "met"], "--exit: the register is there to be asked; give one of the two"),
    ],
)  # fmt: skip
def test_an_assessment_needs_one_source_and_a_salt(run: Run, arguments: list[str], message: str) -> None:
    home = _household(run)
    assert run("step", "j.jsonl", home.id, *ENTER, *arguments) == (2, "", message + "\n")


def test_a_register_without_the_household_says_so(run: Run) -> None:
    _household(run)
    opened(run)
    Path("salts/H-1.salt").write_text(SALT)
    assert run("step", "j.jsonl", "H-1", *MEET, *OUTSIDE) == (
        2,
        "",
        (
            "--register: holds no household with the id of the case; see to the register, or tell the assessment with "
            "`--assessment` or `--exit`\n"
        ),
    )
    with Path("made.jsonl").open("a") as file:
        file.write("{\n")
    assert (
        "1 household could not be read: see `fupin register check`" in run("step", "j.jsonl", "H-1", *MEET, *OUTSIDE)[2]
    )
    assert run("verify", "j.jsonl", "--register", "made.jsonl")[::2] == (
        2,
        (
            "--register: assessments are compared by salted digests; give `--salt-file`, best a folder with CASE_ID.salt for "
            "each case\n"
        ),
    )


def test_a_procedure_that_asks_no_policy_takes_no_assessment(run: Run) -> None:
    text = OFFICE.read_text(encoding="utf-8").replace('policy = "yucheng-2016"\n', "")
    Path("office.toml").write_text(text.replace("when = 'assessment.outcome == \"eligible\"'\n", ""), "utf-8")
    arguments = [*APPLY, "--procedure", "office.toml", "--assessment", "eligible"]
    assert run("open", "j.jsonl", "H-1", *arguments, office=False) == (
        2,
        "",
        "--assessment: `office` asks for no assessment; leave it out\n",
    )


def test_the_canary_is_nowhere_in_any_output(run: Run) -> None:
    home = HOMES["undetermined"]
    secrets = {home.phone.reveal(), home.bank_account.reveal(), SALT}  # type: ignore[union-attr]
    secrets |= {member.id_no.reveal() for member in home.members}  # type: ignore[union-attr]
    secrets |= {member.name.reveal() for member in home.members}  # type: ignore[union-attr]
    number = next(text for text in sorted(secrets) if len(text) == 18 and text.isdigit())
    case = _household(run, "undetermined").id
    shown = ""
    commands: list[list[str]] = [
        ["step", "j.jsonl", case, *ENTER, *OUTSIDE],
        ["options", "j.jsonl", case, "--role", "county", "--actor", "c1", "--at", "2016-01-25", *OUTSIDE],
        ["plan", "j.jsonl", case, "--goal", "listed", "--at", "2016-01-25", *OUTSIDE],
        ["verify", "j.jsonl", *OUTSIDE],
        ["show", "j.jsonl", case],
        ["show", "j.jsonl"],
        # Typed where it does not belong.
        ["open", "j.jsonl", number, *APPLY],
        ["show", "j.jsonl", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--actor", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--role", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--event", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--place", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--event-id", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--at", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--data", f"{number}=1"],
        ["open", "j.jsonl", "H-2", *APPLY, "--data", number],
        ["open", "j.jsonl", "H-2", *APPLY, "--evidence", f"{number}@2016-01-01"],
        ["step", "j.jsonl", case, *MEET, "--data", f"note={number}"],
        ["step", "j.jsonl", case, "--event", "meet", *WHO, "--data", f"present={number}"],
        ["step", "j.jsonl", case, "--event", "meet", *WHO, "--data", f"outcome={number}"],
        ["step", "j.jsonl", case, "--event", "meet", *WHO, "--data", f"visited={number}"],
        ["step", "j.jsonl", case, "--event", "meet", *WHO, "--data", f"met_on={number}"],
        ["plan", "j.jsonl", case, "--goal", number, "--at", "2016-01-25"],
        ["verify", "j.jsonl", "--register", "made.jsonl", "--salt-file", "made.jsonl"],
    ]
    for command in commands:
        for more in ([], ["--lang", "zh"], ["--json"]):
            _, out, err = run(command[0], *command[1:], *more)
            assert "fault of this program" not in err, command
            shown += out + err
    shown += Path("j.jsonl").read_text(encoding="utf-8")
    assert [secret for secret in sorted(secrets) if secret in shown] == []


# -- trouble ----------------------------------------------------------------------------------------------------------


def test_a_journal_or_a_case_that_is_not_there_is_said_to_be_missing(run: Run) -> None:
    message = "j.jsonl: there is no such journal; see to the name, or open a first case with `fupin case open`\n"
    for command in (["show", "j.jsonl"], ["step", "j.jsonl", "H-1", *MEET], ["verify", "j.jsonl"]):
        assert run(command[0], *command[1:]) == (3, "", message)
    assert list(Path().iterdir()) == []
    for journal in ("j.jsonl", "j.sqlite"):
        opened(run, journal=journal, case="H-0017")
        for command in (["show", journal, "H-017"], ["step", journal, "H-017", *MEET]):
            assert run(command[0], *command[1:]) == (
                2,
                "",
                f"CASE_ID: there is no such case in `{journal}`; did you mean `H-0017`?\n",
            )
        _, _, err = run("show", journal, "xyz")
        assert err.endswith("; see the ids with `fupin case show`, or open it first\n")


def test_an_unfinished_last_line_is_told_and_put_aside_by_the_next_writer(run: Run) -> None:
    opened(run)
    with Path("j.jsonl").open("ab") as file:
        file.write(b"0123abcd {half")
    note = "j.jsonl：最后一行不完整（14字节），不算已记入：或有人正在写入，或上次写入中断；下次记入时会先把它移出另存\n"
    status, _, err = run("show", "j.jsonl", "--lang", "zh")
    assert (status, err) == (0, note)
    status, _, err = run("verify", "j.jsonl")
    assert (status, err) == (
        0,
        (
            "j.jsonl: the last line has no end (14 bytes) and does not count: somebody is writing just now, or a writing was "
            "cut off; the next entry puts it aside first\n"
        ),
    )
    status, _, err = run("step", "j.jsonl", "H-1", *MEET, "--lang", "zh")
    assert (status, err) == (
        0,
        "上次写入中断留下的14字节已移至 j.jsonl.torn：那一条从未记入成功，当时办理的人未得到“已记入”的答复；请核对是否需要补办\n",
    )
    assert Path("j.jsonl.torn").read_bytes() == b"0123abcd {half\n"
    assert run("show", "j.jsonl")[2] == ""
    with Path("j.jsonl").open("ab") as file:
        file.write(b"01")
    assert run("step", "j.jsonl", "H-1", *SIGN)[2] == (
        "2 bytes of a writing that was cut off were put aside in j.jsonl.torn: that entry was never kept, and whoever made "
        "it was not told that it was; see whether it is to be made again\n"
    )


def test_a_damaged_line_stops_everything_and_names_its_place(run: Run) -> None:
    opened(run, steps=1)
    held = bytearray(Path("j.jsonl").read_bytes())
    held[40] ^= 1
    Path("j.jsonl").write_bytes(held)
    message = "j.jsonl, byte 0: a line whose checksum is wrong; restore it from a copy\n"
    for command in (["show", "j.jsonl"], ["verify", "j.jsonl"], ["step", "j.jsonl", "H-1", *SIGN]):
        assert run(command[0], *command[1:]) == (3, "", message)
    assert Path("j.jsonl").read_bytes() == held
    Path("j.sqlite").write_text("no database" * 100)
    status, _, err = run("show", "j.sqlite")
    assert (status, err) == (3, "j.sqlite: is a damaged database, or none; restore it from a copy\n")


def test_a_forged_entry_stops_the_case_and_says_to_verify(run: Run) -> None:
    opened(run, steps=2)
    honest = entries()
    rewrite([*honest[:2], {**honest[2], "by": {**honest[2]["by"], "role": "county"}}])
    status, _, err = run("show", "j.jsonl", "H-1")
    assert status == 3
    assert err.startswith("case `H-1`, entry 3: its procedure refuses it: ")
    assert err.endswith("; run `verify` on it\n")


def test_a_journal_that_somebody_holds_is_told_and_not_waited_for_without_end(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fupin_rules.cli.case._journal.WAIT_SECONDS", 0.2)
    opened(run)
    opened(run, journal="j.sqlite")
    with LinesFile.open("j.jsonl"):
        assert run("step", "j.jsonl", "H-1", *MEET, "--lang", "zh") == (
            1,
            "未受理：\n1. 他人正占用本日志，本次未记入；请稍后再办\n",
            "",
        )
        # Reading waits for nobody.
        assert run("show", "j.jsonl", "H-1")[0] == 0
    with SqliteStore("j.sqlite") as other:
        other._connection.execute("BEGIN IMMEDIATE")
        status, out, _ = run("step", "j.sqlite", "H-1", *MEET, "--json")
        assert (status, [each["code"] for each in json.loads(out)["reasons"]]) == (1, ["locked"])
        other._connection.execute("ROLLBACK")
    assert run("step", "j.jsonl", "H-1", *MEET)[0] == 0
    assert run("step", "j.sqlite", "H-1", *MEET)[0] == 0


def test_whoever_is_overtaken_is_told_to_look_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(run, journal="j.sqlite", steps=1)

    class Overtaken(SqliteStore):
        def read(self, case: str | None = None) -> Any:
            yield from tuple(super().read(case))
            monkeypatch.setattr("fupin_rules.cli.case._journal.SqliteStore", SqliteStore)
            assert main(["case", "step", "j.sqlite", "H-1", *SIGN_TOO, "--procedure", str(OFFICE), "--json"]) == 0

    monkeypatch.setattr("fupin_rules.cli.case._journal.SqliteStore", Overtaken)
    status, out, _ = run("step", "j.sqlite", "H-1", *SIGN, "--lang", "zh")
    assert status == 1
    assert out.endswith("未受理：\n1. 办理期间他人已在本案记入新的一条，本次未记入；请重新查看后再办\n")
    assert run("step", "j.sqlite", "H-1", *SIGN)[0] == 0


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "fupin_rules", "case", *arguments, "--procedure", str(OFFICE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )


@pytest.mark.parametrize("journal", ["j.jsonl", "j.sqlite"])
def test_of_two_who_decide_on_one_look_one_is_told_to_look_again(run: Run, journal: str) -> None:
    opened(run, journal=journal, steps=1)
    both = [_started("step", journal, "H-1", *sign, "--expect", "2", "--json") for sign in (SIGN, SIGN_TOO)]
    told = [(json.loads(each.communicate()[0]), each.returncode) for each in both]
    assert sorted(status for _, status in told) == [0, 1]
    refused = next(answer for answer, status in told if status == 1)
    assert [each["code"] for each in refused["reasons"]] == ["stale"]
    assert json.loads(run("show", journal, "H-1", "--json")[1])["seq"] == 3
    assert run("verify", journal)[0] == 0


def test_two_who_sign_at_once_without_having_looked_both_sign(run: Run) -> None:
    opened(run, steps=1)
    both = [_started("step", "j.jsonl", "H-1", *sign) for sign in (SIGN, SIGN_TOO)]
    assert [each.wait() for each in both] == [0, 0]
    for each in both:
        each.communicate()
    assert run("verify", "j.jsonl")[0] == 0
    assert len(entries()) == 4


def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(run)
    monkeypatch.setitem(sys.modules, "chinese_calendar.constants", None)
    status, _, err = run("deadlines", "j.jsonl", "H-1", "--at", "2016-01-14", "--calendar")
    assert (status, err) == (
        2,
        'holidays need the extra `calendar`; pip install "fupin-rules[calendar]", or in a clone pip install ".[calendar]"\n',
    )


def test_a_procedure_with_faults_opens_no_case_and_stops_none(run: Run) -> None:
    opened(run)
    text = OFFICE.read_text(encoding="utf-8")
    label = 'label = { zh = "列入名册", en = "the county enters it" }\n'
    assert label in text
    Path("office.toml").write_text(text.replace(label, ""), "utf-8")
    given = ["--procedure", "office.toml"]
    status, _, err = run("open", "j.jsonl", "H-2", *APPLY, *given, office=False)
    assert (status, "the move `enter` has no label" in err) == (4, True)
    # Labels are no part of the digest: the case goes on under the file as it is.
    assert run("step", "j.jsonl", "H-1", *MEET, *given, office=False)[0] == 0


@pytest.mark.parametrize("journal", ["j.jsonl", "j.sqlite", "j.db"])
def test_a_case_goes_all_the_way_in_either_store(run: Run, journal: str) -> None:
    opened(run, steps=8, journal=journal)
    told = json.loads(run("show", journal, "H-1", "--json")[1])
    assert (told["state"], told["seq"]) == ("listed", 9)
    assert run("verify", journal)[0] == 0
    assert read_checkpoint(run("checkpoint", journal, "--origin", "x")[1]).size == 9


def test_a_procedure_that_two_ways_fit_is_to_be_mended(run: Run) -> None:
    text = OFFICE.read_text(encoding="utf-8")
    guard = "when = 'event.outcome == \"refused\"'\n"
    assert text.count(guard) == 1
    Path("office.toml").write_text(text.replace(guard, ""), "utf-8")
    office = load_procedure("office.toml", checked=False)
    evidence = (Evidence("form", digest(2), date(2016, 1, 12)),)
    event = Event("e", "apply", Actor("h1", "household", place=VILLAGE), {"consent": digest(1)}, evidence)
    first = office.open("H-1", event, date(2016, 1, 13))
    assert isinstance(first, Accepted)
    with LinesFile.open("j.jsonl") as store:
        store.append([first.entry])
    status, out, err = run("step", "j.jsonl", "H-1", *MEET, "--procedure", "office.toml", office=False)
    assert (status, out) == (4, "")
    assert "two moves are open to `meet` in `applied`: agree, refuse; make their guards exclusive" in err


def test_a_database_that_stays_locked_is_no_unreadable_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise JournalLockedError(Fault("j.sqlite", "another writer has it", "try again, or wait longer", "locked"))

    monkeypatch.setattr("fupin_rules.cli.case._history.read_journal", locked)
    assert run("show", "j.sqlite") == (1, "", "j.sqlite: another writer has it; try again, or wait longer\n")


def test_a_review_with_enough_signatures_lacks_none() -> None:
    small = small_procedure()
    case = Case(
        id="H-1",
        procedure=small.reference,
        place=VILLAGE,
        state="checked",
        entered=date(2016, 1, 13),
        round_began=date(2016, 1, 13),
        reviews={"county": Signatures({"first": Mark("p1", "panel")})},
    )
    assert review_row(small, case, "county", "en")[1] == (
        "1/3: member of the county panel p1; missing member of the county panel, county office"
    )
    both = {"county": Signatures({"first": Mark("p1", "panel"), "third": Mark("c1", "county", waived=True)})}
    assert review_row(small, attrs.evolve(case, reviews=both), "county", "en")[1] == (
        "2/3: member of the county panel p1, county office c1 (waived)"
    )
    assert review_row(small, case, "joint", "zh")[1].startswith("0/3：缺 ")


# -- a whole case -----------------------------------------------------------------------------------------------------

FIELDS = {
    "entitled": "30",
    "present": "25",
    "in_favour": "20",
    "against": "5",
    "reason": "如会议记录",
}
OUTCOMES = {"evaluate": "agreed", "decide": "approved"}


def test_what_the_plan_says_is_what_the_command_takes_from_application_to_the_register(run: Run) -> None:
    procedure = load_procedure("yucheng-2016")
    Path("h.salt").write_text(SALT)
    common = ["--salt-file", "h.salt", "--lang", "zh"]
    Path("application.jpg").write_bytes(b"application")
    status, out, err = run(
        "open",
        "j.jsonl",
        "371482102207-0031",
        *["--procedure", "yucheng-2016", "--event", "农户申请", *by("户主", "householder-1", "2016-01-13")],
        *["--evidence", "贫困户申请书=application.jpg@2016-01-13", *common],
        office=False,
    )
    assert status == 0, out + err
    case = ["j.jsonl", "371482102207-0031"]
    plan = json.loads(run("plan", *case, "--goal", "已建档立卡", "--at", "2016-01-14", "--json", office=False)[1])
    assert plan["reachable"] is True
    for number, step in enumerate(plan["steps"]):
        digits = procedure.level[step["level"]].digits
        data = [f"{each}={FIELDS.get(each) or OUTCOMES[step['event']]}" for each in step["fields"] if each != "slot"]
        evidence = [f"{each}={number}-{each}.jpg@{step['on']}" for each in step["evidence"]]
        for each in step["evidence"]:
            Path(f"{number}-{each}.jpg").write_text(f"{number} {each}")
        status, out, err = run(
            "step",
            *case,
            *["--event", step["event"], *by(step["role"], f"{step['role']}-1", step["on"], VILLAGE[:digits])],
            *(["--data", *data] if data else []),
            *(["--evidence", *evidence] if evidence else []),
            *(["--assessment", "eligible"] if step["supposing"] else []),
            *common,
            office=False,
        )
        assert (status, out.startswith(f"已记入第{number + 2}条：")) == (0, True), out + err
    _, out, _ = run("show", *case, "--lang", "zh", office=False)
    assert "  环节" in out
    assert "已建档立卡" in out.partition("现在")[2]
    assert run("verify", "j.jsonl", office=False)[0] == 0


def test_the_commands_of_the_reference_do_what_it_says(tmp_path: Path) -> None:
    section = COMMAND.read_text(encoding="utf-8").partition("## Cases\n")[2].partition("\n## ")[0]
    scripts = re.findall(r"```bash\n(.*?)```", section, re.DOTALL)
    assert scripts
    fupin = f'fupin() {{ {shlex.quote(sys.executable)} -m fupin_rules "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-ec", fupin + "".join(scripts)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""


def test_progress_of_a_long_check_shows_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    office = load_procedure(OFFICE)
    held = []
    for number in range(501):
        evidence = (Evidence("form", digest(number + 2), date(2016, 1, 12)),)
        event = Event("e", "apply", Actor("h1", "household", place=VILLAGE), {"consent": digest(1)}, evidence)
        opened_case = office.open(f"H-{number}", event, date(2016, 1, 13))
        held.append(opened_case.entry)  # type: ignore[union-attr]
    with LinesFile.open("j.jsonl", durable=False) as store:
        store.append(held)
    monkeypatch.setattr(sys, "stderr", err := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert main(["case", "verify", "j.jsonl", "--procedure", str(OFFICE)]) == 0
    assert "cases" in err.getvalue()
    assert "501/501" in err.getvalue()
