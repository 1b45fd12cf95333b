"""`find`: the fastest, the nearest and the best paid lawful way for one person. The door of the path search."""

from datetime import date, datetime

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.question import Among, Question, World
from services.matching.matcher.pathway.search import Search


def find(
    person: Person,
    world: World,
    day: date,
    *,
    known_on: date | datetime | None = None,
    among: Among | None = None,
) -> Paths:
    """The best path of each kind to orders that are closed to the person on `day`; empty when there is none.

    Wishes about distance, boarding and time are kept where any path keeps them; otherwise the paths say which they
    break. The days that the person is free are always kept. `known_on`: the law as it was known then. `among`: only
    orders for which it is true. Errors: none.
    """
    if not person.consented:
        return Paths()
    return paths_of(Question(person, world, day, known_on=known_on, among=among))


def paths_of(question: Question) -> Paths:
    """The same for a question that other answers are drawn from too."""
    return Search.within_wishes(question).paths() or Search.beyond_wishes(question).paths()
