"""For the import door: the columns of a provider's sheet, one row a batch, and how a row becomes a course and a batch.

The same schemas judge a sheet and a request. Lists stand in one cell as `entry; entry`, the parts of an entry as
`part | part`. A course that has several batches stands in several rows, with the same course in each.
"""

from typing import Any

from marshmallow import Schema, fields

from services.training.model import batch as batches
from services.training.model import course as courses
from services.training.schemas.batches import BatchIn
from services.training.schemas.courses import CourseBody
from shared.codes import certificates
from shared.http.fields import Text
from shared.http.problems import Fault
from shared.sheets import Column, Record
from shared.sheets.cells import Kind

Body = dict[str, Any]


class CourseInFile(CourseBody):
    code = Text(max=60, required=True)


class Line(Schema):
    """One row: a course, and one batch of it."""

    course = fields.Nested(CourseInFile, required=True)
    batch = fields.Nested(BatchIn, required=True)


def _column(key: str, indonesian: str, english: str, kind: Kind = "text", *also: str, **more: Any) -> Column:
    return Column(key, {"id": indonesian, "en": english}, kind, also, **more)


def _pair(indonesian: str, english: str) -> dict[str, str]:
    return {"id": indonesian, "en": english}


def _entries(key: str, indonesian: str, english: str, order: str, example: str) -> Column:
    help = {
        "id": f"Urutan: {order}. Beberapa dipisah titik koma.",
        "en": f"Order: {order}. Several apart by semicolons.",
    }
    return _column(key, indonesian, english, many=True, help=help, example=example, width=30)


def _choices(codes: tuple[str, ...], **spoken: str) -> dict[str, str]:
    return {**{code: code for code in codes}, **spoken}


_KINDS = _choices(certificates.KINDS)
_FUNDS = _choices(courses.FUNDING)
_MODES = _choices(courses.MODES, luring="OFFLINE", daring="ONLINE", campuran="BLENDED")
_STATUSES = _choices(batches.SET_BY_PEOPLE, rencana="PLANNED", buka="OPEN", batal="CANCELLED")

_ONLINE = _pair("Kosong: daring.", "Empty: online.")

COLUMNS: tuple[Column, ...] = (
    _column("code", "Kode kursus", "Course code", "text", "kode", required=True, example="PLRT-LANSIA-200"),
    _column("title", "Judul", "Title", "text", "nama kursus", required=True, example="Perawatan lansia di rumah"),
    _column("title_en", "Judul Inggris", "English title", example="Elderly care at home"),
    _column("programme", "Program", "Programme", help=_pair("Kosong = kode kursus.", "Empty: the code.")),
    _column("isco08", "Jabatan", "Occupations", "digits", "kode jabatan", many=True, example="5322"),
    _column("outcomes", "Kompetensi", "Skills taught", many=True, example="merawat lansia; memandikan", width=30),
    _column("certificate_kind", "Jenis sertifikat", "Certificate kind", "code", choices=_KINDS),
    _column("certificate_scheme", "Skema sertifikat", "Certificate scheme", example="ELDERLY_CARETAKER"),
    _column("certificate_months", "Berlaku (bulan)", "Valid (months)", "whole", example="36"),
    _entries("languages", "Bahasa", "Languages", "bahasa | ujian | hasil", "en | CEFR | A1"),
    _column("lesson_hours", "JP", "Lesson hours", "whole", "jam pelajaran", required=True, example="200"),
    _entries("hours_for", "Jam untuk", "Hours for", "jabatan | jam | negara", "5322 | 200 | MYS"),
    _column("mode", "Moda", "Mode", "code", choices=_MODES, required=True, example="OFFLINE"),
    _column("boarding", "Asrama", "Boarding", "yes_no", example="ya"),
    _column("cost", "Biaya peserta", "Cost to trainee", "number", "biaya", example="0"),
    _column("funding", "Pendanaan", "Funding", "code", choices=_FUNDS, required=True, example="APBD"),
    _column("destinations", "Negara tujuan", "Destinations", "country", many=True, example="MYS; SGP"),
    _entries("prerequisites", "Prasyarat", "Prerequisites", "jenis | isi", "umur | 18; pendidikan | SMP"),
    _column("number", "Angkatan", "Batch", "text", "gelombang", required=True, example="2027-1"),
    _column("starts", "Mulai", "Starts", "date", "tanggal mulai", required=True, example="11/01/2027"),
    _column("ends", "Selesai", "Ends", "date", "tanggal selesai", required=True, example="26/02/2027"),
    _column("closes", "Tutup daftar", "Registration closes", "date", example="04/01/2027"),
    _column("regency", "Tempat", "Place (regency)", "place", "kabupaten", help=_ONLINE),
    _column("place", "Alamat tempat", "Place (details)", example="Gedung BLK Ende"),
    _column("seats", "Kursi", "Seats", "whole", "kuota", required=True, example="16"),
    _column("status", "Status", "Status", "code", choices=_STATUSES, example="OPEN"),
)  # fmt: skip
"""All columns. The key of a row is course code + batch; the provider is whoever sends the file."""

