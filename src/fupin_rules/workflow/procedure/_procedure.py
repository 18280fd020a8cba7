"""
A procedure: states and the ways between them, with who may take them, on what grounds, by when; pinned by its digest.

Wording (labels, titles, notes) is left out of the digest on purpose: mending a label must not unpin running cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import Expr, Scope
from fupin_rules.markup import Drawing, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.workflow.case._case import Event, Moment
from fupin_rules.workflow.case._outcome import Result
from fupin_rules.workflow.case._outside import NOTHING, Context
from fupin_rules.workflow.case._solve import conjuncts
from fupin_rules.workflow.case._step import open_case
from fupin_rules.workflow.procedure._drawing import draw_procedure
from fupin_rules.workflow.procedure._parts import (
    CodeList,
    Deadline,
    EventType,
    EvidenceKind,
    Field,
    Level,
    Move,
    NoticeRule,
    Review,
    Role,
    State,
    Subject,
)
from fupin_rules.workflow.procedure._scope import guard_scopes
from fupin_rules.workflow.procedure._write import digest_of, write_procedure

_Part = TypeVar(
    "_Part", Level, Role, CodeList, EvidenceKind, Field, EventType, State, Review, NoticeRule, Deadline, Move
)


def _by_id(parts: tuple[_Part, ...]) -> Mapping[str, _Part]:
    return MappingProxyType({part.id: part for part in parts})


# Dict-based slots would forbid the lookups that are worked out once.
@attrs.frozen(kw_only=True, slots=False, eq=True, repr=False)
class Procedure:
    """
    A procedure of casework, as data.

    Attributes:
        id: Name, unique over installed packs.
        version: 1, 2, 3 …
        start: First day on which cases may be opened under it.
        zh: Chinese title.
        en: English title.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
        subject: Whom cases are about.
        policy: Id of the policy whose assessments guards may read; empty for none.
        initial: State before the first event.
        citation: The text it rests on as a whole.
        incompatible: Roles that one person may never hold in one case.
        follows: What it replaces, `id/version@digest`; empty for a first version.
        migrators: Roles that may bring a running case under it; without one, cases end under what they began with.
        levels: From below to above.
        roles: Who acts.
        lists: Code lists.
        evidence: Sorts of evidence.
        facts: What a case remembers.
        events: What happens.
        states: Where a case can be.
        reviews: Signatures that belong together.
        notices: What is made public.
        deadlines: Until when something is due.
        moves: The ways on.
    """

    id: str
    version: int
    start: date
    zh: str
    en: str
    note_zh: str = ""
    note_en: str = ""
    subject: Subject = Subject.HOUSEHOLD
    policy: str = ""
    initial: str
    citation: Citation
    incompatible: tuple[tuple[str, ...], ...] = ()
    follows: str = ""
    migrators: tuple[str, ...] = ()
    levels: tuple[Level, ...]
    roles: tuple[Role, ...]
    lists: tuple[CodeList, ...] = ()
    evidence: tuple[EvidenceKind, ...] = ()
    facts: tuple[Field, ...] = ()
    events: tuple[EventType, ...]
    states: tuple[State, ...]
    reviews: tuple[Review, ...] = ()
    notices: tuple[NoticeRule, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    moves: tuple[Move, ...]

    def __repr__(self) -> str:
        """Name it as journals do."""
        return f"<Procedure {self.reference}>"

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_procedure(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Expr, ...]]:
        """What must hold for a move, by its id: the parts of its guard that an "and" joins."""
        return {move.id: () if move.guard is None else tuple(conjuncts(move.guard)) for move in self.moves}

    @cached_property
    def deadlines_in(self) -> Mapping[str, tuple[Deadline, ...]]:
        """Deadlines that can run, by state."""
        return {state.id: tuple(each for each in self.deadlines if state.id in each.states) for state in self.states}

    @cached_property
    def excluding_roles(self) -> frozenset[str]:
        """Roles that one person may not hold together with some other."""
        return frozenset(role for roles in self.incompatible for role in roles)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data, with the keys of the file and the sources it cites; `read_procedure` reads it back."""
        return write_procedure(self)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that can change what it accepts."""
        return digest_of(self.to_plain())

    @cached_property
    def reference(self) -> str:
        """`id/version@digest`, what a case is pinned to."""
        return f"{self.id}/{self.version}@{self.digest}"

    @cached_property
    def level(self) -> Mapping[str, Level]:
        """Levels by id."""
        return _by_id(self.levels)

    @cached_property
    def role(self) -> Mapping[str, Role]:
        """Roles by id."""
        return _by_id(self.roles)

    @cached_property
    def list(self) -> Mapping[str, CodeList]:
        """Code lists by id."""
        return _by_id(self.lists)

    @cached_property
    def evidence_kind(self) -> Mapping[str, EvidenceKind]:
        """Sorts of evidence by id."""
        return _by_id(self.evidence)

    @cached_property
    def fact(self) -> Mapping[str, Field]:
        """Facts by id."""
        return _by_id(self.facts)

    @cached_property
    def event(self) -> Mapping[str, EventType]:
        """Event types by id."""
        return _by_id(self.events)

    @cached_property
    def state(self) -> Mapping[str, State]:
        """States by id."""
        return _by_id(self.states)

    @cached_property
    def review(self) -> Mapping[str, Review]:
        """Reviews by id."""
        return _by_id(self.reviews)

    @cached_property
    def notice(self) -> Mapping[str, NoticeRule]:
        """Notices by id."""
        return _by_id(self.notices)

    @cached_property
    def deadline(self) -> Mapping[str, Deadline]:
        """Deadlines by id."""
        return _by_id(self.deadlines)

    @cached_property
    def move(self) -> Mapping[str, Move]:
        """Moves by id."""
        return _by_id(self.moves)

    @cached_property
    def moves_on(self) -> Mapping[tuple[str, str], tuple[Move, ...]]:
        """Moves by state and event."""
        found: dict[tuple[str, str], tuple[Move, ...]] = {}
        for move in self.moves:
            for source in move.source:
                found[source, move.event] = (*found.get((source, move.event), ()), move)
        return MappingProxyType(found)

    @cached_property
    def scopes(self) -> Mapping[str, Scope]:
        """What guards may read, by id of the event type."""
        return guard_scopes(self)

    def open(self, case_id: str, event: Event, at: Moment, *, context: Context = NOTHING) -> Result:
        """
        Open a case with its first event.

        Args:
            case_id: Of the case; for households, that of the household.
            event: Its first event; its field `place`, or else the place of the actor, is the place of the case.
            at: When it happened.
            context: What lies outside.

        Returns:
            `Accepted` or `Refused`, as `step` does; `step` takes either an accepted outcome or its case.
        """
        return open_case(self, case_id, event, at, context)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is worked out again."""
        names = {each.name for each in attrs.fields(type(self))}
        return {name: value for name, value in self.__dict__.items() if name in names}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take up what was kept."""
        self.__dict__.update(state)
