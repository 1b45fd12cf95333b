"""For schemas: the marshmallow fields of this API. Each refuses by saying, in both languages, what to type instead.

Loaded values are what the documents keep: dates and instants as ISO text, money as ``{"amount", "currency"}``, codes as
their text. Nothing here knows a business word; marshmallow's own fields may be used beside these.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from marshmallow import fields

from shared.codes import countries, isco, languages, regencies
from shared.http.faults import one_of, refuse
from shared.http.problems import Text as Pair

# Nobody who is alive was born before 1900, and no permit runs beyond 2200: a year outside is a slip of the finger.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)

MOST_MONEY = 10**13
"""Ten thousand billion of any currency; above it a number was typed twice."""

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")


class Text(fields.String):
    """One line of text (or several with ``lines=True``):

    trimmed, NFC, no control characters, 1 to ``max`` characters.
    """

    def __init__(self, max: int = 200, *, lines: bool = False, blank: bool = False, **more: Any) -> None:
        self.longest, self.lines, self.blank = max, lines, blank
        more.setdefault("metadata", {}).setdefault("maxLength", max)
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs))
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not self.lines:
            text = _SPACES.sub(" ", text)
        if not text and not self.blank:
            raise refuse("blank", _say("Isian ini masih kosong.", "This is still empty."), _FILL_IN)
        if any(
            unicodedata.category(letter) in ("Cc", "Cs") and not (self.lines and letter in "\n\t") for letter in text
        ):
            raise refuse(
                "control_character",
                _say("Teks ini berisi karakter yang tidak terlihat.", "This text contains invisible characters."),
                _say("Ketik ulang teksnya, jangan tempel.", "Type it again instead of pasting it."),
            )
        if len(text) > self.longest:
            raise refuse(
                "too_long",
                _say(f"Teks ini {len(text)} karakter.", f"This text has {len(text)} characters."),
                _say(f"Persingkat sampai {self.longest} karakter.", f"Shorten it to {self.longest} characters."),
            )
        return text


class Code(fields.String):
    """One of a closed list of codes, in exactly the listed spelling. ``choices`` is an Enum or the codes themselves."""

    def __init__(self, choices: type[Enum] | Iterable[str], **more: Any) -> None:
        found = [one.value for one in choices] if isinstance(choices, type) else list(choices)
        self.choices: list[str] = [str(one) for one in found]
        more.setdefault("metadata", {}).setdefault("enum", self.choices)
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and value in self.choices:
            return value
        if not isinstance(value, str):
            raise refuse("unknown_code", _NOT_TEXT, one_of(self.choices, value))
        raise refuse(
            "unknown_code",
            _say(f'Kode "{_short(value)}" tidak dikenal.', f'The code "{_short(value)}" is not known.'),
            one_of(self.choices, value),
        )


class IsoDate(fields.String):
    """A calendar day as ``2026-12-08``; loads to that text. Years 1900 to 2200."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("metadata", {}).setdefault("format", "date")
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        shape = value if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
        try:
            day = date.fromisoformat(shape) if shape else None
        except ValueError:
            raise refuse(
                "no_such_day",
                _say(f"Tanggal {shape} tidak ada di kalender.", f"There is no day {shape} in the calendar."),
                _say("Periksa tanggal dan bulannya.", "Check the day and the month."),
            ) from None
        if day is None:
            raise refuse(
                "not_a_date", _say("Tanggal ini tidak dapat dibaca.", "This date cannot be read."), _iso_form_of(value)
            )
        if not EARLIEST <= day <= LATEST:
            raise refuse(
                "year_out_of_range",
                _say(f"Tahun {day.year} tidak masuk akal di sini.", f"The year {day.year} makes no sense here."),
                _say("Periksa empat angka tahunnya.", "Check the four digits of the year."),
            )
        return day.isoformat()

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else super()._serialize(value, attr, obj, **kwargs)


