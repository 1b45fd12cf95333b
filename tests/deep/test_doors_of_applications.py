"""Applications moved by the wrong people, on old versions, twice, by twins and after an erasure. The lawful end is
written beforehand.
"""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from deploy.demo.visitors import Answer, until
from tests.deep.site import GOOD, Site, patched, recorded
from tests.e2e.world import HOURS, a_candidate, an_offer, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]


TRAINED = {
    "certificates": [{**GOOD, "valid_until": day(900)}],
    "training_hours": [{"isco08": "9111", "destination": "NZL", "hours": HOURS}],
}


@pytest.mark.parametrize(
    "words",
    [
        {"employer": {"type": "COMPANY", "household_size": None, "partner": None}},
        {"country": "SGP"},
        {"requirements": {"all": []}},
        {"scheme": "MANDIRI"},
        {"isco08": "9112", "title_scheme": None},
        {"closes_on": day(900)},
    ],
    ids=lambda words: next(iter(words)),
)  # fmt: skip
def test_whatever_a_company_rewords_is_looked_at_again_before_anybody_goes_on(
    site: Site, words: dict[str, Any]
) -> None:
    company, order = site.world.an_order(requirements={"all": [{"kind": "age", "min": 21}]})
    application = site.under_way(order)
    path = f"/v1/job-orders/{order['id']}"
    changed = patched(company, path, company.get(path)["version"], **words)
    if changed.status_code == 200 and changed.json()["verification"] != "VERIFIED":
        assert site.step(application, "SELECTED").json()["code"] in ("job_order_not_verified", "unlawful")
        shown = httpx.get(f"{site.placement.client.base_url}/v1/check", params={"job_order": order["code"]})
        assert shown.status_code == 200 and '"REAL"' not in shown.text
    else:
        assert "closes_on" in words or changed.status_code in (409, 422), changed.text


