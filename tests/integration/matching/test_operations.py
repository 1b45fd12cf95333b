"""What an operator asks of a house and does there, over a real socket: every act kept, no content shown."""

from typing import Any

import httpx
import pytest

from services.matching.__main__ import wire
from shared import ids
from shared.events import operating
from shared.events.commands import _handle_again
from shared.events.contracts import Refused
from shared.events.dead_letters import DeadLetters
from shared.events.envelope import Record
from shared.jobs import Jobs
from tests.integration.matching.conftest import Matching

TOPIC = "registry.candidates.v1"


@pytest.fixture(scope="module")
def operator(matching: Matching) -> httpx.Client:
    return matching.as_("operator", name="Oka Operator")


def set_aside(matching: Matching, offset: int) -> str:
    record = Record(TOPIC, ids.new().encode(), b'{"secret": "Yuliana"}', [], 0, offset)
    DeadLetters(matching.database).put(record, Refused("not one of the codes"))
    return record.place


def work(matching: Matching) -> None:
    house = wire(matching.settings)
    Jobs(matching.database).run_due({operating.RETRY: lambda job: _handle_again(house, job)})


def asked(client: httpx.Client, path: str = "") -> dict[str, Any]:
    found = client.get(f"/v1/operations{path}")
    assert found.status_code == 200, found.text
    answer: dict[str, Any] = found.json()
    return answer


def test_what_waits_is_told_by_cause_and_never_what_is_in_it(matching: Matching, operator: httpx.Client) -> None:
    place = set_aside(matching, 1)
    found = asked(operator)
    assert found["house"] == "matching"
    assert found["causes"][0]["number"] == 1 and "not one of the codes" in found["causes"][0]["cause"]
    letters = operator.get("/v1/operations/letters")
    assert letters.json()["items"][0]["id"] == place
    assert "Yuliana" not in letters.text


def test_a_record_that_is_refused_again_stays_with_its_new_cause(matching: Matching, operator: httpx.Client) -> None:
    place = set_aside(matching, 2)
    answer = operator.post("/v1/operations/letters/retry", json={"letters": [place, "no/0/0"]})
    assert (answer.status_code, answer.json()["number"]) == (202, 1)
    work(matching)
    row = next(row for row in asked(operator, "/letters")["items"] if row["id"] == place)
    assert row["tried_at"] is not None
    act = asked(operator, "/acts")["items"][0]
    assert (act["did"], act["by"], act["letters"]) == ("RETRIED", "dev:oka-operator", [place])


def test_giving_up_takes_a_reason_and_keeps_it(matching: Matching, operator: httpx.Client) -> None:
    place = set_aside(matching, 3)
    assert operator.post("/v1/operations/letters/discard", json={"letter": place}).status_code == 422
    body = {"letter": place, "reason": "kiriman uji"}
    key = {"Idempotency-Key": ids.new()}
    for _ in range(2):
        given = operator.post("/v1/operations/letters/discard", json=body, headers=key)
        assert given.status_code == 200, given.text
    gone = operator.post("/v1/operations/letters/discard", json=body)
    assert (gone.status_code, gone.json()["code"]) == (404, "letter_not_found")
    assert place not in {row["id"] for row in asked(operator, "/letters")["items"]}
    acts = [row for row in asked(operator, "/acts")["items"] if row["letters"] == [place]]
    assert [(row["did"], row["reason"]) for row in acts] == [("DISCARDED", "kiriman uji")]


def test_only_operators_look_and_act(matching: Matching) -> None:
    assert matching.officer.get("/v1/operations").status_code == 403
    assert matching.officer.get("/v1/operations/quality").status_code == 403
    assert matching.officer.post("/v1/operations/letters/retry", json={}).status_code == 403
    with matching.with_credential(None) as nobody:
        assert nobody.get("/v1/operations").status_code == 401


def test_an_operator_reads_of_the_ranking_and_of_no_person(operator: httpx.Client) -> None:
    assert operator.get("/v1/model").status_code == 200
    assert operator.get(f"/v1/candidates/{ids.new()}/recommendations").status_code == 403
