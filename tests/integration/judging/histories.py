"""One province whose houses hear each other late, twice and out of order: the real placement and training houses on a
real database, the real judge between them, and a registry that is invented.

`Province.step` does one thing that somebody could do at this moment. Whatever a house lets through is held against the
second reading of the law (`tests.property.law_by_hand`), which knows nothing of the program.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import httpx

from services.placement.actions import judgements as settling
from services.placement.hears import hears as placement_hears
from services.training.hears import hears as training_hears
from shared import clock, ids
from shared.events import outbox
from shared.events.envelope import Event, from_wire
from shared.events.hearing import Hearing
from tests.builders import TODAY, a_person_payload
from tests.integration.judging.judge import Judge
from tests.integration.judging.second_reading import AT_THE_AGREEMENT, AT_THE_DEPARTURE, SecondReading
from tests.integration.placement.conftest import Placement, a_company, an_order
from tests.integration.training.conftest import Provider, Training, a_provider, batch_body, course_body
from tests.property import law_by_hand as by_hand
from tests.property.paths_worlds import Drawn
from tests.support.served import consent_of, told

Payload = dict[str, Any]

LAWS: dict[str, tuple[Payload, ...]] = {
    "GATE": ({"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "reading": "WIDE"},),
    "HOURS": ({"country": None, "isco08": "9111", "hours": 100}, {"country": "SGP", "isco08": "9111", "hours": 200}),
    "AGE_FLOOR": ({"applies": {"countries": ["MYS"]}, "min_age": 21},),
    "BAN": ({"countries": ["SGP"]}, {"countries": ["MYS"], "employer_type": "HOUSEHOLD"}),
    "COST": ({"items": ["TRAINING"], "forbidden_payers": ["CANDIDATE"]},),
}
FEE = {"item": "TRAINING", "payer": "CANDIDATE", "amount": {"amount": 10, "currency": "IDR"}}
PEOPLE, ORDERS = 4, 3


class Province(SecondReading):
    """Everything at once; `acts` counts the steps that a house let through, by their name."""

    def __init__(self, placement: Placement, training: Training, seed: int) -> None:
        self.drawn, self.random = Drawn(seed), Random(seed)
        self.placement, self.training = placement, training
        self.hearing = Hearing(placement.database, placement_hears(placement.rooms))
        self.classroom = Hearing(training.database, training_hears(training.rooms))
        self.officer, self.reviewer = placement.as_("officer"), placement.as_("reviewer", name="Rina Peninjau")
        self.supervisors = [placement.as_("supervisor", name=name) for name in ("Sari Pengawas", "Budi Pengawas")]
        self.office = training.as_("officer")
        self.judge = Judge()
        self.on_the_way: list[tuple[str, Event]] = []
        self.arrived: list[tuple[str, Event]] = []
        self.people: dict[str, list[Payload]] = {}
        self.orders: list[str] = []
        self.policies: list[str] = []
        self.applications: list[str] = []
        self.enrolments: list[str] = []
        self.acts: dict[str, int] = {}
        self._clock = ExitStack()

    @contextmanager
    def living(self) -> Iterator["Province"]:
        """With a clock that the history moves, and with nothing open that an earlier history left behind."""
        with self._clock:
            self._set(datetime.combine(TODAY, time(9), clock.PROVINCE))
            self._drain(forget=True)
            self.provider = a_provider(self.training)
            self.batches = [self._a_batch() for _ in range(2)]
            for _ in range(PEOPLE):
                self._somebody_new()
            for _ in range(ORDERS):
                self._an_order()
            self.deliver_all()
            for id in self.orders:
                self._verify(id)
            for _ in range(PEOPLE):
                self._apply()
                self._reserve()
            self.deliver_all()
            yield self
            self._end_all()

    # --- what may happen

    def step(self) -> None:
        pick = self.random.choices
        happens: dict[Callable[[], object], int] = {
            self._apply: 4,
            self._reserve: 3,
            self._move: 20,
            self._refer: 3,
            self._move_enrolment: 5,
            self._person_changes: 2,
            self._person_withdraws: 1,
            self._order_changes: 2,
            self._company_changes: 1,
            self._law_comes: 1,
            self._law_ends: 2,
            self._verify_one: 2,
            self._days_pass: 1,
            self._override: 2,
            self._deliver_some: 14,
            self._again: 2,
            self._judge: 8,
            self.deliver_all: 3,
            self._settle: 4,
            self._work: 1,
            self.judge.restart: 1,
        }
        pick(list(happens), list(happens.values()))[0]()
        self._drain()

    def deliver_all(self) -> None:
        """Everything on the way arrives, and what follows from it, until nothing follows any more."""
        for _ in range(50):
            self._work()
            self._drain()
            self._judge()
            self._drain()
            if not self.on_the_way and not self._settle():
                return
            while self.on_the_way:
                self._deliver(self.random.randrange(len(self.on_the_way)))
        raise AssertionError("the houses never come to rest")

    # --- the registry, invented

    def _somebody_new(self) -> None:
        id = ids.new()
        self.people[id] = []
        self._say_of(id, self._facts())

    def _facts(self) -> Payload:
        papers = dict.fromkeys((*AT_THE_AGREEMENT, *AT_THE_DEPARTURE), {"status": "MET", "valid_until": None})
        if self.random.random() < 0.2:
            papers.pop(self.random.choice(list(papers)))
        if self.random.random() < 0.7:
            return {**a_person_payload(), "requirements": papers}
        return {**self.drawn.someone(), "requirements": papers}

    def _say_of(self, id: str, facts: Payload) -> None:
        version = len(self.people[id]) + 1
        person = {**facts, "id": id, "version": version}
        self.people[id].append(person)
        self._on_the_way("matching", told("registry.candidates.v1", id, version, person))
        for house in ("placement", "training"):
            self._on_the_way(house, consent_of(id, version, person["consent"]))

    def _person_changes(self) -> None:
        self._say_of(self.random.choice(list(self.people)), self._facts())

    def _person_withdraws(self) -> None:
        id = self.random.choice(list(self.people))
        known = self.people[id][-1]
        self._say_of(id, {**known, "consent": "WITHDRAWN" if known["consent"] == "GIVEN" else "GIVEN"})

    # --- placement, by its own doors

    def _an_order(self) -> None:
        company = self._done(self.reviewer.post("/v1/companies", json=a_company()))
        pick = self.random.choice
        drawn = _without_nothing(self.drawn.tree())
        tree = drawn if drawn["all"] and self.random.random() < 0.2 else None
        body = an_order(
            company=company["id"],
            country=pick(("MYS", "MYS", "SGP")),
            employer={"type": "HOUSEHOLD", "household_size": 4},
            costs=[FEE] if self.random.random() < 0.2 else [],
            requirements=tree,
            closes_on=(clock.today() + timedelta(days=pick((20, 90, 200)))).isoformat(),
        )
        self.orders.append(self._done(self.reviewer.post("/v1/job-orders", json=body))["id"])

    def _verify_one(self) -> None:
        self._verify(self.random.choice(self.orders))

    def _verify(self, id: str) -> None:
        answer = self.reviewer.post(f"/v1/job-orders/{id}/verify", json={})
        if self._took(answer, "verified"):
            # Nobody in particular: what no person could mend must not stand against it.
            saint = a_person_payload(certificates=[], training_hours=[])
            order = self._as_if_verified(self.placement.rooms.job_orders.load(id) or {})
            law = by_hand.in_force(self._law(), clock.today())
            forbidden = any(kind == "COST" for kind, _ in law) and order["costs"]
            banned = any(kind == "BAN" and not by_hand._row_allows(kind, row, saint, order, law, clock.today())
                         for kind, row in law)  # fmt: skip
            assert not forbidden and not banned, f"verified against the law: {order['code']}"

    def _order_changes(self) -> None:
        id = self.random.choice(self.orders)
        etag = self.reviewer.get(f"/v1/job-orders/{id}").headers["ETag"]
        thirty = {"all": [{"kind": "age", "min": 30}]}
        possible: list[Payload] = [
            {"costs": [FEE]},
            {"costs": []},
            {"term_months": 36},
            {"country": "SGP"},
            {"country": "MYS"},
            {"requirements": thirty},
            {"requirements": None},
        ]
        changes = self.random.choice(possible)
        self._took(self.reviewer.patch(f"/v1/job-orders/{id}", json=changes, headers={"If-Match": etag}), "order")

    def _company_changes(self) -> None:
        order = self.placement.rooms.job_orders.load(self.random.choice(self.orders)) or {}
        path = f"/v1/companies/{order['company_id']}"
        etag = self.reviewer.get(path).headers["ETag"]
        status = self.random.choice(("ACTIVE", "ACTIVE", "SUSPENDED"))
        self._took(self.reviewer.patch(path, json={"status": status}, headers={"If-Match": etag}), "company")

    def _law_comes(self) -> None:
        kind = self.random.choice(list(LAWS))
        proposal = {
            "code": f"{kind}-{ids.new()[:8]}".upper(),
            "kind": kind,
            "valid_from": (clock.today() + timedelta(days=self.random.choice((-5, 0, 0, 3)))).isoformat(),
            "legal_basis": {"instrument": "Peraturan contoh", "article": None, "source": "contoh"},
            "confidence": "H",
            "verified_on": clock.today().isoformat(),
            "text": {"id": "Aturan contoh.", "en": "An example rule."},
            "content": self.random.choice(LAWS[kind]),
        }
        policy = self._done(self.supervisors[0].post("/v1/policies", json=proposal))
        self._took(self.supervisors[1].post(f"/v1/policies/{policy['id']}/revisions/1/approve"), "law")
        self.policies.append(policy["id"])

    def _law_ends(self) -> None:
        if self.policies:
            self._end(self.policies.pop(self.random.randrange(len(self.policies))))

    def _end(self, id: str) -> None:
        ends = {"ends_on": (clock.today() - timedelta(days=1)).isoformat()}
        basis = {"instrument": "Dicabut", "article": None, "source": "contoh"}
        answer = self.supervisors[0].post(f"/v1/policies/{id}/end", json={**ends, "legal_basis": basis})
        if answer.is_success:
            number = next(row["number"] for row in answer.json()["revisions"] if row["status"] == "PROPOSED")
            self._took(self.supervisors[1].post(f"/v1/policies/{id}/revisions/{number}/approve"), "law ended")

    def _apply(self) -> None:
        wanted = {
            "candidate_id": self.random.choice(list(self.people)),
            "job_order_id": self.random.choice(self.orders),
        }
        answer = self.officer.post("/v1/applications", json=wanted)
        if self._took(answer, "APPLIED"):
            self.applications.append(answer.json()["id"])

    def _reserve(self) -> None:
        person, order = self.random.choice(list(self.people)), self.random.choice(self.orders)
        path = f"/v1/job-orders/{order}/reservations"
        self._took(self.officer.post(path, json={"candidate_id": person}), "reserved")

    def _move(self) -> None:
        if not self.applications:
            return
        path = f"/v1/applications/{self.random.choice(self.applications)}"
        shown = self.officer.get(path)
        further = {"APPLIED": "SELECTED", "SELECTED": "AGREED", "AGREED": "DEPARTED"}.get(shown.json()["state"])
        state = further if further and self.random.random() < 0.75 else self.random.choice(
            ("SELECTED", "AGREED", "DEPARTED", "WITHDRAWN", "REJECTED", "STOPPED", "APPLIED")
        )  # fmt: skip
        answer = self.officer.patch(path, json={"state": state}, headers={"If-Match": shown.headers["ETag"]})
        if self._took(answer, state) and state in ("SELECTED", "AGREED", "DEPARTED") and state != shown.json()["state"]:
            self._was_lawful(answer.json(), state)

    def _override(self) -> None:
        if self.applications:
            path = f"/v1/applications/{self.random.choice(self.applications)}"
            judgement = self.officer.get(path).json()["judgement"] or {"rules": []}
            rules = [rule["rule"] for rule in judgement["rules"]] or ["AGE_18"]
            body = {"rules": self.random.sample(rules, 1), "reason": "Aslinya dilihat"}
            self._took(self.supervisors[0].post(f"{path}/overrides", json=body), "overridden")

    # --- training, by its own doors

    def _a_batch(self) -> Payload:
        door = _without_nothing(self.drawn.door()) if self.random.random() < 0.8 else None
        course = self.provider.a_course(**course_body(prerequisites=door))
        return self.provider.a_batch(course, **batch_body())

    def _refer(self) -> None:
        wanted = {"candidate_id": self.random.choice(list(self.people)), "batch_id": self._some_batch()["id"]}
        answer = self.office.post("/v1/enrolments", json=wanted)
        if self._took(answer, "referred"):
            self.enrolments.append(answer.json()["id"])

    def _move_enrolment(self) -> None:
        if not self.enrolments:
            return
        path = f"/v1/enrolments/{self.random.choice(self.enrolments)}"
        shown = self.office.get(path)
        state = self.random.choice(("SELECTED", "ENROLLED", "ENROLLED", "COMPLETED", "DROPPED"))
        answer = self.provider.key.patch(path, json={"state": state}, headers={"If-Match": shown.headers["ETag"]})
        if self._took(answer, f"enrolment {state}") and state in ("SELECTED", "ENROLLED"):
            self._was_admitted(answer.json())

    def _some_batch(self) -> Payload:
        return self.random.choice(self.batches)

    # --- what passes between them

    def _on_the_way(self, house: str, event: Event) -> None:
        self.on_the_way.append((house, event))

    def _drain(self, *, forget: bool = False) -> None:
        """What the houses say leaves their outboxes; matching will hear of it some time."""
        for database in (self.placement.database, self.training.database):
            rows = list(database.collection(outbox.COLLECTION).find({}))
            for row in rows if not forget else ():
                for one in outbox.unpacked(row):
                    self._on_the_way("matching", from_wire(outbox.record_of(one)))
            if rows:
                database.collection(outbox.COLLECTION).delete_many({})

    def _deliver_some(self) -> None:
        for _ in range(min(len(self.on_the_way), self.random.choice((1, 5, 20, 40)))):
            self._deliver(self.random.randrange(len(self.on_the_way)))

    def _again(self) -> None:
        """A listener was killed before it had said how far it was: the last records come once more."""
        for house, event in self.random.sample(self.arrived[-30:], min(len(self.arrived), 6)):
            self._hand_over(house, event)

    def _deliver(self, at: int) -> None:
        self.arrived.append(self.on_the_way.pop(at))
        self._hand_over(*self.arrived[-1])

    def _hand_over(self, house: str, event: Event) -> None:
        if house == "matching":
            self.judge.hear(event)
        else:
            {"placement": self.hearing, "training": self.classroom}[house].apply([event])

    def _judge(self) -> None:
        for event in self.judge.judge():
            assert event.data is not None
            house = "training" if event.data["subject"] == "ENROLMENT" else "placement"
            self._on_the_way(house, event)

    def _settle(self) -> int:
        return settling.settle(self.placement.rooms, older_than=timedelta(seconds=-1))

    def _work(self) -> None:
        self.placement.work()
        self.training.work()

    def _days_pass(self) -> None:
        self._set(clock.now() + timedelta(days=self.random.choice((1, 1, 5, 15))))

    def _set(self, instant: datetime) -> None:
        self._clock.pop_all().close()
        self._clock.enter_context(clock.fixed(instant))

    def _end_all(self) -> None:
        """Laws and applications of this history are not there for the next one on the same database."""
        for id in self.policies:
            self._end(id)
        self.placement.database.collection("policies").delete_many({})

    def _done(self, answer: httpx.Response) -> Payload:
        assert answer.is_success, answer.text
        body: Payload = answer.json()
        return body

    def _took(self, answer: httpx.Response, what: str) -> bool:
        """Was it done? A refusal is one of the house's own, never an accident."""
        assert answer.status_code < 500, answer.text
        if answer.is_success:
            self.acts[what] = self.acts.get(what, 0) + 1
        return answer.is_success


def _without_nothing(tree: Any) -> Any:
    """As somebody sends it: what is not said is left out."""
    if isinstance(tree, dict):
        return {name: _without_nothing(part) for name, part in tree.items() if part is not None}
    return [_without_nothing(part) for part in tree] if isinstance(tree, list) else tree


__all__ = ["Province", "Provider"]
