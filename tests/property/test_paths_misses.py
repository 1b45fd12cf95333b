"""Where there is no path, the change that is named really opens one; and nothing is named where a path exists."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Period, Person
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.search import find
from services.matching.matcher.pathway.smallest_change import SmallestChange, smallest_changes
from tests.builders import a_batch, a_course, a_result
from tests.property.paths_worlds import KM, Drawn, SmallWorld


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
@example(seed=917504)  # a certificate of two months ran out before the last day that was named for the next class
def test_a_named_change_opens_a_path_on_the_day_it_says(seed: int) -> None:
    drawn = Drawn(seed)
    if find(drawn.person, drawn.world, drawn.day):
        return
    for miss in smallest_changes(drawn.person, drawn.world, drawn.day):
        if miss.change in (ChangeKind.PAPER, ChangeKind.WAIT):
            continue  # what a paper will say is not known, and waiting changes nothing
        person, world = changed(drawn, miss)
        paths = find(person, world, drawn.day)
        assert paths.fastest is not None, miss
        if miss.change is ChangeKind.NEW_BATCH:
            assert paths.fastest.ready_on <= latest(drawn, miss)
        else:
            assert paths.fastest.ready_on == miss.ready_on


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_an_order_that_closes_one_day_less_late_stays_out_of_reach(seed: int) -> None:
    drawn = Drawn(seed)
    if find(drawn.person, drawn.world, drawn.day):
        return
    for miss in smallest_changes(drawn.person, drawn.world, drawn.day):
        if miss.change is ChangeKind.LATER_CLOSING:
            _, world = changed(drawn, replace(miss, by=miss.by - timedelta(days=1)))
            assert not find(drawn.person, world, drawn.day)


def changed(drawn: Drawn, miss: SmallestChange) -> tuple[Person, SmallWorld]:
    """The person and the world after the change."""
    person, courses, batches, orders = drawn.person, list(drawn.courses), list(drawn.batches), list(drawn.orders)
    batch = next((batch for batch in batches if batch.id == miss.batch), None)
    match miss.change:
        case ChangeKind.OPENED | ChangeKind.SEAT | ChangeKind.LATER_REGISTRATION:
            assert batch is not None
            batches = [joinable(each, drawn.day) if each is batch else each for each in batches]
        case ChangeKind.FREE_DAYS:
            assert batch is not None and batch.starts is not None
            free = (*person.wishes.available, Period(batch.starts, batch.ends))
            person = replace(person, wishes=replace(person.wishes, available=free))
        case ChangeKind.LATER_CLOSING:
            orders = [closing(each, miss.by) if each.id == miss.order else each for each in orders]
        case ChangeKind.NEW_BATCH:
            course = next((course for course in courses if course.id == miss.course), None) or taught(miss)
            courses.append(course)
            batches.append(new_batch(course, miss))
    return person, SmallWorld(Catalogue(KM, courses, batches), OrderIndex(orders), drawn.law)


def joinable(batch: Batch, day: date) -> Batch:
    closes = None if batch.closes is None else max(batch.closes, day)
    return replace(batch, status="OPEN", taken=0, closes=closes)


def closing(order: Order, day: date) -> Order:
    return replace(order, closes_on=day)


def new_batch(course: Course, miss: SmallestChange) -> Batch:
    """The last batch that the miss allows."""
    return a_batch(
        course,
        id="b-new",
        starts=(miss.by - timedelta(days=(miss.days or 1) - 1)).isoformat(),
        ends=miss.by.isoformat(),
        closes=None,
        regency=miss.regency,
    )


def taught(miss: SmallestChange) -> Course:
    """A course for a programme that nobody teaches, from its name alone."""
    kind, *about = (miss.programme or "").split(":")
    gives: dict[str, Any] = {"certificate": None, "hours_for": [], "languages": []}
    if kind == "LANGUAGE":
        gives["languages"] = [a_result(*about)]
    elif kind == "HOURS":
        gives["hours_for"] = [{"isco08": about[0], "destination": None, "hours": 1000}]
    else:
        gives["certificate"] = {"kind": kind, "scheme": about[0] if about else None, "valid_months": None}
        titles = ("9111", "5322") if kind == "COMPETENCE" else ()  # such a course gives the hours of its title too
        gives["hours_for"] = [{"isco08": title, "destination": None, "hours": 1000} for title in titles]
    return a_course(**gives)


def latest(drawn: Drawn, miss: SmallestChange) -> date:
    order = next(order for order in drawn.orders if order.id == miss.order)
    return order.closes_on or date.max
