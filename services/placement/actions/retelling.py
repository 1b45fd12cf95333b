"""Jobs behind a change of a company or a partner: its orders say the new state, some at a time, until none is left.

An order carries a copy of the licence and of the listing, because whoever hears of orders hears of nothing else. The
job is put in the transaction of the change, and an order that is written meanwhile touches the same document, so that
no copy stays old.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from services.placement import says
from services.placement.actions.house import Document, House
from services.placement.model import company as companies
from services.placement.model import job_order as model
from services.placement.model import partner as partners
from shared import clock
from shared.documents.mongo import Tx
from shared.jobs import Handler, Job

RETELL_COMPANY = "retell_company"
RETELL_PARTNER = "retell_partner"

TOGETHER = 25
"""Orders in one transaction: each is locked until the last is written, and a visitor may be waiting for one."""


def handlers(house: House) -> Mapping[str, Handler]:
    """Job kind → what to do, for ``work``."""
    return {
        RETELL_COMPANY: lambda job: _retell_company(house, job),
        RETELL_PARTNER: lambda job: _retell_partner(house, job),
    }


def save_with_status(tx: Tx, house: House, before: Document, order: Document) -> Document:
    """Save an order whose status may follow from what changed around it; one that stays the same is not told again."""
    new = model.with_status(order)
    if new == before:
        return before
    turned = new["status"] == "SUSPENDED" and before["status"] != "SUSPENDED"
    return house.job_orders.change(tx, new, type=says.ORDER_SUSPENDED if turned else says.ORDER_CHANGED)


def _retell_company(house: House, job: Job) -> None:
    company = house.companies.load(job.id)
    assert company is not None, "companies are never deleted"

    def together(tx: Tx) -> None:
        fresh = house.companies.load_for_copy(job.id, tx)
        assert fresh is not None, "companies are never deleted"
        for order in _orders(tx, house, found):
            save_with_status(tx, house, order, {**order, "company": companies.as_told(fresh)})

    while found := house.job_orders.told_of_company_before(job.id, company["version"], limit=TOGETHER):
        house.database.run(together)
        job.keep()


def _retell_partner(house: House, job: Job) -> datetime | None:
    today = clock.today()
    partner = house.partners.load(job.id)
    assert partner is not None, "partners are never deleted"
    listed, days = partners.listed_on(partner, today.isoformat()), partners.listing_days(partner)

    def together(tx: Tx) -> None:
        for order in _orders(tx, house, found):
            employer = {**order["employer"], "partner_listed": listed, "partner_listing": days}
            save_with_status(tx, house, order, {**order, "employer": employer})

    while found := house.job_orders.wrong_about_partner(job.id, listed=listed, days=days, limit=TOGETHER):
        house.database.run(together)
        job.keep()
    return _next_turn(partner, today)


def _orders(tx: Tx, house: House, ids: list[str]) -> Iterator[Document]:
    for id in ids:
        order = house.job_orders.load(id, tx)
        assert order is not None, "orders are never deleted"
        yield order


def _next_turn(partner: Document, today: date) -> datetime | None:
    """The midnight in the province after which the listing begins or has ended; None when it will not turn again."""
    listing = partner["listing"]
    if listing is None:
        return None
    first = date.fromisoformat(listing["from"])
    free = date.fromisoformat(listing["until"]) + timedelta(days=1) if listing["until"] else None
    turn = next((day for day in (first, free) if day is not None and day > today), None)
    return None if turn is None else datetime.combine(turn, time(), clock.PROVINCE)
