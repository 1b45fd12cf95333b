"""The vectorised form: one ask, many people at once, one day. Whoever fills a `Table` or counts a registry needs it.

Written independently of `judge.py`, on whole columns; a property test compares the two on millions of pairs.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.people import (
    NO_DAY,
    NOTHING,
    Ints,
    Lines,
    People,
    number_of_day,
)
from services.matching.matcher.eligibility.status import Status
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
from shared.codes import education, languages

Bytes = npt.NDArray[np.int8]
Truth = npt.NDArray[np.bool_]

MET, UNKNOWN, NOT_MET = np.int8(Status.MET), np.int8(Status.UNKNOWN), np.int8(Status.NOT_MET)


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
            return _least([self.status(part) for part in ask.parts], self.size)
        if isinstance(ask, AnyOf):
            return _most([self.status(part) for part in ask.parts], self.size)
        return self._leaf(ask)

    def reach(self, ask: asks.Ask) -> Bytes:
        """2 met, 1 the person can still clear it, 0 the person cannot (`judge.reach`)."""
        if isinstance(ask, AllOf):
            return _least([self.reach(part) for part in ask.parts], self.size)
        if isinstance(ask, AnyOf):
            return _most([self.reach(part) for part in ask.parts], self.size)
        status = self._leaf(ask)
        if isinstance(ask, asks.Fixed | asks.Within | Unreadable):
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
        return self._dense("consent") == 1

    def _leaf(self, ask: asks.Ask) -> Bytes:
        known = self._leaves.get(ask)
        if known is None:
            known = self._leaves[ask] = _COLUMNS[type(ask)](self, ask)
        return known

    def _dense(self, name: str) -> Ints:
        return self.people.dense(name)[self.first : self.last]

    def _lines(self, lines: Lines) -> tuple[Ints, Callable[[str], Ints]]:
        """The lines of these people: their owners counted from `first`, and a way to read a column."""
        owners = lines.sorted_owners()
        part = slice(*np.searchsorted(owners, (self.first, self.last)))
        return owners[part] - self.first, lambda name: lines.sorted_column(name)[part]

    def _best(self, owners: Ints, answers: Bytes) -> Bytes:
        """The best answer of each person's lines; NOT_MET without any."""
        best = np.zeros(self.size, dtype=np.int8)
        counts = answers > NOT_MET
        np.maximum.at(best, owners[counts], answers[counts])
        return best

    def _sums(self, owners: Ints, amounts: Ints, wanted: Truth, known: Truth, needed: int) -> Bytes:
        """MET when the known amounts reach what is needed, UNKNOWN when one that is not known might help."""
        sure = wanted & known
        sums = np.bincount(owners[sure], weights=amounts[sure], minlength=self.size)
        might = np.zeros(self.size, dtype=np.bool_)
        might[owners[wanted & ~known]] = True
        return _three(sums >= needed, might)

    def _grows_into(self, years: int, wait_until: date) -> Truth:
        """Too young on the day and old enough on a birthday that comes in time."""
        birthday = self._birthdays(years)
        return (birthday > self.day) & (birthday <= number_of_day(wait_until))

    def _birthdays(self, years: int) -> npt.NDArray[np.int64]:
        """The day on which each person turns so old; a day before any question where the birth date is not known."""
        return self._dense("birth").astype(np.int64) + years * 10_000


def _fixed(columns: Columns, ask: asks.Fixed) -> Bytes:
    return np.full(columns.size, ask.status, dtype=np.int8)


def _within(columns: Columns, ask: asks.Within) -> Bytes:
    begun = ask.first is None or number_of_day(ask.first) <= columns.day
    lasts = ask.last is None or columns.day <= number_of_day(ask.last)
    return np.full(columns.size, MET if begun and lasts else NOT_MET, dtype=np.int8)


def _consent(columns: Columns, ask: asks.Consent) -> Bytes:
    return _three(columns.consented())


def _age(columns: Columns, ask: asks.Age) -> Bytes:
    birth = columns._dense("birth")
    age = (columns.day - birth) // 10_000
    fits = np.ones(columns.size, dtype=np.bool_)
    if ask.min is not None:
        fits &= age >= ask.min
    if ask.max is not None:
        fits &= age <= ask.max
    return np.where(birth == NO_DAY, UNKNOWN, _three(fits))


def _birth_date(columns: Columns, ask: NeedsBirthDate) -> Bytes:
    born = columns._dense("born")
    fits = np.ones(columns.size, dtype=np.bool_)
    if ask.from_ is not None:
        fits &= born >= number_of_day(ask.from_)
    if ask.until is not None:
        fits &= born <= number_of_day(ask.until)
    return np.where(born == NO_DAY, UNKNOWN, _three(fits))


