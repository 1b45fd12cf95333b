"""The delivery log: what was sent, what came of it, and sending it again: one, all that failed, or all since then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.partners import problems, says
from services.partners.actions import organisations, subscriptions
from services.partners.actions.house import MANAGES, House, own_only
from services.partners.model import filters
from services.partners.store import deliveries as log
from shared import clock
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

READS = ("events:read", subscriptions.WRITES, MANAGES)
PIECE, MOST_POSITIONS = 100, 20_000
"""Looked at together, and in one request; whoever was away for longer asks again from `next_since`."""


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """The log of one subscription, newest event first."""
    caller.need(*READS)
    subscription = subscriptions.load(caller, house, args["subscription"])
    where = {"subscription_id": subscription["_id"]}
    return house.deliveries.page(where | ({"state": args["state"]} if "state" in args else {}), args)


def show(caller: Caller, house: House, id: str) -> Document:
    """One delivery with every try, and what is sent."""
    caller.need(*READS)
    row = _load(caller, house, id)
    entry = house.feed.at(row["position"])
    subscription = subscriptions.load(caller, house, row["subscription_id"])
    organisation = organisations.load(house, row["organisation_id"])
    if entry is None or filters.withheld_from(organisation, entry) is not None:
        return {**row, "event": None}
    return {**row, "event": says.event(entry, filters.level_of(organisation, subscription["payload_level"]))}


def redeliver(caller: Caller, house: House, id: str) -> Document:
    """Send one event again, also one that was accepted; it gets its ten tries anew under the same webhook-id.

    Raises:
        NoSuchDelivery, NotYours: there is none, or it is another organisation's.
        NothingToSend: its event is kept no longer.
    """
    caller.need(subscriptions.WRITES, MANAGES)
    row = _load(caller, house, id)
    entry = house.feed.at(row["position"])
    if entry is None or entry.get("erased"):
        raise problems.NothingToSend(
            {"id": "Peristiwa ini sudah dihapus atau tidak disimpan lagi.", "en": "This event is kept no longer."}
        )

    def work(tx: Tx) -> Document:
        new = {**row, "state": "WAITING", "tries": 0, "next_at": clock.now(), "failed_at": None, "again": False}
        house.deliveries.keep(tx, [], [new])
        house.subscriptions.ask(tx, row["subscription_id"])
        return new

    return house.database.run(work)


def redeliver_failed(caller: Caller, house: House, subscription_id: str, since: datetime | None) -> dict[str, Any]:
    """Send again everything of a subscription that failed for good, perhaps only since a moment."""
    caller.need(subscriptions.WRITES, MANAGES)
    subscription = subscriptions.load(caller, house, subscription_id)
    where: dict[str, Any] = {"subscription_id": subscription["_id"]}
    if since is not None:
        where["failed_at"] = {"$gte": since}

    def work(tx: Tx) -> int:
        queued = house.deliveries.again(tx, where, clock.now())
        house.subscriptions.ask(tx, subscription_id)
        return queued

    return {"queued": house.database.run(work), "more": False, "next_since": None}


def recover(caller: Caller, house: House, id: str, since: datetime) -> dict[str, Any]:
    """Send whatever was heard since a moment and was not accepted at this endpoint: failed, passed over or missed.

    Raises:
        SubscriptionClosed: nothing is sent there any more.
    """
    caller.need(subscriptions.WRITES, MANAGES)
    subscription = subscriptions.load(caller, house, id)
    if subscription["status"] == "CLOSED":
        raise problems.SubscriptionClosed()
    organisation = organisations.load(house, subscription["organisation_id"])
    standing = house.subscriptions.standing(id)
    first = house.feed.first_since(since)
    last = min(standing["position"], first - 1 + MOST_POSITIONS)
    queued = 0
    for start in range(first, last + 1, PIECE):
        entries = [
            entry
            for entry in house.feed.between(start - 1, min(start - 1 + PIECE, last))
            if filters.withheld_from(organisation, entry) is None and filters.passed_over(subscription, entry) is None
        ]
        queued += _queue(house, subscription, entries)
    following = house.feed.at(last + 1) if last < standing["position"] else None
    return {
        "queued": queued,
        "more": following is not None,
        "next_since": following["heard_at"] if following else None,
    }


def _queue(house: House, subscription: Document, entries: list[Document]) -> int:
    """Put these events before the endpoint again, but for those that it took or that are on their way."""
    rows = house.deliveries.of(subscription["_id"], [entry["_id"] for entry in entries])
    now = clock.now()
    fresh = [log.row(subscription, entry, now) for entry in entries if entry["_id"] not in rows]
    again = [
        {**row, "state": "WAITING", "tries": 0, "next_at": now, "failed_at": None}
        for row in rows.values()
        if row["state"] in ("FAILED", "CANCELLED")
    ]
    if fresh or again:

        def work(tx: Tx) -> None:
            house.deliveries.keep(tx, [], [*fresh, *again])
            house.subscriptions.ask(tx, subscription["_id"])

        house.database.run(work)
    return len(fresh) + len(again)


def _load(caller: Caller, house: House, id: str) -> Document:
    row = house.deliveries.load(id)
    if row is None:
        raise problems.NoSuchDelivery()
    own_only(caller, row["organisation_id"])
    return row