class Instant(fields.String):
    """A moment as RFC 3339 with its zone; loads to an aware ``datetime`` in UTC, shows ``2026-12-08T06:30:00.000Z``."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("metadata", {}).setdefault("format", "date-time")
        super().__init__(**more)

    def _deserialize(  # type: ignore[override]
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is None or "T" not in value:
                raise ValueError(value)
            instant = instant.astimezone(UTC)
            if not EARLIEST <= instant.date() <= LATEST:
                raise ValueError(value)
        except (TypeError, ValueError, OverflowError):
            raise refuse(
                "not_a_time",
                _say("Waktu ini tidak dapat dibaca.", "This time cannot be read."),
                _say(
                    "Ketik dengan zona, seperti 2026-12-08T14:30:00+08:00.",
                    "Type it with its zone, like 2026-12-08T14:30:00+08:00.",
                ),
            ) from None
        return instant

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if not isinstance(value, datetime):
            return super()._serialize(value, attr, obj, **kwargs)
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Uuid(fields.String):
    """An id as this system gives them: 36 characters, lower case."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("metadata", {}).setdefault("format", "uuid")
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", value):
            return value
        raise refuse(
            "not_an_id",
            _say("Ini bukan id kami.", "This is no id of ours."),
            _say("Salin id utuh: 36 karakter, huruf kecil.", "Copy the whole id: 36 characters, lower case."),
        )


