"""Packs, procedures and journals fit their schemas, and a schema names each key that the reader looks for."""

import contextlib
import functools
import json
import textwrap
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from casework import Casework
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import fupin_rules as fr
from amendment_strategies import amendments
from fupin_rules.documents import Table
from fupin_rules.errors import PolicyError
from fupin_rules.policy import Amendment, find_conflicts, load_cases
from fupin_rules.policy.loading._pack_files import read_pack
from fupin_rules.registry import Names, compare_registers, load_forms, public_notice, simulate
from fupin_rules.schemas import components, types_by_schema
from fupin_rules.testing import journals
from fupin_rules.workflow import Images, StateKind, compare_procedures, read_procedure, rehearse, validate

PACKS = fr.installed_packs()
PARTS = {
    "pack.toml": "pack",
    "parameters.toml": "pack-parameters",
    "definitions.toml": "pack-definitions",
    "rules.toml": "pack-rules",
    "sources.toml": "pack-sources",
    "waivers.toml": "pack-waivers",
    "cases.toml": "pack-cases",
}
FILES = [
    (path, schema) for folder in PACKS.values() for part, schema in PARTS.items() if (path := folder / part).is_file()
]
FILES += [(path, "pack-form") for folder in PACKS.values() for path in sorted(folder.glob("forms/*.toml"))]
PROCEDURES = [path for folder in PACKS.values() for path in sorted(folder.glob("procedures/*.toml"))]


@functools.cache
def validator(form: type | str) -> Draft202012Validator:
    return Draft202012Validator(fr.json_schema(form))


def carried(path: Path) -> Any:
    """A TOML file as `tomllib` gives it and JSON carries it: days are text."""
    return json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=date.isoformat))


def fits(form: type | str, plain: object) -> None:
    faults = [f"{each.json_path}: {each.message[:300]}" for each in validator(form).iter_errors(plain)]
    assert not faults, "\n".join(faults)


def fit(answer: Any) -> None:
    fits(type(answer), answer.to_plain())


@pytest.mark.parametrize(
    ("path", "schema"), FILES, ids=lambda each: "/".join(each.parts[-2:]) if isinstance(each, Path) else ""
)
def test_every_shipped_file_of_a_pack_fits_its_schema(path: Path, schema: str) -> None:
    fits(schema, carried(path))


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.stem)
def test_every_shipped_procedure_fits_its_schema_as_it_was_written_and_as_it_is_given(path: Path) -> None:
    fits("procedure", carried(path))
    fits("procedure", fr.load_procedure(path.stem).to_plain())


@pytest.mark.parametrize("name", [path.stem for path in PROCEDURES])
def test_whatever_is_entered_in_a_journal_fits_its_schema(name: str) -> None:
    procedure = fr.load_procedure(name)

    @settings(max_examples=8)
    @given(journals(procedure, max_size=16))
    def law(entries: tuple[Mapping[str, Any], ...]) -> None:
        for entry in entries:
            fits("journal-entry", json.loads(json.dumps(dict(entry))))

    law()


def answers_about(work: Casework) -> Iterator[Any]:
    """Everything that can be asked about a case where it stands."""
    for role in work.procedure.roles:
        actor = work.actor(role.id)
        # Nobody may do all of it: most of these are refused, for every sort of reason.
        for event in work.procedure.events[::3]:
            answer = fr.step(work.procedure, work.now, work.event(event.id, actor), work.day)
            if isinstance(answer, fr.Refused):
                yield answer
        yield from fr.options(work.procedure, work.now, actor, work.day)
    for state in work.procedure.states[::4]:
        planned = fr.plan(work.procedure, work.now, state.id, work.day)
        yield planned
        yield from planned.steps
    yield from fr.deadlines(work.procedure, work.now, work.day)


@pytest.mark.parametrize("name", [path.stem for path in PROCEDURES])
def test_whatever_is_answered_about_a_case_fits_its_schema(name: str) -> None:
    procedure = fr.load_procedure(name)
    work = Casework(procedure, day=procedure.start + timedelta(days=40))
    (goal, *_) = [state.id for state in procedure.states if state.kind is StateKind.GOAL]
    for answer in answers_about(work):
        fit(answer)
    # Half-way there something has been signed, shown, and is due.
    for each in fr.plan(procedure, work.now, goal, work.day).steps[::2][:1]:
        work.drive(each.move.target or goal)
    for answer in answers_about(work):
        fit(answer)


