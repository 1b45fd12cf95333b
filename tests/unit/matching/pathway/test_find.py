"""Which path is found, and which is not: what courses give, what an order asks, how many courses it takes."""

from datetime import timedelta
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.search import find
from tests.builders import (
    TODAY,
    a_batch,
    a_course,
    a_factory_order,
    a_person,
    an_order,
    days,
)
from tests.unit.matching.pathway.small_worlds import a_world, asks_language, batch_ids, language_course, untrained


def test_a_course_opens_the_gate_on_its_last_day() -> None:
    course = a_course()
    batch, order = a_batch(course), an_order()
    paths = find(untrained(), a_world([course], [batch], [order]), TODAY)
    path = paths.fastest
    assert path is not None
    assert batch_ids(path) == (batch.id,)
    assert path.ready_on == batch.ends
    assert path.unlocks == (order.id,)
    assert path.distance_km == 236
    assert path.waits == ()
    assert path.beyond_wishes == ()


def test_a_path_says_when_the_papers_of_later_stages_can_be_complete() -> None:
    course = a_course()
    world = a_world([course], [a_batch(course)], [an_order()])
    bare = find(untrained(), world, TODAY).fastest
    ready = {code: {"status": "MET", "valid_until": None} for code in ("PASSPORT", "WORK_VISA", "WORK_CONTRACT")}
    with_papers = find(untrained(requirements=ready), world, TODAY).fastest
    assert bare is not None and with_papers is not None
    assert bare.can_leave_from == bare.ready_on + timedelta(days=7 + 30)  # clinic or agreement, then the visa
    assert with_papers.can_leave_from == with_papers.ready_on + timedelta(days=7 + 7)  # then the orientation


def test_nobody_who_may_apply_today_needs_a_path_to_the_same_orders() -> None:
    course = a_course()
    assert not find(a_person(), a_world([course], [a_batch(course)], [an_order()]), TODAY)


def test_a_person_who_may_apply_for_one_order_still_finds_the_way_to_a_better_paid_one() -> None:
    course = language_course("N4")
    better = an_order(
        requirements={"all": [asks_language("N4")]}, wage={"amount": 3000, "currency": "MYR"}, country="MYS"
    )
    world = a_world([course], [a_batch(course)], [an_order(), better])
    path = find(a_person(), world, TODAY).best_paid
    assert path is not None and path.unlocks == (better.id,)


def test_without_consent_nothing_is_searched() -> None:
    course = a_course()
    world = a_world([course], [a_batch(course)], [an_order()])
    assert find(untrained(consent="WITHDRAWN"), world, TODAY) == Paths()


def test_a_course_certificate_alone_opens_no_gate() -> None:
    course = a_course(certificate={"kind": "COMPLETION", "scheme": "HOUSEKEEPER", "valid_months": None})
    assert not find(untrained(), a_world([course], [a_batch(course)], [an_order()]), TODAY)


def test_a_certificate_of_another_title_opens_no_gate() -> None:
    course = a_course(certificate={"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER", "valid_months": 36})
    assert not find(untrained(), a_world([course], [a_batch(course)], [an_order()]), TODAY)


def test_hours_of_two_courses_add_up_but_one_course_is_not_taken_twice() -> None:
    half = {"hours_for": [{"isco08": "9111", "destination": None, "hours": 100}]}
    first, second = a_course(**half), a_course(**half)
    early, late = a_batch(first, ends=days(20)), a_batch(first, starts=days(30), ends=days(40))
    assert not find(untrained(), a_world([first], [early, late], [an_order()]), TODAY)
    other = a_batch(second, starts=days(41), ends=days(60))
    path = find(untrained(), a_world([first, second], [early, late, other], [an_order()]), TODAY).fastest
    assert batch_ids(path) == (early.id, other.id)


def test_many_batches_of_few_courses_do_not_stand_for_more_courses() -> None:
    """Four courses of 100 hours are needed; two of them can never be taken both, so nothing else helps."""
    gives: dict[str, Any] = {"certificate": None, "hours_for": [{"isco08": "9329", "destination": None, "hours": 100}]}
    courses = [a_course(**gives) for _ in range(4)]
    batches = [a_batch(c, starts=days(n), ends=days(n + 5)) for c in courses[:2] for n in range(2, 300, 3)]
    clash = [a_batch(courses[2], starts=days(150), ends=days(160), closes=None)]
    order = a_factory_order(
        requirements={"all": [{"kind": "hours", "isco08": None, "hours": 400}]}, closes_on=days(400)
    )
    at_once = a_batch(courses[3], starts=days(155), ends=days(165), closes=None)
    assert not find(untrained(), a_world(courses, [*batches, *clash, at_once], [order]), TODAY)
    after = a_batch(courses[3], starts=days(161), ends=days(165), closes=None)
    path = find(untrained(), a_world(courses, [*batches, *clash, after], [order]), TODAY).fastest
    assert path is not None and len({step.course for step in path.steps}) == 4


