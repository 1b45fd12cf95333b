"""For the schemas of people: the numbers that spreadsheets and hurried fingers spoil most, and days that make sense.

A refusal here never repeats what was typed: it may be somebody's real number.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marshmallow import fields

from services.registry.model import nik, phones
from shared import clock
from shared.http.faults import refuse
from shared.http.fields import IsoDate, Text
from shared.http.problems import Text as Pair

OLDEST_YEARS = 100
"""Nobody older looks for work abroad: the year was mistyped."""

NIK_FAULTS: Mapping[str, tuple[Pair, Pair]] = {
    "nik_as_number": (
        {
            "id": "NIK dikirim sebagai angka, digit terakhir bisa hilang.",
            "en": "The NIK came as a number; its last digits may be lost.",
        },
        {
            "id": "Kirim sebagai teks dalam tanda kutip; di lembar kerja, format kolom sebagai Teks lalu ketik ulang.",
            "en": "Send it as text in quotes; in a sheet, format the column as text and type it again.",
        },
    ),
    "nik_not_16_digits": (
        {"id": "NIK ini tidak terdiri dari 16 angka.", "en": "This NIK does not have 16 digits."},
        {"id": "Ketik 16 angka dari KTP atau KK.", "en": "Type the 16 digits of the id or family card."},
    ),
    "nik_unknown_province": (
        {"id": "Dua angka pertama NIK bukan kode provinsi.", "en": "The first two digits are no province."},
        {"id": "Cocokkan dengan KTP atau KK.", "en": "Compare it with the id or family card."},
    ),
    "nik_serial_zero": (
        {"id": "Empat angka terakhir NIK tidak mungkin 0000.", "en": "The last four digits cannot be 0000."},
        {"id": "Cocokkan dengan KTP atau KK.", "en": "Compare it with the id or family card."},
    ),
    "nik_synthetic": (
        {
            "id": "NIK berawalan 99 hanya untuk orang rekaan di lingkungan uji.",
            "en": "A NIK that starts with 99 is for invented people in test environments.",
        },
        {"id": "Ketik NIK yang sebenarnya.", "en": "Type the real number."},
    ),
}
"""What is said about each fault of a number: what is wrong, and what to do."""


_MARKED = re.compile(r"^[0-9]{1,4}\s*[.)]|(?:[0-9*]\s*\)|\*|[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021])\s*$")
"""``3. Maria``, ``Maria *)``, ``Maria 1)``."""
_REMARKED = re.compile(
    r"[(\[/–-]\s*(?:di)?(?:batal(?:kan)?|mundur|mengundurkan diri|undur diri|gugur|coret|hapus|tunda|pindah|cadangan)\b"
    r"|^(?:batal|dibatalkan|mundur|gugur|dicoret|cadangan)\b\s*[-–:/)]",
    re.IGNORECASE,
)
"""``Maria (batal)``, ``BATAL - Maria``: offices cancel somebody by a word beside the name."""
_TOGETHER = re.compile(r"\w\W*\s[&+/]\s\W*\w|\w\s*;\s*\w")
"""``Maria & Yuni``: two people in one cell would be one, with one number and one birthday."""
_NO_NAMES = frozenset(
    {"true", "false", "nan", "null", "none", "undefined", "n/a", "sda", "s.d.a", "s.d.a.", "idem", "ditto", "kosongkan"}
)
"""What programs and sheets have in place of a name."""
_MOST_DIGITS = 9
"""In a row: a house, a hamlet and a postal code have fewer than a telephone number."""
_RUN_OF_DIGITS = re.compile(r"[0-9](?:[\s.-]?[0-9])*")


class Unnumbered(Text):
    """Words that hold no number of a person: a NIK or a telephone number is kept in its own place only."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        words = super()._deserialize(value, attr, data, **kwargs)
        plain = unicodedata.normalize("NFKC", words)
        if any(sum(sign.isdigit() for sign in run) > _MOST_DIGITS for run in _RUN_OF_DIGITS.findall(plain)):
            raise refuse(
                "number_in_words",
                {"id": "Di sini ada NIK atau nomor telepon.", "en": "There is a NIK or a telephone number in this."},
                {"id": "Pindahkan nomornya ke isiannya sendiri.", "en": "Move the number to its own field."},
            )
        return words


