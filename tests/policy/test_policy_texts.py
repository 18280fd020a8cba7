"""What rules make of free and private texts: whether there is one, and never what it says."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.engine._reasons import reason_of
from fupin_rules.errors import PolicyError
from fupin_rules.expr import check, parse
from fupin_rules.model import Sort, catalogue
from fupin_rules.policy import Subject, judge, load_policy
from fupin_rules.policy._scope import facts_scope

DAY = date(2016, 6, 1)
TEXTS = [
    path if owner == "household" else f"m.{path}"
    for owner, fields in (("household", catalogue(fr.Household).fields), ("member", catalogue(fr.Household).members))
    for path, field in fields.items()
    if field.spec.sort in (Sort.TEXT, Sort.PRIVATE)
]
ASKING = """
[[rule]]
id = "name_blank"
kind = "check"
label = { zh = "没有户主姓名或说明", en = "no name of the head, or no note" }
when = '''
not is_known(head_name) or not is_known(monitoring.other_risk_note) or any(not is_known(m.id_no) for m in members)
'''
source = "order"
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> fr.Snapshot:
    first = '[[rule]]\nid = "poor"\n'
    folder = write_pack(tmp_path_factory.mktemp("packs"), {"rules.toml": {first: ASKING.lstrip() + "\n" + first}})
    return load_policy(folder).on(DAY)


def _home(name: str | None, note: str | None, number: str | None) -> fr.Household:
    return fr.Household(
        id="H-1",
        members=(fr.Member(id="1", id_no=number),),
        members_complete=True,
        head_name=name,
        monitoring=fr.from_plain(fr.Household, {"id": "x", "monitoring": {"other_risk_note": note}}).monitoring,
    )


@pytest.mark.parametrize("path", TEXTS)
def test_every_text_of_the_catalogue_may_be_asked_for_and_not_read(path: str) -> None:
    scope = facts_scope(Subject.HOUSEHOLD)
    in_members = "any({} for m in members)" if path.startswith("m.") else "{}"
    check(parse(in_members.format(f"is_known({path})")), scope)
    with pytest.raises(fr.FupinRulesError, match="is a text that rules do not read"):
        check(parse(in_members.format(f'{path} == "a"')), scope)


TOLD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)


@given(st.tuples(TOLD, TOLD, TOLD), st.tuples(TOLD, TOLD, TOLD))
def test_rules_cannot_tell_two_texts_apart(
    rules: fr.Snapshot, one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    told, told_otherwise = judge(_home(*one), rules), judge(_home(*other), rules)
    assert told.values == told_otherwise.values
    reasons = [reason_of(rules.rule("name_blank"), each).to_plain() for each in (told, told_otherwise)]
    assert reasons[0] == reasons[1]


@pytest.mark.parametrize("blank", range(3))
def test_a_text_that_is_not_there_or_all_spaces_is_not_known(rules: fr.Snapshot, blank: int) -> None:
    for nothing in (None, " ") if blank == 1 else (None,):
        texts: list[str | None] = ["甲", "说明", "号码"]
        texts[blank] = nothing
        assert judge(_home(texts[0], texts[1], texts[2]), rules).values["name_blank"] is True
    assert judge(_home("甲", "说明", "号码"), rules).values["name_blank"] is False


def test_what_a_text_says_is_in_no_reason_and_no_explanation(rules: fr.Snapshot) -> None:
    secrets = ("司马相如九号", "某处塌方", "11010519491231002X")
    home = _home(*secrets)
    judgement = judge(home, rules)
    reason = reason_of(rules.rule("name_blank"), judgement)
    answer = fr.assess(home, rules)
    shown = repr(reason) + repr(judgement) + repr(judgement.reading.value("head_name"))
    shown += json.dumps(reason.to_plain(), ensure_ascii=False) + json.dumps(answer.to_plain(), ensure_ascii=False)
    shown += "".join(answer.explain(language) for language in ("zh", "en"))
    assert [secret for secret in secrets if secret in shown] == []
    told = {each.name: (each.shown["zh"], each.shown["en"]) for each in reason.because}
    assert told["head_name"] == ("已填", "entered")


def test_an_outcome_may_not_ask_for_a_text_either(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="only checks may ask what is known"):
        load_policy(write_pack(tmp_path, {"rules.toml": {'"assets.owns_car"': '"is_known(phone)"'}}))
