"""Earlier work: months in occupations that start with an ISCO-08 prefix, added up."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text, whole
from services.matching.matcher.requirements.base import Requirement, enough
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, unasked, wording

SURE = 0.8
"""An occupation code found from a person's words with less similarity is a guess, and a guess proves no experience."""


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

    def _had(self, person: Person, day: date) -> Any:
        return sum(work.months or 0 for work in person.occupations if work.isco08.startswith(self.isco08))

    def wanted(self) -> Any:
        return {"isco08": self.isco08, "months": self.months}

    def phrase(self) -> Text:
        return Text(f"{self.months} bulan pengalaman kerja sejenis", f"{self.months} months of similar work")

    def proof(self) -> Hashable | None:
        return "EXPERIENCE", self.isco08


WORDINGS: dict[str, Wording] = {
    "EXPERIENCE": wording(
        ("Pengalaman kerja sudah cukup.", "The work experience is enough."),
        (
            "Perlu {needed}; sekarang {value} bulan.",
            "Needs {needed}; now it is {value} months.",
        ),
        ("Lama kerja sejenis belum jelas.", "It is not clear how long the person did similar work."),
        act(Group.LEARN, "PERSON", "Cari pengalaman kerja dulu.", "Gain the experience first."),
        act(Group.BRING, "PERSON", "Bawa surat pengalaman kerja.", "Bring proof of the work."),
    ),
    "EXPERIENCE/UNASKED": unasked("Belum ditanyakan: {needed}.", "Not asked yet: {needed}."),
}
