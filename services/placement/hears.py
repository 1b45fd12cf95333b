"""What others told the placement house: who is known, has consented or must be forgotten, and what the law says."""

from services.placement.actions import applications, judgements
from services.placement.actions.house import House
from services.placement.store.bookings import CANDIDATES
from services.placement.store.judgements import JUDGEMENTS, flat
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event
from shared.events.hearing import Hears
from shared.events.projection import Projection, each


def hears(house: House) -> Hears:
    """Topic → what is kept of it."""

    def follow_the_person(tx: Tx, event: Event) -> None:
        if event.data is None:
            applications.forget(tx, house, event.key)
        elif into := event.data.get("merged_into"):
            applications.follow(tx, house, event.key, into)

    return {
        "registry.candidates.v1": Projection(CANDIDATES, shape=consent_only, after=each(follow_the_person)),
        "matching.judgements.v1": Projection(
            JUDGEMENTS,
            shape=flat,
            wants=lambda data: data["subject"] in (judgements.JOB_ORDER, judgements.APPLICATION),
            after=lambda tx, events: judgements.heard(tx, house, events),
        ),
    }


def consent_only(data: Document) -> Document:
    """A booking needs to know that the person exists and agreed; nothing else is kept here."""
    return {"consent": data["consent"]} | ({"merged_into": into} if (into := data.get("merged_into")) else {})
