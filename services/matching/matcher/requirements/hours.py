"""Lesson hours of one title: hours of several courses add up."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.abilities import TrainingHours
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text, whole
from services.matching.matcher.requirements.base import UNKNOWN, Requirement, counted, enough
from services.matching.matcher.requirements.groups import Unreadable
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, unasked, wording


@dataclass(frozen=True, slots=True)
class NeedsHours(Requirement):
    """Lesson hours of one title (None: the order's own) that count for one destination (None: all count)."""

    KIND = "hours"
    RULE = "TRAINING_HOURS"
    FACET = "training_hours"
    LEARNABLE = True
    isco08: str | None
    hours: int
    destination: str | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsHours | None":
        hours = whole(source.get("hours"))
        return None if hours is None else cls(text(source.get("isco08")), hours, ref=ref)

    def meant(self, title: str | None, country: str | None, wait_until: date | None) -> Requirement:
        """Hours without a title mean the order's title, and all count for its country."""
        isco08 = self.isco08 or title
        if isco08 is None or country is None:
            return Unreadable("hours", ref=self.ref)
        return NeedsHours(isco08, self.hours, country, ref=self.ref)

    def judge(self, person: Person, day: date) -> Status:
        """Hours of the same title add up; without a destination they count everywhere, for another they do not."""
        if self.isco08 is None:
            return UNKNOWN
        mine = [
            done.hours
            for done in person.training_hours
            if done.isco08 == self.isco08
            and (None in (done.destination, self.destination) or done.destination == self.destination)
        ]
        return enough(mine, self.hours, unasked=self.not_asked(person))

    def _had(self, person: Person, day: date) -> Any:
        mine = (done for done in person.training_hours if done.isco08 == self.isco08)
        return sum(done.hours or 0 for done in mine if done.destination in (None, self.destination))

    def wanted(self) -> Any:
        return {"isco08": self.isco08, "destination": self.destination, "hours": self.hours}

    def phrase(self) -> Text:
        return Text(f"{self.hours} jam pelatihan", f"{counted(self.hours, 'hour')} of training")

    def proof(self) -> Hashable | None:
        return "HOURS", self.isco08

    def lesson(self) -> Mapping[str, Any]:
        return {"hours_for": (TrainingHours(self.isco08, self.destination, self.hours),)}


WORDINGS: dict[str, Wording] = {
    "TRAINING_HOURS": wording(
        ("Jam pelatihan sudah cukup.", "The hours of training are enough."),
        (
            "Pekerjaan ini perlu {needed} jam pelatihan; yang berlaku untuk negara itu baru {value} jam.",
            "This work needs {needed} hours of training; of those on record {value} count for that country.",
        ),
        ("Jam pelatihan belum jelas.", "The hours of training are not clear."),
        act(Group.LEARN, "PROVIDER", "Ikuti pelatihan untuk pekerjaan ini.", "Take training for this job."),
        act(Group.BRING, "PERSON", "Bawa bukti jam pelatihan.", "Bring proof of the training hours."),
    ),
    "TRAINING_HOURS/UNASKED": unasked(
        "Belum ditanyakan apakah pernah ikut pelatihan untuk pekerjaan ini.",
        "Nobody has asked yet about training for this work.",
    ),
}
