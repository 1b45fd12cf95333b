"""Deportation, overstay, bans: asked in words that can be read aloud. Not asked, asked and none, and what there was."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from services.console.frame import DayField, Form, NumberField, country, t

Body = dict[str, Any]
KINDS: dict[str, tuple[str, str]] = {
    "DEPORTATION": ("Dipulangkan paksa (deportasi)", "Sent home by force (deportation)"),
    "OVERSTAY": ("Tinggal melebihi izin", "Stayed longer than the permit"),
    "ENTRY_BAN": ("Dilarang masuk suatu negara", "Barred from a country"),
    "STAY": ("Pernah tinggal atau bekerja lama di sana", "Lived or worked there for long before"),
    "PRISON": ("Pernah dihukum penjara", "Served a prison sentence"),
}
PLACES = ("MYS", "SGP", "BRN", "HKG", "TWN", "KOR", "JPN", "SAU", "ARE", "KWT", "QAT", "OMN", "AUS", "TLS")
ROWS = (1, 2)
"""So many fit on the page; who had more tells them one after another to a supervisor."""


class Abroad(Form):
    """``asked``: NONE, SOME, or LATER, which stays "never asked" and is no clean record."""

    asked = RadioField(default="LATER")
    kind_1 = SelectField(validators=[Optional()])
    country_1 = SelectField(validators=[Optional()])
    until_1 = DayField()
    years_1 = NumberField(validators=[Optional(), NumberRange(min=0, max=80)])
    kind_2 = SelectField(validators=[Optional()])
    country_2 = SelectField(validators=[Optional()])
    until_2 = DayField()
    years_2 = NumberField(validators=[Optional(), NumberRange(min=0, max=80)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked.label.text = t("Jawabannya", "The answer")
        self.asked.choices = [
            ("NONE", t("Tidak pernah, satu pun", "Never, none of these")),
            ("SOME", t("Pernah", "Yes")),
            ("LATER", t("Belum ditanyakan, atau belum mau menjawab", "Not asked, or not ready to answer")),
        ]
        kinds = [("", t("Pilih", "Choose")), *((code, t(*words)) for code, words in KINDS.items())]
        for row in ROWS:
            self[f"kind_{row}"].label.text = t("Apa yang terjadi", "What happened")
            self[f"kind_{row}"].choices = kinds
            self[f"country_{row}"].label.text = t("Di negara mana", "In which country")
            self[f"country_{row}"].choices = [
                ("", t("Tidak tahu, atau negara lain", "Not known, or another country")),
                *((code, country(code)) for code in PLACES),
            ]
            self[f"until_{row}"].label.text = t("Larangan sampai, jika tahu", "Barred until, if known")
            self[f"years_{row}"].label.text = t("Berapa tahun tinggal di sana, jika tahu", "Years there, if known")
        if self.asked.data == "SOME":
            self.kind_1.validators = [InputRequired(t("Pilih apa yang terjadi.", "Choose what happened."))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: whoever said never has told of nothing."""
        fine = bool(super().validate(extra_validators))
        if self.asked.data != "SOME" and any(self[f"kind_{row}"].data for row in ROWS):
            told = t(
                "Di bawah ada kejadian yang diisi. Pilih Pernah, atau kosongkan kejadiannya.",
                "Something that happened is filled in below. Choose Yes, or leave it empty.",
            )
            self.asked.errors, fine = [*self.asked.errors, told], False
        return fine

    def records(self) -> list[Body] | None:
        """None where nobody asked; an empty list where the person said never."""
        if self.asked.data not in ("NONE", "SOME"):
            return None
        if self.asked.data == "NONE":
            return []
        return [self._row(row) for row in ROWS if self[f"kind_{row}"].data]

    def _row(self, row: int) -> Body:
        until = self[f"until_{row}"].data
        return {
            "kind": self[f"kind_{row}"].data,
            "country": self[f"country_{row}"].data or None,
            "until": until.isoformat() if until else None,
            "years": self[f"years_{row}"].data,
        }


POINTERS = {
    f"/records/{row - 1}/{name}": f"{name}_{row}" for row in ROWS for name in ("kind", "country", "until", "years")
}
