"""For the import door: the columns of a sheet of people, and how a row becomes what ``POST /v1/candidates`` takes.

One schema judges both doors, so a sheet is refused in the same words as a request. Lists stand in one cell as
``entry; entry``, the parts of an entry as ``part | part | part`` in the order of :data:`PARTS`.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.registry.model.requirements import Code as RequirementCode
from services.registry.schemas import person
from shared.codes import education
from shared.http.faults import faults
from shared.http.fields import Code
from shared.http.problems import Fault
from shared.sheets import Cell, Column, Record
from shared.sheets.cells import Kind
from shared.sheets.values import Unreadable, value_of

Body = dict[str, Any]

PARTS: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    "skills": (("text", "text"), ("source", "text"), ("months", "whole")),
    "work_history": (("title", "text"), ("months", "whole"), ("country", "country"), ("isco08", "digits")),
    "languages": (
        ("language", "text"),
        ("test", "text"),
        ("result", "text"),
        ("cefr", "text"),
        ("valid_until", "date"),
    ),
    "certificates": (
        ("kind", "text"),
        ("scheme", "text"),
        ("isco08", "digits"),
        ("valid_until", "date"),
        ("number", "text"),
        ("issuer", "text"),
    ),
    "training_hours": (("isco08", "digits"), ("hours", "whole"), ("destination", "country")),
    "prior_programmes": (("kind", "text"), ("field", "text"), ("finished", "yes_no")),
    "available": (("from", "date"), ("until", "date")),
    "consents": (("purpose", "text"), ("method", "text"), ("given_at", "date"), ("given_by", "text")),
    "requirements": (
        ("code", "text"),
        ("status", "text"),
        ("valid_until", "date"),
        ("number", "text"),
        ("village_head_ack", "yes_no"),
    ),
}
"""Names and kinds of the parts of an entry in the order of the cell; those at the end may be left out."""


def _column(key: str, indonesian: str, english: str, kind: Kind = "text", *also: str, **more: Any) -> Column:
    return Column(key, {"id": indonesian, "en": english}, kind, also, **more)


def _entries(key: str, indonesian: str, english: str, example: str) -> Column:
    order = " | ".join(name for name, _ in PARTS[key])
    return _column(
        key,
        indonesian,
        english,
        many=True,
        example=example,
        help={"id": f"Urutan: {order}.", "en": f"In this order: {order}."},
        width=30,
    )


_SEXES = {"P": "F", "L": "M", "perempuan": "F", "laki-laki": "M", "wanita": "F", "pria": "M"}
_LEVELS = {**{code: code for code in education.LADDER}, **education.ALIASES}

COLUMNS: tuple[Column, ...] = (
    _column("full_name", "Nama lengkap", "Full name", "text", "nama", required=True, example="Maria Yuliana Tukan"),
    _column("nik", "NIK", "National id number", "digits", example="9953064404010003"),
    _column("birth_date", "Tanggal lahir", "Birth date", "date", "tgl lahir", example="04/04/2001"),
    _column("sex", "Jenis kelamin", "Sex", "code", "l/p", choices=_SEXES, example="P"),
    _column("regency", "Kabupaten/kota", "Regency", "place", "kabupaten", "kota", example="Flores Timur"),
    _column("district", "Kecamatan", "District", example="Larantuka"),
    _column("village", "Desa/kelurahan", "Village", "text", "desa", "kelurahan"),
    _column("phone", "Telepon", "Phone", "digits", "no hp", "hp", "nomor hp", example="0811-0000-001"),
    _column("education_level", "Pendidikan", "Education", "code", choices=_LEVELS, example="SMP"),
    _column("education_years", "Lama sekolah", "School years", "whole", example="9"),
    _column("education_field", "Jurusan", "Field of study", example="NURSING"),
    _entries("skills", "Keterampilan", "Skills", "merawat nenek | HOME | 36; masak | HOME"),
    _entries("work_history", "Pengalaman kerja", "Work history", "pelayan toko | 12 | IDN"),
    _entries("languages", "Bahasa", "Languages", "en | CEFR | A2"),
    _entries("certificates", "Sertifikat", "Certificates", "COMPETENCE | HOUSEKEEPER | 9111 | 31/07/2029"),
    _entries("training_hours", "Jam pelatihan", "Training hours", "9111 | 200 | MYS"),
    _entries("prior_programmes", "Program sebelumnya", "Prior programmes", "TITP | CAREGIVING | ya"),
    _column("wish_isco08", "Jabatan diinginkan", "Wished occupations", "digits", many=True, example="5322; 9111"),
    _column("wish_destinations", "Negara tujuan", "Wished destinations", "country", many=True, example="MYS; HKG"),
    _column("wish_min_wage", "Upah minimum", "Least wage", "number", example="1500"),
    _column("wish_currency", "Mata uang", "Currency", example="MYR"),
    _column("wish_ready_within_days", "Siap dalam (hari)", "Ready within (days)", "whole", example="180"),
    _column("wish_max_distance_km", "Jarak maksimal (km)", "Farthest (km)", "number", example="400"),
    _column("wish_boarding_ok", "Bersedia asrama", "Boarding is fine", "yes_no", example="ya"),
    _entries("available", "Tersedia", "Available", "01/12/2026 | 31/05/2027"),
    _entries("consents", "Persetujuan", "Consents", "MATCHING | WRITTEN | 24/11/2026"),
    _entries("requirements", "Syarat", "Requirements", "PASSPORT | MET | 01/02/2031 | C1234567"),
    _column(
        "confirm_new",
        "Orang baru",
        "Another person",
        "yes_no",
        help={
            "id": "Isi ya bila orang lain dari yang sudah terdaftar dengan nama, tanggal lahir dan kabupaten sama.",
            "en": "Yes when it is another person than the one registered with the same name, birthday and regency.",
        },
    ),
)
"""All columns. Only the name is needed; a row without a NIK also needs birthday and regency, to be recognised again."""

_MEMBERS = {
    "education_level": "education/level",
    "education_years": "education/years",
    "education_field": "education/field",
    "wish_isco08": "wishes/isco08",
    "wish_destinations": "wishes/destinations",
    "wish_min_wage": "wishes/min_wage",
    "wish_ready_within_days": "wishes/ready_within_days",
    "wish_max_distance_km": "wishes/max_distance_km",
    "wish_boarding_ok": "wishes/boarding_ok",
    "available": "wishes/available",
}
"""Where a column's value goes, when that is not the member of its own name."""
_COLUMN_OF = {_MEMBERS.get(column.key, column.key): column.key for column in COLUMNS if column.key != "wish_currency"}


