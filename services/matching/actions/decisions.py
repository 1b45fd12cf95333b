"""What the officer and the person decided on an answer they had before them."""

from collections.abc import Mapping
from typing import Any

from services.matching import says
from services.matching.actions.house import House
from services.matching.actions.recommending import reopen
from services.matching.problems import NothingToDecide, NotShown, RecommendationErased
from services.matching.store.records import Forgotten
from shared import clock, ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.faults import escape
from shared.http.problems import Fault


def decide(caller: Caller, house: House, recommendation_id: str, data: Mapping[str, Any]) -> Document:
    """Record a decision; only what was in the answer can be chosen.

    Raises:
        NoSuchRecommendation, RecommendationErased: as for reopening it.
        NothingToDecide: the answer was about a profile that nobody stored.
        NotShown: something was chosen that the answer does not show.
    """
    caller.need("referrals:write")
    snapshot = reopen(house, recommendation_id)
    if snapshot["candidate_id"] is None:
        raise NothingToDecide()
    _all_shown(data["chosen"], snapshot["answer"])

    def save(tx: Tx) -> Document:
        house.records.still_known(tx, snapshot["candidate_id"])
        return house.records.decisions.create(
            tx,
            {
                "_id": ids.new(),
                "recommendation": recommendation_id,
                "candidate_id": snapshot["candidate_id"],
                "decided_on": clock.today().isoformat(),
                "decision": data["decision"],
                "chosen": data["chosen"],
                "note": data["note"],
                "by": caller.id,
                "model": snapshot["answer"]["as_of"]["model"],
            },
            type=says.DECIDED,
        )

    try:
        return house.database.run(save)
    except Forgotten:
        raise RecommendationErased() from None


def show(caller: Caller, house: House, id: str) -> Document:
    """One decision, for the answer to a repeated request."""
    caller.need("referrals:write")
    found = house.records.decisions.load(id)
    assert found is not None, "a receipt points to a decision that was saved with it"
    return found


def _shown(answer: Mapping[str, Any]) -> dict[str, set[str]]:
    """All that an answer puts before somebody, the way to what was asked for included."""
    goal = answer["verdict"]["goal"]
    # Answers given before 2026-12 repeat the paths to what was asked for in the goal.
    paths = [*answer["pathways"], *((goal or {}).get("pathways") or ())]
    courses = [*answer["courses"], *(step for path in paths for step in path["steps"])]
    orders = [row["job_order"] for row in (*answer["placements"], *((goal,) if goal else ()))]
    return {
        "courses": {row["course"] for row in courses},
        "batches": {row["batch"] for row in courses},
        "job_orders": {*orders, *(order for path in paths for order in path["unlocks"])},
    }


def _all_shown(chosen: Mapping[str, list[str]], answer: Mapping[str, Any]) -> None:
    shown = _shown(answer)
    text = {"id": "Ini tidak ada di rekomendasi itu.", "en": "This is not in that recommendation."}
    fix = {"id": "Pilih dari yang ditampilkan.", "en": "Choose from what it shows."}
    faults = [
        Fault(f"/chosen/{escape(kind)}/{place}", "not_in_recommendation", text, fix)
        for kind, ids_ in chosen.items()
        for place, id in enumerate(ids_)
        if id not in shown[kind]
    ]
    if faults:
        raise NotShown(errors=faults)
