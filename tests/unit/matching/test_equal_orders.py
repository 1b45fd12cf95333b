"""Of more equal orders than are ranked, a draw says which: the same all day for everybody, another one tomorrow."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.crowd import Crowd
from benchmarks.drawn_province import DAY, DISTANCES, Province
from services.matching.matcher.advice import everybody, offering
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.everybody import Everybody
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World

EQUAL, RANKED, DAYS = 30, 10, 8


def test_no_order_is_left_out_every_day_because_of_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Province(1).world(10, 60)
    world = World(Distances.read(DISTANCES))
    world.catalogue, world._law = drawn.catalogue, drawn.law
    people = Crowd(1).people(40)
    for order in drawn.order_index.orders.values():
        world.orders[order.id] = order
        world.order_index.put(order)
    person, first = next((one, world.orders[id]) for one in people for id in advised(one, world, 0))
    for number in range(EQUAL):
        copy = replace(first, id=f"{number:08}-equal")
        world.orders[copy.id] = copy
        world.order_index.put(copy)
    seen: Counter[str] = Counter()
    for module in (offering, everybody):
        monkeypatch.setattr(module, "MOST_RANKED", RANKED)
    for days in range(DAYS):
        shown = advised(person, world, days)
        assert shown == advised(person, world, days), "asked again it is the same"
        (listed,) = Everybody(world, Ranking.cold(), day=DAY + timedelta(days=days), most=20).lists(
            [person], lambda _: {}
        )
        assert [id for id, *_ in listed.orders] == shown, "the list of everybody draws the same"
        seen.update(id for id in shown if id.endswith("-equal"))
    assert len(seen) > EQUAL / 2 and max(seen.values()) < DAYS, seen


def advised(person: Person, world: World, days: int) -> list[str]:
    told = advise(person, world, Ranking.cold(), day=DAY + timedelta(days=days), placements=20)
    return [order.id for order, _, _ in told.placements]
