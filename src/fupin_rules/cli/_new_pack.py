"""
`fupin pack new DIR`: a small, whole pack to begin with, or one that builds on others, with comments that lead on.

It is loaded before it is put in its place: what is written passes every check, and is written whole or not at all.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from fupin_rules.cli._arguments import USAGE, add_common, day
from fupin_rules.cli._new_pack_texts import ALONE, ON_OTHERS, PARAMETER, SOURCES
from fupin_rules.cli._output import say, say_json
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.periods import Period
from fupin_rules.policy import Parameter, Policy, Subject, load_cases, load_policy, run_case
from fupin_rules.quantities import plain

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to make; its name is the id of the pack")
    parser.add_argument("--id", default="", metavar="ID", help="make the folder ID inside DIR instead")
    parser.add_argument("--title-zh", default="", metavar="TEXT", help="title in Chinese")
    parser.add_argument("--title-en", default="", metavar="TEXT", help="title in English")
    parser.add_argument(
        "--extends", action="append", default=[], metavar="PACK", help="id of a pack to build on; may be repeated"
    )
    parser.add_argument("--from", dest="start", type=day, metavar="DATE", help="first day covered")
    parser.add_argument("--until", type=day, metavar="DATE", help="first day no longer covered")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin pack new`."""
    folder: Path = arguments.folder / arguments.id if arguments.id else arguments.folder
    _check_place(folder)
    below = [load_policy(each) for each in arguments.extends]
    days = _days(arguments, below)
    with tempfile.TemporaryDirectory(prefix=".fupin-new-", dir=_parent(folder)) as scratch:
        made = Path(scratch) / folder.name
        made.mkdir()
        for name, text in _files(folder.name, arguments, below, days).items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        policy, cases = load_policy(made), load_cases(made)
        assert all(run_case(policy, case).passed for case in cases), "the cases of a new pack hold"
        if folder.exists():
            folder.rmdir()  # An empty folder gives way; one that is not is refused once more.
        made.rename(folder)
    _print(arguments, folder, policy)
    return 0


def _check_place(folder: Path) -> None:
    """Refuse a folder whose name is no id, and one that holds anything: nothing is written over."""
    if not _ID.fullmatch(folder.name):
        what, mend = f"`{folder.name[:64]}` is no id of a pack", "name the folder with a-z, 0-9 and -"
        raise FupinRulesError(Fault(str(folder), what, mend, USAGE))
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        mend = "name a new folder, or empty this one"
        raise FupinRulesError(Fault(str(folder), "is there already, and is not empty", mend, USAGE))


def _parent(folder: Path) -> Path:
    parent = folder.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    return parent


def _days(arguments: argparse.Namespace, below: list[Policy]) -> Period:
    """Take the days asked for; else those that all packs below cover, or this year."""
    year = date.today().year  # noqa: DTZ011  the day of whoever types the command
    starts = [each.days.start for each in below] or [date(year, 1, 1)]
    ends = [each.days.until for each in below if each.days.until is not None] or [date(year + 1, 1, 1)]
    start, until = arguments.start or max(starts), arguments.until or min(ends)
    if until <= start:
        what = f"no day from {start} to {until - timedelta(days=1)}"
        raise FupinRulesError(Fault("--from, --until", what, "give a first day, and a later one that ends it", USAGE))
    return Period(start, until)


# -- what is written -------------------------------------------------------------------------------------------------


def _files(pack: str, arguments: argparse.Namespace, below: list[Policy], days: Period) -> dict[str, str]:
    assert days.until is not None
    subjects = [each for each in Subject if not below or any(each in policy.subjects for policy in below)]
    named = {
        "id": _text(pack),
        "title_zh": _text(arguments.title_zh or pack),
        "title_en": _text(arguments.title_en or pack),
        "extends": _list(arguments.extends),
        "from": days.start.isoformat(),
        "until": days.until.isoformat(),
        "subjects": _list(subjects if below else [Subject.HOUSEHOLD]),
        "source": _free(pack, below),
    }
    texts: Mapping[str, str] = ON_OTHERS if below else ALONE
    files = {name: _filled(text, named) for name, text in texts.items()}
    files["sources.toml"] = _filled(SOURCES, named)
    left_open = list(_left_open(below))
    if left_open:
        files["parameters.toml"] = "".join(_filled(PARAMETER, {**named, **_of_parameter(each)}) for each in left_open)
    return files


def _filled(text: str, named: Mapping[str, str]) -> str:
    for name, value in named.items():
        text = text.replace(f"@{name}@", value)
    return text


def _text(text: str) -> str:
    """Write a text as TOML does; JSON writes strings the same way."""
    return json.dumps(text, ensure_ascii=False)


def _list(texts: list[str] | list[Subject]) -> str:
    return json.dumps([str(each) for each in texts])


def _free(pack: str, below: list[Policy]) -> str:
    """Give a key of a source that no pack below has taken."""
    taken = {key for policy in below for key in policy.sources}
    return next(key for key in ("order", f"{pack}-order", f"{pack}-own-order") if key not in taken)


def _left_open(below: list[Policy]) -> Iterator[Parameter]:
    """Give the parameters that the packs below leave to whoever builds on them."""
    found = {name: policy.parameters[name] for policy in below for name in policy.open_parameters}
    yield from found.values()


def _of_parameter(parameter: Parameter) -> dict[str, str]:
    halfway = parameter.halfway
    assert parameter.bounds is not None and halfway is not None, "an open parameter has bounds"
    low, high = parameter.bounds
    return {
        "name": parameter.name,
        "meaning_zh": _text(parameter.zh),
        "meaning_en": _text(parameter.en),
        "unit": _text(str(parameter.unit)),
        "low": plain(low),
        "high": plain(high),
        "amount": plain(halfway),
    }


# -- what is said ----------------------------------------------------------------------------------------------------


def _print(arguments: argparse.Namespace, folder: Path, policy: Policy) -> None:
    written = sorted(path.name for path in folder.iterdir())
    if arguments.json:
        say_json({"id": policy.id, "folder": str(folder), "files": written, "extends": list(policy.lineage[:-1])})
        return
    zh = arguments.lang == "zh"
    say(f"已写成政策包 `{policy.id}`：{folder}" if zh else f"pack `{policy.id}` written: {folder}")
    say("  " + ("、" if zh else ", ").join(written))
    say("下一步：" if zh else "next:")
    for command in ("pack show", "pack test", "pack check --deep"):
        say(f"  fupin {command} {folder}")
