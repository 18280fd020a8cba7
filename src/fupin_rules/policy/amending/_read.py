"""
An amendment read from its file or from plain data, within limits; with every fault, by file, line and column.

Reading needs no policy: whether an amendment fits one is told where it is laid over it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

import attrs

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.documents import NAME, Document, RawExpr, Table, plain_document, read_sources, read_toml
from fupin_rules.errors import Fault, LimitError
from fupin_rules.periods import Period
from fupin_rules.policy._rules import Definition, EligibleWhen, Ranking, Rule, Subject, TieBreak, Unless
from fupin_rules.policy.amending._amendment import Amendment
from fupin_rules.policy.amending._clash import clashes_within
from fupin_rules.policy.amending._patches import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    ChangeDefinition,
    ChangeRule,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Patch,
    Place,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
)
from fupin_rules.policy.amending._write import FORMAT
from fupin_rules.policy.loading._pack_files import (
    PACK_ID,
    read_amount,
    read_content,
    read_ranking,
    read_rule,
    read_unit,
    read_unless,
    refuse,
)
from fupin_rules.policy.loading._raw import RawUnless
from fupin_rules.quantities import exact

MAX_PATCHES: Final = 500
# Stands for a citation that is a fault already.
_NOWHERE: Final = Citation(Source("", "", "", Standing.ASSUMPTION))
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}\Z")


class _ParameterAction(enum.StrEnum):
    SET = "set"
    ADD = "add"
    END = "end"


class _Action(enum.StrEnum):
    ADD = "add"
    CHANGE = "change"
    DROP = "drop"


class _ExceptionAction(enum.StrEnum):
    ADD = "add"
    DROP = "drop"


def load_amendment(amendment: str | Path | Mapping[str, object]) -> Amendment:
    """
    Read an amendment.

    Args:
        amendment: Path of its file, or plain data as `to_plain` gave it.

    Raises:
        PolicyError: It has faults; all of them are listed, with file, line and column.
        LimitError: It is larger or deeper than is read.
        OSError: The file cannot be read.

    >>> load_amendment({"format": 1})
    Traceback (most recent call last):
    fupin_rules.errors.PolicyError: $: `id` is missing; add a text
    ...
    """
    if isinstance(amendment, Mapping):
        return read_amendment(plain_document(amendment))
    path = Path(amendment)
    return read_amendment(read_toml(path, path.name))


def read_amendment(document: Document) -> Amendment:
    """
    Read an amendment from a document.

    Raises:
        PolicyError: It has faults; all of them are listed.
        LimitError: It has more patches than are read.
    """
    faults: list[Fault] = []
    top = Table(document, document.data, (), faults)
    amendment = _Reader(top).amendment()
    refuse(faults)
    assert amendment is not None, "what could not be read is a fault"
    refuse(clashes_within(amendment))
    return amendment


class _Reader:
    """One amendment, read section by section; faults go where the table keeps them."""

    def __init__(self, top: Table) -> None:
        self.top = top
        self.sources: Mapping[str, Source] = {}
        self.id = ""

    def amendment(self) -> Amendment | None:
        top = self.top
        written = top.get("format", int, f"the number {FORMAT}")
        if written is not None and written != FORMAT:
            top.fault(f"format {written} is not read", f"this version reads format {FORMAT}", "format", code="format")
        self.id, policy = self._id("id", _ID, "a-z, 0-9, -, _ and ."), self._id("policy", PACK_ID, "a-z, 0-9 and -")
        title, note = top.words("title"), top.words("note", required=False)
        self.sources = read_sources(top.table("sources"))
        cited = self._cite(top)
        published, days = top.day("published"), self._days(top, required=True)
        patches = [] if self._is_too_long() else list(self._patches())
        top.close()
        if not patches and not top.faults:
            top.fault("changes nothing", "add a `[[parameter]]`, a `[[rule]]` or another patch", code="no_patch")
        if top.faults or published is None or days is None:
            return None
        where = top.document.name
        return Amendment(self.id, policy, *title, cited, published, days, tuple(patches), *note, where=where)

    def _is_too_long(self) -> bool:
        lists = [each for key, each in self.top.data.items() if key in _SECTIONS and isinstance(each, list)]
        count = sum(map(len, lists))
        if count > MAX_PATCHES:
            what, mend = f"has {count} patches, more than {MAX_PATCHES}", "split it"
            raise LimitError(Fault(self.top.where(), what, mend, "patches"))
        return False

    def _id(self, key: str, pattern: re.Pattern[str], letters: str) -> str:
        text = self.top.text(key)
        if text and not pattern.match(text):
            self.top.fault(f"`{key}` is `{text[:64]}`", f"use at most 64 of {letters}", key, code="id")
        return text

    def _days(self, entry: Table, *, required: bool = False) -> Period | None:
        start, until = entry.day("from", required=required), entry.day("until", required=False)
        if start is None:
            if until is not None and not required:
                entry.fault("`until` stands without `from`", "give both, or neither", "until", code="period")
            return None
        if until is not None and until <= start:
            mend = "give the first day on which it no longer holds"
            entry.fault("`until` is not after `from`", mend, "until", code="period")
            return None
        return Period(start, until)

    def _cite(self, entry: Table, text: str | None = None) -> Citation:
        text = entry.text("source") if text is None else text
        key, _, locator = text.removeprefix("src:").partition("#")
        if text and key not in self.sources:
            entry.fault(f"cites `{key[:60]}`, which `[sources]` does not name", "add the source", code="no_source")
        return Citation(self.sources[key], locator) if key in self.sources else _NOWHERE

    def _patches(self) -> Iterator[Patch]:
        for section, read in _SECTIONS.items():
            for entry in self.top.tables(section):
                days = self._days(entry)
                patch = read(self, entry)
                entry.close()
                if patch is not None:
                    yield attrs.evolve(patch, days=days)

    def parameter(self, entry: Table) -> Patch | None:
        action, name = entry.choice("action", _ParameterAction), entry.name("name")
        place = Place(entry.where())
        citation = self._cite(entry)
        if action is _ParameterAction.END:
            return EndParameter(name, citation, place=place)
        value = read_content(entry)
        if action is None or value is None:
            return None
        if action is _ParameterAction.SET:
            return SetParameter(name, value, citation, *entry.words("note", required=False), place=place)
        label, unit, code_list = entry.words("meaning"), read_unit(entry), entry.text("list", required=False)
        return AddParameter(name, *label, value, citation, unit, code_list, place=place)

    def definition(self, entry: Table) -> Patch | None:
        action, name = entry.choice("action", _Action), entry.name("name")
        citation = self._cite(entry)
        if action is _Action.DROP:
            return DropDefinition(name, citation, place=Place(entry.where()))
        value = entry.expression("value")
        if action is None or value is None:
            return None
        place = _place(entry, {"value": value})
        if action is _Action.CHANGE:
            return ChangeDefinition(name, value.expr, citation, place=place)
        subject = entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
        label = entry.words("label")
        if subject is None:
            return None
        return AddDefinition(Definition(name, subject, *label, value.expr, citation, self.id), place=place)

    def rule(self, entry: Table) -> Patch | None:
        match entry.choice("action", _Action):
            case _Action.ADD:
                return self._new_rule(entry)
            case _Action.CHANGE:
                return self._changed_rule(entry)
            case _Action.DROP:
                return DropRule(entry.name("id"), self._cite(entry), place=Place(entry.where()))
            case None:
                return None

    def _new_rule(self, entry: Table) -> Patch | None:
        raw = read_rule(entry)
        if raw is None:
            return None
        if raw.override.is_said:
            entry.fault("overrides nothing", 'say `action = "change"`, or drop `overrides`', "overrides", code="action")
        unless = tuple(self._unless(entry, each) for each in raw.unless)
        rule = Rule(
            raw.id,
            raw.kind,
            raw.subject,
            *raw.label,
            raw.when.expr,
            self._cite(entry, raw.source),
            self.id,
            unless,
            raw.weight,
            *raw.note,
        )
        texts = {"when": raw.when} | {f"unless.{each.id}": each.when for each in raw.unless}
        return AddRule(rule, place=_place(entry, texts))

    def _unless(self, entry: Table, raw: RawUnless) -> Unless:
        return Unless(raw.id, *raw.label, raw.when.expr, self._cite(entry, raw.source))

    def _changed_rule(self, entry: Table) -> Patch | None:
        name, citation = entry.name("id"), self._cite(entry)
        when = entry.expression("when") if "when" in entry.data else None
        weight = read_amount(entry, "weight", required=False)
        if not {"when", "weight"} & entry.data.keys():
            entry.fault("changes nothing", "give `when`, or for a priority `weight`", code="no_patch")
        heavy: Decimal | None = None if weight is None else exact(weight)
        place = _place(entry, {} if when is None else {"when": when})
        return ChangeRule(name, citation, None if when is None else when.expr, heavy, place=place)

    def exception(self, entry: Table) -> Patch | None:
        action, rule = entry.choice("action", _ExceptionAction), entry.name("rule")
        if action is _ExceptionAction.DROP:
            return DropException(rule, entry.name("id"), self._cite(entry), place=Place(entry.where()))
        raw = None if action is None else read_unless(entry)
        if raw is None:
            return None
        return AddException(rule, self._unless(entry, raw), place=_place(entry, {"when": raw.when}))

    def eligible_when(self, entry: Table) -> Patch | None:
        subject = entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
        when, citation = entry.expression("when"), self._cite(entry)
        if subject is None or when is None:
            return None
        return SetEligibleWhen(subject, EligibleWhen(when.expr, citation), place=_place(entry, {"when": when}))

    def ranking(self, entry: Table) -> Patch | None:
        subject = entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
        raw = read_ranking(entry)
        if subject is None or raw is None:
            return None
        ties = tuple(TieBreak(each.by.expr, each.prefer, self._cite(entry, each.source)) for each in raw.tie_breaks)
        ranking = Ranking(raw.method, raw.order, ties, self._cite(entry, raw.source))
        texts = {f"tie.{number}": each.by for number, each in enumerate(raw.tie_breaks)}
        return SetRanking(subject, ranking, place=_place(entry, texts))

    def label(self, entry: Table) -> Patch | None:
        name, exception = entry.name("of"), entry.text("exception", required=False)
        if exception and not NAME.match(exception):
            entry.fault(f"`{exception[:60]}` is no name", "use a-z, 0-9 and _", "exception", code="name")
        return SetLabel(name, *entry.words("label"), self._cite(entry), exception, place=Place(entry.where()))


_SECTIONS: Final[Mapping[str, Callable[[_Reader, Table], Patch | None]]] = {
    "parameter": _Reader.parameter,
    "definition": _Reader.definition,
    "rule": _Reader.rule,
    "exception": _Reader.exception,
    "eligible_when": _Reader.eligible_when,
    "ranking": _Reader.ranking,
    "label": _Reader.label,
}


def _place(entry: Table, texts: Mapping[str, RawExpr]) -> Place:
    return Place(entry.where(), {part: (each.file, each.start) for part, each in texts.items()})
