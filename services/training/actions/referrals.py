"""Referrals: may this person have a seat of this batch? If so it is held for 72 hours, and an enrolment begins."""

from typing import Any

from services.training import problems, says
from services.training.actions import batches, courses, seats
from services.training.actions.house import House, own_only
from services.training.model import batch as batch_model
from services.training.model import enrolment as model
from shared import clock, ids
from shared.codes import texts
from shared.documents.mongo import Document, Tx
from shared.events import contracts
from shared.events.envelope import Event
from shared.http.callers import Caller
from shared.http.problems import Conflict, Gone, NotYetVisible


def refer(caller: Caller, house: House, candidate_id: str, batch_id: str) -> Document:
    """Refer a person to a batch: the enrolment starts in APPLIED and its seat is held for 72 hours.

    Raises:
        NoSuchBatch, BatchClosed: it takes nobody; the message says why and what to do instead.
        PersonNotKnownYet, PersonMerged, NoConsent: the person cannot be referred (yet).
        AlreadyEnrolled, DatesOverlap: another enrolment stands in the way, whose id the answer has.
    """
    caller.need("referrals:write", "enrolments:write")

    def work(tx: Tx) -> Document:
        own_only(caller, batches.load(house, batch_id, tx)["provider_id"])
        return _refer(tx, house, ids.new(), candidate_id, batch_id, caller.centre)

    return house.database.run(work)


def asked_for(house: House, tx: Tx, event: Event) -> None:
    """A decision on a recommendation asks for a seat: the enrolment of that id, or why there is none.

    What cannot be is an enrolment that ended at once, so that whoever decided reads why where they look for it.

    Raises:
        Refused: there is no such batch.
        PersonNotKnownYet: the person was not heard of yet; the event is taken again a moment later.
    """
    asked = event.data and event.data.get("referral")
    if not event.data or not asked or house.store.enrolments.load(asked["enrolment_id"], tx) is not None:
        return
    person, batch_id = event.data["candidate_id"], asked["batch_id"]
    if house.store.batches.load(batch_id, tx) is None:
        raise contracts.Refused(f"{event.topic}: the batch of decision {event.key} is not known here.")
    try:
        _may_be_referred(tx, house, person, batch_id)
    except NotYetVisible:
        raise
    except (Conflict, Gone) as refused:
        _not_referred(tx, house, asked, person, refused.code)
    else:
        _refer(tx, house, asked["enrolment_id"], person, batch_id, asked["centre"])


def _may_be_referred(tx: Tx, house: House, candidate_id: str, batch_id: str) -> None:
    batch = batches.load(house, batch_id, tx)
    person_may_come(house, candidate_id, tx)
    course = courses.load(house, batch["course_id"], tx)
    _batch_takes(course, batch)
    courses.need_teaching(tx, house, course, batch["starts"])
    _calendar_is_free(house, candidate_id, batch, tx)


def _refer(tx: Tx, house: House, id: str, candidate_id: str, batch_id: str, centre: str | None) -> Document:
    _may_be_referred(tx, house, candidate_id, batch_id)
    batch = batches.load(house, batch_id, tx)
    seats.move(tx, house, batch, 1)
    held_until = clock.now() + model.SEAT_HOLD
    house.jobs.put(tx, seats.LAPSE, id, held_until)
    begun = _begun(id, candidate_id, batch, centre) | {"hold_until": _instant(held_until)}
    return house.store.enrolments.create(tx, begun, type=says.ENROLMENT_APPLIED)


def _not_referred(tx: Tx, house: House, asked: Document, candidate_id: str, code: str) -> None:
    batch = batches.load(house, asked["batch_id"], tx)
    gone = _begun(asked["enrolment_id"], candidate_id, batch, asked["centre"])
    ended = {"state": "DROPPED", "drop_reason": "NOT_POSSIBLE", "refused": code}
    house.store.enrolments.create(tx, gone | ended, type=says.ENROLMENT_DROPPED)


def _begun(id: str, candidate_id: str, batch: Document, centre: str | None) -> Document:
    return {
        "_id": id,
        "candidate_id": candidate_id,
        "course_id": batch["course_id"],
        "batch_id": batch["_id"],
        "provider_id": batch["provider_id"],
        "centre": centre,
        "state": "APPLIED",
        "hold_until": None,
        "finished_on": None,
        "result": None,
        "drop_reason": None,
        "certificate_number": None,
        "gives": None,
    }


