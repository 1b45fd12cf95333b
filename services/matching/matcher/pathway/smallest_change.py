"""No block ends on "no". Where no path exists, the smallest single change that would create one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import numpy as np

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.batch_table import ChangeKind, joined
from services.matching.matcher.pathway.best_first import Found
from services.matching.matcher.pathway.catalogue import may_begin_until
from services.matching.matcher.pathway.hypothetical import with_new_batches
from services.matching.matcher.pathway.question import Among, Question, SearchedWorld
from services.matching.matcher.pathway.sayings import of_no_class, papers_of, said, title_of
from services.matching.matcher.pathway.search import Search
from services.matching.matcher.pathway.teaching import certificates_of
from services.matching.matcher.pathway.timeline import NEXT, later
from services.matching.matcher.pathway.without_courses import (
    asks_of_order,
    may_open,
    missing_papers,
    of_training,
    opens_by_itself,
    unknown_papers,
)
from services.matching.matcher.requirements.base import Requirement
from shared.codes import languages


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestChange:
    """One change, named and dated.

    `by`: the last day on which it may come true (for a new batch: on which the batch may end). `order`: a job order
    that it opens, `ready_on` when. `batch`, `course`, `programme` (`COMPETENCE:HOUSEKEEPER`) and `regency`: for changes
    of training; a course is an example, and None where nobody teaches the programme yet. `days`: how many days later,
    for closing days and waits, and how many days a new batch takes. `papers`: the codes of the rules that ask for what
    is not on record.
    """

    change: ChangeKind
    by: date
    order: str
    ready_on: date
    batch: str | None = None
    course: str | None = None
    programme: str | None = None
    regency: str | None = None
    days: int | None = None
    papers: tuple[str, ...] = ()
    text: Text

    def as_payload(self) -> dict[str, Any]:
        return {
            "change": self.change.name,
            "by": self.by.isoformat(),
            "job_order": self.order,
            "ready_on": self.ready_on.isoformat(),
            "batch": self.batch,
            "course": self.course,
            "programme": self.programme,
            "regency": self.regency,
            "days": self.days,
            "papers": list(self.papers),
            "text": {"id": self.text.id, "en": self.text.en},
        }


def programme_name(course: Course) -> str | None:
    """What people go to a course for, as the demand signal names it: its certificate, else language, else hours."""
    if course.certificate is not None and course.certificate.kind is not None:
        return ":".join(filter(None, (course.certificate.kind, course.certificate.scheme)))
    for known in course.languages:
        test = languages.TESTS.get(known.test or "")
        any_score = test is not None and test.is_numeric and known.result == f"{test.low:g}"
        return ":".join(filter(None, ("LANGUAGE", known.language, known.test, None if any_score else known.result)))
    for hours in course.hours_for:
        return ":".join(filter(None, ("HOURS", hours.isco08, hours.destination)))
    return None


Asking = Callable[..., Question]
"""Asks the same question again with something changed."""


def smallest_change(
    person: Person,
    world: SearchedWorld,
    day: date,
    *,
    known_on: date | datetime | None = None,
    among: Among | None = None,
    question: Question | None = None,
) -> SmallestChange | None:
    """The smallest single change that would open a path for somebody who has none; None when no single change would.

    Ask only after `find` found nothing: a person who has a path needs no change. Wishes do not count here, days on
    which the person is free do. `question`: this very question, if it has been asked already. Errors: none.
    """
    return next(smallest_changes(person, world, day, known_on=known_on, among=among, question=question), None)


def smallest_changes(
    person: Person,
    world: SearchedWorld,
    day: date,
    *,
    known_on: date | datetime | None = None,
    among: Among | None = None,
    question: Question | None = None,
) -> Iterator[SmallestChange]:
    """One change of each kind that would open a path, smallest kind first, each worked out only when asked for."""
    if person.consented:
        again = partial(Question, person, world, day, known_on=known_on, among=among)
        asked = question or again()
        found = (look(asked, again) for look in LOOKS)
        yield from (miss for miss in found if miss is not None)


def _wait(question: Question, again: Asking) -> SmallestChange | None:
    """An order that opens by itself."""
    found = opens_by_itself(question)
    if found is None:
        return None
    order, day = found
    text = said(ChangeKind.WAIT, by=day, ready_on=day)
    return SmallestChange(
        change=ChangeKind.WAIT, by=day, order=order, ready_on=day, days=(day - question.day).days, text=text
    )


def _paper(question: Question, again: Asking) -> SmallestChange | None:
    """The paper after which the person may apply soonest: today, if it is all that is missing."""
    papers = unknown_papers(question)
    training = of_training(question, papers)
    tried = [
        (asks, again(assumed=asks) if asks & training else question.assuming(asks))
        for asks in papers
        if asks & training or may_open(question, asks)
    ]
    found = [
        _shown(question, changed, asks, order, question.day, changed.last_day(order, question.day))
        for asks, changed in tried
        for mine in [changed.open_today()]
        if mine
        for order in [changed.best_of(mine)]
    ]
    if not found:  # who may apply today applies sooner than by any path
        soonest = date.max
        for asks, changed in tried:
            path = Search(changed, changed.open, soonest).choice.fastest()
            if path is not None:
                soonest = date.fromordinal(path.ready_on)
                found.append(_shown(question, changed, asks, path.aim.best_on(path.ready_on), soonest, soonest))
    return min(found, key=lambda miss: (miss.ready_on, miss.papers), default=None)


def _shown(
    question: Question, changed: Question, asks: frozenset[Requirement], order: str, ready_on: date, by: date
) -> SmallestChange:
    what = papers_of(asks_of_order(changed, order, asks))
    return SmallestChange(
        change=ChangeKind.PAPER,
        by=by,
        order=order,
        ready_on=ready_on,
        papers=missing_papers(question, order, ready_on),
        text=said(ChangeKind.PAPER, by=by, ready_on=ready_on, what=what, trained=ready_on > question.day),
    )


def _of_a_batch(change: ChangeKind, question: Question, again: Asking) -> SmallestChange | None:
    """The fastest path that joins one batch which needs this change."""
    changes = question.offers.change
    return _told(change, Search(question, question.free & np.isin(changes, (ChangeKind.NONE, change))))


def _free_days(question: Question, again: Asking) -> SmallestChange | None:
    """The fastest path of which one batch lies on days on which the person said they are not free."""
    if question.free.all():
        return None
    offers = question.offers
    change = np.where(
        offers.change == ChangeKind.NONE, np.where(question.free, ChangeKind.NONE, ChangeKind.FREE_DAYS), -1
    )
    changed = again(supply=replace(question.supply, offers=replace(offers, change=change.astype(np.int8))))
    return _told(ChangeKind.FREE_DAYS, Search(changed, change >= ChangeKind.NONE))


def _later_closing(question: Question, again: Asking) -> SmallestChange | None:
    """The order that would have to stay open the fewest days longer."""
    changed = again(closing=False)
    search = Search.beyond_wishes(changed)
    found = search.choice.least_late()
    if found is None:
        return None
    ready_on, days = date.fromordinal(found.ready_on), int(found.key[0])
    return SmallestChange(
        change=ChangeKind.LATER_CLOSING,
        by=ready_on,
        order=found.aim.closing_before(found.ready_on, days),
        ready_on=ready_on,
        days=days,
        text=said(
            ChangeKind.LATER_CLOSING,
            by=ready_on,
            ready_on=ready_on,
            days=days,
            besides=[title_of(course) for course, _ in _batches_of(search, found)],
        ),
    )


def _new_batch(question: Question, again: Asking) -> SmallestChange | None:
    """The fastest path with one batch that does not exist, in the person's own regency."""
    changed = again(supply=with_new_batches(question))
    usable = np.isin(changed.offers.change, (ChangeKind.NONE, ChangeKind.NEW_BATCH))
    return _told(ChangeKind.NEW_BATCH, Search(changed, changed.free & usable))


