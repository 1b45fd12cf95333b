"""Job orders: a company or a reviewer publishes them, a reviewer verifies them, and every change is told."""

from collections.abc import Mapping
from typing import Any

from services.placement import problems, says
from services.placement.actions import permits
from services.placement.actions.house import COMPANY, Document, House, guard, own_only
from services.placement.actions.judgements import need_lawful_order
from services.placement.actions.wording import worded
from services.placement.model import job_order as model
from services.placement.model import quota as quotas
from services.placement.store.judgements import step
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller


def publish(caller: Caller, house: House, data: Mapping[str, Any]) -> Document:
    """Publish an order; it waits to be verified. A company's own key says whose it is.

    Raises:
        CodeTaken: another order has this code.
        Refused: values that cannot be true together, each with what to type instead.
    """
    caller.need("job_orders:write", "job_orders:verify")

    def work(tx: Tx) -> Document:
        if house.job_orders.by_code(data["code"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Lowongan dengan kode {data['code']} sudah ada. Pakai kode lain.",
                    "en": f"There is a job order with the code {data['code']}. Use another code.",
                }
            )
        return put(tx, house, caller, data)[0]

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: Mapping[str, Any]) -> Document:
    """Change an order. What a reviewer looked at goes back to be verified when its company changes it."""
    caller.need("job_orders:write", "job_orders:verify")

    def work(tx: Tx) -> Document:
        order = load(house, id, tx)
        own_only(caller, order["company_id"])
        guard(order, version)
        return _alter(tx, house, caller, order, changes)

    return house.database.run(work)


def verify(
    caller: Caller, house: House, id: str, version: int | None, *, decision: str, reason: str | None
) -> Document:
    """Say whether the order is what it claims to be. One that is unlawful by itself, or not judged yet, cannot be.

    Whether a person may take it is for the rules, not for this.

    Raises:
        NoSuchJobOrder, Stale: as for every change of an order.
        OrderClosed: nobody can apply any more.
        NotJudgedYet, UnlawfulOrder: nobody may call it verified (yet).
    """
    caller.need("job_orders:verify")

    def work(tx: Tx) -> Document:
        order = load(house, id, tx)
        guard(order, version)
        if order["closed"]:
            raise problems.OrderClosed()
        if decision == "VERIFIED":
            # Also when it is verified already: a law may have come since, and nobody shall hear a yes from before it.
            need_lawful_order(tx, house, order)
        if (order["verification"], order["verification_reason"]) == (decision, reason):
            return order
        said = {
            "verification": decision,
            "verification_reason": reason,
            "verified_by": caller.id,
            "verified_on": clock.today().isoformat(),
        }
        kind = says.ORDER_VERIFIED if decision == "VERIFIED" else says.ORDER_REJECTED
        saved = house.job_orders.change(tx, {**order, **said}, type=kind)
        house.trail.write(tx, [step(id, decision, by=caller.id, reason=reason, version=saved["version"])])
        return saved

    return house.database.run(work)


def close(caller: Caller, house: House, id: str, version: int | None, *, reason: str) -> Document:
    """End an order before its closing date, for good. Who is under way stays under way; nobody new may come."""
    caller.need("job_orders:write", "job_orders:verify")

    def work(tx: Tx) -> Document:
        order = load(house, id, tx)
        own_only(caller, order["company_id"])
        guard(order, version)
        if order["closed"]:
            return order
        closed = model.with_status({**order, "closed": True, "close_reason": reason})
        return house.job_orders.change(tx, closed, type=says.ORDER_CLOSED)

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One order. Whoever is known may look; a company sees its own only, because others' drafts are their business.

    Raises:
        NoSuchJobOrder: there is none, or it belongs to another company.
    """
    order = load(house, id)
    if caller.kind == COMPANY and caller.organisation != order["company_id"]:
        raise problems.NoSuchJobOrder()
    return order


def trail(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """What was done with an order, by whom, and what the law did."""
    show(caller, house, id)
    return house.trail.page(id, args)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Orders by the filters of the request, in the order of their ids."""
    names = ("country", "scheme", "isco08", "status", "verification")
    where = {name: args[name] for name in names if name in args}
    if "company" in args:
        where["company_id"] = args["company"]
    if caller.kind == COMPANY:
        own_only(caller, where.get("company_id", caller.organisation))
        where["company_id"] = caller.organisation
    return house.job_orders.page(where, args)


