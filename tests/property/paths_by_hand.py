"""The path search as anybody would write it who has all the time in the world: every sequence, every order, every rule.

It shares nothing with the search but the rules themselves (`demands`, `judge`, `state_of`) and, spelled out again, what
a course leaves behind. The property tests hold the search to it on small worlds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from services.matching.matcher.eligibility import (
    Demand,
    Law,
    State,
    Status,
    age_on,
    birthday_of,
    comparable,
    demands,
    hidden,
    judge,
    state_of,
)
from services.matching.matcher.eligibility.asks import Age
from services.matching.matcher.facts import AllOf, AnyOf, Batch, Certificate, Course, Order, Person
from services.matching.matcher.pathway import Distances


@dataclass(frozen=True)
class Way:
    """One lawful way to one order."""

    batches: tuple[Batch, ...]
    order: Order
    ready_on: date
    km: int
    cost: int
    wage: float

    @property
    def ids(self) -> tuple[str, ...]:
        """The last tie-breaker: batch ids from the last step backwards."""
        return tuple(batch.id for batch in reversed(self.batches))

    @property
    def fastest(self) -> tuple[object, ...]:
        return (self.ready_on, self.km, self.cost, -self.wage, len(self.batches), self.ids)

    @property
    def nearest(self) -> tuple[object, ...]:
        return (self.km, self.ready_on, self.cost, -self.wage, len(self.batches), self.ids)

    @property
    def best_paid(self) -> tuple[object, ...]:
        return (-self.wage, self.ready_on, self.km, self.cost, len(self.batches), self.ids)


class ByHand:
    def __init__(
        self,
        *,
        person: Person,
        courses: Iterable[Course],
        batches: Iterable[Batch],
        orders: Iterable[Order],
        law: Law,
        distances: Distances,
        day: date,
    ) -> None:
        self.person, self.law, self.distances, self.day = person, law, distances, day
        self.courses = {course.id: course for course in courses}
        self.batches = [batch for batch in batches if self.usable(batch)]
        self.orders = list(orders)
        self._turning = law.turning_days()
        self._demands: dict[tuple[str, int], tuple[Demand, ...]] = {}
        self._eligible: dict[tuple[frozenset[str], str, date], bool] = {}

    def ways(self) -> Iterator[Way]:
        wanted = [order for order in self.orders if not self.eligible((), order, self.day)]
        for taken in self.sequences():
            for order in wanted:
                ready_on = self.ready_on(taken, order)
                if ready_on is not None and not self.has_needless(taken, order, ready_on):
                    yield self.way(taken, order, ready_on)

    def usable(self, batch: Batch) -> bool:
        course = self.courses.get(batch.course_id)
        if course is None or batch.starts is None or batch.ends is None:
            return False
        free = self.person.wishes.available
        days = [batch.starts + timedelta(days=n) for n in range((batch.ends - batch.starts).days + 1)]
        return (
            batch.status == "OPEN"
            and batch.seats_left > 0
            and batch.starts > self.day
            and batch.ends >= batch.starts
            and (batch.closes is None or batch.closes >= self.day)
            and course.status == "ACTIVE"
            and course.review == "APPROVED"
            and course.accreditation is not None
            and course.accreditation.holds_on(batch.starts)
            and course.provider.active is True
            and (course.provider.licence_until is None or course.provider.licence_until >= batch.starts)
            and (not free or all(any(p.from_ <= d and (p.until is None or d <= p.until) for p in free) for d in days))
        )

    def sequences(self) -> Iterator[tuple[Batch, ...]]:
        """At most four batches one after the other, of different courses, each door open on its first day."""
        ordered = sorted(self.batches, key=lambda batch: (batch.starts, batch.id))
        for length in range(5):
            for taken in combinations(ordered, length):
                if self.feasible(taken):
                    yield taken

    def feasible(self, taken: tuple[Batch, ...]) -> bool:
        apart = all(one.ends < other.starts for one, other in zip(taken, taken[1:], strict=False))  # type: ignore[operator]
        different = len({batch.course_id for batch in taken}) == len(taken)
        return apart and different and all(self.admitted(taken[:at], batch) for at, batch in enumerate(taken))

    def admitted(self, before: tuple[Batch, ...], batch: Batch) -> bool:
        assert batch.starts is not None
        return judge(self.courses[batch.course_id].prerequisites, self.after(before), batch.starts) is Status.MET

    def ready_on(self, taken: tuple[Batch, ...], order: Order) -> date | None:
        """The last day of the last batch, or else the first later birthday that makes all rules met."""
        last = taken[-1].ends if taken else None
        if last is not None and self.eligible(taken, order, last):
            return last
        for day in self.birthdays(order):
            eve = day - timedelta(days=1)
            if day > (last or self.day) and self.eligible(taken, order, day) and not self.eligible(taken, order, eve):
                return day
        return None

    def birthdays(self, order: Order) -> list[date]:
        """Every birthday that a rule about this order asks for on that very day."""
        born = self.person.birth_date
        if born is None:
            return []
        days = [birthday_of(born, age) for age in range(80)]
        return [
            day for day in days if day is not None and day > self.day and age_on(born, day) in self.ages(order, day)
        ]

    def ages(self, order: Order, day: date) -> set[int | None]:
        todo = [demand.ask for demand in self.demands(order, day)]
        found = set()
        while todo:
            ask = todo.pop()
            if isinstance(ask, AllOf | AnyOf):
                todo += ask.parts
            elif isinstance(ask, Age):
                found.add(ask.min)
        return found

    def has_needless(self, taken: tuple[Batch, ...], order: Order, ready_on: date) -> bool:
        shorter = (taken[:at] + taken[at + 1 :] for at in range(len(taken)))
        return any(self.feasible(rest) and self.eligible(rest, order, ready_on) for rest in shorter)

    def eligible(self, taken: tuple[Batch, ...], order: Order, day: date) -> bool:
        """Would the readable form of the rules say ELIGIBLE_NOW? Without its sentences, which take most of its time."""
        key = (frozenset(batch.id for batch in taken), order.id, day)
        if key not in self._eligible:
            demanded = self.demands(order, day)
            state = state_of(demanded, self.after(taken), day)
            self._eligible[key] = state is State.ELIGIBLE_NOW and hidden(order, demanded) is None
        return self._eligible[key]

    def demands(self, order: Order, day: date) -> tuple[Demand, ...]:
        """Binding demands of the law of the day; the law of the small worlds turns on few days."""
        turned = sum(turn <= day for turn in self._turning)
        key = (order.id, turned)
        if key not in self._demands:
            self._demands[key] = tuple(demand for demand in demands(order, self.law.at(day)) if demand.binding)
        return self._demands[key]

    def opened_by(self, way: Way) -> set[str]:
        """The orders that are open after the way, were not today, and would not be then without it."""
        last = way.batches[-1].ends if way.batches else None
        without_on = way.ready_on if last == way.ready_on else way.ready_on - timedelta(days=1)
        return {
            order.id
            for order in self.orders
            if self.eligible(way.batches, order, way.ready_on)
            and not self.eligible((), order, self.day)
            and not self.eligible((), order, without_on)
        }

    def after(self, taken: tuple[Batch, ...]) -> Person:
        person = self.person
        for batch in taken:
            course = self.courses[batch.course_id]
            assert batch.ends is not None
            certificates = person.certificates
            if course.certificate is not None:
                given = course.certificate
                until = months_after(batch.ends, 36 if given.valid_months is None else given.valid_months)
                certificates += (Certificate(given.kind, given.scheme, None, batch.ends, until),)
            person = replace(
                person,
                certificates=certificates,
                languages=person.languages + course.languages,
                training_hours=person.training_hours + course.hours_for,
            )
        return person

    def way(self, taken: tuple[Batch, ...], order: Order, ready_on: date) -> Way:
        km = [self.distances.km(self.person.home_regency, batch.regency) for batch in taken]
        prices = [self.courses[batch.course_id].cost_to_trainee for batch in taken]
        wage = None if order.wage is None else comparable(order.wage, "IDR", self.law.at(ready_on))
        return Way(
            batches=taken,
            order=order,
            ready_on=ready_on,
            km=sum(10_000 if way is None else way for way in km),
            cost=sum(0 if price is None else round(price.amount) for price in prices),
            wage=-1.0 if wage is None else wage,
        )


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(day.year + year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
