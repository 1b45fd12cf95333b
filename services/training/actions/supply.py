"""Plan against supply: the places that the province wants in a regency and month, and the seats that begin there then.

Seats are no people: nothing here is withheld.
"""

from collections import Counter
from typing import Any

from services.training.actions.house import House
from services.training.actions.opening import on_offer
from services.training.model.target import read_month
from services.training.problems import Refused
from services.training.schemas.supply import COLUMNS, MOST_SEATS
from services.training.store import COURSES
from shared import clock
from shared.documents.mongo import Document
from shared.files.child import MANY_CELLS, MANY_LETTERS, MANY_SHEETS
from shared.http.callers import Caller
from shared.http.problems import Fault, say
from shared.http.uploads import Upload
from shared.imports.sheets import unread_faults
from shared.sheets import records
from shared.sheets.telling import head_of, read_at_once

SCOPE = "figures:write"
MONTHS_BEFORE, MONTHS_AFTER = 12, 18


def plan(caller: Caller, house: House, upload: Upload) -> Document:
    """Take the province's sheet: each row sets the places of one regency and month; nothing that is not named changes.

    Raises:
        Refused: a row cannot be read; then nothing is saved.
    """
    caller.need(SCOPE)
    wanted: dict[tuple[str, str], int] = {}
    faults: list[Fault] = []
    rows = 0
    sheet = read_at_once(upload.content, COLUMNS)
    if sheet is None:
        raise Refused(errors=[_TOO_MANY])
    faults += unread_faults(head_of(sheet, upload.ignored))
    for record in records(sheet, COLUMNS):
        rows += 1
        faults += record.faults
        if record.faults:
            continue
        month, seats = read_month(str(record.values["month"])), record.values["seats"]
        if month is None:
            faults.append(record.at("month", _NO_MONTH))
        elif not 0 <= seats <= MOST_SEATS:
            faults.append(record.at("seats", _NO_SEATS))
        elif (record.values["regency"], month) in wanted:
            faults.append(record.at("month", _TWICE))
        else:
            wanted[record.values["regency"], month] = seats
    if faults:
        raise Refused(errors=faults)
    changed = house.store.plan_places(wanted, by=caller.id)
    return {"rows": rows, "changed": changed, "sha256": upload.sha256}


def against(house: House) -> Document:
    """`{items, demand, as_of}`: each regency and month with a target or a batch, of a year ago and later."""
    first, last = _month(-MONTHS_BEFORE), _month(MONTHS_AFTER)
    targets = house.store.planned_places(first, last)
    seats, planned = Counter[tuple[str | None, str]](), Counter[tuple[str | None, str]]()
    batches = house.store.batches_between(f"{first}-01", f"{last}-31")
    courses = house.store.several(COURSES, {row["course_id"] for row in batches})
    for batch in batches:
        course = courses.get(batch["course_id"])
        if batch["status"] == "CANCELLED" or course is None or not on_offer(course, batch["starts"]):
            continue
        counted = planned if batch["status"] == "PLANNED" else seats
        counted[batch["regency"], batch["starts"][:7]] += batch["seats"]
    found = sorted({*targets, *seats, *planned}, key=lambda key: (key[1], key[0] or ""))
    rows: list[dict[str, Any]] = [
        {"regency": key[0], "month": key[1], "target": targets.get(key), "seats": seats[key], "planned": planned[key]}
        for key in found
    ]
    return {"items": rows, "demand": house.store.all_demand(), "as_of": clock.now()}


def _month(from_now: int) -> str:
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month - 1 + from_now, 12)
    return f"{year}-{month + 1:02}"


_TOO_MANY = Fault(
    "/file",
    "too_many_rows",
    say(
        f"Lebih dari {MANY_CELLS} sel, {MANY_LETTERS} huruf, atau {MANY_SHEETS} lembar kerja.",
        f"More than {MANY_CELLS} cells, {MANY_LETTERS} letters or {MANY_SHEETS} sheets.",
    ),
    say("Bagi menjadi beberapa berkas.", "Split it into several files."),
    where="file",
)
_NO_MONTH = Fault(
    "",
    "not_a_month",
    say("Ini bukan bulan.", "This is no month."),
    say("Ketik seperti Januari 2027 atau 2027-01.", "Type it like January 2027 or 2027-01."),
)
_NO_SEATS = Fault(
    "",
    "out_of_range",
    say("Jumlah kursi ini tidak mungkin.", "This number of seats cannot be."),
    say(f"Ketik 0 sampai {MOST_SEATS}.", f"Type 0 to {MOST_SEATS}."),
)
_TWICE = Fault(
    "",
    "twice",
    say("Kabupaten dan bulan ini sudah ada di baris lain.", "This regency and month stand in another row already."),
    say("Satukan kedua baris.", "Make one row of the two."),
)
