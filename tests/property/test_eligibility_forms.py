"""The two forms of the law agree on every pair, and neither ever makes a yes out of what it does not know."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from services.matching.matcher.law.rules import demands
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.order_book.states import state_codes, states
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.kinds import parse_tree
from services.matching.matcher.requirements.status import STATE_CODES, Stage, State, Status
from services.matching.matcher.verdicts.check import check, state_by_law
from tests.builders import TODAY, a_gate, a_person, a_person_payload, an_order_payload, hours_rule
from tests.property.eligibility_worlds import DAYS, Worlds


def agree(seed: int, people: int = 60, orders: int = 40, messy: float = 0.06) -> Counter[State]:
    """Every pair of one random world in both forms. Returns how often each state came up."""
    worlds = Worlds(seed, messy)
    persons, law, day = worlds.people(people), worlds.law(), worlds.random.choice(DAYS)
    compiled, many = OrderIndex(worlds.orders(orders)).under(law.at(day)), Facets(persons)
    found_codes = states(many, compiled, day)
    found: Counter[State] = Counter()
    for place, order_id in enumerate(compiled.ids):
        applied = compiled.applied[order_id]
        expected = [STATE_CODES.index(state_by_law(applied, person, day)) for person in persons]
        if order_id in compiled.hidden:  # shown to nobody: open to nobody, whatever the other rules say
            expected = [min(code, 0) if code <= 2 else code for code in expected]
        rows = [many.rows[person.id] for person in persons]
        assert found_codes[place, rows].tolist() == expected, f"seed {seed}, order {order_id}"
        found.update(STATE_CODES[code] for code in expected)
    return found


@pytest.mark.parametrize("seed", range(0, 64, 8))
def test_both_forms_agree_on_every_pair_of_random_worlds(seed: int) -> None:
    found = sum((agree(seed + step) for step in range(8)), Counter[State]())
    assert found.total() > 18_000
    assert set(found) == set(STATE_CODES), "a world that never shows a state proves nothing about it"


@pytest.mark.parametrize("seed", range(1000, 1006))
def test_both_forms_agree_when_a_third_of_all_values_is_broken(seed: int) -> None:
    agree(seed, messy=0.33)


@pytest.mark.parametrize("seed", range(2000, 2006))
def test_a_fact_judged_once_answers_for_everybody_who_has_it(seed: int) -> None:
    """Not only the verdict: each requirement of each rule, of all stages, has the same reach."""
    worlds = Worlds(seed)
    persons, law, day = worlds.people(40), worlds.law().at(TODAY), worlds.random.choice(DAYS)
    many = Facets(persons)
    rows = [many.rows[person.id] for person in persons]
    for order in worlds.orders(25):
        for leaf in {leaf for rule in demands(order, law) for leaf in leaves(rule.ask)}:
            open_to = [leaf.reach(person, day) for person in persons]
            assert many.reach(leaf, day)[rows].tolist() == open_to, (seed, leaf)


@pytest.mark.parametrize("seed", range(3000, 3012))
def test_one_person_against_all_orders_is_a_column_of_the_whole(seed: int) -> None:
    worlds = Worlds(seed, messy=0.33 if seed % 3 == 0 else 0.06)
    persons, day = worlds.people(25), worlds.random.choice(DAYS)
    compiled, many = OrderIndex(worlds.orders(40)).under(worlds.law().at(day)), Facets(persons)
    whole = states(many, compiled, day)
    for person in persons:
        assert np.array_equal(state_codes(person, compiled, day), whole[:, many.rows[person.id]])


@pytest.mark.parametrize("seed", range(4000, 4006))
def test_the_words_say_what_the_state_says(seed: int) -> None:
    """`eligible` exactly when all APPLY rules are met; a failed rule beats an unknown one; steps name who acts."""
    worlds = Worlds(seed)
    law, day = worlds.law().at(TODAY), TODAY
    for person, order in zip(worlds.people(120), worlds.orders(120), strict=True):
        verdict = check(person, order, law, day)
        applying = [one for one in verdict.outcomes if one.stage is Stage.APPLY]
        assert verdict.eligible == (bool(applying) and all(one.status is Status.MET for one in applying))
        assert verdict.state is state_by_law(demands(order, law), person, day)
        if verdict.state is State.ELIGIBLE_BY:
            assert all(one.ask.reach(person, day) == 1 for one in verdict.blocking)
        if verdict.state is State.NO_PATH:
            assert any(one.ask.reach(person, day) != 1 for one in verdict.blocking)
        assert all(one.next_action and one.who for one in verdict.steps)


FORGETTABLE: dict[str, Any] = {
    "birth_date": None,
    "sex": None,
    "home_regency": None,
    "education": None,
    "languages": (),
    "certificates": (),
    "training_hours": (),
    "occupations": (),
    "prior_programmes": (),
}


@pytest.mark.parametrize("forgotten", FORGETTABLE)
def test_forgetting_a_fact_never_makes_somebody_eligible(forgotten: str) -> None:
    """Unknown never becomes eligible: what was no yes with the fact is no yes without it."""
    worlds = Worlds(seed=5000)
    law, people = worlds.law(), worlds.people(150)
    compiled = OrderIndex(worlds.orders(60)).under(law.at(TODAY))
    for person in people:
        knowing, without = (
            state_codes(person, compiled, TODAY),
            state_codes(replace(person, **{forgotten: FORGETTABLE[forgotten]}), compiled, TODAY),
        )
        now = STATE_CODES.index(State.ELIGIBLE_NOW)
        assert not np.any((without == now) & (knowing != now))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**12)
    | st.floats(allow_nan=True)
    | st.text(max_size=12)
    | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PERSON_FIELDS = sorted(set(a_person_payload()) - {"id", "consent"})
ORDER_FIELDS = sorted(set(an_order_payload()) - {"id"})
LAW = Law.from_records([a_gate(), hours_rule()])
THOROUGH = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@THOROUGH
@given(st.dictionaries(st.sampled_from(PERSON_FIELDS), JSON), st.dictionaries(st.sampled_from(ORDER_FIELDS), JSON))
def test_whatever_stands_in_the_documents_both_forms_answer_and_agree(
    person_changes: dict[str, Any], order_changes: dict[str, Any]
) -> None:
    person = Person.from_payload({**a_person_payload(), **person_changes})
    order = Order.from_payload({**an_order_payload(), **order_changes})
    verdict = check(person, order, LAW.at(TODAY), TODAY)
    (code,) = states(Facets([person]), OrderIndex([order]).under(LAW.at(TODAY)), TODAY)[:, 0]
    assert STATE_CODES[code] is (State.NO_PATH if verdict.hidden and code == 0 else verdict.state)


@THOROUGH
@given(JSON)
def test_a_tree_of_anything_can_be_judged_and_what_cannot_be_read_is_never_met(payload: Any) -> None:
    tree = parse_tree(payload)
    if payload not in (None, {}):
        assert tree.judge(a_person(), TODAY) is Status.UNKNOWN or _is_a_readable_group(payload)


def _is_a_readable_group(payload: Any) -> bool:
    return isinstance(payload, dict) and isinstance(payload.get("all"), list)


@THOROUGH
@given(JSON, st.sampled_from(["GATE", "BAN", "CORRIDOR", "COST", "AGE_FLOOR", "HOURS", "RATE", "NONE"]))
def test_a_policy_of_anything_is_read_or_reported(content: Any, kind: str) -> None:
    revision = {"number": 1, "status": "APPROVED", "valid_from": "2020-01-01", "content": content}
    record = PolicyRecord.from_payload({"id": "p", "code": "ODD", "kind": kind, "revisions": [revision, content]})
    law = Law.from_records([record]).at(TODAY)
    assert len(law.rows) + len(law.unreadable) == 1
    check(a_person(), Order.from_payload(an_order_payload()), law, TODAY)
