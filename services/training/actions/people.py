"""A person was erased, or two records were of one: what becomes of their enrolments, seats and letters."""

from services.training import says
from services.training.actions import seats
from services.training.actions.house import House
from services.training.model import enrolment as model
from shared import clock
from shared.documents.mongo import Document, Tx


def forget(tx: Tx, house: House, candidate_id: str) -> None:
    """A person was erased: their enrolments become stubs, seats of batches not yet begun are free again."""
    house.store.take_turns(candidate_id, tx)
    house.store.drop_letters(candidate_id, tx)
    for doc in house.store.enrolments_of(candidate_id, tx):
        if doc.get("erased"):
            continue
        if doc["state"] in model.UNDER_WAY:
            seats.give_back(tx, house, doc)
        house.jobs.cancel(tx, seats.LAPSE, doc["_id"])
        house.store.drop_attendance(doc["_id"], tx)
        house.store.drop_letters_of(doc["_id"], tx)  # also those from before two records of the person became one
        house.store.enrolments.erase(tx, doc["_id"], type=says.ENROLMENT_DROPPED)


def follow(tx: Tx, house: House, before: str, after: str) -> None:
    """Two records were of one person: their enrolments go on under the id that was kept. Of two in one batch the one
    that is further along stays, and one seat: nobody was taught the same hours twice. Whoever was erased in between
    takes theirs along."""
    kept = house.store.survivor(after, tx)
    if kept is None:
        forget(tx, house, before)
        return
    house.store.take_turns(before, tx)
    house.store.take_turns(kept, tx)
    mine = [one for one in house.store.enrolments_of(kept, tx) if one.get("state") in model.HOLDS_A_SEAT]
    seated = {one["batch_id"]: one for one in mine}
    for doc in house.store.enrolments_of(before, tx):
        if not doc.get("erased"):
            double = seated.get(doc["batch_id"]) if doc["state"] in model.HOLDS_A_SEAT else None
            _follow(tx, house, doc, kept, double)


def _follow(tx: Tx, house: House, doc: Document, kept: str, double: Document | None) -> None:
    moved = doc | {"candidate_id": kept}
    if doc["state"] == "DROPPED":
        moved["ended_on"] = doc.get("ended_on") or clock.day_of(doc["updated_at"]).isoformat()
    if double is not None:
        seats.give_back(tx, house, doc)
        if not model.further(doc, than=double):
            seats.let_go(tx, house, moved, "DUPLICATE")
            return
        seats.let_go(tx, house, double, "DUPLICATE")
    house.store.enrolments.change(tx, moved, type=says.ENROLMENT_ANNOUNCED)
