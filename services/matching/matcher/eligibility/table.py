"""All people × all orders: what the whole registry may apply for, kept while orders and laws change one by one.

For every order the demands are interned: a thousand orders that ask the same share one column. What the order and the
law decide alone shrinks to one number and two days. A pair's state is then the least `reach` over its asks.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.columns.columns import Columns
from services.matching.matcher.eligibility.compiled import Compiled
from services.matching.matcher.eligibility.demands import Demand
from services.matching.matcher.eligibility.judge.judging import reach
from services.matching.matcher.eligibility.law import Law, LawOnDay
from services.matching.matcher.eligibility.people import People, birth_number
from services.matching.matcher.eligibility.rules.person import STATUTORY_AGE
from services.matching.matcher.eligibility.status import STATE_CODES, State, Status
from services.matching.matcher.eligibility.verdict import Hidden
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person

States = npt.NDArray[np.int8]
Known = date | datetime | None

BLOCK = 8192
"""People evaluated at a time: the columns of a few hundred asks then stay in the processor's cache."""

REMEMBERED_LAWS = 4
"""Laws kept compiled: today's, a draft's, and a past one or two that somebody is looking at."""

NO_PATH, ELIGIBLE_NOW = STATE_CODES.index(State.NO_PATH), STATE_CODES.index(State.ELIGIBLE_NOW)
TRAINING_ONLY, CONSENT_NEEDED = STATE_CODES.index(State.TRAINING_ONLY), STATE_CODES.index(State.CONSENT_NEEDED)


class Table:
    """Orders under a law, ready for many people or for one.

    States are numbers: places in `STATE_CODES`. Results follow `ids`, the orders in the order in which they came. Equal
    to `check` on every pair, which tells the reasons and is far slower.
    """

    def __init__(self, law: Law, orders: Iterable[Order] = ()) -> None:
        self.law = law
        self._orders: dict[str, Order] = {}
        self._compiled: dict[tuple[str, ...], Compiled] = {}
        self.upsert(*orders)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._orders)

    def __len__(self) -> int:
        return len(self._orders)

    def order(self, order_id: str) -> Order | None:
        return self._orders.get(order_id)

    def upsert(self, *orders: Order) -> None:
        """New or changed orders; only their own rows are made anew."""
        for order in orders:
            self._orders[order.id] = order
            for compiled in self._compiled.values():
                compiled.upsert(order)

    def remove(self, order_id: str) -> None:
        if self._orders.pop(order_id, None) is not None:
            for compiled in self._compiled.values():
                compiled.remove(order_id)

    def replace_law(self, law: Law) -> None:
        """A new law; what is the same on a day stays compiled, so a mere proposal costs nothing."""
        self.law = law

    def demands_of(self, order_id: str, day: date, known_on: Known = None) -> tuple[Demand, ...]:
        """What this order demands under the law of the day. Errors: KeyError for an order that is not here."""
        return self.compiled(day, known_on).demands[order_id]

    def hidden(self, day: date, known_on: Known = None) -> dict[str, Hidden]:
        """The orders that are not shown to anybody, with the reason."""
        return dict(self.compiled(day, known_on).hidden)

    def row(self, person: Person, day: date, known_on: Known = None) -> States:
        """The states of all orders for one person, by `judge`; one number an order in the order of `ids`."""
        if not person.consented:
            return np.full(len(self), CONSENT_NEEDED, dtype=np.int8)
        if reach(asks.Age(min=STATUTORY_AGE), person, day) == Status.NOT_MET:
            return np.full(len(self), TRAINING_ONLY, dtype=np.int8)
        compiled = self.compiled(day, known_on)
        answers = np.fromiter((reach(ask, person, day) for ask in compiled.asks), np.int8, len(compiled.asks))
        return compiled.least(answers, birth_number(person.birth_date), day)

    def states(self, people: People, day: date, known_on: Known = None) -> States:
        """An array (orders, rows of `people`). One byte a pair: use `blocks` for more people than memory holds."""
        states = np.empty((len(self), people.size), dtype=np.int8)
        for first, block in self.blocks(people, day, known_on):
            states[:, first : first + block.shape[1]] = block
        return states

    def blocks(self, people: People, day: date, known_on: Known = None) -> Iterator[tuple[int, States]]:
        """The same array in blocks of rows: (first row, states). Each block is overwritten by the next."""
        compiled = self.compiled(day, known_on)
        width = min(BLOCK, people.size)
        answers = np.empty((len(compiled.asks), width), dtype=np.int8)
        states = np.empty((len(self), width), dtype=np.int8)
        for first in range(0, people.size, BLOCK):
            columns = Columns(people, day, first, first + BLOCK)
            size = columns.size
            for place, ask in enumerate(compiled.asks):
                answers[place, :size] = columns.reach(ask)
            compiled.least_of_many(answers[:, :size], columns, day, states[:, :size])
            override(states[:, :size], columns)
            yield first, states[:, :size]

    def compiled(self, day: date, known_on: Known = None) -> Compiled:
        """The orders under the law of this day, made once for every law."""
        law = self.law.at(day, known_on)
        key = (*law.key, "unreadable", *law.unreadable)
        found = self._compiled.pop(key, None)
        if found is None or found.law != law:
            found = self._compile(law)
        found.law = law  # equal, and the next comparison is one of identities
        self._compiled[key] = found
        while len(self._compiled) > REMEMBERED_LAWS:
            del self._compiled[next(iter(self._compiled))]
        return found

    def _compile(self, law: LawOnDay) -> Compiled:
        compiled = Compiled(law)
        for order in self._orders.values():
            compiled.upsert(order)
        return compiled


def override(states: States, columns: Columns) -> None:
    """What holds for a person whatever the order: no consent, nothing computed; under 18, training only."""
    children = np.flatnonzero(columns.under_age(STATUTORY_AGE))
    states[:, children] = TRAINING_ONLY
    states[:, np.flatnonzero(~columns.consented())] = CONSENT_NEEDED
