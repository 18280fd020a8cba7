"""What a review of a pack can find, by code, and the written waivers by which a pack lets a finding stand."""

from __future__ import annotations

import enum

import attrs


class FindingCode(enum.StrEnum):
    """What a review can find; stable names, which waivers use."""

    NEVER_FIRES = "never_fires"
    """A rule that holds for nobody."""
    ALWAYS_HOLDS = "always_holds"
    """A rule that holds for everybody of whom all is known."""
    NEVER_SETTLED = "never_settled"
    """A rule that neither holds nor fails, whatever is known."""
    NOBODY_ELIGIBLE = "nobody_eligible"
    """Conditions and exclusions that nobody passes."""
    NOBODY_EXITS = "nobody_exits"
    """Guarantees that nobody can meet together."""
    WRONG_DIRECTION = "wrong_direction"
    """An override that does something else to the outcome than it declares."""
    NOT_MONOTONE = "not_monotone"
    """One fen more that turns an outcome the wrong way."""
    IDLE_EXCEPTION = "idle_exception"
    """An exception that rebuts no hit."""
    DEAD_CONDITION = "dead_condition"
    """A part of a text that makes no difference to it."""
    VALUE_NEVER_IN_FORCE = "value_never_in_force"
    """A dated value outside the days that its pack covers."""
    VALUE_CARRIED_OVER = "value_carried_over"
    """A value used on days that the pack which gives it does not cover."""
    IDLE_RULE = "idle_rule"
    """A rule without which every outcome would be the same."""
    SAME_RULE = "same_rule"
    """Two rules of one kind that are the same for everybody."""
    IDLE_PRIORITY = "idle_priority"
    """A priority that ranks nobody before anybody."""
    ELIGIBLE_AND_EXITS = "eligible_and_exits"
    """Somebody who is to be identified and may leave at once."""
    DOUBLE_TURN = "double_turn"
    """One fen that turns two rules at once."""
    TURN_OFF_LINE = "turn_off_line"
    """An outcome that turns by one fen where no parameter draws a line."""
    SOURCE_LATER = "source_later"
    """Something in force before the day of its source."""
    UNUSED_PARAMETER = "unused_parameter"
    """A parameter that nothing reads."""
    UNUSED_DEFINITION = "unused_definition"
    """A definition that nothing reads."""
    UNUSED_SOURCE = "unused_source"
    """A source that nothing cites."""
    IDLE_WAIVER = "idle_waiver"
    """A waiver of something that was not found; it cannot be waived."""


@attrs.frozen
class Waiver:
    """
    A finding that a pack lets stand, with the reason.

    Attributes:
        code: What may be found.
        concerns: Of what: rules, parameters, definitions, sources, or exceptions as `rule.exception`.
        zh: Why it may stand, in Chinese.
        en: The same in English.
        ends_zh: Who can end it, or what would, in Chinese.
        ends_en: The same in English.
        pack: Pack that writes it.
        where: File and line.
    """

    code: FindingCode
    concerns: tuple[str, ...]
    zh: str
    en: str
    ends_zh: str
    ends_en: str
    pack: str
    where: str
