"""Code lists of members of a household; see the note on lists in `_household_codes`."""

from collections.abc import Mapping
from types import MappingProxyType

from fupin_rules.citations import Standing
from fupin_rules.model._codes import CodeList


class Sex(CodeList, source="programs on the national system"):
    """性别 AAB003."""

    MALE = "male", "1", "男", "male", "男性"
    FEMALE = "female", "2", "女", "female", "女性"
    NOT_STATED = "not_stated", "9", "未说明", "not stated", "未说明的性别"


class CertificateType(CodeList, source="programs on the national system"):
    """证件类型 AAB018."""

    IDENTITY_CARD = "identity_card", "01", "居民身份证", "identity card", "身份证"
    DISABILITY_CARD = "disability_card", "02", "残疾人证", "disability card"
    OFFICER_CARD = "officer_card", "03", "军官证", "officer's card"


class Relation(CodeList, issue="2014", source="programs on the national system; labels of 2023"):
    """与户主关系 AAB006, list of 2014; labels of 2023 that have no code of 2014 are added without one."""

    HEAD = "head", "01", "本人或户主", "head of household", "户主", "本人"
    SPOUSE = "spouse", "02", "配偶", "spouse"
    SON = "son", "03", "之子", "son", "儿子", "子"
    DAUGHTER = "daughter", "04", "之女", "daughter", "女儿", "女"
    DAUGHTER_IN_LAW = "daughter_in_law", "05", "之儿媳", "daughter-in-law", "儿媳"
    SON_IN_LAW = "son_in_law", "06", "之女婿", "son-in-law", "女婿"
    GRANDSON = "grandson", "07", "之孙子", "grandson", "孙子"
    GRANDDAUGHTER = "granddaughter", "08", "之孙女", "granddaughter", "孙女"
    DAUGHTERS_SON = "daughters_son", "09", "之外孙子", "daughter's son", "外孙子"
    DAUGHTERS_DAUGHTER = "daughters_daughter", "10", "之外孙女", "daughter's daughter", "外孙女"
    FATHER = "father", "11", "之父", "father", "父亲"
    MOTHER = "mother", "12", "之母", "mother", "母亲"
    WIFES_FATHER = "wifes_father", "13", "之岳父", "wife's father", "岳父"
    WIFES_MOTHER = "wifes_mother", "14", "之岳母", "wife's mother", "岳母"
    HUSBANDS_FATHER = "husbands_father", "15", "之公公", "husband's father", "公公"
    HUSBANDS_MOTHER = "husbands_mother", "16", "之婆婆", "husband's mother", "婆婆"
    GRANDFATHER = "grandfather", "17", "之祖父", "grandfather", "祖父"
    GRANDMOTHER = "grandmother", "18", "之祖母", "grandmother", "祖母"
    MOTHERS_FATHER = "mothers_father", "19", "之外祖父", "mother's father", "外祖父"
    MOTHERS_MOTHER = "mothers_mother", "20", "之外祖母", "mother's mother", "外祖母"
    GREAT_GRANDSON = "great_grandson", "", "之曾孙子", "great-grandson"
    GREAT_GRANDDAUGHTER = "great_granddaughter", "", "之曾孙女", "great-granddaughter"
    UNCLE = "uncle", "", "之叔伯", "uncle"
    SIBLING = "sibling", "", "之兄弟姐妹", "brother or sister"
    BROTHERS_WIFE = "brothers_wife", "", "之兄弟媳妇", "brother's wife"
    NEPHEW = "nephew", "", "之侄儿", "nephew"
    NIECE = "niece", "", "之侄女", "niece"
    OTHER = "other", "99", "其他", "other"


_MALE = "son son_in_law grandson daughters_son father wifes_father husbands_father grandfather mothers_father"
_FEMALE = (
    "daughter daughter_in_law granddaughter daughters_daughter mother wifes_mother husbands_mother grandmother"
    " mothers_mother"
)

