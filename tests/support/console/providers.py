"""What the pages of a provider ask the training house: courses, batches, referrals, and reports of sheets."""

import hashlib
from datetime import timedelta
from typing import Any

from shared import clock
from tests.support.console import people, publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, COURSE, ID
from tests.support.console.visits import Visits, csrf

Body = dict[str, Any]
SHEET = b"kode;judul\nLAS-3G;Las\n"
OTHER = "5b1fbd6e-61d5-4b7c-9d21-0d3a90a2f001"


def course(**changes: Any) -> Body:
    review = {"state": "APPROVED", "reason": None, "on": None}
    return people.course(**{"code": "LAS-3G", "status": "ACTIVE", "review": review, **changes})


def rejected(**changes: Any) -> Body:
    title = {"id": "Perawat lansia", "en": "Care of the elderly"}
    review = {"state": "REJECTED", "reason": "UNLAWFUL_COST", "on": None}
    return course(
        **{"id": OTHER, "code": "LANSIA", "title": title, "review": review, "cost_to_trainee": None, **changes}
    )


def judgement(outcome: str = "LAWFUL", *, current: bool = True) -> Body:
    found: Body = people.application(outcome)["judgement"]
    return {**found, "current": current}


def enrolment(outcome: str | None = "LAWFUL", **changes: Any) -> Body:
    more = {"certificate_number": None, "judgement": judgement(outcome) if outcome else None}
    until = (clock.now() + timedelta(hours=40)).isoformat()
    return people.enrolment(**{**more, "hold_until": until, **changes})


def text(indonesian: str, english: str) -> Body:
    return {"id": indonesian, "en": english}


def fault(cell: str | None, message: Body, fix: Body | None = None) -> Body:
    return {"pointer": "/rows/4", "cell": cell, "code": "x", "message": message, "fix": fix}


BAD_DAY = fault("D7", text("Tanggal ini tidak ada.", "There is no such day."), text("Ketik 30/11/2026.", "Type this."))


def report(**changes: Any) -> Body:
    """A sheet that was tried: one row new, one changed, one refused, a column that nobody reads."""
    return {
        "id": OTHER,
        "version": 4,
        "kind": "COURSES",
        "state": "DONE",
        "phase": "ENDED",
        "dry_run": True,
        "only_good": False,
        "file": {"kind": "XLSX", "sha256": hashlib.sha256(SHEET).hexdigest(), "bytes": len(SHEET)},
        "sheets": [
            {"name": "Kursus", "read": True, "rows": 3, "header_row": 1, "why": None},
            {"name": "Catatan", "read": False, "rows": 2, "header_row": None, "why": "no_header"},
        ],
        "columns": [],
        "unread": [
            {
                "sheet": "Kursus",
                "cell": "G1",
                "heading": "Instruktur",
                "filled": 2,
                "nearest": {"field": "place", "title": text("Tempat", "Place")},
                "ignored": False,
            }
        ],
        "skipped": [],
        "rows": 3,
        "done": 3,
        "counts": {"NEW": 1, "CHANGED": 1, "BAD": 1},
        "faults": [BAD_DAY],
        "warnings": [],
        "annotated": f"/v1/imports/{OTHER}/annotated.xlsx",
        "created_at": clock.now().isoformat(),
        "finished_at": clock.now().isoformat(),
        "expires_at": (clock.now() + timedelta(days=7)).isoformat(),
        **changes,
    }


def rows() -> list[Body]:
    empty: Body = {"changes": [], "changed": [], "review_needed": None, "read": None, "read_as": [], "warnings": []}
    seats = {"field": "seats", "label": text("Kursi", "Seats"), "from": text("12", "12"), "to": text("16", "16")}
    read = text("Las 3G, biaya belum diketahui", "Welding 3G, cost not known")
    return [
        {**empty, "row": 5, "outcome": "NEW", "key": "LAS-3G", "faults": [], "review_needed": True, "read": read},
        {**empty, "row": 6, "outcome": "CHANGED", "key": "LANSIA/2027-1", "faults": [], "changes": [seats]},
        {**empty, "row": 7, "outcome": "BAD", "key": "LANSIA/2027-2", "faults": [BAD_DAY]},
    ]


