"""Job orders over a real socket: published, verified, changed, closed, and told with every change."""

import json
from collections.abc import Callable

import httpx
import pytest

from services.placement import says
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, day

KeyOf = Callable[[Answer], httpx.Client]


def test_a_published_order_waits_to_be_verified_and_is_told_with_its_slots(
    placement: Placement, reviewer: httpx.Client, company: Answer
) -> None:
    answer = reviewer.post("/v1/job-orders", json=an_order(company=company["sip3mi"]))
    assert answer.status_code == 201, answer.text
    order = answer.json()
    assert answer.headers["Location"] == f"/v1/job-orders/{order['id']}"
    assert (order["verification"], order["status"], order["opens_on"]) == ("UNVERIFIED", "OPEN", day(0))
    assert order["quota"] == {"quota": 3, "reserved": 0, "taken": 0, "left": 3}
    [told] = placement.said(order["id"], says.JOB_ORDERS)
    [slots] = placement.said(order["id"], says.QUOTAS)
    assert told.data is not None and told.data["company"]["sip3mi"] == company["sip3mi"]
    assert told.data["requirements"]["all"][1] == {"kind": "education", "level": "SD", "years": None, "fields": None}
    assert slots.data == {"id": order["id"], "version": 1, "quota": 3, "reserved": 0, "taken": 0}


def test_words_of_skills_become_codes_and_stay_in_the_house(placement: Placement, reviewer: httpx.Client) -> None:
    skills = [{"text": "merawat lansia", "essential": True}, {"text": "zzzzqqq"}, {"code": "HOUSE_CLEANING"}]
    order = created(reviewer, "/v1/job-orders", an_order(skills=skills))
    assert [skill["code"] for skill in order["skills"]] == ["CARE_ELDERLY", None, "HOUSE_CLEANING"]
    [told] = placement.said(order["id"], says.JOB_ORDERS)
    assert told.data is not None
    assert [skill["code"] for skill in told.data["skills"]] == ["CARE_ELDERLY", "HOUSE_CLEANING"]
    assert "merawat" not in repr(told.data)


def test_an_order_without_requirements_or_permit_is_an_order(reviewer: httpx.Client) -> None:
    bare = an_order(requirements=None, sip2mi=None, scheme="G2G", slots=4000)
    assert created(reviewer, "/v1/job-orders", bare)["quota"]["left"] == 4000


def test_a_verified_order_that_its_company_changes_must_be_verified_again(
    placement: Placement, reviewer: httpx.Client, company: Answer, key_of: KeyOf
) -> None:
    mine = key_of(company)
    order = created(mine, "/v1/job-orders", an_order())
    path = f"/v1/job-orders/{order['id']}"
    placement.judge(order["id"])
    verified = reviewer.post(f"{path}/verify", json={}, headers={"If-Match": '"1"'})
    assert verified.json()["verification"] == "VERIFIED"
    same = mine.patch(path, json={"wage": order["wage"]}, headers={"If-Match": '"2"'})
    assert (same.json()["version"], same.json()["verification"]) == (2, "VERIFIED")
    raised = mine.patch(path, json={"wage": {"amount": 1700, "currency": "MYR"}}, headers={"If-Match": '"2"'})
    assert (raised.json()["version"], raised.json()["verification"]) == (3, "UNVERIFIED")


def test_only_a_reviewer_verifies_and_a_rejection_says_why(
    reviewer: httpx.Client, company: Answer, key_of: KeyOf
) -> None:
    mine = key_of(company)
    order = created(mine, "/v1/job-orders", an_order())
    path = f"/v1/job-orders/{order['id']}/verify"
    assert mine.post(path, json={}).status_code == 403
    silent = reviewer.post(path, json={"decision": "REJECTED"})
    assert (silent.status_code, silent.json()["errors"][0]["code"]) == (422, "reason_missing")
    rejected = reviewer.post(path, json={"decision": "REJECTED", "reason": "NO_PERMIT"})
    assert (rejected.json()["verification"], rejected.json()["verification_reason"]) == ("REJECTED", "NO_PERMIT")


def test_verifying_what_has_changed_meanwhile_is_stopped_when_the_reviewer_says_what_they_saw(
    reviewer: httpx.Client,
) -> None:
    order = created(reviewer, "/v1/job-orders", an_order())
    path = f"/v1/job-orders/{order['id']}"
    reviewer.patch(path, json={"term_months": 36}, headers={"If-Match": '"1"'})
    assert reviewer.post(f"{path}/verify", json={}, headers={"If-Match": '"1"'}).status_code == 412


