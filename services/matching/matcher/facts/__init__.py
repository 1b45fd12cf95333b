"""What the matcher knows of the world, as plain values: for every part that judges, ranks or searches.

`X.from_payload(dict)` reads the event payloads of the houses that own the data. Reading is tolerant on purpose: unknown
fields are ignored, missing or unreadable values become None, and None means "not known", never "no". The houses refuse
bad data at their own doors; here nothing raises, so that one odd record cannot stop the advice for everybody else.

Dates are `datetime.date`, both ends of every period inclusive. Everything is immutable and hashable.
"""

from services.matching.matcher.facts.abilities import (
    Certificate,
    Education,
    LanguageResult,
    Occupation,
    PriorProgramme,
    Skill,
    TrainingHours,
)
from services.matching.matcher.facts.courses import Accreditation, Batch, Course, CourseCertificate, Outcome, Provider
from services.matching.matcher.facts.orders import (
    Company,
    Cost,
    Employer,
    Order,
    OrderSkill,
    Quota,
    Sip2mi,
    WorkingHours,
)
from services.matching.matcher.facts.people import (
    Condition,
    Fitness,
    Period,
    Person,
    Record,
    Requirement,
    Wishes,
)
from services.matching.matcher.facts.policies import LegalBasis, PolicyRecord, Revision
from services.matching.matcher.facts.reading import Money, Text
from services.matching.matcher.facts.trees import (
    AllOf,
    AnyOf,
    Leaf,
    NeedsAge,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsCondition,
    NeedsEducation,
    NeedsExperience,
    NeedsHours,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Ranked,
    Tree,
    Unreadable,
    leaves,
    parse_tree,
)

__all__ = [
    "Accreditation",
    "AllOf",
    "AnyOf",
    "Batch",
    "Certificate",
    "Company",
    "Condition",
    "Cost",
    "Course",
    "CourseCertificate",
    "Education",
    "Employer",
    "Fitness",
    "LanguageResult",
    "Leaf",
    "LegalBasis",
    "Money",
    "NeedsAge",
    "NeedsBirthDate",
    "NeedsCertificate",
    "NeedsCondition",
    "NeedsEducation",
    "NeedsExperience",
    "NeedsHours",
    "NeedsLanguage",
    "NeedsNoRecord",
    "NeedsProgramme",
    "NeedsSex",
    "Occupation",
    "Order",
    "OrderSkill",
    "Outcome",
    "Period",
    "Person",
    "PolicyRecord",
    "PriorProgramme",
    "Provider",
    "Quota",
    "Ranked",
    "Record",
    "Requirement",
    "Revision",
    "Sip2mi",
    "Skill",
    "Text",
    "TrainingHours",
    "Tree",
    "Unreadable",
    "Wishes",
    "WorkingHours",
    "leaves",
    "parse_tree",
]
