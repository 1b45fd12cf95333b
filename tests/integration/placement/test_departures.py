"""What placement tells beforehand and in confidence: a departure through other provinces, and a reported concern."""

from collections.abc import Callable

import httpx

from services.placement import says
from tests.integration.placement.conftest import Answer, Placement, created, day
from tests.support.served import a_rule

OpenOrder = Callable[..., Answer]


def test_a_departure_is_announced_once_there_is_an_agreement(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    path = f"/v1/applications/{application['id']}"
    leaves = {"planned_on": day(30), "via": ["65.03", "65.71"]}

    def announce(body: Answer, version: int) -> httpx.Response:
        return officer.put(f"{path}/departure", json=body, headers={"If-Match": f'"{version}"'})

    assert announce(leaves, 1).json()["code"] == "step_not_possible"
    placement.judge(application["id"])
    for version, state in enumerate(("SELECTED", "AGREED"), start=1):
        moved = officer.patch(path, json={"state": state}, headers={"If-Match": f'"{version}"'})
        assert moved.status_code == 200, moved.text
    assert announce({**leaves, "planned_on": day(-1)}, 3).json()["errors"][0]["code"] == "day_has_passed"
    assert announce({**leaves, "via": ["6503"]}, 3).json()["errors"][0]["pointer"] == "/via/0"
    assert announce({**leaves, "via": ["65.03"] * 7}, 3).status_code == 422
    assert announce(leaves, 1).status_code == 412
    placement.judge(application["id"], a_rule("PASSPORT", "UNKNOWN"))
    assert announce(leaves, 3).json()["code"] == "law_unknown", "other provinces hear of lawful travellers only"
    placement.judge(application["id"])
    told = announce(leaves, 3)
    assert told.json()["departure"] == leaves and told.headers["ETag"] == '"4"'
    assert announce(leaves, 4).json()["version"] == 4, "the same again changes nothing"
    last = placement.said(application["id"], says.APPLICATIONS)[-1]
    assert last.type == "placement.application.departure_announced" and last.data is not None
    assert (last.data["departure"], last.data["state"]) == (leaves, "AGREED")
    left = officer.patch(path, json={"state": "DEPARTED"}, headers={"If-Match": '"4"'})
    assert left.json()["departure"] == leaves


def test_a_concern_is_told_without_words_and_without_whoever_reported(
    placement: Placement, anybody: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    report = {
        "kind": "THREATS",
        "job_order": order["code"],
        "regency": "53.06",
        "text": "Saya Zebulonina, tetangganya.",
    }
    receipt = created(anybody, "/v1/concerns", report)
    reviewer.post(f"/v1/concerns/{receipt['id']}/confirm", json={"decision": "Ibu Zebulonina benar"})
    events = placement.said(receipt["id"], says.CONCERNS)
    assert [event.type for event in events] == ["placement.concern.received", "placement.concern.confirmed"]
    for event in events:
        assert event.data is not None and "Zebulonina" not in repr(event)
        assert (event.data["kind"], event.data["regency"]) == ("THREATS", "53.06")
    assert events[-1].data is not None and events[-1].data["job_order_id"] == order["id"]
