"""The four short forms about a person, one topic each: asked at registration, and again when data is corrected.

What is typed in lines (`jaga oma, 6 tahun`) is read in :mod:`services.console.pages.calon.baris`; what it means is
decided by the registry.
"""

import re
from datetime import date
from typing import Any

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from services.console.frame import AmountField, DayField, Form, MoneyField, NumberField, Recorded, country, t
from services.console.pages.calon import abroad, baris
from services.console.pages.calon.abroad import Abroad
from services.console.pages.calon.words import PURPOSES
from services.console.pages.lowongan_kami import diminta
from shared.codes import languages, regencies, schemes, study
from shared.codes.asked import PROGRAMMES
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
    district = StringField(validators=[Length(max=80)])
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
        self.district.label.text = t("Kecamatan", "District")
        self.village.label.text = t("Desa atau kelurahan", "Village")
        self.phone.label.text = t("Nomor telepon", "Phone number")
        say_required(self.full_name)

    def profile(self) -> Body:
        """As the registry takes it. What was left empty is not said, and never counts against anybody."""
        found = {
            name: (self._fields[name].data or "").strip() or None
            for name in ("full_name", "nik", "sex", "regency", "district", "village", "phone")
            if name != "district" or self.district.raw_data  # a page of before the district was asked leaves it
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


LABELS = {
    "study": ("Jurusan", "Field of study"),
    "issuer": ("Penerbit sertifikat", "Who issued the certificate"),
    "certificate_from": ("Berlaku sejak", "Valid from"),
    "test": ("Ujian bahasa yang lulus", "Language test that was passed"),
    "result": ("Hasil ujian bahasa", "Result of the language test"),
    "test_until": ("Hasil ujian berlaku sampai", "The result is valid until"),
    "trained": ("Pelatihan yang pernah diikuti, untuk pekerjaan", "Training of the past, for which work"),
    "trained_at": ("Pelatihan itu untuk negara", "That training was for the country"),
    "hours": ("Jam pelatihan itu", "Hours of that training"),
    "programme": ("Program di luar negeri yang pernah diikuti", "Programme abroad of the past"),
    "programme_field": ("Bidang program itu", "Field of that programme"),
    "finished": ("Program itu diselesaikan", "That programme was finished"),
}
PARTS_OF = {
    "education": ("study",),
    "scheme": ("certificate_number", "issuer", "certificate_from", "certificate_until"),
    "spoken": ("level", "test", "result", "test_until"),
    "trained": ("trained_at", "hours"),
    "programme": ("programme_field", "finished"),
}
"""A field → those that say more of what it names."""


class Background(Recorded):
    """Step 3: schooling and work, with unpaid work at home before anything else."""

    education = SelectField(validators=[Optional()])
    home = TextAreaField(validators=[Length(max=MOST_LETTERS), few_lines])
    work = TextAreaField(validators=[Length(max=MOST_LETTERS), few_lines])
    jobs = TextAreaField(validators=[Length(max=MOST_LETTERS), few_lines])
    study = SelectField(validators=[Optional()])
    scheme = SelectField(validators=[Optional()])
    certificate_number = StringField(validators=[Length(max=80)])
    issuer = StringField(validators=[Length(max=200)])
    certificate_from = DayField()
    certificate_until = DayField()
    spoken = SelectField(validators=[Optional()])
    level = SelectField(validators=[Optional()])
    test = SelectField(validators=[Optional()])
    result = StringField(validators=[Length(max=10)])
    test_until = DayField()
    trained = SelectField(validators=[Optional()])
    trained_at = SelectField(validators=[Optional()])
    hours = NumberField(validators=[Optional(), NumberRange(min=1, max=10_000)])
    programme = SelectField(validators=[Optional()])
    programme_field = SelectField(validators=[Optional()])
    finished = SelectField(validators=[Optional()])

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
        self._choose()
        for name, words in LABELS.items():
            self[name].label.text = t(*words)

    def _choose(self) -> None:
        """What may be chosen of study, tests, hours and programmes; what is newer than our lists stays."""
        none = ("", t("Tidak ada, atau belum ditanya", "None, or not asked yet"))
        studied = [(code, t(*words)) for code, words in study.FIELDS.items()]
        tests = [(code, diminta.test_of(code)) for code, one in languages.TESTS.items() if one.languages != ("id",)]
        lists = {
            "study": studied, "programme_field": studied, "test": tests,
            "trained": [(code, t(*words)) for code, words in JOBS.items()],
            "trained_at": [(code, country(code)) for code in COUNTRIES],
            "programme": [(code, f"{code.replace('_', ' ')}: {t(*words)}") for code, words in PROGRAMMES.items()],
            "finished": [("yes", t("Ya", "Yes")), ("no", t("Tidak", "No"))],
        }  # fmt: skip
        for name, choices in lists.items():
            kept = self[name].data or ""
            self[name].choices = [none, *choices, *([(kept, kept)] if kept and kept not in dict(choices) else [])]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: nothing is filled in of what is not named, as it would be lost; what is on record may be taken away."""
        fine = bool(super().validate(extra_validators))
        for name, parts in PARTS_OF.items():
            if not self[name].data and not self.on_record.get(name) and any(self[part].data for part in parts):
                said = t("Pilih ini dulu, atau kosongkan isian di bawahnya.", "Choose this, or empty what is below it.")
                self[name].errors, fine = [*self[name].errors, said], False
        for name, part in (("trained", self.hours), ("programme", self.finished)):
            if self[name].data and not part.data and not part.errors:
                part.errors, fine = [t("Isi bagian ini.", "Fill this in.")], False
        return fine

    def profile(self) -> Body:
        """A list of which nothing was filled in is None; one that the page did not ask for is not there."""
        found: Body = {
            "education": {"level": self.education.data, **self._said(field="study")} if self.education.data else None,
            "skills": [*baris.skills(self.home.data, "HOME"), *baris.skills(self.work.data, "WORK")],
            "work_history": baris.jobs(self.jobs.data),
        }
        if self.scheme.data:
            found["certificates"] = [
                {
                    "kind": baris.kind_of(self.scheme.data),
                    "scheme": self.scheme.data,
                    "number": (self.certificate_number.data or "").strip() or None,
                    **self._said(issuer="issuer", valid_from="certificate_from"),
                    "valid_until": _iso(self.certificate_until.data),
                }
            ]
        if self.spoken.data:
            tested = self._said(test="test", result="result", valid_until="test_until")
            if tested.get("result"):
                tested["result"] = diminta.as_given(tested["result"])
            found["languages"] = [{"language": self.spoken.data, "cefr": self.level.data or None, **tested}]
        if self.trained.raw_data:
            given = {"isco08": self.trained.data, "hours": self.hours.data, **self._said(destination="trained_at")}
            found["training_hours"] = [given] if self.trained.data else None
        if self.programme.raw_data:
            been = {"kind": self.programme.data, "finished": self.finished.data == "yes"}
            found["prior_programmes"] = [been | self._said(field="programme_field")] if self.programme.data else None
        return found

    def _said(self, **names: str) -> Body:
        """Part → what its field says; without those that the page did not ask for."""
        asked = {part: self[name] for part, name in names.items() if self[name].raw_data}
        return {part: _iso(one.data) if isinstance(one, DayField) else one.data or None for part, one in asked.items()}


class Wishes(Recorded):
    """Step 4: what the person wants. Everything may be left open."""

    isco08 = SelectMultipleField()
    destinations = SelectMultipleField()
    max_distance_km = AmountField(validators=[Optional(), NumberRange(min=0, max=20_000)])
    boarding_ok = RadioField(validators=[Optional()])
    min_wage = MoneyField(validators=[Optional()])
    ready_within_days = NumberField(validators=[Optional(), NumberRange(min=0, max=3650)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.isco08.label.text = t("Pekerjaan yang diinginkan", "Work that is wished for")
        rest = [(code, code) for code in self.isco08.data or [] if code not in JOBS]
        self.isco08.choices = [*((code, t(*words)) for code, words in JOBS.items()), *rest]
        self.destinations.label.text = t("Negara tujuan", "Destinations")
        away = [one for one in self.destinations.data or [] if one not in COUNTRIES]
        self.destinations.choices = [(code, country(code)) for code in (*COUNTRIES, *away)]
        self.max_distance_km.label.text = t("Jarak pelatihan paling jauh (km)", "Training at most so far away (km)")
        self.min_wage.label.text = t("Upah sebulan paling sedikit", "Least wage a month")
        self.ready_within_days.label.text = t("Siap berangkat dalam berapa hari", "Ready to leave in so many days")
        self.boarding_ok.label.text = t("Bersedia tinggal di asrama pelatihan", "Would stay in a training hostel")
        self.boarding_ok.choices = [("yes", t("Ya", "Yes")), ("no", t("Tidak", "No"))]

    def profile(self) -> Body:
        more = {name: self[name].data for name in ("min_wage", "ready_within_days") if self[name].raw_data}
        return {
            "wishes": {
                "isco08": self.isco08.data or [],
                "destinations": self.destinations.data or [],
                "max_distance_km": self.max_distance_km.data,
                "boarding_ok": {"yes": True, "no": False}.get(self.boarding_ok.data or ""),
                **more,
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
    "/education/field": "study",
    "/birth_date": "birth_date",
    "/wishes/isco08": "isco08",
    "/wishes/destinations": "destinations",
    "/wishes/max_distance_km": "max_distance_km",
    "/wishes/boarding_ok": "boarding_ok",
    "/wishes/min_wage": "min_wage",
    "/wishes/ready_within_days": "ready_within_days",
    "/consents": "purposes",
    "/work_history": "jobs",
    "/skills": "home",
    "/certificates": "scheme",
    "/certificates/number": "certificate_number",
    "/certificates/issuer": "issuer",
    "/certificates/valid_from": "certificate_from",
    "/certificates/valid_until": "certificate_until",
    "/languages": "spoken",
    "/languages/cefr": "level",
    "/languages/test": "test",
    "/languages/result": "result",
    "/languages/valid_until": "test_until",
    "/training_hours": "trained",
    "/training_hours/destination": "trained_at",
    "/training_hours/hours": "hours",
    "/prior_programmes": "programme",
    "/prior_programmes/field": "programme_field",
    "/prior_programmes/finished": "finished",
    "/records": "asked",
}
"""Pointer of a refusal, without places in lists → the field that it is about; the longest that fits decides."""


def field_of(pointer: str) -> str:
    """`/certificates/0/valid_until` → `certificate_until`; what no form asks for stays with the whole."""
    if pointer in abroad.POINTERS:
        return abroad.POINTERS[pointer]
    pointer = re.sub(r"/[0-9]+(?=/|$)", "", pointer)
    fitting = [known for known in POINTERS if pointer == known or pointer.startswith(f"{known}/")]
    return POINTERS[max(fitting, key=len)] if fitting else pointer.strip("/").split("/")[0]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def say_required(field: Any) -> None:
    """The field's own sentence where it was left empty, in the visitor's language."""
    for validator in field.validators:
        if isinstance(validator, DataRequired):
            validator.message = t("Isi bagian ini.", "Fill this in.")
