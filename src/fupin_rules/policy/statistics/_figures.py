"""
Figures that do not fit: what is stated of a village or an area against what was counted, and against each other.

Findings are questions for whoever filled in the form; they change no outcome and put nothing right.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from fupin_rules.model import Area, Village, catalogue, read_fact
from fupin_rules.policy.statistics._roll_up import RollUp
from fupin_rules.policy.statistics._tally import Tally
from fupin_rules.truth import Unknown

# The larger first, as the words of the forms say: the poor are some of the people, and so on (form-identities).
_ORDERED = (
    ("households", "poor_households"),
    ("poor_households", "dibao_households"),
    ("poor_households", "remaining_poor_households"),
    ("population", "poor_people"),
    ("population", "rural_population"),
    ("rural_population", "remaining_poor_people"),
    ("poor_people", "dibao_people"),
    ("poor_people", "remaining_poor_people"),
    ("poor_people", "disabled_poor"),
)
_SUMS = (
    ("poor_households", ("ordinary_poor_households", "dibao_poor_households", "wubao_poor_households")),
    ("poor_people", ("ordinary_poor_people", "dibao_poor_people", "wubao_poor_people")),
)


@attrs.frozen
class FigureFinding:
    """
    Figures that do not fit together.

    Attributes:
        subject_id: Id of the village or area.
        code: `stated_differs`, `part_exceeds` or `classes_differ`.
        paths: The facts that do not fit, the one in question first.
        zh: What does not fit, in Chinese.
        en: What does not fit, in English.
    """

    subject_id: str
    code: str
    paths: tuple[str, ...]
    zh: str
    en: str


def compare_figures(subject: Village | Area, counted: RollUp) -> tuple[FigureFinding, ...]:
    """
    Tell which stated figures differ from what was counted, and which contradict each other.

    A figure that is not stated differs from nothing; an open count contradicts only what lies outside its bounds.

    Args:
        subject: A village or an area, with its figures as stated.
        counted: The roll-up of its register, or of its parts.

    Source: assumption (`form-identities` of the pack `measures-2014`): it follows from the words of the forms.

    >>> from fupin_rules.policy import roll_up_households
    >>> (found,) = compare_figures(Village(id="v", poor_people=5), roll_up_households([]))
    >>> found.en
    'poor people: 5 stated, 0 counted'
    """
    return (*_against(subject, counted), *_among_themselves(subject))


def _against(subject: Village | Area, counted: RollUp) -> Iterator[FigureFinding]:
    for path, count in counted.counts.items():
        stated = _stated(subject, path)
        if stated is not None and not _within(stated, count):
            zh, en = (catalogue(type(subject)).label(path, language) for language in ("zh", "en"))
            yield FigureFinding(
                subject.id,
                "stated_differs",
                (path,),
                f"{zh}：填报{stated:,}，汇总{count_words(count, 'zh')}",
                f"{en}: {stated:,} stated, {count_words(count, 'en')} counted",
            )


def _within(stated: int, count: Tally) -> bool:
    if not isinstance(count, Unknown):
        return stated == count
    return (count.low or 0) <= stated and (count.high is None or stated <= count.high)


def _among_themselves(subject: Village | Area) -> Iterator[FigureFinding]:
    words = catalogue(type(subject)).label
    for whole, part in _ORDERED:
        most, held = _stated(subject, whole), _stated(subject, part)
        if most is not None and held is not None and held > most:
            yield FigureFinding(
                subject.id,
                "part_exceeds",
                (part, whole),
                f"{words(part, 'zh')}{held:,}，多于{words(whole, 'zh')}{most:,}",
                f"{words(part, 'en')}: {held:,}, more than {words(whole, 'en')}: {most:,}",
            )
    for whole, parts in _SUMS:
        total, each = _stated(subject, whole), [_stated(subject, part) for part in parts]
        known = [part for part in each if part is not None]
        # Classes that are not stated leave room above, never below.
        if total is not None and (sum(known) > total or (len(known) == len(each) and sum(known) != total)):
            yield FigureFinding(
                subject.id,
                "classes_differ",
                (whole, *parts),
                f"{words(whole, 'zh')}{total:,}，各类合计{sum(known):,}",
                f"{words(whole, 'en')}: {total:,}, its classes together: {sum(known):,}",
            )


def _stated(subject: Village | Area, path: str) -> int | None:
    value = read_fact(subject, path) if path in catalogue(type(subject)).fields else None
    return int(value) if isinstance(value, Decimal) else None


def count_words(count: Tally, language: str) -> str:
    """
    Write a count for a person, in `zh` or `en`; an open one with its bounds.

    >>> count_words(Unknown({"a"}, low=3, high=None), "en"), count_words(Unknown({"a"}, low=3, high=4), "zh")
    ('at least 3', '3至4')
    """
    if not isinstance(count, Unknown):
        return f"{count:,}"
    low, zh = count.low or 0, language == "zh"
    if count.high is None:
        return f"至少{low:,}" if zh else f"at least {low:,}"
    return f"{low:,}至{count.high:,}" if zh else f"{low:,} to {count.high:,}"
