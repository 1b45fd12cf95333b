"""The import door over a real socket, with the very files of the demo: tried out, saved, and sent again."""

import json
from typing import Any

import httpx
import pytest

from services.placement import says
from services.placement.actions.imports import KIND
from shared import clock
from shared.imports import job as importing
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, demo
from tests.support.today import day


def sent(
    placement: Placement, client: httpx.Client, kind: str, items: Any, *, dry_run: bool = False, only_good: bool = False
) -> Answer:
    query = f"/v1/imports?kind={kind}&dry_run={str(dry_run).lower()}&only_good={str(only_good).lower()}"
    answer = client.post(query, json=items)
    assert answer.status_code == 202, answer.text
    placement.work()
    report: Answer = client.get(answer.headers["Location"]).json()
    return report


def rows(client: httpx.Client, report: Answer, outcome: str) -> list[Answer]:
    found: list[Answer] = client.get(f"/v1/imports/{report['id']}/rows?outcome={outcome}&limit=100").json()["items"]
    return found


FILES = [
    ("COMPANIES", "companies.json", 5),
    ("FOREIGN_PARTNERS", "foreign_partners.json", 10),
    ("JOB_ORDERS", "job_orders.json", 23),
    ("POLICIES", "policies.json", 35),
]


def test_the_demo_files_go_in_whole_and_change_nothing_the_second_time(
    placement: Placement, reviewer: httpx.Client, supervisor: httpx.Client, second_supervisor: httpx.Client
) -> None:
    for kind, name, count in FILES:
        client = supervisor if kind == "POLICIES" else reviewer
        items = demo(name)
        first = sent(placement, client, kind, items)
        assert (first["state"], first["counts"]) == ("DONE", {"NEW": count}), rows(client, first, "BAD")
    for policy in supervisor.get("/v1/policies?limit=100").json()["items"]:
        for row in policy["revisions"]:
            path = f"/v1/policies/{policy['id']}/revisions/{row['number']}/approve"
            assert second_supervisor.post(path).status_code == 200
    said_before = placement.database.collection("outbox").count_documents({})
    for kind, name, count in FILES:
        client = supervisor if kind == "POLICIES" else reviewer
        again = sent(placement, client, kind, demo(name))
        assert (again["state"], again["counts"]) == ("DONE", {"SAME": count})
    assert placement.database.collection("outbox").count_documents({}) == said_before


def test_the_three_doubtful_offers_of_the_demo_are_taken_in_and_not_called_real(
    placement: Placement, reviewer: httpx.Client, anybody: httpx.Client
) -> None:
    sent(placement, reviewer, "FOREIGN_PARTNERS", demo("foreign_partners.json"))
    offers = [item for item in demo("job_orders.json") if item["code"].startswith("JO-N")]
    sent(placement, reviewer, "JOB_ORDERS", offers)
    for offer in offers:
        assert anybody.get("/v1/check", params={"job_order": offer["code"]}).json()["verdict"] == "NOT_REAL"


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(placement: Placement, reviewer: httpx.Client) -> None:
    items = [a_company(), {**a_company(), "status": "ACTIV"}]
    report = sent(placement, reviewer, "COMPANIES", items, dry_run=True)
    assert (report["state"], report["counts"]) == ("DONE", {"NEW": 1, "BAD": 1})
    assert placement.rooms.companies.by_sip3mi(items[0]["sip3mi"]) is None
    [bad] = rows(reviewer, report, "BAD")
    assert (bad["row"], bad["key"], bad["faults"][0]["pointer"]) == (1, items[1]["sip3mi"], "/status")
    assert bad["faults"][0]["fix"]["en"] == "Did you mean ACTIVE?"


def test_trying_out_is_the_default(placement: Placement, reviewer: httpx.Client) -> None:
    item = a_company()
    answer = reviewer.post("/v1/imports?kind=COMPANIES", json=[item])
    placement.work()
    assert answer.json()["dry_run"] is True
    assert placement.rooms.companies.by_sip3mi(item["sip3mi"]) is None


