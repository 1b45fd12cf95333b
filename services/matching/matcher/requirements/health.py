"""Health, as met or not met and never as a diagnosis: single conditions by code, and the doctor's last word."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text
from services.matching.matcher.requirements.base import UNKNOWN, Requirement, yes
from services.matching.matcher.requirements.names import plain
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import OTHER_ORDER, Wording, act, only, wording
from shared.codes.asked import CONDITIONS


@dataclass(frozen=True, slots=True)
class NeedsCondition(Requirement):
    """A health condition by code. `examined`: False lets unknown health pass, as it does until the agreement."""

    KIND = "condition"
    RULE = "HEALTH_CONDITION"
    FACET = "fitness"
    code: str
    examined: bool = True

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsCondition | None":
        code = text(source.get("code"))
        return None if code is None else cls(code, ref=ref)

    def meant(self, title: str | None, country: str | None, wait_until: date | None) -> Requirement:
        """For applying it blocks only when it is on record as failed; a rule of its own asks for the examination."""
        return NeedsCondition(self.code, examined=False, ref=self.ref)

    def judge(self, person: Person, day: date) -> Status:
        met = person.fitness.condition(self.code)
        if self.examined:
            return UNKNOWN if met is None else yes(met)
        return yes(met is not False)

    def facts(self, person: Person) -> Hashable | None:
        return person.fitness.condition(self.code)

    def unseen(self, person: Person) -> bool:
        return not self.examined and person.fitness.condition(self.code) is None

    def _had(self, person: Person, day: date) -> Any:
        return person.fitness.condition(self.code)

    def wanted(self) -> Any:
        return self.code

    def phrase(self) -> Text:
        if self.code.startswith("HEIGHT_"):
            centimetres = self.code.removeprefix("HEIGHT_")
            return Text(f"tinggi badan minimal {centimetres} cm", f"at least {centimetres} cm tall")
        return Text(*CONDITIONS.get(self.code, (plain(self.code), plain(self.code))))


@dataclass(frozen=True, slots=True)
class NotUnfit(Requirement):
    """No medical result on record says unfit; a person not yet examined passes."""

    FACET = "fitness"

    def judge(self, person: Person, day: date) -> Status:
        return yes(person.fitness.status not in ("UNFIT", "TEMP_UNFIT"))

    def unseen(self, person: Person) -> bool:
        return person.fitness.status in (None, "UNTESTED")

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        found = person.fitness.status
        return [found] if status is Status.NOT_MET and found else Requirement.variants(self, person, day, status)

    def _had(self, person: Person, day: date) -> Any:
        return person.fitness.status

    def wanted(self) -> Any:
        return "NOT_UNFIT"


TREATMENT = act(
    Group.OTHERS,
    "CLINIC",
    "Berobat dulu, lalu periksakan diri lagi di klinik yang ditunjuk.",
    "Get treatment first, then have a new check at a designated clinic.",
)

WORDINGS: dict[str, Wording] = {
    "HEALTH_CONDITION": wording(
        ("Sudah diperiksa: {needed}.", "Checked: {needed}."),
        ("Syarat kesehatan belum terpenuhi: {needed}.", "A health condition is not met: {needed}."),
        ("Perlu diperiksa di klinik: {needed}.", "To be checked at a clinic: {needed}."),
        OTHER_ORDER,
        act(
            Group.AGREEMENT,
            "CLINIC",
            "Periksakan diri di klinik yang ditunjuk.",
            "Have it checked at a designated clinic.",
        ),
    ),
    "FITNESS": wording(
        ("Hasil pemeriksaan kesehatan baik.", "The health check was passed."),
        ("Hasil pemeriksaan kesehatan belum baik.", "The last health check did not pass."),
        ("Kesehatan belum diperiksa.", "Health has not been checked."),
        TREATMENT,
    ),
    "FITNESS/UNFIT": only(
        "Hasil pemeriksaan kesehatan: tidak layak bekerja.",
        "The health check says: not fit for work.",
        act(
            Group.OTHERS,
            "CLINIC",
            "Tanyakan ke klinik yang ditunjuk apakah pengobatan dan pemeriksaan ulang bisa menolong.",
            "Ask the designated clinic whether a treatment and a new check can help.",
        ),
    ),
    "FITNESS/TEMP_UNFIT": only(
        "Hasil pemeriksaan kesehatan: untuk sementara belum layak bekerja.",
        "The health check says: not fit for work for now.",
        TREATMENT,
    ),
    "FITNESS/UNSEEN": only(
        "Belum diperiksa; untuk melamar belum diwajibkan.",
        "Not examined yet; applying does not ask for it.",
        act(
            Group.AGREEMENT,
            "CLINIC",
            "Periksakan diri di klinik yang ditunjuk.",
            "Have a check at a designated clinic.",
        ),
    ),
}
