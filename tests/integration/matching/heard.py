"""What the other houses tell, as of today: for tests that let a matching house hear it."""

import json
from pathlib import Path
from typing import Any

from shared import clock, ids
from tests import builders as make

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts"

GATE: dict[str, Any] = {
    "id": ids.new(),
    "version": 1,
    "code": "NTT-GATE",
    "kind": "GATE",
    "revisions": [
        make.a_revision(
            {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": None, "reading": "WIDE"}, number=1
        )
    ],
}


def day(number: int) -> str:
    return make.days(number, clock.today())


def an_order(**changes: Any) -> dict[str, Any]:
    fresh = {"opens_on": day(-30), "closes_on": day(200), "sip2mi": {**make.a_permit(), "valid_until": day(400)}}
    return make.an_order_payload(**{"id": ids.new(), **fresh, **changes})


def a_quota(order: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"id": order["id"], "version": 1, "quota": 20, "reserved": 0, "taken": 0, **changes}


def a_person(**changes: Any) -> dict[str, Any]:
    untrained: dict[str, Any] = {"certificates": [], "training_hours": []}
    return make.a_person_payload(**{"id": ids.new(), **untrained, **changes})


def a_course(**changes: Any) -> dict[str, Any]:
    course = json.loads((CONTRACTS / "training/courses.v1.good.json").read_text(encoding="utf-8"))
    taught = {
        "certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_months": 36},
        "hours_for": [{"isco08": "9111", "destination": "MYS", "hours": 200}],
        "isco08": ["9111"],
        "prerequisites": None,
        "languages": [],
    }
    return {**course, "id": ids.new(), "version": 1, **taught, **changes}


def a_batch(course: dict[str, Any], **changes: Any) -> dict[str, Any]:
    batch = json.loads((CONTRACTS / "training/batches.v1.good.json").read_text(encoding="utf-8"))
    dates = {"starts": day(20), "ends": day(60), "closes": day(15)}
    return {**batch, "id": ids.new(), "version": 1, "course_id": course["id"], **dates, **changes}
