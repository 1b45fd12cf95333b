"""Batches: dates, place and seats. A batch is an aggregate of its own, so an enrolment never breaks a text edit."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from services.training import problems, says
from services.training.actions import courses, seats
from services.training.actions.house import House, guard, own_only
from services.training.model import batch as model
from services.training.model import enrolment as enrolments
from services.training.store import BATCHES
from shared import clock, ids
from shared.codes import texts
from shared.documents import replaced
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

FINISH = "finish_batch"


def plan(caller: Caller, house: House, course_id: str, data: dict[str, Any]) -> Document:
    """Add a batch to a course.

    Raises:
        NoSuchCourse: there is none.
        CodeTaken: the course has a batch of this number.
        CourseWithdrawn: it takes nobody any more.
    """
    caller.need("batches:write")

    def work(tx: Tx) -> Document:
        course = courses.load(house, course_id, tx)
        own_only(caller, course["provider_id"])
        if house.store.batch_by_number(course_id, data["number"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Angkatan {data['number']} sudah ada di kursus ini. Ubah yang ada, atau pakai nomor lain.",
                    "en": f"There is a batch {data['number']} of this course. Change that one, or use another number.",
                }
            )
        return create(tx, house, course, data)

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Change dates, place, seats or state of a batch."""
    caller.need("batches:write")

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        own_only(caller, doc["provider_id"])
        guard(doc, version)
        return alter(tx, house, doc, changes)

    return house.database.run(work)


def put(tx: Tx, house: House, course: Document, data: dict[str, Any]) -> tuple[Document, bool]:
    """State a batch by its number inside a running transaction. Returns it and whether it is new."""
    doc = house.store.batch_by_number(course["_id"], data["number"], tx)
    if doc is None:
        return create(tx, house, course, data), True
    return alter(tx, house, doc, data), False


def create(tx: Tx, house: House, course: Document, data: dict[str, Any]) -> Document:
    """A new batch inside a running transaction.

    Raises:
        CourseWithdrawn: the course takes nobody any more.
    """
    if course["status"] == "WITHDRAWN":
        raise problems.CourseWithdrawn()
    doc = {
        "_id": ids.new(),
        "listed": True,
        "course_id": course["_id"],
        "provider_id": course["provider_id"],
        "taken": 0,
        "closes": None,
        "regency": None,
        "place": None,
        "seats_confirmed_at": _now(),
        **data,
    }
    _check_dates(doc)
    doc["status"] = model.status_on(doc, clock.today())
    kind = says.BATCH_PLANNED if doc["status"] == "PLANNED" else says.BATCH_OPENED
    house.jobs.put(tx, FINISH, str(doc["_id"]), _day_after(doc["ends"]))
    return house.store.batches.create(tx, doc, type=kind)


def alter(tx: Tx, house: House, doc: Document, changes: dict[str, Any]) -> Document:
    """Apply changes inside a running transaction; seats never fall below the people in them.

    Raises:
        SeatsBelowTaken: fewer seats than people who hold one.
        BatchHasPeople: it has begun with them, or would move to days that are over.
        Refused: dates in the wrong order, or fewer days than the lessons take for those who are in it.
    """
    new = doc | changes
    today = clock.today()
    new["status"] = model.status_on(new, today)
    if new == doc | {"status": model.status_on(doc, today)}:
        return doc  # that days pass is nobody's change
    if new["seats"] != doc["seats"]:
        new["seats_confirmed_at"] = _now()
    new[replaced.FIELD] = replaced.remembered(doc, new, model.PLANNED_BY_PEOPLE)
    _check_dates(new)
    if new["seats"] < new["taken"]:
        raise problems.SeatsBelowTaken(
            {
                "id": f"Sudah ada {new['taken']} peserta. Isi kursi dengan {new['taken']} atau lebih.",
                "en": f"There are {new['taken']} people already. Enter {new['taken']} seats or more.",
            }
        )
    moved = (new["starts"], new["ends"]) != (doc["starts"], doc["ends"])
    # By its days, whatever state people set: a batch that is called planned again has begun all the same.
    if new["taken"] and moved and doc["starts"] <= today.isoformat():
        raise problems.BatchHasPeople(
            {
                "id": "Angkatan ini sudah berjalan; tanggalnya tidak bisa diubah lagi.",
                "en": "This batch has begun; its dates can no longer be changed.",
            }
        )
    if new["taken"] and moved and new["starts"] < today.isoformat():
        raise problems.BatchHasPeople(
            {
                "id": "Angkatan ini punya peserta; pelatihannya tidak bisa dimulai pada hari yang sudah lewat.",
                "en": "There are people in this batch; their training cannot begin on a day that is over.",
            }
        )
    if new["taken"] and moved and model.days_of(new) < model.days_of(doc):
        _check_hours(courses.load(house, doc["course_id"], tx), new)
    if new["status"] == "CANCELLED" and doc["status"] != "CANCELLED":
        return _cancel(tx, house, new)
    house.jobs.put(tx, FINISH, doc["_id"], _day_after(new["ends"]))
    kind = says.BATCH_OPENED if doc["status"] == "PLANNED" and new["status"] == "OPEN" else says.BATCH_CHANGED
    return house.store.batches.change(tx, new, type=kind)


