"""Companies, partners and keys over a real socket: whose orders say what, and how soon a change of theirs is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from services.placement import says
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, day

KeyOf = Callable[[Answer], httpx.Client]


def test_a_company_is_entered_once_and_shown_with_its_version(reviewer: httpx.Client) -> None:
    sent = a_company()
    answer = reviewer.post("/v1/companies", json=sent)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    assert answer.headers["Location"] == f"/v1/companies/{answer.json()['id']}"
    assert {name: answer.json()[name] for name in sent} == sent
    again = reviewer.post("/v1/companies", json=sent)
    assert (again.status_code, again.json()["code"]) == (409, "code_taken")


def test_only_the_province_enters_companies(officer: httpx.Client, anybody: httpx.Client) -> None:
    assert officer.post("/v1/companies", json=a_company()).status_code == 403
    assert anybody.post("/v1/companies", json=a_company()).status_code == 401


def test_a_change_needs_the_version_that_was_read(reviewer: httpx.Client, company: Answer) -> None:
    path = f"/v1/companies/{company['id']}"
    assert reviewer.patch(path, json={"status": "SUSPENDED"}).status_code == 428
    first = reviewer.patch(path, json={"status": "SUSPENDED"}, headers={"If-Match": '"1"'})
    assert (first.status_code, first.json()["version"]) == (200, 2)
    stale = reviewer.patch(path, json={"status": "ACTIVE"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current_version"]) == (412, 2)


def test_a_key_writes_its_own_company_only_and_can_be_rotated(
    placement: Placement, reviewer: httpx.Client, company: Answer, key_of: KeyOf
) -> None:
    mine = key_of(company)
    other = created(reviewer, "/v1/companies", a_company())
    assert created(mine, "/v1/job-orders", an_order())["company"]["id"] == company["id"]
    refused = mine.post("/v1/job-orders", json=an_order(company=other["id"]))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")
    assert mine.get(f"/v1/companies/{other['id']}").status_code == 403
    second = created(reviewer, f"/v1/companies/{company['id']}/keys", None)
    third = reviewer.post(f"/v1/companies/{company['id']}/keys")
    assert (third.status_code, third.json()["code"]) == (409, "two_keys_live")
    live = mine.get(f"/v1/companies/{company['id']}/keys").json()["items"]
    first_id = next(key["id"] for key in live if key["id"] != second["id"])
    assert reviewer.delete(f"/v1/companies/{company['id']}/keys/{first_id}").status_code == 204
    assert mine.get("/v1/job-orders").status_code == 401
    with placement.with_credential(second["key"]) as rotated:
        assert rotated.get("/v1/job-orders").status_code == 200


def test_a_company_lists_itself_whatever_cursor_it_sends(
    reviewer: httpx.Client, company: Answer, key_of: KeyOf
) -> None:
    for _ in range(2):
        created(reviewer, "/v1/companies", a_company())
    cursor = reviewer.get("/v1/companies?limit=1").json()["next"]
    for query in ("", f"?after={cursor}"):
        assert [row["id"] for row in key_of(company).get(f"/v1/companies{query}").json()["items"]] == [company["id"]]


def test_suspending_a_company_tells_every_one_of_its_orders_again(
    placement: Placement, reviewer: httpx.Client, company: Answer
) -> None:
    orders = [created(reviewer, "/v1/job-orders", an_order(company=company["id"])) for _ in range(30)]
    reviewer.patch(f"/v1/companies/{company['id']}", json={"status": "SUSPENDED"}, headers={"If-Match": '"1"'})
    placement.work()
    for order in orders:
        first, second = placement.said(order["id"], says.JOB_ORDERS)
        assert (first.type, second.type) == ("placement.job_order.published", "placement.job_order.suspended")
        assert second.data is not None
        assert (second.data["status"], second.data["company"]["status"]) == ("SUSPENDED", "SUSPENDED")
    reviewer.patch(f"/v1/companies/{company['id']}", json={"status": "ACTIVE"}, headers={"If-Match": '"2"'})
    placement.work()
    assert {reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] for order in orders} == {"OPEN"}


def test_no_order_keeps_an_old_licence_however_it_was_written_while_the_company_changed(
    placement: Placement, reviewer: httpx.Client, company: Answer
) -> None:
    path = f"/v1/companies/{company['id']}"

    def publish(_: int) -> int:
        return reviewer.post("/v1/job-orders", json=an_order(company=company["id"])).status_code

    with ThreadPoolExecutor(6) as pool:
        publishing = [pool.submit(publish, number) for number in range(30)]
        for version in range(1, 6):
            status = "SUSPENDED" if version % 2 else "ACTIVE"
            changed = reviewer.patch(path, json={"status": status}, headers={"If-Match": f'"{version}"'})
            assert changed.status_code == 200, changed.text
            placement.work()
    assert {one.result() for one in publishing} == {201}
    placement.work()
    orders = reviewer.get(f"/v1/job-orders?company={company['id']}&limit=100").json()["items"]
    assert [(row["status"], row["company"]["status"]) for row in orders] == [("SUSPENDED", "SUSPENDED")] * 30


def test_a_listed_partner_shows_on_its_orders_and_a_lapsed_listing_does_not(
    placement: Placement, reviewer: httpx.Client
) -> None:
    sent = {"code": "MITRA-UJI-1", "name": "Agensi Uji", "country": "MYS"}
    partner = created(reviewer, "/v1/foreign-partners", sent)
    order = created(reviewer, "/v1/job-orders", an_order(employer={"type": "HOUSEHOLD", "partner": "MITRA-UJI-1"}))
    assert order["employer"]["partner_listed"] is False
    listing = {"reason": "UNPAID_WAGES", "from": day(-1), "until": day(0), "source": "Daftar atase"}
    path = f"/v1/foreign-partners/{partner['id']}"
    listed = reviewer.patch(path, json={"listing": listing}, headers={"If-Match": '"1"'})
    assert listed.json()["listed"] is True
    placement.work()
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["employer"]["partner_listed"] is True
    reviewer.patch(path, json={"listing": {**listing, "until": day(-1)}}, headers={"If-Match": '"2"'})
    placement.work()
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["employer"]["partner_listed"] is False


def test_a_request_sent_twice_enters_one_company(reviewer: httpx.Client) -> None:
    sent, headers = a_company(), {"Idempotency-Key": "satu-kali-1"}
    first = reviewer.post("/v1/companies", json=sent, headers=headers)
    again = reviewer.post("/v1/companies", json=sent, headers=headers)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json()["id"] == first.json()["id"]
    other = reviewer.post("/v1/companies", json=a_company(), headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_companies_that_changed_since_are_found(reviewer: httpx.Client, company: Answer, key_of: KeyOf) -> None:
    def ids(client: httpx.Client, since: str) -> list[str]:
        answer = client.get("/v1/companies", params={"updated_since": since, "limit": 100})
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["items"]]

    later = created(reviewer, "/v1/companies", a_company())
    assert ids(reviewer, later["updated_at"]) == [later["id"]]
    own = key_of(company)
    assert (ids(own, company["updated_at"]), ids(own, later["updated_at"])) == ([company["id"]], [])
