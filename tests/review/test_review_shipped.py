"""Shipped packs raise nothing in a review but what a written waiver lets stand; and every waiver is needed."""

from __future__ import annotations

import pytest
from test_review_bad_packs import check_grounds

from fupin_rules.policy import installed_packs, load_policy, written_pack
from fupin_rules.review import Memory, review_pack

# What several packs have from one below is asked once.
MEMORY = Memory()
OURS = sorted(installed_packs())


@pytest.mark.parametrize("pack", OURS)
def test_a_shipped_pack_raises_nothing_without_a_written_waiver(pack: str) -> None:
    review = review_pack(pack, seconds=120, memory=MEMORY)
    assert [(each.code.value, each.concerns) for each in review.raised] == []
    assert review.open == ()
    policy = load_policy(pack)
    for each in written_pack(pack).given:
        policy = policy.with_parameter(source=policy.sources[each.source], days=policy.days, **{each.name: each.amount})
    for finding in review.waived:
        days = [period.start for period in finding.periods if period.start in policy.days]
        check_grounds([finding], policy.on(days[0] if days else policy.days.start))


def test_waivers_say_why_and_who_can_end_them_in_both_languages() -> None:
    for pack in OURS:
        for waiver in written_pack(pack).waivers:
            assert all((waiver.zh, waiver.en, waiver.ends_zh, waiver.ends_en)), waiver.where
