"""What each person could be given: orders open to them now, and seats with the order that the course alone opens.

The law says what is an option and the served ranking only what it is worth: an option has the chance and the worth that
the person's own answer shows, since both ask `ranking.orders` with the same facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import first_of_all
from services.matching.matcher.alike import Alike, Remembered
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.law.rules.offer import slots_left
from services.matching.matcher.options import NONE, Capacity, Ints, Options
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.pathway.aims import open_rows
from services.matching.matcher.pathway.outlooks import outlooks_of
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.teaching import held_after
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import OrderProspect
from services.matching.matcher.requirements.status import State, Status
from services.matching.matcher.what_if import may_join
from services.matching.matcher.world import World

TOGETHER = 200
"""People whose options are valued together."""
OPTIONS_TOGETHER = 200_000
"""Options that are looked at at once, a kilobyte each; from so many on, the next people wait until these are cut."""
MOST_EACH = 1_000
"""Options of one person that are weighed: the most valuable, ties by order. NTT has fewer; a country may have more."""
GIVEN_BY_COURSES = ("certificates", "languages", "training_hours")
"""The facets of a person that :func:`held_after` changes."""


@dataclass(frozen=True, slots=True)
class Way:
    """One option of one person. `batch` None: open now. `ready_on`: when they may apply. `chance`, `worth`: 0..1."""

    order: str
    batch: str | None
    ready_on: date
    gap: OrderProspect
    chance: float
    worth: float
    order_version: int = 0


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
    asked = sorted((person for person in people if person.consented), key=lambda person: person.id)
    ways = Ways(world, ranking, day=day, known_on=known_on)
    groups = (asked[start : start + TOGETHER] for start in range(0, len(asked), TOGETHER))
    return put_together(asked, [found for group in groups for found in ways.of(group)], world)


def put_together(people: Sequence[Person], ways_of: Sequence[Sequence[Way]], world: World) -> Gathered:
    """One plan's question from the ways of each of `people`, who stand in order of id."""
    ways = tuple(way for mine in ways_of for way in mine)
    # An order whose slots nobody counts (placement by governments without a quota) takes none.
    slots = {id: left for id in {way.order for way in ways} if (left := slots_left(world.orders[id])) is not None}
    seats = {id: world.batches[id].seats_left for id in {way.batch for way in ways if way.batch is not None}}
    orders, batches = tuple(sorted(slots)), tuple(sorted(seats))
    permits, permit_of = _shared(orders, world)
    order_at = {id: at for at, id in enumerate(orders)}
    batch_at = {id: at for at, id in enumerate(batches)}
    return Gathered(
        people=tuple(people),
        ways=ways,
        orders=orders,
        batches=batches,
        options=Options.of(
            np.repeat(np.arange(len(people)), [len(mine) for mine in ways_of]),
            [order_at.get(way.order, NONE) for way in ways],
            [NONE if way.batch is None else batch_at[way.batch] for way in ways],
            [way.chance for way in ways],
            [way.worth for way in ways],
        ),
        places=Capacity(
            len(people),
            np.array([max(slots[id], 0) for id in orders], dtype=np.int64),
            np.array([max(seats[id], 0) for id in batches], dtype=np.int64),
            permits,
            permit_of,
        ),
    )


