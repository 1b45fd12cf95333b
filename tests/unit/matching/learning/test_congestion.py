"""A thousand people who want one of twenty seats are not all shown the same three."""

from collections import Counter

import pytest

from services.matching.matcher.ltr.metrics import gini
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.reranker import HIGHEST, NEARLY, POINTS, Place, levels, loss, spread
from tests.builders import a_factory_order, a_person, an_order


@pytest.mark.parametrize(
    ("shown", "seats", "level"),
    [
        (0, 20, 0),
        (99, 20, 0),
        (100, 20, 1),
        (199, 20, 1),
        (200, 20, 2),
        (10**6, 20, HIGHEST),
        (5, 1, 1),
        (5, 0, 1),
        (1_000, None, 0),
    ],
)
def test_crowding_counts_doublings_of_those_who_try_against_the_seats(
    shown: float, seats: int | None, level: int
) -> None:
    assert Place(shown, seats).level == level


def test_a_loss_never_takes_more_than_the_score_has() -> None:
    assert loss(2, 50.0) == 2 * POINTS
    assert loss(5, 4.0) == 4.0 and loss(5, -1.0) == 0.0


def test_only_what_is_crowded_has_a_level() -> None:
    assert levels({"calm": Place(10, 20), "crowded": Place(400, 20)}) == {"crowded": 3}


def test_at_most_a_third_comes_from_one_group_while_others_are_near() -> None:
    score = [60.0 - 0.1 * row for row in range(12)]
    group = ["9111"] * 6 + ["5322", "5322", "9211", "9211", "8160", "8160"]
    head = spread(range(12), score, group, shown=6)[:6]
    assert Counter(group[row] for row in head).most_common(1)[0][1] == 2
    assert head[0] == 0, "the best stays first"


def test_breadth_never_costs_more_than_a_stated_wish_weighs() -> None:
    score = [60.0, 59.0, 58.0, 58.0 - NEARLY - 0.1]
    assert spread(range(4), score, ["9111", "9111", "9111", "5322"], shown=3) == [0, 1, 2, 3]


def test_nothing_is_lost_and_the_rest_follows_by_score() -> None:
    order = spread(range(9), [50.0 - row for row in range(9)], ["9111"] * 8 + [None], shown=3)
    assert sorted(order) == list(range(9))
    assert order[3:] == sorted(order[3:])


@pytest.mark.slow
def test_a_thousand_people_are_sent_to_more_than_three_doors() -> None:
    ranking, person = Ranking.cold(), a_person()
    orders = [an_order(slots={"quota": 20, "reserved": 0, "taken": 0}) for _ in range(15)]

    def shown_to_all(*, counted: bool) -> Counter[str]:
        shown: Counter[str] = Counter({order.id: 0 for order in orders})
        for _ in range(1_000):
            places = {order.id: Place(shown[order.id], 20) for order in orders}
            ranked = ranking.orders(person, orders, shown=3, crowding=levels(places) if counted else {})
            shown.update(row.id for row in ranked[:3])
        return shown

    before, after = shown_to_all(counted=False), shown_to_all(counted=True)
    assert sorted(before.values())[-3:] == [1_000] * 3 and not any(sorted(before.values())[:-3])
    assert min(after.values()) > 100
    assert gini(list(after.values())) < 0.1 < gini(list(before.values()))


def test_crowding_is_a_part_of_the_score_and_is_said_but_leaves_the_band() -> None:
    ranking, person = Ranking.cold(), a_person()
    order, other = an_order(), a_factory_order()
    calm = {row.id: row for row in ranking.orders(person, [order, other])}[order.id]
    full = {row.id: row for row in ranking.orders(person, [order, other], crowding={order.id: 4})}[order.id]
    assert full.score == pytest.approx(calm.score - 4 * POINTS)
    assert sum(part.points for part in full.parts) == pytest.approx(full.score, abs=1e-9)
    assert full.band == calm.band
    assert [reason.code for reason in full.missing if reason.code == "CROWDED"] == ["CROWDED"]


def test_the_same_counts_give_the_same_list() -> None:
    ranking, person = Ranking.cold(), a_person()
    orders = [an_order() for _ in range(6)]
    crowding = {orders[0].id: 2, orders[3].id: 1}
    lists = [ranking.orders(person, given, crowding=crowding, shown=4) for given in (orders, orders[::-1])]
    assert [row.id for row in lists[0]] == [row.id for row in lists[1]]
