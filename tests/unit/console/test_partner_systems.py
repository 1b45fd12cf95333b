"""Partner systems, on fake houses: what was agreed, endpoints, samples, secrets shown once, and the log."""

from typing import Any

import pytest

from tests.support.console import providers, systems
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed as shown
from tests.support.console.people import ID, ORDER
from tests.support.console.systems import FAILED, SECRET
from tests.support.console.visits import Visits, post, words_on

PARTNER, NEW, ENDPOINT = f"/mitra/{ID}", f"/mitra/{ID}/langganan-baru", f"/mitra/langganan/{ID}"
AGREED = {"code": "kaltara", "name": "Kaltara", "kind": "TRANSIT_PROVINCE", "legal_basis": "PKS 12/2026",
          "contact": "piket@example.go.id", "event_types": "departure.announced", "regions": "65\nFlores Timur",
          "payload_level": "MINIMAL", "valid_until": "31/12/2027"}  # fmt: skip
HEARS = {"url": "https://mitra.example.go.id/lumbung", "regions": "", "payload_level": "MINIMAL", "note": "cadangan"}


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    systems.tell(fakes)
    return fakes


def test_what_fails_stands_on_top_and_says_since_when(visits: Visits, house: FakeHouses) -> None:
    manager = visits.as_("manager")
    assert 'href="/mitra"' in manager.get("/kelola-capaian").text
    read = words_on(manager, "/mitra")
    assert read.index("gagal sejak") < read.index("berjalan") and "12 peristiwa belum dilihat" in read
    page = manager.get("/mitra").text
    assert PARTNER in page and ENDPOINT in page and f"/mitra/langganan/{ORDER}" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "PAUSED"}, "dijeda"),
        ({"status": "DISABLED", "reason": "GONE"}, "server menjawab 410"),
        ({"status": "DISABLED", "reason": "FAILING"}, "lima hari gagal"),
        ({"status": "CLOSED"}, "ditutup"),
    ],
)
def test_an_endpoint_says_how_it_stands(visits: Visits, house: FakeHouses, changes: dict[str, Any], said: str) -> None:
    systems.tell(house, one=systems.endpoint(**changes))
    read = words_on(visits.as_("manager"), ENDPOINT)
    assert said in read
    assert ("Kirim contoh" in read) is (changes["status"] != "CLOSED")
    assert ("Lanjutkan dari tempatnya" in read) is (changes["status"] in ("PAUSED", "DISABLED"))


def test_a_partner_is_entered_as_was_agreed(visits: Visits, house: FakeHouses) -> None:
    house.says("partners", "POST /v1/organisations", systems.partner(), status=201)
    assert post(visits.as_("manager"), "/mitra/baru", **AGREED, once="n-1").location == PARTNER
    (sent,) = house.of("partners", "POST /v1/organisations")
    assert sent.body == {
        **{name: AGREED[name] for name in ("code", "name", "kind", "legal_basis", "contact", "payload_level")},
        "event_types": ["departure.announced"],
        "regions": ["65", "53.06"],
        "provider_id": None,
        "valid_until": "2027-12-31",
    }
    assert sent.headers["idempotency-key"] == "n-1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact": "piket"}, "Ketik alamat surel"),
        ({"kind": ""}, "Isi bagian ini"),
        ({"kind": "PROVIDER"}, "Pilih lembaganya"),
        ({"regions": "Atlantis"}, "tidak dikenal"),
        ({"valid_until": "besok"}, "Ketik tanggal seperti"),
    ],
)
def test_what_cannot_be_agreed_is_said_and_stays(
    visits: Visits, house: FakeHouses, changes: dict[str, str], said: str
) -> None:
    answer = post(visits.as_("manager"), "/mitra/baru", **{**AGREED, **changes})
    assert (answer.status_code, said in answer.text) == (422, True)
    again = shown(answer.text, "/mitra/baru")
    assert again["legal_basis"] == "PKS 12/2026" and again["event_types"] == "departure.announced"
    assert all(again[name] == value for name, value in changes.items())
    assert house.of("partners", "POST *") == []


