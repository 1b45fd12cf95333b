"""An order is verified, suspended and released by what the law says of it, its company included."""

from collections.abc import Callable

import httpx

from services.placement import says
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created
from tests.integration.placement.judged import move, shown, trail
from tests.support.served import a_rule

OpenOrder = Callable[..., Answer]


def test_an_order_is_verified_only_when_it_is_judged_and_lawful(
    placement: Placement, reviewer: httpx.Client, company: Answer, key_of: Callable[[Answer], httpx.Client]
) -> None:
    mine = key_of(company)
    fee = {"item": "COMPANY_SERVICE_FEE", "payer": "CANDIDATE", "amount": {"amount": 12_000_000, "currency": "IDR"}}
    order = created(mine, "/v1/job-orders", an_order(costs=[fee]))
    path = f"/v1/job-orders/{order['id']}"
    unjudged = reviewer.post(f"{path}/verify", json={})
    assert (unjudged.status_code, unjudged.json()["code"], unjudged.headers["Retry-After"]) == (
        409,
        "not_judged_yet",
        "1",
    )
    placement.judge(order["id"], a_rule("COST", field="/costs/0"))
    refused = reviewer.post(f"{path}/verify", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "unlawful_job_order")
    for client in (mine, reviewer):
        (rule,) = client.get(path).json()["judgement"]["rules"]
        assert (rule["field"], rule["status"]) == ("/costs/0", "NOT_MET")
        assert rule["change"]["id"] and rule["legal_basis"]["instrument"]
    rejected = reviewer.post(f"{path}/verify", json={"decision": "REJECTED", "reason": "TERMS_UNLAWFUL"})
    assert rejected.status_code == 200
    mended = mine.patch(path, json={"costs": []}, headers={"If-Match": f'"{rejected.json()["version"]}"'})
    assert mended.json()["judgement"]["current"] is False
    placement.judge(order["id"])
    assert reviewer.post(f"{path}/verify", json={}).json()["verification"] == "VERIFIED"


def test_a_verified_order_that_becomes_unlawful_is_suspended_by_the_law_and_released_by_it(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    path = f"/v1/job-orders/{order['id']}"
    placement.judge(order["id"], a_rule("BAN", field="/country"))
    suspended = reviewer.get(path).json()
    assert (suspended["status"], suspended["stopped_by_law"]) == ("SUSPENDED", True)
    assert placement.said(order["id"], says.JOB_ORDERS)[-1].type == says.ORDER_SUSPENDED
    body = {"candidate_id": placement.a_candidate(), "job_order_id": order["id"]}
    assert officer.post("/v1/applications", json=body).json()["code"] == "job_order_not_open"
    # Judged again as it stands now, suspension and all, it stays what it is.
    placement.judge(order["id"], a_rule("BAN", field="/country"))
    assert reviewer.get(path).json()["version"] == suspended["version"]
    again = reviewer.post(f"{path}/verify", json={})
    assert (again.status_code, again.json()["code"]) == (409, "unlawful_job_order"), "a yes from before the law"
    placement.judge(order["id"])
    released = reviewer.get(path).json()
    assert (released["status"], released["stopped_by_law"], released["verification"]) == ("OPEN", False, "VERIFIED")
    assert placement.said(order["id"], says.JOB_ORDERS)[-1].type == says.ORDER_RELEASED
    assert trail(reviewer, path) == [
        ("VERIFIED", "dev:rita-peninjau"),
        ("SUSPENDED_BY_LAW", "LAW"),
        ("RELEASED_BY_LAW", "LAW"),
    ]
    created(officer, "/v1/applications", body)


def test_what_a_company_lost_a_moment_ago_stops_a_step_before_anybody_judged(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    placement.judge(application["id"])
    company = f"/v1/companies/{order['company']['id']}"
    reviewer.patch(company, json={"status": "REVOKED"}, headers={"If-Match": '"1"'})
    assert move(officer, application, "SELECTED").json()["code"] == "company_not_licensed"


def test_data_from_before_there_were_judgements_waits_and_passes_nothing(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client
) -> None:
    """What an older version kept has neither a judgement nor the fields that came with it."""
    company = created(reviewer, "/v1/companies", a_company())
    order = created(reviewer, "/v1/job-orders", an_order(company=company["sip3mi"]))
    old = {"$set": {"verification": "VERIFIED"}, "$unset": {"stopped_by_law": ""}}
    placement.database.collection("job_orders").update_one({"_id": order["id"]}, old)
    placement.database.collection("policies").update_many({}, {"$unset": {"standing": ""}})
    person = placement.a_candidate()
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    fields = {"stopped_at": "", "overrides": ""}
    placement.database.collection("applications").update_one({"_id": application["id"]}, {"$unset": fields})
    seen = shown(officer, application)
    assert (seen["judgement"], seen["stopped_at"], seen["overrides"]) == (None, None, [])
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["stopped_by_law"] is False
    assert move(officer, application, "SELECTED").json()["code"] == "not_judged_yet"
    placement.judge(application["id"])
    assert move(officer, application, "SELECTED").status_code == 200
