"""What a plan could give somebody is what the rules say of them after each course, whatever is shared by many."""

import pytest

from benchmarks.drawn_province import DAY
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import first_of_all
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.teaching import held_after
from services.matching.matcher.plan import gathering
from services.matching.matcher.plan.gathering import Way, Ways
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.requirements.status import State
from services.matching.matcher.world import World
from tests.property.test_everybody_listed import a_world
from tests.property.test_one_truth import Told


def checked(person: Person, ways: list[Way], world: World, day: object, ranking: Ranking) -> int:
    """Each option by the rules, and its numbers by the ranking of the person alone; how many there are."""
    assert isinstance(day, type(DAY))
    for way in ways:
        after, batch = person, None
        if way.batch is not None:
            batch = world.batches[way.batch]
            assert batch.ends == way.ready_on
            after = held_after(person, [(world.courses[batch.course_id], way.ready_on)])
        compiled = world.order_index.under(world.law.at(way.ready_on))
        assert OrderStates.of(after, compiled, way.ready_on).states[way.order] is State.ELIGIBLE_NOW, way
        (row,) = ranking.orders(person, [world.orders[way.order]], {way.order: way.gap}, shown=0)
        assert (row.chance, row.worth) == (way.chance, way.worth), way
    if ways:
        now = OrderStates.of(person, world.order_index.under(world.law.at(day)), day).of_state(State.ELIGIBLE_NOW)
        assert {way.order for way in ways if way.batch is None} == set(now)
    assert len({(way.order, way.batch) for way in ways}) == len(ways)
    return len(ways)


@pytest.mark.parametrize(("seed", "orders"), [(1, 60), (2, 120)])
def test_every_option_is_lawful_on_its_day_and_valued_as_alone(seed: int, orders: int) -> None:
    world, people = a_world(seed, 40, orders)
    ranking = Ranking.cold()  # of its own: worlds name different orders alike, and the ranking remembers orders
    found = Ways(world, ranking, day=DAY).of(people[:30])
    assert sum(checked(person, ways, world, DAY, ranking) for person, ways in zip(people, found, strict=False)) > 40


def test_many_options_are_valued_in_pieces_and_so_as_together(monkeypatch: pytest.MonkeyPatch) -> None:
    world, people = a_world(1, 40, 60)
    ways, found = Ways(world, Ranking.cold(), day=DAY), []
    for most in (gathering.OPTIONS_TOGETHER, 5):
        monkeypatch.setattr(gathering, "OPTIONS_TOGETHER", most)
        found.append(ways.of(people[:30]))
    assert found[0] == found[1] and sum(map(len, found[0])) > 20


def test_so_it_is_where_everything_stands_in_the_way() -> None:
    found, ranking = 0, Ranking.cold()
    for seed in range(150):
        told = Told(seed)
        (ways,) = Ways(told.world, ranking, day=told.day).of([told.person])
        found += checked(told.person, ways, told.world, told.day, ranking)
        if first_of_all(told.person, told.day) is not None:
            assert ways == []
    assert found > 20
