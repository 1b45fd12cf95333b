"""For the relay, through the outbox: what the registry tells the other houses of a candidate, and why.

Codes, dates and states only. A name, NIK, phone, village, document number, diagnosis or a person's own words never
leave; a reason elsewhere points back to them by position (``skills/2``) and a visitor with rights reads them here.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from services.registry.model import credits, specific
from shared.codes import schemes, study
from shared.profiles import consents

Document = dict[str, Any]

CANDIDATES = "registry.candidates.v1"


class Type(str, Enum):
    REGISTERED = "registry.candidate.registered"
    CHANGED = "registry.candidate.changed"
    CONSENT_GIVEN = "registry.candidate.consent_given"
    CONSENT_WITHDRAWN = "registry.candidate.consent_withdrawn"
    ERASED = "registry.candidate.erased"
    ANNOUNCED = "registry.candidate.announced"


def candidate(document: Document) -> Document:
    """The payload of ``registry.candidates.v1``; ``document["beside"]`` is the specific data, or None.

    Without consent to matching, id, version and the state of the consent are all that is said; of a record that was
    merged into another one, also which.
    """
    if document.get("merged_into"):
        pointer = {"consent": "NONE", "merged_into": document["merged_into"]}
        return {"id": document["_id"], "version": document["version"], **pointer}
    consent = consents.state(document["consents"])
    told = {"id": document["_id"], "version": document["version"], "consent": consent}
    if consent != "GIVEN":
        return told
    whole = credits.with_credits(document)
    return {
        **told,
        "birth_date": whole["birth_date"],
        "sex": whole["sex"],
        "home_regency": whole["regency"],
        "education": _education(whole["education"]),
        "skills": None
        if whole["skills"] is None
        else [
            {**found, "source": skill["source"], "months": skill["months"], "evidence": f"skills/{place}"}
            for place, skill in enumerate(whole["skills"])
            for found in skill["codes"]
        ],
        "occupations": None
        if whole["work_history"] is None
        else [_occupation(place, job) for place, job in enumerate(whole["work_history"]) if job["isco08"]],
        "languages": _parts(whole["languages"], "language", "test", "result", "cefr", "valid_until"),
        "certificates": _listed(
            _parts(whole["certificates"], "kind", "scheme", "isco08", "valid_from", "valid_until"),
            "scheme",
            schemes.listed,
        ),
        "training_hours": _parts(whole["training_hours"], "isco08", "destination", "hours"),
        "prior_programmes": _listed(
            _parts(whole["prior_programmes"], "kind", "field", "finished"), "field", study.listed
        ),
        "requirements": {
            code: {"status": record["status"], "valid_until": record["valid_until"]}
            for code, record in whole["requirements"].items()
        },
        "wishes": whole["wishes"],
        "present_stay": whole.get("present_stay"),
        **specific.told(document.get("beside")),
    }


def _education(education: Document | None) -> Document | None:
    return education and {**education, "field": study.listed(education["field"])}


def _listed(
    parts: list[Document] | None, name: str, listed: Callable[[str | None], str | None]
) -> list[Document] | None:
    """Codes that are on no list stay here: in capitals too a number is a number, and a name a name."""
    return parts and [{**part, name: listed(part[name])} for part in parts]


def _occupation(place: int, job: Document) -> Document:
    return {
        "isco08": job["isco08"],
        "months": job["months"],
        "country": job["country"],
        "similarity": job["similarity"],
        "evidence": f"work_history/{place}",
    }


def _parts(entries: list[Document] | None, *names: str) -> list[Document] | None:
    """Only these members of each entry; None where nobody asked."""
    return None if entries is None else [{name: entry[name] for name in names} for entry in entries]
