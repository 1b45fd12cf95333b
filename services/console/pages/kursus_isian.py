"""The form of a course: all that the training house takes of one, but for the hours that count for single occupations.

What it cannot say (further occupations, those hours, a language without a test, prerequisites within one another) stays
exactly as it is on record, and :meth:`Course.kept` says it in words.
"""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from services.console.frame import NumberField, OccupationField, t
from services.console.frame.many import CountriesField, ManyField
from services.console.frame.occupations import occupation
from services.console.frame.words import country
from services.console.pages import kursus_memberi
from services.console.pages.lowongan_kami import diminta

Body = dict[str, Any]

_MODES = {
    "OFFLINE": ("tatap muka", "in class"),
    "ONLINE": ("daring", "online"),
    "BLENDED": ("campuran", "blended"),
    "HYBRID": ("hibrida", "hybrid"),
}
_FUNDS = {
    "APBN": ("APBN", "national budget (APBN)"),
    "APBD": ("APBD", "budget of the region (APBD)"),
    "CSR": ("CSR perusahaan", "a company (CSR)"),
    "P3MI": ("P3MI", "a placement company (P3MI)"),
    "KUR": ("KUR", "a loan (KUR)"),
    "SELF": ("peserta sendiri", "the trainee"),
}
POINTERS = {
    "/title/id": "title_id",
    "/title/en": "title_en",
    "/title": "title_id",
    "/cost_to_trainee": "cost",
    "/cost_to_trainee/amount": "cost",
    "/prerequisites": "age_min",
    "code_taken": "code",
}
"""A pointer of the house, or the code of a refusal without one → the field here; :meth:`Course.fields_at` knows all."""
ASKED = ("age", "education", "language", "certificate")
"""Kinds of prerequisites that courses commonly have."""


