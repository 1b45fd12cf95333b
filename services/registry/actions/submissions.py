"""The task force of a village adds somebody and gets a receipt, never a look; an officer of the office that serves the
village takes it from there.

Whoever sends in learns nothing: not whether the person is known, not what became of it, not even what they sent
themselves. So a post in the hands of a recruiter tells the recruiter nothing (docs/decisions/0150).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.registry.actions.candidates import twins
from services.registry.actions.house import Document, House, who
from services.registry.model import centres
from services.registry.problems import NoSuchSubmission, SubmissionClosed
from services.registry.store.submissions import WAITING
from services.registry.store.trail import STAFF, Did
from shared import clock, ids
from shared.documents import receipts
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Tx
from shared.http.callers import Caller

KIND = "submission-lapse"

KEPT = timedelta(days=180)
"""Two seasons of recruiting. What no officer has opened by then is out of date, and nobody's data lie here for ever."""


def add(caller: Caller, house: House, said: Mapping[str, Any]) -> Document:
    """Keep what a village says of a person for the office that serves its regency."""
    caller.need("candidates:add")
    person = {name: value for name, value in said.items() if name != "agrees"}
    serving = centres.serving(person["regency"])
    now = clock.now()
    row: Document = {
        "_id": ids.new(),
        "version": 1,
        "state": WAITING,
        "centre": serving[0] if serving else None,
        "by": {"id": caller.id, "kind": caller.kind, "organisation": caller.organisation},
        "received_at": now,
        "expires_at": now + KEPT,
        "outcome": None,
        "mark": house.candidates.person_hash(person),
        "person": person,
    }

    def save(tx: Tx) -> None:
        house.submissions.add(tx, row)
        house.jobs.put(tx, KIND, row["_id"], row["expires_at"])
        receipts.sign(tx, id=row["_id"], version=1)
        house.trail.add(tx, who(caller), Did.SENT_IN, [row["_id"]])

    house.database.run(save)
    return _receipt(row)


def show_receipt(caller: Caller, house: House, id: str) -> Document:
    """The receipt again for whoever's own request is repeated; nothing else of it.

    Raises:
        NoSuchSubmission: none of the caller's has this id.
    """
    caller.need("candidates:add")
    row = house.submissions.load(id)
    if row is None or row["by"]["id"] != caller.id:
        raise NoSuchSubmission()
    return _receipt(row)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Those that wait for the caller's own office; each gets a row in the trail."""
    caller.need("candidates:read")
    found = house.submissions.waiting(caller.centre, args)
    house.trail.add(None, who(caller), Did.LISTED, [row["_id"] for row in found["items"]])
    return {**found, "items": [{**row, **_receipt(row)} for row in found["items"]]}


def show(caller: Caller, house: House, id: str) -> Document:
    """One of the caller's own office, with who may be this person already."""
    caller.need("candidates:read")
    row = _own(caller, house, id)
    house.trail.add(None, who(caller), Did.OPENED, [id])
    alike = twins(house, row["person"]) if row["person"] else []
    return {**row, **_receipt(row), "alike": alike}


def close(
    caller: Caller, house: House, id: str, version: int, outcome: str, candidate_id: str | None = None
) -> Document:
    """Say what became of it; what was said of the person is erased with that.

    Raises:
        NoSuchSubmission: none of the caller's office has this id.
        SubmissionClosed: somebody was faster.
    """
    caller.need("candidates:write")

    def save(tx: Tx) -> Document:
        row = _own(caller, house, id, tx)
        if row["state"] != WAITING:
            raise SubmissionClosed()
        if row["version"] != version:
            raise StaleVersion(row["version"])
        closed = {"version": version + 1, "outcome": outcome, "closed_by": caller.id, "closed_at": clock.now()}
        house.submissions.close(tx, id, {**closed, "candidate_id": candidate_id})
        house.jobs.cancel(tx, KIND, id)
        house.trail.add(tx, who(caller), Did.CLOSED, [id])
        return {**row, **_receipt(row), **closed, "state": "CLOSED", "person": None, "alike": []}

    return house.database.run(save)


def lapse(house: House, id: str) -> None:
    """The job at the end of its time: nobody came for it, and it goes."""

    def save(tx: Tx) -> None:
        row = house.submissions.load(id, tx)
        if row is not None and row["state"] == WAITING:
            closed = {"version": row["version"] + 1, "outcome": "LAPSED", "closed_by": None, "closed_at": clock.now()}
            house.submissions.close(tx, id, closed)

    house.database.run(save)


def _own(caller: Caller, house: House, id: str, tx: Tx | None = None) -> Document:
    row = house.submissions.load(id, tx)
    if row is None or (caller.kind in STAFF and row["centre"] not in (None, caller.centre)):
        raise NoSuchSubmission()
    return row


def _receipt(row: Mapping[str, Any]) -> Document:
    return {"id": row["_id"], "receipt": row["_id"][:8].upper(), "received_at": row["received_at"]}
