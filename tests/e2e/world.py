"""For the end-to-end tests: a small province, published one piece at a time by those who may.

One law that blocks, one course that opens it, one household in New Zealand that waits. No demo order goes there, so
nobody else's laws and orders get in between.
"""

import itertools
from datetime import date
from typing import Any

from deploy.demo.visitors import Answer, Visitor, Visitors, until
from shared import clock
from tests.support import sent
from tests.support.sent import day

COUNTRY = "NZL"
HOURS = 200

_serials = itertools.count(1)


def a_candidate(**changes: Any) -> Answer:
    """A woman from Flores Timur who wishes to keep a house in New Zealand; her number is new with every call."""
    serial = next(_serials)
    return {
        "full_name": f"Maria Benga {_in_letters(serial)}",
        "nik": f"995306440400{serial:04d}",
        "birth_date": "2000-04-04",
        "sex": "F",
        "regency": "53.06",
        "education": {"level": "SMP", "years": 9},
        "skills": [{"text": "masak dan bersih rumah", "source": "HOME", "months": 60}],
        "wishes": {"isco08": ["9111"], "destinations": [COUNTRY], "boarding_ok": True},
        "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
        "confirm_new": True,
        **changes,
    }


class World:
    """What is published, and who published it. Every piece is one request to a public API."""

    def __init__(self, visitors: Visitors) -> None:
        self.visitors = visitors
        self.gate = self.a_law("GATE", {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "reading": "WIDE"})
        self.hours = self.a_law("HOURS", {"country": COUNTRY, "isco08": "9111", "hours": HOURS})
        self.company, self.order = self.an_order()
        self.provider_id, self.provider = self.a_provider()
        self.course = self.a_course()

    def officer(self, house: str) -> Visitor:
        return self.visitors.staff(house, "officer", "Ana Petugas")

    def a_law(self, kind: str, content: Answer) -> Answer:
        """In force since a year before today: proposed by one supervisor, approved by another."""
        proposer = self.visitors.staff("placement", "supervisor", "Budi Pengawas")
        approver = self.visitors.staff("placement", "supervisor", "Citra Pengawas")
        proposal = {
            "code": f"E2E-{kind}-{next(_serials)}",
            "kind": kind,
            "valid_from": day(-365),
            "legal_basis": {"instrument": f"Peraturan contoh {kind}", "article": "5", "source": "contoh"},
            "confidence": "H",
            "verified_on": day(-1),
            "text": {"id": "Aturan contoh untuk pengujian.", "en": "An example rule for tests."},
            "content": content,
        }
        policy = proposer.post("/v1/policies", proposal)
        return approver.post(f"/v1/policies/{policy['id']}/revisions/1/approve")

    def an_order(self, **changes: Any) -> tuple[Visitor, Answer]:
        """Somebody of a licensed company, and the household's order that it published and the province verified."""
        serial = next(_serials)
        reviewer = self.visitors.staff("placement", "reviewer", "Rina Peninjau")
        company = reviewer.post(
            "/v1/companies",
            {
                "sip3mi": f"SIP3MI-E2E-{serial}",
                "name": f"PT Contoh {serial}",
                "status": "ACTIVE",
                "valid_from": day(-400),
                "valid_until": day(800),
                "snapshot_on": day(-1),
            },
        )
        sender = self.visitors.of_organisation("placement", "company", company["id"])
        published = sender.post("/v1/job-orders", an_offer(**changes))
        verified = reviewer.post(f"/v1/job-orders/{published['id']}/verify", {}, version=published["version"])
        return sender, verified

    def a_provider(self) -> tuple[str, Visitor]:
        """Its id, and somebody of the provider."""
        reviewer = self.visitors.staff("training", "reviewer", "Rina Peninjau")
        provider = reviewer.post(
            "/v1/providers",
            {
                "code": f"BLK-E2E-{next(_serials)}",
                "name": "BLK Contoh",
                "kind": "BLK",
                "regency": "53.06",
                "licence": {"number": "L-1", "until": None},
                "accreditations": [{"programme": one, "from": day(-400), "until": None} for one in ("PLRT", "BST")],
                "last_verified_on": day(-1),
            },
        )
        return provider["id"], self.visitors.of_organisation("training", "provider", provider["id"])

    def a_course(self, **changes: Any) -> Answer:
        """A course that gives the hours and the certificate, reviewed and approved."""
        reviewer = self.visitors.staff("training", "reviewer", "Rina Peninjau")
        course = self.provider.post("/v1/courses", a_course(**changes))
        return reviewer.post(f"/v1/courses/{course['id']}/review", {"decision": "APPROVED"}, version=course["version"])

    def a_batch(self, course: Answer, **changes: Any) -> Answer:
        """Open to registration tomorrow, begun the day after and over in a week."""
        batch = {
            "number": f"A-{next(_serials)}",
            "starts": day(2),
            "ends": day(7),
            "closes": day(1),
            "regency": "53.06",
            "place": "Larantuka",
            "seats": 16,
            **changes,
        }
        return self.provider.post(f"/v1/courses/{course['id']}/batches", batch)

    def advice(self, person: Answer, **query: Any) -> Answer:
        """The recommendation that knows of this version of the person."""
        path = f"/v1/candidates/{person['id']}/recommendations"
        wanted = {"min_candidate_version": person["version"], "wait": 10, "lang": "en", "placements": 50, **query}
        return self.officer("matching").get(path, **wanted)

    def judged(self, person: Answer, order: Answer) -> Answer:
        """Every rule between one person and one order, once matching has heard of both."""
        matching, asked = self.officer("matching"), {"candidate": person["id"], "job_order": order["id"]}

        def answer() -> Answer:
            found = matching.client.post("/v1/eligibility", json=asked)
            return dict(found.json()) if found.is_success else {"as_of": {"candidate": 0, "job_order": 0}}

        def fresh(found: Answer) -> bool:
            seen = found["as_of"]
            return seen["candidate"] >= person["version"] and seen["job_order"] >= order["version"]

        return until(answer, fresh, "matching to hear of the person and the order")

    def trained(self, person: Answer, batch: Answer) -> Answer:
        """Refer, enrol, let the days of the batch pass, complete, find competent; the last state of the enrolment."""
        wanted = {"candidate_id": person["id"], "batch_id": batch["id"]}
        enrolment = self.officer("training").post("/v1/enrolments", wanted)
        enrolment = self.moved(enrolment, state="ENROLLED")
        self.days_pass(batch["ends"])
        enrolment = self.moved(enrolment, state="COMPLETED")
        return self.moved(enrolment, result="COMPETENT", certificate_number=f"CONTOH/{next(_serials):06d}")

    def days_pass(self, until: str) -> None:
        """The site's clock comes to this day; it never goes back."""
        clock.advance(max((date.fromisoformat(until) - clock.today()).days, 0))

    def moved(self, enrolment: Answer, **step: str) -> Answer:
        return self.provider.patch(f"/v1/enrolments/{enrolment['id']}", step, version=enrolment["version"])

    def credited(self, person: Answer) -> Answer:
        """The person, once the registry has heard what the training gave."""
        registry = self.officer("registry")
        return until(
            lambda: registry.get(f"/v1/candidates/{person['id']}"),
            lambda found: bool(found["certificates"]) and bool(found["training_hours"]),
            "the registry to hear of the training",
        )


def an_offer(**changes: Any) -> Answer:
    """A household's lawful order, as a company publishes it."""
    return sent.an_order_to_new_zealand(f"JO-E2E-{next(_serials)}", quota=5, **changes)


def a_course(**changes: Any) -> Answer:
    """A course that opens it: 200 hours of housekeeping for New Zealand."""
    housekeeping: Answer = {
        "programme": "PLRT",
        "title": {"id": "Penata laksana rumah tangga", "en": "Housekeeping"},
        "isco08": ["9111"],
        "outcomes": ["membersihkan rumah"],
        "certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER"},
        "lesson_hours": HOURS,
        "hours_for": [{"isco08": "9111", "destination": COUNTRY, "hours": HOURS}],
        "boarding": True,
    }
    return sent.a_course(f"PLRT-E2E-{next(_serials)}", **housekeeping | changes)


def _in_letters(number: int) -> str:
    """A name of its own for each number: people with equal names and birthdays would be asked about."""
    letters = ""
    while number:
        number, letter = divmod(number, 26)
        letters += chr(ord("a") + letter)
    return letters.title()
