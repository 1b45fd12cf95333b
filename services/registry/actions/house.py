"""For every action: the rooms it may use, handed over by ``app.py``, and the few steps that all actions share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.registry.problems import CandidateErased, CandidateMerged, NoSuchCandidate, OtherCentre
from services.registry.store.candidates import Candidates
from services.registry.store.contacts import Contacts
from services.registry.store.drafts import Drafts
from services.registry.store.imports import Imports
from services.registry.store.protected import RiskNotes, Specific
from services.registry.store.submissions import Submissions
from services.registry.store.trail import STAFF, Trail, Who
from services.registry.store.vault import Vault
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Database, Tx
from shared.http.callers import Caller
from shared.jobs import Jobs
from shared.profiles import coding
from shared.words import Words

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class House:
    """``invented_people`` lets NIK that start with 99 in; production says no."""

    database: Database
    candidates: Candidates
    specific: Specific
    risk_notes: RiskNotes
    contacts: Contacts
    trail: Trail
    imports: Imports
    drafts: Drafts
    submissions: Submissions
    jobs: Jobs
    vault: Vault
    words: Words
    invented_people: bool


def who(caller: Caller) -> Who:
    """The caller as the trail keeps them."""
    return Who(caller.id, caller.kind, caller.centre, caller.organisation)


def living(caller: Caller | None, house: House, id: str, tx: Tx | None = None) -> Document:
    """The candidate of this id, for somebody who serves them. ``caller`` None: the house itself.

    Raises:
        NoSuchCandidate: there never was one.
        CandidateErased: there was.
        CandidateMerged: it was the same person as another one, who is named.
        OtherCentre: the person belongs to another service centre, and nobody gave a reason.
    """
    document = house.candidates.load(id, tx)
    if document is None:
        raise NoSuchCandidate()
    if document.get("merged_into"):
        raise CandidateMerged(house.candidates.kept(document, tx)["_id"])
    if document.get("erased"):
        raise CandidateErased()
    if caller is not None and not may_open(caller, house, document):
        raise OtherCentre(document["_id"], document["centre"])
    return document


def may_open(caller: Caller, house: House, document: Mapping[str, Any]) -> bool:
    """Officers work on the people of their own centre, and on those of none; others they open with a reason first."""
    if caller.kind not in STAFF or document["centre"] in (None, caller.centre):
        return True
    return house.trail.has_opened(document["_id"], caller.id)


def living_at(caller: Caller, house: House, id: str, version: int, tx: Tx | None = None) -> Document:
    """The candidate of this id, if it still stands at the version that the visitor read.

    Raises:
        NoSuchCandidate, CandidateErased, CandidateMerged, OtherCentre: as :func:`living`.
        Stale: somebody changed it since.
    """
    document = living(caller, house, id, tx)
    if document["version"] != version:
        raise StaleVersion(document["version"])
    return document


def living_held(caller: Caller | None, house: House, id: str, tx: Tx) -> Document:
    """The candidate of this id, for a transaction that keeps something beside it: an erasure at the same moment
    collides with it, so that nothing is kept about somebody who is gone.

    Raises:
        NoSuchCandidate, CandidateErased, CandidateMerged, OtherCentre: as :func:`living`.
    """
    document = living(caller, house, id, tx)
    house.candidates.hold(tx, id)
    return document


def coded(words: Words, profile: Document) -> Document:
    """The profile with codes beside the person's words: ``codes`` for each skill, ``isco08`` for each job."""
    found = dict(profile)
    if profile.get("skills") is not None:
        found["skills"] = coding.skills(words, profile["skills"])
        coding.ask(words, found["skills"], "/skills")
    if profile.get("work_history") is not None:
        found["work_history"] = coding.jobs(words, profile["work_history"])
        coding.ask(words, found["work_history"], "/work_history")
    return found
