"""What others told the placement house: who is known, has consented or must be forgotten, and what the law says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.placement.actions import applications, judgements
from services.placement.actions.house import House
from services.placement.store.bookings import CANDIDATES
from services.placement.store.judgements import JUDGEMENTS, flat
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event
from shared.events.hearing import Hears
from shared.events.projection import Projection, each

ENROLMENT = "ENROLMENT"
"""Judgements that are the training house's business."""


def hears(house: House) -> Hears:
    """Topic → what is kept of it."""

    def follow_the_person(tx: Tx, event: Event) -> None:
        if event.data is None:
            applications.forget(tx, house, event.key)
        elif into := event.data.get("merged_into"):
            applications.follow(tx, house, event.key, into)

    return {
        "registry.candidates.v1": Projection(CANDIDATES, shape=consent_only, after=each(follow_the_person)),
        "matching.judgements.v1": _Judgements(
            JUDGEMENTS,
            house=house,
            shape=flat,
            wants=lambda data: data.get("subject") != ENROLMENT,
            after=lambda tx, events: judgements.heard(tx, house, events),
        ),
    }


@dataclass(frozen=True, slots=True)
class _Judgements(Projection):
    """Judgements of applications come by the thousand: they are put down together, and kept one by one later.

    A rebuild, tombstones and judgements of orders, which stop their orders at once, go the usual way.
    """

    house: House = field(kw_only=True)

    def apply(self, tx: Tx, events: Sequence[Event], *, mend: bool = False, new: bool = False) -> int:
        if mend:
            return Projection.apply(self, tx, events, mend=True, new=new)
        later = [event for event in events if _is_of_an_application(event)]
        if later:
            self.house.judgements.put_down(tx, [self.document(event) for event in later])
        at_once = [event for event in events if not _is_of_an_application(event)]
        return len(later) + Projection.apply(self, tx, at_once)


def _is_of_an_application(event: Event) -> bool:
    return event.data is not None and event.data["subject"] == judgements.APPLICATION


def consent_only(data: Document) -> Document:
    """A booking needs to know that the person exists and agreed; nothing else is kept here."""
    return {"consent": data["consent"]} | ({"merged_into": into} if (into := data.get("merged_into")) else {})
