"""Every request that is refused is told so as RFC 9457 has it: all faults, each with its place, and none of its values."""

import asyncio
import json
import logging
import re
import shutil
import subprocess
from datetime import date
from typing import Any

import attrs
import pytest
from asgi_client import JSON, LIMITS, app_of, served
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.documents import read_json
from fupin_rules.errors import FupinRulesError
from fupin_rules.web import CODES, KINDS
from fupin_rules.web._problems import safe_path

YUCHENG = "/rules/policies/yucheng-2016"
HOME = f"{YUCHENG}/households"
DAY = "on=2016-06-30"
ASSESS = f"{HOME}/assess?{DAY}"
EXAMPLE = {"id": "1", "hukou": "rural"}
DEEP: Any = "x"
for _ in range(70):
    DEEP = [DEEP]


def many(number: int) -> dict[str, Any]:
    return {"households": [{"id": str(each)} for each in range(number)]}


REFUSED: list[tuple[str, str, object, int, list[tuple[str, str]]]] = [
    # The body as such.
    ("nothing", ASSESS, b"", 400, [("json", "$")]),
    ("no JSON", ASSESS, b"{'id': 1}", 400, [("json", "$")]),
    ("more than one document", ASSESS, b"{} {}", 400, [("json", "$")]),
    ("a mark of byte order", ASSESS, b'\xef\xbb\xbf{"id":"1"}', 400, [("json", "$")]),
    ("UTF-16", ASSESS, '{"id":"1"}'.encode("utf-16"), 400, [("encoding", "$")]),
    ("half a character", ASSESS, rb'{"id":"\ud800"}', 400, [("encoding", "$")]),
    ("a key twice", ASSESS, b'{"id":"1","id":"2"}', 400, [("duplicate_key", "$")]),
    ("NaN", ASSESS, b'{"id":"1","income":{"pension_yuan":NaN}}', 400, [("number", "$")]),
    ("infinity", ASSESS, b'{"id":"1","income":{"pension_yuan":-Infinity}}', 400, [("number", "$")]),
    ("5,000 digits", ASSESS, b'{"id":"1","income":{"pension_yuan":' + b"9" * 5000 + b"}}", 400, [("number", "$")]),
    ("an exponent", ASSESS, b'{"id":"1","income":{"pension_yuan":1e99999999999999999999}}', 400, [("number", "$")]),
    ("70 levels", ASSESS, {"id": "1", "hukou": DEEP}, 413, [("depth", "$")]),
    ("100,000 levels", ASSESS, b"[" * 90_000, 413, [("depth", "$")]),
    ("a large body", ASSESS, b" " * (LIMITS.body_bytes + 1), 413, [("size", "$")]),
    ("a long text", ASSESS, {"id": "1", "village": "x" * 20_000}, 413, [("text", "$")]),
    ("many values", ASSESS, {"id": "1", "other_causes": [0] * 21_000}, 413, [("depth", "$")]),
    # Facts.
    ("a list", ASSESS, [], 422, [("shape", "$")]),
    ("a text", ASSESS, "x", 422, [("shape", "$")]),
    ("null", ASSESS, None, 422, [("shape", "$")]),
    ("no id", ASSESS, {}, 422, [("missing", "$.id")]),
    ("an id that is none", ASSESS, {"id": " "}, 422, [("id", "$.id")]),
    ("the number of a card", ASSESS, {"id": "11010519491231002X"}, 422, [("id_personal", "$.id")]),
    ("a name that is no fact", ASSESS, {"id": "1", "hukuo": "rural"}, 422, [("unknown_fact", "$")]),
    ("a value", ASSESS, {"id": "1", "hukou": "city"}, 422, [("value", "$.hukou")]),
    (
        "several",
        ASSESS,
        {"id": "1", "hukou": 1, "income": {"pension_yuan": "x"}, "members": [{"id": "1", "birth_date": "1.1.2000"}, 3]},
        422,
        [
            ("value", "$.members[0].birth_date"),
            ("shape", "$.members[1]"),
            ("value", "$.income.pension_yuan"),
            ("value", "$.hukou"),
        ],
    ),
    (
        "two members of one id",
        ASSESS,
        {"id": "1", "members": [{"id": "1"}, {"id": "1"}]},
        422,
        [("double", "$.members[1].id")],
    ),
    (
        "61 members",
        ASSESS,
        {"id": "1", "members": [{"id": str(n)} for n in range(61)]},
        413,
        [("members", "$.members")],
    ),
    # Parameters.
    ("no day", f"{HOME}/assess", EXAMPLE, 422, [("missing", "?on")]),
    ("no day of the calendar", f"{HOME}/assess?on=2016-02-30", EXAMPLE, 422, [("parameter", "?on")]),
    ("a week", f"{HOME}/assess?on=2016-W05-7", EXAMPLE, 422, [("parameter", "?on")]),
    ("a time", f"{HOME}/assess?on=2016-06-30T00:00", EXAMPLE, 422, [("parameter", "?on")]),
    ("a day before all policies", f"{HOME}/assess?on=0016-06-30", EXAMPLE, 422, [("parameter", "?on")]),
    ("a day that is not covered", f"{HOME}/assess?on=2015-12-31", EXAMPLE, 422, [("uncovered_date", "?on")]),
    ("two days", f"{HOME}/assess?{DAY}&{DAY}", EXAMPLE, 422, [("repeated", "?on")]),
    ("a parameter that is none", f"{ASSESS}&day=1", EXAMPLE, 422, [("unknown_parameter", "?")]),
    ("a language", f"{HOME}/explain?{DAY}&language=fr", EXAMPLE, 422, [("parameter", "?language")]),
    ("a kind of rules", f"{HOME}/explain?{DAY}&of=rank", EXAMPLE, 422, [("parameter", "?of")]),
    ("no quota", f"{HOME}/rank?{DAY}", many(1), 422, [("missing", "?quota")]),
    ("a quota below none", f"{HOME}/rank?{DAY}&quota=-1", many(1), 422, [("parameter", "?quota")]),
    ("a quota in other digits", f"{HOME}/rank?{DAY}&quota=１", many(1), 422, [("parameter", "?quota")]),
    (
        "parameters and facts at once",
        f"{HOME}/explain?level=all&x=1",
        {"id": "1", "hukou": "city"},
        422,
        [("unknown_parameter", "?"), ("missing", "?on"), ("parameter", "?level"), ("value", "$.hukou")],
    ),
    # Policies.
    (
        "no such policy",
        f"/rules/policies/elsewhere/households/assess?{DAY}",
        EXAMPLE,
        404,
        [("unknown_policy", "{policy}")],
    ),
    (
        "rules that the policy has not",
        f"/rules/policies/exit-2016/households/assess?{DAY}",
        EXAMPLE,
        404,
        [("no_rule", "{policy}")],
    ),
    (
        "an open parameter",
        "/rules/policies/monitoring-2021/households/assess?on=2022-06-30",
        EXAMPLE,
        422,
        [("open_parameter", "?on")],
    ),
    # Many.
    ("no households", f"{HOME}/assess-many?{DAY}", {}, 422, [("missing", "$.households")]),
    ("households that are no list", f"{HOME}/assess-many?{DAY}", {"households": {}}, 422, [("shape", "$.households")]),
    ("a list alone", f"{HOME}/assess-many?{DAY}", [EXAMPLE], 422, [("shape", "$")]),
    (
        "something beside",
        f"{HOME}/assess-many?{DAY}",
        {"households": [], "family": []},
        422,
        [("unknown_fact", "$")],
    ),
    ("too many", f"{HOME}/assess-many?{DAY}", many(LIMITS.households + 1), 413, [("many", "$.households")]),
    (
        "one of those to be ranked",
        f"{HOME}/rank?{DAY}&quota=1",
        {"households": [EXAMPLE, {"id": "2", "hukou": "x"}, {}]},
        422,
        [("value", "$.households[1].hukou"), ("missing", "$.households[2].id")],
    ),
    (
        "two of one id",
        f"{HOME}/rank?{DAY}&quota=1",
        {"households": [EXAMPLE, EXAMPLE]},
        422,
        [("double", "$.households")],
    ),
    (
        "a policy that ranks nobody",
        "/rules/policies/national-2014/households/rank?on=2014-06-30&quota=1",
        many(1),
        404,
        [("no_ranking", "{policy}")],
    ),
    # One household under two policies.
    (
        "nothing to compare",
        f"{HOME}/compare?{DAY}",
        {},
        422,
        [("missing", "$.household"), ("missing", "$.other")],
    ),
    (
        "all that can be wrong with the other",
        f"{HOME}/compare?{DAY}",
        {"household": {"id": "1", "hukou": "x"}, "other": {"policy": "elsewhere", "when": 1}},
        422,
        [("value", "$.household.hukou"), ("unknown_fact", "$.other"), ("parameter", "$.other.policy")],
    ),
    (
        "another day that is none",
        f"{HOME}/compare?{DAY}",
        {"household": EXAMPLE, "other": {"on": 20160630}},
        422,
        [("parameter", "$.other.on")],
    ),
    (
        "another day that is not covered",
        f"{HOME}/compare?{DAY}",
        {"household": EXAMPLE, "other": {"on": "2017-01-01"}},
        422,
        [("uncovered_date", "$.other.on")],
    ),
    (
        "parameters that are none",
        f"{HOME}/compare?{DAY}",
        {
            "household": EXAMPLE,
            "other": {
                "parameters": {"line": "1", "income_line": 3000, "schooling_day": "2015", "schooling_age_from": "1e1"}
            },
        },
        422,
        [
            ("unknown_parameter", "$.other.parameters"),
            ("parameter", "$.other.parameters.income_line"),
            ("parameter", "$.other.parameters.schooling_day"),
            ("parameter", "$.other.parameters.schooling_age_from"),
        ],
    ),
    (
        "parameters that are no table",
        f"{HOME}/compare?{DAY}",
        {"household": EXAMPLE, "other": {"parameters": []}},
        422,
        [("shape", "$.other.parameters")],
    ),
    (
        "nothing in common",
        f"{YUCHENG}/compare?{DAY}",
        {"other": {"policy": "monitoring-2021", "on": "2022-06-30"}},
        422,
        [("open_parameter", "$.other.on")],
    ),
]


