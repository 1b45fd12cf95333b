"""What others told the training house: who is known and has consented, what the law says, what people need and
orders ask for."""

from collections.abc import Callable
from functools import partial
from typing import Any

from services.training.actions import judgements, people, referrals
from services.training.actions.house import House
from services.training.model.asked import of_order
from services.training.store import DEMAND, JUDGEMENTS, ORDERS, PEOPLE
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event
from shared.events.projection import Projection, each

NOT_OURS = ("JOB_ORDER", "APPLICATION")
"""Subjects of judgements that are the placement house's business."""


def hears(house: House) -> dict[str, Projection | Callable[[Tx, Event], None]]:
    """Topic → what is kept of it."""

    def follow_the_person(tx: Tx, event: Event) -> None:
        if event.data is None:
            people.forget(tx, house, event.key)
        elif into := event.data.get("merged_into"):
            people.follow(tx, house, event.key, into)

    return {
        "registry.candidates.v1": Projection(PEOPLE, shape=_consent_only, after=each(follow_the_person)),
        "matching.recommendations.v1": partial(referrals.asked_for, house),
        "matching.demand.v1": Projection(DEMAND),
        "placement.job-orders.v1": Projection(ORDERS, shape=of_order),
        "matching.judgements.v1": Projection(
            JUDGEMENTS,
            wants=lambda data: data.get("subject") not in NOT_OURS,
            after=each(lambda tx, event: judgements.heard(tx, house, event)),
        ),
    }


def _consent_only(data: Document) -> dict[str, Any]:
    """A referral needs to know that the person exists and agreed; nothing else is kept here."""
    return {"consent": data["consent"]} | ({"merged_into": into} if (into := data.get("merged_into")) else {})
