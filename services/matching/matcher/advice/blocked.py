"""Orders that neither a paper nor a path opens: folded by the rule that stands in the way, never silently dropped."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.advice.standing import OrderStates
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.order_book.compiled import CompiledOrders
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
    compiled: CompiledOrders,
    near: Mapping[str, int],
) -> list[Blocked]:
    """The groups, nearest to what was asked for first, then the largest.

    Orders that ask the same of the same country and title have the same sentence, so one of them speaks for all; groups
    that turn out to say the same are one group.
    """
    answers: dict[int, int] = {}
    alike: dict[Hashable, list[tuple[str, AppliedRule]]] = {}
    for id in (*standing.of_state(State.NO_PATH), *standing.of_state(State.TRAINING)):
        if id not in reachable:
            demand = _first_in_the_way(compiled.numbered(id), person, day, answers)
            if demand is not None:
                order = world.orders[id]
                key = (demand.rule, demand.ask, order.country, order.title_scheme)
                alike.setdefault(key, []).append((id, demand))
    said: dict[tuple[str, str], tuple[Outcome, list[str]]] = {}
    for group in alike.values():
        id, demand = group[0]
        outcome = outcome_of(demand, person, world.orders[id], day)
        assert outcome is not None, "a demand that is not met has an outcome"
        said.setdefault((outcome.rule, outcome.text.id), (outcome, []))[1].extend(id for id, _ in group)
    found = [
        Blocked(
            outcome,
            len(ids),
            tuple(sorted(ids, key=lambda id: (near[id], id))[:MOST_NAMED]),
            min(map(near.__getitem__, ids)),
        )
        for outcome, ids in said.values()
    ]
    return sorted(found, key=lambda group: (group.nearest, -group.count, group.outcome.rule, group.orders))


def _first_in_the_way(
    numbered: tuple[tuple[int, AppliedRule], ...], person: Person, day: date, answers: dict[int, int]
) -> AppliedRule | None:
    """The first APPLY rule that neither is met nor can be met by a paper; rules stand in the order of the law.

    Where all could be met in time, as by somebody who will be eighteen when the order has closed: the first unmet one.
    `answers`: the answer to each ask that was judged already, since thousands of orders ask the same.
    """
    first = None
    for number, rule in numbered:
        answer = answers.get(number)
        if answer is None:
            answer = answers[number] = _answer(rule.ask, person, day)
        if answer == NEVER:
            return rule
        if answer == HOPEFUL and first is None:
            first = rule
    return first


def _answer(ask: Requirement, person: Person, day: date) -> int:
    if judge(ask, person, day) is Status.MET:
        return MET
    return HOPEFUL if hopeful(ask, person, day) else NEVER
