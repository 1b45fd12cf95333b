"""Which text of a course somebody was taught: the one that was approved before their class began."""

from typing import Any

import pytest

from services.training.model.course import approved_texts, taught

Course = dict[str, Any]
SEWING: Course = {"isco08": ["8153"], "certificate": None}
CARE: Course = {"isco08": ["5322"], "certificate": {"kind": "COMPETENCE", "scheme": "ELDERLY_CARE"}}


def approved(course: Course, text: Course, on: str) -> Course:
    """The course after its text was changed, and approved on that day."""
    reworded = {**course, **text, "review": {"state": "PENDING", "on": None}, "approved_texts": approved_texts(course)}
    again = {**reworded, "review": {"state": "APPROVED", "on": on}}
    return {**again, "approved_texts": approved_texts(again)}


NEW: Course = {**SEWING, "review": {"state": "PENDING", "on": None}}


@pytest.mark.parametrize(
    ("first_day", "text"),
    [("2027-01-05", SEWING), ("2027-03-01", SEWING), ("2027-03-02", CARE), ("2027-06-01", CARE)],
)
def test_a_class_is_taught_what_was_approved_before_its_first_day(first_day: str, text: Course) -> None:
    course = approved(approved(NEW, SEWING, "2027-01-10"), CARE, "2027-03-01")
    assert taught(course, first_day) == text


def test_the_same_text_approved_again_is_no_later_text() -> None:
    once = approved(NEW, SEWING, "2027-01-10")
    taken_back = {**once, "review": {"state": "REJECTED", "on": "2027-02-01"}}
    again = approved(taken_back, SEWING, "2027-02-05")
    assert [one["on"] for one in approved_texts(again)] == ["2027-01-10"]


def test_what_was_approved_before_texts_were_kept_is_the_first() -> None:
    old = {**SEWING, "review": {"state": "APPROVED", "on": "2026-05-01"}}
    course = approved(old, CARE, "2027-03-01")
    assert taught(course, "2027-02-01") == SEWING and taught(course, "2027-04-01") == CARE
