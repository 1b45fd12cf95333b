"""All people × all orders, kept while orders, people and laws change one by one."""

from datetime import date, timedelta

import numpy as np
import pytest

from services.matching.matcher.eligibility.check import state_of
from services.matching.matcher.eligibility.law import Law
from services.matching.matcher.eligibility.people import Lines, People, Vocabulary
from services.matching.matcher.eligibility.rules import demands
from services.matching.matcher.eligibility.status import STATE_CODES, State
from services.matching.matcher.eligibility.table import Table
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
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


def seen(table: Table, people: People, day: date = TODAY) -> dict[tuple[str, str], State]:
    """Order id, person id → state."""
    states = table.states(people, day)
    return {
        (order_id, person_id): STATE_CODES[states[place, row]]
        for place, order_id in enumerate(table.ids)
        for person_id, row in people.rows.items()
    }


def expected(orders: list[Order], people: list[Person], law: Law, day: date = TODAY) -> dict[tuple[str, str], State]:
    asked = {order.id: demands(order, law.at(day)) for order in orders}
    return {
        (order_id, person.id): state_of(demanded, person, day)
        for order_id, demanded in asked.items()
        for person in people
    }


def test_one_byte_a_pair_says_the_state() -> None:
    child, silent = a_person(birth_date=born(14)), a_person(consent="NONE")
    people = People([a_person(), a_person(certificates=[]), child, silent])
    states = Table(a_law(), [an_order(), a_factory_order()]).states(people, TODAY)
    assert states.dtype == np.int8
    assert states.shape == (2, 4)
    names = [[STATE_CODES[code].value for code in line] for line in states]
    assert names == [
        ["ELIGIBLE_NOW", "NO_PATH", "TRAINING_ONLY", "CONSENT_NEEDED"],
        ["ELIGIBLE_NOW", "ELIGIBLE_NOW", "TRAINING_ONLY", "CONSENT_NEEDED"],
    ]


def test_a_table_kept_by_single_changes_equals_one_made_at_once() -> None:
    """Orders and people come, change and go in any order; a table that saw only the end must agree."""
    worlds = Worlds(seed=7)
    law = worlds.law()
    table, people = Table(law), People()
    orders: dict[str, Order] = {}
    persons: dict[str, Person] = {}
    for step in range(120):
        table.compiled(TODAY)
        order, person = worlds.order(), worlds.person()
        table.upsert(order)
        people.upsert(person)
        orders[order.id], persons[person.id] = order, person
        if step % 3 == 0:
            gone = worlds.random.choice(["nothing", *orders])
            table.remove(gone)
            orders.pop(gone, None)
            left = worlds.random.choice(["nobody", *persons])
            people.remove(left)
            persons.pop(left, None)
        if step % 5 == 0:
            changed = worlds.random.choice(["new-id", *persons])
            persons[changed] = Person(id=changed, version=2, consent="GIVEN", birth_date=worlds.person().birth_date)
            people.upsert(persons[changed])
    assert seen(table, people) == expected(list(orders.values()), list(persons.values()), law)
    assert seen(table, people) == seen(Table(law, orders.values()), People(persons.values()))


def test_asks_that_no_order_makes_any_more_are_forgotten() -> None:
    table, people = Table(a_law()), People([a_person()])
    table.compiled(TODAY)
    for low in range(3000):
        table.upsert(an_order(id="always-the-same", requirements={"kind": "age", "min": 18, "max": 30 + low}))
    assert len(table.compiled(TODAY).asks) < 1500
    assert seen(table, people)["always-the-same", next(iter(people.rows))] is State.ELIGIBLE_NOW


def test_a_removed_person_is_nobody_and_the_row_is_used_again() -> None:
    people = People([a_person(id="a"), a_person(id="b")])
    people.remove("a")
    people.remove("unknown")
    assert (len(people), people.size, list(people.dense("alive"))) == (1, 2, [0, 1])
    people.upsert(a_person(id="c"))
    assert (people.rows, people.size) == ({"b": 1, "c": 0}, 2)


def test_a_new_law_is_seen_at_once() -> None:
    table, people = Table(a_law(), [an_order(id="o")]), People([a_person(id="p")])
    assert seen(table, people) == {("o", "p"): State.ELIGIBLE_NOW}
    table.replace_law(a_law(a_ban("MYS")))
    assert seen(table, people) == {("o", "p"): State.NO_PATH}


def test_a_policy_rewritten_under_its_own_number_is_noticed() -> None:
    table, people = Table(a_law(a_ban("SAU")), [an_order(id="o")]), People([a_person(id="p")])
    assert seen(table, people) == {("o", "p"): State.ELIGIBLE_NOW}
    table.replace_law(a_law(a_ban("MYS")))
    assert seen(table, people) == {("o", "p"): State.NO_PATH}


