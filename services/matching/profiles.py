"""From a loaded profile to what the matcher may know of a person: the same as the registry would have told of them."""

from collections.abc import Mapping
from typing import Any

from services.matching.matcher.facts.people import Person
from shared.profiles import coding, consents
from shared.words import Words

Document = dict[str, Any]

# Of a job no title, of a certificate and of a paper no number, no issuer and no note, of a condition no day.
CONDITION = ("code", "met")
OCCUPATION = ("isco08", "months", "country", "similarity")
LANGUAGE = ("language", "test", "result", "cefr", "valid_until")
HOURS = ("isco08", "destination", "hours")
CERTIFICATE = ("kind", "scheme", "isco08", "valid_from", "valid_until")
PAPER = ("status", "valid_until")


def person_of(words: Words, profile: Mapping[str, Any], *, id: str) -> Person:
    """A person from `schemas.profile.Profile`, never stored; without consent to matching only the id is known."""
    return Person.from_payload(payload_of(words, profile, id=id))


def payload_of(words: Words, profile: Mapping[str, Any], *, id: str) -> Document:
    """The profile as `registry.candidates.v1` would carry it, at version 0."""
    told: Document = {"id": id, "version": 0, "consent": consents.state(profile["consents"])}
    if told["consent"] != "GIVEN":
        return told
    skills = coding.skills(words, profile["skills"] or ())
    jobs = coding.jobs(words, profile["work_history"] or ())
    coding.ask(words, skills, "/profile/skills")
    coding.ask(words, jobs, "/profile/work_history")
    return {
        **told,
        "birth_date": profile["birth_date"],
        "sex": profile["sex"],
        "home_regency": profile["regency"],
        "education": profile["education"],
        "skills": None
        if profile["skills"] is None
        else [
            {**found, "source": skill["source"], "months": skill["months"], "evidence": f"skills/{place}"}
            for place, skill in enumerate(skills)
            for found in skill["codes"]
        ],
        "occupations": None
        if profile["work_history"] is None
        else [
            {**_only(job, OCCUPATION), "evidence": f"work_history/{place}"}
            for place, job in enumerate(jobs)
            if job["isco08"]
        ],
        "languages": _each(profile["languages"], LANGUAGE),
        "certificates": _each(profile["certificates"], CERTIFICATE),
        "training_hours": _each(profile["training_hours"], HOURS),
        "prior_programmes": profile["prior_programmes"],
        "records": profile["records"],
        "fitness": _fitness(profile["fitness"] or {"status": "UNTESTED", "on": None, "conditions": []}),
        "requirements": {code: _only(paper, PAPER) for code, paper in profile["requirements"].items()},
        "wishes": profile["wishes"] or {},
        "present_stay": profile["present_stay"],
    }


def quotes_of(profile: Mapping[str, Any]) -> dict[str, str]:
    """Evidence pointer → the person's own words, for an answer that goes straight back to whoever sent them."""
    words = {f"skills/{place}": skill["text"] for place, skill in enumerate(profile["skills"] or ())}
    words |= {f"work_history/{place}": job["title"] for place, job in enumerate(profile["work_history"] or ())}
    return {pointer: text for pointer, text in words.items() if text}


def _only(entry: Mapping[str, Any], names: tuple[str, ...]) -> Document:
    return {name: entry[name] for name in names}


def _each(entries: list[Mapping[str, Any]] | None, names: tuple[str, ...]) -> list[Document] | None:
    """Null stays null: nobody asked."""
    return None if entries is None else [_only(entry, names) for entry in entries]


def _fitness(told: Mapping[str, Any]) -> Document:
    return {**told, "conditions": [_only(condition, CONDITION) for condition in told["conditions"]]}
