"""P2: courses and batches by form; the next batch is the last one with a new first day."""

from datetime import timedelta
from typing import Any

import pytest

from services.console.pages.angkatan_isian import next_number
from tests.support.console import people, providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, COURSE
from tests.support.console.providers import text_of
from tests.support.console.visits import Visits
from tests.support.today import TODAY

NEW, CHANGE = f"/kursus/{COURSE}/angkatan-baru", f"/angkatan/{BATCH}/ubah"
COURSE_TYPED = {"code": "LAS-4G", "title_id": "Las 4G", "lesson_hours": "200", "mode": "OFFLINE", "funding": "APBD"}
ON_RECORD = {
    "isco08": ["7212", "7213"],
    "outcomes": [{"text": "Mengelas posisi 3G", "code": "WELDING", "similarity": 1.0}],
    "certificate": {"kind": "COMPETENCE", "scheme": "WELDING_PLATE_PIPE_2", "valid_months": 24},
    "certificates": [{"kind": "COMPETENCE", "scheme": "WELDING_PLATE_PIPE_2", "valid_months": 24}],
    "mode": "OFFLINE",
    "boarding": True,
    "funding": "APBD",
    "languages": [{"language": "en", "cefr": "A1"}],
}


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    providers.tell(fakes)
    return fakes


def press(visits: Visits, path: str, **data: Any) -> Any:
    return providers.press(visits, path, **{"version": "3", **data})


def written(days: int) -> str:
    day = TODAY + timedelta(days=days)
    return f"{day.day}/{day.month}/{day.year}"


def iso(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("number", "after"),
    [("2027-1", "2027-2"), ("A09", "A10"), ("9", "10"), ("Angkatan 99", "Angkatan 100"), ("Gelombang I", ""), ("", "")],
)
def test_the_number_after(number: str, after: str) -> None:
    assert next_number(number) == after


def test_the_last_batch_is_copied_but_for_its_days(visits: Visits, house: FakeHouses) -> None:
    last = people.batch(number="2027-3", starts=iso(40), ends=iso(75), seats=20, place="Gedung B", taken=4)
    older = people.batch(number="2027-2", starts=iso(-90), ends=iso(-50), seats=8)
    gone = people.batch(number="2027-9", starts=iso(200), ends=iso(210), status="CANCELLED")
    house.says("training", "GET /v1/courses/*/batches", {"items": [last, older, gone], "next": None})
    text = text_of(visits, NEW)
    assert 'value="2027-4"' in text and 'value="20"' in text and 'value="Gedung B"' in text
    assert 'name="starts" type="text" spellcheck="false" value=""' in text
    assert "36 hari" in text


def test_the_first_day_is_enough(visits: Visits, house: FakeHouses) -> None:
    last = people.batch(starts=iso(40), ends=iso(75))
    house.says("training", "GET /v1/courses/*/batches", {"items": [last], "next": None})
    house.says("training", "POST /v1/courses/*/batches", people.batch(starts=iso(100), ends=iso(135)), status=201)
    typed = {"number": "2027-2", "starts": written(100), "seats": "16", "regency": "53.71", "status": "OPEN"}
    assert press(visits, NEW, **typed).location == f"/angkatan/{BATCH}"
    sent = house.of("training", "POST /v1/courses/*/batches")[0]
    assert (sent.body["starts"], sent.body["ends"], sent.body["closes"]) == (iso(100), iso(135), None)
    assert sent.headers["idempotency-key"] == "1"


