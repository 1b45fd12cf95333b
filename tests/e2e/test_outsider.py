"""A partner who has only docs/asyncapi.yaml, an address and a login follows a course from publication to withdrawal.

Nothing of ours is imported to read: the client is made from what the page says, with the library anybody would take.
"""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kafka
import pytest
import yaml
from jsonschema import Draft202012Validator
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from deploy import broker
from deploy.demo.visitors import until
from deploy.topics import Right
from tests.e2e.world import World

if TYPE_CHECKING:
    from deploy.local.stack import Stack

PAGE = Path(__file__).resolve().parents[2] / "docs" / "asyncapi.yaml"
PASSWORD = "kata-sandi-mitra-untuk-pengujian"


class Outsider:
    """A client of one channel of the page, which it finds by the type of event that it is interested in."""

    def __init__(self, page: Path, wanted: str, *, host: str, username: str, password: str) -> None:
        self.document: dict[str, Any] = yaml.safe_load(page.read_text(encoding="utf-8"))
        (channel,) = (one for one in self.document["channels"].values() if wanted in self._message(one)["x-types"])
        message = self._message(channel)
        self.types: list[str] = message["x-types"]
        self._headers = self._validator(message["headers"]["$ref"])
        self._payload = self._validator(message["payload"]["$ref"])
        (server,) = self.document["servers"].values()
        assert (server["protocol"], self._resolved(server["security"][0])["type"]) == ("kafka", "scramSha256")
        self.client = kafka.KafkaConsumer(
            bootstrap_servers=host,
            security_protocol="SASL_PLAINTEXT",
            sasl_mechanism="SCRAM-SHA-256",
            sasl_plain_username=username,
            sasl_plain_password=password,
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )
        topic, partitions = channel["address"], channel["bindings"]["kafka"]["partitions"]
        self.client.assign([kafka.TopicPartition(topic, number) for number in range(partitions)])
        self.held: dict[str, dict[str, Any]] = {}
        self.heard: list[tuple[str, str, int]] = []

    def listen(self) -> None:
        """Take what has come: keep the newest version of each key, as the page tells to."""
        for records in self.client.poll(timeout_ms=200).values():
            for record in records:
                headers = {name: value.decode() for name, value in record.headers}
                self._headers.validate(headers)
                key, version = record.key.decode(), int(headers["ce_sequence"])
                assert headers["ce_subject"] == key and headers["ce_type"] in self.types
                self.heard.append((key, headers["ce_type"], version))
                if record.value is None:
                    self.held.pop(key, None)
                elif version > self.held.get(key, {"version": 0})["version"]:
                    state = json.loads(record.value)
                    self._payload.validate(state)
                    self.held[key] = state

    def _message(self, channel: dict[str, Any]) -> dict[str, Any]:
        (reference,) = channel["messages"].values()
        return self._resolved(reference)

    def _resolved(self, reference: dict[str, str]) -> dict[str, Any]:
        found: Any = self.document
        for step in reference["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return dict(found)

    def _validator(self, pointer: str) -> Draft202012Validator:
        # The schema points into the page, so the page goes along.
        return Draft202012Validator({"$ref": pointer, "components": self.document["components"]})


@pytest.fixture
def partner(stack: "Stack", houses: dict[str, str]) -> Iterator[str]:
    """A principal that the province has made for a partner: it may read the topic of courses, and nothing else."""
    name = f"partner-{uuid.uuid4().hex[:8]}"
    with broker.connected(stack.kafka_admin) as operator:
        operator.alter_user_scram_credentials(
            [UserScramCredentialUpsertion(name, ScramMechanism.SCRAM_SHA_256, PASSWORD)]
        )
        broker.allow(operator, [Right(name, "TOPIC", "training.courses.v1", "READ")])
        yield name


def test_an_outsider_follows_a_course_from_publication_to_withdrawal(
    world: World, stack: "Stack", partner: str
) -> None:
    outsider = signed_in(stack, partner, "training.course.withdrawn")
    course = world.a_course()
    changed = world.provider.patch(
        f"/v1/courses/{course['id']}", {"title": {"id": "Judul baru", "en": "Another title"}}, version=course["version"]
    )
    withdrawn = world.provider.client.delete(
        f"/v1/courses/{course['id']}", headers={"If-Match": f'"{changed["version"]}"'}
    )
    assert withdrawn.json()["status"] == "WITHDRAWN"

    def story() -> list[str]:
        outsider.listen()
        return [f"{type} {version}" for key, type, version in outsider.heard if key == course["id"]]

    told = until(lambda: {"story": story()}, lambda answer: len(answer["story"]) >= 4, "four records of the course")
    assert told["story"] == [
        "training.course.submitted 1",
        "training.course.approved 2",
        "training.course.changed 3",
        "training.course.withdrawn 4",
    ]
    held = outsider.held[course["id"]]
    assert (held["status"], held["title"]["en"], held["provider"]["id"]) == (
        "WITHDRAWN",
        "Another title",
        world.provider_id,
    )
    outsider.client.close()


def test_an_outsider_who_starts_late_knows_the_same(world: World, stack: "Stack", partner: str) -> None:
    course = world.a_course()
    outsider = signed_in(stack, partner, "training.course.submitted")

    def state() -> dict[str, Any]:
        outsider.listen()
        return outsider.held.get(course["id"], {})

    held = until(state, lambda found: found.get("review") == "APPROVED", "the present state of the course")
    assert held["version"] == course["version"]
    outsider.client.close()


def test_an_outsider_sees_no_topic_but_its_own(stack: "Stack", partner: str) -> None:
    outsider = signed_in(stack, partner, "training.course.submitted")
    addresses = {channel["address"] for channel in outsider.document["channels"].values()}
    assert "registry.candidates.v1" in addresses
    assert addresses & outsider.client.topics() == {"training.courses.v1"}
    outsider.client.close()


def signed_in(stack: "Stack", partner: str, wanted: str) -> Outsider:
    return Outsider(PAGE, wanted, host=stack.bootstrap, username=partner, password=PASSWORD)
