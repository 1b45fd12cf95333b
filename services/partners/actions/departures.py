"""The check at a port: is this departure announced, and does nothing stand against it? Never who it is."""

from typing import Any

from services.partners import problems
from services.partners.actions.house import House, hearing
from services.partners.model import knowledge
from services.partners.model.events import CATALOGUE
from services.partners.model.organisation import covers
from services.partners.store.known import looking
from shared import clock
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller


def check(caller: Caller, house: House, id: str) -> dict[str, Any]:
    """`{id, verdict, country, planned_on, via}` of an application whose way leads through the caller's region.

    `ANNOUNCED` may pass on its day; `DEPARTED` has left already; `STOPPED`: the law stands against it;
    `SUSPENDED`: something is not known, so it could not be announced now; `ENDED`: it was taken back; `PAST`: its day
    is over. 404 for one that was never announced, or that leads elsewhere.
    """
    organisation = hearing(caller, house)
    if organisation["kind"] not in CATALOGUE["departure.announced"].audience:
        raise problems.NotYours(
            {
                "id": "Pemeriksaan ini untuk provinsi perlintasan, provinsi, dan kementerian.",
                "en": "This check is for transit provinces, the province and the ministry.",
            }
        )

    def known(tx: Tx) -> tuple[Document | None, Document | None]:
        look = looking(tx)
        application = look(knowledge.APPLICATIONS, id)
        order = look(knowledge.ORDERS, application["job_order_id"]) if application and _told(application) else None
        return (dict(application) if application else None), (dict(order) if order else None)

    application, order = house.database.run(known)
    if application is None or not _told(application) or not _through(organisation, application):
        raise problems.NoSuchDeparture()
    departure = application["departure"]
    return {
        "id": id,
        "verdict": _verdict(application, departure["planned_on"]),
        "country": (order or {}).get("country"),
        "planned_on": departure["planned_on"],
        "via": departure["via"],
    }


def _told(application: Any) -> bool:
    return not application.get("erased") and application.get("departure") is not None


def _through(organisation: Document, application: Document) -> bool:
    if organisation["kind"] != "TRANSIT_PROVINCE":
        return True
    return any(covers(organisation["regions"], place) for place in application["departure"]["via"])


def _verdict(application: Document, planned_on: str) -> str:
    state = application["state"]
    if state == "AGREED":
        if application.get("departure_suspended"):
            return "SUSPENDED"
        return "ANNOUNCED" if planned_on >= clock.today().isoformat() else "PAST"
    return state if state in ("DEPARTED", "STOPPED") else "ENDED"