def put(tx: Tx, house: House, caller: Caller, data: Mapping[str, Any]) -> tuple[Document, str]:
    """Create or change by the order's code, inside a running transaction: the door of imports."""
    order = house.job_orders.by_code(data["code"], tx)
    if order is None:
        return _create(tx, house, caller, data), "CREATED"
    own_only(caller, order["company_id"])
    changed = _alter(tx, house, caller, order, data)
    return changed, "UNCHANGED" if changed == order else "CHANGED"


def as_sent(order: Document | None) -> Document | None:
    """An order in the form in which companies send it: the partner by its id, under the name that the door knows."""
    if order is None or order["employer"] is None:
        return order
    return {**order, "employer": {**order["employer"], "partner": order["employer"].get("partner_id")}}


def as_sent_by_code(house: House, code: str) -> Document | None:
    """What stands under a code, in the form in which it is sent."""
    return as_sent(house.job_orders.by_code(code))


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The order, or the problem that there is none."""
    order = house.job_orders.load(id, tx)
    if order is None:
        raise problems.NoSuchJobOrder()
    return order


def _create(tx: Tx, house: House, caller: Caller, data: Mapping[str, Any]) -> Document:
    blank: Document = {
        "_id": ids.new(),
        "company_id": None,
        "company": None,
        "verification": "UNVERIFIED",
        "verification_reason": None,
        "verified_by": None,
        "verified_on": None,
        "closed": False,
        "close_reason": None,
        "stopped_by_law": False,
        "concerns": [],
    }
    order = worded(tx, house, caller, blank, {"company": None, **data})
    problems.contradictory(model.contradictions(order))
    order = model.with_status({**order, "permit_key": model.permit_key(order)})
    return house.job_orders.create(tx, order, quota=permits.ceiling(tx, house, order))


def _alter(tx: Tx, house: House, caller: Caller, order: Document, changes: Mapping[str, Any]) -> Document:
    new = worded(tx, house, caller, order, changes)
    if not model.reworded(order, new):
        return order
    if order["closed"]:
        raise problems.OrderClosed(
            {"id": "Buat lowongan baru dengan kode lain.", "en": "Publish a new order with another code."}
        )
    problems.contradictory(model.contradictions(new))
    if new["company_id"] != order["company_id"] and house.bookings.anybody_in(tx, order["_id"]):
        problems.refuse("/company", "company_has_applicants")
    if not caller.may("job_orders:verify"):
        new |= {"verification": "UNVERIFIED", "verification_reason": None, "verified_by": None, "verified_on": None}
    new["permit_key"] = model.permit_key(new)
    _move_ceiling(tx, house, order, new)
    saved = house.job_orders.change(tx, model.with_status(new), type=says.ORDER_CHANGED)
    if (left := model.permit_key(order)) != new["permit_key"]:
        for key in (left, new["permit_key"]):
            permits.share(tx, house, key, but=saved["_id"])
    return saved


def _move_ceiling(tx: Tx, house: House, before: Document, order: Document) -> None:
    quota = house.job_orders.quota(order["_id"], tx)
    if model.slots(order) < quotas.promised(quota):
        raise problems.QuotaBelowPromised(
            {
                "id": f"{quotas.promised(quota)} slot sudah dijanjikan. Lepaskan dulu, atau isi kuota yang cukup.",
                "en": f"{quotas.promised(quota)} slots are promised. Release some first, or give a larger quota.",
            }
        )
    ceiling = permits.ceiling(tx, house, order)
    if ceiling < quotas.promised(quota):
        if order["sip2mi"] != before["sip2mi"]:
            problems.refuse("/sip2mi/number", "permit_used_up")
        ceiling = quotas.promised(quota)
    if ceiling != quota["quota"]:
        house.job_orders.change_quota(tx, {**quota, "quota": ceiling})
