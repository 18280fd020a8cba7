/**
 * Plain forms of fupin_rules, made of its JSON Schemas by json-schema-to-typescript; not to be edited.
 *
 * Schemas: sha256 4f6e66b35dc7f45788b0f87e544622f6bd9de815d8ff7e4d23086f34fe177922
 */

/**
 * 性别 · sex
 */
export type Sex = "male" | "female" | "not_stated";
/**
 * 证件类型 · type of certificate
 */
export type CertificateType = "identity_card" | "disability_card" | "officer_card";
/**
 * 与户主关系 · relation to the head
 */
export type Relation =
  | "head"
  | "spouse"
  | "son"
  | "daughter"
  | "daughter_in_law"
  | "son_in_law"
  | "grandson"
  | "granddaughter"
  | "daughters_son"
  | "daughters_daughter"
  | "father"
  | "mother"
  | "wifes_father"
  | "wifes_mother"
  | "husbands_father"
  | "husbands_mother"
  | "grandfather"
  | "grandmother"
  | "mothers_father"
  | "mothers_mother"
  | "great_grandson"
  | "great_granddaughter"
  | "uncle"
  | "sibling"
  | "brothers_wife"
  | "nephew"
  | "niece"
  | "other";
/**
 * 民族 · ethnicity
 */
export type Ethnicity = "han" | "manchu" | "hui" | "mongol" | "other";
/**
 * 文化程度 · education
 */
export type Education = "illiterate" | "primary" | "junior" | "senior" | "college" | "preschool";
/**
 * 在校生状况 · school attended
 */
export type StudentStatus =
  | "not_in_school"
  | "preschool"
  | "primary"
  | "grade_7"
  | "grade_8"
  | "grade_9"
  | "senior_1"
  | "senior_2"
  | "senior_3"
  | "vocational_1"
  | "vocational_2"
  | "vocational_3"
  | "higher_vocational_1"
  | "higher_vocational_2"
  | "higher_vocational_3"
  | "college"
  | "master";
/**
 * 未上学原因 · reason for not attending school
 */
export type DropoutReason = "illness" | "disability" | "other";
/**
 * 健康状况 · health
 */
export type Health = "healthy" | "chronic_illness" | "major_illness" | "disability";
/**
 * 劳动技能 · capacity to work
 */
export type Labour = "ordinary" | "skilled" | "lost" | "none" | "weak";
/**
 * 务工状况 · place of work
 */
export type WorkPlace = "in_township" | "in_county" | "in_province" | "outside_province" | "other";
/**
 * 政治面貌 · political status
 */
export type PoliticalStatus = "party_member" | "masses" | "other";
/**
 * 生存状态 · survival status
 */
export type SurvivalStatus = "normal" | "dead" | "imprisoned" | "missing" | "not_clear";
/**
 * 残疾等级 · grade of disability
 */
export type DisabilityGrade = "grade_1" | "grade_2" | "grade_3" | "grade_4";
/**
 * 饮水情况 · source of drinking water
 */
export type WaterSource = "piped" | "well" | "cistern" | "other";
/**
 * 入户路类型 · road to the house
 */
export type EntryRoad = "earth" | "gravel" | "concrete" | "asphalt" | "footpath";
/**
 * 危房级别 · grade of the house
 */
export type HouseGrade = "A" | "B" | "C" | "D";
/**
 * 主要燃料类型 · main fuels
 */
export type Fuel = "straw" | "dung" | "coal" | "clean" | "other";
/**
 * 搬迁方式 · way of relocation
 */
export type RelocationWay = "whole_village" | "whole_natural_village" | "single_household";
/**
 * 安置方式 · resettlement
 */
export type Resettlement = "concentrated" | "scattered";
/**
 * 安置地 · place of resettlement
 */
export type ResettlementPlace = "county_town" | "township" | "in_village" | "outside_village" | "outside_county";
/**
 * 搬迁可能存在的困难 · difficulties of relocation
 */
export type RelocationDifficulty = "lack_capital" | "no_work" | "no_livelihood";
/**
 * 监测对象类别 · class of the monitored household
 */
export type MonitoredClass = "unstable_exited" | "marginal" | "sudden_hardship";
/**
 * 致贫返贫风险 · risks of falling into poverty
 */
export type MonitoringRisk =
  | "illness"
  | "schooling"
  | "disability"
  | "disaster"
  | "accident"
  | "failed_business"
  | "unstable_work"
  | "lack_labour"
  | "unsafe_house"
  | "unsafe_water"
  | "other";
/**
 * 帮扶措施 · measures of help
 */
export type HelpMeasure =
  | "industry"
  | "employment"
  | "finance"
  | "public_job"
  | "safe_housing"
  | "safe_water"
  | "health"
  | "compulsory_education"
  | "education"
  | "social_protection"
  | "social_help"
  | "relocation"
  | "living_conditions"
  | "infrastructure"
  | "other";
/**
 * 风险消除方式 · way the risk was removed
 */
export type RemovalWay = "by_help" | "natural";
/**
 * 户主户籍类型 · register of the head
 */
export type Hukou = "rural" | "urban";
/**
 * 识别标准 · standard of identification
 */
export type IdentificationStandard = "national" | "provincial" | "municipal";
/**
 * 贫困户属性 · class of the household
 */
export type HouseholdAttribute = "ordinary_poor" | "dibao" | "wubao" | "dibao_poor" | "low_income_local" | "wubao_poor";
/**
 * 脱贫属性 · status on the register
 */
export type PovertyStatus = "poor" | "exited" | "pre_exit" | "returned";
/**
 * 主要致贫原因 · main cause of poverty
 */
export type PovertyCause =
  | "illness"
  | "disability"
  | "schooling"
  | "disaster"
  | "lack_land"
  | "lack_water"
  | "lack_skill"
  | "lack_labour"
  | "lack_capital"
  | "poor_transport"
  | "lack_drive"
  | "marriage"
  | "funeral"
  | "other";
/**
 * 村属性 · class of the village
 */
export type VillageAttribute = "poor_01" | "not_poor" | "poor_03" | "poor_04" | "poor_05";
/**
 * 所属地区 · region
 */
export type Region = "west" | "other";
/**
 * 层级 · level of the administration
 */
export type AreaLevel = "township" | "county";
/**
 * 规则所针对的对象 · whom a rule is about
 */
export type Subject = "household" | "village" | "area";
/**
 * 未知的原因 · why a fact is not known
 */
export type Why = "not_collected" | "expired" | "conflicting" | "refused" | "needs_judgement" | "zero_divisor";
/**
 * 依据的等级 · how firm a source is, weakest last
 */
export type Standing = "stated" | "found" | "local" | "unverified" | "assumption";
/**
 * 识别结论 · whether a subject is to be identified
 */
export type Outcome = "eligible" | "ineligible" | "undetermined";
/**
 * 退出结论 · whether a subject meets every guarantee needed to leave
 */
export type ExitOutcome = "met" | "not_met" | "undetermined";

/**
 * Every form that has a schema of its own, by the name of the schema.
 */
export interface PlainForms {
  household: Household;
  member: Member;
  village: Village;
  area: Area;
  priority: Priority;
  assessment: Assessment;
  "exit-assessment": ExitAssessment;
  finding: Finding;
  gap: Gap;
  question: Question;
  ranked: Ranked;
  counterfactual: Counterfactual;
  explanation: Explanation;
  recheck: Recheck;
}
/**
 * 一户 · what is known of a household
 */
