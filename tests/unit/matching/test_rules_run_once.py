"""The rules run once for an order and a law: for advice, for one verdict, for judging acts and for what-if alike."""

from collections import Counter

import pytest

from services.matching.judging.docket import Docket
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law import rules
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.what_if import what_if
from services.matching.matcher.world import World
from tests import builders as make
from tests.builders import TODAY
from tests.unit.matching.eligibility import demo


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, LawOnDay]]:
    """How often the rules ran, by order and law."""
    counted: Counter[tuple[str, LawOnDay]] = Counter()
    first = rules.RULES[0]

    def counting(order: Order, law: LawOnDay) -> object:
        counted[order.id, law] += 1
        return first(order, law)

    monkeypatch.setattr(rules, "RULES", (counting, *rules.RULES[1:]))
    return counted


def test_every_question_under_one_law_shares_what_the_rules_said(runs: Counter[tuple[str, LawOnDay]]) -> None:
    world = the_world()
    person, law = make.a_person(), world.law.at(TODAY)
    advise(person, world, Ranking.cold(), day=TODAY)
    for order in world.orders.values():
        world.verdict(person, order, law, TODAY)
    assert len(list(Docket().due(world, TODAY))) > 10
    what_if(world.order_index, Facets([person]), world.law, world.law.without("NTT-GATE"), TODAY)
    assert {id for id, _ in runs} >= world.orders.keys()
    assert {key: count for key, count in runs.items() if key[1] == law and count != 1} == {}


def test_a_draft_that_is_not_on_the_book_is_judged_by_its_own_rules(runs: Counter[tuple[str, LawOnDay]]) -> None:
    world = the_world()
    draft, law = make.an_order(id="a-draft"), world.law.at(TODAY)
    assert world.verdict(make.a_person(), draft, law, TODAY).outcomes
    assert runs["a-draft", law] == 1


def test_a_changed_order_is_not_judged_by_what_the_rules_said_before() -> None:
    world = the_world()
    person, law = make.a_person(), world.law.at(TODAY)
    before = next(iter(world.orders.values()))
    world.verdict(person, before, law, TODAY)
    world.put_order({**next(d for d in documents() if d["id"] == before.id), "status": "CLOSED"})
    after = world.verdict(person, world.orders[before.id], law, TODAY)
    assert [one.status.name for one in after.outcomes if one.rule == "ORDER_STATUS"] == ["NOT_MET"]


def documents() -> list[dict[str, object]]:
    found = []
    for document in demo.order_documents():
        company = document.get("company")
        found.append({**document, "company": company and {**company, "id": company.get("sip3mi")}})
    return found


def the_world() -> World:
    world = World(Distances({}))
    for policy in demo.policy_documents():
        world.put_policy({**policy, "id": policy["code"]})
    for document in documents():
        world.put_order(document)
    return world
