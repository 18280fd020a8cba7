"""The model: equal objects through all doors, every wrong value told at once, nobody's number ever shown."""

import copy
import json
import pickle
import traceback
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import FupinRulesError, ModelError
from fupin_rules.model import (
    GROUPS,
    SEX_OF_RELATION,
    BankAccount,
    CodeList,
    Health,
    Hukou,
    IdNumber,
    PersonName,
    Phone,
    PovertyCause,
    Relation,
    Sensitivity,
    Sex,
    Sort,
    all_facts,
    birth_date_of,
    catalogue,
    certificate_problems,
    check_character,
    is_personal,
    sex_of,
    take_plain,
)
from fupin_rules.model._plain import _converter
from fupin_rules.quantities import PLAIN
from fupin_rules.testing import households
from fupin_rules.testing.strategies._values import known_or_not, known_values

ALL = [
    *catalogue(fr.Household).fields.values(),
    *catalogue(fr.Household).members.values(),
    *catalogue(fr.Village).fields.values(),
    *catalogue(fr.Area).fields.values(),
]


# -- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ALL, ids=lambda field: f"{field.owner}.{field.path}")
def test_a_field_says_all_that_columns_forms_and_questions_need(field: object) -> None:
    from fupin_rules.model import Field

    assert isinstance(field, Field)
    assert field.spec.zh
    assert field.spec.en
    if field.spec.sort is Sort.NUMBER:
        assert field.spec.low is not None
        assert field.spec.high is not None
        assert field.spec.low < field.spec.high
        assert field.spec.high * 10**field.spec.places <= 2**63 - 1
    if field.spec.sort in (Sort.CODE, Sort.CODES):
        assert field.spec.code_list is not None
    if field.spec.sort is Sort.PRIVATE:
        assert is_personal(field)


def test_units_stand_in_the_names() -> None:
    suffixes = {"yuan": "_yuan", "wan_yuan": "_wan_yuan", "mu": "_mu", "m2": "_m2", "km": "_km"}
    for field in ALL:
        if field.spec.sort is Sort.NUMBER and field.spec.unit != PLAIN:
            measure = next((base for base, power in field.spec.unit.powers if power > 0), "")
            if measure in suffixes:
                assert field.path.endswith(suffixes[measure]), field.path


def test_national_codes_are_bound_once_within_an_owner() -> None:
    for owner in ("household", "member", "village", "area"):
        codes = [field.spec.national_code for field in ALL if field.owner == owner and field.spec.national_code]
        assert len(codes) == len(set(codes))


def test_the_fields_of_the_national_system_are_there() -> None:
    known = {field.spec.national_code for field in ALL}
    ranges = {
        "AAC3": [
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "07",
            "08",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "22",
        ],
        "AAC0": [
            "01",
            "04",
            "05",
            "06",
            "07",
            "08",
            "12",
            "16",
            "17",
            "29",
            "31",
            "71",
            "72",
            "73",
            "74",
            "76",
            "77",
            "78",
            "79",
            "81",
            "82",
            "83",
            "84",
            "85",
            "86",
            "87",
            "88",
            "89",
            "91",
            "92",
            "93",
        ][1:],
        "AAB0": [
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "07",
            "08",
            "09",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "17",
            "18",
            "19",
            "21",
            "22",
            "25",
            "29",
            "30",
            "31",
            "65",
            "66",
            "67",
        ],
        "AAD0": [f"{n:02d}" for n in (*range(4, 20), 21, 22, 23, 24, 25, 26, 27, 35, 36, 37, 38)],
        "AAD3": [
            "01",
            "02",
            "11",
            "13",
            "14",
            "23",
            "28",
            "31",
            "32",
            "58",
            "61",
            "71",
            "81",
            "82",
            "83",
            "84",
            "91",
            "92",
            "93",
            "94",
        ],
        "AAD4": ["01", "11", "12", "13", "14"],
        "ADA0": ["01", "02", "03", "04", "05", "06", "07", "24"],
        "AAR": ["007", "008", "010", "011", "012", "040", "100", "101", "102", "103"],
        "ACR0": ["75", "77", "78", "79", "81"],
    }
    wanted = {prefix + code for prefix, codes in ranges.items() for code in codes}
    assert wanted - known == set()


