"""Somebody is on their way, and then the world changes: by every door, the end is the one that is written here.

Against running houses, as visitors see them. Between two steps something of the offer, the company, the partner abroad,
the person or the law turns; the next step is refused, the application stands where the law leaves it, and goes on from
where it was when the cause ends.
"""

from collections.abc import Callable
from typing import Any

import pytest

from deploy.demo.visitors import Answer, until
from tests.deep.site import FEE, GOOD, Site
from tests.e2e.world import a_candidate, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]

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
