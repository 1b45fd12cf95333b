"""A course in the words of schema.org (Course, CourseInstance), for search engines and catalogues.

Search engines ask of a course: one name, a description, who provides it, what it costs by category, and of each
instance how it is taught and how much time it takes:
https://developers.google.com/search/docs/appearance/structured-data/course-info. What is not known is left out.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.training.model.batch import status_on
from services.training.model.course import certificates
from shared import clock
from shared.codes import regencies, schemes

MODES = {"OFFLINE": "Onsite", "ONLINE": "Online", "BLENDED": "Blended", "HYBRID": "Blended"}

LESSON_MINUTES = 45
"""Of a jam pelajaran."""

PROVINCE = "Nusa Tenggara Timur"

Document = Mapping[str, Any]


def course_as_json_ld(course: Document, batches: Iterable[Document]) -> dict[str, Any]:
    """The JSON-LD document of one course; batches that nobody can join any more are left out."""
    open_batches = [batch for batch in batches if status_on(batch, clock.today()) in ("OPEN", "FULL")]
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "identifier": course["_id"],
            "courseCode": course["code"],
            "inLanguage": "id",
            "name": course["title"]["id"],
            "alternateName": course["title"]["en"],
            "description": _description(course),
            "provider": {"@type": "EducationalOrganization", "name": course["provider"]["name"]},
            "educationalCredentialAwarded": _credentials(course) or None,
            "teaches": [entry["text"] for entry in course["outcomes"]] or None,
            "offers": _offer(course["cost_to_trainee"]),
            "hasCourseInstance": [_instance(course, batch) for batch in open_batches] or [_instance(course, None)],
        }
    )


def _credentials(course: Document) -> list[dict[str, Any]]:
    """Every certificate that names its scheme, as people call it."""
    named = [one["scheme"] for one in certificates(course) if one.get("scheme")]
    return [
        {"@type": "EducationalOccupationalCredential", "identifier": scheme, "name": schemes.name(scheme)}
        for scheme in named
    ]


def _description(course: Document) -> str:
    said = [f"{course['title']['id']}: pelatihan oleh {course['provider']['name']}"]
    if course["lesson_hours"]:
        said.append(f"{course['lesson_hours']} jam pelajaran")
    taught = [entry["text"] for entry in course["outcomes"]]
    if taught:
        said.append(f"yang dipelajari: {', '.join(taught)}")
    return "; ".join(said) + "."


def _instance(course: Document, batch: Document | None) -> dict[str, Any]:
    """One batch; without one, how the course is taught whenever it is."""
    shown: dict[str, Any] = {
        "@type": "CourseInstance",
        "courseMode": MODES[course["mode"]],
        "courseWorkload": _workload(course),
    }
    if batch is not None:
        shown |= {
            "identifier": batch["_id"],
            "startDate": batch["starts"],
            "endDate": batch["ends"],
            "courseSchedule": _schedule(batch),
            "location": _place(batch) if course["mode"] != "ONLINE" else None,
            "maximumAttendeeCapacity": batch["seats"],
            "remainingAttendeeCapacity": max(0, batch["seats"] - batch["taken"]),
        }
    return _known(shown)


def _workload(course: Document) -> str | None:
    """The lessons as an ISO 8601 duration: 200 lessons of 45 minutes are ``PT150H``."""
    if not course["lesson_hours"]:
        return None
    hours, minutes = divmod(course["lesson_hours"] * LESSON_MINUTES, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"


def _schedule(batch: Document) -> dict[str, Any]:
    """From the first to the last day, week by week; which days of a week is not known."""
    days = (date.fromisoformat(batch["ends"]) - date.fromisoformat(batch["starts"])).days + 1
    return {
        "@type": "Schedule",
        "startDate": batch["starts"],
        "endDate": batch["ends"],
        "repeatFrequency": "Weekly",
        "repeatCount": -(-days // 7),
    }


def _place(batch: Document) -> dict[str, Any] | None:
    regency = regencies.name(batch["regency"] or "")
    address: dict[str, Any] = {
        "@type": "PostalAddress",
        "addressLocality": regency or None,
        "addressRegion": PROVINCE if regencies.in_ntt(batch["regency"]) else None,
        "addressCountry": "ID",
    }
    place = _known({"@type": "Place", "name": batch["place"] or regency or None, "address": _known(address)})
    return place if "name" in place else None


def _offer(cost: Document | None) -> dict[str, Any] | None:
    """What the course costs. A price that is not known makes no offer: it is neither free nor paid."""
    if cost is None:
        return None
    category = "Paid" if cost["amount"] else "Free"
    return {"@type": "Offer", "category": category, "price": cost["amount"], "priceCurrency": cost["currency"]}


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
