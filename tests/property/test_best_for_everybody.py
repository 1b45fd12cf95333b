"""Everybody's best open orders at once are what the ranking says of each alone: all numbers to the bit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
import pytest
from scipy.sparse import random_array, vstack

from benchmarks.crowd import Crowd
from benchmarks.drawn_province import DAY, DISTANCES, Province
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.abilities import Occupation, Skill
from services.matching.matcher.facts.orders import Order, OrderSkill
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Money
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.openings import open_orders
from services.matching.matcher.order_book import clauses, lawful
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.order_book.states import states
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking import best, retrieval
from services.matching.matcher.ranking.best import Choices
from services.matching.matcher.ranking.model import Fitted
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.retrieval import OrderVectors, nearest
from services.matching.matcher.ranking.values import OrderProspect, OrderProspects
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.world import World
from shared.words import Words
from tests.property.eligibility_worlds import DAYS, Worlds
from tests.unit.matching.learning.some_examples import ORDER_CARD, some_examples

Told = list[tuple[str, float, float, float]]
MOST = 20


@pytest.fixture(scope="module")
def taught() -> Ranking:
    return Ranking.cold().taught(Fitted(fit(some_examples(60), ORDER_CARD, "orders"), None), "model-test")


def alone(ranking: Ranking, person: Person, orders: Sequence[Order], gaps: OrderProspects) -> Told:
    rows = ranking.orders(person, orders, gaps, shown=0)[:MOST]
    return [(row.id, row.score, row.chance, row.worth) for row in rows]


def told(found: best.Best, ids: Sequence[str], person: int) -> Told:
    rows = np.flatnonzero(found.person == person)
    columns = zip(found.order[rows], found.score[rows], found.chance[rows], found.worth[rows], strict=True)
    return [(ids[order], float(score), float(chance), float(worth)) for order, score, chance, worth in columns]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("learned", [False, True])
def test_scores_of_many_are_those_of_each_alone_whatever_is_broken(
    seed: int, learned: bool, taught: Ranking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law left out: everybody may choose among a random part of the orders."""
    monkeypatch.setattr(best, "PAIRS", 300)
    ranking = taught if learned else Ranking.cold()
    worlds, random = Worlds(seed, messy=0.15), Random(seed)
    codes = list(Words.default().vocabulary.skills)
    people = [
        replace(
            person,
            id=f"p-{at}",
            skills=tuple(
                Skill(random.choice(codes), None, random.choice((None, 3, 40)), 0.9, None) for _ in range(at % 5)
            ),
            occupations=tuple(
                Occupation(random.choice(("9111", "5322", "911", "0110")), at, random.choice((None, "MYS")), 0.8, None)
                for _ in range(at % 3)
            ),
            wishes=replace(
                person.wishes,
                isco08=tuple(random.sample(("9111", "5322", "x"), at % 3)),
                destinations=("MYS", "JPN")[: at % 3],
                min_wage=random.choice((None, Money(4e6, "IDR"), Money(900.0, "MYR"), Money(0.0, "IDR"))),
            ),
        )
        for at, person in enumerate(worlds.people(40))
    ]
    orders = [
        replace(
            order,
            id=f"o-{seed}-{at:03d}",
            skills=tuple(
                OrderSkill(random.choice(codes), random.random() < 0.5, 0.7) for _ in range(random.randrange(7))
            ),
        )
        for at, order in enumerate(worlds.orders(60))
    ]
    orders += [replace(order, id=f"q-{order.id}") for order in orders[:30]]  # ties
    random.shuffle(orders)
    days = (None, OrderProspect(0, 0, 4.1e6), OrderProspect(1, 30, None), OrderProspect())
    gaps = {order.id: prospect for order in orders if (prospect := random.choice(days)) is not None}
    lists = [sorted(random.sample(range(len(orders)), random.choice((0, 1, 15, 70)))) for _ in range(8)]
    choices = Choices(
        np.array([random.randrange(len(lists)) for _ in people], dtype=np.int64),
        np.cumsum([0, *map(len, lists)]),
        np.array([at for one in lists for at in one], dtype=np.int64),
    )
    found = ranking.best(people, ranking.looks(orders, gaps), choices, MOST)
    for at, person in enumerate(people):
        mine = [orders[place] for place in lists[choices.class_of[at]]]
        assert told(found, [order.id for order in orders], at) == alone(ranking, person, mine, gaps), (seed, at)


