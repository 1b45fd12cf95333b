"""For the schemas of this house: a text in two languages, a code that people choose themselves, and lists of codes."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from shared.http.faults import refuse
from shared.http.fields import Code, Country, Isco08, Text

_OWN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")


class PairSchema(Schema):
    """A text for people, Indonesian first. Where English is missing the Indonesian stands in for it."""

    id = Text(max=300, required=True)
    en = Text(max=300)

    @post_load
    def _both(self, data: dict[str, str], **_: object) -> dict[str, str]:
        return {"id": data["id"], "en": data.get("en", data["id"])}


class LongPairSchema(PairSchema):
    """The same for a description of several lines."""

    id = Text(max=2000, lines=True, required=True)
    en = Text(max=2000, lines=True)


class OwnCode(fields.String):
    """A code that whoever creates the thing chooses, such as ``JO-MYS-17``: it stands on paper and is typed again."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": f"^{_OWN_CODE.pattern}$", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and _OWN_CODE.fullmatch(value):
            return value
        raise refuse(
            "not_a_code",
            {"id": "Kode ini tidak dapat dipakai.", "en": "This code cannot be used."},
            {
                "id": "Pakai huruf, angka, titik, garis; tanpa spasi; paling banyak 60.",
                "en": "Use letters, digits, dots and dashes; no spaces; at most 60.",
            },
        )


def some(inner: fields.Field[Any], most: int, **more: Any) -> Any:
    """A list of at least one and at most ``most`` values, or null for "all"."""
    more.setdefault("load_default", None)
    return fields.List(inner, allow_none=True, validate=validate.Length(min=1, max=most), **more)


def countries() -> Any:
    """Countries that a rule names; null = all."""
    return some(Country(), 250)


def occupations() -> Any:
    """Occupations that a rule names, by the beginning of their ISCO-08 code; null = all."""
    return some(Isco08(prefix=True), 100)


def reason(codes: tuple[str, ...]) -> Any:
    return Code(codes, required=True)
