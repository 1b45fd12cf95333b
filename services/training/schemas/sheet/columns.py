"""For the import door: the table of a provider's sheet. A column is one row of it: key, titles, pointer, write-back.

Lists stand in one cell as `entry; entry`, the parts of an entry as `part | part`. A course that has several batches
stands in several rows; its own columns need to be filled in one of them only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.training.model import batch as batches
from services.training.model import course as courses
from services.training.schemas.sheet.entries import PARTS, prerequisite_text
from shared.codes import certificates, isco_names, regencies, schemes
from shared.sheets import Column
from shared.sheets.entries import order_of, text_of
from shared.sheets.values import reads_as_it_is

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: where its value goes (`/course/title/id`), and what a cell says of a course and batch on record."""

    column: Column
    pointer: str
    back: Callable[[Document, Document], Any]

    @property
    def key(self) -> str:
        return self.column.key

    @property
    def of_course(self) -> bool:
        return self.pointer.startswith("/course/")


def _pair(indonesian: str, english: str) -> dict[str, str]:
    return {"id": indonesian, "en": english}


def _from_course(pointer: str) -> Callable[[Document, Document], Any]:
    steps = pointer.split("/")[2:]

    def back(course: Document, batch: Document) -> Any:
        found: Any = course if pointer.startswith("/course/") else batch
        for step in steps:
            found = found.get(step) if isinstance(found, Mapping) else None
        return found

    return back


def _field(
    key: str,
    indonesian: str,
    english: str,
    pointer: str,
    *also: str,
    kind: Any = "text",
    back: Callable[[Document, Document], Any] | None = None,
    **more: Any,
) -> Field:
    column = Column(key, _pair(indonesian, english), kind, also, **more)
    return Field(column, pointer, back or _from_course(pointer))


def _choices(codes: tuple[str, ...], **spoken: str) -> dict[str, str]:
    named = {spelling.replace("_", " "): code for spelling, code in spoken.items()}
    first = dict.fromkeys(named.values())
    return {**named, **{code: code for code in codes if code not in first}, **{code: code for code in first}}


def _entries_of(key: str) -> Callable[[Document, Document], Any]:
    return lambda course, _: [text_of(PARTS[key], entry) for entry in course.get(key) or ()]


def _entries(order: str) -> dict[str, str]:
    return _pair(f"Urutan: {order}. Beberapa dipisah titik koma.", f"Order: {order}. Several apart by semicolons.")


