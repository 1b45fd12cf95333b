"""What the registry hears: enrolments change a candidate, applications are kept to show what became of them."""

from functools import partial

from services.registry.actions.credits import credit
from services.registry.actions.house import House
from services.registry.store.candidates import APPLICATIONS
from shared.documents.mongo import Document
from shared.events.hearing import Hears
from shared.events.projection import Projection


def hears(house: House) -> Hears:
    """Topic → what is done with it here."""
    return {
        "training.enrolments.v1": partial(credit, house),
        "placement.applications.v1": Projection(APPLICATIONS, shape=application),
    }


def application(data: Document) -> Document:
    """Of ``placement.applications.v1`` the page of a candidate needs three fields."""
    return {
        "candidate_id": data["candidate_id"],
        "job_order_id": data["job_order_id"],
        "state": data["state"],
    }
