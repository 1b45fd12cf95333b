"""What the pages of the province's reviewer ask: courses and job orders that wait."""

from typing import Any

from tests.support.console import people, providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import COURSE, ORDER

Body = dict[str, Any]


def course(**changes: Any) -> Body:
    waits = {"state": "PENDING", "reason": None, "on": None}
    outcomes = [{"text": "Mengelas posisi 3G", "code": None, "similarity": 0.0}]
    accredited = {"from": "2025-01-01", "until": None}
    return providers.course(**{"review": waits, "outcomes": outcomes, "accreditation": accredited, **changes})


def order(outcome: str | None = "LAWFUL", *, current: bool = True, **changes: Any) -> Body:
    judgement = providers.judgement(outcome, current=current) if outcome else None
    for rule in (judgement or {}).get("rules", []):
        rule["change"] = {"id": "Hapus biaya pelatihan dari calon.", "en": "Take the training fee off the person."}
    more = {"verification": "UNVERIFIED", "verification_reason": None, "status": "OPEN", "judgement": judgement}
    return people.order(**{**more, "company": {"sip3mi": "SIP3MI-CONTOH-01"}, "sip2mi": None, **changes})


def tell(houses: FakeHouses, *, one_course: Body | None = None, one_order: Body | None = None) -> None:
    """One course and one order wait."""
    one_course, one_order = one_course or course(), one_order or order()
    houses.says("training", "GET /v1/courses", {"items": [one_course], "next": None})
    houses.says("training", "GET /v1/courses/*", one_course)
    houses.says("training", "GET /v1/courses/*/batches", {"items": [people.batch()], "next": None})
    houses.says("placement", "GET /v1/job-orders", {"items": [one_order], "next": None})
    houses.says("placement", "GET /v1/job-orders/*", one_order)


__all__ = ["COURSE", "ORDER", "course", "order", "tell"]
