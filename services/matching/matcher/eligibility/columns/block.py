"""Some of the people on one day, as every column reads them."""

from collections.abc import Callable
from datetime import date

import numpy as np

from services.matching.matcher.eligibility.columns.answers import NOT_MET, UNKNOWN, Bytes, Truth, three
from services.matching.matcher.eligibility.people import Ints, Lines, People, number_of_day
from services.matching.matcher.facts.people import LISTS


class Block:
    """The people in rows `first` to `last` on one day, read column by column."""

    def __init__(self, people: People, day: date, first: int = 0, last: int | None = None) -> None:
        self.people, self.day = people, number_of_day(day)
        self.first, self.last = first, people.size if last is None else min(last, people.size)
        self.size = self.last - self.first

    def consented(self) -> Truth:
        return self.dense("consent") == 1

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

    def unasked(self, name: str) -> Truth:
        """Whom nobody asked for this list."""
        return (self.dense("unasked") & (1 << LISTS.index(name))) != 0

    def or_open(self, name: str, answers: Bytes) -> Bytes:
        """UNKNOWN instead of NOT_MET for people whom nobody asked for the list that was read."""
        return np.maximum(answers, self.unasked(name).astype(np.int8) * UNKNOWN)

    def looked_up(self, name: str, answer: Callable[[str], int], missing: np.int8) -> Bytes:
        """A fact that is one word a person: answer each word once."""
        return self.people.words[name].lookup(answer, missing)[self.dense(name)]
