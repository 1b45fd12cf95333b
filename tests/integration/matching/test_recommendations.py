"""The answer about one person, over a real socket, from what the other houses told."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.matching.actions import counting
from services.matching.catalogue import Catalogue
from services.matching.matcher.pathway import Distances
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared import clock, ids
from shared.events import outbox
from tests import builders as make
from tests.integration.matching.conftest import Matching

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts"

GATE: dict[str, Any] = {
    "id": ids.new(),
    "version": 1,
    "code": "NTT-GATE",
    "kind": "GATE",
    "revisions": [
        make.a_revision(
            {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": None, "reading": "WIDE"}, number=1
        )
    ],
}


def day(number: int) -> str:
    return make.days(number, clock.today())


def an_order(**changes: Any) -> dict[str, Any]:
    fresh = {"opens_on": day(-30), "closes_on": day(200), "sip2mi": {**make.a_permit(), "valid_until": day(400)}}
    return make.an_order_payload(**{"id": ids.new(), **fresh, **changes})


def a_quota(order: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"id": order["id"], "version": 1, "quota": 20, "reserved": 0, "taken": 0, **changes}


def a_person(**changes: Any) -> dict[str, Any]:
    untrained: dict[str, Any] = {"certificates": [], "training_hours": []}
    return make.a_person_payload(**{"id": ids.new(), **untrained, **changes})


def a_course(**changes: Any) -> dict[str, Any]:
    course = json.loads((CONTRACTS / "training/courses.v1.good.json").read_text(encoding="utf-8"))
    taught = {
        "certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_months": 36},
        "hours_for": [{"isco08": "9111", "destination": "MYS", "hours": 200}],
        "isco08": ["9111"],
        "prerequisites": None,
        "languages": [],
    }
    return {**course, "id": ids.new(), "version": 1, **taught, **changes}


def a_batch(course: dict[str, Any], **changes: Any) -> dict[str, Any]:
    batch = json.loads((CONTRACTS / "training/batches.v1.good.json").read_text(encoding="utf-8"))
    dates = {"starts": day(20), "ends": day(60), "closes": day(15)}
    return {**batch, "id": ids.new(), "version": 1, "course_id": course["id"], **dates, **changes}


@pytest.fixture(scope="module")
def world(matching: Matching) -> dict[str, Any]:
    """One lawful household order, one course with a batch that opens it, and the gate of the province."""
    order, course = an_order(), a_course()
    batch = a_batch(course)
    matching.hear("policy", GATE)
    matching.hear("job_order", order)
    matching.hear("quota", a_quota(order))
    matching.hear("batch", batch)
    matching.hear("course", course)
    return {"order": order, "course": course, "batch": batch}


def ask(matching: Matching, id: str, **query: Any) -> Any:
    return matching.officer.get(f"/v1/candidates/{id}/recommendations", params=query)


def test_a_block_shows_the_law_and_the_dated_path_that_opens_it(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person(wishes={"isco08": ["9111"], "destinations": ["MYS"]})
    matching.hear("candidate", person)
    answer = ask(matching, person["id"]).json()
    assert answer["verdict"]["state"] == "ELIGIBLE_BY"
    assert answer["verdict"]["date"] == world["batch"]["ends"]
    goal = answer["verdict"]["goal"]
    assert {rule["code"] for rule in goal["blocked_by"]} == {"GATE"}
    assert goal["blocked_by"][0]["legal_basis"]["instrument"]
    assert goal["pathways"][0]["unlocks"] == [world["order"]["id"]]
    assert answer["pathways"][0]["steps"][0]["batch"] == world["batch"]["id"]
    assert not any(placement["eligible"] for placement in answer["placements"])
    assert answer["courses"][0]["unlocks"] == [world["order"]["id"]]


def test_a_trained_and_certified_person_may_apply_to_the_same_order(matching: Matching, world: dict[str, Any]) -> None:
    person = make.a_person_payload(id=ids.new())
    matching.hear("candidate", person)
    answer = ask(matching, person["id"]).json()
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW"
    assert [(row["job_order"], row["eligible"]) for row in answer["placements"]] == [(world["order"]["id"], True)]
    assert {rule["stage"] for rule in answer["placements"][0]["later"]} == {"AGREEMENT", "DEPARTURE"}


def test_without_consent_the_verdict_is_all_there_is(matching: Matching, world: dict[str, Any]) -> None:
    person: dict[str, Any] = {"id": ids.new(), "version": 1, "consent": "WITHDRAWN"}
    matching.hear("candidate", person)
    answer = ask(matching, person["id"]).json()
    assert answer["verdict"]["state"] == "CONSENT_NEEDED"
    assert [answer[part] for part in ("requirements", "pathways", "courses", "placements", "blocked", "hidden")] == [
        []
    ] * 6


def test_somebody_under_age_gets_training_and_no_job(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person(birth_date=day(-17 * 365))
    matching.hear("candidate", person)
    answer = ask(matching, person["id"]).json()
    assert answer["verdict"]["state"] == "TRAINING_ONLY"
    assert not any(placement["eligible"] for placement in answer["placements"])
    assert answer["courses"]


def test_a_person_of_whom_almost_nothing_is_known_gets_a_verdict(matching: Matching, world: dict[str, Any]) -> None:
    person: dict[str, Any] = {"id": ids.new(), "version": 1, "consent": "GIVEN"}
    matching.hear("candidate", person)
    answer = ask(matching, person["id"])
    assert answer.status_code == 200
    assert answer.json()["verdict"]["state"] != "ELIGIBLE_NOW"


def test_an_answer_is_opened_again_exactly_as_it_was_shown(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = ask(matching, person["id"], lang="en").json()
    again = ask(matching, person["id"], lang="en").json()
    assert again == shown, "the same question on the same facts is the same answer"
    matching.hear("candidate", {**person, "version": 2, "sex": "M"})
    assert ask(matching, person["id"], lang="en").json()["id"] != shown["id"]
    assert matching.officer.get(f"/v1/recommendations/{shown['id']}").json() == shown


def test_erasure_takes_the_answers_along(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = ask(matching, person["id"]).json()
    matching.hear("candidate", None, key=person["id"], version=2)
    gone = matching.officer.get(f"/v1/recommendations/{shown['id']}")
    assert (gone.status_code, gone.json()["code"]) == (410, "erased")
    assert ask(matching, person["id"]).status_code == 410
    matching.hear("candidate", {**person, "version": 1})
    assert ask(matching, person["id"]).status_code == 410, "a late record brings nobody back"


def test_a_version_that_is_not_here_yet_is_asked_for_again(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    early = ask(matching, person["id"], min_candidate_version=2, wait=0.05)
    assert (early.status_code, early.json()["code"], early.headers["Retry-After"]) == (409, "not_yet_visible", "1")
    matching.hear("candidate", {**person, "version": 2})
    assert ask(matching, person["id"], min_candidate_version=2).json()["as_of"]["candidate"] == 2


def test_nobody_of_this_id_is_404(matching: Matching) -> None:
    missing = ask(matching, ids.new())
    assert (missing.status_code, missing.json()["code"]) == (404, "candidate_not_found")


def test_a_profile_that_is_not_stored_gets_the_same_advice(matching: Matching, world: dict[str, Any]) -> None:
    profile: dict[str, Any] = {
        "full_name": "SYNTHETIC Maria",
        "nik": "9953061003000001",
        "birth_date": "2000-03-10",
        "sex": "F",
        "regency": "53.06",
        "education": {"level": "SMP"},
        "skills": [{"text": "jaga oma di rumah", "source": "HOME", "months": 60}],
        "wishes": {"isco08": ["9111"], "destinations": ["MYS"]},
        "consents": [{"purpose": "MATCHING", "given_at": "2026-11-01T08:00:00+08:00", "method": "WRITTEN"}],
    }
    response = matching.officer.post("/v1/recommendations", json={"profile": profile}, params={"lang": "en"})
    answer = response.json()
    assert response.status_code == 200, answer
    assert answer["candidate"] is None
    assert answer["verdict"]["state"] == "ELIGIBLE_BY"
    assert "Maria" not in response.text and profile["nik"] not in response.text
    assert matching.officer.get(f"/v1/recommendations/{answer['id']}").json() == answer


def test_a_profile_without_consent_is_not_looked_at(matching: Matching, world: dict[str, Any]) -> None:
    answer = matching.officer.post("/v1/recommendations", json={"profile": {"birth_date": "2000-03-10"}}).json()
    assert answer["verdict"]["state"] == "CONSENT_NEEDED"


def test_every_rule_of_one_order_is_named_with_its_basis(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    asked = {"candidate": person["id"], "job_order": world["order"]["id"]}
    verdict = matching.officer.post("/v1/eligibility", json=asked).json()
    assert (verdict["state"], verdict["deciding"]) == ("NO_PATH", ["GATE"])
    for rule in verdict["rules"]:
        assert rule["rule"] and rule["version"] and rule["legal_basis"]["instrument"]
        assert rule["text"]["id"] and rule["text"]["en"]


def test_a_draft_order_is_judged_before_it_is_published(matching: Matching, world: dict[str, Any]) -> None:
    person = make.a_person_payload(id=ids.new())
    matching.hear("candidate", person)
    draft = an_order(requirements={"kind": "age", "min": 40, "max": 50})
    verdict = matching.officer.post("/v1/eligibility", json={"candidate": person["id"], "job_order": draft}).json()
    assert "AGE" in "".join(verdict["deciding"])
    assert not verdict["eligible"]


def test_a_draft_may_name_its_company_and_look_like_placements_own_document(
    matching: Matching, world: dict[str, Any]
) -> None:
    person = make.a_person_payload(id=ids.new())
    matching.hear("candidate", person)
    known = world["order"]
    shown = {**known, "slots": 5, "created_at": "2026-11-01T00:00:00Z", "close_reason": None}
    shown["company"] = known["company"]["sip3mi"]
    shown["employer"] = {**known["employer"], "partner": "MITRA-1"}
    shown["skills"] = [{"text": "bersih rumah", "essential": True}]
    verdict = matching.officer.post("/v1/eligibility", json={"candidate": person["id"], "job_order": shown}).json()
    assert verdict["state"] == "ELIGIBLE_NOW", verdict
    shown["company"] = "SIP3MI-OF-NOBODY"
    verdict = matching.officer.post("/v1/eligibility", json={"candidate": person["id"], "job_order": shown}).json()
    assert not verdict["eligible"] and "COMPANY_LICENCE" in verdict["deciding"]


def test_the_past_is_asked_for_with_its_own_law(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    before = ask(matching, person["id"], as_of_date="2018-11-13").json()
    assert before["as_of"]["day"] == "2018-11-13"
    unknown_then = ask(matching, person["id"], known_on="2020-01-01").json()
    assert "GATE" not in {rule["code"] for rule in unknown_then["requirements"]}


def test_what_was_shown_can_be_decided_on_and_nothing_else(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = ask(matching, person["id"]).json()
    chosen = {"courses": [world["course"]["id"]], "batches": [world["batch"]["id"]], "job_orders": []}
    url = f"/v1/recommendations/{shown['id']}/decisions"
    decided = matching.officer.post(url, json={"decision": "ACCEPTED", "chosen": chosen, "note": "mau ikut"})
    assert decided.status_code == 201, decided.text
    assert decided.json()["candidate_id"] == person["id"]
    told = [event.data for event in outbox.waiting(matching.database) if event.topic == "matching.recommendations.v1"]
    assert [data["chosen"] for data in told if data and data["candidate_id"] == person["id"]] == [chosen]
    assert "mau ikut" not in json.dumps(told)
    strange = {"courses": [ids.new()], "batches": [], "job_orders": []}
    refused = matching.officer.post(url, json={"decision": "ACCEPTED", "chosen": strange})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/chosen/courses/0")


def test_a_change_of_the_catalogue_counts_at_once(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    assert ask(matching, person["id"]).json()["pathways"]
    full = {**world["batch"], "version": 2, "taken": world["batch"]["seats"], "status": "FULL"}
    matching.hear("batch", full)
    assert not ask(matching, person["id"]).json()["pathways"]
    matching.hear("batch", {**world["batch"], "version": 3})
    assert ask(matching, person["id"]).json()["pathways"]


BROKEN: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/v1/candidates/x/recommendations", {}, 404),
    ("GET", "/v1/candidates/{id}/recommendations?courses=-1", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?courses=many", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?placements=1000", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?lang=fr", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?wait=-3", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?as_of_date=31/12/2026", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?known_on=2026-02-30", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?unknown=1", {}, 422),
    ("GET", "/v1/recommendations/nothing", {}, 404),
    ("POST", "/v1/recommendations", {}, 422),
    ("POST", "/v1/recommendations", {"profile": []}, 422),
    ("POST", "/v1/recommendations", {"profile": {"birth_date": "1/1/2000"}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"sex": "W"}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"regency": "5306"}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"education": {"level": "SMEA"}}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"requirements": {"PASPOR": {"status": "MET"}}}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"skills": [{"source": "HOME"}]}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"favourite": 1}}, 422),
    ("POST", "/v1/eligibility", {}, 422),
    ("POST", "/v1/eligibility", {"profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": "x", "profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": 7, "profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": {"country": "Malaysia"}, "profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": "{id}", "profile": {}, "candidate": "{id}"}, 422),
    ("POST", "/v1/eligibility", {"job_order": "{id}", "profile": {}}, 404),
    ("POST", "/v1/recommendations/nothing/decisions", {"decision": "ACCEPTED"}, 404),
    ("POST", "/v1/recommendations/nothing/decisions", {"decision": "MAYBE"}, 422),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), BROKEN)
def test_a_broken_question_is_refused_with_a_code(
    matching: Matching, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    id = ids.new()
    filled = json.loads(json.dumps(body).replace("{id}", id))
    response = matching.officer.request(method, path.replace("{id}", id), json=filled if method == "POST" else None)
    problem = response.json()
    assert response.status_code == status, problem
    assert problem["code"] and problem["title"]
    if status == 422:
        assert all(error["pointer"].startswith("/") or error["pointer"] == "" for error in problem["errors"])


def test_a_tree_too_deep_or_too_wide_is_refused_at_the_door(matching: Matching) -> None:
    deep: dict[str, Any] = {"kind": "age", "min": 18}
    for _ in range(20):
        deep = {"all": [deep]}
    wide = {"all": [{"kind": "age", "min": 18}] * 10_000}
    for tree in (deep, wide):
        order = {"country": "MYS", "isco08": "9111", "employer": {"type": "HOUSEHOLD"}, "requirements": tree}
        refused = matching.officer.post("/v1/eligibility", json={"profile": {}, "job_order": order})
        assert refused.status_code in (400, 422), refused.text
        assert refused.json()["errors"][0]["pointer"].startswith("/job_order/requirements")


def as_supervisor(matching: Matching) -> httpx.Client:
    token = matching.issuer.mint("supervisor", "Budi Pengawas", "KUPANG")
    return httpx.Client(base_url=matching.officer.base_url, headers={"Authorization": f"Bearer {token}"}, timeout=60)


def test_a_draft_law_is_tried_out_and_small_sums_stay_hidden(matching: Matching, world: dict[str, Any]) -> None:
    for number in range(12):
        matching.hear("candidate", make.a_person_payload(id=ids.new(), home_regency="53.06"))
        if number < 3:
            matching.hear("candidate", make.a_person_payload(id=ids.new(), home_regency="53.20"))
    ban = {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None}
    draft = {"code": "BAN-TRY", "kind": "BAN", "revisions": [{"valid_from": day(0), "content": ban}]}
    with as_supervisor(matching) as supervisor:
        answer = supervisor.post("/v1/what-if", json={"policy": draft})
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        assert shown["affected_orders"] >= 1 and shown["changed"] >= 12
        by_regency = {(cell["regency"], cell["to"]): cell["people"] for cell in shown["by_regency"]}
        assert all(people is None or people >= 10 for people in by_regency.values())
        unreadable = {**draft, "revisions": [{"valid_from": day(0), "content": {"countries": 7}}]}
        refused = supervisor.post("/v1/what-if", json={"policy": unreadable})
        assert (refused.status_code, refused.json()["code"]) == (422, "draft_unreadable")
        batch = {"course_id": world["course"]["id"], "starts": day(10), "ends": day(40)}
        assert supervisor.post("/v1/what-if", json={"batch": batch}).status_code == 200
        assert supervisor.post("/v1/what-if", json={}).status_code == 422
    assert matching.officer.post("/v1/what-if", json={"policy": draft}).status_code == 403


def test_where_no_path_is_the_one_change_that_would_make_one_is_named(
    matching: Matching, world: dict[str, Any]
) -> None:
    person = a_person(wishes={"isco08": ["9111"], "destinations": ["MYS"]})
    matching.hear("candidate", person)
    full = {**world["batch"], "version": 11, "taken": world["batch"]["seats"], "status": "FULL"}
    matching.hear("batch", full)
    goal = ask(matching, person["id"], lang="en").json()["verdict"]["goal"]
    assert goal["pathways"] == []
    assert (goal["nearest_change"]["change"], goal["nearest_change"]["batch"]) == ("SEAT", world["batch"]["id"])
    assert goal["nearest_change"]["text"]
    matching.hear("batch", {**world["batch"], "version": 12})


def test_the_province_hears_how_many_need_what_and_never_of_fewer_than_ten(
    matching: Matching, world: dict[str, Any]
) -> None:
    for number in range(13):
        regency = "53.06" if number < 10 else "53.20"
        matching.hear("candidate", a_person(home_regency=regency))
    matching.hear("batch", {**world["batch"], "version": 21, "taken": 16, "status": "FULL"})
    records = Records(matching.database)
    catalogue = Catalogue(matching.database, Distances.read(Path("deploy/data/distances.csv")))
    counting.count(matching.database, ReadModels(matching.database), records, catalogue)
    told = [event for event in outbox.waiting(matching.database) if event.topic == "matching.demand.v1"]
    sums = {event.data["regency"]: event.data for event in told if event.data}
    assert "53.20" not in sums
    assert sums["53.06"]["programme"] == "COMPETENCE:HOUSEKEEPER" and sums["53.06"]["count"] >= 10
    counting.count(matching.database, ReadModels(matching.database), records, catalogue)
    again = [event for event in outbox.waiting(matching.database) if event.topic == "matching.demand.v1"]
    assert len(again) == len(told), "a sum that did not change is not told again"
    matching.hear("batch", {**world["batch"], "version": 22})
    counting.count(matching.database, ReadModels(matching.database), records, catalogue)
    last = [event for event in outbox.waiting(matching.database) if event.topic == "matching.demand.v1"]
    assert last[-1].data is None, "nobody needs it any more"
