"""When the training house tells of an enrolment: what it gives counts for the person, once."""

from services.registry.actions.house import House
from services.registry.model import credits
from services.registry.store.trail import Did, Who
from shared.documents.mongo import Tx
from shared.events.contracts import Refused
from shared.events.envelope import Event

TRAINING = Who(id="training", kind="house")


def credit(house: House, tx: Tx, event: Event) -> None:
    """Give a candidate what finished training gives, as a new version of the candidate with its own event.

    Runs inside the transaction that records the event as seen. A tombstone takes nothing away: enrolments are erased
    only together with their candidate.

    Raises:
        Refused: nobody here has this id; the record is kept aside for somebody to look at.
    """
    if event.data is None:
        return
    before = house.candidates.load(event.data["candidate_id"], tx)
    if before is not None:
        before = house.candidates.kept(before, tx)
    if before is None:
        raise Refused(f"{event.topic}: the candidate of enrolment {event.key} is not known here.")
    after = None if before.get("erased") else credits.credited(before, event.data)
    if after is None:
        return
    house.candidates.change(tx, after)
    house.trail.add(tx, TRAINING, Did.CREDITED, [before["_id"]], about=event.key)
