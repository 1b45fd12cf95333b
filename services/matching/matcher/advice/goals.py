"""What was asked for and is not open: the order nearest to it, the ways there, and what the headline says of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.matching.matcher.advice.answer import FirstStep, Goal
from services.matching.matcher.advice.first_step import first_step
from services.matching.matcher.advice.notes import closed_by_law
from services.matching.matcher.advice.offering import MOST_RANKED
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import (
    Headline,
    by_paper,
    by_path,
    wish_spoken,
)
from services.matching.matcher.advice.wishes import Widened, wished
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.question import Among, Question
from services.matching.matcher.pathway.search import different_paths
from services.matching.matcher.pathway.smallest_change import SmallestChange, smallest_change
from services.matching.matcher.requirements.status import Group, State, Status
from services.matching.matcher.verdicts.check import barriers
from services.matching.matcher.verdicts.outcomes import said_once
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World


def miss_of(question: Question, known_on: date | None, among: Among | None = None) -> SmallestChange | None:
    """The smallest change for a question that has no path; `among`: towards these orders only."""
    return smallest_change(
        question.person, question.world, question.day, known_on=known_on, among=among, question=question
    )


def goal_of(
    question: Question,
    world: World,
    standing: OrderStates,
    near: Mapping[str, int],
    verdict_of: Callable[[Order], Verdict],
    known_on: date | None,
    wider: Mapping[str, Widened],
    waits: Mapping[str, date],
) -> Goal | None:
    """The order nearest to the wish that is not open, and the paths to its kind; None if what was asked for is open.

    Where nobody offers what was asked for, its neighbours stand for it. Of a wish for a country alone, the work that
    the person is of comes first. It is the one that a path opens, or a day alone if that is sooner, else the one that
    the least change would open.
    """
    asked = asked_for(question, world, standing, near, wider)
    if asked is None:
        return None
    paths = different_paths(question.among(one_of({order.id for order in asked.orders})))
    if not paths:
        asked = asked.without_a_path(question.person)
    mine = asked.orders
    ids = {order.id for order in mine}
    miss: SmallestChange | FirstStep | None = None if paths else _change_for(question, mine, wider, known_on)
    reached = set(paths.fastest.unlocks) if paths.fastest else {miss.order} if miss is not None else ids
    first = min((waits[id] for id in ids & waits.keys()), default=None)
    sooner = first is not None and paths.fastest is not None and first <= paths.fastest.ready_on
    if first is not None and (sooner or (miss is not None and miss.change is ChangeKind.WAIT)):
        reached = {id for id in ids if waits.get(id) == first}
    order = asked.nearest(question.person, wider, reached)
    nearest = order if paths else asked.nearest(question.person, wider, ids)
    if not paths and miss is None and verdict_of(order).state is State.NO_PATH:
        miss = first_step(question, order, verdict_of(order))
    day = waits.get(order.id)
    return Goal(order, verdict_of(order), paths, miss, asked.exact, day, verdict_of(nearest))


@dataclass(frozen=True, slots=True)
class Asked:
    """The orders of the kind that was asked for, none of them open today, and how many rules block each.

    `exact` False: nobody offers that kind, and these are its neighbours."""

    orders: Sequence[Order]
    exact: bool
    blocking: Mapping[str, int]

    def without_a_path(self, person: Person) -> "Asked":
        """Where no path leads to any of them: of neighbours those in the countries that were asked for, if there are.

        A nurse who asks for Japan hears of care there before she hears of a class that nobody holds for Germany."""
        there = [order for order in self.orders if order.country in person.wishes.destinations]
        return replace(self, orders=there) if there and not self.exact else self

    def nearest(self, person: Person, wider: Mapping[str, Widened], among: Collection[str]) -> Order:
        """The one with the fewest rules to meet, work that the person is of first; ties by id. `among`: ids that come
        in question, if any of these is one."""
        pool = sorted((one for one in self.orders if one.id in among), key=lambda one: one.id) or self.orders
        return min(
            sorted(pool, key=lambda one: not _of_the_trade(person, one, wider))[:MOST_RANKED],
            key=lambda one: (not _of_the_trade(person, one, wider), self.blocking[one.id], one.id),
        )


def asked_for(
    question: Question, world: World, standing: OrderStates, near: Mapping[str, int], wider: Mapping[str, Widened]
) -> Asked | None:
    """What the person asked for and may not have today; None without a wish, and where it is open."""
    person = question.person
    if not wish_spoken(person):
        return None
    mine = [world.orders[id] for id in standing.states if wished(person, world.orders[id])]
    exact = bool(mine)
    mine = mine or [world.orders[id] for id in standing.states if near[id] == 1]
    mine = mine or [world.orders[id] for id in standing.states if world.orders[id].isco08 in wider]
    if not mine or (exact and any(standing.states[order.id] is State.ELIGIBLE_NOW for order in mine)):
        return None
    mine = [order for order in mine if standing.states[order.id] is not State.ELIGIBLE_NOW]
    applied = question.compiled_on(question.day).applied
    stands = {order.id: barriers(applied[order.id], person, question.day) for order in mine}
    mine = [order for order in mine if not stands[order.id][1]] or mine
    if not mine:
        return None
    return Asked(mine, exact, {order.id: stands[order.id][0] for order in mine})


def one_of(ids: Collection[str]) -> Among:
    """Asks a search about these orders alone."""
    return lambda order: order.id in ids


def _change_for(
    question: Question, mine: Sequence[Order], wider: Mapping[str, Widened], known_on: date | None
) -> SmallestChange | None:
    """The least change that opens one of these orders: work that the person is of first."""
    first = {order.id for order in mine if _of_the_trade(question.person, order, wider)}
    for ids in (first, {order.id for order in mine}):
        found = miss_of(question.among(one_of(ids)), known_on, one_of(ids)) if ids else None
        if found is not None:
            return found
    return None


def _of_the_trade(person: Person, order: Order, wider: Mapping[str, Widened]) -> bool:
    """Where work was asked for, that alone counts."""
    return bool(person.wishes.isco08) or (order.isco08 or "") in wider


def paths_to(
    question: Question,
    goal: Goal | None,
    asked_open: bool,
    near: Mapping[str, int],
    *,
    beside_open: bool = False,
    others: Collection[str] = (),
) -> Paths:
    """The ways to what was asked for, else to its neighbours. Whoever may apply for it today is shown those to `others`
    alone: orders of further wishes, of which nothing is open.

    Only somebody without a wish, or with one that nothing could open, is shown the way to anything, unless the
    neighbour of the wish is open (`beside_open`).
    """
    if asked_open:
        return different_paths(question.among(one_of(others))) if others else Paths()
    if goal is not None and (goal.paths or (goal.exact and goal.state is State.ELIGIBLE_BY)):
        return goal.paths
    for distance in (1, 2) if wish_spoken(question.person) else ():  # without a wish nothing is a neighbour
        ids = {id for id, far in near.items() if 0 < far <= distance}
        found = different_paths(question.among(lambda order, ids=ids: order.id in ids)) if ids else Paths()  # type: ignore[misc]
        if found:
            return found
    if beside_open or (question.person.wishes.isco08 and goal is not None and isinstance(goal.miss, SmallestChange)):
        # What is open, or the change that would open what was asked for, is nearer to it than a way to other work.
        return Paths()
    return different_paths(question)


def aim_of(
    person: Person,
    standing: OrderStates,
    goal: Goal | None,
    paths: Paths,
    open_now: Sequence[Order],
    near: Mapping[str, int],
    verdict_of: Callable[[Order], Verdict],
    world: World,
    law: LawOnDay,
    day: date,
) -> Headline | None:
    """What the headline speaks of."""
    if wish_spoken(person):
        mine = [order for order in open_now if wished(person, order)]
        if mine:
            return Headline(mine[0], State.ELIGIBLE_NOW, True)
        if goal is None:
            beside = [order for order in open_now if near[order.id] == 1]
            if beside:
                return Headline(beside[0], State.ELIGIBLE_NOW, False)
            closed = closed_by_law(person, law)
            return Headline(None, State.NO_PATH, False, why=closed.text if closed else None)
        if goal.waits:
            first = goal.verdict.blocking[0].text
            return Headline(goal.order, State.ELIGIBLE_BY, goal.exact, goal.waits, 1, why=first, only_waiting=True)
        return way_to(goal.order, goal.verdict, goal.paths, day, exact=goal.exact, miss=goal.miss)
    if open_now:
        return Headline(open_now[0], State.ELIGIBLE_NOW, True)
    with_papers = standing.of_state(State.ELIGIBLE_BY)[:MOST_RANKED]
    ways = [(*by_paper(verdict_of(world.orders[id]), day), id) for id in with_papers]
    path = by_path(paths)
    if ways and (path is None or min(ways)[:2] <= path):
        when, steps, id = min(ways)
        return Headline(world.orders[id], State.ELIGIBLE_BY, True, when, steps)
    if path is not None and paths.fastest is not None:
        return Headline(world.orders[paths.fastest.unlocks[0]], State.TRAINING, True, *path)
    blocking = next((verdict_of(world.orders[id]) for id in sorted(standing.states)), None)
    why = blocking.blocking[0].text if blocking is not None and blocking.blocking else None
    return Headline(None, State.NO_PATH, True, why=why) if standing.states else None


MOST_REASONS = 2
"""Sentences of a headline on what closes an order: with the first alone, a course seemed to be all that is needed."""


def _lacking(verdict: Verdict) -> list[Text]:
    """What is in the way, without what the first of it asks for anyhow; where no learning helps, that alone."""
    first, *others = [outcome for outcome, _ in said_once(verdict.blocking)]
    if first.group is not Group.LEARN:
        return [first.text]
    return list(dict.fromkeys((first.text, *(one.text for one in others if one.status is Status.NOT_MET))))


def way_to(
    order: Order,
    verdict: Verdict,
    paths: Paths,
    day: date,
    *,
    exact: bool,
    miss: SmallestChange | FirstStep | None = None,
) -> Headline:
    """By a paper or birthday if that is sooner, else by courses; else what stands in the way.

    `miss`: the change that would open a way, if there is none. What is only not on record yet stands in the way then.
    """
    path = by_path(paths)
    why = verdict.blocking[0].text if verdict.blocking else None
    if verdict.state is State.ELIGIBLE_BY and (path is None or by_paper(verdict, day) <= path):
        waiting = all(one.group is Group.WAIT for one in verdict.blocking)
        return Headline(order, State.ELIGIBLE_BY, exact, *by_paper(verdict, day), why=why, only_waiting=waiting)
    if path is not None:
        return Headline(order, State.TRAINING, exact, *path)
    if miss is not None and miss.change is ChangeKind.PAPER:
        why = miss.text
    elif why is not None:
        why = Text.joined(*_lacking(verdict)[:MOST_REASONS])
    return Headline(order, State.NO_PATH, exact, why=why)
