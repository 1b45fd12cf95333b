"""A path names what it is for, and says when that is not what was asked for."""

from typing import Any

import pytest

from services.matching.schemas.shown import PathwaySchema
from tests.builders import days
from tests.unit.matching.test_one_meaning import HOUSEKEEPER, codes, told

KOREA: dict[str, Any] = {"sex": "M", "wishes": {"destinations": ["KOR"]}}
PEOPLE: list[dict[str, Any]] = [
    {},
    KOREA,
    {"wishes": {}},
    {"wishes": {"isco08": ["9111"], "destinations": ["SAU"]}},
    {"wishes": {"isco08": ["6223"]}, "sex": "M"},
    {"wishes": {"isco08": ["2221"], "destinations": ["JPN"]}, "education": {"level": "D3", "field": "NURSING"}},
    {"birth_date": days(30 - 18 * 365 - 5), "sex": "M", "wishes": {"isco08": ["9211"], "destinations": ["MYS"]}},
]
BEGINS = {"id": ("Pekerjaan lain: ", "Negara lain: "), "en": ("Other work: ", "Another country: ")}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_path_names_an_order_that_it_opens(person: dict[str, Any], lang: str) -> None:
    answer = told(lang, **person)
    for path in answer["pathways"]:
        assert path["aim"]["job_order"] in path["unlocks"] and path["aim"]["title"] in path["text"]
        assert set(path) <= set(PathwaySchema().fields)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("person", PEOPLE)
def test_a_path_says_that_it_leads_elsewhere_exactly_where_it_does(person: dict[str, Any], lang: str) -> None:
    answer = told(lang, **person)
    goal, wish = answer["verdict"]["goal"], {"wishes": {"isco08": ["9111"]}, **person}["wishes"]
    for path in answer["pathways"]:
        elsewhere = bool(wish) and goal is not None and not goal["opened_by"]
        assert ("other_than_asked" in path) == elsewhere == path["text"].startswith(BEGINS[lang])


def test_who_asks_for_korea_and_is_shown_a_home_is_told_so_on_each_path() -> None:
    paths = told(**KOREA)["pathways"]
    assert len(paths) > 1
    assert all(path["text"].startswith("Pekerjaan lain: ") for path in paths)
    assert len({path["text"] for path in paths}) == len(paths)


def test_the_same_work_elsewhere_is_called_another_country() -> None:
    banned = told(wishes={"isco08": ["9111"], "destinations": ["SAU"]})
    homes = [path for path in banned["pathways"] if codes()[path["aim"]["job_order"]] == HOUSEKEEPER]
    assert homes and all(path["text"].startswith("Negara lain: ") for path in homes)


def test_the_order_that_was_asked_for_names_the_path_to_it() -> None:
    answer = told()
    assert codes()[answer["pathways"][0]["aim"]["job_order"]] == HOUSEKEEPER
