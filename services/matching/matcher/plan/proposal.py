"""A plan for everybody, only ever as a proposal: who would get what, why, what next, and what would have to change.

Nobody is reserved or enrolled by it. The law was asked for every option, and is asked again when somebody acts on one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from services.matching.matcher.advice.verdict import first_of_all
from services.matching.matcher.allocation import Allocation, Floor, allocate, worst_off
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.fairness_slices import ISLANDS
from services.matching.matcher.options import NONE, UNIT, Ints
from services.matching.matcher.plan.gathering import Gathered, Way, by_person
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import Reason
from services.matching.matcher.requirements.status import State
from services.matching.matcher.world import World

WORST_OFF = "WORST_OFF_TENTH"
SECONDS = 3.0
"""Of each search for whole people; somebody waits for the answer, and what is not proved by then is said."""
Groups = Callable[[Person], Mapping[str, str]]


class Fate(Enum):
    """What the plan says of somebody, with the sentence about it."""

    BEST = Text("Ini pilihan terbaik orang ini.", "This is the best option of this person.")
    ANOTHER = Text(
        "Pilihan terbaik orang ini penuh: di rencana ini tempatnya untuk orang lain. Tempat tambahan di sana dapat "
        "mengubahnya.",
        "The best option of this person is full: in this plan its places go to others. More places there could change "
        "that.",
    )
    FULL = Text(
        "Semua pilihan orang ini penuh: di rencana ini tempatnya untuk orang lain. Tempat tambahan di salah satunya "
        "dapat mengubahnya.",
        "All options of this person are full: in this plan their places go to others. More places at one of them could "
        "change that.",
    )
    RESERVED = Text(
        "Satu tempat sudah dipesan untuk orang ini; tempat itu tetap.",
        "A place is already reserved for this person; it stays.",
    )
    DATA_NEEDED = Text(
        "Terlalu sedikit yang diketahui tentang orang ini untuk merencanakan. "
        "Buka rekomendasi orang ini: di sana ada yang perlu dicatat.",
        "Too little is known of this person to plan anything. "
        "Open this person's recommendation: it says what to record.",
    )
    NO_OPTION = Text(
        "Hari ini tidak ada lowongan yang terbuka, juga tidak sesudah satu kursus. "
        "Buka rekomendasi orang ini: di sana ada syarat yang kurang dan jalannya.",
        "No order is open today, nor after one course. "
        "Open this person's recommendation: it shows what is missing and the way there.",
    )


@dataclass(frozen=True, slots=True)
class Option:
    """One option in the plan. `full`: which of its places are all given (`SLOTS`, `SEATS`, `PERMIT`: those of a permit
    that several orders share).

    `price`: expected placements that one more of its places would add for all; 0 where some are left over."""

    way: Way
    full: tuple[str, ...]
    price: float


@dataclass(frozen=True, slots=True)
class Line:
    """One person. `given`: what they would get. `reasons`: why it fits. `next`: the best of their other options.

    `best`: their most valuable option, where it is not the one they get: its places would have to be more."""

    person: str
    fate: Fate
    given: Option | None
    reasons: tuple[Reason, ...]
    next: Option | None
    best: Option | None


def floors_for(gathered: Gathered, groups: Groups, *, worst: float | None, island: float | None) -> list[Floor]:
    """The floor of the worst-off tenth and one of each island, each a share (0..1) of what they could get alone.

    People whose island is not known are no island: a promise to them would be one to missing records."""
    people = gathered.people
    floors = [] if worst is None else [Floor(WORST_OFF, worst_off(gathered.options, len(people)), worst)]
    if island is not None:
        homes = [groups(person)["island"] for person in people]
        for name in sorted(ISLANDS.intersection(homes)):
            floors.append(Floor(name, np.array([home == name for home in homes], dtype=bool), island))
    return floors


def propose(gathered: Gathered, floors: list[Floor], seconds: float = SECONDS) -> Allocation:
    """The best plan under the floors. Raises: NotSolved."""
    return allocate(gathered.options, gathered.places, floors, seconds=seconds)


def lines(gathered: Gathered, plan: Allocation, world: World, ranking: Ranking, day: date) -> list[Line]:
    """What the plan says of each person, in order of id."""
    options, places = gathered.options, gathered.places
    slots, seats, permits = used(gathered, plan.option)
    permit_of = places.permits_of(options.order)
    mine = by_person(gathered)

    def option(row: int) -> Option:
        order, batch = int(options.order[row]), int(options.batch[row])
        permit = int(permit_of[row])
        full = (
            ("SLOTS", order, slots, places.slots),
            ("SEATS", batch, seats, places.seats),
            ("PERMIT", permit, permits, places.permits),
        )
        price = sum(
            float(prices[at]) for prices, at in ((plan.slot_prices, order), (plan.seat_prices, batch)) if at != NONE
        )
        return Option(
            gathered.ways[row],
            tuple(name for name, at, taken, all_ in full if at != NONE and taken[at] >= all_[at]),
            price / UNIT,
        )

    def line(at: int, person: Person) -> Line:
        rows, given = mine.get(at, []), int(plan.option[at])
        if not rows:
            return Line(person.id, _without(person, day), None, (), None, None)
        others = [row for row in rows if row != given]
        bettered = given == NONE or options.value[rows[0]] > options.value[given]
        fate = Fate.FULL if given == NONE else Fate.ANOTHER if bettered else Fate.BEST
        return Line(
            person=person.id,
            fate=fate,
            given=None if given == NONE else option(given),
            reasons=() if given == NONE else _why(person, gathered.ways[given], world, ranking),
            next=option(others[0]) if others else None,
            best=option(rows[0]) if bettered else None,
        )

    return [line(at, person) for at, person in enumerate(gathered.people)]


def _without(person: Person, day: date) -> Fate:
    """Why somebody has no option."""
    if person.holds:
        return Fate.RESERVED
    before = first_of_all(person, day)
    return Fate.DATA_NEEDED if before is not None and before.state is State.DATA_NEEDED else Fate.NO_OPTION


def used(gathered: Gathered, given: Ints) -> tuple[Ints, Ints, Ints]:
    """(slots of each order, seats of each batch, slots of each shared permit) that a plan takes; `given` an option or
    NONE a person."""
    rows = given[given != NONE]
    orders, batches = gathered.options.order[rows], gathered.options.batch[rows]
    permits = gathered.places.permits_of(orders)
    return (
        np.bincount(orders[orders != NONE], minlength=len(gathered.orders)),
        np.bincount(batches[batches != NONE], minlength=len(gathered.batches)),
        np.bincount(permits[permits != NONE], minlength=len(gathered.places.permits)),
    )


def _why(person: Person, way: Way, world: World, ranking: Ranking) -> tuple[Reason, ...]:
    (row,) = ranking.orders(person, [world.orders[way.order]], {way.order: way.gap}, shown=1)
    return row.reasons
