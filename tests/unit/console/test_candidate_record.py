"""What is on record of a person: papers, corrections, records of other offices, and how each refusal is shown."""

import pytest
from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.visits import csrf, post, words_on

HOME = f"/calon/{ID}"


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


def test_wishes_that_are_saved_unchanged_say_the_same(ana: FlaskClient, fakes: FakeHouses) -> None:
    wishes = {"isco08": ["9211", "9111"], "destinations": ["SGP", "MYS"], "max_distance_km": 12.5, "boarding_ok": None}
    fakes.says("registry", f"GET /v1/candidates/{ID}", people.person(wishes=wishes))
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=2))
    form = {"isco08": ["9111", "9211"], "destinations": ["MYS", "SGP"], "max_distance_km": "12,5"}
    post(ana, f"{HOME}/data?bagian=keinginan&versi=1", **form)
    (sent,) = fakes.of("registry", "PATCH *")
    assert {**sent.body["wishes"], **wishes} == sent.body["wishes"]


def test_what_is_on_record_is_listed_by_topic_and_what_nobody_asked_is_told_from_what_there_is_not(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    paper = {"status": "MET", "number": "C 1234567", "valid_until": "2031-01-05", "note": "hanya untuk petugas"}
    people.tell(fakes, who=people.person(sex=None, work_history=None, requirements={"PASSPORT": paper}))
    text = words_on(ana, f"{HOME}/data")
    for said in (
        "Nomor calon LB-2027-000001", "Jenis kelamin belum ditanya", "Asal Flores Timur", "Ijazah terakhir SMP",
        "jaga oma yang sakit di rumah, 6 tahun", "Pekerjaan yang pernah dijalani belum ditanya", "Bahasa tidak ada",
        "Negara tujuan Malaysia", "Paspor ada, C 1234567, berlaku sampai 5 Jan 2031", "Bersedia di asrama ya",
        "Mencarikan pelatihan dan lowongan diberikan",
    ):  # fmt: skip
        assert said in text, said
    assert "hanya untuk petugas" not in text


def test_somebody_of_another_office_is_opened_with_a_reason(ana: FlaskClient, fakes: FakeHouses) -> None:
    refused = {"code": "other_centre", "centre": "SIKKA", "openings": f"/v1/candidates/{ID}/openings"}
    fakes.says("registry", f"GET /v1/candidates/{ID}", refused, status=403)
    assert ana.get(HOME).location == f"{HOME}/buka"
    assert "kantor lain" in words_on(ana, f"{HOME}/buka")
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
