"""Which path is found, and which is not."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.matching.matcher.facts import Batch, Course, Person
from services.matching.matcher.pathway import Path, Paths, find
from tests.builders import (
    TODAY,
    a_batch,
    a_course,
    a_factory_order,
    a_gate,
    a_law,
    a_person,
    a_rate,
    a_result,
    an_order,
    days,
    hours_rule,
)
from tests.unit.matching.pathway.small_worlds import a_world


def untrained(**changes: Any) -> Person:
    """A woman of 26 from Flores Timur who has nothing yet that the gate asks for."""
    return a_person(**{"certificates": [], "training_hours": [], **changes})


def batch_ids(path: Path | None) -> tuple[str | None, ...]:
    assert path is not None
    return tuple(step.batch for step in path.steps)


def language_course(result: str, **changes: Any) -> Course:
    gives = {"certificate": None, "hours_for": [], "languages": [a_result(result=result)]}
    return a_course(**{**gives, **changes})


def asks_language(result: str) -> dict[str, Any]:
    return {"kind": "language", "language": "ja", "test": "JLPT", "result": result}


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


def test_two_batches_may_not_share_a_day() -> None:
    care, japanese = a_course(), language_course("N4")
    order = an_order(requirements={"all": [asks_language("N4")]})
    first = a_batch(care, starts=days(10), ends=days(30))
    touching = a_batch(japanese, starts=days(30), ends=days(50))
    assert not find(untrained(), a_world([care, japanese], [first, touching], [order]), TODAY)
    after = a_batch(japanese, starts=days(31), ends=days(50))
    path = find(untrained(), a_world([care, japanese], [first, touching, after], [order]), TODAY).fastest
    assert batch_ids(path) == (first.id, after.id)


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


def test_a_birthday_in_time_is_a_lawful_wait() -> None:
    course = a_course()
    batch = a_batch(course)
    order = an_order(requirements={"all": [{"kind": "age", "min": 21, "max": 45}]}, closes_on=days(100))
    young = untrained(birth_date="2006-02-12")  # eighty days from today
    path = find(young, a_world([course], [batch], [order]), TODAY).fastest
    assert path is not None
    assert path.ready_on == date(2027, 2, 12)
    assert [(wait.age, wait.until) for wait in path.waits] == [(21, date(2027, 2, 12))]
    closed = an_order(requirements={"all": [{"kind": "age", "min": 21, "max": 45}]}, closes_on=days(79))
    assert not find(young, a_world([course], [batch], [closed]), TODAY)


def test_a_birthday_alone_can_be_the_whole_path() -> None:
    order = an_order(requirements={"all": [{"kind": "age", "min": 27, "max": 45}]})
    path = find(a_person(birth_date="2000-02-29"), a_world(orders=[order]), TODAY).fastest
    assert path is not None
    assert path.steps == ()
    assert path.ready_on == date(2027, 3, 1)  # 29 February counts as 1 March
    assert (path.distance_km, path.cost_to_candidate) == (0, 0)


def test_nobody_waits_to_become_younger() -> None:
    course = a_course()
    order = an_order(requirements={"all": [{"kind": "age", "min": 18, "max": 45}]})
    turning_46 = untrained(birth_date="1981-01-13")  # fifty days from today
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


def test_the_fastest_the_nearest_and_the_best_paid_path_differ() -> None:
    fast, near, rich = a_course(), a_course(), language_course("N4")
    soon = a_batch(fast, ends=days(20), regency="53.71")
    home = a_batch(near, ends=days(40), regency="53.06")
    paid = a_batch(rich, starts=days(60), ends=days(70), regency="52.03")
    plain = an_order(wage={"amount": 1500, "currency": "MYR"})
    better = an_order(wage={"amount": 8_000_000, "currency": "IDR"}, requirements={"all": [asks_language("N4")]})
    law = a_law(a_gate(), hours_rule(), a_rate("MYR", 3500))
    paths = find(untrained(), a_world([fast, near, rich], [soon, home, paid], [plain, better], law), TODAY)
    assert batch_ids(paths.fastest) == (soon.id,)
    assert batch_ids(paths.nearest) == (home.id,)
    assert batch_ids(paths.best_paid) == (home.id, paid.id)  # as early either way, so the nearer first step
    assert paths.fastest is not None and paths.best_paid is not None
    assert (paths.fastest.wage_idr, paths.best_paid.wage_idr) == (5_250_000, 8_000_000)


def test_what_is_as_fast_is_chosen_by_distance_then_by_cost_then_by_id() -> None:
    free, dear = a_course(), a_course(cost_to_trainee={"amount": 500_000, "currency": "IDR"})
    far = a_batch(free, id="a", regency="53.71")
    near_dear = a_batch(dear, id="b", regency="53.06")
    near_free, near_free_too = a_batch(free, id="d", regency="53.06"), a_batch(free, id="c", regency="53.06")
    world = a_world([free, dear], [far, near_dear, near_free, near_free_too], [an_order()])
    assert batch_ids(find(untrained(), world, TODAY).fastest) == ("c",)


def test_online_is_no_distance_and_an_unknown_place_is_the_farthest() -> None:
    course = a_course()
    online, unknown, known = (a_batch(course, regency=regency) for regency in (None, "91.01", "52.03"))
    assert batch_ids(find(untrained(), a_world([course], [unknown, known], [an_order()]), TODAY).nearest) == (known.id,)
    path = find(untrained(), a_world([course], [unknown, online], [an_order()]), TODAY).nearest
    assert batch_ids(path) == (online.id,)
    only = find(untrained(), a_world([course], [unknown], [an_order()]), TODAY).nearest
    assert only is not None and only.distance_km is None


def test_wishes_are_kept_where_any_path_keeps_them() -> None:
    boarding, commuting = a_course(), a_course(boarding=False)
    fast, slow = a_batch(boarding), a_batch(commuting, ends=days(90), regency="53.07")
    wishes = {"boarding_ok": False, "max_distance_km": 200}
    path = find(untrained(wishes=wishes), a_world([boarding, commuting], [fast, slow], [an_order()]), TODAY).fastest
    assert batch_ids(path) == (slow.id,)
    assert path is not None and path.beyond_wishes == ()


def test_a_path_that_breaks_wishes_is_shown_only_if_no_other_exists_and_says_so() -> None:
    course = a_course()
    wishes = {"boarding_ok": False, "max_distance_km": 200, "ready_within_days": 30}
    path = find(untrained(wishes=wishes), a_world([course], [a_batch(course)], [an_order()]), TODAY).fastest
    assert path is not None
    assert path.beyond_wishes == ("MAX_DISTANCE", "BOARDING", "READY_WITHIN")


def test_only_the_orders_that_are_asked_for_are_aimed_at() -> None:
    course = a_course()
    one, other = an_order(), an_order(wage={"amount": 9000, "currency": "MYR"})
    world = a_world([course], [a_batch(course)], [one, other])
    path = find(untrained(), world, TODAY, among=lambda order: order.id == one.id).best_paid
    assert path is not None and path.unlocks == (one.id,)
    assert not find(untrained(), world, TODAY, among=lambda order: False)


def test_the_law_of_the_day_on_which_the_path_is_ready_decides() -> None:
    course = a_course(hours_for=[{"isco08": "9111", "destination": None, "hours": 100}])
    batch = a_batch(course)
    tomorrow_stricter = hours_rule(200, valid_from=days(54))
    later_stricter = hours_rule(200, valid_from=days(55))
    assert not find(untrained(), a_world([course], [batch], [an_order()], a_law(a_gate(), tomorrow_stricter)), TODAY)
    assert find(untrained(), a_world([course], [batch], [an_order()], a_law(a_gate(), later_stricter)), TODAY)


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


def test_the_same_question_has_the_same_answer_every_time() -> None:
    courses = [a_course(), language_course("N4"), a_course(boarding=False)]
    batches: list[Batch] = [
        a_batch(course, starts=days(5 + n), ends=days(25 + n), regency=regency)
        for course in courses
        for n in range(0, 60, 7)
        for regency in ("53.06", "53.71", None)
    ]
    orders = [an_order(), an_order(requirements={"all": [asks_language("N4")]})]
    once = find(untrained(), a_world(courses, batches, orders), TODAY)
    again = find(untrained(), a_world(courses[::-1], batches[::-1], orders[::-1]), TODAY)
    assert [path.steps for path in once.all()] == [path.steps for path in again.all()]
