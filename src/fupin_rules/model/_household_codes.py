"""
Code lists of households and their living conditions.

The lists are read from programs that run on top of the national system, not from an issuing body; each class says
which list and year it holds. The same words have other numbers in other lists, so a bare number is never a code.
"""

from fupin_rules.citations import Standing
from fupin_rules.model._codes import CodeList


class IdentificationStandard(CodeList, issue="2014–2018", source="programs on the national system"):
    """识别标准 AAC005, as in programs of 2014 to 2018."""

    NATIONAL = "national", "1", "国家标准", "national standard"
    PROVINCIAL = "provincial", "2", "省定标准", "provincial standard"
    MUNICIPAL = "municipal", "3", "市定标准", "municipal standard"


class HouseholdAttribute(CodeList, issue="2014–2018", source="programs on the national system"):
    """贫困户属性 AAC006, as in programs of 2014 to 2018; 05 is a local code, and a household on allowance stays 02."""

    ORDINARY_POOR = "ordinary_poor", "01", "一般贫困户", "ordinary poor household"
    DIBAO = "dibao", "02", "低保户", "household on the minimum living allowance"
    WUBAO = "wubao", "03", "五保户", "household under the five guarantees", "特困户", "特困供养户"
    DIBAO_POOR = "dibao_poor", "04", "低保贫困户", "poor household on the minimum living allowance"
    LOW_INCOME_LOCAL = "low_income_local", "05", "低收入农户", "low-income rural household (local code)"
    WUBAO_POOR = "wubao_poor", "06", "五保贫困户", "poor household under the five guarantees", "特困贫困户"


class PovertyStatus(CodeList, issue="2014–2020", source="programs on the national system"):
    """脱贫属性 AAR010, as in programs of 2014 to 2020."""

    POOR = "poor", "0", "未脱贫", "poor"
    EXITED = "exited", "1", "脱贫", "lifted out", "已脱贫", "脱贫户", "已脱贫(享受政策)", "已脱贫(不再享受政策)"
    PRE_EXIT = "pre_exit", "2", "预脱贫", "about to be lifted out"
    RETURNED = "returned", "3", "返贫", "returned to poverty", "返贫户"


class PovertyCause(CodeList, issue="2014", source="programs on the national system"):
    """致贫原因 AAC007 and AAC008, list of 2014 (12 and 13 came later); the list of 2010 has other numbers."""

    ILLNESS = "illness", "01", "因病", "illness"
    DISABILITY = "disability", "02", "因残", "disability"
    SCHOOLING = "schooling", "03", "因学", "cost of schooling"
    DISASTER = "disaster", "04", "因灾", "disaster"
    LACK_LAND = "lack_land", "05", "缺土地", "lack of land"
    LACK_WATER = "lack_water", "06", "缺水", "lack of water"
    LACK_SKILL = "lack_skill", "07", "缺技术", "lack of skill"
    LACK_LABOUR = "lack_labour", "08", "缺劳力", "lack of labour", "缺劳动力"
    LACK_CAPITAL = "lack_capital", "09", "缺资金", "lack of capital"
    POOR_TRANSPORT = "poor_transport", "10", "交通条件落后", "poor transport"
    LACK_DRIVE = "lack_drive", "11", "自身发展动力不足", "lack of drive", "自身发展力不足"
    MARRIAGE = "marriage", "12", "因婚", "cost of a marriage"
    FUNERAL = "funeral", "13", "因丧", "cost of a funeral"
    OTHER = "other", "99", "其他", "other", "其它"


class PovertyCause2010(
    CodeList,
    issue="2010",
    source="Jiangsu's older form, 国开发〔2010〕25号",
    today=PovertyCause,
    standing=Standing.LOCAL,
):
    """
    致贫原因 of the older form of 2010, as read in a program of Jiangsu: the same words as today, other numbers.

    1 is a disaster here and an illness in the list of 2014, so a sheet that holds this list must say so.
    """

    DISASTER = "disaster", "1", "因灾", "disaster"
    ILLNESS = "illness", "2", "因病", "illness"
    DISABILITY = "disability", "3", "因残", "disability"
    SCHOOLING = "schooling", "4", "因学", "cost of schooling"
    LACK_SKILL = "lack_skill", "5", "缺技术", "lack of skill"
    LACK_LABOUR = "lack_labour", "6", "缺劳力", "lack of labour"
    LACK_CAPITAL = "lack_capital", "7", "缺资金", "lack of capital"
    OTHER = "other", "8", "其它", "other"