_KINDS = _choices(
    tuple(certificates.KINDS), kompetensi="COMPETENCE", sertifikat_kompetensi="COMPETENCE", bnsp="COMPETENCE",
    tamat_pelatihan="COMPLETION", sertifikat_pelatihan="COMPLETION", pelatihan="COMPLETION", kelulusan="COMPLETION",
    uji_keterampilan="SKILL_TEST", lisensi="LICENCE", izin="LICENCE", keselamatan="SAFETY", buku_pelaut="SEAMAN_BOOK",
    bahasa="LANGUAGE", sim="DRIVING_LICENCE", sertifikat_bnsp="COMPETENCE", lsp="COMPETENCE",
    sertifikat_lsp="COMPETENCE",
    kompetensi_bnsp="COMPETENCE", uji_kompetensi="COMPETENCE",
)  # fmt: skip
_FUNDS = _choices(
    courses.FUNDING, mandiri="SELF", swadaya="SELF", biaya_sendiri="SELF", biaya_mandiri="SELF", bayar_sendiri="SELF",
    pribadi="SELF", swadana="SELF", APBN="APBN", APBD="APBD", apbd_provinsi="APBD", apbd_prov="APBD", apbd_i="APBD",
    apbd_ii="APBD",
    dana_apbd="APBD", dana_apbn="APBN",
    self_funded="SELF", own_funds="SELF", swadaya_masyarakat="SELF",
    apbd_kabupaten="APBD", apbd_kab="APBD", apbd_kota="APBD", apbd_provinsi_ntt="APBD", apbn_pusat="APBN",
)  # fmt: skip
_MODES = _choices(
    courses.MODES, luring="OFFLINE", daring="ONLINE", campuran="BLENDED", hibrida="HYBRID", tatap_muka="OFFLINE",
    offline="OFFLINE", online="ONLINE", blended="BLENDED", hybrid="HYBRID", luring_dan_daring="BLENDED",
    luring_daring="BLENDED", kombinasi="BLENDED", daring_dan_luring="BLENDED", klasikal="OFFLINE",
    offline_online="BLENDED", online_offline="BLENDED", tatap_muka_online="BLENDED", tatap_muka_daring="BLENDED",
    online_dan_offline="BLENDED", offline_dan_online="BLENDED", tatap_muka_dan_online="BLENDED",
    tatap_muka_dan_daring="BLENDED",
    on_line="ONLINE", off_line="OFFLINE", e_learning="ONLINE", remote="ONLINE", zoom="ONLINE",
    in_person="OFFLINE", face_to_face="OFFLINE", classroom="OFFLINE", hibrid="HYBRID",
    di_kelas="OFFLINE", jarak_jauh="ONLINE", pembelajaran_jarak_jauh="ONLINE", blended_learning="BLENDED",
)  # fmt: skip
_STATUSES = _choices(
    batches.STATUSES, rencana="PLANNED", direncanakan="PLANNED", buka="OPEN", dibuka="OPEN", terbuka="OPEN",
    aktif="OPEN", batal="CANCELLED", dibatalkan="CANCELLED", penuh="FULL", kuota_penuh="FULL", berjalan="RUNNING",
    sedang_berjalan="RUNNING", berlangsung="RUNNING", selesai="DONE", tutup="DONE", ditutup="DONE", closed="DONE",
    sedang_dibuka="OPEN", sudah_dibuka="OPEN", pendaftaran_dibuka="OPEN", sedang_buka="OPEN", akan_datang="PLANNED",
    ongoing="RUNNING", on_going="RUNNING", canceled="CANCELLED", finished="DONE", completed="DONE",
    akan_dibuka="PLANNED", belum_dibuka="PLANNED", belum_buka="PLANNED",
)  # fmt: skip
_SCHEMES = {name: code for code, names in schemes.KNOWN.items() for name in (code, *names)}
_OCCUPATIONS = {f"{code} {name}": code for code, name in isco_names.COMMON.items()}

_ONLINE = _pair("Kabupaten tempat pelatihan; kosong hanya untuk daring.", "Regency of the place; empty: online only.")