export interface Household {
  /**
   * 编号，不得是身份证号 · an id that is no identity number
   */
  id: string;
  /**
   * 家庭成员名册 · roster of members
   */
  members?: Member[] | null;
  /**
   * 所列成员是否完整 · all members are listed
   */
  members_complete?: boolean | NotKnown | null;
  /**
   * 收入与支出 · income and cost of the reference year
   */
  income?: Income | null;
  /**
   * 生产条件 · conditions of production
   */
  production?: Production | null;
  /**
   * 生活条件 · conditions of living
   */
  living?: Living | null;
  /**
   * 财产 · what exclusions ask about
   */
  assets?: Assets | null;
  /**
   * 易地搬迁 · relocation
   */
  relocation?: Relocation | null;
  /**
   * 防止返贫监测 · monitoring, since 2020
   */
  monitoring?: Monitoring | null;
  /**
   * 省 · province
   */
  province?: string | NotKnown | null;
  /**
   * 市 · city
   */
  city?: string | NotKnown | null;
  /**
   * 县 · county
   */
  county?: string | NotKnown | null;
  /**
   * 镇 · township
   */
  township?: string | NotKnown | null;
  /**
   * 行政村 · village
   */
  village?: string | NotKnown | null;
  /**
   * 行政区划代码 · area code of 12 digits
   */
  area_code?: string | NotKnown | null;
  /**
   * 所在组 · villagers' group
   */
  villagers_group?: string | NotKnown | null;
  /**
   * 自然村 · natural village
   */
  natural_village?: string | NotKnown | null;
  /**
   * 数据年度 · year of the data
   * Unit: year.
   */
  data_year?: number | NotKnown | null;
  /**
   * 是否有效 · record is valid
   */
  is_valid?: boolean | NotKnown | null;
  /**
   * 户主姓名 · name of the head
   */
  head_name?: string | NotKnown | null;
  /**
   * 户主证件号码 · certificate number of the head
   */
  head_id_no?: string | NotKnown | null;
  /**
   * 人数 · members as stated
   * Unit: person.
   */
  stated_member_count?: number | NotKnown | null;
  /**
   * 联系电话 · phone
   */
  phone?: string | NotKnown | null;
  /**
   * 开户银行名称 · bank
   */
  bank_name?: string | NotKnown | null;
  /**
   * 银行卡号 · bank account
   */
  bank_account?: string | NotKnown | null;
  /**
   * 户主户籍类型 · register of the head
   */
  hukou?: Hukou | NotKnown | null;
  /**
   * 识别标准 · standard of identification
   */
  identification_standard?: IdentificationStandard | NotKnown | null;
  /**
   * 贫困户属性 · class of the household
   */
  household_attribute?: HouseholdAttribute | NotKnown | null;
  /**
   * 脱贫属性 · status on the register
   */
  poverty_status?: PovertyStatus | NotKnown | null;
  /**
   * 脱贫（变更）年度 · year of the change of status
   * Unit: year.
   */
  change_year?: number | NotKnown | null;
  /**
   * 主要致贫原因 · main cause of poverty
   */
  main_cause?: PovertyCause | NotKnown | null;
  /**
   * 其他致贫原因 · other causes of poverty
   */
  other_causes?: PovertyCause[] | NotKnown | null;
  /**
   * 是否军烈属 · family of a martyr or soldier
   */
  is_martyr_or_soldier_family?: boolean | NotKnown | null;
  /**
   * 是否独生子女户 · one-child family
   */
  is_one_child_family?: boolean | NotKnown | null;
  /**
   * 是否双女户 · two-daughter family
   */
  is_two_daughter_family?: boolean | NotKnown | null;
  /**
   * 是否计划生育户 · family planning household
   */
  is_family_planning_household?: boolean | NotKnown | null;
  /**
   * 是否单亲家庭 · single-parent family
   */
  is_single_parent_family?: boolean | NotKnown | null;
  /**
   * 收入是否稳定 · income is stable
   */
  income_stable?: boolean | NotKnown | null;
}
/**
 * 一名家庭成员 · what is known of a member of a household
 */
export interface Member {
  /**
   * 编号，不得是身份证号 · an id that is no identity number
   */
  id: string;
  /**
   * 人编号 · number of the person in the national system
   */
  person_id?: string | NotKnown | null;
  /**
   * 姓名 · name
   */
  name?: string | NotKnown | null;
  /**
   * 性别 · sex
   */
  sex?: Sex | NotKnown | null;
  /**
   * 证件类型 · type of certificate
   */
  id_type?: CertificateType | NotKnown | null;
  /**
   * 证件号码 · certificate number
   */
  id_no?: string | NotKnown | null;
  /**
   * 出生日期 · date of birth
   */
  birth_date?: string | NotKnown | null;
  /**
   * 与户主关系 · relation to the head
   */
  relation?: Relation | NotKnown | null;
  /**
   * 民族 · ethnicity
   */
  ethnicity?: Ethnicity | NotKnown | null;
  /**
   * 文化程度 · education
   */
  education?: Education | NotKnown | null;
  /**
   * 在校生状况 · school attended
   */
  student_status?: StudentStatus | NotKnown | null;
  /**
   * 未上学原因 · reason for not attending school
   */
  dropout_reason?: DropoutReason | NotKnown | null;
  /**
   * 未上学是否有正当理由 · not attending school is excused (illness certified, taught at home)
   */
  non_attendance_excused?: boolean | NotKnown | null;
  /**
   * 健康状况 · health
   */
  health?: Health[] | NotKnown | null;
  /**
   * 劳动技能 · capacity to work
   */
  labour?: Labour | NotKnown | null;
  /**
   * 务工状况 · place of work
   */
  work_place?: WorkPlace | NotKnown | null;
  /**
   * 务工时间（月） · months of work in the year
   * Unit: month.
   */
  work_months?: number | NotKnown | null;
  /**
   * 务工地区 · area of work (AAB025 to AAB028)
   */
  work_area?: string | NotKnown | null;
  /**
   * 务工企业名称 · employer
   */
  employer?: string | NotKnown | null;
  /**
   * 是否财政供养人员 · on the public payroll
   */
  is_public_employee?: boolean | NotKnown | null;
  /**
   * 是否现任村干部 · holds a post in the village
   */
  is_village_post_holder?: boolean | NotKnown | null;
  /**
   * 村干部是否因重病等重大原因致贫 · post holder made poor by a major cause
   */
  post_holder_cause_is_major?: boolean | NotKnown | null;
  /**
   * 公益岗位数量 · public job posts held
   * Unit: item.
   */
  public_job_posts?: number | NotKnown | null;
  /**
   * 公益岗位时间（月） · months in a public job post
   * Unit: month.
   */
  public_job_months?: number | NotKnown | null;
  /**
   * 是否在国有企业有稳定收入 · has steady wages of a state-owned enterprise
   */
  has_steady_soe_wages?: boolean | NotKnown | null;
  /**
   * 是否国有农场或林场职工（在职或退休） · on the staff of a state farm or forest, or retired from it
   */
  is_state_farm_or_forest_staff?: boolean | NotKnown | null;
  /**
   * 是否自费出国留学 · studies abroad at the family's expense
   */
  studies_abroad_self_paid?: boolean | NotKnown | null;
  /**
   * 是否因赌博、吸毒、斗殴、寻衅滋事或邪教受处理且拒不改正 · dealt with for gambling, drugs, fights, making trouble or a cult, and unreformed
   */
  has_unreformed_offence?: boolean | NotKnown | null;
  /**
   * 是否与户主共享开支或收入 · shares costs or income with the head
   */
  shares_costs?: boolean | NotKnown | null;
  /**
   * 是否孤儿 · orphan
   */
  is_orphan?: boolean | NotKnown | null;
  /**
   * 是否参加新农合 · in residents' medical insurance
   */
  medical_residents?: boolean | NotKnown | null;
  /**
   * 是否参加城镇职工基本医疗保险 · in workers' medical insurance
   */
  medical_workers?: boolean | NotKnown | null;
  /**
   * 未参保是否有正当理由 · not insured, and excused (newborn, soldier, insured elsewhere)
   */
  medical_excused?: boolean | NotKnown | null;
  /**
   * 是否参加大病保险 · in serious illness insurance
   */
  major_illness_insurance?: boolean | NotKnown | null;
  /**
   * 是否享受医疗救助 · receives medical aid
   */
  medical_aid?: boolean | NotKnown | null;
  /**
   * 是否参加商业补充医疗保险 · in commercial medical insurance
   */
  commercial_medical?: boolean | NotKnown | null;
  /**
   * 是否参加新型养老保险 · in residents' pension insurance
   */
  pension_residents?: boolean | NotKnown | null;
  /**
   * 是否参加城镇职工基本养老保险 · in workers' pension insurance
   */
  pension_workers?: boolean | NotKnown | null;
  /**
   * 是否享受低保 · on the minimum living allowance
   */
  on_dibao?: boolean | NotKnown | null;
  /**
   * 是否五保 · under the five guarantees
   */
  on_wubao?: boolean | NotKnown | null;
  /**
   * 是否现役军人 · serving soldier
   */
  in_service?: boolean | NotKnown | null;
  /**
   * 政治面貌 · political status
   */
  political_status?: PoliticalStatus | NotKnown | null;
  /**
   * 生存状态 · survival status
   */
  survival_status?: SurvivalStatus | NotKnown | null;
  /**
   * 疾病名称 · disease
   */
  disease?: string | NotKnown | null;
  /**
   * 残疾等级 · grade of disability
   */
  disability_grade?: DisabilityGrade | NotKnown | null;
  /**
   * 是否会讲普通话 · speaks Mandarin
   */
  speaks_mandarin?: boolean | NotKnown | null;
  /**
   * 是否享受人身意外险补贴 · subsidy for accident insurance
   */
  accident_insurance_subsidy?: boolean | NotKnown | null;
  /**
   * 联系电话 · phone
   */
  phone?: string | NotKnown | null;
}
/**
 * 未知，并说明原因 · that a fact is not known, and why
 */
