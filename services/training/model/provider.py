"""Whoever decides whether a provider's courses may be shown asks here: licence, accreditation, activity."""

from collections.abc import Mapping
from typing import Any

KINDS = ("BLK", "BLKK", "LPK")

Document = Mapping[str, Any]


def accreditation_for(provider: Document, programme: str) -> dict[str, Any] | None:
    """The accreditation of one programme, `{from, until}` as ISO dates, or None.

    Accreditation is given to a programme, the licence to the institution (Permenaker 5/2022). Where a programme was
    accredited more than once, the period that ends last counts.
    """
    periods = [entry for entry in provider.get("accreditations", ()) if entry["programme"] == programme]
    if not periods:
        return None
    latest = max(periods, key=lambda entry: entry["until"] or "9999-12-31")
    return {"from": latest["from"], "until": latest["until"]}


def was_accredited_on(provider: Document, programme: str, day: str) -> bool:
    """Whether a class of the programme that began on this day (ISO) may be completed.

    Any of the programme's periods may cover it. Of the licence only the newest is on record, so that it must not have
    ended before; since when it holds says nothing of a day under the one before. A provider that was closed while
    people were in class still says how that ended.
    """
    periods = [entry for entry in provider.get("accreditations", ()) if entry["programme"] == programme]
    licensed = (provider.get("licence") or {}).get("until")
    return (licensed is None or day <= licensed) and any(
        (entry["from"] is None or entry["from"] <= day) and (entry["until"] is None or day <= entry["until"])
        for entry in periods
    )


def card(provider: Document) -> dict[str, Any]:
    """What a course says of its provider on the wire: never a contact, never an address."""
    licence = provider.get("licence") or {}
    return {
        "id": provider["_id"],
        "name": provider["name"],
        "kind": provider["kind"],
        "active": provider["active"],
        "licence_from": licence.get("from"),
        "licence_until": licence.get("until"),
        "last_verified_on": provider.get("last_verified_on"),
    }


def runs_backward(first: str, last: str | None) -> bool:
    """Whether a period's last day (ISO; None: it has none) lies before its first."""
    return last is not None and last < first
