"""The answer when there is no path: the one change that would make one, for whoever can bring it about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.changes import ChangeKind
from shared.codes import languages


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestChange:
    """One change, named and dated.

    `by`: the last day on which it may come true (for a new batch: on which the batch may end). `order`: a job order
    that it opens, `ready_on` when. `batch`, `course`, `programme` (`COMPETENCE:HOUSEKEEPER`) and `regency`: for changes
    of training; a course is an example, and None where nobody teaches the programme yet. `days`: how many days later,
    for closing days and waits, and how many days a new batch takes. `papers`: the codes of the rules that ask for what
    is not on record.
    """

    change: ChangeKind
    by: date
    order: str
    ready_on: date
    batch: str | None = None
    course: str | None = None
    programme: str | None = None
    regency: str | None = None
    days: int | None = None
    papers: tuple[str, ...] = ()
    text: Text

    def as_payload(self) -> dict[str, Any]:
        return {
            "change": self.change.name,
            "by": self.by.isoformat(),
            "job_order": self.order,
            "ready_on": self.ready_on.isoformat(),
            "batch": self.batch,
            "course": self.course,
            "programme": self.programme,
            "regency": self.regency,
            "days": self.days,
            "papers": list(self.papers),
            "text": {"id": self.text.id, "en": self.text.en},
        }


def programme_name(course: Course) -> str | None:
    """What people go to a course for, as the demand signal names it: its certificate, else language, else hours."""
    if course.certificate is not None and course.certificate.kind is not None:
        return ":".join(filter(None, (course.certificate.kind, course.certificate.scheme)))
    for known in course.languages:
        test = languages.TESTS.get(known.test or "")
        any_score = test is not None and test.is_numeric and known.result == f"{test.low:g}"
        return ":".join(filter(None, ("LANGUAGE", known.language, known.test, None if any_score else known.result)))
    for hours in course.hours_for:
        return ":".join(filter(None, ("HOURS", hours.isco08, hours.destination)))
    return None
