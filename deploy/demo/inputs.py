"""The files that the demo sends, made ready: dates written relative to today become days, tables become workbooks.

The demo's own folder says `+120d` where a user's file says a day, so that the story never grows old. A user's own
folder has the same names and goes the same way; where nothing is relative, nothing is changed.

    companies.json  foreign_partners.json  job_orders.json  policies.json  providers.json
    courses/<provider code>.csv or .xlsx     people*.csv or .xlsx (invented when missing)
"""

import csv
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

OWN = Path(__file__).parent

_RELATIVE = re.compile(r"(?<![0-9A-Za-z])([+-][0-9]{1,4})d(?![0-9A-Za-z])")
_SENT = (".json", ".csv", ".xlsx")


def prepare(source: Path, target: Path, *, today: date) -> Path:
    """Copy the files of `source` to `target` with relative dates filled in. Returns `target`.

    In JSON a relative date becomes an ISO day, in a CSV file a day as people write it (31/01/2027). A file named
    `blk-ende.xlsx.csv` is sent as the workbook `blk-ende.xlsx`, as that provider would.
    """
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.suffix not in _SENT:
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".json":
            place.write_text(_dated(path.read_text(encoding="utf-8"), today, "%Y-%m-%d"), encoding="utf-8")
        elif path.suffix == ".xlsx":
            shutil.copyfile(path, place)
        else:
            text = _dated(path.read_text(encoding="utf-8-sig"), today, "%d/%m/%Y")
            if path.stem.endswith(".xlsx"):
                _workbook(text, place.with_name(path.stem))
            else:
                place.write_text(text, encoding="utf-8")
    return target


def _dated(text: str, today: date, form: str) -> str:
    return _RELATIVE.sub(lambda found: (today + timedelta(days=int(found[1]))).strftime(form), text)


def _workbook(text: str, path: Path) -> None:
    """The table as a provider's workbook: every cell is text, as in the template."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        sheet = book.add_worksheet("Kursus")
        for line, row in enumerate(csv.reader(text.splitlines(), delimiter=";")):
            for place, value in enumerate(row):
                sheet.write_string(line, place, value)
