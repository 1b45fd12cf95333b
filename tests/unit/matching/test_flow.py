"""Flows of least cost: the same optimum as the linear programme, and prices that are what one more slot adds."""

import numpy as np
import pytest

from services.matching.matcher.flow import Flow, most_valuable
from services.matching.matcher.options import NONE, Capacity, Options
from services.matching.matcher.relaxation import relaxed

Drawn = tuple[Options, Capacity]


def drawn(seed: int, people: int = 60) -> Drawn:
    draw = np.random.default_rng(seed)
    orders, permits = 9, 3
    person = np.repeat(np.arange(people), 5)
    order = np.concatenate([draw.choice(orders + 1, 5, replace=False) for _ in range(people)])
    order[order == orders] = NONE if seed % 4 == 0 else 0
    chance = draw.choice([0.1, 0.2, 0.3], len(order)) if seed % 2 else draw.random(len(order))
    some = draw.random(len(order)) < 0.7
    return (
        Options.of(person[some], order[some], np.full(some.sum(), NONE), chance[some], np.ones(some.sum())),
        Capacity(
            people,
            draw.integers(0, 9, orders),
            np.zeros(0, dtype=np.int64),
            draw.integers(0, 12, permits),
            draw.integers(NONE, permits, orders),
        ),
    )


def solved(options: Options, places: Capacity) -> Flow:
    return most_valuable(options.value, options.person, options.order, places.slots, places.permit_of, places.permits)


@pytest.mark.parametrize("seed", range(12))
def test_it_reaches_what_the_linear_programme_reaches_and_keeps_every_place(seed: int) -> None:
    options, places = drawn(seed)
    found = solved(options, places)
    matrix, right = places.rows(options)
    programme = relaxed(options.value.astype(float), matrix, right, options.person)
    assert programme is not None
    assert options.value[found.given].sum() == round(programme.reached)
    choice = np.zeros(len(options))
    choice[found.given] = 1
    assert (matrix @ choice <= right).all()


@pytest.mark.parametrize("seed", range(6))
def test_a_price_is_what_one_more_slot_adds(seed: int) -> None:
    options, places = drawn(seed)
    found = solved(options, places)
    reached = options.value[found.given].sum()
    assert found.prices.any()
    for order, price in enumerate(found.prices.tolist()):
        slots, permits = places.slots.copy(), places.permits.copy()
        slots[order] += 1
        if places.permit_of[order] != NONE:
            permits[places.permit_of[order]] += 1
        more = solved(options, Capacity(places.people, slots, places.seats, permits, places.permit_of))
        assert options.value[more.given].sum() - reached == price, (seed, order)


def test_nobody_is_a_flow_too() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert solved(Options.of([], [], [], [], []), Capacity(0, nothing, nothing)).given.tolist() == []
