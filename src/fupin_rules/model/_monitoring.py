"""What is known of a household under monitoring (防止返贫监测): class, risks, spending, measures, removal."""

from __future__ import annotations

import attrs

from fupin_rules.model._fields import (
    Day,
    Flag,
    Text,
    Yuan,
    code,
    codes,
    day,
    derive,
    flag,
    money,
    show_known,
    text,
)
from fupin_rules.model._monitoring_codes import HelpMeasure, MonitoredClass, MonitoringRisk, RemovalWay
from fupin_rules.truth import NotKnown


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Monitoring:
    """
    Facts of the monitoring form of 2023 (防返贫监测对象信息表), and what the texts of 2020 and 2021 ask about.

    Income is disposable income per person over the twelve months before; spending is what the household pays itself
    within the rules (合规自付支出). The four flags of guarantees say how things stand now, or stood at the removal.

    Source: field names of a public program of 2023; labels of the texts.
    """

    __repr__ = show_known

    is_monitored: Flag = flag("", "是否监测对象", "was taken into monitoring, its risk removed or not")
    was_registered: Flag = flag(
        "", "是否建档立卡脱贫户", "was on the register of poor households and lifted out", fixed=True
    )
    was_ever_registered: Flag = flag(
        "", "是否曾为建档立卡户", "was ever on the register of poor households", fixed=True
    )
    monitored_class: MonitoredClass | str | NotKnown | None = code(
        "", "监测对象类别", "class of the monitored household", MonitoredClass
    )
    risks: tuple[MonitoringRisk | str, ...] | frozenset[MonitoringRisk] | NotKnown | None = codes(
        "", "致贫返贫风险", "risks of falling into poverty", MonitoringRisk, most=5
    )
    disaster_kind: Text = text("", "自然灾害子项", "sort of natural disaster")
    other_risk_note: Text = text("", "其他风险说明", "note on another risk")
    measures: tuple[HelpMeasure | str, ...] | frozenset[HelpMeasure] | NotKnown | None = codes(
        "", "帮扶措施", "measures of help", HelpMeasure
    )
    consents_to_comparison: Flag = flag("", "是否授权信息比对", "consents to the comparison of data")
    identified_on: Day = day("", "监测对象识别时间", "day of being taken into monitoring")
    disposable_income_per_person_yuan: Yuan = money(
        "", "监测期人均可支配收入", "disposable income per person", unit="yuan / person / year", low=-100_000_000
    )
    own_spending_yuan: Yuan = money("", "合规自付支出", "own spending within the rules")
    illness_spending_yuan: Yuan = money("", "因病自付支出", "own spending on illness")
    claims_income_yuan: Yuan = money("", "理赔收入", "income from insurance claims")
    income_fell_sharply: Flag = flag("", "收入是否大幅缩减", "income has fallen sharply")
    spending_rose_sharply: Flag = flag("", "刚性支出是否骤增", "unavoidable spending has risen sharply")
    spending_exceeds_last_year_income: Flag = flag(
        "", "刚性支出是否明显超过上年度收入", "unavoidable spending is clearly above last year's income"
    )
    is_in_severe_difficulty: Flag = flag("", "基本生活是否严重困难", "basic life is in severe difficulty")
    education_secure: Flag = flag("", "义务教育是否有保障", "compulsory education is secure")
    medical_secure: Flag = flag("", "基本医疗是否有保障", "basic medical care is secure")
    housing_secure: Flag = flag("", "住房安全是否有保障", "housing is secure")
    water_secure: Flag = flag("", "饮水安全是否有保障", "drinking water is secure")
    spending_is_under_control: Flag = flag("", "刚性支出是否得到控制", "unavoidable spending is under control")
    has_new_risk: Flag = flag("", "是否出现新的风险", "a new risk has come up")
    stable_since: Day = day("", "收入持续稳定起始时间", "day from which things have been stable")
    is_on_social_protection_only: Flag = flag(
        "", "是否整户无劳动力兜底保障户", "wholly without labour and on social protection"
    )
    risk_is_removed: Flag = flag("", "风险是否消除", "the risk has been removed")
    removal_way: RemovalWay | str | NotKnown | None = code(
        "", "风险消除方式", "way the risk was removed", RemovalWay, fixed=True
    )
    removed_on: Day = day("", "风险消除时间", "day the risk was removed")
    removal_income_per_person_yuan: Yuan = money(
        "",
        "风险消除时人均可支配收入",
        "disposable income per person when the risk was removed",
        unit="yuan / person / year",
        low=-100_000_000,
        fixed=True,
    )
