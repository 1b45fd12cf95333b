"""Whoever changes how laws succeed each other: two times, one answer, and no row is ever edited away."""

from typing import Any

import pytest

from services.placement.model import policy

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23T02:00:00.000Z", "2026-11-24T02:00:00.000Z", "2026-11-25T02:00:00.000Z"


def tells(first: str, last: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "valid_from": first,
        "valid_until": last,
        "legal_basis": {"instrument": "Peraturan contoh", "article": None, "source": "S61"},
        "confidence": "H",
        "verified_on": "2026-11-23",
        "text": {"id": "Aturan contoh.", "en": "An example rule."},
        "content": {"min_age": 21},
        **more,
    }


def approved(*rows: tuple[dict[str, Any], str], action: str = "SET") -> list[policy.Revision]:
    revisions: list[policy.Revision] = []
    for row, at in rows:
        revisions = policy.propose(revisions, row, action=action, by="sari", at=at)
        revisions = policy.approve(revisions, revisions[-1]["number"], by="budi", at=at)
    return revisions


def number_on(revisions: list[policy.Revision], day: str, known_at: str | None = None) -> Any:
    row = policy.holds_on(revisions, day, known_at)
    return None if row is None else row["number"]


def test_a_proposal_is_not_law() -> None:
    revisions = policy.propose([], tells("2018-11-14"), action="SET", by="sari", at=MONDAY)
    assert policy.holds_on(revisions, "2020-01-01") is None


def test_an_approved_revision_is_law_on_its_first_and_last_day_and_not_outside() -> None:
    revisions = approved((tells("2018-11-14", "2025-07-01"), MONDAY))
    assert [number_on(revisions, day) for day in ("2018-11-13", "2018-11-14", "2025-07-01", "2025-07-02")] == [
        None,
        1,
        1,
        None,
    ]


def test_a_later_revision_takes_over_on_its_first_day_and_leaves_the_days_before() -> None:
    revisions = approved((tells("2018-11-14"), MONDAY), (tells("2025-07-02"), TUESDAY))
    before, after = policy.holds_on(revisions, "2025-07-01"), policy.holds_on(revisions, "2025-07-02")
    assert before is not None and (before["carved_from"], before["valid_until"]) == (1, "2025-07-01")
    assert after is not None and after["number"] == 2


def test_what_was_believed_earlier_keeps_its_answer() -> None:
    revisions = approved((tells("2018-11-14"), MONDAY), (tells("2025-07-02"), WEDNESDAY))
    assert number_on(revisions, "2026-01-01", known_at=TUESDAY) == 1
    assert number_on(revisions, "2026-01-01", known_at=WEDNESDAY) == 2
    assert number_on(revisions, "2026-01-01", known_at="2026-11-01T00:00:00.000Z") is None


def test_revisions_with_explicit_days_that_do_not_touch_stay_as_they_are() -> None:
    revisions = approved((tells("2018-11-14", "2025-07-01"), MONDAY), (tells("2025-07-02"), TUESDAY))
    assert [row["known_until"] for row in revisions] == [None, None]


def test_a_correction_of_the_middle_leaves_both_ends() -> None:
    revisions = approved((tells("2020-01-01", "2020-12-31"), MONDAY), (tells("2020-05-01", "2020-05-31"), TUESDAY))
    pieces = [(row["valid_from"], row["valid_until"]) for row in revisions if row["carved_from"] == 1]
    assert pieces == [("2020-01-01", "2020-04-30"), ("2020-06-01", "2020-12-31")]
    assert number_on(revisions, "2020-05-31") == 2


def test_a_correction_of_the_same_days_replaces_the_whole_row() -> None:
    revisions = approved((tells("2020-01-01"), MONDAY), (tells("2020-01-01", confidence="L"), TUESDAY))
    assert [row["known_until"] for row in revisions] == [TUESDAY, None]


def test_an_ending_leaves_no_law_from_its_first_day() -> None:
    revisions = approved((tells("2018-11-14"), MONDAY))
    revisions = policy.propose(revisions, {"valid_from": "2027-01-01"}, action="END", by="sari", at=TUESDAY)
    revisions = policy.approve(revisions, 2, by="budi", at=TUESDAY)
    assert number_on(revisions, "2026-12-31") == 3
    assert policy.holds_on(revisions, "2027-01-01") is None


def test_at_most_one_row_holds_on_any_day_whatever_was_approved() -> None:
    rows = [
        tells("2020-01-01"),
        tells("2019-06-01", "2020-06-30"),
        tells("2020-03-01", "2020-03-31"),
        tells("2018-01-01", "2021-01-01"),
    ]
    revisions = approved(*((row, f"2026-11-2{at}T00:00:00.000Z") for at, row in enumerate(rows)))
    for day in ("2018-06-01", "2019-06-01", "2020-03-15", "2020-07-01", "2021-01-02", "2024-01-01"):
        holding = [
            row for row in revisions if policy.is_law(row) and row["known_until"] is None and policy.covers(row, day)
        ]
        assert len(holding) <= 1


def test_a_rejected_proposal_changes_no_other_row() -> None:
    revisions = policy.propose(
        approved((tells("2018-11-14"), MONDAY)), tells("2025-07-02"), action="SET", by="sari", at=TUESDAY
    )
    after = policy.reject(revisions, 2, by="budi", at=WEDNESDAY, reason="sumber belum ada")
    assert after[0] == revisions[0]
    assert (after[1]["status"], after[1]["reason"]) == ("REJECTED", "sumber belum ada")


@pytest.mark.parametrize("again", [tells("2018-11-14"), tells("2025-07-02")])
def test_the_same_text_again_is_already_said_even_after_carving(again: dict[str, Any]) -> None:
    revisions = approved((tells("2018-11-14"), MONDAY), (tells("2025-07-02"), TUESDAY))
    assert policy.already_said(revisions, again) is not None


def test_going_back_to_a_wholly_replaced_row_is_news() -> None:
    first, second = tells("2020-01-01"), tells("2020-01-01", confidence="L")
    revisions = approved((first, MONDAY), (second, TUESDAY))
    assert policy.already_said(revisions, first) is None
    assert policy.already_said(revisions, second) is not None
