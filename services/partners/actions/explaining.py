"""\"Why did I not get this?\": the one reason, for an event of the feed or for everything about one document."""

from collections.abc import Mapping
from typing import Any

from services.partners import problems
from services.partners.actions import organisations, subscriptions
from services.partners.actions.deliveries import READS
from services.partners.actions.house import House
from services.partners.actions.sentences import WHY
from services.partners.model import filters
from services.partners.model import organisation as model
from shared import clock
from shared.documents.mongo import Document
from shared.http.callers import Caller

MOST = 100


def why(caller: Caller, house: House, id: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One line for each event that was asked about: `{position, type, version, code, text, delivery}`."""
    caller.need(*READS)
    subscription = subscriptions.load(caller, house, id)
    organisation = organisations.load(house, subscription["organisation_id"])
    standing = house.subscriptions.standing(id)
    entries, parked = _asked(house, asked)
    found = [_line(house, entry, _reason(house, organisation, subscription, standing, entry), id) for entry in entries]
    return [*found[-MOST:], *(_parked_line(change) for change in parked)]


def _asked(house: House, asked: Mapping[str, Any]) -> tuple[list[Document], list[Document]]:
    if "position" in asked:
        number, ends = asked["position"], house.feed.ends()
        entry = house.feed.at(number)
        if entry is None:
            kept = number >= ends.oldest
            raise problems.NoSuchEvent(
                {
                    "id": f"Umpan baru sampai {ends.newest}." if kept else WHY["NO_LONGER_KEPT"]["id"],
                    "en": f"The feed has reached {ends.newest} only." if kept else WHY["NO_LONGER_KEPT"]["en"],
                }
            )
        return [entry], []
    if "subject" in asked:
        entries, parked = house.feed.about_subject(asked["subject"]), house.feed.parked(asked["subject"])
        if not entries and not parked:
            raise problems.NoSuchEvent(
                {
                    "id": "Belum ada peristiwa tentang id ini di umpan.",
                    "en": "There is no event about this id in the feed (yet).",
                }
            )
        return entries, parked
    return problems.refuse(
        "/position",
        "about_nothing",
        {"id": "Peristiwa yang mana?", "en": "Which event?"},
        {"id": "Isi position atau subject.", "en": "Give position or subject."},
        where="query",
    )


def _reason(house: House, organisation: Document, subscription: Document, standing: Document, entry: Document) -> str:
    row = house.deliveries.of(subscription["_id"], [entry["_id"]]).get(entry["_id"])
    if row is not None and row["state"] in ("DELIVERED", "FAILED"):
        return str(row["state"])
    barred = filters.withheld_from(organisation, entry) or filters.passed_over(subscription, entry)
    if barred is not None:
        return barred
    if subscription["status"] != "ACTIVE":
        return str(subscription["status"])
    if not model.live(organisation, clock.today().isoformat()):
        return "SUSPENDED"
    if row is not None:
        return str(row["state"])
    if entry["_id"] > standing["position"]:
        return "NOT_YET"
    return "BEFORE_YOU" if entry["_id"] <= standing["began"] else "PASSED_BY"


def _line(house: House, entry: Document, code: str, subscription_id: str) -> dict[str, Any]:
    row = house.deliveries.of(subscription_id, [entry["_id"]]).get(entry["_id"])
    return {
        "position": entry["_id"],
        "type": entry["type"],
        "version": entry.get("version"),
        "code": code,
        "text": WHY[code],
        "delivery": row["_id"] if row else None,
    }


def _parked_line(change: Document) -> dict[str, Any]:
    return {
        "position": None,
        "type": change["type"],
        "version": change["version"],
        "code": "WAITS_FOR_ANOTHER",
        "text": WHY["WAITS_FOR_ANOTHER"],
        "delivery": None,
    }
