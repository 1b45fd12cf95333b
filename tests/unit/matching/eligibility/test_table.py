"""All people × all orders, kept while orders, people and laws change one by one."""

from datetime import date, timedelta

import numpy as np
import pytest

from services.matching.matcher import facets
from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import Law
from services.matching.matcher.law.rules import demands
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.order_book.states import state_codes, states
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.verdicts.check import hidden, state_by_law
from tests.builders import (
    TODAY,
    a_ban,
    a_certificate,
    a_cost_rule,
    a_factory_order,
    a_gate,
    a_law,
    a_person,
    an_order,
    days,
    hours_rule,
)
from tests.property.eligibility_worlds import Worlds
from tests.support.today import born

BY_ORDER = (State.ELIGIBLE_NOW, State.ELIGIBLE_BY, State.NO_PATH)


def seen(orders: OrderIndex, law: Law, people: Facets, day: date = TODAY) -> dict[tuple[str, str], State]:
    """Order id, person id → state."""
    compiled = orders.under(law.at(day))
    found = states(people, compiled, day)
    return {
        (order_id, person_id): STATE_CODES[found[place, row]]
        for place, order_id in enumerate(compiled.ids)
        if order_id in orders.orders
        for person_id, row in people.rows.items()
    }


def under(law: Law, *orders: Order) -> CompiledOrders:
    return OrderIndex(orders).under(law.at(TODAY))


def expected(orders: list[Order], people: list[Person], law: Law, day: date = TODAY) -> dict[tuple[str, str], State]:
    asked = {order.id: demands(order, law.at(day)) for order in orders}
    return {
        (order.id, person.id): State.NO_PATH
        if hidden(order, asked[order.id]) and state_by_law(asked[order.id], person, day) in BY_ORDER
        else state_by_law(asked[order.id], person, day)
        for order in orders
        for person in people
    }


def test_one_byte_a_pair_says_the_state() -> None:
    child, silent = a_person(birth_date=born(14)), a_person(consent="NONE")
    people = Facets([a_person(), a_person(certificates=[]), child, silent])
    found = states(people, under(a_law(), an_order(), a_factory_order()), TODAY)
    assert found.dtype == np.int8
    assert found.shape == (2, 4)
    names = [[STATE_CODES[code].value for code in line] for line in found]
    assert names == [
        ["ELIGIBLE_NOW", "NO_PATH", "TRAINING", "CONSENT_NEEDED"],
        ["ELIGIBLE_NOW", "ELIGIBLE_NOW", "TRAINING", "CONSENT_NEEDED"],
    ]


def test_a_table_kept_by_single_changes_equals_one_made_at_once() -> None:
    """Orders and people come, change and go in any order; a table that saw only the end must agree."""
    worlds = Worlds(seed=7)
    law = worlds.law()
    index, people = OrderIndex(), Facets()
    orders: dict[str, Order] = {}
    persons: dict[str, Person] = {}
    for step in range(120):
        index.under(law.at(TODAY))
        order, person = worlds.order(), worlds.person()
        index.put(order)
        people.upsert(person)
        orders[order.id], persons[person.id] = order, person
        if step % 3 == 0:
            gone = worlds.random.choice(["nothing", *orders])
            index.drop(gone)
            orders.pop(gone, None)
            left = worlds.random.choice(["nobody", *persons])
            people.remove(left)
            persons.pop(left, None)
        if step % 5 == 0:
            changed = worlds.random.choice(["new-id", *persons])
            persons[changed] = Person(id=changed, version=2, consent="GIVEN", birth_date=worlds.person().birth_date)
            people.upsert(persons[changed])
    assert seen(index, law, people) == expected(list(orders.values()), list(persons.values()), law)
    assert seen(index, law, people) == seen(OrderIndex(orders.values()), law, Facets(persons.values()))


@pytest.mark.slow
def test_what_no_order_asks_any_more_is_forgotten() -> None:
    index, people = OrderIndex(), Facets([a_person()])
    index.under(a_law().at(TODAY))
    for low in range(3000):
        index.put(an_order(id="always-the-same", requirements={"kind": "age", "min": 18, "max": 30 + low}))
        index.under(a_law().at(TODAY))
    assert len(index.under(a_law().at(TODAY)).leaves) < 1500
    assert seen(index, a_law(), people)["always-the-same", next(iter(people.rows))] is State.ELIGIBLE_NOW


def test_facts_that_nobody_has_any_more_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "SPARE", 10)
    people, compiled = Facets([a_person(id="a")]), under(a_law(a_gate()), an_order())
    for day in range(1, 60):
        people.upsert(a_person(id="a", birth_date=f"1990-01-{day % 28 + 1:02d}"), a_person(id="b", certificates=[]))
        assert states(people, compiled, TODAY).tolist() == [[2, 0]]
    facts, number = people.numbered("birth_date")
    assert len(facts) < 20 and len(number) == 2


