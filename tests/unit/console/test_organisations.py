"""The province's pages of organisations, on fake houses: enter one, change only what differs, keys shown once."""

from typing import Any

import pytest

from tests.support.console import companies, organisations, providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed as shown
from tests.support.console.people import ID
from tests.support.console.visits import Visits, post, words_on

PROVIDER, COMPANY, PARTNER = (f"/lembaga/{kind}/{ID}" for kind in ("pelatihan", "perusahaan", "mitra"))
NEW: dict[str, dict[str, str]] = {
    "pelatihan": {"code": "LPK-7", "name": "LPK Contoh", "kind": "LPK", "regency": "53.08", "licence": "IZIN-9",
                  "licence_until": "31/12/2029", "accreditations": "PLRT | 1/1/2025\nLAS | 2 Jan 2025 | 3/4/2028",
                  "active": "y"},
    "perusahaan": {"code": "SIP3MI-9", "name": "PT Contoh", "status": "ACTIVE", "valid_from": "1/5/2024",
                   "snapshot_on": "20/11/2026"},
    "mitra": {"code": "AG-9", "name": "Agensi", "country": "malaysia", "listed": "VIOLENCE",
              "listed_from": "1/2/2026", "source": "Daftar KBRI"},
}  # fmt: skip
SENT: dict[str, dict[str, Any]] = {
    "pelatihan": {"code": "LPK-7", "name": "LPK Contoh", "kind": "LPK", "vin": None, "regency": "53.08",
                  "licence": {"number": "IZIN-9", "from": None, "until": "2029-12-31"},
                  "accreditations": [{"programme": "PLRT", "from": "2025-01-01", "until": None},
                                     {"programme": "LAS", "from": "2025-01-02", "until": "2028-04-03"}],
                  "active": True, "last_verified_on": None},
    "perusahaan": {"sip3mi": "SIP3MI-9", "name": "PT Contoh", "status": "ACTIVE", "valid_from": "2024-05-01",
                   "valid_until": None, "snapshot_on": "2026-11-20"},
    "mitra": {"code": "AG-9", "name": "Agensi", "country": "MYS",
              "listing": {"reason": "VIOLENCE", "from": "2026-02-01", "until": None, "source": "Daftar KBRI"}},
}  # fmt: skip
WHERE = {"pelatihan": ("training", "/v1/providers"), "perusahaan": ("placement", "/v1/companies"),
         "mitra": ("placement", "/v1/foreign-partners")}  # fmt: skip


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    organisations.tell(fakes)
    return fakes


def test_the_reviewer_finds_each_kind_in_the_menu_and_how_it_stands(visits: Visits, house: FakeHouses) -> None:
    reviewer = visits.as_("reviewer")
    assert 'href="/lembaga"' in reviewer.get("/lembaga").text
    for kind, name in (("pelatihan", "BLK Contoh Ende"), ("perusahaan", "PT Karya Contoh"), ("mitra", "Contoh Agency")):
        page = reviewer.get(f"/lembaga?jenis={kind}").text
        assert name in page and f"/lembaga/{kind}/{ID}" in page and f"/lembaga/{kind}/baru" in page


@pytest.mark.parametrize(
    ("kind", "one", "said"),
    [
        ("pelatihan", organisations.provider(active=False), "tidak aktif"),
        ("pelatihan", organisations.provider(licence=None), "izin belum dicatat"),
        ("pelatihan", organisations.provider(licence={"number": "x", "from": None, "until": "2020-01-01"}), "habis"),
        ("perusahaan", organisations.company(valid_until="2020-01-01"), "izinnya habis"),
        ("perusahaan", organisations.company(status="REVOKED"), "dicabut"),
        ("perusahaan", organisations.company(concerns=[ID]), "ditahan karena laporan"),
        ("mitra", organisations.partner(listing=organisations.LISTED, listed=True), "di daftar bermasalah"),
    ],
)
def test_what_is_wrong_with_one_is_said_where_it_is_listed(
    visits: Visits, house: FakeHouses, kind: str, one: dict[str, Any], said: str
) -> None:
    where, path = WHERE[kind]
    house.says(where, f"GET {path}", {"items": [one], "next": "c-2"})
    assert said in words_on(visits.as_("reviewer"), f"/lembaga?jenis={kind}")
    assert f"jenis={kind}&amp;sesudah=c-2" in visits.as_("reviewer").get(f"/lembaga?jenis={kind}").text


