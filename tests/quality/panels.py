"""People of the panels, as their yaml tells of them: read like a request, and their words turned into codes."""

from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.profiles import person_of
from services.matching.schemas.profile import ProfileSchema
from shared.words import Words

WORDS = Words.default()


def person(told: dict[str, Any]) -> Person:
    """Somebody of 28 with SMA from Flores Timur, unless told otherwise."""
    profile = ProfileSchema().load(
        {
            "birth_date": told.get("birth_date", "1998-05-05"),
            "sex": told.get("sex"),
            "regency": told.get("regency", "53.06"),
            "education": told.get("education", {"level": "SMA"}),
            "skills": [dict(zip(("text", "source", "months"), said, strict=True)) for said in told.get("skills", ())],
            "work_history": [
                dict(zip(("title", "months", "country"), job, strict=True)) for job in told.get("work", ())
            ],
            "languages": told.get("languages", []),
            "certificates": told.get("certificates", []),
            "training_hours": [
                dict(zip(("isco08", "destination", "hours"), held, strict=True)) for held in told.get("hours", ())
            ],
            "wishes": told.get("wishes", {}),
            "consents": [{"purpose": "MATCHING"}],
        }
    )
    return person_of(WORDS, profile, id="one-of-many")
