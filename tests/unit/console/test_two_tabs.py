"""Forms as they are really used: in two tabs, older than the record, about more than they show."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.console import companies, people, providers, publics, reviewers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.people import BATCH, COURSE, ID, ORDER, SLIP
from tests.support.console.visits import Visits, post
from tests.unit.console.test_kept_form import fields

ALREADY = "Ini sudah tercatat; tidak ada yang dicatat dua kali."
PERSON, ORDERS = f"/calon/{ID}", f"/lowongan-kami/{ORDER}"


# Two tabs ------------------------------------------------------------------------------------------------------------


def test_what_only_others_changed_is_taken_over_and_what_both_changed_is_shown(
    visits: Visits, fakes: FakeHouses
) -> None:
    companies.tell(fakes)
    fakes.says("placement", f"PATCH /v1/job-orders/{ORDER}", companies.order())
    company, path = visits.as_("company"), f"{ORDERS}/ubah"
    form = typed(company.get(path).text, path, title_id="Perawat lansia di rumah", wage="1900", term_months="36")
    others = companies.order(version=7, term_months=12, wage={"amount": 2100, "currency": "MYR"}, scheme="G2G")
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", others)
    answer = company.post(path, data=form)
    assert answer.status_code == 409 and fakes.of("placement", "PATCH *") == []
    text = re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", answer.text)))
    assert "Ada perubahan lain yang tersimpan sejak halaman ini dibuka" in text
    assert "Diubah di tempat lain menjadi: 2100" in text and "Diubah di tempat lain menjadi: 12" in text
    again = typed(answer.text, path)
    assert (again["title_id"], again["wage"], again["term_months"]) == ("Perawat lansia di rumah", "1900", "36")
    assert again["scheme"] == "G2G", "nobody here had touched it"
    assert company.post(path, data=again).status_code == 303
    (sent,) = fakes.of("placement", "PATCH *")
    assert sent.headers["if-match"] == '"7"' and sent.body["scheme"] == "G2G" and sent.body["wage"]["amount"] == 1900


def test_a_change_that_touches_nothing_of_the_form_holds_nobody_up(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    fakes.says("placement", f"PATCH /v1/job-orders/{ORDER}", companies.order())
    company, path = visits.as_("company"), f"{ORDERS}/ubah"
    form = typed(company.get(path).text, path, term_months="36")
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", companies.order(version=9, verification="VERIFIED"))
    assert company.post(path, data=form).status_code == 303
    assert fakes.of("placement", "PATCH *")[0].headers["if-match"] == '"9"'


def test_an_error_of_one_s_own_does_not_make_an_old_form_new(visits: Visits, fakes: FakeHouses) -> None:
    companies.tell(fakes)
    company, path = visits.as_("company"), f"{ORDERS}/ubah"
    form = typed(company.get(path).text, path, title_id="")
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", companies.order(version=7, term_months=12))
    refused = company.post(path, data=form)
    assert refused.status_code == 422
    answer = company.post(path, data=typed(refused.text, path, title_id="Perawat"))
    assert answer.status_code == 409 and typed(answer.text, path)["term_months"] == "12"
    assert fakes.of("placement", "PATCH *") == []


def test_a_planted_version_writes_over_nobody(visits: Visits, fakes: FakeHouses) -> None:
    """The version of now, guessed, does not make an old form new; neither does taking away what it says of its age."""
    companies.tell(fakes)
    company, path = visits.as_("company"), f"{ORDERS}/ubah"
    form = typed(company.get(path).text, path)
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", companies.order(version=7, term_months=12))
    for stood in ("", "x", "term_months:zzzz scheme"):
        answer = company.post(path, data={**form, "stood": stood})
        assert answer.status_code == 409 and "Diubah di tempat lain menjadi: 12" in html.unescape(answer.text)
    assert fakes.of("placement", "PATCH *") == []
    assert company.post(path, data={**form, "version": "9" * 5000}).status_code == 409


def test_a_course_and_a_batch_keep_what_the_other_tab_saved(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes)
    provider = visits.as_("provider")
    whole: dict[str, Any] = {"mode": "OFFLINE", "funding": "APBD"}
    fakes.says("training", f"GET /v1/courses/{COURSE}", providers.course(**whole))
    fakes.says("training", "PATCH *", {**people.batch(), "review": {"state": "APPROVED"}})
    course, batch = providers.course(version=9, lesson_hours=240, **whole), people.batch(version=9, seats=20)
    for path, house_path, then, mine, theirs in (
        (f"/kursus/{COURSE}/ubah", f"/v1/courses/{COURSE}", course, "title_id", "lesson_hours"),
        (f"/angkatan/{BATCH}/ubah", f"/v1/batches/{BATCH}", batch, "place", "seats"),
    ):
        form = typed(provider.get(path).text, path, **{mine: "Yang baru"})
        fakes.says("training", f"GET {house_path}", then)
        answer = provider.post(path, data=form)
        assert answer.status_code == 409, path
        again = typed(answer.text, path)
        assert (again[mine], again[theirs]) == ("Yang baru", str(then[theirs])), path
        assert provider.post(path, data=again).status_code == 303
        assert theirs not in fakes.of("training", f"PATCH {house_path}")[-1].body, path


def test_a_person_corrected_in_two_tabs(ana: FlaskClient, fakes: FakeHouses) -> None:
    path = f"{PERSON}/data?bagian=identitas"
    shown = ana.get(path).text
    action = f"{PERSON}/data?bagian=identitas&versi={people.person()['version']}"
    form = typed(shown, action, phone="0811 3910 911")
    people.tell(fakes, who=people.person(version=9, village="Waibalun"))
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=10))
    answer = ana.post(action, data=form)
    assert answer.status_code == 409 and "isian ini sudah disesuaikan" in answer.text
    now = f"{PERSON}/data?bagian=identitas&versi=9"
    again = typed(answer.text, now)
    assert (again["village"], again["phone"]) == ("Waibalun", "0811 3910 911")
    assert ana.post(now, data=again).status_code == 303
    assert fakes.of("registry", "PATCH *")[0].body["village"] == "Waibalun"


def test_a_fifty_first_line_is_refused_and_not_left_out(ana: FlaskClient, fakes: FakeHouses) -> None:
    action = f"{PERSON}/data?bagian=kerja&versi={people.person()['version']}"
    form = typed(ana.get(f"{PERSON}/data?bagian=kerja").text, action)
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=10))
    lines = [f"tugas ke-{at}" for at in range(51)]
    answer = ana.post(action, data={**form, "jobs": "\n".join(lines)})
    assert answer.status_code == 422 and "Paling banyak 50 baris" in answer.text and lines[50] in answer.text
    assert ana.post(action, data={**form, "jobs": "\n\n".join(lines[:50])}).status_code == 303
    assert len(fakes.of("registry", "PATCH *")[0].body["work_history"]) == 50


def test_a_paper_recorded_by_two_is_looked_at_again_and_its_note_stays_hidden(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    path = f"{PERSON}/syarat/PASSPORT"
    page = ana.get(path).text.replace('<form method="post" novalidate>', f'<form action="{path}">')
    form = typed(page, path, status="MISSING")
    other = {"status": "MET", "number": "C 123", "valid_until": "2031-01-05", "note": "hanya untuk petugas"}
    people.tell(fakes, who=people.person(version=9, requirements={"PASSPORT": other}))
    answer = ana.post(path, data=form)
    text = html.unescape(answer.text)
    assert answer.status_code == 409 and "Diubah di tempat lain menjadi: Terpenuhi" in text
    assert 'value="C 123"' in text and "hanya untuk petugas" not in text
    assert fakes.of("registry", "PUT *") == []
    fakes.says("registry", "PUT *", people.person(version=10))
    again = typed(text.replace('<form method="post" novalidate>', f'<form action="{path}">'), path)
    assert ana.post(path, data=again).status_code == 303
    (sent,) = fakes.of("registry", "PUT *")
    assert sent.headers["if-match"] == '"9"'
    assert (sent.body["status"], sent.body["number"], sent.body["note"]) == ("MISSING", "C 123", other["note"])


def test_a_button_of_an_old_page_says_what_it_is_now_and_does_nothing(visits: Visits, fakes: FakeHouses) -> None:
    people.tell(fakes)
    officer, path = visits.as_("officer"), f"/rujukan/{BATCH}"
    fakes.says("training", f"GET /v1/enrolments/{BATCH}", people.enrolment(state="APPLIED"))
    form = fields(officer.get(path).text, f"{path}/tarik")
    fakes.says("training", f"GET /v1/enrolments/{BATCH}", people.enrolment(state="ENROLLED", version=4))
    answer = officer.post(f"{path}/tarik", data=form)
    assert answer.status_code == 409 and "Keadaannya sudah berubah sejak halaman ini dibuka" in answer.text
    assert fakes.of("training", "PATCH *") == []
    again = fields(answer.text, f"{path}/tarik")
    assert again["stood"] == "ENROLLED"


@pytest.mark.parametrize("role", ["officer", "company"])
def test_the_same_of_an_application(visits: Visits, fakes: FakeHouses, role: str) -> None:
    companies.tell(fakes)
    people.tell(fakes)
    path, act = {"officer": (f"/lamaran/{BATCH}", "WITHDRAWN"), "company": (f"/pelamar/{BATCH}", "REJECTED")}[role]
    fakes.says("placement", f"GET /v1/applications/{BATCH}", people.application(state="APPLIED"))
    client = visits.as_(role)
    form = fields(client.get(path).text, f"{path}/{act}")
    fakes.says("placement", f"GET /v1/applications/{BATCH}", people.application(state="SELECTED"))
    answer = client.post(f"{path}/{act}", data=form)
    assert answer.status_code == 409 and "sekarang: " in answer.text
    assert fakes.of("placement", "PATCH *") == []


def test_a_yes_is_a_yes_to_the_number_that_was_asked(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes)
    nobody, path = visits.nobody(), f"/kursi/{BATCH}/{SLIP}"
    form = fields(nobody.get(path).text, path)
    fakes.says("training", "GET /v1/seat-links/*", publics.seat_question(free=4))
    answer = nobody.post(path, data={**form, "still": "yes"})
    assert answer.status_code == 409 and "sudah berubah menjadi 4" in answer.text
    assert fakes.of("training", "POST /v1/seat-links/*") == []


def test_a_decision_is_about_the_answer_that_was_read_out(ana: FlaskClient, fakes: FakeHouses) -> None:
    """A law that was approved meanwhile makes another answer of it, which nobody has told the person."""
    path = f"{PERSON}/keputusan"
    form = fields(ana.get(path).text, path)
    people.tell(fakes, answer=people.advice(id="another"))
    fakes.says("matching", "POST *decisions", {"id": "d"}, status=201)
    answer = ana.post(path, data={**form, "decision": "DECLINED"})
    assert answer.status_code == 409 and "Bacakan yang baru" in answer.text
    assert fakes.of("matching", "POST *decisions") == []
    assert fields(answer.text, path)["answer"] == "another"
    assert ana.post(path, data={**fields(answer.text, path), "decision": "DECLINED"}).status_code == 303


def test_a_supervisor_answers_for_the_judgement_that_was_read(visits: Visits, fakes: FakeHouses) -> None:
    """The law or the person changed since: the answer would be bound to what nobody here has read."""
    people.tell(fakes)
    read = people.application("UNKNOWN")
    fakes.says("placement", f"GET /v1/applications/{BATCH}", read)
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", people.order())
    supervisor, path = visits.as_("supervisor"), f"/lamaran/{BATCH}"
    form = {**fields(supervisor.get(path).text, f"{path}/jawab"), "reason": "Ijazahnya dilihat sendiri."}
    form["rules"] = read["judgement"]["rules"][0]["rule"]
    rules = [{**one, "version": "2"} for one in read["judgement"]["rules"]]
    fakes.says(
        "placement", f"GET /v1/applications/{BATCH}", {**read, "judgement": {**read["judgement"], "rules": rules}}
    )
    answer = supervisor.post(f"{path}/jawab", data=form)
    assert answer.status_code == 409 and "Baca lagi di bawah" in answer.text
    assert "Ijazahnya dilihat sendiri." in answer.text, "what was typed stays"
    assert fakes.of("placement", "POST *overrides") == []


@pytest.mark.parametrize(
    ("role", "path", "house"),
    [
        ("officer", f"/lamaran/{BATCH}/DEPARTED", "placement"),
        ("company", f"/pelamar/{BATCH}/SELECTED", "placement"),
        ("provider", f"/rujukan-masuk/{BATCH}/langkah/ENROLLED", "training"),
    ],
)
def test_a_step_out_of_its_order_is_refused_in_words_and_not_in_codes(
    visits: Visits, fakes: FakeHouses, role: str, path: str, house: str
) -> None:
    people.tell(fakes)
    providers.tell(fakes)
    companies.tell(fakes)
    detail = "Dari APPLIED tidak bisa ke DEPARTED. Yang mungkin: SELECTED, WITHDRAWN, DROPPED. (CONTOH)"
    fakes.refuses(house, "PATCH *", 409, "step_not_possible", "Langkah ini belum mungkin", detail=detail)
    answer = post(visits.as_(role), path)
    listed = re.search(r'error-summary__list">(.*?)</ul>', answer.text, re.S)
    assert answer.status_code == 409 and listed and "(CONTOH)" in listed[1]
    assert "APPLIED" not in listed[1] and "SELECTED" not in listed[1] and "“" in listed[1]


def test_what_is_for_programs_is_not_read_on_a_page(visits: Visits, fakes: FakeHouses) -> None:
    reviewers.tell(fakes)
    detail = "Versi sekarang 7. Baca ulang, lalu kirim perubahan Anda dengan If-Match yang baru."
    fakes.refuses("placement", "POST *verify", 412, "stale", "Data sudah diubah orang lain", detail=detail)
    reviewer, path = visits.as_("reviewer"), f"/tinjau/lowongan/{ORDER}/verifikasi"
    text = post(reviewer, path, version="1").text
    assert "baru diubah orang lain" in text and "If-Match" not in text
    assert "Formulir ini tidak lengkap" in post(reviewer, path, version="").text
    assert "Formulir ini tidak lengkap" in post(reviewer, path, version="x").text


# What a form does not show -------------------------------------------------------------------------------------------

JOB: dict[str, Any] = {"title": "perawat lansia", "isco08": "5322", "months": 30, "country": "TWN"}
SPOKEN: dict[str, Any] = {"language": "ja", "test": "JLPT", "result": "N4", "cefr": None, "valid_until": None}
PAPERS: list[dict[str, Any]] = [
    {"kind": "COMPLETION", "scheme": None, "title": "Kursus memasak", "number": "K-1", "issuer": "BLK Ende"},
    {"kind": "COMPETENCE", "scheme": "FAMILY_COOK", "number": "C-1", "issuer": "LSP Care", "valid_until": "2031-01-05"},
]
SKILLS: list[dict[str, Any]] = [
    {"text": None, "code": "CARE_ELDERLY", "source": "TRAINING", "months": None, "codes": []},
    {"text": "jaga oma, 6 tahun", "code": None, "source": "HOME", "months": None, "codes": []},
]


def test_a_correction_keeps_all_that_it_does_not_show(ana: FlaskClient, fakes: FakeHouses) -> None:
    """A test that was passed, the country of a job, who issued a certificate: the law asks for them."""
    who = people.person(work_history=[JOB], languages=[SPOKEN], certificates=PAPERS, skills=SKILLS)
    people.tell(fakes, who=who)
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", who)
    action = f"{PERSON}/data?bagian=kerja&versi={who['version']}"
    form = typed(ana.get(f"{PERSON}/data?bagian=kerja").text, action, certificate_number="C-2")
    form["jobs"] += "\r\nmenjahit, 2 tahun"
    assert ana.post(action, data=form).status_code == 303
    sent = fakes.of("registry", "PATCH *")[0].body
    assert sent["work_history"] == [JOB, {"title": "menjahit", "months": 24}]
    assert {**SPOKEN, **sent["languages"][0]} == SPOKEN
    assert sent["certificates"][0] == {k: v for k, v in PAPERS[0].items() if v}
    assert {**PAPERS[1], "number": "C-2", "valid_from": None} == sent["certificates"][1]
    assert sorted(one["source"] for one in sent["skills"]) == ["HOME", "TRAINING"]
    assert {"code": "CARE_ELDERLY", "source": "TRAINING"} in sent["skills"]
    assert {"text": "jaga oma, 6 tahun", "source": "HOME"} in sent["skills"], "words that end in a time stay words"


def test_what_was_taken_away_goes_and_what_nobody_asked_stays_unasked(ana: FlaskClient, fakes: FakeHouses) -> None:
    who = people.person(work_history=[JOB], languages=None, certificates=PAPERS, skills=None)
    people.tell(fakes, who=who)
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", who)
    action = f"{PERSON}/data?bagian=kerja&versi={who['version']}"
    form = typed(ana.get(f"{PERSON}/data?bagian=kerja").text, action, jobs="", scheme="", certificate_number="")
    assert ana.post(action, data=form).status_code == 303
    sent = fakes.of("registry", "PATCH *")[0].body
    assert sent["work_history"] == [] and [one["number"] for one in sent["certificates"]] == ["K-1"]
    assert "languages" not in sent and "skills" not in sent