export interface NotKnown {
  /**
   * 原因 · the reason
   */
  not_known: "not_collected" | "expired" | "conflicting" | "refused" | "needs_judgement";
}
/**
 * 收入与支出 · income and cost of the reference year
 */
export interface Income {
  /**
   * 工资性收入 · wage income
   * Unit: yuan / year.
   */
  wage_income_yuan?: string | number | NotKnown | null;
  /**
   * 生产经营性收入 · gross operating income
   * Unit: yuan / year.
   */
  operating_income_yuan?: string | number | NotKnown | null;
  /**
   * 生产经营性支出 · operating cost
   * Unit: yuan / year.
   */
  operating_cost_yuan?: string | number | NotKnown | null;
  /**
   * 财产性收入 · property income
   * Unit: yuan / year.
   */
  property_income_yuan?: string | number | NotKnown | null;
  /**
   * 资产收益扶贫分红 · dividend of assets held for the poor
   * Unit: yuan / year.
   */
  asset_dividend_yuan?: string | number | NotKnown | null;
  /**
   * 其他财产性收入 · other property income
   * Unit: yuan / year.
   */
  other_property_yuan?: string | number | NotKnown | null;
  /**
   * 计划生育金 · family planning benefit
   * Unit: yuan / year.
   */
  family_planning_benefit_yuan?: string | number | NotKnown | null;
  /**
   * 低保金 · minimum living allowance
   * Unit: yuan / year.
   */
  dibao_benefit_yuan?: string | number | NotKnown | null;
  /**
   * 生态补偿金 · ecological compensation
   * Unit: yuan / year.
   */
  ecology_compensation_yuan?: string | number | NotKnown | null;
  /**
   * 五保金 · five-guarantees benefit
   * Unit: yuan / year.
   */
  wubao_benefit_yuan?: string | number | NotKnown | null;
  /**
   * 养老保险金 · pension
   * Unit: yuan / year.
   */
  pension_yuan?: string | number | NotKnown | null;
  /**
   * 其他转移性收入 · other transfer income
   * Unit: yuan / year.
   */
  other_transfer_yuan?: string | number | NotKnown | null;
  /**
   * 转移性收入 · transfers as stated
   * Unit: yuan / year.
   */
  stated_transfer_total_yuan?: string | number | NotKnown | null;
  /**
   * 年收入 · gross income as stated
   * Unit: yuan / year.
   */
  stated_gross_income_yuan?: string | number | NotKnown | null;
  /**
   * 纯收入 · net income as stated
   * Unit: yuan / year.
   */
  stated_net_income_yuan?: string | number | NotKnown | null;
  /**
   * 人均纯收入 · net income per person as stated
   * Unit: yuan / person / year.
   */
  stated_net_income_per_capita_yuan?: string | number | NotKnown | null;
}
/**
 * 生产条件 · conditions of production
 */
export interface Production {
  /**
   * 耕地面积 · arable land
   * Unit: mu.
   */
  arable_mu?: string | number | NotKnown | null;
  /**
   * 有效灌溉面积 · irrigated land
   * Unit: mu.
   */
  irrigated_mu?: string | number | NotKnown | null;
  /**
   * 林地面积 · forest land
   * Unit: mu.
   */
  forest_mu?: string | number | NotKnown | null;
  /**
   * 退耕还林面积 · farmland returned to forest
   * Unit: mu.
   */
  returned_forest_mu?: string | number | NotKnown | null;
  /**
   * 林果面积 · orchard land
   * Unit: mu.
   */
  orchard_mu?: string | number | NotKnown | null;
  /**
   * 牧草地面积 · pasture land
   * Unit: mu.
   */
  pasture_mu?: string | number | NotKnown | null;
  /**
   * 水面面积 · water surface
   * Unit: mu.
   */
  water_mu?: string | number | NotKnown | null;
  /**
   * 是否通生产用电 · has power for production
   */
  has_production_power?: boolean | NotKnown | null;
  /**
   * 是否加入合作社 · member of a cooperative
   */
  in_cooperative?: boolean | NotKnown | null;
  /**
   * 是否有龙头企业带动 · linked to a leading enterprise
   */
  linked_to_enterprise?: boolean | NotKnown | null;
  /**
   * 是否有创业致富带头人带动 · linked to a local leader
   */
  linked_to_leader?: boolean | NotKnown | null;
}
/**
 * 生活条件 · conditions of living
 */
export interface Living {
  /**
   * 饮水是否困难 · drinking water is difficult to get
   */
  water_difficult?: boolean | NotKnown | null;
  /**
   * 饮水是否安全 · drinking water is safe
   */
  water_safe?: boolean | NotKnown | null;
  /**
   * 是否解决安全饮用水 · safe drinking water has been provided
   */
  water_solved?: boolean | NotKnown | null;
  /**
   * 饮水情况 · source of drinking water
   */
  water_source?: WaterSource | NotKnown | null;
  /**
   * 人均日用水量 · water per person and day
   * Unit: litre / person / day.
   */
  water_litres_per_person_day?: string | number | NotKnown | null;
  /**
   * 水质是否达标 · water quality meets the standard
   */
  water_quality_ok?: boolean | NotKnown | null;
  /**
   * 取水往返时间 · walk to fetch water, there and back
   * Unit: minute.
   */
  water_fetch_minutes?: number | NotKnown | null;
  /**
   * 供水保证率（%） · reliability of the supply, of a hundred
   */
  water_reliability_percent?: string | number | NotKnown | null;
  /**
   * 是否通生活用电 · has power
   */
  has_power?: boolean | NotKnown | null;
  /**
   * 是否通广播电视 · has radio or television
   */
  has_broadcast?: boolean | NotKnown | null;
  /**
   * 与村主干路距离 · distance to the village's main road
   * Unit: km.
   */
  distance_to_main_road_km?: string | number | NotKnown | null;
  /**
   * 入户路类型 · road to the house
   */
  entry_road?: EntryRoad | NotKnown | null;
  /**
   * 住房面积 · dwelling area
   * Unit: m2.
   */
  dwelling_m2?: string | number | NotKnown | null;
  /**
   * 是否危房户 · lives in an unsafe house
   */
  is_unsafe_house?: boolean | NotKnown | null;
  /**
   * 危房级别 · grade of the house
   */
  house_grade?: HouseGrade | NotKnown | null;
  /**
   * 是否实际居住其他安全住房 · actually lives in other safe housing
   */
  lives_in_other_safe_housing?: boolean | NotKnown | null;
  /**
   * 住房结构 · structure of the house
   */
  house_structure?: string | NotKnown | null;
  /**
   * 住房建造年份 · year the house was built
   * Unit: year.
   */
  house_year?: number | NotKnown | null;
  /**
   * 有无卫生厕所 · has a sanitary toilet
   */
  has_sanitary_toilet?: boolean | NotKnown | null;
  /**
   * 主要燃料类型 · main fuels
   */
  fuel?: Fuel[] | NotKnown | null;
  /**
   * 是否不愁吃 · has enough to eat
   */
  food_secure?: boolean | NotKnown | null;
  /**
   * 是否经常吃到肉蛋奶豆 · has meat, eggs, milk or soy now and then
   */
  protein_secure?: boolean | NotKnown | null;
  /**
   * 是否不愁穿 · has clothes and quilts for the four seasons
   */
  clothing_secure?: boolean | NotKnown | null;
}
/**
 * 财产 · what exclusions ask about
 */