@pytest.mark.parametrize(
    ("target", "body", "status", "faults"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_refused_is_told_with_code_and_place(
    target: str, body: object, status: int, faults: list[tuple[str, str]]
) -> None:
    found = served().post(target, body)
    assert (found.status, found.codes) == (status, faults)
    plain = found.plain
    assert plain["status"] == status
    assert plain["type"] == f"urn:fupin-rules:problem:{CODES[faults[0][0]].kind}"
    kind = KINDS[CODES[faults[0][0]].kind]
    assert plain["title"] == f"{kind.zh} · {kind.en}"
    assert all(each["message"] and each["mend"] for each in plain["faults"])


def test_a_law_that_was_not_known_yet_is_no_law() -> None:
    policy = fr.load_policy("yucheng-2016")
    line = policy.parameters["income_line"]
    published = attrs.evolve(line, values=tuple(attrs.evolve(each, published=date(2016, 3, 1)) for each in line.values))
    known = attrs.evolve(policy, parameters={**policy.parameters, "income_line": published})
    client = type(served())(app_of(known))
    assert client.post(f"{ASSESS}&known_at=2016-03-01", EXAMPLE).status == 200
    found = client.post(f"{ASSESS}&known_at=2016-02-29", EXAMPLE)
    assert (found.status, found.codes) == (422, [("no_value", "?on")])


def test_a_problem_reads_as_people_read() -> None:
    found = served().post(f"{HOME}/assess?on=2015-12-31", {"id": "1", "hukou": "city", "hukuo": "rural"}).plain
    assert found == {
        "type": "urn:fupin-rules:problem:invalid",
        "title": "请求内容不符 · the request does not fit",
        "status": 422,
        "detail": "3 faults, the first: ?on: is a day that the policy does not cover (covered: 2016-01-01 to 2016-12-31); "
        "ask for a covered day",
        "faults": [
            {
                "code": "uncovered_date",
                "path": "?on",
                "message": "is a day that the policy does not cover (covered: 2016-01-01 to 2016-12-31)",
                "mend": "ask for a covered day",
                "zh": "政策不涵盖该日",
            },
            {
                "code": "value",
                "path": "$.hukou",
                "message": "expected one of rural, urban",
                "mend": "give it as told, or leave it out as not known",
                "zh": "值不符合该字段",
            },
            {
                "code": "unknown_fact",
                "path": "$",
                "message": "holds a name that is no fact",
                "mend": "did you mean `hukou`?",
                "zh": "没有这个字段",
            },
        ],
        "covered": {"first": "2016-01-01", "last": "2016-12-31"},
    }


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/xml",
        "application/json; charset=gbk",
        "application/jsonx",
        "application/x-www-form-urlencoded",
    ],
)
def test_a_body_that_is_not_told_to_be_json_is_not_read(content_type: str | None) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    found = served().send("POST", ASSESS, [b'{"id":"1"}'], headers)
    assert (found.status, found.codes) == (415, [("content_type", "")])


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_is_told_in_more_than_one_way(content_type: str) -> None:
    assert served().send("POST", ASSESS, [b'{"id":"1"}'], {"content-type": content_type}).status == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_with_the_one_that_applies(method: str) -> None:
    found = served().send(method, ASSESS)
    assert (found.status, found.headers["allow"], found.codes) == (405, "POST", [("method", "")])
    assert served().post("/rules/policies", {}).headers["allow"] == "GET"


