"""Drawings of procedures: the same guards in every form, whatever labels hold, and one case laid over them as it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, get_args

import attrs
import pytest
from casework import DAY, FIRST, Casework, bent, small_case, told
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.errors import WorkflowError
from fupin_rules.expr import And, Compare, Expr, IfElse, Not, Or, render
from fupin_rules.expr import Literal as Constant
from fupin_rules.tables import width
from fupin_rules.workflow import (
    Accepted,
    Move,
    NewRound,
    Procedure,
    ProcedureMismatchError,
    Refused,
    Status,
    diagram,
    guard_scope,
    installed_procedures,
    load_procedure,
    options,
    plan,
    procedure_table,
)
from fupin_rules.workflow.drawing._diagram import Form
from fupin_rules.workflow.drawing._words import Labelled

Language = Literal["zh", "en"]

INSTALLED = sorted(name for name in installed_procedures() if ":" in name)
FORMS = get_args(Form)
SMALL = bent()
YUCHENG = "yucheng-2016:yucheng-2016"

each_procedure = pytest.mark.parametrize("name", INSTALLED)
each_form = pytest.mark.parametrize("form", FORMS)
each_language = pytest.mark.parametrize("language", ["zh", "en"])


@cache
def procedure_of(name: str) -> Procedure:
    return load_procedure(name)


# -- reading drawings back -------------------------------------------------------------------------------------------

# The lines that a state diagram may hold, after https://mermaid.js.org/syntax/stateDiagram.html and its lexer: a text
# in quotes has no quote, a label no colon, semicolon or line break, and nothing has what opens a comment or a frame.
_SAFE = r'[^"\n;%{}\[\]|\\]'
_ENTITY = r"(?:#\d+;)"
MERMAID_LINES = [
    re.compile(r"stateDiagram-v2"),
    re.compile(r"    classDef \w+ \S.*"),
    re.compile(r" +direction TB"),
    re.compile(rf' +state "(?P<text>(?:{_SAFE}|{_ENTITY})*)" as (?P<id>\w+)(?P<frame> \{{)?'),
    re.compile(r" +\}"),
    re.compile(r" +\[\*\] --> (?P<initial>\w+)"),
    re.compile(rf" +(?P<source>\w+) --> (?P<target>\w+)(?: : (?P<label>(?:(?![:#]){_SAFE}|{_ENTITY})+))?"),
    re.compile(r"    class (?P<classed>\w+) (?P<class>\w+)"),
]


def read_mermaid(text: str) -> list[dict[str, str]]:
    """Read a state diagram line by line; a line of no known form is a fault."""
    head, _, body = text.partition("\n---\n")
    assert re.match(r'---\ntitle: ".*"\nconfig:\n  flowchart:\n    wrappingWidth: 1000\Z', head), head
    found = []
    for line in body.removesuffix("\n").split("\n"):
        match = next((match for match in (form.fullmatch(line) for form in MERMAID_LINES) if match), None)
        assert match, line
        told = {key: value for key, value in match.groupdict().items() if value is not None}
        for key in ("text", "label"):
            if key in told:
                assert not re.search(r"(?i)direction\s+(TB|BT|LR|RL)", told[key])
                # Two dollars would be a formula even when written as numbers.
                assert "#36;#36;" not in told[key]
                parts = told[key].split("<br/>")
                assert not any("<" in part or ">" in part for part in parts)
                told[key] = "\n".join(
                    re.sub(r"#(\d+);", lambda number: chr(int(number[1])), part) for part in parts
                ).replace("\u200b", "")
        found.append(told)
    frames = 0
    for line in body.split("\n"):
        frames += line.endswith("{") - (line.strip() == "}")
        assert frames >= 0
    assert frames == 0
    return found


def read_dot(text: str) -> list[str]:
    """Give the quoted texts of a drawing for Graphviz, as it shows them; what is not quoted is checked for its form."""
    notes = text.index("label=<")
    end = text.index(">];", notes)
    table, rest = text[notes + len("label=<") : end], text[:notes] + text[end:]
    assert set(re.findall(r"</?([A-Z]+)", table)) <= {"TABLE", "TR", "TD", "B", "BR"}
    shown = []
    for quoted in re.findall(r'"((?:[^"\\]|\\.)*)"', rest):
        assert set(re.findall(r"\\(.)", quoted)) <= {"\\", '"', "n", "l"}, quoted
        shown.append(html.unescape(re.sub(r"\\(.)", lambda one: {"n": "\n", "l": "\n"}.get(one[1], one[1]), quoted)))
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', rest)
    assert re.fullmatch(r'[\w\s{}\[\]=,;.<>"#-]*', bare), bare
    return shown


def dot_notes(text: str) -> dict[str, str]:
    """Give the notes of a drawing for Graphviz by their number."""
    rows = re.findall(r'<TD ALIGN="RIGHT" VALIGN="TOP">(.*?)</TD><TD ALIGN="LEFT" BALIGN="LEFT">(.*?)</TD>', text)
    return {number: html.unescape(said.replace('<BR ALIGN="LEFT"/>', "\n")) for number, said in rows}


def squeezed(text: str) -> str:
    """Leave out blanks and line breaks: lines are broken where they fit."""
    return re.sub(r"\s+", "", text)


def notes_of(procedure: Procedure, form: Form, language: Language, **more: Any) -> list[str]:
    """Give what a drawing says of each move, squeezed."""
    text = diagram(procedure, form=form, language=language, **more)
    if form == "dot":
        notes = dot_notes(text)
        return [squeezed(notes[str(number)]) for number in range(1, len(procedure.moves) + 1)]
    if form == "mermaid":
        boxes = {line["id"]: line["text"] for line in read_mermaid(text) if "id" in line}
        written = squeezed(boxes["notes_1" if "case" not in more else "notes_2"])
        labels = [
            squeezed(f"{n}{move.zh if language == 'zh' else move.en}") for n, move in enumerate(procedure.moves, 1)
        ]
        starts, at = [], 0
        for label in labels:
            at = written.index(label, at)
            starts.append(at)
        return [written[start:end] for start, end in zip(starts, [*starts[1:], len(written)], strict=True)]
    # In plain text a condition stands whole, in its row or below the table.
    rows = procedure_table(procedure, language=language)
    for row in rows[1:]:
        assert row[6] in text
    return [squeezed(row[6]) for row in rows[1:]]


def leaves(expr: Expr) -> Iterator[Expr]:
    """Give the parts of a guard that a refusal tells one by one."""
    match expr:
        case Not(operand):
            yield from leaves(operand)
        case And(operands) | Or(operands):
            for each in operands:
                yield from leaves(each)
        case IfElse(condition, then, otherwise):
            for each in (condition, then, otherwise):
                yield from leaves(each)
        case Compare(operands, comparators):
            for left, comparator, right in zip(operands, comparators, operands[1:], strict=False):
                yield Compare((left, right), (comparator,))
        case Constant():
            pass
        case _:
            yield expr


# -- laws ------------------------------------------------------------------------------------------------------------


@each_procedure
@each_form
@each_language
def test_every_form_says_every_part_of_every_guard_in_the_words_of_a_refusal(
    name: str, form: Form, language: Language
) -> None:
    procedure = procedure_of(name)
    said = notes_of(procedure, form, language)
    assert len(said) == len(procedure.moves)
    for move, note in zip(procedure.moves, said, strict=True):
        scope = guard_scope(procedure, move.event)
        for leaf in leaves(move.guard) if move.guard is not None else ():
            assert squeezed(render(leaf, scope, language)) in note, (move.id, note)


@each_language
def test_what_a_refusal_asks_for_stands_in_the_drawing_word_for_word(language: Language) -> None:
    work = small_case(SMALL, "on_notice")
    refused = work.refused("close", "head")
    number = [move.id for move in SMALL.moves].index("close")
    told = [(reason.zh if language == "zh" else reason.en) for reason in refused.reasons]
    asked = [text.partition("：" if language == "zh" else ": ")[2] for text in told]
    assert asked
    for form in FORMS:
        for text in asked:
            assert squeezed(text) in notes_of(SMALL, form, language)[number]


@each_procedure
@each_language
def test_every_move_has_a_row_with_who_brings_what_and_on_what_basis(name: str, language: Language) -> None:
    procedure = procedure_of(name)
    zh = language == "zh"
    for move, row in zip(procedure.moves, procedure_table(procedure, language=language)[1:], strict=True):
        parts: list[Labelled] = [
            *(procedure.state[each] for each in move.source),
            *(procedure.role[each] for each in move.roles),
            *(procedure.evidence_kind[each] for each in move.evidence),
            *([] if move.target is None else [procedure.state[move.target]]),
            procedure.event[move.event],
        ]
        for part in parts:
            assert any((part.zh if zh else part.en) in cell for cell in row)
        assert row[8] == move.citation.words(language)
        assert ("亲属回避" if zh else "not by a relative") in row[4] or not move.impartial


@each_procedure
@each_language
def test_every_way_on_is_drawn(name: str, language: Language) -> None:
    procedure = procedure_of(name)
    lines = read_mermaid(diagram(procedure, language=language))
    arrows = {(line["source"], line["target"]) for line in lines if "source" in line}
    boxes = {line["id"]: line["text"] for line in lines if "id" in line}
    labels = {(line["source"], line["target"]): squeezed(line.get("label", "")) for line in lines if "source" in line}
    for number, move in enumerate(procedure.moves, 1):
        label = squeezed(f"{number} {move.zh if language == 'zh' else move.en}")
        if len(move.source) >= 4:
            assert label in squeezed(boxes[f"m_{move.id}"])
            assert move.target is None or (f"m_{move.id}", f"s_{move.target}") in arrows
            also = re.compile(rf"[：: 、]{number}(?!\d)")
            assert all(also.search(boxes[f"s_{state}"].split("\n")[-1]) for state in move.source)
        elif move.target is None:
            assert all(label in squeezed(boxes[f"s_{state}"]) for state in move.source)
        else:
            back = any(isinstance(effect, NewRound) for effect in move.effects)
            held = [text for (source, target), text in labels.items() if target == f"s_{move.target}" and label in text]
            assert len(held) == len(move.source)
            assert all(("↩" in text) is back or len(re.findall(r"〔|\[", text)) > 1 for text in held)


def _styles(dot: str) -> list[tuple[tuple[str, str], str]]:
    found = re.findall(r"^ +(\w+) -> (\w+) \[label=(?:\"(?:[^\"\\]|\\.)*\")(.*?)\];$", dot, re.MULTILINE)
    return [((source, target), style) for source, target, style in found]


@each_procedure
def test_both_pictures_hold_the_same_boxes_and_arrows(name: str) -> None:
    procedure = procedure_of(name)
    mermaid, dot = read_mermaid(diagram(procedure)), diagram(procedure, form="dot")
    drawn = sorted(re.findall(r"^ +(\w+) -> (\w+)", dot, re.MULTILINE))
    arrows = sorted((line["source"], line["target"]) for line in mermaid if "source" in line)
    assert [pair for pair in drawn if pair[0] != "start"] == arrows
    assert [pair[1] for pair in drawn if pair[0] == "start"] == [f"s_{procedure.initial}"]
    dashed = {pair for pair, style in _styles(dot) if "dashed" in style}
    back = {move.id for move in procedure.moves if any(isinstance(effect, NewRound) for effect in move.effects)}
    drawn_back = {
        (source, f"s_{move.target}")
        for move in procedure.moves
        if move.id in back and move.target is not None
        for source in ([f"m_{move.id}"] if len(move.source) >= 4 else [f"s_{each}" for each in move.source])
    }
    assert dashed == drawn_back
    boxes = [line["id"] for line in mermaid if "id" in line and line["id"][:2] in {"s_", "m_"}]
    assert sorted(re.findall(r"^ +([sm]_\w+) \[", dot, re.MULTILINE)) == sorted(boxes)


def test_stretches_from_goal_to_goal_are_framed_and_said_to_lead_to_their_goal() -> None:
    procedure = procedure_of(YUCHENG)
    text = diagram(procedure, form="dot")
    framed = {}
    for title, boxes in re.findall(r"subgraph cluster_g_\d+ \{\n +label=\"(.*?)\";.*\n((?: +s_.*\n)+)", text):
        framed[title] = re.findall(r"^ +s_(\w+) ", boxes, re.MULTILINE)
    open_states = [state.id for state in procedure.states if state.kind.value in {"open", "waiting"}]
    removal = [each for each in open_states if each.startswith("removal")]
    exits = open_states[open_states.index("exit_evaluated") :]
    identification = [each for each in open_states if each not in {*removal, *exits}]
    assert framed == {"至：已建档立卡": identification, "至：已清退": removal, "至：已脱贫退出": exits}


def test_a_state_that_stands_alone_is_not_framed() -> None:
    alone = bent({'from = ["on_notice"]\nto = "checked"': 'from = ["on_notice"]'})
    assert [diagram(each, form="dot").count("subgraph cluster_g_") for each in (SMALL, alone)] == [1, 1]


@each_procedure
def test_notes_stand_in_their_order(name: str) -> None:
    procedure = procedure_of(name)
    marks = list(dot_notes(diagram(procedure, form="dot")))
    assert marks[: len(procedure.moves)] == [str(number) for number in range(1, len(procedure.moves) + 1)]
    letters = marks[len(procedure.moves) :]
    assert letters == sorted(letters) and len(letters) == len({move.citation.source for move in procedure.moves})


@each_procedure
@each_language
def test_the_tables_line_up_and_no_line_is_wider_than_a_page(name: str, language: Language) -> None:
    text = diagram(procedure_of(name), form="text", language=language)
    _, states, moves, *_ = text.split("\n\n")
    for table in (states, moves):
        head, *rows = table.split("\n")
        assert max(width(row) for row in (head, *rows)) <= 230
        # Every column begins behind two blanks, in every row.
        starts = [width(head[: match.start()]) for match in re.finditer(r"(?<=  )\S", head)]
        for start in starts[1:]:
            assert all(before_column(row, start).endswith("  ") for row in rows if width(row) > start)


def before_column(row: str, columns: int) -> str:
    taken = ""
    for character in row:
        if width(taken) >= columns:
            break
        taken += character
    assert width(taken) == columns, row
    return taken


HARD = st.text(
    st.one_of(
        st.sampled_from('"\\:;#%{}[]<>|&`$\n-.: 甲乙n1lN'), st.characters(codec="utf-8", exclude_categories=["C"])
    ),
    min_size=1,
    max_size=24,
).filter(str.strip)
TRAPS = st.sampled_from(
    [
        "end note",
        "<<fork>>",
        "[[join]]",
        "direction LR x",
        "%% no",
        "#quot;",
        "&amp;",
        "\\n",
        "a --> b : c",
        "$$x$$",
        "}",
    ]
)


@given(HARD | TRAPS, HARD | TRAPS, HARD | TRAPS)
@settings(deadline=None)
def test_labels_come_out_of_a_drawing_as_they_were_whatever_they_hold(state: str, move: str, role: str) -> None:
    procedure = attrs.evolve(
        SMALL,
        en=state,
        states=tuple(attrs.evolve(each, en=state) if each.id == "evaluated" else each for each in SMALL.states),
        moves=tuple(attrs.evolve(each, en=move) if each.id == "post" else each for each in SMALL.moves),
        roles=tuple(attrs.evolve(each, en=role) if each.id == "head" else each for each in SMALL.roles),
    )
    lines = read_mermaid(diagram(procedure, language="en"))
    box = next(line["text"] for line in lines if line.get("id") == "s_evaluated")
    assert squeezed(box).startswith(squeezed(state))
    number = [each.id for each in procedure.moves].index("post") + 1
    label = next(
        line["label"] for line in lines if line.get("source") == "s_evaluated" and "on_notice" in line["target"]
    )
    assert squeezed(label) == squeezed(f"{number}{move}[{role}]")
    shown = [squeezed(text) for text in read_dot(diagram(procedure, form="dot", language="en"))]
    assert squeezed(f"{number}{move}[{role}]") in shown
    assert any(text.startswith(squeezed(state)) for text in shown)
    note = dot_notes(diagram(procedure, form="dot", language="en"))[str(number)]
    assert squeezed(note).startswith(squeezed(move))
    row = procedure_table(procedure, language="en")[number]
    assert (row[1], row[3], row[4]) == tuple(" ".join(text.split()) for text in (state, move, role))


# -- one case --------------------------------------------------------------------------------------------------------


def stages() -> Iterator[Casework]:
    """Give a case of the small procedure at every stage."""
    for stage in ("applied", "surveyed", "evaluated", "signed", "on_notice", "checked", "reviewed", "listed"):
        yield small_case(SMALL, stage)


def drawn(work: Casework, language: Language = "zh", at: date | None = None) -> tuple[tuple[str, ...], ...]:
    return procedure_table(
        work.procedure,
        language=language,
        case=work.now,
        at=at or work.day,
        entries=work.entries,
        context=work.context,
    )


def status(work: Casework, move: str, language: Language = "zh", at: date | None = None) -> str:
    place = [each.id for each in work.procedure.moves].index(move)
    return drawn(work, language, at)[place + 1][9]


def ideal(work: Casework, move: Move) -> list[Status]:
    """Tell how a move stands to two of each role that may make it."""
    return [
        option.status
        for role in move.roles
        for number in (1, 2)
        for option in options(work.procedure, work.now, work.actor(role, number), work.day, context=work.context)
        if option.move is move
    ]


def test_what_is_drawn_as_ready_not_yet_or_blocked_is_so_for_whoever_may_do_it() -> None:
    for work in stages():
        for move, row in zip(SMALL.moves, drawn(work)[1:], strict=True):
            found = ideal(work, move) if work.now.state in move.source else []
            said = row[9].rpartition("；已办")[2].rpartition("）；")[2] or row[9]
            assert ("可办：" in row[9] and "暂不可办：" not in row[9]) is (Status.READY in found), (row, found)
            if "起可办" in row[9]:
                assert Status.NOT_YET in found and Status.READY not in found
                assert re.fullmatch(r"\d{4}-\d\d-\d\d起可办", said)
            assert ("暂不可办" in row[9]) is (bool(found) and not {Status.READY, Status.NOT_YET} & set(found))


def test_what_is_drawn_as_not_yet_is_ready_on_that_day_and_not_the_day_before() -> None:
    work = small_case(SMALL, "on_notice")
    day = date(2016, 1, 21)
    assert status(work, "close") == f"{day}起可办"
    assert status(work, "close", "en") == f"from {day}"
    assert status(work, "close", at=day - DAY) == f"{day}起可办"
    assert status(work, "close", at=day) == "可办：村主任"
    assert status(work, "close", "en", at=day) == "ready: village head"
    assert isinstance(work.give(work.draft("close"), on=day - DAY), Refused)
    assert isinstance(work.give(work.draft("close"), on=day), Accepted)


def test_the_next_step_of_a_plan_is_drawn_as_ready_on_its_day() -> None:
    procedure = procedure_of(YUCHENG)
    work = Casework(procedure, context=told("yucheng-2016", FIRST, assessment="eligible"))
    steps = 0
    while work.now.state != "registered":
        step = plan(procedure, work.now, "registered", work.day, context=work.context).steps[0]
        work.day = step.on
        assert procedure.role[step.role].zh in status(work, step.move.id).partition("可办：")[2]
        assert isinstance(work.give(work.draft(step.move.id, actor=work.actor(step.role))), Accepted)
        steps += 1
    assert steps > 15


def traces(work: Casework) -> dict[str, str]:
    """Give the classes of each state in the drawing of a case."""
    text = diagram(work.procedure, case=work.now, at=work.day, entries=work.entries, context=work.context)
    found = [(line["classed"], line["class"]) for line in read_mermaid(text) if "classed" in line]
    return {
        box.removeprefix("s_"): name for box, name in found if box[:2] == "s_" and name in {"now", "done", "earlier"}
    }


def test_where_a_case_was_is_drawn_by_rounds_and_where_it_is_once() -> None:
    work = small_case(SMALL, "checked")
    assert traces(work) == {
        "draft": "done",
        "applied": "done",
        "evaluated": "done",
        "on_notice": "done",
        "checked": "now",
    }
    work.do("send_back", "county")
    earlier = dict.fromkeys(("draft", "evaluated", "on_notice", "checked"), "earlier")
    assert traces(work) == {**earlier, "applied": "now"}
    work.do("survey", "surveyor", {"at_home": True, "visited_on": work.day})
    work.do("evaluate", "assembly", {"outcome": "agreed", "present": 20, "entitled": 30})
    assert traces(work) == {**earlier, "applied": "done", "evaluated": "now"}


def test_what_was_done_is_told_with_its_day_and_how_often() -> None:
    work = small_case(SMALL, "signed")
    work.day += DAY
    assert status(work, "survey") == f"已办（{FIRST}）"
    assert status(work, "survey", "en") == f"done ({FIRST})"
    assert status(work, "sign").startswith(f"已办3次（最近{FIRST}）；暂不可办：")
    assert status(work, "sign", "en").startswith(f"done 3 times (last {FIRST}); blocked: ")
    work.do("post", "head")
    work.day += 8 * DAY
    work.do("close", "head")
    work.do("send_back", "county")
    assert status(work, "sign") == f"前轮已办（{FIRST}）"
    assert status(work, "sign", "en") == f"done in an earlier round ({FIRST})"


def test_without_its_journal_only_where_a_case_is_now_is_known() -> None:
    work = small_case(SMALL, "checked")
    work.entries.clear()
    assert traces(work) == {"checked": "now"}


def test_entries_of_other_cases_and_later_ones_are_left_aside() -> None:
    work, other, later = (
        small_case(SMALL, "surveyed"),
        small_case(SMALL, "applied", id="H-2"),
        small_case(SMALL, "checked"),
    )
    other.do("withdraw", "household")
    work.entries += [*other.entries, *later.entries[2:]]
    assert traces(work) == {"draft": "done", "applied": "now"}


def test_a_second_person_of_a_role_may_do_what_the_first_has_done() -> None:
    work = small_case(bent({"need = 2\ndistinct = false": "need = 2"}), "checked")
    work.do("sign", work.actor("panel", 1))
    assert status(work, "check") == "已办（2016-01-21）；可办：县审核组成员、县扶贫办"


def test_of_several_roles_the_first_day_counts_and_only_roles_of_the_move_are_asked() -> None:
    guard = 'when = "notice.village.elapsed and notice.village.open_objections == 0"'
    days = 'when = "(actor.role == \\"head\\" and days_since.post >= 9) or (actor.role == \\"township\\" and days_since.post >= 3)"'
    assert bent().move["close"].roles == ("head",)
    procedure = bent({'roles = ["head"]\n' + guard: 'roles = ["head", "township"]\n' + days})
    assert status(small_case(procedure, "on_notice"), "close") == "2016-01-16起可办"
    wanted = '"assessment.outcome == \\"eligible\\" and review.county.complete"'
    work = small_case(bent({wanted: '"actor.role == \\"panel\\""'}), "checked")
    assert status(work, "approve").startswith("暂不可办：须满足：办理人的角色等于「县审核组成员」")


@each_form
@each_language
def test_the_title_tells_the_case_its_round_and_since_when_it_is_where_it_is(form: Form, language: Language) -> None:
    work = small_case(SMALL, "on_notice")
    text = diagram(
        SMALL,
        form=form,
        language=language,
        case=work.now,
        at=work.day + DAY,
        entries=work.entries,
        context=work.context,
    )
    title = {
        "zh": "小程序（small-procedure/1）——本案H-1，2016-01-14：第1轮，公示中（2016-01-13起）",
        "en": "small procedure (small-procedure/1) — case H-1 on 2016-01-14: round 1, on notice (since 2016-01-13)",
    }[language]
    assert title in text


@each_form
@each_language
def test_why_a_move_is_blocked_stands_in_the_drawing_with_the_law(form: Form, language: Language) -> None:
    work = small_case(SMALL, "on_notice")
    work.do("object", "assembly", {"ground": "x"})
    text = diagram(
        SMALL, form=form, language=language, case=work.now, at=work.day, entries=work.entries, context=work.context
    )
    shown = html.unescape(re.sub(r"#(\d+);", lambda one: chr(int(one[1])), re.sub(r"<.*?>", "", text)))
    refused = work.refused("close", "head")
    assert len(refused.reasons) == 2
    for reason in refused.reasons:
        assert squeezed(reason.text(language)) in squeezed(shown)


def test_kinds_of_states_look_different_and_the_legend_says_how() -> None:
    text = diagram(SMALL, form="dot", language="en")
    looks = dict(re.findall(r"^ +(s_\w+) \[(.*?), fillcolor", text, re.MULTILINE))
    kinds = {state.kind: looks[f"s_{state.id}"] for state in SMALL.states}
    assert len(set(kinds.values())) == 4
    legend = dict(re.findall(r"^ +l_(\w+) \[(.*?), fillcolor", text, re.MULTILINE))
    assert {kind.value: look for kind, look in kinds.items()} == legend
    classes = {(line["classed"], line["class"]) for line in read_mermaid(diagram(SMALL)) if "classed" in line}
    assert {(f"s_{state.id}", state.kind.value) for state in SMALL.states} <= classes
    assert "open: somebody is to act" in text
    assert "待办" in diagram(SMALL, form="dot")


def test_a_protected_state_says_what_must_have_been_done() -> None:
    lines = read_mermaid(diagram(SMALL))
    box = next(line["text"] for line in lines if line.get("id") == "s_listed")
    assert squeezed(box).startswith("已列入须先有：三方签字、县级审核、村内公示、入户调查、评议")


# -- what is refused -------------------------------------------------------------------------------------------------


def test_a_case_without_a_day_is_refused() -> None:
    with pytest.raises(WorkflowError) as caught:
        diagram(SMALL, case=small_case(SMALL, "applied").now)
    assert str(caught.value) == "at: a case is looked at on a day, and none is given; give the day or moment"


def test_a_case_of_another_procedure_is_refused() -> None:
    work = small_case(SMALL, "applied")
    other = bent({"version = 1\nfrom": "version = 2\nfrom"})
    with pytest.raises(ProcedureMismatchError) as caught:
        diagram(other, case=work.now, at=work.day)
    assert str(caught.value) == (
        f"case `H-1`: is pinned to `{SMALL.reference}`, not to `{other.reference}`; bring the one it is pinned to"
    )
    # Even where no move is left that would have to be judged.
    work.do("withdraw", "household")
    with pytest.raises(ProcedureMismatchError):
        diagram(other, case=work.now, at=work.day)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"form": "svg"}, "form: `svg` is not known here; give `mermaid`, `dot` or `text`"),
        ({"language": "fr"}, "language: `fr` is not known here; give `zh` or `en`"),
    ],
)
def test_unknown_forms_and_languages_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(WorkflowError) as caught:
        diagram(SMALL, **given)
    assert str(caught.value) == message


def test_a_drawing_is_the_same_however_often_it_is_made() -> None:
    work = small_case(SMALL, "on_notice")
    for form in FORMS:
        made = {
            diagram(
                SMALL,
                form=form,
                case=work.now,
                at=FIRST + timedelta(2),
                entries=iter(work.entries),
                context=work.context,
            )
            for _ in range(2)
        }
        assert len(made) == 1
