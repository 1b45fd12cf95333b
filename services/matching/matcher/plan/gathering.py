"""What each person could be given: orders open to them now, and seats with the order that the course alone opens.

The law says what is an option and the served ranking only what it is worth: an option has the chance and the worth that
the person's own answer shows, since both ask `ranking.orders` with the same facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matching.matcher.advice.offering import gap_to, offered_to
from services.matching.matcher.advice.standing import OrderStates, nearness_of
from services.matching.matcher.advice.verdict import first_of_all
from services.matching.matcher.advice.widening import widened
from services.matching.matcher.allocation import NONE, Capacity, Options
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules.offer import slots_left
from services.matching.matcher.pathway.gains import held_after
from services.matching.matcher.pathway.outlooks import outlooks_of
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import OrderProspect
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.check import checked_once
from services.matching.matcher.whatif import may_join
from services.matching.matcher.world import World


@dataclass(frozen=True, slots=True)
class Way:
    """One option of one person. `batch` None: open now. `ready_on`: when they may apply. `chance`, `worth`: 0..1."""

    order: str
    batch: str | None
    ready_on: date
    gap: OrderProspect
    chance: float
    worth: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everybody asked for, in order of id. `ways[row]` is what row `row` of `options` means.

    `orders`, `batches`: ids by position, as `options` and `places` count them.
    """

    people: tuple[Person, ...]
    ways: tuple[Way, ...]
    orders: tuple[str, ...]
    batches: tuple[str, ...]
    options: Options
    places: Capacity


def gather(
    people: Iterable[Person], world: World, ranking: Ranking, *, day: date, known_on: date | None = None
) -> Gathered:
    """The options of all with consent, on one day. Errors: none; who has no option is there without one."""
    asked = tuple(sorted((person for person in people if person.consented), key=lambda person: person.id))
    found = [(at, way) for at, one in enumerate(asked) for way in ways_of(one, world, ranking, day, known_on)]
    ways = tuple(way for _, way in found)
    # An order whose slots nobody counts (placement by governments without a quota) takes none.
    slots = {way.order: left for way in ways if (left := slots_left(world.orders[way.order])) is not None}
    seats = {way.batch: world.batches[way.batch].seats_left for way in ways if way.batch is not None}
    orders, batches = tuple(sorted(slots)), tuple(sorted(seats))
    order_at = {id: at for at, id in enumerate(orders)}
    batch_at = {id: at for at, id in enumerate(batches)}
    return Gathered(
        people=asked,
        ways=ways,
        orders=orders,
        batches=batches,
        options=Options.of(
            [at for at, _ in found],
            [order_at.get(way.order, NONE) for way in ways],
            [NONE if way.batch is None else batch_at[way.batch] for way in ways],
            [way.chance for way in ways],
            [way.worth for way in ways],
        ),
        places=Capacity(
            len(asked),
            np.array([slots[id] for id in orders], dtype=np.int64),
            np.array([seats[id] for id in batches], dtype=np.int64),
        ),
    )


def ways_of(person: Person, world: World, ranking: Ranking, day: date, known_on: date | None = None) -> list[Way]:
    """What one person could be given. None for children, for whom hardly anything is known of, and for whom a slot is
    reserved already."""
    if first_of_all(person, day) is not None or person.holds:
        return []
    law = world.law.at(day, known_on)
    compiled = world.order_index.under(law)
    standing = OrderStates.of(person, compiled, day)
    verdict_of = checked_once(person, law, day, compiled.applied)
    question = Question(person, world, day, known_on=known_on)
    reach = outlooks_of(question)
    wider = widened(person)
    near = nearness_of(person, map(world.orders.__getitem__, standing.states), wider)
    offered = {order.id: order for order in offered_to(near, world, standing, reach.days)}
    gaps = {id: gap_to(order, standing, verdict_of, reach.days, law, day) for id, order in offered.items()}
    now = {id: gaps[id] for id in offered if standing.states[id] is State.ELIGIBLE_NOW}
    ways = list(_valued(person, ranking, offered, now, None, day))
    helping = {course for course, look in reach.courses.items() if look.orders}
    for batch, opened in _opened(question, world, helping):
        ends = world.batches[batch].ends
        assert ends is not None  # only dated batches are on offer
        later = {
            id: OrderProspect(days=(ends - day).days, wage_idr=gaps[id].wage_idr)
            for id in opened
            if id in offered and id not in now
        }
        ways += _valued(person, ranking, offered, later, batch, ends)
    return ways


def _opened(question: Question, world: World, helping: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Each batch that the person may and wishes to join, with the orders they may apply for when it is over."""
    person, offers, wishes = question.person, question.offers, question.person.wishes
    wished = offers.within(question.km, wishes.max_distance_km, wishes.boarding_ok) & question.open
    latest = question.day.toordinal() + (10**6 if wishes.ready_within_days is None else wishes.ready_within_days)
    after: dict[tuple[str, date], list[str]] = {}
    for id in sorted(offers.ids[wished & (offers.ends <= latest)].tolist()):
        batch = world.batches[id]
        course = world.courses[batch.course_id]
        if batch.starts is None or batch.ends is None or course.id not in helping:
            continue
        if not may_join(person, course, batch.starts, batch.ends):
            continue
        key = course.id, batch.ends
        if key not in after:
            trained = held_after(person, [(course, batch.ends)])
            then = OrderStates.of(trained, question.compiled_on(batch.ends), batch.ends)
            after[key] = then.of_state(State.ELIGIBLE_NOW)
        yield id, after[key]


def _valued(
    person: Person,
    ranking: Ranking,
    orders: Mapping[str, Order],
    gaps: Mapping[str, OrderProspect],
    batch: str | None,
    ready_on: date,
) -> Iterator[Way]:
    rows = ranking.orders(person, [orders[id] for id in gaps], gaps, shown=0)
    for row in sorted(rows, key=lambda row: row.id):
        yield Way(row.id, batch, ready_on, gaps[row.id], row.chance, row.worth)


def by_person(gathered: Gathered) -> dict[int, list[int]]:
    """Position of a person → rows of their options, the most valuable first, ties by row."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row in np.lexsort((np.arange(len(gathered.options)), -gathered.options.value)).tolist():
        rows[int(gathered.options.person[row])].append(row)
    return rows
