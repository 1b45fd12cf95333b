"""The answer about one person, over a real socket, from what the other houses told."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from services.matching.actions import recommending, withdrawals
from services.matching.matcher.advice.advise import advise
from services.matching.store.records import Records
from shared import clock, ids
from shared.documents.mongo import TxCollection
from shared.events import outbox
from shared.events.contracts import check_said
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


def test_an_answer_is_opened_again_exactly_as_it_was_shown(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = matching.ask(person["id"], lang="en").json()
    again = matching.ask(person["id"], lang="en").json()
    assert again == shown, "the same question on the same facts is the same answer"
    matching.hear("candidate", {**person, "version": 2, "sex": "M"})
    assert matching.ask(person["id"], lang="en").json()["id"] != shown["id"]
    assert matching.officer.get(f"/v1/recommendations/{shown['id']}").json() == shown


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


def test_erasure_takes_the_answers_along(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = matching.ask(person["id"]).json()
    matching.hear("candidate", None, key=person["id"], version=2)
    gone = matching.officer.get(f"/v1/recommendations/{shown['id']}")
    assert (gone.status_code, gone.json()["code"]) == (410, "erased")
    assert matching.ask(person["id"]).status_code == 410
    matching.hear("candidate", {**person, "version": 1})
    assert matching.ask(person["id"]).status_code == 410, "a late record brings nobody back"


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


def test_what_was_shown_can_be_decided_on_and_nothing_else(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = matching.ask(person["id"]).json()
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


def test_what_was_answered_and_decided_before_is_listed_the_newest_first(
    matching: Matching, world: dict[str, Any]
) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = [matching.ask(person["id"], as_of_date=day(number)).json() for number in (0, 1, 2)]
    for answer, decision in zip(shown, ("POSTPONED", "DECLINED"), strict=False):
        body = {"decision": decision, "note": "nanti saja"}
        made = matching.officer.post(f"/v1/recommendations/{answer['id']}/decisions", json=body)
        assert made.status_code == 201, made.text
    query = {"candidate": person["id"], "limit": 2}
    first = matching.officer.get("/v1/recommendations", params=query).json()
    rest = matching.officer.get("/v1/recommendations", params={**query, "after": first["next"]}).json()
    lines = first["items"] + rest["items"]
    assert [line["id"] for line in lines] == [answer["id"] for answer in reversed(shown)] and rest["next"] is None
    assert [line["day"] for line in lines] == [day(2), day(1), day(0)]
    assert lines[0]["verdict"] == {name: shown[2]["verdict"][name] for name in ("state", "date", "text")}
    decided = matching.officer.get("/v1/decisions", params={"candidate": person["id"]}).json()["items"]
    assert [(one["decision"], one["recommendation"]) for one in decided] == [
        ("DECLINED", shown[1]["id"]),
        ("POSTPONED", shown[0]["id"]),
    ]
    assert decided[0]["note"] == "nanti saja"
    matching.hear("candidate", {"id": person["id"], "version": 2, "consent": "WITHDRAWN"})
    hidden = matching.officer.get("/v1/recommendations", params={"candidate": person["id"]}).json()["items"]
    assert [line["verdict"] for line in hidden] == [None] * 3
    matching.hear("candidate", None, key=person["id"], version=3)
    for path in ("/v1/recommendations", "/v1/decisions"):
        assert matching.officer.get(path, params={"candidate": person["id"]}).status_code == 410
        assert matching.officer.get(path).status_code == 422
        assert matching.officer.get(path, params={"candidate": ids.new()}).status_code == 404


def test_what_was_said_with_a_consent_that_was_withdrawn_is_not_opened_or_decided_on_and_goes(
    matching: Matching, world: dict[str, Any]
) -> None:
    person = a_person()
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    path = f"/v1/recommendations/{answer['id']}"
    snapshots = matching.database.collection("snapshots")
    matching.hear("candidate", {"id": person["id"], "version": 2, "consent": "WITHDRAWN"})
    body = {"decision": "POSTPONED"}
    for refused in (matching.officer.get(path), matching.officer.post(f"{path}/decisions", json=body)):
        assert (refused.status_code, refused.json()["code"]) == (410, "consent_withdrawn")
    first = snapshots.find_one({"_id": answer["id"]})
    assert first is not None and timedelta(days=89) < first["expires_at"] - clock.wall() <= timedelta(days=90)
    needed = matching.ask(person["id"]).json()
    assert needed["verdict"]["state"] == "CONSENT_NEEDED"
    assert matching.officer.get(f"/v1/recommendations/{needed['id']}").json() == needed, "it says nothing of them"
    matching.hear("candidate", {"id": person["id"], "version": 3, "consent": "WITHDRAWN"})
    again = snapshots.find_one({"_id": answer["id"]})
    assert again is not None and again["expires_at"] == first["expires_at"], "from the day on which it was withdrawn"
    long_ago = {"$set": {"until": clock.wall() - timedelta(days=9)}}
    matching.database.collection("withdrawn").update_one({"_id": person["id"]}, long_ago)
    later = matching.ask(person["id"], lang="en").json()
    kept = snapshots.find_one({"_id": later["id"]})
    assert kept is not None and kept["expires_at"] > clock.wall() + timedelta(days=89), "it can be opened again"
    matching.hear("candidate", {**person, "version": 4})
    assert matching.officer.get(path).json() == answer, "given again, it opens as it was shown"
    assert all("expires_at" not in row for row in snapshots.find({"candidate_id": person["id"]}))


def test_a_supervisor_opens_what_was_said_before_with_a_reason_that_stays(
    matching: Matching, world: dict[str, Any]
) -> None:
    person = a_person()
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    matching.hear("candidate", {"id": person["id"], "version": 2, "consent": "WITHDRAWN"})
    path = f"/v1/recommendations/{answer['id']}/openings"
    why = {"reason": "Pengaduan keluarga, surat 12 Maret"}
    assert matching.officer.post(path, json=why).status_code == 403
    looks = matching.database.collection("openings")
    with matching.as_("supervisor", name="Budi Pengawas") as supervisor:
        assert supervisor.post(path, json={"reason": "pendek"}).status_code == 422
        assert looks.find_one({"candidate_id": person["id"]}) is None, "nothing was opened"
        assert supervisor.get(f"/v1/recommendations/{answer['id']}").status_code == 410, "not without a reason"
        assert supervisor.post(path, json=why).json() == answer
        of_person = {"candidate": person["id"]}
        assert matching.officer.get("/v1/openings", params=of_person).status_code == 403
        (told,) = supervisor.get("/v1/openings", params=of_person).json()["items"]
        assert (told["recommendation"], told["reason"], told["candidate_id"]) == (
            answer["id"],
            *why.values(),
            person["id"],
        )
        assert supervisor.get("/v1/openings", params={"candidate": a_person()["id"]}).status_code == 404
        look = looks.find_one({"candidate_id": person["id"]})
        assert look is not None and (look["recommendation_id"], look["reason"]) == (answer["id"], why["reason"])
        matching.hear("candidate", None, key=person["id"], version=3)
        assert supervisor.post(path, json=why).status_code == 410
    assert [(row["by"], row["reason"]) for row in looks.find({"candidate_id": person["id"]})] == [(look["by"], None)]


def test_an_answer_that_is_kept_while_consent_is_taken_back_goes_too(
    matching: Matching, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person()
    matching.hear("candidate", person)
    withdrawn = {"id": person["id"], "version": 2, "consent": "WITHDRAWN"}
    withdrawing = threading.Thread(target=lambda: matching.hear("candidate", withdrawn))
    find_one = TxCollection.find_one

    def withdrawn_meanwhile(self: TxCollection, where: Any, *rest: Any, **more: Any) -> Any:
        found = find_one(self, where, *rest, **more)
        if self._collection.name == "withdrawn" and not withdrawing.ident:
            withdrawing.start()
            withdrawing.join(0.3)
        return found

    with monkeypatch.context() as slow:
        slow.setattr(TxCollection, "find_one", withdrawn_meanwhile)
        answer = matching.ask(person["id"]).json()
    withdrawing.join(20)
    kept = matching.database.collection("snapshots").find_one({"_id": answer["id"]})
    assert kept is not None and "expires_at" in kept


def test_who_took_consent_back_before_that_was_heeded_is_heeded_by_the_daily_job(
    matching: Matching, world: dict[str, Any]
) -> None:
    people = {"WITHDRAWN": a_person(), "GIVEN": a_person()}
    for person in people.values():
        matching.hear("candidate", person)
        matching.ask(person["id"])
    matching.hear("candidate", {"id": people["WITHDRAWN"]["id"], "version": 2, "consent": "WITHDRAWN"})
    snapshots, noted = (matching.database.collection(name) for name in ("snapshots", "withdrawn"))
    # As an earlier version left them, and as a restored backup may: one not noted, the other noted still.
    noted.delete_many({})
    tomorrow = clock.wall() + timedelta(days=1)
    noted.insert_one({"_id": people["GIVEN"]["id"], "until": tomorrow})
    snapshots.update_one({"candidate_id": people["WITHDRAWN"]["id"]}, {"$unset": {"expires_at": ""}})
    snapshots.update_one({"candidate_id": people["GIVEN"]["id"]}, {"$set": {"expires_at": tomorrow}})
    assert withdrawals.heed(Records(matching.database)) > clock.now()
    goes = {
        state: "expires_at" in (snapshots.find_one({"candidate_id": one["id"]}) or {}) for state, one in people.items()
    }
    assert goes == {"WITHDRAWN": True, "GIVEN": False}
    assert noted.find_one({"_id": people["WITHDRAWN"]["id"]}) and not noted.find_one({"_id": people["GIVEN"]["id"]})


def test_of_two_records_of_one_person_the_answers_are_about_the_one_that_was_kept(
    matching: Matching, world: dict[str, Any]
) -> None:
    kept, other = a_person(), a_person()
    for person in (kept, other):
        matching.hear("candidate", person)
    mine, theirs = (matching.ask(person["id"]).json() for person in (kept, other))
    body = {"decision": "ACCEPTED"}
    decided = matching.officer.post(f"/v1/recommendations/{theirs['id']}/decisions", json=body).json()
    pointer = {"id": other["id"], "version": 9, "consent": "NONE", "merged_into": kept["id"]}
    matching.hear("candidate", pointer)
    rows = matching.officer.get("/v1/recommendations", params={"candidate": kept["id"]}).json()["items"]
    assert {row["id"] for row in rows} == {mine["id"], theirs["id"]}
    assert matching.officer.get(f"/v1/recommendations/{theirs['id']}").json() == theirs, "as it was shown"
    (moved,) = matching.officer.get("/v1/decisions", params={"candidate": kept["id"]}).json()["items"]
    assert (moved["id"], moved["candidate_id"], moved["version"]) == (decided["id"], kept["id"], 2)
    refused = matching.ask(other["id"])
    assert (refused.status_code, refused.json()["merged_into"]) == (410, kept["id"])


@pytest.mark.parametrize("survivor", ["erased", "merged on"])
def test_records_that_became_one_are_followed_in_whatever_order_that_was_heard(
    matching: Matching, world: dict[str, Any], survivor: str
) -> None:
    other, middle, last = a_person(), a_person(), a_person()
    for person in (other, middle, last):
        matching.hear("candidate", person)
    answer = matching.ask(other["id"]).json()
    if survivor == "erased":
        matching.hear("candidate", None, key=middle["id"], version=9)
    else:
        matching.hear("candidate", {"id": middle["id"], "version": 9, "consent": "NONE", "merged_into": last["id"]})
    matching.hear("candidate", {"id": other["id"], "version": 9, "consent": "NONE", "merged_into": middle["id"]})
    opened = matching.officer.get(f"/v1/recommendations/{answer['id']}")
    if survivor == "erased":
        assert opened.status_code == 410
    else:
        assert opened.json() == answer
        rows = matching.officer.get("/v1/recommendations", params={"candidate": last["id"]}).json()["items"]
        assert [row["id"] for row in rows] == [answer["id"]]


def test_a_decision_makes_the_referral_in_one_call(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    answer = matching.ask(person["id"]).json()
    batch = answer["courses"][0]["batch"]
    path = f"/v1/recommendations/{answer['id']}/decisions"
    made = matching.officer.post(path, json={"decision": "ACCEPTED", "refer": batch})
    assert made.status_code == 201, made.text
    referral = made.json()["referral"]
    assert referral == {"id": referral["id"], "batch": batch, "state": None, "drop_reason": None}
    assert made.json()["chosen"]["batches"] == [batch]
    (told,) = matching.said(made.json()["id"])
    assert told.data is not None
    assert told.data["referral"] == {"enrolment_id": referral["id"], "batch_id": batch, "centre": "KUPANG"}
    check_said(told.topic, told.data)
    enrolment = {"id": referral["id"], "version": 1, "candidate_id": person["id"], "batch_id": batch}
    nothing = dict.fromkeys(("hold_until", "finished_on", "result", "drop_reason", "gives"))
    course = answer["courses"][0]["course"]
    matching.hear("enrolment", {**enrolment, **nothing, "course_id": course, "state": "APPLIED"})
    (listed,) = matching.officer.get("/v1/decisions", params={"candidate": person["id"]}).json()["items"]
    assert listed["referral"]["state"] == "APPLIED"
    for body, pointer in (
        ({"decision": "ACCEPTED", "refer": ids.new()}, "/refer"),
        ({"decision": "POSTPONED", "refer": batch}, "/refer"),
    ):
        refused = matching.officer.post(path, json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    plain = matching.officer.post(path, json={"decision": "DECLINED"}).json()
    assert plain["referral"] is None
