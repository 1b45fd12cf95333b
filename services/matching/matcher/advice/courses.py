"""Which courses one person is shown: those that lead to what was asked for, in an order in which they can be taken.

What somebody may not enter yet never stands before what opens it (`doors_first`).
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from services.matching.matcher.advice.verdict import wish_spoken
from services.matching.matcher.advice.wishes import Widened
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.order_book.clauses import alternatives, fold
from services.matching.matcher.pathway.entrances import Entrance, Entrances
from services.matching.matcher.pathway.outlooks import CourseOutlook
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.teaching import adds_nothing, held_after
from services.matching.matcher.ranking.ranking import Ranking, ScoredOrders
from services.matching.matcher.ranking.values import CourseProspect, OrderProspect, Ranked, Reason
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.verdicts.outcomes import AGES, closed_for_all, never_open
from services.matching.matcher.verdicts.verdict import Outcome, Verdict
from services.matching.matcher.world import World
from shared.codes import texts

Row = tuple[Course, Batch, Ranked]
BatchesOf = Callable[[str], Sequence[Batch]]

NEAR = 2
"""Work that was asked for, its neighbours, and what the person's papers widen it by."""
TOWARDS = Reason("TOWARDS_WISH", Text("Dibutuhkan untuk yang diminta.", "Needed for what was asked for."), 0.0)
"""Of a course that stands where it does by the law and not by its score."""
NO_COURSE = Course(id="")
FAR = 9
"""Of a course that opens nothing."""


def courses_for(
    question: Question,
    world: World,
    ranking: Ranking,
    outlooks: Mapping[str, CourseOutlook],
    *,
    open_now: Sequence[Order],
    gaps: Mapping[str, OrderProspect],
    shown: int,
    crowding: Mapping[str, int],
    near: Mapping[str, int],
    asked: Verdict | None,
    wider: Mapping[str, Widened],
    reasons: bool = True,
    scored: ScoredOrders | None = None,
) -> list[Row]:
    """The courses with a batch that the person can join: those that lead to what was asked for first, best first.

    With work that was asked for, a course that leads nowhere near it never stands first: those near it come before, and
    where there is none, none is listed. A course that the person may not enter yet stands behind what opens its door,
    and one that gives only what is held behind all others.

    `asked`: the verdict on what was asked for, where no path leads there. `reasons`: False leaves them out.
    `scored`: as `Ranking.courses` takes it.
    """
    person, entrances, batches_of = question.person, question.entrances, question.batches_of
    joinable = [world.courses[course] for course in sorted(outlooks)]
    # Courses that help with the same aims share one list of orders, and all lists share what they pick from.
    lists = {id(found.orders): found.orders for found in outlooks.values()}
    every = max((picked.among for picked in lists.values()), key=len, default=())
    orders = tuple(map(world.orders.__getitem__, every))
    behind = {key: picked.of(orders) for key, picked in lists.items()}
    looks = {
        course: CourseProspect(
            orders=behind[id(found.orders)],
            steps=found.steps,
            days=found.days,
            distance_km=found.distance_km,
        )
        for course, found in outlooks.items()
    }
    ranked = ranking.courses(
        person, joinable, looks, open_orders=open_now, gaps=gaps, shown=0, crowding=crowding, scored=scored
    )
    needed: set[str] = set()
    places: Iterable[int] = range(len(ranked))
    if wish_spoken(person):
        distance = np.array([near.get(id, FAR) for id in every], dtype=np.int64)
        nearest = {key: int(distance[picked.at].min(initial=FAR)) for key, picked in lists.items()}
        far = {course: nearest[id(found.orders)] for course, found in outlooks.items()}
        if asked is not None:
            needed = leading(person, world, outlooks, entrances, asked)
            far.update(dict.fromkeys(needed, 0))
        ids = ranked.ids
        if person.wishes.isco08:
            fitting = any(far[id] <= NEAR for id in ids)
            places = sorted(places, key=lambda at: far[ids[at]]) if fitting else ()
        else:
            mine = {key for key, found in behind.items() if any((order.isco08 or "") in wider for order in found)}
            places = sorted(places, key=lambda at: (far[ids[at]], id(outlooks[ids[at]].orders) not in mine))

    held = {id for id, one in outlooks.items() if _held(world.courses[id], world.batches[one.batch], person)}
    if held:
        places = sorted(places, key=lambda at: ranked.ids[at] in held)
    place_of: dict[str, int] = {}

    def row_at(place: int) -> Row:
        row = ranked[place]
        place_of[row.id] = place
        return world.courses[row.id], world.batches[outlooks[row.id].batch], row

    def told(row: Ranked) -> Ranked:
        """With its reasons, which few rows need."""
        row = ranked.told(place_of[row.id])
        return replace(row, reasons=(TOWARDS, *row.reasons)) if row.id in needed else row

    return doors_first(map(row_at, places), shown, entrances, batches_of, told if reasons else None)


