"""The plan of drawn worlds against trying everything: places of orders, batches and shared permits, ties, floors."""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest

from services.matching.matcher import allocation, relaxation
from services.matching.matcher.allocation import Allocation, Floor, allocate, worst_off
from services.matching.matcher.options import NONE, Capacity, Options
from services.matching.matcher.plan.comparisons import first_come, greedy

SHARES = (0.0, 0.3, 0.5, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Small:
    """One world, all its lawful choices (an option or NONE a person), and floors."""

    options: Options
    places: Capacity
    choices: list[np.ndarray]
    floors: list[Floor]

    def worth(self, choice: np.ndarray, members: np.ndarray | None = None) -> int:
        taken = choice if members is None else choice[members]
        return int(self.options.value[taken[taken != NONE]].sum())


def drawn(seed: int) -> Small:
    """One to six people, one to four orders of which some share a permit, up to three batches, hardly any places."""
    draw = np.random.default_rng(seed)
    people, orders, batches = int(draw.integers(1, 7)), int(draw.integers(1, 5)), int(draw.integers(0, 4))
    rows = [
        (person, order, batch)
        for person in range(people)
        for order, batch in itertools.product([NONE, *range(orders)], [NONE, *range(batches)])
        if (order, batch) != (NONE, NONE) and draw.random() < 2.2 / (orders + 1) / (batches + 1)
    ]
    person, order, batch = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    ties = draw.random() < 0.5
    chance = draw.choice([0.25, 0.5, 1 / 3], len(rows)) if ties else draw.random(len(rows))
    worth = draw.choice([1.0, 0.5, 2 / 3], len(rows)) if ties else draw.random(len(rows))
    shared = int(draw.integers(0, 3))
    places = Capacity(
        people,
        draw.integers(0, 4, orders),
        draw.integers(0, 3, batches),
        draw.integers(0, 3, shared),
        draw.integers(NONE, shared, orders) if shared else np.zeros(0, dtype=np.int64),
    )
    options = Options.of(person, order, batch, chance, worth)
    of = [[NONE, *np.flatnonzero(person == one).tolist()] for one in range(people)]
    choices = [choice for one in itertools.product(*of) if keeps(options, places, choice := np.array(one))]
    island = draw.integers(0, 3, people)
    groups = [("WORST_OFF_TENTH", worst_off(options, people)), *((f"island {at}", island == at) for at in range(3))]
    floors = [Floor(name, members, float(draw.choice(SHARES))) for name, members in groups if draw.random() < 0.7]
    return Small(options, places, choices, floors)


def keeps(options: Options, places: Capacity, choice: np.ndarray) -> bool:
    given = choice[choice != NONE]
    if not (options.person[given] == np.flatnonzero(choice != NONE)).all():
        return False
    takes = (
        (options.order[given], places.slots),
        (options.batch[given], places.seats),
        (places.permits_of(options.order[given]), places.permits),
    )
    return all((np.bincount(taken[taken != NONE], minlength=len(left)) <= left).all() for taken, left in takes)


def checked(small: Small, seed: int) -> Allocation:
    options, places, floors = small.options, small.places, small.floors
    alone = [max(small.worth(choice, floor.members) for choice in small.choices) for floor in floors]
    asked = [(floor, most) for floor, most in zip(floors, alone, strict=True) if most and floor.share]

    def part(choice: np.ndarray) -> float:
        return min([1.0, *(small.worth(choice, floor.members) / most / floor.share for floor, most in asked)])

    greatest = max(map(part, small.choices))
    best = max(small.worth(choice) for choice in small.choices if part(choice) >= greatest - 1e-6)
    found = allocate(options, places, floors)
    assert keeps(options, places, found.option), seed
    assert part(found.option) >= greatest - 1e-6, seed
    assert found.objective == small.worth(found.option) == best, seed
    assert found.bound >= best, seed
    assert found.floors_kept is (greatest >= 1 - 1e-6), seed
    assert [floor.alone for floor in found.floors] == alone, seed
    again = allocate(options, places, floors)
    assert (again.option == found.option).all(), seed
    for rule in (greedy(options, places), first_come(options, places, np.arange(places.people)[::-1])):
        assert keeps(options, places, rule), seed
    return found


@pytest.mark.parametrize(
    "first", [0, 100, 200, *(pytest.param(n, marks=pytest.mark.deep) for n in range(300, 3000, 100))]
)
def test_nothing_that_keeps_places_and_floors_reaches_more(first: int) -> None:
    found = [checked(drawn(seed), seed) for seed in range(first, first + 100)]
    assert 0 < sum(plan.floors_kept for plan in found) < len(found), "both kinds must occur"


def test_plans_for_many_are_near_the_best_of_all_and_prove_how_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of large plans, on worlds where all choices are known: floors are kept, or nearly all that can be."""
    for module in (relaxation, allocation):
        monkeypatch.setattr(module, "FEW", 0)
    best_found = 0
    for seed in range(5000, 5030):
        small = drawn(seed)
        options, places, floors = small.options, small.places, small.floors
        found = allocate(options, places, floors)
        assert keeps(options, places, found.option), seed
        assert found.objective == small.worth(found.option) <= found.bound, seed
        kept = [floor.kept / floor.asked if floor.asked else 1.0 for floor in found.floors]
        for floor, mine in zip(found.floors, floors, strict=True):
            assert small.worth(found.option, mine.members) >= floor.kept * floor.alone - 1, seed
        good = [
            small.worth(choice)
            for choice in small.choices
            if all(
                small.worth(choice, mine.members) >= floor.kept * floor.alone - 1
                for floor, mine in zip(found.floors, floors, strict=True)
            )
        ]
        assert found.objective <= max(good) <= found.bound, (seed, kept)
        best_found += found.objective == max(good)
    assert best_found >= 27, "of thirty worlds nearly all are solved to the best under the floors that are kept"


def test_orders_that_share_a_permit_together_get_no_more_than_it_allows() -> None:
    options = Options.of([0, 1, 2], [0, 1, 1], [NONE] * 3, [0.9, 0.8, 0.7], [1.0] * 3)
    places = Capacity(3, np.array([2, 2]), np.zeros(0, np.int64), np.array([2]), np.array([0, 0]))
    found = allocate(options, places)
    assert found.option.tolist() == [0, 1, NONE]
    assert round(found.slot_prices[0]) > 0, "one more place of the permit would add something"
    assert greedy(options, places).tolist() == [0, 1, NONE]