export interface Assets {
  /**
   * 是否在城镇购买商品房或商铺 · bought a flat or shop in a town
   */
  owns_town_housing?: boolean | NotKnown | null;
  /**
   * 城镇住房是否因搬迁、灾后重建或征地取得 · town housing from relocation, disaster or land taken
   */
  town_housing_from_relocation_or_disaster?: boolean | NotKnown | null;
  /**
   * 是否拥有小轿车 · owns a car
   */
  owns_car?: boolean | NotKnown | null;
  /**
   * 是否拥有享受型轿车 · owns a pleasure car
   */
  owns_pleasure_car?: boolean | NotKnown | null;
  /**
   * 车辆是否为残疾人专用或谋生工具 · vehicle is for a disabled person or to earn a living
   */
  car_is_for_disabled_or_livelihood?: boolean | NotKnown | null;
  /**
   * 是否拥有大型农机或工程机械 · owns a large farm or construction machine
   */
  owns_large_machine?: boolean | NotKnown | null;
  /**
   * 是否经营登记注册的企业 · runs a registered business
   */
  runs_registered_business?: boolean | NotKnown | null;
  /**
   * 企业是否仅为挂名 · business is in name only
   */
  business_is_in_name_only?: boolean | NotKnown | null;
  /**
   * 是否长期雇工 · hires labour for long terms
   */
  hires_long_term?: boolean | NotKnown | null;
  /**
   * 是否举家外出一年以上 · whole family away for over a year
   */
  whole_family_away_over_one_year?: boolean | NotKnown | null;
  /**
   * 外出是否因务工或就医 · away for work or treatment
   */
  away_for_work_or_treatment?: boolean | NotKnown | null;
  /**
   * 是否购买商业养老保险 · has a commercial pension
   */
  has_commercial_pension?: boolean | NotKnown | null;
  /**
   * 是否购房、修建新房或高标准装修住房 · bought, built or fitted out a house to a high standard
   */
  bought_built_or_fitted_house?: boolean | NotKnown | null;
  /**
   * 购房、建房或高标准装修年份 · year the house was bought, built or fitted out
   */
  house_bought_built_or_fitted_year?: number | NotKnown | null;
  /**
   * 住房是否因灾后重建、搬迁或征地拆迁取得 · house from rebuilding after a disaster, relocation or demolition
   */
  house_from_disaster_relocation_or_demolition?: boolean | NotKnown | null;
  /**
   * 住房是否豪华装修 · house is fitted out with luxury
   */
  house_has_luxury_fitting?: boolean | NotKnown | null;
  /**
   * 住房是否明显高档 · house is visibly of a high grade
   */
  house_is_high_grade?: boolean | NotKnown | null;
  /**
   * 是否拥有多处住房 · owns several homes
   */
  owns_several_homes?: boolean | NotKnown | null;
  /**
   * 是否在城镇拥有自建房 · has built a house in a town
   */
  built_house_in_town?: boolean | NotKnown | null;
  /**
   * 是否在村外拥有商铺 · owns a shop outside the village
   */
  owns_shop_outside_village?: boolean | NotKnown | null;
  /**
   * 最贵家用电器价格（元） · price of the dearest household appliance
   * Unit: yuan.
   */
  dearest_appliance_yuan?: string | number | NotKnown | null;
  /**
   * 最贵机动车购买价格（元） · price at which the dearest motor vehicle was bought
   * Unit: yuan.
   */
  dearest_vehicle_yuan?: string | number | NotKnown | null;
  /**
   * 最贵摩托车、电动车等高档消费品价格（元） · price of the dearest motorcycle, electric bicycle or other luxury good
   * Unit: yuan.
   */
  dearest_motorcycle_yuan?: string | number | NotKnown | null;
  /**
   * 最贵农业机械、农产品加工机械、工程机械或运输工具单价（元） · price of the dearest farm, processing or construction machine or means of transport
   * Unit: yuan.
   */
  dearest_machine_yuan?: string | number | NotKnown | null;
  /**
   * 农业机械、农产品加工机械、工程机械或运输工具最大马力 · power of the strongest farm, processing or construction machine or means of transport
   * Unit: horsepower.
   */
  strongest_machine_hp?: string | number | NotKnown | null;
  /**
   * 是否拥有大型农用车 · owns a large farm vehicle
   */
  owns_large_farm_vehicle?: boolean | NotKnown | null;
  /**
   * 是否拥有工程机械 · owns a construction machine
   */
  owns_construction_machine?: boolean | NotKnown | null;
  /**
   * 是否拥有船舶 · owns a ship
   */
  owns_ship?: boolean | NotKnown | null;
  /**
   * 是否领办农民专业合作社 · owns a cooperative
   */
  owns_cooperative?: boolean | NotKnown | null;
  /**
   * 是否注册个体工商户 · is registered as a sole trader
   */
  is_sole_trader?: boolean | NotKnown | null;
  /**
   * 是否投资企业 · has invested in a firm
   */
  invests_in_firm?: boolean | NotKnown | null;
  /**
   * 企业是否正常经营并纳税 · business operates and pays tax as is normal
   */
  pays_business_tax?: boolean | NotKnown | null;
  /**
   * 是否长期从事工程承包 · takes on contracts for works for long terms
   */
  contracts_works_long_term?: boolean | NotKnown | null;
  /**
   * 是否雇人从事生产经营 · hires labour to produce or trade
   */
  hires_labour?: boolean | NotKnown | null;
  /**
   * 是否种植或养殖大户 · is a large grower or stock farmer
   */
  is_large_grower?: boolean | NotKnown | null;
  /**
   * 经营土地面积（亩） · land that the household farms
   * Unit: mu.
   */
  farmed_mu?: string | number | NotKnown | null;
  /**
   * 养殖价值（元） · value of the animals and poultry kept
   * Unit: yuan.
   */
  livestock_value_yuan?: string | number | NotKnown | null;
  /**
   * 举家外出月数 · months for which the whole family has been away
   * Unit: month.
   */
  whole_family_away_months?: number | NotKnown | null;
  /**
   * 举家外出收入是否明显高于当地平均水平 · whole family away, with an income clearly above the local average
   */
  away_with_high_income?: boolean | NotKnown | null;
  /**
   * 家中是否长期无人 · nobody has been at home for long
   */
  home_is_long_empty?: boolean | NotKnown | null;
  /**
   * 是否无法提供实际居住证明 · cannot give proof of living there
   */
  lacks_proof_of_residence?: boolean | NotKnown | null;
  /**
   * 是否长期在外打工 · has worked away from home for long
   */
  works_away_for_long?: boolean | NotKnown | null;
  /**
   * 是否人户分离 · lives elsewhere than registered
   */
  lives_apart_from_register?: boolean | NotKnown | null;
  /**
   * 是否空挂户 · on the register of the village in name only
   */
  is_hukou_only?: boolean | NotKnown | null;
  /**
   * 是否为享受扶贫故意分户或并户 · household was split or merged to be supported
   */
  is_split_or_merged_on_purpose?: boolean | NotKnown | null;
  /**
   * 户主的父母、配偶或子女是否为国家公职人员 · a parent, the spouse or a child of the head is a public employee
   */
  kin_of_head_is_public_employee?: boolean | NotKnown | null;
  /**
   * 是否经查实系优亲厚友、弄虚作假、徇私舞弊或信息失真纳入 · found to have been listed by favour, fraud, abuse of office or untrue information
   */
  was_listed_by_favour_or_fraud?: boolean | NotKnown | null;
  /**
   * 是否被举报或质疑 · has been reported or questioned
   */
  was_reported?: boolean | NotKnown | null;
  /**
   * 对举报或质疑是否作出合理解释 · has explained the report reasonably
   */
  report_is_explained?: boolean | NotKnown | null;
}
/**
 * 易地搬迁 · relocation
 */
export interface Relocation {
  /**
   * 是否搬迁户 · to be relocated
   */
  is_relocated?: boolean | NotKnown | null;
  /**
   * 搬迁方式 · way of relocation
   */
  way?: RelocationWay | NotKnown | null;
  /**
   * 安置方式 · resettlement
   */
  resettlement?: Resettlement | NotKnown | null;
  /**
   * 安置地 · place of resettlement
   */
  place?: ResettlementPlace | NotKnown | null;
  /**
   * 搬迁可能存在的困难 · difficulties of relocation
   */
  difficulties?: RelocationDifficulty[] | NotKnown | null;
  /**
   * 交钥匙日期 · day the keys were handed over
   */
  keys_handed_over?: string | NotKnown | null;
  /**
   * 入住日期 · day the household moved in
   */
  moved_in?: string | NotKnown | null;
}
/**
 * 防止返贫监测 · monitoring, since 2020
 */
