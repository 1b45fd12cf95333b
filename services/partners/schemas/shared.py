"""Fields that several bodies of this house have."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from services.partners.model.events import CATALOGUE
from shared.codes import regencies
from shared.http.faults import one_of, refuse
from shared.http.fields import regency_fix
from shared.http.problems import say

_PROVINCE = re.compile(r"[0-9]{2}")
MOST = 100


class EventType(fields.String):
    """One type of the catalogue, such as `course.published`."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"enum": list(CATALOGUE), **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and value in CATALOGUE:
            return value
        raise refuse(
            "unknown_event_type",
            say("Jenis peristiwa ini tidak dikenal.", "This kind of event is not known."),
            one_of(list(CATALOGUE), value if isinstance(value, str) else None),
        )


class Region(fields.String):
    """A province of two digits such as `53`, or a regency with its dot such as `53.06` (Kemendagri codes)."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {"pattern": r"^[0-9]{2}(\.[0-9]{2})?$", "example": "53.06", **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if regencies.is_regency(value):
            return str(value)
        if isinstance(value, str) and _PROVINCE.fullmatch(value) and value in _provinces():
            return value
        raise refuse(
            "unknown_region",
            say("Kode provinsi atau kabupaten ini tidak dikenal.", "This code of a province or regency is not known."),
            regency_fix(value),
        )


def _provinces() -> set[str]:
    return {code[:2] for code in regencies.table()}


def listed(of: fields.Field[Any], **more: Any) -> fields.List[Any]:
    """A list of up to a hundred such values."""
    return fields.List(of, validate=_not_too_many, **more)


def _not_too_many(values: list[Any]) -> None:
    if len(values) > MOST:
        raise refuse(
            "too_many",
            say(f"Paling banyak {MOST}.", f"{MOST} at most."),
            say("Kosongkan daftar ini untuk semuanya.", "Leave the list empty for all of them."),
        )
