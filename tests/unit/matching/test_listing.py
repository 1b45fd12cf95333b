"""Orders that are open stand before those that a way opens; neither list pushes the other out."""

import pytest

from services.matching.matcher.advice.offering import side_by_side
from services.matching.matcher.ranking.values import Ranked


def ranked(**scores: float) -> list[Ranked]:
    return [Ranked(id, score, "GOOD", tuple, (), (), 0.5, 50.0) for id, score in scores.items()]


def shown(open_now: list[Ranked], by_a_way: list[Ranked], places: int) -> str:
    return " ".join(row.id for row in side_by_side(open_now, by_a_way, places))


WISHED = ranked(w1=90, w2=80, w3=70, w4=60)
OPEN = ranked(o1=20, o2=19, o3=18)


@pytest.mark.parametrize(
    ("places", "expected"),
    [(0, ""), (1, "o1"), (2, "o1 o2"), (3, "o1 o2 w1"), (5, "o1 o2 w1 w2 w3"), (9, "o1 o2 o3 w1 w2 w3 w4")],
)
def test_what_is_open_is_shown_however_well_the_rest_fits(places: int, expected: str) -> None:
    assert shown(OPEN, WISHED, places) == expected


def test_what_a_course_opens_is_shown_however_well_the_open_ones_fit() -> None:
    assert shown(WISHED, OPEN, 5) == "w1 w2 w3 o1 o2"


@pytest.mark.parametrize(("open_now", "by_a_way"), [(WISHED, []), ([], WISHED)])
def test_places_that_one_list_cannot_fill_go_to_the_other(open_now: list[Ranked], by_a_way: list[Ranked]) -> None:
    assert shown(open_now, by_a_way, 3) == "w1 w2 w3"
    assert shown(open_now, by_a_way, 8) == "w1 w2 w3 w4"


def test_the_order_of_each_list_is_kept_where_breadth_moved_it() -> None:
    assert shown(ranked(o1=50, o3=20, o2=40), [], 3) == "o1 o3 o2"
