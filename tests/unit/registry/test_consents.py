"""Consents: separable by purpose, never rewritten, gone at once when taken back."""

from datetime import UTC, datetime
from typing import Any

from services.registry.model import consents
from shared.profiles.consents import state


def a_consent(purpose: str = "MATCHING", withdrawn_at: datetime | None = None) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "method": "SPOKEN",
        "given_by": "SELF",
        "given_at": datetime(2026, 11, 1, tzinfo=UTC),
        "recorded_by": "dev:ana",
        "withdrawn_at": withdrawn_at,
    }


def test_somebody_never_asked_is_not_somebody_who_took_it_back() -> None:
    assert state([]) == "NONE"
    assert state([a_consent("STATISTICS")]) == "NONE"
    assert state([a_consent()]) == "GIVEN"
    assert state([a_consent(withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))]) == "WITHDRAWN"


def test_giving_twice_changes_nothing() -> None:
    before = [a_consent()]
    assert consents.given(before, a_consent()) is before


def test_a_consent_can_be_given_again_after_it_was_taken_back() -> None:
    before = [a_consent(withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))]
    after = consents.given(before, {**a_consent(), "given_at": datetime(2026, 11, 3, tzinfo=UTC)})
    assert len(after) == 2
    assert state(after) == "GIVEN"


def test_a_consent_from_before_the_withdrawal_does_not_bring_it_back() -> None:
    before = [a_consent(withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))]
    assert state(consents.given(before, a_consent())) == "WITHDRAWN"


def test_taking_back_closes_only_that_purpose_and_keeps_when_it_was_given() -> None:
    after = consents.withdrawn([a_consent(), a_consent("STATISTICS")], "MATCHING", datetime(2026, 11, 9, tzinfo=UTC))
    assert state(after) == "WITHDRAWN"
    assert state(after, "STATISTICS") == "GIVEN"
    assert after[0]["given_at"] == datetime(2026, 11, 1, tzinfo=UTC)


def test_an_earlier_withdrawal_keeps_its_own_day() -> None:
    rows = [a_consent(withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC)), a_consent()]
    after = consents.withdrawn(rows, "MATCHING", datetime(2026, 11, 9, tzinfo=UTC))
    assert [row["withdrawn_at"].day for row in after] == [2, 9]


def test_a_row_from_before_the_withdrawal_keeps_nobody_from_agreeing_again() -> None:
    """Written down late, or brought along by another record of the same person: it allows nothing, and stands in no
    one's way."""
    withdrawn = a_consent(withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))
    late = consents.given([withdrawn], a_consent())
    assert len(late) == 2 and consents.open_consent(late, "MATCHING") is None and state(late) == "WITHDRAWN"
    assert consents.given(late, a_consent()) == late, "said once more it is on record already"
    today = {**a_consent(), "given_at": datetime(2026, 11, 5, tzinfo=UTC)}
    after = consents.given(late, today)
    assert state(after) == "GIVEN" and consents.open_consent(after, "MATCHING") == today
    again = consents.withdrawn(after, "MATCHING", datetime(2026, 11, 9, tzinfo=UTC))
    assert state(again) == "WITHDRAWN" and all(row["withdrawn_at"] for row in again)
