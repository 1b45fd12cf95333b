"""Where one person stands on every day of the search: computed once a question, read thousands of times.

Most answers about a person never change; the others change on a few days (a birthday that some rule waits for, a
certificate that runs out, a new law). Between two such days, a `Stretch`, every answer is constant, so it is enough to
ask on the first day of each.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

from services.matching.matcher.eligibility.asks import CHANGING, Age, Ask, Outside, Within
from services.matching.matcher.eligibility.judge.ages import birthday_of
from services.matching.matcher.eligibility.judge.judging import judge
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import NeedsAge

NEXT = timedelta(days=1)


class Standing:
    """Answers of one person to any ask, by stretch. Stretch 0 is the day of the question alone.

    `asks`: every ask that may be read (their ages and dates bound the stretches). `turning`: days on which the law
    changes. Days after `last` are of no interest except for birthdays, which a path may wait for. `assumed`: asks that
    are taken as met.
    """

    def __init__(
        self,
        person: Person,
        day: date,
        asks: Iterable[Ask],
        turning: Iterable[date] = (),
        last: date = date.max,
        assumed: Iterable[Ask] = (),
    ) -> None:
        self.person = person
        self.day = day
        firsts = {day, day + NEXT}
        for changes in (_of_papers(person), turning):
            firsts.update(change for change in changes if day < change <= last)
        for ask in asks:
            firsts.update(change for change in _of_ask(ask, person, last) if day < change)
        self.firsts = sorted(firsts)
        granted = dict.fromkeys(assumed, Status.MET)
        self._memo = [dict(granted) for _ in self.firsts]
        self._always: dict[Ask, Status] = dict(granted)

    def __len__(self) -> int:
        return len(self.firsts)

    def last_of(self, stretch: int) -> date:
        return self.firsts[stretch + 1] - NEXT if stretch + 1 < len(self.firsts) else date.max

    def stretch_of(self, day: date) -> int:
        return bisect_right(self.firsts, day) - 1

    def status(self, ask: Ask, stretch: int) -> Status:
        """What the person alone, without any course, answers on every day of the stretch."""
        memo = self._memo[stretch] if isinstance(ask, CHANGING) else self._always
        found = memo.get(ask)
        if found is None:
            found = memo[ask] = judge(ask, self.person, self.firsts[stretch])
        return found

    def grown_into(self, ask: Ask, stretch: int) -> bool:
        """Does the stretch begin with the very birthday on which the person becomes old enough?"""
        if not isinstance(ask, Age | NeedsAge) or ask.min is None or self.person.birth_date is None:
            return False
        return birthday_of(self.person.birth_date, ask.min) == self.firsts[stretch]


def _of_papers(person: Person) -> Iterable[date]:
    """The days on which something that the person holds begins or has run out."""
    for certificate in person.certificates:
        if certificate.valid_from is not None:
            yield certificate.valid_from
        if certificate.valid_until is not None and certificate.valid_until < date.max:
            yield certificate.valid_until + NEXT
    ends = [known.valid_until for known in person.languages] + [record.until for record in person.records]
    ends += [paper.valid_until for paper in person.requirements]
    yield from (end + NEXT for end in ends if end is not None and end < date.max)


def _of_ask(ask: Ask, person: Person, last: date) -> Iterable[date]:
    """The days on which the answer to this ask may change by the calendar alone."""
    if isinstance(ask, Age | NeedsAge) and person.birth_date is not None:
        old_enough = None if ask.min is None else birthday_of(person.birth_date, ask.min)
        too_old = None if ask.max is None else birthday_of(person.birth_date, ask.max + 1)
        yield from (day for day in (old_enough,) if day is not None)
        yield from (day for day in (too_old,) if day is not None and day <= last)
    elif isinstance(ask, Within | Outside):
        yield from (day for day in (ask.first,) if day is not None and day <= last)
        yield from (day + NEXT for day in (ask.last,) if day is not None and day < last)
