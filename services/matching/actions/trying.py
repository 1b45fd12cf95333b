"""What would change for everybody if a draft became law or a planned batch took place: sums, never people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.matcher.facts.courses import Batch
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from services.matching.matcher.whatif import WhatIfAnswer, what_if, what_if_batch
from services.matching.matcher.world import World
from services.matching.problems import NoSuchCourse, UnreadableDraft
from shared import ids
from shared.http.callers import Caller

Document = dict[str, Any]


def try_out(caller: Caller, house: House, asked: Mapping[str, Any]) -> Document:
    """The sums of a loaded `WhatIf`. Counts below ten are hidden.

    Raises:
        UnreadableDraft: the content of the draft says nothing that the rules understand.
        NoSuchCourse: a batch of a course that is not known here.
    """
    caller.need("policies:propose", "policies:approve")
    moment = Moment.of(asked)
    with house.catalogue.read() as (world, _):
        change = _planned(house, world, asked["batch"]) if "batch" in asked else _drafted(house, world, asked, moment)
    return change.as_payload()


def _drafted(house: House, world: World, asked: Mapping[str, Any], moment: Moment) -> WhatIfAnswer:
    draft = _law_with(world.law, asked["policy"]) if "policy" in asked else world.law.without(asked["without_policy"])
    readable = draft.at(moment.day, moment.known_on)
    if set(readable.unreadable) - set(world.law.at(moment.day, moment.known_on).unreadable):
        raise UnreadableDraft()
    with house.population.read() as people:
        return what_if(world.order_index, people, world.law, draft, moment.day, known_on=moment.known_on)


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
    people = (Person.from_payload({**row, "id": row["_id"]}) for row in house.read_models.people())
    return what_if_batch(world.order_index, people, world.law, course, batch)
