"""Whoever changes what placement tells: all that a listener may rely on, nothing of the house's own business."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from services.placement import says
from services.placement.model import policy

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts" / "placement"
ID = "00000000-0000-4000-8000-00000000000a"
COMPANY = {
    "id": ID, "sip3mi": "S", "status": "ACTIVE", "valid_from": "2026-01-01", "valid_until": None,
    "snapshot_on": "2026-11-01", "held": True, "version": 7,
}  # fmt: skip


def fits(name: str, payload: dict[str, Any]) -> bool:
    schema = json.loads((CONTRACTS / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(payload)
    return True


def an_order() -> dict[str, Any]:
    """A document as the store keeps it, made from the contract's own example."""
    told: dict[str, Any] = json.loads((CONTRACTS / "job-orders.v1.good.json").read_text(encoding="utf-8"))
    own = {"verified_by": "dev:rita", "concerns": [ID], "closed": False, "company": COMPANY, "slots": 4}
    skills = [
        {"code": "CARE_ELDERLY", "text": "merawat oma", "essential": True, "similarity": 1.0},
        {"code": None, "text": "tidak dikenal", "essential": False, "similarity": 0.0},
    ]
    return {**told, "_id": told["id"], **own, "skills": skills}


def test_an_order_is_told_whole_without_words_people_or_reasons() -> None:
    told = says.job_order(an_order())
    assert fits("job-orders", told)
    assert [skill["code"] for skill in told["skills"]] == ["CARE_ELDERLY"]
    for secret in ("rita", "merawat", "held", "concerns", "tidak dikenal"):
        assert secret not in json.dumps(told)


def test_an_order_without_company_or_requirements_is_told_too() -> None:
    assert fits("job-orders", says.job_order({**an_order(), "company": None, "requirements": None, "scheme": None}))


def test_slots_are_told_without_who_holds_them() -> None:
    quota = {"_id": ID, "version": 2, "quota": 3, "reserved": 1, "taken": 0, "updated_at": "x"}
    assert fits("quotas", says.quota(quota))


def test_an_application_is_told_without_note_or_officer() -> None:
    document = {
        "_id": ID, "version": 1, "candidate_id": ID, "job_order_id": ID, "state": "APPLIED", "reserved": False,
        "note": "x", "by": "dev:ana", "company_id": ID,
    }  # fmt: skip
    told = says.application(document)
    assert fits("applications", told) and "dev:ana" not in json.dumps(told)


def test_a_policy_is_told_without_its_people_and_an_ending_only_by_what_it_shortened() -> None:
    tells = {
        "valid_from": "2020-01-01", "valid_until": None, "confidence": "H", "verified_on": "2026-11-23",
        "legal_basis": {"instrument": "x", "article": None, "source": None}, "text": {"id": "a", "en": "b"},
        "content": {"currency": "MYR", "idr": 3900},
    }  # fmt: skip
    at = "2026-11-24T01:02:03.000Z"
    revisions = policy.propose([], tells, action="SET", by="dev:sari", at=at)
    revisions = policy.approve(revisions, 1, by="dev:budi", at=at)
    revisions = policy.propose(revisions, {"valid_from": "2027-01-01"}, action="END", by="dev:sari", at=at)
    revisions = policy.approve(revisions, 2, by="dev:budi", at=at)
    told = says.policy({"_id": ID, "version": 4, "code": "RATE-MYR", "kind": "RATE", "revisions": revisions})
    assert fits("policies", told)
    assert [(row["number"], row["valid_until"]) for row in told["revisions"]] == [(1, None), (3, "2026-12-31")]
    assert "dev:" not in json.dumps(told)