def test_one_bad_item_keeps_the_file_out_unless_the_good_ones_are_asked_for(
    placement: Placement, reviewer: httpx.Client
) -> None:
    good, bad = an_order(), an_order(country="XXX")
    report = sent(placement, reviewer, "JOB_ORDERS", [good, bad])
    assert report["state"] == "REFUSED"
    assert placement.rooms.job_orders.by_code(good["code"]) is None
    report = sent(placement, reviewer, "JOB_ORDERS", [good, bad], only_good=True)
    assert (report["state"], report["counts"]) == ("DONE", {"NEW": 1, "BAD": 1})
    assert placement.rooms.job_orders.by_code(good["code"]) is not None


def test_an_item_twice_in_a_file_and_an_item_that_is_no_object_are_bad(
    placement: Placement, reviewer: httpx.Client
) -> None:
    item = a_company()
    report = sent(placement, reviewer, "COMPANIES", [item, item, "PT Maju", None], dry_run=True)
    faults = [row["faults"][0]["code"] for row in rows(reviewer, report, "BAD")]
    assert faults == ["repeated_in_file", "not_an_object", "not_an_object"]


def test_a_changed_item_becomes_a_new_version(placement: Placement, reviewer: httpx.Client) -> None:
    item = an_order()
    sent(placement, reviewer, "JOB_ORDERS", [item])
    report = sent(placement, reviewer, "JOB_ORDERS", [{**item, "term_months": 36}])
    assert report["counts"] == {"CHANGED": 1}
    [row] = rows(reviewer, report, "CHANGED")
    assert row["changed"] == ["term_months"]
    assert [(one["from"]["en"], one["to"]["en"]) for one in row["changes"]] == [("24", "36")]
    assert [event.version for event in placement.said(row["target"], says.JOB_ORDERS)] == [1, 2]


def test_an_item_says_what_changes_and_what_it_leaves_out_stays(placement: Placement, reviewer: httpx.Client) -> None:
    """A list of a dozen columns that an office keeps erased costs, hours and permits of the orders that it named."""
    item = an_order(working_hours={"per_day": 8}, costs=[{"item": "WORK_VISA", "payer": "EMPLOYER"}])
    sent(placement, reviewer, "JOB_ORDERS", [item])
    before = placement.rooms.job_orders.by_code(item["code"])
    named = {"code": item["code"], "wage": {"amount": 1700}, "sip2mi": {"quota": 5}}
    report = sent(placement, reviewer, "JOB_ORDERS", [named])
    [row] = rows(reviewer, report, "CHANGED")
    assert row["changed"] == ["wage", "sip2mi"]
    after = placement.rooms.job_orders.by_code(item["code"])
    assert before is not None and after is not None
    moved = {name for name in after if after[name] != before.get(name)}
    assert moved <= {"wage", "sip2mi", "version", "updated_at", "permit_key"}
    assert (after["wage"], after["sip2mi"]) == (
        {"amount": 1700, "currency": "MYR"},
        {**before["sip2mi"], "quota": 5},
    )
    company = a_company()
    sent(placement, reviewer, "COMPANIES", [company])
    short = {"sip3mi": company["sip3mi"], "name": "PT Nama Baru"}
    assert sent(placement, reviewer, "COMPANIES", [short])["counts"] == {"CHANGED": 1}
    known = placement.rooms.companies.by_sip3mi(company["sip3mi"])
    assert known is not None and known["valid_until"] == company["valid_until"]


