"""What is found in procedures, held against trying everything: guards on all values, doors on all ways, ways on all states."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fupin_rules.expr import And, Expr, IfElse, Not, Or, Roster, Value, evaluate, names, parse
from fupin_rules.truth import Unknown
from fupin_rules.workflow import Procedure, ProcedureFinding, read_procedure, validate

WORDS = {"zh": "某", "en": "some"}
START = date(2016, 1, 6)


def part(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": WORDS} | more


def move(name: str, event: str, source: str, target: str | None, **more: Any) -> dict[str, Any]:
    to = {} if target is None else {"to": target}
    return part(name, event=event, roles=["one"], source="text") | {"from": [source]} | to | more


def procedure(**more: Any) -> Procedure:
    """Read a procedure of two states and two roles, with other parts put in or in their place."""
    plain: dict[str, Any] = {
        "format": 1,
        "id": "smallest",
        "version": 1,
        "from": START,
        "title": WORDS,
        "initial": "start",
        "source": "text",
        "sources": {"text": {"title": "某", "title_en": "some", "standing": "stated"}},
        "levels": [part("village", digits=12)],
        "roles": [part(name, level="village", source="text") for name in ("one", "two")],
        "lists": [{"id": "letters", "codes": [{"id": each, "zh": each, "en": each} for each in ("a", "b")]}],
        "states": [part("start", kind="open"), part("end", kind="goal")],
    }
    return read_procedure(plain | more, checked=False)


def found_in(checked: Procedure, *codes: str) -> list[ProcedureFinding]:
    return [each for each in validate(checked) if each.code in codes]


# -- guards, held against all values -----------------------------------------------------------------------------------

LEAVES = [
    "event.n < 3",
    "event.n >= 2",
    "event.n * 2 > 5",
    "event.n + round >= 4",
    "2 <= event.n < 4",
    "event.c == 'a'",
    "event.c in {'a', 'b'}",
    "event.o",
    "is_known(event.o)",
    "facts.f",
    "is_known(facts.f)",
    "round > 1",
    "round == 1",
    "today >= date(2016, 3, 1)",
    "year >= 2016",
    "state == 'start'",
    "actor.role == 'one'",
    "actor.is_kin",
]


def guards() -> st.SearchStrategy[str]:
    """Draw guards; shrink toward one leaf."""

    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: f"({' '.join(each)})"),
            inner.map(lambda each: f"(not {each})"),
        )

    return st.recursive(st.sampled_from(LEAVES), joined, max_leaves=5)


@attrs.frozen
class Told:
    """Every name of a guard, as told."""

    names: Mapping[str, Value]
    on: date = START
    with_defaults: bool = False

    def value(self, path: str) -> Value | Unknown:
        return self.names.get(path, Unknown({path}))

    def spend(self) -> None: ...

    def roster(self, relation: str) -> Roster:
        raise AssertionError(relation)

    def facts_behind(self, path: str) -> frozenset[str]:
        return frozenset({path})


def everything(*read: Expr, impartial: bool, roles: tuple[str, ...]) -> list[Told]:
    """Give all that guards can see of what they read, each name told or, where it can be, not told."""
    values: dict[str, list[Value | None]] = {
        "event.n": [0, 1, 2, 3, 4, 5],
        "event.c": ["a", "b"],
        "event.o": [True, False, None],
        "facts.f": [True, False, None],
        "round": [1, 2, 3, 4],
        "today": [START, date(2016, 2, 29), date(2016, 3, 1)],
        "year": [2016],
        "state": ["start"],
        "actor.role": [*roles],
        "actor.is_kin": [False] if impartial else [True, False],
    }
    paths = sorted(frozenset().union(*(names(guard) for guard in read)))
    return [
        Told({path: value for path, value in zip(paths, chosen, strict=True) if value is not None})
        for chosen in itertools.product(*(values[path] for path in paths))
    ]


def holding(guard: Expr, seen: list[Told]) -> frozenset[int]:
    return frozenset(number for number, told in enumerate(seen) if evaluate(guard, told) is True)


EVENT = part(
    "tell",
    fields=[
        part("n", kind="number", low=0, high=5),
        part("c", kind="code", list="letters"),
        part("o", kind="claim", required=False),
    ],
)
REMEMBER = move("remember", "keep", "start", None, effects=[{"do": "set", "fact": "f", "to": "round == 1"}])


def guarded(*told: dict[str, Any]) -> Procedure:
    return procedure(events=[EVENT, part("keep")], facts=[part("f", kind="claim")], moves=[*told, REMEMBER])


@settings(max_examples=150)
@given(guards(), guards(), st.booleans(), st.booleans(), st.sampled_from([["one"], ["two"], ["one", "two"]]))
def test_two_moves_are_told_exactly_if_one_event_can_make_both(
    one: str, other: str, first: bool, second: bool, roles: list[str]
) -> None:
    checked = guarded(
        move("first", "tell", "start", "end", when=one, impartial=first),
        move("second", "tell", "start", "end", when=other, roles=roles, impartial=second),
    )
    shared = tuple(role for role in roles if role == "one")
    seen = everything(parse(one), parse(other), impartial=first or second, roles=shared)
    both = holding(parse(one), seen) & holding(parse(other), seen)
    assert bool(found_in(checked, "P004")) is bool(shared and both)


def without_a_leaf(guard: Expr) -> Iterator[Expr]:
    """Take each leaf away that "and" or "or" joins to others."""
    match guard:
        case Not(operand):
            yield from (Not(each) for each in without_a_leaf(operand))
        case And(operands) | Or(operands):
            for place, operand in enumerate(operands):
                inside = operand
                while isinstance(inside, Not):
                    inside = inside.operand
                if isinstance(inside, And | Or | IfElse):
                    changed = [(*operands[:place], each, *operands[place + 1 :]) for each in without_a_leaf(operand)]
                    yield from (type(guard)(each) for each in changed)
                else:
                    left = (*operands[:place], *operands[place + 1 :])
                    yield left[0] if len(left) == 1 else type(guard)(left)
        case _:
            pass


@settings(max_examples=150)
@given(guards(), st.booleans())
def test_a_guard_or_a_leaf_is_told_exactly_if_it_decides_nothing(text: str, impartial: bool) -> None:
    checked = guarded(move("first", "tell", "start", "end", when=text, impartial=impartial))
    guard = parse(text)
    seen = everything(guard, impartial=impartial, roles=("one",))
    holds = holding(guard, seen)
    told = [each.en for each in found_in(checked, "P006", "P015")]
    if not holds:
        assert len(told) == 1
        # By the other role, it may be, or not at all.
        assert "never holds" in told[0] or "holds for none of its roles" in told[0]
    elif len(holds) == len(seen):
        assert [each.endswith("always holds") for each in told] == [True]
    else:
        idle = any(holding(each, seen) == holds for each in without_a_leaf(guard))
        assert bool(told) is idle


# -- doors, held against all ways --------------------------------------------------------------------------------------

ROOMS = ["start", "hall", "stair"]
PROOFS = {
    "": None,
    "complete": "review.form.complete",
    "two": "review.form.count >= 2",
    "elapsed": "notice.board.elapsed",
    "settled": "notice.board.open_objections == 0",
    "few": "notice.board.open_objections < 2",
    "both": "notice.board.elapsed and notice.board.open_objections == 0",
    "either": "notice.board.elapsed or review.form.complete",
    "heard": "is_known(last.hear)",
    "kept": "facts.f",
}
EFFECTS = {
    "": [],
    "sign": [{"do": "sign", "review": "form"}],
    "amend": [{"do": "amend", "review": "form"}],
    "post": [{"do": "open_notice", "notice": "board"}],
    "object": [{"do": "object", "notice": "board"}],
    "resolve": [{"do": "resolve", "notice": "board"}],
    "close": [{"do": "close_notice", "notice": "board"}],
    "announce": [{"do": "open_notice", "notice": "paper"}],
    "set": [{"do": "set", "fact": "f", "to": "True"}],
    "again": [{"do": "new_round"}],
    "close_again": [{"do": "close_notice", "notice": "board"}, {"do": "new_round"}],
    "again_sign": [{"do": "new_round"}, {"do": "sign", "review": "form"}],
}
# What bears on each need.
BEARING = {
    "reviews": (["", "complete", "two", "either"], ["", "sign", "amend", "again", "again_sign"]),
    "notices": (
        ["", "elapsed", "settled", "few", "both", "either"],
        ["", "post", "object", "resolve", "close", "announce", "again", "close_again"],
    ),
    "events": (["", "heard", "kept"], ["", "set", "again"]),
}
NEEDS = {
    "the review `form` complete": {"reviews": ["form"]},
    "the notice `board` closed after its full time with no objection open": {"notices": ["board"]},
    "the announcement `paper` made": {"notices": ["paper"]},
    "the event `hear`": {"events": ["hear"]},
}


@attrs.frozen
class Step:
    """One way on, in a few words."""

    event: str
    source: str
    target: str | None
    proof: str
    effect: str


@st.composite
def houses(draw: st.DrawFn) -> tuple[str, list[Step]]:
    """Draw a need, and steps that bear on it: three from room to room to the door, and some others."""
    name = draw(st.sampled_from(list(NEEDS)))
    (sort,) = NEEDS[name]
    proofs, effects = (st.sampled_from(each) for each in BEARING[sort])
    event = st.sampled_from(["hear", "go"]) if sort == "events" else st.just("go")
    onward = [
        Step(draw(event), source, target, draw(proofs), draw(effects))
        for source, target in itertools.pairwise([*ROOMS, "end"])
    ]
    target = st.sampled_from([None, *ROOMS, "end"])
    others = st.lists(st.builds(Step, event, st.sampled_from(ROOMS), target, proofs, effects), max_size=3)
    return name, onward + draw(others)


def house(steps: list[Step], needs: dict[str, Any], *, restart: bool) -> Procedure:
    fields = [
        part("objection", kind="text"),
        part("reason", kind="text"),
        part("slot", kind="text"),
        part("role", kind="text"),
        part("outcome", kind="code", list="outcomes"),
    ]
    outcomes = [{"id": each, "zh": each, "en": each} for each in ("upheld", "dismissed")]
    guarded = [
        ({} if PROOFS[step.proof] is None else {"when": PROOFS[step.proof]}) | {"effects": EFFECTS[step.effect]}
        for step in steps
    ]
    return procedure(
        lists=[{"id": "outcomes", "codes": outcomes}],
        facts=[part("f", kind="claim")],
        events=[part("hear", fields=fields), part("go", fields=fields)],
        reviews=[part("form", source="text", slots=[{"id": "a", "role": "one"}, {"id": "b", "role": "two"}])],
        notices=[
            part(
                "board",
                kind="notice",
                level="village",
                source="text",
                days={"n": 7},
                days_source="text",
                objectors=["one"],
                on_objection="restart" if restart else "suspend",
            ),
            part("paper", kind="announcement", level="village", source="text"),
        ],
        states=[*(part(name, kind="open") for name in ROOMS), part("end", kind="goal", protected=True, needs=needs)],
        moves=[
            move(f"m{number}", step.event, step.source, step.target, **more)
            for number, (step, more) in enumerate(zip(steps, guarded, strict=True))
        ],
    )


def is_done(history: list[Step], need: dict[str, Any], *, amended: bool, setters: set[str], restart: bool) -> bool:
    """Tell, looking back over one round, whether what is needed was certainly done; each thing is looked for by itself."""
    heard_by = {"heard": {"hear"}, "kept": setters if len(setters) == 1 else set()}
    last = len(history)
    # Guards of the move that began the round speak of the one before.
    proofs = [step.proof if "again" not in step.effect else "" for step in history]
    if need.get("events"):
        return any(step.event == "hear" for step in history) or any("hear" in heard_by.get(each, ()) for each in proofs)
    if need.get("reviews"):
        signed = ["sign" in step.effect for step in history]
        complete = [
            at for at in range(last) if proofs[at] == "complete" or (proofs[at] == "two" and not amended)
        ]  # fmt: skip
        kept = any(all(step.effect != "amend" for step in history[at:]) for at in complete)
        return kept or (not amended and sum(signed) >= 2)
    if need["notices"] == ["paper"]:
        return any(step.effect == "announce" for step in history)
    for at, step in enumerate(history):
        if step.effect != "close":
            continue
        elapsed = [
            before
            for before in range(at + 1)
            if proofs[before] in {"elapsed", "both"}
            and not (restart and any(each.effect == "resolve" for each in history[before:at]))
        ]
        settled = [
            before
            for before in range(at + 1)
            if proofs[before] in {"settled", "both"} and all(each.effect != "object" for each in history[before:at])
        ]
        if elapsed and settled:
            return True
    return False


def ways(steps: list[Step], length: int) -> Iterator[list[int]]:
    """Give all ways from the start, up to a length."""
    waiting: list[tuple[str, list[int]]] = [("start", [])]
    while waiting:
        here, way = waiting.pop()
        for number, step in enumerate(steps):
            if step.source == here:
                yield [*way, number]
                if len(way) + 1 < length and step.target != "end":
                    waiting.append((step.target or here, [*way, number]))


def this_round(way: list[int], steps: list[Step]) -> list[Step]:
    begun = max((place for place, number in enumerate(way) if "again" in steps[number].effect), default=0)
    return [steps[number] for number in way[begun:]]


@settings(max_examples=200)
@given(houses(), st.booleans())
def test_a_door_is_told_exactly_if_a_way_through_a_round_lacks_its_need(
    drawn: tuple[str, list[Step]], restart: bool
) -> None:
    name, steps = drawn
    need = NEEDS[name]
    amended = any(step.effect == "amend" for step in steps)
    setters = {step.event for step in steps if step.effect == "set"}
    found = found_in(house(steps, need, restart=restart), "P005")
    told = {each.path: each.en for each in found}
    assert all(f"without {name}: " in each for each in told.values())

    def lacks(way: list[int]) -> bool:
        history = this_round(way, steps)
        return not is_done(history, need, amended=amended, setters=setters, restart=restart)

    for way in ways(steps, 6):
        if steps[way[-1]].target == "end" and lacks(way):
            assert f"moves.m{way[-1]}.to" in told
    for path, words in told.items():
        shown = [int(each) for each in re.findall(r"`m(\d+)`", words.rpartition(": ")[2])]
        assert path == f"moves.m{shown[-1]}.to"
        assert steps[shown[-1]].target == "end"
        assert all((steps[a].target or steps[a].source) == steps[b].source for a, b in itertools.pairwise(shown))
        assert lacks(shown)


# -- ways, held against all states -------------------------------------------------------------------------------------

KINDS = ["open", "open", "open", "goal", "closed"]
PLACES = ["start", "s1", "s2", "s3", "s4"]
EDGES = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), st.booleans())


def reach(edges: set[tuple[str, str]], start: str) -> set[str]:
    found = {start}
    for _ in PLACES:
        found |= {target for source, target in edges if source in found}
    return found


@given(st.lists(EDGES, max_size=9), st.permutations(KINDS[1:]))
def test_ways_are_told_as_they_are(edges: list[tuple[str, str, bool]], kinds: list[str]) -> None:
    assume(edges)
    kind = dict(zip(PLACES, ["open", *kinds], strict=True))
    states = [part(name, kind=kind[name]) for name in PLACES]
    moves = [
        move(f"m{number}", "go", source, target, effects=[{"do": "new_round"}] if again else [])
        for number, (source, target, again) in enumerate(edges)
    ]
    found = found_in(procedure(states=states, events=[part("go")], moves=moves), "P001", "P002", "P003", "P012", "P014")
    told = {(each.code, each.path.split(".")[1]) for each in found}
    steps = {(source, target) for source, target, _ in edges if source != target}
    kept = {(source, target) for source, target, again in edges if source != target and not again}
    wanted = {("P001", name) for name in PLACES if name not in reach(steps, "start")}
    for name in PLACES:
        if kind[name] not in {"goal", "closed"}:
            if all(source != name for source, _ in steps):
                wanted.add(("P002", name))
            elif not any(kind[each] in {"goal", "closed"} for each in reach(steps, name)):
                wanted.add(("P003", name))
    for number, (source, target, again) in enumerate(edges):
        if source != target and kind[source] == "closed":
            wanted.add(("P014", f"m{number}"))
        is_circle = source != target and not again and source in reach(kept, target)
        assert is_circle or ("P012", f"m{number}") not in told
    assert {each for each in told if each[0] != "P012"} == wanted
    # Every circle within a round has a way back in it.
    cut = {(source, target) for number, (source, target, again) in enumerate(edges)
           if source != target and not again and ("P012", f"m{number}") not in told}  # fmt: skip
    assert all(source not in reach(cut, target) for source, target in cut)
