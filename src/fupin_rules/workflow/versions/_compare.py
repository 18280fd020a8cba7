"""
What is different between two procedures, part by part and field by field, in both languages.

Compared are their plain forms, so that nothing the format can say is missed. Whether a difference can change what is
accepted is told as the digest tells it: all but wording counts, citations included.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.procedure._write import WORDS, wordless
from fupin_rules.workflow.versions._compare_words import ARRAY_WORDS, Namer, field_words

# Which procedure it is, not what it says.
_IDENTITY: Final = ("id", "version", "follows")
_ARRAYS: Final = tuple(array for array in ARRAY_WORDS if array != "head")


class ChangeKind(enum.StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"
    """The parts that both have stand in another order."""


@attrs.frozen
class FieldChange:
    """
    One field of a part.

    Attributes:
        name: Its key in the format, a path for what stands in lists: `slots.head.waivable`.
        old: Its plain value; None where it is left out.
        new: Its plain value; None where it is left out.
        zh: Old and new in Chinese.
        en: Old and new in English.
    """

    name: str
    old: Any = attrs.field(hash=False)
    new: Any = attrs.field(hash=False)
    zh: tuple[str, str]
    en: tuple[str, str]

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        name = field_words(self.name, language)
        old, new = self.zh if zh else self.en
        return f"{name}：{old} → {new}" if zh else f"{name}: {old} → {new}"


@attrs.frozen
class PartChange:
    """
    One part that is not as it was.

    Attributes:
        array: Array of the format it stands in; `head` for what stands before the arrays.
        id: Its name; empty for the head, and for an order.
        kind: What became of it.
        zh: Chinese label.
        en: English label.
        fields: For changed: what.
        counts: Whether it can change what is accepted, as the digest tells it.
    """

    array: str
    id: str
    kind: ChangeKind
    zh: str
    en: str
    fields: tuple[FieldChange, ...] = ()
    counts: bool = True

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`, a line for each field."""
        zh = language == "zh"
        array, kind = ARRAY_WORDS[self.array][not zh], _KINDS[self.kind][not zh]
        label = self.zh if zh else self.en
        head = f"{kind}：{array}" if zh else f"{kind}: {array}"
        if label and self.id:
            head += f"“{label}”（{self.id}）" if zh else f" “{label}” ({self.id})"
        elif self.id:
            head += f"（{self.id}）" if zh else f" ({self.id})"
        if not self.counts:
            head += "（仅文字）" if zh else " (wording only)"
        return "\n".join([head, *(f"  {field.text(language)}" for field in self.fields)])

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "array": self.array,
            "id": self.id,
            "kind": self.kind.value,
            "counts": self.counts,
            "fields": [{"name": each.name, "old": each.old, "new": each.new} for each in self.fields],
        }


_KINDS: Final = {
    ChangeKind.ADDED: ("新增", "added"),
    ChangeKind.REMOVED: ("删去", "removed"),
    ChangeKind.CHANGED: ("修改", "changed"),
    ChangeKind.REORDERED: ("次序变动", "reordered"),
}


@attrs.frozen
class ProcedureComparison:
    """
    What is different between two procedures.

    Attributes:
        old: Reference of the one.
        new: Reference of the other.
        changes: In the order of the format.
        follows: Whether the new one says that it follows the old one.
    """

    old: str
    new: str
    changes: tuple[PartChange, ...]
    follows: bool

    @property
    def can_change_outcomes(self) -> bool:
        """Whether an event can be accepted under one and not under the other; by the digest, so rather too often."""
        return any(change.counts for change in self.changes)

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        if not self.changes:
            return "没有差别" if zh else "no difference"
        if self.can_change_outcomes:
            verdict = "受理结果可能不同" if zh else "what is accepted can differ"
        else:
            verdict = "仅文字不同，受理结果相同" if zh else "only wording differs: the same is accepted"
        return "\n".join([verdict, *(change.text(language) for change in self.changes)])

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "old": self.old,
            "new": self.new,
            "follows": self.follows,
            "can_change_outcomes": self.can_change_outcomes,
            "changes": [change.to_plain() for change in self.changes],
        }


