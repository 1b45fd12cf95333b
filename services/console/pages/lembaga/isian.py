"""The forms of the province's organisations. What a form does not ask for stays on record as it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from services.console.frame import DayField, Recorded, country, t
from services.console.frame.forms import read_day
from shared.codes import countries, regencies

Body = dict[str, Any]

_KINDS = {
    "BLK": ("BLK (balai latihan kerja)", "BLK (public training centre)"),
    "BLKK": ("BLK Komunitas", "BLKK (community training centre)"),
    "LPK": ("LPK (swasta)", "LPK (private)"),
}
_STATUSES = {
    "ACTIVE": ("Berlaku", "Valid"),
    "SUSPENDED": ("Dibekukan", "Suspended"),
    "REVOKED": ("Dicabut", "Revoked"),
}
_LISTED = {
    "UNPAID_WAGES": ("upah tidak dibayar", "unpaid wages"),
    "VIOLENCE": ("kekerasan", "violence"),
    "DOCUMENTS_KEPT": ("dokumen pekerja ditahan", "documents of workers kept"),
    "ILLEGAL_FEES": ("pungutan tidak sah", "unlawful fees"),
    "FALSE_CONTRACT": ("kontrak tidak benar", "false contracts"),
    "TRAFFICKING": ("perdagangan orang", "trafficking"),
    "NO_LICENCE": ("tidak berizin", "no licence"),
    "OTHER": ("lainnya", "other"),
}


class CountryField(StringField):
    """A country by its name in either language, or its code; ``data`` is the code."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = countries.find(self.typed) if self.typed else None
        if self.typed and self.data is None:
            raise ValueError(
                t(
                    "Negara ini tidak dikenal. Ketik namanya, misalnya Malaysia.",
                    "This country is not known. Type its name, for example Malaysia.",
                )
            )

    def _value(self) -> str:
        return getattr(self, "typed", "") or (country(self.data) if self.data else "")


