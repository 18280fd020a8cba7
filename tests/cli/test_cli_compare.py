"""`fupin register compare`: counts and a work list, nothing personal, and items that the workflow takes up as they are."""

import csv
import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from casework import DAY, Casework, told

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.journal import salted_digest
from fupin_rules.registry import simulate, write_register
from fupin_rules.workflow import Accepted, load_procedure
from people_of_registers import ON, example, home, member, number

YUCHENG = ("--policy", "yucheng-2016", "--on", "2016-01-31", "--since", "2015-01-31")
DIGEST = salted_digest("0" * 64, "00112233445566778899aabbccddeeff")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["register", "compare", "old.jsonl", "new.jsonl", *YUCHENG, *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def written(old: list[fr.Household], new: list[fr.Household]) -> None:
    write_register(Path("old.jsonl"), old)
    write_register(Path("new.jsonl"), new)


def other(place: int, name: str, **facts: Any) -> fr.Household:
    """Give a household of the examples under an id and with people of its own."""
    made = example(name, id=f"H-{place}", village="甲村", **facts)
    people = tuple(attrs.evolve(each, id_no=number(10 * place + at)) for at, each in enumerate(made.members))
    return attrs.evolve(made, members=people)


def one_of_each() -> tuple[list[fr.Household], list[fr.Household]]:
    """Give two registers that differ in one thing of each kind."""
    kept, grown = other(1, "poor-family", poverty_status="poor"), other(2, "poor-family", poverty_status="poor")
    shrunk = other(3, "poor-family", poverty_status="poor")
    baby = member(99, "grandson", id_no=None, birth_date=ON, is_public_employee=False, is_village_post_holder=False)
    dead = attrs.evolve(shrunk.members[-1], survival_status="dead")
    old = [
        kept,
        grown,
        shrunk,
        other(4, "poor-family", poverty_status="exited"),
        other(5, "poor-family", poverty_status="poor"),
        other(6, "poor-family", poverty_status="poor"),
    ]
    new = [
        kept,
        attrs.evolve(grown, members=(*grown.members, baby)),
        attrs.evolve(shrunk, members=(*shrunk.members[:-1], dead)),
        other(4, "poor-family", main_cause="illness"),
        other(5, "income-above-and-excluded"),
        other(6, "ready-to-leave"),
        other(7, "poor-family"),
    ]
    return old, new


def test_it_says_how_much_of_each_kind_and_why_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    written(*one_of_each())
    status, out, err = run(capsys)
    assert (status, err) == (0, "")
    assert out.startswith("Yucheng city, re-identification of 2016 (yucheng-2016), on 2016-01-31, fingerprint ")
    assert out.partition("\n\n")[2].startswith(
        "7 households\n"
        "  take in: missed                     1\n"
        "  take in again: returned to poverty  1\n"
        "  clear out: untrue                   1\n"
        "  exit: standard met                  1\n"
        "  natural increase                    1\n"
        "  natural decrease                    1\n"
        "  nothing to do                       3\n"
        "\n"
        "take in: missed (1)\n"
        "  H-7  甲村\n"
        "    - missed: not on the register, and eligible under the policy (stated)\n"
        "    - the head is on the rural register: holds (local)\n"
        "    - net income per person is below the income line: holds (found)\n"
        "\n"
        "take in again: returned to poverty (1)\n"
    )
    status, out, _ = run(capsys, "--lang", "zh")
    assert status == 0
    assert "不实的清退（1）\n  H-5  甲村\n    - 不实：在册，按政策不符合条件（有原文）\n" in out
    assert "自然减少（1）\n  H-3  甲村\n    - 原册成员 3 减少（地方文本）\n    - 原因：死亡（地方文本）\n" in out


def test_the_list_is_cut_short_at_a_terminal_and_whole_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    stays = other(9, "poor-family", poverty_status="poor")
    written([stays], [stays, *(other(place, "poor-family") for place in range(1, 7))])
    _, out, _ = run(capsys)
    assert "  ... and 3 more\n" in out
    assert out.endswith("for the whole work list, name a file with `--out`\n")
    _, out, _ = run(capsys, "--out", "work.csv")
    assert out.endswith("the whole work list: work.csv\n")
    with Path("work.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["户编号 household"] for row in rows] == [f"H-{place}" for place in range(1, 7)]
    assert {row["事项 kind"] for row in rows} == {"遗漏的重新纳入 take_in_missed"}
    assert {row["依据等级 standing"] for row in rows} == {"stated; local; found"}


def test_nothing_personal_is_shown_or_written(capsys: pytest.CaptureFixture[str]) -> None:
    made = simulate(seed=4, households=40, people=90, townships=2).households
    written(list(made), [attrs.evolve(each, members=each.members[1:]) for each in made[2:]])
    for file, more in (("", ()), ("", ("--json",)), ("work.csv", ("--lang", "zh")), ("work.jsonl", ())):
        _, out, err = run(capsys, *more, *(("--out", file) if file else ()))
        shown = out + err + (Path(file).read_text(encoding="utf-8") if file else "")
        assert "3700" not in shown
        assert "村民" not in shown
        assert not re.search(r"[0-9]{15}", re.sub(r"[0-9a-f]{64}", "", shown))


def test_json_is_the_result_as_plain_data(capsys: pytest.CaptureFixture[str]) -> None:
    written(*one_of_each())
    status, out, _ = run(capsys, "--json", "--exit-code")
    found = json.loads(out)
    assert status == 1
    assert (found["kind"], len(found["rows"]), found["counts"]["keep"], len(found["items"])) == ("adjustment", 7, 3, 6)


def test_nothing_to_do_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    told_ = [other(1, "poor-family", poverty_status="poor")]
    written(told_, told_)
    assert run(capsys, "--exit-code")[0] == 0


def test_what_cannot_be_told_without_more_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    written(*one_of_each())
    arguments = ["register", "compare", "old.jsonl", "new.jsonl", "--policy", "shandong-2014", "--on", "2016-01-31"]
    assert main(arguments) == 0
    assert capsys.readouterr().err == (
        "note: without the day of OLD (`--since`) nobody is told to be born since\n"
        "note: the policy has no standard of exit, so nobody is proposed for it\n"
    )
    with Path("new.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")
    status, _, err = run(capsys)
    assert status == 1
    assert err.endswith("NEW: 1 rows set aside; their households count as absent: mend them\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--event", "ask=survey"),
            "--event: is an event of no procedure; give the procedure as well, `--procedure yucheng-2016`",
        ),
        (
            ("--procedure", "yucheng-2016", "--event", "ask=surve"),
            "--event: `yucheng-2016` has no event `surve`; known: apply, ",
        ),
        (
            ("--procedure", "yucheng-2016", "--event", "survey"),
            "--event: `survey` is not of that form; write KIND=EVENT, with one of take_in_missed, ",
        ),
    ],
)
def test_an_event_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    written([], [])
    status, _, err = run(capsys, *arguments)
    assert status == 2
    assert err.startswith(message)


