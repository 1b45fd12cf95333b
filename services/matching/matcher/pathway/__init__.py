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
