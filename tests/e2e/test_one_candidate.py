"""The main job: blocked today by a law, a dated path, training, a certificate, and the same job order is open."""

from deploy.demo.visitors import Visitor, until
from shared import clock
from tests.e2e.world import HOURS, World, a_candidate


def test_a_blocked_candidate_trains_is_certified_and_applies(world: World) -> None:
    registry, placement = world.officer("registry"), world.officer("placement")
    world.a_batch(world.course)
    person = registry.post("/v1/candidates", a_candidate())
    assert person["version"] == 1

    judged = world.judged(person, world.order)
    assert (judged["eligible"], judged["hidden"]) == (False, None)
    before = until(
        lambda: world.advice(person),
        lambda answer: bool((answer["verdict"]["goal"] or {"opened_by": []})["opened_by"]),
        "a path to the job order",
    )
    goal = before["verdict"]["goal"]
    assert (before["as_of"]["candidate"], goal["job_order"]) == (1, world.order["id"])
    instruments = {rule["legal_basis"]["instrument"] for rule in goal["blocked_by"]}
    assert "Peraturan contoh GATE" in instruments, goal["blocked_by"]
    assert all(rule["next_action"] for rule in goal["blocked_by"])
    path = before["pathways"][0]
    (step,) = path["steps"]
    assert (step["course"], step["ends"]) == (world.course["id"], path["ready_on"])
    assert world.order["id"] in path["unlocks"]

    enrolment = world.trained(person, world.provider.get(f"/v1/batches/{step['batch']}"))
    assert enrolment["state"] == "COMPLETED"
    person = world.credited(person)
    assert sum(entry["hours"] for entry in person["training_hours"]) == HOURS
    assert [one["scheme"] for one in person["certificates"] if one["kind"] == "COMPETENCE"] == ["HOUSEKEEPER"]

    after = world.advice(person)
    assert (after["verdict"]["state"], after["as_of"]["day"]) == ("ELIGIBLE_NOW", clock.today().isoformat())
    (shown,) = (row for row in after["placements"] if row["job_order"] == world.order["id"])
    assert shown["eligible"] and shown["reasons"]
    assert {rule["stage"] for rule in after["requirements"]} == {"APPLY", "AGREEMENT", "DEPARTURE"}

    wanted = {"candidate_id": person["id"], "job_order_id": world.order["id"]}
    assert placement.post("/v1/applications", wanted)["state"] == "APPLIED"
    again = world.officer("matching").get(f"/v1/recommendations/{before['id']}")
    assert again == before


def test_a_provider_records_a_course_and_its_result_on_the_day_on_which_it_ends(world: World) -> None:
    """With the provider's own API key, and without a clock that anybody moves."""
    reviewer = world.visitors.staff("training", "reviewer", "Rina Peninjau")
    provider = Visitor(
        str(world.provider.client.base_url), reviewer.post(f"/v1/providers/{world.provider_id}/keys")["key"]
    )
    today = clock.today().isoformat()
    batch = world.a_batch(world.course, starts=today, ends=today, closes=today)
    person = world.officer("registry").post("/v1/candidates", a_candidate())
    office = world.officer("training")
    wanted = {"candidate_id": person["id"], "batch_id": batch["id"]}
    enrolment = until(
        lambda: office.client.post("/v1/enrolments", json=wanted).json(), lambda told: "state" in told, "the referral"
    )
    for step in ({"state": "ENROLLED"}, {"state": "COMPLETED"}, {"result": "COMPETENT", "certificate_number": "S/1"}):
        enrolment = provider.patch(f"/v1/enrolments/{enrolment['id']}", step, version=enrolment["version"])
    assert (enrolment["state"], enrolment["result"], enrolment["finished_on"]) == ("COMPLETED", "COMPETENT", today)
    person = world.credited(person)
    assert [one["scheme"] for one in person["certificates"] if one["kind"] == "COMPETENCE"] == ["HOUSEKEEPER"]
    assert world.advice(person)["verdict"]["state"] == "ELIGIBLE_NOW"
    assert clock.today().isoformat() == today


def test_a_withdrawn_consent_stops_everything_for_the_person(world: World) -> None:
    registry = world.officer("registry")
    person = registry.post("/v1/candidates", a_candidate())
    assert world.advice(person)["requirements"]
    withdrawn = registry.client.delete(f"/v1/candidates/{person['id']}/consents/MATCHING", headers={"If-Match": '"1"'})
    assert withdrawn.is_success, withdrawn.text
    answer = world.advice({**person, "version": 2})
    assert answer["verdict"]["state"] == "CONSENT_NEEDED"
    assert [answer[part] for part in ("requirements", "pathways", "courses", "placements", "blocked")] == [[]] * 5