def test_an_old_register_of_a_later_day_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    written([], [])
    status, _, err = run(capsys, "--since", "2016-02-01")
    assert (status, err) == (
        2,
        "--since: is after the day of the adjustment, 2016-01-31; give the older register first, and its day\n",
    )


def test_the_work_list_is_not_written_among_the_registers(capsys: pytest.CaptureFixture[str]) -> None:
    written([], [])
    status, _, err = run(capsys, "--out", "new.jsonl")
    assert (status, err) == (2, "--out new.jsonl: lies in the register itself; name a file in another folder\n")


def test_kinds_of_work_that_a_procedure_has_no_event_for_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    written(*one_of_each())
    _, _, err = run(capsys, "--procedure", "exit-2016", "--out", "work.jsonl")
    assert err == (
        "note: `exit-2016` has no event that takes up: take in: missed, take in again: returned to poverty,"
        " clear out: untrue, natural increase, natural decrease\n"
    )
    assert {line["kind"]: line["event"] for line in lines()}["exit_standard_met"] == "evaluate_exit"


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("work.jsonl").read_text(encoding="utf-8").splitlines()]


# -- taken up --------------------------------------------------------------------------------------------------------


def reached(state: str, case: str) -> Casework:
    """Take a case to a state, or have it not yet opened."""
    work = attrs.evolve(_reached(state, case), entries=[])
    work.day += DAY
    return work


@functools.cache
def _reached(state: str, case: str) -> Casework:
    work = Casework(load_procedure("yucheng-2016"), id=case)
    for each in ("registered", "exited")[: ("", "registered", "exited").index(state)]:
        # What was assessed counts as long as the policy of the day says the same: it is told anew.
        work.context = told("yucheng-2016", work.day, assessment="eligible", leaves="met")
        work.drive(each)
    return work


MEETING = {"entitled": 40, "present": 30, "in_favour": 25, "against": 1, "outcome": "agreed", "reason": "评议一致"}


@pytest.mark.parametrize(
    ("kind", "state", "role", "added", "ends"),
    [
        ("take_in_missed", "", "village_committee", {}, "applied"),
        ("take_in_returned", "exited", "village_committee", {}, "applied"),
        ("clear_untrue", "registered", "township_cadre", {}, "removal_proposed"),
        ("exit_standard_met", "registered", "village_assembly", MEETING, "exit_evaluated"),
        ("natural_increase", "registered", "village_committee", {"member": DIGEST}, "registered"),
        ("natural_decrease", "registered", "village_committee", {"member": DIGEST}, "registered"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_item_is_taken_up_by_the_procedure_once_actor_evidence_and_what_it_names_are_added(
    capsys: pytest.CaptureFixture[str],
    kind: str,
    state: str,
    role: str,
    added: Mapping[str, Any],
    ends: str,
    language: str,
) -> None:
    written(*one_of_each())
    run(capsys, "--procedure", "yucheng-2016", "--out", "work.jsonl", "--lang", language)
    (line,) = [each for each in lines() if each["kind"] == kind]
    assert line["to_add"] == list(added)
    work = reached(state, line["case"])
    drafted = work.event(line["event"], role, {**line["data"], **added})
    result = work.give(drafted)
    assert isinstance(result, Accepted), result
    assert result.case.state == ends


def test_the_last_member_gone_cancels_the_household(capsys: pytest.CaptureFixture[str]) -> None:
    alone = home("H-1", member(1, "head"), poverty_status="poor")
    written([alone], [home("H-1", member(1, "head", survival_status="dead"))])
    run(capsys, "--procedure", "yucheng-2016", "--out", "work.jsonl")
    (line,) = [each for each in lines() if each["kind"] == "natural_decrease"]
    assert line["data"] == {"reason": "death", "members_left": 0}
    work = reached("registered", line["case"])
    assert work.do("natural_change", "village_committee", {**line["data"], "member": DIGEST}).case.state == "cancelled"


def test_a_value_that_an_event_does_not_take_is_left_to_be_added(capsys: pytest.CaptureFixture[str]) -> None:
    written(*one_of_each())
    run(capsys, "--procedure", "two-two-one-one-2018", "--event", "take_in_missed=apply", "--out", "work.jsonl")
    (line,) = [each for each in lines() if each["kind"] == "take_in_missed"]
    fields = {field.id for field in load_procedure("two-two-one-one-2018").event["apply"].fields}
    assert set(line["data"]) <= fields
