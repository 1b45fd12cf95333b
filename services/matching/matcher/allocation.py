"""Seats and slots for everybody at once: for whoever plans the province, and only ever as a proposal.

A person may be given at most one option: an order that is open to them now, or a course with the order that it opens.
An option takes one slot of its order and one seat of its batch. The proposal maximises the expected lawful placements
(chance x worth) of all, exactly: HiGHS (through SciPy) solves the linear relaxation, which is nearly always whole, and
where it is not, branch and bound on the few options that its prices leave open. The bound of the relaxation is part of
the answer, so anybody can see how far from the best a proposal could be.

A floor is a promise to a group: its members get at least that share of what they could get if the group alone were
served. Where not all floors can be kept together, the greatest share that can is found, kept and said.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from services.matching.matcher.flow import most_valuable
from services.matching.matcher.options import NONE, Capacity, Floats, Ints, Mask, Options
from services.matching.matcher.relaxation import FEW, NotSolved, bound_by, most_kept, relaxed
from services.matching.matcher.whole import GAP, WHOLE, branched, integral, millionths, of_many, settled

WORST_OFF_SHARE = 0.1
SECONDS = 60.0
"""Of branch and bound at the most; what is not proved by then is said as a gap."""
MARGINS = (0.0002, 0.002, 0.01, 0.03, 0.1)
"""By how much floors are raised, one after the other, to find whole people who keep them as they were asked for."""
ROUNDING_SECONDS = 1.0
LIFT = 0.0005
"""By how much floors of many people are raised while people are parted, so that whole people keep what was asked."""
STEPS = (1.0, 0.999, 0.995, 0.98, 0.9, 0.0)
"""Parts of what can be kept together about, that are asked for one after the other until they can be kept."""
MANY_SECONDS = 30.0
IN_ALL, AT_LEAST_SECONDS = 5, 10.0
"""Times the seconds of one search for whole people that the questions about parts of people may take, and the least
that they get. By then floors are given up, and a last question is asked without them. Only worlds take so long in which
floors ask for all there is."""


@dataclass(frozen=True, slots=True)
class Floor:
    """`members`: one truth a person. `share`: 0..1 of what the group could get if it alone were served."""

    name: str
    members: Mask
    share: float


@dataclass(frozen=True, slots=True)
class KeptFloor:
    """`alone`: what the group could get by itself, `given`: what it gets, both in millionths of a placement."""

    name: str
    asked: float
    kept: float
    alone: int
    given: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """The proposal.

    `option`: for each person the row of `Options` that they are given, or NONE. `objective` and `bound`: expected
    placements in millionths, reached and at the most reachable under the kept floors. `slot_prices`, `seat_prices`:
    what one more slot (under a permit that has one more too) or seat would add, in millionths; 0 where some are left.
    """

    option: Ints
    objective: int
    bound: int
    slot_prices: Floats
    seat_prices: Floats
    floors: tuple[KeptFloor, ...] = ()
    gains: Mapping[str, float] = field(default_factory=dict)
    """Floor → weight that its members' values gained so that the floor holds; 0 where it holds by itself."""

    @property
    def proved(self) -> bool:
        """Whether no other allocation under the kept floors reaches more."""
        return self.objective >= self.bound

    @property
    def floors_kept(self) -> bool:
        """Whether every floor that was asked for is kept in full."""
        return all(floor.kept >= floor.asked for floor in self.floors)


