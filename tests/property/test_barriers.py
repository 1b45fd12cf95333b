"""What stands in the way, counted without words, is what the verdict says in words."""

import pytest

from services.matching.matcher.law.rules import demands
from services.matching.matcher.verdicts.check import barriers, check
from services.matching.matcher.verdicts.outcomes import closed_for_all
from tests.property.eligibility_worlds import Worlds
from tests.support.today import TODAY


@pytest.mark.parametrize("seed", range(4))
def test_barriers_are_those_of_the_verdict(seed: int) -> None:
    worlds = Worlds(seed, messy=0.2)
    law, orders = worlds.law().at(TODAY), worlds.orders(40)
    closed_ones = 0
    for person in worlds.people(40):
        if not person.consented:
            continue
        for order in orders:
            verdict = check(person, order, law, TODAY)
            closed = closed_for_all(verdict.outcomes)
            assert barriers(demands(order, law), person, TODAY) == (len(verdict.blocking), closed), (seed, order.id)
            closed_ones += closed
    assert closed_ones, "a law that closes nothing proves nothing"
