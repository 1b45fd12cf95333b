"""What the province asks of everybody at once: a draft law tried out, and the training that many lack."""

import json
from pathlib import Path
from typing import Any

import httpx

from services.matching.actions import counting
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared import ids
from shared.events import outbox
from tests import builders as make
from tests.integration.matching.conftest import Matching
from tests.integration.matching.heard import CONTRACTS, a_person, day


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


def test_what_if_lists_the_open_applications_that_it_would_stop_and_tells_other_ways(
    matching: Matching, world: dict[str, Any]
) -> None:
    told = json.loads((CONTRACTS / "placement/applications.v1.good.json").read_text(encoding="utf-8"))
    people = [make.a_person_payload(id=ids.new()) for _ in range(11)]
    for person in people:
        matching.hear("candidate", person)
    application = {
        **told,
        "id": ids.new(),
        "version": 1,
        "candidate_id": people[0]["id"],
        "job_order_id": world["order"]["id"],
        "state": "APPLIED",
        "reserved": True,
    }
    matching.hear("application", application)
    matching.hear("application", {**application, "id": ids.new(), "candidate_id": people[1]["id"], "state": "DEPARTED"})
    ban = {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None}
    draft = {"code": "BAN-TRY", "kind": "BAN", "revisions": [{"valid_from": day(0), "content": ban}]}
    with as_supervisor(matching) as supervisor:
        shown = supervisor.post("/v1/what-if", json={"policy": draft}).json()
    assert shown["no_way_left"] >= 11 and shown["other_way"] == 0
    [stopped] = shown["applications"]
    assert (stopped["application"], stopped["candidate"]) == (application["id"], people[0]["id"])
    [rule] = stopped["rules"]
    assert (rule["rule"], stopped["state"], stopped["country"]) == ("BAN", "APPLIED", "MYS")
    assert rule["text"]["id"] and rule["text"]["en"] and rule["legal_basis"]["instrument"]
    assert stopped["title"] == world["order"]["title"] and shown["all_searched"] is True
    words = {cell["from"]: cell["to"] for cell in shown["total"]}
    assert words["ELIGIBLE_NOW"] == "NO_PATH"
    # Whoever could be trained for it is TRAINING today, in the sums as in the single question.
    untrained = a_person()
    matching.hear("candidate", untrained)
    asked = {"candidate": untrained["id"], "job_order": world["order"]["id"]}
    assert matching.officer.post("/v1/eligibility", json=asked).json()["state"] == "TRAINING"
    assert words.get("TRAINING", "NO_PATH") == "NO_PATH" and "NO_PATH" not in words


def test_the_province_hears_how_many_need_what_and_never_of_fewer_than_ten(
    matching: Matching, world: dict[str, Any]
) -> None:
    for number in range(13):
        regency = "53.06" if number < 10 else "53.20"
        matching.hear("candidate", a_person(home_regency=regency))
    matching.hear("batch", {**world["batch"], "version": 21, "taken": 16, "status": "FULL"})
    records = Records(matching.database)
    catalogue = LiveWorld(matching.database, Distances.read(Path("deploy/data/distances.csv")))
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