class ProgrammesField(TextAreaField):
    """Accredited programmes, one a line: ``PLRT-LANSIA | 1/1/2025 | 31/12/2029``, the last day left out for no end."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = [self._read(line) for line in self.typed.splitlines() if line.strip(" |")]

    def lines(self) -> str:
        """The text of the box."""
        return getattr(self, "typed", "") or "\n".join(map(_written, self.data or ()))

    def _read(self, line: str) -> Body:
        name, first, last, *more = [*(part.strip() for part in line.split("|")), "", ""][: max(3, line.count("|") + 1)]
        starts, ends = read_day(first), read_day(last)
        if not name or len(name) > 60 or more or starts is None or (last and ends is None):
            raise ValueError(
                t(
                    "Baris “{line}” tidak terbaca. Tulis seperti PLRT-LANSIA | 1/1/2025 | 31/12/2029.",
                    "The line “{line}” cannot be read. Write it like PLRT-LANSIA | 1/1/2025 | 31/12/2029.",
                    line=line.strip()[:60],
                )
            )
        return {"programme": name, "from": starts.isoformat(), "until": ends.isoformat() if ends else None}


class Organisation(Recorded):
    """``version``: of the record that the page shows; ``new``: its code is asked for, and only once."""

    version = HiddenField()
    code = StringField(validators=[Length(max=60)])
    name = StringField(validators=[Length(max=120)])

    CODE: ClassVar[str] = "code"
    POINTERS: ClassVar[Mapping[str, str]] = {"code_taken": "code"}
    """A pointer of the house, or the code of a refusal without one → the field here."""

    def __init__(self, *, new: bool, **more: Any) -> None:
        super().__init__(**more)
        self.new = new
        self.code.label.text = t("Kode", "Code")
        self.name.label.text = t("Nama", "Name")
        self.ask_for("name", *(["code"] if new else []))

    def ask_for(self, *names: str) -> None:
        """These cannot be left empty."""
        said = t("Isi bagian ini.", "Fill this in.")
        for name in names:
            self[name].validators = [InputRequired(said), *self[name].validators]

    def document(self) -> Body:
        """What the house is sent of somebody new."""
        found = {"name": (self.name.data or "").strip(), **self.said()}
        return {**found, self.CODE: (self.code.data or "").strip()} if self.new else found

    def changes(self, one: Body) -> Body:
        """What differs from the record."""
        return {name: value for name, value in self.document().items() if one.get(name) != value}

    def said(self) -> Body:
        """What this kind asks beside code and name, as the house keeps it."""
        return {}

    @classmethod
    def of(cls, one: Body) -> "Organisation":
        """The form as the record fills it in."""
        return cls(new=False, formdata=None, data={"name": one["name"], **cls.filled(one)})

    @staticmethod
    def filled(one: Body) -> Body:
        """The values of those fields from the record."""
        return {}


class Provider(Organisation):
    kind = RadioField()
    vin = StringField(validators=[Length(max=40)])
    regency = SelectField()
    licence = StringField(validators=[Length(max=60)])
    licence_from = DayField()
    licence_until = DayField()
    accreditations = ProgrammesField()
    active = BooleanField(default=True)
    last_verified_on = DayField()

    POINTERS = {
        **Organisation.POINTERS,
        "/licence/number": "licence",
        "/licence/from": "licence_from",
        "/licence/until": "licence_until",
        "/licence": "licence",
    }

    def __init__(self, *, new: bool, **more: Any) -> None:
        super().__init__(new=new, **more)
        self.kind.label.text = t("Jenis lembaga", "Kind of provider")
        self.kind.choices = [(code, t(*words)) for code, words in _KINDS.items()]
        self.kind.validators = [InputRequired(t("Pilih jenisnya.", "Choose its kind."))]
        self.vin.label.text = t("Nomor VIN, jika ada", "Vocational Identification Number, if it has one")
        self.regency.label.text = t("Kabupaten atau kota", "Regency")
        here = sorted((one.name, one.code) for one in regencies.table().values())
        self.regency.choices = [("", t("Pilih", "Choose")), *((code, name) for name, code in here)]
        self.licence.label.text = t("Nomor izin, jika sudah dilihat", "Number of the licence, if it was seen")
        self.licence_from.label.text = t("Izin berlaku mulai", "Licence valid from")
        self.licence_until.label.text = t(
            "Izin berlaku sampai (kosong: tanpa akhir)", "Licence valid until (empty: no end)"
        )
        self.accreditations.label.text = t("Program terakreditasi", "Accredited programmes")
        self.active.label.text = t("Lembaga ini aktif melatih", "This provider is active")
        self.last_verified_on.label.text = t("Terakhir diperiksa pada", "Last verified on")
        self.ask_for("regency")

    def said(self) -> Body:
        number = (self.licence.data or "").strip()
        licence = {"number": number, "from": _iso(self.licence_from), "until": _iso(self.licence_until)}
        return {
            "kind": self.kind.data,
            "vin": (self.vin.data or "").strip() or None,
            "regency": self.regency.data,
            "licence": licence if number else None,
            "accreditations": self.accreditations.data or [],
            "active": bool(self.active.data),
            "last_verified_on": _iso(self.last_verified_on),
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: days of a licence that has no number belong to nothing."""
        fine = bool(super().validate(extra_validators))
        if not (self.licence.data or "").strip() and (self.licence_from.data or self.licence_until.data):
            self.licence.errors, fine = [t("Isi nomor izinnya juga.", "Give the number of the licence, too.")], False
        return fine

    @staticmethod
    def filled(one: Body) -> Body:
        licence = one.get("licence") or {}
        return {
            **{name: one.get(name) for name in ("kind", "vin", "regency", "accreditations", "active")},
            "licence": licence.get("number"),
            "licence_from": _day(licence.get("from")),
            "licence_until": _day(licence.get("until")),
            "last_verified_on": _day(one.get("last_verified_on")),
        }


