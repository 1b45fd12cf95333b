"""What training there is, as one question sees it: the batches, and what the programmes behind them teach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.offers import BatchTable
from services.matching.matcher.pathway.programmes import Programme
from services.matching.matcher.pathway.teaching import Teaching

INVENTED = "new"
"""First part of the id of a batch that does not exist: `new:<programme>:<first day as an ordinal>`."""


@dataclass(frozen=True, slots=True)
class Supply:
    """The catalogue on one day, and perhaps batches that do not exist (`inventing.py`).

    `invented`: for each programme of such batches the course that they would be of, and how many days they take.
    """

    catalogue: Catalogue
    offers: BatchTable
    programmes: Sequence[Programme]
    teaching: Teaching
    invented: Mapping[int, tuple[Course, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, day: date) -> "Supply":
        return cls(catalogue, catalogue.offers(day), catalogue.programmes, catalogue.teaching)

    def batch(self, batch_id: str) -> tuple[Course, Batch]:
        """A batch among the offers, with its course. Errors: KeyError for any other id."""
        batch = self.catalogue.batches.get(batch_id)
        if batch is not None:
            return self.catalogue.courses[batch.course_id], batch
        _, programme, first = batch_id.split(":")
        course, days = self.invented[int(programme)]
        starts = date.fromordinal(int(first))
        return course, Batch(id=batch_id, course_id=course.id, starts=starts, ends=starts + timedelta(days=days - 1))
