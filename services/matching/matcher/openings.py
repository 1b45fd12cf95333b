"""The best open orders of everybody at once: what each may lawfully apply for today, by the score of their own answer.

Law and score stay apart, as for one person: the law says which orders come in question, once for each class of people
whom it cannot tell apart, and the ranking says which of them are best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.order_book.lawful import lawful
from services.matching.matcher.ranking.best import Best, Choices
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import OrderProspect
from services.matching.matcher.world import World


def open_orders(
    people: Sequence[Person], world: World, ranking: Ranking, *, day: date, most: int, known_on: date | None = None
) -> Iterator[Best]:
    """The `most` best open orders of each of `people`; who may apply for none, or did not consent, has no row.

    Blocks of bounded memory; `person` is the place in `people`, `order` the place in `world.compiled(...).ids`. Scores,
    chances and worths are those of `ranking.orders` for the person alone, to the last bit.
    """
    law = world.law.at(day, known_on)
    yield from best_open(people, Facets(people), world, ranking, law, day=day, most=most)


def best_open(
    people: Sequence[Person],
    facets: Facets,
    world: World,
    ranking: Ranking,
    law: LawOnDay,
    *,
    day: date,
    most: int,
) -> Iterator[Best]:
    """The same for people who stand in `facets` already, row i being `people[i]`."""
    compiled = world.order_index.under(law)
    rows = compiled.rows_of(id for id in world.orders if id not in compiled.hidden)
    place = np.full(len(compiled.ids), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    looks = ranking.looks(*_today([world.orders[compiled.ids[row]] for row in rows], law))
    for block in lawful(facets, compiled, day):
        choices = Choices(block.class_of, block.starts, place[block.orders])
        best = ranking.best([people[row] for row in block.rows.tolist()], looks, choices, most)
        yield replace(best, person=block.rows[best.person], order=np.array(rows, dtype=np.int64)[best.order])


def _today(orders: Sequence[Order], law: LawOnDay) -> tuple[Sequence[Order], dict[str, OrderProspect]]:
    """Orders with how far away each is for whoever may apply for it today."""
    return orders, {
        order.id: OrderProspect(0, 0, comparable(order.wage, "IDR", law) if order.wage else None) for order in orders
    }
