"""The optimum over a few options that prove it is the optimum over all of them."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, vstack

from services.matching.matcher import allocation, relaxation
from services.matching.matcher.allocation import Floor, allocate
from services.matching.matcher.options import NONE, Capacity, Options
from services.matching.matcher.relaxation import relaxed

pytestmark = pytest.mark.slow  # it solves

pytestmark = pytest.mark.slow


def drawn(seed: int, people: int = 120, each: int = 25) -> tuple[Options, Capacity]:
    draw = np.random.default_rng(seed)
    orders, batches = 30, 12
    person = np.repeat(np.arange(people), each)
    order = np.concatenate([draw.choice(orders, each, replace=False) for _ in range(people)])
    batch = np.where(draw.random(len(order)) < 0.5, draw.integers(0, batches, len(order)), NONE)
    chance = draw.choice([0.1, 0.2, 0.3, 0.5], len(order)) if seed % 2 else draw.random(len(order))
    places = Capacity(people, draw.integers(0, 6, orders), draw.integers(0, 8, batches))
    return Options.of(person, order, batch, chance, draw.random(len(order)) * 0.5 + 0.5), places


@pytest.mark.parametrize("seed", range(8))
def test_a_few_options_prove_the_optimum_of_all(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    options, places = drawn(seed)
    matrix, right = places.rows(options)
    value = options.value.astype(float)
    best = linprog(-value, A_ub=matrix, b_ub=right, bounds=(0, None), method="highs")
    monkeypatch.setattr(relaxation, "FEW", 0)
    monkeypatch.setattr(relaxation, "NEAR", (0, 3_000, 100_000)[seed % 3])
    found = relaxed(value, matrix, right, options.person)
    assert found is not None
    assert found.reached == pytest.approx(-best.fun, rel=2 * relaxation.ENOUGH)
    assert -best.fun <= found.reached + found.slack + 1
    assert found.x @ value == pytest.approx(found.reached, abs=0.01)
    assert (matrix @ found.x <= right + 1e-6).all() and (found.x >= 0).all()
    bound, _ = relaxation.bound_by(found.prices, value, matrix, right, options.person)
    assert bound == pytest.approx(found.reached + found.slack, abs=1), "the prices prove it"
    monkeypatch.setattr(allocation, "FEW", 0)
    by_prices = allocate(options, places)
    monkeypatch.undo()
    by_all = allocate(options, places)
    assert by_all.proved and by_prices.objective == by_all.objective <= by_prices.bound
    assert by_prices.bound <= by_all.objective * 1.001


@pytest.mark.parametrize("seed", [0, 1, 3, 4, *(pytest.param(long, marks=pytest.mark.deep) for long in (2, 5))])
def test_so_they_do_under_a_floor(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    options, places = drawn(seed, people=40)
    matrix, right = places.rows(options)
    members = (options.person % 4 == 0) * options.value
    value = options.value.astype(float)
    monkeypatch.setattr(relaxation, "FEW", 0)
    for least in (0.0, 1e6, 2e6):
        both, sides = vstack([matrix, -members.reshape(1, -1)], format="csr"), np.append(right, -least)
        best = linprog(-value, A_ub=both, b_ub=sides, bounds=(0, None), method="highs")
        assert best.status == 0, "it can be kept"
        found = relaxed(value, both, sides, options.person)
        assert found is not None
        assert found.reached <= -best.fun + 1 <= found.reached + found.slack + 2
        assert found.slack < 1e-4 * found.reached


@pytest.mark.parametrize("seed", range(6))
def test_the_part_of_floors_that_can_be_kept_is_found_over_few_options_too(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    options, places = drawn(seed, people=60)
    draw = np.random.default_rng(seed)
    island, share = draw.integers(0, 3, 60), float(draw.uniform(0.3, 0.9))
    floors = [Floor(f"island {at}", island == at, share) for at in range(3)]
    by_all = allocate(options, places, floors)
    for module in (relaxation, allocation):
        monkeypatch.setattr(module, "FEW", 0)
    found = allocate(options, places, floors)
    matrix, right = places.rows(options)
    assert (matrix[:, found.option[found.option != NONE]].sum(axis=1) <= right).all()
    for kept, asked in zip(found.floors, by_all.floors, strict=True):
        assert kept.alone == asked.alone
        assert kept.given >= kept.kept * kept.alone - 1
        assert kept.kept >= 0.9 * asked.kept, "whole people near the greatest part"
    assert found.objective <= found.bound


@pytest.mark.parametrize("seed", range(4))
def test_no_more_of_the_floors_is_given_up_than_a_linear_programme_over_all_gives_up(seed: int) -> None:
    options, places = drawn(seed, people=40)
    matrix, right = places.rows(options)
    floor = np.where(options.person % 3 == 0, options.value, 0) / 1e6
    both, sides = vstack([matrix, -floor.reshape(1, -1)], format="csr"), np.append(right, -30.0)
    cost = np.append(np.zeros(len(options)), 1.0)
    column = np.append(np.zeros(len(right)), -30.0).reshape(-1, 1)
    best = linprog(cost, A_ub=hstack([both, csr_array(column)]), b_ub=sides, bounds=(0, 1), method="highs")
    part = relaxation.most_kept(both, sides, 1)
    assert part == pytest.approx(1 - best.fun, abs=3e-3) and 0 < part < 1


@pytest.mark.parametrize("seed", [9, 11, 22])
def test_the_bound_is_of_the_floors_that_are_kept_when_the_time_was_over(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    options, places = drawn(seed, people=36, each=10)
    draw = np.random.default_rng(seed)
    island, share = draw.integers(0, 3, 36), float(draw.uniform(0.95, 1.0))
    floors = [Floor(f"island {at}", island == at, share) for at in range(3)]
    for module in (relaxation, allocation):
        monkeypatch.setattr(module, "FEW", 0)
    found = allocate(options, places, floors, seconds=1e-9)
    assert not found.floors_kept
    matrix, right = places.rows(options)
    members = [-(options.value * floor.members[options.person]).reshape(1, -1) for floor in floors]
    least = [1 - kept.kept * kept.alone for kept in found.floors]
    rows = LinearConstraint(vstack([matrix, *members], format="csr"), -np.inf, np.append(right, least))
    best = milp(-options.value.astype(float), constraints=rows, integrality=np.ones(len(options)), bounds=Bounds(0, 1))
    assert found.objective < -best.fun <= found.bound + 1 and not found.proved


def test_where_floors_take_all_the_time_they_are_given_up_and_a_plan_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """One order with room for all and batches with few seats: floors that ask for everything are hard to come near."""
    options, places = drawn(3, people=40)
    floors = [Floor(f"half {at}", np.arange(40) % 2 == at, 1.0) for at in (0, 1)]
    asked: list[int] = []

    def never_near(value: np.ndarray, matrix: csr_array, right: np.ndarray, *more: object, **until: float) -> object:
        asked.append(1)
        return np.zeros(len(value)), np.ones(len(right))

    for module in (relaxation, allocation):
        monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(allocation, "AT_LEAST_SECONDS", 0.0)
    monkeypatch.setattr(allocation, "most_kept", lambda *all, **named: 1.0)
    monkeypatch.setattr(relaxation, "_first_order", never_near)
    found = allocate(options, places, floors, seconds=0.0)
    matrix, right = places.rows(options)
    given = found.option[found.option != NONE]
    assert len(given) and (matrix[:, given].sum(axis=1) <= right).all()
    assert not found.floors_kept and all(floor.kept < 1 for floor in found.floors)
    assert found.objective <= found.bound and len(asked) <= len(floors) + 1


def test_a_solver_that_is_out_of_time_says_how_far_from_the_best_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    options, places = drawn(5, people=30)
    matrix, right = places.rows(options)
    best = relaxed(options.value.astype(float), matrix, right, options.person)
    monkeypatch.setattr(relaxation, "LEAST_SECONDS", 0.0)
    found = relaxed(options.value.astype(float), matrix, right, options.person, until=0.0)
    assert best is not None and found is not None
    assert not found.x.any() and found.reached + found.slack >= best.reached
