"""The nearest orders of many people by plain likeness of vectors, among those that come in question for each.

For whoever needs a first list and no reasons: a cosine of two unit vectors and nothing else. Orders that say the same
are one vector, so that people are compared with a few hundred, and only those that stand for an order that a person may
be told of are ever looked at.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from services.matching.matcher.ranking.best import Choices

Ints = NDArray[np.int64]
Likeness = NDArray[np.float32]

TOGETHER = 2_000_000
"""Pairs of a person and a vector compared at once: eight megabytes, which stay near the processor."""


@dataclass(frozen=True, slots=True)
class OrderVectors:
    """`number[order]`: which of the distinct vectors is its; `columns`: (words, distinct vectors), float32."""

    number: Ints
    columns: Likeness

    @classmethod
    def of(cls, orders: csr_array) -> "OrderVectors":
        """From one sparse vector of float32 a row, of length 1 where a cosine is meant."""
        number = _numbered(orders)
        return cls(number, np.ascontiguousarray(orders[np.unique(number, return_index=True)[1]].T.toarray()))


def nearest(people: csr_array, orders: OrderVectors, choices: Choices, most: int) -> tuple[Ints, Ints, Likeness]:
    """(person, order, likeness) of the `most` likest choices of each person, likest first, ties in any order.

    `people`: one sparse vector a row, as the orders have. Memory: one block.
    """
    vectors = orders.columns
    behind = _Behind(orders.number, vectors.shape[1], choices)
    mine = np.diff(behind.of_class)[choices.class_of]
    asking = np.lexsort((choices.class_of, mine))  # who has about as many to choose from stands together: few gaps
    asking = asking[np.searchsorted(mine[asking], 1) :]
    step = max(TOGETHER // max(vectors.shape[1], 1), 1)
    found = [
        _likest(people[who] @ vectors, who, behind.runs(choices.class_of[who]), behind, most)
        for who in np.split(asking, range(step, len(asking), step))
        if len(who)
    ]
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    who, which, how = (np.concatenate(part) for part in zip(*found, strict=True))
    return who, which, how


class _Behind:
    """The orders behind each vector that a class may choose from are a run: `orders[starts[run]:][:sizes[run]]`.

    `vector[run]`; the runs of class c are those from `of_class[c]` to `of_class[c + 1]`."""

    def __init__(self, number: Ints, vectors: int, choices: Choices) -> None:
        classes = len(choices.starts) - 1
        key = np.repeat(np.arange(classes), np.diff(choices.starts)) * vectors + number[choices.orders]
        entry = np.argsort(key, kind="stable")
        self.orders = choices.orders[entry]
        keys, self.starts, self.sizes = np.unique(key[entry], return_index=True, return_counts=True)
        self.vector = keys % max(vectors, 1)
        self.of_class = np.searchsorted(keys, np.arange(classes + 1) * vectors)

    def runs(self, class_of: Ints) -> Ints:
        """(people of these classes, most runs of any of them): the runs of each, -1 behind the last."""
        classes, row = np.unique(class_of, return_inverse=True)
        sizes = (self.of_class[classes + 1] - self.of_class[classes])[:, None]
        place = np.arange(sizes.max())
        return np.where(place < sizes, self.of_class[classes][:, None] + place, -1)[row]


def _likest(likeness: Likeness, who: Ints, runs: Ints, behind: _Behind, most: int) -> tuple[Ints, Ints, Likeness]:
    """The answer for some people from how like they are to each vector."""
    likeness = np.take_along_axis(likeness, behind.vector[runs], axis=1)
    likeness[runs < 0] = -np.inf
    kept = min(most, likeness.shape[1])
    best = np.argpartition(likeness, likeness.shape[1] - kept, axis=1)[:, -kept:]
    likeness = np.take_along_axis(likeness, best, axis=1)
    turn = np.argsort(-likeness, axis=1)
    likeness = np.take_along_axis(likeness, turn, axis=1)
    run = np.take_along_axis(runs, np.take_along_axis(best, turn, axis=1), axis=1)
    sizes = np.where(run < 0, 0, behind.sizes[run])
    taken = np.clip(most - (np.cumsum(sizes, axis=1) - sizes), 0, sizes)
    times = taken.ravel()
    place = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    order = behind.orders[np.repeat(behind.starts[run.ravel()], times) + place]
    return np.repeat(who, taken.sum(axis=1)), order, np.repeat(likeness.ravel(), times)


def _numbered(orders: csr_array) -> Ints:
    """For each row the number of its vector; rows that are equal have the same."""
    known: dict[bytes, int] = {}
    orders = orders.copy()
    orders.sort_indices()
    bounds = zip(orders.indptr[:-1].tolist(), orders.indptr[1:].tolist(), strict=True)
    rows = (orders.indices[start:stop].tobytes() + orders.data[start:stop].tobytes() for start, stop in bounds)
    return np.array([known.setdefault(row, len(known)) for row in rows], dtype=np.int64)
