"""For import doors: what waits, what became of each item, and the job between.

An item is recognised by its own code, so the same file twice changes nothing, and what is missing from a file is not
deleted. Every file is judged whole before its first item is saved; a dry run says what would happen.
"""

from shared.imports.door import EXPIRY, KIND, shown, start
from shared.imports.job import Kind, run
from shared.imports.rows import BAD, CHANGED, NEW, SAME, Change, Judged
from shared.imports.store import ANNOTATED, SPECS, Imports

__all__ = [
    "ANNOTATED",
    "BAD",
    "CHANGED",
    "EXPIRY",
    "KIND",
    "NEW",
    "SAME",
    "SPECS",
    "Change",
    "Imports",
    "Judged",
    "Kind",
    "run",
    "shown",
    "start",
]
