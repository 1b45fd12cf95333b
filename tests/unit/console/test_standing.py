"""What holds an application up now, what its next step needs, and what comes later: the same for all who look at it."""

from typing import Any

import pytest

from tests.support.console import companies, people, supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits, post, words_on
from tests.unit.console.test_kept_form import fields

APPLICATION, APPLICANT = f"/lamaran/{BATCH}", f"/pelamar/{BATCH}"


def judged(state: str, *, answered: bool = False, current: bool = True) -> dict[str, Any]:
    """Not known: one rule that decides now, one paper of the agreement, one of the departure."""
    found = people.application("UNKNOWN", state=state, reserved=True)
    (rule,) = found["judgement"]["rules"]
    papers = [
        {**rule, "rule": "FAMILY_CONSENT", "stage": "AGREEMENT", "text": {"id": "Izin keluarga belum diperiksa."}},
        {**rule, "rule": "PASSPORT", "stage": "DEPARTURE", "text": {"id": "Paspor belum diperiksa."}},
    ]
    found["judgement"] = {
        **found["judgement"],
        "rules": [{**rule, "overridden": answered}, *papers],
        "current": current,
    }
    return found


@pytest.fixture
def as_(visits: Visits, fakes: FakeHouses) -> Any:
    people.tell(fakes)
    supervisors.tell(fakes)
    companies.tell(fakes)
    return visits.as_


@pytest.mark.parametrize(("role", "path"), [("officer", APPLICATION), ("company", APPLICANT)])
def test_what_waits_now_is_told_from_papers_of_later_steps(as_: Any, fakes: FakeHouses, role: str, path: str) -> None:
    fakes.says("placement", "GET /v1/applications/*", judged("APPLIED"))
    read = words_on(as_(role), path)
    assert "menunggu: ada yang belum diketahui" in read and "2 surat untuk langkah sesudahnya" in read
    fakes.says("placement", "GET /v1/applications/*", judged("APPLIED", answered=True))
    read = words_on(as_(role), path)
    assert "boleh dilanjutkan" in read, "a supervisor answered for what held it up"
    assert "Belum ada sertifikat" not in read
    assert ("Pilih pelamar ini" if role == "company" else "Perusahaan memilih calon ini") in read


def test_the_next_step_names_the_papers_it_needs_and_is_offered_with_them(as_: Any, fakes: FakeHouses) -> None:
    fakes.says("placement", "GET /v1/applications/*", judged("SELECTED", answered=True))
    read = words_on(as_("officer"), APPLICATION)
    assert "Surat untuk langkah berikutnya" in read and "Izin keluarga belum diperiksa." in read
    assert "1 surat untuk langkah sesudahnya" in read and "lengkapi dulu surat" in read
    assert "boleh dilanjutkan" not in read, "not before its papers are there"
    assert f"/calon/{ID}/syarat/FAMILY_CONSENT" in as_("officer").get(APPLICATION).text, "where it is recorded"
    assert "Perjanjian ditandatangani di depan petugas" not in read
    there = judged("SELECTED", answered=True)
    there["judgement"]["rules"].pop(1)
    fakes.says("placement", "GET /v1/applications/*", there)
    assert "Perjanjian ditandatangani di depan petugas" in words_on(as_("officer"), APPLICATION)


def test_a_supervisor_reads_only_what_holds_it_up(as_: Any, fakes: FakeHouses) -> None:
    fakes.says("placement", "GET /v1/applications", {"items": [judged("SELECTED")], "next": None})
    read = words_on(as_("supervisor"), "/pengawas")
    assert "Belum ada sertifikat kompetensi." in read and "Izin keluarga" not in read and "Paspor" not in read
    fakes.says("placement", "GET /v1/applications", {"items": [judged("SELECTED", answered=True)], "next": None})
    assert f"/lamaran/{BATCH}" not in as_("supervisor").get("/pengawas").text


def test_while_it_is_judged_again_nothing_old_is_shown(as_: Any, fakes: FakeHouses) -> None:
    fakes.says("placement", "GET /v1/applications/*", judged("APPLIED", current=False))
    for role, path in (("officer", APPLICATION), ("company", APPLICANT)):
        read = words_on(as_(role), path)
        assert "sedang diperiksa" in read and "Muat ulang" in read and "sertifikat kompetensi" not in read


