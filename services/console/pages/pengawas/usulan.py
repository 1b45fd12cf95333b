"""The form of a proposed law: what all kinds say, and of each kind what it says, as the law's own content.

A revision begins with the law in force. What a form does not show (conditions of a person beyond the common ones, rules
about an order that have no field here) stays in the content exactly as it is, and is told in words.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from services.console.frame import DayField, HoursField, NumberField, OccupationField, Recorded, t
from services.console.frame.many import CountriesField, OccupationsField
from services.console.frame.recorded import as_they_stood
from services.console.pages.lowongan_kami.biaya import PAYERS
from services.console.pages.lowongan_kami.isian import EMPLOYERS, SCHEMES
from services.console.pages.pengawas import usulan_sebutan as sebutan
from services.console.pages.pengawas import words
from shared.codes import offers, regencies

Body = dict[str, Any]


class Proposal(Recorded):
    """``known``: the content of the law that is revised, empty for a new one. ``new``: the code is asked for."""

    kind: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ()
    """Of the content, in the order of the page."""

    code = StringField(validators=[Length(max=60)])
    text_id = TextAreaField(validators=[Length(max=300)])
    text_en = TextAreaField(validators=[Length(max=300)])
    valid_from = DayField()
    valid_until = DayField()
    instrument = StringField(validators=[Length(max=200)])
    article = StringField(validators=[Length(max=60)])
    source = StringField(validators=[Length(max=200)])
    confidence = SelectField()
    verified_on = DayField()

    def __init__(self, *, new: bool, known: Body | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.new, self.known = new, known or {}
        for name, said in sebutan.labels().items():
            if name in self:
                self[name].label.text = said
        filled = InputRequired(t("Isi bagian ini.", "Fill this in."))
        day = InputRequired(t("Ketik tanggalnya, misalnya 8/12/2026.", "Type the day, for example 8/12/2026."))
        for name in ("text_id", "instrument", *(["code"] if new else [])):
            self[name].validators = [filled, *self[name].validators]
        for name in ("valid_from", "verified_on"):
            self[name].validators = [day]
        self.confidence.choices = [(code, words.confidence(code)) for code in ("H", "M", "L")]
        self.choose()

    def choose(self) -> None:
        """Fill the choices of the kind's own fields."""

    def content(self) -> Body:
        """What the law says, every member of its kind."""
        return dict(self.known)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        """The values of the kind's own fields."""
        return {}

    def beside(self) -> list[str]:
        """What the content says that no field shows, in words."""
        return []

    def revision(self) -> Body:
        """As the placement house takes it."""
        text = (self.text_id.data or "").strip()
        return {
            "valid_from": _iso(self.valid_from),
            "valid_until": _iso(self.valid_until),
            "legal_basis": {name: _text(self[name]) for name in ("instrument", "article", "source")},
            "confidence": self.confidence.data,
            "verified_on": _iso(self.verified_on),
            "text": {"id": text, "en": _text(self.text_en) or text},
            "content": self.content(),
        }

    @classmethod
    def from_row(cls, row: Body) -> Body:
        """The values of all fields from a revision on record; its days are asked for anew."""
        basis, text = row["legal_basis"], row.get("text") or {}
        return {
            "text_id": text.get("id"),
            "text_en": text.get("en") if text.get("en") != text.get("id") else None,
            **{name: basis.get(name) for name in ("instrument", "article", "source")},
            "confidence": row.get("confidence") or "M",
            "verified_on": row.get("verified_on"),
            **cls.from_content(row.get("content") or {}),
        }


class Applies(Proposal):
    """Kinds that say which orders they are about: what is left empty narrows nothing."""

    countries = CountriesField()
    employer = SelectField(validators=[Optional()])
    jobs = OccupationsField()
    schemes = SelectMultipleField(validators=[Optional()])
    about: ClassVar[tuple[str, ...]] = ("countries", "employer", "jobs", "schemes")

    def choose(self) -> None:
        self.employer.choices = _employers(t("Semua", "All"))
        self.schemes.choices = [(code, t(*SCHEMES[code])) for code in offers.SCHEMES]

    def applies(self) -> Body:
        return {
            "countries": self.countries.data or None,
            "employer_type": self.employer.data or None,
            "isco08": self.jobs.data or None,
            "schemes": as_they_stood(self.schemes.data, (self.known.get("applies") or {}).get("schemes")) or None,
        }

    @staticmethod
    def applied(applies: Mapping[str, Any]) -> Body:
        return {
            "countries": applies.get("countries") or [],
            "employer": applies.get("employer_type") or "",
            "jobs": applies.get("isco08") or [],
            "schemes": applies.get("schemes") or [],
        }