class Company(Organisation):
    status = RadioField()
    valid_from = DayField()
    valid_until = DayField()
    snapshot_on = DayField()

    CODE = "sip3mi"
    POINTERS = {**Organisation.POINTERS, "/sip3mi": "code"}

    def __init__(self, *, new: bool, **more: Any) -> None:
        super().__init__(new=new, **more)
        self.code.label.text = t("Nomor SIP3MI", "SIP3MI number")
        self.status.label.text = t("Keadaan izinnya", "State of its licence")
        self.status.choices = [(code, t(*words)) for code, words in _STATUSES.items()]
        self.status.validators = [InputRequired(t("Pilih keadaannya.", "Choose its state."))]
        self.valid_from.label.text = t("Izin berlaku mulai", "Licence valid from")
        self.valid_until.label.text = t(
            "Izin berlaku sampai (kosong: tanpa akhir)", "Licence valid until (empty: no end)"
        )
        self.snapshot_on.label.text = t("Daftar izin dibaca pada", "Day on which the licence list was read")
        self.ask_for("valid_from", "snapshot_on")

    def said(self) -> Body:
        days = {name: _iso(self[name]) for name in ("valid_from", "valid_until", "snapshot_on")}
        return {"status": self.status.data, **days}

    @staticmethod
    def filled(one: Body) -> Body:
        days = {name: _day(one.get(name)) for name in ("valid_from", "valid_until", "snapshot_on")}
        return {"status": one["status"], **days}


class Partner(Organisation):
    country = CountryField()
    listed = SelectField(validators=[Optional()])
    listed_from = DayField()
    listed_until = DayField()
    source = StringField(validators=[Length(max=200)])

    POINTERS = {
        **Organisation.POINTERS,
        "/listing/reason": "listed",
        "/listing/from": "listed_from",
        "/listing/until": "listed_until",
        "/listing/source": "source",
        "/listing": "listed",
    }

    def __init__(self, *, new: bool, **more: Any) -> None:
        super().__init__(new=new, **more)
        self.country.label.text = t("Negara", "Country")
        self.listed.label.text = t("Ada di daftar mitra bermasalah karena", "Listed as a problem partner for")
        self.listed.choices = [
            ("", t("tidak ada di daftar", "not listed")),
            *((code, t(*w)) for code, w in _LISTED.items()),
        ]
        self.listed_from.label.text = t("Di daftar sejak", "Listed from")
        self.listed_until.label.text = t("Di daftar sampai (kosong: masih)", "Listed until (empty: still)")
        self.source.label.text = t("Daftar mana yang mengatakannya", "Which list says so")
        self.ask_for("country")
        if self.listed.data:
            self.ask_for("listed_from", "source")

    def said(self) -> Body:
        days = {"from": _iso(self.listed_from), "until": _iso(self.listed_until)}
        listing = {"reason": self.listed.data, **days, "source": (self.source.data or "").strip()}
        return {"country": self.country.data, "listing": listing if self.listed.data else None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: days and source of a listing without a reason belong to nothing."""
        fine = bool(super().validate(extra_validators))
        if not self.listed.data and (
            self.listed_from.data or self.listed_until.data or (self.source.data or "").strip()
        ):
            self.listed.errors, fine = (
                [
                    t(
                        "Pilih alasannya, atau kosongkan hari dan sumbernya.",
                        "Choose the reason, or empty days and source.",
                    )
                ],
                False,
            )
        return fine

    @staticmethod
    def filled(one: Body) -> Body:
        listing = one.get("listing") or {}
        return {
            "country": one["country"],
            "listed": listing.get("reason") or "",
            "listed_from": _day(listing.get("from")),
            "listed_until": _day(listing.get("until")),
            "source": listing.get("source"),
        }


def _written(one: Body) -> str:
    days = [_day(one["from"]), _day(one["until"])]
    return " | ".join([one["programme"], *(f"{day.day}/{day.month}/{day.year}" for day in days if day)])


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(field: DayField) -> str | None:
    return field.data.isoformat() if field.data else None