def tell(houses: FakeHouses, *, referral: Body | None = None) -> None:
    """A provider with an approved and a rejected course, a batch, and one referral."""
    referral = referral or enrolment()
    houses.says("training", "GET /v1/courses", {"items": [course(), rejected()], "next": None})
    houses.says("training", "GET /v1/courses/*", course())
    houses.says("training", f"GET /v1/courses/{COURSE}/batches", {"items": [people.batch(taken=5)], "next": None})
    houses.says("training", f"GET /v1/courses/{OTHER}/batches", {"items": [], "next": None})
    houses.says("training", "GET /v1/batches/*", people.batch(taken=5))
    houses.says("training", "GET /v1/enrolments", {"items": [referral], "next": None})
    houses.says("training", "GET /v1/enrolments/*", referral)
    houses.says(
        "training",
        "GET /v1/imports",
        {"items": [report(), report(state="RUNNING", phase="JUDGING", done=1)], "next": None},
    )
    houses.says("training", "GET /v1/imports/*", report())
    houses.says("training", "GET /v1/imports/*/rows", {"items": rows(), "next": None})
    houses.says("training", "GET /v1/imports/*.xlsx", b"PK workbook")
    houses.says(
        "training", "GET /v1/providers/*", {"id": PROVIDER, "version": 1, "name": "BLK Contoh", "regency": "53.06"}
    )
    houses.says("training", "GET /v1/providers/*/keys", {"items": [key()], "next": None})
    houses.says("training", "GET /v1/seat-links/*", publics.seat_question())
    houses.says("training", "POST /v1/batches/*/seat-links", {**publics.seat_question(), "slip": SLIP}, status=201)
    houses.says("training", "GET /v1/batches/*/attendance", attendance())
    houses.says("registry", "GET /v1/contacts", {"items": [contact()], "next": None})
    houses.says("registry", "GET /v1/contacts/*", contact())
    houses.says("training", "GET /v1/supply", publics.supply())
    houses.says("training", "GET /v1/open-batches", publics.MANY)
    houses.says("placement", "GET /v1/job-orders", {"items": [wanted_order()], "next": None})


PROVIDER = "0f0f0f0f-0000-4000-8000-000000000001"
SLIP = people.SLIP
"""Of the shape of a real one: whoever holds it answers, so it must never be found in a log."""


def key(id: str = "k7f3a91c") -> Body:
    return {"id": id, "created_at": clock.now().isoformat(), "organisation": PROVIDER}


def contact(**changes: Any) -> Body:
    """As the registry shows somebody to the organisation they were sent to, with their consent."""
    known = {"id": ID, "number": "LB-2026-000012", "full_name": NAME, "phone": "081139109100"}
    return {**known, "because": [{"id": BATCH, "state": "APPLIED"}], "visible_until": None, **changes}


NAME = "Dorotea Fransiska Nggadas"


def attendance(*days: Body, **changes: Any) -> Body:
    """A class of two of whom one shares the name; the first two days are recorded."""

    def one(id: str, candidate: str, present: int, on_the_day: bool | None) -> Body:
        said = {"enrolment_id": id, "candidate_id": candidate, "state": "ENROLLED", "recorded": 2}
        return {**said, "present": present, "on_the_day": on_the_day}

    recorded = [
        {"day": publics.day(-3), "present": 2, "absent": 0},
        {"day": publics.day(-2), "present": 1, "absent": 1},
    ]
    people_ = [one(OTHER, OTHER, 1, False), one(BATCH, ID, 2, True)]
    return {"batch_id": BATCH, "day": publics.day(-2), "days": recorded, "people": people_, **changes}


THIRD = "7b9cf1b2-5d34-4c9e-8a60-1f2d3c4b5a69"


def class_of_three() -> list[Body]:
    """Two who finished without a result on record, one of whom shares the name; one who is competent already."""
    done = {"state": "COMPLETED", "result": "COMPETENT", "finished_on": publics.day(-1), "certificate_number": "BNSP 7"}
    return [
        enrolment(id=BATCH, candidate_id=ID, state="ENROLLED", version=3),
        enrolment(id=OTHER, candidate_id=OTHER, state="ENROLLED", version=4),
        enrolment(id=THIRD, candidate_id=THIRD, version=5, **done),
    ]


def running(**changes: Any) -> Body:
    """The batch, begun three days ago."""
    return people.batch(
        **{"taken": 2, "status": "RUNNING", "starts": publics.day(-3), "ends": publics.day(30), **changes}
    )


def wanted_order(**changes: Any) -> Body:
    return people.order(**{"title_scheme": "ELDERLY_CARETAKER", **changes})


__all__ = ["BATCH", "COURSE", "ID", "OTHER", "course", "enrolment", "judgement", "rejected", "tell"]


def text_of(visits: Visits, path: str) -> str:
    """The page as the provider reads it."""
    answer = visits.as_("provider").get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def press(visits: Visits, path: str, **data: Any) -> Any:
    """What the provider is answered to a form."""
    client = visits.as_("provider")
    return client.post(path, data={"csrf_token": csrf(client), "once": "1", **data})
