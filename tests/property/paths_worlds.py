"""Small worlds for the path search, as the plain documents of the events: few schemes and few days, so that courses,
people and orders meet all the time, and something of everything that may stand in the way.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.distances import Distances
from tests import builders as make
from tests.builders import TODAY, a_certificate, a_person_payload, a_result, an_employer, an_order_payload, days
from tests.property.paths_by_hand import ByHand, Documents

PLACES = ("53.06", "53.07", "53.71", "52.03", None)
WAYS = {("53.06", "53.07"): 155, ("53.06", "53.71"): 236, ("53.06", "52.03"): 1199, ("53.07", "53.71"): 250}
KM = Distances(WAYS)

Payload = dict[str, Any]

LISTED: tuple[Payload, ...] = (
    {"partner_listed": True},
    {"partner_listed": True, "partner_listing": {"from": days(-90), "until": days(35)}},
    {"partner_listed": False, "partner_listing": {"from": days(50), "until": None}},
)
"""On the list of problem partners: told without days, for some time yet, from a later day on."""


@dataclass
class SmallWorld:
    catalogue: Catalogue
    order_index: OrderIndex
    law: Law


class Drawn:
    """One small world from one seed: its documents, and what matching makes of them.

    Ids and numbers of days come from the seed alone, so that a failing seed fails again.
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        pick = self.random.choice
        self.day = TODAY + timedelta(days=pick((0, 0, 0, 5)))
        policies = self.policies()
        courses = [self.course() for _ in range(self.random.randint(3, 8))]
        batches = [self.batch(courses) for _ in range(self.random.randint(6, 13))]
        orders = [self.order() for _ in range(self.random.randint(2, 5))]
        quotas = [self.quota(order) for order in orders if self.maybe(0.3)]
        self.documents = Documents(
            person=self.someone(),
            courses=courses,
            batches=batches,
            orders=orders,
            quotas=quotas,
            policies=policies,
            km=WAYS,
            day=self.day,
        )
        self.law = Law.from_records(map(PolicyRecord.from_payload, policies))
        self.courses = [Course.from_payload(course) for course in courses]
        self.batches = [Batch.from_payload(batch) for batch in batches]
        slots = {quota["id"]: Quota.from_payload(quota) for quota in quotas}
        self.orders = [Order.from_payload(order, slots=slots.get(order["id"])) for order in orders]
        self.person = Person.from_payload(self.documents.person)

    @cached_property
    def world(self) -> SmallWorld:
        return SmallWorld(Catalogue(KM, self.courses, self.batches), OrderIndex(self.orders), self.law)

    def by_hand(self) -> ByHand:
        return ByHand(self.documents)

    def policies(self) -> list[Payload]:
        pick = self.random.choice
        drawn: list[tuple[float, str, str, Payload]] = [
            (0.8, "NTT-GATE", "GATE", make.WIDE),
            (0.05, "GATE-NARROW", "GATE", make.NARROW),
            (0.4, "HOURS-1", "HOURS", {"country": pick(("MYS", None)), "isco08": "9111", "hours": pick((100, 200))}),
            (0.2, "HOURS-2", "HOURS", {"country": "SGP", "isco08": "9111", "hours": pick((100, 300))}),
            (0.2, "FLOOR", "AGE_FLOOR", {"applies": {"countries": ["MYS"]}, "min_age": pick((19, 21))}),
            (0.3, "RATE-MYR", "RATE", {"currency": "MYR", "idr": 3500.0}),
            (0.1, "BAN", "BAN", {"countries": [pick(("SGP", "MYS"))], "employer_type": pick((None, "HOUSEHOLD"))}),
            (0.1, "COST", "COST", {"items": ["TRAINING"], "forbidden_payers": ["CANDIDATE"]}),
            (0.15, "CORRIDOR", "CORRIDOR", self.corridor()),
        ]
        return [self.policy(code, kind, content) for chance, code, kind, content in drawn if self.maybe(chance)]

    def policy(self, code: str, kind: str, content: Payload) -> Payload:
        """Mostly law for years; sometimes it begins or ends within the search, is doubtful, or was never approved."""
        changes: Payload = {}
        if self.maybe(0.2):
            changes = {"valid_from": self.day_in(-20, 90), "valid_until": self.random.choice((None, days(120)))}
        if self.maybe(0.06):
            changes["confidence"] = "L"
        if self.maybe(0.04):
            changes["status"] = "PROPOSED"
        revisions = [make.a_revision(content, **changes)]
        if self.maybe(0.05):  # a policy that is revised within the search
            revisions[0]["valid_until"] = days(60)
            revisions.append(make.a_revision(content, number=2, valid_from=days(61), confidence="M"))
        return {"id": self.id(), "version": 1, "code": code, "kind": kind, "revisions": revisions}

    def corridor(self) -> Payload:
        pick = self.random.choice
        floor = {"amount": pick((1500, 1600, 5_000_000)), "currency": pick(("MYR", "IDR"))}
        conditions = [
            {"field": "channel", "op": "in", "value": ["ONE_CHANNEL_SYSTEM"]},
            {"field": "wage", "op": "min", "value": floor},
        ]
        asked = {"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "education", "level": "SD"}]}
        return {
            "applies": {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None, "schemes": None},
            "order": self.random.sample(conditions, self.random.randint(0, 2)),
            "person": pick((None, asked)),
        }

    def someone(self) -> Payload:
        pick = self.random.choice
        born = ("2000-03-10",) * 8 + ("2008-12-20", "2005-12-30", "1981-12-28", "2009-01-15", "2008-02-29", None)
        return a_person_payload(
            id=self.id(),
            consent="WITHDRAWN" if self.maybe(0.01) else "GIVEN",
            birth_date=pick(born),
            sex=pick(("F", "F", "F", "F", "M", None)),
            home_regency=pick(("53.06", "53.06", "53.07", "33.10", None)),
            education={"level": pick(("SD", "SMP", "SMA", "SMA")), "years": None, "field": None},
            certificates=self.some(self.held, 2),
            languages=self.some(self.known, 1),
            training_hours=self.some(lambda: self.hours(pick((50, 100))), 2),
            occupations=self.some(self.work, 1),
            prior_programmes=self.some(lambda: {"kind": "SSW", "field": "CARE", "finished": self.maybe(0.7)}, 1),
            records=self.some(self.record, 1) if self.maybe(0.15) else [],
            fitness={
                "status": pick(("UNTESTED",) * 8 + ("FIT",) * 6 + ("UNFIT", "TEMP_UNFIT")),
                "on": None,
                "conditions": self.some(lambda: {"code": "COLOUR_VISION", "met": self.maybe(0.5)}, 1),
            },
            wishes=self.wishes() if self.maybe(0.3) else {},
        )

    def held(self) -> Payload:
        return a_certificate(self.scheme(), valid_until=self.random.choice((None, days(900), self.day_in(1, 90))))

    def known(self) -> Payload:
        pick = self.random.choice
        return a_result(result=pick(("N5", "N4")), valid_until=pick((None, self.day_in(5, 90))))

    def work(self) -> Payload:
        pick = self.random.choice
        return {"isco08": pick(("9111", "5322")), "months": pick((6, 24)), "country": None, "similarity": 1.0}

    def record(self) -> Payload:
        pick = self.random.choice
        kind, country = pick(("ENTRY_BAN", "ENTRY_BAN", "STAY")), pick(("MYS", "MYS", "SGP"))
        return {"kind": kind, "country": country, "until": pick((None, self.day_in(1, 90))), "years": None}

    def wishes(self) -> Payload:
        pick = self.random.choice
        return {
            "available": self.free() if self.maybe(0.5) else [],
            "max_distance_km": pick((None, 200, 240, 1500)),
            "boarding_ok": pick((None, None, True, False)),
            "ready_within_days": pick((None, None, 40, 90)),
        }

    def free(self) -> list[Payload]:
        return [
            {"from": self.day_in(0, 60), "until": self.random.choice((None, self.day_in(60, 140)))}
            for _ in range(self.random.randint(1, 2))
        ]

    def course(self) -> Payload:
        pick = self.random.choice
        kind = pick(("COMPETENCE",) * 6 + ("SKILL_TEST", "COMPLETION"))
        certificate = {"kind": kind, "scheme": self.scheme(), "valid_months": pick((None, 36, 36, 36, 1, 2))}
        id = self.id()
        return {
            "id": id,
            "version": 1,
            "provider": {
                "id": "p",
                "active": self.maybe(0.96),
                "licence_until": None if self.maybe(0.9) else self.day_in(10, 60),
            },
            "isco08": ["9111"],
            "certificate": certificate if self.maybe(0.55) else None,
            "hours_for": self.some(lambda: self.hours(pick((100, 200))), 2),
            "languages": [a_result(result=pick(("N5", "N4")))] if self.maybe(0.4) else [],
            "mode": ("OFFLINE", "ONLINE")[sum(map(ord, id)) % 2],
            "boarding": self.maybe(0.5),
            "prerequisites": self.door() if self.maybe(0.45) else None,
            "cost_to_trainee": pick((None, *({"amount": n, "currency": "IDR"} for n in (0, 0, 0, 500_000, 1_000_000)))),
            "review": "APPROVED" if self.maybe(0.95) else pick(("PENDING", "REJECTED")),
            "accreditation": {"from": days(-400), "until": pick((days(700),) * 9 + (self.day_in(10, 60),))},
            "status": "ACTIVE" if self.maybe(0.97) else "WITHDRAWN",
        }

    def door(self) -> Payload:
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

    def batch(self, courses: list[Payload]) -> Payload:
        pick = self.random.choice
        starts = self.random.randint(-2, 110)
        return {
            "id": self.id(),
            "version": 1,
            "course_id": pick(courses)["id"],
            "starts": days(starts),
            "ends": days(starts + pick((0, 2, 5, 8, 15))),
            "closes": pick((None, days(starts - 1), days(starts - 1))) if self.maybe(0.9) else self.day_in(-5, 30),
            "regency": pick(PLACES),
            "seats": 16,
            "taken": 0 if self.maybe(0.95) else 16,
            "status": pick(("OPEN",) * 14 + ("PLANNED", "CANCELLED")),
        }

    def order(self) -> Payload:
        """Mostly open and lawful; each other obstacle once in a while."""
        pick = self.random.choice
        household = self.maybe(0.65)
        order = an_order_payload(
            id=self.id(),
            country=pick(("MYS", "MYS", "SGP")),
            scheme=pick(("P2P",) * 8 + (("G2G",) if household else ("G2G", "MANDIRI", "MANDIRI"))),
            isco08=pick(("9111", "9111", "5322")),
            title_scheme=pick(("HOUSEKEEPER",) * 5 + ("CARETAKER", None)),
            employer=an_employer(type="HOUSEHOLD" if household else "COMPANY"),
            wage=pick(({"amount": 1500, "currency": "MYR"}, {"amount": 6_000_000, "currency": "IDR"}, None)),
            requirements=self.tree(),
            opens_on=self.day_in(1, 80) if self.maybe(0.1) else days(-30),
            closes_on=days(pick((60, 100, 150, 150, 400))),
            sip2mi=make.a_permit(valid_until=days(500)),
        )
        obstacles: list[Payload] = [
            {"status": "CLOSED"},
            {"status": "SUSPENDED"},
            {"verification": "UNVERIFIED"},
            {"visa_type": "VISIT"},
            {"scheme": None},
            {"scheme": "MANDIRI", "employer": an_employer(type="HOUSEHOLD")},
            {"employer": {**order["employer"], **LISTED[sum(map(ord, order["id"])) % 3]}},
            {"company": make.a_company(status=pick(("SUSPENDED", "REVOKED")))},
            {"company": make.a_company(valid_until=self.day_in(1, 100))},
            {"company": None},
            {"sip2mi": make.a_permit(valid_until=self.day_in(1, 100))},
            {"sip2mi": make.a_permit(valid_from=self.day_in(1, 60), valid_until=days(500))},
            {"sip2mi": None},
            {"closes_on": None},
            {"channel": None},
            {"costs": [{"item": "TRAINING", "payer": "CANDIDATE", "amount": {"amount": 10, "currency": "IDR"}}]},
        ]
        return {**order, **(pick(obstacles) if self.maybe(0.2) else {})}

    def quota(self, order: Payload) -> Payload:
        left = self.random.choice((0, 1, 5))
        return {"id": order["id"], "version": 1, "quota": 20, "reserved": 5, "taken": 15 - left}

    def tree(self) -> Payload | None:
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
            {"kind": "certificate", "certificate": "COMPETENCE", "scheme": pick((self.scheme(), None))},
            {
                "any": [
                    {"kind": "experience", "isco08": "9111", "months": 12},
                    {"kind": "hours", "isco08": None, "hours": 200},
                ]
            },
        ]
        settled: list[Any] = [
            {"kind": "age", "min": pick((18, 19, 21)), "max": pick((44, 45, None))},
            {"kind": "birth_date", "from": "1990-01-01", "until": pick(("2003-01-01", "2008-12-31"))},
            {"kind": "education", "level": pick(("SD", "SMP"))},
            {"kind": "sex", "is": "F"},
            {"kind": "condition", "code": "COLOUR_VISION"},
            {"kind": "prior_programme", "programme": "SSW", "field": pick(("CARE", "FOOD"))},
        ]
        drawn = self.random.sample(learnable, self.random.randint(0, 3))
        return {"all": drawn + self.random.sample(settled, pick((0, 0, 0, 1, 1, 2)))}

    def id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def scheme(self) -> str:
        return self.random.choice(("HOUSEKEEPER", "HOUSEKEEPER", "HOUSEKEEPER", "CARETAKER"))

    def hours(self, number: int) -> Payload:
        pick = self.random.choice
        destination = pick((None, None, "MYS", "SGP"))
        return {"isco08": pick(("9111", "9111", "5322")), "destination": destination, "hours": number}

    def day_in(self, first: int, last: int) -> str:
        return days(self.random.randint(first, last))

    def some(self, make_one: Any, most: int) -> list[Any]:
        return [make_one() for _ in range(self.random.randint(0, most))]

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance
