"""Public pages on fake houses: open to nobody in particular, kept by caches, and there when a house is silent."""

import csv
import io

from tests.support.console import publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.publics import open_batch, open_batches
from tests.support.console.visits import Visits

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
