"""The shelves keep what was read of orders and courses: a change reads one anew, and a full shelf begins again."""

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.drawn_province import Province
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.ranking.features import orders as shelf
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import CourseProspect, Ranked

PROVINCE = Province(4)
WORLD = PROVINCE.world(30, 60)
PERSON = PROVINCE.person(4)
ORDERS = list(WORLD.orders.values())
COURSES = list(WORLD.catalogue.courses.values())


def asked(ranking: Ranking, orders: list[Any], courses: list[Any]) -> list[Ranked]:
    reach = {course.id: CourseProspect(orders=orders[::3], days=30) for course in courses[::2]}
    return ranking.orders(PERSON, orders) + ranking.courses(PERSON, courses, reach, open_orders=orders[:2])


def changed(orders: list[Any]) -> list[Any]:
    """The second one asks what the third asks."""
    other = replace(orders[2], id=orders[1].id, version=orders[1].version + 1)
    return [orders[0], other, *orders[2:]]


def test_one_changed_order_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ranking, later, read = Ranking.cold(), changed(ORDERS), []
    asked(ranking, ORDERS, COURSES)
    before = shelf.needs.of

    def reading(order: Order) -> Any:
        read.append(order.id)
        return before(order)

    monkeypatch.setattr(shelf.needs, "of", reading)
    ranking.orders(PERSON, later, shown=0)
    assert read == [later[1].id]
    assert asked(ranking, later, COURSES) == asked(Ranking.cold(), later, COURSES)
    assert asked(ranking, ORDERS, COURSES) == asked(Ranking.cold(), ORDERS, COURSES)


@pytest.mark.slow
def test_what_was_asked_before_changes_nothing() -> None:
    ranking = Ranking.cold()
    for part in (slice(0, 7), slice(20, 60), slice(5, 30)):
        asked(ranking, ORDERS[part], COURSES[part.start // 2 :])
    assert asked(ranking, ORDERS, COURSES) == asked(Ranking.cold(), ORDERS, COURSES)


def test_a_full_shelf_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "SPARE", -1_000)
    ranking = Ranking.cold()
    for _ in range(2):
        asked(ranking, ORDERS[:9], COURSES[:4])
        assert asked(ranking, ORDERS, COURSES) == asked(Ranking.cold(), ORDERS, COURSES)
