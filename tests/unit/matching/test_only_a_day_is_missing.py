"""What was asked for and a day alone opens has that day in headline, goal and list, as a birthday has."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import TODAY, days
from tests.unit.matching.test_closing_soon import the_order, with_, world
from tests.unit.matching.test_first_step import READY as CLASS_ENDS
from tests.unit.matching.test_first_step import taught
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


CLEANER = "00000000-0000-4000-8000-0000000000bb"
BOTH = {"isco08": ["9111", "9112"], "destinations": ["MYS"]}
UNTAUGHT: dict[str, Any] = {"wishes": BOTH, "regency": "73.71", "certificates": [], "training_hours": []}


def with_a_cleaner(**changes: Any) -> Any:
    """The housekeeper's order, which a class opens, and a cleaner's that asks for nothing to be learned."""
    made, title = taught(), {"id": "Petugas kebersihan", "en": "Cleaner"}
    made.put_order(
        {**the_order(), "id": CLEANER, "code": "CLEANER", "isco08": "9112", "title": title, "requirements": None}
        | changes
    )
    return made


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("person", "order", "day"),
    [
        ({}, {"opens_on": days(5)}, days(5)),
        ({}, {"opens_on": CLASS_ENDS}, CLASS_ENDS),  # on the same day, and nothing is to be done for it
        ({"records": ban(20)}, {}, days(21)),
        (
            {"birth_date": (TODAY + timedelta(days=10)).replace(year=TODAY.year - 29).isoformat()},
            {"requirements": {"kind": "age", "min": 29}},
            days(10),
        ),
    ],
)
def test_of_two_wishes_the_one_that_a_day_opens_sooner_than_a_class_leads(
    person: dict[str, Any], order: dict[str, Any], day: str, lang: str
) -> None:
    answer = told(lang, world=with_a_cleaner(**order), **UNTAUGHT, **person)
    verdict, goal = answer["verdict"], answer["verdict"]["goal"]
    assert (verdict["state"], verdict["date"], verdict["steps"]) == ("ELIGIBLE_BY", day, 1)
    assert {"id": "tinggal menunggu hari itu", "en": "only that day has to come"}[lang] in verdict["text"]
    assert (goal["code"], goal["state"], answer["checklist_of"]) == ("CLEANER", "ELIGIBLE_BY", CLEANER)
    assert date.fromisoformat(answer["pathways"][0]["ready_on"]) >= date.fromisoformat(day)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_class_for_the_other_wish_is_told_as_such_and_opens_that_alone(lang: str) -> None:
    answer = told(lang, world=with_a_cleaner(opens_on=days(5)), **UNTAUGHT)
    (path,) = answer["pathways"]
    assert (path["ready_on"], CLEANER in path["unlocks"], answer["nearest_change"]) == (CLASS_ENDS, False, None)
    assert path["text"].startswith({"id": "Yang juga diminta: ", "en": "Also asked for: "}[lang])
    assert answer["verdict"]["goal"]["opened_by"] == []


def test_a_class_that_ends_before_the_day_leads() -> None:
    answer = told(world=with_a_cleaner(opens_on=days(70)), **UNTAUGHT)
    assert (answer["verdict"]["state"], answer["verdict"]["date"]) == ("TRAINING", CLASS_ENDS)
    assert (answer["verdict"]["goal"]["code"], answer["verdict"]["goal"]["opened_by"][:1]) == (HOUSEKEEPER, ["FASTEST"])
