"""The linear programme behind an allocation: parts of people, and prices of places that prove how much can be reached.

A few options are asked about all at once, by HiGHS. Of many, a first-order method (PDLP, in OR-tools) finds prices near
those of the optimum in seconds, whatever the number of people; hardly anybody is given an option that is far from their
best one beyond these prices. So HiGHS solves exactly over the options near them, and its own prices tell which of the
others could improve anything: those come in. Any prices at all prove a bound (`bound_by`), so what is not looked at
further stands as a gap and not as a guess.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array, csr_matrix, diags_array, hstack

from services.matching.matcher.options import Floats, Ints, Mask

FEW = 50_000
"""Options that HiGHS is asked about all at once: a second of its own, and more than linearly more of more."""
NEAR = 3_000
"""Millionths of a placement by which an option may miss the person's best one by the first prices."""
ROUNDS = 10
"""Of options that come in; most questions need none."""
ENOUGH = 5e-5
"""Of what is reached: where the bound is nearer, nothing more is looked for."""
MORE = 8
"""Options of each person that come in at a time."""
CLOSE, ROUGH = 3e-5, 1e-3
"""How close the first prices come, as parts; to tell which part of floors can be kept, the second will do."""
STEPS = 20_000
"""Of the first-order method at the most; it needs some hundred, and a thousand or more to tell how far floors go."""
SECONDS = 90.0
"""Of one question to either solver at the most."""
LEAST_SECONDS = 0.5
"""What a solver gets even where the time is over: it may be easy."""
NEVER = float("inf")
TOGETHER = 1.01
"""Of the floors, the most that is looked for: a little more than all, so that whole people can keep them too."""
PART = 0.01
PRICED = 1e-6
"""Millionths of a placement: the solver's prices are no truer than that."""
_TIME_OVER, _INFEASIBLE = 1, 2
_MILLION = 1e6


class NotSolved(Exception):
    """The solver gave no answer; its own words are in the message."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Parts of people: `x` 0..1 an option, `reached` the sum of their values, `prices` of each row, at least 0.

    No choice reaches more than `reached` and `slack`. `in_time`: False where the solver had no answer yet, so nobody
    is given anything."""

    x: Floats
    reached: float
    prices: Floats
    slack: float = 0.0
    in_time: bool = True


def relaxed(
    value: Floats, matrix: csr_array, right: Floats, person: Ints, floors: int = 0, until: float = NEVER
) -> Relaxed | None:
    """The greatest `value @ x` with `matrix @ x <= right` and x of at least 0. The rows of people come first.

    None when nothing keeps the rows; of many options when none near the first prices does. `person`: whose option each
    is. `floors`: how many of the last rows are floors. `until` (of `time.monotonic`): later than that nothing is looked
    for; where nothing was found by then, nobody is given anything, and how far from the best that may be is `slack`.
    Raises: NotSolved.
    """
    if len(value) <= FEW:
        return _solved(value, matrix, right, person, until)
    parts, prices = _first_order(value / _MILLION, matrix, right, floors, CLOSE, until=until)
    prices *= _MILLION
    bound, reduced = bound_by(prices, value, matrix, right, person)
    active = (reduced <= max(NEAR, reduced.min())) | (parts > PART)
    columns = csc_array(matrix)
    for _ in range(ROUNDS):
        rows = np.flatnonzero(active)
        solved = _solved(value[rows], columns[:, rows], right, person[rows], until)
        if solved is None:
            return None
        found = solved
        if not found.in_time:  # the first prices say more
            return Relaxed(np.zeros(len(value)), 0.0, prices, bound, in_time=False)
        proved, _ = bound_by(found.prices, value, matrix, right, person)
        if proved < bound:
            bound, prices = proved, found.prices
        if bound - found.reached <= ENOUGH * found.reached or time.monotonic() > until:
            break
        # Whom an option outside would serve better pays more in these prices than in those of the options inside.
        inside = np.zeros(int(person.max()) + 1)
        np.maximum.at(inside, person[rows], value[rows] - columns[:, rows].T @ _of_places(found.prices, person))
        gain = value - matrix.T @ _of_places(found.prices, person) - inside[person]
        if not _let_in(active, gain, person):
            break
    x = np.zeros(len(value))
    x[rows] = found.x
    return Relaxed(x, found.reached, prices, max(bound - found.reached, 0.0))


def most_kept(matrix: csr_array, right: Floats, floors: int, until: float = NEVER) -> float:
    """About the greatest part of the last `floors` rows, 0 to `TOGETHER`, that parts of people can keep together.

    A part that is told can be kept but for a thousandth. Raises: NotSolved.
    """
    if not floors or not matrix.shape[1]:
        return float(not floors or (right[-floors:] >= 0).all())
    given_up = np.append(np.zeros(len(right) - floors), -right[-floors:]).reshape(-1, 1)
    rows = hstack([matrix, csr_array(given_up)], format="csr")
    toward, sides = np.zeros(rows.shape[1]), right.copy()
    toward[-1], sides[-floors:] = 1.0, 0.0
    x, _ = _first_order(toward, rows, sides, floors, ROUGH, TOGETHER, until)
    got, shares = -(matrix[-floors:] @ x[:-1]), -right[-floors:]
    return float(min([TOGETHER, *(got[shares > 0] / shares[shares > 0])]))


