"""The answer about one person, over a real socket, from what the other houses told."""

from typing import Any

import pytest

from services.matching.actions import recommending
from services.matching.matcher.advice.advise import advise
from services.matching.store.records import Records
from shared import ids
from tests import builders as make
from tests.integration.matching.conftest import Matching
from tests.integration.matching.heard import a_person, an_order, day

CONSENT = {"purpose": "MATCHING", "given_at": f"{day(-23)}T08:00:00+08:00", "method": "WRITTEN"}


def test_a_block_shows_the_law_and_the_dated_path_that_opens_it(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person(wishes={"isco08": ["9111"], "destinations": ["MYS"]})
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    assert answer["verdict"]["state"] == "TRAINING"
    assert answer["verdict"]["date"] == world["batch"]["ends"]
    goal = answer["verdict"]["goal"]
    assert {rule["code"] for rule in goal["blocked_by"]} == {"GATE"}
    assert goal["blocked_by"][0]["legal_basis"]["instrument"]
    assert goal["opened_by"][0] == answer["pathways"][0]["kind"] == "FASTEST"
    assert answer["pathways"][0]["unlocks"] == [world["order"]["id"]]
    assert answer["pathways"][0]["steps"][0]["batch"] == world["batch"]["id"]
    assert not any(placement["eligible"] for placement in answer["placements"])
    assert answer["courses"][0]["unlocks"] == [world["order"]["id"]]


def test_a_trained_and_certified_person_may_apply_to_the_same_order(matching: Matching, world: dict[str, Any]) -> None:
    person = make.a_person_payload(id=ids.new())
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW"
    assert [(row["job_order"], row["eligible"]) for row in answer["placements"]] == [(world["order"]["id"], True)]
    assert answer["checklist_of"] == world["order"]["id"] and "later" not in answer["placements"][0]
    later = [rule for rule in answer["requirements"] if rule["stage"] != "APPLY"]
    assert {rule["stage"] for rule in later} == {"AGREEMENT", "DEPARTURE"} and all(
        rule["next_action"] for rule in later
    )


def test_without_consent_the_verdict_is_all_there_is(matching: Matching, world: dict[str, Any]) -> None:
    person: dict[str, Any] = {"id": ids.new(), "version": 1, "consent": "WITHDRAWN"}
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    assert answer["verdict"]["state"] == "CONSENT_NEEDED"
    assert [answer[part] for part in ("requirements", "pathways", "courses", "placements", "blocked", "hidden")] == [
        []
    ] * 6


def test_somebody_under_age_gets_training_and_no_job(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person(birth_date=day(-17 * 365))
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    assert answer["verdict"]["state"] == "TRAINING"
    assert not any(placement["eligible"] for placement in answer["placements"])
    assert answer["courses"]


def test_a_person_of_whom_almost_nothing_is_known_gets_a_verdict(matching: Matching, world: dict[str, Any]) -> None:
    person: dict[str, Any] = {"id": ids.new(), "version": 1, "consent": "GIVEN"}
    matching.hear("candidate", person)
    answer = matching.ask(person["id"])
    assert answer.status_code == 200
    assert answer.json()["verdict"]["state"] != "ELIGIBLE_NOW"


def test_asked_again_with_nothing_changed_the_kept_answer_is_read_and_nothing_is_worked_out(
    matching: Matching, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, profile = a_person(), {"birth_date": day(-25 * 365), "consents": [CONSENT]}
    matching.hear("candidate", person)
    worked_out: list[object] = []

    def counting(*about: Any, **how: Any) -> Any:
        worked_out.append(about)
        return advise(*about, **how)

    monkeypatch.setattr(recommending, "advise", counting)
    shown = matching.ask(person["id"]).json()
    told = matching.officer.post("/v1/recommendations", json={"profile": profile}).json()
    for _ in range(2):  # each first answer counted as shown, which the next question notices once
        matching.ask(person["id"]), matching.officer.post("/v1/recommendations", json={"profile": profile})
    worked_out.clear()
    assert matching.ask(person["id"]).json() == shown
    assert matching.officer.post("/v1/recommendations", json={"profile": profile}).json() == told
    assert worked_out == []
    assert matching.ask(person["id"], lang="en").json()["id"] != shown["id"], "another language is another question"
    matching.hear("candidate", {**person, "version": 2, "sex": "M"})
    assert matching.ask(person["id"]).json()["as_of"]["candidate"] == 2
    assert len(worked_out) == 2
    matching.hear("candidate", None, key=person["id"], version=3)
    assert matching.ask(person["id"]).status_code == 410


def test_an_answer_notes_what_learning_needs_in_codes_and_nothing_else(
    matching: Matching, world: dict[str, Any]
) -> None:
    skill = {"code": "HOUSE_CLEANING", "source": "HOME", "months": 60, "similarity": 1.0, "evidence": "skills/0"}
    work = {"isco08": "9111", "months": 12, "country": None, "similarity": 0.9, "evidence": "work_history/0"}
    person = make.a_person_payload(id=ids.new(), skills=[skill], occupations=[work])
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    snapshot = Records(matching.database).snapshot(answer["id"])
    assert snapshot is not None
    noted = snapshot["seen"]
    assert [told["code"] for told in noted["record"]] == ["HOUSE_CLEANING", "9111"]
    assert all(set(told) == {"code", "level"} and 0 < told["level"] <= 1 for told in noted["record"])
    assert [line["units"] for line in noted["orders"]] == [[world["order"]["isco08"]]]
    assert all("suits" in line["columns"] for line in (*noted["orders"], *noted["courses"]))


def test_a_version_that_is_not_here_yet_is_asked_for_again(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    early = matching.ask(person["id"], min_candidate_version=2, wait=0.05)
    assert (early.status_code, early.json()["code"], early.headers["Retry-After"]) == (409, "not_yet_visible", "1")
    matching.hear("candidate", {**person, "version": 2})
    assert matching.ask(person["id"], min_candidate_version=2).json()["as_of"]["candidate"] == 2


def test_nobody_of_this_id_is_404(matching: Matching) -> None:
    missing = matching.ask(ids.new())
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
        "consents": [CONSENT],
    }
    response = matching.officer.post("/v1/recommendations", json={"profile": profile}, params={"lang": "en"})
    answer = response.json()
    assert response.status_code == 200, answer
    assert answer["candidate"] is None
    assert answer["verdict"]["state"] == "TRAINING"
    assert "Maria" not in response.text and profile["nik"] not in response.text
    assert matching.officer.get(f"/v1/recommendations/{answer['id']}").json() == answer


def test_a_family_consent_that_the_village_head_does_not_know_of_is_refused(
    matching: Matching, world: dict[str, Any]
) -> None:
    def answer(ack: bool | None) -> Any:
        paper = {"status": "MET", "village_head_ack": ack}
        profile = {"birth_date": "2000-03-10", "consents": [CONSENT], "requirements": {"FAMILY_CONSENT": paper}}
        return matching.officer.post("/v1/recommendations", json={"profile": profile})

    refused = answer(False)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["code"]) == (422, "village_head_ack_missing"), refused.text
    assert error["pointer"] == "/profile/requirements/FAMILY_CONSENT/village_head_ack"
    assert answer(True).status_code == answer(None).status_code == 200


def test_a_profile_without_consent_is_not_looked_at(matching: Matching, world: dict[str, Any]) -> None:
    answer = matching.officer.post("/v1/recommendations", json={"profile": {"birth_date": "2000-03-10"}}).json()
    assert answer["verdict"]["state"] == "CONSENT_NEEDED"


def test_every_rule_of_one_order_is_named_with_its_basis(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    asked = {"candidate": person["id"], "job_order": world["order"]["id"]}
    verdict = matching.officer.post("/v1/eligibility", json=asked).json()
    assert (verdict["state"], verdict["deciding"]) == ("TRAINING", ["GATE"])
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
    shown = {**known, "slots": 5, "created_at": f"{day(-23)}T00:00:00Z", "close_reason": None}
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
    before = matching.ask(person["id"], as_of_date="2018-11-13").json()
    assert before["as_of"]["day"] == "2018-11-13"
    unknown_then = matching.ask(person["id"], known_on="2020-01-01").json()
    assert "GATE" not in {rule["code"] for rule in unknown_then["requirements"]}


def test_a_change_of_the_catalogue_counts_at_once(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    assert matching.ask(person["id"]).json()["pathways"]
    full = {**world["batch"], "version": 2, "taken": world["batch"]["seats"], "status": "FULL"}
    matching.hear("batch", full)
    assert not matching.ask(person["id"]).json()["pathways"]
    matching.hear("batch", {**world["batch"], "version": 3})
    assert matching.ask(person["id"]).json()["pathways"]


def test_where_no_path_is_the_one_change_that_would_make_one_is_named(
    matching: Matching, world: dict[str, Any]
) -> None:
    person = a_person(wishes={"isco08": ["9111"], "destinations": ["MYS"]})
    matching.hear("candidate", person)
    full = {**world["batch"], "version": 11, "taken": world["batch"]["seats"], "status": "FULL"}
    matching.hear("batch", full)
    answer = matching.ask(person["id"], lang="en").json()
    assert answer["verdict"]["goal"]["opened_by"] == []
    nearest = answer["nearest_change"]
    assert (nearest["change"], nearest["batch"]) == ("SEAT", world["batch"]["id"])
    assert nearest["text"]
    matching.hear("batch", {**world["batch"], "version": 12})
