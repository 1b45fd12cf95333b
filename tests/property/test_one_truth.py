"""One order has one word, wherever it is said: headline, goal, list, paths, the single question and what-if."""

from datetime import date
from typing import Any

import pytest

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.answer import state_with_paths
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.outlooks import opened_by_training
from services.matching.matcher.pathway.question import Searched
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.verdicts.outcomes import closed_for_all
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.what_if import what_if
from services.matching.matcher.world import World
from tests.property.paths_worlds import KM, Drawn

RANKING = Ranking.cold()
WISHES: tuple[dict[str, Any], ...] = (
    {},
    {"isco08": ["9111"]},
    {"isco08": ["9111"], "destinations": ["MYS"]},
    {"destinations": ["SGP"]},
    {"isco08": ["5322"]},
    {"isco08": ["2221"], "destinations": ["JPN"]},
)
BEST_FIRST = ("ELIGIBLE_NOW", "ELIGIBLE_BY", "TRAINING", "NO_PATH")


class Told:
    """One drawn world and person: the answer, and every order judged by itself."""

    def __init__(self, seed: int) -> None:
        drawn = Drawn(seed)
        told = drawn.documents
        self.day: date = drawn.day
        self.world = World(KM)
        for put, documents in (
            (self.world.put_policy, told.policies),
            (self.world.put_order, told.orders),
            (self.world.put_quota, told.quotas),
            (self.world.put_course, told.courses),
            (self.world.put_batch, told.batches),
        ):
            for document in documents:
                put(document)
        before = told.person.get("wishes") or {}
        wishes = {**before, "isco08": [], "destinations": [], **WISHES[seed % len(WISHES)]}
        self.person = Person.from_payload({**told.person, "wishes": wishes})
        self.answer: dict[str, Any] = payload(
            advise(self.person, self.world, RANKING, day=self.day, courses=50, placements=50)
        )
        law = self.world.law.at(self.day)
        self.verdicts: dict[str, Verdict] = {
            id: self.world.verdict(self.person, order, law, self.day) for id, order in self.world.orders.items()
        }
        self.states = {
            id: state_with_paths(verdict, self.person, self.world.orders[id], self.world, self.day).value
            for id, verdict in self.verdicts.items()
        }


SEEDS = range(60)


@pytest.fixture(params=SEEDS)
def told(request: pytest.FixtureRequest) -> Told:
    return Told(request.param)


def test_headline_goal_list_paths_and_single_question_never_contradict(told: Told) -> None:
    answer, states, verdict = told.answer, told.states, told.answer["verdict"]
    if verdict["state"] in ("CONSENT_NEEDED", "DATA_NEEDED"):
        assert not (answer["placements"] or answer["courses"] or answer["pathways"] or answer["blocked"])
        return
    for row in answer["placements"]:
        assert row["state"] == states[row["job_order"]], row
        assert row["eligible"] == (row["state"] == "ELIGIBLE_NOW")
        assert row["eligible"] or row["missing"], "what is closed says why"
    goal = verdict["goal"]
    if goal is not None:
        assert goal["state"] == states[goal["job_order"]], goal
        assert goal["opened_by"] == [] or goal["state"] in ("TRAINING", "ELIGIBLE_BY")
    for path in answer["pathways"]:
        assert all(states[id] in ("TRAINING", "ELIGIBLE_BY") for id in path["unlocks"]), path
        days = [day for step in path["steps"] for day in (step["starts"], step["ends"])]
        assert days == sorted(days) and (not days or days[-1] <= path["ready_on"])
        assert path["ready_on"] <= path["can_leave_from"]
    journeys = [[step["batch"] for step in path["steps"]] for path in answer["pathways"]]
    assert all(journeys.count(one) == 1 for one in journeys)
    for group in answer["blocked"]:
        assert all(states[id] in ("NO_PATH", "TRAINING") for id in group["job_orders"]), group
        assert group["text"] and group["next_action"] and group["legal_basis"]
    for course in answer["courses"]:
        closed = [
            id for id in course["unlocks"] if closed_for_all(told.verdicts[id].outcomes) and id not in opened(told)
        ]
        assert not closed, "nobody is sent to a course for an order that is closed to everybody"
    headline(told)


def headline(told: Told) -> None:
    verdict, states = told.answer["verdict"], told.states
    shown = {row["job_order"]: row["state"] for row in told.answer["placements"]}
    if verdict["state"] == "ELIGIBLE_NOW":
        assert "ELIGIBLE_NOW" in shown.values() and not told.answer["verdict"]["goal"]
    if verdict["state"] == "TRAINING":
        assert told.answer["pathways"] or "18" in verdict["text"]
        assert "18" in verdict["text"] or verdict["date"] in [path["ready_on"] for path in told.answer["pathways"]]
    if verdict["goal"] is not None:
        assert verdict["state"] == verdict["goal"]["state"] or not verdict["goal"]["exact"], verdict
    if not any(told.person.wishes.isco08) and not told.person.wishes.destinations and states:
        alive = [states[id] for id in states if told.verdicts[id].hidden is None]
        best = min(alive, key=BEST_FIRST.index, default="NO_PATH")
        assert verdict["state"] == best or (verdict["state"], best) == ("TRAINING", "ELIGIBLE_BY"), (verdict, states)


def opened(told: Told) -> frozenset[str]:
    """Orders that training opens: also those whose ban ends before the course does."""
    return opened_by_training(told.person, told.world, told.day)


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_what_if_counts_by_the_same_words(seed: int) -> None:
    told = Told(seed)
    law, draft = told.world.law, told.world.law.without("NTT-GATE")
    people = {f"p{number}": told.person for number in range(12)}
    crowd = Facets(Person(**{**_fields(told.person), "id": id}) for id in people)

    def training(id: str, asked: Any) -> frozenset[str]:
        world = Searched(told.world.catalogue, type(told.world.order_index)(told.world.orders.values()), asked)
        return opened_by_training(people[id], world, told.day)

    change = what_if(told.world.order_index, crowd, law, draft, told.day, training=training)
    alive = [told.states[id] for id, verdict in told.verdicts.items() if verdict.hidden is None]
    best = min(alive, key=lambda state: BEST_FIRST.index(state) if state in BEST_FIRST else -1, default="NO_PATH")
    for cell in change.total:
        assert cell.people == 12 and cell.before.value == best, (cell, told.states)


def _fields(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Person.__slots__}