def bound_by(prices: Floats, value: Floats, matrix: csr_array, right: Floats, person: Ints) -> tuple[float, Floats]:
    """(no choice that keeps the rows reaches more, by how much each option misses its person's best beyond the prices).

    True of any prices of at least 0; what people pay follows from those of the places and floors."""
    prices = _of_places(prices, person)
    beyond = value - matrix.T @ prices
    pays = np.zeros(int(person.max(initial=-1)) + 1)
    np.maximum.at(pays, person, beyond)
    return float(pays.sum() + prices @ right), pays[person] - beyond


def _first_order(
    value: Floats,
    matrix: csr_array,
    right: Floats,
    floors: int,
    close: float,
    last: float = 1.0,
    until: float = NEVER,
) -> tuple[Floats, Floats]:
    """(parts, prices) near the optimum, in the unit of `value`; `last`: the most of the last variable.

    The method comes close to all sides together: so that a few floors count among many places, they are made big."""
    from ortools.pdlp import solvers_pb2  # only a large plan needs it
    from ortools.pdlp.python import pdlp

    size = np.ones(len(right))
    size[len(right) - floors :] = max(float(np.linalg.norm(right[: len(right) - floors])), 1.0)
    asked = pdlp.QuadraticProgram()
    asked.objective_vector = -value
    asked.constraint_matrix = csr_matrix(diags_array(size) @ matrix)
    asked.constraint_lower_bounds = np.full(len(right), -np.inf)
    asked.constraint_upper_bounds = size * right
    asked.variable_lower_bounds = np.zeros(len(value))
    asked.variable_upper_bounds = np.append(np.ones(len(value) - 1), last)
    how = solvers_pb2.PrimalDualHybridGradientParams(num_threads=2)
    criteria = how.termination_criteria
    criteria.simple_optimality_criteria.eps_optimal_relative = close
    criteria.simple_optimality_criteria.eps_optimal_absolute = close
    criteria.iteration_limit, criteria.time_sec_limit = STEPS, _left(until)
    found = pdlp.primal_dual_hybrid_gradient(asked, how)
    x, prices = np.array(found.primal_solution), np.maximum(-np.array(found.dual_solution), 0.0)
    if len(x) != len(value) or not np.isfinite(x).all() or not np.isfinite(prices).all():
        raise NotSolved(f"first-order method: {found.solve_log.termination_reason}")
    return np.clip(x, 0.0, last), size * prices


def _let_in(active: Mask, gain: Floats, person: Ints) -> bool:
    """Add the options that could improve what was found, the best few of each person; whether there were any."""
    missing = np.flatnonzero((gain > PRICED) & ~active)
    active[missing[_places(gain[missing], person[missing]) < MORE]] = True
    return bool(len(missing))


def _left(until: float) -> float:
    """Seconds of the next question to a solver."""
    return min(max(until - time.monotonic(), LEAST_SECONDS), SECONDS)


def _solved(
    value: Floats, matrix: csr_array | csc_array, right: Floats, person: Ints, until: float = NEVER
) -> Relaxed | None:
    """By the rows that can bind at all: a place that has room for all of its options limits nobody, and its price is 0.

    What a person pays is what their best option is worth beyond its places: so people with one option need no row."""
    binding = _binding(matrix, right)
    limit = {"time_limit": _left(until)}
    found = linprog(
        -value, A_ub=csr_array(matrix)[binding], b_ub=right[binding], bounds=(0, 1), method="highs", options=limit
    )
    if found.status == _INFEASIBLE:
        return None
    if found.status == _TIME_OVER:
        free = np.zeros(len(right))
        bound = bound_by(free, value, csr_array(matrix), right, person)[0]
        return Relaxed(np.zeros(len(value)), 0.0, free, bound, in_time=False)
    if found.status != 0:
        raise NotSolved(found.message)
    prices = _prices(found, binding, len(right), person)
    np.maximum.at(prices, person, value - matrix.T @ prices)
    return Relaxed(found.x, -found.fun, prices)


def _binding(matrix: csr_array | csc_array, right: Floats) -> Ints:
    return np.flatnonzero(np.bincount(matrix.nonzero()[0], minlength=len(right)) > right)


def _prices(found: Any, binding: Ints, rows: int, person: Ints) -> Floats:
    """Of the rows of places and floors; those of people follow from them."""
    prices = np.zeros(rows)
    prices[binding] = np.maximum(-found.ineqlin.marginals, 0.0)
    return _of_places(prices, person)


def _of_places(prices: Floats, person: Ints) -> Floats:
    """The same without those of people."""
    prices = prices.copy()
    prices[: int(person.max(initial=-1)) + 1] = 0.0
    return prices


def _places(value: Floats, person: Ints) -> Ints:
    """The place of each option among those of its person, the greatest value first, ties by row."""
    order = np.lexsort((np.arange(len(value)), -value, person))
    starts = np.flatnonzero(np.diff(person[order], prepend=-1))
    places = np.empty(len(value), dtype=np.int64)
    places[order] = np.arange(len(value)) - np.repeat(starts, np.diff(starts, append=len(value)))
    return places