@pytest.mark.parametrize("kind", list(NEW))
def test_one_is_entered_as_its_licence_says(visits: Visits, house: FakeHouses, kind: str) -> None:
    where, path = WHERE[kind]
    house.says(where, f"POST {path}", {"id": ID, "version": 1, "name": "Contoh"}, status=201)
    answer = post(visits.as_("reviewer"), f"/lembaga/{kind}/baru", **NEW[kind], once="n-1")
    assert answer.location == f"/lembaga/{kind}/{ID}"
    (sent,) = house.of(where, f"POST {path}")
    assert sent.body == SENT[kind] and sent.headers["idempotency-key"] == "n-1"


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("pelatihan", {"code": ""}, "Isi bagian ini"),
        ("pelatihan", {"accreditations": "PLRT | kapan"}, "tidak terbaca"),
        ("pelatihan", {"licence": ""}, "Isi nomor izinnya juga"),
        ("perusahaan", {"valid_from": "31/2/2024"}, "Ketik tanggal seperti"),
        ("perusahaan", {"status": ""}, "Pilih keadaannya"),
        ("mitra", {"country": "Narnia"}, "tidak dikenal"),
        ("mitra", {"source": ""}, "Isi bagian ini"),
        ("mitra", {"listed": ""}, "Pilih alasannya"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    visits: Visits, house: FakeHouses, kind: str, changes: dict[str, str], said: str
) -> None:
    typed = {**NEW[kind], **changes}
    answer = post(visits.as_("reviewer"), f"/lembaga/{kind}/baru", **typed)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert f'value="{typed["name"]}"' in answer.text and typed[next(iter(changes))] in answer.text
    assert house.of(WHERE[kind][0], f"POST {WHERE[kind][1]}") == []


def test_a_code_that_is_taken_stands_at_the_code(visits: Visits, house: FakeHouses) -> None:
    house.refuses("placement", "POST /v1/companies", 409, "code_taken", "Kode ini sudah dipakai")
    answer = post(visits.as_("reviewer"), "/lembaga/perusahaan/baru", **NEW["perusahaan"])
    assert answer.status_code == 409 and 'href="#code"' in answer.text and "sudah dipakai" in answer.text


@pytest.mark.parametrize(
    ("path", "where", "change", "sent"),
    [
        (PROVIDER, "training", {"active": ""}, {"active": False}),
        (PROVIDER, "training", {"licence": "", "licence_from": "", "licence_until": ""}, {"licence": None}),
        (COMPANY, "placement", {"status": "SUSPENDED"}, {"status": "SUSPENDED"}),
        (PARTNER, "placement", {"listed": "UNPAID_WAGES", "listed_from": "5/1/2026", "source": "Daftar KBRI"},
         {"listing": organisations.LISTED}),
    ],
)  # fmt: skip
def test_only_what_differs_is_sent_about_the_version_that_was_read(
    visits: Visits, house: FakeHouses, path: str, where: str, change: dict[str, str], sent: dict[str, Any]
) -> None:
    house.says(where, "PATCH *", {"version": 9})
    reviewer = visits.as_("reviewer")
    typed = {name: value for name, value in {**shown(reviewer.get(path).text, path), **change}.items() if value}
    assert post(reviewer, path, **typed).location == path
    (one,) = house.of(where, "PATCH *")
    assert one.body == sent and one.headers["if-match"]


