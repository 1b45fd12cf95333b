"""What a sheet may change: an empty cell nothing, an old consent nothing, a new day something."""

from datetime import UTC, datetime
from typing import Any

from services.registry.actions.imports import rows
from tests.unit.registry.people import a_candidate, a_consent

TAKEN_BACK = a_candidate(consents=[a_consent(withdrawn_at=datetime(2026, 11, 9, tzinfo=UTC))])


def a_body(**more: Any) -> dict[str, Any]:
    return {"full_name": "Maria Yuliana Tukan", "consents": [], "requirements": [], **more}


def matching(**more: Any) -> dict[str, Any]:
    return {"purpose": "MATCHING", "method": "WRITTEN", "given_by": "SELF", **more}


def test_a_consent_that_was_taken_back_is_not_given_by_an_old_sheet() -> None:
    assert rows.consents_to_add(TAKEN_BACK, a_body(consents=[matching()])) == []
    old = matching(given_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert rows.consents_to_add(TAKEN_BACK, a_body(consents=[old])) == []


def test_a_consent_of_a_later_day_is_news() -> None:
    new = matching(given_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert rows.consents_to_add(TAKEN_BACK, a_body(consents=[new])) == [new]


def test_a_consent_that_stands_is_no_news() -> None:
    assert rows.consents_to_add(a_candidate(consents=[a_consent()]), a_body(consents=[matching()])) == []


def test_parts_that_a_row_leaves_empty_stay() -> None:
    before = a_candidate(wishes={**a_candidate()["wishes"], "destinations": ["MYS"], "boarding_ok": True})
    said = rows.declared(before, a_body(wishes={"boarding_ok": False}, education={"level": "SMA"}))
    assert (said["wishes"]["destinations"], said["wishes"]["boarding_ok"]) == (["MYS"], False)
    assert said["education"] == {"level": "SMA", "years": 9, "field": None}


def test_only_a_record_that_differs_is_set() -> None:
    record = {"status": "MET", "number": None, "valid_until": None, "note": None, "village_head_ack": None}
    before = a_candidate(requirements={"PASSPORT": {**record, "checked_on": "2026-11-01", "checked_by": "dev:ana"}})
    assert rows.requirements_to_set(before, a_body(requirements=[{"code": "PASSPORT", **record}])) == {}
    missing = {**record, "status": "MISSING"}
    assert rows.requirements_to_set(before, a_body(requirements=[{"code": "PASSPORT", **missing}])) == {
        "PASSPORT": missing
    }
