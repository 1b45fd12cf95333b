"""For import doors: values of a sheet in the words of its readers, for "what was read" and "from what to what"."""

from collections.abc import Sequence
from typing import Any

from shared.codes import countries, regencies, texts
from shared.http.problems import Text, say
from shared.sheets.cells import Column
from shared.sheets.outcomes import Erase

_NOTHING = say("kosong", "empty")


def in_words(value: Any, column: Column | None = None) -> Text:
    """One value: ``2001-04-04`` in a column of days → ``4 April 2001``; ``53.06`` → ``Flores Timur``."""
    if value is None or isinstance(value, Erase) or value in ([], {}, ""):
        return _NOTHING
    if isinstance(value, list | tuple | set):
        parts = [in_words(one, column) for one in value]
        return {lang: "; ".join(part[lang] for part in parts) for lang in ("id", "en")}
    if isinstance(value, bool):
        return say("ya" if value else "tidak", "yes" if value else "no")
    kind = column.kind if column else ""
    if kind in ("date", "born_at") and isinstance(value, str):
        return say(texts.day(value), texts.day(value, "en"))
    if kind == "place" and isinstance(value, str):
        return say(regencies.name(value), regencies.name(value))
    if kind == "country" and isinstance(value, str):
        return say(countries.name(value), countries.name(value, "en"))
    if kind == "code" and column is not None:
        spoken = next((spelling for spelling, code in column.choices.items() if code == value), str(value))
        return say(spoken, str(value))
    if isinstance(value, int | float):
        sign = "Rp" if column is not None and column.unit == "rupiah" else ""
        return say(f"{sign}{texts.number(value)}", f"{sign}{texts.number(value, 'en')}")
    if isinstance(value, dict):
        return _of_mapping(value)
    return say(str(value), str(value))


def _of_mapping(value: dict[str, Any]) -> Text:
    parts = [str(one) for one in value.values() if one not in (None, [], {}, "")]
    return say(" | ".join(parts), " | ".join(parts)) if parts else _NOTHING


def row_in_words(values: dict[str, Any], columns: Sequence[Column]) -> Text:
    """What was read of a row, one value after the other in the order of the columns."""
    said = [in_words(values[column.key], column) for column in columns if column.key in values]
    return {lang: ", ".join(part[lang] for part in said) for lang in ("id", "en")}
