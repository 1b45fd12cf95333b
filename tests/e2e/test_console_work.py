"""Work that the console does for many at once, in front of real houses: results of a class, records handled again."""

import re
import time
from html import unescape
from typing import TYPE_CHECKING, Any

import kafka
import pymongo
import pytest

from deploy.demo.browser import Browser
from shared.documents.mongo import Database
from shared.events.broker import Broker
from shared.events.contracts import Refused
from shared.events.dead_letters import DeadLetters
from shared.events.envelope import Record
from tests.e2e.world import World, a_candidate

if TYPE_CHECKING:
    from deploy.local.stack import Stack

TOPIC = "registry.candidates.v1"
PATIENT_SECONDS = 20


def registered(world: World, *purposes: str) -> dict[str, Any]:
    consents = [{"purpose": one, "method": "WRITTEN"} for one in purposes]
    return world.officer("registry").post("/v1/candidates", a_candidate(consents=consents))


def test_a_provider_records_the_results_of_a_whole_class_in_one_form(console: str, world: World) -> None:
    batch = world.a_batch(world.course)
    people = [registered(world, "MATCHING", "SHARING_PROVIDER"), registered(world, "MATCHING")]
    enrolled = []
    for person in people:
        world.judged(person, world.order)
        wanted = {"candidate_id": person["id"], "batch_id": batch["id"]}
        enrolled.append(world.moved(world.officer("training").post("/v1/enrolments", wanted), state="ENROLLED"))
    with Browser(console) as member:
        member.open("/masuk")
        (name,) = re.findall(rf'value="provider\|[^|]*\|{world.provider_id}">([^<]+)<', member.page)
        member.press(unescape(name).strip(), key="who")
        member.open(f"/angkatan/{batch['id']}/hasil")
        assert "Hasilnya bisa dicatat mulai hari itu" in member.words, "a batch that still runs has no results"
        assert world.visitors.staff("training", "officer", "Ana Petugas").get(f"/v1/batches/{batch['id']}")
        world.days_pass(batch["ends"])
        member.open(f"/angkatan/{batch['id']}/hasil")
        assert people[0]["full_name"] in member.words and "nama tidak dibagikan" in member.words
        first, second = (one["id"] for one in enrolled)
        member.press(
            "Simpan hasil",
            **{f"result-{first}": "COMPETENT", f"number-{first}": "BNSP 77", f"result-{second}": "NOT_YET_COMPETENT"},
        )
        assert "Hasil 2 peserta tercatat." in member.words
    found = [world.provider.get(f"/v1/enrolments/{one['id']}") for one in enrolled]
    assert [one["result"] for one in found] == ["COMPETENT", "NOT_YET_COMPETENT"]
    assert world.credited(people[0])["certificates"][0]["scheme"] == "HOUSEKEEPER"


def test_a_record_that_was_set_aside_is_handled_again_and_is_gone(console: str, world: World, stack: "Stack") -> None:
    person = registered(world, "MATCHING")
    record = last_of(stack, person["id"])
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(stack.mongodb_admin_uri)
    known = client["lumbung_training"]["people"]
    until(lambda: known.find_one({"_id": person["id"]}) is not None)
    known.delete_one({"_id": person["id"]})  # as if the house had not been able to take it
    DeadLetters(Database(stack.mongodb_admin_uri, "lumbung_training")).put(record, Refused("/consent: not yet known"))
    with Browser(console) as operator:
        operator.sign_in("Oka Operator")
        operator.open("/ops/gagal")
        assert "/consent: not yet known" in operator.words and record.place in operator.words
        operator.press("Kerjakan lagi semua dari layanan ini")
        assert "1 rekaman dikerjakan lagi; muat ulang sebentar lagi." in operator.words

        def gone() -> bool:
            operator.open("/ops/gagal")
            return record.place not in operator.words

        until(gone)
        assert "Oka Operator · mengerjakan lagi 1 rekaman" in operator.words
    assert known.find_one({"_id": person["id"]})["consent"] == "GIVEN"  # type: ignore[index]
    client.close()


def last_of(stack: "Stack", key: str) -> Record:
    """The newest record of a key, as it lies in the log."""
    admin = stack.kafka_admin
    broker = Broker(admin.bootstrap, admin.username, admin.password, admin.security, None, admin.mechanism)
    consumer = kafka.KafkaConsumer(
        **broker.options("lumbung-operator"), auto_offset_reset="earliest", isolation_level="read_committed"
    )
    consumer.assign([kafka.TopicPartition(TOPIC, number) for number in range(6)])
    deadline, found = time.monotonic() + PATIENT_SECONDS, None
    while found is None and time.monotonic() < deadline:
        for records in consumer.poll(timeout_ms=300).values():
            for one in records:
                if one.key.decode() == key:
                    found = Record(TOPIC, one.key, one.value, one.headers, one.partition, one.offset)
    consumer.close()
    assert found is not None, "the registry told nobody"
    return found


def until(holds: Any) -> None:
    deadline = time.monotonic() + PATIENT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail("it did not come about")
        time.sleep(0.2)
