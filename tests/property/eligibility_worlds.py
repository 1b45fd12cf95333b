"""Random people, orders and laws, the broken ones included: the property tests of the law draw their worlds here.

Every value may be missing, unreadable, expired or at odds with its neighbour; codes come from small pools so that
people and orders meet often. The same seed gives the same world.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from tests.builders import (
    TODAY,
    a_company,
    a_permit,
    a_person_payload,
    a_policy,
    an_employer,
    an_order_payload,
)

COUNTRIES = ("MYS", "SGP", "KOR", "JPN", "SAU", None)
TITLES = ("9111", "5322", "5311", "9329", "7212", None)
SCHEMES = ("HOUSEKEEPER", "ELDERLY_CARETAKER", "SSW_CARE", "BST", None)
KINDS = ("COMPETENCE", "COMPLETION", "SKILL_TEST", "LANGUAGE", "SAFETY")
TESTS = {
    "ja": (("JLPT", ("N5", "N4", "N3", "N9", None)), ("JFT_BASIC", ("PASS", "FAIL", None))),
    "ko": (("EPS_TOPIK", ("80", "120", "199", "x", None)),),
    "en": (("CEFR", ("A1", "A2", "B1", None)), ("IELTS", ("4.0", "6.5", None)), ("HOUSE_TEST", ("GOOD", None))),
}
LEVELS = ("NONE", "SD", "SMP", "SMA", "SMK", "D3", "S1", "LYCEUM", None)
HOMES = ("53.06", "53.71", "33.10", "5", None)
CONDITIONS = ("COLOUR_VISION", "NO_TB")
PAPERS = ("PASSPORT", "FAMILY_CONSENT", "HEALTH_CERTIFICATE", "WORK_VISA")
STATUSES = ("MET", "MISSING", "UNCHECKED", "EXPIRED", "LOST", None)
FIELDS = ("NURSING", "FISHERIES", None)


class Worlds:
    """One source of random things. `messy` is the chance that a value is broken on purpose."""

    def __init__(self, seed: int, messy: float = 0.06) -> None:
        self.random = Random(seed)
        self.messy = messy

    def people(self, number: int) -> list[Person]:
        return [self.person() for _ in range(number)]

    def orders(self, number: int) -> list[Order]:
        return [self.order() for _ in range(number)]

    def person(self) -> Person:
        pick, some = self.random.choice, self._some
        payload = a_person_payload(
            consent=self._mostly("GIVEN", ("WITHDRAWN", "NONE", None), 0.05),
            birth_date=self._day(-50 * 365, -17 * 365, feast=True),
            sex=self._mostly(pick(("F", "M")), (None, "X", 3)),
            home_regency=pick(HOMES),
            education=self._mostly(
                {"level": pick(LEVELS), "years": pick((0, 8, 12, None)), "field": pick(FIELDS)}, (None, "SMP", {})
            ),
            languages=some(self._result, 3),
            certificates=some(self._certificate, 3),
            training_hours=some(self._hours, 4),
            occupations=some(self._work, 3),
            prior_programmes=some(self._programme, 2),
            records=self._mostly([], (some(self._record, 2),), 0.2),
            fitness={
                "status": self._mostly(pick(("FIT", "UNTESTED", None)), ("UNFIT", "TEMP_UNFIT")),
                "on": None,
                "conditions": some(lambda: {"code": pick(CONDITIONS), "met": pick((True, False, None))}, 3),
            },
            requirements={
                code: {"status": pick(STATUSES), "valid_until": self._day(-400, 900)}
                for code in PAPERS
                if self.random.random() < 0.5
            },
        )
        person = Person.from_payload(self._broken(payload))
        return person.with_holds(pick(([], [], [], ["held-1"], ["held-1", "held-2"])))

    def order(self) -> Order:
        pick = self.random.choice
        scheme = self._mostly(pick(("P2P", "P2P", "CREW", "G2G", "G2P", "MANDIRI", "UKPS")), (None, "TITP"))
        licensed = scheme in ("P2P", "CREW")
        payload = an_order_payload(
            country=pick(COUNTRIES),
            scheme=scheme,
            channel=pick(("ONE_CHANNEL_SYSTEM", "DIRECT", None)),
            visa_type=self._mostly(pick(("WORK", "CALLING", "SSW")), ("VISIT", "UMRAH", None)),
            isco08=pick(TITLES),
            title_scheme=pick(SCHEMES),
            employer=an_employer(
                type=pick(("HOUSEHOLD", "HOUSEHOLD", "COMPANY", None)),
                partner_listed=self._mostly(False, (True, None)),
                partner_listing=self._mostly(
                    None, ({"from": self._day(-60, 30), "until": self._day(-20, 60)}, {}, "x")
                ),
                household_size=pick((4, 8, None)),
            ),
            company=self._company() if licensed else pick((None, a_company())),
            sip2mi=self._permit() if licensed else None,
            wage=pick(({"amount": 1500, "currency": "MYR"}, {"amount": 400, "currency": "USD"}, {"amount": 10}, None)),
            costs=self._mostly([], (self._some(self._cost, 2),), 0.2),
            requirements=self._mostly(self._tree(0), (None, None, None, {}, {"any": []}, {"kind": "star_sign"}), 0.4),
            verification=self._mostly("VERIFIED", ("UNVERIFIED", "REJECTED", None)),
            status=self._mostly("OPEN", ("CLOSED", "SUSPENDED", None)),
            opens_on=self._mostly(self._day(-60, 0), (self._day(0, 30),)),
            closes_on=self._mostly(self._day(0, 1500), (self._day(-20, 0), "soon", None), 0.1),
            term_months=pick((24, 36, None)),
        )
        slots = pick(
            (None, None, {"quota": 20, "reserved": 3, "taken": 2}, {"quota": 2, "reserved": 1, "taken": 1}, {})
        )
        payload = self._broken(payload)
        if self.random.random() < 0.05:
            payload["id"] = pick(("held-1", "held-2"))
        quota = None if slots is None else Quota.from_payload({"id": payload["id"], **slots})
        return Order.from_payload(payload, slots=quota)

    def law(self) -> Law:
        """A handful of policies of every kind, some doubtful, some not yet or no longer law."""
        return Law.from_records(self._policy(f"P-{number}") for number in range(self.random.randrange(2, 10)))

    def _policy(self, code: str) -> PolicyRecord:
        kind = self.random.choice(("GATE", "GATE", "BAN", "CORRIDOR", "COST", "AGE_FLOOR", "HOURS", "RATE"))
        first = TODAY + timedelta(days=self.random.randrange(-2000, 300))
        return a_policy(
            code,
            kind,
            self._mostly(self._content(kind), ({},)),
            valid_from=first.isoformat(),
            valid_until=self.random.choice((None, None, self._day(-10, 400))),
            confidence=self.random.choice(("H", "M", "L")),
            status=self._mostly("APPROVED", ("PROPOSED", "REJECTED")),
        )

    def _content(self, kind: str) -> dict[str, Any]:
        pick = self.random.choice
        scope = {
            "countries": pick((["MYS"], ["MYS", "SGP", "SAU"], ["KOR", "JPN"])),
            "employer_type": pick(("HOUSEHOLD", None)),
            "isco08": pick((None, ["9"], ["9111", "5322"])),
            "schemes": pick((None, ["P2P", "MANDIRI"])),
        }
        condition = pick(
            (
                {"field": "channel", "op": "in", "value": ["ONE_CHANNEL_SYSTEM"]},
                {"field": "wage", "op": "min", "value": {"amount": 1500, "currency": "MYR"}},
                {"field": "household_size", "op": "max", "value": 6},
            )
        )
        contents: dict[str, dict[str, Any]] = {
            "GATE": {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": scope["isco08"]},
            "BAN": scope,
            "CORRIDOR": {"applies": scope, "order": [condition], "person": pick((None, self._tree(2)))},
            "COST": {**scope, "items": ["TRAINING", "WORK_VISA"], "forbidden_payers": ["CANDIDATE"]},
            "AGE_FLOOR": {"applies": scope, "min_age": pick((16, 20, 21, 23))},
            "HOURS": {"country": pick(("MYS", None)), "isco08": pick(("9111", "5322")), "hours": pick((100, 200))},
            "RATE": {"currency": pick(("MYR", "USD")), "idr": pick((3500.0, 16000.0))},
        }
        return contents[kind]

    def _tree(self, depth: int) -> dict[str, Any]:
        if depth < 3 and self.random.random() < 0.55 - 0.1 * depth:
            word = self.random.choice(("all", "all", "any"))
            return {word: [self._tree(depth + 1) for _ in range(self.random.randrange(1, 5))]}
        return self._leaf()

    def _leaf(self) -> dict[str, Any]:
        pick = self.random.choice
        language = pick(tuple(TESTS))
        test, results = pick(TESTS[language])
        return pick(
            (
                {"kind": "age", "min": pick((18, 20, 21, 23)), "max": pick((38, 45, None))},
                {"kind": "birth_date", "from": "1985-06-03", "until": pick(("2007-06-04", "2004-02-29"))},
                {"kind": "sex", "is": pick(("F", "M"))},
                {
                    "kind": "education",
                    "level": pick(LEVELS),
                    "years": pick((8, 12, None)),
                    "fields": pick((None, ["NURSING"])),
                },
                {"kind": "language", "language": language, "test": pick((test, test, None)), "result": pick(results)},
                {"kind": "certificate", "certificate": pick(KINDS), "scheme": pick(SCHEMES)},
                {"kind": "hours", "isco08": pick(TITLES), "hours": pick((0, 100, 200))},
                {"kind": "experience", "isco08": pick(("9", "91", "5322")), "months": pick((6, 24))},
                {"kind": "condition", "code": pick(CONDITIONS)},
                {
                    "kind": "no_record",
                    "record": pick(("DEPORTATION", "ENTRY_BAN", "STAY", "PRISON")),
                    "country": pick(COUNTRIES),
                    "years": pick((None, 5)),
                },
                {"kind": "prior_programme", "programme": "TITP", "field": pick(FIELDS)},
                {"kind": "ranked", "test": "EPS_TOPIK", "note": "quota"},
                {"kind": "star_sign", "is": "LEO"},
            )
        )

    def _result(self) -> dict[str, Any]:
        language = self.random.choice(tuple(TESTS))
        test, results = self.random.choice(TESTS[language])
        return {
            "language": self._mostly(language, (None, "ja")),
            "test": self._mostly(test, (None,)),
            "result": self.random.choice(results),
            "valid_until": self.random.choice((None, self._day(-300, 900))),
        }

    def _certificate(self) -> dict[str, Any]:
        return {
            "kind": self.random.choice(KINDS),
            "scheme": self.random.choice(SCHEMES),
            "valid_from": self._day(-900, 30),
            "valid_until": self._day(-300, 900),
        }

    def _hours(self) -> dict[str, Any]:
        pick = self.random.choice
        return {"isco08": pick(TITLES), "destination": pick(COUNTRIES), "hours": pick((50, 100, 200, None, -3, 10**12))}

    def _work(self) -> dict[str, Any]:
        pick = self.random.choice
        return {"isco08": pick(TITLES), "months": pick((3, 12, 40, None)), "similarity": pick((1.0, 0.79, 0.8, None))}

    def _programme(self) -> dict[str, Any]:
        pick = self.random.choice
        return {"kind": pick(("TITP", "SSW")), "field": pick(FIELDS), "finished": pick((True, False, None))}

    def _record(self) -> dict[str, Any]:
        pick = self.random.choice
        return {
            "kind": pick(("DEPORTATION", "ENTRY_BAN", "STAY", None)),
            "country": pick(COUNTRIES),
            "until": pick((None, self._day(-300, 300))),
            "years": pick((None, 2, 5, 5.5, 6)),
        }

    def _cost(self) -> dict[str, Any]:
        pick = self.random.choice
        return {
            "item": pick(("TRAINING", "WORK_VISA", "LODGING", None)),
            "payer": pick(("EMPLOYER", "EMPLOYER", "COMPANY", "CANDIDATE", None)),
            "amount": pick((None, {"amount": 0, "currency": "IDR"}, {"amount": 5, "currency": "IDR"})),
        }

    def _company(self) -> dict[str, Any] | None:
        dates = {"valid_from": self._day(-900, 5), "valid_until": self._day(0, 1500)}
        company = a_company(status=self._mostly("ACTIVE", ("SUSPENDED", "REVOKED", None)), **dates)
        return self._mostly(company, (None, {}))

    def _permit(self) -> dict[str, Any] | None:
        dates = {"valid_from": self._day(-300, 5), "valid_until": self._day(0, 1500)}
        return self._mostly(a_permit(quota=self.random.choice((0, 5, 20, None)), **dates), (None, {}))

    def _day(self, first: int, last: int, feast: bool = False) -> Any:
        """A day between two offsets from today; now and then a leap day, today itself, or nothing readable."""
        draw = self.random.random()
        if draw < self.messy:
            return self.random.choice((None, "2026-02-30", 20261124, ""))
        if feast and draw < 0.12:
            return self.random.choice(
                ("2008-02-29", "2004-02-29", "2005-11-24", "2005-11-25", "2008-11-24", "2003-11-24")
            )
        return (TODAY + timedelta(days=self.random.randint(first, last))).isoformat()

    def _some(self, make: Any, most: int) -> list[Any]:
        return [make() for _ in range(self.random.randrange(most + 1))]

    def _mostly(self, usual: Any, others: tuple[Any, ...], chance: float | None = None) -> Any:
        return self.random.choice(others) if self.random.random() < (chance or self.messy) else usual

    def _broken(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Now and then a whole field is missing or of the wrong type."""
        if self.random.random() < self.messy:
            name = self.random.choice([name for name in payload if name not in ("id", "consent")])
            payload[name] = self.random.choice((None, "?", 7, [], {}, [None, 1, {}]))
        return payload


DAYS = (TODAY, date(2028, 2, 29), date(2024, 2, 28), date(2027, 3, 1), TODAY + timedelta(days=20))
"""Days to ask about: today, leap days and their eves, a little later."""
