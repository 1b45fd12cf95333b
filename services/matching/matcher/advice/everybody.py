"""The orders and courses of many people at once: the lists of each one's own `advise`, without the words of it.

What the law says is asked once for each distinct fact (`order_book/states.py`), how near an order is to a wish once for
each distinct wish and kind of order, and what the ranking reads of people and orders once for each distinct fact and
order (`ranking/features/many.py`). Every number comes from the same functions as an answer to one person.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.advice.courses import courses_for
from services.matching.matcher.advice.goals import asked_for, one_of
from services.matching.matcher.advice.offering import MOST_RANKED, listed_for, nearest_first, places_of
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import first_of_all, wish_spoken
from services.matching.matcher.advice.waiting import waiting
from services.matching.matcher.advice.wishes import Widened, nearness, widened
from services.matching.matcher.alike import Alike, Remembered
from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.order_book.states import NO_PATH, states
from services.matching.matcher.pathway.outlooks import Outlooks, outlooks_of
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.search import any_path
from services.matching.matcher.ranking import reranker
from services.matching.matcher.ranking.ranking import Beside, Ranking
from services.matching.matcher.ranking.values import OrderProspect, Part, Ranked
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.verdicts.check import check, last_wait, waited_for
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World

Ints = NDArray[np.int64]
NOW, BY = STATE_CODES.index(State.ELIGIBLE_NOW), STATE_CODES.index(State.ELIGIBLE_BY)
WISHES_KEPT = 64
"""Distinct wishes whose nearness to every order is remembered; ten thousand orders take about half a megabyte each."""

Others = Callable[[Person], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Listed:
    """One person's lists, best first: orders with the state that their answer names, and courses with a batch."""

    person: Person
    orders: Sequence[tuple[str, State, Ranked]] = ()
    courses: Sequence[tuple[Course, Batch, Ranked]] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """One person before anything is scored. `rows`: the orders that are worth ranking, best placed first; `days`: how
    far each is away."""

    person: Person
    question: Question
    outlooks: Outlooks
    wider: Mapping[str, Widened]
    near: Mapping[str, int]
    codes: NDArray[np.int8]
    rows: Ints
    days: list[int]
    waits: Mapping[str, date]


