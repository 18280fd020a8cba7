"""`fupin forms list|show|template|fill|check|notice`: the forms of a pack, filled ones, and the public notice."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from fupin_rules.cli import _notice, _registers
from fupin_rules.cli._arguments import USAGE, add_common, add_register, keep_register, pack
from fupin_rules.cli._convert import say_written
from fupin_rules.cli._output import joined, say, say_json, show, tell
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.registry import Form, FormColumn, Forms, load_forms, read_register, write_forms, write_template

DEFAULT_PACK = "yucheng-2016"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    commands = parser.add_subparsers(dest="forms_command", required=True, metavar="COMMAND")
    listed = commands.add_parser("list", help="list the forms of a pack")
    shown = commands.add_parser("show", help="show the columns of a form, with their source and open places")
    shown.add_argument("form", metavar="FORM", help="id of a form")
    blank = commands.add_parser("template", help="write empty forms to be filled in")
    blank.add_argument("--form", action="append", default=[], metavar="FORM", help="only this form; may be repeated")
    filled = commands.add_parser("fill", help="write a register on the forms, the summaries worked out")
    add_register(filled)
    checked = commands.add_parser("check", help="read filled forms and list what cannot be read or does not agree")
    add_register(checked)
    _registers.add_marked(checked)
    _notice.add_arguments(commands.add_parser("notice", help="what a public notice of one village shows"))
    for each in (blank, filled):
        each.add_argument(
            "--out", type=form_place, required=True, metavar="PLACE", help="a .xlsx file, or a folder for CSV"
        )
    for each in (listed, shown, blank, filled, checked):
        each.add_argument(
            "--pack", type=pack, default=DEFAULT_PACK, metavar="PACK", help=f"whose forms (default {DEFAULT_PACK})"
        )
        add_common(each)


def form_place(text: str) -> Path:
    """Read where forms go: a workbook, or a folder that holds no other register."""
    path = Path(text)
    if path.suffix.lower() not in ("", ".xlsx"):
        raise argparse.ArgumentTypeError(f"`{path.name}` is neither an .xlsx file nor a folder")
    return path


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen sub-command."""
    if arguments.forms_command == "notice":
        return _notice.run(arguments)
    forms = load_forms(arguments.pack)
    match arguments.forms_command:
        case "list":
            return _list(arguments, forms)
        case "show":
            return _show(arguments, forms)
        case "template":
            return _template(arguments, forms)
        case "fill":
            return _fill(arguments, forms)
        case _:
            return _registers.check(arguments, forms=forms)


def _list(arguments: argparse.Namespace, forms: Forms) -> int:
    if arguments.json:
        say_json([_listed(form) for form in forms.forms])
        return 0
    zh = arguments.lang == "zh"
    show(
        [
            (
                form.id,
                form.title(arguments.lang),
                f"{len(form.columns)} 栏" if zh else f"{len(form.columns)} columns",
                form.standing.words(arguments.lang),
            )
            for form in forms.forms
        ]
    )
    return 0


def _listed(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "zh": form.zh,
        "en": form.en,
        "rows": form.rows.value,
        "columns": len(form.columns),
        "open_slots": list(form.open_slots),
        "standing": form.standing.value,
        "note_zh": form.note_zh,
        "note_en": form.note_en,
    }


def _show(arguments: argparse.Namespace, forms: Forms) -> int:
    form = forms.by_id.get(arguments.form)
    if form is None:
        known = f"known: {', '.join(forms.by_id)}"
        raise FupinRulesError(Fault(f"form `{arguments.form[:60]}`", f"is no form of `{forms.pack}`", known, USAGE))
    if arguments.json:
        say_json(_listed(form) | {"columns": [_column(each) for each in form.columns]})
        return 0
    language = arguments.lang
    zh = language == "zh"
    say(f"{form.zh}（{form.id}）" if zh else f"{form.en} ({form.zh}, {form.id})")
    say(form.source.words(language))
    if note := form.note_zh if zh else form.note_en:
        say(note)
    say()
    show([_row(each, language) for each in form.columns])
    if form.slots and form.slots_source is not None:
        open_slots = ", ".join(str(each) for each in form.open_slots)
        said = (
            f"{form.slots} 项增加采集内容，空缺：{open_slots}"
            if zh
            else f"{form.slots} further items, open: {open_slots}"
        )
        say()
        say(f"{said}；{form.slots_source.words('zh')}" if zh else f"{said}; {form.slots_source.words('en')}")
    return 0


def _row(column: FormColumn, language: str) -> tuple[str, ...]:
    zh = language == "zh"
    said = [("必填" if zh else "required") if column.required else "", column.hint_zh if zh else column.hint_en]
    if column.fold is not None:
        said.append("汇总得出" if zh else "worked out")
    if column.slot is not None:
        said.append(f"第{column.slot}项" if zh else f"item {column.slot}")
    names = column.zh if zh else f"{column.zh} {column.en}"
    return names, column.source.standing.short(language), joined(each for each in said if each)


def _column(column: FormColumn) -> dict[str, Any]:
    return {
        "zh": column.zh,
        "en": column.en,
        "key": column.key.value if column.key else None,
        "fact": column.field.path if column.field else None,
        "fold": column.fold.sort.value if column.fold else None,
        "slot": column.slot,
        "required": column.required,
        "hint_zh": column.hint_zh,
        "hint_en": column.hint_en,
        "source": column.source.source.id,
        "standing": column.source.standing.value,
    }


def _template(arguments: argparse.Namespace, forms: Forms) -> int:
    write_template(arguments.out, forms=forms, only=arguments.form)
    wanted = [form for form in forms.forms if not arguments.form or form.id in arguments.form]
    if arguments.json:
        say_json({"forms": [form.id for form in wanted], "out": str(arguments.out)})
        return 0
    for form in wanted:
        say(f"{form.title(arguments.lang)}: {form.standing.words(arguments.lang)}")
    return 0


def _fill(arguments: argparse.Namespace, forms: Forms) -> int:
    keep_register(arguments.register, [arguments.out])
    reading = read_register(arguments.register, forms=forms)
    write_forms(arguments.out, reading.households, reading.villages, forms=forms)
    say_written(arguments, reading)
    if not arguments.json:
        _registers.tell_left_out(reading, arguments.lang)
    for form in forms.forms:
        tell(
            f"{form.zh}：{form.standing.words('zh')}"
            if arguments.lang == "zh"
            else f"{form.en}: {form.standing.words('en')}"
        )
    return 1 if reading.problems else 0
