"""What a ban closes names the ban, also where nobody offers it and so no order says it."""

from typing import Any

import pytest

from services.matching.schemas.shown import RecommendationSchema
from tests.unit.matching.test_one_meaning import told


def wish(work: list[str], countries: list[str]) -> dict[str, Any]:
    return {"isco08": work, "destinations": countries}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_closed_wish_without_an_order_names_rule_version_and_basis(lang: str) -> None:
    answer = told(lang, wishes=wish(["5249"], ["KHM"]))
    verdict = answer["verdict"]
    assert verdict["goal"] is None
    (ban,) = verdict["closed_by"]
    assert ban["code"] == "BAN" and "/" in ban["version"] and ban["legal_basis"]["instrument"]
    assert ban["text"] in verdict["text"] and ban["next_action"] and ban["who"]
    assert RecommendationSchema().dump(answer) == answer


def test_a_closed_part_of_a_wish_names_its_ban_beside_the_note() -> None:
    verdict = told(wishes=wish(["9111"], ["SAU", "MYS"]))["verdict"]
    (ban,) = verdict["closed_by"]
    assert ban["text"] in verdict["notes"] and "Arab Saudi" in ban["text"] and ban["version"] == "BAN-MENA-HOUSEHOLD/1"


def test_an_order_that_says_it_itself_is_enough() -> None:
    verdict = told(wishes=wish(["9111"], ["SAU"]))["verdict"]
    assert verdict["goal"]["blocked_by"][0]["code"] == "BAN" and "closed_by" not in verdict


def test_what_no_ban_closes_names_none() -> None:
    assert "closed_by" not in told(wishes=wish(["5249"], ["DEU"]))["verdict"]
