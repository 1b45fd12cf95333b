"""The import door: a provider's sheet of courses and batches is judged row by row, then perhaps saved.

The key of a row is provider + course code + batch, so the same file twice changes nothing; rows that are missing from a
file delete nothing, and empty cells change nothing.
"""

from services.training.actions.imports.door import (
    EXPIRY,
    KIND,
    annotated,
    expire,
    listed,
    report,
    rows,
    start,
    template,
)
from services.training.actions.imports.job import run

__all__ = ["EXPIRY", "KIND", "annotated", "expire", "listed", "report", "rows", "run", "start", "template"]
