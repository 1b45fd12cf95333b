"""People for whom any officer would know the course, advised by the product as it serves.

Their words go the whole way: the profile of a request, codes, the law, what each course opens, cards, reasons.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import Ranked
from services.matching.matcher.world import World
from services.training.app import outcomes_of
from shared.codes import countries
from tests.builders import TODAY, a_batch_payload, a_course_payload, a_result, an_employer, an_order_payload, days
from tests.quality.panels import WORDS, person
from tests.unit.matching.eligibility import demo

PANEL = yaml.safe_load(Path(__file__).with_name("panel_courses.yaml").read_text(encoding="utf-8"))
COURSES, PEOPLE = PANEL["courses"], {told["who"]: told for told in PANEL["people"]}
RANKING = Ranking.cold()


def order(code: str, told: dict[str, Any]) -> dict[str, Any]:
    amount, currency = told["wage"]
    return an_order_payload(
        id=code,
        code=code,
        isco08=told["isco08"],
        country=told["country"],
        title=dict(zip(("id", "en"), told["title"], strict=True)),
        title_scheme=None,
        channel=None,
        employer=an_employer(type="COMPANY", household_income=None, household_size=None),
        wage={"amount": amount, "currency": currency},
        skills=[{"code": code, "essential": True, "similarity": 1.0} for code in told["essential"]],
        requirements={"all": told.get("needs", [])},
    )


def course(code: str, told: dict[str, Any]) -> dict[str, Any]:
    jobs, kind = told.get("isco08", []), told.get("kind", "COMPETENCE")
    after = [dict(zip(("language", "test", "result"), told["after"], strict=True))] if "after" in told else []
    return a_course_payload(
        id=code,
        code=code,
        title=dict(zip(("id", "en"), told["title"], strict=True)),
        isco08=jobs,
        outcomes=[outcome for outcome in outcomes_of(WORDS)(told["teaches"]) if outcome["code"]],
        certificate={"kind": kind, "scheme": told["scheme"], "valid_months": 36} if "scheme" in told else None,
        languages=[a_result(*result) for result in told.get("languages", ())],
        lesson_hours=told.get("hours"),
        hours_for=[
            {"isco08": job, "destination": told["for"], "hours": told["hours"]} for job in jobs if "hours" in told
        ],
        mode="OFFLINE" if len(told["batch"]) == 3 else "ONLINE",
        cost_to_trainee={"amount": told["cost"], "currency": "IDR"},
        prerequisites={"all": [{"kind": "language", **need} for need in after]},
    )


@cache
def province() -> World:
    world = World(Distances.read("deploy/data/distances.csv"))
    for policy in demo.policy_documents():
        world.put_policy(policy)
    for document in demo.order_documents():
        world.put_order(document)
    for code, told in PANEL["orders"].items():
        world.put_order(order(code, told))
    for code, told in COURSES.items():
        world.put_course(course(code, told))
        first, last, *place = told["batch"]
        regency = place[0] if place else None
        world.put_batch(
            a_batch_payload(code, starts=days(first), ends=days(last), closes=days(first - 2), regency=regency)
        )
    return world


@cache
def ranked(who: str) -> list[Ranked]:
    advice = advise(person(PEOPLE[who]), province(), RANKING, day=TODAY, courses=len(COURSES))
    return [row for _, _, row in advice.courses]


of_everybody = pytest.mark.parametrize(
    "told",
    [told for told in PEOPLE.values() if not told.get("none")],
    ids=[who.replace(" ", "-") for who, told in PEOPLE.items() if not told.get("none")],
)


def test_where_no_course_leads_near_what_was_asked_for_none_is_listed() -> None:
    """Courses for other work would stand first in a list about the wish; the smallest change is told instead."""
    without = [who for who, told in PEOPLE.items() if told.get("none")]
    assert without and all(ranked(who) == [] for who in without)


@of_everybody
def test_the_list_is_as_any_officer_would_make_it(told: dict[str, Any]) -> None:
    rows = ranked(told["who"])
    place = {row.id: number for number, row in enumerate(rows, start=1)}
    if "first" in told:
        assert rows[0].id in told["first"], [(row.id, round(row.score, 1)) for row in rows[:5]]
    for better, worse in told.get("before", ()):
        assert place[better] < place[worse], f"{better} is {place[better]}, {worse} is {place[worse]}"


@of_everybody
def test_what_opens_nothing_stands_behind_all_that_opens_something(told: dict[str, Any]) -> None:
    opens = [bool(row.unlocks) for row in ranked(told["who"])]
    assert opens == sorted(opens, reverse=True)
    assert True in opens and False in opens, "the person has courses of both kinds"


@of_everybody
def test_every_course_says_what_it_opens_or_that_it_opens_nothing(told: dict[str, Any]) -> None:
    rows = {row.id: row for row in ranked(told["who"])}
    for row in rows.values():
        said = {reason.code for reason in (*row.reasons, *row.missing)} & {"OPENS_ORDERS", "UNLOCKS_NOTHING"}
        assert said == {"OPENS_ORDERS" if row.unlocks else "UNLOCKS_NOTHING"}, row
        assert len(row.reasons) <= 3 and sum(part.points for part in row.parts) == pytest.approx(row.score, abs=1e-9)
    for id, doors in told.get("opens", {}).items():
        assert set(doors) <= set(rows[id].unlocks)
        [opens] = [reason.text for reason in rows[id].reasons if reason.code == "OPENS_ORDERS"]
        country = province().orders[doors[0]].country
        assert countries.name(country or "", "id") in opens.id and countries.name(country or "", "en") in opens.en
    assert not {id for id in told.get("nothing", ()) if rows[id].unlocks}
