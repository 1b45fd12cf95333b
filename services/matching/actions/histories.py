"""What was answered and decided for one person before, for whoever serves them: newest first, in the house's record."""

from collections.abc import Mapping
from typing import Any

from services.matching.actions.house import House
from services.matching.actions.people import person_at
from shared.documents.mongo import Document
from shared.http.callers import Caller


def answers(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of the answers that a person was given, each with what it came to; the whole of one opens by its id.

    Without consent the rows say that there was an answer, and not what it was.

    Raises:
        NoSuchCandidate, CandidateErased: as for a recommendation.
    """
    caller.need("recommendations:read")
    person = person_at(house, args["candidate"])
    found = house.records.answers_page(args["candidate"], args)
    return {**found, "items": [_line(row, readable=person.get("consent") == "GIVEN") for row in found["items"]]}


def decisions(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of what was decided with a person.

    Raises:
        NoSuchCandidate, CandidateErased: as for a recommendation.
    """
    caller.need("referrals:write", "recommendations:read")
    person_at(house, args["candidate"])
    return house.records.decisions_page(args["candidate"], args)


def openings(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of who opened an answer of a person whose consent was withdrawn, and why: part of the person's trail.

    Raises:
        NoSuchCandidate, CandidateErased: as for a recommendation.
    """
    caller.need("trail:read")
    person_at(house, args["candidate"])
    found = house.records.openings_page(args["candidate"], args)
    rows = [{**row, "id": row["_id"], "recommendation": row["recommendation_id"]} for row in found["items"]]
    return {**found, "items": rows}


def _line(row: Document, *, readable: bool) -> Document:
    answer = row["answer"]
    verdict = answer["verdict"]
    return {
        "id": row["_id"],
        "candidate_id": row["candidate_id"],
        "given_at": row["given_at"],
        "day": answer["as_of"]["day"],
        "model": answer["as_of"]["model"],
        "verdict": {name: verdict.get(name) for name in ("state", "date", "text")} if readable else None,
    }
