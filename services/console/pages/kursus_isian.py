"""The form of a course: twelve fields that most courses have. What else one may say goes by the sheet or the API."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from services.console.frame import NumberField, OccupationField, Recorded, t
from shared.codes import certificates, schemes

Body = dict[str, Any]

_KINDS = certificates.KINDS | {
    "COMPETENCE": ("sertifikat kompetensi (LSP, BNSP)", "competence certificate (LSP, BNSP)"),
    "COMPLETION": ("surat tamat pelatihan saja", "certificate of attendance only"),
    "SKILL_TEST": ("uji keterampilan", "skill test"),
    "LICENCE": ("lisensi", "licence"),
}
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
    "/certificate": "certificate",
    "/certificate/kind": "certificate",
    "/certificate/scheme": "scheme",
    "/cost_to_trainee": "cost",
    "/cost_to_trainee/amount": "cost",
    "code_taken": "code",
}
"""A pointer of the house, or the code of a refusal without one → the field here."""


class Course(Recorded):
    """``new``: the code is asked for only once."""

    code = StringField(validators=[Length(max=60)])
    title_id = StringField(validators=[Length(max=200)])
    title_en = StringField(validators=[Length(max=200)])
    isco08 = OccupationField()
    outcomes = TextAreaField(validators=[Length(max=6000)])
    certificate = SelectField(validators=[Optional()])
    scheme = SelectField(validators=[Optional()])
    lesson_hours = NumberField()
    mode = RadioField(default="OFFLINE")
    boarding = BooleanField()
    cost = NumberField()
    funding = SelectField()

    def __init__(self, *, new: bool, **more: Any) -> None:
        super().__init__(**more)
        self.new = new
        for name, words in _labels().items():
            self[name].label.text = words
        none = ("", t("Tidak ada", "None"))
        self.certificate.choices = [none, *((code, t(*_KINDS[code])) for code in certificates.KINDS)]
        known = {code: t(*words) for code, words in schemes.KNOWN.items()}
        if self.scheme.data and self.scheme.data not in known:
            known[self.scheme.data] = self.scheme.data
        self.scheme.choices = [none, *known.items()]
        self.mode.choices = [(code, t(*words)) for code, words in _MODES.items()]
        self.funding.choices = [(code, t(*words)) for code, words in _FUNDS.items()]
        filled = InputRequired(t("Isi bagian ini.", "Fill this in."))
        for name in ("title_id", *(["code"] if new else [])):
            self[name].validators = [filled, *self[name].validators]
        number = t("Ketik angka saja, misalnya 200.", "Type a number only, for example 200.")
        self.lesson_hours.validators = [filled, NumberRange(min=1, max=5000, message=number)]
        self.cost.validators = [Optional(), NumberRange(min=0, max=10**9, message=number)]

    def document(self) -> Body:
        """What the house is sent. A cost that nobody typed is not known, and not free."""
        kind = self.certificate.data or None
        given = {"kind": kind, "scheme": self.scheme.data or None} if kind else None
        cost = {"amount": self.cost.data, "currency": "IDR"} if self.cost.data is not None else None
        taught = [line.strip() for line in (self.outcomes.data or "").splitlines() if line.strip()]
        title = {"id": self.title_id.data, "en": self.title_en.data or self.title_id.data}
        found: Body = {
            "title": title,
            "isco08": [self.isco08.data.strip()] if self.isco08.data else [],
            "outcomes": taught,
            "certificate": given,
            "lesson_hours": self.lesson_hours.data,
            "mode": self.mode.data,
            "boarding": bool(self.boarding.data),
            "cost_to_trainee": cost,
            "funding": self.funding.data,
        }
        return {**found, "code": (self.code.data or "").strip()} if self.new else found

    def changes(self, course: Body) -> Body:
        """What differs from the course on record; what the form does not ask for is never touched."""
        said, asked = on_record(course), self.document()
        changed = {name: value for name, value in asked.items() if said[name] != value}
        if "isco08" in changed:
            changed["isco08"] = [*asked["isco08"], *course.get("isco08", [])[1:]]
        if "certificate" in changed and asked["certificate"]:
            changed["certificates"] = [asked["certificate"], *(course.get("certificates") or [])[1:]]
        return changed


def on_record(course: Body) -> Body:
    """The course in the words of :meth:`Course.document`."""
    held = course.get("certificate")
    return {
        "title": course["title"],
        "isco08": course.get("isco08", [])[:1],
        "outcomes": [one["text"] for one in course.get("outcomes") or ()],
        "certificate": {"kind": held["kind"], "scheme": held.get("scheme")} if held else None,
        **{name: course.get(name) for name in ("lesson_hours", "mode", "funding")},
        "boarding": bool(course.get("boarding")),
        "cost_to_trainee": course.get("cost_to_trainee"),
    }


def filled(course: Body) -> Body:
    """The values of the fields from a course on record."""
    said = on_record(course)
    held, cost = said["certificate"] or {}, said["cost_to_trainee"]
    return {
        "title_id": course["title"]["id"],
        "title_en": course["title"]["en"],
        "isco08": next(iter(said["isco08"]), ""),
        "outcomes": "\n".join(said["outcomes"]),
        "certificate": held.get("kind") or "",
        "scheme": held.get("scheme") or "",
        "cost": int(cost["amount"]) if cost else None,
        **{name: said[name] for name in ("lesson_hours", "mode", "boarding", "funding")},
    }


def _labels() -> dict[str, str]:
    return {
        "code": t("Kode kursus Anda", "Your code of the course"),
        "title_id": t("Judul", "Title (Indonesian)"),
        "title_en": t("Judul dalam bahasa Inggris, jika ada", "Title in English, if there is one"),
        "isco08": t("Jabatan", "Occupation"),
        "outcomes": t("Yang dipelajari", "What is learned"),
        "certificate": t("Sertifikat sesudah lulus", "Certificate at the end"),
        "scheme": t("Skema sertifikatnya", "Scheme of the certificate"),
        "lesson_hours": t("Jam pelajaran (JP)", "Lesson hours (of 45 minutes)"),
        "mode": t("Cara belajar", "How it is taught"),
        "boarding": t("Ada asrama", "There is a hostel"),
        "cost": t("Biaya untuk peserta (rupiah)", "What the trainee pays (rupiah)"),
        "funding": t("Dibiayai oleh", "Paid by"),
    }
