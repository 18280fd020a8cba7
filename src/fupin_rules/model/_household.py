"""A household (农户): the unit of identification, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from fupin_rules.errors import Fault, LimitError, ModelError
from fupin_rules.markup import both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.model._drawing import draw_known
from fupin_rules.model._fields import (
    Flag,
    Number,
    Sensitivity,
    Text,
    check_id,
    code,
    codes,
    derive,
    flag,
    number,
    private,
    show_known,
    text,
)
from fupin_rules.model._groups import Assets, Income, Living, Production, Relocation
from fupin_rules.model._household_codes import (
    HouseholdAttribute,
    Hukou,
    IdentificationStandard,
    PovertyCause,
    PovertyCause2010,
    PovertyStatus,
)
from fupin_rules.model._member import Member
from fupin_rules.model._monitoring import Monitoring
from fupin_rules.model._private import BankAccount, IdNumber, PersonName, Phone
from fupin_rules.truth import NotKnown

# More people than ever live together; a longer roster is an error of grouping.
MAX_MEMBERS = 60


def _roster(members: Iterable[Member]) -> tuple[Member, ...]:
    roster = tuple(members)
    anything: tuple[object, ...] = roster
    strangers = [
        Fault(f"$.members[{place}]", f"expected a member, got `{type(each).__name__}`", "give a `Member`", "shape")
        for place, each in enumerate(anything)
        if not isinstance(each, Member)
    ]
    if strangers:
        raise ModelError(strangers)
    if len(roster) > MAX_MEMBERS:
        what = f"has {len(roster)} members, more than {MAX_MEMBERS}"
        raise LimitError(Fault("$.members", what, "check how rows were grouped into households", "members"))
    seen: set[str] = set()
    faults = []
    for place, member in enumerate(roster):
        if member.id in seen:
            faults.append(
                Fault(f"$.members[{place}].id", "stands twice in the household", "number the members", "double")
            )
        seen.add(member.id)
    if faults:
        raise ModelError(faults)
    return roster


def _income(group: Income | None) -> Income:
    return Income() if group is None else group


def _production(group: Production | None) -> Production:
    return Production() if group is None else group


def _living(group: Living | None) -> Living:
    return Living() if group is None else group


def _assets(group: Assets | None) -> Assets:
    return Assets() if group is None else group


def _relocation(group: Relocation | None) -> Relocation:
    return Relocation() if group is None else group


def _monitoring(group: Monitoring | None) -> Monitoring:
    return Monitoring() if group is None else group


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Household:
    """
    What is known of a household (AC01 and its parts); every fact but the id may be unknown.

    AAC009 is left out on purpose: it means the reason of a return to poverty in one program and a one-child family in
    another, so a pack must say which before it can be read.

    Attributes:
        id: Identifies the household in answers; never the number of a person, for the head may change.
        members: The counted members: those who live together and share costs.
        members_complete: Whether `members` lists them all; left out, that is itself not known.
        income: Income and cost of the reference year.
        production: Conditions of production.
        living: Conditions of living.
        assets: What exclusions ask about.
        relocation: Relocation.
        monitoring: What is known of it under monitoring, since 2020.
    """

    __repr__ = show_known
    drawing = draw_known
    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    id: str = attrs.field(converter=check_id)
    members: tuple[Member, ...] = attrs.field(default=(), converter=_roster)
    members_complete: Flag = flag("", "所列成员是否完整", "all members are listed", fixed=True)
    income: Income = attrs.field(factory=Income, converter=_income)
    production: Production = attrs.field(factory=Production, converter=_production)
    living: Living = attrs.field(factory=Living, converter=_living)
    assets: Assets = attrs.field(factory=Assets, converter=_assets)
    relocation: Relocation = attrs.field(factory=Relocation, converter=_relocation)
    monitoring: Monitoring = attrs.field(factory=Monitoring, converter=_monitoring)
    province: Text = text("", "省", "province")
    city: Text = text("", "市", "city")
    county: Text = text("", "县", "county")
    township: Text = text("", "镇", "township", aliases=("乡镇", "乡(镇)"))
    village: Text = text("", "行政村", "village", aliases=("村",))
    area_code: Text = text("AAR008", "行政区划代码", "area code of 12 digits")
    villagers_group: Text = text("AAR007", "所在组", "villagers' group")
    natural_village: Text = text("AAD041", "自然村", "natural village")
    data_year: Number = number("AAR040", "数据年度", "year of the data", unit="year", low=1949, high=2199, fixed=True)
    is_valid: Flag = flag("AAR100", "是否有效", "record is valid", aliases=("有效标志",), fixed=True)
    head_name: PersonName | str | NotKnown | None = private(
        "AAC029", "户主姓名", "name of the head", PersonName, Sensitivity.IDENTITY
    )
    head_id_no: IdNumber | str | NotKnown | None = private(
        "AAC031", "户主证件号码", "certificate number of the head", IdNumber, Sensitivity.IDENTITY
    )
    stated_member_count: Number = number(
        "AAC017", "人数", "members as stated", unit="person", high=200, aliases=("家庭人口数",), fixed=True
    )
    phone: Phone | str | NotKnown | None = private("AAR012", "联系电话", "phone", Phone, Sensitivity.CONTACT)
    bank_name: Text = text("AAQ002", "开户银行名称", "bank", sensitivity=Sensitivity.FINANCE)
    bank_account: BankAccount | str | NotKnown | None = private(
        "AAC004", "银行卡号", "bank account", BankAccount, Sensitivity.FINANCE
    )
    hukou: Hukou | str | NotKnown | None = code("", "户主户籍类型", "register of the head", Hukou)
    identification_standard: IdentificationStandard | str | NotKnown | None = code(
        "AAC005", "识别标准", "standard of identification", IdentificationStandard
    )
    household_attribute: HouseholdAttribute | str | NotKnown | None = code(
        "AAC006", "贫困户属性", "class of the household", HouseholdAttribute
    )
    poverty_status: PovertyStatus | str | NotKnown | None = code(
        "AAR010", "脱贫属性", "status on the register", PovertyStatus
    )
    change_year: Number = number(
        "AAC016", "脱贫（变更）年度", "year of the change of status", unit="year", low=1949, high=2199, fixed=True
    )
    main_cause: PovertyCause | str | NotKnown | None = code(
        "AAC007", "主要致贫原因", "main cause of poverty", PovertyCause, older=(PovertyCause2010,), fixed=True
    )
    other_causes: tuple[PovertyCause | str, ...] | frozenset[PovertyCause] | NotKnown | None = codes(
        "AAC008", "其他致贫原因", "other causes of poverty", PovertyCause, most=2, older=(PovertyCause2010,), fixed=True
    )
    is_martyr_or_soldier_family: Flag = flag("AAC012", "是否军烈属", "family of a martyr or soldier", fixed=True)
    is_one_child_family: Flag = flag("", "是否独生子女户", "one-child family", fixed=True)
    is_two_daughter_family: Flag = flag("", "是否双女户", "two-daughter family", fixed=True)
    is_family_planning_household: Flag = flag("", "是否计划生育户", "family planning household", fixed=True)
    is_single_parent_family: Flag = flag("", "是否单亲家庭", "single-parent family", fixed=True)
    income_stable: Flag = flag("", "收入是否稳定", "income is stable")
