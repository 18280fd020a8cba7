"""
Write the pages of the reference drawn from the data: fields, columns of frames, code lists, forms, packs, procedures.

Run `python docs/generate.py` after a change of the model, a pack or a procedure; a test holds the pages to the data.
"""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from fupin_rules.citations import Citation, Standing
from fupin_rules.columnar import names_of
from fupin_rules.expr import Expr, Scope, render, to_text
from fupin_rules.model import Area, Field, Household, Sort, Village, catalogue
from fupin_rules.policy import Policy, Rule, RuleKind, find_pack, installed_packs, load_cases, load_policy
from fupin_rules.quantities import PLAIN, plain
from fupin_rules.registry import Form, load_forms, written_layouts
from fupin_rules.workflow import (
    Deadline,
    Move,
    NewRound,
    NoticeRule,
    Procedure,
    Review,
    State,
    guard_scope,
    installed_procedures,
    load_procedure,
)

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py from the data; change the data, not this page. -->\n\n"


def row(*cells: str) -> str:
    """Write one row of a table; bars inside a cell are escaped."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def head(*cells: str) -> str:
    """Write the head of a table."""
    return row(*cells) + "|" + " --- |" * len(cells) + "\n"


# -- fields ----------------------------------------------------------------------------------------------------------


def value_words(field: Field) -> str:
    """Say what values a field may have."""
    spec = field.spec
    match spec.sort:
        case Sort.NUMBER:
            assert spec.low is not None
            assert spec.high is not None
            unit = "" if spec.unit == PLAIN else f" `{spec.unit}`"
            places = f", {spec.places} places" if spec.places else ""
            return f"{plain(spec.low)} to {plain(spec.high)}{unit}{places}"
        case Sort.CODE | Sort.CODES:
            assert spec.code_list is not None
            several = " (several)" if spec.sort is Sort.CODES else ""
            return f"[{spec.code_list.__name__}](code-lists.md#{spec.code_list.__name__.lower()}){several}"
        case Sort.FLAG:
            return "yes or no"
        case Sort.DAY:
            return "day"
        case Sort.TEXT:
            return "text, not read by rules"
        case Sort.PRIVATE:
            return "personal text, masked"


def fields_page() -> str:
    """Draw the page of fields."""
    household, village, area = catalogue(Household), catalogue(Village), catalogue(Area)
    page = "# Fields\n\n" + NOTE
    page += (
        "Every fact may be unknown. The code is that of the national system, read in programs that run on top of it;\n"
    )
    page += "such a field is `found`. A field without one is ours, an assumption, whatever text made us ask for it.\n"
    page += (
        "A `fixed` field is one that nobody can change, or may be asked to; `what_would_change` leaves it as it is.\n"
    )
    for title, fields in (
        ("Household (贫困户登记表)", household.fields),
        ("Member (贫困户家庭成员信息表)", household.members),
        ("Village (行政村基本情况登记表)", village.fields),
        ("Area: a township or a county (乡镇、县)", area.fields),
    ):
        page += f"\n## {title}\n\n" + head("path", "中文", "English", "code", "standing", "values", "fixed")
        for path, field in fields.items():
            spec = field.spec
            fixed = "fixed" if spec.fixed else ""
            standing = Standing.FOUND if spec.national_code else Standing.ASSUMPTION
            page += row(f"`{path}`", spec.zh, spec.en, spec.national_code, standing.value, value_words(field), fixed)
    return page


TEXTS = (
    "`String`, `Categorical`, `Enum`",
    "`VARCHAR`, `ENUM`",
    "`string`, dictionaries of it",
    "`str`, `string`, `category`, objects",
    "`StringType`",
)
# What each sort of fact is called, and the types that are taken for it by Polars, DuckDB, PyArrow, pandas and Spark.
TAKEN: Mapping[Sort, tuple[str, ...]] = {
    Sort.FLAG: ("yes or no", "`Boolean`", "`BOOLEAN`", "`bool_`", "`boolean`, or objects", "`BooleanType`"),
    Sort.NUMBER: (
        "number",
        "integers, `Decimal`, `Float64`",
        "integers, `DECIMAL`, `DOUBLE`",
        "integers, `decimal128`, `float64`",
        "`Int64`, `int64`, `float64`, Arrow decimals, objects of `Decimal`",
        "`LongType` and shorter, `DecimalType`, `DoubleType`",
    ),
    Sort.DAY: (
        "day",
        "`Date`, `Datetime`",
        "`DATE`, `TIMESTAMP`",
        "`date32`, `timestamp`",
        "`datetime64`, objects of `date`",
        "`DateType`, `TimestampNTZType`",
    ),
    Sort.CODE: ("code", *TEXTS),
    Sort.CODES: (
        "several codes",
        "`List(String)`, or `String` with commas",
        "`VARCHAR[]`, or `VARCHAR` with commas",
        "`list_(string)`, or `string` with commas",
        "objects of lists, or texts with commas",
        "`ArrayType(StringType)`, or `StringType` with commas",
    ),
    Sort.TEXT: ("text", *TEXTS),
}


def frame_columns_page() -> str:
    """Draw the page of the columns that frames may have."""
    household, village, area = catalogue(Household), catalogue(Village), catalogue(Area)
    page = "# Columns of frames\n\n" + NOTE
    page += "What a column is called and what it may hold; [frames](frames.md) tells the rest.\n"
    page += "Bounds and lists of values are those of the [fields](fields.md): what lies outside counts as not known.\n"
    page += "Columns of other names are passed over.\n\n## Types\n\nDays are without a time zone.\n\n"
    page += head("sort", "Polars", "DuckDB", "PyArrow", "pandas", "Spark")
    page += "".join(row(*types) for types in TAKEN.values())
    for title, key, fields in (
        ("Households", "id", household.fields),
        ("Members", "household_id", household.members),
        ("Villages", "id", village.fields),
        ("Areas", "id", area.fields),
    ):
        page += f"\n## {title}\n\nBeside the key, `{key}`, a whole number or a text:\n\n"
        page += head("column", "or instead", "sort", "unit, places")
        for path, field in fields.items():
            spec = field.spec
            others = ", ".join(f"`{name}`" for name in names_of(field) if name != path)
            sort = TAKEN[Sort.TEXT if spec.sort is Sort.PRIVATE else spec.sort][0]
            unit = "" if spec.unit in (None, PLAIN) else f"`{spec.unit}`"
            page += row(f"`{path}`", others, sort, f"{unit}, {spec.places}" if spec.places else unit)
    return page


def code_lists_page() -> str:
    """Draw the page of code lists."""
    known = (
        catalogue(Household).fields,
        catalogue(Household).members,
        catalogue(Village).fields,
        catalogue(Area).fields,
    )
    specs = [field.spec for fields in known for field in fields.values() if field.spec.code_list]
    lists = {each.__name__: each for spec in specs for each in (spec.code_list, *spec.older) if each}
    page = "# Code lists\n\n" + NOTE
    page += "A bare number is never a code: the same digits mean other things in another year's list.\n"
    page += "An older list is read only where a column says that it holds it; its codes are then those of today.\n\n"
    page += head("list", "issue", "read in", "standing", "in its place today")
    for name, code_list in sorted(lists.items()):
        today = "" if code_list.today is None else f"[{code_list.today.__name__}](#{code_list.today.__name__.lower()})"
        page += row(
            f"[{name}](#{name.lower()})",
            code_list.issue or "not known",
            code_list.source,
            code_list.standing.value,
            today,
        )
    for name, code_list in sorted(lists.items()):
        page += f"\n## {name}\n\n{inspect.cleandoc(code_list.__doc__ or '')}\n\n" + head(
            "value", "national code", "中文", "English", "also met as"
        )
        for code in code_list:
            page += row(f"`{code.value}`", code.national, code.zh, code.en, "、".join(code.aliases))
    return page


# -- packs -----------------------------------------------------------------------------------------------------------


def pack_page() -> str:
    """Draw the page of packs."""
    page = "# Packs\n\n" + NOTE
    policies = {name: load_policy(folder) for name, folder in installed_packs().items()}
    page += head("pack", "days", "extends", "rules of its own", "cases", "title")
    for name, policy in policies.items():
        own = [rule for rule in policy.rules if rule.pack == name]
        page += row(
            f"[`{name}`](#{name})",
            str(policy.days),
            ", ".join(policy.lineage[:-1]),
            str(len(own)),
            str(len(load_cases(find_pack(name)))),
            f"{policy.zh} · {policy.en}",
        )
    for name, policy in policies.items():
        page += f"\n## {name}\n\n{policy.zh} · {policy.en}\n"
        if policy.note_en:
            page += f"\n{policy.note_zh}\n\n{policy.note_en}\n"
        page += "".join(_parts(name, policy))
    page += "\n## Sources\n\nHosts of copies are not authorities; the standing says how firm a source is.\n\n"
    page += head("key", "title", "issuer, number, day", "standing", "where, and what to know")
    sources = {(key, source.title): source for policy in policies.values() for key, source in policy.sources.items()}
    for (key, _), source in sorted(sources.items()):
        day = source.published.isoformat() if source.published else ""
        issued = ", ".join(part for part in (source.issuer, source.number, day) if part)
        about = ". ".join(part for part in (source.address, source.note) if part)
        page += row(f"`{key}`", f"{source.title} · {source.title_en}", issued, source.standing.value, about)
    return page


def _parts(name: str, policy: Policy) -> Iterator[str]:
    parameters = [each for each in policy.parameters.values() if each.pack == name]
    if parameters:
        yield "\n### Parameters\n\n" + head("name", "meaning", "value", "unit", "days", "source", "standing")
    for parameter in parameters:
        for dated in parameter.values:
            value = ", ".join(sorted(dated.value)) if isinstance(dated.value, frozenset) else str(dated.value)
            number = plain(dated.value) if isinstance(dated.value, Fraction) else value
            cited = f"{dated.citation.source.id} {dated.citation.locator}".strip()
            meaning = f"{parameter.zh} · {parameter.en}"
            unit = "" if parameter.unit is None else str(parameter.unit)
            yield row(
                f"`{parameter.name}`", meaning, number, unit, str(dated.period), cited, dated.citation.standing.value
            )
        if parameter.is_open and parameter.bounds is not None:
            low, high = parameter.bounds
            meaning = f"{parameter.zh} · {parameter.en}"
            yield row(
                f"`{parameter.name}`", meaning, f"open, {plain(low)} to {plain(high)}", str(parameter.unit), "", "", ""
            )
    definitions = [each for each in policy.definitions.values() if each.pack == name]
    scopes = policy.scopes()
    if definitions:
        yield "\n### Definitions\n\n" + head("name", "meaning", "worked out as", "source", "standing")
    for definition in definitions:
        words = said(definition.expr, scopes[definition.subject])
        cited = f"{definition.citation.source.id} {definition.citation.locator}".strip()
        meaning = f"{definition.zh} · {definition.en}"
        yield row(f"`{definition.name}`", meaning, words, cited, definition.citation.standing.value)
    for kind in RuleKind:
        rules = [rule for rule in policy.rules if rule.pack == name and rule.kind is kind]
        if rules:
            yield f"\n### {kind.value.capitalize()}\n\n" + head(
                "rule", "about", "中文", "English", "when", "source", "standing"
            )
        for rule in rules:
            yield _rule_row(rule, said(rule.when, scopes[rule.subject]))
            for each in rule.unless:
                words = said(each.when, scopes[rule.subject])
                source = each.citation.source
                yield row(f"unless `{each.id}`", "", each.zh, each.en, words, source.id, source.standing.value)
    yield from _checklists(name, policy)


def _checklists(name: str, policy: Policy) -> Iterator[str]:
    """Draw the checklists that a pack declares or continues; an open slot is no rule."""
    held = [each for each in policy.checklists.values() if name in (each.pack, *(item.pack for item in each.items))]
    if held:
        yield "\n### Checklists\n\n" + head("checklist", "item", "中文", "English", "counts", "source", "standing")
    for checklist in held:
        for item in checklist.items:
            counts = "open slot, no rule" if item.is_open else item.counts.value
            cited = f"{item.citation.source.id} {item.citation.locator}".strip()
            standing = item.citation.standing.value
            yield row(f"`{checklist.id}`", f"`{item.id}`", item.zh, item.en, counts, cited, standing)


def said(expr: Expr, scope: Scope) -> str:
    """Say an expression in words, and below as the pack has it."""
    return f"{render(expr, scope, 'en')}<br>`{to_text(expr)}`"


def _rule_row(rule: Rule, words: str) -> str:
    cited = f"{rule.citation.source.id} {rule.citation.locator}".strip()
    return row(f"`{rule.id}`", rule.subject.value, rule.zh, rule.en, words, cited, rule.citation.standing.value)


# -- procedures ------------------------------------------------------------------------------------------------------

STATE_KINDS = {"open": "办理 · open", "waiting": "等待 · waiting", "goal": "目标 · goal", "closed": "终结 · closed"}
THEN = {"remind": ("提醒", "remind"), "escalate": ("上报", "escalate"), "may": ("可以", "may")}
ON_OBJECTION = {
    "suspend": ("处理完方可结束", "cannot close before it has an outcome"),
    "restart": ("重新计时", "restart"),
}


def both(zh: str, en: str) -> str:
    """Write a cell in both languages."""
    return f"{zh}<br>{en}"


def listed(procedure: Procedure, kind: str, ids: Iterable[str]) -> str:
    """Write the labels of parts of a procedure in both languages."""
    parts = [getattr(procedure, kind)[each] for each in ids]
    return both("、".join(part.zh for part in parts), ", ".join(part.en for part in parts)) if parts else ""


def law(*citations: Citation | None) -> str:
    """Cite texts by their keys, with place and standing."""
    held = dict.fromkeys(each for each in citations if each is not None)
    return "<br>".join(
        f"{f'`{each.source.id}` {each.locator}'.strip()}（{each.standing.short('zh')} · {each.standing.value}）"
        for each in held
    )


def procedures_page() -> str:
    """Draw the page of procedures."""
    page = "# Procedures · 程序\n\n" + NOTE
    page += (
        "What a case may read, and the words of this page, are told in the [procedure format](procedure-format.md).\n"
    )
    page += "The pin is what cases are bound to; whoever holds a file with another digest holds another procedure.\n"
    page += "Laws are cited by key, place and standing; the keys are those of the [sources](packs.md#sources).\n\n"
    files = sorted((name, path) for name, path in installed_procedures().items() if ":" in name)
    procedures = {name.partition(":")[2]: (name.partition(":")[0], load_procedure(path)) for name, path in files}
    page += head("procedure", "pack", "from", "subject", "policy", "states", "steps", "title")
    for name, (pack, procedure) in procedures.items():
        page += row(
            f"[`{name}`](#{name})",
            f"[`{pack}`](packs.md#{pack})",
            procedure.start.isoformat(),
            procedure.subject.value,
            f"`{procedure.policy}`" if procedure.policy else "",
            str(len(procedure.states)),
            str(len(procedure.moves)),
            both(procedure.zh, procedure.en),
        )
    for name, (_, procedure) in procedures.items():
        page += f"\n## {name}\n\n{procedure.zh} · {procedure.en}\n\npin: `{procedure.reference}`\n\n"
        page += law(procedure.citation) + "\n"
        if procedure.note_zh:
            page += f"\n{procedure.note_zh}\n\n{procedure.note_en}\n"
        page += "".join(_procedure_parts(procedure))
    return page


def _procedure_parts(procedure: Procedure) -> Iterator[str]:
    yield "\n### States · 环节\n\n" + head("state", "", "kind", "decided at", "entered only after")
    for state in procedure.states:
        initial = "（起点）" if state.id == procedure.initial else ""
        level = listed(procedure, "level", [state.level] if state.level else [])
        label = both(state.zh + initial, state.en + (" (initial)" if initial else ""))
        yield row(f"`{state.id}`", label, STATE_KINDS[state.kind.value], level, _needs(procedure, state))
    yield "\n### Roles · 角色\n\n" + head("role", "", "level", "law")
    for role in procedure.roles:
        level = listed(procedure, "level", [role.level])
        yield row(f"`{role.id}`", both(role.zh, role.en), level, law(role.citation))
    yield "\n### Steps · 步骤\n\n" + head("step", "", "from → to", "who", "evidence", "only if", "law")
    for move in procedure.moves:
        yield _move_row(procedure, move)
    if procedure.reviews:
        yield "\n### Signatures · 签字\n\n" + head("review", "", "signed by", "how many", "law")
    for review in procedure.reviews:
        yield _review_row(procedure, review)
    if procedure.notices:
        yield "\n### Notices · 公示公告\n\n" + head("notice", "", "days", "who may object", "an objection", "law")
    for notice in procedure.notices:
        yield _notice_row(procedure, notice)
    if procedure.deadlines:
        yield "\n### Deadlines · 期限\n\n" + head("deadline", "", "within", "while in", "then", "law")
    for deadline in procedure.deadlines:
        yield _deadline_row(procedure, deadline)


def _needs(procedure: Procedure, state: State) -> str:
    needs = state.needs
    kinds = (("review", needs.reviews), ("notice", needs.notices), ("event", needs.events))
    return "<br>".join(listed(procedure, kind, ids) for kind, ids in kinds if ids)


def _move_row(procedure: Procedure, move: Move) -> str:
    scope = guard_scope(procedure, move.event)
    guard = "" if move.guard is None else both(*(render(move.guard, scope, each) for each in ("zh", "en")))
    target = f"`{move.target}`" if move.target else "—"
    marks = [("重点环节", "key step")] if move.key_step else []
    marks += [("新一轮", "new round")] if any(isinstance(each, NewRound) for each in move.effects) else []
    label = both(move.zh + "".join(f"（{zh}）" for zh, _ in marks), move.en + "".join(f" ({en})" for _, en in marks))
    who = listed(procedure, "role", move.roles) + ("<br>亲属回避 · no relatives" if move.impartial else "")
    return row(
        f"`{move.id}`<br>event `{move.event}`",
        label,
        " ".join(f"`{each}`" for each in move.source) + f" → {target}",
        who,
        listed(procedure, "evidence_kind", move.evidence),
        guard,
        law(move.citation),
    )


def _review_row(procedure: Procedure, review: Review) -> str:
    signers = []
    for slot in review.slots:
        role = procedure.role[slot.role]
        signers.append(f"`{slot.id}` {role.zh} · {role.en}" + ("（可免签 · waivable）" if slot.waivable else ""))
    need = both("全部", "all") if review.need is None else str(review.need)
    if review.distinct:
        need += "<br>" + both("一人一签", "one person, one signature")
    for group in review.may_share:
        need += f"<br>可兼签 · may be one hand: {', '.join(f'`{each}`' for each in group)}"
    return row(f"`{review.id}`", both(review.zh, review.en), "<br>".join(signers), need, law(review.citation))


def _notice_row(procedure: Procedure, notice: NoticeRule) -> str:
    if notice.days is None:
        what = ("公告，无期限", "announcement, no days", "")
    else:
        zh, en = ON_OBJECTION[notice.on_objection.value]
        upheld = listed(procedure, "state", [notice.on_upheld]) if notice.on_upheld else ""
        back = f"<br>成立则 · upheld: {upheld}" if upheld else ""
        what = (notice.days.words("zh"), notice.days.words("en"), both(zh, en) + back)
    objectors = listed(procedure, "role", notice.objectors)
    cited = law(notice.citation, notice.days_citation)
    return row(f"`{notice.id}`", both(notice.zh, notice.en), both(*what[:2]), objectors, what[2], cited)


def _deadline_row(procedure: Procedure, deadline: Deadline) -> str:
    zh, en = THEN[deadline.then.value]
    if deadline.role:
        role = procedure.role[deadline.role]
        zh, en = f"{zh}：{role.zh}", f"{en}: {role.en}"
    if deadline.event:
        event = procedure.event[deadline.event]
        zh, en = f"{zh}：{event.zh}", f"{en}: {event.en}"
    within = both(deadline.within.words("zh"), deadline.within.words("en")) + f"<br>`{deadline.since}`"
    states = " ".join(f"`{each}`" for each in deadline.states)
    return row(f"`{deadline.id}`", both(deadline.zh, deadline.en), within, states, both(zh, en), law(deadline.citation))


# -- forms -----------------------------------------------------------------------------------------------------------

ROWS = {
    "roster": ("成员，重复户的事实", "a member, facts of the household repeated"),
    "household": ("农户", "a household"),
    "member": ("家庭成员", "a member"),
    "village": ("行政村", "a village"),
    "household_summary": ("农户（汇总得出）", "a household, worked out"),
    "village_summary": ("行政村（汇总得出）", "a village, worked out"),
}


def forms_page() -> str:
    """Draw the page of forms and layouts."""
    page = "# Forms and layouts · 表册与列\n\n" + NOTE
    page += "How sheets are read is told in [registers](registers.md),\n"
    page += "how forms are filled in [the guide](../how-to/fill-the-forms.md).\n"
    for pack, folder in sorted(installed_packs().items()):
        if (folder / "forms").is_dir():
            page += f"\n## Forms of [`{pack}`](packs.md#{pack})\n"
            page += "".join(_form_section(form) for form in load_forms(pack).forms)
    page += "\n## Layouts of exports\n\n"
    page += "Header rows read in public programs, never in anybody's data (standing: local).\n"
    page += "A sheet is told by its headers, not by their number.\n"
    page += "Layouts of 32 and of 11 columns are spoken of, and no header row of theirs was found.\n"
    for layout in written_layouts():
        page += f"\n### {layout.id}\n\n{layout.zh} · {layout.en}\n\n"
        page += f"{len(layout.columns)} columns; one row is {ROWS[layout.rows][1]}.\n\n"
        page += head("column", "header", "holds", "also read as")
        for number, column in enumerate(layout.columns, 1):
            holds = f"`{_path(column.field)}`" if column.field else f"number of the {column.key}"
            page += row(str(number), column.header, holds, "、".join(column.aliases))
    return page


def _path(field: Field) -> str:
    return f"members.{field.path}" if field.owner == "member" else field.path


def _form_section(form: Form) -> str:
    zh, en = ROWS[form.rows.value]
    section = f"\n### {form.id}\n\n{form.zh} · {form.en}\n\none row: {zh} · {en}; named by {law(form.source)}\n"
    if form.note_zh:
        section += f"\n{form.note_zh}\n\n{form.note_en}\n"
    if form.slots_source is not None:
        filled = form.slots - len(form.open_slots)
        section += f"\n{form.slots} open places, asked for by {law(form.slots_source)}; filled: {filled}.\n"
    section += "\n" + head("header", "", "holds", "asked in every row", "source")
    for column in form.columns:
        if column.field is not None:
            holds = f"`{_path(column.field)}`"
        elif column.key is not None:
            holds = f"number of the {column.key.value}"
        elif column.fold is not None and column.fold.expr is not None:
            where = f" where `{to_text(column.fold.where)}`" if column.fold.where is not None else ""
            holds = f"{column.fold.sort.value}: `{to_text(column.fold.expr)}`{where}"
        else:
            holds = "what cannot be worked out"
        section += row(column.zh, column.en, holds, "yes" if column.required else "", law(column.source))
    return section


def pages() -> Mapping[str, str]:
    """Draw all pages, by file name."""
    return {
        "fields.md": fields_page(),
        "frame-columns.md": frame_columns_page(),
        "forms.md": forms_page(),
        "code-lists.md": code_lists_page(),
        "packs.md": pack_page(),
        "procedures.md": procedures_page(),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
