"""The four short forms about a person, one topic each: asked at registration, and again when data is corrected.

What is typed in lines (`jaga oma, 6 tahun`) is read in :mod:`services.console.pages.calon.baris`; what it means is
decided by the registry.
"""

from typing import Any

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from services.console.frame import DayField, Form, NumberField, Recorded, country, t
from services.console.pages.calon import abroad, baris
from services.console.pages.calon.abroad import Abroad
from services.console.pages.calon.words import PURPOSES
from shared.codes import languages, regencies, schemes
from shared.codes.education import LADDER

Body = dict[str, Any]

JOBS: dict[str, tuple[str, str]] = {
    "9111": ("Penata laksana rumah tangga", "Housekeeper in a home"),
    "5322": ("Perawat lansia di rumah", "Carer of old people at home"),
    "5311": ("Pengasuh anak", "Child carer"),
    "5120": ("Juru masak keluarga", "Family cook"),
    "5321": ("Perawat di panti atau rumah sakit", "Carer in an institution"),
    "9211": ("Pekerja kebun (sawit)", "Plantation worker"),
    "9216": ("Anak buah kapal ikan", "Fishing crew"),
    "7212": ("Juru las", "Welder"),
    "9313": ("Pekerja bangunan", "Building worker"),
    "8160": ("Pekerja pabrik makanan", "Food factory worker"),
    "9112": ("Petugas kebersihan", "Cleaner"),
}
MOST_LETTERS = 16_000
"""Of a list of lines: fifty of three hundred letters, as the registry takes them."""
COUNTRIES = ("MYS", "SGP", "HKG", "TWN", "KOR", "JPN", "BRN", "SAU", "DEU", "POL", "TUR", "NZL")