def test_every_code_list_has_both_labels_and_one_code_for_each_number() -> None:
    for code_list in {field.spec.code_list for field in ALL if field.spec.code_list is not None}:
        assert code_list.__doc__
        codes = list(code_list)
        assert all(code.zh and code.en for code in codes)
        national = [code.national for code in codes if code.national]
        assert len(set(national)) == len(national), code_list
        assert len({code.zh for code in codes}) == len(codes), code_list


def test_every_relation_implies_a_sex_or_none() -> None:
    assert set(SEX_OF_RELATION) == set(Relation)
    assert SEX_OF_RELATION[Relation.SON] is Sex.MALE
    assert SEX_OF_RELATION[Relation.MOTHER] is Sex.FEMALE
    assert [r for r in Relation if SEX_OF_RELATION[r] is None] == [
        Relation.HEAD,
        Relation.SPOUSE,
        Relation.SIBLING,
        Relation.OTHER,
    ]


def test_a_code_is_its_english_name_and_hashes_like_it() -> None:
    assert Relation.read("head") == "head"
    assert Relation.read("head") == "head"
    assert Relation.HEAD.label("zh") == "本人或户主"
    with pytest.raises(ValueError, match="expected one of head, spouse"):
        Relation.read("01")
    with pytest.raises(ValueError, match="expected one of male"):
        Sex.read(Relation.HEAD)
    assert issubclass(Relation, CodeList)


def test_the_order_of_facts_puts_the_roster_first_and_members_by_number() -> None:
    paths = [
        "members[10].sex",
        "members[2].sex",
        "members[2].birth_date",
        "hukou",
        "income.pension_yuan",
        "members_complete",
    ]
    assert sorted(paths, key=catalogue(fr.Household).order) == [
        "members_complete",
        "income.pension_yuan",
        "hukou",
        "members[2].sex",
        "members[2].birth_date",
        "members[10].sex",
    ]


# -- doors -----------------------------------------------------------------------------------------------------------


@given(households(realistic=False))
def test_plain_data_reads_back_as_it_was(home: fr.Household) -> None:
    plain = fr.to_plain(home, reveal=True)
    assert fr.from_plain(fr.Household, plain) == home
    assert fr.from_plain(fr.Household, json.loads(json.dumps(plain))) == home


@given(st.data())
def test_all_doors_give_equal_objects(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from([f for f in ALL if f.owner == "household"]))
    value = data.draw(known_or_not(known_values(field, realistic=False)))
    by_path = fr.with_fact(fr.Household(id="1"), field.path, value)
    group, dot, name = field.path.rpartition(".")
    by_hand = fr.Household(id="1", **({group: GROUPS[group](**{name: value})} if dot else {field.path: value}))
    assert by_path == by_hand
    assert fr.from_plain(fr.Household, fr.to_plain(by_hand, reveal=True)) == by_hand
    assert dict(all_facts(by_hand))[field.path] == dict(all_facts(by_path))[field.path]


SPOILT = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**9),
    st.sampled_from(["", " ", "rural", "yes", "1.005", "2014-02-30", "2014-02-28", "\0", "NaN"]),
    st.sampled_from([{"not_known": "refused"}, {"not_known": "zero_divisor"}, {"not_known": "asked"}, {}, [], ["x"]]),
    st.floats(allow_nan=True),
    # What no JSON holds, and a caller in Python may.
    st.sampled_from(
        [
            *[Hukou.RURAL, Relation.HEAD, fr.NotKnown(fr.Why.REFUSED), {"not_known": fr.Why.REFUSED}],
            *[date(2014, 2, 28), datetime(2014, 2, 28, tzinfo=UTC), Decimal("NaN"), Decimal("-0.0"), Decimal("1E400")],
            *[
                PersonName("甲"),
                IdNumber("1"),
                ["healthy"],
                ("healthy", "healthy"),
                [Relation.HEAD],
                b"1",
                " x ",
                "０.00",
            ],
            *["0.00", "007", "+1", "1_0", "1e2", "0e99999", "2014-W09-5", "甲" * 70, " " * 70 + "甲", "a\tb"],
        ]
    ),
)


