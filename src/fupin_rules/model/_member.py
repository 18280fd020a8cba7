"""One member of a household (AB01)."""

import attrs

from fupin_rules.markup import both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.model._drawing import draw_known
from fupin_rules.model._fields import (
    Day,
    Flag,
    Number,
    Sensitivity,
    Text,
    check_id,
    code,
    codes,
    day,
    derive,
    flag,
    number,
    private,
    show_known,
    text,
)
from fupin_rules.model._member_codes import (
    CertificateType,
    DisabilityGrade,
    DropoutReason,
    Education,
    Ethnicity,
    Health,
    Labour,
    PoliticalStatus,
    Relation,
    Sex,
    StudentStatus,
    SurvivalStatus,
    WorkPlace,
)
from fupin_rules.model._private import IdNumber, PersonName, Phone
from fupin_rules.truth import NotKnown


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False, field_transformer=derive)
class Member:
    """
    A person who lives with the household and shares its costs; every fact may be unknown.

    Attributes:
        id: Unique within the household; not an identity number.
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
    person_id: Text = text("AAB001", "人编号", "number of the person in the national system")
    name: PersonName | str | NotKnown | None = private("AAB002", "姓名", "name", PersonName, Sensitivity.IDENTITY)
    sex: Sex | str | NotKnown | None = code("AAB003", "性别", "sex", Sex, fixed=True)
    id_type: CertificateType | str | NotKnown | None = code(
        "AAB018", "证件类型", "type of certificate", CertificateType, fixed=True
    )
    id_no: IdNumber | str | NotKnown | None = private(
        "AAB004", "证件号码", "certificate number", IdNumber, Sensitivity.IDENTITY
    )
    birth_date: Day = day("AAB005", "出生日期", "date of birth", sensitivity=Sensitivity.IDENTITY)
    relation: Relation | str | NotKnown | None = code(
        "AAB006", "与户主关系", "relation to the head", Relation, fixed=True
    )
    ethnicity: Ethnicity | str | NotKnown | None = code("AAB007", "民族", "ethnicity", Ethnicity, fixed=True)
    education: Education | str | NotKnown | None = code("AAB008", "文化程度", "education", Education)
    student_status: StudentStatus | str | NotKnown | None = code(
        "AAB009", "在校生状况", "school attended", StudentStatus
    )
    dropout_reason: DropoutReason | str | NotKnown | None = code(
        "", "未上学原因", "reason for not attending school", DropoutReason
    )
    non_attendance_excused: Flag = flag(
        "", "未上学是否有正当理由", "not attending school is excused (illness certified, taught at home)"
    )
    health: tuple[Health | str, ...] | frozenset[Health] | NotKnown | None = codes(
        "AAB017", "健康状况", "health", Health, sensitivity=Sensitivity.HEALTH, fixed=True
    )
    labour: Labour | str | NotKnown | None = code(
        "AAB010", "劳动技能", "capacity to work", Labour, aliases=("劳动能力", "劳动能力(劳动技能)")
    )
    work_place: WorkPlace | str | NotKnown | None = code("AAB011", "务工状况", "place of work", WorkPlace)
    work_months: Number = number("AAB012", "务工时间（月）", "months of work in the year", unit="month", low=0, high=12)
    work_area: Text = text("AAB025", "务工地区", "area of work (AAB025 to AAB028)")
    employer: Text = text("AAB029", "务工企业名称", "employer")
    is_public_employee: Flag = flag("", "是否财政供养人员", "on the public payroll")
    is_village_post_holder: Flag = flag("", "是否现任村干部", "holds a post in the village")
    post_holder_cause_is_major: Flag = flag(
        "", "村干部是否因重病等重大原因致贫", "post holder made poor by a major cause", fixed=True
    )
    public_job_posts: Number = number("", "公益岗位数量", "public job posts held", unit="item", high=20)
    public_job_months: Number = number("", "公益岗位时间（月）", "months in a public job post", unit="month", high=12)
    has_steady_soe_wages: Flag = flag("", "是否在国有企业有稳定收入", "has steady wages of a state-owned enterprise")
    is_state_farm_or_forest_staff: Flag = flag(
        "",
        "是否国有农场或林场职工（在职或退休）",
        "on the staff of a state farm or forest, or retired from it",
    )
    studies_abroad_self_paid: Flag = flag("", "是否自费出国留学", "studies abroad at the family's expense")
    has_unreformed_offence: Flag = flag(
        "",
        "是否因赌博、吸毒、斗殴、寻衅滋事或邪教受处理且拒不改正",
        "dealt with for gambling, drugs, fights, making trouble or a cult, and unreformed",
    )
    shares_costs: Flag = flag("", "是否与户主共享开支或收入", "shares costs or income with the head")
    is_orphan: Flag = flag("", "是否孤儿", "orphan", fixed=True)
    medical_residents: Flag = flag(
        "AAB013",
        "是否参加新农合",
        "in residents' medical insurance",
        aliases=("是否参加城乡居民基本医疗保险", "是否参加新型农村合作医疗"),
    )
    medical_workers: Flag = flag("", "是否参加城镇职工基本医疗保险", "in workers' medical insurance")
    medical_excused: Flag = flag(
        "", "未参保是否有正当理由", "not insured, and excused (newborn, soldier, insured elsewhere)"
    )
    major_illness_insurance: Flag = flag("AAB022", "是否参加大病保险", "in serious illness insurance")
    medical_aid: Flag = flag("", "是否享受医疗救助", "receives medical aid")
    commercial_medical: Flag = flag("AAB067", "是否参加商业补充医疗保险", "in commercial medical insurance")
    pension_residents: Flag = flag(
        "AAB014",
        "是否参加新型养老保险",
        "in residents' pension insurance",
        aliases=("是否参加城乡居民基本养老保险", "是否参加新型农村社会养老保险"),
    )
    pension_workers: Flag = flag("AAB021", "是否参加城镇职工基本养老保险", "in workers' pension insurance")
    on_dibao: Flag = flag("AAB030", "是否享受低保", "on the minimum living allowance", aliases=("是否低保",))
    on_wubao: Flag = flag("ABB003", "是否五保", "under the five guarantees", aliases=("是否特困供养",))
    in_service: Flag = flag("AAB019", "是否现役军人", "serving soldier")
    political_status: PoliticalStatus | str | NotKnown | None = code(
        "AAK033", "政治面貌", "political status", PoliticalStatus
    )
    survival_status: SurvivalStatus | str | NotKnown | None = code(
        "AAB015", "生存状态", "survival status", SurvivalStatus, fixed=True
    )
    disease: Text = text("ABB001", "疾病名称", "disease", sensitivity=Sensitivity.HEALTH)
    disability_grade: DisabilityGrade | str | NotKnown | None = code(
        "ABB002", "残疾等级", "grade of disability", DisabilityGrade, sensitivity=Sensitivity.HEALTH, fixed=True
    )
    speaks_mandarin: Flag = flag("AAB065", "是否会讲普通话", "speaks Mandarin")
    accident_insurance_subsidy: Flag = flag("AAB066", "是否享受人身意外险补贴", "subsidy for accident insurance")
    phone: Phone | str | NotKnown | None = private("AAB031", "联系电话", "phone", Phone, Sensitivity.CONTACT)
