"""For the import door: the sheet of people; see ``columns`` for its table and ``rows`` for what a row says.

One schema judges both doors, so a sheet is refused in the same words as a request.
"""

from services.registry.schemas.sheet.columns import COLUMNS, FIELDS, Field, column_of
from services.registry.schemas.sheet.rows import Person, at_cells, registration

__all__ = ["COLUMNS", "FIELDS", "Field", "Person", "at_cells", "column_of", "registration"]