def test_a_removed_person_is_nobody_and_the_row_is_used_again() -> None:
    people = Facets([a_person(id="a"), a_person(id="b")])
    people.remove("a")
    people.remove("unknown")
    assert (len(people), people.size, people.alive().tolist()) == (1, 2, [False, True])
    people.upsert(a_person(id="c"))
    assert (people.rows, people.size) == ({"b": 1, "c": 0}, 2)


def test_a_new_law_is_seen_at_once() -> None:
    index, people = OrderIndex([an_order(id="o")]), Facets([a_person(id="p")])
    assert seen(index, a_law(), people) == {("o", "p"): State.ELIGIBLE_NOW}
    assert seen(index, a_law(a_ban("MYS")), people) == {("o", "p"): State.NO_PATH}


def test_a_policy_rewritten_under_its_own_number_is_noticed() -> None:
    index, people = OrderIndex([an_order(id="o")]), Facets([a_person(id="p")])
    assert seen(index, a_law(a_ban("SAU")), people) == {("o", "p"): State.ELIGIBLE_NOW}
    assert seen(index, a_law(a_ban("MYS")), people) == {("o", "p"): State.NO_PATH}


def test_a_proposal_leaves_the_compiled_law_as_it_is() -> None:
    index = OrderIndex([an_order()])
    before = index.under(a_law(a_gate()).at(TODAY))
    assert index.under(a_law(a_gate(), a_ban("MYS", status="PROPOSED")).at(TODAY)) is before


def test_each_day_is_judged_by_its_own_law_and_its_own_open_orders() -> None:
    law = a_law(a_ban("KOR", valid_from=days(7), valid_until=days(37)))
    index, people = OrderIndex([a_factory_order(id="o", closes_on=days(47))]), Facets([a_person(id="p")])
    asked = [TODAY + timedelta(days=ahead) for ahead in (0, 21, 47, 48, 0)]
    states = [seen(index, law, people, day)["o", "p"].value for day in asked]
    assert states == ["ELIGIBLE_NOW", "NO_PATH", "ELIGIBLE_NOW", "NO_PATH", "ELIGIBLE_NOW"]


def test_a_few_laws_are_remembered_and_not_all_of_history() -> None:
    gates = [a_ban("KOR", code=f"BAN-{number}", valid_from=days(number)) for number in range(20)]
    index, law = OrderIndex([a_factory_order()]), a_law(*gates)
    compiled = [index.under(law.at(TODAY + timedelta(days=number))) for number in range(20)]
    assert index.under(law.at(TODAY + timedelta(days=19))) is compiled[-1]
    assert index.under(law.at(TODAY)) is not compiled[0]


def test_knowledge_of_another_day_may_be_asked() -> None:
    index, law = OrderIndex([a_factory_order()]), a_law(a_ban("KOR", known_from=f"{days(-23)}T00:00:00Z"))
    known = [index.under(law.at(TODAY, known_on)) for known_on in (TODAY - timedelta(days=54), TODAY)]
    told = [STATE_CODES[states(Facets([a_person()]), compiled, TODAY)[0, 0]] for compiled in known]
    assert told == [State.ELIGIBLE_NOW, State.NO_PATH]


def test_hidden_orders_are_listed_with_their_reason() -> None:
    charging = a_factory_order(id="fee", costs=[{"item": "TRAINING", "payer": "CANDIDATE", "amount": None}])
    stopped, fine = a_factory_order(id="stopped", status="SUSPENDED"), a_factory_order(id="fine")
    found = under(a_law(a_cost_rule("TRAINING")), charging, stopped, fine).hidden
    assert {order_id: reason.reason for order_id, reason in found.items()} == {
        "fee": "UNLAWFUL_FEES",
        "stopped": "SUSPENDED",
    }


def test_the_rules_of_an_order_can_be_read_and_an_unknown_order_is_said_to_be() -> None:
    compiled = under(a_law(a_gate(), hours_rule()), an_order(id="o"))
    assert {"GATE", "TRAINING_HOURS"} <= {rule.code for rule in compiled.applied["o"]}
    with pytest.raises(KeyError):
        compiled.asks_of("nothing")


def test_nobody_and_nothing_are_a_world_too() -> None:
    assert states(Facets(), under(a_law()), TODAY).shape == (0, 0)
    assert states(Facets([a_person()]), under(a_law()), TODAY).shape == (0, 1)
    assert states(Facets(), under(a_law(), an_order()), TODAY).shape == (1, 0)
    assert state_codes(a_person(), under(a_law()), TODAY).shape == (0,)


@pytest.mark.slow
def test_more_people_than_one_block_are_judged_alike() -> None:
    people = Facets(
        a_person(id=str(number), certificates=[] if number % 2 else [a_certificate("FAMILY_COOK")])
        for number in range(8200)
    )
    found = states(people, under(a_law(a_gate()), a_factory_order(), an_order()), TODAY)
    assert (found == found[:, :1]).all()
