"""Doors of courses are judged for every batch: what a person may enter in spring is there though winter is shut."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.pathway.entrances import Entrance, Entrances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World
from tests.builders import (
    TODAY,
    a_batch_payload,
    a_certificate,
    a_course_payload,
    a_person,
    an_id,
    an_order_payload,
    days,
)
from tests.support.today import born

FIRST, SECOND, THIRD = (10, 40), (60, 90), (120, 150)
ADULT = {"kind": "age", "min": 18}
SAFETY = {"kind": "certificate", "certificate": "SAFETY", "scheme": "BST"}
UNBANNED = {"kind": "no_record", "record": "ENTRY_BAN"}
Spans = Sequence[tuple[int, int]]


def world_of(*offered: tuple[dict[str, Any], Spans]) -> tuple[World, list[list[str]]]:
    """A household order, and courses with their batches; their ids."""
    world, batches = World(Distances({})), []
    world.put_order(an_order_payload(closes_on=days(400)))
    for changes, spans in offered:
        course = a_course_payload(**changes)
        world.put_course(course)
        mine = [(an_id(), span) for span in spans]
        for id, (first, last) in mine:
            dates = {"starts": days(first), "ends": days(last), "closes": days(first - 1)}
            world.put_batch({**a_batch_payload(course["id"], **dates), "id": id})
        batches.append([id for id, _ in mine])
    return world, batches


def listed(world: World, **person: Any) -> list[dict[str, Any]]:
    told = {"certificates": [], "training_hours": [], **person}
    found: list[dict[str, Any]] = payload(advise(a_person(**told), world, Ranking.cold(), day=TODAY, lang="en"))[
        "courses"
    ]
    return found


@pytest.mark.parametrize(
    ("asked", "person", "batch"),
    [
        (ADULT, {"birth_date": born(18, days=-50)}, 1),
        (ADULT, {"birth_date": born(18, days=-100)}, 2),
        (ADULT, {"birth_date": born(18, days=-200)}, None),
        ({"kind": "age", "max": 30}, {"birth_date": born(31, days=-30)}, 0),
        (
            SAFETY,
            {"certificates": [a_certificate("BST", kind="SAFETY", valid_from=days(50), valid_until=days(900))]},
            1,
        ),
        (SAFETY, {"certificates": [a_certificate("BST", kind="SAFETY", valid_until=days(30))]}, 0),
        (UNBANNED, {"records": [{"kind": "ENTRY_BAN", "country": "MYS", "until": days(50)}]}, 1),
        (UNBANNED, {"records": [{"kind": "ENTRY_BAN", "country": "MYS", "until": None}]}, None),
    ],
    ids=["18 soon", "18 later", "18 too late", "31 soon", "valid later", "runs out", "ban ends", "ban without end"],
)
def test_a_course_is_shown_in_the_first_batch_that_the_person_may_enter(
    asked: dict[str, Any], person: dict[str, Any], batch: int | None
) -> None:
    world, (batches,) = world_of(({"prerequisites": {"all": [asked]}}, (FIRST, SECOND, THIRD)))
    shown = [row["batch"] for row in listed(world, **person)]
    assert shown == ([] if batch is None else [batches[batch]])


def test_what_opens_the_door_first_leads_to_the_batch_after_it() -> None:
    """The safety course ends on day 40; the batch of day 20 begins before, so it is the one of day 60."""
    safety = {"certificate": {"kind": "SAFETY", "scheme": "BST", "valid_months": None}, "hours_for": []}
    world, (_, batches) = world_of((safety, [FIRST]), ({"prerequisites": {"all": [SAFETY]}}, ((20, 50), SECOND)))
    first, then = listed(world)
    assert then["batch"] == batches[1] and then["missing"][0]["code"] == "ANOTHER_COURSE_FIRST"
    assert first["ends"] < then["starts"]


def test_a_later_batch_is_not_called_close_for_the_place_of_the_next_one() -> None:
    """The reason was of the batch of day 20, which is at home; the one after the safety course may be elsewhere."""
    safety = {"certificate": {"kind": "SAFETY", "scheme": "BST", "valid_months": None}, "hours_for": []}
    closed: dict[str, Any] = {"prerequisites": {"all": [SAFETY]}, "cost_to_trainee": None, "destinations": []}
    for place, said in (("53.71", True), ("53.08", False)):
        world, (_, batches) = world_of((safety, [FIRST]), (closed, ((20, 50), SECOND)))
        later = a_batch_payload(world.batches[batches[1]].course_id, starts=days(60), ends=days(90), closes=days(59))
        world.put_batch({**later, "id": batches[1], "regency": place})
        then = next(row for row in listed(world, home_regency="53.71") if row["batch"] == batches[1])
        assert ("CLOSE" in {reason["code"] for reason in then["reasons"]}) == said, then


def test_a_course_whose_batches_all_begin_before_the_other_has_ended_is_not_promised_behind_it() -> None:
    safety = {"certificate": {"kind": "SAFETY", "scheme": "BST", "valid_months": None}, "hours_for": []}
    world, _ = world_of((safety, [THIRD]), ({"prerequisites": {"all": [SAFETY]}}, (FIRST, SECOND)))
    assert "ANOTHER_COURSE_FIRST" not in {one["code"] for row in listed(world) for one in row["missing"]}


def test_a_day_shuts_a_door_or_opens_it_and_what_can_be_learned_is_told_apart() -> None:
    course = Course.from_payload(a_course_payload(prerequisites={"all": [ADULT, SAFETY]}))
    world = World(Distances({}))
    world.put_course(a_course_payload(id=course.id, prerequisites={"all": [ADULT, SAFETY]}))
    young = Entrances(a_person(birth_date=born(18, days=-50), certificates=[]), world.catalogue)

    def on(day: int) -> Entrance:
        return young.on(course, date.fromisoformat(days(day)))

    assert (on(49), on(50), on(51)) == (Entrance.SHUT, Entrance.TO_LEARN, Entrance.TO_LEARN)
    batches = [
        Batch.from_payload(a_batch_payload(course.id, id=an_id(), starts=days(day), ends=days(day + 5)))
        for day in (10, 60, 70)
    ]
    assert young.first_open(course, batches) is None
    assert young.first_of(course, batches) is batches[1]
