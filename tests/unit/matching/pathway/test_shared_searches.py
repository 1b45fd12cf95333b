"""What does not depend on where somebody lives is searched once for all whom the same batches help alike."""

from dataclasses import replace

import pytest

from benchmarks.drawn_province import DAY, Province
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway import backward_search
from services.matching.matcher.pathway.outlooks import Outlooks, outlooks
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.search import find

PEOPLE = [Province(number).person(number) for number in range(12)]
MOVED = [replace(person, id=f"{person.id}-moved", home_regency="53.01") for person in PEOPLE]


def said_of(people: list[Person], *, alone: bool) -> list[tuple[Paths, Outlooks]]:
    """Paths and outlooks of everybody; `alone`: nothing is kept from one to the next."""
    world, found = Province(3).world(80, 90), []
    for person in people:
        if alone:
            world.catalogue.offers(DAY).searches.clear()
        found.append((find(person, world, DAY), outlooks(person, world, DAY)))
    return found


@pytest.mark.slow
def test_whoever_was_asked_about_before_changes_nothing() -> None:
    together = said_of(PEOPLE + MOVED, alone=False)
    assert together == said_of(PEOPLE + MOVED, alone=True)
    assert any(look.distance_km for _, reach in together for look in reach.courses.values())


def test_people_alike_share_one_search_and_keep_their_own_distances() -> None:
    world = Province(3).world(80, 90)
    person = replace(PEOPLE[0], home_regency="53.71")
    here, kept = outlooks(person, world, DAY), world.catalogue.offers(DAY).searches
    assert len(kept) == 1
    there = outlooks(replace(person, home_regency="53.11"), world, DAY)
    assert len(kept) == 1
    assert here.days == there.days
    assert {look.distance_km for look in here.courses.values()} != {look.distance_km for look in there.courses.values()}


def test_a_changed_batch_forgets_them_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backward_search, "KEPT", 2)
    monkeypatch.setattr(backward_search, "KEPT_BATCHES", 80)
    world = Province(3).world(80, 90)
    for person in PEOPLE:
        outlooks(person, world, DAY)
    assert len(world.catalogue.offers(DAY).searches) == 2
    world.catalogue.put_batch(next(iter(world.catalogue.batches.values())))
    assert not world.catalogue.offers(DAY).searches