def _held(course: Course, batch: Batch, person: Person) -> bool:
    """Is all that it gives in the drawer already? Then it stands behind all others."""
    return batch.ends is not None and adds_nothing(course, person, batch.ends)


def leading(
    person: Person, world: World, outlooks: Mapping[str, CourseOutlook], entrances: Entrances, asked: Verdict
) -> set[str]:
    """The courses that help towards what was asked for, and those that teach what is asked at their doors."""
    batch_of = {course: world.batches[look.batch] for course, look in outlooks.items()}
    found = {course for course, batch in batch_of.items() if helps(person, world.courses[course], batch, asked)}
    closed = [world.courses[course] for course in found]
    teaching: dict[int, list[str]] = {}
    for id in outlooks if closed else ():
        teaching.setdefault(world.catalogue.programme_of(world.courses[id]), []).append(id)
    while closed:
        course = closed.pop()
        starts = batch_of[course.id].starts
        if starts is None or entrances.on(course, starts) is Entrance.OPEN:
            continue
        lacking = [leaf for leaf in leaves(course.prerequisites) if leaf.judge(person, starts) is Status.NOT_MET]
        taught = {at for leaf in lacking for at in world.catalogue.teaching.towards(leaf)}
        opening = {id for at in taught for id in teaching.get(at, ())} - found
        found |= opening
        closed += [world.courses[id] for id in opening]
    return found


def helps(person: Person, course: Course, batch: Batch, asked: Verdict) -> bool:
    """Does the course clear one of the rules that stand between the person and what was asked for?

    A rule that is cleared by the way, by what another rule asks anyhow, is no reason to go: whoever needs the skill
    test for construction does not take the one for farming because a law asks for any.
    """
    if batch.ends is None or closed_for_all(asked.outcomes) or never_open(asked.outcomes):
        return False
    if any(one.rule in AGES and _only_today(one, person, batch.ends) for one in asked.outcomes):
        return False  # too old before the class ends
    day, after = batch.ends, held_after(person, [(course, batch.ends)])
    missing = [outcome.ask for outcome in asked.blocking if outcome.status is Status.NOT_MET]
    missing = [ask for ask in missing if ask.judge(person, day) is not Status.MET]  # time alone clears the others
    cleared = [ask for ask in missing if ask.judge(after, day) is Status.MET]
    if not cleared:
        return False
    left = [_shortest_ways(ask, after, day) for ask in missing if ask not in cleared]
    return any(not any(ways and _by_the_way(ask, ways, person, day) for ways in left) for ask in cleared)


def _only_today(outcome: Outcome, person: Person, day: date) -> bool:
    return outcome.status is Status.MET and outcome.ask.judge(person, day) is Status.NOT_MET


def _shortest_ways(ask: Requirement, person: Person, day: date) -> list[list[Requirement]]:
    """The fewest lessons that would still meet the ask: each way as what has to be learned."""
    ways = [
        [leaf for leaf in one if leaf.judge(person, day) is not Status.MET] for one in alternatives(fold(ask)) or ()
    ]
    learned = [way for way in ways if way and all(leaf.lesson() for leaf in way)]
    fewest = min(map(len, learned), default=0)
    return [way for way in learned if len(way) == fewest]


def _by_the_way(ask: Requirement, ways: Sequence[Sequence[Requirement]], person: Person, day: date) -> bool:
    """Is the ask met by a lesson of each of these ways?"""
    return all(
        any(
            ask.judge(held_after(person, [(replace(NO_COURSE, **leaf.lesson()), day)]), day) is Status.MET
            for leaf in way
        )
        for way in ways
    )


OVER_SOON_ALONE = Text("Cepat selesai: bisa melamar mulai {day}.", "Over soon: applying is possible from {day}.")
OVER_SOON = Text("Cepat selesai: {day}.", "Over soon: {day}.")


def dated(ranked: Ranked, batch: Batch) -> Ranked:
    """The reason that the course is over soon, with the day from which it helps."""
    if batch.ends is None:
        return ranked
    alone = bool(ranked.unlocks) and not ranked.missing
    text = (OVER_SOON_ALONE if alone else OVER_SOON).filled(day=Text.both(partial(texts.day, batch.ends)))
    reasons = tuple(replace(one, text=text) if one.code == "SOON" else one for one in ranked.reasons)
    return replace(ranked, reasons=reasons)


