"""The best allocation where places limit nobody twice: people flow through orders, and permits that several share.

A flow of least cost is whole by its nature and found in seconds for a million options, by OR-tools. It knows no seats
and no floors: whoever asks sees whether what it found keeps them, and if so it is the best under them too.
"""

from dataclasses import dataclass

import numpy as np

from services.matching.matcher.options import NONE, Ints
from services.matching.matcher.relaxation import NotSolved


@dataclass(frozen=True, slots=True)
class Flow:
    """`given`: rows of the options that are given. `prices`: what one more slot of each order would add (under a permit
    that has one more too), in the unit of the values; exact."""

    given: Ints
    prices: Ints


def most_valuable(value: Ints, person: Ints, order: Ints, slots: Ints, permit_of: Ints, permits: Ints) -> Flow:
    """The options of the greatest sum, at most one a person and no more of an order or permit than it has.

    `person`, `order`: of each option; an order NONE (-1) has room for all. `permit_of`: of each order, or NONE.
    Same input, same answer. Raises: NotSolved.
    """
    from ortools.graph.python import min_cost_flow  # 17 MB that only a plan needs

    who = np.unique(person, return_inverse=True)[1].astype(np.int64)
    people, room = int(who.max(initial=-1)) + 1, np.append(slots, len(value))
    to_permit = np.append(permit_of, NONE)
    of = np.where(order == NONE, len(slots), order)
    first_permit = people + len(room)
    sink = first_permit + len(permits)
    every, one = np.arange(people), np.ones(people, dtype=np.int64)
    places = people + np.arange(len(room))
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(who, people + of, np.ones(len(value), dtype=np.int64), -value)
    flow.add_arcs_with_capacity_and_unit_cost(every, np.full(people, sink), one, 0 * one)  # without an order
    onward = np.where(to_permit == NONE, sink, first_permit + to_permit)
    flow.add_arcs_with_capacity_and_unit_cost(places, onward, room, 0 * room)
    through = first_permit + np.arange(len(permits))
    flow.add_arcs_with_capacity_and_unit_cost(through, np.full(len(permits), sink), permits, 0 * permits)
    flow.set_nodes_supplies(np.append(every, sink), np.append(one, -people))
    if (status := flow.solve()) != flow.OPTIMAL:
        raise NotSolved(f"flow of least cost: {status}")
    given = np.flatnonzero(flow.flows(arcs))
    return Flow(given, _prices(value, who, of, given, room, to_permit, permits)[:-1])


def _prices(value: Ints, person: Ints, of: Ints, given: Ints, room: Ints, permit_of: Ints, permits: Ints) -> Ints:
    """The least price of each order at which everybody keeps what they were given, so what one more slot would add.

    A place that is not full costs nothing. Somebody who would rather be elsewhere raises the price there by what it is
    worth more to them, with the price of where they are; a permit costs what its cheapest order with a slot left does.
    """
    taken = np.bincount(of[given], minlength=len(room))
    has_permit = permit_of != NONE
    by_permit = np.flatnonzero(has_permit & (taken < room))  # what limits them is the permit alone
    at, worth = np.full(len(person), NONE), np.zeros(len(person), dtype=np.int64)
    at[person[given]], worth[person[given]] = of[given], value[given]
    here, more = at[person], value - worth[person]
    prices = np.zeros(len(room) + 1, dtype=np.int64)  # the last: of nothing
    while True:
        asked, permit = np.zeros_like(prices), np.zeros(len(permits) + 1, dtype=np.int64)
        np.maximum.at(asked, of, more + prices[here])
        np.maximum.at(permit, permit_of[by_permit], asked[by_permit])
        asked[:-1] = np.where(has_permit, np.maximum(asked[:-1], permit[permit_of]), asked[:-1])
        if (asked == prices).all():
            return prices[:-1]
        prices = asked
