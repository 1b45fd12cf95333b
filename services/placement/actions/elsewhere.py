"""Whoever departed on one job order signs and leaves on no other that they had applied to before (decision 0161).

No house hears of a return. What was applied for before a departure therefore never goes past ``SELECTED`` again, and
its announced departure is suspended at once; whoever comes home applies anew, also to the same order.
"""

from collections.abc import Sequence
from datetime import datetime

from services.placement import problems, says
from services.placement.actions.house import Document, House
from services.placement.model import application as model
from services.placement.store.judgements import LAW, step
from shared.documents.mongo import Tx


def need_here(tx: Tx, house: House, application: Document) -> None:
    """Stop where the person has departed on another order since this application was made, marked or not: what stands
    beside a departure from before decision 0161 bears no mark.

    Raises:
        StepNotPossible: with the way out.
    """
    _, known = house.bookings.of_person(tx, application["candidate_id"])
    if application.get("left_elsewhere") or _left_since(application, _departures(known)):
        raise problems.StepNotPossible(
            {
                "id": "Orang ini sudah berangkat pada lowongan lain sesudah lamaran ini dibuat. Akhiri lamaran ini"
                " (WITHDRAWN); jika ia sudah pulang, buat lamaran baru.",
                "en": "This person has departed on another job order since this application was made. End it"
                " (WITHDRAWN); if they have come home, make a new application.",
            }
        )


def hold_others(tx: Tx, house: House, candidate_id: str, *, by: str = LAW) -> None:
    """After a departure, or after two records turned out to be one person: what was applied for before it waits."""
    _, applications = house.bookings.of_person(tx, candidate_id)
    left = _departures(applications)
    for application in applications:
        waits = application.get("state") in (*model.UNDER_WAY, model.STOPPED)
        if waits and not application.get("left_elsewhere") and _left_since(application, left):
            _hold(tx, house, application, by)


def _departures(applications: Sequence[Document]) -> list[datetime]:
    """The moments at which the person of these applications left."""
    return [one.get("departed_at") or one["updated_at"] for one in applications if one.get("state") == "DEPARTED"]


def _left_since(application: Document, left: Sequence[datetime]) -> bool:
    return any(application["created_at"] < at for at in left)


def _hold(tx: Tx, house: House, application: Document, by: str) -> None:
    announced = application["state"] == "AGREED" and application.get("departure") is not None
    held, kind = {**application, "left_elsewhere": True}, says.APPLICATION_ANNOUNCED
    if announced and not application.get("departure_suspended", False):
        held["departure_suspended"], kind = True, says.DEPARTURE_SUSPENDED
    saved = house.bookings.applications.change(tx, held, type=kind)
    if kind == says.DEPARTURE_SUSPENDED:
        house.trail.write(tx, [step(application["_id"], "DEPARTURE_SUSPENDED", by=by, version=saved["version"])])