def allocate(
    options: Options, places: Capacity, floors: Sequence[Floor] = (), *, seconds: float = SECONDS
) -> Allocation:
    """The best allocation under the floors; where they cannot all be kept, under the greatest common part of them.

    Same input, same answer. Cost: one linear programme of len(options) variables, and one a floor over its members.

    Raises:
        NotSolved: the solver failed.
    """
    if not len(options):
        nothing = np.zeros(len(places.slots)), np.zeros(len(places.seats))  # prices
        empty = np.full(places.people, NONE, dtype=np.int64)
        return Allocation(empty, 0, 0, *nothing, tuple(KeptFloor(f.name, f.share, f.share, 0, 0) for f in floors))
    until = time.monotonic() + max(IN_ALL * seconds, AT_LEAST_SECONDS)
    alone = [_alone(options, places, floor, seconds, until) for floor in floors]
    asked = [(floor, most) for floor, most in zip(floors, alone, strict=True)]
    part = 1.0
    found = _solved(options, places, asked, part, seconds, until)
    if found is not None and len(options) > FEW:
        part = min([1.0, *_parts(options, asked, found[0])])
    if found is None:
        part, keeping = _greatest_part(options, places, asked, seconds, until)
        found = _solved(options, places, asked, part, seconds, until, keeping)
    if found is None:
        raise NotSolved("not even the floors that were found to be possible could be kept")
    given, objective, bound, prices, gains = found
    option = np.full(places.people, NONE, dtype=np.int64)
    option[options.person[given]] = given
    ends = np.cumsum([places.people, len(places.slots), len(places.seats)])
    _, slots, seats, permits = np.split(prices, ends)
    if len(permits):
        slots = slots + np.where(places.permit_of == NONE, 0.0, permits[places.permit_of])
    return Allocation(
        option=option,
        objective=objective,
        bound=bound,
        slot_prices=slots,
        seat_prices=seats,
        floors=tuple(_kept(options, given, floor, most, part) for floor, most in asked),
        gains={floor.name: float(gain) for (floor, _), gain in zip(asked, gains, strict=True)},
    )


def worst_off(options: Options, people: int, share: float = WORST_OFF_SHARE) -> Mask:
    """The tenth of the people with options whose best option is worth least; ties by position."""
    best = np.full(people, NONE, dtype=np.int64)
    np.maximum.at(best, options.person, options.value)
    with_options = np.flatnonzero(best >= 0)
    lowest = with_options[np.argsort(best[with_options], kind="stable")]
    members = np.zeros(people, dtype=bool)
    members[lowest[: int(np.ceil(len(lowest) * share))]] = True
    return members


def _alone(options: Options, places: Capacity, floor: Floor, seconds: float, until: float) -> int:
    """The most that the members could get, nobody else being served."""
    mine = options.only(floor.members[options.person])
    if len(options) > FEW and len(mine):  # of many, what parts of people could get: a hair more than whole people
        matrix, right = places.rows(mine)
        parts = relaxed(mine.value.astype(float), matrix, right, mine.person, until=until)
        return millionths(parts.reached + parts.slack) if parts else 0
    found = _solved(mine, places, (), 1.0, seconds, until) if len(mine) else None
    return found[1] if found else 0


def _floor_rows(options: Options, asked: Sequence[tuple[Floor, int]]) -> csr_array:
    """(floors x options): the value of each option that goes to a member, in shares of what the group could get."""
    scale = [np.where(floor.members[options.person], options.value, 0) / max(most, 1) for floor, most in asked]
    return csr_array(np.array(scale, dtype=float).reshape(len(asked), len(options)))


def _least(asked: Sequence[tuple[Floor, int]], part: float) -> Floats:
    return np.array([floor.share * part if most else 0.0 for floor, most in asked])


