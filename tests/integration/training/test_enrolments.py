"""From a referral to a certificate, and everything that may get in the way."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.training.actions import people, referrals
from services.training.hears import hears
from shared import clock, ids
from shared.events.contracts import Refused, check_said
from shared.events.hearing import Hearing
from shared.http.problems import NotYetVisible
from tests.integration.training.conftest import Provider, Training, a_provider, created, day
from tests.integration.training.taking import a_day, passed_today, refer, referred_to, step
from tests.support.pausing import Paused
from tests.support.served import a_rule, told


def test_a_course_taken_to_its_end_gives_hours_and_a_certificate(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    batch = provider.a_batch(provider.a_course())
    enrolment = created(refer(officer, person, batch))
    assert enrolment["state"] == "APPLIED" and enrolment["hold_until"]
    training.judge(enrolment["id"])
    assert step(provider.key, enrolment, state="ENROLLED").status_code == 200
    early = step(provider.key, enrolment, state="COMPLETED")
    assert (early.status_code, early.json()["code"]) == (409, "step_not_possible")
    with clock.fixed(clock.now() + timedelta(days=61)):
        done = step(provider.key, enrolment, state="COMPLETED")
        assert done.status_code == 200, done.text
        assert done.json()["gives"]["hours"] == [{"isco08": "5322", "destination": "MYS", "hours": 200}]
        assert done.json()["gives"]["certificates"] == [], "training is not yet competence"
        passed = step(provider.key, enrolment, result="COMPETENT", certificate_number="SKM/1")
    (certificate,) = passed.json()["gives"]["certificates"]
    assert (certificate["kind"], certificate["scheme"], certificate["valid_from"]) == (
        "COMPETENCE",
        "ELDERLY_CARETAKER",
        day(60),
    )
    told = training.said(enrolment["id"])
    assert [event.type.rpartition(".")[2] for event in told] == ["applied", "enrolled", "completed", "resulted"]
    for event in told:
        assert event.data is not None
        check_said(event.topic, event.data)
    assert "SKM/1" not in str([event.data for event in told])


def test_nobody_answered_for_three_days_and_the_seat_is_free_again(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    batch = provider.a_batch(provider.a_course(), seats=1)
    enrolment = created(refer(officer, person, batch))
    other = ids.new()
    training.hear_of(other)
    assert refer(officer, other, batch).json()["code"] == "batch_closed"
    with clock.fixed(clock.now() + timedelta(hours=73)):
        training.work()
        assert created(refer(officer, other, batch))
    assert officer.get(f"/v1/enrolments/{enrolment['id']}").json()["drop_reason"] == "LAPSED"


def test_two_courses_on_the_same_days_are_one_too_many(provider: Provider, officer: httpx.Client, person: str) -> None:
    course = provider.a_course()
    created(refer(officer, person, provider.a_batch(course)))
    clash = refer(officer, person, provider.a_batch(course, starts=day(60), ends=day(90)))
    assert (clash.status_code, clash.json()["code"]) == (409, "dates_overlap")
    assert created(refer(officer, person, provider.a_batch(course, starts=day(61), ends=day(90))))


def test_an_unreviewed_course_takes_nobody(provider: Provider, officer: httpx.Client, person: str) -> None:
    batch = provider.a_batch(provider.a_course(approved=False))
    assert refer(officer, person, batch).json()["code"] == "batch_closed"


def test_somebody_unheard_of_may_arrive_in_a_moment(provider: Provider, officer: httpx.Client) -> None:
    answer = refer(officer, ids.new(), provider.a_batch(provider.a_course()))
    assert (answer.status_code, answer.json()["code"]) == (409, "candidate_not_known")
    assert answer.headers["Retry-After"] == "1"


def test_without_consent_nobody_is_referred(provider: Provider, training: Training, officer: httpx.Client) -> None:
    person = ids.new()
    training.hear_of(person, consent="WITHDRAWN")
    assert refer(officer, person, provider.a_batch(provider.a_course())).json()["code"] == "consent_needed"


def test_a_cancelled_batch_lets_its_people_go(provider: Provider, officer: httpx.Client, person: str) -> None:
    batch = provider.a_batch(provider.a_course())
    enrolment = created(refer(officer, person, batch))
    now = provider.key.get(f"/v1/batches/{batch['id']}").json()
    answer = provider.key.patch(
        f"/v1/batches/{batch['id']}", json={"status": "CANCELLED"}, headers={"If-Match": f'"{now["version"]}"'}
    )
    assert (answer.json()["status"], answer.json()["taken"]) == ("CANCELLED", 0)
    assert officer.get(f"/v1/enrolments/{enrolment['id']}").json()["drop_reason"] == "BATCH_CANCELLED"


def test_an_office_withdraws_but_only_the_provider_completes(
    provider: Provider, officer: httpx.Client, person: str
) -> None:
    enrolment = created(refer(officer, person, provider.a_batch(provider.a_course())))
    assert step(officer, enrolment, state="ENROLLED").status_code == 403
    assert step(officer, enrolment, state="DROPPED", drop_reason="WITHDRAWN_BY_PERSON").status_code == 200
    late = step(provider.key, enrolment, state="ENROLLED")
    assert (late.status_code, late.json()["code"]) == (409, "step_not_possible")


def test_erasure_reaches_the_enrolments_and_frees_the_seat(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    batch = provider.a_batch(provider.a_course())
    enrolment = created(refer(officer, person, batch))
    training.hear_of(person, version=2, consent=None)
    assert officer.get(f"/v1/enrolments/{enrolment['id']}").status_code == 410
    assert provider.key.get(f"/v1/batches/{batch['id']}").json()["taken"] == 0
    assert training.said(enrolment["id"])[-1].data is None
    training.hear_of(person, version=1)
    assert refer(officer, person, batch).json()["code"] == "consent_needed", "a late record brings nobody back"


def test_a_finished_batch_says_so_the_day_after(provider: Provider, training: Training) -> None:
    batch = provider.a_batch(provider.a_course())
    with clock.fixed(clock.now() + timedelta(days=62)):
        training.work()
        assert provider.key.get(f"/v1/batches/{batch['id']}").json()["status"] == "DONE"


def test_nobody_browses_everybody(training: Training) -> None:
    officeless = training.with_credential(training.issuer.mint("officer", "Tanpa Kantor"))
    answer = officeless.get("/v1/enrolments")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "filter_missing")


@pytest.mark.parametrize("referred_first", [True, False])
def test_a_referral_made_while_its_person_is_erased_does_not_outlive_them(
    provider: Provider,
    training: Training,
    officer: httpx.Client,
    person: str,
    referred_first: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = provider.a_batch(provider.a_course())
    module, pausing = (referrals, "_batch_takes") if referred_first else (people, "forget")
    first = Paused(getattr(module, pausing), after=True)
    monkeypatch.setattr(module, pausing, first)
    with ThreadPoolExecutor(2) as pool:
        if referred_first:
            referred = pool.submit(refer, officer, person, batch)
            first.wait()
            erased = pool.submit(training.hear_of, person, version=2, consent=None)
        else:
            erased = pool.submit(training.hear_of, person, version=2, consent=None)
            first.wait()
            referred = pool.submit(refer, officer, person, batch)
        time.sleep(0.3)
        assert not (erased if referred_first else referred).done(), "the second of the two collides with the first"
        first.go()
        erased.result()
        answer = referred.result()
    assert answer.status_code == (201 if referred_first else 409), answer.text
    kept = list(training.rooms.database.collection("enrolments").find({"candidate_id": person}))
    assert kept == []
    assert officer.get(f"/v1/batches/{batch['id']}").json()["taken"] == 0


def test_an_office_lists_the_referrals_it_made_by_their_state_the_oldest_first(
    provider: Provider, training: Training, officer: httpx.Client
) -> None:
    office = training.with_credential(training.issuer.mint("officer", "Sisilia Petugas", "SIKKA"))
    course = provider.a_course()
    made = []
    for _ in range(3):
        person = ids.new()
        training.hear_of(person)
        made.append(created(refer(office, person, provider.a_batch(course))))
    assert [one["centre"] for one in made] == ["SIKKA"] * 3
    assert step(office, made[1], state="DROPPED", drop_reason="WITHDRAWN_BY_PERSON").status_code == 200

    def listed(**query: Any) -> list[str]:
        found = office.get("/v1/enrolments", params=query)
        assert found.status_code == 200, found.text
        return [one["id"] for one in found.json()["items"]]

    everyone = [one["id"] for one in made]
    assert listed() == everyone
    assert listed(state="APPLIED") == [everyone[0], everyone[2]]
    assert listed(state=["APPLIED", "DROPPED"]) == everyone
    assert listed(candidate=made[1]["candidate_id"], state="APPLIED") == []
    assert listed(batch=made[1]["batch_id"], state="DROPPED") == [everyone[1]]
    since = office.get(f"/v1/enrolments/{everyone[1]}").json()["updated_at"]
    assert listed(updated_since=since)[-1] == everyone[1]
    assert not set(everyone) & {one["id"] for one in officer.get("/v1/enrolments?limit=100").json()["items"]}
    mine = provider.key.get("/v1/enrolments", params={"state": "DROPPED"}).json()["items"]
    assert everyone[1] in [one["id"] for one in mine]
    assert office.get("/v1/enrolments?state=WAITING").status_code == 422


def test_of_two_records_of_one_person_the_enrolments_go_on_under_the_one_that_was_kept(
    provider: Provider, training: Training, officer: httpx.Client
) -> None:
    kept, other = ids.new(), ids.new()
    for one in (kept, other):
        training.hear_of(one)
    course = provider.a_course()
    both, alone = provider.a_batch(course, seats=3), provider.a_batch(course, starts=day(80), ends=day(90))
    first = created(refer(officer, kept, both))
    double, single = created(refer(officer, other, both)), created(refer(officer, other, alone))
    dropped = created(refer(officer, other, provider.a_batch(course, starts=day(100), ends=day(110))))
    assert step(officer, dropped, state="DROPPED", drop_reason="WITHDRAWN_BY_PERSON").status_code == 200
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": kept}
    Hearing(training.database, hears(training.rooms)).apply([told("registry.candidates.v1", other, 2, pointer)])
    mine = {one["id"]: one for one in officer.get(f"/v1/enrolments?candidate={kept}").json()["items"]}
    assert set(mine) == {first["id"], double["id"], single["id"], dropped["id"]}
    assert officer.get(f"/v1/enrolments?candidate={other}").json()["items"] == []
    assert (mine[double["id"]]["state"], mine[double["id"]]["drop_reason"]) == ("DROPPED", "DUPLICATE")
    assert [mine[one["id"]]["state"] for one in (first, single)] == ["APPLIED", "APPLIED"]
    assert provider.key.get(f"/v1/batches/{both['id']}").json()["taken"] == 1
    said = training.said(single["id"])[-1]
    assert said.data is not None and said.data["candidate_id"] == kept
    check_said(said.topic, said.data)
    refused = refer(officer, other, alone)
    assert (refused.status_code, refused.json()["merged_into"]) == (410, kept)


def merged(training: Training, other: str, kept: str) -> None:
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": kept}
    Hearing(training.database, hears(training.rooms)).apply([told("registry.candidates.v1", other, 2, pointer)])


@pytest.mark.parametrize("passed", ["kept", "other"])
def test_the_hours_of_one_batch_count_once_for_somebody_who_was_in_it_under_two_records(
    provider: Provider, training: Training, officer: httpx.Client, passed: str
) -> None:
    """Else two times two hundred lessons would open a gate that asks for four hundred."""
    batch, people = a_day(provider), {"kept": ids.new(), "other": ids.new()}
    done = {
        which: passed_today(
            training, provider, officer, person, batch, **({"result": "COMPETENT"} if which == passed else {})
        )
        for which, person in people.items()
    }
    merged(training, people["other"], people["kept"])
    left = {which: officer.get(f"/v1/enrolments/{one['id']}").json() for which, one in done.items()}
    gone = left.pop("other" if passed == "kept" else "kept")
    assert (left[passed]["state"], left[passed]["result"]) == ("COMPLETED", "COMPETENT")
    assert left[passed]["gives"]["hours"] and left[passed]["candidate_id"] == people["kept"]
    assert (gone["state"], gone["drop_reason"], gone["gives"], gone["result"]) == ("DROPPED", "DUPLICATE", None, None)
    said = training.said(gone["id"])[-1]
    assert said.data is not None and said.data["gives"] is None
    check_said(said.topic, said.data)
    assert provider.key.get(f"/v1/batches/{batch['id']}").json()["taken"] == 1


@pytest.mark.parametrize(
    "lapsed",
    [
        {"accreditations": []},
        {"accreditations": [{"programme": "PLRT-LANSIA", "from": day(-700), "until": day(19)}]},
        {"licence": {"number": "L-1", "until": day(19)}},
        {"active": False},
    ],
    ids=["no accreditation", "accreditation", "licence", "inactive"],
)
def test_nobody_is_referred_or_let_into_a_batch_that_may_not_begin(
    training: Training, officer: httpx.Client, person: str, lapsed: dict[str, Any]
) -> None:
    """Advice names no such batch; so no office sends anybody there, and what was held goes no further."""
    school = a_provider(training)
    batch = school.a_batch(school.a_course())
    held = referred_to(training, school, officer, ids.new(), batch)
    path, etag = f"/v1/providers/{school.id}", {"If-Match": "*"}
    changed = school.reviewer.patch(path, json=lapsed, headers=etag)
    assert changed.status_code == 200, changed.text
    for refused in (refer(officer, person, batch), _let_in_by_the_house(training, held)):
        assert (refused.status_code, refused.json()["code"]) == (409, "batch_closed"), refused.text
    assert officer.get(f"/v1/enrolments/{held['id']}").json()["state"] == "APPLIED"


def _let_in_by_the_house(training: Training, enrolment: dict[str, Any]) -> httpx.Response:
    with training.as_("reviewer", name="Rina Peninjau", scopes=["enrolments:write"]) as anybody:
        return step(anybody, enrolment, state="ENROLLED")


def test_nobody_takes_a_batch_twice(provider: Provider, training: Training, officer: httpx.Client, person: str) -> None:
    batch = a_day(provider)
    done = passed_today(training, provider, officer, person, batch)
    again = refer(officer, person, batch)
    assert (again.status_code, again.json()["code"], again.json()["enrolment"]) == (409, "already_enrolled", done["id"])


@pytest.mark.parametrize(("of_kept", "of_other"), [("APPLIED", "ENROLLED"), ("ENROLLED", "SELECTED")])
def test_of_two_enrolments_in_one_batch_the_one_that_is_further_along_stays(
    provider: Provider, training: Training, officer: httpx.Client, of_kept: str, of_other: str
) -> None:
    batch = provider.a_batch(provider.a_course(), seats=3)
    states = {ids.new(): of_kept, ids.new(): of_other}
    (kept, mine), (other, theirs) = [(one, referred_to(training, provider, officer, one, batch)) for one in states]
    for enrolment, state in ((mine, of_kept), (theirs, of_other)):
        if state != "APPLIED":
            assert step(provider.key, enrolment, state=state).status_code == 200
    merged(training, other, kept)
    stays, goes = (mine, theirs) if of_kept == "ENROLLED" else (theirs, mine)
    left, gone = (officer.get(f"/v1/enrolments/{one['id']}").json() for one in (stays, goes))
    assert (left["state"], left["candidate_id"]) == ("ENROLLED", kept)
    assert (gone["state"], gone["drop_reason"], gone["candidate_id"]) == ("DROPPED", "DUPLICATE", kept)
    assert provider.key.get(f"/v1/batches/{batch['id']}").json()["taken"] == 1


def test_what_was_judged_of_the_record_that_went_takes_no_seat_from_the_person_who_was_kept(
    provider: Provider, training: Training, officer: httpx.Client
) -> None:
    kept, other = ids.new(), ids.new()
    training.hear_of(kept)
    enrolment = referred_to(training, provider, officer, other, provider.a_batch(provider.a_course(), seats=3))
    merged(training, other, kept)
    for of, state in ((other, "APPLIED"), (kept, "DROPPED")):
        training.judge(enrolment["id"], a_rule("EDUCATION", stage="ENROL"), of=of)
        assert officer.get(f"/v1/enrolments/{enrolment['id']}").json()["state"] == state


@pytest.mark.parametrize("survivor", ["erased", "merged on"])
def test_records_that_became_one_are_followed_in_whatever_order_that_was_heard(
    provider: Provider, training: Training, officer: httpx.Client, survivor: str
) -> None:
    """Events of two people stand in two partitions: what became of the kept record may be heard before the merge."""
    other, middle, last = (ids.new() for _ in range(3))
    for one in (other, middle, last):
        training.hear_of(one)
    batch = provider.a_batch(provider.a_course(), seats=3)
    enrolment = created(refer(officer, other, batch))
    onward = {"id": middle, "version": 2, "consent": "NONE", "merged_into": last}
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": middle}
    hearing = Hearing(training.database, hears(training.rooms))
    hearing.apply([told("registry.candidates.v1", middle, 2, None if survivor == "erased" else onward)])
    hearing.apply([told("registry.candidates.v1", other, 2, pointer)])
    found = officer.get(f"/v1/enrolments/{enrolment['id']}")
    taken = provider.key.get(f"/v1/batches/{batch['id']}").json()["taken"]
    if survivor == "erased":
        assert (found.status_code, taken) == (410, 0)
    else:
        assert (found.json()["candidate_id"], found.json()["state"], taken) == (last, "APPLIED", 1)


def test_a_decision_asks_for_a_seat_and_gets_it_or_the_reason_once(
    provider: Provider, training: Training, officer: httpx.Client, person: str
) -> None:
    batch = provider.a_batch(provider.a_course(), seats=1)

    def decide(candidate: str, batch_id: str, *, times: int = 1) -> str:
        referral = {"enrolment_id": ids.new(), "batch_id": batch_id, "centre": "SIKKA"}
        chosen = {"courses": [], "batches": [batch_id], "job_orders": []}
        data = {"id": ids.new(), "version": 1, "candidate_id": candidate, "decided_on": day(0), "model": "m"}
        data |= {"decision": "ACCEPTED", "chosen": chosen, "referral": referral}
        for version in range(1, times + 1):
            event = told("matching.recommendations.v1", str(data["id"]), version, {**data, "version": version})
            Hearing(training.database, hears(training.rooms)).apply([event])
        return referral["enrolment_id"]

    made = officer.get(f"/v1/enrolments/{decide(person, batch['id'], times=2)}").json()
    assert (made["state"], made["candidate_id"], made["centre"]) == ("APPLIED", person, "SIKKA")
    assert made["hold_until"] and provider.key.get(f"/v1/batches/{batch['id']}").json()["taken"] == 1
    other = ids.new()
    training.hear_of(other)
    full = officer.get(f"/v1/enrolments/{decide(other, batch['id'])}").json()
    assert (full["state"], full["drop_reason"], full["refused"]) == ("DROPPED", "NOT_POSSIBLE", "batch_closed")
    said = training.said(full["id"])[-1]
    assert said.data is not None
    check_said(said.topic, said.data)
    stranger = ids.new()
    with pytest.raises(NotYetVisible):
        decide(stranger, provider.a_batch(provider.a_course())["id"])
    with pytest.raises(Refused):
        decide(person, ids.new())
