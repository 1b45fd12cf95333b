"""For every action: the rooms it may use, handed over by ``app.py``, and the few steps that all actions share."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.registry.problems import CandidateErased, NoSuchCandidate
from services.registry.store.candidates import Candidates
from services.registry.store.imports import Imports
from services.registry.store.protected import RiskNotes, Specific
from services.registry.store.trail import Trail, Who
from services.registry.store.vault import Vault
from shared.documents.aggregates import Stale
from shared.documents.mongo import Database, Tx
from shared.http.callers import Caller
from shared.jobs import Jobs
from shared.words import Words

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class House:
    """``invented_people`` lets NIK that start with 99 in; production says no."""

    database: Database
    candidates: Candidates
    specific: Specific
    risk_notes: RiskNotes
    trail: Trail
    imports: Imports
    jobs: Jobs
    vault: Vault
    words: Words
    invented_people: bool


def who(caller: Caller) -> Who:
    """The caller as the trail keeps them."""
    return Who(caller.id, caller.kind, caller.centre, caller.organisation)


def living(house: House, id: str, tx: Tx | None = None) -> Document:
    """The candidate of this id.

    Raises:
        NoSuchCandidate: there never was one.
        CandidateErased: there was.
    """
    document = house.candidates.load(id, tx)
    if document is None:
        raise NoSuchCandidate()
    if document.get("erased"):
        raise CandidateErased()
    return document


def living_at(house: House, id: str, version: int, tx: Tx | None = None) -> Document:
    """The candidate of this id, if it still stands at the version that the visitor read.

    Raises:
        NoSuchCandidate, CandidateErased: as :func:`living`.
        Stale: somebody changed it since.
    """
    document = living(house, id, tx)
    if document["version"] != version:
        raise Stale(document["version"])
    return document


def coded(words: Words, profile: Document) -> Document:
    """The profile with codes beside the person's words: ``codes`` for each skill, ``isco08`` for each job.

    Words that mean nothing to the vocabulary stay, without a code: no code is better than a wrong one.
    """
    found = dict(profile)
    if "skills" in profile:
        found["skills"] = [_skill(words, skill) for skill in profile["skills"]]
    if "work_history" in profile:
        found["work_history"] = [_job(words, job) for job in profile["work_history"]]
    return found


def _skill(words: Words, skill: Document) -> Document:
    codes = ((skill["code"], 1.0),) if skill["code"] else _skill_codes(words, skill["text"])
    return {
        "text": skill["text"],
        "source": skill["source"],
        "months": skill["months"],
        "codes": [{"code": code, "similarity": similarity} for code, similarity in codes],
    }


def _job(words: Words, job: Document) -> Document:
    if job["isco08"]:
        return {**job, "similarity": 1.0}
    code, similarity = _occupation(words, job["title"])
    return {**job, "isco08": code, "similarity": similarity}


# An import meets the same words thousands of times ("masak", "jaga oma"); a look-up by nearness costs milliseconds.
@lru_cache(maxsize=10_000)
def _skill_codes(words: Words, text: str) -> tuple[tuple[str, float], ...]:
    return tuple((match.code, match.similarity) for match in words.skills(text))


@lru_cache(maxsize=10_000)
def _occupation(words: Words, title: str) -> tuple[str | None, float]:
    found = words.occupation(title, limit=1)
    return (found[0].code, found[0].similarity) if found else (None, 0.0)
