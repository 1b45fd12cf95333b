"""What `data` of each kind of event looks like: its fields for the schema, and an invented sample.

A test makes events from the example messages of every topic and checks them against these schemas, so that the
catalogue cannot say what is not so.
"""

from collections.abc import Mapping
from typing import Any

from services.partners.model import knowledge as k
from services.partners.model.events import CATALOGUE

Schema = dict[str, Any]

_ID = "00000000-0000-4000-8000-0000000000"
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_REGENCY: Schema = {"type": "string", "pattern": r"^[0-9]{2}\.[0-9]{2}$"}
_MAYBE_REGENCY: Schema = {**_REGENCY, "type": ["string", "null"]}
_STATE: Schema = {"type": "object", "description": "The whole public state; only at the level REFERENCES."}
_REFERENCE: Schema = {"type": "string", "description": "Only at the level REFERENCES."}

# name → (schema, sample, is it there at the level MINIMAL, is it personal data)
_Fields = Mapping[str, tuple[Schema, Any, bool, bool]]

_STATED: _Fields = {"state": (_STATE, None, False, False)}
_FIELDS: Mapping[str, _Fields] = {
    k.COURSES: {
        "code": (_TEXT, "PLRT-LANSIA-200", True, False),
        "provider_id": (_TEXT, f"{_ID}03", True, False),
        "sector": (_TEXT, "CARE", True, False),
        "review": (_TEXT, "APPROVED", True, False),
        "status": (_TEXT, "ACTIVE", True, False),
        **_STATED,
    },
    k.BATCHES: {
        "course_id": (_TEXT, f"{_ID}02", True, False),
        "number": (_TEXT, "2027-1", True, False),
        "regency": (_MAYBE_REGENCY, "53.08", True, False),
        "sector": (_TEXT, "CARE", True, False),
        "status": (_TEXT, "OPEN", True, False),
        "seats": (_COUNT, 16, True, False),
        "taken": (_COUNT, 5, True, False),
        **_STATED,
    },
    k.ORDERS: {
        "code": (_TEXT, "JO-MYS-3", True, False),
        "country": (_TEXT, "MYS", True, False),
        "sector": (_TEXT, "HOUSEHOLD", True, False),
        "verification": (_TEXT, "VERIFIED", True, False),
        "status": (_TEXT, "OPEN", True, False),
        **_STATED,
    },
    k.QUOTAS: {
        "quota": (_COUNT, 20, True, False),
        "reserved": (_COUNT, 2, True, False),
        "taken": (_COUNT, 7, True, False),
        **_STATED,
    },
    k.POLICIES: {"code": (_TEXT, "NTT-GATE", True, False), "kind": (_TEXT, "GATE", True, False), **_STATED},
    k.DEMAND: {
        "programme": (_TEXT, "COMPETENCE:ELDERLY_CARETAKER", True, False),
        "regency": (_REGENCY, "53.06", True, False),
        "month": (_TEXT, "2027-01", True, False),
        "count": ({"type": "integer", "minimum": 10}, 62, True, False),
        **_STATED,
    },
    k.EDITIONS: {
        "counted_at": ({"type": "string", "format": "date-time"}, "2026-11-29T18:00:00+00:00", True, False),
        "corrections": (_COUNT, 0, True, False),
    },
    k.CONCERNS: {
        "kind": (_TEXT, "MONEY_DEMANDED", True, False),
        "regency": (_MAYBE_REGENCY, "53.06", True, False),
        "state": (_TEXT, "CONFIRMED", True, False),
        "reported_on": ({"type": "string", "format": "date"}, "2026-11-20", True, False),
        "company_id": ({**_REFERENCE, "type": ["string", "null"]}, f"{_ID}07", False, False),
        "job_order_id": ({**_REFERENCE, "type": ["string", "null"]}, f"{_ID}06", False, False),
    },
    k.ENROLMENTS: {
        "regency": (_MAYBE_REGENCY, "53.06", True, True),
        "sector": (_TEXT, "CARE", True, True),
        "state": (_TEXT, "COMPLETED", True, True),
        "result": (_MAYBE, "COMPETENT", True, True),
        "finished_on": (_MAYBE, "2027-02-26", True, True),
        "candidate_id": (_REFERENCE, f"{_ID}01", False, True),
        "course_id": (_REFERENCE, f"{_ID}02", False, False),
        "batch_id": (_REFERENCE, f"{_ID}04", False, False),
    },
    k.APPLICATIONS: {
        "regency": (_MAYBE_REGENCY, "53.06", True, True),
        "sector": (_TEXT, "HOUSEHOLD", True, True),
        "country": (_TEXT, "MYS", True, True),
        "state": (_TEXT, "AGREED", True, True),
        "departure": (
            {
                "type": "object",
                "properties": {"planned_on": {"type": "string", "format": "date"}, "via": {"type": "array"}},
                "description": "On departures only: the day, and the regencies of the ports passed through.",
            },
            {"planned_on": "2027-03-08", "via": ["65.03"]},
            True,
            True,
        ),
        "candidate_id": (_REFERENCE, f"{_ID}01", False, True),
        "job_order_id": (_REFERENCE, f"{_ID}06", False, False),
    },
    k.RECOMMENDATIONS: {
        "regency": (_MAYBE_REGENCY, "53.06", True, True),
        "decision": (_TEXT, "ACCEPTED", True, True),
        "decided_on": ({"type": "string", "format": "date"}, "2026-11-24", True, True),
        "candidate_id": (_REFERENCE, f"{_ID}01", False, True),
        "chosen": ({**_STATE, "description": "Ids of what was chosen; only at REFERENCES."}, {}, False, True),
    },
}
_ERASED: _Fields = {"state": ({"const": "ERASED"}, "ERASED", True, False)}
_GONE: _Fields = {name: _FIELDS[k.DEMAND][name] for name in ("programme", "regency")}
_DEPARTURES = ("departure.announced", "departure.suspended", "placement.departed")


def _fields(type: str) -> _Fields:
    if type.endswith(".erased"):
        return _ERASED
    if type == "demand.gone":
        return _GONE
    fields = _FIELDS[CATALOGUE[type].topic]
    return {name: row for name, row in fields.items() if name != "departure" or type in _DEPARTURES}


def schema(type: str) -> Schema:
    """JSON Schema 2020-12 of `data`; what is listed as required is there at every level. Readers ignore the rest."""
    fields = _fields(type)
    always = [name for name, (_, _, minimal, _) in fields.items() if minimal and name != "departure"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "version": {"type": "integer", "minimum": 1},
            **{name: row[0] for name, row in fields.items()},
        },
        "required": ["id", "version", *always],
    }


def sample(type: str) -> dict[str, Any]:
    """An invented `data` at the level MINIMAL."""
    shown = {name: value for name, (_, value, minimal, _) in _fields(type).items() if minimal}
    return {"id": f"{_ID}09", "version": 1, **shown}


def personal_fields(type: str) -> list[str]:
    """The fields that are personal data in the sense of UU 27/2022, ids included."""
    found = [name for name, (_, _, _, personal) in _fields(type).items() if personal]
    return ["id", *found] if CATALOGUE[type].personal else []
