"""What can be read off a pack without asking anybody: what nothing uses, and values and sources out of their days."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_rules.citations import Citation
from fupin_rules.expr import Expr, names
from fupin_rules.periods import Period, gaps
from fupin_rules.policy import FindingCode, Parameter, WrittenPack
from fupin_rules.review._finding import Finding


def listed(pack: WrittenPack) -> Iterator[Finding]:
    """Give what can be read off a pack."""
    read = _read(pack)
    yield from _unused(pack, read)
    for parameter in pack.policy.parameters.values():
        if parameter.pack == pack.policy.id:
            yield from _values(pack, parameter)
        elif parameter.name in read:
            yield from _carried(pack, parameter)
    yield from _later(pack)


def _texts(pack: WrittenPack) -> Iterator[Expr]:
    policy = pack.policy
    for rule in policy.rules:
        yield from (rule.when, *(each.when for each in rule.unless))
    yield from (each.expr for each in policy.definitions.values())
    yield from (each.expr for each in policy.eligible_when.values())
    yield from (each.by for ranking in policy.rankings.values() for each in ranking.tie_breaks)


def _read(pack: WrittenPack) -> frozenset[str]:
    """Name all that a text, a form or a procedure of the pack reads."""
    return pack.mentioned.union(*(names(text) for text in _texts(pack)))


def _unused(pack: WrittenPack, read: frozenset[str]) -> Iterator[Finding]:
    policy = pack.policy
    # A pack without rules is there for others to read.
    if policy.rules:
        for name, parameter in policy.parameters.items():
            if parameter.pack == policy.id and name not in read:
                words = (
                    f"参数 `{name}` 未被任何规则或口径使用",
                    f"parameter `{name}` is read by no rule and no definition",
                )
                yield Finding(FindingCode.UNUSED_PARAMETER, name, pack.place(name), *words)
        for name, definition in policy.definitions.items():
            if definition.pack == policy.id and name not in read:
                words = (
                    f"口径 `{name}` 未被任何规则或口径使用",
                    f"definition `{name}` is read by no rule and no definition",
                )
                yield Finding(FindingCode.UNUSED_DEFINITION, name, pack.place(name), *words)
    for key, where in pack.uncited.items():
        words = f"来源 `{key}` 未被引用", f"source `{key}` is cited by nothing in the pack"
        yield Finding(FindingCode.UNUSED_SOURCE, key, where, *words)


def _values(pack: WrittenPack, parameter: Parameter) -> Iterator[Finding]:
    days = pack.policy.days
    for dated in parameter.values:
        if not dated.period.overlaps(days):
            name = f"{parameter.name}.{dated.period.start}"
            words = (
                f"参数 `{parameter.name}` 自{dated.period.start}起的数值在本包的日期（{days}）内从不生效",
                f"the value of `{parameter.name}` from {dated.period.start} is in force on no day of the pack ({days})",
            )
            yield Finding(FindingCode.VALUE_NEVER_IN_FORCE, name, pack.place(name), *words)


def _carried(pack: WrittenPack, parameter: Parameter) -> Iterator[Finding]:
    given, days = pack.days[parameter.pack], pack.policy.days
    # A value that begins after its pack ends is meant for whoever builds on it; one that goes on is not.
    going_on = [each.period for each in parameter.values if given.overlaps(each.period)]
    outside = gaps(days, [given])
    beyond = tuple(part for each in going_on for gap in outside if (part := _shared(gap, each)) is not None)
    if beyond:
        words = (
            f"参数 `{parameter.name}` 的数值出自 `{parameter.pack}`，其日期（{given}）不含这些日子",
            f"the value of `{parameter.name}` is that of `{parameter.pack}`, which does not cover these days ({given})",
        )
        yield Finding(FindingCode.VALUE_CARRIED_OVER, parameter.name, pack.place(parameter.name), *words, beyond)


def _shared(one: Period, other: Period) -> Period | None:
    """Give the days that two periods share."""
    if not one.overlaps(other):
        return None
    ends = [each.until for each in (one, other) if each.until is not None]
    return Period(max(one.start, other.start), min(ends, default=None))


def _later(pack: WrittenPack) -> Iterator[Finding]:
    """Give what is in force before its source was issued, and does not say when it was published."""
    policy = pack.policy
    dated: list[tuple[str, str, Citation, Period]] = []
    for parameter in policy.parameters.values():
        for value in parameter.values:
            if parameter.pack == policy.id and value.published is None and value.period.overlaps(policy.days):
                start = max(value.period.start, policy.days.start)
                place = pack.place(f"{parameter.name}.{value.period.start}")
                dated.append((parameter.name, place, value.citation, Period(start, value.period.until)))
    cited = [(rule.id, rule.pack, rule.citation) for rule in policy.rules]
    cited += [(each.name, each.pack, each.citation) for each in policy.definitions.values()]
    dated += [(name, pack.place(name), citation, policy.days) for name, of, citation in cited if of == policy.id]
    for name, place, citation, period in dated:
        issued = citation.source.published
        if issued is not None and period.start < issued:
            words = (
                f"`{name}` 自{period.start}起生效，其来源 `{citation.source.id}` 发布于{issued}",
                f"`{name}` is in force from {period.start}, its source `{citation.source.id}` is of {issued}",
            )
            yield Finding(FindingCode.SOURCE_LATER, name, place, *words, (Period(period.start, issued),))
