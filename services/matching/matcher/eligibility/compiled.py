"""The demands of all orders under one law, boiled down for the vectorised form.

Asks are interned, so that a thousand orders which ask the same are answered once. Orders differ most in the day until
which a birthday would still help; so an age is asked without that day, as if waiting always helped, and the orders for
which a person's birthday comes too late are struck out afterwards.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility.asks import Age, Ask, Consent, Fixed, Within
from services.matching.matcher.eligibility.check import hidden
from services.matching.matcher.eligibility.columns.columns import Columns
from services.matching.matcher.eligibility.demands import Demand
from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.eligibility.people import NO_DAY, number_of_day
from services.matching.matcher.eligibility.rules import demands
from services.matching.matcher.eligibility.status import Stage, Status
from services.matching.matcher.eligibility.verdict import Hidden
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.trees import AllOf

Bytes = npt.NDArray[np.int8]
Places = npt.NDArray[np.intp]

FIRST_DAY, LAST_DAY = number_of_day(date.min), number_of_day(date.max)

TIDY_AFTER = 1000
"""Asks that may have been added before those that nobody asks any more are dropped."""


@dataclass(frozen=True, slots=True)
class Boiled:
    """One order: the asks that need a person (places in `Compiled.asks`), and what needs none: a window of days.

    Outside the window, or with `open` false, nobody can apply. `waits`: (age, last day on which reaching it helps).
    """

    asks: tuple[int, ...]
    waits: tuple[tuple[int, int], ...]
    open: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Flat:
    """All orders side by side: their asks in one row, where each order's begin, and the windows."""

    places: Places
    starts: Places
    open: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    waiting: Places
    """The order of each wait, its age and its last day."""
    ages: npt.NDArray[np.int64]
    waits: npt.NDArray[np.int64]


