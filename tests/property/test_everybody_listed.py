"""The lists of many people at once are those of each one's own answer: ids, states, and all numbers to the bit."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

from benchmarks.crowd import Crowd
from benchmarks.drawn_province import DAY, DISTANCES, Province
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.everybody import Everybody, Listed
from services.matching.matcher.facts.people import LISTS, Person, Record
from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.model import Fitted
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.requirements.age import NeedsBirthDate
from services.matching.matcher.world import World
from tests.property.test_one_truth import Told
from tests.unit.matching.learning.some_examples import COURSE_CARD, ORDER_CARD, some_examples

MOST = 20


@pytest.fixture(scope="module")
def taught() -> Ranking:
    models = (
        fit(some_examples(60), ORDER_CARD, "orders"),
        fit(some_examples(60, card=COURSE_CARD), COURSE_CARD, "courses"),
    )
    return Ranking.cold().taught(Fitted(*models), "model-test")


def a_world(seed: int, batches: int, orders: int) -> tuple[World, list[Person]]:
    """People, orders that ask for skills, and batches; a law with a gate and a ban, and people of every kind."""
    crowd, drawn = Crowd(seed), Province(seed, apart=seed % 2 == 1).world(batches, orders)
    world = World(Distances.read(DISTANCES))
    world.catalogue, world._law = drawn.catalogue, drawn.law
    for order in crowd.orders(list(drawn.orders.values())):
        world.orders[order.id] = order
        world.order_index.put(order)
    people = crowd.people(60)
    people[3] = Person(id="silent", consent="WITHDRAWN")
    people[4] = Person(id="unknown", consent="GIVEN")
    people[5] = replace(people[5], birth_date=DAY.replace(year=DAY.year - 16))
    return world, people


def alone(person: Person, world: World, ranking: Ranking, others: Mapping[str, float]) -> list[object]:
    told = advise(person, world, ranking, day=DAY, courses=MOST, placements=MOST, others=others)
    orders = [
        (order.id, told.state_of(order, verdict), row.score, row.band, row.chance, row.worth)
        for order, verdict, row in told.placements
    ]
    courses = [
        (course.id, batch.id, row.score, row.band, row.chance, row.worth, row.unlocks)
        for course, batch, row in told.courses
    ]
    return [person.id, orders, courses]


def together(listed: Listed) -> list[object]:
    orders = [(id, state, row.score, row.band, row.chance, row.worth) for id, state, row in listed.orders]
    courses = [
        (course.id, batch.id, row.score, row.band, row.chance, row.worth, row.unlocks)
        for course, batch, row in listed.courses
    ]
    return [listed.person.id, orders, courses]


@pytest.mark.parametrize("learned", [False, True])
@pytest.mark.parametrize(
    ("seed", "batches", "orders"),
    [(1, 40, 60), (2, 60, 300), *(pytest.param(seed, 80, 250, marks=pytest.mark.deep) for seed in range(3, 12))],
)
def test_lists_of_many_are_those_of_each_alone(
    seed: int, batches: int, orders: int, learned: bool, taught: Ranking
) -> None:
    world, people = a_world(seed, batches, orders)
    assert taught.fitted is not None
    # A ranking of its own: orders of another world have the same ids and versions.
    ranking = Ranking.cold().taught(taught.fitted, "model-test") if learned else Ranking.cold()
    random = Random(seed)
    shown = {
        person.id: {
            id: random.choice((0.5, 8.0, 90.0, 2000.0))
            for id in random.sample([*world.orders, *world.batches], len(world.orders) // 3)
        }
        for person in people[::2]
    }
    everybody = Everybody(world, ranking, day=DAY, most=MOST)
    found = [
        one
        for start in range(0, len(people), 25)
        for one in everybody.lists(people[start : start + 25], lambda person: shown.get(person.id, {}))
    ]
    orders_seen = courses_seen = 0
    for person, listed in zip(people, found, strict=True):
        assert together(listed) == alone(person, world, ranking, shown.get(person.id, {})), (seed, person.id)
        orders_seen += len(listed.orders)
        courses_seen += len(listed.courses)
    assert orders_seen > len(people) and courses_seen > len(people), "a world in which nobody may do anything"
    rows = [row for one in found for *_, row in (*one.orders, *one.courses)]
    assert len({row.summed for row in rows}) == 1, "what is remembered of one holds nothing of what was scored beside"


@pytest.mark.parametrize("seed", [*range(60), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(60, 600))])
def test_so_are_those_of_small_worlds_in_which_everything_stands_in_the_way(seed: int) -> None:
    told = Told(seed)
    ranking = Ranking.cold()
    (listed,) = Everybody(told.world, ranking, day=told.day, most=MOST).lists([told.person], lambda person: {})
    answer = advise(told.person, told.world, ranking, day=told.day, courses=MOST, placements=MOST)
    states = [(order.id, answer.state_of(order, verdict), row.score) for order, verdict, row in answer.placements]
    assert [(id, state, row.score) for id, state, row in listed.orders] == states, seed
    courses = [(course.id, batch.id, row.score) for course, batch, row in answer.courses]
    assert [(course.id, batch.id, row.score) for course, batch, row in listed.courses] == courses, seed


def test_so_are_those_of_odd_people_and_of_orders_that_tie_at_the_last_place() -> None:
    world, people = a_world(5, 40, 60)
    (first, *_) = world.orders.values()
    for number in range(3 * MOST):  # the same order again and again: only the id tells them apart
        order = replace(first, id=f"tie-{number:03}")
        world.orders[order.id] = order
        world.order_index.put(order)
    wished = [(), (first.isco08 or "", "9111"), ("9111", "5322"), (first.isco08 or "",)]
    odd = []
    for one in people[6:14]:
        wishing = [
            replace(
                one, id=f"{one.id}-{at}", wishes=replace(one.wishes, isco08=codes, destinations=(str(first.country),))
            )
            for at, codes in enumerate(wished)
        ]
        wishing[1] = Person(wishing[1].id, 1, "GIVEN", birth_date=one.birth_date, sex=one.sex, unasked=frozenset(LISTS))
        wishing[2] = replace(wishing[2], records=(Record("ENTRY_BAN", first.country, None, None),))
        odd += wishing
    ranking = Ranking.cold()
    everybody = Everybody(world, ranking, day=DAY, most=MOST)
    ties = 0
    for person, listed in zip(odd, everybody.lists(odd, lambda person: {}), strict=True):
        assert together(listed) == alone(person, world, ranking, {}), person.id
        ties += sum(id.startswith("tie-") for id, *_ in listed.orders) > 3
    assert ties, "nobody has a tie"


def test_so_are_those_of_people_whom_a_door_tells_apart_by_the_day_they_were_born() -> None:
    world, people = a_world(1, 40, 60)
    last = DAY.replace(year=DAY.year - 31, day=15)
    for course in list(world.courses.values()):
        world.catalogue.put_course(replace(course, prerequisites=NeedsBirthDate(until=last)))
    twins = [
        replace(one, id=f"{one.id}-{place}", birth_date=last.replace(day=day))
        for one in people[6:16]
        for place, day in enumerate((1, 28))
    ]
    ranking = Ranking.cold()
    found = list(Everybody(world, ranking, day=DAY, most=MOST).lists(twins, lambda person: {}))
    for person, listed in zip(twins, found, strict=True):
        assert together(listed) == alone(person, world, ranking, {}), person.id
    assert any(one.courses and not other.courses for one, other in zip(found[::2], found[1::2], strict=True))
