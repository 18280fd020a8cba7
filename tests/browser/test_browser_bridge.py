"""The bridge between the page and the library: plain data in and out, tested where it is easiest to read."""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "examples/browser"
for folder in (PAGE, Path(__file__).parent):
    sys.path.insert(0, str(folder))

import bridge  # noqa: E402
import fault_words  # noqa: E402
import make_cases  # noqa: E402
from small_household import POOR, YUCHENG  # noqa: E402

import fupin_rules as fr  # noqa: E402
from fupin_rules.model import GROUPS, catalogue  # noqa: E402


def ask(name: str, **values: Any) -> Any:
    told = json.loads(bridge.answer(json.dumps({"ask": name, **values})))
    assert "faults" not in told, told
    return told["ok"]


def refused(name: str, **values: Any) -> list[dict[str, str]]:
    faults: list[dict[str, str]] = json.loads(bridge.answer(json.dumps({"ask": name, **values})))["faults"]
    return faults


# -- the shared cases --------------------------------------------------------------------------------------------------


def test_the_shared_cases_are_those_that_the_script_draws_and_answered_as_ever() -> None:
    held = [json.loads(line) for line in make_cases.FILE.read_text(encoding="utf-8").splitlines()]
    assert len(held) == 200
    assert held == json.loads(json.dumps(list(make_cases.cases()))), (
        "facts or answers have changed: if that is meant, run `python tests/browser/make_cases.py`"
    )


def test_the_shared_cases_come_out_in_every_way_there_is() -> None:
    outcomes = {json.loads(line)["expected"]["outcome"] for line in make_cases.FILE.read_text("utf-8").splitlines()}
    assert outcomes == {each.value for each in (*fr.Outcome, *fr.ExitOutcome)}


# -- policies ----------------------------------------------------------------------------------------------------------


def test_a_pack_is_offered_where_its_rules_decide_about_a_household() -> None:
    goals = {pack: told["goals"] for pack in fr.installed_packs() if (told := bridge.offered(pack)) is not None}
    for pack in fr.installed_packs():
        policy = fr.load_policy(pack)
        kinds = {rule.kind.value for rule in policy.rules if rule.subject == "household"}
        assert goals.get(pack, []) == [goal for goal in ("eligibility", "exit") if goal in kinds]
    assert goals["yucheng-2016"] == ["eligibility", "exit"]
    assert "measures-2014" not in goals


def test_the_days_offered_are_the_first_and_last_that_the_policy_covers() -> None:
    told = bridge.offered("yucheng-2016")
    assert told is not None
    assert (told["first"], told["last"]) == ("2016-01-01", "2016-12-31")
    assert ask("look", about=YUCHENG | {"on": told["last"]}, household={"id": "1"}, language="en")
    (fault,) = refused("look", about=YUCHENG | {"on": "2017-01-01"}, household={"id": "1"}, language="en")
    assert fault["code"] == "uncovered_date"
    assert fault["zh"] == "政策不适用于这一天；请选适用期内的日期"


@pytest.mark.parametrize("about", make_cases.ASKED, ids=lambda about: f"{about['pack']}-{about['goal']}")
def test_a_form_asks_for_every_fact_that_can_keep_an_outcome_open(about: dict[str, Any]) -> None:
    read = ask("describe", about=about)
    asked = {*read["facts"], *(f"members[1].{path}" for path in read["member_facts"]), "members_complete", "members"}
    drawn = ask("fields")
    for household in ({"id": "1"}, {"id": "1", "members": [{"id": "1"}], "members_complete": True}):
        missing = {each["fact"] for each in ask("look", about=about, household=household, language="en")["missing"]}
        assert missing
        assert missing <= asked
    assert set(read["facts"]) <= {each["path"] for each in drawn["household"]}
    assert set(read["member_facts"]) <= {each["path"] for each in drawn["member"]}


