"""Orders that neither a paper nor a path opens: folded by the rule that stands in the way, never silently dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.advice.standing import Standing
from services.matching.matcher.eligibility import Demand, LawOnDay, Outcome, Stage, State, check, hopeful, judge
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts import Order, Person
from services.matching.matcher.world import World

MOST_NAMED = 10
"""Ids named in one group; the count says how many there are."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A group of orders behind one rule, with that rule's outcome for the first of them: sentence, basis, way out."""

    outcome: Outcome
    count: int
    orders: tuple[str, ...]


def blocked(
    person: Person,
    world: World,
    standing: Standing,
    reachable: Mapping[str, int],
    *,
    law: LawOnDay,
    day: date,
    known_on: date | None,
) -> list[Blocked]:
    """The groups, largest first. `law` is the one of `day` and `known_on`."""
    groups: dict[tuple[str, str], list[str]] = {}
    for id in standing.of_state(State.NO_PATH):
        if id not in reachable:
            demand = _first_in_the_way(world.table.demands_of(id, day, known_on), person, day)
            if demand is not None:
                groups.setdefault((demand.rule, demand.version), []).append(id)
    found = []
    for (rule, version), ids in groups.items():
        outcome = _outcome(person, world.orders[ids[0]], law, day, rule, version)
        found.append(Blocked(outcome, len(ids), tuple(ids[:MOST_NAMED])))
    return sorted(found, key=lambda group: (-group.count, group.outcome.rule, group.outcome.version))


def _first_in_the_way(demands: tuple[Demand, ...], person: Person, day: date) -> Demand | None:
    """The first APPLY rule that neither is met nor can be met by a paper; rules stand in the order of the law."""
    for demand in demands:
        decides = demand.stage is Stage.APPLY and demand.binding
        if decides and judge(demand.ask, person, day) is not Status.MET and not hopeful(demand.ask, person, day):
            return demand
    return None


def _outcome(person: Person, order: Order, law: LawOnDay, day: date, rule: str, version: str) -> Outcome:
    verdict = check(person, order, law, day)
    return next(outcome for outcome in verdict.outcomes if (outcome.rule, outcome.version) == (rule, version))
