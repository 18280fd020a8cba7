"""Reading procedures: a good one and back, its digest, and everything a stranger can get wrong, with the whole message."""

import copy
import json
import pickle
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_pack
from small_procedure import small_procedure, small_text, write_small

from fupin_rules.citations import Source, Standing
from fupin_rules.cli import main
from fupin_rules.errors import LimitError, PolicyError
from fupin_rules.expr import to_text
from fupin_rules.journal import canonical, read_canonical
from fupin_rules.policy import load_policy, pack_sources
from fupin_rules.workflow import (
    DayCount,
    NewRound,
    NoticeKind,
    Resolve,
    SetFact,
    Upcast,
    installed_procedures,
    load_procedure,
    read_procedure,
    read_procedure_file,
)
from fupin_rules.workflow.procedure._write import digest_of
from pace import within

# What the check of whole procedures finds has tests of its own.
read, load = partial(read_procedure, checked=False), partial(load_procedure, checked=False)
SMALL = small_procedure()
PLAIN = SMALL.to_plain()
WORDS = {"label", "title", "note", "zh", "en"}

Path_ = tuple[str | int, ...]


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Give the path of each text, number and truth value of plain data."""
    if isinstance(value, (dict, list)):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*path, key))
    else:
        yield path


def is_wording(path: Path_) -> bool:
    return bool(WORDS & set(path)) or (path[0] == "sources" and path[2] != "standing")


def bent(path: Path_, change: Callable[[Any], Any]) -> dict[str, Any]:
    """Give the plain form with the value at a path changed."""
    plain = copy.deepcopy(PLAIN)
    holder: Any = plain
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = change(holder[path[-1]])
    return plain


def other(value: Any) -> Any:
    return (not value) if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"


# -- laws ------------------------------------------------------------------------------------------------------------


def test_a_procedure_reads_back_from_what_it_writes() -> None:
    assert read(PLAIN) == SMALL
    assert read(PLAIN).to_plain() == PLAIN
    assert read(json.loads(json.dumps(PLAIN))) == SMALL


def test_a_procedure_reads_back_from_canonical_json() -> None:
    plain = read_canonical(canonical(PLAIN))
    assert isinstance(plain, dict)
    assert read(plain) == SMALL
    assert read(plain).digest == SMALL.digest


def test_toml_as_plain_data_gives_the_same_procedure() -> None:
    assert read(tomllib.loads(small_text())) == SMALL


def test_a_procedure_outlives_pickling_and_is_named_as_journals_name_it() -> None:
    assert repr(SMALL) == f"<Procedure small-procedure/1@{SMALL.digest}>"
    assert pickle.loads(pickle.dumps(SMALL)) == SMALL
    assert hash(read(PLAIN)) == hash(SMALL)


LEAVES = sorted(leaves(PLAIN), key=str)


@given(st.sampled_from([path for path in LEAVES if is_wording(path)]), st.text())
def test_wording_does_not_change_the_digest(path: Path_, words: str) -> None:
    assert digest_of(bent(path, lambda _: words)) == SMALL.digest


@given(st.sampled_from([path for path in LEAVES if not is_wording(path)]))
def test_anything_but_wording_changes_the_digest(path: Path_) -> None:
    assert digest_of(bent(path, other)) != SMALL.digest


@given(st.sampled_from(["levels", "roles", "facts", "events", "states", "notices", "moves"]), st.randoms())
def test_the_order_of_parts_is_kept_and_counts(array: str, random: Any) -> None:
    rows = list(PLAIN[array])
    random.shuffle(rows)
    shuffled = read(PLAIN | {array: rows})
    assert [each.id for each in getattr(shuffled, array)] == [row["id"] for row in rows]
    assert (shuffled.digest == SMALL.digest) is (rows == PLAIN[array])


def test_a_field_called_like_a_word_of_the_format_still_counts_in_the_digest() -> None:
    steps = {"set = { entitled = 30 }": 'set = { entitled = 30 }, rename = { label = "note" }, drop = ["zh"]'}
    field = {
        '{ id = "entitled", ': '{ id = "note", kind = "text", label = { zh = "一", en = "a" } },\n  { id = "entitled", '
    }
    one = small_procedure(steps | field)
    other_name = small_procedure(
        {key: text.replace('label = "note"', 'title = "note"') for key, text in steps.items()} | field
    )
    assert one.digest != other_name.digest


def test_keys_whose_value_is_the_default_are_left_out() -> None:
    moves = {move["id"]: move for move in PLAIN["moves"]}
    assert moves["withdraw"] == {
        "id": "withdraw",
        "event": "withdraw",
        "from": ["applied", "evaluated"],
        "to": "withdrawn",
        "roles": ["household"],
        "source": "order#1",
    }
    assert "subject" not in PLAIN
    assert [notice["days"] for notice in PLAIN["notices"] if "days" in notice] == [
        {"n": 7},
        {"n": 5, "kind": "working", "count_start": True, "roll_end": True},
    ]


def test_what_the_file_says_is_what_the_parts_hold() -> None:
    assert SMALL.start == date(2016, 1, 6)
    assert SMALL.incompatible == (("supervisor", "township"),)
    assert SMALL.citation.locator == "five steps"
    assert SMALL.event["evaluate"].upcasts == (
        Upcast(1, rename=(("votes", "present"),), drop=("remark",)),
        Upcast(2, set=(("entitled", 30),)),
    )
    assert SMALL.review["joint"].need is None
    assert SMALL.review["county"].need == 2
    assert SMALL.notice["village"].days == DayCount(7)
    assert SMALL.notice["final"].kind is NoticeKind.ANNOUNCEMENT
    assert SMALL.move["uphold"].effects == (Resolve("village"), NewRound())
    assert SMALL.move["survey"].target is None
    guard = SMALL.move["evaluate_agreed"].guard
    assert guard is not None
    assert to_text(guard) == 'event.outcome == "agreed" and event.present * 3 >= event.entitled * 2 and facts.visited'
    assert [move.id for move in SMALL.moves_on["on_notice", "resolve"]] == ["dismiss", "uphold"]


def test_sources_of_its_own_go_before_those_given() -> None:
    given_sources = {
        "order": Source("order", "别", "another", Standing.FOUND),
        "more": Source("more", "多", "more", Standing.LOCAL),
    }
    cites_more = {"source": "more#1"}
    found = read(PLAIN | cites_more, sources=given_sources)
    assert found.citation.source is given_sources["more"]
    assert found.role["head"].citation.source.title_en == "order of a county (invented)"
    assert set(found.to_plain()["sources"]) == {"order", "guess", "more"}


def test_a_counter_may_reach_its_end() -> None:
    small_procedure({'to = "event.present"': 'to = "facts.votes + event.present"'})


def test_a_unit_has_one_form_and_a_plain_number_none() -> None:
    many = small_procedure({'high = 10000\nunit = "person"': 'high = 10000\nunit = "person*item/item"'})
    assert many.fact["votes"].unit == "person"
    plain = small_procedure(
        {'high = 10000\nunit = "person"': 'high = 10000\nunit = "1"', 'to = "event.present"': 'to = "round"'}
    )
    assert plain == small_procedure(
        {'high = 10000\nunit = "person"': "high = 10000", 'to = "event.present"': 'to = "round"'}
    )


def test_a_text_may_be_copied_and_asked_for_but_not_read() -> None:
    text = {'id = "votes"\nkind = "number"\nlow = 0\nhigh = 10000\nunit = "person"': 'id = "votes"\nkind = "text"'}
    copied = small_procedure(
        text
        | {
            '{ do = "set", fact = "votes", to = "event.present" },\n': "",
            '[{ do = "object", notice = "village" }]': '[{ do = "object", notice = "village" }, { do = "set", fact = "votes", to = "event.ground" }]',
        }
    )
    assert isinstance(copied.move["object"].effects[1], SetFact)


# -- faults ----------------------------------------------------------------------------------------------------------

FAULTS: list[tuple[dict[str, str], list[str]]] = [
    (
        {"format = 1": "format = 2"},
        ["line 1, column 1: format 2 is not read; this version reads format 1"],
    ),
    (
        {'id = "small-procedure"\n': 'id = "small"\n'},
        ["line 2, column 1: `id` is `small`, the file `small-procedure.toml`; give both one name of a-z, 0-9 and -"],
    ),
    (
        {'id = "small-procedure"\n': 'id = "Small"\n'},
        ["line 2, column 1: `id` is `Small`; use a-z, 0-9 and -"],
    ),
    (
        {'id = "small-procedure"\n': ""},
        [": `id` is missing; add a text"],
    ),
    (
        {"version = 1\n": "version = 0\n"},
        ["line 3, column 1: `version` is no number from 1 to 9007199254740991; give another"],
    ),
    (
        {"version = 1\n": "version = 1.5\n"},
        ["line 3, column 1: `version` is not a whole number; give a whole number"],
    ),
    (
        {"from = 2016-01-06\n": 'from = "2016-01-06"\n'},
        ["line 4, column 1: `from` is not a day; give a day"],
    ),
    (
        {"from = 2016-01-06\n": "from = 1816-01-06\n"},
        ["line 4, column 1: `from` is no day from 1900-01-01 to 2199-12-31; give a day"],
    ),
    (
        {'title = { zh = "小程序", en = "small procedure" }': 'title = "small"'},
        [
            "line 5, column 1: `title` is not a text in both languages, { zh = …, en = … }; give a text in both languages, { zh = …, en = … }"
        ],
    ),
    (
        {'subject = "household"': 'subject = "person"'},
        ["line 7, column 1: `subject` is `person`; give one of household, village"],
    ),
    (
        {'policy = "yucheng-2016"\n': 'policy = "Yucheng"\n'},
        ["line 8, column 1: `policy` is `Yucheng`, no id of a pack; use a-z, 0-9 and -"],
    ),
    (
        {'policy = "yucheng-2016"\n': ""},
        [
            "line 510, column 9: `assessment.outcome` is read, but the procedure names no policy; add `policy` to its head"
        ],
    ),
    (
        {'initial = "draft"': 'initial = "drafted"'},
        ["line 9, column 1: `initial` names `drafted`, which is no state; did you mean `draft`?"],
    ),
    (
        {'source = "order#five steps"': 'source = "ordre#five steps"'},
        ["line 10, column 1: `source` cites `ordre`, which is no source; did you mean `order`?"],
    ),
    (
        {'[["supervisor", "township"]]': '[["supervisor", "townships"]]'},
        ["line 11, column 32: `incompatible` names `townships`, which is no role; did you mean `township`?"],
    ),
    (
        {'[["supervisor", "township"]]': '["supervisor", "township"]'},
        [
            'line 11, column 17: `incompatible` is not a list of lists of two roles or more; write `[["a", "b"]]`, two roles or more in each'
        ],
    ),
    (
        {'[["supervisor", "township"]]': '[["supervisor", "supervisor"]]'},
        ["line 11, column 32: `incompatible` names `supervisor` twice; name it once"],
    ),
    (
        {'initial = "draft"': 'initial = "draft"\nfollows = "small-procedure/1"'},
        ["line 10, column 1: `follows` is `small-procedure/1`; write `id/version@digest`"],
    ),
    (
        {'initial = "draft"': 'initial = "draft"\ninital = "draft"'},
        ["line 10, column 1: `inital` is not known here; did you mean `initial`?"],
    ),
    (
        {"digits = 12": "digits = 13"},
        ["line 31, column 1: `digits` is no number from 0 to 12; give another"],
    ),
    (
        {'id = "town"\nlabel': 'id = "village"\nlabel'},
        [
            "line 34, column 1: `village` stands twice in `levels`; give each an id of its own",
            "line 75, column 1: `level` names `town`, which is no level; known: village, county",
            "line 264, column 1: `level` names `town`, which is no level; known: village, county",
            "line 318, column 1: `level` names `town`, which is no level; known: village, county",
        ],
    ),
    (
        {'id = "town"\nlabel': 'id = "Town"\nlabel'},
        [
            "line 34, column 1: `Town` is no name; use a-z, 0-9 and _, a letter first",
            "line 75, column 1: `level` names `town`, which is no level; known: village, county",
            "line 264, column 1: `level` names `town`, which is no level; known: village, county",
            "line 318, column 1: `level` names `town`, which is no level; known: village, county",
        ],
    ),
    (
        {'id = "county"\nlevel = "county"': 'id = "county"\nlevel = "country"'},
        ["line 87, column 1: `level` names `country`, which is no level; did you mean `county`?"],
    ),
    (
        {'{ id = "refused", zh = "不同意", en = "refused" }': '{ id = "agreed", zh = "不同意", en = "refused" }'},
        ["line 99, column 57: `agreed` stands twice in `codes`; give each an id of its own"],
    ),
    (
        {'{ id = "refused", zh = "不同意", en = "refused" }': '{ id = "refused", zh = "不同意" }'},
        ["line 99, column 55: `en` is missing; add a text"],
    ),
    (
        {'id = "applied_on"\nkind = "day"': 'id = "applied_on"\nkind = "date"'},
        ["line 119, column 1: `kind` is `date`; give one of claim, number, day, code, text, digest"],
    ),
    (
        {'id = "visited"\nkind = "claim"': 'id = "visited"\nkind = "claim"\nlow = 1'},
        ["line 132, column 1: has `low`, but is no number; remove it"],
    ),
    (
        {'list = "decision"\nlabel = { zh = "评议结果"': 'label = { zh = "评议结果"'},
        ["line 134, column 1: `list` is missing; add a text"],
    ),
    (
        {'list = "decision"\nlabel = { zh = "评议结果"': 'list = "decisions"\nlabel = { zh = "评议结果"'},
        ["line 137, column 1: `list` names `decisions`, which is no code list; did you mean `decision`?"],
    ),
    (
        {'low = 0\nhigh = 10000\nunit = "person"': 'low = 0\nhigh = 10000\nunit = "persons"'},
        [
            "line 145, column 1: `persons` is no unit; known units: yuan, wan_yuan, person, household, village, item, head, year, month, day, minute, mu, m2, m, km, litre, horsepower, degree, point; see the units of the reference"
        ],
    ),
    (
        {'low = 0\nhigh = 10000\nunit = "person"': 'low = 0\nunit = "person"'},
        ["line 140, column 1: `high` is missing; add a whole number"],
    ),
    (
        {'low = 0\nhigh = 10000\nunit = "person"': 'low = 0\nhigh = -1\nunit = "person"'},
        ["line 144, column 1: `high` is below `low`; give the lowest and the highest"],
    ),
    (
        {'low = 0\nhigh = 10000\nunit = "person"': 'low = 0.5\nhigh = 1\nunit = "person"'},
        ["line 143, column 1: `low` is not a whole number; give a whole number"],
    ),
    (
        {'id = "visited"\nkind': 'id = "class"\nkind'},
        [
            "line 130, column 1: `class` is a word of the rule language; give another id",
            "line 383, column 26: `fact` names `visited`, which is no fact; known: applied_on, consent, class, decision, votes",
        ],
    ),
    (
        {'id = "visited"\nkind = "claim"': 'id = "visited"\nkind = "claim"\nrequired = false'},
        ["line 132, column 1: `required` is not known here; remove it"],
    ),
    (
        {'kind = "goal"': 'kind = "aim"'},
        ["line 268, column 1: `kind` is `aim`; give one of open, waiting, goal, closed"],
    ),
    (
        {'level = "county"\nprotected': 'level = "prefecture"\nprotected'},
        ["line 270, column 1: `level` names `prefecture`, which is no level; known: village, town, county"],
    ),
    (
        {'reviews = ["joint", "county"], notices': 'reviews = ["joint", "country"], notices'},
        ["line 272, column 31: `reviews` names `country`, which is no review; did you mean `county`?"],
    ),
    (
        {'notices = ["village"], events': 'notice = ["village"], events'},
        ["line 272, column 42: `notice` is not known here; did you mean `notices`?"],
    ),
    (
        {'{ id = "surveyor", role = "surveyor" }': '{ id = "surveyor", role = "surveyors" }'},
        ["line 289, column 22: `role` names `surveyors`, which is no role; did you mean `surveyor`?"],
    ),
    (
        {"need = 2": "need = 4"},
        ["line 301, column 1: `need` is no number from 1 to 3; give another"],
    ),
    (
        {'may_share = [["head", "secretary"]]': 'may_share = [["head", "secretaries"]]'},
        ["line 293, column 23: `may_share` names `secretaries`, which is no slot; did you mean `secretary`?"],
    ),
    (
        {'[["surveyor", "head"]]': '[["surveyor"]]'},
        [
            'line 294, column 17: `incompatible` is not a list of lists of two slots or more; write `[["a", "b"]]`, two slots or more in each'
        ],
    ),
    (
        {"days = { n = 7 }\n": ""},
        ["line 304, column 1: `days` is missing; add a count, { n = 7 }"],
    ),
    (
        {"days = { n = 7 }\n": "days = 7\n"},
        ["line 310, column 1: `days` is not a count, { n = 7 }; give a count, { n = 7 }"],
    ),
    (
        {"days = { n = 7 }\n": "days = { n = 0, count_start = true }\n"},
        ["line 310, column 1: no days, the first included; give 1, or do not count the start"],
    ),
    (
        {"days = { n = 7 }\n": "days = { n = 5000 }\n"},
        ["line 310, column 10: `n` is no number from 0 to 3660; give another"],
    ),
    (
        {'days_source = "guess"\nobjectors = ["household", "assembly"]\n': ""},
        [
            "line 304, column 1: `days_source` is missing; add a text",
            "line 304, column 1: `objectors` is missing; add a list of roles",
        ],
    ),
    (
        {'objectors = ["household", "assembly"]': "objectors = []"},
        ["line 312, column 1: `objectors` is empty; name at least one role"],
    ),
    (
        {'on_upheld = "applied"': 'on_upheld = "apply"'},
        ["line 313, column 1: `on_upheld` names `apply`, which is no state; did you mean `applied`?"],
    ),
    (
        {'source = "order#6"\n\n[[deadlines]]': 'source = "order#6"\ndays = { n = 3 }\n\n[[deadlines]]'},
        [
            "line 332, column 1: has `days`, but an announcement runs no time and takes no objection; remove it, or make it a notice"
        ],
    ),
    (
        {'on_objection = "restart"': 'on_objection = "stop"'},
        ["line 324, column 1: `on_objection` is `stop`; give one of suspend, restart"],
    ),
    (
        {'states = ["checked"]': "states = []"},
        ["line 354, column 1: `states` is empty; name at least one state"],
    ),
    (
        {'role = "supervisor"\nlabel': "label"},
        ["line 333, column 1: `role` is missing; add a text"],
    ),
    (
        {'then = "remind"': 'then = "remind"\nrole = "county"'},
        ["line 357, column 1: has `role`, but `then` is `remind`; only `escalate` has it"],
    ),
    (
        {'since = "facts.applied_on"': 'since = "facts.apply_on"'},
        ["line 341, column 1: `since` is `facts.apply_on`, which is no day; did you mean `facts.applied_on`?"],
    ),
    (
        {'since = "last.close"': 'since = "yesterday"'},
        ["line 359, column 1: `since` is `yesterday`, which is no day; did you mean `entered`?"],
    ),
    (
        {'since = "facts.applied_on"': 'since = "facts.votes"'},
        [
            "line 341, column 1: `since` is `facts.votes`, which is no day; give `entered`, `last.<event>` or a fact of kind day"
        ],
    ),
    (
        {'event = "survey"\nfrom': 'event = "surveys"\nfrom'},
        ["line 377, column 1: `event` names `surveys`, which is no event; did you mean `survey`?"],
    ),
    (
        {'from = ["checked", "listed"]': 'from = ["checked", "list"]'},
        ["line 518, column 20: `from` names `list`, which is no state; did you mean `listed`?"],
    ),
    (
        {'from = ["checked", "listed"]': 'from = ["checked", "checked"]'},
        ["line 518, column 20: `from` names `checked` twice; name it once"],
    ),
    (
        {'from = ["checked", "listed"]': 'from = "checked"'},
        ["line 518, column 1: `from` is not a list of states; give a list of states"],
    ),
    (
        {'to = "listed"': 'to = "listing"'},
        ["line 509, column 1: `to` names `listing`, which is no state; did you mean `listed`?"],
    ),
    (
        {'roles = ["panel", "county"]': 'roles = ["panel", 7]'},
        ["line 501, column 1: `roles` is not a list of texts; give texts in quotes"],
    ),
    (
        {'evidence = ["form"]': 'evidence = ["forms"]'},
        ["line 368, column 13: `evidence` names `forms`, which is no sort of evidence; did you mean `form`?"],
    ),
    (
        {'{ do = "sign", review = "joint" }': '{ do = "signs", review = "joint" }'},
        ["line 422, column 14: `do` is `signs`, which is no effect; did you mean `sign`?"],
    ),
    (
        {'{ do = "sign", review = "joint" }': '{ do = "sign", notice = "joint" }'},
        [
            "line 422, column 12: `review` is missing; add a text",
            "line 422, column 27: `notice` is not known here; remove it",
        ],
    ),
    (
        {'{ do = "sign", review = "joint" }': '{ do = "sign", review = "joints" }'},
        ["line 422, column 27: `review` names `joints`, which is no review; did you mean `joint`?"],
    ),
    (
        {'fact = "votes"': 'fact = "vote"'},
        ["line 401, column 17: `fact` names `vote`, which is no fact; did you mean `votes`?"],
    ),
    (
        {'effects = [{ do = "object", notice = "village" }]': 'effects = [{ do = "object", notice = "final" }]'},
        ["line 465, column 29: `final` is an announcement, which takes no objection; name a notice"],
    ),
    (
        {'when = "overdue.notice_due"': 'when = "overdue.notice_dui"'},
        ["line 538, column 9: `overdue.notice_dui` is not known; did you mean `overdue.notice_due`?"],
    ),
    (
        {'when = "overdue.notice_due"': 'when = "overdue.notice_due and"'},
        ["line 538, column 9: is no expression of the rule language; mend the syntax"],
    ),
    (
        {'when = "overdue.notice_due"': 'when = "round"'},
        ["line 538, column 9: a claim is due here, this is a number; see the types of the names"],
    ),
    (
        {"and facts.visited\n": "and facts.visitd\n"},
        ["line 395, column 5: `facts.visitd` is not known; did you mean `facts.visited`?"],
    ),
    (
        {"and facts.visited\n": 'and or_else(facts.visited, True, because="src:guess")\n'},
        [
            "line 395, column 5: `or_else` stands in a guard, and nobody acts on a default; read the value alone: not known, the move waits for it"
        ],
    ),
    (
        {"and facts.visited\n": "and any(m.on_dibao for m in members)\n"},
        ["line 395, column 5: `members` is no relation; known: none for this subject"],
    ),
    (
        {"is_known(event.reason)": 'event.reason == \\"late\\"'},
        [
            "line 473, column 42: `event.reason` is a text, which no guard reads; ask `is_known(event.reason)`, or declare a code or a claim"
        ],
    ),
    (
        {"is_known(event.reason)": 'is_known(event.reason == \\"late\\")'},
        [
            "line 473, column 51: `event.reason` is a text, which no guard reads; ask `is_known(event.reason)`, or declare a code or a claim"
        ],
    ),
    (
        {'to = "today"': 'to = "round"'},
        ["line 370, column 44: `facts.applied_on` is a day, this is a number; set it to what it holds"],
    ),
    (
        {'to = "event.consent"': 'to = "\\"abc\\""'},
        ["line 371, column 41: `facts.consent` is a digest; set it to a field of the event that is one"],
    ),
    (
        {'to = "event.present"': 'to = "event.present / 2"'},
        [
            "line 401, column 39: `facts.votes` is a whole number, this may have a fraction; round it: `round_half_up(…, 0)`"
        ],
    ),
    (
        {'to = "event.present"': 'to = "20000"'},
        ["line 401, column 39: `facts.votes` is from 0 to 10000, this never is; mend the value or the range"],
    ),
    (
        {'to = "event.present"': 'to = "round"'},
        ["line 401, column 39: `facts.votes` is in `person`, this is in `1`; bring both to one unit"],
    ),
    (
        {'to = "event.outcome"': 'to = "\\"agree\\""'},
        [
            "line 400, column 42: `facts.decision` could become `agree`, which is not in the list `decision`; known: agreed, refused"
        ],
    ),
    (
        {'to = "event.outcome"': 'to = "state"'},
        [
            "line 400, column 42: `facts.decision` could become `applied`, which is not in the list `decision`; known: agreed, refused"
        ],
    ),
    (
        {'to = "event.at_home"': 'to = "event.at_homes"'},
        ["line 383, column 50: `event.at_homes` is not known; did you mean `event.at_home`?"],
    ),
    (
        {'{ id = "objection", kind = "text", label = { zh = "异议编号", en = "objection" } },\n': ""},
        [
            "line 473, column 12: to `resolve` the event `resolve` must carry `objection`; add the field, a text",
            "line 483, column 12: to `resolve` the event `resolve` must carry `objection`; add the field, a text",
        ],
    ),
    (
        {'{ id = "objection", kind = "text"': '{ id = "objection", kind = "digest"'},
        [
            "line 474, column 12: to `resolve` the event `resolve` must carry `objection` as a text, it is a digest; change its kind",
            "line 484, column 12: to `resolve` the event `resolve` must carry `objection` as a text, it is a digest; change its kind",
        ],
    ),
    (
        {'list = "objection_outcome", label': 'list = "decision", label'},
        [
            "line 473, column 26: `dismissed` is not in the list decision; known: agreed, refused",
            "line 474, column 12: the codes of `event.outcome` are not upheld and dismissed; give it a list of these two",
            "line 483, column 26: `upheld` is not in the list decision; known: agreed, refused",
            "line 484, column 12: the codes of `event.outcome` are not upheld and dismissed; give it a list of these two",
        ],
    ),
    (
        {'{ id = "slot", kind = "text", label = { zh = "签字位", en = "slot" }, required = false }': ""},
        [
            "line 502, column 12: to sign as `panel`, which has several slots, the event `sign` must carry `slot`; add the field, a text"
        ],
    ),
    (
        {'  { from = 1, rename = { votes = "present" }, drop = ["remark"] },\n': ""},
        [
            "line 170, column 1: version 3 needs upcasts from 1, 2, not from 2; write one for each older version, oldest first"
        ],
    ),
    (
        {"{ from = 2, set = { entitled = 30 } }": '{ from = 2, set = { entitled = "many" } }'},
        ["line 172, column 23: `entitled` is set to what its field does not hold; give a number that fits"],
    ),
    (
        {"{ from = 2, set = { entitled = 30 } }": "{ from = 2, set = { entiteld = 30 } }"},
        ["line 172, column 3: leads to `entiteld`, which is no field of the event; did you mean `entitled`?"],
    ),
    (
        {"{ from = 2, set = { entitled = 30 } }": '{ from = 2, drop = ["present"] }'},
        [
            "line 172, column 3: takes away `present`, which the event must carry; rename another field into it, or set it"
        ],
    ),
    (
        {"{ from = 2, set = { entitled = 30 } }": '{ from = 2, drop = ["votes"] }'},
        ["line 172, column 3: `votes` is gone in an earlier step; leave it out here"],
    ),
    (
        {"{ from = 2, set = { entitled = 30 } }": '{ from = 2, set = { present = 30 }, drop = ["present"] }'},
        ["line 172, column 3: `present` is given or renamed and dropped in one step; do one of them"],
    ),
    (
        {"{ from = 2, set = { entitled = 30 } }": "{ from = 2, set = { entitled = 30.5 } }"},
        ["line 172, column 23: `entitled` is no plain value; give a text, whole number or truth value"],
    ),
    (
        {
            "{ from = 2, set = { entitled = 30 } }": '{ from = 2, rename = { number = "entitled" }, set = { entitled = 30 } }'
        },
        ["line 172, column 3: `entitled` is given twice in one step; rename into it or set it"],
    ),
    (
        {"version = 3\n": ""},
        ["line 169, column 1: has upcasts, but only one version; write one for each older version, oldest first"],
    ),
    (
        {'standing = "stated"': 'standing = "said"'},
        ["line 20, column 1: `standing` is `said`; give one of stated, found, local, unverified, assumption"],
    ),
    (
        {'note = "the order sets no time"\n': ""},
        ["line 22, column 1: an assumption gives no reason; say in `note` why it was assumed"],
    ),
    (
        {"key_step = true\neffects = [\n": "key_stp = true\neffects = [\n"},
        ["line 398, column 1: `key_stp` is not known here; did you mean `key_step`?"],
    ),
    (
        {"distinct = false": "distinct = 0"},
        ["line 302, column 1: `distinct` is not true or false; give true or false"],
    ),
    (
        {'[[states]]\nid = "draft"\nkind = "open"': '[[states]]\nid = 7\nkind = "open"'},
        [
            "line 9, column 1: `initial` names `draft`, which is no state; known: applied, evaluated, on_notice, checked, listed, refused, withdrawn",
            "line 239, column 1: `id` is not a text; give a text",
            "line 364, column 9: `from` names `draft`, which is no state; known: applied, evaluated, on_notice, checked, listed, refused, withdrawn",
        ],
    ),
    (
        {'fact = "votes", to = "event.present"': 'fact = "votes", to = "event.outcome"'},
        ["line 401, column 39: `facts.votes` is a number, this is a code; set it to what it holds"],
    ),
    (
        {'[{ do = "new_round" }]\nsource = "guess"': '["new_round"]\nsource = "guess"'},
        ["line 521, column 12: is no table; write it as `[table]` or `{ … }`"],
    ),
    (
        {
            "{ from = 2, set = { entitled = 30 } }": '{ from = 2, set = { entitled = 30, "Rest" = 1 }, drop = ["x", "x"] }'
        },
        [
            "line 172, column 38: `Rest` is no name; use a-z, 0-9 and _, a letter first",
            "line 172, column 52: `drop` names a field twice; name it once",
        ],
    ),
    (
        {
            'slots = [{ id = "first", role = "panel" }, { id = "second", role = "panel" }, { id = "third", role = "county" }]\nneed = 2\n': "slots = []\n"
        },
        ["line 296, column 1: has no `slots`; add `slots = [{ id = …, role = … }]`"],
    ),
    (
        {
            'codes = [{ id = "agreed", zh = "同意", en = "agreed" }, { id = "refused", zh = "不同意", en = "refused" }]\n': "codes = []\n"
        },
        ["line 97, column 1: has no `codes`; add `codes = [{ id = …, zh = …, en = … }]`"],
    ),
    (
        {'unit = "person"\nlabel': 'unit = "day"\nlabel'},
        ["line 401, column 39: `facts.votes` is in `day`, this is in `person`; bring both to one unit"],
    ),
    (
        {
            'to = "\\"refused\\""': 'to = "facts.outcome2"',
            'label = { zh = "到会人数", en = "people present" }\n': 'label = { zh = "到会人数", en = "people present" }\n\n[[facts]]\nid = "outcome2"\nkind = "code"\nlist = "objection_outcome"\nlabel = { zh = "一", en = "a" }\n',
        },
        [
            "line 420, column 51: `facts.decision` holds codes of `decision`, this is one of `objection_outcome`; keep to one list"
        ],
    ),
]


@pytest.mark.parametrize(
    ("changes", "messages"),
    FAULTS,
    ids=[" ".join(next(iter(each[0].values())).split())[:60] or str(n) for n, each in enumerate(FAULTS)],
)
def test_every_slip_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, changes: dict[str, str], messages: list[str]
) -> None:
    path = write_small(tmp_path, changes)
    with pytest.raises(PolicyError) as refusal:
        read_procedure_file(path)
    told = [f"small-procedure.toml{'' if each.startswith(':') else ', '}{each}" for each in messages]
    assert str(refusal.value).splitlines() == told
    assert all(fault.code for fault in refusal.value.faults)


def test_all_faults_are_told_at_once_and_in_the_order_of_the_file(tmp_path: Path) -> None:
    changes = {
        "overdue.notice_due": "overdue.notice_duh",
        'initial = "draft"': 'initial = "drift"',
        "need = 2": "need = 9",
        'event.at_home and event.visited_on <= today"': 'event.at_home and"',
    }
    with pytest.raises(PolicyError) as refusal:
        read_procedure_file(write_small(tmp_path, changes))
    assert [fault.code for fault in refusal.value.faults] == ["no_state", "number", "syntax", "unknown_name"]


def test_a_slip_in_a_part_is_not_told_again_by_what_reads_it(tmp_path: Path) -> None:
    changes = {'id = "visited"\nkind = "claim"': 'id = "visited"\nkind = "clam"', "overdue.notice_due": "overdue.due"}
    with pytest.raises(PolicyError) as refusal:
        read_procedure_file(write_small(tmp_path, changes))
    assert [fault.code for fault in refusal.value.faults] == ["choice"]


# -- plain data ------------------------------------------------------------------------------------------------------


def refusal_of(data: dict[str, Any]) -> list[str]:
    with pytest.raises(PolicyError) as refusal:
        read(data)
    return str(refusal.value).splitlines()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("moves", 2, "when"), "event.outcome == 'agred'", "$.moves[2].when, line 1, column 18: `agred` is not in the list decision; did you mean `agreed`?"),
        (("moves", 2, "when"), "facts.visited and", "$.moves[2].when, line 1, column 1: is no expression of the rule language; mend the syntax"),
        (("moves", 2, "when"), True, "$.moves[2].when: `when` is not a text; give a text"),
        (("moves", 2, "from", 0), "aplied", "$.moves[2].from[0]: `from` names `aplied`, which is no state; did you mean `applied`?"),
        (("moves", 0, "effects", 0, "to"), "round", "$.moves[0].effects[0].to, line 1, column 1: `facts.applied_on` is a day, this is a number; set it to what it holds"),
        (("facts", 4, "low"), 0.5, "$.facts[4].low: `low` is not a whole number; give a whole number"),
        (("facts", 4, "low"), True, "$.facts[4].low: `low` is not a whole number; give a whole number"),
        (("facts", 4, "low"), None, "$.facts[4].low: `low` is not a whole number; give a whole number"),
        (("facts", 4, "low"), -(2**60), "$.facts[4].low: `low` is no number from -9007199254740991 to 9007199254740991; give another"),
        (("from",), "2016-02-30", "$.from: `from` is no day from 1900-01-01 to 2199-12-31; give a day"),
        (("from",), "20160106", "$.from: `from` is no day from 1900-01-01 to 2199-12-31; give a day"),
        (("from",), 20160106, "$.from: `from` is not a day; give a day"),
        (("title", "zh"), "a\u202eb", "$.title.zh: `zh` holds a control or direction character; remove it"),
        (("moves",), {}, "$.moves: `moves` is not a list; give a list"),
        (("levels", 0, "label"), {"zh": "村"}, "$.levels[0].label: `en` is missing; add a text"),
        (("roles", 1, "source"), "nothing#1", "$.roles[1].source: `source` cites `nothing`, which is no source; add it to the sources"),
        (("roles", 1, "level"), "a\nb", "$.roles[1].level: `level` names `…`, which is no level; known: village, town, county"),
        (("events", 2, "upcasts", 1, "set", "entitled"), 0, "$.events[2].upcasts[1].set.entitled: `entitled` is set to what its field does not hold; give a number that fits"),
    ],
)  # fmt: skip
def test_faults_of_plain_data_have_their_path(path: Path_, value: object, message: str) -> None:
    assert refusal_of(bent(path, lambda _: value))[-1] == message


def test_plain_data_of_another_shape_is_refused_by_key() -> None:
    assert refusal_of({})[:3] == [
        "$: `format` is missing; add a whole number",
        "$: `id` is missing; add a text",
        "$: `version` is missing; add a whole number",
    ]
    assert "$: has no `states`; add a `[[states]]`" in refusal_of({})
    assert "$.7: `7` is not known here; remove it" in refusal_of({7: 1})  # type: ignore[dict-item]  # from a stranger


def test_days_may_be_days_or_text_in_plain_data() -> None:
    assert read(PLAIN | {"from": date(2016, 1, 6)}) == SMALL


def test_what_an_upcast_sets_must_fit_a_field_of_every_kind() -> None:
    fields = [
        {"id": "a", "kind": "claim"},
        {"id": "b", "kind": "day"},
        {"id": "c", "kind": "code", "list": "decision"},
        {"id": "d", "kind": "text"},
        {"id": "e", "kind": "digest"},
    ]
    good = {"a": True, "b": "2016-01-06", "c": "agreed", "d": "x", "e": "00"}
    bad = {"a": 1, "b": "2016-02-30", "c": "agree", "d": 1, "e": False}

    def post(values: dict[str, Any]) -> dict[str, Any]:
        labelled = [field | {"label": {"zh": "一", "en": "a"}} for field in fields]
        new = {"id": "posted", "label": {"zh": "一", "en": "a"}, "version": 2, "fields": labelled}
        return PLAIN | {"events": [*PLAIN["events"], new | {"upcasts": [{"from": 1, "set": values}]}]}

    assert dict(read(post(good)).event["posted"].upcasts[0].set) == good
    assert read(post(good | {"b": date(2016, 1, 6)})) == read(post(good))
    kinds = ["claim", "day", "code", "text", "digest"]
    assert refusal_of(post(bad)) == [
        f"$.events[14].upcasts[0].set.{name}: `{name}` is set to what its field does not hold; give a {kind} that fits"
        for name, kind in zip(bad, kinds, strict=True)
    ]


# -- limits ----------------------------------------------------------------------------------------------------------

WORD = {"zh": "一", "en": "a"}


def with_states(count: int) -> dict[str, Any]:
    more = [{"id": f"state_{n}", "kind": "open", "label": WORD} for n in range(count - len(SMALL.states))]
    return PLAIN | {"states": [*PLAIN["states"], *more]}


def with_guards(nodes: int) -> dict[str, Any]:
    guard = " and ".join(["facts.visited"] * 499)
    moves = [
        {"id": f"move_{n}", "event": "close", "from": ["draft"], "roles": ["head"], "source": "order", "when": guard}
        for n in range(nodes // 500)
    ]
    kept = [{key: value for key, value in move.items() if key != "when"} for move in PLAIN["moves"]]
    bare = [{key: value for key, value in move.items() if key != "effects"} for move in kept]
    return PLAIN | {"moves": [*bare, *moves]}


def holds_itself() -> dict[str, Any]:
    data = dict(PLAIN)
    data["note"] = data
    return data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: with_states(501), "$.states: `states` has 501 entries, more than 500; split the procedure"),
        (lambda: with_guards(20_500), "$: its expressions have more than 20000 nodes; split the procedure"),
        (holds_itself, "$: nested deeper than 64; make it smaller"),
        (lambda: PLAIN | {"note": {"zh": "x" * (1 << 20), "en": "a"}}, "$: more than 1048576 characters; make it smaller"),
        (lambda: PLAIN | {"note": [0] * 200_001}, "$: more than 200000 values; make it smaller"),
    ],
)  # fmt: skip
def test_limits_are_kept(data: Callable[[], dict[str, Any]], message: str) -> None:
    with pytest.raises(LimitError) as refusal:
        read(data())
    assert str(refusal.value) == message


def test_what_is_just_within_the_limits_is_read() -> None:
    assert len(read(with_states(500)).states) == 500
    assert len(read(with_guards(20_000)).moves) == len(SMALL.moves) + 40


def test_a_thousand_slips_are_told_in_time() -> None:
    data = with_states(500)
    moves = [move | {"from": [f"stata_{n}" for n in range(600)], "when": "facts.visit"} for move in PLAIN["moves"]]
    with within(5), pytest.raises(PolicyError) as refusal:
        read(data | {"moves": moves})
    assert len(refusal.value.faults) > 9_000


def test_more_faulty_guards_than_are_shown_are_not_all_looked_at() -> None:
    data = with_guards(20_000)
    moves = [move | {"when": "facts.visit"} for move in data["moves"] * 5]
    for number, move in enumerate(moves):
        move["id"] = f"m{number}"
    with pytest.raises(PolicyError) as refusal:
        read(data | {"moves": moves})
    assert len(moves) > len(refusal.value.faults) == 101


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    path.write_text(small_text() + "#" * (1 << 20), encoding="utf-8")
    with pytest.raises(LimitError, match="small-procedure.toml: larger than 1048576 bytes"):
        read_procedure_file(path)


# -- where procedures are found --------------------------------------------------------------------------------------


def pack_with(folder: Path, name: str = "small-procedure", changes: dict[str, str] | None = None) -> Path:
    """Write the good pack with one procedure in it, which cites the sources of the pack."""
    pack = write_pack(folder)
    (pack / "procedures").mkdir()
    own = small_text()[small_text().index("[sources.order]") : small_text().index("[[levels]]")]
    text = small_text({own: "", 'id = "small-procedure"\n': f'id = "{name}"\n'} | (changes or {}))
    (pack / "procedures" / f"{name}.toml").write_text(text, encoding="utf-8")
    return pack


def test_a_procedure_of_a_pack_cites_the_sources_of_the_pack(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    loaded = load("small-procedure", search=[tmp_path])
    assert loaded.citation.source == pack_sources(pack)["order"]
    assert loaded == load("relief:small-procedure", search=[tmp_path])
    assert loaded == load(pack / "procedures" / "small-procedure.toml")
    assert loaded == load(str(pack / "procedures" / "small-procedure.toml"))


def test_a_procedure_outside_a_pack_brings_its_own_sources(tmp_path: Path) -> None:
    assert load(write_small(tmp_path)) == SMALL


def test_procedures_of_installed_packs_are_found_by_id() -> None:
    found = installed_procedures()
    assert {"yucheng-2016", "yucheng-2016:yucheng-2016"} <= set(found)
    assert load("yucheng-2016").id == "yucheng-2016"


def test_an_id_that_two_packs_share_is_reached_by_pack_only(tmp_path: Path) -> None:
    pack_with(tmp_path, "yucheng-2016")
    found = installed_procedures([tmp_path, tmp_path / "nowhere"])
    assert "yucheng-2016" not in found
    assert load("relief:yucheng-2016", search=[tmp_path]).zh == "小程序"
    assert load("yucheng-2016:yucheng-2016", search=[tmp_path]).zh != "小程序"
    with pytest.raises(PolicyError) as refusal:
        load("yucheng-2016", search=[tmp_path])
    assert str(refusal.value) == (
        "procedure `yucheng-2016`: is in more than one pack;"
        " say which: `relief:yucheng-2016`, `yucheng-2016:yucheng-2016`"
    )


def test_what_is_not_found_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refusal:
        load("yucheng-2015")
    assert str(refusal.value) == "procedure `yucheng-2015`: is not installed; did you mean `yucheng-2016`?"
    with pytest.raises(PolicyError, match="^procedure `zzz`: is not installed; installed: .*yucheng-2016"):
        load("zzz")
    with pytest.raises(PolicyError) as refusal:
        load(Path("nowhere.toml"))
    assert str(refusal.value) == "nowhere.toml: is no file; give a procedure as a TOML file"


def test_a_nearer_pack_goes_before_one_below(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    (tmp_path / "above").mkdir()
    (tmp_path / "above" / "pack.toml").write_text(
        (pack / "pack.toml").read_text("utf-8").replace('id = "relief"', 'id = "above"\nextends = ["relief"]'), "utf-8"
    )
    (tmp_path / "above" / "sources.toml").write_text(
        '[order]\ntitle = "新"\ntitle_en = "new"\nstanding = "found"\n', "utf-8"
    )
    sources = pack_sources("above", search=[tmp_path])
    assert (sources["order"].title_en, sources["memory"].title_en) == ("new", "from memory")


def test_a_pack_that_cannot_be_read_is_told_before_its_procedures(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    (pack / "sources.toml").write_text("order = 1\n", encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        load(pack / "procedures" / "small-procedure.toml")
    assert "relief/sources.toml, line 1, column 1: is no table; write it as `[table]` or `{ … }`" in str(refusal.value)


@pytest.mark.parametrize("name", ["notes.md", "Small.toml", "deeper/small.toml", "small_procedure.toml"])
def test_the_folder_of_procedures_holds_nothing_else(tmp_path: Path, name: str) -> None:
    pack = pack_with(tmp_path)
    stray = pack / "procedures" / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("", encoding="utf-8")
    expected = f"relief/procedures/{name}: is no procedure; keep only `<id>.toml` there, the id of a-z, 0-9 and -"
    attempts: list[Callable[[], object]] = [
        lambda: load("small-procedure", search=[tmp_path]),
        lambda: load_policy(pack),
    ]
    for attempt in attempts:
        with pytest.raises(PolicyError) as refusal:
            attempt()
        assert str(refusal.value) == expected


# -- the command -----------------------------------------------------------------------------------------------------


def test_checking_a_pack_checks_its_procedures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["pack", "check", "yucheng-2016"]) == 0
    assert "; 1 procedure; " in capsys.readouterr().out
    assert main(["pack", "check", "yucheng-2016", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["procedures"] == 1
    bad = pack_with(tmp_path / "bad", changes={"need = 2": "need = 9"})
    rules = bad / "rules.toml"
    rules.write_text(rules.read_text("utf-8").replace("wage < line", "wage < lin"), "utf-8")
    assert main(["pack", "check", str(bad)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "relief/rules.toml, line 5, column 16: `lin` is not known; did you mean `line`?",
        "relief/procedures/small-procedure.toml, line 286, column 1: `need` is no number from 1 to 3; give another",
    ]


def test_the_faults_of_a_pack_are_told_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    sources = pack / "sources.toml"
    sources.write_text(sources.read_text("utf-8") + "\n[more]\n", "utf-8")
    assert main(["pack", "check", str(pack)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(set(told)) == 3
