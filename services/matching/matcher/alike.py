"""People whom nothing that matching reads tells apart: worked out once, and given to each of them.

Many people of a register are known by little: a birth date, a sex, a home, a school. Two of them get the same lists
where all that is read of them is the same. A birth date is only ever read by asks about age; where none of these
changes any more for either of them while courses are on offer, it is enough that each ask says the same of both today.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import Generic, TypeVar

from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.world import World

Result = TypeVar("Result")

REMEMBERED = 5_000
"""Different people whose results are kept, those who were met last: about a hundred megabytes."""


class Alike:
    """One world on one day."""

    def __init__(self, world: World, day: date, known_on: date | None = None) -> None:
        self._day = day
        ends = world.catalogue.offers(day).ends
        self._last = date.fromordinal(int(ends[-1])) if len(ends) else day
        books = [day, *(turn for turn in world.law.turning_days() if turn > day)]
        asks: dict[Requirement, None] = {NeedsAge(min=STATUTORY_AGE): None}
        for door in dict.fromkeys(world.catalogue.doors.values()):
            asks.update(dict.fromkeys(leaves(door.asked)))
        for turn in books:
            asks.update(dict.fromkeys(world.order_index.under(world.law.at(turn, known_on)).leaves))
        self._asks = [ask for ask in asks if ask.FACET == "birth_date"]
        self._ages: dict[date, Hashable] = {}

    def key(self, person: Person) -> Hashable:
        """Equal for people who are alike."""
        return replace(person, id="", version=0, birth_date=None), self._age(person)

    def _age(self, person: Person) -> Hashable:
        born = person.birth_date
        if born is None:
            return None
        if born not in self._ages:
            alone = Person(id="", birth_date=born)
            turning = [tuple(ask.turning_days(alone, self._last)) for ask in self._asks]
            # Who has a birthday ahead that somebody waits for is like nobody of another birth date.
            ahead = any(turn > self._day for days in turning for turn in days)
            self._ages[born] = born if ahead else tuple(int(ask.judge(alone, self._day)) for ask in self._asks)
        return self._ages[born]


class Remembered(Generic[Result]):
    """What was worked out for one of several who are alike, for as many different ones as `REMEMBERED`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Result] = OrderedDict()

    def of(self, keys: Sequence[Hashable], work: Callable[[Sequence[int]], Sequence[Result]]) -> list[Result]:
        """The result of each key; `work` gives those of the keys at some places, no two of them equal."""
        anew: dict[Hashable, int] = {}
        for place, key in enumerate(keys):
            if key in self._kept:
                self._kept.move_to_end(key)
            else:
                anew.setdefault(key, place)
        found = {key: self._kept[key] for key in keys if key in self._kept}
        found.update(zip(anew, work(list(anew.values())), strict=True))
        self._kept.update((key, found[key]) for key in anew)
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
        return [found[key] for key in keys]
