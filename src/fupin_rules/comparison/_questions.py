"""
Questions about the claims of one snapshot, answered for all subjects within bounds.

A claim is a rule by its id, or an expression over what rules may name, as text or as a tree. To hold is to hold surely:
a claim that is open for somebody does not hold for them. With `known="all"` only those are looked at of whom every fact
is known, and the logic is that of true and false.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fupin_rules.comparison._answers import Answer, Refuted, Seen, told
from fupin_rules.comparison._facts import Known
from fupin_rules.comparison._room import Asked, Room, disagreement
from fupin_rules.comparison._terms import Formula, Terms
from fupin_rules.comparison._values import Claim
from fupin_rules.expr import Expr, Kind, check, parse, to_text
from fupin_rules.model import AnySubject
from fupin_rules.policy import Reading, Snapshot, Subject, on_a_day

Values = Sequence[bool | None]


def implies(
    rules: Snapshot,
    one: str | Expr,
    other: str | Expr,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Answer:
    """
    Tell whether one claim holds wherever another does.

    Args:
        rules: A policy on a day.
        one: The claim that is taken to hold.
        other: The claim that is to hold then.
        about: Whom to look at.
        members: Most members of a household.
        seconds: Time limit.
        known: Facts taken to be known, by path, or `"all"`.

    Raises:
        ExpressionError: A claim cannot be read, or is none.
        PolicyError: An argument cannot be.
        MissingExtraError: The extra `proof` is not installed.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> type(implies(rules, "exit_income", "not income_below_line")).__name__
    'Proved'
    >>> implies(rules, "not income_below_line", "exit_income").seen[0].claims[1]  # neither below the line nor above it
    ('exit_income', False)
    """

    def broken(terms: Terms, claims: Sequence[Claim]) -> Formula:
        return terms.all_of((claims[0].yes, terms.negated(claims[1].yes)))

    def seen(values: Values) -> bool:
        return values[0] is True and values[1] is not True

    texts = tuple(_text(each) for each in (one, other))
    words = f"若 {texts[0]}，则 {texts[1]}", f"where {texts[0]} holds, {texts[1]} does"
    return _answered(rules, (one, other), Asked(about, members, seconds, known), broken, seen, words)


def equivalent(
    rules: Snapshot,
    one: str | Expr,
    other: str | Expr,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Answer:
    """
    Tell whether two claims are the same for everybody: both hold, both fail, or both are open.

    Args and errors are those of `implies`.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> type(equivalent(rules, "pupils >= 1", "not pupils == 0")).__name__
    'Proved'
    """

    def broken(terms: Terms, claims: Sequence[Claim]) -> Formula:
        (first, second) = claims
        same = (terms.same(first.yes, second.yes), terms.same(first.no, second.no))
        return terms.negated(terms.all_of(same))

    def seen(values: Values) -> bool:
        return values[0] is not values[1]

    texts = tuple(_text(each) for each in (one, other))
    words = f"{texts[0]} 等同于 {texts[1]}", f"{texts[0]} is the same as {texts[1]}"
    return _answered(rules, (one, other), Asked(about, members, seconds, known), broken, seen, words)


def disjoint(
    rules: Snapshot,
    one: str | Expr,
    other: str | Expr,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Answer:
    """
    Tell whether two claims never hold together.

    Args and errors are those of `implies`.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> type(disjoint(rules, "income_below_line", "exit_income")).__name__
    'Proved'
    """

    def broken(terms: Terms, claims: Sequence[Claim]) -> Formula:
        return terms.all_of(each.yes for each in claims)

    def seen(values: Values) -> bool:
        return all(value is True for value in values)

    texts = tuple(_text(each) for each in (one, other))
    words = f"{texts[0]} 与 {texts[1]} 不同时成立", f"{texts[0]} and {texts[1]} never hold together"
    return _answered(rules, (one, other), Asked(about, members, seconds, known), broken, seen, words)


def always(
    rules: Snapshot,
    claim: str | Expr,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Answer:
    """
    Tell whether a claim holds for everybody, whatever is known of them.

    Args and errors are those of `implies`; with `known="all"`, for everybody of whom all is known.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> type(always(rules, "member_count >= 0")).__name__
    'Proved'
    """

    def broken(terms: Terms, claims: Sequence[Claim]) -> Formula:
        return terms.negated(claims[0].yes)

    def seen(values: Values) -> bool:
        return values[0] is not True

    words = f"{_text(claim)} 总是成立", f"{_text(claim)} always holds"
    return _answered(rules, (claim,), Asked(about, members, seconds, known), broken, seen, words)


def never(
    rules: Snapshot,
    claim: str | Expr,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Answer:
    """
    Tell whether a claim holds for nobody.

    Args and errors are those of `implies`.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> never(rules, "excluded_vehicle").witness.assets.owns_car
    True
    """

    def broken(terms: Terms, claims: Sequence[Claim]) -> Formula:  # noqa: ARG001  one shape for all questions
        return claims[0].yes

    def seen(values: Values) -> bool:
        return values[0] is True

    words = f"{_text(claim)} 从不成立", f"{_text(claim)} never holds"
    return _answered(rules, (claim,), Asked(about, members, seconds, known), broken, seen, words)


def claim_tree(rules: Snapshot, claim: str | Expr, about: Subject) -> Expr:
    """
    Read a claim about a subject.

    Raises:
        ExpressionError: It cannot be read, names what is not there, or is no claim.
    """
    tree = parse(claim) if isinstance(claim, str) else claim
    check(tree, on_a_day(rules).scope(about), expect=Kind.CLAIM)
    return tree


def _text(claim: str | Expr) -> str:
    return f"`{claim if isinstance(claim, str) else to_text(claim)}`"


def _answered(
    rules: Snapshot,
    claims: Sequence[str | Expr],
    asked: Asked,
    broken: Callable[[Terms, Sequence[Claim]], Formula],
    seen: Callable[[Values], bool],
    words: tuple[str, str],
) -> Answer:
    """
    Answer a question.

    Args:
        rules: A policy on a day.
        claims: What it is about.
        asked: How it is asked.
        broken: Says who shows that it is not so.
        seen: Tells whether somebody does, by the values of the claims.
        words: What is to be proved.
    """
    room = Room(asked, rules)
    trees = [claim_tree(rules, each, asked.about) for each in claims]
    reader = room.reader(rules)

    def shown(subjects: tuple[AnySubject, ...]) -> Refuted:
        (subject,) = subjects
        reading = Reading(subject, rules)
        values = [reading.claim(each) for each in trees]
        if not seen([told(value) for value in values]):
            raise disagreement(words[1], subjects)
        held = tuple((_text(each).strip("`"), value) for each, value in zip(claims, values, strict=True))
        return Refuted((Seen(subject, held),), room.within, words)

    found = [reader.claim(each) for each in trees]
    # Claims that are settled show more than one that is open.
    settled = room.terms.all_of(room.terms.any_of((each.yes, each.no)) for each in found)
    return room.answer(broken(room.terms, found), shown, statement=words, rather=settled)