def test_nothing_changed_sends_nothing(visits: Visits, house: FakeHouses) -> None:
    reviewer = visits.as_("reviewer")
    for path, where in ((PROVIDER, "training"), (COMPANY, "placement"), (PARTNER, "placement")):
        typed = {name: value for name, value in shown(reviewer.get(path).text, path).items() if value}
        assert post(reviewer, path, **typed).location == path
        assert house.of(where, "PATCH *") == []
        assert "Tidak ada yang berubah" in words_on(reviewer, path)


def test_what_somebody_else_changed_meanwhile_is_shown_and_not_written_over(visits: Visits, house: FakeHouses) -> None:
    reviewer = visits.as_("reviewer")
    typed = {**shown(reviewer.get(COMPANY).text, COMPANY), "status": "SUSPENDED"}
    house.says("placement", "GET /v1/companies/*", organisations.company(version=4, status="REVOKED"))
    answer = post(reviewer, COMPANY, **typed)
    assert answer.status_code == 409 and "Diubah di tempat lain menjadi: Dicabut" in answer.text
    assert house.of("placement", "PATCH *") == []


def test_a_key_of_a_company_is_shown_once_and_ended_at_once(visits: Visits, house: FakeHouses) -> None:
    house.says("placement", "POST *keys", {"id": "k1", "key": "lk_RAHASIASEKALI", "scopes": []}, status=201)
    house.says("placement", "DELETE *", None, status=204)
    reviewer, page = visits.as_("reviewer"), f"{COMPANY}/kunci"
    assert page in reviewer.get(COMPANY).text and "/kunci" not in reviewer.get(PARTNER).text
    assert "lk_RAHASIASEKALI" in post(reviewer, page, once="n-1").text
    assert "RAHASIASEKALI" not in reviewer.get(page).text
    assert post(reviewer, page, once="n-1").location == page, "pressed twice it makes no second one"
    assert len(house.of("placement", "POST *keys")) == 1
    key = providers.key()["id"]
    assert "Centang dulu" in post(reviewer, f"{page}/{key}/akhiri").text
    assert post(reviewer, f"{page}/{key}/akhiri", sure="y").location == page
    assert [one.path for one in house.of("placement", "DELETE *")] == [f"/v1/companies/{ID}/keys/{key}"]


def test_a_company_ends_its_own_key_and_asks_the_province_for_a_new_one(visits: Visits, house: FakeHouses) -> None:
    companies.tell(house)
    company = visits.as_("company")
    assert 'href="/kunci"' in company.get("/lowongan-kami").text
    read = company.get("/kunci").text
    assert providers.key()["id"] in read and "Buat kunci" not in read and "minta kepada peninjau" in read
    assert post(company, "/kunci").status_code == 403
    house.says("placement", "DELETE *", None, status=204)
    assert post(company, f"/kunci/{providers.key()['id']}/akhiri", sure="y").location == "/kunci"
    own = "0f0f0f0f-0000-4000-8000-000000000001"
    assert house.of("placement", "DELETE *")[0].path == f"/v1/companies/{own}/keys/{providers.key()['id']}"


def test_only_who_may_enter_organisations_comes_here(visits: Visits, house: FakeHouses) -> None:
    for role in ("officer", "supervisor", "provider", "company", "operator", "manager"):
        for path in ("/lembaga", "/lembaga/mitra/baru", COMPANY, f"{COMPANY}/kunci"):
            assert visits.as_(role).get(path).status_code == 403, (role, path)
    assert visits.as_("reviewer").get("/lembaga/yayasan/baru").status_code == 404
    assert visits.as_("reviewer").get(f"{PARTNER}/kunci").status_code == 404


def test_a_house_that_is_silent_is_named_and_what_was_typed_is_kept(visits: Visits, house: FakeHouses) -> None:
    house.silence("placement")
    reviewer = visits.as_("reviewer")
    assert "tidak menjawab" in words_on(reviewer, "/lembaga?jenis=perusahaan")
    assert reviewer.get(COMPANY).status_code == 503
    kept = post(reviewer, "/lembaga/perusahaan/baru", **NEW["perusahaan"])
    assert kept.status_code == 503 and "PT Contoh" in kept.text
