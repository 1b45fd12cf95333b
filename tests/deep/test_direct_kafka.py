"""A partner of partners.yaml follows a course from publication to withdrawal, with four clients that are not ours."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import confluent_kafka
import kafka
import pytest
from kafka.errors import KafkaError

from deploy import broker, partners
from deploy.demo.visitors import Visitors
from deploy.partners import Partner
from shared import clock
from tests.e2e.world import World
from tests.support import summary

if TYPE_CHECKING:
    from deploy.local.stack import Stack

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]

EXAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "examples" / "partners" / "kafka"
PASSWORD = "kata-sandi-mitra-untuk-pengujian"
STORY = [
    "training.course.submitted",
    "training.course.approved",
    "training.course.changed",
    "training.course.withdrawn",
]
CLIENTS = {
    "kafka-python": [sys.executable, "with_kafka_python.py"],
    "confluent-kafka": [sys.executable, "with_confluent.py"],
    "aiokafka": [sys.executable, "with_aiokafka.py"],
    "kcat": ["sh", "with_kcat.sh"],
}


@pytest.fixture(scope="module")
def ministry(stack: "Stack") -> Iterator[Partner]:
    """As `./lumbung partner add kementerian` makes it at the broker."""
    one = partners.load()["kementerian"]
    with broker.connected(stack.kafka_admin) as operator:
        partners.admit(operator, one, PASSWORD)
        yield one
        partners.shut_out(operator, one.principal)


def environment(stack: "Stack", one: Partner) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "KAFKA_BOOTSTRAP": stack.bootstrap,
        "KAFKA_SECURITY": "SASL_PLAINTEXT",
        "KAFKA_USERNAME": one.principal,
        "KAFKA_PASSWORD": PASSWORD,
        "KAFKA_GROUP_PREFIX": one.groups,
        "RDKAFKA": str(next(Path(confluent_kafka.__file__).parent.parent.glob("confluent_kafka.libs/librdkafka-*"))),
    }


@contextmanager
def listening(command: list[str], environment: dict[str, str], output: Path) -> Iterator[None]:
    with output.open("w") as out:
        process = subprocess.Popen(command, cwd=EXAMPLES, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def course(stack: "Stack", houses: dict[str, str]) -> str:
    """A course that was published, approved, changed and withdrawn."""
    world = World(Visitors(stack))
    made = world.a_course()
    changed = world.provider.patch(
        f"/v1/courses/{made['id']}", {"title": {"id": "Judul baru", "en": "Another"}}, version=made["version"]
    )
    guard = {"If-Match": f'"{changed["version"]}"'}
    assert world.provider.client.delete(f"/v1/courses/{made['id']}", headers=guard).json()["status"] == "WITHDRAWN"
    return str(made["id"])


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_follows_a_course_from_publication_to_withdrawal(
    stack: "Stack", ministry: Partner, course: str, client: str, tmp_path: Path
) -> None:
    command = CLIENTS[client]
    if client == "kcat" and shutil.which(client) is None:
        summary.missing("kcat (apt-get install kcat)", 1)
        return
    output = tmp_path / "heard.txt"
    with listening(command, environment(stack, ministry), output):
        deadline = time.monotonic() + 60
        while (heard := story(output, course)) != STORY:
            assert time.monotonic() < deadline, f"heard {heard}: {output.read_text()[-600:]}"
            time.sleep(0.2)


def story(output: Path, course: str) -> list[str]:
    lines = [line for line in output.read_text().splitlines() if line.startswith(course)]
    return [type for line in lines for type in STORY if type in line]


def consumer(stack: "Stack", one: Partner, group: str | None) -> kafka.KafkaConsumer:
    return kafka.KafkaConsumer(
        bootstrap_servers=stack.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="SCRAM-SHA-256",
        sasl_plain_username=one.principal,
        sasl_plain_password=PASSWORD,
        group_id=group,
        auto_offset_reset="earliest",
        bootstrap_timeout_ms=5_000,
    )


def test_a_partner_sees_its_topics_and_no_other(stack: "Stack", ministry: Partner) -> None:
    reader = consumer(stack, ministry, None)
    assert reader.topics() == set(ministry.topics)
    reader.close()


def test_a_group_of_somebody_else_is_closed(stack: "Stack", ministry: Partner, course: str) -> None:
    reader = consumer(stack, ministry, "lumbung.matching")
    reader.subscribe(["training.courses.v1"])
    with pytest.raises(KafkaError):
        for _ in range(20):
            reader.poll(timeout_ms=500)
    reader.close()


def test_whoever_is_shut_out_reads_nothing_more_also_on_an_open_connection(
    stack: "Stack", ministry: Partner, course: str
) -> None:
    reader = consumer(stack, ministry, None)
    reader.assign([kafka.TopicPartition("training.courses.v1", number) for number in range(6)])
    reader.seek_to_beginning()
    assert any(reader.poll(timeout_ms=2_000) for _ in range(5))
    with broker.connected(stack.kafka_admin) as operator:
        partners.shut_out(operator, ministry.principal)
        assert ministry.principal not in {*partners.rights_of(operator), *partners.signing_in(operator)}
        reader.seek_to_beginning()
        try:
            assert not any(reader.poll(timeout_ms=500) for _ in range(5))
        except KafkaError as refused:
            assert "Authorization" in type(refused).__name__
        reader.close()
        partners.admit(operator, ministry, PASSWORD)


def test_the_file_is_made_true_and_strangers_are_shut_out(stack: "Stack") -> None:
    listed = partners.load()
    reading = {one.principal for one in listed.values() if one.topics}
    with broker.connected(stack.kafka_admin) as operator:
        stranger = Partner("orang-lain", "x", "MINISTRY", "x", "x@example.go.id", ("training.courses.v1",))
        partners.admit(operator, stranger, PASSWORD)
        given = dict.fromkeys(listed, PASSWORD)
        assert partners.apply(operator, listed, given, clock.today())[1] == 1
        assert set(partners.rights_of(operator)) == reading == partners.signing_in(operator)
        assert partners.apply(operator, listed, {}, clock.today()) == (len(reading), 0)
        for principal in reading:
            partners.shut_out(operator, principal)
