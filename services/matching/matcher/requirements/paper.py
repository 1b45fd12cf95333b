"""A paper of the person that a later stage asks for, as the registry's requirement records have it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.base import MET, NOT_MET, UNKNOWN, Requirement, iso, run_out
from services.matching.matcher.requirements.status import Status


@dataclass(frozen=True, slots=True)
class NeedsPaper(Requirement):
    """A requirement record is met and not expired on the day."""

    FACET = "requirements"
    DAY_MATTERS = True
    code: str

    def judge(self, person: Person, day: date) -> Status:
        """UNCHECKED and never recorded are unknown; missing, expired on record or expired by its date are not met."""
        record = person.requirement(self.code)
        if record is None:
            return UNKNOWN
        if run_out(record.valid_until, day):
            return NOT_MET
        return {"MET": MET, "MISSING": NOT_MET, "EXPIRED": NOT_MET}.get(record.status or "", UNKNOWN)

    def facts(self, person: Person) -> Hashable | None:
        return person.requirement(self.code)

    def ran_out(self, person: Person, day: date) -> bool:
        record = person.requirement(self.code)
        if record is None:
            return False
        return record.status == "EXPIRED" or (record.status == "MET" and run_out(record.valid_until, day))

    def _had(self, person: Person, day: date) -> Any:
        record = person.requirement(self.code)
        return record and {"status": record.status, "valid_until": iso(record.valid_until)}

    def wanted(self) -> Any:
        return "MET"
