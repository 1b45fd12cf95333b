"""A provider's page makes a link; whoever opens it says whether the free seats are still right, without signing in."""

from typing import Any

from services.training import problems
from services.training.actions import batches, courses
from services.training.actions.house import House, own_only
from services.training.model import batch as batch_model
from services.training.model import seat_link as model
from shared import clock, slips
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller


def make(caller: Caller, house: House, batch_id: str) -> Document:
    """A link for a batch of the caller's own: `{slip, valid_until, ...}` as :func:`asked` shows it."""
    caller.need("batches:write")
    batch = batches.load(house, batch_id)
    own_only(caller, batch["provider_id"])
    _takes_answers(batch)
    until = model.last_day(batch, clock.today())
    slip = house.seal.slip(model.code(batch["_id"]), [until])
    house.database.run(lambda tx: house.store.keep_letter_key(tx, house.seal.kid, house.seal.public))
    return {**_shown(house, batch, until), "slip": slip}


def asked(house: House, batch_id: str, slip: str) -> Document:
    """What the link asks; no caller, the signature is what lets one in.

    Raises:
        NoSuchSeatLink: it is not genuine, or of another batch. SeatLinkOver: its last day is past.
    """
    until = _until(house, batch_id, slip)
    return _shown(house, batches.load(house, batch_id), until)


def answer(house: House, batch_id: str, slip: str, free: int) -> Document:
    """So many seats are free. The same number confirms, another one corrects; the number of people in it stays.

    Raises:
        NoSuchSeatLink, SeatLinkOver: as :func:`asked`. BatchClosed: it is over, or cancelled.
    """
    until = _until(house, batch_id, slip)

    def work(tx: Tx) -> Document:
        batch = batches.load(house, batch_id, tx)
        _takes_answers(batch)
        seats = batch["taken"] + free
        if not 1 <= seats <= batch_model.MOST_SEATS:
            problems.refuse(
                "/free",
                "no_seats_at_all",
                {
                    "id": "Angkatan tanpa peserta dan tanpa kursi sebaiknya dibatalkan di halaman lembaga."
                    if seats < 1
                    else f"Satu angkatan paling banyak {batch_model.MOST_SEATS} kursi.",
                    "en": "A batch without people and seats should be cancelled on the provider's page."
                    if seats < 1
                    else f"A batch has {batch_model.MOST_SEATS} seats at most.",
                },
            )
        confirmed = {"seats": seats, "seats_confirmed_at": clock.now().isoformat(timespec="seconds")}
        return batches.alter(tx, house, batch, confirmed)

    return _shown(house, house.database.run(work), until)


def _until(house: House, batch_id: str, slip: str) -> str:
    keys = {**house.store.letter_keys(), house.seal.kid: house.seal.public}
    try:
        (until,) = slips.facts_of(model.code(batch_id), slip, keys)
    except ValueError:
        raise problems.NoSuchSeatLink() from None
    if clock.today().isoformat() > until:
        raise problems.SeatLinkOver()
    return until


def _takes_answers(batch: Document) -> None:
    if batch_model.status_on(batch, clock.today()) not in ("PLANNED", "OPEN", "FULL"):
        raise problems.BatchClosed()


def _shown(house: House, batch: Document, until: str) -> dict[str, Any]:
    course = courses.load(house, batch["course_id"])
    return {
        "batch_id": batch["_id"],
        "title": course["title"],
        "provider": course["provider"]["name"],
        **{name: batch[name] for name in ("number", "starts", "ends", "seats", "taken")},
        "free": batch["seats"] - batch["taken"],
        "confirmed_at": batch.get("seats_confirmed_at"),
        "valid_until": until,
    }