def _sex(columns: Columns, ask: NeedsSex) -> Bytes:
    answers = {"F": Status.NOT_MET, "M": Status.NOT_MET, ask.sex: Status.MET}
    return _looked_up(columns, "sex", lambda word: answers.get(word, Status.UNKNOWN), UNKNOWN)


def _education(columns: Columns, ask: NeedsEducation) -> Bytes:
    needed = education.LADDER.get(ask.level or "")

    def level(word: str) -> int:
        rung = education.LADDER.get(word)
        if rung is None:
            return Status.UNKNOWN if ask.level is not None or ask.years is not None else Status.MET
        high = Status.MET if ask.level is None else _known(None if needed is None else rung.rank >= needed.rank)
        long = Status.MET if ask.years is None else _known(rung.years >= ask.years)
        return min(high, long)

    without = MET if ask.level is None and ask.years is None else UNKNOWN
    answer = _looked_up(columns, "level", level, without)
    if ask.fields:
        field = _looked_up(columns, "field", lambda word: _known(word in ask.fields), UNKNOWN)
        answer = np.minimum(answer, field)
    return np.where(columns._dense("schooled") == 1, answer, UNKNOWN)


def _language(columns: Columns, ask: NeedsLanguage) -> Bytes:
    code = columns.people.words["code"]
    owners, read = columns._lines(columns.people.languages)
    test, result, until = read("test"), read("result"), read("until")
    asked = (read("language") == code.find(ask.language)) & (test != NOTHING)
    asked &= (until == NO_DAY) | (until >= columns.day)
    if ask.test is not None:
        asked &= test == code.find(ask.test)
    owners, test, result = owners[asked], test[asked], result[asked]
    answers = np.full(owners.size, UNKNOWN, dtype=np.int8)
    if ask.test is not None or ask.result is None:
        for name in np.unique(test):
            of_test = test == name
            answers[of_test] = _results(columns, code.words[name], ask.result)[result[of_test]]
    return columns._best(owners, answers)


def _results(columns: Columns, test: str, minimum: str | None) -> Bytes:
    """How every word would do as a result of this test."""

    def answer(word: str) -> int:
        enough = languages.meets(test, word, minimum)
        return Status.MET if enough is None and word == minimum else _known(enough)

    return columns.people.words["result"].lookup(answer, UNKNOWN)


def _certificate(columns: Columns, ask: NeedsCertificate) -> Bytes:
    words = columns.people.words
    owners, read = columns._lines(columns.people.certificates)
    of_kind = read("kind") == words["code"].find(ask.certificate)
    owners, scheme, begins, ends = owners[of_kind], *(read(name)[of_kind] for name in ("scheme", "from", "until"))
    fits = np.full(owners.size, MET, dtype=np.int8)
    if ask.scheme is not None:
        fits = _three(scheme == words["code"].find(ask.scheme), scheme == NOTHING)
    endless = MET if ask.certificate == "LANGUAGE" else UNKNOWN
    lasts = np.where(ends == NO_DAY, endless, _three(ends >= columns.day))
    return columns._best(owners, np.where(begins > columns.day, NOT_MET, np.minimum(fits, lasts)))


def _hours(columns: Columns, ask: asks.Hours) -> Bytes:
    words = columns.people.words
    owners, read = columns._lines(columns.people.hours)
    amounts = read("hours")
    wanted = read("isco08") == words["isco08"].find(ask.isco08)
    if ask.destination is not None:
        destination = read("destination")
        wanted &= (destination == NOTHING) | (destination == words["code"].find(ask.destination))
    return columns._sums(owners, amounts, wanted, amounts != NOTHING, ask.hours)


def _experience(columns: Columns, ask: NeedsExperience) -> Bytes:
    owners, read = columns._lines(columns.people.occupations)
    amounts = read("months")
    starts = columns.people.words["isco08"].lookup(lambda word: word.startswith(ask.isco08), 0) == 1
    known = (amounts != NOTHING) & (read("sure") == 1)
    return columns._sums(owners, amounts, starts[read("isco08")], known, ask.months)


def _condition(columns: Columns, ask: NeedsCondition) -> Bytes:
    """One record against it outweighs any for it."""
    owners, read = columns._lines(columns.people.conditions)
    of_code = read("code") == columns.people.words["code"].find(ask.code)
    met = np.full(columns.size, UNKNOWN, dtype=np.int8)
    met[owners[of_code & (read("met") == 1)]] = MET
    met[owners[of_code & (read("met") == 0)]] = NOT_MET
    return met


def _not_refused(columns: Columns, ask: asks.NotRefused) -> Bytes:
    return _three(columns._leaf(NeedsCondition(code=ask.code)) != NOT_MET)


