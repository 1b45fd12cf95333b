"""The heart of the house: what is possible for this person, and what first; kept so that it can be opened again."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.actions.people import known, person_at, stranger
from services.matching.answers_given import question_of
from services.matching.live_world import AsOf
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.answer import Advice
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.facts.people import Person
from services.matching.matcher.ranking.features.profile import known_skills
from services.matching.matcher.ranking.model import family_of
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.reranker import seen_at
from services.matching.matcher.ranking.values import Ranked
from services.matching.problems import (
    CandidateErased,
    CandidateMerged,
    ConsentWithdrawn,
    NoSuchRecommendation,
    RecommendationErased,
)
from services.matching.profiles import quotes_of
from services.matching.store.records import Forgotten, Given, counted
from shared import clock
from shared.documents.mongo import Document
from shared.http.callers import Caller

T = TypeVar("T")

ID_BYTES = 16
"""Of the HMAC: enough that no two answers of the next thousand years share an id."""


def for_stored(caller: Caller, house: House, id: str, asked: Mapping[str, Any]) -> Document:
    """The answer for somebody in the registry. `asked` is a loaded `AskStored` with `lang` set."""
    caller.need("recommendations:read")
    document = person_at(house, id, min_version=asked.get("min_candidate_version"), wait=asked["wait"])
    applications = house.read_models.applications(id)
    return _answered(house, known(document, applications), asked, about=id, applications=applications)


def for_profile(caller: Caller, house: House, profile: Mapping[str, Any], asked: Mapping[str, Any]) -> Document:
    """The same answer for a profile that nobody stores; it may quote the words that were just sent."""
    caller.need("recommendations:read")
    return _answered(house, stranger(house, profile), asked, quotes=quotes_of(profile))


def open_again(caller: Caller, house: House, id: str) -> Document:
    """An answer exactly as it was shown."""
    caller.need("recommendations:read")
    answer: Document = reopen(house, id)["answer"]
    return answer


def open_for_a_reason(caller: Caller, house: House, id: str, reason: str) -> Document:
    """The same of somebody who took their consent back: for a supervisor, after the reason was written down."""
    caller.need("overrides:write")

    def opened(snapshot: Document) -> Document:
        if snapshot["candidate_id"]:
            house.records.opened(snapshot, caller.id, caller.centre, reason)
        answer: Document = snapshot["answer"]
        return answer

    return for_its_person(partial(_snapshot, house, id), opened)


def for_its_person(look: Callable[[], Document], keep: Callable[[Document], T]) -> T:
    """Keep something about whose answer this is: after a merge in that very moment, about whoever it is now.

    `look`: the snapshot as it stands.

    Raises:
        RecommendationErased: its person was erased.
    """
    tried: set[str | None] = set()
    while (snapshot := look())["candidate_id"] not in tried:
        tried.add(snapshot["candidate_id"])
        try:
            return keep(snapshot)
        except Forgotten:
            continue
    raise RecommendationErased()


def reopen(house: House, id: str) -> Document:
    """The snapshot of an answer: `{_id, candidate_id, given_at, answer}`.

    Raises:
        NoSuchRecommendation: no answer of this id was given, or it was about a stranger and has expired.
        RecommendationErased: its person was erased.
        ConsentWithdrawn: its person took the consent back that it was made with.
    """
    snapshot = _snapshot(house, id)
    person = house.read_models.person(snapshot["candidate_id"]) if snapshot["candidate_id"] else None
    withdrawn = person is not None and person.get("consent") == "WITHDRAWN"
    if withdrawn and snapshot["answer"]["verdict"]["state"] != "CONSENT_NEEDED":
        raise ConsentWithdrawn(
            {
                "id": "Bila calon setuju lagi, jawaban ini dapat dibuka kembali. Pengawas membukanya dengan alasan.",
                "en": "Once the person agrees again, it can be opened again. A supervisor opens it with a reason.",
            }
        )
    return snapshot


def _snapshot(house: House, id: str) -> Document:
    snapshot = house.records.snapshot(id)
    if snapshot is None:
        raise NoSuchRecommendation()
    if snapshot.get("erased"):
        raise RecommendationErased()
    return snapshot


def _answered(
    house: House,
    person: Person,
    asked: Mapping[str, Any],
    *,
    about: str | None = None,
    quotes: Mapping[str, str] | None = None,
    applications: Sequence[Document] = (),
) -> Document:
    """`about` and `applications`: who is stored, and the applications of theirs that we heard of."""
    moment = Moment.of(asked)
    with house.live_world.read() as (world, as_of):
        ranking = house.rankings.noted(as_of.promotion)
        crowd = house.exposures.refresh(as_of.exposures)
        known_as = person if about else replace(person, id="")
        question = question_of(known_as, quotes, _form(asked), moment, clock.today(), crowd, as_of, ranking.fingerprint)
        before = house.answers_given.to(question)
        if before is not None and (answer := _kept(house, before)) is not None:
            return answer
        given = house.records.given_to(about) if about else Given()
        others = house.exposures.others(given.first_shown)
        advice = advise(
            person,
            world,
            ranking,
            day=moment.day,
            known_on=moment.known_on,
            courses=asked["courses"],
            placements=asked["placements"],
            lang=asked["lang"],
            quotes=quotes,
            others=others,
        )
        shown = payload(advice)  # here: it looks up courses and batches, which the next change may take away
    made_of = _made_of(ranking, person, moment, as_of, advice)
    id = _id(house, about, asked, made_of, shown)
    answer = {"id": id, "candidate": about, "as_of": _told(made_of, advice), **shown}
    begun = {"orders": applications, "courses": house.read_models.enrolments(about) if about else ()}
    seen = _seen(person, advice, begun, others)
    try:
        new = id not in given.ids and house.records.keep(id, about, answer, seen)
    except Forgotten as gone:
        raise (CandidateMerged(gone.merged_into) if gone.merged_into else CandidateErased()) from None
    if new:
        house.exposures.add(offer for offer in counted(seen) if offer not in given.first_shown)
    house.answers_given.remember(question, id)
    return answer


def _kept(house: House, id: str) -> Document | None:
    """The answer as it is kept; None when its person was erased or it expired."""
    snapshot = house.records.snapshot(id)
    kept: Document | None = snapshot.get("answer") if snapshot else None
    return kept


def _seen(
    person: Person, advice: Advice, begun: Mapping[str, Sequence[Document]], others: Mapping[str, float]
) -> Document:
    """What learning needs of an answer, in numbers and ids: what was known of each line when it was shown.

    What the person is already on the way to stands there too: what follows from it is no merit of a later list.
    """
    orders = [
        {"id": order.id, **_line(rank, [order.isco08] if order.isco08 else [], row)}
        for rank, (order, _, row) in enumerate(advice.placements, start=1)
    ]
    courses = [
        {
            "id": course.id,
            "batch": batch.id,
            "unlocks": list(row.unlocks),
            **_line(rank, course.isco08, row),
        }
        for rank, (course, batch, row) in enumerate(advice.courses, start=1)
    ]
    return {
        "record": [{"code": code, "level": round(level, 3)} for code, level, _ in known_skills(person)],
        "orders": orders,
        "courses": courses,
        "begun": {
            "orders": sorted({row["job_order_id"] for row in begun.get("orders", ())}),
            "courses": sorted({row["course_id"] for row in begun.get("courses", ())}),
        },
        "others": {id: others[id] for row in (*orders, *courses) if (id := row.get("batch", row["id"])) in others},
    }


def _line(rank: int, units: Sequence[str], row: Ranked) -> Document:
    return {
        "rank": rank,
        "propensity": seen_at(rank),
        "score": row.score,
        "family": family_of(next(iter(units), None)),
        "units": list(units),
        "columns": dict(row.values),
    }


def _made_of(ranking: Ranking, person: Person, moment: Moment, as_of: AsOf, advice: Advice) -> Document:
    """Everything that determined the answer, in numbers that another worker would name too."""
    return {
        "candidate": person.version or None,
        "courses": as_of.courses,
        "job_orders": as_of.job_orders,
        "policies": as_of.policies,
        "model": ranking.fingerprint,
        "crowding": dict(sorted(advice.crowding.items())),
        "day": moment.day.isoformat(),
        "known_on": moment.known_on.isoformat() if moment.known_on else None,
        "generation": as_of.generation,
        "sequence": as_of.sequence,
        "heard_at": as_of.heard_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if as_of.heard_at
        else None,
        "law_verified_on": advice.law_verified_on.isoformat() if advice.law_verified_on else None,
    }


def _told(made_of: Document, advice: Advice) -> Document:
    """The same as people read it: of what is crowded, what stands in the answer, and how much there was in all."""
    crowding: Mapping[str, int] = made_of["crowding"]
    named = {*(order.id for order, _, _ in advice.placements), *(course.id for course, _, _ in advice.courses)}
    told = {id: level for id, level in crowding.items() if id in named}
    return {**made_of, "crowding": told} | ({"crowded": len(crowding)} if len(told) < len(crowding) else {})


def _id(house: House, about: str | None, asked: Mapping[str, Any], made_of: Document, shown: Mapping[str, Any]) -> str:
    """Of everything that determined the answer. Keyed, so that nobody can test a guess about a person against ids."""
    determined = {
        "about": about,
        "asked": _form(asked),
        "as_of": made_of,
        "shown": shown,
    }
    text = json.dumps(determined, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(house.snapshot_key, text.encode(), hashlib.sha256).hexdigest()[: 2 * ID_BYTES]


def _form(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: asked[name] for name in ("courses", "placements", "lang")}
