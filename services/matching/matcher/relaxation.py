"""The linear programme behind an allocation, over as few options as prove it.

Where everybody bids for places, prices soon show who could be given what: hardly anybody the fortieth best of their
options, and most have only one left that is worth its price. So few options are asked about first, and the prices that
come out tell which of the others could improve anything: those with a reduced cost below zero come in, until there is
none. What is found then is the optimum over all options, by duality, and not a guess.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array, hstack

from services.matching.matcher.options import Floats, Ints, Mask

FEW = 150_000
"""Options that are asked about all at once: a second of the solver's, and each further round costs another."""
FIRST, MORE = 8, 8
"""Options of each person: so many at most to begin with, and so many that come in at a time."""
BIDS = 40
"""Rounds of bidding; more hardly change the prices."""
NEAR = 10_000
"""Millionths of a placement by which an option may miss the person's best one by the first prices."""
PRICED = 1e-6
"""Millionths of a placement: the solver's prices are no truer than that."""
NOTHING = 1e-9
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


def relaxed(value: Floats, matrix: csr_array, right: Floats, person: Ints, floors: int = 0) -> Relaxed | None:
    """The greatest `value @ x` with `matrix @ x <= right` and x of at least 0; None when nothing keeps the rows.

    `person`: whose option each is. `floors`: how many of the last rows ask for something. Raises: NotSolved.
    """
    if len(value) <= FEW:
        return _solved(value, matrix, right, person)
    columns = csc_array(matrix)
    active = _first(value, matrix, right, person, floors)
    while True:
        rows = np.flatnonzero(active)
        found = _solved(value[rows], columns[:, rows], right, person[rows])
        if found is None:
            share, keeping = most_kept(matrix, right, person, floors)
            if share < 1 - NOTHING or not (keeping & ~active).any():
                return None
            active |= keeping
            continue
        if not _let_in(active, value - matrix.T @ found.prices, person):
            x = np.zeros(len(value))
            x[rows] = found.x
            return Relaxed(x, found.reached, found.prices, PRICED * (int(person.max()) + 1))


def most_kept(matrix: csr_array, right: Floats, person: Ints, floors: int) -> tuple[float, Mask]:
    """(the greatest part, 0..1, of the last `floors` rows that can be kept together, options that suffice for it).

    Raises: NotSolved.
    """
    if not floors or not matrix.shape[1]:
        return float(not floors or (right[-floors:] >= 0).all()), np.ones(matrix.shape[1], dtype=bool)
    columns = csc_array(matrix)
    toward = np.asarray(-matrix[-floors:].sum(axis=0)).ravel()
    scale = 1e6 / max(float(toward.max()), NOTHING)  # what a floor counts, in the size of the values elsewhere
    active = _first(toward * scale, matrix, right, person, floors)
    given_up = np.zeros((len(right), 1))
    given_up[-floors:, 0] = np.minimum(right[-floors:], 0.0)
    while True:
        rows = np.flatnonzero(active)
        binding = _binding(columns[:, rows], right, floors)
        some = hstack([columns[:, rows], csc_array(given_up)], format="csr")[binding]
        cost = np.append(np.zeros(len(rows)), scale)
        found = linprog(cost, A_ub=some, b_ub=right[binding], bounds=(0, 1), method="highs")
        if found.status != 0:
            raise NotSolved(found.message)
        beyond = -(matrix.T @ _prices(found, binding, len(right), person))
        pays = np.zeros(int(person.max()) + 1)
        np.maximum.at(pays, person[rows], beyond[rows])
        if not _let_in(active, beyond - pays[person], person):
            return 1.0 - float(found.x[-1]), active


def _first(value: Floats, matrix: csr_array, right: Floats, person: Ints, floors: int) -> Mask:
    """Of each person the few options that are nearest to the best one beyond the prices that bidding ends at."""
    beyond = value - matrix.T @ _bid(value, matrix, right, person, floors)
    best = np.zeros(int(person.max()) + 1)
    np.maximum.at(best, person, beyond)
    place = _places(beyond, person)
    near = (beyond >= best[person] - NEAR) & (place < FIRST)
    return near if near.any() else np.asarray(place == 0)


