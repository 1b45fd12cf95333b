"""A driving licence (SIM) of a class, as certificates have it: kind DRIVING_LICENCE, scheme `SIM_B1`, valid until.

A class covers lighter vehicles too: B1 is also good for A, B2 for both (UU 22/2009 article 84).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.abilities import Certificate, CourseCertificate
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text
from services.matching.matcher.requirements.base import (
    MET,
    NOT_MET,
    UNKNOWN,
    Requirement,
    best,
    iso,
    last_ended,
    longest,
)
from services.matching.matcher.requirements.certificate import valid_on
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, only, unasked, wording
from shared.codes.certificates import DRIVING_CLASSES


@dataclass(frozen=True, slots=True)
class NeedsDrivingLicence(Requirement):
    """A valid licence of this class, or of one that covers it; without an expiry nobody can say that it is valid."""

    KIND = "driving_licence"
    RULE = "DRIVING_LICENCE"
    FACET = "certificates"
    DAY_MATTERS = True
    LEARNABLE = True
    class_: str

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsDrivingLicence | None":
        class_ = text(source.get("class"))
        return cls(class_, ref=ref) if class_ in DRIVING_CLASSES else None

    def judge(self, person: Person, day: date) -> Status:
        return best((self._answered_by(held, day) for held in person.certificates), self, person)

    def _answered_by(self, held: Certificate, day: date) -> Status:
        if held.kind != "DRIVING_LICENCE":
            return NOT_MET
        fits = UNKNOWN if held.scheme is None else MET if self._covered_by(held) else NOT_MET
        return min(fits, valid_on(held, day))

    def _covered_by(self, held: Certificate) -> bool:
        return held.scheme in {f"SIM_{class_}" for class_ in DRIVING_CLASSES[self.class_]}

    def ended(self, person: Person, day: date) -> date | None:
        return last_ended((held.valid_until for held in person.certificates if self._covered_by(held)), day)

    def ends(self, person: Person, day: date) -> date | None:
        return longest(held.valid_until for held in person.certificates if self._answered_by(held, day) is MET)

    def _had(self, person: Person, day: date) -> Any:
        mine = (held for held in person.certificates if held.kind == "DRIVING_LICENCE")
        return [
            {"class": (held.scheme or "").removeprefix("SIM_"), "valid_until": iso(held.valid_until)} for held in mine
        ]

    def wanted(self) -> Any:
        return {"driving_licence": self.class_}

    def phrase(self) -> Text:
        return Text(f"SIM {self.class_}", f"driving licence {self.class_}")

    def proof(self) -> Hashable | None:
        return "DRIVING_LICENCE", self.class_

    def lesson(self) -> Mapping[str, Any]:
        return {"certificates": (CourseCertificate("DRIVING_LICENCE", f"SIM_{self.class_}", None),)}


WORDINGS: dict[str, Wording] = {
    "DRIVING_LICENCE": wording(
        ("Ada {needed} yang berlaku.", "There is a valid {needed}."),
        ("Belum ada {needed} yang berlaku.", "There is no valid {needed} yet."),
        ("Masa berlaku {needed} belum jelas.", "It is not clear until when the {needed} is valid."),
        act(
            Group.LEARN,
            "PROVIDER",
            "Ikuti pelatihan mengemudi, lalu ujian {needed} di kantor polisi (Satpas).",
            "Take a driving course, then the test for the {needed} at the police office (Satpas).",
        ),
        act(Group.BRING, "PERSON", "Bawa SIM aslinya.", "Bring the licence itself."),
    ),
    "DRIVING_LICENCE/EXPIRED": only(
        "Masa berlaku {needed} sudah habis.",
        "The {needed} has run out.",
        act(
            Group.LEARN,
            "CERTIFIER",
            "Perpanjang {needed} di kantor polisi (Satpas).",
            "Renew the {needed} at the police office (Satpas).",
        ),
    ),
    "DRIVING_LICENCE/UNASKED": unasked("Belum ditanyakan: {needed}.", "Not asked yet: {needed}."),
}
