"""The compiled orders say the same as the readable rules, and changes leave them as if made anew."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.aims import open_rows
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.gaps import GapEncoder
from services.matching.matcher.pathway.search import find
from services.matching.matcher.pathway.teaching import Teaching
from services.matching.matcher.pathway.timeline import StatusTimeline
from services.matching.matcher.verdicts.check import check
from tests.builders import TODAY
from tests.property.eligibility_worlds import DAYS, Worlds
from tests.property.paths_by_hand import UNKNOWN_COST
from tests.property.paths_worlds import KM, Drawn, SmallWorld


@pytest.mark.timeout(300)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), day=st.sampled_from(DAYS))
@example(seed=7004, day=TODAY)  # a draft that has no closing day yet
def test_an_order_is_open_in_the_book_exactly_when_the_rules_say_so(seed: int, day: date) -> None:
    worlds = Worlds(seed)
    orders = {order.id: order for order in worlds.orders(80)}
    order_index, law = OrderIndex(orders.values()), worlds.law().at(day)
    order_index.under(worlds.law().at(day))  # another law first, so that the compiled of this one is made from it
    compiled = order_index.under(law)
    for person in worlds.people(3):
        encoder = GapEncoder(StatusTimeline(person, day, ()), Teaching([]))
        open_ = {
            compiled.ids[row] for row in np.flatnonzero(open_rows(compiled, encoder.kinds(compiled, 0), day)).tolist()
        }
        said = {
            order.id
            for order in orders.values()
            if (verdict := check(person, order, law, day)).eligible and verdict.hidden is None
        }
        assert open_ == said


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_world_changed_step_by_step_answers_like_one_made_anew(seed: int) -> None:
    old, new = Drawn(seed), Drawn(seed + 1)
    random = Random(seed)
    world = SmallWorld(Catalogue(KM, old.courses, old.batches), OrderIndex(old.orders), new.law)
    find(old.person, world, TODAY)  # so that everything that is kept has been made once
    steps = [lambda c=c: world.catalogue.put_course(c) for c in new.courses]
    steps += [lambda b=b: world.catalogue.put_batch(b) for b in new.batches]
    steps += [lambda o=o: world.order_index.put(o) for o in new.orders]
    steps += [lambda c=c: world.catalogue.drop_course(c.id) for c in old.courses]
    steps += [lambda b=b: world.catalogue.drop_batch(b.id) for b in old.batches if b.id not in world_ids(new)]
    steps += [lambda o=o: world.order_index.drop(o.id) for o in old.orders]
    random.shuffle(steps)
    for at, step in enumerate(steps):
        step()
        if at % 7 == 0:
            find(new.person, world, TODAY + timedelta(days=at % 2))
    assert find(new.person, world, new.day) == find(new.person, new.world, new.day)


def world_ids(drawn: Drawn) -> set[str]:
    return {batch.id for batch in drawn.batches}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
@example(seed=1523562)  # a rate of low confidence came into force between two paths
def test_no_path_is_worse_in_everything_than_some_other_way(seed: int) -> None:
    drawn = Drawn(seed)
    by_hand = drawn.by_hand()
    ways = {(way.ready_on.toordinal(), way.km, way.cost, -way.wage) for way in by_hand.ways()}
    orders = {order["id"]: order for order in drawn.documents.orders}
    for path in find(drawn.person, drawn.world, drawn.day).all():
        km = sum(10_000 if step.distance_km is None else step.distance_km for step in path.steps)
        wage = by_hand.pay(orders[path.unlocks[0]], path.ready_on)
        cost = sum(UNKNOWN_COST if step.cost is None else step.cost for step in path.steps)
        mine = (path.ready_on.toordinal(), km, cost, -wage)
        assert not any(way != mine and all(a <= b for a, b in zip(way, mine, strict=True)) for way in ways)