def _bid(value: Floats, matrix: csr_array, right: Floats, person: Ints, floors: int) -> Floats:
    """Prices near those of the optimum, for the rows of places: of each place in each round half-way to what the first
    who gets none would pay, who may have the next best of their options instead."""
    people = int(person.max()) + 1
    limits = csr_array(matrix[people : len(right) - floors])
    row, option = np.repeat(np.arange(limits.shape[0]), np.diff(limits.indptr)), limits.indices
    room = right[people : len(right) - floors]
    by_person = np.argsort(person, kind="stable")
    starts = np.flatnonzero(np.diff(person[by_person], prepend=-1))
    whose = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(value)))
    prices = np.zeros(limits.shape[0])
    for _ in range(BIDS):
        beyond = value - limits.T @ prices
        other = np.empty(len(value))
        other[by_person] = _best_other(beyond[by_person], starts, whose)
        bids = beyond[option] + prices[row] - other[option]
        some = np.flatnonzero(bids > 0)
        some = some[np.lexsort((-bids[some], row[some]))]
        first = np.flatnonzero(np.diff(row[some], prepend=-1))
        place, asked = row[some[first]], np.diff(first, append=len(some))
        refused = asked > room[place]
        pays = np.zeros(len(prices))
        pays[place[refused]] = bids[some[first[refused] + room[place[refused]].astype(np.int64)]]
        prices += (pays - prices) / 2
    return np.concatenate([np.zeros(people), prices, np.zeros(floors)])


def _best_other(beyond: Floats, starts: Ints, whose: Ints) -> Floats:
    """Of each option, in blocks of one person: the best of the person's other ones, at least 0."""
    best = np.maximum.reduceat(beyond, starts)
    at = np.full(len(starts), len(beyond))
    is_best = np.flatnonzero(beyond >= best[whose])
    np.minimum.at(at, whose[is_best], is_best)
    rest = beyond.copy()
    rest[at] = -np.inf
    other = np.maximum(best, 0.0)[whose]
    other[at] = np.maximum(np.maximum.reduceat(rest, starts), 0.0)
    return other


def _let_in(active: Mask, gain: Floats, person: Ints) -> bool:
    """Add the options that could improve what was found, the best few of each person; whether there were any."""
    missing = np.flatnonzero((gain > PRICED) & ~active)
    active[missing[_places(gain[missing], person[missing]) < MORE]] = True
    return bool(len(missing))


def _solved(value: Floats, matrix: csr_array | csc_array, right: Floats, person: Ints) -> Relaxed | None:
    """By the rows that can bind at all: a place that has room for all of its options limits nobody, and its price is 0.

    What a person pays is what their best option is worth beyond its places: so people with one option need no row."""
    binding = _binding(matrix, right)
    found = linprog(-value, A_ub=csr_array(matrix)[binding], b_ub=right[binding], bounds=(0, 1), method="highs")
    if found.status == _INFEASIBLE:
        return None
    if found.status != 0:
        raise NotSolved(found.message)
    prices = _prices(found, binding, len(right), person)
    np.maximum.at(prices, person, value - matrix.T @ prices)
    return Relaxed(found.x, -found.fun, prices)


def _binding(matrix: csr_array | csc_array, right: Floats, floors: int = 0) -> Ints:
    counted = np.bincount(matrix.nonzero()[0], minlength=len(right)) > right
    counted[len(right) - floors :] = True
    return np.flatnonzero(counted)


def _prices(found: Any, binding: Ints, rows: int, person: Ints) -> Floats:
    """Of the rows of places and floors; those of people follow from them."""
    prices = np.zeros(rows)
    prices[binding] = np.maximum(-found.ineqlin.marginals, 0.0)
    prices[: int(person.max(initial=-1)) + 1] = 0.0
    return prices


def _places(value: Floats, person: Ints) -> Ints:
    """The place of each option among those of its person, the greatest value first, ties by row."""
    order = np.lexsort((np.arange(len(value)), -value, person))
    starts = np.flatnonzero(np.diff(person[order], prepend=-1))
    places = np.empty(len(value), dtype=np.int64)
    places[order] = np.arange(len(value)) - np.repeat(starts, np.diff(starts, append=len(value)))
    return places
