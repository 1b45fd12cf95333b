"""For import doors that take a file item by item: what waits, what became of each item, and the job between.

An item is recognised by its own code, so the same file twice changes nothing, and what is missing from a file is not
deleted. Judging runs the very action that saving would run, and undoes it: a dry run says what will happen because
it is what will happen.
"""

from shared.imports.door import KIND, start
from shared.imports.job import BAD, CHANGED, NEW, SAME, Kind, run
from shared.imports.store import SPECS, Imports

__all__ = ["BAD", "CHANGED", "KIND", "NEW", "SAME", "SPECS", "Imports", "Kind", "run", "start"]
