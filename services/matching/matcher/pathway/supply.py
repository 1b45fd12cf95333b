"""What training there is, as one question sees it: the batches, and what the programmes behind them teach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.facts import Batch, Course
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.offers import Offers
from services.matching.matcher.pathway.programmes import Programme
from services.matching.matcher.pathway.teaching import Teaching


@dataclass(frozen=True, slots=True)
class Supply:
    """The catalogue on one day. `inventing.py` makes one with batches that do not exist."""

    catalogue: Catalogue
    offers: Offers
    programmes: Sequence[Programme]
    teaching: Teaching

    @classmethod
    def of(cls, catalogue: Catalogue, day: date) -> "Supply":
        return cls(catalogue, catalogue.offers(day), catalogue.programmes, catalogue.teaching)

    def batch(self, batch_id: str) -> tuple[Course, Batch]:
        """Errors: KeyError for a batch that is not among the offers."""
        batch = self.catalogue.batches[batch_id]
        return self.catalogue.courses[batch.course_id], batch
