"""For the import door: the sheet of a provider, one row a batch; see ``columns`` for its table."""

from services.training.schemas.sheet.columns import COLUMNS, FIELDS, Field, as_row, column_of
from services.training.schemas.sheet.rows import Said, course_of, merged_said, said

__all__ = ["COLUMNS", "FIELDS", "Field", "Said", "as_row", "column_of", "course_of", "merged_said", "said"]
