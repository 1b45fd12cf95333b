"""One question to the path search: what is worked out once for a person and a day, and shared by all its parts."""

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Batch
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import Law, LawOnDay
from services.matching.matcher.order_book.clauses import fold, weakest_of
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.aims import Aim, aims, open_rows
from services.matching.matcher.pathway.backward_search import BackwardSearch
from services.matching.matcher.pathway.batch_groups import BatchGroup, numbered
from services.matching.matcher.pathway.batch_table import BatchTable, ChangeKind
from services.matching.matcher.pathway.catalogue import Catalogue, Supply
from services.matching.matcher.pathway.entrances import Entrances
from services.matching.matcher.pathway.gaps import GapEncoder
from services.matching.matcher.pathway.timeline import NEXT, StatusTimeline
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.status import Status

Among = Callable[[Order], bool]
Grouped = tuple[list[BatchGroup], NDArray[np.int64]]
"""Groups of offers, and for every offer the number of its group."""


class SearchedWorld(Protocol):
    """What the search reads of the world."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def order_index(self) -> OrderIndex: ...

    @property
    def law(self) -> Law: ...


@dataclass(frozen=True, slots=True)
class Searched:
    """A world of its own for one question: other orders, or another law, over the same training."""

    catalogue: Catalogue
    order_index: OrderIndex
    law: Law


class Question:
    """A person, a day, and what follows from them whatever batches are taken into account.

    `known_on`: what was known of the law then; None: all that is known. `among`: only orders for which it is true.
    `supply`: the training there is, by default the catalogue's. `assumed`: asks that are taken as met although nobody
    has shown them. `closing`: False lets orders that are open today stay open. `met`: which leaves of the orders under
    today's law the person meets, for whoever asked already.
    """

    def __init__(
        self,
        person: Person,
        world: SearchedWorld,
        day: date,
        *,
        known_on: date | datetime | None = None,
        among: Among | None = None,
        supply: Supply | None = None,
        assumed: Collection[Requirement] = (),
        closing: bool = True,
        met: NDArray[np.bool_] | None = None,
    ) -> None:
        self.person, self.world, self.day, self.known_on = person, world, day, known_on
        self._among, self._closing = among, closing
        self._assumed = frozenset(assumed)
        self._eligible: dict[date, NDArray[np.bool_]] = {}
        self._wanted: dict[int, NDArray[np.bool_]] = {}
        self._groups: dict[bool, Grouped] = {}
        self._numbered: dict[tuple[object, ...], Grouped] = {}
        """By all that they depend on but the question, for questions that differ in what is assumed."""
        self._backward: dict[tuple[object, ...], tuple[object, BackwardSearch]] = {}
        """With the groups themselves, so that their `id` stays theirs."""
        self._wholes: dict[tuple[int, ...], BackwardSearch] = {}
        """Those of them among all that can be joined today, by groups and birthdays."""
        self.afterwards: dict[tuple[tuple[int, date], ...], Person] = {}
        """The person with what courses of `supply` gave them, by the `id` of each and its last day."""
        self._books: dict[date, CompiledOrders] = {}
        self._laws: dict[date, LawOnDay] = {}
        self.supply = supply or Supply.of(world.catalogue, day)
        self.offers: BatchTable = self.supply.offers
        last = date.fromordinal(int(self.offers.ends[-1])) if len(self.offers) else day + NEXT
        turning = [turn for turn in world.law.turning_days() if day < turn <= last]
        all_compiled = [self.compiled_on(turn) for turn in (day, *turning)]
        dated = dict.fromkeys(compiled.leaves[leaf] for compiled in all_compiled for leaf in compiled.dated)
        self.timeline = StatusTimeline(person, day, [*dated, *world.catalogue.dated], turning, last, assumed)
        known = None if met is None or assumed else (self.compiled_on(day), met)
        self.encoder = GapEncoder(self.timeline, self.supply.teaching, known)
        places = world.catalogue.distances.row(person.home_regency, world.catalogue.places)
        self.km: NDArray[np.int64] = places[self.offers.place]
        self.free: NDArray[np.bool_] = self.offers.during(person.wishes.available)
        """Offers on days on which the person is free."""
        self.open: NDArray[np.bool_] = self.free & (self.offers.change == ChangeKind.NONE)
        """Offers that the person can join today; `without_batches` takes some away."""
        self._today_open = self.open
        self.today = self.eligible_on(day)
        """Ids of the orders for which the person may apply today."""

    def law_on(self, day: date) -> LawOnDay:
        if day not in self._laws:
            self._laws[day] = self.world.law.at(day, self.known_on)
        return self._laws[day]

    def opens(self, order: Order, person: Person, day: date) -> bool:
        """May this person apply for the order on the day, by the rules themselves and what the question assumes?"""
        asks = self.compiled_on(day).asks_of(order.id, closing=self._closing)
        if self._assumed:
            return all(self.meets(ask, person, day) for ask in asks)
        return all(ask.judge(person, day) is Status.MET for ask in asks)

    def meets(self, ask: Requirement, person: Person, day: date) -> bool:
        if not self._assumed:
            return ask.judge(person, day) is Status.MET
        return weakest_of(fold(ask), lambda leaf: self._code(leaf, person, day)) == 2

    def _code(self, leaf: Requirement, person: Person, day: date) -> int:
        return 2 if leaf in self._assumed or leaf.judge(person, day) is Status.MET else 0

    def compiled_on(self, day: date) -> CompiledOrders:
        """The orders under the law of the day."""
        if day not in self._books:
            self._books[day] = self.world.order_index.under(self.law_on(day))
        return self._books[day]

    @cached_property
    def entrances(self) -> Entrances:
        """Which doors of courses stand open to the person on which days."""
        return Entrances(self.person, self.world.catalogue, self.timeline.interval_of)

    @cached_property
    def aims(self) -> list[Aim]:
        """Every gap that would open orders which are closed to the person today, in every interval after today."""
        found = []
        for interval in range(1, len(self.timeline)):
            compiled = self.compiled_on(self.timeline.firsts[interval])
            found += aims(compiled, self.encoder, interval, self.wanted(compiled), closing=self._closing)
        return found

    def groups_of(self, joinable: NDArray[np.bool_]) -> Grouped:
        """The groups of (at least) these offers, and for every offer the number of its group, -1 for none.

        Worked out once for all offers that can be joined today, and once for all, if others are asked for.
        """
        beyond = bool((joinable & ~self.open).any())
        if beyond not in self._groups:
            birthdays = [aim.birthday for aim in self.aims if aim.birthday is not None]
            horizon = max([*self.offers.ends[-1:].tolist(), *birthdays], default=0) - self.day.toordinal()
            key = (beyond, horizon, len(self.encoder.bits), len(self.encoder.titles))
            if key not in self._numbered:
                rows = np.arange(len(self.offers)) if beyond else np.flatnonzero(self.open)
                found = numbered(self.offers, rows, self.supply.programmes, self.encoder, horizon)
                # What is asked at the doors is in the encoder now too.
                key = (beyond, horizon, len(self.encoder.bits), len(self.encoder.titles))
                self._numbered[key] = found
            self._groups[beyond] = self._numbered[key]
        return self._groups[beyond]

    def backward_from(self, joinable: NDArray[np.bool_], waits: Sequence[int]) -> BackwardSearch:
        """The search backwards over these offers: that among all which can be joined today, which many people share,
        narrowed to them."""
        kinds = self.groups_of(joinable)
        key = (id(kinds), joinable.tobytes(), *waits)
        if key not in self._backward:
            self._backward[key] = kinds, self._whole(joinable, kinds, waits).seen_from(self.km, joinable)
        return self._backward[key][1]

    def _whole(self, joinable: NDArray[np.bool_], kinds: Grouped, waits: Sequence[int]) -> BackwardSearch:
        if (joinable & ~self._today_open).any():
            return BackwardSearch.alike({}, self.offers, joinable, kinds, waits)
        key = (id(kinds), *waits)
        if key not in self._wholes:
            self._wholes[key] = BackwardSearch.alike(self.offers.searches, self.offers, self._today_open, kinds, waits)
        return self._wholes[key]

    def among(self, among: Among) -> "Question":
        """The same question for some orders only, with everything shared that does not depend on which."""
        self.groups_of(self.open)  # what all orders ask is in the encoder now, and stands for the fewer too
        fewer = copy(self)
        fewer._among, fewer._wanted, fewer._groups = among, {}, dict(self._groups)
        fewer.__dict__.pop("aims", None)
        return fewer

    def assuming(self, asks: frozenset[Requirement]) -> "Question":
        """The same question with these asks taken as met, which no course teaches and no door asks: so batches and what
        they do for the person stay as they are."""
        changed = copy(self)
        changed._assumed = self._assumed | asks
        changed._eligible, changed._wanted, changed._groups = {}, {}, {}
        changed.timeline = self.timeline.assuming(asks)
        changed.encoder = self.encoder.reading_by(changed.timeline)
        changed.__dict__.pop("aims", None)
        changed.today = changed.eligible_on(self.day)
        return changed

    def but(self, orders: Collection[str]) -> "Question":
        """The same question without these orders."""
        before = self._among

        def among(order: Order) -> bool:
            return order.id not in orders and (before is None or before(order))

        return self.among(among)

    def batches_of(self, course_id: str) -> list[Batch]:
        """The batches of a course that the person could join, as far as days and seats go, by their first days."""
        catalogue = self.world.catalogue
        number = catalogue.number_of(catalogue.courses[course_id])
        found = [catalogue.batches[id] for id in self._open_of_course.get(number, ())]
        return sorted(found, key=lambda batch: (batch.starts or date.max, batch.id))

    @cached_property
    def _open_of_course(self) -> dict[int, list[str]]:
        """By the number of a course the ids of its batches that the person could join."""
        found: dict[int, list[str]] = {}
        for number, id in zip(self.offers.course[self.open].tolist(), self.offers.ids[self.open].tolist(), strict=True):
            found.setdefault(number, []).append(id)
        return found

    def without_batches(self, batches: Collection[str]) -> "Question":
        """The same question as if these batches could not be joined."""
        self.groups_of(self.open)
        fewer = copy(self)
        fewer.open = self.open & ~np.isin(self.offers.ids, list(batches))
        fewer.__dict__.pop("_open_of_course", None)
        return fewer

    def eligible_on(self, day: date) -> frozenset[str]:
        """The orders for which the person, without any course, may apply on this day."""
        ids = self.compiled_on(day).ids
        return frozenset(ids[row] for row in np.flatnonzero(self._eligible_rows(day)).tolist())

    def eligible_in(self, compiled: CompiledOrders, day: date) -> NDArray[np.bool_]:
        """The same as rows of compiled orders, which may be those of another day."""
        if compiled is self.compiled_on(day):
            return self._eligible_rows(day)
        rows = np.zeros(len(compiled.ids), dtype=bool)
        rows[compiled.rows_of(self.eligible_on(day))] = True
        return rows

    def _eligible_rows(self, day: date) -> NDArray[np.bool_]:
        if day not in self._eligible:
            compiled = self.compiled_on(day)
            self._eligible[day] = open_rows(compiled, self.encoder.kinds(compiled, self.timeline.interval_of(day)), day)
        return self._eligible[day]

    def open_today(self) -> list[str]:
        """Those of the orders open to the person today that this question is about."""
        orders = self.world.order_index.orders
        return [id for id in self.today if self._among is None or (id in orders and self._among(orders[id]))]

    def best_of(self, order_ids: Iterable[str]) -> str:
        """The best paid today; ties by id."""
        compiled = self.compiled_on(self.day)
        wage = compiled.columns().wage
        return min((-float(wage[compiled.rows_of((id_,))[0]]), id_) for id_ in order_ids)[1]

    def last_day(self, order_id: str, day: date) -> date:
        """Until when somebody can apply for an order that is open to them on `day`: as long as nothing else changes."""
        compiled = self.compiled_on(day)
        closes = date.fromordinal(int(compiled.columns().until[compiled.rows_of((order_id,))[0]]))
        timeline = self.timeline_around(day, closes)
        interval = timeline.interval_of(day)
        if day == self.day < closes and order_id in self.eligible_on(day + NEXT):
            interval += 1  # today is an interval of its own
        return min(closes, timeline.last_of(interval))

    def timeline_around(self, day: date, last: date) -> StatusTimeline:
        """The person's timeline up to `last`, right in the interval of `day`, which a new law ends as well.

        `timeline` ends with the last batch, and a new one may come later.
        """
        compiled = self.compiled_on(day)
        asks = [*(compiled.leaves[leaf] for leaf in compiled.dated), *self.world.catalogue.dated]
        return StatusTimeline(self.person, self.day, asks, self.world.law.turning_days(), last)

    def wanted(self, compiled: CompiledOrders) -> NDArray[np.bool_]:
        """Rows of the compiled orders that are not open to the person today, and are asked for."""
        if id(compiled) not in self._wanted:
            self._wanted[id(compiled)] = self._asked_for(compiled)
        return self._wanted[id(compiled)]

    def _asked_for(self, compiled: CompiledOrders) -> NDArray[np.bool_]:
        wanted = ~self.eligible_in(compiled, self.day)
        if not self._closing:
            wanted &= compiled.columns().closes >= self.day.toordinal()
        if self._among is not None:
            orders = self.world.order_index.orders
            asked = (id_ in orders and self._among(orders[id_]) for id_ in compiled.ids)
            wanted &= np.fromiter(asked, bool, len(compiled.ids))
        return wanted
