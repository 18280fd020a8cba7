/**
 * Plain forms of fupin_rules, made of its JSON Schemas by json-schema-to-typescript; not to be edited.
 *
 * Schemas: sha256 dffeca5f47f815d9fe59fe66342076f7016eaa3a18f361beadd136a2e3d02a9e
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
 * 依据的等级 · how firm a source is, weakest last
 */
export type Standing = "stated" | "found" | "local" | "unverified" | "assumption";
/**
 * 规则所针对的对象 · whom a rule is about
 */
export type Subject = "household" | "village" | "area";
/**
 * 一个时期的值 · a value of a parameter over a period
 */
export type DatedValue =
  | {
      /**
       * 生效日 · first day on which it holds
       */
      from: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 数值 · an exact number
       */
      amount: number;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 公布日 · day on which it became known
       */
      published?: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
    }
  | {
      /**
       * 生效日 · first day on which it holds
       */
      from: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 代码 · one code
       */
      code: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 公布日 · day on which it became known
       */
      published?: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
    }
  | {
      /**
       * 生效日 · first day on which it holds
       */
      from: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 一组代码 · a set of codes
       */
      codes: string[];
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 公布日 · day on which it became known
       */
      published?: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
    }
  | {
      /**
       * 生效日 · first day on which it holds
       */
      from: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 日期 · a day
       */
      day: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 公布日 · day on which it became known
       */
      published?: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
    };
/**
 * 替换的方向 · what an override does
 */
export type Direction = "narrows" | "widens" | "changes";
/**
 * 规则的种类 · what a rule does to an outcome
 */
export type RuleKind = "eligibility" | "exclusion" | "priority" | "exit" | "check";
/**
 * 一张清单 · a checklist
 */
export type PackChecklist =
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 新的清单 · that it is a list of its own
       */
      continues?: false;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 对象 · whom it is about
       */
      subject: Subject;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
      /**
       * 各项 · its items
       *
       * @minItems 1
       */
      item: PackChecklistItem[];
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 接续下层包的清单 · that it continues a list of a pack below
       */
      continues: true;
      /**
       * 各项 · its items
       *
       * @minItems 1
       */
      item: PackChecklistItem[];
    };
/**
 * 以有还是以无计 · which finding about an item counts
 */
export type Counts = "having" | "lacking";
/**
 * 对参数的修订 · what is done to a parameter
 */
export type ParameterPatch =
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "set";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 数值 · an exact number
       */
      amount: string | number;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "set";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 代码 · one code
       */
      code: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "set";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 一组代码 · a set of codes
       */
      codes: string[];
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "set";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 日期 · a day
       */
      day: string;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 含义 · what it is
       */
      meaning: WordsOfDocument;
      /**
       * 单位，如 yuan / person / year · unit of a number, like yuan / person / year
       */
      unit?: string;
      /**
       * 代码表 · code list of codes
       */
      list?: string;
      /**
       * 数值 · an exact number
       */
      amount: string | number;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 含义 · what it is
       */
      meaning: WordsOfDocument;
      /**
       * 单位，如 yuan / person / year · unit of a number, like yuan / person / year
       */
      unit?: string;
      /**
       * 代码表 · code list of codes
       */
      list?: string;
      /**
       * 代码 · one code
       */
      code: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 含义 · what it is
       */
      meaning: WordsOfDocument;
      /**
       * 单位，如 yuan / person / year · unit of a number, like yuan / person / year
       */
      unit?: string;
      /**
       * 代码表 · code list of codes
       */
      list?: string;
      /**
       * 一组代码 · a set of codes
       */
      codes: string[];
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 含义 · what it is
       */
      meaning: WordsOfDocument;
      /**
       * 单位，如 yuan / person / year · unit of a number, like yuan / person / year
       */
      unit?: string;
      /**
       * 代码表 · code list of codes
       */
      list?: string;
      /**
       * 日期 · a day
       */
      day: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "end";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
/**
 * 对定义的修订 · what is done to a definition
 */
export type DefinitionPatch =
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 对象，默认为户 · whom it is about; a household unless it says so
       */
      subject?: Subject;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      value: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "change";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      value: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "drop";
      /**
       * 名称 · its name
       */
      name: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
/**
 * 对规则的修订 · what is done to a rule
 */
export type RulePatch =
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 规则的种类 · what it does to an outcome
       */
      kind: RuleKind;
      /**
       * 对象，默认为户 · whom it is about; a household unless it says so
       */
      subject?: Subject;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      when: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 排除情形的例外 · exceptions of an exclusion
       */
      unless?: {
        /**
         * 代号 · its name
         */
        id: string;
        /**
         * 标签 · words for it
         */
        label: WordsOfDocument;
        /**
         * 规则语言的表达式 · an expression of the rule language
         */
        when: string;
        /**
         * 依据，`出处#位置` · where it comes from, `key#place`
         */
        source: string;
      }[];
      /**
       * 优先规则的分值 · weight of a priority
       */
      weight?: string | number;
      /**
       * 说明 · what a reader should know
       */
      note?: WordsOfDocument;
      /**
       * 不替换 · that it replaces nothing; a change is one by its action
       */
      overrides?: false;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "change";
      /**
       * 名称 · its name
       */
      id: string;
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      when: string;
      /**
       * 优先规则的分值 · weight of a priority
       */
      weight?: string | number;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "change";
      /**
       * 名称 · its name
       */
      id: string;
      /**
       * 优先规则的分值 · weight of a priority
       */
      weight: string | number;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "drop";
      /**
       * 名称 · its name
       */
      id: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
/**
 * 对例外的修订 · what is done to an exception
 */
export type ExceptionPatch =
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "add";
      /**
       * 所属的规则 · the rule it belongs to
       */
      rule: string;
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      when: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
    }
  | {
      /**
       * 所作的修改 · what it does
       */
      action: "drop";
      /**
       * 所属的规则 · the rule it belongs to
       */
      rule: string;
      /**
       * 名称 · its name
       */
      id: string;
      /**
       * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
       */
      from?: string;
      /**
       * 失效日 · first day on which it no longer holds
       */
      until?: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
/**
 * 怎样冲突 · how two amendments stand in each other's way
 */
export type ConflictKind = "same" | "dropped" | "needs" | "combination";
/**
 * 未知的原因 · why a fact is not known
 */
export type Why = "not_collected" | "expired" | "conflicting" | "refused" | "needs_judgement" | "zero_divisor";
/**
 * 识别结论 · whether a subject is to be identified
 */
export type Outcome = "eligible" | "ineligible" | "undetermined";
/**
 * 退出结论 · whether a subject meets every guarantee needed to leave
 */
export type ExitOutcome = "met" | "not_met" | "undetermined";
/**
 * 政策改变的一个区间 · one way in which a change of policy can matter, with the answer
 */
export type RegionOfChange =
  | {
      /**
       * 区间代号 · id of the region
       */
      id: string;
      /**
       * 标签，中文 · label in Chinese
       */
      zh: string;
      /**
       * 标签，英文 · label in English
       */
      en: string;
      /**
       * 已证明 · that it is proved
       */
      answer: "proved";
      /**
       * 所证的命题 · what was to be proved
       */
      statement?: Words;
      /**
       * 结论成立的范围 · the bounds within which it holds
       */
      within: Within;
    }
  | {
      /**
       * 区间代号 · id of the region
       */
      id: string;
      /**
       * 标签，中文 · label in Chinese
       */
      zh: string;
      /**
       * 标签，英文 · label in English
       */
      en: string;
      /**
       * 有例为证 · that somebody shows it
       */
      answer: "witness";
      /**
       * 虚构的对象 · somebody, made up
       */
      subject: Household | Village | Area;
      /**
       * 原政策下 · what is said of it under the old snapshot
       */
      before: {
        /**
         * 识别结论 · the outcome
         */
        outcome?: Outcome;
        /**
         * 退出结论 · the exit outcome
         */
        exit?: ExitOutcome;
      };
      /**
       * 新政策下 · what is said of it under the new one
       */
      after: {
        /**
         * 识别结论 · the outcome
         */
        outcome?: Outcome;
        /**
         * 退出结论 · the exit outcome
         */
        exit?: ExitOutcome;
      };
      /**
       * 判断不同的规则：原、新 · rules that are judged differently: old and new; null is not known
       */
      differing: {
        /**
         * @minItems 2
         */
        [k: string]: never[];
      };
      /**
       * 结论成立的范围 · the bounds within which it holds
       */
      within: Within;
    }
  | {
      /**
       * 区间代号 · id of the region
       */
      id: string;
      /**
       * 标签，中文 · label in Chinese
       */
      zh: string;
      /**
       * 标签，英文 · label in English
       */
      en: string;
      /**
       * 未定 · that it could not be told
       */
      answer: "undecided";
      /**
       * 为何未定 · why not
       */
      why: "time" | "arithmetic";
      /**
       * 所证的命题 · what was to be proved
       */
      statement?: Words;
      /**
       * 结论成立的范围 · the bounds within which it holds
       */
      within: Within;
    };
/**
 * 案件所记的一项 · one thing that a case remembers
 */
export type FactOfCase =
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 种类 · what it holds
       */
      kind: "claim" | "day" | "text" | "digest";
      /**
       * 跨轮保留 · it is kept from round to round
       */
      keep?: boolean;
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 代码 · a code
       */
      kind: "code";
      /**
       * 代码表 · its code list
       */
      list: string;
      /**
       * 跨轮保留 · it is kept from round to round
       */
      keep?: boolean;
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 整数 · a whole number
       */
      kind: "number";
      /**
       * 最小值 · its lowest value
       */
      low: number;
      /**
       * 最大值 · its highest value
       */
      high: number;
      /**
       * 单位 · its unit
       */
      unit?: string;
      /**
       * 跨轮保留 · it is kept from round to round
       */
      keep?: boolean;
    };
/**
 * 事项所载的一个字段 · one field of an event
 */
export type FieldOfEvent =
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 种类 · what it holds
       */
      kind: "claim" | "day" | "text" | "digest";
      /**
       * 必填，默认为是 · it must be given; it must unless it says so
       */
      required?: boolean;
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 代码 · a code
       */
      kind: "code";
      /**
       * 代码表 · its code list
       */
      list: string;
      /**
       * 必填，默认为是 · it must be given; it must unless it says so
       */
      required?: boolean;
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 整数 · a whole number
       */
      kind: "number";
      /**
       * 最小值 · its lowest value
       */
      low: number;
      /**
       * 最大值 · its highest value
       */
      high: number;
      /**
       * 单位 · its unit
       */
      unit?: string;
      /**
       * 必填，默认为是 · it must be given; it must unless it says so
       */
      required?: boolean;
    };
