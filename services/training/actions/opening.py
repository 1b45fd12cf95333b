"""What anybody may join now: batches of approved courses that take registrations, with the seats that are left."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.training.actions.house import House
from services.training.model import batch as model
from services.training.model.course import certificates, may_begin_on
from services.training.store import COURSES
from shared import clock
from shared.codes.sectors import sector_of
from shared.documents.mongo import Document

MOST = 1_000
"""Batches in one answer; a province has a few hundred open at a time. What is left out is counted."""


def listed(house: House, args: Mapping[str, Any]) -> Document:
    """`{items, left_out, as_of}`, the soonest first. `args`: `regency`, `sector`, both may be missing."""
    found = sorted(_open(house, args), key=lambda one: (one["starts"], one["ends"], one["batch_id"]))
    return {"items": found[:MOST], "left_out": max(len(found) - MOST, 0), "as_of": clock.now()}


def _open(house: House, args: Mapping[str, Any]) -> Iterator[Document]:
    today = clock.today()
    batches = [row for row in house.store.open_batches(today.isoformat()) if model.takes_registrations(row, today)]
    courses = house.store.several(COURSES, {row["course_id"] for row in batches})
    for batch in batches:
        course = courses.get(batch["course_id"])
        if course is None or not on_offer(course, batch["starts"]):
            continue
        sectors = _sectors(course)
        if args.get("regency") in (None, batch["regency"]) and (
            args.get("sector") is None or args["sector"] in sectors
        ):
            yield _shown(course, batch, sectors)


def on_offer(course: Document, first_day: str) -> bool:
    """Approved, not withdrawn, and may begin on the first day of the batch."""
    return (
        course["review"]["state"] == "APPROVED" and course["status"] != "WITHDRAWN" and may_begin_on(course, first_day)
    )


def _sectors(course: Document) -> list[str]:
    return sorted({sector_of(code) for code in course["isco08"]}) or [sector_of(None)]


def _shown(course: Document, batch: Document, sectors: list[str]) -> Document:
    return {
        "course_id": course["_id"],
        "batch_id": batch["_id"],
        "title": course["title"],
        "provider": course["provider"]["name"],
        "sectors": sectors,
        "certificates": [{"kind": one["kind"], "scheme": one.get("scheme")} for one in certificates(course)],
        "lesson_hours": course["lesson_hours"],
        "boarding": course["boarding"],
        "cost_to_trainee": course["cost_to_trainee"],
        **{name: batch[name] for name in ("number", "starts", "ends", "closes", "regency", "place", "seats")},
        "seats_left": batch["seats"] - batch["taken"],
    }
