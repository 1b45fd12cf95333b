"""Orders that neither a paper nor a path opens: folded by the rule that stands in the way, never silently dropped."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.rule_numbers import waiting_until
from services.matching.matcher.requirements.age import NeedsAge, birthdays_ahead
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.outcomes import names_the_order, outcome_of, place_of_unmet, sentence_of
from services.matching.matcher.verdicts.verdict import Outcome
from services.matching.matcher.world import World

MOST_NAMED = 2
"""Ids named in one group; the count says how many there are."""
MOST_GROUPS = 2
"""Groups that are told with their sentence; the others are one line that counts them by their rules."""
NEVER, MET = 0, 2
"""As `Requirement.reach` answers."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A group of orders behind one rule, as it applies to the first of them."""

    rule: AppliedRule
    told: Callable[[], Outcome | None]
    count: int
    orders: tuple[str, ...]
    nearest: int = 0
    """How near to the wish the nearest of them is (`wishes.nearness`)."""

    @property
    def outcome(self) -> Outcome:
        """The rule's outcome for the first of them: sentence, basis, way out. Few groups are told with it."""
        outcome = self.told()
        assert outcome is not None, "a rule that is not met has an outcome"
        return outcome


def blocked(
    person: Person,
    world: World,
    standing: OrderStates,
    reached: NDArray[np.int64],
    *,
    day: date,
    near: NDArray[np.int64],
) -> list[Blocked]:
    """The groups, nearest to what was asked for first, then the largest. `reached`: rows of the orders that paths open;
    `near`: how near each row is to the wish.

    Orders that ask the same have the same sentence (of the same country and title, where it names those or what is
    offered), so one of them speaks for all; groups that turn out to say the same are one group.
    """
    compiled = standing.compiled
    rows = np.concatenate([standing.rows_of_state(state) for state in (State.NO_PATH, State.TRAINING)])
    closed = np.ones(len(compiled.ids), dtype=bool)
    closed[reached] = False
    rows = rows[closed[rows]]
    alike: dict[Hashable, tuple[Order, AppliedRule, list[NDArray[np.int64]]]] = {}
    for group, place in _stopped_alike(rows, person, world, compiled, day):
        order = world.orders[compiled.ids[group[0]]]
        rule = compiled.deciding(order.id)[place]
        offer = rule.value is not None or rule.needed is not None or names_the_order(rule.code)
        # Until when waiting for an age helps is each order's own, and no sentence says it.
        ask = (rule.ask.min, rule.ask.max) if isinstance(rule.ask, NeedsAge) else rule.ask
        key = rule.code, ask, *((order.country, order.title_scheme) if offer else ())
        alike.setdefault(key, (order, rule, []))[2].append(group)
    said: dict[tuple[str, str], tuple[Order, AppliedRule, list[NDArray[np.int64]]]] = {}
    for order, rule, those in alike.values():
        sentence = sentence_of(rule, person, order, day)
        said.setdefault((rule.code, sentence.id), (order, rule, []))[2].extend(those)
    found = []
    for order, rule, groups in said.values():
        mine = np.concatenate(groups)
        first = mine[np.lexsort((compiled.by_id()[mine], near[mine]))[:MOST_NAMED]].tolist()
        told = partial(outcome_of, rule, person, order, day)
        found.append(Blocked(rule, told, len(mine), tuple(compiled.ids[row] for row in first), int(near[first[0]])))
    return sorted(found, key=lambda group: (group.nearest, -group.count, group.rule.code, group.orders))


def _stopped_alike(
    rows: NDArray[np.int64], person: Person, world: World, compiled: CompiledOrders, day: date
) -> Iterator[tuple[NDArray[np.int64], int]]:
    """The rows in groups that the same rule stops, in the order of their first ones; which of their rules it is.

    The rule in the way is the first that neither is met nor can be met by a paper, age, bans and unlawful offers before
    what can be learned: nobody is sent to a course for an order that is closed to everybody. Where all could be met in
    time, as by somebody who will be eighteen when the order has closed, it is the first that is not met. An order that
    is not open today is a group of its own: the rule that says so may name days.
    """
    numbers, columns = compiled.rule_numbers, compiled.columns()
    for row in numbers.unread(rows).tolist():
        order = world.orders[compiled.ids[row]]
        numbers.read(row, order, compiled.deciding(order.id))
    turned = sorted(set(birthdays_ahead(compiled.ages, person, day).values()))
    in_time = np.searchsorted([birthday.toordinal() for birthday in turned], columns.until[rows], side="right")
    rules = numbers.rules(rows)
    answers = np.zeros((len(turned) + 1, len(numbers.asks)), dtype=np.int8)
    for number in np.unique(rules).tolist():
        ask, unwaited = numbers.asks[number], numbers.unwaited[number]
        answers[:, number] = (unwaited or ask).reach(person, day)
        if unwaited is not None:
            answers[1:, number] = [waiting_until(ask, until).reach(person, day) for until in turned]
    answer = answers[in_time[:, None], rules]
    never, places = answer == NEVER, np.array([place_of_unmet(code) for code in numbers.codes])
    first_of_all = np.where(never, places[rules], places.max() + 1).argmin(axis=1)
    stopping = np.where(never.any(axis=1), first_of_all, (answer < MET).argmax(axis=1))
    asked = rules[np.arange(len(rows)), stopping]
    kinds = (numbers.work(rows).astype(np.int64) * len(numbers.asks) + asked) * (len(turned) + 1) + in_time
    is_open = columns.open_on(day)[rows]
    _, first, number = np.unique(np.where(is_open, kinds, -1 - rows), return_index=True, return_inverse=True)
    groups = np.split(rows[np.argsort(number, kind="stable")], np.cumsum(np.bincount(number))[:-1])
    for at in np.argsort(first).tolist():
        if is_open[first[at]]:
            yield groups[at], int(stopping[first[at]])
        else:
            its_rules = compiled.deciding(compiled.ids[groups[at][0]])
            yield groups[at], _first_in_the_way(its_rules, person, day)


def _first_in_the_way(rules: Sequence[AppliedRule], person: Person, day: date) -> int:
    """The same for one order: the place of the rule in the way."""
    answers = [rule.ask.reach(person, day) for rule in rules]
    never = [place for place, answer in enumerate(answers) if answer == NEVER]
    if never:
        return min(never, key=lambda place: place_of_unmet(rules[place].code))
    return next(place for place, answer in enumerate(answers) if answer < MET)
