"""A province small enough to see through: what a test names is all there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import Law
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.pathway.path import Path
from tests.builders import a_course, a_law, a_person, a_result

KM = Distances({("53.06", "53.07"): 155, ("53.06", "53.71"): 236, ("53.06", "52.03"): 1199, ("53.07", "53.71"): 391})


@dataclass
class SmallWorld:
    catalogue: Catalogue
    order_index: OrderIndex
    law: Law


def a_world(
    courses: Iterable[Course] = (), batches: Iterable[Batch] = (), orders: Iterable[Order] = (), law: Law | None = None
) -> SmallWorld:
    """The gate and 200 hours for housekeepers in Malaysia are law unless a test says otherwise."""
    return SmallWorld(Catalogue(KM, courses, batches), OrderIndex(orders), law or a_law())


def untrained(**changes: Any) -> Person:
    """A woman of 26 from Flores Timur who has nothing yet that the gate asks for."""
    return a_person(**{"certificates": [], "training_hours": [], **changes})


def batch_ids(path: Path | None) -> tuple[str | None, ...]:
    assert path is not None
    return tuple(step.batch for step in path.steps)


def language_course(result: str, **changes: Any) -> Course:
    gives = {"certificate": None, "hours_for": [], "languages": [a_result(result=result)]}
    return a_course(**{**gives, **changes})


def asks_language(result: str) -> dict[str, Any]:
    return {"kind": "language", "language": "ja", "test": "JLPT", "result": result}
