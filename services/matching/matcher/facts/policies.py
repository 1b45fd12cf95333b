"""A policy with all its revisions: the record from which the law of any day, as known on any day, is read."""

from dataclasses import dataclass, field
from datetime import date, datetime

from services.matching.matcher.facts.reading import End, Name, Number, Payload, Text, fact, text


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Shown beside a sentence, never inside it."""

    instrument: str | None = None
    article: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a policy. `valid_*` (inclusive days): when it is law. `known_*` (instants): when we knew it.

    An end that cannot be read must not lengthen a law; the row then never holds.
    """

    number: Number
    status: str | None
    valid_from: date | None
    valid_until: End
    known_from: datetime | None
    known_until: datetime | None
    legal_basis: LegalBasis
    confidence: str | None
    verified_on: date | None
    text: Text | None
    content: Payload = field(hash=False)


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """Payload: `placement.policies.v1`. Only approved revisions are law."""

    id: Name
    version: Number
    code: str
    kind: str | None
    revisions: tuple[Revision, ...] = ()

    @classmethod
    def from_payload(cls, payload: Payload) -> "PolicyRecord":
        return fact(cls, payload, code=text(payload.get("code")) or text(payload.get("id")) or "")
