"""Lawful ways to orders that are still closed: which courses, in which batches, and when they open what.

* `Catalogue(distances)` and `Openings()` hold courses, batches and orders, and take one change at a time.
* `find(person, world, day) -> Paths`: the fastest, the nearest and the best paid path, exact and at most four courses.
"""

from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.pathway.find import find
from services.matching.matcher.pathway.openings import Openings
from services.matching.matcher.pathway.path import KINDS, Path, Paths, Step, Wait

__all__ = ["KINDS", "Catalogue", "Distances", "Openings", "Path", "Paths", "Step", "Wait", "find"]