def _no_record(columns: Columns, ask: NeedsNoRecord) -> Bytes:
    words = columns.people.words
    owners, read = columns._lines(columns.people.records)
    until, country, years = read("until"), read("country"), read("years")
    runs = (read("kind") == words["code"].find(ask.record)) & ((until == NO_DAY) | (until >= columns.day))
    here = np.full(owners.size, MET, dtype=np.int8)
    if ask.country is not None:
        here = _three(country == words["code"].find(ask.country), country == NOTHING)
    if ask.years is not None:
        here = np.minimum(here, _three(years > ask.years, years == NOTHING))
    elif ask.record == "STAY":
        here[:] = NOT_MET
    return MET - columns._best(owners, np.where(runs, here, NOT_MET))


def _programme(columns: Columns, ask: NeedsProgramme) -> Bytes:
    words = columns.people.words
    owners, read = columns._lines(columns.people.programmes)
    field, finished = read("field"), read("finished")
    same = np.full(owners.size, MET, dtype=np.int8)
    if ask.field is not None:
        same = _three(field == words["code"].find(ask.field), field == NOTHING)
    done = _three(finished == 1, finished == NOTHING)
    of_kind = read("kind") == words["code"].find(ask.programme)
    return columns._best(owners, np.where(of_kind, np.minimum(same, done), NOT_MET))


def _home_outside(columns: Columns, ask: asks.HomeOutside) -> Bytes:
    return _looked_up(columns, "home", lambda word: _known(not word.startswith(ask.prefix)), UNKNOWN)


def _not_unfit(columns: Columns, ask: asks.NotUnfit) -> Bytes:
    return _looked_up(columns, "fitness", lambda word: _known(word not in ("UNFIT", "TEMP_UNFIT")), MET)


def _paper(columns: Columns, ask: asks.Paper) -> Bytes:
    words = columns.people.words
    owners, read = columns._lines(columns.people.papers)
    of_code = read("code") == words["code"].find(ask.code)
    owners, status, until = owners[of_code], read("status")[of_code], read("until")[of_code]
    answers = {"MET": Status.MET, "MISSING": Status.NOT_MET, "EXPIRED": Status.NOT_MET}
    answer = words["status"].lookup(lambda word: answers.get(word, Status.UNKNOWN), UNKNOWN)[status]
    papers = np.full(columns.size, UNKNOWN, dtype=np.int8)
    papers[owners] = np.where((until != NO_DAY) & (until < columns.day), NOT_MET, answer)
    return papers


def _holds_slot(columns: Columns, ask: asks.HoldsSlot) -> Bytes:
    owners, read = columns._lines(columns.people.holds)
    holders = np.zeros(columns.size, dtype=np.bool_)
    holders[owners[read("order") == columns.people.words["order"].find(ask.order_id)]] = True
    return _three(holders)


def _ranked(columns: Columns, ask: Ranked) -> Bytes:
    return np.full(columns.size, MET, dtype=np.int8)


def _unreadable(columns: Columns, ask: Unreadable) -> Bytes:
    return np.full(columns.size, UNKNOWN, dtype=np.int8)


def _looked_up(columns: Columns, name: str, answer: Callable[[str], int], missing: np.int8) -> Bytes:
    """A fact that is one word a person: answer each word once."""
    return columns.people.words[name].lookup(answer, missing)[columns._dense(name)]


def _known(holds: bool | None) -> Status:
    return Status.UNKNOWN if holds is None else Status.MET if holds else Status.NOT_MET


def _three(holds: Truth, unknown: Truth | None = None) -> Bytes:
    """MET where it holds, else UNKNOWN where that is said, else NOT_MET."""
    answer = holds.astype(np.int8) * MET
    return answer if unknown is None else np.maximum(answer, unknown.astype(np.int8))


def _least(parts: list[Bytes], size: int) -> Bytes:
    return np.minimum.reduce(parts) if parts else np.full(size, MET, dtype=np.int8)


def _most(parts: list[Bytes], size: int) -> Bytes:
    return np.maximum.reduce(parts) if parts else np.zeros(size, dtype=np.int8)


_COLUMNS: dict[type, Callable[[Columns, Any], Bytes]] = {
    NeedsBirthDate: _birth_date,
    NeedsSex: _sex,
    NeedsEducation: _education,
    NeedsLanguage: _language,
    NeedsCertificate: _certificate,
    NeedsExperience: _experience,
    NeedsCondition: _condition,
    NeedsNoRecord: _no_record,
    NeedsProgramme: _programme,
    Ranked: _ranked,
    Unreadable: _unreadable,
    asks.Fixed: _fixed,
    asks.Within: _within,
    asks.Consent: _consent,
    asks.Age: _age,
    asks.HomeOutside: _home_outside,
    asks.Hours: _hours,
    asks.NotUnfit: _not_unfit,
    asks.NotRefused: _not_refused,
    asks.Paper: _paper,
    asks.HoldsSlot: _holds_slot,
}
