"""Whether a claim can only turn one way when one fact is moved, all else being as it is."""

from __future__ import annotations

from typing import Final, Literal

from fupin_rules.comparison._answers import Answer, Proved, Refuted, Seen, Undecided, told
from fupin_rules.comparison._facts import OF_MEMBERS, Fact, Known
from fupin_rules.comparison._questions import claim_tree
from fupin_rules.comparison._room import Asked, Room, disagreement
from fupin_rules.comparison._terms import Formula, Terms
from fupin_rules.comparison._values import Claim
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.expr import Expr, to_text
from fupin_rules.model import AnySubject, Sort
from fupin_rules.policy import Reading, Snapshot, Subject, on_a_day

Direction = Literal["up", "down", "either"]
_ORDERED: Final = (Sort.FLAG, Sort.NUMBER, Sort.DAY)
_ELIGIBLE: Final = ("符合", "eligible")


def monotone(
    rules: Snapshot,
    fact: str,
    *,
    direction: Direction = "either",
    of: str | Expr | None = None,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Answer:
    """
    Tell whether raising one fact can only turn a claim one way, for everybody, all other facts being as they are.

    Between no and yes stands open: from no to open is a turn towards yes.

    Args:
        rules: A policy on a day.
        fact: Path of a number, a day, or a yes or no; that of one member as `members[].work_months`.
        direction: `down`: with more of it a claim that failed does not come to hold; `up`: one that held does not come
            to fail; `either`: one of both, for all alike.
        of: The claim; by default that the subject is eligible.
        about: Whom to look at.
        members: Most members of a household.
        seconds: Time limit of each direction.
        known: Facts taken to be known, by path, or `"all"`.

    Returns:
        Proved, saying in which direction; refuted by two subjects that differ in that fact alone, the one with less of
        it first (where both directions are refuted, by two and two); or undecided.

    Raises:
        PolicyError: There is no such fact, it has no order, or nothing says who is eligible.
        ExpressionError: The claim cannot be read, or is none.
        MissingExtraError: The extra `proof` is not installed.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> monotone(rules, "income.wage_income_yuan").statement[1]
    'with more of `income.wage_income_yuan`, `eligible` does not come to hold'
    """
    asked = Asked(about, members, seconds, known)
    tree = on_a_day(rules).eligible_expr(about) if of is None else claim_tree(rules, of, about)
    name = "" if of is None else of if isinstance(of, str) else to_text(of)
    wanted: tuple[Literal["up", "down"], ...] = ("down", "up") if direction == "either" else (direction,)
    refuted, undecided = list[Refuted](), list[Undecided]()
    for each in wanted:
        match _moved(rules, fact, each, tree, name, asked):
            case Proved() as proved:
                return proved
            case Undecided() as answer:
                undecided.append(answer)
            case Refuted() as answer:
                refuted.append(answer)
    if undecided:
        return undecided[0]
    seen = tuple(each for answer in refuted for each in answer.seen)
    words = "；".join(each.statement[0] for each in refuted), "; ".join(each.statement[1] for each in refuted)
    return Refuted(seen, refuted[0].within, words)


def _moved(rules: Snapshot, path: str, direction: Literal["up", "down"], tree: Expr, name: str, asked: Asked) -> Answer:
    room = Room(asked, rules)
    field, is_member = room.facts.field(path)
    if field.spec.sort not in _ORDERED:
        mend = "name a number, a day, or a yes or no"
        raise PolicyError(Fault("", f"`{path}` has no order", mend, "no_order"))
    key = (path.removeprefix(OF_MEMBERS), 0 if is_member else None)
    less = room.reader(rules).claim(tree)
    room.facts.read(*key)
    twin = room.facts.besides(key)
    more = room.reader(rules, twin).claim(tree)
    words = _statement(path, name, direction)
    moved = _apart(room.terms, room.facts.held[key], twin.held[key])
    there: Formula = room.facts.present(0) if is_member else True
    turns = _turns(room.terms, less, more) if direction == "down" else _turns(room.terms, more, less)

    def shown(subjects: tuple[AnySubject, ...]) -> Refuted:
        values = [Reading(each, rules).claim(tree) for each in subjects]
        ranks = [_rank(told(value)) for value in values]
        if not (ranks[0] < ranks[1] if direction == "down" else ranks[0] > ranks[1]):
            raise disagreement(words[1], subjects)
        seen = (Seen(each, ((name or _ELIGIBLE[1], value),)) for each, value in zip(subjects, values, strict=True))
        return Refuted(tuple(seen), room.within, words)

    settled = room.terms.all_of(room.terms.any_of((each.yes, each.no)) for each in (less, more))
    return room.answer(room.terms.all_of((there, moved, turns)), shown, twin, statement=words, rather=settled)


def _statement(path: str, name: str, direction: Literal["up", "down"]) -> tuple[str, str]:
    zh, en = (f"`{name}`", f"`{name}`") if name else (f"`{_ELIGIBLE[0]}`", f"`{_ELIGIBLE[1]}`")
    if direction == "down":
        return f"`{path}` 增大时，{zh} 不会变为成立", f"with more of `{path}`, {en} does not come to hold"
    return f"`{path}` 增大时，{zh} 不会变为不成立", f"with more of `{path}`, {en} does not come to fail"


def _apart(terms: Terms, less: Fact, more: Fact) -> Formula:
    """Say that both are known, and that the second is no less than the first."""
    assert less.value is not None
    assert more.value is not None
    if less.field.spec.sort is Sort.FLAG:
        ordered = terms.implied(less.value, more.value)
    else:
        ordered = terms.at_most(less.value, more.value)
    return terms.all_of((less.known, more.known, ordered))


def _turns(terms: Terms, before: Claim, after: Claim) -> Formula:
    """Say that a claim has turned towards yes."""
    return terms.any_of(
        (
            terms.all_of((before.no, terms.negated(after.no))),
            terms.all_of((terms.negated(before.yes), after.yes)),
        )
    )


def _rank(value: bool | None) -> int:
    return 1 if value is None else 2 if value else 0
