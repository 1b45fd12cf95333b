"""The linear programme behind an allocation, over as few options as prove it.

Hardly anybody is given the fortieth best of their options. So the best few of each person are asked about first, and
the prices that come out tell which of the others could improve anything: those with a reduced cost below zero come
in, until there is none. What is found then is the optimum over all options, by duality, and not a guess.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FEW = 150_000
"""Options that are asked about all at once: a second of the solver's, and each further round costs another."""
FIRST, MORE = 8, 8
"""Options of each person: the best ones to begin with, and at most so many that come in at a time."""
PRICED = 1e-6
"""Millionths of a placement: the solver's prices are no truer than that."""
_INFEASIBLE = 2


class NotSolved(Exception):
    """The solver gave no answer; its own words are in the message."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Parts of people: `x` 0..1 an option, `reached` the sum of their values, `prices` of each row, at least 0.

    No choice reaches more than `reached` and `slack`."""

    x: Floats
    reached: float
    prices: Floats
    slack: float = 0.0


def relaxed(value: Floats, matrix: csr_array, right: Floats, person: Ints) -> Relaxed | None:
    """The greatest `value @ x` with `matrix @ x <= right` and x of at least 0; None when nothing keeps the rows.

    `person`: whose option each is. Raises: NotSolved.
    """
    if len(value) <= FEW:
        return _solved(value, matrix, right, person)
    place = _places(value, person)
    columns = csc_array(matrix)
    active = place < FIRST
    while True:
        rows = np.flatnonzero(active)
        found = _solved(value[rows], columns[:, rows], right, person[rows])
        if found is None:
            if active.all():
                return None
            active |= place < 2 * (int(place[active].max()) + 1)  # a floor may need what nobody likes best
            continue
        gain = value - matrix.T @ found.prices
        missing = np.flatnonzero((gain > PRICED) & ~active)
        if not len(missing):
            x = np.zeros(len(value))
            x[rows] = found.x
            return Relaxed(x, found.reached, found.prices, PRICED * (int(person.max()) + 1))
        active[missing[_places(gain[missing], person[missing]) < MORE]] = True


def _solved(value: Floats, matrix: csr_array | csc_array, right: Floats, person: Ints) -> Relaxed | None:
    """By the rows that can bind at all: a place that has room for all of its options limits nobody, and its price is 0.

    What a person pays is what their best option is worth beyond its places: so people with one option need no row."""
    binding = np.flatnonzero(np.bincount(matrix.nonzero()[0], minlength=len(right)) > right)
    found = linprog(-value, A_ub=csr_array(matrix)[binding], b_ub=right[binding], bounds=(0, 1), method="highs")
    if found.status == _INFEASIBLE:
        return None
    if found.status != 0:
        raise NotSolved(found.message)
    prices = np.zeros(len(right))
    prices[binding] = np.maximum(-found.ineqlin.marginals, 0.0)
    prices[: int(person.max(initial=-1)) + 1] = 0.0
    beyond = value - matrix.T @ prices
    np.maximum.at(prices, person, beyond)
    return Relaxed(found.x, -found.fun, prices)


def _places(value: Floats, person: Ints) -> Ints:
    """The place of each option among those of its person, the greatest value first, ties by row."""
    order = np.lexsort((np.arange(len(value)), -value, person))
    starts = np.flatnonzero(np.diff(person[order], prepend=-1))
    places = np.empty(len(value), dtype=np.int64)
    places[order] = np.arange(len(value)) - np.repeat(starts, np.diff(starts, append=len(value)))
    return places
