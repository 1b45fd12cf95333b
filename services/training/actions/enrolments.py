"""Enrolments and referrals: a seat held for 72 hours, then step by step to a result that opens something."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.training import problems, says
from services.training.actions import batches, courses, seats
from services.training.actions.house import House, guard, own_only
from services.training.actions.judgements import NEED_ADMISSION, admitted, need_admission
from services.training.model import batch as batch_model
from services.training.model import course as course_model
from services.training.model import enrolment as model
from services.training.store import ENROLMENTS
from shared import clock, ids
from shared.codes import texts
from shared.documents.mongo import Document, Tx
from shared.events import contracts
from shared.events.envelope import Event
from shared.http.callers import Caller
from shared.http.cursors import any_of
from shared.http.problems import Conflict, Gone, NotYetVisible


def refer(caller: Caller, house: House, candidate_id: str, batch_id: str) -> Document:
    """Refer a person to a batch: the enrolment starts in APPLIED and its seat is held for 72 hours."""
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
    _batch_takes(courses.load(house, batch["course_id"], tx), batch)
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


def move(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Take the next step: select, enrol, complete, drop, or record the result of the competence test."""
    if changes.get("state") == "DROPPED":
        caller.need("enrolments:write", "referrals:write")
    else:
        # An office refers and withdraws; whether somebody sat in the course is the provider's word.
        caller.need("enrolments:write")

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        own_only(caller, doc["provider_id"])
        guard(doc, version)
        state: str = changes["state"] if "state" in changes else doc["state"]
        if state != doc["state"] and not model.may_follow(doc["state"], state):
            possible = ", ".join(model.FOLLOWS[doc["state"]]) or "-"
            raise problems.StepNotPossible(
                {
                    "id": f"Dari {doc['state']} tidak bisa ke {state}. Yang mungkin: {possible}.",
                    "en": f"{state} cannot follow {doc['state']}. Possible: {possible}.",
                }
            )
        if state != doc["state"]:
            doc = _let_in(tx, house, doc, state)
        if state == "DROPPED" and doc["state"] != "DROPPED":
            seats.give_back(tx, house, doc)
            return seats.let_go(tx, house, doc, changes.get("drop_reason") or "OTHER")
        return _advance(tx, house, doc, state, changes)

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One enrolment, for an office or for the provider whose batch it is in."""
    caller.need("enrolments:write", "referrals:write", "candidates:read")
    doc = load(house, id)
    own_only(caller, doc["provider_id"])
    return doc


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Enrolments of one person, of one batch, or everything that is the provider's or the office's own; the oldest
    first.

    Raises:
        Refused: somebody of no office names neither a person nor a batch; nobody browses everybody.
    """
    caller.need("enrolments:write", "referrals:write", "candidates:read")
    where: dict[str, Any] = {}
    if caller.kind == "provider":
        where["provider_id"] = caller.organisation
    if "candidate" in args:
        where["candidate_id"] = args["candidate"]
    if "batch" in args:
        where["batch_id"] = args["batch"]
    if not where and caller.centre:
        where["centre"] = caller.centre
    if not where:
        text = {"id": "Sebutkan candidate atau batch.", "en": "Name a candidate or a batch."}
        problems.refuse("", "filter_missing", text, where="query")
    if args.get("state"):
        where["state"] = any_of(args["state"])
    return house.store.page(ENROLMENTS, where, args, order="created_at")