def _solved(
    options: Options,
    places: Capacity,
    asked: Sequence[tuple[Floor, int]],
    part: float,
    seconds: float,
    until: float,
    keeping: Floats | None = None,
) -> tuple[Ints, int, int, Floats, Floats] | None:
    """(rows given, objective, bound, prices, gains of floors), or None when `part` of the floors cannot be kept.

    `keeping`: a choice (0 or 1 an option) that keeps them, for the case that no better one is found in time.
    """
    flowing = _flowing(options, places, asked, part)
    if flowing is not None:
        return flowing
    if len(options) > FEW:
        return _of_many(options, places, asked, min(seconds, MANY_SECONDS), until)
    matrix, right = places.rows(options)
    if asked:
        matrix = vstack([matrix, -_floor_rows(options, asked)], format="csr")
        right = np.concatenate([right, -_least(asked, part)])
    value = options.value.astype(float)
    parts = relaxed(value, matrix, right, options.person, until=until)
    if parts is None:
        return None
    prices, x = parts.prices, parts.x
    bound = millionths(parts.reached + parts.slack)
    used = len(right) - len(asked)
    gains = prices[used:] / np.array([max(most, 1) for _, most in asked]) if asked else np.zeros(0)
    chosen: Floats = np.rint(x)
    if np.abs(x - chosen).max() > WHOLE:
        if asked and keeping is None:
            keeping = _rounded(options, places, asked, part, until)
        better = branched(value, matrix, right, parts, bound, seconds)
        if better is not None:
            chosen, bound = better
        elif keeping is not None:
            chosen = keeping
        else:
            return None
        if keeping is not None and keeping @ value > chosen @ value:
            chosen = keeping
    given = np.flatnonzero(chosen > 0.5)
    return given, int(options.value[given].sum()), max(bound, int(options.value[given].sum())), prices[:used], gains


def _flowing(
    options: Options, places: Capacity, asked: Sequence[tuple[Floor, int]], part: float
) -> tuple[Ints, int, int, Floats, Floats] | None:
    """As `_solved`, where the best without seats and floors keeps them all the same; None where it does not."""
    permit_of = places.permit_of if len(places.permit_of) else np.full(len(places.slots), NONE, dtype=np.int64)
    found = most_valuable(options.value, options.person, options.order, places.slots, permit_of, places.permits)
    seats = options.batch[found.given]
    if (np.bincount(seats[seats != NONE], minlength=len(places.seats)) > places.seats).any():
        return None
    value, person = options.value[found.given], options.person[found.given]
    for (floor, most), share in zip(asked, _least(asked, part), strict=True):
        if value[floor.members[person]].sum() < share * most:
            return None
    reached = int(value.sum())
    none = np.zeros(places.people), np.zeros(len(places.seats)), np.zeros(len(places.permits))
    prices = np.concatenate([none[0], found.prices, none[1], none[2]])
    return found.given, reached, reached, prices, np.zeros(len(asked))


def _of_many(
    options: Options, places: Capacity, asked: Sequence[tuple[Floor, int]], seconds: float, until: float
) -> tuple[Ints, int, int, Floats, Floats]:
    """As `_solved`, under about the greatest part of the floors that can be kept, so there always is a choice."""
    matrix, right = places.rows(options)
    value, person, shares = options.value.astype(float), options.person, _least(asked, 1.0)
    together = 1.0
    if asked:
        matrix = vstack([matrix, -_floor_rows(options, asked)], format="csr")
        together = most_kept(matrix, np.append(right, -shares), len(asked), until)
    for left, step in zip(range(len(STEPS), 0, -1), STEPS, strict=True):
        aim, now = min(together * step, 1 + LIFT), time.monotonic()
        if aim and now >= until:
            continue
        soon = now + max((until - now) / left, AT_LEAST_SECONDS)
        parts = relaxed(value, matrix, np.append(right, -shares * aim), person, len(asked), soon)
        if parts is not None and (parts.in_time or not step):
            break
    else:
        raise NotSolved("places alone could not be kept")
    sides = np.append(right, -shares * min(aim * (1 - LIFT), 1.0))
    bound = bound_by(parts.prices, value, matrix, sides, person)[0]
    bound = millionths(bound if asked else min(bound, parts.reached + parts.slack))
    chosen: Floats = np.rint(parts.x)
    if np.abs(parts.x - chosen).max() > WHOLE:
        chosen, bound = of_many(value, matrix, sides, parts, bound, len(asked), seconds)
    given = settled(options, places, np.flatnonzero(chosen > 0.5))
    if asked:  # the bound is of what is kept: where that is less than was aimed at, more could be reached
        least = -shares * min([1.0, aim * (1 - LIFT), *_parts(options, asked, given)])
        bound = max(bound, millionths(bound_by(parts.prices, value, matrix, np.append(right, least), person)[0]))
    used, reached = len(right), int(options.value[given].sum())
    gains = parts.prices[used:] / np.array([max(most, 1) for _, most in asked]) if asked else np.zeros(0)
    full = np.asarray(matrix[:used, given].sum(axis=1)).ravel() >= right  # what is left over costs nothing
    return given, reached, max(bound, reached), np.where(full, parts.prices[:used], 0.0), gains


