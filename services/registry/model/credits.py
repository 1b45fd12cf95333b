"""For hears: what finished training adds to a candidate, once for each enrolment however often it is told.

A candidate document keeps one credit for each enrolment id, whole, beside what the person declares. So an event told
twice changes nothing, several enrolments add up, and a corrected result replaces exactly what it corrected.
"""

from typing import Any

Document = dict[str, Any]

PARTS = ("hours", "certificates", "languages", "skills")
"""What training can add."""


def credited(document: Document, enrolment: Document) -> Document | None:
    """The candidate with this enrolment counted as it stands now, or None when nothing changes.

    ``enrolment`` is the payload of ``training.enrolments.v1``, never an older one than the last (the listener's inbox
    sees to that); ``gives: null`` means that it gives nothing (yet, or any more).
    """
    counted: dict[str, Document] = document["credits"]
    gives, known = enrolment["gives"], counted.get(enrolment["id"])
    others = {id: credit for id, credit in counted.items() if id != enrolment["id"]}
    if gives is None:
        return {**document, "credits": others} if known else None
    credit = {
        "course_id": enrolment["course_id"],
        "finished_on": enrolment["finished_on"],
        **{part: gives[part] for part in PARTS},
    }
    return None if credit == known else {**document, "credits": {**others, enrolment["id"]: credit}}


def with_credits(document: Document) -> Document:
    """What the person declared followed by what training added: the lists as visitors see them and as events carry
    them.

    An entry from training names its ``enrolment``. Declared entries come first, so that ``skills/2`` means the same
    before and after a course. A list that nobody asked for stays None until training adds to it.
    """
    skills, languages = list(document["skills"] or ()), list(document["languages"] or ())
    certificates, hours = list(document["certificates"] or ()), list(document["training_hours"] or ())
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
    whole = {"skills": skills, "languages": languages, "certificates": certificates, "training_hours": hours}
    return {**document, **{name: entries or document[name] for name, entries in whole.items()}}


def _skill(code: str, enrolment: str) -> Document:
    return {
        "text": None,
        "source": "TRAINING",
        "months": None,
        "codes": [{"code": code, "similarity": 1.0}],
        "enrolment": enrolment,
    }