# Head, spouse, sibling and other imply none; every relation has an entry, so that none is forgotten.
SEX_OF_RELATION: Mapping[Relation, Sex | None] = MappingProxyType(
    dict.fromkeys(Relation)
    | {Relation.read(name): Sex.MALE for name in (*_MALE.split(), "great_grandson", "uncle", "nephew")}
    | {Relation.read(name): Sex.FEMALE for name in (*_FEMALE.split(), "great_granddaughter", "brothers_wife", "niece")}
)


class Ethnicity(CodeList, source="programs on the national system"):
    """民族 AAB007: the national system's own order, which is not GB/T 3304; its first four codes are documented."""

    HAN = "han", "01", "汉", "Han", "汉族"
    MANCHU = "manchu", "02", "满", "Manchu", "满族"
    HUI = "hui", "03", "回", "Hui", "回族"
    MONGOL = "mongol", "04", "蒙古", "Mongol", "蒙古族"
    OTHER = "other", "", "其他", "other", "其他民族"


class Education(CodeList, source="programs on the national system"):
    """文化程度 AAB008."""

    ILLITERATE = "illiterate", "01", "文盲或半文盲", "illiterate or semi-literate", "文盲半文盲", "文盲"
    PRIMARY = "primary", "02", "小学", "primary school"
    JUNIOR = "junior", "03", "初中", "junior secondary school"
    SENIOR = "senior", "04", "高中", "senior secondary school"
    COLLEGE = "college", "05", "大专及以上", "college and above", "大专", "本科", "本科及以上"
    PRESCHOOL = "preschool", "06", "学龄前儿童", "below school age"


class StudentStatus(CodeList, issue="2014", source="programs on the national system"):
    """在校生状况 AAB009; a master's course came later and has no code of 2014."""

    NOT_IN_SCHOOL = "not_in_school", "01", "非在校生", "not in school", "非在校"
    PRESCHOOL = "preschool", "02", "学前教育", "preschool"
    PRIMARY = "primary", "03", "小学", "primary school"
    GRADE_7 = "grade_7", "04", "七年级", "grade 7"
    GRADE_8 = "grade_8", "05", "八年级", "grade 8"
    GRADE_9 = "grade_9", "06", "九年级", "grade 9"
    SENIOR_1 = "senior_1", "07", "高中一年级", "senior 1", "普通高中一年级"
    SENIOR_2 = "senior_2", "08", "高中二年级", "senior 2", "普通高中二年级"
    SENIOR_3 = "senior_3", "09", "高中三年级", "senior 3", "普通高中三年级"
    VOCATIONAL_1 = "vocational_1", "10", "中职一年级", "secondary vocational 1"
    VOCATIONAL_2 = "vocational_2", "11", "中职二年级", "secondary vocational 2"
    VOCATIONAL_3 = "vocational_3", "12", "中职三年级", "secondary vocational 3"
    HIGHER_VOCATIONAL_1 = "higher_vocational_1", "13", "高职高专一年级", "higher vocational 1"
    HIGHER_VOCATIONAL_2 = "higher_vocational_2", "14", "高职高专二年级", "higher vocational 2"
    HIGHER_VOCATIONAL_3 = "higher_vocational_3", "15", "高职高专三年级", "higher vocational 3"
    COLLEGE = "college", "16", "大专及以上", "college and above"
    MASTER = "master", "", "硕士研究生", "master's course", "硕士"


class Health(CodeList, issue="2014", source="programs on the national system"):
    """健康状况 AAB017; one person can have several since 2018."""

    HEALTHY = "healthy", "01", "健康", "healthy"
    CHRONIC_ILLNESS = "chronic_illness", "02", "长期慢性病", "long-term chronic illness", "慢性病"
    MAJOR_ILLNESS = "major_illness", "03", "患有大病", "major illness", "大病"
    DISABILITY = "disability", "04", "残疾", "disability"