def lapse(house: House, id: str) -> None:
    """The job that frees a seat nobody answered for in time; nothing to do when somebody has."""

    def work(tx: Tx) -> None:
        doc = house.store.enrolments.load(id, tx)
        if doc is None or doc.get("erased") or doc["state"] != "APPLIED":
            return
        seats.give_back(tx, house, doc)
        seats.let_go(tx, house, doc, "LAPSED")

    house.database.run(work)


def person_may_come(house: House, candidate_id: str, tx: Tx) -> None:
    """Stop unless the person is known here and has agreed; takes turns with their erasure."""
    person = house.store.person(candidate_id, tx)
    if person is None:
        raise problems.PersonNotKnownYet(
            {
                "id": "Jika baru saja didaftarkan, coba lagi sebentar. Jika tidak, periksa nomor calonnya.",
                "en": "If they were registered a moment ago, try again shortly. Otherwise check candidate_id.",
            }
        )
    if person.get("merged_into"):
        raise problems.PersonMerged(person["merged_into"])
    if person.get("erased") or person["consent"] != "GIVEN":
        raise problems.NoConsent(
            {
                "id": "Catat dulu persetujuan calon di halaman datanya sebelum merujuk.",
                "en": "Record the candidate's consent on their page before referring them.",
            }
        )


def _batch_takes(course: Document, batch: Document) -> None:
    if course["status"] == "WITHDRAWN" or course["review"]["state"] != "APPROVED":
        raise problems.BatchClosed(
            {
                "id": "Kursus ini belum ditinjau atau sudah ditarik. Pilih kursus yang sudah disetujui.",
                "en": "This course has not been reviewed, or was withdrawn. Choose an approved one.",
            }
        )
    today = clock.today()
    if not batch_model.takes_registrations(batch, today):
        raise problems.BatchClosed(_why_closed(batch, batch_model.status_on(batch, today)))


def _why_closed(batch: Document, status: str) -> dict[str, str]:
    """Why nobody can register, and what to do instead."""
    why = {
        "PLANNED": ("Pendaftaran angkatan ini belum dibuka.", "This batch does not take registrations yet."),
        "FULL": ("Kursinya penuh.", "Its seats are taken."),
        "RUNNING": ("Angkatan ini sudah berjalan.", "This batch has begun."),
        "DONE": ("Angkatan ini sudah selesai.", "This batch is over."),
        "CANCELLED": ("Angkatan ini dibatalkan.", "This batch was cancelled."),
    }.get(status)
    if why is None:
        closes = [texts.day(batch["closes"] or batch["starts"], lang) for lang in ("id", "en")]
        why = f"Pendaftarannya ditutup {closes[0]}.", f"Its registration closed on {closes[1]}."
    return {"id": f"{why[0]} Pilih angkatan berikutnya.", "en": f"{why[1]} Choose the next batch."}


def _calendar_is_free(house: House, candidate_id: str, batch: Document, tx: Tx) -> None:
    for other in house.store.enrolments_of(candidate_id, tx):
        if other.get("erased") or other["state"] not in model.HOLDS_A_SEAT:
            continue
        if other["batch_id"] == batch["_id"]:  # also one that they have completed, on its last day
            raise problems.AlreadyEnrolled(
                {
                    "id": "Orang ini sudah terdaftar di angkatan ini; lihat pendaftaran yang ada.",
                    "en": "This person is in this batch already; see the existing enrolment.",
                },
                extra={"enrolment": other["_id"]},
            )
        if other["state"] in model.UNDER_WAY and batch_model.overlap(batches.load(house, other["batch_id"], tx), batch):
            raise problems.DatesOverlap(
                {
                    "id": "Pilih angkatan lain, atau batalkan dulu pendaftaran yang bertabrakan.",
                    "en": "Choose another batch, or drop the enrolment it collides with first.",
                },
                extra={"enrolment": other["_id"]},
            )


def _instant(moment: Any) -> str:
    text: str = moment.isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")
