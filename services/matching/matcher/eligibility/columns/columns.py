"""All asks as columns: the people of a few rows on one day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.columns import circumstances, learning
from services.matching.matcher.eligibility.columns.answers import (
    MET,
    NOT_MET,
    UNKNOWN,
    Bytes,
    Truth,
    least,
    most,
    three,
)
from services.matching.matcher.eligibility.people import Ints, Lines, People, number_of_day
from services.matching.matcher.facts import (
    AllOf,
    AnyOf,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsCondition,
    NeedsEducation,
    NeedsExperience,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Ranked,
    Unreadable,
)


class Columns:
    """The people in rows `first` to `last` on one day. `status` and `reach` give one small number a person."""

    def __init__(self, people: People, day: date, first: int = 0, last: int | None = None) -> None:
        self.people, self.day = people, number_of_day(day)
        self.first, self.last = first, people.size if last is None else min(last, people.size)
        self.size = self.last - self.first
        self._leaves: dict[asks.Ask, Bytes] = {}
        self._waiting: dict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]] = {}

    def status(self, ask: asks.Ask) -> Bytes:
        """0 NOT_MET, 1 UNKNOWN, 2 MET."""
        if isinstance(ask, AllOf):
            return least([self.status(part) for part in ask.parts], self.size)
        if isinstance(ask, AnyOf):
            return most([self.status(part) for part in ask.parts], self.size)
        return self.leaf(ask)

    def reach(self, ask: asks.Ask) -> Bytes:
        """2 met, 1 the person can still clear it, 0 the person cannot (`judge.reach`)."""
        if isinstance(ask, AllOf):
            return least([self.reach(part) for part in ask.parts], self.size)
        if isinstance(ask, AnyOf):
            return most([self.reach(part) for part in ask.parts], self.size)
        status = self.leaf(ask)
        if isinstance(ask, asks.CLEARED_BY_OTHERS):
            return np.where(status == MET, MET, NOT_MET)
        if isinstance(ask, asks.Age) and ask.min is not None and ask.wait_until is not None:
            return np.where((status == NOT_MET) & self._grows_into(ask.min, ask.wait_until), UNKNOWN, status)
        return status

    def too_late(self, years: int, last: int) -> npt.NDArray[np.intp]:
        """The people who are younger than this on the day and turn so old only after the day `last` (yyyymmdd)."""
        waiting = self._waiting.get(years)
        if waiting is None:
            birthdays = self._birthdays(years)
            young = np.flatnonzero(birthdays > self.day)
            young = young[np.argsort(birthdays[young])]
            waiting = self._waiting[years] = birthdays[young], young
        birthdays, young = waiting
        return young[np.searchsorted(birthdays, last, side="right") :]

    def under_age(self, years: int) -> Truth:
        return self.status(asks.Age(min=years)) == NOT_MET

    def consented(self) -> Truth:
        return self.dense("consent") == 1

    def leaf(self, ask: asks.Ask) -> Bytes:
        known = self._leaves.get(ask)
        if known is None:
            known = self._leaves[ask] = _COLUMNS[type(ask)](self, ask)
        return known

    def dense(self, name: str) -> Ints:
        return self.people.dense(name)[self.first : self.last]

    def lines(self, lines: Lines) -> tuple[Ints, Callable[[str], Ints]]:
        """The lines of these people: their owners counted from `first`, and a way to read a column."""
        owners = lines.sorted_owners()
        part = slice(*np.searchsorted(owners, (self.first, self.last)))
        return owners[part] - self.first, lambda name: lines.sorted_column(name)[part]

    def best(self, owners: Ints, answers: Bytes) -> Bytes:
        """The best answer of each person's lines; NOT_MET without any."""
        best = np.zeros(self.size, dtype=np.int8)
        counts = answers > NOT_MET
        np.maximum.at(best, owners[counts], answers[counts])
        return best

    def sums(self, owners: Ints, amounts: Ints, wanted: Truth, known: Truth, needed: int) -> Bytes:
        """MET when the known amounts reach what is needed, UNKNOWN when one that is not known might help."""
        sure = wanted & known
        sums = np.bincount(owners[sure], weights=amounts[sure], minlength=self.size)
        might = np.zeros(self.size, dtype=np.bool_)
        might[owners[wanted & ~known]] = True
        return three(sums >= needed, might)

    def _grows_into(self, years: int, wait_until: date) -> Truth:
        """Too young on the day and old enough on a birthday that comes in time."""
        birthday = self._birthdays(years)
        return (birthday > self.day) & (birthday <= number_of_day(wait_until))

    def _birthdays(self, years: int) -> npt.NDArray[np.int64]:
        """The day on which each person turns so old; a day before any question where the birth date is not known."""
        return self.dense("birth").astype(np.int64) + years * 10_000


def _fixed(columns: Columns, ask: asks.Fixed) -> Bytes:
    return np.full(columns.size, ask.status, dtype=np.int8)


def _within(columns: Columns, ask: asks.Within) -> Bytes:
    begun = ask.first is None or number_of_day(ask.first) <= columns.day
    lasts = ask.last is None or columns.day <= number_of_day(ask.last)
    return np.full(columns.size, MET if begun and lasts else NOT_MET, dtype=np.int8)


def _ranked(columns: Columns, ask: Ranked) -> Bytes:
    return np.full(columns.size, MET, dtype=np.int8)


def _unreadable(columns: Columns, ask: Unreadable) -> Bytes:
    return np.full(columns.size, UNKNOWN, dtype=np.int8)


_COLUMNS: dict[type, Callable[["Columns", Any], Bytes]] = {
    NeedsBirthDate: circumstances.birth_date,
    NeedsSex: circumstances.sex,
    NeedsEducation: learning.schooling,
    NeedsLanguage: learning.language,
    NeedsCertificate: learning.certificate,
    NeedsExperience: learning.experience,
    NeedsCondition: circumstances.condition,
    NeedsNoRecord: circumstances.no_record,
    NeedsProgramme: circumstances.programme,
    Ranked: _ranked,
    Unreadable: _unreadable,
    asks.Fixed: _fixed,
    asks.Within: _within,
    asks.Consent: circumstances.consent,
    asks.Age: circumstances.age,
    asks.HomeOutside: circumstances.home_outside,
    asks.Hours: learning.hours,
    asks.NotUnfit: circumstances.not_unfit,
    asks.NotRefused: circumstances.not_refused,
    asks.Paper: circumstances.paper,
    asks.HoldsSlot: circumstances.holds_slot,
}
