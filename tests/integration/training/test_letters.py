"""Letters of referral: issued once for a referral that stands, readable by all in the little that they need."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.training.hears import hears
from shared import clock, ids
from shared.events.hearing import Hearing
from shared.slips import facts_of, keys_of, read_code
from tests.integration.training.conftest import Provider, Training, a_provider, created, day
from tests.support.served import told

Answer = dict[str, Any]
PUBLIC = {"code", "state", "issued_on", "valid_until", "office", "initials", "destination", "checked_on"}


@pytest.fixture
def referral(provider: Provider, officer: httpx.Client, person: str) -> Answer:
    batch = provider.a_batch(provider.a_course())
    return created(officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": batch["id"]}))


def issue(officer: httpx.Client, referral: Answer, **more: Any) -> Answer:
    return created(officer.post(f"/v1/enrolments/{referral['id']}/letters", json={"initials": "Y.T.", **more}))


def check(training: Training, code: str) -> Answer:
    answer = training.with_credential(None).get(f"/v1/letters/{code}")
    assert answer.status_code == 200, answer.text
    found: Answer = answer.json()
    return found


def test_everybody_reads_initials_destination_and_days_and_nothing_more(
    training: Training, officer: httpx.Client, referral: Answer
) -> None:
    letter = issue(officer, referral, note="Bawa kacamata.")
    seen = check(training, letter["code"].lower())
    assert set(seen) == PUBLIC
    assert seen == {name: letter[name] for name in PUBLIC}
    assert (seen["state"], seen["valid_until"], seen["office"]) == ("VALID", day(27), "KUPANG")
    assert seen["destination"] == {"name": "BLK Contoh", "regency": "53.08"}


def test_the_square_code_is_checked_without_asking(training: Training, officer: httpx.Client, referral: Answer) -> None:
    letter = issue(officer, referral)
    keys = keys_of(training.with_credential(None).get("/v1/letters/keys").json())
    code = read_code(letter["code"])
    assert code
    said = facts_of(code, letter["slip"], keys)
    assert said == [letter["issued_on"], letter["valid_until"], "Y.T.", "KUPANG", "BLK Contoh", "53.08"]


def test_letters_written_under_a_record_that_was_merged_go_with_the_person(
    training: Training, officer: httpx.Client, referral: Answer, person: str
) -> None:
    """Initials and what an officer wrote: erased with whoever they are about, whatever the record was called then."""
    letter, kept = issue(officer, referral, note="Ibunya sakit."), ids.new()
    training.hear_of(kept)
    pointer = {"id": person, "version": 2, "consent": "NONE", "merged_into": kept}
    Hearing(training.database, hears(training.rooms)).apply([told("registry.candidates.v1", person, 2, pointer)])
    assert check(training, letter["code"])["state"] == "VALID"
    training.hear_of(kept, version=2, consent=None)
    assert training.with_credential(None).get(f"/v1/letters/{letter['code']}").status_code == 404
    assert training.database.collection("letters").find_one({"enrolment_id": referral["id"]}) is None


def test_a_letter_ends_with_its_referral_its_days_or_its_successor(
    training: Training, provider: Provider, officer: httpx.Client, referral: Answer
) -> None:
    first = issue(officer, referral)
    second = issue(officer, referral)
    assert check(training, first["code"])["state"] == "REVOKED"
    assert check(training, second["code"])["state"] == "VALID"
    with clock.fixed(clock.now() + timedelta(days=27)):
        assert check(training, second["code"])["state"] == "VALID", "the last day counts"
    with clock.fixed(clock.now() + timedelta(days=28)):
        assert check(training, second["code"])["state"] == "EXPIRED"
    dropped = {"state": "DROPPED", "drop_reason": "WITHDRAWN_BY_PERSON"}
    answer = officer.patch(f"/v1/enrolments/{referral['id']}", json=dropped, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert check(training, second["code"])["state"] == "REVOKED"
    refused = officer.post(f"/v1/enrolments/{referral['id']}/letters", json={"initials": "Y.T."})
    assert (refused.status_code, refused.json()["code"]) == (409, "referral_ended")


def test_an_office_takes_a_letter_back_and_the_referral_stands(
    training: Training, officer: httpx.Client, referral: Answer
) -> None:
    letter = issue(officer, referral)
    url = f"/v1/letters/{letter['code']}"
    assert officer.patch(url, json={"state": "REVOKED"}).status_code == 428
    done = officer.patch(url, json={"state": "REVOKED", "reason": "LOST"}, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json()["revoked"]["reason"]) == (200, "LOST")
    assert check(training, letter["code"])["state"] == "REVOKED"
    assert officer.get(f"/v1/enrolments/{referral['id']}").json()["state"] == "APPLIED"
    listed = officer.get(f"/v1/enrolments/{referral['id']}/letters").json()["items"]
    assert [one["code"] for one in listed] == [letter["code"]]


def test_pressing_twice_issues_one_letter(officer: httpx.Client, referral: Answer) -> None:
    url, once = f"/v1/enrolments/{referral['id']}/letters", {"Idempotency-Key": ids.new()}
    first = created(officer.post(url, json={"initials": "Y.T."}, headers=once))
    again = created(officer.post(url, json={"initials": "Y.T."}, headers=once))
    assert again["code"] == first["code"]
    assert len(officer.get(url).json()["items"]) == 1


def test_only_offices_issue_and_only_the_addressed_provider_reads(
    training: Training, provider: Provider, officer: httpx.Client, referral: Answer
) -> None:
    letter = issue(officer, referral)
    url = f"/v1/enrolments/{referral['id']}/letters"
    assert provider.key.post(url, json={"initials": "Y.T."}).status_code == 403
    assert provider.key.get(url).status_code == 200
    assert provider.key.get(f"/v1/letters/{letter['code']}/whole").status_code == 200
    stranger = a_provider(training).key
    assert stranger.get(url).status_code == 403
    assert stranger.get(f"/v1/letters/{letter['code']}/whole").status_code == 403
    nobody = training.with_credential(None)
    assert nobody.get(f"/v1/letters/{letter['code']}/whole").status_code == 401
    assert nobody.patch(f"/v1/letters/{letter['code']}", json={"state": "REVOKED"}).status_code == 401


@pytest.mark.parametrize("code", ["7KQ2-M4XD-9T", "x", "1111-1111-11", "%20", "keys/", "%00", "é" * 10])
def test_an_unknown_code_is_told_kindly(training: Training, code: str) -> None:
    answer = training.with_credential(None).get(f"/v1/letters/{code}")
    assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("initials", ["", "Yuliana Tefa", "YT", "Y.T", "1.2.", "A.B.C.D.E.", None, 3])
def test_a_name_is_no_initials(officer: httpx.Client, referral: Answer, initials: Any) -> None:
    answer = officer.post(f"/v1/enrolments/{referral['id']}/letters", json={"initials": initials})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/initials"


def test_an_erased_person_leaves_no_letter(
    training: Training, officer: httpx.Client, referral: Answer, person: str
) -> None:
    letter = issue(officer, referral)
    training.hear_of(person, version=2, consent=None)
    assert training.with_credential(None).get(f"/v1/letters/{letter['code']}").status_code == 404
    assert training.rooms.store.letters_of(referral["id"]) == []
    assert officer.post(f"/v1/enrolments/{referral['id']}/letters", json={"initials": "Y.T."}).status_code == 410
