"""What would change for everybody if a draft became law or a planned batch took place: sums, never people."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.judging.docket import OPEN_APPLICATIONS
from services.matching.judging.judgement import DECIDING, UNLAWFUL
from services.matching.judging.judging import JudgedOrder
from services.matching.matcher.facts.courses import Batch
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from services.matching.matcher.law.rules import demands
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.outlooks import opened_by_training
from services.matching.matcher.pathway.question import Searched
from services.matching.matcher.what_if import WhatIfAnswer, what_if, what_if_batch
from services.matching.matcher.world import World
from services.matching.problems import NoSuchCourse, UnreadableDraft
from services.matching.store.read_models import APPLICATIONS, PEOPLE
from shared import ids
from shared.http.callers import Caller
from shared.judgements import told

Document = dict[str, Any]


def try_out(caller: Caller, house: House, asked: Mapping[str, Any]) -> Document:
    """The sums of a loaded `WhatIf`. Counts below ten are hidden. Whoever may read advice sees what would be stopped.

    Raises:
        UnreadableDraft: the content of the draft says nothing that the rules understand.
        NoSuchCourse: a batch of a course that is not known here.
    """
    caller.need("policies:propose", "policies:approve")
    moment = Moment.of(asked)
    with house.live_world.read() as (world, _):
        if "batch" in asked:
            return _planned(house, world, asked["batch"]).as_payload()
        draft = _draft(world, asked, moment)
        with house.population.read() as people:
            training = _Training(house, world, moment)
            change = what_if(
                world.order_index, people, world.law, draft, moment.day, known_on=moment.known_on, training=training
            )
        answer = change.as_payload()
        if caller.may("recommendations:read"):
            answer["applications"] = list(_stopped(house, world, draft, moment))
    return answer


def _draft(world: World, asked: Mapping[str, Any], moment: Moment) -> Law:
    draft = _law_with(world.law, asked["policy"]) if "policy" in asked else world.law.without(asked["without_policy"])
    readable = draft.at(moment.day, moment.known_on)
    if set(readable.unreadable) - set(world.law.at(moment.day, moment.known_on).unreadable):
        raise UnreadableDraft()
    return draft


class _Training:
    """What courses open for one person under a law; people of whom the same is known are searched for once."""

    def __init__(self, house: House, world: World, moment: Moment) -> None:
        self._house, self._world, self._moment = house, world, moment
        self._worlds: dict[int, Searched] = {}
        self._known: dict[tuple[int, Person], frozenset[str]] = {}

    def __call__(self, id: str, law: Law) -> frozenset[str]:
        document = self._house.read_models.person(id)
        if document is None or document.get("erased"):
            return frozenset()
        person = replace(Person.from_document(document), id="", version=0)
        key = (self._worlds_key(law), person)
        if key not in self._known:
            searched = self._worlds[key[0]]
            day, known_on = self._moment.day, self._moment.known_on
            self._known[key] = opened_by_training(person, searched, day, known_on=known_on)
        return self._known[key]

    def _worlds_key(self, law: Law) -> int:
        """A law that is only tried has compiled orders of its own: the published ones keep theirs."""
        if id(law) not in self._worlds:
            published = law is self._world.law
            index = self._world.order_index if published else OrderIndex(self._world.orders.values())
            self._worlds[id(law)] = Searched(self._world.catalogue, index, law)
        return id(law)


def _stopped(house: House, world: World, draft: Law, moment: Moment) -> Iterator[Document]:
    """The open applications that go on today and that the draft would stop, judged as applications are."""
    laws = [law.at(moment.day, moment.known_on) for law in (world.law, draft)]
    rows = [row for row in house.read_models.all(APPLICATIONS) if row["state"] in OPEN_APPLICATIONS]
    people = {row["_id"]: row for row in house.read_models.some(PEOPLE, {row["candidate_id"] for row in rows})}
    orders: dict[str, list[JudgedOrder]] = {}
    for row in sorted(rows, key=lambda row: str(row["_id"])):
        order, document = world.orders.get(row["job_order_id"]), people.get(row["candidate_id"])
        if order is None or document is None or document.get("erased") or row["state"] == "STOPPED":
            continue
        if order.id not in orders:
            orders[order.id] = [JudgedOrder(order, demands(order, law), moment.day) for law in laws]
        person = Person.from_document(document)
        person = person.with_holds([order.id] if row["reserved"] else [])
        before, after = (judged.judged_for(person, row["_id"], "") for judged in orders[order.id])
        if after.outcome == UNLAWFUL != before.outcome:
            known = {(one.rule, one.version) for one in before.findings}
            yield {
                "application": row["_id"],
                "candidate": row["candidate_id"],
                "job_order": order.id,
                "title": {lang: order.title.said(lang) for lang in ("id", "en")} if order.title else None,
                "country": order.country,
                "state": row["state"],
                "rules": told(
                    one.as_payload()
                    for one in after.findings
                    if one.stage in DECIDING and (one.rule, one.version) not in known
                ),
            }


def _law_with(law: Law, draft: Mapping[str, Any]) -> Law:
    revisions = [
        {**revision, "number": number, "status": "PROPOSED", "known_from": None, "known_until": None}
        for number, revision in enumerate(draft["revisions"], start=1)
    ]
    return law.with_draft(PolicyRecord.from_payload({**draft, "id": ids.new(), "version": 1, "revisions": revisions}))


def _planned(house: House, world: World, planned: Mapping[str, Any]) -> WhatIfAnswer:
    course = world.courses.get(planned["course_id"])
    if course is None:
        raise NoSuchCourse()
    batch = Batch(
        id=ids.new(),
        course_id=course.id,
        starts=date.fromisoformat(planned["starts"]),
        ends=date.fromisoformat(planned["ends"]),
        regency=planned["regency"],
    )
    people = (Person.from_document(row) for row in house.read_models.people())
    return what_if_batch(world.order_index, people, world.law, course, batch)
