"""What a course gives, and when a change of it needs another review."""

from datetime import date
from typing import Any

import pytest

from services.training.model import course, provider

FINISHED = date(2026, 11, 24)


def a_course(**changes: Any) -> dict[str, Any]:
    return {
        "isco08": ["9111"],
        "certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_months": None},
        "languages": [{"language": "ja", "test": "JLPT", "result": "N5", "cefr": None}],
        "hours_for": [{"isco08": "9111", "destination": "MYS", "hours": 200}],
        "outcomes": [{"text": "memasak", "code": "COOK", "similarity": 0.9}, {"text": "?", "code": None}],
        **changes,
    }


def test_completion_gives_hours_and_skills_and_no_competence() -> None:
    given = course.gives(a_course(), finished_on=FINISHED, result=None)
    assert given["hours"] == [{"isco08": "9111", "destination": "MYS", "hours": 200}]
    assert given["skills"] == ["COOK"]
    assert (given["certificates"], given["languages"]) == ([], [])


def test_not_yet_competent_gives_no_more_than_completion() -> None:
    completed = course.gives(a_course(), finished_on=FINISHED, result=None)
    assert course.gives(a_course(), finished_on=FINISHED, result="NOT_YET_COMPETENT") == completed


def test_competence_gives_the_certificate_for_three_years_unless_it_says_an_earlier_end() -> None:
    def until(certificate: dict[str, Any], stated: date | None = None) -> str:
        taught = a_course(certificate={"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", **certificate})
        given = course.gives(taught, finished_on=FINISHED, result="COMPETENT", certificate_until=stated)
        return str(given["certificates"][0]["valid_until"])

    assert until({}) == "2029-11-24"
    assert until({"valid_months": 12}) == "2027-11-24"
    assert until({"valid_months": 12}, stated=date(2027, 1, 31)) == "2027-01-31"
    assert until({"valid_months": 12}, stated=date(2028, 1, 31)) == "2027-11-24", "another certificate holds longer"


def test_a_language_result_does_not_expire() -> None:
    given = course.gives(a_course(), finished_on=FINISHED, result="COMPETENT")
    assert given["languages"] == [{"language": "ja", "test": "JLPT", "result": "N5", "cefr": None, "valid_until": None}]


def test_a_certificate_of_completion_comes_without_a_test() -> None:
    taught = a_course(certificate={"kind": "COMPLETION", "scheme": None, "valid_months": None}, isco08=[])
    (certificate,) = course.gives(taught, finished_on=FINISHED, result=None)["certificates"]
    assert (certificate["kind"], certificate["isco08"]) == ("COMPLETION", None)


def test_a_course_without_certificate_gives_its_hours_alone() -> None:
    given = course.gives(a_course(certificate=None, languages=[]), finished_on=FINISHED, result="COMPETENT")
    assert (given["certificates"], len(given["hours"])) == ([], 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_end_with_the_last_day_of_a_short_month(day: date, months: int, later: date) -> None:
    assert course.add_months(day, months) == later


@pytest.mark.parametrize("name", course.REVIEWED)
def test_what_a_reviewer_looked_at_goes_back_to_review_when_it_changes(name: str) -> None:
    before = dict.fromkeys(course.REVIEWED, "before")
    assert course.differs(before, before | {name: "after"})


def test_seats_prices_of_others_and_dates_need_no_review() -> None:
    before = dict.fromkeys(course.REVIEWED, "before")
    assert not course.differs(before, before | {"version": 2, "provider": {"name": "BLK"}, "accreditation": None})


def test_of_two_accreditations_the_one_that_ends_last_counts() -> None:
    first = {"programme": "PLRT", "from": "2024-01-01", "until": "2026-01-01"}
    second = {"programme": "PLRT", "from": "2025-06-01", "until": None}
    house = {"accreditations": [second, first, {"programme": "LAS", "from": "2020-01-01", "until": None}]}
    assert provider.accreditation_for(house, "PLRT") == {"from": "2025-06-01", "until": None}
    assert provider.accreditation_for(house, "JAHIT") is None


def test_a_course_says_of_its_provider_neither_address_nor_number() -> None:
    house = {
        "_id": "x", "name": "BLK Ende", "kind": "BLK", "active": True, "regency": "53.08", "code": "BLK-ENDE",
        "licence": {"number": "L-77", "until": "2028-01-01"}, "last_verified_on": "2026-11-01",
    }  # fmt: skip
    assert provider.card(house) == {
        "id": "x", "name": "BLK Ende", "kind": "BLK", "active": True, "licence_from": None,
        "licence_until": "2028-01-01",
        "last_verified_on": "2026-11-01",
    }  # fmt: skip
    assert provider.card({**house, "licence": None})["licence_until"] is None


@pytest.mark.parametrize(
    ("first", "last", "backward"),
    [("2026-01-02", "2026-01-01", True), ("2026-01-01", "2026-01-01", False), ("2026-01-01", None, False)],
)
def test_a_period_of_one_day_or_without_end_runs_forward(first: str, last: str | None, backward: bool) -> None:
    assert provider.runs_backward(first, last) is backward


@pytest.mark.parametrize(
    ("provider", "accreditation", "may"),
    [
        ({}, {"from": "2026-01-01", "until": None}, True),
        ({}, {"from": "2026-01-01", "until": "2027-03-01"}, True),
        ({}, {"from": "2026-01-01", "until": "2027-02-28"}, False),
        ({}, {"from": "2027-03-02", "until": None}, False),
        ({}, None, False),
        ({"active": False}, {"from": "2026-01-01", "until": None}, False),
        ({"licence_until": "2027-02-28"}, {"from": "2026-01-01", "until": None}, False),
        ({"licence_from": "2027-03-02"}, {"from": "2026-01-01", "until": None}, False),
        ({"licence_from": "2027-03-01", "licence_until": "2027-03-01"}, {"from": "2026-01-01", "until": None}, True),
    ],
)
def test_a_batch_begins_where_programme_and_provider_reach_its_first_day(
    provider: dict[str, Any], accreditation: dict[str, Any] | None, may: bool
) -> None:
    of = {"active": True, "licence_from": None, "licence_until": None, **provider}
    assert course.may_begin_on({"provider": of, "accreditation": accreditation}, "2027-03-01") is may