class Whole(fields.Integer):
    """A whole number from ``min`` to ``max``; ``12.5``, ``true`` and, in JSON, ``"12"`` are none."""

    def __init__(self, *, min: int = 0, max: int = 2**31 - 1, **more: Any) -> None:
        self.least, self.most = min, max
        more["metadata"] = {"minimum": min, "maximum": max, **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        # A query string knows only text, so digits count there; JSON has numbers of its own.
        if isinstance(value, str) and not isinstance(data, dict) and re.fullmatch(r"-?[0-9]{1,18}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise refuse(
                "not_a_whole_number",
                _say("Di sini harus ada bilangan bulat.", "A whole number belongs here."),
                _say("Ketik angka tanpa koma dan tanpa tanda kutip.", "Type digits without a point or quotes."),
            )
        return _within(value, self.least, self.most)


class Number(fields.Float):
    """A finite number from ``min`` to ``max``."""

    def __init__(self, *, min: float = 0, max: float = 1e12, **more: Any) -> None:
        self.least, self.most = min, max
        more["metadata"] = {"minimum": min, "maximum": max, **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, str) and isinstance(data, dict):
            raise self.make_error("invalid", input=value)
        return _within(super()._deserialize(value, attr, data, **kwargs), self.least, self.most)


class Country(fields.String):
    """ISO 3166-1 alpha-3, such as ``MYS``."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": "^[A-Z]{3}$", "example": "MYS", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if countries.is_country(value):
            return str(value)
        meant = countries.find(value) if isinstance(value, str) else None
        raise refuse(
            "unknown_country",
            _say("Kode negara/wilayah ini tidak dikenal.", "This country code is not known."),
            _say(f"Ketik {meant} ({countries.name(meant)}).", f"Type {meant} ({countries.name(meant, 'en')}).")
            if meant
            else _say("Ketik kode tiga huruf, seperti MYS atau JPN.", "Type three letters, like MYS or JPN."),
        )


class Regency(fields.String):
    """A Kemendagri regency code with its dot, such as ``53.06``. Four bare digits are refused with both readings."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": r"^[0-9]{2}\.[0-9]{2}$", "example": "53.06", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if regencies.is_regency(value):
            return str(value)
        raise refuse(
            "unknown_regency",
            _say("Kode kabupaten/kota ini tidak dikenal.", "This regency code is not known."),
            regency_fix(value),
        )


def regency_fix(typed: object) -> Pair:
    """What to type instead of something that is no regency code:

    a name's code, or both readings of four bare digits.
    """
    text = typed if isinstance(typed, str) else str(typed) if isinstance(typed, int) else ""
    meant = regencies.find(text)
    if meant:
        return _say(f"Ketik {meant} ({regencies.name(meant)}).", f"Type {meant} ({regencies.name(meant)}).")
    either = " / ".join(f"{one.code} ({one.name})" for one in regencies.readings(text))
    if either:
        return _say(
            f"Ketik dengan titik: {either}. Kode BPS memakai angka lain.",
            f"Type it with its dot: {either}. BPS codes use other digits.",
        )
    known = [one.name.removeprefix("Kab. ") for one in regencies.table().values()]
    near = one_of(known, text) if text and not text[:1].isdigit() else None
    if near and "?" in near["id"]:
        return near
    return _say("Ketik kode Kemendagri, seperti 53.06.", "Type the Kemendagri code, like 53.06.")


class Isco08(fields.String):
    """The four digits of an ISCO-08 unit group; with ``prefix=True`` also one to three digits, as rules use them."""

    def __init__(self, *, prefix: bool = False, **more: Any) -> None:
        self.prefix = prefix
        shape = "^[0-9]{1,4}$" if prefix else "^[0-9]{4}$"
        more["metadata"] = {"pattern": shape, "example": "9111", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isco.is_unit_group(value) or (self.prefix and isco.is_prefix(value)):
            return str(value)
        near = isco.near(value) if isinstance(value, str) and len(value) <= 20 else None
        raise refuse(
            "unknown_occupation",
            _say("Kode jabatan ISCO-08 ini tidak dikenal.", "This ISCO-08 code is not known."),
            _say(f"Maksudnya {near}? Ketik empat angka.", f"Did you mean {near}? Type four digits.")
            if near
            else _say("Ketik empat angka dalam tanda kutip, seperti 9111.", "Type four digits in quotes, like 9111."),
        )


class Language(fields.String):
    """An ISO 639 language code of the list in ``shared/codes/languages.py``, such as ``ja``."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"enum": list(languages.LANGUAGES), **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and value in languages.LANGUAGES:
            return value
        by_name = {name.casefold(): code for code, names in languages.LANGUAGES.items() for name in names}
        meant = by_name.get(value.strip().casefold()) if isinstance(value, str) else None
        raise refuse(
            "unknown_language",
            _say("Kode bahasa ini tidak dikenal.", "This language code is not known."),
            _say(f"Ketik {meant}.", f"Type {meant}.") if meant else one_of(list(languages.LANGUAGES), None),
        )


class Money(fields.Field[dict[str, Any]]):
    """``{"amount": 1500, "currency": "MYR"}``, or a bare whole number of rupiah; loads to the object form."""

    def __init__(self, *, currencies: Iterable[str] | None = None, **more: Any) -> None:
        self.currencies = list(currencies) if currencies else None
        more["metadata"] = {
            "type": "object",
            "properties": {"amount": {"type": "number", "minimum": 0}, "currency": {"type": "string"}},
            "required": ["amount", "currency"],
            "example": {"amount": 1500, "currency": "MYR"},
            **more.get("metadata", {}),
        }
        super().__init__(**more)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, Any]:
        if isinstance(value, int) and not isinstance(value, bool):
            value = {"amount": value, "currency": "IDR"}
        if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
            raise refuse(
                "not_money",
                _say("Jumlah uang ini tidak dapat dibaca.", "This amount of money cannot be read."),
                _say('Tulis {"amount": 1500, "currency": "MYR"}.', 'Write {"amount": 1500, "currency": "MYR"}.'),
            )
        amount, currency = value["amount"], value["currency"]
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise refuse(
                "not_a_number",
                _say("Jumlah (amount) harus angka.", "The amount must be a number."),
                _say(
                    "Ketik angka tanpa titik ribuan dan tanpa kutip.", "Type digits without thousands marks or quotes."
                ),
            )
        if not countries.is_currency(currency) or (self.currencies and currency not in self.currencies):
            allowed = self.currencies or ["IDR", "MYR", "SGD", "HKD", "TWD", "KRW", "JPY", "EUR", "USD", "BND", "SAR"]
            raise refuse(
                "unknown_currency",
                _say("Mata uang ini tidak dikenal di sini.", "This currency is not known here."),
                one_of(allowed, currency),
            )
        return {"amount": _within(amount, 0, MOST_MONEY), "currency": currency}


def _within(value: Any, least: float, most: float) -> Any:
    if value < least:
        raise refuse(
            "too_small",
            _say("Nilai ini terlalu kecil.", "This value is too small."),
            _say(f"Isi paling sedikit {least}.", f"Give at least {least}."),
        )
    if value > most:
        raise refuse(
            "too_large",
            _say("Nilai ini terlalu besar.", "This value is too large."),
            _say(f"Isi paling banyak {most}.", f"Give at most {most}."),
        )
    return value


def _iso_form_of(value: object) -> Pair:
    """The ISO form of a date written day first, or the form in general."""
    found = _DAY_FIRST.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        try:
            iso = date(int(found[3]), int(found[2]), int(found[1])).isoformat()
            return _say(f"Maksudnya {iso}?", f"Did you mean {iso}?")
        except ValueError:
            pass
    return _say("Ketik tahun-bulan-hari, seperti 2026-12-08.", "Type year-month-day, like 2026-12-08.")


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"


def _say(indonesian: str, english: str) -> Pair:
    return {"id": indonesian, "en": english}


_FILL_IN = _say("Isi teksnya atau hapus isian ini.", "Fill it in or leave it out.")
_NOT_TEXT = _say("Di sini harus ada kode berupa teks.", "A code in quotes belongs here.")
