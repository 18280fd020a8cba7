"""
A pack as it is written: where each entry stands, what it replaces of the packs below, which sources nothing cites.

A policy says what decides; this says who wrote it where, for whoever reviews the pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.documents import RawExpr, read_toml
from fupin_rules.periods import Period
from fupin_rules.policy._policy import Policy
from fupin_rules.policy._rules import Direction
from fupin_rules.policy._waivers import Waiver
from fupin_rules.policy.loading._assemble import join
from fupin_rules.policy.loading._cases import Case, GivenValue, load_cases
from fupin_rules.policy.loading._installed import find_pack
from fupin_rules.policy.loading._load import lineage_of
from fupin_rules.policy.loading._raw import PackFiles, RawChecklist, RawDefinition, RawParameter, RawRule

_DROP = "drop"


@attrs.frozen
class Overriding:
    """
    An entry of a pack that replaces or drops one of a pack below.

    Attributes:
        name: The rule, definition or parameter.
        what: `parameter`, `definition`, `rule`, `item` of a checklist, or `drop`.
        direction: What the pack declares that it does to the outcome.
        where: File and line.
    """

    name: str
    what: str
    direction: Direction
    where: str


@attrs.frozen
class WrittenPack:
    """
    A pack as it is written, with the policy that it is loaded as.

    Attributes:
        policy: The policy.
        days: Days that each pack of the lineage covers, by id.
        overridings: What the pack replaces or drops of the packs below, in the order written.
        waivers: Waivers of the pack and of those below it, which its texts come from.
        uncited: Sources of the pack that nothing in it cites, with their places.
        mentioned: Names that its forms and procedures mention.
        cases: The cases of the pack.
    """

    policy: Policy
    days: Mapping[str, Period]
    overridings: tuple[Overriding, ...]
    waivers: tuple[Waiver, ...]
    uncited: Mapping[str, str]
    mentioned: frozenset[str]
    cases: tuple[Case, ...] = attrs.field(repr=False)
    _packs: tuple[PackFiles, ...] = attrs.field(repr=False)
    _places: Mapping[str, str] = attrs.field(repr=False)
    _texts: Mapping[str, RawExpr] = attrs.field(repr=False)

    @property
    def given(self) -> tuple[GivenValue, ...]:
        """Give the values of open parameters that the cases of the pack are tried with."""
        return self.cases[0].given if self.cases else ()

    def place(self, name: str, at: tuple[int, int] | None = None) -> str:
        """
        Say where an entry stands: file, line and column; empty where it has no place of its own.

        Args:
            name: A parameter, definition, rule or source, or an exception as `rule.exception`.
            at: A position in its expression.
        """
        if at is not None and name in self._texts:
            return self._texts[name].place(f"line {at[0]}, column {at[1]}")
        return self._places.get(name, "")

    def without(self, overriding: Overriding) -> Policy:
        """
        Give the policy that the pack would be if it did not replace one entry.

        Raises:
            PolicyError: Without it the pack would not load, so that there is nothing to compare with.
        """
        top = self._packs[-1]
        is_kept = _keeps(overriding.name)
        if overriding.what == _DROP:
            top = attrs.evolve(top, drops=tuple(each for each in top.drops if each.id != overriding.name))
        else:
            top = attrs.evolve(
                top,
                parameters=tuple(filter(is_kept, top.parameters)),
                definitions=tuple(filter(is_kept, top.definitions)),
                rules=tuple(filter(is_kept, top.rules)),
                checklists=tuple(
                    attrs.evolve(each, items=tuple(filter(is_kept, each.items))) for each in top.checklists
                ),
            )
        return join([*self._packs[:-1], top])


def _keeps(name: str) -> Callable[[Any], bool]:
    return lambda entry: (entry.name if isinstance(entry, (RawParameter, RawDefinition)) else entry.id) != name


def written_pack(pack: str | Path, *, search: Sequence[Path] = ()) -> WrittenPack:
    """
    Read a pack as it is written, with the packs below it.

    Args:
        pack: Id of an installed pack, or the path of a pack folder.
        search: Folders that hold further packs, looked through before the installed ones.

    Raises:
        PolicyError: The pack is not found or has faults; all of them are listed.
        LimitError: It is larger or deeper than is read.

    >>> written_pack("shandong-2014").overridings[0].name
    'income_line'
    """
    folder = find_pack(pack, search)
    packs = lineage_of(folder, search)
    uncited, mentioned = _spoken_of(packs[-1], folder)
    places: dict[str, str] = {}
    texts: dict[str, RawExpr] = {}
    for files in packs:
        for name, where, text in _entries(files):
            places[name] = where
            if text is not None:
                texts[name] = text
    return WrittenPack(
        join(packs),
        MappingProxyType({files.id: files.days for files in packs}),
        tuple(_overridings(packs[-1])),
        tuple(waiver for files in packs for waiver in files.waivers),
        MappingProxyType(uncited),
        mentioned,
        load_cases(folder),
        tuple(packs),
        MappingProxyType(places),
        MappingProxyType(texts),
    )


def _entries(files: PackFiles) -> Iterator[tuple[str, str, RawExpr | None]]:
    """Give every entry that findings name, with its place and its expression."""
    yield from ((key, where, None) for key, where in files.source_places.items())
    for parameter in files.parameters:
        yield parameter.name, parameter.where, None
        yield from ((f"{parameter.name}.{each.start}", each.where, None) for each in parameter.values)
    for definition in files.definitions:
        yield definition.name, definition.where, definition.value
    for rule in files.rules:
        yield rule.id, rule.where, rule.when
        yield from ((f"{rule.id}.{each.id}", each.where, each.when) for each in rule.unless)
    for checklist in files.checklists:
        yield from ((item.id, item.where, item.when) for item in checklist.items)


def _overridings(files: PackFiles) -> Iterator[Overriding]:
    entries: tuple[tuple[str, RawParameter | RawDefinition | RawRule], ...] = (
        *(("parameter", each) for each in files.parameters),
        *(("definition", each) for each in files.definitions),
        *(("rule", each) for each in files.rules),
    )
    for what, entry in entries:
        name = entry.id if isinstance(entry, RawRule) else entry.name
        if entry.override.direction is not None:
            yield Overriding(name, what, entry.override.direction, entry.where)
    yield from (each for checklist in files.checklists for each in _of_items(checklist))
    yield from (Overriding(each.id, _DROP, each.direction, each.where) for each in files.drops)


def _of_items(checklist: RawChecklist) -> Iterator[Overriding]:
    for item in checklist.items:
        if item.override.direction is not None:
            yield Overriding(item.id, "item", item.override.direction, item.where)


# -- what is cited ---------------------------------------------------------------------------------------------------

_KEY = re.compile(r"[\w-]+")
_NAME = re.compile(r"\w+")


def _spoken_of(files: PackFiles, folder: Path) -> tuple[dict[str, str], frozenset[str]]:
    """Give the sources that nothing in the folder cites, and the names that its forms and procedures mention."""
    cited, mentioned = set[str](), set[str]()
    for path in sorted(folder.rglob("*.toml")):
        document = read_toml(path, f"{folder.name}/{path.name}")
        is_sources = path.parent == folder and path.name == "sources.toml"
        for key, text in _strings(document.data, ""):
            if path.parent != folder:
                mentioned.update(_NAME.findall(text))
            if key.endswith("source"):
                cited.add(text.removeprefix("src:").partition("#")[0])
            elif "src:" in text or (is_sources and key == "note"):
                # A reason inside an expression, or one source that rests on another.
                cited.update(_KEY.findall(text))
    return {key: where for key, where in files.source_places.items() if key not in cited}, frozenset(mentioned)


def _strings(data: object, key: str) -> Iterator[tuple[str, str]]:
    """Give every text of a document with the key it stands under."""
    match data:
        case dict():
            for name, value in data.items():
                yield from _strings(value, name)
        case list():
            for value in data:
                yield from _strings(value, key)
        case str():
            yield key, data
        case _:
            pass
