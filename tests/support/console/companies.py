"""What the pages of a placement company ask: its orders with findings, applications, and people who let it see them."""

from typing import Any

from tests.support.console import people, reviewers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID, ORDER

Body = dict[str, Any]
NAME, PHONE = "Yuliana Tefa", "+6281139109100"


def order(outcome: str | None = "LAWFUL", **changes: Any) -> Body:
    more: Body = {
        "quota": {"quota": 60, "reserved": 2, "taken": 3, "left": 55},
        "costs": [{"item": "WORK_VISA", "payer": "EMPLOYER", "amount": None}],
        "isco08": "9111",
        "scheme": "P2P",
        "visa_type": "WORK",
        "title_scheme": None,
        "employer": {"type": "HOUSEHOLD", "partner_id": None},
        "term_months": 24,
    }
    found = reviewers.order(outcome, **{**more, **changes})
    for rule in (found["judgement"] or {}).get("rules", []):
        rule["field"] = "/costs/0"
    return found


def contact(**changes: Any) -> Body:
    because = [{"id": BATCH, "state": "APPLIED"}]
    row = {"id": ID, "number": "LB-2026-000001", "full_name": NAME, "phone": PHONE, "because": because}
    return {**row, "visible_until": None, **changes}


def tell(
    houses: FakeHouses, *, one_order: Body | None = None, application: Body | None = None, shared: bool = True
) -> None:
    """One order with one applicant; ``shared``: the applicant lets the company see name and phone."""
    one_order, application = one_order or order(), application or people.application()
    houses.says("placement", "GET /v1/job-orders", {"items": [one_order], "next": None})
    houses.says("placement", "GET /v1/job-orders/*", one_order)
    houses.says("placement", "GET /v1/applications", {"items": [application], "next": None})
    houses.says("placement", "GET /v1/applications/*", application)
    houses.says("registry", "GET /v1/contacts", {"items": [contact()] if shared else [], "next": None})
    if shared:
        houses.says("registry", "GET /v1/contacts/*", contact())
    else:
        houses.refuses("registry", "GET /v1/contacts/*", 403, "not_shared", "Tidak dibagikan")


__all__ = ["BATCH", "ID", "NAME", "ORDER", "PHONE", "contact", "order", "tell"]
