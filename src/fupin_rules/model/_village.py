"""An administrative village (行政村): what the village form asks, and what the rules about villages need."""

from __future__ import annotations

from typing import Any

import attrs

from fupin_rules.markup import both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.model._drawing import draw_known
from fupin_rules.model._fields import (
    Flag,
    Number,
    Sensitivity,
    Text,
    Yuan,
    check_id,
    code,
    derive,
    flag,
    money,
    number,
    private,
    show_known,
    text,
)
from fupin_rules.model._household_codes import Region, VillageAttribute
from fupin_rules.model._private import PersonName, Phone
from fupin_rules.truth import NotKnown


def _people(national_code: str, zh: str, en: str, **more: Any) -> Any:
    return number(national_code, zh, en, unit="person", high=1_000_000, **more)


def _households(national_code: str, zh: str, en: str, **more: Any) -> Any:
    return number(national_code, zh, en, unit="household", high=1_000_000, **more)


def _land(national_code: str, zh: str, en: str) -> Any:
    return number(national_code, zh, en, unit="mu", high=10_000_000, places=2)


def _items(national_code: str, zh: str, en: str) -> Any:
    return number(national_code, zh, en, unit="item", high=100_000)


def _per_capita(zh: str, en: str, **more: Any) -> Any:
    # Bounds that leave room in 63 bits for two quotients of such amounts that are compared.
    return money("", zh, en, unit="yuan / person / year", high=200_000, **more)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Village:
    """
    What is known of an administrative village (AD01, AD06); every fact but the id may be unknown.

    Collective income is in 万元 (10,000 yuan), net income per person in yuan: the two never mix. The figures of the
    province are facts of the village's surroundings, entered beside it.

    Attributes:
        id: Identifies the village in answers.
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
    province: Text = text("", "省", "province")
    city: Text = text("", "市", "city")
    county: Text = text("", "县", "county")
    township: Text = text("", "镇", "township", aliases=("乡镇", "乡(镇)"))
    name: Text = text("AAR009", "行政村", "name of the village", aliases=("村",))
    area_code: Text = text("AAR008", "行政区划代码", "area code of 12 digits")
    secretary: PersonName | str | NotKnown | None = private(
        "AAR011", "负责人", "person in charge", PersonName, Sensitivity.IDENTITY
    )
    post: Text = text("AAF031", "职务", "post")
    phone: Phone | str | NotKnown | None = private("AAR012", "联系电话", "phone", Phone, Sensitivity.CONTACT)
    village_attribute: VillageAttribute | str | NotKnown | None = code(
        "AAD004", "村属性", "class of the village", VillageAttribute
    )
    direction: Text = text("AAD035", "发展方向", "direction of development")
    terrain: Text = text("AAD036", "地形地貌", "terrain")
    longitude_degree: Number = number(
        "AAR101", "经度", "longitude", unit="degree", low=-180, high=180, places=6, fixed=True
    )
    latitude_degree: Number = number(
        "AAR102", "纬度", "latitude", unit="degree", low=-90, high=90, places=6, fixed=True
    )
    altitude_m: Number = number("AAR103", "海拔", "altitude", unit="m", low=-500, high=9000, places=1, fixed=True)
    households: Number = _households("AAD005", "总户数", "households")
    natural_villages: Number = _items("AAD006", "自然村（组）数", "natural villages")
    poor_households: Number = _households("AAD007", "贫困户数", "poor households")
    dibao_households: Number = _households("AAD008", "低保户数", "households on the minimum living allowance")
    wubao_households: Number = _households("AAD009", "五保户数", "households under the five guarantees")
    population: Number = _people("AAD010", "总人口数", "population")
    poor_people: Number = _people("AAD011", "贫困人口数", "poor people")
    dibao_people: Number = _people("AAD012", "低保人口数", "people on the minimum living allowance")
    wubao_people: Number = _people("AAD013", "五保人口数", "people under the five guarantees")
    minority: Number = _people("AAD014", "少数民族人口数", "people of ethnic minorities", fixed=True)
    women: Number = _people("AAD015", "妇女人口数", "women", fixed=True)
    disabled: Number = _people("AAD016", "残疾人口数", "disabled people")
    labour: Number = _people("AAD017", "劳动力人数", "people able to work")
    migrants: Number = _people("AAD018", "外出务工人数", "people working elsewhere")
    arable_mu: Number = _land("AAD019", "耕地面积", "arable land")
    irrigated_mu: Number = _land("AAD027", "有效灌溉面积", "irrigated land")
    forest_mu: Number = _land("AAD021", "林地面积", "forest land")
    returned_forest_mu: Number = _land("AAD022", "退耕还林面积", "farmland returned to forest")
    orchard_mu: Number = _land("AAD023", "林果面积", "orchard land")
    pasture_mu: Number = _land("AAD024", "牧草地面积", "pasture land")
    water_mu: Number = _land("AAD025", "水域面积", "water surface")
    livestock: Number = number(
        "AAD026", "年末牲畜存栏", "livestock at the end of the year", unit="head", high=10_000_000
    )
    net_income_per_capita_yuan: Yuan = money(
        "AAD301", "农民人均纯收入", "net income per person", unit="yuan / person / year", low=-1_000_000
    )
    collective_income_wan_yuan: Number = number(
        "AAD302",
        "村级集体经济收入（万元）",
        "collective income of the village",
        unit="wan_yuan / year",
        high=1_000_000,
        places=6,
    )
    ncms: Number = _people("AAD311", "参加新农合人数", "people in residents' medical insurance")
    pension_res: Number = _people("AAD313", "参加居民养老保险人数", "people in residents' pension insurance")
    pension_work: Number = _people("AAD314", "参加职工养老保险人数", "people in workers' pension insurance")
    hard_road_to_township: Flag = flag("AAD328", "到乡镇是否通沥青（水泥）路", "hard road to the township")
    coach: Flag = flag("AAD323", "是否通客运班车", "served by a coach")
    households_unsafe_water: Number = _households("AAD331", "未实现饮水安全户数", "households without safe water")
    households_hard_water: Number = _households("AAD332", "饮水困难户数", "households with difficult water")
    powered_natural_villages: Number = _items(
        "AAD358", "已通生活用电的自然村数", "natural villages with power (20 households and more)"
    )
    unsafe_house_households: Number = _households("AAD361", "危房户数", "households in unsafe houses")
    cooperatives: Number = _items("AAD371", "农民专业合作社个数", "cooperatives")
    tourism_households: Number = _households("AAD381", "从事乡村旅游户数", "households in tourism")
    farmstay_households: Number = _households("AAD382", "经营农家乐户数", "households that keep a farm stay")
    tourism_workers: Number = _people("AAD383", "乡村旅游从业人数", "people working in tourism")
    tourism_income_per_household_yuan: Yuan = money(
        "AAD384", "乡村旅游户均收入", "income per household from tourism", unit="yuan / household / year"
    )
    clinics: Number = _items("AAD391", "卫生室个数", "clinics")
    public_toilets: Number = _items("AAD392", "公共卫生厕所个数", "public toilets")
    doctors: Number = _people("AAD393", "执业（助理）医师人数", "doctors")
    rubbish_points: Number = _items("AAD394", "垃圾集中堆放点个数", "rubbish points")
    culture_rooms: Number = _items("AAD401", "文化（图书）室个数", "culture rooms")
    broadband_households: Number = _households("AAD411", "通宽带户数", "households with broadband")
    broadband_schools: Number = _items("AAD412", "通宽带的村小学数", "primary schools with broadband")
    mobile_internet_households: Number = _households(
        "AAD413", "能用手机上网的户数", "households online by mobile phone"
    )
    information_officers: Number = _people("AAD414", "村信息员人数", "information officers")
    party_members: Number = _people("AAD037", "中共党员人数", "party members")
    graduate_officials: Number = _people("AAD038", "大学生村官人数", "graduate village officials")
    ordinary_poor_households: Number = _households("ADA001", "一般贫困户户数", "ordinary poor households")
    ordinary_poor_people: Number = _people("ADA002", "一般贫困户人口数", "people of ordinary poor households")
    dibao_poor_households: Number = _households("ADA003", "低保贫困户户数", "poor households on the allowance")
    dibao_poor_people: Number = _people("ADA004", "低保贫困户人口数", "people of poor households on the allowance")
    wubao_poor_households: Number = _households("ADA005", "五保贫困户户数", "poor households under the five guarantees")
    wubao_poor_people: Number = _people(
        "ADA006", "五保贫困户人口数", "people of poor households under the five guarantees"
    )
    planned_exit_year: Number = number(
        "ADA007", "计划退出年份", "planned year of exit", unit="year", low=1949, high=2199
    )
    disabled_poor: Number = _people("ADA024", "残疾贫困人口数", "disabled poor people")
    rural_population: Number = _people("", "农业户籍人口数", "people on the rural register")
    remaining_poor_people: Number = _people("", "尚未脱贫人口数", "poor people not yet lifted out")
    region: Region | str | NotKnown | None = code("", "所属地区", "region", Region, fixed=True)
    province_net_income_per_capita_yuan: Yuan = money(
        "", "全省农民人均纯收入", "net income per rural person of the province", unit="yuan / person / year", fixed=True
    )
    province_poor_people: Number = number(
        "", "全省农村贫困人口数", "rural poor people of the province", unit="person", high=200_000_000, fixed=True
    )
    province_rural_population: Number = number(
        "", "全省农业户籍人口数", "rural people of the province", unit="person", high=200_000_000, fixed=True
    )
    has_power: Flag = flag("", "是否通电", "has power")
    has_safe_water: Flag = flag("", "是否通安全饮水", "has safe water")
    has_broadcast: Flag = flag("", "是否通广播电视", "has radio and television")
    has_broadband: Flag = flag("", "是否通宽带", "has broadband")
    resident_population: Number = _people("", "常住人口数", "residents")
    remaining_poor_households: Number = _households("", "尚未脱贫户数", "poor households not yet lifted out")
    is_exited: Flag = flag("", "是否已出列", "poor village taken off the list")
    exited_net_income_per_capita_yuan: Yuan = _per_capita(
        "脱贫户人均纯收入", "net income per person of exited households", low=-200_000
    )
    exited_net_income_per_capita_last_year_yuan: Yuan = _per_capita(
        "上年脱贫户人均纯收入", "net income per person of exited households, last year", low=-200_000, fixed=True
    )
    county_disposable_income_per_capita_yuan: Yuan = _per_capita(
        "全县农村居民人均可支配收入", "disposable income per rural resident of the county", fixed=True
    )
    county_disposable_income_per_capita_last_year_yuan: Yuan = _per_capita(
        "上年全县农村居民人均可支配收入", "disposable income per rural resident of the county, last year", fixed=True
    )
    has_collective_economy: Flag = flag("", "是否有集体经济", "has a collective economy")
    has_mutual_fund: Flag = flag("", "是否有互助资金组织", "has a mutual fund group")
    powered_households: Number = _households("", "通电户数", "households with power")
    has_standard_clinic: Flag = flag("", "是否有标准化村卫生室", "has a standard village clinic")
