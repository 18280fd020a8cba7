"""A township or a county (乡镇、县): sums over its villages, and what an evaluation of a county samples."""

from __future__ import annotations

from typing import Any

import attrs

from fupin_rules.markup import both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.model._area_codes import AreaLevel
from fupin_rules.model._drawing import draw_known
from fupin_rules.model._fields import Number, Text, Yuan, check_id, code, derive, money, number, show_known, text
from fupin_rules.model._household_codes import Region
from fupin_rules.truth import NotKnown


def _people(zh: str, en: str) -> Any:
    return number("", zh, en, unit="person", high=200_000_000)


def _households(zh: str, en: str) -> Any:
    return number("", zh, en, unit="household", high=200_000_000)


def _villages(zh: str, en: str) -> Any:
    return number("", zh, en, unit="village", high=1_000_000)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Area:
    """
    What is known of a township or a county; every fact but the id may be unknown.

    Counts bear the names they have in a village and are sums over villages. Three sets of people are kept apart: all
    who are counted (总人口), those on the rural register (农业户籍人口) and residents (常住人口); each indicator names
    its own. Figures of a sample are those of the evaluation of a county, each with the base that it is a share of.

    Attributes:
        id: Identifies the area in answers.
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
    level: AreaLevel | str | NotKnown | None = code("", "层级", "level of the administration", AreaLevel, fixed=True)
    province: Text = text("", "省", "province")
    city: Text = text("", "市", "city")
    county: Text = text("", "县", "county")
    name: Text = text("AAR009", "行政区划名称", "name of the area")
    area_code: Text = text("AAR008", "行政区划代码", "area code: 6 digits of a county, 9 of a township")
    region: Region | str | NotKnown | None = code("", "所属地区", "region", Region, fixed=True)
    villages: Number = _villages("行政村个数", "administrative villages")
    poor_villages: Number = _villages("贫困村个数", "poor villages")
    remaining_poor_villages: Number = _villages("尚未出列贫困村个数", "poor villages not yet taken off the list")
    households: Number = _households("总户数", "households")
    poor_households: Number = _households("贫困户数", "poor households")
    remaining_poor_households: Number = _households("尚未脱贫户数", "poor households not yet lifted out")
    dibao_households: Number = _households("低保户数", "households on the minimum living allowance")
    wubao_households: Number = _households("五保户数", "households under the five guarantees")
    population: Number = _people("总人口数", "population")
    rural_population: Number = _people("农业户籍人口数", "people on the rural register")
    resident_population: Number = _people("常住人口数", "residents")
    poor_people: Number = _people("贫困人口数", "poor people")
    remaining_poor_people: Number = _people("尚未脱贫人口数", "poor people not yet lifted out")
    dibao_people: Number = _people("低保人口数", "people on the minimum living allowance")
    wubao_people: Number = _people("五保人口数", "people under the five guarantees")
    ordinary_poor_households: Number = _households("一般贫困户户数", "ordinary poor households")
    ordinary_poor_people: Number = _people("一般贫困户人口数", "people of ordinary poor households")
    dibao_poor_households: Number = _households("低保贫困户户数", "poor households on the allowance")
    dibao_poor_people: Number = _people("低保贫困户人口数", "people of poor households on the allowance")
    wubao_poor_households: Number = _households("五保贫困户户数", "poor households under the five guarantees")
    wubao_poor_people: Number = _people("五保贫困户人口数", "people of poor households under the five guarantees")
    disabled_poor: Number = _people("残疾贫困人口数", "disabled poor people")
    sample_exited_people: Number = _people("抽查的脱贫人口数", "exited people in the sample")
    sample_wrongly_exited_people: Number = _people("抽查的错退人口数", "wrongly exited people in the sample")
    sample_unregistered_rural_people: Number = _people(
        "抽查村未建档立卡农业户籍人口数", "rural people of the sampled villages who are not on the register of the poor"
    )
    sample_missed_people: Number = _people("抽查的漏评人口数", "missed people in the sample")
    surveyed_households: Number = _households("受访户数", "households surveyed for approval")
    approving_households: Number = _households("认可的受访户数", "surveyed households that approve")
    estimated_wrongly_exited_people: Number = _people("推算的错退人口数", "wrongly exited people, as estimated")
    estimated_missed_people: Number = _people("推算的漏评人口数", "missed people, as estimated")
    disposable_income_per_capita_yuan: Yuan = money(
        "", "农村居民人均可支配收入", "disposable income per rural resident", unit="yuan / person / year"
    )
    province_disposable_income_per_capita_yuan: Yuan = money(
        "",
        "全省农村居民人均可支配收入",
        "disposable income per rural resident of the province",
        unit="yuan / person / year",
        fixed=True,
    )
    villages_with_hard_road: Number = _villages("通沥青（水泥）路的行政村个数", "villages with a hard road")
    piped_water_people: Number = _people("用上自来水的农村人口数", "rural people with piped water")
    powered_households: Number = _households("通电户数", "households with power")
    safe_house_households: Number = _households("有安全住房的农户数", "households with safe housing")
    insured_poor_people: Number = _people(
        "参加新农合和大病保险的贫困人口数", "poor people in residents' medical and serious illness insurance"
    )
