"""An answer that says something else than the person was shown: what changed, since when, and both to open."""

from typing import Any

import pytest

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.visits import Visits

HOME, PAPER = f"/calon/{ID}", f"/calon/{ID}/jalur-saya"
EARLIER = "earlier-answer"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    return fakes


def shown_before(house: FakeHouses, **changes: Any) -> None:
    """Somebody was shown another answer at an earlier visit."""
    old = people.advice(**{"id": EARLIER, "pathways": [], **changes})
    rows = [people.answered(), people.answered(id=EARLIER, given_at="2026-11-03T02:00:00Z")]
    house.says("matching", "GET /v1/recommendations", {"items": rows, "next": None})
    house.says("matching", f"GET /v1/recommendations/{EARLIER}", old)


@pytest.mark.parametrize("path", [HOME, PAPER])
def test_another_answer_of_an_earlier_visit_is_told_with_both_to_open(
    visits: Visits, house: FakeHouses, path: str
) -> None:
    old = [*people.advice()["requirements"], {**people.advice()["requirements"][0], "code": "AGE", "text": "Umur."}]
    shown_before(house, requirements=old, pathways=people.advice()["pathways"])
    text = visits.as_().get(path).get_data(as_text=True)
    assert "Jalur berubah: 4 syarat yang menghalangi menjadi 3" in text
    assert f"{HOME}/jawaban/{EARLIER}" in text and f"{HOME}/jawaban/{people.advice()['id']}" in text
    assert "3 Nov 2026" in text


def test_the_page_tells_once_and_the_paper_as_long_as_it_is_so(visits: Visits, house: FakeHouses) -> None:
    ana = visits.as_()
    ana.get(HOME)
    people.tell(house, answer=people.advice("ELIGIBLE_NOW", id="new", pathways=[]))
    assert "Jalur berubah" in ana.get(HOME).text
    assert "Jalur berubah" not in ana.get(HOME).text
    for _ in range(2):
        text = ana.get(PAPER).text
        assert "Jalur berubah" in text and f"{HOME}/jawaban/{people.advice()['id']}" in text


@pytest.mark.parametrize("same", [True, False])
def test_nothing_is_told_where_nothing_changed_or_nothing_can_be_read(
    visits: Visits, house: FakeHouses, same: bool
) -> None:
    shown_before(house, pathways=people.advice()["pathways"])
    if same:
        house.says("matching", f"GET /v1/recommendations/{EARLIER}", people.advice(id=EARLIER))
    else:
        house.refuses("matching", f"GET /v1/recommendations/{EARLIER}", 410, "consent_withdrawn", "Tidak terbaca")
    for path in (HOME, PAPER):
        answer = visits.as_().get(path)
        assert answer.status_code == 200 and "Jalur berubah" not in answer.text


def test_the_earlier_answer_is_asked_for_once_a_session(visits: Visits, house: FakeHouses) -> None:
    shown_before(house)
    ana = visits.as_()
    for _ in range(3):
        ana.get(HOME)
    assert len(house.of("matching", f"GET /v1/recommendations/{EARLIER}")) == 1


@pytest.mark.parametrize(
    ("before", "said", "mark"),
    [
        ({"pathways": []}, "dulu belum ada jalur, kini 1 langkah", "✓"),
        ({"pathways": [{**people.advice()["pathways"][0], "steps": []}]}, "0 langkah menjadi 1", "✓"),
    ],
)
def test_a_path_that_opened_is_said(
    visits: Visits, house: FakeHouses, before: dict[str, Any], said: str, mark: str
) -> None:
    shown_before(house, **before)
    text = visits.as_().get(HOME).text
    assert said in text and f'<span aria-hidden="true">{mark}</span> Jalur berubah' in text


def test_a_path_that_closed_is_no_green_line(visits: Visits, house: FakeHouses) -> None:
    people.tell(house, answer=people.advice("NO_PATH", id="now", pathways=[]))
    shown_before(house, pathways=people.advice()["pathways"])
    only = {"items": [people.answered(id=EARLIER)], "next": None}
    house.says("matching", "GET /v1/recommendations", only)
    text = visits.as_().get(HOME).text
    assert "jalur yang dulu ada kini tertutup" in text
    assert '<span aria-hidden="true">!</span> Jalur berubah' in text