export interface Monitoring {
  /**
   * 是否监测对象 · was taken into monitoring, its risk removed or not
   */
  is_monitored?: boolean | NotKnown | null;
  /**
   * 是否建档立卡脱贫户 · was on the register of poor households and lifted out
   */
  was_registered?: boolean | NotKnown | null;
  /**
   * 是否曾为建档立卡户 · was ever on the register of poor households
   */
  was_ever_registered?: boolean | NotKnown | null;
  /**
   * 监测对象类别 · class of the monitored household
   */
  monitored_class?: MonitoredClass | NotKnown | null;
  /**
   * 致贫返贫风险 · risks of falling into poverty
   */
  risks?: MonitoringRisk[] | NotKnown | null;
  /**
   * 自然灾害子项 · sort of natural disaster
   */
  disaster_kind?: string | NotKnown | null;
  /**
   * 其他风险说明 · note on another risk
   */
  other_risk_note?: string | NotKnown | null;
  /**
   * 帮扶措施 · measures of help
   */
  measures?: HelpMeasure[] | NotKnown | null;
  /**
   * 是否授权信息比对 · consents to the comparison of data
   */
  consents_to_comparison?: boolean | NotKnown | null;
  /**
   * 监测对象识别时间 · day of being taken into monitoring
   */
  identified_on?: string | NotKnown | null;
  /**
   * 监测期人均可支配收入 · disposable income per person
   * Unit: yuan / person / year.
   */
  disposable_income_per_person_yuan?: string | number | NotKnown | null;
  /**
   * 合规自付支出 · own spending within the rules
   * Unit: yuan / year.
   */
  own_spending_yuan?: string | number | NotKnown | null;
  /**
   * 因病自付支出 · own spending on illness
   * Unit: yuan / year.
   */
  illness_spending_yuan?: string | number | NotKnown | null;
  /**
   * 理赔收入 · income from insurance claims
   * Unit: yuan / year.
   */
  claims_income_yuan?: string | number | NotKnown | null;
  /**
   * 收入是否大幅缩减 · income has fallen sharply
   */
  income_fell_sharply?: boolean | NotKnown | null;
  /**
   * 刚性支出是否骤增 · unavoidable spending has risen sharply
   */
  spending_rose_sharply?: boolean | NotKnown | null;
  /**
   * 刚性支出是否明显超过上年度收入 · unavoidable spending is clearly above last year's income
   */
  spending_exceeds_last_year_income?: boolean | NotKnown | null;
  /**
   * 基本生活是否严重困难 · basic life is in severe difficulty
   */
  is_in_severe_difficulty?: boolean | NotKnown | null;
  /**
   * 义务教育是否有保障 · compulsory education is secure
   */
  education_secure?: boolean | NotKnown | null;
  /**
   * 基本医疗是否有保障 · basic medical care is secure
   */
  medical_secure?: boolean | NotKnown | null;
  /**
   * 住房安全是否有保障 · housing is secure
   */
  housing_secure?: boolean | NotKnown | null;
  /**
   * 饮水安全是否有保障 · drinking water is secure
   */
  water_secure?: boolean | NotKnown | null;
  /**
   * 刚性支出是否得到控制 · unavoidable spending is under control
   */
  spending_is_under_control?: boolean | NotKnown | null;
  /**
   * 是否出现新的风险 · a new risk has come up
   */
  has_new_risk?: boolean | NotKnown | null;
  /**
   * 收入持续稳定起始时间 · day from which things have been stable
   */
  stable_since?: string | NotKnown | null;
  /**
   * 是否整户无劳动力兜底保障户 · wholly without labour and on social protection
   */
  is_on_social_protection_only?: boolean | NotKnown | null;
  /**
   * 风险是否消除 · the risk has been removed
   */
  risk_is_removed?: boolean | NotKnown | null;
  /**
   * 风险消除方式 · way the risk was removed
   */
  removal_way?: RemovalWay | NotKnown | null;
  /**
   * 风险消除时间 · day the risk was removed
   */
  removed_on?: string | NotKnown | null;
  /**
   * 风险消除时人均可支配收入 · disposable income per person when the risk was removed
   * Unit: yuan / person / year.
   */
  removal_income_per_person_yuan?: string | number | NotKnown | null;
}
/**
 * 一村 · what is known of a village
 */
