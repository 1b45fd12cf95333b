"""The law at every door: nothing passes unjudged, unlawful stops, unknown waits, papers bind at their step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from services.placement import says
from services.placement.actions import judgements
from services.placement.hears import hears
from shared import clock, ids
from shared.events.hearing import Hearing
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, day
from tests.support.served import a_rule

OpenOrder = Callable[..., Answer]


@pytest.fixture
def applied(placement: Placement, officer: httpx.Client, open_order: OpenOrder) -> Answer:
    """An application that nobody has judged yet, with a slot reserved."""
    order, person = open_order(), placement.a_candidate()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    return created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})


def shown(client: httpx.Client, application: Answer) -> Answer:
    answer: Answer = client.get(f"/v1/applications/{application['id']}").json()
    return answer


def move(client: httpx.Client, application: Answer, state: str) -> httpx.Response:
    version = shown(client, application)["version"]
    path = f"/v1/applications/{application['id']}"
    return client.patch(path, json={"state": state}, headers={"If-Match": f'"{version}"'})


def trail(client: httpx.Client, path: str) -> list[tuple[str, str]]:
    return [(row["what"], row["by"]) for row in client.get(f"{path}/trail").json()["items"]]


def test_nothing_passes_unjudged(officer: httpx.Client, applied: Answer) -> None:
    assert (applied["state"], applied["judgement"], applied["stopped_at"]) == ("APPLIED", None, None)
    answer = move(officer, applied, "SELECTED")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (409, "not_judged_yet", "1")
    assert move(officer, applied, "WITHDRAWN").status_code == 200


def _person_changed(placement: Placement, application: Answer) -> None:
    placement.hear_of(application["candidate_id"], 2)


def _order_changed(placement: Placement, application: Answer) -> None:
    with placement.as_("reviewer", name="Rita Peninjau") as reviewer:
        path = f"/v1/job-orders/{application['job_order_id']}"
        version = reviewer.get(path).json()["version"]
        changed = reviewer.patch(path, json={"term_months": 36}, headers={"If-Match": f'"{version}"'})
        assert changed.json()["verification"] == "VERIFIED"


def _law_changed(placement: Placement, application: Answer) -> None:
    a_ban(placement)


@pytest.mark.parametrize("change", [_person_changed, _order_changed, _law_changed])
def test_a_judgement_older_than_what_was_heard_counts_no_more(
    placement: Placement, officer: httpx.Client, applied: Answer, change: Callable[[Placement, Answer], None]
) -> None:
    placement.judge(applied["id"])
    assert shown(officer, applied)["judgement"]["current"] is True
    change(placement, applied)
    assert shown(officer, applied)["judgement"]["current"] is False
    assert move(officer, applied, "SELECTED").json()["code"] == "not_judged_yet"
    placement.judge(applied["id"])
    assert move(officer, applied, "SELECTED").status_code == 200


def test_a_mere_proposal_of_a_law_keeps_nobody_waiting(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    placement.judge(applied["id"])
    a_ban(placement, approved=False)
    assert move(officer, applied, "SELECTED").status_code == 200


def test_a_judgement_of_yesterday_counts_no_more(placement: Placement, officer: httpx.Client, applied: Answer) -> None:
    placement.judge(applied["id"], day=day(-1))
    assert move(officer, applied, "SELECTED").json()["code"] == "not_judged_yet"
    placement.judge(applied["id"])
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert move(officer, applied, "SELECTED").json()["code"] == "not_judged_yet"


@pytest.mark.parametrize("reached", [[], ["SELECTED"], ["SELECTED", "AGREED"]])
def test_unlawful_stops_with_rules_and_goes_on_when_the_cause_ends(
    placement: Placement, officer: httpx.Client, applied: Answer, reached: list[str]
) -> None:
    placement.judge(applied["id"])
    for state in reached:
        assert move(officer, applied, state).status_code == 200
    before = shown(officer, applied)["state"]
    placement.judge(applied["id"], a_rule("AGE_18"))
    stopped = shown(officer, applied)
    assert (stopped["state"], stopped["stopped_at"]) == ("STOPPED", before)
    (rule,) = stopped["judgement"]["rules"]
    assert rule["legal_basis"]["instrument"] and rule["text"]["id"] and rule["next_action"]["en"]
    for state in ("SELECTED", "AGREED", "DEPARTED"):
        refused = move(officer, applied, state)
        assert (refused.status_code, refused.json()["code"]) == (409, "unlawful"), state
        assert refused.json()["rules"][0]["rule"] == "AGE_18"
    told = placement.said(applied["id"], says.APPLICATIONS)[-1]
    assert told.type == "placement.application.stopped"
    assert told.data is not None and (told.data["state"], told.data["stopped_at"]) == ("STOPPED", before)
    placement.judge(applied["id"])
    again = shown(officer, applied)
    assert (again["state"], again["stopped_at"]) == (before, None)
    assert placement.said(applied["id"], says.APPLICATIONS)[-1].type == "placement.application.resumed"
    assert trail(officer, f"/v1/applications/{applied['id']}")[-2:] == [("STOPPED_BY_LAW", "LAW"), ("RESUMED", "LAW")]


def test_a_stopped_application_can_be_ended_and_gives_its_slot_back(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    placement.judge(applied["id"], a_rule("BAN"))
    ended = move(officer, applied, "WITHDRAWN").json()
    assert (ended["state"], ended["stopped_at"], ended["reserved"]) == ("WITHDRAWN", None, False)
    placement.judge(applied["id"])
    assert shown(officer, applied)["state"] == "WITHDRAWN"


def test_what_was_judged_of_another_record_lets_nobody_on(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    """Two records became one person: a lawful judgement of the one that went says nothing of the one that was kept."""
    other = placement.judgement(applied["id"], candidate_id=ids.new())
    Hearing(placement.database, hears(placement.rooms)).apply([other])
    refused = move(officer, applied, "SELECTED")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_judged_yet")
    assert shown(officer, applied)["judgement"]["current"] is False
    placement.judge(applied["id"])
    assert move(officer, applied, "SELECTED").status_code == 200


def test_who_has_left_is_not_stopped(placement: Placement, officer: httpx.Client, applied: Answer) -> None:
    placement.judge(applied["id"])
    for state in ("SELECTED", "AGREED", "DEPARTED"):
        assert move(officer, applied, state).status_code == 200
    placement.judge(applied["id"], a_rule("BAN"))
    assert shown(officer, applied)["state"] == "DEPARTED"


def test_nobody_moves_an_application_into_the_state_of_the_law(officer: httpx.Client, applied: Answer) -> None:
    assert move(officer, applied, "STOPPED").json()["code"] == "step_not_possible"


def test_papers_bind_at_exactly_their_step(placement: Placement, officer: httpx.Client, applied: Answer) -> None:
    health, passport = a_rule("HEALTH_CERTIFICATE", stage="AGREEMENT"), a_rule("PASSPORT", stage="DEPARTURE")
    placement.judge(applied["id"], health, passport)
    assert shown(officer, applied)["judgement"]["outcome"] == "LAWFUL"
    assert move(officer, applied, "SELECTED").status_code == 200
    missing = move(officer, applied, "AGREED")
    assert (missing.status_code, missing.json()["code"]) == (409, "papers_missing")
    assert [rule["rule"] for rule in missing.json()["rules"]] == ["HEALTH_CERTIFICATE"]
    placement.judge(applied["id"], passport)
    assert move(officer, applied, "AGREED").status_code == 200
    assert move(officer, applied, "DEPARTED").json()["code"] == "papers_missing"
    placement.judge(applied["id"])
    assert move(officer, applied, "DEPARTED").status_code == 200


def override(client: httpx.Client, application: Answer, *rules: str, reason: str = "Ijazah asli dilihat") -> Any:
    path = f"/v1/applications/{application['id']}/overrides"
    return client.post(path, json={"rules": list(rules), "reason": reason})


def test_what_is_unknown_waits_until_a_supervisor_answers_for_it(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    unknown, paper = a_rule("EDUCATION", "UNKNOWN"), a_rule("FAMILY_CONSENT", "UNKNOWN", stage="AGREEMENT")
    placement.judge(applied["id"], unknown, paper)
    assert shown(officer, applied)["state"] == "APPLIED"
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
    assert override(officer, applied, "EDUCATION").status_code == 403
    answer = override(supervisor, applied, "EDUCATION")
    assert answer.status_code == 201, answer.text
    assert [rule["overridden"] for rule in answer.json()["judgement"]["rules"]] == [True, False]
    assert answer.json()["overrides"][0]["reason"] == "Ijazah asli dilihat"
    assert move(officer, applied, "SELECTED").status_code == 200
    assert move(officer, applied, "AGREED").json()["code"] == "papers_missing"
    override(supervisor, applied, "FAMILY_CONSENT")
    assert move(officer, applied, "AGREED").status_code == 200
    path = f"/v1/applications/{applied['id']}"
    overridden = [row for row in officer.get(f"{path}/trail").json()["items"] if row["what"] == "OVERRIDDEN"]
    assert [row["rules"] for row in overridden] == [["EDUCATION"], ["FAMILY_CONSENT"]]
    # An answer for what was unknown is none for what turns out not to be met.
    placement.judge(applied["id"], a_rule("EDUCATION", "NOT_MET"))
    assert shown(officer, applied)["state"] == "STOPPED"
    assert move(officer, applied, "DEPARTED").json()["code"] == "unlawful"


@pytest.mark.parametrize(
    ("asked", "code"), [("AGE_18", "rule_not_met"), ("PASSPORT", "rule_not_open"), ("NONSENSE", "rule_not_open")]
)
def test_a_rule_that_is_not_met_binds_supervisors_too(
    placement: Placement, supervisor: httpx.Client, applied: Answer, asked: str, code: str
) -> None:
    placement.judge(applied["id"], a_rule("AGE_18"), a_rule("EDUCATION", "UNKNOWN"))
    refused = override(supervisor, applied, "EDUCATION", asked)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["pointer"], error["code"]) == (422, "/rules/1", code)
    assert shown(supervisor, applied)["overrides"] == []


def test_an_override_sent_twice_is_one(placement: Placement, supervisor: httpx.Client, applied: Answer) -> None:
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    path, body = f"/v1/applications/{applied['id']}/overrides", {"rules": ["EDUCATION"], "reason": "Dilihat"}
    for _ in range(2):
        answer = supervisor.post(path, json=body, headers={"Idempotency-Key": f"once-{applied['id']}"})
        assert (answer.status_code, len(answer.json()["overrides"])) == (201, 1)


def test_an_order_is_verified_only_when_it_is_judged_and_lawful(
    placement: Placement, reviewer: httpx.Client, company: Answer, key_of: Callable[[Answer], httpx.Client]
) -> None:
    mine = key_of(company)
    fee = {"item": "COMPANY_SERVICE_FEE", "payer": "CANDIDATE", "amount": {"amount": 12_000_000, "currency": "IDR"}}
    order = created(mine, "/v1/job-orders", an_order(costs=[fee]))
    path = f"/v1/job-orders/{order['id']}"
    unjudged = reviewer.post(f"{path}/verify", json={})
    assert (unjudged.status_code, unjudged.json()["code"], unjudged.headers["Retry-After"]) == (
        409,
        "not_judged_yet",
        "1",
    )
    placement.judge(order["id"], a_rule("COST", field="/costs/0"))
    refused = reviewer.post(f"{path}/verify", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "unlawful_job_order")
    for client in (mine, reviewer):
        (rule,) = client.get(path).json()["judgement"]["rules"]
        assert (rule["field"], rule["status"]) == ("/costs/0", "NOT_MET")
        assert rule["change"]["id"] and rule["legal_basis"]["instrument"]
    rejected = reviewer.post(f"{path}/verify", json={"decision": "REJECTED", "reason": "TERMS_UNLAWFUL"})
    assert rejected.status_code == 200
    mended = mine.patch(path, json={"costs": []}, headers={"If-Match": f'"{rejected.json()["version"]}"'})
    assert mended.json()["judgement"]["current"] is False
    placement.judge(order["id"])
    assert reviewer.post(f"{path}/verify", json={}).json()["verification"] == "VERIFIED"


def test_a_verified_order_that_becomes_unlawful_is_suspended_by_the_law_and_released_by_it(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    path = f"/v1/job-orders/{order['id']}"
    placement.judge(order["id"], a_rule("BAN", field="/country"))
    suspended = reviewer.get(path).json()
    assert (suspended["status"], suspended["stopped_by_law"]) == ("SUSPENDED", True)
    assert placement.said(order["id"], says.JOB_ORDERS)[-1].type == says.ORDER_SUSPENDED
    body = {"candidate_id": placement.a_candidate(), "job_order_id": order["id"]}
    assert officer.post("/v1/applications", json=body).json()["code"] == "job_order_not_open"
    # Judged again as it stands now, suspension and all, it stays what it is.
    placement.judge(order["id"], a_rule("BAN", field="/country"))
    assert reviewer.get(path).json()["version"] == suspended["version"]
    again = reviewer.post(f"{path}/verify", json={})
    assert (again.status_code, again.json()["code"]) == (409, "unlawful_job_order"), "a yes from before the law"
    placement.judge(order["id"])
    released = reviewer.get(path).json()
    assert (released["status"], released["stopped_by_law"], released["verification"]) == ("OPEN", False, "VERIFIED")
    assert placement.said(order["id"], says.JOB_ORDERS)[-1].type == says.ORDER_RELEASED
    assert trail(reviewer, path) == [
        ("VERIFIED", "dev:rita-peninjau"),
        ("SUSPENDED_BY_LAW", "LAW"),
        ("RELEASED_BY_LAW", "LAW"),
    ]
    created(officer, "/v1/applications", body)


def test_what_a_company_lost_a_moment_ago_stops_a_step_before_anybody_judged(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order, person = open_order(), placement.a_candidate()
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    placement.judge(application["id"])
    company = f"/v1/companies/{order['company']['id']}"
    reviewer.patch(company, json={"status": "REVOKED"}, headers={"If-Match": '"1"'})
    assert move(officer, application, "SELECTED").json()["code"] == "company_not_licensed"


def test_erasure_takes_the_trail_of_an_application_along(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    placement.judge(applied["id"], a_rule("AGE_18"))
    assert placement.database.collection("trail").count_documents({"subject": applied["id"]}) == 1
    placement.hear_of(applied["candidate_id"], 2, consent=None)
    assert placement.database.collection("trail").count_documents({"subject": applied["id"]}) == 0


def test_data_from_before_there_were_judgements_waits_and_passes_nothing(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client
) -> None:
    """What an older version kept has neither a judgement nor the fields that came with it."""
    company = created(reviewer, "/v1/companies", a_company())
    order = created(reviewer, "/v1/job-orders", an_order(company=company["sip3mi"]))
    old = {"$set": {"verification": "VERIFIED"}, "$unset": {"stopped_by_law": ""}}
    placement.database.collection("job_orders").update_one({"_id": order["id"]}, old)
    placement.database.collection("policies").update_many({}, {"$unset": {"standing": ""}})
    person = placement.a_candidate()
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    fields = {"stopped_at": "", "overrides": ""}
    placement.database.collection("applications").update_one({"_id": application["id"]}, {"$unset": fields})
    seen = shown(officer, application)
    assert (seen["judgement"], seen["stopped_at"], seen["overrides"]) == (None, None, [])
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["stopped_by_law"] is False
    assert move(officer, application, "SELECTED").json()["code"] == "not_judged_yet"
    placement.judge(application["id"])
    assert move(officer, application, "SELECTED").status_code == 200


def a_ban(placement: Placement, *, approved: bool = True) -> None:
    """Some other country is closed from now on; it touches no order here, but it is law."""
    with (
        placement.as_("supervisor", name="Sari Pengawas") as proposer,
        placement.as_("supervisor", name="Budi Pengawas") as approver,
    ):
        proposal = {
            "code": f"BAN-{clock.now():%f}-{clock.monotonic()}".replace(".", "-")[:40],
            "kind": "BAN",
            "valid_from": day(0),
            "legal_basis": {"instrument": "Larangan contoh", "article": None, "source": "contoh"},
            "confidence": "H",
            "verified_on": day(0),
            "text": {"id": "Ditutup.", "en": "Closed."},
            "content": {"countries": ["ISL"], "employer_type": None, "isco08": None},
        }
        policy = created(proposer, "/v1/policies", proposal)
        if approved:
            answer = approver.post(f"/v1/policies/{policy['id']}/revisions/1/approve")
            assert answer.status_code == 200, answer.text


def test_an_application_stands_as_it_was_judged_before_that_is_written_down(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    """A law that closes a thousand applications is known of all before the first of them is written."""
    placement.judge(applied["id"], a_rule("AGE_18"), settle=False)
    seen = shown(officer, applied)
    assert (seen["state"], seen["stopped_at"], seen["version"]) == ("STOPPED", "APPLIED", applied["version"])
    assert move(officer, applied, "SELECTED").json()["code"] == "unlawful"
    assert placement.said(applied["id"], says.APPLICATIONS)[-1].type == "placement.application.applied"
    judgements.settle(placement.rooms, older_than=timedelta())
    assert shown(officer, applied)["state"] == "STOPPED"
    assert placement.said(applied["id"], says.APPLICATIONS)[-1].type == "placement.application.stopped"
    placement.judge(applied["id"], settle=False)
    assert shown(officer, applied)["state"] == "APPLIED"
    assert move(officer, applied, "SELECTED").json()["state"] == "SELECTED"
    judgements.settle(placement.rooms, older_than=timedelta())
    assert shown(officer, applied)["state"] == "SELECTED"


def test_what_is_judged_back_and_forth_is_written_once(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    placement.judge(applied["id"], a_rule("AGE_18"), settle=False)
    placement.judge(applied["id"], settle=False)
    while judgements.settle(placement.rooms, older_than=timedelta()):
        continue
    assert shown(officer, applied)["version"] == applied["version"]


def test_a_judgement_is_shown_anew_to_whoever_has_the_same_version(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    path, known = f"/v1/applications/{applied['id']}", {"If-None-Match": f'"{applied["version"]}"'}
    placement.judge(applied["id"], a_rule("AGE_18"), settle=False)
    answer = officer.get(path, headers=known)
    assert (answer.status_code, answer.json()["state"]) == (200, "STOPPED")


def test_figures_count_what_stands_what_waits_and_what_was_answered_for(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    def counted(name: str, key: str) -> dict[str, int]:
        answer = supervisor.get("/v1/applications/figures")
        assert answer.status_code == 200, answer.text
        return {row[key]: row["count"] for row in answer.json()[name]}

    waiting, answered = counted("waiting_for_judgement", "subject"), counted("overrides", "rule")
    states = counted("applications", "state")
    told = REGISTRY.get_sample_value("lumbung_overridden_total", {"rule": "EDUCATION"}) or 0
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    assert counted("waiting_for_judgement", "subject")["APPLICATION"] == waiting["APPLICATION"] - 1
    assert counted("overrides", "rule")["EDUCATION"] == answered.get("EDUCATION", 0) + 1
    assert REGISTRY.get_sample_value("lumbung_overridden_total", {"rule": "EDUCATION"}) == told + 1
    placement.judge(applied["id"], a_rule("EDUCATION"))
    after = counted("applications", "state")
    assert (after["APPLIED"], after["STOPPED"]) == (states["APPLIED"] - 1, states["STOPPED"] + 1)
    assert officer.get("/v1/applications/figures").status_code == 403


def test_judgements_that_come_twice_late_and_in_disorder_end_in_the_newest(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    unlawful, lawful = placement.judgement(applied["id"], a_rule("AGE_18")), placement.judgement(applied["id"])
    hearing = Hearing(placement.database, hears(placement.rooms))
    hearing.apply([lawful, unlawful])
    assert shown(officer, applied)["state"] == "APPLIED"
    hearing.apply([unlawful])
    assert shown(officer, applied)["state"] == "APPLIED"
    judgements.settle(placement.rooms, older_than=timedelta())
    hearing.apply([unlawful])
    judgements.settle(placement.rooms, older_than=timedelta())
    seen = shown(officer, applied)
    assert (seen["state"], seen["version"]) == ("APPLIED", applied["version"])


def test_a_rebuild_that_learns_of_a_judgement_stops_the_application_too(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    told = placement.judgement(applied["id"], a_rule("AGE_18"))
    projection = Hearing(placement.database, hears(placement.rooms)).projections["matching.judgements.v1"]
    placement.database.run(lambda tx: projection.apply(tx, [told], mend=True))
    judgements.settle(placement.rooms, older_than=timedelta())
    assert shown(officer, applied)["state"] == "STOPPED"
    assert placement.said(applied["id"], says.APPLICATIONS)[-1].type == "placement.application.stopped"
