"""A departure is announced: the provinces that the way leads through hear of a lawful traveller, and of no name."""

from collections.abc import Mapping
from typing import Any

from services.placement import problems, says
from services.placement.actions.applications import load_standing
from services.placement.actions.elsewhere import need_here
from services.placement.actions.house import COMPANY, Document, House, guard, own_only
from services.placement.actions.job_orders import load as load_order
from services.placement.actions.judgements import need_lawful
from services.placement.actions.reservations import in_order
from shared import clock
from shared.documents.mongo import Tx
from shared.http.callers import Caller


def announce(caller: Caller, house: House, id: str, version: int, departure: Mapping[str, Any]) -> Document:
    """Say when the person of an agreed application leaves, and by which ports. Saying the same again changes nothing.

    Raises:
        StepNotPossible: there is no agreement, or the person has left, be it on another order.
        NotJudgedYet, AgainstTheLaw, NotKnownToBeLawful, PapersMissing: it could not be agreed on today.
        Refused: the day has passed.
    """
    caller.need("applications:write", "referrals:write", "job_orders:write")

    def work(tx: Tx) -> Document:
        application = load_standing(house, id, tx)
        own_only(caller, application["company_id"])
        guard(application, version)
        if application["state"] != "AGREED":
            raise problems.StepNotPossible(
                {
                    "id": f"Keberangkatan diumumkan sesudah AGREED; lamaran ini {application['state']}.",
                    "en": f"A departure is announced once it is AGREED; this application is {application['state']}.",
                }
            )
        need_here(tx, house, application)
        order = load_order(house, application["job_order_id"], tx)
        in_order(tx, house, order)
        need_lawful(tx, house, application, order, application["state"], to_company=caller.kind == COMPANY)
        if departure["planned_on"] < clock.today().isoformat():
            problems.refuse("/planned_on", "day_has_passed")
        if application.get("departure") == departure:
            return application
        new = {**application, "departure": dict(departure), "departure_suspended": False}
        return house.bookings.applications.change(tx, new, type=says.DEPARTURE_ANNOUNCED)

    return house.database.run(work)
