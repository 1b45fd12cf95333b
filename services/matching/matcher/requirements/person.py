"""Who somebody is, as far as rules may ask: consent, sex, home."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text
from services.matching.matcher.requirements.base import UNKNOWN, Requirement, yes
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import OTHER_ORDER, Wording, act, wording

SEXES = {"F": Text("perempuan", "women"), "M": Text("laki-laki", "men")}


@dataclass(frozen=True, slots=True)
class GivesConsent(Requirement):
    """The person agreed that their data are used for matching."""

    FACET = "consent"

    def judge(self, person: Person, day: date) -> Status:
        return yes(person.consented)

    def _had(self, person: Person, day: date) -> Any:
        return person.consent

    def wanted(self) -> Any:
        return "GIVEN"


@dataclass(frozen=True, slots=True)
class NeedsSex(Requirement):
    """Only where destination law demands it."""

    KIND = "sex"
    RULE = "SEX"
    FACET = "sex"
    sex: str

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsSex | None":
        sex = text(source.get("is"))
        return cls(sex, ref=ref) if sex in SEXES else None

    def judge(self, person: Person, day: date) -> Status:
        return yes(person.sex == self.sex) if person.sex in SEXES else UNKNOWN

    def _had(self, person: Person, day: date) -> Any:
        return person.sex

    def wanted(self) -> Any:
        return self.sex

    def phrase(self) -> Text:
        return SEXES[self.sex]

    def on_record(self) -> Text:
        asked = self.phrase()
        return Text(f"jenis kelamin ({asked.id})", f"the sex ({asked.en})")

    def proof(self) -> Hashable | None:
        return "SEX"


@dataclass(frozen=True, slots=True)
class HomeOutside(Requirement):
    """The home regency does not lie under this prefix; where the person stays now does not matter."""

    FACET = "home_regency"
    prefix: str

    def judge(self, person: Person, day: date) -> Status:
        return UNKNOWN if person.home_regency is None else yes(not person.home_regency.startswith(self.prefix))

    def _had(self, person: Person, day: date) -> Any:
        return person.home_regency

    def wanted(self) -> Any:
        return {"home_regency_not": self.prefix}

    def phrase(self) -> Text:
        return Text("berasal dari luar NTT", "a home outside NTT")

    def proof(self) -> Hashable | None:
        return "HOME"


WORDINGS: dict[str, Wording] = {
    "CONSENT": wording(
        ("Data boleh dipakai.", "The data may be used."),
        ("Data belum boleh dipakai.", "The data may not be used yet."),
        ("Data belum boleh dipakai.", "The data may not be used yet."),
        act(
            Group.BRING,
            "PERSON",
            "Jelaskan gunanya, lalu minta persetujuan calon.",
            "Explain what it is for, then ask the person to agree.",
        ),
    ),
    "SEX": wording(
        ("Jenis kelamin sesuai.", "The sex fits."),
        ("Pekerjaan ini hanya untuk {needed}.", "This work is only for {needed}."),
        ("Jenis kelamin belum tercatat.", "The sex is not on record."),
        OTHER_ORDER,
        act(Group.BRING, "PERSON", "Bawa KTP.", "Bring the identity card."),
    ),
}