@given(home=households(realistic=False), spoil=st.lists(st.tuples(st.integers(0, 400), SPOILT), max_size=2))
def test_reading_in_haste_takes_what_a_full_check_takes_and_nothing_else(
    home: fr.Household, spoil: list[tuple[int, object]]
) -> None:
    plain = fr.to_plain(home, reveal=True)
    tables = [plain, *plain.get("members", ()), *(value for value in plain.values() if isinstance(value, dict))]
    for place, value in spoil:
        table = tables[place % len(tables)]
        names = [*sorted(table), "no_such_fact"]
        table[names[place % len(names)]] = value
    try:
        full = _converter().structure(plain, fr.Household)
    except Exception:  # noqa: BLE001  the converter's own errors, of several kinds
        assert take_plain(fr.Household, plain) is None
        with pytest.raises(ModelError):
            fr.from_plain(fr.Household, plain)
    else:
        assert fr.from_plain(fr.Household, plain) == full
        assert take_plain(fr.Household, plain) in (full, None)


def test_a_code_of_another_list_is_no_code_of_this_one_though_their_texts_are_equal() -> None:
    for told, fits in ((Health.DISABILITY, True), (PovertyCause.DISABILITY, False)):
        plain = {"id": "1", "health": [told]}
        if fits:
            assert fr.from_plain(fr.Member, plain) == fr.Member(id="1", health=(Health.DISABILITY,))
        else:
            with pytest.raises(ModelError, match=r"\$.health: expected one of"):
                fr.from_plain(fr.Member, plain)


