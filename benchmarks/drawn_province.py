"""A province drawn from a seed, for whoever measures or tries the path search on more than anybody writes by hand.

The titles of the demo, each order with numbers of its own, courses with doors, chains and ladders.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.catalogue import Catalogue
from services.matching.matcher.pathway.distances import Distances

DAY = date(2026, 11, 24)
DISTANCES = Path(__file__).parent.parent / "deploy" / "data" / "distances.csv"

HOMES = [f"53.{number:02d}" for number in (*range(1, 22), 71)]
PLACES = [*HOMES, "52.03", "51.71", "35.78", None]

# title: ISCO-08, certificate kind and scheme, countries, employer type, what its tests ask
HOUSEHOLD = [
    ("9111", "HOUSEKEEPER", ("MYS", "SGP", "HKG")),
    ("5120", "FAMILY_COOK", ("MYS", "HKG")),
    ("5322", "ELDERLY_CARETAKER", ("MYS", "TWN", "HKG")),
    ("5311", "CHILD_CARETAKER", ("MYS", "SGP")),
]
SKILLED = [
    ("5321", "SSW_CARE"),
    ("9211", "SSW_AGRICULTURE"),
    ("8160", "SSW_FOOD"),
    ("9313", "SSW_CONSTRUCTION"),
]
LANGUAGES = {
    "SGP": ("en", "CEFR", ("A1", "A2")),
    "HKG": ("yue", "CEFR", ("A1", "A2")),
    "TWN": ("zh", "TOCFL", ("A1", "A2")),
    "JPN": ("ja", "JLPT", ("N5", "N4", "N3")),
    "BRN": ("en", "CEFR", ("A1", "A2", "B1")),
    "KOR": ("ko", "TOPIK", ("1", "2")),
}
WAGES = {"MYS": (1500, "MYR"), "SGP": (600, "SGD"), "HKG": (5100, "HKD"), "TWN": (20000, "TWD"), "JPN": (180000, "JPY")}
RATES = {"MYR": 3500, "SGD": 12000, "HKD": 2000, "TWD": 500, "JPY": 110, "KRW": 12, "BND": 12000}


@dataclass
class World:
    catalogue: Catalogue
    order_index: OrderIndex
    law: Law

    @property
    def orders(self) -> Mapping[str, Order]:
        return self.order_index.orders

    @property
    def courses(self) -> Mapping[str, Course]:
        return self.catalogue.courses

    @property
    def batches(self) -> Mapping[str, Batch]:
        return self.catalogue.batches


class Province:
    """Draws everything from one seed. `apart`: a course gives a certificate or hours, so that paths need several."""

    def __init__(self, seed: int = 1, *, apart: bool = False) -> None:
        self.random = Random(seed)
        self.apart = apart

    def world(self, batches: int, orders: int) -> World:
        courses = [self.course(number) for number in range(max(1, batches // 5))]
        law = Law.from_records(self.policies())
        made = (self.batch(number, courses[number % len(courses)]) for number in range(batches))
        catalogue = Catalogue(Distances.read(DISTANCES), courses, made)
        return World(catalogue, OrderIndex(self.order(number) for number in range(orders)), law)

    def policies(self) -> Iterable[PolicyRecord]:
        gate = {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": None, "reading": "WIDE"}
        yield policy("NTT-GATE", "GATE", gate)
        yield policy("BAN-SAU", "BAN", {"countries": ["SAU"], "employer_type": "HOUSEHOLD", "isco08": None})
        for country, hours in (("MYS", 200), ("HKG", 400), ("TWN", 400)):
            for title, _, countries in HOUSEHOLD:
                if country in countries:
                    content = {"country": country, "isco08": title, "hours": hours}
                    yield policy(f"HOURS-{country}-{title}", "HOURS", content)
        for currency, idr in RATES.items():
            yield policy(f"RATE-{currency}", "RATE", {"currency": currency, "idr": idr})

    def order(self, number: int) -> Order:
        pick = self.random.choice
        household = self.random.random() < 0.6
        if household:
            title, scheme, countries = pick(HOUSEHOLD)
            country = pick(countries)
            asked: list[Any] = [{"kind": "education", "level": pick(("SD", "SMP", "SMP"))}]
        else:
            title, scheme = pick(SKILLED)
            country = pick(("JPN", "JPN", "KOR", "BRN"))
            asked = [{"kind": "certificate", "certificate": "SKILL_TEST", "scheme": scheme}]
        if country in LANGUAGES:
            language, test, results = LANGUAGES[country]
            asked.append({"kind": "language", "language": language, "test": test, "result": pick(results)})
        if self.random.random() < 0.3:
            hours = {"kind": "hours", "isco08": None, "hours": pick((120, 160, 200, 240, 300, 400))}
            work = {"kind": "experience", "isco08": title, "months": pick((6, 12, 24))}
            asked.append({"any": [hours, work]})
        asked.append({"kind": "age", "min": pick((18, 18, 20, 21, 23)), "max": pick((38, 40, 45, 49))})
        amount, currency = WAGES.get(country, (2_000_000, "KRW") if country == "KOR" else (500, "BND"))
        closes = DAY + timedelta(days=self.random.randint(5, 330))
        payload = {
            "id": f"o-{number:06d}",
            "country": country,
            "scheme": "P2P",
            "channel": "ONE_CHANNEL_SYSTEM",
            "visa_type": "WORK",
            "isco08": title,
            "title_scheme": scheme if household else None,
            "employer": {"type": "HOUSEHOLD" if household else "COMPANY", "partner_listed": False},
            "company": {"id": "c", "sip3mi": "S", "status": "ACTIVE", "valid_from": "2020-01-01", "valid_until": None},
            "sip2mi": {
                "number": f"P-{number}",
                "valid_from": "2026-01-01",
                "valid_until": closes.isoformat(),
                "quota": 20,
            },
            "wage": {"amount": round(amount * self.random.uniform(1, 1.6)), "currency": currency},
            "requirements": {"all": asked},
            "verification": "VERIFIED",
            "status": "OPEN",
            "opens_on": (DAY - timedelta(days=30)).isoformat(),
            "closes_on": closes.isoformat(),
        }
        return Order.from_payload(payload)

    def course(self, number: int) -> Course:
        pick = self.random.choice
        given: dict[str, Any] = {"certificate": None, "languages": [], "hours_for": []}
        doors: list[Any] = [{"kind": "age", "min": 17, "max": None}]
        draw = self.random.random()
        if draw < 0.4:
            title, scheme, countries = pick(HOUSEHOLD)
            given["certificate"] = {"kind": "COMPETENCE", "scheme": scheme, "valid_months": 36}
            hours = pick((100, 160, 200, 200, 240))
            if not self.apart:
                given["hours_for"] = [{"isco08": title, "destination": pick((None, *countries)), "hours": hours}]
        elif draw < 0.6:
            title, _, countries = pick(HOUSEHOLD)
            given["hours_for"] = [{"isco08": title, "destination": None, "hours": pick((80, 100, 200))}]
        elif draw < 0.85:
            language, test, results = pick(tuple(LANGUAGES.values()))
            at = self.random.randrange(len(results))
            given["languages"] = [{"language": language, "test": test, "result": results[at]}]
            if at:
                doors.append({"kind": "language", "language": language, "test": test, "result": results[at - 1]})
        else:
            title, scheme = pick(SKILLED)
            given["certificate"] = {"kind": "SKILL_TEST", "scheme": scheme, "valid_months": pick((None, 60))}
            if self.random.random() < 0.5:
                doors.append({"kind": "language", "language": "ja", "test": "JLPT", "result": "N5"})
        if self.random.random() < 0.4:
            doors.append({"kind": "education", "level": pick(("SD", "SMP"))})
        payload = {
            "id": f"c-{number:05d}",
            "provider": {"id": "p", "active": True, "licence_until": None},
            "isco08": [],
            "boarding": self.random.random() < 0.5,
            "cost_to_trainee": {"amount": pick((0, 0, 0, 750_000, 3_000_000)), "currency": "IDR"},
            "prerequisites": {"all": doors},
            "review": "APPROVED",
            "accreditation": {"from": "2024-01-01", "until": "2029-12-31"},
            "status": "ACTIVE",
            **given,
        }
        return Course.from_payload(payload)

    def batch(self, number: int, course: Course) -> Batch:
        starts = DAY + timedelta(days=self.random.randint(2, 280))
        payload = {
            "id": f"b-{number:06d}",
            "course_id": course.id,
            "starts": starts.isoformat(),
            "ends": (starts + timedelta(days=self.random.randint(7, 75))).isoformat(),
            "closes": (starts - timedelta(days=3)).isoformat() if self.random.random() < 0.5 else None,
            "regency": self.random.choice(PLACES),
            "seats": 16,
            "taken": self.random.randint(0, 16),
            "status": "OPEN",
        }
        return Batch.from_payload(payload)

    def person(self, number: int) -> Person:
        pick = self.random.choice
        age = self.random.randint(17 * 365, 47 * 365)
        title, scheme, _ = pick(HOUSEHOLD)
        certificate = {
            "kind": "COMPETENCE",
            "scheme": scheme,
            "valid_until": str(DAY + timedelta(days=pick((40, 700)))),
        }
        free = {"from": day(pick((1, 40))), "until": None}
        payload = {
            "id": f"p-{number:06d}",
            "consent": "GIVEN",
            "birth_date": (DAY - timedelta(days=age)).isoformat(),
            "sex": pick(("F", "M")),
            "home_regency": pick(HOMES),
            "education": {"level": pick(("SD", "SMP", "SMP", "SMA", "SMK"))},
            "certificates": [certificate] if self.random.random() < 0.3 else [],
            "training_hours": [{"isco08": title, "hours": 80}] if self.random.random() < 0.3 else [],
            "languages": [{"language": "ja", "test": "JLPT", "result": "N5"}] if self.random.random() < 0.1 else [],
            "wishes": {
                "max_distance_km": pick((None, None, 300, 800)),
                "boarding_ok": pick((None, True, True, False)),
                "available": [free] if self.random.random() < 0.3 else [],
            },
        }
        return Person.from_payload(payload)


def day(after: int) -> str:
    return (DAY + timedelta(days=after)).isoformat()


def policy(code: str, kind: str, content: dict[str, Any]) -> PolicyRecord:
    revision = {
        "number": 1,
        "status": "APPROVED",
        "valid_from": "2018-11-14",
        "confidence": "H",
        "content": content,
    }
    return PolicyRecord.from_payload({"id": code, "code": code, "kind": kind, "revisions": [revision]})
