"""P5: who was there, by name where the person agreed, on fake houses; and referrals answered by name."""

from typing import Any

import pytest

from tests.support.console import providers, publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.providers import NAME, OTHER
from tests.support.console.visits import Visits, csrf

PAGE = f"/angkatan/{BATCH}/hadir"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    providers.tell(fakes)
    fakes.says("training", "GET /v1/batches/*", providers.running())
    fakes.says("training", "GET /v1/batches/*/attendance", providers.attendance())
    return fakes


def text_of(visits: Visits, path: str) -> str:
    answer = visits.as_("provider").get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def press(visits: Visits, **data: Any) -> Any:
    client = visits.as_("provider")
    return client.post(PAGE, data={"csrf_token": csrf(client), "once": "1", **data})


def test_by_name_with_consent_and_by_number_without(visits: Visits, house: FakeHouses) -> None:
    text = text_of(visits, PAGE)
    assert NAME in text
    assert f"Rujukan {OTHER[-6:].upper()}" in text and "nama tidak dibagikan" in text
    assert "2 dari 2 hari" in text and "dicatat tidak hadir" in text
    looks = house.of("registry", "GET /v1/contacts")
    assert len(looks) == 1  # one look for the whole class


def test_what_stands_on_the_page_is_recorded_and_nobody_else(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "PUT *", providers.attendance())
    answer = press(visits, day=publics.day(-1), shown=[BATCH, OTHER], present=[BATCH, "someone-else"])
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?tanggal={publics.day(-1)}")
    assert house.of("training", "PUT *")[0].body == {"day": publics.day(-1), "present": [BATCH], "absent": [OTHER]}


@pytest.mark.parametrize("typed", ["8/12/2026x", "besok", "32/1/2026"])
def test_a_day_that_cannot_be_read_says_how_to_type_it(visits: Visits, house: FakeHouses, typed: str) -> None:
    assert "Ketik tanggal seperti" in text_of(visits, f"{PAGE}?tanggal={typed}")
    assert press(visits, day=typed, shown=[BATCH]).status_code == 422
    assert house.of("training", "PUT *") == []


def test_a_day_is_read_as_people_write_it(visits: Visits, house: FakeHouses) -> None:
    text_of(visits, f"{PAGE}?tanggal=8 Desember 2026")
    assert house.of("training", "GET /v1/batches/*/attendance")[0].params["day"] == "2026-12-08"


@pytest.mark.parametrize("days", [-4, 1, 31])
def test_a_day_that_is_none_of_the_batch_cannot_be_ticked(visits: Visits, house: FakeHouses, days: int) -> None:
    text = text_of(visits, f"{PAGE}?tanggal={publics.day(days)}")
    assert "Simpan daftar hadir" not in text and "bukan hari angkatan" in text


def test_a_batch_that_has_not_begun_can_be_printed_and_not_ticked(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/batches/*", providers.people.batch())
    house.says("training", "GET /v1/batches/*/attendance", providers.attendance())
    text = text_of(visits, PAGE)
    assert "sudah bisa dicetak" in text and NAME in text and "Simpan daftar hadir" not in text
    assert "day" not in house.of("training", "GET /v1/batches/*/attendance")[-1].params


def test_without_the_registry_the_list_still_works_by_number(visits: Visits, house: FakeHouses) -> None:
    house.silence("registry")
    text = text_of(visits, PAGE)
    assert f"Rujukan {BATCH[-6:].upper()}" in text and "tidak menjawab" in text and "Simpan daftar hadir" in text


def test_what_the_house_refuses_stands_on_the_page(visits: Visits, house: FakeHouses) -> None:
    wrong = [{"pointer": "/day", "code": "x", "message": "Pilih hari dari 1 sampai 2.", "fix": ""}]
    house.refuses("training", "PUT *", 422, "invalid", "Tidak bisa", errors=wrong)
    answer = press(visits, day=publics.day(-1), shown=[BATCH])
    assert answer.status_code == 422 and "Pilih hari dari 1 sampai 2." in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/rujukan-masuk", f"/rujukan-masuk/{BATCH}"])
def test_a_referral_is_answered_by_name_with_consent(visits: Visits, fakes: FakeHouses, path: str) -> None:
    providers.tell(fakes)
    assert NAME in text_of(visits, path)
    fakes.says("registry", "GET /v1/contacts", {"items": [], "next": None})
    fakes.refuses("registry", "GET /v1/contacts/*", 403, "not_shared", "Belum dibagikan")
    text = text_of(visits, path)
    assert NAME not in text and "tidak dibagikan" in text and f"Rujukan {BATCH[-6:].upper()}" in text
    assert not any(NAME in one.path or ID not in str(one.params) for one in fakes.of("registry", "GET /v1/contacts"))


def test_two_tabs_fill_one_list_and_neither_takes_the_other_s_ticks_away(visits: Visits, house: FakeHouses) -> None:
    """What was left as it stood is not sent: somebody else may have changed it since."""
    house.says("training", "PUT *attendance", providers.attendance())
    day, second = publics.day(-1), str(OTHER)
    stood = [f"{BATCH}:1", f"{second}:-"]
    assert press(visits, day=day, shown=[BATCH, second], present=[BATCH], was=stood).status_code == 303
    assert press(visits, day=day, shown=[BATCH, second], present=[second], was=stood).status_code == 303
    first, other = (one.body for one in house.of("training", "PUT *attendance"))
    assert (first["present"], first["absent"]) == ([], [second])
    assert (other["present"], other["absent"]) == ([second], [BATCH])
    assert press(visits, day=day, shown=[BATCH], present=[BATCH], was=[f"{BATCH}:1"]).status_code == 303
    assert len(house.of("training", "PUT *attendance")) == 2, "nothing was changed"
    for odd in ("x", ":", f"{BATCH}:9"):
        assert press(visits, day=day, shown=[BATCH], present=[BATCH], was=[odd]).status_code == 303


def test_ticks_stay_when_the_house_refuses(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", "PUT *attendance", 422, "invalid", "Hari ini belum tiba")
    text = press(visits, day=publics.day(-2), shown=[BATCH, OTHER], present=[OTHER]).text
    assert f'value="{OTHER}" checked' in text and f'value="{BATCH}" checked' not in text
