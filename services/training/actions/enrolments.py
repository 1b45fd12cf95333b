"""Enrolments: step by step from a held seat to a result that opens something."""

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
from shared import clock
from shared.codes import texts
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.cursors import any_of

_AS_FAR = {"SELECTED": ("SELECTED", "ENROLLED"), "ENROLLED": ("ENROLLED",), "COMPLETED": ("COMPLETED",)}
"""Step → states of another class of the person, on the same days, that stand against it."""


def move(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Take the next step: select, enrol, complete, drop, or record the result of the competence test; or take back a
    completion that was entered by mistake, and with it what it gave.

    Raises:
        NoSuchEnrolment, EnrolmentErased: there is none (any more).
        Stale: it was changed since the caller read it.
        StepNotPossible: it cannot come after the step before, or its day has not come; the message says what can.
        NotJudgedYet, AgainstTheLaw, NotKnownToBeLawful, CourseNotApproved, BatchClosed: the person may not be let in
            (yet).
    """
    if changes.get("state") == "DROPPED":
        caller.need("enrolments:write", "referrals:write")
    else:
        # An office refers and withdraws; whether somebody sat in the course is the provider's word.
        caller.need("enrolments:write")

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        own_only(caller, doc["provider_id"])
        if doc["state"] == "COMPLETED":
            caller.need("enrolments:write")
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
            doc = _let_in(tx, house, doc, state, to_provider=caller.kind == "provider")
        if state == "DROPPED" and doc["state"] != "DROPPED":
            seats.give_back(tx, house, doc)
            if doc["state"] == "COMPLETED":
                # Taken back, it ended when it was said to have ended: the provider sees nobody for longer by that.
                doc = doc | {"ended_on": doc.get("ended_on") or doc["finished_on"]}
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


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The enrolment, or the problem that there is none (any more)."""
    doc = house.store.enrolments.load(id, tx)
    if doc is None:
        raise problems.NoSuchEnrolment()
    if doc.get("erased"):
        raise problems.EnrolmentErased()
    return doc


def _let_in(tx: Tx, house: House, doc: Document, state: str, *, to_provider: bool) -> Document:
    """Stop unless the law lets the person into the batch for the first day it has now, which the enrolment remembers.

    Whoever sits in it is asked about again only where that day was moved since.

    Raises:
        DatesOverlap: a batch was moved since the referral onto the days of another one that the person is in.
    """
    batch = batches.load(house, doc["batch_id"], tx)
    if state in _AS_FAR:
        _one_class_at_a_time(tx, house, doc, state, batch)
    if state in NEED_ADMISSION:
        course = courses.load(house, doc["course_id"], tx)
        _need_approved(course)
        courses.need_teaching(tx, house, course, batch["starts"])
    elif state == "COMPLETED" and doc["state"] != "COMPLETED":
        courses.need_accredited(tx, house, courses.load(house, doc["course_id"], tx), batch["starts"])
    if state in NEED_ADMISSION or (state == "COMPLETED" and not admitted(doc, batch)):
        need_admission(tx, house, doc, to_provider=to_provider)
        return doc | {"admitted_for": batch["starts"]}
    return doc


def _one_class_at_a_time(tx: Tx, house: House, doc: Document, state: str, batch: Document) -> None:
    """Stop where another class of the person is on these days and as far along: nobody is taught in two at once.

    Two that were both completed may share the last day of the one and the first of the other.
    """
    meet = batch_model.overlap if state in model.UNDER_WAY else batch_model.overlap_by_more_than_a_day
    for other in house.store.enrolments_of(doc["candidate_id"], tx):
        if other["_id"] == doc["_id"] or other.get("erased") or other["state"] not in _AS_FAR[state]:
            continue
        if meet(batches.load(house, other["batch_id"], tx), batch):
            raise problems.DatesOverlap(
                {
                    "id": "Angkatan dipindah ke hari angkatan lain yang juga diikuti orang ini. Batalkan salah satu"
                    " pendaftaran.",
                    "en": "A batch was moved onto the days of another one that this person is in. Drop one of the two"
                    " enrolments.",
                },
                extra={"enrolment": other["_id"]},
            )


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
    # A later last day would make certificates last longer, and the provider see whom it taught for longer; with another
    # result it is the day of the test.
    tested = new["result"] != doc["result"]
    passed_on = doc.get("passed_on") or (_completed_on(doc) if doc["result"] == "COMPETENT" else None)
    if new["result"] == "COMPETENT" and passed_on:
        recorded = passed_on  # a result that is taken back and given again is no second test
    else:
        recorded = (None if tested else _completed_on(doc)) or clock.today().isoformat()
    if finished > recorded:
        raise problems.StepNotPossible(
            {
                "id": f"Sudah dicatat selesai pada {texts.day(recorded, 'id')}. Isi tanggal itu atau sebelumnya.",
                "en": f"It was recorded as completed on {texts.day(recorded, 'en')}. Give that day or a day before.",
            }
        )
    # Said once, it holds for whatever is corrected later: a number or a day alone makes no certificate last longer.
    until = changes.get("certificate_until") or model.certified_until(doc)
    course = courses.load(house, doc["course_id"], tx)
    _need_approved(course)
    # A text that was approved later is taught to others: who was in class holds what it gave when that began.
    taught = doc.get("taught") or course_model.taught(course, batch["starts"])
    moved = (until, finished) != (doc.get("certificate_until"), doc["finished_on"])
    if until and moved and new["result"] != "NOT_YET_COMPETENT":
        _within_its_term(taught, finished, until)
    gives = course_model.gives(
        taught,
        finished_on=date.fromisoformat(finished),
        result=new["result"],
        certificate_until=date.fromisoformat(until) if until else None,
    )
    return new | {
        "finished_on": finished,
        "completed_on": recorded,
        "passed_on": passed_on or (recorded if new["result"] == "COMPETENT" else None),
        "certificate_until": until,
        "taught": taught,
        "gives": gives,
    }


def _within_its_term(taught: Mapping[str, Any], finished_on: str, until: str) -> None:
    """A certificate ends after the day of its test, and no later than the course says that its certificates hold."""
    last = course_model.holds_until(taught, date.fromisoformat(finished_on)).isoformat()
    if not finished_on <= until <= last:
        problems.refuse(
            "/certificate_until",
            "certificate_outside_its_term",
            {
                "id": f"Sertifikat dari tes {texts.day(finished_on, 'id')} berlaku paling lama sampai"
                f" {texts.day(last, 'id')} menurut kursusnya.",
                "en": f"A certificate from a test on {texts.day(finished_on, 'en')} holds until"
                f" {texts.day(last, 'en')} at the longest, as the course has it.",
            },
            {
                "id": "Ketik tanggal di antara keduanya. Bila sertifikatnya berlaku lebih lama, minta provinsi meninjau"
                " kursusnya dengan masa berlaku itu.",
                "en": "Type a day between the two. If the certificates hold longer, have the course reviewed with that"
                " term.",
            },
        )


def _completed_on(doc: Document) -> str | None:
    """The day, in the province, on which it was recorded as completed, or its result; None while it is not."""
    if doc["state"] != "COMPLETED":
        return None
    # What is from before this was kept: the day of the last change is the latest that it can have been.
    day: str = doc.get("completed_on") or clock.day_of(doc["updated_at"]).isoformat()
    return day


def _need_approved(course: Document) -> None:
    """What a course gives counts as the province approved it, and not as its provider has reworded it since."""
    if course["review"]["state"] != "APPROVED":
        raise problems.CourseNotApproved()
