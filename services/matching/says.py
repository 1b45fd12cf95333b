"""What the matching house tells others: decisions, sums of needs, judgements, editions of figures."""

from collections.abc import Mapping
from typing import Any

RECOMMENDATIONS = "matching.recommendations.v1"
DEMAND = "matching.demand.v1"
EDITIONS = "matching.editions.v1"
JUDGEMENTS = "matching.judgements.v1"

DECIDED = "matching.recommendation.decided"
COUNTED = "matching.demand.counted"
GONE = "matching.demand.gone"
EDITION_PUBLISHED = "matching.edition.published"
EDITION_CORRECTED = "matching.edition.corrected"
JUDGED = "matching.judgement.judged"
JUDGEMENT_GONE = "matching.judgement.gone"

# Told again because somebody asked for it; nothing has happened.
DECISION_ANNOUNCED = "matching.recommendation.announced"
DEMAND_ANNOUNCED = "matching.demand.announced"
EDITION_ANNOUNCED = "matching.edition.announced"
JUDGEMENT_ANNOUNCED = "matching.judgement.announced"

Document = Mapping[str, Any]


def decision(doc: Document) -> dict[str, Any]:
    """The public state of a decision: shared/contracts/matching/recommendations.v1. Never the words of a note."""
    return {
        "id": doc["_id"],
        **{name: doc[name] for name in ("version", "candidate_id", "decided_on", "decision", "chosen", "model")},
        "referral": doc.get("referral"),
    }


def demand(doc: Document) -> dict[str, Any]:
    """One sum, never below ten: shared/contracts/matching/demand.v1."""
    return {"id": doc["_id"], **{name: doc[name] for name in ("version", "programme", "regency", "month", "count")}}


def edition(doc: Document) -> dict[str, Any]:
    """That figures were frozen for a day: shared/contracts/matching/editions.v1. Its title is free text and stays."""
    return {
        "id": doc["_id"],
        "version": doc["version"],
        "counted_at": doc["figures"]["counted_at"].isoformat(),
        "corrections": len(doc["corrections"]),
    }


def judgement(doc: Document) -> dict[str, Any]:
    """What the law says of one subject: shared/contracts/matching/judgements.v1. Codes and versions, no facts."""
    return {
        "id": doc["_id"],
        **{name: doc[name] for name in ("version", "subject", "day", "outcome", "versions", "rules", "judged_at")},
        "candidate_id": doc["candidate_id"],
    }