def test_a_body_is_counted_while_it_comes_whatever_length_it_is_told_to_have() -> None:
    part = b" " * 10_000
    # No length is told, as with chunks; the rest is not waited for.
    found = served().send("POST", ASSESS, [part] * 11, JSON, breaks_off=True)
    assert (found.status, found.codes, found.plain["most"]) == (413, [("size", "$")], LIMITS.body_bytes)
    for told in (str(LIMITS.body_bytes + 1), "9" * 5000):
        found = served().send("POST", ASSESS, [b""], {**JSON, "content-length": told}, breaks_off=True)
        assert (found.status, found.codes) == (413, [("size", "$")])
    # One that is told to be short and is long.
    found = served().send("POST", ASSESS, [part] * 11, {**JSON, "content-length": "5"})
    assert found.status == 413
    assert served().send("POST", ASSESS, [b'{"id"', b"", b':"1"}'], JSON).status == 200


def test_a_body_that_breaks_off_is_no_answer() -> None:
    found = served().send("POST", ASSESS, [b'{"id"'], JSON, breaks_off=True)
    assert (found.status, found.codes) == (400, [("json", "$")])


def test_one_comparison_of_policies_at_a_time() -> None:
    body = json.dumps({"other": {"parameters": {"income_line": "2000"}}}).encode()

    async def both() -> tuple[Any, Any]:
        ask = served().ask("POST", f"{YUCHENG}/compare?{DAY}", [body], JSON)
        again = served().ask("POST", f"{YUCHENG}/compare?{DAY}", [body], JSON)
        return await asyncio.gather(ask, again)

    first, second = asyncio.run(both())
    assert first.status == 200
    assert (second.status, second.headers["retry-after"], second.codes) == (503, "5", [("busy", "")])
    assert served().post(f"{YUCHENG}/compare?{DAY}", {"other": {}}).status == 200


