"""Orders that neither a paper nor a path opens: folded by the rule that stands in the way, never silently dropped."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.advice.standing import OrderStates
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.order_book.compiled import CompiledOrders, deciding
from services.matching.matcher.order_book.rule_numbers import waiting_until
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement, hopeful, judge
from services.matching.matcher.requirements.status import State, Status
from services.matching.matcher.verdicts.outcomes import outcome_of
from services.matching.matcher.verdicts.verdict import Outcome
from services.matching.matcher.world import World

MOST_NAMED = 2
"""Ids named in one group; the count says how many there are."""
MOST_GROUPS = 2
"""Groups that are told with their sentence; the others are one line that counts them by their rules."""


NEVER, HOPEFUL, MET = range(3)


@dataclass(frozen=True, slots=True)
class Blocked:
    """A group of orders behind one rule, with that rule's outcome for the first of them: sentence, basis, way out."""

    outcome: Outcome
    count: int
    orders: tuple[str, ...]
    nearest: int = 0
    """How near to the wish the nearest of them is (`standing.nearness`)."""


def blocked(
    person: Person,
    world: World,
    standing: OrderStates,
    reachable: Mapping[str, int],
    *,
    day: date,
    near: Mapping[str, int],
) -> list[Blocked]:
    """The groups, nearest to what was asked for first, then the largest.

    Orders that ask the same of the same country and title have the same sentence, so one of them speaks for all; groups
    that turn out to say the same are one group.
    """
    compiled = standing.compiled
    rows = np.concatenate([standing.rows_of_state(state) for state in (State.NO_PATH, State.TRAINING)])
    rows = rows[np.array([compiled.ids[row] not in reachable for row in rows.tolist()], dtype=bool)]
    alike: dict[Hashable, tuple[Order, AppliedRule, list[NDArray[np.int64]]]] = {}
    for group in _stopped_alike(rows, person, world, compiled, day):
        order = world.orders[compiled.ids[group[0]]]
        demand = _first_in_the_way(deciding(compiled.applied[order.id]), person, day)
        if demand is not None:
            key = (demand.rule, demand.ask, order.country, order.title_scheme)
            alike.setdefault(key, (order, demand, []))[2].append(group)
    said: dict[tuple[str, str], tuple[Outcome, list[NDArray[np.int64]]]] = {}
    for order, demand, those in alike.values():
        outcome = outcome_of(demand, person, order, day)
        assert outcome is not None, "a demand that is not met has an outcome"
        said.setdefault((outcome.rule, outcome.text.id), (outcome, []))[1].extend(those)
    found = []
    for outcome, groups in said.values():
        ids = [compiled.ids[row] for row in np.concatenate(groups).tolist()]
        named = nsmallest(MOST_NAMED, ids, key=lambda id: (near[id], id))
        found.append(Blocked(outcome, len(ids), tuple(named), near[named[0]]))
    return sorted(found, key=lambda group: (group.nearest, -group.count, group.outcome.rule, group.orders))


def _stopped_alike(
    rows: NDArray[np.int64], person: Person, world: World, compiled: CompiledOrders, day: date
) -> list[NDArray[np.int64]]:
    """The rows in groups that the same rule stops, in the order of their first ones.

    An order that is not open today is a group of its own: the rule that says so may name days.
    """
    numbers, columns = compiled.rule_numbers, compiled.columns()
    for row in numbers.unread(rows).tolist():
        order = world.orders[compiled.ids[row]]
        numbers.read(row, order, deciding(compiled.applied[order.id]))
    asks = (compiled.leaves[leaf] for leaf in compiled.dated)
    birthdays = {ask.cleared_on(person, day) for ask in asks if isinstance(ask, NeedsAge)}
    turned = sorted(birthday for birthday in birthdays if birthday is not None)
    in_time = np.searchsorted([birthday.toordinal() for birthday in turned], columns.until[rows], side="right")
    rules = numbers.rules(rows)
    answers = np.zeros((len(turned) + 1, len(numbers.asks)), dtype=np.int8)
    for number in np.unique(rules).tolist():
        ask = numbers.asks[number]
        answers[:, number] = [_answer(waiting_until(ask, until), person, day) for until in (None, *turned)]
    answer = answers[in_time[:, None], rules]
    stopping = np.where((answer == NEVER).any(axis=1), (answer == NEVER).argmax(axis=1), (answer < MET).argmax(axis=1))
    asked = rules[np.arange(len(rows)), stopping]
    kinds = (numbers.work(rows).astype(np.int64) * len(numbers.asks) + asked) * (len(turned) + 1) + in_time
    kinds = np.where(columns.open_on(day)[rows], kinds, -1 - rows)
    _, first, number = np.unique(kinds, return_index=True, return_inverse=True)
    groups = np.split(rows[np.argsort(number, kind="stable")], np.cumsum(np.bincount(number))[:-1])
    return [groups[at] for at in np.argsort(first).tolist()]


def _answer(ask: Requirement, person: Person, day: date) -> int:
    if judge(ask, person, day) is Status.MET:
        return MET
    return HOPEFUL if hopeful(ask, person, day) else NEVER


def _first_in_the_way(rules: Iterable[AppliedRule], person: Person, day: date) -> AppliedRule | None:
    """The first APPLY rule that neither is met nor can be met by a paper; rules stand in the order of the law.

    Where all could be met in time, as by somebody who will be eighteen when the order has closed: the first unmet one.
    """
    first = None
    for rule in rules:
        if judge(rule.ask, person, day) is Status.MET:
            continue
        if not hopeful(rule.ask, person, day):
            return rule
        first = first or rule
    return first
