"""For schemas of what holds between two days: the last day has two names in the world, and both are understood."""

from typing import Any

from marshmallow import Schema, post_load, validates_schema

from shared.http.faults import refuse
from shared.http.fields import IsoDate


class LastDaySchema(Schema):
    """Beside ``valid_until``, the name of the last day everywhere here, the ``valid_to`` that law databases write."""

    valid_to = IsoDate(load_only=True, allow_none=True, metadata={"description": "Another name of valid_until."})

    @validates_schema
    def _names_one_day(self, data: dict[str, Any], **_: object) -> None:
        days = {data.get("valid_to"), data.get("valid_until")} - {None}
        if len(days) > 1:
            raise refuse(
                "two_last_days",
                {"id": "valid_to dan valid_until berbeda.", "en": "valid_to and valid_until differ."},
                {"id": "Kirim salah satu saja.", "en": "Send only one of them."},
            )

    @post_load
    def _as_valid_until(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        last = data.pop("valid_to", None)
        return data if last is None else {**data, "valid_until": last}
