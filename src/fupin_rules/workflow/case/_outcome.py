"""
What comes of an event: accepted, refused, or taken before.

A refusal says everything that stands in the way, but works it out only when it is asked: most are asked by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NoReturn

import attrs

from fupin_rules.markup import Drawing, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.workflow.case._case import Case, Event, Moment, shown
from fupin_rules.workflow.case._circumstances import circumstances, succession
from fupin_rules.workflow.case._drawing import draw_accepted, draw_duplicate, draw_refused
from fupin_rules.workflow.case._guard import Guarded, ask
from fupin_rules.workflow.case._judge import Tried, try_move
from fupin_rules.workflow.case._reasons import Mend, Reason, Way, least
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import Deadline, Move


@attrs.frozen
class Due:
    """
    A deadline that runs.

    Attributes:
        deadline: Which.
        until: Its last day; None where it cannot be told yet.
    """

    deadline: Deadline
    until: date | None


@attrs.frozen
class Accepted:
    """
    An event that was taken.

    Attributes:
        case: The case after it.
        entry: What the journal keeps; the case has moved only once a store has it.
        due: Deadlines that run now.
    """

    case: Case
    entry: Mapping[str, Any] = attrs.field(hash=False)
    due: tuple[Due, ...] = ()

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_accepted(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


@attrs.frozen
class Duplicate:
    """
    An event that was taken before, word for word; nothing is to be done.

    Attributes:
        case: The case as it is.
        event: Id of the event.
    """

    case: Case
    event: str

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_duplicate(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


@attrs.frozen(slots=False, eq=False, repr=False)
class Refused:
    """
    An event that was not taken: the case is as it was.

    The reasons are worked out when they are asked for.

    Attributes:
        case: The case as it is.
        event: The event.
    """

    case: Case
    event: Event
    _view: View
    _at: Moment
    _expect: int | None
    # For what is no move of the procedure: all that stands in its way, found already.
    _told: tuple[Reason, ...] | None = None

    def __repr__(self) -> str:
        """Name the event and the reasons."""
        codes = ", ".join(each.code for each in self.reasons)
        return f"<Refused {shown(self.event.type)} {self.event.id}: {codes}>"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: it holds the household that a guard asked about."""
        raise TypeError("a refusal is not pickled; keep what `to_plain` gives")

    @cached_property
    def _common(self) -> tuple[Reason, ...]:
        if self._told is not None:
            return self._told
        return (*succession(self._view, self._at, self._expect), *circumstances(self._view))

    @cached_property
    def _tried(self) -> tuple[Tried, ...]:
        moves = self._view.procedure.moves_on.get((self.case.state, self.event.type), ())
        return tuple(try_move(move, self._view) for move in moves)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Everything that stands in the way; where one move would be open otherwise, nothing of the others."""
        open_moves = any(tried.holds and not tried.reasons for tried in self._tried)
        of_moves = () if open_moves else (each for found in self._asked for each in found.reasons)
        return tuple(dict.fromkeys([*self._common, *of_moves]))

    @cached_property
    def ways(self) -> tuple[tuple[Reason, ...], ...]:
        """
        Sets of reasons: mending all of any one set makes the event accepted. None: nothing does.

        No set contains another one.
        """
        return _ordered((way for found in self._asked for way in found.ways), self.reasons)

    def of_move(self, move: Move) -> tuple[tuple[Reason, ...], tuple[tuple[Reason, ...], ...]]:
        """Give reasons and ways of one of the moves that the event might have made."""
        found = next(asked for tried, asked in zip(self._tried, self._asked, strict=True) if tried.move is move)
        reasons = tuple(dict.fromkeys([*self._common, *found.reasons]))
        return reasons, _ordered(found.ways, reasons)

    @cached_property
    def _asked(self) -> tuple[Guarded, ...]:
        """Give, for each move tried, its reasons and its ways, those common to all moves among the ways."""
        if self._told is not None:
            is_final = any(reason.mend is Mend.FINAL for reason in self._told)
            return (Guarded((), () if is_final else (frozenset(self._told),)),)
        asked = []
        for tried in self._tried:
            guarded = Guarded((), (frozenset(),)) if tried.holds else ask(tried.move, self._view)
            needed = frozenset(self._common) | frozenset(tried.reasons)
            is_final = any(reason.mend is Mend.FINAL for reason in needed)
            ways = () if is_final else tuple(needed | way for way in guarded.ways)
            asked.append(Guarded((*tried.reasons, *guarded.reasons), ways))
        return tuple(asked)

    def explain(self, language: str = "zh") -> str:
        """Say why, and what would help, in `zh` or `en`."""
        zh = language == "zh"
        lines = ["未受理：" if zh else "refused:"]
        lines += [f"{number}. {reason.text(language)}" for number, reason in enumerate(self.reasons, 1)]
        number_of = {reason: number for number, reason in enumerate(self.reasons, 1)}
        if not self.ways:
            lines.append("在当前环节无法补正。" if zh else "nothing mends it in this state.")
        elif len(self.reasons) > 1:
            sets = [("、" if zh else ", ").join(str(number_of[each]) for each in way) for way in self.ways]
            joined = ("；或" if zh else "; or ").join(sets)
            lines.append(f"补正以下各项即可受理：{joined}" if zh else f"mending these makes it accepted: {joined}")
        return "\n".join(lines)

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_refused(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data; ways name reasons by their place."""
        place = {reason: at for at, reason in enumerate(self.reasons)}
        return {
            "kind": "refused",
            "case": self.case.id,
            "event": self.event.id,
            "type": shown(self.event.type),
            "reasons": [reason.to_plain() for reason in self.reasons],
            "ways": [[place[reason] for reason in way] for way in self.ways],
        }


def _ordered(ways: Iterable[Way], reasons: tuple[Reason, ...]) -> tuple[tuple[Reason, ...], ...]:
    place = {reason: at for at, reason in enumerate(reasons)}
    return tuple(tuple(sorted(way, key=place.__getitem__)) for way in least(ways))


Result = Accepted | Refused | Duplicate
