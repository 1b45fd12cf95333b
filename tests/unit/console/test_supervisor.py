"""The supervisor's pages: what waits, what a law would change beside its text, and that two people decide."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.console import people, supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.supervisors import CONCERN, POLICY
from tests.support.console.visits import Visits, post, words_on

LAW, REPORT = f"/pengawas/aturan/{POLICY}/2", f"/pengawas/laporan/{CONCERN}"


@pytest.fixture
def wati(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    supervisors.tell(fakes)
    return visits.as_("supervisor", name="Wati Pengawas", shared=False)


def test_groups_of_a_plan_and_what_people_are_given_stand_in_words(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("placement", "GET /v1/job-orders/*", people.order())
    read = words_on(wati, f"/pengawas/rencana/{ID}")
    for said in (
        "kabupaten: Flores Timur",
        "jenis kelamin: perempuan",
        "sekolah: diploma ke atas",
        "sekolah: sampai SD",
    ):
        assert said in read, said
    assert "diploma and above" not in read and "53.06" not in read
    assert "Malaysia , sesudah pelatihan" in read


def test_a_plan_that_waits_for_a_second_person_stands_in_the_queue(wati: FlaskClient, fakes: FakeHouses) -> None:
    made = supervisors.plan()
    fakes.says("matching", "GET /v1/allocations", {"items": [made, {**made, "made_by": "dev:wati-pengawas"}]})
    read = words_on(wati, "/pengawas")
    assert "menunggu tanda tangan Anda" in read and "buatan Anda: menunggu orang lain" in read
    fakes.says("matching", "GET /v1/allocations", {"items": [{**made, "signed": {"by": "x", "at": made["made_at"]}}]})
    assert "Tidak ada rencana yang menunggu tanda tangan" in words_on(wati, "/pengawas")


def test_what_a_law_changes_is_told_by_sector_too(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("matching", "POST /v1/what-if", supervisors.effect(total=[], by_regency=[]))
    read = words_on(wati, LAW)
    assert "Per bidang kerja" in read and "rumah tangga bisa melamar sekarang lewat pelatihan 12" in read
    fakes.says("matching", "POST /v1/what-if", supervisors.effect(total=[], by_regency=[], by_sector=[]))
    assert "Terlalu sedikit orang untuk dirinci" in words_on(wati, LAW)


def test_whoever_decides_reads_which_applications_stop_and_to_whom_nothing_is_left(
    wati: FlaskClient, fakes: FakeHouses
) -> None:
    read = words_on(wati, LAW)
    assert "Lamaran berjalan yang akan berhenti: 1 Penata laksana rumah tangga, Malaysia" in read
    assert "Penempatan ke sini sedang dilarang." in read and f'href="/lamaran/{BATCH}"' in wati.get(LAW).text
    assert "tidak punya jalan lain tanpa pelatihan: kurang dari 10 orang" in read
    assert "tetapi punya jalan lain: 14 orang" in read and "200 orang pertama saja" in read
    assert "belum ada jalur tanpa pelatihan" in read, "of those beyond the searched ones, no way by training is denied"
    fakes.says("matching", "POST /v1/what-if", supervisors.effect(all_searched=True, searched=31, applications=[]))
    read = words_on(wati, LAW)
    assert "tanpa pelatihan" not in read and "pertama saja" not in read and "belum ada jalur" in read
    assert "Tidak ada lamaran berjalan yang berhenti" in read
    effect = supervisors.effect(applications=[supervisors.stopped()] * 12)
    fakes.says("matching", "POST /v1/what-if", effect)
    assert "akan berhenti: 12" in words_on(wati, LAW) and "Dan 2 lamaran lain" in words_on(wati, LAW)
    del effect["applications"]
    fakes.says("matching", "POST /v1/what-if", effect)
    assert "amaran berjalan" not in words_on(wati, LAW), "without the right nothing is said of them"


def test_pressed_after_somebody_else_it_says_who_decided_what(wati: FlaskClient, fakes: FakeHouses) -> None:
    row = supervisors.row(status="APPROVED", decided_by="dev:rani-pengawas", decided_at="2026-11-01T00:00:00Z")
    supervisors.tell(fakes, law=supervisors.policy(row))
    assert post(wati, f"{LAW}/setujui", version="3").location == LAW
    read = words_on(wati, LAW)
    assert "Yang tercatat: disetujui 1 Nov 2026 08.00 WITA oleh Rani Pengawas." in read, read


def test_the_queue_names_laws_reports_and_what_nobody_could_decide(wati: FlaskClient) -> None:
    read = words_on(wati, "/pengawas")
    assert "COST-TEN-JOBS" in read and "menunggu keputusan Anda" in read
    assert "diminta uang" in read and "PT Karya Contoh" in read
    assert read.count("Belum ada sertifikat kompetensi.") == 1, "the lawful application does not wait"
    assert f"/lamaran/{BATCH}" in wati.get("/pengawas").get_data(as_text=True)


def test_a_law_shows_what_changes_beside_the_law_now_and_what_it_does_to_people(
    wati: FlaskClient, fakes: FakeHouses
) -> None:
    read = words_on(wati, LAW)
    assert "Untuk pekerjaan ini Anda tidak membayar." in read and "Beni Pengawas" in read
    assert "biaya pelatihan pelatihan, visa kerja" in read, "before and after, side by side"
    assert "12 orang berubah" in read and "kurang dari 10" in read and "Flores Timur" in read
    (asked,) = fakes.of("matching", "POST /v1/what-if")
    assert asked.body["policy"]["code"] == "COST-TEN-JOBS" and len(asked.body["policy"]["revisions"]) == 1
    assert set(asked.body["policy"]["revisions"][0]) == {"valid_from", "confidence", "legal_basis", "content"}


def _channel(code: str) -> dict[str, Any]:
    return {"applies": {}, "order": [{"field": "channel", "op": "in", "value": [code]}], "person": None}


def _term(least: int, most: int) -> dict[str, Any]:
    rules = [{"field": "term_months", "op": op, "value": n} for op, n in (("min", least), ("max", most))]
    return {"applies": {}, "order": rules, "person": None}


@pytest.mark.parametrize(
    ("kind", "then", "now"),
    [
        ("RATE", {"currency": "KRW", "idr": 11.8765}, {"currency": "KRW", "idr": 11.8812}),
        ("CORRIDOR", _term(12, 36), _term(24, 36)),
        ("CORRIDOR", _channel("SMO"), _channel("DIRECT")),
    ],
)
def test_every_difference_between_two_texts_is_marked(
    wati: FlaskClient, fakes: FakeHouses, kind: str, then: Any, now: Any
) -> None:
    revisions = [supervisors.row(number=1, status="APPROVED", content=then), supervisors.row(content=now)]
    fakes.says("placement", f"GET /v1/policies/{POLICY}", supervisors.policy(kind=kind, revisions=revisions))
    (marked,) = re.findall(r"<strong>([^<]*)</strong></td>", wati.get(LAW).text)
    assert marked in ("11,8812", "paling sedikit 24; paling banyak 36", "salah satu dari langsung")


def test_the_end_of_a_law_is_tried_by_leaving_it_out(visits: Visits, fakes: FakeHouses) -> None:
    row = supervisors.row(action="END", content=None, text=None, confidence=None, verified_on=None)
    row["valid_from"] = "2198-02-01"
    supervisors.tell(fakes, law=supervisors.policy(row))
    read = words_on(visits.as_("supervisor"), LAW)
    assert "Usulan mengakhiri aturan ini" in read
    (asked,) = fakes.of("matching", "POST /v1/what-if")
    assert asked.body["without_policy"] == "COST-TEN-JOBS" and "policy" not in asked.body
    assert "Untuk pekerjaan ini Anda tidak membayar." in read and "pelatihan dihapus" in read, "the law that ends"
    assert "Hari terakhir berlaku 31 Jan 2198" in read and "tanpa batas" not in read


def test_nobody_approves_what_they_proposed_and_the_page_says_who_must(visits: Visits, fakes: FakeHouses) -> None:
    client = visits.as_("supervisor", name="Beni Pengawas")
    supervisors.tell(fakes)
    read = words_on(client, LAW)
    assert "Ini usulan Anda sendiri" in read and "minta pengawas lain" in read
    assert "Setujui usulan ini" not in read and "Tarik usulan ini" in read
    assert "menunggu orang lain" in words_on(client, "/pengawas")


def test_a_decision_is_about_the_version_that_was_read(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("placement", "POST /v1/policies/*/approve", supervisors.policy())
    assert post(wati, f"{LAW}/setujui", version="3").location == LAW
    (asked,) = fakes.of("placement", "POST *approve")
    assert (asked.path, asked.headers["if-match"]) == (f"/v1/policies/{POLICY}/revisions/2/approve", '"3"')
    fakes.refuses("placement", "POST /v1/policies/*/approve", 409, "four_eyes", "Perlu orang kedua")
    answer = post(wati, f"{LAW}/setujui", version="3")
    assert answer.status_code == 409 and "Perlu orang kedua" in answer.get_data(as_text=True)


def test_turning_down_needs_a_reason_and_keeps_what_was_typed(wati: FlaskClient, fakes: FakeHouses) -> None:
    assert post(wati, f"{LAW}/tolak", version="3", reason="").status_code == 422
    assert fakes.of("placement", "POST *reject") == []
    fakes.refuses("placement", "POST *reject", 412, "stale", "Sudah berubah")
    answer = post(wati, f"{LAW}/tolak", version="3", reason="Naskahnya belum ada")
    assert answer.status_code == 409 and "Naskahnya belum ada" in answer.get_data(as_text=True)


@pytest.mark.parametrize("house", ["matching", "placement"])
def test_a_silent_house_takes_only_its_own_part(wati: FlaskClient, fakes: FakeHouses, house: str) -> None:
    fakes.silence(house)
    assert wati.get("/pengawas").status_code == 200
    answer = wati.get(LAW)
    assert answer.status_code == (200 if house == "matching" else 503)
    if house == "matching":
        assert "Setujui usulan ini" in answer.get_data(as_text=True)


def test_a_decided_proposal_and_an_unknown_one(visits: Visits, fakes: FakeHouses) -> None:
    done = supervisors.row(status="REJECTED", decided_by="dev:wati", decided_at="2026-11-01T00:00:00Z", reason="Belum")
    supervisors.tell(fakes, law=supervisors.policy(done))
    client = visits.as_("supervisor")
    read = words_on(client, LAW)
    assert "Wati" in read and "Belum" in read and "Setujui" not in read
    assert fakes.of("matching", "POST *") == []
    assert client.get(f"/pengawas/aturan/{POLICY}/9").status_code == 404


def test_on_a_shared_screen_a_report_keeps_its_words(visits: Visits, fakes: FakeHouses) -> None:
    supervisors.tell(fakes)
    for role in ("supervisor", "reviewer"):
        read = words_on(visits.as_(role, shared=True), REPORT)
        assert "lima juta" not in read and "PT Karya" not in read
    assert fakes.of("placement", "GET /v1/check") == []
    assert "PT Karya" not in words_on(visits.as_("supervisor", shared=True), "/pengawas")


def test_the_reviewer_decides_a_report_and_the_supervisor_reads_it(visits: Visits, fakes: FakeHouses) -> None:
    supervisors.tell(fakes)
    assert "Diputuskan oleh peninjau provinsi" in words_on(visits.as_("supervisor", shared=False), REPORT)
    rina = visits.as_("reviewer", shared=False)
    assert "tidak persis ada di catatan" in words_on(rina, REPORT)
    fakes.says("placement", "POST /v1/concerns/*", supervisors.concern(state="CONFIRMED", version=2))
    assert post(rina, f"{REPORT}/benarkan", version="1", decision="").status_code == 422
    assert post(rina, f"{REPORT}/benarkan", version="1", decision="Benar, ada buktinya").location == REPORT
    assert post(rina, f"{REPORT}/tutup", version="1", decision="Tidak terbukti").location == REPORT
    paths = [one.path for one in fakes.of("placement", "POST /v1/concerns/*")]
    assert paths == [f"/v1/concerns/{CONCERN}/confirm", f"/v1/concerns/{CONCERN}/dismiss"]


PLANS = "/pengawas/rencana"


def test_a_plan_is_made_once_and_found_again(wati: FlaskClient, fakes: FakeHouses) -> None:
    made = post(wati, PLANS, once="7", regency="53.06")
    assert made.location == f"{PLANS}/{ID}"
    (asked,) = fakes.of("matching", "POST /v1/allocations")
    assert (asked.body, asked.headers["idempotency-key"]) == ({"regency": "53.06"}, "7")
    assert f'href="{PLANS}/{ID}"' in wati.get(PLANS).get_data(as_text=True)
    read = words_on(wati, f"{PLANS}/{ID}")
    assert "22,5 dari paling banyak 23" in read and "Satu batas bawah tidak terpenuhi." in read and "70 %" in read
    assert "kurang dari 10" in read and "Dan 10 orang lagi" in read and "60 mendapat pilihan terbaiknya" in read


def test_a_plan_that_takes_long_is_asked_for_under_the_same_number(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.silence("matching")
    answer = post(wati, PLANS, once="7", regency="")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 503 and "tidak dihitung dua kali" in text and 'value="7"' in text


def test_a_plan_that_is_refused_says_so_in_the_house_s_words(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.refuses("matching", "POST /v1/allocations", 409, "plan_not_made", "Usulan tidak dapat dihitung")
    answer = post(wati, PLANS, regency="")
    assert answer.status_code == 409 and "Usulan tidak dapat dihitung" in answer.get_data(as_text=True)


def test_a_plan_for_many_is_watched_while_it_is_made(wati: FlaskClient, fakes: FakeHouses) -> None:
    unknown = dict.fromkeys(("expected_placements", "at_most", "proved_best", "notice", "floors_text", "floors_kept"))
    empty: dict[str, Any] = {"floors": [], "figures": [], "people": [], "people_in_all": 0, "fates": {}}
    making = supervisors.plan(state="MAKING", progress={"done": 1200, "of": 5000}, **unknown, **empty)
    fakes.says("matching", "GET /v1/allocations/*", making)
    answer = wati.get(f"{PLANS}/{ID}")
    assert answer.status_code == 200 and answer.headers["Refresh"] == f"5; url={PLANS}/{ID}"
    assert "1.200 dari 5.000 orang" in answer.get_data(as_text=True)
    failed = supervisors.plan(state="FAILED", failure="NOT_SOLVED", **unknown, **empty)
    fakes.says("matching", "GET /v1/allocations/*", failed)
    read = words_on(wati, f"{PLANS}/{ID}")
    assert "tidak dapat dihitung" in read and "Tanda tangani" not in read


def test_a_plan_that_is_being_made_is_cancelled_and_says_who_did(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("matching", "GET /v1/allocations/*", supervisors.making())
    assert "Hentikan rencana ini" in words_on(wati, f"{PLANS}/{ID}")
    fakes.says("matching", "POST /v1/allocations/*/cancel", supervisors.cancelled())
    assert post(wati, f"{PLANS}/{ID}/hentikan").location == f"{PLANS}/{ID}"
    fakes.says("matching", "GET /v1/allocations/*", supervisors.cancelled())
    read = words_on(wati, f"{PLANS}/{ID}")
    assert "dihentikan" in read and "Hentikan rencana ini" not in read and "Tanda tangani" not in read
    fakes.says("matching", "GET /v1/allocations/*", supervisors.plan())
    fakes.refuses("matching", "POST /v1/allocations/*/cancel", 409, "plan_made_already", "Usulan ini sudah selesai")
    assert "Usulan ini sudah selesai" in post(wati, f"{PLANS}/{ID}/hentikan").get_data(as_text=True)


def test_a_plan_that_is_not_proved_the_best_says_how_far_it_may_be(wati: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("matching", "GET /v1/allocations/*", supervisors.plan(proved_best=False))
    assert "paling banyak 2,14 % di bawah yang terbaik" in words_on(wati, f"{PLANS}/{ID}")
    fakes.says("matching", "GET /v1/allocations/*", supervisors.plan(proved_best=False, at_most=22.5101))
    assert "paling banyak 0,01 % di bawah yang terbaik" in words_on(wati, f"{PLANS}/{ID}")


def test_another_person_signs_a_plan(visits: Visits, wati: FlaskClient, fakes: FakeHouses) -> None:
    maker = visits.as_("supervisor", name="Beni Pengawas")
    assert "Tanda tangani rencana ini" not in words_on(maker, f"{PLANS}/{ID}")
    fakes.says("matching", "POST /v1/allocations/*/sign-off", supervisors.plan())
    assert post(wati, f"{PLANS}/{ID}/tanda-tangan").location == f"{PLANS}/{ID}"
    fakes.refuses("matching", "POST /v1/allocations/*/sign-off", 409, "four_eyes", "Perlu orang kedua")
    assert "Perlu orang kedua" in post(wati, f"{PLANS}/{ID}/tanda-tangan").get_data(as_text=True)
