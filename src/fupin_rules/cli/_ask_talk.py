"""The talk of `fupin ask` at a terminal or in a pipe: questions on standard error, answers from standard input."""

from __future__ import annotations

import shutil
import sys
from typing import Any

from fupin_rules.cli._ask_answers import REASONS, Typed, Wish, expected_words, read_reason, read_typed
from fupin_rules.cli._output import tell, tell_strongly
from fupin_rules.engine import Question
from fupin_rules.errors import Fault, ModelError, RegisterError
from fupin_rules.interview import Interview
from fupin_rules.tables import fold, table, width
from fupin_rules.truth import Why

_WIDEST = 100
_INDENT = "   "
# A short list stands on one line, if there is room.
_FEW = 4


class Stopped(Exception):  # noqa: N818  no error: somebody has to leave
    """Whoever answers wants to stop, or there are no more answers."""


class Talk:
    """
    An interview as it goes on; what was said last is kept wherever it breaks off.

    Args:
        interview: Where to begin.
        language: `zh` or `en`.
    """

    def __init__(self, interview: Interview, language: str) -> None:
        self.interview = interview
        self._language = language
        self._zh = language == "zh"
        self._is_typed = sys.stdin.isatty()
        self._lines = 0

    def hold(self) -> None:
        """
        Ask until nothing is left to ask.

        Raises:
            Stopped: Somebody typed `q`, or the answers have run out.
            RegisterError: What is typed is no text.
        ModelError: A line of a pipe is no answer to its question.
        """
        if self.interview.question is not None:
            self._greet()
        is_new = True
        while (question := self.interview.question) is not None:
            if is_new:
                self._show(question)
            before = self.interview
            self._take(question)
            is_new = self.interview is not before

    def _take(self, question: Question) -> None:
        typed = read_typed(self._line(), question)
        match typed:
            case None:
                self._refuse(question)
            case Typed(wish=Wish.WHY):
                self._explain(question)
            case Typed(wish=Wish.STOP):
                raise Stopped
            case Typed(wish=Wish.BACK):
                if not self.interview.asked:
                    self._tell("这是第一个问题" if self._zh else "this is the first question")
                else:
                    self.interview = self.interview.back()
            case Typed(wish=Wish.NOT_KNOWN, reason=reason):
                self.interview = self.interview.skip(reason or self._reason())
            case Typed(value=value):
                self._answer(value, question)

    def _answer(self, value: Any, question: Question) -> None:
        try:
            self.interview = self.interview.answer(value)
        except ModelError:
            self._refuse(question)

    def _reason(self) -> Why:
        if not self._is_typed:
            # One line for each question: what follows is an answer to the next.
            return Why.NOT_COLLECTED
        ask = "为何不知？（直接回车即尚未采集）" if self._zh else "Why is it not known? (nothing typed: not collected)"
        self._tell(ask)
        self._choices([why.words(self._language) for why in REASONS])
        while (reason := read_reason(self._line())) is None:
            count = len(REASONS)
            self._tell(f"请答1到{count}之间的序号" if self._zh else f"answer a number from 1 to {count}")
        return reason

    def _line(self) -> str:
        """Take one line; prompts go to standard error, so that standard output holds the result alone."""
        if self._is_typed:
            sys.stderr.write("> ")
            sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            raise RegisterError(
                Fault("standard input", "is no text in UTF-8", "type or send text", "encoding")
            ) from None
        self._lines += 1
        if not line:
            raise Stopped
        return line

    def _greet(self) -> None:
        policy, on = self.interview.snapshot.policy, self.interview.snapshot.on
        if self._zh:
            title = f"{policy.zh}（{policy.id}），评估日 {on}"
            keys = "输入答案或序号；? 为何问，- 或直接回车 不知道，< 上一题，q 停止并保存"
        else:
            title = f"{policy.en} ({policy.id}), on {on}"
            keys = "type an answer or its number; ? why, - or nothing: not known, < back, q stop and keep"
        for line in (*fold(title, _columns()), *fold(keys, _columns())):
            tell(line)

    def _show(self, question: Question) -> None:
        tell("")
        number = f"{len(self.interview.asked) + 1}. "
        text = fold(question.text[self._language], _columns() - len(number))
        for place, line in enumerate(text):
            tell_strongly((number if place == 0 else " " * len(number)) + line)
        self._tell(question.why[self._language])
        self._choices([words[self._language] for _, words in question.choices])

    def _choices(self, labels: list[str]) -> None:
        numbered = [f"{place} {label}" for place, label in enumerate(labels, start=1)]
        line = _INDENT + "   ".join(numbered)
        if len(labels) <= _FEW and width(line) <= _columns():
            tell(line) if labels else None
            return
        for each in _in_columns(numbered, _columns() - len(_INDENT)):
            tell(_INDENT + each)

    def _explain(self, question: Question) -> None:
        """Say at length why it is asked: the rule, where it comes from and how firm that is, and what may be typed."""
        rule, zh = self.interview.snapshot.rule(question.rule), self._zh
        self._tell(question.why[self._language])
        if note := rule.note_zh if zh else rule.note_en:
            self._tell(f"说明：{note}" if zh else f"note: {note}")
        source = rule.citation.words(self._language)
        self._tell(f"出处：{source}" if zh else f"source: {source}")
        self._tell(f"字段：{question.fact}" if zh else f"fact: {question.fact}")
        self._tell(expected_words(question, self._language))

    def _refuse(self, question: Question) -> None:
        """Ask again at a terminal; in a pipe every later line would answer the wrong question."""
        expected = expected_words(question, self._language)
        if not self._is_typed:
            where = f"standard input, line {self._lines}"
            raise ModelError(Fault(where, f"is no answer about `{question.fact}`", expected, "answer"))
        self._tell(expected)

    def _tell(self, text: str) -> None:
        for line in fold(text, _columns() - len(_INDENT)):
            tell(_INDENT + line)


def _columns() -> int:
    """Give the width to write for: that of a terminal, within reason; a pipe has no width, and is not folded."""
    if not sys.stderr.isatty():
        return 1_000_000
    return max(40, min(_WIDEST, shutil.get_terminal_size().columns))


def _in_columns(cells: list[str], columns: int) -> list[str]:
    """Set short texts in as many columns as there is room for, downwards."""
    room = max(width(cell) for cell in cells) + 2
    across = max(1, min(columns, 80) // room)
    down = -(-len(cells) // across)
    padded = cells + [""] * (down * across - len(cells))
    rows = [[padded[place + down * column] for column in range(across)] for place in range(down)]
    return [line[2:] for line in table(rows).split("\n")]
