"""Concerns: anybody reports, a reviewer looks, and a confirmed one keeps the orders back until it is settled."""

from collections.abc import Mapping
from typing import Any

from services.placement import problems
from services.placement.actions import companies
from services.placement.actions.check import named_companies, named_orders
from services.placement.actions.house import Document, House, guard
from services.placement.actions.retelling import save_with_status
from services.placement.model import concern as model
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller

REVIEWERS = ("job_orders:verify", "risk:read")


def report(house: House, data: Mapping[str, Any]) -> Document:
    """Take a report. The only action without a caller: who reports is not asked, not passed on, not kept."""
    named = named_companies(house, data["company"]) if data["company"] else []
    orders = named_orders(house, data["job_order"]) if data["job_order"] else []
    # Two companies of one name, two orders under one permit: the reviewer says which.
    order = orders[0] if len(orders) == 1 else None
    company_id = named[0]["_id"] if len(named) == 1 else (order or {}).get("company_id")
    concern = {
        "_id": ids.new(),
        **data,
        "state": "RECEIVED",
        "company_id": company_id,
        "job_order_id": (order or {}).get("_id"),
        "reported_on": clock.today().isoformat(),
        "decided_by": None,
        "decided_on": None,
        "decision": None,
    }
    return house.database.run(lambda tx: house.concerns.create(tx, concern))


def confirm(caller: Caller, house: House, id: str, version: int | None, data: Mapping[str, Any]) -> Document:
    """The concern is real: every order of the company is suspended, and the one order that is not of that company:
    nobody is behind it, or a good name was put on the order of somebody else.
    """
    caller.need("job_orders:verify")

    def work(tx: Tx) -> Document:
        concern = _to(house, id, version, "CONFIRMED", tx)
        concern |= {name: data[name] for name in ("company_id", "job_order_id") if data[name] is not None}
        _hold(tx, house, concern)
        return _decided(tx, house, caller, concern, "CONFIRMED", data["decision"])

    return house.database.run(work)


def dismiss(caller: Caller, house: House, id: str, version: int | None, decision: str) -> Document:
    """There was nothing in it."""
    caller.need("job_orders:verify")

    def work(tx: Tx) -> Document:
        return _decided(tx, house, caller, _to(house, id, version, "DISMISSED", tx), "DISMISSED", decision)

    return house.database.run(work)


def resolve(caller: Caller, house: House, id: str, version: int | None, decision: str) -> Document:
    """It is settled: what it held comes back, unless another concern holds it too."""
    caller.need("job_orders:verify")

    def work(tx: Tx) -> Document:
        concern = _to(house, id, version, "RESOLVED", tx)
        if concern["company_id"] is not None:
            companies.release(tx, house, concern["company_id"], id)
        order = house.job_orders.load(concern["job_order_id"], tx) if concern["job_order_id"] else None
        if order is not None and id in order["concerns"]:
            kept = [one for one in order["concerns"] if one != id]
            save_with_status(tx, house, order, {**order, "concerns": kept})
        return _decided(tx, house, caller, concern, "RESOLVED", decision)

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One concern, for those who decide on it."""
    caller.need(*REVIEWERS)
    return load(house, id)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Concerns, for those who decide on them."""
    caller.need(*REVIEWERS)
    return house.concerns.page({name: args[name] for name in ("state",) if name in args}, args)


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The concern, or the problem that there is none."""
    concern = house.concerns.load(id, tx)
    if concern is None:
        raise problems.NoSuchConcern()
    return concern


def _hold(tx: Tx, house: House, concern: Document) -> None:
    order = house.job_orders.load(concern["job_order_id"], tx) if concern["job_order_id"] else None
    if concern["job_order_id"] is not None and order is None:
        problems.refuse("/job_order_id", "unknown_job_order")
    if concern["company_id"] is None and order is not None:
        concern["company_id"] = order["company_id"]
    if concern["company_id"] is not None:
        if house.companies.load(concern["company_id"], tx) is None:
            problems.refuse("/company_id", "unknown_company")
        companies.hold(tx, house, concern["company_id"], concern["_id"])
    elif order is None:
        problems.refuse("", "about_nobody")
    if order is not None and (order["company_id"] is None or order["company_id"] != concern["company_id"]):
        save_with_status(tx, house, order, {**order, "concerns": [*order["concerns"], concern["_id"]]})


def _to(house: House, id: str, version: int | None, state: str, tx: Tx) -> Document:
    concern = load(house, id, tx)
    guard(concern, version)
    if not model.may_follow(concern["state"], state):
        possible = ", ".join(model.NEXT[concern["state"]]) or "-"
        raise problems.StepNotPossible(
            {
                "id": f"Dari {concern['state']} tidak bisa ke {state}. Yang mungkin: {possible}.",
                "en": f"{state} cannot follow {concern['state']}. Possible: {possible}.",
            }
        )
    return concern


def _decided(tx: Tx, house: House, caller: Caller, concern: Document, state: str, decision: str) -> Document:
    said = {
        "state": state,
        "decision": decision,
        "decided_by": caller.id,
        "decided_on": clock.today().isoformat(),
    }
    return house.concerns.change(tx, {**concern, **said})
