"""For schemas: calendar days and moments."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import ValidationError, fields

from shared.http.faults import refuse
from shared.http.problems import Text, say

# Nobody who is alive was born before 1900, and no permit runs beyond 2200: a year outside is a slip of the finger.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")


class IsoDate(fields.String):
    """A calendar day as ``2026-12-08``; loads to that text. Years 1900 to 2200."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("metadata", {}).setdefault("format", "date")
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        shape = value if isinstance(value, str) and _ISO.fullmatch(value) else None
        try:
            day = date.fromisoformat(shape) if shape else None
        except ValueError:
            raise refuse(
                "no_such_day",
                say(f"Tanggal {shape} tidak ada di kalender.", f"There is no day {shape} in the calendar."),
                say("Periksa tanggal dan bulannya.", "Check the day and the month."),
            ) from None
        if day is None:
            raise refuse(
                "not_a_date", say("Tanggal ini tidak dapat dibaca.", "This date cannot be read."), _iso_form_of(value)
            )
        if not EARLIEST <= day <= LATEST:
            raise _out_of_range(day.year)
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
        except (TypeError, ValueError, OverflowError):
            raise refuse(
                "not_a_time",
                say("Waktu ini tidak dapat dibaca.", "This time cannot be read."),
                say(
                    "Ketik dengan zona, seperti 2026-12-08T14:30:00+08:00.",
                    "Type it with its zone, like 2026-12-08T14:30:00+08:00.",
                ),
            ) from None
        if not EARLIEST <= instant.date() <= LATEST:
            raise _out_of_range(instant.year)
        return instant

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if not isinstance(value, datetime):
            return super()._serialize(value, attr, obj, **kwargs)
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class InstantInAddress(Instant):
    """The same in the query of an address: ``+08:00`` arrives there as `` 08:00``, unless sent as ``%2B08:00``."""

    def _deserialize(  # type: ignore[override]
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        sent = _LOST_PLUS.sub(r"\1+\2", value) if isinstance(value, str) else value
        return super()._deserialize(sent, attr, data, **kwargs)


_LOST_PLUS = re.compile(r"^(\S+T\S+) ([0-9]{2}:?[0-9]{2})$")


def _out_of_range(year: int) -> ValidationError:
    return refuse(
        "year_out_of_range",
        say(f"Tahun {year} tidak masuk akal di sini.", f"The year {year} makes no sense here."),
        say("Periksa empat angka tahunnya.", "Check the four digits of the year."),
    )


def _iso_form_of(value: object) -> Text:
    """The ISO form of a date written day first, or the form in general."""
    found = _DAY_FIRST.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        try:
            iso = date(int(found[3]), int(found[2]), int(found[1])).isoformat()
            return say(f"Maksudnya {iso}?", f"Did you mean {iso}?")
        except ValueError:
            pass
    return say("Ketik tahun-bulan-hari, seperti 2026-12-08.", "Type year-month-day, like 2026-12-08.")
