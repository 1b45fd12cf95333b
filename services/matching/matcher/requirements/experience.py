"""Earlier work: months in occupations that start with an ISCO-08 prefix, added up."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text, whole
from services.matching.matcher.requirements.base import Requirement, counted, enough
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, unasked, wording

SURE = 0.8
"""An occupation code found from a person's words with less similarity is a guess, and a guess proves no experience."""
MANY = 2**50
"""Months that nobody worked, and that still add up without rounding."""


@dataclass(frozen=True, slots=True)
class Works:
    """Occupations of many facts, one below the other. `of`: whose fact; `code`: a number into `codes`; `months`: NaN
    where they are not known or the code is a guess. `unasked`: for each fact, did nobody ask?"""

    of: NDArray[np.int64]
    code: NDArray[np.int64]
    codes: tuple[str, ...]
    months: NDArray[np.float64]
    unasked: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NeedsExperience(Requirement):
    """Months of work in occupations that start with this ISCO-08 prefix, added up."""

    KIND = "experience"
    RULE = "EXPERIENCE"
    FACET = "occupations"
    isco08: str
    months: int

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsExperience | None":
        isco08, months = text(source.get("isco08")), whole(source.get("months"))
        return None if isco08 is None or months is None else cls(isco08, months, ref=ref)

    def judge(self, person: Person, day: date) -> Status:
        """Months of matching work add up; work whose code is a guess could count, and then somebody must look."""
        mine = [work for work in person.occupations if work.isco08.startswith(self.isco08)]
        months = [work.months if work.similarity >= SURE else None for work in mine]
        return enough(months, self.months, unasked=self.not_asked(person))

    @classmethod
    def laid_out(cls, facts: Sequence[tuple[Any, bool]]) -> Works:
        works = [(at, work) for at, (mine, _) in enumerate(facts) for work in mine]
        codes: dict[str, int] = {}
        known = (
            np.nan if work.months is None or work.similarity < SURE else min(work.months, MANY) for _, work in works
        )
        return Works(
            np.array([at for at, _ in works], dtype=np.int64),
            np.array([codes.setdefault(work.isco08, len(codes)) for _, work in works], dtype=np.int64),
            tuple(codes),
            np.fromiter(known, np.float64, len(works)),
            np.fromiter((unasked for _, unasked in facts), np.bool_, len(facts)),
        )

    def reach_of(self, laid_out: Works, day: date) -> NDArray[np.int8]:
        matching = np.array([code.startswith(self.isco08) for code in laid_out.codes], dtype=np.bool_)
        mine = np.flatnonzero(matching[laid_out.code]) if len(laid_out.code) else laid_out.code
        of, months, facts = laid_out.of[mine], laid_out.months[mine], len(laid_out.unasked)
        sums = np.bincount(of, np.nan_to_num(months), facts)
        open_ = laid_out.unasked | (np.bincount(of[np.isnan(months)], minlength=facts) > 0)
        found: NDArray[np.int8] = np.where(sums >= min(self.months, MANY), Status.MET, open_ * Status.UNKNOWN).astype(
            np.int8
        )
        return found

    def _had(self, person: Person, day: date) -> Any:
        return sum(work.months or 0 for work in person.occupations if work.isco08.startswith(self.isco08))

    def wanted(self) -> Any:
        return {"isco08": self.isco08, "months": self.months}

    def phrase(self) -> Text:
        return Text(f"{self.months} bulan pengalaman kerja sejenis", f"{counted(self.months, 'month')} of similar work")

    def said_had(self, person: Person, day: date) -> Text:
        months = self._had(person, day)
        return Text(f"{months} bulan", counted(months, "month"))

    def proof(self) -> Hashable | None:
        return "EXPERIENCE", self.isco08


WORDINGS: dict[str, Wording] = {
    "EXPERIENCE": wording(
        ("Pengalaman kerja sudah cukup.", "The work experience is enough."),
        (
            "Perlu {needed}; sekarang {value}.",
            "Needs {needed}; now it is {value}.",
        ),
        ("Lama kerja sejenis belum jelas.", "It is not clear how long the person did similar work."),
        act(Group.LEARN, "PERSON", "Cari pengalaman kerja dulu.", "Gain the experience first."),
        act(Group.BRING, "PERSON", "Bawa surat pengalaman kerja.", "Bring proof of the work."),
    ),
    "EXPERIENCE/UNASKED": unasked("Belum ditanyakan: {needed}.", "Not asked yet: {needed}."),
}
