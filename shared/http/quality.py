"""``/v1/operations/quality`` of every house, for operators: what stands in its records and can hardly be right.

A house says what it looks for (:data:`Checks`); nothing that is found names a person. Looking needs
``operations:read``; mending is for those whose record it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask, current_app
from marshmallow import Schema, fields

from shared import clock
from shared.http import operations
from shared.http.blueprints import Blueprint
from shared.http.callers import current_caller

SHOWN = 20
"""Of one check; the others are counted."""

OLD_AFTER = timedelta(days=14)
"""What waits for somebody, or what nobody has confirmed, for longer than this."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One record: its id, what people call it, and since which day it is so (None: not known)."""

    id: str
    called: str
    since: date | None = None


Check = Callable[[], Iterable[Doubt]]
Checks = Mapping[str, Check]
"""Code of a check → all that it finds, the oldest first."""

blp = Blueprint("quality", __name__, url_prefix="/v1/operations", description="For operators: what can hardly be right")


class DoubtSchema(Schema):
    id = fields.String()
    called = fields.String(metadata={"description": "Title, code or name; never of a person."})
    since = fields.Date(allow_none=True)


class CheckedSchema(Schema):
    code = fields.String(metadata={"example": "COURSE_WITHOUT_BATCH"})
    number = fields.Integer()
    examples = fields.List(fields.Nested(DoubtSchema), metadata={"description": "The first twenty, oldest first."})


class QualitySchema(Schema):
    items = fields.List(fields.Nested(CheckedSchema), metadata={"description": "Every check, those of nothing too."})


def attach(app: Flask, checks: Checks) -> None:
    """What this house looks for."""
    app.extensions["lumbung.quality"] = checks


def long_ago(day: date) -> bool:
    return clock.today() - day > OLD_AFTER


@blp.route("/quality", methods=["GET"])
@blp.response(200, QualitySchema)
def quality() -> Any:
    """Records that can hardly be right: how many of each kind, the first ones, and since when"""
    current_caller().need(operations.READ)
    return {"items": [_checked(code, check) for code, check in current_app.extensions["lumbung.quality"].items()]}


def _checked(code: str, check: Check) -> dict[str, Any]:
    found = sorted(check(), key=lambda one: (one.since or date.min, one.called))
    return {"code": code, "number": len(found), "examples": found[:SHOWN]}