@pytest.mark.parametrize("seed", [1, 2])
def test_everybody_gets_the_best_of_what_the_law_opens_to_them(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lawful, "TOGETHER", 70)
    crowd, drawn, ranking = Crowd(seed), Province(seed).world(5, 400), Ranking.cold()
    world = World(Distances.read(DISTANCES))
    world._law = drawn.law
    for order in crowd.orders(list(drawn.orders.values())):
        world.orders[order.id] = order
        world.order_index.put(order)
    people = crowd.people(150)
    people[3] = Person(id="silent", consent="WITHDRAWN")
    compiled, law = world.compiled(DAY), world.law.at(DAY)
    blocks = list(open_orders(people, world, ranking, day=DAY, most=MOST))
    found = best.Best.joined(blocks)
    several = 0
    for at, person in enumerate(people):
        mine = [world.orders[id] for id in OrderStates.of(person, compiled, DAY).of_state(State.ELIGIBLE_NOW)]
        today = {order.id: OrderProspect(0, 0, comparable(order.wage, "IDR", law)) for order in mine if order.wage}
        assert told(found, compiled.ids, at) == alone(ranking, person, mine, today), at
        several += len(mine) > MOST
    assert len(blocks) == 3 and several > 5, "a world in which nobody may choose proves nothing"


@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5, 6, 7, 9])
def test_bits_of_many_people_say_what_is_said_of_each(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of orders with more alternatives than are written out, and in blocks that end within a byte."""
    monkeypatch.setattr(clauses, "WIDEST", (64, 1)[seed % 2])
    monkeypatch.setattr(lawful, "TOGETHER", 13)
    worlds = Worlds(seed, messy=0.33 if seed % 4 == 0 else 0.06)
    people, day = worlds.people(60), worlds.random.choice(DAYS)
    compiled, many = OrderIndex(worlds.orders(40)).under(worlds.law().at(day)), Facets(people)
    assert bool(compiled.wide) is bool(seed % 2)
    whole = states(many, compiled, day) == STATE_CODES.index(State.ELIGIBLE_NOW)
    seen = np.zeros_like(whole)
    for block in lawful.lawful(many, compiled, day):
        for row, class_ in zip(block.rows.tolist(), block.class_of.tolist(), strict=True):
            seen[block.orders[block.starts[class_] : block.starts[class_ + 1]], row] = True
    assert np.array_equal(seen, whole) and whole.any()


def test_where_no_order_is_open_nobody_has_one() -> None:
    drawn, people = Province(1).world(1, 3), Crowd(1).people(5)
    world = World(Distances.read(DISTANCES))
    world._law = drawn.law
    for orders in ([], list(drawn.orders.values())):
        for order in orders:
            world.orders[order.id] = replace(order, closes_on=date(2020, 1, 1))
            world.order_index.put(world.orders[order.id])
        (block,) = lawful.lawful(Facets(people), world.compiled(DAY), DAY)
        assert block.starts.tolist() == [0, 0] and not len(block.orders) and not block.class_of.any()
        assert not sum(len(one.person) for one in open_orders(people, world, Ranking.cold(), day=DAY, most=MOST))


def test_the_likest_lawful_orders_are_those_of_a_comparison_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "TOGETHER", 100)
    generator = np.random.default_rng(5)
    people, orders = (random_array((size, 12), density=0.3, rng=generator, dtype=np.float32) for size in (30, 25))
    people, orders = people.tocsr(), vstack([orders, orders]).tocsr()  # every order has a twin
    lists = [np.flatnonzero(generator.random(50) < part) for part in (0.0, 0.1, 0.6, 1.0)]
    class_of = generator.integers(0, len(lists), 30)
    choices = Choices(class_of, np.cumsum([0, *map(len, lists)]), np.concatenate(lists))
    who, which, likeness = nearest(people, OrderVectors.of(orders), choices, 7)
    whole = (people @ orders.T).toarray()
    for person in range(30):
        mine, rows = lists[class_of[person]], who == person
        assert set(which[rows]) <= set(mine.tolist()) and len(set(which[rows])) == rows.sum()
        assert likeness[rows] == pytest.approx(np.sort(whole[person, mine])[::-1][:7], abs=1e-6)
        assert likeness[rows] == pytest.approx(whole[person, which[rows]], abs=1e-6)
