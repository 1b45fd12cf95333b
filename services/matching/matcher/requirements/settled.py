"""What no person is needed for: settled by the order and the law, or by the day alone; and a slot held for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.base import Requirement, yes
from services.matching.matcher.requirements.status import Status


@dataclass(frozen=True, slots=True)
class Fixed(Requirement):
    """Known from the order and the law alone."""

    OF_THE_OFFER = True
    BEYOND_THE_PERSON = True
    SETTLED = True
    status: Status

    def judge(self, person: Person, day: date) -> Status:
        return self.status


@dataclass(frozen=True, slots=True)
class _Window(Requirement):
    """Two days, both inclusive; None means open at that end."""

    DAY_MATTERS = True
    DATED = True
    OF_THE_OFFER = True
    BEYOND_THE_PERSON = True
    first: date | None
    last: date | None

    def _holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def turning_days(self, person: Person, last: date) -> Iterable[date]:
        if self.first is not None and self.first <= last:
            yield self.first
        if self.last is not None and self.last < last:
            yield self.last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Within(_Window):
    """The day asked lies between the two days."""

    def judge(self, person: Person, day: date) -> Status:
        return yes(self._holds(day))


@dataclass(frozen=True, slots=True)
class Outside(_Window):
    """The day asked does not lie between the two days: on each of those the partner is listed."""

    def judge(self, person: Person, day: date) -> Status:
        return yes(not self._holds(day))


@dataclass(frozen=True, slots=True)
class HoldsSlot(Requirement):
    """A slot of this order is already reserved for the person."""

    FACET = "holds"
    OF_THE_OFFER = True
    order_id: str

    def judge(self, person: Person, day: date) -> Status:
        return yes(self.order_id in person.holds)