/**
 * 一次公示或公告 · a notice or an announcement
 */
export type NoticeOfProcedure =
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 在哪一级 · level at which it is posted
       */
      level: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 公示，可提异议 · open to objection, for a minimum length
       */
      kind: "notice";
      /**
       * 公示期 · how long it is up
       */
      days: {
        /**
         * 天数 · how many
         */
        n: number;
        /**
         * 计日方法，默认为日历日 · which days count; calendar days unless it says so
         */
        kind?: "calendar" | "working";
        /**
         * 起始日计入 · the day it starts on is the first
         */
        count_start?: boolean;
        /**
         * 末日非工作日则顺延 · a last day that is no working day moves on
         */
        roll_end?: boolean;
      };
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      days_source: string;
      /**
       * 可提异议的人 · roles that may object
       *
       * @minItems 1
       * @maxItems 500
       */
      objectors: string[];
      /**
       * 异议的后果 · what an objection does to its clock
       */
      on_objection?: "suspend" | "restart";
      /**
       * 异议成立后转入 · state where an objection that is upheld leads
       */
      on_upheld?: string;
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 在哪一级 · level at which it is posted
       */
      level: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 公告 · tells what was decided
       */
      kind: "announcement";
    };
/**
 * 一项期限 · a deadline
 */
export type DeadlineOfProcedure =
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 所在状态 · states in which it runs
       *
       * @minItems 1
       * @maxItems 500
       */
      states: string[];
      /**
       * 期限 · how long
       */
      days: {
        /**
         * 天数 · how many
         */
        n: number;
        /**
         * 计日方法，默认为日历日 · which days count; calendar days unless it says so
         */
        kind?: "calendar" | "working";
        /**
         * 起始日计入 · the day it starts on is the first
         */
        count_start?: boolean;
        /**
         * 末日非工作日则顺延 · a last day that is no working day moves on
         */
        roll_end?: boolean;
      };
      /**
       * 自何日起 · `entered`, `last.<event>` or a fact that is a day
       */
      since?: string;
      /**
       * 到期提醒 · a reminder
       */
      then: "remind";
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 所在状态 · states in which it runs
       *
       * @minItems 1
       * @maxItems 500
       */
      states: string[];
      /**
       * 期限 · how long
       */
      days: {
        /**
         * 天数 · how many
         */
        n: number;
        /**
         * 计日方法，默认为日历日 · which days count; calendar days unless it says so
         */
        kind?: "calendar" | "working";
        /**
         * 起始日计入 · the day it starts on is the first
         */
        count_start?: boolean;
        /**
         * 末日非工作日则顺延 · a last day that is no working day moves on
         */
        roll_end?: boolean;
      };
      /**
       * 自何日起 · `entered`, `last.<event>` or a fact that is a day
       */
      since?: string;
      /**
       * 到期上报 · it goes to somebody above
       */
      then: "escalate";
      /**
       * 报给谁 · role it goes to
       */
      role: string;
    }
  | {
      /**
       * 代号 · its name
       */
      id: string;
      /**
       * 标签 · words for it
       */
      label: WordsOfDocument;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 所在状态 · states in which it runs
       *
       * @minItems 1
       * @maxItems 500
       */
      states: string[];
      /**
       * 期限 · how long
       */
      days: {
        /**
         * 天数 · how many
         */
        n: number;
        /**
         * 计日方法，默认为日历日 · which days count; calendar days unless it says so
         */
        kind?: "calendar" | "working";
        /**
         * 起始日计入 · the day it starts on is the first
         */
        count_start?: boolean;
        /**
         * 末日非工作日则顺延 · a last day that is no working day moves on
         */
        roll_end?: boolean;
      };
      /**
       * 自何日起 · `entered`, `last.<event>` or a fact that is a day
       */
      since?: string;
      /**
       * 到期可办 · a way opens
       */
      then: "may";
      /**
       * 可办的事项 · event that may then happen
       */
      event: string;
    };
/**
 * 能否补正 · whether and how a reason can be done away with
 */
export type Mend = "mendable" | "wait" | "final";
/**
 * 能否办理 · how a move stands to somebody
 */
export type OptionStatus = "ready" | "not_yet" | "blocked" | "not_yours";
/**
 * 任何可用JSON表示的值 · whatever JSON can hold
 */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | PlainValue[]
  | {
      [k: string]: PlainValue;
    };
/**
 * 首先何处不同 · where a case first goes otherwise
 */
export type Difference = "same" | "refused" | "other_state" | "unknown_event";
/**
 * 表的一栏 · a column of a form
 */
export type ColumnOfForm =
  | {
      /**
       * 何者的编号 · whose number it holds
       */
      key: "household" | "member" | "village";
      /**
       * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
       */
      header: WordsOfDocument;
      /**
       * 填写说明 · what to write there
       */
      hint?: WordsOfDocument;
      /**
       * 也可读作 · other headers it is read under
       */
      aliases?: string[];
      /**
       * 必填 · it is asked for in every row
       */
      required?: boolean;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source?: string;
    }
  | {
      /**
       * 事实的路径 · path of the fact
       */
      fact: string;
      /**
       * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
       */
      header?: WordsOfDocument;
      /**
       * 填写说明 · what to write there
       */
      hint?: WordsOfDocument;
      /**
       * 也可读作 · other headers it is read under
       */
      aliases?: string[];
      /**
       * 必填 · it is asked for in every row
       */
      required?: boolean;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source?: string;
    }
  | {
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      value: string;
      /**
       * 保留小数位，0为原样 · decimal places of the result; 0 leaves it as it is
       */
      places?: number;
      /**
       * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
       */
      header: WordsOfDocument;
      /**
       * 填写说明 · what to write there
       */
      hint?: WordsOfDocument;
      /**
       * 也可读作 · other headers it is read under
       */
      aliases?: string[];
      /**
       * 必填 · it is asked for in every row
       */
      required?: boolean;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source?: string;
    }
  | {
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      count: string;
      /**
       * 保留小数位，0为原样 · decimal places of the result; 0 leaves it as it is
       */
      places?: number;
      /**
       * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
       */
      header: WordsOfDocument;
      /**
       * 填写说明 · what to write there
       */
      hint?: WordsOfDocument;
      /**
       * 也可读作 · other headers it is read under
       */
      aliases?: string[];
      /**
       * 必填 · it is asked for in every row
       */
      required?: boolean;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source?: string;
    }
  | {
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      sum: string;
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      where?: string;
      /**
       * 保留小数位，0为原样 · decimal places of the result; 0 leaves it as it is
       */
      places?: number;
      /**
       * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
       */
      header: WordsOfDocument;
      /**
       * 填写说明 · what to write there
       */
      hint?: WordsOfDocument;
      /**
       * 也可读作 · other headers it is read under
       */
      aliases?: string[];
      /**
       * 必填 · it is asked for in every row
       */
      required?: boolean;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source?: string;
    }
  | {
      /**
       * 未能得出的栏目 · the columns that cannot be worked out
       */
      remark: true;
      /**
       * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
       */
      header: WordsOfDocument;
      /**
       * 填写说明 · what to write there
       */
      hint?: WordsOfDocument;
      /**
       * 也可读作 · other headers it is read under
       */
      aliases?: string[];
      /**
       * 必填 · it is asked for in every row
       */
      required?: boolean;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source?: string;
    };
/**
 * 拟如何处理 · what is proposed
 */
export type WorkKind =
  | "take_in_missed"
  | "take_in_returned"
  | "clear_untrue"
  | "exit_standard_met"
  | "split"
  | "merged"
  | "head_changed"
  | "natural_increase"
  | "natural_decrease"
  | "ask"
  | "keep";
/**
 * 在册情况 · how a household stands on the register
 */
export type RegisterStatus = "not_registered" | "registered" | "exited";
/**
 * 复核发现的代号 · what a review can find
 */
export type FindingCode =
  | "never_fires"
  | "always_holds"
  | "never_settled"
  | "nobody_eligible"
  | "nobody_exits"
  | "wrong_direction"
  | "not_monotone"
  | "idle_exception"
  | "dead_condition"
  | "value_never_in_force"
  | "value_carried_over"
  | "idle_rule"
  | "same_rule"
  | "idle_priority"
  | "eligible_and_exits"
  | "double_turn"
  | "turn_off_line"
  | "source_later"
  | "unused_parameter"
  | "unused_definition"
  | "unused_source"
  | "idle_waiver";
/**
 * 发现的轻重 · how heavy a finding weighs
 */
export type Severity = "fault" | "doubt";

/**
 * Every form that has a schema of its own, by the name of the schema.
 */