def test_findings_of_an_order_are_told_once_each_with_every_law_and_the_cost(as_: Any, fakes: FakeHouses) -> None:
    order = companies.order(
        "UNLAWFUL", costs=[{"item": item, "payer": "CANDIDATE"} for item in ("TRAINING", "WORK_VISA")]
    )
    (rule,) = order["judgement"]["rules"]
    laws = ({"instrument": "UU 18/2017", "article": "30"}, {"instrument": "Peraturan BP2MI 9/2020", "article": "3"})
    order["judgement"]["rules"] = [
        {**rule, "field": f"/costs/{at}", "legal_basis": law} for law in laws for at in (0, 1)
    ]
    fakes.says("placement", "GET /v1/job-orders/*", order)
    for role, path in (("company", f"/lowongan-kami/{order['id']}"), ("reviewer", f"/tinjau/lowongan/{order['id']}")):
        read = words_on(as_(role), path)
        assert read.count("Isian: biaya: pelatihan") == read.count("Isian: biaya: visa kerja") == 1, role
        assert read.count("UU 18/2017 30; Peraturan BP2MI 9/2020 3") == 2, role
        order["judgement"]["current"] = False
        assert "Isian: biaya" not in words_on(as_(role), path), "what was found before the last change"
        order["judgement"]["current"] = True


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"company": {"status": "SUSPENDED"}}, "Izin perusahaan sedang tidak berlaku"),
        ({"stopped_by_law": True}, "Aturan menghentikannya"),
        ({}, "Ada laporan yang dibenarkan"),
    ],
)
def test_a_suspended_order_says_why(as_: Any, fakes: FakeHouses, changes: dict[str, Any], said: str) -> None:
    order = companies.order(status="SUSPENDED", **changes)
    fakes.says("placement", "GET /v1/job-orders/*", order)
    assert said in words_on(as_("company"), f"/lowongan-kami/{order['id']}")


@pytest.mark.parametrize("typed", ["20.000", "20,000", "20 000", "Rp 20.000", "Rp20.000,00", "20000", "Rp.20.000,-"])
def test_a_wage_is_typed_as_people_write_it(as_: Any, fakes: FakeHouses, typed: str) -> None:
    fakes.says("placement", "POST /v1/job-orders", companies.order(), status=201)
    written = "IDR" if typed.startswith("Rp") else "TWD"
    form = {
        "code": "JO-1", "title_id": "Perawat", "country": "TWN", "isco08": "5322", "employer": "HOUSEHOLD",
        "currency": written, "wage": typed, "closes_on": "31/12/2198",
    }  # fmt: skip
    assert post(as_("company"), "/lowongan-kami/baru", **form).status_code == 303
    assert fakes.of("placement", "POST /v1/job-orders")[0].body["wage"] == {"amount": 20000, "currency": written}
    if written == "IDR":
        answer = post(as_("company"), "/lowongan-kami/baru", **{**form, "currency": "TWD"})
        assert answer.status_code == 422 and "Ketik jumlahnya dalam TWD" in answer.text
    answer = post(as_("company"), "/lowongan-kami/baru", **{**form, "currency": ""})
    assert answer.status_code == 422 and "Pilih mata uang upahnya" in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        "2.0000",
        "20.5000",
        "20.000.00",
        "1.000,000",
        "1500.000",
        "0,500",
        "0.125",
        "-5",
        "dua puluh",
        "1e5",
        "9" * 20,
    ],
)
def test_what_is_no_amount_is_asked_for_once(as_: Any, fakes: FakeHouses, typed: str) -> None:
    answer = post(as_("company"), "/lowongan-kami/baru", wage=typed)
    assert answer.status_code == 422 and answer.text.count("Ketik angka saja") == 2, "in the summary and at the field"


@pytest.mark.parametrize(("role", "path"), [("officer", APPLICATION), ("company", APPLICANT)])
def test_papers_of_the_agreement_that_is_signed_are_asked_for_now(
    as_: Any, fakes: FakeHouses, role: str, path: str
) -> None:
    """They hold the announcing of the departure up, and are no paper of a later step."""
    fakes.says("placement", "GET /v1/applications/*", judged("AGREED", answered=True))
    client = as_(role)
    read = words_on(client, path)
    assert "Surat perjanjian yang masih harus ada" in read and "Izin keluarga belum diperiksa." in read
    assert "untuk langkah sesudahnya" not in read and "Belum bisa diumumkan" in read
    assert "Hari berangkat" not in read
    refused = {"papers": [{"rule": "FAMILY_CONSENT"}]}
    fakes.refuses("placement", "PUT */departure", 409, "papers_missing", "Suratnya belum lengkap", **refused)
    answer = post(client, f"{path}/keberangkatan", planned_on="31/12/2198", stood="AGREED")
    assert answer.status_code == 409 and "Suratnya belum lengkap" in answer.text
    assert 'value="31/12/2198"' in answer.text, "what was typed stays"


