"""A course in the words of schema.org (Course, CourseInstance), for catalogues that read linked data."""

from collections.abc import Iterable, Mapping
from typing import Any

MODES = {"OFFLINE": "Onsite", "ONLINE": "Online", "BLENDED": "Blended", "HYBRID": "Blended"}


def course_as_json_ld(course: Mapping[str, Any], batches: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON-LD document of one course; batches that nobody can join any more are left out."""
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "identifier": course["_id"],
        "courseCode": course["code"],
        "name": [
            {"@language": "id", "@value": course["title"]["id"]},
            {"@language": "en", "@value": course["title"]["en"]},
        ],
        "provider": {"@type": "EducationalOrganization", "name": course["provider"]["name"]},
        "educationalCredentialAwarded": (course["certificate"] or {}).get("scheme"),
        "teaches": [entry["text"] for entry in course["outcomes"]],
        "offers": _offer(course["cost_to_trainee"]),
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "identifier": batch["_id"],
                "courseMode": MODES[course["mode"]],
                "startDate": batch["starts"],
                "endDate": batch["ends"],
                "location": batch["place"],
                "maximumAttendeeCapacity": batch["seats"],
                "remainingAttendeeCapacity": max(0, batch["seats"] - batch["taken"]),
            }
            for batch in batches
            if batch["status"] in ("OPEN", "FULL")
        ],
    }


def _offer(cost: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the course costs; a price that is not known is left out, for it is not nothing."""
    price = {"price": cost["amount"], "priceCurrency": cost["currency"]} if cost else {}
    return {"@type": "Offer", **price}
