"""`fupin schema`: JSON Schemas of all plain forms, listed, shown or written, and declarations for TypeScript."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_rules.cli._arguments import add_common
from fupin_rules.cli._output import say, say_json, show
from fupin_rules.registry import write_text
from fupin_rules.schemas import DECLARATIONS, declarations, json_schema, schema_files, schema_names


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `fupin schema` takes."""
    one = parser.add_mutually_exclusive_group()
    one.add_argument("name", nargs="?", metavar="NAME", help="the schema shown, or the only one written")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the schemas as files into this folder")
    what = f"show the declarations for TypeScript; with --out, write them beside the schemas as {DECLARATIONS}"
    one.add_argument("--typescript", action="store_true", help=what)
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin schema`."""
    if arguments.out is not None:
        _write(arguments)
    elif arguments.typescript:
        text = declarations()
        say_json({"file": DECLARATIONS, "text": text}) if arguments.json else say(text.rstrip("\n"))
    elif arguments.name is not None:
        say_json(json_schema(arguments.name))
    else:
        _list(arguments)
    return 0


def _list(arguments: argparse.Namespace) -> None:
    schemas = {name: json_schema(name) for name in schema_names()}
    if arguments.json:
        listed = [
            {"name": name, "type": each["title"], "id": each["$id"], "description": each["description"]}
            for name, each in schemas.items()
        ]
        say_json(listed)
        return
    place = 0 if arguments.lang == "zh" else 2
    show([(name, each["title"], each["description"].partition(" · ")[place]) for name, each in schemas.items()])


def _write(arguments: argparse.Namespace) -> None:
    files = schema_files(*([] if arguments.name is None else [arguments.name]))
    if arguments.typescript:
        files[DECLARATIONS] = declarations()
    for name, text in files.items():
        write_text(arguments.out / name, text)
    if arguments.json:
        say_json({"files": [str(arguments.out / name) for name in files]})
    else:
        zh = arguments.lang == "zh"
        say(f"已写入{len(files)}个文件：{arguments.out}" if zh else f"{len(files)} files written to {arguments.out}")