@pytest.mark.parametrize(("role", "path"), [("officer", APPLICATION), ("company", APPLICANT)])
def test_a_departure_is_announced_once_and_its_way_is_told(as_: Any, fakes: FakeHouses, role: str, path: str) -> None:
    there = judged("AGREED", answered=True)
    there["judgement"]["rules"].pop(1)
    there["departure"] = None
    fakes.says("placement", "GET /v1/applications/*", there)
    fakes.says("placement", "PUT */departure", there)
    client = as_(role)
    assert "Umumkan keberangkatan" in words_on(client, path)
    sent = {"planned_on": "31/12/2198", "via_1": "53.71", "via_2": "65.03", "stood": "AGREED"}
    for missing in ({"planned_on": ""}, {"via_2": "00.00"}):
        assert post(client, f"{path}/keberangkatan", **{**sent, **missing}).status_code == 422
    assert post(client, f"{path}/keberangkatan", **sent).status_code == 303
    (asked,) = fakes.of("placement", "PUT */departure")
    assert asked.body == {"planned_on": "2198-12-31", "via": ["53.71", "65.03"]}
    there["departure"] = {"planned_on": "2198-12-31", "via": ["53.71", "65.03", "21.71", "21.72"]}
    assert "31 Des 2198, lewat Kota Kupang, Nunukan, Kota Batam, Kota Tanjung Pinang" in words_on(client, path)
    assert post(client, f"{path}/keberangkatan", **sent, via_3="21.71").status_code == 303
    assert len(fakes.of("placement", "PUT */departure")) == 1, "the same again is told once"
    old = post(client, f"{path}/keberangkatan", **{**sent, "planned_on": "30/12/2198"})
    assert old.status_code == 409 and "sekarang: 31 Des 2198, lewat Kota Kupang" in old.text, (
        "told by another meanwhile"
    )
    assert 'value="30/12/2198"' in old.text and len(fakes.of("placement", "PUT */departure")) == 1
    now = fields(old.text, f"{path}/keberangkatan")["stood"]
    assert post(client, f"{path}/keberangkatan", **{**sent, "via_3": "", "stood": now}).status_code == 303
    assert fakes.of("placement", "PUT */departure")[1].body["via"] == ["53.71", "65.03", "21.72"], "the rest stays"


def test_a_place_is_held_before_the_agreement_and_once(as_: Any, fakes: FakeHouses) -> None:
    """Nobody signs without a place, and the page that says so has the button for it."""
    there = judged("SELECTED", answered=True)
    there["judgement"]["rules"].pop(1)
    there["reserved"] = False
    fakes.says("placement", "GET /v1/applications/*", there)
    fakes.says("placement", "POST /v1/job-orders/*/reservations", {"id": BATCH}, status=201)
    officer = as_("officer")
    read = words_on(officer, APPLICATION)
    assert "sesudah tempatnya dipesan" in read and "Perjanjian ditandatangani di depan petugas" not in read
    assert post(officer, f"{APPLICATION}/tempat").status_code == 303
    (asked,) = fakes.of("placement", "POST *reservations")
    assert asked.body == {"candidate_id": there["candidate_id"], "days": 14} and asked.headers["idempotency-key"]
    fakes.refuses("placement", "POST *reservations", 409, "already_reserved", "Sudah dipesan")
    assert post(officer, f"{APPLICATION}/tempat").status_code == 303
    assert "tidak ada yang dicatat dua kali" in words_on(officer, APPLICATION)
    fakes.refuses(
        "placement", "POST *reservations", 409, "quota_full", "Semua tempat terisi", detail="Pilih lowongan lain."
    )
    answer = post(officer, f"{APPLICATION}/tempat")
    assert answer.status_code == 409 and "Semua tempat terisi. Pilih lowongan lain." in answer.text
    fakes.says("placement", "GET /v1/applications/*", {**there, "reserved": True})
    read = words_on(officer, APPLICATION)
    assert "tempat sudah dipesan" in read and "Perjanjian ditandatangani di depan petugas" in read


def test_no_place_is_held_for_an_application_that_has_moved_on(as_: Any, fakes: FakeHouses) -> None:
    officer = as_("officer")
    for stands, stood in (("WITHDRAWN", "SELECTED"), ("WITHDRAWN", ""), ("AGREED", "AGREED"), ("SELECTED", "APPLIED")):
        fakes.says("placement", "GET /v1/applications/*", {**judged(stands, answered=True), "reserved": False})
        assert post(officer, f"{APPLICATION}/tempat", stood=stood).status_code == 409, (stands, stood)
    assert fakes.of("placement", "POST *") == []
