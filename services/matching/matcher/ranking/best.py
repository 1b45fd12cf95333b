"""The best orders of many people at once: the served score itself, for whoever asks about everybody.

A score is a sum of columns, and every column reads one thing of an order. So it is guessed for all lawful pairs from a
few small tables, in the precision that numpy is fast in; whoever could be among the best by the guess is then scored
by the very `Ranking`, whose numbers are the ones that are told. With a fitted model beside the card nothing is guessed:
all lawful pairs are scored.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.ranking.features import needs
from services.matching.matcher.ranking.features.many import PLACE, PLAIN, WORK, ManyPeople, OrderLooks
from services.matching.matcher.ranking.scorecard import Card

Ints = NDArray[np.int64]
Matrix = NDArray[np.float64]
Guess = NDArray[np.float32]

PAIRS = 500_000
"""Pairs scored together, so that memory is bounded whatever the number of people."""
MARGIN = 2e-3
"""Points by which a guess may be wrong; float32 errs by a twentieth of that on sums of a hundred points."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Which orders come in question for whom: person i chooses among those of class c = `class_of[i]`, which are
    `orders[starts[c]:starts[c + 1]]`, places in `OrderLooks`."""

    class_of: Ints
    starts: Ints
    orders: Ints


@dataclass(frozen=True, slots=True)
class Best:
    """One row a pair, people by their places, each one's orders best first, ties by id.

    `person`: place in the people asked about. `order`: place in `OrderLooks.orders`. `chance`, `worth`: 0..1.
    """

    person: Ints
    order: Ints
    score: Matrix
    chance: Matrix
    worth: Matrix

    @classmethod
    def joined(cls, parts: Sequence["Best"]) -> "Best":
        if not parts:
            none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
            return cls(none, none, nothing, nothing, nothing)
        columns = (np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__)
        return cls(*columns)


def candidates(
    people: ManyPeople, looks: OrderLooks, card: Card, choices: Choices, most: int
) -> Iterator[tuple[Ints, Ints]]:
    """(people, orders) that hold the `most` best choices of everybody by the card, and few more; people ascend in each
    and nobody comes twice."""
    for person, order, row, column in pairs(choices):
        guess = _guess(people, looks, card, person, order)
        beside = np.full((int(row[-1]) + 1, int(column.max()) + 1), -np.inf, dtype=np.float32)
        beside[row, column] = guess
        if beside.shape[1] > most:
            least = np.partition(beside, beside.shape[1] - most, axis=1)[:, beside.shape[1] - most]
            near = guess >= (least - np.float32(MARGIN))[row]
            person, order = person[near], order[near]
        yield person, order


def everything(choices: Choices) -> Iterator[tuple[Ints, Ints]]:
    """All pairs, in the form of `candidates`."""
    for person, order, _, _ in pairs(choices):
        yield person, order


def pairs(choices: Choices) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """All pairs in blocks: (person, order, row of the block, place among the orders of that person).

    People with about as many orders stand together, so that a block laid out as rows has few gaps."""
    sizes = np.diff(choices.starts)
    mine = sizes[choices.class_of]
    people = np.argsort(mine, kind="stable")
    people = people[np.searchsorted(mine[people], 1) :]
    block = np.cumsum(mine[people]) // PAIRS
    for who in np.split(people, np.flatnonzero(np.diff(block)) + 1):
        if not len(who):
            continue
        who = np.sort(who)
        count = mine[who]
        row = np.repeat(np.arange(len(who)), count)
        column = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        yield who[row], choices.orders[choices.starts[choices.class_of[who]][row] + column], row, column


def _guess(people: ManyPeople, looks: OrderLooks, card: Card, person: Ints, order: Ints) -> Guess:
    """The score by the card of each pair, nearly."""
    who, row = np.unique(person, return_inverse=True)

    def points(name: str, values: NDArray[Any]) -> Guess:
        at = PLAIN[name]
        found: Guess = (card.points[at] * (values - card.average[at])).astype(np.float32)
        found[np.isnan(found)] = 0.0
        return found

    def summed(names: Sequence[str], tables: Iterable[NDArray[Any]]) -> Guess:
        total: Guess = np.sum([points(name, table[who]) for name, table in zip(names, tables, strict=True)], axis=0)
        return total

    works, places = summed(WORK, people.by_unit), summed(PLACE, people.by_country)
    papers, asked = people.by_cell[who], np.zeros((len(who), len(looks.cells)), dtype=np.float32)
    for at, kind in enumerate(needs.KINDS):
        asked += points(kind, papers)[:, looks.cells[:, at]]
    total = works[row, looks.unit[order]] + places[row, looks.country[order]]
    total += asked[row, looks.demand[order]]
    total += (points("wage", looks.wage) + points("soon", looks.soon))[order]
    levels, look = people.levels[who].astype(np.float32), looks.look[order]
    total += points("skills", looks.essential.covered_by(levels, row, look))
    total += points("weakest_skill", looks.essential.weakest_by(levels, row, look))
    total += points("extra_skills", looks.optional.covered_by(levels, row, look))
    asking = np.array([people.least[one] is not None for one in who.tolist()], dtype=bool)
    starts = np.searchsorted(row, np.arange(len(who) + 1))
    for at in np.flatnonzero(asking).tolist():
        mine = slice(starts[at], starts[at + 1])
        total[mine] += points("wished_wage", people.wished_wage(int(who[at]), order[mine]))
    return total


def heads(person: Ints, score: Matrix, ids: NDArray[np.str_] | Ints, most: int) -> Ints:
    """Rows of the `most` best of each person, people ascending, best first, ties by id (or its rank)."""
    rows = np.lexsort((ids, -score, person))
    starts = np.flatnonzero(np.diff(person[rows], prepend=-1))
    sizes = np.diff(starts, append=len(rows))
    rank = np.arange(len(rows)) - np.repeat(starts, sizes)
    return rows[rank < most]
