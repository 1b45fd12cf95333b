"""A held place that is given back, and a course that is taken off the market: surely, once, and told."""

from typing import Any

import pytest

from tests.support.console import people, providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, COURSE, ID, ORDER
from tests.support.console.visits import Visits, post, words_on

APPLICATION, COURSE_PAGE = f"/lamaran/{BATCH}", f"/kursus/{COURSE}/ubah"
HELD = "5c0ffee5-0000-4000-8000-000000000007"
SLOT = f"/v1/job-orders/{ORDER}/reservations"
OLD = {"id": "0" * 8 + HELD[8:], "candidate_id": ID, "job_order_id": ORDER, "state": "RELEASED", "until": None}


@pytest.fixture
def held(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    fakes.says("placement", "GET /v1/applications/*", people.application(reserved=True))
    fakes.says("placement", f"GET {SLOT}", {"items": [OLD, {**OLD, "id": HELD, "state": "HELD"}], "next": None})
    fakes.says("placement", f"DELETE {SLOT}/*", status=204)
    return fakes


def test_a_place_is_given_back_after_a_tick(visits: Visits, held: FakeHouses) -> None:
    officer = visits.as_("officer")
    assert "Lepas tempat ini" in words_on(officer, APPLICATION)
    unsure = post(officer, f"{APPLICATION}/tempat/lepas", stood="APPLIED")
    assert unsure.status_code == 422 and 'href="#sure"' in unsure.text and held.of("placement", "DELETE *") == []
    done = post(officer, f"{APPLICATION}/tempat/lepas", stood="APPLIED", sure="y")
    assert (done.status_code, done.location) == (303, APPLICATION)
    assert [one.path for one in held.of("placement", "DELETE *")] == [f"{SLOT}/{HELD}"]
    assert held.of("placement", f"GET {SLOT}")[0].params["candidate"] == ID
    assert "Tempat dilepas" in words_on(officer, APPLICATION)


def test_nothing_is_given_back_of_what_has_moved_on(visits: Visits, held: FakeHouses) -> None:
    officer = visits.as_("officer")
    held.says("placement", "GET /v1/applications/*", people.application(reserved=True, state="AGREED"))
    assert "Lepas tempat ini" not in words_on(officer, APPLICATION), "it was signed for"
    assert post(officer, f"{APPLICATION}/tempat/lepas", stood="APPLIED", sure="y").status_code == 409
    held.says("placement", "GET /v1/applications/*", people.application(reserved=False))
    assert "Lepas tempat ini" not in words_on(officer, APPLICATION)
    assert post(officer, f"{APPLICATION}/tempat/lepas", stood="APPLIED", sure="y").location == APPLICATION
    assert "sudah" in words_on(officer, APPLICATION) and held.of("placement", "DELETE *") == []


def test_a_refusal_of_the_house_is_said(visits: Visits, held: FakeHouses) -> None:
    held.refuses("placement", f"DELETE {SLOT}/*", 409, "step_not_possible", "Perjanjian sudah ditandatangani")
    answer = post(visits.as_("officer"), f"{APPLICATION}/tempat/lepas", stood="APPLIED", sure="y")
    assert answer.status_code == 409 and "Perjanjian sudah ditandatangani" in answer.text


@pytest.mark.parametrize("role", ["company", "provider", "reviewer", "village_task_force"])
def test_nobody_else_gives_a_place_back(visits: Visits, held: FakeHouses, role: str) -> None:
    answer = post(visits.as_(role), f"{APPLICATION}/tempat/lepas", stood="APPLIED", sure="y")
    assert answer.status_code == 403 and held.of("placement", "DELETE *") == []


def test_without_its_token_nothing_is_given_back(visits: Visits, held: FakeHouses) -> None:
    answer = visits.as_("officer").post(f"{APPLICATION}/tempat/lepas", data={"sure": "y", "stood": "APPLIED"})
    assert answer.status_code >= 400 and held.of("placement", "DELETE *") == []


@pytest.fixture
def course(fakes: FakeHouses) -> FakeHouses:
    providers.tell(fakes)
    fakes.says("training", "DELETE /v1/courses/*", providers.course(status="WITHDRAWN"))
    return fakes


def test_a_course_is_withdrawn_after_a_tick_at_the_version_that_was_read(visits: Visits, course: FakeHouses) -> None:
    provider = visits.as_("provider")
    assert "Tarik kursus ini" in words_on(provider, COURSE_PAGE)
    unsure = post(provider, f"{COURSE_PAGE}/tarik", version="3")
    assert unsure.status_code == 422 and 'href="#sure"' in unsure.text and course.of("training", "DELETE *") == []
    assert post(provider, f"{COURSE_PAGE}/tarik", version="3", sure="y").location == f"/kursus#k-{COURSE}"
    (asked,) = course.of("training", "DELETE *")
    assert asked.headers["if-match"] == '"3"'


def test_a_course_that_changed_meanwhile_is_looked_at_first(visits: Visits, course: FakeHouses) -> None:
    course.refuses("training", "DELETE *", 412, "stale", "Sudah berubah")
    answer = post(visits.as_("provider"), f"{COURSE_PAGE}/tarik", version="2", sure="y")
    assert answer.status_code == 409 and "baru diubah orang lain" in answer.text


def test_a_withdrawn_course_is_withdrawn_once(visits: Visits, course: FakeHouses) -> None:
    course.says("training", "GET /v1/courses/*", providers.course(status="WITHDRAWN"))
    provider = visits.as_("provider")
    assert "Tarik kursus ini" not in words_on(provider, COURSE_PAGE)
    assert post(provider, f"{COURSE_PAGE}/tarik", version="3", sure="y").status_code == 303
    assert course.of("training", "DELETE *") == []


def test_nobody_else_withdraws_a_course(visits: Visits, course: FakeHouses) -> None:
    for role in ("officer", "company", "supervisor"):
        answer: Any = post(visits.as_(role), f"{COURSE_PAGE}/tarik", version="3", sure="y")
        assert answer.status_code == 403
    assert course.of("training", "DELETE *") == []
