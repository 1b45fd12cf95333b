"""What the officer and the person decided on an answer they had before them."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from services.matching import says
from services.matching.actions.house import House
from services.matching.actions.recommending import for_its_person, reopen
from services.matching.problems import NothingToDecide, NotShown
from services.matching.store.read_models import ENROLMENTS
from shared import clock, ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.faults import escape
from shared.http.problems import Fault


def decide(caller: Caller, house: House, recommendation_id: str, data: Mapping[str, Any]) -> Document:
    """Record a decision; only what was in the answer can be chosen.

    With ``refer``, the training house is asked in the same breath for a seat in that batch: the event of the decision
    carries the id that the enrolment will have, and what became of it is told back like of any other.

    Raises:
        NoSuchRecommendation, RecommendationErased, ConsentWithdrawn: as for reopening it.
        NothingToDecide: the answer was about a profile that nobody stored.
        NotShown: something was chosen that the answer does not show.
    """
    caller.need("referrals:write")
    return for_its_person(partial(reopen, house, recommendation_id), partial(_decided, caller, house, data))


def _decided(caller: Caller, house: House, data: Mapping[str, Any], snapshot: Document) -> Document:
    if snapshot["candidate_id"] is None:
        raise NothingToDecide()
    chosen, refer = data["chosen"], data.get("refer")
    if refer and refer not in chosen["batches"]:
        chosen = {**chosen, "batches": [*chosen["batches"], refer]}
    _all_shown(chosen, snapshot["answer"], refer=refer)

    def save(tx: Tx) -> Document:
        house.records.still_known(tx, snapshot["candidate_id"])
        return house.records.decisions.create(
            tx,
            {
                "_id": ids.new(),
                "recommendation": snapshot["_id"],
                "candidate_id": snapshot["candidate_id"],
                "decided_on": clock.today().isoformat(),
                "decision": data["decision"],
                "chosen": chosen,
                "referral": refer and {"enrolment_id": ids.new(), "batch_id": refer, "centre": _code(caller.centre)},
                "note": data["note"],
                "by": caller.id,
                "model": snapshot["answer"]["as_of"]["model"],
            },
            type=says.DECIDED,
        )

    return house.database.run(save)


def show(caller: Caller, house: House, id: str) -> Document:
    """One decision, for the answer to a repeated request."""
    caller.need("referrals:write")
    found = house.records.decisions.load(id)
    assert found is not None, "a receipt points to a decision that was saved with it"
    return found


def with_referrals(house: House, decisions: Sequence[Document]) -> list[Document]:
    """The decisions, each with what became of its referral: ``state`` is null until training has told."""
    asked = {one["referral"]["enrolment_id"] for one in decisions if one.get("referral")}
    heard = {row["_id"]: row for row in house.read_models.some(ENROLMENTS, asked)} if asked else {}

    def shown(one: Document) -> Document:
        referral = one.get("referral")
        if not referral:
            return {**one, "referral": None}
        found = heard.get(referral["enrolment_id"], {})
        became = {"state": found.get("state"), "drop_reason": found.get("drop_reason")}
        return {**one, "referral": {"id": referral["enrolment_id"], "batch": referral["batch_id"], **became}}

    return [shown(one) for one in decisions]


def _code(centre: str | None) -> str | None:
    """Of an office as events carry it; a name of another shape stays here."""
    return centre if centre and re.fullmatch(r"[A-Z][A-Z0-9_-]{0,39}", centre) else None


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


def _all_shown(chosen: Mapping[str, list[str]], answer: Mapping[str, Any], *, refer: str | None) -> None:
    shown = _shown(answer)
    text = {"id": "Ini tidak ada di rekomendasi itu.", "en": "This is not in that recommendation."}
    fix = {"id": "Pilih dari yang ditampilkan.", "en": "Choose from what it shows."}
    faults = [
        Fault("/refer" if id == refer else f"/chosen/{escape(kind)}/{place}", "not_in_recommendation", text, fix)
        for kind, ids_ in chosen.items()
        for place, id in enumerate(ids_)
        if id not in shown[kind]
    ]
    if faults:
        raise NotShown(errors=faults)
