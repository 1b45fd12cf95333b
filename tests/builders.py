"""For every test that needs a person, an order or a law: one line, sensible defaults, only what matters spelled out.

`a_person()` may apply for `an_order()` today under `a_law()`: each test changes the one thing it is about. Everything
goes through `from_payload`, so the builders speak the language of the events.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from tests.support.today import TODAY, born

_numbers = count(1)


def days(number: int, after: date = TODAY) -> str:
    """The ISO day so many days after today, or before it."""
    return (after + timedelta(days=number)).isoformat()


KNOWN_FROM = f"{days(-320)}T00:00:00Z"


def an_id() -> str:
    return f"00000000-0000-4000-8000-{next(_numbers):012d}"


def a_person(**changes: Any) -> Person:
    """A woman of 26 from Flores Timur with SMP, a housekeeper's certificate and 200 hours for Malaysia."""
    return Person.from_payload(a_person_payload(**changes))


def a_person_payload(**changes: Any) -> dict[str, Any]:
    return {
        "id": an_id(),
        "version": 1,
        "consent": "GIVEN",
        "birth_date": born(26, days=259),
        "sex": "F",
        "home_regency": "53.06",
        "education": {"level": "SMP", "years": 9, "field": None},
        "skills": [],
        "occupations": [],
        "languages": [],
        "certificates": [a_certificate()],
        "training_hours": [{"isco08": "9111", "destination": "MYS", "hours": 200}],
        "prior_programmes": [],
        "records": [],
        "fitness": {"status": "UNTESTED", "on": None, "conditions": []},
        "requirements": {},
        "wishes": {},
        **changes,
    }


def a_certificate(scheme: str | None = "HOUSEKEEPER", **changes: Any) -> dict[str, Any]:
    return {
        "kind": "COMPETENCE",
        "scheme": scheme,
        "isco08": "9111",
        "valid_from": days(-100),
        "valid_until": days(995),
        **changes,
    }


def a_result(
    language: str = "ja", test: str | None = "JLPT", result: str | None = "N4", **changes: Any
) -> dict[str, Any]:
    return {"language": language, "test": test, "result": result, "cefr": None, "valid_until": None, **changes}


def an_order(slots: Mapping[str, int] | None = None, **changes: Any) -> Order:
    """A lawful, open order for a housekeeper in Malaysia through the one channel; `slots` is its quota record."""
    payload = an_order_payload(**changes)
    quota = None if slots is None else Quota.from_payload({"id": payload["id"], "version": 1, **slots})
    return Order.from_payload(payload, slots=quota)


def an_order_payload(**changes: Any) -> dict[str, Any]:
    return {
        "id": an_id(),
        "version": 3,
        "code": "MYS-HK-01",
        "title": {"id": "Penata laksana rumah tangga", "en": "Housekeeper"},
        "description": None,
        "country": "MYS",
        "scheme": "P2P",
        "channel": "ONE_CHANNEL_SYSTEM",
        "visa_type": "CALLING",
        "isco08": "9111",
        "kbji": "9111.01",
        "title_scheme": "HOUSEKEEPER",
        "employer": an_employer(),
        "company": a_company(),
        "wage": {"amount": 1500, "currency": "MYR"},
        "term_months": 24,
        "working_hours": None,
        "costs": [],
        "sip2mi": a_permit(),
        "requirements": None,
        "skills": [],
        "verification": "VERIFIED",
        "status": "OPEN",
        "opens_on": days(-30),
        "closes_on": days(180),
        "departure_by": None,
        **changes,
    }


def a_factory_order(**changes: Any) -> Order:
    """A lawful order of a company in Korea through government placement: no gate, no licence, no permit."""
    defaults = {
        "code": "KOR-01",
        "country": "KOR",
        "scheme": "G2G",
        "channel": None,
        "visa_type": "WORK",
        "isco08": "9329",
        "title_scheme": None,
        "employer": an_employer(type="COMPANY", household_income=None, household_size=None),
        "company": None,
        "sip2mi": None,
        "wage": {"amount": 2_100_000, "currency": "KRW"},
    }
    return an_order(**{**defaults, **changes})


def an_employer(**changes: Any) -> dict[str, Any]:
    return {
        "type": "HOUSEHOLD",
        "partner_id": None,
        "partner_listed": False,
        "household_income": {"amount": 8000, "currency": "MYR"},
        "household_size": 4,
        **changes,
    }


def a_company(**changes: Any) -> dict[str, Any]:
    return {
        "id": "00000000-0000-4000-8000-00000000c001",
        "sip3mi": "SIP3MI-1",
        "status": "ACTIVE",
        "valid_from": days(-800),
        "valid_until": days(800),
        "snapshot_on": days(-10),
        **changes,
    }


def a_permit(**changes: Any) -> dict[str, Any]:
    return {"number": "SIP2MI-1", "valid_from": days(-60), "valid_until": days(300), "quota": 20, **changes}


