"""For import doors: spreadsheets as people keep them, read into typed rows, and given back with what to mend.

``read`` a file, take ``records`` with the house's ``Column`` list, answer with what became of them; ``write_template``
for those who start, ``annotate`` for those who must mend.
"""

from shared.sheets.annotating import annotate
from shared.sheets.cells import Cell, Column, Row, Sheet
from shared.sheets.outcomes import ERASE, Replacing
from shared.sheets.reading import FileRefused, read
from shared.sheets.records import SheetRecord, records
from shared.sheets.templates import write_template

__all__ = [
    "ERASE",
    "Cell",
    "Column",
    "FileRefused",
    "SheetRecord",
    "Replacing",
    "Row",
    "Sheet",
    "annotate",
    "read",
    "records",
    "write_template",
]