FIELDS: tuple[Field, ...] = (
    _field("code", "Kode kursus", "Course code", "/course/code", "kode", "kode pelatihan", "kode program pelatihan",
           "kode program", "kode kelas", "kode diklat",
           required=True, example="PLRT-LANSIA-200"),
    _field("title", "Judul", "Title", "/course/title/id", "nama kursus", "judul kursus", "nama pelatihan",
           "judul pelatihan", "nama program pelatihan", "program pelatihan", "pelatihan", "jenis pelatihan",
           "nama diklat", "nama program", "judul program pelatihan", "judul program", "nama kelas", erasable=False,
           example="Perawatan lansia di rumah", width=30),
    _field("title_en", "Judul Inggris", "English title", "/course/title/en", example="Elderly care at home"),
    _field("programme", "Program", "Programme", "/course/programme", "program terakreditasi", "kejuruan",
           help=_pair("Program yang terakreditasi. Kosong: kode kursus.", "The accredited one. Empty: the code."),
           erasable=False),
    _field("isco08", "Jabatan", "Occupations", "/course/isco08", "kode jabatan", "kode isco", "isco",
           kind="occupation", many=True, example="5322", choices=_OCCUPATIONS, listed=tuple(_OCCUPATIONS)),
    _field("outcomes", "Kompetensi", "Skills taught", "/course/outcomes", "unit kompetensi yang diajarkan",
           "keterampilan", "materi", "kompetensi yang diajarkan", many=True, example="merawat lansia; memandikan",
           width=30, back=lambda course, _: [entry["text"] for entry in course.get("outcomes") or ()]),
    _field("skkni_units", "Unit SKKNI", "SKKNI units", "/course/skkni_units", "unit kompetensi", "kode unit",
           many=True, example="I.55HKP00.001.2"),
    _field("kkni_level", "Level KKNI", "KKNI level", "/course/kkni_level", "kkni", "jenjang kkni", kind="whole",
           example="2"),
    _field("certificate_kind", "Jenis sertifikat", "Certificate kind", "/course/certificate/kind", "sertifikat",
           "jenis sertifikasi", kind="code", choices=_KINDS),
    _field("certificate_scheme", "Skema sertifikat", "Certificate scheme", "/course/certificate/scheme", "skema",
           "skema sertifikasi", "skema kompetensi", "skema sertifikasi bnsp", "skema bnsp", kind="open_code",
           choices=_SCHEMES, listed=tuple(schemes.KNOWN),
           example="ELDERLY_CARETAKER"),
    _field("certificate_months", "Berlaku (bulan)", "Valid (months)", "/course/certificate/valid_months",
           "masa berlaku", "masa berlaku sertifikat", "berlaku", "masa berlaku bulan", "berlaku selama", "valid for",
           "validity", "certificate valid for", "certificate validity", kind="whole", unit="months",
           example="36"),
    _field("languages", "Bahasa", "Languages", "/course/languages", many=True, example="en | CEFR | A1",
           help=order_of(PARTS["languages"]), width=30, back=_entries_of("languages")),
    _field("lesson_hours", "JP", "Lesson hours", "/course/lesson_hours", "jam pelajaran", "jumlah jp", "total jp",
           "jpl", "durasi jp", "lama pelatihan jp", "jumlah jpl", "total jam pelajaran", "jumlah jam pelajaran",
           kind="whole", unit="lessons",
           erasable=False, example="200"),
    _field("hours_for", "Jam untuk", "Hours for", "/course/hours_for", many=True, example="5322 | 200 | MYS",
           help=order_of(PARTS["hours_for"]), width=30, back=_entries_of("hours_for")),
    _field("mode", "Moda", "Mode", "/course/mode", "metode", "metode pelatihan", "moda pelatihan", "cara pelatihan",
           kind="code", choices=_MODES, erasable=False, example="luring"),
    _field("boarding", "Asrama", "Boarding", "/course/boarding", "ada asrama", "tersedia asrama", "boarding",
           kind="yes_no", erasable=False, example="ya"),
    _field("cost", "Biaya peserta", "Cost to trainee", "/course/cost_to_trainee/amount", "biaya", "biaya pelatihan",
           "biaya kursus", "harga", "biaya yang ditanggung peserta", "biaya per peserta", "biaya per orang", "tarif",
           "biaya pelatihan per peserta", "biaya pelatihan per orang", "biaya kursus per orang", "harga per orang",
           "biaya pendaftaran dan pelatihan", "fee", "course fee", "tuition fee", "price", "training cost",
           kind="whole", unit="rupiah", example="0"),
    _field("funding", "Pendanaan", "Funding", "/course/funding", "sumber dana", "sumber pendanaan", "pembiayaan",
           "sumber biaya", "sumber anggaran", "dana", "anggaran", "sumber pembiayaan", kind="code", choices=_FUNDS,
           erasable=False,
           example="APBD"),
    _field("destinations", "Negara tujuan", "Destinations", "/course/destinations", "negara penempatan", "tujuan",
           kind="country", many=True, example="MYS; SGP"),
    _field("prerequisites", "Prasyarat", "Prerequisites", "/course/prerequisites", "syarat", "persyaratan",
           "syarat peserta", many=True, help=_entries("jenis | isi"), example="umur | 18; pendidikan | SMP", width=30,
           back=lambda course, _: _leaves(course)),
    _field("number", "Angkatan", "Batch", "/batch/number", "gelombang", "nomor angkatan", "no angkatan", "batch",
           "angkatan ke", "gelombang ke", "no gelombang", "nama angkatan", erasable=False, example="2027-1"),
    _field("starts", "Mulai", "Starts", "/batch/starts", "tanggal mulai", "tgl mulai", "mulai pelatihan",
           "tanggal pelatihan mulai", "jadwal mulai", "waktu pelaksanaan mulai", "tanggal pelaksanaan mulai",
           "tanggal mulai pelatihan", "tgl mulai pelatihan", "start date", kind="date",
           erasable=False, example="11/01/2027"),
    _field("ends", "Selesai", "Ends", "/batch/ends", "tanggal selesai", "tgl selesai", "selesai pelatihan",
           "tanggal pelatihan selesai", "tanggal berakhir", "jadwal selesai", "waktu pelaksanaan selesai",
           "tanggal pelaksanaan selesai", "tanggal selesai pelatihan", "tgl selesai pelatihan", "end date", kind="date",
           erasable=False, example="26/02/2027"),
    _field("period", "Waktu pelaksanaan", "Period", "/batch/period", "tanggal pelaksanaan", "jadwal pelaksanaan",
           "jadwal pelatihan", "periode", "periode pelatihan", "waktu pelatihan", "jadwal", "tanggal pelatihan",
           "tanggal mulai selesai", "tanggal kegiatan", "waktu kegiatan", kind="span", offered=False, erasable=False,
           example="11/01/2027 s.d. 26/02/2027"),
    _field("closes", "Tutup daftar", "Registration closes", "/batch/closes", "tutup pendaftaran",
           "batas pendaftaran", "penutupan pendaftaran", "tanggal tutup", "pendaftaran ditutup",
           "batas akhir pendaftaran",
           "tanggal tutup pendaftaran", "akhir pendaftaran", "pendaftaran sampai", "pendaftaran sampai dengan",
           "pendaftaran s d", "tanggal penutupan pendaftaran", "registration deadline", kind="date",
           example="04/01/2027"),
    _field("regency", "Tempat", "Place (regency)", "/batch/regency", "kabupaten", "kab kota", "kabupaten kota",
           "lokasi", "lokasi pelatihan", "tempat pelatihan", "lokasi kabupaten", "kota", "kab", "tempat pelaksanaan",
           "lokasi pelaksanaan", "location", kind="place", help=_ONLINE,
           back=lambda _, batch: batch.get("regency") and _full_name(batch["regency"])),
    _field("place", "Alamat tempat", "Place (details)", "/batch/place", "alamat", "alamat pelatihan", "gedung",
           "alamat lokasi", example="Gedung BLK Ende"),
    _field("seats", "Kursi", "Seats", "/batch/seats", "kuota", "jumlah kursi", "kapasitas", "daya tampung",
           "kuota peserta", "jumlah kuota", "target peserta", "jumlah kapasitas", "kapasitas kelas", "kuota kelas",
           "kapasitas peserta", "capacity", "quota", kind="whole", unit="people", erasable=False,
           example="16"),
    _field("status", "Status", "Status", "/batch/status", "status angkatan", "status kelas", "status pendaftaran",
           kind="code",
           choices=_STATUSES, erasable=False, example="buka",
           help=_pair("Penuh, berjalan dan selesai mengikuti kursi dan tanggal.", "Full follows from the seats.")),
)  # fmt: skip
"""All columns. The key of a row is course code + batch; the provider is whoever sends the file."""