class Everybody:
    """One world on one day under one ranking; `lists` may be asked for any number of people, some hundred at a time."""

    def __init__(self, world: World, ranking: Ranking, *, day: date, most: int, known_on: date | None = None) -> None:
        self._world, self._ranking, self._day, self._most, self._known_on = world, ranking, day, most, known_on
        self._law = world.law.at(day, known_on)
        self._compiled = compiled = world.order_index.under(self._law)
        shown = compiled.applied.keys() - compiled.hidden.keys()
        self._ids = [id for id in compiled.ids if id in shown]
        self._rows = np.array(compiled.rows_of(self._ids), dtype=np.int64)
        self._row_at = {id: row for row, id in enumerate(self._ids)}
        self._orders = [world.orders[id] for id in self._ids]
        wages = [comparable(order.wage, "IDR", self._law) if order.wage else None for order in self._orders]
        self._wage = wages
        prospects = {order.id: OrderProspect(wage_idr=wage) for order, wage in zip(self._orders, wages, strict=True)}
        self._looks = ranking.looks(self._orders, prospects)
        self._by_lot = compiled.by_lot(day)[self._rows]
        kinds: dict[tuple[str | None, str | None], int] = {}
        self._kind = np.array(
            [kinds.setdefault((order.isco08, order.country), len(kinds)) for order in self._orders], dtype=np.int64
        )
        self._one_of_kind = [self._orders[row] for row in np.unique(self._kind, return_index=True)[1].tolist()]
        self._waited = [waited_for(one for one in compiled.applied[id] if one.binding) for id in self._ids]
        self._alike, self._known = Alike(world, day, known_on), Remembered[Listed]()
        self._near: dict[object, tuple[NDArray[np.int8], dict[str, int]]] = {}

    def lists(self, people: Sequence[Person], others: Others) -> Iterator[Listed]:
        """The lists of each of `people`, in their order; empty ones for whom nothing is worked out.

        `others`: as `advise` takes it, for each person.
        """
        asked = [person for person in people if self._may_be_asked(person)]
        shown = [others(person) for person in asked]
        keys = [(self._alike.key(person), frozenset(mine.items())) for person, mine in zip(asked, shown, strict=True)]

        def work(at: Sequence[int]) -> Sequence[Listed]:
            return self._found([asked[place] for place in at], [shown[place] for place in at]) if at else []

        listed = self._known.of(keys, work)
        found = {person.id: replace(one, person=person) for person, one in zip(asked, listed, strict=True)}
        for person in people:
            yield found.get(person.id, Listed(person))

    def _found(self, asked: Sequence[Person], others: Sequence[Mapping[str, float]]) -> list[Listed]:
        codes = states(Facets(asked), self._compiled, self._day)[self._rows]
        drafts = [self._draft(person, codes[:, at].copy()) for at, person in enumerate(asked)]
        sizes = np.array([len(draft.rows) for draft in drafts], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        beside = self._ranking.beside(
            asked,
            self._looks,
            np.repeat(np.arange(len(asked)), sizes),
            np.concatenate([np.zeros(0, dtype=np.int64), *(draft.rows for draft in drafts)]),
            [days for draft in drafts for days in draft.days],
        )
        return [
            self._listed(draft, beside, start, mine)
            for draft, start, mine in zip(drafts, starts.tolist(), others, strict=True)
        ]

    def _may_be_asked(self, person: Person) -> bool:
        before = first_of_all(person, self._day)
        return before is None or before.state is State.TRAINING

    def _draft(self, person: Person, codes: NDArray[np.int8]) -> _Draft:
        question = Question(person, self._world, self._day, known_on=self._known_on)
        outlooks, wider = outlooks_of(question), widened(person)
        near, near_of = self._nearness(person, wider)
        reached = [self._row_at[id] for id in outlooks.days if id in self._row_at]
        days = np.zeros(len(codes), dtype=np.int64)
        days[reached] = [outlooks.days[self._ids[row]] for row in reached]
        closed = (near == 0) & (codes == NO_PATH) if wish_spoken(person) else np.zeros(len(codes), dtype=bool)
        closed[reached] = False
        waits = waiting(question, (self._orders[row] for row in np.flatnonzero(closed).tolist()))
        waited = [self._row_at[id] for id in waits]
        days[waited] = [(first - self._day).days for first in waits.values()]
        reached += waited
        rows = nearest_first(near, codes, np.array(reached, dtype=np.int64), days, self._by_lot)[:MOST_RANKED]
        away = [
            0 if code == NOW else self._wait(person, row) if code == BY else day
            for row, code, day in zip(rows.tolist(), codes[rows].tolist(), days[rows].tolist(), strict=True)
        ]
        return _Draft(person, question, outlooks, wider, near_of, codes, rows, away, waits)

    def _wait(self, person: Person, row: int) -> int:
        by = last_wait(self._waited[row], person, self._day)
        return (by - self._day).days if by else 0

    def _nearness(self, person: Person, wider: Mapping[str, Widened]) -> tuple[NDArray[np.int8], dict[str, int]]:
        """How near each order is to the wish: by row, and by id."""
        wishes = person.wishes
        key = (wishes.isco08, wishes.destinations, tuple(sorted(wider)))
        if key not in self._near:
            if len(self._near) >= WISHES_KEPT:
                self._near.clear()
            kinds = np.array([nearness(person, order, wider) for order in self._one_of_kind], dtype=np.int8)
            near = kinds[self._kind] if len(self._kind) else np.zeros(0, dtype=np.int8)
            self._near[key] = near, dict(zip(self._ids, near.tolist(), strict=True))
        return self._near[key]

    def _listed(self, draft: _Draft, beside: Beside, start: int, others: Mapping[str, float]) -> Listed:
        person, codes = draft.person, draft.codes
        offered = [self._orders[row] for row in draft.rows.tolist()]
        pair_of = {order.id: start + at for at, order in enumerate(offered)}
        crowding = reranker.levels(places_of(person, offered, self._world, draft.outlooks.courses, others))

        def ranked(orders: Sequence[Order]) -> Sequence[Ranked]:
            rows = np.array([pair_of[order.id] for order in orders], dtype=np.int64)
            return beside.listed(rows, shown=self._most, crowding=crowding) if orders else []

        open_now = sorted((self._orders[row] for row in np.flatnonzero(codes == NOW).tolist()), key=lambda one: one.id)
        placed = listed_for(offered, draft.near, {order.id for order in open_now}, ranked, self._most)
        gaps = {
            order.id: OrderProspect(days=away, wage_idr=self._wage[row])
            for order, row, away in zip(offered, draft.rows.tolist(), draft.days, strict=True)
        }
        courses = courses_for(
            draft.question,
            self._world,
            self._ranking,
            draft.outlooks.courses,
            open_now=open_now,
            gaps=gaps,
            shown=self._most,
            crowding=crowding,
            near=draft.near,
            asked=self._unreachable(draft) if draft.outlooks.courses else None,
            wider=draft.wider,
            reasons=False,
        )
        return Listed(
            person,
            [(row.id, self._state(draft, row.id), _alone(row)) for row in placed],
            [(course, batch, _alone(row)) for course, batch, row in courses],
        )

    def _state(self, draft: _Draft, id: str) -> State:
        """The word of the answer: what is listed and closed is opened by a day, or by a path."""
        if id in draft.waits:
            return State.ELIGIBLE_BY
        return STATE_CODES[int(draft.codes[self._row_at[id]])].once_searched(True)

    def _unreachable(self, draft: _Draft) -> Verdict | None:
        """The verdict on what the person asked for, where no path leads there."""
        person, question = draft.person, draft.question
        codes = np.full(len(self._compiled.ids), NO_PATH, dtype=np.int8)
        codes[self._rows] = draft.codes
        standing = OrderStates(self._compiled, codes)
        asked = asked_for(question, self._world, standing, draft.near, draft.wider)
        if asked is None:
            return None
        if any_path(question.among(one_of({order.id for order in asked.orders}))):
            return None
        asked = asked.without_a_path(person)
        order = asked.nearest(person, draft.wider, {order.id for order in asked.orders})
        return check(person, order, self._law, self._day, self._compiled.applied[order.id])


def _alone(row: Ranked) -> Ranked:
    """A line without what was scored beside it: the lists of thousands of people are remembered."""
    return replace(row, summed=_not_kept, values=())


def _not_kept() -> tuple[Part, ...]:
    raise AssertionError("lists of everybody have scores and not their parts")
