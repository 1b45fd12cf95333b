"""Sums over all applications, for whoever answers for the province: where they stand, and what was answered for."""

from services.placement.actions import judgements
from services.placement.actions.house import Document, House
from services.placement.model import application as model
from shared import clock
from shared.http.callers import Caller


def figures(caller: Caller, house: House) -> Document:
    """How many applications stand in each state, wait to be judged, and how often each rule was answered for."""
    caller.need("overrides:write", "trail:read", "policies:approve")
    counts = house.bookings.counts(model.STATES)
    return {
        "as_of": clock.now(),
        "applications": [{"state": state, "count": counts[state]} for state in model.STATES],
        "waiting_for_judgement": [
            {"subject": subject, "count": count} for subject, count in judgements.waiting(house).items()
        ],
        "overrides": house.trail.overrides(),
    }
