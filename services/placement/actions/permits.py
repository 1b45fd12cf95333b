"""Whoever promises a slot: a permit (SIP2MI) that several orders name is for so many people over all of them."""

from services.placement.actions.house import Document, House
from services.placement.model import job_order as orders
from services.placement.model import quota as quotas
from shared.documents.mongo import Tx


def ceiling(tx: Tx, house: House, order: Document) -> int:
    """Slots that this order can promise at most: its own, less what others have promised under its permit."""
    permit, own = order["sip2mi"], orders.slots(order)
    if permit is None:
        return own
    others = [other for other in house.job_orders.under(tx, orders.permit_key(order)) if other["_id"] != order["_id"]]
    elsewhere = sum(quotas.promised(house.job_orders.quota(other["_id"], tx)) for other in others)
    return max(min(own, int(permit["quota"]) - elsewhere), 0)


def share(tx: Tx, house: House, permit_key: str | None, *, but: str) -> None:
    """Slots were promised or given back under this permit by the order ``but``: the others promise what is left.

    Their quotas are written here, so that two orders under one permit never promise its last slot at the same time.
    """
    for order in house.job_orders.under(tx, permit_key):
        if order["_id"] != but:
            quota = house.job_orders.quota(order["_id"], tx)
            left = max(ceiling(tx, house, order), quotas.promised(quota))
            if left != quota["quota"]:
                house.job_orders.change_quota(tx, {**quota, "quota": left})
