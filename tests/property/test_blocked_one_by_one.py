"""Orders that nothing opens, folded by what stands in the way: the same as reading every order's rules one by one."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from services.matching.matcher.advice.blocked import blocked
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules import UNLAWFUL
from services.matching.matcher.order_book.compiled import CompiledOrders, deciding
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.picked import NOWHERE
from services.matching.matcher.requirements.status import State, Status
from services.matching.matcher.world import World
from tests.builders import TODAY, an_order_payload
from tests.property.eligibility_worlds import DAYS, Worlds

AGES = ("AGE_18", "AGE_FLOOR", "AGE", "BIRTH_DATE")
BANS = ("BAN", "ENTRY_BAN")
LEARNED = (
    "ALL_OF", "CERTIFICATE", "DRIVING_LICENCE", "EDUCATION", "EXPERIENCE", "GATE", "LANGUAGE", "ONE_OF", "RANKED",
    "TRAINING_HOURS",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_what_stands_in_the_way_is_the_first_rule_of_each_order(seed: int) -> None:
    worlds = Worlds(seed, 0.1)
    world = World(Distances({}))
    for order in worlds.orders(60):
        world._show(order)
    for closing in range(5, 400, 15):  # the same ages asked by orders of different length
        ages = {"all": [{"kind": "age", "min": worlds.random.choice((18, 21, 23)), "max": 45}]}
        payload = an_order_payload(requirements=ages, closes_on=(TODAY + timedelta(days=closing)).isoformat())
        world.put_order(payload)
    world._law = worlds.law()
    for person in worlds.people(12):
        day = worlds.random.choice(DAYS)
        compiled = world.compiled(day)
        standing = OrderStates.of(person, compiled, day)
        alike = np.zeros(len(compiled.ids), dtype=np.int64)
        found: Counter[str] = Counter()
        for group in blocked(person, world, standing, NOWHERE, day=day, near=alike):
            found[group.outcome.rule] += group.count
        assert found == _one_by_one(person, compiled, standing, day)


def _one_by_one(person: Person, compiled: CompiledOrders, standing: OrderStates, day: date) -> Counter[str]:
    found: Counter[str] = Counter()
    for id in (*standing.of_state(State.NO_PATH), *standing.of_state(State.TRAINING)):
        rules = deciding(compiled.applied[id])
        unmet = [rule for rule in rules if rule.ask.judge(person, day) is not Status.MET]
        never = [rule for rule in unmet if rule.ask.reach(person, day) == 0]
        # What closes an order to everybody, or to this person for good, is said before what somebody could learn.
        first = [rule for rules in (AGES, BANS, UNLAWFUL) for rule in never if rule.code in rules]
        first = first or [rule for rule in never if rule.code not in LEARNED]
        found.update(rule.code for rule in (first or never or unmet)[:1])
    return found