def test_a_proposal_leaves_the_compiled_law_as_it_is() -> None:
    table = Table(a_law(a_gate()), [an_order()])
    before = table.compiled(TODAY)
    table.replace_law(a_law(a_gate(), a_ban("MYS", status="PROPOSED")))
    assert table.compiled(TODAY) is before


def test_each_day_is_judged_by_its_own_law_and_its_own_open_orders() -> None:
    law = a_law(a_ban("KOR", valid_from=days(7), valid_until=days(37)))
    table, people = Table(law, [a_factory_order(id="o", closes_on=days(47))]), People([a_person(id="p")])
    asked = [TODAY + timedelta(days=ahead) for ahead in (0, 21, 47, 48, 0)]
    states = [seen(table, people, day)["o", "p"].value for day in asked]
    assert states == ["ELIGIBLE_NOW", "NO_PATH", "ELIGIBLE_NOW", "NO_PATH", "ELIGIBLE_NOW"]


def test_a_table_remembers_a_few_laws_and_not_all_of_history() -> None:
    gates = [a_ban("KOR", code=f"BAN-{number}", valid_from=days(number)) for number in range(20)]
    table = Table(a_law(*gates), [a_factory_order()])
    compiled = [table.compiled(TODAY + timedelta(days=number)) for number in range(20)]
    assert table.compiled(TODAY + timedelta(days=19)) is compiled[-1]
    assert table.compiled(TODAY) is not compiled[0]


def test_knowledge_of_another_day_may_be_asked() -> None:
    table = Table(a_law(a_ban("KOR", known_from=f"{days(-23)}T00:00:00Z")), [a_factory_order()])
    people = People([a_person()])
    known = [
        STATE_CODES[table.states(people, TODAY, known_on)[0, 0]] for known_on in (TODAY - timedelta(days=54), TODAY)
    ]
    assert known == [State.ELIGIBLE_NOW, State.NO_PATH]


def test_hidden_orders_are_listed_with_their_reason() -> None:
    charging = a_factory_order(id="fee", costs=[{"item": "TRAINING", "payer": "CANDIDATE", "amount": None}])
    stopped, fine = a_factory_order(id="stopped", status="SUSPENDED"), a_factory_order(id="fine")
    found = Table(a_law(a_cost_rule("TRAINING")), [charging, stopped, fine]).hidden(TODAY)
    assert {order_id: reason.reason for order_id, reason in found.items()} == {
        "fee": "UNLAWFUL_FEES",
        "stopped": "SUSPENDED",
    }


def test_the_demands_of_an_order_can_be_read_and_an_unknown_order_is_said_to_be() -> None:
    table = Table(a_law(a_gate(), hours_rule()), [an_order(id="o")])
    assert {"GATE", "TRAINING_HOURS"} <= {demand.rule for demand in table.demands_of("o", TODAY)}
    with pytest.raises(KeyError):
        table.demands_of("nothing", TODAY)


def test_nobody_and_nothing_are_a_world_too() -> None:
    assert Table(a_law()).states(People(), TODAY).shape == (0, 0)
    assert Table(a_law()).states(People([a_person()]), TODAY).shape == (0, 1)
    assert Table(a_law(), [an_order()]).states(People(), TODAY).shape == (1, 0)
    assert Table(a_law()).row(a_person(), TODAY).shape == (0,)


def test_more_people_than_one_block_are_judged_alike() -> None:
    people = People(
        a_person(id=str(number), certificates=[] if number % 2 else [a_certificate("FAMILY_COOK")])
        for number in range(8200)
    )
    states = Table(a_law(a_gate()), [a_factory_order(), an_order()]).states(people, TODAY)
    assert (states == states[:, :1]).all()


def test_lines_of_one_person_replace_each_other_and_crossed_out_ones_are_swept() -> None:
    lines = Lines("value")
    for turn in range(1500):
        lines.replace(0, [(turn,), (turn + 1,)])
        lines.replace(1, [(7,)] if turn % 2 else [])
    assert lines.sorted_owners().tolist() == [0, 0, 1]
    assert lines.sorted_column("value").tolist() == [1499, 1500, 7]


def test_a_vocabulary_finds_what_it_knows_and_nothing_else() -> None:
    words = Vocabulary()
    assert [words.add("a"), words.add("b"), words.add("a"), words.add(None)] == [0, 1, 0, -1]
    assert [words.find("b"), words.find("c"), words.find(None)] == [1, -2, -2]
    assert words.lookup(lambda word: word == "b", 2)[[0, 1, -1]].tolist() == [0, 1, 2]
