"""Slots and applications over a real socket: promised once, lapsed when nobody signs, forgotten with their person."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.placement import says
from services.placement.hears import hears
from shared import clock, ids
from shared.events.hearing import Hearing
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, day
from tests.support.served import told

OpenOrder = Callable[..., Answer]


def quota_of(client: httpx.Client, order: Answer) -> Answer:
    quota: Answer = client.get(f"/v1/job-orders/{order['id']}").json()["quota"]
    return quota


def test_twenty_requests_for_three_slots_get_three(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    people = [placement.a_candidate() for _ in range(20)]
    path = f"/v1/job-orders/{order['id']}/reservations"
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda person: officer.post(path, json={"candidate_id": person}), people))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 17
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"quota_full"}
    assert quota_of(officer, order) == {"quota": 3, "reserved": 3, "taken": 0, "left": 0}
    versions = [event.version for event in placement.said(order["id"], says.QUOTAS)]
    assert versions == [1, 2, 3, 4]


def test_one_person_holds_one_slot_of_an_order(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    path = f"/v1/job-orders/{order['id']}/reservations"
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: officer.post(path, json={"candidate_id": person}), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert quota_of(officer, order)["reserved"] == 1


def test_a_released_slot_is_free_again(placement: Placement, officer: httpx.Client, open_order: OpenOrder) -> None:
    order, person = open_order(), placement.a_candidate()
    path = f"/v1/job-orders/{order['id']}/reservations"
    held = created(officer, path, {"candidate_id": person})
    assert officer.delete(f"{path}/{held['id']}").status_code == 204
    assert officer.delete(f"{path}/{held['id']}").status_code == 204
    assert quota_of(officer, order)["left"] == 3
    assert officer.get(f"{path}/{held['id']}").json()["state"] == "RELEASED"
    created(officer, path, {"candidate_id": person})


def test_a_slot_that_nobody_signs_for_lapses(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    path = f"/v1/job-orders/{order['id']}/reservations"
    held = created(officer, path, {"candidate_id": person, "days": 2})
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    assert application["reserved"] is True
    with clock.fixed(clock.now() + timedelta(days=1)):
        placement.work()
    assert officer.get(f"{path}/{held['id']}").json()["state"] == "HELD"
    with clock.fixed(clock.now() + timedelta(days=2, minutes=1)):
        placement.work()
    assert officer.get(f"{path}/{held['id']}").json()["state"] == "LAPSED"
    assert quota_of(officer, order)["left"] == 3
    assert officer.get(f"/v1/applications/{application['id']}").json()["reserved"] is False


def test_who_held_a_slot_and_gave_it_back_stands_in_the_trail_of_the_application(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person, other = open_order(), placement.a_candidate(), placement.a_candidate()
    path = f"/v1/job-orders/{order['id']}/reservations"
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    created(officer, path, {"candidate_id": other})
    held = created(officer, path, {"candidate_id": person})
    assert [row["id"] for row in officer.get(path, params={"candidate": person}).json()["items"]] == [held["id"]]
    for _ in range(2):
        assert officer.delete(f"{path}/{held['id']}").status_code == 204
    rows = officer.get(f"/v1/applications/{application['id']}/trail").json()["items"]
    assert [row["what"] for row in rows if row["what"].startswith("SLOT_")] == ["SLOT_HELD", "SLOT_RELEASED"]
    assert all(row["by"] for row in rows) and quota_of(officer, order)["left"] == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"opens_on": day(-20), "closes_on": day(-1)}, "job_order_not_open"),
        ({"opens_on": day(1)}, "job_order_not_open"),
        (
            {"sip2mi": {"number": "SIP2MI-LAMA", "valid_from": day(-90), "valid_until": day(-1), "quota": 3}},
            "permit_not_valid",
        ),
        ({"sip2mi": None}, "permit_not_valid"),
    ],
)
def test_nobody_is_booked_on_an_order_that_is_not_in_order(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder, changes: Answer, code: str
) -> None:
    order = open_order(**changes)
    for path, body in (
        (f"/v1/job-orders/{order['id']}/reservations", {}),
        ("/v1/applications", {"job_order_id": order["id"]}),
    ):
        answer = officer.post(path, json={"candidate_id": placement.a_candidate(), **body})
        assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_nobody_is_booked_before_an_order_is_verified_or_after_its_company_fell(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    fresh = created(reviewer, "/v1/job-orders", an_order())
    body = {"candidate_id": placement.a_candidate()}
    unverified = officer.post(f"/v1/job-orders/{fresh['id']}/reservations", json=body)
    assert unverified.json()["code"] == "job_order_not_verified"
    order = open_order()
    company = f"/v1/companies/{order['company']['id']}"
    reviewer.patch(company, json={"status": "REVOKED"}, headers={"If-Match": '"1"'})
    # Before the job has told the orders, the company's own word already counts.
    fallen = officer.post(f"/v1/job-orders/{order['id']}/reservations", json=body)
    assert fallen.json()["code"] == "company_not_licensed"


def test_only_known_people_who_consented_are_booked(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    path = f"/v1/job-orders/{open_order()['id']}/reservations"
    unknown = officer.post(path, json={"candidate_id": ids.new()})
    assert (unknown.status_code, unknown.json()["code"], unknown.headers["Retry-After"]) == (
        409,
        "candidate_not_known",
        "1",
    )
    person = placement.a_candidate()
    placement.hear_of(person, 2, consent="WITHDRAWN")
    assert officer.post(path, json={"candidate_id": person}).json()["code"] == "consent_needed"
    placement.hear_of(person, 3, consent=None)
    erased = officer.post(path, json={"candidate_id": person})
    assert (erased.status_code, erased.json()["code"]) == (410, "erased")


def test_an_application_goes_step_by_step_and_signs_only_for_a_reserved_slot(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    path = f"/v1/applications/{application['id']}"

    def move(state: str, version: int) -> httpx.Response:
        return officer.patch(path, json={"state": state}, headers={"If-Match": f'"{version}"'})

    assert move("DEPARTED", 1).json()["code"] == "step_not_possible"
    placement.judge(application["id"])
    assert move("SELECTED", 1).json()["state"] == "SELECTED"
    assert move("AGREED", 2).json()["code"] == "slot_needed"
    held = created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    assert officer.get(path).json()["version"] == 3
    assert move("AGREED", 3).json()["reserved"] is True
    assert quota_of(officer, order) == {"quota": 3, "reserved": 0, "taken": 1, "left": 2}
    kept = officer.delete(f"/v1/job-orders/{order['id']}/reservations/{held['id']}")
    assert (kept.status_code, kept.json()["code"]) == (409, "step_not_possible")
    with clock.fixed(clock.now() + timedelta(days=100)):
        placement.work()
    assert quota_of(officer, order)["taken"] == 1
    assert move("DEPARTED", 4).json()["state"] == "DEPARTED"
    types = [event.type.rpartition(".")[2] for event in placement.said(application["id"], says.APPLICATIONS)]
    assert types == ["applied", "selected", "selected", "agreed", "departed"]


def test_a_withdrawn_application_gives_its_slot_back_even_after_signing(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    path = f"/v1/applications/{application['id']}"
    placement.judge(application["id"])
    for version, state in enumerate(("SELECTED", "AGREED", "WITHDRAWN"), start=1):
        answer = officer.patch(path, json={"state": state}, headers={"If-Match": f'"{version}"'})
        assert answer.status_code == 200, answer.text
    assert answer.json()["reserved"] is False
    assert quota_of(officer, order) == {"quota": 3, "reserved": 0, "taken": 0, "left": 3}
    created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})


def test_a_company_selects_and_rejects_on_its_own_orders_and_signs_nothing(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, key_of: Callable[[Answer], httpx.Client],
    open_order: OpenOrder,
) -> None:  # fmt: skip
    order, person = open_order(), placement.a_candidate()
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    path = f"/v1/applications/{application['id']}"
    mine, other = key_of(order["company"]), key_of(created(reviewer, "/v1/companies", a_company()))
    assert other.get(path).status_code == 403
    assert [row["id"] for row in mine.get("/v1/applications").json()["items"]] == [application["id"]]
    placement.judge(application["id"])
    assert mine.patch(path, json={"state": "SELECTED"}, headers={"If-Match": '"1"'}).status_code == 200
    assert mine.patch(path, json={"state": "AGREED"}, headers={"If-Match": '"2"'}).status_code == 403
    officeless = placement.with_credential(placement.issuer.mint("officer", "Tanpa Kantor"))
    assert officeless.get("/v1/applications").json()["errors"][0]["code"] == "filter_missing"


def test_an_office_lists_its_own_applications_by_their_state_the_oldest_first(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    office = placement.with_credential(placement.issuer.mint("officer", "Sisilia Petugas", "SIKKA"))
    order = open_order()
    made = [
        created(office, "/v1/applications", {"candidate_id": placement.a_candidate(), "job_order_id": order["id"]})
        for _ in range(3)
    ]
    everyone = [one["id"] for one in made]
    assert [one["centre"] for one in made] == ["SIKKA"] * 3
    gone = office.patch(f"/v1/applications/{everyone[1]}", json={"state": "WITHDRAWN"}, headers={"If-Match": "*"})
    assert gone.status_code == 200, gone.text

    def listed(**query: Any) -> list[str]:
        return [one["id"] for one in office.get("/v1/applications", params=query).json()["items"]]

    assert listed() == everyone
    assert listed(state="APPLIED") == [everyone[0], everyone[2]]
    assert listed(state=["APPLIED", "WITHDRAWN"]) == everyone
    assert listed(job_order=order["id"], state="WITHDRAWN") == [everyone[1]]
    assert listed(updated_since=gone.json()["updated_at"])[-1] == everyone[1]
    assert not set(everyone) & {one["id"] for one in officer.get("/v1/applications?limit=100").json()["items"]}
    said = placement.said(everyone[1])[-1].data
    assert said is not None and said["company_id"] and said["ended_on"] == day(0)


def test_erasing_a_person_leaves_no_trace_of_them_here(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    held, signed, person = open_order(), open_order(), placement.a_candidate()
    applications = []
    for order in (held, signed):
        created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
        applications.append(created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]}))
    placement.judge(applications[1]["id"])
    for version, state in enumerate(("SELECTED", "AGREED"), start=1):
        officer.patch(
            f"/v1/applications/{applications[1]['id']}", json={"state": state}, headers={"If-Match": f'"{version}"'}
        )
    placement.hear_of(person, 2, consent=None)
    assert quota_of(officer, held) == {"quota": 3, "reserved": 0, "taken": 0, "left": 3}
    assert quota_of(officer, signed) == {"quota": 3, "reserved": 0, "taken": 1, "left": 2}
    for application in applications:
        gone = officer.get(f"/v1/applications/{application['id']}")
        assert (gone.status_code, gone.json()["code"]) == (410, "erased")
        assert placement.said(application["id"], says.APPLICATIONS)[-1].data is None
    for name in ("applications", "reservations", "jobs"):
        assert person not in repr(list(placement.database.collection(name).find({})))
    placement.hear_of(person, 1)
    refused = officer.post("/v1/applications", json={"candidate_id": person, "job_order_id": held["id"]})
    assert refused.status_code == 410


def test_a_booking_made_while_its_person_is_erased_does_not_outlive_them(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order(sip2mi={"number": "SIP2MI-BANYAK", "valid_from": day(-9), "valid_until": day(9), "quota": 50})
    for _ in range(8):
        person = placement.a_candidate()
        booking = {"candidate_id": person}
        with ThreadPoolExecutor(3) as pool:
            pool.submit(officer.post, f"/v1/job-orders/{order['id']}/reservations", json=booking)
            pool.submit(officer.post, "/v1/applications", json={**booking, "job_order_id": order["id"]})
            pool.submit(placement.hear_of, person, 2, consent=None)
        for name in ("applications", "reservations"):
            assert placement.database.collection(name).count_documents({"candidate_id": person}) == 0
    assert quota_of(officer, order)["reserved"] == 0


def test_a_reservation_that_is_sent_twice_is_one(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    path, headers = f"/v1/job-orders/{order['id']}/reservations", {"Idempotency-Key": "slot-1"}
    first = officer.post(path, json={"candidate_id": person}, headers=headers)
    again = officer.post(path, json={"candidate_id": person}, headers=headers)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert quota_of(officer, order)["reserved"] == 1


def test_of_two_records_of_one_person_the_applications_go_on_under_the_one_that_was_kept(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    kept, other = placement.a_candidate(), placement.a_candidate()
    both, alone = open_order(), open_order()

    def book(person: str, order: Answer) -> Answer:
        created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
        return created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})

    first, double, single = book(kept, both), book(other, both), book(other, alone)
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": kept}
    Hearing(placement.database, hears(placement.rooms)).apply([told("registry.candidates.v1", other, 2, pointer)])
    mine = {one["id"]: one for one in officer.get(f"/v1/applications?candidate={kept}").json()["items"]}
    assert {id: one["state"] for id, one in mine.items()} == {
        first["id"]: "APPLIED",
        double["id"]: "WITHDRAWN",
        single["id"]: "APPLIED",
    }
    assert officer.get(f"/v1/applications?candidate={other}").json()["items"] == []
    assert (quota_of(officer, both)["reserved"], quota_of(officer, alone)["reserved"]) == (1, 1)
    said = placement.said(single["id"])[-1].data
    assert said is not None and said["candidate_id"] == kept and said["reserved"]
    refused = officer.post("/v1/applications", json={"candidate_id": other, "job_order_id": alone["id"]})
    assert (refused.status_code, refused.json()["merged_into"]) == (410, kept)


@pytest.mark.parametrize("survivor", ["erased", "merged on"])
def test_records_that_became_one_are_followed_in_whatever_order_that_was_heard(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder, survivor: str
) -> None:
    """Events of two people stand in two partitions: what became of the kept record may be heard before the merge."""
    other, middle, last = (placement.a_candidate() for _ in range(3))
    order = open_order()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": other})
    application = created(officer, "/v1/applications", {"candidate_id": other, "job_order_id": order["id"]})
    onward = {"id": middle, "version": 2, "consent": "NONE", "merged_into": last}
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": middle}
    hearing = Hearing(placement.database, hears(placement.rooms))
    hearing.apply([told("registry.candidates.v1", middle, 2, None if survivor == "erased" else onward)])
    hearing.apply([told("registry.candidates.v1", other, 2, pointer)])
    found = officer.get(f"/v1/applications/{application['id']}")
    if survivor == "erased":
        assert (found.status_code, quota_of(officer, order)["reserved"]) == (410, 0)
    else:
        assert (found.json()["candidate_id"], found.json()["state"]) == (last, "APPLIED")
        assert quota_of(officer, order)["reserved"] == 1


def test_a_permit_that_several_orders_name_is_promised_once(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    """Two places on the permit are two people, whichever order they apply to and however its number is written."""
    permit = {"number": "SIP2MI/BERSAMA.1", "valid_from": day(-9), "valid_until": day(99), "quota": 2}
    first, second = open_order(sip2mi=permit), open_order(sip2mi={**permit, "number": "sip2mi-bersama-1"})
    unrelated = open_order()

    def reserve(order: Answer) -> httpx.Response:
        wanted = {"candidate_id": placement.a_candidate()}
        return officer.post(f"/v1/job-orders/{order['id']}/reservations", json=wanted)

    held = reserve(first).json()
    assert (quota_of(officer, first)["quota"], quota_of(officer, second)["quota"]) == (2, 1)
    assert reserve(second).status_code == 201
    assert [reserve(order).json()["code"] for order in (first, second)] == ["quota_full", "quota_full"]
    assert quota_of(officer, unrelated)["quota"] == 3
    assert placement.said(second["id"], topic="placement.quotas.v1")[-1].data["quota"] == 1  # type: ignore[index]
    # A third order under it has no place, and none that has promised people moves under it.
    third = open_order(sip2mi=permit)
    assert quota_of(officer, third)["quota"] == 0
    assert reserve(unrelated).status_code == 201
    etag = reviewer.get(f"/v1/job-orders/{unrelated['id']}").headers["ETag"]
    moved = reviewer.patch(f"/v1/job-orders/{unrelated['id']}", json={"sip2mi": permit}, headers={"If-Match": etag})
    assert moved.status_code == 422 and moved.json()["errors"][0]["code"] == "permit_used_up", moved.text
    # What is given back at one order is free at the others.
    assert officer.delete(f"/v1/job-orders/{first['id']}/reservations/{held['id']}").status_code == 204
    assert quota_of(officer, third)["quota"] == 1
    assert reserve(third).status_code == 201
    assert reserve(first).json()["code"] == "quota_full"


def test_the_last_slot_of_a_shared_permit_goes_to_one(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    permit = {"number": "SIP2MI-BERSAMA-2", "valid_from": day(-9), "valid_until": day(99), "quota": 1}
    both = [open_order(sip2mi=permit) for _ in range(2)]
    people = [placement.a_candidate() for _ in range(8)]

    def reserve(pair: tuple[int, str]) -> int:
        order = both[pair[0] % 2]["id"]
        return officer.post(f"/v1/job-orders/{order}/reservations", json={"candidate_id": pair[1]}).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(reserve, enumerate(people)))
    assert sorted(answers) == [201, *[409] * 7]


def test_an_order_that_people_applied_to_does_not_become_another_companys(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    """Who is told of a person is the company they applied to, and it would go on seeing them."""
    order, person = open_order(), placement.a_candidate()
    other = created(reviewer, "/v1/companies", a_company())["sip3mi"]

    def hand_over() -> httpx.Response:
        etag = reviewer.get(f"/v1/job-orders/{order['id']}").headers["ETag"]
        return reviewer.patch(f"/v1/job-orders/{order['id']}", json={"company": other}, headers={"If-Match": etag})

    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    refused = hand_over()
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "company_has_applicants")
    etag = {"If-Match": '"1"'}
    over = officer.patch(f"/v1/applications/{application['id']}", json={"state": "WITHDRAWN"}, headers=etag)
    assert over.status_code == 200, over.text
    assert hand_over().status_code == 200
