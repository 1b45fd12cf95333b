"""Referrals, applications, decisions and what a person takes home: what is sent, to whom, and what is refused."""

import re
from urllib.parse import unquote

from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID, ORDER
from tests.support.console.visits import Visits, post, words_on

HOME = f"/calon/{ID}"


def test_a_referral_says_exactly_what_leaves_and_to_whom(ana: FlaskClient, fakes: FakeHouses) -> None:
    read = words_on(ana, f"{HOME}/rujukan/baru?angkatan={BATCH}")
    assert "Kepada BLK Flobamora Kupang (CONTOH), dan tidak kepada siapa pun yang lain" in read
    assert "Nama dan telepon juga tidak: calon belum mengizinkannya" in read
    row = {"purpose": "SHARING_PROVIDER", "withdrawn_at": None, "given_at": people.clock.now().isoformat()}
    people.tell(fakes, who=people.person(consents=[row]))
    assert "nama, nomor calon, dan telepon: boleh dibuka lembaga ini" in words_on(
        ana, f"{HOME}/rujukan/baru?angkatan={BATCH}"
    )


def test_pressing_twice_refers_once(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("training", "POST /v1/enrolments", people.enrolment(), status=201)
    once = "6f1c2d2e-0000-4000-8000-000000000000"
    for _ in range(2):
        assert post(ana, f"{HOME}/rujukan/baru", batch=BATCH, once=once).location == f"/rujukan/{BATCH}"
    assert {one.headers["idempotency-key"] for one in fakes.of("training", "POST /v1/enrolments")} == {once}
    assert len({one.headers["idempotency-key"] for one in fakes.of("training", "POST */letters")}) == 1


def test_an_application_is_not_offered_where_the_law_says_no(ana: FlaskClient, fakes: FakeHouses) -> None:
    rule = {"stage": "APPLY", "status": "NOT_MET", "text": "Belum ada sertifikat.", "next_action": "Ikuti ujian."}
    fakes.says("matching", "POST /v1/eligibility", {"rules": [rule]})
    read = words_on(ana, f"{HOME}/lamaran/baru?lowongan={ORDER}")
    assert "Belum boleh dilamar" in read and "Belum ada sertifikat." in read and "Catat lamaran" not in read


def test_a_step_is_offered_only_where_the_law_allows_it(ana: FlaskClient, fakes: FakeHouses) -> None:
    address = f"/lamaran/{BATCH}"
    assert "Perusahaan memilih calon ini" in words_on(ana, address)
    for outcome, said in (("UNLAWFUL", "tidak boleh dilanjutkan"), ("UNKNOWN", "menunggu")):
        fakes.says("placement", "GET /v1/applications/*", people.application(outcome))
        read = words_on(ana, address)
        assert said in read and "Perusahaan memilih calon ini" not in read and "Calon menarik lamaran" in read
        assert "Pengawas menjawab" not in read, "an officer does not override"


def test_what_the_house_refuses_is_said_and_changes_nothing(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.refuses("placement", "PATCH *", 409, "stopped_by_rules", "Aturan tidak mengizinkan langkah ini")
    answer = post(ana, f"/lamaran/{BATCH}/SELECTED")
    assert answer.status_code == 409 and "Aturan tidak mengizinkan langkah ini" in answer.get_data(as_text=True)


def test_a_supervisor_answers_for_what_is_not_known_with_a_reason(visits: Visits, fakes: FakeHouses) -> None:
    people.tell(fakes)
    fakes.says("placement", "GET /v1/applications/*", people.application("UNKNOWN"))
    fakes.says("placement", "POST /v1/applications/*/overrides", people.application(), status=201)
    budi = visits.as_("supervisor", name="Budi Pengawas")
    assert "Pengawas menjawab" in words_on(budi, f"/lamaran/{BATCH}")
    assert post(budi, f"/lamaran/{BATCH}/jawab", rules="CERTIFICATE", reason="").status_code == 422
    assert post(budi, f"/lamaran/{BATCH}/jawab", rules="CERTIFICATE", reason="Asli sudah dilihat").status_code == 303
    (asked,) = fakes.of("placement", "POST *")
    assert asked.body == {"rules": ["CERTIFICATE"], "reason": "Asli sudah dilihat"}


def test_a_decision_names_what_was_chosen(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("matching", "POST /v1/recommendations/*", {"id": "x"}, status=201)
    row = people.advice()["courses"][0]
    fields = {"decision": "ACCEPTED", "courses": f"{row['course']}|{row['batch']}"}
    assert post(ana, f"{HOME}/keputusan", **fields).status_code == 303
    (asked,) = fakes.of("matching", "POST /v1/recommendations/*")
    assert asked.body["chosen"] == {"courses": [row["course"]], "batches": [row["batch"]], "job_orders": []}


def test_earlier_answers_open_and_notes_stay_hidden_on_a_shared_screen(visits: Visits, ana: FlaskClient) -> None:
    page = ana.get(f"{HOME}/riwayat").get_data(as_text=True)
    assert f"{HOME}/jawaban/{people.advice()['id']}" in page and "nanti dulu" in page
    assert "CATATANKEPUTUSAN" not in page
    alone = visits.as_("officer", shared=False).get(f"{HOME}/riwayat").get_data(as_text=True)
    assert "CATATANKEPUTUSAN" in alone


def test_an_answer_of_somebody_who_took_the_consent_back_is_listed_without_its_words(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    fakes.says("matching", "GET /v1/recommendations", {"items": [people.answered(verdict=None)], "next": None})
    assert "tidak terbaca: persetujuan sudah ditarik" in words_on(ana, f"{HOME}/riwayat")


def test_the_summary_for_a_phone_is_short_and_names_nobody(ana: FlaskClient) -> None:
    read = words_on(ana, f"{HOME}/whatsapp")
    who = people.person()
    link = re.search(r"https://wa\.me/\?text=([^\"]+)", ana.get(f"{HOME}/whatsapp").get_data(as_text=True))
    assert link
    sent = unquote(link[1])
    assert len(sent) <= 600 and "Halo Dorotea" in sent
    assert all(part not in sent for part in (who["number"], who["nik_last4"], "Nggadas"))
    assert "Buka WhatsApp" in read


def test_my_path_names_each_paper_that_is_still_to_be_got(ana: FlaskClient, fakes: FakeHouses) -> None:
    read = words_on(ana, f"{HOME}/jalur-saya")
    assert "Surat izin keluarga" in read and "Visa kerja" not in read and "Boleh disiapkan" not in read
