"""What the public figures are called, how each is counted, and the ready sentence for each."""

from typing import Any

from services.console.frame.words import day, number, regency, t
from shared import clock

Body = dict[str, Any]
SOURCE = "Lumbung NTT"
LICENCE = "CC BY 4.0"
OTHER = "OTHER"

_NAMES: dict[str, tuple[str, str]] = {
    "REGISTERED": ("Orang terdaftar", "People registered"),
    "ASSESSED": ("Diperiksa kemungkinannya", "Assessed"),
    "GIVEN_A_PATH": ("Belum bisa, dan diberi jalur", "Not open yet, and given a path"),
    "IN_TRAINING": ("Sedang berlatih", "In training"),
    "CERTIFIED": ("Lulus uji kompetensi", "Passed the competence test"),
    "AGREED": ("Bersepakat kerja secara resmi", "Agreed on legal work"),
    "PLACED": ("Berangkat secara resmi", "Left legally"),
}
_HOW: dict[str, tuple[str, str]] = {
    "REGISTERED": (
        "Orang yang tercatat dan setuju datanya diolah, menurut kabupaten asal.",
        "People on record who agreed to the use of their data, by home regency.",
    ),
    "ASSESSED": (
        "Orang yang paling sedikit satu kali menerima jawaban tentang lowongan resmi.",
        "People who were given at least one answer about legal job orders.",
    ),
    "GIVEN_A_PATH": (
        "Orang yang keinginannya belum terbuka pada jawaban terakhir, dan yang ditunjukkan jalur bertanggal.",
        "People whose wish was not open in their last answer, and who were shown a dated path.",
    ),
    "IN_TRAINING": ("Orang yang terdaftar di angkatan hari ini.", "People who are enrolled in a batch today."),
    "CERTIFIED": (
        "Orang dengan hasil kompeten pada sebuah kursus; sertifikat peserta saja tidak dihitung.",
        "People with the result competent of a course; attendance alone does not count.",
    ),
    "AGREED": (
        "Orang dengan perjanjian penempatan yang diperiksa aturannya, termasuk yang sudah berangkat.",
        "People with a placement agreement that the law was checked for, those who have left included.",
    ),
    "PLACED": ("Orang yang berangkat lewat lowongan terverifikasi.", "People who left through a verified job order."),
}
_SENTENCES: dict[str, tuple[str, str]] = {
    "REGISTERED": ("{n} orang tercatat", "{n} people were registered"),
    "ASSESSED": ("{n} orang sudah diperiksa kemungkinannya", "{n} people had been assessed"),
    "GIVEN_A_PATH": (
        "{n} orang yang belum bisa melamar diberi jalur yang sah",
        "{n} people who could not apply yet were given a lawful path",
    ),
    "IN_TRAINING": ("{n} orang sedang berlatih", "{n} people were in training"),
    "CERTIFIED": ("{n} orang lulus uji kompetensi", "{n} people had passed a competence test"),
    "AGREED": ("{n} orang bersepakat kerja secara resmi", "{n} people had agreed on legal work"),
    "PLACED": ("{n} orang berangkat secara resmi", "{n} people had left legally"),
}
PROMISES: dict[str, tuple[str, str, str]] = {
    "OPEN": ("info", "belum jatuh tempo", "not due yet"),
    "LATE": ("stop", "terlambat", "late"),
    "KEPT": ("ok", "ditepati", "kept"),
    "KEPT_LATE": ("warn", "ditepati terlambat", "kept late"),
}


def codes() -> list[str]:
    """Every figure, in order."""
    return list(_NAMES)


def name(code: str) -> str:
    """What a figure is called."""
    return t(*_NAMES[code]) if code in _NAMES else code


def how(code: str) -> str:
    """How it is counted."""
    return t(*_HOW[code]) if code in _HOW else ""


def where(place: str) -> str:
    """A home regency, or all others."""
    return t("luar NTT atau tidak diketahui", "outside NTT or not known") if place == OTHER else regency(place)


def said(measure: Body, counted_at: str, *, place: str | None = None) -> str:
    """The ready sentence of one figure, of the province or of one regency, with its day and source."""
    code = measure["code"]
    count = measure["total"] if place is None else cell_of(measure, place)["count"]
    if count is None or code not in _SENTENCES:
        figure = t("angka ini ditutup karena terlalu kecil", "this figure is withheld because it is too small")
    else:
        about = t("sekitar ", "about ") if place is None and measure["rounded"] else ""
        figure = t(*_SENTENCES[code], n=about + number(count))
    return t(
        "Per {day}, {figure} di {where}. Sumber: {source}.",
        "As of {day}, {figure} in {where}. Source: {source}.",
        day=day(counted_at, short=False),
        figure=figure,
        where=where(place) if place else "NTT",
        source=SOURCE,
    )


def cell_of(measure: Body, place: str) -> Body:
    """One place of a figure."""
    found: Body = next((one for one in measure["cells"] if one["place"] == place), {"count": None, "withheld": False})
    return found


def change(now: Body, before: Body | None) -> str:
    """How a total differs from that of an earlier edition; empty where either is withheld."""
    if before is None or now["total"] is None or before["total"] is None:
        return ""
    by = now["total"] - before["total"]
    if by == 0:
        return t("tetap", "unchanged")
    return t("naik {n}", "up {n}", n=number(by)) if by > 0 else t("turun {n}", "down {n}", n=number(-by))


def promise(state: str) -> tuple[str, str]:
    """Tone and words of how a promise stands."""
    tone, *text = PROMISES.get(state, PROMISES["OPEN"])
    return tone, t(*text)


def today() -> str:
    return clock.today().isoformat()
