"""Whoever wants to know what a course gives, and when a change of it needs a new review, asks here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

MODES = ("OFFLINE", "ONLINE", "BLENDED", "HYBRID")
FUNDING = ("APBN", "APBD", "CSR", "P3MI", "KUR", "SELF")
REVIEW_REASONS = ("NOT_ACCREDITED", "UNCLEAR_OUTCOMES", "WRONG_CERTIFICATE", "UNLAWFUL_COST", "DUPLICATE", "OTHER")

# Certificates usually hold for three years (domain fact: LSP practice under BNSP); a course may say otherwise.
DEFAULT_VALID_MONTHS = 36

# What a reviewer looked at. A change of any of these sends the course back to review, so that nobody can have a cheap,
# honest course approved and then turn it into another one.
REVIEWED = (
    "title", "programme", "isco08", "outcomes", "skkni_units", "kkni_level", "certificate", "certificates", "languages",
    "lesson_hours", "hours_for", "mode", "boarding", "cost_to_trainee", "funding", "destinations", "prerequisites",
)  # fmt: skip

GIVEN = ("isco08", "outcomes", "certificate", "certificates", "languages", "hours_for")
"""Of these is made what somebody holds after the course."""

Document = Mapping[str, Any]


def certificates(course: Document) -> list[Document]:
    """Every certificate that the course leads to; courses from before there could be several name only the one."""
    one = course.get("certificate")
    return list(course.get("certificates") or ([one] if one else []))


def differs(before: Document, after: Document) -> bool:
    """Whether anything that a reviewer looked at has changed."""
    one_by_one = any(before.get(name) != after.get(name) for name in REVIEWED if name != "certificates")
    return one_by_one or certificates(before) != certificates(after)


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of that month where it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")


def approved_texts(course: Document) -> list[dict[str, Any]]:
    """Every text that the province approved, the oldest first: `{on, text}`, the day (ISO) and what the course gives.

    The one that stands now is the last, if it is approved; one that was approved again is the same text.
    """
    texts: list[dict[str, Any]] = list(course.get("approved_texts", ()))
    text = {name: course[name] for name in GIVEN if name in course}
    if course["review"]["state"] == "APPROVED" and (not texts or texts[-1]["text"] != text):
        texts.append({"on": course["review"]["on"], "text": text})
    return texts


def taught(course: Document, first_day: str) -> dict[str, Any]:
    """What an approved course gives to whoever began on this day (ISO): what was approved on it or later is taught to
    others, unless nothing was before."""
    texts = approved_texts(course)
    before: list[dict[str, Any]] = [one["text"] for one in texts if one["on"] < first_day]
    return before[-1] if before else dict(texts[0]["text"])


def holds_until(course: Document, finished_on: date) -> date:
    """The last day that the longest of its certificates holds for whoever finished on this day."""
    terms = [one.get("valid_months") or DEFAULT_VALID_MONTHS for one in certificates(course)]
    return add_months(finished_on, max(terms, default=DEFAULT_VALID_MONTHS))


def gives(
    course: Document, *, finished_on: date, result: str | None, certificate_until: date | None = None
) -> dict[str, Any]:
    """What one person holds after the course: `{hours, certificates, languages, skills}` as on the wire.

    Hours, skills and the completion certificate count once the course is completed. A competence certificate, a
    licence, a skill test or a language result is another body's word: it counts only when the result is COMPETENT.
    Training completion is not competence, so the kind of a certificate always tells the two apart.
    """
    held: list[dict[str, Any]] = []
    languages: list[dict[str, Any]] = []
    isco08 = course["isco08"][0] if course["isco08"] else None
    passed = result == "COMPETENT"
    for certificate in certificates(course):
        if certificate["kind"] != "COMPLETION" and not passed:
            continue
        until = certificate_until or add_months(finished_on, certificate.get("valid_months") or DEFAULT_VALID_MONTHS)
        held.append(
            {
                "kind": certificate["kind"],
                "scheme": certificate.get("scheme"),
                "isco08": isco08,
                "valid_from": finished_on.isoformat(),
                "valid_until": until.isoformat(),
            }
        )
    if passed:
        languages = [{**entry, "valid_until": None} for entry in course.get("languages", ())]
    return {
        "hours": [dict(entry) for entry in course.get("hours_for", ())],
        "certificates": held,
        "languages": languages,
        "skills": sorted({entry["code"] for entry in course.get("outcomes", ()) if entry.get("code")}),
    }


def may_begin_on(course: Document, first_day: str) -> bool:
    """Whether a batch of this course may begin on this day (ISO): accredited, its provider active and licensed.

    Matching says the same (`pathway/catalogue.teaches_on`): nobody is let into what is never recommended.
    """
    provider, period = course["provider"], course["accreditation"]
    return (
        bool(provider["active"])
        and period is not None
        and _within(first_day, period["from"], period["until"])
        and _within(first_day, provider.get("licence_from"), provider.get("licence_until"))
    )


def _within(day: str, first: str | None, last: str | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
