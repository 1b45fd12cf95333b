"""Seats change hands here, for enrolments and for batches alike: one is taken or given back, one person is let go."""

from services.training import says
from services.training.actions.house import House
from services.training.model import batch as model
from shared import clock
from shared.documents.mongo import Document, Tx

LAPSE = "lapse_seat"


def move(tx: Tx, house: House, batch: Document, by: int) -> Document:
    """Take (`by` = 1) or give back (`by` = -1) a seat; a full batch says so."""
    new = batch | {"taken": batch["taken"] + by}
    new["status"] = model.status_on(new, clock.today())
    return house.store.batches.change(tx, new, type=says.BATCH_SEATS_CHANGED)


def let_go(tx: Tx, house: House, enrolment: Document, reason: str) -> Document:
    """End an enrolment with a reason code; the seat is the caller's business."""
    house.jobs.cancel(tx, LAPSE, enrolment["_id"])
    nothing = dict.fromkeys(("hold_until", "finished_on", "result", "gives"))
    gone = enrolment | {"state": "DROPPED", "drop_reason": reason} | nothing
    kind = says.ENROLMENT_LAPSED if reason == "LAPSED" else says.ENROLMENT_DROPPED
    return house.store.enrolments.change(tx, gone, type=kind)


def give_back(tx: Tx, house: House, enrolment: Document) -> None:
    """The seat of an enrolment that ends is free again; a batch that was cancelled has none."""
    batch = house.store.batches.load(enrolment["batch_id"], tx)
    if batch is not None and batch["status"] != "CANCELLED" and batch["taken"] > 0:
        move(tx, house, batch, -1)
