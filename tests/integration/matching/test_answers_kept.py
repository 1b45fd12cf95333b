"""What was answered is kept: opened again, decided on, listed, and gone with a consent, a merge or an erasure."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from services.matching.actions import withdrawals
from services.matching.store.records import Records
from shared import clock, ids
from shared.documents.mongo import TxCollection
from shared.events import outbox
from shared.events.contracts import check_said
from tests.integration.matching.conftest import Matching
from tests.integration.matching.heard import a_person, day

CONSENT = {"purpose": "MATCHING", "given_at": f"{day(-23)}T08:00:00+08:00", "method": "WRITTEN"}


def test_an_answer_is_opened_again_exactly_as_it_was_shown(matching: Matching, world: dict[str, Any]) -> None:
    person = a_person()
    matching.hear("candidate", person)
    shown = matching.ask(person["id"], lang="en").json()
    again = matching.ask(person["id"], lang="en").json()
    assert again == shown, "the same question on the same facts is the same answer"
    matching.hear("candidate", {**person, "version": 2, "sex": "M"})
    assert matching.ask(person["id"], lang="en").json()["id"] != shown["id"]
    assert matching.officer.get(f"/v1/recommendations/{shown['id']}").json() == shown


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
