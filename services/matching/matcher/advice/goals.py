"""What was asked for and is not open: the order nearest to it, the ways there, and what the headline says of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from services.matching.matcher.advice.answer import Goal
from services.matching.matcher.advice.offering import MOST_RANKED
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import (
    Headline,
    by_paper,
    by_path,
    wish_spoken,
    work_called,
)
from services.matching.matcher.advice.wishes import Widened, wished
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.policy_kinds import Ban
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.question import Among, Question
from services.matching.matcher.pathway.search import different_paths
from services.matching.matcher.pathway.smallest_change import SmallestChange, smallest_change
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.check import barriers
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World
from shared.codes import countries

HOUSEHOLD = ("9111", "5152", "5311", "5322")
"""Work that is done in homes: a ban on households speaks of it even where nobody offers it."""


MOST_CLOSED = 2
"""Closed wishes that are named."""


def miss_of(question: Question, known_on: date | None, among: Among | None = None) -> SmallestChange | None:
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
) -> Goal | None:
    """The order nearest to the wish that is not open, and the paths to its kind; None if what was asked for is open.

    Where nobody offers what was asked for, its neighbours stand for it. Of a wish for a country alone, the work that
    the person is of comes first. It is the one that a path opens, else the one that the least change would open.
    """
    asked = asked_for(question, world, standing, near, wider)
    if asked is None:
        return None
    mine = asked.orders
    ids = {order.id for order in mine}
    paths = different_paths(question.among(one_of(ids)))
    miss = None if paths else _change_for(question, mine, wider, known_on)
    reached = set(paths.fastest.unlocks) if paths.fastest else {miss.order} if miss is not None else ids
    order = asked.nearest(question.person, wider, reached)
    nearest = order if paths else asked.nearest(question.person, wider, ids)
    return Goal(order, verdict_of(order), paths, miss, asked.exact, verdict_of(nearest))


@dataclass(frozen=True, slots=True)
class Asked:
    """The orders of the kind that was asked for, none of them open today, and how many rules block each.

    `exact` False: nobody offers that kind, and these are its neighbours."""

    orders: Sequence[Order]
    exact: bool
    blocking: Mapping[str, int]

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
    question: Question, goal: Goal | None, asked_open: bool, near: Mapping[str, int], *, beside_open: bool = False
) -> Paths:
    """The ways to what was asked for, else to its neighbours; none for whoever may apply for it today.

    Only somebody without a wish, or with one that nothing could open, is shown the way to anything, unless the
    neighbour of the wish is open (`beside_open`).
    """
    if asked_open:
        return Paths()
    if goal is not None and (goal.paths or (goal.exact and goal.verdict.state is State.ELIGIBLE_BY)):
        return goal.paths
    for distance in (1, 2) if wish_spoken(question.person) else ():  # without a wish nothing is a neighbour
        ids = {id for id, far in near.items() if 0 < far <= distance}
        found = different_paths(question.among(lambda order, ids=ids: order.id in ids)) if ids else Paths()  # type: ignore[misc]
        if found:
            return found
    if beside_open or (question.person.wishes.isco08 and goal is not None and goal.miss is not None):
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
            return Headline(None, State.NO_PATH, False, why=closed_by_law(person, law))
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


def way_to(
    order: Order, verdict: Verdict, paths: Paths, day: date, *, exact: bool, miss: SmallestChange | None = None
) -> Headline:
    """By a paper or birthday if that is sooner, else by courses; else what stands in the way.

    `miss`: the change that would open a way, if there is none. What is only not on record yet stands in the way then.
    """
    path = by_path(paths)
    why = verdict.blocking[0].text if verdict.blocking else None
    if verdict.state is State.ELIGIBLE_BY and (path is None or by_paper(verdict, day) <= path):
        return Headline(order, State.ELIGIBLE_BY, exact, *by_paper(verdict, day), why=why)
    if path is not None:
        return Headline(order, State.TRAINING, exact, *path)
    if miss is not None and miss.change is ChangeKind.PAPER:
        why = miss.text
    return Headline(order, State.NO_PATH, exact, why=why)


def closed_by_law(person: Person, law: LawOnDay) -> Text | None:
    """A ban that covers all the countries that were asked for, whatever work there."""
    wishes = person.wishes
    for row, ban in law.of(Ban):
        covers = _covers(ban, wishes.isco08) if wishes.isco08 else _covers(ban, (None,))
        if row.binding and wishes.destinations and set(wishes.destinations) <= set(ban.scope.countries) and covers:
            return BANNED.filled(country=_country(wishes.destinations[0]))
    return None


def _covers(ban: Ban, work: Collection[str | None]) -> bool:
    """Does the ban close all of this work, in homes where it is done there? None: whatever work."""
    scope = ban.scope
    return all(
        (not scope.isco08 or (code is not None and code.startswith(scope.isco08)))
        and (scope.employer_type is None or (scope.employer_type == "HOUSEHOLD" and code in HOUSEHOLD))
        for code in work
    )


def closed_wishes(person: Person, law: LawOnDay, goal: Goal | None) -> tuple[Text, ...]:
    """Of several wishes those that a ban closes, where the headline speaks of another one."""
    if closed_by_law(person, law) is not None:
        return ()
    said = goal.order.country if goal is not None and goal.exact else None
    bans = [ban for row, ban in law.of(Ban) if row.binding]
    found: dict[tuple[str, str], Text] = {}
    for country in person.wishes.destinations:
        for code in person.wishes.isco08:
            if country != said and any(country in ban.scope.countries and _covers(ban, (code,)) for ban in bans):
                found[country, code] = BANNED_WORK.filled(country=_country(country), work=work_called(code))
    return tuple(found.values())[:MOST_CLOSED]


def notes_on(
    goal: Goal | None,
    person: Person,
    wider: Mapping[str, Widened],
    world: World,
    standing: OrderStates,
    verdict_of: Callable[[Order], Verdict],
) -> tuple[Text, ...]:
    """That the wish was widened by what the person holds, and what their own trade would still need."""
    widens = wider.get(goal.order.isco08 or "") if goal is not None and not goal.exact else None
    if goal is None or widens is None:
        return ()
    name, trade = goal.order.title or Text("pekerjaan ini", "this work"), widens.trade.name
    why = (
        Text(f"karena bekal {trade.id} cocok untuk itu", f"because it builds on {trade.en}")
        if widens.held
        else Text("karena dekat dengan yang diminta", "because it is near to what was asked for")
    )
    notes = [
        Text(
            f"Keinginan diperluas ke {name.id[:1].lower()}{name.id[1:]}, {why.id}.",
            f"The wish was widened to {name.en[:1].lower()}{name.en[1:]}, {why.en}.",
        )
    ]
    own = [world.orders[id] for id in sorted(standing.states) if world.orders[id].isco08 in person.wishes.isco08]
    best = min(own, key=lambda order: len(verdict_of(order).blocking), default=None)
    if best is not None and best.country is not None and verdict_of(best).blocking:
        lacking = list(dict.fromkeys(outcome.text for outcome in verdict_of(best).blocking))[:3]
        notes.append(OWN_TRADE.filled(country=_country(best.country), lacking=Text.joined(*lacking)))
    return tuple(notes)


BANNED = Text(
    "Penempatan ke {country} untuk pekerjaan ini sedang ditutup.", "This work in {country} is closed at present."
)
BANNED_WORK = Text(
    "Penempatan ke {country} untuk {work} sedang ditutup.", "Work as {work} in {country} is closed at present."
)
OWN_TRADE = Text("Dengan ijazah sendiri ke {country}: {lacking}", "With the own diploma to {country}: {lacking}")
NOBODY_ASKED = Text(
    "Belum ditanyakan apakah pernah dideportasi atau dilarang masuk. Tanyakan dulu, lalu catat jawabannya.",
    "Nobody has asked about a deportation or an entry ban. Ask first, and write down the answer.",
)


def _country(code: str) -> Text:
    return Text.both(partial(countries.name, code))


def still_to_ask(person: Person, state: State) -> tuple[Text, ...]:
    """Beside a yes: what it does not know, because nobody asked for it. Such a list is open, and never "none"."""
    return (NOBODY_ASKED,) if state is State.ELIGIBLE_NOW and "records" in person.unasked else ()
