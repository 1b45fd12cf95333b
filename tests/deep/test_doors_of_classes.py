"""Seats, links, attendance and results, and whoever is of another house. The lawful end is written beforehand."""

import uuid
from typing import Any

import httpx
import pytest

from deploy.demo.visitors import until
from tests.deep.site import Site, code_of, in_class, patched
from tests.e2e.world import a_candidate, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]


ADULT = {"all": [{"kind": "age", "min": 18}]}


@pytest.mark.parametrize("asked", ["by an office", "by a decision"])
def test_a_child_holds_no_seat_in_a_course_that_asks_eighteen(site: Site, asked: str) -> None:
    course = site.world.a_course(prerequisites=ADULT)
    batch = site.world.a_batch(course)
    child = site.registry.post("/v1/candidates", a_candidate(birth_date=day(-16 * 365)))
    training = site.world.officer("training")
    if asked == "by an office":
        training.post("/v1/enrolments", {"candidate_id": child["id"], "batch_id": batch["id"]})
    else:
        answer = site.world.advice(child)
        chosen = {"kind": "COURSE", "course": course["id"], "batch": batch["id"]}
        matching = site.world.officer("matching")
        matching.client.post(
            f"/v1/recommendations/{answer['id']}/decisions", json={"decision": "ACCEPTED", "chosen": chosen}
        )
    listed = until(
        lambda: training.get("/v1/enrolments", candidate=child["id"]),
        lambda page: all(one["state"] == "DROPPED" for one in page["items"]),
        "the seat to lapse",
    )
    assert all(one["drop_reason"] in ("NOT_ADMITTED", "NOT_POSSIBLE") for one in listed["items"])
    assert site.world.provider.get(f"/v1/batches/{batch['id']}")["taken"] == 0


def test_a_provider_touches_no_class_of_another(site: Site) -> None:
    _, batch, enrolment = in_class(site)
    _, other = site.world.a_provider()
    for answer in (
        patched(other, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], state="COMPLETED"),
        patched(other, f"/v1/batches/{batch['id']}", 2, ends=day(0)),
        other.client.post(f"/v1/batches/{batch['id']}/seat-links"),
        other.client.put(f"/v1/batches/{batch['id']}/attendance", json={"day": day(0), "present": [enrolment["id"]]}),
        other.client.get(f"/v1/batches/{batch['id']}/attendance"),
    ):
        assert answer.status_code in (403, 404), answer.text


def test_a_signed_link_says_seats_of_its_batch_and_nothing_else(site: Site) -> None:
    provider = site.world.provider
    _, batch, _ = in_class(site)
    _, other, _ = in_class(site)
    slip = provider.post(f"/v1/batches/{batch['id']}/seat-links")["slip"]
    anybody = httpx.Client(base_url=provider.client.base_url, trust_env=False)
    for wrong in (f"/v1/seat-links/{other['id']}/{slip}", f"/v1/seat-links/{batch['id']}/{slip[:-2]}AA"):
        assert anybody.post(wrong, json={"free": 3}).status_code in (404, 410)
    path = f"/v1/seat-links/{batch['id']}/{slip}"
    for body in ({"free": -1}, {"free": 10**6}, {"free": 3, "ends": day(0)}, {"seats": 0}, {"free": "tiga"}):
        assert anybody.post(path, json=body).status_code in (400, 422), body
    assert anybody.post(path, json={"free": 0}).status_code == 200
    kept = provider.get(f"/v1/batches/{batch['id']}")
    assert (kept["seats"], kept["taken"], kept["ends"]) == (1, 1, batch["ends"])
    assert provider.get(f"/v1/batches/{other['id']}")["seats"] == other["seats"]


@pytest.mark.parametrize(
    "body",
    [
        {"state": "COMPLETED", "result": "COMPETENT"},
        {"state": "COMPLETED", "finished_on": day(-1)},
        {"state": "COMPLETED", "finished_on": day(25)},
        {"result": "COMPETENT"},
        {"result": "COMPETENT", "certificate_until": day(900)},
    ],
    ids=["early", "backdated", "in the future", "a result alone", "with its end"],
)
def test_no_result_comes_before_the_last_day(site: Site, body: dict[str, Any]) -> None:
    _, _, enrolment = in_class(site)
    refused = patched(site.world.provider, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], **body)
    assert code_of(refused) == (409, "step_not_possible"), refused.text
    person = site.registry.get(f"/v1/candidates/{enrolment['candidate_id']}")
    assert not person["certificates"] and not person["training_hours"]


def test_whoever_is_of_another_house_changes_nothing_here(site: Site) -> None:
    company, order = site.world.an_order()
    application = site.under_way(order)
    stranger = site.world.visitors.of_organisation("placement", "provider", site.world.provider_id)
    for answer in (
        patched(stranger, f"/v1/applications/{application['id']}", 1, state="SELECTED"),
        stranger.client.post("/v1/applications", json={"candidate_id": str(uuid.uuid4()), "job_order_id": order["id"]}),
        stranger.client.post(f"/v1/job-orders/{order['id']}/verify", json={}),
        stranger.client.post("/v1/imports", params={"kind": "JOB_ORDERS"}, json=[]),
        stranger.client.get(f"/v1/applications/{application['id']}"),
    ):
        assert answer.status_code in (401, 403, 404), answer.text
    company_at_training = site.world.visitors.of_organisation("training", "company", order["company"]["id"])
    _, batch, enrolment = in_class(site)
    for answer in (
        patched(company_at_training, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], state="DROPPED"),
        patched(company_at_training, f"/v1/batches/{batch['id']}", 2, seats=1),
        company_at_training.client.post("/v1/imports", files={"file": ("kursus.csv", b"Kode kursus;Judul\n")}),
        company_at_training.client.get(f"/v1/enrolments/{enrolment['id']}"),
    ):
        assert answer.status_code in (401, 403, 404), answer.text
