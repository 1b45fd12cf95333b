"""`rank-all --from-topics`: a machine with a database of its own needs nothing but the topics, and says the same."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.matching import batch_advice
from shared import ids
from shared.documents.mongo import Database
from shared.events.bus import Sender
from shared.events.envelope import to_wire
from tests.integration.matching.conftest import TOPICS, Matching
from tests.integration.matching.heard import CONTRACTS, GATE, a_quota
from tests.integration.matching.test_batch_advice import as_a_process
from tests.support.bakery import broker_of
from tests.support.served import told

if TYPE_CHECKING:
    from deploy.local.stack import Stack

pytestmark = pytest.mark.deep


@pytest.fixture
def elsewhere(matching: Matching, stack: "Stack", monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The environment of a machine with an empty database of its own; the name of the database."""
    as_a_process(matching, monkeypatch)
    name = f"elsewhere_{ids.new()[:8]}"
    broker = broker_of(stack, "admin")
    for setting, value in {
        "MONGODB_DATABASE": name,
        "KAFKA_BOOTSTRAP": broker.bootstrap,
        "KAFKA_USERNAME": broker.username,
        "KAFKA_PASSWORD": broker.password,
    }.items():
        monkeypatch.setenv(setting, value)
    batch_advice._rooms.cache_clear()
    batch_advice._last.clear()
    yield name
    batch_advice._rooms.cache_clear()
    batch_advice._last.clear()


def test_everything_is_read_from_the_topics_and_the_lists_are_the_same(
    matching: Matching,
    world: dict[str, Any],
    stack: "Stack",
    elsewhere: str,
    tmp_path: Path,
) -> None:
    full = json.loads((CONTRACTS / "registry/candidates.v1.good.json").read_text(encoding="utf-8"))
    untrained: dict[str, Any] = {"certificates": [], "training_hours": []}
    wishing = {"wishes": {**full["wishes"], "isco08": ["9111"], "destinations": ["MYS"]}}
    people = [{**full, **more, "id": ids.new()} for more in ({}, untrained, {**untrained, **wishing})]
    for person in people:
        matching.hear("candidate", person)
    quota = a_quota(world["order"])
    records = [("candidate", person) for person in people] + [("policy", GATE), ("quota", quota)]
    records += [("job_order", world["order"]), ("course", world["course"]), ("batch", world["batch"])]
    sender = Sender(broker_of(stack, "admin"), f"test-{ids.new()}")
    try:
        for noun, data in records:
            sender.send([to_wire(told(TOPICS[noun], data["id"], data["version"], data))])
    finally:
        sender.close()
    file = tmp_path / "everybody.csv"
    assert batch_advice.main(["--from-topics", "--workers", "1", "--out", str(file)]) == 0
    with file.open(encoding="utf-8") as lines:
        found = list(csv.DictReader(lines))
    assert {person["id"] for person in people} <= {line["candidate"] for line in found}, "its database was empty before"
    for person in people:
        answer = matching.ask(person["id"], courses=20, placements=20).json()
        mine = [line for line in found if line["candidate"] == person["id"]]
        orders = [(line["id"], round(float(line["score"]), 2)) for line in mine if line["kind"] == "ORDER"]
        assert orders == [(offer["job_order"], offer["score"]) for offer in answer["placements"]]
        courses = [line["id"] for line in mine if line["kind"] == "COURSE"]
        assert courses == [offer["course"] for offer in answer["courses"]]
    again = Database(stack.mongodb_admin_uri, elsewhere)
    assert again.collection("batch_advice").count_documents({}) == len({line["candidate"] for line in found})
    assert again.collection("people").count_documents({}) >= len(people)
