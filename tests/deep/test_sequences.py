"""Somebody is on their way, and then the world changes: by every door, the end is the one that is written here.

Against running houses, as visitors see them. Between two steps something of the offer, the company, the partner abroad,
the person or the law turns; the next step is refused, the application stands where the law leaves it, and goes on from
where it was when the cause ends.
"""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from deploy.demo.visitors import Answer, Visitor, Visitors, until
from deploy.local.stack import Stack
from tests.e2e.world import World, a_candidate, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]

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


@pytest.fixture(scope="module")
def site(stack: Stack, houses: dict[str, str]) -> Site:
    return Site(stack)


Turn = Callable[[Site, Answer, Answer], Callable[[], object]]
"""(site, order, application) → makes it unlawful; what it returns makes it lawful again."""


def order_asks(**unlawful: Any) -> Turn:
    def turn(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
        path, before = f"/v1/job-orders/{order['id']}", {name: order[name] for name in unlawful}
        if "employer" in unlawful:
            before = {"employer": {"type": "HOUSEHOLD", "household_size": 4, "partner": None}}
        site.changed(path, **unlawful)
        return lambda: site.changed(path, **before)

    return turn


def permit_runs_out(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
    path, permit = f"/v1/job-orders/{order['id']}", order["sip2mi"]
    site.changed(path, sip2mi={**permit, "valid_until": day(-1)})
    return lambda: site.changed(path, sip2mi=permit)


def company_is(**unlawful: Any) -> Turn:
    def turn(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
        path = f"/v1/companies/{order['company']['id']}"
        before = site.reviewer.get(path)
        site.changed(path, **unlawful)
        return lambda: site.changed(path, **{name: before[name] for name in unlawful})

    return turn


def partner_is_listed(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
    listing = {"from": day(-5), "until": None, "reason": "TRAFFICKING", "source": "contoh"}
    body = {"code": f"MITRA-{order['code']}", "name": "Agensi Contoh", "country": "NZL", "listing": listing}
    partner = site.reviewer.post("/v1/foreign-partners", body)
    site.changed(f"/v1/job-orders/{order['id']}", employer={"type": "HOUSEHOLD", "partner": partner["id"]})
    path = f"/v1/foreign-partners/{partner['id']}"
    return lambda: site.changed(path, listing={**listing, "until": day(-1)})


def a_concern_is_confirmed(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
    concern = site.reviewer.post("/v1/concerns", {"kind": "MONEY_DEMANDED", "job_order": order["code"]})
    path = f"/v1/concerns/{concern['id']}"
    site.reviewer.post(f"{path}/confirm", {"decision": "Terbukti"})
    return lambda: site.reviewer.post(f"{path}/resolve", {"decision": "Selesai"})


def a_ban_comes(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
    return site.law()


def person_becomes(**unlawful: Any) -> Turn:
    def turn(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
        person = {"id": application["candidate_id"]}
        before = {"certificates": [{**GOOD, "valid_until": day(900)}], "birth_date": "2000-04-04"}
        site.person_says(person, **unlawful)
        site.stands(application, "STOPPED")  # the registry is another house: what it said is heard a moment later
        return lambda: site.person_says(person, **{name: before[name] for name in unlawful})

    return turn


def consent_is_withdrawn(site: Site, order: Answer, application: Answer) -> Callable[[], object]:
    path = f"/v1/candidates/{application['candidate_id']}"
    etag = {"If-Match": f'"{site.registry.get(path)["version"]}"'}
    assert site.registry.client.delete(f"{path}/consents/MATCHING", headers=etag).is_success
    site.stands(application, "STOPPED")
    given = {"purpose": "MATCHING", "method": "WRITTEN"}
    return lambda: site.registry.post(f"{path}/consents", given, version=site.registry.get(path)["version"])


TURNS: dict[str, Turn] = {
    "the order asks for somebody older": order_asks(requirements={"all": [{"kind": "age", "min": 40}]}),
    "the order is for men": order_asks(requirements={"all": [{"kind": "sex", "is": "M"}]}),
    "the order makes the person pay": order_asks(costs=[FEE]),
    "the order is for visitors": order_asks(visa_type="VISIT"),
    "the permit runs out": permit_runs_out,
    "the company is suspended": company_is(status="SUSPENDED"),
    "the licence is over": company_is(valid_until=day(-1)),
    "the licence has not begun": company_is(valid_from=day(5)),
    "the partner is listed, and its listing ends": partner_is_listed,
    "a concern is confirmed, and settled": a_concern_is_confirmed,
    "a ban comes and goes": a_ban_comes,
    "the certificate is taken back": person_becomes(certificates=[]),
    "the certificate ran out": person_becomes(certificates=[{**GOOD, "valid_until": day(-1)}]),
    "the birth date is put right": person_becomes(birth_date=day(-17 * 365)),
    "consent is withdrawn, and given again": consent_is_withdrawn,
}


@pytest.mark.parametrize("turn", TURNS.values(), ids=list(TURNS))
def test_whatever_turns_between_two_steps_stops_there_and_lets_go_on_when_it_ends(site: Site, turn: Turn) -> None:
    _, order = site.world.an_order()
    application = site.under_way(order, "SELECTED", "AGREED")
    ends = turn(site, order, application)
    refused = site.step(application, "DEPARTED")
    allowed = {"unlawful", "company_not_licensed", "partner_listed", "permit_not_valid", "job_order_not_verified"}
    assert refused.status_code == 409 and refused.json()["code"] in allowed, refused.text
    stopped = site.stands(application, "STOPPED")
    assert stopped["stopped_at"] == "AGREED" and stopped["judgement"]["rules"]
    ends()
    site.stands(application, "AGREED")
    assert site.step(application, "DEPARTED").status_code == 200
    for state in ("AGREED", "SELECTED", "WITHDRAWN", "REJECTED", "STOPPED"):
        assert site.step(application, state).json()["code"] == "step_not_possible"


@pytest.mark.parametrize(
    "words",
    [{"wage": {"amount": 10, "currency": "NZD"}}, {"costs": [FEE]}, {"visa_type": "VISIT"}],
    ids=["wage", "fee", "visa"],
)
def test_what_its_company_rewords_is_verified_anew_or_never_and_nobody_goes_on_meanwhile(
    site: Site, words: dict[str, Any]
) -> None:
    company, order = site.world.an_order()
    application = site.under_way(order, "SELECTED")
    path = f"/v1/job-orders/{order['id']}"
    company.patch(path, words, version=company.get(path)["version"])
    assert site.step(application, "AGREED").json()["code"] in ("job_order_not_verified", "unlawful")
    verify = site.reviewer.patient(lambda: site.reviewer.client.post(f"{path}/verify", json={}))
    assert (verify.status_code == 200) == ("wage" in words), verify.text
    if "wage" in words:
        site.stands(application, "SELECTED")
        assert site.step(application, "AGREED").status_code == 200


def test_a_paper_that_ran_out_after_the_agreement_keeps_the_person_here(site: Site) -> None:
    _, order = site.world.an_order()
    application = site.under_way(order, "SELECTED", "AGREED")
    person = {"id": application["candidate_id"]}
    site.paper(person, "PASSPORT", status="EXPIRED", valid_until=day(-1))

    def papers(one: Answer) -> list[str]:
        return [rule["rule"] for rule in (one["judgement"] or {"rules": []})["rules"]]

    until(lambda: site.shown(application), lambda one: "PASSPORT" in papers(one), "the passport to be missed")
    assert site.step(application, "DEPARTED").json()["code"] == "papers_missing"
    assert site.shown(application)["state"] == "AGREED"
    site.paper(person, "PASSPORT", valid_until=day(900))
    until(lambda: site.shown(application), lambda one: "PASSPORT" not in papers(one), "the passport to be there")
    assert site.step(application, "DEPARTED").status_code == 200


def test_two_records_of_one_person_end_as_the_law_says_of_the_one_that_was_kept(site: Site) -> None:
    """The record that is kept is a child's: what was signed under the other one is stopped."""
    _, order = site.world.an_order()
    application = site.under_way(order, "SELECTED", "AGREED")
    child = {name: value for name, value in a_candidate(birth_date=day(-16 * 365)).items() if name != "nik"}
    kept = site.registry.post("/v1/candidates", child)
    merge = {"duplicate": application["candidate_id"], "reason": "Orang yang sama"}
    site.registry.post(f"/v1/candidates/{kept['id']}/merges", merge, version=kept["version"])
    until(lambda: site.shown(application), lambda one: one["candidate_id"] == kept["id"], "the application to follow")
    assert site.stands(application, "STOPPED")["stopped_at"] == "AGREED"
    assert site.step(application, "DEPARTED").json()["code"] == "unlawful"


def test_a_certificate_of_a_course_that_was_reworded_opens_nothing(site: Site) -> None:
    world = site.world
    course = world.a_course(certificate=None, hours_for=[])
    batch = world.a_batch(course, starts=day(0), ends=day(0), closes=day(0))
    person = site.registry.post("/v1/candidates", a_candidate())
    wanted = {"candidate_id": person["id"], "batch_id": batch["id"]}
    enrolment = world.moved(world.officer("training").post("/v1/enrolments", wanted), state="ENROLLED")
    path = f"/v1/courses/{course['id']}"
    better = {"certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER"}}
    world.provider.patch(path, better, version=world.provider.get(path)["version"])
    etag = {"If-Match": f'"{enrolment["version"]}"'}
    done = {"state": "COMPLETED", "result": "COMPETENT"}
    refused = world.provider.client.patch(f"/v1/enrolments/{enrolment['id']}", json=done, headers=etag)
    assert (refused.status_code, refused.json()["code"]) == (409, "course_not_approved"), refused.text
    assert not site.registry.get(f"/v1/candidates/{person['id']}")["certificates"]