def test_what_is_changed_between_judging_and_saving_stays(
    placement: Placement, reviewer: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An item that names one member of an object leaves the others as they stand when it is saved."""
    order = created(reviewer, "/v1/job-orders", an_order())
    path = f"/v1/job-orders/{order['id']}"
    valid_until = day(77)

    def meanwhile(self: Any, chunks: Any, saved: Any) -> Any:
        monkeypatch.undo()
        etag = reviewer.get(path).headers["ETag"]
        changed = reviewer.patch(path, json={"sip2mi": {"valid_until": valid_until}}, headers={"If-Match": etag})
        assert changed.status_code == 200, changed.text
        return self._groups(chunks, saved)

    monkeypatch.setattr(importing._Run, "_groups", meanwhile)
    report = sent(placement, reviewer, "JOB_ORDERS", [{"code": order["code"], "sip2mi": {"quota": 5}}])
    assert report["counts"] == {"CHANGED": 1}
    assert reviewer.get(path).json()["sip2mi"] == {**order["sip2mi"], "quota": 5, "valid_until": valid_until}


def test_a_company_imports_its_own_orders_only(
    placement: Placement, reviewer: httpx.Client, company: Answer, key_of: Any
) -> None:
    theirs = an_order()
    sent(placement, reviewer, "JOB_ORDERS", [theirs])
    mine = key_of(company)
    report = sent(placement, mine, "JOB_ORDERS", [an_order(), {**theirs, "term_months": 1}], only_good=True)
    assert report["counts"] == {"NEW": 1, "BAD": 1}
    assert rows(mine, report, "BAD")[0]["faults"][0]["code"] == "not_yours"
    refused = mine.post("/v1/imports?kind=POLICIES", json=[{}])
    assert refused.status_code == 403


def test_a_policy_of_a_file_points_to_the_member_that_is_wrong(placement: Placement, supervisor: httpx.Client) -> None:
    [policy] = [item for item in demo("policies.json") if item["code"] == "NTT-GATE"]
    policy["code"] = "UJI-GATE"
    policy["revisions"][1]["content"]["reading"] = "BROAD"
    report = sent(placement, supervisor, "POLICIES", [policy], dry_run=True)
    [bad] = rows(supervisor, report, "BAD")
    assert bad["faults"][0]["pointer"] == "/revisions/1/content/reading"


def test_a_file_sent_as_a_form_is_the_same_as_a_body(placement: Placement, reviewer: httpx.Client) -> None:
    content = json.dumps([a_company()]).encode()
    files = {"file": ("perusahaan.json", content, "application/json")}
    answer = reviewer.post("/v1/imports?kind=COMPANIES&dry_run=false", files=files)
    assert answer.status_code == 202, answer.text
    assert answer.json()["file"]["kind"] == "JSON"
    assert "perusahaan" not in answer.text
    placement.work()
    assert reviewer.get(answer.headers["Location"]).json()["counts"] == {"NEW": 1}


def test_a_job_that_is_run_again_after_a_crash_saves_nothing_twice(
    placement: Placement, reviewer: httpx.Client
) -> None:
    items = [a_company() for _ in range(3)]
    answer = reviewer.post("/v1/imports?kind=COMPANIES&dry_run=false", json=items)
    placement.work()
    import_id = answer.json()["id"]
    # As a crash after two saved items would have left it.
    running = {"state": "RUNNING", "finished_at": None}
    placement.database.collection("imports").update_one({"_id": import_id}, {"$set": running})
    placement.database.collection("import_rows").delete_one({"_id": f"{import_id}/000002"})
    placement.database.run(
        lambda tx: placement.rooms.imports._keep_file(tx, import_id, "original", json.dumps(items).encode())
    )
    placement.database.run(lambda tx: placement.rooms.jobs.put(tx, KIND, import_id, clock.now()))
    placement.work()
    report = reviewer.get(f"/v1/imports/{import_id}").json()
    assert (report["state"], report["counts"]) == ("DONE", {"NEW": 2, "SAME": 1})


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"[{]", "application/json", 400),
        (b"{}", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"[NaN]", "application/json", 400),
        (b"code;name", "text/csv", 415),
        (b"", "application/json", 422),
        (b'[{"code": 1, "code": 2}]', "application/json", 400),
    ],
)
def test_what_is_no_json_list_is_refused_at_once(
    reviewer: httpx.Client, content: bytes, content_type: str, status: int
) -> None:
    answer = reviewer.post("/v1/imports?kind=JOB_ORDERS", content=content, headers={"Content-Type": content_type})
    assert (answer.status_code, bool(answer.json()["code"])) == (status, True)