def test_a_partner_is_suspended_and_nothing_else_of_it_changes(visits: Visits, house: FakeHouses) -> None:
    house.says("partners", "PATCH *", systems.partner(version=4))
    manager = visits.as_("manager")
    typed = shown(manager.get(PARTNER).text, PARTNER, status="SUSPENDED")
    assert "Flores Timur" in typed["regions"] and "Alamat dihentikan." in manager.get(PARTNER).text
    assert post(manager, PARTNER, **{name: value for name, value in typed.items() if value}).location == PARTNER
    (sent,) = house.of("partners", "PATCH *")
    assert (sent.body, sent.headers["if-match"]) == ({"status": "SUSPENDED"}, '"3"')


def test_what_somebody_else_agreed_meanwhile_is_not_written_over(visits: Visits, house: FakeHouses) -> None:
    manager = visits.as_("manager")
    typed = shown(manager.get(PARTNER).text, PARTNER, name="Kaltara")
    house.says("partners", "GET /v1/organisations/*", systems.partner(version=4, name="Kalimantan Utara"))
    answer = post(manager, PARTNER, **{name: value for name, value in typed.items() if value})
    assert answer.status_code == 409 and "Diubah di tempat lain menjadi: Kalimantan Utara" in answer.text
    assert house.of("partners", "PATCH *") == []


def test_a_new_endpoint_shows_its_secret_once(visits: Visits, house: FakeHouses) -> None:
    made = {**systems.endpoint(), "secret": SECRET}
    house.says("partners", "POST /v1/subscriptions", made, status=201)
    manager = visits.as_("manager")
    assert SECRET in post(manager, NEW, **HEARS, once="n-1").text
    (sent,) = house.of("partners", "POST /v1/subscriptions")
    assert sent.body == {**HEARS, "regions": [], "event_types": [], "organisation_id": ID}
    assert SECRET not in manager.get(ENDPOINT).text
    house.says("partners", "POST /v1/subscriptions", systems.endpoint(), status=201)
    assert post(manager, NEW, **HEARS, once="n-1").location == ENDPOINT
    assert "putar rahasianya" in words_on(manager, ENDPOINT)


def test_an_address_that_cannot_be_stands_at_its_field_as_the_house_says_it(visits: Visits, house: FakeHouses) -> None:
    wrong = [{"pointer": "/url", "code": "not_https", "message": "Alamat harus https.", "fix": "Awali dengan https."}]
    house.refuses("partners", "POST /v1/subscriptions", 422, "invalid", "Tidak bisa", errors=wrong)
    answer = post(visits.as_("manager"), NEW, **{**HEARS, "url": "http://mitra.example.go.id"})
    assert answer.status_code == 422 and 'href="#url"' in answer.text and "Awali dengan https." in answer.text
    assert "http://mitra.example.go.id" in answer.text
    assert "Isi bagian ini" in post(visits.as_("manager"), NEW, **{**HEARS, "url": ""}).text


@pytest.mark.parametrize(
    ("came", "said"),
    [
        ({"delivered": True, "status": 204, "trouble": None, "text": None, "ms": 71, "answer": ""}, "diterima, 71 ms"),
        (
            {"delivered": False, "status": None, "trouble": "timed_out", "ms": 15000, "answer": "",
             "text": {"id": "Server tidak menjawab dalam 15 detik.", "en": "No answer."}},
            "Server tidak menjawab dalam 15 detik.",
        ),
    ],
)  # fmt: skip
def test_a_sample_is_sent_now_and_says_what_came_of_it(
    visits: Visits, house: FakeHouses, came: dict[str, Any], said: str
) -> None:
    house.says("partners", "POST *test", came)
    answer = post(visits.as_("manager"), f"{ENDPOINT}/uji", type="course.published")
    assert answer.status_code == 200 and said in " ".join(answer.text.split())
    assert house.of("partners", "POST *test")[0].body == {"type": "course.published"}
    assert post(visits.as_("manager"), f"{ENDPOINT}/uji", type="").status_code == 422


def test_a_secret_is_rotated_and_shown_once(visits: Visits, house: FakeHouses) -> None:
    until = systems.endpoint()["created_at"]
    house.says("partners", "POST *rotate", {"secret": SECRET, "old_until": until})
    manager = visits.as_("manager")
    answer = post(manager, f"{ENDPOINT}/putar", keep_hours="0", once="n-1")
    assert SECRET in answer.text and "masih ikut menandatangani" in answer.text
    assert house.of("partners", "POST *rotate")[0].body == {"keep_hours": 0}
    assert post(manager, f"{ENDPOINT}/putar", keep_hours="0", once="n-1").location == ENDPOINT
    assert len(house.of("partners", "POST *rotate")) == 1
    assert all(SECRET not in str(row) for row in visits.memory.rows.values()), "kept nowhere"


