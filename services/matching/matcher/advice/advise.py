"""`advise`: the door of the matcher. Gathers what law, paths and ranking say of one person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from services.matching.matcher.advice.answer import Advice, Goal
from services.matching.matcher.advice.blocked import blocked
from services.matching.matcher.advice.courses import courses_for
from services.matching.matcher.advice.goals import aim_of, goal_of, miss_of, paths_to
from services.matching.matcher.advice.notes import closed_by, closed_wishes, notes_on, still_to_ask
from services.matching.matcher.advice.offering import gaps_to, listed_for, offered_to, places_of, true_on
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.other_wishes import other_wishes, said_of
from services.matching.matcher.advice.verdict import (
    child_with_a_wish,
    first_of_all,
    summarise,
    wish_spoken,
)
from services.matching.matcher.advice.waiting import waiting
from services.matching.matcher.advice.wishes import nearness_of, widened, wished
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.states import reaches, state_codes
from services.matching.matcher.pathway.outlooks import outlooks_of
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.smallest_change import SmallestChange
from services.matching.matcher.ranking import reranker
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import Ranked
from services.matching.matcher.requirements.status import STATE_CODES, State, Status
from services.matching.matcher.verdicts.check import checked_once
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World


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
    before = first_of_all(person, day)
    if before is not None and before.state is not State.TRAINING:
        return Advice(person, before, lang)
    law = world.law.at(day, known_on)
    compiled = world.order_index.under(law)
    codes = reaches(person, compiled, day)
    standing = OrderStates(compiled, state_codes(person, compiled, day, codes))
    verdict_of = checked_once(person, law, day, compiled.applied, compiled.offers_told)
    question = Question(person, world, day, known_on=known_on, met=codes == Status.MET)
    outlooks = outlooks_of(question)
    wider = widened(person)
    nearness = nearness_of(person, standing, world.orders, wider)
    near = nearness.of
    open_now = [world.orders[id] for id in standing.of_state(State.ELIGIBLE_NOW)]
    closed = nearness.rows == 0 if wish_spoken(person) else np.zeros(len(nearness.rows), dtype=bool)
    closed = closed & (standing.codes == STATE_CODES.index(State.NO_PATH)) & compiled.shown()
    closed[outlooks.rows] = False
    waits = waiting(question, (world.orders[compiled.ids[row]] for row in np.flatnonzero(closed).tolist()))
    goal = goal_of(question, world, standing, near, verdict_of, known_on, wider, waits)
    asked_open = wish_spoken(person) and any(near[order.id] == 0 and wished(person, order) for order in open_now)
    beside_open = goal is None and any(near[order.id] == 1 for order in open_now)
    wished_rows = np.flatnonzero((nearness.rows == 0) & compiled.shown()) if asked_open else ()
    all_wished = [world.orders[compiled.ids[row]] for row in wished_rows]
    others_asked = other_wishes(person, all_wished, standing)
    other_ids = {order.id for wish in others_asked for order in wish.orders if order.id in outlooks.days}
    paths = paths_to(question, goal, asked_open, near, beside_open=beside_open, others=other_ids)
    aim = aim_of(person, standing, goal, paths, open_now, near, verdict_of, world, law, day)
    reached = outlooks.also(compiled.rows_of(waits), {id: (first - day).days for id, first in waits.items()})
    offered, in_all = offered_to(nearness, world, standing, reached, day)
    gaps = gaps_to(offered, standing, verdict_of, reached.days, day)
    crowding = reranker.levels(places_of(person, offered, world, outlooks.courses, others or {}))

    scored = ranking.scored(person, offered, gaps)

    def ranked(orders: Sequence[Order]) -> Sequence[Ranked]:
        return scored.listed(orders, shown=placements, crowding=crowding) if orders else ()

    now = {order.id for order in open_now}
    listed = listed_for(offered, near, now, ranked, placements)
    asked_for = wish_spoken(person)
    also = [world.orders[row.id] for row in listed if row.id in now and (near[row.id] > 0 or not asked_for)]
    said = said_of(others_asked, outlooks.days, waits, standing, verdict_of, day)
    summary = before or summarise(person, aim, also, day, said)
    if before is not None and goal is not None and goal.exact:
        summary = child_with_a_wish(before, goal.order, goal.verdict)
    verdicts = [(row, world.orders[row.id], verdict_of(world.orders[row.id])) for row in listed]
    shown = [(order, verdict, true_on(day, row, verdict, person)) for row, order, verdict in verdicts]
    stuck = summary.state is State.NO_PATH and not paths and not beside_open
    if goal is not None:  # what no change opens, and nothing else is open or can be: then the least change anywhere
        stuck = stuck and not isinstance(goal.miss, SmallestChange) and not offered
    return Advice(
        person=person,
        summary=summary,
        standing=standing,
        target=_target(goal, shown, paths, world, verdict_of),
        goal=goal,
        paths=paths,
        miss=(miss_of(question, known_on) if stuck else None) or (goal.miss if goal is not None else None),
        courses=courses_for(
            question,
            world,
            ranking,
            outlooks.courses,
            open_now=open_now,
            gaps=gaps,
            shown=courses,
            crowding=crowding,
            near=near,
            asked=None if goal is None or goal.paths else goal.nearest,
            wider=wider,
            scored=scored,
        ),
        placements=shown,
        placements_ranked=len(offered),
        placements_in_all=in_all,
        blocked=blocked(person, world, standing, reached.rows, day=day, near=nearness.rows),
        law=law,
        lang=lang,
        quotes=quotes or {},
        crowding=crowding,
        reachable=frozenset(outlooks.days) | {id for path in paths.all() for id in path.unlocks},
        waiting=waits,
        closed_by=tuple((one.row, one.text) for one in closed_by(person, law, goal)),
        world=world,
        notes=(
            *notes_on(goal, person, wider, world, standing, verdict_of),
            *(one.text for one in closed_wishes(person, law, goal)),
            *still_to_ask(person, summary.state),
        ),
    )


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
