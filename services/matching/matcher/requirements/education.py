"""Schooling: a rung of the ladder, its school years, or a field of study; the highest certificate counts."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, same_gaps, text, texts, whole
from services.matching.matcher.requirements.base import MET, NOT_MET, UNKNOWN, Requirement, yes
from services.matching.matcher.requirements.groups import joined
from services.matching.matcher.requirements.names import study
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, only, wording
from shared.codes import education
from shared.codes.study import listed, one

NONE = Text("belum ada", "none")


@dataclass(frozen=True, slots=True)
class NeedsEducation(Requirement):
    """A rung of the ladder and/or its school years; years alone never raise the highest certificate."""

    KIND = "education"
    RULE = "EDUCATION"
    FACET = "education"
    level: str | None = None
    years: int | None = None
    fields: tuple[str, ...] = ()

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsEducation | None":
        level, years = text(source.get("level")), whole(source.get("years"))
        fields = tuple(dict.fromkeys(one(name) or name for name in texts(source.get("fields"))))
        readable = same_gaps(source, level=level, years=years) and (level, years, fields) != (None, None, ())
        return cls(level, years, fields, ref=ref) if readable else None

    def judge(self, person: Person, day: date) -> Status:
        """The highest certificate decides: its rung, and the school years that the rung stands for."""
        if person.education is None:
            return UNKNOWN
        rung = education.LADDER.get(person.education.level or "")
        needed = education.LADDER.get(self.level or "")
        high = MET
        if self.level is not None:
            high = UNKNOWN if rung is None or needed is None else yes(rung.rank >= needed.rank)
        long = MET
        if self.years is not None:
            long = UNKNOWN if rung is None else yes(rung.years >= self.years)
        fitting = MET
        if self.fields:
            fitting = self._fits(person.education.field)
        return min(high, long, fitting)

    def _fits(self, field: str | None) -> Status:
        """Words that are on no list are compared with nothing, and say neither yes nor no."""
        if field in self.fields:
            return MET
        return UNKNOWN if listed(field) is None else NOT_MET

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        found = super(NeedsEducation, self).variants(person, day, status)
        level = person.education.level if person.education is not None else None
        only_field = status is UNKNOWN and bool(self.fields) and level in education.LADDER
        if only_field:
            return [*found, "FIELD"]
        needed = education.LADDER.get(self.level or "")
        college = status is NOT_MET and needed is not None and needed.rank > education.LADDER["SMA"].rank
        return [*found, "COLLEGE"] if college else found

    def _had(self, person: Person, day: date) -> Any:
        return person.education and {"level": person.education.level, "field": person.education.field}

    def wanted(self) -> Any:
        return {"level": self.level, "years": self.years, "fields": list(self.fields) or None}

    def phrase(self) -> Text:
        parts = []
        rung = education.LADDER.get(self.level or "")
        if rung is not None:
            parts.append(Text(rung.name_id, rung.name_en))
        if self.years is not None:
            parts.append(Text(f"{self.years} tahun", f"{self.years} years"))
        if self.fields:
            named = Text.joined(*map(study, self.fields), by=" / ")
            parts.append(Text(f"bidang {named.id}", f"in {named.en}"))
        return joined(parts, Text(", ", ", "))

    def said_had(self, person: Person, day: date) -> Text | None:
        rung = education.LADDER.get((person.education.level if person.education else None) or "")
        if rung is None or person.education is None:
            return NONE
        field = listed(person.education.field) if self.fields else None
        if field is None:
            return Text(rung.name_id, rung.name_en)
        name = study(field)
        return Text(f"{rung.name_id}, bidang {name.id}", f"{rung.name_en}, in {name.en}")

    def on_record(self) -> Text:
        asked = self.phrase()
        return Text(f"ijazah ({asked.id})", f"a diploma ({asked.en})")

    def proof(self) -> Hashable | None:
        return "EDUCATION"


WORDINGS: dict[str, Wording] = {
    "EDUCATION": wording(
        ("Pendidikan sudah cukup.", "The schooling is enough."),
        (
            "Perlu pendidikan {needed}; ijazah sekarang {value}.",
            "Needs schooling: {needed}; the diploma now is {value}.",
        ),
        ("Ijazah belum tercatat.", "The diploma is not on record."),
        act(
            Group.LEARN,
            "PERSON",
            "Lanjutkan sekolah atau ikuti Kejar Paket, atau pilih lowongan lain.",
            "Finish more schooling, or choose another job order.",
        ),
        act(Group.BRING, "PERSON", "Bawa ijazah terakhir.", "Bring the highest diploma."),
    ),
    "EDUCATION/COLLEGE": only(
        "Perlu pendidikan {needed}; ijazah sekarang {value}.",
        "Needs schooling: {needed}; the diploma now is {value}.",
        act(
            Group.LEARN,
            "PERSON",
            "Selesaikan dulu kuliah yang diminta, atau pilih lowongan lain.",
            "Finish the studies that are asked for first, or choose another job order.",
        ),
    ),
    "EDUCATION/FIELD": only(
        "Jurusan pada ijazah belum tercatat.",
        "The field of study of the diploma is not on record.",
        act(
            Group.BRING,
            "PERSON",
            "Lihat ijazahnya, lalu pilih jurusannya dari daftar.",
            "Look at the diploma and choose its field from the list.",
        ),
    ),
}
