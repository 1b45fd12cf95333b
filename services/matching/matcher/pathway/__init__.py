"""Lawful ways to orders that are still closed: which courses, in which batches, and when they open what.

* `Catalogue(distances)` and `Openings()` hold courses, batches and orders, and take one change at a time.
* `find(person, world, day) -> Paths`: the fastest, the nearest and the best paid path, exact and at most four courses.
* `nearest_miss(person, world, day) -> Miss`: where there is no path, the smallest single change that would make one.
* `needs(people, world, day) -> list[Need]`: the same for many people, as sums that the province may see.

How it works, from the outside in: `find` asks a `Question`, a `Search` answers it. The question knows where the person
stands on every day (`standing.py`) and what they lack for which orders (`gaps.py`, `aims.py`). The search knows which
batches help (`blocks.py`) and how well gaps can be closed with them by any day (`reach.py`); it chooses among the aims
(`choice.py`, `bounds.py`, `targets.py`) and lets every winner prove itself batch by batch (`journeys.py`).
"""

from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.changes import Change
from services.matching.matcher.pathway.demand import Need, needs
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.pathway.find import find
from services.matching.matcher.pathway.miss import Miss
from services.matching.matcher.pathway.misses import misses, nearest_miss
from services.matching.matcher.pathway.openings import Openings
from services.matching.matcher.pathway.path import KINDS, Path, Paths, Step, Wait

__all__ = [
    "KINDS",
    "Catalogue",
    "Change",
    "Distances",
    "Miss",
    "Need",
    "Openings",
    "Path",
    "Paths",
    "Step",
    "Wait",
    "find",
    "misses",
    "nearest_miss",
    "needs",
]
