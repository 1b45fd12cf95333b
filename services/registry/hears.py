"""What the registry hears: enrolments change a candidate; they and applications are kept to show what became of them,
and to whom the person was sent; courses and job orders say whether that organisation may still act."""

from functools import partial

from services.registry.actions.credits import credit
from services.registry.actions.house import House
from services.registry.store.candidates import APPLICATIONS
from services.registry.store.contacts import COURSES, ENROLMENTS, ORDERS
from shared.documents.mongo import Document
from shared.events.hearing import Hears
from shared.events.projection import Projection, each


def hears(house: House) -> Hears:
    """Topic → what is done with it here."""
    return {
        "training.enrolments.v1": Projection(ENROLMENTS, shape=enrolment, after=each(partial(credit, house))),
        "placement.applications.v1": Projection(APPLICATIONS, shape=application),
        "training.courses.v1": Projection(COURSES, shape=course),
        "placement.job-orders.v1": Projection(ORDERS, shape=order),
    }


def application(data: Document) -> Document:
    """Of ``placement.applications.v1`` the page of a candidate needs three fields, and whoever is told of them two."""
    return {
        "candidate_id": data["candidate_id"],
        "job_order_id": data["job_order_id"],
        "state": data["state"],
        "organisation": data.get("company_id"),
        "ended_on": data.get("ended_on"),
    }


def enrolment(data: Document) -> Document:
    """Of ``training.enrolments.v1``: who was sent to which provider, and until when. Where a decision asked for a seat
    that could not be given, nobody was sent."""
    sent = data.get("drop_reason") != "NOT_POSSIBLE"
    return {
        "candidate_id": data["candidate_id"],
        "state": data["state"],
        "organisation": data.get("provider_id") if sent else None,
        "ended_on": data.get("ended_on"),
    }


def course(data: Document) -> Document:
    """Of ``training.courses.v1``: whether the provider is active."""
    return {"organisation": data["provider"]["id"], "acts": data["provider"]["active"], "until": None}


def order(data: Document) -> Document:
    """Of ``placement.job-orders.v1``: whether the company's licence is active, and until when; no organisation where no
    company stands between."""
    company = data["company"] or {"id": None, "status": "ACTIVE"}
    acts = company["status"] == "ACTIVE"
    return {"organisation": company["id"], "acts": acts, "until": company.get("valid_until")}