def a_revision(content: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "number": 1,
        "status": "APPROVED",
        "valid_from": "2018-11-14",
        "valid_until": None,
        "known_from": KNOWN_FROM,
        "known_until": None,
        "legal_basis": {"instrument": "Keputusan contoh", "article": None, "source": "S00"},
        "confidence": "H",
        "verified_on": days(-1),
        "text": {"id": "Aturan contoh.", "en": "An example rule."},
        "content": dict(content),
        **changes,
    }


def a_policy(code: str, kind: str, content: Mapping[str, Any], **changes: Any) -> PolicyRecord:
    return a_policy_of(code, kind, [a_revision(content, **changes)])


def a_policy_of(code: str, kind: str, revisions: Iterable[Mapping[str, Any]]) -> PolicyRecord:
    payload = {"id": an_id(), "version": 1, "code": code, "kind": kind, "revisions": list(revisions)}
    return PolicyRecord.from_payload(payload)


WIDE: dict[str, Any] = {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": None, "reading": "WIDE"}
NARROW: dict[str, Any] = {**WIDE, "isco08": ["9111", "5152"], "reading": "NARROW"}


def a_gate(content: Mapping[str, Any] = WIDE, **changes: Any) -> PolicyRecord:
    """The moratorium as a gate: everybody from NTT, every household job."""
    return a_policy("NTT-GATE", "GATE", content, **changes)


def a_ban(
    *countries: str, code: str = "BAN", employer_type: str | None = None, isco08: Any = None, **changes: Any
) -> PolicyRecord:
    content = {"countries": list(countries), "employer_type": employer_type, "isco08": isco08}
    return a_policy(code, "BAN", content, **changes)


def hours_rule(hours: int = 200, country: str | None = "MYS", isco08: str = "9111", **changes: Any) -> PolicyRecord:
    content = {"country": country, "isco08": isco08, "hours": hours}
    return a_policy(f"HOURS-{country}-{isco08}", "HOURS", content, **changes)


def a_corridor(
    *order: Mapping[str, Any], person: Any = None, applies: Mapping[str, Any] | None = None, **changes: Any
) -> PolicyRecord:
    scope = {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None, "schemes": None, **(applies or {})}
    return a_policy("MYS-DOMESTIC", "CORRIDOR", {"applies": scope, "order": list(order), "person": person}, **changes)


def a_cost_rule(*items: str, **changes: Any) -> PolicyRecord:
    content = {
        "items": list(items or ("TRAINING",)),
        "isco08": None,
        "countries": None,
        "forbidden_payers": ["CANDIDATE"],
    }
    return a_policy("COST", "COST", {**content, **changes.pop("content", {})}, **changes)


def an_age_floor(min_age: int, country: str = "MYS", **changes: Any) -> PolicyRecord:
    scope = {"countries": [country], "employer_type": None, "isco08": None, "schemes": None}
    return a_policy("AGE-FLOOR", "AGE_FLOOR", {"applies": scope, "min_age": min_age}, **changes)


def a_rate(currency: str, idr: float, **changes: Any) -> PolicyRecord:
    return a_policy(f"RATE-{currency}", "RATE", {"currency": currency, "idr": idr}, **changes)


def a_law(*policies: PolicyRecord) -> Law:
    """The gate and 200 hours for housekeepers in Malaysia, or exactly the policies given."""
    return Law.from_records(policies or (a_gate(), hours_rule()))


def a_course(**changes: Any) -> Course:
    """An approved, accredited housekeeping course of 200 hours that ends in a competence certificate."""
    return Course.from_payload(a_course_payload(**changes))


def a_course_payload(**changes: Any) -> dict[str, Any]:
    return {
        "id": an_id(),
        "version": 1,
        "code": "HK-200",
        "provider": {
            "id": "00000000-0000-4000-8000-00000000b001",
            "name": "UPTD Latihan Kerja",
            "kind": "BLK",
            "active": True,
            "licence_until": days(700),
            "last_verified_on": days(-20),
        },
        "title": {"id": "Penata laksana rumah tangga", "en": "Housekeeping"},
        "isco08": ["9111"],
        "outcomes": [],
        "skkni_units": [],
        "kkni_level": 2,
        "certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_months": 36},
        "languages": [],
        "lesson_hours": 200,
        "hours_for": [{"isco08": "9111", "destination": None, "hours": 200}],
        "mode": "OFFLINE",
        "boarding": True,
        "cost_to_trainee": {"amount": 0, "currency": "IDR"},
        "funding": "APBD",
        "destinations": ["MYS"],
        "prerequisites": None,
        "review": "APPROVED",
        "accreditation": {"from": days(-400), "until": days(700)},
        "status": "ACTIVE",
        **changes,
    }


def a_batch(course: Course, **changes: Any) -> Batch:
    """An open batch of 16 seats in Kota Kupang, in a fortnight, for forty days."""
    return Batch.from_payload(a_batch_payload(course.id, **changes))


def a_batch_payload(course_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": an_id(),
        "version": 1,
        "course_id": course_id,
        "number": "1",
        "starts": days(14),
        "ends": days(54),
        "closes": days(10),
        "regency": "53.71",
        "place": "Kupang",
        "seats": 16,
        "taken": 4,
        "status": "OPEN",
        **changes,
    }
