"""What training tells fits its contract and holds nothing that stays in the house."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from services.training import says
from services.training.api.linked_data import course_as_json_ld

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts" / "training"


def fits(name: str, payload: dict[str, Any]) -> bool:
    schema = json.loads((CONTRACTS / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(payload)
    return True


def example(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((CONTRACTS / f"{name}.v1.good.json").read_text(encoding="utf-8"))
    return told


def a_course() -> dict[str, Any]:
    """A document as the store keeps it, made from the contract's own example."""
    told = example("courses")
    return {
        **told,
        "_id": told["id"],
        "review": {"state": told["review"], "reason": None, "by": "dev:rina-peninjau", "on": "2026-11-01"},
        "outcomes": [
            {"text": "merawat oma", "code": "CARE_ELDERLY", "similarity": 0.8},
            {"text": "kata yang tidak dikenal", "code": None, "similarity": 0.0},
        ],
    }


def test_a_course_is_told_in_codes_without_its_reviewer() -> None:
    told = says.course(a_course())
    assert fits("courses", told)
    assert [entry["code"] for entry in told["outcomes"]] == ["CARE_ELDERLY"]
    for secret in ("rina", "merawat oma", "tidak dikenal"):
        assert secret not in json.dumps(told)


def test_a_batch_is_told_as_it_stands() -> None:
    told = example("batches")
    assert says.batch({**told, "_id": told["id"], "updated_at": "x"}) == told


def test_an_enrolment_is_told_without_the_number_of_its_certificate() -> None:
    told = example("enrolments")
    said = says.enrolment({**told, "_id": told["id"], "certificate_number": "LSP/77"})
    assert fits("enrolments", said)
    assert "LSP/77" not in json.dumps(said)


def test_linked_data_names_the_batches_that_somebody_can_still_join() -> None:
    batch = {**example("batches"), "_id": "1", "seats": 16, "taken": 20, "status": "OPEN"}
    shown = course_as_json_ld(a_course(), [batch, {**batch, "_id": "2", "status": "DONE"}])
    assert (shown["@type"], [one["identifier"] for one in shown["hasCourseInstance"]]) == ("Course", ["1"])
    assert shown["hasCourseInstance"][0]["remainingAttendeeCapacity"] == 0
    assert course_as_json_ld({**a_course(), "certificate": None}, [])["educationalCredentialAwarded"] is None
