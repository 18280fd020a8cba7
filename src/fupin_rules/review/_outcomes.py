"""The rules of one subject together: who can be eligible and leave, which rules decide nothing, which say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from fupin_rules.comparison import Proved, Seen, disjoint, equivalent, implies, never
from fupin_rules.expr import And, Expr, Literal, Name, Quantifier, names, substitute, uses
from fupin_rules.model import AnySubject
from fupin_rules.policy import FindingCode, RankingMethod, Rule, RuleKind, Subject, WrittenPack, judge
from fupin_rules.review._asker import Asker
from fupin_rules.review._codes import Both
from fupin_rules.review._finding import Finding
from fupin_rules.review._look import Look
from fupin_rules.review._texts import KINDS

SUBJECTS = {
    Subject.HOUSEHOLD: ("农户", "household"),
    Subject.VILLAGE: ("村", "village"),
    Subject.AREA: ("地区", "area"),
}


@attrs.frozen
class Outcomes:
    """
    What is composed of the rules about one subject.

    Attributes:
        eligible: The claim of eligibility; None where no rule makes it.
        exit: The claim that all guarantees are met; None likewise.
    """

    eligible: Expr | None
    exit: Expr | None


def outcomes_of(look: Look) -> Outcomes:
    """Compose the outcomes of a subject."""
    kinds = {rule.kind for rule in look.rules.rules_of(look.about)}
    return Outcomes(
        look.rules.eligible_expr(look.about) if RuleKind.ELIGIBILITY in kinds else None,
        look.rules.exit_expr(look.about) if RuleKind.EXIT in kinds else None,
    )


def seen_of(subject: AnySubject, look: Look, *rules: str) -> Seen:
    """Tell what the reference assessment says of a subject: its outcomes, and some rules."""
    judgement = judge(subject, look.rules)
    claims = [("eligible", judgement.eligible), ("exit", judgement.exit)]
    told = [(name, value) for name, value in claims if value is not None]
    return Seen(subject, (*told, *((name, judgement.values[name]) for name in rules)))


def conjunction(claims: Sequence[Expr]) -> Expr:
    """Join claims by "and"; one claim stays itself."""
    return claims[0] if len(claims) == 1 else And(tuple(claims))


class Together:
    """
    Looks at the rules of a pack together.

    Args:
        pack: The pack.
        asker: Puts the questions.
        constant: Rules, by period, that are known not to vary.
    """

    def __init__(self, pack: WrittenPack, asker: Asker, constant: set[tuple[object, str]]) -> None:
        self.pack = pack
        self.asker = asker
        self.constant = constant

    def _varies(self, look: Look, rule: Rule) -> bool:
        return (look.period, rule.id) not in self.constant

    def _is_stuck(self, look: Look, part: str) -> bool:
        return (look.period, f"{look.about}.{part}") in self.constant

    def _found(
        self, code: FindingCode, name: str, look: Look, words: Both, proof: Proved | None, *related: str
    ) -> Finding:
        shown = None if proof is None else attrs.evolve(proof, statement=words)
        return Finding(code, name, self.pack.place(name), *words, (look.period,), related, shown)

    # -- outcomes ----------------------------------------------------------------------------------------------------

    def outcomes(self, look: Look) -> Iterator[Finding]:
        """Look at the outcomes of a subject: whether there are any, and whether they exclude each other."""
        held = outcomes_of(look)
        zh, en = SUBJECTS[look.about]
        possible = []
        for part, claim in (("eligible", held.eligible), ("exit", held.exit)):
            if claim is None:
                continue
            code = FindingCode.NOBODY_ELIGIBLE if part == "eligible" else FindingCode.NOBODY_EXITS
            name = f"{look.about}.{part}"
            if proof := self.asker.proves(never, look, claim, what=(code, name), fully_known=False):
                against = self._against(look, part)
                self.constant.add((look.period, name))
                words = {
                    "eligible": (f"没有任何{zh}可能符合识别条件", f"no {en} can be eligible"),
                    "exit": (f"没有任何{zh}可能达到退出标准", f"no {en} can meet the guarantees of exit"),
                }[part]
                yield self._found(code, name, look, _because(words, against), proof, *against)
            else:
                possible.append(claim)
        if len(possible) == 2:
            yield from self._at_once(look, *possible)

    def _against(self, look: Look, part: str) -> tuple[str, ...]:
        """Name the rules that contradict each other, where a rule or two are enough."""
        is_exit = part == "exit"
        rules = look.rules.rules_of(look.about, RuleKind.EXIT if is_exit else RuleKind.ELIGIBILITY)
        exclusions = () if is_exit else look.rules.rules_of(look.about, RuleKind.EXCLUSION)
        code = FindingCode.NOBODY_EXITS if is_exit else FindingCode.NOBODY_ELIGIBLE
        what = (code, f"{look.about}.{part}")
        if stuck := tuple(rule.id for rule in (*rules, *exclusions) if not self._varies(look, rule)):
            return stuck
        for place, one in enumerate(rules):
            for other in rules[place + 1 :]:
                if self.asker.proves(disjoint, look, one.id, other.id, what=what):
                    return one.id, other.id
        conditions = look.rules.policy.eligible_when.get(look.about)
        joined = conjunction([Name(rule.id) for rule in rules]) if conditions is None else conditions.expr
        for rule in exclusions:
            if self.asker.proves(implies, look, joined, rule.id, what=what):
                return (rule.id,)
        return ()

    def _at_once(self, look: Look, eligible: Expr, leaving: Expr) -> Iterator[Finding]:
        code, name = FindingCode.ELIGIBLE_AND_EXITS, f"{look.about}.eligible"
        shown = self.asker.refutes(disjoint, look, eligible, leaving, what=(code, name))
        if shown is None:
            return
        zh, en = SUBJECTS[look.about]
        words = (
            f"有的{zh}既符合识别条件，又达到退出标准",
            f"a {en} can be eligible and meet the guarantees of exit at once",
        )
        found = self._found(code, name, look, words, None)
        yield attrs.evolve(found, seen=(seen_of(shown.witness, look),))

    # -- rules that decide nothing -----------------------------------------------------------------------------------

    def decisive(self, look: Look, rule: Rule) -> Iterator[Finding]:
        """Look whether a rule ever decides its outcome."""
        held = outcomes_of(look)
        outcome, part = (held.exit, "exit") if rule.kind is RuleKind.EXIT else (held.eligible, "eligible")
        others = [each for each in look.rules.rules_of(look.about, rule.kind) if each is not rule]
        if outcome is None or self._is_stuck(look, part) or not self._varies(look, rule):
            return
        if _stands_alone(look, rule, outcome):
            return
        code = FindingCode.IDLE_RULE
        # A condition left out holds, one of several ways in is left out by failing; an exclusion left out is not hit.
        for value in (False,) if rule.kind is RuleKind.EXCLUSION else (True, False):
            bare = substitute(outcome, {rule.id: Literal(value)})
            if proof := self.asker.proves(equivalent, look, outcome, bare, what=(code, rule.id)):
                covering = tuple(each.id for each in others if self._covers(look, rule, each, holds=value))
                zh, en = KINDS[rule.kind]
                words = f"去掉{zh} `{rule.id}`，所有结果不变", f"without {en} `{rule.id}` every outcome is the same"
                yield self._found(code, rule.id, look, _because(words, covering), proof, *covering)
                return

    def _covers(self, look: Look, rule: Rule, other: Rule, *, holds: bool) -> bool:
        """Tell whether another rule says all that a rule says."""
        pair = (other.id, rule.id) if holds else (rule.id, other.id)
        return self.asker.proves(implies, look, *pair, what=(FindingCode.IDLE_RULE, rule.id)) is not None

    def priority(self, look: Look, rule: Rule) -> Iterator[Finding]:
        """Look whether a priority ranks anybody before anybody."""
        code, name = FindingCode.IDLE_PRIORITY, rule.id
        ranking, eligible = look.rules.ranking(look.about), outcomes_of(look).eligible
        if ranking is None:
            words = f"没有排序，优先情形 `{name}` 不起作用", f"there is no ranking for priority `{name}` to count in"
            yield self._found(code, name, look, words, None)
        elif ranking.method is RankingMethod.WEIGHTS and rule.weight == 0:
            words = f"优先情形 `{name}` 的权重为零", f"priority `{name}` weighs nothing"
            yield self._found(code, name, look, words, None)
        elif eligible is None or self._is_stuck(look, "eligible") or not self._varies(look, rule):
            return
        elif proof := self.asker.proves(never, look, And((eligible, Name(name))), what=(code, name)):
            words = f"优先情形 `{name}` 对符合识别条件的都不成立", f"priority `{name}` holds for nobody who is eligible"
            yield self._found(code, name, look, words, proof)
        elif proof := self.asker.proves(implies, look, eligible, name, what=(code, name)):
            words = (
                f"优先情形 `{name}` 对符合识别条件的都成立",
                f"priority `{name}` holds for everybody who is eligible",
            )
            yield self._found(code, name, look, words, proof)

    # -- rules that say the same -------------------------------------------------------------------------------------

    def same(self, look: Look, kind: RuleKind) -> Iterator[Finding]:
        """Look for two rules of one kind that are the same for everybody."""
        rules = [rule for rule in look.rules.rules_of(look.about, kind) if self._varies(look, rule)]
        code = FindingCode.SAME_RULE
        shown: list[AnySubject] = []
        groups: dict[tuple[object, ...], list[Rule]] = {}
        # Somebody on whom a rule holds tells it from most others; the solver is asked only of those that are left.
        for rule in rules:
            found = self.asker.refutes(never, look, rule.id, what=(code, rule.id), fully_known=False)
            shown += [found.witness] if found else []
        judged = [judge(each, look.rules).values for each in shown]
        for rule in rules:
            values = tuple(value if isinstance(value := each[rule.id], bool) else None for each in judged)
            groups.setdefault(values, []).append(rule)
        for group in groups.values():
            for place, rule in enumerate(group):
                for other in group[:place]:
                    if proof := self.asker.proves(equivalent, look, other.id, rule.id, what=(code, rule.id)):
                        words = (
                            f"`{rule.id}` 与 `{other.id}` 对所有人都相同",
                            f"`{rule.id}` is `{other.id}` for everybody",
                        )
                        yield self._found(code, rule.id, look, words, proof, other.id)
                        break


def _stands_alone(look: Look, rule: Rule, outcome: Expr) -> bool:
    """
    Tell whether a rule reads nothing that the rest of its outcome reads.

    Whoever has the outcome keeps all else when the facts of such a rule are turned against it: it decides, and nobody
    need be asked. A roster is one fact; where rules are combined in a way of the pack's own, this says nothing.
    """
    if rule.kind is not RuleKind.EXIT and look.about in look.rules.policy.eligible_when:
        return False
    rest = [Name(name) for name in names(outcome) if name != rule.id]
    mine, others = look.reads(Name(rule.id)), look.reads(*rest)
    counts = [any(uses(each, Quantifier) for each in look.reached(*claims)) for claims in ([Name(rule.id)], rest)]
    return (
        not (mine & others & look.meaning.facts.keys())
        and rule.id not in look.reads(*_texts(look, rest))
        and not all(counts)
    )


def _texts(look: Look, named: Sequence[Name]) -> list[Expr]:
    return [look.meaning.named[each.path] for each in named]


def _because(words: Both, names: tuple[str, ...]) -> Both:
    if not names:
        return words
    zh, en = "、".join(f"`{each}`" for each in names), ", ".join(f"`{each}`" for each in names)
    return f"{words[0]}：见 {zh}", f"{words[1]}: see {en}"
