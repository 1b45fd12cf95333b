"""What a person allows, for which purpose and since when: read alike by whoever keeps it and whoever only judges by it.

UU 27/2022 art. 22 wants consent explicit, recorded and separable by purpose; art. 9 lets it be withdrawn at any time.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from shared import clock
from shared.http.faults import refuse
from shared.http.fields import Code, Instant


class Purpose(str, Enum):
    """What it is for. Each is asked and withdrawn by itself."""

    MATCHING = "MATCHING"
    SHARING_PROVIDER = "SHARING_PROVIDER"
    SHARING_COMPANY = "SHARING_COMPANY"
    STATISTICS = "STATISTICS"


class Method(str, Enum):
    """How it was given. ``SPOKEN`` is read aloud and recorded by the officer, for people who do not read."""

    WRITTEN = "WRITTEN"
    SPOKEN = "SPOKEN"
    ELECTRONIC = "ELECTRONIC"


class Giver(str, Enum):
    SELF = "SELF"
    GUARDIAN = "GUARDIAN"


class GivenSchema(Schema):
    """One consent, whatever its purpose. Nobody can agree tomorrow: a time that has not come yet is refused."""

    given_at = Instant(metadata={"description": "Now, when left out."})
    given_by = Code(Giver, load_default=Giver.SELF.value)

    @validates_schema
    def already_happened(self, entry: dict[str, Any], **kwargs: Any) -> None:
        for name in ("given_at", "withdrawn_at"):
            if entry.get(name) is not None and entry[name] > clock.now():
                message = {"id": "Waktu persetujuan belum tiba.", "en": "This consent lies in the future."}
                fix = {
                    "id": "Isi waktu yang sudah lewat, atau hapus isian ini.",
                    "en": "Give a past time or leave it out.",
                }
                raise ValidationError({name: refuse("in_the_future", message, fix).messages})


class KeptSchema(GivenSchema):
    """A consent as a document shows it, with its withdrawal."""

    method = Code(Method, load_default=None, allow_none=True)
    recorded_by = fields.Raw(allow_none=True)
    withdrawn_at = Instant(load_default=None, allow_none=True)


def state(consents: Iterable[Mapping[str, Any]], purpose: str = "MATCHING") -> str:
    """``GIVEN``, ``WITHDRAWN`` or ``NONE``: the last is somebody who was never asked, or said no.

    ``consents``: rows ``{purpose, given_at, withdrawn_at}`` with aware times; a row without ``given_at`` is given now.
    A withdrawal closes every row that stood then, so only what was given after the last one counts.
    """
    rows = [row for row in consents if row["purpose"] == purpose]
    if not rows:
        return "NONE"
    withdrawals = [row["withdrawn_at"] for row in rows if row.get("withdrawn_at") is not None]
    if not withdrawals:
        return "GIVEN"
    last = max(withdrawals)
    later = [row for row in rows if row.get("given_at") is None or row["given_at"] > last]
    return "GIVEN" if any(row.get("given_at") or row.get("withdrawn_at") is None for row in later) else "WITHDRAWN"
