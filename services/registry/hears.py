"""What the registry hears: enrolments change a candidate, applications are kept to show what became of them."""

from services.registry.actions.credits import credit
from services.registry.store.candidates import APPLICATIONS
from shared.documents.mongo import Document
from shared.events.hearing import Hears
from shared.events.projection import Projection


def application(data: Document) -> Document:
    """Of ``placement.applications.v1`` the page of a candidate needs three fields."""
    return {
        "candidate_id": data["candidate_id"],
        "job_order_id": data["job_order_id"],
        "state": data["state"],
    }


HEARS: Hears = {
    "training.enrolments.v1": credit,
    "placement.applications.v1": Projection(APPLICATIONS, shape=application),
}