def test_the_log_says_every_try_and_sends_again_one_or_all_that_failed(visits: Visits, house: FakeHouses) -> None:
    house.says("partners", "POST *redeliver", {"queued": 3, "more": False, "next_since": None})
    manager = visits.as_("manager")
    read = words_on(manager, f"{ENDPOINT}?keadaan=FAILED")
    assert "server menolak kiriman" in read and "HTTP 500" in read and "oops" in read
    assert house.of("partners", "GET /v1/deliveries")[-1].params["state"] == "FAILED"
    assert post(manager, f"{ENDPOINT}/kirim-ulang", delivery=FAILED).location == f"{ENDPOINT}#log"
    assert post(manager, f"{ENDPOINT}/kirim-ulang").location == f"{ENDPOINT}#log"
    one, everything = house.of("partners", "POST *redeliver")
    assert one.path == f"/v1/deliveries/{FAILED}:redeliver"
    assert (everything.path, everything.body) == ("/v1/deliveries:redeliver", {"subscription_id": ID})
    for foreign in (f"{ORDER}.41", "x", f"{ID}.41/../.."):
        assert post(manager, f"{ENDPOINT}/kirim-ulang", delivery=foreign).status_code == 404
    assert len(house.of("partners", "POST *redeliver")) == 2


def test_pause_go_on_and_close_are_about_what_was_seen(visits: Visits, house: FakeHouses) -> None:
    house.says("partners", "PATCH *", systems.endpoint(version=6))
    house.says("partners", "DELETE *", None, status=204)
    manager = visits.as_("manager")
    assert post(manager, f"{ENDPOINT}/jeda", stood="ACTIVE").location == ENDPOINT
    assert post(manager, f"{ENDPOINT}/lanjut", stood="PAUSED").location == ENDPOINT, "it runs already"
    assert [one.body for one in house.of("partners", "PATCH *")] == [{"status": "PAUSED"}]
    assert post(manager, f"{ENDPOINT}/jeda", stood="DISABLED").status_code == 409
    assert "Centang dulu" in post(manager, f"{ENDPOINT}/tutup", version="5").text
    assert post(manager, f"{ENDPOINT}/tutup", version="5", close="y").location == ENDPOINT
    assert house.of("partners", "DELETE *")[0].headers["if-match"] == '"5"'
    systems.tell(house, one=systems.endpoint(status="CLOSED"))
    assert post(manager, f"{ENDPOINT}/tutup", version="5", close="y").location == ENDPOINT
    assert len(house.of("partners", "DELETE *")) == 1


def test_an_endpoint_changes_only_what_differs(visits: Visits, house: FakeHouses) -> None:
    house.says("partners", "PATCH *", systems.endpoint(version=6))
    manager = visits.as_("manager")
    typed = shown(manager.get(ENDPOINT).text, ENDPOINT, note="utama")
    assert post(manager, ENDPOINT, **{name: value for name, value in typed.items() if value}).location == ENDPOINT
    assert [one.body for one in house.of("partners", "PATCH *")] == [{"note": "utama"}]


def test_a_key_of_a_partner_is_shown_once(visits: Visits, house: FakeHouses) -> None:
    house.says("partners", "POST *keys", {"id": "k1", "key": SECRET, "scopes": []}, status=201)
    manager, page = visits.as_("manager"), f"{PARTNER}/kunci"
    assert providers.key()["id"] in manager.get(page).text
    assert SECRET in post(manager, page, once="n-1").text and SECRET not in manager.get(page).text


def test_only_who_signs_agreements_comes_here_and_a_silent_house_is_named(visits: Visits, house: FakeHouses) -> None:
    for role in ("officer", "supervisor", "reviewer", "provider", "operator"):
        for path in ("/mitra", "/mitra/baru", PARTNER, ENDPOINT, NEW, f"{PARTNER}/kunci"):
            assert visits.as_(role).get(path).status_code == 403, (role, path)
    house.silence("partners")
    manager = visits.as_("manager")
    assert "tidak menjawab" in words_on(manager, "/mitra")
    assert manager.get(ENDPOINT).status_code == 503
    kept = post(manager, "/mitra/baru", **AGREED)
    assert kept.status_code == 503 and "PKS 12/2026" in kept.text