LOOKS: tuple[Callable[[Question, Asking], SmallestChange | None], ...] = (
    _wait,
    _paper,
    partial(_of_a_batch, ChangeKind.OPENED),
    partial(_of_a_batch, ChangeKind.SEAT),
    partial(_of_a_batch, ChangeKind.LATER_REGISTRATION),
    _free_days,
    _later_closing,
    _new_batch,
)


def _told(change: ChangeKind, search: Search) -> SmallestChange | None:
    """The fastest path of a search in which one batch needs the change, as that change."""
    found = search.choice.fastest()
    if found is None:
        return None
    question, ready_on = search.question, date.fromordinal(found.ready_on)
    pairs = _batches_of(search, found)
    changed = [int(question.offers.change[search.backward.offer[row]]) == change for row in found.rows]
    if True not in changed:
        return None  # a path that needs no change: the caller did not look for one first
    at = changed.index(True)
    course, batch = pairs[at]
    order = found.aim.best_on(found.ready_on)
    new = change is ChangeKind.NEW_BATCH
    by, days = _by(change, question, pairs, at, order, found), _days(change, question, batch)
    regency = question.person.home_regency if new else batch.regency
    return SmallestChange(
        change=change,
        by=by,
        order=order,
        ready_on=ready_on,
        batch=None if new else batch.id,
        course=course.id or None,
        programme=programme_name(course),
        regency=regency,
        days=days,
        text=said(
            change,
            by=by,
            ready_on=ready_on,
            what=title_of(course),
            regency=regency,
            days=days,
            instead=of_no_class(course, question.person, question.day) if new else None,
            first=[title_of(other) for other, _ in pairs[:at]],
            besides=[title_of(other) for other, _ in pairs[at + 1 :]],
        ),
    )


