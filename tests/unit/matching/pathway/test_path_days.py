"""Days decide: when a batch can be joined, a birthday, a paper that runs out, the law of the day a path is ready."""

from datetime import date
from typing import Any

import pytest

from services.matching.matcher.pathway.search import find
from tests.builders import (
    TODAY,
    a_batch,
    a_course,
    a_gate,
    a_law,
    a_person,
    an_order,
    days,
    hours_rule,
)
from tests.support.today import birthday, born
from tests.unit.matching.pathway.small_worlds import a_world, asks_language, batch_ids, language_course, untrained


@pytest.mark.parametrize(
    "change",
    [
        {"status": "PLANNED"},
        {"status": "CANCELLED"},
        {"status": "FULL"},
        {"taken": 16},
        {"starts": days(0)},
        {"closes": days(-1)},
        {"starts": days(60), "ends": days(50)},
        {"starts": None},
    ],
)
def test_a_batch_that_cannot_be_joined_is_no_path(change: dict[str, Any]) -> None:
    course = a_course()
    assert not find(untrained(), a_world([course], [a_batch(course, **change)], [an_order()]), TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"review": "PENDING"},
        {"review": "REJECTED"},
        {"status": "WITHDRAWN"},
        {"accreditation": None},
        {"accreditation": {"from": days(15), "until": None}},
        {"accreditation": {"from": days(-900), "until": days(13)}},
        {"provider": {"id": "p", "active": False}},
        {"provider": {"id": "p", "active": True, "licence_until": days(13)}},
    ],
)
def test_a_course_that_may_not_begin_on_its_first_day_is_no_path(change: dict[str, Any]) -> None:
    course = a_course(**change)
    assert not find(untrained(), a_world([course], [a_batch(course)], [an_order()]), TODAY)


def test_registration_is_still_open_on_its_last_day() -> None:
    course = a_course()
    assert find(untrained(), a_world([course], [a_batch(course, closes=days(0))], [an_order()]), TODAY)


def test_an_order_counts_only_while_it_is_open_on_the_day_the_path_is_ready() -> None:
    course = a_course()
    batch = a_batch(course)
    for name, day, reached in (
        ("closes_on", 54, True),
        ("closes_on", 53, False),
        ("opens_on", 54, True),
        ("opens_on", 55, False),
    ):
        changed: dict[str, Any] = {name: days(day)}
        assert bool(find(untrained(), a_world([course], [batch], [an_order(**changed)]), TODAY)) is reached


def test_two_batches_may_not_share_a_day() -> None:
    care, japanese = a_course(), language_course("N4")
    order = an_order(requirements={"all": [asks_language("N4")]})
    first = a_batch(care, starts=days(10), ends=days(30))
    touching = a_batch(japanese, starts=days(30), ends=days(50))
    assert not find(untrained(), a_world([care, japanese], [first, touching], [order]), TODAY)
    after = a_batch(japanese, starts=days(31), ends=days(50))
    path = find(untrained(), a_world([care, japanese], [first, touching, after], [order]), TODAY).fastest
    assert batch_ids(path) == (first.id, after.id)


def test_a_birthday_in_time_is_a_lawful_wait() -> None:
    course = a_course()
    batch = a_batch(course)
    order = an_order(requirements={"all": [{"kind": "age", "min": 21, "max": 45}]}, closes_on=days(100))
    young = untrained(birth_date=born(21, days=-80))
    that_day = date.fromisoformat(birthday(born(21, days=-80), 21))
    path = find(young, a_world([course], [batch], [order]), TODAY).fastest
    assert path is not None
    assert path.ready_on == that_day
    assert [(wait.age, wait.until) for wait in path.waits] == [(21, that_day)]
    closed = an_order(requirements={"all": [{"kind": "age", "min": 21, "max": 45}]}, closes_on=days(-1, that_day))
    assert not find(young, a_world([course], [batch], [closed]), TODAY)


def test_a_birthday_alone_can_be_the_whole_path() -> None:
    order = an_order(requirements={"all": [{"kind": "age", "min": 27, "max": 45}]})
    path = find(a_person(birth_date=born(27, days=-97)), a_world(orders=[order]), TODAY).fastest
    assert path is not None
    assert path.steps == ()
    assert path.ready_on.isoformat() == birthday(born(27, days=-97), 27)
    assert (path.distance_km, path.cost_to_candidate) == (0, 0)


def test_nobody_waits_to_become_younger() -> None:
    course = a_course()
    order = an_order(requirements={"all": [{"kind": "age", "min": 18, "max": 45}]})
    turning_46 = untrained(birth_date=born(46, days=-50))
    assert not find(turning_46, a_world([course], [a_batch(course)], [order]), TODAY)
    quick = a_batch(course, ends=days(49))
    assert find(turning_46, a_world([course], [quick], [order]), TODAY)


def test_a_certificate_that_runs_out_on_the_way_must_still_hold_in_the_end() -> None:
    short = a_course(certificate={"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_months": 1})
    japanese = language_course("N4")
    order = an_order(requirements={"all": [asks_language("N4")]})
    early = a_batch(short, starts=days(3), ends=days(10))
    slow = a_batch(japanese, starts=days(20), ends=days(90))
    late = a_batch(short, starts=days(91), ends=days(95))
    assert not find(untrained(), a_world([short, japanese], [early, slow], [order]), TODAY)
    path = find(untrained(), a_world([short, japanese], [early, slow, late], [order]), TODAY).fastest
    assert batch_ids(path) == (slow.id, late.id)


def test_days_on_which_the_person_is_not_free_are_kept_free() -> None:
    course = a_course()
    batch = a_batch(course)
    world = a_world([course], [batch], [an_order()])
    for first, last, free in ((14, 54, True), (15, 54, False), (14, 53, False), (1, None, True)):
        window = {"from": days(first), "until": None if last is None else days(last)}
        assert bool(find(untrained(wishes={"available": [window]}), world, TODAY)) is free
    touching = [{"from": days(40), "until": days(60)}, {"from": days(10), "until": days(39)}]
    assert find(untrained(wishes={"available": touching}), world, TODAY)


def test_the_law_of_the_day_on_which_the_path_is_ready_decides() -> None:
    course = a_course(hours_for=[{"isco08": "9111", "destination": None, "hours": 100}])
    batch = a_batch(course)
    tomorrow_stricter = hours_rule(200, valid_from=days(54))
    later_stricter = hours_rule(200, valid_from=days(55))
    assert not find(untrained(), a_world([course], [batch], [an_order()], a_law(a_gate(), tomorrow_stricter)), TODAY)
    assert find(untrained(), a_world([course], [batch], [an_order()], a_law(a_gate(), later_stricter)), TODAY)
