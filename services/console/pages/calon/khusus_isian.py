"""The forms of `/calon/<id>/khusus`. Rows on record are ticked and stay; one unticked goes, and one may be added."""

import hashlib
import json
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional

from services.console.frame import DayField, NumberField, Recorded, country, day, money, t
from services.console.pages.calon.abroad import KINDS, PLACES
from shared.codes.asked import CONDITIONS

Body = dict[str, Any]

FITNESS = {
    "UNTESTED": ("Belum diperiksa", "Not examined yet"),
    "FIT": ("Layak kerja (fit)", "Fit"),
    "TEMP_UNFIT": ("Belum layak untuk sementara", "Unfit for now"),
    "UNFIT": ("Tidak layak", "Unfit"),
}
_LENDERS = {
    "BANK": ("bank", "a bank"),
    "COOPERATIVE": ("koperasi", "a cooperative"),
    "FAMILY": ("keluarga", "family"),
    "SPONSOR": ("sponsor atau calo", "a sponsor or broker"),
    "OTHER": ("lainnya", "somebody else"),
}
POINTERS = {
    "/fitness/status": "fitness",
    "/fitness/on": "examined_on",
    "/conditions": "fitness",
    "/records": "kind",
    "/loans": "lender",
}
"""A pointer of the registry → the field here."""


class Health(Recorded):
    """Fitness with its day, and each condition: met, not met, or not on record (empty)."""

    version = HiddenField()
    fitness = RadioField()
    examined_on = DayField()

    def __init__(self, kept: Body, **more: Any) -> None:
        super().__init__(**more)
        self.fitness.label.text = t("Hasil pemeriksaan kesehatan", "Result of the medical examination")
        self.fitness.choices = [(code, t(*words)) for code, words in FITNESS.items()]
        self.examined_on.label.text = t("Diperiksa pada", "Examined on")
        for code, name in _ROWS.items():
            self[name].label.text = _sentence(t(*CONDITIONS[code]))
            self[name].choices = [
                ("", t("tidak tercatat", "not on record")),
                ("yes", t("terpenuhi", "met")),
                ("no", t("tidak terpenuhi", "not met")),
            ]

    @property
    def conditions(self) -> list[Any]:
        """The fields of all conditions, in their order."""
        return [self[name] for name in _ROWS.values()]

    @classmethod
    def of(cls, kept: Body) -> "Health":
        held = {one["code"]: "yes" if one["met"] else "no" for one in kept.get("conditions") or ()}
        fitness = kept.get("fitness") or {}
        known = {"fitness": fitness.get("status") or "UNTESTED", "examined_on": fitness.get("on")}
        return cls(kept, formdata=None, data=known | {name: held.get(code, "") for code, name in _ROWS.items()})

    def part(self, kept: Body) -> Body | None:
        """What is sent. Conditions of no field here (a height) stay, and so does the day of one that did not change."""
        before = {one["code"]: one for one in kept.get("conditions") or ()}
        on = self.examined_on.data.isoformat() if self.examined_on.data else None
        rows = [one for code, one in before.items() if code not in _ROWS]
        for code, name in _ROWS.items():
            if said := self[name].data:
                met, known = said == "yes", before.get(code)
                rows.append(known if known and known["met"] is met else {"code": code, "met": met, "on": on})
        return {"fitness": {"status": self.fitness.data, "on": on}, "conditions": rows}


_ROWS = {code: f"c_{code.lower()}" for code in CONDITIONS}
for _name in _ROWS.values():
    setattr(Health, _name, SelectField(validators=[Optional()]))


class Rows(Recorded):
    """``keep``: the rows on record that stay, by a digest of what they say."""

    version = HiddenField()
    keep = SelectMultipleField(validate_choice=False)

    NAME = ""

    def __init__(self, kept: Body, **more: Any) -> None:
        super().__init__(**more)
        self.keep.label.text = t("Tercatat; hapus centangnya bila keliru", "On record; untick what is a mistake")
        self.keep.id = f"keep_{self.NAME}"
        self.keep.choices = [(_digest(one), self.said(one)) for one in kept.get(self.NAME) or ()]

    @classmethod
    def of(cls, kept: Body) -> Any:
        return cls(kept, formdata=None, data={"keep": [_digest(one) for one in kept.get(cls.NAME) or ()]})

    def part(self, kept: Body) -> Body | None:
        """What is sent; None where nothing is on record and nothing was said."""
        new = self.added()
        rows = [one for one in kept.get(self.NAME) or () if _digest(one) in (self.keep.data or [])]
        if kept.get(self.NAME) is None and new is None and not self.none_at_all():
            return None
        return {self.NAME: [*rows, *([new] if new else [])]}

    def said(self, row: Body) -> str:
        """A row on record, in words."""
        return _digest(row)

    def added(self) -> Body | None:
        """The row that was typed."""
        return None

    def none_at_all(self) -> bool:
        """Whether it was said that there is none."""
        return False