def doors_first(
    rows: Iterable[Row],
    shown: int,
    mine: Entrances,
    batches_of: BatchesOf,
    told: Callable[[Ranked], Ranked] | None = None,
) -> list[Row]:
    """The first `shown` rows in their order, each course with a closed door right behind the first one that opens it,
    in its first batch after that one.

    A course whose door no single one in the list opens stands behind all others that lead anywhere; one whose door no
    course of this world opens in time (an age, a diploma) is left out: nobody could join it.

    `told`: gives a row its reasons; None leaves them out.
    """
    after: dict[str, Entrances] = {}
    behind_first: dict[str, tuple[Batch, Course]] = {}
    rows, standing = _that_matter(rows, shown, mine)
    place_of = {row[0].id: place for place, row in enumerate(rows)}
    open_ = [row for row in rows if standing[row[0].id] is Entrance.OPEN]

    def opened(first: Row, then: Row) -> Batch | None:
        """The first batch of `then` that begins after `first` has ended and that somebody may enter with it."""
        course, batch, _ = first
        if batch.ends is None:
            return None
        if course.id not in after:
            after[course.id] = mine.after(course, batch.ends)
        later = [one for one in batches_of(then[0].id) if one.starts is not None and one.starts > batch.ends]
        return after[course.id].first_open(then[0], later)

    listed, places = list(open_), [place_of[row[0].id] for row in open_]
    leading = max((at for at, row in enumerate(listed, start=1) if row[2].unlocks), default=0)
    for row in rows:
        if standing[row[0].id] is Entrance.OPEN:
            continue
        # What lands behind the last line that is shown moves nothing before it.
        ways = ((at, opened(one, row)) for at, one in enumerate(listed[:shown]))
        opener, batch = next(((at, batch) for at, batch in ways if batch is not None), (None, None))
        fair = bisect_left(places, place_of[row[0].id])
        behind = leading if row[2].unlocks else len(listed)
        if opener is not None and batch is not None:
            behind_first[row[0].id] = row[1], listed[opener][0]
            at, row = max(opener + 1, fair), (row[0], batch, row[2])
        elif behind < shown and not any(opened(one, row) for one in listed[shown:]):
            at = behind
        else:
            continue
        listed.insert(at, row)
        insort(places, place_of[row[0].id])
        leading = max(leading + (at < leading), (at + 1) if row[2].unlocks else 0)
    return [_as_shown(row, behind_first.get(row[0].id), told) for row in listed[:shown]]


def _as_shown(row: Row, changed: tuple[Batch, Course] | None, told: Callable[[Ranked], Ranked] | None) -> Row:
    """The row with its reasons. `changed`: the batch that it had before it came behind a course, and that course."""
    course, batch, ranked = row
    ranked = told(ranked) if told is not None else ranked
    if changed is not None:
        before, first = changed
        ranked = _with_first(_held_at(ranked, before, batch), first)
    return course, batch, ranked


def _that_matter(rows: Iterable[Row], shown: int, mine: Entrances) -> tuple[list[Row], dict[str, Entrance]]:
    """The rows that nobody is shut out of, and how their doors stand; as far as they may be shown.

    Behind the first open row that leads anywhere and has as many open ones before it as are shown, nothing matters: an
    open row stands behind it, a closed one behind both its own place and that of the last row which leads anywhere.
    """
    found: list[Row] = []
    standing: dict[str, Entrance] = {}
    open_ = 0
    for row in rows:
        entrance = _entrance(mine, row)
        if entrance is Entrance.SHUT:
            continue
        found.append(row)
        standing[row[0].id] = entrance
        open_ += entrance is Entrance.OPEN
        if entrance is Entrance.OPEN and open_ >= shown and row[2].unlocks:
            break
    return found, standing


def _entrance(entrances: Entrances, row: Row) -> Entrance:
    course, batch, _ = row
    return Entrance.OPEN if batch.starts is None else entrances.on(course, batch.starts)


def _held_at(ranked: Ranked, before: Batch, batch: Batch) -> Ranked:
    """The row as it speaks of another batch of its course, whose place may be farther from home."""
    if batch.regency == before.regency:
        return ranked
    return replace(ranked, reasons=tuple(one for one in ranked.reasons if one.code != "CLOSE"))


def _with_first(ranked: Ranked, opener: Course) -> Ranked:
    title = opener.title or Text("kursus lain", "another course")
    text = Text(f"Ikuti dulu: {title.id}.", f"Take this first: {title.en}.")
    others = [reason for reason in ranked.missing if reason.code != "MORE_COURSES"]
    return replace(ranked, missing=(Reason("ANOTHER_COURSE_FIRST", text, 0.0), *others))
