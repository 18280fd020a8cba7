"""
Code lists of the monitoring against return to poverty (防止返贫监测), since 2020.

Read from programs of one province and of 2023, and from readable copies of the texts; the national codes of the lists
were not found.
"""

from fupin_rules.citations import Standing
from fupin_rules.model._codes import CodeList


class MonitoredClass(CodeList, issue="2021", source="中农组发〔2021〕7号"):
    """监测对象类别, since 2021; the numbers are one program's of 2023. The name of 2026 has no code yet."""

    UNSTABLE_EXITED = "unstable_exited", "0", "脱贫不稳定户", "exited household with a risk of return", "脱贫不稳定"
    MARGINAL = "marginal", "1", "边缘易致贫户", "marginal household at risk of falling", "边缘户", "边缘易致贫"
    SUDDEN_HARDSHIP = "sudden_hardship", "2", "突发严重困难户", "household in sudden hardship", "突发严重困难"


class MonitoringRisk(CodeList, issue="2021", source="a copy of nine risks; programs of monitoring"):
    """致贫返贫风险, a list of 2021 with the two that deployed programs add; a household has five at the most."""

    ILLNESS = "illness", "", "因病", "illness"
    SCHOOLING = "schooling", "", "因学", "cost of schooling"
    DISABILITY = "disability", "", "因残", "disability"
    DISASTER = "disaster", "", "因自然灾害", "natural disaster", "因灾"
    ACCIDENT = "accident", "", "因意外事故", "accident"
    FAILED_BUSINESS = "failed_business", "", "因产业项目失败", "failed business project", "产业失败"
    UNSTABLE_WORK = "unstable_work", "", "因务工就业不稳", "unstable work", "务工就业不稳"
    LACK_LABOUR = "lack_labour", "", "缺劳动力", "lack of labour", "缺劳力"
    UNSAFE_HOUSE = "unsafe_house", "", "因安全住房", "unsafe house", "安全住房"
    UNSAFE_WATER = "unsafe_water", "", "因安全饮水", "unsafe water", "安全饮水"
    OTHER = "other", "", "其他", "other"


class HelpMeasure(CodeList, issue="2023", source="programs of monitoring", standing=Standing.LOCAL):
    """帮扶措施: the fifteen of one program of 2023."""

    INDUSTRY = "industry", "", "产业帮扶", "help in production"
    EMPLOYMENT = "employment", "", "就业帮扶", "help in finding work"
    FINANCE = "finance", "", "金融帮扶", "help with credit"
    PUBLIC_JOB = "public_job", "", "公益岗位帮扶", "public job post", "公益岗位"
    SAFE_HOUSING = "safe_housing", "", "住房安全保障", "safe housing"
    SAFE_WATER = "safe_water", "", "饮水安全保障", "safe water"
    HEALTH = "health", "", "健康帮扶", "help in health"
    COMPULSORY_EDUCATION = "compulsory_education", "", "义务教育保障", "compulsory education"
    EDUCATION = "education", "", "教育帮扶", "help in education"
    SOCIAL_PROTECTION = "social_protection", "", "综合保障", "social protection"
    SOCIAL_HELP = "social_help", "", "社会帮扶", "help from society"
    RELOCATION = "relocation", "", "搬迁", "relocation"
    LIVING_CONDITIONS = "living_conditions", "", "生产生活条件改善", "better conditions of production and living"
    INFRASTRUCTURE = "infrastructure", "", "基础设施建设", "infrastructure"
    OTHER = "other", "", "其他", "other"


class RemovalWay(CodeList, issue="2023", source="programs of monitoring", standing=Standing.LOCAL):
    """风险消除方式."""

    BY_HELP = "by_help", "", "帮扶消除", "by help"
    NATURAL = "natural", "", "自然消除", "naturally"
