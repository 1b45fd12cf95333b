"""Which rule code an ask of a requirement tree goes by, so that its sentence can be found."""

from services.matching.matcher.eligibility import asks
from services.matching.matcher.facts.trees import (
    AllOf,
    AnyOf,
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
    Unreadable,
)

_RULES: dict[type, str] = {
    AllOf: "ALL_OF",
    AnyOf: "ONE_OF",
    NeedsAge: "AGE",
    asks.Age: "AGE",
    NeedsBirthDate: "BIRTH_DATE",
    NeedsSex: "SEX",
    NeedsEducation: "EDUCATION",
    NeedsLanguage: "LANGUAGE",
    NeedsCertificate: "CERTIFICATE",
    NeedsHours: "TRAINING_HOURS",
    asks.Hours: "TRAINING_HOURS",
    NeedsExperience: "EXPERIENCE",
    NeedsCondition: "HEALTH_CONDITION",
    asks.NotRefused: "HEALTH_CONDITION",
    NeedsNoRecord: "NO_RECORD",
    NeedsProgramme: "PRIOR_PROGRAMME",
    Ranked: "RANKED",
    Unreadable: "UNREADABLE",
}


def rule_of(ask: asks.Ask) -> str:
    return _RULES[type(ask)]