def test_what_is_told_of_procedures_fits_its_schema() -> None:
    old = fr.load_procedure("yucheng-2016")
    plain = old.to_plain()
    moves = [{**move, "roles": [old.roles[0].id]} for move in plain["moves"][:-1]]
    new = read_procedure({**plain, "version": 2, "moves": moves}, checked=False)
    compared = compare_procedures(old, new)
    for answer in (compared, *compared.changes, *validate(new), Images(states={"applied": "on_list"})):
        fit(answer)
    work = Casework(old)
    work.drive(old.states[3].id)
    rehearsed = rehearse(work.entries, old, new)
    for again in (rehearsed, *rehearsed.cases):
        fit(again)


def test_what_registers_lead_to_fits_its_schema() -> None:
    made = simulate(seed=5, households=60, people=150)
    old, new = made.households[:45], [fr.with_fact(each, "poverty_status", "exited") for each in made.households[15:]]
    rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    found = compare_registers(old, new, rules, since=date(2015, 1, 31))
    for answer in (
        found,
        *found.rows,
        *found.items,
        *found.findings,
        *(each for item in found.items for each in item.reasons),
    ):
        fit(answer)
    village = made.households[0].village
    homes = [each for each in made.households if each.village == village]
    for names in Names:
        notice = public_notice(homes, posted=date(2016, 2, 1), until=date(2016, 2, 8), names=names, least_alike=1)
        fit(notice)


# -- no key of a reader is left out, and none is told that nobody reads ----------------------------------------------


