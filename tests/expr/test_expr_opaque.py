"""Free and private texts: a rule may ask whether there is one, and nothing else of it."""

import pytest

from fupin_rules.errors import ExpressionError
from fupin_rules.expr import Declared, Kind, Relation, Role, Scope, Type, check, parse
from fupin_rules.quantities import Unit

CLAIM = Type(Kind.CLAIM)
TEXT = Declared(Role.FACT, Type(Kind.TEXT, is_opaque=True), "说明", "note")
FLAG = Declared(Role.FACT, CLAIM, "是否", "whether")
SCOPE = Scope(
    {"note": TEXT, "group.name": TEXT, "noted": FLAG},
    {"members": Relation(Unit.parse("person"), {"id_no": TEXT, "ill": FLAG}, 60, "成员", "member")},
)


@pytest.mark.parametrize(
    "rule",
    [
        "is_known(note)",
        "not is_known(group.name)",
        "any(is_known(m.id_no) for m in members)",
        "count(m for m in members if not is_known(m.id_no)) == 0",
    ],
)
def test_a_rule_may_ask_whether_there_is_a_text(rule: str) -> None:
    assert check(parse(rule), SCOPE) == CLAIM


@pytest.mark.parametrize(
    ("rule", "column", "name"),
    [
        ('note == "a"', 1, "note"),
        ("note != group.name", 1, "note"),
        ('note in {"a", "b"}', 1, "note"),
        ("note", 1, "note"),
        ("noted and not group.name", 15, "group.name"),
        ('(note if noted else "a") == "b"', 2, "note"),
        ('is_known(note if noted else "a")', 10, "note"),
        ('or_else(note, "a", because="src:A") == "a"', 9, "note"),
        ("age(note) > 3", 5, "note"),
        ('any(m.id_no == "a" for m in members)', 5, "m.id_no"),
        ("any(m.ill for m in members if m.id_no == note)", 31, "m.id_no"),
    ],
)
def test_a_rule_that_reads_a_text_is_refused_with_what_it_may_ask(rule: str, column: int, name: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        check(parse(rule), SCOPE)
    assert (
        str(refusal.value)
        .splitlines()[0]
        .endswith(
            f"line 1, column {column}: `{name}` is a text that rules do not read;"
            f" ask only whether it is known: `is_known({name})`"
        )
    )


def test_a_text_is_offered_for_a_misspelt_name_only_where_it_may_stand() -> None:
    for rule, hint in (
        ("is_known(notes)", "did you mean `note`?"),
        ("notes", "did you mean `noted`?"),
        ("any(is_known(m.id_n) for m in members)", "did you mean `m.id_no`?"),
        ("any(m.id_n for m in members)", "see the facts of a member"),
    ):
        with pytest.raises(ExpressionError, match="is not known") as refusal:
            check(parse(rule), SCOPE)
        assert str(refusal.value).endswith(hint), rule
