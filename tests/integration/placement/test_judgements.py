"""The law at every door: nothing passes unjudged, unlawful stops, unknown waits, papers bind at their step."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from services.placement import says
from services.placement.actions import judgements
from services.placement.hears import hears
from shared import clock, ids
from shared.events.hearing import Hearing
from tests.integration.placement.conftest import Answer, Placement, day
from tests.integration.placement.judged import a_ban, move, override, shown, trail
from tests.support.served import a_rule

OpenOrder = Callable[..., Answer]


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


def test_erasure_takes_the_trail_of_an_application_along(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    placement.judge(applied["id"], a_rule("AGE_18"))
    assert placement.database.collection("trail").count_documents({"subject": applied["id"]}) == 1
    placement.hear_of(applied["candidate_id"], 2, consent=None)
    assert placement.database.collection("trail").count_documents({"subject": applied["id"]}) == 0


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


def test_a_company_hears_that_something_personal_stands_against_it_and_not_what(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    """Health and records are specific data: its desk sees which rule it is, whoever offers the work does not."""
    owner = (placement.rooms.bookings.applications.load(applied["id"]) or {})["company_id"]
    company = placement.with_credential(placement.issuer.mint("company", "Uji Sendiri", organisation=owner))
    ban, school = a_rule("ENTRY_BAN", "UNKNOWN"), a_rule("EDUCATION", "UNKNOWN")
    placement.judge(applied["id"], ban, school)
    words = "Surat imigrasi dilihat, deportasi 2019"
    assert override(supervisor, applied, "ENTRY_BAN", reason=words).status_code == 201
    path = f"/v1/applications/{applied['id']}"
    assert [rule["rule"] for rule in shown(officer, applied)["judgement"]["rules"]] == ["ENTRY_BAN", "EDUCATION"]
    seen = [
        company.get(path).text,
        company.get("/v1/applications", params={"job_order": applied["job_order_id"]}).text,
        company.get(f"{path}/trail").text,
        move(company, applied, "SELECTED").text,
    ]
    placement.judge(applied["id"], a_rule("FITNESS"), a_rule("NO_RECORD"), a_rule("AGE_18"))
    seen += [company.get(path).text, move(company, applied, "SELECTED").text]
    for text in seen:
        assert not [word for word in ("ENTRY_BAN", "FITNESS", "NO_RECORD", "imigrasi", "deportasi") if word in text], (
            text
        )
    assert [rule["rule"] for rule in shown(company, applied)["judgement"]["rules"]] == [
        "SPECIFIC",
        "SPECIFIC",
        "AGE_18",
    ]
