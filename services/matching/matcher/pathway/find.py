"""`find`: the fastest, the nearest and the best paid lawful way for one person. The door of the path search."""

from dataclasses import replace
from datetime import date, datetime

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.path import Path, Paths
from services.matching.matcher.pathway.question import Among, Question, SearchedWorld
from services.matching.matcher.pathway.search import Search


def find(
    person: Person,
    world: SearchedWorld,
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


def different_paths(question: Question) -> Paths:
    """The best path of each kind, and where two kinds are one journey, the best one to other orders instead.

    A path keeps the kind of what it is best in; one that stands in for another says so by its text (`told`).
    """
    found = paths_of(question)
    kept: list[Path] = []
    for path in found.all():
        if all(path.journey != other.journey for other in kept):
            kept.append(path)
    missing = [path for path in found.all() if path not in kept]
    known = {id for path in kept for id in path.unlocks}
    for path in missing:
        other = paths_of(question.but(known)).fastest
        if other is not None and all(other.journey != one.journey for one in kept):
            kept.append(replace(other, kind=path.kind, instead=True))
            known |= set(other.unlocks)
    by_kind = {path.kind: path for path in kept}
    return Paths(fastest=by_kind.get("FASTEST"), nearest=by_kind.get("NEAREST"), best_paid=by_kind.get("BEST_PAID"))


def paths_of(question: Question) -> Paths:
    """The same for a question that other answers are drawn from too."""
    return Search.within_wishes(question).paths() or Search.beyond_wishes(question).paths()