def compare_procedures(old: Procedure, new: Procedure) -> ProcedureComparison:
    """
    Tell what is different between two procedures.

    Args:
        old: The one.
        new: The other, usually a later version of it; parts are taken for the same where they have one id.

    Returns:
        Every part that was added, removed or changed, and every field of it, with old and new value.

    >>> from fupin_rules.workflow import load_procedure
    >>> procedure = load_procedure("exit-2016")
    >>> later = attrs.evolve(procedure, version=2, follows=procedure.reference)
    >>> [field.name for change in compare_procedures(procedure, later).changes for field in change.fields]
    ['version', 'follows']
    """
    changes = (*_head(old, new), *(change for array in _ARRAYS for change in _array(array, old, new)))
    return ProcedureComparison(old.reference, new.reference, changes, new.follows == old.reference)


def _head(old: Procedure, new: Procedure) -> Iterator[PartChange]:
    arrays = {*_ARRAYS, "sources"}
    one, other = ({key: each for key, each in it.to_plain().items() if key not in arrays} for it in (old, new))
    fields = tuple(_fields("head", "", one, other, Namer(old), Namer(new)))
    if fields:
        counts = any(field.name not in _IDENTITY and field.name not in WORDS for field in fields)
        yield PartChange("head", "", ChangeKind.CHANGED, new.zh, new.en, fields, counts)


def _array(array: str, old: Procedure, new: Procedure) -> Iterator[PartChange]:
    one, other = _parts(old, array), _parts(new, array)
    for name, part in one.items():
        if name not in other:
            yield PartChange(array, name, ChangeKind.REMOVED, *_label(part), counts=_counts(array, part, {}))
    for name, part in other.items():
        if name not in one:
            yield PartChange(array, name, ChangeKind.ADDED, *_label(part), counts=_counts(array, {}, part))
        elif part != one[name]:
            fields = tuple(_fields(array, name, one[name], part, Namer(old), Namer(new)))
            counts = _counts(array, one[name], part)
            yield PartChange(array, name, ChangeKind.CHANGED, *_label(part), fields, counts)
    if [name for name in one if name in other] != [name for name in other if name in one]:
        yield PartChange(array, "", ChangeKind.REORDERED, "", "", counts=array != "sources")


def _parts(procedure: Procedure, array: str) -> dict[str, dict[str, Any]]:
    plain = procedure.to_plain()
    if array == "sources":
        return dict(plain["sources"])
    return {part["id"]: part for part in plain.get(array, ())}


def _label(part: Mapping[str, Any]) -> tuple[str, str]:
    label = part.get("label", {})
    return label.get("zh", part.get("title", "")), label.get("en", part.get("title_en", ""))


def _counts(array: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if array == "sources":
        # Of a source, only how firm it is.
        return bool(one.get("standing") != other.get("standing"))
    return bool(wordless(one) != wordless(other))


def _fields(
    array: str, part: str, one: Mapping[str, Any], other: Mapping[str, Any], before: Namer, after: Namer
) -> Iterator[FieldChange]:
    for key in dict.fromkeys((*one, *other)):
        old, new = one.get(key), other.get(key)
        if old == new:
            continue
        if _is_named(old) or _is_named(new):
            yield from _listed(array, part, key, old or [], new or [], before, after)
        else:
            zh, en = (
                (before.say(array, part, key, old, language), after.say(array, part, key, new, language))
                for language in ("zh", "en")
            )
            yield FieldChange(key, old, new, zh, en)


def _is_named(value: Any) -> bool:
    """Tell whether a value is a list of parts with names of their own."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) and "id" in each for each in value)


def _listed(
    array: str,
    part: str,
    key: str,
    old: list[dict[str, Any]],
    new: list[dict[str, Any]],
    before: Namer,
    after: Namer,
) -> Iterator[FieldChange]:
    """Compare fields, slots or codes by their names."""
    one, other = ({each["id"]: each for each in parts} for parts in (old, new))
    for name in dict.fromkeys((*one, *other)):
        if one.get(name) == other.get(name):
            continue
        if name in one and name in other:
            for change in _fields(array, part, one[name], other[name], before, after):
                yield attrs.evolve(change, name=f"{key}.{name}.{change.name}")
        else:
            gone, come = one.get(name), other.get(name)
            zh, en = ((before.say_part(gone, language), after.say_part(come, language)) for language in ("zh", "en"))
            yield FieldChange(f"{key}.{name}", gone, come, zh, en)
    if [name for name in one if name in other] != [name for name in other if name in one]:
        names = (list(one), list(other))
        said = (", ".join(names[0]), ", ".join(names[1]))
        yield FieldChange(key, *names, said, said)