COLUMNS: tuple[Column, ...] = tuple(field.column for field in FIELDS)

_BY_POINTER = {
    **{field.pointer: field.key for field in FIELDS},
    "/course/title": "title",
    "/course/certificate": "certificate_kind",
    "/course/cost_to_trainee": "cost",
    # An action that finds two days in the wrong order, or a circle of courses, knows nothing of rows.
    **{field.pointer.removeprefix("/batch"): field.key for field in FIELDS if not field.of_course},
    **{f"/{field.pointer.split('/')[2]}": field.key for field in FIELDS if field.of_course and field.key != "title_en"},
    "/title": "title",
    "/certificate": "certificate_kind",
}


def column_of(pointer: str) -> str:
    """The column that a pointer into a row belongs to: the longest pointer that fits wins."""
    while pointer:
        if pointer in _BY_POINTER:
            return _BY_POINTER[pointer]
        pointer = pointer.rpartition("/")[0]
    return "code"


def as_row(course: Document, batch: Document) -> dict[str, Any]:
    """What a template says of a course and one of its batches; sent back, it changes nothing. A value that no cell
    could say as it is (a place that is called ``-``) is left empty, and an empty cell changes nothing."""
    cells = {field.key: field.back(course, batch) for field in FIELDS}
    return {field.key: cells[field.key] if reads_as_it_is(field.column, cells[field.key]) else None for field in FIELDS}


def _full_name(code: str) -> str:
    known = regencies.table().get(code)
    return known.name if known else code


def _leaves(course: Document) -> list[str] | None:
    """The prerequisites as entries; None (an empty cell, which changes nothing) when a cell cannot say them."""
    tree = course.get("prerequisites")
    if not tree:
        return []
    texts = [prerequisite_text(leaf) for leaf in tree.get("all", [])] if set(tree) == {"all"} else [None]
    return None if None in texts else [text for text in texts if text]
