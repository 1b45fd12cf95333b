"""What the placement house tells others: the state of an order, its slots, an application or a law, and why."""

from collections.abc import Mapping
from typing import Any

from services.placement.model.application import NEXT
from shared import clock

JOB_ORDERS = "placement.job-orders.v1"
QUOTAS = "placement.quotas.v1"
POLICIES = "placement.policies.v1"
APPLICATIONS = "placement.applications.v1"
CONCERNS = "placement.concerns.v1"

ORDER_PUBLISHED = "placement.job_order.published"
ORDER_CHANGED = "placement.job_order.changed"
ORDER_VERIFIED = "placement.job_order.verified"
ORDER_REJECTED = "placement.job_order.rejected"
ORDER_SUSPENDED = "placement.job_order.suspended"
ORDER_RELEASED = "placement.job_order.released"
ORDER_CLOSED = "placement.job_order.closed"

QUOTA_CHANGED = "placement.quota.changed"

POLICY_PROPOSED = "placement.policy.proposed"
POLICY_APPROVED = "placement.policy.approved"
POLICY_REJECTED = "placement.policy.rejected"
POLICY_ENDED = "placement.policy.ended"

APPLICATION_TYPE = {
    "APPLIED": "placement.application.applied",
    "SELECTED": "placement.application.selected",
    "AGREED": "placement.application.agreed",
    "DEPARTED": "placement.application.departed",
    "WITHDRAWN": "placement.application.withdrawn",
    "REJECTED": "placement.application.rejected",
    "STOPPED": "placement.application.stopped",
}
APPLICATION_RESUMED = "placement.application.resumed"

DEPARTURE_ANNOUNCED = "placement.application.departure_announced"
DEPARTURE_SUSPENDED = "placement.application.departure_suspended"

CONCERN_TYPE = {
    "RECEIVED": "placement.concern.received",
    "CONFIRMED": "placement.concern.confirmed",
    "DISMISSED": "placement.concern.dismissed",
    "RESOLVED": "placement.concern.resolved",
}

# Told again because somebody asked for it; nothing has happened.
ORDER_ANNOUNCED = "placement.job_order.announced"
QUOTA_ANNOUNCED = "placement.quota.announced"
POLICY_ANNOUNCED = "placement.policy.announced"
APPLICATION_ANNOUNCED = "placement.application.announced"
CONCERN_ANNOUNCED = "placement.concern.announced"

# Companies and partners are told as part of their orders; nobody hears of them on their own.
COMPANY_CHANGED = "placement.company.changed"
PARTNER_CHANGED = "placement.foreign_partner.changed"

Document = Mapping[str, Any]


def job_order(doc: Document) -> dict[str, Any]:
    """The public state of an order: shared/contracts/placement/job-orders.v1."""
    employer, company = doc["employer"], doc["company"]
    return {
        "id": doc["_id"],
        **{
            name: doc[name]
            for name in (
                "version", "code", "title", "description", "country", "scheme", "channel", "visa_type", "isco08",
                "kbji", "title_scheme", "wage", "term_months", "working_hours", "costs", "sip2mi", "requirements",
                "verification", "status", "opens_on", "closes_on", "departure_by",
            )
        },
        "employer": {
            name: employer[name]
            for name in ("type", "partner_id", "partner_listed", "household_income", "household_size")
        }
        | {"partner_listing": employer.get("partner_listing")},
        # How the copy is kept fresh (its version) and why the order is held back are this house's own business.
        "company": company
        and {name: company[name] for name in ("id", "sip3mi", "status", "valid_from", "valid_until", "snapshot_on")},
        # Words that no code was found for stay in the house; the wire carries codes only.
        "skills": [
            {name: skill[name] for name in ("code", "essential", "similarity")}
            for skill in doc["skills"]
            if skill["code"]
        ],
    }  # fmt: skip


def quota(doc: Document) -> dict[str, Any]:
    """The slots of an order, under the order's id: shared/contracts/placement/quotas.v1."""
    return {"id": doc["_id"], **{name: doc[name] for name in ("version", "quota", "reserved", "taken")}}


def application(doc: Document) -> dict[str, Any]:
    """The public state of an application: shared/contracts/placement/applications.v1."""
    return {
        "id": doc["_id"],
        **{name: doc[name] for name in ("version", "candidate_id", "job_order_id", "state", "reserved")},
        "stopped_at": doc.get("stopped_at"),
        "departure": doc.get("departure"),
        "departure_suspended": doc["state"] == "AGREED" and doc.get("departure_suspended", False),
        "company_id": doc["company_id"],
        "ended_on": _ended_on(doc),
    }


def _ended_on(doc: Document) -> str | None:
    """The day, in the province, of the last step there is; None while it goes on."""
    if NEXT[doc["state"]]:
        return None
    day: str = doc.get("ended_on") or clock.day_of(doc["updated_at"]).isoformat()
    return day


def concern(doc: Document) -> dict[str, Any]:
    """What may be known of a concern: shared/contracts/placement/concerns.v1. The words of the report stay here."""
    names = ("version", "kind", "regency", "state", "company_id", "job_order_id", "reported_on")
    return {"id": doc["_id"], **{name: doc[name] for name in names}}


def policy(doc: Document) -> dict[str, Any]:
    """A policy with all its revisions: shared/contracts/placement/policies.v1.

    Who proposed and who approved stays in the house. A proposal to end a law is no law: what it does is seen in the
    ``valid_until`` of the rows that it shortened.
    """
    return {
        "id": doc["_id"],
        "version": doc["version"],
        "code": doc["code"],
        "kind": doc["kind"],
        "revisions": [
            {
                name: row[name]
                for name in (
                    "number", "status", "valid_from", "valid_until", "known_from", "known_until", "legal_basis",
                    "confidence", "verified_on", "text", "content",
                )
            }
            for row in doc["revisions"]
            if row["action"] == "SET"
        ],
    }  # fmt: skip
