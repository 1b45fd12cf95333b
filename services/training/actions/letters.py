"""Letters of referral: issued on a referral that stands, checked by everybody, taken back by an office."""

from collections.abc import Mapping
from typing import Any

from services.training import problems
from services.training.actions import batches, courses, enrolments, referrals
from services.training.actions.house import House, guard, own_only
from services.training.model import enrolment as enrolment_model
from services.training.model import letter as model
from shared import clock, slips
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

UNTOLD = ""
"""Type of an event that nobody hears: letters stay in this house."""


def issue(caller: Caller, house: House, enrolment_id: str, data: Mapping[str, Any]) -> Document:
    """A letter for a referral. An earlier one of the same referral is void from now on.

    Raises:
        NoSuchEnrolment, EnrolmentErased: there is none (any more).
        NothingToLetter: the referral has ended.
        PersonNotKnownYet, PersonMerged, NoConsent: as for a referral.
    """
    caller.need("referrals:write")

    def work(tx: Tx) -> Document:
        enrolment = enrolments.load(house, enrolment_id, tx)
        referrals.person_may_come(house, enrolment["candidate_id"], tx)
        if enrolment["state"] not in enrolment_model.HOLDS_A_SEAT or enrolment["state"] == "COMPLETED":
            raise problems.NothingToLetter(
                {
                    "id": "Rujukan ini sudah berakhir. Buat rujukan baru, lalu suratnya.",
                    "en": "This referral has ended. Make a new referral, then its letter.",
                }
            )
        batch = batches.load(house, enrolment["batch_id"], tx)
        course = courses.load(house, enrolment["course_id"], tx)
        for earlier in house.store.letters_of(enrolment_id, tx):
            if not earlier["revoked"]:
                house.store.letters.change(tx, _revoked(earlier, caller, "REPLACED"), type=UNTOLD)
        house.store.keep_letter_key(tx, house.seal.kid, house.seal.public)
        return house.store.letters.create(tx, _written(caller, house, enrolment, course, batch, data), type=UNTOLD)

    return shown(house, house.database.run(work))


def revoke(caller: Caller, house: House, typed: str, version: int, reason: str) -> Document:
    """Take a letter back: lost, or wrong. The referral stands."""
    caller.need("referrals:write")

    def work(tx: Tx) -> Document:
        letter = _load(house, typed, tx)
        guard(letter, version)
        if letter["revoked"]:
            return letter
        return house.store.letters.change(tx, _revoked(letter, caller, reason), type=UNTOLD)

    return shown(house, house.database.run(work))


def of_enrolment(caller: Caller, house: House, enrolment_id: str) -> list[Document]:
    """All letters of one referral, newest first."""
    enrolment = enrolments.show(caller, house, enrolment_id)
    found = sorted(house.store.letters_of(enrolment_id), key=lambda one: one["created_at"], reverse=True)
    return [_with_state(letter, enrolment) for letter in found]


def show(caller: Caller, house: House, typed: str) -> Document:
    """The whole letter, for an office or for the provider it is addressed to."""
    caller.need("referrals:write", "enrolments:write", "candidates:read")
    letter = _load(house, typed)
    own_only(caller, letter["provider_id"])
    return shown(house, letter)


def check(house: House, typed: str) -> Document:
    """What everybody may read of a letter; no caller. Which fields those are, the schema says."""
    return shown(house, _load(house, typed))


def keys(house: House) -> dict[str, Any]:
    """The public keys of all letters ever signed here, and of those to come."""
    known = house.store.letter_keys()
    return slips.key_set({**known, house.seal.kid: house.seal.public}.values())


def shown(house: House, letter: Document) -> Document:
    """With its state today."""
    return _with_state(letter, house.store.enrolments.load(letter["enrolment_id"]))


def _with_state(letter: Document, enrolment: Document | None) -> Document:
    today = clock.today()
    return {
        **letter,
        "code": slips.shown_code(letter["_id"]),
        "state": model.state_on(letter, enrolment, today),
        "checked_on": today.isoformat(),
    }


def _written(
    caller: Caller, house: House, enrolment: Document, course: Document, batch: Document, data: Mapping[str, Any]
) -> Document:
    code = slips.new_code()
    provider = house.store.providers.load(enrolment["provider_id"]) or {}
    letter = {
        "_id": code,
        "enrolment_id": enrolment["_id"],
        "candidate_id": enrolment["candidate_id"],
        "provider_id": enrolment["provider_id"],
        "issued_on": clock.today().isoformat(),
        "issued_by": caller.id,
        "office": caller.centre,
        "initials": data["initials"],
        "destination": {"name": provider.get("name") or course["provider"]["name"], "regency": batch["regency"]},
        "place": batch.get("place"),
        "course": course["title"],
        "batch_number": batch["number"],
        "starts": batch["starts"],
        "ends": batch["ends"],
        "valid_until": model.valid_until(batch["starts"]),
        "note": data["note"],
        "recommendation": data["recommendation"],
        "revoked": None,
    }
    return {**letter, "slip": house.seal.slip(code, model.facts(letter))}


def _revoked(letter: Document, caller: Caller, reason: str) -> Document:
    return letter | {"revoked": {"on": clock.today().isoformat(), "by": caller.id, "reason": reason}}


def _load(house: House, typed: str, tx: Tx | None = None) -> Document:
    code = slips.read_code(typed)
    if code is None:
        raise problems.NoSuchLetter(
            {
                "id": "Ada yang salah ketik. Cocokkan lagi dengan kertas: 10 huruf dan angka, seperti 7KQ2-M4XD-9T.",
                "en": "Something is mistyped. Compare it with the paper: 10 letters and digits, like 7KQ2-M4XD-9T.",
            }
        )
    letter = house.store.letters.load(code, tx)
    if letter is None:
        raise problems.NoSuchLetter(
            {
                "id": "Surat dengan kode ini tidak pernah dibuat di sini, atau datanya sudah dihapus.",
                "en": "No letter with this code was ever issued here, or its data was erased.",
            }
        )
    return letter
