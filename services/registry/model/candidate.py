"""For every action on a person: the candidate document, how it begins, changes and shows its state.

A candidate is a plain document. What the person declares are the :data:`DECLARED` fields; consents, requirement
records and credits from training stand beside them, each with rules of its own. Health, criminal and loan data are
not here but in ``model/specific.py``; they are kept in another collection, with stricter rights (UU 27/2022 art.
4(2)).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.model import consents, names

Document = dict[str, Any]

ADULT = 18
"""UU 18/2017 art. 5 a."""

NO_WISHES: Document = {
    "isco08": [],
    "destinations": [],
    "min_wage": None,
    "ready_within_days": None,
    "max_distance_km": None,
    "boarding_ok": None,
    "available": [],
}

DECLARED: Document = {
    "full_name": None,
    "birth_date": None,
    "sex": None,
    "regency": None,
    "district": None,
    "village": None,
    "phone": None,
    "education": None,
    "present_stay": None,
    "skills": [],
    "work_history": [],
    "languages": [],
    "certificates": [],
    "training_hours": [],
    "prior_programmes": [],
    "wishes": NO_WISHES,
}
"""Fields that a visitor may send, with what stands there when nothing was said. The NIK is handled apart: it is
sealed. A list may also be None: then nobody asked."""

LISTS = ("skills", "work_history", "languages", "certificates", "training_hours", "prior_programmes")


def begun(*, id: str, number: str, profile: Mapping[str, Any], centre: str | None, by: str) -> Document:
    """A new candidate from a validated profile; unknown facts stay unknown, they never become a default."""
    return {
        "_id": id,
        "number": number,
        "centre": centre,
        "registered_by": by,
        "nik": None,
        **DECLARED,
        **{field: profile[field] for field in DECLARED if field in profile},
        "consents": [],
        "requirements": {},
        "credits": {},
    }


def amended(document: Document, changes: Mapping[str, Any]) -> tuple[Document, list[str]]:
    """The document with the declared fields in ``changes`` replaced, and the names of those that really differ.

    ``None`` clears a field back to "not said"; of a list it says that nobody asked.
    """
    new = {
        field: DECLARED[field] if changes[field] is None and field not in LISTS else changes[field]
        for field in DECLARED
        if field in changes
    }
    differing = [field for field, value in new.items() if value != document.get(field)]
    return {**document, **new}, differing


def age(birth_date: str, today: date) -> int:
    """Completed years, both ends inclusive; somebody born on 29 February turns on 1 March in common years."""
    born = date.fromisoformat(birth_date)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def reviews(document: Document, today: date) -> list[str]:
    """What an officer should look at again, as codes. Nothing here refuses, ranks or blocks anybody."""
    found = list(document["nik"]["reviews"]) if document["nik"] else []
    consent = consents.open_consent(document["consents"], "MATCHING")
    under_age = document["birth_date"] is not None and age(document["birth_date"], today) < ADULT
    if under_age and consent and consent["given_by"] == "SELF":
        # UU 27/2022 art. 25: data of a child need the consent of a parent or guardian.
        found.append("guardian_consent_expected")
    if names.mixes_scripts(document["full_name"] or ""):
        found.append("name_mixes_scripts")
    return found


def person_key(document: Mapping[str, Any]) -> str | None:
    """Name, birthday and regency as one text: the natural key of somebody without a NIK. None when one is unknown.

    A name in other letters than ours stands as it is written, without accents and capitals.
    """
    name = names.folded(document["full_name"])
    if not (name and document["birth_date"] and document["regency"]):
        return None
    return f"{name}|{document['birth_date']}|{document['regency']}"
