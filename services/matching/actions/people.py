"""For every action about one person: somebody of the registry, as new as was asked for, or somebody who only asks.

Whoever has just written something may ask for an answer that knows of it: wait a little, or say "not yet".
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from services.matching.actions.house import House
from services.matching.matcher.facts.people import Person
from services.matching.problems import CandidateErased, CandidateMerged, NoSuchCandidate, NotHereYet
from services.matching.profiles import person_of
from services.matching.store.read_models import slots_held
from shared import clock, ids
from shared.documents.mongo import Document

LONGEST_SECONDS = 10.0
# Events arrive within tens of milliseconds; looking more often costs the database more than it saves the visitor.
LOOK_EVERY_SECONDS = 0.025


def person_at(house: House, id: str, *, min_version: int | None = None, wait: float = 0) -> Document:
    """The person's newest state that is visible here, at `min_version` or newer.

    Args:
        wait: seconds to wait for that version, at most `LONGEST_SECONDS`.

    Raises:
        NotHereYet: it did not arrive in time, or too many others are waiting already.
        NoSuchCandidate: nobody of this id was heard of, and no version was asked for.
        CandidateErased: there was such a person.
        CandidateMerged: the record was merged into another one of the same person.
    """
    document = house.read_models.person(id)
    if min_version is not None and (document is None or document["version"] < min_version):
        _wait(house, id, min_version, wait)
        document = house.read_models.person(id)
    if document is None:
        raise NoSuchCandidate()
    if document.get("erased"):
        raise CandidateErased()
    if document.get("merged_into"):
        raise CandidateMerged(document["merged_into"])
    return document


def known(document: Document, applications: Iterable[Document]) -> Person:
    """The person of a document, with the slots that their applications hold."""
    return Person.from_document(document).with_holds(slots_held(applications))


def stranger(house: House, profile: Mapping[str, Any]) -> Person:
    """A person of whom only this request speaks."""
    return person_of(house.words, profile, id=ids.new())


def _wait(house: House, id: str, version: int, wait: float) -> None:
    if not house.waiting.acquire(blocking=False):
        raise _not_yet(version)
    try:
        deadline = clock.monotonic() + min(wait, LONGEST_SECONDS)
        while house.read_models.version_of(id) < version:
            if clock.monotonic() >= deadline:
                raise _not_yet(version)
            time.sleep(LOOK_EVERY_SECONDS)
    finally:
        house.waiting.release()


def _not_yet(version: int) -> NotHereYet:
    return NotHereYet(
        {
            "id": f"Versi {version} belum sampai di sini. Ulangi permintaan yang sama sebentar lagi.",
            "en": f"Version {version} has not arrived here yet. Send the same request again in a moment.",
        }
    )
