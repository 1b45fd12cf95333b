"""What the pages of partner systems ask: one partner, two of its endpoints, and a log of deliveries."""

from typing import Any

from services.partners.model.events import CATALOGUE
from shared import clock
from tests.support.console import organisations, providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID, ORDER

Body = dict[str, Any]
SECRET = "whsec_RAHASIASEKALI"
FAILED = f"{ID}.41"


def partner(**changes: Any) -> Body:
    return {
        "id": ID,
        "version": 3,
        "code": "kaltara",
        "name": "Provinsi Kalimantan Utara",
        "kind": "TRANSIT_PROVINCE",
        "legal_basis": "Perjanjian kerja sama 12/2026, Pasal 4",
        "contact": "piket@example.go.id",
        "event_types": ["departure.announced"],
        "regions": ["65", "53.06"],
        "payload_level": "MINIMAL",
        "provider_id": None,
        "valid_until": "2099-12-31",
        "status": "ACTIVE",
        "created_at": clock.now().isoformat(),
        "updated_at": clock.now().isoformat(),
        **changes,
    }


def endpoint(**changes: Any) -> Body:
    now = clock.now().isoformat()
    standing = {
        "position": 41,
        "behind": 0,
        "failures": 0,
        "failing_since": None,
        "rest_until": None,
        "delivered_at": now,
        "failed_at": None,
        "trouble": None,
    }
    return {
        "id": ID,
        "version": 5,
        "organisation_id": ID,
        "url": "https://mitra.example.go.id/lumbung",
        "event_types": [],
        "regions": ["53.06"],
        "payload_level": "MINIMAL",
        "note": None,
        "status": "ACTIVE",
        "reason": None,
        "standing": {**standing, **changes.pop("standing", {})},
        "secrets_until": [None],
        "created_at": now,
        "updated_at": now,
        **changes,
    }


def failing() -> Body:
    trouble = {"code": "timed_out", "status": None}
    stands = {"failures": 4, "failing_since": clock.now().isoformat(), "behind": 12, "trouble": trouble}
    return endpoint(id=ORDER, url="https://mitra.example.go.id/lama", standing=stands)


def delivery(state: str = "FAILED", **changes: Any) -> Body:
    now = clock.now().isoformat()
    tries = [{"at": now, "status": 500, "trouble": "refused", "ms": 812, "answer": "oops"}]
    return {
        "id": FAILED,
        "subscription_id": ID,
        "position": 41,
        "event_id": "evt-1",
        "type": "departure.announced",
        "state": state,
        "tries": 10,
        "next_at": None,
        "created_at": now,
        "attempts": tries,
        **changes,
    }


def kinds() -> list[Body]:
    """Every kind of event, as the house tells them: they make the longest page."""
    return [{"type": one.type, "purpose": dict(one.purpose)} for one in CATALOGUE.values()]


def tell(houses: FakeHouses, *, one: Body | None = None) -> None:
    one = one or endpoint()
    waiting = delivery("WAITING", id=f"{ID}.42", position=42, next_at=clock.now().isoformat(), tries=1)
    told = {"id": "n1", "code": "FAILING", "about": ID, "to": "piket@example.go.id", "sent": False}
    told |= {"at": clock.now().isoformat(), "text": {"id": "Alamat dihentikan.", "en": "The endpoint was stopped."}}
    houses.says("partners", "GET /v1/organisations", {"items": [partner()], "next": None})
    houses.says("partners", "GET /v1/organisations/*", partner())
    houses.says("partners", "GET /v1/organisations/*/notices", {"items": [told], "next": None})
    houses.says("partners", "GET /v1/organisations/*/keys", {"items": [providers.key()], "next": None})
    houses.says("partners", "GET /v1/subscriptions", {"items": [one, failing()], "next": None})
    houses.says("partners", "GET /v1/subscriptions/*", one)
    houses.says("partners", "GET /v1/deliveries", {"items": [waiting, delivery()], "next": None})
    houses.says("partners", "GET /v1/catalogue", {"items": kinds()})
    houses.says("training", "GET /v1/providers", {"items": [organisations.provider()], "next": None})