export interface Village {
  /**
   * 编号，不得是身份证号 · an id that is no identity number
   */
  id: string;
  /**
   * 省 · province
   */
  province?: string | NotKnown | null;
  /**
   * 市 · city
   */
  city?: string | NotKnown | null;
  /**
   * 县 · county
   */
  county?: string | NotKnown | null;
  /**
   * 镇 · township
   */
  township?: string | NotKnown | null;
  /**
   * 行政村 · name of the village
   */
  name?: string | NotKnown | null;
  /**
   * 行政区划代码 · area code of 12 digits
   */
  area_code?: string | NotKnown | null;
  /**
   * 负责人 · person in charge
   */
  secretary?: string | NotKnown | null;
  /**
   * 职务 · post
   */
  post?: string | NotKnown | null;
  /**
   * 联系电话 · phone
   */
  phone?: string | NotKnown | null;
  /**
   * 村属性 · class of the village
   */
  village_attribute?: VillageAttribute | NotKnown | null;
  /**
   * 发展方向 · direction of development
   */
  direction?: string | NotKnown | null;
  /**
   * 地形地貌 · terrain
   */
  terrain?: string | NotKnown | null;
  /**
   * 经度 · longitude
   * Unit: degree.
   */
  longitude_degree?: string | number | NotKnown | null;
  /**
   * 纬度 · latitude
   * Unit: degree.
   */
  latitude_degree?: string | number | NotKnown | null;
  /**
   * 海拔 · altitude
   * Unit: m.
   */
  altitude_m?: string | number | NotKnown | null;
  /**
   * 总户数 · households
   * Unit: household.
   */
  households?: number | NotKnown | null;
  /**
   * 自然村（组）数 · natural villages
   * Unit: item.
   */
  natural_villages?: number | NotKnown | null;
  /**
   * 贫困户数 · poor households
   * Unit: household.
   */
  poor_households?: number | NotKnown | null;
  /**
   * 低保户数 · households on the minimum living allowance
   * Unit: household.
   */
  dibao_households?: number | NotKnown | null;
  /**
   * 五保户数 · households under the five guarantees
   * Unit: household.
   */
  wubao_households?: number | NotKnown | null;
  /**
   * 总人口数 · population
   * Unit: person.
   */
  population?: number | NotKnown | null;
  /**
   * 贫困人口数 · poor people
   * Unit: person.
   */
  poor_people?: number | NotKnown | null;
  /**
   * 低保人口数 · people on the minimum living allowance
   * Unit: person.
   */
  dibao_people?: number | NotKnown | null;
  /**
   * 五保人口数 · people under the five guarantees
   * Unit: person.
   */
  wubao_people?: number | NotKnown | null;
  /**
   * 少数民族人口数 · people of ethnic minorities
   * Unit: person.
   */
  minority?: number | NotKnown | null;
  /**
   * 妇女人口数 · women
   * Unit: person.
   */
  women?: number | NotKnown | null;
  /**
   * 残疾人口数 · disabled people
   * Unit: person.
   */
  disabled?: number | NotKnown | null;
  /**
   * 劳动力人数 · people able to work
   * Unit: person.
   */
  labour?: number | NotKnown | null;
  /**
   * 外出务工人数 · people working elsewhere
   * Unit: person.
   */
  migrants?: number | NotKnown | null;
  /**
   * 耕地面积 · arable land
   * Unit: mu.
   */
  arable_mu?: string | number | NotKnown | null;
  /**
   * 有效灌溉面积 · irrigated land
   * Unit: mu.
   */
  irrigated_mu?: string | number | NotKnown | null;
  /**
   * 林地面积 · forest land
   * Unit: mu.
   */
  forest_mu?: string | number | NotKnown | null;
  /**
   * 退耕还林面积 · farmland returned to forest
   * Unit: mu.
   */
  returned_forest_mu?: string | number | NotKnown | null;
  /**
   * 林果面积 · orchard land
   * Unit: mu.
   */
  orchard_mu?: string | number | NotKnown | null;
  /**
   * 牧草地面积 · pasture land
   * Unit: mu.
   */
  pasture_mu?: string | number | NotKnown | null;
  /**
   * 水域面积 · water surface
   * Unit: mu.
   */
  water_mu?: string | number | NotKnown | null;
  /**
   * 年末牲畜存栏 · livestock at the end of the year
   * Unit: head.
   */
  livestock?: number | NotKnown | null;
  /**
   * 农民人均纯收入 · net income per person
   * Unit: yuan / person / year.
   */
  net_income_per_capita_yuan?: string | number | NotKnown | null;
  /**
   * 村级集体经济收入（万元） · collective income of the village
   * Unit: wan_yuan / year.
   */
  collective_income_wan_yuan?: string | number | NotKnown | null;
  /**
   * 参加新农合人数 · people in residents' medical insurance
   * Unit: person.
   */
  ncms?: number | NotKnown | null;
  /**
   * 参加居民养老保险人数 · people in residents' pension insurance
   * Unit: person.
   */
  pension_res?: number | NotKnown | null;
  /**
   * 参加职工养老保险人数 · people in workers' pension insurance
   * Unit: person.
   */
  pension_work?: number | NotKnown | null;
  /**
   * 到乡镇是否通沥青（水泥）路 · hard road to the township
   */
  hard_road_to_township?: boolean | NotKnown | null;
  /**
   * 是否通客运班车 · served by a coach
   */
  coach?: boolean | NotKnown | null;
  /**
   * 未实现饮水安全户数 · households without safe water
   * Unit: household.
   */
  households_unsafe_water?: number | NotKnown | null;
  /**
   * 饮水困难户数 · households with difficult water
   * Unit: household.
   */
  households_hard_water?: number | NotKnown | null;
  /**
   * 已通生活用电的自然村数 · natural villages with power (20 households and more)
   * Unit: item.
   */
  powered_natural_villages?: number | NotKnown | null;
  /**
   * 危房户数 · households in unsafe houses
   * Unit: household.
   */
  unsafe_house_households?: number | NotKnown | null;
  /**
   * 农民专业合作社个数 · cooperatives
   * Unit: item.
   */
  cooperatives?: number | NotKnown | null;
  /**
   * 从事乡村旅游户数 · households in tourism
   * Unit: household.
   */
  tourism_households?: number | NotKnown | null;
  /**
   * 经营农家乐户数 · households that keep a farm stay
   * Unit: household.
   */
  farmstay_households?: number | NotKnown | null;
  /**
   * 乡村旅游从业人数 · people working in tourism
   * Unit: person.
   */
  tourism_workers?: number | NotKnown | null;
  /**
   * 乡村旅游户均收入 · income per household from tourism
   * Unit: yuan / household / year.
   */
  tourism_income_per_household_yuan?: string | number | NotKnown | null;
  /**
   * 卫生室个数 · clinics
   * Unit: item.
   */
  clinics?: number | NotKnown | null;
  /**
   * 公共卫生厕所个数 · public toilets
   * Unit: item.
   */
  public_toilets?: number | NotKnown | null;
  /**
   * 执业（助理）医师人数 · doctors
   * Unit: person.
   */
  doctors?: number | NotKnown | null;
  /**
   * 垃圾集中堆放点个数 · rubbish points
   * Unit: item.
   */
  rubbish_points?: number | NotKnown | null;
  /**
   * 文化（图书）室个数 · culture rooms
   * Unit: item.
   */
  culture_rooms?: number | NotKnown | null;
  /**
   * 通宽带户数 · households with broadband
   * Unit: household.
   */
  broadband_households?: number | NotKnown | null;
  /**
   * 通宽带的村小学数 · primary schools with broadband
   * Unit: item.
   */
  broadband_schools?: number | NotKnown | null;
  /**
   * 能用手机上网的户数 · households online by mobile phone
   * Unit: household.
   */
  mobile_internet_households?: number | NotKnown | null;
  /**
   * 村信息员人数 · information officers
   * Unit: person.
   */
  information_officers?: number | NotKnown | null;
  /**
   * 中共党员人数 · party members
   * Unit: person.
   */
  party_members?: number | NotKnown | null;
  /**
   * 大学生村官人数 · graduate village officials
   * Unit: person.
   */
  graduate_officials?: number | NotKnown | null;
  /**
   * 一般贫困户户数 · ordinary poor households
   * Unit: household.
   */
  ordinary_poor_households?: number | NotKnown | null;
  /**
   * 一般贫困户人口数 · people of ordinary poor households
   * Unit: person.
   */
  ordinary_poor_people?: number | NotKnown | null;
  /**
   * 低保贫困户户数 · poor households on the allowance
   * Unit: household.
   */
  dibao_poor_households?: number | NotKnown | null;
  /**
   * 低保贫困户人口数 · people of poor households on the allowance
   * Unit: person.
   */
  dibao_poor_people?: number | NotKnown | null;
  /**
   * 五保贫困户户数 · poor households under the five guarantees
   * Unit: household.
   */
  wubao_poor_households?: number | NotKnown | null;
  /**
   * 五保贫困户人口数 · people of poor households under the five guarantees
   * Unit: person.
   */
  wubao_poor_people?: number | NotKnown | null;
  /**
   * 计划退出年份 · planned year of exit
   * Unit: year.
   */
  planned_exit_year?: number | NotKnown | null;
  /**
   * 残疾贫困人口数 · disabled poor people
   * Unit: person.
   */
  disabled_poor?: number | NotKnown | null;
  /**
   * 农业户籍人口数 · people on the rural register
   * Unit: person.
   */
  rural_population?: number | NotKnown | null;
  /**
   * 尚未脱贫人口数 · poor people not yet lifted out
   * Unit: person.
   */
  remaining_poor_people?: number | NotKnown | null;
  /**
   * 所属地区 · region
   */
  region?: Region | NotKnown | null;
  /**
   * 全省农民人均纯收入 · net income per rural person of the province
   * Unit: yuan / person / year.
   */
  province_net_income_per_capita_yuan?: string | number | NotKnown | null;
  /**
   * 全省农村贫困人口数 · rural poor people of the province
   * Unit: person.
   */
  province_poor_people?: number | NotKnown | null;
  /**
   * 全省农业户籍人口数 · rural people of the province
   * Unit: person.
   */
  province_rural_population?: number | NotKnown | null;
  /**
   * 是否通电 · has power
   */
  has_power?: boolean | NotKnown | null;
  /**
   * 是否通安全饮水 · has safe water
   */
  has_safe_water?: boolean | NotKnown | null;
  /**
   * 是否通广播电视 · has radio and television
   */
  has_broadcast?: boolean | NotKnown | null;
  /**
   * 是否通宽带 · has broadband
   */
  has_broadband?: boolean | NotKnown | null;
  /**
   * 常住人口数 · residents
   * Unit: person.
   */
  resident_population?: number | NotKnown | null;
  /**
   * 尚未脱贫户数 · poor households not yet lifted out
   * Unit: household.
   */
  remaining_poor_households?: number | NotKnown | null;
  /**
   * 是否已出列 · poor village taken off the list
   */
  is_exited?: boolean | NotKnown | null;
  /**
   * 脱贫户人均纯收入 · net income per person of exited households
   * Unit: yuan / person / year.
   */
  exited_net_income_per_capita_yuan?: string | number | NotKnown | null;
  /**
   * 上年脱贫户人均纯收入 · net income per person of exited households, last year
   * Unit: yuan / person / year.
   */
  exited_net_income_per_capita_last_year_yuan?: string | number | NotKnown | null;
  /**
   * 全县农村居民人均可支配收入 · disposable income per rural resident of the county
   * Unit: yuan / person / year.
   */
  county_disposable_income_per_capita_yuan?: string | number | NotKnown | null;
  /**
   * 上年全县农村居民人均可支配收入 · disposable income per rural resident of the county, last year
   * Unit: yuan / person / year.
   */
  county_disposable_income_per_capita_last_year_yuan?: string | number | NotKnown | null;
  /**
   * 是否有集体经济 · has a collective economy
   */
  has_collective_economy?: boolean | NotKnown | null;
  /**
   * 是否有互助资金组织 · has a mutual fund group
   */
  has_mutual_fund?: boolean | NotKnown | null;
  /**
   * 通电户数 · households with power
   * Unit: household.
   */
  powered_households?: number | NotKnown | null;
  /**
   * 是否有标准化村卫生室 · has a standard village clinic
   */
  has_standard_clinic?: boolean | NotKnown | null;
}
/**
 * 一乡镇或一县 · what is known of a township or county
 */
