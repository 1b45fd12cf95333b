"""The path search finds what somebody with all the time in the world would find, on any small world."""

from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.matcher.eligibility import Law
from services.matching.matcher.facts import Batch, Course, Order, Person, PolicyRecord
from services.matching.matcher.pathway import Catalogue, Distances, Openings, find
from services.matching.matcher.pathway.distances import UNKNOWN_KM
from tests.builders import (
    TODAY,
    a_batch,
    a_certificate,
    a_course,
    a_gate,
    a_person,
    a_policy,
    a_result,
    an_age_floor,
    an_employer,
    an_order,
    days,
    hours_rule,
)
from tests.property.paths_by_hand import ByHand

PLACES = ("53.06", "53.07", "53.71", "52.03", None)
KM = Distances({("53.06", "53.07"): 155, ("53.06", "53.71"): 236, ("53.06", "52.03"): 1199, ("53.07", "53.71"): 250})


@dataclass
class SmallWorld:
    catalogue: Catalogue
    openings: Openings
    law: Law


class Drawn:
    """One small world from one seed: few schemes, few days, so that courses, people and orders meet all the time."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        pick = self.random.choice
        self.law = Law.from_records(self.policies())
        self.courses = [self.course() for _ in range(self.random.randint(3, 8))]
        self.batches = [self.batch() for _ in range(self.random.randint(6, 13))]
        self.orders = [self.order() for _ in range(self.random.randint(2, 5))]
        self.person = self.someone()
        self.world = SmallWorld(Catalogue(KM, self.courses, self.batches), Openings(self.orders), self.law)
        self.day = TODAY + timedelta(days=pick((0, 0, 0, 5)))

    def by_hand(self) -> ByHand:
        return ByHand(
            person=self.person,
            courses=self.courses,
            batches=self.batches,
            orders=self.orders,
            law=self.law,
            distances=KM,
            day=self.day,
        )

    def policies(self) -> list[PolicyRecord]:
        pick = self.random.choice
        policies = [a_gate()] if self.maybe(0.8) else []
        if self.maybe(0.4):
            policies.append(hours_rule(pick((100, 200)), pick(("MYS", None))))
        if self.maybe(0.2):
            policies.append(an_age_floor(pick((19, 21))))
        if self.maybe(0.3):
            policies.append(a_policy("RATE-MYR", "RATE", {"currency": "MYR", "idr": 3500.0}))
        if self.maybe(0.2):  # a second law begins or ends within the search
            first, last = self.day_in(-20, 90), pick((None, days(120)))
            policies.append(hours_rule(pick((100, 300)), "SGP", valid_from=first, valid_until=last))
        return policies

    def someone(self) -> Person:
        pick = self.random.choice
        return a_person(
            birth_date=pick(("2000-03-10",) * 6 + ("2008-12-20", "2005-12-30", "1981-12-28", "2009-01-15", None)),
            sex=pick(("F", "F", "F", "F", "M", None)),
            home_regency=pick(("53.06", "53.06", "53.07", "33.10", None)),
            education={"level": pick(("SD", "SMP", "SMA", "SMA")), "years": None, "field": None},
            certificates=self.some(self.held, 2),
            languages=self.some(self.known, 1),
            training_hours=self.some(lambda: self.hours(pick((50, 100))), 2),
            wishes={"available": self.free()} if self.maybe(0.15) else {},
        )

    def held(self) -> dict[str, Any]:
        return a_certificate(self.scheme(), valid_until=self.random.choice((None, days(900), self.day_in(1, 90))))

    def known(self) -> dict[str, Any]:
        pick = self.random.choice
        return a_result(result=pick(("N5", "N4")), valid_until=pick((None, self.day_in(5, 90))))

    def free(self) -> list[dict[str, Any]]:
        return [
            {"from": self.day_in(0, 60), "until": self.random.choice((None, self.day_in(30, 140)))}
            for _ in range(self.random.randint(1, 2))
        ]

    def course(self) -> Course:
        pick = self.random.choice
        kind = pick(("COMPETENCE",) * 6 + ("SKILL_TEST", "COMPLETION"))
        certificate = {"kind": kind, "scheme": self.scheme(), "valid_months": pick((None, 36, 36, 36, 1, 2))}
        return a_course(
            certificate=certificate if self.maybe(0.55) else None,
            hours_for=self.some(lambda: self.hours(pick((100, 200))), 2),
            languages=[a_result(result=pick(("N5", "N4")))] if self.maybe(0.4) else [],
            prerequisites=self.door() if self.maybe(0.45) else None,
            cost_to_trainee={"amount": pick((0, 0, 500_000, 1_000_000)), "currency": "IDR"},
            accreditation={"from": days(-400), "until": days(700) if self.maybe(0.9) else self.day_in(10, 60)},
            provider={"id": "p", "active": self.maybe(0.96), "licence_until": None},
        )

    def door(self) -> dict[str, Any]:
        pick = self.random.choice
        leaf = pick(
            (
                lambda: {"kind": "language", "language": "ja", "test": "JLPT", "result": "N5"},
                lambda: {"kind": "certificate", "certificate": "COMPETENCE", "scheme": self.scheme()},
                lambda: {"kind": "hours", "isco08": "9111", "hours": 100},
                lambda: {"kind": "age", "min": pick((18, 21)), "max": pick((None, 45))},
                lambda: {"kind": "education", "level": "SMP"},
            )
        )
        word = pick(("all", "any"))
        return {word: [leaf() for _ in range(self.random.randint(1, 2))]}

    def batch(self) -> Batch:
        pick = self.random.choice
        starts = self.random.randint(-2, 110)
        return a_batch(
            pick(self.courses),
            id=f"b-{self.random.randrange(10**6):06d}",
            starts=days(starts),
            ends=days(starts + pick((0, 2, 5, 8, 15))),
            closes=pick((None, days(starts - 1), days(starts - 1))) if self.maybe(0.9) else self.day_in(-5, 30),
            regency=pick(PLACES),
            taken=0 if self.maybe(0.95) else 16,
            status=pick(("OPEN",) * 14 + ("PLANNED", "CANCELLED")),
        )

    def order(self) -> Order:
        pick = self.random.choice
        closes = pick((60, 100, 150, 150, 400))
        return an_order(
            country=pick(("MYS", "MYS", "SGP")),
            isco08=pick(("9111", "9111", "5322")),
            title_scheme=pick(("HOUSEKEEPER",) * 5 + ("CARETAKER", None)),
            employer=an_employer(type=pick(("HOUSEHOLD", "HOUSEHOLD", "COMPANY"))),
            wage=pick(({"amount": 1500, "currency": "MYR"}, {"amount": 6_000_000, "currency": "IDR"}, None)),
            requirements=self.tree(),
            opens_on=self.day_in(1, 80) if self.maybe(0.1) else days(-30),
            closes_on=days(closes),
            costs=[],
            status=pick(("OPEN",) * 14 + ("CLOSED",)),
        )

    def tree(self) -> dict[str, Any] | None:
        pick = self.random.choice
        learnable: list[Any] = [
            {"kind": "hours", "isco08": pick((None, "9111")), "hours": pick((100, 200, 300, 400))},
            {"kind": "language", "language": "ja", "test": "JLPT", "result": pick(("N5", "N4"))},
            {
                "any": [
                    {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": self.scheme()},
                    {"kind": "certificate", "certificate": "COMPETENCE", "scheme": self.scheme()},
                    {"all": [{"kind": "age", "min": 21, "max": None}, {"kind": "hours", "isco08": None, "hours": 150}]},
                ]
            },
            {"kind": "certificate", "certificate": "COMPETENCE", "scheme": self.scheme()},
        ]
        settled: list[Any] = [
            {"kind": "age", "min": pick((18, 19, 21)), "max": pick((44, 45, None))},
            {"kind": "education", "level": pick(("SD", "SMP"))},
            {"kind": "sex", "is": "F"},
        ]
        drawn = self.random.sample(learnable, self.random.randint(0, 3))
        return {"all": drawn + (self.random.sample(settled, 1) if self.maybe(0.4) else [])}

    def scheme(self) -> str:
        return self.random.choice(("HOUSEKEEPER", "HOUSEKEEPER", "HOUSEKEEPER", "CARETAKER"))

    def hours(self, number: int) -> dict[str, Any]:
        pick = self.random.choice
        destination = pick((None, None, "MYS", "SGP"))
        return {"isco08": pick(("9111", "9111", "5322")), "destination": destination, "hours": number}

    def day_in(self, first: int, last: int) -> str:
        return days(self.random.randint(first, last))

    def some(self, make: Any, most: int) -> list[Any]:
        return [make() for _ in range(self.random.randint(0, most))]

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance


def disagreements(seed: int) -> list[str]:
    """Where the search and the solver that tries everything differ on the world of this seed."""
    drawn = Drawn(seed)
    by_hand = drawn.by_hand()
    ways = list(by_hand.ways())
    paths = find(drawn.person, drawn.world, drawn.day)
    if not ways:
        return [f"a path where there is none: {paths.fastest}"] if paths else []
    said = []
    for path, key in ((paths.fastest, "fastest"), (paths.nearest, "nearest"), (paths.best_paid, "best_paid")):
        way = min(ways, key=attrgetter(key))
        if path is None:
            said.append(f"{key}: nothing found, there is {way.ids}")
            continue
        found = (tuple(step.batch for step in path.steps), path.ready_on, path.cost_to_candidate, path.distance_km)
        best = (way.ids[::-1], way.ready_on, way.cost, way.km if way.km < UNKNOWN_KM else None)
        if found != best:
            said.append(f"{key}: {found}, best is {best}")
        if set(path.unlocks) != (opened := by_hand.opened_by(way)):
            said.append(f"{key} unlocks {path.unlocks}, in truth {opened}")
    return said


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_best_path_of_each_kind_is_the_one_found_by_trying_everything(seed: int) -> None:
    assert disagreements(seed) == []
