"""For ``reading``: a heading that counts in another unit than its column. What is to be done with the numbers."""

import re

from shared.http.problems import Text, say
from shared.sheets.cells import Column, folded
from shared.sheets.headings import UNITS

UNIT_NAMES = {
    "rupiah": ("rupiah", "rupiah"),
    "people": ("orang", "people"),
    "lessons": ("JP (jam pelajaran 45 menit)", "lessons of 45 minutes"),
    "hours": ("jam", "hours"),
    "months": ("bulan", "months"),
    "days": ("hari", "days"),
    "years": ("tahun", "years"),
    "km": ("kilometer", "kilometres"),
}
"""How people call what a column counts."""

_SHORT = r"|[(\[]\s*(?:(?:rp|idr)\b\.?\s*)?(?:%s)(?:\s*(?:rp|idr))?\s*[)\]]"
_THOUSANDS = re.compile(r"\b(?:ribu(?:an)?|rb|thousands?)\b|(?:\b|[x*.,])\s*1?[.,]?000\b" + _SHORT % "k", re.IGNORECASE)
_MILLIONS = re.compile(
    r"\b(?:juta(?:an)?|jt|millions?)\b|(?:\b|[x*.,])\s*1?(?:[.,]?000){2}\b" + _SHORT % "mio|mn|mill?", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_WORDS = {
    **UNITS,
    "menit": "minutes", "ringgit": "dollars", "rm": "dollars", "myr": "dollars", "sgd": "dollars", "dolar": "dollars",
    "m": "metres", "meter": "metres", "mil": "miles", "pekan": "weeks", "mgg": "weeks", "minutes": "minutes",
    "mins": "minutes",
    "yrs": "years", "yr": "years", "mths": "months", "wks": "weeks",
    "hrs": "hours", "miles": "miles", "metres": "metres", "meters": "metres",
}  # fmt: skip
_SIGNS = re.compile(r"[$€£¥₩₱฿₫₹]")
_SPANS = frozenset({"minutes", "hours", "lessons", "days", "weeks", "months", "years"})
_TIMES = {
    ("years", "months"): say("Kalikan tiap angka dengan 12", "Multiply each number by 12"),
    ("weeks", "days"): say("Kalikan tiap angka dengan 7", "Multiply each number by 7"),
    ("months", "days"): say("Kalikan tiap angka dengan 30", "Multiply each number by 30"),
    ("months", "years"): say("Bagi tiap angka dengan 12", "Divide each number by 12"),
    ("metres", "km"): say("Bagi tiap angka dengan 1.000", "Divide each number by 1,000"),
    ("hours", "lessons"): say("Satu JP adalah 45 menit: kalikan tiap angka dengan 60, lalu bagi 45",
                              "A lesson is 45 minutes: multiply each number by 60 and divide it by 45"),
}  # fmt: skip


def instead(label: str, column: Column) -> Text | None:
    """What to do with numbers under a heading that counts in something else; None where it does not say so."""
    if column.kind not in ("whole", "number"):
        return None
    if column.unit in ("rupiah", "") and (scale := _scale(label)):
        return _and_rename(say(f"Kalikan tiap angka dengan {scale[0]}", f"Multiply each number by {scale[1]}"), column)
    # Of "Lesson hours (minutes)" the brackets say it: "hours" is of the name.
    said = _units(" ".join(_IN_BRACKETS.findall(label)), column) or _units(label, column)
    if _SIGNS.search(label):
        said.append("dollars")
    if not said:
        return None
    if column.unit == "":
        is_money = bool({"dollars", "rupiah"}.intersection(said))
        own = say("Tulis mata uangnya di kolom sendiri", "Write the currency in a column of its own")
        return _and_rename(own, column) if is_money else None
    if column.unit == "rupiah" and said[0] in _SPANS:
        return _and_rename(say("Isi jumlah seluruhnya", "Give the whole amount"), column)
    names = UNIT_NAMES[column.unit]
    return _and_rename(
        _TIMES.get((said[0], column.unit), say(f"Isi tiap angka dalam {names[0]}", f"Give each number in {names[1]}")),
        column,
    )


def _units(text: str, column: Column) -> list[str]:
    words = [word for word in folded(text).split() if word not in column.names()]
    return [unit for word in words if (unit := _WORDS.get(word)) and unit != column.unit]


def _scale(label: str) -> tuple[str, str] | None:
    if _MILLIONS.search(label):
        return "1.000.000", "1,000,000"
    return ("1.000", "1,000") if _THOUSANDS.search(label) else None


def _and_rename(first: Text, column: Column) -> Text:
    return say(
        f'{first["id"]} dan ubah judulnya menjadi "{column.title["id"]}"',
        f'{first["en"]} and rename the column "{column.title["en"]}"',
    )