_BATCH = ("number", "starts", "ends", "closes", "regency", "place", "seats", "status")
_AS_IS = ("code", "programme", "isco08", "outcomes", "lesson_hours", "mode", "boarding", "funding", "destinations")

# Where a fault of the loaded line is shown: the longest pointer that fits wins.
_CELL_OF = {
    "/course/title/en": "title_en",
    "/course/title": "title",
    "/course/certificate/scheme": "certificate_scheme",
    "/course/certificate/valid_months": "certificate_months",
    "/course/certificate": "certificate_kind",
    "/course/cost_to_trainee": "cost",
    **{f"/course/{name}": name for name in (*_AS_IS, "languages", "hours_for", "prerequisites")},
    **{f"/batch/{name}": name for name in _BATCH},
    # An action that finds two days in the wrong order, or a circle of courses, knows nothing of lines.
    **{f"/{name}": name for name in _BATCH},
    "/prerequisites": "prerequisites",
}

_BAD_PREREQUISITE = {
    "id": "Misalnya: umur | 18; pendidikan | SMP; sertifikat | COMPETENCE | HOUSEKEEPER; bahasa | ja | JLPT | N5.",
    "en": "For example: age | 18; education | SMP; certificate | COMPETENCE | HOUSEKEEPER; language | ja | JLPT | N5.",
}  # fmt: skip


def line_of(record: Record) -> tuple[Body, list[Fault]]:
    """The body of `Line` that a row says, and what could not even be read of it."""
    values, found = record.values, list(record.faults)
    course: Body = {name: values[name] for name in _AS_IS if name in values}
    if "title" in values:
        course["title"] = {"id": values["title"], "en": values.get("title_en", values["title"])}
    if "certificate_kind" in values:
        course["certificate"] = {
            "kind": values["certificate_kind"],
            "scheme": values.get("certificate_scheme"),
            "valid_months": values.get("certificate_months"),
        }
    course["cost_to_trainee"] = {"amount": values.get("cost", 0), "currency": "IDR"}
    course["languages"] = [_named(entry, "language", "test", "result") for entry in values.get("languages", ())]
    course["hours_for"] = [_hours(entry) for entry in values.get("hours_for", ())]
    leaves = [_leaf(entry) for entry in values.get("prerequisites", ())]
    if None in leaves:
        text = {"id": "Prasyarat ini tidak dapat dibaca.", "en": "This prerequisite cannot be read."}
        found.append(record.at("prerequisites", Fault("", "prerequisite_unreadable", text, _BAD_PREREQUISITE)))
    elif leaves:
        course["prerequisites"] = {"all": leaves}
    return {"course": course, "batch": {name: values[name] for name in _BATCH if name in values}}, found


def addresses(record: Record) -> dict[str, str]:
    """Column key → cell address of one row, kept until the job has judged it."""
    return {key: cell.address for key, cell in record.cells.items()}


def column_of(pointer: str) -> str:
    """The column that a pointer into a `Line` belongs to."""
    while pointer:
        if pointer in _CELL_OF:
            return _CELL_OF[pointer]
        pointer = pointer.rpartition("/")[0]
    return "code"


def _named(entry: str, *names: str) -> Body:
    """`en | CEFR | A2` as a mapping; what is missing at the end is left out."""
    return {name: part for name, part in zip(names, _parts(entry), strict=False) if part}


def _hours(entry: str) -> Body:
    named: Body = _named(entry, "isco08", "hours", "destination")
    if str(named.get("hours", "")).isdecimal():
        named["hours"] = int(named["hours"])
    return named


def _leaf(entry: str) -> Body | None:
    """One prerequisite as a leaf of the tree of conditions; None when its first word is not one that we know."""
    word, *rest = _parts(entry)
    match word.lower(), rest:
        case (("umur" | "usia" | "age"), [least]) if least.isdecimal():
            return {"kind": "age", "min": int(least)}
        case (("pendidikan" | "education"), [level]):
            return {"kind": "education", "level": level.upper()}
        case (("sertifikat" | "certificate"), [kind, *scheme]):
            return {"kind": "certificate", "certificate": kind.upper(), "scheme": scheme[0].upper() if scheme else None}
        case (("bahasa" | "language"), [language, test, result]):
            return {"kind": "language", "language": language.lower(), "test": test.upper(), "result": result.upper()}
        case (("jam" | "hours"), [isco08, hours]) if hours.isdecimal():
            return {"kind": "hours", "isco08": isco08, "hours": int(hours)}
    return None


def _parts(entry: str) -> list[str]:
    return [part.strip() for part in entry.split("|")]
