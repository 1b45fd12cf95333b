"""`advise`: the door of the matcher. Gathers what law, paths and ranking say of one person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from services.matching.matcher.advice.answer import Advice, Goal
from services.matching.matcher.advice.blocked import blocked
from services.matching.matcher.advice.listing import side_by_side
from services.matching.matcher.advice.standing import Standing, wished
from services.matching.matcher.advice.verdict import summarise
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.pathway.find import paths_of
from services.matching.matcher.pathway.miss import Miss
from services.matching.matcher.pathway.misses import nearest_miss
from services.matching.matcher.pathway.outlooks import Outlook as CourseOutlook
from services.matching.matcher.pathway.outlooks import outlooks_of
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.question import Among, Question
from services.matching.matcher.ranking import reranker
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.reranker import Place
from services.matching.matcher.ranking.values import Gap, Outlook, Ranked
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.check import check
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World

MOST_RANKED = 200
"""Orders that are ranked for one person; the rest is counted. Nobody looks at the two hundred and first."""


def advise(
    person: Person,
    world: World,
    ranking: Ranking,
    *,
    day: date,
    known_on: date | None = None,
    courses: int = 5,
    placements: int = 5,
    lang: str = "id",
    quotes: Mapping[str, str] | None = None,
    others: Mapping[str, float] | None = None,
) -> Advice:
    """The answer about one person on one day. Errors: none; missing data gives a right verdict, never an exception.

    `quotes`: evidence pointer → the person's own words, only where the answer goes straight back to who sent them.
    `others`: order or batch → other people who were lately shown it; what is crowded stands lower and says so.
    """
    if not person.consented:
        return _nothing_computed(person, day, lang)
    law = world.law.at(day, known_on)
    compiled = world.order_index.under(law)
    standing = Standing.of(person, compiled, day)
    judged: dict[str, Verdict] = {}

    def verdict_of(order: Order) -> Verdict:
        if order.id not in judged:
            judged[order.id] = check(person, order, law, day, compiled.applied[order.id])
        return judged[order.id]

    question = Question(person, world, day, known_on=known_on)
    paths, reach = paths_of(question), outlooks_of(question)
    with_paper = {id: verdict_of(world.orders[id]) for id in standing.of_state(State.ELIGIBLE_BY)[:MOST_RANKED]}
    summary = summarise(person, standing, with_paper, paths, day)
    offered = _offered(person, world, standing, reach.days)
    gaps = {order.id: _gap(order, standing, verdict_of, reach.days, law, day) for order in offered}
    crowding = reranker.levels(_places(person, offered, world, reach.courses, others or {}))
    open_now = [world.orders[id] for id in standing.of_state(State.ELIGIBLE_NOW)]

    def ranked(orders: Sequence[Order]) -> list[Ranked]:
        return ranking.orders(person, orders, gaps, shown=placements, crowding=crowding)

    may_apply = {order.id for order in open_now}
    listed = side_by_side(
        ranked([order for order in offered if order.id in may_apply]),
        ranked([order for order in offered if order.id not in may_apply]),
        placements,
    )
    shown = [(world.orders[row.id], verdict_of(world.orders[row.id]), row) for row in listed]
    goal = _goal(question, world, standing, verdict_of, known_on)
    target = _target(goal, shown, paths, world, verdict_of)
    return Advice(
        person=person,
        summary=summary,
        standing=standing,
        target=target,
        goal=goal,
        paths=paths,
        miss=_miss(question, known_on) if summary.state is State.NO_PATH else None,
        courses=_courses(person, world, ranking, reach.courses, open_now, gaps, courses, crowding),
        placements=shown,
        blocked=blocked(person, world, standing, reach.days, day=day, compiled=compiled),
        law=law,
        lang=lang,
        quotes=quotes or {},
        crowding=crowding,
    )


def _nothing_computed(person: Person, day: date, lang: str) -> Advice:
    """Without consent: the verdict, and nothing else."""
    return Advice(
        person=person,
        summary=summarise(person, Standing({}, {}), {}, Paths(), day),
        standing=None,
        target=None,
        goal=None,
        paths=Paths(),
        miss=None,
        courses=(),
        placements=(),
        blocked=(),
        law=None,
        lang=lang,
        quotes={},
        crowding={},
    )


def _offered(person: Person, world: World, standing: Standing, reachable: Mapping[str, int]) -> list[Order]:
    """The orders worth ranking: open now, with a paper, or by a path; what is wished for and soon comes first."""
    ways = {State.ELIGIBLE_NOW: 0, State.ELIGIBLE_BY: 1}
    found = []
    for id, state in standing.states.items():
        place = ways.get(state, 2 if id in reachable else None)
        if place is not None:
            order = world.orders[id]
            found.append((not wished(person, order), place, reachable.get(id, 0), id, order))
    found.sort(key=lambda row: row[:4])
    return [order for *_, order in found[:MOST_RANKED]]


def _places(
    person: Person,
    offered: Sequence[Order],
    world: World,
    reach: Mapping[str, CourseOutlook],
    others: Mapping[str, float],
) -> dict[str, Place]:
    """Seats and other people's exposure of all that is ranked. A slot held for the person is nobody else's."""
    found = {
        order.id: Place(others[order.id], order.slots.left if order.slots else None)
        for order in offered
        if order.id in others and order.id not in person.holds
    }
    for id, look in reach.items():
        if look.batch in others:
            found[id] = Place(others[look.batch], world.batches[look.batch].seats_left)
    return found


def _gap(
    order: Order,
    standing: Standing,
    verdict_of: Callable[[Order], Verdict],
    days: Mapping[str, int],
    law: LawOnDay,
    day: date,
) -> Gap:
    """How far an order is away, as the ranking takes it."""
    wage = comparable(order.wage, "IDR", law) if order.wage else None
    state = standing.states[order.id]
    if state is State.ELIGIBLE_NOW:
        return Gap(steps=0, days=0, wage_idr=wage)
    if state is State.ELIGIBLE_BY:
        verdict = verdict_of(order)
        wait = (verdict.by - day).days if verdict.by else 0
        return Gap(steps=len(verdict.blocking), days=wait, wage_idr=wage)
    return Gap(days=days.get(order.id), wage_idr=wage)


def _miss(question: Question, known_on: date | None, among: Among | None = None) -> Miss | None:
    return nearest_miss(
        question.person, question.world, question.day, known_on=known_on, among=among, question=question
    )


def _goal(
    question: Question,
    world: World,
    standing: Standing,
    verdict_of: Callable[[Order], Verdict],
    known_on: date | None,
) -> Goal | None:
    """The wished-for order with the fewest rules in the way, and the paths to its kind; None if one is open."""
    mine = [order for id in standing.states if wished(question.person, order := world.orders[id])]
    if not mine or any(standing.states[order.id] is State.ELIGIBLE_NOW for order in mine):
        return None
    ids = {order.id for order in mine}

    def among(order: Order) -> bool:
        return order.id in ids

    wished_for = question.among(among)
    paths = paths_of(wished_for)
    miss = None if paths else _miss(wished_for, known_on, among)
    reached = set(paths.fastest.unlocks) if paths.fastest else ids
    near = sorted((order for order in mine if order.id in reached), key=lambda order: order.id) or mine
    order = min(near[:MOST_RANKED], key=lambda order: (len(verdict_of(order).blocking), order.id))
    return Goal(order, verdict_of(order), paths, miss)


def _target(
    goal: Goal | None,
    shown: Sequence[tuple[Order, Verdict, Ranked]],
    paths: Paths,
    world: World,
    verdict_of: Callable[[Order], Verdict],
) -> tuple[Order, Verdict] | None:
    """The order whose checklist is shown: what was asked for, else what stands first, else what a path opens."""
    if goal is not None:
        return goal.order, goal.verdict
    if shown:
        return shown[0][0], shown[0][1]
    if paths.fastest is not None and paths.fastest.unlocks:
        order = world.orders[paths.fastest.unlocks[0]]
        return order, verdict_of(order)
    return None


def _courses(
    person: Person,
    world: World,
    ranking: Ranking,
    reach: Mapping[str, CourseOutlook],
    open_now: Sequence[Order],
    gaps: Mapping[str, Gap],
    shown: int,
    crowding: Mapping[str, int],
) -> list[tuple[Course, Batch, Ranked]]:
    """The courses with a batch that the person can join, best first."""
    joinable = [world.courses[course] for course in sorted(reach)]
    # Courses that help with the same aims share one list, which may be thousands long.
    lists = {id(found.orders): found.orders for found in reach.values()}
    behind = {key: tuple(map(world.orders.__getitem__, orders)) for key, orders in lists.items()}
    looks = {
        course: Outlook(
            orders=behind[id(found.orders)],
            steps=found.steps,
            days=found.days,
            distance_km=found.distance_km,
        )
        for course, found in reach.items()
    }
    ranked = ranking.courses(person, joinable, looks, open_orders=open_now, gaps=gaps, shown=shown, crowding=crowding)
    return [(world.courses[row.id], world.batches[reach[row.id].batch], row) for row in ranked[:shown]]
