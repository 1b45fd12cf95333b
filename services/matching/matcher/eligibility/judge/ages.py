"""How old somebody is, and when a birthday comes: for the rules, and for whoever plans around a birthday."""

from datetime import date

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import NeedsAge, NeedsBirthDate

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


def age_on(born: date, day: date) -> int:
    """Completed years; born on 29 February counts as 1 March. Negative before birth."""
    month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    return day.year - born.year - ((day.month, day.day) < (month, of_month))


def birthday_of(born: date, age: int) -> date | None:
    """The day on which `age` years are completed; None beyond the calendar."""
    month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    year = born.year + age
    return date(year, month, of_month) if date.min.year <= year <= date.max.year else None


def age(ask: asks.Age | NeedsAge, person: Person, day: date) -> Status:
    if person.birth_date is None:
        return UNKNOWN
    age = age_on(person.birth_date, day)
    return MET if (ask.min is None or ask.min <= age) and (ask.max is None or age <= ask.max) else NOT_MET


def birth_date(ask: NeedsBirthDate, person: Person, day: date) -> Status:
    born = person.birth_date
    if born is None:
        return UNKNOWN
    return MET if (ask.from_ is None or ask.from_ <= born) and (ask.until is None or born <= ask.until) else NOT_MET
