"""Where one person stands on every day of the search: computed once a question, read thousands of times.

Most answers about a person never change; the others change on a few days (a birthday that some rule waits for, a
certificate that runs out, a new law). Between two such days, a `Interval`, every answer is constant, so it is enough to
ask on the first day of each.
"""

from bisect import bisect_right
from collections.abc import Iterable
from copy import copy
from datetime import date, timedelta

from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.age import NeedsAge, birthday_of
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.status import Status

NEXT = timedelta(days=1)


class StatusTimeline:
    """Answers of one person to any ask, by interval. Interval 0 is the day of the question alone.

    `asks`: every ask that may be read (their ages and dates bound the intervals). `turning`: days on which the law
    changes. Days after `last` are of no interest except for birthdays, which a path may wait for. `assumed`: asks that
    are taken as met.
    """

    def __init__(
        self,
        person: Person,
        day: date,
        asks: Iterable[Requirement],
        turning: Iterable[date] = (),
        last: date = date.max,
        assumed: Iterable[Requirement] = (),
    ) -> None:
        self.person = person
        self.day = day
        firsts = {day, day + NEXT}
        for changes in (paper_days(person), turning):
            firsts.update(change for change in changes if day < change <= last)
        for ask in asks:
            firsts.update(change for change in ask.turning_days(person, last) if day < change)
        self.firsts = sorted(firsts)
        granted = dict.fromkeys(assumed, Status.MET)
        self._memo = [dict(granted) for _ in self.firsts]
        self._always: dict[Requirement, Status] = dict(granted)

    def __len__(self) -> int:
        return len(self.firsts)

    def assuming(self, asks: Iterable[Requirement]) -> "StatusTimeline":
        """The same person, of whom these asks too are taken as met."""
        granted = dict.fromkeys(asks, Status.MET)
        other = copy(self)
        other._memo = [{**known, **granted} for known in self._memo]
        other._always = {**self._always, **granted}
        return other

    def last_of(self, interval: int) -> date:
        return self.firsts[interval + 1] - NEXT if interval + 1 < len(self.firsts) else date.max

    def interval_of(self, day: date) -> int:
        return bisect_right(self.firsts, day) - 1

    def status(self, ask: Requirement, interval: int) -> Status:
        """What the person alone, without any course, answers on every day of the interval."""
        memo = self._memo[interval] if ask.DAY_MATTERS else self._always
        found = memo.get(ask)
        if found is None:
            found = memo[ask] = ask.judge(self.person, self.firsts[interval])
        return found

    def grown_into(self, ask: Requirement, interval: int) -> bool:
        """Does the interval begin with the very birthday on which the person becomes old enough?"""
        if not isinstance(ask, NeedsAge) or ask.min is None or self.person.birth_date is None:
            return False
        return birthday_of(self.person.birth_date, ask.min) == self.firsts[interval]


def paper_days(person: Person) -> Iterable[date]:
    """The days on which something that the person holds begins or has run out."""
    for certificate in person.certificates:
        if certificate.valid_from is not None:
            yield certificate.valid_from
        if certificate.valid_until is not None and certificate.valid_until < date.max:
            yield certificate.valid_until + NEXT
    ends = [known.valid_until for known in person.languages] + [record.until for record in person.records]
    ends += [paper.valid_until for paper in person.requirements]
    yield from (end + NEXT for end in ends if end is not None and end < date.max)


def later(day: date, days: int) -> date:
    """So many days later, but never beyond the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
