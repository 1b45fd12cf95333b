"""Which courses stand first for somebody whose wish no path opens: what it needs, in an order that can be taken."""

from typing import Any

import pytest

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World
from tests.builders import TODAY, a_batch_payload, a_certificate, a_course_payload, a_person, an_order_payload, days
from tests.unit.matching.test_one_meaning import born, told

BUILDING = {"isco08": ["7126"], "destinations": ["ARE"]}
FOOD = {"isco08": ["8160"], "destinations": ["JPN", "TWN"]}
NOT_THE_TEST = {"Farming for Japan", "Care skill test"}


def courses(**changes: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(lang="en", **changes)["courses"]
    return found


@pytest.mark.parametrize("wishes", [BUILDING, FOOD], ids=["construction", "food"])
def test_what_teaches_the_door_of_a_needed_course_comes_with_it_and_before_it(wishes: dict[str, Any]) -> None:
    """A law that asks for any skill test sends nobody to that of another trade: the order asks for its own."""
    rows = courses(wishes=wishes, sex="M")
    assert [row["title"] for row in rows[:2]] == ["Japanese N5", "Japanese N4"]
    assert rows[1]["missing"][0]["text"] == "Take this first: Japanese N5." and rows[0]["ends"] < rows[1]["starts"]
    assert [row["reasons"][0]["code"] for row in rows[:2]] == ["TOWARDS_WISH"] * 2
    assert not NOT_THE_TEST & {row["title"] for row in rows}


def test_nobody_learns_for_an_order_that_they_are_too_old_for() -> None:
    old = {
        "birth_date": born(46),
        "education": {"level": "SD"},
        "wishes": {"isco08": ["5322"], "destinations": ["TWN"]},
    }
    young = {**old, "birth_date": born(30)}
    assert "TOWARDS_WISH" not in {reason["code"] for row in courses(**old) for reason in row["reasons"]}
    assert "Mandarin A1" in {row["title"] for row in courses(**young)}


def test_what_ran_out_is_not_called_held() -> None:
    def reasons(until: int) -> set[str]:
        paper = {"kind": "COMPETENCE", "scheme": "WELDING_PLATE_PIPE_2", "valid_from": days(-900)}
        answer = told(lang="en", wishes={"isco08": ["7212"]}, certificates=[{**paper, "valid_until": days(until)}])
        return {one["code"] for row in answer["placements"] if row["code"] == "WELDER" for one in row["reasons"]}

    assert "CERTIFICATE_HELD" in reasons(900) and "CERTIFICATE_HELD" not in reasons(-5)


@pytest.mark.parametrize(("until", "held"), [(900, True), (-5, False)])
def test_nor_is_one_of_two_that_are_asked_for_when_the_other_ran_out(until: int, held: bool) -> None:
    asked = [{"kind": "certificate", "certificate": "SAFETY", "scheme": scheme} for scheme in ("BST", "ORIENTASI")]
    world = World(Distances({}))
    world.put_order(an_order_payload(requirements={"all": asked}, title_scheme=None))
    renewed = {"kind": "SAFETY", "scheme": "ORIENTASI", "valid_months": 24}
    course = a_course_payload(certificate=renewed, hours_for=[])
    world.put_course(course)
    world.put_batch(a_batch_payload(course["id"]))
    papers = [
        a_certificate("BST", kind="SAFETY", valid_until=days(900)),
        a_certificate("ORIENTASI", kind="SAFETY", valid_until=days(until)),
    ]
    (row,) = payload(advise(a_person(certificates=papers), world, Ranking.cold(), day=TODAY))["placements"]
    assert ("CERTIFICATE_HELD" in {one["code"] for one in row["reasons"]}, row["eligible"]) == (held, held)


def test_without_a_wish_the_headline_names_what_the_list_begins_with() -> None:
    answer = told(lang="en", wishes={}, sex="M")
    open_now = [row["title"].lower() for row in answer["placements"] if row["eligible"]]
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW" and len(open_now) > 1
    text = answer["verdict"]["text"].lower()
    assert text.index(open_now[0]) < text.index(open_now[1])