def lapse(house: House, id: str) -> None:
    """The job that frees a seat nobody answered for in time; nothing to do when somebody has."""

    def work(tx: Tx) -> None:
        doc = house.store.enrolments.load(id, tx)
        if doc is None or doc.get("erased") or doc["state"] != "APPLIED":
            return
        seats.give_back(tx, house, doc)
        seats.let_go(tx, house, doc, "LAPSED")

    house.database.run(work)


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The enrolment, or the problem that there is none (any more)."""
    doc = house.store.enrolments.load(id, tx)
    if doc is None:
        raise problems.NoSuchEnrolment()
    if doc.get("erased"):
        raise problems.EnrolmentErased()
    return doc


def _let_in(tx: Tx, house: House, doc: Document, state: str) -> Document:
    """Stop unless the law lets the person into the batch for the first day it has now, which the enrolment remembers.

    Whoever sits in it is asked about again only where that day was moved since.
    """
    batch = batches.load(house, doc["batch_id"], tx)
    if state in NEED_ADMISSION:
        _need_approved(courses.load(house, doc["course_id"], tx))
    if state in NEED_ADMISSION or (state == "COMPLETED" and not admitted(doc, batch)):
        need_admission(tx, house, doc)
        return doc | {"admitted_for": batch["starts"]}
    return doc


def _advance(tx: Tx, house: House, doc: Document, state: str, changes: dict[str, Any]) -> Document:
    new = doc | {name: changes[name] for name in ("result", "certificate_number") if name in changes}
    new["state"] = state
    if state != "APPLIED":
        new["hold_until"] = None
        house.jobs.cancel(tx, seats.LAPSE, doc["_id"])
    if state != "COMPLETED" and changes.get("result"):
        raise problems.StepNotPossible(
            {
                "id": "Hasil uji dicatat sesudah kursus selesai. Kirim state COMPLETED lebih dulu, atau bersamaan.",
                "en": "A result is recorded once the course is completed. Send state COMPLETED first, or with it.",
            }
        )
    if state == "COMPLETED":
        new = _completed(house, doc, new, changes, tx)
    if new == doc:
        return doc
    kind = says.ENROLMENT_RESULTED if state == doc["state"] == "COMPLETED" else says.ENROLMENT_TYPE[state]
    return house.store.enrolments.change(tx, new, type=kind)


def _completed(house: House, doc: Document, new: Document, changes: dict[str, Any], tx: Tx) -> Document:
    batch = batches.load(house, doc["batch_id"], tx)
    finished = changes.get("finished_on") or doc["finished_on"] or batch["ends"]
    if finished < batch["ends"] or batch["ends"] > clock.today().isoformat():
        ends = {lang: texts.day(batch["ends"], lang) for lang in ("id", "en")}
        raise problems.StepNotPossible(
            {
                "id": f"Angkatan ini baru selesai {ends['id']}. Hasilnya bisa dicatat mulai hari itu.",
                "en": f"This batch ends only on {ends['en']}. Its results can be recorded from that day on.",
            }
        )
    if finished > clock.today().isoformat():
        raise problems.StepNotPossible(
            {
                "id": f"Tanggal selesai {texts.day(finished, 'id')} belum tiba. Isi hari ini atau sebelumnya.",
                "en": f"The last day, {texts.day(finished, 'en')}, has not come yet. Give today or a day before.",
            }
        )
    until = changes.get("certificate_until")
    course = courses.load(house, doc["course_id"], tx)
    _need_approved(course)
    gives = course_model.gives(
        course,
        finished_on=date.fromisoformat(finished),
        result=new["result"],
        certificate_until=date.fromisoformat(until) if until else None,
    )
    return new | {"finished_on": finished, "gives": gives}


def _need_approved(course: Document) -> None:
    """What a course gives counts as the province approved it, and not as its provider has reworded it since."""
    if course["review"]["state"] != "APPROVED":
        raise problems.CourseNotApproved()


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
        if other.get("erased") or other["state"] not in model.UNDER_WAY:
            continue
        if other["batch_id"] == batch["_id"]:
            raise problems.AlreadyEnrolled(
                {
                    "id": "Orang ini sudah terdaftar di angkatan ini; lihat pendaftaran yang ada.",
                    "en": "This person is in this batch already; see the existing enrolment.",
                },
                extra={"enrolment": other["_id"]},
            )
        if batch_model.overlap(batches.load(house, other["batch_id"], tx), batch):
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