class Hukou(CodeList, source="ours"):
    """Register of the head of household (户籍类型); ours."""

    RURAL = "rural", "", "农业户口", "rural", "农村户籍", "农村"
    URBAN = "urban", "", "非农业户口", "urban", "城镇户籍", "城镇"


class HouseGrade(CodeList, source="grades of the housing authorities"):
    """危房级别 AAC322, the four grades of the housing authorities; A and B are safe."""

    A = "A", "A", "A级", "grade A", "A"
    B = "B", "B", "B级", "grade B", "B"
    C = "C", "C", "C级", "grade C (partly dangerous)", "C"
    D = "D", "D", "D级", "grade D (wholly dangerous)", "D"


class WaterSource(CodeList, issue="2013", source="paper form of 2013"):
    """饮水情况, form of 2013; without national codes."""

    PIPED = "piped", "", "自来水", "piped water"
    WELL = "well", "", "井水", "well"
    CISTERN = "cistern", "", "水窖水", "cistern"
    OTHER = "other", "", "其他", "other"


class EntryRoad(CodeList, issue="2014–2018", source="programs on the national system"):
    """入户路类型 AAC316, as in programs of 2014 to 2018."""

    EARTH = "earth", "01", "泥土路", "earth road"
    GRAVEL = "gravel", "02", "砂石路", "gravel road"
    CONCRETE = "concrete", "03", "水泥路", "concrete road"
    ASPHALT = "asphalt", "04", "沥青路", "asphalt road"
    FOOTPATH = "footpath", "", "普通人行道路", "footpath (form of 2016)"


class Fuel(CodeList, issue="2014–2018", source="programs on the national system"):
    """主要燃料类型 AAC320, as in programs of 2014 to 2018; the form of 2013 allows three."""

    STRAW = "straw", "01", "柴草", "straw and wood"
    DUNG = "dung", "02", "干畜粪", "dried dung"
    COAL = "coal", "03", "煤炭", "coal"
    CLEAN = "clean", "04", "清洁能源", "clean energy"
    OTHER = "other", "99", "其他", "other"


class RelocationWay(CodeList, source="programs on the national system"):
    """搬迁方式 ACR075."""

    WHOLE_VILLAGE = "whole_village", "", "行政村整体", "whole administrative village"
    WHOLE_NATURAL_VILLAGE = "whole_natural_village", "", "自然村整体", "whole natural village"
    SINGLE_HOUSEHOLD = "single_household", "", "个别搬迁", "single household"


class Resettlement(CodeList, source="programs on the national system"):
    """安置方式 ACR078."""

    CONCENTRATED = "concentrated", "", "集中", "concentrated", "集中安置"
    SCATTERED = "scattered", "", "分散", "scattered", "分散安置"


class ResettlementPlace(CodeList, source="programs on the national system"):
    """安置地 ACR079."""

    COUNTY_TOWN = "county_town", "", "县城", "county town"
    TOWNSHIP = "township", "", "乡镇", "township"
    IN_VILLAGE = "in_village", "", "村内", "in the village"
    OUTSIDE_VILLAGE = "outside_village", "", "村外", "outside the village"
    OUTSIDE_COUNTY = "outside_county", "", "县外", "outside the county"


class RelocationDifficulty(CodeList, source="programs on the national system"):
    """搬迁困难 ACR081."""

    LACK_CAPITAL = "lack_capital", "", "缺资金", "lack of capital"
    NO_WORK = "no_work", "", "找不到工作", "finds no work"
    NO_LIVELIHOOD = "no_livelihood", "", "生活没着落", "no livelihood"


class VillageAttribute(CodeList, source="programs on the national system"):
    """村属性 AAD004: 02 is not poor, the others are; what tells these apart is not documented."""

    POOR_01 = "poor_01", "01", "贫困村（01类）", "poor village, type 01", "贫困村"
    NOT_POOR = "not_poor", "02", "非贫困村", "not a poor village"
    POOR_03 = "poor_03", "03", "贫困村（03类）", "poor village, type 03"
    POOR_04 = "poor_04", "04", "贫困村（04类）", "poor village, type 04"
    POOR_05 = "poor_05", "05", "贫困村（05类）", "poor village, type 05"


class Region(CodeList, source="ours"):
    """Which limit of incidence applies to a village or a county at exit (西部地区); ours."""

    WEST = "west", "", "西部", "western region", "西部地区"
    OTHER = "other", "", "其他地区", "other region"
