"""An earlier programme finished (an ex-trainee of the same field), where the order accepts it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.abilities import PriorProgramme
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text
from services.matching.matcher.requirements.base import MET, NOT_MET, UNKNOWN, Requirement, best, yes
from services.matching.matcher.requirements.names import programme
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import OTHER_ORDER, Wording, act, unasked, wording
from shared.codes import study


@dataclass(frozen=True, slots=True)
class NeedsProgramme(Requirement):
    """`field` None: any field of that programme."""

    KIND = "prior_programme"
    RULE = "PRIOR_PROGRAMME"
    FACET = "prior_programmes"
    programme: str
    field: str | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsProgramme | None":
        code = text(source.get("programme"))
        return None if code is None else cls(code, study.one(text(source.get("field"))), ref=ref)

    def judge(self, person: Person, day: date) -> Status:
        if self.not_asked(person):
            return UNKNOWN
        return best(map(self._finished, person.prior_programmes), self, person)

    def _finished(self, held: PriorProgramme) -> Status:
        if held.kind != self.programme:
            return NOT_MET
        same = MET
        if self.field is not None and held.field != self.field:
            same = UNKNOWN if held.field is None else NOT_MET
        return min(same, UNKNOWN if held.finished is None else yes(held.finished))

    def _had(self, person: Person, day: date) -> Any:
        mine = (held for held in person.prior_programmes if held.kind == self.programme)
        return [{"field": held.field, "finished": held.finished} for held in mine]

    def wanted(self) -> Any:
        return {"programme": self.programme, "field": self.field}

    def phrase(self) -> Text:
        return programme(self.programme, self.field)

    def proof(self) -> Hashable | None:
        return "PROGRAMME", self.programme, self.field


WORDINGS: dict[str, Wording] = {
    "PRIOR_PROGRAMME": wording(
        ("Program sebelumnya sudah selesai.", "The earlier programme is finished."),
        ("Syaratnya {needed}.", "Needs {needed}."),
        ("Program sebelumnya belum jelas.", "The earlier programme is not clear."),
        OTHER_ORDER,
        act(Group.BRING, "PERSON", "Bawa surat tamat program itu.", "Bring the certificate of that programme."),
    ),
    "PRIOR_PROGRAMME/UNASKED": unasked("Belum ditanyakan: {needed}.", "Not asked yet: {needed}."),
}
