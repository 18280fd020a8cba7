"""A public notice shows the minimum, and masks nobody in name only."""

import unicodedata
from collections import Counter
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import RegisterError
from fupin_rules.model import Sensitivity, catalogue
from fupin_rules.registry import LEAST_ALIKE, SHOWABLE, Names, public_notice

POSTED, UNTIL = date(2016, 2, 1), date(2016, 2, 7)


def notice(households: list[fr.Household], **more: Any) -> Any:
    return public_notice(households, **{"posted": POSTED, "until": UNTIL} | more)


@st.composite
def villages_of_households(draw: st.DrawFn) -> list[fr.Household]:
    """Households of one village, alike often enough for masking to hold now and then."""
    count = draw(st.integers(1, 14))
    return [
        fr.Household(
            id=f"H-{number}",
            village="柳树屯",
            head_name=draw(st.sampled_from(["甲一", "甲二", "乙一"])),
            stated_member_count=draw(st.sampled_from([1, 2, None])),
            villagers_group=draw(st.sampled_from(["一组", "二组"])),
            poverty_status=draw(st.sampled_from(["poor", "exited", None])),
        )
        for number in range(count)
    ]


COLUMNS = st.lists(
    st.sampled_from(["head_name", "stated_member_count", "villagers_group", "poverty_status"]),
    min_size=1,
    unique=True,
)


@given(villages_of_households(), COLUMNS, st.integers(1, 4))
def test_no_masked_row_stands_for_fewer_households_than_was_asked(
    homes: list[fr.Household], columns: list[str], least: int
) -> None:
    try:
        drawn = notice(homes, columns=columns, least_alike=least)
    except RegisterError:
        return
    counted = Counter(drawn.rows)
    assert min(counted.values()) == drawn.least_alike
    assert drawn.least_alike >= least
    assert len(drawn.rows) == len(homes)


@given(villages_of_households(), COLUMNS)
def test_leaving_out_what_a_refusal_names_makes_the_notice_hold(homes: list[fr.Household], columns: list[str]) -> None:
    try:
        notice(homes, columns=columns)
    except RegisterError as error:
        named = [path for path in columns if f"`{path}`" in error.faults[0].mend]
        left = [path for path in columns if path not in named]
        if named:
            assert notice(homes, columns=left).least_alike >= LEAST_ALIKE
        else:
            assert all(_is_refused(homes, [path]) for path in columns)


def _is_refused(homes: list[fr.Household], columns: list[str]) -> bool:
    try:
        notice(homes, columns=columns)
    except RegisterError:
        return True
    return False


@given(villages_of_households(), COLUMNS, st.randoms(use_true_random=False))
def test_the_order_of_households_decides_nothing(homes: list[fr.Household], columns: list[str], chance: Any) -> None:
    shuffled = list(homes)
    chance.shuffle(shuffled)
    assert _is_refused(homes, columns) == _is_refused(shuffled, columns)


@given(villages_of_households(), COLUMNS)
def test_more_neighbours_alike_never_make_a_notice_refused(homes: list[fr.Household], columns: list[str]) -> None:
    if not _is_refused(homes, columns):
        twins = [attrs.evolve(each, id=f"{each.id}-twin") for each in homes]
        assert notice(homes, columns=columns, among=twins).least_alike >= notice(homes, columns=columns).least_alike


def test_neighbours_of_another_village_hide_nobody() -> None:
    homes = [fr.Household(id="H-1", village="柳树屯", head_name="甲一")]
    elsewhere = [fr.Household(id=f"N-{n}", village="杨树屯", head_name="甲二") for n in range(5)]
    near = [attrs.evolve(each, village="柳树屯") for each in elsewhere]
    with pytest.raises(RegisterError):
        notice(homes, columns=["head_name"], among=elsewhere)
    assert notice(homes, columns=["head_name"], among=near).least_alike == 6


CANARY = "99887766554433"


def test_nothing_personal_but_the_name_can_be_put_on_a_notice() -> None:
    known = catalogue(fr.Household)
    for path, field in known.fields.items():
        if field.spec.sensitivity is not Sensitivity.NONE and path != "head_name":
            assert path not in SHOWABLE
    member = fr.Member(id="1", id_no="110105194912310021", phone=CANARY, name="甲一", disease=CANARY)
    homes = [
        fr.Household(
            id=f"H-{n}", village="柳树屯", head_name="甲一", head_id_no="110105194912310021", phone=CANARY,
            bank_account=CANARY, bank_name=CANARY, members=(member,), members_complete=True, main_cause="illness",
        )
        for n in range(3)
    ]  # fmt: skip
    for names in Names:
        drawn = notice(homes, names=names)
        for shown in (drawn.text("zh"), drawn.text("en"), str(drawn.to_plain()), repr(drawn)):
            assert CANARY not in shown
            assert "110105" not in shown
            assert "H-0" not in shown


def test_full_names_are_shown_on_purpose_only() -> None:
    homes = [fr.Household(id=f"H-{n}", village="柳树屯", head_name=f"甲{n}") for n in range(3)]
    masked, full = notice(homes, columns=["head_name"]), notice(homes, columns=["head_name"], names=Names.FULL)
    assert masked.rows == (("甲*",),) * 3
    assert full.rows == (("甲0",), ("甲1",), ("甲2",))
    assert full.least_alike is None
    assert "masked" not in full.text("en")


