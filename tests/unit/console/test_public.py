"""Public pages on fake houses: open to nobody in particular, kept by caches, and there when a house is silent."""

import csv
import io

from services.console.pages.capaian import peta
from shared.codes import regencies
from tests.support.console import publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.publics import open_batch, open_batches
from tests.support.console.visits import Visits, csrf

COURSES = "/kursus-terbuka"


def text_of(visits: Visits, path: str) -> str:
    answer = visits.nobody().get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_a_public_page_is_kept_by_caches_and_sets_no_cookie(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    answer = visits.nobody().get(COURSES)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    assert visits.as_().get(COURSES).headers["Cache-Control"] == "no-store"


def test_a_public_page_asks_as_nobody_and_not_for_every_visitor(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    for _ in range(3):
        visits.as_("supervisor").get(COURSES)
    asked = fakes.of("training", "GET /v1/open-batches")
    assert len(asked) == 1
    assert "authorization" not in asked[0].headers


def test_courses_are_asked_for_by_regency_and_trade(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    text_of(visits, f"{COURSES}?wilayah=53.06&bidang=CARE")
    assert {"regency": "53.06", "sector": "CARE"} in [one.params for one in fakes.of("training", "GET *")]
    text_of(visits, f"{COURSES}?wilayah=5306&bidang=x&hal=-1")  # an old address shows all
    assert {} in [one.params for one in fakes.of("training", "GET *")]


def test_when_the_house_is_silent_the_last_answer_stands_with_its_time(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    text_of(visits, COURSES)
    fakes.silence("training")
    remembered = visits.app.extensions["console.everybody"]
    remembered._known = type(remembered._known)(
        (key, (answer, at, 0.0)) for key, (answer, at, _) in remembered._known.items()
    )
    text = text_of(visits, COURSES)
    assert "tidak menjawab" in text
    assert "Yang tampak adalah keadaan" in text
    assert "Perawatan lansia" in text
    remembered.forget()
    text = text_of(visits, COURSES)
    assert "Bagian ini kosong untuk sementara" in text


def test_no_open_course_is_said_with_what_to_do(visits: Visits, fakes: FakeHouses) -> None:
    fakes.says("training", "GET /v1/open-batches", open_batches())
    assert "tanya kantor LTSA" in text_of(visits, COURSES)


def test_the_tables_are_files_too_and_no_title_becomes_a_formula(visits: Visits, fakes: FakeHouses) -> None:
    fakes.says(
        "training",
        "GET /v1/open-batches",
        open_batches(open_batch(title={"id": "=1+1", "en": "x"}, cost_to_trainee=None)),
    )
    found = visits.nobody().get(f"{COURSES}/data.csv")
    assert found.mimetype == "text/csv"
    [row] = csv.DictReader(io.StringIO(found.get_data(as_text=True)))
    assert (row["title"], row["cost_to_trainee_idr"], row["seats_left"]) == ("'=1+1", "", "6")
    document = visits.nobody().get(f"{COURSES}/data.json").get_json()
    assert document["items"][0]["cost_to_trainee_idr"] is None
    assert document["licence"] == "CC BY 4.0"


def test_each_count_has_a_ready_sentence_with_day_and_source(visits: Visits, fakes: FakeHouses) -> None:
    fakes.says("training", "GET /v1/open-batches", open_batches(open_batch()))
    assert "1 angkatan kursus dengan 6 kursi kosong di NTT" in text_of(visits, COURSES)


def test_the_map_has_every_regency_once_and_tells_three_things_apart(visits: Visits, fakes: FakeHouses) -> None:
    here = {code for code in regencies.table() if regencies.in_ntt(code)}
    assert set(peta.PLACES) == here
    assert len(set(peta.PLACES.values())) == len(here)
    cells = [
        {"place": "53.06", "count": 41, "withheld": False},
        {"place": "53.07", "count": None, "withheld": True},
        {"place": "53.08", "count": 0, "withheld": False},
    ]
    with visits.app.test_request_context("/"):
        figures = {one.code: one.figure for one in peta.tiles({"cells": cells})}
    assert (figures["53.06"], figures["53.07"], figures["53.08"], figures["53.01"]) == ("41", "ditutup", "0", "–")


def test_a_withheld_figure_is_in_no_sentence_and_in_no_file(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    text = text_of(visits, "/capaian")
    assert "607 orang tercatat di NTT" in text
    assert "sekitar 390 orang sudah diperiksa" in text
    assert "angka ini ditutup karena terlalu kecil" in text
    rows = list(csv.DictReader(io.StringIO(visits.nobody().get("/capaian/wilayah/data.csv").get_data(as_text=True))))
    flores = next(row for row in rows if row["place_code"] == "53.06")
    assert (flores["assessed"], flores["in_training"]) == ("41", "0")
    assert next(row for row in rows if row["place_code"] == "53.07")["assessed"] == ""


def test_a_promise_of_an_edition_stands_as_it_was_and_as_it_is(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    text = text_of(visits, f"/capaian/forum/{publics.day(-80)}")
    assert "terlambat" in text and "ditepati terlambat" in text
    assert "Angka Ende keliru" in text
    assert visits.nobody().get("/capaian/forum/kemarin").status_code == 404
    assert visits.nobody().get("/capaian/32.04").status_code == 404


def test_the_first_day_is_said_and_nothing_breaks(visits: Visits, fakes: FakeHouses) -> None:
    publics.nothing_yet(fakes)
    for path in ("/capaian", "/capaian/wilayah", "/capaian/53.06", "/capaian/forum", "/capaian/rencana", "/data"):
        assert visits.nobody().get(path).status_code == 200, path
    assert "Angka belum dihitung" in text_of(visits, "/capaian")


def test_the_manager_sends_a_sheet_and_reads_the_cell_that_is_wrong(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    client = visits.as_("manager")
    fault = {"pointer": "/rows/2/month", "cell": "B2", "code": "not_a_month", "message": "Ini bukan bulan.", "fix": "x"}
    fakes.refuses("training", "POST /v1/targets", 422, "invalid", "Tidak sah", errors=[fault])
    sheet = {"file": (io.BytesIO(b"Kabupaten;Bulan;Kursi\nEnde;kapan;4"), "target.csv")}
    refused = client.post("/kelola-capaian/target", data={"csrf_token": csrf(client), "once": "1", **sheet})
    assert refused.status_code == 422
    assert "B2 Ini bukan bulan." in refused.get_data(as_text=True)
    fakes.says("training", "POST /v1/targets", {"rows": 1, "changed": 1, "sha256": "x"})
    sheet = {"file": (io.BytesIO(b"Kabupaten;Bulan;Kursi\nEnde;1/2027;4"), "target.csv")}
    assert (
        client.post("/kelola-capaian/target", data={"csrf_token": csrf(client), "once": "1", **sheet}).status_code
        == 303
    )


def test_the_manager_freezes_an_edition_and_keeps_promises(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    client = visits.as_("manager")
    form = {"csrf_token": csrf(client), "once": "1"}
    assert client.post("/kelola-capaian/bekukan", data={**form, "day": ""}).status_code == 422
    fakes.says("matching", "POST /v1/editions", publics.edition(), status=201)
    assert client.post("/kelola-capaian/bekukan", data={**form, "day": "31/12/2198"}).status_code == 303
    assert fakes.of("matching", "POST /v1/editions")[0].body["day"] == "2198-12-31"
    promise = {"text_id": "LTSA buka", "who": "Disnaker", "due": "1/2/2198"}
    fakes.says("matching", "POST /v1/promises", publics.promise("OPEN"), status=201)
    assert client.post("/kelola-capaian/janji", data={**form, **promise, "who": ""}).status_code == 422
    assert client.post("/kelola-capaian/janji", data={**form, **promise}).status_code == 303
    assert fakes.of("matching", "POST /v1/promises")[0].body["due"] == "2198-02-01"


def test_the_manager_says_beside_an_edition_what_is_wrong_in_it(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    client, page = visits.as_("manager"), "/kelola-capaian/koreksi/2026-09-10"
    assert 'href="/kelola-capaian/koreksi/' in client.get("/kelola-capaian").text
    assert "Angka Ende keliru" in client.get(page).text
    form = {"csrf_token": csrf(client), "once": "1"}
    for nothing in ("", "   "):
        refused = client.post(page, data={**form, "text_id": nothing})
        assert refused.status_code == 422 and "Tulis koreksinya." in refused.text
    fakes.says("matching", "POST /v1/editions/*/corrections", publics.edition())
    assert client.post(page, data={**form, "text_id": " Alor 12, bukan 21 "}).location == page
    (asked,) = fakes.of("matching", "POST /v1/editions/*/corrections")
    assert asked.body == {"text": {"id": "Alor 12, bukan 21", "en": "Alor 12, bukan 21"}}
    twice = {"text_id": "Angka Ende keliru", "text_en": "Ende was wrong"}
    assert client.post(page, data={**form, **twice}).status_code == 303
    assert "tidak ada yang dicatat dua kali" in client.get(page).text
    assert len(fakes.of("matching", "POST /v1/editions/*/corrections")) == 1
    fault = {"pointer": "/text/en", "code": "too_long", "message": "Terlalu panjang.", "fix": "Singkatkan."}
    fakes.refuses("matching", "POST /v1/editions/*/corrections", 422, "invalid", "Tidak sah", errors=[fault])
    refused = client.post(page, data={**form, "text_id": "x", "text_en": "y"})
    assert refused.status_code == 422 and 'href="#text_en"' in refused.text
    assert client.get("/kelola-capaian/koreksi/lain").status_code == 404


def test_a_house_that_is_asked_too_often_is_as_good_as_silent(visits: Visits, fakes: FakeHouses) -> None:
    fakes.refuses("training", "GET /v1/open-batches", 429, "too_many_requests", "Terlalu sering")
    text = text_of(visits, COURSES)
    assert "Bagian ini kosong untuk sementara" in text
    assert "Belum ada kursus terbuka" not in text


def test_a_page_beyond_the_last_is_the_last(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    assert "Perawatan lansia" in text_of(visits, f"{COURSES}?hal=900")


def test_caches_keep_the_languages_apart(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    for path in (COURSES, "/capaian/data.csv"):
        assert "Cookie" in visits.nobody().get(path).headers["Vary"]


def test_demand_that_is_too_small_to_be_told_is_not_called_nobody(visits: Visits, fakes: FakeHouses) -> None:
    publics.tell(fakes)
    other = open_batch(certificates=[{"kind": "SKILL_TEST", "scheme": "SSW_CARE"}])
    fakes.says("training", "GET /v1/open-batches", open_batches(open_batch(), other))
    text = text_of(visits, "/capaian/kebutuhan")
    assert "62 orang membutuhkan sertifikat kompetensi: Perawat lansia" in text
    assert "kurang dari 10 orang membutuhkan uji keahlian" in text
    rows = csv.DictReader(io.StringIO(visits.nobody().get("/capaian/kebutuhan/data.csv").get_data(as_text=True)))
    assert {row["programme"]: row["people"] for row in rows}["SKILL_TEST:SSW_CARE"] == ""
