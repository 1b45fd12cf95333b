"""A provider's seats by a link, its keys and what is needed, on fake houses."""

import logging
from typing import Any

import pytest

from tests.support.console import providers, publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, SLIP
from tests.support.console.providers import PROVIDER
from tests.support.console.visits import Visits, csrf

LINK = f"/kursi/{BATCH}/{SLIP}"
MAKE = f"/angkatan/{BATCH}/kursi"
KEY = "lb_RAHASIAsekali"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    providers.tell(fakes)
    return fakes


def press(visits: Visits, path: str, role: str | None = "provider", **data: Any) -> Any:
    client = visits.as_(role) if role else visits.nobody()
    return client.post(path, data={"csrf_token": csrf(client, "/laporkan"), "once": "1", **data})


def test_whoever_holds_the_link_is_asked_without_signing_in_and_nothing_keeps_it(
    visits: Visits, house: FakeHouses
) -> None:
    answer = visits.nobody().get(LINK)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "Masih 11 kursi kosong?" in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "authorization" not in house.of("training", "GET /v1/seat-links/*")[0].headers


@pytest.mark.parametrize(("typed", "free"), [({"still": "yes"}, 11), ({"still": "no", "free": "6"}, 6)])
def test_one_question_one_answer(visits: Visits, house: FakeHouses, typed: dict[str, str], free: int) -> None:
    house.says("training", "POST /v1/seat-links/*", publics.seat_question(free=free))
    answer = press(visits, LINK, None, **typed)
    assert f"Tercatat: {free} kursi kosong" in answer.get_data(as_text=True)
    assert house.of("training", "POST /v1/seat-links/*")[0].body == {"free": free}


@pytest.mark.parametrize(
    "typed", [{}, {"still": "no"}, {"still": "no", "free": "enam"}, {"still": "no", "free": "501"}]
)
def test_what_cannot_be_is_asked_again(visits: Visits, house: FakeHouses, typed: dict[str, str]) -> None:
    answer = press(visits, LINK, None, **typed)
    assert answer.status_code == 422
    assert "error-summary" in answer.get_data(as_text=True)
    assert house.of("training", "POST *") == []


@pytest.mark.parametrize(("status", "code"), [(404, "seat_link_not_genuine"), (410, "seat_link_over")])
def test_a_link_that_is_not_good_says_what_to_do(visits: Visits, house: FakeHouses, status: int, code: str) -> None:
    house.refuses(
        "training", "GET /v1/seat-links/*", status, code, "Tautan ini tidak berlaku", detail="Minta yang baru."
    )
    answer = visits.nobody().get(LINK)
    assert answer.status_code == status
    assert "Minta yang baru." in answer.get_data(as_text=True)
    assert press(visits, LINK, None, still="yes").status_code == status


@pytest.mark.parametrize("slip", ["..", "%2e%2e%2fletters", "a%00b", "a?b", "%F0%9F%99%82", "x" * 4000])
def test_no_other_address_of_the_house_is_reached(visits: Visits, house: FakeHouses, slip: str) -> None:
    assert visits.nobody().get(f"/kursi/{BATCH}/{slip}").status_code < 500
    for one in house.of("training", "GET *"):
        assert one.path.startswith(f"/v1/seat-links/{BATCH}/") and ".." not in one.path and one.path.count("/") == 4


