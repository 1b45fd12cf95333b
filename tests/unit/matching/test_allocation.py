"""Seats and slots for everybody at once, against trying everything on small worlds."""

import itertools

import numpy as np
import pytest

from services.matching.matcher.allocation import Allocation, Floor, allocate, settled, worst_off
from services.matching.matcher.options import NONE, UNIT, Capacity, Options
from services.matching.matcher.plan.comparisons import first_come, greedy

WORLDS = 60


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def world(seed: int, *, tied: bool = False) -> tuple[Options, Capacity]:
    """Two to five people with up to three options each, for two orders, some through one of two batches."""
    draw = np.random.default_rng(seed)
    people = int(draw.integers(2, 6))
    rows = [
        (person, order, batch)
        for person in range(people)
        for order, batch in itertools.product(range(2), (NONE, 0, 1))
        if draw.random() < 0.45
    ]
    person, order, batch = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    chance = draw.choice([0.25, 0.5], len(rows)) if tied else draw.random(len(rows))
    places = Capacity(people, draw.integers(0, 3, 2), draw.integers(0, 3, 2))
    return Options.of(person, order, batch, chance, np.ones(len(rows))), places


def every_choice(options: Options, places: Capacity) -> list[np.ndarray]:
    """All lawful allocations: an option or NONE a person."""
    of = [[NONE, *np.flatnonzero(options.person == person).tolist()] for person in range(places.people)]
    return [choice for one in itertools.product(*of) if keeps(options, places, choice := np.array(one))]


def keeps(options: Options, places: Capacity, choice: np.ndarray) -> bool:
    given = choice[choice != NONE]
    own = (options.person[given] == np.flatnonzero(choice != NONE)).all()
    slots = np.bincount(options.order[given][options.order[given] != NONE], minlength=len(places.slots))
    seats = np.bincount(options.batch[given][options.batch[given] != NONE], minlength=len(places.seats))
    return bool(own and (slots <= places.slots).all() and (seats <= places.seats).all())


def worth(options: Options, choice: np.ndarray, members: np.ndarray | None = None) -> int:
    taken = choice if members is None else choice[members]
    return int(options.value[taken[taken != NONE]].sum())


def same(one: Allocation, other: Allocation) -> bool:
    return bool((one.option == other.option).all()) and one.objective == other.objective


@pytest.mark.slow
@pytest.mark.parametrize("tied", [False, True])
def test_nothing_that_keeps_the_places_reaches_more(tied: bool) -> None:
    for seed in range(WORLDS):
        options, places = world(seed, tied=tied)
        best = max(worth(options, choice) for choice in every_choice(options, places))
        found = allocate(options, places)
        assert keeps(options, places, found.option), seed
        assert found.objective == worth(options, found.option) == best, seed
        assert found.proved, seed


@pytest.mark.slow
def test_under_floors_nothing_that_keeps_them_reaches_more_and_what_cannot_be_kept_is_said() -> None:
    kept_whole = 0
    for seed in range(WORLDS):
        options, places = world(seed)
        draw = np.random.default_rng(seed + 1000)
        floors = [
            Floor(name, draw.random(places.people) < 0.5, share) for name, share in (("one", 1.0), ("other", 0.9))
        ]
        choices = every_choice(options, places)
        alone = [max(worth(options, choice, floor.members) for choice in choices) for floor in floors]
        asked = [(floor, most) for floor, most in zip(floors, alone, strict=True) if most]

        def part(choice: np.ndarray, asked: list[tuple[Floor, int]] = asked, options: Options = options) -> float:
            reached = [worth(options, choice, floor.members) / most / floor.share for floor, most in asked]
            return min([1.0, *reached])

        greatest = max(map(part, choices))
        best = max(worth(options, choice) for choice in choices if part(choice) >= greatest - 1e-6)
        found = allocate(options, places, floors)
        assert keeps(options, places, found.option), seed
        assert part(found.option) >= greatest - 1e-6, seed
        assert found.objective == best, seed
        assert [floor.alone for floor in found.floors] == alone, seed
        assert [floor.given for floor in found.floors] == [
            worth(options, found.option, floor.members) for floor in floors
        ], seed
        assert found.floors_kept is (greatest >= 1 - 1e-6), seed
        kept_whole += found.floors_kept
    assert 0 < kept_whole < WORLDS, "both kinds must occur"


def test_two_floors_on_one_slot_keep_what_both_can_and_say_so() -> None:
    options = Options.of([0, 1], [0, 0], [NONE, NONE], [0.8, 0.4], [1.0, 1.0])
    floors = [Floor("first", np.array([True, False]), 1.0), Floor("second", np.array([False, True]), 1.0)]
    found = allocate(options, Capacity(2, ints(1), ints()), floors)
    assert not found.floors_kept
    assert [(floor.asked, floor.kept) for floor in found.floors] == [(1.0, 0.0), (1.0, 0.0)]
    assert found.objective == 800_000, "what is possible is still given"


def test_a_floor_takes_a_place_from_where_it_is_worth_more() -> None:
    options = Options.of([0, 1], [0, 0], [NONE, NONE], [0.8, 0.4], [1.0, 1.0])
    places = Capacity(2, ints(1), ints())
    assert allocate(options, places).option.tolist() == [0, NONE]
    held = allocate(options, places, [Floor("second", np.array([False, True]), 0.9)])
    assert held.option.tolist() == [NONE, 1]
    assert held.floors_kept
    assert held.gains["second"] > 0