def keys_read(read: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, set[str]]]:
    """Which keys a reader looks for, by document, by the path of the table; `*` stands for a place in a list."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    close = Table.close

    def closed(table: Table) -> None:
        close(table)
        path = ".".join("*" if isinstance(each, int) else each for each in table.path)
        found[table.document.name.rpartition("/")[2]][path] |= table._read

    with monkeypatch.context() as patch:
        patch.setattr(Table, "close", closed)
        read()
    return found


def keys_told(name: str) -> dict[str, set[str]]:
    """Which keys a schema has for each table, alternatives together, by the path of the table."""
    forms = components("")
    found: dict[str, set[str]] = defaultdict(set)

    def walk(shape: Mapping[str, Any], path: tuple[str, ...]) -> None:
        if "$ref" in shape:
            if shape["$ref"] in {"Household", "Village", "Area", "NotKnown"}:
                return  # read by the model
            shape = forms[shape["$ref"]]
        for each in shape.get("anyOf", ()):
            walk(each, path)
        if "items" in shape:
            walk(shape["items"], (*path, "*"))
        if "properties" in shape:
            found[".".join(path)] |= shape["properties"].keys()
            for key, value in shape["properties"].items():
                walk(value, (*path, key))
        if isinstance(shape.get("additionalProperties"), dict):
            walk(shape["additionalProperties"], (*path, "*"))

    walk(forms[name], ())
    return found


# Tables whose keys are names; the paths of a reader have the names as they stand.
KEYED = {"PackParameters": 0, "PackDefinitions": 0, "Sources": 0}
KEYED_BELOW = {("PackCases", "given"), ("Procedure", "sources"), ("Amendment", "sources")}
# Tables by subject, whose keys a reader takes as they come, and holds against the list of subjects.
BY_SUBJECT = {"eligible_when", "ranking", "no_quota"}


def in_general(path: str, name: str) -> str:
    parts = path.split(".") if path else []
    place = 0 if name in KEYED else 1 if parts and (name, parts[0]) in KEYED_BELOW else len(parts)
    return ".".join("*" if at == place else part for at, part in enumerate(parts))


def hold(name: str, read: Mapping[str, set[str]]) -> None:
    """The schema names for each table just the keys that its reader looks for, and no table that nobody reads."""
    told, seen = keys_told(name), defaultdict[str, set[str]](set)
    for path, keys in read.items():
        seen[in_general(path, name)] |= keys
    assert dict(seen) == {path: keys for path, keys in told.items() if path not in BY_SUBJECT}


def test_the_schema_of_a_procedure_has_just_the_keys_that_its_reader_looks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = [fr.load_procedure(path.stem).to_plain() for path in PROCEDURES]
    changed = {
        **plain[0]["events"][0],
        "version": 2,
        "upcasts": [{"from": 1, "drop": ["old"], "rename": {}, "set": {}}],
    }
    plain.append({**plain[0], "events": [changed, *plain[0]["events"][1:]]})
    fits("procedure", plain[-1])
    hold("Procedure", keys_read(lambda: [read_procedure(each) for each in plain], monkeypatch)["$"])


# What no shipped pack has, so that each table and each key is met with.
RARE = {
    "pack.toml": """
        format = 1
        id = "rare"
        version = "1"
        title = { zh = "稀", en = "rare" }
        from = 2016-01-01
        until = 2017-01-01
        subjects = ["household"]
        eligible_when.household = { when = "a", source = "s" }
        ranking.area = { method = "count", source = "s", tie_break = [{ by = "a", prefer = "lower", source = "s" }] }
        no_quota.household = { source = "s" }
        ranking.household = { method = "count", source = "s", tie_break = [{ by = "a", prefer = "lower", source = "s" }] }
        ranking.village = { method = "count", source = "s", tie_break = [{ by = "a", prefer = "lower", source = "s" }] }
        eligible_when.village = { when = "a", source = "s" }
        eligible_when.area = { when = "a", source = "s" }
        no_quota.village = { source = "s" }
        no_quota.area = { source = "s" }
        """,
    "parameters.toml": """
        [a]
        meaning = { zh = "甲", en = "a" }
        [[a.value]]
        from = 2016-01-01
        code = "rural"
        source = "s"
        note = { zh = "甲", en = "a" }
        [[a.value]]
        from = 2016-02-01
        codes = ["rural"]
        source = "s"
        [[a.value]]
        from = 2016-03-01
        day = 2016-01-01
        source = "s"
        [b]
        meaning = { zh = "乙", en = "b" }
        unit = "yuan"
        open = true
        low = 1
        high = 2.5
        """,
    "definitions.toml": """
        [c]
        label = { zh = "丙", en = "c" }
        value = "a"
        source = "s"
        overrides = true
        direction = "changes"
        """,
    "rules.toml": """
        [[checklist]]
        id = "list"
        continues = true
        [[checklist.item]]
        id = "a"
        label = { zh = "甲", en = "a" }
        counts = "having"
        when = "b"
        source = "s"
        note = { zh = "甲", en = "a" }
        overrides = true
        direction = "narrows"
        [[drop]]
        id = "a"
        source = "s"
        direction = "widens"
        """,
    "cases.toml": """
        [given]
        b = { amount = 2, source = "s" }
        """,
}


def test_the_schemas_of_a_pack_have_just_the_keys_that_their_readers_look_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rare = tmp_path / "rare"
    rare.mkdir()
    for name, text in RARE.items():
        (rare / name).write_text(textwrap.dedent(text), encoding="utf-8")
        fits(PARTS[name], carried(rare / name))
    folders = [*PACKS.values(), rare]
    found = keys_read(lambda: [(read_pack(folder), load_cases(folder)) for folder in folders], monkeypatch)
    for part, schema in PARTS.items():
        hold(types_by_schema()[schema], found[part])


# Every patch there is, each with all that it may hold.
RARE_AMENDMENT = """
    format = 1
    id = "rare.1"
    policy = "yucheng-2016"
    title = { zh = "稀", en = "rare" }
    note = { zh = "稀", en = "rare" }
    source = "s#1"
    published = 2016-02-15
    from = 2016-03-01
    until = 2017-01-01
    parameter = [
      { action = "set", name = "a", amount = 3402.01, note = { zh = "甲", en = "a" }, from = 2016-04-01, until = 2016-05-01, source = "s" },
      { action = "set", name = "b", codes = ["rural"], source = "s" },
      { action = "add", name = "c", meaning = { zh = "丙", en = "c" }, unit = "yuan", amount = 1, source = "s" },
      { action = "add", name = "d", meaning = { zh = "丁", en = "d" }, list = "Hukou", code = "rural", source = "s" },
      { action = "add", name = "e", meaning = { zh = "戊", en = "e" }, day = 2016-03-01, source = "s" },
      { action = "end", name = "f", source = "s" },
    ]
    definition = [
      { action = "add", name = "g", subject = "village", label = { zh = "庚", en = "g" }, value = "a", source = "s" },
      { action = "change", name = "h", value = "a", source = "s" },
      { action = "drop", name = "i", source = "s" },
    ]
    rule = [
      { action = "add", id = "j", kind = "exclusion", subject = "household", label = { zh = "癸", en = "j" }, when = "g", note = { zh = "癸", en = "j" }, overrides = false, unless = [{ id = "k", label = { zh = "子", en = "k" }, when = "g", source = "s" }], source = "s" },
      { action = "add", id = "l", kind = "priority", label = { zh = "丑", en = "l" }, when = "g", weight = 0.5, source = "s" },
      { action = "change", id = "m", when = "g", weight = 2, source = "s" },
      { action = "change", id = "n", weight = 1.5, source = "s" },
      { action = "drop", id = "o", source = "s" },
    ]
    exception = [
      { action = "add", rule = "p", id = "q", label = { zh = "卯", en = "q" }, when = "g", source = "s" },
      { action = "drop", rule = "r", id = "t", source = "s" },
    ]
    eligible_when = [{ subject = "village", when = "g", source = "s" }]
    ranking = [{ subject = "village", method = "lexicographic", order = ["l"], tie_break = [{ by = "a", prefer = "lower", source = "s" }], source = "s" }]
    label = [{ of = "p", exception = "u", label = { zh = "巳", en = "u" }, source = "s" }]
    [sources.s]
    title = "通知"
    title_en = "notice"
    issuer = "县"
    number = "1"
    date = 2016-02-15
    address = "https://example.org"
    standing = "assumption"
    note = "invented for a test"
    """


def test_an_amendment_fits_its_schema_as_it_was_written_and_as_it_is_given_with_just_the_keys_that_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "rare.toml"
    path.write_text(textwrap.dedent(RARE_AMENDMENT), encoding="utf-8")
    fits("amendment", carried(path))
    amendment = fr.load_amendment(path)
    fit(amendment)
    # What a program carries as JSON holds floats: each is taken for the decimal that was written.
    for plain in (carried(path), amendment.to_plain()):
        assert fr.load_amendment(plain) == amendment
    hold("Amendment", keys_read(lambda: fr.load_amendment(path), monkeypatch)["rare.toml"])


@given(amendments("a"), amendments("b"))
def test_whatever_an_amendment_does_and_whatever_stands_between_two_fits_its_schema(
    one: Amendment, other: Amendment
) -> None:
    for amendment in (one, other):
        fit(amendment)
        assert fr.load_amendment(json.loads(json.dumps(amendment.to_plain()))) == amendment
    for conflict in find_conflicts(one, other):
        fit(conflict)


RARE_FORMS = {
    "pack.toml": """
        format = 1
        id = "rare-forms"
        version = "1"
        title = { zh = "稀", en = "rare" }
        extends = ["yucheng-2016"]
        from = 2016-01-01
        until = 2017-01-01
        subjects = ["household"]
        """,
    "forms/rare.toml": """
        format = 1
        id = "rare"
        title = { zh = "稀", en = "rare" }
        note = { zh = "稀", en = "rare" }
        rows = "village_summary"
        source = "article"
        columns_source = "article"
        marks = ["a"]
        slots = { count = 1, source = "article" }
        columns = [
          { sum = "member_count", where = "hukou == 'rural'", places = 1, header = { zh = "甲", en = "a" }, hint = { zh = "甲", en = "a" } },
          { count = "hukou == 'rural'", header = { zh = "乙", en = "b" }, aliases = ["b"], required = true, source = "article" },
        ]
        """,
    "forms/fill.toml": """
        format = 1
        fill = [{ form = "household", slot = 1, fact = "hukou", header = { zh = "甲", en = "a" }, hint = { zh = "甲", en = "a" }, source = "article" }]
        """,
}


def test_the_schemas_of_forms_have_just_the_keys_that_their_reader_looks_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "rare-forms"
    (folder / "forms").mkdir(parents=True)
    for name, text in RARE_FORMS.items():
        (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")
    fits("pack-form", carried(folder / "forms" / "rare.toml"))
    fits("pack-fill", carried(folder / "forms" / "fill.toml"))

    def read() -> None:
        with contextlib.suppress(PolicyError):
            load_forms(folder)

    found = keys_read(read, monkeypatch)
    forms: dict[str, set[str]] = defaultdict(set)
    for name in found.keys() - PARTS.keys() - {"fill.toml"}:
        for path, keys in found[name].items():
            forms[path] |= keys
    hold("FillOfPack", found["fill.toml"])
    hold("FormOfPack", forms)
