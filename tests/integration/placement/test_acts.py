"""Every role, every act, in every state: the end state is written here beforehand, and nothing else may come of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.placement.model import application as model
from shared import clock
from tests.integration.placement.conftest import Answer, Placement, created
from tests.integration.placement.judged import a_ban, move, override, shown, trail
from tests.support.served import a_rule

OpenOrder = Callable[..., Answer]
KeyOf = Callable[[Answer], httpx.Client]

OFFICE = {
    ("APPLIED", "SELECTED"): "SELECTED",
    ("APPLIED", "WITHDRAWN"): "WITHDRAWN",
    ("APPLIED", "REJECTED"): "REJECTED",
    ("SELECTED", "AGREED"): "AGREED",
    ("SELECTED", "WITHDRAWN"): "WITHDRAWN",
    ("SELECTED", "REJECTED"): "REJECTED",
    ("AGREED", "DEPARTED"): "DEPARTED",
    ("AGREED", "WITHDRAWN"): "WITHDRAWN",
    ("AGREED", "REJECTED"): "REJECTED",
    ("STOPPED", "WITHDRAWN"): "WITHDRAWN",
    ("STOPPED", "REJECTED"): "REJECTED",
}
"""(state, asked for) → the state after it, with a lawful judgement, all papers and a slot; anything else is refused."""

COMPANY = {pair: after for pair, after in OFFICE.items() if pair[1] in ("SELECTED", "REJECTED")}
MAY: dict[str, dict[tuple[str, str], str]] = {
    "officer": OFFICE,
    "supervisor": OFFICE,
    "its company": COMPANY,
    "another company": {},
    "reviewer": {},
    "provider": {},
    "manager": {},
    "nobody": {},
}

EVERY_DAY = ("officer", "its company", "another company", "nobody")
"""Who is tried every day; the others have the same rights as one of them."""


class Case:
    """One application with its slot, put into any state behind the counter, so that each act is tried from there."""

    def __init__(self, placement: Placement, application: Answer) -> None:
        self.placement, self.id, self.order = placement, application["id"], application["job_order_id"]

    def stands(self, state: str) -> None:
        stopped = {"stopped_at": "APPLIED"} if state == "STOPPED" else {"stopped_at": None}
        live = state not in ("WITHDRAWN", "REJECTED")
        signed = state in ("AGREED", "DEPARTED")
        database = self.placement.database
        one = {"state": state, "live": live, "reserved": live, **stopped}
        database.collection("applications").update_one({"_id": self.id}, {"$set": one})
        slot = {"state": "TAKEN" if signed else "HELD" if live else "RELEASED", "live": live}
        database.collection("reservations").update_one({"job_order_id": self.order}, {"$set": slot})
        slots = {"reserved": int(live and not signed), "taken": int(signed)}
        database.collection("quotas").update_one({"_id": self.order}, {"$set": slots})
        # What the law says goes with it: stopped by it, or nothing against it.
        self.placement.judge(self.id, *([a_rule("AGE_18")] if state == "STOPPED" else []), settle=False)
        for row in list(database.collection("to_settle").find({})):
            self._keep(row)

    def _keep(self, row: Answer) -> None:
        """What was heard is kept, without what would follow from it for the state that was made up here."""
        self.placement.database.run(lambda tx: self.placement.rooms.judgements.keep(tx, row, row["ids"]))
        self.placement.rooms.judgements.settled(row["_id"])

    def now(self) -> Answer:
        found = self.placement.rooms.bookings.applications.load(self.id)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def callers(placement: Placement) -> Iterator[dict[str, httpx.Client]]:
    staff = {role: placement.as_(role, name=f"Uji {role}") for role in ("officer", "supervisor", "reviewer", "manager")}
    mint = placement.issuer.mint
    clients = {
        **staff,
        "another company": placement.with_credential(mint("company", "Uji Lain", organisation="0" * 36)),
        "provider": placement.with_credential(mint("provider", "Uji BLK", organisation="0" * 36)),
        "nobody": placement.with_credential(None),
    }
    yield clients
    for client in clients.values():
        client.close()


@pytest.fixture
def applied(placement: Placement, officer: httpx.Client, open_order: OpenOrder) -> Answer:
    """Judged lawful, with a slot reserved."""
    order, person = open_order(), placement.a_candidate()
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    placement.judge(application["id"])
    return application


@pytest.mark.parametrize(
    "role",
    [role if role in EVERY_DAY else pytest.param(role, marks=pytest.mark.deep) for role in MAY],
)
def test_every_act_of_a_role_in_every_state_ends_as_written(
    placement: Placement, callers: dict[str, httpx.Client], applied: Answer, officer: httpx.Client, role: str
) -> None:
    if role == "its company":
        owner = placement.rooms.bookings.applications.load(applied["id"]) or {}
        token = placement.issuer.mint("company", "Uji Sendiri", organisation=owner["company_id"])
        callers = {**callers, role: placement.with_credential(token)}
    case = Case(placement, applied)
    for state in model.STATES:
        for wanted in model.STATES if MAY[role] else ("SELECTED", "WITHDRAWN"):
            case.stands(state)
            before = case.now()
            etag = {"If-Match": f'"{before["version"]}"'}
            answer = callers[role].patch(f"/v1/applications/{case.id}", json={"state": wanted}, headers=etag)
            after, place = case.now()["state"], (role, state, wanted, answer.text)
            if (state, wanted) in MAY[role]:
                assert (answer.status_code, after) == (200, MAY[role][state, wanted]), place
                continue
            assert after == state, place
            if MAY[role] is OFFICE and state == wanted:
                assert (answer.status_code, case.now()["version"]) == (200, before["version"]), place
            elif MAY[role]:
                assert answer.status_code in (403, 409) or state == wanted, place
            else:
                assert answer.status_code == (401 if role == "nobody" else 403), place


def test_a_law_between_selection_and_agreement_stops_there_and_lets_go_on_when_it_ends(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    assert move(officer, applied, "SELECTED").status_code == 200
    a_ban(placement)
    assert move(officer, applied, "AGREED").json()["code"] == "not_judged_yet"
    placement.judge(applied["id"], a_rule("BAN"))
    assert move(officer, applied, "AGREED").json()["code"] == "unlawful"
    placement.judge(applied["id"])
    assert shown(officer, applied)["state"] == "SELECTED"
    assert move(officer, applied, "AGREED").status_code == 200


def test_a_person_erased_while_stopped_leaves_no_application_and_no_slot(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, applied: Answer
) -> None:
    placement.judge(applied["id"], a_rule("BAN"))
    placement.hear_of(applied["candidate_id"], 2, consent=None)
    gone = officer.get(f"/v1/applications/{applied['id']}")
    assert (gone.status_code, gone.json()["code"]) == (410, "erased")
    quota = reviewer.get(f"/v1/job-orders/{applied['job_order_id']}").json()["quota"]
    assert quota["reserved"] == 0, quota
    placement.judge_erased(applied["id"])
    assert officer.get(f"/v1/applications/{applied['id']}").status_code == 410


@pytest.mark.parametrize("who", ["the province", "its company"])
def test_an_order_changed_after_the_agreement_is_judged_again_before_the_departure(
    placement: Placement, officer: httpx.Client, reviewer: httpx.Client, applied: Answer, who: str
) -> None:
    for state in ("SELECTED", "AGREED"):
        assert move(officer, applied, state).status_code == 200
    owner = (placement.rooms.bookings.applications.load(applied["id"]) or {})["company_id"]
    token = placement.issuer.mint("company", "Uji Sendiri", organisation=owner)
    editor = reviewer if who == "the province" else placement.with_credential(token)
    path = f"/v1/job-orders/{applied['job_order_id']}"
    etag = editor.get(path).headers["ETag"]
    assert editor.patch(path, json={"term_months": 12}, headers={"If-Match": etag}).status_code == 200
    first = move(officer, applied, "DEPARTED").json()["code"]
    assert first == ("not_judged_yet" if who == "the province" else "job_order_not_verified")
    placement.judge(applied["id"])
    second = move(officer, applied, "DEPARTED")
    assert second.status_code == (200 if who == "the province" else 409), second.text


def test_consent_withdrawn_stops_and_given_again_lets_go_on(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    assert move(officer, applied, "SELECTED").status_code == 200
    placement.hear_of(applied["candidate_id"], 2, consent="WITHDRAWN")
    assert move(officer, applied, "AGREED").json()["code"] == "not_judged_yet"
    placement.judge(applied["id"], a_rule("CONSENT"))
    stopped = shown(officer, applied)
    assert (stopped["state"], stopped["stopped_at"]) == ("STOPPED", "SELECTED")
    placement.hear_of(applied["candidate_id"], 3)
    assert move(officer, applied, "AGREED").json()["code"] == "not_judged_yet"
    placement.judge(applied["id"])
    assert move(officer, applied, "AGREED").json()["state"] == "AGREED"


def test_a_slot_that_lapsed_since_the_selection_signs_nothing(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    assert move(officer, applied, "SELECTED").status_code == 200
    with clock.fixed(clock.now() + timedelta(days=15)):
        placement.work()
        assert shown(officer, applied)["reserved"] is False
        placement.judge(applied["id"])
        assert move(officer, applied, "AGREED").json()["code"] == "slot_needed"
    assert shown(officer, applied)["state"] == "SELECTED"


def test_midnight_makes_yesterdays_judgement_too_old(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert move(officer, applied, "SELECTED").json()["code"] == "not_judged_yet"
        placement.judge(applied["id"])
        assert move(officer, applied, "SELECTED").status_code == 200


def test_what_became_of_an_answered_question_decides(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    """Unknown and answered for, then known: not met stops and ends the answer; unknown by another version of the law
    asks anew, and so does unknown again."""
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    changed = {**a_rule("EDUCATION", "UNKNOWN"), "version": "EDUCATION/2"}
    placement.judge(applied["id"], changed)
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
    placement.judge(applied["id"], a_rule("EDUCATION"))
    assert shown(officer, applied)["state"] == "STOPPED"
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    assert shown(officer, applied)["state"] == "APPLIED"
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    assert move(officer, applied, "SELECTED").status_code == 200
    assert ("OVERRIDDEN", "dev:sari-pengawas") in trail(officer, f"/v1/applications/{applied['id']}")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"rules": ["EDUCATION"], "reason": ""}, "/reason", "blank"),
        ({"rules": ["EDUCATION"], "reason": " \u200b "}, "/reason", "blank"),
        ({"rules": ["EDUCATION"], "reason": "x" * 301}, "/reason", "too_long"),
        ({"rules": ["EDUCATION"]}, "/reason", None),
        ({"rules": [], "reason": "Dilihat"}, "/rules", None),
        ({"rules": ["EDUCATION"], "reason": None}, "/reason", None),
        ({"rules": "EDUCATION", "reason": "Dilihat"}, "/rules", None),
        ({"rules": ["education"], "reason": "Dilihat"}, "/rules/0", None),
    ],
)
def test_an_override_without_a_rule_or_a_reason_is_refused_and_kept_nowhere(
    placement: Placement, supervisor: httpx.Client, applied: Answer, body: Any, pointer: str, code: str | None
) -> None:
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    refused = supervisor.post(f"/v1/applications/{applied['id']}/overrides", json=body)
    assert refused.status_code == 422, refused.text
    errors = {error["pointer"]: error["code"] for error in refused.json()["errors"]}
    assert pointer in errors and code in (None, errors[pointer]), errors
    assert shown(supervisor, applied)["overrides"] == []


@pytest.mark.parametrize("state", ["WITHDRAWN", "REJECTED", "DEPARTED"])
def test_what_is_over_is_answered_for_no_more(
    placement: Placement, supervisor: httpx.Client, applied: Answer, state: str
) -> None:
    case = Case(placement, applied)
    case.stands(state)
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"), settle=False)
    refused = override(supervisor, applied, "EDUCATION")
    assert (refused.status_code, refused.json()["code"]) == (409, "step_not_possible")


@pytest.mark.parametrize("state", [state for state in model.STATES if state != "AGREED"])
def test_a_departure_is_announced_of_an_agreed_application_only(
    placement: Placement, officer: httpx.Client, applied: Answer, state: str
) -> None:
    case = Case(placement, applied)
    case.stands(state)
    etag = {"If-Match": f'"{case.now()["version"]}"'}
    leaves = {"planned_on": (clock.today() + timedelta(days=9)).isoformat()}
    refused = officer.put(f"/v1/applications/{case.id}/departure", json=leaves, headers=etag)
    assert (refused.status_code, refused.json()["code"]) == (409, "step_not_possible")


def test_a_judgement_that_names_nobody_lets_nobody_on(
    placement: Placement, officer: httpx.Client, applied: Answer
) -> None:
    kept = {"$set": {"candidate_id": None}}
    assert placement.database.collection("judgements").update_one({"_id": applied["id"]}, kept).matched_count
    assert move(officer, applied, "SELECTED").json()["code"] == "not_judged_yet"
    assert shown(officer, applied)["judgement"]["current"] is False