def _shared(orders: Sequence[str], world: World) -> tuple[Ints, Ints]:
    """(slots left of each permit, the permit of each of `orders` or NONE): a permit that several orders name is for so
    many people over all of them, though each order alone may still promise what is left of it."""
    promised: dict[str, int] = defaultdict(int)
    quotas: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for order in world.orders.values():
        if order.sip2mi is None or order.sip2mi.number is None or order.sip2mi.quota is None:
            continue
        name = names[order.id] = "".join(one for one in order.sip2mi.number.casefold() if one.isalnum())
        quotas[name].append(order.sip2mi.quota)
        if order.slots is not None:
            promised[name] += (order.slots.reserved or 0) + (order.slots.taken or 0)
    several = sorted({names[id] for id in orders if id in names and len(quotas[names[id]]) > 1})
    at = {name: place for place, name in enumerate(several)}
    left = [max(min(quotas[name]) - promised[name], 0) for name in several]
    return np.array(left, dtype=np.int64), np.array([at.get(names.get(id, ""), NONE) for id in orders], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Found:
    """One option before it is valued."""

    order: str
    batch: str | None
    ready_on: date
    days: int


class Ways:
    """What people could be given in one world on one day; asked for some hundred of them at a time."""

    def __init__(self, world: World, ranking: Ranking, *, day: date, known_on: date | None = None) -> None:
        self._world, self._ranking, self._day, self._known_on = world, ranking, day, known_on
        self._law = world.law.at(day, known_on)
        self._compiled = world.order_index.under(self._law)
        self._orders = list(world.orders.values())
        self._at = {order.id: at for at, order in enumerate(self._orders)}
        wages = {one.id: comparable(one.wage, "IDR", self._law) if one.wage else None for one in self._orders}
        self._wages = wages
        self._looks = ranking.looks(self._orders, {id: OrderProspect(wage_idr=wage) for id, wage in wages.items()})
        self._alike, self._known = Alike(world, day, known_on), Remembered[list[Way]]()
        self._taught: dict[int, tuple[CompiledOrders, list[int]]] = {}

    def of(self, people: Sequence[Person]) -> list[list[Way]]:
        """The ways of each; none for children, for whom hardly anything is known of, and for whom a slot is reserved.

        Those of one batch stand together, in order of the orders' ids."""
        keys = [self._alike.key(person) for person in people]
        return self._known.of(keys, lambda at: self._of_unlike([people[place] for place in at]))

    def _of_unlike(self, people: Sequence[Person]) -> list[list[Way]]:
        ways: list[list[Way]] = []
        waiting: list[tuple[Person, list[_Found]]] = []
        options = 0
        for person in people:
            found = self._found(person)
            waiting.append((person, found))
            options += len(found)
            if options >= OPTIONS_TOGETHER:
                ways += self._valued(waiting)
                waiting, options = [], 0
        return ways + self._valued(waiting)

    def _valued(self, found: Sequence[tuple[Person, list[_Found]]]) -> list[list[Way]]:
        """The most valuable ways of each; a value is the same whoever is valued beside it."""
        people = [person for person, _ in found]
        sizes = [len(mine) for _, mine in found]
        every = [one for _, mine in found for one in mine]
        who = np.repeat(np.arange(len(people)), sizes)
        which = np.array([self._at[one.order] for one in every], dtype=np.int64)
        if not every:
            return [[] for _ in people]
        scored = self._ranking.beside(people, self._looks, who, which, [one.days for one in every]).scored
        ways = [
            Way(
                one.order, one.batch, one.ready_on, self._gap(one), chance, worth, self._world.orders[one.order].version
            )
            for one, at, chance, worth in zip(
                every, which.tolist(), scored.chance.tolist(), scored.worth.tolist(), strict=True
            )
        ]
        ends = np.cumsum(sizes).tolist()
        return [_most_valuable(ways[end - size : end]) for end, size in zip(ends, sizes, strict=True)]

    def _gap(self, one: _Found) -> OrderProspect:
        return OrderProspect(0 if one.batch is None else None, one.days, self._wages[one.order])

    def _found(self, person: Person) -> list[_Found]:
        if first_of_all(person, self._day) is not None or person.holds:
            return []
        standing = OrderStates.of(person, self._compiled, self._day)
        question = Question(person, self._world, self._day, known_on=self._known_on)
        outlooks = outlooks_of(question)
        now = set(standing.of_state(State.ELIGIBLE_NOW))
        reached = {id for id in outlooks.days if id in standing.states}
        later = (reached | set(standing.of_state(State.ELIGIBLE_BY))) - now
        found = [_Found(id, None, self._day, 0) for id in sorted(now)]
        helping = {course for course, look in outlooks.courses.items() if look.orders}
        for batch, opened in self._opened(question, helping):
            ends = self._world.batches[batch].ends
            assert ends is not None  # only dated batches are on offer
            found += [_Found(id, batch, ends, (ends - self._day).days) for id in opened if id in later]
        return found

    def _opened(self, question: Question, helping: set[str]) -> Iterator[tuple[str, list[str]]]:
        """Each batch that the person may and wishes to join, with the orders they may apply for when it is over."""
        person, offers, wishes, world = question.person, question.offers, question.person.wishes, self._world
        wished = offers.within(question.km, wishes.max_distance_km, wishes.boarding_ok) & question.open
        latest = question.day.toordinal() + (10**6 if wishes.ready_within_days is None else wishes.ready_within_days)
        after: dict[tuple[str, date], list[str]] = {}
        trained: dict[tuple[str, int], NDArray[np.int8]] = {}
        for id in sorted(offers.ids[wished & (offers.ends <= latest)].tolist()):
            batch = world.batches[id]
            course = world.courses[batch.course_id]
            if batch.starts is None or batch.ends is None or course.id not in helping:
                continue
            if not may_join(person, course, batch.starts, batch.ends):
                continue
            key = course.id, batch.ends
            if key not in after:
                compiled, interval = question.compiled_on(batch.ends), question.timeline.interval_of(batch.ends)
                if (course.id, interval) not in trained:
                    trained[course.id, interval] = self._trained(question, compiled, course, batch.ends)
                rows = open_rows(compiled, trained[course.id, interval], batch.ends)
                after[key] = sorted(compiled.ids[row] for row in np.flatnonzero(rows).tolist())
            yield id, after[key]

    def _trained(self, question: Question, compiled: CompiledOrders, course: Course, ends: date) -> NDArray[np.int8]:
        """How far the person meets each kind of orders after the course: the same for all batches of it that end in one
        interval of the person's own days. Only what a course gives is judged anew."""
        person = held_after(question.person, [(course, ends)])
        codes = question.encoder.codes(compiled, question.timeline.interval_of(ends)).copy()
        if id(compiled) not in self._taught:
            taught = [at for at, leaf in enumerate(compiled.leaves) if leaf.FACET in GIVEN_BY_COURSES]
            self._taught[id(compiled)] = compiled, taught  # with itself, so that its `id` stays its own
        leaves = self._taught[id(compiled)][1]
        codes[leaves] = [2 if compiled.leaves[at].judge(person, ends) is Status.MET else 0 for at in leaves]
        return compiled.kind_codes(codes)


def _most_valuable(ways: list[Way]) -> list[Way]:
    if len(ways) <= MOST_EACH:
        return ways
    best = sorted(range(len(ways)), key=lambda at: (-ways[at].chance * ways[at].worth, ways[at].order, at))
    return [ways[at] for at in sorted(best[:MOST_EACH])]


def by_person(gathered: Gathered) -> dict[int, list[int]]:
    """Position of a person → rows of their options, the most valuable first, ties by row."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row in np.lexsort((np.arange(len(gathered.options)), -gathered.options.value)).tolist():
        rows[int(gathered.options.person[row])].append(row)
    return rows
