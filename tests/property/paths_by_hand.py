"""The path search as anybody would write it who has all the time in the world: every sequence, every order, every rule.

It reads the plain documents that providers and companies publish, and shares nothing with the program: the law is
spelled out a second time in `law_by_hand.py`, and here what a course leaves behind and which way is best. The tests
hold the search to it on small worlds.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from operator import attrgetter
from typing import Any

from tests.property.law_by_hand import Document, admits, in_force, may_apply, rupiah

UNKNOWN_COST = 500_000_000_000
"""Rupiah of a price that nobody said: dearer than any known one, and never free."""

FAR = 10_000
"""Kilometres of a way that nobody has measured: farther than any that is."""

ONE_DAY = timedelta(days=1)

KINDS = ("FASTEST", "NEAREST", "BEST_PAID")


@dataclass(frozen=True)
class Way:
    """One lawful way to one order; `order` and `batches` are documents."""

    batches: tuple[Any, ...]
    order: Any
    ready_on: date
    km: int
    cost: int
    wage: float

    @property
    def price(self) -> int | None:
        """What the person is told; None when one price is not known."""
        return None if self.cost >= UNKNOWN_COST else self.cost

    @property
    def ids(self) -> tuple[str, ...]:
        """The last tie-breaker: batch ids from the last step backwards."""
        return tuple(batch["id"] for batch in reversed(self.batches))

    @property
    def fastest(self) -> tuple[object, ...]:
        return (self.ready_on, self.km, self.cost, -self.wage, len(self.batches), self.ids)

    @property
    def nearest(self) -> tuple[object, ...]:
        return (self.km, self.ready_on, self.cost, -self.wage, len(self.batches), self.ids)

    @property
    def best_paid(self) -> tuple[object, ...]:
        return (-self.wage, self.ready_on, self.km, self.cost, len(self.batches), self.ids)


@dataclass(frozen=True)
class Shown:
    """One path of an answer. `instead`: the best of its kind is shown already, and this one leads elsewhere."""

    way: Way
    opens: set[str]
    instead: bool


@dataclass(frozen=True, kw_only=True)
class Documents:
    """A small world, in the words of the events. `km`: kilometres between two regencies, in either order."""

    person: Document
    courses: Sequence[Document]
    batches: Sequence[Document]
    orders: Sequence[Document]
    quotas: Sequence[Document]
    policies: Sequence[Document]
    km: Mapping[tuple[str, str], int]
    day: date


class ByHand:
    def __init__(self, world: Documents) -> None:
        self.world, self.person, self.day = world, world.person, world.day
        self.courses = {course["id"]: course for course in world.courses}
        self.quotas = {quota["id"]: quota for quota in world.quotas}
        self.batches = [batch for batch in world.batches if self.usable(batch)]
        self._eligible: dict[tuple[frozenset[str], str, date, bool], bool] = {}

    def ways(self, but: Collection[str] = ()) -> list[Way]:
        """Every way that keeps the person's wishes; where none does, every way. `but`: orders that are left aside."""
        found = [way for way in self.all_ways() if way.order["id"] not in but]
        return [way for way in found if self.as_wished(way)] or found

    def shown(self) -> dict[str, Shown]:
        """The best way of each kind. What is one and the same journey is shown once, under the first kind.

        In its place stands the fastest way to orders that none of the paths shown so far opens, if it is another one,
        else the fastest by none of the batches shown so far.
        """
        ways, shown = self.ways(), dict[str, Shown]()
        if not ways:
            return shown
        for kind in KINDS:
            best = min(ways, key=attrgetter(kind.lower()))
            if all(best.ids != other.way.ids for other in shown.values()):
                shown[kind] = Shown(best, self.opened_by(best), instead=False)
        for kind in [kind for kind in KINDS if kind not in shown]:
            open_already = set[str]().union(*(one.opens for one in shown.values()))
            elsewhere = min(self.ways(but=open_already), key=attrgetter("fastest"), default=None)
            if elsewhere is not None and all(elsewhere.ids != other.way.ids for other in shown.values()):
                shown[kind] = Shown(elsewhere, self.opened_by(elsewhere) - open_already, instead=True)
                continue
            taken = set[str]().union(*(other.way.ids for other in shown.values()))
            apart = [way for way in self.all_ways() if taken.isdisjoint(way.ids)]
            apart = [way for way in apart if self.as_wished(way)] or apart
            otherwise = min(apart, key=attrgetter("fastest"), default=None)
            if otherwise is not None and all(otherwise.ids != other.way.ids for other in shown.values()):
                shown[kind] = Shown(otherwise, self.opened_by(otherwise), instead=True)
        return shown

    def all_ways(self) -> Iterator[Way]:
        wanted = [order for order in self.world.orders if not self.eligible((), order, self.day)]
        for taken in self.sequences():
            for order in wanted:
                ready_on = self.ready_on(taken, order)
                if ready_on is not None and not self.has_needless(taken, order, ready_on):
                    yield self.way(taken, order, ready_on)

    def usable(self, batch: Document) -> bool:
        """Open, a seat left, still to begin, its course approved, accredited and run by a licensed provider then."""
        course = self.courses.get(batch["course_id"])
        if course is None:
            return False
        starts, closes = date.fromisoformat(batch["starts"]), batch["closes"]
        accredited, provider = course["accreditation"], course["provider"]
        return (
            batch["status"] == "OPEN"
            and batch["seats"] > batch["taken"]
            and starts > self.day
            and (closes is None or date.fromisoformat(closes) >= self.day)
            and course["status"] == "ACTIVE"
            and course["review"] == "APPROVED"
            and accredited is not None
            and accredited["from"] <= batch["starts"] <= (accredited["until"] or "9999")
            and provider["active"]
            and batch["starts"] <= (provider["licence_until"] or "9999")
            and all(self.is_free(starts + n * ONE_DAY) for n in range((_ends(batch) - starts).days + 1))
        )

    def is_free(self, day: date) -> bool:
        free = self.person["wishes"].get("available")
        on = day.isoformat()
        return not free or any(span["from"] <= on <= (span["until"] or "9999") for span in free)

    def sequences(self) -> Iterator[tuple[Document, ...]]:
        """At most four batches one after the other, of different courses, each door open on its first day."""
        ordered = sorted(self.batches, key=lambda batch: (batch["starts"], batch["id"]))
        for length in range(5):
            for taken in combinations(ordered, length):
                if self.feasible(taken):
                    yield taken

    def feasible(self, taken: tuple[Document, ...]) -> bool:
        apart = all(one["ends"] < other["starts"] for one, other in zip(taken, taken[1:], strict=False))
        different = len({batch["course_id"] for batch in taken}) == len(taken)
        return apart and different and all(self.admitted(taken[:at], batch) for at, batch in enumerate(taken))

    def admitted(self, before: tuple[Document, ...], batch: Document) -> bool:
        asked = self.courses[batch["course_id"]]["prerequisites"]
        return admits(asked, self.after(before), date.fromisoformat(batch["starts"]))

    def ready_on(self, taken: tuple[Document, ...], order: Document) -> date | None:
        """The last day of the last batch, or else the first later birthday which is what the person waited for."""
        last = _ends(taken[-1]) if taken else None
        if last is not None and self.eligible(taken, order, last):
            return last
        for day in self.birthdays():
            waited = day > (last or self.day) and not self.eligible(taken, order, day - ONE_DAY)
            if waited and self.eligible(taken, order, day) and not self.eligible(taken, order, day, younger=True):
                return day
        return None

    def has_needless(self, taken: tuple[Document, ...], order: Document, ready_on: date) -> bool:
        """Nobody is sent to a course without which the order is open to them on the same day."""
        shorter = (taken[:at] + taken[at + 1 :] for at in range(len(taken)))
        return any(self.feasible(rest) and self.eligible(rest, order, ready_on) for rest in shorter)

    def birthdays(self) -> list[date]:
        """Every birthday to come; who is born on 29 February has it on 1 March."""
        if self.person["birth_date"] is None:
            return []
        born = date.fromisoformat(self.person["birth_date"])
        month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
        return [date(year, month, of_month) for year in range(self.day.year, born.year + 70)]

    def eligible(self, taken: tuple[Document, ...], order: Document, day: date, *, younger: bool = False) -> bool:
        """May the person apply, having taken these courses? `younger`: as if born two days later.

        Two, because 29 February and 1 March have the same birthday.
        """
        key = (frozenset(batch["id"] for batch in taken), order["id"], day, younger)
        if key not in self._eligible:
            person = self.after(taken)
            if younger:
                born = date.fromisoformat(person["birth_date"]) + 2 * ONE_DAY
                person = {**person, "birth_date": born.isoformat()}
            quota = self.quotas.get(order["id"])
            self._eligible[key] = may_apply(person, order, quota, self.world.policies, day)
        return self._eligible[key]

    def opened_by(self, way: Way) -> set[str]:
        """The orders that are open after the way, were not today, and would not be then without it."""
        last = _ends(way.batches[-1]) if way.batches else None
        without_on = way.ready_on if last == way.ready_on else way.ready_on - ONE_DAY
        return {
            order["id"]
            for order in self.world.orders
            if self.eligible(way.batches, order, way.ready_on)
            and not self.eligible((), order, self.day)
            and not self.eligible((), order, without_on)
        }

    def after(self, taken: tuple[Document, ...]) -> Document:
        """The person with what these courses gave, each on its last day."""
        certificates = list(self.person["certificates"])
        languages, hours = list(self.person["languages"]), list(self.person["training_hours"])
        for batch in taken:
            course, ends = self.courses[batch["course_id"]], _ends(batch)
            given = course["certificate"]
            if given is not None:
                months = 36 if given["valid_months"] is None else given["valid_months"]
                until = months_after(ends, months).isoformat()
                dated = {"valid_from": batch["ends"], "valid_until": until}
                certificates.append({"kind": given["kind"], "scheme": given["scheme"], **dated})
            languages += course["languages"]
            hours += course["hours_for"]
        return {**self.person, "certificates": certificates, "languages": languages, "training_hours": hours}

    def as_wished(self, way: Way) -> bool:
        """Within the distance, the time and the boarding that the person wishes."""
        wishes = self.person["wishes"]
        far, days = wishes.get("max_distance_km"), wishes.get("ready_within_days")
        return (
            (far is None or all(self.km(batch) <= far for batch in way.batches))
            and (days is None or way.ready_on <= self.day + days * ONE_DAY)
            and (wishes.get("boarding_ok") is not False or not any(self.boards(batch) for batch in way.batches))
        )

    def boards(self, batch: Document) -> bool:
        return bool(self.courses[batch["course_id"]]["boarding"])

    def km(self, batch: Document) -> int:
        home, place = self.person["home_regency"], batch["regency"]
        if place is None:
            return 0 if self.courses[batch["course_id"]]["mode"] == "ONLINE" else FAR
        if home == place:
            return 0
        return self.world.km.get((home, place), self.world.km.get((place, home), FAR))

    def way(self, taken: tuple[Document, ...], order: Document, ready_on: date) -> Way:
        prices = [self.courses[batch["course_id"]]["cost_to_trainee"] for batch in taken]
        wage = self.pay(order, ready_on)
        return Way(
            batches=taken,
            order=order,
            ready_on=ready_on,
            km=sum(map(self.km, taken)),
            cost=sum(UNKNOWN_COST if price is None else price["amount"] for price in prices),
            wage=wage,
        )

    def pay(self, order: Document, day: date) -> float:
        """Rupiah; of the only currency without a rate a trifle above -1, which is what cannot be compared at all."""
        law = list(in_force(self.world.policies, day))
        known = rupiah(order["wage"], law)
        if known is not None:
            return known
        paid = [one["wage"] for one in self.world.orders if one["wage"] is not None]
        unrated = {wage["currency"] for wage in paid if rupiah(wage, law) is None}
        alone = order["wage"] is not None and len(unrated) == 1
        return -1.0 + order["wage"]["amount"] / 1e12 if alone else -1.0


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(day.year + year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _ends(batch: Document) -> date:
    return date.fromisoformat(batch["ends"])
