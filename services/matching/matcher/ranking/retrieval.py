"""The nearest orders of many people by plain likeness of vectors, among those that come in question for each.

For whoever needs a first list and no reasons: a cosine of two unit vectors and nothing else. Orders that say the same
are one vector, and only what a person may be told of is ever compared.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from services.matching.matcher.ranking.best import Choices, pairs

Ints = NDArray[np.int64]
Likeness = NDArray[np.float32]


def nearest(people: csr_array, orders: csr_array, choices: Choices, most: int) -> tuple[Ints, Ints, Likeness]:
    """(person, order, likeness) of the `most` likest choices of each person, likest first, ties in any order.

    `people`, `orders`: one sparse vector of float32 a row, of length 1 where a cosine is meant. Memory: one block.
    """
    number = _numbered(orders)
    vectors = np.ascontiguousarray(orders[np.unique(number, return_index=True)[1]].T.toarray())
    found = []
    for person, order, row, column in pairs(choices):
        starts = np.flatnonzero(column == 0)
        beside = people[person[starts]] @ vectors
        likeness = np.full((len(starts), int(column.max()) + 1), -np.inf, dtype=np.float32)
        place = np.zeros(likeness.shape, dtype=np.int32)
        likeness[row, column], place[row, column] = beside[row, number[order]], order
        kept = min(most, likeness.shape[1])
        if kept < likeness.shape[1]:
            best = np.argpartition(likeness, likeness.shape[1] - kept, axis=1)[:, -kept:]
            likeness, place = np.take_along_axis(likeness, best, axis=1), np.take_along_axis(place, best, axis=1)
        turn = np.argsort(-likeness, axis=1)
        likeness, place = np.take_along_axis(likeness, turn, axis=1), np.take_along_axis(place, turn, axis=1)
        there = likeness > -np.inf
        found.append((np.repeat(person[starts], there.sum(axis=1)), place[there].astype(np.int64), likeness[there]))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    who, which, how = (np.concatenate(part) for part in zip(*found, strict=True))
    return who, which, how


def _numbered(orders: csr_array) -> Ints:
    """For each row the number of its vector; rows that are equal have the same."""
    known: dict[bytes, int] = {}
    orders = orders.copy()
    orders.sort_indices()
    bounds = zip(orders.indptr[:-1].tolist(), orders.indptr[1:].tolist(), strict=True)
    rows = (orders.indices[start:stop].tobytes() + orders.data[start:stop].tobytes() for start, stop in bounds)
    return np.array([known.setdefault(row, len(known)) for row in rows], dtype=np.int64)
