"""For the import door: the table of a sheet of people. A column is one row of it: key, titles, aliases, pointer.

Lists stand in one cell as ``entry; entry``, the parts of an entry as ``part | part | part``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.registry.schemas.sheet.entries import PARTS
from shared.codes import education, isco_names
from shared.http.problems import say
from shared.sheets import Column
from shared.sheets.entries import order_of, text_of


@dataclass(frozen=True, slots=True)
class Field:
    """One column, and the member of a registration that its value goes to (``education/level``)."""

    column: Column
    pointer: str

    @property
    def key(self) -> str:
        return self.column.key

    def back(self, person: Mapping[str, Any]) -> Any:
        """What the cell says of a person on record; entries as their cell would say them."""
        found: Any = person
        for step in self.pointer.split("/"):
            found = found.get(step) if isinstance(found, Mapping) else None
        if self.key in PARTS and isinstance(found, list):
            return [text_of(PARTS[self.key], entry) for entry in found]
        return found


def _field(
    key: str, indonesian: str, english: str, *also: str, kind: Any = "text", pointer: str = "", **more: Any
) -> Field:
    return Field(Column(key, say(indonesian, english), kind, also, **more), pointer or key)


def _entries(key: str, indonesian: str, english: str, example: str, *also: str, pointer: str = "") -> Field:
    help = order_of(PARTS[key])
    column = Column(key, say(indonesian, english), "text", also, many=True, example=example, help=help, width=30)
    return Field(column, pointer or key)


_SEXES = {
    "P": "F", "L": "M", "perempuan": "F", "laki-laki": "M", "wanita": "F", "pria": "M", "laki laki": "M",
    "lelaki": "M", "laki2": "M", "lk": "M", "pr": "F", "female": "F", "male": "M", "cewek": "F", "cowok": "M",
    "laki": "M", "bapak": "M", "bpk": "M", "tn": "M", "tuan": "M", "man": "M", "laki laki (l)": "M",
    "ibu": "F", "ny": "F", "nyonya": "F", "nona": "F", "nn": "F", "wnt": "F", "woman": "F", "♀": "F", "♂": "M",
    "prp": "F", "prmpn": "F", "w": "F", "prmp": "F", "perem": "F", "permpuan": "F", "perempuaan": "F", "lakilaki": "M",
    "mama": "F", "bapa": "M", "prempuan": "F", "putri": "F", "putra": "M",
}  # fmt: skip
_LEVELS = {"belum tamat SD": "NONE", **{code: code for code in education.LADDER}, **education.ALIASES}
_OCCUPATIONS = {f"{code} {name}": code for code, name in isco_names.COMMON.items()}

_CURRENCIES = {
    "MYR": "MYR", "SGD": "SGD", "HKD": "HKD", "TWD": "TWD", "IDR": "IDR", "RM": "MYR", "ringgit": "MYR", "Rp": "IDR",
    "rupiah": "IDR", "dolar Singapura": "SGD", "dolar Hong Kong": "HKD", "NTD": "TWD", "yen": "JPY", "won": "KRW",
    "riyal": "SAR", "euro": "EUR", "dolar Amerika": "USD", "US$": "USD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD",
    "ringgit Malaysia": "MYR", "dolar HK": "HKD", "dolar Taiwan": "TWD", "yen Jepang": "JPY", "won Korea": "KRW",
    "riyal Saudi": "SAR",
}  # fmt: skip

FIELDS: tuple[Field, ...] = (
    _field("full_name", "Nama lengkap", "Full name", "nama", "nama calon pmi", "nama calon", "nama pmi", "nama peserta",
           "nama pencari kerja", "nama sesuai ktp", "nama lengkap sesuai ktp", "nama lengkap calon pmi",
           "nama calon pekerja migran", "nama calon pekerja migran indonesia", "nama cpmi", "nama warga", "nama tki",
           "nama calon tki", "nama pencaker", "nama pekerja", "nama peserta pelatihan", "nama orang", "name",
           required=True, example="Maria Yuliana Tukan"),
    _field("nik", "NIK", "National id number", "no ktp", "nomor ktp", "no nik", "nomor nik", "nik ktp", "no nik ktp",
           "nomor induk kependudukan", kind="digits", erasable=False, example="9953064404010003"),
    _field("birth_date", "Tanggal lahir", "Birth date", "tgl lahir", "tanggal kelahiran", "lahir",
           "tempat tanggal lahir tanggal", "ttl tanggal", "lahir tanggal", "lahir tgl", "kelahiran tanggal",
           "date of birth", "dob",
           kind="date",
           erasable=False, example="04/04/2001"),
    _field("birth", "Tempat, tanggal lahir", "Place and date of birth", "tempat tgl lahir", "ttl",
           "tempat dan tanggal lahir", "tempat/tanggal lahir", "tempat tanggal lahir", kind="born_at",
           pointer="birth_date", erasable=False, offered=False),
    _field("sex", "Jenis kelamin", "Sex", "l/p", "kelamin", "jk", "gender", "p/l", "jenis kelamin l p", kind="code",
           choices=_SEXES, erasable=False, example="P"),
    _field("regency", "Kabupaten/kota", "Regency", "kabupaten", "kota", "kab/kota", "kab", "kab kota asal",
           "kabupaten asal", "kabupaten domisili", "kabupaten kota asal", "asal kabupaten", "asal daerah",
           "daerah asal", "kabupaten/kota domisili", "kab/kota domisili", kind="place", erasable=False,
           example="Flores Timur"),
    _field("district", "Kecamatan", "District", "kec", example="Larantuka"),
    _field("village", "Desa/kelurahan", "Village", "desa", "kelurahan", "kel/desa", "desa/kel", "nama desa"),
    _field("phone", "Telepon", "Phone", "no hp", "hp", "nomor hp", "no hp/wa", "no wa", "no. telp", "no telepon",
           "nomor telepon", "telp", "no telp/hp", "no hp wa", "nomor hp/wa", "whatsapp", "nomor wa", "no handphone",
           "handphone", "kontak", "no telpon", "no hp aktif", "mobile phone", "phone number", "whatsapp number",
           kind="digits", whole_with=(9, 14),
           example="0811-0000-001"),
    _field("education_level", "Pendidikan", "Education", "pendidikan terakhir", "ijazah", "ijazah terakhir",
           "tingkat pendidikan", "tamatan", "sekolah terakhir", kind="code", choices=_LEVELS, pointer="education/level",
           erasable=False, example="SMP",
           help=say("Ijazah tertinggi yang sudah dimiliki.", "The highest certificate that the person holds.")),
    _field("education_years", "Lama sekolah", "School years", "lama pendidikan", kind="whole", unit="years",
           pointer="education/years", example="9"),
    _field("education_field", "Jurusan", "Field of study", "jurusan pendidikan", "bidang studi",
           pointer="education/field", example="NURSING"),
    _entries("skills", "Keterampilan", "Skills", "merawat nenek | rumah | 36; masak | rumah", "keahlian", "kemampuan"),
    _entries("work_history", "Pengalaman kerja", "Work history", "pelayan toko | 12 | IDN", "pengalaman",
             "riwayat kerja", "riwayat pekerjaan"),
    _entries("languages", "Bahasa", "Languages", "en | CEFR | A2", "kemampuan bahasa", "penguasaan bahasa"),
    _entries("certificates", "Sertifikat", "Certificates", "COMPETENCE | HOUSEKEEPER | 9111 | 31/07/2029"),
    _entries("training_hours", "Jam pelatihan", "Training hours", "9111 | 200 | MYS"),
    _entries("prior_programmes", "Program sebelumnya", "Prior programmes", "TITP | CAREGIVING | ya"),
    _field("wish_isco08", "Jabatan diinginkan", "Wished occupations", "jabatan yang diinginkan",
           "jabatan yang diminati", "pekerjaan yang diinginkan", kind="occupation", many=True,
           pointer="wishes/isco08", choices=_OCCUPATIONS,
           listed=tuple(_OCCUPATIONS), example="5322; 9111"),
    _field("wish_destinations", "Negara tujuan", "Wished destinations", "negara", "tujuan negara",
           "negara yang diminati", "negara penempatan", "negara tujuan kerja", "negara yang dituju",
           "negara tujuan penempatan", kind="country", many=True, pointer="wishes/destinations",
           example="MYS; HKG"),
    _field("wish_min_wage", "Upah minimum", "Least wage", "gaji minimum", "upah minimal", kind="number",
           pointer="wishes/min_wage/amount", example="1500"),
    _field("wish_currency", "Mata uang", "Currency", kind="open_code", choices=_CURRENCIES,
           pointer="wishes/min_wage/currency", erasable=False, example="MYR"),
    _field("wish_ready_within_days", "Siap dalam (hari)", "Ready within (days)", "siap dalam", kind="whole",
           unit="days", pointer="wishes/ready_within_days", example="180"),
    _field("wish_max_distance_km", "Jarak maksimal (km)", "Farthest (km)", "jarak maksimal", "max distance",
           "maximum distance", kind="number", unit="km",
           pointer="wishes/max_distance_km", example="400"),
    _field("wish_boarding_ok", "Bersedia asrama", "Boarding is fine", "bersedia diasramakan",
           "bersedia tinggal di asrama", kind="yes_no",
           pointer="wishes/boarding_ok", example="ya"),
    _entries("available", "Tersedia", "Available", "01/12/2026 | 31/05/2027", pointer="wishes/available"),
    _entries("consents", "Persetujuan", "Consents", "MATCHING | WRITTEN | 24/11/2026"),
    _entries("requirements", "Syarat", "Requirements", "PASSPORT | MET | 01/02/2031 | C1234567"),
    _field("number", "Nomor calon", "Candidate number", "no calon", "nomor pendaftaran", "no pendaftaran",
           "no registrasi", "nomor registrasi", "nomor lumbung", "no lumbung", erasable=False, example="LB-2026-004711",
           help=say("Nomor orang yang sudah terdaftar; kosong untuk orang baru.",
                    "The number of somebody who is registered; empty for somebody new.")),
    _field("confirm_new", "Orang baru", "Another person", kind="yes_no", erasable=False,
           help=say("Isi ya bila orang lain dari yang sudah terdaftar dengan nama, tanggal lahir dan kabupaten sama.",
                    "Yes when it is another person than the one registered with the same name, birthday and regency.")),
    _field("returns", "Daftar kembali", "Registers again", kind="yes_no", erasable=False,
           help=say("Isi ya bila orang ini pernah minta dihapus dan kini mendaftar lagi, dengan persetujuan baru.",
                    "Yes when this person was erased on request and registers again, with a new consent.")),
)  # fmt: skip
"""All columns. Only the name is needed; a row without a NIK also needs birthday and regency, to be recognised again."""

COLUMNS: tuple[Column, ...] = tuple(field.column for field in FIELDS)

_BY_POINTER = {field.pointer: field.key for field in reversed(FIELDS)}


def column_of(pointer: str, present: Mapping[str, Any]) -> str:
    """The column of a member of a registration, or a neighbour in the sheet when its own column is not there."""
    steps = pointer.strip("/").split("/")
    for length in range(len(steps), 0, -1):
        member = "/".join(steps[:length])
        if _BY_POINTER.get(member) in present:
            return str(_BY_POINTER[member])
    near = [field.key for field in FIELDS if field.pointer.split("/")[0] == steps[0] and field.key in present]
    return near[0] if near else FIELDS[0].key
