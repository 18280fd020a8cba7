"""
What is worked out in which order: facts, then pass after pass over the members, then everything that has a name.

A definition or rule that is read more than once becomes a column; the rest is written where it is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from fupin_rules.columnar._columns import KEY
from fupin_rules.columnar._engines import joined, narwhals
from fupin_rules.columnar._kleene import either, is_open, only_where
from fupin_rules.columnar._lower import UNTIL_TODAY, Lowering
from fupin_rules.columnar._missing import Blame, blame_in_roster, missing_text
from fupin_rules.columnar._numbers import Number
from fupin_rules.columnar._rosters import ALL_LISTED, Aggregation, asked_of_members, carried, whole
from fupin_rules.columnar._standing import Standings
from fupin_rules.expr import (
    FUNCTIONS,
    Call,
    Expr,
    In,
    Item,
    Kind,
    Literal,
    Name,
    Quantifier,
    children,
    name_nodes,
    walk,
)
from fupin_rules.policy import Meaning, Snapshot


@attrs.frozen
class Reads:
    """
    What trees read.

    Attributes:
        facts: Paths of facts of the subject.
        items: Paths of facts of members.
        fact_parts: What is asked of facts of the subject apart, by path: codes that are looked for where there are
            several, and the days that spans begin on.
        item_parts: Likewise of members.
        members: Whether they ask anything of the members.
    """

    facts: tuple[str, ...]
    items: tuple[str, ...]
    fact_parts: Mapping[str, tuple[str, ...]]
    item_parts: Mapping[str, tuple[str, ...]]
    members: bool


def reads_of(meaning: Meaning, roots: Iterable[Expr]) -> Reads:
    """Tell which columns trees read, each in the order of the catalogue."""
    nodes = [node for expr in meaning.reached(roots) for node in walk(expr)]
    facts = {node.path for node in nodes if isinstance(node, Name) and node.path in meaning.facts}
    items = {node.path for node in nodes if isinstance(node, Item)}
    asks = any(isinstance(node, Quantifier) for node in nodes)
    if asks:
        facts.add(meaning.complete)
    return Reads(
        tuple(path for path in meaning.facts if path in facts),
        tuple(path for path in meaning.items if path in items),
        _parts_in(nodes, Name, meaning),
        _parts_in(nodes, Item, meaning),
        asks,
    )


def _parts_in(nodes: Iterable[Expr], kind: type[Name | Item], meaning: Meaning) -> Mapping[str, tuple[str, ...]]:
    asked: dict[str, set[str]] = {}
    for node in nodes:
        match node:
            case In(Literal(value), collection) if isinstance(collection, kind):
                asked.setdefault(collection.path, set()).add(str(value))
            case Call(function, arguments) if FUNCTIONS[function].to_assessment:
                day = meaning.followed(arguments[0])
                if isinstance(day, kind) and meaning.is_fact(day):
                    asked.setdefault(day.path, set()).add(UNTIL_TODAY)
            case _:
                pass
    return {path: tuple(sorted(parts)) for path, parts in asked.items()}


def _repeated(trees: Iterable[Expr], meaning: Meaning) -> list[Expr]:
    """Give the largest claims that trees make more than once; engines without plans would work them out each time."""
    counts = Counter(node for tree in trees for node in walk(tree) if children(node))
    found: dict[Expr, int] = {}
    waiting = list(trees)
    while waiting:
        node = waiting.pop()
        if counts[node] > 1 and meaning.kind(node) is Kind.CLAIM:
            found[node] = found.get(node, 0) + 1
            if found[node] > 1:
                continue
        waiting += children(node)
    return [node for node, times in found.items() if times > 1]


class Plan:
    """
    Works trees out on a frame of subjects and one of members.

    Args:
        meaning: What names stand for.
        roots: The trees; rules among them become columns.
        blamed: Trees of which it will be asked what keeps them open.
        numbered: Whether the columns of codes hold numbers.
        letter: First letter of the columns it makes, for a plan beside another.
    """

    def __init__(
        self,
        meaning: Meaning,
        roots: Iterable[Expr],
        *,
        blamed: Iterable[Expr] = (),
        numbered: bool = False,
        letter: str = "n",
    ) -> None:
        self.meaning = meaning
        self._roots = tuple(roots)
        self._letter = letter
        self._numbered = numbered
        reached = meaning.reached(blamed)
        self._blamed = {node for expr in reached for node in walk(expr) if isinstance(node, Quantifier)}
        self._count = 0
        self._depths: dict[str, int] = {}
        uses = Counter(node.path for root in meaning.reached(self._roots) for node in name_nodes(root))
        uses.update(root.path for root in self._roots if isinstance(root, Name))
        self._shared = {path for path in meaning.named if uses[path] > 1}
        self._names: dict[Any, Any] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._quantified: dict[Expr, Any] = {}
        self._ranks: dict[str, Any] = {}
        self._lacking: dict[Quantifier, dict[Name | Item, str]] = {}

    @property
    def lowering(self) -> Lowering:
        """Lowers trees on the frame that `worked_out` gives."""
        return Lowering(self.meaning, self._names, held=self._quantified, numbered=self._numbered)

    def worked_out(
        self, subjects: Any, facts: Mapping[Any, str], members: Any = None, items: Mapping[Any, str] | None = None
    ) -> Any:
        """
        Add to the subjects' frame whatever the trees need.

        Args:
            subjects: Frame of subjects, behind the door.
            facts: Its columns, by path of the fact.
            members: Frame of members, where they are asked anything.
            items: Its columns, by path of the fact.
        """
        layer = narwhals()
        self._names = {path: layer.col(name) for path, name in facts.items()}
        for key, name in facts.items():
            # What is asked of a fact apart goes where the fact goes.
            path = key if isinstance(key, str) else key[0]
            self._columns[path] = (*self._columns.get(path, ()), name)
        of_members = {path: layer.col(name) for path, name in (items or {}).items()}
        levels = self.meaning.levels(self._roots)
        if levels:
            listed = self._names[self.meaning.complete]
            subjects = subjects.with_columns(only_where(listed, listed).alias(ALL_LISTED))
        for level in levels:
            read = {node.path for each in level for part in children(each) for node in name_nodes(part)}
            read -= self.meaning.constants.keys()
            subjects = self._settled(subjects, read)
            work = Aggregation(self._new)
            trees = [part for each in level for part in children(each)]
            repeated, claims = dict[Expr, Any](), dict[str, Any]()
            here = Lowering(self.meaning, self._names, of_members, numbered=self._numbered)
            for each in _repeated(trees, self.meaning):
                repeated[each], more = self._held(here.claim(each))
                claims |= more
            here = attrs.evolve(here, held=repeated)
            asked = asked_of_members(level, here, work)
            for quantifier in level:
                if quantifier in self._blamed:
                    lacking = blame_in_roster(quantifier, here)
                    self._lacking[quantifier] = {node: work.add(whole(claim), "max") for node, claim in lacking.items()}
            roster = carried(sorted({each for path in read for each in self._columns[path]}), subjects, members)
            roster = roster.with_columns(**claims) if claims else roster
            subjects = joined(subjects, work.grouped(roster), KEY)
            columns: dict[str, Any] = {}
            for quantifier, value in asked.items():
                self._quantified[quantifier], more = self._held(value)
                columns |= more
            subjects = subjects.with_columns(**columns)
        return self._settled(subjects, self._shared)

    def missing(self, subjects: Any, expr: Expr, order: Callable[[str], Any]) -> tuple[Any, Any]:
        """
        Tell what keeps a tree open, as a text.

        Args:
            subjects: The frame that `worked_out` gave.
            expr: One of the trees that the plan was told of.
            order: Sort key of a path.

        Returns:
            The frame with more columns, and the text as an expression of it.
        """
        blame = Blame(self.lowering, self._lacking)
        blame.add(expr, is_open(self.lowering.claim(expr)))
        while blame.named:
            # From the top down, so that each is gone into once, from wherever it is read.
            highest = max(map(self._depth, blame.named))
            paths = [path for path in blame.named if self._depth(path) == highest]
            columns: dict[str, Any] = {}
            for path in paths:
                where, more = self._held(either(blame.named.pop(path)))
                columns |= more
                blame.add(self.meaning.named[path], where)
            subjects = subjects.with_columns(**columns) if columns else subjects
        return subjects, missing_text(blame.found, order)

    def standing(self, subjects: Any, expr: Expr, rules: Snapshot) -> tuple[Any, Any]:
        """
        Tell how firm the value of a tree is, as a text.

        Args:
            subjects: The frame that `worked_out` gave.
            expr: A tree that the plan was told of.
            rules: The policy on the day.

        Returns:
            The frame with more columns, and the text as an expression of it.
        """
        standings = Standings(rules, self.lowering, self._ranks)
        reached = {node.path for each in self.meaning.reached([expr]) for node in name_nodes(each)}
        for paths in self._upwards((reached & self.meaning.named.keys()) - self._ranks.keys()):
            columns: dict[str, Any] = {}
            for path in paths:
                self._ranks[path], more = self._held(standings.of_named(path))
                columns |= more
            subjects = subjects.with_columns(**columns) if columns else subjects
        return subjects, standings.text(expr)

    def _settled(self, subjects: Any, wanted: Iterable[str]) -> Any:
        """Give names columns of their own, those first that others read."""
        reached = self.meaning.reached([Name(path) for path in wanted])
        read = {node.path for expr in reached for node in name_nodes(expr)} & self._shared
        for paths in self._upwards((read | set(wanted)) - self._names.keys()):
            lowering, columns = self.lowering, dict[str, Any]()
            for path in paths:
                self._names[path], more = self._held(self._lowered(path, lowering))
                self._columns[path] = tuple(more)
                columns |= more
            subjects = subjects.with_columns(**columns) if columns else subjects
        return subjects

    def _upwards(self, paths: Iterable[str]) -> list[list[str]]:
        """Put names in rounds, each after all that its names read."""
        by_depth: dict[int, list[str]] = {}
        for path in sorted(paths):
            by_depth.setdefault(self._depth(path), []).append(path)
        return [by_depth[depth] for depth in sorted(by_depth)]

    def _depth(self, path: str) -> int:
        if path not in self._depths:
            below = (node.path for node in name_nodes(self.meaning.named[path]) if node.path in self.meaning.named)
            self._depths[path] = 1 + max((self._depth(each) for each in below), default=0)
        return self._depths[path]

    def _lowered(self, path: str, lowering: Lowering) -> Any:
        expr = self.meaning.named[path]
        match self.meaning.kind(expr):
            case Kind.CLAIM:
                return lowering.claim(expr)
            case Kind.NUMBER:
                return lowering.number(expr)
            case _:
                return lowering.value(expr)

    def _new(self) -> str:
        self._count += 1
        return f"{self._letter}{self._count}"

    def _held(self, value: Any) -> tuple[Any, dict[str, Any]]:
        """Put a value in columns: give it as it is read from them, and the columns."""
        columns: dict[str, Any] = {}

        def column(part: Any) -> Any:
            if part is None or isinstance(part, (bool, int, str, date)):
                return part
            name = self._new()
            columns[name] = part
            return narwhals().col(name)

        if not isinstance(value, Number):
            return column(value), columns
        bounds = None if value.bounds is None else (column(value.bounds[0]), column(value.bounds[1]))
        return Number(column(value.top), value.places, column(value.below), bounds), columns
