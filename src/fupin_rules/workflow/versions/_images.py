"""
What parts of a procedure are called in another one, as far as they are called otherwise.

A migration carries a case over by its names. So that no name can turn one thing into another, what the new procedure
still has keeps its name, and nothing takes the name of what the old one had; only states and roles may become one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.workflow.case._case import kept, shown, take_up
from fupin_rules.workflow.case._reasons import Reason
from fupin_rules.workflow.procedure._procedure import Procedure

Renamed = Mapping[str, str | None]

SORTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "states": ("环节", "state"),
        "roles": ("角色", "role"),
        "events": ("事项", "event"),
        "facts": ("事实", "fact"),
        "reviews": ("签字", "review"),
        "notices": ("公示公告", "notice"),
        "slots": ("签字处", "slot"),
    }
)
_MAY_GO: Final = ("facts", "reviews", "notices")
_MAY_JOIN: Final = ("states", "roles")


def _table(table: Mapping[str, str | None]) -> Renamed:
    return MappingProxyType(dict(table))


def _tables(tables: Mapping[str, Renamed]) -> Mapping[str, Renamed]:
    return MappingProxyType({name: _table(table) for name, table in tables.items()})


def _names(_: object, attribute: attrs.Attribute[Any], table: Mapping[Any, Any]) -> None:
    """Refuse what is no name; where nothing may be let go, None is none."""
    may_go = attribute.name in _MAY_GO or attribute.name == "slots"
    for name, image in table.items():
        if not isinstance(name, str) or not (isinstance(image, str) or (image is None and may_go)):
            what = "an image is the name of a part" + (", or None to let it go" if may_go else "")
            raise WorkflowError(Fault(f"mapping.{attribute.name}", what, "give names", "mapping"))


def _names_of_slots(_: object, attribute: attrs.Attribute[Any], tables: Mapping[Any, Any]) -> None:
    for table in tables.values():
        _names(_, attribute, table)


@attrs.frozen
class Images:
    """
    Old names to new ones; what is not named here keeps its name.

    Attributes:
        states: States; several may become one.
        roles: Roles; several may become one.
        events: Events, whose last days are carried over.
        facts: Facts; None lets what is remembered go.
        reviews: Reviews; None lets their signatures go, and they must be given again.
        slots: By old review: its slots; None lets a signature go.
        notices: Notices; None lets one go, and it must be posted again.
    """

    states: Renamed = attrs.field(factory=dict, converter=_table, validator=_names, hash=False)
    roles: Renamed = attrs.field(factory=dict, converter=_table, validator=_names, hash=False)
    events: Renamed = attrs.field(factory=dict, converter=_table, validator=_names, hash=False)
    facts: Renamed = attrs.field(factory=dict, converter=_table, validator=_names, hash=False)
    reviews: Renamed = attrs.field(factory=dict, converter=_table, validator=_names, hash=False)
    slots: Mapping[str, Renamed] = attrs.field(factory=dict, converter=_tables, validator=_names_of_slots, hash=False)
    notices: Renamed = attrs.field(factory=dict, converter=_table, validator=_names, hash=False)

    __getstate__ = kept
    __setstate__ = take_up

    def to_plain(self) -> dict[str, Any]:
        """Give what an entry keeps; tables that say nothing are left out."""
        plain: dict[str, Any] = {sort: dict(getattr(self, sort)) for sort in SORTS if sort != "slots"}
        plain["slots"] = {review: dict(table) for review, table in self.slots.items() if table}
        return {sort: table for sort, table in plain.items() if table}

    def of(self, sort: str, name: str) -> str | None:
        """Give the image of a name; None where it is let go."""
        table: Renamed = getattr(self, sort)
        return table.get(name, name)

    def slot(self, review: str, slot: str) -> str | None:
        """Give the image of a slot."""
        return self.slots.get(review, {}).get(slot, slot)


def image_reasons(images: Images, old: Procedure, new: Procedure) -> Iterator[Reason]:
    """Tell what is wrong with images, whatever the case."""
    for sort in SORTS:
        if sort != "slots":
            before, after = getattr(old, _INDEX[sort]), getattr(new, _INDEX[sort])
            yield from _wrong(sort, sort, getattr(images, sort), before.keys(), after.keys())
    for review, table in images.slots.items():
        image = images.of("reviews", review)
        if review not in old.review:
            yield _reason("no_such_part", f"mapping.slots.{shown(review)}", "reviews", review, _NOT_THERE)
        elif image in new.review:
            before, after = _slots(old, review), _slots(new, image or "")
            yield from _wrong("slots", f"slots.{review}", table, before, after)


_INDEX: Final = {
    "states": "state",
    "roles": "role",
    "events": "event",
    "facts": "fact",
    "reviews": "review",
    "notices": "notice",
}
_NOT_THERE: Final = ("原规程没有{sort}“{name}”", "the old procedure has no {sort} “{name}”")
_NOT_HERE: Final = ("新规程没有{sort}“{name}”", "the new procedure has no {sort} “{name}”")
_STAYS: Final = (
    "新规程仍有{sort}“{name}”，不得改作他用",
    "the new procedure still has the {sort} “{name}”, which keeps its name",
)
_TAKEN: Final = ("{sort}“{name}”已另有其用", "the {sort} “{name}” is something else already")


def _slots(procedure: Procedure, review: str) -> Collection[str]:
    return [slot.id for slot in procedure.review[review].slots]


def _wrong(sort: str, where: str, table: Renamed, before: Collection[str], after: Collection[str]) -> Iterator[Reason]:
    taken: set[str] = set()
    for name, image in table.items():
        path = f"mapping.{where}.{shown(name)}"
        if name not in before:
            yield _reason("no_such_part", path, sort, name, _NOT_THERE)
        elif image is None or image == name:
            continue
        elif image not in after:
            yield _reason("no_image", path, sort, image, _NOT_HERE)
        elif name in after:
            yield _reason("image_stays", path, sort, name, _STAYS)
        elif sort not in _MAY_JOIN and (image in before or image in taken):
            yield _reason("image_taken", path, sort, image, _TAKEN)
        else:
            taken.add(image)


def _reason(code: str, path: str, sort: str, name: str, words: tuple[str, str]) -> Reason:
    zh, en = SORTS[sort]
    told = shown(name)
    return Reason(code, path, "", told, words[0].format(sort=zh, name=told), words[1].format(sort=en, name=told))
