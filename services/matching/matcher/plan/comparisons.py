"""What simpler rules would give, for comparison with a plan: in turn of arrival, or the greatest value first."""

import numpy as np

from services.matching.matcher.options import NONE, Capacity, Ints, Options


def first_come(options: Options, places: Capacity, arrival: Ints) -> Ints:
    """For comparison: each person in order of `arrival` takes the best option that is left. An option or NONE each."""
    best_first = np.lexsort((np.arange(len(options)), -options.value, arrival[options.person]))
    return _taken(options, places, best_first)


def greedy(options: Options, places: Capacity) -> Ints:
    """For comparison: the greatest value of all first, ties by row. An option or NONE a person."""
    return _taken(options, places, np.lexsort((np.arange(len(options)), -options.value)))


def _taken(options: Options, places: Capacity, in_turn: Ints) -> Ints:
    given = np.full(places.people, NONE, dtype=np.int64)
    slots, seats, permits = places.slots.tolist(), places.seats.tolist(), places.permits.tolist()
    rows = zip(
        in_turn.tolist(),
        options.person[in_turn].tolist(),
        options.order[in_turn].tolist(),
        options.batch[in_turn].tolist(),
        places.permits_of(options.order[in_turn]).tolist(),
        strict=True,
    )
    for row, person, order, batch, permit in rows:
        taken = [(at, left) for at, left in ((order, slots), (batch, seats), (permit, permits)) if at != NONE]
        if given[person] == NONE and all(left[at] > 0 for at, left in taken):
            given[person] = row
            for at, left in taken:
                left[at] -= 1
    return given
