"""What a course gives to whom: what was approved, for as long as it said, of a class that was accredited."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared import clock, ids
from tests.integration.training.conftest import Provider, Training, a_provider, day
from tests.integration.training.taking import a_day, passed_today, referred_to, step


def test_a_correction_makes_no_certificate_last_longer(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    """A certificate that ends soon ends soon, whatever is said of its number or of the last day afterwards."""
    soon = day(40)
    done = passed_today(
        training, provider, officer, person, a_day(provider), result="COMPETENT", certificate_until=soon
    )
    for body in ({"certificate_number": "BNSP 7"}, {"state": "COMPLETED"}, {"result": "COMPETENT"}):
        assert step(provider.key, done, **body).status_code == 200
        given = officer.get(f"/v1/enrolments/{done['id']}").json()["gives"]["certificates"]
        assert {one["valid_until"] for one in given} == {soon}, body
    with clock.fixed(clock.now() + timedelta(days=60)):
        late = step(provider.key, done, finished_on=day(0))
        assert (late.status_code, late.json()["code"]) == (409, "step_not_possible")
        assert "recorded as completed on" in late.json()["detail"] or "dicatat selesai" in late.json()["detail"]
        again = step(provider.key, done, finished_on=day(0), result="NOT_YET_COMPETENT")
        assert again.status_code == 200, "with another result it is the day of the test"
    assert step(provider.key, done, finished_on=day(0), result="COMPETENT").status_code == 200
    assert step(provider.key, done, certificate_until=day(50)).status_code == 200
    given = officer.get(f"/v1/enrolments/{done['id']}").json()["gives"]["certificates"]
    assert {one["valid_until"] for one in given} == {day(50)}


@pytest.mark.parametrize("decision", ["reworded", "rejected"])
def test_a_course_gives_what_the_province_approved_and_nothing_that_was_put_in_afterwards(
    provider: Provider, training: Training, officer: httpx.Client, person: str, decision: str
) -> None:
    """A plain course is approved, people sit in it, and then its provider makes it give the certificate of the gate."""
    course = provider.a_course(certificate=None)
    batch = provider.a_batch(course, starts=day(0), ends=day(0), closes=day(0), seats=3)
    inside, outside = (referred_to(training, provider, officer, one, batch) for one in (person, ids.new()))
    assert step(provider.key, inside, state="ENROLLED").status_code == 200
    path = f"/v1/courses/{course['id']}"
    with training.as_("reviewer", name="Rina Peninjau") as reviewer:

        def review(**how: str) -> None:
            etag = {"If-Match": reviewer.get(path).headers["ETag"]}
            assert reviewer.post(f"{path}/review", json=how, headers=etag).status_code == 200

        if decision == "reworded":
            etag = {"If-Match": provider.key.get(path).headers["ETag"]}
            more = {"certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER"}}
            assert provider.key.patch(path, json=more, headers=etag).json()["review"]["state"] == "PENDING"
        else:
            review(decision="REJECTED", reason="WRONG_CERTIFICATE")
        training.judge(outside["id"])
        for enrolment, state in ((inside, "COMPLETED"), (outside, "SELECTED"), (outside, "ENROLLED")):
            refused = step(provider.key, enrolment, state=state)
            assert (refused.status_code, refused.json()["code"]) == (409, "course_not_approved"), refused.text
        assert officer.get(f"/v1/enrolments/{inside['id']}").json()["gives"] is None
        review(decision="APPROVED")
    done = step(provider.key, inside, state="COMPLETED", result="COMPETENT")
    assert done.status_code == 200, done.text
    assert done.json()["gives"]["hours"] and not done.json()["gives"]["certificates"], (
        "they were taught the plain course"
    )


def test_who_completed_a_course_gets_nothing_that_was_put_into_it_afterwards(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    """A plain course is completed, then made to give the certificate of the gate, approved, and the result recorded."""
    course = provider.a_course(certificate=None)
    batch = provider.a_batch(course, starts=day(0), ends=day(0), closes=day(0), seats=3)
    inside = referred_to(training, provider, officer, person, batch)
    for state in ("ENROLLED", "COMPLETED"):
        assert step(provider.key, inside, state=state).status_code == 200
    path = f"/v1/courses/{course['id']}"
    etag = {"If-Match": provider.key.get(path).headers["ETag"]}
    more = {"certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER"}, "hours_for": []}
    provider.key.patch(path, json=more, headers=etag)
    with training.as_("reviewer", name="Rina Peninjau") as reviewer:
        etag = {"If-Match": reviewer.get(path).headers["ETag"]}
        assert reviewer.post(f"{path}/review", json={"decision": "APPROVED"}, headers=etag).status_code == 200
    before = officer.get(f"/v1/enrolments/{inside['id']}").json()["gives"]
    recorded = step(provider.key, inside, result="COMPETENT", certificate_number="X/1")
    assert recorded.status_code == 200, recorded.text
    assert recorded.json()["gives"] == before and before["hours"] and not before["certificates"]


@pytest.mark.parametrize(
    "lapsed",
    [
        {"accreditations": []},
        {"accreditations": [{"programme": "PLRT-LANSIA", "from": day(-700), "until": day(19)}]},
        {"licence": {"number": "L-1", "until": day(19)}},
    ],
    ids=["no accreditation", "accreditation", "licence"],
)
def test_a_class_that_was_not_accredited_on_its_first_day_gives_nothing(
    training: Training, officer: httpx.Client, person: str, lapsed: dict[str, Any]
) -> None:
    school = a_provider(training)
    inside = referred_to(training, school, officer, person, school.a_batch(school.a_course()))
    assert step(school.key, inside, state="ENROLLED").status_code == 200
    path, etag = f"/v1/providers/{school.id}", {"If-Match": "*"}
    before = school.reviewer.get(path).json()
    assert school.reviewer.patch(path, json=lapsed, headers=etag).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=200)):
        refused = step(school.key, inside, state="COMPLETED", result="COMPETENT")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_accredited"), refused.text
        assert officer.get(f"/v1/enrolments/{inside['id']}").json()["gives"] is None
    again = {name: before[name] for name in lapsed}
    if "accreditations" in again:  # renewed since: the period that covers the first day is on record all the same
        again["accreditations"] = [
            *again["accreditations"],
            {"programme": "PLRT-LANSIA", "from": day(150), "until": None},
        ]
    assert school.reviewer.patch(path, json=again, headers=etag).status_code == 200
    assert school.reviewer.patch(path, json={"active": False}, headers=etag).status_code == 200
    with (
        clock.fixed(clock.now() + timedelta(days=200)),
        training.as_("reviewer", name="Rina Peninjau", scopes=["enrolments:write", "referrals:write"]) as province,
    ):
        done = step(province, inside, state="COMPLETED", result="COMPETENT")
        assert done.status_code == 200, "whoever was in class when their school closed is certified all the same"


def test_a_result_that_is_taken_back_and_given_again_is_no_second_test(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    done = passed_today(training, provider, officer, person, a_day(provider), result="COMPETENT")
    (first,) = done["gives"]["certificates"]
    with clock.fixed(clock.now() + timedelta(days=1_500)):
        assert step(provider.key, done, result="NOT_YET_COMPETENT", finished_on=day(0)).status_code == 200
        late = step(provider.key, done, result="COMPETENT", finished_on=day(0))
        assert (late.status_code, late.json()["code"]) == (409, "step_not_possible"), late.text
        again = step(provider.key, done, result="COMPETENT", finished_on=done["finished_on"])
        assert again.status_code == 200, again.text
        assert again.json()["gives"]["certificates"] == [first]


def test_a_result_that_was_a_slip_and_is_taken_back_the_same_day_leaves_the_test_its_own_day(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    done = passed_today(training, provider, officer, person, a_day(provider), result="COMPETENT")
    assert step(provider.key, done, result="NOT_YET_COMPETENT").status_code == 200
    with clock.fixed(clock.now() + timedelta(days=30)):
        passed = step(provider.key, done, result="COMPETENT", finished_on=day(0))
        assert (passed.status_code, passed.json()["finished_on"]) == (200, day(0)), passed.text
        on_its_day = passed.json()["gives"]["certificates"]
    with clock.fixed(clock.now() + timedelta(days=90)):
        assert step(provider.key, done, result="NOT_YET_COMPETENT", finished_on=done["finished_on"]).status_code == 200
        late = step(provider.key, done, result="COMPETENT", finished_on=day(0))
        assert (late.status_code, late.json()["code"]) == (409, "step_not_possible"), "taken back later it is no slip"
    assert on_its_day[0]["valid_until"] > done["gives"]["certificates"][0]["valid_until"]


@pytest.mark.parametrize("until", [-1, 1_200, 26_000])
def test_a_certificate_ends_within_the_term_that_its_course_says(
    provider: Provider, training: Training, officer: httpx.Client, person: str, until: int
) -> None:
    done = passed_today(training, provider, officer, person, a_day(provider), result="COMPETENT")
    refused = step(provider.key, done, certificate_until=day(until))
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["pointer"]) == (422, "/certificate_until"), refused.text
    assert step(provider.key, done, certificate_until=day(1_000)).status_code == 200


def test_an_earlier_day_of_the_test_ends_the_certificate_earlier(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    batch = provider.a_batch(provider.a_course(), starts=day(0), ends=day(0), closes=day(0))
    inside = referred_to(training, provider, officer, person, batch)
    assert step(provider.key, inside, state="ENROLLED").status_code == 200
    with clock.fixed(clock.now() + timedelta(days=30)):
        late, last = day(0), day(1_090)
        done = step(
            provider.key, inside, state="COMPLETED", result="COMPETENT", finished_on=late, certificate_until=last
        )
        assert done.status_code == 200, done.text
        earlier = step(provider.key, inside, finished_on=batch["ends"])
        assert (earlier.status_code, earlier.json()["errors"][0]["pointer"]) == (422, "/certificate_until")
        both = step(provider.key, inside, finished_on=batch["ends"], certificate_until=day(900))
        assert both.status_code == 200, both.text