class Gate(Proposal):
    """Closed to people of a region until they are trained and certified."""

    kind = "GATE"
    fields = ("home", "employer", "jobs")
    home = SelectField()
    employer = SelectField()
    jobs = OccupationsField()

    def choose(self) -> None:
        here = [one for one in regencies.table().values() if one.code.startswith(regencies.NTT)]
        kept = self.home.data or ""
        known = {regencies.NTT: "NTT", **{one.code: one.name for one in sorted(here, key=lambda one: one.name)}}
        self.home.choices = [*(known | ({kept: regencies.name(kept)} if kept and kept not in known else {})).items()]
        self.employer.choices = _employers()

    def content(self) -> Body:
        jobs = self.jobs.data or None
        return {
            "home_regency_prefix": self.home.data,
            "employer_type": self.employer.data,
            "isco08": jobs,
            "reading": "NARROW" if jobs else "WIDE",
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        return {
            "home": content.get("home_regency_prefix") or regencies.NTT,
            "employer": content.get("employer_type") or "HOUSEHOLD",
            "jobs": content.get("isco08") or [],
        }


class Ban(Proposal):
    """Countries that are closed, for some or for all."""

    kind = "BAN"
    fields = ("countries", "employer", "jobs")
    countries = CountriesField()
    employer = SelectField(validators=[Optional()])
    jobs = OccupationsField()

    def choose(self) -> None:
        self.employer.choices = _employers(t("Semua", "All"))
        self.countries.validators = [InputRequired(t("Ketik negaranya.", "Type the countries."))]

    def content(self) -> Body:
        named = {"employer_type": self.employer.data or None, "isco08": self.jobs.data or None}
        return {"countries": self.countries.data or [], **named}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        return Applies.applied(content) | {"schemes": None}


class Cost(Proposal):
    """Who may not be charged for what."""

    kind = "COST"
    fields = ("items", "payers", "countries", "jobs")
    items = SelectMultipleField()
    payers = SelectMultipleField()
    countries = CountriesField()
    jobs = OccupationsField()

    def choose(self) -> None:
        self.items.choices = [(code, t(*words)) for code, words in offers.COST_ITEMS.items()]
        self.payers.choices = [(code, t(*PAYERS[code])) for code in offers.PAYERS]
        for field in (self.items, self.payers):
            field.validators = [InputRequired(t("Centang paling sedikit satu.", "Tick one at least."))]

    def content(self) -> Body:
        return {
            "items": as_they_stood(self.items.data, self.known.get("items")),
            "isco08": self.jobs.data or None,
            "countries": self.countries.data or None,
            "forbidden_payers": as_they_stood(self.payers.data, self.known.get("forbidden_payers")),
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        return {
            "items": content.get("items") or [],
            "payers": content.get("forbidden_payers") or ["CANDIDATE"],
            "countries": content.get("countries") or [],
            "jobs": content.get("isco08") or [],
        }


class AgeFloor(Applies):
    """A lowest age above eighteen."""

    kind = "AGE_FLOOR"
    fields = ("min_age", *Applies.about)
    min_age = NumberField()

    def choose(self) -> None:
        super().choose()
        said = t("Ketik angka 18 sampai 60.", "Type a number from 18 to 60.")
        self.min_age.validators = [InputRequired(said), NumberRange(min=18, max=60, message=said)]

    def content(self) -> Body:
        return {"applies": self.applies(), "min_age": self.min_age.data}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        return {**cls.applied(content.get("applies") or {}), "min_age": content.get("min_age")}


class Hours(Proposal):
    """Lesson hours that an occupation needs."""

    kind = "HOURS"
    fields = ("job", "lessons", "countries")
    job = OccupationField()
    lessons = NumberField()
    countries = CountriesField()

    def choose(self) -> None:
        said = t("Ketik angka 1 sampai 5.000.", "Type a number from 1 to 5,000.")
        self.lessons.validators = [InputRequired(said), NumberRange(min=1, max=5000, message=said)]
        self.job.validators = [InputRequired(t("Ketik jabatannya.", "Type the occupation."))]
        alone = t(
            "Aturan ini menyebut satu negara. Untuk negara lain usulkan aturan tersendiri.",
            "This law names one country. Propose a law of its own for another.",
        )
        self.countries.validators = [Length(max=1, message=alone)]

    def content(self) -> Body:
        return {
            "country": next(iter(self.countries.data or ()), None),
            "isco08": self.job.data,
            "hours": self.lessons.data,
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        named = [content["country"]] if content.get("country") else []
        return {"job": content.get("isco08"), "lessons": content.get("hours"), "countries": named}


class RupiahField(HoursField):
    """Rupiah with a fraction; ``3.571`` may be three or three thousand and is asked for again."""

    written = re.compile(r"[0-9]{1,8}(?:[.,](?:[0-9]{1,2}|[0-9]{4,8}))?")

    def _value(self) -> str:
        shown = super()._value()
        doubtful = not getattr(self, "typed", "") and re.search(r"[.,][0-9]{3}$", shown)
        return f"{shown}0" if doubtful else shown


class Rate(Proposal):
    """Rupiah for one unit of a currency."""

    kind = "RATE"
    fields = ("currency", "idr")
    currency = StringField(validators=[Length(max=3)])
    idr = RupiahField()

    def choose(self) -> None:
        self.currency.validators = [InputRequired(t("Ketik kodenya, misalnya MYR.", "Type its code, for example MYR."))]
        said = t("Ketik rupiahnya, misalnya 3571 atau 3571,5.", "Type the rupiah, for example 3571 or 3571.5.")
        self.idr.validators = [InputRequired(said), NumberRange(min=1e-6, max=1e7, message=said)]

    def content(self) -> Body:
        return {"currency": (self.currency.data or "").strip().upper(), "idr": self.idr.data}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        return {"currency": content.get("currency"), "idr": content.get("idr")}


def _employers(every: str = "") -> list[tuple[str, str]]:
    named = [(code, t(*EMPLOYERS[code])) for code in offers.EMPLOYER_TYPES]
    return [("", every), *named] if every else named


def _iso(field: Any) -> str | None:
    return field.data.isoformat() if field.data else None


def _text(field: Any) -> str | None:
    return (field.data or "").strip() or None
