"""What the houses of a history let through, held against the second reading of the law."""

from datetime import date
from typing import Any

import httpx

from services.placement import says as placement_says
from shared import clock
from tests.integration.placement.conftest import Placement
from tests.integration.training.conftest import Training
from tests.property import law_by_hand as by_hand

Payload = dict[str, Any]

AT_THE_AGREEMENT = (
    "LABOUR_OFFICE_REGISTRATION", "MARITAL_STATUS_STATEMENT", "FAMILY_CONSENT", "HEALTH_CERTIFICATE",
    "SOCIAL_SECURITY_PRE",
)  # fmt: skip
AT_THE_DEPARTURE = (
    "PASSPORT", "WORK_VISA", "WORK_CONTRACT", "SOCIAL_SECURITY_DURING", "ORIENTATION", "E_KPMI",
)  # fmt: skip
"""Papers by the step that they bind, from the settled conventions; the placement agreement is signed by the step."""
HELD = {"quota": 1, "reserved": 0, "taken": 0}


class SecondReading:
    """The part of a `Province` that knows the law and nothing of the program."""

    placement: Placement
    training: Training
    officer: httpx.Client
    office: httpx.Client
    people: dict[str, list[Payload]]
    applications: list[str]
    enrolments: list[str]

    def _law(self) -> list[Payload]:
        """All policies as they are told, without what nobody believes any more."""
        found = []
        for row in self.placement.database.collection("policies").find({}):
            policy = placement_says.policy(row)
            revisions = [one for one in policy["revisions"] if one["known_until"] is None]
            found.append({**policy, "revisions": revisions})
        return found

    def _as_if_verified(self, order: Payload) -> Payload:
        return {**placement_says.job_order(order), "verification": "VERIFIED", "status": "OPEN"}

    def _lawful(self, application: Payload, person: Payload) -> bool:
        """May somebody under way go on today? A closing date ends nothing that has begun, and a slot may be held."""
        order = placement_says.job_order(self.placement.rooms.job_orders.load(application["job_order_id"]) or {})
        status = "OPEN" if order["status"] == "CLOSED" else order["status"]
        under_way = {**order, "status": status, "opens_on": None, "closes_on": "2999-12-31"}
        return by_hand.may_apply(person, under_way, HELD, self._law(), clock.today())

    def _was_lawful(self, application: Payload, state: str) -> None:
        made_from = application["judgement"]["versions"]["candidate"]
        person = self.people[application["candidate_id"]][made_from - 1]
        heard = self.placement.rooms.bookings.versions_of([person["id"]])[person["id"]]
        assert made_from >= heard, "judged from an older person than this house has heard of"
        answered = {rule["rule"] for one in application["overrides"] for rule in one["rules"]}
        if not answered:
            assert self._lawful(application, person), f"{state} against the law: {application}"
        binding = {"AGREED": AT_THE_AGREEMENT, "DEPARTED": AT_THE_DEPARTURE}.get(state, ())
        missing = {code for code in binding if code not in person["requirements"]} - answered
        assert not missing, f"{state} without {missing}"
        if state == "AGREED":
            assert application["reserved"], "signed without a slot"

    def _was_admitted(self, enrolment: Payload) -> None:
        person = self.people[enrolment["candidate_id"]][enrolment["judgement"]["versions"]["candidate"] - 1]
        assert self._admitted(enrolment, person), f"taken against the prerequisites: {enrolment}"

    def _admitted(self, enrolment: Payload, person: Payload) -> bool:
        store = self.training.rooms.store
        course, batch = store.courses.load(enrolment["course_id"]), store.batches.load(enrolment["batch_id"])
        assert course is not None and batch is not None
        first = date.fromisoformat(batch["starts"])
        return person["consent"] == "GIVEN" and by_hand.admits(course["prerequisites"], person, first)

    def check_the_end(self) -> None:
        """Everybody has heard everything: what stands is what the law says of it."""
        for id in self.applications:
            shown = self.officer.get(f"/v1/applications/{id}").json()
            if shown["state"] in ("DEPARTED", "WITHDRAWN", "REJECTED"):
                continue
            judgement, person = shown["judgement"], self.people[shown["candidate_id"]][-1]
            assert judgement and judgement["current"], f"never judged: {shown}"
            # A slot that is gone stands only against whoever holds none.
            others = {rule["rule"] for rule in judgement["rules"] if rule["stage"] == "APPLY"} - {"SLOTS"}
            assert self._lawful(shown, person) == (not others), shown
            assert (shown["state"] == "STOPPED") == (judgement["outcome"] == "UNLAWFUL"), shown
        for id in self.enrolments:
            shown = self.office.get(f"/v1/enrolments/{id}").json()
            if shown["state"] in ("APPLIED", "SELECTED"):
                person = self.people[shown["candidate_id"]][-1]
                assert shown["judgement"] and shown["judgement"]["current"], f"never judged: {shown}"
                lawful = shown["judgement"]["outcome"] == "LAWFUL"
                assert lawful == self._admitted(shown, person), shown
                assert shown["judgement"]["outcome"] != "UNLAWFUL", "a seat is held that cannot be taken"
