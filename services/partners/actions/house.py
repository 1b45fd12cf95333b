"""For every action: the rooms it may use, handed over by `app.py`, and the few steps that all actions share."""

from dataclasses import dataclass

from services.partners import problems
from services.partners.model import organisation as model
from services.partners.store.deliveries import Deliveries
from services.partners.store.feed import Feed
from services.partners.store.notices import Notices
from services.partners.store.organisations import Organisations
from services.partners.store.subscriptions import Subscriptions
from shared import clock
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Database, Document
from shared.http.callers import Caller
from shared.http.keys import KeyStore
from shared.jobs import Jobs
from shared.sealing import Seal

PARTNER = "partner"
MANAGES = "partners:write"


@dataclass(frozen=True, slots=True)
class House:
    """Everything an action works with. `development` allows endpoints on the machine's own loopback."""

    database: Database
    feed: Feed
    organisations: Organisations
    subscriptions: Subscriptions
    deliveries: Deliveries
    notices: Notices
    keys: KeyStore
    jobs: Jobs
    seal: Seal
    development: bool


def guard(doc: Document, version: int) -> None:
    """Stop when what the caller changed has changed meanwhile.

    Raises:
        Stale: with the version that stands.
    """
    if doc["version"] != version:
        raise StaleVersion(doc["version"])


def own_only(caller: Caller, organisation_id: str) -> None:
    """A partner touches only what is its own; whoever manages partners is bound to none.

    Raises:
        NotYours: the caller belongs to another organisation.
    """
    if not caller.may(MANAGES) and caller.organisation != organisation_id:
        raise problems.NotYours(
            {
                "id": "Kunci API ini milik mitra lain. Pakai kunci milik mitra yang bersangkutan.",
                "en": "This API key belongs to another partner. Use the key of the partner concerned.",
            }
        )


def hearing(caller: Caller, house: House) -> Document:
    """The organisation that asks for events, if it hears any at present.

    Raises:
        Forbidden: no right to events, or a caller of no organisation.
        Suspended: its access is suspended, or its agreement has ended.
    """
    caller.need("events:read")
    organisation = house.organisations.rows.load(caller.organisation or "")
    if caller.kind != PARTNER or organisation is None:
        raise problems.NotYours(
            {
                "id": "Peristiwa dibaca dengan kunci API seorang mitra, bukan dengan token petugas.",
                "en": "Events are read with the API key of a partner, not with a token of staff.",
            }
        )
    if not model.live(organisation, clock.today().isoformat()):
        raise suspended(organisation)
    return organisation


def suspended(organisation: Document) -> problems.Suspended:
    """The refusal that says which of both it is."""
    if organisation["status"] != "ACTIVE":
        return problems.Suspended(
            {
                "id": "Hubungi pengelola Lumbung. Peristiwa selama ini menunggu Anda; lanjutkan dari posisi terakhir.",
                "en": "Ask whoever runs Lumbung. Events wait meanwhile: go on from your last position.",
            }
        )
    until = organisation["valid_until"]
    return problems.Suspended(
        {
            "id": f"Perjanjian berakhir pada {until}. Perpanjang lewat pengelola Lumbung, lalu lanjutkan.",
            "en": f"The agreement ended on {until}. Have it prolonged by whoever runs Lumbung, then go on.",
        },
        code="agreement_ended",
    )