def _batches_of(search: Search, found: Found) -> list[tuple[Course, Batch]]:
    """The batches of what a search found, in their order."""
    return [search.question.supply.batch(str(search.backward.ids[row])) for row in found.rows]


def _days(change: ChangeKind, question: Question, batch: Batch) -> int | None:
    if change is ChangeKind.NEW_BATCH and batch.starts and batch.ends:
        return (batch.ends - batch.starts).days + 1
    if change is ChangeKind.LATER_REGISTRATION and batch.closes:
        return (question.day - batch.closes).days
    return None


def _by(
    change: ChangeKind, question: Question, pairs: list[tuple[Course, Batch]], at: int, order: str, found: Found
) -> date:
    """When the change must have come true."""
    course, batch = pairs[at]
    assert batch.starts is not None
    if change is ChangeKind.LATER_REGISTRATION:
        return question.day
    if change is not ChangeKind.NEW_BATCH:
        return min(batch.closes or batch.starts - NEXT, batch.starts - NEXT)
    following = pairs[at + 1][1].starts if at + 1 < len(pairs) else None
    last = following - NEXT if following else question.last_day(order, date.fromordinal(found.ready_on))
    timeline, length = question.timeline_around(batch.starts, last), (batch.ends or batch.starts) - batch.starts
    held_then, held_after = (_held_until(pairs[:at], day) for day in (batch.starts, batch.ends or batch.starts))
    begin = min(may_begin_until(course), timeline.last_of(timeline.interval_of(batch.starts)), held_then)
    return min(last, held_after, _free_until(question, batch.ends or last), later(begin, length.days))


def _held_until(before: list[tuple[Course, Batch]], day: date) -> date:
    """The last day on which every certificate of these batches is valid that is still valid on `day`."""
    held = (one.valid_until for course, batch in before if batch.ends for one in certificates_of(course, batch.ends))
    return min((until for until in held if until and until >= day), default=date.max)


def _free_until(question: Question, day: date) -> date:
    """The last of the days on end, from `day` on, on which the person is free."""
    spans = joined(question.person.wishes.available)
    ends = (date.fromordinal(last) for first, last in spans if first <= day.toordinal() <= last)
    return next(ends, date.max)
