"""For the `work` process: what would become of each row of a provider's sheet, and its saving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.training.actions import courses
from services.training.actions.house import House
from services.training.actions.imports.put import Done, put
from services.training.actions.imports.warnings import warnings
from services.training.model import batch as batch_model
from services.training.model import course as course_model
from services.training.model.asked import Asked
from services.training.problems import Refused
from services.training.schemas.sheet import COLUMNS, FIELDS, Field, Said, as_row, column_of, merged_said, said
from shared import clock
from shared import imports as door
from shared.documents import replaced
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.problems import Fault, Problem, say
from shared.imports.rows import CHANGED, NEW, SAME, Change, Judged
from shared.imports.sheets import SheetItems
from shared.imports.trying import faults_of, undone
from shared.jobs import Job
from shared.sheets import SheetRecord, read
from shared.sheets.merging import contradicting
from shared.sheets.records import left_empty, rows_apart
from shared.sheets.reporting import lowered
from shared.sheets.wording import in_words, row_in_words


def run(house: House, job: Job) -> None:
    """The job: judge every row, save the good ones if that was asked for."""
    kind = door.Kind(open=_Rows, judge=_judge(house), save=_save(house), clashes=_clashes)
    door.run(house.database, house.imports, house.jobs, {"COURSES": kind}, job)


class _Rows(SheetItems):
    """The rows of a sheet, each with all that the file says of its course: a course is described in one of its rows."""

    def __init__(self, content: bytes) -> None:
        super().__init__(read(content, COLUMNS, hurried=False), COLUMNS)
        described: dict[str, list[Mapping[str, Any]]] = {}
        for at in range(len(self)):
            row, _ = said(self.record(at))
            if row.code:
                described.setdefault(row.code, []).append(row.course)
        self._courses = {code: merged_said(rows) for code, rows in described.items()}

    def __getitem__(self, at: int) -> tuple[SheetRecord, Said, list[Fault]]:
        """The row, all that the file says of its course and batch, and the entries in it that cannot be read."""
        record = self.record(at)
        row, found = said(record)
        return record, replace(row, course=self._courses.get(row.code or "", row.course)), found


def _judge(house: House) -> Callable[[Document, Caller, Sequence[tuple[int, Any]]], Sequence[Judged]]:
    def judge(document: Document, caller: Caller, some: Sequence[tuple[int, Any]]) -> Sequence[Judged]:
        asked = house.store.asked_on(clock.today().isoformat())
        rows = [_judged(house, document["provider_id"], asked, at, *item) for at, item in some]
        if _is_shut(house, caller):
            return [row.bad([_SHUT]) for row in rows]
        return rows

    return judge


def _judged(
    house: House, provider_id: str, asked: Asked, at: int, record: SheetRecord, row: Said, unread: list[Fault]
) -> Judged:
    number = row.batch.get("number")
    key = f"{row.code}/{number}" if number else row.code
    judged = Judged(
        at,
        record.number,
        NEW,
        sheet=record.sheet,
        key=key,
        notes=record.notes,
        words=row_in_words(dict(record.values), COLUMNS),
        claims=(f"course {row.code}", f"batch {key}") if row.code else (),
    )
    found = [*record.faults, *unread]
    if found:
        return judged.bad(found)
    owner = courses.owner_of(house, provider_id)
    try:
        done: Done = undone(house.database, lambda tx: put(tx, house, provider_id, row))
    except Problem as problem:
        return judged.bad([_at_cell(record, fault) for fault in faults_of(problem)])
    changes = _changes(done)
    # A template that comes back holds classes of last month, and nobody is to be asked whether their year is right.
    moved = None if done.is_same else done.batch
    return replace(
        judged,
        outcome=NEW if done.is_new else SAME if done.is_same else CHANGED,
        target=None if done.is_new else (done.batch or done.course)["_id"],
        changes=changes,
        changed=tuple(change.field for change in changes),
        review=done.course["review"]["state"] == "PENDING",
        warnings=tuple(
            [_at_cell(record, one) for one in [*_coming_back(done), *warnings(owner, done.course, moved, asked)]]
        ),
        payload=row,
    )


def _save(house: House) -> Callable[[Tx, Caller, Document, Judged], Judged]:
    def save(tx: Tx, caller: Caller, document: Document, one: Judged) -> Judged:
        if _is_shut(house, caller, tx):
            raise Refused(errors=[_SHUT])
        done = put(tx, house, document["provider_id"], one.payload)
        # A course that an earlier row of this file has just made is no longer new here; its batch may be.
        outcome = one.outcome if one.outcome == NEW else SAME if done.is_same else CHANGED
        return replace(one, outcome=outcome, target=(done.batch or done.course)["_id"])

    return save


def _is_shut(house: House, caller: Caller, tx: Tx | None = None) -> bool:
    """Has the provider that sent the file been made inactive since? What waits of it stays unsaved, as its key does
    nothing any more; an office may still send sheets for it."""
    return caller.kind == "provider" and not courses.owner_of(house, caller.organisation or "", tx)["active"]


_SHUT = Fault(
    "",
    "organisation_inactive",
    say("Lembaga ini tidak aktif.", "This organisation is not active."),
    say("Hubungi dinas provinsi, lalu kirim berkasnya lagi.", "Ask the province, then send the file again."),
    where="file",
)


def _changes(done: Done) -> tuple[Change, ...]:
    """Each column whose cell would read otherwise afterwards."""
    if done.is_new and done.course_before is None:
        return ()
    before = as_row(done.course_before or {}, done.batch_before or {})
    after = as_row(done.course, done.batch or {})
    fields = [field for field in FIELDS if field.of_course or done.batch_before is not None]
    return tuple(
        Change(
            field.key,
            field.column.title,
            in_words(before[field.key], field.column),
            in_words(after[field.key], field.column),
        )
        for field in fields
        if before[field.key] != after[field.key]
    )


def _coming_back(done: Done) -> list[Fault]:
    """A warning for each value that stood there before somebody corrected it: this sheet may be older."""
    back: dict[str, str] = {}
    pairs = (
        (done.course_before, done.course, course_model.REVIEWED, "/course"),
        (done.batch_before, done.batch, batch_model.PLANNED_BY_PEOPLE, "/batch"),
    )
    for before, after, members, pointer in pairs:
        if before is not None and after is not None:
            found = replaced.coming_back(before, after, members)
            back |= {f"{pointer}/{path}": day for path, day in found.items()}
    days = [(field, next((day for path, day in back.items() if _about(field.pointer, path)), None)) for field in FIELDS]
    told = [_undoes(field, day, done) for field, day in days if day is not None]
    return [one for one in told if one is not None]


def _about(pointer: str, path: str) -> bool:
    """Does the column of this pointer say what stands at the path, or a part of it?"""
    return pointer == path or pointer.startswith(f"{path}/") or path.startswith(f"{pointer}/")


def _undoes(field: Field, day: str, done: Done) -> Fault | None:
    stood = field.back(done.course_before or {}, done.batch_before or {})
    stands = field.back(done.course, done.batch or {})
    title = done.course["title"]
    if stood == stands or (field.key == "title_en" and title["en"] == title["id"]):
        # Without an English title of its own a course is called the same in both: that is said of its title.
        return None
    before, after = in_words(stood, field.column), in_words(stands, field.column)
    name, when = field.column.title, in_words(day, _DAY)
    return Fault(
        field.pointer,
        "undoes_correction",
        say(
            f"{name['id']} tercatat {before['id']} sejak {when['id']}; berkas ini mengembalikannya ke {after['id']}.",
            f"{name['en']} has been {before['en']} since {when['en']}; this file puts {after['en']} back.",
        ),
        say(
            "Kosongkan sel ini bila berkasnya lebih lama daripada perbaikan itu.",
            "Leave this cell empty if the file is older than that correction.",
        ),
    )


_DAY = next(field.column for field in FIELDS if field.key == "starts")


def _clashes(claim: str, items: Sequence[tuple[int, Any]]) -> Mapping[int, Fault]:
    """Rows about one course, or one batch, that contradict each other; the same batch twice."""
    rows = {at: said(record)[0] for at, (record, _, _) in items}
    records: dict[int, SheetRecord] = {at: record for at, (record, _, _) in items}
    places = {at: rows_apart(record, records.values()) for at, record in records.items()}
    of_batch = claim.startswith("batch ")
    differing = contradicting([(at, row.batch if of_batch else row.course) for at, row in rows.items()])
    if differing:
        return {
            at: _contradicts(records[at], differing[0], [one for other, one in places.items() if other != at])
            for at in rows
        }
    first = next(iter(rows))
    return {at: _repeated(records[at], places[first]) for at in rows if at != first} if of_batch else {}


def _contradicts(record: SheetRecord, key: str, others: Sequence[str]) -> Fault:
    title = next(field.column.title for field in FIELDS if field.key == key)
    rows = ", ".join(others[:5])
    message = say(
        f"{title['id']} di baris ini dan di baris {rows} berbeda.", f"{title['en']} differs in this row and in {rows}."
    )
    fix = say("Samakan isinya, atau hapus salah satu baris.", "Make them the same, or delete one of the rows.")
    return record.at(key, Fault("", "contradicts_row", message, fix))


def _repeated(record: SheetRecord, earlier: str) -> Fault:
    message = say(f"Angkatan ini sudah ada di baris {earlier}.", f"This batch is in row {earlier} already.")
    return record.at(
        "number", Fault("", "repeated_in_file", message, say("Hapus salah satunya.", "Delete one of them."))
    )


def _at_cell(record: SheetRecord, fault: Fault) -> Fault:
    """A fault at the cell that it is about, named in its message as every cell's message is."""
    key = column_of(fault.pointer)
    if key in ("starts", "ends") and key not in record.cells and "period" in record.cells:
        key = "period"
    column = next(column for column in COLUMNS if column.key == key)
    if fault.code == "required":
        # By the name of its column: in a sheet there are no members to be added.
        message, fix = left_empty(column, there=key in record.cells)
        fault = replace(fault, message=message, fix=fix)
    placed = record.at(key, fault)
    if not placed.cell or placed.message["id"].startswith("Sel "):
        return placed
    named = {"id": f"Sel {placed.cell}: ", "en": f"Cell {placed.cell}: "}
    message = {lang: f"{named[lang]}{lowered(text)}" for lang, text in placed.message.items()}
    return replace(placed, message=message)