def test_no_more_faults_are_listed_than_are_said() -> None:
    found = served().post(
        ASSESS, {"id": "1", "members": [{"id": str(n), "sex": "x", "labour": "x"} for n in range(55)]}
    )
    assert len(found.plain["faults"]) == 100
    assert found.plain["faults_left_out"] == 10


CANARY_NUMBER, CANARY_NAME, CANARY_PHONE = "11010519491231002X", "欧阳金雀", "13800138000"
CANARY = (CANARY_NUMBER, CANARY_NAME, CANARY_PHONE, "ouyang_jinque")


def spoiled() -> list[tuple[str, object]]:
    """Put what nobody may see into every place that a request has."""
    bodies: list[object] = []
    for canary in CANARY:
        bodies += [
            canary,
            [canary],
            {canary: canary},
            {"id": canary, "hukou": canary, canary: 1},
            {"id": "1", "members": {canary: canary}},
            {"id": "1", "members": [{canary: 1, "id": canary}, {"id": "2", "birth_date": canary, "sex": [canary]}]},
            {"id": "1", "members": [{"id": "1", "id_no": [canary], "name": {canary: canary}}]},
            {"id": "1", "income": {"pension_yuan": canary, canary: canary}},
            {"id": "1", "income": {"pension_yuan": {"not_known": canary}}},
            {"id": "1", "village": canary * 2000},
            {"id": "1", "village": [[canary]]},
            {"households": [canary, {"id": "1", canary: canary}]},
            {"household": {"id": "1", canary: canary}, "other": {canary: 1, "policy": canary, "on": canary}},
            {"household": {"id": "1"}, "other": {"parameters": {canary: canary, "income_line": canary}}},
            f'{{"{canary}": 1, "{canary}": 2}}'.encode(),
            f'{{"id": "{canary}", '.encode(),
            f"{canary}".encode("utf-16"),
        ]
    verbs = ("assess", "explain", "next-question", "compare", "assess-many", "rank")
    targets = [f"{HOME}/{verb}?{DAY}{'&quota=1' if verb == 'rank' else ''}" for verb in verbs]
    found: list[tuple[str, object]] = [(target, body) for target in targets for body in bodies]
    for canary in CANARY:
        queries = (
            f"on={canary}",
            f"{DAY}&{canary}=1",
            f"{DAY}&known_at={canary}",
            f"{DAY}&{DAY}&{canary}={canary}",
        )
        found += [(f"{HOME}/assess?{query}", {"id": "1"}) for query in queries]
        found.append((f"/rules/policies/{canary}/households/assess?{DAY}", {"id": "1"}))
    return found


