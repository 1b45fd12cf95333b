"""Which of many paths is shown: the fastest, the nearest, the best paid; with what was wished for, if it can be."""

from services.matching.matcher.facts.courses import Batch
from services.matching.matcher.pathway.search import find
from tests.builders import (
    TODAY,
    a_batch,
    a_course,
    a_gate,
    a_law,
    a_rate,
    an_order,
    days,
    hours_rule,
)
from tests.unit.matching.pathway.small_worlds import a_world, asks_language, batch_ids, language_course, untrained


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
