"""Parameters in an address: declared once, read strictly, all faults at once, and described by a schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.shapes import day

_DAY_LENGTH: Final = len("2016-01-31")
# A count of households; more digits are no quota of anything.
MOST_QUOTA: Final = 1_000_000


@attrs.frozen
class Parameter:
    """
    A parameter in the query of an address.

    Attributes:
        name: As it is written.
        zh: What it says, in Chinese.
        en: The same in English.
        read: Reads its text; a `ValueError` says what was expected.
        schema: JSON Schema of its text.
        default: What holds where it is left out; `REQUIRED` where it has to be given.
    """

    name: str
    zh: str
    en: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    default: Any = None

    @property
    def is_required(self) -> bool:
        """Whether it has to be given."""
        return self.default is REQUIRED


REQUIRED: Final = object()


def day_of(text: object) -> date:
    """
    Read a day as `YYYY-MM-DD`, and in no other way.

    Raises:
        ValueError: It is none, or lies outside the days that a policy can speak of.
    """
    try:
        day = date.fromisoformat(text) if isinstance(text, str) and len(text) == _DAY_LENGTH else None
    except ValueError:
        day = None
    # Weeks, `2016-W05-7`, have ten characters as well.
    if day is None or day.isoformat() != text or not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"expected a day from {FIRST_DAY} to {LAST_DAY}, as YYYY-MM-DD")
    return day


def _one_of(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError("expected one of " + ", ".join(f"`{each}`" for each in names))
        return text

    return read


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(MOST_QUOTA))):
        raise ValueError(f"expected a whole number from 0 to {MOST_QUOTA - 1}, without spaces")
    return int(text)


DAY_SCHEMA: Final = day()


def _choice(name: str, zh: str, en: str, *values: str) -> Parameter:
    schema = {"enum": list(values), "default": values[0]}
    return Parameter(name, zh, en, _one_of(*values), schema, values[0])


ON: Final = Parameter("on", "评估日", "day of the assessment", day_of, DAY_SCHEMA, REQUIRED)
KNOWN_AT: Final = Parameter(
    "known_at", "以该日已知的规定为准", "take the law as it was known on this day", day_of, DAY_SCHEMA
)
OF: Final = _choice("of", "识别还是退出", "being identified, or leaving", "eligibility", "exit")
LANGUAGE: Final = _choice("language", "语言", "language", "zh", "en")
LEVEL: Final = _choice("level", "详细程度", "how far grounds are opened", "facts", "reasons", "value")
FORM: Final = _choice("form", "数据、文本或 Markdown", "data, text or Markdown", "plain", "text", "markdown")
QUOTA: Final = Parameter(
    "quota",
    "名额",
    "how many can be taken",
    _count,
    {"type": "integer", "minimum": 0, "maximum": MOST_QUOTA - 1},
    REQUIRED,
)


def read_parameters(
    declared: Sequence[Parameter], given: Iterable[tuple[str, str]], faults: list[Fault]
) -> dict[str, Any]:
    """Read the parameters of an address; faults are added to `faults`, and what they leave open is None."""
    texts: dict[str, list[str]] = {}
    for name, text in given:
        texts.setdefault(name, []).append(text)
    known = {each.name: each for each in declared}
    for name in texts:
        if name not in known:
            listed = ", ".join(f"`{each}`" for each in known) or "none"
            faults.append(Fault("?", "has a parameter that is none", f"known here: {listed}", "unknown_parameter"))
    return {name: _read(each, texts.get(name, []), faults) for name, each in known.items()}


def _read(parameter: Parameter, texts: Sequence[str], faults: list[Fault]) -> Any:
    where = f"?{parameter.name}"
    if len(texts) > 1:
        faults.append(Fault(where, "is given more than once", "give it once", "repeated"))
        return None
    if not texts:
        if parameter.is_required:
            faults.append(Fault(where, "is missing", f"give the {parameter.en}", "missing"))
            return None
        return parameter.default
    try:
        return parameter.read(texts[0])
    except ValueError as error:
        faults.append(Fault(where, str(error), "give it as told", "parameter"))
        return None
