"""Follow the courses on Kafka with confluent-kafka. The environment is what `./lumbung partner add` prints."""

import json
import os

from confluent_kafka import Consumer

held = {}
consumer = Consumer(
    {
        "bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"],
        "security.protocol": os.environ["KAFKA_SECURITY"],
        "sasl.mechanism": "SCRAM-SHA-256",
        "sasl.username": os.environ["KAFKA_USERNAME"],
        "sasl.password": os.environ["KAFKA_PASSWORD"],
        "group.id": os.environ["KAFKA_GROUP_PREFIX"] + "confluent",
        "isolation.level": "read_committed",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
)
consumer.subscribe(["training.courses.v1"])
while True:
    record = consumer.poll(1)
    if record is None or record.error():
        continue
    headers = {name: value.decode() for name, value in record.headers()}
    id, version = record.key().decode(), int(headers["ce_sequence"])
    if version > held.get(id, 0):  # duplicates and replays change nothing
        held[id] = version
        state = json.loads(record.value()) if record.value() else None  # no value: forget this id
        print(id, version, headers["ce_type"], state and state["status"], flush=True)
    consumer.commit(record)
