"""The groups of facts of a household: income, production, living, assets, relocation."""

import attrs

from fupin_rules.model._fields import (
    Day,
    Flag,
    Number,
    Text,
    Yuan,
    code,
    codes,
    day,
    derive,
    flag,
    money,
    number,
    show_known,
    text,
)
from fupin_rules.model._household_codes import (
    EntryRoad,
    Fuel,
    HouseGrade,
    RelocationDifficulty,
    RelocationWay,
    Resettlement,
    ResettlementPlace,
    WaterSource,
)
from fupin_rules.truth import NotKnown


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Income:
    """
    Income and cost of a year (AC07), in yuan a year to the fen.

    Net income is wages, gross operating income, property and transfers, less operating cost. Dividend and other
    property income are parts of property income; the stated sums are what a form says, for checks only.
    """

    __repr__ = show_known

    wage_income_yuan: Yuan = money("AAC073", "工资性收入", "wage income")
    operating_income_yuan: Yuan = money("AAC071", "生产经营性收入", "gross operating income")
    operating_cost_yuan: Yuan = money("AAC074", "生产经营性支出", "operating cost")
    property_income_yuan: Yuan = money("AAC072", "财产性收入", "property income")
    asset_dividend_yuan: Yuan = money("AAC092", "资产收益扶贫分红", "dividend of assets held for the poor")
    other_property_yuan: Yuan = money("AAC093", "其他财产性收入", "other property income")
    family_planning_benefit_yuan: Yuan = money("AAC076", "计划生育金", "family planning benefit")
    dibao_benefit_yuan: Yuan = money("AAC077", "低保金", "minimum living allowance")
    ecology_compensation_yuan: Yuan = money("AAC078", "生态补偿金", "ecological compensation")
    wubao_benefit_yuan: Yuan = money("AAC086", "五保金", "five-guarantees benefit", aliases=("特困供养金",))
    pension_yuan: Yuan = money("AAC087", "养老保险金", "pension", aliases=("养老金",))
    other_transfer_yuan: Yuan = money("AAC083", "其他转移性收入", "other transfer income")
    stated_transfer_total_yuan: Yuan = money(
        "AAC085", "转移性收入", "transfers as stated", aliases=("转移性收入合计",), fixed=True
    )
    stated_gross_income_yuan: Yuan = money("AAC081", "年收入", "gross income as stated", high=1_000_000_000, fixed=True)
    stated_net_income_yuan: Yuan = money(
        "AAC079", "纯收入", "net income as stated", low=-100_000_000, high=1_000_000_000, fixed=True
    )
    stated_net_income_per_capita_yuan: Yuan = money(
        "AAC082",
        "人均纯收入",
        "net income per person as stated",
        unit="yuan / person / year",
        low=-100_000_000,
        high=1_000_000_000,
        fixed=True,
    )


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Production:
    """Conditions of production (AC30)."""

    __repr__ = show_known

    arable_mu: Number = number("AAC301", "耕地面积", "arable land", unit="mu", high=100, places=2)
    irrigated_mu: Number = number("AAC302", "有效灌溉面积", "irrigated land", unit="mu", high=100, places=2)
    forest_mu: Number = number("AAC303", "林地面积", "forest land", unit="mu", high=200, places=2)
    returned_forest_mu: Number = number(
        "AAC304", "退耕还林面积", "farmland returned to forest", unit="mu", high=200, places=2
    )
    orchard_mu: Number = number("AAC305", "林果面积", "orchard land", unit="mu", high=200, places=2)
    pasture_mu: Number = number("AAC306", "牧草地面积", "pasture land", unit="mu", high=100, places=2)
    water_mu: Number = number("AAC307", "水面面积", "water surface", unit="mu", high=100, places=2)
    has_production_power: Flag = flag("AAC308", "是否通生产用电", "has power for production")
    in_cooperative: Flag = flag(
        "AAC084", "是否加入合作社", "member of a cooperative", aliases=("是否加入农民专业合作组织",)
    )
    linked_to_enterprise: Flag = flag(
        "AAC088", "是否有龙头企业带动", "linked to a leading enterprise", aliases=("龙头企业带动",)
    )
    linked_to_leader: Flag = flag(
        "AAC089", "是否有创业致富带头人带动", "linked to a local leader", aliases=("致富带头人带动",)
    )


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Living:
    """
    Conditions of living (AC31), with what the guarantees of exit ask about food, clothing and water.

    `water_difficult` and `water_safe` have opposite senses. The water figures are the four indicators of
    T/CHES 18-2018. Food, protein and clothing are a surveyor's judgement with an image.
    """

    __repr__ = show_known

    water_difficult: Flag = flag("AAC311", "饮水是否困难", "drinking water is difficult to get")
    water_safe: Flag = flag("AAC312", "饮水是否安全", "drinking water is safe")
    water_solved: Flag = flag("AAC091", "是否解决安全饮用水", "safe drinking water has been provided")
    water_source: WaterSource | str | NotKnown | None = code("", "饮水情况", "source of drinking water", WaterSource)
    water_litres_per_person_day: Number = number(
        "", "人均日用水量", "water per person and day", unit="litre / person / day", high=1000, places=1
    )
    water_quality_ok: Flag = flag("", "水质是否达标", "water quality meets the standard")
    water_fetch_minutes: Number = number(
        "", "取水往返时间", "walk to fetch water, there and back", unit="minute", high=600
    )
    water_reliability_percent: Number = number(
        "", "供水保证率（%）", "reliability of the supply, of a hundred", unit="1", high=100, places=2
    )
    has_power: Flag = flag("AAC313", "是否通生活用电", "has power")
    has_broadcast: Flag = flag("AAC314", "是否通广播电视", "has radio or television")
    distance_to_main_road_km: Number = number(
        "AAC315", "与村主干路距离", "distance to the village's main road", unit="km", high=5, places=2
    )
    entry_road: EntryRoad | str | NotKnown | None = code("AAC316", "入户路类型", "road to the house", EntryRoad)
    dwelling_m2: Number = number("AAC317", "住房面积", "dwelling area", unit="m2", high=2000, places=2)
    is_unsafe_house: Flag = flag("AAC318", "是否危房户", "lives in an unsafe house")
    house_grade: HouseGrade | str | NotKnown | None = code("AAC322", "危房级别", "grade of the house", HouseGrade)
    lives_in_other_safe_housing: Flag = flag("", "是否实际居住其他安全住房", "actually lives in other safe housing")
    house_structure: Text = text("", "住房结构", "structure of the house")
    house_year: Number = number(
        "", "住房建造年份", "year the house was built", unit="year", low=1800, high=2199, fixed=True
    )
    has_sanitary_toilet: Flag = flag("AAC319", "有无卫生厕所", "has a sanitary toilet")
    fuel: tuple[Fuel | str, ...] | frozenset[Fuel] | NotKnown | None = codes(
        "AAC320", "主要燃料类型", "main fuels", Fuel, most=3
    )
    food_secure: Flag = flag("", "是否不愁吃", "has enough to eat")
    protein_secure: Flag = flag("", "是否经常吃到肉蛋奶豆", "has meat, eggs, milk or soy now and then")
    clothing_secure: Flag = flag("", "是否不愁穿", "has clothes and quilts for the four seasons")


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Assets:
    """
    What exclusion lists ask about, and the circumstances that excuse it; ours, without national codes.

    Prices are of one thing and 0 where there is none, the value of livestock is of all together; the months away are 0
    for a family that is at home. What a list names without a measure (luxury, a pleasure car, a large grower, favour)
    is a finding of those who look into it.

    Source: exclusion lists of Shaanxi 2017, a Chongqing type, 绥滨 2016 and 错评剔除十原则; all local.
    """

    __repr__ = show_known

    owns_town_housing: Flag = flag("", "是否在城镇购买商品房或商铺", "bought a flat or shop in a town")
    town_housing_from_relocation_or_disaster: Flag = flag(
        "", "城镇住房是否因搬迁、灾后重建或征地取得", "town housing from relocation, disaster or land taken", fixed=True
    )
    owns_car: Flag = flag("", "是否拥有小轿车", "owns a car")
    owns_pleasure_car: Flag = flag("", "是否拥有享受型轿车", "owns a pleasure car")
    car_is_for_disabled_or_livelihood: Flag = flag(
        "", "车辆是否为残疾人专用或谋生工具", "vehicle is for a disabled person or to earn a living"
    )
    owns_large_machine: Flag = flag("", "是否拥有大型农机或工程机械", "owns a large farm or construction machine")
    runs_registered_business: Flag = flag("", "是否经营登记注册的企业", "runs a registered business")
    business_is_in_name_only: Flag = flag("", "企业是否仅为挂名", "business is in name only")
    hires_long_term: Flag = flag("", "是否长期雇工", "hires labour for long terms")
    whole_family_away_over_one_year: Flag = flag("", "是否举家外出一年以上", "whole family away for over a year")
    away_for_work_or_treatment: Flag = flag("", "外出是否因务工或就医", "away for work or treatment")
    has_commercial_pension: Flag = flag("", "是否购买商业养老保险", "has a commercial pension")
    bought_built_or_fitted_house: Flag = flag(
        "", "是否购房、修建新房或高标准装修住房", "bought, built or fitted out a house to a high standard"
    )
    house_bought_built_or_fitted_year: Number = number(
        "",
        "购房、建房或高标准装修年份",
        "year the house was bought, built or fitted out",
        unit="1",
        low=1800,
        high=2199,
        fixed=True,
    )
    house_from_disaster_relocation_or_demolition: Flag = flag(
        "",
        "住房是否因灾后重建、搬迁或征地拆迁取得",
        "house from rebuilding after a disaster, relocation or demolition",
        fixed=True,
    )
    house_has_luxury_fitting: Flag = flag("", "住房是否豪华装修", "house is fitted out with luxury")
    house_is_high_grade: Flag = flag("", "住房是否明显高档", "house is visibly of a high grade")
    owns_several_homes: Flag = flag("", "是否拥有多处住房", "owns several homes")
    built_house_in_town: Flag = flag("", "是否在城镇拥有自建房", "has built a house in a town")
    owns_shop_outside_village: Flag = flag("", "是否在村外拥有商铺", "owns a shop outside the village")
    dearest_appliance_yuan: Yuan = money(
        "", "最贵家用电器价格（元）", "price of the dearest household appliance", unit="yuan"
    )
    dearest_vehicle_yuan: Yuan = money(
        "", "最贵机动车购买价格（元）", "price at which the dearest motor vehicle was bought", unit="yuan"
    )
    dearest_motorcycle_yuan: Yuan = money(
        "",
        "最贵摩托车、电动车等高档消费品价格（元）",
        "price of the dearest motorcycle, electric bicycle or other luxury good",
        unit="yuan",
    )
    dearest_machine_yuan: Yuan = money(
        "",
        "最贵农业机械、农产品加工机械、工程机械或运输工具单价（元）",
        "price of the dearest farm, processing or construction machine or means of transport",
        unit="yuan",
    )
    strongest_machine_hp: Number = number(
        "",
        "农业机械、农产品加工机械、工程机械或运输工具最大马力",
        "power of the strongest farm, processing or construction machine or means of transport",
        unit="horsepower",
        high=10_000,
        places=1,
    )
    owns_large_farm_vehicle: Flag = flag("", "是否拥有大型农用车", "owns a large farm vehicle")
    owns_construction_machine: Flag = flag("", "是否拥有工程机械", "owns a construction machine")
    owns_ship: Flag = flag("", "是否拥有船舶", "owns a ship")
    owns_cooperative: Flag = flag("", "是否领办农民专业合作社", "owns a cooperative")
    is_sole_trader: Flag = flag("", "是否注册个体工商户", "is registered as a sole trader")
    invests_in_firm: Flag = flag("", "是否投资企业", "has invested in a firm")
    pays_business_tax: Flag = flag("", "企业是否正常经营并纳税", "business operates and pays tax as is normal")
    contracts_works_long_term: Flag = flag("", "是否长期从事工程承包", "takes on contracts for works for long terms")
    hires_labour: Flag = flag("", "是否雇人从事生产经营", "hires labour to produce or trade")
    is_large_grower: Flag = flag("", "是否种植或养殖大户", "is a large grower or stock farmer")
    farmed_mu: Number = number(
        "", "经营土地面积（亩）", "land that the household farms", unit="mu", high=100_000, places=2
    )
    livestock_value_yuan: Yuan = money("", "养殖价值（元）", "value of the animals and poultry kept", unit="yuan")
    whole_family_away_months: Number = number(
        "", "举家外出月数", "months for which the whole family has been away", unit="month", high=1200
    )
    away_with_high_income: Flag = flag(
        "", "举家外出收入是否明显高于当地平均水平", "whole family away, with an income clearly above the local average"
    )
    home_is_long_empty: Flag = flag("", "家中是否长期无人", "nobody has been at home for long")
    lacks_proof_of_residence: Flag = flag("", "是否无法提供实际居住证明", "cannot give proof of living there")
    works_away_for_long: Flag = flag("", "是否长期在外打工", "has worked away from home for long")
    lives_apart_from_register: Flag = flag("", "是否人户分离", "lives elsewhere than registered")
    is_hukou_only: Flag = flag("", "是否空挂户", "on the register of the village in name only")
    is_split_or_merged_on_purpose: Flag = flag(
        "", "是否为享受扶贫故意分户或并户", "household was split or merged to be supported", fixed=True
    )
    kin_of_head_is_public_employee: Flag = flag(
        "",
        "户主的父母、配偶或子女是否为国家公职人员",
        "a parent, the spouse or a child of the head is a public employee",
        fixed=True,
    )
    was_listed_by_favour_or_fraud: Flag = flag(
        "",
        "是否经查实系优亲厚友、弄虚作假、徇私舞弊或信息失真纳入",
        "found to have been listed by favour, fraud, abuse of office or untrue information",
        fixed=True,
    )
    was_reported: Flag = flag("", "是否被举报或质疑", "has been reported or questioned", fixed=True)
    report_is_explained: Flag = flag("", "对举报或质疑是否作出合理解释", "has explained the report reasonably")


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Relocation:
    """Relocation (易地搬迁)."""

    __repr__ = show_known

    is_relocated: Flag = flag("ACR077", "是否搬迁户", "to be relocated")
    way: RelocationWay | str | NotKnown | None = code("ACR075", "搬迁方式", "way of relocation", RelocationWay)
    resettlement: Resettlement | str | NotKnown | None = code("ACR078", "安置方式", "resettlement", Resettlement)
    place: ResettlementPlace | str | NotKnown | None = code(
        "ACR079", "安置地", "place of resettlement", ResettlementPlace
    )
    difficulties: tuple[RelocationDifficulty | str, ...] | frozenset[RelocationDifficulty] | NotKnown | None = codes(
        "ACR081", "搬迁可能存在的困难", "difficulties of relocation", RelocationDifficulty
    )
    keys_handed_over: Day = day("", "交钥匙日期", "day the keys were handed over")
    moved_in: Day = day("", "入住日期", "day the household moved in")
