"""The province of the sequences: who acts in it, and how somebody gets as far as they may."""

from collections.abc import Callable
from typing import Any

import httpx

from deploy.demo.visitors import Answer, Visitor, Visitors, until
from deploy.local.stack import Stack
from tests.e2e.world import World, a_candidate, day

GOOD = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "isco08": "9111", "valid_from": day(-300)}
PAPERS = (
    "LABOUR_OFFICE_REGISTRATION", "MARITAL_STATUS_STATEMENT", "FAMILY_CONSENT", "HEALTH_CERTIFICATE",
    "SOCIAL_SECURITY_PRE", "PASSPORT", "WORK_VISA", "WORK_CONTRACT", "SOCIAL_SECURITY_DURING", "ORIENTATION", "E_KPMI",
)  # fmt: skip
FEE = {"item": "TRAINING", "payer": "CANDIDATE", "amount": {"amount": 12_000_000, "currency": "IDR"}}


class Site:
    """The world of the tests and whoever acts in it."""

    def __init__(self, stack: Stack) -> None:
        visitors = Visitors(stack)
        self.world = World(visitors)
        self.world.a_law("COST", {"items": ["TRAINING"], "forbidden_payers": ["CANDIDATE"]})
        self.registry, self.placement = self.world.officer("registry"), self.world.officer("placement")
        self.reviewer = visitors.staff("placement", "reviewer", "Rina Peninjau")
        self.supervisor = visitors.staff("placement", "supervisor", "Sari Pengawas")
        self.second = visitors.staff("placement", "supervisor", "Citra Pengawas")

    def somebody(self) -> Answer:
        """Trained, certified, asked about bans, with every paper."""
        trained = {
            "certificates": [{**GOOD, "valid_until": day(900)}],
            "training_hours": [{"isco08": "9111", "destination": "NZL", "hours": 200}],
            "records": [],
        }
        person = self.registry.post("/v1/candidates", a_candidate(**trained))
        for code in PAPERS:
            self.paper(person, code, village_head_ack=True if code == "FAMILY_CONSENT" else None)
        return person

    def paper(self, person: Answer, code: str, **record: Any) -> None:
        path = f"/v1/candidates/{person['id']}"
        version = self.registry.get(path)["version"]
        self.registry.put(f"{path}/requirements/{code}", {"status": "MET", **record}, version=version)

    def person_says(self, person: Answer, **changes: Any) -> None:
        path = f"/v1/candidates/{person['id']}"
        self.registry.patch(path, {**changes, "confirm_new": True}, version=self.registry.get(path)["version"])

    def changed(self, path: str, **changes: Any) -> None:
        self.reviewer.patch(path, changes, version=self.reviewer.get(path)["version"])

    def under_way(self, order: Answer, *states: str, person: Answer | None = None) -> Answer:
        person = person or self.somebody()
        booking = {"candidate_id": person["id"]}
        self.placement.post(f"/v1/job-orders/{order['id']}/reservations", booking)
        application = self.placement.post("/v1/applications", {**booking, "job_order_id": order["id"]})
        for state in states:
            answer = self.step(application, state)
            assert answer.status_code == 200, answer.text
        return application

    def shown(self, application: Answer) -> Answer:
        return self.placement.get(f"/v1/applications/{application['id']}")

    def step(self, application: Answer, state: str, by: Visitor | None = None) -> httpx.Response:
        """As somebody in a hurry would, until the law has spoken."""
        visitor, path = by or self.placement, f"/v1/applications/{application['id']}"

        def send() -> httpx.Response:
            etag = {"If-Match": f'"{self.shown(application)["version"]}"'}
            return visitor.client.patch(path, json={"state": state}, headers=etag)

        return visitor.patient(send)

    def stands(self, application: Answer, state: str) -> Answer:
        return until(lambda: self.shown(application), lambda one: one["state"] == state, f"the state {state}")

    def law(self, **content: Any) -> Callable[[], object]:
        """A ban on the country of the tests comes into force; what is returned ends it."""
        banned = self.world.a_law("BAN", {"countries": ["NZL"], "employer_type": None, "isco08": None, **content})

        def ends() -> None:
            basis = {"instrument": "Dicabut", "article": None, "source": "contoh"}
            path = f"/v1/policies/{banned['id']}"
            ending = self.supervisor.post(f"{path}/end", {"ends_on": day(-366), "legal_basis": basis})
            number = next(row["number"] for row in ending["revisions"] if row["status"] == "PROPOSED")
            self.second.post(f"{path}/revisions/{number}/approve")

        return ends


def patched(visitor: Visitor, path: str, version: int, **body: Any) -> httpx.Response:
    return visitor.client.patch(path, json=body, headers={"If-Match": f'"{version}"'})


def recorded(site: Site, person: Answer, *records: Answer) -> None:
    """A supervisor corrects what is on record of deportations and bans."""
    supervisor = site.world.visitors.staff("registry", "supervisor", "Sari Pengawas")
    path = f"/v1/candidates/{person['id']}/specific"
    etag = {"If-Match": supervisor.client.get(path).headers["ETag"]}
    answer = supervisor.client.put(path, json={"records": list(records)}, headers=etag)
    assert answer.is_success, answer.text


def code_of(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    first = (body.get("errors") or [{}])[0].get("code")
    return answer.status_code, first or body.get("code", "")


def in_class(site: Site, *, days: tuple[int, int] = (2, 20), person: Answer | None = None, **course: Any) -> Any:
    """(course, batch, enrolment in state ENROLLED): somebody of age who sits in a batch."""
    world = site.world
    made = world.a_course(**course)
    batch = world.a_batch(made, starts=day(days[0]), ends=day(days[1]), closes=day(min(days[0], 1)))
    person = person or site.registry.post("/v1/candidates", a_candidate())
    wanted = {"candidate_id": person["id"], "batch_id": batch["id"]}
    enrolment = world.officer("training").post("/v1/enrolments", wanted)
    return made, batch, world.moved(enrolment, state="ENROLLED")
