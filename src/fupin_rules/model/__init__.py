"""Households, members, villages and areas as typed values, their code lists, and the catalogue of their facts."""

from fupin_rules.model._area import Area
from fupin_rules.model._area_codes import AreaLevel
from fupin_rules.model._area_digits import area_digits, lies_in
from fupin_rules.model._catalogue import GROUPS, Catalogue, Field, catalogue, is_personal
from fupin_rules.model._codes import CodeList
from fupin_rules.model._drawing import fact_words
from fupin_rules.model._facts import all_facts, read_fact, with_fact
from fupin_rules.model._fields import FieldSpec, Sensitivity, Sort, read_value
from fupin_rules.model._groups import Assets, Income, Living, Production, Relocation
from fupin_rules.model._household import MAX_MEMBERS, Household
from fupin_rules.model._household_codes import (
    EntryRoad,
    Fuel,
    HouseGrade,
    HouseholdAttribute,
    Hukou,
    IdentificationStandard,
    PovertyCause,
    PovertyCause2010,
    PovertyStatus,
    Region,
    RelocationDifficulty,
    RelocationWay,
    Resettlement,
    ResettlementPlace,
    VillageAttribute,
    WaterSource,
)
from fupin_rules.model._identity import (
    birth_date_of,
    certificate_problems,
    check_character,
    is_mobile_number,
    is_placeholder,
    region_of,
    sex_of,
)
from fupin_rules.model._member import Member
from fupin_rules.model._member_codes import (
    SEX_OF_RELATION,
    CertificateType,
    DisabilityGrade,
    DropoutReason,
    Education,
    Ethnicity,
    Health,
    Labour,
    MemberChange,
    PoliticalStatus,
    Relation,
    Sex,
    StudentStatus,
    SurvivalStatus,
    WorkPlace,
)
from fupin_rules.model._monitoring import Monitoring
from fupin_rules.model._monitoring_codes import HelpMeasure, MonitoredClass, MonitoringRisk, RemovalWay
from fupin_rules.model._plain import from_plain, to_plain, write_value
from fupin_rules.model._private import BankAccount, IdNumber, PersonName, Phone, Private
from fupin_rules.model._quick import take_plain
from fupin_rules.model._shapes import SUBJECT_ID, plain_forms
from fupin_rules.model._subjects import AnySubject
from fupin_rules.model._village import Village

__all__ = [
    "GROUPS",
    "MAX_MEMBERS",
    "SEX_OF_RELATION",
    "SUBJECT_ID",
    "AnySubject",
    "Area",
    "AreaLevel",
    "Assets",
    "BankAccount",
    "Catalogue",
    "CertificateType",
    "CodeList",
    "DisabilityGrade",
    "DropoutReason",
    "Education",
    "EntryRoad",
    "Ethnicity",
    "Field",
    "FieldSpec",
    "Fuel",
    "Health",
    "HelpMeasure",
    "HouseGrade",
    "Household",
    "HouseholdAttribute",
    "Hukou",
    "IdNumber",
    "IdentificationStandard",
    "Income",
    "Labour",
    "Living",
    "Member",
    "MemberChange",
    "MonitoredClass",
    "Monitoring",
    "MonitoringRisk",
    "PersonName",
    "Phone",
    "PoliticalStatus",
    "PovertyCause",
    "PovertyCause2010",
    "PovertyStatus",
    "Private",
    "Production",
    "Region",
    "Relation",
    "Relocation",
    "RelocationDifficulty",
    "RelocationWay",
    "RemovalWay",
    "Resettlement",
    "ResettlementPlace",
    "Sensitivity",
    "Sex",
    "Sort",
    "StudentStatus",
    "SurvivalStatus",
    "Village",
    "VillageAttribute",
    "WaterSource",
    "WorkPlace",
    "all_facts",
    "area_digits",
    "birth_date_of",
    "catalogue",
    "certificate_problems",
    "check_character",
    "fact_words",
    "from_plain",
    "is_mobile_number",
    "is_personal",
    "is_placeholder",
    "lies_in",
    "plain_forms",
    "read_fact",
    "read_value",
    "region_of",
    "sex_of",
    "take_plain",
    "to_plain",
    "with_fact",
    "write_value",
]
