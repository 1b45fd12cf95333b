"""Who a plan serves, by group, beside what other rules would do; sums of fewer than ten people are shown nowhere."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from services.matching.matcher.facts.people import Person
from services.matching.matcher.options import NONE, UNIT, Ints
from services.matching.matcher.plan.comparisons import first_come, greedy
from services.matching.matcher.plan.gathering import Gathered
from services.matching.matcher.what_if import withheld

PLAN, FIRST_COME, GREEDY = "PLAN", "FIRST_COME", "GREEDY"
DIMENSIONS = ("regency", "sex", "education", "island")
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Served:
    """`people` that would get something, `expected` placements among them. None: fewer than ten, or withheld."""

    people: int | None
    expected: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One group: how many were asked for, and what each rule (PLAN, FIRST_COME, GREEDY) does for them."""

    dimension: str
    group: str
    people: int | None
    served: Mapping[str, Served]


def compared(gathered: Gathered, plan: Ints, arrival: Ints) -> dict[str, Ints]:
    """The plan beside first come, first served (by `arrival`, one number a person) and greedy by value."""
    options, places = gathered.options, gathered.places
    return {PLAN: plan, FIRST_COME: first_come(options, places, arrival), GREEDY: greedy(options, places)}


def figures(
    gathered: Gathered, given: Mapping[str, Ints], groups: Callable[[Person], Mapping[str, str]]
) -> list[Figure]:
    """All together first, then each group of each of DIMENSIONS; `given`: rule → an option or NONE a person."""
    people = gathered.people
    of = [{**groups(person), "regency": person.home_regency or "unknown", _ALL: _ALL} for person in people]
    return [
        figure
        for dimension in (_ALL, *DIMENSIONS)
        for figure in _figures(gathered, given, dimension, [one[dimension] for one in of])
    ]


def _figures(gathered: Gathered, given: Mapping[str, Ints], dimension: str, homes: list[str]) -> list[Figure]:
    asked = _shown(Counter(homes))
    served: dict[str, dict[str, Served]] = {group: {} for group in asked}
    for rule, option in given.items():
        got = np.flatnonzero(option != NONE).tolist()
        counts = _shown(Counter({**dict.fromkeys(asked, 0), **Counter(homes[at] for at in got)}))
        worth: Counter[str] = Counter()
        for at in got:
            worth[homes[at]] += int(gathered.options.value[option[at]])
        for group, people in asked.items():
            count = None if people is None else counts[group]
            served[group][rule] = Served(count, None if count is None else worth[group] / UNIT)
    return [Figure(dimension, group, people, served[group]) for group, people in sorted(asked.items())]


def _shown(sums: Counter[str]) -> dict[str, int | None]:
    """The sums with the small ones hidden; nobody at all is no small sum."""
    hidden = withheld(Counter({(0, 0, group, ""): number for group, number in sums.items() if number}))
    return {group: hidden.get((0, 0, group, ""), 0) for group in sums}
