"""What a sheet may change: an empty cell nothing, an old consent nothing, a new day something."""

from datetime import UTC, datetime
from typing import Any

from services.registry.actions.imports import rows
from services.registry.schemas.sheet import Person
from shared.words import Words
from tests.unit.registry.people import a_candidate, a_consent

TAKEN_BACK = a_candidate(consents=[a_consent(withdrawn_at=datetime(2026, 11, 9, tzinfo=UTC))])


def a_body(**more: Any) -> Person:
    return Person({"full_name": "Maria Yuliana Tukan", "consents": [], "requirements": [], **more})


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
    said = rows.declared(Words.default(), before, a_body(wishes={"boarding_ok": False}, education={"level": "SMA"}))
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


def test_lists_grow_and_are_replaced_or_emptied_only_when_that_is_said() -> None:
    before = a_candidate(
        languages=[{"language": "en", "test": "CEFR", "result": "A1", "cefr": None, "valid_until": None}],
        wishes={**a_candidate()["wishes"], "destinations": ["MYS"]},
    )
    better = {"language": "en", "test": "CEFR", "result": "B1", "cefr": None, "valid_until": None}
    other = {"language": "ja", "test": "JLPT", "result": "N5", "cefr": None, "valid_until": None}
    grown = rows.declared(Words.default(), before, a_body(languages=[better, other], wishes={"destinations": ["HKG"]}))
    assert grown["languages"] == [better, other]
    assert grown["wishes"]["destinations"] == ["MYS", "HKG"]
    only = Person(a_body(wishes={"destinations": ["HKG"]}).body, replaced=frozenset({"wishes/destinations"}))
    assert rows.declared(Words.default(), before, only)["wishes"]["destinations"] == ["HKG"]
    emptied = Person(a_body().body, erased=frozenset({"languages", "wishes/destinations", "village"}))
    said = rows.declared(Words.default(), before, emptied)
    assert (said["languages"], said["wishes"]["destinations"], said["village"]) == (None, [], None)
