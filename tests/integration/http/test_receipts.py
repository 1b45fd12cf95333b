"""Receipts of repeated requests: one effect, the first answer, and never a body."""

import threading
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.documents import receipts
from tests.integration.http.kitchen import Kitchen


def test_a_repeated_request_gets_the_first_answer(kitchen: Kitchen, client: FlaskClient) -> None:
    headers = kitchen.headers(key="4f1c")
    first = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    again = client.post("/v1/loaves", data=b'{ "name" : "roti" }', content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert first.headers["Location"] == again.headers["Location"] == f"/v1/loaves/{first.get_json()['id']}"
    assert first.headers["ETag"] == again.headers["ETag"] == '"1"'
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert kitchen.count() == 1


def test_a_receipt_holds_numbers_and_never_a_body(kitchen: Kitchen, client: FlaskClient) -> None:
    client.post("/v1/loaves", json={"name": "roti gandum"}, headers=kitchen.headers(key="4f1c"))
    receipt = kitchen.database.collection(receipts.COLLECTION).find_one({})
    assert receipt is not None
    assert set(receipt) == {"_id", "body_hash", "status", "by", "needs", "target", "version", "expires_at"}
    assert (receipt["by"], receipt["needs"]) == ({"kind": "baker", "organisation": None}, [["loaves:write"]])
    assert "gandum" not in str(receipt) and "4f1c" not in str(receipt["body_hash"])


def test_the_same_key_with_another_body_is_refused(kitchen: Kitchen, client: FlaskClient) -> None:
    headers = kitchen.headers(key="4f1c")
    client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    other = client.post("/v1/loaves", json={"name": "kue"}, headers=headers)
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_key_reused")
    assert other.get_json()["errors"][0]["pointer"] == "/Idempotency-Key"
    assert kitchen.count() == 1


def test_a_key_belongs_to_its_caller(kitchen: Kitchen, client: FlaskClient) -> None:
    client.post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers("Maria", "4f1c"))
    jons = client.post("/v1/loaves", json={"name": "kue"}, headers=kitchen.headers("Jon", "4f1c"))
    assert jons.status_code == 201
    assert kitchen.count() == 2


@pytest.mark.parametrize(
    ("role", "scopes", "code"),
    [
        ("baker", [], "forbidden"),
        ("baker", ["loaves:read"], "forbidden"),
        ("miller", ["loaves:write"], "made_in_another_role"),
    ],
)
def test_a_repeated_request_needs_the_same_rights_again(
    kitchen: Kitchen, client: FlaskClient, role: str, scopes: list[str], code: str
) -> None:
    client.post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers("Maria", "4f1c"))
    token = kitchen.issuer.mint(role, "Maria", scopes=scopes)
    for body in ({"name": "roti"}, {"name": "kue"}):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "4f1c"}
        again = client.post("/v1/loaves", json=body, headers=headers)
        assert (again.status_code, again.get_json()["code"]) == (403, code)
        assert "roti" not in again.get_data(as_text=True)
    assert kitchen.count() == 1


def test_a_refused_request_may_be_mended_under_the_same_key(kitchen: Kitchen, client: FlaskClient) -> None:
    client.post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers())
    headers = kitchen.headers(key="4f1c")
    taken = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    assert (taken.status_code, taken.get_json()["code"]) == (409, "already_exists")
    assert client.post("/v1/loaves", json={"name": "kue"}, headers=headers).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "\xe9", "\x7f"])
def test_a_key_that_is_no_key_is_refused(kitchen: Kitchen, client: FlaskClient, key: str) -> None:
    headers = kitchen.headers() | {"Idempotency-Key": key}
    answer = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency_key_unreadable")
    assert kitchen.count() == 0


def test_twins_at_the_same_moment_have_one_effect(kitchen: Kitchen) -> None:
    together = threading.Barrier(2)
    kitchen.meet = lambda: together.wait(timeout=30)
    answers: list[Any] = []
    headers = kitchen.headers(key="4f1c")

    def send() -> None:
        answers.append(kitchen.app.test_client().post("/v1/loaves", json={"name": "roti"}, headers=headers))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()
    assert sorted(answer.headers.get("Idempotent-Replayed", "") for answer in answers) == ["", "true"]
    assert kitchen.count() == 1


def test_a_replay_shows_the_document_as_it_is_now(kitchen: Kitchen, client: FlaskClient) -> None:
    headers = kitchen.headers(key="4f1c")
    id = client.post("/v1/loaves", json={"name": "roti"}, headers=headers).get_json()["id"]
    doc = kitchen.loaves.load(id)
    assert doc is not None
    kitchen.database.run(lambda tx: kitchen.loaves.change(tx, doc | {"name": "roti bakar"}, type="toasted"))
    again = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    assert (again.get_json()["name"], again.headers["ETag"]) == ("roti bakar", '"2"')
    kitchen.database.run(lambda tx: kitchen.loaves.erase(tx, id, type="eaten"))
    assert client.post("/v1/loaves", json={"name": "roti"}, headers=headers).status_code == 404