class Course(kursus_memberi.Gives, diminta.Asking):
    """``new``: the code is asked for only once. ``known``: the course on record, of which what is not shown stays."""

    kinds = ASKED
    sex = None
    experience = None  # type: ignore[assignment]
    lessons = None  # type: ignore[assignment]
    code = StringField(validators=[Length(max=60)])
    title_id = StringField(validators=[Length(max=200)])
    title_en = StringField(validators=[Length(max=200)])
    programme = StringField(validators=[Length(max=60)])
    isco08 = OccupationField()
    outcomes = TextAreaField(validators=[Length(max=6000)])
    skkni_units = ManyField()
    kkni_level = NumberField(validators=[Optional(), NumberRange(min=1, max=9)])
    lesson_hours = NumberField()
    mode = RadioField(default="OFFLINE")
    boarding = BooleanField()
    cost = NumberField()
    funding = SelectField()
    destinations = CountriesField()

    def __init__(self, *, new: bool, known: Body | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.new = new
        self.known = known or {}
        for name, words in _labels().items():
            self[name].label.text = words
        self.mode.choices = [(code, t(*words)) for code, words in _MODES.items()]
        self.funding.choices = [(code, t(*words)) for code, words in _FUNDS.items()]
        filled = InputRequired(t("Isi bagian ini.", "Fill this in."))
        for name in ("title_id", *(["code"] if new else [])):
            self[name].validators = [filled, *self[name].validators]
        number = t("Ketik angka saja, misalnya 200.", "Type a number only, for example 200.")
        self.lesson_hours.validators = [filled, NumberRange(min=1, max=5000, message=number)]
        self.cost.validators = [Optional(), NumberRange(min=0, max=10**9, message=number)]

    def complete(self) -> bool:
        """Valid, and what one field says fits the next."""
        fine = [self.validate_on_submit(), self.consistent(), self.rows_fit()]
        return all(fine)

    def document(self) -> Body:
        """What the house is sent. A cost that nobody typed is not known, and not free."""
        cost = {"amount": self.cost.data, "currency": "IDR"} if self.cost.data is not None else None
        title = {"id": self.title_id.data, "en": self.title_en.data or self.title_id.data}
        found: Body = {
            "title": title,
            "programme": (self.programme.data or "").strip() or None,
            "isco08": [self.isco08.data.strip()] if self.isco08.data else [],
            "outcomes": _lines([self.outcomes.data or ""]),
            "skkni_units": self.skkni_units.data or [],
            "kkni_level": self.kkni_level.data,
            "certificates": self.all_certificates(),
            "languages": self.all_languages(self.known.get("languages") or ()),
            "lesson_hours": self.lesson_hours.data,
            "mode": self.mode.data,
            "boarding": bool(self.boarding.data),
            "cost_to_trainee": cost,
            "funding": self.funding.data,
            "destinations": self.destinations.data or [],
            "prerequisites": self.tree(self.known.get("prerequisites"), None),
        }
        return {**found, "code": (self.code.data or "").strip()} if self.new else found

    def changes(self) -> Body:
        """What differs from the course on record; what the form does not ask for is never touched."""
        said, asked = on_record(self.known), self.document()
        changed = {name: value for name, value in asked.items() if said[name] != value}
        if "isco08" in changed:
            changed["isco08"] = [*asked["isco08"], *self.known.get("isco08", [])[1:]]
        if diminta.same(asked["prerequisites"], said["prerequisites"]):
            changed.pop("prerequisites", None)
        return changed

    def fields_at(self) -> dict[str, str]:
        """A pointer of the house into what was sent → the field here."""
        return POINTERS | self.gives_at() | self.asked_at("/prerequisites")

    def kept(self) -> dict[str, str]:
        """What stays on record and has no field: in words, by the part of the form that it belongs to."""
        said = {
            "isco08": [occupation(code) for code in (self.known.get("isco08") or ())[1:]],
            "hours": [_hours(one) for one in self.known.get("hours_for") or ()],
            "languages": kursus_memberi.other_languages(self.known),
            "prerequisites": diminta.others(self.known.get("prerequisites"), None, self.kinds),
        }
        return {part: "; ".join(words) for part, words in said.items() if words}


def on_record(course: Body) -> Body:
    """The course in the words of :meth:`Course.document`."""
    cost = course.get("cost_to_trainee")
    return {
        "title": course["title"],
        "programme": course.get("programme"),
        "isco08": course.get("isco08", [])[:1],
        "outcomes": _lines(one["text"] for one in course.get("outcomes") or ()),
        "skkni_units": list(dict.fromkeys(course.get("skkni_units") or ())),
        "certificates": kursus_memberi.certificates_of(course),
        "languages": course.get("languages") or [],
        **{name: course.get(name) for name in ("kkni_level", "lesson_hours", "mode", "funding", "prerequisites")},
        "boarding": bool(course.get("boarding")),
        "cost_to_trainee": {**cost, "amount": int(cost["amount"])} if cost else None,
        "destinations": list(dict.fromkeys(course.get("destinations") or ())),
    }


def filled(course: Body) -> Body:
    """The values of the fields from a course on record."""
    said = on_record(course)
    cost = said["cost_to_trainee"]
    same = ("programme", "skkni_units", "kkni_level", "lesson_hours", "mode", "boarding", "funding", "destinations")
    return {
        **diminta.filled(said["prerequisites"], None, ASKED),
        **kursus_memberi.filled(course),
        "title_id": course["title"]["id"],
        "title_en": course["title"]["en"],
        "isco08": next(iter(said["isco08"]), ""),
        "outcomes": "\n".join(said["outcomes"]),
        "cost": cost["amount"] if cost else None,
        **{name: said[name] for name in same},
    }


def _hours(one: Body) -> str:
    said = t("{n} JP untuk {work}", "{n} lesson hours for {work}", n=one["hours"], work=occupation(one["isco08"]))
    return f"{said}, {country(one['destination'])}" if one.get("destination") else said


def _lines(texts: Iterable[str]) -> list[str]:
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def _labels() -> dict[str, str]:
    return {
        "code": t("Kode kursus Anda", "Your code of the course"),
        "title_id": t("Judul", "Title (Indonesian)"),
        "title_en": t("Judul dalam bahasa Inggris, jika ada", "Title in English, if there is one"),
        "isco08": t("Jabatan", "Occupation"),
        "outcomes": t("Yang dipelajari", "What is learned"),
        "programme": t("Program yang terakreditasi", "Accredited programme"),
        "skkni_units": t("Unit SKKNI", "SKKNI units"),
        "kkni_level": t("Jenjang KKNI (1–9)", "KKNI level (1–9)"),
        "lesson_hours": t("Jam pelajaran (JP)", "Lesson hours (of 45 minutes)"),
        "mode": t("Cara belajar", "How it is taught"),
        "boarding": t("Ada asrama", "There is a hostel"),
        "cost": t("Biaya untuk peserta (rupiah)", "What the trainee pays (rupiah)"),
        "destinations": t("Negara tujuan", "Destinations"),
        "certificate": t("Sertifikat kompetensi yang harus sudah ada", "Competence certificate that is needed before"),
        "funding": t("Dibiayai oleh", "Paid by"),
    }