export interface Area {
  /**
   * 编号，不得是身份证号 · an id that is no identity number
   */
  id: string;
  /**
   * 层级 · level of the administration
   */
  level?: AreaLevel | NotKnown | null;
  /**
   * 省 · province
   */
  province?: string | NotKnown | null;
  /**
   * 市 · city
   */
  city?: string | NotKnown | null;
  /**
   * 县 · county
   */
  county?: string | NotKnown | null;
  /**
   * 行政区划名称 · name of the area
   */
  name?: string | NotKnown | null;
  /**
   * 行政区划代码 · area code: 6 digits of a county, 9 of a township
   */
  area_code?: string | NotKnown | null;
  /**
   * 所属地区 · region
   */
  region?: Region | NotKnown | null;
  /**
   * 行政村个数 · administrative villages
   * Unit: village.
   */
  villages?: number | NotKnown | null;
  /**
   * 贫困村个数 · poor villages
   * Unit: village.
   */
  poor_villages?: number | NotKnown | null;
  /**
   * 尚未出列贫困村个数 · poor villages not yet taken off the list
   * Unit: village.
   */
  remaining_poor_villages?: number | NotKnown | null;
  /**
   * 总户数 · households
   * Unit: household.
   */
  households?: number | NotKnown | null;
  /**
   * 贫困户数 · poor households
   * Unit: household.
   */
  poor_households?: number | NotKnown | null;
  /**
   * 尚未脱贫户数 · poor households not yet lifted out
   * Unit: household.
   */
  remaining_poor_households?: number | NotKnown | null;
  /**
   * 低保户数 · households on the minimum living allowance
   * Unit: household.
   */
  dibao_households?: number | NotKnown | null;
  /**
   * 五保户数 · households under the five guarantees
   * Unit: household.
   */
  wubao_households?: number | NotKnown | null;
  /**
   * 总人口数 · population
   * Unit: person.
   */
  population?: number | NotKnown | null;
  /**
   * 农业户籍人口数 · people on the rural register
   * Unit: person.
   */
  rural_population?: number | NotKnown | null;
  /**
   * 常住人口数 · residents
   * Unit: person.
   */
  resident_population?: number | NotKnown | null;
  /**
   * 贫困人口数 · poor people
   * Unit: person.
   */
  poor_people?: number | NotKnown | null;
  /**
   * 尚未脱贫人口数 · poor people not yet lifted out
   * Unit: person.
   */
  remaining_poor_people?: number | NotKnown | null;
  /**
   * 低保人口数 · people on the minimum living allowance
   * Unit: person.
   */
  dibao_people?: number | NotKnown | null;
  /**
   * 五保人口数 · people under the five guarantees
   * Unit: person.
   */
  wubao_people?: number | NotKnown | null;
  /**
   * 一般贫困户户数 · ordinary poor households
   * Unit: household.
   */
  ordinary_poor_households?: number | NotKnown | null;
  /**
   * 一般贫困户人口数 · people of ordinary poor households
   * Unit: person.
   */
  ordinary_poor_people?: number | NotKnown | null;
  /**
   * 低保贫困户户数 · poor households on the allowance
   * Unit: household.
   */
  dibao_poor_households?: number | NotKnown | null;
  /**
   * 低保贫困户人口数 · people of poor households on the allowance
   * Unit: person.
   */
  dibao_poor_people?: number | NotKnown | null;
  /**
   * 五保贫困户户数 · poor households under the five guarantees
   * Unit: household.
   */
  wubao_poor_households?: number | NotKnown | null;
  /**
   * 五保贫困户人口数 · people of poor households under the five guarantees
   * Unit: person.
   */
  wubao_poor_people?: number | NotKnown | null;
  /**
   * 残疾贫困人口数 · disabled poor people
   * Unit: person.
   */
  disabled_poor?: number | NotKnown | null;
  /**
   * 抽查的脱贫人口数 · exited people in the sample
   * Unit: person.
   */
  sample_exited_people?: number | NotKnown | null;
  /**
   * 抽查的错退人口数 · wrongly exited people in the sample
   * Unit: person.
   */
  sample_wrongly_exited_people?: number | NotKnown | null;
  /**
   * 抽查村未建档立卡农业户籍人口数 · rural people of the sampled villages who are not on the register of the poor
   * Unit: person.
   */
  sample_unregistered_rural_people?: number | NotKnown | null;
  /**
   * 抽查的漏评人口数 · missed people in the sample
   * Unit: person.
   */
  sample_missed_people?: number | NotKnown | null;
  /**
   * 受访户数 · households surveyed for approval
   * Unit: household.
   */
  surveyed_households?: number | NotKnown | null;
  /**
   * 认可的受访户数 · surveyed households that approve
   * Unit: household.
   */
  approving_households?: number | NotKnown | null;
  /**
   * 推算的错退人口数 · wrongly exited people, as estimated
   * Unit: person.
   */
  estimated_wrongly_exited_people?: number | NotKnown | null;
  /**
   * 推算的漏评人口数 · missed people, as estimated
   * Unit: person.
   */
  estimated_missed_people?: number | NotKnown | null;
  /**
   * 农村居民人均可支配收入 · disposable income per rural resident
   * Unit: yuan / person / year.
   */
  disposable_income_per_capita_yuan?: string | number | NotKnown | null;
  /**
   * 全省农村居民人均可支配收入 · disposable income per rural resident of the province
   * Unit: yuan / person / year.
   */
  province_disposable_income_per_capita_yuan?: string | number | NotKnown | null;
  /**
   * 通沥青（水泥）路的行政村个数 · villages with a hard road
   * Unit: village.
   */
  villages_with_hard_road?: number | NotKnown | null;
  /**
   * 用上自来水的农村人口数 · rural people with piped water
   * Unit: person.
   */
  piped_water_people?: number | NotKnown | null;
  /**
   * 通电户数 · households with power
   * Unit: household.
   */
  powered_households?: number | NotKnown | null;
  /**
   * 有安全住房的农户数 · households with safe housing
   * Unit: household.
   */
  safe_house_households?: number | NotKnown | null;
  /**
   * 参加新农合和大病保险的贫困人口数 · poor people in residents' medical and serious illness insurance
   * Unit: person.
   */
  insured_poor_people?: number | NotKnown | null;
}
/**
 * 优先得分，精确数，以文字表示 · what ranks a subject among the eligible; scores are exact, as text
 */
export interface Priority {
  /**
   * 成立的优先情形 · priority rules that hold
   */
  matched: string[];
  /**
   * 待定的优先情形 · priority rules that are open
   */
  open: string[];
  /**
   * 最低得分 · lowest possible score, component by component
   */
  low: string[];
  /**
   * 最高得分 · highest possible score, component by component
   */
  high: string[];
}
/**
 * 识别评估 · whether a subject is to be identified, with what led there
 */
export interface Assessment {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 评估的种类 · which assessment it is
   */
  kind: "assessment";
  /**
   * 评估对象的种类 · what was assessed
   */
  subject: Subject;
  /**
   * 评估对象的编号 · id of what was assessed
   */
  subject_id: string;
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 政策包版本 · version of its pack
   */
  policy_version: string;
  /**
   * 政策指纹 · SHA-256 of all of the policy that can change an answer
   */
  fingerprint: string;
  /**
   * 评估日 · day of the assessment
   */
  on: string;
  /**
   * 程序版本 · version of the library
   */
  library_version: string;
  /**
   * 各条规则的结果，null为未知 · value of every rule, none skipped; null is not known
   */
  rules: {
    [k: string]: boolean | null;
  };
  /**
   * 影响结论而待定的规则 · rules that count for the outcome and are open
   */
  open: string[];
  /**
   * 仍可能影响结论的未知事实 · facts that can still matter for the outcome
   */
  missing: string[];
  /**
   * 未知的原因，凡有说明的 · why a missing fact is not known, where somebody said so
   */
  why: {
    [k: string]: Why;
  };
  /**
   * 结论依据的最弱等级 · weakest standing that the outcome rests on
   */
  standing: Standing;
  /**
   * 以所引默认值代替的事实 · facts for which a cited default stood in
   */
  provisional: string[];
  /**
   * 数据疑点 · checks that found something
   */
  findings: Finding[];
  /**
   * 识别结论 · the outcome
   */
  outcome: Outcome;
  /**
   * 不符合的识别条件 · conditions that do not hold
   */
  failed: string[];
  /**
   * 成立的排除情形 · exclusions that are hit and not rebutted
   */
  excluded_by: string[];
  /**
   * 命中而属例外的排除情形，及所属例外 · exclusions that are hit and rebutted, with the exceptions that hold
   */
  rebutted: {
    [k: string]: string[];
  };
  /**
   * 优先得分 · score; null where the policy ranks nobody
   */
  priority: Priority | null;
  /**
   * 只影响得分的未知事实 · facts that can move the score alone
   */
  missing_for_score: string[];
}
/**
 * 数据疑点 · a check that found something
 */
export interface Finding {
  /**
   * 核查规则 · id of the check
   */
  rule: string;
  /**
   * 发现，中文 · what was found, in Chinese
   */
  zh: string;
  /**
   * 发现，英文 · what was found, in English
   */
  en: string;
  /**
   * 核查的出处 · where the check comes from
   */
  source: string;
}
/**
 * 退出评估 · whether a subject may leave, with what led there
 */
