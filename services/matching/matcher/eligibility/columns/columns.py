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
)
from services.matching.matcher.eligibility.columns.block import Block
from services.matching.matcher.eligibility.people import People, number_of_day
from services.matching.matcher.facts.trees import (
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


class Columns(Block):
    """The same people, asked. `status` and `reach` give one small number a person."""

    def __init__(self, people: People, day: date, first: int = 0, last: int | None = None) -> None:
        super().__init__(people, day, first, last)
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

    def leaf(self, ask: asks.Ask) -> Bytes:
        known = self._leaves.get(ask)
        if known is None:
            known = self._leaves[ask] = _COLUMNS[type(ask)](self, ask)
        return known

    def _grows_into(self, years: int, wait_until: date) -> Truth:
        """Too young on the day and old enough on a birthday that comes in time."""
        birthday = self._birthdays(years)
        return (birthday > self.day) & (birthday <= number_of_day(wait_until))

    def _birthdays(self, years: int) -> npt.NDArray[np.int64]:
        """The day on which each person turns so old; a day before any question where the birth date is not known."""
        return self.dense("birth").astype(np.int64) + years * 10_000


def _fixed(block: Block, ask: asks.Fixed) -> Bytes:
    return np.full(block.size, ask.status, dtype=np.int8)


def _within(block: Block, ask: asks.Within) -> Bytes:
    begun = ask.first is None or number_of_day(ask.first) <= block.day
    lasts = ask.last is None or block.day <= number_of_day(ask.last)
    return np.full(block.size, MET if begun and lasts else NOT_MET, dtype=np.int8)


def _outside(block: Block, ask: asks.Outside) -> Bytes:
    return MET - _within(block, asks.Within(ask.first, ask.last))


def _unreadable(block: Block, ask: Unreadable) -> Bytes:
    return np.full(block.size, UNKNOWN, dtype=np.int8)


_COLUMNS: dict[type, Callable[[Block, Any], Bytes]] = {
    NeedsBirthDate: circumstances.birth_date,
    NeedsSex: circumstances.sex,
    NeedsEducation: learning.schooling,
    NeedsLanguage: learning.language,
    NeedsCertificate: learning.certificate,
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
    asks.Age: circumstances.age,
    asks.HomeOutside: circumstances.home_outside,
    asks.Hours: learning.hours,
    asks.NotUnfit: circumstances.not_unfit,
    asks.NotRefused: circumstances.not_refused,
    asks.Paper: circumstances.paper,
    asks.HoldsSlot: circumstances.holds_slot,
}