def test_more_people_than_places_and_what_one_more_would_add() -> None:
    options = Options.of(range(5), [0] * 5, [NONE] * 5, [0.1, 0.5, 0.3, 0.4, 0.2], [1.0] * 5)
    found = allocate(options, Capacity(5, ints(2), ints()))
    assert found.option.tolist() == [NONE, 1, NONE, 3, NONE]
    assert found.objective == 900_000
    assert 300_000 <= round(found.slot_prices[0]) <= 400_000


@pytest.mark.parametrize("places", [Capacity(2, ints(0), ints(3)), Capacity(2, ints(3), ints(0))])
def test_without_a_seat_or_a_slot_nobody_gets_anything(places: Capacity) -> None:
    options = Options.of([0, 1], [0, 0], [0, 0], [0.5, 0.5], [1.0, 1.0])
    found = allocate(options, places, [Floor("all", np.array([True, True]), 1.0)])
    assert found.option.tolist() == [NONE, NONE]
    assert (found.objective, found.proved, found.floors_kept) == (0, True, True)
    assert (found.floors[0].alone, found.floors[0].given) == (0, 0)


def test_without_options_and_without_people() -> None:
    none = Options.of([], [], [], [], [])
    floors = [Floor("nobody", np.zeros(3, dtype=bool), 0.9)]
    assert allocate(none, Capacity(3, ints(1), ints()), floors).option.tolist() == [NONE] * 3
    assert allocate(none, Capacity(0, ints(), ints())).objective == 0


def test_the_same_question_has_the_same_answer_whatever_is_tied() -> None:
    options = Options.of(range(6), [0] * 6, [NONE] * 6, [0.5] * 6, [1.0] * 6)
    places = Capacity(6, ints(3), ints())
    first = allocate(options, places)
    assert first.objective == 3 * UNIT // 2
    assert all(same(first, allocate(options, places)) for _ in range(3))


def test_comparisons_keep_the_places_and_never_reach_more() -> None:
    for seed in range(WORLDS):
        options, places = world(seed)
        best = allocate(options, places).objective
        for other in (greedy(options, places), first_come(options, places, np.arange(places.people))):
            assert keeps(options, places, other), seed
            assert worth(options, other) <= best, seed


def test_first_come_takes_in_turn_and_greedy_by_worth() -> None:
    options = Options.of([0, 1], [0, 0], [NONE, NONE], [0.2, 0.9], [1.0, 1.0])
    places = Capacity(2, ints(1), ints())
    assert first_come(options, places, ints(0, 1)).tolist() == [0, NONE]
    assert first_come(options, places, ints(1, 0)).tolist() == [NONE, 1]
    assert greedy(options, places).tolist() == [NONE, 1]


def test_the_worst_off_are_those_whose_best_is_least() -> None:
    people = 21
    options = Options.of(range(20), [0] * 20, [NONE] * 20, np.linspace(0.9, 0.1, 20), np.ones(20))
    assert np.flatnonzero(worst_off(options, people)).tolist() == [18, 19], "who has no option is not among them"
    assert not worst_off(Options.of([], [], [], [], []), people).any()


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_a_chance_that_is_none_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="outside 0..1"):
        Options.of([0], [0], [NONE], [chance], [1.0])


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        Options.of([0, 1], [0], [NONE], [0.5], [1.0])


def test_when_the_time_is_over_floors_are_still_kept_as_far_as_was_found() -> None:
    draw = np.random.default_rng(1)
    people, each, orders = 200, 10, 30
    person = np.repeat(np.arange(people), each)
    order = np.concatenate([draw.choice(orders, each, replace=False) for _ in range(people)])
    options = Options.of(
        person, order, np.full(people * each, NONE), draw.random(people * each), np.ones(people * each)
    )
    places = Capacity(people, np.full(orders, 5), ints())
    members = [worst_off(options, people), *(np.arange(people) % 7 == island for island in range(7))]
    floors = [Floor(str(number), group, 0.8) for number, group in enumerate(members)]
    found = allocate(options, places, floors, seconds=0.01)
    assert keeps(options, places, found.option)
    assert min(floor.kept for floor in found.floors) > 0.6
    assert all(floor.given >= floor.kept * floor.alone * (1 - 1e-6) for floor in found.floors)
    assert found.objective <= found.bound
    assert found.objective >= 0.97 * found.bound


def test_nobody_stays_with_less_while_a_better_option_of_theirs_has_room() -> None:
    options = Options.of(
        [0, 0, 1, 1, 2], [0, 1, 0, 2, NONE], [NONE, 0, NONE, NONE, 0], [0.5, 0.9, 0.6, 0.2, 0.4], [1.0] * 5
    )
    places = Capacity(3, np.array([1, 1, 1]), np.array([1]))
    left_over = np.array([0, 3])  # who is first would do better at the second, and leaves room for who is second
    assert settled(options, places, left_over).tolist() == [1, 2]
    full = np.array([2, 4])
    assert settled(options, places, full).tolist() == [2, 4], "the seat and the slot are taken"
