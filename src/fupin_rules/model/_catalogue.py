"""
The catalogue of facts, derived from the classes: path, sort, unit, labels, codes, bounds, sensitivity.

Columns, forms, questions, JSON Schema and test data are all derived from it; a new field is one line in its class.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from fupin_rules.model._area import Area
from fupin_rules.model._fields import SPEC, FieldSpec, Sensitivity
from fupin_rules.model._groups import Assets, Income, Living, Production, Relocation
from fupin_rules.model._household import Household
from fupin_rules.model._member import Member
from fupin_rules.model._monitoring import Monitoring
from fupin_rules.model._subjects import AnySubject
from fupin_rules.model._village import Village

GROUPS: Mapping[str, type] = MappingProxyType(
    {
        "income": Income,
        "production": Production,
        "living": Living,
        "assets": Assets,
        "relocation": Relocation,
        "monitoring": Monitoring,
    }
)
_OWNERS: Mapping[type[AnySubject], str] = MappingProxyType({Household: "household", Village: "village", Area: "area"})
_MEMBER_PATH = re.compile(r"members\[([^\[\]]*)\]\.([a-z0-9_]+)\Z")
_WORDS = {"members": ("家庭成员名册", "roster of members")}


@attrs.frozen
class Field:
    """
    One fact of the catalogue.

    Attributes:
        path: `income.wage_income_yuan`, or `birth_date` for a member.
        owner: `household`, `member`, `village` or `area`.
        spec: All that is declared of it.
    """

    path: str
    owner: str
    spec: FieldSpec

    def label(self, language: str) -> str:
        """Give the label in `zh` or `en`."""
        return self.spec.zh if language == "zh" else self.spec.en


@attrs.frozen
class Catalogue:
    """
    All facts of one subject.

    Attributes:
        owner: `household`, `village` or `area`.
        fields: Facts of the subject by path, in order.
        members: Facts of one member by path, in order; empty for a village or an area.
    """

    owner: str
    fields: Mapping[str, Field] = attrs.field(hash=False)
    members: Mapping[str, Field] = attrs.field(hash=False)

    def field(self, path: str) -> Field | None:
        """Find a fact, `members[2].birth_date` included; None for `members` and for unknown paths."""
        match = _MEMBER_PATH.match(path)
        return self.members.get(match[2]) if match else self.fields.get(path)

    def member_id(self, path: str) -> str | None:
        """Tell whose fact a path is; None for facts of the subject."""
        match = _MEMBER_PATH.match(path)
        return match[1] if match else None

    def order(self, path: str) -> tuple[int, str, int]:
        """
        Give a sort key: the roster first, facts of the subject, then members one by one, each in catalogue order.

        >>> sorted(["members[2].sex", "living.fuel", "members_complete"], key=catalogue(Household).order)
        ['members_complete', 'living.fuel', 'members[2].sex']
        """
        match = _MEMBER_PATH.match(path)
        if match:
            return (1, match[1].rjust(64), self._places(member=True).get(match[2], len(self.members)))
        if path in ("members", "members_complete"):
            return (0, "", -1)
        return (0, "", self._places(member=False).get(path, len(self.fields)))

    def _places(self, *, member: bool) -> Mapping[str, int]:
        return _places(self.owner, member)

    def label(self, path: str, language: str) -> str:
        """
        Give the words for a fact in `zh` or `en`, with the member's number where it is a member's.

        >>> catalogue(Household).label("members[2].sex", "en")
        'member 2: sex'
        """
        found = self.field(path)
        if found is None:
            zh, en = _WORDS.get(path, (path, path))
            return zh if language == "zh" else en
        member_id = self.member_id(path)
        words = found.label(language)
        if member_id is None:
            return words
        return f"成员{member_id}：{words}" if language == "zh" else f"member {member_id}: {words}"


@functools.cache
def _places(owner: str, member: bool) -> Mapping[str, int]:
    known = _catalogue(owner)
    return {path: place for place, path in enumerate(known.members if member else known.fields)}


def _fields_of(cls: type, owner: str, prefix: str = "") -> dict[str, Field]:
    found: dict[str, Field] = {}
    for attribute in attrs.fields(cls):
        if SPEC in attribute.metadata:
            path = prefix + attribute.name
            found[path] = Field(path, owner, attribute.metadata[SPEC])
        elif attribute.name in GROUPS:
            found |= _fields_of(GROUPS[attribute.name], owner, f"{attribute.name}.")
    return found


def catalogue(cls: type[AnySubject]) -> Catalogue:
    """
    Give the catalogue of a subject.

    >>> catalogue(Household).fields["income.wage_income_yuan"].spec.national_code
    'AAC073'
    """
    return _catalogue(_OWNERS[cls])


@functools.cache
def _catalogue(owner: str) -> Catalogue:
    members = _fields_of(Member, "member") if owner == "household" else {}
    fields = next(_fields_of(cls, owner) for cls, each in _OWNERS.items() if each == owner)
    return Catalogue(owner, MappingProxyType(fields), MappingProxyType(members))


def is_personal(field: Field) -> bool:
    """
    Tell whether a fact is personal information of a sensitive kind.

    >>> is_personal(catalogue(Household).members["id_no"])
    True
    """
    return field.spec.sensitivity is not Sensitivity.NONE