class Labour(CodeList, issue="2014", source="programs on the national system"):
    """劳动技能 AAB010; the weak class came later and has no code of 2014."""

    ORDINARY = "ordinary", "01", "普通劳动力", "ordinary worker", "普通劳动"
    SKILLED = "skilled", "02", "技能劳动力", "skilled worker", "技能劳动能力"
    LOST = "lost", "03", "丧失劳动力", "has lost the capacity to work"
    NONE = "none", "04", "无劳动力", "no capacity to work", "无劳动能力"
    WEAK = "weak", "", "弱劳动力或半劳动力", "weak or half worker", "弱劳动力", "半劳动力"


class WorkPlace(CodeList, source="programs on the national system"):
    """务工状况 AAB011."""

    IN_TOWNSHIP = "in_township", "01", "乡(镇)内务工", "in the township", "乡(镇)内", "乡镇内务工"
    IN_COUNTY = "in_county", "02", "乡(镇)外县内务工", "in the county", "乡外县内", "乡镇外县内务工"
    IN_PROVINCE = "in_province", "03", "县外省内务工", "in the province", "县外省内"
    OUTSIDE_PROVINCE = "outside_province", "04", "省外务工", "outside the province", "省外"
    OTHER = "other", "99", "其他", "other"


class PoliticalStatus(CodeList, source="programs on the national system"):
    """政治面貌 AAK033; only its first and last codes are documented."""

    PARTY_MEMBER = "party_member", "01", "中共党员", "member of the Communist Party"
    MASSES = "masses", "13", "群众", "no party"
    OTHER = "other", "", "其他", "other"


class SurvivalStatus(
    CodeList,
    source="programs on the national system; words from the social insurance list",
    standing=Standing.ASSUMPTION,
):
    """生存状态 AAB015; programs count 1 and 4, the words are an inference from the social insurance list."""

    NORMAL = "normal", "1", "正常", "normal"
    DEAD = "dead", "2", "死亡", "dead"
    IMPRISONED = "imprisoned", "3", "判刑收监", "imprisoned"
    MISSING = "missing", "4", "失踪", "missing"
    NOT_CLEAR = "not_clear", "9", "不明", "not clear"


class DropoutReason(CodeList, source="programs on the national system"):
    """未上学原因; the documented ones, without national codes."""

    ILLNESS = "illness", "", "因病", "illness"
    DISABILITY = "disability", "", "因残", "disability"
    OTHER = "other", "", "其他", "other"


class DisabilityGrade(CodeList, source="disability card"):
    """残疾等级 ABB002: four grades, as on the disability card."""

    GRADE_1 = "grade_1", "1", "一级", "grade 1"
    GRADE_2 = "grade_2", "2", "二级", "grade 2"
    GRADE_3 = "grade_3", "3", "三级", "grade 3"
    GRADE_4 = "grade_4", "4", "四级", "grade 4"


class MemberChange(
    CodeList, issue="2018", source="Luozhuang 2018; programs on the national system", standing=Standing.LOCAL
):
    """
    Reasons of natural increase and decrease (自然增减), ours in name and without national codes.

    Birth to imprisonment are Luozhuang's of 2018; settling abroad and the two others stand in a deployed system of
    Xi'an. Release, adoption, losing touch and military service are known from memory only, and left out.
    """

    BIRTH = "birth", "", "出生", "birth", "新生儿"
    MARRY_IN = "marry_in", "", "婚入", "married in", "嫁入"
    MOVE_IN = "move_in", "", "迁入", "moved in"
    OTHER_IN = "other_in", "", "其他增加", "other increase"
    DEATH = "death", "", "死亡", "death"
    MARRY_OUT = "marry_out", "", "婚出", "married out", "嫁出"
    MOVE_OUT = "move_out", "", "迁出", "moved out"
    IMPRISONED = "imprisoned", "", "判刑收监", "imprisoned"
    SETTLED_ABROAD = "settled_abroad", "", "出国定居", "settled abroad"
    OTHER_OUT = "other_out", "", "其他减少", "other decrease"