class SheetRequirement(person.Requirement):
    code = Code(RequirementCode, required=True)


class SheetRow(person.Registration):
    """A registration with requirement records beside it."""

    requirements = fields.List(
        fields.Nested(SheetRequirement), load_default=list, validate=validate.Length(max=len(RequirementCode))
    )


_SCHEMA = SheetRow()
_IN_PARTS = {"education", "wishes"}
"""Members of a registration whose parts stand in columns of their own."""


def registration(record: Record) -> tuple[Body | None, list[Fault]]:
    """The loaded ``SheetRow`` of one row, or None and what is wrong, each fault at its cell.

    ``education`` and ``wishes`` hold only what the row says; the rest of them is for whoever knows the person.
    """
    body, found = _body(record)
    found = [*record.faults, *found]
    try:
        loaded: Body = _SCHEMA.load(body)
    except ValidationError as error:
        known = {fault.cell for fault in found}
        refused = faults(error.messages, schema=_SCHEMA, data=body, where="file")
        # A cell that could not be read is missing for the schema too; saying that as well would only confuse.
        found += [fault for fault in at_cells(record, refused) if fault.cell not in known]
        return None, found
    if found:
        return None, found
    for part in _IN_PARTS & loaded.keys():
        loaded[part] = {name: loaded[part][name] for name in body[part]}
    return loaded, []


def at_cells(record: Record, found: list[Fault]) -> list[Fault]:
    """Faults of a registration moved to the cells that they came from."""
    return [record.at(_column_of(fault.pointer, record), fault) for fault in found]


def _column_of(pointer: str, record: Record) -> str:
    """The column of a member, or of a neighbour in the sheet when the member's own column is not there."""
    steps = pointer.lstrip("/").split("/")
    exact = _COLUMN_OF.get("/".join(steps[:2])) or _COLUMN_OF.get(steps[0])
    if exact in record.cells:
        return str(exact)
    near = [key for member, key in _COLUMN_OF.items() if member.partition("/")[0] == steps[0] and key in record.cells]
    return near[0] if near else COLUMNS[0].key


def _body(record: Record) -> tuple[Body, list[Fault]]:
    body: Body = {}
    found: list[Fault] = []
    for key, value in record.values.items():
        if key == "wish_currency":
            continue
        if key in PARTS:
            value = [_entry(record, key, written, found) for written in value]
        elif key == "wish_min_wage":
            value = {"amount": _plain(value), "currency": record.values.get("wish_currency", "IDR")}
        outer, _, inner = _MEMBERS.get(key, key).partition("/")
        if inner:
            body.setdefault(outer, {})[inner] = value
        else:
            body[outer] = value
    return body, found


def _entry(record: Record, key: str, written: str, found: list[Fault]) -> Body:
    names = PARTS[key]
    entry: Body = {}
    parts = [part.strip() for part in written.split("|")]
    if len(parts) > len(names):
        found.append(record.at(key, Fault("", "too_many_parts", _TOO_MANY, _column_by_key(key).help)))
    for (name, kind), part in zip(names, parts, strict=False):
        if part:
            try:
                value = value_of(Cell("", part), Column(name, {"id": name, "en": name}, kind))[0]
            except Unreadable as error:
                found.append(record.at(key, Fault("", error.code, error.message, error.fix)))
            else:
                # A day on which consent was given counts from its first minute in the province.
                entry[name] = f"{value}T00:00:00+08:00" if name == "given_at" else value
    return entry


def _column_by_key(key: str) -> Column:
    return next(column for column in COLUMNS if column.key == key)


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


_TOO_MANY = {"id": "Ada bagian yang berlebih di antara tanda |.", "en": "There are too many parts between the | marks."}