def test_no_form_asks_for_names_or_numbers_of_persons() -> None:
    known = catalogue(fr.Household)
    drawn = ask("fields")
    for rows, fields in ((drawn["household"], known.fields), (drawn["member"], known.members)):
        sorts = {fields[each["path"]].spec.sort.value for each in rows}
        assert sorts == {"flag", "number", "day", "code", "codes"}
        assert len(rows) == sum(field.spec.sort.value in sorts for field in fields.values())


def test_what_a_policy_leaves_open_is_given_for_the_day_with_its_standing() -> None:
    about = {"pack": "monitoring-2021", "on": "2022-06-30", "goal": "eligibility"}
    assert ask("describe", about=about)["open"] == ["monitoring_line"]
    (fault,) = refused("look", about=about, household={"id": "1"}, language="zh")
    assert fault["zh"] == "政策未给出这一天的数值；请先填入"
    given = about | {"given": {"monitoring_line": "6500"}}
    assert ask("judge", about=given, household={"id": "1"})["outcome"] == "undetermined"
    (fault,) = refused("judge", about=about | {"given": {"monitoring_line": "much"}}, household={"id": "1"})
    assert fault["en"] == "expected a number; give an exact number"


def test_a_day_that_is_none_is_refused() -> None:
    (fault,) = refused("describe", about=YUCHENG | {"on": "12016-01-01"})
    assert fault == {
        "path": "$.on",
        "code": "day",
        "zh": "应为日期，如 2016-01-31",
        "en": "expected a day, YYYY-MM-DD; give a day",
    }


# -- answers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_tells_outcome_reasons_sources_and_what_is_missing(language: str) -> None:
    rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    home = fr.from_plain(fr.Household, POOR)
    told = ask("look", about=YUCHENG, household=POOR, language=language)
    a = fr.assess(home, rules)
    assert told["headline"] == a.explanation(language).headline
    assert told["outcome"] == a.outcome.value == "ineligible"
    assert [each["fact"] for each in told["missing"]] == list(a.missing)
    listed = {reason["name"]: reason for section in told["sections"] for reason in section["reasons"]}
    assert set(listed) == {rule.id for rule in rules.rules_of(a.about) if rule.kind in bridge._KINDS["eligibility"]}
    for name, reason in listed.items():
        assert reason["holds"] is a.values[name]
        assert reason["source"]["text"][language]
        assert reason["kind"] == rules.rule(name).kind.value


def test_exactly_on_the_line_is_not_below_it_and_the_change_of_a_fen_is_told() -> None:
    less = json.loads(json.dumps(POOR))
    less["income"]["pension_yuan"] = "3401.99"
    told = ask("look", about=YUCHENG, household=less, language="zh", before=POOR)
    assert told["changes"][0] == {"what": "outcome", "text": "结论：不符合条件 → 符合条件"}
    assert {"what": "rule", "text": "人均纯收入低于收入线：否 → 是"} in told["changes"]
    assert ask("look", about=YUCHENG, household=POOR, language="zh", before=POOR)["changes"] == []


def test_another_line_is_compared_for_this_household() -> None:
    told = ask("compare", about=YUCHENG, household=POOR, values={"income_line": "3500"}, language="en")
    assert (told["before"]["outcome"], told["after"]["outcome"]) == ("ineligible", "eligible")
    assert told["changes"][0]["text"] == "outcome: not eligible → eligible"
    (fault,) = refused("compare", about=YUCHENG, household=POOR, values={"income_line": "3,500"}, language="en")
    assert fault["en"] == "expected a number; give an exact number"


def test_a_way_that_turns_the_outcome_comes_with_the_household_that_it_makes() -> None:
    told = ask("turn", about=YUCHENG, household=POOR, language="zh")
    (way, *_) = told["ways"]
    assert way["lines"][0].startswith("养老保险金 (income.pension_yuan)：3402元/年 → 3401.99元/年")
    assert ask("judge", about=YUCHENG, household=way["household"])["outcome"] == "eligible"
    assert told["missing"] == []
    nothing = ask("turn", about=YUCHENG, household={"id": "1"}, language="zh")
    assert nothing["ways"] == []
    assert nothing["missing"][0] == {
        "fact": "members_complete",
        "label": {"zh": "所列成员是否完整", "en": "all members are listed"},
    }