def test_what_a_notice_says() -> None:
    homes = [
        fr.Household(id=f"H-{n}", county="某县", township="柳树镇", village="柳树镇柳树屯", head_name="甲一", stated_member_count=2)
        for n in range(3)
    ]  # fmt: skip
    drawn = notice(homes, contact="村委会公示栏旁意见箱")
    assert drawn.text("zh").splitlines() == [
        "公示：某县柳树镇柳树屯，3户",
        "公示期：2016-02-01至2016-02-07（含）。",
        "有异议者，请在公示期内提出。",
        "受理：村委会公示栏旁意见箱",
        "姓名已隐去；每一行至少有3户相同。",
        "",
        "  序号  户主  人口",
        "     1  甲*   2",
        "     2  甲*   2",
        "     3  甲*   2",
    ]
    assert drawn.lines("en") == (
        "public notice: 某县柳树镇柳树屯, 3 households",
        "from 2016-02-01 to 2016-02-07, both days included",
        "whoever objects says so by the last day",
        "objections to: 村委会公示栏旁意见箱",
        "names are masked; every row is shared by at least 3 households",
    )
    assert drawn.headers("en") == ("no.", "head of household", "people")


def test_the_people_of_a_complete_roster_are_counted_and_a_blank_stays_a_blank() -> None:
    roster = tuple(fr.Member(id=str(n)) for n in range(4))
    complete = fr.Household(id="H-1", village="V", members=roster, members_complete=True)
    open_roster = fr.Household(id="H-2", village="V", members=roster)
    drawn = notice([complete, open_roster], names=Names.FULL)
    assert drawn.rows == (("（未填）", "4"), ("（未填）", "（未填）"))


@pytest.mark.parametrize(
    "number", ["13800138000", "１３８００１３８０００", "138-0013-8000", "13800 138000", "138·0013·8000"]
)
@pytest.mark.parametrize("where", ["head_name", "natural_village", "village"])
def test_no_number_of_a_person_goes_up_however_it_is_written(where: str, number: str) -> None:
    homes = [fr.with_fact(attrs.evolve(HOME, id=f"H-{each}"), where, f"甲{number}") for each in range(3)]
    with pytest.raises(RegisterError) as caught:
        notice(homes, columns=["head_name", "natural_village"], names=Names.FULL)
    assert {fault.code for fault in caught.value.faults} == {"notice_number"}
    assert "138" not in unicodedata.normalize("NFKC", str(caught.value))


def test_an_older_record_of_a_household_does_not_count_beside_the_one_on_the_notice() -> None:
    homes = [attrs.evolve(HOME, id=f"H-{each}") for each in range(3)]
    older = [attrs.evolve(each, stated_member_count=int(each.id[-1]) + 4) for each in homes]
    assert notice(homes, among=older).least_alike == 3


HOME = fr.Household(id="H-1", village="柳树屯", head_name="甲一", stated_member_count=2)


@pytest.mark.parametrize(
    ("homes", "more", "said"),
    [
        ([], {}, "notice: there is nobody to put on it; put up one notice for each village"),
        (
            [HOME, attrs.evolve(HOME, id="H-2", village="杨树屯")],
            {},
            "notice: holds households of 2 villages; put up one notice for each village",
        ),
        (
            [attrs.evolve(HOME, id=each, village=None) for each in ("H-1", "H-2", "H-3")],
            {},
            "notice: holds households whose village is not known; enter the village of each",
        ),
        ([HOME], {"until": date(2016, 1, 31)}, "notice: ends before it is put up; give a later last day"),
        (
            [HOME],
            {"columns": ["head_name", "phone"]},
            f"notice: `phone` is a way to reach a person; a notice may show: {', '.join(SHOWABLE)}",
        ),
        (
            [HOME],
            {"columns": ["main_cause"]},
            f"notice: `main_cause` may tell of an illness; a notice may show: {', '.join(SHOWABLE)}",
        ),
        (
            [HOME],
            {"columns": ["hukou"]},
            f"notice: `hukou` is nothing that a notice needs; a notice may show: {', '.join(SHOWABLE)}",
        ),
        (
            [HOME],
            {"columns": ["hed"]},
            f"notice: `hed` is no fact of a household; a notice may show: {', '.join(SHOWABLE)}",
        ),
        ([HOME], {"columns": []}, "notice: columns are missing or stand twice; name each once"),
        (
            [HOME, attrs.evolve(HOME, id="H-2"), attrs.evolve(HOME, id="H-3", stated_member_count=5)],
            {},
            (
                "notice: 3 of 3 rows are shared by fewer than 3 households, so masking hides nobody there; "
                "leave out `stated_member_count`, or name the heads in full"
            ),
        ),
        (
            [HOME],
            {},
            (
                "notice: 1 of 1 rows are shared by fewer than 3 households, so masking hides nobody there; "
                "name the heads in full, as those who may object need it"
            ),
        ),
        (
            [attrs.evolve(HOME, villagers_group="电话13800000000")],
            {"columns": ["villagers_group"]},
            (
                "notice: `villagers_group` of a household holds what looks like the number of a person or a telephone; "
                "correct the register"
            ),
        ),
    ],
)
def test_what_a_notice_refuses(homes: list[fr.Household], more: dict[str, Any], said: str) -> None:
    with pytest.raises(RegisterError) as caught:
        notice(homes, **more)
    assert str(caught.value) == said
