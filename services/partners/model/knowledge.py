"""What this house keeps of each topic: just enough to say of the next event what changed and where."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.codes.sectors import sector_of

Document = Mapping[str, Any]
Shape = Callable[[Document], dict[str, Any]]

PEOPLE = "registry.candidates.v1"
COURSES, BATCHES, ENROLMENTS = "training.courses.v1", "training.batches.v1", "training.enrolments.v1"
ORDERS, QUOTAS, POLICIES = "placement.job-orders.v1", "placement.quotas.v1", "placement.policies.v1"
APPLICATIONS, CONCERNS = "placement.applications.v1", "placement.concerns.v1"
RECOMMENDATIONS, DEMAND, EDITIONS = "matching.recommendations.v1", "matching.demand.v1", "matching.editions.v1"


def _picked(*names: str) -> Shape:
    return lambda data: {name: data.get(name) for name in names}


def person(data: Document) -> dict[str, Any]:
    """Home regency and consent of a person; nothing else of the payload is kept."""
    return {"consent": data["consent"], "regency": data.get("home_regency")}


def course(data: Document) -> dict[str, Any]:
    sector = sector_of(next(iter(data["isco08"]), None))
    return {"provider_id": data["provider"]["id"], "sector": sector, "review": data["review"], "status": data["status"]}


def order(data: Document) -> dict[str, Any]:
    household = data["employer"]["type"] == "HOUSEHOLD"
    return {"sector": sector_of(data["isco08"], household=household), "country": data["country"]}


SHAPES: Mapping[str, Shape] = {
    PEOPLE: person,
    COURSES: course,
    BATCHES: _picked("course_id", "regency", "status"),
    ENROLMENTS: _picked("candidate_id", "course_id", "batch_id", "state"),
    ORDERS: order,
    QUOTAS: _picked(),
    POLICIES: _picked("kind"),
    APPLICATIONS: _picked("candidate_id", "job_order_id", "state", "departure", "departure_suspended"),
    CONCERNS: _picked("regency", "state"),
    RECOMMENDATIONS: _picked("candidate_id"),
    DEMAND: _picked("regency", "programme"),
    EDITIONS: _picked(),
}
"""Topic → what is kept of its payload."""
