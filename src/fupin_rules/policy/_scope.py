"""What names mean in the rules about each subject: facts from the catalogue, parameters, definitions, other rules."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from fupin_rules.expr import Declared, Kind, Relation, Role, Scope, Type, check
from fupin_rules.model import MAX_MEMBERS, AnySubject, Area, Field, Household, Sort, Village, catalogue
from fupin_rules.policy._rules import OPEN_PLACES, Definition, Parameter, Rule, Subject
from fupin_rules.quantities import Unit, places_of

SUBJECT_CLASSES: Mapping[Subject, type[AnySubject]] = MappingProxyType(
    {Subject.HOUSEHOLD: Household, Subject.VILLAGE: Village, Subject.AREA: Area}
)

CLAIM = Type(Kind.CLAIM)

_KINDS = {
    Sort.FLAG: Kind.CLAIM,
    Sort.NUMBER: Kind.NUMBER,
    Sort.DAY: Kind.DAY,
    Sort.CODE: Kind.CODE,
    Sort.CODES: Kind.CODES,
    Sort.TEXT: Kind.TEXT,
    Sort.PRIVATE: Kind.TEXT,
}

# What stands for a free or private text that is known: rules ask whether there is one, and nothing of it goes further.
ENTERED = "entered"


@functools.cache
def facts_scope(subject: Subject) -> Scope:
    """Declare the facts of a subject and of its members; of free and private texts only whether they are known."""
    known = catalogue(SUBJECT_CLASSES[subject])
    names = {path: _declare_fact(field) for path, field in known.fields.items()}
    items = {path: _declare_fact(field) for path, field in known.members.items()}
    relations = {"members": Relation(Unit.parse("person"), items, MAX_MEMBERS, "成员", "member")} if items else {}
    return Scope(MappingProxyType(names), MappingProxyType(relations))


def _declare_fact(field: Field) -> Declared:
    spec = field.spec
    codes = tuple(spec.code_list) if spec.code_list is not None else ()
    kind = _KINDS[spec.sort]
    is_number, is_opaque = kind is Kind.NUMBER, kind is Kind.TEXT
    return Declared(
        Role.FACT,
        Type(
            kind,
            unit=spec.unit if is_number else None,
            low=spec.low if is_number else None,
            high=spec.high if is_number else None,
            places=spec.places,
            codes=frozenset(code.value for code in codes),
            code_list=spec.code_list.__name__ if spec.code_list is not None else "",
            is_opaque=is_opaque,
        ),
        spec.zh,
        spec.en,
        {ENTERED: ("已填", "entered")} if is_opaque else {code.value: (code.zh, code.en) for code in codes},
    )


def declare_parameter(parameter: Parameter) -> Declared:
    """Declare a parameter with its bounds or the range of all its values: a rule that fits today fits on every day."""
    if parameter.bounds is not None:
        bounded = Type(Kind.NUMBER, parameter.unit, *parameter.bounds, OPEN_PLACES)
        return Declared(Role.PARAMETER, bounded, parameter.zh, parameter.en, can_be_unknown=False)
    held = [dated.value for dated in parameter.values]
    numbers = [value for value in held if isinstance(value, Fraction)]
    if numbers:
        kind_type = Type(
            Kind.NUMBER, parameter.unit, min(numbers), max(numbers), max(places_of(value) for value in numbers)
        )
    elif isinstance(held[0], date):
        kind_type = Type(Kind.DAY)
    else:
        codes = frozenset[str]().union(*(v if isinstance(v, frozenset) else {str(v)} for v in held))
        kind_type = Type(Kind.CODE, codes=codes, is_set=isinstance(held[0], frozenset), code_list=parameter.code_list)
    return Declared(Role.PARAMETER, kind_type, parameter.zh, parameter.en, can_be_unknown=False)


def declare_rules(rules: Iterable[Rule], subject: Subject) -> dict[str, Declared]:
    """Declare the ids of the rules about a subject: each is a claim."""
    return {rule.id: Declared(Role.RULE, CLAIM, rule.zh, rule.en) for rule in rules if rule.subject == subject}


def build_scopes(
    parameters: Mapping[str, Parameter], definitions: Mapping[str, Definition], rules: Iterable[Rule]
) -> Mapping[Subject, Scope]:
    """Build the scope of every subject; `definitions` come each after those they read."""
    rules = tuple(rules)
    scopes = {}
    for subject in Subject:
        facts = facts_scope(subject)
        names = dict(facts.names)
        names |= {name: declare_parameter(parameter) for name, parameter in parameters.items()}
        names |= declare_rules(rules, subject)
        for name, definition in definitions.items():
            if definition.subject == subject:
                typed = check(definition.expr, Scope(names, facts.relations))
                names[name] = Declared(Role.DEFINITION, typed, definition.zh, definition.en)
        scopes[subject] = Scope(MappingProxyType(names), facts.relations)
    return MappingProxyType(scopes)
