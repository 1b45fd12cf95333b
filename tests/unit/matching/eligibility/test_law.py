"""What was the law on that day, as we knew it then?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.matching.matcher.law.law import Law
from tests.builders import (
    NARROW,
    TODAY,
    WIDE,
    a_ban,
    a_factory_order,
    a_gate,
    a_law,
    a_policy_of,
    a_revision,
    an_order,
    days,
)
from tests.unit.matching.eligibility.asking import ask, state


def gate(*revisions: dict[str, Any]) -> Law:
    return Law.from_records([a_policy_of("NTT-GATE", "GATE", revisions)])


def keys(law: Law, day: date = TODAY, known_on: date | datetime | None = None) -> tuple[str, ...]:
    return law.at(day, known_on).key


@pytest.mark.parametrize("status", ["PROPOSED", "REJECTED", None, "DRAFT"])
def test_only_approved_revisions_are_law(status: str | None) -> None:
    assert keys(a_law(a_gate(status=status))) == ()


def test_valid_from_and_valid_until_are_inclusive() -> None:
    law = a_law(a_gate(valid_from="2026-03-01", valid_until="2026-03-31"))
    asked = [keys(law, date(2026, month, day)) != () for month, day in ((2, 28), (3, 1), (3, 31), (4, 1))]
    assert asked == [False, True, True, False]


def test_a_question_may_fix_the_day_of_knowledge() -> None:
    """A row approved on 10 June about January was not known in March, and is known now."""
    law = gate(a_revision(WIDE, valid_from="2026-01-01", known_from="2026-06-10T02:00:00Z"))
    january = date(2026, 1, 15)
    assert keys(law, january) == ("NTT-GATE/1",)
    assert keys(law, january, date(2026, 6, 9)) == ()
    assert keys(law, january, date(2026, 6, 10)) == ("NTT-GATE/1",)


def test_a_day_of_knowledge_ends_at_midnight_in_ntt_as_trap_30_warns() -> None:
    """Trap 30: NTT is eight hours ahead of UTC; 17:00 UTC is already tomorrow there."""
    law = gate(a_revision(WIDE, known_from="2026-06-10T17:00:00Z"))
    assert keys(law, TODAY, date(2026, 6, 10)) == ()
    assert keys(law, TODAY, date(2026, 6, 11)) == ("NTT-GATE/1",)
    assert keys(law, TODAY, datetime(2026, 6, 10, 16, 59, 59, tzinfo=UTC)) == ()
    assert keys(law, TODAY, datetime(2026, 6, 10, 17, tzinfo=UTC)) == ("NTT-GATE/1",)


def test_what_was_superseded_is_still_the_answer_for_what_was_known_then() -> None:
    """The wide reading was corrected on 1 September: asked about June, March's knowledge keeps its answer."""
    law = gate(
        a_revision(WIDE, number=1, known_from="2026-02-01T00:00:00Z", known_until="2026-09-01T00:00:00Z"),
        a_revision(NARROW, number=2, known_from="2026-09-01T00:00:00Z"),
    )
    june = date(2026, 6, 1)
    assert keys(law, june) == ("NTT-GATE/2",)
    assert keys(law, june, date(2026, 8, 31)) == ("NTT-GATE/1",)
    assert keys(law, june, date(2026, 9, 1)) == ("NTT-GATE/2",)
    assert keys(law, june, date(2026, 1, 31)) == ()


def test_should_two_revisions_overlap_the_newest_decision_stands() -> None:
    law = gate(a_revision(WIDE, number=1), a_revision(NARROW, number=2, valid_from="2025-07-02"))
    assert keys(law, date(2025, 7, 1)) == ("NTT-GATE/1",)
    assert keys(law, date(2025, 7, 2)) == ("NTT-GATE/2",)


def test_a_row_whose_end_cannot_be_read_is_no_law() -> None:
    assert keys(a_law(a_gate(valid_until="2026-31-31"))) == ()


def test_a_past_answer_can_be_asked_again() -> None:
    closed = a_law(a_ban("KOR", valid_from=days(-207), valid_until=days(-177)))
    order = a_factory_order(opens_on=days(-300), closes_on=days(100))
    asked = [state(order=order, law=closed, day=TODAY - timedelta(days=ago)).value for ago in (207, 177, 176)]
    assert asked == ["NO_PATH", "NO_PATH", "ELIGIBLE_NOW"]


def test_a_draft_replaces_a_policy_only_on_its_own_days() -> None:
    law = a_law(a_gate())
    draft = a_policy_of("NTT-GATE", "GATE", [a_revision(NARROW, number=1, status="PROPOSED", valid_from="2027-01-01")])
    drafted = law.with_draft(draft)
    assert keys(drafted, date(2026, 12, 31)) == ("NTT-GATE/1",)
    assert keys(drafted, date(2027, 1, 1)) == ("NTT-GATE/2",)
    assert keys(law, date(2027, 1, 1)) == ("NTT-GATE/1",)


def test_a_draft_of_a_new_policy_stands_beside_the_others() -> None:
    ban = a_ban("MYS", code="BAN-NEW", status="PROPOSED")
    assert keys(a_law(a_gate()).with_draft(ban)) == ("BAN-NEW/1", "NTT-GATE/1")


def test_the_law_without_a_policy_is_the_law_with_the_rest() -> None:
    assert keys(a_law(a_gate(), a_ban("SAU")).without("NTT-GATE")) == ("BAN/1",)


def test_turning_days_are_the_first_days_and_the_days_after_the_last() -> None:
    law = a_law(a_gate(valid_from="2026-03-01", valid_until="2026-03-31"), a_ban("SAU", status="PROPOSED"))
    assert law.turning_days() == (date(2026, 3, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("GATE", {"home_regency_prefix": "53."}),
        ("BAN", {"countries": []}),
        ("CORRIDOR", {"order": [{"field": "wage", "op": "min", "value": 1500}]}),
        ("CORRIDOR", {"order": [{"field": "mood", "op": "min", "value": 1}]}),
        ("COST", {"items": ["TRAINING"]}),
        ("AGE_FLOOR", {"min_age": "old"}),
        ("HOURS", {"hours": 200}),
        ("RATE", {"currency": "MYR", "idr": 0}),
        ("HOROSCOPE", {}),
    ],
)
def test_a_row_that_says_too_little_is_reported_and_never_guessed(kind: str, content: dict[str, Any]) -> None:
    law = Law.from_records([a_policy_of("ODD", kind, [a_revision(content)])])
    assert law.at(TODAY).rows == ()
    assert law.at(TODAY).unreadable == ("ODD/1",)
    assert "LAW_UNREADABLE" in {caution.code for caution in ask(order=an_order(), law=law).cautions}
