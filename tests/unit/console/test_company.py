"""The company's pages on fake houses: findings with their field, applicants by name only with consent, lawful steps."""

from typing import Any

import httpx
import pytest

from tests.support.console import companies, people
from tests.support.console.companies import BATCH, NAME, ORDER, PHONE
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits, csrf

HOME, ONE, APPLICANT = "/lowongan-kami", f"/lowongan-kami/{ORDER}", f"/pelamar/{BATCH}"
TYPED = {
    "code": "JO-1", "title_id": "Perawat lansia", "country": "TWN", "isco08": "5322", "employer": "HOUSEHOLD",
    "currency": "TWD", "wage": "20000", "closes_on": "31/12/2198", "payer_TRAINING": "CANDIDATE",
}  # fmt: skip


def text_of(visits: Visits, path: str) -> str:
    answer = visits.as_("company").get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def press(visits: Visits, path: str, **data: Any) -> Any:
    client = visits.as_("company")
    return client.post(path, data={"csrf_token": csrf(client), "once": "1", **data})


def test_its_orders_are_the_companys_start(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes, one_order=companies.order("UNLAWFUL"))
    assert visits.as_("company").get("/").location == HOME
    text = text_of(visits, HOME)
    assert "1 pelamar menunggu jawaban Anda" in text
    assert "melanggar aturan; lihat yang harus diubah" in text
    fakes.silence("placement")
    assert "tidak menjawab" in text_of(visits, HOME)


def test_a_finding_names_its_field_and_what_to_change(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes, one_order=companies.order("UNLAWFUL"))
    text = text_of(visits, ONE)
    assert "Isian: biaya" in text
    assert "Hapus biaya pelatihan dari calon." in text
    assert "kuota 60: 2 dipesan, 3 terisi, 55 tersisa" in text


@pytest.mark.parametrize("shared", [True, False])
def test_a_name_stands_where_the_person_agreed_to_it(visits: Visits, fakes: FakeHouses, shared: bool) -> None:
    companies.tell(fakes, shared=shared)
    for path in (ONE, APPLICANT):
        text = text_of(visits, path)
        assert (NAME in text) is shared
    assert (PHONE in text) is shared
    assert ("belum menyetujuinya" in text) is not shared


