"""What was asked for and a day alone opens has that day in headline, goal and list, as a birthday has."""

from typing import Any

import pytest

from tests.builders import days
from tests.unit.matching.test_closing_soon import with_, world
from tests.unit.matching.test_one_meaning import HOUSEKEEPER, PALM, codes, told
from tests.unit.matching.test_whole_answers import HELD, HOURS, PALM_WORK, ban

READY: dict[str, Any] = {"certificates": [HELD], "training_hours": HOURS}


@pytest.mark.parametrize(
    ("person", "order", "code", "day"),
    [
        ({"certificates": [{**HELD, "valid_from": days(10)}], "training_hours": HOURS}, None, HOUSEKEEPER, days(10)),
        ({"records": ban(40), "wishes": PALM_WORK, "sex": "M"}, None, PALM, days(41)),
        (READY, {"opens_on": days(20)}, HOUSEKEEPER, days(20)),
    ],
)
def test_headline_goal_and_list_name_the_one_day(
    person: dict[str, Any], order: dict[str, Any] | None, code: str, day: str
) -> None:
    answer = told(world=None if order is None else world(**order), **person)
    verdict, goal = answer["verdict"], answer["verdict"]["goal"]
    assert (verdict["state"], verdict["date"], verdict["steps"]) == ("ELIGIBLE_BY", day, 1)
    assert "tinggal menunggu hari itu" in verdict["text"]
    assert (goal["code"], goal["state"], {rule["by"] for rule in goal["blocked_by"]}) == (code, "ELIGIBLE_BY", {day})
    (row,) = (one for one in answer["placements"] if one["code"] == code)
    assert (row["state"], row["by"], row["eligible"]) == ("ELIGIBLE_BY", day, False)
    assert all(goal["job_order"] not in one["job_orders"] for one in answer["blocked"])
    assert (answer["pathways"], answer["nearest_change"]["change"]) == ([], "WAIT")


@pytest.mark.parametrize(
    ("person", "order"),
    [
        ({"certificates": [{**HELD, "valid_from": days(300)}], "training_hours": HOURS}, {}),  # the order has closed
        ({"certificates": [{**HELD, "valid_from": days(10)}]}, {}),  # hours are missing as well
        (READY, with_("sip2mi", valid_from=days(30))),  # the offer is not lawful before
        (READY, with_("company", valid_from=days(30))),
    ],
)
def test_a_day_that_does_not_open_it_alone_and_an_unlawful_offer_are_not_waited_for(
    person: dict[str, Any], order: dict[str, Any]
) -> None:
    answer = told(world=world(**order), **person)
    assert answer["verdict"]["state"] == answer["verdict"]["goal"]["state"] == "NO_PATH"
    assert not answer["placements"] and answer["blocked"]


def test_no_order_is_counted_twice_or_lost() -> None:
    waiting = told(records=ban(40), wishes=PALM_WORK, sex="M")
    counts = [row["count"] for part in ("blocked", "hidden") for row in waiting[part]]
    assert waiting["placements_in_all"] + sum(counts) == len(codes())