export interface ExitAssessment {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 评估的种类 · which assessment it is
   */
  kind: "exit";
  /**
   * 评估对象的种类 · what was assessed
   */
  subject: Subject;
  /**
   * 评估对象的编号 · id of what was assessed
   */
  subject_id: string;
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 政策包版本 · version of its pack
   */
  policy_version: string;
  /**
   * 政策指纹 · SHA-256 of all of the policy that can change an answer
   */
  fingerprint: string;
  /**
   * 评估日 · day of the assessment
   */
  on: string;
  /**
   * 程序版本 · version of the library
   */
  library_version: string;
  /**
   * 各条规则的结果，null为未知 · value of every rule, none skipped; null is not known
   */
  rules: {
    [k: string]: boolean | null;
  };
  /**
   * 影响结论而待定的规则 · rules that count for the outcome and are open
   */
  open: string[];
  /**
   * 仍可能影响结论的未知事实 · facts that can still matter for the outcome
   */
  missing: string[];
  /**
   * 未知的原因，凡有说明的 · why a missing fact is not known, where somebody said so
   */
  why: {
    [k: string]: Why;
  };
  /**
   * 结论依据的最弱等级 · weakest standing that the outcome rests on
   */
  standing: Standing;
  /**
   * 以所引默认值代替的事实 · facts for which a cited default stood in
   */
  provisional: string[];
  /**
   * 数据疑点 · checks that found something
   */
  findings: Finding[];
  /**
   * 退出结论 · the outcome
   */
  outcome: ExitOutcome;
  /**
   * 已达到的保障 · guarantees that are met
   */
  met: string[];
  /**
   * 未达到的保障及差距 · guarantees that are not met, each with its gap
   */
  failed: Gap[];
}
/**
 * 未达到的保障及差距 · a guarantee that is not met, with what it is short of
 */
export interface Gap {
  /**
   * 退出条件 · id of the exit rule
   */
  rule: string;
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
  /**
   * 所差数量，精确数 · how much is short, exact; null where no number is
   */
  amount: string | null;
  /**
   * 数量的单位 · unit of the amount
   */
  unit: string | null;
  /**
   * 未达到的成员 · members for whom it is not met
   */
  members: string[];
}
/**
 * 下一个问题 · one question that brings an outcome nearer
 */
export interface Question {
  /**
   * 所问的事实 · the fact asked for
   */
  fact: string;
  /**
   * 问题 · the question
   */
  text: Words;
  /**
   * 为何要问 · what it is asked for
   */
  why: Words;
  /**
   * 所关规则，没有则为空 · rule that it is asked for; empty where none is
   */
  rule: string | "";
  /**
   * 回答的种类 · what an answer is
   */
  sort: "flag" | "number" | "day" | "text" | "code" | "codes";
  /**
   * 可选的回答；数字、日期、文字没有 · values to choose from; none for a number, a day or a text
   */
  choices: {
    /**
     * 选项的值 · what is answered
     */
    value: boolean | string;
    /**
     * 中文 · in Chinese
     */
    zh: string;
    /**
     * 英文 · in English
     */
    en: string;
  }[];
  /**
   * 数字的单位，没有则为空 · unit of the number; empty otherwise
   */
  unit: string;
  /**
   * 最小值 · lowest number that is taken; null for what is no number
   */
  low: string | null;
  /**
   * 最大值，或最多几项 · highest number, or most codes, that are taken
   */
  high: string | null;
  /**
   * 小数位数 · decimal places of a number
   */
  places: number;
  /**
   * 所问的成员 · member it is about; null where it is about all
   */
  member: string | null;
}
/**
 * 中英文文字 · words in Chinese and English
 */
export interface Words {
  /**
   * 中文 · Chinese
   */
  zh: string;
  /**
   * 英文 · English
   */
  en: string;
}
/**
 * 名额内的排序 · the places of one group under its quota
 */
export interface Ranked {
  /**
   * 名额 · how many can be taken
   */
  quota: number;
  /**
   * 必定入选 · taken, whatever the missing facts turn out to be, best first
   */
  certain: string[];
  /**
   * 可能入选 · taken or not, depending on missing facts
   */
  possible: string[];
  /**
   * 并列，政策未定先后 · level with others at the cut, which the policy does not decide
   */
  tied: string[];
  /**
   * 必定不入选 · not taken, whatever the missing facts turn out to be
   */
  out: string[];
}
/**
 * 怎样会改变结论 · what would turn an outcome
 */
export interface Counterfactual {
  /**
   * 现在的评估 · the assessment today
   */
  before: Assessment | ExitAssessment;
  /**
   * 所求的结论；尚缺事实时为null · the outcome looked for; null where facts are missing and none was named
   */
  towards: Outcome | ExitOutcome | null;
  /**
   * 各种改变，最小的在前 · changes, the smallest first
   */
  alternatives: Alternative[];
  /**
   * 可以改变的事实 · facts that might be changed
   */
  searched: string[];
  /**
   * 同时试改的事实数 · how many facts at once were tried in every combination
   */
  at_once: number;
  /**
   * 试过的次数 · how many changed subjects were judged
   */
  tried: number;
  /**
   * 是否因次数已满而停 · whether the search stopped at its bound
   */
  is_cut: boolean;
  /**
   * 是否已知不能改得更少 · whether fewer facts are shown not to do
   */
  is_fewest: boolean;
  /**
   * 是否已证明最小 · whether it is proved that no smaller change does
   */
  is_proved: boolean;
  /**
   * 说明 · how far the answer goes
   */
  note: Words;
}
/**
 * 一种会改变结论的改变 · one change that turns an outcome
 */
export interface Alternative {
  /**
   * 要改变的事实 · facts to change, by path
   */
  changes: {
    [k: string]: {
      /**
       * 现值 · its value
       */
      before: string[] | boolean | string;
      /**
       * 改后 · its new value
       */
      after: string[] | boolean | string;
    };
  };
  /**
   * 数字的变动量 · by how much each number among them moves
   */
  margin: {
    [k: string]: string;
  };
  /**
   * 随之改变的规则 · rules that count for the outcome and turn with it
   */
  rules: string[];
  /**
   * 改变后的结论 · the outcome after it
   */
  outcome: Outcome | ExitOutcome;
}
/**
 * 解释 · an explanation in one language
 */
export interface Explanation {
  /**
   * 语言 · its language
   */
  language: "zh" | "en";
  /**
   * 结论 · the outcome, in one line
   */
  headline: string;
  /**
   * 政策、评估日、依据等级 · policy, day, standing: one line each
   */
  remarks: string[];
  /**
   * 各部分 · grounds and lists
   */
  sections: {
    /**
     * 小标题 · title
     */
    title: string;
    /**
     * 各行 · plain lines
     */
    lines: string[];
    /**
     * 理由 · grounds, in order
     */
    reasons: Reason[];
  }[];
}
/**
 * 一条理由 · one ground of an answer
 */
export interface Reason {
  /**
   * 理由的种类 · what sort of ground it is
   */
  role: "rule" | "exception" | "definition" | "fact" | "parameter";
  /**
   * 名称 · id of the rule, path of the fact, name of the definition or parameter
   */
  name: string;
  /**
   * 标签 · words for it
   */
  label: Words;
  /**
   * 取值 · its value, in words
   */
  value: Words;
  /**
   * 内容 · the claim in words
   */
  text?: Words;
  /**
   * 说明 · what a reader should know
   */
  note?: Words;
  /**
   * 使其未知的事实 · facts that keep it open; there only when it is
   */
  missing?: string[];
  /**
   * 出处 · where it comes from
   */
  source?: {
    /**
     * 出处 · key of the source
     */
    id: string;
    /**
     * 出处中的位置 · place in the source
     */
    locator: string;
    /**
     * 等级 · how firm it is
     */
    standing: Standing;
    /**
     * 出处全称 · the citation in words
     */
    text: Words;
  };
  /**
   * 理由的理由 · grounds of this ground
   *
   * @minItems 1
   */
  because?: Reason[];
}
/**
 * 复核 · whether a stored assessment still holds
 */
export interface Recheck {
  /**
   * 结论是否不变 · whether the outcome is the same
   */
  holds: boolean;
  /**
   * 不同之处 · what differs, the outcome first
   */
  changes: Change[];
}
/**
 * 两次评估的一处不同 · one thing that differs between two assessments
 */
export interface Change {
  /**
   * 不同之处 · what differs
   */
  what: "outcome" | "fingerprint" | "on" | "library_version" | "standing" | "rule";
  /**
   * 规则，其余为空 · id of the rule; empty otherwise
   */
  name: string | "";
  /**
   * 原来 · as it was
   */
  before: string;
  /**
   * 现在 · as it is
   */
  after: string;
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
}
