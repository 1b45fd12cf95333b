"""The columns in which the vectorised form keeps people: one row a person, one table for each fact that repeats.

Dates are whole numbers `yyyymmdd`, so that an age is one subtraction; texts are numbers of a growing vocabulary. A
changed person replaces its row; what it had in the repeating tables is crossed out and appended anew.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility.asks import SURE
from services.matching.matcher.facts.people import LISTS, Person

Ints = npt.NDArray[np.int32]
NOTHING = -1
"""A text that is not there."""
NO_DAY = 0
"""A date that is not there."""
NOBODY = -1
"""Owner of a crossed-out line."""


def number_of_day(day: date | None) -> int:
    return NO_DAY if day is None else day.year * 10_000 + day.month * 100 + day.day


def birth_number(day: date | None) -> int:
    """As above, with 29 February as 1 March: the day on which such a person turns a year older."""
    number = number_of_day(day)
    return number + 72 if number % 10_000 == 229 else number


@dataclass(slots=True)
class Vocabulary:
    """Texts as numbers."""

    words: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, word: str | None) -> int:
        if word is None:
            return NOTHING
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number

    def find(self, word: str | None) -> int:
        """The number of a known word; a word that nobody has matches nothing (-2), unlike a missing one (-1)."""
        return -2 if word is None else self._numbers.get(word, -2)

    def lookup(self, answer: Callable[[str], int], missing: int | np.int8) -> npt.NDArray[np.int8]:
        """`answer` for each word, with `missing` at the end, so that index -1 finds it."""
        return np.array([*(answer(word) for word in self.words), missing], dtype=np.int8)


class Lines:
    """A growing table of whole numbers; each line belongs to the row of one person, whose lines lie side by side."""

    def __init__(self, *columns: str) -> None:
        self._at = {name: place + 1 for place, name in enumerate(columns)}
        self._data: Ints = np.zeros((len(columns) + 1, 0), dtype=np.int32)
        self._waiting: list[tuple[int, ...]] = []
        self._of: dict[int, tuple[int, int]] = {}
        self._crossed_out = 0
        self._in_order: Ints | None = None

    def replace(self, owner: int, lines: Sequence[tuple[int, ...]]) -> None:
        """Cross out the lines of `owner` and append these instead."""
        if owner in self._of:
            self._flush()  # may move lines, so look up where they are only now
            first, end = self._of.pop(owner)
            self._data[0, first:end] = NOBODY
            self._crossed_out += end - first
            self._in_order = None
        if lines:
            self._in_order = None
            first = self._data.shape[1] + len(self._waiting)
            self._of[owner] = (first, first + len(lines))
            self._waiting += [(owner, *line) for line in lines]

    def sorted_owners(self) -> Ints:
        """The row of each line in rising order, crossed-out lines left out."""
        return self._sorted()[0]

    def sorted_column(self, name: str) -> Ints:
        """A column in the order of `sorted_owners`."""
        return self._sorted()[self._at[name]]

    def _sorted(self) -> Ints:
        if self._in_order is None:
            self._flush()
            living = self._data[:, self._data[0] != NOBODY]
            rising = np.all(living[0, 1:] >= living[0, :-1])
            self._in_order = living if rising else living[:, np.argsort(living[0], kind="stable")]
        return self._in_order

    def _flush(self) -> None:
        """Lines wait in a list until somebody reads, so that a hundred thousand people become one array."""
        if self._waiting:
            fresh = np.array(self._waiting, dtype=np.int32).T
            self._data = np.concatenate([self._data, fresh], axis=1)
            self._waiting = []
        if self._crossed_out > 1000 and self._crossed_out > self._data.shape[1] // 2:
            self._compact()

    def _compact(self) -> None:
        self._data = self._data[:, self._data[0] != NOBODY]
        self._crossed_out = 0
        starts = np.flatnonzero(np.diff(self._data[0], prepend=NOBODY - 1))
        ends = np.append(starts[1:], self._data.shape[1])
        self._of = {int(self._data[0, first]): (int(first), int(end)) for first, end in zip(starts, ends, strict=True)}


class People:
    """All people as columns. `rows[id]` is a person's row; `size` counts rows, also those of removed people."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.rows: dict[str, int] = {}
        self.size = 0
        self.words: defaultdict[str, Vocabulary] = defaultdict(Vocabulary)
        """One vocabulary a sort of code, so that a question about regencies does not walk through test results."""
        self.languages = Lines("language", "test", "result", "until")
        self.certificates = Lines("kind", "scheme", "from", "until")
        self.hours = Lines("isco08", "destination", "hours")
        self.occupations = Lines("isco08", "months", "sure")
        self.programmes = Lines("kind", "field", "finished")
        self.records = Lines("kind", "country", "until", "years")
        self.conditions = Lines("code", "met")
        self.papers = Lines("code", "status", "until")
        self.holds = Lines("order")
        self._free: list[int] = []
        self._dense: Ints = np.zeros((len(_DENSE), 64), dtype=np.int32)
        self.upsert(*people)

    def __len__(self) -> int:
        return len(self.rows)

    def dense(self, name: str) -> Ints:
        """One number a row: alive, consent, birth, born, sex, home, schooled, level, field, fitness, unasked."""
        return self._dense[_DENSE[name], : self.size]

    def upsert(self, *people: Person) -> None:
        for person in people:
            row = self.rows.get(person.id)
            if row is None:
                row = self._new_row()
                self.rows[person.id] = row
            self._write(row, person)

    def remove(self, person_id: str) -> None:
        """The row stays, without consent and not alive, until another person takes it."""
        row = self.rows.pop(person_id, None)
        if row is not None:
            self._write(row, Person(id=""))
            self._dense[_DENSE["alive"], row] = 0
            self._free.append(row)

    def _new_row(self) -> int:
        if self._free:
            return self._free.pop()
        if self.size == self._dense.shape[1]:
            self._dense = np.concatenate([self._dense, np.zeros_like(self._dense)], axis=1)
        self.size += 1
        return self.size - 1

    def _write(self, row: int, person: Person) -> None:
        day, schooling = number_of_day, person.education
        self._dense[:, row] = (
            1,
            person.consented,
            birth_number(person.birth_date),
            day(person.birth_date),
            self.words["sex"].add(person.sex),
            self.words["home"].add(person.home_regency),
            schooling is not None,
            self.words["level"].add(schooling.level if schooling else None),
            self.words["field"].add(schooling.field if schooling else None),
            self.words["fitness"].add(person.fitness.status),
            sum(1 << at for at, name in enumerate(LISTS) if name in person.unasked),
        )
        result, code, title = self.words["result"].add, self.words["code"].add, self.words["isco08"].add
        status = self.words["status"].add
        languages = [
            (code(it.language), code(it.test), result(it.result), day(it.valid_until)) for it in person.languages
        ]
        certificates = [
            (code(it.kind), code(it.scheme), day(it.valid_from), day(it.valid_until)) for it in person.certificates
        ]
        hours = [(title(it.isco08), code(it.destination), _count(it.hours)) for it in person.training_hours]
        occupations = [(title(it.isco08), _count(it.months), it.similarity >= SURE) for it in person.occupations]
        programmes = [(code(it.kind), code(it.field), _count(it.finished)) for it in person.prior_programmes]
        records = [(code(it.kind), code(it.country), day(it.until), _years(it.years)) for it in person.records]
        papers = [(code(it.code), status(it.status), day(it.valid_until)) for it in person.requirements]
        self.languages.replace(row, languages)
        self.certificates.replace(row, certificates)
        self.hours.replace(row, hours)
        self.occupations.replace(row, occupations)
        self.programmes.replace(row, programmes)
        self.records.replace(row, records)
        self.conditions.replace(row, [(code(it.code), it.met) for it in person.fitness.conditions])
        self.papers.replace(row, papers)
        self.holds.replace(row, [(self.words["order"].add(order_id),) for order_id in person.holds])


_DENSE = {
    name: place
    for place, name in enumerate(
        ("alive", "consent", "birth", "born", "sex", "home", "schooled", "level", "field", "fitness", "unasked")
    )
}


MOST = 1_000_000_000
"""Larger counts are cut here; no rule asks for as much, and a table of 32-bit numbers must hold them."""


def _count(value: int | None) -> int:
    """A count or a yes; nothing on record is -1."""
    return NOTHING if value is None else min(int(value), MOST)


def _years(years: float | None) -> int:
    """Years of a stay, begun ones included: "more than five" is true for five and a day."""
    return NOTHING if years is None else min(math.ceil(years), MOST)
