"""What each course leads to, as the ranking of courses asks it."""

from datetime import date

from services.matching.matcher.pathway.outlooks import Outlooks, outlooks
from services.matching.matcher.pathway.search import find
from tests.builders import TODAY, a_batch, a_course, a_factory_order, a_person, an_order, days
from tests.support.today import birthday, born
from tests.unit.matching.pathway.small_worlds import a_world, language_course, untrained


def test_a_course_that_opens_an_order_says_which_how_far_and_when() -> None:
    course = a_course()
    batch, order = a_batch(course), an_order()
    found = outlooks(untrained(), a_world([course], [batch], [order]), TODAY)
    look = found.courses[course.id]
    assert (look.batch, tuple(look.orders), look.steps, look.days, look.distance_km) == (
        batch.id,
        (order.id,),
        1,
        54,
        236,
    )
    assert found.days == {order.id: 54}


def test_a_course_that_opens_nothing_is_there_without_orders() -> None:
    useless = language_course("N4")
    found = outlooks(untrained(), a_world([useless], [a_batch(useless)], [an_order()]), TODAY)
    assert not found.courses[useless.id].orders
    assert found.days == {}


def test_the_first_rung_of_a_ladder_stands_on_the_path_too() -> None:
    asked = {"kind": "language", "language": "ja", "test": "JLPT", "result": "N5"}
    n5, n4 = language_course("N5"), language_course("N4", prerequisites={"all": [asked]})
    low, high = a_batch(n5, ends=days(30)), a_batch(n4, starts=days(31), ends=days(60))
    order = a_factory_order(requirements={"all": [{**asked, "result": "N4"}]})
    found = outlooks(untrained(), a_world([n5, n4], [low, high], [order]), TODAY)
    assert {id: (tuple(look.orders), look.steps) for id, look in found.courses.items()} == {
        n5.id: ((order.id,), 2),
        n4.id: ((order.id,), 2),
    }


def test_half_of_the_hours_counts_beside_all_of_them() -> None:
    whole = a_course()
    halves = [a_course(hours_for=[{"isco08": "9111", "destination": None, "hours": 100}]) for _ in range(2)]
    batches = [a_batch(whole)]
    batches += [a_batch(half, starts=days(5 + 20 * n), ends=days(20 + 20 * n)) for n, half in enumerate(halves)]
    found = outlooks(untrained(), a_world([whole, *halves], batches, [an_order()]), TODAY)
    assert [found.courses[course.id].steps for course in (whole, *halves)] == [1, 2, 2]
    assert all(look.orders for look in found.courses.values())


def test_the_next_batch_is_the_one_that_begins_first() -> None:
    course = a_course(mode="ONLINE")
    later, sooner = a_batch(course, starts=days(20)), a_batch(course, starts=days(10), closes=None, regency=None)
    full = a_batch(course, starts=days(5), closes=None, taken=16)
    look = outlooks(untrained(), a_world([course], [later, sooner, full], [an_order()]), TODAY).courses[course.id]
    assert (look.batch, look.distance_km) == (sooner.id, 0)


def test_a_birthday_opens_an_order_without_any_course() -> None:
    order = an_order(requirements={"all": [{"kind": "age", "min": 27, "max": 45}]})
    found = outlooks(a_person(birth_date=born(27, days=-40)), a_world(orders=[order]), TODAY)
    assert found.days == {order.id: (date.fromisoformat(birthday(born(27, days=-40), 27)) - TODAY).days}
    assert found.courses == {}


def test_the_days_are_those_of_the_fastest_path() -> None:
    course, other = a_course(), a_course(boarding=False)
    batches = [a_batch(course), a_batch(other, ends=days(40))]
    world = a_world([course, other], batches, [an_order()])
    path = find(untrained(), world, TODAY).fastest
    assert path is not None
    assert set(outlooks(untrained(), world, TODAY).days.values()) == {(path.ready_on - TODAY).days}


def test_without_consent_there_is_no_outlook() -> None:
    course = a_course()
    assert outlooks(untrained(consent="NONE"), a_world([course], [a_batch(course)], [an_order()]), TODAY) == Outlooks()
