"""An officer's start: what waits today, by initials alone, also while a house is silent."""

import pytest
from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import words_on


def test_the_start_shows_what_waits_by_initials(ana: FlaskClient, fakes: FakeHouses) -> None:
    held = [people.enrolment(hold_until=f"2026-12-0{day}T01:00:00Z") for day in (3, 1, 2)]
    fakes.says("training", "GET /v1/enrolments", {"items": held, "next": None})
    read = words_on(ana, "/")
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