def test_hours_for_another_country_do_not_count() -> None:
    course = a_course(hours_for=[{"isco08": "9111", "destination": "HKG", "hours": 400}])
    assert not find(untrained(), a_world([course], [a_batch(course)], [an_order()]), TODAY)


def test_a_language_ladder_is_climbed_rung_by_rung() -> None:
    n5 = language_course("N5")
    n4 = language_course("N4", prerequisites={"all": [asks_language("N5")]})
    order = a_factory_order(requirements={"all": [asks_language("N4")]})
    low = a_batch(n5, starts=days(5), ends=days(40))
    soon, later = a_batch(n4, starts=days(40), ends=days(80)), a_batch(n4, starts=days(41), ends=days(90))
    path = find(untrained(), a_world([n5, n4], [low, soon, later], [order]), TODAY).fastest
    assert batch_ids(path) == (low.id, later.id)


def test_a_door_that_the_person_may_pass_already_needs_no_course() -> None:
    n4 = language_course("N4", prerequisites={"any": [asks_language("N5"), {"kind": "education", "level": "SMP"}]})
    order = a_factory_order(requirements={"all": [asks_language("N4")]})
    batch = a_batch(n4)
    assert batch_ids(find(untrained(), a_world([n4], [batch], [order]), TODAY).fastest) == (batch.id,)


def test_prerequisites_in_a_circle_open_nothing_and_end() -> None:
    egg = language_course("N5", prerequisites={"all": [asks_language("N4")]})
    hen = language_course("N4", prerequisites={"all": [asks_language("N5")]})
    order = a_factory_order(requirements={"all": [asks_language("N4")]})
    batches = [a_batch(c, starts=days(n), ends=days(n + 5)) for n, c in enumerate([egg, hen, egg, hen] * 5, 3)]
    assert not find(untrained(), a_world([egg, hen], batches, [order]), TODAY)


def test_four_courses_are_a_path_and_five_are_not() -> None:
    schemes = ["A", "B", "C", "D", "E"]
    courses = [
        a_course(certificate={"kind": "SKILL_TEST", "scheme": scheme, "valid_months": None}, hours_for=[])
        for scheme in schemes
    ]
    batches = [a_batch(c, starts=days(10 * n), ends=days(10 * n + 5)) for n, c in enumerate(courses, 1)]
    for needed, reached in ((4, True), (5, False)):
        asked = [{"kind": "certificate", "certificate": "SKILL_TEST", "scheme": s} for s in schemes[:needed]]
        order = a_factory_order(requirements={"all": asked})
        assert bool(find(untrained(), a_world(courses, batches, [order]), TODAY)) is reached


def test_an_order_that_nobody_is_shown_is_nobodys_goal() -> None:
    course = a_course()
    suspended = an_order(scheme="G2G", company={"id": "c", "sip3mi": "S", "status": "SUSPENDED"})
    assert not find(untrained(), a_world([course], [a_batch(course)], [suspended]), TODAY)


def test_a_tree_with_more_alternatives_than_can_be_written_out_is_answered_all_the_same() -> None:
    course = a_course(certificate={"kind": "SKILL_TEST", "scheme": "S-7-3", "valid_months": None})
    settled = {"kind": "education", "level": "SMP"}
    groups = [
        {"any": [{"kind": "certificate", "certificate": "SKILL_TEST", "scheme": f"S-{n}-{m}"} for m in range(8)]}
        for n in range(25)
    ]
    open_groups = [{"any": [*group["any"], settled]} for n, group in enumerate(groups) if n != 7]
    order = a_factory_order(requirements={"all": [groups[7], *open_groups]})
    hopeless = a_factory_order(requirements={"all": groups})
    world = a_world([course], [a_batch(course)], [order, hopeless])
    path = find(untrained(), world, TODAY).fastest
    assert path is not None and path.unlocks == (order.id,)


def test_a_person_of_whom_nothing_is_known_gets_an_answer() -> None:
    course = a_course()
    world = a_world([course], [a_batch(course)], [an_order()])
    assert not find(Person(id="x", consent="GIVEN"), world, TODAY)
    assert not find(untrained(), a_world(), TODAY)
