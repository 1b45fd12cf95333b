"""At the counter: register, find, open, correct and erase a person over a real socket."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.integration.registry.conftest import Registry

Person = Callable[..., dict[str, Any]]


def registered(client: httpx.Client, person: dict[str, Any], **headers: str) -> dict[str, Any]:
    answer = client.post("/v1/candidates", json=person, headers=headers)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def test_a_registered_person_has_a_number_a_page_and_an_event(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    sent = a_person(skills=[{"text": "jaga oma", "source": "HOME", "months": 36}])
    answer = officer.post("/v1/candidates", json=sent)
    assert answer.status_code == 201, answer.text
    shown = answer.json()
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"/v1/candidates/{shown['id']}"
    assert shown["number"].startswith("LB-")
    assert shown["nik_last4"] == sent["nik"][-4:]
    assert shown["synthetic"] is True
    assert shown["skills"][0]["codes"][0]["code"] == "CARE_ELDERLY"
    assert sent["nik"] not in answer.text
    [event] = registry.said(shown["id"])
    assert (event.type, event.version) == ("registry.candidate.registered", 1)
    assert event.data is not None
    assert event.data["skills"][0]["evidence"] == "skills/0"
    assert officer.get(f"/v1/candidates/{shown['id']}").json() == shown


def test_the_number_is_kept_sealed_and_found_only_by_its_keyed_hash(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    sent = a_person()
    id = registered(officer, sent)["id"]
    document = registry.database.collection("candidates").find_one({"_id": id})
    assert sent["nik"] not in repr(document)
    found = officer.post("/v1/candidates:search", json={"query": sent["nik"]}).json()["items"]
    assert [row["id"] for row in found] == [id]


def test_somebody_who_seems_registered_already_stops_the_officer_until_confirmed(
    officer: httpx.Client, a_person: Person
) -> None:
    sent = a_person()
    first = registered(officer, sent)
    again = officer.post("/v1/candidates", json=sent)
    assert again.status_code == 409
    assert again.json()["code"] == "possible_duplicate"
    assert again.json()["candidates"] == [{"id": first["id"], "number": first["number"], "because": "SAME_NIK"}]
    assert sent["full_name"] not in again.text
    alike = officer.post("/v1/candidates", json={**sent, "nik": None})
    assert [row["because"] for row in alike.json()["candidates"]] == ["LIKE_NAME"]
    assert registered(officer, {**sent, "confirm_new": True})["id"] != first["id"]


def test_two_counters_that_register_one_person_at_once_make_one_candidate(registry: Registry, a_person: Person) -> None:
    sent = a_person()
    with registry.as_() as client, ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.post("/v1/candidates", json=sent), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


def test_a_request_sent_again_is_answered_again_and_done_once(officer: httpx.Client, a_person: Person) -> None:
    sent, key = a_person(), "counter-1-morning"
    first = officer.post("/v1/candidates", json=sent, headers={"Idempotency-Key": key})
    again = officer.post("/v1/candidates", json=sent, headers={"Idempotency-Key": key})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json() == first.json()
    other = officer.post("/v1/candidates", json=a_person(), headers={"Idempotency-Key": key})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_correction_needs_the_version_that_was_read(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    shown = registered(officer, a_person())
    path = f"/v1/candidates/{shown['id']}"
    assert officer.patch(path, json={"village": "Sarotari"}).status_code == 428
    changed = officer.patch(path, json={"village": "Sarotari"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    stale = officer.patch(path, json={"village": "Lewolere"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"], stale.json()["current_version"]) == (412, "stale", 2)
    same = officer.patch(path, json={"village": "Sarotari"}, headers={"If-Match": '"2"'})
    assert (same.status_code, same.headers["ETag"]) == (200, '"2"')
    assert [event.version for event in registry.said(shown["id"])] == [1, 2]


def test_a_corrected_birthday_is_compared_with_the_number_again(officer: httpx.Client, a_person: Person) -> None:
    shown = registered(officer, a_person(birth_date="2002-04-04"))
    assert shown["reviews"] == ["nik_birth_date_differs"]
    path = f"/v1/candidates/{shown['id']}"
    corrected = officer.patch(path, json={"birth_date": "2001-04-04"}, headers={"If-Match": '"1"'})
    assert corrected.json()["reviews"] == []


def test_a_correction_that_makes_two_people_one_is_stopped(officer: httpx.Client, a_person: Person) -> None:
    first, second = registered(officer, a_person()), registered(officer, a_person())
    answer = officer.patch(
        f"/v1/candidates/{second['id']}", json={"full_name": first["full_name"]}, headers={"If-Match": '"1"'}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "possible_duplicate")


def test_names_are_found_however_they_are_spelt(officer: httpx.Client, a_person: Person) -> None:
    shown = registered(officer, a_person(full_name="Yuliana Theresia Oematan", phone="0811-3910-910"))
    heard = ["Juliana Umatan", "oematan juliana", "Yuliana Teresia", "yuliana oematan 2001"]
    for query in [*heard, "0811 3910 910", shown["number"]]:
        rows = officer.post("/v1/candidates:search", json={"query": query}).json()["items"]
        assert shown["id"] in [row["id"] for row in rows], query
    assert officer.post("/v1/candidates:search", json={"query": "yuliana oematan 1999"}).json()["items"] == []


def test_an_empty_search_shows_nobody(officer: httpx.Client) -> None:
    for query in ("", "   ", "-", "99"):
        assert officer.post("/v1/candidates:search", json={"query": query}).json() == {"items": []}


def test_pages_of_a_list_follow_one_another_without_gaps(registry: Registry, a_person: Person) -> None:
    token = registry.issuer.mint("officer", "Cici Petugas", "SIKKA")
    with httpx.Client(base_url=registry.url, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        made = [registered(client, a_person())["id"] for _ in range(5)]
        seen, address = [], "/v1/candidates?limit=2"
        while address:
            page = client.get(address)
            seen += [row["id"] for row in page.json()["items"]]
            address = page.links["next"]["url"] if "next" in page.links else ""
    assert seen == made


def test_an_erased_person_is_gone_everywhere_and_stays_gone(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, a_person: Person
) -> None:
    sent = a_person(phone="0812-0000-0099")
    shown = registered(officer, sent)
    path = f"/v1/candidates/{shown['id']}"
    officer.post(f"{path}/risk-notes", json={"text": "Paman meminta uang.", "severity": "WARN"})
    supervisor.put(f"{path}/specific", json={"fitness": {"status": "FIT"}}, headers={"If-Match": '"1"'})
    supervisor.post(f"{path}/nik-reveals", json={"reason": "mencocokkan dengan KTP Ibu Rosa"})
    assert officer.delete(path).status_code == 428
    assert officer.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    gone = officer.get(path)
    assert (gone.status_code, gone.json()["code"]) == (410, "erased")
    assert officer.post("/v1/candidates:search", json={"query": sent["nik"]}).json()["items"] == []
    for collection in registry.database.raw.list_collection_names():
        for row in registry.database.collection(collection).find():
            for secret in (sent["full_name"], sent["nik"], "+628120000099", "Paman", "Rosa"):
                assert secret not in repr(row), collection
    assert registry.database.collection("candidates").find_one({"_id": shown["id"]}) == {
        "_id": shown["id"],
        "version": 3,
        "erased": True,
    }
    last = registry.said(shown["id"])[-1]
    assert (last.type, last.version, last.data) == ("registry.candidate.erased", 3, None)
    trail = supervisor.get(f"{path}/trail").json()["items"]
    assert "ERASED" in [row["did"] for row in trail]
    assert registered(officer, sent)["id"] != shown["id"]


def test_who_may_not_see_people_sees_nobody(registry: Registry, officer: httpx.Client, a_person: Person) -> None:
    id = registered(officer, a_person())["id"]
    with registry.as_("reviewer") as reviewer, httpx.Client(base_url=registry.url) as nobody:
        for client, status in ((reviewer, 403), (nobody, 401)):
            assert client.get(f"/v1/candidates/{id}").status_code == status
            assert client.get("/v1/candidates").status_code == status
            assert client.post("/v1/candidates:search", json={"query": "Maria"}).status_code == status
            assert client.post("/v1/candidates", json=a_person()).status_code == status
            assert client.get(f"/v1/candidates/{id}/export").status_code == status


def test_no_log_line_and_no_metric_names_anybody(
    registry: Registry, officer: httpx.Client, a_person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    # Our own loggers at their most talkative; shared/logs.py keeps the driver's at WARNING whatever is asked for.
    for ours in ("shared", "services", "lumbung"):
        caplog.set_level(logging.DEBUG, logger=ours)
    sent = a_person(phone="0813-7777-0001", village="Waibalun")
    shown = registered(officer, sent)
    officer.post("/v1/candidates", json=sent)
    officer.post("/v1/candidates", json={**sent, "sex": "X"})
    officer.post("/v1/candidates:search", json={"query": sent["full_name"]})
    officer.get(f"/v1/candidates/{shown['id']}")
    metrics = httpx.get(f"{registry.url}/metrics").text
    for secret in (sent["full_name"], sent["nik"], "+628137777", "0813-7777", "Waibalun"):
        assert secret not in caplog.text
        assert secret not in metrics


def test_service_centres_are_public_and_say_which_work(registry: Registry) -> None:
    with httpx.Client(base_url=registry.url) as nobody:
        shown = nobody.get("/v1/service-centres").json()
    assert {row["code"]: row["works"] for row in shown["items"]} == {
        "KUPANG": True,
        "SIKKA": True,
        "KAB_KUPANG": False,
        "SBD": False,
    }
    assert len(shown["desks"]) == 8


def test_a_correction_changes_what_it_says_and_keeps_the_rest_of_the_object(
    officer: httpx.Client, a_person: Person
) -> None:
    wishes = {"isco08": ["9111"], "destinations": ["MYS"], "min_wage": {"amount": 3_000_000, "currency": "IDR"}}
    person = registered(officer, a_person(wishes=wishes, education={"level": "SMP", "years": 9, "field": None}))
    changes = {"wishes": {"destinations": ["SGP"], "min_wage": {"amount": 4_000_000}}, "education": {"level": "SMA"}}
    answer = officer.patch(f"/v1/candidates/{person['id']}", json=changes, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    kept = answer.json()
    assert kept["wishes"]["isco08"] == ["9111"]
    assert kept["wishes"]["destinations"] == ["SGP"]
    assert kept["wishes"]["min_wage"] == {"amount": 4_000_000, "currency": "IDR"}
    assert (kept["education"]["level"], kept["education"]["years"]) == ("SMA", 9)
    cleared = officer.patch(
        f"/v1/candidates/{person['id']}", json={"wishes": {"min_wage": None}}, headers={"If-Match": '"2"'}
    )
    assert cleared.json()["wishes"]["min_wage"] is None
    assert cleared.json()["wishes"]["destinations"] == ["SGP"]
