"""What can be subscribed to: open to everybody, so that an office can decide before it asks for access."""

from typing import Any

from services.partners import problems
from services.partners.model import samples
from services.partners.model.events import CATALOGUE, Kind


def everything() -> list[dict[str, Any]]:
    """Every kind of event."""
    return [_shown(kind) for kind in CATALOGUE.values()]


def one(type: str) -> dict[str, Any]:
    """One kind of event, by its type.

    Raises:
        NoSuchKind: no event of this type is told.
    """
    if type not in CATALOGUE:
        raise problems.NoSuchKind()
    return _shown(CATALOGUE[type])


def _shown(kind: Kind) -> dict[str, Any]:
    return {
        "type": kind.type,
        "purpose": dict(kind.purpose),
        "personal": kind.personal,
        "personal_fields": samples.personal_fields(kind.type),
        "legal_basis": kind.basis,
        "audience": list(kind.audience),
        "topic": kind.topic,
        "direct_kafka": not kind.personal and not kind.type.startswith("concern."),
        "schema": samples.schema(kind.type),
        "sample": samples.sample(kind.type),
    }
