"""What placement tells beforehand and in confidence: a departure through other provinces, and a reported concern."""

from collections.abc import Callable

import httpx
import pytest

from services.placement import says
from services.placement.hears import hears
from shared.events.hearing import Hearing
from tests.integration.placement.conftest import Answer, Placement, created, day
from tests.integration.placement.judged import move, shown
from tests.support.served import a_rule, told

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
    heard = announce(leaves, 3)
    assert heard.json()["departure"] == leaves and heard.headers["ETag"] == '"4"'
    assert announce(leaves, 4).json()["version"] == 4, "the same again changes nothing"
    last = placement.said(application["id"], says.APPLICATIONS)[-1]
    assert last.type == "placement.application.departure_announced" and last.data is not None
    assert (last.data["departure"], last.data["state"]) == (leaves, "AGREED")
    left = officer.patch(path, json={"state": "DEPARTED"}, headers={"If-Match": '"4"'})
    assert left.json()["departure"] == leaves


def test_a_departure_is_suspended_while_it_could_not_be_announced(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    path, leaves = f"/v1/applications/{application['id']}", {"planned_on": day(30), "via": ["65.03"]}
    placement.judge(application["id"])
    for version, state in enumerate(("SELECTED", "AGREED"), start=1):
        officer.patch(path, json={"state": state}, headers={"If-Match": f'"{version}"'}).raise_for_status()
    placement.judge(application["id"], a_rule("RECORDS", "UNKNOWN"))
    assert not officer.get(path).json()["departure_suspended"], "there is none yet"
    placement.judge(application["id"])

    def etag() -> str:
        return officer.get(path).headers["ETag"]

    def last() -> tuple[str, bool, str]:
        event = placement.said(application["id"], says.APPLICATIONS)[-1]
        assert event.data is not None
        return event.type.removeprefix("placement.application."), event.data["departure_suspended"], event.data["state"]

    officer.put(f"{path}/departure", json=leaves, headers={"If-Match": etag()}).raise_for_status()
    assert last() == ("departure_announced", False, "AGREED")
    # Something is not known any more; then the law stands against it; then it is not known again.
    placement.judge(application["id"], a_rule("RECORDS", "UNKNOWN"))
    shown = officer.get(path).json()
    assert (shown["state"], shown["departure"], shown["departure_suspended"]) == ("AGREED", leaves, True)
    assert last() == ("departure_suspended", True, "AGREED")
    placement.judge(application["id"], a_rule("RECORDS", "NOT_MET"))
    assert last() == ("stopped", False, "STOPPED")
    placement.judge(application["id"], a_rule("RECORDS", "UNKNOWN"))
    assert last() == ("resumed", True, "AGREED")
    left = officer.patch(path, json={"state": "DEPARTED"}, headers={"If-Match": etag()})
    assert left.json()["code"] == "law_unknown"
    # Known again; a paper of the agreement is gone; it is there again.
    placement.judge(application["id"])
    assert last() == ("departure_announced", False, "AGREED")
    placement.judge(application["id"], a_rule("FAMILY_CONSENT", "NOT_MET", stage="AGREEMENT"))
    assert last() == ("departure_suspended", True, "AGREED")
    placement.judge(application["id"], a_rule("PASSPORT", "UNKNOWN", stage="DEPARTURE"))
    assert last() == ("departure_announced", False, "AGREED"), "these papers are asked for at the departure"
    # A supervisor answers for what is not known.
    placement.judge(application["id"], a_rule("RECORDS", "UNKNOWN"))
    assert last() == ("departure_suspended", True, "AGREED")
    answered = supervisor.post(f"{path}/overrides", json={"rules": ["RECORDS"], "reason": "Surat imigrasi dilihat"})
    assert answered.status_code == 201, answered.text
    assert last() == ("departure_announced", False, "AGREED")
    # One of two questions is answered before what they did was written down: it is told all the same.
    questions = (a_rule("EDUCATION", "UNKNOWN"), a_rule("SEX", "UNKNOWN"))
    placement.judge(application["id"], *questions, settle=False)
    supervisor.post(f"{path}/overrides", json={"rules": ["SEX"], "reason": "KTP dilihat"}).raise_for_status()
    assert last() == ("departure_suspended", True, "AGREED")
    did = [row["what"] for row in officer.get(f"{path}/trail").json()["items"]]
    assert did.count("DEPARTURE_SUSPENDED") == 4 and did.count("DEPARTURE_STANDS_AGAIN") == 3
    ended = officer.patch(path, json={"state": "WITHDRAWN"}, headers={"If-Match": etag()}).json()
    placement.judge(application["id"], a_rule("RECORDS", "UNKNOWN"))
    assert (ended["state"], officer.get(path).json()["departure_suspended"]) == ("WITHDRAWN", False)


def merge(placement: Placement, other: str, kept: str) -> None:
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": kept}
    Hearing(placement.database, hears(placement.rooms)).apply([told("registry.candidates.v1", other, 2, pointer)])


def an_agreement(placement: Placement, officer: httpx.Client, order: Answer, person: str) -> Answer:
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    placement.judge(application["id"])
    for state in ("SELECTED", "AGREED"):
        assert move(officer, application, state).status_code == 200
    return application


def announced(officer: httpx.Client, application: Answer, planned_on: str) -> httpx.Response:
    path, etag = f"/v1/applications/{application['id']}", f'"{shown(officer, application)["version"]}"'
    body = {"planned_on": planned_on, "via": ["65.03"]}
    return officer.put(f"{path}/departure", json=body, headers={"If-Match": etag})


def test_whoever_departed_leaves_on_no_other_order_that_was_applied_for_before_and_may_apply_anew(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    person, neighbour, first, second = placement.a_candidate(), placement.a_candidate(), open_order(), open_order()
    leaving, other = (an_agreement(placement, officer, order, person) for order in (first, second))
    of_neighbour = an_agreement(placement, officer, second, neighbour)
    waiting = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": open_order()["id"]})
    placement.judge(waiting["id"])
    for one in (other, of_neighbour):
        announced(officer, one, day(30)).raise_for_status()
    assert move(officer, leaving, "DEPARTED").status_code == 200
    # At once, and whatever is judged later: a port reads that this one may not pass.
    for _ in range(2):
        event = placement.said(other["id"], says.APPLICATIONS)[-1]
        assert event.data is not None and event.type == says.DEPARTURE_SUSPENDED
        assert (event.data["state"], event.data["departure_suspended"]) == ("AGREED", True)
        placement.judge(other["id"])
    for refused in (move(officer, other, "DEPARTED"), announced(officer, other, day(31))):
        assert (refused.status_code, refused.json()["code"]) == (409, "step_not_possible"), refused.text
        assert "WITHDRAWN" in refused.json()["detail"]
    assert move(officer, waiting, "SELECTED").status_code == 200
    created(officer, f"/v1/job-orders/{waiting['job_order_id']}/reservations", {"candidate_id": person})
    assert move(officer, waiting, "AGREED").json()["code"] == "step_not_possible"
    assert move(officer, of_neighbour, "DEPARTED").status_code == 200, "only this person has left"
    # The way out that is told: ended, and after the return applied for anew, also to the same order.
    assert move(officer, other, "WITHDRAWN").status_code == 200
    again = an_agreement(placement, officer, second, person)
    announced(officer, again, day(30)).raise_for_status()
    assert move(officer, again, "DEPARTED").status_code == 200


def test_what_stands_beside_a_departure_from_before_it_was_marked_goes_no_further(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    person = placement.a_candidate()
    leaving, other = (an_agreement(placement, officer, open_order(), person) for _ in range(2))
    assert move(officer, leaving, "DEPARTED").status_code == 200
    kept = placement.database.collection("applications")
    kept.update_one({"_id": other["id"]}, {"$unset": {"left_elsewhere": ""}})
    kept.update_one({"_id": leaving["id"]}, {"$unset": {"departed_at": ""}})
    for refused in (announced(officer, other, day(31)), move(officer, other, "DEPARTED")):
        assert (refused.status_code, refused.json()["code"]) == (409, "step_not_possible"), refused.text


@pytest.mark.parametrize("before", [True, False])
def test_a_merge_holds_what_was_applied_for_before_the_departure_and_nothing_later(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder, before: bool
) -> None:
    kept, other = placement.a_candidate(), placement.a_candidate()
    orders = (open_order(), open_order())
    if before:
        agreed = an_agreement(placement, officer, orders[0], other)
        announced(officer, agreed, day(30)).raise_for_status()
    left = an_agreement(placement, officer, orders[1], kept)
    assert move(officer, left, "DEPARTED").status_code == 200
    if not before:
        agreed = an_agreement(placement, officer, orders[0], other)
        announced(officer, agreed, day(30)).raise_for_status()
    merge(placement, other, kept)
    after = shown(officer, agreed)
    assert (after["candidate_id"], after["state"], after["departure_suspended"]) == (kept, "AGREED", before)
    placement.judge(agreed["id"])
    assert move(officer, agreed, "DEPARTED").status_code == (409 if before else 200)


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
