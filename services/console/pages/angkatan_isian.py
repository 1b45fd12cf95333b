"""The form of a batch, filled in from the last one: only dates and seats are left to type."""

import re
from datetime import date, timedelta
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from services.console.frame import DayField, NumberField, Recorded, t, training
from shared.codes import regencies

Body = dict[str, Any]
MOST_PAGES = 3


class Batch(Recorded):
    """``new``: the number is asked for only once. ``like``: the batch that it is filled in from."""

    number = StringField(validators=[Length(max=40)])
    starts = DayField()
    ends = DayField()
    closes = DayField()
    regency = SelectField()
    place = StringField(validators=[Length(max=120)])
    seats = NumberField()
    status = RadioField(default="OPEN")

    def __init__(self, *, new: bool, like: Body | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.new, self.like = new, like
        for name, words in _labels().items():
            self[name].label.text = words
        known = regencies.table().values()
        here = sorted((one.code, one.name) for one in known if one.code.startswith(regencies.NTT))
        kept = self.regency.data or ""
        away = [(kept, regencies.name(kept))] if kept and not kept.startswith(regencies.NTT) else []
        self.regency.choices = [("", t("Daring, tanpa tempat", "Online, no place")), *here, *away]
        self.status.choices = [
            ("OPEN", t("Menerima pendaftaran", "Takes registrations")),
            ("PLANNED", t("Baru direncanakan", "Only planned yet")),
            *([] if new else [("CANCELLED", t("Dibatalkan; pesertanya dilepas", "Cancelled; its people are let go"))]),
        ]
        filled = InputRequired(t("Isi bagian ini.", "Fill this in."))
        if new:
            self.number.validators = [filled, *self.number.validators]
        number = t("Ketik angka 1 sampai 500.", "Type a number from 1 to 500.")
        self.seats.validators = [filled, NumberRange(min=1, max=500, message=number)]

    @property
    def length(self) -> timedelta | None:
        """How long the batch before took."""
        if not self.like:
            return None
        return date.fromisoformat(self.like["ends"]) - date.fromisoformat(self.like["starts"])

    def complete(self) -> bool:
        """Valid, and it has both days: a last day that nobody typed is as far away as that of the batch before."""
        fine: bool = self.validate_on_submit()
        typed = t("Ketik tanggalnya.", "Type the day.")
        if not self.starts.data and not self.starts.errors:
            self.starts.errors, fine = [typed], False
        if not self.ends.data and not self.ends.errors:
            if self.length is not None and self.starts.data:
                self.ends.data = self.starts.data + self.length
            else:
                self.ends.errors, fine = [typed], False
        return fine

    def document(self) -> Body:
        found: Body = {
            **{name: _iso(self[name].data) for name in ("starts", "ends", "closes")},
            "regency": self.regency.data or None,
            "place": (self.place.data or "").strip() or None,
            "seats": self.seats.data,
            "status": self.status.data,
        }
        return {**found, "number": (self.number.data or "").strip()} if self.new else found

    def changes(self, batch: Body) -> Body:
        """What differs from the batch on record. FULL and RUNNING follow from days and seats: they are open ones."""
        said = {**batch, "status": set_by_people(batch["status"])}
        return {name: value for name, value in self.document().items() if said.get(name) != value}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def set_by_people(status: str) -> str:
    return status if status in ("PLANNED", "CANCELLED") else "OPEN"


def filled(batch: Body) -> Body:
    """The values of the fields from a batch on record."""
    kept = {name: batch.get(name) for name in ("starts", "ends", "closes", "place", "seats")}
    return {**kept, "regency": batch.get("regency") or "", "status": set_by_people(batch["status"])}


def copied(batch: Body) -> Body:
    """The values of a new form from the batch before: everything but the days, and the number after its own."""
    kept = {name: batch.get(name) for name in ("place", "seats")}
    return {**kept, "regency": batch.get("regency") or "", "number": next_number(batch["number"]), "status": "OPEN"}


def next_number(number: str) -> str:
    """`2027-1` → `2027-2`, `A09` → `A10`; a number without digits at its end is left to people."""
    found = re.fullmatch(r"(.*?)(\d{1,9})", number)
    if found is None:
        return ""
    return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}d}"


def last_of(course_id: str) -> Body | None:
    """The batch of a course that begins last, cancelled ones aside; None where there is none."""
    rows: list[Body] = []
    after = None
    for _ in range(MOST_PAGES):
        answer = training.get(f"/v1/courses/{course_id}/batches", limit=100, after=after).ask()
        rows += answer.items()
        after = answer.or_empty().get("next")
        if not after:
            break
    held = [one for one in rows if one["status"] != "CANCELLED"]
    return max(held, key=lambda one: (one["starts"], one["number"])) if held else None


def _labels() -> dict[str, str]:
    return {
        "number": t("Nomor angkatan", "Number of the batch"),
        "starts": t("Hari pertama", "First day"),
        "ends": t("Hari terakhir", "Last day"),
        "closes": t("Pendaftaran ditutup, jika ada batasnya", "Registration closes, if it does"),
        "regency": t("Kabupaten tempat belajar", "Regency of the place"),
        "place": t("Tempat", "Place"),
        "seats": t("Kursi", "Seats"),
        "status": t("Keadaan", "State"),
    }
