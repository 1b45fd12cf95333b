"""A policy with all its revisions: the record from which the law of any day, as known on any day, is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.matching.matcher.facts.reading import Payload, Text, day, each, instant, mapping, text, whole


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Shown beside a sentence, never inside it."""

    instrument: str | None = None
    article: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a policy. `valid_*` (inclusive days): when it is law. `known_*` (instants): when we knew it."""

    number: int
    status: str | None
    valid_from: date | None
    valid_until: date | None
    known_from: datetime | None
    known_until: datetime | None
    legal_basis: LegalBasis
    confidence: str | None
    verified_on: date | None
    text: Text | None
    content: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """Payload: `placement.policies.v1`. Only approved revisions are law."""

    id: str
    version: int
    code: str
    kind: str | None
    revisions: tuple[Revision, ...] = ()

    @classmethod
    def from_payload(cls, payload: Payload) -> "PolicyRecord":
        get = payload.get
        return cls(
            id=text(get("id")) or "",
            version=whole(get("version")) or 0,
            code=text(get("code")) or text(get("id")) or "",
            kind=text(get("kind")),
            revisions=each(_revision, get("revisions")),
        )


def _revision(source: Payload) -> Revision:
    get = source.get
    basis = mapping(get("legal_basis"))
    return Revision(
        number=whole(get("number")) or 0,
        status=text(get("status")),
        valid_from=day(get("valid_from")),
        valid_until=_valid_until(get("valid_until")),
        known_from=instant(get("known_from")),
        known_until=instant(get("known_until")),
        legal_basis=LegalBasis(text(basis.get("instrument")), text(basis.get("article")), text(basis.get("source"))),
        confidence=text(get("confidence")),
        verified_on=day(get("verified_on")),
        text=Text.from_payload(get("text")),
        content=mapping(get("content")),
    )


def _valid_until(value: object) -> date | None:
    """An unreadable end must not lengthen a law; the row then never holds."""
    return None if value is None else day(value) or date.min
