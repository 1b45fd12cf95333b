"""Read models: what this house knows of the documents that events are about; a rebuild can make them again."""

from services.partners.model import knowledge as k
from services.partners.model.telling import Look
from shared.documents.mongo import Document, Tx

COLLECTIONS = {
    k.PEOPLE: "people",
    k.COURSES: "courses",
    k.BATCHES: "batches",
    k.ENROLMENTS: "enrolments",
    k.ORDERS: "orders",
    k.QUOTAS: "quotas",
    k.POLICIES: "policies",
    k.APPLICATIONS: "applications",
    k.CONCERNS: "concerns",
    k.RECOMMENDATIONS: "recommendations",
    k.DEMAND: "demand",
    k.EDITIONS: "editions",
}
"""Topic → the collection of what is known."""


def looking(tx: Tx) -> Look:
    """Finds what is known, each document once for the whole transaction."""
    seen: dict[tuple[str, str], Document | None] = {}

    def look(topic: str, id: str) -> Document | None:
        if (topic, id) not in seen:
            seen[topic, id] = tx.collection(COLLECTIONS[topic]).find_one({"_id": id})
        return seen[topic, id]

    return look