def _parts(options: Options, asked: Sequence[tuple[Floor, int]], given: Ints) -> list[float]:
    """What part of each floor is kept, of those that ask for something."""
    value, person = options.value[given], options.person[given]
    got = [(int(value[floor.members[person]].sum()), floor.share * most) for floor, most in asked]
    return [(reached + WHOLE) / least for reached, least in got if least > 0]


def _rounded(
    options: Options, places: Capacity, asked: Sequence[tuple[Floor, int]], part: float, until: float
) -> Floats | None:
    """A choice of whole people that keeps `part` of the floors, or None: where floors are a little raised, people whose
    relaxed choice is parted are few, and can be chosen anew without breaking the floors that were asked for."""
    matrix, right = places.rows(options)
    both = vstack([matrix, -_floor_rows(options, asked)], format="csr")
    least, value = _least(asked, part), options.value.astype(float)
    for margin in MARGINS:
        raised = relaxed(value, both, np.concatenate([right, -least * (1 + margin)]), options.person, until=until)
        if raised is None:
            return None
        whole = raised.x > 1 - WHOLE
        parted = np.unique(options.person[(raised.x >= WHOLE) & ~whole])
        free = np.isin(options.person, parted)
        fixed = np.where(whole & ~free, 1.0, 0.0)
        found = integral(value, both, np.concatenate([right, -least]), free, fixed, ROUNDING_SECONDS)
        if found is not None:
            return found[0]
    return None


def _greatest_part(
    options: Options, places: Capacity, asked: Sequence[tuple[Floor, int]], seconds: float, until: float
) -> tuple[float, Floats]:
    """The greatest part (0..1) of all floors that can be kept together by whole people, and a choice that keeps it."""
    matrix, right = places.rows(options)
    floors = _floor_rows(options, asked)
    shares = _least(asked, 1.0)
    both = vstack([matrix, -floors], format="csr")
    # One more variable: the part. Every floor gets at least its share times the part.
    part = csr_array(np.append(np.zeros(len(right)), shares).reshape(-1, 1))
    found = milp(
        np.append(np.zeros(len(options)), -1.0),
        constraints=LinearConstraint(hstack([both, part], format="csr"), -np.inf, np.append(right, 0 * shares)),
        integrality=np.append(np.ones(len(options)), 0.0),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": GAP, "time_limit": seconds},
    )
    if found.x is None and found.status != 1:
        raise NotSolved(found.message)
    tried = [np.zeros(len(options)), *([] if found.x is None else [np.rint(found.x[:-1])])]
    if found.status == 1:  # the time was over: whole people near the greatest part that parts of people reach
        most = min(most_kept(both, np.append(right, -shares), len(asked), until), 1.0)
        near = (_rounded(options, places, asked, most * step, until) for step in STEPS)
        tried += [next((choice for choice in near if choice is not None), tried[0])]

    def reached(choice: Floats) -> float:
        parts = zip((floors @ choice).tolist(), shares.tolist(), strict=True)
        return float(min([1.0, *(got / share for got, share in parts if share > 0)]))

    best = max(tried, key=reached)
    return reached(best), best


def _kept(options: Options, given: Ints, floor: Floor, alone: int, part: float) -> KeptFloor:
    mine = given[floor.members[options.person[given]]]
    total = int(options.value[mine].sum())
    return KeptFloor(floor.name, floor.share, min(floor.share, floor.share * part), alone, total)
