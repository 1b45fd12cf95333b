"""The public's two doors over a real socket: is this offer real, and something is wrong with it."""

from collections.abc import Callable

import httpx

from services.placement.app import create_app
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, day

OpenOrder = Callable[..., Answer]


def codes(client: httpx.Client, **asked: str) -> tuple[str, list[str]]:
    answer = client.get("/v1/check", params=asked)
    assert answer.status_code == 200, answer.text
    assert all(set(finding["text"]) == {"id", "en"} for finding in answer.json()["findings"])
    return answer.json()["verdict"], [finding["code"] for finding in answer.json()["findings"]]


def test_a_verified_open_offer_of_a_licensed_company_is_real_by_any_of_its_names(
    anybody: httpx.Client, open_order: OpenOrder, reviewer: httpx.Client
) -> None:
    order = open_order()
    company = reviewer.get(f"/v1/companies/{order['company']['id']}").json()
    for named in (company["id"], company["sip3mi"], company["name"], company["name"].upper().replace("PT ", "pt. ")):
        for about in (order["id"], order["code"], order["sip2mi"]["number"]):
            assert codes(anybody, company=named, job_order=about) == ("REAL", [])
    assert codes(anybody, job_order=order["code"]) == ("REAL", [])
    assert codes(anybody, company=company["name"]) == ("REAL", [])


def test_what_nobody_knows_is_not_real(anybody: httpx.Client) -> None:
    assert codes(anybody, company="PT Angin Lalu") == ("NOT_REAL", ["COMPANY_UNKNOWN"])
    assert codes(anybody, job_order="JO-KHAYAL") == ("NOT_REAL", ["ORDER_UNKNOWN"])


def test_an_offer_under_another_companys_name_is_found_out(
    anybody: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    other = created(reviewer, "/v1/companies", a_company())
    found = codes(anybody, company=other["sip3mi"], job_order=open_order()["code"])
    assert found == ("NOT_REAL", ["ORDER_OF_ANOTHER_COMPANY"])


def test_an_expired_licence_and_an_unverified_order_are_said(anybody: httpx.Client, reviewer: httpx.Client) -> None:
    company = created(reviewer, "/v1/companies", a_company(valid_until=day(-1)))
    order = created(reviewer, "/v1/job-orders", an_order(company=company["id"]))
    assert codes(anybody, job_order=order["code"]) == ("NOT_REAL", ["COMPANY_NOT_LICENSED", "ORDER_UNVERIFIED"])


def test_a_check_asks_for_something(anybody: httpx.Client) -> None:
    empty = anybody.get("/v1/check")
    assert (empty.status_code, empty.json()["errors"][0]["code"]) == (422, "about_nothing")


def test_a_confirmed_concern_suspends_every_order_of_the_company_until_it_is_resolved(
    placement: Placement, anybody: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    report = {"kind": "MONEY_DEMANDED", "company": order["company"]["sip3mi"], "text": "Diminta uang dua juta."}
    receipt = created(anybody, "/v1/concerns", report)
    assert set(receipt) == {"id", "state"}
    path = f"/v1/concerns/{receipt['id']}"
    assert anybody.get(path).status_code == 401
    assert reviewer.get(path).json()["text"] == "Diminta uang dua juta."
    confirmed = reviewer.post(f"{path}/confirm", json={"decision": "Bukti kuitansi ada."})
    assert confirmed.json()["state"] == "CONFIRMED"
    placement.work()
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "SUSPENDED"
    assert codes(anybody, job_order=order["code"]) == ("NOT_REAL", ["COMPANY_HELD", "ORDER_SUSPENDED"])
    reviewer.post(f"{path}/resolve", json={"decision": "Uang dikembalikan."})
    placement.work()
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "OPEN"
    again = reviewer.post(f"{path}/confirm", json={"decision": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "step_not_possible")


def test_a_concern_about_an_order_without_a_company_suspends_that_order(
    reviewer: httpx.Client, anybody: httpx.Client
) -> None:
    order = created(reviewer, "/v1/job-orders", an_order(scheme=None, sip2mi=None))
    receipt = created(anybody, "/v1/concerns", {"kind": "NO_PERMIT", "job_order": order["code"]})
    reviewer.post(f"/v1/concerns/{receipt['id']}/confirm", json={"decision": "Benar."})
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "SUSPENDED"
    reviewer.post(f"/v1/concerns/{receipt['id']}/resolve", json={"decision": "Selesai."})
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "OPEN"


def test_a_concern_that_points_to_nobody_needs_a_name_before_it_is_confirmed(
    reviewer: httpx.Client, anybody: httpx.Client, company: Answer
) -> None:
    receipt = created(anybody, "/v1/concerns", {"kind": "OTHER", "text": "Ada orang mengajak berangkat."})
    path = f"/v1/concerns/{receipt['id']}/confirm"
    nobody = reviewer.post(path, json={"decision": "Benar."})
    assert (nobody.status_code, nobody.json()["errors"][0]["code"]) == (422, "about_nobody")
    assert reviewer.post(path, json={"decision": "Benar.", "company_id": company["id"]}).status_code == 200


def test_whoever_reports_is_never_stored_even_when_they_are_known(placement: Placement, officer: httpx.Client) -> None:
    receipt = created(officer, "/v1/concerns", {"kind": "THREATS", "company": "PT Angin Lalu"})
    kept = placement.database.collection("concerns").find_one({"_id": receipt["id"]})
    assert "ana-petugas" not in repr(kept) and "127.0.0.1" not in repr(kept)


def test_only_reviewers_and_those_who_see_risks_read_concerns(
    officer: httpx.Client, supervisor: httpx.Client, reviewer: httpx.Client
) -> None:
    assert officer.get("/v1/concerns").status_code == 403
    assert supervisor.get("/v1/concerns").status_code == 200
    assert reviewer.get("/v1/concerns?state=RECEIVED").status_code == 200


def test_a_script_that_tries_out_names_is_slowed_down_and_a_known_caller_is_not(
    placement: Placement, officer: httpx.Client
) -> None:
    client = create_app(placement.settings, database=placement.database).test_client()
    statuses = [client.get(f"/v1/check?company=PT+{number}").status_code for number in range(125)]
    assert statuses[:120] == [200] * 120 and 429 in statuses[120:]
    answer = client.get("/v1/check?company=PT+Maju")
    assert answer.get_json()["code"] == "too_many_requests" and int(answer.headers["Retry-After"]) > 0
    known = {"Authorization": officer.headers["Authorization"]}
    assert client.get("/v1/check?company=PT+Maju", headers=known).status_code == 200