def test_nothing_of_a_refused_request_is_told_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="fupin_rules")
    refused = 0
    for target, body in spoiled():
        found = served().post(target, body)
        if found.status != 200 or "problem" in found.body.decode():
            refused += 1
            text = found.body.decode() + repr(found.headers)
            assert not [each for each in CANARY if each in text], (target, found.body.decode())
            assert "ouyang" not in text
    assert refused > 300
    assert not [each for each in CANARY if each in caplog.text]


def test_a_path_goes_as_far_as_names_of_facts_go() -> None:
    assert safe_path("$.households[3].members[0].birth_date") == "$.households[3].members[0].birth_date"
    assert safe_path("$.income.pension_yuan") == "$.income.pension_yuan"
    assert safe_path("$.income.zhang_san") == "$.income"
    assert safe_path("$.members[0].id.371482199001011234") == "$.members[0].id"
    assert safe_path("$.members[12345678]") == "$.members"
    assert safe_path("?on") == "?on"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "members", "income", "hukou", "x"]) | st.text(max_size=4), inner, max_size=4
        )
    ),
    max_leaves=8,
)
BODIES = JSON_VALUES.map(lambda plain: json.dumps(plain).encode()) | st.binary(max_size=40)


@settings(max_examples=60)
@given(
    BODIES
    | st.dictionaries(st.sampled_from(["id", "hukou", "members"]), JSON_VALUES).map(
        lambda d: json.dumps({"id": "1", **d}).encode()
    )
)
def test_a_body_is_assessed_exactly_where_the_library_takes_it(raw: bytes) -> None:
    found = served().post(ASSESS, raw)
    try:
        home = fr.from_plain(fr.Household, read_json(raw, most=LIMITS.body_bytes))
    except FupinRulesError:
        assert found.status in {400, 413, 422}
        assert {code for code, _ in found.codes} <= CODES.keys()
    else:
        rules = fr.load_policy("yucheng-2016").on(date(2016, 6, 30))
        assert (found.status, found.plain) == (200, json.loads(json.dumps(fr.assess(home, rules).to_plain())))


def test_the_page_fetches_from_its_own_service_and_from_nowhere_else() -> None:
    client = served()
    page = client.get("/rules/api")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    files = {
        "page.css": "text/css; charset=utf-8",
        "page.js": "text/javascript; charset=utf-8",
        "problems.json": "application/json",
    }
    for name, kind in files.items():
        found = client.get(f"/rules/api/{name}")
        assert (found.status, found.headers["content-type"]) == (200, kind)
        assert b"http" not in found.body.replace(b"https://json-schema.org", b"")
    html = page.body.decode()
    assert "http" not in html.replace("https", "http").split("<body>")[0]
    assert "style=" not in html
    assert "onclick" not in html
    script = client.get("/rules/api/page.js").body.decode()
    assert not [
        each for each in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(") if each in script
    ]


def test_a_service_without_a_page_has_none() -> None:
    client = type(served())(app_of(fr.load_policy("exit-2016"), page=False))
    assert client.get("/rules/api").status == 404
    assert client.get("/rules/policies").status == 200


@pytest.mark.skipif(shutil.which("node") is None, reason="reading the script needs Node.js")
def test_the_script_of_the_page_can_be_read() -> None:
    script = served().get("/rules/api/page.js").body
    done = subprocess.run(["node", "--check", "-"], input=script, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_page_says_everything_in_both_languages() -> None:
    page, script = (served().get(f"/rules/api{each}").body.decode() for each in ("", "/page.js"))
    assert page.count("data-zh=") == page.count("data-en=") > 3
    zh, en = (
        re.findall(r"(\w+): [\"]", words)
        for words in re.findall(r"^  (?:zh|en): \{(.*?)^  \}", script, re.MULTILINE | re.DOTALL)
    )
    assert sorted(zh) == sorted(en)
    asked = set(re.findall(r'say\("(\w+)"\)', script))
    assert asked == set(zh)
