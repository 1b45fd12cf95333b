"""What can hardly be right among orders, companies and laws; for the operator's page of data quality."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from services.placement.actions.house import House
from services.placement.model import policy as model
from shared import clock
from shared.http.quality import Checks, Doubt, long_ago

LICENCE_SEEN_FOR = timedelta(days=90)
"""A copy of the ministry's list of licences is older than anybody should rely on."""

LAW_CHECKED_FOR = timedelta(days=180)
"""Half a year: a law may have changed since somebody compared it with its source."""


def checks(house: House) -> Checks:
    return {
        "ORDER_PAST_CLOSING": partial(_over, house, "closes_on"),
        "ORDER_WAITS": partial(_waiting, house),
        "LICENCE_ENDED": partial(_over, house, "valid_until", of="company"),
        "LICENCE_NOT_SEEN": partial(_licence_not_seen, house),
        "LAW_NOT_CHECKED": partial(_law_not_checked, house),
    }


def _over(house: House, field: str, *, of: str | None = None) -> Iterator[Doubt]:
    """Orders that are not closed, though this day of theirs, or of their company's licence, is over."""
    for order in house.job_orders.not_closed():
        day = (order if of is None else order.get(of) or {}).get(field)
        if day and date.fromisoformat(day) < clock.today():
            yield Doubt(order["_id"], order["code"], date.fromisoformat(day))


def _waiting(house: House) -> Iterator[Doubt]:
    """Nobody of the province has looked at it for long."""
    for order in house.job_orders.not_closed():
        since = clock.day_of(order["updated_at"])
        if order["verification"] == "UNVERIFIED" and long_ago(since):
            yield Doubt(order["_id"], order["code"], since)


def _licence_not_seen(house: House) -> Iterator[Doubt]:
    """A company with open orders whose licence nobody has compared with the ministry's list for long."""
    ids = {order["company_id"] for order in house.job_orders.not_closed() if order["company_id"]}
    for company in filter(None, map(house.companies.load, sorted(ids))):
        on = date.fromisoformat(company["snapshot_on"])
        if clock.today() - on > LICENCE_SEEN_FOR:
            yield Doubt(company["_id"], company["name"], on)


def _law_not_checked(house: House) -> Iterator[Doubt]:
    today = clock.today()
    for policy in house.policies.all():
        row = model.holds_on(policy["revisions"], today.isoformat())
        on = row and row.get("verified_on")
        if row is not None and (not on or today - date.fromisoformat(on) > LAW_CHECKED_FOR):
            yield Doubt(policy["_id"], policy["code"], date.fromisoformat(on) if on else None)
