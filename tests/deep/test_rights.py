"""Who may do what at the servers: each house its own, nobody more, and a stranger nothing."""

from collections.abc import Callable
from typing import Any

import pymongo
import pytest
from pymongo.errors import OperationFailure

from deploy import broker, topics
from deploy.local.stack import Stack, apply_topics
from shared.events import bus
from shared.events.bus import Broker, NotAllowed, Unavailable
from shared.events.envelope import Record
from tests.support.bakery import broker_of

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]

A_RECORD = Record(topic="registry.candidates.v1", key=b"a key", value=b"{}", headers=())


def test_a_house_writes_what_it_owns(stack: Stack) -> None:
    bus.check_rights(broker_of(stack, "training"), writes=["training.courses.v1", "training.batches.v1"])


@pytest.mark.parametrize("stranger", ["training", "placement", "matching"])
def test_nobody_else_writes_the_registry_s_topic(stack: Stack, stranger: str) -> None:
    sender = bus.Sender(broker_of(stack, stranger), f"lumbung.{stranger}.relay")
    with pytest.raises(NotAllowed):
        sender.send([A_RECORD])
    sender.close()


def test_a_house_may_not_take_another_s_relay_s_name(stack: Stack) -> None:
    with pytest.raises(NotAllowed):
        bus.Sender(broker_of(stack, "training"), "lumbung.registry.relay").send([A_RECORD])


def test_reading_without_the_right_is_refused_before_a_silent_nothing(stack: Stack) -> None:
    with pytest.raises(NotAllowed, match=r"placement\.policies\.v1"):
        bus.check_rights(broker_of(stack, "registry"), reads=["placement.policies.v1"])


@pytest.mark.parametrize(
    "login",
    [lambda stack: ("registry", "wrong"), lambda stack: ("nobody", stack.credentials("registry").password)],
    ids=["wrong password", "unknown name"],
)
def test_a_stranger_does_not_get_in(stack: Stack, login: Callable[[Stack], tuple[str, str]]) -> None:
    with pytest.raises((NotAllowed, Unavailable)):
        bus.check_rights(Broker(stack.bootstrap, *login(stack)), reads=["training.courses.v1"])


def test_a_right_that_is_no_longer_written_down_is_taken_away(stack: Stack) -> None:
    surplus = topics.Right("training", "TOPIC", "registry.candidates.v1", "WRITE")
    with broker.connected(stack.kafka_admin) as client:
        broker.allow(client, [surplus])
    assert apply_topics(stack).rights_taken == 1
    sender = bus.Sender(broker_of(stack, "training"), "lumbung.training.relay")
    with pytest.raises(NotAllowed):
        sender.send([A_RECORD])
    sender.close()


def test_a_setting_that_somebody_changed_by_hand_is_put_back(stack: Stack) -> None:
    from kafka.admin import ConfigResource, ConfigResourceType

    with broker.connected(stack.kafka_admin) as client:
        client.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, "matching.demand.v1", {"cleanup.policy": "delete"})]
        )
    assert apply_topics(stack).settings == ("matching.demand.v1",)
    assert apply_topics(stack).settings == ()


@pytest.mark.parametrize("operation", ["read", "write"])
def test_a_house_sees_no_other_house_s_database(stack: Stack, operation: str) -> None:
    client: Any = pymongo.MongoClient(stack.mongodb_uri("training"))
    others = client["lumbung_registry"].candidates
    with pytest.raises(OperationFailure, match="not authorized"):
        others.find_one({}) if operation == "read" else others.insert_one({"_id": "x"})
    client.close()


def test_nobody_reads_without_signing_in(stack: Stack) -> None:
    client: Any = pymongo.MongoClient("127.0.0.1", stack.ports.mongodb, directConnection=True)
    with pytest.raises(OperationFailure, match="authentication"):
        client["lumbung_registry"].candidates.find_one({})
    client.close()
