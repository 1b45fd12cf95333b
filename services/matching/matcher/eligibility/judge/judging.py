"""One ask, one person, one day: the door of the readable form, and the groups that combine answers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.judge import ages, circumstances, learning
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import (
    AllOf,
    AnyOf,
    NeedsAge,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsCondition,
    NeedsEducation,
    NeedsExperience,
    NeedsHours,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Ranked,
    Unreadable,
)

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


def judge(ask: asks.Ask, person: Person, day: date) -> Status:
    """MET, NOT_MET or UNKNOWN on this day. Works for the raw leaves of course prerequisites as well."""
    return _JUDGES[type(ask)](ask, person, day)


def reach(ask: asks.Ask, person: Person, day: date) -> int:
    """2 = met; 1 = papers that the person can bring, or a birthday in time, may still make it met; 0 = they cannot.

    The same numbers are the first three `STATE_CODES`: the least reach of all APPLY demands is the state.
    """
    if isinstance(ask, AllOf):
        return min((reach(part, person, day) for part in ask.parts), default=2)
    if isinstance(ask, AnyOf):
        return max((reach(part, person, day) for part in ask.parts), default=0)
    status = judge(ask, person, day)
    if isinstance(ask, asks.CLEARED_BY_OTHERS):
        return 2 if status is MET else 0
    if status is NOT_MET and isinstance(ask, asks.Age):
        return 0 if grows_into(ask, person, day) is None else 1
    return int(status)


def hopeful(ask: asks.Ask, person: Person, day: date) -> bool:
    """Is this ask met, or could the person still clear it by a paper or a birthday in time?"""
    return reach(ask, person, day) > 0


def grows_into(ask: asks.Age, person: Person, day: date) -> date | None:
    """The birthday on which a person who is too young reaches the age, if it comes in time; else None."""
    clears = cleared_on(ask, person, day)
    return clears if clears is not None and ask.wait_until is not None and clears <= ask.wait_until else None


def cleared_on(ask: asks.Ask, person: Person, day: date) -> date | None:
    """The birthday on which a person who is too young reaches the age, or the day after the end of an entry ban."""
    if isinstance(ask, asks.NoBan):
        ends = circumstances.ban_ends(ask, person, day)
        return ends + timedelta(days=1) if ends is not None and ends < date.max else None
    if not isinstance(ask, asks.Age) or person.birth_date is None or ask.min is None:
        return None
    return None if ages.age_on(person.birth_date, day) >= ask.min else ages.birthday_of(person.birth_date, ask.min)


def _all(ask: AllOf, person: Person, day: date) -> Status:
    return min((judge(part, person, day) for part in ask.parts), default=MET)


def _any(ask: AnyOf, person: Person, day: date) -> Status:
    return max((judge(part, person, day) for part in ask.parts), default=NOT_MET)


def _fixed(ask: asks.Fixed, person: Person, day: date) -> Status:
    return ask.status


def _within(ask: asks.Within, person: Person, day: date) -> Status:
    begun = ask.first is None or ask.first <= day
    return MET if begun and (ask.last is None or day <= ask.last) else NOT_MET


def _outside(ask: asks.Outside, person: Person, day: date) -> Status:
    return Status(MET - _within(asks.Within(ask.first, ask.last), person, day))


def _unreadable(ask: Unreadable, person: Person, day: date) -> Status:
    return UNKNOWN


_JUDGES: dict[type, Callable[[Any, Person, date], Status]] = {
    AllOf: _all,
    AnyOf: _any,
    NeedsAge: ages.age,
    NeedsBirthDate: ages.birth_date,
    NeedsSex: circumstances.sex,
    NeedsEducation: learning.schooling,
    NeedsLanguage: learning.language,
    NeedsCertificate: learning.certificate,
    NeedsHours: learning.raw_hours,
    NeedsExperience: learning.experience,
    NeedsCondition: circumstances.condition,
    NeedsNoRecord: circumstances.no_record,
    NeedsProgramme: circumstances.programme,
    Ranked: learning.ranked,
    Unreadable: _unreadable,
    asks.Fixed: _fixed,
    asks.Within: _within,
    asks.Outside: _outside,
    asks.NoBan: circumstances.no_ban,
    asks.Consent: circumstances.consent,
    asks.Age: ages.age,
    asks.HomeOutside: circumstances.home_outside,
    asks.Hours: learning.hours,
    asks.NotUnfit: circumstances.not_unfit,
    asks.NotRefused: circumstances.not_refused,
    asks.Paper: circumstances.paper,
    asks.HoldsSlot: circumstances.holds_slot,
}
