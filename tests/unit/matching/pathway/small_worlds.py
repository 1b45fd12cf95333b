"""A province small enough to see through: what a test names is all there is."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.matching.matcher.eligibility import Law
from services.matching.matcher.facts import Batch, Course, Order
from services.matching.matcher.pathway import Catalogue, Distances, Openings
from tests.builders import a_law

KM = Distances({("53.06", "53.07"): 155, ("53.06", "53.71"): 236, ("53.06", "52.03"): 1199, ("53.07", "53.71"): 391})


@dataclass
class SmallWorld:
    catalogue: Catalogue
    openings: Openings
    law: Law


def a_world(
    courses: Iterable[Course] = (), batches: Iterable[Batch] = (), orders: Iterable[Order] = (), law: Law | None = None
) -> SmallWorld:
    """The gate and 200 hours for housekeepers in Malaysia are law unless a test says otherwise."""
    return SmallWorld(Catalogue(KM, courses, batches), Openings(orders), law or a_law())