def test_a_float_is_taken_at_its_shortest_decimal_form() -> None:
    assert fr.Income(wage_income_yuan=0.1).wage_income_yuan == Decimal("0.10")  # type: ignore[arg-type]
    with pytest.raises(ModelError):
        fr.Income(wage_income_yuan=0.1 + 0.2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cls", "facts_", "message"),
    [
        (fr.Income, {"pension_yuan": "-1"}, "$.pension_yuan: cannot be less than 0"),
        (fr.Income, {"pension_yuan": 10**9}, "$.pension_yuan: cannot be more than 100000000"),
        (fr.Income, {"pension_yuan": "1.234"}, "$.pension_yuan: has more than 2 decimal places"),
        (fr.Income, {"pension_yuan": True}, "$.pension_yuan: expected a number, got a truth value"),
        (fr.Income, {"pension_yuan": "12,5"}, "$.pension_yuan: expected a number"),
        (fr.Production, {"arable_mu": 101}, "$.arable_mu: cannot be more than 100"),
        (fr.Living, {"house_grade": "E"}, "$.house_grade: expected one of A, B, C, D"),
        (fr.Living, {"water_safe": 1}, "$.water_safe: expected true or false"),
        (fr.Living, {"water_safe": "yes"}, "$.water_safe: expected true or false"),
        (fr.Living, {"fuel": "coal"}, "$.fuel: expected a list of codes"),
        (fr.Living, {"fuel": ["coal", "clean", "straw", "dung"]}, "$.fuel: at most 3 codes"),
        (fr.Living, {"house_structure": "x" * 501}, "$.house_structure: expected a text of at most 500 characters"),
        (fr.Member, {"id": "1", "birth_date": "1991-1"}, "$.birth_date: expected a day, YYYY-MM-DD"),
        (fr.Member, {"id": "1", "birth_date": "1991-02-30"}, "$.birth_date: expected a day, YYYY-MM-DD"),
        (fr.Member, {"id": "1", "birth_date": "19910101"}, "$.birth_date: expected a day, YYYY-MM-DD"),
        (
            fr.Member,
            {"id": "1", "birth_date": datetime(1991, 1, 1, tzinfo=UTC)},
            "$.birth_date: expected a day, YYYY-MM-DD",
        ),
        (
            fr.Member,
            {"id": "1", "birth_date": date(1899, 1, 1)},
            "$.birth_date: expected a day from 1900-01-01 to 2199-12-31",
        ),
        (fr.Member, {"id": "1", "work_months": 13}, "$.work_months: cannot be more than 12"),
        (
            fr.Member,
            {"id": "1", "id_no": 110105194912310021},
            "$.id_no: expected a text, not a number: a spreadsheet number has lost digits",
        ),
        (fr.Member, {"id": "1", "name": "x" * 65}, "$.name: expected a text of 1 to 64 characters"),
        (fr.Household, {"id": "1", "data_year": "2016.5"}, "$.data_year: is not a whole number"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_the_door(cls: type, facts_: dict[str, object], message: str) -> None:
    with pytest.raises(ModelError) as refusal:
        cls(**facts_)
    assert str(refusal.value) == f"{message}; give it as told, or leave it out as not known"


def test_every_fault_of_plain_data_is_told_at_once_with_its_path() -> None:
    data = {
        "idd": "1",
        "hukou": "city",
        "income": {"pension_yuan": "much", "pensions": 1},
        "living": [],
        "members": [{"id": "1", "sex": "m"}, {}, "x", {"id": "4", "birth_date": "soon", "health": ["ill"]}],
    }
    with pytest.raises(ModelError) as refusal:
        fr.from_plain(fr.Household, data)
    assert {fault.where for fault in refusal.value.faults} == {
        "$.id",
        "$.idd",
        "$.hukou",
        "$.income.pension_yuan",
        "$.income.pensions",
        "$.living",
        "$.members[0].sex",
        "$.members[1].id",
        "$.members[2]",
        "$.members[3].birth_date",
        "$.members[3].health",
    }


def test_a_fact_that_is_none_is_refused_with_the_nearest() -> None:
    home = fr.Household(id="1", members=(fr.Member(id="1"),))
    for path, near in (("income.pensions_yuan", "income.pension_yuan"), ("members[1].sexe", "members[1].sex")):
        with pytest.raises(ModelError, match="is no fact; did you mean") as refusal:
            fr.with_fact(home, path, 1)
        assert near in str(refusal.value)
    with pytest.raises(ModelError, match="no such member"):
        fr.with_fact(home, "members[2].sex", "male")
    with pytest.raises(ModelError) as refusal:
        fr.with_fact(home, "members[1].sex", "m")
    assert refusal.value.faults[0].where == "$.members[1].sex"


# -- nobody's number -------------------------------------------------------------------------------------------------

CANARY = {"name": "司马相如九号", "id_no": "11010519491231002X", "phone": "12345678901", "bank": "6222000011112222333"}


def canary_home() -> fr.Household:
    return fr.Household(
        id="canary",
        members=(fr.Member(id="1", name=CANARY["name"], id_no=CANARY["id_no"], phone=CANARY["phone"]),),
        head_name=CANARY["name"],
        head_id_no=CANARY["id_no"],
        phone=CANARY["phone"],
        bank_account=CANARY["bank"],
    )


def shows(text: str) -> bool:
    return any(secret in text for secret in CANARY.values())


def test_a_household_shows_what_is_known_of_it() -> None:
    home = fr.Household(id="1", members=(fr.Member(id="1", sex="male"),), income=fr.Income(pension_yuan=5), phone="123")
    assert repr(home) == (
        "Household(id='1', members=(Member(id='1', sex=<Sex.MALE: 'male'>),),"
        " income=Income(pension_yuan=Decimal('5.00')), phone=Phone(***))"
    )
    assert repr(fr.Household(id="2", hukou=fr.NotKnown(fr.Why.REFUSED))) == (
        "Household(id='2', hukou=NotKnown(why=<Why.REFUSED: 'refused'>))"
    )


def test_personal_texts_show_masked_wherever_they_are_not_revealed() -> None:
    home = canary_home()
    for shown in (
        repr(home),
        str(home),
        f"{home}",
        f"{home.head_id_no}",
        f"{home.members[0].name!r:>40}",
        repr(attrs.asdict(home)),
    ):
        assert not shows(shown)
    assert not shows(json.dumps(fr.to_plain(home)))
    assert shows(json.dumps(fr.to_plain(home, reveal=True), ensure_ascii=False))
    assert isinstance(home.head_id_no, IdNumber)
    assert home.head_id_no.reveal() == CANARY["id_no"]


def test_personal_texts_are_not_pickled_and_not_changed() -> None:
    home = canary_home()
    with pytest.raises(TypeError, match="is not pickled") as refusal:
        pickle.dumps(home)
    assert not shows(str(refusal.value))
    assert copy.deepcopy(home) == home
    assert copy.copy(home.head_id_no) == home.head_id_no
    with pytest.raises(AttributeError):
        home.head_id_no.other = 1  # type: ignore[union-attr]
    assert pickle.loads(pickle.dumps(fr.Household(id="1"))) == fr.Household(id="1")


@pytest.mark.parametrize("field", sorted(catalogue(fr.Household).members) + sorted(catalogue(fr.Household).fields))
def test_a_number_in_the_wrong_place_is_never_shown(field: str) -> None:
    plain: dict[str, object]
    if field in catalogue(fr.Household).members:
        plain = {"id": "1", "members": [{"id": "1", field: {"x": CANARY["id_no"]}}]}
    else:
        group, _, name = field.rpartition(".")
        plain = {"id": "1", group: {name: [CANARY["id_no"]]}} if group else {"id": "1", field: [CANARY["id_no"]]}
    with pytest.raises(FupinRulesError) as refusal:
        fr.from_plain(fr.Household, plain)
    error = refusal.value
    assert not shows("".join(traceback.format_exception(error)))
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None


def test_sorts_of_personal_texts_are_told_apart() -> None:
    assert PersonName("甲") != Phone("甲")
    assert IdNumber("11010519491231002x") == IdNumber("11010519491231002X")
    assert len({BankAccount("1"), BankAccount("１")}) == 1
    assert PersonName("甲乙").masked() == "甲*"
    assert (Phone("1") == "1") is False


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "11010519491231002X11"])
@pytest.mark.parametrize("cls", [fr.Household, fr.Member, fr.Village, fr.Area])
def test_the_number_of_a_certificate_is_no_id_and_is_not_shown(cls: type[fr.Household], number: str) -> None:
    with pytest.raises(fr.FupinRulesError) as caught:
        cls(id=number)
    assert str(caught.value) == (
        "$.id: is the number of a certificate, which an id would show in every answer; "
        "number households and members by themselves"
    )
    assert cls(id=f"{number}-1").id == f"{number}-1"


def test_an_id_is_a_text_that_can_be_written_down() -> None:
    with pytest.raises(ModelError) as refusal:
        fr.Household(id="H\ud800")
    assert str(refusal.value) == (
        "$.id: expected a text of 1 to 64 characters without brackets or control characters; "
        "give an id that is no identity number"
    )


def test_health_and_identity_are_marked() -> None:
    marked = {field.path: field.spec.sensitivity for field in catalogue(fr.Household).members.values()}
    assert marked["health"] is Sensitivity.HEALTH
    assert marked["birth_date"] is Sensitivity.IDENTITY
    assert marked["phone"] is Sensitivity.CONTACT


# -- certificate numbers ---------------------------------------------------------------------------------------------


@given(st.integers(0, 10**17 - 1))
def test_the_check_character_is_that_of_iso_7064(number: int) -> None:
    first = f"{number:017d}"
    whole = sum(
        (10 if c == "X" else int(c)) * 2 ** (17 - place) for place, c in enumerate(first + check_character(first))
    )
    assert whole % 11 == 1


@given(st.integers(0, 17), st.integers(1, 9))
@settings(max_examples=30)
def test_one_wrong_digit_is_always_noticed(place: int, shift: int) -> None:
    number = "110105194912310021"[:17] + check_character("11010519491231002")
    digits = "0123456789X"
    wrong = digits[(digits.index(number[place]) + shift) % (11 if place == 17 else 10)]
    if wrong != number[place]:
        assert certificate_problems(number[:place] + wrong + number[place + 1 :]) != ()


@pytest.mark.parametrize(
    ("number", "problems"),
    [
        ("11010519491231002X", ()),
        ("11010519491231002X44", ()),
        ("11010519491231002X44B1", ()),
        ("11010519491231002X94", ("form",)),
        ("1101051949123100", ("length",)),
        ("11010519491331002X", ("date", "check")),
        ("11010518491231002X", ("date", "check")),
        ("１１０１０５１９４９１２３１００２X", ("form",)),
        ("", ("length",)),
        ("X" * 18, ("form",)),
    ],
)
def test_what_is_wrong_with_a_certificate_number_is_named(number: str, problems: tuple[str, ...]) -> None:
    assert certificate_problems(number) == problems


def test_a_number_tells_birth_and_sex() -> None:
    assert birth_date_of("11010519491231002X") == date(1949, 12, 31)
    assert birth_date_of("short") is None
    assert sex_of("110105194912310039") is Sex.MALE
    assert sex_of("") is None


@given(st.integers(1, 10**6), st.integers(-(10**6), 2 * 10**6), st.integers(0, 99))
def test_the_schema_of_an_amount_accepts_just_what_lies_within_its_bounds(high: int, whole: int, cents: int) -> None:
    import re

    from fupin_rules.model._shapes import _up_to

    accepted = re.fullmatch(_up_to(high, 2), f"{whole}.{cents:02d}") is not None
    assert accepted is (whole >= 0 and Decimal(f"{whole}.{cents:02d}") <= high)
