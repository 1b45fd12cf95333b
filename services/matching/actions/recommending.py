"""The heart of the house: what is possible for this person, and what first; kept so that it can be opened again."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from services.matching.actions.eligibility import stored, stranger
from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.catalogue import AsOf
from services.matching.matcher.advice import Advice, advise
from services.matching.matcher.facts import Person
from services.matching.problems import NoSuchRecommendation, RecommendationErased
from services.matching.profiles import quotes_of
from shared.documents.mongo import Document
from shared.http.callers import Caller

ID_BYTES = 16
"""Of the HMAC: enough that no two answers of the next thousand years share an id."""


def for_stored(caller: Caller, house: House, id: str, asked: Mapping[str, Any]) -> Document:
    """The answer for somebody in the registry. `asked` is a loaded `AskStored` with `lang` set."""
    caller.need("recommendations:read")
    person = stored(house, id, min_version=asked.get("min_candidate_version"), wait=asked["wait"])
    return _answered(house, person, asked, about=id, quotes={})


def for_profile(caller: Caller, house: House, profile: Mapping[str, Any], asked: Mapping[str, Any]) -> Document:
    """The same answer for a profile that nobody stores; it may quote the words that were just sent."""
    caller.need("recommendations:read")
    return _answered(house, stranger(house, profile), asked, about=None, quotes=quotes_of(profile))


def open_again(caller: Caller, house: House, id: str) -> Document:
    """An answer exactly as it was shown."""
    caller.need("recommendations:read")
    answer: Document = reopen(house, id)["answer"]
    return answer


def reopen(house: House, id: str) -> Document:
    """The snapshot of an answer: `{_id, candidate_id, given_at, answer}`.

    Raises:
        NoSuchRecommendation: no answer of this id was given, or it was about a stranger and has expired.
        RecommendationErased: its person was erased.
    """
    snapshot = house.records.snapshot(id)
    if snapshot is None:
        raise NoSuchRecommendation()
    if snapshot.get("erased"):
        raise RecommendationErased()
    return snapshot


def _answered(
    house: House, person: Person, asked: Mapping[str, Any], *, about: str | None, quotes: Mapping[str, str]
) -> Document:
    moment = Moment.of(asked)
    with house.catalogue.read() as (world, as_of):
        advice = advise(
            person,
            world,
            house.ranking,
            day=moment.day,
            known_on=moment.known_on,
            courses=asked["courses"],
            placements=asked["placements"],
            lang=asked["lang"],
            quotes=quotes,
        )
    made_of = _made_of(house, person, moment, as_of, advice)
    shown = advice.as_payload()
    id = _id(house, about, asked, made_of, shown)
    answer = {"id": id, "candidate": about, "as_of": made_of, **shown}
    house.records.keep(id, about, answer)
    return answer


def _made_of(house: House, person: Person, moment: Moment, as_of: AsOf, advice: Advice) -> Document:
    """Everything that determined the answer, in numbers that another worker would name too."""
    return {
        "candidate": person.version or None,
        "courses": as_of.courses,
        "job_orders": as_of.job_orders,
        "policies": as_of.policies,
        "model": house.ranking.fingerprint,
        "day": moment.day.isoformat(),
        "known_on": moment.known_on.isoformat() if moment.known_on else None,
        "generation": as_of.generation,
        "sequence": as_of.sequence,
        "heard_at": as_of.heard_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if as_of.heard_at
        else None,
        "law_verified_on": advice.law_verified_on.isoformat() if advice.law_verified_on else None,
    }


def _id(house: House, about: str | None, asked: Mapping[str, Any], made_of: Document, shown: Mapping[str, Any]) -> str:
    """Of everything that determined the answer. Keyed, so that nobody can test a guess about a person against ids."""
    determined = {
        "about": about,
        "asked": {name: asked[name] for name in ("courses", "placements", "lang")},
        "as_of": made_of,
        "shown": shown,
    }
    text = json.dumps(determined, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(house.snapshot_key, text.encode(), hashlib.sha256).hexdigest()[: 2 * ID_BYTES]