def test_the_slip_and_the_key_are_in_no_log(
    visits: Visits, house: FakeHouses, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house.says("training", "POST /v1/providers/*/keys", {"id": "k2", "key": KEY, "scopes": []}, status=201)
    visits.nobody().get(LINK)
    press(visits, LINK, None, still="yes")
    press(visits, MAKE)
    press(visits, "/kunci")
    house.silence("training")
    visits.nobody().get(LINK)
    said = "\n".join(str(record.__dict__) for record in caplog.records if record.name not in ("httpx", "werkzeug"))
    assert "a house is silent" in said
    assert SLIP not in said and KEY not in said


def test_a_link_is_made_with_the_words_that_go_with_it(visits: Visits, house: FakeHouses) -> None:
    text = press(visits, MAKE).get_data(as_text=True)
    assert f"http://console.test{LINK}" in text
    assert "masih 11 kursi kosong?" in text
    assert "wa.me/?text=" in text
    assert "tersimpan" not in text


def test_seats_that_nobody_confirmed_for_two_weeks_are_asked_about(visits: Visits, house: FakeHouses) -> None:
    def start(said: str | None) -> str:
        batch = {**providers.people.batch(taken=5), "seats_confirmed_at": said}
        house.says("training", "GET /v1/courses/*/batches", {"items": [batch], "next": None})
        return visits.as_("provider").get("/kursus").get_data(as_text=True)

    assert "Masih 11?" in start(None)
    assert "Masih 11?" in start(f"{publics.day(-15)}T00:00:00+00:00")
    assert "Masih 11?" not in start(f"{publics.day(-13)}T00:00:00+00:00")


def test_a_key_is_shown_once_and_kept_by_nothing(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "POST /v1/providers/*/keys", {"id": "k2", "key": KEY, "scopes": []}, status=201)
    answer = press(visits, "/kunci")
    assert answer.headers["Cache-Control"] == "no-store"
    assert KEY in answer.get_data(as_text=True)
    assert KEY not in visits.as_("provider").get("/kunci").get_data(as_text=True)
    assert [one.path for one in house.of("training", "POST *")] == [f"/v1/providers/{PROVIDER}/keys"]
    assert not any(KEY in str(row) for row in visits.memory.rows.values())


def test_two_keys_are_the_most_and_the_house_is_believed(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", "POST /v1/providers/*/keys", 409, "two_keys_live", "Sudah ada dua kunci yang berlaku")
    assert "Sudah ada dua kunci" in press(visits, "/kunci").get_data(as_text=True)
    both = {"items": [providers.key(), providers.key("k8")], "next": None}
    house.says("training", "GET /v1/providers/*/keys", both)
    assert "Buat kunci" not in visits.as_("provider").get("/kunci").get_data(as_text=True)


def test_a_key_is_ended_by_somebody_who_is_sure(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "DELETE /v1/providers/*/keys/*", status=204)
    unsure = press(visits, "/kunci/k7f3a91c/akhiri")
    assert (unsure.status_code, house.of("training", "DELETE *")) == (422, [])
    assert press(visits, "/kunci/k7f3a91c/akhiri", sure="y").status_code == 303
    assert house.of("training", "DELETE *")[0].path == f"/v1/providers/{PROVIDER}/keys/k7f3a91c"
    assert press(visits, "/kunci/..%2f..%2f/akhiri", sure="y").status_code == 404


def test_demand_says_what_is_wanting_and_counts_nobody_twice(visits: Visits, house: FakeHouses) -> None:
    text = visits.as_("provider").get("/permintaan").get_data(as_text=True)
    row = text[text.index("sertifikat kompetensi: ") :]
    for expected in ("perlu satu angkatan lagi", ">62<", "1 lowongan, 60 tempat"):
        assert expected in row, expected


def test_people_are_wanting_a_batch_however_many_seats_are_open(visits: Visits, house: FakeHouses) -> None:
    """They are counted because the batches that there are do not help them."""
    house.says("training", "GET /v1/open-batches", publics.open_batches(publics.open_batch(seats_left=400)))
    assert "perlu satu angkatan lagi" in visits.as_("provider").get("/permintaan").get_data(as_text=True)
    house.says("training", "GET /v1/supply", {**publics.supply(), "demand": []})
    text = visits.as_("provider").get("/permintaan").get_data(as_text=True)
    assert "perlu satu angkatan lagi" not in text and "kurang dari 10" in text


def test_seats_of_a_language_are_not_said_to_be_none(visits: Visits, house: FakeHouses) -> None:
    needed = [{"programme": "LANGUAGE:ko:EPS_TOPIK", "regency": "53.06", "month": publics.day(0)[:7], "count": 12}]
    house.says("training", "GET /v1/supply", {**publics.supply(), "demand": needed})
    for client, path in ((visits.as_("provider"), "/permintaan"), (visits.nobody(), "/capaian/kebutuhan")):
        assert "belum dihitung" in client.get(path).get_data(as_text=True)


def test_a_key_pressed_for_twice_is_made_once(visits: Visits, house: FakeHouses) -> None:
    """The answer is the only page that shows it: a second press must not hide it behind another."""
    house.says("training", "POST /v1/providers/*/keys", {"key": KEY}, status=201)
    client = visits.as_("provider")
    form = {"csrf_token": csrf(client, "/laporkan"), "once": "k-1"}
    assert KEY in client.post("/kunci", data=form).text
    again = client.post("/kunci", data=form, follow_redirects=True)
    assert "hanya ditampilkan sekali" in again.text and KEY not in again.text
    assert len(house.of("training", "POST *keys")) == 1
    assert KEY in client.post("/kunci", data={**form, "once": "k-2"}).text


def test_a_key_that_was_refused_is_not_called_made(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", "POST /v1/providers/*/keys", 409, "two_keys_live", "Sudah ada dua kunci yang berlaku")
    client = visits.as_("provider")
    form = {"csrf_token": csrf(client, "/laporkan"), "once": "k-1"}
    for _ in range(2):
        again = client.post("/kunci", data=form, follow_redirects=True).text
        assert "Sudah ada dua kunci" in again and "hanya ditampilkan sekali" not in again