class Records(Rows):
    none = BooleanField()
    kind = SelectField(validators=[Optional()])
    country = SelectField(validators=[Optional()])
    until = DayField()
    years = NumberField(validators=[Optional(), NumberRange(min=0, max=80)])

    NAME = "records"

    def __init__(self, kept: Body, **more: Any) -> None:
        super().__init__(kept, **more)
        self.none.label.text = t("Sudah ditanya, dan tidak pernah satu pun", "Asked, and never any of these")
        self.kind.label.text = t("Tambah: apa yang terjadi", "Add: what happened")
        self.kind.choices = [("", t("tidak menambah", "add nothing")), *((code, t(*w)) for code, w in KINDS.items())]
        self.country.label.text = t("Di negara mana", "In which country")
        other = t("Tidak tahu, atau negara lain", "Not known, or another country")
        self.country.choices = [("", other), *((code, country(code)) for code in PLACES)]
        self.until.label.text = t("Larangan sampai, jika tahu", "Barred until, if known")
        self.years.label.text = t("Berapa tahun tinggal di sana, jika tahu", "Years there, if known")

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: whoever never had any has none on record, and details belong to something that happened."""
        fine = bool(super().validate(extra_validators))
        if self.none.data and (self.kind.data or self.keep.data):
            told = t(
                "Ada kejadian yang tercatat atau diisi. Hapus centangnya, atau kosongkan kejadiannya.",
                "Something that happened is on record or filled in. Untick this, or empty it.",
            )
            self.none.errors, fine = [told], False
        if not self.kind.data and (self.country.data or self.until.data or self.years.data is not None):
            self.kind.errors, fine = [t("Pilih apa yang terjadi.", "Choose what happened.")], False
        return fine

    def said(self, row: Body) -> str:
        parts = [
            t(*KINDS[row["kind"]]) if row["kind"] in KINDS else row["kind"],
            country(row["country"]) if row.get("country") else t("negara tidak diketahui", "country not known"),
            t("sampai {d}", "until {d}", d=day(row["until"])) if row.get("until") else "",
            t("{n} tahun", "{n} years", n=row["years"]) if row.get("years") is not None else "",
        ]
        return ", ".join(filter(None, parts))

    def added(self) -> Body | None:
        if not self.kind.data:
            return None
        until = self.until.data.isoformat() if self.until.data else None
        return {"kind": self.kind.data, "country": self.country.data or None, "until": until, "years": self.years.data}

    def none_at_all(self) -> bool:
        return bool(self.none.data)


class Loans(Rows):
    lender = SelectField(validators=[Optional()])
    amount = NumberField(validators=[Optional(), NumberRange(min=1, max=10**12)])
    taken_on = DayField()

    NAME = "loans"

    def __init__(self, kept: Body, **more: Any) -> None:
        super().__init__(kept, **more)
        self.lender.label.text = t("Tambah: berutang kepada", "Add: owed to")
        self.lender.choices = [
            ("", t("tidak menambah", "add nothing")),
            *((code, t(*w)) for code, w in _LENDERS.items()),
        ]
        self.amount.label.text = t("Jumlahnya (rupiah)", "How much (rupiah)")
        self.taken_on.label.text = t("Sejak tanggal, jika tahu", "Since, if known")

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a debt has a lender and an amount."""
        fine = bool(super().validate(extra_validators))
        if self.lender.data and self.amount.data is None and not self.amount.errors:
            self.amount.errors, fine = [t("Isi jumlahnya.", "Give the amount.")], False
        if not self.lender.data and (self.amount.data is not None or self.taken_on.data):
            self.lender.errors, fine = [t("Pilih kepada siapa.", "Choose to whom.")], False
        return fine

    def said(self, row: Body) -> str:
        since = t("sejak {d}", "since {d}", d=day(row["taken_on"])) if row.get("taken_on") else ""
        return ", ".join(filter(None, (t(*_LENDERS[row["lender"]]), money(row["amount"]), since)))

    def added(self) -> Body | None:
        if not self.lender.data:
            return None
        since = self.taken_on.data.isoformat() if self.taken_on.data else None
        return {
            "lender": self.lender.data,
            "amount": {"amount": self.amount.data, "currency": "IDR"},
            "taken_on": since,
        }


def _digest(row: Body) -> str:
    return hashlib.blake2b(json.dumps(row, sort_keys=True).encode(), digest_size=6).hexdigest()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