def test_without_a_batch_before_both_days_are_asked_for(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/courses/*/batches", {"items": [], "next": None})
    typed = {"number": "1", "starts": written(100), "seats": "16", "status": "OPEN", "regency": ""}
    answer = press(visits, NEW, **typed)
    assert answer.status_code == 422
    assert 'href="#ends"' in answer.get_data(as_text=True)
    assert house.of("training", "POST *") == []


@pytest.mark.parametrize("seats", ["", "0", "banyak", "501"])
def test_seats_that_cannot_be_stand_at_their_field(visits: Visits, house: FakeHouses, seats: str) -> None:
    typed = {"number": "1", "starts": written(10), "ends": written(20), "seats": seats, "status": "OPEN"}
    answer = press(visits, NEW, **typed)
    assert answer.status_code == 422 and 'href="#seats"' in answer.get_data(as_text=True)


def test_a_number_that_is_taken_is_said_at_the_number(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", "POST /v1/courses/*/batches", 409, "code_taken", "Kode ini sudah dipakai")
    typed = {"number": "1", "starts": written(10), "ends": written(20), "seats": "16", "status": "OPEN", "regency": ""}
    text = press(visits, NEW, **typed).get_data(as_text=True)
    assert 'href="#number"' in text and "sudah dipakai" in text


def test_only_what_differs_of_a_batch_is_sent(visits: Visits, house: FakeHouses) -> None:
    kept = people.batch(taken=16, status="FULL", starts=iso(10), ends=iso(20), closes=None)
    house.says("training", "GET /v1/batches/*", kept)
    house.says("training", "PATCH /v1/batches/*", {**kept, "seats": 20, "version": 3})
    typed = {"starts": written(10), "ends": written(20), "regency": "53.71", "place": "Kupang", "status": "OPEN"}
    assert press(visits, CHANGE, **typed, seats="20", version="2").status_code == 303
    sent = house.of("training", "PATCH /v1/batches/*")[0]
    assert sent.body == {"seats": 20} and sent.headers["if-match"] == '"2"'


def test_fewer_seats_than_people_are_refused_at_the_seats(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", "PATCH *", 409, "seats_below_taken", "Kursi kurang dari peserta")
    typed = {"starts": written(10), "ends": written(20), "status": "OPEN", "seats": "2", "regency": ""}
    answer = press(visits, CHANGE, **typed)
    assert 'href="#seats"' in answer.get_data(as_text=True)


def test_a_new_course_waits_for_review_and_its_first_batch_is_next(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "POST /v1/courses", providers.course(), status=201)
    answer = press(visits, "/kursus-baru", **COURSE_TYPED, outcomes="Mengelas\n\n Membaca gambar ")
    assert answer.location == NEW
    body = house.of("training", "POST /v1/courses")[0].body
    assert body["title"] == {"id": "Las 4G", "en": "Las 4G"}
    assert body["outcomes"] == ["Mengelas", "Membaca gambar"]
    assert body["cost_to_trainee"] is None  # nobody typed a price: not known, and never free


def test_nothing_costs_nothing_only_when_it_is_typed(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "POST /v1/courses", providers.course(), status=201)
    press(visits, "/kursus-baru", **COURSE_TYPED, cost="0")
    assert house.of("training", "POST /v1/courses")[0].body["cost_to_trainee"] == {"amount": 0, "currency": "IDR"}


def test_what_the_house_refuses_of_a_course_stands_at_its_field(visits: Visits, house: FakeHouses) -> None:
    fault = {
        "pointer": "/certificate/scheme",
        "code": "scheme_missing",
        "message": "Skemanya harus disebut.",
        "fix": "",
    }
    house.refuses("training", "POST /v1/courses", 422, "invalid", "Salah", errors=[fault])
    text = press(visits, "/kursus-baru", **COURSE_TYPED, kind_1="COMPETENCE").get_data(as_text=True)
    assert 'href="#scheme_1"' in text and "Skemanya harus disebut" in text and 'value="LAS-4G"' in text


def test_a_course_that_nobody_changed_sends_nothing(visits: Visits, house: FakeHouses) -> None:
    course = providers.course(**ON_RECORD)
    house.says("training", "GET /v1/courses/*", course)
    house.says("training", "PATCH /v1/courses/*", course)
    typed = {
        "title_id": course["title"]["id"],
        "title_en": course["title"]["en"],
        "isco08": "7212",
        "outcomes": "Mengelas posisi 3G",
        "kind_1": "COMPETENCE",
        "scheme_1": "WELDING_PLATE_PIPE_2",
        "months_1": "24",
        "lesson_hours": "200",
        "mode": "OFFLINE",
        "boarding": "y",
        "cost": "0",
        "funding": "APBD",
    }
    path = f"/kursus/{COURSE}/ubah"
    assert press(visits, path, **typed).status_code == 303
    assert press(visits, path, **{**typed, "isco08": "7214"}).status_code == 303
    (sent,) = house.of("training", "PATCH /v1/courses/*")
    assert sent.body == {"isco08": ["7214", "7213"]}  # what the form does not ask for stays


def test_the_review_is_shown_on_every_form(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/courses/*", providers.rejected(**ON_RECORD))
    for path in (NEW, f"/kursus/{COURSE}/ubah"):
        assert "ditolak" in text_of(visits, path) and "melanggar aturan" in text_of(visits, path)