def page(house: House, course_id: str, args: Mapping[str, Any]) -> Document:
    """The batches of a course. Whoever is known may read them."""
    courses.load(house, course_id)
    return house.store.page(BATCHES, {"course_id": course_id}, args)


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The batch, or the problem that there is none."""
    doc = house.store.batches.load(id, tx)
    if doc is None:
        raise problems.NoSuchBatch()
    return doc


def finish(house: House, id: str) -> datetime | None:
    """The job of the day after the last one: the batch says that it is done. Returns when to look again, or None."""

    def work(tx: Tx) -> datetime | None:
        doc = house.store.batches.load(id, tx)
        if doc is None or doc["status"] in ("DONE", "CANCELLED", "PLANNED"):
            return None
        if model.status_on(doc, clock.today()) == "DONE":
            house.store.batches.change(tx, doc | {"status": "DONE"}, type=says.BATCH_FINISHED)
            return None
        return _day_after(doc["ends"])

    return house.database.run(work)


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")


def _day_after(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), clock.PROVINCE)


def _cancel(tx: Tx, house: House, new: Document) -> Document:
    """A cancelled batch lets its people go, each with the reason, in the same transaction."""
    for enrolment in house.store.enrolments_in(new["_id"], tx):
        if not enrolment.get("erased") and enrolment["state"] in enrolments.UNDER_WAY:
            seats.let_go(tx, house, enrolment, "BATCH_CANCELLED")
    return house.store.batches.change(tx, new | {"taken": 0}, type=says.BATCH_CANCELLED)


def _check_hours(course: Document, doc: Document) -> None:
    """Whoever is in it was promised these lessons, and is certified for them on its last day."""
    hours, days = course["lesson_hours"], model.days_of(doc)
    if not model.hours_fit(hours, doc):
        problems.refuse(
            "/ends",
            "hours_do_not_fit",
            {
                "id": f"Angkatan ini punya peserta, dan {hours} JP tidak muat dalam {days} hari. Ketik tanggal selesai"
                " yang lebih kemudian.",
                "en": f"There are people in this batch, and {hours} lessons do not fit into {days}"
                f" {'day' if days == 1 else 'days'}. Type a later last day.",
            },
        )


def _check_dates(doc: Document) -> None:
    if doc["ends"] < doc["starts"]:
        problems.refuse(
            "/ends",
            "ends_before_starts",
            {
                "id": f"Tanggal selesai ({texts.day(doc['ends'], 'id')}) lebih awal daripada tanggal mulai"
                f" ({texts.day(doc['starts'], 'id')}). Ketik tanggal sesudahnya.",
                "en": f"The last day ({texts.day(doc['ends'], 'en')}) is before the first"
                f" ({texts.day(doc['starts'], 'en')}). Type a day after it.",
            },
        )
    if doc["closes"] is not None and doc["closes"] > doc["starts"]:
        problems.refuse(
            "/closes",
            "closes_after_start",
            {
                "id": f"Pendaftaran tutup {texts.day(doc['closes'], 'id')}, sesudah kursus mulai"
                f" ({texts.day(doc['starts'], 'id')}). Ketik tanggal tutup sebelum kursus mulai.",
                "en": f"Registration closes on {texts.day(doc['closes'], 'en')}, after the course begins"
                f" ({texts.day(doc['starts'], 'en')}). Type a closing day before it begins.",
            },
        )
