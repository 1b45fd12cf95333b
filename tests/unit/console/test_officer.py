"""The officer's pages: what they show of an answer, what they send, and what happens when something is refused."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID, ORDER
from tests.support.console.visits import Visits, csrf

HOME = f"/calon/{ID}"


@pytest.fixture
def ana(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    people.tell(fakes)
    return visits.as_("officer")


def words(client: FlaskClient, path: str) -> str:
    """What somebody reads on a page: its text, one space between words."""
    text = client.get(path).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def post(client: FlaskClient, path: str, **fields: Any) -> Any:
    return client.post(path, data={"csrf_token": csrf(client), **fields})


def test_the_page_says_what_is_closed_why_and_which_dated_way_opens_it(ana: FlaskClient) -> None:
    read = words(ana, HOME)
    goal = people.advice()["verdict"]["goal"]
    assert "Tujuan yang diminta belum dibuka: Penata laksana rumah tangga, Malaysia" in read
    assert goal["blocked_by"][0]["text"] in read
    assert "BLK Flobamora Kupang" in read and "Membuka 1 lowongan resmi" in read
    assert f"/rujukan/baru?angkatan={BATCH}" in ana.get(HOME).get_data(as_text=True)


def test_all_questions_go_out_under_the_visitor_s_own_token(ana: FlaskClient, fakes: FakeHouses) -> None:
    ana.get(HOME)
    assert {one.house for one in fakes.asked} == {"registry", "matching", "training", "placement"}
    assert all(one.headers["authorization"].startswith("Bearer x.") for one in fakes.asked)
    (asked,) = fakes.of("matching", f"GET /v1/candidates/{ID}/recommendations")
    assert asked.params["min_candidate_version"] == "1"


def test_without_consent_nothing_is_asked_and_only_identity_is_shown(ana: FlaskClient, fakes: FakeHouses) -> None:
    people.tell(fakes, who=people.person(consent="NONE", consents=[]))
    read = words(ana, HOME)
    assert "Catat persetujuan" in read and "Syarat penempatan" not in read
    assert fakes.of("matching", "GET *") == []


def test_under_age_nobody_is_shown_a_job(ana: FlaskClient, fakes: FakeHouses) -> None:
    born = people.clock.today().replace(day=1)
    people.tell(fakes, who=people.person(birth_date=born.replace(year=born.year - 16).isoformat()))
    read = words(ana, HOME)
    assert "Pelatihan yang disarankan" in read and "Lowongan luar negeri resmi" not in read


def test_a_reason_that_speaks_against_is_not_listed_as_one_for_it(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice()
    answer["courses"][0]["reasons"].append(
        {"code": "X", "text": "MELAWAN", "weight": -7.5, "evidence": [], "quotes": []}
    )
    people.tell(fakes, answer=answer)
    assert "MELAWAN" not in words(ana, HOME)


def test_when_advice_is_silent_the_last_answer_is_shown_with_its_time(ana: FlaskClient, fakes: FakeHouses) -> None:
    ana.get(HOME)
    fakes.silence("matching")
    read = words(ana, HOME)
    assert "Layanan saran sedang tidak menjawab. Yang tampak adalah keadaan" in read
    assert "Membuka 1 lowongan resmi" in read


@pytest.mark.parametrize("house", ["training", "placement", "matching"])
def test_any_house_may_be_down_and_the_page_still_answers(visits: Visits, fakes: FakeHouses, house: str) -> None:
    people.tell(fakes)
    fakes.silence(house)
    assert visits.as_("officer").get(HOME).status_code == 200


def test_data_that_matching_has_not_heard_of_yet_is_said_so(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.refuses("matching", f"GET /v1/candidates/{ID}/recommendations", 404, "unknown", "Belum dikenal")
    assert "sedang dihitung" in words(ana, HOME)


def test_a_paper_that_changes_the_way_is_told_in_a_green_line(ana: FlaskClient, fakes: FakeHouses) -> None:
    ana.get(HOME)
    answer = people.advice("ELIGIBLE_NOW", id="another", pathways=[])
    answer["verdict"]["goal"] = None
    answer["requirements"] = [rule for rule in answer["requirements"] if rule["status"] != "NOT_MET"]
    people.tell(fakes, answer=answer)
    assert "Jalur berubah: 1 langkah menjadi 0" in words(ana, HOME)
    assert "Jalur berubah" not in words(ana, HOME), "told once"


def test_papers_that_an_answer_folds_into_one_row_are_named_and_recorded_one_by_one(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    folded = {
        "code": "PAPERS",
        "stage": "DEPARTURE",
        "status": "UNKNOWN",
        "text": "2 syarat sebelum berangkat belum diperiksa.",
        "legal_basis": {"instrument": "UU 18/2017"},
        "rules": ["PASSPORT/1", "WORK_VISA/1"],
        "next_action": "Boleh disiapkan sambil menunggu.",
    }
    people.tell(fakes, answer=people.advice("TRAINING", requirements=[folded]))
    read = words(ana, HOME)
    assert "Paspor belum diperiksa." in read and "Visa kerja belum diperiksa." in read
    assert "2 syarat sebelum berangkat" not in read
    assert f"{HOME}/syarat/PASSPORT" in ana.get(HOME).text


def test_a_paper_is_recorded_at_the_version_that_was_seen(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("registry", f"PUT /v1/candidates/{ID}/requirements/PASSPORT", people.person(version=2))
    fields = {"version": "1", "status": "MET", "number": "X1", "valid_until": "1/2/2035"}
    answer = post(ana, f"{HOME}/syarat/PASSPORT", **fields)
    assert (answer.status_code, answer.location) == (303, f"{HOME}#syarat-PASSPORT")
    (asked,) = fakes.of("registry", "PUT *")
    assert asked.headers["if-match"] == '"1"'
    assert (asked.body["status"], asked.body["valid_until"]) == ("MET", "2035-02-01")


def test_a_record_that_changed_meanwhile_keeps_what_was_typed(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.refuses("registry", f"PUT /v1/candidates/{ID}/requirements/PASSPORT", 412, "stale", "Sudah berubah")
    answer = post(ana, f"{HOME}/syarat/PASSPORT", version="1", status="MET", number="X-KETIKAN")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "X-KETIKAN" in text and "Isian Anda masih ada" in text


def test_a_refusal_stands_at_its_field_in_the_house_s_words(ana: FlaskClient, fakes: FakeHouses) -> None:
    fault = {"pointer": "/village_head_ack", "code": "x", "message": "Kepala desa belum tahu.", "fix": "Minta capnya."}
    fakes.refuses("registry", "PUT *", 422, "invalid", "Belum bisa", errors=[fault])
    answer = post(ana, f"{HOME}/syarat/FAMILY_CONSENT", version="1", status="MET")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#village_head_ack"' in text and "Kepala desa belum tahu. Minta capnya." in text


@pytest.mark.parametrize("typed", ["31/2/2026", "2026-12-08", "kemarin", "8/13/2026"])
def test_a_day_that_is_none_is_refused_with_what_to_type(ana: FlaskClient, typed: str) -> None:
    answer = post(ana, f"{HOME}/syarat/PASSPORT", version="1", status="MET", valid_until=typed)
    assert answer.status_code == 422
    assert "Ketik tanggal seperti 8/12/2026" in answer.get_data(as_text=True)


class TestRegistration:
    """Four steps, each kept in the registry."""

    STEP_1 = {"full_name": "Yuliana Tefa", "nik": "9953025404020001", "birth_date": "14 April 2002", "sex": "F"}
    STEP_3 = {"education": "SMP", "home": "jaga oma yang sakit, 6 tahun\nmasak\ncuci, 18 bulan"}

    def draft(self, step: int, **steps: Any) -> dict[str, Any]:
        kept = {number[1:]: {name: [value] for name, value in typed.items()} for number, typed in steps.items()}
        return {"id": "d1", "version": step, "content": {"step": step, "steps": kept, "label": "Yuliana Tefa"}}

    def test_a_step_is_kept_before_the_next_is_shown(self, ana: FlaskClient, fakes: FakeHouses) -> None:
        fakes.says("registry", "POST /v1/drafts", self.draft(1), status=201)
        answer = post(ana, "/calon/baru?langkah=1", **self.STEP_1)
        assert answer.location == "/calon/baru?draft=d1&langkah=2"
        (asked,) = fakes.of("registry", "POST /v1/drafts")
        assert asked.body["content"]["steps"]["1"]["full_name"] == ["Yuliana Tefa"]
        assert asked.headers["idempotency-key"]

    def test_what_was_typed_before_stands_there_again(self, ana: FlaskClient, fakes: FakeHouses) -> None:
        fakes.says("registry", "GET /v1/drafts/d1", self.draft(2, _1=self.STEP_1))
        text = ana.get("/calon/baru?draft=d1&langkah=1").get_data(as_text=True)
        assert 'value="Yuliana Tefa"' in text and 'value="14 April 2002"' in text

    def test_the_last_step_sends_the_whole_and_throws_the_draft_away(self, ana: FlaskClient, fakes: FakeHouses) -> None:
        consents = {"purposes": "MATCHING", "method": "SPOKEN", "given_by": "SELF"}
        draft = self.draft(4, _1=self.STEP_1, _2=consents, _3=self.STEP_3)
        fakes.says("registry", "GET /v1/drafts/d1", draft)
        wishes = {"isco08": "9111", "destinations": "MYS", "boarding_ok": "yes"}
        kept = self.draft(5, _1=self.STEP_1, _2=consents, _3=self.STEP_3, _4=wishes)
        fakes.says("registry", "PUT /v1/drafts/d1", kept)
        fakes.says("registry", "POST /v1/candidates", people.person(), status=201)
        fakes.says("registry", "DELETE /v1/drafts/d1", status=204)
        answer = post(ana, "/calon/baru?draft=d1&langkah=4", **wishes)
        assert answer.location == HOME
        (asked,) = fakes.of("registry", "POST /v1/candidates")
        assert asked.body["birth_date"] == "2002-04-14"
        assert asked.body["consents"] == [{"purpose": "MATCHING", "method": "SPOKEN", "given_by": "SELF"}]
        assert [(one["text"], one["months"]) for one in asked.body["skills"]] == [
            ("jaga oma yang sakit", 72),
            ("masak", None),
            ("cuci", 18),
        ]
        assert asked.body["wishes"]["boarding_ok"] is True
        assert fakes.of("registry", "DELETE /v1/drafts/d1")

    def test_a_refused_number_leads_back_to_its_step(self, ana: FlaskClient, fakes: FakeHouses) -> None:
        fakes.says("registry", "GET /v1/drafts/d1", self.draft(4, _1=self.STEP_1))
        fakes.says("registry", "PUT /v1/drafts/d1", self.draft(5, _1=self.STEP_1))
        fault = {"pointer": "/nik", "code": "nik_not_16_digits", "message": "NIK ini tidak 16 angka.", "fix": None}
        fakes.refuses("registry", "POST /v1/candidates", 422, "invalid", "Belum bisa", errors=[fault])
        text = post(ana, "/calon/baru?draft=d1&langkah=4").get_data(as_text=True)
        assert "langkah 1 dari 4" in text and "NIK ini tidak 16 angka." in text and 'value="Yuliana Tefa"' in text

    def test_somebody_who_looks_alike_is_shown_by_number_alone(self, ana: FlaskClient, fakes: FakeHouses) -> None:
        fakes.says("registry", "GET /v1/drafts/d1", self.draft(4, _1=self.STEP_1))
        fakes.says("registry", "PUT /v1/drafts/d1", self.draft(5, _1=self.STEP_1))
        alike = [{"id": ID, "number": "LB-2026-000007"}]
        fakes.refuses("registry", "POST /v1/candidates", 409, "possible_duplicate", "Mungkin", candidates=alike)
        text = post(ana, "/calon/baru?draft=d1&langkah=4").get_data(as_text=True)
        assert "Buka LB-2026-000007" in text and "Bukan, ini orang lain" in text


def test_a_referral_says_exactly_what_leaves_and_to_whom(ana: FlaskClient, fakes: FakeHouses) -> None:
    read = words(ana, f"{HOME}/rujukan/baru?angkatan={BATCH}")
    assert "Kepada BLK Flobamora Kupang (CONTOH), dan tidak kepada siapa pun yang lain" in read
    assert "Nama dan telepon juga tidak: calon belum mengizinkannya" in read
    row = {"purpose": "SHARING_PROVIDER", "withdrawn_at": None, "given_at": people.clock.now().isoformat()}
    people.tell(fakes, who=people.person(consents=[row]))
    assert "nama, nomor calon, dan telepon: boleh dibuka lembaga ini" in words(
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
    read = words(ana, f"{HOME}/lamaran/baru?lowongan={ORDER}")
    assert "Belum boleh dilamar" in read and "Belum ada sertifikat." in read and "Catat lamaran" not in read


def test_a_step_is_offered_only_where_the_law_allows_it(ana: FlaskClient, fakes: FakeHouses) -> None:
    address = f"/lamaran/{BATCH}"
    assert "Perusahaan memilih calon ini" in words(ana, address)
    for outcome, said in (("UNLAWFUL", "tidak boleh dilanjutkan"), ("UNKNOWN", "menunggu")):
        fakes.says("placement", "GET /v1/applications/*", people.application(outcome))
        read = words(ana, address)
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
    assert "Pengawas menjawab" in words(budi, f"/lamaran/{BATCH}")
    assert post(budi, f"/lamaran/{BATCH}/jawab", rules="CERTIFICATE", reason="").status_code == 422
    assert post(budi, f"/lamaran/{BATCH}/jawab", rules="CERTIFICATE", reason="Asli sudah dilihat").status_code == 303
    (asked,) = fakes.of("placement", "POST *")
    assert asked.body == {"rules": ["CERTIFICATE"], "reason": "Asli sudah dilihat"}


def test_the_summary_for_a_phone_is_short_and_names_nobody(ana: FlaskClient) -> None:
    read = words(ana, f"{HOME}/whatsapp")
    who = people.person()
    link = re.search(r"https://wa\.me/\?text=([^\"]+)", ana.get(f"{HOME}/whatsapp").get_data(as_text=True))
    assert link
    from urllib.parse import unquote

    sent = unquote(link[1])
    assert len(sent) <= 600 and "Halo Dorotea" in sent
    assert all(part not in sent for part in (who["number"], who["nik_last4"], "Nggadas"))
    assert "Buka WhatsApp" in read


def test_a_decision_names_what_was_chosen(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("matching", "POST /v1/recommendations/*", {"id": "x"}, status=201)
    row = people.advice()["courses"][0]
    fields = {"decision": "ACCEPTED", "courses": f"{row['course']}|{row['batch']}"}
    assert post(ana, f"{HOME}/keputusan", **fields).status_code == 303
    (asked,) = fakes.of("matching", "POST /v1/recommendations/*")
    assert asked.body["chosen"] == {"courses": [row["course"]], "batches": [row["batch"]], "job_orders": []}


@pytest.mark.parametrize("odd", ["\u0663", "é", "1\nX: y", "9" * 500])
def test_what_no_header_takes_is_a_request_that_cannot_be_read(ana: FlaskClient, fakes: FakeHouses, odd: str) -> None:
    """A version, or the number of a form, that somebody changed on its way back."""
    typed = {"csrf_token": csrf(ana), "full_name": "Dorotea Nggadas", "nik": ""}
    answer = ana.post(f"{HOME}/data", query_string={"bagian": "identitas", "versi": odd}, data=typed)
    assert answer.status_code == 400 and "tidak dapat dibaca" in answer.text
    courses = {"decision": "ACCEPTED", "courses": "x|y", "once": odd}
    assert post(ana, f"{HOME}/keputusan", **courses).status_code in (400, 422)
    assert not fakes.of("registry", "PATCH *") and not fakes.of("matching", "POST *decisions")


def test_a_correction_does_not_take_away_what_the_form_does_not_show(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=2))
    post(ana, f"{HOME}/data?bagian=identitas&versi=1", full_name="Dorotea Nggadas", nik="")
    post(ana, f"{HOME}/data?bagian=keinginan&versi=1", isco08="9111", destinations="SGP")
    first, second = fakes.of("registry", "PATCH *")
    assert "nik" not in first.body and first.headers["if-match"] == '"1"'
    assert second.body["wishes"]["destinations"] == ["SGP"] and "min_wage" in second.body["wishes"]


def test_somebody_of_another_office_is_opened_with_a_reason(ana: FlaskClient, fakes: FakeHouses) -> None:
    refused = {"code": "other_centre", "centre": "SIKKA", "openings": f"/v1/candidates/{ID}/openings"}
    fakes.says("registry", f"GET /v1/candidates/{ID}", refused, status=403)
    assert ana.get(HOME).location == f"{HOME}/buka"
    assert "kantor lain" in words(ana, f"{HOME}/buka")
    fakes.says("registry", f"POST /v1/candidates/{ID}/openings", {"candidate_id": ID, "until": "x"}, status=201)
    assert post(ana, f"{HOME}/buka", reason="pindah").status_code == 422
    assert fakes.of("registry", "POST *openings") == []
    opened = post(ana, f"{HOME}/buka", reason="Orang ini pindah ke Maumere")
    assert (opened.status_code, opened.location) == (303, HOME)
    assert fakes.of("registry", "POST *openings")[0].body == {"reason": "Orang ini pindah ke Maumere"}


def test_a_merged_record_opens_the_one_that_was_kept(ana: FlaskClient, fakes: FakeHouses) -> None:
    kept = ID[:-1] + "9"
    fakes.says("registry", f"GET /v1/candidates/{ID}", {"code": "candidate_merged", "merged_into": kept}, status=410)
    assert ana.get(HOME).location == f"/calon/{kept}"
    assert ana.get(f"{HOME}/persetujuan").location == f"/calon/{kept}/persetujuan"


def test_the_start_shows_what_waits_by_initials(ana: FlaskClient, fakes: FakeHouses) -> None:
    held = [people.enrolment(hold_until=f"2026-12-0{day}T01:00:00Z") for day in (3, 1, 2)]
    fakes.says("training", "GET /v1/enrolments", {"items": held, "next": None})
    read = words(ana, "/")
    assert "Rujukan menunggu jawaban lembaga: 3" in read
    assert read.index("1 Des 2026") < read.index("2 Des 2026") < read.index("3 Des 2026"), "the first to lapse on top"
    assert people.person()["number"] in read and people.person()["full_name"] not in read, "others read along"
    (asked,) = fakes.of("training", "GET /v1/enrolments")
    assert asked.params["state"] == "APPLIED"
    (asked,) = fakes.of("registry", "GET /v1/candidates")
    assert "T00:00:00+08:00" in asked.params["updated_since"]


@pytest.mark.parametrize("house", ["registry", "training"])
def test_the_start_opens_while_a_house_is_down(ana: FlaskClient, fakes: FakeHouses, house: str) -> None:
    fakes.silence(house)
    answer = ana.get("/")
    assert answer.status_code == 200 and "sedang tidak menjawab" in answer.get_data(as_text=True)


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
    assert "tidak terbaca: persetujuan sudah ditarik" in words(ana, f"{HOME}/riwayat")


def test_the_heading_says_one_thing_and_why_the_wish_is_closed_stands_once(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("NO_PATH")
    why = answer["verdict"]["goal"]["blocked_by"][0]["text"]
    also = "Yang bisa dilamar sekarang: pemanen kelapa sawit, Malaysia."
    answer["verdict"]["text"] = f"Tujuan yang diminta, penata laksana, Malaysia, belum terbuka. {why} {also}"
    people.tell(fakes, answer=answer)
    text = ana.get(HOME).get_data(as_text=True)
    assert f'<h2 id="putusan">{also}</h2>' in text
    assert text.split("</section>")[0].count(why) == 1
    answer["verdict"]["text"] = f"Tujuan yang diminta, penata laksana, Malaysia, belum terbuka. {why}"
    assert '<h2 id="putusan">Tujuan yang diminta, penata laksana, Malaysia, belum terbuka.</h2>' in ana.get(HOME).text


def test_my_path_names_each_paper_that_is_still_to_be_got(ana: FlaskClient, fakes: FakeHouses) -> None:
    read = words(ana, f"{HOME}/jalur-saya")
    assert "Paspor" in read and "Visa kerja" in read and "Boleh disiapkan" not in read


def test_what_is_on_record_is_listed_by_topic_and_what_nobody_asked_is_told_from_what_there_is_not(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    paper = {"status": "MET", "number": "C 1234567", "valid_until": "2031-01-05", "note": "hanya untuk petugas"}
    people.tell(fakes, who=people.person(sex=None, work_history=None, requirements={"PASSPORT": paper}))
    text = words(ana, f"{HOME}/data")
    for said in (
        "Nomor calon LB-2027-000001", "Jenis kelamin belum ditanya", "Asal Flores Timur", "Ijazah terakhir SMP",
        "jaga oma yang sakit di rumah, 6 tahun", "Pekerjaan yang pernah dijalani belum ditanya", "Bahasa tidak ada",
        "Negara tujuan Malaysia", "Paspor ada, C 1234567, berlaku sampai 5 Jan 2031", "Bersedia di asrama ya",
        "Mencarikan pelatihan dan lowongan diberikan",
    ):  # fmt: skip
        assert said in text, said
    assert "hanya untuk petugas" not in text


def test_somebody_who_was_referred_is_not_offered_the_same_referral_again(ana: FlaskClient, fakes: FakeHouses) -> None:
    first = people.advice()["pathways"][0]["steps"][0]["batch"]
    fakes.says("training", "GET /v1/enrolments", {"items": [people.enrolment(batch_id=first)], "next": None})
    page = ana.get(HOME).get_data(as_text=True)
    assert "Buka rujukannya: menunggu jawaban lembaga" in page and "Buat rujukan untuk jalur ini" not in page
    fakes.says("training", "GET /v1/enrolments", {"items": [people.enrolment(batch_id=first, state="DROPPED")]})
    assert "Buat rujukan untuk jalur ini" in ana.get(HOME).get_data(as_text=True)
