"""Builders for the registry's tests: one line makes a person with sensible facts."""

from datetime import UTC, datetime
from typing import Any

from services.registry.model import candidate
from tests.support.today import day

ID = "00000000-0000-4000-8000-000000000001"

PROFILE: dict[str, Any] = {
    "full_name": "Maria Yuliana Tukan",
    "birth_date": "2001-04-04",
    "sex": "F",
    "regency": "53.06",
    "village": "Lewolere",
    "phone": "+628113910910",
    "education": {"level": "SMP", "years": 9, "field": None},
}


def a_candidate(**more: Any) -> dict[str, Any]:
    """A saved candidate document; ``more`` overrides any member."""
    document = candidate.begun(id=ID, number="LB-2026-000001", profile=PROFILE, centre="KUPANG", by="dev:ana")
    return {**document, "version": 1, **more}


def a_consent(purpose: str = "MATCHING", **more: Any) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "method": "WRITTEN",
        "given_by": "SELF",
        "given_at": datetime(2020, 11, 1, tzinfo=UTC),
        "recorded_by": "dev:ana",
        "withdrawn_at": None,
        **more,
    }


def an_enrolment(number: int = 1, version: int = 5, **gives: Any) -> dict[str, Any]:
    """The payload of a completed enrolment; ``gives`` overrides what it gives."""
    return {
        "id": f"00000000-0000-4000-8000-00000000010{number}",
        "version": version,
        "candidate_id": ID,
        "course_id": "00000000-0000-4000-8000-000000000002",
        "batch_id": "00000000-0000-4000-8000-000000000004",
        "state": "COMPLETED",
        "hold_until": None,
        "finished_on": day(-number),
        "result": "COMPETENT",
        "drop_reason": None,
        "gives": {
            "hours": [{"isco08": "5322", "destination": "MYS", "hours": 200}],
            "certificates": [
                {
                    "kind": "COMPETENCE",
                    "scheme": "ELDERLY_CARETAKER",
                    "isco08": "5322",
                    "valid_from": day(-1),
                    "valid_until": day(1095),
                }
            ],
            "languages": [],
            "skills": ["CARE_ELDERLY"],
            **gives,
        },
    }
