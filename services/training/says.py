"""What the training house tells others: the state of a course, a batch or an enrolment, and why it changed."""

from collections.abc import Mapping
from typing import Any

from services.training.model.course import certificates
from shared import clock

COURSES = "training.courses.v1"
BATCHES = "training.batches.v1"
ENROLMENTS = "training.enrolments.v1"

COURSE_SUBMITTED = "training.course.submitted"
COURSE_CHANGED = "training.course.changed"
COURSE_APPROVED = "training.course.approved"
COURSE_REJECTED = "training.course.rejected"
COURSE_WITHDRAWN = "training.course.withdrawn"

BATCH_PLANNED = "training.batch.planned"
BATCH_OPENED = "training.batch.opened"
BATCH_CHANGED = "training.batch.changed"
BATCH_SEATS_CHANGED = "training.batch.seats_changed"
BATCH_CANCELLED = "training.batch.cancelled"
BATCH_FINISHED = "training.batch.finished"

ENROLMENT_APPLIED = "training.enrolment.applied"
ENROLMENT_SELECTED = "training.enrolment.selected"
ENROLMENT_ENROLLED = "training.enrolment.enrolled"
ENROLMENT_COMPLETED = "training.enrolment.completed"
ENROLMENT_DROPPED = "training.enrolment.dropped"
ENROLMENT_LAPSED = "training.enrolment.lapsed"
ENROLMENT_RESULTED = "training.enrolment.resulted"

# Told again because somebody asked for it; nothing has happened.
COURSE_ANNOUNCED = "training.course.announced"
BATCH_ANNOUNCED = "training.batch.announced"
ENROLMENT_ANNOUNCED = "training.enrolment.announced"

ENROLMENT_TYPE = {
    "SELECTED": ENROLMENT_SELECTED,
    "ENROLLED": ENROLMENT_ENROLLED,
    "COMPLETED": ENROLMENT_COMPLETED,
    "DROPPED": ENROLMENT_DROPPED,
}

Document = Mapping[str, Any]


def course(doc: Document) -> dict[str, Any]:
    """The public state of a course: shared/contracts/training/courses.v1."""
    return {
        "id": doc["_id"],
        "version": doc["version"],
        "code": doc["code"],
        "provider": doc["provider"],
        "title": doc["title"],
        "isco08": doc["isco08"],
        # Words that no code was found for stay in the house; matching cannot use them and the wire carries codes only.
        "outcomes": [
            {"code": entry["code"], "similarity": entry["similarity"]} for entry in doc["outcomes"] if entry["code"]
        ],
        "skkni_units": doc["skkni_units"],
        "kkni_level": doc["kkni_level"],
        "certificate": doc["certificate"],
        "certificates": certificates(doc),
        "languages": doc["languages"],
        "lesson_hours": doc["lesson_hours"],
        "hours_for": doc["hours_for"],
        "mode": doc["mode"],
        "boarding": doc["boarding"],
        "cost_to_trainee": doc["cost_to_trainee"],
        "funding": doc["funding"],
        "destinations": doc["destinations"],
        "prerequisites": doc["prerequisites"],
        "review": doc["review"]["state"],
        "accreditation": doc["accreditation"],
        "status": doc["status"],
    }


BATCH = ("version", "course_id", "number", "starts", "ends", "closes", "regency", "place", "seats", "taken", "status")
ENROLMENT = (
    "version", "candidate_id", "course_id", "batch_id", "state", "hold_until", "finished_on", "result", "drop_reason",
    "gives", "provider_id",
)  # fmt: skip


def batch(doc: Document) -> dict[str, Any]:
    """The public state of a batch: shared/contracts/training/batches.v1."""
    return {"id": doc["_id"], **{name: doc[name] for name in BATCH}}


def enrolment(doc: Document) -> dict[str, Any]:
    """The public state of an enrolment, without the certificate's number: shared/contracts/training/enrolments.v1."""
    told = {"id": doc["_id"], **{name: doc[name] for name in ENROLMENT}}
    return {**told, "ended_on": _ended_on(doc)}


def _ended_on(doc: Document) -> str | None:
    """The day, in the province, on which it was completed or dropped; None while it goes on."""
    if doc["state"] == "DROPPED":
        day: str = doc.get("ended_on") or clock.day_of(doc["updated_at"]).isoformat()
        return day
    finished: str | None = doc["finished_on"]
    return finished
