"""A price or a place that nobody said is never nothing: such a course is neither the cheapest nor the nearest."""

from services.matching.matcher.pathway.search import find
from tests.builders import TODAY, a_batch, a_course, an_order, days
from tests.unit.matching.pathway.small_worlds import a_world, untrained


def test_an_unknown_price_is_not_free_and_an_unknown_place_is_not_near() -> None:
    dated = {"starts": days(10), "ends": days(30), "closes": None}
    silent = a_course(cost_to_trainee=None)
    dear = a_course(cost_to_trainee={"amount": 7_500_000, "currency": "IDR"})
    world = a_world(
        [silent, dear],
        [a_batch(silent, **dated, regency=None), a_batch(dear, **dated, regency="53.71")],
        [an_order()],
    )
    paths = find(untrained(), world, TODAY)
    for path in (paths.fastest, paths.nearest, paths.best_paid):
        assert path is not None
        assert [step.course for step in path.steps] == [dear.id]
        assert path.cost_to_candidate == 7_500_000


def test_where_there_is_no_other_the_path_says_that_it_does_not_know() -> None:
    silent = a_course(cost_to_trainee=None)
    world = a_world([silent], [a_batch(silent, closes=None, regency=None)], [an_order()])
    path = find(untrained(), world, TODAY).nearest
    assert path is not None
    assert (path.cost_to_candidate, path.distance_km) == (None, None)
    assert path.as_payload()["steps"][0]["cost"] is None


def test_online_is_near_whatever_its_place() -> None:
    course = a_course(mode="ONLINE")
    world = a_world([course], [a_batch(course, closes=None, regency=None)], [an_order()])
    path = find(untrained(), world, TODAY).nearest
    assert path is not None and path.distance_km == 0
