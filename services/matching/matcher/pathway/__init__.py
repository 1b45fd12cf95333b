"""Lawful ways to orders that are still closed: which courses, in which batches, and when they open what.

* `Catalogue(distances)` and `OrderIndex()` hold courses, batches and orders, and take one change at a time.
* `find(person, world, day) -> Paths`: the fastest, the nearest and the best paid path, exact and at most four courses.
* `smallest_change(person, world, day)`: where there is no path, the smallest single change that would make one.
* `needs(people, world, day)`: the same for many people, as sums that the province may see.

How it works, from the outside in: `find` asks a `Question`, a `Search` answers it. The question knows where the person
stands on every day (`timeline.py`) and what they lack for which orders (`gaps.py`, `aims.py`). The search knows which
batches help (`batch_groups.py`) and how well gaps can be closed with them by any day (`backward_search.py`); it chooses
among the aims (`best_first.py`, `lower_bounds.py`) and lets every winner prove itself batch by batch (`journeys.py`).
"""