class Identity(Recorded):
    """Step 1: who the person is. Only the name is needed."""

    full_name = StringField(validators=[DataRequired(), Length(max=120)])
    nik = StringField(validators=[Length(max=40)])
    birth_date = DayField()
    sex = RadioField(validators=[Optional()])
    regency = SelectField(validators=[Optional()])
    village = StringField(validators=[Length(max=80)])
    phone = StringField(validators=[Length(max=40)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full_name.label.text = t("Nama lengkap", "Full name")
        self.nik.label.text = "NIK"
        self.birth_date.label.text = t("Tanggal lahir", "Date of birth")
        self.sex.label.text = t("Jenis kelamin", "Sex")
        self.sex.choices = [("F", t("Perempuan", "Woman")), ("M", t("Laki-laki", "Man"))]
        self.regency.label.text = t("Kabupaten atau kota asal", "Home regency or city")
        here = sorted((one.code, one.name) for one in regencies.table().values() if one.code.startswith(regencies.NTT))
        chosen = self.regency.data or ""
        away = [(chosen, regencies.name(chosen))] if chosen and not chosen.startswith(regencies.NTT) else []
        self.regency.choices = [("", t("Pilih", "Choose")), *here, *away]
        self.village.label.text = t("Desa atau kelurahan", "Village")
        self.phone.label.text = t("Nomor telepon", "Phone number")
        say_required(self.full_name)

    def profile(self) -> Body:
        """As the registry takes it. What was left empty is not said, and never counts against anybody."""
        found = {
            name: (self._fields[name].data or "").strip() or None
            for name in ("full_name", "nik", "sex", "regency", "village", "phone")
        }
        return {**found, "birth_date": self.birth_date.data.isoformat() if self.birth_date.data else None}


class Consents(Form):
    """Step 2: what the person allows, read aloud."""

    purposes = SelectMultipleField()
    method = RadioField(default="SPOKEN")
    given_by = RadioField(default="SELF")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes.label.text = t("Yang diizinkan", "What is allowed")
        self.purposes.choices = [(code, t(*words)) for code, words in PURPOSES.items()]
        self.method.label.text = t("Bagaimana persetujuan diberikan", "How it was given")
        self.method.choices = [
            ("SPOKEN", t("Lisan, sesudah dibacakan", "Spoken, after it was read aloud")),
            ("WRITTEN", t("Ditandatangani di kertas", "Signed on paper")),
        ]
        self.given_by.label.text = t("Oleh siapa", "By whom")
        self.given_by.choices = [
            ("SELF", t("Calon sendiri", "The person")),
            ("GUARDIAN", t("Orang tua atau wali (di bawah 18 tahun)", "A parent or guardian (under 18)")),
        ]

    def profile(self) -> Body:
        rest = {"method": self.method.data or "SPOKEN", "given_by": self.given_by.data or "SELF"}
        return {"consents": [{"purpose": code, **rest} for code in self.purposes.data or []]}


def few_lines(form: Form, field: Field) -> None:
    """No more than the registry takes: none is left out in silence."""
    if sum(bool(line.strip()) for line in (field.data or "").splitlines()) > baris.MOST:
        raise ValidationError(t("Paling banyak {n} baris.", "{n} lines at most.", n=baris.MOST))


class Background(Recorded):
    """Step 3: schooling and work, with unpaid work at home before anything else."""

    education = SelectField(validators=[Optional()])
    home = TextAreaField(validators=[Length(max=MOST_LETTERS), few_lines])
    work = TextAreaField(validators=[Length(max=MOST_LETTERS), few_lines])
    jobs = TextAreaField(validators=[Length(max=MOST_LETTERS), few_lines])
    scheme = SelectField(validators=[Optional()])
    certificate_number = StringField(validators=[Length(max=80)])
    certificate_until = DayField()
    spoken = SelectField(validators=[Optional()])
    level = SelectField(validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.education.label.text = t("Ijazah terakhir", "Highest certificate")
        rungs = [(rung.code, t(rung.name_id, rung.name_en)) for rung in LADDER.values()]
        self.education.choices = [("", t("Belum ditanya", "Not asked yet")), *rungs]
        self.home.label.text = t(
            "Pekerjaan di rumah, termasuk merawat keluarga", "Work at home, also caring for family"
        )
        self.work.label.text = t("Keterampilan dari kerja atau kursus", "Skills from work or courses")
        self.jobs.label.text = t("Pekerjaan yang pernah dijalani", "Jobs of the past")
        self.scheme.label.text = t("Sertifikat kompetensi", "Certificate of competence")
        named = [(code, t(name, english_name)) for code, (name, english_name) in schemes.KNOWN.items()]
        self.scheme.choices = [("", t("Tidak ada", "None")), *named]
        self.certificate_number.label.text = t("Nomor sertifikat", "Number of the certificate")
        self.certificate_until.label.text = t("Berlaku sampai", "Valid until")
        self.spoken.label.text = t("Bahasa asing", "Foreign language")
        self.spoken.choices = [
            ("", t("Tidak ada", "None")),
            *((code, t(*words)) for code, words in baris.LANGUAGES.items()),
        ]
        self.level.label.text = t("Tingkatnya", "Its level")
        self.level.choices = [("", t("Belum diuji", "Not tested")), *((one, one) for one in languages.CEFR)]

    def profile(self) -> Body:
        found: Body = {
            "education": {"level": self.education.data} if self.education.data else None,
            "skills": [*baris.skills(self.home.data, "HOME"), *baris.skills(self.work.data, "WORK")],
            "work_history": baris.jobs(self.jobs.data),
        }
        if self.scheme.data:
            until = self.certificate_until.data
            found["certificates"] = [
                {
                    "kind": baris.kind_of(self.scheme.data),
                    "scheme": self.scheme.data,
                    "number": (self.certificate_number.data or "").strip() or None,
                    "valid_until": until.isoformat() if until else None,
                }
            ]
        if self.spoken.data:
            found["languages"] = [{"language": self.spoken.data, "cefr": self.level.data or None}]
        return found


class Wishes(Recorded):
    """Step 4: what the person wants. Everything may be left open."""

    isco08 = SelectMultipleField()
    destinations = SelectMultipleField()
    max_distance_km = NumberField(validators=[Optional(), NumberRange(min=1, max=20_000)])
    boarding_ok = RadioField(validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.isco08.label.text = t("Pekerjaan yang diinginkan", "Work that is wished for")
        rest = [(code, code) for code in self.isco08.data or [] if code not in JOBS]
        self.isco08.choices = [*((code, t(*words)) for code, words in JOBS.items()), *rest]
        self.destinations.label.text = t("Negara tujuan", "Destinations")
        away = [one for one in self.destinations.data or [] if one not in COUNTRIES]
        self.destinations.choices = [(code, country(code)) for code in (*COUNTRIES, *away)]
        self.max_distance_km.label.text = t("Jarak pelatihan paling jauh (km)", "Training at most so far away (km)")
        self.boarding_ok.label.text = t("Bersedia tinggal di asrama pelatihan", "Would stay in a training hostel")
        self.boarding_ok.choices = [("yes", t("Ya", "Yes")), ("no", t("Tidak", "No"))]

    def profile(self) -> Body:
        return {
            "wishes": {
                "isco08": self.isco08.data or [],
                "destinations": self.destinations.data or [],
                "max_distance_km": self.max_distance_km.data,
                "boarding_ok": {"yes": True, "no": False}.get(self.boarding_ok.data or ""),
            }
        }


class BackgroundAndAbroad(Background, Abroad):
    """Step 3 of a registration: asks what a correction of the background does not show again."""

    def profile(self) -> Body:
        return {**super().profile(), "records": self.records()}


STEPS: tuple[type[Form], ...] = (Identity, Consents, BackgroundAndAbroad, Wishes)

POINTERS = {
    "/education": "education",
    "/education/level": "education",
    "/birth_date": "birth_date",
    "/wishes/isco08": "isco08",
    "/wishes/destinations": "destinations",
    "/wishes/max_distance_km": "max_distance_km",
    "/wishes/boarding_ok": "boarding_ok",
    "/consents": "purposes",
    "/work_history": "jobs",
    "/skills": "home",
    "/certificates": "scheme",
    "/languages": "spoken",
    "/records": "asked",
}
"""Pointer of a refusal → the field that it is about; the longest that fits decides."""


def field_of(pointer: str) -> str:
    """`/certificates/0/valid_until` → `certificate_until`; what no form asks for stays with the whole."""
    if pointer.startswith("/certificates/") and pointer.endswith("/valid_until"):
        return "certificate_until"
    if pointer.startswith("/certificates/") and pointer.endswith("/number"):
        return "certificate_number"
    if pointer in abroad.POINTERS:
        return abroad.POINTERS[pointer]
    fitting = [known for known in POINTERS if pointer == known or pointer.startswith(f"{known}/")]
    return POINTERS[max(fitting, key=len)] if fitting else pointer.strip("/").split("/")[0]


def say_required(field: Any) -> None:
    """The field's own sentence where it was left empty, in the visitor's language."""
    for validator in field.validators:
        if isinstance(validator, DataRequired):
            validator.message = t("Isi bagian ini.", "Fill this in.")