@dataclass(slots=True)
class Compiled:
    """`demands[id]` as the rules gave them, `hidden[id]` where nobody is shown the order, `asks` of all orders."""

    law: LawOnDay
    demands: dict[str, tuple[Demand, ...]] = field(default_factory=dict)
    hidden: dict[str, Hidden] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    _places: dict[Ask, int] = field(default_factory=dict)
    _boiled: dict[str, Boiled] = field(default_factory=dict)
    _flat: Flat | None = None
    _tidy_at: int = TIDY_AFTER

    def upsert(self, order: Order) -> None:
        demanded = demands(order, self.law)
        self.demands[order.id] = demanded
        self.hidden.pop(order.id, None)
        if reason := hidden(order, demanded):
            self.hidden[order.id] = reason
        self._boiled[order.id] = self._boil(demanded)
        self._flat = None
        if len(self.asks) > self._tidy_at:
            self._tidy()

    def remove(self, order_id: str) -> None:
        self.demands.pop(order_id, None)
        self.hidden.pop(order_id, None)
        self._boiled.pop(order_id, None)
        self._flat = None

    def differs(self, other: "Compiled", order_id: str, day: date) -> bool:
        """Could this order be answered differently here and there, for anybody? Both must know the order."""
        return self._asked(order_id, day) != other._asked(order_id, day)

    def open_on(self, day: date) -> npt.NDArray[np.bool_]:
        """Which orders could be applied for on the day, as far as the order and the law decide it alone."""
        flat, number = self._flatten(), number_of_day(day)
        return flat.open & (flat.first <= number) & (number <= flat.last)

    def least(self, answers: Bytes, birth: int, day: date) -> Bytes:
        """The least answer of each order's asks, for one person born on `birth`: `answers` has one number an ask."""
        flat = self._flatten()
        if not flat.starts.size:
            return np.zeros(0, dtype=np.int8)
        padded = np.append(answers, np.int8(Status.MET))
        least = np.where(self.open_on(day), np.minimum.reduceat(padded[flat.places], flat.starts), np.int8(0))
        if birth != NO_DAY:
            birthdays = birth + flat.ages * 10_000
            least[flat.waiting[(birthdays > number_of_day(day)) & (birthdays > flat.waits)]] = 0
        return least

    def least_of_many(self, answers: Bytes, columns: Columns, day: date, out: Bytes) -> None:
        """The same for many people at once: `answers` is (asks, people), `out` is (orders, people)."""
        done: dict[tuple[int, ...], int] = {}
        for row, (boiled, is_open) in enumerate(zip(self._boiled.values(), self.open_on(day).tolist(), strict=True)):
            least = out[row]
            if not is_open:
                least[:] = 0
                continue
            same = done.get(boiled.asks)
            if same is not None:
                least[:] = out[same]
            else:
                least[:] = answers[boiled.asks[0]] if boiled.asks else Status.MET
                for place in boiled.asks[1:]:
                    np.minimum(least, answers[place], out=least)
            if not boiled.waits:
                done.setdefault(boiled.asks, row)
            for age, last in boiled.waits:
                least[columns.too_late(age, last)] = 0

    def _asked(self, order_id: str, day: date) -> object:
        """What the order asks of people on the day; None when nobody can apply."""
        boiled = self._boiled[order_id]
        if not boiled.open or not boiled.first <= number_of_day(day) <= boiled.last:
            return None
        return frozenset(self.asks[place] for place in boiled.asks), boiled.waits

    def _boil(self, demanded: tuple[Demand, ...]) -> Boiled:
        places, waits, is_open, first, last = set(), set(), True, FIRST_DAY, LAST_DAY
        for demand in demanded:
            if demand.stage is not Stage.APPLY or not demand.binding:
                continue
            for ask in demand.ask.parts if isinstance(demand.ask, AllOf) else (demand.ask,):
                if isinstance(ask, Fixed):
                    is_open = is_open and ask.status is Status.MET
                elif isinstance(ask, Within):
                    first = max(first, FIRST_DAY if ask.first is None else number_of_day(ask.first))
                    last = min(last, LAST_DAY if ask.last is None else number_of_day(ask.last))
                elif isinstance(ask, Age) and ask.min is not None and ask.wait_until is not None:
                    waits.add((ask.min, number_of_day(ask.wait_until)))
                    places.add(self._place(replace(ask, wait_until=date.max)))
                elif not isinstance(ask, Consent):  # settled for a person whatever the order: `table.override`
                    places.add(self._place(ask))
        return Boiled(tuple(sorted(places)), tuple(sorted(waits)), is_open, first, last)

    def _place(self, ask: Ask) -> int:
        place = self._places.setdefault(ask, len(self.asks))
        if place == len(self.asks):
            self.asks.append(ask)
        return place

    def _tidy(self) -> None:
        """Intern anew, so that the asks of orders long gone are no longer answered."""
        self.asks.clear()
        self._places.clear()
        self._boiled = {order_id: self._boil(demanded) for order_id, demanded in self.demands.items()}
        self._tidy_at = 2 * len(self.asks) + TIDY_AFTER

    def _flatten(self) -> Flat:
        """An order that asks nothing of the person gets one ask that is always met."""
        if self._flat is None:
            rows = list(self._boiled.values())
            lists = [row.asks or (len(self.asks),) for row in rows]
            sizes = np.fromiter((len(places) for places in lists), np.intp, len(lists))
            self._flat = Flat(
                places=np.fromiter((place for places in lists for place in places), np.intp, int(sizes.sum())),
                starts=np.cumsum(sizes) - sizes,
                open=np.fromiter((row.open for row in rows), np.bool_, len(rows)),
                first=np.fromiter((row.first for row in rows), np.int32, len(rows)),
                last=np.fromiter((row.last for row in rows), np.int32, len(rows)),
                waiting=np.array([place for place, row in enumerate(rows) for _ in row.waits], dtype=np.intp),
                ages=np.array([age for row in rows for age, _ in row.waits], dtype=np.int64),
                waits=np.array([last for row in rows for _, last in row.waits], dtype=np.int64),
            )
        return self._flat
