"""What is found in procedures that cannot be meant: one bad procedure for each slip, with its whole words; good ones; how they are told."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import write_pack
from small_procedure import small_procedure, small_text, write_small

from fupin_rules.cli import main
from fupin_rules.errors import LimitError, PolicyError
from fupin_rules.workflow import (
    ProcedureFinding,
    installed_procedures,
    load_procedure,
    read_procedure,
    read_procedure_file,
    validate,
)

ROOT = Path(__file__).parents[2]
DROP: Any = object()
WORDS = {"zh": "某", "en": "some"}
NEW_ROUND = {"do": "new_round"}
NOUGHTS = "0" * 64


def whole() -> dict[str, Any]:
    """Give the small procedure with a name for each move and without the notice that it does not use."""
    plain = small_procedure().to_plain()
    plain["notices"] = [notice for notice in plain["notices"] if notice["id"] != "town"]
    labels = {event["id"]: event["label"] for event in plain["events"]}
    for each in plain["moves"]:
        each.setdefault("label", labels[each["event"]])
    return plain


def changed(edits: dict[str, Any]) -> dict[str, Any]:
    """Change parts by path; `moves+` adds to them, DROP takes one away."""
    plain = whole()
    for path, value in edits.items():
        *steps, last = path.split(".")
        here: Any = plain
        for step in steps:
            here = next(row for row in here if row["id"] == step) if isinstance(here, list) else here[step]
        if isinstance(here, list):
            place = next(number for number, row in enumerate(here) if row["id"] == last)
            here[place : place + 1] = [] if value is DROP else [value]
        elif last.endswith("+"):
            here[last[:-1]] = [*here.get(last[:-1], []), *(value if isinstance(value, list) else [value])]
        elif value is DROP:
            del here[last]
        else:
            here[last] = value
    return plain


def found_in(edits: dict[str, Any]) -> tuple[ProcedureFinding, ...]:
    return validate(read_procedure(changed(edits), checked=False))


def a_part(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": WORDS} | more


def a_state(name: str, **more: Any) -> dict[str, Any]:
    return a_part(name, kind="open") | more


def a_move(name: str, event: str, source: list[str], target: str, **more: Any) -> dict[str, Any]:
    return a_part(name, event=event, to=target, roles=["county"], source="order#1") | {"from": source} | more


# -- one bad procedure for each slip ---------------------------------------------------------------------------------


@attrs.frozen
class Case:
    """
    A slip.

    Attributes:
        name: The code, and what is wrong in the words of somebody who would mind.
        edits: What is changed in the small procedure.
        told: All that is found, in English and Chinese.
    """

    name: str
    edits: dict[str, Any]
    told: tuple[tuple[str, str], ...]


CASES = [
    Case(
        "P001 a state that no way leads to",
        {"states+": a_state("lost"), "moves+": a_move("onward", "approve", ["lost"], "refused")},
        (
            (
                "states.lost: no way leads from `draft` to the state `lost`; lead a move to it, or remove it (P001)",
                "states.lost：从`draft`（待申请）没有途径到达环节`lost`（某）；增加通向它的步骤，或删去它（P001）",
            ),
        ),
    ),
    Case(
        "P002 a state that no way leads on from",
        {"states+": a_state("stuck"), "moves+": a_move("strand", "approve", ["applied"], "stuck")},
        (
            (
                "states.stuck: no move leads on from the state `stuck`, which is neither goal nor closed; add a move from it, or make it a goal or closed (P002)",
                "states.stuck：环节`stuck`（某）既非目标也非终结，却没有出路；增加从它出发的步骤，或改为目标或终结环节（P002）",
            ),
        ),
    ),
    Case(
        "P003 a circle without an end",
        {
            "states.refused.kind": "open",
            "states+": a_state("again"),
            "moves+": [
                a_move("there", "apply", ["refused"], "again", effects=[NEW_ROUND]),
                a_move("back", "apply", ["again"], "refused", effects=[NEW_ROUND]),
            ],
        },
        (
            (
                "states.refused: no way leads from the state `refused` to a goal or a closed state; lead a way on to one (P003)",
                "states.refused：从环节`refused`（未通过）没有途径到达目标或终结环节；增加通向目标或终结环节的步骤（P003）",
            ),
            (
                "states.again: no way leads from the state `again` to a goal or a closed state; lead a way on to one (P003)",
                "states.again：从环节`again`（某）没有途径到达目标或终结环节；增加通向目标或终结环节的步骤（P003）",
            ),
        ),
    ),
    Case(
        "P004 two guards that hold together",
        {"moves.evaluate_refused.when": "event.present < 10"},
        (
            (
                "moves.evaluate_refused.when: in `applied` the event `evaluate` can make both the moves `evaluate_agreed` and `evaluate_refused`: event.entitled = 3, event.outcome = agreed, event.present = 3, facts.visited = True; make their guards exclude each other (P004)",
                "moves.evaluate_refused.when：在`applied`（已申请），事项`evaluate`（评议）可以同时符合步骤`evaluate_agreed`（评议）和`evaluate_refused`（评议）：event.entitled = 3, event.outcome = agreed, event.present = 3, facts.visited = True；使两者的条件互相排斥（P004）",
            ),
        ),
    ),
    Case(
        "P004 two moves without a guard",
        {
            "moves.withdraw_late.when": DROP,
            "moves.withdraw.from": ["applied", "evaluated", "on_notice"],
            "deadlines.notice_due.then": "remind",
            "deadlines.notice_due.event": DROP,
        },
        (
            (
                "moves.withdraw_late: in `on_notice` the event `withdraw` can make both the moves `withdraw` and `withdraw_late`; make their guards exclude each other (P004)",
                "moves.withdraw_late：在`on_notice`（公示中），事项`withdraw`（撤回）可以同时符合步骤`withdraw`（撤回）和`withdraw_late`（撤回）；使两者的条件互相排斥（P004）",
            ),
        ),
    ),
    Case(
        "P004 two signatures of one role",
        {
            "moves.check.event": "sign",
            "moves.check.from": ["checked", "evaluated"],
            "moves.check.roles": ["panel", "county", "head"],
            "reviews.county.slots": [
                {"id": "first", "role": "panel"},
                {"id": "second", "role": "head"},
                {"id": "third", "role": "county"},
            ],
            "moves.delegate": DROP,
            "events.delegate": DROP,
        },
        (
            (
                "moves.check: in `evaluated` the event `sign` can make both the moves `sign` and `check`; make their guards exclude each other (P004)",
                "moves.check：在`evaluated`（已评议），事项`sign`（签字）可以同时符合步骤`sign`（签字）和`check`（签字）；使两者的条件互相排斥（P004）",
            ),
        ),
    ),
    Case(
        "P004 a signature and one that is delegated",
        {"moves.check.from": ["checked", "evaluated"]},
        (
            (
                "moves.check: in `evaluated` the event `sign` can make both the moves `sign` and `check`; make their guards exclude each other (P004)",
                "moves.check：在`evaluated`（已评议），事项`sign`（签字）可以同时符合步骤`sign`（签字）和`check`（签字）；使两者的条件互相排斥（P004）",
            ),
        ),
    ),
    Case(
        "P005 a review that nobody asks for",
        {"moves.approve.when": "assessment.outcome == 'eligible'"},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the review `county` complete: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有签齐的`county`（县级审核）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a review of which too few signatures are asked for",
        {"moves.approve.when": "assessment.outcome == 'eligible' and review.county.count >= 1"},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the review `county` complete: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有签齐的`county`（县级审核）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a review asked for on one side of an or",
        {"moves.approve.when": "assessment.outcome == 'eligible' and (review.county.complete or round > 1)"},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the review `county` complete: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有签齐的`county`（县级审核）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a notice closed with an objection open",
        {"moves.close.when": "notice.village.elapsed"},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the notice `village` closed after its full time with no objection open: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有期满、异议均已处理而结束的`village`（村内公示）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a notice closed with perhaps one objection open",
        {"moves.close.when": "notice.village.elapsed and notice.village.open_objections < 2"},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the notice `village` closed after its full time with no objection open: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有期满、异议均已处理而结束的`village`（村内公示）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a notice closed before its time",
        {"moves.close.when": "notice.village.open_objections == 0"},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the notice `village` closed after its full time with no objection open: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有期满、异议均已处理而结束的`village`（村内公示）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a notice whose days began again",
        {
            "notices.village.on_objection": "restart",
            "states+": a_state("over"),
            "moves.close.from": ["over"],
            "moves.close.when": "notice.village.open_objections == 0",
            "moves+": a_move("elapse", "approve", ["on_notice"], "over", when="notice.village.elapsed"),
            "moves.object.from": ["on_notice", "over"],
            "moves.dismiss.from": ["on_notice", "over"],
            "moves.uphold.from": ["on_notice", "over"],
        },
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the notice `village` closed after its full time with no objection open: `apply` → `evaluate_agreed` → `post` → `elapse` → `dismiss` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有期满、异议均已处理而结束的`village`（村内公示）：`apply` → `evaluate_agreed` → `post` → `elapse` → `dismiss` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a notice objected to after nobody had objected",
        {
            "states+": a_state("over"),
            "moves.close.from": ["over"],
            "moves.close.when": "notice.village.elapsed",
            "moves+": a_move("settle", "approve", ["on_notice"], "over", when="notice.village.open_objections == 0"),
            "moves.object.from": ["on_notice", "over"],
            "moves.dismiss.from": ["on_notice", "over"],
            "moves.uphold.from": ["on_notice", "over"],
        },
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the notice `village` closed after its full time with no objection open: `apply` → `evaluate_agreed` → `post` → `settle` → `object` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有期满、异议均已处理而结束的`village`（村内公示）：`apply` → `evaluate_agreed` → `post` → `settle` → `object` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a way past everything",
        {"moves+": a_move("shortcut", "approve", ["applied"], "checked")},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the review `joint` complete: `apply` → `shortcut` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有签齐的`joint`（三方签字）：`apply` → `shortcut` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the notice `village` closed after its full time with no objection open: `apply` → `shortcut` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有期满、异议均已处理而结束的`village`（村内公示）：`apply` → `shortcut` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the event `survey`: `apply` → `shortcut` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有事项`survey`（入户调查）：`apply` → `shortcut` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the event `evaluate`: `apply` → `shortcut` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有事项`evaluate`（评议）：`apply` → `shortcut` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a signature asked for too late",
        {"moves.amend.from": ["evaluated", "on_notice"]},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the review `joint` complete: `apply` → `evaluate_agreed` → `post` → `amend` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有签齐的`joint`（三方签字）：`apply` → `evaluate_agreed` → `post` → `amend` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 an event that its fact does not prove",
        {"facts.visited.keep": True},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the event `survey`: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有事项`survey`（入户调查）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a fact that another event sets too",
        {"moves.apply.effects+": {"do": "set", "fact": "visited", "to": "round > 1"}},
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the event `survey`: `apply` → `evaluate_agreed` → `post` → `close` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有事项`survey`（入户调查）：`apply` → `evaluate_agreed` → `post` → `close` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 one more signature that nobody waits for",
        {
            "moves.approve.when": "assessment.outcome == 'eligible'",
            "moves.check.to": "half_checked",
            "states+": [a_state("half_checked"), a_state("fully_checked")],
            "moves+": [
                a_move(
                    "check_again",
                    "sign",
                    ["half_checked"],
                    "fully_checked",
                    roles=["panel", "county"],
                    effects=[{"do": "sign", "review": "county"}],
                ),
                a_part(
                    "ask_more",
                    event="amend",
                    roles=["county"],
                    source="order#4",
                    effects=[{"do": "amend", "review": "county"}],
                )
                | {"from": ["half_checked"]},
            ],
            "moves.approve.from": ["fully_checked"],
        },
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the review `county` complete: `apply` → `evaluate_agreed` → `post` → `close` → `check` → `check_again` → `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有签齐的`county`（县级审核）：`apply` → `evaluate_agreed` → `post` → `close` → `check` → `check_again` → `approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a door right after a new round",
        {
            "moves.approve.effects": [{"do": "open_notice", "notice": "final"}, NEW_ROUND],
            "states.listed.needs": {"events": ["survey"]},
        },
        (
            (
                "moves.approve.to: the move `approve` enters the protected state `listed`, and a round can get there without the event `survey`: `approve`; ask for it on that way, or take it out of the `needs` of the state (P005)",
                "moves.approve.to：步骤`approve`（批准）进入受保护的环节`listed`（已列入），本轮却可以没有事项`survey`（入户调查）：`approve`；在这一途径上要求它，或从该环节的 `needs` 中删去（P005）",
            ),
        ),
    ),
    Case(
        "P005 a protected beginning",
        {
            "initial": "listed",
            "moves+": a_move("begin", "apply", ["listed"], "draft", effects=[NEW_ROUND]),
            "states.listed.needs": {"reviews": ["joint"]},
        },
        (
            (
                "states.listed.needs: the procedure begins in the protected state `listed`, which needs the review `joint` complete; begin in another state (P005)",
                "states.listed.needs：程序从受保护的环节`listed`（已列入）开始，而进入它须有签齐的`joint`（三方签字）；改由另一环节开始（P005）",
            ),
        ),
    ),
    Case(
        "P006 roles that may not object",
        {"moves.object.roles": ["head"]},
        (
            (
                "notices.village.objectors: while the notice `village` is up in `on_notice`, nothing lets `household`, `assembly` object; add a move from there with the effect `object` and these roles (P009)",
                "notices.village.objectors：公示`village`（村内公示）在`on_notice`（公示中）期间，`household`（农户）、`assembly`（村民代表会议）无法提出异议；增加效果为 `object` 的步骤，并列入这些角色（P009）",
            ),
            (
                "moves.object.roles: nobody may make the move `object`: none of its roles has a slot to sign or may object: `head`; mend `roles`, or what contradicts them (P006)",
                "moves.object.roles：步骤`object`（提出异议）无人可办：所列角色（`head`）没有可签之处，或无权提出异议；改正 `roles`，或改正与之矛盾之处（P006）",
            ),
        ),
    ),
    Case(
        "P006 roles without a slot",
        {
            "moves.check.roles": ["supervisor"],
            "moves.approve.when": "assessment.outcome == 'eligible'",
            "states.listed.needs": {"reviews": ["joint"], "notices": ["village"], "events": ["survey", "evaluate"]},
            "reviews.county.slots": [{"id": "first", "role": "panel"}],
            "reviews.county.need": DROP,
        },
        (
            (
                "reviews.county.slots.first: nobody can sign the slot `first` of `county`: no move that signs takes the role `panel`; add the role to the `roles` of a move that signs (P010)",
                "reviews.county.slots.first：`county`（县级审核）的签字处 `first` 无人可签：没有签字步骤接受角色`panel`（县审核组成员）；在签字步骤的 `roles` 中加上该角色（P010）",
            ),
            (
                "reviews.county: the review `county` is signed, and nothing waits for it; ask for `review.county.complete` in a guard, or name it among the `needs` of a state (P019)",
                "reviews.county：审核`county`（县级审核）有人签字，却没有步骤等待它签齐；在某个条件中要求 `review.county.complete`，或列入环节的 `needs`（P019）",
            ),
            (
                "moves.check.roles: nobody may make the move `check`: none of its roles has a slot to sign or may object: `supervisor`; mend `roles`, or what contradicts them (P006)",
                "moves.check.roles：步骤`check`（签字）无人可办：所列角色（`supervisor`）没有可签之处，或无权提出异议；改正 `roles`，或改正与之矛盾之处（P006）",
            ),
        ),
    ),
    Case(
        "P006 a guard that contradicts the roles",
        {
            "moves.close.when": "notice.village.elapsed and notice.village.open_objections == 0 and actor.role == 'county'"
        },
        (
            (
                "moves.close.roles: nobody may make the move `close`: its guard holds for none of its roles: `head`; mend `roles`, or what contradicts them (P006)",
                "moves.close.roles：步骤`close`（公示结束）无人可办：条件排除了所列的全部角色（`head`）；改正 `roles`，或改正与之矛盾之处（P006）",
            ),
        ),
    ),
    Case(
        "P007 a fact that no move sets",
        {
            "facts+": a_part("heard", kind="claim"),
            "moves.approve.when": "assessment.outcome == 'eligible' and review.county.complete and facts.heard",
        },
        (
            (
                "moves.approve.when: `approve` reads `facts.heard`, which no move sets; mend the name, or add a move that writes it (P007)",
                "moves.approve.when：`approve`（批准）读取 `facts.heard`，但没有步骤记录它；改正名称，或增加写入它的步骤（P007）",
            ),
        ),
    ),
    Case(
        "P007 a value that no move sets",
        {
            "facts+": a_part("heard", kind="claim"),
            "moves.survey.effects": [{"do": "set", "fact": "visited", "to": "facts.heard"}],
        },
        (
            (
                "moves.survey.effects: `survey` reads `facts.heard`, which no move sets; mend the name, or add a move that writes it (P007)",
                "moves.survey.effects：`survey`（入户调查）读取 `facts.heard`，但没有步骤记录它；改正名称，或增加写入它的步骤（P007）",
            ),
        ),
    ),
    Case(
        "P007 an event that no move takes",
        {"events+": a_part("hear"), "deadlines.approval_due.since": "last.hear"},
        (
            (
                "events.hear: nothing uses the event `hear`; use it, or remove it (P018)",
                "events.hear：事项`hear`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "deadlines.approval_due.since: `approval_due` reads `last.hear`, an event that no move takes; mend the name, or add a move that writes it (P007)",
                "deadlines.approval_due.since：`approval_due`（批准期限）读取 `last.hear`，但没有步骤属于这一事项；改正名称，或增加写入它的步骤（P007）",
            ),
        ),
    ),
    Case(
        "P007 a review that nobody signs",
        {
            "reviews+": a_part("panel", source="order#4", slots=[{"id": "one", "role": "panel"}]),
            "moves.approve.when": "assessment.outcome == 'eligible' and review.county.complete and review.panel.count > 0",
        },
        (
            (
                "moves.approve.when: `approve` reads `review.panel.count`, which no move signs; mend the name, or add a move that writes it (P007)",
                "moves.approve.when：`approve`（批准）读取 `review.panel.count`，但没有步骤签署它；改正名称，或增加写入它的步骤（P007）",
            ),
        ),
    ),
    Case(
        "P007 a notice that nobody posts",
        {
            "notices+": a_part("town", kind="announcement", level="town", source="order#5"),
            "moves.approve.when": "assessment.outcome == 'eligible' and review.county.complete and notice.town.posted",
        },
        (
            (
                "moves.approve.when: `approve` reads `notice.town.posted`, which no move posts; mend the name, or add a move that writes it (P007)",
                "moves.approve.when：`approve`（批准）读取 `notice.town.posted`，但没有步骤发布它；改正名称，或增加写入它的步骤（P007）",
            ),
        ),
    ),
    Case(
        "P008 waiting without a deadline",
        {
            "deadlines.notice_due.states": ["checked"],
            "deadlines.notice_due.then": "remind",
            "deadlines.notice_due.event": DROP,
            "moves.withdraw_late": DROP,
        },
        (
            (
                "states.on_notice: the state `on_notice` waits, and no deadline runs in it; add a deadline that names it among its `states` (P008)",
                "states.on_notice：环节`on_notice`（公示中）是等待，却没有期限；增加一个期限，`states` 中列入它（P008）",
            ),
        ),
    ),
    Case(
        "P009 somebody who cannot object",
        {"moves.object.roles": ["household"]},
        (
            (
                "notices.village.objectors: while the notice `village` is up in `on_notice`, nothing lets `assembly` object; add a move from there with the effect `object` and these roles (P009)",
                "notices.village.objectors：公示`village`（村内公示）在`on_notice`（公示中）期间，`assembly`（村民代表会议）无法提出异议；增加效果为 `object` 的步骤，并列入这些角色（P009）",
            ),
        ),
    ),
    Case(
        "P009 objections without an outcome",
        {"moves.dismiss": DROP, "moves.uphold": DROP, "events.resolve": DROP, "lists.objection_outcome": DROP},
        (
            (
                "notices.village: while the notice `village` is up in `on_notice`, no move gives an objection its outcome; add a move from there with the effect `resolve` (P009)",
                "notices.village：公示`village`（村内公示）在`on_notice`（公示中）期间，没有步骤处理异议；增加效果为 `resolve` 的步骤（P009）",
            ),
        ),
    ),
    Case(
        "P009 objections that lead elsewhere",
        {"moves.uphold.to": "draft"},
        (
            (
                "notices.village.on_upheld: when an objection to `village` is upheld in `on_notice`, no move returns the case to `applied`; add a move there with the effect `resolve` (P009)",
                "notices.village.on_upheld：公示`village`（村内公示）在`on_notice`（公示中）期间异议成立，没有步骤使它退回`applied`（已申请）；增加效果为 `resolve`、通向该环节的步骤（P009）",
            ),
        ),
    ),
    Case(
        "P009 a notice of no days",
        {"notices.village.days": {"n": 0}},
        (
            (
                "notices.village.days: the notice `village` runs no day; give the days of the rule it cites, 1 or more (P009)",
                "notices.village.days：公示`village`（村内公示）没有天数；按所依据的规定给出不少于 1 的天数（P009）",
            ),
        ),
    ),
    Case(
        "P010 a slot whose role may not sign",
        {"moves.check.roles": ["county"]},
        (
            (
                "reviews.county.slots.first: nobody can sign the slot `first` of `county`: no move that signs takes the role `panel`; add the role to the `roles` of a move that signs (P010)",
                "reviews.county.slots.first：`county`（县级审核）的签字处 `first` 无人可签：没有签字步骤接受角色`panel`（县审核组成员）；在签字步骤的 `roles` 中加上该角色（P010）",
            ),
            (
                "reviews.county.slots.second: nobody can sign the slot `second` of `county`: no move that signs takes the role `panel`; add the role to the `roles` of a move that signs (P010)",
                "reviews.county.slots.second：`county`（县级审核）的签字处 `second` 无人可签：没有签字步骤接受角色`panel`（县审核组成员）；在签字步骤的 `roles` 中加上该角色（P010）",
            ),
        ),
    ),
    Case(
        "P010 a slot whose role the guard leaves out",
        {"moves.check.when": "actor.role == 'panel'"},
        (
            (
                "reviews.county.slots.third: nobody can sign the slot `third` of `county`: no move that signs takes the role `county`; add the role to the `roles` of a move that signs (P010)",
                "reviews.county.slots.third：`county`（县级审核）的签字处 `third` 无人可签：没有签字步骤接受角色`county`（县扶贫办）；在签字步骤的 `roles` 中加上该角色（P010）",
            ),
        ),
    ),
    Case(
        "P011 a key step without evidence",
        {"moves.evaluate_agreed.evidence": DROP},
        (
            (
                "moves.evaluate_agreed.evidence: the move `evaluate_agreed` is a key step and asks for no evidence; name what it needs as `evidence` (P011)",
                "moves.evaluate_agreed.evidence：重点环节`evaluate_agreed`（评议）不要求任何证据；在 `evidence` 中列出所需证据（P011）",
            ),
        ),
    ),
    Case(
        "P012 a way back within the round",
        {"moves.send_back.effects": DROP},
        (
            (
                'moves.send_back.effects: the move `send_back` goes back from `checked`, `listed` to `applied` and begins no new round; add the effect `{ do = "new_round" }`, so that nothing signed or shown before counts any more (P012)',
                'moves.send_back.effects：步骤`send_back`（退回）从`checked`（待批准）、`listed`（已列入）退回`applied`（已申请），却不开始新的一轮；加上效果 `{ do = "new_round" }`，使退回前的签字和公示不再有效（P012）',
            ),
        ),
    ),
    Case(
        "P013 a move without a name",
        {"moves.close.label": DROP},
        (
            (
                "moves.close.label: the move `close` has no label in both languages; add `label = { zh = …, en = … }` (P013)",
                "moves.close.label：步骤`close`没有中英文名称；加上 `label = { zh = …, en = … }`（P013）",
            ),
        ),
    ),
    Case(
        "P014 an exit from the end",
        {"moves.withdraw.from": ["applied", "evaluated", "refused"]},
        (
            (
                "moves.withdraw.from: the move `withdraw` leaves the state `refused`, which is closed; make the state a goal, or take it out of `from` (P014)",
                "moves.withdraw.from：步骤`withdraw`（撤回）从已终结的环节`refused`（未通过）出发；把该环节改为目标环节，或把它从 `from` 中删去（P014）",
            ),
        ),
    ),
    Case(
        "P015 a guard that contradicts itself",
        {"moves.withdraw.when": "round == 1 and round == 2"},
        (
            (
                "moves.withdraw.when: the guard of the move `withdraw` never holds; mend it, or remove the move (P015)",
                "moves.withdraw.when：步骤`withdraw`（撤回）的条件永不成立；改正它，或删去此步骤（P015）",
            ),
        ),
    ),
    Case(
        "P015 a deadline that does not run there",
        {"moves.withdraw.when": "overdue.approval_due"},
        (
            (
                "moves.withdraw.when: the guard of the move `withdraw` never holds; mend it, or remove the move (P015)",
                "moves.withdraw.when：步骤`withdraw`（撤回）的条件永不成立；改正它，或删去此步骤（P015）",
            ),
        ),
    ),
    Case(
        "P015 a relative who may not act",
        {"moves.survey.when": "event.at_home and event.visited_on <= today and actor.is_kin"},
        (
            (
                "moves.survey.when: the guard of the move `survey` never holds; mend it, or remove the move (P015)",
                "moves.survey.when：步骤`survey`（入户调查）的条件永不成立；改正它，或删去此步骤（P015）",
            ),
        ),
    ),
    Case(
        "P015 a guard that its effects rule out",
        {"moves.post.when": "review.joint.complete and facts.decision == 'agreed' and notice.village.open"},
        (
            (
                "moves.post.when: the guard of the move `post` contradicts what its effects need; mend it, or the effects (P015)",
                "moves.post.when：步骤`post`（张贴公示）的条件与其效果所需相矛盾；改正条件或效果（P015）",
            ),
        ),
    ),
    Case(
        "P015 a guard that always holds",
        {"moves.withdraw.when": "round >= 1 or state == 'applied'"},
        (
            (
                "moves.withdraw.when: the guard of the move `withdraw` always holds; mend it, or leave `when` out (P015)",
                "moves.withdraw.when：步骤`withdraw`（撤回）的条件总是成立；改正它，或删去 `when`（P015）",
            ),
        ),
    ),
    Case(
        "P015 a part that another implies",
        {"moves.withdraw_late.when": "overdue.notice_due and (round > 1 or round == 5)"},
        (
            (
                "moves.withdraw_late.when: in the guard of the move `withdraw_late`, `round == 5` changes nothing; mend this part, or remove it (P015)",
                "moves.withdraw_late.when：步骤`withdraw_late`（撤回）的条件中，`round == 5` 有无都一样；改正或删去这一部分（P015）",
            ),
        ),
    ),
    Case(
        "P015 a part that matters only where it cannot",
        {"moves.withdraw_late.when": "overdue.notice_due and (round > 1 or (round > 2 and facts.visited))"},
        (
            (
                "moves.withdraw_late.when: in the guard of the move `withdraw_late`, `facts.visited` changes nothing; mend this part, or remove it (P015)",
                "moves.withdraw_late.when：步骤`withdraw_late`（撤回）的条件中，`facts.visited` 有无都一样；改正或删去这一部分（P015）",
            ),
        ),
    ),
    Case(
        "P015 a part that stands twice",
        {"moves.withdraw_late.when": "overdue.notice_due and round > 1 and round > 1"},
        (
            (
                "moves.withdraw_late.when: in the guard of the move `withdraw_late`, `round > 1` changes nothing; mend this part, or remove it (P015)",
                "moves.withdraw_late.when：步骤`withdraw_late`（撤回）的条件中，`round > 1` 有无都一样；改正或删去这一部分（P015）",
            ),
        ),
    ),
    Case(
        "P015 an objection to what takes none",
        {"moves.send_back.when": "notice.final.open_objections > 0"},
        (
            (
                "moves.send_back.when: the guard of the move `send_back` never holds; mend it, or remove the move (P015)",
                "moves.send_back.when：步骤`send_back`（退回）的条件永不成立；改正它，或删去此步骤（P015）",
            ),
        ),
    ),
    Case(
        "P015 a year before the procedure is in force",
        {"moves.withdraw_late.when": "overdue.notice_due and year >= 2016"},
        (
            (
                "moves.withdraw_late.when: in the guard of the move `withdraw_late`, `year >= 2016` changes nothing; mend this part, or remove it (P015)",
                "moves.withdraw_late.when：步骤`withdraw_late`（撤回）的条件中，`year >= 2016` 有无都一样；改正或删去这一部分（P015）",
            ),
        ),
    ),
    Case(
        "P015 a contrary that is said already",
        {
            "moves.evaluate_refused.when": "event.outcome == 'refused' and not (event.outcome == 'agreed' and facts.visited)"
        },
        (
            (
                "moves.evaluate_refused.when: in the guard of the move `evaluate_refused`, `facts.visited` changes nothing; mend this part, or remove it (P015)",
                "moves.evaluate_refused.when：步骤`evaluate_refused`（评议）的条件中，`facts.visited` 有无都一样；改正或删去这一部分（P015）",
            ),
        ),
    ),
    Case(
        "P016 a second version of nothing",
        {"version": 2},
        (
            (
                "follows: version 2 does not say what it follows; give the version it replaces, `small-procedure/1@digest` (P016)",
                "follows：第 2 版没有写明 `follows`；写为所替换版本的 `small-procedure/1@摘要`（P016）",
            ),
        ),
    ),
    Case(
        "P016 a version left out",
        {"version": 3, "follows": f"small-procedure/1@{NOUGHTS}"},
        (
            (
                "follows: version 3 follows `small-procedure/1`; give the version it replaces, `small-procedure/2@digest` (P016)",
                "follows：第 3 版的 `follows` 是`small-procedure/1`；写为所替换版本的 `small-procedure/2@摘要`（P016）",
            ),
        ),
    ),
    Case(
        "P016 a version of another procedure",
        {"version": 2, "follows": f"large-procedure/1@{NOUGHTS}"},
        (
            (
                "follows: version 2 follows `large-procedure/1`; give the version it replaces, `small-procedure/1@digest` (P016)",
                "follows：第 2 版的 `follows` 是`large-procedure/1`；写为所替换版本的 `small-procedure/1@摘要`（P016）",
            ),
        ),
    ),
    Case(
        "P016 a first version of something",
        {"follows": f"small-procedure/1@{NOUGHTS}"},
        (
            (
                "follows: version 1 replaces nothing, and has `follows`; remove `follows`, or mend `version` (P016)",
                "follows：第 1 版没有可替换的版本，却写有 `follows`；删去 `follows`，或改正 `version`（P016）",
            ),
        ),
    ),
    Case(
        "P017 a deadline as long as the notice",
        {"deadlines.notice_due.days": {"n": 7}},
        (
            (
                "deadlines.notice_due.days: the deadline `notice_due` (7 days) cannot be kept: `post` → `close` is done on day 8 at the earliest; give it more days, or the notices within it fewer (P017)",
                "deadlines.notice_due.days：期限`notice_due`（公示期限）（7日）无法遵守：`post` → `close`最早在第8日完成；延长期限，或缩短其间的公示（P017）",
            ),
        ),
    ),
    Case(
        "P017 working days that no week keeps",
        {"notices.village.days": {"n": 6, "kind": "working"}, "deadlines.notice_due.days": {"n": 7}},
        (
            (
                "deadlines.notice_due.days: the deadline `notice_due` (7 days) cannot be kept: `post` → `close` is done on day 9 at the earliest; give it more days, or the notices within it fewer (P017)",
                "deadlines.notice_due.days：期限`notice_due`（公示期限）（7日）无法遵守：`post` → `close`最早在第9日完成；延长期限，或缩短其间的公示（P017）",
            ),
        ),
    ),
    Case(
        "P017 a deadline over several states",
        {"deadlines.survey_due.states": ["applied", "evaluated", "on_notice"], "deadlines.survey_due.days": {"n": 7}},
        (
            (
                "deadlines.survey_due.days: the deadline `survey_due` (7 days) cannot be kept: `apply` → `evaluate_agreed` → `post` → `close` is done on day 8 at the earliest; give it more days, or the notices within it fewer (P017)",
                "deadlines.survey_due.days：期限`survey_due`（调查期限）（7日）无法遵守：`apply` → `evaluate_agreed` → `post` → `close`最早在第8日完成；延长期限，或缩短其间的公示（P017）",
            ),
        ),
    ),
    Case(
        "P018 parts that nobody uses",
        {
            "levels+": a_part("state", digits=2),
            "roles+": a_part("clerk", level="town", source="order#1"),
            "lists+": {"id": "moods", "codes": [{"id": "good", "zh": "好", "en": "good"}]},
            "evidence+": a_part("film"),
            "facts+": a_part("heard", kind="claim"),
            "events+": a_part("hear"),
            "reviews+": a_part("panel", source="order#4", slots=[{"id": "one", "role": "panel"}]),
            "notices+": a_part("town", kind="announcement", level="town", source="order#5"),
        },
        (
            (
                "levels.state: nothing uses the level `state`; use it, or remove it (P018)",
                "levels.state：层级`state`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "roles.clerk: nothing uses the role `clerk`; use it, or remove it (P018)",
                "roles.clerk：角色`clerk`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "lists.moods: nothing uses the code list `moods`; use it, or remove it (P018)",
                "lists.moods：代码表`moods`没有用到；使用它，或删去它（P018）",
            ),
            (
                "evidence.film: nothing uses the sort of evidence `film`; use it, or remove it (P018)",
                "evidence.film：证据种类`film`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "facts.heard: nothing uses the fact `heard`; use it, or remove it (P018)",
                "facts.heard：事实`heard`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "events.hear: nothing uses the event `hear`; use it, or remove it (P018)",
                "events.hear：事项`hear`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "reviews.panel: nothing uses the review `panel`; use it, or remove it (P018)",
                "reviews.panel：审核`panel`（某）没有用到；使用它，或删去它（P018）",
            ),
            (
                "notices.town: nothing uses the notice `town`; use it, or remove it (P018)",
                "notices.town：公示公告`town`（某）没有用到；使用它，或删去它（P018）",
            ),
        ),
    ),
    Case(
        "P019 a review that nothing waits for",
        {
            "states.listed.needs": {"reviews": ["joint"], "notices": ["village"], "events": ["survey", "evaluate"]},
            "moves.approve.when": "assessment.outcome == 'eligible'",
        },
        (
            (
                "reviews.county: the review `county` is signed, and nothing waits for it; ask for `review.county.complete` in a guard, or name it among the `needs` of a state (P019)",
                "reviews.county：审核`county`（县级审核）有人签字，却没有步骤等待它签齐；在某个条件中要求 `review.county.complete`，或列入环节的 `needs`（P019）",
            ),
        ),
    ),
    Case(
        "P020 a notice that stays up",
        {
            "moves.close.effects": DROP,
            "moves.close.to": "refused",
            "moves+": a_move("pass_on", "approve", ["evaluated"], "checked", when="review.joint.complete"),
            "states.listed.needs": {"reviews": ["joint", "county"], "events": ["survey", "evaluate"]},
        },
        (
            (
                'notices.village: the notice `village` is posted, and no move takes it down; add a move with the effect `{ do = "close_notice", notice = "village" }` (P020)',
                'notices.village：公示`village`（村内公示）张贴后没有步骤结束它；增加效果为 `{ do = "close_notice", notice = "village" }` 的步骤（P020）',
            ),
        ),
    ),
    Case(
        "P021 a way that does not open",
        {"moves.withdraw_late.when": "overdue.notice_due or round > 1"},
        (
            (
                "deadlines.notice_due.event: the deadline `notice_due` opens no way: no move of `withdraw` from its states asks for `overdue.notice_due`; add one, or let `then` be `remind` or `escalate` (P021)",
                "deadlines.notice_due.event：期限`notice_due`（公示期限）逾期后没有出路：没有属于事项`withdraw`（撤回）、要求 `overdue.notice_due` 的步骤；增加这样的步骤，或把 `then` 改为 `remind` 或 `escalate`（P021）",
            ),
        ),
    ),
    Case(
        "P021 a way that opens where it cannot be late",
        {"moves.withdraw_late.from": ["checked"]},
        (
            (
                "deadlines.notice_due.event: the deadline `notice_due` opens no way: no move of `withdraw` from its states asks for `overdue.notice_due`; add one, or let `then` be `remind` or `escalate` (P021)",
                "deadlines.notice_due.event：期限`notice_due`（公示期限）逾期后没有出路：没有属于事项`withdraw`（撤回）、要求 `overdue.notice_due` 的步骤；增加这样的步骤，或把 `then` 改为 `remind` 或 `escalate`（P021）",
            ),
            (
                "moves.withdraw_late.when: the guard of the move `withdraw_late` never holds; mend it, or remove the move (P015)",
                "moves.withdraw_late.when：步骤`withdraw_late`（撤回）的条件永不成立；改正它，或删去此步骤（P015）",
            ),
        ),
    ),
    Case(
        "P022 a door without a lock",
        {"states.listed.needs": DROP},
        (
            (
                "states.listed.needs: the state `listed` is protected, and needs nothing; give it `needs` and `protected = true`, or neither (P022)",
                "states.listed.needs：环节`listed`（已列入）受保护，却没有写明 `needs`；写明 `needs` 并设 `protected = true`，或两者都删去（P022）",
            ),
        ),
    ),
    Case(
        "P022 a lock without a door",
        {"states.listed.protected": DROP},
        (
            (
                "states.listed.protected: the state `listed` has `needs`, and is not protected; give it `needs` and `protected = true`, or neither (P022)",
                "states.listed.protected：环节`listed`（已列入）写有 `needs`，却不受保护；写明 `needs` 并设 `protected = true`，或两者都删去（P022）",
            ),
        ),
    ),
    Case(
        "P023 an answer that nobody takes",
        {
            "lists.decision.codes": [
                {"id": "agreed", "zh": "同意", "en": "agreed"},
                {"id": "refused", "zh": "不同意", "en": "refused"},
                {"id": "put_off", "zh": "暂缓", "en": "put off"},
            ]
        },
        (
            (
                "events.evaluate.fields.outcome: no move of the event `evaluate` takes the answer `put_off`; add a move that takes it, or take it out of the list (P023)",
                "events.evaluate.fields.outcome：事项`evaluate`（评议）的答复“暂缓”（`put_off`）没有步骤受理；增加受理它的步骤，或从代码表中删去（P023）",
            ),
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "_"))
def test_every_slip_is_told_in_both_languages(case: Case) -> None:
    found = found_in(case.edits)
    assert tuple((each.text("en"), each.text("zh")) for each in found) == case.told
    assert case.name.partition(" ")[0] in {each.code for each in found}


def test_a_move_without_a_basis_is_told() -> None:
    # What is read always cites something; a procedure may be built otherwise.
    procedure = read_procedure(whole())
    bare = attrs.evolve(procedure.citation, source=attrs.evolve(procedure.citation.source, title=""))
    moves = tuple(attrs.evolve(move, citation=bare) if move.id == "close" else move for move in procedure.moves)
    found = validate(attrs.evolve(procedure, moves=moves))
    assert [(each.text("en"), each.text("zh")) for each in found] == [
        (
            (
                "moves.close.source: the move `close` has no legal basis; cite one as `source`; where no text has it,"
                " one that says it is an assumption (P013)"
            ),
            "moves.close.source：步骤`close`（公示结束）没有依据；在 `source` 中注明出处；没有文本的，注明是本库假设（P013）",
        )
    ]


def test_a_move_without_roles_is_told() -> None:
    procedure = read_procedure(whole())
    moves = tuple(attrs.evolve(move, roles=()) if move.id == "close" else move for move in procedure.moves)
    found = validate(attrs.evolve(procedure, moves=moves))
    assert [(each.text("en"), each.text("zh")) for each in found] == [
        (
            (
                "moves.close.roles: nobody may make the move `close`: it names no role; mend `roles`, or what contradicts"
                " them (P006)"
            ),
            "moves.close.roles：步骤`close`（公示结束）无人可办：没有列出角色；改正 `roles`，或改正与之矛盾之处（P006）",
        )
    ]


# -- what looks like a slip and is none ------------------------------------------------------------------------------

RESOLVING = [{"do": "resolve", "notice": "town"}]
GOOD: dict[str, dict[str, Any]] = {
    "the procedure itself": {},
    "objections to two notices are told apart by their ids": {
        "notices+": a_part(
            "town",
            kind="notice",
            level="town",
            source="order#5",
            days={"n": 5},
            days_source="guess",
            objectors=["supervisor"],
        ),
        "moves.post.effects": [{"do": "open_notice", "notice": "village"}, {"do": "open_notice", "notice": "town"}],
        "moves.close.effects": [{"do": "close_notice", "notice": "village"}, {"do": "close_notice", "notice": "town"}],
        "moves+": [
            a_part(
                "object_town",
                event="object",
                roles=["supervisor"],
                source="order#5",
                effects=[{"do": "object", "notice": "town"}],
            )
            | {"from": ["on_notice"]},
            a_part("resolve_town", event="resolve", roles=["township"], source="order#5", effects=RESOLVING)
            | {"from": ["on_notice"]},
        ],
    },
    "two roles": {"moves+": a_move("also", "close", ["on_notice"], "refused", roles=["township"])},
    "two states": {"moves+": a_move("also", "close", ["applied"], "refused", roles=["head"])},
    "a notice that is up has been posted": {
        "moves.withdraw.from": ["applied", "evaluated", "on_notice"],
        "moves.withdraw.when": "state != 'on_notice' or not notice.village.posted",
        "moves.withdraw_late.when": "overdue.notice_due and notice.village.open",
    },
    "who signed nothing has not completed a review": {
        "moves.send_back.from": ["checked", "listed"],
        "moves.send_back.when": "review.county.count == 0 or state == 'listed'",
        "moves+": a_move(
            "send_far_back",
            "send_back",
            ["checked"],
            "draft",
            effects=[NEW_ROUND],
            when="review.county.complete and facts.visited",
        ),
    },
    "signatures that are enough complete a review": {
        "moves.send_back.from": ["checked", "listed"],
        "moves.send_back.when": "review.county.count >= 2 or state == 'listed'",
        "moves+": a_move(
            "send_far_back", "send_back", ["checked"], "draft", effects=[NEW_ROUND], when="not review.county.complete"
        ),
    },
    "signatures between two numbers": {
        "moves.approve.when": "assessment.outcome == 'eligible' and 2 <= review.county.count <= 3"
    },
    "a signature that is missing from a review that is complete": {
        "moves.withdraw.when": "state != 'evaluated' or review.joint.complete",
        "moves+": a_move(
            "withdraw_unsigned",
            "withdraw",
            ["evaluated"],
            "withdrawn",
            roles=["household"],
            when="'head' in review.joint.missing",
        ),
    },
    "a signature that is there before anybody signed": {
        "moves.withdraw.when": "state != 'evaluated' or review.joint.count == 0",
        "moves+": a_move(
            "withdraw_signed",
            "withdraw",
            ["evaluated"],
            "withdrawn",
            roles=["household"],
            when="not 'head' in review.joint.missing",
        ),
    },
    "a notice whose last day is not over": {
        "moves.withdraw.from": ["applied", "evaluated", "on_notice"],
        "moves.withdraw.when": "state != 'on_notice' or notice.village.until >= today",
        "moves.withdraw_late.when": "notice.village.elapsed and overdue.notice_due",
    },
    "a signature and its review complete": {
        "moves+": a_move("done", "sign", ["evaluated"], "refused", roles=["head"], when="review.joint.complete")
    },
    "as many signatures as are needed": {
        "moves.approve.when": "assessment.outcome == 'eligible' and review.county.count > 1"
    },
    "signatures that cannot be avoided": {
        "moves.approve.when": "assessment.outcome == 'eligible'",
        "moves.check.to": "half_checked",
        "states+": [a_state("half_checked"), a_state("fully_checked")],
        "moves+": [
            a_move(
                "check_again",
                "sign",
                ["half_checked"],
                "fully_checked",
                roles=["panel", "county"],
                effects=[{"do": "sign", "review": "county"}],
            )
        ],
        "moves.approve.from": ["fully_checked"],
    },
    "a review asked for on both sides of an or": {
        "moves.approve.when": "review.county.complete if assessment.outcome == 'eligible'"
        " else (review.county.complete and round > 1)"
    },
    "an event whose day is known has happened": {
        "moves.evaluate_agreed.when": "event.outcome == 'agreed' and days_since.survey >= 1",
        "facts.visited": DROP,
        "moves.survey.effects": DROP,
    },
    "a closed case where something is added": {
        "moves+": a_part("note", event="approve", roles=["county"], source="order#1") | {"from": ["refused"]}
    },
    "a way back into a new round": {"moves+": a_move("undo", "approve", ["refused"], "applied", effects=[NEW_ROUND])}
    | {"states.refused.kind": "goal"},
    "a field asked for, and asked for again": {
        "moves.uphold.when": "event.outcome == 'upheld' and is_known(event.reason)"
    },
    "what is not told keeps a guard from holding": {
        "moves.survey.when": "event.at_home and is_known(event.visited_on) or event.visited_on <= today"
    },
    "what is computed is equal for numbers that nobody names": {
        "moves.evaluate_refused.when": "event.outcome == 'refused' and event.present * 3 == 51"
    },
    "months that are counted": {"moves.withdraw_late.when": "months_between(facts.applied_on, today) >= 24"}
    | {"deadlines.notice_due.then": "remind", "deadlines.notice_due.event": DROP},
    "a number below nought": {
        "events.withdraw.fields": [a_part("change", kind="number", low=-9, high=9)],
        "moves.withdraw.when": "event.change <= -5 and event.change > -7",
    },
    "a share that is nearly all": {
        "moves.evaluate_refused.when": "event.outcome == 'refused' and event.present / event.entitled > 0.9"
        " and event.present < event.entitled"
    },
    "a fact that another event sets to the contrary": {
        "moves.apply.effects+": {"do": "set", "fact": "visited", "to": "False"}
    },
    "somebody asked to sign in addition": {
        "moves.delegate": DROP,
        "events.delegate": DROP,
        "moves+": a_part(
            "sign_too",
            event="approve",
            roles=["township"],
            source="order#3",
            effects=[{"do": "sign", "review": "joint"}],
        )
        | {"from": ["evaluated"]},
    },
    "a day of grace": {"deadlines.notice_due.days": {"n": 8}},
    "working days that some weeks keep": {
        "notices.village.days": {"n": 5, "kind": "working"},
        "deadlines.notice_due.days": {"n": 6},
    },
    "a deadline that counts from a day set on the way": {
        "deadlines.notice_due.days": {"n": 7},
        "deadlines.notice_due.since": "last.object",
    },
    "an answer left out on purpose": {
        "moves.evaluate_refused": DROP,
        "moves.evaluate_agreed.when": "event.outcome != 'refused' and facts.visited",
        "moves.withdraw.to": "refused",
        "events.evaluate.fields.present": DROP,
        "events.evaluate.fields.entitled": DROP,
        "events.evaluate.upcasts": DROP,
        "events.evaluate.version": DROP,
        "moves.evaluate_agreed.effects": [{"do": "set", "fact": "decision", "to": "event.outcome"}],
        "facts.votes": DROP,
    },
    "a second version": {"version": 2, "follows": f"small-procedure/1@{NOUGHTS}"},
}


@pytest.mark.parametrize("edits", GOOD.values(), ids=[name.replace(" ", "_") for name in GOOD])
def test_what_can_be_meant_is_let_be(edits: dict[str, Any]) -> None:
    assert [each.text("en") for each in found_in(edits)] == []


@pytest.mark.parametrize("name", [name for name in installed_procedures() if ":" in name])
def test_nothing_is_found_in_what_is_packed(name: str) -> None:
    assert [each.text("en") for each in validate(load_procedure(name, checked=False))] == []


# -- laws ------------------------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(case: Case, shuffled: random.Random) -> None:
    plain = changed(case.edits)
    for array in ("roles", "facts", "events", "states", "reviews", "notices", "deadlines", "moves"):
        shuffled.shuffle(plain[array])
    # Of two moves that can be open together, the later one is told; of a way, another one may be.
    found = {each.code for each in validate(read_procedure(plain, checked=False))}
    assert found == {each.code for each in found_in(case.edits)}


def test_what_is_found_is_told_in_the_order_of_the_file() -> None:
    edits = {
        "moves.close.label": DROP,
        "version": 2,
        "states.listed.needs": DROP,
        "moves.apply.label": DROP,
        "evidence+": a_part("film"),
        "moves.close.when": "round == 1 and round == 2",
    }
    assert [(each.code, each.path) for each in found_in(edits)] == [
        ("P016", "follows"),
        ("P018", "evidence.film"),
        ("P022", "states.listed.needs"),
        ("P013", "moves.apply.label"),
        ("P013", "moves.close.label"),
        ("P015", "moves.close.when"),
    ]


def test_a_finding_is_plain_data_too() -> None:
    (found,) = found_in({"version": 2})
    assert found.to_plain() == {
        "code": "P016",
        "path": "follows",
        "zh": "第 2 版没有写明 `follows`",
        "en": "version 2 does not say what it follows",
        "mend_zh": "写为所替换版本的 `small-procedure/1@摘要`",
        "mend_en": "give the version it replaces, `small-procedure/1@digest`",
    }


def test_a_long_way_is_told_by_its_ends() -> None:
    chain = [f"step_{number}" for number in range(20)]
    states = [a_state(name) for name in chain]
    moves = [a_move(f"go_{source}", "approve", [source], target) for source, target in itertools.pairwise(chain)]
    edits = {
        "states+": states,
        "moves+": [*moves, a_move("enter", "send_back", ["draft"], chain[0]), a_move("leave", "send_back", [chain[-1]], "checked")],
        "states.listed.needs": {"reviews": ["joint", "county"], "events": ["survey"]},
    }  # fmt: skip
    told = [each.en for each in found_in(edits) if each.code == "P005"]
    assert told[0].partition("complete: ")[2] == (
        "`enter` → `go_step_0` → `go_step_1` → `go_step_2` → `go_step_3` → `go_step_4` → … → `go_step_15` → `go_step_16`"
        " → `go_step_17` → `go_step_18` → `leave` → `approve`"
    )


# -- while loading ---------------------------------------------------------------------------------------------------


def test_what_is_found_is_a_fault_of_plain_data_with_its_path() -> None:
    edits = {"moves.withdraw.when": "round == 1 and round == 2", "moves.approve.label": DROP, "version": 2}
    edits |= {"reviews+": a_part("panel", source="order#4", slots=[{"id": "one", "role": "panel"}])}
    with pytest.raises(PolicyError) as refusal:
        read_procedure(changed(edits))
    assert str(refusal.value).splitlines() == [
        "$.follows: version 2 does not say what it follows; give the version it replaces, `small-procedure/1@digest`",
        "$.reviews[2]: nothing uses the review `panel`; use it, or remove it",
        "$.moves[14].label: the move `approve` has no label in both languages; add `label = { zh = …, en = … }`",
        "$.moves[16].when: the guard of the move `withdraw` never holds; mend it, or remove the move",
    ]
    assert [fault.code for fault in refusal.value.faults] == ["P016", "P018", "P013", "P015"]


def test_the_slot_is_told_not_only_the_review() -> None:
    with pytest.raises(PolicyError) as refusal:
        read_procedure(changed({"moves.check.roles": ["county"]}))
    assert [fault.where for fault in refusal.value.faults] == ["$.reviews[1].slots[0]", "$.reviews[1].slots[1]"]


def test_what_is_found_is_a_fault_of_a_file_with_its_line(tmp_path: Path) -> None:
    path = write_small(tmp_path, {'when = "overdue.notice_due"': 'when = "overdue.notice_due and round < 1"'})
    with pytest.raises(PolicyError) as refusal:
        read_procedure_file(path)
    told = [str(fault) for fault in refusal.value.faults if fault.code != "P013"]
    assert told == [
        "small-procedure.toml, line 315, column 1: nothing uses the notice `town`; use it, or remove it",
        (
            "small-procedure.toml, line 538, column 1: the guard of the move `withdraw_late` never holds; mend it, or"
            " remove the move"
        ),
    ]


def test_what_cannot_be_meant_can_still_be_read(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    assert read_procedure_file(path, checked=False) == small_procedure()
    assert load_procedure(path, checked=False) == small_procedure()
    assert read_procedure(small_procedure().to_plain(), checked=False) == small_procedure()
    for read in (read_procedure_file, load_procedure):
        with pytest.raises(PolicyError):
            read(path)


def test_a_slip_in_reading_is_told_alone(tmp_path: Path) -> None:
    path = write_small(tmp_path, {"need = 2": "need = 9"})
    with pytest.raises(PolicyError) as refusal:
        read_procedure_file(path)
    assert [fault.code for fault in refusal.value.faults] == ["number"]


def test_checking_a_pack_tells_what_cannot_be_meant(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "procedures").mkdir()
    own = small_text()[small_text().index("[sources.order]") : small_text().index("[[levels]]")]
    (pack / "procedures" / "small-procedure.toml").write_text(small_text({own: ""}), encoding="utf-8")
    assert main(["pack", "check", str(pack)]) == 1
    first, *others = capsys.readouterr().out.splitlines()
    assert first == (
        "relief/procedures/small-procedure.toml, line 300, column 1: nothing uses the notice `town`; use it, or remove it"
    )
    assert len(others) == 17
    assert all("has no label in both languages" in each for each in others)


# -- limits ----------------------------------------------------------------------------------------------------------


def test_a_procedure_that_would_take_for_ever_to_check_is_refused() -> None:
    guard = " and ".join(["facts.visited"] * 499)
    moves = [a_move(f"move_{number}", "close", ["draft"], "applied", when=guard) for number in range(30)]
    with pytest.raises(LimitError) as refusal:
        read_procedure(changed({"moves+": moves}))
    assert str(refusal.value) == (
        "small-procedure/1: checking it takes more than 3000000 steps; split the procedure, or read it with"
        " `checked=False`"
    )


# -- the page --------------------------------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "reference" / "procedure-findings.md").read_text(encoding="utf-8")


def test_every_code_has_its_section_and_every_section_its_code() -> None:
    sections = re.findall(r"^## (P\d{3}) ", PAGE, re.MULTILINE)
    sources = (ROOT / "src" / "fupin_rules" / "workflow" / "validation").glob("_*.py")
    emitted = {code for path in sources for code in re.findall(r'"(P\d{3})"', path.read_text(encoding="utf-8"))}
    assert sections == sorted(emitted)
    assert {case.name[:4] for case in CASES} == emitted


def test_every_message_of_the_page_is_one_that_is_told() -> None:
    told = {en for case in CASES for en, _ in case.told}
    shown = re.findall(r"^```text\n(.*?)\n```", PAGE, re.MULTILINE | re.DOTALL)
    assert [each for each in shown if each not in told] == []
    assert [re.search(r"\((P\d{3})\)$", each)[1] for each in shown] == re.findall(r"^## (P\d{3}) ", PAGE, re.MULTILINE)  # type: ignore[index]  # each has one
