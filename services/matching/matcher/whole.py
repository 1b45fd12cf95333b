"""Whole people out of parts of people: branch and bound, by HiGHS, on the options that the prices leave open."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from services.matching.matcher.options import NONE, Capacity, Floats, Ints, Mask, Options
from services.matching.matcher.relaxation import NotSolved, Relaxed

NEAR = 4_000
"""Options that are tried first where the relaxation is not whole; few enough for seconds, many enough to find one."""
A_FEW = 400
"""Of many: enough for a choice within a second or two, mostly good enough."""
GOOD = 2e-4
"""Of the bound: where a choice that keeps the floors is nearer, no more options are tried."""
MOST_TRIED = 50_000
"""Options that could improve it and are all tried; with more the solver does not even keep its time."""
MOST_TRIED_OF_MANY = 10_000
DEAR = 100.0
"""Times the price of floors: what is lost where they are lowered, so that hardly any is given up for anything."""
CLOSE = 1e-5
"""Of everything that is reached: nearer than that whole people of many are not looked for."""
WHOLE = 1e-6
GAP = 1e-7


def branched(
    value: Floats, matrix: csr_array, right: Floats, parts: Relaxed, bound: int, seconds: float
) -> tuple[Floats, int] | None:
    """A whole solution and its bound, or None when there is none, or none was found in time.

    An option that costs more than the distance to a solution already found cannot be part of a better one. So first a
    solution is looked for among the options near the prices, and then only those are tried that could still improve it.
    """
    reduced = -value + matrix.T @ parts.prices
    free, fixed = _open(reduced, matrix, parts)
    near = integral(value, matrix, right, free, fixed, seconds)
    if near is None:
        return integral(value, matrix, right, np.ones(len(value), bool), np.zeros(len(value)), seconds)
    distance = bound - near[0] @ value
    if distance < 1:
        return near[0], bound
    could = (reduced <= distance + WHOLE) | (parts.x >= WHOLE)
    if could.sum() > MOST_TRIED:
        return near[0], bound
    better = integral(value, matrix, right, could, np.zeros(len(value)), seconds)
    if better is None or better[0] @ value < near[0] @ value:
        return near[0], bound if better is None else min(bound, better[1])
    return better[0], min(bound, better[1])


def of_many(
    value: Floats, matrix: csr_array, right: Floats, parts: Relaxed, bound: int, floors: int, seconds: float
) -> tuple[Floats, int]:
    """Whole people near the prices, and a bound: there always are some, and the last `floors` rows are kept but for the
    smallest part that was found in time, the same of each."""
    reduced = -value + matrix.T @ parts.prices
    least = np.minimum(right[-floors:], 0.0) if floors else np.zeros(0)
    weight = DEAR * max(float(-least @ parts.prices[len(right) - floors :]), float(value.max()))

    def worth(choice: Floats) -> float:
        """Its value, and how dear the floors are that it does not keep."""
        lacks = (matrix[len(right) - floors :] @ choice - least) / np.maximum(-least, WHOLE)
        return float(choice @ value) - weight * float(max([0.0, *lacks]))

    chosen = np.where(parts.x > 1 - WHOLE, 1.0, 0.0)  # without whoever is parted: keeps the places, whatever else
    for near in (A_FEW, NEAR):
        free, fixed = _open(reduced, matrix, parts, near)
        found = _near_floors(value, matrix, right, free, fixed, least, weight, CLOSE * bound, seconds)
        chosen = max(chosen, found, key=worth) if found is not None else chosen
        if worth(chosen) >= bound * (1 - GOOD):
            break
    could = (reduced <= bound - chosen @ value + WHOLE) | (parts.x >= WHOLE)
    if floors or could.sum() > MOST_TRIED_OF_MANY or bound - chosen @ value < 1:
        return chosen, bound
    better = integral(value, matrix, right, could, np.zeros(len(value)), seconds)
    if better is None:
        return chosen, bound
    return better[0] if better[0] @ value > chosen @ value else chosen, min(bound, better[1])


def _near_floors(
    value: Floats,
    matrix: csr_array,
    right: Floats,
    free: Mask,
    fixed: Floats,
    least: Floats,
    weight: float,
    close: float,
    seconds: float,
) -> Floats | None:
    """The best choice among the `free` options beside those `fixed`; one more variable is the part by which all of the
    last rows are lowered, and costs `weight`. None when none was found in time."""
    rows = np.flatnonzero(free)
    lowered = np.append(np.zeros(len(right) - len(least)), least).reshape(-1, 1)
    found = milp(
        np.append(-value[rows], weight),
        constraints=LinearConstraint(
            hstack([matrix[:, rows], csr_array(lowered)], format="csr"), -np.inf, right - matrix @ fixed
        ),
        integrality=np.append(np.ones(len(rows)), 0.0),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": min(close / max(float(value[rows].sum()), 1.0), 0.01), "time_limit": seconds},
    )
    if found.x is None:
        return None
    chosen = fixed.copy()
    chosen[rows] = np.rint(found.x[:-1])
    return chosen


def _open(reduced: Floats, matrix: csr_array, parts: Relaxed, near: int = NEAR) -> tuple[Mask, Floats]:
    """(options that may be chosen anew, 1 for each other one that stays): those that are parted, those next to the
    prices, and who stands where they would go."""
    stays = parts.x > 1 - WHOLE
    parted = (parts.x >= WHOLE) & ~stays
    cheap = np.argsort(np.where(parted, -np.inf, np.where(stays, np.inf, reduced)), kind="stable")[:near]
    free = parted.copy()
    free[cheap] = True
    contested = (matrix @ free.astype(float)) > 0
    free |= stays & (matrix.T @ contested.astype(float) > 1)
    return free, np.where(stays & ~free, 1.0, 0.0)


def integral(
    value: Floats, matrix: csr_array, right: Floats, free: Mask, fixed: Floats, seconds: float
) -> tuple[Floats, int] | None:
    """The best choice among the `free` options beside those `fixed`, with its bound; None when there is none."""
    rows = np.flatnonzero(free)
    left = right - matrix @ fixed
    if not len(rows):
        return (fixed, millionths(float(fixed @ value))) if (left >= -1e-9).all() else None
    found = milp(
        -value[rows],
        constraints=LinearConstraint(matrix[:, rows], -np.inf, left),
        integrality=np.ones(len(rows)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": GAP, "time_limit": seconds},
    )
    if found.x is None:
        if found.status in (1, 2):  # the time was over, or there is none
            return None
        raise NotSolved(found.message)
    chosen = fixed.copy()
    chosen[rows] = np.rint(found.x)
    return chosen, millionths(float(fixed @ value) - found.mip_dual_bound)


def settled(options: Options, places: Capacity, given: Ints) -> Ints:
    """The same rows, but nobody stays with less, or with nothing, while a better option of theirs has room: the search
    for whole people ends near the best, and so nobody is told of a full place that is not full."""
    at = np.full(places.people, NONE, dtype=np.int64)
    at[options.person[given]] = given
    takes = options.order, options.batch, places.permits_of(options.order)
    left = [
        sizes - np.bincount(taken[given][taken[given] != NONE], minlength=len(sizes))
        for taken, sizes in zip(takes, (places.slots, places.seats, places.permits), strict=True)
    ]
    room = [np.append(some, 1) for some in left]  # the last: NONE, which is always free
    person, values = options.person.tolist(), options.value.tolist()
    taken = [one.tolist() for one in takes]
    free = [one.tolist() for one in room]

    def has_room(row: int) -> bool:
        return all(some[of[row]] > 0 for some, of in zip(free, taken, strict=True))

    while True:
        now = np.where(at == NONE, 0, options.value[at])
        open_ = np.logical_and.reduce([np.array(some)[of] > 0 for some, of in zip(free, takes, strict=True)])
        better = np.flatnonzero(open_ & (options.value > now[options.person]))
        if not len(better):
            return np.sort(at[at != NONE])
        gain = options.value - now[options.person]
        for row in better[np.argsort(-gain[better], kind="stable")].tolist():
            mine = int(at[person[row]])
            if not has_room(row) or values[row] <= (0 if mine == NONE else values[mine]):
                continue
            for some, of in zip(free, taken, strict=True):
                if mine != NONE and of[mine] != NONE:
                    some[of[mine]] += 1
                if of[row] != NONE:
                    some[of[row]] -= 1
            at[person[row]] = row


def millionths(value: float) -> int:
    """The greatest whole number of millionths that a sum can mean, past the rounding of floating point."""
    return int(np.floor(value + 1e-3))
