"""What simpler rules would give, for comparison with a plan: in turn of arrival, or the greatest value first."""

import numpy as np

from services.matching.matcher.allocation import NONE, Capacity, Ints, Options


def first_come(options: Options, places: Capacity, arrival: Ints) -> Ints:
    """For comparison: each person in order of `arrival` takes the best option that is left. An option or NONE each."""
    best_first = np.lexsort((np.arange(len(options)), -options.value, arrival[options.person]))
    return _taken(options, places, best_first)


def greedy(options: Options, places: Capacity) -> Ints:
    """For comparison: the greatest value of all first, ties by row. An option or NONE a person."""
    return _taken(options, places, np.lexsort((np.arange(len(options)), -options.value)))


def _taken(options: Options, places: Capacity, in_turn: Ints) -> Ints:
    given = np.full(places.people, NONE, dtype=np.int64)
    slots, seats = places.slots.tolist(), places.seats.tolist()
    rows = zip(
        in_turn.tolist(),
        options.person[in_turn].tolist(),
        options.order[in_turn].tolist(),
        options.batch[in_turn].tolist(),
        strict=True,
    )
    for row, person, order, batch in rows:
        if given[person] == NONE and (order == NONE or slots[order] > 0) and (batch == NONE or seats[batch] > 0):
            given[person] = row
            if order != NONE:
                slots[order] -= 1
            if batch != NONE:
                seats[batch] -= 1
    return given