def test_another_companys_order_does_not_exist_for_a_company(
    reviewer: httpx.Client, company: Answer, key_of: KeyOf
) -> None:
    theirs = created(
        reviewer, "/v1/job-orders", an_order(company=created(reviewer, "/v1/companies", a_company())["id"])
    )
    mine = key_of(company)
    own = created(mine, "/v1/job-orders", an_order())
    assert mine.get(f"/v1/job-orders/{theirs['id']}").status_code == 404
    changed = mine.patch(f"/v1/job-orders/{theirs['id']}", json={"term_months": 1}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["code"]) == (403, "not_yours")
    assert [row["id"] for row in mine.get("/v1/job-orders").json()["items"]] == [own["id"]]


def test_a_closed_order_stays_closed(placement: Placement, reviewer: httpx.Client) -> None:
    order = created(reviewer, "/v1/job-orders", an_order())
    path = f"/v1/job-orders/{order['id']}"
    closed = reviewer.post(f"{path}/close", json={"reason": "FILLED"})
    assert (closed.json()["status"], closed.json()["close_reason"]) == ("CLOSED", "FILLED")
    assert placement.said(order["id"], says.JOB_ORDERS)[-1].type == says.ORDER_CLOSED
    again = reviewer.patch(path, json={"term_months": 3}, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json()["code"]) == (409, "job_order_closed")
    assert reviewer.post(f"{path}/close", json={}).json()["version"] == 2


def test_lists_are_filtered_and_paged_without_gaps(reviewer: httpx.Client) -> None:
    made = {
        created(reviewer, "/v1/job-orders", an_order(country="BRN", isco08="9112", kbji=None))["id"] for _ in range(5)
    }
    found: list[str] = []
    path = "/v1/job-orders?country=BRN&isco08=9112&status=OPEN&limit=2"
    while path:
        answer = reviewer.get(path)
        found += [row["id"] for row in answer.json()["items"]]
        path = answer.links.get("next", {}).get("url", "")
    assert found == sorted(made)


def test_a_quota_is_never_set_below_what_is_promised(
    placement: Placement, reviewer: httpx.Client, officer: httpx.Client, open_order: Callable[..., Answer]
) -> None:
    order = open_order()
    path = f"/v1/job-orders/{order['id']}"
    for _ in range(2):
        created(officer, f"{path}/reservations", {"candidate_id": placement.a_candidate()})
    smaller = {"sip2mi": {**order["sip2mi"], "quota": 1}}
    refused = reviewer.patch(path, json=smaller, headers={"If-Match": f'"{order["version"]}"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "quota_below_promised")
    larger = {"sip2mi": {**order["sip2mi"], "quota": 9}}
    raised = reviewer.patch(path, json=larger, headers={"If-Match": f'"{order["version"]}"'})
    assert raised.json()["quota"] == {"quota": 9, "reserved": 2, "taken": 0, "left": 7}


@pytest.mark.parametrize(
    ("tree", "pointer", "code"),
    [
        ({"all": [{"kind": "age", "min": 18}] * 300}, "/requirements/all", "tree_too_many_leaves"),
        ({"any": []}, "/requirements/any", "tree_empty"),
        ({"all": [{"kind": "age", "min": 50, "max": 40}]}, "/requirements/all/0", "range_backwards"),
    ],
)
def test_a_tree_that_nobody_could_read_or_meet_is_refused_where_it_is_wrong(
    reviewer: httpx.Client, tree: Answer, pointer: str, code: str
) -> None:
    answer = reviewer.post("/v1/job-orders", json=an_order(requirements=tree))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert [error["code"] for error in answer.json()["errors"]] == [code]


@pytest.mark.parametrize(
    ("levels", "status", "code"),
    [
        (8, 422, "tree_too_deep"),
        (50, 400, "too_deep"),
        (3_000, 400, "too_deep"),
        (50_000, 413, "too_many_values"),  # a value a level: how much it holds is looked at before how deep it is
    ],
)
def test_a_tree_of_any_depth_is_refused(reviewer: httpx.Client, levels: int, status: int, code: str) -> None:
    tree = '{"all": [' * levels + '{"kind": "age", "min": 18}' + "]}" * levels
    body = json.dumps(an_order(requirements="HERE")).replace('"HERE"', tree)
    answer = reviewer.post("/v1/job-orders", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_a_change_inside_an_object_keeps_its_other_members(reviewer: httpx.Client) -> None:
    company = created(reviewer, "/v1/companies", a_company())
    order = created(reviewer, "/v1/job-orders", an_order(company=company["sip3mi"]))
    changes = {"wage": {"amount": 1700}, "employer": {"household_size": 3}, "title": {"en": "Home helper"}}
    answer = reviewer.patch(
        f"/v1/job-orders/{order['id']}", json=changes, headers={"If-Match": f'"{order["version"]}"'}
    )
    assert answer.status_code == 200, answer.text
    new = answer.json()
    assert new["wage"] == {**order["wage"], "amount": 1700}
    assert new["employer"] == {**order["employer"], "household_size": 3}
    assert new["title"] == {**order["title"], "en": "Home helper"}
