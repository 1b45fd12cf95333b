"""Requirement records: contradictions are refused, and a paper runs out without anybody touching it."""

from typing import Any

import pytest

from services.registry.model import requirements
from shared.codes.papers import PAPERS

TODAY = "2026-11-24"


def a_record(status: str = "MET", **more: Any) -> dict[str, Any]:
    return {"status": status, "number": None, "valid_until": None, "note": None, "village_head_ack": None, **more}


def test_family_consent_needs_the_village_head() -> None:
    refused = requirements.refusal("FAMILY_CONSENT", a_record(), TODAY)
    assert refused is not None
    assert (refused.field, refused.code) == ("village_head_ack", "village_head_ack_missing")
    assert requirements.refusal("FAMILY_CONSENT", a_record(village_head_ack=True), TODAY) is None
    assert requirements.refusal("FAMILY_CONSENT", a_record("MISSING"), TODAY) is None


def test_no_paper_is_met_after_its_last_day() -> None:
    refused = requirements.refusal("PASSPORT", a_record(valid_until="2026-11-23"), TODAY)
    assert refused is not None
    assert refused.code == "already_expired"
    assert requirements.refusal("PASSPORT", a_record(valid_until="2026-11-24"), TODAY) is None
    assert requirements.refusal("PASSPORT", a_record("EXPIRED", valid_until="2026-11-23"), TODAY) is None


@pytest.mark.parametrize(
    ("day", "status"), [("2026-11-23", "EXPIRED"), ("2026-11-24", "MET"), ("2026-11-25", "MET"), (None, "MET")]
)
def test_a_met_paper_reads_as_expired_from_the_day_after_its_last(day: str | None, status: str) -> None:
    assert requirements.on_day(a_record(valid_until=day), TODAY)["status"] == status


def test_a_missing_paper_stays_missing_whatever_its_date() -> None:
    assert requirements.on_day(a_record("MISSING", valid_until="2020-01-01"), TODAY)["status"] == "MISSING"


def test_age_and_competence_are_never_set_by_hand() -> None:
    assert {"MIN_AGE_18", "COMPETENCE_CERTIFICATE"} == set(requirements.DERIVED)
    assert not set(requirements.DERIVED) & set(PAPERS)