def test_the_gaps_of_an_exit_are_told() -> None:
    about = YUCHENG | {"goal": "exit"}
    told = ask("look", about=about, household=POOR, language="en")
    assert told["outcome"] == "not_met"
    assert told["gaps"] == [
        {
            "zh": "人均纯收入稳定超过收入线：恰在线上，须超出",
            "en": "net income per person is stably above the income line: exactly on the line; it must be passed",
        }
    ]


# -- the interview -----------------------------------------------------------------------------------------------------


def test_an_interview_goes_on_through_the_bridge_as_it_does_in_python() -> None:
    talk = fr.Interview.begin(fr.Household(id="H-1"), fr.load_policy("yucheng-2016").on(date(2016, 1, 31)))
    told = ask("interview", about=YUCHENG, household={"id": "H-1"})
    answers: dict[str, Any] = {"number": 1, "flag": False, "code": "rural", "day": "1951-04-02"}
    steps = 0
    while talk.question is not None:
        assert told["question"] == json.loads(json.dumps(talk.question.to_plain()))
        value = answers[talk.question.sort]
        talk = talk.answer(value)
        told = ask("interview", about=YUCHENG, talk=told["talk"], move={"answer": value})
        steps += 1
        assert told["household"] == fr.to_plain(talk.subject)
        assert told["answered"] == steps
    assert told["state"] == talk.state.value == "decided"
    assert told["question"] is None
    assert told["said"]["zh"] == "结论已定，无须再问"
    back = ask("interview", about=YUCHENG, talk=told["talk"], move={"back": True})
    assert back["question"] is not None
    assert back["answered"] == steps - 1


def test_what_is_skipped_is_not_asked_again_and_named_in_the_end() -> None:
    less = json.loads(json.dumps(POOR)) | {"hukou": None}
    less["income"]["pension_yuan"] = "10"
    told = ask("interview", about=YUCHENG, household=less)
    assert told["question"]["fact"] == "hukou"
    told = ask("interview", about=YUCHENG, talk=told["talk"], move={"skip": "refused"})
    assert told["question"] is None
    assert told["state"] == "needs_a_person"
    assert told["needs"] == [
        {"fact": "hukou", "text": {"zh": "户主户籍类型 — 拒绝提供", "en": "register of the head — refused"}}
    ]


def test_an_answer_that_cannot_be_true_is_refused_at_its_fact() -> None:
    told = ask("interview", about=YUCHENG, household={"id": "1"})
    fact = told["question"]["fact"]
    (fault,) = refused("interview", about=YUCHENG, talk=told["talk"], move={"answer": ["none of it"]})
    assert fault["path"] == f"$.{fact}"
    assert fault["en"].startswith("expected ")
    assert fault["zh"].startswith("应为")
    (fault,) = refused("interview", about=YUCHENG, talk=told["talk"], move={"skip": "zero_divisor"})
    assert (fault["path"], fault["code"]) == (f"$.{fact}", "why")


# -- faults ------------------------------------------------------------------------------------------------------------


def test_faults_belong_to_fields_and_have_words_in_both_languages() -> None:
    wrong = {
        "id": "1",
        "hukou": "city",
        "income": {"pension_yuan": "-1", "wage_income_yuan": "a lot"},
        "members": [{"id": "1", "birth_date": "1951", "health": ["bad"]}],
        "members_complete": "yes",
    }
    told = {each["path"]: each["zh"] for each in refused("look", about=YUCHENG, household=wrong, language="zh")}
    assert told == {
        "$.hukou": "应为所列各项之一；不知道就留空",
        "$.income.pension_yuan": "应为0至100000000元/年的数，至多2位小数；不知道就留空",
        "$.income.wage_income_yuan": "应为0至100000000元/年的数，至多2位小数；不知道就留空",
        "$.members[0].birth_date": "应为1900年至2199年间的日期，如 2016-01-31；不知道就留空",
        "$.members[0].health": "应在所列各项之中；不知道就留空",
        "$.members_complete": "应为是或否；不知道就留空",
    }