def test_when_the_registry_is_silent_the_applicant_can_still_be_answered(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fakes.silence("registry")
    text = text_of(visits, APPLICANT)
    assert "tidak menjawab" in text
    assert "Pilih pelamar ini" in text


@pytest.mark.parametrize(
    ("outcome", "state", "may"),
    [("LAWFUL", "APPLIED", True), ("UNLAWFUL", "STOPPED", False), ("UNKNOWN", "APPLIED", False)],
)
def test_only_a_lawful_applicant_can_be_chosen(
    visits: Visits, fakes: FakeHouses, outcome: str, state: str, may: bool
) -> None:
    stopped = "APPLIED" if state == "STOPPED" else None
    companies.tell(fakes, application=people.application(outcome, state=state, stopped_at=stopped))
    text = text_of(visits, APPLICANT)
    assert ("Pilih pelamar ini" in text) is may
    assert ("Ikuti ujiannya" in text) is not may, "the way out"
    assert ("Lanjut sendiri begitu sebabnya hilang" in text) is (state == "STOPPED")
    assert "Tidak menerima pelamar ini" in text


def test_choosing_is_sent_about_the_version_that_was_read(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fakes.says("placement", "PATCH /v1/applications/*", people.application(state="SELECTED"))
    assert press(visits, f"{APPLICANT}/SELECTED").status_code == 303
    sent = fakes.of("placement", "PATCH *")[0]
    assert (sent.body, sent.headers["if-match"]) == ({"state": "SELECTED"}, '"1"')
    assert press(visits, f"{APPLICANT}/AGREED").status_code == 404, "an officer records that"
    fakes.refuses("placement", "PATCH *", 409, "not_lawful", "Melanggar aturan")
    refused = press(visits, f"{APPLICANT}/SELECTED")
    assert refused.status_code == 409
    assert "Melanggar aturan" in refused.get_data(as_text=True)


def test_an_order_is_published_as_it_was_typed(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fakes.says("placement", "POST /v1/job-orders", companies.order(), status=201)
    assert press(visits, f"{HOME}/baru", **TYPED).location == ONE
    sent = fakes.of("placement", "POST /v1/job-orders")[0].body
    assert sent["wage"] == {"amount": 20000, "currency": "TWD"}
    assert sent["title"] == {"id": "Perawat lansia", "en": "Perawat lansia"}
    assert sent["closes_on"] == "2198-12-31"
    assert sent["costs"] == [{"item": "TRAINING", "payer": "CANDIDATE", "amount": None}]
    assert sent["sip2mi"] is None and sent["scheme"] is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title_id": ""}, "Judul: Isi bagian ini."),
        ({"closes_on": ""}, "Ketik tanggal tutup."),
        ({"closes_on": "besok"}, "Ketik tanggal seperti 8/12/2026"),
        ({"wage": "dua juta"}, "Ada yang perlu diperbaiki"),
        ({"country": "XXX"}, "Ada yang perlu diperbaiki"),
        ({"permit": "SIP-1"}, "SIP2MI berlaku sejak: Isi juga ini; SIP2MI dikirim lengkap."),
        ({"permit_until": "1/1/2199", "quota": "4"}, "Nomor SIP2MI: Isi juga ini; SIP2MI dikirim lengkap."),
    ],
)
def test_what_was_typed_stays_and_what_is_wrong_is_said(
    visits: Visits, fakes: FakeHouses, changed: dict[str, str], said: str
) -> None:
    companies.tell(fakes)
    answer = press(visits, f"{HOME}/baru", **{**TYPED, **changed})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in text
    assert "JO-1" in text
    assert fakes.of("placement", "POST *") == []


def test_a_refusal_of_the_house_stands_at_its_field(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fault = {"pointer": "/sip2mi/quota", "code": "x", "message": "Kuota terlalu besar.", "fix": "Ketik 60."}
    fakes.refuses("placement", "POST /v1/job-orders", 422, "invalid", "Tidak sah", errors=[fault])
    text = press(visits, f"{HOME}/baru", **TYPED).get_data(as_text=True)
    assert '<a href="#quota">Kuota terlalu besar. Ketik 60.</a>' in text


def test_a_change_keeps_what_the_form_does_not_show(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fakes.says("placement", "PATCH /v1/job-orders/*", companies.order())
    assert "20000" not in text_of(visits, f"{ONE}/ubah")
    assert press(visits, f"{ONE}/ubah", **TYPED).status_code == 422, "of no version"
    assert press(visits, f"{ONE}/ubah", version="2", **TYPED).status_code == 303
    sent = fakes.of("placement", "PATCH *")[0]
    assert sent.headers["if-match"] == '"2"'
    assert "code" not in sent.body and "requirements" not in sent.body
    assert {one["item"] for one in sent.body["costs"]} == {"WORK_VISA", "TRAINING"}


def test_an_order_is_closed_with_a_reason(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fakes.says("placement", "POST *close", companies.order(status="CLOSED"))
    assert press(visits, f"{ONE}/tutup", version="2").status_code == 422
    assert press(visits, f"{ONE}/tutup", version="2", reason="FILLED").status_code == 303
    assert fakes.of("placement", "POST *close")[0].body == {"reason": "FILLED"}


def test_a_name_on_a_later_page_is_found(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)

    def page(asked: Any) -> Any:
        if "after" in asked.params:
            return httpx.Response(200, json={"items": [companies.contact()], "next": None})
        return httpx.Response(200, json={"items": [companies.contact(id="x", full_name="Orang Lain")], "next": "x"})

    fakes.says("registry", "GET /v1/contacts", page)
    text = text_of(visits, ONE)
    assert NAME in text and "Orang Lain" not in text
