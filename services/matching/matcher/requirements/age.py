"""How old somebody is, and when a birthday comes: completed years, or a window of birth dates."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, day, same_gaps, whole
from services.matching.matcher.requirements.base import MET, NOT_MET, UNKNOWN, Requirement, iso
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import OTHER_ORDER, SHOW_BIRTH, Wording, act, wording
from shared.codes import texts

BEYOND = 100_000
"""Years that nobody reaches."""


def age_on(born: date, day: date) -> int:
    """Completed years; born on 29 February counts as 1 March. Negative before birth."""
    month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    return day.year - born.year - ((day.month, day.day) < (month, of_month))


def birthday_of(born: date, age: int) -> date | None:
    """The day on which `age` years are completed; None beyond the calendar."""
    month, of_month = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    year = born.year + age
    return date(year, month, of_month) if date.min.year <= year <= date.max.year else None


@dataclass(frozen=True, slots=True)
class Births:
    """Birth dates side by side, 0 where none is known. `day`: ordinals. `year`, and `turn`: the day of each later year
    on which one is a year older, as a number (month x 100 + day) that grows with the day."""

    day: NDArray[np.int64]
    year: NDArray[np.int64]
    turn: NDArray[np.int64]

    @classmethod
    def of(cls, facts: Sequence[tuple[Any, bool]]) -> "Births":
        born = [one for one, _ in facts]
        turn = np.array([one.month * 100 + one.day if one else 0 for one in born], dtype=np.int64)
        return cls(
            np.array([one.toordinal() if one else 0 for one in born], dtype=np.int64),
            np.array([one.year if one else 0 for one in born], dtype=np.int64),
            np.where(turn == 229, 301, turn),
        )

    def codes(self, met: NDArray[np.bool_], later: NDArray[np.bool_] | bool = False) -> NDArray[np.int8]:
        """MET where it is, 1 where it comes `later` or the day is not known, else NOT_MET."""
        found: NDArray[np.int8] = np.where(met, MET, np.where(later, UNKNOWN, NOT_MET)).astype(np.int8)
        found[self.day == 0] = UNKNOWN
        return found


@dataclass(frozen=True, slots=True)
class NeedsAge(Requirement):
    """Completed years on the day asked, both ends inclusive.

    `wait_until`: the last day on which reaching `min` would still help; None = no waiting.
    """

    KIND = "age"
    RULE = "AGE"
    FACET = "birth_date"
    DAY_MATTERS = True
    DATED = True
    min: int | None = None
    max: int | None = None
    wait_until: date | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsAge | None":
        low, high = whole(source.get("min")), whole(source.get("max"))
        readable = (low, high) != (None, None) and same_gaps(source, min=low, max=high)
        return cls(low, high, ref=ref) if readable else None

    def meant(self, title: str | None, country: str | None, wait_until: date | None) -> Requirement:
        """A birthday in time is a lawful wait."""
        return NeedsAge(self.min, self.max, wait_until, ref=self.ref)

    def judge(self, person: Person, day: date) -> Status:
        if person.birth_date is None:
            return UNKNOWN
        age = age_on(person.birth_date, day)
        return MET if (self.min is None or self.min <= age) and (self.max is None or age <= self.max) else NOT_MET

    def reach(self, person: Person, day: date) -> int:
        status = self.judge(person, day)
        return 1 if status is NOT_MET and self.grows_into(person, day) is not None else int(status)

    @classmethod
    def laid_out(cls, facts: Sequence[tuple[Any, bool]]) -> Births:
        return Births.of(facts)

    def reach_of(self, laid_out: Births, day: date) -> NDArray[np.int8]:
        age = day.year - laid_out.year - (laid_out.turn > day.month * 100 + day.day)
        least, most = (None if bound is None else max(min(bound, BEYOND), -BEYOND) for bound in (self.min, self.max))
        young = np.zeros(len(age), dtype=np.bool_) if least is None else age < least
        met = ~young if most is None else ~young & (age <= most)
        if least is None or self.wait_until is None:
            return laid_out.codes(met)
        last, year = self.wait_until, laid_out.year + least
        in_time = (year < last.year) | (year == last.year) & (laid_out.turn <= last.month * 100 + last.day)
        return laid_out.codes(met, young & in_time)

    def grows_into(self, person: Person, day: date) -> date | None:
        """The birthday on which a person who is too young reaches the age, if it comes in time; else None."""
        clears = self.cleared_on(person, day)
        return clears if clears is not None and self.wait_until is not None and clears <= self.wait_until else None

    def cleared_on(self, person: Person, day: date) -> date | None:
        if person.birth_date is None or self.min is None or age_on(person.birth_date, day) >= self.min:
            return None
        return birthday_of(person.birth_date, self.min)

    def turning_days(self, person: Person, last: date) -> Iterable[date]:
        """Old enough, whenever that is, because a path may wait for it; too old, until `last`."""
        if person.birth_date is not None:
            old_enough = None if self.min is None else birthday_of(person.birth_date, self.min)
            too_old = None if self.max is None else birthday_of(person.birth_date, self.max + 1)
            if old_enough is not None:
                yield old_enough
            if too_old is not None and too_old <= last:
                yield too_old

    def _had(self, person: Person, day: date) -> Any:
        return None if person.birth_date is None else age_on(person.birth_date, day)

    def wanted(self) -> Any:
        return {"min": self.min, "max": self.max}

    def phrase(self) -> Text:
        if self.min is not None and self.min == self.max:
            return Text(f"tepat {self.min} tahun", f"exactly {self.min}")
        if self.min is not None and self.max is not None:
            return Text(f"{self.min} sampai {self.max} tahun", f"{self.min} to {self.max}")
        if self.min is not None:
            return Text(f"minimal {self.min} tahun", f"at least {self.min}")
        return Text(f"maksimal {self.max} tahun", f"at most {self.max}")

    def said_had(self, person: Person, day: date) -> Text | None:
        age = self.had(person, day)
        return Text(f"{age} tahun", f"{age}")

    def words(self) -> Mapping[str, Text]:
        return {} if self.min is None else {"years": Text(str(self.min), str(self.min))}

    def on_record(self) -> Text:
        asked = self.phrase()
        return Text(f"tanggal lahir (umur {asked.id})", f"a birth date (age: {asked.en})")

    def proof(self) -> Hashable | None:
        return "BIRTH_DATE"


def patient(ask: Requirement) -> Requirement:
    """The requirement as if waiting for a birthday always helped; the orders for which it comes too late are struck."""
    return replace(ask, wait_until=date.max) if isinstance(ask, NeedsAge) and ask.min is not None else ask


def birthdays_ahead(ages: Iterable[int], person: Person, day: date) -> dict[int, date]:
    """Each of these ages that the person has not reached yet, with the birthday on which they do."""
    born = person.birth_date
    turned = {age: birthday_of(born, age) for age in ages} if born is not None else {}
    return {age: birthday for age, birthday in turned.items() if birthday is not None and birthday > day}


@dataclass(frozen=True, slots=True)
class NeedsBirthDate(Requirement):
    """Born within a window, both ends inclusive; beside an age range the window alone decides."""

    KIND = "birth_date"
    RULE = "BIRTH_DATE"
    FACET = "birth_date"
    from_: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsBirthDate | None":
        first, last = day(source.get("from")), day(source.get("until"))
        readable = (first, last) != (None, None) and same_gaps(source, **{"from": first, "until": last})
        return cls(first, last, ref=ref) if readable else None

    def judge(self, person: Person, day: date) -> Status:
        born = person.birth_date
        if born is None:
            return UNKNOWN
        begun = self.from_ is None or self.from_ <= born
        return MET if begun and (self.until is None or born <= self.until) else NOT_MET

    @classmethod
    def laid_out(cls, facts: Sequence[tuple[Any, bool]]) -> Births:
        return Births.of(facts)

    def reach_of(self, laid_out: Births, day: date) -> NDArray[np.int8]:
        first, last = self.from_ or date.min, self.until or date.max
        return laid_out.codes((laid_out.day >= first.toordinal()) & (laid_out.day <= last.toordinal()))

    def _had(self, person: Person, day: date) -> Any:
        return iso(person.birth_date)

    def wanted(self) -> Any:
        return {"from": iso(self.from_), "until": iso(self.until)}

    def phrase(self) -> Text:
        def one(language: str, from_: str, until: str) -> str:
            said = [(from_, self.from_), (until, self.until)]
            return " ".join(f"{word} {texts.day(end, language)}" for word, end in said if end is not None)

        return Text(one("id", "dari", "sampai"), one("en", "from", "to"))

    def proof(self) -> Hashable | None:
        return "BIRTH_DATE"


WORDINGS: dict[str, Wording] = {
    "AGE": wording(
        ("Umur sesuai untuk lowongan ini.", "The age fits this job order."),
        (
            "Umur untuk lowongan ini {needed}; sekarang {value}.",
            "The age for this job order is {needed}; now it is {value}.",
        ),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        OTHER_ORDER,
        SHOW_BIRTH,
    ),
    "BIRTH_DATE": wording(
        ("Tanggal lahir masih dalam batas.", "The birth date is within the limits."),
        ("Tanggal lahir harus {needed}.", "The birth date must be {needed}."),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        OTHER_ORDER,
        SHOW_BIRTH,
    ),
    "AGE_18": wording(
        ("Umur sudah 18 tahun.", "The person is 18 or older."),
        (
            "Umur belum 18 tahun. Boleh ikut pelatihan, belum boleh bekerja di luar negeri.",
            "The person is not 18 yet. Training is open, work abroad is not.",
        ),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        act(Group.WAIT, "NOBODY", "Tunggu sampai umur 18 tahun.", "Wait until the 18th birthday."),
        SHOW_BIRTH,
    ),
    "AGE_FLOOR": wording(
        ("Umur cukup untuk {country}.", "The person is old enough for {country}."),
        (
            "Untuk pekerjaan ini di {country}, umur harus {needed}.",
            "For this work in {country} the age must be {needed}.",
        ),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        act(Group.WAIT, "NOBODY", "Tunggu sampai umur cukup.", "Wait until the age is reached."),
        SHOW_BIRTH,
    ),
}