def test_nobody_but_the_province_verifies_and_nobody_verifies_what_they_never_saw(site: Site) -> None:
    company, order = site.world.an_order()
    path = f"/v1/job-orders/{order['id']}"
    company.patch(path, {"wage": {"amount": 11, "currency": "NZD"}}, version=company.get(path)["version"])
    for visitor in (company, site.placement, site.supervisor):
        assert visitor.client.post(f"{path}/verify", json={}).status_code == 403
    stale = site.reviewer.client.post(f"{path}/verify", json={}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412, stale.text
    assert site.reviewer.get(path)["verification"] != "VERIFIED"


def test_an_application_is_moved_by_nobody_else_and_never_on_an_old_version(site: Site) -> None:
    _, order = site.world.an_order()
    other_company, _ = site.world.an_order()
    application = site.under_way(order)
    path, version = f"/v1/applications/{application['id']}", site.shown(application)["version"]
    assert patched(other_company, path, version, state="SELECTED").status_code in (403, 404)
    assert patched(site.reviewer, path, version, state="SELECTED").status_code == 403
    assert site.placement.client.patch(path, json={"state": "SELECTED"}).status_code == 428
    assert site.step(application, "SELECTED").status_code == 200
    for state in ("AGREED", "WITHDRAWN"):
        assert patched(site.placement, path, version, state=state).status_code == 412
    assert site.shown(application)["state"] == "SELECTED"
    mine = site.world.visitors.of_organisation("placement", "company", order["company"]["id"])
    for state in ("AGREED", "DEPARTED", "WITHDRAWN"):
        assert patched(mine, path, site.shown(application)["version"], state=state).status_code == 403


@pytest.mark.parametrize("role", ["officer", "reviewer", "company"])
def test_an_answer_for_what_is_unknown_is_a_supervisor_s_alone(site: Site, role: str) -> None:
    person = site.registry.post("/v1/candidates", a_candidate(**TRAINED))
    _, order = site.world.an_order(requirements={"all": [{"kind": "no_record", "record": "DEPORTATION"}]})
    application = site.under_way(order, person=person)
    visitors = {
        "officer": site.placement,
        "reviewer": site.reviewer,
        "company": site.world.visitors.of_organisation("placement", "company", order["company"]["id"]),
    }
    refused = visitors[role].client.post(
        f"/v1/applications/{application['id']}/overrides", json={"rules": ["NO_RECORD"], "reason": "Sudah ditanya"}
    )
    assert refused.status_code == 403
    assert site.step(application, "SELECTED").json()["code"] == "law_unknown"


def test_an_answer_for_one_deportation_is_none_for_the_second(site: Site) -> None:
    once = {"kind": "DEPORTATION", "country": "NZL", "until": None}
    person = site.somebody()
    _, order = site.world.an_order()
    recorded(site, person, once)
    application = site.under_way(order, person=person)
    answer = {"rules": ["ENTRY_BAN"], "reason": "Imigrasi: tidak ada larangan"}

    def missing() -> list[str]:
        rules = (site.shown(application)["judgement"] or {"rules": []})["rules"]
        return [rule["rule"] for rule in rules if not rule["overridden"]]

    for records in ((once,), (once, once)):
        recorded(site, person, *records)
        until(lambda: {"missing": missing()}, lambda one: "ENTRY_BAN" in one["missing"], "the deportation to be judged")
        refused = site.step(application, "SELECTED")
        assert refused.json()["code"] == "law_unknown" and "facts" not in refused.text
        site.supervisor.post(f"/v1/applications/{application['id']}/overrides", answer)
        assert "ENTRY_BAN" not in missing()
    assert site.step(application, "SELECTED").status_code == 200


def test_a_replayed_request_has_no_second_effect_and_none_on_what_the_law_stopped(site: Site) -> None:
    _, order = site.world.an_order()
    person = site.somebody()
    key = {"Idempotency-Key": str(uuid.uuid4())}
    wanted = {"candidate_id": person["id"], "job_order_id": order["id"]}

    def send(body: Answer) -> httpx.Response:
        return site.placement.patient(lambda: site.placement.client.post("/v1/applications", json=body, headers=key))

    first = send(wanted)
    assert first.status_code == 201, first.text
    application = first.json()
    ends = site.law()
    site.stands(application, "STOPPED")
    again = send(wanted)
    assert (again.status_code, again.json()["id"]) == (201, application["id"])
    assert site.shown(application)["state"] == "STOPPED"
    other = send({**wanted, "candidate_id": str(uuid.uuid4())})
    assert other.status_code == 422
    listed = site.placement.get("/v1/applications", candidate=person["id"])["items"]
    assert [one["id"] for one in listed] == [application["id"]]
    ends()
    site.stands(application, "APPLIED")


def test_two_who_reach_for_the_last_slot_and_one_who_signs_without(site: Site) -> None:
    _, order = site.world.an_order(sip2mi={**an_offer()["sip2mi"], "quota": 1})
    people = [site.somebody() for _ in range(2)]
    path = f"/v1/job-orders/{order['id']}/reservations"
    applications = [
        site.placement.post("/v1/applications", {"candidate_id": one["id"], "job_order_id": order["id"]})
        for one in people
    ]
    with ThreadPoolExecutor(2) as pool:
        held = list(pool.map(lambda one: site.placement.client.post(path, json={"candidate_id": one["id"]}), people))
    assert sorted(answer.status_code for answer in held) == [201, 409], [answer.text for answer in held]
    lucky = held[0].status_code != 201
    for application in applications:
        site.step(application, "SELECTED")
    loser = applications[0 if lucky else 1]
    refused = site.step(loser, "AGREED")
    assert refused.status_code == 409, refused.text
    assert site.shown(loser)["state"] != "AGREED"


def test_whoever_was_erased_goes_nowhere_and_their_slot_is_free(site: Site) -> None:
    _, order = site.world.an_order(sip2mi={**an_offer()["sip2mi"], "quota": 1})
    person = site.somebody()
    application = site.under_way(order, "SELECTED", person=person)
    path = f"/v1/candidates/{person['id']}"
    version = site.registry.get(path)["version"]
    gone = site.registry.client.delete(path, headers={"If-Match": f'"{version}"'})
    assert gone.is_success, gone.text
    until(
        lambda: {"status": site.placement.client.get(f"/v1/applications/{application['id']}").status_code},
        lambda one: one["status"] == 410,
        "placement to forget",
    )
    moved = patched(site.placement, f"/v1/applications/{application['id']}", 99, state="AGREED")
    assert moved.status_code == 410
    other = site.somebody()
    site.placement.post(f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": other["id"]})


def test_a_withdrawn_application_is_over_and_a_new_one_is_judged_anew(site: Site) -> None:
    _, order = site.world.an_order()
    person = site.somebody()
    application = site.under_way(order, "SELECTED", person=person)
    assert site.step(application, "WITHDRAWN").status_code == 200
    assert site.step(application, "SELECTED").json()["code"] == "step_not_possible"
    site.person_says(person, certificates=[])
    again = site.placement.post("/v1/applications", {"candidate_id": person["id"], "job_order_id": order["id"]})
    assert again["id"] != application["id"]
    site.stands(again, "STOPPED")
    assert site.step(again, "SELECTED").json()["code"] == "unlawful"


def test_twins_with_one_name_are_two_people_and_each_is_judged_alone(site: Site) -> None:
    _, order = site.world.an_order()
    one = site.somebody()
    told = {name: value for name, value in a_candidate().items() if name != "nik"}
    known = site.registry.get(f"/v1/candidates/{one['id']}")
    twin = site.registry.post(
        "/v1/candidates", {**told, "full_name": known["full_name"], "nik": a_candidate()["nik"], "records": []}
    )
    first = site.under_way(order, "SELECTED", person=one)
    second = site.placement.post("/v1/applications", {"candidate_id": twin["id"], "job_order_id": order["id"]})
    site.stands(second, "STOPPED")
    assert site.step(second, "SELECTED").json()["code"] == "unlawful"
    assert site.shown(first)["state"] == "SELECTED"