class Name(Unnumbered):
    """A person's name: one line with at least one letter, of any script."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        # A cell with a box that is ticked, or a column too far to the left.
        if name.casefold() in _NO_NAMES:
            raise refuse(
                "not_a_name",
                {"id": "Ini bukan nama orang.", "en": "This is no name of a person."},
                {"id": "Ketik nama seperti di KTP atau KK.", "en": "Type the name as on the id or family card."},
            )
        if _REMARKED.search(name):
            raise refuse(
                "not_a_name",
                {"id": "Di nama ini ada keterangan.", "en": "There is a remark in this name."},
                {
                    "id": "Ketik namanya saja; hapus barisnya bila orang itu batal.",
                    "en": "Type the name alone; delete the row if that person has withdrawn.",
                },
            )
        if _TOGETHER.search(name):
            raise refuse(
                "not_a_name",
                {"id": "Di sini mungkin ada nama dua orang.", "en": "These may be the names of two people."},
                {
                    "id": "Ketik nama satu orang saja, seperti di KTP atau KK; tiap orang dicatat sendiri.",
                    "en": "Type the name of one person, as on the id card; each person is registered apart.",
                },
            )
        if _MARKED.search(name):
            raise refuse(
                "not_a_name",
                {
                    "id": "Nama ini memuat nomor urut atau tanda catatan kaki.",
                    "en": "This name has a row number or the mark of a footnote in it.",
                },
                {"id": "Ketik namanya saja, seperti di KTP atau KK.", "en": "Type the name alone, as on the id card."},
            )
        if not any(letter.isalpha() for letter in name):
            raise refuse(
                "no_letters",
                {"id": "Nama ini tidak berisi huruf.", "en": "This name has no letters."},
                {"id": "Ketik nama seperti di KTP atau KK.", "en": "Type the name as on the id or family card."},
            )
        return name


class Nik(fields.String):
    """A national id number as 16 digits in text. Spaces, dots and hyphens between them are dropped."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": "^[0-9]{16}$", "example": "9953061404010003", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise refuse("nik_as_number", *NIK_FAULTS["nik_as_number"])
        digits = super()._deserialize(value, attr, data, **kwargs).translate(_BETWEEN_DIGITS)
        # Whether invented numbers may come in depends on the environment; the action knows.
        fault = nik.unreal(digits, synthetic_allowed=True)
        if fault:
            raise refuse(fault, *NIK_FAULTS[fault])
        return digits


class Phone(fields.String):
    """A telephone number as people write it; loads to ``+628113910910``."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"example": "0811-3910-910", "maxLength": 40, **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        written = super()._deserialize(value, attr, data, **kwargs)
        number = phones.normal(written) if len(written) <= 40 else None
        if number is None:
            raise refuse(
                "not_a_phone",
                {"id": "Nomor telepon ini tidak dapat dibaca.", "en": "This telephone number cannot be read."},
                {"id": "Ketik seperti 0811-3910-910 atau +60123456789.", "en": "Type it like +628113910910."},
            )
        return number


class PastDay(IsoDate):
    """A day that is today or earlier: something that happened."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        day = super()._deserialize(value, attr, data, **kwargs)
        if day > clock.today().isoformat():
            raise refuse(
                "in_the_future",
                {"id": "Tanggal ini belum tiba.", "en": "This day has not come yet."},
                {"id": "Periksa tahunnya.", "en": "Check the year."},
            )
        return day


class BirthDate(PastDay):
    """A birthday of somebody alive."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        day = super()._deserialize(value, attr, data, **kwargs)
        if day < (clock.today() - timedelta(days=OLDEST_YEARS * 365.25)).isoformat():
            raise refuse(
                "too_old",
                {
                    "id": f"Menurut tanggal ini umurnya lebih dari {OLDEST_YEARS} tahun.",
                    "en": f"By this date the person is more than {OLDEST_YEARS} years old.",
                },
                {"id": "Periksa empat angka tahunnya.", "en": "Check the four digits of the year."},
            )
        return day


_BETWEEN_DIGITS = str.maketrans("", "", " .-\u00a0")