export interface PlainForms {
  household: Household;
  member: Member;
  village: Village;
  area: Area;
  "pack-sources": Sources;
  pack: Pack;
  "pack-parameters": PackParameters;
  "pack-definitions": PackDefinitions;
  "pack-rules": PackRules;
  "pack-waivers": PackWaivers;
  "pack-cases": PackCases;
  amendment: Amendment;
  conflict: Conflict;
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
  reopened: Reopened;
  proved: Proved;
  undecided: Undecided;
  witness: Witness;
  refuted: Refuted;
  comparison: Comparison;
  order: Order;
  impact: Impact;
  interview: Interview;
  procedure: Procedure;
  event: Event;
  "journal-entry": Entry;
  refused: Refused;
  option: Option;
  plan: Plan;
  "running-deadline": Running;
  "procedure-finding": ProcedureFinding;
  "procedure-comparison": ProcedureComparison;
  rehearsal: Rehearsal;
  "pack-form": FormOfPack;
  "pack-fill": FillOfPack;
  "public-notice": PublicNotice;
  "work-item": WorkItem;
  adjustment: Adjustment;
  report: Report;
  review: PackReview;
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
 * sources.toml：出处，按代号 · sources.toml: sources by key
 */
export interface Sources {
  [k: string]: Source;
}
/**
 * 一份文件，或一项说明了理由的假设 · a document, or a reasoned assumption
 */
export interface Source {
  /**
   * 等级 · how firm it is
   */
  standing: Standing;
  /**
   * 原文标题 · title in the original language
   */
  title: string;
  /**
   * 英文标题 · title in English
   */
  title_en: string;
  /**
   * 发文单位 · who issued it
   */
  issuer?: string;
  /**
   * 文号 · number of the document
   */
  number?: string;
  /**
   * 发布日 · day of issue
   */
  date?: string;
  /**
   * 可读之处 · where a copy can be read
   */
  address?: string;
  /**
   * 说明；假设须说明理由 · what a reader should know; for an assumption, the reason
   */
  note?: string;
}
/**
 * pack.toml：政策包的首页 · pack.toml: what a pack says of itself
 */
export interface Pack {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 包的代号，同文件夹名 · name of the pack, that of its folder
   */
  id: string;
  /**
   * 版本 · version of the pack
   */
  version: string;
  /**
   * 标题 · title
   */
  title: WordsOfDocument;
  /**
   * 说明 · what a reader should know
   */
  note?: WordsOfDocument;
  /**
   * 下层的包 · packs below it
   */
  extends?: string[];
  /**
   * 起始日 · first day
   */
  from: string;
  /**
   * 终止日，当日不计 · first day that is no longer covered
   */
  until: string;
  /**
   * 所评估的对象 · whom its rules are about
   *
   * @minItems 1
   */
  subjects: Subject[];
  /**
   * 识别条件怎样合并 · how eligibility rules are combined, where not all must hold
   */
  eligible_when?: {
    /**
     * 户 · a household
     */
    household?: {
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      when: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
    /**
     * 村 · a village
     */
    village?: {
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      when: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
    /**
     * 乡镇或县 · an area
     */
    area?: {
      /**
       * 规则语言的表达式 · an expression of the rule language
       */
      when: string;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
  };
  /**
   * 优先排序 · how the eligible are ranked
   */
  ranking?: {
    /**
     * 户 · a household
     */
    household?: {
      /**
       * 计分方法 · how matched priorities are added up
       */
      method: "count" | "weights" | "lexicographic";
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 按次序的优先规则 · priority rules in order, where the method is lexicographic
       */
      order?: string[];
      /**
       * 并列时的先后 · what decides among those who are level
       */
      tie_break?: {
        /**
         * 规则语言的表达式 · an expression of the rule language
         */
        by: string;
        /**
         * 何者在前 · which goes first
         */
        prefer: "lower" | "higher";
        /**
         * 依据，`出处#位置` · where it comes from, `key#place`
         */
        source: string;
      }[];
    };
    /**
     * 村 · a village
     */
    village?: {
      /**
       * 计分方法 · how matched priorities are added up
       */
      method: "count" | "weights" | "lexicographic";
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 按次序的优先规则 · priority rules in order, where the method is lexicographic
       */
      order?: string[];
      /**
       * 并列时的先后 · what decides among those who are level
       */
      tie_break?: {
        /**
         * 规则语言的表达式 · an expression of the rule language
         */
        by: string;
        /**
         * 何者在前 · which goes first
         */
        prefer: "lower" | "higher";
        /**
         * 依据，`出处#位置` · where it comes from, `key#place`
         */
        source: string;
      }[];
    };
    /**
     * 乡镇或县 · an area
     */
    area?: {
      /**
       * 计分方法 · how matched priorities are added up
       */
      method: "count" | "weights" | "lexicographic";
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
      /**
       * 按次序的优先规则 · priority rules in order, where the method is lexicographic
       */
      order?: string[];
      /**
       * 并列时的先后 · what decides among those who are level
       */
      tie_break?: {
        /**
         * 规则语言的表达式 · an expression of the rule language
         */
        by: string;
        /**
         * 何者在前 · which goes first
         */
        prefer: "lower" | "higher";
        /**
         * 依据，`出处#位置` · where it comes from, `key#place`
         */
        source: string;
      }[];
    };
  };
  /**
   * 不得设名额 · that a quota is forbidden
   */
  no_quota?: {
    /**
     * 户 · a household
     */
    household?: {
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
    /**
     * 村 · a village
     */
    village?: {
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
    /**
     * 乡镇或县 · an area
     */
    area?: {
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
  };
}
/**
 * 文件中的中英文文字 · words in both languages, as documents have them
 */
export interface WordsOfDocument {
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
 * parameters.toml：参数，按名称 · parameters.toml: parameters by name
 */
export interface PackParameters {
  [k: string]: PackParameter | OpenParameter;
}
/**
 * 有值的参数 · a parameter with its values
 */
export interface PackParameter {
  /**
   * 含义 · what it is
   */
  meaning: WordsOfDocument;
  /**
   * 单位，如 yuan / person / year · unit of a number, like yuan / person / year
   */
  unit?: string;
  /**
   * 代码表 · code list of codes
   */
  list?: string;
  /**
   * 不留空 · that it is not left open
   */
  open?: false;
  /**
   * 各时期的值 · values, each with its first day
   *
   * @minItems 1
   */
  value: DatedValue[];
  /**
   * 替换下层包的同名内容 · it replaces what a pack below has under this name
   */
  overrides?: boolean;
  /**
   * 替换的方向 · what the replacement does to those who are eligible
   */
  direction?: Direction;
}
/**
 * 空缺的参数 · a parameter that is left open
 */
export interface OpenParameter {
  /**
   * 含义 · what it is
   */
  meaning: WordsOfDocument;
  /**
   * 单位 · unit
   */
  unit: string;
  /**
   * 由上层包或使用者给值 · that a pack above, or the caller, gives the values
   */
  open: true;
  /**
   * 最小可能值 · least value that may be given
   */
  low: number;
  /**
   * 最大可能值 · greatest value that may be given
   */
  high: number;
  /**
   * 替换下层包的同名内容 · it replaces what a pack below has under this name
   */
  overrides?: boolean;
  /**
   * 替换的方向 · what the replacement does to those who are eligible
   */
  direction?: Direction;
}
/**
 * definitions.toml：定义，按名称 · definitions.toml: named expressions
 */
export interface PackDefinitions {
  [k: string]: PackDefinition;
}
/**
 * 一个定义 · a named expression
 */
export interface PackDefinition {
  /**
   * 对象，默认为户 · whom it is about; a household unless it says so
   */
  subject?: Subject;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 规则语言的表达式 · an expression of the rule language
   */
  value: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 替换下层包的同名内容 · it replaces what a pack below has under this name
   */
  overrides?: boolean;
  /**
   * 替换的方向 · what the replacement does to those who are eligible
   */
  direction?: Direction;
}
/**
 * rules.toml：规则、清单 · rules.toml: rules and checklists
 */
export interface PackRules {
  /**
   * 规则 · rules
   */
  rule?: PackRule[];
  /**
   * 不用的下层规则 · rules of packs below that it does without
   */
  drop?: {
    /**
     * 规则 · the rule
     */
    id: string;
    /**
     * 依据，`出处#位置` · where it comes from, `key#place`
     */
    source: string;
    /**
     * 方向 · what it does to those who are eligible
     */
    direction: Direction;
  }[];
  /**
   * 清单 · checklists
   */
  checklist?: PackChecklist[];
}
/**
 * 一条规则 · a rule
 */
export interface PackRule {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 规则的种类 · what it does to an outcome
   */
  kind: RuleKind;
  /**
   * 对象，默认为户 · whom it is about; a household unless it says so
   */
  subject?: Subject;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 规则语言的表达式 · an expression of the rule language
   */
  when: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 排除情形的例外 · exceptions of an exclusion
   */
  unless?: {
    /**
     * 代号 · its name
     */
    id: string;
    /**
     * 标签 · words for it
     */
    label: WordsOfDocument;
    /**
     * 规则语言的表达式 · an expression of the rule language
     */
    when: string;
    /**
     * 依据，`出处#位置` · where it comes from, `key#place`
     */
    source: string;
  }[];
  /**
   * 优先规则的分值 · weight of a priority
   */
  weight?: number;
  /**
   * 说明 · what a reader should know
   */
  note?: WordsOfDocument;
  /**
   * 替换下层包的同名内容 · it replaces what a pack below has under this name
   */
  overrides?: boolean;
  /**
   * 替换的方向 · what the replacement does to those who are eligible
   */
  direction?: Direction;
}
/**
 * 清单的一项 · an item of a checklist
 */
export interface PackChecklistItem {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 以有还是以无计 · whether having or lacking it counts
   */
  counts: Counts;
  /**
   * 检验；空缺则为待填项 · its test; without one it is an open slot
   */
  when?: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 说明 · what a reader should know
   */
  note?: WordsOfDocument;
  /**
   * 替换下层包的同名内容 · it replaces what a pack below has under this name
   */
  overrides?: boolean;
  /**
   * 替换的方向 · what the replacement does to those who are eligible
   */
  direction?: Direction;
}
/**
 * waivers.toml：复核发现的豁免 · waivers.toml: findings of a review that the pack lets stand
 */
export interface PackWaivers {
  /**
   * 豁免 · waivers
   *
   * @maxItems 500
   */
  waiver?: PackWaiver[];
}
/**
 * 一项豁免 · findings of a review that a pack lets stand
 */
export interface PackWaiver {
  /**
   * 发现的代号 · what may be found
   */
  code:
    | "never_fires"
    | "always_holds"
    | "never_settled"
    | "nobody_eligible"
    | "nobody_exits"
    | "wrong_direction"
    | "not_monotone"
    | "idle_exception"
    | "dead_condition"
    | "value_never_in_force"
    | "value_carried_over"
    | "idle_rule"
    | "same_rule"
    | "idle_priority"
    | "eligible_and_exits"
    | "double_turn"
    | "turn_off_line"
    | "source_later"
    | "unused_parameter"
    | "unused_definition"
    | "unused_source";
  /**
   * 所关事项 · of what it may be found, by name
   *
   * @minItems 1
   */
  concerns: string[];
  /**
   * 为何可以保留 · why it may stand
   */
  reason: WordsOfDocument;
  /**
   * 何时终止，由谁终止 · who can end it, or what would
   */
  ends: WordsOfDocument;
}
/**
 * cases.toml：案例 · cases.toml: the cases of a pack
 */
export interface PackCases {
  /**
   * 各案例共用的对象 · subjects that cases start from
   */
  base?: {
    /**
     * 代号 · its name
     */
    id: string;
    /**
     * 对象，默认为户 · whom it is about; a household unless it says so
     */
    subject?: Subject;
    /**
     * 已知事实 · what is known of the subject
     */
    facts: Household | Village | Area;
  }[];
  /**
   * 空缺参数在案例中的值 · values that open parameters have in the cases
   */
  given?: {
    [k: string]: {
      /**
       * 数值 · an exact number
       */
      amount: number;
      /**
       * 依据，`出处#位置` · where it comes from, `key#place`
       */
      source: string;
    };
  };
  /**
   * 案例 · the cases
   */
  case?: PackCase[];
}
/**
 * 一个案例 · a subject with what is expected of it
 */
export interface PackCase {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 对象，默认为户 · whom it is about; a household unless it says so
   */
  subject?: Subject;
  /**
   * 评估日 · day of the assessment
   */
  on: string;
  /**
   * 以何为起点 · the base that it starts from
   */
  base?: string;
  /**
   * 已知事实 · what is known of the subject
   */
  facts?: Household | Village | Area;
  /**
   * 改变的事实，按路径 · facts changed, by path
   */
  set?: {
    [k: string]: boolean | number | string | string[] | NotKnown;
  };
  /**
   * 改为未知的事实 · facts made unknown
   */
  forget?: string[];
  /**
   * 为何如此 · why it is expected
   */
  reason: WordsOfDocument;
  /**
   * 预期 · what is expected
   */
  expect: {
    /**
     * 各条规则的结果 · value by rule
     */
    rules?: {
      [k: string]: boolean | "unknown";
    };
    /**
     * 识别结论 · the outcome
     */
    outcome?: "eligible" | "ineligible" | "undetermined";
    /**
     * 退出结论 · the exit outcome
     */
    exit?: "met" | "not_met" | "undetermined";
    /**
     * 未知而仍有影响的事实 · facts that are missing
     */
    missing?: string[];
  };
}
/**
 * 修订：改变政策的文件 · a document that changes a policy from a day on
 */
export interface Amendment {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 代号 · its name, unique among the amendments of a policy
   */
  id: string;
  /**
   * 所修订的政策包 · id of the pack that it amends
   */
  policy: string;
  /**
   * 标题 · title
   */
  title: WordsOfDocument;
  /**
   * 说明 · what a reader should know
   */
  note?: WordsOfDocument;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 公布日 · day on which it became known
   */
  published: string;
  /**
   * 生效日 · first day on which it is in force
   */
  from: string;
  /**
   * 失效日 · first day on which it no longer is
   */
  until?: string;
  /**
   * 参数 · parameters
   *
   * @maxItems 500
   */
  parameter?: ParameterPatch[];
  /**
   * 定义 · definitions
   *
   * @maxItems 500
   */
  definition?: DefinitionPatch[];
  /**
   * 规则 · rules
   *
   * @maxItems 500
   */
  rule?: RulePatch[];
  /**
   * 例外 · exceptions
   *
   * @maxItems 500
   */
  exception?: ExceptionPatch[];
  /**
   * 识别条件怎样合并 · how eligibility rules are combined
   *
   * @maxItems 500
   */
  eligible_when?: EligibleWhenPatch[];
  /**
   * 优先排序 · how the eligible are ranked
   *
   * @maxItems 500
   */
  ranking?: RankingPatch[];
  /**
   * 标签 · words for what stays
   *
   * @maxItems 500
   */
  label?: LabelPatch[];
  /**
   * 出处，按代号 · what it cites, by key
   */
  sources: Sources;
}
/**
 * 对识别条件合并方式的修订 · how eligibility rules are combined from then on
 */
export interface EligibleWhenPatch {
  /**
   * 对象，默认为户 · whom it is about; a household unless it says so
   */
  subject?: Subject;
  /**
   * 规则语言的表达式 · an expression of the rule language
   */
  when: string;
  /**
   * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
   */
  from?: string;
  /**
   * 失效日 · first day on which it no longer holds
   */
  until?: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
}
/**
 * 对优先排序的修订 · how the eligible are ranked from then on
 */
export interface RankingPatch {
  /**
   * 对象，默认为户 · whom it is about; a household unless it says so
   */
  subject?: Subject;
  /**
   * 计分方法 · how matched priorities are added up
   */
  method: "count" | "weights" | "lexicographic";
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 按次序的优先规则 · priority rules in order, where the method is lexicographic
   */
  order?: string[];
  /**
   * 并列时的先后 · what decides among those who are level
   */
  tie_break?: {
    /**
     * 规则语言的表达式 · an expression of the rule language
     */
    by: string;
    /**
     * 何者在前 · which goes first
     */
    prefer: "lower" | "higher";
    /**
     * 依据，`出处#位置` · where it comes from, `key#place`
     */
    source: string;
  }[];
  /**
   * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
   */
  from?: string;
  /**
   * 失效日 · first day on which it no longer holds
   */
  until?: string;
}
/**
 * 对标签的修订 · what something is called from then on
 */
export interface LabelPatch {
  /**
   * 何者改称 · the rule, definition or parameter that is called otherwise
   */
  of: string;
  /**
   * 其例外 · exception of the rule, where that is meant
   */
  exception?: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 生效日，默认为修订的生效日 · first day on which it holds, unless that of the amendment
   */
  from?: string;
  /**
   * 失效日 · first day on which it no longer holds
   */
  until?: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
}
/**
 * 两项修订的冲突 · where two amendments touch the same thing
 */
export interface Conflict {
  /**
   * 怎样冲突 · how they stand in each other's way
   */
  kind: ConflictKind;
  /**
   * 两项修订 · ids of the two amendments
   *
   * @minItems 2
   * @maxItems 2
   */
  amendments: string[];
  /**
   * 所关事项 · a parameter, definition, rule, `RULE.EXCEPTION` or subject
   */
  name: string;
  /**
   * 起始日 · first day on which both do so
   */
  from: string;
  /**
   * 终止日，当日不计 · first day on which they no longer do; null for no end
   */
  until: string | null;
  /**
   * 两处的位置 · where the two are written
   *
   * @minItems 2
   * @maxItems 2
   */
  places: string[];
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
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
  /**
   * 所缺事实各种可能的比对；仅在要求时有，无所缺则为null · what completions of the missing facts say; there only when asked for, null where nothing was open
   */
  exact?: Completions | null;
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
 * 所缺事实的各种可能 · what the completions of a subject say of an outcome
 */
export interface Completions {
  /**
   * 各种可能是否一致 · whether they say the same
   */
  how: "same" | "differ" | "not_told";
  /**
   * 是否已证明 · whether a prover has looked at all of them
   */
  is_proved: boolean;
  /**
   * 最多看到几名成员 · most members looked at; null where it plays no part
   */
  members: number | null;
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
  /**
   * 所缺事实各种可能的比对；仅在要求时有，无所缺则为null · what completions of the missing facts say; there only when asked for, null where nothing was open
   */
  exact?: Completions | null;
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
/**
 * 因修订须重看的评估 · what amendments do to earlier decisions
 */
export interface Reopened {
  /**
   * 所看的评估数 · how many decisions were looked at
   */
  total: number;
  /**
   * 结论改变的评估 · those that come out otherwise
   */
  reopened: Reopening[];
  /**
   * 结论不变的评估数 · how many come out as before
   */
  untouched: number;
  /**
   * 不能重评的评估 · those that cannot be judged again
   */
  unjudged: Unjudged[];
}
/**
 * 结论因修订改变的评估 · a decision that comes out otherwise now
 */
export interface Reopening {
  /**
   * 第几项，从0起 · which of the decisions given, from 0
   */
  place: number;
  /**
   * 评估对象的编号 · id of whom it is about
   */
  subject_id: string;
  /**
   * 评估日 · day it was taken for
   */
  on: string;
  /**
   * 当时的结论 · outcome under the law as then known
   */
  before: Outcome | ExitOutcome;
  /**
   * 现在的结论 · outcome under the law as it is now
   */
  after: Outcome | ExitOutcome;
  /**
   * 其间公布的修订 · amendments in force that were not known when it was taken
   */
  amendments: string[];
  /**
   * 随之改变的规则 · deciding rules that say otherwise, came or went
   */
  turned: Change[];
  /**
   * 现在尚缺的事实 · facts that are missing now
   */
  missing: string[];
  /**
   * 事实有变的规则 · rules of which the record says otherwise since
   */
  changed_since: string[];
  /**
   * 按现行文本的评估 · the assessment as of now
   */
  now: Assessment | ExitAssessment;
}
/**
 * 不能重评的评估 · a decision that cannot be held against the law of now
 */
export interface Unjudged {
  /**
   * 第几项，从0起 · which of the decisions given, from 0
   */
  place: number;
  /**
   * 评估对象的编号，读不出则为空 · id of whom it is about; empty where it cannot be read
   */
  subject_id: string;
  /**
   * 评估日，读不出则为null · day it was taken for; null where it cannot be read
   */
  on: string | null;
  /**
   * 为何不能重评 · why it cannot be held against the law of now
   */
  why: "unreadable" | "uncovered" | "other_law" | "old_law" | "no_subject" | "no_rule" | "other_facts";
}
/**
 * 已证明 · so it is for everybody
 */
export interface Proved {
  /**
   * 已证明 · that it is proved
   */
  answer: "proved";
  /**
   * 所证的命题 · what was to be proved
   */
  statement?: Words;
  /**
   * 结论成立的范围 · the bounds within which it holds
   */
  within: Within;
}
/**
 * 结论成立的范围 · the bounds within which an answer holds
 */
export interface Within {
  /**
   * 对象的种类 · whom it is about
   */
  about: Subject;
  /**
   * 最多几名成员 · most members of a household
   */
  members: number;
  /**
   * 每问的时限，秒 · time limit of each answer, in seconds
   */
  seconds: number;
  /**
   * 视为已知的事实，或`all` · facts taken to be known, by path, or `all`
   */
  known: string[];
  /**
   * 所问政策的指纹 · fingerprints of the snapshots asked
   */
  fingerprints: string[];
}
/**
 * 未定 · it could not be told
 */
export interface Undecided {
  /**
   * 未定 · that it could not be told
   */
  answer: "undecided";
  /**
   * 为何未定 · why not
   */
  why: "time" | "arithmetic";
  /**
   * 所证的命题 · what was to be proved
   */
  statement?: Words;
  /**
   * 结论成立的范围 · the bounds within which it holds
   */
  within: Within;
}
/**
 * 例证 · somebody on whom two snapshots differ
 */
export interface Witness {
  /**
   * 有例为证 · that somebody shows it
   */
  answer: "witness";
  /**
   * 虚构的对象 · somebody, made up
   */
  subject: Household | Village | Area;
  /**
   * 原政策下 · what is said of it under the old snapshot
   */
  before: {
    /**
     * 识别结论 · the outcome
     */
    outcome?: Outcome;
    /**
     * 退出结论 · the exit outcome
     */
    exit?: ExitOutcome;
  };
  /**
   * 新政策下 · what is said of it under the new one
   */
  after: {
    /**
     * 识别结论 · the outcome
     */
    outcome?: Outcome;
    /**
     * 退出结论 · the exit outcome
     */
    exit?: ExitOutcome;
  };
  /**
   * 判断不同的规则：原、新 · rules that are judged differently: old and new; null is not known
   */
  differing: {
    /**
     * @minItems 2
     */
    [k: string]: never[];
  };
  /**
   * 结论成立的范围 · the bounds within which it holds
   */
  within: Within;
}
/**
 * 已否证 · it is not so, and somebody shows it
 */
export interface Refuted {
  /**
   * 已否证 · that it is not so
   */
  answer: "refuted";
  /**
   * 所证的命题 · what was to be proved
   */
  statement: Words;
  /**
   * 所见 · whoever shows it
   *
   * @minItems 1
   */
  seen: Seen[];
  /**
   * 结论成立的范围 · the bounds within which it holds
   */
  within: Within;
}
/**
 * 所见 · what was seen of one subject
 */
export interface Seen {
  /**
   * 虚构的对象 · somebody, made up
   */
  subject: Household | Village | Area;
  /**
   * 各命题的真假 · claims by their text; null is not known
   */
  claims: {
    [k: string]: boolean | null;
  };
}
/**
 * 两个政策的对比 · what a change of policy does to whom
 */
export interface Comparison {
  /**
   * 政策对比 · that it is a comparison
   */
  kind: "comparison";
  /**
   * 原政策 · the snapshot before
   */
  old: SnapshotName;
  /**
   * 新政策 · the snapshot after
   */
  new: SnapshotName;
  /**
   * 结论成立的范围 · the bounds within which it holds
   */
  within: Within;
  /**
   * 各区间 · the regions, in order
   */
  regions: RegionOfChange[];
  /**
   * 仅原政策有 · what only the old snapshot has
   */
  only_in_old: ("eligibility" | "exit" | "ranking")[];
  /**
   * 仅新政策有 · what only the new one has
   */
  only_in_new: ("eligibility" | "exit" | "ranking")[];
}
/**
 * 某日的政策 · a policy on a day, by name
 */
export interface SnapshotName {
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 评估日 · day of the snapshot
   */
  on: string;
  /**
   * 政策指纹 · fingerprint of the snapshot
   */
  fingerprint: string;
}
/**
 * 两项修订的先后有无影响 · whether the order of two amendments matters
 */
export interface Order {
  /**
   * 修订的先后 · that it is about an order
   */
  kind: "order";
  /**
   * 两项修订 · ids of the two amendments
   *
   * @minItems 2
   * @maxItems 2
   */
  amendments: string[];
  /**
   * 先后有无影响，null为未定 · whether the order matters; null is undecided
   */
  matters: boolean | null;
  /**
   * 能否同时生效 · whether both can be in force, in at least one order
   */
  fits: boolean;
  /**
   * 冲突之处 · what both touch
   */
  conflicts: Conflict[];
  /**
   * 后者为何不能在前者之后 · why the second cannot follow the first
   */
  refused: string[];
  /**
   * 前者为何不能在后者之后 · why the first cannot follow the second
   */
  refused_turned: string[];
  /**
   * 文本因先后而异的各日 · days from which the texts differ by order
   */
  days: OrderOnDay[];
}
/**
 * 自某日起因先后而异之处 · what the order of two amendments changes from a day on
 */
export interface OrderOnDay {
  /**
   * 自何日起 · the first day
   */
  on: string;
  /**
   * 政策对比 · that it is a comparison
   */
  kind: "comparison";
  /**
   * 原政策 · the snapshot before
   */
  old: SnapshotName;
  /**
   * 新政策 · the snapshot after
   */
  new: SnapshotName;
  /**
   * 结论成立的范围 · the bounds within which it holds
   */
  within: Within;
  /**
   * 各区间 · the regions, in order
   */
  regions: RegionOfChange[];
  /**
   * 仅原政策有 · what only the old snapshot has
   */
  only_in_old: ("eligibility" | "exit" | "ranking")[];
  /**
   * 仅新政策有 · what only the new one has
   */
  only_in_new: ("eligibility" | "exit" | "ranking")[];
}
/**
 * 政策改变的影响户数 · head-counts of a change of policy
 */
export interface Impact {
  /**
   * 影响户数 · that it is a head-count
   */
  kind: "impact";
  /**
   * 原政策 · the snapshot before
   */
  old: SnapshotName;
  /**
   * 新政策 · the snapshot after
   */
  new: SnapshotName;
  /**
   * 总数 · how many there are
   */
  total: number;
  /**
   * 按哪一列分组，空缺为合计 · column that is counted by; empty for all together
   */
  by: string;
  /**
   * 各区间的数目 · for each region and place in which there is somebody
   */
  counts: {
    /**
     * 区间代号 · id of the region
     */
    region: string;
    /**
     * 标签，中文 · label in Chinese
     */
    zh: string;
    /**
     * 标签，英文 · label in English
     */
    en: string;
    /**
     * 分组 · value of the column that is counted by; null is not known, or none
     */
    place: string | null;
    /**
     * 数目 · how many
     */
    count: number;
    /**
     * 判断不同的规则及数目 · rules that say otherwise, with for how many
     */
    rules: {
      [k: string]: number;
    };
  }[];
}
/**
 * 问询 · a talk about one subject, to be taken up again
 */
export interface Interview {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 问询 · that it is an interview
   */
  kind: "interview";
  /**
   * 对象的种类 · whom it is about
   */
  subject: Subject;
  /**
   * 所求的结论 · what is to be settled
   */
  goal: "eligibility" | "exit";
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 评估日 · day of the policy
   */
  on: string;
  /**
   * 政策指纹 · fingerprint of the policy
   */
  fingerprint: string;
  /**
   * 开始时已知的事实 · what was known at the beginning
   */
  facts: Household | Village | Area;
  /**
   * 问答，按次序 · what was asked and told, in order
   *
   * @maxItems 4000
   */
  asked: Answered[];
}
/**
 * 一次问答 · one thing asked, with what was told
 */
export interface Answered {
  /**
   * 所问的事实 · what was asked for, by path; `members` is how many there are
   */
  fact: string;
  /**
   * 所答，或未答的原因 · what was told, or why it was skipped
   */
  value: boolean | number | string | string[] | NotKnown;
}
/**
 * 一个规程 · a procedure: who may do what, when, on what ground
 */
export interface Procedure {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 代号，同文件名 · its name, that of its file
   */
  id: string;
  /**
   * 版本 · its version
   */
  version: number;
  /**
   * 施行日 · first day on which it is in force
   */
  from: string;
  /**
   * 标题 · title
   */
  title: WordsOfDocument;
  /**
   * 说明 · what a reader should know
   */
  note?: WordsOfDocument;
  /**
   * 对象，默认为户 · whom cases are about; households unless it says so
   */
  subject?: "household" | "village";
  /**
   * 所用的政策包 · pack that its guards assess under
   */
  policy?: string;
  /**
   * 起始状态 · state in which a case begins
   */
  initial: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 不得兼任的角色 · roles that one person must not hold together
   *
   * @maxItems 500
   */
  incompatible?: string[][];
  /**
   * 所替换的规程 · procedure that it follows, `id/version@digest`
   */
  follows?: string;
  /**
   * 可迁移案件的角色 · roles that bring cases over
   *
   * @maxItems 500
   */
  migrators?: string[];
  /**
   * 出处 · sources that it cites
   */
  sources?: Sources;
  /**
   * 层级 · levels of the administration, from below to above
   *
   * @minItems 1
   * @maxItems 500
   */
  levels: LevelOfProcedure[];
  /**
   * 角色 · roles
   *
   * @minItems 1
   * @maxItems 500
   */
  roles: RoleOfProcedure[];
  /**
   * 代码表 · code lists
   *
   * @maxItems 500
   */
  lists?: ListOfProcedure[];
  /**
   * 材料的种类 · sorts of evidence
   *
   * @maxItems 500
   */
  evidence?: EvidenceOfProcedure[];
  /**
   * 案件所记 · what a case remembers
   *
   * @maxItems 500
   */
  facts?: FactOfCase[];
  /**
   * 事项 · events
   *
   * @minItems 1
   * @maxItems 500
   */
  events: EventType[];
  /**
   * 状态 · states
   *
   * @minItems 1
   * @maxItems 500
   */
  states: StateOfProcedure[];
  /**
   * 评议审核 · reviews
   *
   * @maxItems 500
   */
  reviews?: Review[];
  /**
   * 公示公告 · notices and announcements
   *
   * @maxItems 500
   */
  notices?: NoticeOfProcedure[];
  /**
   * 期限 · deadlines
   *
   * @maxItems 500
   */
  deadlines?: DeadlineOfProcedure[];
  /**
   * 步骤 · moves
   *
   * @minItems 1
   * @maxItems 500
   */
  moves: Move[];
}
/**
 * 一个层级 · a level of the administration
 */
export interface LevelOfProcedure {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 区划代码位数 · digits of its area codes
   */
  digits: number;
}
/**
 * 一个角色 · a role
 */
export interface RoleOfProcedure {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 所属层级 · its level
   */
  level: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
}
/**
 * 一张代码表 · a code list
 */
export interface ListOfProcedure {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 代码 · its codes
   *
   * @minItems 1
   * @maxItems 500
   */
  codes: {
    /**
     * 代号 · its name
     */
    id: string;
    /**
     * 中文 · Chinese
     */
    zh: string;
    /**
     * 英文 · English
     */
    en: string;
  }[];
}
/**
 * 一种材料 · a sort of evidence
 */
export interface EvidenceOfProcedure {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
}
/**
 * 一种事项 · an event of a procedure
 */
export interface EventType {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 版本 · version of the event
   */
  version?: number;
  /**
   * 所载字段 · what it carries
   *
   * @maxItems 500
   */
  fields?: FieldOfEvent[];
  /**
   * 旧版本如何读 · how older versions are read
   *
   * @maxItems 500
   */
  upcasts?: {
    /**
     * 旧版本 · the version it reads
     */
    from: number;
    /**
     * 改名的字段 · fields renamed, old to new
     */
    rename?: {
      [k: string]: string;
    };
    /**
     * 补上的字段 · fields set to a value
     */
    set?: {
      [k: string]: boolean | number | string;
    };
    /**
     * 去掉的字段 · fields dropped
     */
    drop?: string[];
  }[];
}
/**
 * 一个状态 · a state of a case
 */
export interface StateOfProcedure {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 状态的种类 · what it means for a case to be in it
   */
  kind: "open" | "waiting" | "goal" | "closed";
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 所在层级 · level that it lies with
   */
  level?: string;
  /**
   * 不得被跳过 · it is guarded by what it needs
   */
  protected?: boolean;
  /**
   * 到此之前须有的 · what must have been before it
   */
  needs?: {
    /**
     * 评议审核 · reviews
     *
     * @maxItems 500
     */
    reviews?: string[];
    /**
     * 公示公告 · notices
     *
     * @maxItems 500
     */
    notices?: string[];
    /**
     * 事项 · events
     *
     * @maxItems 500
     */
    events?: string[];
  };
}
/**
 * 一次评议或审核 · a review with its signatures
 */
export interface Review {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 标签 · words for it
   */
  label: WordsOfDocument;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 签名处 · places for signatures
   *
   * @minItems 1
   * @maxItems 500
   */
  slots: {
    /**
     * 代号 · its name
     */
    id: string;
    /**
     * 由谁签 · role that signs
     */
    role: string;
    /**
     * 可免 · it can be waived
     */
    waivable?: boolean;
  }[];
  /**
   * 须几个签名，默认全部 · how many are needed; all unless it says so
   */
  need?: number;
  /**
   * 须不同的人 · each must be another person
   */
  distinct?: boolean;
  /**
   * 可由一人签的 · places that one person may sign
   *
   * @maxItems 500
   */
  may_share?: string[][];
  /**
   * 不得由一人签的 · places that one person must not sign
   *
   * @maxItems 500
   */
  incompatible?: string[][];
}
/**
 * 一个步骤 · a move from state to state
 */
export interface Move {
  /**
   * 代号 · its name
   */
  id: string;
  /**
   * 因何事项 · event that makes it
   */
  event: string;
  /**
   * 从何状态 · states it leads from
   *
   * @minItems 1
   * @maxItems 500
   */
  from: string[];
  /**
   * 到何状态；空缺则不变 · state it leads to; where it is left out the case stays
   */
  to?: string;
  /**
   * 由谁办 · roles that may make it
   *
   * @minItems 1
   * @maxItems 500
   */
  roles: string[];
  /**
   * 标签 · words for it
   */
  label?: WordsOfDocument;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 规则语言的表达式 · an expression of the rule language
   */
  when?: string;
  /**
   * 须有的材料 · evidence that is needed
   *
   * @maxItems 500
   */
  evidence?: string[];
  /**
   * 后果 · what else it does
   *
   * @maxItems 500
   */
  effects?: (
    | {
        /**
         * 对评议审核 · what it does to a review
         */
        do: "sign" | "waive" | "delegate" | "amend";
        /**
         * 评议审核 · the review
         */
        review: string;
      }
    | {
        /**
         * 对公示公告 · what it does to a notice
         */
        do: "open_notice" | "close_notice" | "object" | "resolve";
        /**
         * 公示公告 · the notice
         */
        notice: string;
      }
    | {
        /**
         * 记下 · it sets a fact
         */
        do: "set";
        /**
         * 记在何处 · the fact
         */
        fact: string;
        /**
         * 规则语言的表达式 · an expression of the rule language
         */
        to: string;
      }
    | {
        /**
         * 新的一轮 · a new round begins
         */
        do: "new_round";
      }
  )[];
  /**
   * 须回避 · kin of the household must not make it
   */
  impartial?: boolean;
  /**
   * 关键环节 · it is a key step
   */
  key_step?: boolean;
}
/**
 * 日志中的事项 · an event as a journal has it
 */
export interface Event {
  /**
   * 事项代号，同一代号只受理一次 · tells events apart: the same id is taken once
   */
  id: string;
  /**
   * 事项的种类 · which event of the procedure
   */
  type: string;
  /**
   * 事项种类的版本 · version of the event type
   */
  v: number;
  /**
   * 所载内容，按字段 · what it carries, by field
   */
  data?: {
    [k: string]: boolean | number | string;
  };
  /**
   * 另存的材料 · what is kept elsewhere for it
   *
   * @minItems 1
   */
  evidence?: Evidence[];
  /**
   * 同一会议或公示的共同代号 · common id of events of one meeting or notice
   */
  batch?: string;
}
/**
 * 另存的材料 · a document or picture kept elsewhere
 */
export interface Evidence {
  /**
   * 材料的种类 · sort of evidence
   */
  kind: string;
  /**
   * 加盐摘要 · its salted digest
   */
  digest: string;
  /**
   * 拍摄或形成之日 · the day it was taken or drawn up
   */
  on: string;
}
/**
 * 日志的一条 · an entry of a journal
 */
export interface Entry {
  /**
   * 格式号 · number of this format
   */
  v: 1;
  /**
   * 案件 · the case
   */
  case: string;
  /**
   * 案内序号 · number of the entry in the case, from 1
   */
  seq: number;
  /**
   * 何时 · when it happened: a day, or a day with a time
   */
  at: string;
  /**
   * 所依据的规程 · the procedure it was taken under
   */
  proc: string;
  /**
   * 事项 · the event
   */
  event: Event;
  /**
   * 由谁 · who acted
   */
  by: Actor;
  /**
   * 步骤 · the move that it made
   */
  move: string;
  /**
   * 从何状态 · the state before
   */
  from: string;
  /**
   * 到何状态 · the state after
   */
  to: string;
  /**
   * 第几轮 · the round after it
   */
  round: number;
  /**
   * 前一条的摘要 · digest of the entry before; zeros for the first
   */
  prev: string;
  /**
   * 案件所在地，仅首条 · where the case lies; told by the first entry alone
   */
  place?: string | "";
  /**
   * 案外情况 · what was asked outside of the case, and answered
   */
  outside?: {
    /**
     * 按放假安排计得的末日 · last days counted with a calendar; null is not known
     */
    days?: {
      [k: string]: string | null;
    };
    /**
     * 所用放假安排 · the calendar they were counted with
     */
    calendar?: {
      /**
       * 放假安排 · id of the calendar
       */
      id: string;
      /**
       * 其摘要 · its digest
       */
      digest: string;
    };
    /**
     * 识别评估 · the assessment; null is not known
     */
    assessment?: Verdict | null;
    /**
     * 退出评估 · the exit assessment; null is not known
     */
    exit?: Verdict | null;
  };
  /**
   * 各期限的末日 · last day of each deadline that runs; null is not known
   */
  due?: {
    [k: string]: string | null;
  };
  /**
   * 规程迁移 · what changed, where a case was brought under another procedure
   */
  migrated?: {
    /**
     * 原规程 · procedure that the case was pinned to
     */
    from: string;
    /**
     * 虽未载明替换仍迁移 · it was done although the new one does not say so
     */
    anyway?: true;
    /**
     * 改名的状态 · states that change their names; null lets one go
     */
    states?: {
      [k: string]: string | null;
    };
    /**
     * 改名的角色 · roles that change their names; null lets one go
     */
    roles?: {
      [k: string]: string | null;
    };
    /**
     * 改名的事项 · events that change their names; null lets one go
     */
    events?: {
      [k: string]: string | null;
    };
    /**
     * 改名的案件所记 · facts that change their names; null lets one go
     */
    facts?: {
      [k: string]: string | null;
    };
    /**
     * 改名的评议审核 · reviews that change their names; null lets one go
     */
    reviews?: {
      [k: string]: string | null;
    };
    /**
     * 改名的公示公告 · notices that change their names; null lets one go
     */
    notices?: {
      [k: string]: string | null;
    };
    /**
     * 改名的签名处 · places for signatures that change their names, by review
     */
    slots?: {
      [k: string]: {
        [k: string]: string | null;
      };
    };
  };
}
/**
 * 办理人 · who acts
 */
export interface Actor {
  /**
   * 办理人代号，旁人不能识别 · tells people apart; means nothing to others
   */
  id: string;
  /**
   * 角色 · role taken here
   */
  role: string;
  /**
   * 层级，空缺为角色所在层级 · level acted at; that of the role where it is left out
   */
  level?: string;
  /**
   * 任职所在地的区划代码 · area code of where the role is held
   */
  place?: string;
  /**
   * 与其户有亲属关系的案件 · cases whose household the actor is related to
   */
  kin_of?: string[];
}
/**
 * 评估结论的记录 · an assessment as a journal has it
 */
export interface Verdict {
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 政策指纹；空缺为外来结论 · of the policy; empty where it was told
   */
  fingerprint: string;
  /**
   * 评估日 · day of the assessment
   */
  on: string;
  /**
   * 结论 · its outcome
   */
  outcome: "eligible" | "ineligible" | "undetermined" | "met" | "not_met";
  /**
   * 所依据事实的加盐摘要 · salted digest of the facts; empty without
   */
  facts: string | "";
}
/**
 * 未受理 · an event that was not taken, with every reason
 */
export interface Refused {
  /**
   * 未受理 · that it was refused
   */
  kind: "refused";
  /**
   * 案件 · the case
   */
  case: string;
  /**
   * 事项 · id of the event
   */
  event: string;
  /**
   * 事项的种类 · which event
   */
  type: string;
  /**
   * 全部理由 · everything that stands in the way
   */
  reasons: ReasonOfRefusal[];
  /**
   * 补正办法，各为一组理由的序号 · sets of reasons, by place; mending all of one does
   */
  ways: number[][];
}
/**
 * 未受理的一条理由 · one thing that stands in the way of an event
 */
export interface ReasonOfRefusal {
  /**
   * 理由的代号 · stable name of the kind of reason
   */
  code: string;
  /**
   * 关于什么 · what it is about, as guards name it
   */
  path: string;
  /**
   * 应当如何 · what would have to be
   */
  wanted: string;
  /**
   * 实际如何 · what is; empty where it is not known or not there
   */
  found: string;
  /**
   * 理由，中文 · the reason in Chinese
   */
  zh: string;
  /**
   * 理由，英文 · the reason in English
   */
  en: string;
  /**
   * 能否补正 · whether and how it can be done away with
   */
  mend: Mend;
  /**
   * 何日起不再妨碍 · first day on which it no longer stands in the way
   */
  until: string | null;
  /**
   * 依据 · the text that asks for it
   */
  law: Words | null;
  /**
   * 又因 · what it rests on in turn
   */
  because: string[];
}
/**
 * 一个可选步骤 · one move, for one actor, now
 */
export interface Option {
  /**
   * 步骤 · the move
   */
  move: string;
  /**
   * 事项 · its event
   */
  event: string;
  /**
   * 到何状态 · state it leads to; null where the case stays
   */
  to: string | null;
  /**
   * 能否办理 · how it stands
   */
  status: OptionStatus;
  /**
   * 何日起可办 · first day on which it is ready
   */
  until: string | null;
  /**
   * 妨碍办理的理由 · what keeps it
   */
  reasons: ReasonOfRefusal[];
  /**
   * 须填的字段 · what the event carries
   */
  fields: string[];
  /**
   * 须有的材料 · what it has to bring
   */
  evidence: string[];
}
/**
 * 到达目标的计划 · a way to a goal, or why there is none
 */
export interface Plan {
  /**
   * 目标状态 · the state wanted
   */
  goal: string;
  /**
   * 能否到达 · whether the case can get there
   */
  reachable: boolean;
  /**
   * 最早何日到达 · earliest day on which it is reached
   */
  until: string | null;
  /**
   * 各步 · steps in order
   */
  steps: PlannedStep[];
  /**
   * 不能到达的理由 · what keeps it
   */
  reasons: ReasonOfRefusal[];
}
/**
 * 计划的一步 · one step of a plan
 */
export interface PlannedStep {
  /**
   * 步骤 · the move
   */
  move: string;
  /**
   * 事项 · its event
   */
  event: string;
  /**
   * 由谁办 · who makes it
   */
  role: string;
  /**
   * 在哪一级 · at which level
   */
  level: string;
  /**
   * 最早何日 · earliest day
   */
  on: string;
  /**
   * 须填的字段 · what the event carries
   */
  fields: string[];
  /**
   * 须有的材料 · what it has to bring
   */
  evidence: string[];
  /**
   * 假定 · what is taken to be so because it is not known yet
   */
  supposing: string[];
  /**
   * 受托人 · whom it was delegated to; empty for whoever holds the role
   */
  person: string;
}
/**
 * 进行中的期限 · a deadline that runs for a case
 */
export interface Running {
  /**
   * 期限 · the deadline
   */
  deadline: string;
  /**
   * 自何日起 · the day it runs from; null is not known
   */
  since: string | null;
  /**
   * 末日 · its last day; null is not known
   */
  until: string | null;
  /**
   * 还有几天，负数为逾期 · days left; below zero it is overdue
   */
  days_left: number | null;
  /**
   * 到期如何 · what follows when it has passed
   */
  then: "remind" | "escalate" | "may";
}
/**
 * 规程的一处问题 · something that cannot be meant
 */
export interface ProcedureFinding {
  /**
   * 检查的代号 · which check
   */
  code: string;
  /**
   * 哪一部分 · the part
   */
  path: string;
  /**
   * 问题，中文 · what is wrong, in Chinese
   */
  zh: string;
  /**
   * 问题，英文 · what is wrong, in English
   */
  en: string;
  /**
   * 如何改，中文 · what to do about it, in Chinese
   */
  mend_zh: string;
  /**
   * 如何改，英文 · what to do about it, in English
   */
  mend_en: string;
}
/**
 * 两个规程的对比 · what is different between two procedures
 */
export interface ProcedureComparison {
  /**
   * 原规程 · the procedure before
   */
  old: string;
  /**
   * 新规程 · the procedure after
   */
  new: string;
  /**
   * 新规程是否载明替换 · whether the new one says that it follows the old one
   */
  follows: boolean;
  /**
   * 受理结果可能不同 · whether what is accepted can differ
   */
  can_change_outcomes: boolean;
  /**
   * 各处变动 · the changes
   */
  changes: PartChange[];
}
/**
 * 规程的一处变动 · one part that is not as it was
 */
export interface PartChange {
  /**
   * 哪一类 · where it stands
   */
  array:
    | "head"
    | "sources"
    | "levels"
    | "roles"
    | "lists"
    | "evidence"
    | "facts"
    | "events"
    | "states"
    | "reviews"
    | "notices"
    | "deadlines"
    | "moves";
  /**
   * 代号 · its name; empty for the head, and for an order
   */
  id: string;
  /**
   * 如何变动 · what became of it
   */
  kind: "added" | "removed" | "changed" | "reordered";
  /**
   * 是否可能影响受理 · whether it can change what is accepted
   */
  counts: boolean;
  /**
   * 变动的字段 · what changed
   */
  fields: {
    /**
     * 字段 · its key in the format
     */
    name: string;
    /**
     * 原值 · its value before; null where it is left out
     */
    old: PlainValue;
    /**
     * 新值 · its value after; null where it is left out
     */
    new: PlainValue;
  }[];
}
/**
 * 依另一规程重走 · a journal, taken again under another procedure
 */
export interface Rehearsal {
  /**
   * 原规程 · the procedure before
   */
  old: string;
  /**
   * 新规程 · the procedure after
   */
  new: string;
  /**
   * 各类数目 · how many go which way
   */
  counts: {
    /**
     * 相同 · the same
     */
    same: number;
    /**
     * 不予受理 · refused
     */
    refused: number;
    /**
     * 到达其他环节 · another state
     */
    other_state: number;
    /**
     * 没有这一事项 · no such event
     */
    unknown_event: number;
  };
  /**
   * 各案 · one result for each case
   */
  cases: RehearsedCase[];
  /**
   * 依其他规程的案件 · cases that began under another procedure
   */
  left_out: string[];
}
/**
 * 重走的一案 · one case, taken again
 */
export interface RehearsedCase {
  /**
   * 案件 · the case
   */
  case: string;
  /**
   * 首先何处不同 · what is different first
   */
  difference: Difference;
  /**
   * 第几条；无不同为0 · number of the entry; 0 if all are the same
   */
  seq: number;
  /**
   * 事项 · its event
   */
  event: string;
  /**
   * 何时 · when it happened
   */
  at: string;
  /**
   * 不予受理的理由 · why it is refused
   */
  reasons: ReasonOfRefusal[];
  /**
   * 原到何状态 · state it led to
   */
  old_state: string;
  /**
   * 现到何状态 · state it leads to
   */
  new_state: string;
}
/**
 * forms/*.toml：一张表 · forms/*.toml: a form of a pack
 */
export interface FormOfPack {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 代号，同文件名 · its name, that of its file
   */
  id: string;
  /**
   * 表名 · title
   */
  title: WordsOfDocument;
  /**
   * 说明 · what a reader should know
   */
  note?: WordsOfDocument;
  /**
   * 每行是什么 · what one row is
   */
  rows: "household" | "member" | "village" | "household_summary" | "village_summary";
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  source: string;
  /**
   * 依据，`出处#位置` · where it comes from, `key#place`
   */
  columns_source: string;
  /**
   * 识别本表的栏名 · headers that only this form has together
   *
   * @minItems 1
   */
  marks: string[];
  /**
   * 待定的采集项 · open places
   */
  slots?: {
    /**
     * 几项 · how many
     */
    count: number;
    /**
     * 依据，`出处#位置` · where it comes from, `key#place`
     */
    source: string;
  };
  /**
   * 栏目 · columns, in order
   *
   * @maxItems 400
   */
  columns?: ColumnOfForm[];
}
/**
 * forms/fill.toml：待定项的填法 · forms/fill.toml: what fills open places
 */
export interface FillOfPack {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 所填各项 · what fills which place
   */
  fill?: {
    /**
     * 哪张表 · the form
     */
    form: string;
    /**
     * 第几项 · which place
     */
    slot: number;
    /**
     * 事实的路径 · path of the fact
     */
    fact: string;
    /**
     * 栏名，默认为事实的名称 · its header; the words of the fact unless it says so
     */
    header?: WordsOfDocument;
    /**
     * 填写说明 · what to write there
     */
    hint?: WordsOfDocument;
    /**
     * 也可读作 · other headers it is read under
     */
    aliases?: string[];
    /**
     * 必填 · it is asked for in every row
     */
    required?: boolean;
    /**
     * 依据，`出处#位置` · where it comes from, `key#place`
     */
    source: string;
  }[];
}
/**
 * 公示 · a notice as it is put up
 */
export interface PublicNotice {
  /**
   * 乡镇和村 · township and village
   */
  place: string;
  /**
   * 公示日 · day it is put up
   */
  posted: string;
  /**
   * 公示末日 · last day on which objections are taken
   */
  until: string;
  /**
   * 所列事实 · facts shown, by path
   */
  columns: (
    | "head_name"
    | "stated_member_count"
    | "villagers_group"
    | "natural_village"
    | "identification_standard"
    | "poverty_status"
    | "monitoring.monitored_class"
  )[];
  /**
   * 各户各栏 · cells of each household
   */
  rows: string[][];
  /**
   * 户主姓名 · how heads are named
   */
  names: "masked" | "full";
  /**
   * 至少几户相同 · how many households share the rarest row
   */
  least_alike: number | null;
  /**
   * 异议受理 · where objections go
   */
  contact: string;
}
/**
 * 一项工作 · one thing to do
 */
export interface WorkItem {
  /**
   * 事项 · what is to be done
   */
  kind: WorkKind;
  /**
   * 户 · id of the household
   */
  household: string;
  /**
   * 案件 · id of its case
   */
  case: string;
  /**
   * 乡镇 · where it lives
   */
  township: string;
  /**
   * 村 · where it lives
   */
  village: string;
  /**
   * 成员 · for a natural change: the member; otherwise empty
   */
  member: string;
  /**
   * 理由 · why
   */
  reasons: WorkReason[];
  /**
   * 须查明的事实 · facts that would settle it
   */
  missing: string[];
  /**
   * 先问什么 · what to ask first
   */
  question: {
    /**
     * 所问的事实 · the fact asked for
     */
    fact: string;
    /**
     * 中文 · in Chinese
     */
    zh: string;
    /**
     * 英文 · in English
     */
    en: string;
  } | null;
  /**
   * 规程中的事项 · the event that takes it up in a procedure
   */
  event: string | null;
  /**
   * 变动原因 · for a natural change: the code
   */
  reason:
    | (
        | "birth"
        | "marry_in"
        | "move_in"
        | "other_in"
        | "death"
        | "marry_out"
        | "move_out"
        | "imprisoned"
        | "settled_abroad"
        | "other_out"
      )
    | null;
  /**
   * 变动后人数 · for a natural change: members after it
   */
  members_left: number | null;
  /**
   * 致贫原因 · for a return to poverty: the main cause
   */
  cause: string | null;
}
/**
 * 工作事项的一条理由 · one ground of a work item
 */
export interface WorkReason {
  /**
   * 代号 · id of a rule, or a name of ours
   */
  code: string;
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
  /**
   * 出处 · where it comes from
   */
  source: {
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
}
/**
 * 动态调整 · what two registers and a policy propose
 */
export interface Adjustment {
  /**
   * 格式号 · number of this format
   */
  format: 1;
  /**
   * 动态调整 · that it is an adjustment
   */
  kind: "adjustment";
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 政策包版本 · version of its pack
   */
  policy_version: string;
  /**
   * 政策指纹 · fingerprint of the policy
   */
  fingerprint: string;
  /**
   * 评估日 · day of the assessment
   */
  on: string;
  /**
   * 原册之日 · day of the old register
   */
  since: string | null;
  /**
   * 政策有无退出条件 · whether the policy says when a household may leave
   */
  has_exit: boolean;
  /**
   * 各户 · every household of either register, once
   */
  rows: AdjustedHousehold[];
  /**
   * 各类数目 · how many of each
   */
  counts: {
    /**
     * 遗漏的重新纳入 · take in: missed
     */
    take_in_missed: number;
    /**
     * 返贫的重新纳入 · take in again: returned to poverty
     */
    take_in_returned: number;
    /**
     * 不实的清退 · clear out: untrue
     */
    clear_untrue: number;
    /**
     * 达到标准的脱贫 · exit: standard met
     */
    exit_standard_met: number;
    /**
     * 分户 · household split
     */
    split: number;
    /**
     * 合户 · household merged
     */
    merged: number;
    /**
     * 户主变更 · head changed
     */
    head_changed: number;
    /**
     * 自然增加 · natural increase
     */
    natural_increase: number;
    /**
     * 自然减少 · natural decrease
     */
    natural_decrease: number;
    /**
     * 待查明 · to be asked
     */
    ask: number;
    /**
     * 保持不变 · nothing to do
     */
    keep: number;
  };
  /**
   * 工作清单 · the work list
   */
  items: WorkItem[];
  /**
   * 疑点 · what does not fit together
   */
  findings: RegisterFinding[];
}
/**
 * 调整中的一户 · one household of an adjustment
 */
export interface AdjustedHousehold {
  /**
   * 原册编号 · its id in the old register
   */
  old: string | null;
  /**
   * 新册编号 · its id in the new register
   */
  new: string | null;
  /**
   * 在册情况 · how it can stand on the register
   */
  statuses: RegisterStatus[];
  /**
   * 识别结论 · whether it is eligible
   */
  outcome: Outcome | null;
  /**
   * 退出结论 · whether it meets the standard of exit
   */
  exit: ExitOutcome | null;
  /**
   * 拟如何处理 · what is proposed
   */
  kind: WorkKind;
}
/**
 * 名册疑点 · what does not fit together in registers
 */
export interface RegisterFinding {
  /**
   * 代号 · its stable name
   */
  code: string;
  /**
   * 在哪一册，空缺为两册 · in which register; empty for both
   */
  register: "old" | "new" | "";
  /**
   * 何处 · where
   */
  places: {
    /**
     * 户 · id of the household
     */
    household: string;
    /**
     * 成员 · id of the member; empty for the household
     */
    member: string;
  }[];
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
}
/**
 * 名册报告 · a register under a policy on a day, without persons
 */
export interface Report {
  /**
   * 名册报告 · that it is a report
   */
  kind: "report";
  /**
   * 政策包 · id of the policy
   */
  policy: string;
  /**
   * 政策包版本 · version of its pack
   */
  version: string;
  /**
   * 标题 · title of the policy
   */
  title: Said;
  /**
   * 评估日 · day of the assessments
   */
  on: string;
  /**
   * 政策指纹 · fingerprint of the policy
   */
  fingerprint: string;
  /**
   * 程序版本 · version of the library
   */
  library_version: string;
  /**
   * 显示的最小数 · least number that is shown, beside 0
   */
  least: number;
  /**
   * 户数 · how many households there are
   */
  households: number;
  /**
   * 人数，不显示则为null · how many members; null where it is not shown
   */
  people: number | null;
  /**
   * 未能读取的户数 · households that could not be read and are not in it
   */
  set_aside: number;
  /**
   * 收入线，没有则为null · the income line, if the policy has one
   */
  line: ReportLine | null;
  /**
   * 各图表，按代号 · figures by their id
   */
  figures: {
    [k: string]: ReportFigure;
  };
  /**
   * 出处，最可靠的在前 · what it rests on, firmest first
   */
  sources: {
    /**
     * 出处 · key of the source
     */
    id: string;
    /**
     * 原文标题 · title in the original language
     */
    title: string;
    /**
     * 英文标题 · title in English
     */
    title_en: string;
    /**
     * 发文单位 · who issued it
     */
    issuer: string;
    /**
     * 出处的等级 · how firm its source is
     */
    standing: Standing;
    /**
     * 引用它的规则和参数数 · how many rules and parameters of households cite it
     */
    rules: number;
  }[];
}
/**
 * 报告中的中英文文字 · words of a report in both languages
 */
export interface Said {
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
 * 收入线 · the income line that distances are told from
 */
export interface ReportLine {
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
  /**
   * 元每人每年 · yuan per person and year
   */
  yuan: string;
  /**
   * 出处的等级 · how firm its source is
   */
  standing: Standing;
}
/**
 * 一张图表 · numbers that belong together
 */
export interface ReportFigure {
  /**
   * 代号 · its stable name
   */
  id: string;
  /**
   * 标题 · title
   */
  title: Said;
  /**
   * 各列 · the columns
   *
   * @minItems 1
   */
  columns: {
    /**
     * 代号 · its stable name
     */
    id: string;
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
   * 各行 · the rows, in order
   */
  rows: ReportRow[];
  /**
   * 各行是否合为总数 · whether each it counts is in one row and no other
   */
  is_whole: boolean;
  /**
   * 说明，没有则为null · what a reader should know, if anything
   */
  note: Said | null;
}
/**
 * 图表的一行 · one row of a figure
 */
export interface ReportRow {
  /**
   * 代号 · its stable name
   */
  id: string;
  /**
   * 中文 · in Chinese
   */
  zh: string;
  /**
   * 英文 · in English
   */
  en: string;
  /**
   * 各列的数目，不显示则为null · a number for each column; null where it is not shown
   */
  counts: (number | null)[];
  /**
   * 属于何处，没有则为null · what it is a part of, such as a township
   */
  within: Said | null;
  /**
   * 出处的等级，没有则为null · how firm its source is, if it has one
   */
  standing: Standing | null;
  /**
   * 金额的分级：下限（含）、上限（不含），null为不限 · class of amounts: from, included, and until, left out; null is an open end
   */
  span: (number | null)[] | null;
  /**
   * 占总数的百分比，保留一位小数；各行不合为总数则为null · percentage of the whole, to one place; null where rows are no parts of a whole
   */
  share: number | null;
}
/**
 * 政策包复核 · what a review of a pack says
 */
export interface PackReview {
  /**
   * 政策包复核 · that it is a review
   */
  kind: "review";
  /**
   * 政策包 · id of the pack
   */
  policy: string;
  /**
   * 政策包版本 · version of the pack
   */
  version: string;
  /**
   * 所看的各日 · days on which the pack was looked at
   */
  days: string[];
  /**
   * 未豁免的发现 · findings that nothing waives
   */
  raised: ReviewFinding[];
  /**
   * 已豁免的发现 · findings that a waiver lets stand
   */
  waived: ReviewFinding[];
  /**
   * 未决的问题 · what could not be told
   */
  open: OpenQuestion[];
  /**
   * 提问次数 · how many questions were put to the solver
   */
  asked: number;
  /**
   * 代入空缺参数的值 · values that stood in for open parameters
   */
  given: {
    [k: string]: string;
  };
}
/**
 * 复核的一项发现 · one thing found in a pack
 */
export interface ReviewFinding {
  /**
   * 发现的代号 · what it is
   */
  code: FindingCode;
  /**
   * 轻重 · how heavy it weighs
   */
  severity: Severity;
  /**
   * 所关事项 · what it is about, by name
   */
  concerns: string;
  /**
   * 文件、行、列，结论则为空 · file, line and column; empty for an outcome
   */
  where: string;
  /**
   * 发现，中文 · what was found, in Chinese
   */
  zh: string;
  /**
   * 发现，英文 · what was found, in English
   */
  en: string;
  /**
   * 如何处理 · what to do about it
   */
  mend: Words;
  /**
   * 何时如此 · days on which it is so
   */
  periods: {
    /**
     * 起始日 · first day
     */
    from: string;
    /**
     * 终止日，当日不计 · first day on which it is no longer so; null for no end
     */
    until: string | null;
  }[];
  /**
   * 有关的其他规则 · other rules that have part in it
   */
  related: string[];
  /**
   * 证明，没有则为null · the proof, where nobody shows the contrary
   */
  proof: Proved | null;
  /**
   * 示例 · whoever shows it, made up
   */
  seen: Seen[];
  /**
   * 豁免，没有则为null · what lets it stand, if anything does
   */
  waiver: {
    /**
     * 为何可以保留 · why it may stand
     */
    reason: Words;
    /**
     * 何时终止，由谁终止 · who can end it, or what would
     */
    ends: Words;
    /**
     * 写明豁免的政策包 · pack that writes it
     */
    pack: string;
    /**
     * 文件和行 · file and line
     */
    where: string;
  } | null;
}
/**
 * 未决的问题 · something that might have been found
 */
export interface OpenQuestion {
  /**
   * 可能的发现 · what would have been found
   */
  code: FindingCode;
  /**
   * 所关事项 · of what
   */
  concerns: string;
  /**
   * 为何未决 · why it could not be told
   */
  why: "time" | "arithmetic" | "size" | "alone" | "stopped";
}
/**
 * 改名对照 · old names to new ones
 */
export interface Images {
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  states?: {
    [k: string]: string | null;
  };
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  roles?: {
    [k: string]: string | null;
  };
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  events?: {
    [k: string]: string | null;
  };
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  facts?: {
    [k: string]: string | null;
  };
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  reviews?: {
    [k: string]: string | null;
  };
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  notices?: {
    [k: string]: string | null;
  };
  /**
   * 改名，旧名到新名 · names that change, old to new
   */
  slots?: {
    [k: string]: {
      [k: string]: string | null;
    };
  };
}
