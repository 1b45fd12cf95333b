"""For hears: what finished training adds to a candidate, once for each enrolment however often it is told.

A candidate document keeps one credit for each enrolment id, whole, beside what the person declares. So a repeated or
late event changes nothing, several enrolments add up, and a corrected result replaces exactly what it corrected.
"""

from typing import Any

Document = dict[str, Any]

PARTS = ("hours", "certificates", "languages", "skills")
"""What training can add."""


def credited(document: Document, enrolment: Document) -> Document | None:
    """The candidate with this enrolment counted as it stands now, or None when nothing changes.

    ``enrolment`` is the payload of ``training.enrolments.v1``; ``gives: null`` means that it gives nothing (yet, or any
    more): the credit then stays behind empty, so that an older version, told late, cannot fill it again.
    """
    known = document["credits"].get(enrolment["id"])
    if known is not None and known["version"] >= enrolment["version"]:
        return None
    gives = enrolment["gives"]
    if gives is None and known is None:
        return None
    credit = {
        "version": enrolment["version"],
        "course_id": enrolment["course_id"],
        "finished_on": enrolment["finished_on"],
        **{part: gives[part] if gives else [] for part in PARTS},
    }
    return {**document, "credits": {**document["credits"], enrolment["id"]: credit}}


def with_credits(document: Document) -> Document:
    """What the person declared followed by what training added: the lists as visitors see them and as events carry
    them.

    An entry from training names its ``enrolment``. Declared entries come first, so that ``skills/2`` means the same
    before and after a course.
    """
    skills, languages = list(document["skills"]), list(document["languages"])
    certificates, hours = list(document["certificates"]), list(document["training_hours"])
    for enrolment, credit in sorted(
        document["credits"].items(), key=lambda pair: (pair[1]["finished_on"] or "", pair[0])
    ):
        skills += [_skill(code, enrolment) for code in credit["skills"]]
        languages += [{**language, "enrolment": enrolment} for language in credit["languages"]]
        certificates += [
            {**certificate, "title": None, "number": None, "issuer": None, "enrolment": enrolment}
            for certificate in credit["certificates"]
        ]
        hours += [{**entry, "enrolment": enrolment} for entry in credit["hours"]]
    return {
        **document,
        "skills": skills,
        "languages": languages,
        "certificates": certificates,
        "training_hours": hours,
    }


def _skill(code: str, enrolment: str) -> Document:
    return {
        "text": None,
        "source": "TRAINING",
        "months": None,
        "codes": [{"code": code, "similarity": 1.0}],
        "enrolment": enrolment,
    }
