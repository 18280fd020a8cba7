"""Each text by itself: rules that never or always hold, exceptions and parts that make no difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from fupin_rules.comparison import Proved, always, equivalent, never
from fupin_rules.expr import And, Compare, Expr, Kind, Name, Not, Or, Quantifier, to_text, walk
from fupin_rules.policy import Definition, FindingCode, Rule, RuleKind, WrittenPack
from fupin_rules.review._asker import Asker
from fupin_rules.review._codes import Both
from fupin_rules.review._finding import Finding
from fupin_rules.review._look import Look
from fupin_rules.review._parts import Idle, Parts

KINDS: Final[Mapping[RuleKind, Both]] = MappingProxyType(
    {
        RuleKind.ELIGIBILITY: ("识别条件", "condition"),
        RuleKind.EXCLUSION: ("排除情形", "exclusion"),
        RuleKind.PRIORITY: ("优先情形", "priority"),
        RuleKind.EXIT: ("退出条件", "guarantee of exit"),
        RuleKind.CHECK: ("数据核查", "check"),
    }
)


class Texts:
    """
    Looks at the texts of a pack, each by itself.

    Args:
        pack: The pack.
        asker: Puts the questions.
    """

    def __init__(self, pack: WrittenPack, asker: Asker) -> None:
        self.pack = pack
        self.asker = asker
        # Rules and definitions that are known not to vary: what is said of them says all.
        self.constant: set[tuple[object, str]] = set()

    def rule(self, look: Look, rule: Rule) -> Iterator[Finding]:
        """Look at one rule: its claim, its parts, its exceptions."""
        found = self._settled(look, rule)
        if found is not None:
            self.constant.add((look.period, rule.id))
            yield found
            return
        for place, exception in enumerate(rule.unless):
            name = f"{rule.id}.{exception.id}"
            others = (*rule.unless[:place], *rule.unless[place + 1 :])
            code = FindingCode.IDLE_EXCEPTION
            kept = attrs.evolve(rule, unless=others).effective
            if proof := self.asker.proves(equivalent, look, rule.effective, kept, what=(code, name)):
                zh = f"排除情形 `{rule.id}` 的例外 `{exception.id}` 没有使任何人免于排除"
                en = f"exception `{exception.id}` keeps nobody from being excluded by `{rule.id}`"
                yield self._found(code, name, look, (zh, en), proof)
                continue
            yield from self._parts(look, name, exception.when)
        yield from self._parts(look, rule.id, rule.when)

    def definition(self, look: Look, definition: Definition) -> Iterator[Finding]:
        """Look at one definition: where it is a claim, whether it varies; and its parts."""
        kind = look.meaning.kind(definition.expr)
        if kind is Kind.CLAIM:
            code, name = FindingCode.DEAD_CONDITION, definition.name
            for verb, zh, en in ((never, "从不成立", "never holds"), (always, "总是成立", "always holds")):
                known = verb is always
                if proof := self.asker.proves(verb, look, name, what=(code, name), fully_known=known):
                    self.constant.add((look.period, name))
                    yield self._found(code, name, look, (f"口径 `{name}` {zh}", f"definition `{name}` {en}"), proof)
                    return
        if kind in (Kind.CLAIM, Kind.NUMBER):
            yield from self._parts(look, definition.name, definition.expr, is_claim=kind is Kind.CLAIM)

    # -- a rule as a whole -------------------------------------------------------------------------------------------

    def _settled(self, look: Look, rule: Rule) -> Finding | None:
        """Tell whether a rule does not vary: never holds, cannot be settled, always holds."""
        kind = KINDS[rule.kind]
        code = FindingCode.NEVER_FIRES
        if proof := self.asker.proves(never, look, rule.id, what=(code, rule.id), fully_known=False):
            contrary = Not(Name(rule.id))
            open_code = FindingCode.NEVER_SETTLED
            if self.asker.proves(never, look, contrary, what=(open_code, rule.id), fully_known=False):
                words = (
                    f"{kind[0]} `{rule.id}` 既不会成立，也不会不成立",
                    f"{kind[1]} `{rule.id}` neither holds nor fails",
                )
                return self._found(open_code, rule.id, look, words, proof)
            zh, en = f"{kind[0]} `{rule.id}` 对任何人都不成立", f"{kind[1]} `{rule.id}` holds for nobody"
            blamed = self._blamed(look, rule)
            if blamed:
                zh, en = f"{zh}，因为 `{blamed}` 从不成立", f"{en}, for `{blamed}` never holds"
            return self._found(code, rule.id, look, (zh, en), proof)
        code = FindingCode.ALWAYS_HOLDS
        if proof := self.asker.proves(always, look, rule.id, what=(code, rule.id)):
            words = f"{kind[0]} `{rule.id}` 对任何人都成立", f"{kind[1]} `{rule.id}` holds for everybody"
            return self._found(code, rule.id, look, words, proof)
        return None

    def _blamed(self, look: Look, rule: Rule) -> str:
        """Give the first part of a rule that never holds by itself; empty where only parts together do not."""
        for each in _conditions(rule.when):
            what = (FindingCode.NEVER_FIRES, rule.id)
            if each is not rule.when and self.asker.proves(never, look, each, what=what, fully_known=False):
                return to_text(each)
        return ""

    # -- parts -------------------------------------------------------------------------------------------------------

    def _parts(self, look: Look, name: str, text: Expr, *, is_claim: bool = True) -> Iterator[Finding]:
        code, proofs = FindingCode.DEAD_CONDITION, list[Proved]()

        def is_idle(other: Expr) -> bool:
            if is_claim:
                proof = self.asker.proves(equivalent, look, text, other, what=(code, name))
            else:
                proof = self.asker.proves(never, look, Compare((text, other), ("!=",)), what=(code, name))
            proofs.extend([proof] if proof else [])
            return proof is not None

        for idle in Parts(is_idle).of(text, is_claim=is_claim):
            yield self._found(code, name, look, _idle_words(name, idle), proofs[-1], idle.at)

    def _found(
        self,
        code: FindingCode,
        name: str,
        look: Look,
        words: Both,
        proof: Proved,
        at: tuple[int, int] | None = None,
    ) -> Finding:
        shown = attrs.evolve(proof, statement=words)
        return Finding(code, name, self.pack.place(name, at), *words, periods=(look.period,), proof=shown)


def _conditions(expr: Expr) -> Iterator[Expr]:
    """Give the claims that a claim is joined of, none of them about one member alone."""
    inner = {id(each) for node in walk(expr) if isinstance(node, Quantifier) for each in walk(node) if each is not node}
    for node in walk(expr):
        if isinstance(node, (And, Or)):
            yield from (each for each in node.operands if id(each) not in inner)


def _idle_words(name: str, idle: Idle) -> Both:
    zh, en = f"`{name}` 中的 `{idle.text}` 不起作用", f"`{idle.text}` makes no difference to `{name}`"
    if idle.value is None:
        return f"{zh}：去掉后结果不变", f"{en}: without it all is the same"
    said = ("总是成立", "always held") if idle.value else ("从不成立", "never held")
    return f"{zh}：如同它{said[0]}", f"{en}: as if it {said[1]}"