@pytest.mark.parametrize(
    ("text", "code", "zh"),
    [
        ("[" * 100_000, "depth", "嵌套过深，或内容过多"),
        ('{"id": ' + "[" * 3_000 + "]" * 3_000 + "}", "depth", "嵌套过深，或内容过多"),
        ('{"id": "1"', "json", "不是 JSON，或有重复的键、不成数字的数字"),
        ('{"id": "1", "id": "2"}', "json", "不是 JSON，或有重复的键、不成数字的数字"),
        ('{"hukou": "rural"}', "missing", "缺少编号"),
        ('{"id": "1", "hukuo": "rural"}', "unknown_fact", "没有这一项事实"),
        ('{"id": "11010519491231002X"}', "id_personal", "这是证件号码，会出现在每个结论里；请另行编号"),
        ('{"id": "1", "members": [{"id": "1"}, {"id": "1"}]}', "double", "同一户里编号重复；请另行编号"),
        ("[1]", "shape", "应为一组事实"),
        ('{"id": "' + "x" * (1 << 20) + '"}', "line_size", "文件过大，一次只读一户"),
    ],
)
def test_a_file_that_is_no_household_is_refused_in_words(text: str, code: str, zh: str) -> None:
    (fault,) = refused("read", text=text)
    assert (fault["code"], fault["zh"]) == (code, zh)


def test_names_and_numbers_of_persons_in_a_file_are_left_out_and_counted() -> None:
    text = json.dumps({"id": "1", "head_name": "户主甲", "members": [{"id": "1", "name": "户主甲", "sex": "male"}]})
    assert ask("read", text=text) == {"household": {"id": "1", "members": [{"id": "1", "sex": "male"}]}, "left_out": 2}


def test_a_household_is_written_as_one_line_that_registers_read() -> None:
    line = ask("written", household=POOR)
    assert line.count("\n") == 1
    assert ask("read", text=line)["household"] == fr.to_plain(fr.from_plain(fr.Household, POOR))


# -- words -------------------------------------------------------------------------------------------------------------


def test_the_page_says_everything_in_both_languages_and_nothing_that_is_not_used() -> None:
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    for key, pair in words.items():
        assert list(pair) == ["zh", "en"], key
        assert pair["zh"] and pair["en"], key
        assert re.findall(r"\{\w+\}", pair["zh"]) == re.findall(r"\{\w+\}", pair["en"]), key
    code = "".join(path.read_text(encoding="utf-8") for path in (*PAGE.glob("*.mjs"), PAGE / "index.html"))
    named = set(re.findall(r'word\(\s*"(\w+)"', code)) | set(re.findall(r'data-word="(\w+)"', code))
    assert named <= set(words)
    begun = {f"{each}_" for each in re.findall(r"word\(`(\w+)_\$", code)}
    unused = [key for key in words if f'"{key}"' not in code and not key.startswith(tuple(begun))]
    assert unused == []


def test_words_that_the_page_puts_together_are_all_there() -> None:
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    wanted = [f"group_{name}" for name in ("household", *GROUPS)]
    wanted += [f"why_{why}" for why in ask("fields")["why"]]
    wanted += [f"outcome_{each.value}" for each in (*fr.Outcome, *fr.ExitOutcome)]
    wanted += [f"goal_{goal}" for goal in ("eligibility", "exit")]
    assert [key for key in wanted if key not in words] == []


def test_every_fact_has_words_for_what_it_has_to_be() -> None:
    known = catalogue(fr.Household)
    for field in (*known.fields.values(), *known.members.values()):
        assert fault_words.expected(field.spec).startswith(("应", "格式不符"))
