"""Birth dates and earlier work are judged many at a time: each answer is the one that somebody with it alone gets."""

from datetime import date
from itertools import product

import pytest

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.abilities import Occupation
from services.matching.matcher.facts.people import Person
from services.matching.matcher.requirements.age import NeedsAge, NeedsBirthDate
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.experience import NeedsExperience

BORN = [
    None,
    *(date(year, *turn) for year in (1960, 1996, 2000, 2008, 2010) for turn in ((1, 1), (2, 28), (3, 1), (12, 31))),
    *(date(year, 2, 29) for year in (1996, 2000, 2008, 2012)),
    date(1, 1, 1),
    date(9999, 12, 31),
]
DAYS = [date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(9999, 12, 31)]
AGES: list[Requirement] = [
    NeedsAge(min=low, max=high, wait_until=until)
    for low, high, until in product(
        (None, 0, 18, 20, 32, 10**30), (None, 18, 35, 10**30), (None, date(2028, 2, 29), date(2028, 3, 1), date.max)
    )
]
WINDOWS: list[Requirement] = [
    NeedsBirthDate(from_, until)
    for from_, until in product((None, date(2000, 2, 29)), (None, date(2000, 2, 29), date(2008, 2, 28)))
]
WORKS = [
    (),
    (Occupation("9111", 12, None, 1.0, None),),
    (Occupation("9111", 11, "MYS", 1.0, None), Occupation("9112", 1, None, 1.0, None)),
    (Occupation("9111", 11, None, 1.0, None), Occupation("9111", 30, None, 0.5, None)),
    (Occupation("5322", None, None, 1.0, None),),
    (Occupation("5322", 10**40, None, 1.0, None),),
]
EXPERIENCES: list[Requirement] = [
    NeedsExperience(code, months) for code, months in product(("9111", "911", "5", "", "0"), (0, 12, 13, 10**40))
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_birth_date_among_many_is_judged_as_it_is_alone(day: date) -> None:
    people = [Person(id=str(at), birth_date=born) for at, born in enumerate(BORN)]
    many = Facets(people)
    for ask in [*AGES, *WINDOWS]:
        assert many.reach(ask, day).tolist() == [ask.reach(person, day) for person in people], ask


@pytest.mark.parametrize("asked_together", [False, True])
def test_work_among_many_is_judged_as_it_is_alone(asked_together: bool) -> None:
    people = [
        Person(id=f"{at}{unasked}", occupations=works, unasked=frozenset(["occupations"] if unasked else ()))
        for at, works in enumerate(WORKS)
        for unasked in (False, True)
    ]
    many, day = Facets(people[:5]), date(2027, 1, 31)
    if asked_together:
        many.answer(EXPERIENCES, day)
    many.upsert(*people)  # those who came later are judged later
    for ask in EXPERIENCES:
        assert many.reach(ask, day).tolist() == [ask.reach(person, day) for person in people], ask
